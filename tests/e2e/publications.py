#!/usr/bin/env python3
"""Every PDF of the sample site, judged by others: veraPDF, qpdf, poppler, mupdf, pdftk, zbar. Prints TAP."""
import concurrent.futures, os, pathlib, re, subprocess, xml.etree.ElementTree as ET
root = pathlib.Path(__file__).resolve().parent.parent.parent
tmp, letak = pathlib.Path(os.environ["TMP"]), os.environ["LETAK"]
checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve()
MM = 72 / 25.4

def run(*args, **kw): return subprocess.run([str(a) for a in args], capture_output=True, text=True, errors="replace", cwd=tmp, **kw)
def check(name, why):
    """why: what is wrong, or nothing"""
    print(f"not ok {name}: {' '.join(str(why).split())[:400]}" if why else f"ok {name}", flush=True)

site = run(letak, "build", "-C", root, "-o", tmp / "public")
check("the site is built", "" if site.returncode == 0 else site.stderr)
pdfs = sorted((tmp / "public").rglob("*.pdf"))
pool = concurrent.futures.ThreadPoolExecutor(2)  # the machine has two cores; what is printed keeps its order
def each(f, files): return [print(x, flush=True) for out in pool.map(f, files) for x in out]
def line(name, why): return f"not ok {name}: {' '.join(str(why).split())[:400]}" if why else f"ok {name}"
facts = dict(pool.map(lambda p: (p, run("qpdf", "--qdf", "--object-streams=disable", p, "-").stdout), pdfs))
tagged = [p for p in pdfs if "/StructTreeRoot" in facts[p]]
forms = [p for p in tagged if "/AcroForm" in facts[p]]
press = [p for p in pdfs if p not in tagged]
short = lambda p: str(p.relative_to(tmp / "public"))
check("each script and language has leaflet, press leaflet, form and paper form", [n for d in ("", "sr-latn/", "en/") for n in
      ("info-letak/info-letak", "info-letak/info-letak-print", "obrasci/f8/f8", "obrasci/f8/f8-print") if not (tmp / "public" / f"{d}{n}.pdf").exists()])
check("only leaflets are press files, only case forms have fields", [short(p) for p in press if not re.fullmatch(r"info-letak(-\w+)*-(print|a3-a4)\.pdf", p.name)] + [short(p) for p in forms if not re.fullmatch(r"f[\dd]\.pdf", p.name)])

# --- conformance ---
def judge(flavours, files):
    p = run("sh", root / "tests/validate/check-pdf.sh", "-f", flavours, *files, env=dict(os.environ, CHECKERS=str(checkers)))
    lines = p.stdout.splitlines()
    if not lines or not lines[-1].startswith("DONE"): return {f: "not judged: " + p.stderr for f in files}
    return {f: "; ".join("\t".join(l.split("\t")[2:8]) for l in lines if l.split("\t")[0] in ("RULE", "RESULT") and l.split("\t")[1] == str(f) and "\tPASS\t" not in l) for f in files}
verdict = judge("ua1,2a", [p for p in tagged if p not in forms]) | judge("ua1", forms)
for p in tagged: check(f"veraPDF {short(p)}", verdict[p])
def sound(p):
    q = run("qpdf", "--check", p)
    bad = [l for l in run("pdffonts", p).stdout.splitlines()[2:] if l.split()[-5] != "yes"]
    return [line(f"qpdf {short(p)}", q.stdout + q.stderr if q.returncode else ""), line(f"fonts are embedded: {short(p)}", bad),
            line(f"no script, no private path: {short(p)}", re.findall(r"/JavaScript|/JS\b|/Launch|/home/|/root/|/tmp/", facts[p]))]
each(sound, pdfs)

