#!/usr/bin/env python3
"""Colour for the press: what lies on which plate (Ghostscript separates them), builds, profiles, pictures, total ink, PDF/X-4 as far as tests/validate/pdfx.py can see it, and what is said
about mistakes. The plates are read as numbers: 0 = no ink, 100 = all of it."""
import collections, os, pathlib, re, shutil, subprocess, sys
root = pathlib.Path(__file__).resolve().parents[2]; LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve()
sys.path.insert(0, str(root / "tests/validate")); import pdfx
ICC = pathlib.Path("/usr/share/color/icc"); GS = ICC / "ghostscript"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:900]}", flush=True)
def run(*a, **k): return subprocess.run([str(x) for x in a], capture_output=True, text=True, errors="replace", cwd=TMP, **k)
PAGE = "@page{size:60mm 60mm;margin:0} body{margin:0;font:20pt 'Noto Sans'} div{height:10mm;margin:0;padding:0} "
BUILDS = (root / "layouts/print/palette.css").read_text()
def html(name, body, css="", head='<meta name="dcterms.modified" content="2026-11-24">'):
    f = TMP / f"{name}.html"; f.write_text(f"<!doctype html><html lang=sr><meta charset=utf-8><title>Боје</title>{head}<style>{PAGE}{css}</style><body>{body}</body></html>", encoding="utf-8"); return f
def make(name, body, css="", *more, **k):
    """writes NAME.pdf for readers and NAME-print.pdf for the press; what was said"""
    f = html(name, body, css, **k); p = run(LETAK, "--lang", "en", "pdf", f.name, "-o", f"{name}.pdf", "--print", f"{name}-print.pdf", *more); return p.stderr
def raw(file): return run("qpdf", "--qdf", "--object-streams=disable", file, "-").stdout

class Plates:
    """the four plates of a page, as percents"""
    def __init__(s, pdf, dpi=72):
        run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", f"-r{dpi}", "-o", f"{pdf}-%d.tif", pdf); s.dpi, s.at = dpi, {}
        for ink in ("Cyan", "Magenta", "Yellow", "Black"):
            p = subprocess.run(["convert", f"{pdf}-1({ink}).tif", "-depth", "8", "gray:-"], capture_output=True, cwd=TMP)
            s.w = int(run("identify", "-format", "%w", f"{pdf}-1({ink}).tif").stdout); s.at[ink] = [round((255 - v) * 100 / 255) for v in p.stdout]
    def mm(s, x, y): i = int(y / 25.4 * s.dpi) * s.w + int(x / 25.4 * s.dpi); return tuple(v[i] for v in s.at.values())
    def rows(s, ink, y0, y1): return s.at[ink][int(y0 / 25.4 * s.dpi) * s.w:int(y1 / 25.4 * s.dpi) * s.w]
def near(a, b, by=1): return all(abs(x - y) <= by for x, y in zip(a, b))

# --- device-cmyk() stays what it is, in all the ways to write it ---
ways = {"device-cmyk(20% 40% 60% 10%)": (20, 40, 60, 10), "device-cmyk(.2 .4 .6 .1)": (20, 40, 60, 10), "device-cmyk(0.2, 0.4, 0.6, 0.1)": (20, 40, 60, 10),
        "device-cmyk(20% .4 none 10% / 1)": (20, 40, 0, 10), "device-cmyk(150% -3 0 0)": (100, 0, 0, 0), "DEVICE-CMYK(none none none 33%/100%)": (0, 0, 0, 33)}
said = make("nacini", "".join(f"<div style='background:{w};height:8mm'></div>" for w in ways)); pl = Plates("nacini-print.pdf")
for i, (w, want) in enumerate(ways.items()): check(f"{w} lies on the plates as {want}", near(pl.mm(30, 8 * i + 4), want) and not said, (pl.mm(30, 8 * i + 4), said))
check("whole percents are whole in the file", ".2 .4 .6 .1 k" in raw("nacini-print.pdf"))
for w in ("device-cmyk(1 2 3)", "device-cmyk(20%, 40%, 60%, 10%)", "device-cmyk(none, 0, 0, 0)", "device-cmyk(1, 0, 0, 0, 0.5)", "device-cmyk(1 0, 0 0)", "device-cmyk(1 0 0 0 0)", "device-cmyk(1 0 0 0 / red)", "device-cmyk(1px 0 0 0)", "cmyk(1 0 0 0)"):
    said = make("los", "<p>а", f"p{{color:{w}}}"); check(f"{w} is no colour", "K014" in said and w[:9] in said, said)
