#!/usr/bin/env python3
"""Nothing hangs `letak pdf`: each kind of hostile print HTML at a size n and at 4n ends with a result or a message, its CPU and memory grow no faster than the input, and what is
absurd (lengths of 1e38px, pages without room, rings of variables, counters, imports, pictures that lie) ends in a moment. CPU is what the kernel counted for the child, so other
work on the machine matters little. With ALL=1 the sizes are four times as large and the figures are printed."""
import os, pathlib, struct, subprocess, zlib
LETAK, T, ALL = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]), bool(os.environ.get("ALL"))
def png(w, h, data=b""):
    def c(t, d): return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
    return b"\x89PNG\r\n\x1a\n" + c(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + (c(b"IDAT", data) if data else b"") + c(b"IEND", b"")
W="<!doctype html><html lang=sr><title>т</title><style>%s</style><body>%s"
C={}
def case(name,n,mult=4):
    def f(g): C[name]=(n,mult,g); return g
    return f
@case("nested div",2500)
def _(n): return W%("", "<div>"*n+"дно")
@case("nested span",2500)
def _(n): return W%("", "<span>"*n+"дно")
@case("nested table",250)
def _(n): return W%("", "<table><tr><td>"*n+"дно")
@case("nested inline-block",500)
def _(n): return W%("b{display:inline-block;padding:1px}", "<b>"*n+"дно")
@case("nested flex",500)
def _(n): return W%("div{display:flex}", "<div>"*n+"дно")
@case("nested flex with text",100)
def _(n): return W%("div{display:flex}", "<div>а <p>б</p>"*n+"дно")
@case("nested columns",500)
def _(n): return W%("div{columns:2}", "<div>а б в "*n+"дно")
@case("nested mixed",60)
def _(n): return W%(".f{display:flex}.c{columns:2}.i{display:inline-block}", "<div class=f><div class=c>а<div class=i>б<table><tr><td>"*n+"дно")
@case("nested list",500)
def _(n): return W%("", "<ul><li>а"*n+"дно")
@case("nested transforms",2500)
def _(n): return W%("div{transform:rotate(1deg) scale(1.01);opacity:.999}", "<div>а"*n+"дно")
@case("nested transforms inline",500)
def _(n): return W%("b{display:inline-block;scale:9;translate:9%}", "<b><a href=x>а</a>"*n+"дно")
@case("nested absolute",500)
def _(n): return W%("div{position:absolute;top:1px}", "<div>а"*n+"дно")
@case("nested float",500)
def _(n): return W%("div{float:left}", "<div>а"*n+"дно")
@case("nested float of words",500)
def _(n): return W%("span{float:right;width:90%}", "<p>"+"<span>а б <b>"*n+"дно")
@case("floats in a row",12500)
def _(n): return W%("div{float:left;margin:1px}", "<div>реч</div>"*n+"<p>текст")
@case("floats in one paragraph",6250)
def _(n): return W%("i{float:right}", "<p>"+"реч <i>страна</i> "*n)
@case("floats that nothing stands before",12500)
def _(n): return W%("i{float:left}", "<p>"+"<i>с</i>"*n+"реч")
@case("floats without room",12500)
def _(n): return W%("i{float:left;width:0}b{float:right;width:200%}", "<p>"+"реч <i>с</i><b></b>"*n)
@case("floats beside a high one",6250)
def _(n): return W%(".h{float:left;height:1e6pt}i{float:right}", "<div class=h>в</div>"+"<p>реч <i>с</i>"*n)
@case("paragraphs beside a float",12500)
def _(n): return W%(".h{float:left;height:1e6pt}", "<div class=h>в</div>"+"<p>реч реч"*n)
@case("tables beside a float",3125)
def _(n): return W%(".h{float:left;height:1e6pt}", "<div class=h>в</div>"+"<table><tr><td>реч</table>"*n)
@case("nested inline deco",500)
def _(n): return W%("u{text-decoration:underline;border:1px solid}", "<u>а "*n+"дно")
@case("one paragraph of words, one line of source",50000)
def _(n): return W%("p{text-align:justify;hyphens:auto}", "<p>"+"и овај пасус је веома дугачак јер га је неко тако написао "*(n//11))
@case("paragraph of words ragged",50000)
def _(n): return W%("", "<p>"+"и овај пасус је веома дугачак јер га је неко тако написао "*(n//11))
@case("table rows",25000)
def _(n): return W%("", "<table><thead><tr><th>а<th>б<tbody>"+"".join(f"<tr><td>{i}<td>реч" for i in range(n))+"</table>")
@case("table rows collapsed",10000)
def _(n): return W%("table{border-collapse:collapse}td{border:1px solid}", "<table>"+"".join(f"<tr><td>{i}<td>реч" for i in range(n))+"</table>")
@case("table columns",1250)
def _(n): return W%("", "<table>"+("<tr>"+"<td>а"*n)*4+"</table>")
@case("table columns collapsed",1250)
def _(n): return W%("table{border-collapse:collapse}td{border:1px solid}", "<table>"+("<tr>"+"<td>а"*n)*4+"</table>")
@case("colspan bomb",250)
def _(n): return W%("", "<table>"+"<tr><td colspan=100000>а<td colspan=100000>б"*n+"</table>")
@case("rowspan bomb",250)
def _(n): return W%("", "<table>"+"<tr><td rowspan=65534>а<td>б"*n+"</table>")
@case("col and rowspan bomb",250)
def _(n): return W%("", "<table>"+"<tr><td rowspan=65534 colspan=1000>а<td>б"*n+"</table>")
@case("col span bomb",250)
def _(n): return W%("", "<table>"+"<col span=100000>"*n+"<tr><td>а</table>")
@case("one rowspan over all",2500)
def _(n): return W%("", f"<table><tr><td rowspan={n}>а<td>б"+"<tr><td>б"*(n-1)+"</table>")
@case("staircase rowspans",2500)
def _(n): return W%("", "<table>"+"<tr><td rowspan=2>а<td>б"*n+"</table>")
@case("one word",250000)
def _(n): return W%("", "<p>"+"а"*n)
@case("one word anywhere",250000)
def _(n): return W%("p{overflow-wrap:anywhere}", "<p>"+"а"*n)
@case("one word arabic",250000)
def _(n): return W%("p{overflow-wrap:anywhere;direction:rtl}", "<p>"+"ب"*n)
@case("one word table cell",100000)
def _(n): return W%("", "<table><tr><td>"+"а"*n+"<td>б</table>")
@case("combining marks",25000)
def _(n): return W%("", "<p>а"+"\u0301"*n)
@case("zero font size",50000)
def _(n): return W%("p{font-size:0}", "<p>"+"аб "*n)
@case("footnotes on a page",2500)
def _(n): return W%("i{float:footnote}", "<p>"+"а<i>б</i> "*n)
@case("long footnote",25000)
def _(n): return W%("i{float:footnote}", "<p>а<i>"+"реч "*n+"</i>")
@case("long footnotes each para",500)
def _(n): return W%("i{float:footnote}", ("<p>а<i>"+"реч "*100+"</i>")*n)
@case("footnotes in footnotes",125)
def _(n): return W%("i{float:footnote}", "<p>а"+"<i>б"*n)
@case("footnotes in cells",1250)
def _(n): return W%("i{float:footnote}", "<table>"+"<tr><td>а<i>б</i><td>в"*n)
@case("page-break each",1250)
def _(n): return W%("p{break-before:page}", "<p>а"*n)
@case("target-counters never settle",250)
def _(n): return W%("a::after{content:target-counter(attr(href),page)}@page{size:60pt 60pt;margin:5pt}", "".join(f"<p id=a{i}>реч <a href=#a{(i*7+1)%n}>б</a>" for i in range(n)))
@case("target-counter breaks",250)
def _(n): return W%("a::after{content:target-counter(attr(href),page)}p{break-before:page}", "".join(f"<p id=a{i}>реч <a href=#a{(i*7+1)%n}>б</a>" for i in range(n)))
@case("empty blocks",50000)
def _(n): return W%("", "<p></p>"*n)
@case("br",50000)
def _(n): return W%("", "а<br>"*n)
@case("absolutes",12500)
def _(n): return W%("i{position:absolute}", "<p>"+"<i>а</i>"*n)
@case("inline-blocks",12500)
def _(n): return W%("i{display:inline-block}", "<p>"+"<i>а</i> "*n)
@case("flex items",5000)
def _(n): return W%("p{display:flex}", "<p>"+"<i>а</i>"*n)
@case("flex items wrap",5000)
def _(n): return W%("p{display:flex;flex-wrap:wrap}", "<p>"+"<i>а</i>"*n)
@case("flex rows",2500)
def _(n): return W%("p{display:flex}", "<p><i>а</i><b>б</b>"*n)
@case("columns long",25000)
def _(n): return W%("div{columns:3}", "<div>"+"реч "*n)
@case("columns many blocks",5000)
def _(n): return W%("div{columns:3}", "<div>"+"<p>реч"*n)
@case("avoid inside long",5000)
def _(n): return W%("div{break-inside:avoid}", "<div>"+"<p>реч"*n)
@case("break-after avoid chain",5000)
def _(n): return W%("p{break-after:avoid}", "<p>реч"*n)
@case("spans",25000)
def _(n): return W%("", "<p>"+"<b>а</b> <i>б</i> "*n)
@case("links",12500)
def _(n): return W%("", "<p>"+"<a href=#a>а</a> "*n)
@case("one link many",25000)
def _(n): return W%("", "<p><a href=#a>"+"а б "*n)
@case("counters deep",250)
def _(n): return W%("div{counter-reset:c;counter-increment:c}div::before{content:counters(c,'.')}", "<div>"*n+"x")
@case("counter siblings",12500)
def _(n): return W%("p{counter-increment:c}p::before{content:counters(c,'.')}", "<p>x"*n)
@case("counter names",2500)
def _(n): return W%("".join(f"#p{i}{{counter-reset:c{i}}}" for i in range(n)), "".join(f"<p id=p{i}>x" for i in range(n)))
@case("string-set names",2500)
def _(n): return W%("".join(f"#p{i}{{string-set:c{i} content()}}" for i in range(n)), "".join(f"<p id=p{i} style='break-before:page'>x" for i in range(n)))
@case("running elements",2500)
def _(n): return W%("i{position:running(h)}@page{@top-left{content:element(h)}}", "<i>h</i><p>x"*n)
@case("headings/bookmarks",5000)
def _(n): return W%("", "<h1>а</h1><p>б"*n)
@case("attr selectors",2500)
def _(n): return W%("".join(f"[a=b{i}] p{{color:red}}" for i in range(n)), "<p>x"*n)
@case(":has",1250)
def _(n): return W%("div:has(b){color:red}", "<div>"*500+"<p>x"*n)
@case("nth-child",12500)
def _(n): return W%("p:nth-child(2n+1){color:red} p:nth-last-of-type(3n){color:blue}", "<p>x"*n)
@case("var chain",5000)
def _(n): return W%(":root{"+"".join(f"--a{i}:var(--a{i+1});" for i in range(n))+"}p{color:var(--a0)}", "<p>x")
@case("named pages",1250)
def _(n): return W%("".join(f"@page n{i}{{margin:{i%50}pt}}.n{i}{{page:n{i}}}" for i in range(n)), "".join(f"<p class=n{i}>x" for i in range(n)))
@case("pre lines",50000)
def _(n): return W%("", "<pre>"+"а б\n"*n)
@case("pre one line",250000)
def _(n): return W%("", "<pre>"+"а б "*n)
@case("bidi",12500)
def _(n): return W%("", "<p>"+"עברית abc 12 "*n)
@case("bdi nest",500)
def _(n): return W%("", "<p>"+"<bdo dir=rtl>a "*n)
@case("soft hyphens",25000)
def _(n): return W%("p{width:100pt}", "<p>"+"аб\u00adвг\u00ad"*n)
@case("nbsp",25000)
def _(n): return W%("p{text-align:justify}", "<p>"+"аб\u00a0"*n)
@case("svg inline",2500)
def _(n): return W%("", "<svg width=9 height=9><path d='M0 0L9 9' stroke='red'/></svg> "*n)
@case("fields",2500)
def _(n): return W%("", "".join(f"<input name=a{i} aria-label=x>" for i in range(n)))
@case("options",12500)
def _(n): return W%("", "<select name=a aria-label=x>"+"<option>а"*n+"</select>")
@case("missing glyphs",12500)
def _(n): return W%("", "<p>"+"".join(chr(0x13000+i%1000)+" " for i in range(n)))
@case("bad css",12500)
def _(n): return W%("p{"+"foo:bar;"*n+"}", "<p>x")
@case("selectors",5000)
def _(n): return W%("".join(f".a{i} .b{i}{{color:red}}" for i in range(n)), "".join(f"<p class='a{i}'><b class=b{i}>x</b>" for i in range(n)))
@case("leaders",2500)
def _(n): return W%("p::after{content:leader('.') 'x'}", "<p>а"*n)
@case("rtl table",5000)
def _(n): return W%("table{direction:rtl}", "<table>"+"<tr><td>а<td>б"*n)
@case("table heads nested repeat",2500)
def _(n): return W%("", "<table><thead><tr><th>"+"<p>глава"*60+"<tbody>"+"<tr><td>б"*n)
@case("table tall cells",250)
def _(n): return W%("", "<table>"+("<tr><td>"+"<p>реч"*100+"<td>б")*n)
@case("text in table wo rows",12500)
def _(n): return W%("", "<div style='display:table'>"+"<div style='display:table-cell'>а</div>"*n)
@case("anonymous mix",12500)
def _(n): return W%("", "<div>"+"а<p>б</p>"*n)
@case("negative margins",5000)
def _(n): return W%("p{margin:-9pt 0}", "<p>а"*n)
@case("images",2500)
def _(n): return W%("", "<img src=a.png alt=x>"*n)
FIX={
"zero page":W%("@page{size:0 0}","<p>а б"),"tiny page":W%("@page{size:1px 1px;margin:0}","<p>а б "*2000),"huge margins":W%("@page{margin:10m}","<p>а"),"margin>page":W%("@page{margin:500mm}","<p>а б "*2000),
"neg page":W%("@page{size:-1px;margin:-1e38px}","<p>а"),"huge page":W%("@page{size:1e38px 1e38px}","<p>а"),"1e38":W%("p{margin:1e38px;padding:1e38px;border:1e38px solid;width:1e38px;height:1e38px;line-height:1e38;text-indent:1e38px;letter-spacing:1e38px}","<p>а б"),
"-1e38":W%("p{margin:-1e38px;text-indent:-1e38px;letter-spacing:-1e38px;word-spacing:-1e38px;position:relative;top:-1e38px}","<p>а б"),
"font 1e38":W%("p{font-size:1e38px}","<p>а б"),"font 32000pt":W%("p{font-size:32000pt}","<p>а б "*100),"font 0":W%("html{font-size:0}p{width:10em;columns:3em}","<p>а б"),"line-height 0":W%("p{line-height:0}","<p>"+"а б "*5000),
"circular var":W%(":root{--a:var(--b);--b:var(--a)}p{color:var(--a);width:calc(var(--a)*2)}","<p>а"),"circular counter-style":W%("@counter-style a{system:extends b}@counter-style b{system:extends a}ol{list-style:a}","<ol><li>а"),"fallback ring":W%("@counter-style a{system:fixed;symbols:x;fallback:b}@counter-style b{system:fixed;symbols:y;fallback:a}ol{list-style:a}","<ol start=5><li>а"),
"content of itself":W%("p::before{content:content(before) 'а' content(after)}p::after{content:content(before) content(after)}","<p>б"),"counter huge":W%("@counter-style a{system:additive;additive-symbols:1 x}ol{list-style:a}","<ol start=2000000000><li>а"),"counter symbolic huge":W%("@counter-style a{system:symbolic;symbols:x}ol{list-style:a}","<ol start=2000000000><li>а"),"pad huge":W%("@counter-style a{system:numeric;symbols:x y;pad:2000000000 z}ol{list-style:a}","<ol><li>а"),
"import loop":W%("@import 'loop.css';","<p>а"),"import self 2":W%("@import 'two.css';","<p>а"),
"column-count huge":W%("div{columns:1000000}","<div>а б"),"column-width tiny":W%("div{columns:0.01px}","<div>а б"),"orphans huge":W%("p{orphans:1000000;widows:1000000}","<p>"+"а<br>"*1000),
"column gap huge":W%("div{columns:2;column-gap:1e9px}","<div>а б"),
"img liar":W%("","<img src=liar.png alt=x>"),"img liar2":W%("","<img src=big.png alt=x>"),"svg huge":W%("","<svg width=1e30 height=1e30 viewBox='0 0 1e-30 1e-30'><path d='M0 0L9e30 9'/></svg>"),"img w":W%("img{width:1e9px}","<img src=a.png alt=x>"),"img h":W%("img{height:1e9px}","<img src=a.png alt=x>"),
"footnote on zero page":W%("@page{size:20pt 20pt;margin:0}i{float:footnote}","<p>а<i>"+"б "*500+"</i>"),
"footnote margin huge":W%("@page{@footnote{margin-top:5000pt}}i{float:footnote}","<p>а<i>"+"б "*500+"</i>"),
"thead higher than page":W%("@page{size:100pt 60pt;margin:5pt}","<table><thead><tr><th>"+"<p>а"*30+"<tbody>"+"<tr><td>б"*100),
"tab-size":W%("pre{tab-size:1e9}","<pre>\t\t\ta"),"ol start":W%("","<ol start=99999999999999999999><li>а"),"li value":W%("","<ol><li value=-99999999999999999999>а"),
"break-before both":W%("p{break-before:left;break-after:right}","<p>а"*300),
"blank page size":W%("@page:blank{size:0 0}p{break-before:right}","<p>а"*10),
"page size unstable":W%("@page:left{size:200pt 100pt;margin:5pt}@page:right{size:100pt 200pt;margin:5pt}","<p>"+"реч "*5000),
"flex huge":W%("div{display:flex;gap:1e9px}p{flex:1e9 1e9 1e9px}","<div><p>а<p>б"),"border-spacing":W%("table{border-spacing:1e9px}","<table><tr><td>а"),"rowspan0":W%("","<table><tr><td rowspan=0>а<tr><td>б"),"height %":W%("div{height:1e30%;width:1e30%}","<div>а"),
"radius":W%("div{border-radius:1e30px;background:red}","<div>а"),"opacity":W%("div{opacity:1e30;transform:scale(1e30)}","<div>а"),"indent %":W%("p{text-indent:-1e30%}","<p>а б в"),"word-spacing":W%("p{word-spacing:32000pt}","<p>"+"а б "*300),
"letak-fit":W%("@-letak-sheet a{size:A4;scheme:bifold}div{-letak-fit:12pt 1e9pt;page:a}","<div>а"),
}
(T/"loop.css").write_text("@import 'loop.css';"); 
(T/"two.css").write_text("@import 'two.css';@import 'two.css?a';@import 'loop.css';"*200)
(T/"a.png").write_bytes(png(2,2,zlib.compress(b"\0"+b"\xff"*6+b"\0"+b"\0"*6)))
(T/"liar.png").write_bytes(png(60000,60000,zlib.compress(b"\0"*1000))); (T/"big.png").write_bytes(png(20000,20000,zlib.compress(b"\0"*20000*10)))
CODES = {"nested div": "L001", "nested span": "L001", "nested table": "L001", "col and rowspan bomb": "L085", "counter names": "L086", "nested list": "L001", "margin>page": "L003", "import loop": "K026", "import self 2": "K026",
         "img liar": "I003", "img liar2": "I003", "circular var": "K018", "var chain": "K018", "zero page": "K014", "neg page": "K014"}
def run(html):
    f = T / "x.html"; f.write_text(html)
    with open(T / "err", "w") as err: p = subprocess.Popen(["timeout", "-k", "1", "100", LETAK, "--lang", "en", "pdf", f, "-o", T / "x.pdf"], stderr=err, cwd=T)
    _, st, ru = os.wait4(p.pid, 0); p.returncode = 0
    return os.waitstatus_to_exitcode(st), ru.ru_utime + ru.ru_stime, ru.ru_maxrss / 1024, (T / "err").read_text()
def said(name, st, err): return f"exit status {st}" if st not in (0, 1) else f"no message {CODES[name]}: {err[:200]}" if name in CODES and f" {CODES[name]}:" not in err else f"no message, status {st}" if st and not err else ""
def check(name, why): print(f"not ok {name}: {' '.join(why.split())}" if why else f"ok {name}", flush=True)
for name, (n, mult, make) in C.items():
    if ALL: n *= 4
    for _ in range(3):  # what grows too fast does so each time; a busy machine is busy once
        st, cpu, mb, err = run(make(n)); st4, cpu4, mb4, err4 = run(make(n * mult))
        slow = cpu4 > mult * 1.6 * cpu + 0.3
        if not slow: break
    why = said(name, st4, err4) or (f"exit status {st}" if st not in (0, 1) else "")
    if slow: why = why or f"{cpu:.2f} s for {n}, {cpu4:.2f} s for {n * mult}"
    if mb4 > mult * 1.3 * mb + 60 or mb4 > 1500 * (4 if ALL else 1): why = why or f"{mb:.0f} MB for {n}, {mb4:.0f} MB for {n * mult}"
    if ALL: print(f"# {name}: {n}: {cpu:.2f} s, {mb:.0f} MB; {n * mult}: {cpu4:.2f} s, {mb4:.0f} MB", flush=True)
    check(f"{name}: {n} and {n * mult}", why)
for name, html in FIX.items():
    for _ in range(3):
        st, cpu, mb, err = run(html)
        if cpu <= 1.5: break
    check(name, said(name, st, err) or (f"{cpu:.2f} s, {mb:.0f} MB" if cpu > 1.5 or mb > 150 else ""))
# what is deepest fits into an eighth of the stack that every thread has (8 MB)
deep = {k: g(3000) for k, (n, m, g) in C.items() if k.startswith("nested") or k in ("bdi nest", "counters deep", "footnotes in footnotes")}
for name, html in deep.items():
    (T / "s.html").write_text(html); p = subprocess.run(["sh", "-c", f"ulimit -s 1024; exec {LETAK} pdf s.html -o s.pdf"], stderr=subprocess.PIPE, text=True, cwd=T, timeout=100)
    check(f"{name}: 3,000 deep in a stack of 1 MB", "" if p.returncode in (0, 1) else f"exit status {p.returncode}")
