/* svg.c: see svg.h. The tree is walked once; each shape becomes a path in user units × 64 of the view box, its transforms already applied. Elements
 * nest at most DEEPEST deep (use included), so a drawing cannot recurse without end; elements, shapes and all points are counted, those of each use
 * too. */
#include "svg/svg.h"
#include "svg/path.h"
#include "base/colors.h"
#include "base/map.h"
#include "base/matrix.h"
#include <ctype.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>

enum { DEEPEST = 64, MOST_SHAPES = 200000, MOST_POINTS = 4000000, LARGEST = 32 << 20 };
struct state { /* what children inherit */
    double m[6];
    struct color fill, stroke, current;
    double stroke_width, opacity, fill_opacity, stroke_opacity;
    uint8_t cap, join;
    bool even_odd, hidden;
    uint8_t n_dash;
    double dash[6];
};
struct reader {
    struct arena *arena;
    struct diag *diag;
    struct place at;
    struct svg *svg;
    VEC(struct svg_shape) shapes;
    size_t elements, points;
    const xmlNode *root;
    struct map ids; /* id -> element below root; made for the first use */
    bool too_large;
};

static struct str attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n->properties; a; a = a->next)
        if (!strcmp((const char *)a->name, name)) return a->children && a->children->content ? str_of((const char *)a->children->content) : STR("");
    return (struct str){0};
}

/* A presentation attribute; the style attribute wins. */
static struct str property(const xmlNode *n, const char *name)
{
    struct str style = attribute(n, "style"), one, found = {0};
    while (str_split(&style, ';', &one)) {
        size_t colon = str_find(one, ':');
        if (colon != SIZE_MAX && str_is(str_trim(str_part(one, 0, colon)), name)) found = str_trim(str_from(one, colon + 1));
    }
    return found.n ? found : str_trim(attribute(n, name));
}

