/* sheet.c: style sheets: rules and at-rules into struct css. */
#include "css/internal.h"
#include "base/embed.h"
#include "base/file.h"
#include <stdlib.h>

enum { SHEET_NESTING = 12, SHEET_IMPORTS = 64 };

struct str css_intern(struct css *c, struct str s)
{
    if (!s.n) return (struct str){"", 0};
    void *at = map_find(&c->strings, s);
    if (!at) {
        s = str_copy(c->arena, s);
        *map_at(&c->strings, s) = at = (void *)(uintptr_t)s.s;
    }
    return (struct str){at, s.n};
}
const void *css_same(struct css *c, const void *bytes, size_t n)
{
    if (!n) return NULL;
    struct str key = {bytes, n};
    void *at = map_find(&c->bytes, key);
    if (at) return at;
    char *copy = arena_alloc(c->arena, n);
    memcpy(copy, bytes, n);
    *map_at(&c->bytes, (struct str){copy, n}) = copy;
    return copy;
}

/* --- urls --- */
static bool has_scheme(struct str url)
{
    size_t i = 0;
    while (i < url.n &&
           (((url.s[i] | 32) >= 'a' && (url.s[i] | 32) <= 'z') || (i && ((url.s[i] >= '0' && url.s[i] <= '9') || strchr("+-.", url.s[i])))))
        i++;
    return i > 1 && i < url.n && url.s[i] == ':';
}
struct str css_resolve_url(struct css *c, struct str base, struct str url)
{
    url = str_trim(url);
    if (!base.n || !url.n || url.s[0] == '#' || url.s[0] == '/' || has_scheme(url)) return url;
    return str_of(path_join(c->arena, base, url));
}
/* The file of a url below options.root, as a path to open; NULL (reported) where it may not be read. */
static char *local_file(struct css *c, struct str base, struct str url, struct place at)
{
    char *shown = str_z(c->arena, url);
    if (has_scheme(url) || str_starts(url, "//")) return DIAG(c->diag, MSG_CSS_NETWORK, at, shown), NULL;
    size_t query = str_find(url, '?'), hash = str_find(url, '#');
    if (hash < query) query = hash;
    if (query != SIZE_MAX) url.n = query;
    char *path = path_join(c->arena, base, url);
    if (c->options.base && c->options.base[0] && path[0] != '/') path = path_join(c->arena, str_of(c->options.base), str_of(path));
    const char *root = c->options.root ? c->options.root : c->options.base;
    char *real = realpath(path, NULL), *top = realpath(root && root[0] ? root : ".", NULL);
    bool inside = real && top && path_holds(top, real);
    if (!inside) DIAG(c->diag, real ? MSG_CSS_OUTSIDE : MSG_CSS_IMPORT, at, shown);
    free(real);
    free(top);
    return inside ? path : NULL;
}
bool css_file(struct css *c, const struct source *from, struct str url, struct place at, struct str *path, struct str *bytes)
{
    *path = css_resolve_url(c, from->base, str_trim(url));
    if (c->options.load && c->options.load(c->options.ctx, str_z(c->arena, *path), bytes)) return true;
    char *file = local_file(c, from->base, str_trim(url), at);
    if (!file) return false;
    if (file_read(c->arena, file, FILE_TEXT_LIMIT, bytes)) return true;
    DIAG(c->diag, MSG_CSS_IMPORT, at, str_z(c->arena, *path));
    return false;
}
bool css_import(struct css *c, const struct source *from, struct str url, struct place at)
{
    struct str text, rel = css_resolve_url(c, from->base, str_trim(url));
    char *shown = str_z(c->arena, rel);
    struct source src = {.file = shown, .base = path_dir(rel), .origin = from->origin, .from = from};
    int depth = 0;
    bool circle = false;
    for (const struct source *up = from; up; up = up->from, depth++) circle |= up->from && !strcmp(up->file, shown);
    if (circle || depth > SHEET_NESTING || ++c->imports > SHEET_IMPORTS) {
        DIAG(c->diag, MSG_CSS_CIRCLE, at, shown);
        return false;
    }
    if (c->options.load && c->options.load(c->options.ctx, shown, &text)) {
        css_add_at(c, &src, text, 1, 1);
        return true;
    }
    char *path = local_file(c, from->base, str_trim(url), at);
    if (!path) return false;
    if (!file_read_made(c->arena, path, shown, c->diag, &text)) return false;
    css_add_at(c, &src, text, 1, 1);
    return true;
}