said = make("providno", "<div style='background:device-cmyk(100% 0 0 0 / 50%)'></div>"); check("half of a colour shines through", near(Plates("providno-print.pdf").mm(30, 5), (50, 0, 0, 0)), Plates("providno-print.pdf").mm(30, 5))

# --- the order of what decides ---
body = "<div style='background:#0F5C63'></div><div style='background:#123456'></div><div style='background:#777'></div><div style='border-top:.5pt solid #777'></div><p style='color:#777;margin:0'>сиво</p>"
make("bez", body); pl = Plates("bez-print.pdf", 300); cmyk = pl.mm(30, 5)
check("without a build, a colour goes by the profile", all(v > 0 for v in pl.mm(30, 15)) and near(cmyk, (89, 48, 52, 25), 3), (cmyk, pl.mm(30, 15)))
check("a grey area, too", all(v > 0 for v in pl.mm(30, 25)), pl.mm(30, 25))
check("a grey hairline and grey text are on the black plate alone", not any(v for i in ("Cyan", "Magenta", "Yellow") for v in pl.rows(i, 30.2, 60)) and max(pl.rows("Black", 30, 31)) and max(pl.rows("Black", 40, 50)))
make("boje", body, BUILDS); pl = Plates("boje-print.pdf"); check("with a build, its inks are printed", near(pl.mm(30, 5), (65, 0, 20, 65)) and near(pl.mm(30, 15), Plates("bez-print.pdf").mm(30, 15)), pl.mm(30, 5))
for name, rgb, cmyk in re.findall(r"@-letak-color (\S+) \{ rgb: (\S+); cmyk: (.*?) \}", BUILDS):
    make("jedna", f"<div style='background:{rgb}'></div>", BUILDS); got, want = Plates("jedna-print.pdf").mm(30, 5), tuple(int(v[:-1]) for v in cmyk.split())
    check(f"{name} {rgb} is printed as {want}, {sum(want)} % in {sum(v > 0 for v in want)} inks", near(got, want) and sum(want) <= 220 and sum(v > 0 for v in want) <= 3, got)
check("the palette says nothing twice", len(re.findall("@-letak-color", BUILDS)) == 12)
make("poslednja", "<div style='background:#0F5C63'></div>", BUILDS + "@-letak-color petrol { rgb: rgb(15 92 99); cmyk: device-cmyk(1 0 .5 0) } @-letak-color ink { rgb: #010203; cmyk: 0 0 0 1 }"); check("the last build of a value holds", near(Plates("poslednja-print.pdf").mm(30, 5), (100, 0, 50, 0)))
make("svg", "<svg width='100' height='40'><rect width='100' height='40' fill='#0F5C63'/></svg>", BUILDS); check("drawings have the builds, too", near(Plates("svg-print.pdf").mm(10, 5), (65, 0, 20, 65)), Plates("svg-print.pdf").mm(10, 5))
(TMP / "crtez.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='40mm' height='20mm' viewBox='0 0 40 20'><rect width='20' height='20' fill='device-cmyk(20% 40% 60% 10%)'/><g style='color: device-cmyk(0 1 0 0 / 50%)'><rect x='20' width='20' height='20' fill='currentColor'/></g></svg>")
said = make("inks", "<img alt='цртеж' src='crtez.svg' style='display:block'>"); pl = Plates("inks-print.pdf"); check("device-cmyk() in a drawing stays what it is", not said and near(pl.mm(10, 10), (20, 40, 60, 10)) and near(pl.mm(30, 10), (0, 50, 0, 0)), (said, pl.mm(10, 10), pl.mm(30, 10)))
check("for readers it is a colour by the profile", not re.search(r" [kK]\n", raw("inks.pdf")))
said = make("inks", "<svg width='100' height='40'><rect width='9' height='9' fill='blurple'/><rect width='9' height='9' stroke='device-cmyk(1 2)'/></svg>"); check("a colour in a drawing that is none is named", said.count("warning G004") == 2 and "blurple" in said and "device-cmyk(1 2)" in said, said)

