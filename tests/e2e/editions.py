#!/usr/bin/env python3
"""Every edition of the sample leaflet in every language, of a leaflet whose headings choose, and of a brochure of 24 pages: fit table, size of pages, margins, the number as the largest thing, QR codes read
from pixels, order of pages on press sheets, boxes, plates, PDF/UA-1 and PDF/A-2a. Folds, marks and tiles: sheets.py. Prints TAP."""
import collections, concurrent.futures, json, os, pathlib, re, subprocess, tempfile, unicodedata, xml.etree.ElementTree as ET
root = pathlib.Path(__file__).resolve().parents[2]; LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve()
MM = 72 / 25.4; DAY = ("--as-of", "2026-11-24")
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {' '.join(str(why).split())[:700]}", flush=True)
def run(*a, **k): return subprocess.run([str(x) for x in a], capture_output=True, text=True, errors="replace", cwd=TMP, **k)
pool = concurrent.futures.ThreadPoolExecutor(2)

# --- the sample leaflet: one command, all editions, all languages ---
#          suffix: width, height of a page, pages, least type size (but for hours, notes and codes), press file, its sides
EDITIONS = {"letterfold": ("", 100, 210, 6, 12), "letterfold discreet": ("-2", 100, 210, 6, 12), "a5": ("-a5", 148, 210, 8, 12), "a6": ("-a6", 105, 148, 2, 9), "dl": ("-dl", 99, 210, 2, 11), "card": ("-card", 85, 55, 2, 7),
            "card discreet": ("-card-2", 85, 55, 2, 7), "poster": ("-a3", 297, 420, 1, 14), "easy-read": ("-easy", 210, 297, 6, 16)}
LANGS = {"sr-Cyrl-RS": "", "sr-Latn-RS": "sr-latn/", "en": "en/", "hu": "hu/", "ar": "ar/", "ro": "ro/", "sq": "sq/"}
out = TMP / "out"; p = run(LETAK, "editions", "info-letak", "-C", root, "-o", out, "--drafts", "--json", *DAY); table = [json.loads(x) for x in p.stdout.splitlines()]
check("letak editions makes all of them", p.returncode == 0 and "error" not in p.stderr, p.stderr)
have = collections.Counter((r["edition"], r["language"]) for r in table)
check("the table has each edition in each language, a row for each panel", set(have) == {(e, l) for e in [*EDITIONS, "tiles"] for l in LANGS} and all(n == EDITIONS.get(e, EDITIONS["poster"])[3] for (e, l), n in have.items()), have)
check("everything fits", not [r for r in table if "over" in r or r.get("free", -1) < 0])
check("at no less than the least size of the edition", not [r for r in table if r["edition"] != "tiles" and r["size"] < EDITIONS[r["edition"]][4]], [(r["edition"], r["language"], r["size"]) for r in table])
p = run(LETAK, "editions", "-C", root, "--lang", "sr", *DAY); check("without -o it only prints the table, for readers", p.returncode == 0 and "info-letak\nоблик" in p.stdout and re.search(r"неупадљив картица +sr-Latn-RS +[\d.]+ +2 +\d+ \d+\n", p.stdout) and " ar " not in p.stdout, p.stdout + p.stderr)
p = run(LETAK, "editions", "info-letk", "-C", root, *DAY); q = run(LETAK, "editions", "obrasci/f8", "-C", root, *DAY); check("a page that is not there, or has no editions, is told of", "C156" in p.stderr and "info-letak?" in p.stderr and "C177" in q.stderr and p.returncode == q.returncode == 2, p.stderr + q.stderr)

def chars(f):
    """(page, size, x0, y0, x1, y1, letter, page width, page height), from the corner of the page"""
    return [(n, float(font.get("size")), min(q[0::2]), min(q[1::2]), max(q[0::2]), max(q[1::2]), c.get("c"), float(page.get("width")), float(page.get("height")))
            for n, page in enumerate(ET.fromstring(run("mutool", "draw", "-q", "-F", "stext", f).stdout).iter("page")) for font in page.iter("font") for c in font.iter("char") if c.get("c").strip() for q in [[float(v) for v in c.get("quad").split()]]]
