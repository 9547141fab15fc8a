/* help.c: see help.h. All text comes from tables, so help cannot differ from what the program does. */
#include "build/help.h"
#include "check/rules.h"
#include "css/css.h"
#include "image/image.h"
#include "text/text.h"
#include "content/edition.h"
#include "lang/lang.h"
#include "site/context.h"
#include <ctype.h>

static const struct command_row commands[] = {
    {RUN_BUILD, "build", "", 0, 0, "Cojdsa", "build the site of DIR into OUT (DIR/public), all or nothing",
     "израђује сајт фасцикле DIR у OUT (DIR/public), све или ништа"},
    {RUN_CHECK, "check", "[PATH]", 0, 1, "CjdsaJF",
     "report everything that build and publishing would object to; of a finished file or folder PATH, what may not be published and which links lead "
     "nowhere",
     "пријављује све што би сметало изради и објављивању; за готову датотеку или фасциклу PATH, шта не сме да се објави и које везе не воде никуда"},
    {RUN_SERVE, "serve", "", 0, 0, "Cpjdsa", "show the site on 127.0.0.1, rebuild after each change, reload the browser",
     "приказује сајт на 127.0.0.1, израђује га после сваке измене и освежава прегледач"},
    {RUN_PDF, "pdf", "FILE.html|FILE.md", 1, 1, "ocPsaGQJ", "turn one page into a PDF for readers (-o), and for a print shop (--print)",
     "од једне странице прави PDF за читање (-o) и за штампарију (--print)"},
    {RUN_PROOF, "proof", "FILE.html|FILE.md", 1, 1, "ocsa",
     "make a fold proof in the folder OUT: a dummy sheet (PDF) to print and fold, and a page (HTML) that folds the real one",
     "прави пробу превоја у фасцикли OUT: пробни табак (PDF) за штампање и пресавијање и страницу (HTML) која пресавија прави"},
    {RUN_NEW, "new", "KIND SLUG", 2, 2, "Ca", "write a commented file to start from", "уписује почетну датотеку са објашњењима"},
    {RUN_FORM, "form", "fields FORM|fill FORM DATA.json|read FOLDER|lock", 1, 3, "CaoJVXS",
     "list what a form asks for (FORM: F8, F8.en); fill it with data into a PDF (-o); read filled PDFs into a table (-o); lock what its version asks "
     "for",
     "набраја шта образац тражи (FORM: F8, F8.en); попуњава га подацима у PDF (-o); чита попуњене PDF-ове у табелу (-o); закључава шта његова "
     "верзија тражи"},
    {RUN_PACK, "pack", "offline [NAME]|web|nginx|apache", 1, 2, "CojdsaK",
     "make a copy for a USB stick (folder and ZIP with hashes), the folder for a web server, or its configuration",
     "прави копију за USB (фасциклу и ZIP са отисцима), фасциклу за веб-сервер или његова подешавања"},
    {RUN_PUBLISH, "publish", "[USER@HOST:PATH]", 0, 1, "CjsanRH",
     "check the site, send it over ssh as a new release, have it compared and shown; or show the one before",
     "проверава сајт, шаље га преко ssh као ново издање, пореди га и приказује; или враћа претходно"},
    {RUN_TRANSLATE, "translate", "status|diff PAGE LANG|accept PAGE [LANG]", 1, 3, "CaJ",
     "show which translations are behind their source; what changed, side by side; say that a translation has caught up",
     "показује који преводи заостају за извором; шта се променило, једно поред другог; потврђује да је превод усклађен"},
    {RUN_WHERE, "where", "contact ID", 2, 2, "CdaJ", "list every page and PDF that prints a contact of the register",
     "набраја сваку страницу и PDF на којима стоји контакт из регистра"},
    {RUN_EDITIONS, "editions", "[PAGE…]", 0, 9, "CojdaJ",
     "make every edition of leaflets, brochures and books in every language (-o), and print how much room each panel has left",
     "прави све облике летака, брошура и књига на свим језицима (-o) и исписује колико је места остало на свакој страни"},
    {RUN_DUMP, "dump", "page|html|context|print|press|boxes|frames|tags|svg FILE", 2, 2, "a",
     "print an intermediate form of a file, for finding faults", "исписује међуоблик датотеке, за тражење грешака"},
    {RUN_HELP, "help", "[COMMAND|KIND|MARK|KEY|CODE]", 0, 1, "", "explain a command, kind, mark, key or message code",
     "објашњава наредбу, врсту, ознаку, кључ или шифру поруке"},
    {RUN_VERSION, "version", "", 0, 0, "", "print the version", "исписује верзију"},
};
static const struct option_row options[] = {
    {'C', "-C", "--directory", "DIR", "folder of the site (default: this folder); holds content/, layouts/, assets/",
     "фасцикла сајта (подразумевано: ова); у њој су content/, layouts/, assets/"},
    {'o', "-o", "--out", "OUT", "where to write: a folder (build, editions, proof), a file (pdf)",
     "куда се пише: фасцикла (build, editions, proof), датотека (pdf)"},
    {'j', "-j", "--jobs", "N", "how many threads, 1-64 (default: one for each core)", "колико нити, 1–64 (подразумевано: по једна за свако језгро)"},
    {'p', "-p", "--port", "PORT", "port on 127.0.0.1 (default 8080; 0 = any free one)",
     "прикључак на 127.0.0.1 (подразумевано 8080; 0 = било који слободан)"},
    {'d', "--drafts", NULL, NULL, "include drafts, future pages and unreviewed translations",
     "укључује нацрте, будуће странице и непрегледане преводе"},
    {'s', "--strict", NULL, NULL, "treat warnings as errors", "упозорења сматра грешкама"},
    {'a', "--as-of", NULL, "DATE", "the day that counts as today, 2026-11-24 (default: SOURCE_DATE_EPOCH, else today)",
     "дан који важи као данашњи, 2026-11-24 (подразумевано: SOURCE_DATE_EPOCH, иначе данас)"},
    {'J', "--json", NULL, NULL, "messages as JSON lines on standard output; of form, editions and pdf --report: the answer as JSON",
     "поруке као редови JSON на стандардном излазу; код form, editions и pdf --report: одговор као JSON"},
    {'F', "--sarif", NULL, NULL, "messages as one SARIF 2.1.0 log on standard output", "поруке као један запис SARIF 2.1.0 на стандардном излазу"},
    {'V', "--csv", NULL, NULL, "fields as a table", "поља као табела"},
    {'X', "--xfdf", NULL, NULL, "fields as empty XFDF, which PDF viewers import", "поља као празан XFDF, који читачи PDF-а увозе"},
    {'S', "--schema", NULL, NULL, "fields as JSON Schema of their data", "поља као JSON Schema њихових података"},
    {'c', "--css", NULL, "FILE", "a further style sheet; may be given more than once", "још један лист стилова; може више пута"},
    {'P', "--print", NULL, "OUT2.pdf", "also write the PDF for the print shop; of a form: the paper form",
     "уписује и PDF за штампарију; код обрасца: папирни образац"},
    {'Q', "--report", NULL, NULL, "print how the document is set: stretch, hyphens, widows, rivers, bad lines (with --json: as JSON)",
     "исписује како је документ сложен: растезање, цртице, усамљени редови, речице, лоши редови (уз --json: као JSON)"},
    {'G', "--debug", NULL, NULL, "draw boxes and baselines and mark loose, tight and overfull lines",
     "црта оквире и основне линије и означава растегнуте, збијене и предугачке редове"},
    {'K', "--key", NULL, "FILE", "private key of OpenSSH that signs the hashes", "приватни кључ за OpenSSH којим се потписују отисци"},
    {'n', "--dry-run", NULL, NULL, "send nothing, say what would change", "ништа не шаље, каже шта би се променило"},
    {'R', "--rollback", NULL, NULL, "show the release before the present one", "приказује издање пре садашњег"},
    {'H', "--ssh-config", NULL, "FILE", "settings of ssh (default: its own)", "подешавања за ssh (подразумевано: његова)"},
    {'l', "--lang", NULL, "sr|sr-latn|en", "language of messages and help (default: from the environment)",
     "језик порука и помоћи (подразумевано: из окружења)"},
};
enum { COMMANDS = sizeof commands / sizeof *commands, OPTIONS = sizeof options / sizeof *options };

