#!/usr/bin/env python3
"""Search in Debian's Chromium, from a folder and from a server: both halves of it (the program that writes the index, the script that reads it) fold and stem alike; each
title in three spellings finds its page first; pairs of words from inside the texts find theirs among five; keys, screen reader, no script; the list of all pages in order."""
import html, json, os, pathlib, random, re, subprocess, sys, threading, http.server, functools
root = pathlib.Path(__file__).resolve().parents[2]; py = root / "build/checkers/venv/bin/python"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1500]}", flush=True)
if not os.environ.get("IN_VENV"):
    if not py.exists(): check("the browser is here", False, py); sys.exit(1)
    os.execve(py, [str(py), __file__], dict(os.environ, IN_VENV="1"))
from playwright.sync_api import sync_playwright
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); out, two = TMP / "site", TMP / "two"
for o, j in ((out, "1"), (two, "2")): p = subprocess.run([LETAK, "build", "-C", root, "-o", o, "-j", j, "--as-of", "2026-11-24", "--lang", "en"], capture_output=True, text=True); check(f"the sample site builds with -j{j}", p.returncode == 0, p.stderr)
files = sorted(f.relative_to(out) for f in (out / "search").rglob("*.js")); check("the index is the same from one worker and from two", files and all((out / f).read_bytes() == (two / f).read_bytes() for f in files), files)
# --- the index read by other code than ours in the browser ---
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
def calls(f): return re.match(r'letakSearch\.\w+\("[^"]*",(?:\d+,)?(.*)\);\s*$', f.read_text(encoding="utf-8"), re.S)[1]
def index(code):
    rows, at = [], 0
    while (f := out / f"search/{code}/pages-{at}.js").exists(): rows += json.loads(calls(f)); at += 1
    r = json.loads(calls(out / f"search/{code}/root.js")); pages = [set() for _ in rows]; n = 0
    while (f := out / f"search/{r['terms']}/terms-{n}.js").exists():
        before = ""; n += 1
        for record in json.loads(calls(f)).split(","):
            head, *groups = record.split("~"); before = term = before[:DIGITS.index(head[0])] + head[2:]
            for g in groups:
                page, k, shift = 0, 0, 0
                for c in g[1:]:
                    d = DIGITS.index(c); k |= (d & 31) << shift; shift += 5
                    if not d & 32: page += k; pages[page].add(term); page += 1; k = shift = 0
    return r, rows, pages, n
CYR = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "a b v g d đ e ž z i j k l m n o p r s t ć u f h c č š".split()), љ="lj", њ="nj", џ="dž")
def latin(s): return "".join((CYR[c.lower()].capitalize() if c.isupper() else CYR[c]) if c.lower() in CYR else c for c in s)
def bare(s): return latin(s).translate(str.maketrans("čćšžČĆŠŽ", "ccszCCSZ")).replace("đ", "dj").replace("Đ", "Dj").lower()
r, rows, terms, shards = index("sr-cyrl"); check("every page of the site is in the index once", len({x[0] for x in rows}) == len(rows) > 40 and len(rows) == len([p for p in out.rglob("index.html") if p.relative_to(out).parts[0] not in ("en", "sr-latn", "pretraga") and 'content="noindex"' not in p.read_text(encoding="utf-8")]), len(rows))
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *a): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(out))); threading.Thread(target=server.serve_forever, daemon=True).start()
FIND = "([code, words, most]) => new Promise(done => { const q = words.slice(), got = []; const next = () => q.length ? letakSearch.find(document.getElementById('search') ? '' : '', code, q.shift(), most, (list, total) => { got.push((list || []).map(p => p.path)); next(); }) : done(got); next(); })"
def find(page, code, words, most=8): return page.evaluate(FIND, [code, words, most])
def body(f):
    t = subprocess.run([LETAK, "dump", "html", f], capture_output=True, text=True, cwd=root).stdout; return re.sub(r"<[^>]*>|&\w+;", " ", t)