def boxes(f): return {k: [float(v) for v in vs.split()] for k, vs in re.findall(r"^(?:Page +1 )?(\w+)Box:\s+(.*)$", run("pdfinfo", "-box", f).stdout, re.M)}
def size(b): return round((b[2] - b[0]) / MM, 1), round((b[3] - b[1]) / MM, 1)
def codes(f, dpi, page=None):
    name = TMP / f"qr-{f.parent.parent.name}-{f.stem}"; run("pdftoppm", "-r", dpi, "-gray", *(["-f", page, "-l", page] if page else []), f, name)
    seen = [x for g in sorted(TMP.glob(f"{name.name}-*.pgm")) for x in run("zbarimg", "-q", "--raw", g).stdout.split()]; [g.unlink() for g in TMP.glob(f"{name.name}-*.pgm")]; return seen
def sample(job):
    e, lang = job; suffix, w, h, pages, least = EDITIONS[e]; f = out / LANGS[lang] / "info-letak" / f"info-letak{suffix}.pdf"; cs = chars(f); say = []; edge = 5 * MM - 0.3; name = f"{e} {lang}"
    test = lambda what, good, why="": say.append((f"{name}: {what}", good, why))
    here = {(round(c[7] / MM), round(c[8] / MM)) for c in cs}; sizes = here - {(97, 210)} if "fold" in e else here  # two flaps are narrower
    test(f"{pages} pages of {w} × {h} mm", sizes == {(w, h)} and max(c[0] for c in cs) + 1 == pages and size(boxes(f)["Trim"])[1] == h, here)
    near = [c for c in cs if c[2] < edge or c[4] > c[7] - edge or c[3] < edge - 0.25 * c[1] or c[5] > c[8] - edge + 0.25 * c[1]]  # quads have the room of accents and tails
    test("no text nearer than 5 mm to trim or fold", not near, near[:3])
    big = max(c[1] for c in cs); test("the phone number is the largest thing", "".join(c[6] for c in sorted((c for c in cs if c[1] > big - 0.05), key=lambda c: c[2])) == "+381110000000", big)
    text = unicodedata.normalize("NFKC", " ".join(run("pdftotext", f, "-").stdout.split())); info = run("pdfinfo", f).stdout; bare = re.sub(r"\W", "", text)
    title = {"sr-Cyrl-RS": "Није твоја кривица", "sr-Latn-RS": "Nije tvoja krivica", "en": "It is not your fault"}.get(lang); plain = {"sr-Cyrl-RS": "Корисни бројеви", "sr-Latn-RS": "Korisni brojevi", "en": "Useful numbers"}.get(lang)
    if title: test("the title on the cover, and that of the file, are those asked for", (title in text) == ("discreet" not in e) and (plain in text) == ("discreet" in e) and f"Title:           {plain if 'discreet' in e else title}\n" in info, info[:80])
    if e == "card discreet": test("nothing on it gives its reader away", not re.search(r"трговин|trgovin|traffick|жртв|žrt|victim", text, re.I), text)
    last = {"poster": 1}.get(e, pages); test("the code is read from the page", set(codes(f, 220 if w < 120 else 110, last)) == {"https://primer.invalid/"}, last)
    return say
for say in pool.map(sample, [(e, l) for e in EDITIONS for l in ("sr-Cyrl-RS", "sr-Latn-RS", "en", "ar")]): [check(*s) for s in say]

