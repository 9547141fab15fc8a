#!/usr/bin/env python3
"""Data of case forms: filled by each viewer, read back by another tool; what letak writes and reads; what is hostile; what must be empty. Prints TAP."""
import csv, json, os, pathlib, re, shutil, subprocess, sys, time, zlib
root = pathlib.Path(__file__).resolve().parent.parent.parent
checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve(); python = checkers / "venv/bin/python"
try: import pikepdf
except ImportError:
    if os.environ.get("FORMDATA_VENV"): raise
    os.execve(python, [str(python), __file__, *sys.argv[1:]], dict(os.environ, FORMDATA_VENV="1"))
base = tmp = pathlib.Path(os.environ["TMP"]); letak = os.path.abspath(os.environ["LETAK"])
def run(*args, **kw): return subprocess.run([str(a) for a in args], capture_output=True, text=True, errors="replace", cwd=tmp, **kw)
def check(name, why): print(f"not ok {name}: {' '.join(str(why).split())[:400]}" if why else f"ok {name}", flush=True)
def form(*args, **kw): return run(letak, "--lang", "en", "form", *args, "-C", root, **kw)

sys.path.insert(0, str(root / "tests/validate"))
from forms import FORMS
ALPHABETS = ["Љубичасти џак, ђердан „Њ“ ћутљив", "Šašava žaba čuči, đak ćuti Džep", "Árvíztűrő tükörfúrógép ŐŰ", "Însoțește-ți fâșia Țară ȘȚ ăâî", "Çdo njeri është më çelës Ë"]
SHORT = ["Љђњћџ", "Šđčćž", "ŐŰőűí", "ȚȘțșă", "Çëçë"]  # for columns
def cells(f): return {f"{t}.{i}.{c}": kind for t, (n, cs) in f["rows"].items() for i in range(1, n + 1) for c, kind in cs.items()}
def texts(f): return f["text"] + [n for n, kind in cells(f).items() if kind is None]
def ones(f): return f["one"] | {n: kind for n, kind in cells(f).items() if isinstance(kind, list)}
def signs(f): return f["signatures"] + [n for n, kind in cells(f).items() if kind == "sign"]
def buttons(f): return [f"{k}.{o}" for k, os_ in f["many"].items() for o in os_]
def values(f, turn):
    """another text in every text field, another option in every choice: as fields of the PDF"""
    v = {n: f"{(SHORT if '.' in n else ALPHABETS)[(i + turn) % 5]} {i}" for i, n in enumerate(texts(f))}
    v |= {k: o[(turn + 1 + i) % len(o)] for i, (k, o) in enumerate(ones(f).items())}
    return v | {f"{k}.{o}": "Yes" for k, os_ in f["many"].items() for i, o in enumerate(os_) if i % 5 == turn % 5}
def as_data(f, v):
    """the same as JSON for letak"""
    d = {n: v[n] for n in f["text"] + list(f["one"]) if v.get(n)}
    for k, os_ in f["many"].items():
        if on := [o for o in os_ if v.get(f"{k}.{o}")]: d[k] = on
    for t, (n, cs) in f["rows"].items(): d[t] = [{c: v[f"{t}.{i}.{c}"] for c in cs if v.get(f"{t}.{i}.{c}")} for i in range(1, n + 1)]
    return d

def pdf_fields(p):
    out = {}
    def walk(nodes, name, kind):
        for n in nodes:
            full = f"{name}.{n.T}" if name and "/T" in n else str(n.get("/T", name)); k = n.get("/FT", kind)
            if any("/T" in x for x in n.get("/Kids", [])): walk(n.Kids, full, k)
            else: out[full] = n
    walk(p.Root.AcroForm.Fields, "", None)
    return out
def read_pikepdf(file):
    with pikepdf.open(file) as p: return {n: str(f.get("/V", "")).lstrip("/").replace("Off", "") if f.get("/FT") == "/Btn" else str(f.get("/V", "")) for n, f in pdf_fields(p).items()}
def read_letak(file):
    (tmp / "one").mkdir(exist_ok=True); shutil.copy(file, tmp / "one/x.pdf"); p = form("read", tmp / "one", "-o", tmp / "one.json", "--json")
    return json.loads((tmp / "one.json").read_text())[0]["fields"] if p.returncode == 0 else p.stderr
