"""rows.py: letak's PDFs beside Typst's, WeasyPrint's and Chromium's, one row a target: speed, memory, size, and what stands on the pages. run.py calls it.

The same HTML goes to all that read HTML; Typst gets the same text as Typst. All are measured in one run, ours and Typst's in turn, the slow ones once.
What stands on the pages is read from the PDFs by poppler's pdftotext alone, ours by the same code as theirs."""
import collections, ctypes, difflib, html, http.client, json, os, pathlib, random, re, signal, shutil, statistics, subprocess, sys, time, unicodedata
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
NAMES = dict(letak="letak", typst="Typst", weasyprint="WeasyPrint", chromium="Chromium")

# --- running ---
def whole(cmd, limit=600):
    """CPU and memory of a program that leaves children behind (Chromium): this process becomes the parent of the orphans and waits for all."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0); null = os.open(os.devnull, os.O_RDWR); t = time.monotonic()
    p = subprocess.Popen([str(c) for c in cmd], stdin=null, stdout=null, stderr=null); cpu = mb = 0; wall = None
    while True:
        try: pid, status, use = os.wait4(-1, 0)
        except ChildProcessError: break
        cpu += use.ru_utime + use.ru_stime; mb = max(mb, use.ru_maxrss / 1024)
        if pid == p.pid: wall = time.monotonic() - t; p.returncode = status
    os.close(null); ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)
    if p.returncode: raise SystemExit(f"{cmd[0]}: exit status {p.returncode >> 8}")
    return dict(wall=wall, cpu=cpu, mb=mb)
def sh(*a): return subprocess.run([str(x) for x in a], capture_output=True, text=True, errors="replace").stdout

class Bench:
    def __init__(s, b): s.b, s.d, s.py, s.got = b, b.work / "pdf", b.venv / "bin" / "python", {}
    def cmd(s, peer, doc, out):
        page, typ = s.d / f"{doc}.html", s.d / f"{doc}.typ"
        return dict(letak=lambda: [s.b.letak, "pdf", page, "-o", out], typst=lambda: ["env", "RAYON_NUM_THREADS=1", s.py, "-c", TYPST, typ, out],
                    weasyprint=lambda: [s.py, "-m", "weasyprint", "-q", "--pdf-tags", page, out],
                    chromium=lambda: ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer", "--generate-pdf-document-outline", f"--user-data-dir={s.b.work / 'chromium'}", f"--print-to-pdf={out}", f"file://{page}"])[peer]()
    def doc(s, doc, peers=("typst", "weasyprint", "chromium")):
        """All peers on one document: cpu, wall, mb, pages, bytes, pdf by name."""
        out = {p: s.b.work / f"{doc}.{p}.pdf" for p in ("letak",) + tuple(p for p in peers if p in s.b.peer_names)}
        quick = [p for p in out if p in ("letak", "typst")]
        r = s.b.measure([(p, (s.cmd(p, doc, out[p]), None, None)) for p in quick], s.b.runs)
        for p in out:
            if p not in quick: r[p] = whole(s.cmd(p, doc, out[p]))
            info = sh("pdfinfo", out[p]); r[p].update(pdf=out[p], pages=int(re.search(r"Pages:\s+(\d+)", info)[1]), bytes=os.path.getsize(out[p]), tagged="Tagged:          yes" in info)
            print(f"  {doc:9} {NAMES[p]:10} {r[p]['pages']:5} pages  CPU {r[p]['cpu']:7.3f} s  wall {r[p]['wall']:7.3f} s  {r[p]['mb']:6.0f} MB  {r[p]['bytes'] / r[p]['pages']:7.0f} bytes/page", flush=True)
        s.got[doc] = r; return r
    def row(s, what, target, r, show, ratio):
        """show(result) for each peer; ratio(ours, Typst's) as text."""
        peers = ", ".join(f"{NAMES[p]} {show(r[p])}" for p in r if p != "letak")
        s.b.row(what, target, show(r["letak"]), peers, ratio(r["letak"], r["typst"]) if "typst" in r else "")

# --- reading PDFs ---
def pages_of(pdf): return unicodedata.normalize("NFC", sh("pdftotext", pdf, "-")).split("\f")[:-1]
def letters(s): return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", s))
def joined(s): return re.sub(r"[-\u2010\u00ad]\s*\n\s*(?=\w)", "", s).replace("\u00ad", "")
def lost(pdf, want):
    """Words of the input that are not in the PDF's text. A word that a line or page parts is found by its halves."""
    want, have = collections.Counter(letters(want)), collections.Counter(letters(joined("\f".join(pages_of(pdf))))); extra = have - want; n = 0
    for w, c in (want - have).items():
        for _ in range(c):
            for k in range(1, len(w)):
                if extra[w[:k]] > 0 and extra[w[k:]] > 0: extra[w[:k]] -= 1; extra[w[k:]] -= 1; break
            else: n += 1
    return n
def text_of(page):
    t = re.sub(r"<(style|script|title)\b.*?</\1>", " ", page.read_text(encoding="utf-8"), flags=re.S); return html.unescape(re.sub(r"<[^>]+>", " ", t))
def footnotes(pdf):
    call, note = {}, {}
    for i, p in enumerate(pages_of(pdf)):
        for t in re.findall(r"Ф(\d{4})", p): call[t] = i
        for t in re.findall(r"Б(\d{4})", p): note.setdefault(t, i)
    return sum(note.get(k) == v for k, v in call.items()), len(call)
def ladder(pdf):
    """Longest run of lines that end in a hyphen."""
    best = run = 0
    for line in re.split(r"[\n\f]", sh("pdftotext", pdf, "-")):
        run = run + 1 if line.endswith(("-", "\u2010", "\u00ad")) else 0; best = max(best, run)
    return best
def stretch(pdf, first=20, last=120):
    """By how much the blanks of full lines differ from the font's own, in the mean; from the places of words. Full: it ends where most lines end."""
    lines = []
    for block in re.split(r"<block ", sh("pdftotext", "-bbox-layout", "-f", first, "-l", last, pdf, "-"))[1:]:
        for line in re.findall(r"<line .*?</line>", block, re.S):
            w = [(float(a), float(b), float(y1) - float(y0)) for a, y0, b, y1 in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', line)]
            if len(w) > 3: lines.append(w)
    size = collections.Counter(round(l[0][2], 1) for l in lines).most_common(1)[0][0]; body = [l for l in lines if abs(l[0][2] - size) < .3]  # the text, not notes and heads
    right = collections.Counter(round(l[-1][1]) for l in body).most_common(4); ends = [e for e, n in right if n > len(body) // 10]
    blank = 10.5 * .26  # Noto Serif
    gaps = [statistics.mean(abs(b[0] - a[1] - blank) for a, b in zip(l, l[1:])) / blank for l in body if any(abs(l[-1][1] - e) < 1.5 for e in ends)]
    return statistics.mean(gaps)
def in_order(pdf, want):
    """How many words of the text stand in the PDF's text in their order; how many there are."""
    want, have = letters(want), letters("\n".join(pages_of(pdf)))
    if want == have: return len(want), len(want)
    return sum(m.size for m in difflib.SequenceMatcher(None, want, have, autojunk=False).get_matching_blocks()), len(want)

# --- one word edited until the PDF is new ---
TYPST_LIVE = r"""
import json, os, re, sys, time, typst
f, places, times = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]); text = open(f).read(); c = typst.Compiler(f, root="/"); out = sys.argv[4]; c.compile(output=out)
paras = [m for m in re.finditer(r"\n\n([А-Ш][^\n]{300,})\n", text)]; got = []
for place in places:
    m = paras[int(len(paras) * place)]; k = text.index(" ", m.start(1) + 150)
    for i in range(times):
        open(f, "w").write(text[:k] + f" реч{chr(0x430 + i) * 3}" + text[k:]); t, u = time.perf_counter(), time.process_time(); c.compile(output=out); got.append((i, time.perf_counter() - t, time.process_time() - u))
print(json.dumps(got))
"""
def letak_live(b, site, places, times):
    """The same edits under serve; CPU is that of the server's process until the new PDF has been sent."""
    p = subprocess.Popen([b.letak, "serve", "-C", site, "-p", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True); got = []
    def pdf():
        try: c = http.client.HTTPConnection("127.0.0.1", port, timeout=60); c.request("GET", "/knjiga/knjiga.pdf"); r = c.getresponse(); return r.read() if r.status == 200 else b""
        except OSError: return b""
    def version():
        c = http.client.HTTPConnection("127.0.0.1", port, timeout=60); c.request("GET", "/.letak/version"); return c.getresponse().read()
    def cpu(): v = pathlib.Path(f"/proc/{p.pid}/task").iterdir(); return sum(int(open(t / "schedstat").read().split()[0]) for t in v) / 1e9
    try:
        port = int(re.search(r":(\d+)/", p.stdout.readline())[1]); end = time.time() + 60
        while b"%%EOF" not in pdf() and time.time() < end: time.sleep(0.1)
        time.sleep(5); files = sorted((site / "content/knjiga").glob("*-glava*.md"))
        for place in places:
            f = files[int(len(files) * place)]; text = f.read_text(); m = re.search(r"\n\n([А-Ш][^\n]{300,})\n", text); k = text.index(" ", m.start(1) + 150)
            for i in range(times):
                time.sleep(5); old, was = pdf(), version(); u, t = cpu(), time.perf_counter(); f.write_text(text[:k] + f" реч{chr(0x430 + i) * 3}" + text[k:])
                while version() == was:
                    if time.perf_counter() - t > 60: raise SystemExit("serve: no new PDF")
                    time.sleep(0.005)
                new = pdf(); got.append((i, time.perf_counter() - t, cpu() - u))
                if new == old: raise SystemExit("serve: the PDF is the old one")
    finally: os.killpg(p.pid, signal.SIGTERM); p.wait()
    return got
def live(s):
    places, times = (.1, .5, .9), 4; f = s.d / "live.typ"; shutil.copy(s.d / "book250.typ", f)
    ours = letak_live(s.b, s.d / "live", places, times); theirs = []
    if "typst" in s.b.peer_names: theirs = json.loads(subprocess.run([s.py, "-c", TYPST_LIVE, f, json.dumps(places), str(times), s.b.work / "live.pdf"], capture_output=True, text=True, check=True).stdout)
    for what, new in (("at the place of the last edit", False), ("at a new place", True)):
        a = [statistics.median(g[k] for g in ours if (g[0] == 0) == new) * 1e3 for k in (2, 1)]; b = [statistics.median(g[k] for g in theirs if (g[0] == 0) == new) * 1e3 for k in (2, 1)] if theirs else None
        s.b.row(f"a word of 250 pages edited {what}, CPU (wall)", "<= 0.5", f"{a[0]:.0f} ({a[1]:.0f}) ms", f"Typst {b[0]:.0f} ({b[1]:.0f}) ms" if b else "", f"{a[0] / b[0]:.2f}" if b else "")

# --- two cores ---
def threads(cmd):
    """A run, with the CPU seconds of its busiest thread: what it would take where each thread has a core of its own."""
    null = os.open(os.devnull, os.O_RDWR); t = time.monotonic(); p = subprocess.Popen([str(c) for c in cmd], stdin=null, stdout=null, stderr=null); seen = {}
    while True:
        pid, status, use = os.wait4(p.pid, os.WNOHANG)
        if pid: break
        for task in pathlib.Path(f"/proc/{p.pid}/task").glob("*/schedstat"):
            try: seen[task.parent.name] = int(task.read_text().split()[0]) / 1e9
            except (OSError, IndexError): pass
        time.sleep(0.002)
    os.close(null); p.returncode = status
    if status: raise SystemExit(f"{cmd[0]}: exit status {status >> 8}")
    return dict(wall=time.monotonic() - t, cpu=use.ru_utime + use.ru_stime, busiest=max(seen.values()))
def cores(s):
    """By wall where the machine is free; and, since it seldom is, by the CPU seconds of one thread against those of the busier of two."""
    site = s.d / "eight"; best = {}; turn = {}
    for k in range(max(3, s.b.runs)):
        for j in (1, 2):
            shutil.rmtree(s.b.work / "eight", ignore_errors=True); r = threads([s.b.letak, "build", "-j", j, "-C", site, "-o", s.b.work / "eight"])
            best[j] = min(best.get(j, r["wall"]), r["wall"]); turn[j] = min(turn.get(j, r["busiest"]), r["busiest"])
    peer = ""
    if "typst" in s.b.peer_names:
        t = {j: min(s.b.once(["env", f"RAYON_NUM_THREADS={j}", s.py, "-c", TYPST, s.d / "book250.typ", s.b.work / "t.pdf"])["wall"] for _ in range(3)) for j in (1, 2)}; peer = f"Typst, one book {t[1] / t[2]:.2f}"
    s.b.row("eight books on two cores, wall against one core", ">= 1.8", f"{best[1] / best[2]:.2f}, by CPU {turn[1] / turn[2]:.2f}", peer, f"{turn[1] / turn[2]:.2f}")

def run(b):
    s = Bench(b); b.sh(s.py, b.here / "pdf/gen.py", s.d, stdout=subprocess.DEVNULL); n = lambda r: r["pages"] / r["cpu"]
    r = s.doc("book1000"); a = s.doc("book100")
    s.row("book of 1,000 pages, one thread, pages per CPU-second", ">= 8", r, lambda x: f"{n(x):.0f}", lambda x, y: f"{n(x) / n(y):.2f}")
    s.row("the same, memory", "<= 80 MB", r, lambda x: f"{x['mb']:.0f} MB", lambda x, y: f"{x['mb'] / y['mb']:.3f}")
    s.row("the same, bytes a page", "<= 3 KB", r, lambda x: f"{x['bytes'] / x['pages'] / 1024:.1f} KB", lambda x, y: f"{x['bytes'] / x['pages'] / (y['bytes'] / y['pages']):.2f}")
    g = {p: n(a[p]) / n(r[p]) for p in r}; s.row("CPU a page, 1,000 pages against 100", "<= 1.1", {p: dict(g=g[p]) for p in g}, lambda x: f"{x['g']:.2f}", lambda x, y: "")
    cpu = lambda x: f"{x['cpu'] * 1e3:.0f} ms"; share = lambda x, y: f"{x['cpu'] / y['cpu']:.3f}"
    table = s.doc("table"); s.row("table of 5,000 rows and 8 columns, CPU", "<= 0.1", table, cpu, share)
    s.row("500 letters, CPU", "<= 0.1", s.doc("letters"), cpu, share)
    wall = lambda x: f"{x['wall'] * 1e3:.0f} ms"; s.row("leaflet, process start to file, wall", "<= 0.25", s.doc("leaflet"), wall, lambda x, y: f"{x['wall'] / y['wall']:.3f}")
    arabic = s.doc("bidi"); s.row("50 pages of Arabic, CPU", "<= 0.5", arabic, cpu, share)
    live(s); cores(s)
    words = text_of(s.d / "bidi.html"); o = {p: dict(o=in_order(arabic[p]["pdf"], words)) for p in arabic}; s.row("Arabic words in logical order", "all", o, lambda x: "{} of {}".format(*x["o"]), lambda x, y: "")
    rows = {p: dict(k=re.findall(r"R\d{5}", "\f".join(pages_of(table[p]["pdf"])))) for p in table}; s.row("rows of the table in order", "5000", rows, lambda x: f"{len(x['k'])}{'' if x['k'] == sorted(set(x['k'])) else ' not'}", lambda x, y: "")
    tags = lambda p: len(re.findall(r"^ *Table\b", sh("pdfinfo", "-struct", p), re.M)); s.row("tagged tables that it is", "1", {p: dict(t=tags(table[p]["pdf"])) for p in table if p in ("letak", "typst", "weasyprint")}, lambda x: str(x["t"]), lambda x, y: "")
    books = {p: r[p] for p in r if p != "chromium"}  # which has no footnotes and does not hyphenate Serbian
    s.row("footnotes on the page of their call", "379 of 379", {p: dict(f=footnotes(r[p]["pdf"])) for p in books}, lambda x: "{} of {}".format(*x["f"]), lambda x, y: "")
    s.row("longest run of hyphenated lines", "<= 2", {p: dict(n=ladder(r[p]["pdf"])) for p in books}, lambda x: str(x["n"]), lambda x, y: "")
    s.row("how far blanks are from their own width, a full line", "< Typst", {p: dict(v=stretch(r[p]["pdf"])) for p in books}, lambda x: f"{x['v'] * 100:.1f} %", lambda x, y: f"{x['v'] / y['v']:.2f}")
    gone = {p: dict(n=sum(lost(v[p]["pdf"], text_of(s.d / f"{doc}.html")) for doc, v in s.got.items() if p in v)) for p in NAMES if p in r}
    s.row("words lost over all inputs", "0", gone, lambda x: str(x["n"]), lambda x, y: "")