static double number(struct str s, double otherwise)
{
    char text[64];
    size_t n = s.n < sizeof text - 1 ? s.n : sizeof text - 1;
    if (!n) return otherwise;
    memcpy(text, s.s, n);
    text[n] = 0;
    char *end;
    double v = strtod(text, &end);
    if (end == text || !isfinite(v)) return otherwise;
    static const struct {
        const char *unit;
        double px;
    } units[] = {{"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}, {"pt", 96.0 / 72}, {"pc", 16}, {"em", 16}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strncmp(end, units[i].unit, 2)) v *= units[i].px;
    return v;
}
/* A coordinate; percentages of `whole`. */
static double length(const xmlNode *n, const char *name, double whole, double otherwise)
{
    struct str s = str_trim(attribute(n, name));
    double v = number(s, otherwise);
    return s.n && s.s[s.n - 1] == '%' ? v * whole / 100 : v;
}

static struct color gray(uint8_t v, uint8_t a) { return (struct color){.r = v, .g = v, .b = v, .a = a}; }

/* Numbers in brackets, parted by commas, blanks or a slash; percent: which of them. Returns how many. */
static size_t arguments(struct str s, double *v, bool *percent, size_t most)
{
    size_t at = str_find(s, '('), n = 0;
    while (at != SIZE_MAX && at + 1 < s.n && n < most) {
        struct str rest = str_trim(str_from(s, at + 1));
        size_t stop = 0;
        while (stop < rest.n && rest.s[stop] != ',' && rest.s[stop] != ' ' && rest.s[stop] != ')' && rest.s[stop] != '/') stop++;
        if (stop) v[n] = number(rest, 0), percent[n++] = rest.s[stop - 1] == '%';
        if (stop >= rest.n || rest.s[stop] == ')') break;
        at = (size_t)(rest.s - s.s) + stop;
    }
    return n;
}

static uint8_t byte_of(double v) { return v < 0 ? 0 : v > 1 ? 255 : (uint8_t)lround(v * 255); }

/* rgb(), rgba(), device-cmyk() (CSS Color 5, 9): false where numbers are missing. */
static bool function_color(struct str s, struct color *out)
{
    double v[5] = {0};
    bool percent[5] = {false}, cmyk = str_starts(s, "device-cmyk(");
    size_t parts = cmyk ? 4 : 3, n = arguments(s, v, percent, parts + 1);
    uint8_t b[5] = {[4] = 255};
    if ((!cmyk && !str_starts(s, "rgb(") && !str_starts(s, "rgba(")) || n < parts) return false;
    for (size_t i = 0; i < n; i++) {
        double whole = percent[i] ? 100 : i < parts && !cmyk ? 255 : 1;
        b[i < parts ? i : 4] = byte_of(v[i] / whole);
    }
    *out = cmyk ? (struct color){.a = b[4], .cmyk = true, .c = b[0], .m = b[1], .y = b[2], .k = b[3]}
                : (struct color){.r = b[0], .g = b[1], .b = b[2], .a = b[4]};
    return true;
}

/* A colour as a property says it; otherwise: where nothing is said, or nothing that is understood (reported). */
static struct color color_of(struct reader *r, struct str s, struct color current, struct color otherwise)
{
    static const char *const kept[] = {"inherit", "initial", "unset", "context-fill", "context-stroke"};
    if (!s.n) return otherwise;
    if (str_is(s, "none") || str_is(s, "transparent")) return (struct color){0};
    if (str_is(s, "currentColor") || str_is(s, "currentcolor")) return current;
    uint8_t v[4];
    if (s.s[0] == '#' && color_digits(str_trim(str_from(s, 1)), v)) return (struct color){.r = v[0], .g = v[1], .b = v[2], .a = v[3]};
    uint32_t rgb;
    if (color_named(str_trim(s), &rgb)) return (struct color){.r = (uint8_t)(rgb >> 16), .g = (uint8_t)(rgb >> 8), .b = (uint8_t)rgb, .a = 255};
    struct color out;
    if (function_color(s, &out)) return out;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (str_is(s, kept[i])) return otherwise;
    struct str key = str_printf(r->arena, "%s %.*s", r->at.file ? r->at.file : "", STR_ARG(s));
    diag_once(r->diag, MSG_SVG_COLOR, r->at, key, (const char *const[]){str_z(r->arena, s)});
    return otherwise;
}

/* transform="translate(…) rotate(…) …" (SVG 1.1, 7.6). */
static void transform(double m[6], struct str s)
{
    for (int guard = 0; s.n && guard < 100; guard++) {
        size_t open = str_find(s, '('), close = str_find(s, ')');
        if (open == SIZE_MAX || close == SIZE_MAX || close < open) return;
        struct str name = str_trim(str_part(s, 0, open)), args = str_part(s, open + 1, close - open - 1);
        while (name.n && (name.s[0] == ',' || isspace((unsigned char)name.s[0]))) name = str_from(name, 1);
        double v[6] = {0}, t[6] = {1, 0, 0, 1, 0, 0};
        size_t n = 0;
        struct path_numbers in = {args, 0};
        while (n < 6 && path_number(&in, &v[n])) n++;
        if (str_is(name, "matrix") && n == 6) memcpy(t, v, sizeof t);
        else if (str_is(name, "translate")) t[4] = v[0], t[5] = v[1];
        else if (str_is(name, "scale")) t[0] = v[0], t[3] = n > 1 ? v[1] : v[0];
        else if (str_is(name, "skewX")) t[2] = tan(v[0] * M_PI / 180);
        else if (str_is(name, "skewY")) t[1] = tan(v[0] * M_PI / 180);
        else if (str_is(name, "rotate")) {
            double a = v[0] * M_PI / 180, c = cos(a), sn = sin(a);
            t[0] = c, t[1] = sn, t[2] = -sn, t[3] = c;
            t[4] = v[1] - c * v[1] + sn * v[2], t[5] = v[2] - sn * v[1] - c * v[2];
        }
        matrix_multiply(m, t);
        s = str_from(s, close + 1);
    }
}

static double fraction(struct str s, double otherwise)
{
    double v = number(s, otherwise);
    if (s.n && s.s[s.n - 1] == '%') v /= 100;
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static void inherit(struct reader *r, struct state *st, const xmlNode *n)
{
    static const char *const caps[] = {"butt", "round", "square"}, *const joins[] = {"miter", "round", "bevel"};
    struct str s;
    st->current = color_of(r, property(n, "color"), st->current, st->current);
    st->fill = color_of(r, property(n, "fill"), st->current, st->fill);
    st->stroke = color_of(r, property(n, "stroke"), st->current, st->stroke);
    st->stroke_width = number(property(n, "stroke-width"), st->stroke_width);
    st->opacity *= fraction(property(n, "opacity"), 1);
    st->fill_opacity = fraction(property(n, "fill-opacity"), st->fill_opacity);
    st->stroke_opacity = fraction(property(n, "stroke-opacity"), st->stroke_opacity);
    s = property(n, "fill-rule");
    if (s.n) st->even_odd = str_is(s, "evenodd");
    for (uint8_t i = 0; i < 3; i++) {
        if (str_is(property(n, "stroke-linecap"), caps[i])) st->cap = i;
        if (str_is(property(n, "stroke-linejoin"), joins[i])) st->join = i;
    }
    s = property(n, "stroke-dasharray");
    if (s.n) {
        struct path_numbers in = {s, 0};
        double v;
        st->n_dash = 0;
        while (st->n_dash < 6 && path_number(&in, &v)) st->dash[st->n_dash++] = v < 0 ? 0 : v;
    }
    s = property(n, "visibility");
    if (s.n) st->hidden = !str_is(s, "visible");
    transform(st->m, attribute(n, "transform"));
}

static struct color faded(struct color c, double opacity)
{
    c.a = (uint8_t)(c.a * opacity + 0.5);
    return c;
}

static void add_shape(struct reader *r, const struct state *st, struct path path)
{
    if (st->hidden || !path.n_ops || (!st->fill.a && !st->stroke.a)) return;
    if (r->shapes.n >= MOST_SHAPES) {
        r->too_large = true;
        return;
    }
    double scale = sqrt(fabs(st->m[0] * st->m[3] - st->m[1] * st->m[2]));
    struct paint p = {.fill = faded(st->fill, st->opacity * st->fill_opacity),
                      .stroke = faded(st->stroke, st->opacity * st->stroke_opacity),
                      .width = path_fixed(st->stroke_width * scale),
                      .cap = st->cap,
                      .join = st->join,
                      .even_odd = st->even_odd,
                      .n_dash = st->n_dash};
    double total = 0;
    for (uint8_t i = 0; i < st->n_dash; i++) p.dash[i] = path_fixed(st->dash[i] * scale), total += st->dash[i];
    if (total <= 0) p.n_dash = 0;
    if (p.width <= 0) p.stroke.a = 0;
    *vec_push(r->arena, &r->shapes) = (struct svg_shape){path, p};
}

static void basic_shape(struct reader *r, const xmlNode *n, const struct state *st)
{
    const char *name = (const char *)n->name;
    double w = r->svg->vw / 64.0, h = r->svg->vh / 64.0, d = sqrt((w * w + h * h) / 2);
    struct path_builder b = {.arena = r->arena};
    memcpy(b.m, st->m, sizeof b.m);
    if (!strcmp(name, "rect")) {
        double rx = length(n, "rx", w, -1), ry = length(n, "ry", h, -1);
        if (rx < 0) rx = ry < 0 ? 0 : ry;
        if (ry < 0) ry = rx;
        path_rect(&b, length(n, "x", w, 0), length(n, "y", h, 0), length(n, "width", w, 0), length(n, "height", h, 0), rx, ry);
    } else if (!strcmp(name, "circle")) {
        double radius = length(n, "r", d, 0);
        path_ellipse(&b, length(n, "cx", w, 0), length(n, "cy", h, 0), radius, radius);
    } else if (!strcmp(name, "ellipse")) {
        path_ellipse(&b, length(n, "cx", w, 0), length(n, "cy", h, 0), length(n, "rx", w, 0), length(n, "ry", h, 0));
    } else if (!strcmp(name, "line")) {
        path_move(&b, length(n, "x1", w, 0), length(n, "y1", h, 0));
        path_line(&b, length(n, "x2", w, 0), length(n, "y2", h, 0));
    } else if (!strcmp(name, "path")) {
        path_data(&b, attribute(n, "d"));
    } else {
        struct path_numbers in = {attribute(n, "points"), 0};
        double x, y;
        for (bool first = true; path_number(&in, &x) && path_number(&in, &y); first = false) first ? path_move(&b, x, y) : path_line(&b, x, y);
        if (!strcmp(name, "polygon")) path_close(&b);
    }
    struct path path = path_finish(&b);
    r->points += b.points.n;
    if (r->points > MOST_POINTS) r->too_large = true;
    else add_shape(r, st, path);
}

static bool is(const xmlNode *n, const char *const *names)
{
    for (; *names; names++)
        if (!strcmp((const char *)n->name, *names)) return true;
    return false;
}

static void collect_ids(struct reader *r, const xmlNode *n, int depth)
{
    if (n->type != XML_ELEMENT_NODE || depth > DEEPEST) return;
    struct str id = attribute(n, "id");
    void **at = id.n ? map_at(&r->ids, id) : NULL;
    if (at && !*at) *at = (void *)(uintptr_t)n; /* const for all who read it */
    for (const xmlNode *c = n->children; c; c = c->next) collect_ids(r, c, depth + 1);
}

static const xmlNode *by_id(struct reader *r, struct str id)
{
    if (!r->ids.arena) r->ids = map_new(r->arena), collect_ids(r, r->root, 0);
    return map_find(&r->ids, id);
}

static void walk(struct reader *r, const xmlNode *n, struct state st, int depth);

static void children(struct reader *r, const xmlNode *n, const struct state *st, int depth)
{
    for (const xmlNode *c = n->children; c; c = c->next) walk(r, c, *st, depth + 1);
}

static void walk(struct reader *r, const xmlNode *n, struct state st, int depth)
{
    static const char *const shapes[] = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", NULL}, *const groups[] = {
                                                                                                                        "g", "a", "svg", "switch",
                                                                                                                        NULL};
    static const char *const silent[] = {"title", "desc", "defs", "symbol", "metadata", "namedview", NULL};
    if (n->type != XML_ELEMENT_NODE) return;
    if (r->too_large || depth > DEEPEST || ++r->elements > MOST_SHAPES * 2) {
        r->too_large = true;
        return;
    }
    if (is(n, silent) || str_is(property(n, "display"), "none")) return;
    inherit(r, &st, n);
    if (is(n, shapes)) {
        basic_shape(r, n, &st);
    } else if (is(n, groups)) {
        children(r, n, &st, depth);
    } else if (!strcmp((const char *)n->name, "use")) {
        struct str href = attribute(n, "href");
        const xmlNode *target = href.n > 1 && href.s[0] == '#' ? by_id(r, str_from(href, 1)) : NULL;
        double move[6] = {1, 0, 0, 1, length(n, "x", 0, 0), length(n, "y", 0, 0)};
        matrix_multiply(st.m, move);
        if (target && !strcmp((const char *)target->name, "symbol"))
            children(r, target, &st, depth + 8); /* each use costs depth, so rings of them end */
        else if (target) walk(r, target, st, depth + 8);
    } else {
        diag_once(r->diag, MSG_SVG_SKIPPED, r->at, str_of(r->at.file ? r->at.file : ""), (const char *const[]){(const char *)n->name});
    }
}

static struct str child_text(struct arena *a, const xmlNode *n, const char *name)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && !strcmp((const char *)c->name, name) && c->children && c->children->content)
            return str_copy(a, str_trim(str_of((const char *)c->children->content)));
    return (struct str){0};
}