# --- black on the black plate alone, over what lies below ---
letters = "Ж" * 8
for name, color, builds in (("#000", "#000", ""), ("the ink of the palette", "#1B2733", BUILDS), ("device-cmyk(0 0 0 1)", "device-cmyk(0 0 0 1)", "")):
    make("crno", f"<p style='color:{color};margin:0'>{letters}</p>", builds); pl = Plates("crno-print.pdf", 150); check(f"text of {name}: nothing on the other plates, all of the black", not any(v for i in ("Cyan", "Magenta", "Yellow") for v in pl.at[i]) and max(pl.at["Black"]) == 100)
    ground = "device-cmyk(60% 20% 10% 0)"; make("preko", f"<div style='background:{ground};height:12mm;color:{color}'>{letters}</div>", builds); pl = Plates("preko-print.pdf", 150)
    flat = [sorted(set(pl.rows(i, 1, 11))) for i in ("Cyan", "Magenta", "Yellow")]; check(f"text of {name} on a ground: no plate has a hole under it", all(len(f) == 1 for f in flat) and max(pl.rows("Black", 1, 11)) == 100, flat)
make("belo", f"<div style='background:#000;height:12mm;color:#fff'>{letters}</div>", BUILDS); pl = Plates("belo-print.pdf", 150); check("white text is a hole", min(pl.rows("Black", 1, 11)) == 0 and not any(pl.at["Cyan"]))
make("posle", f"<div style='background:device-cmyk(1 0 0 0);height:24mm'><div style='color:#000'>{letters}</div><div style='background:device-cmyk(0 0 0 1);width:20mm'></div></div>"); pl = Plates("posle-print.pdf", 150); check("a black area takes the place of what lies below", near(pl.mm(10, 15), (0, 0, 0, 100)) and near(pl.mm(40, 15), (100, 0, 0, 0)), pl.mm(10, 15))
text = raw("preko-print.pdf"); check("overprint is said with OPM 1", re.search(r"/O1 <<\s+/OP true\s+/OPM 1\s+/op true", text) and re.search(r"/O1 gs", text))

# --- what readers get ---
make("citaoci", "<div style='background:device-cmyk(60% 20% 0 0)'></div><p style='color:#0F5C63'>а", BUILDS); text = raw("citaoci.pdf"); run("pdftoppm", "-r", "72", "-png", "citaoci.pdf", "citaoci"); px = run("convert", "citaoci-1.png", "-crop", "1x1+60+10", "-depth", "8", "txt:-").stdout
check("the PDF for readers has no CMYK, and colours by the profile", not re.search(r" [kK]\n", text) and re.search(r"^\.059 \.361 \.388 rg", text, re.M) and "(93,169,221)" in px, px)
svg = run(LETAK, "dump", "svg", "citaoci.html").stdout; check("so has a cover", "#5da9dd" in svg, re.findall("fill=.{9}", svg))
p = subprocess.run(["sh", root / "tests/validate/check-pdf.sh", "-f", "ua1,2a", TMP / "citaoci.pdf"], capture_output=True, text=True, cwd=root, env=dict(os.environ, CHECKERS=str(checkers))); check("veraPDF: it is PDF/A-2a and PDF/UA-1", p.returncode == 0, p.stdout + p.stderr)