# --- text: what the tags say, both extractors say ---
def words(s): return re.findall(r"\w+", re.sub("\u00ad\\s*", "", s).replace("\u00ad", ""))
def text(p):
    # pdfinfo -struct-text takes 9 s for a book or a form of two hundred fields: there mutool stands for it
    long = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", p).stdout)[1]) > 20 or ("obrasci" in p.parts and "f8" not in p.parts)
    tree = words(re.sub(r"\w+\u00ad\s+\w+", " ", run("mutool", "draw", "-q", "-F", "txt", p).stdout) if long else  # a word parted in a cell: poppler puts another cell between
         " ".join(re.findall(r'^\s*"(.*)"$', run("pdfinfo", "-struct-text", p).stdout, re.M)))
    joined = {"pdftotext": run("pdftotext", p, "-").stdout} if long else {"pdftotext": run("pdftotext", p, "-").stdout, "mutool": run("mutool", "draw", "-q", "-F", "txt", p).stdout}
    out = []
    for tool, found in joined.items():
        have = "".join(words(found))
        missing = [w for w in tree if w not in have and w != "SIGN" and w[::-1] not in have and not (long and re.search("[\u0590-\u08ff]", w))]  # pdfinfo gives right-to-left text as painted; mutool writes SIGN into fields for signatures
        out.append(line(f"{tool} finds every word of the tags: {short(p)}", missing[:8] if tree else "no text"))
    return out
each(text, tagged)

# --- the leaflet ---
def chars(p):
    """(page, font size, x0, y0, x1, y1, letter), from the corner of the page"""
    out = []
    for n, page in enumerate(ET.fromstring(run("mutool", "draw", "-q", "-F", "stext", p).stdout).iter("page")):
        w, h = float(page.get("width")), float(page.get("height"))
        for font in page.iter("font"):
            for c in font.iter("char"):
                q = [float(v) for v in c.get("quad").split()]
                if c.get("c").strip(): out.append((n, float(font.get("size")), min(q[0::2]), min(q[1::2]), max(q[0::2]), max(q[1::2]), c.get("c"), w, h))
    return out
for p in [p for p in tagged if p.name in ("info-letak.pdf", "info-letak-2.pdf")]:  # the others: editions.py
    cs = chars(p)
    largest = max(c[1] for c in cs)
    big = "".join(c[6] for c in cs if c[1] > largest - 0.05)
    check(f"the phone number is the largest text: {short(p)}", "" if re.search(r"\d{4}", big) and not re.search(r"[^\W\d]", big) else big)
    edge = 5 * MM - 0.3
    near = [c for c in cs if c[2] < edge or c[4] > c[7] - edge or c[3] < edge - 4 or c[5] > c[8] - edge + 4]
    check(f"5 mm inside every panel: {short(p)}", near[:3])
    check(f"six panels: {short(p)}", "" if max(c[0] for c in cs) == 5 else max(c[0] for c in cs) + 1)
    run("pdftoppm", "-r", "110", "-gray", "-png", "-f", "6", p, "qr")
    seen = [run("zbarimg", "-q", "--raw", f).stdout.strip() for f in sorted(tmp.glob("qr-*.png"))]
    for f in tmp.glob("qr-*.png"): f.unlink()
    check(f"the QR code is read from the page: {short(p)}", "" if any(s.startswith("http") or s.startswith("tel:") for s in seen) else seen)
for p in [p for p in press if p.name in ("info-letak-print.pdf", "info-letak-2-print.pdf")]:
    box = {k: [float(v) for v in vs.split()] for k, vs in re.findall(r"^(\w+)Box:\s+(.*)$", run("pdfinfo", "-box", p).stdout, re.M)}
    size = lambda k: ((box[k][2] - box[k][0]) / MM, (box[k][3] - box[k][1]) / MM)
    wrong = [k for k, w, h in (("Trim", 297, 210), ("Bleed", 303, 216)) if abs(size(k)[0] - w) > 0.1 or abs(size(k)[1] - h) > 0.1]
    check(f"boxes: {short(p)}", wrong or ("no room for marks" if size("Media")[0] < 310 else ""))
    check(f"printed on both sides, turned on the short edge, not scaled: {short(p)}", "" if "/DuplexFlipShortEdge" in facts[p] and "/PrintScaling /None" in facts[p] else "no")
    got = [c for c in chars(p) if c[0] == 0]
    phone = [c[2] / MM for c in got if c[1] > max(c[1] for c in got) - 0.05]
    check(f"the cover stands on the right of the outside: {short(p)}", "" if phone and min(phone) > 10 + 197 else phone[:3])

