#!/usr/bin/env python3
"""Time binds everything alike: a page that is not yet, or no longer, to be seen leaves no trace in pages, lists, feeds, calendar, site map, search and PDFs on any day; expired
pages say so at their address; addresses that pages had lead on; news by year, events to come and past; what is wrong with dates and addresses is told with its place."""
import html, os, pathlib, re, subprocess
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); root = pathlib.Path(__file__).resolve().parents[2]
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1200]}", flush=True)
def put(site, files):
    for name, text in files.items(): f = TMP / site / "content" / name; f.parent.mkdir(parents=True, exist_ok=True); f.write_text(text, encoding="utf-8")
def build(site, day, *more):
    out = TMP / f"{site}-{day}"; p = subprocess.run([LETAK, "build", "-C", TMP / site, "-o", out, "--as-of", day, "--lang", "en", *more], capture_output=True, text=True); return p, out
SITE = "name: {sr: Сајт, en: Site}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn, en]\nsearch: true\n"
def page(title, text="Текст.", **keys): return "---\n" + "".join(f"{k.replace('_', '-')}: {v}\n" for k, v in dict(title=title, **keys).items()) + f"---\n{text}\n"
EVENT = "Увод.\n\n## Програм\n\n| Време | Тема | Излагач | Облик |\n|---|---|---|---|\n| 10.00 | Тема | Неко | разговор |\n"
put("a", {"site.yml": SITE, "index.md": page("Почетна"), "index.en.md": page("Home", "Text."), "vesti/index.md": page("Вести"), "vesti/index.en.md": page("News", "Text."), "dogadjaji/index.md": page("Догађаји"), "dokumenta/index.md": page("Документа"),
    "vesti/stalna/index.md": page("Сталноименовање", kind="news", published="2025-02-01", updated="2025-03-04", aliases="[vesti/stara-adresa, /2024/old/index.html]"), "vesti/stalna/index.en.md": page("Lateenglish", "Text.", embargo="2026-06-01", updated="2026-05-20"),
    "vesti/nacrt/index.md": page("Нацртименовање", "недоврше­нареч".replace("\u00ad", ""), kind="news", published="2026-01-05", draft="true"), "vesti/nova/index.en.md": page("Pendingtitle", "unreadword", review="pending"),
    "knjiga/index.md": page("Књига", kind="book"), "knjiga/01-prvo.md": page("Првопоглавље", "Текст."), "knjiga/02-drugo.md": page("Другопоглавље", "Текст.", embargo="2026-06-01"), "knjiga/03-trece.md": page("Трећепоглавље", "Текст.", expires="2026-05-01"), "vesti/nova/index.md": page("Новоименовање", kind="news", published="2026-03-01"),
    "vesti/tajna/index.md": page("Ембаргоименовање", "[веза](../stalna/index.md) тајанственореч", kind="news", published="2026-01-05", embargo="2026-06-01"), "vesti/tajna/index.en.md": page("Embargotitle", "secretword"),
    "vesti/kratka/index.md": page("Кратковечноименовање", "пролазнореч", kind="news", published="2026-02-01", expires="2026-05-01", replaced_by="dokumenta/novi"), "vesti/kratka/index.en.md": page("Shortlived", "passingword"),
    "dokumenta/novi/index.md": page("Документ који важи", kind="report"), "dokumenta/stari/index.md": page("Истекаодокумент", "старореч", kind="report", expires="2026-05-01", replaced_by="dokumenta/novi"),
    "dogadjaji/skup/index.md": page("Скупоименовање", EVENT, kind="event", type="meeting", start="2026-04-10 10:00", end="2026-04-10 12:00"), "dogadjaji/kasniji/index.md": page("Каснијескупоименовање", EVENT, kind="event", type="meeting", start="2026-09-10 10:00", end="2026-09-10 12:00", embargo="2026-06-01")})