def xfdf(v):
    esc = lambda s: s.replace("&", "&amp;").replace("<", "&lt;")
    (tmp / "f.xfdf").write_text('<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>' + "".join(f'<field name="{n}"><value>{esc(x)}</value></field>' for n, x in v.items()) + "</fields></xfdf>", encoding="utf-8")
def in_order(template, v):
    """for each page the values of its widgets: text, option, True for a button to press, None"""
    def one(a):
        name, n = [], a
        while n is not None: name, n = ([str(n.T)] if "/T" in n else []) + name, n.get("/Parent")
        x, button = v.get(".".join(name)), "/AS" in a
        return (x in [k.lstrip("/") for k in a.AP.N.keys()] or None) if button else x
    with pikepdf.open(template) as q: return [[one(a) for a in p.get("/Annots", []) if a.get("/Subtype") == "/Widget"] for p in q.pages]
def fill(tool, f, template, v, out):
    if tool == "pdftk": xfdf(v); return run("pdftk", template, "fill_form", "f.xfdf", "output", out)
    if tool == "pdf.js": return run(python, root / "tests/validate/pdfjs.py", checkers / "node_modules", template, out, json.dumps({n: True if n in buttons(f) else x for n, x in v.items()}))
    if tool == "PDFium": return run(python, root / "tests/validate/pdfium.py", template, out, json.dumps({n: ones(f)[n].index(x) if n in f["lists"] else x for n, x in v.items()}))
    if tool == "MuPDF": return run("mutool", "run", root / "tests/validate/mupdf.js", template, out, json.dumps(in_order(template, v)))
    if tool == "poppler": return run("/usr/bin/python3", root / "tests/validate/poppler.py", template, out, json.dumps({n: 0 if n in buttons(f) else ones(f)[n].index(x) if n in ones(f) else x for n, x in v.items()}))
    (tmp / "d.json").write_text(json.dumps(as_data(f, v), ensure_ascii=False)); return form("fill", f["code"], tmp / "d.json", "-o", out)

def pictures(file, stem):
    """each page as its width, height and grey dots"""
    run("pdftoppm", "-r", "72", "-gray", file, stem); out = []
    for g in sorted(tmp.glob(f"{stem}-*.pgm")):
        raw = g.read_bytes(); w, h = map(int, re.match(rb"P5\s+(\d+)\s+(\d+)\s", raw).groups()); out.append((w, h, raw[-w * h:])); g.unlink()
    return out
empty = {}
def outside(after, template):
    """how many dots differ from the empty form outside the fields"""
    bad = 0
    if template not in empty: empty[template] = pictures(template, "a")
    with pikepdf.open(template) as p:
        for page, (w, h, one), (_, _, two) in zip(p.pages, empty[template], pictures(after, "b")):
            one, two, top = bytearray(one), bytearray(two), float(page.MediaBox[3])
            for an in page.get("/Annots", []):
                if an.get("/Subtype") != "/Widget": continue
                x0, y0, x1, y1 = [float(x) for x in an.Rect]; n = int(x1) - int(x0) + 3
                for y in range(max(0, int(top - y1) - 1), min(h, int(top - y0) + 2)): at = y * w + int(x0) - 1; one[at:at + n] = two[at:at + n] = bytes(n)
            bad += one != two and sum(x != y for x, y in zip(one, two))
    return bad