# --- the output intent ---
DEFAULT, OTHER, sRGB = (GS / "default_cmyk.icc").read_bytes(), (GS / "ps_cmyk.icc").read_bytes(), (ICC / "sRGB.icc").read_bytes()
(TMP / "drugi.icc").write_bytes(OTHER); (TMP / "profili").mkdir(); (TMP / "profili/podrazumevani.icc").write_bytes(DEFAULT); (TMP / "profili/stil.css").write_text("@-letak-press { output-intent: url(podrazumevani.icc) }")
def intent(pdf): j = pdfx.json.loads(run("qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", pdf).stdout)["qpdf"][1]; i = next(o["value"] for o in j.values() if isinstance(o.get("value"), dict) and o["value"].get("/S") == "/GTS_PDFX"); return i, pdfx.base64.b64decode(j["obj:" + i["/DestOutputProfile"]]["stream"]["data"])
i, icc = intent("bez-print.pdf"); check("where none is named, Ghostscript's profile lies in the file", icc == DEFAULT and i["/OutputConditionIdentifier"] == "u:Artifex CMYK SWOP Profile" and "/RegistryName" not in i, i)
said = make("namera", "<div style='background:#0F5C63'></div>", "@-letak-press { output-intent: \"drugi.icc\" \"FOGRA39\" }"); i, icc = intent("namera-print.pdf"); a, b = Plates("namera-print.pdf").mm(30, 5), Plates("bez-print.pdf").mm(30, 5)
check("the profile that is named lies in the file, with the name of its condition, and colours go by it", not said and icc == OTHER and i["/OutputConditionIdentifier"] == "u:FOGRA39" and i["/RegistryName"] == "u:http://www.color.org" and a != b, (said, i, a, b))
make("daleko", "<div></div>", "@import 'profili/stil.css'; @-letak-press { images: cmyk }"); check("it is found beside the style sheet that names it, and later rules leave it", intent("daleko-print.pdf")[1] == DEFAULT)
make("auto", "<div></div>", "@-letak-press { output-intent: url(drugi.icc) } @-letak-press { output-intent: auto }"); check("auto is the usual one", intent("auto-print.pdf")[1] == DEFAULT)
one = (TMP / "namera-print.pdf").read_bytes(); make("namera", "<div style='background:#0F5C63'></div>", "@-letak-press { output-intent: \"drugi.icc\" \"FOGRA39\" }"); check("the same document, the same bytes", one == (TMP / "namera-print.pdf").read_bytes())
broken = {"rgb.icc": (sRGB, "I007", "RGB"), "sivi.icc": ((ICC / "Gray.icc").read_bytes(), "I007", "GRAY"), "lab.icc": ((GS / "lab.icc").read_bytes(), "I00[67]", ""), "prazan.icc": (b"", "I006", ""), "kratak.icc": (DEFAULT[:5000], "I006", ""),
          "tekst.icc": ("није профил".encode() * 50, "I006", ""), "glava.icc": (DEFAULT[:128], "I006", ""), "praznina.icc": (DEFAULT[:200] + bytes(len(DEFAULT) - 200), "I006", "")}
for f, (data, code, word) in broken.items():
    (TMP / f).write_bytes(data); (TMP / "los-print.pdf").unlink(missing_ok=True); said = make("los", "<div></div>", f"\n@-letak-press {{ output-intent: \"{f}\" }}")
    check(f"{f} is refused with its place and what to do, and nothing is written", re.search(rf"^los\.html:2:\d+: error {code}: .*{f}.*{word}.*; .+", said, re.M) and not (TMP / "los-print.pdf").exists(), said)
for url, code in (("nema.icc", "K019"), ("../../../../etc/passwd", "K024"), ("https://primer.invalid/a.icc", "K025")):
    said = make("los", "<div></div>", f"\n@-letak-press {{ output-intent: \"{url}\" }}"); check(f"{url}: {code}", re.search(rf"^los\.html:2:\d+: error {code}: .*; .+", said, re.M), said)
crashed = []
for k in range(60):  # a damaged profile of our own may be taken or refused, no more
    b = bytearray(DEFAULT); b[128 + k * 7 % 3000] ^= 0xFF; b[200 + k * 2999] ^= 0x5A; (TMP / "kvar.icc").write_bytes(b); p = run(LETAK, "pdf", html("kvar", "<div style='background:#0F5C63;color:device-cmyk(1 0 0 0)'>а</div>", "@-letak-press{output-intent:'kvar.icc'}").name, "-o", "kvar.pdf", "--print", "kvar-p.pdf", timeout=60)
    if p.returncode not in (0, 1): crashed.append((k, p.returncode, p.stderr[-200:]))
check("60 damaged profiles end nothing", not crashed, crashed)

