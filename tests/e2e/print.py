#!/usr/bin/env python3
"""What stands in the PDFs of the sample site, against what was written: the book's text, contents, footnotes and running heads; the tags against the web pages; the
imposed leaflet panel by panel; form F8 field by field, filled, read back by another tool and seen. Conformance, boxes and extraction are judged by publications.py."""
import collections, html.parser, json, os, pathlib, re, subprocess, sys, xml.etree.ElementTree as ET
root = pathlib.Path(__file__).resolve().parents[2]; LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); checkers = root / "build/checkers"
MM = 72 / 25.4; public = TMP / "site"; SCRIPTS = {"sr": "", "sr-Latn": "sr-latn/", "en": "en/"}
def run(*args): return subprocess.run([str(a) for a in args], capture_output=True, text=True, errors="replace", cwd=TMP)
def check(name, why):
    """why: what is wrong, or nothing"""
    print(f"not ok {name}: {' '.join(str(why).split())[:600]}" if why else f"ok {name}", flush=True)
def differ(got, want): return [] if got == want else f"got {got}, want {want}"
def join(s): return re.sub("\u00ad\\s*", "", s)  # a soft hyphen at a line's end: the word goes on
def words(s): return re.findall(r"[^\W_]+", join(s).casefold())
build = run(LETAK, "build", "-C", root, "-o", public, "--as-of", "2026-11-24", "--lang", "en")
check("the site is built", build.stderr if build.returncode else ""); check("no line or box is too wide for its place", re.findall(r"^.*\bL\d\d\d\b.*$", build.stderr, re.M))

# --- the book: what the authors wrote, word for word, through two extractors ---
def pages(p, tool):
    r = run("pdftotext", p, "-") if tool == "pdftotext" else run("mutool", "draw", "-q", "-F", "txt", p)
    return r.stdout.split("\f")[:-1]
def markdown_words(text):
    text = re.sub(r"\A---.*?^---$", "", text, flags=re.S | re.M); text = re.sub(r"^```.*?^```$|<!--.*?-->", " ", text, flags=re.S | re.M)
    text = re.sub(r"!\[[^\]]*\]\([^)\s]*(?:\s+\"([^\"]*)\")?\)", r" \1 ", text)        # alternative text is not printed, the caption is
    text = re.sub(r"^> \[!\w+\]", "", text, flags=re.M); text = re.sub(r"\[\^[^\]]*\]:?", " ", text); text = re.sub(r"\]\([^)]*\)", "] ", text); text = re.sub(r"\{[^{}]*\}", " ", text)
    text = re.sub(r"^(Табела|Слика): ", "", text, flags=re.M); text = re.sub(r":ref\[[^\]]*\]|^[ >]*:{2,}\s*\w*", " ", text, flags=re.M); text = re.sub(r":(abbr|date|icon|lang|keep|contact)\[([^\]]*)\]", r" \2 ", text)
    return words(re.sub(r"[*`\\]", "", text))
folder = root / "content/literatura/bezbedni-materijali"; chapters = [folder / "index.md", *sorted(folder.glob("[0-9]*.md"))]; book = public / "literatura/bezbedni-materijali/bezbedni-materijali.pdf"
source = {c.stem: c.read_text(encoding="utf-8") for c in chapters}; text = {t: pages(book, t) for t in ("pdftotext", "mutool")}
for tool, ps in text.items():
    have = set(words("\n".join(ps)))
    for a, b in zip(ps, ps[1:]): have |= {x.casefold() + y for x in re.findall(r"(\w+)\u00ad", a) for y in words(b)[:40]}  # a word that goes on overleaf
    for name, md in source.items():
        want = markdown_words(md); missing = sorted({w for w in want if w not in have and not re.search("[\u0590-\u08ff]", w)})  # extractors differ in right-to-left words
        check(f"{tool} finds every word of {name}.md ({len(want)})", missing[:20] if want else "no words")
