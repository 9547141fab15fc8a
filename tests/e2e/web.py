#!/usr/bin/env python3
"""The built website judged by tools that others wrote: the Nu HTML checker and axe-core in Chromium, on one page of every layout and language (every page with ALL=1), those that
wait for a speaker (--drafts) too; links and anchors from a disk, a server and a folder of a server; what a page may not ask for; size of the help page; the site without script."""
import concurrent.futures, functools, html.parser, http.server, json, os, pathlib, re, shutil, subprocess, sys, threading, urllib.parse, urllib.request, xml.dom.minidom
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); root = pathlib.Path(__file__).resolve().parents[2]; checkers = root / "build/checkers"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1500]}", flush=True)
src = TMP / "src"; shutil.copytree(root / "content", src / "content"); brochure = src / "content/literatura/brosura/index.md"; brochure.parent.mkdir()  # the one layout that the sample site has no page of
brochure.write_text("---\nkind: brochure\ntitle: Проба брошуре\nauthors: [Ана Анић]\nyear: 2026\ndesign: Бора Борић\n---\nТекст.\n\n## Први одељак\n\nТекст.\n\n## Други одељак\n\n- а\n- б\n")
gone = src / "content/vesti/istekla/index.md"; gone.parent.mkdir(); gone.write_text("---\nkind: news\ntitle: Истекла проба\npublished: 2025-02-01\nexpires: 2026-01-01\n---\nТекст.\n")
out = TMP / "site"; p = subprocess.run([LETAK, "build", "-C", src, "-o", out, "--as-of", "2026-11-24", "--lang", "en"], capture_output=True, text=True)
check("the sample site builds", p.returncode == 0, p.stderr)
pages = sorted(out.rglob("*.html")); check("it has pages in three languages", all((out / d / "index.html").exists() for d in ("", "sr-latn", "en")) and len(pages) > 60, len(pages))
ONE = ["index.html", "404.html", "pretraga/index.html", "pomoc/index.html", "recnik/index.html", "projekti/index.html", "projekti/prvi-korak/index.html", "dokumenta/index.html", "dokumenta/statut/index.html", "partneri/index.html", "partneri/policija/index.html", "sr-latn/o-centru/sluzba/index.html", "pitanja/index.html", "literatura/index.html", "en/literatura/index.html", "vesti/index.html", "info-letak/index.html", "obrasci/f8/index.html", "dogadjaji/rano-prepoznavanje/index.html", "dogadjaji/rano-prepoznavanje/pokazatelji/index.html",
       "literatura/bezbedni-materijali/index.html", "literatura/bezbedni-materijali/bezbednost/index.html", "izvestaji/godisnji-2025/index.html", "delatnost/index.html", "en/index.html", "en/obrasci/f8/index.html", "sr-latn/kontakt/index.html"]
