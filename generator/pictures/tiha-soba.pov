// tiha-soba.pov: the picture on the page of the sample project „Тиха соба“: two chairs, a low table, light from a window. There is no camera and
// no such room; it is drawn by POV-Ray (Debian: povray), and its alternative text says so. Made with:
//   povray +Itiha-soba.pov +Otiha-soba.png +W1620 +H1080 +A0.4 +R2 -D
//   convert tiha-soba.png -attenuate 0.06 +noise Gaussian -quality 86 -sampling-factor 4:2:0 -strip tiha-soba.jpg
#version 3.7;
global_settings {
  assumed_gamma 1.0 max_trace_level 14
  radiosity { count 100 error_bound 0.6 recursion_limit 2 nearest_count 8 minimum_reuse 0.01 pretrace_start 0.08 pretrace_end 0.01 brightness 1.0 }
}
#default { finish { ambient 0 diffuse 0.78 } }
camera { location <3.35, 1.5, -3.3> look_at <1.55, 0.82, 1.2> angle 62 right x * 1.5 }

// the room: 4.6 m wide, 5 m deep, 2.7 m high; a window in the left wall
#declare Plaster = texture { pigment { rgb <0.83, 0.80, 0.74> } normal { granite 0.02 scale 0.2 } }
#declare Wall_L = difference {
  box { <-0.25, 0, -4>, <0, 2.7, 2.2> }
  box { <-0.3, 0.85, -0.3>, <0.1, 2.25, 1.3> }
  texture { Plaster }
}
object { Wall_L }
box { <0, 0, 2.2>, <4.6, 2.7, 2.4> texture { pigment { rgb <0.52, 0.62, 0.60> } normal { granite 0.02 scale 0.2 } } }
box { <4.6, 0, -4>, <4.8, 2.7, 2.4> texture { Plaster } }
box { <-0.25, 2.7, -4>, <4.8, 2.8, 2.4> texture { pigment { rgb 0.86 } } }
box { <-0.25, 0, -4.2>, <4.8, 2.7, -4> texture { Plaster } }
box { <0, 0, 2.17>, <4.6, 0.09, 2.2> pigment { rgb <0.80, 0.77, 0.70> } }
box { <0, 0, -4>, <0.03, 0.09, 2.2> pigment { rgb <0.80, 0.77, 0.70> } }

// boards
#declare R = seed(11);
#declare I = 0;
#while (I < 30)
  #declare T = 0.75 + 0.3 * rand(R);
  box {
    <I * 0.16 + 0.002, -0.05, -4>, <I * 0.16 + 0.158, 0, 2.2>
    texture {
      pigment { wood turbulence 0.12 color_map { [0 rgb <0.52, 0.36, 0.22> * T] [0.6 rgb <0.45, 0.30, 0.18> * T] [1 rgb <0.36, 0.23, 0.13> * T] } scale <0.05, 0.05, 1.4> rotate x * 2 translate <rand(R), rand(R), rand(R)> * 9 }
      finish { specular 0.15 roughness 0.03 reflection { 0.02, 0.10 } }
    }
  }
  #declare I = I + 1;
#end

// the window: frame, sill, a curtain beside it, the bright sky
#declare Frame = texture { pigment { rgb 0.88 } finish { specular 0.2 } }
union {
  box { <-0.16, 0.85, -0.3>, <-0.10, 0.92, 1.3> } box { <-0.16, 2.18, -0.3>, <-0.10, 2.25, 1.3> }
  box { <-0.16, 0.85, -0.3>, <-0.10, 2.25, -0.23> } box { <-0.16, 0.85, 1.23>, <-0.10, 2.25, 1.3> }
  box { <-0.16, 0.85, 0.46>, <-0.10, 2.25, 0.54> }
  box { <-0.1, 0.82, -0.36>, <0.10, 0.855, 1.36> }
  texture { Frame }
}
#declare K = 0;
#while (K < 9)
  cylinder { <0.07 + 0.02 * mod(K, 2), 0.1, 1.34 + K * 0.055>, <0.07 + 0.02 * mod(K, 2), 2.42, 1.34 + K * 0.055>, 0.036 pigment { rgb <0.86, 0.80, 0.68> } }
  #declare K = K + 1;