NAMES = {  # what is looked for in every byte that is published, and the days (from, to) on which it may be found
    "Сталноименовање": ("", "9"), "Новоименовање": ("2026-03-01", "9"), "Ембаргоименовање": ("2026-06-01", "9"), "тајанственореч": ("2026-06-01", "9"), "Embargotitle": ("2026-06-01", "9"), "secretword": ("2026-06-01", "9"), "vesti/tajna": ("2026-06-01", "9"),
    "Кратковечноименовање": ("2026-02-01", "2026-05-01"), "пролазнореч": ("2026-02-01", "2026-05-01"), "Shortlived": ("2026-02-01", "2026-05-01"), "passingword": ("2026-02-01", "2026-05-01"), "Истекаодокумент": ("", "2026-05-01"), "старореч": ("", "2026-05-01"),
    "Lateenglish": ("2026-06-01", "9"), "Нацртименовање": ("9", "9"), "недовршенареч": ("9", "9"), "Pendingtitle": ("9", "9"), "unreadword": ("9", "9"), "Првопоглавље": ("", "9"), "Другопоглавље": ("2026-06-01", "9"), "Трећепоглавље": ("", "2026-05-01"),
    "Скупоименовање": ("", "9"), "Каснијескупоименовање": ("2026-06-01", "9"), "dogadjaji/kasniji": ("2026-06-01", "9")}
CYR = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "a b v g d đ e ž z i j k l m n o p r s t ć u f h c č š".split()), љ="lj", њ="nj", џ="dž")
def latin(s): return "".join((CYR[c.lower()].capitalize() if c.isupper() else CYR[c]) if c.lower() in CYR else c for c in s)
def bare(s): return latin(s).translate(str.maketrans("čćšžđ", "ccszd")).lower()
def all_text(out):
    t = {}
    for f in sorted(out.rglob("*")):
        if not f.is_file() or f.name == ".letak-manifest": continue
        t[str(f.relative_to(out))] = subprocess.run(["pdftotext", "-q", f, "-"], capture_output=True, text=True).stdout if f.suffix == ".pdf" else "" if f.suffix == ".png" else f.read_text(encoding="utf-8").replace("\r\n ", "")
    return t
GONE = ["", "sr-latn/", "en/"]
for day in ("2026-01-31", "2026-02-01", "2026-04-30", "2026-05-01", "2026-05-31", "2026-06-01"):
    p, out = build("a", day); texts = all_text(out); wrong = []
    for name, (start, end) in NAMES.items():
        tomb = {g + d + "/index.html" for g in GONE for d in ("vesti/kratka", "dokumenta/stari", "knjiga/trece")}
        found = [f for f, t in texts.items() if any(n in t for n in {name, latin(name), bare(name)}) and not (day >= "2026-05-01" and f in tomb)]
        if bool(found) != (start <= day < end): wrong.append((name, found[:4]))
    check(f"on {day} what is published is published everywhere and the rest nowhere ({len(texts)} files)", p.returncode == 0 and not wrong, wrong or p.stderr)
t = texts["vesti/kratka/index.html"]; check("an expired page says so, leads to what holds and above, and is not for search engines", all(w in t for w in ("Не важи више", "1.\u00a0мај 2026", 'href="../../dokumenta/novi/index.html"', 'href="../../vesti/index.html"', 'name="robots" content="noindex"')) and "пролазнореч" not in t, t[-1500:])
check("in Latin script and English too, of the texts there are", "Ne važi više" in texts["sr-latn/vesti/kratka/index.html"] and "Shortlived" in texts["en/vesti/kratka/index.html"] and "en/dokumenta/stari/index.html" not in texts and not [f for f in texts if "stari" in f and f.endswith(".pdf")])
for g, alias, back in (("", "vesti/stara-adresa", "../../"), ("sr-latn/", "vesti/stara-adresa", "../../../"), ("", "2024/old", "../../")):
    t = texts.get(f"{g}{alias}/index.html", ""); check(f"the former address {g}{alias} leads on, by itself and by a link", f'content="0; url={back}{g}vesti/stalna/index.html"' in t and f'href="{back}{g}vesti/stalna/index.html"' in t and 'content="noindex"' in t, t[:600])
