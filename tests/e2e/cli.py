#!/usr/bin/env python3
"""The command line as outside scripts use it: commands, options, exit statuses, messages in both languages, JSON; new; a foreign folder; one file at a time."""
import json, os, pathlib, re, shutil, subprocess
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); root = pathlib.Path(__file__).resolve().parents[2]
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:500]}", flush=True)
def run(*a, env=None, cwd=None): return subprocess.run([LETAK, *map(str, a)], capture_output=True, text=True, env=dict(os.environ, **(env or {})), cwd=cwd, timeout=120)
p = run("--version"); check("--version", p.returncode == 0 and re.fullmatch(r"letak \d+\.\d+\.\d+\n", p.stdout), p.stdout)
check("help on the names that layouts may use", run("help", "context").stdout.count("\n") > 40)
check("help on a CSS property", "color" in run("help", "color", "--lang", "en").stdout and len(run("help", "css").stdout) > 3000)
for name, args, st, said in (("no such command", ["bild"], 2, "build"), ("no such option", ["build", "--nope"], 2, "--nope"), ("an option without its value", ["build", "-o"], 2, "-o"), ("a bad number of threads", ["build", "-j", "0"], 2, "-j"),
                             ("a date that is none", ["build", "--as-of", "2026-13-01"], 2, "--as-of"), ("an argument missing", ["new", "page"], 2, "KIND SLUG"), ("an argument too many", ["build", "x"], 2, '"x"'), ("a folder that is not there", ["build", "-C", TMP / "none"], 2, "none"),
                             ("help on nothing known", ["help", "leaflt"], 2, "leaflet"), ("a dump of no known form", ["dump", "trees", "x.md"], 2, "trees"), ("pdf of neither HTML nor Markdown", ["pdf", "x.txt", "-o", "y.pdf"], 2, "x.txt")):
    p = run(*args, "--lang", "en"); check(f"{name}: status {st} and words", p.returncode == st and said in p.stderr and not p.stdout, f"{p.returncode} {p.stderr}")
