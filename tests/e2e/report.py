#!/usr/bin/env python3
"""`letak pdf --report` counts what stands on the pages (figures worked out by hand and from the PDF's own words), and `--debug` draws without moving or tagging anything."""
import json, os, pathlib, re, subprocess
root = pathlib.Path(__file__).resolve().parents[2]; LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def run(*a): return subprocess.run([str(x) for x in a], capture_output=True, text=True, cwd=TMP, timeout=120)
def check(name, why): print(f"not ok {name}: {' '.join(str(why).split())[:400]}" if why else f"ok {name}", flush=True)
def page(name, css, body): (TMP / name).write_text(f"<!doctype html><html lang=sr><meta charset=utf-8><title>проба</title><style>@page{{size:200pt 100pt;margin:0}}html{{font:8pt/10pt serif}}p{{margin:0}}{css}</style><body>\n{body}", encoding="utf-8"); return name
def report(name): p = run(LETAK, "--lang", "en", "pdf", name, "--report", "--json"); return json.loads(p.stdout) if p.stdout.startswith("{") else {"error": p.stdout + p.stderr}
def expect(name, got, **want): check(name, {k: (got.get(k), v) for k, v in want.items() if got.get(k) != v} or got.get("error"))

r = report(page("a.html", "", "<p>један<p>два<br>реда")); expect("lines and paragraphs", r, pages=1, lines=3, paragraphs=2, justified=0, hyphens=0, widows=0, orphans=0, rivers=0, found=[])
L = "<br>".join
r = report(page("b.html", "p{orphans:1;widows:1}", f"<p>{L('а' * 9)}<p>{L('бвг')}")); expect("an orphan", r, pages=2, orphans=1, widows=0)
r = report(page("c.html", "p{orphans:1;widows:1}", f"<p>{L('а' * 8)}<p>{L('бвг')}")); expect("a widow", r, pages=2, orphans=0, widows=1)
r = report(page("d.html", "p{width:40pt;text-align:justify;hyphens:none}", "<p>аб несагледивост аб")); f = r.get("found", [{}])
check("an overfull line with its place", "" if r.get("overfull") == 1 and f[0].get("fault") == "overfull" and f[0].get("page") == 1 and f[0].get("line") == 2 and f[0].get("over", 0) > 1 else r)
r = report(page("e.html", "p{width:62pt;text-align:justify;hyphens:none}", "<p>аб вгдђежзијк аб вг дђ еж"))
check("a loose line", "" if r.get("loose", 0) >= 1 and r["worstStretch"]["value"] > 50 and r["worstStretch"]["file"] == "e.html" else r)
r = report(page("f.html", "p{text-align:justify;hyphens:manual;width:30pt}", "<p>" + "бвгдђе&shy;" * 6)); expect("hyphens and the longest ladder", {**r, "ladder": r.get("longestLadder", {}).get("value")}, hyphens=5, ladder=5)
r = report(page("g.html", "", "<p>" + L(["аб вг"] * 5))); expect("a river of five lines", {**r, "longest": r.get("longestRiver", {}).get("value")}, rivers=1, longest=5)
r = report(page("h.html", "", "<p>" + L(["аб вг"] * 3))); expect("three lines are none", r, rivers=0)
r = report(page("i.html", "p{orphans:1;widows:1}.f{float:footnote}", f"<p>{L('абв')}<span class=f>белешка</span><br>г<br>д")); expect("a footnote parts no paragraph", r, lines=6, paragraphs=2, widows=0, orphans=0)
r = report(page("j.html", "p{text-align:justify;hyphens:manual;width:30pt}@page{size:200pt 300pt}.f{float:footnote}", "<p>бвгдђе&shy;бвгдђе&shy;бвгд<span class=f>белешка</span>ђе&shy;бвгдђе&shy;бвгдђе")); expect("nor a ladder", {**r, "ladder": r.get("longestLadder", {}).get("value")}, ladder=4)
r = report(page("k.html", ".b{display:inline-block;width:62pt;text-align:justify;hyphens:none}", "<p>реч <span class=b>аб вгдђежзијк аб вг дђ еж</span> реч")); expect("lines in an inline-block", {**r, "loose": min(1, r.get("loose", 0))}, lines=3, paragraphs=2, loose=1)
r = report(page("l.html", "th{writing-mode:sideways-lr;height:62pt;text-align:justify;hyphens:none}", "<table><tr><th>аб вгдђежзијк аб вг дђ еж<td>реч</table>")); expect("lines that stand upright", {**r, "loose": min(1, r.get("loose", 0))}, lines=3, paragraphs=2, loose=1, widows=0, orphans=0)
p = run(LETAK, "--lang", "en", "pdf", "d.html", "--report"); check("as text", "" if "d.html: 1 pages, 1 paragraphs, 3 lines" in p.stdout and re.search(r"d.html:2:\d+: page 1, line 2 of 3: overfull, \d+\.\d pt", p.stdout) else p.stdout)
p = run(LETAK, "--lang", "sr", "pdf", "d.html", "--report"); check("in Serbian", "" if "предугачак" in p.stdout else p.stdout + p.stderr)
p = run(LETAK, "--lang", "sr-latn", "pdf", "d.html", "--report"); check("in Serbian Latin", "" if "predugačak" in p.stdout else p.stdout + p.stderr)
p = run(LETAK, "pdf", root / "content/index.md", "--report"); check("of a page of the site", "" if p.returncode == 0 and "lines" in p.stdout else p.stdout + p.stderr)

def words(pdf): return re.findall(r'<word .*?</word>', run("pdftotext", "-bbox", pdf, "-").stdout)
for source in sorted((root / "tests/print").glob("*.html")):
    a, b = TMP / "plain.pdf", TMP / "debug.pdf"; plain = run(LETAK, "--lang", "en", "pdf", source, "-o", a); debug = run(LETAK, "--lang", "en", "pdf", source, "-o", b, "--debug")
    legend = {"box", "margin", "baseline", "loose", "tight", "overfull"}; w, d = sorted(words(a)), sorted(x for x in words(b) if re.sub("<.*?>", "", x) not in legend)
    check(f"--debug moves nothing in {source.name}", f"{plain.stderr} {debug.stderr}" if not (w and d) else [x for x in zip(w, d) if x[0] != x[1]][:2] or (len(w) != len(d) and f"{len(w)} words, {len(d)} with --debug"))
    tags = [re.sub(r"Object \d+", "Object", run("pdfinfo", "-struct-text", x).stdout) for x in (a, b)]; check(f"--debug leaves the tags of {source.name}", "" if tags[0] and tags[0] == tags[1] else "they differ")
if not [x for x in (TMP / "debug.pdf", TMP / "plain.pdf") if x.exists()]: check("PDFs were made", "none")
else: p = run("sh", root / "tests/validate/check-pdf.sh", "-f", "ua1,2a", TMP / "debug.pdf"); check("a page with --debug conforms to PDF/UA-1 and PDF/A-2a", "" if p.returncode == 0 else p.stdout + p.stderr)
