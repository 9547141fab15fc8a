#!/usr/bin/env python3
"""What a style sheet says in vain is reported: each dropped declaration once per property and file, with its place wherever it stands, the reason and an alternative; --strict makes each of them an error and writes nothing;
what has no meaning on paper stays silent, and what is carried out says nothing."""
import os, pathlib, re, subprocess
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def check(name, why): print(f"not ok {name}: {' '.join(str(why).split())[:400]}" if why else f"ok {name}", flush=True)
def pdf(html, *more, files={}):
    for f, s in {"x.html": html, **files}.items(): (TMP / f).write_text(s, encoding="utf-8")
    (TMP / "x.pdf").unlink(missing_ok=True); p = subprocess.run([LETAK, "--lang", "en", "pdf", "x.html", "-o", "x.pdf", *more], capture_output=True, text=True, cwd=TMP, timeout=60)
    return p.returncode, [l for l in p.stderr.splitlines() if l], (TMP / "x.pdf").exists()
def page(css, body="<p>а"): return f"<!doctype html><html lang=sr><meta charset=utf-8><title>т</title>\n<style>\n{css}\n</style>\n<body>{body}"
CASES = [  # what is said, code, place, words of the message
    ("an unknown property", "p { colour: red }", "K011", "x.html:3:5:", "colour"),
    ("a property that is not carried out", "p { filter: blur(9px) }", "K012", "x.html:3:5:", "filter"),
    ("a value that a property cannot have", "p { color: 12px }", "K014", "x.html:3:5:", "color"),
    ("a value of a margin box", "@page { @top-left { content: 12px } }", "K014", "x.html:3:21:", "content"),
    ("a property of pages in a rule", "p { size: A5 }", "K015", "x.html:3:5:", "size"),
    ("a value that is not carried out", "p { color: lch(1% 2 3) }", "K013", "x.html:3:5:", "lch"),
    ("an at-rule that is not carried out", "@layer a { p { color: red } }", "K017", "x.html:3:1:", "layer"),
    ("what is no CSS", "p { color }", "K010", "x.html:3:5:", "CSS"),
    ("a selector that is not understood", "p::first-line { color: red }", "K016", "x.html:3:4:", "first-line"),
    ("a variable without value", "p { color: var(--nema) }", "K018", "x.html:3:5:", "--nema"),
]
for name, css, code, place, word in CASES:
    st, said, there = pdf(page(css)); line = said[0] if said else ""
    check(f"{name} is a warning with place, reason and alternative", "" if st == 0 and there and len(said) == 1 and line.startswith(place) and f" warning {code}: " in line and word in line and ";" in line.split(code, 1)[1] else (st, said))
    st, said, there = pdf(page(css), "--strict"); check(f"{name} is an error with --strict, and nothing is written", "" if st == 1 and not there and len(said) == 1 and f" error {code}: " in said[0] else (st, said))
st, said, _ = pdf(page("p { colour: red }\nh1 { colour: blue }\nb { colour: red; farbe: 1 }")); check("once for each property in a file", "" if len(said) == 2 and "colour" in said[0] and said[0].startswith("x.html:3:") and "farbe" in said[1] else said)
st, said, _ = pdf("<!doctype html><html lang=sr><title>т</title><link rel=stylesheet href=a.css><p style='farbe: 1'>а", "--css", "b.css", files={"a.css": "@import 'c.css';\np { colour: red }", "b.css": "\n\np { colour: red }", "c.css": "i { colour: red }"})
check("in each file where it stands: page, linked, imported, given", "" if [l.split(" ")[0] for l in said] == ["a.css:2:5:", "b.css:3:5:", "c.css:1:5:", "x.html:1:78:"] else said)
st, said, _ = pdf(page("p { cursor: pointer; transition: all 1s; animation: a 1s; scroll-behavior: smooth } @media screen { p { colour: red } } p:hover { color: red }"), "--strict"); check("what has no meaning on paper stays silent", "" if st == 0 and not said else (st, said))
st, said, there = pdf(page("p { margin: 1em 0; columns: 2; hyphens: auto; float: footnote } @page { size: A5; @bottom-center { content: counter(page) } }"), "--strict"); check("what is carried out says nothing", "" if st == 0 and there and not said else (st, said))
st, said, _ = pdf(page("@supports (colour: red) { p { farbe: 1 } } @supports (color: red) { p { color: red } }"), "--strict"); check("@supports asks the same table", "" if st == 0 and not said else (st, said))
st, said, _ = pdf(page("p { color: red; color: lch(1% 2 3) }")); check("the declaration before stays where the later one is dropped", "" if len(said) == 1 and "K013" in said[0] else said)