p = run(letak, "build", "-C", root, "-o", tmp / "public"); check("the site is built", p.stderr if p.returncode else "")
TOOLS = ["pdftk", "pdf.js", "PDFium", "poppler", "letak", "MuPDF"]
def judge(code):
    global tmp
    f, template = FORMS[code], base / "public" / FORMS[code]["pdf"]; tmp = base / code; tmp.mkdir()
    with pikepdf.open(template) as q: have = {n: str(x.get("/FT", "")) for n, x in pdf_fields(q).items()}
    want = {n: "/Tx" for n in texts(f)} | {n: "/Btn" for n in list(ones(f)) + buttons(f)} | {n: "/Sig" for n in signs(f)}
    f["lists"] = {n for n, kind in have.items() if kind == "/Ch" and n in ones(f)}
    check(f"{code}: fields by hand", {n: have.get(n, "") + "?" for n in want.keys() | have.keys() if have.get(n) != want.get(n) and n not in f["lists"]})
    listed = json.loads(form("fields", code, "--json").stdout)["fields"]
    keys = {(k.get("table", ""), k["key"]) for k in listed}
    check(f"{code}: letak form fields lists them", keys ^ ({("", n) for n in f["text"] + list(f["one"]) + list(f["many"]) + f["signatures"]} | {(t, c) for t, (_, cs) in f["rows"].items() for c in cs}))
    check(f"{code}: and the options", [k["key"] for k in listed if [o["key"] for o in k.get("options", [])] != ((f["rows"][k["table"]][1][k["key"]] if "table" in k else (f["one"] | f["many"]).get(k["key"])) or [] if k["kind"] != "signature" else [])])
    (tmp / "skeleton.xfdf").write_text(form("fields", code, "--xfdf").stdout)
    p = run("pdftk", template, "fill_form", "skeleton.xfdf", "output", "s.pdf")
    check(f"{code}: pdftk takes the XFDF skeleton", p.stderr or {n: v for n, v in read_pikepdf(tmp / "s.pdf").items() if v})
    rows = list(csv.reader(form("fields", code, "--csv").stdout.splitlines())); check(f"{code}: the CSV is a table", "" if rows[0][0] == "key" and {len(r) for r in rows} == {6} else rows[:3])
    schema = json.loads(form("fields", code, "--schema").stdout); check(f"{code}: the schema names all", set(schema["properties"]) ^ {k["table"] if "table" in k else k["key"] for k in listed})
    for turn, tool in enumerate(TOOLS):
        v = values(f, turn); out = tmp / f"{code}-{turn}.pdf"; p = fill(tool, f, template, v, out)
        if not out.exists(): check(f"{code}: {tool} fills it", p.stderr or "no file"); continue
        got = read_letak(out); check(f"{code}: {tool} fills, letak reads", got if isinstance(got, str) else {k: (x, got.get(k)) for k, x in as_data(f, v).items() if got.get(k) != x} or got.keys() - as_data(f, v).keys())
        if tool in ("letak", "pdf.js", "MuPDF"): got = read_pikepdf(out); check(f"{code}: {tool} fills, qpdf reads", {n: (v.get(n), x) for n, x in got.items() if v.get(n, "") != x})
        text = run("pdftotext", "-layout", out, "-").stdout; flat = re.sub(r"\s+", "", text)
        shown = {n: re.sub(r"\s+", "", v[n]) for n in texts(f)}
        if tool == "pdftk": shown = {n: re.sub("[țȚ]", "", x) for n, x in shown.items()}  # its table of glyph names has no comma below; the value has
        if tool == "MuPDF": shown = {}  # it sets values anew with fonts of its own that are not embedded, so nobody else can read them off the page
        check(f"{code}: {tool}: all is seen on the page", {n: x for n, x in shown.items() if x not in flat})
        check(f"{code}: {tool} changes nothing outside the fields", outside(out, template))
    v = values(f, 0); long = max(f["text"], key=len)
    for tool in TOOLS[:4]:  # typed too long: shrunk, not hidden
        v = {f["text"][2]: "Једно веома дугачко име и презиме стручног радника КРАЈ"}; out = tmp / "long.pdf"; out.unlink(missing_ok=True); fill(tool, f, template, v, out)
        check(f"{code}: {tool}: long text is seen to its end", "" if out.exists() and "КРАЈ" in run("pdftotext", out, "-").stdout else "cut")

import multiprocessing
with multiprocessing.Pool(2) as pool: pool.map(judge, sorted(FORMS, key=lambda c: -len(texts(FORMS[c]))), chunksize=1)
shutil.copy(tmp / "F8/F8-4.pdf", tmp / "F8-4.pdf")