# --- for the press ---
PRESS = {"-print": ((297, 210), 2, "Short"), "-2-print": ((297, 210), 2, "Short"), "-a5-print": ((297, 210), 4, "Short"), "-a6-print": ((105, 148), 2, "Long"), "-dl-print": ((99, 210), 2, "Long"), "-card-print": ((176, 238), 2, "Long"), "-card-2-print": ((176, 238), 2, "Long"), "-a3-print": ((297, 420), 1, "")}
def names(f):
    """by side of the sheet: (x in mm from the trim, first words) of each page on it, from the left"""
    b = boxes(f)["Trim"]; return [b, chars(f)]
def press(job):
    suffix, lang = job; trim, sides, flip = PRESS[suffix]; f = out / LANGS[lang] / "info-letak" / f"info-letak{suffix}.pdf"; say = []; raw = run("qpdf", "--qdf", "--object-streams=disable", f, "-").stdout; b = boxes(f); name = f"info-letak{suffix} {lang}"
    test = lambda what, good, why="": say.append((f"{name}: {what}", good, why)); inside = lambda a, c: all(x >= y - 0.01 for x, y in zip(a[:2], c[:2])) and all(x <= y + 0.01 for x, y in zip(a[2:], c[2:]))
    test("trim, bleed of 3 mm, paper around both", size(b["Trim"]) == trim and (size(b["Bleed"])[0] - trim[0], inside(b["Trim"], b["Bleed"]), inside(b["Bleed"], b["Media"])) == (6, True, True), b)
    test(f"{sides} sides, turned as it must be", f"Pages:           {sides}\n" in run("pdfinfo", f).stdout and (f"/DuplexFlip{flip}Edge" in raw if flip else "/Duplex" not in raw or "/Simplex" in raw), re.findall("/Duplex.*|/Simplex", raw))
    test("no tags, no links, not scaled", "/StructTreeRoot" not in raw and "/Annots" not in raw and "/PrintScaling /None" in raw)
    if "card" in suffix: cs = chars(f); test("eight cards, each with its number and its code", sum(c[0] == 0 and c[6] == "+" and c[1] > 20 for c in cs) == 8 and len(codes(f, 150, 2)) == 8, codes(f, 150, 2))
    if suffix == "-a5-print":
        cs = chars(f); heads = collections.defaultdict(lambda: collections.defaultdict(str)); half = b["Trim"][0] + 148.5 * MM
        for c in cs:  # headings are larger than the text and smaller than number and title
            if 20 < c[1] < 22 or c[1] > 30: heads[c[0]][c[2] > half] += c[6]
        panels = [r["name"] for r in table if r["edition"] == "a5" and r["language"] == lang]; squeeze = lambda s: re.sub(r"\W", "", s)
        want = [(8, 1), (2, 7), (6, 3), (4, 5)]; want = [w[::-1] for w in want] if lang == "ar" else want
        got = [[heads[i][False], heads[i][True]] for i in range(4)]; same = lambda text, n: set(squeeze(panels[n - 1])) <= set(squeeze(text)) | set("") and len(squeeze(text)) >= len(squeeze(panels[n - 1]))
        test("pages lie so that the folded booklet reads 1 to 8", all(same(got[i][k], want[i][k]) for i in range(4) for k in range(2)), (got, panels))
    return say
for say in pool.map(press, [(s, l) for s in PRESS for l in ("sr-Cyrl-RS", "en", "ar")]): [check(*s) for s in say]
for lang in ("sr-Cyrl-RS", "ar"):
    f = out / LANGS[lang] / "info-letak/info-letak-a3-a4.pdf"; check(f"the poster on four sheets of A4: {lang}", size(boxes(f)["Media"]) == (210, 297) and "Pages:           4\n" in run("pdfinfo", f).stdout, boxes(f))