/* --- @media (Media Queries 4, for paper: A4 in colour, light) --- */
static bool feature(struct css *c, struct cvs v)
{
    static const char *const true_ones =
        " color:; print:; prefers-color-scheme:light; prefers-reduced-motion:reduce; prefers-contrast:no-preference; hover:none; any-hover:none; "
        "pointer:none; update:none; overflow-block:paged; orientation:portrait; scripting:none; grid:0; ";
    struct css_item it;
    struct style s = c->initial;
    struct ctx x = {.css = c, .arena = c->arena, .s = &s, .parent = &c->initial, .root = &c->initial};
    v = cvs_trim(v);
    if (v.n == 1 && v.v->kind == TOK_IDENT) return css_is(v.v->text, "color") || css_is(v.v->text, "width") || css_is(v.v->text, "height");
    if (!css_declaration(v, &it)) return false;
    double pt[] = {210 * 72 / 25.4, 297 * 72 / 25.4};
    fixed f;
    struct cvs value = it.value;
    for (int k = 0; k < 2; k++) {
        const char *name = k ? "height" : "width";
        bool least = str_starts(it.name, "min-"), most = str_starts(it.name, "max-");
        if (!css_is(str_from(it.name, least || most ? 4 : 0), name)) continue;
        return val_fixed(&x, &value, 0, &f) && (least ? FIXED_PT(f) <= pt[k] : most ? FIXED_PT(f) >= pt[k] : FIXED_PT(f) == pt[k]);
    }
    if (str_starts(it.name, "min-resolution") || css_is(it.name, "min-color")) return true;
    struct buf b = {0};
    buf_printf(&b, " %.*s:", STR_ARG(it.name));
    css_write(&b, cvs_trim(value));
    buf_puts(&b, ";");
    bool yes = strstr(true_ones, b.s);
    buf_close(&b);
    return yes;
}
static bool query(struct css *c, struct cvs v)
{
    bool negate = val_ident(&v, "not"), yes = true;
    val_ident(&v, "only");
    const struct cv *t = val_peek(&v);
    if (t && t->kind == TOK_IDENT) {
        yes = css_is(t->text, "all") || css_is(t->text, "print");
        val_next(&v);
        if (val_peek(&v) && !val_ident(&v, "and")) return false;
    }
    bool either = false;
    while ((t = val_next(&v))) {
        if (t->kind != TOK_PAREN) return false;
        bool one = feature(c, cv_inside(t));
        yes = either ? yes || one : yes && one;
        if (!val_peek(&v)) break;
        either = val_ident(&v, "or");
        if (!either && !val_ident(&v, "and")) return false;
    }
    return yes != negate;
}
bool css_media(struct css *c, struct cvs v)
{
    struct cvs part;
    v = cvs_trim(v);
    if (!v.n) return true;
    while (cvs_split(&v, &part))
        if (query(c, part)) return true;
    return false;
}

/* --- @supports (Conditional 3) --- */
static bool supports(struct css *c, struct cvs v, int depth)
{
    bool yes = true, negate = val_ident(&v, "not"), first = true, either = false;
    for (const struct cv *t; (t = val_next(&v)); first = false) {
        bool one = false;
        struct css_item it;
        struct cvs in = cvs_trim(cv_inside(t));
        if (t->kind == TOK_FUNCTION && css_is(t->text, "selector")) {
            struct selector_list l;
            one = selector_parse(c->arena, in, &l, NULL);
        } else if (t->kind != TOK_PAREN) one = false;
        else if (css_declaration(in, &it)) one = css_supports(c, it.name, it.value);
        else if (depth < SHEET_NESTING) one = supports(c, in, depth + 1);
        yes = first ? one : either ? yes || one : yes && one;
        if (!val_peek(&v)) break;
        either = val_ident(&v, "or");
        if (!either && !val_ident(&v, "and")) return false;
    }
    return yes != negate;
}

