#!/usr/bin/env python3
"""The contact register: `letak where` names exactly the pages and PDFs in which the numbers of a contact are found afterwards; vCards and linked data say what the register says."""
import json, os, pathlib, re, subprocess
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"]); root = pathlib.Path(__file__).resolve().parents[2]; out = TMP / "site"
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1200]}", flush=True)
day = ["--as-of", "2026-11-24", "--lang", "en"]; p = subprocess.run([LETAK, "build", "-C", root, "-o", out, *day], capture_output=True, text=True); check("the sample site builds", p.returncode == 0, p.stderr)
register = {}  # id -> numbers and mail, read without a YAML library: the file is ours and flat
for m in re.finditer(r"^(\w[\w-]*):\n((?:[ ]+.*\n|\s*#.*\n|\n)+)", (root / "content/contacts.yml").read_text(encoding="utf-8"), re.M): register[m[1]] = (re.findall(r'number: "([^"]+)"', m[2]), re.findall(r"^  mail: (\S+)", m[2], re.M), "published: false" in m[2])
check("the register is read", len(register) >= 6 and register["centar"][0] == ["+381 11 000 0000", "+381 60 000 0000"], register)
def squeeze(t): return re.sub(r"[\s\u00a0]+", "", t)
texts = {}
for f in sorted(out.rglob("*")):
    if f.suffix == ".html": texts[str(f.relative_to(out))] = re.sub(r'<aside class="help".*?</aside>|<nav class="safety-bar".*?</nav>|<nav class="languages".*?</nav>', "", f.read_text(encoding="utf-8"), flags=re.S)
    elif f.suffix == ".pdf": texts[str(f.relative_to(out))] = subprocess.run(["pdftotext", "-q", f, "-"], capture_output=True, text=True).stdout
flat = {k: squeeze(t) for k, t in texts.items()}
for who, (numbers, mails, hidden) in register.items():
    p = subprocess.run([LETAK, "where", "contact", who, "--json", "-C", root, *day], capture_output=True, text=True); rows = [json.loads(l) for l in p.stdout.splitlines()]; told = {r["path"] for r in rows if r["kind"] != "help"}
    # a short number (192) is one by itself: figures of neighbouring cells of a table and the size of a file may say the same
    found = {k for k, t in flat.items() if any(squeeze(n) in t if len(n) > 4 else re.search(rf"(?<!\d){n}(?!\d|[\s\u00a0]*[kKкК][BbБб])", texts[k]) for n in numbers) or any(m in t for m in mails)}
    part = {r["path"] for r in rows if r["kind"] != "help" and re.search(r":contact\[%s\]\{(address|web|qr)" % who, (root / r["source"]).read_text(encoding="utf-8"))}  # of these an address alone may be printed
    check(f"where names the {len(told)} pages and PDFs that print {who}, and no other", p.returncode == 0 and found <= told and told - found <= part, (sorted(found - told)[:4], sorted(told - found - part)[:4], p.stderr))
    check(f"and of {who} where it is written", all((root / r["source"]).exists() for r in rows) and (who == "centar") == any(r["kind"] == "help" for r in rows), rows[:2])
    cards = sorted((out / "assets/kontakti").glob(f"{who}*.vcf")); bad = []
    for c in cards:
        raw = c.read_bytes(); lines = raw.replace(b"\r\n ", b"").decode().split("\r\n")
        if max(map(len, raw.split(b"\r\n"))) > 75 or lines[:2] != ["BEGIN:VCARD", "VERSION:4.0"] or lines[-2:] != ["END:VCARD", ""] or [l.split("tel:")[1] for l in lines if l.startswith("TEL;")] != [n.replace(" ", "") for n in numbers] or [l[6:] for l in lines if l.startswith("EMAIL:")] != mails or sum(l.startswith("FN:") for l in lines) != 1: bad.append((c.name, lines))
    check(f"{who} has a vCard in each language with its numbers and mail", not bad and (len(cards) >= 3) != hidden, bad or cards)
t = (out / "assets/kontakti/centar.vcf").read_bytes().replace(b"\r\n ", b"").decode(); check("with hours, languages and place", "0–24" in t and "LANG;PREF=1:sr" in t and "ADR:;;Измишљена 1\\, 11000 Београд;;;;" in t, t)
check("in Latin script where the reader reads that", "FN:Linija za pomoć Centra" in (out / "assets/kontakti/centar.sr-latn.vcf").read_text(encoding="utf-8"))
data = json.loads((out / "assets/kontakti/ustanova.jsonld").read_text(encoding="utf-8")); points = data["contactPoint"]
check("linked data have every published number, with hours, languages and place", sorted(x["telephone"] for x in points) == sorted(n.replace(" ", "") for ns, _, h in register.values() if not h for n in ns) and data["@type"] == "GovernmentOrganization" and points[0]["availableLanguage"] == ["sr", "en"] and "0–24" in points[0]["description"] and "Београд" in points[0]["availableAtOrFrom"]["address"], points[:2])
k = (out / "kontakt/index.html").read_text(encoding="utf-8"); check("cards link to vCards, but that of the help line does not", 'href="../assets/kontakti/sluzba.vcf"' in k and "centar.vcf" not in k, k[-200:])
p = subprocess.run([LETAK, "where", "contact", "sluzbaa", "-C", root, "--lang", "sr"], capture_output=True, text=True); check("an unknown contact is told with the nearest", p.returncode == 2 and "C158" in p.stderr and "(sluzba?)" in p.stderr, p.stderr)
