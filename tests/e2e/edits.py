#!/usr/bin/env python3
"""Random edits, renames, moves and deletions of every kind of file under `letak serve`: once it is quiet, every file that it serves is byte for byte that of a cold build of the same folder, and
it serves no other. 200 edits; 1,000 with ALL=1. The seed is printed: EDITS_SEED=N repeats a run."""
import http.client, os, pathlib, random, re, shutil, signal, struct, subprocess, tempfile, time, zlib
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); site = TMP / "site"; con = site / "content"; cold = TMP / "cold"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1500]}", flush=True)
seed = int(os.environ.get("EDITS_SEED") or random.SystemRandom().randrange(10**6)); rnd = random.Random(seed); print(f"# edits: seed {seed}"); batches = 20 if os.environ.get("ALL") else 4
WORDS = "кућа река помоћ разговор број дан врата стол писмо језик школа пут слика знак рука прозор".split()
def words(n): return " ".join(rnd.choice(WORDS) for _ in range(n))
def put(name, text): f = con / name; f.parent.mkdir(parents=True, exist_ok=True); f.write_text(text, encoding="utf-8")
def png(): raw = b"\0" + bytes(rnd.randrange(256) for _ in range(6)); part = lambda n, d: struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)); return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0)) + part(b"IDAT", zlib.compress(raw)) + part(b"IEND", b"")
def text(kind="page"):
    front = {"title": words(3).capitalize(), "description": words(5), "weight": rnd.randrange(1, 90)}
    if kind == "news": front.update(kind="news", published=f"2026-{rnd.randrange(1, 11):02d}-{rnd.randrange(1, 28):02d}")
    if kind == "brochure": front.update(kind="brochure", topics=f"[{rnd.choice(WORDS[:3])}]", year=rnd.randrange(2020, 2026))
    if kind == "document": front.update({"kind": "document", "number": str(rnd.randrange(99)), "class": rnd.choice(WORDS[:3]), "adopted": f"2026-{rnd.randrange(1, 11):02d}-11"})
    if rnd.random() < .15: front["expires"] = "2026-11-20"
    elif rnd.random() < .15: front["embargo"] = "2027-06-01"
    if rnd.random() < .1: front["draft"] = "true"
    if rnd.random() < .2: front["updated"] = f"2026-11-{rnd.randrange(1, 20):02d}"
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in front.items()) + "---\n" + "\n\n".join(rnd.choice([words(12) + ".", "## " + words(2).capitalize() + "\n\n" + words(9) + ".", f"- {words(3)}\n- {words(2)}", "Зови :contact[centar]{phone}.", f"| {words(1)} | {words(1)} |\n|---|---|\n| {words(2)} | {words(1)} |"]) for _ in range(rnd.randrange(1, 6))) + "\n"
SITE = "name: {sr: %s, en: Site}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn, en]\nhelp-contact: centar\nsearch: true\n"
def contacts(): put("contacts.yml", f"centar:\n  name: {{sr: {words(2)}, en: Centre}}\n  phones: [{{number: +381 11 000 {rnd.randrange(10**4):04d}, hours: {{sr: {words(1)}}}}}]\n")
put("site.yml", SITE % "Сајт"); contacts(); put("index.md", "---\ntitle: Почетна\n---\nТекст.\n"); put("index.en.md", "---\ntitle: Home\n---\nText.\n"); put("vesti/index.md", "---\ntitle: Вести\n---\n"); put("a/index.md", "---\ntitle: А\n---\n"); put("a/b/index.md", "---\ntitle: Б\n---\n")
(site / "assets").mkdir(); (site / "assets/own.css").write_text("p { margin: 0; }\n"); (site / "layouts/web").mkdir(parents=True)
def terms(): put("recnik/index.md", "---\nkind: glossary\ntitle: Речник\n---\n" + "".join(f"## {w.capitalize()}\n\nОблици: {words(1)}{i}, {w}ма\n\n{words(4)}.\n\n" for i, w in enumerate(rnd.sample(WORDS, rnd.randrange(1, 5)))))
terms(); put("katalog/index.md", "---\nkind: catalogue\ntitle: Каталог\n---\n"); [put(f"lists/{n}.yml", "".join(f"{w}: {w} {n}\n" for w in WORDS[:3])) for n in ("teme", "dokumenta")]
KEPT = {con / n for n in ("katalog/index.md", "recnik/index.md", "index.md", "vesti/index.md", "a/index.md", "a/b/index.md")}
def pages(): return sorted(p for p in con.rglob("*.md") if p not in KEPT and p.name != "index.en.md")
count = 0
def new():
    global count; count += 1; kind = rnd.choice(["page", "page", "news", "brochure", "document"]); folder = "vesti" if kind == "news" else rnd.choice(["", "a/", "a/b/"]).rstrip("/"); put(f"{folder}/s{count}/index.md".lstrip("/"), text(kind))
def edit():
    ps = pages()
    if ps: p = rnd.choice(ps); p.write_text(text("news" if "vesti" in p.parts else rnd.choice(["page", "brochure", "document"])), encoding="utf-8")
def touch_body():
    ps = pages()
    if ps: p = rnd.choice(ps); p.write_text(p.read_text(encoding="utf-8") + "\n" + words(5) + ".\n", encoding="utf-8")
def delete():
    ps = pages()
    if len(ps) > 4: shutil.rmtree(rnd.choice(ps).parent)
def rename():
    global count; ps = [p for p in pages() if p.name == "index.md"]
    if ps: count += 1; p = rnd.choice(ps).parent; p.rename(p.parent / f"r{count}")
