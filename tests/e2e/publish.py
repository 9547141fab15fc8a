#!/usr/bin/env python3
"""Publishing is a swap: whatever happens to a build, OUT is the old site or the new one, never a mixture; and OUT is never a folder that is not ours."""
import ctypes, hashlib, os, pathlib, pwd, random, shutil, signal, subprocess, sys, time
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); root = pathlib.Path(__file__).resolve().parents[2]
TMP.chmod(0o755); n = 0
def check(name, good, why=""):
    global n; n += 1; print(f"ok {name}" if good else f"not ok {name}: {why}", flush=True)
def run(*args, cwd=None, env=None, user=None, **kw):
    kw.setdefault("timeout", 120)
    if user: kw["user"] = user; kw["group"] = user; kw["extra_groups"] = []
    return subprocess.run([LETAK, *map(str, args)], capture_output=True, text=True, errors="replace", cwd=cwd, env=dict(os.environ, **(env or {})), **kw)
def tree(path):
    h = hashlib.sha256()
    for p in sorted(path.rglob("*")):
        h.update(str(p.relative_to(path)).encode() + b"\0")
        if p.is_file() and not p.is_symlink(): h.update(p.read_bytes())
    return h.hexdigest()
def site(name, pages=12):
    s = TMP / name; (s / "content").mkdir(parents=True)
    (s / "content/site.yml").write_text("name: {sr: Проба}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\n")
    (s / "content/index.md").write_text("---\ntitle: Почетна\n---\nТекст.\n")
    for i in range(pages):
        d = s / f"content/strana-{i}"; d.mkdir(); (d / "index.md").write_text(f"---\ntitle: Страна {i}\n---\n" + "Ово је реченица о нечему. " * 400 + "\n")
    return s
AS_OF = ("--as-of", "2026-11-24")