# a site names it for all its publications; a rule in a style sheet goes before it
S = TMP / "sajt"; shutil.copytree(root / "content", S / "content"); yml = (S / "content/site.yml").read_text(); (S / "content/profili").mkdir(); (S / "content/profili/novine.icc").write_bytes(OTHER)
def leaflet(line): (S / "content/site.yml").write_text(yml + line); (TMP / "s-print.pdf").unlink(missing_ok=True); return run(LETAK, "--lang", "en", "pdf", S / "content/info-letak/index.md", "--print", "s-print.pdf").stderr
said = leaflet("press-profile: profili/novine.icc\n"); check("site.yml names a profile for all", "error" not in said and intent("s-print.pdf")[1] == OTHER, said)
shutil.copytree(root / "layouts/print", S / "layouts/print"); (S / "layouts/print/leaflet.css").write_text((root / "layouts/print/leaflet.css").read_text() + "@-letak-press{output-intent:'p.icc'}"); (S / "layouts/print/p.icc").write_bytes(DEFAULT); said = leaflet("press-profile: profili/novine.icc\n"); check("a style sheet of the site goes before it", intent("s-print.pdf")[1] == DEFAULT, said)
(S / "layouts/print/palette.css").write_text("@-letak-color teal { rgb: #0F5C63; cmyk: 100% 0% 0% 0% }"); leaflet(""); pl = Plates("s-print.pdf"); check("a palette of the site takes the place of ours", not any(pl.at["Yellow"]) or max(pl.at["Cyan"]) == 100, max(pl.at["Cyan"])); shutil.rmtree(S / "layouts")
said = leaflet("press-profile: profili/nema.icc\n"); check("a profile that is not there", re.search(r"site\.yml:\d+:\d+: error C029: .*content/profili/nema\.icc", said) and not (TMP / "s-print.pdf").exists(), said)
(S / "content/profili/rgb.icc").write_bytes(sRGB); said = leaflet("press-profile: profili/rgb.icc\n"); check("a profile of a screen", re.search(r"site\.yml:\d+:\d+: error I007: .*RGB", said) and not (TMP / "s-print.pdf").exists(), said)
said = run(LETAK, "--lang", "en", "--as-of", "2026-11-24", "check", "-C", S).stderr; check("check has nothing against the file of a profile", "novine.icc" not in said, [l for l in said.splitlines() if "icc" in l])

# --- what rules cannot say, in both languages ---
for css, code, what in (("@-letak-press{output-intent:12}", "K031", "output-intent"), ("@-letak-press{images:lab}", "K031", "lab"), ("@-letak-press{ink-limit:90%}", "K031", "90%"), ("@-letak-press{ink-limit:300}", "K031", "300"), ("@-letak-press{paper:white}", "K031", "paper"), ("@-letak-press{output-intent:'a.icc' 5}", "K031", "5"),
                        ("@-letak-color a{rgb:device-cmyk(0 0 0 1);cmyk:0 0 0 1}", "K032", "rgb"), ("@-letak-color a{rgb:#12345;cmyk:0 0 0 1}", "K032", "#12345"), ("@-letak-color a{rgb:#123;cmyk:0 0 1}", "K032", "0 0 1"), ("@-letak-color a{rgb:#1238;cmyk:0 0 0 1}", "K032", "#1238"), ("@-letak-color a{rgb:#123;cmyk:0 0 0 1;spot:5}", "K032", "spot"),
                        ("@-letak-color a{rgb:#123;cmyk:red}", "K032", "red"), ("@-letak-color{rgb:#123;cmyk:0 0 0 1}", "K033", "NAME"), ("@-letak-color a b{rgb:#123;cmyk:0 0 0 1}", "K033", "NAME"), ("@-letak-color a{rgb:#123}", "K033", "cmyk"), ("@-letak-color a{cmyk:0 0 0 1}", "K033", "rgb")):
    said = make("los", "<p>а", "\n" + css); sr = run(LETAK, "--lang", "sr", "dump", "frames", "los.html").stderr
    check(f"{css}: {code}", len(said.splitlines()) == 1 and re.match(rf"los\.html:2:\d+: error {code}: .*{re.escape(what)}.*; .+", said) and re.match(rf"los\.html:2:\d+: .* {code}: .*[а-ш].*; .*[а-ш]", sr), said + sr)
for rule, words in (("@-letak-press", ("output-intent", "images", "ink-limit")), ("@-letak-color", ("rgb", "cmyk"))):
    en, sr = (run(LETAK, "--lang", l, "help", rule).stdout for l in ("en", "sr")); check(f"letak help {rule}", all(f"\n  {w}: " in en and f"\n  {w}: " in sr for w in words) and "at-rule" in en and "правило" in sr and en in run(LETAK, "--lang", "en", "help", "css").stdout, en + sr)
check("@color-profile says what to write instead", "@-letak-press" in make("los", "<p>а", "@color-profile device-cmyk{src:url(a.icc)}"))