for v in ("soon", "-1", "12 ", "99999999999999999", "9223372036854775807"): p = run("help", env={"SOURCE_DATE_EPOCH": v}); check(f"SOURCE_DATE_EPOCH={v} is no date", p.returncode == 2 and "M014" in p.stderr, f"{p.returncode} {p.stderr}")
p = subprocess.run(["sh", "-c", '"$0" --version >&-', LETAK], capture_output=True); check("standard output closed: status 3", p.returncode == 3, p.returncode)
check("messages in Serbian", "нема наредбе" in run("bild", "--lang", "sr").stderr); check("and in Latin script", "nema naredbe" in run("bild", "--lang", "sr-latn").stderr)
check("the language comes from the environment", "нема наредбе" in run("bild", env={"LC_ALL": "sr_RS.UTF-8"}).stderr and "nema naredbe" in run("bild", env={"LC_ALL": "sr_RS.UTF-8@latin"}).stderr and "there is no command" in run("bild", env={"LC_ALL": "C"}).stderr)
# help covers every row of every table
src = (root / "generator/content/schema.c").read_text(); names = re.findall(r'\[(?:KIND|KEY|MARK)_\w+\] = \{\w+, "([^"]+)", "([^"]+)"', src)
check("the tables are found", len(names) > 60, len(names)); bad = [n for pair in names for n in pair if run("help", n).returncode]; check("help knows each kind, key and mark by both names", not bad, bad)
codes = [c for f in (root / "generator/base/messages").glob("*.def") for c in re.findall(r'MSG\(\w+, "([A-Z]\d+)"', f.read_text())]; check("message codes are unique", len(codes) == len(set(codes)) > 120, [c for c in codes if codes.count(c) > 1])
bad = [c for c in codes if run("help", c, "--lang", "sr").returncode]; check("help knows each message code", not bad, bad)
# new: every kind builds as it is written
s = TMP / "novo"; (s / "content").mkdir(parents=True); (s / "content/site.yml").write_text("name: {sr: Проба}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\n"); (s / "content/index.md").write_text("---\ntitle: П\n---\nа\n")
(s / "content/contacts.yml").write_text('centar:\n  name: {sr: Ц}\n  phones: [{number: "+381 11 000 0000"}]\n  address: {sr: Улица 1}\n  web: https://primer.invalid/\n')
made = [run("new", k, f"n-{k}", "-C", s) for k in ("page", "news", "leaflet", "brochure", "book", "report", "event", "form")]; check("new writes a file of each kind", all(m.returncode == 0 and (s / m.stdout.strip()).exists() for m in made), [m.stderr for m in made])
p = run("build", "-C", s, "--strict", "--lang", "en"); check("and all of them build without a message", p.returncode == 0, p.stderr)
p = run("new", "page", "n-page", "-C", s); check("new never writes over a file", p.returncode == 2); p = run("new", "page", "Лош слуг", "-C", s, "--lang", "en"); check("new suggests a name that can be an address", p.returncode == 2 and "los-slug" in p.stderr, p.stderr)
# JSON, strict, check
(s / "content/n-page/index.md").write_text("---\ntitle: А\nnaslvo: б\npublished: 2026-02-30\n---\n:kontact[centar]\n[x](nema.md)[^1]\n")
p = run("check", "-C", s, "--json"); rows = [json.loads(l) for l in p.stdout.splitlines()]; by = {r["code"]: r for r in rows}
check("check --json: one object a message, all mistakes in one run", p.returncode == 1 and {"C020", "C024", "C040", "C050", "C058"} <= set(by), p.stdout); check("with file, line and column in characters", by["C050"]["file"] == "content/n-page/index.md" and by["C050"]["line"] == 7 and by["C050"]["column"] == 1 and by["C020"]["line"] == 3, rows)
check("and the nearest name", "title" in by["C020"]["text"] or "наслов" in by["C020"]["text"] or "naslov" in by["C020"]["text"], by["C020"]); check("the nearest mark", "contact" in by["C040"]["text"], by["C040"])
check("check writes nothing", not (s / "public/n-page").exists() or "nema" not in (s / "public/n-page/index.html").read_text())
p = run("build", "-C", root, "-o", TMP / "strict", "--strict"); check("--strict makes warnings errors: nothing is published", p.returncode == 1 and not (TMP / "strict").exists(), p.returncode)
p = run("check", "-C", root, "--lang", "en"); check("a placeholder contact is an error of check", p.returncode == 1 and "error C034" in p.stderr, p.stderr[-300:])
# embargo, expiry, drafts
(s / "content/n-page/index.md").write_text("---\ntitle: Тајна\nembargo: 2026-12-01\nexpires: 2027-01-01\n---\nПисмо.\n")
there = {d: run("build", "-C", s, "-o", TMP / f"d{d}", "--as-of", d).returncode == 0 and "Писмо." in (o.read_text() if (o := TMP / f"d{d}/n-page/index.html").exists() else "") for d in ("2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01")}
check("embargo and expiry follow --as-of", there == {"2026-11-30": False, "2026-12-01": True, "2026-12-31": True, "2027-01-01": False}, there); check("a page under embargo leaves no trace", subprocess.run(["grep", "-rq", "Тајна", TMP / "d2026-11-30"]).returncode == 1)
run("build", "-C", s, "-o", TMP / "dd", "--as-of", "2026-11-30", "--drafts"); check("--drafts shows it", (TMP / "dd/n-page/index.html").exists())
# a foreign folder
f = TMP / "foreign"; (f / "guide/deep").mkdir(parents=True); (f / "node_modules/x").mkdir(parents=True); (f / ".hidden").mkdir()
(f / "README.md").write_text("# My *project*\n\nSee [the guide](guide/start.md#second-part) and [deep](guide/deep/).\n\n![logo](logo.png)\n\n![remote](https://example.org/a.png)\n\n<b>raw</b>\n\nCall 011 123 4567.\n")
(f / "guide/start.md").write_text('---\ntitle: "Start: here"\nfoo: bar\nlayout: post\ntags: [a, b]\n---\n# Start\n\n## Second part\n\n[back](../README.md) [dead](nothing.md) :role[x]\n'); (f / "guide/deep/_index.md").write_text("+++\ntitle = 'x'\n+++\n# Deep\n"); (f / "node_modules/x/README.md").write_text("# no\n"); (f / ".hidden/a.md").write_text("# no\n")
(f / "guide/empty.md").write_text("---\ntitle:\n---\n# From the text\n"); subprocess.run(["convert", "-size", "8x8", "xc:red", f / "logo.png"], check=True); before = sorted(str(x) for x in f.rglob("*"))
p = run("build", "-C", f, "-o", TMP / "fo", "--lang", "en"); o = TMP / "fo"; home = (o / "index.html").read_text() if (o / "index.html").exists() else ""; start = (o / "guide/start/index.html").read_text() if (o / "guide/start/index.html").exists() else ""
check("a foreign folder builds, with warnings only", p.returncode == 0 and "error" not in p.stderr and p.stderr.count("warning") >= 5, p.stderr); check("title from the first heading, once", "<title>My project" in home and home.count("<h1") == 1, home[:500])
check("an empty title leaves it to the heading", "<title>From the text" in (o / "guide/empty/index.html").read_text(), start[:300]); check("links between .md files are rewritten", 'href="guide/start/index.html#second-part"' in home and 'href="../../index.html"' in start, home); check("images are carried over, remote ones become links", (o / "logo.png").exists() and 'href="https://example.org/a.png"' in home and "src=\"https" not in home)
check("the menu comes from the folders", "guide/index.html" in home); check("hidden folders and node_modules are left out", not list(o.rglob("*hidden*")) and not (o / "node_modules").exists()); check("foreign keys and marks are warned about once each", p.stderr.count('"foo"') == 1 and p.stderr.count('"role"') == 1, p.stderr)
check("its folder page and its neighbours exist", (o / "guide/index.html").exists() and (o / "guide/deep/index.html").exists()); check("nothing was written beside its sources", sorted(str(x) for x in f.rglob("*")) == before)
# one file at a time
run("build", "-C", root, "-o", TMP / "all", "--as-of", "2026-11-24"); md = root / "content/info-letak/index.md"; p = run("pdf", md, "-o", TMP / "a.pdf", "--print", TMP / "b.pdf", "--as-of", "2026-11-24")
check("pdf FILE.md gives the bytes that build gives", p.returncode == 0 and (TMP / "a.pdf").read_bytes() == (TMP / "all/info-letak/info-letak.pdf").read_bytes() and (TMP / "b.pdf").read_bytes() == (TMP / "all/info-letak/info-letak-print.pdf").read_bytes(), p.stderr)
(TMP / "x.html").write_text('<!DOCTYPE html><html lang="en"><title>T</title><link rel=stylesheet href=x.css><p class=a>Hello <b>world</b>'); (TMP / "x.css").write_text(".a { color: red; frobnicate: 1 }"); p = run("pdf", TMP / "x.html", "-o", TMP / "x.pdf", "--lang", "en")
check("pdf FILE.html: any page becomes a PDF, what was dropped is said", p.returncode == 0 and (TMP / "x.pdf").exists() and "frobnicate" in p.stderr and "x.css:1:" in p.stderr, p.stderr)
p = run("pdf", TMP / "x.html", "-o", TMP / "y.pdf", "--strict"); check("pdf --strict: then nothing is written", p.returncode == 1 and not (TMP / "y.pdf").exists(), p.returncode)
check("the text is in it", "Hello world" in subprocess.run(["pdftotext", TMP / "x.pdf", "-"], capture_output=True, text=True).stdout)
for what in ("page", "html", "context", "boxes", "frames", "tags"): p = run("dump", what, md); check(f"dump {what} of Markdown", p.returncode == 0 and len(p.stdout) > 300, p.stderr[-200:])
for what in ("boxes", "frames", "tags"): p = run("dump", what, TMP / "x.html"); check(f"dump {what} of HTML", p.returncode == 0 and len(p.stdout) > 10, p.stderr[-200:])
lone = TMP / "lone/a.md"; lone.parent.mkdir(); lone.write_text("# Сам\n\nТекст.\n"); p = run("pdf", lone, "-o", TMP / "lone.pdf"); check("a Markdown file outside any site is a page", p.returncode == 0 and (TMP / "lone.pdf").exists(), p.stderr)
q = subprocess.run(["mandoc", "-Tlint", "-Werror", root / "generator/letak.1"], capture_output=True, text=True); man = subprocess.run(["mandoc", "-Tutf8", root / "generator/letak.1"], capture_output=True, text=True).stdout.replace("\b", "")
check("the manual page is well-formed", q.returncode == 0, q.stdout); man = re.sub(r"(.)\x08?\1", r"\1", man)
# layouts of one's own are read and compiled once a run, however many pages, languages and threads: as many opens as files
many = TMP / "many"; (many / "content").mkdir(parents=True); (many / "content/site.yml").write_text("name: {sr: Проба}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\n"); shutil.copytree(root / "layouts", many / "layouts")
for k in range(30): f = many / f"content/s{k}/index.md"; f.parent.mkdir(); f.write_text(f"---\ntitle: Страна {k}\n---\nТекст.\n")
(many / "content/index.md").write_text("---\ntitle: Почетна\n---\n"); q = subprocess.run(["strace", "-f", "-e", "trace=open,openat,openat2", "-o", TMP / "opens", LETAK, "build", "-C", many, "-j", "2"], capture_output=True, text=True, env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
calls, waiting = [], {}  # a call that another thread's comes in between stands on two lines
for line in (TMP / "opens").read_text(errors="replace").splitlines():
    thread, call = line.split(None, 1); resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", call)
    if call.endswith(" <unfinished ...>"): waiting[thread] = call[:-len(" <unfinished ...>")]
    else: calls.append(waiting.pop(thread) + resumed[1] if resumed else call)
opens = [m[1] for c in calls for m in [re.search(r'"([^"]*layouts/[^"]+\.mustache)", O_RDONLY.*= \d', c)] if m]
check("each layout is read and compiled once a run", q.returncode == 0 and len(list((many / "public").rglob("index.html"))) >= 62 and any(o.endswith("web/page.mustache") for o in opens) and len(opens) == len(set(opens)), f"{q.stderr} {sorted(opens)}")
# `make site` once more, in a folder that has the program built: nothing is installed, nothing compiled, and it says so
again = TMP / "again"; again.mkdir(); [shutil.copytree(root / x, again / x) for x in ("content", "layouts", "assets")]; [(again / x).symlink_to(root / x) for x in ("Makefile", "generator", "tests", ".ci")]; (again / "build").symlink_to(pathlib.Path(LETAK).parent)
q = subprocess.run(["make", "site", "BUILD=build"], capture_output=True, text=True, cwd=again, env=dict({k: v for k, v in os.environ.items() if k not in ("BUILD", "MAKEFLAGS")}, LETAK_LANG="en")); said = q.stdout.splitlines()
check("make site a second time installs and compiles nothing and says so", q.returncode == 0 and len(said) == 2 and "Nothing to be done for 'build'" in said[0] and re.match(r"\d+ pages, ", said[1]) and "installing" not in q.stderr and (again / "public/index.html").exists(), q)
fields = TMP / "fields.html"; fields.write_text('<!doctype html><html lang=sr><title>x</title><form>' + "".join(f'<p><label>{n} <input name="{n}"></label>\n' for n in ("a", "a.b", "c.d", "c", "e.f", "e.g")) + "</form>")
p = run("pdf", fields, "-o", TMP / "fields.pdf", "--lang", "en"); check("a field that would stand inside another, whichever comes first, is said; fields beside each other are not", p.returncode == 1 and re.findall("P009.*„(.*?)“", p.stderr) == ["a.b", "c"], p.stderr)
t = TMP / "tree"; shutil.copytree(root / "generator", t); good = subprocess.run(["sh", root / "tests/check-deps", t]).returncode
(t / "lang/latin.c").write_text('#include "pdf/pdf.h"\n#include <hpdf.h>\n' + (t / "lang/latin.c").read_text()); q = subprocess.run(["sh", root / "tests/check-deps", t], capture_output=True, text=True)
check("includes go one way, and two planted ones are found", good == 0 and q.returncode == 1 and q.stdout.count("lang/latin.c") == 2, q.stdout)
sources = subprocess.run(["git", "ls-files", "generator/*.c", "generator/*.h", "tests/unit/*.c", "tests/fuzz/*.c"], capture_output=True, text=True, cwd=root).stdout.split() or [str(p) for p in root.glob("generator/*/*.c")]
q = subprocess.run(["clang-format", "--dry-run", "--Werror", *sources], capture_output=True, text=True, cwd=root); check(f"the formatter has nothing to do in {len(sources)} files", q.returncode == 0 and len(sources) > 100, q.stderr[:300])