# --- plates: every edition and language, whole sheets ---
BUILDS = {tuple(float(v) for v in m) for m in re.findall(r"cmyk: ([\d.]+)% ([\d.]+)% ([\d.]+)% ([\d.]+)%", (root / "layouts/print/palette.css").read_text())}
def plates(f):
    """of each side: cyan, magenta, yellow, black as percents, a value each point within the trim"""
    with tempfile.TemporaryDirectory(dir=TMP) as d:
        run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72", "-dUseTrimBox", "-o", f"{d}/%d.tif", f)
        return [[[round((255 - v) * 100 / 255) for v in subprocess.run(["convert", f"{d}/{n}({ink}).tif", "-depth", "8", "gray:-"], capture_output=True).stdout] for ink in ("Cyan", "Magenta", "Yellow", "Black")]
                for n in range(1, len(list(pathlib.Path(d).glob("*(Black).tif"))) + 1)]
def inks(f):
    say = []; name = f"{f.stem} {f.parent.parent.name if f.parent.parent != out else 'sr'}"; test = lambda what, good, why="": say.append((f"{name}: {what}", good, why))
    kinds = collections.Counter(re.findall(r'<fill_text colorspace="(\w+)" color="([\d. ]+)" .*? op="(\d)"', run("mutool", "trace", f).stdout))
    text = {(space, tuple(round(100 * float(v), 1) for v in c.split()), op) for space, c, op in kinds}
    test("its text is in the inks of the palette, white or registration", text and all(s == "DeviceCMYK" and (c in BUILDS or c in ((0, 0, 0, 0), (100, 100, 100, 100)) or c in (tuple(100 * (i == k) for i in range(4)) for k in range(4))) for s, c, _ in text), text)
    blacks = [(c, op) for _, c, op in text if 99 <= c[3] and c != (100, 100, 100, 100)]; test("black text is on the black plate alone and overprints", blacks and all(c == (0, 0, 0, 100) and op == "1" for c, op in blacks), text)
    for n, (c, m, y, k) in enumerate(plates(f), 1):
        full = [i for i, v in enumerate(k) if v >= 99]; ground = max((c[i] + m[i] + y[i] for i in full), default=-1)
        test(f"side {n}: under black nothing but a pale ground, nowhere more than 300 % of ink", 0 <= ground <= 30 and max(map(sum, zip(c, m, y, k))) <= 300, (len(full), ground))
    return say
for say in pool.map(inks, [out / LANGS[l] / "info-letak" / f"info-letak{s}.pdf" for l in ("sr-Cyrl-RS", "sr-Latn-RS", "en", "ar") for s in (*PRESS, "-a3-a4")]): [check(*s) for s in say]

