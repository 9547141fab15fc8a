#!/usr/bin/env python3
"""Reading safely: the quick exit in Chromium with script and without (where it leads, what history and Back then show), a site that works from anywhere, what servers
are told (real nginx and Apache on the loopback), security.txt, and the copy for a USB stick that can be proven identical."""
import filecmp, hashlib, http.client, http.server, json, os, pathlib, re, shutil, socket, ssl, subprocess, sys, threading, time, zipfile
root = pathlib.Path(__file__).resolve().parents[2]; py = root / "build/checkers/venv/bin/python"
try: from playwright.sync_api import sync_playwright
except ImportError: os.execv(py, [py, *sys.argv])
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); TMP.chmod(0o755)
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:900]}", flush=True)
def run(*a, **kw): return subprocess.run([*map(str, a)], capture_output=True, text=True, errors="replace", timeout=120, **kw)
def letak(*a): return run(LETAK, *a, "--as-of", "2026-12-15", "--lang", "en")
def port():
    with socket.socket() as s: s.bind(("127.0.0.1", 0)); return s.getsockname()[1]
# --- the other site: slow on demand, tells what it was asked ---
seen, delay = [], [0.0]
class Other(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/favicon.ico": seen.append((self.path, dict(self.headers)))
        time.sleep(delay[0])
        if self.path == "/nothing": self.send_response(204); self.end_headers(); return
        body = b"<!DOCTYPE html><title>Vreme</title>Suncano"; self.send_response(200); self.send_header("Content-Type", "text/html"); self.send_header("Content-Length", str(len(body))); self.end_headers()
        try: self.wfile.write(body)
        except OSError: pass
    def log_message(self, *a): pass
other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other); threading.Thread(target=other.serve_forever, daemon=True).start(); EXIT = f"http://127.0.0.1:{other.server_port}/vreme"
s = TMP / "site"; shutil.copytree(root / "content", s / "content"); yml = s / "content/site.yml"
def settings(exit_url=EXIT, more=""): yml.write_text(re.sub(r"exit-url: .*", f"exit-url: {exit_url}", (root / "content/site.yml").read_text()) + more)
settings(); out = TMP / "www/a/b"; p = letak("build", "-C", s, "-o", out); check("the site builds", p.returncode == 0, p.stderr[-800:])
settings(EXIT.replace("vreme", "nothing")); p = letak("build", "-C", s, "-o", TMP / "www/nothing"); settings()
class Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *a): super().__init__(*a, directory=str(TMP / "www"))
    def log_message(self, *a): pass