struct svg *svg_read_node(struct arena *a, const xmlNode *root, struct place at, struct color current, struct diag *d)
{
    struct svg *svg = ARENA_NEW(a, struct svg);
    struct reader r = {.arena = a, .diag = d, .at = at, .svg = svg, .root = root};
    double box[4] = {0, 0, 0, 0}, w = length(root, "width", 300, 0), h = length(root, "height", 150, 0);
    struct path_numbers in = {attribute(root, "viewBox"), 0};
    size_t n = 0;
    while (n < 4 && path_number(&in, &box[n])) n++;
    if (n < 4 || box[2] <= 0 || box[3] <= 0) box[0] = box[1] = 0, box[2] = w > 0 ? w : 300, box[3] = h > 0 ? h : 150;
    if (w <= 0 && h <= 0) w = box[2], h = box[3];
    else if (w <= 0) w = h * box[2] / box[3];
    else if (h <= 0) h = w * box[3] / box[2];
    svg->w = path_fixed(w * 0.75), svg->h = path_fixed(h * 0.75);
    svg->vx = path_fixed(box[0]), svg->vy = path_fixed(box[1]), svg->vw = path_fixed(box[2]), svg->vh = path_fixed(box[3]);
    svg->title = child_text(a, root, "title"), svg->desc = child_text(a, root, "desc");
    svg->stretch = str_starts(attribute(root, "preserveAspectRatio"), "none");
    struct state st = {
        .m = {1, 0, 0, 1, 0, 0}, .fill = gray(0, 255), .current = current, .stroke_width = 1, .opacity = 1, .fill_opacity = 1, .stroke_opacity = 1};
    inherit(&r, &st, root);
    double identity[6] = {1, 0, 0, 1, 0, 0};
    memcpy(st.m, identity, sizeof identity);
    children(&r, root, &st, 0);
    if (r.too_large) {
        DIAG0(d, MSG_SVG_LARGE, at);
        return NULL;
    }
    svg->n = r.shapes.n, svg->shapes = r.shapes.v;
    return svg;
}

struct svg *svg_read(struct arena *a, struct str bytes, const char *file, struct color current, struct diag *d)
{
    struct place at = {file, 0, 0};
    if (bytes.n > LARGEST) return DIAG0(d, MSG_SVG_LARGE, at), NULL;
    xmlParserCtxt *ctx = xmlNewParserCtxt();
    xmlDoc *doc = ctx ? xmlCtxtReadMemory(ctx, bytes.s, (int)bytes.n, NULL, NULL,
                                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT)
                      : NULL;
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    struct svg *svg = NULL;
    if (!root || strcmp((const char *)root->name, "svg") != 0) {
        const xmlError *e = ctx ? xmlCtxtGetLastError(ctx) : NULL;
        const char *why = e && e->message ? e->message : "no <svg>";
        if (e) at.line = (uint32_t)(e->line > 0 ? e->line : 0), at.col = e->int2 > 0 ? (uint32_t)e->int2 : 1;
        DIAG(d, MSG_SVG_BROKEN, at, str_z(a, str_trim(str_of(why))));
    } else {
        svg = svg_read_node(a, root, at, current, d);
    }
    if (doc) xmlFreeDoc(doc);
    if (ctx) xmlFreeParserCtxt(ctx);
    return svg;
}