rules = r["rules"]
with sync_playwright() as pw:
    browser = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=["--no-sandbox"])
    for where, base in (("a folder", out.as_uri() + "/"), ("a server", f"http://127.0.0.1:{server.server_port}/")):
        said, asked = [], []; page = browser.new_page(viewport={"width": 390, "height": 800}); page.on("console", lambda m: said.append(m.text)); page.on("pageerror", lambda e: said.append(str(e))); page.on("request", lambda q: asked.append(q.url))
        page.goto(base + "index.html"); page.keyboard.press("Tab")
        for _ in range(12):
            if page.evaluate("document.activeElement.id") == "search-words": break
            page.keyboard.press("Tab")
        check(f"from {where}: the box is reached by the keyboard and has a name", page.evaluate("document.activeElement.id") == "search-words" and page.get_by_role("searchbox", name="Шта тражите?").count() == 1)
        page.keyboard.type("zastita zrtava"); page.keyboard.press("Enter"); page.wait_for_selector(".search-results")
        check(f"from {where}: the answer is announced and gets the focus", page.evaluate("document.activeElement.id") == "search-head" and page.locator("[role=status]", has_text="Пронађено страница:").count() == 1)
        first = page.locator(".search-results a").first; title = first.text_content(); page.keyboard.press("Tab"); check(f"from {where}: the next key leads to the first page found", page.evaluate("document.activeElement.textContent") == title, title)
        check(f"from {where}: what was looked for stands in no address", "zastita" not in "".join(asked) + page.url)
        page.keyboard.press("Escape"); check(f"from {where}: Escape puts it away", page.locator(".search-results").count() == 0 and page.evaluate("document.activeElement.id") == "search-words")
        page.keyboard.press("Control+A"); page.keyboard.type("ћћћћћ"); page.keyboard.press("Enter"); page.wait_for_selector(".search-results"); check(f"from {where}: nothing found is said", "Ништа" in page.locator("#search-head").text_content())
        same = find(page, "sr-cyrl", ["заштита", "zaštita", "zastita", "ЗАШТИТА", "заштитом"], 20); check(f"from {where}: заштита, zaštita, zastita and заштитом find the same pages", same[0] and all(s == same[0] for s in same), same)
        same = find(page, "sr-cyrl", ["догађај", "događaj", "dogadjaj"], 20); check(f"from {where}: so do догађај, događaj and dogadjaj", same[0] and all(s == same[0] for s in same), same)
        wrong, n = [], 0
        for code, folder in (("sr-cyrl", ""), ("sr-latn", "sr-latn/")):
            ask = [(f(x[1]), [folder + y[0] for y in rows if y[1] == x[1]]) for x in rows for f in (str, latin, bare)]
            got = find(page, code, [q for q, _ in ask]); n += len(ask); wrong += [(q, g[:3]) for (q, want), g in zip(ask, got) if not g or g[0] not in want]
        print(f"# search from {where}: {n - len(wrong)} of {n} titles (three spellings, two scripts of the site) find their page first"); check(f"from {where}: every title in three spellings finds its page first", not wrong, wrong[:5])
        if where == "a folder":
            # both halves alike: the terms of each page by the script = those that the program wrote
            diff, n, texts_of = [], 0, {}
            for x, have in zip(rows, terms):
                src = root / "content" / (x[0][:-len("index.html")].rstrip("/") or ".") / "index.md"
                if not src.exists(): src = next((c for c in (root / "content" / x[0]).parents[1].glob("*.md") if re.sub(r"^\d+-", "", c.stem) == pathlib.PurePath(x[0]).parent.name), None)
                if not src: diff.append(("no source", x[0])); continue
                front = re.match(r"---\n(.*?)\n---\n", src.read_text(encoding="utf-8"), re.S)[1]; more = [m[1] for m in re.finditer(r"^(?:title|description|subtitle|code): *(.*)$", front, re.M)]
                got = page.evaluate("([rules, text]) => letakSearch.fold(rules, text).filter(w => w.length >= 2 && w.length <= 32 && (w.match(/[0-9]/g) || []).length <= 6).map(w => letakSearch.stem(rules, w))", [rules, texts_of.setdefault(x[0], body(src)) + " " + " ".join(more)])
                n += len(set(got)); d = set(got) ^ {t for t in have if " " not in t}
                if d: diff.append((x[0], sorted(d)[:6]))
            check(f"the script folds and stems as the program does ({n} terms of {len(rows)} pages)", not diff, diff[:6])
            # two neighbouring words of five letters or more from the middle of a text, which no more than five pages have beside each other in any form (more could not all be among five)
            rnd, asks = random.Random(7), []; texts = {x[0]: " ".join(texts_of[x[0]].split()) for x in rows}; pairs = {k: sorted(set(re.findall(r"(?<!\w)[А-Ша-шЂЈЉЊЋЏђјљњћџ]{5,} [а-шђјљњћџ]{5,}(?!\w)", t))) for k, t in texts.items()}
            while len(asks) < 50:
                path = rnd.choice(sorted(pairs)); w = rnd.choice(pairs[path]) if pairs[path] else ""
                pair = " ".join(page.evaluate("([rules, text]) => letakSearch.fold(rules, text).map(w => letakSearch.stem(rules, w))", [rules, w])) if w else ""
                if pair and sum(pair in t for t in terms) <= 5: asks.append((path, w))
            got = find(page, "sr-cyrl", [q for _, q in asks], 5); miss = [(p, q, g) for (p, q), g in zip(asks, got) if p not in g]; firsts = sum(g[:1] == [p] for (p, _), g in zip(asks, got))
            print(f"# search: {50 - len(miss)} of 50 pairs of words find their page among the first five, {firsts} first"); check("50 pairs of words from inside the texts find their page among the first five", not miss, miss)
        check(f"from {where}: no word in the console, nothing from elsewhere", not said and all(u.startswith(base) or u.startswith("data:") for u in asked), (said, [u for u in asked if not u.startswith(base)][:3])); page.close()
    # --- a cold question, counted ---
    page = browser.new_page(); sizes = []; page.on("request", lambda q: sizes.append(pathlib.Path(out / q.url.split("/site/", 1)[1]).stat().st_size if "/search/" in q.url or q.url.endswith("search.js") else 0))
    page.goto((out / "index.html").as_uri()); page.fill("#search-words", "безбедан смештај"); page.press("#search-words", "Enter"); page.wait_for_selector(".search-results"); print(f"# search: a cold question of two words loads {sum(sizes)} bytes of script and index"); check("a cold question costs less than 80 KB", 0 < sum(sizes) < 80000, sum(sizes)); page.close()
    # --- the open answer judged by axe-core ---
    axe = next((root / "build/checkers/node_modules/axe-core").rglob("axe.min.js"))
    for scheme in ("light", "dark"):
        ctx = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme, bypass_csp=True); page = ctx.new_page(); page.goto((out / "en/index.html").as_uri()); page.fill("#search-words", "phone help"); page.press("#search-words", "Enter"); page.wait_for_selector(".search-results")
        page.add_script_tag(path=str(axe)); v = page.evaluate("axe.run(document).then(r => r.violations.map(x => x.id + ' ' + x.nodes[0].target))"); over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"); check(f"axe-core finds nothing in an open answer, {scheme}", not v and over <= 0, (v, over))
        if os.environ.get("SHOT"): page.screenshot(path=f"{os.environ['SHOT']}/answer-{scheme}.png")
        ctx.close()
    # --- the languages that wait for a speaker: signs of letters may be left out, Arabic too ---
    drafts = TMP / "drafts"; subprocess.run([LETAK, "build", "--drafts", "-C", root, "-o", drafts, "--as-of", "2026-11-24"], capture_output=True)
    for code, words in (("hu", ("Segítség és támogatás", "segitseg tamogatas", "tolmács")), ("ar", ("المساعدة والدعم", "الشُرطة", "مترجم")), ("ro", ("Ajutor și sprijin", "siguranta", "interpret")), ("sq", ("Ndihmë dhe mbështetje", "mbeshtetje", "përkthyes"))):
        page = browser.new_page(); page.goto((drafts / code / "info-letak/index.html").as_uri()); found = {}
        for w in words: page.fill("#search-words", w); page.press("#search-words", "Enter"); page.wait_for_function("n => document.querySelectorAll('.search-results').length === 1 && document.activeElement.id === 'search-head' || n < 0", arg=0, timeout=60000); found[w] = [u[6:] for u in page.eval_on_selector_all(".search-results ol a", "list => list.map(a => a.getAttribute('href'))")]; page.press("#search-words", "Escape")
        check(f"{code}: words of the help page find it", all(f"{code}/pomoc/index.html" in u for u in found.values()) and found[words[0]][0] == f"{code}/pomoc/index.html", found); page.close()
    # --- without script ---
    ctx = browser.new_context(java_script_enabled=False); page = ctx.new_page(); page.goto((out / "sr-latn/index.html").as_uri()); page.click("#search"); check("without script a link leads to the list of all pages", page.url.endswith("sr-latn/pretraga/index.html") and page.locator("h1").text_content() == "Pretraga i sve stranice" and page.locator("noscript p").count() == 1, page.url); ctx.close(); browser.close()