# --- a leaflet of another fold, whose headings choose, and a brochure of 24 pages in four languages ---
s = TMP / "site"; (s / "content/izbor").mkdir(parents=True); (s / "content/brosura").mkdir(); C = s / "content"
(C / "site.yml").write_text("name: {sr: Проба, en: Test, ar: تجربة}\nshort-name: {sr: Проба, en: Test, ar: تجربة}\nlanguages: [sr-Cyrl, sr-Latn, en, ar]\nbase-url: https://primer.invalid/\n")
(C / "contacts.yml").write_text('broj:\n  name: {sr: Проба, en: Test, ar: تجربة}\n  phones:\n    - number: "+381 11 000 0000"\n  web: https://primer.invalid/a\n  placeholder: true\ndrugi:\n  name: {sr: Други, en: Other, ar: آخر}\n  mail: drugi@primer.invalid\n  placeholder: true\n')
(C / "index.md").write_text("---\ntitle: Почетна\n---\n[Летак](izbor/index.md) [Брошура](brosura/index.md)\n")
leaflet = lambda title, words, marks: f"---\nkind: leaflet\ntitle: {title}\nfold: a4-zfold\neditions: [а6, дл, картица, плакат, gatefold, лако-читање]\n---\n" + "".join(f"## {w}{m}\n\n" + (":contact[broj]{large}\n\n" if not i else ":contact[broj]{qr}\n\n" if i == 5 else f"Знак{i + 1}." + " :contact[drugi]{mail}" * (i == 2) + "\n\n") for i, (w, m) in enumerate(zip(words, marks)))
(C / "izbor/index.md").write_text(leaflet("Избор", ["Прва", "Друга", "Трећа", "Четврта", "Пета", "Шеста"], ["", "", ' {editions="а6, poster"}', " {#cetvrta облици=картица}", ' {editions="плакат"}', ' {editions="а6 картица плакат"}']))
(C / "izbor/index.en.md").write_text(leaflet("Choice", ["One", "Two", "Three", "Four", "Five", "Six"], [""] * 6).replace("Знак", "Sign"))
book = lambda title, word, text: f"---\nkind: brochure\ntitle: {title}\neditions: [a5]\nyear: 2026\n---\n" + "\n".join(("" if n == 1 else "::pagebreak{}\n\n") + f"## {word} {n}\n\nQQ{n + 1:02}\n\n" + f"{text}\n\n" * 6 + (":contact[broj]{qr}\n" if n == 23 else "") for n in range(1, 24))
(C / "brosura/index.md").write_text(book("Брошура", "Одељак", "Његова љута ђачка џепна књига стоји на столу и чека да је неко прочита до краја."))
(C / "brosura/index.en.md").write_text(book("Brochure", "Part", "A plain sentence of some length stands here, to be set in lines on a page of a small size."))
(C / "brosura/index.ar.md").write_text(book("كتيّب", "قسم", "هذه جملة بسيطة طويلة بعض الشيء كُتبت هنا لتُصفّ في أسطر على صفحة صغيرة."))
made = TMP / "made"; p = run(LETAK, "--lang", "en", "editions", "-C", s, "-o", made, "--json", *DAY); rows = [json.loads(x) for x in p.stdout.splitlines()]; said = [x for x in p.stderr.splitlines() if "C034" not in x and "W02" not in x]
check("editions of a folder with headings that choose", p.returncode == 0 and not said, said)
signs = lambda f, word: sorted(set(map(int, re.findall(word + r"(\d)", run("pdftotext", f, "-").stdout))))
for e, want in {"a6": [3], "card": [4], "a3": [3, 5], "dl": [2], "gatefold": [2, 3, 4, 5], "easy": [2, 3, 4, 5]}.items():
    got = [signs(made / d / f"izbor/izbor-{e}.pdf", w) for d, w in (("", "Знак"), ("sr-latn", "Znak"), ("en", "Sign"))]; check(f"{e} holds the panels that its headings choose, in translations too", got == [want] * 3, got)
check("a gatefold has two wide panels", sorted(round(float(x)) for x in re.findall(r"size: +([\d.]+) x", run("pdfinfo", "-l", 9, made / "izbor/izbor-gatefold.pdf").stdout)) == sorted([round(74 * MM)] * 4 + [round(149 * MM)] * 2), run("pdfinfo", "-l", 9, made / "izbor/izbor-gatefold.pdf").stdout)
p = run(LETAK, "where", "contact", "drugi", "-C", s, *DAY); check("letak where lists the editions that print a contact, and no others", set(re.findall(r"pdf +izbor/izbor(\S*)\.pdf", p.stdout)) == {"", "-print", "-a6", "-a6-print", "-a3", "-a3-print", "-a3-a4", "-gatefold", "-gatefold-print", "-easy"}, p.stdout + p.stderr)
def brochure(d):
    f = made / d / "brosura/brosura-a5.pdf"; g = made / d / "brosura/brosura-a5-print.pdf"; say = []; test = lambda what, good, why="": say.append((f"brochure {d or 'sr'}: {what}", good, why)); edge = 5 * MM - 0.3
    cs = chars(f); test("24 pages of A5, text 5 mm from the trim", {(round(c[7] / MM), round(c[8] / MM)) for c in cs} == {(148, 210)} and max(c[0] for c in cs) == 23 and not [c for c in cs if c[2] < edge or c[4] > c[7] - edge or c[5] > c[8] - edge], (len(cs), max(c[0] for c in cs)))
    b = boxes(g); half = b["Trim"][0] + 148.5 * MM; sheet = collections.defaultdict(dict)
    for n in range(12):
        x = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>|xmlns=\S+?(?=>| )", "", run("pdftotext", "-bbox", "-f", n + 1, "-l", n + 1, g, "-").stdout or "<none/>"))
        for w in x.iter("word"):
            if m := re.search(r"QQ(\d\d)", w.text or ""): sheet[n][float(w.get("xMin")) > half] = int(m[1])
    want = {n: {False: 24 - n, True: n + 1} if n % 2 == 0 else {False: n + 1, True: 24 - n} for n in range(12)}
    if d == "ar": want = {n: {True: v[False], False: v[True]} for n, v in want.items()}
    del want[0][d != "ar"]; test("on six sheets, as a stitched booklet wants them", dict(sheet) == want and size(b["Trim"]) == (297, 210), dict(sheet))
    test("the code is read from the last page and its sheet", codes(f, 110, 24) == ["https://primer.invalid/a"] == codes(g, 110, 1), codes(f, 110, 24))
    return say
