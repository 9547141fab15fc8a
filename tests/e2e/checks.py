#!/usr/bin/env python3
"""What letak check says of good pages: every check's wrong and right example, taken from `letak help CODE` in both languages and run; sentences, dates and scripts at
their edges; the list of plain words; SARIF against its schema; PDFs' tags."""
import base64, json, os, pathlib, re, shutil, subprocess, sys
root = pathlib.Path(__file__).resolve().parents[2]; py = root / "build/checkers/venv/bin/python"
try: import jsonschema
except ImportError:
    if os.environ.get("REEXEC"): raise
    os.environ["REEXEC"] = "1"; os.execv(py, [py, *sys.argv])
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:900]}", flush=True)
def letak(*a): return subprocess.run([LETAK, *map(str, a)], capture_output=True, text=True, errors="replace", timeout=120)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082".replace(" ", ""))
def site(name, text=None, files=None):
    s = TMP / name; shutil.rmtree(s, ignore_errors=True); (s / "content").mkdir(parents=True)
    (s / "content/site.yml").write_text("name: {sr: Проба, en: Test}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl]\n"); (s / "content/index.md").write_text("---\ntitle: Почетна\n---\nТекст.\n"); (s / "content/slika.png").write_bytes(PNG)
    for part in re.split(r"^(?=» )", text or "", flags=re.M):
        m = re.match(r"» (\S+)( \(base64\))?\n", part); path = m[1] if m else "content/primer/index.md"; body = part[m.end():] if m else part
        if not body: continue
        if path.endswith(".md") and not body.startswith("---"): body = "---\ntitle: Пример\n---\n" + body
        (s / path).parent.mkdir(parents=True, exist_ok=True); (s / path).write_bytes(base64.b64decode(body) if m and m[2] else (body.rstrip("\n") + "\n").encode())
    for path, body in (files or {}).items(): (s / path).parent.mkdir(parents=True, exist_ok=True); (s / path).write_text(body)
    return s
def codes(s, *more): p = letak("check", "-C", s, "--json", "--as-of", "2026-11-24", "--lang", "en", *more); return {(r["code"], r["severity"], (r["file"] or "").split("/")[-2] if "/" in (r["file"] or "") else "") for r in map(json.loads, p.stdout.splitlines())}, p
# --- the examples of help ---
all_codes = [c for f in (root / "generator/base/messages").glob("*.def") for c in re.findall(r'^MSG\(\w+, "([A-Z]\d+)"', f.read_text(), re.M)]; shown = set()
for code in sorted(all_codes):
    for lang, wrong, right in (("en", "Wrong", "Right"), ("sr", "Погрешно", "Исправно")):
        t = letak("help", code, "--lang", lang).stdout; m = re.search(rf"\n  {wrong}:\n((?:    .*\n)+)\n  {right}:\n((?:    .*\n)+)", t)
        if not m: continue
        shown.add(code); a, b = (re.sub("^    ", "", x, flags=re.M) for x in m.groups())
        bad, good = (codes(site(n, x), *([TMP / n / "public"] if "» public/" in x else [])) for n, x in (("bad", a), ("good", b))); c = lambda x: {y[0] for y in x[0]}
        check(f"{code} ({lang}): the wrong example of help has it, the right one has not", code in c(bad) and code not in c(good), (sorted(c(bad)), sorted(c(good)), bad[1].stdout, good[1].stdout))
        errors = {y[0] for y in good[0] if y[1] == "error"} - {"D026"}; check(f"{code} ({lang}): nothing else is an error in the right one", not errors, good[1].stdout)