web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet); threading.Thread(target=web.serve_forever, daemon=True).start(); SITE = f"http://127.0.0.1:{web.server_port}/a/b/"
with sync_playwright() as pw:
    browser = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox", f"--host-resolver-rules=MAP primerprimerprimer.onion 127.0.0.1:{web.server_port},MAP primer.test 127.0.0.1:{web.server_port}"])
    # what stands on the page a moment after it was covered, told before the other site comes
    WATCH = """new MutationObserver(() => { const c = document.querySelector('.exit-cover'); if (!c || window.toldOnce) return; window.toldOnce = true; setTimeout(() => { const b = c.getBoundingClientRect();
      tell({text: c.textContent, full: b.width >= innerWidth && b.height >= innerHeight, top: document.elementFromPoint(innerWidth / 2, innerHeight / 2) === c, bar: document.elementFromPoint(innerWidth / 2, 10) === c, status: document.querySelector('.exit-status[role=status]').textContent, title: document.title}); }, 50); }).observe(document, {childList: true, subtree: true});"""
    def fresh(script=True, start=SITE, then="pomoc/index.html"):
        ctx = browser.new_context(java_script_enabled=script); page = ctx.new_page(); page.asked, page.told = [], []; page.on("request", lambda r: page.asked.append(r.url))
        if script: told = page.told; page.expose_function("tell", lambda x: told.append(x)); page.add_init_script(WATCH)
        page.goto(start + "index.html")
        if then: page.click(f'a[href="{then}"] >> visible=true'); page.wait_for_url("**/" + then)
        return page
    # by keyboard: what stands there while the other site is slow to come, where it leads, what Back shows
    page = fresh(); n = page.evaluate("history.length"); delay[0] = 1.2; seen.clear()
    page.keyboard.press("Shift"); page.keyboard.press("Shift"); said = page.inner_text(".exit-status"); page.keyboard.press("Shift")
    page.wait_for_url(EXIT); delay[0] = 0; cover = page.told[0] if page.told else None
    check("after Shift twice a screen reader hears that once more leaves", said == "Притисни Shift још једном да одеш.", said)
    check("Shift three times covers all of the page at once with nothing", cover and cover["text"] == "" and cover["full"] and cover["top"] and cover["bar"] and "помоћ" not in cover["title"].lower(), cover)
    check("and tells a screen reader that another site opens", cover and cover["status"] == "Отвара се други сајт.", cover)
    check("it leads to the other site, which does not learn from where", [x[0] for x in seen] == ["/vreme"] and "Referer" not in seen[0][1], seen)
    check("the tab's history is no longer: the page was replaced", page.evaluate("history.length") == n, (n, page.evaluate("history.length")))
    page.go_back(); check("Back then shows the page opened before it, not the page left", page.url == SITE + "index.html", page.url)
    page.go_forward(); check("and Forward the other site", page.url == EXIT, page.url)
    # what does not leave
    page = fresh(); page.clock.install(); page.clock.pause_at(time.time() + 3600); page.keyboard.press("Shift"); page.keyboard.press("Shift"); page.clock.fast_forward(5001); page.keyboard.press("Shift")
    check("not when more than five seconds lie between", page.url.startswith(SITE) and not page.query_selector(".exit-cover"))
    page.clock.fast_forward(5000); page.keyboard.press("Shift"); page.clock.fast_forward(5000); page.keyboard.press("Shift"); page.wait_for_url(EXIT); check("but with five seconds before each", True)
    page = fresh(); [page.keyboard.down("Shift") for _ in range(6)]; check("a key that is held is not counted", not page.query_selector(".exit-cover")); page.keyboard.up("Shift")
    [page.keyboard.press("Shift+" + k) for k in "ABCD"]; check("nor are capitals", not page.query_selector(".exit-cover"))
    # the link
    page = fresh(); n = page.evaluate("history.length"); page.click("#exit"); page.wait_for_url(EXIT); check("the link leaves in the same way", page.evaluate("history.length") == n); page.go_back(); check("and Back shows the page opened before", page.url == SITE + "index.html", page.url)
    # a page that is shown again is not covered
    page = fresh(start=f"http://127.0.0.1:{web.server_port}/nothing/"); title = page.title(); [page.keyboard.press("Shift") for _ in range(3)]; page.wait_for_timeout(300); was = bool(page.query_selector(".exit-cover"))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"); check("a page that is shown again is uncovered, its title back", was and not page.query_selector(".exit-cover") and page.title() == title and page.inner_text(".exit-status") == "", (was, page.title()))
    # without script
    page = fresh(script=False); seen.clear(); page.click("#exit"); page.wait_for_url(EXIT); check("without script the link leads there, and tells nothing either", [x[0] for x in seen] == ["/vreme"] and "Referer" not in seen[0][1], seen)
    page.go_back(); check("Back then shows the page that was left: what the page says of history holds", page.url == SITE + "pomoc/index.html", page.url)
    for lang, words in (("", ("не брише историју", "„Назад“ може да врати")), ("en/", ("does not erase", "Back button can lead")), ("sr-latn/", ("ne briše istoriju", "„Nazad“ može da vrati"))):
        t = re.sub("<[^>]*>", "", (out / lang / "pomoc/index.html").read_text()); check(f"the help page says so ({lang or 'sr'})", all(w in t for w in words))
    bars = [f for f in out.rglob("*.html") if not re.search(r'class="exit" id="exit" href="[^"]+" rel="nofollow noreferrer"', f.read_text()) or 'class="safety"' not in f.read_text()]; check("every page has the exit and the notice", not bars, bars[:5])
    # from anywhere; nothing kept, nothing asked elsewhere; size over the wire
    copy = TMP / "usb"; p = letak("pack", "offline", "-C", s, "-o", copy); check("letak pack offline", p.returncode == 0, p.stderr[-500:])
    shutil.copytree(out, TMP / "www", dirs_exist_ok=True)
    for name, start in (("a subfolder", SITE), ("the root of a host", f"http://primer.test/"), ("an onion address", "http://primerprimerprimer.onion/"), ("a folder on a disk", (copy / "dokumenta").as_uri() + "/")):
        try:
            page = fresh(start=start); failed = []; page.on("requestfailed", lambda r: failed.append(r.url)); page.click("a[hreflang=en]"); page.wait_for_url("**/en/pomoc/index.html"); page.click("a.brand"); page.wait_for_url("**/en/index.html")
            styled = page.evaluate("getComputedStyle(document.querySelector('.safety-bar')).position"); icons = page.evaluate("[...document.images].every(i => i.naturalWidth > 0)")
            check(f"it works from {name}: menu, languages, home, style, pictures", styled == "sticky" and icons and not failed and all(u.startswith(start) for u in page.asked), (styled, icons, failed, [u for u in page.asked if not u.startswith(start)]))
        except Exception as e: check(f"it works from {name}", False, e)
    page = fresh(then=None); check("no cookie, nothing stored", page.context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0 and page.evaluate("indexedDB.databases().then(d => d.length)") == 0)
    ctx = browser.new_context(); page = ctx.new_page(); sizes = []; page.on("response", lambda r: sizes.append((r.url, len(r.body())))); page.goto(SITE + "pomoc/index.html", wait_until="networkidle")
    check(f"the help page is under 100 KB in all: {sum(n for _, n in sizes)} bytes in {len(sizes)} files, uncompressed", 0 < sum(n for _, n in sizes) < 100_000, sizes)
    browser.close()
