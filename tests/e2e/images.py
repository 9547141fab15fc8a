#!/usr/bin/env python3
"""Pictures of every kind that staff have, through the whole program: turned upright, in the colours of the web, in sizes and formats that are never larger, without metadata, from the
cache and without it the same, on paper too. Judges: ImageMagick, exiftool, Chromium, Nu, pdfimages, veraPDF; libheif through ctypes makes what no program here writes."""
import concurrent.futures, ctypes, filecmp, json, os, pathlib, random, re, resource, shutil, struct, subprocess, sys, time, urllib.request, zlib
root = pathlib.Path(__file__).resolve().parents[2]; checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve(); py = checkers / "venv/bin/python"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1200]}", flush=True)
if not os.environ.get("IN_VENV"):
    if not py.exists(): check("the browser is here", False, py); sys.exit(1)
    os.execve(py, [str(py), __file__], dict(os.environ, IN_VENV="1"))
from playwright.sync_api import sync_playwright
SANITIZED = os.environ.get("SANITIZED") # slower, and with marks beside all that was freed
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); S = TMP / "s"; A = S / "content/a"; A.mkdir(parents=True)
def run(*a, **kw): return subprocess.run([*map(str, a)], capture_output=True, text=True, errors="replace", timeout=600, **kw)
def convert(*a): p = run("convert", *a); assert p.returncode == 0, p.stderr
def build(*a, s=S): return run(LETAK, "build", "-C", s, "--as-of", "2026-11-24", "--lang", "en", *a)
MARK = "Zorica Izmisljenovic"; tags = ["-Artist=" + MARK, "-GPSLatitude=44.8", "-GPSLatitudeRef=N", "-XMP:Creator=" + MARK]
def tag(f, *more): p = run("exiftool", "-q", "-overwrite_original", "-n", *tags, *more, f); assert p.returncode == 0, p.stderr

# --- libheif: HEIC that is turned by its own box, with Exif and a profile ---
class Err(ctypes.Structure): _fields_ = [("code", ctypes.c_int), ("sub", ctypes.c_int), ("text", ctypes.c_char_p)]
H = ctypes.CDLL("libheif.so.1"); V = ctypes.c_void_p
for n in "context_get_encoder_for_format image_create image_add_plane context_encode_image context_write_to_file context_add_exif_metadata image_set_raw_color_profile encoder_set_lossy_quality".split(): getattr(H, "heif_" + n).restype = Err
for n in "context_alloc image_get_plane encoding_options_alloc".split(): getattr(H, "heif_" + n).restype = V
def heif(ppm, out, codec=1, orientation=1, icc=None, exif=True):
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", ppm); w, h = int(head[1]), int(head[2]); px = ppm[head.end():]; c, e, im, hd, stride = V(H.heif_context_alloc()), V(), V(), V(), ctypes.c_int()
    def ok(r): assert r.code == 0, r.text
    ok(H.heif_context_get_encoder_for_format(c, codec, ctypes.byref(e))); ok(H.heif_encoder_set_lossy_quality(e, 90)); ok(H.heif_image_create(w, h, 1, 10, ctypes.byref(im))); ok(H.heif_image_add_plane(im, 10, w, h, 8))
    p = H.heif_image_get_plane(im, 10, ctypes.byref(stride))
    for y in range(h): ctypes.memmove(p + y * stride.value, px[y * w * 3:(y + 1) * w * 3], w * 3)
    if icc: ok(H.heif_image_set_raw_color_profile(im, b"prof", icc, ctypes.c_size_t(len(icc))))
    o = H.heif_encoding_options_alloc(); assert ctypes.c_uint8.from_address(o).value >= 5; ctypes.c_int.from_address(o + 20).value = orientation
    ok(H.heif_context_encode_image(c, im, e, V(o), ctypes.byref(hd)))
    data = b"MM\0*\0\0\0\x08\0\x01\x01\x3b\0\x02" + struct.pack(">II", len(MARK) + 1, 26) + b"\0\0\0\0" + MARK.encode() + b"\0"
    if exif: ok(H.heif_context_add_exif_metadata(c, hd, data, len(data)))
    ok(H.heif_context_write_to_file(c, str(out).encode()))
