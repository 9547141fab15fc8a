/* counter.c: counter styles (Counter Styles 3): predefined ones as rows of a table, others from @counter-style. */
#include "css/internal.h"
#include "base/utf8.h"

enum counter_system { SYSTEM_CYCLIC, SYSTEM_NUMERIC, SYSTEM_ALPHABETIC, SYSTEM_SYMBOLIC, SYSTEM_ADDITIVE, SYSTEM_FIXED };
struct counter_style {
    const char *name;
    uint8_t system;
    const char *symbols; /* separated by spaces; ADDITIVE: weight symbol weight symbol …, from the greatest */
    const char *suffix, *prefix;
    long least, most; /* range; 0 0 = as the system has it */
    const char *negative[2];
    const char *fallback;
    long first; /* FIXED: value of the first symbol */
    int pad;
    const char *pad_with;
};
#define ROMAN "1000 m 900 cm 500 d 400 cd 100 c 90 xc 50 l 40 xl 10 x 9 ix 5 v 4 iv 1 i"
static const struct counter_style STYLES[] = {
    {"decimal", SYSTEM_NUMERIC, "0 1 2 3 4 5 6 7 8 9", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"decimal-leading-zero", SYSTEM_NUMERIC, "0 1 2 3 4 5 6 7 8 9", ". ", "", 0, 0, {"-", ""}, NULL, 0, 2, "0"},
    {"disc", SYSTEM_CYCLIC, "•", " ", "", 0, 0, {0}, NULL, 0, 0, NULL},
    {"circle", SYSTEM_CYCLIC, "◦", " ", "", 0, 0, {0}, NULL, 0, 0, NULL},
    {"square", SYSTEM_CYCLIC, "▪", " ", "", 0, 0, {0}, NULL, 0, 0, NULL},
    {"dash", SYSTEM_CYCLIC, "–", " ", "", 0, 0, {0}, NULL, 0, 0, NULL},
    {"disclosure-open", SYSTEM_CYCLIC, "▾", " ", "", 0, 0, {0}, NULL, 0, 0, NULL},
    {"disclosure-closed", SYSTEM_CYCLIC, "▸", " ", "", 0, 0, {0}, NULL, 0, 0, NULL},
    {"lower-roman", SYSTEM_ADDITIVE, ROMAN, ". ", "", 1, 3999, {"-", ""}, NULL, 0, 0, NULL},
    {"upper-roman",
     SYSTEM_ADDITIVE,
     "1000 M 900 CM 500 D 400 CD 100 C 90 XC 50 L 40 XL 10 X 9 IX 5 V 4 IV 1 I",
     ". ",
     "",
     1,
     3999,
     {"-", ""},
     NULL,
     0,
     0,
     NULL},
    {"lower-alpha", SYSTEM_ALPHABETIC, "a b c d e f g h i j k l m n o p q r s t u v w x y z", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"upper-alpha", SYSTEM_ALPHABETIC, "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"lower-greek", SYSTEM_ALPHABETIC, "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"upper-greek", SYSTEM_ALPHABETIC, "Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"lower-cyrillic", SYSTEM_ALPHABETIC, "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш", ") ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"upper-cyrillic", SYSTEM_ALPHABETIC, "А Б В Г Д Ђ Е Ж З И Ј К Л Љ М Н Њ О П Р С Т Ћ У Ф Х Ц Ч Џ Ш", ") ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"lower-serbo-croatian",
     SYSTEM_ALPHABETIC,
     "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
     ") ",
     "",
     0,
     0,
     {"-", ""},
     NULL,
     0,
     0,
     NULL},
    {"upper-serbo-croatian",
     SYSTEM_ALPHABETIC,
     "A B C Č Ć D DŽ Đ E F G H I J K L LJ M N NJ O P R S Š T U V Z Ž",
     ") ",
     "",
     0,
     0,
     {"-", ""},
     NULL,
     0,
     0,
     NULL},
    {"arabic-indic", SYSTEM_NUMERIC, "٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"persian", SYSTEM_NUMERIC, "۰ ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"devanagari", SYSTEM_NUMERIC, "० १ २ ३ ४ ५ ६ ७ ८ ९", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"bengali", SYSTEM_NUMERIC, "০ ১ ২ ৩ ৪ ৫ ৬ ৭ ৮ ৯", ". ", "", 0, 0, {"-", ""}, NULL, 0, 0, NULL},
    {"footnotes", SYSTEM_SYMBOLIC, "* † ‡ §", " ", "", 0, 0, {0}, NULL, 0, 0, NULL},
};
static const char *const SAME[][2] = {
    {"lower-latin", "lower-alpha"},      {"upper-latin", "upper-alpha"}, {"cyrillic", "lower-cyrillic"},       {"lower-serbian", "lower-cyrillic"},
    {"upper-serbian", "upper-cyrillic"}, {"азбучно", "lower-cyrillic"},  {"абецедно", "lower-serbo-croatian"}, {"urdu", "persian"}};