# --- the copy for a USB stick ---
inner = copy / "dokumenta"; same = all(filecmp.cmp(f, inner / f.relative_to(out), shallow=False) for f in out.rglob("*") if f.is_file() and f.name != ".letak-manifest"); check("the copy is the site, byte for byte", same)
check("its names say nothing", sorted(x.name for x in copy.iterdir()) == [".letak-manifest", "dokumenta", "dokumenta.zip"], list(copy.iterdir()))
key = TMP / "kljuc"; run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "centar", "-f", key); signed = [TMP / "s1", TMP / "s2"]
for k, o in enumerate(signed): p = letak("pack", "offline", "izdanje", "-C", s, "-o", o, "--key", key, "-j", 1 + k); check(f"signed, {1 + k} threads", p.returncode == 0, p.stderr[-400:])
z = signed[0] / "izdanje.zip"; check("the same bytes again", filecmp.cmp(z, signed[1] / "izdanje.zip", shallow=False)); u = run("unzip", "-q", z, "-d", TMP / "un"); check("unzip takes it", u.returncode == 0, u.stderr)
with zipfile.ZipFile(z) as f: check("so does Python", f.testzip() is None and f.namelist() == sorted(f.namelist()) and all(i.date_time == (1980, 1, 1, 0, 0, 0) and not i.extra for i in f.infolist()))
d = filecmp.dircmp(TMP / "un/izdanje", signed[0] / "izdanje"); check("the archive is the folder", not run("diff", "-r", TMP / "un/izdanje", signed[0] / "izdanje").stdout and not d.left_only and not d.right_only)
q = run("sha256sum", "-c", "--strict", "--quiet", "spisak.txt", cwd=TMP / "un/izdanje"); listed = {l.split("  ", 1)[1] for l in (TMP / "un/izdanje/spisak.txt").read_text().splitlines()}; there = {str(f.relative_to(TMP / "un/izdanje")) for f in (TMP / "un/izdanje").rglob("*") if f.is_file()}
check("its list holds for every file", q.returncode == 0 and there - listed == {"spisak.txt", "spisak.txt.sig"} and not listed - there, (q.stdout, there ^ listed))
(TMP / "ko").write_text("centar " + key.with_suffix(".pub").read_text()); ver = lambda: run("ssh-keygen", "-Y", "verify", "-f", TMP / "ko", "-I", "centar", "-n", "letak", "-s", TMP / "un/izdanje/spisak.txt.sig", stdin=open(TMP / "un/izdanje/spisak.txt"))
check("its signature is good", ver().returncode == 0, ver().stderr)
two = lambda: run("sh", "-c", "find . -type f ! -name 'spisak.txt*' | wc -l; wc -l <spisak.txt", cwd=TMP / "un/izdanje").stdout.split(); good = two(); (TMP / "un/izdanje/dodato.html").write_text("a"); added = two(); (TMP / "un/izdanje/dodato.html").unlink(); check("counting, as the manual says, finds a file that was added", len(good) == 2 and good[0] == good[1] and added[0] != added[1], (good, added))
f = TMP / "un/izdanje/pomoc/index.html"; f.write_bytes(f.read_bytes().replace(b"192", b"193")); check("one changed number is found", "pomoc/index.html: FAILED" in run("sha256sum", "-c", "--quiet", "spisak.txt", cwd=TMP / "un/izdanje").stdout)
f = TMP / "un/izdanje/spisak.txt"; f.write_text(f.read_text().replace("0", "1", 1)); check("and a changed list is not signed", ver().returncode != 0)
for name, args, st, said in (("a key that is not there", ["pack", "offline", "--key", TMP / "nema"], 3, "B101"), ("a name that is none", ["pack", "offline", "../x"], 2, "M008"), ("nothing to pack", ["pack", "tar"], 2, "B100")):
    p = letak(*args, "-C", s, "-o", TMP / "x"); check(f"{name}: status {st}, nothing written", p.returncode == st and said in p.stderr and not (TMP / "x").exists(), p.stderr[-300:])
