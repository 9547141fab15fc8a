#!/usr/bin/env python3
"""letak publish against a real sshd on the loopback: rsync and sftp, with a shell there and without, five releases kept, rollback, dry run; killed at random moments (50 with ALL=1), another host
key, a full far disk, wrong clocks, bytes lost on the way: readers see the old site or the new one, whole."""
import getpass, hashlib, os, pathlib, random, re, shutil, signal, socket, subprocess, tempfile, time
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); TMP.chmod(0o755)
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:700]}", flush=True)
def run(*a, **kw): return subprocess.run([*map(str, a)], capture_output=True, text=True, errors="replace", timeout=180, **kw)
for k in ("host", "other", "user"): run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", TMP / k)
with socket.socket() as k: k.bind(("127.0.0.1", 0)); PORT = k.getsockname()[1]
(TMP / "sshd.conf").write_text(f"Port {PORT}\nListenAddress 127.0.0.1\nHostKey {TMP}/host\nPidFile none\nAuthorizedKeysFile {TMP}/user.pub\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\nMaxStartups 100\nSubsystem sftp internal-sftp\n")
if os.geteuid() == 0: os.makedirs("/run/sshd", exist_ok=True)
sshd = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", TMP / "sshd.conf", "-E", TMP / "sshd.log"])
def config(name, key="host", port=PORT):
    (TMP / f"known-{name}").write_text(f"[127.0.0.1]:{port} {(TMP / f'{key}.pub').read_text()}")
    (TMP / f"ssh-{name}").write_text(f"Host daleki\n HostName 127.0.0.1\n Port {port}\n User {getpass.getuser()}\n IdentityFile {TMP}/user\n IdentitiesOnly yes\n UserKnownHostsFile {TMP}/known-{name}\n GlobalKnownHostsFile none\n StrictHostKeyChecking yes\n"); return TMP / f"ssh-{name}"
good = config("dobar")
for _ in range(100):
    if run("ssh", "-F", good, "daleki", "true").returncode == 0: break
    time.sleep(0.05)