# --- what veraPDF does not see, and what a template must not have ---
for file in sorted((tmp / "public/obrasci").rglob("*.pdf")) + [x for l in ("en", "sr-latn") for x in sorted((tmp / "public" / l / "obrasci").rglob("*.pdf"))]:
    raw = file.read_bytes(); name = str(file.relative_to(tmp / "public"))
    with pikepdf.open(file) as q:
        info = {str(k): str(v) for k, v in q.docinfo.items()}
        bad = [k for k in info if k not in ("/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate")]
        bad += ["incremental update"] * (raw.count(b"%%EOF") != 1 or raw.count(b"startxref") != 1) + ["attachment"] * bool(len(q.attachments) or "/AF" in q.Root or "/EmbeddedFiles" in q.Root.get("/Names", {}))
        if "/AcroForm" in q.Root:
            fields = pdf_fields(q)
            bad += [n for n, x in fields.items() if str(x.get("/V", "/Off")) != "/Off"] + [k for k in ("/NeedAppearances", "/XFA", "/SigFlags") if k in q.Root.AcroForm]
            bad += [n for n, x in fields.items() if x.get("/FT") == "/Tx" and (b"Tj" in x.AP.N.read_bytes() or not re.search(r"/\w+ 0 Tf", str(x.DA)) or not int(x.Ff) >> 23 & 1)]
            widgets = [(i, a) for i, pg in enumerate(q.pages) for a in pg.get("/Annots", []) if a.get("/Subtype") == "/Widget"]
            bad += [f"no AS {a.get('/T')}" for _, a in widgets if a.get("/AS", "/Off") != "/Off" or ("/AS" not in a and len(a.AP.N.keys() if isinstance(a.AP.N, pikepdf.Dictionary) else []))]
            inside = {k.objgen for x in fields.values() for k in ([x] + list(x.get("/Kids", [])))}
            bad += ["widget of no field"] * any(a.objgen not in inside for _, a in widgets)
            bad += [f"no tooltip {n}" for n, x in fields.items() if not str(x.get("/TU", ""))]
            nums = {}; reach = []
            def tree(n):
                for x in n.get("/Kids", []): tree(x)
                it = list(n.get("/Nums", [])); nums.update({int(it[i]): it[i + 1] for i in range(0, len(it), 2)})
            tree(q.Root.StructTreeRoot.ParentTree)
            def walk(e):  # objects in reading order
                for k in (e.get("/K") if isinstance(e.get("/K"), pikepdf.Array) else [e.get("/K")] if "/K" in e else []):
                    if isinstance(k, pikepdf.Dictionary): reach.append(k.Obj.objgen) if k.get("/Type") == "/OBJR" else walk(k)
            walk(q.Root.StructTreeRoot)
            bad += ["form element hangs nowhere"] * any(a.objgen not in reach for _, a in widgets) + ["form element of another"] * any(str(nums.get(int(a.StructParent), {}).get("/S", "")) != "/Form" for _, a in widgets)
            order = [reach.index(a.objgen) for _, a in widgets if a.objgen in reach]; bad += ["tab order is not reading order"] * (order != sorted(order))
            bad += ["no tab order"] * any(pg.get("/Tabs") != "/S" for pg in q.pages)
    check(f"empty and whole: {name}", bad)

# --- files with values: where, for whom, what is said ---
def data(d): (tmp / "d.json").write_text(d if isinstance(d, str) else json.dumps(d)); return tmp / "d.json"
os.umask(0)
(tmp / "elsewhere").write_text("stays"); os.chmod(tmp / "elsewhere", 0o644); (tmp / "link.pdf").symlink_to(tmp / "elsewhere")
p = form("fill", "F8", data({"kome": "а"}), "-o", tmp / "link.pdf")
check("a link is replaced, not followed; the file is its owner's alone", "" if p.returncode == 0 and not (tmp / "link.pdf").is_symlink() and (tmp / "link.pdf").stat().st_mode & 0o777 == 0o600 and (tmp / "elsewhere").read_text() == "stays" else p.stderr)
(tmp / "s/content/a").mkdir(parents=True); (tmp / "s/public").mkdir(); (tmp / "way").symlink_to(tmp / "s/content/a"); (tmp / "way2").symlink_to(tmp / "s/public")
(tmp / "fields").mkdir(); shutil.copy(tmp / "F8-4.pdf", tmp / "fields/x.pdf")
for where in ("s/content/x", "s/content/a/x", "s/public/x", "way/x", "way2/x", "public/x"):
    p, r = form("fill", "F8", data({"kome": "а"}), "-o", tmp / f"{where}.pdf"), form("read", tmp / "fields", "-o", tmp / f"{where}.csv")
    check(f"refused: {where}", [x.stderr for x in (p, r) if x.returncode != 2 or "D008" not in x.stderr] + [x for x in ("pdf", "csv") if (tmp / f"{where}.{x}").exists()])
