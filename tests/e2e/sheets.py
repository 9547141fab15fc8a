#!/usr/bin/env python3
"""Sheets of the press PDF, by hand: they are printed as /Duplex says, folded along the fold marks seen in their pixels, and read as a reader would; booklets are nested,
posters glued, cards cut out; the fold proof is folded in Debian's Chromium. Nothing here shares a table with the program: what stands where comes from mutool, pdftoppm
and the browser. Prints TAP."""
import os, pathlib, re, shutil, subprocess, sys, xml.etree.ElementTree as ET
root = pathlib.Path(__file__).resolve().parents[2]; py = root / "build/checkers/venv/bin/python"
if not os.environ.get("IN_VENV"):
    if not py.exists(): print(f"not ok the browser is here: {py}"); sys.exit(1)
    os.execve(py, [str(py), __file__], dict(os.environ, IN_VENV="1"))
from playwright.sync_api import sync_playwright
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); MM = 72 / 25.4
def run(*args): return subprocess.run([str(a) for a in args], capture_output=True, text=True, errors="replace", cwd=TMP)
def check(name, why):
    """why: what is wrong, or nothing"""
    print(f"not ok {name}: {' '.join(str(why).split())[:600]}" if why else f"ok {name}", flush=True)
def differ(got, want): return [] if got == want else f"got {got}, want {want}"

def document(name, sheet, pages, css="", lang="sr", direction="ltr"):
    """pages: a list of HTML; sheet: descriptors; the style stands in a file of its own, so that messages can name it"""
    (TMP / f"{name}.css").write_text(f"html{{font:16pt 'Noto Sans',sans-serif}}body{{margin:0}}\n{css}\n@-letak-sheet s{{{sheet}}}\n", encoding="utf-8")
    (TMP / f"{name}.html").write_text(f"<!DOCTYPE html><html lang={lang} dir={direction}><title>Проба</title><meta name=dcterms.modified content=2026-11-24><link rel=stylesheet href={name}.css>" + "".join(pages), encoding="utf-8")
    for f in TMP.glob(f"{name}*.pdf"): f.unlink()
    return run(LETAK, "--lang", "en", "pdf", f"{name}.html", "-o", f"{name}-r.pdf", "--print", f"{name}.pdf")
def numbered(n, classes=lambda k: ""): return [f'<section class="p {classes(k)}"><p>{k}</p></section>' for k in range(1, n + 1)]
NUMBERED = ".p{break-after:page;break-inside:avoid}.p p{margin:0;text-align:center;padding-top:30mm;font-size:30pt}.p:last-child{break-after:auto}"

# --- what a PDF shows ---
def texts(pdf):
    """for each page its lines: (text, x, y of the middle, direction of writing), points from the top left corner"""
    out = []
    for page in ET.fromstring(run("mutool", "draw", "-q", "-F", "stext", pdf).stdout).iter("page"):
        lines = []
        for line in page.iter("line"):
            quads = [[float(v) for v in c.get("quad").split()] for c in line.iter("char")]; text = "".join(c.get("c") for c in line.iter("char")).strip()
            if not text: continue
            xs = [v for q in quads for v in q[0::2]]; ys = [v for q in quads for v in q[1::2]]
            lines.append((text, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, tuple(round(float(v)) for v in line.get("dir").split()), (min(xs), min(ys), max(xs), max(ys))))
        out.append(lines)
    return out
def boxes(pdf, n):
    """for each page {Media, Bleed, Trim: (x0, y0, x1, y1)}, from the top left corner"""
    out = [{} for _ in range(n)]
    for k, name, v in re.findall(r"^Page\s+(\d+) (\w+)Box:\s+(.*)$", run("pdfinfo", "-box", "-f", 1, "-l", n, pdf).stdout, re.M): out[int(k) - 1][name] = [float(x) for x in v.split()]
    for b in out:
        x, y = b["Media"][0], b["Media"][3]
        for name, (x0, y0, x1, y1) in list(b.items()): b[name] = (x0 - x, y - y1, x1 - x, y - y0)
    return out
def inside(a, b, slack=.02): return a[0] >= b[0] - slack and a[1] >= b[1] - slack and a[2] <= b[2] + slack and a[3] <= b[3] + slack
def pixels(pdf, page, dpi, color=False):
    """width, height, rows of bytes"""
    r = subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), *([] if color else ["-gray"]), str(pdf)], capture_output=True, cwd=TMP).stdout
    m = re.match(rb"P[56]\s+(\d+)\s+(\d+)\s+255\s", r); w, h = int(m[1]), int(m[2]); n = w * (3 if color else 1)
    return w, h, [r[m.end() + y * n:m.end() + (y + 1) * n] for y in range(h)]
def marks(pdf, page, box, across=True, dpi=288):
    """marks in the band above the bleed (or left of it): (place in points, dashed?)"""
    w, h, rows = pixels(pdf, page, dpi); k = dpi / 72
    depth = int((box["Bleed"][1] if across else box["Bleed"][0]) * k) - 2
    band = [bytes(rows[y][x] for y in range(depth)) for x in range(w)] if across else [row[:depth] for row in rows]
    low, high = (box["Trim"][0], box["Trim"][2]) if across else (box["Trim"][1], box["Trim"][3])
    found = []
    for at, line in enumerate(band):
        dark = [i for i, v in enumerate(line) if v < 160]
        if not low - 2 < at / k < high + 2 or len(dark) < 8: continue
        solid = len(dark) / (dark[-1] - dark[0] + 1) > .93
        if found and at - found[-1][1] <= 2: found[-1][1] = at
        else: found.append([at, at, not solid])
    return [((a + b + 1) / 2 / k, dashed) for a, b, dashed in found]
