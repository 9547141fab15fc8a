#!/usr/bin/env python3
"""Every kind of page, as its readers and their programs find it: the catalogue of publications (covers as librsvg and poppler see them, choices with script and without,
quotations), and what authors are told who get one wrong."""
import html.parser, json, os, pathlib, re, shutil, subprocess, sys, xml.etree.ElementTree as ET
root = pathlib.Path(__file__).resolve().parents[2]; py = root / "build/checkers/venv/bin/python"
try: from playwright.sync_api import sync_playwright
except ImportError: os.execv(py, [py, *sys.argv])
LETAK, TMP = os.environ["LETAK"], pathlib.Path(os.environ["TMP"])
def check(name, good, why=""): print(f"ok {name}" if good else f"not ok {name}: {str(why)[:1200]}", flush=True)
def run(*a): return subprocess.run([*map(str, a)], capture_output=True, text=True, errors="replace", timeout=300)
def put(site, files):
    for name, text in files.items(): f = TMP / site / "content" / name; f.parent.mkdir(parents=True, exist_ok=True); f.write_text(text, encoding="utf-8")
def build(site, *more, out=None, day="2026-11-24"): out = out or TMP / f"{site}-out"; return run(LETAK, "build", "-C", TMP / site, "-o", out, "--as-of", day, "--lang", "en", *more), out
def page(title, text="Текст.", **keys): return "---\n" + "".join(f"{k.replace('_', '-')}: {v}\n" for k, v in dict(title=title, **keys).items()) + f"---\n{text}\n"
class Page(html.parser.HTMLParser):
    def __init__(s, path): super().__init__(); s.tags, s.text = [], ""; s.feed(path.read_text(encoding="utf-8"))
    def handle_starttag(s, tag, attrs): s.tags.append((tag, dict(attrs)))
    def handle_data(s, data): s.text += data
    def all(s, tag, **want): return [a for t, a in s.tags if t == tag and all(a.get(k.rstrip("_")) == v for k, v in want.items())]
SITE = "name: {sr: Сајт, en: Site}\npublisher: Завод\nplace: Београд\nbase-url: https://primer.invalid/\nlanguages: [sr-Cyrl, sr-Latn, en]\n"
put("a", {"site.yml": SITE, "index.md": page("Почетна"), "index.en.md": page("Home", "Text."),
          "lists/teme.yml": "deca: {sr: Деца, en: Children}\nrad: {sr: Рад, en: Work}\nzdravlje: {sr: Здравље, en: Health}\n", "lists/namena.yml": "skole: {sr: Школе, en: Schools}\nsvi: {sr: Сви, en: All}\n",
          "literatura/index.md": page("Литература", kind="catalogue"), "literatura/index.en.md": page("Literature", "Text."), "literatura/obicna/index.md": page("Обична страница"),
          "literatura/prva/index.md": page("Прва & „друга“ (пример)", "## Увод\n\nТекст.", kind="brochure", subtitle="Поднаслов", authors="[др Ана Љубић (измишљена), Бранко Ђ. Џамић, Градска библиотека, 'Завод за статистику и друге послове']", publisher="Издавач (измишљен)", place="Ниш", year=2024,
                                          isbn="978-86-00000-00-0", edition="прво издање", topics="[deca, rad]", audience="[skole]", published="2024-05-01", description="Опис прве."),
          "literatura/prva/index.en.md": page("First", "## Intro\n\nText.", description="Of the first."), "literatura/druga/index.md": page("Друга", "## Увод\n\nТекст.", kind="report", year=2026, topics="[rad]", audience="[svi]", isbn="биће додељен"),
          "literatura/tajna/index.md": page("Тајна", kind="brochure", published="2027-01-01", topics="[zdravlje]"), "izvan/treca/index.md": page("Трећа", kind="brochure", published="2026-02-02", updated="2026-03-03")})
p, out = build("a"); check("a site with a catalogue builds", p.returncode == 0, p.stderr)
cat = Page(out / "literatura/index.html"); items = cat.all("li", class_="publication")
check("it has every publication that is out, wherever it stands, the newest first", [i["id"] for i in items] == ["izdanje-treca", "izdanje-druga", "izdanje-prva"], items)
check("each with its topics, audience, languages and year", items[2]["data-topic"] == "deca rad" and items[2]["data-audience"] == "skole" and items[2]["data-language"] == "sr-cyrl sr-latn en" and items[2]["data-year"] == "2024" and items[0]["data-year"] == "2026" and items[0]["data-language"] == "sr-cyrl sr-latn", items)
check("a page that is no publication stays in the list of pages below", "../literatura/obicna/index.html" in [a.get("href") for a in cat.all("a")] or "obicna/index.html" in (out / "literatura/index.html").read_text())
def without_script(page):  # choice -> what it leads to
    found, name = {}, None
    for t, a in page.tags:
        if t == "li" and "data-key" in a: name = a["data-key"]; found[name] = []
        elif t == "a" and a.get("href", "").startswith("#izdanje") and name: found[name].append(a["href"][1:])
        elif t == "ul" and a.get("class") == "publications": break
    return found
choices = without_script(cat); check("without script each choice is a list of links to what it finds", choices == {"deca": ["izdanje-prva"], "rad": ["izdanje-druga", "izdanje-prva"], "skole": ["izdanje-prva"], "svi": ["izdanje-druga"], "sr-cyrl": ["izdanje-treca", "izdanje-druga", "izdanje-prva"],
      "sr-latn": ["izdanje-treca", "izdanje-druga", "izdanje-prva"], "en": ["izdanje-prva"], "2026": ["izdanje-treca", "izdanje-druga"], "2024": ["izdanje-prva"]}, choices)
