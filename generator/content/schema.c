/* schema.c: the tables of schema.h. A new kind, key or mark is a row here; parser, messages and `letak help` follow. */
#include "content/schema.h"
#include "base/diag.h"
#include "lang/lang.h"

#define ALL ((1u << KINDS) - 1)
#define K(x) (1u << KIND_##x)
#define PUBLICATIONS (K(BOOK) | K(REPORT) | K(BROCHURE) | K(LEAFLET))

const struct kind_row kind_rows[KINDS] = {
    [KIND_PAGE] = {KIND_PAGE, "page", "страница", "an ordinary page; what a file is without kind:", "обична страница; подразумевана врста", "",
                   "Прва реченица каже о чему је страница.\n\n## Први одељак\n\nТекст.\n"},
    [KIND_NEWS] = {KIND_NEWS, "news", "вест", "a dated item, listed newest first", "вест са датумом, у списку од најновије", "vesti",
                   "Прва реченица каже шта се догодило, где и када.\n"},
    [KIND_LEAFLET] = {KIND_LEAFLET, "leaflet", "летак", "second-level headings are its panels, in reading order; gives a reading and a press PDF",
                      "наслови другог нивоа су његове стране, редом читања; даје PDF за читање и за штампу", "",
                      "## Прва страна\n\n:contact[centar]{large}\n\n## Друга страна\n\nТекст.\n\n## Трећа страна\n\nТекст.\n\n## Четврта "
                      "страна\n\nТекст.\n\n## Пета страна\n\nТекст.\n\n## Шеста страна\n\n"
                      ":contact[centar]{address}\n"},
    [KIND_BROCHURE] = {KIND_BROCHURE, "brochure", "брошура", "a short publication in one file", "кратка публикација у једној датотеци", "",
                       "## Први одељак\n\nТекст.\n"},
    [KIND_BOOK] = {KIND_BOOK, "book", "књига", "the other files of its folder are its chapters, in order of their names; web chapters and one PDF",
                   "остале датотеке у фасцикли су поглавља, по реду имена; поглавља на сајту и један PDF", "literatura",
                   "## Предговор\n\nПоглавља су друге датотеке у овој фасцикли: 01-uvod.md, 02-…\n"},
    [KIND_REPORT] =
        {KIND_REPORT, "report", "извештај", "a report with numbered tables", "извештај са нумерисаним табелама", "izvestaji",
         "## Увод\n\nТекст.\n\n::table{#pregled}\n\nТабела: Преглед по годинама.\n\n| Година | Број |\n|-------:|-----:|\n| 2026   |    0 |\n"},
    [KIND_EVENT] = {KIND_EVENT, "event", "догађај",
                    "a conference, seminar or training; section „Програм“ is a table with Време, Тема, Излагач, Облик; gives an .ics file",
                    "скуп, семинар или обука; одељак „Програм“ је табела Време, Тема, Излагач, Облик; даје датотеку .ics", "dogadjaji",
                    "Коме је догађај намењен.\n\n## Програм\n\n| Време       | Тема | Излагач | Облик "
                    "|\n|-------------|------|---------|-------|\n| 09:00–10:00 | Тема | Име     | разговор |\n\n"
                    "## Излагачи\n\n- **Име** (измишљено), установа. Једна реченица.\n"},
    [KIND_FORM] = {KIND_FORM, "form", "образац",
                   "headings are its sections, list items with a field mark are its fields; web form, fillable PDF and paper form",
                   "наслови су одељци, ставке са ознаком поља су поља; образац на сајту, PDF који се попуњава и папирни образац", "obrasci",
                   "## Први одељак\n\n- Питање које се попуњава :text{#prvo-polje required}\n- Избор :choice{#izbor}\n  - један\n  - "
                   "други\n- Рок :date{#rok}\n\n::rows{#prilozi count=3}\n\n"
                   "| Назив :text{} | Број страна :number{} |\n|---------------|-----------------------|\n"},
    [KIND_FORMS] = {KIND_FORMS, "forms", "обрасци", "a page above forms: lists them, and binds them into one PDF to print, with contents",
                    "страница изнад образаца: набраја их и сабира у један PDF за штампу, са садржајем", "",
                    "Коме су обрасци намењени.\n\n## Који образац иде коме и када\n\n| Када | Образац | Попуњава | Иде коме |\n"
                    "|:-----|:--------|:---------|:---------|\n"},
    [KIND_CATALOGUE] = {KIND_CATALOGUE, "catalogue", "каталог",
                        "lists every book, brochure, report and leaflet of the site, with covers, filters and how to quote each",
                        "набраја све књиге, брошуре, извештаје и летке сајта, са корицама, избором по теми и начином навођења", "",
                        "Коме су издања намењена и под којим условима се преузимају.\n"},
    [KIND_GLOSSARY] =
        {KIND_GLOSSARY, "glossary", "речник",
         "second-level headings are its terms, a paragraph \"Forms: …\" below one lists its other forms; the first time a page has one, it leads "
         "here",
         "наслови другог нивоа су појмови, пасус „Облици: …“ испод наслова набраја друге облике; прво помињање на свакој страници води овамо", "",
         "Ко може да предложи појам.\n\n## Индивидуални план\n\nОблици: индивидуалног плана, индивидуалном плану, индивидуални планови\n\nДоговор о "
         "томе шта се предузима, "
         "ко то ради и до када.\n"},
    [KIND_PROJECT] = {KIND_PROJECT, "project", "пројекат", "a project with its period and donors; once it is over, it needs a section „Резултати“",
                      "пројекат са трајањем и донаторима; кад прође, тражи одељак „Резултати“", "projekti",
                      "Шта пројекат мења, у једној реченици.\n\n## Циљ\n\nТекст.\n\n## Шта радимо\n\n- Прво.\n\n## Резултати\n\n- Још их нема.\n"},
    [KIND_UNIT] = {KIND_UNIT, "unit", "јединица", "a part of the institution with its contact; section „Људи“ is a table with Име, Посао",
                   "део установе са контактом; одељак „Људи“ је табела Име, Посао", "o-centru",
                   "Чиме се јединица бави.\n\n## Људи\n\n| Име | Посао |\n|:----|:------|\n| Име Презиме (измишљено) | водитељ случаја |\n"},
    [KIND_DOCUMENT] = {KIND_DOCUMENT, "document", "документ",
                       "an act, plan or report with number and day; the page above lists all of them in a table that readers sort; gives a PDF",
                       "акт, план или извештај са бројем и датумом; страница изнад их набраја у табели која се слаже по стубцима; даје PDF",
                       "dokumenta",
                       "О чему је документ, у једној реченици.\n\n## Садржај\n\nТекст документа, или веза на датотеку која лежи у истој фасцикли.\n"},
    [KIND_PARTNER] = {KIND_PARTNER, "partner", "партнер", "who works with the institution; the page above lists partners by their sector",
                      "ко сарађује са установом; страница изнад набраја партнере по области", "partneri",
                      "Шта партнер ради у заштити и када се укључује.\n"},
    [KIND_QUESTIONS] = {KIND_QUESTIONS, "questions", "питања", "headings without headings below them are questions, what follows each is its answer",
                        "наслови под којима нема нижих наслова јесу питања, а текст испод је одговор", "",
                        "За кога су одговори.\n\n## Да ли се услуга плаћа?\n\nНе плаћа се.\n"},
};