# --- killed at random moments ---
s = site("kill", 150); out = s / "public"
def version(k): (s / "content/index.md").write_text(f"---\ntitle: Почетна\n---\nИздање {k}.\n")
version(0); t = time.perf_counter(); r = run("build", "-C", s, *AS_OF); took = time.perf_counter() - t
check("the first build succeeds", r.returncode == 0 and (out / "index.html").exists(), r.stderr)
hashes = {}
for k in (0, 1): version(k); run("build", "-C", s, *AS_OF); hashes[k] = tree(out)
check("two versions differ", hashes[0] != hashes[1])
r = random.Random(1); alive = broken = 0; rounds = 0
while (alive < 150 or rounds < 200) and rounds < 600:
    k = rounds % 2; version(k); before = tree(out); rounds += 1
    p = subprocess.Popen([LETAK, "build", "-C", str(s), *AS_OF], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(r.random() * took * 1.05); alive += p.poll() is None; p.kill(); p.wait()
    now = tree(out); broken += now not in (before, hashes[k])
check(f"killed at {rounds} random moments, {alive} while it lived: the old site or the new one", broken == 0 and alive >= 150, f"{broken} mixtures, {alive} alive")
version(1); q = run("build", "-C", s, *AS_OF)
check("what the killed left behind is removed by the next build", q.returncode == 0 and tree(out) == hashes[1] and not [p for p in s.iterdir() if p.name.startswith(".public")], str([p.name for p in s.iterdir()]))

# --- killed right before and right after each call that changes names ---
shim = TMP / "shim.c"; so = TMP / "shim.so"
shim.write_text(r'''
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
static int at(void) { const char *s = getenv("KILL_AT"); return s ? atoi(s) : -1; }
static int calls;
static void maybe(void) { if (calls++ == at()) kill(getpid(), SIGKILL); }
#define WRAP(name, args, pass) int name args { int (*real) args = dlsym(RTLD_NEXT, #name); maybe(); int r = real pass; maybe(); return r; }
WRAP(renameat2, (int a, const char *b, int c, const char *d, unsigned f), (a, b, c, d, f))
WRAP(rename, (const char *a, const char *b), (a, b))
WRAP(syncfs, (int fd), (fd))
WRAP(unlink, (const char *p), (p))
WRAP(mkdir, (const char *p, unsigned m), (p, m))
''')
subprocess.run(["cc", "-shared", "-fPIC", "-o", so, shim, "-ldl"], check=True); bad = []; died = 0
for k in range(40):
    version(k % 2); before = tree(out); p = run("build", "-C", s, *AS_OF, env={"LD_PRELOAD": str(so), "KILL_AT": str(k)})
    if p.returncode == 0: break
    died += 1
    if tree(out) not in (before, hashes[k % 2]): bad.append(k)
check(f"killed at each of {died} calls that change names", not bad and died >= 6, f"mixtures at {bad}, died {died} times")

# --- author's errors, unreadable files, a full disk leave OUT as it was ---
version(0); run("build", "-C", s, *AS_OF); good = tree(out)
(s / "content/strana-3/index.md").write_text("---\ntitle: А: Б\n---\n[веза](nema.md)\n"); p = run("build", "-C", s, *AS_OF, "--lang", "en")
check("an author's error: status 1, place and mend, the old site", p.returncode == 1 and "content/strana-3/index.md:2:" in p.stderr and tree(out) == good, p.stderr)
check("the messages of one run show the other files' mistakes too", "C001" in p.stderr, p.stderr)
shutil.copy(s / "content/strana-4/index.md", s / "content/strana-3/index.md")
nobody = pwd.getpwnam("nobody").pw_uid
u = site("user"); shutil.chown(u, nobody); [shutil.chown(p, nobody) for p in u.rglob("*")]
p = run("build", "-C", u, *AS_OF, user=nobody); first = tree(u / "public") if (u / "public").exists() else ""
check("an unprivileged user builds", p.returncode == 0, p.stderr)
(u / "content/strana-1/index.md").chmod(0); p = run("build", "-C", u, *AS_OF, "--lang", "en", user=nobody)
check("an unreadable file: status 3, its name, the old site", p.returncode == 3 and "strana-1" in p.stderr and tree(u / "public") == first, p.stderr)
(u / "content/strana-1/index.md").chmod(0o644); u.chmod(0o555); p = run("build", "-C", u, *AS_OF, user=nobody)
check("a folder that may not be written: status 3", p.returncode == 3 and tree(u / "public") == first, f"{p.returncode} {p.stderr}"); u.chmod(0o755)
disk = TMP / "disk"; disk.mkdir()
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk]).returncode: check("full disk", False, "cannot mount a tmpfs; run as root")
else:
    try:
        small = site("small", 1); p = run("build", "-C", small, "-o", disk / "site", *AS_OF); ok = p.returncode == 0; first = tree(disk / "site") if ok else ""
        p = run("build", "-C", s, "-o", disk / "site", *AS_OF, "--lang", "en")
        check("a full disk: status 3, said in words, the old site", ok and p.returncode == 3 and "F004" in p.stderr and tree(disk / "site") == first, f"{p.returncode} {p.stderr[-300:]}")
        html = TMP / "dug.html"; html.write_text("".join("<h2>Наслов %d</h2>\n" % n for n in range(9000))); one = disk / "jedan.pdf"; one.write_bytes(b"%PDF-old"); p = run("pdf", html, "-o", one, "--lang", "en")
        check("letak pdf on a full disk leaves the old file, and nothing beside it", p.returncode == 3 and one.read_bytes() == b"%PDF-old" and not list(disk.glob("*.part")), f"{p.returncode} {p.stderr[-300:]}"); one.unlink()
        check("and the disk is as free as before", not [x for x in disk.iterdir() if x.name != "site"], str(list(disk.iterdir())))
    finally: subprocess.run(["umount", disk])

# --- OUT is never a folder that is not ours ---
docs = TMP / "Documents"; docs.mkdir(); (docs / "letter.txt").write_text("dear")
for name, o in (("a folder with other files", docs), ("content/ itself", s / "content"), ("a folder inside content/", s / "content/x"), ("the site's folder", s), ("a folder that holds it", TMP), ("a file", docs / "letter.txt")):
    p = run("build", "-C", s, "-o", o, *AS_OF); check(f"OUT may not be {name}: status 2", p.returncode == 2 and (docs / "letter.txt").read_text() == "dear" and (s / "content/site.yml").exists(), f"{p.returncode} {p.stderr}")
empty = TMP / "empty"; empty.mkdir(); (empty / ".gitignore").write_text("*\n"); p = run("build", "-C", s, "-o", empty, *AS_OF)
check("an empty folder with .gitignore is taken, and keeps that file", p.returncode == 0 and (empty / ".gitignore").read_text() == "*\n" and (empty / "index.html").exists(), p.stderr)
lock = subprocess.Popen(["flock", str(s / ".public.letak-lock"), "sleep", "5"]); time.sleep(0.3); p = run("build", "-C", s, *AS_OF); lock.terminate(); lock.wait()
check("two builds of one OUT: the second says so", p.returncode == 3 and "B003" in p.stderr, p.stderr)

