#!/usr/bin/env python3
"""The preview server: changes of every kind are seen, mistakes stand over the page while the last good site stays up, and strangers get nothing."""
import http.client, os, pathlib, re, shutil, signal, socket, subprocess, time
root = pathlib.Path(__file__).resolve().parents[2]; checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve()
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:300]}", flush=True)
def page(path, title, text="Текст."): path.parent.mkdir(parents=True, exist_ok=True); path.write_text(f"---\ntitle: {title}\n---\n{text}\n")
s = TMP / "site"; c = s / "content"; c.mkdir(parents=True)
(c / "site.yml").write_text("name: {sr: Проба}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl]\n"); page(c / "index.md", "Почетна"); page(c / "a/index.md", "Прва")
# a reader's browser on one page: nobody reloads it, the test only writes the source; seen is what then stands in the window, the mark says that it is a new load
BROWSER = """
import pathlib, shutil, sys, time, urllib.request
from playwright.sync_api import sync_playwright
url, source = sys.argv[1], pathlib.Path(sys.argv[2]); head = "---\\ntitle: Прва\\n---\\n"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:300]}", flush=True)
with sync_playwright() as pw:
    b = pw.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"]); p = b.new_page(viewport={"width": 800, "height": 600}); said = []
    p.on("console", lambda m: said.append(m.text)); p.on("pageerror", lambda e: said.append(str(e)))
    p.goto(url); p.wait_for_timeout(600); p.evaluate("window.mark = 1"); p.wait_for_timeout(600); check("a browser is left alone while nothing changes", p.evaluate("window.mark") == 1)
    def comes(name, text, seen):
        p.evaluate("window.mark = 1"); source.write_text(head + text)
        try: p.wait_for_function("t => !window.mark && document.body && document.body.innerText.includes(t)", arg=seen, timeout=10000); check(name, True)
        except Exception as e: check(name, False, e)
    comes("the browser itself loads the page anew after an edit", "Видим ово.", "Видим ово.")
    comes("a mistake comes into the browser with its place", "[веза](nema.md)", "content/a/index.md:4:")
    over = p.evaluate("(() => { const e = document.getElementById('letak-mistakes'), r = e && e.getBoundingClientRect(); return r && [r.top >= 0, r.bottom <= innerHeight, r.width == document.documentElement.clientWidth, r.height > 20, e.contains(document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2))] })()")
    check("it stands over the page, in sight, above all else", over == [True] * 5, over); check("while the last good page is under it", "Видим ово." in p.inner_text("body"))
    comes("and is gone in the browser when it is mended", "Опет добро.", "Опет добро."); check("nothing is left of it", p.locator("#letak-mistakes").count() == 0); check("the page's policy lets all of it in", said == [], said); p.close()
    # a build that ends after the page was served and before the script first asks; then a server that was away and counts anew
    p = b.new_page(); asks = "**/.letak/version"; version = lambda: urllib.request.urlopen(url.split("/a/")[0] + "/.letak/version").read()
    def meanwhile(route):
        old = version(); source.write_text(head + "Усред учитавања."); end = time.time() + 10
        while version() == old and time.time() < end: time.sleep(0.05)
        route.continue_()
    def seen(name, test, arg=None):
        try: p.wait_for_function(test, arg=arg, timeout=10000); check(name, True)
        except Exception as e: check(name, False, e)
    p.route(asks, meanwhile, times=1); p.goto(url, wait_until="commit"); seen("a page is not left stale by a build between it and its first question", "t => document.body && document.body.innerText.includes(t)", "Усред учитавања.")
    p.wait_for_timeout(600); p.evaluate("window.mark = 1"); p.route(asks, lambda route: route.abort(), times=1); seen("a page of a server that was away is loaded anew", "() => !window.mark")
    b.close()
"""
p = subprocess.Popen([LETAK, "serve", "-C", s, "-p", "0", "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
line = p.stdout.readline(); port = int((re.search(r"^http://127\.0\.0\.1:(\d+)/$", line) or [0, 0])[1]); check("prints its address", port, line)
def get(path, host=None, method="GET"):
    k = http.client.HTTPConnection("127.0.0.1", port, timeout=10); k.request(method, path, headers={"Host": host} if host else {}); r = k.getresponse(); return r.status, r.read().decode(errors="replace"), dict(r.getheaders())
def until(test, seconds=8):
    end = time.time() + seconds
    while time.time() < end:
        if test(): return True
        time.sleep(0.02)
    return False
try:
    st, body, head = get("/"); check("serves the home page with the script that waits for changes", st == 200 and "Почетна" in body and "/.letak/reload.js" in body, body)
    check("a folder, its index and its page are one", get("/a/")[0] == 200 and get("/a/index.html")[0] == 200 and get("/a")[0] == 200)
    check("what is not there is 404", get("/none")[0] == 404)
    v = get("/.letak/version")[1]
    page(c / "a/index.md", "Прва", "Измењено."); check("an edit is served", until(lambda: "Измењено" in get("/a/")[1])); check("and browsers hear of it", get("/.letak/version")[1] != v)
    page(c / "novo/dublje/index.md", "Ново"); check("a folder made with a file in it", until(lambda: get("/novo/dublje/")[0] == 200))
    (c / "novo").rename(c / "drugo"); check("a folder renamed", until(lambda: get("/drugo/dublje/")[0] == 200 and get("/novo/dublje/")[0] == 404))
    page(TMP / "out/x/index.md", "Споља"); shutil.move(TMP / "out", c / "spolja"); check("a folder moved in", until(lambda: get("/spolja/x/")[0] == 200))
    page(c / "spolja/x/index.md", "Споља", "Опет."); check("an edit inside a folder moved in", until(lambda: "Опет" in get("/spolja/x/")[1]))
    shutil.copytree(c / "spolja", c / "kopija"); check("a tree copied", until(lambda: get("/kopija/x/")[0] == 200))
    shutil.rmtree(c / "drugo"); check("a folder deleted", until(lambda: get("/drugo/dublje/")[0] == 404))
    page(c / "a/index.md", "Прва", "[веза](nema.md)"); check("a mistake stands over the page with its place", until(lambda: "content/a/index.md:4:" in get("/a/")[1], 8), get("/a/")[1][-600:])
    check("while the last good site stays up", "Измењено" in get("/a/")[1])
    page(c / "a/index.md", "Прва", "Добро."); check("and goes when it is mended", until(lambda: "Добро" in get("/a/")[1] and "letak-mistakes" not in get("/a/")[1]))
    q = subprocess.run([checkers / "venv/bin/python", "-c", BROWSER, f"http://127.0.0.1:{port}/a/", c / "a/index.md"], capture_output=True, text=True, timeout=120); print(q.stdout, end=""); check("a browser was there to the end", q.returncode == 0 and q.stdout.count("\n") == 10, q.stderr[-300:])
    check("another host name is refused", get("/", host=f"evil.example:{port}")[0] == 403); check("localhost is ours", get("/", host=f"localhost:{port}")[0] == 200)
    check("nothing is taken", get("/", method="POST")[0] == 405)
    for bad in ("/../content/site.yml", "/%2e%2e/content/site.yml", "/..%2f..%2fetc/passwd", "/a/../../content/index.md"): check(f"no way out: {bad}", get(bad)[0] == 404)
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]; [k.send(b"GET / HT") for k in slow]
    t = time.time(); check("slow clients do not keep others waiting", get("/")[0] == 200 and time.time() - t < 2); [k.close() for k in slow]
    for junk in (b"\x00" * 4000, b"GET " + b"a" * 60000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n"):
        try:
            k = socket.create_connection(("127.0.0.1", port)); k.sendall(junk); k.settimeout(3); k.recv(100); k.close()
        except OSError: pass
    check("malformed requests leave it standing", get("/")[0] == 200 and p.poll() is None)
    k = socket.socket(socket.AF_INET6 if False else socket.AF_INET); own = [a[4][0] for a in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET) if not a[4][0].startswith("127.")]
    for a in own[:1]:
        try: socket.create_connection((a, port), timeout=1); reached = True
        except OSError: reached = False
        check("it listens on 127.0.0.1 only", not reached)
    check("nothing was written beside the sources but the folder of the cache", sorted(x.name for x in s.iterdir() if x.name != ".letak") == ["content"] and not [x for x in s.rglob(".letak/**/*") if x.is_file()], list(s.iterdir()))
    q = subprocess.run([LETAK, "serve", "-C", s, "-p", str(port), "--lang", "en"], capture_output=True, text=True, timeout=20); check("a port in use: status 3", q.returncode == 3 and "V001" in q.stderr, q.stderr)
    kids = subprocess.run(["pgrep", "-P", str(p.pid), "inotifywait"], capture_output=True, text=True).stdout.split(); check("inotifywait watches", len(kids) == 1, kids)
    for k in kids: os.kill(int(k), signal.SIGKILL)
    time.sleep(0.3); page(c / "a/index.md", "Прва", "После."); check("and is started again when it dies", until(lambda: "После" in get("/a/")[1]))
finally:
    p.send_signal(signal.SIGTERM)
    try: check("ends on SIGTERM with status 0", p.wait(10) == 0, p.returncode)
    except subprocess.TimeoutExpired: p.kill(); check("ends on SIGTERM", False)
time.sleep(0.2); check("and takes its child along", not subprocess.run(["pgrep", "-f", f"inotifywait.*{s}"], capture_output=True, text=True).stdout)
# where inotifywait cannot work it is not started for ever, the author hears of it at once, and changes are seen all the same; a folder's name is no pattern
def serve(folder, path=""):
    q = subprocess.Popen([LETAK, "serve", "-C", folder, "-p", "0", "--lang", "en"], stdout=subprocess.PIPE, stderr=open(TMP / "said", "w"), text=True, env=dict(os.environ, PATH=path + os.environ["PATH"]))
    global port; port = int(q.stdout.readline().rsplit(":", 1)[1].strip("/\n")); return q
# the program is walled in: what it starts must lie in the site or the system, and can write nothing, so each start is told through a socket
name = f"letak-{os.getpid()}"; told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); told.bind("\0" + name); told.setblocking(False); started = []
def starts():
    try:
        while True: started.append(told.recv(1))
    except BlockingIOError: return len(started)