#define ROWS(t) (sizeof(t) / sizeof *(t))

const struct counter_style *css_counter_style(struct css *c, struct str name)
{
    const struct counter_style *own = c ? map_find(&c->counters, name) : NULL;
    if (own) return own;
    for (size_t i = 0; i < ROWS(SAME); i++)
        if (str_is(name, SAME[i][0])) name = str_of(SAME[i][1]);
    for (size_t i = 0; i < ROWS(STYLES); i++)
        if (css_is(name, STYLES[i].name)) return &STYLES[i];
    return NULL;
}

enum { SYMBOLS = 256, TEXT_MOST = 64 };
static size_t split(const char *symbols, struct str *out)
{
    size_t n = 0;
    struct str rest = str_of(symbols);
    while (n < SYMBOLS && str_split(&rest, ' ', &out[n])) n++;
    return n;
}
/* Counter Styles 3, 3.1: false where the style cannot write this number. */
static bool represent(const struct counter_style *s, long n, struct buf *b)
{
    struct str sym[SYMBOLS];
    size_t k = split(s->symbols, sym);
    struct str digits[TEXT_MOST];
    int d = 0;
    if (!k) return false;
    switch ((enum counter_system)s->system) {
    case SYSTEM_CYCLIC: {
        long at = (n - 1) % (long)k;
        buf_str(b, sym[at < 0 ? at + (long)k : at]);
        return true;
    }
    case SYSTEM_FIXED:
        if (n < s->first || n - s->first >= (long)k) return false;
        buf_str(b, sym[n - s->first]);
        return true;
    case SYSTEM_NUMERIC:
        if (k < 2) return false;
        if (!n) digits[d++] = sym[0];
        for (; n && d < TEXT_MOST; n /= (long)k) digits[d++] = sym[n % (long)k];
        break;
    case SYSTEM_ALPHABETIC:
        if (n < 1 || k < 2) return false;
        for (; n && d < TEXT_MOST; n = (n - 1) / (long)k) digits[d++] = sym[(n - 1) % (long)k];
        break;
    case SYSTEM_SYMBOLIC: {
        if (n < 1 || (n - 1) / (long)k >= TEXT_MOST) return false;
        for (long i = 0; i <= (n - 1) / (long)k; i++) buf_str(b, sym[(n - 1) % (long)k]);
        return true;
    }
    case SYSTEM_ADDITIVE: {
        int written = 0;
        for (size_t i = 0; i + 1 < k; i += 2) {
            long w;
            if (!str_int(sym[i], &w) || w < 0) return false;
            if (!w && !n && !written) return buf_str(b, sym[i + 1]), true;
            for (; w && n >= w; n -= w)
                if (buf_str(b, sym[i + 1]), ++written > TEXT_MOST) return false;
        }
        return !n && written;
    }
    }
    for (int i = d; i < s->pad; i++) buf_puts(b, s->pad_with);
    while (d) buf_str(b, digits[--d]);
    return true;
}
static void write(struct css *c, const struct counter_style *s, long n, struct buf *b, int depth)
{
    bool negative = n < 0 && s->system != SYSTEM_CYCLIC && s->system != SYSTEM_FIXED;
    bool ranged = s->least || s->most;
    struct buf text = {0};
    if (s->system == SYSTEM_CYCLIC && s->symbols[0] == 0) return;
    if ((!ranged || (n >= s->least && n <= s->most)) && represent(s, negative ? -n : n, &text)) {
        if (negative && s->negative[0]) buf_puts(b, s->negative[0]);
        if (text.s) buf_str(b, buf_view(&text));
        if (negative && s->negative[1]) buf_puts(b, s->negative[1]);
    } else {
        const struct counter_style *f = s->fallback && depth < 8 ? css_counter_style(c, str_of(s->fallback)) : NULL;
        if (f && f != s) write(c, f, n, b, depth + 1);
        else buf_int(b, n);
    }
    buf_close(&text);
}
struct str css_counter_text(struct arena *a, struct css *c, struct str style, long number)
{
    if (str_is(style, "none")) return STR("");
    if (style.n >= 2 && style.s[0] == '"') return str_copy(a, str_part(style, 1, style.n - 2));
    const struct counter_style *s = css_counter_style(c, style);
    struct buf b = {0};
    if (number > 1000000000) number = 1000000000;
    if (number < -1000000000) number = -1000000000;
    write(c, s ? s : &STYLES[0], number, &b, 0);
    struct str out = buf_copy(a, &b);
    buf_close(&b);
    return out;
}
void css_counter_affixes(struct css *c, struct str style, struct str *prefix, struct str *suffix)
{
    const struct counter_style *s = css_counter_style(c, style);
    bool text = style.n >= 2 && style.s[0] == '"';
    *prefix = text || !s ? STR("") : str_of(s->prefix);
    *suffix = text || str_is(style, "none") ? STR("") : s ? str_of(s->suffix) : STR(". ");
}

