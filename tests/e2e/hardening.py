#!/usr/bin/env python3
"""The program walled in: what a build asks of the kernel (strace), what Landlock holds, and a preview server among 200 hostile clients (8 s; a minute with ALL=1)."""
import http.client, multiprocessing, os, pathlib, random, re, shutil, signal, socket, subprocess, threading, time
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); root = pathlib.Path(__file__).resolve().parents[2]
if os.environ.get("SANITIZED"): os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0" # the leak check cannot work under strace, and ends with 1
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:900]}", flush=True)
def run(*a, **kw): return subprocess.run([*map(str, a)], capture_output=True, text=True, errors="replace", timeout=180, **kw)
s = TMP / "site"; (s / "content").mkdir(parents=True); keep = ("site.yml", "contacts.yml", "index.md", "index.en.md", "kuca.svg", "pomoc", "info-letak", "o-centru", "delatnost", "kontakt", "lists", "privatnost", "pristupacnost", "dogadjaji", "literatura", "obrasci/f8")
for k in keep: src = root / "content" / k; dst = s / "content" / k; dst.parent.mkdir(parents=True, exist_ok=True); shutil.copytree(src, dst) if src.is_dir() else shutil.copy(src, dst)
y = (s / "content/site.yml").read_text(); (s / "content/site.yml").write_text(re.sub(r"^(menu|footer-menu): .*", r"\1: [pomoc]", y, flags=re.M)); (s / "content/index.md").write_text("---\ntitle: Почетна\n---\n[помоћ](pomoc/index.md)\n"); (s / "content/index.en.md").unlink()
for f in s.rglob("*.md"): f.write_text(re.sub(r"\]\((\.\./)+[^)]*\)", "](#x)", f.read_text()).replace("](#x)", "](https://primer.invalid/)"))
run("convert", "-size", "40x40", "xc:red", s / "content/a.png"); (s / "content/index.md").write_text((s / "content/index.md").read_text() + "\n![црвено](a.png)\n")
has = "0" != run("sh", "-c", f'strace -f -e trace=landlock_restrict_self {LETAK} check -C {s} 2>&1 >/dev/null | grep -c "landlock_restrict_self.*= 0"').stdout.strip(); kernel = pathlib.Path("/proc/self/status").exists() and subprocess.run(["python3", "-c", "import ctypes; raise SystemExit(ctypes.CDLL(None).syscall(444, None, 0, 1) < 1)"]).returncode == 0
print(f"# Landlock: {'held' if has else 'this kernel has none: what it would hold back cannot be tried here'}", flush=True); check("Landlock is in force where the kernel has it", has == kernel, (has, kernel))
# --- what a build asks of the kernel ---
def traced(*a):
    log = TMP / "trace"; p = run("strace", "-f", "-y", "-s", "300", "-o", log, "-e", "trace=%network,%file,execve,mkdirat,renameat2,openat,write", LETAK, *a); calls = [re.sub(r"^\d+ +", "", l) for l in log.read_text(errors="replace").splitlines()]; return p, [c for c in calls if not re.search(r"= -1 E|^(\+\+\+|---)", c)]
def written(calls):
    out = set()
    for c in calls:
        m = re.match(r'(\w+)\((.*)\)\s+= ', c)
        if not m: continue
        name, args = m.groups()
        if name in ("open", "openat") and re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", args) or name in ("creat", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat"):
            for d, p in re.findall(r'(?:AT_FDCWD(?:<([^>]*)>)?, |\d+<[^>]*>, )?"([^"]*)"', args): base = re.search(r"\d+<([^>]*)>, \"" + re.escape(p), args); out.add(os.path.normpath(os.path.join(base[1] if base else os.getcwd(), p)))
    return out
out = TMP / "out/javno"; (TMP / "out").mkdir()
for turn in ("first", "second"):
    if turn == "second": (s / "content/index.md").write_text((s / "content/index.md").read_text() + "\nЈош.\n")
    p, calls = traced("build", "-C", s, "-o", out, "--as-of", "2026-11-24"); check(f"the {turn} traced build succeeds", p.returncode == 0 and (out / "index.html").exists(), p.stderr[-600:])
    net = [c for c in calls if re.match(r"(socket|connect|bind|listen|accept|send|recv|socketpair)", c)]; check(f"no network in a build ({turn})", not net, net[:5])
    w = written(calls); bad = [x for x in w if not re.match(re.escape(str(TMP / "out")) + r"/(\.javno\.letak-(new|lock)|javno)(/|$)", x) and x != "/dev/null" and not re.fullmatch(re.escape(str(s)) + r"/\.letak(/images(/[0-9a-f]{64}(\.\d+\.part)?)?)?", x)]; check(f"{len(w)} names written, all of them OUT, its staging folder, its lock or the cache ({turn})", len(w) > 50 and not bad, bad[:8])
    ran = {re.search(r'"([^"]*)"', c)[1].split("/")[-1] for c in calls if c.startswith("execve")}; check(f"no other program is run ({turn})", ran == {"letak"}, ran)