(tmp / "s/content/d.json").write_text('{"kome": "а"}'); check("data in content/ is not read", "" if "D008" in form("fill", "F8", tmp / "s/content/d.json", "-o", tmp / "n.pdf").stderr else "read")
SECRET = "TAJNA"
for name, d, codes in (("broken JSON", f'{{"kome": "{SECRET}" {SECRET}}}', "D004"), ("twice", f'{{"kome": "{SECRET}", "kome": "{SECRET}"}}', "D004"), ("a list", f'["{SECRET}"]', "D004"), ("unknown key", {"komeu": SECRET}, "D005"), ("a list for text", {"kome": [SECRET]}, "D006"),
        ("no option", {"hitnost": SECRET}, "D006"), ("no option of many", {"usluge": [SECRET]}, "D006"), ("a signature", {"potpis-primaoca": SECRET}, "D006"), ("too many rows", {"prilozi": [{"naziv-priloga": SECRET}] * 5}, "D007"), ("unknown column", {"prilozi": [{"ime": SECRET}]}, "D005"),
        ("too long", {"rok": SECRET * 200}, "P010"), ("no letter of the font", {"kome": SECRET + "ع"}, "P011"), ("deep JSON", "[" * 100000, "D004"), ("empty", "", "D004")):
    p = form("fill", "F8", data(d), "-o", tmp / "no.pdf")
    check(f"refused without its value: {name}", "" if p.returncode == 1 and codes in p.stderr and SECRET not in p.stdout + p.stderr and not (tmp / "no.pdf").exists() else p.stdout + p.stderr)
d = {"kome": "=1+1", "razlog": "+381 11 0000000", "pristanak-broj": "-12,5", "minimalni-podaci": "a \"b\",\nc", "bezbednosne-napomene": "@SUM(A1)"}
form("fill", "F8", data(d), "-o", tmp / "fields/x.pdf"); p = form("read", tmp / "fields", "-o", tmp / "t.csv"); r = next(csv.DictReader(open(tmp / "t.csv", newline="", encoding="utf-8")))
check("no formula comes into the table", "" if [r[k] for k in d] == ["'=1+1", "'+381 11 0000000", "-12,5", "a \"b\",\nc", "'@SUM(A1)"] else r)
check("the table: RFC 4180, for its owner alone", "" if (tmp / "t.csv").read_bytes().endswith(b"\r\n") and (tmp / "t.csv").stat().st_mode & 0o777 == 0o600 and (r["form"], r["version"], r["file"]) == ("F8", "4", "x.pdf") else r)
got = read_letak(tmp / "fields/x.pdf"); check("JSON is exact", "" if got == d else got)

# --- an older version, by its lock file ---
shutil.copytree(root / "content", tmp / "new/content"); md = tmp / "new/content/obrasci/f8/index.md"; md.write_text(md.read_text().replace("version: 4", "version: 5").replace("- Разлог, ако", "- Ново :text{#novo}\n- Разлог, ако"))
f = FORMS["F8"]
for t in md.parent.glob("index.*.md"): t.unlink()
for t in md.parent.glob("*.lock.yml"): t.unlink()
def read_new(): return run(letak, "--lang", "en", "form", "read", tmp / "fields", "-o", tmp / "n.csv", "-C", tmp / "new")
p = read_new(); check("an older version without its lock file is refused", "" if p.returncode == 1 and "D016" in p.stderr else p.stderr)
md.with_suffix(".lock.yml").write_text("code: F8\nversions:\n  4:\n" + "".join(f"    {n}: text\n" for n in f["text"]) + "".join(f"    {k}: choice {' '.join(o)}\n" for k, o in f["one"].items())
    + "".join(f"    {k}: many {' '.join(o)}\n" for k, o in f["many"].items()) + "".join(f"    {t}[{n}].{c}: text\n" for t, (n, cs) in f["rows"].items() for c in cs) + "".join(f"    {n}: signature\n" for n in f["signatures"]))
p = read_new(); r = list(csv.DictReader(open(tmp / "n.csv", newline=""))); check("an older version is read by its lock file", "" if p.returncode == 0 and r[0]["version"] == "4" and r[0]["kome"] == "'=1+1" else p.stderr)
md.with_suffix(".lock.yml").write_text("code: F8\nversions:\n  4:\n    kome: riddle\n"); p = read_new(); check("a broken lock file is named with its line", "" if "index.lock.yml:4:5: error D001" in p.stderr else p.stderr)

