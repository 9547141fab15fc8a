/* examples.c: the examples of `letak help CODE`, a row a check. The tests take them from help and run them: the wrong one gets the code, the right
 * one does not. Where the check is about Serbian, or about files without words, one pair serves both languages. What looks private is invented, as in
 * tests/privacy/lists.txt: dates of birth to come, banks and blocks of numbers that are not in use. */
#include "check/rules.h"

/* A PDF as text: what stands in its catalogue, further objects, what stands in its trailer, what stands behind its end. */
#define PDF(root, objects, trailer, behind)                                                                                                          \
    "» public/plan.pdf\n%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R" root " >> endobj\n"                                                        \
    "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >> endobj\n"               \
    "4 0 obj << /Type /StructTreeRoot >> endobj\n" objects "trailer << /Size 9 /Root 1 0 R" trailer " >>\nstartxref\n0\n%%EOF\n" behind
#define PDF_TAGS " /MarkInfo << /Marked true >> /StructTreeRoot 4 0 R"
#define PDF_LANG " /Lang (sr)"
#define PDF_GOOD PDF_TAGS PDF_LANG
#define PDF_TITLE " /Info << /Title (Plan) >>"

static const struct rule_example examples[] = {
    {"C028",
     "The reader cannot tell which of the two dates holds.",
     "Читалац не може да зна који од два датума важи.",
     {"---\n"
      "title: Radionica\n"
      "published: 2026-11-20\n"
      "expires: 2026-11-10\n"
      "---\n"
      "Text.",
      "---\n"
      "наслов: Обавештење\n"
      "објављено: 2026-11-20\n"
      "истиче: 2026-11-10\n"
      "---\n"
      "Текст."},
     {"---\n"
      "title: Radionica\n"
      "published: 2026-11-10\n"
      "expires: 2027-11-20\n"
      "---\n"
      "Text.",
      "---\n"
      "наслов: Обавештење\n"
      "објављено: 2026-11-10\n"
      "истиче: 2027-11-20\n"
      "---\n"
      "Текст."}},
    {"C034",
     "A made-up number on a help page can cost a life; check and publish refuse it.",
     "Измишљен број на страници за помоћ може да кошта живот; check и publish га одбијају.",
     {"» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар, en: Centre}\n"
      "  placeholder: true\n"
      "  phones: [{number: \"192\"}]\n"
      "» content/primer/index.md\n"
      "Call :contact[centar]{phone}.",
      "» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар}\n"
      "  placeholder: true\n"
      "  phones: [{number: \"192\"}]\n"
      "» content/primer/index.md\n"
      "Позови :contact[centar]{phone}."},
     {"» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар, en: Centre}\n"
      "  placeholder: false\n"
      "  phones: [{number: \"192\"}]\n"
      "» content/primer/index.md\n"
      "Call :contact[centar]{phone}.",
      "» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар}\n"
      "  placeholder: false\n"
      "  phones: [{number: \"192\"}]\n"
      "» content/primer/index.md\n"
      "Позови :contact[centar]{phone}."}},
    {"C050",
     "A link into nothing leaves the reader alone.",
     "Веза која води у празно оставља читаоца без помоћи.",
     {"See the [contacts](../kontakti/index.md).", "Погледајте [контакт](../kontakti/index.md)."},
     {"See the [home page](../index.md).", "Погледајте [почетну страницу](../index.md)."}},
    {"C051",
     "The page opens at its top, and the reader has to search.",
     "Страница се отвори на врху, па читалац мора да тражи.",
     {"## Opening hours\n"
      "\n"
      "Every day.\n"
      "\n"
      "See [when](#hours).",
      "## Радно време\n"
      "\n"
      "Сваког дана.\n"
      "\n"
      "Погледајте [када](#vreme)."},
     {"## Opening hours\n"
      "\n"
      "Every day.\n"
      "\n"
      "See [when](#opening-hours).",
      "## Радно време\n"
      "\n"
      "Сваког дана.\n"
      "\n"
      "Погледајте [када](#radno-vreme)."}},
    {"C057",
     "Who does not see the image is told its file name, or nothing.",
     "Ко слику не види, чује име датотеке или ништа.",
     {"» content/primer/put.svg\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>\n"
      "» content/primer/index.md\n"
      "![](put.svg)"},
     {"» content/primer/put.svg\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>\n"
      "» content/primer/index.md\n"
      "![The way from the bus stop to our door](put.svg)",
      "» content/primer/put.svg\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>\n"
      "» content/primer/index.md\n"
      "![Пут од станице до наших врата](put.svg)"}},
    {"C077",
     "A screen reader would say \"edit box\" and nothing else.",
     "Читач екрана би рекао „поље за унос“ и ништа више.",
     {"---\n"
      "kind: form\n"
      "title: Referral\n"
      "code: F1\n"
      "version: 1\n"
      "purpose: an example\n"
      "---\n"
      "## Whom\n"
      "\n"
      "- :text{#whom}",
      "---\n"
      "врста: образац\n"
      "наслов: Упут\n"
      "шифра: F1\n"
      "верзија: 1\n"
      "сврха: пример\n"
      "---\n"
      "## Коме\n"
      "\n"
      "- :text{#kome}"},
     {"---\n"
      "kind: form\n"
      "title: Referral\n"
      "code: F1\n"
      "version: 1\n"
      "purpose: an example\n"
      "---\n"
      "## Whom\n"
      "\n"
      "- Institution :text{#whom}",
      "---\n"
      "врста: образац\n"
      "наслов: Упут\n"
      "шифра: F1\n"
      "верзија: 1\n"
      "сврха: пример\n"
      "---\n"
      "## Коме\n"
      "\n"
      "- Установа :text{#kome}"}},
    {"N024",
     "A line of signs alone looks like protection, and is none.",
     "Ред у коме су само знакови личи на заштиту, а није.",
     {"» privacy-deny.txt\n"
      "???"},
     {"» privacy-deny.txt\n"
      "Pera Perić",
      "» privacy-deny.txt\n"
      "Пера Перић"}},
    {"N100",
     "A file that tells whom to warn of a hole in the site is worth nothing without a day.",
     "Датотека која каже кога упозорити на рупу у сајту не вреди без дана.",
     {"» content/contacts.yml\n"
      "sajt:\n"
      "  name: {sr: Сајт, en: Site}\n"
      "  mail: sajt@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: sajt"},
     {"» content/contacts.yml\n"
      "sajt:\n"
      "  name: {sr: Сајт, en: Site}\n"
      "  mail: sajt@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: sajt\n"
      "security-until: 2027-06-30"}},
    {"N101",
     "After that day those who find a hole do not know whether anybody reads.",
     "После тог дана ко нађе рупу не зна да ли га неко чита.",
     {"» content/contacts.yml\n"
      "sajt:\n"
      "  name: {sr: Сајт, en: Site}\n"
      "  mail: sajt@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: sajt\n"
      "security-until: 2020-06-30"},
     {"» content/contacts.yml\n"
      "sajt:\n"
      "  name: {sr: Сајт, en: Site}\n"
      "  mail: sajt@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: sajt\n"
      "security-until: 2027-06-30"}},
    {"N001",
     "It names one person for life, with the date of birth.",
     "Њиме је једна особа означена за цео живот, с датумом рођења.",
     {"Personal number: 3112098710012", "ЈМБГ: 3112098710012"},
     {"Born in 2098.", "Рођена 2098. године."}},
    {"N002",
     "Accounts of people and of shelters lead to them; 840-… are the treasury's, and public.",
     "Рачуни људи и склоништа воде до њих; 840-… су рачуни трезора и јавни су.",
     {"Account: 199-12345-86.", "Рачун: 199-12345-86."},
     {"Account: 840-742221843-57.", "Рачун: 840-742221843-57."}},
    {"N003",
     "A number that nobody answers for may be anyone's.",
     "Број за који нико не одговара може бити било чији.",
     {"Call 064/000-00-02.", "Зовите 064/000-00-02."},
     {"» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар, en: Centre}\n"
      "  phones: [{number: \"064/000-00-02\"}]\n"
      "» content/primer/index.md\n"
      "Call :contact[centar]{phone}.",
      "» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар}\n"
      "  phones: [{number: \"064/000-00-02\"}]\n"
      "» content/primer/index.md\n"
      "Зовите :contact[centar]{phone}."}},
    {"N004",
     "With it, someone can pass for that person.",
     "С њим се неко може представити као та особа.",
     {"Identity card no. 000123456.", "Лична карта бр. 000123456."},
     {"Bring your identity card.", "Понесите личну карту."}},
    {"N005",
     "Who waits at the car finds the person.",
     "Ко сачека код кола, нашао је особу.",
     {"They came in BG 0123-ZĐ.", "Дошли су возилом BG 0123-ZĐ."},
     {"They came by car.", "Дошли су колима."}},
    {"N006",
     "The list holds names that must never be seen here; it is not published itself.",
     "На списку су имена која се овде никад не смеју видети; сам се не објављује.",
     {"» privacy-deny.txt\n"
      "Pera Perić\n"
      "» content/primer/index.md\n"
      "Pera Perić lives in the house.",
      "» privacy-deny.txt\n"
      "Пера Перић\n"
      "» content/primer/index.md\n"
      "У кући живи Пера Перић."},
     {"» privacy-deny.txt\n"
      "Pera Perić\n"
      "» content/primer/index.md\n"
      "A boy lives in the house.",
      "» privacy-deny.txt\n"
      "Пера Перић\n"
      "» content/primer/index.md\n"
      "У кући живи један дечак."}},
    {"N007",
     "One digit may be mistyped, and the person is still found.",
     "Можда је погрешна само једна цифра, а особа се ипак нађе.",
     {"Personal number: 3112098710013", "ЈМБГ: 3112098710013"},
     {"The number has 13 digits.", "Број има 13 цифара."}},
    {"N008",
     "Whoever asks for the source of the page reads it.",
     "Ко отвори извор стране, прочита га.",
     {"» public/index.html\n"
      "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Plan</title>\n"
      "<p>Plan<!-- ask Pera --></p></html>",
      "» public/index.html\n"
      "<!DOCTYPE html><html lang=\"sr\"><meta charset=\"utf-8\"><title>План</title>\n"
      "<p>План<!-- питај Перу --></p></html>"},
     {"» public/index.html\n"
      "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Plan</title>\n"
      "<p>Plan</p></html>",
      "» public/index.html\n"
      "<!DOCTYPE html><html lang=\"sr\"><meta charset=\"utf-8\"><title>План</title>\n"
      "<p>План</p></html>"}},
    {"N009",
     "The other host learns who reads, when, and from where.",
     "Туђи рачунар сазна ко чита, када и одакле.",
     {"» assets/a.css\n"
      "body { background: url(https://primer.invalid/a.png) }"},
     {"» assets/a.css\n"
      "body { background: url(a.png) }"}},
    {"N010",
     "Cameras and programs write down places, times and names.",
     "Апарати и програми записују места, времена и имена.",
     {"» public/a.png (base64)\n"
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAADHRFWHRBdXRob3IAUC4gUC4Yx8NcAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="},
     {"» public/a.png (base64)\n"
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="}},
    {"N011",
     "Earlier wording, comments and names are still in it.",
     "У њој су и ранији текст, примедбе и имена.",
     {"» public/plan.rtf\n"
      "{\\rtf1 Plan}"},
     {"» public/plan.txt\n"
      "Plan"}},
    {"N012",
     "The file inside is opened by whoever saves the PDF.",
     "Ту датотеку отвори свако ко сачува PDF.",
     {PDF(PDF_GOOD " /Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>",
          "5 0 obj << /Type /Filespec /F (a.txt) /EF << /F 6 0 R >> >> endobj\n6 0 obj << /Type /EmbeddedFile /Length 1 >> stream\na\nendstream "
          "endobj\n",
          PDF_TITLE, "")},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N013",
     "Somebody filled it in, and would be published with it.",
     "Неко га је попунио и био би с њим објављен.",
     {PDF(PDF_GOOD " /AcroForm << /Fields [5 0 R] >>", "5 0 obj << /FT /Tx /T (ime) /V (Pera) >> endobj\n", PDF_TITLE, "")},
     {PDF(PDF_GOOD " /AcroForm << /Fields [5 0 R] >>", "5 0 obj << /FT /Tx /T (ime) >> endobj\n", PDF_TITLE, "")}},
    {"N014",
     "What was taken out is still in the file, before the last change.",
     "Што је избрисано, још је у датотеци, испред последње измене.",
     {PDF(PDF_GOOD, "", PDF_TITLE, "5 0 obj (novo) endobj\nstartxref\n0\n%%EOF")},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N015",
     "It runs when the file is opened, and may ask another host.",
     "Покреће се чим се датотека отвори и може да се јави туђем рачунару.",
     {PDF(PDF_GOOD " /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "", PDF_TITLE, "")},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N016",
     "Office programs write the name of whoever sat there.",
     "Канцеларијски програми упишу име онога ко је за рачунаром.",
     {PDF(PDF_GOOD, "", " /Info << /Title (Plan) /Author (Pera Peric) >>", "")},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N017",
     "What nobody can look into may hold anything.",
     "У ономе у шта нико не може да завири може бити било шта.",
     {"» public/plan.pdf\n"
      "%PDF-1.7\n"
      "Plan"},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N020",
     "An exception without a person, a reason and an end is a hole.",
     "Изузетак без особе, разлога и рока је рупа.",
     {"» content/privacy.yml\n"
      "- {finding: 62504b, why: announcement}",
      "» content/privacy.yml\n"
      "- {finding: 62504b, why: оглас}"},
     {"» content/privacy.yml\n"
      "- {finding: 62504b, who: A. A., why: announcement, until: 2027-01-31}\n"
      "» content/primer/index.md\n"
      "Account: 199-12345-86.",
      "» content/privacy.yml\n"
      "- {finding: 62504b, who: А. А., why: оглас, until: 2027-01-31}\n"
      "» content/primer/index.md\n"
      "Рачун: 199-12345-86."}},
    {"N021",
     "The day came on which somebody was to think again.",
     "Дошао је дан када је неко требало поново да размисли.",
     {"» content/privacy.yml\n"
      "- {finding: 62504b, who: A. A., why: announcement, until: 2026-01-31}\n"
      "» content/primer/index.md\n"
      "Account: 199-12345-86.",
      "» content/privacy.yml\n"
      "- {finding: 62504b, who: А. А., why: оглас, until: 2026-01-31}\n"
      "» content/primer/index.md\n"
      "Рачун: 199-12345-86."},
     {"» content/privacy.yml\n"
      "- {finding: 62504b, who: A. A., why: announcement, until: 2027-01-31}\n"
      "» content/primer/index.md\n"
      "Account: 199-12345-86.",
      "» content/privacy.yml\n"
      "- {finding: 62504b, who: А. А., why: оглас, until: 2027-01-31}\n"
      "» content/primer/index.md\n"
      "Рачун: 199-12345-86."}},
    {"N022",
     "It would excuse the same value if it came back.",
     "Оправдао би исту вредност ако се врати.",
     {"» content/privacy.yml\n"
      "- {finding: 62504b, who: A. A., why: announcement, until: 2027-01-31}",
      "» content/privacy.yml\n"
      "- {finding: 62504b, who: А. А., why: оглас, until: 2027-01-31}"},
     {"» content/privacy.yml\n"
      "- {finding: 62504b, who: A. A., why: announcement, until: 2027-01-31}\n"
      "» content/primer/index.md\n"
      "Account: 199-12345-86.",
      "» content/privacy.yml\n"
      "- {finding: 62504b, who: А. А., why: оглас, until: 2027-01-31}\n"
      "» content/primer/index.md\n"
      "Рачун: 199-12345-86."}},
    {"N100",
     "Who finds a hole must know whether anybody still listens (RFC 9116).",
     "Ко нађе рупу, мора знати да ли се неко још јавља (RFC 9116).",
     {"» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар, en: Centre}\n"
      "  email: urednistvo@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: centar"},
     {"» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар, en: Centre}\n"
      "  email: urednistvo@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: centar\n"
      "security-until: 2027-06-30"}},
    {"N101",
     "A contact that has run out looks like one that nobody reads.",
     "Контакт коме је прошао рок делује као да га нико не чита.",
     {"» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар, en: Centre}\n"
      "  email: urednistvo@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: centar\n"
      "security-until: 2026-06-30"},
     {"» content/contacts.yml\n"
      "centar:\n"
      "  name: {sr: Центар, en: Centre}\n"
      "  email: urednistvo@primer.invalid\n"
      "» content/site.yml\n"
      "name: {sr: Проба, en: Test}\n"
      "base-url: https://primer.invalid/\n"
      "languages: [sr-Cyrl]\n"
      "security-contact: centar\n"
      "security-until: 2027-06-30"}},
    {"N200",
     "Who is afraid or tired loses a long sentence on the way.",
     "Ко се плаши или је уморан, дугу реченицу изгуби успут.",
     {"Ако вам неко узме документа и телефон и каже да морате да радите док не вратите дуг који стално расте, позовите нас јер то није ваша кривица "
      "и помоћ је бесплатна."},
     {"Неко вам је узео документа и телефон? Каже да морате да радите док не вратите дуг? Позовите нас. То није ваша кривица."}},
    {"N203",
     "Easy to read means short: a reader who spells each word has forgotten the beginning by the end.",
     "Лако за читање значи кратко: ко срича реч по реч, до краја заборави почетак.",
     {"---\n"
      "kind: leaflet\n"
      "title: Пример\n"
      "fold: a4-bifold\n"
      "editions: [easy-read]\n"
      "---\n"
      "## Прва\n\nАко ти неко узме документа и не да ти да изађеш из куће, позови нас одмах на овај број.\n\n## Друга\n\nТекст.\n\n## "
      "Трећа\n\nТекст.\n\n## Четврта\n\nТекст."},
     {"---\n"
      "kind: leaflet\n"
      "title: Пример\n"
      "fold: a4-bifold\n"
      "editions: [easy-read]\n"
      "---\n"
      "## Прва\n\nНеко ти је узео документа? Не да ти да изађеш? Позови нас.\n\n## Друга\n\nТекст.\n\n## Трећа\n\nТекст.\n\n## Четврта\n\nТекст."}},
    {"N204",
     "A page that is easy to read holds one thought. Two thoughts are two panels.",
     "Страна лака за читање носи једну мисао. Две мисли су две стране летка.",
     {"---\n"
      "kind: leaflet\n"
      "title: Пример\n"
      "fold: a4-bifold\n"
      "editions: [easy-read]\n"
      "---\n"
      "## Прва\n\n"
      "Позови нас кад можеш безбедно да говориш. Позови нас кад можеш безбедно да говориш. Позови нас кад можеш безбедно да говориш. Позови нас кад "
      "можеш безбедно да говориш. Позови нас кад можеш безбедно да говориш. Позови нас кад можеш безбедно да говориш. Позови нас кад можеш безбедно "
      "да говориш. Позови нас кад можеш безбедно да говориш. Позови нас кад можеш безбедно да говориш.\n\n## Друга\n\nТекст.\n\n## "
      "Трећа\n\nТекст.\n\n## Четврта\n\nТекст."},
     {"---\n"
      "kind: leaflet\n"
      "title: Пример\n"
      "fold: a4-bifold\n"
      "editions: [easy-read]\n"
      "---\n"
      "## Прва\n\nПозови нас кад можеш безбедно да говориш.\n\n## Друга\n\nТекст.\n\n## Трећа\n\nТекст.\n\n## Четврта\n\nТекст."}},
    {"N201",
     "The reader needs to know who does it: who to call, who decides.",
     "Читалац треба да зна ко то ради: кога да зове и ко одлучује.",
     {"Ваши подаци су прикупљени од стране Центра."},
     {"Ваше податке прикупља Центар."}},
    {"N202",
     "Staff know the word, readers do not.",
     "Запослени ту реч знају, читаоци не.",
     {"Уколико имате питање, реализација мере почиње у петак."},
     {"Ако имате питање, меру почињемо у петак."}},
    {"N211",
     "A heading promises something.",
     "Наслов нешто обећава.",
     {"## Help\n"
      "\n"
      "## Contact\n"
      "\n"
      "Text.",
      "## Помоћ\n"
      "\n"
      "## Контакт\n"
      "\n"
      "Текст."},
     {"## Help\n"
      "\n"
      "Call us.\n"
      "\n"
      "## Contact\n"
      "\n"
      "Text.",
      "## Помоћ\n"
      "\n"
      "Позовите нас.\n"
      "\n"
      "## Контакт\n"
      "\n"
      "Текст."}},
    {"N212",
     "Links are also read in a list, without the sentence around them.",
     "Везе се читају и као списак, без реченице око њих.",
     {"To come home, [click here](../index.md).", "За почетак [кликните овде](../index.md)."},
     {"Come back to the [home page](../index.md).", "Вратите се на [почетну страницу](../index.md)."}},
    {"N213",
     "The words stand for the image; its name or kind says nothing.",
     "Те речи стоје уместо слике; њено име или врста не кажу ништа.",
     {"![photo](../slika.png)", "![Слика разговора](../slika.png)"},
     {"![Two people talk at a table](../slika.png)", "![Двоје људи разговара за столом](../slika.png)"}},
    {"N214",
     "It is read in one breath, and cannot be stopped and begun again.",
     "Чита се у једном даху и не може да се застане.",
     {"![On the left stands a house with a red roof and two windows, before it a path leads past three trees to a gate, where a woman with a child "
      "waits and a car is parked](../slika.png)",
      "![Лево стоји кућа са црвеним кровом и два прозора, испред ње стаза води поред три дрвета до капије, где чека жена са дететом, а поред капије "
      "стоји паркиран аутомобил](../slika.png)"},
     {"![The way to our door leads past three trees](../slika.png)", "![До наших врата води стаза поред три дрвета](../slika.png)"}},
    {"N215",
     "A screen reader says the heading before each cell.",
     "Читач екрана изговара наслов колоне пре сваке ћелије.",
     {"| Day | |\n"
      "|-----|---|\n"
      "| Monday | 8–16 |",
      "| Дан | |\n"
      "|-----|---|\n"
      "| понедељак | 8–16 |"},
     {"| Day | Hours |\n"
      "|-----|-------|\n"
      "| Monday | 8–16 |",
      "| Дан | Време |\n"
      "|-----|-------|\n"
      "| понедељак | 8–16 |"}},
    {"N216",
     "Tabs, history and search show the title alone.",
     "На картицама, у историји и претрази види се само наслов.",
     {"» content/prva/index.md\n"
      "---\n"
      "title: Contact\n"
      "---\n"
      "Text.\n"
      "» content/druga/index.md\n"
      "---\n"
      "title: Contact\n"
      "---\n"
      "Text.",
      "» content/prva/index.md\n"
      "---\n"
      "наслов: Контакт\n"
      "---\n"
      "Текст.\n"
      "» content/druga/index.md\n"
      "---\n"
      "наслов: Контакт\n"
      "---\n"
      "Текст."},
     {"» content/prva/index.md\n"
      "---\n"
      "title: Contact of the Centre\n"
      "---\n"
      "Text.\n"
      "» content/druga/index.md\n"
      "---\n"
      "title: Contact of the Shelter\n"
      "---\n"
      "Text.",
      "» content/prva/index.md\n"
      "---\n"
      "наслов: Контакт Центра\n"
      "---\n"
      "Текст.\n"
      "» content/druga/index.md\n"
      "---\n"
      "наслов: Контакт Прихватилишта\n"
      "---\n"
      "Текст."}},
    {"N217",
     "The end of a long title is cut off where people choose.",
     "Крај дугог наслова се не види тамо где људи бирају.",
     {"---\n"
      "title: Everything that you need to know about the ways in which you can get in touch\n"
      "---\n"
      "Text.",
      "---\n"
      "наслов: Све што треба да знате о начинима на које можете да ступите у везу са Центром\n"
      "---\n"
      "Текст."},
     {"---\n"
      "title: How to reach us\n"
      "---\n"
      "Text.",
      "---\n"
      "наслов: Како да нас нађете\n"
      "---\n"
      "Текст."}},
    {"N220",
     "A screen reader says the words by the rules of the language that the page names.",
     "Читач екрана изговара речи по правилима језика који страница наводи.",
     {"Прочитајте Guidelines on early identification у библиотеци."},
     {"Прочитајте :lang[Guidelines on early identification]{lang=en} у библиотеци."}},
    {"N221",
     "A Latin letter in a Cyrillic word looks right and is another word to search and screen readers.",
     "Латинично слово у ћириличној речи изгледа добро, а за претрагу и читаче екрана то је друга реч.",
     {"Позовите Цeнтар."},
     {"Позовите Центар."}},
    {"N230",
     "One of the two is wrong, and somebody will come on that day.",
     "Једно од то двоје је погрешно, и неко ће доћи баш тада.",
     {"We meet on Monday, 18 March 2027.", "Састанак је у понедељак, 18. марта 2027. године."},
     {"We meet on Thursday, 18 March 2027.", "Састанак је у четвртак, 18. марта 2027. године."}},
    {"N231",
     "The day does not exist.",
     "Тог дана нема.",
     {"Apply by 31 November 2026.", "Пријавите се до 31. новембра 2026. године."},
     {"Apply by 30 November 2026.", "Пријавите се до 30. новембра 2026. године."}},
    {"N232",
     "What is still to come cannot have been changed.",
     "Што тек долази, није могло да буде измењено.",
     {"---\n"
      "title: Contact\n"
      "updated: 2999-01-01\n"
      "---\n"
      "Text.",
      "---\n"
      "наслов: Контакт\n"
      "ажурирано: 2999-01-01\n"
      "---\n"
      "Текст."},
     {"---\n"
      "title: Contact\n"
      "updated: 2026-11-20\n"
      "---\n"
      "Text.",
      "---\n"
      "наслов: Контакт\n"
      "ажурирано: 2026-11-20\n"
      "---\n"
      "Текст."}},
    {"N240",
     "It was to be filled in, and nobody did.",
     "То је требало попунити, а нико није.",
     {"Call us: TODO.", "Зовите нас: TODO."},
     {"Call us every day.", "Зовите нас сваког дана."}},
    {"N250",
     "Who sees less, or reads in the sun, sees nothing.",
     "Ко слабије види или чита на сунцу, не види ништа.",
     {"» assets/naslov.css\n"
      ".naslov { color: #999999; background: #ffffff; }"},
     {"» assets/naslov.css\n"
      ".naslov { color: #595959; background: #ffffff; }"}},
    {"N260",
     "A screen reader has to guess where lines, headings and tables begin.",
     "Читач екрана мора да погађа где почињу редови, наслови и табеле.",
     {PDF(PDF_LANG, "", PDF_TITLE, "")},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N261",
     "A screen reader reads it with the wrong voice.",
     "Читач екрана га чита погрешним гласом.",
     {PDF(PDF_TAGS, "", PDF_TITLE, "")},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N262",
     "Tabs and screen readers call it by the name of the file.",
     "Картице и читачи екрана зову га по имену датотеке.",
     {PDF(PDF_GOOD, "", "", "")},
     {PDF(PDF_GOOD, "", PDF_TITLE, "")}},
    {"N270",
     "The reader meets an error page, or a picture that is not there.",
     "Читалац наиђе на страну с грешком или на слику које нема.",
     {"» public/index.html\n"
      "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Plan</title>\n"
      "<p><a href=\"plan.html\">The plan</a></p></html>",
      "» public/index.html\n"
      "<!DOCTYPE html><html lang=\"sr\"><meta charset=\"utf-8\"><title>План</title>\n"
      "<p><a href=\"plan.html\">План рада</a></p></html>"},
     {"» public/index.html\n"
      "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Plan</title>\n"
      "<p><a href=\"index.html\">The plan</a></p></html>",
      "» public/index.html\n"
      "<!DOCTYPE html><html lang=\"sr\"><meta charset=\"utf-8\"><title>План</title>\n"
      "<p><a href=\"index.html\">План рада</a></p></html>"}},
    {"N271",
     "The page opens at its top, and the reader has to search.",
     "Страна се отвори на врху, па читалац мора да тражи.",
     {"» public/index.html\n"
      "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Plan</title>\n"
      "<h1 id=\"plan\">Plan</h1><p><a href=\"#plans\">The plan</a></p></html>",
      "» public/index.html\n"
      "<!DOCTYPE html><html lang=\"sr\"><meta charset=\"utf-8\"><title>План</title>\n"
      "<h1 id=\"plan\">План</h1><p><a href=\"#planovi\">План рада</a></p></html>"},
     {"» public/index.html\n"
      "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Plan</title>\n"
      "<h1 id=\"plan\">Plan</h1><p><a href=\"#plan\">The plan</a></p></html>",
      "» public/index.html\n"
      "<!DOCTYPE html><html lang=\"sr\"><meta charset=\"utf-8\"><title>План</title>\n"
      "<h1 id=\"plan\">План</h1><p><a href=\"#plan\">План рада</a></p></html>"}},
};

const struct rule_example *rules_example(struct str code)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (str_is(code, examples[i].code)) return &examples[i];
    return NULL;
}