# --- pictures ---
def convert(*a): run("convert", *a)
convert("-size", "40x40", "xc:rgb(15,92,99)", "PNG24:boja.png"); convert("-size", "40x40", "xc:gray50", "-colorspace", "Gray", "sivo.png"); convert("-size", "40x40", "pattern:checkerboard", "-type", "Palette", "PNG8:paleta.png")
convert("-size", "40x40", "xc:rgba(255,0,0,0.5)", "PNG32:staklo.png"); convert("-size", "40x40", "xc:rgb(15,92,99)", "-quality", "98", "foto.jpg"); convert("-size", "40x40", "xc:rgb(15,92,99)", "-quality", "98", "-profile", ICC / "compatibleWithAdobeRGB1998.icc", "adobe.jpg")
convert("-size", "40x40", "xc:cmyk(20%,80%,40%,10%)", "-colorspace", "CMYK", "-quality", "100", "-sampling-factor", "1x1", "stampa.jpg"); shutil.copy(TMP / "stampa.jpg", TMP / "sa-profilom.jpg"); convert("stampa.jpg", "-profile", TMP / "drugi.icc", "sa-profilom.jpg"); convert("stampa.jpg", "-profile", GS / "default_cmyk.icc", "kao-namera.jpg")
def picture(name, file, css=""): said = make(name, f"<img alt=с src='{file}' style='display:block;width:40mm;height:40mm'>", css); return said, raw(f"{name}-print.pdf")
def space(text): m = re.search(r"/ColorSpace (\[.*?\]|/\w+)\n", re.sub(r"\n\s+", " ", text.split("/Subtype /Image")[0][-900:]) + "\n" + re.sub(r"\n +([^/])", r" \1", text)); return m and m[1]
for file, want in (("boja.png", 3), ("paleta.png", 3), ("staklo.png", 3), ("foto.jpg", 3), ("adobe.jpg", 3), ("sa-profilom.jpg", 4)):
    said, text = picture("slika", file); n = [int(v) for v in re.findall(r"/N (\d)", text)]; check(f"{file} stays as it is, with a profile", not said and "/ICCBased" in text and "/DeviceRGB" not in text and n.count(want) == (2 if want == 4 else 1) and not pdfx.faults(str(TMP / "slika-print.pdf")), (said, n, pdfx.faults(str(TMP / "slika-print.pdf"))))
    if want == 3: got, ref = Plates("slika-print.pdf").mm(20, 20), Plates("bez-print.pdf").mm(30, 5); ok = near(got, ref, 6) if file in ("boja.png", "foto.jpg") else True; check(f"{file}: the print shop's converter makes of it what letak makes of the colour", ok, (got, ref))
for file, want in (("stampa.jpg", (20, 80, 40, 10)), ("kao-namera.jpg", (20, 80, 40, 10))):
    said, text = picture("slika", file, "@-letak-press{images:cmyk}"); got = Plates("slika-print.pdf").mm(20, 20); check(f"{file} passes through as inks of the output intent", not said and "/ColorSpace /DeviceCMYK" in text and "/DCTDecode" in text and near(got, want, 2), (said, got))
    check(f"{file}: in the PDF for readers it is sRGB", "DeviceCMYK" not in raw("slika.pdf"))
for file, want in (("boja.png", (89, 48, 52, 25)), ("foto.jpg", (89, 48, 52, 25))):
    said, text = picture("slika", file, "@-letak-press{images:cmyk}"); got = Plates("slika-print.pdf").mm(20, 20); check(f"{file} is converted where that is asked for", not said and "/ColorSpace /DeviceCMYK" in text and "/ICCBased" not in text and near(got, want, 3), (said, got))
said, text = picture("slika", "staklo.png", "@-letak-press{images:cmyk}"); got = Plates("slika-print.pdf").mm(20, 20); check("a clear picture is converted, its mask stays, and it is mixed in CMYK", "/SMask" in text and "/S /Transparency" in text and near(got, (0, 50, 50, 0), 3), (said, got))
said, text = picture("slika", "sivo.png"); check("a grey picture is the black plate", not said and not any(max(Plates("slika-print.pdf").at[i]) for i in ("Cyan", "Magenta", "Yellow")), said)
convert("-size", "200x200", "plasma:red-blue", "ceo.jpg"); (TMP / "kvar.jpg").write_bytes((TMP / "ceo.jpg").read_bytes()[:2000]); said, text = picture("slika", "kvar.jpg", "@-letak-press{images:cmyk}"); check("a broken picture is said", "I002" in said, said)

