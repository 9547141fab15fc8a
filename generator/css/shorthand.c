/* shorthand.c: see shorthand.h. Every longhand that a value leaves out becomes initial (Cascade 4, 2). */
#include "css/shorthand.h"

/* Tries longhand `name` at the front of *v: true and *part is what it takes. The value goes into a scratch style, so nothing else changes. */
static bool try(struct ctx *x, const char *name, struct cvs *v, struct cvs *part)
{
    int p = css_find_property(str_of(name));
    struct style scratch = *x->s;
    struct ctx y = *x;
    y.s = &scratch;
    val_peek(v);
    struct cvs at = *v;
    const struct property *row = css_property((enum prop)p);
    bool good = row->parse(&y, (char *)&scratch + row->at, row->arg, &at) && at.n < v->n;
    x->unsupported |= y.unsupported && !good;
    if (!good) return false;
    *part = (struct cvs){v->v, v->n - at.n};
    *v = at;
    return true;
}
static bool next_name(struct str *rest, char *z, size_t room)
{
    struct str word;
    if (!str_split(rest, ' ', &word) || word.n >= room) return false;
    memcpy(z, word.s, word.n);
    z[word.n] = 0;
    return true;
}

static const char *const SIDE[] = {"top", "right", "bottom", "left"};
static void side_name(char *z, const char *like, int side) /* "border-top-width", 2 -> "border-bottom-width" */
{
    const char *top = strstr(like, "top");
    snprintf(z, 64, "%.*s%s%s", (int)(top - like), like, SIDE[side], top + 3);
}
EXPANDER(s_sides)
{
    struct cvs part[4] = {{0}};
    int n = 0;
    while (!e->all && n < 4 && val_peek(&v)) {
        if (!try(x, arg, &v, &part[n])) return false;
        n++;
    }
    if (!e->all && (!n || !val_done(&v))) return false;
    for (int i = 0; i < 4; i++) {
        char z[64];
        side_name(z, arg, i);
        expansion_add(x, e, z, part[i < n ? i : i == 3 && n >= 2 ? 1 : i == 2 || n < 2 ? 0 : i - 2]);
    }
    return true;
}
EXPANDER(s_pair)
{
    struct cvs first = {0}, second = {0};
    char a[64], b[64];
    struct str rest = str_of(arg);
    if (!next_name(&rest, a, sizeof a) || !next_name(&rest, b, sizeof b)) return false;
    const char *as = strstr(a, "margin-inline") ? "margin-left" : strstr(a, "padding-inline") ? "padding-left" : a;
    if (!e->all && !try(x, as, &v, &first)) return false;
    if (!try(x, as, &v, &second)) second = first;
    if (!e->all && !val_done(&v)) return false;
    expansion_add(x, e, a, first);
    expansion_add(x, e, b, second);
    return true;
}
/* Components of several longhands in any order; arg lists the longhands, those that take fewest values first. */
EXPANDER(s_any)
{
    char name[8][64];
    struct cvs part[8] = {{0}};
    int n = 0, found = 0;
    for (struct str rest = str_of(arg); n < 8 && next_name(&rest, name[n], sizeof name[n]);) n++;
    struct cvs whole = v;
    bool none = val_ident(&whole, "none") && val_done(&whole);
    for (int i = 0; none && i < n; i++) {
        struct cvs at = v;
        if (try(x, name[i], &at, &part[i])) found++;
    }
    while (!e->all && !none && val_peek(&v)) {
        int i = 0;
        while (i < n && (part[i].n || !try(x, name[i], &v, &part[i]))) i++;
        if (i == n) return false;
        found++;
    }
    if (!e->all && !found) return false;
    for (int i = 0; i < n; i++) expansion_add(x, e, name[i], part[i]);
    return true;
}
EXPANDER(s_border)
{
    static const char *const kind[] = {"width", "style", "color"};
    struct cvs part[3] = {{0}};
    int found = 0;
    while (!e->all && val_peek(&v)) {
        int i = 0;
        char z[64];
        for (; i < 3; i++) {
            snprintf(z, sizeof z, "border-top-%s", kind[i]);
            if (!part[i].n && try(x, z, &v, &part[i])) break;
        }
        if (i == 3) return false;
        found++;
    }
    if (!e->all && !found) return false;
    char side[16], z[64];
    for (struct str rest = str_of(arg); next_name(&rest, side, sizeof side);)
        for (int i = 0; i < 3; i++) {
            snprintf(z, sizeof z, "border-%s-%s", side, kind[i]);
            expansion_add(x, e, z, part[i]);
        }
    return true;
}
EXPANDER(s_radius)
{
    static const char *const corner[] = {"border-top-left-radius", "border-top-right-radius", "border-bottom-right-radius",
                                         "border-bottom-left-radius"};
    struct cvs part[4] = {{0}};
    struct len l;
    (void)arg;
    int n = 0;
    for (; !e->all && n < 4 && val_peek(&v) && !val_delim(&v, '/'); n++) {
        struct cvs at = v;
        if (!val_len(x, &v, LEN_PERCENTS, &l)) return false;
        part[n] = (struct cvs){at.v, at.n - v.n};
    }
    val_delim(&v, '/');
    while (!e->all && val_peek(&v)) /* vertical radii: corners are drawn round */
        if (!val_len(x, &v, LEN_PERCENTS, &l)) return false;
    if (!e->all && !n) return false;
    for (int i = 0; i < 4; i++) expansion_add(x, e, corner[i], part[i < n ? i : i == 3 && n >= 2 ? 1 : i == 2 || n < 2 ? 0 : i - 2]);
    return true;
}
EXPANDER(s_background)
{
    static const char *const name[] = {"background-color", "background-image", "background-repeat", "background-position", "background-size"};
    struct cvs part[5] = {{0}};
    int found = 0, k;
    (void)arg;
    while (!e->all && val_peek(&v)) {
        int i = 0;
        found++;
        if (val_delim(&v, ',')) return x->unsupported = true, false; /* several layers */
        if (val_keyword(x, &v, "none scroll local border-box padding-box content-box !fixed", &k)) continue;
        while (i < 4 && (part[i].n || !try(x, name[i], &v, &part[i]))) i++;
        if (i == 4) return false;
        if (i == 2) val_keyword(x, &v, "repeat no-repeat", &k);
        if (i == 3 && val_delim(&v, '/') && !try(x, name[4], &v, &part[4])) return false;
    }
    if (!e->all && !found) return false;
    for (int i = 0; i < 5; i++) expansion_add(x, e, name[i], part[i]);
    return true;
}
EXPANDER(s_font)
{
    static const char *const name[] = {"font-style", "font-variant-caps", "font-weight", "font-size", "line-height", "font-family"};
    struct cvs part[6] = {{0}};
    int k;
    (void)arg;
    while (!e->all) {
        int i = 0;
        if (val_ident(&v, "normal") ||
            val_keyword(x, &v, "condensed expanded semi-condensed semi-expanded ultra-condensed extra-condensed extra-expanded ultra-expanded", &k))
            continue;
        while (i < 3 && (part[i].n || !try(x, name[i], &v, &part[i]))) i++;
        if (i == 3) break;
    }
    if (!e->all) {
        if (!try(x, name[3], &v, &part[3]))
            return x->unsupported |= val_keyword(x, &v, "caption icon menu message-box small-caption status-bar", &k), false;
        if (val_delim(&v, '/') && !try(x, name[4], &v, &part[4])) return false;
        if (!try(x, name[5], &v, &part[5]) || !val_done(&v)) return false;
    }
    for (int i = 0; i < 6; i++) expansion_add(x, e, name[i], part[i]);
    expansion_add(x, e, "font-variant-numeric", (struct cvs){0});
    expansion_add(x, e, "font-feature-settings", (struct cvs){0});
    return true;
}
EXPANDER(s_font_variant)
{
    struct cvs caps = {0}, numeric = {0};
    (void)arg;
    struct cvs at = v;
    if (!e->all && !((val_ident(&at, "normal") || val_ident(&at, "none")) && val_done(&at))) {
        while (val_peek(&v))
            if (caps.n || !try(x, "font-variant-caps", &v, &caps))
                if (numeric.n || !try(x, "font-variant-numeric", &v, &numeric)) return false;
        if (!caps.n && !numeric.n) return false;
    }
    expansion_add(x, e, "font-variant-caps", caps);
    expansion_add(x, e, "font-variant-numeric", numeric);
    return true;
}
EXPANDER(s_flex)
{
    static const char *const name[] = {"flex-grow", "flex-shrink", "flex-basis"};
    struct cvs part[3] = {{0}};
    (void)arg;
    static const char *const fixed_text[] = {"0 0 auto", "1 1 auto", "0 1 auto", "1 1 0"};
    int k = -1;
    if (!e->all) {
        if (!val_keyword(x, &v, "none auto initial", &k)) k = -1;
        if (k < 0) {
            while (val_peek(&v)) {
                if (!part[0].n && try(x, name[0], &v, &part[0])) {
                    try(x, name[1], &v, &part[1]);
                    continue;
                }
                if (part[2].n || !try(x, name[2], &v, &part[2])) return false;
            }
            if (!part[0].n && !part[2].n) return false;
        } else if (!val_done(&v)) return false;
        struct cvs t = css_tokens(x->arena, str_of(fixed_text[k >= 0 ? k : 3]), 0, 0); /* what is left out is 1 1 0 here, not initial */
        for (int i = 0; i < 3; i++)
            if (!part[i].n) part[i] = (struct cvs){t.v + 2 * i, 1};
    }
    for (int i = 0; i < 3; i++) expansion_add(x, e, name[i], part[i]);
    return true;
}
EXPANDER(s_all)
{
    (void)arg, (void)v;
    if (!e->all) return false;
    for (int p = 1; p < PROP_LONGHANDS; p++)
        if (p != PROP_DIRECTION && p != PROP_UNICODE_BIDI) expansion_add(x, e, css_property((enum prop)p)->name, (struct cvs){0});
    return true;
}
