/* transform.c: two-dimensional transforms (CSS Transforms 1, 11; Transforms 2, 5): lists of functions, and the properties translate, rotate and
 * scale.
 *
 * Whatever is given becomes one struct transform: a matrix whose translation may depend on the size of the box, since percentages of translate() do.
 * Such matrices are closed under multiplication, so a list of any length is one of them. Numbers are clipped, so that products stay finite. */
#include "css/longhand.h"
#include "css/internal.h"
#include "base/matrix.h"
#include <math.h>

static const double LARGEST = 1e5, FARTHEST = 156250; /* of the linear part; points, as the largest length */

static double clipped(double v, double most) { return !(v == v) ? 0 : v > most ? most : v < -most ? -most : v; }

static struct transform identity(void) { return (struct transform){.m = {1, 0, 0, 1, 0, 0}}; }

void css_multiply(struct transform *t, const struct transform *by)
{
    const double *a = t->m;
    struct transform r = {.of_width = {a[0] * by->of_width[0] + a[2] * by->of_width[1] + t->of_width[0],
                                       a[1] * by->of_width[0] + a[3] * by->of_width[1] + t->of_width[1]},
                          .of_height = {a[0] * by->of_height[0] + a[2] * by->of_height[1] + t->of_height[0],
                                        a[1] * by->of_height[0] + a[3] * by->of_height[1] + t->of_height[1]}};
    memcpy(r.m, t->m, sizeof r.m);
    matrix_multiply(r.m, by->m);
    for (int i = 0; i < 6; i++) r.m[i] = clipped(r.m[i], i < 4 ? LARGEST : FARTHEST);
    for (int i = 0; i < 2; i++) r.of_width[i] = clipped(r.of_width[i], LARGEST), r.of_height[i] = clipped(r.of_height[i], LARGEST);
    *t = r;
}

/* An angle in degrees; zero without a unit where `bare` (Transforms 1, 9: old sheets write rotate(0)). */
static bool val_angle(struct ctx *x, struct cvs *v, bool bare, double *out)
{
    static const struct {
        const char *unit;
        double degrees;
    } units[] = {{"deg", 1}, {"grad", 0.9}, {"rad", 57.29577951308232}, {"turn", 360}};
    const struct cv *t = val_peek(v);
    if (t && t->kind == TOK_FUNCTION) return x->unsupported = true, false;
    if (bare && t && t->kind == TOK_NUMBER && t->num == 0) return *out = 0, val_next(v) != NULL;
    for (size_t i = 0; t && t->kind == TOK_DIMENSION && i < sizeof units / sizeof *units; i++)
        if (css_is(t->unit, units[i].unit)) {
            double turned = fmod(clipped(t->num, 1e300) * units[i].degrees, 360);
            return *out = turned == turned ? turned : 0, val_next(v) != NULL;
        }
    return false;
}

static double radians(double degrees) { return degrees * 0.017453292519943295; }
static double sine(double degrees) /* exact where it is 0 or ±1 */
{
    double quarters = degrees / 90;
    if (quarters == floor(quarters)) return (double)(const int[]){0, 1, 0, -1}[(int)quarters & 3];
    return sin(radians(degrees));
}

static struct transform turned_by(double degrees)
{
    double s = sine(degrees), c = sine(degrees + 90);
    return (struct transform){.m = {c, s, -s, c, 0, 0}};
}
static struct transform skewed_by(double x, double y)
{
    return (struct transform){.m = {1, clipped(tan(radians(y)), LARGEST), clipped(tan(radians(x)), LARGEST), 1, 0, 0}};
}

/* A length or percentage as a translation along one axis, 0 or 1. */
static bool val_shift(struct ctx *x, struct cvs *v, int axis, struct transform *t)
{
    struct len l;
    if (!val_len(x, v, LEN_NEGATIVE | LEN_PERCENTS, &l)) return false;
    if (l.kind == LEN_MATH) return x->unsupported = true, false;
    if (l.kind != LEN_PERCENT) t->m[4 + axis] = FIXED_PT(l.v);
    (axis ? t->of_height : t->of_width)[axis] = l.kind == LEN_PERCENT ? l.v / 6400.0 : l.kind == LEN_CALC ? l.p / 6400.0 : 0;
    return true;
}

static bool val_factor(struct ctx *x, struct cvs *v, double *out) /* number or percentage */
{
    const struct cv *t = val_peek(v);
    if (t && t->kind == TOK_PERCENT) *out = val_next(v)->num / 100;
    else if (!val_number(x, v, out)) return false;
    *out = clipped(*out, LARGEST);
    return true;
}

enum function { F_MATRIX, F_TRANSLATE, F_TRANSLATE_X, F_TRANSLATE_Y, F_SCALE, F_SCALE_X, F_SCALE_Y, F_ROTATE, F_SKEW, F_SKEW_X, F_SKEW_Y, FUNCTIONS };
static const char *const NAMES[FUNCTIONS] = {"matrix", "translate", "translatex", "translatey", "scale", "scalex",
                                             "scaley", "rotate",    "skew",       "skewx",      "skewy"};

