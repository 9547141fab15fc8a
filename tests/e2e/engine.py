#!/usr/bin/env python3
"""The print engine on its test documents (tests/print, tests/print/gallery, tests/layout) and on random ones: every PDF conforms to PDF/UA-1 and PDF/A-2a by veraPDF (one JVM for all), and its structure
tree, read by poppler, says what the HTML says, every word once and in order; no word is lost on the pages either."""
import collections, concurrent.futures, html.parser, json, os, pathlib, random, re, subprocess, unicodedata
root = pathlib.Path(__file__).resolve().parents[2]; LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def run(*args, cwd=TMP): return subprocess.run([str(a) for a in args], capture_output=True, text=True, errors="replace", cwd=cwd, timeout=300)
def check(name, why): print(f"not ok {name}: {' '.join(str(why).split())[:500]}" if why else f"ok {name}", flush=True)
def words(s): return re.findall(r"[^\W_]+", re.sub("\u00ad\\s*|[\u200b-\u200f\u202a-\u202e\u2060-\u2069]", "", s))

class Text(html.parser.HTMLParser):
    """what a reader of the HTML reads: text of the body, alternative texts; footnotes where they are written"""
    BLOCK = set("p div h1 h2 h3 h4 h5 h6 li td th caption section article blockquote pre br tr dt dd figcaption option ul ol table figure header footer main aside nav dl".split())
    def __init__(s): super().__init__(); s.off, s.out = [], []
    def handle_starttag(s, tag, a):
        a = dict(a)
        if tag in ("style", "script", "title", "head", "template", "svg", "select", "textarea") or "hidden" in a or a.get("aria-hidden") == "true" or "running" in (a.get("class") or ""): s.off.append(tag)
        elif s.off and tag == s.off[-1]: s.off.append(tag)
        if tag in s.BLOCK or (a.get("class") or "") in ("f", "fn", "note"): s.out.append(" ")
    def handle_endtag(s, tag):
        if s.off and s.off[-1] == tag: s.off.pop()
        if tag in s.BLOCK: s.out.append(" ")
    def handle_data(s, d):
        if not s.off: s.out.append(d)
def said(source): t = Text(); t.feed(source); return words("".join(t.out))
def tree(pdf):
    t = re.sub(r'(?m)^ *"([„“]?[A-ZА-ЯЉЊЂЋЏЈŠĐČĆŽ][jž]?)"\n *"(?=[a-zа-яљњђћџјšđčćž])', r'"\1', run("pdfinfo", "-struct-text", pdf).stdout)  # an initial stands apart from its word
    return words("\n".join(l.strip()[1:-1] for l in t.splitlines() if l.strip().startswith('"')).replace('"\n"', ""))

def order(want, have):
    """words of want that are not in have, in order; have may say more (counters, markers, generated text)"""
    at, lost = 0, []
    for w in want:
        k = at
        while k < len(have) and have[k] != w: k += 1
        if k < len(have): at = k + 1
        else: lost.append(w)
    return lost