ONE += ["vesti/istekla/index.html", "cesta-pitanja/index.html", "literatura/brosura/index.html", str(next(p for p in pages if p.parent.parent.name == "vesti").relative_to(out))]
for f in ONE: check(f"there is {f}", (out / f).exists())
# 404.html alone links from the site's root, so it is judged as it would look there
plain = out / "404-as-served.html"; plain.write_text((out / "404.html").read_text(encoding="utf-8").replace('="/', '="./'), encoding="utf-8"); ONE[ONE.index("404.html")] = plain.name
moved = out / "cesta-pitanja/as-shown.html"; moved.write_text(re.sub('<meta http-equiv="refresh"[^>]*>', "", (out / "cesta-pitanja/index.html").read_text(encoding="utf-8")), encoding="utf-8"); ONE[ONE.index("cesta-pitanja/index.html")] = str(moved.relative_to(out))  # the page itself leads on at once
drafts = TMP / "drafts"; p = subprocess.run([LETAK, "build", "--drafts", "-C", src, "-o", drafts, "--as-of", "2026-11-24", "--lang", "en"], capture_output=True, text=True); check("it builds with what waits for a speaker", p.returncode == 0, p.stderr)
WAITING = ["hu", "ar", "ro", "sq"]; waiting = sorted(f for l in WAITING for f in (drafts / l).rglob("*.html")); check("that is a help page, a leaflet and a list of pages in each of their languages, in none without --drafts", all((drafts / l / d / "index.html").exists() for l in WAITING for d in ("pomoc", "info-letak", "pretraga")) and not [l for l in WAITING if (out / l).exists()], waiting)
judged = [out / f for f in ONE if (out / f).exists()] + [drafts / f for f in ("ar/pomoc/index.html", "ar/info-letak/index.html", "ar/obrasci/f6/index.html", "ar/pretraga/index.html", "hu/pomoc/index.html", "ro/info-letak/index.html", "sq/pomoc/index.html")] if not os.environ.get("ALL") else [plain, moved] + [p for p in pages if p.name != "404.html" and 'http-equiv="refresh"' not in p.read_text(encoding="utf-8")] + waiting
# --- Nu HTML checker ---
jar = next(checkers.rglob("vnu.jar"), None); check("the Nu HTML checker is here", jar, checkers)
if jar:
    copies = []  # without the policy: the checker takes 'self' of a file: address for nothing at all; axe-core below obeys it
    for p in judged:
        c = TMP / "nu" / p.relative_to(TMP); c.parent.mkdir(parents=True, exist_ok=True); c.write_text(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", p.read_text(encoding="utf-8")), encoding="utf-8"); copies.append(c)
    q = subprocess.run(["java", "-jar", jar, "--Werror", "--format", "json", "--stdout", *copies], capture_output=True, text=True)
    m = json.loads(q.stdout or "{}").get("messages"); check(f"{len(judged)} pages are valid HTML", m == [] and q.returncode == 0, [(x.get("url", "")[-40:], x.get("lastLine"), x.get("message")) for x in m or []][:8] or q.stderr)
# --- axe-core, consoles, requests, sideways scrolling ---
py = checkers / "venv/bin/python"; check("axe-core and its browser are here", py.exists(), checkers)
if py.exists():
    size, at_once = (12, 2) if os.environ.get("ALL") else (4, 1)
    parts = [judged[k:k + size] for k in range(0, len(judged), size)]
    def axe(part): return subprocess.run([py, root / "tests/validate/axe.py", checkers / "node_modules/axe-core", *part], capture_output=True, text=True)
    for part, q in zip(parts, concurrent.futures.ThreadPoolExecutor(at_once).map(axe, parts)):
        bad = [l for l in q.stdout.splitlines() if json.loads(l).get("violations") or '"console"' in l]
        check("axe-core finds nothing; with script and without nothing is asked for, said to the console or wider than the screen: " + ", ".join(str(p.relative_to(TMP)) for p in part), q.returncode == 0 and q.stdout.count('"passes"') == 4 * len(part), "\n".join(bad) or q.stderr)
plain.unlink(); moved.unlink()
# --- every page: links, anchors, policy ---
class Page(html.parser.HTMLParser):
    def __init__(s): super().__init__(); s.links, s.ids, s.bad, s.h = [], set(), [], []
    def handle_starttag(s, tag, attrs):
        a = dict(attrs)
        if a.get("id"): s.bad += [f"id {a['id']} twice"] if a["id"] in s.ids else []; s.ids.add(a["id"])
        for k in ("href", "src"):
            if k in a: s.links.append((tag, a[k] or "", a))
        if tag == "script" and not a.get("src"): s.bad.append("inline script")
        if tag == "style" or "style" in a: s.bad.append("inline style")
        s.bad += [k for k in a if k.startswith("on")]
        if tag == "img" and "alt" not in a: s.bad.append("image without alt")
        if re.fullmatch("h[1-6]", tag): s.h.append(int(tag[1]))
def site_pages(site): return {p: (q.feed(p.read_text(encoding="utf-8")), q)[1] for p in sorted(site.rglob("*.html")) for q in [Page()]}
read = site_pages(out); dead, foreign, bad, heads = [], set(), [], []
def dead_links(site, read):
    dead = []
    for p, q in read.items():
        for tag, url, a in q.links:
            u = urllib.parse.urlsplit(url)
            if u.scheme: continue
            target = (site / u.path.lstrip("/") if p.name == "404.html" else (p.parent / urllib.parse.unquote(u.path)).resolve()) if u.path else p
            if target.is_dir(): dead.append(f"{p.relative_to(site)} -> {url}: a folder, so it fails from a disk")
            elif not target.exists(): dead.append(f"{p.relative_to(site)} -> {url}")
            elif u.fragment and target in read and urllib.parse.unquote(u.fragment) not in read[target].ids: dead.append(f"{p.relative_to(site)} -> {url}: no such place")
    return dead
for p, q in read.items():
    bad += [f"{p.relative_to(out)}: {b}" for b in q.bad]
    if q.h.count(1) != 1 or any(b > a + 1 for a, b in zip(q.h, q.h[1:])): heads.append((str(p.relative_to(out)), q.h))
    for tag, url, a in q.links:
        u = urllib.parse.urlsplit(url)
        if u.scheme in ("http", "https"):
            if tag != "a" and not (tag == "link" and a.get("rel") in ("canonical", "alternate")): foreign.add(url)
for name, site in (("published", out), ("with drafts", drafts)): all_of = site_pages(site); dead = dead_links(site, all_of); check(f"no dead link or place from a disk on {len(all_of)} pages, {name}", not dead and len(all_of) > 60, dead[:10])
# the same from a server, at its root and in a folder of it: whatever a page names is asked for, and every page is met
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(s, *a): pass
def crawl(served, start):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=served)); threading.Thread(target=server.serve_forever, daemon=True).start(); base = f"http://127.0.0.1:{server.server_port}"
    seen, todo, wrong = {}, [(f"{base}{start}", "")], []
    while todo:
        url, by = todo.pop(); u = url.split("#")[0]
        if u not in seen:
            try:
                with urllib.request.urlopen(u) as r: body, kind = r.read(), r.headers.get_content_type()
            except OSError as e: body, kind = b"", f"{e}"; wrong.append((by, u, kind))
            seen[u] = q = Page(); q.text = body.decode("utf-8", "replace") if kind == "text/html" else ""; q.feed(q.text)
            todo += [(t, u) for tag, l, a in q.links for t in [urllib.parse.urljoin(u, l)] if t.startswith(base)]
        if "#" in url and seen[u].text and urllib.parse.unquote(url.split("#")[1]) not in seen[u].ids: wrong.append((by, url, "no such place"))
    server.shutdown(); server.server_close()
    return {urllib.parse.unquote(u[len(base):]) for u, q in seen.items() if q.text}, wrong