/* --- @font-face --- */
static void font_face(struct css *c, const struct source *src, const struct css_item *it)
{
    struct font_face f = {.weight = 400, .at = css_place(src, it->at)};
    struct style s = c->initial;
    struct ctx x = {.css = c, .arena = c->arena, .s = &s, .parent = &c->initial, .root = &c->initial, .base = src->base};
    struct css_reader r = css_reader(it->block, CSS_DECLARATIONS);
    bool have_src = false;
    for (struct css_item d; css_next(&r, &d);) {
        struct cvs v = cvs_trim(d.value), part;
        if (d.kind != CSS_DECLARATION) continue;
        if (css_is(d.name, "font-family")) {
            if (!val_text(&x, &v, &f.family) && css_set(&x, PROP_FONT_FAMILY, v)) f.family = s.font_family->names[0];
        } else if (css_is(d.name, "font-weight")) {
            const struct cv *t = val_peek(&v);
            if (t && t->kind == TOK_NUMBER) f.weight = (uint16_t)(t->num < 1 ? 1 : t->num > 1000 ? 1000 : t->num);
            else if (val_ident(&v, "bold")) f.weight = 700;
        } else if (css_is(d.name, "font-style")) f.italic = !val_ident(&v, "normal");
        else if (css_is(d.name, "src"))
            while (!have_src && cvs_split(&v, &part)) {
                const struct cv *t = val_peek(&part);
                struct str url;
                if (t && t->kind == TOK_FUNCTION && css_is(t->text, "local")) {
                    struct cvs in = cv_inside(t);
                    if (!val_text(&x, &in, &f.local)) val_name(&x, &in, &f.local);
                    have_src = f.local.n;
                } else if (t && (t->kind == TOK_URL || t->kind == TOK_FUNCTION)) {
                    x.base = STR("");
                    if (!val_url(&x, &part, &url)) continue;
                    char *path = local_file(c, src->base, url, css_place(src, t));
                    if (path) f.path = str_of(path), have_src = true;
                }
            }
    }
    if (f.family.n && have_src) *vec_push(c->arena, &c->faces) = f;
    else REPORT(c, MSG_CSS_FONT_FACE, f.at, STR("font-face"), !f.family.n ? "font-family" : "src");
}

/* --- rules --- */
static void style_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct selector_list l;
    const struct cv *bad = NULL;
    if (!selector_parse(c->arena, it->value, &l, &bad)) {
        struct buf b = {0};
        css_write(&b, cvs_trim(it->value));
        char *z = arena_printf(c->arena, "%.*s", b.n > 120 ? 0 : (int)b.n, b.n ? b.s : "");
        if (!*z) z = "…";
        bool foreign = b.n && (strstr(b.s, "::-") || strstr(b.s, ":-moz") || strstr(b.s, ":-webkit") || strstr(b.s, "::selection") ||
                               strstr(b.s, "::placeholder"));
        if (!foreign) REPORT(c, MSG_CSS_SELECTOR, css_place(src, bad ? bad : it->at), str_of(z), z);
        buf_close(&b);
        return;
    }
    const struct block *block = css_block(c, src, it->block, CSS_IN_RULE);
    if (!block->n) return;
    for (size_t i = 0; i < l.n; i++) *vec_push(c->arena, &c->rules) = (struct rule){l.list[i], block, (uint8_t)src->origin, c->order};
    c->order++;
    c->dirty = true;
}
static void import_rule(struct css *c, const struct source *src, const struct css_item *it)
{
    struct cvs v = it->value;
    struct style s = c->initial;
    struct ctx x = {.css = c, .arena = c->arena, .s = &s, .parent = &c->initial, .root = &c->initial};
    struct str url;
    if (!val_text(&x, &v, &url) && !val_url(&x, &v, &url)) {
        REPORT(c, MSG_CSS_SYNTAX, css_place(src, it->at), STR("import"), "@import");
        return;
    }
    const struct cv *t = val_peek(&v);
    if (t && t->kind == TOK_FUNCTION && css_is(t->text, "supports")) {
        struct css_item d;
        if (css_declaration(cv_inside(t), &d) ? !css_supports(c, d.name, d.value) : !supports(c, cv_inside(t), 0)) return;
        val_next(&v);
    }
    if (css_media(c, v)) css_import(c, src, url, css_place(src, it->at));
}
static void rules(struct css *c, const struct source *src, struct cvs body, bool top, int depth);
static void at_rule(struct css *c, const struct source *src, const struct css_item *it, bool top, bool *imports, int depth)
{
    static const struct {
        const char *name, *mend[2];
    } later[] = {
        {"layer", {"write its rules without @layer, in the order that they should win", "напишите правила без @layer, редом којим треба да важе"}},
        {"container", {"use @media print", "користите @media print"}},
        {"namespace", {"leave it out", "изоставите"}},
        {"scope", {"write the selector in full", "напишите цео бирач"}},
        {"property", {"set the variable on :root", "поставите променљиву на :root"}},
        {"font-feature-values", {"use font-feature-settings", "користите font-feature-settings"}},
        {"color-profile",
         {"use device-cmyk(), and name the profile in @-letak-press { output-intent: \"file.icc\" }",
          "користите device-cmyk(), а профил наведите у @-letak-press { output-intent: \"датотека.icc\" }"}},
        {"font-palette-values", {"leave it out", "изоставите"}}};
    struct place at = css_place(src, it->at);
    if (css_is(it->name, "charset")) return;
    if (css_is(it->name, "import")) {
        if (top && *imports) import_rule(c, src, it);
        else REPORT(c, MSG_CSS_PLACE, at, it->name, "import", "move it to the top of the style sheet", "преместите га на врх стила");
        return;
    }
    *imports = false;
    if (css_is(it->name, "media") && depth < SHEET_NESTING) {
        if (css_media(c, it->value)) rules(c, src, it->block, false, depth + 1);
    } else if (css_is(it->name, "supports") && depth < SHEET_NESTING) {
        if (supports(c, it->value, 0)) rules(c, src, it->block, false, depth + 1);
    } else if (css_is(it->name, "font-face")) font_face(c, src, it);
    else if (css_is(it->name, "page")) css_page_rule(c, src, it);
    else if (css_is(it->name, "counter-style")) css_counter_rule(c, src, it);
    else if (css_is(it->name, "-letak-sheet")) css_sheet_rule(c, src, it);
    else if (css_is(it->name, "-letak-press")) css_press_rule(c, src, it);
    else if (css_is(it->name, "-letak-color")) css_color_rule(c, src, it);
    else if (str_search(it->name, "keyframes") != SIZE_MAX || css_is(it->name, "view-transition") || css_is(it->name, "-ms-viewport") ||
             css_is(it->name, "viewport"))
        return;
    else {
        for (size_t i = 0; i < sizeof later / sizeof *later; i++)
            if (css_is(it->name, later[i].name)) {
                REPORT(c, MSG_CSS_AT_RULE, at, it->name, later[i].name, later[i].mend[0], later[i].mend[1]);
                return;
            }
        REPORT(c, MSG_CSS_AT_RULE, at, it->name, str_z(c->arena, it->name), "mend its name or remove it", "исправите му име или га уклоните");
    }
}
static void rules(struct css *c, const struct source *src, struct cvs body, bool top, int depth)
{
    struct css_reader r = css_reader(body, top ? CSS_STYLESHEET : CSS_RULES);
    bool imports = true;
    for (struct css_item it; css_next(&r, &it);) {
        if (it.kind == CSS_AT_RULE) at_rule(c, src, &it, top, &imports, depth);
        else if (it.kind == CSS_QUALIFIED) imports = false, style_rule(c, src, &it);
        else {
            struct buf b = {0};
            css_write(&b, (struct cvs){it.at, 1});
            REPORT(c, MSG_CSS_SYNTAX, css_place(src, it.at), STR("rule"), str_z(c->arena, buf_view(&b)));
            buf_close(&b);
        }
    }
}