p = run("sh", "-c", 'PATH= exec "$0" "$@"', LETAK, "pack", "offline", "-C", s, "-o", TMP / "x", "--key", key, "--lang", "en"); check("no ssh-keygen: status 3, what to install", p.returncode == 3 and "openssh-client" in p.stderr, p.stderr[-300:])
# --- security.txt ---
t = (out / ".well-known/security.txt").read_text(); check("security.txt has what RFC 9116 asks for", re.search(r"^Contact: mailto:\S+@\S+$", t, re.M) and "Expires: 2027-11-01T00:00:00Z\n" in t and "Preferred-Languages: sr, en\n" in t and "Canonical: https://primer.invalid/.well-known/security.txt\n" in t, t)
p = run(LETAK, "check", "-C", s, "--as-of", "2027-11-01", "--lang", "en"); check("one that has run out is an error of check", "error N101" in p.stderr, p.stderr[-300:])
yml.write_text(yml.read_text().replace("security-until: 2027-11-01", "security-until: soon")); p = letak("build", "-C", s, "-o", TMP / "x"); check("and one without a day of build", p.returncode == 1 and "content/site.yml" in p.stderr and "N100" in p.stderr, p.stderr[-300:])
# --- servers ---
settings(more="onion-url: http://primerprimerprimer.onion/\n"); pub = TMP / "pub"; p = letak("pack", "web", "-C", s, "-o", pub); check("letak pack web", p.returncode == 0 and (pub / "index.html.gz").exists(), p.stderr[-300:])
check("its list holds, compressed files too", run("sha256sum", "-c", "--strict", "--quiet", "spisak.txt", cwd=pub).returncode == 0 and "index.html.gz" in (pub / "spisak.txt").read_text())
p = letak("check", "-C", s, pub); check("it passes the gate as a stranger would look at it, into the compressed files too", p.returncode == 0 and not re.search("N0[01]", p.stderr), p.stderr[-300:])
gz = [f for f in pub.rglob("*.gz")]; import gzip; check(f"{len(gz)} files are compressed, to the same bytes", len(gz) > 60 and all(gzip.decompress(f.read_bytes()) == f.with_suffix("").read_bytes() for f in gz))
run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=primer.invalid", "-days", "2", "-keyout", TMP / "k.pem", "-out", TMP / "c.pem")
def adapted(which, ports):
    p = letak("pack", which, "-C", s); t = p.stdout; check(f"letak pack {which}", p.returncode == 0 and "{{" not in t, p.stderr)
    for a, b in ((r"/etc/letsencrypt/\S+fullchain.pem", TMP / "c.pem"), (r"/etc/letsencrypt/\S+privkey.pem", TMP / "k.pem"), ("/var/www/primer.invalid/current", pub), (r"/var/log/(nginx|apache2)", TMP / which)): t = re.sub(a, str(b), t)
    (TMP / which).mkdir(); return t
