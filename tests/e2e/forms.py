#!/usr/bin/env python3
"""Case forms as people meet them: locked versions, translations that ask something else, Hungarian and Arabic, the PDF of all forms, field rectangles, tags that
veraPDF does not see, the web forms in Chromium (script, no script, axe-core, keyboard alone, print). Prints TAP. What comes out of filled forms: formdata.py."""
import json, os, pathlib, re, shutil, subprocess, sys, time
root = pathlib.Path(__file__).resolve().parents[2]; checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve()
try: import pikepdf
except ImportError:
    if os.environ.get("FORMS_VENV"): raise
    python = str(checkers / "venv/bin/python"); os.execve(python, [python, __file__, *sys.argv[1:]], dict(os.environ, FORMS_VENV="1"))
from playwright.sync_api import sync_playwright
tmp, letak = pathlib.Path(os.environ["TMP"]), os.path.abspath(os.environ["LETAK"]); ALL = os.environ.get("ALL")
def run(*args, **kw): return subprocess.run([str(a) for a in args], capture_output=True, text=True, errors="replace", cwd=tmp, **kw)
def check(name, why): print(f"not ok {name}: {' '.join(str(why).split())[:600]}" if why else f"ok {name}", flush=True)
def said(p): return re.findall(r"^(\S+?:\d+:\d+): error ([A-Z]\d+)", p.stderr, re.M)
def text(*args): return run("pdftotext", *args, "-").stdout
MM = 72 / 25.4

# --- a site with one form: lock, versions, translations ---
FORM = """---
kind: form
code: F1
version: {version}
title: {title}
purpose: проба
---
## Део

- Име :text{{#ime}}
- Начин :choice{{#nacin}}
  - лично
  - поштом
{more}
::rows{{#prilozi count={rows}}}

| Назив :text{{#naziv}} |
|---|
"""
def form(version=1, title="Образац", more="", rows=3, text=FORM): return text.format(version=version, title=title, more=more, rows=rows)
site = tmp / "one"; (site / "content/f1").mkdir(parents=True); (site / "content/site.yml").write_text("name: Проба\nlanguages: [sr-Cyrl, en]\n"); (site / "content/index.md").write_text("---\ntitle: Проба\n---\nТекст.\n")
md, en, lock = site / "content/f1/index.md", site / "content/f1/index.en.md", site / "content/f1/index.lock.yml"
def lock_it(): return run(letak, "--lang", "en", "form", "lock", "-C", site)
def build(): return run(letak, "--lang", "en", "build", "-C", site, "-o", tmp / "one-out")
md.write_text(form()); p = build(); check("lock: without a lock file a form builds", p.stderr if p.returncode else "")
p = lock_it(); first = lock.read_text() if lock.exists() else ""
check("lock: kinds, answers and rows are written", "" if p.returncode == 0 and p.stdout == "content/f1/index.lock.yml\n" and "  1:\n" in first and "    nacin: choice licno postom\n" in first and "    prilozi[3].naziv: text\n" in first else p.stdout + p.stderr + first)
for name, change, code in (("another order and title", dict(title="Друго име"), None), ("a new field", dict(more="- Ново :text{#novo}\n"), "D023"), ("another answer", dict(text=FORM.replace("  - поштом", "  - телефоном")), "D025"),
        ("another kind", dict(text=FORM.replace(":text{{#ime}}", ":date{{#ime}}")), "D025"), ("more rows", dict(rows=4), "D025"), ("a field gone", dict(text=FORM.replace("- Име :text{{#ime}}\n", "")), "D024")):
    md.write_text(form(**change)); p = build(); q = lock_it()
    check(f"lock: {name} {'is no new version' if not code else 'without a new version is refused'}", "" if (p.returncode == 0 and not said(p) and q.returncode == 0 if not code else p.returncode == 1 and said(p) == [("content/f1/index.md:4:10", code)] and said(q) == said(p)) and lock.read_text() == first else (p.stderr, q.stderr))