def ten_bits(out, colours, w=300, h=200): # as newer phones write: YCbCr 4:2:0 of 10 bits
    c, e, im, hd, stride = V(H.heif_context_alloc()), V(), V(), V(), ctypes.c_int(); ycc = [(0.299 * r + 0.587 * g + 0.114 * b, 128 - 0.168736 * r - 0.331264 * g + 0.5 * b, 128 + 0.5 * r - 0.418688 * g - 0.081312 * b) for r, g, b in colours]
    def ok(r): assert r.code == 0, r.text
    ok(H.heif_context_get_encoder_for_format(c, 1, ctypes.byref(e))); ok(H.heif_encoder_set_lossy_quality(e, 90)); ok(H.heif_image_create(w, h, 0, 1, ctypes.byref(im)))
    for k in range(3):
        pw, ph = (w, h) if k == 0 else (w // 2, h // 2); ok(H.heif_image_add_plane(im, k, pw, ph, 10)); p = H.heif_image_get_plane(im, k, ctypes.byref(stride))
        for y in range(ph): row = b"".join(struct.pack("<H", round(ycc[(y >= ph // 2) * 2 + (x >= pw // 2)][k] * 4)) for x in range(pw)); ctypes.memmove(p + y * stride.value, row, len(row))
    ok(H.heif_context_encode_image(c, im, e, None, ctypes.byref(hd))); ok(H.heif_context_write_to_file(c, str(out).encode()))
def ppm(f): return subprocess.run(["convert", f, "-depth", "8", "ppm:-"], capture_output=True, check=True).stdout

# --- the pictures ---
R, G, B, Y = (220, 40, 40), (40, 180, 60), (50, 60, 210), (230, 220, 60); quad = TMP / "quad.png"
convert("-size", "300x200", "xc:rgb(220,40,40)", "-fill", "rgb(40,180,60)", "-draw", "rectangle 150,0 299,99", "-fill", "rgb(50,60,210)", "-draw", "rectangle 0,100 149,199", "-fill", "rgb(230,220,60)", "-draw", "rectangle 150,100 299,199", quad)
stored = {1: (), 2: ("-flop",), 3: ("-rotate", "180"), 4: ("-flip",), 5: ("-transpose",), 6: ("-rotate", "270"), 7: ("-transverse",), 8: ("-rotate", "90")}
turned = []
for n, how in stored.items(): convert(quad, *how, "+repage", "-quality", "95", A / f"o{n}.jpg"); tag(A / f"o{n}.jpg", f"-Orientation={n}"); turned.append(f"o{n}.jpg")
for n in (6, 3): convert(quad, *stored[n], "+repage", A / f"p{n}.png"); tag(A / f"p{n}.png", f"-IFD0:Orientation={n}"); convert(quad, *stored[n], "+repage", "-quality", "95", A / f"w{n}.webp"); tag(A / f"w{n}.webp", f"-IFD0:Orientation={n}"); turned += [f"p{n}.png", f"w{n}.webp"]
for n, how in stored.items(): convert(quad, *how, "+repage", TMP / "t.png"); heif(ppm(TMP / "t.png"), A / f"h{n}.heic", orientation=n); turned.append(f"h{n}.heic")
convert(quad, *stored[6], "+repage", TMP / "t.png"); heif(ppm(TMP / "t.png"), A / "v6.avif", codec=4, orientation=6); turned.append("v6.avif")
ten_bits(A / "deset.heic", (R, G, B, Y)); turned.append("deset.heic")
photo = TMP / "photo.png"; convert("-size", "2000x1500", "-seed", "7", "plasma:fractal", "-blur", "0x2", "-attenuate", "0.3", "+noise", "Gaussian", photo)
convert(photo, "-quality", "92", A / "foto.jpg"); tag(A / "foto.jpg"); heif(ppm(photo), A / "IMG_0001.HEIC"); shutil.copy(photo, A / "foto-png.png"); tag(A / "foto-png.png"); convert(photo, "-quality", "85", A / "foto-webp.webp"); tag(A / "foto-webp.webp")
convert(photo, "-resize", "900x", "-quality", "90", A / "srednja.jpg"); tag(A / "srednja.jpg"); heif(ppm(A / "srednja.jpg"), A / "foto-avif.avif", codec=4)
adobe, srgb, cmyk = "/usr/share/color/icc/compatibleWithAdobeRGB1998.icc", "/usr/share/color/icc/sRGB.icc", "/usr/share/color/icc/ghostscript/default_cmyk.icc"
SOFT = [(170, 90, 80), (90, 150, 100), (90, 100, 160), (190, 180, 110)]; soft = TMP / "soft.png"; convert("-size", "300x200", "xc:rgb(170,90,80)", "-fill", "rgb(90,150,100)", "-draw", "rectangle 150,0 299,99", "-fill", "rgb(90,100,160)", "-draw", "rectangle 0,100 149,199", "-fill", "rgb(190,180,110)", "-draw", "rectangle 150,100 299,199", soft)
convert(soft, "-intent", "relative", "-black-point-compensation", "-profile", srgb, "-profile", cmyk, "-quality", "95", A / "cmyk.jpg"); convert(soft, "-intent", "relative", "-black-point-compensation", "-profile", srgb, "-profile", cmyk, "+profile", "icc", "-quality", "95", A / "cmyk-bez.jpg"); tag(A / "cmyk.jpg")
convert(soft, "-profile", srgb, "-profile", adobe, "-depth", "8", TMP / "adobe.png"); heif(ppm(TMP / "adobe.png"), A / "adobe.heic", icc=pathlib.Path(adobe).read_bytes()); convert(TMP / "adobe.png", "-quality", "95", A / "adobe.jpg"); convert(TMP / "adobe.png", "-orient", "undefined", A / "adobe.png")
coloured = ["cmyk.jpg", "cmyk-bez.jpg", "adobe.heic", "adobe.jpg", "adobe.png"]
convert("-size", "1800x900", "xc:white", "-fill", "none", "-stroke", "black", "-strokewidth", "6", "-draw", "circle 400,400 700,500 line 100,100 1700,800", "-colors", "8", A / "crtez.png"); tag(A / "crtez.png")
convert("-size", "800x600", "xc:rgb(40,120,200)", "(", "-size", "800x600", "gradient:white-black", ")", "-alpha", "off", "-compose", "CopyOpacity", "-composite", A / "providna.png")
convert(photo, "-resize", "800x600!", "(", "-size", "800x600", "gradient:white-black", ")", "-alpha", "off", "-compose", "CopyOpacity", "-composite", A / "providna-foto.png")
convert("-size", "20x20", "xc:red", A / "tacka.png"); convert("-delay", "10", "-size", "60x60", "xc:red", "xc:blue", "-loop", "0", A / "pokret.gif"); convert("-delay", "10", "-size", "60x60", "xc:red", "xc:blue", "-loop", "0", A / "pokret.webp"); (A / "znak.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><!-- x --><path d="M0 0h9v9z"/></svg>')
photos = ["foto.jpg", "IMG_0001.HEIC", "foto-png.png", "foto-webp.webp", "srednja.jpg", "foto-avif.avif", "crtez.png", "providna.png", "providna-foto.png", "tacka.png", "pokret.gif", "pokret.webp", "znak.svg"]
every = photos + turned + coloured
(S / "content/site.yml").write_text("name: {sr: Проба}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\n"); (S / "content/b").mkdir(); (S / "content/b/index.md").write_text("---\ntitle: Једна\n---\n![Слика](../a/foto.jpg)\n"); (S / "content/index.md").write_text("---\ntitle: Почетна\n---\n[Слике](a/index.md), [једна](b/index.md)\n")
(A / "index.md").write_text("---\ntitle: Слике\n---\nТекст.\n\n" + "\n\n".join(f"![Слика {i}]({f})" for i, f in enumerate(every)) + "\n\n[цела слика](IMG_0001.HEIC), [и ова](srednja.jpg)\n")
t = time.time(); p = build(); cold = time.time() - t; check("a page of all of them builds", p.returncode == 0, p.stderr); out = S / "public"; html = (out / "a/index.html").read_text()
t = time.time(); p = build(); hot = time.time() - t; check("a second build finds all in the cache", p.returncode == 0 and "nothing changed" in p.stdout, p.stderr + p.stdout); print(f"# {len(every)} pictures: {cold:.1f} s, from the cache {hot:.1f} s", flush=True)

# --- what the page offers ---
shown = {}
for f, m in zip(every, re.finditer(r"(?:<picture>.*?</picture>|<img [^>]*alt=\"Слика \d+\"[^>]*>)", html)): shown[f] = m[0]
def offers(f):
    """[(media or "", [(path, width or None)])], the last that of <img>; src is the fallback's widest"""
    x = shown[f]; rows = []
    for el in re.findall(r"<(?:source|img) [^>]*>", x):
        s = re.search(r'srcset="([^"]*)"', el); src = re.search(r'\bsrc="([^"]*)"', el); media = re.search(r'type="([^"]*)"', el)
        rows.append((media[1] if media else "", [(c.split()[0], int(c.split()[1][:-1]) if " " in c else None) for c in s[1].split(", ")] if s else [(src[1], None)]))
    return rows
def file(path): return (out / "a" / path).resolve()
check("every picture is on the page", len(shown) == len(every), len(shown)); bad = [p for f in every for _, v in offers(f) for p, _ in v if not file(p).exists()]; check("what is offered is there", not bad, bad)
def dead(page): h = page.read_text(); return [u for u in re.findall(r'(?:srcset="|, |src=")([^" ,]+\.(?:avif|webp|jpg|png|gif|svg))', h) if not (page.parent / u).resolve().exists()]
bad = {k: dead(out / k) for k in ("a/index.html", "b/index.html", "sr-latn/a/index.html", "sr-latn/b/index.html")}; check("in either script, from either page", not any(bad.values()) and "../../a/foto-jpg-960.avif" in (out / "sr-latn/b/index.html").read_text(), bad)
kinds = lambda f: [m for m, _ in offers(f)]; widths = lambda f: [[w for _, w in v] for _, v in offers(f)]
check("a photograph: AVIF, WebP, JPEG in three widths", kinds("foto.jpg") == ["image/avif", "image/webp", ""] and widths("foto.jpg") == [[480, 960, 1600]] * 3 and offers("foto.jpg")[-1][1][-1][0].endswith(".jpg"), shown["foto.jpg"])
check("HEIC likewise", kinds("IMG_0001.HEIC") == ["image/avif", "image/webp", ""] and widths("IMG_0001.HEIC") == [[480, 960, 1600]] * 3 and offers("IMG_0001.HEIC")[-1][1][-1][0].endswith(".jpg"), shown["IMG_0001.HEIC"]); check("a photograph as PNG becomes one", offers("foto-png.png")[-1][1][-1][0].endswith(".jpg") and kinds("foto-png.png")[0] == "image/avif", shown["foto-png.png"])
check("one of 900 pixels is made narrower, never wider", widths("srednja.jpg")[-1] == [480, 900] and offers("srednja.jpg")[-1][1][-1][0].endswith("/srednja.jpg"), shown["srednja.jpg"]); check("AVIF gets a WebP beside it", kinds("foto-avif.avif") == ["image/avif", ""] and offers("foto-avif.avif")[-1][1][-1][0].endswith(".webp"), shown["foto-avif.avif"])
check("a drawing stays lossless", "image/avif" not in kinds("crtez.png") and offers("crtez.png")[-1][1][-1][0].endswith(".png") and (lambda d: run("compare", "-metric", "AE", A / "crtez.png", d, "null:").stderr.split()[0] == "0")(file(offers("crtez.png")[-1][1][-1][0])), shown["crtez.png"]); check("a dot is left alone", "<picture>" not in shown["tacka.png"] and "srcset" not in shown["tacka.png"], shown["tacka.png"])
for f in ("pokret.gif", "pokret.webp", "znak.svg"): check(f"{f} is left alone", "<picture>" not in shown[f] and f'/{f}"' in shown[f] and 'width="' in shown[f], shown[f])
check("what moves still moves", run("identify", out / "a/pokret.gif").stdout.count("\n") == 2 and run("identify", out / "a/pokret.webp").stdout.count("\n") == 2)
larger = []
for f in every:
    o = offers(f); base = o[-1][1]
    for media, v in o[:-1]:
        for path, w in v:
            least = min(file(q).stat().st_size for q, bw in base if w is None or bw is None or bw >= w)
            if file(path).stat().st_size >= least: larger.append((path, least))
    for _, v in o: ns = [file(q).stat().st_size for q, _ in v]; larger += [(v, ns)] if ns != sorted(ns) else []
check("no format and no width is larger than what it stands for", not larger, larger); one = [(m, sum(file(q).stat().st_size for q, _ in v)) for m, v in offers("foto.jpg")]; print(f"# foto.jpg {(A / 'foto.jpg').stat().st_size} bytes; on the page (three widths together): {one}", flush=True)
check("width and height for all", all(re.search(r'width="\d+" height="\d+"', x) for x in shown.values())); lazy = ["loading=\"lazy\"" in shown[f] for f in every]; check("the first is loaded at once, the others when they are near", not lazy[0] and all(lazy[1:]), lazy)
check("full size is published only where it is linked to", not (out / "a/foto.jpg").exists() and not list(out.rglob("*.HEIC")) and not list(out.rglob("*.heic")) and run("identify", "-format", "%wx%h %m", out / "a/IMG_0001-HEIC.jpg").stdout == "2000x1500 JPEG" and 'href="../a/IMG_0001-HEIC.jpg"' in html and 'href="../a/srednja.jpg"' in html, sorted(x.name for x in (out / "a").iterdir()))
sizes = set(re.findall(r'sizes="([^"]*)"', html)); check("one rule of sizes", sizes == {"(min-width: 40rem) 38rem, calc(100vw - 2rem)"}, sizes); p = run("java", "-jar", next((checkers / "node_modules").rglob("vnu.jar"), ""), "--format", "json", "--stdout", out / "a/index.html"); said = [m for m in json.loads(p.stdout)["messages"] if "Content Security Policy" not in m["message"]]; check("the markup is valid", not said, said)

# --- what is in them ---
published = [f for f in out.rglob("*") if f.suffix in (".jpg", ".png", ".webp", ".avif", ".gif")]; p = run("exiftool", "-json", "-a", "-G1", *published); said = json.loads(p.stdout); allowed = re.compile(r"(SourceFile|ExifTool|System|File|Composite|JFIF|ICC|PNG|RIFF|GIF|QuickTime|Meta|Adobe|VP8)")
left = [(x["SourceFile"], k) for x in said for k in x if not allowed.match(k) or "Comment" in k] + [f.name for f in out.rglob("*") if f.is_file() and (MARK.encode() in (b := f.read_bytes()) or b"xmpmeta" in b)]
check(f"no metadata in {len(published)} files", len(published) > 60 and not left, left); check("the originals had some", sum(MARK.encode() in f.read_bytes() for f in A.iterdir()) >= 20)
def near(c, want, by): return all(abs(a - b) <= by for a, b in zip(c, want))
def corners(f, box=None):
    t = run("convert", f, *(("-crop", box, "+repage") if box else ()), "-colorspace", "sRGB", "-resize", "4x4!", "-depth", "8", "txt:-").stdout; px = {(int(m[1]), int(m[2])): tuple(int(float(v)) for v in m[3].split(",")[:3]) for m in re.finditer(r"(\d),(\d): \(([\d.,]+)", t)}
    return [px[k][:3] for k in ((0, 0), (3, 0), (0, 3), (3, 3))]
def soft_ones(c): return len(c) == 4 and all(near(a, b, 9) for a, b in zip(c, SOFT))
def upright(c, by=14): return len(c) == 4 and all(near(a, b, by) for a, b in zip(c, (R, G, B, Y)))
wrong = {f: c for f in turned for _, v in offers(f) for q, _ in v if not q.endswith(".avif") and not upright(c := corners(file(q)))}; check("all eight ways of turning, in JPEG, PNG, WebP, HEIC, AVIF, stand upright", not wrong, wrong)
wrong = {f: c for f in coloured if f not in ("adobe.jpg", "adobe.png") for q, _ in offers(f)[-1][1] if not soft_ones(c := corners(file(q)))}; check("CMYK and wide colours are those of the web", not wrong, wrong)
alpha = lambda f: float(run("convert", f, "-alpha", "extract", "-format", "%[fx:mean]", "info:").stdout); bad = [(q, alpha(file(q))) for f in ("providna.png", "providna-foto.png") for _, v in offers(f) for q, _ in v if not q.endswith(".avif") and abs(alpha(file(q)) - 0.5) > 0.02]; check("what is transparent stays so", not bad, bad)

# --- the browser ---
with sync_playwright() as pw:
    b = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"])
    for width, dpr, most in ((320, 1, "480"), (1280, 1, "960"), (1280, 2, "1600")):
        page = b.new_page(viewport={"width": width, "height": 800}, device_scale_factor=dpr); notes = []; page.on("console", lambda m: notes.append(m.text)); page.on("requestfailed", lambda r: notes.append(r.url)); page.goto((out / "a/index.html").as_uri())
        got = page.evaluate("async()=>{let r=[];for(const i of document.querySelectorAll('main img')){i.loading='eager';try{await i.decode();r.push([i.currentSrc.split('/').pop(),i.naturalWidth,i.clientWidth,i.clientHeight])}catch(e){r.push([i.currentSrc,String(e)])}}return [r,document.documentElement.scrollWidth]}")
        names = dict(zip(every, got[0])); check(f"at {width} px, {dpr} pixels a point: all decode, nothing scrolls sideways, nothing is said", all(len(x) == 4 and x[1] for x in got[0]) and got[1] <= width and not notes, ([x for x in got[0] if len(x) < 4], got[1], notes[:5])); check(f"at {width} px, {dpr} pixels a point: the AVIF of {most} is taken", names["foto.jpg"][0] == f"foto-jpg-{most}.avif" and names["IMG_0001.HEIC"][0] == f"IMG_0001-HEIC-{most}.avif", names["foto.jpg"]); page.close()
    page = b.new_page(viewport={"width": 700, "height": 500})
    def shot(path, to="shot.png"): # what the browser makes of a file
        page.set_content("<p>"); f = TMP / "shot.html"; f.write_text(f'<body style="margin:0;background:#fff"><img src="{path.as_uri()}" style="width:600px;height:400px;display:block">'); page.goto(f.as_uri()); page.evaluate("document.images[0].decode()"); page.locator("img").screenshot(path=TMP / to); return TMP / to
    wrong = {f: c for f in ("adobe.jpg", "adobe.png", "adobe.heic", "cmyk.jpg", "cmyk-bez.jpg") for _, v in offers(f) for q, _ in v if not soft_ones(c := corners(shot(file(q))))}; check("the browser shows CMYK and wide colours as they were", not wrong, wrong)
    psnr = {}
    for m, v in offers("foto.jpg"): psnr[m or "image/jpeg"] = float(run("compare", "-metric", "PSNR", shot(file(v[-1][0])), shot(TMP / "photo.png", "as-it-was.png"), "null:").stderr.split()[0])
    check("AVIF and WebP look as the JPEG does", min(psnr.values()) > 33 and max(psnr.values()) - min(psnr.values()) < 4, psnr); print(f"# PSNR against the photograph, shown at 600 px: {psnr}", flush=True)
    (TMP / "av").mkdir(); tool = pathlib.Path(os.environ.get("BUILD", "build")) / "unit/image"
    wrong = {}
    for f in turned[:8]: # too small to be offered as AVIF: larger ones
        convert(A / f, "-auto-orient", TMP / "av/big.png"); convert(quad, *stored[int(f[1])], "+repage", "-filter", "point", "-resize", "1000%", "-attenuate", "0.2", "+noise", "Gaussian", "-quality", "90", TMP / f"av/{f}"); run("exiftool", "-q", "-overwrite_original", "-n", f"-Orientation={f[1]}", TMP / f"av/{f}"); run(tool, "offer", TMP / f"av/{f}", TMP / f"av/{f[:2]}"); g = next((TMP / "av").glob(f"{f[:2]}-480.avif"), None); c = corners(shot(g)) if g else None
        if not g or not upright(c, 20): wrong[f] = c
    check("AVIF stands upright in the browser too", not wrong, wrong)
    b.close()

# --- the same bytes whatever the threads, the cache, its state, and who builds beside ---
def same(a, b): c = filecmp.dircmp(a, b, ignore=[]); return not (c.left_only or c.right_only or c.funny_files) and filecmp.cmpfiles(a, b, c.common_files, shallow=False)[1:] == ([], []) and all(same(pathlib.Path(a) / d, pathlib.Path(b) / d) for d in c.common_dirs)
D = TMP / "d"; (D / "content/a").mkdir(parents=True); few = ["foto.jpg", "IMG_0001.HEIC", "foto-avif.avif", "srednja.jpg", "crtez.png", "providna-foto.png", "o6.jpg", "h6.heic", "cmyk.jpg", "pokret.gif"]; out = D / "public" # fewer of them
(D / "content/index.md").write_text("---\ntitle: Почетна\n---\n[Слике](a/index.md)\n")
for f in ("site.yml", *(f"a/{f}" for f in few)): shutil.copy(S / "content" / f, D / "content" / f)
(D / "content/a/index.md").write_text("---\ntitle: Слике\n---\n" + "\n\n".join(f"![Слика]({f})" for f in few) + "\n\n[цела слика](IMG_0001.HEIC)\n"); p = build(s=D); check("a smaller site builds", p.returncode == 0, p.stderr)
cache = D / ".letak/images"; entries = sorted(cache.iterdir()); check("entries of the cache are whole files and nothing else", entries and all(re.fullmatch("[0-9a-f]{64}", e.name) for e in entries), entries)
for i, e in enumerate(entries): e.write_bytes((e.read_bytes()[:-1], e.read_bytes()[:40], b"", entries[i - 1].read_bytes(), os.urandom(500))[i % 5])
p = build("-o", TMP / "o1", "-j", "1", s=D); check("a damaged cache does no harm; one thread gives what two did", p.returncode == 0 and same(out, TMP / "o1"), p.stderr)
shutil.rmtree(D / ".letak"); p = build("-o", TMP / "o2", "-j", "7", s=D); check("without a cache, with seven threads, likewise", p.returncode == 0 and same(out, TMP / "o2"), p.stderr)
shutil.rmtree(D / ".letak")
with concurrent.futures.ThreadPoolExecutor(3) as pool: ps = list(pool.map(lambda k: build("-o", TMP / f"c{k}", s=D), range(3)))
check("three builds at once share an empty cache", all(p.returncode == 0 for p in ps) and all(same(out, TMP / f"c{k}") for k in range(3)), [p.stderr for p in ps]); check("and leave it whole", len(list(cache.iterdir())) == len(entries) and not list(cache.glob("*.part")), len(list(cache.iterdir())))
old = cache / ("0" * 64); old.write_text("x"); os.utime(old, (1, 1)); young = cache / ("1" * 64); young.write_text("x"); p = build(s=D); check("what nobody asked for in a month goes", p.returncode == 0 and not old.exists() and young.exists()); young.unlink()
before = {f: f.stat().st_mtime_ns for f in D.rglob("*")}; p = run(LETAK, "check", "-C", D, "--as-of", "2026-11-24", "--lang", "en"); check("check writes nothing", before == {f: f.stat().st_mtime_ns for f in D.rglob("*")}, p.stderr); os.chmod(cache, 0o500); p = build("-o", TMP / "o3", s=D); os.chmod(cache, 0o755); check("a cache that cannot be written does no harm", p.returncode == 0 and same(out, TMP / "o3"), p.stderr); out = S / "public"

# --- serve: no AVIF, but soon, and pictures stay when a text is edited ---
Q = TMP / "q"; (Q / "content/a").mkdir(parents=True)
(Q / "content/index.md").write_text("---\ntitle: Почетна\n---\n[Слике](a/index.md)\n")
for f in ("site.yml",): shutil.copy(S / "content" / f, Q / "content" / f)
shutil.copy(A / "foto.jpg", Q / "content/a"); (Q / "content/a/index.md").write_text("---\ntitle: Слике\n---\n![Слика](foto.jpg)\n"); (Q / "content/b").mkdir(); (Q / "content/b/index.md").write_text("---\ntitle: Друга\n---\nТекст.\n")
t = time.time(); p = subprocess.Popen([LETAK, "serve", "-C", Q, "-p", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True); base = p.stdout.readline().strip(); first = time.time() - t
def ask(u): return urllib.request.urlopen(base + u, timeout=30).read()
def there(h): return [u for u in re.findall(r"a/foto[^ \",]*", h) if not ask(u)]
try:
    h = ask("a/index.html").decode(); check("the preview shows WebP and JPEG at once", "foto-jpg-960.webp" in h and ".avif" not in h and not there(h), h[-900:]); print(f"# preview of a photograph of {(A / 'foto.jpg').stat().st_size >> 10} KB after {first:.1f} s", flush=True)
    missing, n = [], 0; (Q / "content/b/index.md").write_text("---\ntitle: Друга\n---\nНова реч.\n"); end = time.time() + 15
    while time.time() < end and (n < 3 or "Нова" not in ask("b/index.html").decode()): n += 1; missing += there(h)
    check("pictures of pages that are taken over stay", not missing and "Нова" in ask("b/index.html").decode(), missing)
finally: p.terminate(); p.wait()
p = build(s=Q); check("a build after it makes the AVIF all the same", p.returncode == 0 and list((Q / "public").rglob("*.avif")), p.stderr)

# --- on paper ---
(A / "papir.md").write_text("---\ntitle: Папир\n---\nТекст.\n\n" + "\n\n".join(f"![Слика {f}]({f})" for f in ("h6.heic", "v6.avif", "w6.webp", "p6.png", "o6.jpg", "h8.heic")) + "\n\n![боје](cmyk.jpg)\n\n![боје](adobe.heic)\n\n![гиф](pokret.gif)\n\n![провидна](providna-foto.png)\n")
pdf = TMP / "papir.pdf"; p = run(LETAK, "pdf", A / "papir.md", "-o", pdf, "--lang", "en"); check("HEIC, AVIF, WebP, CMYK go onto paper", p.returncode == 0, p.stderr); p = run("sh", root / "tests/validate/check-pdf.sh", "-f", "ua1,2a", pdf, env=dict(os.environ, CHECKERS=str(checkers))); check("as PDF/UA-1 and PDF/A-2a", p.returncode == 0, p.stdout + p.stderr)
(TMP / "pi").mkdir(); run("pdfimages", "-png", pdf, TMP / "pi/i"); rows = [l.split() for l in run("pdfimages", "-list", pdf).stdout.splitlines()[2:]]; check("they are of sRGB or grey", rows and all(r[5] in ("rgb", "gray", "icc", "index") for r in rows), rows)
run("pdftoppm", "-r", "100", "-png", pdf, TMP / "pi/page"); found = 0
for f in sorted((TMP / "pi").glob("page*.png")):
    # every picture of the four colours on the page: its red corner is above left
    t = run("convert", f, "-fuzz", "8%", "-fill", "black", "+opaque", "rgb(220,40,40)", "-fill", "white", "-opaque", "rgb(220,40,40)", "-threshold", "50%", "-define", "connected-components:verbose=true", "-define", "connected-components:area-threshold=400", "-connected-components", "4", "null:").stdout
    for m in re.finditer(r"\d+: (\d+)x(\d+)\+(\d+)\+(\d+) \S+ \d+ (?:srgb\(255,255,255\)|gray\(255\))", t): w, h, x, y = map(int, m.groups()); found += upright(corners(f, f"{2 * w}x{2 * h}+{x}+{y}"), 25)
check("all six stand upright on paper", found == 6, found)
d = TMP / "drugi"; d.mkdir(); shutil.copy(A / "h6.heic", d); (d / "x.html").write_text('<!DOCTYPE html><html lang="sr"><title>x</title><p><img src="h6.heic" alt="слика"></p>'); p = run(LETAK, "pdf", d / "x.html", "-o", d / "x.pdf"); check("and from the HTML of others", p.returncode == 0 and "jpeg" in run("pdfimages", "-list", d / "x.pdf").stdout, p.stderr)
p = run(LETAK, "pdf", A / "papir.md", "-o", TMP / "papir2.pdf"); shutil.copytree(S / "content", TMP / "bez/content"); p2 = run(LETAK, "pdf", TMP / "bez/content/a/papir.md", "-o", TMP / "papir3.pdf"); check("the same PDF with a cache and without", (TMP / "papir2.pdf").read_bytes() == (TMP / "papir3.pdf").read_bytes() and p2.returncode == 0, p2.stderr); (A / "papir.md").unlink()

# --- bad input ---
def chunk(n, d): return struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d))
def png(w, h, data): return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
def ispe(b, w, h): i = b.index(b"ispe"); return b[:i + 8] + struct.pack(">II", w, h) + b[i + 16:]
heic, avif, webp, jpg = ((A / f).read_bytes() for f in ("h1.heic", "foto-avif.avif", "foto-webp.webp", "foto.jpg")); Z = TMP / "z"; (Z / "content/a").mkdir(parents=True); n = TMP / "lossy.webp"; convert(quad, "-quality", "80", n)
(Z / "content/index.md").write_text("---\ntitle: Почетна\n---\n[Слике](a/index.md)\n")
for f in ("site.yml",): shutil.copy(S / "content" / f, Z / "content" / f)
def bad(name, data, want, ext="png", status=1):
    f = Z / f"content/a/s.{ext}"; f.write_bytes(data); (Z / "content/a/index.md").write_text(f"---\ntitle: Слике\n---\n![Слика](s.{ext})\n"); t = time.time(); p = build(s=Z); f.unlink(); took = time.time() - t
    check(f"{name}: {want or 'fine'}", p.returncode == status and (not want or re.search(rf"^content/a/s\.{ext}: error {want}", p.stderr, re.M)) and took < (300 if SANITIZED else 60) and (status == 0 or not (Z / "public").exists()), (p.returncode, p.stderr, took)); shutil.rmtree(Z / "public", ignore_errors=True)
bad("a PNG of 40,000 × 40,000", png(40000, 40000, zlib.compress(b"\0" * 100000)), "I003"); bad("a HEIC that says 40,000 × 40,000", ispe(heic, 40000, 40000), "I003", "heic"); bad("an AVIF that says 40,000 × 40,000", ispe(avif, 40000, 40000), "I003", "avif")
bad("a HEIC that says less than it is", ispe(heic, 16, 16), "I002", "heic"); bad("a HEIC that says more than it is", ispe(heic, 9000, 9000), "I002", "heic"); bad("half a HEIC", heic[:len(heic) // 2], "I002", "heic"); bad("a HEIC without a picture", heic.replace(b"pitm", b"free"), "I002", "heic"); bad("half an AVIF", avif[:len(avif) // 2], "I002", "avif")
bad("a HEIC that is a film", heic[:8] + b"msf1" + heic[12:], "I004", "heic"); bad("an AVIF that is a film", avif[:8] + b"avis" + avif[12:], "I004", "avif"); bad("half a JPEG with an end", jpg[:len(jpg) // 2] + b"\xff\xd9", "I002", "jpg"); bad("half a WebP", webp[:len(webp) // 2], "I002", "webp"); bad("a text", "Текст".encode(), "I001", "jpg"); bad("HEIC called JPEG", heic, "", "jpg", 0); bad("a PNG whose pixels are no zlib", png(40, 40, b"x" * 100), "I002")
sof = jpg.index(b"\xff\xc0"); huge = jpg[:sof + 5] + struct.pack(">HH", 60000, 60000) + jpg[sof + 9:]; bad("a JPEG that says 60,000 × 60,000", huge, "I003", "jpg")
scans = TMP / "scans.jpg"; convert(photo, "-resize", "1200x", "-interlace", "JPEG", scans); j = scans.read_bytes(); sos = [m.start() for m in re.finditer(rb"\xff\xda", j)]; last = j[sos[-1]:-2]; bad("a JPEG of 3,000 scans", j[:-2] + last * 3000 + b"\xff\xd9" if len(last) < 20000 else j[:-2] + last[:200] * 3000 + b"\xff\xd9", "I002", "jpg")
bomb = png(10000, 9990, zlib.compress(b"\0" * (10000 * 3 + 1) * 9990, 9)); bad(f"an honest PNG of 100 million pixels in {len(bomb) >> 10} KB", bomb, "", "png", 0); peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10; check("within bounds of memory", peak < (6000 if SANITIZED else 1000), f"{peak} MB"); print(f"# most memory of any program so far: {peak} MB", flush=True)
rnd, dead, n = random.Random(11), [], 0; (Z / "content/a/index.md").write_text("---\ntitle: Слике\n---\n" + "\n\n".join(f"![Слика]({i}.{e})" for i in range(12) for e in ("heic", "avif", "webp", "jpg")))
for i in range(12):
    for e, d in (("heic", heic), ("avif", (A / "v6.avif").read_bytes()), ("webp", (A / "w6.webp").read_bytes()), ("jpg", (A / "o6.jpg").read_bytes())):
        m = bytearray(d)
        for _ in range(rnd.choice((1, 3, 30))): m[rnd.randrange(len(m))] = rnd.randrange(256)
        (Z / f"content/a/{i}.{e}").write_bytes(m); n += 1
p = build(s=Z); lines = p.stderr.splitlines(); check(f"{n} files with changed bytes: messages, and no crash", p.returncode in (0, 1) and all(re.match(r"content/a/\d+\.\w+(:\d+:\d+)?: (error|warning) [IN]\d", l) or "N0" in l for l in lines), (p.returncode, p.stderr)); print(f"# of {n} files with changed bytes {len(lines)} are refused", flush=True)

# --- the gate knows AVIF, HEIC and animated WebP from inside ---
G2 = TMP / "kapija"; G2.mkdir()
def gate(name, data, want, ext="avif"): f = G2 / f"a.{ext}"; f.write_bytes(data); p = run(LETAK, "check", f, "-C", S, "--lang", "en"); check(f"the gate: {name}", want in p.stdout + p.stderr if want else p.returncode == 0 and not p.stderr, p.stderr); f.unlink()
clean = file(offers("foto.jpg")[0][1][0][0]).read_bytes(); gate("a published AVIF is clean", clean, ""); gate("AVIF with Exif", avif, "EXIF"); gate("HEIC with Exif", heic, "EXIF", "heic"); gate("HEIC by another name", heic, "EXIF", "png"); gate("bytes behind its end", clean + b"abc", "bytes behind its end"); gate("a box of its own", clean + struct.pack(">I", 12) + b"uuidabcd", "unknown box"); gate("half of one", clean[:len(clean) // 2], "carries")
i = clean.index(b"mdat"); n = struct.unpack(">I", clean[i - 4:i])[0]; gate("bytes that no picture claims", clean[:i - 4] + struct.pack(">I", n + 9) + clean[i:] + b"Zorica Iz", "bytes of no picture")
f = G2 / "x.avif"; f.write_bytes(clean); run("exiftool", "-q", "-overwrite_original", "-XMP:Creator=" + MARK, f); gate("AVIF with XMP", f.read_bytes(), "XMP"); f.unlink(); w = (out / "a/pokret.webp").read_bytes(); gate("a published animation is clean", w, "", "webp")
k = w.index(b"ANMF"); size = struct.unpack("<I", w[k + 4:k + 8])[0]; inner = b"tajn" + struct.pack("<I", 4) + b"abcd"; frame = w[k:k + 8 + size + (size & 1)]; put = b"ANMF" + struct.pack("<I", len(frame) - 8 + len(inner)) + frame[8:] + inner; w2 = w[:k] + put + w[k + len(frame):]; w2 = w2[:4] + struct.pack("<I", len(w2) - 8) + w2[8:]; gate("a chunk within a frame", w2, "unknown chunk", "webp")
(TMP / "w2.webp").write_bytes(w2); tool = pathlib.Path(os.environ.get("BUILD", "build")) / "unit/image"; p = run(tool, "clean", TMP / "w2.webp", TMP / "w3.webp"); check("which cleaning takes out", p.returncode == 0 and b"tajn" not in (TMP / "w3.webp").read_bytes() and run("identify", TMP / "w3.webp").stdout.count("\n") == 2, p.stderr)
reasons = re.search(r"reasons\[\] = \{\n(.*?)\n    \};", (root / "generator/image/image.c").read_text(encoding="utf-8"), re.S)[1]; said = {r for f in (root / "generator/image").glob("*.c") for r in re.findall(r'(?:return|wrong =) "\??([^"]+)"', f.read_text(encoding="utf-8"))} - {"HEIC"}
check(f"each of {len(said)} reasons why a picture cannot be read has Serbian words, too", len(said) > 20 and said == set(re.findall(r'\{"([^"]+)", "[^"]+"\}', reasons)), said ^ set(re.findall(r'\{"([^"]+)", "[^"]+"\}', reasons)))