(TMP / "www/pod").mkdir(parents=True); (TMP / "www/pod/sajt").symlink_to(drafts)
for name, served, start in (("at the root of a server", out, "/"), ("in a folder of a server, with drafts", TMP / "www", "/pod/sajt/")):
    met, wrong = crawl(served, start + "index.html"); site = out if served == out else drafts; missed = [f for p in site.rglob("*.html") for f in [str(p.relative_to(site))] if f != "404.html" and start + f not in met]
    check(f"crawled {name}: {len(met)} pages, nothing missing", not wrong and len(met) > 60, wrong[:8]); missed = [f for f in missed if 'name="robots" content="noindex"' not in (site / f).read_text(encoding="utf-8")]; check(f"and every page is met on the way but those of former addresses and expired documents, {name}", not missed, missed[:8])
check("nothing is loaded from another host", not foreign, foreign); check("no inline script, style or handler, no id twice, no image without alt", not bad, bad[:10])
check("one heading of level 1 on each page, no level skipped", not heads, heads[:5])
text = {p: p.read_text(encoding="utf-8") for p in pages}
check("each page has a policy that lets nothing in from elsewhere", all("Content-Security-Policy" in t and "default-src 'self'" in t for t in text.values())); check("and tells no other site where the reader was", all('name="referrer" content="no-referrer"' in t for t in text.values()))
check("each page has the exit, a skip link and help", all(re.search(r'<a[^>]*class="[^"]*exit', t) and 'rel="nofollow noreferrer"' in t for t in text.values()))
latin = [p for p in pages if "sr-latn" in p.parts]; cyr = re.compile("[\u0400-\u045f]")
left = [(str(p.relative_to(out)), m.group(0)) for p in latin for m in [cyr.search(re.sub(r'<(code|pre|span|a|b|i|bdi)\b[^>]*(translate="no"|lang="(?!sr-Latn)[^"]*")[^>]*>.*?</\1>|<code.*?</code>|<head.*?</head>', "", text[p], flags=re.S))] if m]
check("no Cyrillic is left on Latin pages", not left, left[:5])
# art. 9 of the statute, a line each: what stands in its place, on the page of activities in each script
STATUTE = {"procena": "снага и ризика", "identifikacija": "показатељ", "planovi": "Индивидуални планови", "pracenje": "исход", "koordinacija": "тужилаштва", "saradnja": "у земљи и иностранству", "prihvat": "Ургентни прихват", "evidencija": "Евиденција и документација",
           "istrazivanja": "унапређење система", "literatura": "Стручна литература", "informisanje": "годишњ", "skupovi": "семинари", "drugi-poslovi": "Други послови"}