def ask(p, path="/", tls=True, method="GET", **h):
    c = http.client.HTTPSConnection("127.0.0.1", p, timeout=10, context=ssl._create_unverified_context()) if tls else http.client.HTTPConnection("127.0.0.1", p, timeout=10)
    c.request(method, path, headers={"Host": "primer.invalid", "User-Agent": "TAJNI-PREGLEDAC", "Referer": "https://tajni-izvor.invalid/", **h}); r = c.getresponse(); return r.status, {k.lower(): v for k, v in r.getheaders()}, r.read()
def judge(which, proc, plain, tls, onion):
    for _ in range(100):
        try: socket.create_connection(("127.0.0.1", tls), 1).close(); break
        except OSError: time.sleep(0.05)
    try:
        st, h, body = ask(tls); check(f"{which}: the home page as UTF-8, with what meta cannot set", st == 200 and body == (pub / "index.html").read_bytes() and h["content-type"].lower() == "text/html; charset=utf-8" and "frame-ancestors 'none'" in h["content-security-policy"] and h["x-content-type-options"] == "nosniff" and h["referrer-policy"] == "no-referrer" and "max-age" in h["strict-transport-security"] and h["cross-origin-opener-policy"] == "same-origin" and "camera=()" in h["permissions-policy"] and "set-cookie" not in h, (st, h))
        check(f"{which}: no page stays in a cache, style does", h["cache-control"] == "no-store" and "max-age" in ask(tls, "/assets/site.css")[1]["cache-control"] and ask(tls, "/info-letak/info-letak.pdf")[1]["cache-control"] == "no-store", h["cache-control"])
        check(f"{which}: the onion address is offered, path and all", ask(tls, "/pomoc/index.html")[1].get("onion-location") == "http://primerprimerprimer.onion/pomoc/index.html", h)
        st, h, body = ask(tls, "/pomoc/index.html", **{"Accept-Encoding": "gzip"}); check(f"{which}: the compressed file goes out as it is", st == 200 and h.get("content-encoding") == "gzip" and body == (pub / "pomoc/index.html.gz").read_bytes() and h["content-type"].startswith("text/html") and h["cache-control"] == "no-store", (st, h))
        for path, type in (("/assets/site.css", "text/css"), ("/assets/site.js", "text/javascript"), ("/assets/icon.svg", "image/svg+xml"), ("/info-letak/info-letak.pdf", "application/pdf"), ("/feed.xml", "application/xml"), ("/.well-known/security.txt", "text/plain"), ("/dogadjaji/rano-prepoznavanje/rano-prepoznavanje.ics", "text/calendar")):
            st, h, body = ask(tls, path); check(f"{which}: {path} is {type}", st == 200 and h["content-type"].startswith(type), (st, h))
        st, h, body = ask(tls, "/nema/ovoga"); check(f"{which}: our own page for what is not there, uncached, with the policy", st == 404 and body == (pub / "404.html").read_bytes() and h["cache-control"] == "no-store" and "content-security-policy" in h, (st, h, body[:100]))
        check(f"{which}: hidden files stay hidden, folders are not listed, nothing is taken", ask(tls, "/.letak-manifest")[0] in (403, 404) and ask(tls, "/assets/")[0] in (403, 404) and ask(tls, method="POST")[0] in (403, 404, 405) and ask(tls, "/..%2f..%2fetc/passwd")[0] >= 400)
        st, h, body = ask(plain, "/pomoc/", tls=False); check(f"{which}: unencrypted only the way to the encrypted site", st == 301 and h["location"] == "https://primer.invalid/pomoc/", (st, h))
        st, h, body = ask(onion, "/pomoc/index.html", tls=False, Host="primerprimerprimer.onion"); check(f"{which}: the onion service serves the same, without HSTS", st == 200 and body == (pub / "pomoc/index.html").read_bytes() and "strict-transport-security" not in h and "content-security-policy" in h, (st, h))
    except Exception as e: check(f"{which} answers", False, repr(e))
    proc.terminate(); proc.wait(20); logs = "".join(f.read_text(errors="replace") for f in (TMP / which).glob("*.log"))
    check(f"{which}: the log knows what was read, not by whom", "/pomoc/index.html" in logs and not any(w in logs for w in ("127.0.0.1", "TAJNI", "tajni-izvor")), logs[-600:])