/* --- @counter-style --- */
static const char *symbol_list(struct css *c, struct ctx *x, struct cvs v, bool weights)
{
    struct buf b = {0};
    for (struct str s; val_peek(&v);) {
        long w;
        if (weights) {
            if (b.n) val_delim(&v, ',');
            if (!val_integer(x, &v, &w)) break;
            buf_printf(&b, "%s%ld", b.n ? " " : "", w);
        }
        if (!val_text(x, &v, &s) && !val_name(x, &v, &s)) break;
        if (b.n) buf_putc(&b, ' ');
        buf_str(&b, s);
    }
    char *z = str_z(c->arena, buf_view(&b));
    buf_close(&b);
    return z;
}
void css_counter_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct counter_style *s = ARENA_NEW(c->arena, struct counter_style);
    struct style scratch = c->initial;
    struct ctx x = {.css = c, .arena = c->arena, .s = &scratch, .parent = &c->initial, .root = &c->initial};
    struct cvs prelude = it->value;
    struct str name, text;
    struct place at = css_place(src, it->at);
    *s = (struct counter_style){
        .system = SYSTEM_SYMBOLIC, .symbols = "", .suffix = ". ", .prefix = "", .negative = {"-", ""}, .fallback = "decimal", .first = 1};
    if (!val_name(&x, &prelude, &name) || !val_done(&prelude) || css_is(name, "none") || css_is(name, "decimal")) {
        REPORT(c, MSG_CSS_SYNTAX, at, STR("counter-style"), "@counter-style");
        return;
    }
    struct css_reader r = css_reader(it->block, CSS_DECLARATIONS);
    for (struct css_item d; css_next(&r, &d);) {
        struct cvs v = cvs_trim(d.value);
        int k;
        long n;
        if (d.kind != CSS_DECLARATION) continue;
        if (css_is(d.name, "system")) {
            if (val_keyword(&x, &v, "cyclic numeric alphabetic symbolic additive fixed", &k)) {
                s->system = (uint8_t)k;
                if (k == SYSTEM_FIXED && val_integer(&x, &v, &n)) s->first = n;
            } else if (val_ident(&v, "extends") && val_name(&x, &v, &text)) {
                const struct counter_style *from = css_counter_style(c, text);
                if (from) *s = *from;
            }
        } else if (css_is(d.name, "symbols")) s->symbols = symbol_list(c, &x, v, false);
        else if (css_is(d.name, "additive-symbols")) s->symbols = symbol_list(c, &x, v, true);
        else if (css_is(d.name, "suffix") && val_text(&x, &v, &text)) s->suffix = str_z(c->arena, text);
        else if (css_is(d.name, "prefix") && val_text(&x, &v, &text)) s->prefix = str_z(c->arena, text);
        else if (css_is(d.name, "negative") && val_text(&x, &v, &text)) {
            s->negative[0] = str_z(c->arena, text), s->negative[1] = "";
            if (val_text(&x, &v, &text)) s->negative[1] = str_z(c->arena, text);
        } else if (css_is(d.name, "fallback") && val_name(&x, &v, &text)) s->fallback = str_z(c->arena, text);
        else if (css_is(d.name, "pad") && val_integer(&x, &v, &n) && n >= 0 && n <= TEXT_MOST && val_text(&x, &v, &text))
            s->pad = (int)n, s->pad_with = str_z(c->arena, text);
        else if (css_is(d.name, "range")) {
            s->least = -1000000000, s->most = 1000000000;
            if (!val_ident(&v, "infinite")) val_integer(&x, &v, &s->least);
            if (!val_ident(&v, "infinite")) val_integer(&x, &v, &s->most);
        }
    }
    if (s->symbols[0]) *map_at(&c->counters, name) = s;
    else REPORT(c, MSG_CSS_SYNTAX, at, STR("counter-style"), "@counter-style: symbols");
}