const struct command_row *help_command(struct str name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (str_is(name, commands[i].name)) return &commands[i];
    return NULL;
}

const char *help_nearest_command(struct str name)
{
    const char *names[COMMANDS + 1] = {0};
    for (size_t i = 0; i < COMMANDS; i++) names[i] = commands[i].name;
    return str_nearest(name, names);
}

const struct option_row *help_option(struct str name)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (str_is(name, options[i].shrt) || (options[i].lng && str_is(name, options[i].lng))) return &options[i];
    return NULL;
}

/* One help page under way: what to write, in which language. */
struct page_of_help {
    struct buf *out;
    enum diag_lang lang;
};

static void say(const struct page_of_help *h, const char *en, const char *sr)
{
    if (h->lang == DIAG_EN) buf_puts(h->out, en);
    else if (h->lang == DIAG_SR) buf_puts(h->out, sr);
    else lang_latin(h->out, str_of(sr));
}

static void row(const struct page_of_help *h, const char *name, const char *name2, const char *arg, const char *en, const char *sr)
{
    size_t from = h->out->n;
    buf_printf(h->out, "  %s%s%s%s%s", name, name2 ? ", " : "", name2 ? name2 : "", arg && *arg ? " " : "", arg ? arg : "");
    buf_pad(h->out, from, 34, 1);
    say(h, en, sr);
    buf_putc(h->out, '\n');
}

