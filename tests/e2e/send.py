#!/usr/bin/env python3
"""letak publish against a real sshd on the loopback: rsync and sftp, five releases kept, rollback, dry run; killed at random moments (50 with ALL=1), another host
key, a full far disk, wrong clocks, bytes lost on the way: readers see the old site or the new one, whole."""
import getpass, hashlib, os, pathlib, random, re, shutil, signal, socket, subprocess, time
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); TMP.chmod(0o755)
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:700]}", flush=True)
def run(*a, **kw): return subprocess.run([*map(str, a)], capture_output=True, text=True, errors="replace", timeout=180, **kw)
for k in ("host", "other", "user"): run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", TMP / k)
with socket.socket() as k: k.bind(("127.0.0.1", 0)); PORT = k.getsockname()[1]
(TMP / "sshd.conf").write_text(f"Port {PORT}\nListenAddress 127.0.0.1\nHostKey {TMP}/host\nPidFile none\nAuthorizedKeysFile {TMP}/user.pub\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\nMaxStartups 100\nSubsystem sftp internal-sftp\n")
if os.geteuid() == 0: os.makedirs("/run/sshd", exist_ok=True)
sshd = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", TMP / "sshd.conf", "-E", TMP / "sshd.log"])
def config(name, key="host"):
    (TMP / f"known-{name}").write_text(f"[127.0.0.1]:{PORT} {(TMP / f'{key}.pub').read_text()}")
    (TMP / f"ssh-{name}").write_text(f"Host daleki\n HostName 127.0.0.1\n Port {PORT}\n User {getpass.getuser()}\n IdentityFile {TMP}/user\n IdentitiesOnly yes\n UserKnownHostsFile {TMP}/known-{name}\n GlobalKnownHostsFile none\n StrictHostKeyChecking yes\n"); return TMP / f"ssh-{name}"
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
    for k in (7, 6, 5, 4): p = letak("--rollback")
    check("back to the oldest that is kept", p.returncode == 0 and "Издање 4" in shown()); p = letak("--rollback"); check("and no further", p.returncode == 1 and "B116" in p.stderr and "Издање 4" in shown(), p.stderr)
    letak(); (far / "releases" / releases()[-2] / "index.html").write_text("x"); p = letak("--rollback"); check("a damaged release is not shown again", p.returncode == 3 and "B114" in p.stderr and "index.html" in p.stderr and "Издање 8" in shown(), p.stderr)
    shutil.rmtree(far); version(1); letak(); hashes = {}
    # --- clocks ---
    for t in ("2001-01-01", "2040-01-01"):
        run("find", far, s / ".letak", "-exec", "touch", "-h", "-d", t, "{}", "+"); version(2 if t < "2010" else 3); p = letak(); check(f"far files dated {t}: what changed in place of as many bytes arrives", p.returncode == 0 and f"Издање {2 if t < '2010' else 3}" in shown(), p.stderr)
    # --- sftp ---
    bin = TMP / "bin"; bin.mkdir(); [(bin / x).symlink_to(shutil.which(x)) for x in ("ssh", "sftp")]; version(4); p = letak(env={"PATH": str(bin)}); check("without rsync by sftp", p.returncode == 0 and "Издање 4" in shown() and (far / "current/lista š a.txt").exists(), p.stderr)
    (bin / "ssh").unlink(); version(5); p = letak(env={"PATH": str(bin)}); check("without ssh: status 3, what to install", p.returncode == 3 and "openssh-client" in p.stderr and "Издање 4" in shown(), p.stderr)
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
finally: sshd.terminate(); sshd.wait(10)