md.write_text(form(2, more="- Ново :text{#novo}\n")); p = build(); check("lock: a new version that is not locked is named", "" if p.returncode == 1 and said(p) == [("content/f1/index.md:4:10", "D026")] else p.stderr)
p = lock_it(); both = lock.read_text(); check("lock: the new version stands beside the old one", "" if p.returncode == 0 and both.startswith(first) and "  2:\n" in both and "    novo: text\n" in both and build().returncode == 0 else p.stderr + both)
p = lock_it(); check("lock: twice says and changes nothing", "" if p.returncode == 0 and lock.read_text() == both else p.stderr)
shutil.rmtree(tmp / "one-out", ignore_errors=True); lock.unlink(); md.write_text(form())
for name, want, change in (("fewer answers", ("11:9", "C131"), dict(text=FORM.replace("  - поштом\n", ""))), ("another kind", ("10:7", "C132"), dict(text=FORM.replace(":text{{#ime}}", ":number{{#ime}}"))), ("another name", ("10:7", "C132"), dict(text=FORM.replace("#ime", "#prezime"))),
        ("a field more", ("20:7", "C133"), dict(text=FORM + "\n- Још :text{{#jos}}\n")), ("a field less", ("11:9", "C133"), dict(text=FORM[:FORM.index("::rows")])), ("other rows", ("15:1", "C134"), dict(rows=5)), ("rows of another name", ("15:1", "C134"), dict(text=FORM.replace("#prilozi", "#dodaci")))):
    en.write_text(form(**change)); p = build(); got = [(where.removeprefix("content/f1/index.en.md:"), code) for where, code in said(p)]
    check(f"translation: {name} is refused with its place", "" if p.returncode == 1 and [c for _, c in got] == [want[1]] and "index.en.md" in p.stderr else p.stderr or "no message")
    if got and got[0][0] != want[0]: check(f"translation: {name}: place", (got, want))
en.write_text(form()); p = build(); check("translation: the same in the same order is taken", p.stderr if p.returncode else "")

# --- the sample site: published, and with what waits for a speaker ---
pub, dr = tmp / "pub", tmp / "dr"
for out, more in ((pub, []), (dr, ["--drafts"])): p = run(letak, "--lang", "en", "build", *more, "-C", root, "-o", out); check(f"the site is built {' '.join(more)}", p.stderr if p.returncode else "")
check("pending languages are not published or offered", [x.name for x in pub.iterdir() if x.name in ("ar", "hu")] + [str(p) for p in pub.rglob("*.html") if re.search(r'hreflang="(ar|hu)"', p.read_text(encoding="utf-8"))])
said_in = {l: set(re.findall(r'^"?([a-z-]+)"?:', (root / f"layouts/strings/{l}.yml").read_text(), re.M)) for l in ("en", "hu", "ar")}
need = {k for k in said_in["en"] if k.startswith(("form-", "date", "download-fill", "download-paper", "row")) or k in ("yes", "no", "unknown", "required", "note", "warning", "help-title", "exit", "safety")}
check("Hungarian and Arabic have every word of a form", {l: need - said_in[l] for l in ("hu", "ar") if need - said_in[l]})
def fields(file):
    out = {}
    with pikepdf.open(file) as q:
        def walk(nodes, name):
            for n in nodes:
                full = f"{name}.{n.T}" if name and "/T" in n else str(n.get("/T", name))
                if any("/T" in k for k in n.get("/Kids", [])): walk(n.Kids, full)
                else: out[full] = str(n.get("/FT", "")).replace("/Ch", "one").replace("/Btn", "one")
        walk(q.Root.AcroForm.Fields, "")
    return out
