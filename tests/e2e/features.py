#!/usr/bin/env python3
"""features.py [--update]: every row of features.txt set with and without its CSS by the program LETAK. A row works when pages, tags, boxes or messages show that it was carried out:
the dump differs and nothing was reported. features.golden holds what each row changed (how many lines, the first of them); generator/letak-css.7 is the table that the manual shows,
made from the rows that work. --update writes both, for review; without it this is a test (TAP)."""
import concurrent.futures, difflib, os, pathlib, re, subprocess, sys, tempfile
root = pathlib.Path(__file__).resolve().parents[2]; here = root / "tests/print"
letak = os.environ.get("LETAK", str(root / "build/letak")); update = "--update" in sys.argv
KNOWN = 1  # rows that do not work yet: they stand in the manual's last section
GOLDEN, MANUAL = here / "features.golden", root / "generator/letak-css.7"
BASE = "@page{size:240pt 180pt;margin:20pt} html{font:10pt/13pt serif} "
fixtures, rows, chapter = {}, [], ""
for line in re.sub(r"\n(?=\t)", "\x01", (here / "features.txt").read_text(encoding="utf-8")).split("\n"):
    line = line.replace("\x01", "\n")
    if line.startswith("#") or not line.strip(): continue
    if line.startswith("== "): chapter = line[3:]; continue
    a, b, c = (x.strip().replace("\\|", "|") for x in (re.split(r"(?<!\\) \|(?: |$)", line) + [""])[:3])
    if a.startswith("@ "): fixtures[a[2:]] = (b, c)
    else: rows.append((chapter, a, b, c))

def dump(folder, name, html, css):
    """pages and tags, and what was reported"""
    f = folder / name; f.write_text(f"<!doctype html><html lang=sr><meta charset=utf-8><title>проба</title><style>{css}</style><body>{html}</body></html>", encoding="utf-8")
    out, said = "", ""
    for what in ("frames", "tags"):
        p = subprocess.run([letak, "--lang", "en", "dump", what, name], capture_output=True, text=True, cwd=folder, timeout=60); out += p.stdout; said += p.stderr
        if p.returncode < 0: said += f"signal {-p.returncode}"
    return out, said.replace(name, "")
def one(args):
    folder, k, (chapter, name, css, fixture) = args
    html, common = fixtures[fixture]; imports = css.startswith("@import")
    # a row that is named by its property: the rest of its CSS stands on both sides, so that nothing else can make the difference
    rest = re.sub(rf"(?<![\w-]){re.escape(name)}\s*:[^;}}]*;?", "", css) if css.count(":") > 1 and re.fullmatch("[a-z-]+", name) else ""
    without, _ = dump(folder, f"a{k}.html", html, BASE + common + " " + rest)
    with_, said = dump(folder, f"b{k}.html", html, (css + BASE + common) if imports else BASE + common + " " + css)
    changed = [l for l in difflib.ndiff(without.splitlines(), with_.splitlines()) if l[0] in "+-"]
    first = next((l for l in changed if l[0] == "+"), changed[0] if changed else "")
    why = said.split("\n")[0] if said else "" if changed else "no difference"
    return f"{chapter}: {name}: {why or f'{len(changed)} lines, {first[:110]}'}", not why

with tempfile.TemporaryDirectory() as t:
    folder = pathlib.Path(t)
    for f in ("slika.png", "uvoz.css"): (folder / f).write_bytes((here / f).read_bytes())
    with concurrent.futures.ThreadPoolExecutor(2) as pool: got = list(pool.map(one, [(folder, k, r) for k, r in enumerate(rows)]))
golden = "".join(g + "\n" for g, _ in got)

def roff(s): return s.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
def quoted(s): return '"' + roff(s).replace('"', '""') + '"'
def manual():
    out = [".\\\" made by tests/e2e/features.py --update from the rows that it set; do not edit", ".Dd November 24, 2026", ".Dt LETAK-CSS 7", ".Os", ".Sh NAME", ".Nm letak-css",
           ".Nd what print style sheets may say", ".Sh DESCRIPTION", "What stands here was set by", ".Xr letak 1", "with and without the example, changed the pages and was not reported;",
           ".Ic letak help Ar PROPERTY", "lists the values of a property. Whatever else a style sheet says is reported with its place, unless it has no meaning on paper."]
    last = None
    for (chapter, name, css, _), (_, good) in zip(rows, got):
        if chapter != last: out += ([".El"] if last else []) + [f".Sh {chapter.upper()}", ".Bl -tag -width Ds"]; last = chapter
        if good: out += [".It Li " + quoted(name), "\\&" + roff(css)]
    out += [".El"]
    said = subprocess.run([letak, "--lang", "en", "help", "@-letak-sheet"], capture_output=True, text=True).stdout.splitlines()
    out += [".Sh SHEETS", roff(said[0].split("at-rule: ")[1].strip()), ".Bl -tag -width Ds"]
    for row, text in zip(said[1::2], said[2::2]): out += [".It Li " + quoted(row.strip()), "\\&" + roff(text.strip())]
    out += [".El"]
    bad = [f"{name}" for (chapter, name, _, _), (_, good) in zip(rows, got) if not good]
    if bad: out += [".Sh NOT CARRIED OUT", ", ".join(bad).replace("-", "\\-") + "."]
    out += [".Sh SEE ALSO", ".Xr letak 1 ,", ".Xr letak-press 7"]
    return "\n".join(out) + "\n"

if update:
    GOLDEN.write_text(golden, encoding="utf-8"); MANUAL.write_text(manual(), encoding="utf-8")
    print("\n".join(g for g, good in got if not good)); sys.exit()
want = set(GOLDEN.read_text(encoding="utf-8").splitlines())
for (g, good), (chapter, name, _, _) in zip(got, rows):
    print(f"ok {chapter}: {name}" if g in want else f"not ok {chapter}: {name}: {g}")
def check(name, why): print(f"not ok {name}: {why}" if why else f"ok {name}")
known = set(re.findall(r"^([a-z-]+)  (?!same as|not carried out|screen only|the same as)", subprocess.run([letak, "--lang", "en", "help", "css"], capture_output=True, text=True).stdout, re.M))
shown = " ".join(css + " " + name for _, name, css, _ in rows) + " ".join(c for _, c in fixtures.values())
ELSEWHERE = {"-letak-fit", "-letak-running", "clear"}  # panels: tests/unit; what position: running() sets; floats are not carried out
missing = sorted(p for p in known - ELSEWHERE if not re.search(rf"(?<![\w-]){re.escape(p)}(?![\w-])", shown))
check("every property has a row", missing)
check("the manual's table is up to date", "" if MANUAL.read_text(encoding="utf-8") == manual() else "run tests/e2e/features.py --update")
bad = [g for g, good in got if not good]; check("what does not work is known", "" if len(bad) <= KNOWN else bad)
