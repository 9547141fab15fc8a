#!/usr/bin/env python3
"""pdfx.py FILE.pdf…: what can be seen of PDF/X-4 (ISO 15930-7:2010) with free tools, which have no judge of it themselves (veraPDF knows PDF/A and PDF/UA, PDFBox's preflight PDF/A-1b,
JHOVE PDF/X up to 3). Reads the file through qpdf --json, so by another program than the one that wrote it. A line a fault: "FILE: SUBJECT what is wrong"; status 1 where there is any.
Not looked at: colours inside form XObjects, patterns and Type 3 fonts (letak writes none); whether a font's glyphs all are in it; whether profiles are right in their tables; halftones."""
import base64, json, re, struct, subprocess, sys, xml.etree.ElementTree as ET

def faults(path):
    out = []; bad = lambda subject, why: out.append(f"{subject}: {why}")
    head = open(path, "rb").read(16)
    p = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path], capture_output=True)
    try: objects = json.loads(p.stdout)["qpdf"][1]
    except Exception: return [f"file: qpdf cannot read it: {p.stderr.decode(errors='replace')[:200]}"]
    def get(x):
        while isinstance(x, str) and re.fullmatch(r"\d+ \d+ R", x): x = objects.get("obj:" + x, {}); x = x["stream"]["dict"] if "stream" in x else x.get("value")
        return x
    def data(ref): return base64.b64decode(objects["obj:" + ref]["stream"].get("data", ""))
    text = lambda s: s[2:] if isinstance(s, str) and s[:2] in ("u:", "b:") else ""
    trailer = objects["trailer"]["value"]; root, info = get(trailer["/Root"]), get(trailer.get("/Info")) or {}
    m = re.match(rb"%PDF-1\.(\d)", head)
    if not m or int(m[1]) > 6: bad("file", f"the header says {head[:8]!r}, not 1.6 or less")
    if "/Encrypt" in trailer: bad("file", "the file is encrypted")
    if len(get(trailer.get("/ID")) or []) != 2: bad("file", "no /ID")
    # --- who and when: Info and XMP ---
    for k in ("/Title", "/CreationDate", "/ModDate"):
        if not text(info.get(k, "")).replace("\ufeff", ""): bad("info", f"Info lacks {k}")
    if info.get("/Trapped") not in ("/True", "/False"): bad("info", f"/Trapped is {info.get('/Trapped')}")
    ref = root.get("/Metadata"); xmp = {}
    if not ref: bad("XMP", "no XMP")
    else:
        if get(ref).get("/Filter"): bad("XMP", "XMP is filtered")
        try: xmp = {re.sub(r"^\{.*[/#]([^/#]+)/?\}", r"\1:", e.tag): "".join(e.itertext()).strip() for e in ET.fromstring(data(ref)).iter()}
        except ET.ParseError as e: bad("XMP", f"XMP is no XML: {e}")
        if xmp.get("id:GTS_PDFXVersion") != "PDF/X-4": bad("XMP", f"GTS_PDFXVersion is {xmp.get('id:GTS_PDFXVersion')}")
        for k in ("mm:DocumentID", "mm:VersionID", "mm:RenditionClass", "1.0:MetadataDate" if "1.0:MetadataDate" in xmp else "xap:MetadataDate"):
            if not any(n.endswith(k.split(":")[1]) and v for n, v in xmp.items()): bad("XMP", f"XMP lacks {k.split(':')[1]}")
        for k, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
            digits = lambda s: re.sub(r"\D", "", s)[:14]
            if digits(text(info.get(k, ""))) != digits(next((v for n, v in xmp.items() if n.endswith(":" + name)), "")): bad("XMP", f"{k} and {name} differ")
        if next((v for n, v in xmp.items() if n.endswith(":Trapped")), "") != (info.get("/Trapped") or "")[1:]: bad("XMP", "Trapped of Info and XMP differ")
    # --- the output intent ---
    intents = [get(i) for i in get(root.get("/OutputIntents")) or []]; x = [i for i in intents if i.get("/S") == "/GTS_PDFX"]; intent = b""
    if len(x) != 1: bad("intent", f"{len(x)} output intents GTS_PDFX")
    else:
        if not text(x[0].get("/OutputConditionIdentifier", "")): bad("intent", "no OutputConditionIdentifier")
        ref = x[0].get("/DestOutputProfile")
        if not ref: bad("intent", "no DestOutputProfile")
        else:
            intent = data(ref)
            if get(ref).get("/N") != 4: bad("intent", f"/N of the profile is {get(ref).get('/N')}")
            if len(intent) < 132 or struct.unpack(">I", intent[:4])[0] != len(intent) or intent[36:40] != b"acsp": bad("intent", "the profile is damaged")
            elif intent[12:16] != b"prtr" or intent[16:20] != b"CMYK": bad("intent", f"the profile is one of {intent[12:20]!r}")
    # --- pages ---
    def pages(node, box):
        node = get(node); box = {**box, **{k: node[k] for k in ("/MediaBox", "/CropBox", "/Resources") if k in node}}
        if node.get("/Type") == "/Pages":
            for k in get(node["/Kids"]): yield from pages(k, box)
        else: yield {**box, **node}
    def space(cs, where):
        cs = get(cs)
        if cs == "/DeviceRGB" or cs in ("/CalRGB", "/Lab"): bad("colour", f"{where} is {cs}")
        elif isinstance(cs, list) and cs[0] == "/Indexed": space(cs[1], where)
        elif isinstance(cs, list) and cs[0] == "/ICCBased":
            icc, n = data(cs[1]), get(cs[1]).get("/N")
            if {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}.get(n) != icc[16:20]: bad("colour", f"{where}: /N {n} is not that of its profile")
            if n == 4 and icc == intent: bad("colour", f"{where}: its CMYK profile is that of the output intent")
    def inside(a, b): return a[0] >= b[0] - .01 and a[1] >= b[1] - .01 and a[2] <= b[2] + .01 and a[3] <= b[3] + .01
    n = 0
    for page in pages(root["/Pages"], {}):
        n += 1; where = f"page {n}"; media, trim = get(page.get("/MediaBox")), get(page.get("/TrimBox")); bleed = get(page.get("/BleedBox")) or trim
        if not media: bad("box", f"{where} has no MediaBox")
        if not trim and "/ArtBox" not in page or trim and "/ArtBox" in page: bad("box", f"{where} must have one of TrimBox and ArtBox")
        if media and trim and not (inside(trim, bleed) and inside(bleed, media)): bad("box", f"{where}: TrimBox, BleedBox and MediaBox do not lie in each other")
        if page.get("/CropBox") and trim and not inside(trim, get(page["/CropBox"])): bad("box", f"{where}: the CropBox cuts into the TrimBox")
        if get(page.get("/Annots")): bad("page", f"{where} has annotations")
        if "/AA" in page: bad("action", f"{where} has actions")
        res = get(page.get("/Resources")) or {}; c = page["/Contents"]; content = b"\n".join(data(r) for r in (c if isinstance(c, list) else [c]))
        bare = re.sub(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", b"()", content, flags=re.S); ops = bare.split()
        for op in (b"rg", b"RG", b"cs", b"CS", b"sh", b"BI", b"ri"):
            if op in ops: bad("colour", f"{where} says {op.decode()}")
        used = {t.decode() for t in ops if t[:1] == b"/"}; clear = False
        for name, g in (get(res.get("/ExtGState")) or {}).items():
            g = get(g)
            for k in ("/TR", "/TR2", "/HTP"):
                if k in g: bad("state", f"{where}: {name} has {k}")
            clear |= name in used and (g.get("/ca", 1) < 1 or g.get("/CA", 1) < 1)
        for name, xo in (get(res.get("/XObject")) or {}).items():
            d = get(xo)
            if d.get("/Subtype") != "/Image": bad("picture", f"{where}: {name} is {d.get('/Subtype')}"); continue
            for k in ("/Alternates", "/OPI"):
                if k in d: bad("picture", f"{where}: {name} has {k}")
            if "/LZWDecode" in str(d.get("/Filter")): bad("file", f"{where}: {name} is packed with LZW")
            space(d.get("/ColorSpace"), f"{where}: {name}"); clear |= name in used and "/SMask" in d
        group = get(page.get("/Group"))
        if group: space(group.get("/CS"), f"{where}: its group")
        if clear and (not group or get(group.get("/CS")) != "/DeviceCMYK"): bad("blending", f"{where} is transparent and is not mixed in CMYK")
    # --- fonts, actions ---
    for key, o in objects.items():
        d = o.get("stream", {}).get("dict") if "stream" in o else o.get("value")
        if not isinstance(d, dict): continue
        if d.get("/Type") == "/Font" and d.get("/Subtype") in ("/CIDFontType2", "/CIDFontType0", "/TrueType", "/Type1"):
            if not any(k in (get(d.get("/FontDescriptor")) or {}) for k in ("/FontFile", "/FontFile2", "/FontFile3")): bad("font", f"the font {d.get('/BaseFont')} is not embedded")
        if d.get("/S") in ("/JavaScript", "/Launch", "/ImportData", "/ResetForm", "/Sound", "/Movie"): bad("action", f"{key} is an action {d['/S']}")
        if d.get("/Type") == "/EmbeddedFile": bad("file", f"{key} is an embedded file")
    for k in ("/OpenAction", "/AA", "/AcroForm"):
        if k in root: bad("action", f"the catalog has {k}")
    return out

if __name__ == "__main__":
    found = [(f, why) for f in sys.argv[1:] for why in faults(f)]
    for f, why in found: print(f"{f}: {why}")
    sys.exit(bool(found))