static bool matrix(struct ctx *x, struct cvs *in, struct transform *t)
{
    for (int i = 0; i < 6; i++) {
        if ((i && !val_delim(in, ',')) || !val_number(x, in, &t->m[i])) return false;
        t->m[i] = i < 4 ? clipped(t->m[i], LARGEST) : clipped(t->m[i] * 0.75, FARTHEST); /* e and f are pixels */
    }
    return true;
}

static bool arguments(struct ctx *x, enum function f, struct cvs *in, struct transform *t)
{
    double a = 0, b = 0;
    switch (f) {
    case F_MATRIX: return matrix(x, in, t);
    case F_TRANSLATE: return val_shift(x, in, 0, t) && (!val_delim(in, ',') || val_shift(x, in, 1, t));
    case F_TRANSLATE_X: return val_shift(x, in, 0, t);
    case F_TRANSLATE_Y: return val_shift(x, in, 1, t);
    case F_SCALE:
        if (!val_factor(x, in, &t->m[0])) return false;
        t->m[3] = t->m[0];
        return !val_delim(in, ',') || val_factor(x, in, &t->m[3]);
    case F_SCALE_X: return val_factor(x, in, &t->m[0]);
    case F_SCALE_Y: return val_factor(x, in, &t->m[3]);
    case F_ROTATE:
        if (!val_angle(x, in, true, &a)) return false;
        *t = turned_by(a);
        return true;
    case F_SKEW_Y:
    case F_SKEW_X:
    case F_SKEW:
        if (!val_angle(x, in, true, f == F_SKEW_Y ? &b : &a) || (f == F_SKEW && val_delim(in, ',') && !val_angle(x, in, true, &b))) return false;
        *t = skewed_by(a, b);
        return true;
    case FUNCTIONS: break;
    }
    return false;
}

static bool in_space(const struct cv *t) /* functions of three dimensions */
{
    static const char *const names[] = {"matrix3d", "translate3d", "translatez", "scale3d", "scalez",
                                        "rotate3d", "rotatex",     "rotatey",    "rotatez", "perspective"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (css_is(t->text, names[i])) return true;
    return false;
}

static bool keep(struct ctx *x, void *field, const struct transform *t)
{
    *(const struct transform **)field = css_same(x->css, t, sizeof *t);
    return true;
}

bool p_transform(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct transform all = identity();
    if (val_ident(v, "none")) return *(const struct transform **)field = NULL, true;
    for (const struct cv *t; (t = val_peek(v)) && t->kind == TOK_FUNCTION; val_next(v)) {
        struct transform one = identity();
        struct cvs in = cv_inside(t);
        int f = 0;
        while (f < FUNCTIONS && !css_is(t->text, NAMES[f])) f++;
        if (f == FUNCTIONS) x->unsupported |= in_space(t);
        if (f == FUNCTIONS || !arguments(x, (enum function)f, &in, &one) || !val_done(&in)) return false;
        css_multiply(&all, &one);
    }
    return val_done(v) && keep(x, field, &all);
}

bool p_translate(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct transform t = identity();
    if (val_ident(v, "none")) return *(const struct transform **)field = NULL, true;
    if (!val_shift(x, v, 0, &t)) return false;
    if (val_peek(v) && !val_shift(x, v, 1, &t)) return false;
    x->unsupported |= !val_done(v); /* a third length */
    return keep(x, field, &t);
}

bool p_rotate(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    double angle;
    if (val_ident(v, "none")) return *(const struct transform **)field = NULL, true;
    bool axis = val_ident(v, "z");
    if (!val_angle(x, v, false, &angle)) return x->unsupported |= !axis && !val_done(v), false; /* other axes */
    if (!axis) val_ident(v, "z");
    struct transform t = turned_by(angle);
    x->unsupported |= !val_done(v);
    return keep(x, field, &t);
}

bool p_scale(struct ctx *x, void *field, const char *arg, struct cvs *v)
{
    (void)arg;
    struct transform t = identity();
    if (val_ident(v, "none")) return *(const struct transform **)field = NULL, true;
    if (!val_factor(x, v, &t.m[0])) return false;
    t.m[3] = t.m[0];
    if (val_peek(v) && !val_factor(x, v, &t.m[3])) return false;
    x->unsupported |= !val_done(v);
    return keep(x, field, &t);
}

bool p_origin(struct ctx *x, void *field, const char *arg, struct cvs *v) /* a third length, along z, must be 0 */
{
    fixed z = 0;
    if (!p_place(x, field, arg, v)) return false;
    if (val_peek(v) && val_fixed(x, v, LEN_NEGATIVE, &z) && z) x->unsupported = true;
    return !z;
}