s, far = TMP / "site", TMP / "daleko"; (s / "content").mkdir(parents=True)
(s / "content/site.yml").write_text(f"name: {{sr: Проба}}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\npublish-to: daleki:{far}\n")
for i in range(12): d = s / f"content/strana-{i}"; d.mkdir(); (d / "index.md").write_text(f"---\ntitle: Страна {i}\n---\n" + f"Ово је реченица о нечему. " * 60 + "\n")
(s / "content/lista š a.txt").write_text("Списак.\n" * 30)
def version(k): (s / "content/index.md").write_text(f"---\ntitle: Почетна\n---\nИздање {k}.\n\n[Списак](<lista š a.txt>)\n")
def letak(*a, cfg=good, env=None): return run(LETAK, "publish", *a, "-C", s, "--ssh-config", cfg, "--as-of", "2026-11-24", "--lang", "en", env=dict(os.environ, **(env or {})))
def shown(): return (far / "current/index.html").read_text() if (far / "current").is_symlink() else ""
def tree(p): return hashlib.sha256(b"".join(str(f.relative_to(p)).encode() + b"\0" + f.read_bytes() for f in sorted(p.rglob("*")) if f.is_file())).hexdigest()
def releases(): return sorted(x.name for x in (far / "releases").iterdir()) if (far / "releases").exists() else []
more_sshd, hashes = [], {}
try:
    # --- before anything is there ---
    version(1); p = letak("--dry-run"); check("--dry-run says what is new, sends nothing", p.returncode == 0 and "+ index.html" in p.stdout and "~ 0, - 0" in p.stdout and not far.exists(), p.stdout[-300:] + p.stderr)
    (s / "content/contacts.yml").write_text('centar:\n  name: {sr: Ц}\n  placeholder: true\n  phones: [{number: "192"}]\n'); version("1. :contact[centar]{phone}"); p = letak(); check("a placeholder contact is not published", p.returncode == 1 and "C034" in p.stderr and not far.exists(), p.stderr)
    (s / "content/contacts.yml").unlink(); d = "010100671000"; version(f"1. JMBG {d}{(11 - sum(int(a) * b for a, b in zip(d, (7, 6, 5, 4, 3, 2) * 2)) % 11) % 11}"); p = letak(); check("nor what the privacy gate finds", p.returncode == 1 and "N001" in p.stderr and not far.exists(), p.stderr); version(1)
    # --- releases ---
    p = letak(); check("the first release", p.returncode == 0 and "Издање 1" in shown() and len(releases()) == 1 and releases()[0].startswith("000001-"), p.stdout + p.stderr)
    r = far / "current"; check("it is the folder of letak pack web, compressed files and all, for every web server to read", (r / "index.html.gz").exists() and (r / "lista š a.txt").exists() and not (r / ".letak-manifest").exists() and (r / "index.html").stat().st_mode & 0o777 == 0o644 and r.stat().st_mode & 0o777 == 0o755)
    p = letak(); check("the same again changes nothing", p.returncode == 0 and "nothing changed" in p.stdout and len(releases()) == 1, p.stdout)
    version(2); p = letak("--dry-run"); check("--dry-run says what changes", p.returncode == 0 and "~ index.html" in p.stdout and "~ sr-latn/index.html" in p.stdout and "strana-3" not in p.stdout and "Издање 1" in shown(), p.stdout)
    p = letak(); n = releases(); check("the second, beside the first", p.returncode == 0 and "Издање 2" in shown() and len(n) == 2, p.stdout + p.stderr); check("what did not change is not sent again", (far / "releases" / n[0] / "strana-3/index.html").stat().st_ino == (far / "releases" / n[1] / "strana-3/index.html").stat().st_ino)
    for k in range(3, 8): version(k); p = letak()
    check("five are kept", p.returncode == 0 and [x[:6] for x in releases()] == [f"{k:06}" for k in range(3, 8)] and "Издање 7" in shown(), releases())
    for k in (6, 5): p = letak("--rollback"); check(f"--rollback: {k}", p.returncode == 0 and f"Издање {k}" in shown() and len(releases()) == 5, p.stderr)
    version(8); p = letak(); check("a release after a rollback is the newest", p.returncode == 0 and "Издање 8" in shown() and releases()[-1].startswith("000008-"), releases())
    check("and those withdrawn before it are gone", [x[:6] for x in releases()] == ["000003", "000004", "000005", "000008"], releases())
    p = letak("--rollback"); check("so that back leads to the one that readers saw before", p.returncode == 0 and "Издање 5" in shown(), p.stderr)
    for k in (4, 3): p = letak("--rollback")
    check("back to the oldest that is kept", p.returncode == 0 and "Издање 3" in shown()); p = letak("--rollback"); check("and no further", p.returncode == 1 and "B116" in p.stderr and "Издање 3" in shown(), p.stderr)
    letak(); (far / "releases" / releases()[-2] / "index.html").write_text("x"); p = letak("--rollback"); check("a damaged release is not shown again", p.returncode == 3 and "B114" in p.stderr and "index.html" in p.stderr and "Издање 8" in shown(), p.stderr)
    shutil.rmtree(far); version(1); letak(); hashes = {}
    # --- clocks ---
    for t in ("2001-01-01", "2040-01-01"):
        run("find", far, s / ".letak", "-exec", "touch", "-h", "-d", t, "{}", "+"); version(2 if t < "2010" else 3); p = letak(); check(f"far files dated {t}: what changed in place of as many bytes arrives", p.returncode == 0 and f"Издање {2 if t < '2010' else 3}" in shown(), p.stderr)
    # clocks that jump by decades at either end, before every release: a library in front of the system's own answers for time
    (TMP / "sat.c").write_text('#define _GNU_SOURCE\n#include <stdlib.h>\n#include <sys/syscall.h>\n#include <sys/time.h>\n#include <time.h>\n#include <unistd.h>\nstatic long off(void) { const char *s = getenv("SAT"); return s ? atol(s) : 0; }\nint clock_gettime(clockid_t c, struct timespec *t) { int r = (int)syscall(SYS_clock_gettime, c, t); if (!r && c == CLOCK_REALTIME) t->tv_sec += off(); return r; }\ntime_t time(time_t *p) { struct timespec t; clock_gettime(CLOCK_REALTIME, &t); if (p) *p = t.tv_sec; return t.tv_sec; }\nint gettimeofday(struct timeval *v, void *z) { (void)z; struct timespec t; clock_gettime(CLOCK_REALTIME, &t); v->tv_sec = t.tv_sec; v->tv_usec = t.tv_nsec / 1000; return 0; }\n')
    q = run("cc", "-shared", "-fPIC", "-o", TMP / "sat.so", TMP / "sat.c"); year = run("sh", "-c", f"SAT=-600000000 LD_PRELOAD={TMP}/sat.so date +%Y").stdout.strip(); check("a clock can be set wrong here", q.returncode == 0 and year and int(year) < time.gmtime().tm_year - 15, q.stderr + year); pub = (TMP / "user.pub").read_text(); before = len(releases())
    for k, (here, there) in enumerate(((9, -6), (-6, 9), (-6, -6), (9, 9), (-6, 9), (0, -6), (9, 0))):
        (TMP / "user.pub").write_text(f'command="LD_PRELOAD={TMP}/sat.so SAT={there}00000000 sh -c \\"$SSH_ORIGINAL_COMMAND\\"" ' + pub); version(60 + k); p = letak(env={"LD_PRELOAD": str(TMP / "sat.so"), "SAT": f"{here}00000000"}); n = releases()
        check(f"a clock {here}00 million seconds wrong here, {there}00 million there: the newest is shown", p.returncode == 0 and f"Издање {60 + k}" in shown() and (far / "current").resolve().name == n[-1], (p.stderr, n))
    (TMP / "user.pub").write_text(pub); check("five are kept, in the order in which they came", [re.search("Издање ([0-9]+)", (far / "releases" / x / "index.html").read_text())[1] for x in releases()] == [str(k) for k in range(62, 67)], releases())
    for k in (65, 64): p = letak("--rollback"); check(f"and back goes to {k}", p.returncode == 0 and f"Издање {k}" in shown(), p.stderr)
    # --- sftp ---
    bin = TMP / "bin"; bin.mkdir(); [(bin / x).symlink_to(shutil.which(x)) for x in ("ssh", "sftp")]; version(4); p = letak(env={"PATH": str(bin)}); check("without rsync by sftp", p.returncode == 0 and "Издање 4" in shown() and (far / "current/lista š a.txt").exists(), p.stderr)
    odd = TMP / 'a "b" \\c'; shutil.copytree(s, odd, ignore=shutil.ignore_patterns(".letak")); p = run(LETAK, "publish", f"daleki:{TMP}/dru\\gi", "-C", odd, "--ssh-config", good, "--as-of", "2026-11-24", env=dict(os.environ, PATH=str(bin))); check("by sftp from and into folders whose names have quotes and backslashes", p.returncode == 0 and "Издање 4" in (TMP / "dru\\gi/current/index.html").read_text(), p.stderr)
    (TMP / "user.pub").write_text('command="internal-sftp" ' + pub); p = letak(); check("a key that opens sftp alone finds what was sent with a shell", p.returncode == 0 and "nothing changed" in p.stdout and "Издање 4" in shown(), p.stderr + p.stdout)
    (TMP / "user.pub").write_text('command="echo Nema; exit 1" ' + pub); p = letak(); check("an account that may use neither sh nor sftp: status 3, what it lacks, nothing changed", p.returncode == 3 and "B119" in p.stderr and "Nema" in p.stderr and "Издање 4" in shown() and not [x for x in releases() if x.startswith(".")], p.stderr)
    (TMP / "user.pub").write_text('command="echo Dobro dosli; echo; sh -c \\"$SSH_ORIGINAL_COMMAND\\"" ' + pub); version(51); p = letak(env={"PATH": str(bin)}); check("a far shell that greets does no harm to what is asked of it", p.returncode in (0, 3) and ("Издање 51" in shown()) == (p.returncode == 0), p.stderr); (TMP / "user.pub").write_text(pub)
    # --- what publish may do while ssh runs: the wall around it ---
    spy, tmp = TMP / "spy", TMP / "tmp"; spy.mkdir(); tmp.mkdir(); (spy / "ssh").write_text(f"""#!/bin/sh
cd "{TMP}"; (echo x >izvan) 2>/dev/null; (echo x >"{s}/content/x.md") 2>/dev/null; (echo x >tmp/unutra) 2>/dev/null
python3 -c "
import socket
def t(f):
    try: f(); return 'da'
    except PermissionError: return 'ne'
    except OSError as e: return e.strerror
print(t(lambda: socket.create_connection(('127.0.0.1', {PORT}), 5)), t(lambda: socket.socket().bind(('127.0.0.1', 0))), file=open('tmp/mreza', 'w'))"
exec {shutil.which("ssh")} "$@"
"""); (spy / "ssh").chmod(0o755); version(52); p = letak(env={"PATH": f"{spy}:{os.environ['PATH']}", "TMPDIR": str(tmp)}); held = subprocess.run(["python3", "-c", "import ctypes; raise SystemExit(ctypes.CDLL(None).syscall(444, None, 0, 1) < 4)"]).returncode == 0
    if held: check("what runs as ssh writes into the folder for passing files alone, connects, and cannot listen", p.returncode == 0 and "Издање 52" in shown() and not (TMP / "izvan").exists() and not (s / "content/x.md").exists() and (tmp / "unutra").exists() and (tmp / "mreza").read_text() == "da ne\n", (p.stderr, (tmp / "mreza").read_text()))
    else: print("# this kernel's Landlock knows no networks: the wall around publish was not tried", flush=True)
    (s / "content/x.md").unlink(missing_ok=True)
    log = TMP / "trace"; run("strace", "-f", "-o", log, "-e", "trace=landlock_restrict_self,openat,connect,execve", LETAK, "publish", "--dry-run", "-C", s, "--ssh-config", good, "--as-of", "2026-11-24"); seen = {}
    for pid, call in re.findall(r"^(\d+) +(.*)$", log.read_text(errors="replace"), re.M): seen.setdefault(pid, []).append(call)
    readers = [c for c in seen.values() if any("content/index.md" in x for x in c)]; check("the sources are read by processes that are walled in first and talk to nobody", readers and all(not any(x.startswith(("connect", "execve")) and "letak" not in x for x in c) for c in readers), readers and [x for c in readers for x in c if x.startswith(("connect", "execve"))][:3])
    firsts = [next((x for x in c if "content/index.md" in x or x.startswith("landlock")), "") for c in seen.values() if c in readers and any(x.startswith("landlock") for x in c)]; check("none reads before its wall stands", not held or (firsts and all(x.startswith("landlock") for x in firsts)), firsts)
    # --- places ---
    home = pathlib.Path(os.path.expanduser("~")); rel = f"letak-test-{os.getpid()}"
    try:
        p = letak(f"daleki:{rel}"); q = letak(f"daleki:~/{rel}"); check("a path without a slash begins at home, and so does ~/", p.returncode == 0 and "Издање 52" in (home / rel / "current/index.html").read_text() and q.returncode == 0 and "nothing changed" in q.stdout, p.stderr + q.stderr + q.stdout)
    finally: shutil.rmtree(home / rel, ignore_errors=True)
    (TMP / "veza").mkdir(); (TMP / "veza/current").symlink_to("/srv"); p = letak(f"daleki:{TMP}/veza"); check("a link that is not ours is left alone", p.returncode == 1 and "B117" in p.stderr and os.readlink(TMP / "veza/current") == "/srv", p.stderr)
    (bin / "ssh").unlink(); version(5); p = letak(env={"PATH": str(bin)}); check("without ssh: status 3, what to install", p.returncode == 3 and "openssh-client" in p.stderr and "Издање 52" in shown(), p.stderr)
    # --- killed ---
    for k in (0, 1): version(k); p = letak(); hashes[k] = tree(far / "current"); check(f"site {k}", p.returncode == 0, p.stderr)
    version(0); t = time.perf_counter(); letak(); took = time.perf_counter() - t; rnd, rounds, alive, torn, new = random.Random(7), 50 if os.environ.get("ALL") else 12, 0, [], 0
    for i in range(rounds):
        before = tree(far / "current"); k = 0 if before == hashes[1] else 1; version(k)
        p = subprocess.Popen([LETAK, "publish", "-C", s, "--ssh-config", good, "--as-of", "2026-11-24"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(rnd.random() * took * 1.3); alive += p.poll() is None
        try: os.killpg(p.pid, signal.SIGKILL) if i % 2 else p.kill() # with what it started, or alone
        except ProcessLookupError: pass
        p.wait(); now = tree(far / "current"); torn += [] if now in (before, hashes[k]) else [i]; time.sleep(0.15); now = tree(far / "current"); torn += [] if now in (before, hashes[k]) else [i]; new += now == hashes[k]
    print(f"# killed at {rounds} random moments, {alive} while it lived, the new site was there {new} times", flush=True)
    check(f"killed at {rounds} random moments, {alive} while it lived, {new} times the new site was there: never a mixture", not torn and alive > rounds // 2, (torn, alive))
    version(9); p = letak(); check("then it publishes, and what was half there is gone", p.returncode == 0 and "Издање 9" in shown() and not [x for x in releases() if x.startswith(".")] and len(releases()) == 5 and sorted(x.name for x in far.iterdir()) == ["current", "releases"], (p.stderr, releases(), list(far.iterdir())))
    # --- two at once ---
    s2 = TMP / "site2"; shutil.copytree(s, s2, ignore=shutil.ignore_patterns(".letak")); (s2 / "content/index.md").write_text("---\ntitle: Друга\n---\nИздање Б.\n"); version("А")
    ps = [subprocess.Popen([LETAK, "publish", "-C", x, "--ssh-config", good, "--as-of", "2026-11-24"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for x in (s, s2)]; st = [x.wait(120) for x in ps]; [x.communicate() for x in ps]
    q = run("sh", "-c", "sha256sum -c --quiet spisak.txt", cwd=far / "current"); check("two at once: one of the two, whole", q.returncode == 0 and ("Издање А" in shown() or "Издање Б" in shown()) and 0 in st and set(st) <= {0, 3}, (st, q.stdout))
    version(10); p = letak(); check("and the next is published", p.returncode == 0 and "Издање 10" in shown(), p.stderr)
    # --- another host key ---
    version(11); p = letak(cfg=config("tudj", "other")); check("another host key: refused, nothing sent", p.returncode == 3 and "B112" in p.stderr and "Издање 10" in shown() and len(releases()) == 5, p.stderr)
    # --- bytes lost on the way ---
    real = shutil.which("rsync"); (bin / "ssh").symlink_to(shutil.which("ssh")); (bin / "rsync").write_text(f'#!/bin/sh\nPATH=/usr/bin:/bin\n"{real}" "$@" || exit; for d in "{far}"/releases/.incoming-*; do printf x >>"$d/strana-3/index.html"; done\n'); (bin / "rsync").chmod(0o755)
    p = letak(env={"PATH": str(bin)}); check("a file that arrives changed is named, the old site stays", p.returncode == 3 and "B114" in p.stderr and "strana-3" in p.stderr and "Издање 10" in shown() and not [x for x in releases() if x.startswith(".")], p.stderr)
    (bin / "rsync").write_text(f'#!/bin/sh\nPATH=/usr/bin:/bin\n"{real}" "$@" || exit; for d in "{far}"/releases/.incoming-*; do echo x >"$d/tudje.html"; done\n'); p = letak(env={"PATH": str(bin)}); check("so is one too many", p.returncode == 3 and "B114" in p.stderr and "Издање 10" in shown(), p.stderr)
    # --- full far disk ---
    disk = TMP / "disk"; disk.mkdir(); size = 4 * sum(-(-f.stat().st_size // 4096) + 1 for f in (far / "current").rglob("*"))
    if run("mount", "-t", "tmpfs", "-o", f"size={size * 4}k", "tmpfs", disk).returncode == 0:
        try:
            p = letak(f"daleki:{disk}/sajt"); first = (disk / "sajt/current/index.html").read_text(); v = os.statvfs(disk); (disk / "puno").write_bytes(b"x" * (v.f_bavail * v.f_frsize - size * 60))
            for d in (s / "content").glob("strana-*"): (d / "index.md").write_text((d / "index.md").read_text() + "Још једна реченица.\n")
            version(12); p2 = letak(f"daleki:{disk}/sajt"); check("a full far disk: status 3, the old site stays whole", p.returncode == 0 and p2.returncode == 3 and "B113" in p2.stderr and (disk / "sajt/current/index.html").read_text() == first and run("sha256sum", "-c", "--quiet", "spisak.txt", cwd=disk / "sajt/current").returncode == 0, p.stderr + p2.stderr)
            check("and what was half there does not stay", not list((disk / "sajt/releases").glob(".incoming*")), list((disk / "sajt/releases").iterdir())); (disk / "puno").unlink(); p = letak(f"daleki:{disk}/sajt"); check("with room again it is published", p.returncode == 0 and "Издање 12" in (disk / "sajt/current/index.html").read_text(), p.stderr)
        finally: run("umount", disk)
    else: # no right to mount: no file may be larger than one block
        (TMP / "authorized").write_text('command="ulimit -f 1; sh -c \\"$SSH_ORIGINAL_COMMAND\\"" ' + (TMP / "user.pub").read_text()); (TMP / "user.pub").write_text((TMP / "authorized").read_text()); p = letak(); check("a far disk that takes no more: status 3, the old site stays", p.returncode == 3 and "Издање 10" in shown(), p.stderr)
    # --- not ours ---
    (TMP / "tudje/current").mkdir(parents=True); p = letak(f"daleki:{TMP}/tudje"); check("a folder that is not ours is left alone", p.returncode == 1 and "B117" in p.stderr and list((TMP / "tudje").iterdir()) == [TMP / "tudje/current"], p.stderr)
    for t in ("nigde", "-oProxyCommand=x:/a", "a b:/c", ":/x", "h:"): p = run(LETAK, "publish", "-C", s, "--ssh-config", good, "--lang", "en", "--", t); check(f"{t!r} is no place", p.returncode == 2 and "B111" in p.stderr, p.stderr)
    p = letak(f"daleki:{TMP}/o'hara;x"); check("no sign in a path means anything to the far shell", p.returncode == 0 and (TMP / "o'hara;x/current/index.html").exists(), p.stderr)
    # --- an account that may use sftp alone: nothing runs there, what arrived is fetched back and compared here ---
    def start(name, more):
        with socket.socket() as k: k.bind(("127.0.0.1", 0)); port = k.getsockname()[1]
        (TMP / f"sshd-{name}.conf").write_text((TMP / "sshd.conf").read_text().replace(f"Port {PORT}", f"Port {port}") + more)
        more_sshd.append(subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", TMP / f"sshd-{name}.conf", "-E", TMP / f"sshd-{name}.log"])); cfg = config(name, port=port)
        for _ in range(100):
            if subprocess.run(["sftp", "-F", cfg, "-b", "-", "daleki"], input="pwd\n", capture_output=True, text=True).returncode == 0: return cfg
            time.sleep(0.05)
        return cfg
    usual, far = far, TMP / "samo*[s]'ftp\\a/x"; private = TMP / "private"; private.mkdir(); cfg = start("samo", "ForceCommand internal-sftp\n"); dirs = lambda: [x.name for x in far.rglob(".*")]
    def alone(*a, cfg=cfg, to=far, env=None): return letak(f"daleki:{to}", *a, cfg=cfg, env={"TMPDIR": str(private), **(env or {})})
    strange = "zv*[a]?#'\\b.txt"; (s / "content" / strange).write_text("Чудно.\n" * 30); (s / "content/zvXa.txt").write_text("Обично.\n" * 30); (s / "content" / "a\\b*").mkdir(); (s / "content" / "a\\b*" / "лист.txt").write_text("Лист.\n" * 30)
    def version(k): (s / "content/index.md").write_text(f"---\ntitle: Почетна\n---\nИздање {k}.\n\n[Списак](<lista š a.txt>), [чудан](<zv*[a]%3F%23'%5Cb.txt>), [обичан](zvXa.txt), [лист](<a%5Cb*/лист.txt>)\n")
    p = run("ssh", "-F", cfg, "daleki", "true"); check("the account has no shell", p.returncode == 1 and "sftp connections only" in p.stdout + p.stderr, p.stdout + p.stderr)
    version(1); p = alone("--dry-run"); check("sftp alone: --dry-run says what is new, sends nothing", p.returncode == 0 and "+ index.html" in p.stdout and "~ 0, - 0" in p.stdout and not far.exists(), p.stdout[-300:] + p.stderr)
    p = alone(); check("sftp alone: the first release", p.returncode == 0 and "Издање 1" in shown() and len(releases()) == 1 and releases()[0].startswith("000001-") and not dirs(), p.stdout + p.stderr); r = far / "current"
    check("sftp alone: every file as the list says, names with signs of sftp's batches too, nothing else", run("sha256sum", "-c", "--quiet", "spisak.txt", cwd=r).returncode == 0 and (r / strange).exists() and (r / "a\\b*/лист.txt").exists() and sum(f.is_file() for f in r.rglob("*")) == len((r / "spisak.txt").read_text().splitlines()) + 1 and r.stat().st_mode & 0o777 == 0o755, [str(f) for f in r.rglob("*")][:9])
    p = alone(); check("sftp alone: the same again changes nothing", p.returncode == 0 and "nothing changed" in p.stdout and len(releases()) == 1, p.stdout)
    version(2); p = alone("--dry-run"); check("sftp alone: --dry-run says what changes", p.returncode == 0 and "~ index.html" in p.stdout and "strana-3" not in p.stdout and "Издање 1" in shown(), p.stdout)
    for k in range(2, 8): version(k); p = alone()
    check("sftp alone: five are kept, of the others nothing", p.returncode == 0 and [x[:6] for x in releases()] == [f"{k:06}" for k in range(3, 8)] and "Издање 7" in shown() and not dirs(), releases())
    for k in (6, 5): p = alone("--rollback"); check(f"sftp alone: --rollback: {k}", p.returncode == 0 and f"Издање {k}" in shown() and len(releases()) == 5, p.stderr)
    version(8); p = alone(); check("sftp alone: after a rollback what it withdrew is gone", p.returncode == 0 and "Издање 8" in shown() and [x[:6] for x in releases()] == ["000003", "000004", "000005", "000008"] and not dirs(), (p.stderr, releases()))
    (far / "releases" / releases()[-2] / "index.html").write_text("x"); p = alone("--rollback"); check("sftp alone: a damaged release is not shown again", p.returncode == 3 and "B114" in p.stderr and "index.html" in p.stderr and "Издање 8" in shown(), p.stderr)
    # a file altered, one too many, one too few, a link: before it is compared
    false = TMP / "false"; false.mkdir(exist_ok=True)
    for what, harm, says in (("changed", 'printf x >>"$d/strana-3/index.html"', "strana-3"), ("too many", 'echo x >"$d/tudje.html"', "tudje"), ("missing", 'rm "$d/strana-4/index.html"', "strana-4"), ("a link", ":", "tudje"), ("another list", 'echo >>"$d/spisak.txt"', "spisak")):
        (false / "sftp").write_text(f"""#!/bin/sh
b=$(cat); more='{"symlink /etc/passwd tudje" if what == "a link" else ""}'; case $b in *"put -r"*) b=$(printf '%s\\n%s' "$b" "$more");; esac
printf '%s\\n' "$b" | {shutil.which("sftp")} "$@" || exit; case $b in *"put -r"*) for d in "$DALEKO"/releases/.incoming-*; do {harm}; done;; esac
"""); (false / "sftp").chmod(0o755); version(f"лоше {what}"); p = alone(env={"PATH": f"{false}:{os.environ['PATH']}", "DALEKO": str(far), "TMPDIR": str(TMP)}); left = dirs()
        check(f"sftp alone: what arrives wrong ({what}) is named and not shown", p.returncode == 3 and "B114" in p.stderr and says in p.stderr and "Издање 8" in shown() and len(releases()) - len(left) == 4, (p.stderr, releases()))
        check(f"sftp alone: and only what no list names stays of it ({what})", len([x for x in left if x.startswith(".incoming-")]) == (what in ("too many", "a link")) and {f.name for x in left for f in (far / "releases" / x).iterdir()} <= {"tudje.html", "tudje"}, left); [shutil.rmtree(far / "releases" / x) for x in left]
    # no way to replace a link at once
    old = start("staro", "ForceCommand internal-sftp -P posix-rename\n"); version(9); p = alone(cfg=old); check("sftp alone, without posix-rename: said, nothing changed", p.returncode == 3 and "B120" in p.stderr and "Издање 8" in shown() and len(releases()) == 4 and not dirs(), (p.stderr, releases()))
    (far.parent / "tudje/current").mkdir(parents=True); p = alone(to=far.parent / "tudje"); check("sftp alone: a folder that is not ours is left alone", p.returncode == 1 and "B117" in p.stderr and list((far.parent / "tudje").iterdir()) == [far.parent / "tudje/current"], p.stderr)
    (far.parent / "veza").mkdir(); (far.parent / "veza/current").symlink_to("/srv"); p = alone(to=far.parent / "veza"); check("sftp alone: so is a link that is not ours", p.returncode == 1 and "B117" in p.stderr and os.readlink(far.parent / "veza/current") == "/srv", p.stderr)
    # a list at the far end that leads out of its release
    out = far / "dragoceno.txt"; out.write_text("x"); half = far / "releases/.incoming-zlo"; (half / "a").mkdir(parents=True); (half / "a/b").write_text("x"); (half / "spisak.txt").write_text("".join(f"{'0' * 64}  {x}\n" for x in ("../../dragoceno.txt", str(out), "a/../../../dragoceno.txt", "a/b")))
    p = alone(); check("sftp alone: a list there removes nothing outside its folder", p.returncode == 0 and "Издање 9" in shown() and out.exists() and not half.exists(), (p.stderr, dirs())); out.unlink()
    # killed
    for k in (0, 1): version(k); p = alone(); hashes[k] = tree(far / "current")
    version(0); t = time.perf_counter(); alone(); took = time.perf_counter() - t; rnd, rounds, lived, torn, new = random.Random(9), 50 if os.environ.get("ALL") else 12, 0, [], 0
    for i in range(rounds):
        before = tree(far / "current"); k = 0 if before == hashes[1] else 1; version(k)
        p = subprocess.Popen([LETAK, "publish", f"daleki:{far}", "-C", s, "--ssh-config", cfg, "--as-of", "2026-11-24"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=dict(os.environ, TMPDIR=str(private)))
        time.sleep(rnd.random() * took * 1.2); lived += p.poll() is None
        try: os.killpg(p.pid, signal.SIGKILL) if i % 2 else p.kill()
        except ProcessLookupError: pass
        p.wait(); now = tree(far / "current"); torn += [] if now in (before, hashes[k]) else [i]; time.sleep(0.3); now = tree(far / "current"); torn += [] if now in (before, hashes[k]) else [i]; new += now == hashes[k]
    print(f"# sftp alone: killed at {rounds} random moments, {lived} while it lived, the new site was there {new} times", flush=True)
    check("sftp alone, killed at random moments: never a mixture", not torn and lived > rounds // 3, (torn, lived)); [shutil.rmtree(x) for x in private.iterdir()]
    time.sleep(2); version(10); p = alone(); check("sftp alone: then it publishes, and what was half there is gone", p.returncode == 0 and "Издање 10" in shown() and not dirs() and len(releases()) <= 5 and sorted(x.name for x in far.iterdir()) == ["current", "releases"], (p.stderr, releases(), list(far.iterdir())))
    check("sftp alone: nothing that was fetched stays here", not list(private.iterdir()), list(private.iterdir()))
    if os.geteuid() == 0: # a jail must be root's own all the way up
        jail = pathlib.Path(tempfile.mkdtemp(prefix="letak-test-", dir="/srv")); jail.chmod(0o755)
        try:
            cfg2 = start("zatvor", f"ForceCommand internal-sftp\nChrootDirectory {jail}\n"); version(11); p = alone(cfg=cfg2, to="/sajt"); version(12); p2 = alone(cfg=cfg2, to="/sajt"); p3 = alone("--rollback", cfg=cfg2, to="/sajt"); here = (jail / "sajt/current/index.html").read_text() if (jail / "sajt/current").is_symlink() else ""
            check("sftp alone, in a jail: published twice and back", [x.returncode for x in (p, p2, p3)] == [0, 0, 0] and "Издање 11" in here and len(list((jail / "sajt/releases").iterdir())) == 2, [x.stderr for x in (p, p2, p3)])
            p = alone(cfg=cfg2, to="/"); q = alone(cfg=cfg2, to="/"); check("sftp alone: so is the root of the jail", p.returncode == 0 and "nothing changed" in q.stdout and "Издање 12" in (jail / "current/index.html").read_text(), p.stderr + q.stderr)
        finally: shutil.rmtree(jail)
    else: print("# a jail can be made by root alone: not tried", flush=True)
finally: [(x.terminate(), x.wait(10)) for x in (sshd, *more_sshd)]