static void option_rows(const struct page_of_help *h, const char *letters)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (strchr(letters, options[i].letter) || options[i].letter == 'l')
            row(h, options[i].shrt, options[i].lng, options[i].value, options[i].en, options[i].sr);
}

static void overview(const struct page_of_help *h)
{
    say(h, "letak turns a folder of Markdown into a website, PDF publications and fillable forms.\n\nCommands:\n",
        "letak од фасцикле текстова у Markdown-у прави сајт, PDF публикације и обрасце који се попуњавају.\n\nНаредбе:\n");
    for (size_t i = 0; i < COMMANDS; i++) row(h, commands[i].name, NULL, commands[i].args, commands[i].en, commands[i].sr);
    say(h, "\nKinds of pages: ", "\nВрсте страница: ");
    for (size_t i = 0; i < KINDS; i++) {
        if (i) buf_puts(h->out, ", ");
        buf_puts(h->out, kind_rows[i].en);
    }
    say(h, "\nMarks: ", "\nОзнаке: ");
    for (size_t i = 0; i < (size_t)MARKS; i++) buf_printf(h->out, "%s%s", i ? ", " : "", mark_rows[i].en);
    say(h,
        "\n\nletak help NAME explains any of them, a front-matter key, a CSS property (letak help css lists them), or a message code such as C050.\n",
        "\n\nletak help ИМЕ објашњава било шта од тога, кључ из заглавља, својство CSS (letak help css их набраја) или шифру поруке, на пример "
        "C050.\n");
}

static bool command_topic(const struct page_of_help *h, struct str topic)
{
    const struct command_row *c = help_command(topic);
    if (!c) return false;
    buf_printf(h->out, "letak %s%s%s%s\n  ", c->name, *c->options ? " [OPTION]…" : "", *c->args ? " " : "", c->args);
    say(h, c->en, c->sr);
    buf_puts(h->out, "\n\n");
    option_rows(h, c->options);
    return true;
}

static bool named(struct str topic, const char *en, const char *sr) /* by its English, Serbian or Serbian Latin name */
{
    if (str_is(topic, en) || (sr && str_is(topic, sr))) return true;
    struct buf latin = {0};
    if (sr) lang_latin(&latin, str_of(sr));
    bool same = sr && str_eq(topic, buf_view(&latin));
    buf_close(&latin);
    return same;
}