ps = text["pdftotext"]; flat = [" ".join(join(p).split()) for p in ps]
check("the book has at least 12 pages", "" if len(ps) >= 12 else len(ps)); check("it is hyphenated", "" if sum(p.count("\u00ad") for p in ps) > 20 else "hardly")
tops = [float(y) for y, z in re.findall(r'<word xMin="[\d.]+" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', run("pdftotext", "-bbox", book, "-").stdout) if abs(float(z) - float(y) - 10.5 * 1.362) < .05]  # Noto Serif 10.5
grid = collections.Counter(round(y % 14.5 * 10) for y in tops); base = grid.most_common(1)[0][0] if grid else 0; on = lambda off: sum(n for k, n in grid.items() if abs((k - base - off + 72) % 145 - 72) <= 3)
check("the book's lines stand on one grid, those of lists on it or halfway", "" if len(tops) > 5000 and on(0) > .75 * len(tops) and on(0) + on(72) > .92 * len(tops) else (len(tops), on(0), on(72)))
titles = [re.search(r"^title: *(.*)$", source[c.stem], re.M)[1].strip('"') for c in chapters[1:]]
def label(n): m = re.search(r"(?:^|\s)(\d+)\s*$", ps[n].strip()); return m and m[1]  # the page's own number, at its foot
wrong = []
contents = next((n for n, p in enumerate(flat) if "Садржај" in p and titles[0] in p and titles[-1] in p), None)
listed = " ".join(run("pdftotext", "-layout", "-f", contents + 1, "-l", contents + 1, book, "-").stdout.split()) if contents is not None else ""  # as it stands: in plain reading dots far from their title are a column of their own
for k, t in enumerate(titles, 1):
    m = re.search(re.escape(t) + r"[ .]*?(\d+)(?= |$)", listed)
    starts = [n for n, p in enumerate(flat) if n != contents and re.search(rf"(?:^| ){k}\. {re.escape(t)}", p)]
    if not m or not starts or label(starts[0]) != m[1]: wrong.append((t, m and m[1], starts[:1], starts and label(starts[0])))
check(f"the contents name the page where each of {len(titles)} chapters begins", wrong)
def runs(p):
    """every line of the file: (page, x0, y0, x1, y1, size, text), points from the corner of the page"""
    out = []
    for n, page in enumerate(ET.fromstring(run("mutool", "draw", "-q", "-F", "stext", p).stdout).iter("page")):
        for line in page.iter("line"):
            x = [float(v) for v in line.get("bbox").split()]; fonts = list(line.iter("font"))
            if "".join(c.get("c") for c in line.iter("char")).strip(): out.append((n, *x, max(float(f.get("size")) for f in fonts), "".join(c.get("c") for c in line.iter("char"))))
    return out