const struct key_row key_rows[KEYS] = {
    [KEY_TITLE] = {KEY_TITLE, "title", "наслов", TYPE_LINE, ALL, ALL & ~K(PAGE), NULL, NULL,
                   "title of the page; without it, the first heading of level 1", "наслов странице; без њега, први наслов првог нивоа"},
    [KEY_KIND] = {KEY_KIND, "kind", "врста", TYPE_LINE, ALL, 0, NULL, "layout", "what the page is; decides layout and outputs",
                  "шта је страница; одређује изглед и излазе"},
    [KEY_DESCRIPTION] = {KEY_DESCRIPTION, "description", "опис", TYPE_TEXT, ALL, 0, NULL, "summary abstract excerpt",
                         "one or two sentences for search engines and lists", "реченица или две за претраживаче и спискове"},
    [KEY_MENU_TITLE] = {KEY_MENU_TITLE, "menu-title", "наслов-менија", TYPE_LINE, ALL, 0, NULL, "linkTitle nav_title sidebar_label",
                        "shorter title for menus", "краћи наслов за менија"},
    [KEY_PUBLISHED] = {KEY_PUBLISHED, "published", "објављено", TYPE_DATE, ALL, K(NEWS), NULL, "date publishDate", "day from which it is shown",
                       "дан од кога се приказује"},
    [KEY_UPDATED] = {KEY_UPDATED, "updated", "ажурирано", TYPE_DATE, ALL, 0, NULL, "lastmod last_modified_at modified", "day of the last change",
                     "дан последње измене"},
    [KEY_EMBARGO] = {KEY_EMBARGO, "embargo", "забрана-до", TYPE_DATE, ALL, 0, NULL, NULL, "hidden before this day", "скривено пре овог дана"},
    [KEY_EXPIRES] = {KEY_EXPIRES, "expires", "истиче", TYPE_DATE, ALL, 0, NULL, "expiryDate", "hidden from this day on", "скривено од овог дана"},
    [KEY_DRAFT] = {KEY_DRAFT, "draft", "нацрт", TYPE_BOOL, ALL, 0, NULL, NULL, "not published (built with --drafts)",
                   "не објављује се (израђује се уз --drafts)"},
    [KEY_INTERNAL] = {KEY_INTERNAL, "internal", "интерно", TYPE_BOOL, ALL, 0, NULL, NULL, "never published", "никада се не објављује"},
    [KEY_REVIEW] = {KEY_REVIEW, "review", "преглед", TYPE_CHOICE, ALL, 0, "pending done", NULL,
                    "a translation that no speaker has read is pending and not published",
                    "превод који није прегледао говорник је pending и не објављује се"},
    [KEY_WEIGHT] = {KEY_WEIGHT, "weight", "редослед", TYPE_INT, ALL, 0, NULL, "order nav_order sidebar_position",
                    "place among its neighbours; smaller comes first", "место међу суседима; мањи број је раније"},
    [KEY_SUBTITLE] = {KEY_SUBTITLE, "subtitle", "поднаслов", TYPE_LINE, ALL, 0, NULL, NULL, "second line of the title", "други ред наслова"},
    [KEY_AUTHORS] = {KEY_AUTHORS, "authors", "аутори", TYPE_LIST, ALL, 0, NULL, "author", "names of the authors", "имена аутора"},
    [KEY_PUBLISHER] = {KEY_PUBLISHER, "publisher", "издавач", TYPE_LINE, K(BOOK) | K(REPORT) | K(BROCHURE), 0, NULL, NULL, "publisher", "издавач"},
    [KEY_PLACE] = {KEY_PLACE, "place", "место", TYPE_LINE, K(BOOK) | K(REPORT) | K(BROCHURE) | K(EVENT), 0, NULL, "location",
                   "place of publishing or of the event", "место издања или одржавања"},
    [KEY_YEAR] = {KEY_YEAR, "year", "година", TYPE_INT, PUBLICATIONS, 0, NULL, NULL, "year of publishing", "година издања"},
    [KEY_EDITION] = {KEY_EDITION, "edition", "издање", TYPE_LINE, K(BOOK) | K(REPORT) | K(BROCHURE) | K(LEAFLET), 0, NULL, NULL, "edition", "издање"},
    [KEY_REVIEWERS] = {KEY_REVIEWERS, "reviewers", "рецензенти", TYPE_LIST, K(BOOK) | K(REPORT) | K(BROCHURE), 0, NULL, NULL, "reviewers",
                       "рецензенти"},
    [KEY_PROOFREADING] = {KEY_PROOFREADING, "proofreading", "лектура", TYPE_LINE, K(BOOK) | K(REPORT) | K(BROCHURE), 0, NULL, NULL,
                          "who proofread it", "лектура"},
    [KEY_DESIGN] = {KEY_DESIGN, "design", "дизајн", TYPE_LINE, K(BOOK) | K(REPORT) | K(BROCHURE) | K(LEAFLET), 0, NULL, NULL, "who designed it",
                    "дизајн"},
    [KEY_ISBN] = {KEY_ISBN, "isbn", "исбн", TYPE_LINE, K(BOOK) | K(REPORT) | K(BROCHURE), 0, NULL, NULL, "ISBN", "ISBN"},
    [KEY_LICENSE] = {KEY_LICENSE, "license", "права", TYPE_TEXT, ALL, 0, NULL, NULL, "what readers may do with it", "шта читаоци смеју са њом"},
    [KEY_DISCLAIMER] = {KEY_DISCLAIMER, "disclaimer", "ограда", TYPE_TEXT, K(BOOK) | K(REPORT) | K(BROCHURE), 0, NULL, NULL, "the donor's disclaimer",
                        "ограда донатора"},
    [KEY_FOLD] = {KEY_FOLD, "fold", "прелом", TYPE_CHOICE, K(LEAFLET), K(LEAFLET), "a4-letterfold a4-zfold a4-bifold a4-gatefold", NULL,
                  "how the sheet is folded; decides the number of panels", "како се лист пресавија; одређује број страна"},
    [KEY_EDITIONS] =
        {KEY_EDITIONS, "editions", "облици", TYPE_EDITIONS, K(LEAFLET) | K(BROCHURE) | K(BOOK), 0, NULL, NULL,
         "further forms to print it in: a5, a6, dl, card, poster, easy-read, another fold; each also as \"a6 discreet\", with discreet-title",
         "други облици у којима се штампа: а5, а6, дл, картица, плакат, лако-читање, други прелом; сваки и као „неупадљив а6“, са "
         "неупадљивим насловом"},
    [KEY_FONT_SIZE] = {KEY_FONT_SIZE, "font-size", "величина-слова", TYPE_SIZES, K(LEAFLET), 0, NULL, NULL,
                       "12–14 pt: the largest that fits is taken", "12–14 pt: узима се највећа која стаје"},
    [KEY_DISCREET_TITLE] = {KEY_DISCREET_TITLE, "discreet-title", "неупадљив-наслов", TYPE_LINE, K(LEAFLET), 0, NULL, NULL,
                            "title that does not give the reader away", "наслов који не одаје читаоца"},
    [KEY_CODE] = {KEY_CODE, "code", "шифра", TYPE_LINE, K(FORM), K(FORM), NULL, NULL, "number of the form: F8", "број обрасца: F8"},
    [KEY_VERSION] = {KEY_VERSION, "version", "верзија", TYPE_INT, K(FORM), K(FORM), NULL, NULL, "version of the form; changed fields need a new one",
                     "верзија обрасца; измењена поља траже нову"},
    [KEY_PURPOSE] = {KEY_PURPOSE, "purpose", "сврха", TYPE_TEXT, K(FORM), K(FORM), NULL, NULL, "what the data are processed for",
                     "сврха обраде података"},
    [KEY_APART] = {KEY_APART, "apart", "одвојено", TYPE_BOOL, K(FORM), 0, NULL, NULL, "kept apart from the case: not bound into the PDF of all forms",
                   "чува се одвојено од предмета: није у PDF-у са свим обрасцима"},
    [KEY_TYPE] = {KEY_TYPE, "type", "тип", TYPE_CHOICE, K(EVENT), K(EVENT), "seminar conference training meeting", NULL, "sort of event",
                  "тип догађаја"},
    [KEY_START] = {KEY_START, "start", "почетак", TYPE_DATETIME, K(EVENT), K(EVENT), NULL, NULL, "2027-03-18 09:30", "2027-03-18 09:30"},
    [KEY_END] = {KEY_END, "end", "крај", TYPE_DATETIME, K(EVENT), K(EVENT), NULL, NULL, "2027-03-18 15:00", "2027-03-18 15:00"},
    [KEY_ACCESS] = {KEY_ACCESS, "access", "приступачност", TYPE_LINE, K(EVENT), 0, NULL, NULL, "how people with disabilities get in and take part",
                    "како особе са инвалидитетом улазе и учествују"},
    [KEY_SEATS] = {KEY_SEATS, "seats", "места", TYPE_INT, K(EVENT), 0, NULL, NULL, "how many may come", "колико људи може да дође"},
    [KEY_APPLY_UNTIL] = {KEY_APPLY_UNTIL, "apply-until", "пријава-до", TYPE_DATE, K(EVENT), 0, NULL, NULL, "last day to register",
                         "последњи дан за пријаву"},
    [KEY_APPLY_TO] = {KEY_APPLY_TO, "apply-to", "пријава-код", TYPE_CONTACT, K(EVENT), 0, NULL, NULL,
                      "whom to register with: an id of the contact register", "код кога се пријављује: ознака из регистра контаката"},
    [KEY_HOURS] = {KEY_HOURS, "hours", "сати", TYPE_INT, K(EVENT), 0, NULL, NULL, "hours for the certificate", "број сати за потврду"},
    [KEY_ALIASES] = {KEY_ALIASES, "aliases", "раније-адресе", TYPE_LIST, ALL, 0, NULL, NULL,
                     "addresses that the page had before, without language: vesti/staro-ime; each leads here",
                     "адресе које је страница раније имала, без језика: vesti/staro-ime; свака води овамо"},
    [KEY_REPLACED_BY] = {KEY_REPLACED_BY, "replaced-by", "замењује-га", TYPE_LINE, ALL, 0, NULL, NULL,
                         "folder of the page that holds instead of this one, once this has expired: dokumenta/statut-2027",
                         "фасцикла странице која важи уместо ове, кад ова истекне: dokumenta/statut-2027"},
    [KEY_TOPICS] = {KEY_TOPICS, "topics", "теме", TYPE_KEYS, PUBLICATIONS, 0, "teme", NULL,
                    "topics, by which readers find it: keys of content/lists/teme.yml",
                    "теме по којима се налази: кључеви из content/lists/teme.yml"},
    [KEY_AUDIENCE] = {KEY_AUDIENCE, "audience", "намењено", TYPE_KEYS, PUBLICATIONS, 0, "namena", NULL,
                      "whom it is for: keys of content/lists/namena.yml", "коме је намењено: кључеви из content/lists/namena.yml"},
    [KEY_GLOSSARY] = {KEY_GLOSSARY, "glossary", "појмови", TYPE_BOOL, ALL, 0, NULL, NULL,
                      "false: terms on this page do not lead to the glossary by themselves", "false: појмови на овој страници не воде сами у речник"},
    [KEY_FROM] = {KEY_FROM, "from", "од", TYPE_DATE, K(PROJECT), K(PROJECT), NULL, NULL, "first day of the project", "први дан пројекта"},
    [KEY_UNTIL] = {KEY_UNTIL, "until", "до", TYPE_DATE, K(PROJECT), K(PROJECT), NULL, NULL, "last day of the project", "последњи дан пројекта"},
    [KEY_DONORS] = {KEY_DONORS, "donors", "донатори", TYPE_LIST, K(PROJECT), K(PROJECT), NULL, "donor", "who pays for it", "ко даје средства"},
    [KEY_PARTNERS] = {KEY_PARTNERS, "partners", "партнери", TYPE_LIST, K(PROJECT), 0, NULL, NULL, "who takes part", "ко учествује"},
    [KEY_BUDGET] = {KEY_BUDGET, "budget", "средства", TYPE_LINE, K(PROJECT), 0, NULL, NULL, "how much money there is, with its currency",
                    "колико има средстава, са валутом"},
    [KEY_CONTACT] = {KEY_CONTACT, "contact", "контакт", TYPE_CONTACT, K(PROJECT) | K(UNIT) | K(PARTNER), K(UNIT), NULL, NULL,
                     "whom to turn to: an id of the contact register", "коме се обратити: ознака из регистра контаката"},
    [KEY_HEAD] = {KEY_HEAD, "head", "руководи", TYPE_LINE, K(UNIT), 0, NULL, NULL, "who leads the unit", "ко руководи јединицом"},
    [KEY_NUMBER] = {KEY_NUMBER, "number", "број", TYPE_LINE, K(DOCUMENT), K(DOCUMENT), NULL, NULL, "number of the document", "број документа"},
    [KEY_CLASS] = {KEY_CLASS, "class", "врста-документа", TYPE_KEYS, K(DOCUMENT), K(DOCUMENT), "dokumenta", NULL,
                   "what it is: a key of content/lists/dokumenta.yml", "шта је: кључ из content/lists/dokumenta.yml"},
    [KEY_ADOPTED] = {KEY_ADOPTED, "adopted", "донето", TYPE_DATE, K(DOCUMENT), K(DOCUMENT), NULL, NULL, "day of the document", "датум документа"},
    [KEY_VALID_UNTIL] = {KEY_VALID_UNTIL, "valid-until", "важи-до", TYPE_DATE, K(DOCUMENT), 0, NULL, NULL,
                         "last day on which it is in force; it stays in the register", "последњи дан важења; документ остаје у регистру"},
    [KEY_SECTOR] = {KEY_SECTOR, "sector", "област", TYPE_KEYS, K(PARTNER), K(PARTNER), "partneri", NULL,
                    "what sort of partner: a key of content/lists/partneri.yml", "врста партнера: кључ из content/lists/partneri.yml"},
    [KEY_SERVICES] = {KEY_SERVICES, "services", "услуге", TYPE_LIST, K(PARTNER), 0, NULL, NULL, "what it does for people", "шта пружа"},
    [KEY_SPOKEN] = {KEY_SPOKEN, "spoken", "језици", TYPE_LIST, K(PARTNER), 0, NULL, NULL, "languages that are spoken there",
                    "језици којима се тамо говори"},
    [KEY_PREVIEW_TITLE] = {KEY_PREVIEW_TITLE, "preview-title", "наслов-прегледа", TYPE_LINE, ALL, 0, NULL, NULL,
                           "title shown where somebody sends a link; without it the short name of the site, which gives nobody away",
                           "наслов који се види кад неко пошаље везу; без њега кратко име сајта, које никога не одаје"},
    [KEY_IGNORED] = {KEY_IGNORED, "tags", "етикете", TYPE_LIST, ALL, 0, NULL,
                     "categories slug url type_ id keywords toc menu image images cover featured comments permalink weight_ template parent",
                     "taken from other generators, not used", "преузето из других програма, не користи се"},
};