void css_add_at(struct css *c, const struct source *src, struct str text, uint32_t line, uint32_t col)
{
    if (str_starts(text, "\xEF\xBB\xBF")) text = str_from(text, 3);
    rules(c, src, css_tokens(c->arena, text, line, col), true, 0);
}
void css_add(struct css *c, enum css_origin origin, struct str text, const char *file)
{
    struct source src = {.file = file, .base = STR(""), .origin = origin};
    css_add_at(c, &src, text, 1, 1);
}

struct css *css_open(struct arena *a, struct diag *d, const struct css_options *o)
{
    struct css *c = ARENA_NEW(a, struct css);
    c->arena = a;
    c->diag = d;
    if (o) c->options = *o;
    c->strings = c->bytes = c->blocks = c->reported = c->page_cache = c->style_cache = c->counters = map_new(a);
    struct style first = {.font_size = PT(12), .font_weight = 400, .line_height = LINE_HEIGHT_NORMAL, .color = {.a = 255}};
    c->initial = first;
    c->press.most_ink = USUAL_MOST_INK;
    struct ctx x = {.css = c, .arena = a, .s = &c->initial, .parent = &first, .root = &first};
    for (int p = 1; p < PROP_LONGHANDS; p++) css_set(&x, (enum prop)p, css_tokens(a, str_of(css_property((enum prop)p)->initial), 0, 0));
    c->initial.border_width[0] = c->initial.border_width[1] = c->initial.border_width[2] = c->initial.border_width[3] = 3 * 48;
    c->initial.lang = css_intern(c, STR(""));
    css_add(c, CSS_AGENT, embed_find(STR("generator/css/agent.css")), "agent.css");
    return c;
}
size_t css_font_faces(struct css *c, const struct font_face **out) { return *out = c->faces.v, c->faces.n; }
