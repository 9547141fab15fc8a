#!/usr/bin/env python3
"""The privacy gate against tests/privacy/lists.txt: every leak × trick of spelling × place where it may stand is found, no look-alike is accused (letak check PATH, one run over all
files); one leak planted in each kind of source stops a build, with its place, and is never printed whole; exceptions hold until their day. Independent makers of the files: pikepdf, zlib."""
import base64, collections, gzip, json, os, pathlib, re, shutil, struct, subprocess, sys, zlib
root = pathlib.Path(__file__).resolve().parents[2]; LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); checkers = (root / os.environ.get("CHECKERS", "build/checkers")).resolve()
def run(*args, cwd=TMP): return subprocess.run([str(a) for a in args], capture_output=True, text=True, errors="replace", cwd=cwd, timeout=300, env=dict(os.environ, LETAK_LANG="en"))
def check(name, why): print(f"not ok {name}: {' '.join(str(why).split())[:600]}" if why else f"ok {name}", flush=True)
leaks, alikes, tricks, carriers = [], [], [], []
for line in (root / "tests/privacy/lists.txt").read_text().splitlines():
    p = line.split("\t")
    if p[0] == "leak": leaks.append((p[1], p[2], p[3]))
    elif p[0] == "alike": alikes.append(p[1])
    elif p[0] == "trick": tricks.append(p[1])
    elif p[0] == "carrier": carriers.append(p[1])
CODE = {"personal-number": "N001", "account": "N002", "iban": "N002", "phone": "N003", "document": "N004", "plate": "N005", "denied": "N006"}