user = "www-data" if os.geteuid() == 0 else None
a, b, c = port(), port(), port(); t = adapted("nginx", (a, b, c)); t = re.sub(r"\n *listen \[::\][^\n]*", "", t).replace("listen 80;", f"listen 127.0.0.1:{a};").replace("listen 443 ssl http2;", f"listen 127.0.0.1:{b} ssl http2;").replace("127.0.0.1:8081;", f"127.0.0.1:{c};")
(TMP / "nginx/site.conf").write_text(t); n = TMP / "nginx"; (n / "nginx.conf").write_text(f"pid {n}/pid;\n{f'user {user};' if user else ''}\nevents {{}}\nhttp {{ " + "".join(f"{k}_temp_path {n}/{k};" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) + f" include {n}/site.conf; }}\n")
q = run("nginx", "-t", "-c", n / "nginx.conf", "-e", n / "start.txt"); check("nginx -t takes the configuration", q.returncode == 0 and "warn" not in q.stderr, q.stderr)
judge("nginx", subprocess.Popen(["nginx", "-c", n / "nginx.conf", "-e", n / "start.txt", "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL), a, b, c)
a, b, c = port(), port(), port(); t = adapted("apache", (a, b, c)).replace("<VirtualHost *:80>", f"<VirtualHost 127.0.0.1:{a}>").replace("<VirtualHost *:443>", f"<VirtualHost 127.0.0.1:{b}>").replace("127.0.0.1:8081", f"127.0.0.1:{c}")
n = TMP / "apache"; (n / "site.conf").write_text(t); need = re.search(r"a2enmod (.*)", t)[1].split(); base = ["mpm_event", "authn_core", "authz_core"] + need
(n / "apache.conf").write_text("".join(f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so\n" for m in base) + f'ServerRoot {n}\nPidFile {n}/pid\nServerName primer.invalid\nTypesConfig /dev/null\nMutex file:{n} default\nErrorLog {n}/start.txt\nListen 127.0.0.1:{a}\nListen 127.0.0.1:{b}\n' + (f"User {user}\nGroup {user}\n" if user else "") + f"Include {n}/site.conf\n")
q = run("apache2", "-t", "-f", n / "apache.conf"); check("Apache's configtest takes the configuration", q.returncode == 0 and "Syntax OK" in q.stderr, q.stderr)
judge("apache", subprocess.Popen(["apache2", "-f", n / "apache.conf", "-DFOREGROUND"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL), a, b, c)
yml.write_text(re.sub(r"base-url: .*", "base-url: 'https://a b; rm/'", yml.read_text())); p = letak("pack", "nginx", "-C", s); check("no server for an address that is none", p.returncode == 1 and "B104" in p.stderr and not p.stdout, p.stderr)