# --- random documents: words that are all different ---
def random_html(seed):
    r = random.Random(seed); n = [0]
    def w(k): n[0] += k; return " ".join(f"r{n[0] - k + i}x" for i in range(k))
    def inline(d):
        out = []
        for _ in range(r.randint(1, 4)):
            k = r.randrange(8)
            if k == 0 and d: out.append(f"<b>{inline(d - 1)}</b>")
            elif k == 1 and d: out.append(f"<i>{inline(d - 1)}</i>")
            elif k == 2: out.append(f"<span class=f>{w(r.randint(1, 9))}</span>")
            elif k == 3: out.append(f"<a href='#top'>{w(2)}</a>")
            elif k == 4 and d: out.append(f"<span class=ib>{w(3)}</span>")
            else: out.append(w(r.randint(1, 15)))
        return " ".join(out)
    def block(d):
        k = r.randrange(12)
        if k == 0 and d: return f"<ul>{''.join(f'<li>{block(d - 1)}</li>' for _ in range(r.randint(1, 4)))}</ul>"
        if k == 1 and d: return f"<ol>{''.join(f'<li>{inline(1)}</li>' for _ in range(r.randint(1, 4)))}</ol>"
        if k == 2 and d:
            c = r.randint(1, 4); return "<table><thead><tr>" + "".join(f"<th>h{w(1)}</th>" for _ in range(c)) + "</tr></thead><tbody>" + "".join("<tr>" + "".join(f"<td>{inline(0)}</td>" for _ in range(c)) + "</tr>" for _ in range(r.randint(1, 9))) + "</tbody></table>"
        if k == 3 and d: return f"<div class=col>{block(d - 1)}{block(d - 1)}</div>"
        if k == 4 and d: return f"<div class=fl><div>{block(d - 1)}</div><div>{inline(1)}</div></div>"
        if k == 5 and d: return f"<blockquote>{block(d - 1)}{block(d - 1)}</blockquote>"
        if k == 6: return f"<h2>{w(3)}</h2>"
        if k == 7 and d: return f"<section class={r.choice(['pg', 'av', 'bx', 'n'])}>{block(d - 1)}{block(d - 1)}</section>"
        return f"<p>{inline(2)}</p>"
    css = ("@page{size:A5;margin:12mm;@bottom-center{content:counter(page)}} @page n{size:A5} .f{float:footnote} .col{columns:2} .col .col,.col .fl{columns:1;display:block} ul,ol{padding-left:9pt} blockquote{margin:3pt 6pt} td,th{padding:1pt} .fl{display:flex;gap:5pt} .pg{break-before:page} .av{break-inside:avoid} "
           ".bx{border:1pt solid;padding:3pt;box-decoration-break:clone} .n{page:n} .ib{display:inline-block} th,td{border:1pt solid} html{font:7pt/9pt serif;text-align:justify}")
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>random {seed}</title><style>{css}</style><body id=top><h1>{w(2)}</h1>{''.join(block(4) for _ in range(8))}</body></html>"

# --- the random documents of tests/unit/conserve.c, many with text beyond the page: poppler leaves out what it does not find on the page ---
CONSERVE = root / os.environ.get("BUILD", "build") / "unit/conserve"
def letters(s): return collections.Counter(c for c in s.casefold() if unicodedata.category(c)[0] == "L" or unicodedata.category(c) == "Mc")
def missing(seed):
    source, pdf = TMP / f"conserve-{seed}.html", TMP / f"conserve-{seed}.pdf"; source.write_text(run(CONSERVE, "--html", seed).stdout, encoding="utf-8")
    want = letters(run(CONSERVE, "--text", seed).stdout); p = run(LETAK, "--lang", "en", "pdf", source, "-o", pdf); told = sum(map(int, re.findall(r"warning L097: of this text (\d+) ", p.stderr)))
    lost = sum((want - letters(run("pdftotext", "-raw", pdf, "-").stdout)).values()); return seed, sum(want.values()), lost, told
with concurrent.futures.ThreadPoolExecutor(2) as pool: found = list(pool.map(missing, (1, 13, 29, 40, 54, *range(201, 221))))
check(f"every letter of {len(found)} documents stands on a page, or a message says that it cannot be seen", [f"{s}: {lost} of {n} missing, {told} told" for s, n, lost, told in found if not n or lost > told])
check("some of them have text beyond the page", "" if sum(lost > 0 for _, _, lost, _ in found) > 3 else found)

