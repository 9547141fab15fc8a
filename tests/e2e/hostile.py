#!/usr/bin/env python3
"""Bad input of each kind ends in a clear message with its place, in bounded time and memory; nothing is lost."""
import os, pathlib, resource, shutil, subprocess, sys, zlib, struct, re
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:400]}", flush=True)
def site(name, files):
    s = TMP / name; (s / "content").mkdir(parents=True); (s / "content/site.yml").write_text("name: {sr: Проба}\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn]\n")
    (s / "content/index.md").write_text("---\ntitle: Почетна\n---\nТекст.\n")
    for path, data in files.items():
        p = s / path; p.parent.mkdir(parents=True, exist_ok=True); p.write_bytes(data if isinstance(data, bytes) else data.encode())
    return s
def build(s):
    p = subprocess.Popen([LETAK, "build", "-C", str(s), "--lang", "en", "--as-of", "2026-11-24"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try: out, err = p.communicate(timeout=60)
    except subprocess.TimeoutExpired: p.kill(); p.communicate(); return None, "took more than a minute"
    return p.returncode, err.decode(errors="replace")
F = "---\ntitle: Лоша\n---\n"
def case(name, files, status, code, where="", prepare=None):
    s = site(re.sub(r"\W+", "-", name), files)
    if prepare: prepare(s)
    st, err = build(s); line = next((l for l in err.splitlines() if code in l), "") if code else ""
    check(name, st == status and (not code or (line and where in line)), f"status {st}, {err[:300]}"); shutil.rmtree(s, ignore_errors=True)
def png(w, h, data=b"", chunks=b""):
    def chunk(t, d): return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunks + (chunk(b"IDAT", data) if data else b"") + chunk(b"IEND", b"")
good_png = png(2, 2, zlib.compress(b"\0" + b"\xff" * 6 + b"\0" + b"\0" * 6))
img = F + "![опис](s.png)\n"
case("invalid UTF-8", {"content/a/index.md": F.encode() + "шта\n".encode() + b"ab\xff\n"}, 1, "F003", "content/a/index.md:5:3:")
case("a byte order mark is no mistake", {"content/a/index.md": b"\xef\xbb\xbf" + F.encode() + b"x\n"}, 0, "")
case("lines that end in CR LF are no mistake", {"content/a/index.md": (F + "Један.\n\n- два\n").replace("\n", "\r\n")}, 0, "")
case("a zero byte", {"content/a/index.md": F + "a\0b\n"}, 1, "F006", "content/a/index.md:4:2:")
case("a line of 50 MB", {"content/a/index.md": F + "реч " * 7_000_000}, 1, "F007", "content/a/index.md:4:")
case("a file of 100 MB", {"content/a/index.md": F.encode() + b"word word\n" * 10_500_000}, 1, "F002", "content/a/index.md:")
case("an alias bomb", {"content/a/index.md": "---\ntitle: x\na: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n"}, 1, "C008", "content/a/index.md:3:")
case("10,000 nested lists", {"content/a/index.md": F + "- " * 10000 + "а\n"}, 1, "C062", "content/a/index.md:4:")
case("3,000 nested lists, a line each", {"content/a/index.md": F + "".join("  " * i + "- а\n" for i in range(3000))}, 1, "C062", "content/a/index.md:")
case("10,000 nested quotes", {"content/a/index.md": F + ">" * 10000 + " а\n"}, 1, "C062", "content/a/index.md:4:")
case("a table with 5,000 columns", {"content/a/index.md": F + "|а" * 5000 + "|\n" + "|-" * 5000 + "|\n"}, 1, "C061", "content/a/index.md:5:")
case("50,000 open brackets", {"content/a/index.md": F + "[" * 50000 + "\n"}, 0, "")
case("50,000 stars", {"content/a/index.md": F + "*а **б " * 10000 + "\n"}, 0, "")
case("marks that never close", {"content/a/index.md": F + ":contact[" * 5000 + "\n"}, 1, "C044", "content/a/index.md:4:")
case("an unclosed front matter", {"content/a/index.md": "---\ntitle: x\n"}, 1, "C011", "content/a/index.md:1:1:")
case("a missing image", {"content/a/index.md": F + "![опис](nema.png)\n"}, 1, "C055", "content/a/index.md:4:1:")
case("a PNG cut off in the header", {"content/a/index.md": img, "content/a/s.png": good_png[:20]}, 1, "I", "content/a/")
case("a PNG cut off in the pixels", {"content/a/index.md": img, "content/a/s.png": good_png[:50]}, 1, "I", "content/a/")
case("a PNG that claims 60,000 × 60,000", {"content/a/index.md": img, "content/a/s.png": png(60000, 60000, zlib.compress(b"\0" * 1000))}, 1, "I", "content/a/")
case("a PNG of zero height", {"content/a/index.md": img, "content/a/s.png": png(5, 0, zlib.compress(b""))}, 1, "I", "content/a/")
case("an image that is none", {"content/a/index.md": img, "content/a/s.png": b"GIF" + os.urandom(100)}, 1, "I", "content/a/")
jpg = TMP / "x.jpg"; subprocess.run(["convert", "-size", "40x30", "gradient:red-blue", str(jpg)], check=True); j = jpg.read_bytes()
case("a JPEG cut off", {"content/a/index.md": img.replace(".png", ".jpg"), "content/a/s.jpg": j[: len(j) // 2]}, 1, "I", "content/a/")
case("a JPEG cut off in the header", {"content/a/index.md": img.replace(".png", ".jpg"), "content/a/s.jpg": j[:30]}, 1, "I", "content/a/")
case("an SVG that is broken", {"content/a/index.md": img.replace(".png", ".svg"), "content/a/s.svg": "<svg><g>"}, 1, "", "")
case("a link that leads back into its folder", {"content/a/index.md": F}, 1, "F005", "content", lambda s: (s / "content/a/krug").symlink_to(s / "content"))
def ladder(s):
    for k in range(24): (s / f"content/d{k}").mkdir(); [(s / f"content/d{k}/{x}").symlink_to(f"../d{k + 1}") for x in "xy"]
    (s / "content/d24").mkdir(); (s / "content/d24/index.md").write_text(F)
case("links to neighbours that hold two links each", {}, 1, "F010", "content/d", ladder)
case("a link that leads nowhere", {"content/a/index.md": F}, 3, "F001", "content", lambda s: (s / "content/a/nema.md").symlink_to(s / "x"))
both = {"content/a/index.md": F, "content/b/index.md": F + "[x](nema.md)\n"}
case("a link that leads nowhere hides no mistake of another file", both, 3, "C050", "content/b/index.md:4:1:", lambda s: (s / "content/a/nema.md").symlink_to(s / "x"))
case("a pipe with the name of a page", {"content/a/index.md": F}, 1, "F011", "content/a/cev.md", lambda s: os.mkfifo(s / "content/a/cev.md"))
case("partials in a ring", {"layouts/web/page.mustache": "{{>web/page}}"}, 1, "T105", "page.mustache:1:1")
case("partials in a ring, twice each", {"layouts/web/page.mustache": "{{>web/page}}{{>web/page}}"}, 1, "T105", "page.mustache:1:")
case("partials that each include the next three times", dict({f"layouts/web/p{i}.mustache": f"{{{{>web/p{i + 1}}}}}" * 3 for i in range(1, 20)}, **{"layouts/web/page.mustache": "{{>web/p1}}", "layouts/web/p20.mustache": "a"}), 1, "T108", "layouts/web/p")
case("a letter alone 100,000 times, in two scripts", {"content/a/index.md": F + "Љ 1 " * 100000 + "\n"}, 0, "")
case("a digit and 900,000 letters o", {"content/a/index.md": F + "1" + "o" * 900000 + "\n"}, 0, "")
def personal(i):
    d = f"{1 + i % 28:02}{1 + i // 28 % 12:02}{980 + i % 19}{71 + i % 9}{i % 1000:03}"; r = sum(int(c) * (7 - k % 6) for k, c in enumerate(d)) % 11; return d + str(0 if r < 2 else 11 - r)
case("8,000 personal numbers on a page, each with its place", {"content/a/index.md": F + "".join(f"Број {personal(i)}\n\n" for i in range(8000))}, 1, "N001", "content/a/index.md:4:6:")
case("a layout with an open section", {"layouts/web/page.mustache": "<p>\n{{#title}}x"}, 1, "T102", "page.mustache:2:1")
case("an include that includes itself", {"content/a/index.md": F + "::include[index.md]\n"}, 1, "C063", "content/a/index.md:4:1:")
case("files that include each other twelvefold, seven deep", dict({"content/a/index.md": F + "::include[1.txt]\n", "content/a/7.txt": "а\n"}, **{f"content/a/{i}.txt": f"::include[{i + 1}.txt]\n\n" * 12 for i in range(1, 7)}), 1, "C089", "content/a/")
case("a file in a file, nine deep", dict({"content/a/index.md": F + "::include[1.txt]\n", "content/a/9.txt": "а\n"}, **{f"content/a/{i}.txt": f"::include[{i + 1}.txt]\n" for i in range(1, 9)}), 1, "C089", "content/a/8.txt:1:1:")
case("a name that is no address", {"content/Лоше име/index.md": F}, 1, "C065", "")
case("two pages of one address", {"content/a/index.md": F, "content/a.md": F}, 1, "C064", "")
case("a translation without source", {"content/a/index.en.md": F}, 1, "C066", "")
case("an unsafe link", {"content/a/index.md": F + "[x](javascript:alert(1))\n"}, 1, "C053", "content/a/index.md:4:1:")
case("a link out of the site", {"content/a/index.md": F + "[x](../../../../etc/passwd)\n"}, 1, "C052", "content/a/index.md:4:1:")
case("raw HTML is left out", {"content/a/index.md": F + "<script>alert(1)</script>\n"}, 0, "C060", "content/a/index.md:4:1:")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
SANITIZED = os.environ.get("SANITIZED"); limit = 2000 if SANITIZED else 700  # a sanitizer keeps what was freed, and marks beside it
check(f"none of them took more than {limit} MB (most: {peak:.0f})", peak < limit)
# where memory is out, the program says so, wherever in it or in a library that is
(TMP / "large.html").write_text("<p>x\n" * 200000); ends = {}
if SANITIZED: print("# out of memory: not tried here, the sanitizer itself wants more addresses than the limits leave")
for mb in [] if SANITIZED else range(110, 300, 15):
    p = subprocess.run([LETAK, "dump", "html", TMP / "large.html"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: (resource.setrlimit(resource.RLIMIT_AS, (mb << 20, mb << 20)), resource.setrlimit(resource.RLIMIT_CORE, (0, 0))))
    ends[mb] = (p.returncode, p.stderr[:60])
if not SANITIZED: check("out of memory: status 3 and words", all(st == 0 or st == 3 and "out of memory" in said for st, said in ends.values()) and {st for st, said in ends.values()} == {0, 3}, ends)
# what an image knew of its maker is gone
s = site("exif", {"content/a/index.md": img.replace(".png", ".jpg")}); shutil.copy(jpg, s / "content/a/s.jpg")
subprocess.run(["exiftool", "-q", "-overwrite_original", "-Artist=Pera Perić", "-GPSLatitude=44.8", "-GPSLatitudeRef=N", "-GPSLongitude=20.4", "-GPSLongitudeRef=E", "-Comment=tajna", "-XMP:Creator=Pera", "-IPTC:By-line=Pera", s / "content/a/s.jpg"], check=True)
st, err = build(s); out = s / "public/a/s.jpg"; said = subprocess.run(["exiftool", "-a", "-G1", "-s", out], capture_output=True, text=True).stdout if out.exists() else ""
check("a photograph is published without metadata", st == 0 and said and not re.search(r"Artist|GPS|Comment|Creator|By-line|\[IFD0\]|XMP|IPTC", said) and b"Peri" not in out.read_bytes(), err + said)
s = site("mnogo", {"content/a.md": F + ":nepostojece[а]\n\n" * 50000}); st, err = build(s); said = err.count("error C040")
check("50,000 mistakes of one file: a thousand are listed, and it is said that there are more", st == 1 and said == 1000 and err.count("error F008") == 1, f"{st} {said}"); shutil.rmtree(s)
