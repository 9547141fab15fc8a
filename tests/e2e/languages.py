#!/usr/bin/env python3
"""The sample site in all its languages, those that wait for a speaker (--drafts) too: who may read what, notices, hreflang, languages and directions of every text, scripts, phone numbers
in lines that run right to left, leaflets in six panels and their PDFs."""
import html.parser, json, os, pathlib, re, subprocess, xml.etree.ElementTree as ET
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); root = pathlib.Path(__file__).resolve().parents[2]; checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve()
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1200]}", flush=True)
def run(*a, **k): return subprocess.run([str(x) for x in a], capture_output=True, text=True, errors="replace", **k)
day = ["--as-of", "2026-11-24", "--lang", "en"]; pub, dr = TMP / "pub", TMP / "dr"
for out, more in ((pub, []), (dr, ["--drafts"])): p = run(LETAK, "build", *more, "-C", root, "-o", out, *day); check(f"the sample site builds {' '.join(more)}", p.returncode == 0 and not re.search("W02[0-5]", p.stderr), p.stderr)
WAITING = ["hu", "ar", "ro", "sq"]; BASE = re.search(r"^base-url: (\S+)", (root / "content/site.yml").read_text(), re.M)[1]; RTL = {"ar", "fa", "ps", "ur"}
word = {l: dict(re.findall(r'^"?([a-z-]+)"?: "?(.*?)"?$', (root / f"layouts/strings/{l}.yml").read_text(), re.M)) for l in WAITING + ["en", "sr"]}
def read(site): return {str(p.relative_to(site)): p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))}
P, D = read(pub), read(dr)
told = [f for f in pub.rglob("*") if f.is_file() and f.suffix in (".html", ".xml", ".js", ".json") and re.search(r'hreflang="(hu|ar|ro|sq)"|[/"](hu|ar|ro|sq)/', f.read_text(encoding="utf-8"))]
check("a language that only waits is nowhere in what is published", not [l for l in WAITING if (pub / l).exists()] and not told, told[:4])
# --- notices ---
def words(f): return " ".join(run("pdftotext", "-q", f, "-").stdout.replace("\u00ad\n", "").split())
for l in WAITING:
    mine = {f: t for f, t in D.items() if f.startswith(l + "/") and "/pretraga/" not in f}; pdfs = [f for f in dr.joinpath(l).rglob("*.pdf")]
    check(f"{l}: each of the {len(mine)} pages says in its language that nobody has checked it, and leads to the original in Latin script", len(mine) >= 2 and all(re.search(r'<p class="untranslated">' + re.escape(word[l]["pending-notice"]) + r' <a href="[./]*sr-latn/[^"]*" lang="sr-Latn-RS"', t) for t in mine.values()), [f for f, t in mine.items() if word[l]["pending-notice"] not in t])
    squeezed = lambda t: re.sub(r"\W", "", t); bare = lambda t: set(re.findall(r"\w+", re.sub("[\u064b-\u0652]", "", t)))  # extractors set the signs of Arabic beside their letters, and lines in another order
    silent = [str(f.relative_to(dr)) for f in pdfs if (bare(word[l]["pending-notice"]) - bare(words(f)) if l in RTL else squeezed(word[l]["pending-notice"]) not in squeezed(words(f)))]
    if l in RTL: check(f"{l}: no sign of a letter is said twice in any of them", not [f for f in pdfs if re.search("([\u064b-\u0652]).?\\1", run("mutool", "draw", "-q", "-F", "txt", f).stdout)], l)
    check(f"{l}: so does each of the {len(pdfs)} PDFs", len(pdfs) >= 3 and not silent, silent)
said = [f for f, t in D.items() if f.split("/")[0] not in WAITING and any(w["pending-notice"] in t for w in word.values())]; check("no other page says so", not said, said)
# --- hreflang: each page names all, itself too, all name the page back; others get the source ---
def alternates(t): return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', t))
for name, site in (("published", P), ("with drafts", D)):
    url = {BASE + re.sub(r"(^|/)index\.html$", r"\1", f): f for f in site}; wrong, n = [], 0
    for f, t in site.items():
        a = alternates(t); own = re.search(r'<html lang="([^"]+)"', t)[1]; canon = re.search(r'<link rel="canonical" href="([^"]+)"', t)
        if not a: continue
        n += 1; back = [x for x in a.values() if x not in url or alternates(site[url[x]]) != a]
        if back or a.get(own) != canon[1] or url.get(canon[1]) != f or a.get("x-default") != a.get("sr-Cyrl-RS") or len(a) < 3: wrong.append((f, a, back))
    check(f"hreflang of {n} pages is complete, reciprocal and has x-default, {name}", n > 100 and not wrong, wrong[:2])
    ns = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}; bad = []
    for u in ET.parse((pub if site is P else dr) / "sitemap.xml").getroot().findall("s:url", ns):
        f = url.get(u.find("s:loc", ns).text); a = {x.get("hreflang"): x.get("href") for x in u.findall("x:link", ns)}
        if not f or a != alternates(site[f]): bad.append((u.find("s:loc", ns).text, a))
    check(f"the site map says the same, {name}", not bad, bad[:2])