NO_EXAMPLE = {"N019": "a link of the file system, which no text of an example is: tests/e2e/hardening.py", "N018": "a program is missing", "N023": "the call names a file that is not there"}  # no site is wrong
mine = {c for c in all_codes if c[0] == "N"} - set(NO_EXAMPLE); check(f"all of the {len(mine)} checks, and {len(shown - mine)} messages of content, have an example", mine <= shown and len(shown) > len(mine) + 4 and not set(NO_EXAMPLE) & shown, mine - shown)
check("help in Latin script explains in it", "Isprav­no".replace("\u00ad", "") in letak("help", "N200", "--lang", "sr-latin").stdout)
# --- edges: one page a case, the codes that it must and may not have ---
w = lambda n: " ".join(["реч"] * n)
CASES = [("Ово " + w(24) + ".", set()), ("Ово " + w(25) + ".", {"N200"}), ("Ово " + w(14) + ". А то " + w(14) + ".", set()), ("Ово " + w(14) + "! А то " + w(14) + "?", set()), ("Састанак је 23. новембра 2026. године " + w(12) + ", др. Мила бр. 5 и чл. 7 " + w(8) + ".", {"N200"}),
  ("- " + w(20) + "\n- " + w(20), set()), ("## " + w(15) + "\n\n" + w(15), set()), (w(13) + " **" + w(13) + "** крај.", {"N200"}), ("Види `" + "a " * 40 + "`.", {"N200"}),
  ("Податке прикупља Центар.", set()), ("Одлука је донета од стране тима.", {"N201"}), ("Подаци су организовано прикупљени.", {"N201"}), ("Рођена је у Нишу.", set()), ("То је њена жена.", set()), ("Врата су отворена.", set()),
  ("У ЦИЉУ помоћи.", {"N202"}), ("Реализацијама смо задовољни.", {"N202"}), ("У циљ смо стигли.", set()), ("Кажемо :keep[уколико], па објаснимо.", set()),
  ("PDF-а има три, е-пошта ради, 5G мрежа.", set()), ("Реч cтоји.", {"N221"}), ("Име John Smith и London.", set()), ("Чита the whole long sentence наглас.", {"N220"}), ("Пиши на ana@primer.invalid или https://primer.invalid/a/b/c/d.", set()),
  ("У четвртак, 18. марта 2027. године.", set()), ("Петак, 18. 3. 2027. у 10.", {"N230"}), ("Дан 29. фебруара 2028. постоји.", set()), ("Дан 29. фебруара 2027. не постоји.", {"N231"}), ("До 31. 6. 2027. године.", {"N231"}), ("Члан 31. став 4. закона 2018.", set()), ("Собе 31. 11. и 12. су заузете.", set()), ("Недеља је дан за одмор, 18. марта такође.", set()),
  ("Број је XXX.", {"N240"}), ("[овде](../index.md)", {"N212"}), ("[Више о помоћи](../index.md)", set()), ("[Овде.](../index.md)", {"N212"}), ("![лого](../slika.png)", {"N213"}), ("![plan.png](../slika.png)", {"N213"}), ("![" + "а" * 150 + "](../slika.png)", set()), ("![" + "а" * 151 + "](../slika.png)", {"N214"}),
  ("## А\n\n### Б\n\nТекст.", set()), ("### Б\n\nТекст.", set()), ("## А\n\nТекст.\n\n## Б", {"N211"}), ("| | Б |\n|-|-|\n| а | б |", set())]