# --- how much ink ---
TEXT = "<p style='color:device-cmyk(1 1 .8 .9);margin:0'>тешко</p>"
for name, body, css, want in (("text", TEXT, "", r"P013: page 1: the colour 100 100 80 90 has 370 %"), ("a rectangle", "<div style='background:device-cmyk(.9 .8 .8 .6)'></div>", "", r"P013: page 1: the colour 90 80 80 60 has 310 %"),
        ("a rounded area", "<div style='background:device-cmyk(.9 .8 .8 .6);border-radius:3mm'></div>", "", r"P013: .*310 %"), ("a border", "<div style='border:3pt dashed device-cmyk(.9 .8 .8 .6)'></div>", "", r"P013: .*310 %"),
        ("black text over a rounded ground", "<div style='background:device-cmyk(.8 .8 .6 0);border-radius:3mm;color:#000'>а</div>", "", r"P013: page 1: the colour 0 0 0 100 has 320 % of ink \(220 \+ 100\)"),
        ("black text over a drawing", "<div style='position:relative;height:30mm;color:#000'><svg style='position:absolute;left:0;top:0' width='100' height='100'><circle cx='50' cy='50' r='50' fill='device-cmyk(.8 .8 .6 0)'/></svg><p style='position:absolute;left:10mm;top:5mm;margin:0'>а", "", r"P013: page 1: the colour 0 0 0 100 has 320 % of ink \(220 \+ 100\)"),
        ("black text over a heavy ground", "<div style='background:device-cmyk(.8 .8 .6 0);color:#000'>а</div>", "", r"P013: page 1: the colour 0 0 0 100 has 320 % of ink \(220 \+ 100\), more than 300 %"), ("the second page", "<div></div><div style='break-before:page;color:device-cmyk(1 1 1 .5)'>а</div>", "", r"P013: page 2: "),
        ("a limit of one's own", "<div style='background:#0F5C63'></div>", "@-letak-press{ink-limit:200%}", r"P013: page 1: the colour 89 48 52 25 has 21\d %.* more than 200 %"), ("a picture", "<img alt=с src=boja.png width=40>", "@-letak-press{ink-limit:200%}", r"P014: page 1: the picture boja\.png has up to 21\d % of ink, on 100\.0 % of its area more than 200 %"),
        ("a picture in CMYK", "<img alt=с src=stampa.jpg width=40>", "@-letak-press{ink-limit:100%}", r"P014: .*up to 1(49|50|51) %")):
    said = make("mastilo", body, css); at = [l for l in said.splitlines() if re.search(r"P01[34]", l)]; check(f"{name}: {want}", len(at) == 1 and re.search(want, at[0]) and re.match(r"mastilo\.html:\d+:\d+: warning", at[0]), said)
for name, body, css in (("300 % exactly", "<div style='background:device-cmyk(1 1 1 0)'></div>", ""), ("what is asked not to be looked at", TEXT, "@-letak-press{ink-limit:none}"), ("a higher limit", TEXT, "@-letak-press{ink-limit:400%}"), ("marks", "<div></div>", "@page{bleed:3mm;marks:crop cross}"), ("white text on a heavy ground", "<div style='background:device-cmyk(.8 .8 .6 0);color:#fff'>а</div>", ""),
        ("black text in the box of a round drawing, beside it", "<div style='position:relative;height:30mm;color:#000'><svg style='position:absolute;left:0;top:0' width='100' height='100'><circle cx='50' cy='50' r='50' fill='device-cmyk(.8 .8 .6 0)'/></svg><p style='position:absolute;left:0;top:0;margin:0;font-size:6pt'>а", ""),
        ("black text in a ring", "<div style='position:relative;height:30mm;color:#000'><svg style='position:absolute;left:0;top:0' width='100' height='100'><path fill-rule='evenodd' d='M0 0h100v100H0zM20 20h60v60H20z' fill='device-cmyk(.8 .8 .6 0)'/></svg><p style='position:absolute;left:10mm;top:10mm;margin:0;font-size:6pt'>а", ""),
        ("black text beside a heavy ground", "<div style='background:device-cmyk(.8 .8 .6 0)'></div><div style='color:#000'>а</div>", "")): said = make("mastilo", body, css); check(f"nothing is said of {name}", not said, said)
