#!/usr/bin/env python3
"""A book under serve, edited again and again: the PDF that is made with what is remembered of the one before has the bytes of one made from nothing."""
import http.client, os, pathlib, random, re, shutil, signal, subprocess, time
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:300]}", flush=True)
s = TMP / "site"; c = s / "content"; book = c / "knjiga"
shutil.copytree("content/literatura/bezbedni-materijali", book)
(c / "site.yml").write_text("name: {sr: Проба}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl]\n"); (c / "index.md").write_text("---\ntitle: Почетна\n---\n")
for f in book.glob("*.md"): f.write_text(re.sub(r"\[([^\]]+)\]\(\.\./[^)]*\)", r"\1", re.sub(r":contact\[[^\]]*\]\{[^}]*\}", "центар", re.sub(r"^(topics|audience):.*\n", "", f.read_text(), flags=re.M))))  # nothing outside the book
def cold():
    r = subprocess.run([LETAK, "pdf", book / "index.md", "-o", TMP / "cold.pdf"], capture_output=True, text=True)
    return (TMP / "cold.pdf").read_bytes() if not r.returncode else r.stderr.encode()
p = subprocess.Popen([LETAK, "serve", "-C", s, "-p", "0", "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
port = int((re.search(r":(\d+)/", p.stdout.readline()) or [0, 0])[1])
def served():
    try:
        k = http.client.HTTPConnection("127.0.0.1", port, timeout=10); k.request("GET", "/knjiga/knjiga.pdf"); r = k.getresponse(); return r.read() if r.status == 200 else b""
    except OSError: return b""
def comes(want, seconds=10):
    end = time.time() + seconds
    while time.time() < end:
        if served() == want: return True
        time.sleep(0.05)
    return False
r = random.Random(7)
def words(text): return [m.end() for m in re.finditer(r"[а-ш]{3,}(?= [а-ш])", text)]
def insert(t, x): k = r.choice(words(t)); return t[:k] + x + t[k:]
def paragraph(t): ps = [m for m in re.finditer(r"(?<=\n\n)[А-Ш][^\n]{80,}\n", t)]; return r.choice(ps)
def cut(t): m = paragraph(t); return t[:m.start()] + t[m.end():]
def twice(t): m = paragraph(t); return t[:m.end()] + "\n" + m[0] + t[m.end():]
EDITS = [("a word more", lambda t: insert(t, " реч")), ("the same paragraph again", lambda t: insert(t, " и")), ("a paragraph less", cut), ("a paragraph twice", twice),
         ("a character that no font has", lambda t: insert(t, " \U000F1234")), ("a word of it further on", lambda t: insert(t, " \U000F1234 још")), ("emphasis", lambda t: insert(t, " *веома* **добро**")), ("a note", lambda t: insert(t, "[^проба]") + "\n[^проба]: Белешка која стоји доле.\n"),
         ("words from right to left", lambda t: insert(t, " مركز 112 حماية")), ("a heading", lambda t: re.sub(r"\n## ", "\n## Друга ", t, count=1)), ("a very long word", lambda t: insert(t, " " + "непрекидно" * 12))]
try:
    check("the book is served", comes(cold()), cold()[:300])
    for name, edit in EDITS:
        f = r.choice([x for x in sorted(book.glob("0*.md")) if re.search(r"\n\n[А-Ш][^\n]{80,}\n", x.read_text())]); f.write_text(edit(f.read_text())); want = cold()
        check(f"{name}: as made from nothing", want.startswith(b"%PDF") and comes(want), want[:200] if not want.startswith(b"%PDF") else f"other bytes, {f.name}")
finally:
    p.send_signal(signal.SIGTERM); said = p.communicate(timeout=10)[1]
check("what was reported is reported as long as it stands", said.count("U+F1234") >= 2, said[-300:])