#define FIELD_KEYS "required! width help list format"
const struct mark_row mark_rows[MARKS] = {
    [MARK_CONTACT] = {MARK_CONTACT, "contact", "контакт", 3, FIELD_NONE, "phone! mail! address! web! qr! large!", NULL,
                      "from the contact register: contact[id]; a card, or only the part named",
                      "из регистра контаката: contact[ознака]; све, или само наведени део"},
    [MARK_REF] = {MARK_REF, "ref", "види", 1, FIELD_NONE, "page!", NULL, "number of a table, figure or chapter, as a link: ref[id]",
                  "број табеле, слике или поглавља, као веза: ref[ознака]"},
    [MARK_ABBR] = {MARK_ABBR, "abbr", "скраћеница", 1, FIELD_NONE, "title", NULL,
                   "an abbreviation with its full form in title=", "скраћеница са пуним обликом у title="},
    [MARK_LANG] = {MARK_LANG, "lang", "језик", 1, FIELD_NONE, "lang", NULL, "text in another language, lang=en", "текст на другом језику, lang=en"},
    [MARK_KEEP] = {MARK_KEEP, "keep", "исто", 1, FIELD_NONE, "", NULL, "text that is not put into Latin script",
                   "текст који се не преводи у латиницу"},
    [MARK_DATE] = {MARK_DATE, "date", "датум", 1, FIELD_NONE, "numeric! alone!", NULL, "a date written 2026-11-20, shown as the language does",
                   "датум записан 2026-11-20, приказан како језик тражи"},
    [MARK_ICON] = {MARK_ICON, "icon", "цртеж", 1, FIELD_NONE, "name", NULL, "a pictogram of assets/icons/ before its text: icon[text]{name=telefon}",
                   "цртеж из assets/icons/ испред текста: icon[текст]{name=telefon}"},
    [MARK_FIELD_TEXT] = {MARK_FIELD_TEXT, "text", "текст", 1, FIELD_TEXT, FIELD_KEYS " length", NULL, "form field: one line", "поље: један ред"},
    [MARK_FIELD_PARAGRAPH] = {MARK_FIELD_PARAGRAPH, "paragraph", "пасус", 1, FIELD_PARAGRAPH, FIELD_KEYS " lines length", NULL,
                              "form field: several lines", "поље: више редова"},
    [MARK_FIELD_DATE] = {MARK_FIELD_DATE, "date-field", "поље-датум", 1, FIELD_DATE, FIELD_KEYS, NULL,
                         "form field: a date; in forms :date{…} is this one", "поље: датум; у обрасцима је :date{…} ово поље"},
    [MARK_FIELD_DATETIME] = {MARK_FIELD_DATETIME, "datetime", "време", 1, FIELD_DATETIME, FIELD_KEYS, NULL, "form field: date and time",
                             "поље: датум и време"},
    [MARK_FIELD_NUMBER] = {MARK_FIELD_NUMBER, "number", "број", 1, FIELD_NUMBER, FIELD_KEYS, NULL, "form field: a number", "поље: број"},
    [MARK_FIELD_CHOICE] = {MARK_FIELD_CHOICE, "choice", "избор", 1, FIELD_CHOICE, FIELD_KEYS, NULL, "form field: one of a list",
                           "поље: једно из списка"},
    [MARK_FIELD_MANY] = {MARK_FIELD_MANY, "many", "више", 1, FIELD_MANY, FIELD_KEYS, NULL, "form field: any of a list", "поље: више из списка"},
    [MARK_FIELD_YESNO] = {MARK_FIELD_YESNO, "yesno", "да-не", 1, FIELD_YESNO, FIELD_KEYS, NULL, "form field: yes, no, not known",
                          "поље: да, не, непознато"},
    [MARK_FIELD_SIGNATURE] = {MARK_FIELD_SIGNATURE, "signature", "потпис", 1, FIELD_SIGNATURE, FIELD_KEYS, NULL,
                              "form field: a place for a signature", "поље: место за потпис"},
    [MARK_TABLE] = {MARK_TABLE, "table", "табела", 2, FIELD_NONE, "data cutoff total!", NULL, "gives the next table an id and a caption",
                    "даје следећој табели ознаку и наслов"},
    [MARK_FIGURE] = {MARK_FIGURE, "figure", "слика", 2, FIELD_NONE, "width", NULL, "gives the next image an id and a caption",
                     "даје следећој слици ознаку и наслов"},
    [MARK_COLUMNS] = {MARK_COLUMNS, "columns", "стубци", 2, FIELD_NONE, "count", NULL, "sets the next block in columns",
                      "слаже следећи блок у стубце"},
    [MARK_NOTE] = {MARK_NOTE, "note", "напомена", 2, FIELD_NONE, "kind", NULL, "frames the next block as a note",
                   "уоквирује следећи блок као напомену"},
    [MARK_TOC] = {MARK_TOC, "toc", "садржај", 2, FIELD_NONE, "depth", NULL, "table of contents of the page", "садржај странице"},
    [MARK_ROWS] = {MARK_ROWS, "rows", "редови", 2, FIELD_NONE, "count cards! title", NULL, "makes the next table rows of a form that are filled in",
                   "од следеће табеле прави редове обрасца"},
    [MARK_WHEN] = {MARK_WHEN, "when", "ако", 2, FIELD_NONE, "field value", NULL,
                   "the next part of a form matters only where the field has that value", "следећи део обрасца важи само ако поље има ту вредност"},
    [MARK_INCLUDE] = {MARK_INCLUDE, "include", "уметни", 2, FIELD_NONE, "file", NULL, "puts another Markdown file here: include[file.md]",
                      "умеће другу датотеку: include[датотека.md]"},
    [MARK_CITE] = {MARK_CITE, "cite", "навод", 1, FIELD_NONE, "", "bibliographic references", "bibliographic references", "библиографски наводи"},
    [MARK_TERM] = {MARK_TERM, "term", "појам", 1, FIELD_NONE, "of", NULL,
                   "leads to the glossary: term[text], where the text is no form of a term: term[text]{of=\"the term\"}",
                   "води у речник: term[текст]; кад текст није облик појма: term[текст]{of=\"појам\"}"},
    [MARK_INDEX] = {MARK_INDEX, "index", "регистар", 1, FIELD_NONE, "", "the index of a book", "the index of a book", "регистар књиге"},
    [MARK_VALUE] = {MARK_VALUE, "value", "вредност", 1, FIELD_NONE, "", "numbers from data tables", "numbers from data tables",
                    "бројеви из табела са подацима"},
    [MARK_CHART] = {MARK_CHART, "chart", "графикон", 2, FIELD_NONE, "", "charts from data tables", "charts from data tables",
                    "графикони из табела са подацима"},
    [MARK_LIST_OF] = {MARK_LIST_OF, "list-of", "списак", 2, FIELD_NONE, "", "lists of tables and figures", "lists of tables and figures",
                      "спискови табела и слика"},
    [MARK_PAGEBREAK] = {MARK_PAGEBREAK, "pagebreak", "нова-страна", 2, FIELD_NONE, "", NULL, "in print, what follows begins a page",
                        "у штампи оно што следи почиње на новој страни"},
};