# --- all forms are empty and can be spoken; F8 (the others: formdata.py): its fields by hand from domain.md; a different text in every field, another option in every choice ---
TEXTS = ["sifra-korisnika", "datum", "strucni-radnik", "kome", "rok", "minimalni-podaci", "bezbednosne-napomene", "pristanak-broj"] \
    + [f"prilozi.{n}.{c}" for n in range(1, 5) for c in ("naziv-priloga", "broj-strana")]
CHOICES = {"nacin-slanja": 4, "hitnost": 4}
SERBIAN = ["Љубица Ђ.", "џак 5 kg", "Чедомир Њ.", "Завод „Ћук“", "01.03.2026.", "шта, коме – и зашто", "опрез: § 12", "№ 7/2026", "ђачка књижица", "Šabac, Žitište"]
def fields(p):
    out = {}
    for block in run("pdftk", p, "dump_data_fields_utf8").stdout.split("---"):
        d, options = {}, []
        for line in block.strip().splitlines():
            k, _, v = line.partition(": ")
            options.append(v) if k == "FieldStateOption" else d.__setitem__(k, v)
        if "FieldName" in d: out[d["FieldName"]] = (d["FieldType"], d.get("FieldNameAlt", ""), [o for o in options if o != "Off"], d.get("FieldValue", ""))
    return out
for p in forms:
    have = fields(p)
    check(f"every field has a name that can be spoken: {short(p)}", [n for n, f in have.items() if not f[1]])
    check(f"no value in a template: {short(p)}", [n for n, f in have.items() if f[3] not in ("", "Off")])
for p in [p for p in forms if p.name == "f8.pdf"]:
    have = fields(p)
    names = TEXTS  # the same in every language
    check(f"fields by hand: {short(p)}", [n for n in names if have.get(n, ("",))[0] != "Text"] + [n for n, k in CHOICES.items() if len(have.get(n, (0, 0, ()))[2]) != k])
    check(f"one field for a signature, many services: {short(p)}", "" if [f[0] for f in have.values()].count("Signature") == 1 and sum(n.startswith("usluge.") for n in have) >= 10 else have)
    for turn in range(2):
        want = {}
        for i, (n, f) in enumerate(have.items()):
            if f[0] == "Text": want[n] = f"{SERBIAN[(i + turn) % len(SERBIAN)]} {i}"
            elif f[0] in ("Button", "Choice"): want[n] = f[2][-1 - turn] if len(f[2]) > turn else ("Off" if turn else f[2][0])
        esc = lambda s: s.replace("&", "&amp;").replace("<", "&lt;")
        (tmp / "f.xfdf").write_text('<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>' + "".join(
            f'<field name="{n}"><value>{esc(v)}</value></field>' for n, v in want.items()) + "</fields></xfdf>", encoding="utf-8")
        run("pdftk", p, "fill_form", "f.xfdf", "output", "g.pdf")
        back = fields(tmp / "g.pdf")
        check(f"all values come back, round {turn + 1}: {short(p)}", {n: back.get(n, ("", "", "", "?"))[3] for n, v in want.items() if back.get(n, ("", "", "", "?"))[3] != v})
        text = run("pdftotext", "-layout", "g.pdf", "-").stdout
        check(f"they stand on the page, round {turn + 1}: {short(p)}", [v for n, v in want.items() if have[n][0] == "Text" and v not in text])
    check(f"the filled form conforms: {short(p)}", judge("ua1", [tmp / "g.pdf"])[tmp / "g.pdf"])