def move():
    ps = [p for p in pages() if p.name == "index.md" and "vesti" not in p.parts]
    if ps: p = rnd.choice(ps).parent; to = con / rnd.choice(["a", "a/b"]) / p.name; (p.rename(to) if not to.exists() and p not in to.parents else None)
def translate():
    ps = [p for p in pages() if p.name == "index.md"]
    if ps:
        p = rnd.choice(ps).with_name("index.en.md")
        if p.exists(): p.unlink()
        else: p.write_text(f"---\ntitle: {bytes(rnd.randrange(97, 123) for _ in range(6)).decode()}\n---\nText {rnd.choice('abc')}.\n", encoding="utf-8")
def picture():
    ps = [p for p in pages() if p.name == "index.md"]
    if ps: p = rnd.choice(ps); (p.parent / "slika.png").write_bytes(png()); p.write_text(p.read_text(encoding="utf-8") + "\n![" + words(2) + "](slika.png)\n", encoding="utf-8")
def config(): put("site.yml", SITE % words(2).capitalize())
def asset(): (site / "assets" / rnd.choice(["own.css", "more.css"])).write_text(f"p {{ margin: {rnd.randrange(9)}px; }}\n")
def layout():
    f = site / "layouts/web/imprint.mustache"
    if f.exists(): f.unlink()
    else: f.write_text(f"<p>{words(2)}</p>\n", encoding="utf-8")
OPS = [new] * 4 + [edit] * 5 + [touch_body] * 5 + [delete] * 2 + [rename] * 2 + [move] * 2 + [translate] * 3 + [picture, contacts, config, asset, layout, terms]
for _ in range(14): new()
s = subprocess.Popen([LETAK, "serve", "-C", site, "-p", "0", "--as-of", "2026-11-24"], stdout=subprocess.PIPE, stderr=open(TMP / "served", "w"), text=True)
def keep():  # the folder that did not build, and what the server said
    to = pathlib.Path(tempfile.mkdtemp(prefix="letak-edits-")); shutil.copytree(site, to / "site"); shutil.copy(TMP / "served", to)
    return f"kept in {to}"
try:
    port = int(re.search(r":(\d+)/", s.stdout.readline())[1])
    def get(path):
        c = http.client.HTTPConnection("127.0.0.1", port, timeout=30); c.request("GET", "/" + path); r = c.getresponse(); return r.status, r.read()
    def differ(want): return differ_from(want, {path: get(path) for path in want})
    def differ_from(want, served):
        bad = []
        for path, data in want.items():
            status, got = served.get(path, (0, b""))
            if path.endswith(".html"): got = re.sub(rb'<script src="/\.letak/reload\.js" data-version="\d+"></script>', b"", got)
            if status != 200 or got != data: bad.append((path, status, len(got), len(data)))
        return bad
    # an edit of Markdown alone is served long before the whole is built again: everything is already that of a cold build then
    def cold_build():
        p = subprocess.run([LETAK, "build", "-C", site, "-o", cold, "--as-of", "2026-11-24", "--lang", "en"], capture_output=True, text=True, errors="replace")
        if p.returncode: kept = keep(); raise SystemExit(f"the folder no longer builds: status {p.returncode}; {kept}\n{p.stderr[-6000:]}")
        return {str(f.relative_to(cold)): f.read_bytes() for f in cold.rglob("*") if f.is_file() and f.name not in (".letak-manifest", ".gitignore")}
    put("a/slika/slika.png", ""); (con / "a/slika/slika.png").write_bytes(png()); put("a/slika/index.md", "---\ntitle: Слика\n---\nТекст.\n\n![река](slika.png)\n"); put("a/mera/index.md", "---\ntitle: Мера\n---\nПрви [текст](../slika/index.md).\n"); time.sleep(5); paths = [n for n in cold_build() if not n.startswith("search/")]  # the index waits for the whole build
    for n, after in enumerate(("Други Људи текст.\n\n## Место\n", "Трећи текст.\n\n- Зови :contact[centar]{phone}.\n", "![река](../slika/slika.png) четврти\n")):
        for _ in range(5):  # on a busy machine the whole build, three seconds after the edit, may come first
            (con / "a/mera/index.md").write_text("---\ntitle: Мера\n---\n" + after, encoding="utf-8"); word = ("Други Људи", "Трећи", "четврти")[n].encode(); t = time.time()
            while word not in get("a/mera/index.html")[1] and time.time() < t + 10: time.sleep(0.005)
            took = time.time() - t; served = {path: get(path) for path in paths}
            if time.time() - t < 2.9: break
            (con / "a/mera/index.md").write_text("---\ntitle: Мера\n---\nОпет.\n", encoding="utf-8"); time.sleep(6)
        now = cold_build(); bad = differ_from({n: now[n] for n in paths}, served); check(f"edit {n + 1} of a page's text, served after {took * 1000:.0f} ms: all files are those of a cold build before all is built again", not bad, bad)
    shutil.rmtree(con / "a/mera"), shutil.rmtree(con / "a/slika")
    known, done = set(), 0
    for k in range(batches):
        for _ in range(50): rnd.choice(OPS)(); done += 1
        want = cold_build(); gone = known - set(want); known |= set(want); end = time.time() + 45; bad = None
        while time.time() < end:
            time.sleep(1); bad = differ(want) + [(g, "still served") for g in gone if get(g)[0] == 200]
            if not bad: break
        check(f"after {done} edits all {len(want)} files are those of a cold build, {len(gone)} that were once there are not", not bad, bad[:6])
    check("the server still runs", s.poll() is None, (TMP / "served").read_text(errors="replace")[-3000:])
finally: s.send_signal(signal.SIGINT); s.wait(timeout=20)