static void keys_of(const struct page_of_help *h, uint32_t kinds)
{
    for (size_t i = 0; i < (size_t)KEYS; i++)
        if (key_rows[i].kinds & kinds)
            row(h, key_rows[i].en, key_rows[i].sr, key_rows[i].required & kinds ? "*" : NULL, key_rows[i].help_en, key_rows[i].help_sr);
}

/* The rows of editions, a line each: name, files, what it is. */
static void editions(const struct page_of_help *h)
{
    buf_putc(h->out, '\n');
    for (size_t i = 0; i < EDITIONS; i++) {
        const struct edition_row *r = &edition_rows[i];
        size_t from = h->out->n;
        if (!r->kinds) continue;
        buf_printf(h->out, "  %s (%s)", r->en, r->sr);
        buf_pad(h->out, from, 30, 1);
        say(h, r->help_en, r->help_sr);
        buf_putc(h->out, '\n');
    }
}

static bool schema_topic(const struct page_of_help *h, struct str topic)
{
    bool found = false;
    for (size_t i = 0; i < KINDS; i++) {
        if (!named(topic, kind_rows[i].en, kind_rows[i].sr)) continue;
        buf_printf(h->out, "kind: %s (%s)\n  ", kind_rows[i].en, kind_rows[i].sr);
        say(h, kind_rows[i].help_en, kind_rows[i].help_sr);
        say(h, "\n\nFront-matter keys (* = must be there):\n", "\n\nКључеви заглавља (* = обавезно):\n");
        keys_of(h, 1u << kind_rows[i].kind);
        found = true;
    }
    for (size_t i = 0; i < (size_t)MARKS; i++) {
        const struct mark_row *m = &mark_rows[i];
        if (!named(topic, m->en, m->sr)) continue;
        buf_printf(h->out, "%s%s[…]{%s} (:%s)\n  ", m->places & MARK_INLINE ? ":" : "::", m->en, m->keys ? m->keys : "", m->sr);
        if (m->help_en) say(h, m->help_en, m->help_sr);
        else buf_printf(h->out, "%s", m->later);
        buf_putc(h->out, '\n');
        found = true;
    }
    for (size_t i = 0; i < (size_t)KEYS; i++) {
        const struct key_row *k = &key_rows[i];
        if (!named(topic, k->en, k->sr)) continue;
        buf_printf(h->out, "%s: (%s:)\n  ", k->en, k->sr);
        say(h, k->help_en, k->help_sr);
        if (k->choices) buf_printf(h->out, "\n  %s", k->choices);
        buf_putc(h->out, '\n');
        if (k->key == KEY_EDITIONS) editions(h);
        found = true;
    }
    return found;
}

/* Lines of text, four spaces before each: the tests take them from here. */
static void indented(struct buf *out, struct str text)
{
    struct str line;
    while (str_split(&text, '\n', &line)) buf_printf(out, "    %.*s\n", STR_ARG(line));
}

static void example(const struct page_of_help *h, const struct rule_example *e)
{
    int sr = h->lang != DIAG_EN;
    buf_puts(h->out, "\n  ");
    say(h, e->why_en, e->why_sr);
    say(h, "\n\n  Wrong:\n", "\n\n  Погрешно:\n");
    indented(h->out, str_of(e->wrong[sr && e->wrong[1]]));
    say(h, "\n  Right:\n", "\n  Исправно:\n");
    indented(h->out, str_of(e->right[sr && e->right[1]]));
}

static bool code_topic(const struct page_of_help *h, struct str topic)
{
    static const char *const severity[][2] = {{"warning", "упозорење"},
                                              {"error", "грешка"},
                                              {"error (warning in a foreign folder)", "грешка (упозорење у страној фасцикли)"},
                                              {"wrong use", "погрешна употреба"},
                                              {"surroundings", "окружење"},
                                              {"warning; error of check", "упозорење; грешка код check"}};
    for (size_t i = 0; i < MSG_COUNT; i++) {
        const struct msg_row *m = &diag_rows()[i];
        if (!str_is(topic, m->code)) continue;
        buf_printf(h->out, "%s: ", m->code);
        say(h, severity[m->severity][0], severity[m->severity][1]);
        buf_puts(h->out, "\n  ");
        say(h, m->text[0], m->text[1]);
        buf_puts(h->out, "\n  → ");
        say(h, m->mend[0], m->mend[1]);
        buf_putc(h->out, '\n');
        if (rules_example(topic)) example(h, rules_example(topic));
        return true;
    }
    return false;
}