# --- tricks: (kind, context, value) -> spelled text, None where the trick makes no sense for it ---
LATIN = dict(zip("абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ")) | {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
def latin(s): return "".join(LATIN.get(c, c) for c in s)
def cyrillic(s):
    for k, v in LATIN.items():
        if len(v) == 2: s = s.replace(v, k)
    return "".join({v: k for k, v in LATIN.items() if len(v) == 1}.get(c, c) for c in s)
numbers = ("personal-number", "account", "iban", "phone", "document")
def digits(v): return re.sub(r"[^0-9]", "", v)
def apart(sep):
    def f(kind, c, v):
        if kind not in ("personal-number", "phone", "document") and not (kind == "account" and v.isdigit()): return None
        return c + sep.join(digits(v).replace("3810", "0", 1) if v.startswith("+381 (0)") else ("+" if v[0] == "+" else "") + digits(v)) if not v.startswith("+") else None
    return f
def between(mark):
    return lambda kind, c, v: c + mark.join(v)
def digits_of(zero):
    return lambda kind, c, v: c + "".join(chr(ord(zero) + int(x)) if x.isdigit() and x.isascii() else x for x in v) if kind in numbers + ("plate",) else None
def spaces(mark):
    return lambda kind, c, v: c + v.replace(" ", mark) if " " in v else (c + v[:4] + mark + v[4:7] + mark + v[7:] if kind == "personal-number" else None)
def letter_o(kind, c, v): return c + v.replace("0", "O") if kind in ("personal-number", "phone", "document") and "0" in v else None
def wrap(a, b): return lambda kind, c, v: c + v[:3] + a + v[3:5] + b + v[5:]
SPELL = {"plain": lambda k, c, v: c + v, "spaced": apart(" "), "dotted": apart("."), "hyphened": apart("-"), "no-break-space": spaces("\u00a0"), "thin-space": spaces("\u2009"),
         "zero-width": between("\u200b"), "soft-hyphen": between("\u00ad"), "word-joiner": between("\u2060"), "fullwidth": digits_of("０"), "arabic-digits": digits_of("٠"),
         "devanagari-digits": digits_of("०"), "math-digits": digits_of("𝟶"), "latin": lambda k, c, v: latin(c + v), "cyrillic": lambda k, c, v: cyrillic(c + v) if k in ("denied", "plate", "document") else None,
         "letter-o": letter_o, "tags": wrap("<b>", "</b>"), "bdi": wrap("<bdi>", "</bdi>"), "comment-inside": wrap("<!--x-->", ""),
         "entity-decimal": lambda k, c, v: c + "".join(f"&#{ord(x)};" for x in v), "entity-hex": lambda k, c, v: c + "".join(f"&#x{ord(x):x};" for x in v),
         "percent": lambda k, c, v: "".join("%%%02X" % b for b in (c + v).encode()), "json-escape": lambda k, c, v: "".join(f"\\u{ord(x):04x}" for x in c + v) if all(ord(x) < 65536 for x in v) else None,
         "folded-line": lambda k, c, v: c + v[:5] + "\r\n " + v[5:], "utf-16": lambda k, c, v: c + v, "windows-1250": lambda k, c, v: latin(c + v),
         "base64": lambda k, c, v: base64.b64encode((c + v).encode()).decode()}
MARKUP = {"tags", "bdi", "comment-inside"}; ENTITY = {"entity-decimal", "entity-hex"}; FILE = {"utf-16", "windows-1250"}
markup_text = {"html-text", "svg-text", "xml-feed"}; markup_value = {"html-alt", "html-title", "html-link", "html-data", "html-comment", "html-hidden", "svg-desc"}
def fits(trick, carrier):
    if carrier.startswith(("pdf-", "png-", "jpeg-")): return trick == "plain"
    if carrier == "file-name": return trick in ("plain", "latin", "percent", "zero-width", "spaced")
    if trick in MARKUP: return carrier in ("html-text", "svg-text", "html-hidden")
    if trick in ENTITY: return carrier in markup_text | markup_value - {"html-comment"}
    if trick == "percent": return carrier in ("html-link", "txt", "css", "js", "html-data")
    if trick == "json-escape": return carrier in ("json", "js", "html-data")
    if trick == "folded-line": return carrier == "ics"
    if trick in FILE: return carrier in ("txt", "csv", "html-text", "html-alt")
    if trick == "base64": return carrier in ("html-link", "css", "js", "json", "txt", "html-data")
    return True

# --- carriers ---
def page(body="", head=""): return f'<!DOCTYPE html><html lang="sr"><head><meta charset="utf-8"><title>Страница</title>{head}</head><body><h1>Страница</h1>{body}</body></html>'
def data(x, trick): return f"data:text/plain;base64,{x}" if trick == "base64" else x
def attr(x): return x.replace('"', "&quot;")
TEXT = {"html-text": ("html", lambda x, t: page(f"<p>Текст: {x}</p>")), "html-alt": ("html", lambda x, t: page(f'<img src="a.png" alt="Слика {attr(x)}">')),
        "html-title": ("html", lambda x, t: page(f'<p title="{attr(x)}">а</p>')), "html-comment": ("html", lambda x, t: page(f"<!-- {x} -->")),
        "html-link": ("html", lambda x, t: page(f'<a href="{attr(data(x, t)) if t == "base64" else "strana?q=" + attr(x)}">а</a>')),
        "html-data": ("html", lambda x, t: page(f'<p data-x="{attr(data(x, t))}">а</p>')), "html-hidden": ("html", lambda x, t: page(f"<p hidden>Текст: {x}</p>")),
        "svg-text": ("svg", lambda x, t: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{x}</text></svg>'),
        "svg-desc": ("svg", lambda x, t: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>{x}</desc></svg>'),
        "xml-feed": ("xml", lambda x, t: f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>{x}</summary></entry></feed>'),
        "json": ("json", lambda x, t: '{"a": "' + data(x, t) + '"}'), "csv": ("csv", lambda x, t: f"а;б\n1;{x}\n"),
        "ics": ("ics", lambda x, t: f"BEGIN:VCALENDAR\r\nSUMMARY:Скуп\r\nDESCRIPTION:{x}\r\nEND:VCALENDAR\r\n"), "txt": ("txt", lambda x, t: f"Текст: {data(x, t)}\n"),
        "js": ("js", lambda x, t: f'var a = "{data(x, t)}";\n'), "css": ("css", lambda x, t: f'p::before {{ content: "{x}" }}\n' if t != "base64" else f"p {{ background: url({data(x, t)}) }}\n")}
def chunk(kind, body): return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
def png(x): return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"tEXt", b"Comment\0" + x.encode()) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
JPEG = base64.b64decode("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z")
def jpeg(marker, body): return JPEG[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body + JPEG[2:]
PICTURE = {"png-text": ("png", png), "jpeg-comment": ("jpg", lambda x: jpeg(0xfe, x.encode())), "jpeg-exif": ("jpg", lambda x: jpeg(0xe1, b"Exif\0\0II*\0\x08\0\0\0\0\0" + x.encode())),
           "jpeg-xmp": ("jpg", lambda x: jpeg(0xe1, b"http://ns.adobe.com/xap/1.0/\0" + x.encode()))}
PDF_MAKER = r'''
import pikepdf, sys, json
from pikepdf import Name, Dictionary, Array, String
for carrier, x, out in json.load(sys.stdin):
    pdf = pikepdf.new(); pdf.add_blank_page(); page = pdf.pages[0]
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)); page.Resources = Dictionary(Font=Dictionary(F=font))
    body = x if carrier in ("pdf-text", "pdf-hidden-text") else "Stranica"
    page.Contents = pdf.make_stream(("BT /F 12 Tf %s Tr 50 700 Td (%s) Tj ET" % (3 if carrier == "pdf-hidden-text" else 0, body.replace("(", "\\(").replace(")", "\\)"))).encode("latin-1"))
    if carrier == "pdf-info": pdf.docinfo["/Subject"] = x
    if carrier == "pdf-xmp":
        m = pdf.make_stream(("<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:source>%s</dc:source></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>" % x).encode()); m.Type = Name.Metadata; m.Subtype = Name.XML; pdf.Root.Metadata = m
    if carrier == "pdf-field":
        f = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("polje"), V=String(x), Rect=[0, 0, 90, 20])); page.Annots = Array([f]); pdf.Root.AcroForm = Dictionary(Fields=Array([f]))
    if carrier == "pdf-annotation": page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String(x), Rect=[0, 0, 20, 20]))])
    if carrier == "pdf-attachment": pdf.attachments["a.txt"] = x.encode()
    if carrier == "pdf-outline":
        with pdf.open_outline() as o: o.root.append(pikepdf.OutlineItem(x, 0))
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
'''

site = TMP / "mesto"; (site / "content").mkdir(parents=True)
(site / "content/site.yml").write_text("name: Пример\nlanguages: [sr-Cyrl]\n"); (site / "content/index.md").write_text("---\ntitle: Почетна\n---\nТекст.\n")
(site / "content/contacts.yml").write_text("centar:\n  name: Центар\n  phones: [{number: '+381 11 300 0000'}]\n")
(site / "privacy-deny.txt").write_text("# имена која не смеју напоље\nЗорица Измишљеновић\nсигурна кућа Ружичњак\n")
def folder(name): d = TMP / name; shutil.rmtree(d, ignore_errors=True); d.mkdir(); return d
def mask(name): return re.sub(r"(izvestaj ).*", r"\1", name)
def findings(d):
    p = run(LETAK, "check", "-C", site, "--json", d); out = collections.defaultdict(set)
    for line in p.stdout.splitlines():
        m = json.loads(line); out[mask(m["file"])].add(m["code"])
    return out, p

def hostile():
    d = folder("curi"); want, pdfs, named = {}, [], collections.Counter()
    for n, (kind, context, value) in enumerate(leaks):
        for c, carrier in enumerate(carriers):
            for t, trick in enumerate(tricks):
                if not fits(trick, carrier): continue
                x = SPELL[trick](kind, context, value)
                if x is None: continue
                base = f"{n:02}-{carrier}-{trick}"
                if carrier in TEXT:
                    ext, make = TEXT[carrier]; f = d / f"{base}.{ext}"; s = make(x, trick)
                    f.write_bytes(s.encode("utf-16") if trick == "utf-16" else latin(s).replace('charset="utf-8"', "").encode("cp1250", "replace") if trick == "windows-1250" else s.encode()); want[f.name] = CODE[kind]
                elif carrier == "file-name":
                    f = d / (f"izvestaj {x}".replace("/", "-").replace("‑", "-") + ".txt")
                    if "/" in value or len(f.name.encode()) > 250 or "<" in x: continue
                    f.write_text("а\n"); named[CODE[kind]] += 1
                elif carrier in PICTURE:
                    if n % 5: continue
                    ext, make = PICTURE[carrier]; f = d / f"{base}.{ext}"; f.write_bytes(make(x)); want[f.name] = "N010"
                else:
                    if (n + c) % 4 or (carrier in ("pdf-text", "pdf-hidden-text") and not x.isascii()): continue
                    pdfs.append((carrier, x, str(d / f"{base}.pdf"))); want[f"{base}.pdf"] = "N012" if carrier == "pdf-attachment" else CODE[kind]
    p = subprocess.run([checkers / "venv/bin/python", "-c", PDF_MAKER], input=json.dumps(pdfs), capture_output=True, text=True); check("hostile PDFs are made", p.stderr if p.returncode else "")
    got, p = findings(d); missed = [f for f, code in want.items() if code not in got.get(f, ())]
    lines = collections.Counter((m := json.loads(l))["code"] for l in p.stdout.splitlines() if '"file":"izvestaj ' in l)
    check(f"{sum(named.values())} leaks in names of files: each kind is found, and masked in the message", [f"{k}: {lines[k]} of {n}" for k, n in named.items() if not lines[k]])
    check(f"{len(want)} leaks ({len(leaks)} values, {len(tricks)} tricks, {len(carriers)} places): none is missed", f"{len(missed)} missed: " + ", ".join(missed[:25]) if missed or len(want) < 500 else "")
    whole = [v for k, c, v in leaks if v in p.stdout]
    check("no message has a whole value", ", ".join(whole[:5])); check("status 1", "" if p.returncode == 1 else p.returncode)
    return want

def disguised():
    """a name makes no picture and no font: what is in the file is looked at"""
    d = folder("preruseno"); names = [f"a.{e}" for e in ("png", "jpg", "gif", "webp", "ico", "avif", "woff", "woff2", "ttf")]
    for n in names: (d / n).write_text("Број 3112098710012\n"); (d / ("b" + n)).write_bytes(b"\0\1\2\xff" * 50)
    got, p = findings(d); check("text that is named a picture or a font is read, bytes that are neither are said", [n for n in names if "N001" not in got.get(n, ()) or not got.get("b" + n)])

NUMBER = "3112098710012"
def row(signs): return "".join(signs[int(c)] for c in NUMBER)
def html(x): return f"<!DOCTYPE html><meta charset=utf-8><title>а</title><p>{x}"
EXIF = b"\xff\xd8\xff\xe1\x00\x19Exif\0\0MM\0*" + NUMBER.encode() + b"\xff\xd9"; INLINE = "data:image/jpeg;base64," + base64.b64encode(EXIF).decode()
ODD = {  # name of the file -> what is in it, the code that it must have ("" = none)
  **{f"cifre-{n}.html": (html(x), "N001") for n, x in {"keycap": "\ufe0f\u20e3".join(NUMBER) + "\ufe0f\u20e3", "osmanya": "".join(chr(0x104a0 + int(c)) for c in NUMBER), "vai": "".join(chr(0xa620 + int(c)) for c in NUMBER), "circled": row("🄋➀➁➂➃➄➅➆➇➈"), "negative": row("⓿❶❷❸❹❺❻❼❽❾"), "brackets": row("0⑴⑵⑶⑷⑸⑹⑺⑻⑼"), "stops": row("🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐"),
    "accents": "\u20d2".join(NUMBER), "titla": "\u0483".join(NUMBER), "filler": "\u3164".join(NUMBER), "braille-blank": "311\u28002098\u2800710012", "lines": "3112098\u202871001\u20282", "vertical-tab": "3112098\v710012", "controls": "\x01".join(NUMBER), "nul": "я" * 600 + "\0".join(NUMBER), "next-line": "3112098\u0085710012", "dot": "3112098\u30fb710012", "mongolian": "\u180b".join(NUMBER), "again": "<a href='?q=%2533112098710012'>а</a>", "again-entity": "&amp;#51;112098710012"}.items()},
  "pad.html": ("\1\2" * 100 + html(NUMBER), "N001"), "utf32.txt": (f"Број {NUMBER}".encode("utf-32"), "N001"), "utf16.txt": ("Зорица Измишљеновић".encode("utf-16-be"), "N006"),
  "852.txt": ("Žena se zove Zorica Izmišljenović".encode("cp852"), "N006"), "iso5.txt": ("то је Зорица Измишљеновић".encode("iso-8859-5"), "N006"), "iso2.txt": ("to je Zorica Izmišljenović".encode("iso-8859-2"), "N006"),
  "b64.txt": ("\n".join(base64.b64encode(b"a" * 50 + f" {NUMBER} b".encode()).decode()[i:i + 76] for i in (0, 76)), "N001"), "qp.vcf": ("BEGIN:VCARD\r\nNOTE;ENCODING=QUOTED-PRINTABLE:" + "".join(f"={b:02X}" for b in NUMBER.encode()) + "\r\nEND:VCARD\r\n", "N001"), "tabela.csv": (f"а;б\n1;{NUMBER}.0\n", "N001"), "razlomak.csv": (f"а;б\n1;{NUMBER}.5\n", ""),
  "inline.svg": (f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{INLINE}"/></svg>', "N010"), "inline.css": (f"a{{background:url({INLINE})}}", "N010"), "inline.html": (html(f'<img src="{INLINE}">'), "N010"), "znak.ico": (b"\0\0\1\0\1\0" + b"\0" * 16 + b"\x89PNG\r\n\x1a\n\0\0\0\x14tEXta\0" + NUMBER.encode() + b"xxxxIEND", "N010"), "slova.ttf": (b"\0\1\0\0 broj " + NUMBER.encode(), "N001"), "slova.woff2": (b"wOF2 broj " + NUMBER.encode(), "N001"),
  "strana.html.gz": (gzip.compress(html(NUMBER).encode(), mtime=0), "N001"), "crtez.svgz": (gzip.compress(f"<svg>{NUMBER}</svg>".encode(), mtime=0), "N001"), "dobra.html.gz": (gzip.compress(html("а").encode(), mtime=0), ""), "dve.html.gz": (gzip.compress(b"a") + gzip.compress(NUMBER.encode()), "N017"), "lazna.txt": (f"letakSearch.terms({NUMBER}", "N001"), "terms-0.js": (f'letakSearch.terms("sr",0,"{NUMBER}");', "N001"),
  **{f"ime-{n}.html": (html(x), "N006") for n, x in {"entities": "Zorica Izmi&scaron;ljenovi&cacute;", "cyrillic-entities": "&Zcy;&ocy;&rcy;&icy;&tscy;&acy; &Icy;&zcy;&mcy;&icy;&shcy;&ljcy;&iecy;&ncy;&ocy;&vcy;&icy;&tshcy;", "genitive": "код Ане Анић", "dative": "Ани Анић", "fleeting": "због Петра Измишљена", "case": "предмет К-1234/2026", "case-spaced": "К 1234 2026", "number": "шифра 555-1234", "number-whole": "шифра 5551234", "adjective": "сигурнога кућа Ружичњака"}.items()},
  "imena.html": (html("К. Петровић, бр. 123, К-999/2026, 1234, анино, уплата 15551234"), ""),
  **{f"spolja-{i:02}.html": (html(x), "N009") for i, x in enumerate(('<img srcset="a.png 1x, https://t.invalid/b.png 2x">', '<img src="&#104;ttps://t.invalid/a">', '<img src="ht\ttps://t.invalid/a">', '<img src="\\\\t.invalid/a">', '<img src="/\\t.invalid/a">', '<img src="https:t.invalid/a">', '<img src="ftp://t.invalid/a">', '<meta http-equiv="refresh" content="0; url=https://t.invalid/">', '<svg><rect fill="url(https://t.invalid/a#b)"/></svg>', '<p style="background:u&#114;l(https://t.invalid/x)">', '<p style="background:\\75rl(https://t.invalid/x)">', '<style>a{background:image-set("a.png" 1x, "https://t.invalid/a" 2x)}</style>', '<style>@import/**/"https://t.invalid/a";</style>', '<style>a{background:url(\\68ttps://t.invalid/a)}</style>',
    '<iframe srcdoc="&lt;img src=&quot;https://t.invalid/a&quot;&gt;"></iframe>', '<link rel=preload as=image imagesrcset="https://t.invalid/a 1x">', '<script type=speculationrules>{"prefetch":[{"urls":["https://t.invalid"]}]}</script>', '<script>fetch("https://t.invalid/")</script>', '<object codebase="https://t.invalid/" data="x"></object>', '<svg><image><set attributeName="href" to="https://t.invalid/a"/></image></svg>', '<link rel="stylesheet" data-x=\'rel="canonical"\' href="https://t.invalid/a.css">', '<link rel="alternate stylesheet" href="https://t.invalid/a.css">'))},
  "mreza.js": ('import x from "https://t.invalid/x.js";', "N009"), "mreza2.js": ("r.open('GET', 'https://t.invalid/')", "N009"), "mreza3.js": ("new WebSocket(`wss://t.invalid/${a}`)", "N009"), "mreza4.js": ("i.src = 'https://t.invalid/a'", "N009"), "kuca.js": ('// https://primer.invalid/\nvar ns = "http://www.w3.org/2000/svg", s = "it\'s"; fetch("a.json")', ""), "uvoz.css": ('@\\69mport "https://t.invalid/a";', "N009"), "kuca.css": ('/* https://primer.invalid/ */ @namespace "http://www.w3.org/1999/xhtml"; a:after{content:"https://primer.invalid/"} b{background:url(a.png)}', ""), "stil.xml": ('<?xml version="1.0"?><?xml-stylesheet href="https://t.invalid/a.css"?><a/>', "N009"),
  **{f"veza-{i}.html": (html(x), "") for i, x in enumerate(('<a href="https://primer.invalid/">а</a>', '<link rel="alternate" hreflang="en" href="https://primer.invalid/">', '<q cite="https://primer.invalid/">а</q>', '<img src="a.png?u=https://primer.invalid/">', '<meta property="og:url" content="https://primer.invalid/">', '<script type="application/ld+json">{"@context":"https://schema.org"}</script>'))},
  "php.html": (html("<?php echo 1 ?>"), "N008"), "lazni-komentar.html": (html("<!ovo je komentar>"), "N008"), "upravljac.xml": ('<?xml version="1.0"?><!DOCTYPE a><a/>', "")}

def odd():
    """what no list had thought of: scripts, controls, encodings, spellings in spellings, bytes in other bytes, ways to another host"""
    d = folder("cudno"); deny = site / "privacy-deny.txt"; before = deny.read_text(); deny.write_text(before + "Ана Анић\nПетар Измишљен\nК-1234/2026\n555-1234\n")
    for n, (b, _) in ODD.items(): (d / n).write_bytes(b if isinstance(b, bytes) else b.encode())
    got, p = findings(d); got = collections.defaultdict(set, {n: {c for c in x if c < "N2"} for n, x in got.items()}); bad = {n: (want, sorted(got[n])) for n, (_, want) in ODD.items() if (want not in got[n] if want else got[n])}
    check(f"{len(ODD)} odd spellings and hiding places, look-alikes among them", bad)
    deny.write_text("— — —\n"); got, p = findings(d); check("a line of the deny list that forbids nothing is an error, not silence", "" if "N024" in p.stdout and p.returncode == 1 else p.stdout[-300:]); deny.write_text(before)
    s = folder("zaobilazno"); shutil.copytree(site / "content", s / "content"); (s / "content/index.md").write_text("---\ntitle: П\n---\n[а](search/terms-0.js)\n"); (s / "content/search").mkdir(); (s / "content/search/terms-0.js").write_text(f'letakSearch.terms("sr",0,"{NUMBER}");\n')
    p = run(LETAK, "build", "-C", s); check("no file of content/ passes for a part of the search index", "" if p.returncode == 1 and "N001" in p.stderr else p.stderr)

    d = folder("terminal"); (d / "a\x1b]0;naslov\x07\nb.bin").write_bytes(b"\0\1\xff"); (d / "a\u009b2J.bin").write_bytes(b"\0\1\xff"); p = run(LETAK, "check", "-C", site, d); check("names of files do not steer the terminal, and a message stays a line", "" if len(p.stderr.splitlines()) == 2 and p.stderr.count("N017") == 2 and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", p.stderr) else ascii(p.stderr))

def inside_pdfs():
    """what a PDF holds beside its pages: JPEG with EXIF, an appearance that is never shown, XFA, text beyond the page"""
    d = folder("u-pdf"); make = r"""
import pikepdf, sys
from pikepdf import Name, Dictionary, String, Array
out, number, exif = sys.argv[1], sys.argv[2], bytes.fromhex(sys.argv[3])
def new():
    p = pikepdf.new(); p.add_blank_page(); p.pages[0].Resources = Dictionary(Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding))); return p
p = new(); i = p.make_stream(exif); i.Type = Name.XObject; i.Subtype = Name.Image; i.Width = 1; i.Height = 1; i.ColorSpace = Name.DeviceGray; i.BitsPerComponent = 8; i.Filter = Name.DCTDecode; p.pages[0].Resources.XObject = Dictionary(I=i); p.save(out + "/slika.pdf")
p = new(); f = p.make_stream(b"BT /F 9 Tf [(" + number[:5].encode() + b") -20 (" + number[5:].encode() + b")] TJ ET"); f.Type = Name.XObject; f.Subtype = Name.Form; f.BBox = [0, 0, 9, 9]; p.pages[0].Annots = Array([p.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=2, Rect=[0, 0, 9, 9], AP=Dictionary(N=f)))]); p.save(out + "/skriveno.pdf")
p = new(); p.Root.AcroForm = Dictionary(Fields=Array([]), XFA=p.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><a>" + number.encode() + b"</a></xdp:xdp>")); p.save(out + "/xfa.pdf")
p = new(); p.pages[0].Contents = p.make_stream(b"BT /F 9 Tf 50 5000 Td (" + number.encode() + b") Tj ET"); p.save(out + "/iznad.pdf")
p = new(); p.pages[0].Contents = p.make_stream(b"BT /F 9 Tf 50 500 Td (Strana) Tj ET"); p.save(out + "/dobro.pdf")
"""
    p = subprocess.run([checkers / "venv/bin/python", "-c", make, d, NUMBER, EXIF.hex()], capture_output=True, text=True); got, _ = findings(d)
    for n, code in (("slika", "N010"), ("skriveno", "N001"), ("xfa", "N001"), ("iznad", "N001"), ("dobro", "")): f = {c for c in got[n + ".pdf"] if c < "N2"}; check(f"{n}.pdf: {code or 'nothing'}", "" if (code in f if code else not f) and (d / f"{n}.pdf").exists() else (f, p.stderr))

def numerous():
    """a PDF of more objects than are looked at is said, one of as many is not"""
    d = folder("mnogo"); few, many = 499_999, 500_000
    for n in (few, many):
        b, at = bytearray(b"%PDF-1.4\n"), []
        for o in [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"] + [b"0"] * (n - 3): at.append(len(b)); b += b"%d 0 obj %s endobj\n" % (len(at), o)
        end = len(b); b += b"xref\n0 %d\n0000000000 65535 f \n" % (n + 1) + b"".join(b"%010d 00000 n \n" % a for a in at) + b"trailer<</Size %d/Root 1 0 R>>startxref %d\n%%%%EOF\n" % (n + 1, end); (d / f"{n}.pdf").write_bytes(b)
    got, p = findings(d); check("a PDF with more objects than are looked at is an error, the largest that is looked at whole is none", "" if p.returncode == 1 and "N017" in got[f"{many}.pdf"] and "N017" not in got[f"{few}.pdf"] else f"{p.returncode} {dict(got)}")

def look_alikes():
    d = folder("lici"); n = 0
    for i, x in enumerate(alikes):
        for carrier in ("html-text", "html-alt", "html-link", "svg-text", "xml-feed", "json", "csv", "ics", "txt", "js"):
            ext, make = TEXT[carrier]; (d / f"{i:02}-{carrier}.{ext}").write_text(make(x.replace("&", "&amp;"), "plain")); n += 1
    got, p = findings(d); bad = [f"{f} {alikes[int(f[:2])]} {sorted(c)}" for f, c in got.items() if set(c) - {"N270"}]  # the carriers' links lead nowhere
    check(f"{n} look-alikes: none is accused", f"{len(bad)}: " + "; ".join(bad[:12]) if bad or n < 500 else "")

def planted():
    """one leak in each kind of source of a copy of the sample site; every one is found with its place, and public/ stays as it was"""
    s = folder("uzorak"); shutil.copytree(root / "content", s / "content"); value = "3112098710012"
    p = run(LETAK, "build", "-C", s, "-j2"); check("the sample site passes the gate", p.stderr if p.returncode else ""); before = sorted((str(f.relative_to(s)), f.stat().st_size) for f in (s / "public").rglob("*"))
    leaflet = s / "content/info-letak/index.md"; text = leaflet.read_text(); line = text.count("\n") + 2
    def attempt(name, make, undo, where, code="N001"):
        make(); p = run(LETAK, "build", "-C", s, "-j2"); undo(); said = [l for l in p.stderr.splitlines() if f"error {code}" in l]
        same = before == sorted((str(f.relative_to(s)), f.stat().st_size) for f in (s / "public").rglob("*"))
        check(f"planted in {name}: found, nothing published", "" if p.returncode == 1 and said and said[0].startswith(where) and same and value not in p.stderr else f"{p.returncode} {same} {p.stderr[-400:]}")
    def back(f, old): return lambda: f.write_text(old)
    attempt("a table of a book's chapter", lambda: (ch := sorted((s / "content/literatura").rglob("*.md"))[1], setattr(attempt, "f", (ch, ch.read_text())), ch.write_text(ch.read_text() + f"\n| а | б |\n|---|---|\n| 1 | {value} |\n")), lambda: attempt.f[0].write_text(attempt.f[1]), "content/literatura/")
    news = s / "content/vest-proba"; page = "---\ntitle: {t}\ndescription: {d}\n---\nТекст{x}.\n"
    def new(t="Проба", d="Опис", x=""): news.mkdir(exist_ok=True); (news / "index.md").write_text(page.format(t=t, d=d, x=x))
    gone = lambda: shutil.rmtree(news)
    attempt("a page's text", lambda: new(x=f" 3112098 71001 2"), gone, "content/vest-proba/index.md:5:7:")
    attempt("a title", lambda: new(t=f"Случај {value}"), gone, "content/vest-proba/index.md:2:")
    attempt("a description", lambda: new(d=f"Случај {value}"), gone, "content/vest-proba/index.md:3:")
    attempt("an alternative text", lambda: (new(x=f"\n\n![Слика {value}](a.png)"), (news / "a.png").write_bytes(png("x"))), gone, "content/vest-proba/index.md:7:")
    attempt("a link's address", lambda: new(x=f" [а](https://primer.invalid/?q=%33112098710012)"), gone, "content/vest-proba/index.md:5:")
    attempt("a table of data beside it", lambda: (new(x=" [а](a.csv)"), (news / "a.csv").write_text(f"а;б\n1;{value}\n")), gone, "content/vest-proba/a.csv:")
    attempt("a text in windows-1250", lambda: (new(x=" [а](a.txt)"), (news / "a.txt").write_bytes(f"Šifra {value}".encode("cp1250"))), gone, "content/vest-proba/a.txt:")
    attempt("a name of a file", lambda: (new(x=f" [а](a-{value}.txt)"), (news / f"a-{value}.txt").write_text("а")), gone, "content/vest-proba/")
    attempt("an office file", lambda: (new(x=" [а](a.docx)"), (news / "a.docx").write_bytes(b"PK\3\4")), gone, "content/vest-proba/a.docx:", "N011")
    def pdf(carrier): subprocess.run([checkers / "venv/bin/python", "-c", PDF_MAKER], input=json.dumps([(carrier, value, str(news / "a.pdf"))]), text=True, check=True)
    for carrier, code in (("pdf-text", "N001"), ("pdf-hidden-text", "N001"), ("pdf-info", "N001"), ("pdf-xmp", "N001"), ("pdf-attachment", "N012"), ("pdf-outline", "N001"), ("pdf-field", "N013")):
        attempt(f"a PDF ({carrier})", lambda: (new(x=" [а](a.pdf)"), pdf(carrier)), gone, "content/vest-proba/a.pdf:", code)
    new(x="\n\n![Слика](a.jpg)"); (news / "a.jpg").write_bytes(PICTURE["jpeg-exif"][1](value)); p = run(LETAK, "build", "-C", s); out = s / "public/vest-proba/a.jpg"
    check("EXIF of a picture is gone when it is published", "" if p.returncode == 0 and out.exists() and value.encode() not in out.read_bytes() else p.stderr); gone()
    new(x=f" {value}"); p = run(LETAK, "build", "-C", s); number = re.search(r"finding ([0-9a-f]{6})", p.stderr); e = s / "content/privacy.yml"
    if not number: return check("a finding has a number", p.stderr)
    def excuse(until, who="who: Ана А."): e.write_text(f"- finding: {number[1]}\n  {who}\n  why: проба\n  until: {until}\n"); return run(LETAK, "build", "-C", s, "--as-of", "2026-11-24")
    p = excuse("2026-11-24"); check("an exception lets it through on its last day", p.stderr if p.returncode or "N02" in p.stderr else "")
    p = excuse("2026-11-23"); check("a day later it does not, and says so", "" if p.returncode == 1 and "N021" in p.stderr and "N001" in p.stderr else p.stderr)
    p = excuse("2026-11-24", "x: y"); check("an exception without a name is an error", "" if p.returncode == 1 and "content/privacy.yml:1:" in p.stderr and "N020" in p.stderr else p.stderr)
    gone(); p = excuse("2026-11-24"); check("an exception that nothing needs is a warning", "" if p.returncode == 0 and "warning N022" in p.stderr else p.stderr); e.unlink()
    p = run(LETAK, "check", "-C", s, s / "public"); check("what letak published passes as a stranger would see it, PDFs read by other tools", p.stderr if "error" in p.stderr else "")
    p = run(LETAK, "check", "-C", s, TMP / "nema"); check("a path that is not there is said", "" if p.returncode == 2 and "N023" in p.stderr else p.stderr)

hostile(); disguised(); odd(); inside_pdfs(); numerous(); look_alikes(); planted()
