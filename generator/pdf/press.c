/* press.c: colours of a press file: what inks are printed for what the style sheet says, and how much ink that is. Decided in this order:
 *
 *     device-cmyk()             as it stands
 *     a build (@-letak-color)   the inks that it names for this RGB value
 *     neutral text, hairlines   the black plate alone, as light as the grey
 *     all others                by the output profile, from sRGB
 *
 * Everything goes into the content as DeviceCMYK, which is that of the output intent (ISO 15930-7). */
#include "pdf/writer.h"
#include <stdio.h>

enum { KEPT = 64 }; /* colours remembered, by their value; a document has fewer */

struct pdf_press {
    struct profile *profile;
    bool failed; /* no profile: reported */
    struct {
        bool set, fine;
        struct color from, to;
    } kept[KEPT];
};

const struct press *press_how(const struct pdf *p)
{
    static const struct press usual = {.most_ink = 300};
    return p->f->press ? p->f->press : &usual;
}

static struct profile *profile_of(struct pdf *p, enum profile_use use)
{
    const struct press *how = press_how(p);
    if (!p->press) p->press = ARENA_NEW(&p->a, struct pdf_press);
    if (!p->press->profile && !p->press->failed) {
        p->press->profile = profile_open(how->profile, str_z(&p->a, how->file), how->at, use, p->d);
        p->press->failed = !p->press->profile;
    }
    return p->press->profile;
}

bool press_open(struct pdf *p) { return profile_of(p, PROFILE_FOR_PRESS); }

void press_close(struct pdf *p)
{
    if (p->press) profile_close(p->press->profile);
}

const struct profile *press_profile(const struct pdf *p) { return p->press->profile; }

static struct color convert(struct pdf *p, struct color c, bool fine)
{
    const struct press *how = press_how(p);
    for (size_t i = 0; i < how->n_colors; i++) {
        struct color rgb = how->colors[i].rgb, build = how->colors[i].cmyk;
        if (rgb.r == c.r && rgb.g == c.g && rgb.b == c.b) return build.a = c.a, build;
    }
    uint8_t rgb[3] = {c.r, c.g, c.b}, to[4] = {0};
    if (fine && c.r == c.g && c.g == c.b) to[3] = profile_black(p->press->profile, c.r);
    else profile_to_press(p->press->profile, rgb, to);
    return (struct color){.cmyk = true, .r = c.r, .g = c.g, .b = c.b, .a = c.a, .c = to[0], .m = to[1], .y = to[2], .k = to[3]};
}

struct color press_color(struct pdf *p, struct color c, bool fine)
{
    if (c.cmyk) return c;
    uint32_t rgb = (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
    size_t at = ((rgb * 2654435761u) >> 26 ^ fine) % KEPT;
    if (!p->press->kept[at].set || p->press->kept[at].fine != fine || memcmp(&p->press->kept[at].from, &c, 4) != 0) {
        p->press->kept[at].set = true, p->press->kept[at].fine = fine, p->press->kept[at].from = c;
        p->press->kept[at].to = convert(p, c, fine);
    }
    return p->press->kept[at].to;
}

struct color press_screen_color(struct pdf *p, struct color c)
{
    struct profile *profile = profile_of(p, PROFILE_FOR_SCREEN);
    uint8_t cmyk[4] = {c.c, c.m, c.y, c.k}, rgb[3] = {0};
    if (profile) profile_to_screen(profile, cmyk, rgb);
    return (struct color){.r = rgb[0], .g = rgb[1], .b = rgb[2], .a = c.a};
}

/* --- how much ink --- */

int press_inks(struct color c) { return (c.c + c.m + c.y + c.k) * 100 / 255; }

static int percent(int part) { return (part * 100 + 127) / 255; }

void press_weigh(struct pdf *p, struct color c, int under, size_t page, struct place at)
{
    const struct press *how = press_how(p);
    int sum = press_inks(c) + under;
    if (!how->most_ink || sum <= how->most_ink) return;
    char number[24], name[96], all[24], most[24], with[48] = "";
    snprintf(number, sizeof number, "%zu", page + 1);
    snprintf(name, sizeof name, "%d %d %d %d", percent(c.c), percent(c.m), percent(c.y), percent(c.k));
    snprintf(all, sizeof all, "%d", sum), snprintf(most, sizeof most, "%d", how->most_ink);
    if (under) snprintf(with, sizeof with, " (%d + %d)", under, sum - under);
    struct str key = str_printf(&p->a, "%s %s %s", at.file ? at.file : "", name, with);
    diag_once(p->d, MSG_PDF_INK, at, key, (const char *const[]){number, name, all, with, most});
}

void press_weigh_image(struct pdf *p, const struct image_inks *inks, const struct image *im, size_t page)
{
    const struct press *how = press_how(p);
    if (!how->most_ink || inks->most <= how->most_ink) return;
    char number[24], all[24], share[24], most[24];
    snprintf(number, sizeof number, "%zu", page + 1);
    snprintf(all, sizeof all, "%d", inks->most), snprintf(most, sizeof most, "%d", how->most_ink);
    snprintf(share, sizeof share, "%d.%d", inks->over / 10, inks->over % 10);
    diag_once(p->d, MSG_PDF_INK_IMAGE, im->at, im->name, (const char *const[]){number, str_z(&p->a, im->name), all, share, most});
}

/* --- what lies below a point --- */
/* Does the line from a to b cross the one that runs from p to the right? 1 downwards, -1 upwards. */
static int crossing(struct point a, struct point b, struct point p)
{
    if ((a.y <= p.y) == (b.y <= p.y)) return 0;
    double x = a.x + ((double)b.x - a.x) * ((double)p.y - a.y) / ((double)b.y - a.y);
    return x <= p.x ? 0 : b.y > a.y ? 1 : -1;
}

static int crossing_curve(struct point a, const struct point c[3], struct point p)
{
    enum { STEPS = 8 };
    int sum = 0;
    struct point from = a;
    for (int i = 1; i <= STEPS; i++) {
        double t = (double)i / STEPS, u = 1 - t, w[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
        struct point to = {(fixed)(w[0] * a.x + w[1] * c[0].x + w[2] * c[1].x + w[3] * c[2].x),
                           (fixed)(w[0] * a.y + w[1] * c[0].y + w[2] * c[1].y + w[3] * c[2].y)};
        sum += crossing(from, to, p);
        from = to;
    }
    return sum;
}

bool press_inside(const struct path *path, bool even_odd, struct point p)
{
    static const uint32_t takes[] = {[PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
    struct point start = {0}, at = {0};
    int sum = 0;
    uint32_t k = 0;
    for (uint32_t i = 0; i < path->n_ops; i++) {
        uint8_t op = path->ops[i];
        if (op > PATH_CLOSE || k + takes[op] > path->n_points) break;
        const struct point *to = path->points + k;
        k += takes[op];
        if (op == PATH_CURVE) sum += crossing_curve(at, to, p), at = to[2];
        else if (op == PATH_LINE) sum += crossing(at, *to, p), at = *to;
        else { /* filling closes what is open (ISO 32000-1, 8.5.3.1) */ sum += crossing(at, start, p);
            if (op == PATH_MOVE) start = *to;
            at = start;
        }
    }
    sum += crossing(at, start, p);
    return even_odd ? sum % 2 != 0 : sum != 0;
}