waiting = [(c, l) for c in ("f1", "f6", "f7") for l in ("hu", "ar")]
for c, l in waiting:
    page = (dr / l / "obrasci" / c / "index.html").read_text(encoding="utf-8"); pdf = dr / l / "obrasci" / c / f"{c}.pdf"
    check(f"{c}.{l}: the same fields as in Serbian", fields(pdf).items() ^ fields(dr / "obrasci" / c / f"{c}.pdf").items())
    cyrillic = re.findall(r"[А-шЂ-џ]{3,}", re.sub(r'<nav.*?</nav>|<[^>]* lang="sr[^>]*>[^<]*|hreflang="sr[^>]*>[^<]*', "", page, flags=re.S)); paper = text(pdf.with_name(f"{c}-print.pdf"))
    check(f"{c}.{l}: no Serbian is left, on the page or on paper", cyrillic + re.findall(r"[А-шЂ-џ]{3,}", paper + text(pdf)))
    check(f"{c}.{l}: runs {'right to left' if l == 'ar' else 'left to right'}", "" if bool(re.search(r'<html [^>]*dir="rtl"', page)) == (l == "ar") and (l != "ar" or "/Direction /R2L" in run("qpdf", "--qdf", pdf, "-").stdout) else "no")
DATA = {"pratnja": "Kovács Ödön, Őry Űr", "jezik": "arapski", "pristanci": [{"odgovor": "da", "paraf": "KÖ"}, {"odgovor": "ne"}]}
(tmp / "d.json").write_text(json.dumps(DATA)); (tmp / "filled").mkdir()
for l in ("hu", "ar"):
    p = run(letak, "--lang", "en", "form", "fill", f"F6.{l}", tmp / "d.json", "-o", tmp / f"filled/{l}.pdf", "-C", root); q = run(letak, "form", "read", tmp / "filled", "-o", tmp / "filled.json", "--json", "-C", root)
    got = next((x["fields"] for x in json.loads((tmp / "filled.json").read_text()) if x["file"] == f"{l}.pdf"), None) if q.returncode == 0 else q.stderr
    flat = {"pratnja": DATA["pratnja"], "jezik": "arapski", "pristanci.1.odgovor": "da", "pristanci.1.paraf": "KÖ", "pristanci.2.odgovor": "ne"}
    check(f"F6.{l} is filled and read back", "" if p.returncode == 0 and (got == flat or got == DATA) else (p.stderr, got))
    check(f"F6.{l}: what was chosen is seen", "" if l == "hu" and "Arab" in text(tmp / f"filled/{l}.pdf") or l == "ar" and fields(tmp / f"filled/{l}.pdf") and "/Ch" not in run("qpdf", "--qdf", tmp / f"filled/{l}.pdf", "-").stdout else "a list without its letters")
p = run("sh", root / "tests/validate/check-pdf.sh", "-f", "ua1", *[dr / l / "obrasci" / c / f"{c}{k}.pdf" for c, l in waiting for k in ("", "-print")], tmp / "filled/ar.pdf", tmp / "filled/hu.pdf", env=dict(os.environ, CHECKERS=str(checkers)))
check("veraPDF: Hungarian and Arabic, empty, filled and on paper", "" if p.returncode == 0 and p.stdout.count("\tPASS\t") == 14 else p.stdout[-500:] + p.stderr)

# --- all forms in one PDF ---
for d, code, title in (("", "Образац", "Садржај"), ("sr-latn/", "Obrazac", "Sadržaj"), ("en/", "Form", "Contents")):
    file = dr / d / "obrasci/obrasci.pdf"; first = text("-layout", "-l", "2", file)
    places = {c: int(n) for c, n in re.findall(r"^(F[\dD]) .*?(\d+)$", first.split(title, 1)[-1], re.M)[:10]}
    check(f"the set {d}: contents name F1 to F9 and FD at their pages, each on a sheet of its own", "" if sorted(places) == [f"F{i}" for i in range(1, 10)] + ["FD"] and all(n % 2 and re.search(rf"^{code} {c} ·", text("-f", n, "-l", n, file), re.M) for c, n in places.items()) else (places, first[:300]))
    with pikepdf.open(file) as q:
        with q.open_outline() as o: tops = [x.title for x in o.root]
        check(f"the set {d}: bookmarks, no fields, no identity sheet", "" if len(tops) >= 10 and "/AcroForm" not in q.Root and not re.search(rf"^{code} F0 ·", text(file), re.M) else tops)
    check(f"the set {d} is offered for download", "" if 'obrasci/obrasci.pdf" hreflang' in (dr / d / "obrasci/index.html").read_text() else "no link")

