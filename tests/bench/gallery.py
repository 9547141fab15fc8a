#!/usr/bin/env python3
"""gallery.py [--only WORD] [--runs K] [--pictures]: the documents of tests/print/gallery set by letak, WeasyPrint and Chromium, side by side on one page. `make gallery` calls it.

Writes build/gallery/index.html and beside it all that it shows: PDFs, pictures of their pages, the sources. What a peer could not do is found by comparing PDFs: text that
is not there, notes that stand in the text, generated text (running heads, numbers of the contents), page sizes, hyphens, fields, outline, tags. Where only the eye can judge, a note
written by hand says so and stands under that name. A peer that cannot be installed, or that fails, is named with the reason.
--pictures also makes the pictures that README.md shows, tests/print/gallery/NAME.png.
CPU is user + system seconds of one run and its children: the median of K runs of letak, one run of a peer. Machines are shared: the ratios count."""
import argparse, collections, html, json, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile, unicodedata
here = pathlib.Path(__file__).resolve().parent; root = here.parent.parent; sys.path.insert(0, str(here / "pdf")); import rows
args = argparse.ArgumentParser(); args.add_argument("--only", default=""); args.add_argument("--runs", type=int, default=5); args.add_argument("--pictures", action="store_true"); args = args.parse_args()
build = root / os.environ.get("BUILD", "build"); letak = build / "letak"; sources = root / "tests/print/gallery"; out = build / "gallery"; venv = root / "build/bench/venv"; sh = rows.sh

DOCS = [  # file, name, what it shows, what the eye sees (by hand)
    ("roman", "A page of a novel", "a drop cap, one grid of lines on both sides of the leaf, running heads from string(), notes at the foot",
     "Chromium sets the notes as words of the sentence, has no running heads and hyphenates nothing, so the justified lines gape; WeasyPrint has heads and notes, but breaks its lines one by one."),
    ("izvestaj", "A report", "contents with leaders, figures on the comma, a table over two pages, slanted column heads, side notes, page numbers of the whole",
     "Neither peer aligns figures on the comma. WeasyPrint prints both notes of page 3 on later pages, and starts a page for one last line; Chromium's contents have neither leaders nor numbers, and its notes stand in the sentence."),
    ("letak", "A leaflet", "six panels, the flap narrower, colour over the trim; @-letak-sheet puts them on a folded sheet for the press",
     "All three set the panels. Only letak also imposes them; the picture of the sheet is beside its pages."),
    ("racun", "An invoice", "figures on the comma in each column, a turned line in the margin, a slip at the foot",
     "Prices look right in the peers only because each has two decimals; the quantities beside them are not on their comma. WeasyPrint does not turn the line in the margin."),
    ("plakat", "A poster", "A3 with bleed and marks, a turned title, one drawing",
     "WeasyPrint does not turn the title: it runs across the drawing and the date. Chromium has no bleed and no marks, so its sheet cannot be trimmed."),
    ("recnik", "A dictionary", "three columns with rules, guide words from string(first) and string(last), a thumb index that steps down, notes at the foot",
     "Chromium has no guide words and no thumb index; its notes stand in the entries."),
    ("ispit", "An examination paper", "fields to fill in, rules to write on, marks in the margin, drawings",
     "Chromium draws the fields, but nothing can be typed into them. WeasyPrint's fields work when it is asked for forms, but are not tagged."),
    ("arapski", "A leaflet in Arabic", "everything from the right: panels, numbers, margins, the fold; Latin names keep their direction",
     "All three shape Arabic well. The sheet folded from the right is letak's alone."),
    ("dvojezicno", "A bilingual book", "paragraph beside paragraph, each language with its hyphens and its running head",
     "Chromium has no heads and puts the notes between the words; it hyphenates the English column alone, so the two columns do not match in colour."),
    ("slajdovi", "Slides", "16 : 9, one thought a slide, an outline for the viewer",
     "The third slide tells: the third column is hyphenated by letak and WeasyPrint, and is the second once more in Chromium. On the sixth, WeasyPrint's table lies over the chart and runs off the slide."),
]
NAMES = dict(letak="letak", weasyprint="WeasyPrint", chromium="Chromium"); missing = {}