cites = {f: re.search(r'class="citation"[^>]*>(.*?)</p>', (out / f).read_text(encoding="utf-8"), re.S) for f in ("literatura/prva/index.html", "sr-latn/literatura/prva/index.html", "en/literatura/prva/index.html", "literatura/druga/index.html")}
cites = {f: m and m.group(1).replace("&amp;", "&") for f, m in cites.items()}
who = "Љубић, Ана; Џамић, Бранко Ђ.; Градска библиотека; Завод за статистику и друге послове. "
check("a publication says how it is quoted: authors by surname, without remarks in brackets", cites["literatura/prva/index.html"] == who + "Прва & „друга“: Поднаслов. Ниш: Издавач, 2024. ISBN 978-86-00000-00-0. Доступно на: https://primer.invalid/literatura/prva/", cites)
check("in Latin script", cites["sr-latn/literatura/prva/index.html"] == "Ljubić, Ana; Džamić, Branko Đ.; Gradska biblioteka; Zavod za statistiku i druge poslove. Prva & „druga“: Podnaslov. Niš: Izdavač, 2024. ISBN 978-86-00000-00-0. Dostupno na: https://primer.invalid/sr-latn/literatura/prva/", cites)
check("without authors, publisher or number of its own: what the site says, and no ISBN that is none", cites["literatura/druga/index.html"] == "Друга. Београд: Завод, 2026. Доступно на: https://primer.invalid/literatura/druga/", cites)
ris = (out / "literatura/prva/prva.ris").read_bytes().decode("utf-8"); rows = [l.split("  - ", 1) for l in ris.split("\r\n") if l]
check("and as RIS for programs: begins with the type, ends with ER, a line each", rows[0] == ["TY", "PAMP"] and rows[-1] == ["ER", ""] and ["AU", "Љубић, Ана"] in rows and ["TI", "Прва & „друга“: Поднаслов"] in rows and ["PY", "2024"] in rows and ["KW", "Деца"] in rows and ["LA", "sr-Cyrl-RS"] in rows
      and ["UR", "https://primer.invalid/literatura/prva/"] in rows and all(re.fullmatch("[A-Z][A-Z0-9]", r[0]) for r in rows), ris)
# --- covers ---
def picture(svg, pdf):  # how far the drawing is from the page, 0–1, as two programs paint them
    run("rsvg-convert", "-w", "600", "-b", "white", "-o", TMP / "c.png", svg); run("pdftoppm", "-png", "-r", "144", "-f", "1", "-l", "1", "-singlefile", pdf, TMP / "p"); run("convert", TMP / "p.png", "-resize", "600x", TMP / "p.png"); run("convert", TMP / "c.png", "-resize", run("identify", "-format", "%wx%h!", TMP / "p.png").stdout, TMP / "c.png")
    m = re.search(r"\(([\d.e-]+)\)", run("compare", "-metric", "MAE", TMP / "c.png", TMP / "p.png", "null:").stderr); return float(m.group(1)) if m else 1.0
for f in ("literatura/prva/prva", "sr-latn/literatura/prva/prva", "en/literatura/prva/prva", "literatura/druga/druga"):
    svg, pdf = out / f"{f}-korice.svg", out / f"{f}.pdf"; far = picture(svg, pdf) if svg.exists() else 1.0; check(f"the cover of {f} looks like the first page of its PDF (apart {far:.4f})", far < 0.003, far)
bare = picture(out / "literatura/druga/druga-korice.svg", out / "literatura/prva/prva.pdf"); check(f"and another's does not (apart {bare:.4f})", bare > 0.005, bare)
for f in out.rglob("*-korice.svg"):
    x = ET.parse(f).getroot(); names = {e.tag.split("}")[1] for e in x.iter()}; refs = [v for e in x.iter() for k, v in e.attrib.items() if k.endswith("href")]
    if names - {"svg", "defs", "path", "use", "g", "rect", "clipPath", "image"} or not all(r.startswith("#") for r in refs) or f.stat().st_size > 60000: check(f"{f.relative_to(out)} needs nothing else and is small", False, (names, refs[:3], f.stat().st_size))