def duplex(pdf): m = re.search(r"/Duplex /(\w+)", run("qpdf", "--qdf", "--object-streams=disable", pdf, "-").stdout); return m and m[1]

# --- paper ---
class Sheet:
    """One sheet as printed. A panel is a stretch of it between folds; each side has one number. Coordinates: x of the front."""
    def __init__(s, pdf, first, said, box, flip):
        front, back = said[first], said[first + 1]; b = box[first]; w, h = b["Media"][2], b["Media"][3]
        upright = h > w; about_vertical = (flip == "DuplexFlipLongEdge") == upright  # the axis about which the printer turned the paper
        through = (lambda x, y, d: (w - x, y, (-d[0], d[1]))) if about_vertical else (lambda x, y, d: (x, h - y, (d[0], -d[1])))
        s.trim = b["Trim"]; s.folds = sorted(x for x, dashed in marks(pdf, first + 1, b) if dashed)
        s.back_folds = sorted(through(x, 0, (1, 0))[0] for x, dashed in marks(pdf, first + 2, box[first + 1]) if dashed)
        s.back_trim = sorted((through(box[first + 1]["Trim"][0], 0, (1, 0))[0], through(box[first + 1]["Trim"][2], 0, (1, 0))[0]))
        edges = [s.trim[0], *s.folds, s.trim[2]]; s.panels = list(zip(edges, edges[1:]))
        s.front = [[(t, x - a, d) for t, x, y, d, _ in front if a < x < e and t.isdigit()] for a, e in s.panels]
        s.back = [[(t, through(x, y, d)[0] - a, through(x, y, d)[2]) for t, x, y, d, _ in back if a < through(x, y, d)[0] < e and t.isdigit()] for a, e in s.panels]
class Stack:
    """Layers from the bottom up: (sheet, panel, s, t): paper at x lies at s·x + t; s = 1 shows the front, -1 the back."""
    def __init__(s, sheets): s.layers = [(sh, k, -1, 0.0) for sh in sheets for k in range(len(sh.panels))]  # turned over: the inside lies up
    def span(s, l): a, b = l[0].panels[l[1]]; return sorted((l[2] * a + l[3], l[2] * b + l[3]))
    def fold(s, at, side, over=True):
        moves = [l for l in s.layers if (sum(s.span(l)) / 2 > at) == (side == "right")]; stays = [l for l in s.layers if l not in moves]
        moved = [(sh, k, -m, 2 * at - t) for sh, k, m, t in reversed(moves)]
        s.layers = stays + moved if over else moved + stays
        return s
    def edge(s, n): return sorted({round(v, 2) for l in s.layers for v in s.span(l)})[n]
    def turn(s): s.layers = [(sh, k, -m, -t) for sh, k, m, t in reversed(s.layers)]; return s
    @staticmethod
    def face(l, up=True):
        """what is printed on the upper (or lower) face: numbers, and whether they stand upright for who looks at it"""
        sh, k, m, _ = l; front = (m == 1) == up
        return [(t, (d[0] if front else -d[0], d[1]) == (1, 0)) for t, _, d in (sh.front if front else sh.back)[k]]
    def seen(s, rtl):
        """numbers of the faces that lie open, from the left (the right)"""
        out, hidden = [], []
        for l in reversed(s.layers):
            a, b = s.span(l)
            if sum(max(0, min(b, d) - max(a, c)) for c, d in hidden) > .6 * (b - a): continue
            hidden.append((a, b)); out.append(((a + b) / 2, s.face(l)))
        return [f for _, f in sorted(out, key=lambda o: o[0], reverse=rtl)]

# the folds in the order of the hands (which fold line from the reader's left, which side moves, over or under) and how the reader goes through it: after which of them he looks, turned over or not
HANDS = {"bifold": [(0, "left", True)], "letterfold": [(1, "right", True), (0, "left", True)], "zfold": [(0, "left", True), (1, "right", False)], "gatefold": [(0, "left", True), (1, "right", True)]}
WALK = {"bifold": [([0], 0), ([], 0), ([0], 1)], "letterfold": [([0, 1], 0), ([], 0), ([0], 0), ([0, 1], 1)], "zfold": [([0, 1], 0), ([1], 0), ([0], 1), ([0, 1], 1)],
        "gatefold": [([0, 1], 0), ([], 0), ([0, 1], 1)]}
def folded(sheets, scheme, which, rtl):
    st = Stack(sheets); lines = sorted(-f for f in sheets[0].folds)  # turned over: x runs the other way
    for i in which:
        n, side, over = HANDS[scheme][i]
        if rtl: n, side = len(lines) - 1 - n, {"left": "right", "right": "left"}[side]
        st.fold(lines[n], side, over)
    return st
def read(sheets, scheme, rtl):
    out = []
    for which, behind in WALK[scheme]:
        st = folded(sheets, scheme, which, rtl)
        for face in (st.turn() if behind else st).seen(rtl):
            if not face: out.append(("blank", True))
            out += [f for f in face if f not in out]
    return out

SHEETS = {"bifold": (4, "@page{size:148.5mm 210mm}"), "zfold": (6, "@page{size:99mm 210mm}"), "letterfold": (6, "@page{size:100mm 210mm}@page flap{size:97mm 210mm}.p4,.p5{page:flap}"),
          "gatefold": (6, "@page{size:74mm 210mm}@page middle{size:149mm 210mm}.p4,.p6{page:middle}")}