check("::pagebreak: the reply of F8 has a page of its own, fillable and on paper; the web page shows no break", [k for k in ("f8", "f8-print") if not re.search(r"^6 Повратница", text("-f", "3", "-l", "3", dr / f"obrasci/f8/{k}.pdf"), re.M)] + ["web"] * ("page-break" in (dr / "obrasci/f8/index.html").read_text()))

# --- rectangles of fields: none meets another, none leaves its page; what veraPDF does not see ---
def rectangles(file):
    bad = []
    with pikepdf.open(file) as q:
        for n, page in enumerate(q.pages, 1):
            w, h = float(page.MediaBox[2]), float(page.MediaBox[3])
            rects = sorted((*[float(x) for x in a.Rect], str(a.get("/T", a.get("/TU", "?")))) for a in page.get("/Annots", []) if a.get("/Subtype") == "/Widget")
            bad += [(n, r) for r in rects if r[0] < 16.5 * MM or r[2] > w - 16.5 * MM or r[1] < 12 * MM or r[3] > h - 10 * MM or r[2] - r[0] < 3 * MM or r[3] - r[1] < 3 * MM]
            for i, a in enumerate(rects):
                for b in rects[i + 1:]:
                    if b[0] > a[2] - 0.1: break
                    if b[1] < a[3] - 0.1 and b[3] > a[1] + 0.1: bad.append((n, a[4], b[4]))
    return bad[:5]