covers = cat.all("img", class_="cover"); check("each stands in the catalogue with its alternative text and size", [c["alt"] for c in covers] == ["Корице: Трећа", "Корице: Друга", "Корице: Прва & „друга“ (пример)"] and all(c["width"] == "150" and 200 < int(c["height"]) < 230 and (out / "literatura" / c["src"]).resolve().exists() for c in covers), covers)
q, again = build("a", "-j", "1", out=TMP / "again"); same = [f for f in sorted(out.rglob("*")) if f.is_file() and f.read_bytes() != (again / f.relative_to(out)).read_bytes()]; check("made with one thread they have the same bytes", q.returncode == 0 and not same, same[:5])
# a raster picture lies inside, without what it carried
shutil.copy(root / "tests/print/slika.png", TMP / "slika.png"); (TMP / "slika.html").write_text('<!DOCTYPE html><html lang="sr"><title>С</title><style>@page { size: 60mm 60mm; margin: 5mm }</style><img src="slika.png" alt="слика" style="width: 40mm"><p style="opacity: .5">Полупровидно</p>')
p = run(LETAK, "dump", "svg", TMP / "slika.html"); (TMP / "slika.svg").write_text(p.stdout); run(LETAK, "pdf", TMP / "slika.html", "-o", TMP / "slika.pdf"); far = picture(TMP / "slika.svg", TMP / "slika.pdf")
check(f"a raster picture on a cover is inside the drawing (apart {far:.4f})", p.returncode == 0 and "data:image/png;base64," in p.stdout and far < 0.02, p.stderr or far)
shutil.copy(root / "tests/fuzz/seeds/a.heic", TMP / "a.heic"); (TMP / "h.html").write_text((TMP / "slika.html").read_text().replace("slika.png", "a.heic"))
p = run(LETAK, "dump", "svg", TMP / "h.html"); check("one that browsers do not show becomes one that they do", p.returncode == 0 and re.search("data:image/(jpeg|png);base64,", p.stdout) and "heic" not in p.stdout, p.stderr or p.stdout[-300:])
# --- choices with script ---
with sync_playwright() as pw:
    browser = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]); tab = browser.new_context(offline=True).new_page(); asked, said = [], []
    tab.on("request", lambda r: asked.append(r.url)); tab.on("console", lambda m: said.append(m.text)); tab.goto((out / "literatura/index.html").as_uri()); begun = len(asked); url = tab.url
    def shown(): return tab.eval_on_selector_all(".publication", "l => l.filter(e => e.offsetParent).map(e => e.id)")
    status = lambda: tab.inner_text(".found")
    check("with script they are boxes with names, and a count that is told", [tab.get_by_label(n, exact=True).count() for n in ("Тема", "Намењено", "Писмо и језик", "Година")] == [1] * 4 and tab.get_attribute(".found", "role") == "status" and status() == "Приказано издања: 3 / 3", status())
    tab.get_by_label("Тема").select_option("rad"); check("one narrows the list down", shown() == ["izdanje-druga", "izdanje-prva"] and status() == "Приказано издања: 2 / 3", (shown(), status()))
    tab.get_by_label("Година").select_option("2024"); check("two together more so", shown() == ["izdanje-prva"] and status() == "Приказано издања: 1 / 3", (shown(), status()))
    tab.get_by_label("Намењено").select_option("svi"); check("where nothing is left that is said", shown() == [] and "Ниједно издање" in status(), (shown(), status()))
    tab.get_by_role("button", name="Прикажи сва издања").click(); check("all come back at once, and the reader is where the choices begin", len(shown()) == 3 and tab.evaluate("document.activeElement.name") == "topic", shown())
    tab.get_by_label("Тема").focus(); tab.keyboard.press("ArrowDown"); check("by keyboard alone", shown() == ["izdanje-prva"], shown())
    check("without loading anything, and nothing in the address", not [a for a in asked[begun:] if not a.endswith(".svg")] and tab.url == url and not said, (asked[begun:], tab.url, said))
    browser.close()
# --- what authors are told ---
put("b", {"site.yml": SITE, "index.md": page("Почетна"), "lists/teme.yml": "deca: Деца\n", "a/index.md": page("А", kind="brochure", topics="[dece, rad]", audience="[svi]"), "b/index.md": page("Б", topics="[deca]")})
p, _ = build("b"); said = p.stderr
check("an unknown topic is an error with the nearest key and the list to add it to", 'content/a/index.md:4:9: error C160: "dece" is no key of content/lists/teme.yml (deca?); choose one of its keys, or add a row to it' in said and '"rad" is no key of content/lists/teme.yml;' in said, said)
check("so is one where there is no list", '"svi" is no key of content/lists/namena.yml;' in said, said); check("and topics on a page that is no publication", "content/b/index.md:3:1: error C021" in said and p.returncode == 1, said)
p = run(LETAK, "help", "catalogue", "--lang", "en"); q = run(LETAK, "new", "catalogue", "katalog", "-C", TMP / "a", "--lang", "en"); check("letak help and letak new know the kind", "kind: catalogue (каталог)" in p.stdout and q.stdout.strip() == "content/katalog/index.md", (p.stdout, q.stdout, q.stderr))
# --- the glossary ---
TERMS = "Увод са појмом пристанак.\n\n## Љубимац\n\nОблици: љубимца, љубимцу\n\nПрво објашњење, у којем стоји упут.\n\n## Упут\n\nОблици: упута, упути\n\nПисмо.\n\n## Лист\n\nОблици: листа идентитета, лист идентитета\n\nПапир.\n\n## Шума\n\nДрвеће.\n"
TEXT = ("## Упут у наслову\n\nКод `упут` и [упут у вези](../b/index.md) и :abbr[упут]{title=упут} нису везе.\n\n| упут | б |\n|---|---|\n| упутити упута | упут |\n\nУпут опет. Лист идентитета и љубимцу. ШУМА није, шумар није, а *шума* јесте. "
        ":term[папирић]{of=лист} :term[упути] :lang[упут]{lang=en}\n")
put("g", {"site.yml": SITE, "index.md": page("Почетна", "Упут."), "recnik/index.md": page("Речник", TERMS, kind="glossary"), "recnik/index.en.md": page("Glossary", "## Forest\n\nForms: forests\n\nTrees.\n"), "a/index.md": page("Страна", TEXT), "a/index.en.md": page("Page", "Forests and a forest, упут.\n"),
          "b/index.md": page("Без", "Упут и шума.", glossary="false"), "c/index.md": page("Летак", "".join(f"## Страна {n}\n\nУпут.\n\n" for n in range(6)), kind="leaflet", fold="a4-zfold"), "d/index.md": page("Прелом", "Иза&nbsp;тога лист идентитета. Упутом није облик, упутнице ни толико.\n"),
          "e/index.md": page("Ред", "Ту је лист\nидентитета и *лист* идентитета, па `а`\nшума\nи љубимац\nи лист\nидентитета.\n")})