check("no former or expired address is in site map, feed or search", not [f for f, t in texts.items() if (f.endswith(".xml") or f.startswith("search/")) and re.search("stara-adresa|2024/old|vesti/kratka|dokumenta/stari", t)])
v = texts["vesti/index.html"]; check("news stand under their years, newest first", re.findall(r'<h3 id="godina-(\d+)"', v) == ["2026", "2025"] and v.index("Новоименовање") < v.index("Сталноименовање"), v[-2500:])
d = texts["dogadjaji/index.html"]; up, past = d.find("Предстојећи догађаји"), d.find("Прошли догађаји"); check("events to come stand before past ones", 0 < up < d.find("Каснијескупоименовање") < past < d.find("Скупоименовање", past), (up, past))
feed, sitemap = texts["en/feed.xml"], texts["sitemap.xml"]; lastmod = dict(re.findall(r"<url><loc>([^<]*)</loc><lastmod>([^<]*)", sitemap)); foot = lambda f: re.search(r'<time datetime="([^"]+)">[^<]*</time></span>', texts[f])[1]
check("the day of the last change is the text's own on the page, in the site map and in the feed", lastmod["https://primer.invalid/vesti/stalna/"] == foot("vesti/stalna/index.html") == foot("sr-latn/vesti/stalna/index.html") == "2025-03-04" and lastmod["https://primer.invalid/en/vesti/stalna/"] == foot("en/vesti/stalna/index.html") == "2026-05-20" and "<updated>2026-05-20T" in feed and "<published>2025-02-01T" in feed and "<updated>2025-03-04T" in texts["feed.xml"], (lastmod, feed[:900]))
p, out = build("a", "2026-01-10", "--drafts"); check("--drafts shows what is to come, drafts and what waits for a speaker", all((out / d / "index.html").exists() for d in ("vesti/tajna", "vesti/nacrt", "en/vesti/nova")) and p.returncode == 0, p.stderr)
# --- what is wrong, with its place ---
def bad(name, code, place, files):
    put(name, {"site.yml": SITE, "index.md": page("Почетна"), **files}); p, out = build(name, "2026-05-05"); line = next((l for l in p.stderr.splitlines() if f" {code}:" in l), "")
    check(f"{name}: {code} with place and mend, nothing published", p.returncode == 1 and line.startswith(place) and "; " in line and not out.exists(), p.stderr)
    sr = subprocess.run([LETAK, "build", "-C", TMP / name, "-o", out, "--as-of", "2026-05-05", "--lang", "sr"], capture_output=True, text=True).stderr; check(f"{name}: in Serbian too", any(f" {code}:" in l and re.search("[а-ш]{4}", l.split(code)[1]) for l in sr.splitlines()), sr)
bad("alias-living", "C150", "content/a/index.md:3:", {"a/index.md": page("А", aliases="[b]"), "b/index.md": page("Б")})
bad("alias-twice", "C151", "content/b/index.md:3:", {"a/index.md": page("А", aliases="[c]"), "b/index.md": page("Б", aliases="[c]")})
bad("alias-own", "C152", "content/a/index.md:3:", {"a/index.md": page("А", aliases="[pretraga]")}); bad("alias-up", "C152", "content/a/index.md:3:", {"a/index.md": page("А", aliases="[../../x]")}); bad("alias-language", "C152", "content/a/index.md:3:", {"a/index.md": page("А", aliases="[en/x]")})
bad("replaced", "C153", "content/a/index.md:4:", {"a/index.md": page("А", expires="2026-01-01", replaced_by="nema")})
bad("embargo-after-expiry", "C028", "content/a/index.md:4:", {"a/index.md": page("А", embargo="2026-06-01", expires="2026-05-01")})