# --- the list in order ---
AZB, ABC = "абвгдђежзијклљмнњопрстћуфхцчџш", "а б ц ч ћ д џ ђ е ф г х и ј к л љ м н њ о п р с ш т у в з ж".replace(" ", "")
def listed(folder): return re.findall(r"<section class=\"letter\".*?<h2[^>]*>(.*?)</h2>(.*?)</section>", (out / folder / "pretraga/index.html").read_text(encoding="utf-8"), re.S)
def titles(part): return [html.unescape(t) for t in re.findall(r"<li><a [^>]*>(.*?)</a>", part)]
cyr = listed(""); names = [l for l, _ in cyr if l != "0–9"]; check("the list stands in the order of the азбука, each letter once", names == sorted(names, key=lambda l: AZB.index(l.lower())) and len(set(names)) == len(names) > 10, names)
check("it has every page", sorted(t for _, p in cyr for t in titles(p)) == sorted(x[1] for x in rows)); back = {latin(c.upper()): c for c in AZB}
lat = [l for l, _ in listed("sr-latn") if l != "0–9"]; check("in Latin script in that of the abeceda", [back[l] for l in lat] == sorted((back[l] for l in lat), key=ABC.index) and "Č" not in lat[:lat.index("C") + 1 if "C" in lat else 0], lat)
en = [t for _, p in listed("en") for t in titles(p)]; check("in English in that of English", en == sorted(en, key=str.lower) and len(en) > 5, en)