p, out = build("g"); check("a site with a glossary builds", p.returncode == 0 and "error" not in p.stderr, p.stderr)
def terms(f): return re.findall(r'<a class="term" href="([^"]*)">([^<]*)</a>', (out / f).read_text(encoding="utf-8"))
check("the first of each term leads to its entry, in any listed form: not in headings, links, code, marks and heads of tables, not a part of a word, not in capitals",
      terms("a/index.html") == [("../recnik/index.html#uput", "упута"), ("../recnik/index.html#list", "Лист идентитета"), ("../recnik/index.html#ljubimac", "љубимцу"), ("../recnik/index.html#suma", "шума"), ("../recnik/index.html#list", "папирић"), ("../recnik/index.html#uput", "упути")], terms("a/index.html"))
check("in Latin script to the glossary in Latin script", terms("sr-latn/a/index.html")[2] == ("../recnik/index.html#ljubimac", "ljubimcu") and len(terms("sr-latn/a/index.html")) == 6, terms("sr-latn/a/index.html"))
check("in a translation to the terms of its language", terms("en/a/index.html") == [("../recnik/index.html#forest", "Forests")], terms("en/a/index.html"))
check("a no-break space is a space, and what no form lists is no term", terms("d/index.html") == [("../recnik/index.html#list", "лист\u00a0идентитета")] or terms("d/index.html") == [("../recnik/index.html#list", "лист идентитета")], terms("d/index.html"))
check("nor is the end of a line in the source, and other line ends stay where they are", terms("e/index.html") == [("../recnik/index.html#list", "лист\nидентитета"), ("../recnik/index.html#suma", "шума"), ("../recnik/index.html#ljubimac", "љубимац")] and "</a>\nи <a" in (out / "e/index.html").read_text(encoding="utf-8")
      and "и лист\nидентитета.</p>" in (out / "e/index.html").read_text(encoding="utf-8"), terms("e/index.html"))
check("not on the home page, in leaflets, in the glossary itself, nor where the page says no", not terms("index.html") and not terms("c/index.html") and not terms("recnik/index.html") and not terms("b/index.html"))
def heads(f): return re.findall(r"<h2[^>]*>([^<]*)</h2>", (out / f).read_text(encoding="utf-8")), re.findall(r'<li><a href="(#[^"]*)">([^<]*)</a></li>', re.search(r'class="letters".*?</nav>', (out / f).read_text(encoding="utf-8"), re.S).group(0))
check("its terms stand in the order of the азбука, with letters to go to, without the lines of forms", heads("recnik/index.html") == (["Лист", "Љубимац", "Упут", "Шума"], [("#list", "Л"), ("#ljubimac", "Љ"), ("#uput", "У"), ("#suma", "Ш")]) and "Облици" not in (out / "recnik/index.html").read_text(encoding="utf-8"), heads("recnik/index.html"))
check("in that of the abeceda for Latin script", heads("sr-latn/recnik/index.html") == (["List", "Ljubimac", "Šuma", "Uput"], [("#list", "L"), ("#ljubimac", "Lj"), ("#suma", "Š"), ("#uput", "U")]), heads("sr-latn/recnik/index.html"))
put("h", {"site.yml": SITE, "index.md": page("Почетна"), "recnik/index.md": page("Речник", "## Празан\n\nОблици: празна\n\n## Други\n\nОблици: празан\n\nТекст.\n", kind="glossary"), "a/index.md": page("А", ":term[празне] :term[други] :term[]{of=x}")})
p, _ = build("h"); said = p.stderr
check("a term without explanation, a form at two terms and a mark that names no term are errors with their mend", 'content/recnik/index.md:5:1: error C161: the term "Празан" has no explanation' in said and 'content/recnik/index.md:9:1: error S005: the form "празан" is one of the term #prazan already' in said
      and 'content/a/index.md:4:1: error S006: the glossary has no "празне" (празна?); add the form' in said and p.returncode == 1, said)
# --- records: projects, units, documents, partners, questions ---
CONTACTS = "sluzba:\n  name: {sr: Служба, en: Service}\n  published: true\n  phones: [{number: '+381 11 000 0001'}]\n  mail: a@primer.invalid\n"
RECORDS = {"site.yml": SITE, "contacts.yml": CONTACTS, "index.md": page("Почетна"), "lists/dokumenta.yml": "akt: {sr: акт, en: act}\nplan: {sr: план, en: plan}\n", "lists/partneri.yml": "organ: {sr: Органи, en: Authorities}\nudruzenje: {sr: Удружења, en: Associations}\n",
    "projekti/index.md": page("Пројекти"), "projekti/index.en.md": page("Projects", "Text."), "projekti/novi/index.md": page("Новипројекат", kind="project", **{"from": "2026-03-01"}, until="2026-11-24", donors="[Фондација Обала, Град]", partners="[школа]", budget="1.000 динара", contact="sluzba"),
    "projekti/stari/index.md": page("Старипројекат", "## Резултати до маја\n\nЈесу.", kind="project", **{"from": "2025-03-01"}, until="2026-05-31", donors="Град"), "centar/index.md": page("Центар"),
    "centar/sluzba/index.md": page("Служба", "## Људи\n\n| Име | Посао |\n|---|---|\n| Ана | правник |\n", kind="unit", contact="sluzba", head="Ана Анић"), "dokumenta/index.md": page("Документа"), "dokumenta/index.en.md": page("Documents", "Text."),
    "dokumenta/b/index.md": page("Шумски план", kind="document", number="2/26", **{"class": "plan"}, adopted="2026-02-10", valid_until="2026-06-30"), "dokumenta/a/index.md": page("Љубав и акт", kind="document", number="10/25", **{"class": "akt"}, adopted="2025-11-09", description="Опис."),
    "dokumenta/c/index.md": page("Лист", kind="document", number="1/26", **{"class": "akt"}, adopted="2026-01-01", valid_until="2026-11-24"), "partneri/index.md": page("Партнери"),
    "partneri/x/index.md": page("Удружење Икс", kind="partner", sector="udruzenje", services="[пратња, савет]", spoken="[српски, ромски]"), "partneri/y/index.md": page("Полиција", kind="partner", sector="organ"),
    "pitanja/index.md": page("Питања", "Увод.\n\n## Помоћ\n\n### Да ли се плаћа?\n\nНе. Пиши на :contact[sluzba]{mail}.\n\n- и *позови*\n- :contact[sluzba]{phone}\n\n## Ко сте?\n\nМи.\n", kind="questions")}