lines = runs(book); body = sorted(l[5] for l in lines)[len(lines) // 2]; wrong = []; notes = 0
for c in chapters:
    for m in re.finditer(r"^\[\^(.+?)\]: *(.+)$", source[c.stem], re.M):
        notes += 1; start = " ".join(words(re.sub(r"[*`]|:\w+\[[^\]]*\]|\{[^}]*\}", "", m[2])))[:40]
        call = re.search(r"([^\n]{8,60})\[\^" + re.escape(m[1]) + r"\](?!:)", source[c.stem]); before = " ".join(words(re.sub(r"\[\^[^\]]*\]|[*`]", "", call[1]))[-3:]) if call else None
        at = [n for n, p in enumerate(ps) if start in " ".join(words(p))]; called = [n for n, p in enumerate(ps) if before and before in " ".join(words(re.sub(r"(?<=[.,;:!?“”)])\d+", "", p)))]
        if not at or not set(at) & set(called): wrong.append((m[1], start, at, before, called))
check(f"{notes} footnotes stand on the page of their call", wrong if notes else "no notes")
heads = {l[0]: l[6] for l in lines if l[2] < 20 * MM and l[5] < body}; check("pages have running heads", "" if len(heads) > 0.7 * len(ps) else sorted(heads)[:9])

# --- the tags say what the web page says, in its order ---
class Prose(html.parser.HTMLParser):
    """words of the page's own text: paragraphs, headings and lists, without what only the web shows"""
    def __init__(s): super().__init__(); s.on, s.off, s.out, s.now = None, None, [], []
    def handle_starttag(s, tag, a):
        if tag == "main": s.on = True
        c = dict(a).get("class") or ""
        if tag in ("aside", "nav") or c in ("downloads", "untranslated"):
            if s.on: s.on, s.off = False, tag
        if tag in ("p", "h2", "h3", "li", "td", "th"): s.now = []
    def handle_endtag(s, tag):
        if s.off == tag and s.on is False: s.on, s.off = True, None
        if tag == "main": s.on = None
        if tag in ("p", "h2", "h3", "li", "td", "th") and s.now: s.out.append(words("".join(s.now))); s.now = []
    def handle_data(s, d):
        if s.on: s.now.append(d)
for rel in ("dogadjaji/rano-prepoznavanje/rano-prepoznavanje", "dogadjaji/rano-prepoznavanje/pokazatelji/pokazatelji", "dogadjaji/rano-prepoznavanje/plan-obuke/plan-obuke", "info-letak/info-letak"):
    for lang, d in (("sr", ""), ("sr-Latn", "sr-latn/")):
        page = Prose(); page.feed((public / d / pathlib.Path(rel).parent / "index.html").read_text(encoding="utf-8")); tree = words(" ".join(re.findall(r'^\s*"(.*)"$', run("pdfinfo", "-struct-text", public / d / f"{rel}.pdf").stdout, re.M)))
        said = " " + " ".join(tree) + " "; at, lost, n = 0, [], 0
        for w in (w for w in page.out if len(w) >= 4):
            found = said.find(" " + " ".join(w) + " ", at); n += 1
            if found >= 0: at = found
            else: lost.append(" ".join(w)[:60] + (" (out of order)" if " " + " ".join(w) + " " in said else ""))
        check(f"tags read like the web page, {n} paragraphs: {d}{rel}", lost if n > 5 else f"only {n} paragraphs")

# --- the press leaflet: which panel stands where on the sheet, and what stands outside the trim ---
TITLES = {"sr": ["Није твоја", "Да ли се ово", "Шта се дешава", "Чувај се", "Твоја права", "Где смо"], "sr-Latn": ["Nije tvoja", "Da li se ovo", "Šta se dešava", "Čuvaj se", "Tvoja prava", "Gde smo"]}
SHEET = [(100, 100, 97), (97, 100, 100)]  # outside: back, … cover; inside: the narrow panel is the one that is folded in; both sides seen from the front
for lang, names in TITLES.items():
    f = public / SCRIPTS[lang] / "info-letak/info-letak-print.pdf"; r = runs(f); box = re.search(r"^TrimBox:\s+(\S+)", run("pdfinfo", "-box", f).stdout, re.M); trim = float(box[1]) if box else 0; where = {}
    for n in names:
        for l in r:
            if l[6].strip().startswith(n): where[n] = (l[0], (l[1] - trim) / MM); break
    check(f"every panel's title stands on the sheet: {lang}", [n for n in names if n not in where])
    starts = [(0, 197), (1, 0), (1, 100), (1, 200), (0, 0), (0, 97)]  # the cover is the last third of the outside; the flap of 97 mm is panel 5 outside and 4 inside
    check(f"the panels lie 97 100 100 outside and 100 100 97 inside: {lang}", [(n, where.get(n), want) for n, want in zip(names, starts) if n not in where or where[n][0] != want[0] or not 5 <= where[n][1] - want[1] <= 15])
    run("pdftoppm", "-r", "254", "-gray", "-png", f, "press")  # 10 points a millimetre
    def dark(page, x, y, w, h): return float(run("convert", f"press-{page + 1}.png", "-crop", f"{round(w * 10)}x{round(h * 10)}+{round((trim / MM + x) * 10)}+{round((trim / MM + y) * 10)}", "+repage", "-format", "%[fx:minima]", "info:").stdout or 1) < 0.7
    marks = [(page, x) for page, folds in ((0, (97, 197)), (1, (100, 200))) for x in folds if not dark(page, x - 0.5, -9, 1, 5.5) or not dark(page, x - 0.5, 213.5, 1, 5.5)]
    check(f"fold marks stand above and below the sheet, outside trim and bleed: {lang}", marks)
    check(f"crop marks stand at the corners: {lang}", [(page, x, y) for page in (0, 1) for x, y in ((-0.5, -9), (296.5, -9), (-0.5, 213.5), (296.5, 213.5)) if not dark(page, x, y, 1, 5.5)] +
          [(page, x, y) for page in (0, 1) for x, y in ((-9, -0.5), (-9, 209.5), (300.5, -0.5), (300.5, 209.5)) if not dark(page, x, y, 5.5, 1)])

# --- form F8: its fields by hand from the institution's list, in its order ---
HEAD = ["sifra-korisnika", "datum", "strucni-radnik"]
F8 = HEAD + ["kome", "nacin-slanja", "usluge", "hitnost", "rok", "minimalni-podaci", "bezbednosne-napomene", "pristanak-broj", "dete", "prilozi", "zastupnik", "misljenje-deteta", "najbolji-interes",
             "primljeno", "prihvaceno", "razlog", "zakazano", "potpis-primaoca"]  # "dete" to "najbolji-interes": the child variant that domain.md asks of every form
ONE_OF = {"nacin-slanja": ["licno", "postom-preporuceno", "kurirskom-sluzbom", "sifrovanom-e-postom"], "hitnost": ["odmah", "do-24-sata", "do-72-sata", "redovno"], "prihvaceno": ["yes", "no", "unknown"]}
MANY = ["bezbedan-smestaj", "ishrana-i-odeca", "zdravstvena-zastita", "psiholoska-podrska", "pravna-pomoc", "licna-dokumenta", "boravak", "novcana-pomoc", "prevodjenje", "obrazovanje", "zaposljavanje", "starateljstvo", "povratak", "pratnja", "drugo"]
STOCK = ["Љубица Ђурђевић-Њагуљ", "Šabac, Žitište, Čačak, Ćuprija", "„Кућа“ и ’дом’", "џак & кесе < 5", "đački \"list\" (2)", "Ђорђе Жижић", "№ 7/2026 — § 3", "Njegoš, Džungla, Ljig"]
def acroform(p): return {f["fullname"]: f for f in json.loads(run("qpdf", "--json", "--json-key=acroform", p).stdout or "{}").get("acroform", {}).get("fields", [])}
def widgets(p):
    """(page, rectangle from the top left, name) of every widget, and each page's order of tabs, by pikepdf"""
    code = """import json, sys, pikepdf
out, tabs = [], []
with pikepdf.open(sys.argv[1]) as d:
    for n, page in enumerate(d.pages):
        h = float(page.mediabox[3]); tabs.append(str(page.obj.get('/Tabs')))
        for a in page.obj.get('/Annots', []):
            if a.get('/Subtype') == '/Widget':
                x = [float(v) for v in a.Rect]; o, names = a, []
                while o is not None: names[:0] = [str(o.T)] if '/T' in o else []; o = o.get('/Parent')
                out.append([n, min(x[0], x[2]), h - max(x[1], x[3]), max(x[0], x[2]), h - min(x[1], x[3]), '.'.join(names)])
    print(json.dumps([out, tabs, sorted(k for k in d.Root.keys()), sorted(d.Root.AcroForm.keys())]))"""
    r = subprocess.run([checkers / "venv/bin/python", "-c", code, p], capture_output=True, text=True); return json.loads(r.stdout) if r.returncode == 0 else ([], [], [], [r.stderr])
for lang, d in SCRIPTS.items():
    f = public / d / "obrasci/f8/f8.pdf"; form = acroform(f); rects, tabs, catalog, acro = widgets(f); columns = ("naziv-priloga", "broj-strana")
    order = list(dict.fromkeys(n.split(".")[0] for n in form)); check(f"the fields of F8, in their order: {lang}", differ(order, F8))
    want = {f"usluge.{m}" for m in MANY} | {f"prilozi.{r}.{c}" for r in range(1, 5) for c in columns} | set(F8) - {"usluge", "prilozi"}; check(f"no field is missing or too many: {lang}", sorted(want ^ set(form)))
    check(f"the template is empty: {lang}", [n for n, x in form.items() if x["value"] not in (None, "", "/Off")]); check(f"no file, script or request for new appearances hides in it: {lang}", [k for k in catalog + acro if k in ("/AA", "/OpenAction", "/NeedAppearances", "/AF", "/XFA")])
    check(f"the tab key follows the tags: {lang}", "" if tabs and set(tabs) == {"/S"} else tabs); check(f"fields can be spoken: {lang}", [n for n, x in form.items() if len(x["alternativename"]) < 3 or x["alternativename"] == n])
    check(f"no two fields overlap: {lang}", [(a[5], b[5]) for i, a in enumerate(rects) for b in rects[:i] if a[0] == b[0] and min(a[3], b[3]) - max(a[1], b[1]) > 0.5 and min(a[4], b[4]) - max(a[2], b[2]) > 0.5] if rects else acro)
    texts = [n for n, x in form.items() if x["fieldtype"] == "/Tx"]; rounds = range(4) if lang == "sr" else (1,)
    for turn in rounds:
        fill = {n: f"{STOCK[(i + turn) % len(STOCK)]} {i}" if form[n]["fieldflags"] & 4096 or i in (0, 2, 3) else f"{STOCK[(i + turn) % len(STOCK)][:9]} {i}" for i, n in enumerate(texts)}
        fill |= {n: o[turn % len(o)] for n, o in ONE_OF.items()} | {f"usluge.{m}": "Yes" if i % 4 == turn else "Off" for i, m in enumerate(MANY)}
        esc = lambda v: v.replace("&", "&amp;").replace("<", "&lt;")
        (TMP / "f.xfdf").write_text('<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>' + "".join(f'<field name="{n}"><value>{esc(v)}</value></field>' for n, v in fill.items()) + "</fields></xfdf>", encoding="utf-8")
        r = run("pdftk", f, "fill_form", "f.xfdf", "output", "g.pdf"); back = acroform(TMP / "g.pdf")
        bare = lambda v: (v or "").removeprefix("/").removeprefix("u:"); check(f"pdftk fills, qpdf reads the same back, round {turn + 1}: {lang}", r.stderr if r.returncode else {n: back.get(n, {}).get("value") for n, v in fill.items() if bare(back.get(n, {}).get("value") or ("Off" if "usluge" in n else "")) != v})
        seen = "".join(run("pdftotext", "-raw", "g.pdf", "-").stdout.split()); check(f"every text is seen on the page, round {turn + 1}: {lang}", [v for n, v in fill.items() if n in texts and "".join(v.split()) not in seen])
        for name, file in (("e", f), ("g", "g.pdf")): run("pdftoppm", "-r", "72", "-png", file, name)
        outside, unseen = [], []
        for n in range(len(tabs)):
            cover = [f"rectangle {a[1] - 1:.1f},{a[2] - 1:.1f} {a[3] + 1:.1f},{a[4] + 1:.1f}" for a in rects if a[0] == n]
            one = run("convert", f"e-{n + 1}.png", f"g-{n + 1}.png", "-compose", "difference", "-composite", "-fill", "black", "-draw", " ".join(cover) or "point 0,0", "-format", "%[fx:maxima]", "info:"); outside += [] if one.stdout.strip() in ("0", "0.0") else [(n + 1, one.stdout or one.stderr)]
        for a in rects:  # what was ticked looks different, what was not looks the same
            if not a[5].startswith("usluge."): continue
            x = run("convert", f"e-{a[0] + 1}.png", f"g-{a[0] + 1}.png", "-compose", "difference", "-composite", "-crop", f"{a[3] - a[1]:.0f}x{a[4] - a[2]:.0f}+{a[1]:.0f}+{a[2]:.0f}", "+repage", "-format", "%[fx:maxima>0.3]", "info:")
            if (x.stdout == "1") != (fill.get(a[5]) == "Yes"): unseen.append(a[5])
        check(f"the picture changes only in fields, round {turn + 1}: {lang}", outside); check(f"ticked boxes look ticked, the others empty, round {turn + 1}: {lang}", unseen)
f = public / "obrasci/f8/f8.pdf"; given = {"sifra-korisnika": "Ђ-17/26", "kome": "Завод „Ћук“", "strucni-radnik": "Žarko Đurić"}
r = run(checkers / "venv/bin/python", root / "tests/validate/pdfjs.py", checkers / "node_modules", f, "js.pdf", json.dumps(given)); check("pdf.js fills and reads the form, and finds no script", r.stderr if r.returncode else "" if json.loads(r.stdout)["script"] in (None, {}) else r.stdout)
