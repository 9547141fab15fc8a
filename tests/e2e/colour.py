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
if (checkers / "venv").exists(): p = subprocess.run(["sh", root / "tests/validate/check-pdf.sh", "-f", "ua1,2a", TMP / "citaoci.pdf"], capture_output=True, text=True, cwd=root, env=dict(os.environ, CHECKERS=str(checkers))); check("veraPDF: it is PDF/A-2a and PDF/UA-1", p.returncode == 0, p.stdout + p.stderr)