#end
cylinder { <0.08, 2.44, -0.6>, <0.08, 2.44, 1.95>, 0.014 pigment { rgb <0.35, 0.30, 0.25> } }
plane { x, -6 pigment { gradient y color_map { [0 rgb <0.62, 0.72, 0.62>] [0.35 rgb <0.93, 0.96, 1.0>] [1 rgb <0.70, 0.84, 1.0>] } scale 6 translate y * -1 } finish { diffuse 0 emission 1.6 } hollow }
light_source { <-9, 7.5, -0.6> rgb <3.2, 2.8, 2.2> area_light <0, 0, 1.2>, <0, 1.2, 0>, 5, 5 adaptive 1 jitter }
light_source { <-1.2, 1.6, 0.5> rgb <0.62, 0.66, 0.74> area_light <0, 0, 1.4>, <0, 1.2, 0>, 4, 4 adaptive 1 jitter fade_distance 2.2 fade_power 2 shadowless }
light_source { <3.6, 2.5, -2.8> rgb <0.26, 0.24, 0.21> area_light <1.5, 0, 0>, <0, 0, 1.5>, 4, 4 adaptive 1 jitter }

// an armchair, its back to -z
#macro Cushion(A, B, Rad)
  union {
    box { A + <Rad, 0, Rad>, B - <Rad, 0, Rad> } box { A + <0, Rad, Rad>, B - <0, Rad, Rad> } box { A + <Rad, Rad, 0>, B - <Rad, Rad, 0> }
    #local P = A + Rad; #local Q = B - Rad;
    cylinder { <P.x, P.y, P.z>, <Q.x, P.y, P.z>, Rad } cylinder { <P.x, Q.y, P.z>, <Q.x, Q.y, P.z>, Rad } cylinder { <P.x, P.y, Q.z>, <Q.x, P.y, Q.z>, Rad } cylinder { <P.x, Q.y, Q.z>, <Q.x, Q.y, Q.z>, Rad }
    cylinder { <P.x, P.y, P.z>, <P.x, P.y, Q.z>, Rad } cylinder { <Q.x, P.y, P.z>, <Q.x, P.y, Q.z>, Rad } cylinder { <P.x, Q.y, P.z>, <P.x, Q.y, Q.z>, Rad } cylinder { <Q.x, Q.y, P.z>, <Q.x, Q.y, Q.z>, Rad }
    cylinder { <P.x, P.y, P.z>, <P.x, Q.y, P.z>, Rad } cylinder { <Q.x, P.y, P.z>, <Q.x, Q.y, P.z>, Rad } cylinder { <P.x, P.y, Q.z>, <P.x, Q.y, Q.z>, Rad } cylinder { <Q.x, P.y, Q.z>, <Q.x, Q.y, Q.z>, Rad }
    sphere { <P.x, P.y, P.z>, Rad } sphere { <Q.x, P.y, P.z>, Rad } sphere { <P.x, Q.y, P.z>, Rad } sphere { <Q.x, Q.y, P.z>, Rad }
    sphere { <P.x, P.y, Q.z>, Rad } sphere { <Q.x, P.y, Q.z>, Rad } sphere { <P.x, Q.y, Q.z>, Rad } sphere { <Q.x, Q.y, Q.z>, Rad }
  }
#end
#macro Chair(Cloth)
  union {
    object { Cushion(<-0.30, 0.30, -0.28>, <0.30, 0.46, 0.34>, 0.06) texture { Cloth } }
    object { Cushion(<-0.30, 0.40, -0.40>, <0.30, 0.95, -0.22>, 0.07) rotate x * -8 texture { Cloth } }
    object { Cushion(<-0.40, 0.26, -0.34>, <-0.28, 0.62, 0.34>, 0.05) texture { Cloth } }
    object { Cushion(<0.28, 0.26, -0.34>, <0.40, 0.62, 0.34>, 0.05) texture { Cloth } }
    cylinder { <-0.32, 0, -0.28>, <-0.30, 0.30, -0.26>, 0.022 } cylinder { <0.32, 0, -0.28>, <0.30, 0.30, -0.26>, 0.022 }
    cylinder { <-0.32, 0, 0.28>, <-0.30, 0.30, 0.26>, 0.022 } cylinder { <0.32, 0, 0.28>, <0.30, 0.30, 0.26>, 0.022 }
    pigment { rgb <0.30, 0.19, 0.11> }
  }