p, calls = traced("check", "-C", s, "--as-of", "2026-11-24"); check("check writes nothing and speaks to nobody", not [x for x in written(calls) if x != "/dev/null"] and not [c for c in calls if re.match(r"(socket|connect|bind)", c)], written(calls))
p, calls = traced("check", out / "info-letak", "-C", s); check("check of PDFs writes nothing, though pdftotext helps", not [x for x in written(calls) if x != "/dev/null"] and any("pdftotext" in c for c in calls), written(calls))
p, calls = traced("pdf", s / "content/pomoc/index.md", "-o", TMP / "x.pdf", "--as-of", "2026-11-24"); w = written(calls); check("pdf writes its PDF", p.returncode == 0 and (TMP / "x.pdf").exists() and all(x.startswith(str(TMP / "x.pdf")) or x.startswith(str(TMP / ".x.pdf")) or x == "/dev/null" for x in w), (p.stderr, w))
# --- a wall for every command that reads what others wrote ---
calls = {"new": ["new", "page", "nova", "-C", s], "where": ["where", "contact", "centar", "-C", s], "translate": ["translate", "status", "-C", s], "form": ["form", "fields", "F8", "-C", s], "dump": ["dump", "html", s / "content/pomoc/index.md"], "pdf": ["pdf", s / "content/pomoc/index.md", "-o", TMP / "w.pdf"], "pack": ["pack", "web", "-C", s, "-o", TMP / "out/web"]}
for name, args in calls.items():
    log = TMP / "trace"; p = run("strace", "-f", "-o", log, "-e", "trace=landlock_restrict_self,openat", LETAK, *args, "--as-of", "2026-11-24"); t = log.read_text(errors="replace"); wall, first = t.find("landlock_restrict_self"), (re.search(re.escape(f"{s}/content/") + r'[^"]*\.(md|yml)"', t) or re.search("$", t)).start()
    check(f"{name} is walled in before it reads or writes the site", p.returncode == 0 and (not kernel or 0 <= wall < first), (p.returncode, p.stderr[-300:], wall, first, t[first - 100:first + 100]))