# --- language and direction of every text ---
CYR, ARA = re.compile("[\u0400-\u04ff]{2}"), re.compile("[\u0600-\u06ff]"); SHOWN = ("alt", "title", "aria-label", "placeholder", "content", "label")
class Texts(html.parser.HTMLParser):
    VOID = {"meta", "link", "img", "br", "input", "hr", "wbr", "col"}
    def __init__(s): super().__init__(); s.stack, s.wrong, s.phones, s.phone = [("", "ltr", "")], [], [], None
    def judge(s, text, lang, d):
        want = "rtl" if lang.split("-")[0] in RTL else "ltr"
        if lang and d != want: s.wrong.append(("direction", lang, d, text[:40]))
        if CYR.search(text) and not lang.startswith(("sr-Cyrl", "ru")): s.wrong.append(("Cyrillic", lang, text[:40]))
        if ARA.search(text) and lang not in RTL: s.wrong.append(("Arabic", lang, text[:40]))
    def handle_starttag(s, tag, attrs):
        a = dict(attrs); _, d, lang = s.stack[-1]; d, lang = a.get("dir", d), a.get("lang", lang)
        if tag == "meta" and a.get("name") == "description": s.judge(a["content"], lang, d)
        if tag not in ("bdi", "meta", "link"):
            for k in SHOWN:
                if a.get(k): s.judge(a[k], lang, "rtl" if lang.split("-")[0] in RTL else "ltr")
        if tag not in s.VOID: s.stack.append((tag, d, lang))
        if tag == "a": s.phone = [a["href"][4:], []] if (a.get("href") or "").startswith("tel:") else None; s.phones += [s.phone] if s.phone else []
    def handle_endtag(s, tag):
        while len(s.stack) > 1 and s.stack.pop()[0] != tag: pass
    def handle_data(s, text):
        tag, d, lang = s.stack[-1]; inside = [x[0] for x in s.stack]
        if "script" in inside or "head" in inside and tag != "title" or not text.strip(): return
        if "a" in inside and s.phone and "bdi" in inside: s.phone[1].append((d, text))
        if "bdi" not in inside and "code" not in inside and re.search(r"[^\W\d]", text): s.judge(text.strip(), lang, d)
wrong, phones, n = [], [], 0
for f, t in D.items():
    q = Texts(); q.feed(t); wrong += [(f, *w) for w in q.wrong]; n += len(q.phones)
    phones += [(f, x) for x in q.phones if len(x[1]) != 1 or x[1][0][0] != "ltr" or re.sub(r"[\s\u00a0]", "", x[1][0][1]) != x[0]]
check(f"every text of {len(D)} pages is in a script of its language and runs as that does", not wrong, wrong[:6]); check(f"all {n} phone numbers run left to right, isolated", n > 300 and not phones, phones[:4])
plain = [f for f, t in D.items() if ("<html lang=\"ar\" dir=\"rtl\">" in t) != f.startswith("ar/")]; check("pages in Arabic run right to left, no others", not plain, plain)
# --- Serbian in Latin script: texts, titles, alt texts (above), PDFs with their metadata, feeds, calendars, cards, what search shows ---
latin = [f for f in sorted(dr.rglob("*")) if f.is_file() and ("sr-latn" in f.relative_to(dr).parts or ".sr-latn." in f.name) and f.suffix not in (".html", "") and f.name != "root.js"]
left = [(str(f.relative_to(dr)), m[0]) for f in latin for m in [CYR.search(words(f) + run("pdfinfo", f).stdout if f.suffix == ".pdf" else f.read_text(encoding="utf-8"))] if m]
check(f"no Cyrillic is left in {len(latin)} files in Latin script: {' '.join(sorted({f.suffix for f in latin}))}", not left and {".pdf", ".xml", ".ics", ".vcf", ".js"} <= {f.suffix for f in latin}, left[:5])
# --- the same contacts, links and steps in every language ---
for page in ("pomoc", "info-letak"):
    of = {l: (re.findall(r'href="(tel:[^"]+)"', m), len(re.findall("<li>", m)), len(re.findall("<h2", m)), len(re.findall("<img", m))) for l in ["", "sr-latn/", "en/"] + [l + "/" for l in WAITING] for m in [re.search(r'<div class="body">(.*?)</main>', D[f"{l}{page}/index.html"], re.S)[1]]}
    check(f"{page} has the same numbers, steps, parts and pictures in {len(of)} languages", len({str(v) for v in of.values()}) == 1, of)
