/* contrast.c: the contrast of colours that one rule of a style sheet sets together: color on background. Only what can be known without a page is
 * judged: #rgb and #rrggbb, and var(--name) of :root, light and dark. A full style sheet reader (css/) is for print and not below check/. */
#include "check/rules.h"
#include <math.h>

struct variable {
    struct str name;
    struct str value[2]; /* light, dark */
};
struct sheet {
    struct arena *arena;
    const char *name;
    struct diag *diag;
    VEC(struct variable) variables;
};

static struct str without_comments(struct arena *a, struct str css)
{
    char *out = arena_alloc(a, css.n + 1);
    for (size_t i = 0; i < css.n; i++) { /* blanked, so that lines stay where they are */
        size_t end = str_starts(str_from(css, i), "/*") ? str_search(str_from(css, i), "*/") : 0;
        if (end == SIZE_MAX) end = css.n - i - 2;
        for (size_t stop = end ? i + end + 2 : i; i < stop && i < css.n; i++) out[i] = css.s[i] == '\n' ? '\n' : ' ';
        if (i < css.n) out[i] = css.s[i];
    }
    return (struct str){out, css.n};
}

static struct variable *variable(struct sheet *s, struct str name)
{
    for (size_t i = 0; i < s->variables.n; i++)
        if (str_eq(s->variables.v[i].name, name)) return &s->variables.v[i];
    struct variable *v = vec_push(s->arena, &s->variables);
    *v = (struct variable){.name = name};
    return v;
}

/* Relative luminance (WCAG 2.2); negative where the value is no plain colour. */
static double luminance(struct sheet *s, struct str said, int dark, int depth)
{
    int rgb[3];
    said = str_trim(said);
    if (str_starts(said, "var(") && str_ends(said, ")") && depth < 8) {
        struct variable *v = variable(s, str_trim(str_part(said, 4, said.n - 5)));
        return luminance(s, v->value[dark].n ? v->value[dark] : v->value[0], dark, depth + 1);
    }
    if (str_is(said, "white")) said = STR("#fff");
    if (str_is(said, "black")) said = STR("#000");
    if (!str_starts(said, "#") || (said.n != 4 && said.n != 7)) return -1;
    for (int i = 0; i < 3; i++) {
        size_t at = said.n == 4 ? 1 + (size_t)i : 1 + 2 * (size_t)i;
        int high = str_hex(said.s[at]), low = str_hex(said.s[said.n == 4 ? at : at + 1]);
        if (high < 0 || low < 0) return -1;
        rgb[i] = high * 16 + low;
    }
    double sum = 0;
    static const double share[3] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
        double c = rgb[i] / 255.0;
        sum += share[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

/* The value of a property in the declarations of a rule; the last one counts. */
static struct str declared(struct str body, const char *property, const char *other)
{
    struct str rest = body, one, out = {0};
    while (str_split(&rest, ';', &one)) {
        size_t colon = str_find(one, ':');
        struct str name = str_trim(str_part(one, 0, colon == SIZE_MAX ? 0 : colon));
        if (str_is(name, property) || (other && str_is(name, other))) out = str_trim(str_from(one, colon + 1));
    }
    return out;
}

static void rule(struct sheet *s, struct str all, struct str selector, struct str body)
{
    struct str ink = declared(body, "color", NULL), paper = declared(body, "background-color", "background");
    uint32_t line = 1;
    if (!ink.n || !paper.n) return;
    for (const char *p = all.s; p < selector.s; p++) line += *p == '\n';
    for (int dark = 0; dark < 2; dark++) {
        double a = luminance(s, ink, dark, 0), b = luminance(s, paper, dark, 0);
        if (a < 0 || b < 0) continue;
        double ratio = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
        if (ratio >= 4.5) continue;
        long tenths = (long)(ratio * 10);
        DIAG(s->diag, MSG_CONTRAST, ((struct place){s->name, line, 1}), str_z(s->arena, ink), str_z(s->arena, paper),
             arena_printf(s->arena, "%ld.%ld", tenths / 10, tenths % 10), str_z(s->arena, str_trim(selector)));
        return;
    }
}

/* Rules one by one; inside @media the same. pass 0 takes the variables, pass 1 judges. */
static void rules_in(struct sheet *s, struct str all, struct str css, bool dark, int pass, int depth)
{
    while (css.n) {
        size_t open = str_find(css, '{'), level = 1, end;
        if (open == SIZE_MAX) return;
        struct str selector = str_trim(str_part(css, 0, open));
        size_t statement = str_rfind(selector, ';'); /* @import … before it */
        if (statement != SIZE_MAX) selector = str_trim(str_from(selector, statement + 1));
        for (end = open + 1; end < css.n && level; end++) level += (size_t)(css.s[end] == '{') - (size_t)(css.s[end] == '}');
        struct str body = str_part(css, open + 1, end - open - 2);
        if (str_starts(selector, "@")) {
            if (depth < 4 && (str_starts(selector, "@media") || str_starts(selector, "@supports")) && str_search(selector, "print") == SIZE_MAX)
                rules_in(s, all, body, dark || str_search(selector, "prefers-color-scheme: dark") != SIZE_MAX, pass, depth + 1);
        } else if (pass) {
            rule(s, all, selector, body);
        } else if (str_is(selector, ":root")) {
            struct str rest = body, one;
            while (str_split(&rest, ';', &one)) {
                size_t colon = str_find(one, ':');
                struct str name = str_trim(str_part(one, 0, colon == SIZE_MAX ? 0 : colon));
                if (str_starts(name, "--")) variable(s, name)->value[dark] = str_trim(str_from(one, colon + 1));
            }
        }
        css = str_from(css, end);
    }
}

void rules_contrast(const char *name, struct str css, struct diag *d)
{
    struct arena a = {0};
    struct sheet s = {.arena = &a, .name = name, .diag = d};
    struct str plain = without_comments(&a, css);
    rules_in(&s, plain, plain, false, 0, 0);
    rules_in(&s, plain, plain, false, 1, 0);
    arena_close(&a);
}