shutil.rmtree(s / "content/nova")
page = TMP / "strana/p.html"; (TMP / "strana/css").mkdir(parents=True); (TMP / "pored").mkdir(); shutil.copy(s / "content/a.png", TMP / "pored/a.png"); shutil.copy(s / "content/a.png", TMP / "strana/a.png"); (TMP / "strana/veza.png").symlink_to(TMP / "pored/a.png"); (TMP / "strana/css/a.css").write_text("p{color:#123}"); (TMP / "pored/b.css").write_text("p{margin:0}")
page.write_text('<!DOCTYPE html><title>а</title><link rel="stylesheet" href="css/a.css"><p>а<img src="a.png" alt="а"><img src="veza.png" alt="б">'); p = run(LETAK, "pdf", page, "--css", TMP / "pored/b.css", "-o", TMP / "h.pdf", "--lang", "en"); check("an HTML page reads what lies in its folder, and what a link there leads to", p.returncode == 0 and not p.stderr, p.stderr)
page.write_text('<!DOCTYPE html><title>а</title><p>а<img src="../pored/a.png" alt="а">'); p = run(LETAK, "pdf", page, "-o", TMP / "h.pdf", "--lang", "en"); check("but nothing beside it", p.returncode == 1 and "L008" in p.stderr, p.stderr)
# --- what stays readable: links of the site; what does not ---
(TMP / "drugde").mkdir(); (TMP / "drugde/index.md").write_text("---\ntitle: Другде\n---\nТекст.\n"); (s / "content/veza").symlink_to(TMP / "drugde"); p = run(LETAK, "build", "-C", s, "-o", out, "--as-of", "2026-11-24"); check("a section that is a link to elsewhere is built", p.returncode == 0 and (out / "veza/index.html").exists(), p.stderr[-300:])
p = run(LETAK, "check", "-C", s, "--as-of", "2026-11-24", "--lang", "en"); check("check tells of it, since whoever sends a page may send a link", "error N019" in p.stderr and "veza/index.md" in p.stderr, p.stderr[-400:]); (s / "content/veza").unlink(); n = re.search(r"finding ([0-9a-f]{6})", p.stderr)[1]
(TMP / "kljuc.txt").write_text("тајна\n"); (s / "content/pomoc/a.txt").symlink_to(TMP / "kljuc.txt"); (s / "content/pomoc/b.txt").symlink_to("c.txt"); (s / "content/pomoc/c.txt").write_text("јавно\n"); f = s / "content/pomoc/index.md"; t = f.read_text(); f.write_text(t + "\n[а](a.txt) [б](b.txt)\n"); p = run(LETAK, "check", "-C", s, "--as-of", "2026-11-24", "--lang", "en"); check("and of a file, but not of a link within the site", [l.split(":")[0] for l in p.stderr.splitlines() if "N019" in l] == ["content/pomoc/a.txt"], [l for l in p.stderr.splitlines() if "N0" in l or "pomoc/a" in l or "error" in l])
n = re.search(r"N019.*finding ([0-9a-f]{6})", p.stderr)[1]; (s / "content/privacy.yml").write_text(f"- {{finding: {n}, who: А. А., why: проба, until: 2026-12-31}}\n"); p = run(LETAK, "check", "-C", s, "--as-of", "2026-11-24", "--lang", "en"); check("an exception lets it through", "N019" not in p.stderr and "N022" not in p.stderr, p.stderr[-400:]); f.write_text(t); [(s / "content" / x).unlink() for x in ("privacy.yml", "pomoc/a.txt", "pomoc/b.txt", "pomoc/c.txt")]
p = run("sh", "-c", f'cd "{TMP}" && "{LETAK}" pdf site/content/pomoc/index.md -o y.pdf && "{LETAK}" pdf site/content/pomoc/index.md -o /dev/stdout >z.pdf && cmp y.pdf z.pdf'); check("names without a folder, and standard output, work as ever", p.returncode == 0, p.stderr + p.stdout)
# --- 200 hostile clients ---
SECONDS = 60 if os.environ.get("ALL") else 8
p = subprocess.Popen([LETAK, "serve", "-C", s, "-p", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True); port = int(re.search(r":(\d+)/", p.stdout.readline())[1]); end = 0
def hostile(k):
    r = random.Random(k)
    while time.time() < end:
        try:
            c = socket.create_connection(("127.0.0.1", port), 5); c.settimeout(1); kind = k % 7
            with tries.get_lock(): tries.value += 1
            if kind == 0: # a byte at a time
                for b in b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 500:
                    if time.time() > end: break
                    c.send(bytes([b])); time.sleep(0.3)
            elif kind == 1: # half a request, then silence
                c.send(b"GET / HT"); c.settimeout(30); c.recv(10)
            elif kind == 2: c.sendall(r.randbytes(3000)); c.recv(100)
            elif kind == 3: # asks and never reads
                c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048); c.sendall(f"GET /info-letak/info-letak.pdf HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() * 20); time.sleep(3)
            elif kind == 4: # a body without end
                c.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
                for _ in range(50): c.sendall(b"x" * 4096)
            elif kind == 5: c.sendall(b"GET /" + b"a" * 40000 + b" HTTP/1.1\r\n" + b"X: y\r\n" * 3000 + b"\r\n"); c.recv(100)
            else: # another site's name, ways out
                c.sendall(f"GET /../../etc/passwd HTTP/1.1\r\nHost: evil.example\r\n\r\nGET /%2e%2e/%2e%2e/content/site.yml HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()); got = c.recv(65536); leaks.extend([got] if b"root:" in got or b"base-url" in got else [])
            c.close()
        except OSError: pass
        time.sleep(r.uniform(0.2, 0.8))
def crowd(first, until): # fifty of them in a process of their own, so that they do not slow the honest one
    global end, leaks; end, leaks = until, []; ts = [threading.Thread(target=hostile, args=(k,), daemon=True) for k in range(first, first + 50)]; [t.start() for t in ts]; [t.join(SECONDS + 10) for t in ts]; os._exit(len(leaks) > 0)
times, wrong, tries = [], [], multiprocessing.Value("i", 0)
end = time.time() + SECONDS + 2; ts = [multiprocessing.Process(target=crowd, args=(k, end)) for k in range(0, 200, 50)]; [t.start() for t in ts]; time.sleep(2)
while time.time() < end:
    t = time.time()
    try:
        c = http.client.HTTPConnection("127.0.0.1", port, timeout=10); c.request("GET", "/pomoc/"); r = c.getresponse(); b = r.read(); wrong += [] if r.status == 200 and "Помоћ".encode() in b else [r.status]; c.close()
    except Exception as e: wrong.append(repr(e))
    times.append(time.time() - t); time.sleep(0.1)
times.sort(); print(f"# {len(times)} honest requests among 200 hostile clients for {SECONDS} s: median {times[len(times) // 2] * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms", flush=True)
check("all of them are answered, in time", len(times) > SECONDS // 2 and not wrong and times[-1] < 5 and times[len(times) // 2] < 1, (wrong[:3], times[-3:])); [t.join(SECONDS + 30) for t in ts]; check(f"they came {tries.value} times", tries.value > 400, tries.value); check("nothing got out", [t.exitcode for t in ts] == [0] * 4, [t.exitcode for t in ts])
c = socket.create_connection(("127.0.0.1", port), 5); c.settimeout(20); t = time.time()
try:
    while time.time() - t < 20: c.send(b"G"); time.sleep(0.5)
    dropped = False
except OSError: dropped = True
check(f"who sends a letter every half second is dropped ({time.time() - t:.0f} s)", dropped and time.time() - t < 14)
fds = len(os.listdir(f"/proc/{p.pid}/fd")); check("no connection is left behind", fds < 60, fds); p.send_signal(signal.SIGTERM); check("and it ends as it should", p.wait(15) == 0, p.returncode)
