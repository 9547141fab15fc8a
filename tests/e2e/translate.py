#!/usr/bin/env python3
"""Translations by block: what changed in the source is found, and nothing else, also after random edits; commas are minor; readers are told on the page and in the PDF; contacts, numbers,
dates and links are compared; a lock that is no lock is refused."""
import json, os, pathlib, random, re, subprocess
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); site = TMP / "site"; con = site / "content"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1200]}", flush=True)
def letak(*a, lang="en"): return subprocess.run([LETAK, a[0], *a[1:], "-C", site, "--lang", lang], capture_output=True, text=True)
def put(name, text): f = con / name; f.parent.mkdir(parents=True, exist_ok=True); f.write_text(text, encoding="utf-8")
def status(): return {(r["page"], r["lang"]): r for r in map(json.loads, letak("translate", "status", "--json").stdout.splitlines())}
SR = """---
kind: brochure
title: Радно време
description: Кад радимо.
---
Радимо радним данима, од 9 до 17.

Позовите :contact[centar]{phone} или дођите.

- Понедељак
- Уторак

```
код

са празним редом
```

Пише у [другој страници](../b/index.md), од :date[2026-11-20], број 1.234,5.
"""
EN = """---
title: Opening hours
description: When we are open.
---
We are open on working days, 9 to 17.

Call :contact[centar]{phone} or come.

- Monday
- Tuesday

```
code

with an empty line
```

It is in [the other page](../b/index.en.md), of :date[2026-11-20], number 1,234.5.
"""
put("site.yml", "name: {sr: Сајт, en: Site}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn, en, hu]\n"); put("contacts.yml", "centar:\n  name: Центар\n  phones: [{number: +381 11 000 0000}]\ndrugi:\n  name: Други\n  phones: [{number: +381 11 000 0001}]\n")
put("index.md", "---\ntitle: Почетна\n---\nТекст.\n"); put("b/index.md", "---\ntitle: Б\n---\nТекст.\n"); put("b/index.en.md", "---\ntitle: B\n---\nText.\n"); put("b/index.hu.md", "---\ntitle: B\nreview: pending\n---\nSzöveg.\n"); put("a/index.md", SR); put("a/index.en.md", EN)
s = status(); check("before anything was accepted", (s["a", "en"]["state"], s["", "en"]["state"], s["b", "hu"]["state"], s["a", "hu"]["state"]) == ("unlocked", "missing", "pending", "missing"), s)
t = letak("translate", "status").stdout.splitlines(); check("the table has a line for each page and language", len(t) == len(s) and all(re.search(rf"^{x} +{l} +{w}", "\n".join(t), re.M) for x, l, w in (("a", "en", "not accepted"), ("index", "en", "missing"), ("b", "hu", "pending"))), t); check("in Serbian too", "чека преглед" in letak("translate", "status", lang="sr").stdout)
p = letak("check"); check("check says that nobody accepted it, build does not", "W020" in p.stderr and "W020" not in letak("build").stderr, p.stderr)
p = letak("translate", "accept", "a"); lock = con / "a/index.en.lock.yml"; check("accept writes the lock", p.returncode == 0 and p.stdout == "content/a/index.en.lock.yml\n" and lock.exists(), p.stderr)
check("then it is current", status()["a", "en"]["state"] == "current", status()); p = letak("build"); check("and a build has nothing to say", p.returncode == 0 and not re.search("W02[0-6]", p.stderr), p.stderr)
NOTICE = "original has changed"
def seen(): return NOTICE in (site / "public/en/a/index.html").read_text(encoding="utf-8"), NOTICE in subprocess.run(["pdftotext", site / "public/en/a/a.pdf", "-"], capture_output=True, text=True).stdout.replace("\n", " ")
check("readers of a current translation are told nothing", seen() == (False, False), seen())
put("a/index.md", SR.replace("данима, од", "данима од").replace("- Уторак", "- **Уторак**")); r = status()["a", "en"]; check("commas and marks are minor", r["state"] == "minor" and r["minor"] == 2 and r["stale"] == 0, r); p = letak("build"); check("no reader is told of them, no author warned", seen() == (False, False) and "W021" not in p.stderr, p.stderr)
put("a/index.md", SR.replace("или дођите", "или пишите").replace("Кад радимо.", "Када смо ту.")); r = status()["a", "en"]; check("a changed word makes its block stale, and a text of the front matter its own", (r["state"], r["stale"], r["missing"], r["gone"]) == ("stale", 2, 0, 0), r)
p = letak("build"); check("readers are told on the page and in the PDF", p.returncode == 0 and seen() == (True, True), (seen(), p.stderr)); check("the author with both places", re.search(r"^content/a/index.en.md:7:1: warning W021: line 8 of content/a/index.md has changed .*; letak translate diff a en", p.stderr, re.M) and re.search(r"^content/a/index.en.md:3:1: warning W021: line 4", p.stderr, re.M), p.stderr)
check("in Serbian too", re.search("W021: ред 8 у content/a/index.md промењен", letak("build", lang="sr").stderr), "")
d = letak("translate", "diff", "a", "en").stdout; check("diff shows the changed blocks side by side and no other", d.count("---") == 2 and re.search(r"Позовите .*или пишите\. +\| Call .* or come\.", d) and "Monday" not in d and "working days" not in d, d)
p = letak("translate", "accept", "a", "en"); check("accepted again, it is current", status()["a", "en"]["state"] == "current" and p.returncode == 0, p.stderr)
put("a/index.md", SR); letak("translate", "accept", "a"); put("a/index.md", SR.replace("- Понедељак", "Нов пасус.\n\n- Понедељак")); r = status()["a", "en"]; check("a new block is missing", (r["state"], r["stale"], r["missing"], r["gone"]) == ("stale", 0, 1, 0), r); p = letak("build"); check("with its line", "W022: line 10 of" in p.stderr, p.stderr)
put("a/index.md", SR.replace("- Понедељак\n- Уторак\n\n", "")); r = status()["a", "en"]; check("a block that is gone is told", (r["stale"], r["missing"], r["gone"]) == (0, 0, 1), r); p = letak("build"); check("at its place in the translation", "content/a/index.en.md:9:1: warning W023" in p.stderr, p.stderr)
# --- random edits: what changed is what is found ---
rnd = random.Random(11); wrong = []
for k in range(60):
    n = rnd.randrange(1, 40); words = lambda: " ".join(f"реч{rnd.randrange(10**6)}" for _ in range(rnd.randrange(2, 9))); old = [words() for _ in range(n)]
    put("c/index.md", "---\ntitle: Ц\n---\n" + "\n\n".join(old) + "\n"); put("c/index.en.md", "---\ntitle: C\n---\n" + "\n\n".join(f"text {i}" for i in range(n)) + "\n")
    letak("translate", "accept", "c", "en"); new, want = [], dict(stale=0, missing=0, gone=0, minor=0); last = "same"
    for b in old:  # no two edits beside each other: which of two neighbours is new and which changed is a matter of taste
        what = rnd.choice(["same", "same", "same", "stale", "missing", "gone", "minor"]) if last == "same" else "same"; last = what
        if what == "same": new.append(b)
        elif what == "stale": new.append(words()); want["stale"] += 1
        elif what == "missing": new += [words(), b]; want["missing"] += 1
        elif what == "gone": want["gone"] += 1
        else: new.append(b.replace(" ", ", ", 1)); want["minor"] += 1
    put("c/index.md", "---\ntitle: Ц\n---\n" + "\n\n".join(new) + "\n"); r = status()["c", "en"]
    if {x: r[x] for x in want} != want: wrong.append((k, want, r))