sections = dict(re.findall(r'<h2[^>]*\bid="([^"]+)"[^>]*>(.*?)(?=<h2|</main>)', text[out / "delatnost/index.html"], re.S)); away = [k for k, w in STATUTE.items() if w not in sections.get(k, "") or len(re.sub("<[^>]*>", "", sections[k]).split()) < 25]
check(f"each of the {len(STATUTE)} activities of the statute has its place, with something said of it", not away and list(sections)[:len(STATUTE)] == list(STATUTE), away or list(sections)); check("in Latin script, too", set(STATUTE) <= read[out / "sr-latn/delatnost/index.html"].ids)
check("and the home page leads there", any((out / u).resolve() == out / "delatnost/index.html" for t, u, a in read[out / "index.html"].links if t == "a" and ":" not in u))
help_page = out / "pomoc/index.html"; size = help_page.stat().st_size + sum((help_page.parent / u).resolve().stat().st_size for t, u, a in read[help_page].links if t in ("link", "script", "img") and not re.match("https?:", u) and (help_page.parent / u).resolve().is_file())
check(f"the help page is under 100 KB in all ({size} bytes)", size < 100_000)
for f in sorted(out.rglob("*.xml")):
    try: xml.dom.minidom.parse(str(f))
    except Exception as e: check(f"{f.relative_to(out)} is well-formed", False, e)
ics = out / "dogadjaji/rano-prepoznavanje/rano-prepoznavanje.ics"; t = ics.read_bytes() if ics.exists() else b""
check("the event has a calendar file with its zone and lines of at most 75 bytes", b"TZID=Europe/Belgrade:20270318T090000" in t and b"BEGIN:VTIMEZONE" in t and all(len(l) <= 75 for l in t.split(b"\r\n")) and t.endswith(b"\r\n"), t[:400])
# the one photograph-like picture of the sample site, as browsers choose from it
room = (out / "projekti/tiha-soba/index.html").read_text(encoding="utf-8"); sources = re.findall(r'<source type="(image/\w+)"[^>]* srcset="([^"]*)"', room); offered = [(t, s.split()) for t, l in sources for s in l.split(", ")]
check("the sample picture is offered as AVIF and WebP in three widths each, all there, and as JPEG, with its size, what it shows and that it is drawn", [t for t, l in sources] == ["image/avif", "image/webp"] and [w for t, (f, w) in offered] == ["480w", "960w", "1600w"] * 2 and all((out / "projekti/tiha-soba" / f).is_file() for t, (f, w) in offered)
      and re.search(r'<img [^>]*src="[^"]*\.jpg"[^>]*', room) and all(re.search(w, re.search("<picture>.*?</picture>", room, re.S)[0]) for w in ('width="', 'height="', 'alt="Празна светла соба[^"]*нацртана рачунаром')), (sources, re.search("<picture>.*?</picture>", room, re.S)))
private = [str(f.relative_to(out)) for f in out.rglob("*") if f.suffix in (".md", ".yml", ".mustache")]; check("no source is published", not private, private)