static const char *nearest_topic(struct arena *a, struct str topic)
{
    VEC(const char *) names = {0};
    for (size_t i = 0; i < COMMANDS; i++) *vec_push(a, &names) = commands[i].name;
    for (size_t i = 0; i < KINDS; i++) *vec_push(a, &names) = kind_rows[i].en;
    for (size_t i = 0; i < (size_t)MARKS; i++) *vec_push(a, &names) = mark_rows[i].en;
    for (size_t i = 0; i < (size_t)KEYS; i++) *vec_push(a, &names) = key_rows[i].en;
    *vec_push(a, &names) = NULL;
    return str_nearest(topic, names.v);
}

static bool context_topic(const struct page_of_help *h, struct str topic)
{
    size_t n;
    const struct context_row *rows = context_rows(&n);
    if (!str_is(topic, "context")) return false;
    say(h, "Names that a layout may use ([] is a list):\n", "Имена која изглед сме да користи ([] је списак):\n");
    for (size_t i = 0; i < n; i++) row(h, rows[i].name, NULL, NULL, rows[i].help_en, rows[i].help_sr);
    return true;
}

static bool font_topic(const struct page_of_help *h, struct str topic)
{
    if (!str_is(topic, "fonts")) return false;
    say(h, "Families that need no @font-face:\n", "Породице писма за које не треба @font-face:\n");
    text_help(h->out);
    return true;
}

static bool picture_topic(const struct page_of_help *h, struct str topic)
{
    if (!named(topic, "pictures", "слике")) return false;
    say(h,
        "Pictures that a text may show, ![what it shows](file). They lose their metadata, stand upright, and are offered 480, 960 and 1600 pixels "
        "wide as\n"
        "far as they are that wide, in formats of fewer bytes where there are fewer. At most 100 million pixels.\n",
        "Слике које текст може да покаже, ![шта је на њој](датотека). Губе метаподатке, исправљају се и нуде у ширини од 480, 960 и 1600 пиксела\n"
        "ако су толико широке, у форматима са мање бајтова где их је мање. Највише 100 милиона пиксела.\n");
    for (size_t i = 0; i < IMAGE_FORMATS; i++) row(h, image_kinds[i].extension, NULL, NULL, image_kinds[i].en, image_kinds[i].sr);
    row(h, "svg", NULL, NULL, "stays a drawing, on paper too; scripts and editor data go",
        "остаје цртеж, и на папиру; скрипте и подаци уређивача се уклањају");
    return true;
}

static bool css_topic(struct page_of_help *h, struct str topic)
{
    struct buf b = {0};
    bool found = css_help(&b, str_is(topic, "css") ? STR("") : topic, h->lang);
    if (h->lang == DIAG_SR_LATN) lang_latin(h->out, buf_view(&b));
    else buf_str(h->out, buf_view(&b));
    buf_close(&b);
    return found;
}

void help_write(struct str topic, enum diag_lang lang, struct diag *d, struct buf *out)
{
    struct page_of_help h = {out, lang};
    if (!topic.n) {
        overview(&h);
        return;
    }
    bool found = command_topic(&h, topic);
    found |= schema_topic(&h, topic);
    found |= code_topic(&h, topic);
    found |= context_topic(&h, topic);
    found |= font_topic(&h, topic);
    found |= picture_topic(&h, topic);
    found |= css_topic(&h, topic);
    if (found) return;
    struct arena a = {0};
    const char *near = nearest_topic(&a, topic);
    DIAG(d, MSG_USAGE_TOPIC, (struct place){0}, str_z(&a, topic), near ? arena_printf(&a, " (%s?)", near) : "");
    arena_close(&a);
}