# --- a folder that can be read only in part: nothing is published, however little is missing ---
a = site("part"); (TMP / "part.c").write_text("""#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
struct dirent *readdir(DIR *d) { static int n; if (++n > 3) return errno = EIO, (void *)0; return ((struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir"))(d); }
""")
subprocess.run(["cc", "-shared", "-fPIC", "-o", TMP / "part.so", TMP / "part.c", "-ldl"], check=True)
p = run("build", "-C", a, "-o", TMP / "part-out", "--lang", "en", env={"LD_PRELOAD": str(TMP / "part.so"), "ASAN_OPTIONS": "verify_asan_link_order=0"})
check("a folder that ends in an error of the disk: status 3", p.returncode == 3 and "F001" in p.stderr and "Input/output error" in p.stderr and not (TMP / "part-out").exists(), p.stderr)

# --- same input and date, same bytes ---
(TMP / "clock.c").write_text("""#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
enum { LATER = 400 * 86400 + 12345 }; /* the clock of a machine on another day, at another time of day */
int clock_gettime(clockid_t c, struct timespec *t) { int r = ((int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime"))(c, t); if (c == CLOCK_REALTIME) t->tv_sec += LATER; return r; }
time_t time(time_t *out) { struct timespec t; clock_gettime(CLOCK_REALTIME, &t); if (out) *out = t.tv_sec; return t.tv_sec; }
int gettimeofday(struct timeval *v, void *zone) { (void)zone; struct timespec t; clock_gettime(CLOCK_REALTIME, &t); v->tv_sec = t.tv_sec; v->tv_usec = t.tv_nsec / 1000; return 0; }
""")
subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", TMP / "clock.so", TMP / "clock.c", "-ldl"], check=True)
later = {"LD_PRELOAD": str(TMP / "clock.so")}
a = site("same"); sample = TMP / "sample"; shutil.copytree(root / "content", sample / "content")
want = None; shutil.copytree(sample, TMP / "elsewhere/deep")
(TMP / "locales").mkdir(); subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", TMP / "locales/tr_TR.UTF-8"], capture_output=True)  # Turkish: İ and ı, a decimal comma
turkish = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LOCPATH": str(TMP / "locales")}; q = subprocess.run(["locale", "decimal_point"], capture_output=True, text=True, env=dict(os.environ, **turkish)); check("there is a Turkish locale to build in", q.stdout.strip() == ",", q)
cases = [("-j1", sample, ["-j", "1"], {}, None), ("-j2", sample, ["-j", "2"], {}, None), ("another locale", sample, [], turkish, None), ("another folder", TMP / "elsewhere/deep", [], {}, None),
         ("another time of day and zone", sample, [], {"TZ": "Pacific/Auckland"}, None), ("another SOURCE_DATE_EPOCH", sample, [], {"SOURCE_DATE_EPOCH": "86400"}, None), ("a clock 400 days and some hours on", sample, [], later, None), ("sources touched", sample, [], {}, None), ("another user", sample, [], {"HOME": "/nonexistent", "USER": "nobody"}, nobody)]
for k, (name, folder, opts, env, user) in enumerate(cases):
    o = TMP / f"det{k}"; o.mkdir()
    if name == "sources touched": [os.utime(x, (k, k)) for k, x in enumerate(sorted(sample.rglob("*")))]
    if user: shutil.chown(o, user); (TMP / "up").mkdir(); shutil.chown(TMP / "up", user); o = TMP / "up/det"
    p = run("build", "-C", folder, "-o", o, *AS_OF, *opts, env=env, user=user); h = tree(o) if p.returncode == 0 else p.stderr
    if want is None: want = h
    check(f"same bytes: {name}", p.returncode == 0 and h == want, h[-300:]); shutil.rmtree(o, ignore_errors=True)
(s / "content/strana-1/index.md").write_text("---\ntitle: Страна\nexpires: " + time.strftime("%Y-%m-%d", time.gmtime(time.time() + 30 * 86400)) + "\n---\nПисмо.\n")
there = [run("build", "-C", s, "-o", TMP / f"now{k}", env=e).returncode == 0 and "Писмо." in (TMP / f"now{k}/strana-1/index.html").read_text() for k, e in enumerate(({}, later))]
check("that clock is what the program reads: without --as-of a page has expired by it", there == [True, False], there)
sys.exit(0)