s = site("edges", files={f"content/p{i:02}/index.md": f"---\ntitle: Страна {i}\n---\n{t}\n" for i, (t, _) in enumerate(CASES)}); got, p = codes(s)
for i, (t, want) in enumerate(CASES): have = {c for c, _, f in got if f == f"p{i:02}" and c.startswith("N2")}; check(f"{t[:60]!r}: {sorted(want) or 'nothing'}", have == want, sorted(have))
row = next(r for r in map(json.loads, p.stdout.splitlines()) if r["code"] == "N221"); check("places are those of the word, in characters", (row["line"], row["column"]) == (4, 5), row)
# --- words of one's own ---
s = site("words", "Блабла је уколико.", {"content/plain-words.yml": "блабл*: разговор\nуколико:\n"}); got, p = codes(s); t = [r for r in map(json.loads, p.stdout.splitlines()) if r["code"] == "N202"]
check("content/plain-words.yml adds a word and takes one out", len(t) == 1 and "разговор" in t[0]["text"] + t[0]["mend"], p.stdout)
p = letak("build", "-C", s, "--strict", "--as-of", "2026-11-24"); check("build does not ask for any of it", p.returncode == 0 and "N2" not in p.stderr, p.stderr)
# --- contrast ---
s = site("kontrast", files={"assets/a.css": "/* color */ :root{--a:#777;--b:#fff}\n@media (prefers-color-scheme: dark){:root{--b:#222}}\n.x{color:var(--a);background:var(--b)}\n.y{color:#000;background:#fff}\n.z{color:#777}\n@media print{.q{color:#fff;background:#fff}}\n"}); got, p = codes(s); t = [r for r in map(json.loads, p.stdout.splitlines()) if r["code"] == "N250"]
check("contrast: variables, light and dark, not on paper", len(t) == 1 and t[0]["line"] == 3 and t[0]["file"] == "assets/a.css", p.stdout); check("our own style has enough everywhere", not [c for c in codes(site("nas"))[0] if c[0] == "N250"])
# --- links of finished HTML: (what stands in the page, codes) ---
LINKS = [('<a href="b/">b</a>', []), ('<a href="b">b</a>', []), ('<a href="b/#dva">b</a>', []), ('<a href="b/index.html?x=1#dva">b</a>', []), ('<a href="/b/index.html#tri">b</a>', []), ('<a href="#%C5%A1ta">b</a>', []), ('<a href="#šta">b</a>', []), ('<a href="#">b</a><a href="#TOP">b</a><a href="">b</a>', []),
  ('<a href="https://primer.invalid/nema">b</a><a href="//primer.invalid/nema">b</a><a href="mailto:a@primer.invalid">b</a><a href="tel:192">b</a>', []), ('<a href=" a%20b.txt ">b</a>', []), ('<a href="a b.txt#page=3">b</a>', []), ('<a href="./b/../b/./">b</a>', []), ('<a href="b/#:~:text=B">b</a>', []),
  ('<a href="b/#nema">b</a>', ["N271"]), ('<a href="#nema">b</a>', ["N271"]), ('<svg><use href="#nema"/></svg>', ["N271"]), ('<a href="nema.html">b</a>', ["N270"]), ('<a href="B/">b</a>', ["N270"]), ('<a href="../van.html">b</a>', ["N270"]), ('<a href="/nema/">b</a>', ["N270"]), ('<a href="prazno/">b</a>', ["N270"]),
  ('<img src="nema.png" alt="">', ["N270"]), ('<img src="a%20b.txt" srcset="a%20b.txt 1x, nema.png 2x, nema2.png" alt="">', ["N270", "N270"]), ('<link rel="stylesheet" href="nema.css"><script src="nema.js"></script>', ["N270", "N270"]), ('<meta http-equiv="refresh" content="0; url=nema.html">', ["N270"]), ('<video src="nema.mp4" poster="nema.jpg"></video>', ["N270", "N270"])]