# --- contacts: where they stand, and for address books ---
p = run(LETAK, "where", "contact", "centar", "--drafts", "--json", "-C", root, *day); rows = [json.loads(x) for x in p.stdout.splitlines()]; listed = {r["path"] for r in rows if r["kind"] == "page"}; papers = {r["path"] for r in rows if r["kind"] == "pdf"}; NUMBERS = re.compile(r"\+381\s?(11|60)\s?000\s?0000")
prints = {f for f, t in D.items() if NUMBERS.search(re.search(r"<main.*</main>", t, re.S)[0].replace("\u00a0", " "))} ; check(f"letak where lists the {len(listed)} pages that print the help line, in every language", p.returncode == 0 and prints <= listed and {f"{l}/{d}/index.html" for l in WAITING for d in ("pomoc", "info-letak")} <= listed, (prints - listed, p.stderr))
papers = {f for f in papers if not f.endswith("-a3-a4.pdf")}  # a poster on sheets of A4: the number is cut over two of them
inked = {str(f.relative_to(dr)) for l in WAITING for f in (dr / l).rglob("*.pdf") if re.search("3811[16]?0?0000000|381110000000", re.sub(r"\D", "", words(f)))}; check(f"and the {len(inked)} PDFs of those that wait", inked == {f for f in papers if f.split("/")[0] in WAITING} and len(inked) == 68, inked ^ {f for f in papers if f.split("/")[0] in WAITING})
register = (root / "content/contacts.yml").read_text(encoding="utf-8"); centar = register[register.index("\ncentar:"):register.index("\nsluzba:")]
for l in WAITING:
    card = (dr / f"assets/kontakti/centar.{l}.vcf").read_bytes().replace(b"\r\n ", b"").decode(); own = re.findall(rf'{l}: ("?)(.*?)\1(?=[,}}] *(?:[a-z]{{2}}:|$)|}})', centar, re.M); said = [x[1] for x in own]
    check(f"{l}: the vCard has name, labels, hours and place in it", len(said) == 6 and all(x.replace(",", "\\,") in card for x in said) and card.count("TEL;") == 2 and "LANG;PREF=1:sr" in card, (said, card))
# --- leaflets ---
MM = 72 / 25.4
def chars(p):
    return [(n, float(font.get("size")), min(q[0::2]), min(q[1::2]), max(q[0::2]), max(q[1::2]), c.get("c"), float(page.get("width")), float(page.get("height")))
            for n, page in enumerate(ET.fromstring(run("mutool", "draw", "-q", "-F", "stext", p).stdout).iter("page")) for font in page.iter("font") for c in font.iter("char") if c.get("c").strip() for q in [[float(v) for v in c.get("quad").split()]]]
for l in WAITING:
    d = dr / l / "info-letak"
    for f in (d / "info-letak.pdf", d / "info-letak-2.pdf"):
        cs = chars(f); big = max(c[1] for c in cs); number = [c for c in cs if c[1] > big - 0.05]; edge = 5 * MM - 0.3
        check(f"{l}/{f.name}: six panels, 12 pt or more but for hours, nothing nearer than 5 mm to an edge", max(c[0] for c in cs) == 5 and not [c for c in cs if c[2] < edge or c[4] > c[7] - edge or c[3] < edge - 4 or c[5] > c[8] - edge + 4] and min(c[1] for c in cs) > 12 * 0.84, (max(c[0] for c in cs), min(c[1] for c in cs)))
        check(f"{l}/{f.name}: the phone number is the largest text and runs left to right", "".join(c[6] for c in sorted(number, key=lambda c: c[2])) == "+381110000000", "".join(c[6] for c in number))
        feet = [["".join(c[6] for c in sorted((c for c in cs if c[0] == n and c[3] > c[8] - 19 * MM), key=lambda c: c[2]))] for n in range(1, 6)]; check(f"{l}/{f.name}: so it does at the foot of the other five", feet == [["+381110000000"]] * 5, feet)
        run("pdftoppm", "-r", "110", "-gray", "-png", "-f", "6", f, TMP / "qr"); seen = [run("zbarimg", "-q", "--raw", x).stdout.strip() for x in TMP.glob("qr-*.png")]; [x.unlink() for x in TMP.glob("qr-*.png")]; check(f"{l}/{f.name}: the QR code is read", any(s.startswith("http") for s in seen), seen)
    got = [c for c in chars(d / "info-letak-print.pdf") if c[0] == 0]; phone = [c[2] / MM for c in got if c[1] > max(x[1] for x in got) - 0.05]; check(f"{l}: on the printed sheet the cover stands on the {'left' if l in RTL else 'right'} of the outside", phone and (max(phone) < 10 + 100 if l in RTL else min(phone) > 10 + 197), phone[:3])
    facts = run("qpdf", "--qdf", "--object-streams=disable", d / "info-letak.pdf", "-").stdout; check(f"{l}: the PDF says its language and direction", f"/Lang <feff{l.encode('utf-16-be').hex()}>" in facts and ("/Direction /R2L" in facts) == (l in RTL), re.findall("/Lang .*|/Direction .*", facts))
p = run("sh", root / "tests/validate/check-pdf.sh", "-f", "ua1,2a", *[dr / l / "info-letak" / f for l in WAITING for f in ("info-letak.pdf", "info-letak-2.pdf")], env=dict(os.environ, CHECKERS=str(checkers)))
check("veraPDF finds the eight leaflets PDF/UA-1 and PDF/A-2a", p.stdout.splitlines() and p.stdout.splitlines()[-1].startswith("DONE") and p.stdout.count("\tPASS\t") == 16 and "FAIL" not in p.stdout, p.stdout[-900:] + p.stderr[-300:])