for scheme, (n, css) in SHEETS.items():
    for direction in ("ltr", "rtl"):
        for flip, size in (("short", "297mm 210mm"), ("long", "297mm 210mm")):
            name = f"{scheme}-{direction}-{flip}"; rtl = direction == "rtl"; pdf = f"{name}.pdf"
            p = document(name, f"scheme:{scheme};size:{size};flip:{flip};bleed:3mm;marks:crop fold", numbered(n, lambda k: f"p{k}"), css + NUMBERED, "ar" if rtl else "sr", direction)
            if p.returncode: check(f"{name}: made", p.stderr); continue
            said, box = texts(pdf), boxes(pdf, 2); sh = Sheet(pdf, 0, said, box, duplex(pdf))
            got = read([sh], scheme, rtl)
            check(f"{name}: folded along its marks it reads 1 to {n}, upright", differ([t for t, _ in got], [str(k) for k in range(1, n + 1)]) or [t for t, up in got if not up])
            check(f"{name}: the marks of both sides lie on each other", differ([round(x) for x in sh.back_folds], [round(x) for x in sh.folds]) or differ([round(x) for x in sh.back_trim], [round(sh.trim[0]), round(sh.trim[2])]))
            wide = [round((b - a) / MM, 1) for a, b in sh.panels]; flaps = {"letterfold": [0] if not rtl else [2], "gatefold": [0, 2]}.get(scheme, [])
            if scheme == "letterfold": check(f"{name}: the flap is narrower than what it lies on", "" if all(wide[f] <= min(w for i, w in enumerate(wide) if i not in flaps) - 2 for f in flaps) else wide)
            if scheme == "gatefold": check(f"{name}: the flaps do not meet", "" if sum(wide[f] for f in flaps) < wide[1] else wide)
            check(f"{name}: boxes", [(k, b) for k, b in enumerate(box) if not (inside(b["Trim"], b["Bleed"]) and inside(b["Bleed"], b["Media"]) and abs(b["Trim"][2] - b["Trim"][0] - 297 * MM) < .1
                  and abs(b["Trim"][0] - b["Bleed"][0] - 3 * MM) < .1)])
            if flip == "short": # white between trim and bleed, and between bleed and marks
                w, h, rows = pixels(pdf, 1, 144); b = [int(v * 2) for v in box[0]["Bleed"]]; t = [int(v * 2) for v in box[0]["Trim"]]
                check(f"{name}: marks lie outside trim and bleed", [y for y in range(b[1] - 6, t[1] - 1) if min(rows[y][b[0] - 6:b[2] + 6]) < 255] + [y for y in range(b[1], b[3]) if min(rows[y][b[0] - 6:t[0] - 1] + rows[y][t[2] + 2:b[2] + 6]) < 255])

# --- booklets: sheets laid into each other, folded at the spine, read leaf by leaf ---
def booklet(sheets, rtl):
    """pairs: leaf by leaf what stands on its upper and lower face"""
    st = Stack(sheets); st.fold(-sheets[0].folds[0], "right" if rtl else "left")
    return [f for l in reversed(st.layers) for f in (Stack.face(l), Stack.face(l, False))]
def in_order(n, last):
    """what stands at each place of the booklet; 0: a blank page"""
    blank = [0] * (-n % 4); return [*range(1, n), *blank, n] if last else [*range(1, n + 1), *blank]
BACK = ".p:last-child{page:back}"  # a page of a kind of its own
for n, direction, flip, size, page, more, at, last in ((24, "ltr", "short", "A4 landscape", "A5", "", "", 0), (24, "rtl", "short", "A4 landscape", "A5", "", "", 0), (12, "ltr", "long", "A4 landscape", "A5", "", "", 0), (8, "rtl", "long", "A5", "74mm 210mm", "", "", 0),
        (21, "ltr", "short", "A4 landscape", "A5", "", "", 0), (4, "ltr", "short", "A5", "74mm 210mm", "", "", 0), (21, "rtl", "long", "A4 landscape", "A5", BACK, "auto", 1), (22, "ltr", "short", "A4 landscape", "A5", "", "before-last", 1), (5, "ltr", "short", "A4 landscape", "A5", BACK, "end", 0),
        (7, "ltr", "short", "A4 landscape", "A5", BACK, "", 1), (1, "rtl", "short", "A4 landscape", "A5", "", "before-last", 1), (6, "ltr", "short", "A4 landscape", "A5", ".p:nth-last-child(-n+2){page:back}", "", 0)):
    name = f"saddle-{n}-{direction}-{flip}"; rtl = direction == "rtl"; pdf = f"{name}.pdf"
    p = document(name, f"scheme:saddle;size:{size};flip:{flip};creep:.2mm 1.25;bleed:3mm;marks:crop fold;blank:allow" + (f";blank-at:{at}" if at else ""), numbered(n), f"@page{{size:{page}}}{more}" + NUMBERED, "ar" if rtl else "sr", direction)
    if p.returncode: check(f"{name}: made", p.stderr); continue
    every = (n + 3) // 4; said, box = texts(pdf), boxes(pdf, 2 * every); sheets = [Sheet(pdf, 2 * k, said, box, duplex(pdf)) for k in range(every)]
    got = booklet(sheets, rtl); want = [[(str(k), True)] if k else [] for k in in_order(n, last)]
    check(f"{name}: {every} sheets read leaf by leaf, upright{', the last page behind' if last else ''}", differ(got, want))
    plain = {t: (x, b["Media"][2]) for line, b in zip(texts(f"{name}-r.pdf"), boxes(f"{name}-r.pdf", n)) for t, x, *_ in line}
    wrong = []
    for k, sh in enumerate(sheets): # the distance of each number from the spine: less by what its sheet creeps
        for panel, (a, b) in enumerate(sh.panels):
            for t, x, _ in sh.front[panel] + sh.back[panel]:
                spine = (b - a - x) if panel == 0 else x; off = plain[t][1] / 2 - spine  # numbers stand in the middle of their pages
                if abs(off - k * .2 * 1.25 * MM) > .12: wrong.append((t, k, round(off / MM, 3)))
    check(f"{name}: pages of sheet n move {.25} mm to the spine for each sheet around it", wrong)
    check(f"{name}: the spine is where the marks are", [sh.folds for sh in sheets if len(sh.folds) != 1 or abs(sh.folds[0] - (sh.trim[0] + sh.trim[2]) / 2) > .3])