check("60 texts with random edits: exactly the changed blocks are found", not wrong, wrong[:2]); [f.unlink() for f in (con / "c").iterdir()]; (con / "c").rmdir()
# --- what must be equal in every language ---
put("a/index.md", SR); letak("translate", "accept", "a")
for name, a, b, codes in (("a contact", "[centar]", "[drugi]", ("the translation has no contact centar", "the contact drugi does not stand")), ("a date", "[2026-11-20]", "[2026-11-21]", ("no date 2026-11-20", "the date 2026-11-21")), ("a link", "../b/index.en.md", "../index.md", ("no link ../b/index.md", "the link ../index.md")), ("a number", "1,234.5", "1,235.5", ("no number 12345", "the number 12355"))):
    put("a/index.en.md", EN.replace(a, b)); p = letak("build"); check(f"{name} that differs is told from both sides", all(c in p.stderr for c in codes) and "W024" in p.stderr and re.search(r"content/a/index.en.md:\d+:1: warning W025", p.stderr), p.stderr)
put("a/index.en.md", EN.replace("9 to 17", "9.00 to 17")); check("times may be written as each language does", "W02" not in letak("build").stderr.replace("W020", ""), letak("build").stderr)
lock.write_text("blocks:\n  - abc\n"); p = letak("build"); check("a broken lock is an error with its place", p.returncode == 1 and "content/a/index.en.lock.yml:1:1: error C155" in p.stderr, p.stderr); lock.unlink()
p = letak("translate", "diff", "aa", "en"); check("an unknown page is told with the nearest", p.returncode == 2 and "C156" in p.stderr and "(a?)" in p.stderr, p.stderr); p = letak("translate", "accept", "a", "hu"); check("a language without a translation is told", p.returncode == 2 and "C157" in p.stderr, p.stderr); p = letak("translate", "what"); check("an unknown word is told", p.returncode == 2 and "M003" not in p.stderr and "status" in p.stderr, p.stderr)