#end
#declare Weave = normal { bumps 0.25 scale 0.008 }
#declare Teal = texture { pigment { granite color_map { [0 rgb <0.13, 0.34, 0.36>] [1 rgb <0.17, 0.40, 0.42>] } scale 0.1 } normal { Weave } }
#declare Ochre = texture { pigment { granite color_map { [0 rgb <0.62, 0.42, 0.17>] [1 rgb <0.70, 0.49, 0.22>] } scale 0.1 } normal { Weave } }
object { Chair(Teal) rotate y * 62 translate <0.85, 0, 0.95> }
object { Chair(Ochre) rotate y * -68 translate <2.75, 0, 1.05> }

// the table with two glasses of water, a rug under all
union {
  cylinder { <0, 0.42, 0>, <0, 0.45, 0>, 0.34 } cylinder { <0, 0.02, 0>, <0, 0.42, 0>, 0.03 } cylinder { <0, 0, 0>, <0, 0.025, 0>, 0.20 }
  texture { pigment { wood turbulence 0.1 color_map { [0 rgb <0.58, 0.42, 0.27>] [1 rgb <0.45, 0.31, 0.19>] } scale <0.04, 0.04, 1> rotate y * 20 } finish { specular 0.25 roughness 0.02 reflection 0.03 } }
  translate <1.8, 0, 0.85>
}
#macro Glass()
  union {
    difference { cylinder { <0, 0, 0>, <0, 0.12, 0>, 0.034 } cylinder { <0, 0.006, 0>, <0, 0.13, 0>, 0.031 } }
    cylinder { <0, 0.007, 0>, <0, 0.085, 0>, 0.0305 }
    pigment { rgbf <0.93, 0.97, 0.98, 0.92> } finish { diffuse 0.05 specular 0.7 roughness 0.003 reflection { 0.03, 0.3 fresnel } conserve_energy } interior { ior 1.33 }
  }
#end
object { Glass() translate <1.68, 0.45, 0.78> }
object { Glass() translate <1.97, 0.45, 0.95> }
cylinder { <1.8, 0.0005, 0.85>, <1.8, 0.012, 0.85>, 1.22 texture { pigment { radial frequency 1 color_map { [0 rgb <0.72, 0.66, 0.56>] [1 rgb <0.70, 0.64, 0.54>] } } normal { bumps 0.5 scale 0.012 } } }
torus { 1.10, 0.02 scale <1, 0.5, 1> translate <1.8, 0.008, 0.85> pigment { rgb <0.16, 0.37, 0.39> } normal { bumps 0.5 scale 0.012 } }

// a plant in the corner, an empty picture frame
union {
  cone { <0, 0, 0>, 0.13, <0, 0.30, 0>, 0.17 pigment { rgb <0.62, 0.36, 0.24> } }
  #declare S = seed(5);
  #declare L = 0;
  #while (L < 26)
    sphere { 0, 1 scale <0.025, 0.27, 0.075> translate y * 0.26 rotate <8 + 42 * rand(S), 0, 0> rotate y * 360 * rand(S) translate y * (0.28 + 0.18 * rand(S)) pigment { rgb <0.14 + 0.1 * rand(S), 0.34 + 0.14 * rand(S), 0.16> } finish { specular 0.15 } }
    #declare L = L + 1;
  #end
  translate <4.1, 0, 1.75>
}
union {
  box { <2.05, 1.35, 2.17>, <2.95, 1.98, 2.2> pigment { rgb <0.40, 0.28, 0.18> } }
  box { <2.09, 1.39, 2.165>, <2.91, 1.94, 2.19> pigment { rgb <0.88, 0.87, 0.83> } }
  box { <2.26, 1.50, 2.16>, <2.74, 1.83, 2.18> pigment { gradient y color_map { [0 rgb <0.35, 0.50, 0.42>] [0.45 rgb <0.62, 0.72, 0.66>] [0.5 rgb <0.86, 0.86, 0.80>] [1 rgb <0.66, 0.78, 0.86>] } scale 0.33 translate y * 1.5 } }
}