const char *schema_say(const struct diag *d, const char *en, const char *sr) { return diag_language(d) == DIAG_EN ? en : sr; }

bool schema_named(struct str name, const char *en, const char *sr)
{
    if (str_is(name, en) || str_is(name, sr)) return true;
    if (name.n && (unsigned char)name.s[0] >= 0xD0 && (unsigned char)name.s[0] <= 0xD1) return false; /* Cyrillic: only the Serbian name itself */
    struct buf latin = {0};
    lang_latin(&latin, str_of(sr));
    bool same = str_eq(name, buf_view(&latin));
    buf_close(&latin);
    return same;
}

/* Whether word is one of the words of list, which spaces part. */
static bool word_in(struct str word, const char *list)
{
    struct str rest = str_of(list), w;
    while (str_split(&rest, ' ', &w))
        if (str_eq(w, word)) return true;
    return false;
}

const struct kind_row *schema_kind(struct str name)
{
    for (size_t i = 0; i < KINDS; i++)
        if (schema_named(name, kind_rows[i].en, kind_rows[i].sr)) return &kind_rows[i];
    return NULL;
}

const struct key_row *schema_key(struct str name)
{
    for (size_t i = 0; i < KEYS; i++) /* the cheap comparison first: most files use English names */
        if (name.n && *name.s == *key_rows[i].en && str_is(name, key_rows[i].en)) return &key_rows[i];
    for (size_t i = 0; i < KEYS; i++)
        if ((key_rows[i].aliases && word_in(name, key_rows[i].aliases)) || schema_named(name, key_rows[i].en, key_rows[i].sr)) return &key_rows[i];
    return NULL;
}