docs = [d for area in ("print", "print/gallery", "layout") for d in sorted((root / "tests" / area).glob("*.html")) if (area, d.stem) not in (("layout", "figures"), ("layout", "form"))]  # those two hold mistakes
SEEDS = range(1, 41)
for s in SEEDS: (TMP / f"random-{s}.html").write_text(random_html(s), encoding="utf-8")
jobs = [(d, TMP / f"{d.parent.name}-{d.stem}.pdf") for d in docs] + [(TMP / f"random-{s}.html", TMP / f"random-{s}.pdf") for s in SEEDS]
def rtl(source): return b'dir="rtl"' in source.read_bytes()[:200]
def make(job):
    source, pdf = job; p = run(LETAK, "--lang", "en", "pdf", source, "-o", pdf)
    quick = source.stem in ("unseen", "overleaf") or source.parent == TMP and int(source.stem.split("-")[1]) > 8  # poppler leaves out what stands off the page, parts words that go on overleaf, and takes seconds for a thousand words
    want = [w for w in said(source.read_text(encoding="utf-8")) if rtl(source) or not re.search("[\u0590-\u08ff]", w)]; have = (words(" ".join(re.findall(r'"((?:[^"\\]|\\.)*)"$', run(LETAK, "dump", "tags", source).stdout, re.M))) if quick else tree(pdf)) if pdf.exists() else []; page = words(run("pdftotext", "-raw", pdf, "-").stdout) if pdf.exists() else []
    return p, want, have, page
with concurrent.futures.ThreadPoolExecutor(2) as pool: results = list(pool.map(make, jobs))
lost, twice = [], []
for (source, pdf), (p, want, have, page) in zip(jobs, results):
    random_one = source.parent == TMP
    why = p.stderr if not pdf.exists() or p.returncode not in (0, 1) else ("no words" if not want else order(want, have)[:9])
    told = sum(map(int, re.findall(r"warning L097: of this text (\d+) ", p.stderr)))  # poppler leaves out what stands off the page
    if isinstance(why, list) and sum(map(len, why)) <= told: why = ""
    if random_one:
        c, d = collections.Counter(w for w in have if re.fullmatch(r"r\d+x", w)), collections.Counter(w for w in page if re.fullmatch(r"r\d+x", w))
        for name, k in (("tags", c), ("page", d)):
            wrong = [f"{w} {k[w]} times" for w in want if w[0] == "r" and k[w] != 1]
            if wrong: twice.append((source.name, name, wrong[:5]))
        if why and int(source.stem.split("-")[1]) <= 8: lost.append((source.name, why))
    elif rtl(source): check(f"the tags of {source.name} have its letters", sorted(set("".join(want)) - set("".join(have))))  # poppler gives right-to-left words in visual order
    else: check(f"the tags of {source.parent.name}/{source.name} say its {len(want)} words in order", why)
check("the tags of 8 random documents say their words in order", lost); check("each of their words stands once in the tags and once on the pages", twice)
forms = [pdf for (s, pdf) in jobs if pdf.exists() and b"<input" in s.read_bytes()]; plain = [pdf for _, pdf in jobs if pdf.exists() and pdf not in forms]
for flavours, files in (("ua1,2a", plain), ("ua1", forms)):
    if files: p = run("sh", root / "tests/validate/check-pdf.sh", "-f", flavours, *files); check(f"veraPDF: {len(files)} documents conform to {flavours}", "" if p.returncode == 0 else p.stdout + p.stderr)
full = [o["value"].get("/E") for o in json.loads(run("qpdf", "--json=2", "--json-key=qpdf", TMP / "layout-inline.pdf").stdout or '{"qpdf":[{},{}]}')["qpdf"][1].values() if isinstance(o.get("value"), dict) and "/E" in o["value"]]
check("an abbreviation says its full form", "" if full == ["u:Центар за заштиту"] else full)
p = run("sh", root / "tests/validate/check-pdf.sh", "-f", "2a", *forms); rules = re.findall(r"^RULE\t[^\t]*\t2a\t(\S+)", p.stdout, re.M)  # viewers open what bears the mark read-only
check(f"veraPDF: {len(forms)} forms conform to 2a but for its mark, which they do not bear", "" if forms and re.search(r"^DONE\t", p.stdout, re.M) and set(rules) == {"6.6.4-1"} else p.stdout + p.stderr)