s = TMP / "veze"; (s / "b").mkdir(parents=True); (s / "prazno").mkdir(); (s / "a b.txt").write_text("A"); (s / "b/index.html").write_text('<!DOCTYPE html><html lang="sr"><title>B</title><h2 id="dva">B</h2><a name="tri"></a>'); (s / "baza").mkdir()
for i, (t, _) in enumerate(LINKS): (s / f"p{i:02}.html").write_text(f'<!DOCTYPE html>\n<html lang="sr"><meta charset="utf-8"><title>A</title><h1 id="šta">A</h1>\n  {t}</html>')
(s / "baza/a.html").write_text('<!DOCTYPE html><html lang="sr"><head><base href="../b/x.html"><title>A</title></head><a href="index.html#dva">b</a><a href="a.html">a</a>'); (s / "baza/c.html").write_text('<!DOCTYPE html><html lang="sr"><head><base href="https://primer.invalid/"><title>A</title></head><a href="nema.html">b</a>')
p = letak("check", s, "--json", "--lang", "en"); rows = list(map(json.loads, p.stdout.splitlines()))
for i, (t, want) in enumerate(LINKS): have = [r for r in rows if r["file"] == f"p{i:02}.html" and r["code"] != "N009"]; check(f"finished HTML: {t[:70]!r}: {want or 'nothing'}", sorted(r["code"] for r in have) == want and all(r["line"] == 3 and r["column"] >= 3 for r in have), have)
s = TMP / "tajne-veze"; s.mkdir(); (s / "0101077861239.html").write_text('<!DOCTYPE html><html lang="sr"><title>A</title><a href="31120987%310012.html">a</a><a href="#2802099090002">b</a><a href="' + "a/" * 95 + '2802099090002">c</a><a href="064/000-00-02">d</a>'); p = letak("check", s, "--lang", "en")
check("no message about a link has a whole private value", all(p.stderr.count(c) == n for c, n in (("error N270", 3), ("error N271", 1))) and not re.search("0101077861239|3112098|2802099|064/000", p.stderr), p.stderr)
check("<base> is minded", [(r["code"], r["file"]) for r in rows if r["file"].startswith("baza/") and r["code"] != "N009"] == [("N270", "baza/a.html")], rows[:5])
# --- SARIF ---
schema = next((root / "build/checkers").rglob("sarif-2.1.0*.json"), None); s = site("sarif", "Уколико [овде](nema.md).", {"content/š a/index.md": "---\ntitle: Ш\n---\nЦeнтар.\n"}); p = letak("check", "-C", s, "--sarif", "--as-of", "2026-11-24", "--lang", "sr"); check("--sarif: status as of check", p.returncode == 1 and not p.stderr, p.stderr)
log = json.loads(p.stdout); check("the schema is here", schema, root / "build/checkers")
if schema:
    wrong = list(jsonschema.Draft4Validator(json.loads(schema.read_text())).iter_errors(log)); check("SARIF as its schema asks", not wrong, [str(e)[:200] for e in wrong[:3]])
    empty = json.loads(letak("check", "-C", site("prazno"), "--sarif").stdout); check("with nothing to say, too", not list(jsonschema.Draft4Validator(json.loads(schema.read_text())).iter_errors(empty)) and empty["runs"][0]["results"] == [], empty)
    broken = json.loads(p.stdout); broken["runs"][0]["results"][0]["level"] = "bad"; check("the schema would tell", list(jsonschema.Draft4Validator(json.loads(schema.read_text())).iter_errors(broken)))
r = log["runs"][0]; rules = r["tool"]["driver"]["rules"]; check("each result names its rule, level and place", r["results"] and all(rules[x["ruleIndex"]]["id"] == x["ruleId"] and x["level"] in ("warning", "error") for x in r["results"]) and {"C050", "N202", "N212", "N221"} <= {x["ruleId"] for x in r["results"]}, r["results"])
x = next(x for x in r["results"] if x["ruleId"] == "N221")["locations"][0]["physicalLocation"]; check("files as addresses, columns in characters", x["artifactLocation"]["uri"] == "content/%C5%A1%20a/index.md" and x["region"] == {"startLine": 4, "startColumn": 1} and r["columnKind"] == "unicodeCodePoints", x)
# --- PDFs ---
(TMP / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">A</text></svg>'); subprocess.run(["rsvg-convert", "-f", "pdf", "-o", TMP / "golo.pdf", TMP / "a.svg"], check=True); (TMP / "p.md").write_text("---\ntitle: Наслов\n---\nТекст.\n"); letak("pdf", TMP / "p.md", "-o", TMP / "nas.pdf")
t = letak("check", TMP / "golo.pdf", "--lang", "en").stderr; check("a PDF without tags, language and title is told of", all(c in t for c in ("N260", "N261", "N262")), t); p = letak("check", TMP / "nas.pdf", "--lang", "en"); check("ours has all three", p.returncode == 0 and "N26" not in p.stderr, p.stderr)
# --- the sample site ---
p = letak("check", "-C", root, "--json", "--as-of", "2026-12-15"); t = [r for r in map(json.loads, p.stdout.splitlines()) if r["severity"] == "error" and r["code"] != "C034"]; check("nothing but placeholders keeps the sample site from being published", not t, t[:3])