const struct mark_row *schema_mark(struct str name)
{
    for (size_t i = 0; i < MARKS; i++)
        if (str_is(name, mark_rows[i].en)) return &mark_rows[i];
    for (size_t i = 0; i < MARKS; i++)
        if (schema_named(name, mark_rows[i].en, mark_rows[i].sr)) return &mark_rows[i];
    return NULL;
}

const char *schema_attr(const struct mark_row *m, struct str name, bool *flag)
{
    static const char *const pairs[][2] = {
        /* English, Serbian: a row for each word of mark_rows[].keys (tests/unit/content.c) */
        {"phone", "телефон"},     {"mail", "пошта"},    {"address", "адреса"}, {"web", "сајт"},      {"qr", "кр"},          {"large", "велико"},
        {"page", "страна"},       {"title", "наслов"},  {"lang", "језик"},     {"numeric", "цифре"}, {"alone", "само"},     {"name", "име"},
        {"required", "обавезно"}, {"width", "ширина"},  {"help", "помоћ"},     {"list", "списак"},   {"format", "облик"},   {"length", "дужина"},
        {"lines", "редова"},      {"data", "подаци"},   {"cutoff", "праг"},    {"total", "збир"},    {"count", "број"},     {"kind", "врста"},
        {"depth", "дубина"},      {"file", "датотека"}, {"field", "поље"},     {"cards", "картице"}, {"value", "вредност"}, {"of", "од"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!schema_named(name, pairs[i][0], pairs[i][1])) continue;
        struct str rest = str_of(m->keys ? m->keys : ""), w;
        while (str_split(&rest, ' ', &w)) {
            *flag = w.n && w.s[w.n - 1] == '!';
            if (str_is(str_part(w, 0, w.n - *flag), pairs[i][0])) return pairs[i][0];
        }
    }
    return NULL;
}