fake = s / "fake"; fake.mkdir(); (fake / "inotifywait").write_text(f"#!/usr/bin/python3\nimport socket, sys\nsocket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', '\\0{name}')\nsys.exit(1)\n"); (fake / "inotifywait").chmod(0o755)
p = serve(s, f"{fake}:")
try:
    check("an inotifywait that fails is said at once", until(lambda: "V003" in (TMP / "said").read_text()), (TMP / "said").read_text())
    page(c / "a/index.md", "Прва", "Погледано."); check("changes are seen without it", until(lambda: "Погледано" in get("/a/")[1]))
    n = starts(); check("and it is not started for ever", 1 < n < 5, n)
finally: p.terminate(); p.wait(10); shutil.rmtree(fake)
odd = TMP / "a (b+[c"; shutil.copytree(s, odd); (odd / "public").mkdir(); p = serve(odd)
try:
    page(odd / "content/a/index.md", "Прва", "Чудно."); check("signs of a pattern in the folder's name", until(lambda: "Чудно" in get("/a/")[1]))
    time.sleep(0.3); kids = subprocess.run(["pgrep", "-P", str(p.pid), "inotifywait"], capture_output=True, text=True).stdout.split(); check("and inotifywait watches it", len(kids) == 1 and "V003" not in (TMP / "said").read_text(), kids)
finally: p.terminate(); p.wait(10)