def unseen(file):
    """what veraPDF passes: an MCID twice, /Headers of no ID, script, a caption not first, no outline, metadata that differ"""
    bad = []
    with pikepdf.open(file) as q:
        seen, ids, headers = set(), set(), []
        def walk(e, page):
            page = e.Pg.objgen if "/Pg" in e else page
            if "/ID" in e: ids.add(bytes(e.ID))
            for a in (e.A if isinstance(e.get("/A"), pikepdf.Array) else [e.A] if "/A" in e else []):
                headers.extend(bytes(h) for h in a.get("/Headers", []))
                if e.get("/S") == "/Figure" and a.get("/O") == "/Layout" and "/BBox" not in a: bad.append("figure without a box")
            kids = list(e.K) if isinstance(e.get("/K"), pikepdf.Array) else [e.K] if "/K" in e else []
            for i, k in enumerate(kids):
                if isinstance(k, int) or (isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/MCR"):
                    key = (page, k) if isinstance(k, int) else (k.Pg.objgen if "/Pg" in k else page, int(k.MCID))
                    if key in seen: bad.append(f"MCID twice {key}")
                    seen.add(key)
                elif isinstance(k, pikepdf.Dictionary) and "/S" in k:
                    if k.S == "/Caption" and i: bad.append("caption not first")
                    walk(k, page)
        walk(q.Root.StructTreeRoot, None)
        bad += [f"headers name {h}" for h in headers if h not in ids] + [k for k in ("/OpenAction", "/AA") if k in q.Root and "JavaScript" in str(q.Root[k])] + ["script"] * ("/JavaScript" in q.Root.get("/Names", {}))
        bad += ["no outline"] * ("/Outlines" not in q.Root) + ["no form"] * ("-print" not in file.name and "/AcroForm" not in q.Root)
        xmp = q.Root.Metadata.read_bytes().decode(); info = {k: str(q.docinfo.get(k, "")) for k in ("/Title", "/Author")}
        bad += [f"{k} differs" for k, v in info.items() if not v or v.replace("&", "&amp;") not in xmp]
    return bad[:5]
for d in ("", "sr-latn/", "en/", "hu/", "ar/"):
    made = sorted((dr / d / "obrasci").glob("f?/f?*.pdf")); check(f"{d or 'sr-cyrl/'}: fields do not meet, and stay on their pages", {f.name: r for f in made if "-print" not in f.name and (r := rectangles(f))})
    check(f"{d or 'sr-cyrl/'}: nothing that veraPDF does not see", {f.name: r for f in made if (r := unseen(f))})

# --- what an author may do to a form ---
LONG = "Неуобичајено дугачак натпис стубца који ни у ком случају не може да стане у ширину која му је дата противпожарнозаштитничкога"
hard = tmp / "hard"; (hard / "content/lists").mkdir(parents=True); (hard / "content/site.yml").write_text("name: Проба\nlanguages: [sr-Cyrl, ar]\n"); (hard / "content/index.md").write_text("---\ntitle: Проба\n---\nТекст.\n"); (hard / "content/f1").mkdir()
(hard / "content/lists/trista.yml").write_text("".join(f"k{i}: {{sr: Одговор број {i}{' који је толико дуг да му треба више од једног реда у сваком облику обрасца' if i % 50 == 0 else ''}, ar: الجواب رقم {i}}}\n" for i in range(1, 301)))
def hard_form(label, title, one): return f"""---
kind: form
code: F1
version: 1
title: {title}
purpose: {one}
---
## {one}

- {label} :text{{#dug width=41mm}}
- {one} :text{{#kratak width=41mm}}
- {label} :yesno{{#dn help="{label}"}}
- {one} :many{{#mnogo list=trista}}
- {one} :choice{{#jedan list=trista}}

::rows{{#redovi count=200}}

| {label} :text{{#a width=22mm}} | {one} :number{{#b}} | {one} :date{{#c}} | {label} :choice{{#d list=trista width=30mm}} | {one} :yesno{{#e width=30mm}} |
|---|---|---|---|---|

::rows{{#okviri count=7 cards}}

| {label} :text{{#a width=54mm}} | {one} :paragraph{{#b width=114mm}} | {label} :yesno{{#e}} |
|---|---|---|
"""
AR = "عنوان عمود طويل جدًا لا يمكن أن يتسع له المكان المخصص له في هذا النموذج مهما كان عرضه كبيرًا"
(hard / "content/f1/index.md").write_text(hard_form(LONG, "Тежак образац", "Проба")); (hard / "content/f1/index.ar.md").write_text(hard_form(AR, "نموذج صعب", "تجربة"))
p = run(letak, "--lang", "en", "build", "-C", hard, "-o", tmp / "hard-out"); check("a hard form builds without a line too wide", p.stderr)
for d, label in (("", LONG), ("ar/", AR)):
    for kind in ("f1", "f1-print"):
        file = tmp / "hard-out" / d / f"f1/{kind}.pdf"; words = text(file); flat = re.sub(r"[\s\u00ad\u200c-]+", "", words)
        if kind == "f1": check(f"hard {d}{kind}: 200 rows, 300 answers, no two fields meet", rectangles(file) or ("" if sum(n.startswith("redovi.") for n in fields(file)) == 1000 and sum(n.startswith("mnogo.") for n in fields(file)) == 300 else "fields are missing"))
        bbox = [[float(v) for v in m] for m in re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', run("pdftotext", "-bbox", file, "-").stdout)]
        check(f"hard {d}{kind}: nothing leaves the page", [b for b in bbox if b[0] < 16 * MM or b[2] > (210 - 16) * MM or b[3] > 297 * MM][:3])
        if not d: check(f"hard {kind}: the long label is there whole, in the head of each page", "" if flat.count(re.sub(r"\s+", "", label)) >= 2 and all(re.sub(r"\s+", "", f"Одговор број {i}") in flat for i in (1, 150, 300)) else words[:300])
        check(f"hard {d}{kind}: the last row is there", "" if re.search(r"\b200\.|\.200", words) else words[-200:])

# --- the web forms, in one browser ---
FORMS = [f"f{i}" for i in range(10)] + ["fd"]
def url(code, lang=""): return (dr / lang / "obrasci" / code / "index.html").as_uri()
with sync_playwright() as pw:
    browser = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"])
    def opened(code, lang="", **kw):
        ctx = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, **kw); page = ctx.new_page(); page.bad = []
        page.on("console", lambda m: page.bad.append(m.text)); page.on("pageerror", lambda e: page.bad.append(str(e))); page.on("request", lambda r: page.bad.append(r.url) if not r.url.startswith("file:") else None)
        page.goto(url(code, lang)); return page
    def value(page, name): return page.evaluate("n => { const f = [...document.getElementsByName(n)]; return f.length ? (f[0].type === 'radio' ? (f.find(x => x.checked) || {value: ''}).value : f[0].type === 'checkbox' ? f.filter(x => x.checked).map(x => x.value).join(' ') : f[0].value) : null }", name)
    # without script: everything is there, nothing can be sent
    page = opened("f1", java_script_enabled=False)
    check("without script: parts for children are open, no button is dead", "" if page.locator("#staratelj").is_visible() and page.locator(".form button").count() == 0 and page.locator("form").count() == 0 else "no"); page.context.close()
    check("every field: no autocomplete; the policy forbids sending", [c for c in FORMS if not (h := (dr / "obrasci" / c / "index.html").read_text()) or "form-action &#39;none&#39;" not in h.replace("'", "&#39;") or re.search(r'<(input type="(text|date|datetime-local)"|textarea|select)(?![^>]*autocomplete="off")', h)])
    # rows are added
    page = opened("f8"); add = page.get_by_role("button", name="Додај ред").first; page.locator("#prilozi-4-naziv-priloga").fill("четврти"); add.focus(); page.keyboard.press("Enter"); page.keyboard.type("пети")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    check("script: a row is added, empty, with names, labels and focus of its own", "" if value(page, "prilozi.5.naziv-priloga") == "пети" and value(page, "prilozi.4.naziv-priloga") == "четврти" and len(ids) == len(set(ids)) and page.get_by_label("Назив прилога, ред 5").count() == 1 and page.get_by_role("row", name="5.").count() == 1 else ids)
    check("script: what happened is said", "" if page.get_by_role("status").filter(has_text="Ред је додат").count() == 1 else "no status")
    for _ in range(220): add.evaluate("b => b.click()")
    check("script: rows end at 200", "" if page.locator("#prilozi tbody tr").count() == 200 else page.locator("#prilozi tbody tr").count()); page.context.close()
    page = opened("f4"); page.get_by_role("button", name="Додај ред").nth(2).press("Enter")
    check("script: so is a card", "" if page.locator("#mere .card").count() == 6 and page.locator("#mere-6-cilj-mere").count() == 1 and page.locator("#mere .card legend").last.inner_text() == "Мера 6" and not page.bad else page.bad or page.locator("#mere .card legend").all_inner_texts()); page.context.close()
    # parts fold, all is cleared
    page = opened("f1"); child = page.locator("#staratelj"); yes = page.locator("#dete-1"); before = child.is_visible(); yes.check(); during = child.is_visible(); child.fill("старатељ"); page.locator("#dete-2").check(); after = child.is_visible()
    check("script: a part opens with its answer and folds with another", "" if (before, during, after) == (False, True, False) else (before, during, after))
    yes.check(); page.locator("#jezici-3").check(); page.locator("#opis").fill("опис"); page.get_by_role("button", name="Додај ред").first.press("Enter"); clear = page.get_by_role("button", name="Обриши све"); clear.press("Enter"); once = (value(page, "opis"), page.get_by_role("status").filter(has_text="још једном").count()); clear.press("Enter")
    left = page.evaluate("[...document.querySelectorAll('.form input, .form textarea, .form select')].filter(f => f.type === 'radio' || f.type === 'checkbox' ? f.checked : f.value).map(f => f.id)")
    check("script: clear-all asks once, then nothing is left", "" if once == ("опис", 1) and not left and not child.is_visible() and page.locator("#preduzeto tbody tr").count() == 4 else (once, left))
    check("nothing is kept or asked for", page.bad or page.context.cookies() or page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie].flat().filter(x => x)")); page.context.close()
    # F2 by keyboard alone, then through the browser's own printing
    page = opened("f2", locale="en-US"); page.locator("h1").evaluate("h => { h.tabIndex = -1; h.focus() }"); typed, n, reached, last = {}, 0, set(), ""
    kinds = "(() => { const e = document.activeElement; return [e.tagName, e.type || '', e.name || '', e.id, !!e.closest('.form')] })()"
    for _ in range(700):
        page.keyboard.press("Tab"); tag, kind, name, id_, inside = page.evaluate(kinds)
        if not inside:
            if reached: break
            continue
        if name in reached and kind.startswith("date") and name == last: continue  # its other parts, and the button of its calendar
        if name in reached and kind != "checkbox": check(f"keyboard: {name} is met twice", "yes")
        if name: reached.add(name); last = name
        if kind in ("text", "textarea"): n += 1; typed[name] = f"Унос{n}њ"; page.keyboard.type(typed[name])
        elif kind == "date": page.keyboard.type("03182027"); typed[name] = "2027-03-18"
        elif kind == "datetime-local": page.keyboard.type("03182027"); page.keyboard.press("ArrowRight"); page.keyboard.type("0930AM"); typed[name] = "2027-03-18T09:30"
        elif kind == "radio": page.keyboard.press("Space"); typed[name] = page.evaluate("document.activeElement.value")
        elif kind == "checkbox": page.keyboard.press("Space") if id_.endswith("-2") else None; typed[name] = typed.get(name) or page.evaluate("document.activeElement.value") if id_.endswith("-2") else typed.get(name, "")
        elif kind == "select-one": page.keyboard.press("ArrowDown"); typed[name] = page.evaluate("document.activeElement.options[1].value")
    names = set(page.evaluate("[...document.querySelectorAll('.form input, .form textarea, .form select')].map(f => f.name)"))
    check("keyboard: every field of F2 is reached by Tab, once, in order", names ^ reached)
    check("keyboard: every field takes what is typed", {k: (v, value(page, k)) for k, v in typed.items() if value(page, k) != v})
    page.pdf(path=str(tmp / "f2.pdf"), format="A4"); shown = re.sub(r"\s+", "", text(tmp / "f2.pdf"))
    words = [v for k, v in typed.items() if v.startswith("Унос")]; labels = page.evaluate("[...document.querySelectorAll('.form select')].map(s => s.selectedOptions[0].text)")
    check("print: every value stands in the PDF that the browser prints", [v for v in words if v not in shown] + [v for v in set(labels) if re.sub(r"\s+", "", v) not in shown] + ["dates"] * (shown.count("03/18/2027") < 12) + ["few"] * (len(words) < 100))
    check("print: marks of choices too, buttons and menus not", "" if not page.bad and "Додајред" not in shown and "Брзиизлаз" not in shown else page.bad or "buttons are printed"); page.context.close()
    # axe-core: each form in Cyrillic, three in Latin and English, which differ in words alone (with ALL=1 each in each language, wide and dark too)
    axe = next((checkers / "node_modules").rglob("axe.min.js")).read_text(); rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]; views = [(320, "light")] + ([(1280, "light"), (320, "dark")] if ALL else [])
    for lang in ["", "sr-latn", "en"] + (["hu", "ar"] if ALL else []):
        found, passes = {}, 0
        for width, scheme in views:
            ctx = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, bypass_csp=True); page = ctx.new_page()
            for c in FORMS if ALL or not lang else ("f1", "f3", "f8"):
                if not (dr / lang / "obrasci" / c / "index.html").exists(): continue
                page.goto(url(c, lang)); page.add_script_tag(content=axe); r = page.evaluate("t => axe.run(document, {runOnly: t, resultTypes: ['violations']})", rules); passes += len(r["passes"]) > 20
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if r["violations"] or wide > 0: found[f"{c} {width} {scheme}"] = [(v["id"], [" ".join(map(str, x["target"])) for x in v["nodes"]][:2]) for v in r["violations"]] or f"{wide} px too wide"
            ctx.close()
        check(f"axe-core: forms {lang or 'sr-cyrl'}", found or ("" if passes == len(views) * (3 if lang in ("hu", "ar") or (lang and not ALL) else 11) else f"only {passes} were judged"))
    browser.close()