/* n rows, `size` bytes apart, whose names stand at en and sr of the first. */
static const char *nearest(struct arena *a, struct str name, const char *const *en, const char *const *sr, size_t size, size_t n)
{
    const char **names = ARENA_ARRAY(a, const char *, n * 3 + 1);
    for (size_t i = 0; i < n; i++) {
        struct buf latin = {0};
        names[i] = *(const char *const *)((const char *)en + i * size);
        names[n + i] = *(const char *const *)((const char *)sr + i * size);
        lang_latin(&latin, str_of(names[n + i]));
        names[2 * n + i] = str_z(a, buf_view(&latin));
        buf_close(&latin);
    }
    return str_nearest(name, names);
}
const char *schema_nearest_kind(struct arena *a, struct str name)
{
    return nearest(a, name, &kind_rows[0].en, &kind_rows[0].sr, sizeof *kind_rows, KINDS);
}
const char *schema_nearest_key(struct arena *a, struct str name)
{
    return nearest(a, name, &key_rows[0].en, &key_rows[0].sr, sizeof *key_rows, KEYS);
}
const char *schema_nearest_mark(struct arena *a, struct str name)
{
    return nearest(a, name, &mark_rows[0].en, &mark_rows[0].sr, sizeof *mark_rows, MARKS);
}

int schema_fold_panels(struct str fold)
{
    static const struct {
        const char *name;
        int panels;
    } folds[] = {{"a4-letterfold", 6}, {"a4-zfold", 6}, {"a4-bifold", 4}, {"a4-gatefold", 6}};
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++)
        if (str_is(fold, folds[i].name)) return folds[i].panels;
    return 0;
}

struct str date_day(struct arena *a, struct date d) { return d.year ? str_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day) : (struct str){0}; }

int date_compare(struct date a, struct date b)
{
    long x = ((a.year * 16L + a.month) * 32 + a.day) * 1440 + (a.hour > 0 ? a.hour * 60 : 0) + (a.hour >= 0 ? a.minute : 0);
    long y = ((b.year * 16L + b.month) * 32 + b.day) * 1440 + (b.hour > 0 ? b.hour * 60 : 0) + (b.hour >= 0 ? b.minute : 0);
    return (x > y) - (x < y);
}