put("r", RECORDS); p, out = build("r"); check("a site with projects, units, documents, partners and questions builds", p.returncode == 0 and not p.stderr, p.stderr)
def section(f, cls): m = re.search(rf'<section class="below[^"]*"[^>]*aria-labelledby="{cls}-title">.*?</section>', (out / f).read_text(encoding="utf-8"), re.S); return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", m.group(0))).strip() if m else None
check("projects are parted by the day: one whose last day is today runs", section("projekti/index.html", "running") == "Пројекти у току Новипројекат 1. 3. 2026 – 24. 11. 2026. · Фондација Обала, Град" and "Старипројекат" in section("projekti/index.html", "finished") and "Новипројекат" not in section("projekti/index.html", "finished"), (section("projekti/index.html", "running"), section("projekti/index.html", "finished")))
q, later = build("r", out=TMP / "later", day="2026-11-25"); keep, out = out, later; check("a day later it is over", section("projekti/index.html", "running") is None and "Новипројекат" in section("projekti/index.html", "finished")); out = keep
def facts(f): return [(re.sub("<[^>]*>", "", a), re.sub("<[^>]*>", "", b).replace("\u00a0", " ")) for a, b in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", (out / f).read_text(encoding="utf-8"))]
check("a project says its period, donors, partners, money and contact", facts("projekti/novi/index.html") == [("Трајање", "1. 3. 2026 – 24. 11. 2026."), ("Донатори", "Фондација Обала, Град"), ("Партнери", "школа"), ("Средства", "1.000 динара"), ("Контакт", "Служба, a@primer.invalid, +381 11 000 0001")], facts("projekti/novi/index.html"))
check("a document its number, kind and days, in Latin script too", facts("sr-latn/dokumenta/b/index.html") == [("Broj", "2/26"), ("Vrsta", "plan"), ("Datum", "10. februar 2026. godine"), ("Važi do", "30. jun 2026. godine")], facts("sr-latn/dokumenta/b/index.html"))
t = run("pdftotext", out / "dokumenta/b/b.pdf", "-").stdout; check("and in its PDF", "Шумски план" in t and "2/26" in t and "30. јун 2026. године" in t.replace("\u00a0", " "), t)
def rows(f): return [[re.sub("<[^>]*>", "", c).replace("\u00a0", " ") for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", r)] for r in re.findall(r"<tr>(.*?)</tr>", (out / f).read_text(encoding="utf-8"), re.S)]
check("the register has every document, the newest first, with what is in force", rows("dokumenta/index.html") == [["Број", "Документ", "Врста", "Датум", "На снази"], ["2/26", "Шумски план", "план", "10. 2. 2026.", "не"], ["1/26", "Лист", "акт", "1. 1. 2026.", "да"], ["10/25", "Љубав и акт", "акт", "9. 11. 2025.", "да"]], rows("dokumenta/index.html"))
check("in English with words of its own, titles in Latin script", rows("en/dokumenta/index.html")[1] == ["2/26", "Šumski plan", "plan", "10 Feb 2026", "no"], rows("en/dokumenta/index.html"))
d = section("partneri/index.html", "directory"); check("partners stand by sector, in the order of the list", d == "Именик партнера Органи Полиција Удружења Удружење Икс Услуге: пратња, савет Језици: српски, ромски", d)
check("what is listed so is not listed twice", all(section(f"{x}/index.html", "below") is None for x in ("projekti", "dokumenta", "partneri")))
data = {f: json.loads((out / f).read_text(encoding="utf-8")) for f in ("pitanja/pitanja.jsonld", "projekti/novi/novi.jsonld", "dokumenta/b/b.jsonld", "centar/sluzba/sluzba.jsonld", "partneri/x/x.jsonld")}
check("machines read questions with answers as readers do", data["pitanja/pitanja.jsonld"]["@type"] == "FAQPage" and [(x["name"], x["acceptedAnswer"]["text"]) for x in data["pitanja/pitanja.jsonld"]["mainEntity"]] == [("Да ли се плаћа?", "Не. Пиши на a@primer.invalid. и позови +381 11 000 0001"), ("Ко сте?", "Ми.")], [x["acceptedAnswer"]["text"].replace("  ", " ") for x in data["pitanja/pitanja.jsonld"]["mainEntity"]])
check("and who pays for a project, the number of a document, whom a unit belongs to, what a partner speaks", data["projekti/novi/novi.jsonld"]["funder"][1] == {"@type": "Organization", "name": "Град"} and data["projekti/novi/novi.jsonld"]["dissolutionDate"] == "2026-11-24" and (data["dokumenta/b/b.jsonld"]["identifier"], data["dokumenta/b/b.jsonld"]["expires"]) == ("2/26", "2026-06-30")
      and data["centar/sluzba/sluzba.jsonld"]["parentOrganization"]["name"] == "Завод" and data["centar/sluzba/sluzba.jsonld"]["telephone"] == "+381 11 000 0001" and data["partneri/x/x.jsonld"]["knowsLanguage"] == ["српски", "ромски"] and "Ана" not in json.dumps(data, ensure_ascii=False), data)
check("each such page names its file, plain pages have none", '<link rel="alternate" type="application/ld+json" href="../../projekti/novi/novi.jsonld">' in (out / "projekti/novi/index.html").read_text() and "ld+json" not in (out / "centar/index.html").read_text())
with sync_playwright() as pw:
    browser = pw.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"])
    def sort(f, *names):
        tab = browser.new_context(offline=True).new_page(); tab.goto((out / f).as_uri())
        for n in names: tab.get_by_role("columnheader", name=n).get_by_role("button").press("Enter")
        return [r.inner_text() for r in tab.locator("tbody th").all()], tab.eval_on_selector_all("thead th", "l => l.map(e => e.getAttribute('aria-sort'))")
    check("a column sorts by keyboard: titles by the азбука", sort("dokumenta/index.html", "Документ") == (["Лист", "Љубав и акт", "Шумски план"], [None, "ascending", None, None, None]), sort("dokumenta/index.html", "Документ"))
    check("by the abeceda in Latin script", sort("sr-latn/dokumenta/index.html", "Dokument")[0] == ["List", "Ljubav i akt", "Šumski plan"], sort("sr-latn/dokumenta/index.html", "Dokument"))
    check("days by time, a second press turns the order round", sort("dokumenta/index.html", "Датум")[0] == ["Љубав и акт", "Лист", "Шумски план"] and sort("dokumenta/index.html", "Датум", "Датум") == (["Шумски план", "Лист", "Љубав и акт"], [None, None, None, "descending", None]), sort("dokumenta/index.html", "Датум", "Датум"))
    check("numbers as numbers", sort("dokumenta/index.html", "Број")[0] == ["Лист", "Шумски план", "Љубав и акт"], sort("dokumenta/index.html", "Број")); browser.close()
put("s", {**RECORDS, "projekti/stari/index.md": page("Стари", kind="project", **{"from": "2026-03-01"}, until="2025-05-31"), "dokumenta/a/index.md": page("А", kind="document", number="1", **{"class": "akta"}), "centar/sluzba/index.md": page("Служба", "## Људи\n\nАна.\n", kind="unit", contact="sluzbe"),
          "partneri/x/index.md": page("Икс", kind="partner"), "pitanja/index.md": page("Питања", "## Помоћ\n\n### Да ли?\n\n### Тако\n\nТекст.\n", kind="questions")})
p, _ = build("s"); said = p.stderr; want = ['stari/index.md:5:8: error C028: until lies before from', 'stari/index.md:1:1: error C022: the key "donors" is missing', 'stari/index.md:5:8: warning W027: the project is over, but has no section „Резултати“', 'a/index.md:5:8: error C160: "akta" is no key of content/lists/dokumenta.yml (akt?)', 'a/index.md:1:1: error C022: the key "adopted" is missing',
    'centar/sluzba/index.md:6:1: error C163: the section „Људи“ needs a table with the columns Name, Work', 'centar/sluzba/index.md:4:10: error C033: there is no contact "sluzbe"', 'partneri/x/index.md:1:1: error C022: the key "sector" is missing', 'pitanja/index.md:7:1: error C165: the question "Да ли?" has no answer', 'pitanja/index.md:9:1: error C164: "Тако" is no question']
check("what is missing or wrong in them is told with its place and its mend", p.returncode == 1 and not [w for w in want if w not in said], ([w for w in want if w not in said], said))
new = [run(LETAK, "new", k, f"proba-{k}", "-C", TMP / "r", "--as-of", "2026-11-24").stdout.strip() for k in ("project", "unit", "document", "partner", "questions", "glossary", "catalogue")]; check("letak new begins each of them", all(n.endswith("/index.md") for n in new), new)
# --- feeds, calendar, open data, previews of links ---
import csv, datetime, io, zoneinfo
EVENT = "Увод.\n\n## Програм\n\n| Време | Тема | Излагач | Облик |\n|---|---|---|---|\n| 10.00 | Тема | Неко | разговор |\n"
def event(title, start, end, **keys): return page(title, EVENT, kind="event", type="meeting", start=start, end=end, **keys)
MACHINES = {"site.yml": SITE + "short-name: {sr: Завод, en: Office}\nhelp-page: pomoc\n", "index.md": page("Почетна"), "index.en.md": page("Home", "Text."), "pomoc/index.md": page("Помоћ за жртве трговине људима", description="Опис који одаје."), "dogadjaji/index.md": page("Догађаји"), "dogadjaji/index.en.md": page("Events", "Text."),
    "dogadjaji/zima/index.md": event("'Скуп, „зимски“; a\\b'", "2026-03-29 01:30", "2026-03-29 03:30", place="'Сала \"А\", Београд'", seats=20, apply_until="2026-03-01", description="Опис.", published="2026-02-01"), "dogadjaji/zima/index.en.md": page("Winter meeting", EVENT.replace("Програм", "Programme").replace("Време | Тема | Излагач | Облик", "Time | Topic | Speaker | Form"), description="Of it."),
    "dogadjaji/jesen/index.md": event("Јесењи скуп", "2026-10-25 01:30", "2026-10-25 04:30"), "dogadjaji/leto/index.md": event("Летњи скуп", "2027-07-01 10:00", "2027-07-02 12:00"), "vesti/index.md": page("Вести"), "vesti/a/index.md": page("Вест А & друга", kind="news", published="2026-01-02", preview_title="Нове обуке"),
    "vesti/b/index.md": page("Вест Б", kind="news", published="2026-03-04"), "prazno/index.md": page("Празно"), "prazno/x/index.md": page("Икс"), "letak/index.md": page("Није твоја кривица", "".join(f"## Страна {n}\n\nТекст.\n\n" for n in range(6)), kind="leaflet", fold="a4-zfold", discreet_title="Корисни бројеви"),
    "lists/dokumenta.yml": "akt: {sr: акт, en: act}\n", "dokumenta/index.md": page("Документа"), "dokumenta/a/index.md": page("'Први, „важан“'", kind="document", number="=1/26", **{"class": "akt"}, adopted="2026-01-01", valid_until="2026-11-23"), "dokumenta/b/index.md": page("Скривен", kind="document", number="2/26", **{"class": "akt"}, adopted="2026-02-01", embargo="2027-01-01")}
put("m", MACHINES); p, out = build("m"); check("a site with news, events and documents builds", p.returncode == 0 and not p.stderr, p.stderr)
A = "{http://www.w3.org/2005/Atom}"
def atom(f): x = ET.parse(out / f).getroot(); return x.get("{http://www.w3.org/XML/1998/namespace}lang"), x.findtext(A + "title"), x.findtext(A + "id"), [e.findtext(A + "title") for e in x.iter(A + "entry")]
check("a feed for each language, of all that is dated", atom("feed.xml") == ("sr-Cyrl-RS", "Сајт", "https://primer.invalid/", ["Вест Б", "Скуп, „зимски“; a\\b", "Вест А & друга"]) and atom("en/feed.xml")[3] == ["Winter meeting"], (atom("feed.xml"), atom("en/feed.xml")))
check("and one for each section in each language", atom("vesti/feed.xml") == ("sr-Cyrl-RS", "Сајт – Вести", "https://primer.invalid/vesti/feed.xml", ["Вест Б", "Вест А & друга"]) and atom("sr-latn/vesti/feed.xml")[1:] == ("Sajt – Vesti", "https://primer.invalid/sr-latn/vesti/feed.xml", ["Vest B", "Vest A & druga"]) and atom("en/dogadjaji/feed.xml")[3] == ["Winter meeting"], atom("vesti/feed.xml"))
check("none where nothing is dated, and only pages of a section name its feed", not (out / "prazno/feed.xml").exists() and not (out / "en/vesti/feed.xml").exists() and 'href="../vesti/feed.xml"' in (out / "vesti/index.html").read_text() and 'prazno/feed.xml' not in (out / "prazno/index.html").read_text())
def ics(f):
    raw = (out / f).read_bytes(); text = raw.decode("utf-8").replace("\r\n ", ""); events = []
    for b in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.S): events.append(dict(l.split(":", 1) for l in b.strip().split("\r\n")))
    return raw, text, events
raw, text, events = ics("kalendar.ics"); zone = zoneinfo.ZoneInfo("Europe/Belgrade")
check("the calendar has every event once, in their order, one zone, lines of at most 75 bytes", [e["SUMMARY"] for e in events] == ["Скуп\\, „зимски“\\; a\\\\b", "Јесењи скуп", "Летњи скуп"] and len({e["UID"] for e in events}) == 3 and text.count("BEGIN:VTIMEZONE") == 1 and text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n") and all(len(l) <= 75 for l in raw.split(b"\r\n")) and "NAME:Завод\r\n" in text, text)
check("each is the one of its own file", all(next(iter(ics(f"dogadjaji/{n}/{n}.ics")[2])) == e for n, e in zip(("zima", "jesen", "leto"), events)))
check("in English those that are in English", [e["SUMMARY"] for e in ics("en/kalendar.ics")[2]] == ["Winter meeting"] and [e["SUMMARY"] for e in ics("sr-latn/kalendar.ics")[2]][1:] == ["Jesenji skup", "Letnji skup"])
check("the page of events leads to it", 'href="../kalendar.ics"' in (out / "dogadjaji/index.html").read_text() and 'href="../../en/kalendar.ics"' in (out / "en/dogadjaji/index.html").read_text() and "kalendar.ics" not in (out / "vesti/index.html").read_text())
def table(f): raw = (out / f"{f}.csv").read_bytes(); return raw, list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))), json.loads((out / f"{f}.json").read_text(encoding="utf-8"))
for f, n in (("podaci/dogadjaji", 3), ("podaci/dokumenta", 1), ("en/podaci/dogadjaji", 1), ("sr-latn/podaci/dokumenta", 1)):
    raw, rows_, js = table(f); check(f"{f}: CSV and JSON say the same, columns have words, the CSV has a byte order mark for spreadsheets and the JSON none, lines end as RFC 4180 wants", len(rows_) == n and [{k: v or "" for k, v in r.items()} for r in js["rows"]] == rows_ and list(rows_[0]) == list(js["columns"]) and all(js["columns"].values()) and raw.count(b"\r\n") == n + 1 and b"\n" not in raw.replace(b"\r\n", b"") and raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\xef\xbb\xbf") == 1 and (out / f"{f}.json").read_bytes().startswith(b"{"), (rows_, js))
rows_ = table("podaci/dogadjaji")[1]; check("commas and quotes arrive", rows_[2]["title"] == "Скуп, „зимски“; a\\b" and rows_[2]["place"] == 'Сала "А", Београд' and rows_[2]["seats"] == "20" and rows_[2]["apply_until"] == "2026-03-01", rows_)
local = {"zima": ("2026-03-29 01:30", "2026-03-29 03:30"), "jesen": ("2026-10-25 01:30", "2026-10-25 04:30"), "leto": ("2027-07-01 10:00", "2027-07-02 12:00")}
want = {n: tuple(datetime.datetime.fromisoformat(t).replace(tzinfo=zone).isoformat() for t in v) for n, v in local.items()}; got = {r["url"].split("/")[-2]: (r["start"], r["end"]) for r in rows_}
check("times have the offset of the day, over both turns of the clock", got == want, (got, want)); check("so have those for search engines", json.loads((out / "dogadjaji/jesen/jesen.jsonld").read_text())["endDate"] == want["jesen"][1])
rows_ = table("podaci/dokumenta")[1]; check("documents say what is in force; what is not out has no row", rows_ == [{"number": "=1/26", "title": "Први, „важан“", "class": "акт", "adopted": "2026-01-01", "valid_until": "2026-11-23", "in_force": "0", "updated": "", "url": "https://primer.invalid/dokumenta/a/", "pdf": "https://primer.invalid/dokumenta/a/a.pdf"}], rows_)
check("the register leads to both", all(f'href="../podaci/dokumenta.{x}"' in (out / "dokumenta/index.html").read_text() for x in ("csv", "json")))
def og(f): return dict(re.findall(r'<meta property="og:([^"]*)" content="([^"]*)">', (out / f).read_text(encoding="utf-8")))
check("the title of a window is the page's with the short name", "<title>Помоћ за жртве трговине људима – Завод</title>" in (out / "pomoc/index.html").read_text() and "<title>Почетна</title>" in (out / "index.html").read_text())
check("a link to the help page gives nobody away where it is sent", og("pomoc/index.html") == {"type": "website", "title": "Завод", "description": "Отворите везу да прочитате страницу.", "image": "https://primer.invalid/assets/pregled.png", "image:width": "1200", "image:height": "630", "image:alt": "Отворена врата"}, og("pomoc/index.html"))
check("nor does one to any other page, unless the page has words for it", og("dogadjaji/zima/index.html")["title"] == "Завод" and og("letak/index.html")["title"] == "Корисни бројеви" and og("sr-latn/vesti/a/index.html")["title"] == "Nove obuke" and og("en/index.html")["title"] == "Office" and og("sr-latn/index.html")["description"] == "Otvorite vezu da pročitate stranicu.", og("sr-latn/vesti/a/index.html"))
picture_ = run("identify", "-format", "%wx%h", out / "assets/pregled.png").stdout; run("rsvg-convert", "-o", TMP / "v.png", root / "generator/pictures/pregled.svg"); far = re.search(r"\(([\d.e-]+)\)", run("compare", "-metric", "MAE", TMP / "v.png", out / "assets/pregled.png", "null:").stderr)
check("its picture is the drawing in the sources, and nothing more", picture_ == "1200x630" and far and float(far.group(1)) < 0.005 and (out / "assets/pregled.png").stat().st_size < 10000, (picture_, far))
put("n", {**MACHINES, "dogadjaji/zima/index.md": MACHINES["dogadjaji/zima/index.md"].replace("end: 2026-03-29 03:30\n", ""), "dogadjaji/leto/index.md": event("Л", "2027-07-02 10:00", "2027-07-01 12:00")})
p, _ = build("n"); check("an event without end, and one that ends before it begins, are errors with their mend", 'zima/index.md:1:1: error C022: the key "end" is missing; the kind event needs it' in p.stderr and "leto/index.md:6:6: error C028: end lies before start" in p.stderr and p.returncode == 1, p.stderr)
put("k", {k: v.replace("base-url: https://primer.invalid/\n", "") for k, v in MACHINES.items()}); p, out = build("k"); check("without an address on the net there are no feeds and previews, the calendar and the data stay", p.returncode == 0 and not list(out.rglob("feed.xml")) and not og("index.html") and len(ics("kalendar.ics")[2]) == 3 and table("podaci/dokumenta")[1][0]["url"] == "dokumenta/a/index.html", p.stderr)
put("o", {**{k: v for k, v in MACHINES.items() if k != "index.en.md"}, "podaci/index.md": page("Подаци"), "podaci/index.en.md": page("Data", "Text.")}); p, out = build("o"); x = ET.parse(out / "en/feed.xml").getroot()
check("the feed of a language without a home page leads to the one that its readers are shown", p.returncode == 0 and [l.attrib for l in x.findall(A + "link")][1:] == [{"rel": "alternate", "type": "text/html", "href": "https://primer.invalid/sr-latn/", "hreflang": "sr-Latn-RS"}] and not (out / "en/index.html").exists() and [l.get("href") for l in ET.parse(out / "feed.xml").getroot().findall(A + "link")][1] == "https://primer.invalid/", p.stderr)
def links(f): return [(out / f).parent.joinpath(h).resolve().relative_to(out.resolve()).as_posix() for h in re.findall(r'<a href="([^"]*)" download', (out / f).read_text(encoding="utf-8"))]
check("the page podaci has all files of its language, and lists of records lead to it", links("podaci/index.html") == [f"podaci/{n}.{e}" for n in ("dokumenta", "dogadjaji") for e in ("csv", "json")] and links("en/podaci/index.html") == ["en/podaci/dogadjaji.csv", "en/podaci/dogadjaji.json"] and all((out / f).exists() for f in links("en/podaci/index.html"))
      and all('<a href="../podaci/index.html">Отворени подаци</a>: ' in (out / f"{n}/index.html").read_text() for n in ("dokumenta", "dogadjaji")) and '<a href="../../en/podaci/index.html">Open data</a>: ' in (out / "en/dogadjaji/index.html").read_text(), (links("podaci/index.html"), links("en/podaci/index.html")))
told_ = {f: re.findall(r"^\| `(\w+)` \|", (root / f).read_text(encoding="utf-8"), re.M) for f in ("content/podaci/index.md", "content/podaci/index.en.md")}; have = sum((list(csv.reader(io.StringIO(table(f"podaci/{n}")[0].decode("utf-8-sig"))))[0] for n in ("dokumenta", "dogadjaji")), [])
check("the page of the sample site explains each column in its order", all(t == have for t in told_.values()), (told_, have))