def peers():
    """Which engines there are, with their versions; what is missing goes into `missing` with the reason."""
    have = {"letak": sh(letak, "--version").split("\n")[0]}; py = venv / "bin" / "python"
    try:
        if not (venv / "bin/weasyprint").exists():
            subprocess.run([sys.executable, "-m", "venv", venv], check=True, capture_output=True, text=True); subprocess.run([venv / "bin/pip", "-q", "--disable-pip-version-check", "install", "weasyprint"], check=True, capture_output=True, text=True)
        have["weasyprint"] = subprocess.run([py, "-m", "weasyprint", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as e: missing["weasyprint"] = "could not be installed from PyPI: " + " ".join((getattr(e, "stderr", "") or str(e)).split())[-300:]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium: have["chromium"] = sh(chromium, "--version").strip() or "Chromium"
    else: missing["chromium"] = "is not installed (Debian package chromium)"
    return have, py, chromium

def command(engine, source, pdf, py, chromium, profile):
    if engine == "letak": return [letak, "pdf", source, "-o", pdf]
    if engine == "weasyprint": return [py, "-m", "weasyprint", "-q", "--pdf-tags", "--pdf-forms", source, pdf]
    return [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer", "--generate-pdf-document-outline", f"--user-data-dir={profile}", f"--print-to-pdf={pdf}", f"file://{source}"]

def words(text): return collections.Counter(re.findall(r"[^\W\d_]{2,}", unicodedata.normalize("NFKC", rows.joined(text)).casefold()))
def tail(text, n=14): return "".join(re.findall(r"[^\W\d_]", unicodedata.normalize("NFKC", text)))[-n:]
def stream(pdf): return [re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", rows.joined(p))) for p in sh("pdftotext", "-raw", pdf, "-").split("\f")[:-1]]  # letters of each page
def notes(source):
    """(letters before the call, letters of the note) of each footnote of the source."""
    text = re.sub(r"(?s)<(style|title)\b.*?</\1>", "", source)
    for m in re.finditer(r'(?s)<span class="fn"[^>]*>(.*?)</span>', text):
        before = html.unescape(re.sub(r"<[^>]+>", "", text[max(0, m.start() - 200):m.start()].split(">", 1)[-1])); yield tail(before), "".join(re.findall(r"[^\W\d_]", html.unescape(re.sub(r"<[^>]+>", "", m[1]))))[:14]

def facts(engine, pdf, source):
    """What a PDF says of itself and what stands in it."""
    info = sh("pdfinfo", "-box", "-f", 1, "-l", 999, pdf); read = lambda key, of="{}": json.loads(sh("qpdf", "--json", f"--json-key={key}", pdf) or of)
    f = dict(pages=int(re.search(r"Pages:\s+(\d+)", info)[1]), bytes=pdf.stat().st_size, tagged="Tagged:          yes" in info)
    mm = lambda a, b: f"{(float(b) - float(a)) / 72 * 25.4:.0f}"; f["sizes"] = list(dict.fromkeys(f"{mm(x0, x1)} × {mm(y0, y1)} mm" for x0, y0, x1, y1 in re.findall(r"Page +\d+ TrimBox: +(\S+) +(\S+) +(\S+) +(\S+)", info)))
    outer = re.findall(r"Page +\d+ MediaBox: +(.*)", info); f["bleed"] = outer != re.findall(r"Page +\d+ TrimBox: +(.*)", info)
    f["fields"] = len(read("acroform").get("acroform", {}).get("fields", [])); f["outline"] = len(json.dumps(read("outlines").get("outlines", [])).split('"title"')) - 1
    text = sh("pdftotext", pdf, "-"); f["text"] = text; f["hyphens"] = len(re.findall(r"\w[-\u2010\u00ad]\n", text)); by_page = stream(pdf); letters = "".join(by_page); f["letters"] = letters.casefold()
    f["inline"] = sum(b + n in letters for b, n in notes(source)); on = lambda s: next((i for i, p in enumerate(by_page) if s in p), None); at = [(on(b), on(n)) for b, n in notes(source)]
    f["elsewhere"] = sum(b is not None and n is not None and b != n for b, n in at)
    return f

def differences(ours, theirs, source, engine):
    """Sentences: what this PDF lacks beside ours."""
    say, n = [], len(list(notes(source)))
    plain = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|title|svg)\b.*?</\1>", " ", source))); lost = words(plain) - words(theirs["text"]) - (words(plain) - words(ours["text"]))
    extra = words(theirs["text"]) - words(plain)
    for w in list(lost):  # run together with its neighbour: still there
        if theirs["letters"].count(w) >= words(plain)[w] or any(extra[w[:k]] and extra[w[k:]] for k in range(2, len(w) - 1)): del lost[w]  # or parted by the end of a page
    if "rtl" not in source and sum(lost.values()): say.append(f"{sum(lost.values())} words of the source are not in its text: " + ", ".join(list(lost)[:6]))
    if theirs["inline"]: say.append(f"{theirs['inline']} of {n} footnotes stand in the sentence instead of at the foot")
    if theirs["elsewhere"]: say.append(f"{theirs['elsewhere']} of {n} footnotes stand on another page than what calls them" + (f" (letak: {ours['elsewhere']})" if ours["elsewhere"] else ""))
    made = words(ours["text"]) - words(plain); gone = made - extra  # more often than in the source; other page breaks make other guide words, so their number counts
    known = words(plain) | made; heads = {w: v for w, v in made.items() if v <= 2 * ours["pages"]}  # not labels of every entry
    if sum(v for w, v in extra.items() if w in known and made[w] <= 2 * ours["pages"]) > 0.7 * sum(heads.values()): gone.clear()
    for w in list(gone):
        if theirs["letters"].count(w) >= ours["letters"].count(w): del gone[w]
    if "rtl" not in source and sum(gone.values()): say.append(f"generated text missing (running heads, guide words, labels): {sum(gone.values())} words, as " + ", ".join(list(gone)[:5]))
    dots = lambda f: len(re.findall(r"(?:[.·]\s?){6,}", f["text"]))
    if dots(ours) > dots(theirs): say.append(f"{dots(ours) - dots(theirs)} of {dots(ours)} leaders missing")
    figures = lambda f: sum(collections.Counter(re.findall(r"(?m)(?:^|\s)(\d{1,3})(?: / \d+)?$", f["text"])).values())
    if figures(ours) - figures(theirs) >= max(2, ours["pages"] - 1): say.append("numbers of pages missing at the foot or in the contents")
    if ours["hyphens"] >= 8 and theirs["hyphens"] * 3 < ours["hyphens"]: say.append(f"{theirs['hyphens']} hyphenated lines where letak has {ours['hyphens']}")
    if theirs["fields"] < ours["fields"]: say.append(f"{theirs['fields']} fields that can be filled in, of {ours['fields']}")
    if theirs["outline"] < ours["outline"]: say.append(f"{theirs['outline'] or 'no'} entries in the outline, of {ours['outline']}")
    if ours["bleed"] and not theirs["bleed"]: say.append("no bleed: a sheet trimmed a little off shows a white edge")
    if theirs["sizes"] != ours["sizes"]: say.append("pages are " + ", ".join(theirs["sizes"]) + " instead of " + ", ".join(ours["sizes"]))
    if theirs["pages"] != ours["pages"]: say.append(f"{theirs['pages']} pages instead of {ours['pages']}")
    if not theirs["tagged"]: say.append("not tagged: a screen reader has no structure")
    return say

def verdicts(pdfs):
    """PDF/UA-1 by veraPDF, one JVM for all: {pdf: "" or rules broken}; None where it cannot be asked."""
    p = subprocess.run(["sh", root / "tests/validate/check-pdf.sh", "-f", "ua1", *pdfs], capture_output=True, text=True)
    if not re.search(r"^DONE\t", p.stdout, re.M): return None, (p.stderr.strip().splitlines() or ["no answer"])[-1]
    broken = {str(f): set() for f in pdfs}
    for line in p.stdout.splitlines():
        c = line.split("\t")
        if c[0] == "RULE": broken.setdefault(c[1], set()).add(c[3])
        elif c[0] == "ERROR": broken.setdefault(c[1], set()).add("could not be judged")
    return broken, ""

def pictures(pdf, stem, width=300):
    """Pages as PNG, the first of a document wide enough to be read; returns their names."""
    for old in out.glob(f"{stem}-p*.png"): old.unlink()
    sh("pdftoppm", "-png", "-scale-to-x", width, "-scale-to-y", -1, pdf, out / f"{stem}-p")
    return sorted(p.name for p in out.glob(f"{stem}-p*.png"))

CSS = """body{font:16px/1.5 "Noto Sans",sans-serif;color:#1b2733;background:#fbfaf6;margin:0 auto;max-width:1400px;padding:2em} h1,h2{font-family:"Noto Serif",serif;font-weight:400;color:#0f5c63} h2{font-size:1.9em;margin:2.5em 0 .2em}
.engine{border-top:1px solid #c9d2d6;padding:.8em 0} .strip{display:flex;gap:12px;overflow-x:auto;padding:.6em 0} .strip img{flex:none;box-shadow:0 0 0 1px #c9d2d6,0 2px 8px #0002;background:#fff;height:auto} h3{margin:.2em 0;font-size:1.05em} h3 span{font-weight:400;color:#4a5a66}
ul{margin:.3em 0;padding-left:1.3em} .eye{border-left:3px solid #8a4b08;padding-left:.8em;color:#4a5a66} table{border-collapse:collapse;font-size:.92em} th,td{text-align:left;padding:.25em .9em .25em 0;border-bottom:1px solid #c9d2d6;vertical-align:top} td.n{text-align:right;font-variant-numeric:tabular-nums} .bad{color:#9b2335}"""
def main():
    chosen = [d for d in DOCS if args.only in d[0]]; have, py, chromium = peers(); shutil.rmtree(out, ignore_errors=True); out.mkdir(parents=True); esc = html.escape
    profile = tempfile.mkdtemp(prefix="letak-gallery-"); got = {}
    try:
        for name, *_ in chosen:
            source = sources / f"{name}.html"; shutil.copy(source, out / source.name)
            for engine in have:
                pdf = out / f"{name}-{engine}.pdf"; cmd = command(engine, source, pdf, py, chromium, profile)
                try: cpu = statistics.median(rows.whole(cmd)["cpu"] for _ in range(args.runs if engine == "letak" else 1)); f = facts(engine, pdf, source.read_text(encoding="utf-8"))
                except (SystemExit, OSError, TypeError) as e: got[name, engine] = dict(failed=str(e)); print(f"{name:12} {NAMES[engine]:10} FAILED: {e}", flush=True); continue
                got[name, engine] = dict(f, cpu=cpu, pdf=pdf, pictures=pictures(pdf, f"{name}-{engine}", 520 if name == "plakat" else 300))
                print(f"{name:12} {NAMES[engine]:10} {f['pages']:3} pages  CPU {cpu:6.3f} s  {f['bytes'] / 1000:7.1f} KB  {'tagged' if f['tagged'] else 'not tagged'}", flush=True)
            if "@-letak-sheet" in source.read_text(encoding="utf-8") and "pdf" in got[name, "letak"]:
                press = out / f"{name}-press.pdf"; rows.whole([letak, "pdf", source, "-o", os.devnull, "--print", press]); got[name, "letak"]["press"] = pictures(press, f"{name}-press", 520)
    finally: shutil.rmtree(profile, ignore_errors=True)
    broken, why = verdicts([g["pdf"] for g in got.values() if "pdf" in g])
    def verdict(g):
        if broken is None: return "tagged" if g["tagged"] else "not tagged"
        r = broken.get(str(g["pdf"]), set()); return "conforms" if not r else f"{len(r)} rules broken"
    page = [f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Gallery of the print engine</title><style>{CSS}</style></head><body><h1>Ten documents, three engines</h1>'
            f'<p>The same HTML and CSS, set by {", ".join(esc(v) for v in have.values())}. CPU seconds are of whole runs, start-up included: the median of {args.runs} for letak, one for a peer.</p>']
    for k, v in missing.items(): page.append(f'<p class="bad">{NAMES[k]} is left out: it {esc(v)}.</p>')
    page.append(f'<p>{"PDF/UA-1 as veraPDF judges it." if broken is not None else "<span class=bad>veraPDF was not asked (" + esc(why) + "): the column says only whether a file is tagged.</span>"} What a peer lacks is found by comparing the PDFs; what stands beside the brown line was seen by eye and written by hand.</p>')
    page.append("<table><tr><th>Document<th>Engine<th>Pages<th>CPU, s<th>Size, KB<th>" + ("PDF/UA-1" if broken is not None else "Tags") + "</tr>")
    for name, title, *_ in chosen:
        for engine in have:
            g = got[name, engine]
            page.append(f"<tr><td>{esc(title) if engine == 'letak' else ''}<td>{NAMES[engine]}" + (f"<td colspan=4 class=bad>failed: {esc(g['failed'])}" if "failed" in g else f"<td class=n>{g['pages']}<td class=n>{g['cpu']:.3f}<td class=n>{g['bytes'] / 1000:.1f}<td>{verdict(g)}"))
    page.append("</table>")
    for name, title, shows, eye in chosen:
        page.append(f'<h2 id="{name}">{esc(title)}</h2><p>{esc(shows)}. <a href="{name}.html">Source</a></p>'); source = (sources / f"{name}.html").read_text(encoding="utf-8"); ours = got[name, "letak"]
        for engine in have:
            g = got[name, engine]
            if "failed" in g: page.append(f'<div class=engine><h3>{NAMES[engine]} <span class=bad>failed: {esc(g["failed"])}</span></h3></div>'); continue
            say = differences(ours, g, source, engine) if engine != "letak" and "failed" not in ours else []
            if engine == "letak" and g["elsewhere"]: say.append(f"{g['elsewhere']} of {len(list(notes(source)))} footnotes stand on another page than what calls them")
            page.append(f'<div class=engine><h3>{NAMES[engine]} <span>· {g["pages"]} pages · {g["cpu"]:.3f} s · {g["bytes"] / 1000:.1f} KB · {verdict(g)} · <a href="{g["pdf"].name}">PDF</a></span></h3><div class=strip>' + "".join(f'<img src="{p}" loading=lazy alt="{NAMES[engine]}, page {i}">' for i, p in enumerate(g["pictures"], 1)) + "".join(f'<img src="{p}" loading=lazy alt="sheet for the press, side {i}">' for i, p in enumerate(g.get("press", []), 1)) + "</div>" + ("<ul>" + "".join(f"<li>{esc(s)}</li>" for s in say) + "</ul>" if say else "") + "</div>")
        page.append(f'<p class=eye><b>Seen by eye:</b> {esc(eye)}</p>')
    (out / "index.html").write_text("\n".join(page) + "</body></html>\n", encoding="utf-8")
    if args.pictures: shown(got)
    print(f"{out / 'index.html'}: {len(chosen)} documents, {len(have)} engines" + "".join(f"; {NAMES[k]} {v}" for k, v in missing.items()))

SHOWN = dict(roman=(3, 4), recnik=(1, 1), plakat=(1, 1), arapski=(1, 3))  # pages that README.md shows
def shown(got):
    for name, (first, last) in SHOWN.items():
        with tempfile.TemporaryDirectory() as d:
            sh("pdftoppm", "-png", "-r", 96, "-f", first, "-l", last, out / f"{name}-letak.pdf", pathlib.Path(d) / "p"); pages = sorted(pathlib.Path(d).glob("p*.png"))
            subprocess.run(["convert", *pages, "-bordercolor", "#c9d2d6", "-border", "1", "+append", "-resize", "x480", "-colors", "48", "-strip", "-define", "png:exclude-chunk=date,time", sources / f"{name}.png"], check=True)
main()