for own in ("", "bleed:3mm;"):  # also where the page has a bleed that nothing fills, and where creep has moved it away from the edge
    for direction in ("ltr", "rtl"):
        document("color", "scheme:saddle;size:A5;creep:.3mm 1.5;bleed:3mm;marks:crop", numbered(24), f"@page{{size:74mm 210mm;{own}margin:0}}.p{{height:210mm;background:#9cf}}" + NUMBERED, "sr", direction); wrong = []
        for k in (1, 12):
            w, h, rows = pixels("color.pdf", k, 144); x0, y0, x1, y1 = [int(v * 2) for v in boxes("color.pdf", 12)[k - 1]["Bleed"]]; wrong += [(k, x, y) for x, y in ((x0 + 3, h // 2), (x1 - 4, h // 2), (w // 4, y0 + 3), (w // 4, y1 - 4)) if rows[y][x] > 240]
        check(f"colours of a booklet go on to the bleed on the first and the innermost sheet ({own or 'pages without bleed'}, {direction})", wrong)

# --- cards: cut along their marks each is the whole card ---
FACE = ".p{break-after:page}.p:last-child{break-after:auto}.p p{margin:0;padding:60pt 0 0 90pt;font-size:40pt}"
def cells(cuts, gap): return [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2 if gap else 1)]
def cut(pdf, page, box, gap):
    xs = [x for x, _ in marks(pdf, page, box)]; ys = [y for y, _ in marks(pdf, page, box, False)]
    return [(x0, y0, x1, y1) for y0, y1 in cells(ys, gap) for x0, x1 in cells(xs, gap)]
def crop(rows, x, y, w, h): return [row[x:x + w] for row in rows[y:y + h]]
def unlike(a, b):
    """how many pixels differ by more than a shade of grey; -1: another size"""
    return -1 if len(a) != len(b) or any(len(r) != len(q) for r, q in zip(a, b)) else sum(abs(x - y) > 40 for r, q in zip(a, b) for x, y in zip(r, q))
CARD = "@page{size:240pt 156pt;bleed:9pt;margin:0;background:#9cf}.p{height:156pt}"
for name, sheet, n, want, gap in (("cards-gap", "gap:18pt", 5, [[1, 2], [3, 4], [5, None]], 18), ("cards-cut", "repeat:sheet", 1, [[1, 1]] * 4, 0), ("cards-times", "repeat:3;gap:18pt", 2, [[1, 1], [1, 2], [2, 2]], 18)):
    p = document(name, f"scheme:n-up;size:612pt 792pt;bleed:9pt;marks:crop;{sheet}", [f"<section class=p><p>{k}</p></section>" for k in range(1, n + 1)], CARD + FACE)
    if p.returncode: check(f"{name}: made", p.stderr); continue
    box = boxes(f"{name}.pdf", 1)[0]; places = cut(f"{name}.pdf", 1, box, gap); said = texts(f"{name}.pdf")[0]; flat = [k for row in want for k in row]
    got = [next((int(t) for t, x, y, *_ in said if a < x < c and b < y < d), None) for a, b, c, d in places][:len(flat)]
    check(f"{name}: order", differ(got, flat)); check(f"{name}: each is 240 × 156 points between its marks", [q for q in places if abs(q[2] - q[0] - 240) > .3 or abs(q[3] - q[1] - 156) > .3] or differ(len(places) >= len(flat), True))
    check(f"{name}: boxes", "" if inside(box["Bleed"], box["Media"]) and box["Media"][2:] == (612, 792) and abs(box["Trim"][0] - box["Bleed"][0] - 9) < .02 else box)
    _, _, rows = pixels(f"{name}.pdf", 1, 144); bad = []; ps = {k: pixels(f"{name}-r.pdf", k, 144) for k in set(flat) - {None}}; bleed = 9 if gap else 0
    for k, (a, b, c, d) in zip(flat, places):
        if k is None: continue
        w, h, card = ps[k]; off = (w - 480) // 2; own = crop(card, off - 2 * bleed, off - 2 * bleed, 480 + 4 * bleed, 312 + 4 * bleed)
        x, y = round((a - bleed) * 2), round((b - bleed) * 2); u = min(unlike(crop(rows, x + i, y + j, 480 + 4 * bleed, 312 + 4 * bleed), own) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if u: bad.append((k, u))
    check(f"{name}: each cut card is the whole card{' with its bleed' if gap else ''}", bad)
for what, size, rest, most in (("business cards", "85mm 55mm", "bleed:3mm;marks:crop", 10), ("badges", "90mm 55mm", "bleed:3mm;marks:crop", 10), ("badges with gaps", "90mm 55mm", "gap:6mm;bleed:3mm;marks:crop", 8)):
    p = document("a4", f"scheme:n-up;repeat:sheet;{rest}", ["<section class=p><p>1</p></section>"], f"@page{{size:{size};margin:0}}.p{{height:55mm;background:#9cf}}.p p{{margin:0;padding:10mm}}"); b = boxes("a4.pdf", 1)[0]; gap = 6 if "gap" in rest else 0
    got = [t for t, *_ in texts("a4.pdf")[0]]; places = cut("a4.pdf", 1, b, gap); w, h = [float(v) for v in re.findall(r"(\d+)mm", size)]
    check(f"{what} on A4: {most} of them", p.stderr or differ((got, [round(v / MM) for v in b["Media"][2:]]), (["1"] * most, [210, 297])) or [q for q in places if abs(q[2] - q[0] - w * MM) > .3 or abs(q[3] - q[1] - h * MM) > .3] or differ(len(places), most))
for direction in ("ltr", "rtl"):
    for flip in ("long", "short"):  # backs lie behind their fronts
        name = f"cards-{direction}-{flip}"; document(name, f"scheme:n-up;size:612pt 792pt;marks:crop;sides:2;flip:{flip}", [f"<section class=p><p>{k}</p></section>" for k in range(11, 21)], CARD + FACE, "sr", direction)
        said = texts(f"{name}.pdf"); about_vertical = duplex(f"{name}.pdf") == "DuplexFlipLongEdge"; behind = {}
        for t, x, y, d, _ in said[1]: behind[t] = ((612 - x, y, (-d[0], d[1])) if about_vertical else (x, 792 - y, (d[0], -d[1])))
        wrong = []
        for t, x, y, d, _ in said[0]:
            # seen through the paper, the back's number stands where the front's would if its card were turned: mirrored about the card's middle
            q = behind.get(str(int(t) + 1)); left = 306 - 240 if x < 306 else 306
            if not q or abs((2 * left + 240 - x) - q[0]) > 1 or abs(q[1] - y) > 1 or q[2] != (-1, 0): wrong.append((t, x, y, q))
        first = next(x for t, x, *_ in said[0] if t == "11"); check(f"{name}: each back lies behind its front, turned like a leaf", wrong or differ(len(said[0]), 5)); check(f"{name}: the first stands at the reader's beginning", "" if (first < 306) == (direction == "ltr") else first)

# --- posters: whole and glued together ---
POSTER = "@page{size:700pt 900pt;margin:30pt}.p{height:840pt;background:#fc9;font-size:36pt}"; WORDS = ["<div class=p>" + " ".join(f"реч{k}" for k in range(60)) + "</div>"]
for direction in ("ltr", "rtl"):
    name = f"tiles-{direction}"; p = document(name, "scheme:tiles;size:300pt 400pt;margin:20pt;overlap:30pt", WORDS, POSTER, "sr", direction)
    if p.returncode: check(f"{name}: made", p.stderr); continue
    w, h, poster = pixels(f"{name}-r.pdf", 1, 72); said = texts(f"{name}.pdf"); box = boxes(f"{name}.pdf", len(said)); whole = [bytearray(b"\0" * w) for _ in range(h)]; labels = []; seen_rows = {}
    for k, b in enumerate(box):
        label = re.search(r"([A-Z])(\d+) / ", " ".join(t for t, *_ in said[k])); row, column = ord(label[1]) - 65, int(label[2]) - 1; labels.append(label[1] + label[2])
        x0, y0, x1, y1 = [round(v) for v in b["Trim"]]; _, _, rows = pixels(f"{name}.pdf", k + 1, 72)
        at = column * (260 - 30); at = w - at - (x1 - x0) if direction == "rtl" else at
        for y in range(y0, y1): whole[row * (360 - 30) + y - y0][at:at + x1 - x0] = rows[y][x0:x1]
        seen_rows.setdefault(row, []).append(column)
    check(f"{name}: 3 × 3 sheets, named by row and column", differ(labels, [f"{r}{c}" for r in "ABC" for c in (1, 2, 3)])); check(f"{name}: glued together they are the poster", unlike([bytes(r) for r in whole], poster))
    check(f"{name}: every pixel of a sheet outside its picture is white or a mark", [k + 1 for k, b in enumerate(box) if not inside(b["Trim"], b["Media"]) or b["Trim"] != b["Bleed"]])
    nxt = {label: {w for t, *_ in said[k] for w in re.findall(r"^(?:↓ ?)?([A-C][1-3])(?: ?↓)?$", t)} for k, label in enumerate(labels)}
    want = {f"{r}{c}": {f"{r}{d}" for d in (c - 1, c + 1) if d in (1, 2, 3)} | ({"ABC"["ABC".index(r) + 1] + str(c)} if r != "C" else set()) for r in "ABC" for c in (1, 2, 3)}
    check(f"{name}: each names the sheets beside and under it", differ(nxt, want))
    inner = [t for k, b in enumerate(box) for t, x, y, _, q in said[k] if not t.startswith("реч") and "реч" not in t and not (q[2] <= b["Trim"][0] + .5 or q[0] >= b["Trim"][2] - .5 or q[3] <= b["Trim"][1] + .5 or q[1] >= b["Trim"][3] - .5)]
    check(f"{name}: names stand outside the picture", [t for t in inner if re.search(r"[A-C][1-3]", t)])
p = document("poster", "scheme:poster;size:A3;bleed:3mm;marks:crop cross colors info", ["<div class=p>А3</div>"], "@page{size:A3;margin:0}.p{height:420mm;background:#9cf;font-size:90pt}")
box = boxes("poster.pdf", 1)[0]; t = box["Trim"]
check("poster: A3 with bleed and marks around it, one side", p.stderr or differ([round((t[2] - t[0]) / MM), round((t[3] - t[1]) / MM), duplex("poster.pdf"), inside(t, box["Bleed"]) and inside(box["Bleed"], box["Media"])], [297, 420, "Simplex", True]))
def outside(q, b): return q[2] <= b[0] + .3 or q[0] >= b[2] - .3 or q[3] <= b[1] + .3 or q[1] >= b[3] - .3
slug = [l for l in texts("poster.pdf")[0] if l[0] != "А3"]
check("poster: title, sheet and plates outside the bleed", differ(sorted(" ".join(l[0] for l in slug).split()), sorted("Проба · табак 1 Цијан Магента Жута Црна".split())) or [l for l in slug if not outside(l[4], box["Bleed"])])
for lang, direction, want in (("sr-Latn-RS", "ltr", "T · tabak 1, lice Cijan Magenta Žuta Crna"), ("hu", "ltr", "T · 1. ív, előoldal Cián Bíbor Sárga Fekete"), ("srn", "ltr", "T · sheet 1, front Cyan Magenta Yellow Black"), ("ar-EG", "rtl", "T · ورقة 1، الوجه سماوي أرجواني أصفر أسود")):
    document("slug", "scheme:bifold;marks:info", numbered(4), "@page{size:148.5mm 210mm}" + NUMBERED, lang, direction); (TMP / "slug.html").write_text((TMP / "slug.html").read_text(encoding="utf-8").replace("Проба", "T"), encoding="utf-8"); p = run(LETAK, "--lang", "en", "pdf", "slug.html", "--print", "slug.pdf")
    got = run("pdftotext", "-l", 1, "slug.pdf", "-").stdout; words = lambda s: sorted(re.findall(r"\w+", s)); check(f"the slug in {lang}", p.stderr or [w for w in words(want) if w not in words(got)])
w, h, rows = pixels("poster.pdf", 1, 72, True); strip = {tuple(rows[y][3 * x:3 * x + 3]) for y in range(h) for x in range(int(box["Bleed"][2]) + 3, w)}
check("poster: patches of all plates beside it", "" if len([c for c in strip if max(c) - min(c) > 60]) >= 8 else strip)
w, h, rows = pixels("poster.pdf", 1, 144); b = [int(v * 2) for v in box["Bleed"]]
check("poster: the colour reaches the bleed and nothing else does", [y for y in range(b[1] + 3, b[3] - 3) if rows[y][b[0] + 3] > 250 or rows[y][b[2] - 3] > 250 or min(rows[y][b[0] - 8:b[0] - 2]) < 250][:5])

# --- the fold proof: the dummy, and the page that folds in the browser ---
def proof(name, lang="en"): return run(LETAK, "--lang", lang, "proof", f"{name}.html", "-o", "proof")
def open_faces(page):
    """what a reader sees from the left to the right: numbers of the faces in front, on a line across the sheet; blank ones as 0"""
    return page.evaluate("""() => { const v = document.querySelector('.view').getBoundingClientRect(), out = []; let last = null, run = 0
        for (let x = v.left + 2; x < v.right; x += 4) { const e = document.elementFromPoint(x, v.top + v.height * .7), f = e && e.closest('.face'), i = f && f.querySelector('img')
            const n = f ? (i ? +i.alt.match(/\\d+/)[0] : 0) : null; run = n === last ? run + 1 : 1; last = n; if (n !== null && run === 4 && out[out.length - 1] !== n) out.push(n) }  // not the edge of a flap
        return out }""")
shapes = [(f"{s}-{d}-short", s, d == "rtl") for s in SHEETS for d in ("ltr", "rtl")] + [("saddle-24-rtl-short", "saddle", True), ("saddle-21-ltr-short", "saddle", False), ("saddle-7-ltr-short", "saddle", False)]
with sync_playwright() as pw:
    browser = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"])
    for name, scheme, rtl in shapes:
        p = proof(name); html = TMP / f"proof/{name}-proof.html"
        if p.returncode: check(f"proof of {name}: made", p.stderr); continue
        said, box = texts(f"{name}.pdf"), boxes(f"{name}.pdf", 2); text = html.read_text(encoding="utf-8"); said_by_browser = []
        context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce", offline=True, java_script_enabled=True); page = context.new_page()
        page.on("console", lambda m: said_by_browser.append(m.text)); page.on("request", lambda r: said_by_browser.append(r.url) if not r.url.startswith(("file:", "data:")) else None); page.goto(html.as_uri())
        page.keyboard.press("Tab"); wrong, steps = [], page.locator("input[type=radio]").count()
        for k in range(steps):  # by the keys alone
            if k: page.keyboard.press("ArrowRight")
            label = page.evaluate("document.querySelector('input:checked + label').textContent"); focus = page.evaluate("document.activeElement.id"); got = open_faces(page)
            if scheme == "saddle":
                n = int(name.split("-")[1]); order = in_order(n, n == 7); all_pages = len(order); want = order[max(2 * k - 1, 0):2 * k + 1]; want = want[::-1] if rtl else want
                want = [q for i, q in enumerate(want) if not i or q != want[i - 1]]; numbers = re.findall(r"\d+", label); ok_label = [int(x) for x in numbers] == [q for q in (2 * k, 2 * k + 1) if 1 <= q <= all_pages]
            else:
                m = re.search(rf"#s{k}:checked~.view{{--f0:(\d);--f1:(\d);--behind:(\d)}}", text); made = [i for i in (0, 1) if m[i + 1] == "1"]
                st = folded([Sheet(f"{name}.pdf", 0, said, box, duplex(f"{name}.pdf"))], scheme, made, rtl); want = [int(f[0][0]) for f in (st.turn() if m[3] == "1" else st).seen(False)]
                ok_label = [int(x) for x in label.rsplit(":", 1)[1].replace("·", " ").split()] == want
            if got != want or not ok_label or focus != f"s{k}": wrong.append((k, label, "seen", got, "want", want, focus))
        check(f"proof of {name}: {steps} steps by keys show what the printed sheet shows, and are called so", wrong if steps > 3 else steps)
        page.set_viewport_size({"width": 320, "height": 600}); over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        check(f"proof of {name}: nothing is asked for, said or wider than a telephone; no script, no name of a file", said_by_browser or (over if over > 0 else "") or re.findall(r"<script|https?://(?!www\.w3\.org)|/tmp|\bon\w+=", re.sub("base64,[^\"]*", "", text)))
        page.emulate_media(reduced_motion="reduce"); still = page.evaluate("getComputedStyle(document.querySelector('.part')).transitionDuration"); page.emulate_media(reduced_motion="no-preference")
        moves = page.evaluate("getComputedStyle(document.querySelector('.part')).transitionDuration"); check(f"proof of {name}: moves only for who likes it", differ((still, moves != "0s"), ("0s", True))); context.close()
        dummy = f"proof/{name}-proof.pdf"; n = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", dummy).stdout)[1]); sides = texts(dummy); db = boxes(dummy, n); wrong = []
        for side in (0, 1):
            numbers = [t for t, x, *_ in sorted(sides[side], key=lambda l: l[1]) if t.isdigit()]; printed = [t for t, x, *_ in sorted(said[side], key=lambda l: l[1]) if t.isdigit()]
            if numbers != printed: wrong.append((side, numbers, printed))
            hints = [(x, re.fullmatch(r"fold (\d) (towards|away from) you", t)) for t, x, y, d, _ in sorted(sides[side], key=lambda l: l[1]) if t.startswith("fold")]
            lines = len(Sheet(f"{name}.pdf", 0, said, box, duplex(f"{name}.pdf")).folds); hands = [(0, "left", True)] if scheme == "saddle" else HANDS[scheme]; want = [None] * lines
            for i, (line, _, over) in enumerate(hands): want[line if (side == 1) != rtl else lines - 1 - line] = (str(i + 1), "towards" if over == (side == 1) else "away from")
            if [(m[1], m[2]) for _, m in hints if m] != want: wrong.append((side, hints, want))
        wrong += [t for side in sides for t, *_ in side if "mm" in t and not re.fullmatch(r"\d+\.\d × \d+\.\d mm", t)]
        check(f"dummy of {name}: numbers and folds are those of the sheet, on paper of its size", wrong or [b for b in db if [round(v / MM) for v in b["Media"][2:]] != [297, 210] or b["Media"] != b["Trim"]])
    browser.close()
of_kinds = [TMP / f"proof/{n}-proof.html" for n in ("bifold-ltr-short", "letterfold-rtl-short", "zfold-ltr-short", "gatefold-rtl-short", "saddle-21-ltr-short")]  # one a scheme
axe = subprocess.run([py, root / "tests/validate/axe.py", root / "build/checkers/node_modules/axe-core", *of_kinds], capture_output=True, text=True)
check("axe-core finds nothing in a proof of each scheme", axe.stdout[:500] + axe.stderr[-300:] if axe.returncode or axe.stdout.count('"violations": []') != 4 * len(of_kinds) else "")
jar = next((root / "build/checkers").rglob("vnu.jar"), None); (TMP / "nu").mkdir()
for f in of_kinds: (TMP / "nu" / f.name).write_text(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", f.read_text(encoding="utf-8")), encoding="utf-8")  # the checker holds data: against it wrongly
nu = subprocess.run(["java", "-jar", str(jar), "--Werror", "--format", "json", "--stdout", *[str(TMP / "nu" / f.name) for f in of_kinds]], capture_output=True, text=True)
try: said = [(m.get("url", "")[-30:], m.get("lastLine"), m.get("message")) for m in __import__("json").loads(nu.stdout)["messages"]]
except (ValueError, KeyError): said = nu.stdout + nu.stderr
check("the Nu HTML checker finds nothing in them either", said or ("" if jar and nu.returncode == 0 else nu.stderr or "not there"))
for lang, word in (("sr", "Проба превоја"), ("sr-latn", "Proba prevoja"), ("en", "Fold proof")):
    p = run(LETAK, "--lang", lang, "proof", root / "content/info-letak/index.md", "-o", f"proof-{lang}", "--as-of", "2026-11-24"); html = (TMP / f"proof-{lang}/index-proof.html").read_text(encoding="utf-8") if p.returncode == 0 else ""
    check(f"the sample leaflet has a proof in {lang}", "" if f"<h1>{word}: " in html and html.count("<img") == 6 else p.stderr)
a = (TMP / "proof-en/index-proof.html").read_bytes(), (TMP / "proof-en/index-proof.pdf").read_bytes(); run(LETAK, "--lang", "en", "proof", root / "content/info-letak/index.md", "-o", "proof-en", "--as-of", "2026-11-24")
check("same input, same proof", differ(a == ((TMP / "proof-en/index-proof.html").read_bytes(), (TMP / "proof-en/index-proof.pdf").read_bytes()), True))
seen = run("exiftool", "-j", "proof-en/index-proof.pdf").stdout; check("the dummy says no more of itself than a press PDF does", re.findall(r'"(?:Author|Creator|Producer|CreatorTool)": "(?!letak)[^"]*(?:/|root|tmp)[^"]*"', seen))
p = run("env", "ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0", "strace", "-f", "-o", "trace", "-e", "trace=landlock_create_ruleset,landlock_restrict_self,openat,mkdir,rename,renameat2", LETAK, "proof", root / "content/info-letak/index.md", "-o", "proof-wall", "--as-of", "2026-11-24"); t = (TMP / "trace").read_text(errors="replace")
kernel = not re.search(r"landlock_create_ruleset\(.*= -1", t); wall, first = t.find("landlock_restrict_self"), re.search(re.escape(f"{root}/content/") + r'[^"]*\.(?:md|yml)"|$', t).start(); wrote = [w for l in t.splitlines() if re.search(r"O_WRONLY|O_RDWR|rename|mkdir", l) for w in re.findall(r'"([^"]*)"', l)]
check("proof is walled in before it reads the site, and writes only into its folder", "" if p.returncode == 0 and (not kernel or 0 <= wall < first) and wrote and all("proof-wall" in w or w == "/dev/null" for w in wrote) else (p.stderr, kernel, wall, first, wrote[:5]))
(TMP / "plain.html").write_text("<!DOCTYPE html><html lang=sr><title>т</title><p>а"); p = run(LETAK, "--lang", "en", "proof", "plain.html", "-o", "new/er/proof"); check("a proof of what is not folded: P034, and no folder is left behind", "" if p.returncode == 1 and "plain.html: error P034" in p.stderr and not (TMP / "new").exists() else p.stderr or "left")
(TMP / "old").mkdir(); (TMP / "old/mine").write_text("x"); p = run(LETAK, "--lang", "en", "proof", "plain.html", "-o", "old/a/b"); check("folders that were there stay as they were", differ((p.returncode, sorted(str(f.relative_to(TMP)) for f in (TMP / "old").rglob("*"))), (1, ["old/mine"])))
p = run(LETAK, "--lang", "en", "proof", "cards-gap.html", "-o", "proof"); check("a proof of cards: P034 at the rule", "" if p.returncode == 1 and re.search(r"cards-gap\.css:3:1: error P034", p.stderr) else p.stderr)
p = run(LETAK, "--lang", "en", "proof", "plain.html"); check("a proof without a folder: wrong use", differ(p.returncode, 2)); p = run(LETAK, "--lang", "en", "proof", "plain.html", "-o", "plain.html/x"); check("a folder that cannot be made", differ(p.returncode in (1, 3) and bool(p.stderr), True))

# --- bad input: messages with their places, in both languages; nothing is written ---
A4 = "size:A4 landscape;scheme:"
for name, sheet, n, css, code in (("23 pages", A4 + "saddle;blank:refuse", 23, "@page{size:A5}", "P024"), ("five panels", A4 + "letterfold", 5, "@page{size:99mm 210mm}", "P020"), ("wide panels", A4 + "zfold", 6, "@page{size:110mm 210mm}", "P021"),
                                  ("high panels", A4 + "zfold", 6, "@page{size:99mm 200mm}", "P022"), ("many cards", "scheme:n-up;columns:3;size:A4", 3, "@page{size:85mm 55mm}", "P025"), ("cards of two sizes", "scheme:n-up", 3, "@page{size:85mm 55mm}@page:first{size:90mm 55mm}", "P026"),
                                  ("unequal backs", A4 + "letterfold", 6, "@page{size:95mm 210mm}@page:first{size:99mm 210mm}", "P027"), ("huge bleed", A4 + "bifold;bleed:120mm", 4, "@page{size:148.5mm 210mm}", "P029"), ("thick paper", A4 + "saddle;creep:1mm 2", 80, "@page{size:A5}", "P030"),
                                  ("no room in tiles", "scheme:tiles;margin:100mm", 1, "@page{size:A3}", "P031"), ("endless tiles", "scheme:tiles;size:31mm;margin:10mm;overlap:1mm", 1, "@page{size:A0}", "P032"), ("poster of another size", "scheme:poster;size:A2", 1, "@page{size:A3}", "P033"),
                                  ("negative gap", "scheme:n-up;gap:-1mm", 1, "@page{size:85mm 55mm}", "K022"), ("zero size", "scheme:n-up;size:0 0", 1, "@page{size:85mm 55mm}", "K022"), ("thickness of a board", A4 + "saddle;creep:3mm", 4, "@page{size:A5}", "K022"), ("unknown scheme", "scheme:cross", 1, "", "K022"),
                                  ("unknown descriptor", "sheme:n-up", 1, "", "K028")):
    p = document("bad", sheet, numbered(n), css + NUMBERED); q = run(LETAK, "--lang", "sr", "pdf", "bad.html", "-o", "bad-r.pdf", "--print", "bad.pdf")
    errors = [l for l in p.stderr.splitlines() if " error " in l]
    check(f"bad: {name}: {code} at the rule, in both languages, nothing written", "" if p.returncode == 1 and len(errors) == 1 and re.match(rf"bad\.css:3:\d+: error {code}: .+; .+", errors[0]) and re.search(rf"^bad\.css:3:\d+: грешка {code}: .*[а-ш].*; .*[а-ш]", q.stderr, re.M)
          and not (TMP / "bad.pdf").exists() else (p.returncode, p.stderr, q.stderr))
p = document("blank", A4 + "saddle", numbered(21), "@page{size:A5}" + NUMBERED); check("21 pages of a booklet: a warning names the three that stay blank", "" if p.returncode == 0 and re.search(r"blank\.css:3:1: warning P023: 21 pages stand on sheets for 24: blank stay 22, 23, 24;", p.stderr) else p.stderr)
p = document("tiled", "scheme:tiles;marks:crop fold colors info", numbered(1), "@page{size:A3}" + NUMBERED); check("tiles say which marks they have not", "" if p.returncode == 0 and re.search(r"tiled\.css:3:1: warning P035: tiles have no marks for fold colors;", p.stderr) else p.stderr)
p = document("flap", A4 + "letterfold;panel-trim:2mm", numbered(6), "@page{size:99mm 210mm}" + NUMBERED); check("a flap as wide as the others: a warning", "" if p.returncode == 0 and "warning P028: page 4, a flap, is 99.0 mm wide" in p.stderr else p.stderr)
a = (TMP / "flap.pdf").read_bytes(); document("flap", A4 + "letterfold;panel-trim:2mm", numbered(6), "@page{size:99mm 210mm}" + NUMBERED); check("same input, same bytes", "" if a == (TMP / "flap.pdf").read_bytes() else "differ")