# --- hostile and useless files ---
good = (tmp / "F8-4.pdf").read_bytes(); bad = tmp / "bad"; bad.mkdir()
for n in (0, 100, len(good) // 2, len(good) - 40): (bad / f"cut{n}.pdf").write_bytes(good[:n])
def twist(name, f):
    with pikepdf.open(tmp / "F8-4.pdf") as q: f(q); q.save(bad / name)
def loop(q): x = q.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a"))); x.Kids = pikepdf.Array([x]); q.Root.AcroForm.Fields.append(x)
def deep(q):
    x = q.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a")))
    for _ in range(2000): x = q.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a"), Kids=pikepdf.Array([x])))
    q.Root.AcroForm.Fields.append(x)
def wide(q): x = q.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a"))); q.Root.AcroForm.Fields = pikepdf.Array([x] * 100000)
def bomb(q):
    c = zlib.compressobj(9); z = c.compress(bytes(1 << 20)) + c.flush(zlib.Z_FULL_FLUSH); block = zlib.compressobj(9, zlib.DEFLATED, -15); raw = block.compress(bytes(1 << 20)) + block.flush(zlib.Z_FULL_FLUSH)
    s = q.make_stream(b""); s.write(z + raw * 3000, filter=pikepdf.Name.FlateDecode); q.Root.Metadata = s
    next(x for n, x in pdf_fields(q).items() if n == "kome").V = s
for name, f in (("loop.pdf", loop), ("deep.pdf", deep), ("wide.pdf", wide), ("bomb.pdf", bomb), ("none.pdf", lambda q: q.Root.__delitem__("/AcroForm"))): twist(name, f)
twist("fewer.pdf", lambda q: q.Root.AcroForm.__setattr__("Fields", q.Root.AcroForm.Fields[1:] if False else pikepdf.Array(list(q.Root.AcroForm.Fields)[1:])))
with pikepdf.open(tmp / "F8-4.pdf") as q: q.save(bad / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
(bad / "huge.pdf").write_bytes(b"%PDF-1.7\n"); os.truncate(bad / "huge.pdf", 65 << 20); (bad / "note.pdf").write_text("no PDF"); (bad / "zz-good.pdf").write_bytes(good)
codes = {"loop.pdf": "D013", "deep.pdf": "D013", "wide.pdf": "D013", "none.pdf": "D010", "locked.pdf": "D012", "huge.pdf": "D013", "fewer.pdf": "D017"}
start = time.monotonic(); p = form("read", bad, "-o", tmp / "bad.csv"); took = time.monotonic() - start
for file in sorted(bad.glob("*.pdf")):
    said = re.findall(rf"^{re.escape(file.name)}: error (D\d+)", p.stderr, re.M)
    if file.name != "zz-good.pdf": check(f"ends in a message: {file.name}", "" if said and (file.name == "bomb.pdf" or said == [codes.get(file.name, "D011")]) else p.stderr)
check("the others are read all the same, in bounded time", "" if p.returncode == 1 and [r["file"] for r in csv.DictReader(open(tmp / "bad.csv", newline=""))] == ["zz-good.pdf"] and took < 60 else (took, p.stderr))
check("no value in a message", "" if not any(a.split()[0] in p.stderr for a in ALPHABETS) else p.stderr)

# --- a filled form in content/ ---
shutil.copytree(root / "content", tmp / "full/content"); (tmp / "full/content/dokumenta").mkdir(exist_ok=True); shutil.copy(tmp / "F8-4.pdf", tmp / "full/content/dokumenta/uput.PDF")
for command in ("check", "build"):
    p = run(letak, "--lang", "en", command, "-C", tmp / "full"); check(f"{command} refuses a filled form in content/", "" if p.returncode == 1 and "content/dokumenta/uput.PDF: error D021" in p.stderr and not (tmp / "full/public").exists() else p.stderr)
p = subprocess.run(["sh", "-c", '"$0" --lang en check -C "$1" <&- >&-', letak, tmp / "full"], stderr=subprocess.PIPE, text=True); check("so does check with no standard input and output", "" if p.returncode == 1 and "D021" in p.stderr else (p.returncode, p.stderr))
shutil.copy(tmp / "public/obrasci/f8/f8.pdf", tmp / "full/content/dokumenta/uput.PDF"); p = run(letak, "build", "-C", tmp / "full"); check("an empty one may lie there", p.stderr if p.returncode else "")