for say in pool.map(brochure, ("", "sr-latn", "en", "ar")): [check(*x) for x in say]

# --- conformance, all at once ---
judged = [out / LANGS[l] / "info-letak" / f"info-letak{e[0]}.pdf" for e in EDITIONS.values() for l in ("sr-Cyrl-RS", "sr-Latn-RS", "en", "ar")] + [made / d / "brosura/brosura-a5.pdf" for d in ("", "sr-latn", "en", "ar")]
p = run("sh", root / "tests/validate/check-pdf.sh", "-f", "ua1,2a", *judged, env=dict(os.environ, CHECKERS=str(checkers)))
check(f"veraPDF finds the {len(judged)} PDFs for readers PDF/UA-1 and PDF/A-2a", p.stdout.splitlines() and p.stdout.splitlines()[-1].startswith("DONE") and p.stdout.count("\tPASS\t") == 2 * len(judged) and "FAIL" not in p.stdout, p.stdout[-900:] + p.stderr[-300:])

# --- the site: the same bytes, a calm box ---
web = TMP / "web"; p = run(LETAK, "build", "-C", s, "-o", web, *DAY); check("build makes the same files", p.returncode == 0 and not [f for f in made.rglob("*.pdf") if (web / f.relative_to(made)).read_bytes() != f.read_bytes()], p.stderr)
page = (web / "izbor/index.html").read_text(); box = re.search(r'<section class="downloads".*?</section>', page, re.S)[0]; shown, hidden = box.split("<details>")
check("the page offers them by name, those for the press in a part that opens", re.findall(r'class="name">(.*?)<', shown) == ["Летак савијен цик-цак", "Мали летак А6", "Летак 99 × 210 mm", "Картица за новчаник", "Плакат А3", "Летак који се отвара као прозор", "Лако за читање, крупна слова"] and "За екран" in shown and "За штампу" in hidden and "-print" not in shown and hidden.count("<li>") == 7, box)
(C / "izbor/index.en.md").write_text((C / "izbor/index.en.md").read_text() + "Very long. " * 60); p = run(LETAK, "--lang", "en", "editions", "izbor", "-C", s, "-o", TMP / "over", "--json", *DAY); over = {(r["edition"], r["language"]): r["over"] for r in map(json.loads, p.stdout.splitlines()) if "over" in r}
check("what does not fit is told with its size, the table has it, its file is not written, all others are", p.returncode == 1 and set(over) == {("card", "en")} and re.search(r"en\.md:\d+:\d+: error L010: the text of panel 2 \(„Four“, en, 85 × 55 mm\) is \d+ lines too long even at 7 pt; cut about \d+ words", p.stderr) and not (TMP / "over/en/izbor/izbor-card.pdf").exists() and (TMP / "over/izbor/izbor-card.pdf").exists() and (TMP / "over/en/izbor/izbor-a6.pdf").exists() and len(p.stdout.splitlines()) == len([r for r in rows if r["page"] == "izbor"]), (over, p.stderr[-500:]))