make("mastilo", TEXT); check("a PDF for readers has no limit", not run(LETAK, "--lang", "en", "pdf", "mastilo.html", "-o", "m.pdf").stderr)
sr = run(LETAK, "--lang", "sr", "pdf", "mastilo.html", "--print", "m.pdf").stderr; check("in Serbian", re.search(r"P013: страна 1: боја 100 100 80 90 има 370 % мастила, више од 300 %; .+", sr), sr)

# --- PDF/X-4 ---
make("sve", f"<div>{letters}</div><div style='background:#0F5C63;opacity:.5'>{letters}</div><img alt=с src=staklo.png width=40><img alt=с src=sa-profilom.jpg width=40>", BUILDS + "@page{bleed:3mm;marks:crop}"); make("bez-datuma", "<p>а", head="")
for lang in ("", ".en"): run(LETAK, "pdf", root / f"content/info-letak/index{lang}.md", "--print", TMP / f"letak{lang}-print.pdf")
files = sorted(TMP.glob("*-print.pdf")); wrong = [(f.name, w) for f in files for w in pdfx.faults(str(f))]; check(f"{len(files)} press files are PDF/X-4 as far as one can see, the sample leaflet in two languages too", len(files) > 20 and not wrong, wrong)
check("without a date it is that of 1970", "D:19700101000000Z" in raw("bez-datuma-print.pdf")); check("PDFs for readers do not say that they are", pdfx.faults(str(TMP / "sve.pdf")))
qdf = (run("qpdf", "--qdf", "--object-streams=disable", "sve-print.pdf", "sve.qdf"), (TMP / "sve.qdf").read_bytes())[1]
SEEN = [("header", b"%PDF-1.6", b"%PDF-1.7", "file"), ("trapping unknown", b"/Trapped /False", b"/Trapped /Maybe", "info"), ("no date", b"/ModDate", b"/ModDatX", "info"), ("dates that differ", b"D:20261124", b"D:20261125", "XMP"), ("another standard", b"PDF/X-4<", b"PDF/X-3<", "XMP"), ("no document ID", b"DocumentID", b"DocumentIX", "XMP"),
        ("another intent", b"/GTS_PDFX\n", b"/GTS_PDFA\n", "intent"), ("no profile", b"/DestOutputProfile", b"/DestOutputProfilX", "intent"), ("no trim", b"/TrimBox", b"/TrimBoX", "box"), ("a trim and an art box", b"/TrimBox", b"/ArtBox [ 0 0 1 1 ] /TrimBox", "box"), ("RGB in the content", b"0 0 0 1 k\n", b"0 0 1 rg \n", "colour"), ("a picture without profile", b"/ColorSpace [\n", b"/ColorSpace /DeviceRGB /Was [\n", "colour"),
        ("a font outside", b"/FontFile2", b"/FontFilX2", "font"), ("blending in RGB", b"/CS /DeviceCMYK", b"/CS /DeviceRGB ", "blending"), ("no group", b"/Group <<", b"/GrouX <<", "blending"), ("an action", b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (1) >>", "action"), ("a transfer curve", b"/OPM 1", b"/OPM 1 /TR /Identity", "state")]
SEEN.append(("a picture with the profile of the output intent", re.search(rb"/ICCBased\s+\d+ 0 R", qdf)[0], b"/ICCBased " + re.search(rb"/DestOutputProfile (\d+ 0 R)", qdf)[1], "colour"))
for name, old, new, subject in SEEN:
    (TMP / "pokvaren.qdf").write_bytes(qdf.replace(old, new)); p = run("sh", "-c", "fix-qdf pokvaren.qdf >pokvaren.pdf"); got = pdfx.faults(str(TMP / "pokvaren.pdf"))
    check(f"the check sees: {name}", old in qdf and any(g.startswith(subject) for g in got), got[:4])
run("qpdf", "--encrypt", "", "b", "256", "--", "sve-print.pdf", "zakljucan.pdf"); check("the check sees: a locked file", any(g.startswith("file") for g in pdfx.faults(str(TMP / "zakljucan.pdf"))), pdfx.faults(str(TMP / "zakljucan.pdf"))[:3])
