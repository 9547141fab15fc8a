/* path.c: see path.h. Arcs and quadratic curves become cubic ones. */
#include "svg/path.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

enum { MOST_POINTS = 2000000 };

bool path_number(struct path_numbers *in, double *v)
{
    struct str s = in->s;
    size_t at = in->at, start;
    while (at < s.n && (isspace((unsigned char)s.s[at]) || s.s[at] == ',')) at++;
    start = at;
    if (at < s.n && (s.s[at] == '+' || s.s[at] == '-')) at++;
    size_t digits = 0;
    while (at < s.n && isdigit((unsigned char)s.s[at])) at++, digits++;
    if (at < s.n && s.s[at] == '.') {
        at++;
        while (at < s.n && isdigit((unsigned char)s.s[at])) at++, digits++;
    }
    if (!digits) return false;
    if (at + 1 < s.n && (s.s[at] | 32) == 'e' &&
        (isdigit((unsigned char)s.s[at + 1]) ||
         ((s.s[at + 1] == '-' || s.s[at + 1] == '+') && at + 2 < s.n && isdigit((unsigned char)s.s[at + 2])))) {
        at += 2;
        while (at < s.n && isdigit((unsigned char)s.s[at])) at++;
    }
    char text[64];
    size_t n = at - start < sizeof text - 1 ? at - start : sizeof text - 1;
    memcpy(text, s.s + start, n);
    text[n] = 0;
    *v = strtod(text, NULL);
    if (!isfinite(*v)) *v = 0;
    in->at = at;
    return true;
}

fixed path_fixed(double v)
{
    v *= 64;
    if (!(v > -1e9)) return (fixed)-1e9;
    if (v > 1e9) return (fixed)1e9;
    return (fixed)lround(v);
}

static void op(struct path_builder *b, enum path_op o) { *vec_push(b->arena, &b->ops) = (uint8_t)o; }
static void point(struct path_builder *b, double x, double y)
{
    *vec_push(b->arena, &b->points) =
        (struct point){path_fixed(b->m[0] * x + b->m[2] * y + b->m[4]), path_fixed(b->m[1] * x + b->m[3] * y + b->m[5])};
}

void path_move(struct path_builder *b, double x, double y)
{
    op(b, PATH_MOVE), point(b, x, y);
    b->x = b->sx = x, b->y = b->sy = y;
}
void path_line(struct path_builder *b, double x, double y)
{
    op(b, PATH_LINE), point(b, x, y);
    b->x = x, b->y = y;
}
void path_curve(struct path_builder *b, double x1, double y1, double x2, double y2, double x, double y)
{
    op(b, PATH_CURVE), point(b, x1, y1), point(b, x2, y2), point(b, x, y);
    b->x = x, b->y = y;
}
void path_close(struct path_builder *b)
{
    if (!b->ops.n || b->ops.v[b->ops.n - 1] == PATH_CLOSE) return;
    op(b, PATH_CLOSE);
    b->x = b->sx, b->y = b->sy;
}

static void quarter(struct path_builder *b, double cx, double cy, double ux, double uy, double vx, double vy) /* from c+u to c+v */
{
    static const double k = 0.5522847498;
    path_curve(b, cx + ux + k * vx, cy + uy + k * vy, cx + vx + k * ux, cy + vy + k * uy, cx + vx, cy + vy);
}

void path_ellipse(struct path_builder *b, double cx, double cy, double rx, double ry)
{
    if (rx <= 0 || ry <= 0) return;
    path_move(b, cx + rx, cy);
    quarter(b, cx, cy, rx, 0, 0, ry), quarter(b, cx, cy, 0, ry, -rx, 0), quarter(b, cx, cy, -rx, 0, 0, -ry), quarter(b, cx, cy, 0, -ry, rx, 0);
    path_close(b);
}

void path_rect(struct path_builder *b, double x, double y, double w, double h, double rx, double ry)
{
    if (w <= 0 || h <= 0) return;
    rx = rx > w / 2 ? w / 2 : rx, ry = ry > h / 2 ? h / 2 : ry;
    if (rx <= 0 || ry <= 0) {
        path_move(b, x, y), path_line(b, x + w, y), path_line(b, x + w, y + h), path_line(b, x, y + h), path_close(b);
        return;
    }
    path_move(b, x + rx, y), path_line(b, x + w - rx, y), quarter(b, x + w - rx, y + ry, 0, -ry, rx, 0);
    path_line(b, x + w, y + h - ry), quarter(b, x + w - rx, y + h - ry, rx, 0, 0, ry);
    path_line(b, x + rx, y + h), quarter(b, x + rx, y + h - ry, 0, ry, -rx, 0);
    path_line(b, x, y + ry), quarter(b, x + rx, y + ry, -rx, 0, 0, -ry);
    path_close(b);
}

/* An elliptical arc from the current point (SVG 1.1, F.6.5: end points to centre), as curves of at most a quarter. */
static void arc(struct path_builder *b, double rx, double ry, double rotation, bool large, bool sweep, double x, double y)
{
    double x0 = b->x, y0 = b->y, phi = rotation * M_PI / 180, c = cos(phi), s = sin(phi);
    rx = fabs(rx), ry = fabs(ry);
    if (rx < 1e-9 || ry < 1e-9 || (x0 == x && y0 == y)) {
        path_line(b, x, y);
        return;
    }
    double dx = (x0 - x) / 2, dy = (y0 - y) / 2, px = c * dx + s * dy, py = -s * dx + c * dy;
    double lambda = px * px / (rx * rx) + py * py / (ry * ry);
    if (lambda > 1) rx *= sqrt(lambda), ry *= sqrt(lambda);
    double under = rx * rx * ry * ry - rx * rx * py * py - ry * ry * px * px, over = rx * rx * py * py + ry * ry * px * px;
    double k = over > 0 ? sqrt(under > 0 ? under / over : 0) * (large == sweep ? -1 : 1) : 0;
    double qx = k * rx * py / ry, qy = -k * ry * px / rx, cx = c * qx - s * qy + (x0 + x) / 2, cy = s * qx + c * qy + (y0 + y) / 2;
    double a0 = atan2((py - qy) / ry, (px - qx) / rx), a1 = atan2((-py - qy) / ry, (-px - qx) / rx), turn = a1 - a0;
    if (!sweep && turn > 0) turn -= 2 * M_PI;
    if (sweep && turn < 0) turn += 2 * M_PI;
    int n = (int)ceil(fabs(turn) / (M_PI / 2) - 1e-9);
    if (n < 1) n = 1;
    double step = turn / n, t = 4.0 / 3 * tan(step / 4);
    for (int i = 0; i < n; i++) {
        double u = a0 + i * step, v = u + step;
        double ax = cos(u) - t * sin(u), ay = sin(u) + t * cos(u), bx = cos(v) + t * sin(v), by = sin(v) - t * cos(v), ex = cos(v), ey = sin(v);
        path_curve(b, cx + c * rx * ax - s * ry * ay, cy + s * rx * ax + c * ry * ay, cx + c * rx * bx - s * ry * by, cy + s * rx * bx + c * ry * by,
                   i + 1 == n ? x : cx + c * rx * ex - s * ry * ey, i + 1 == n ? y : cy + s * rx * ex + c * ry * ey);
    }
}

/* The flags of an arc may stand without a space before what follows. */
static bool flag(struct path_numbers *in, bool *v)
{
    while (in->at < in->s.n && (isspace((unsigned char)in->s.s[in->at]) || in->s.s[in->at] == ',')) in->at++;
    if (in->at >= in->s.n || (in->s.s[in->at] != '0' && in->s.s[in->at] != '1')) return false;
    *v = in->s.s[in->at++] == '1';
    return true;
}

static size_t arguments(char command) /* a small letter */
{
    switch (command) {
    case 'm':
    case 'l':
    case 't': return 2;
    case 'h':
    case 'v': return 1;
    case 's':
    case 'q': return 4;
    case 'c': return 6;
    case 'a': return 7;
    default: return 0;
    }
}

void path_data(struct path_builder *b, struct str d)
{
    struct path_numbers in = {d, 0};
    char command = 0;
    double cx = 0, cy = 0; /* last control point, for s and t */
    char last = 0;
    while (b->points.n < MOST_POINTS) {
        while (in.at < d.n && (isspace((unsigned char)d.s[in.at]) || d.s[in.at] == ',')) in.at++;
        if (in.at >= d.n) return;
        if (isalpha((unsigned char)d.s[in.at])) command = d.s[in.at++];
        else if ((command | 32) == 'z' || !command) return;
        if (!strchr("mlhvcsqtazMLHVCSQTAZ", command) || (!b->ops.n && (command | 32) != 'm')) return;
        double v[7];
        bool large = false, sweep = false, rel = islower((unsigned char)command);
        char c = (char)tolower((unsigned char)command);
        size_t n = arguments(c);
        for (size_t i = 0; i < n; i++) {
            bool ok = n == 7 && (i == 3 || i == 4) ? flag(&in, i == 3 ? &large : &sweep) : path_number(&in, &v[i]);
            if (!ok) return;
        }
        double ox = rel ? b->x : 0, oy = rel ? b->y : 0, x0 = b->x, y0 = b->y;
        bool smooth = c == 's' ? last == 'c' || last == 's' : last == 'q' || last == 't';
        double rx = smooth ? 2 * x0 - cx : x0, ry = smooth ? 2 * y0 - cy : y0;
        switch (c) {
        case 'm': path_move(b, ox + v[0], oy + v[1]), command = rel ? 'l' : 'L'; break;
        case 'l': path_line(b, ox + v[0], oy + v[1]); break;
        case 'h': path_line(b, ox + v[0], y0); break;
        case 'v': path_line(b, x0, oy + v[0]); break;
        case 'c': cx = ox + v[2], cy = oy + v[3], path_curve(b, ox + v[0], oy + v[1], cx, cy, ox + v[4], oy + v[5]); break;
        case 's': cx = ox + v[0], cy = oy + v[1], path_curve(b, rx, ry, cx, cy, ox + v[2], oy + v[3]); break;
        case 'q':
        case 't': {
            double x = ox + v[n - 2], y = oy + v[n - 1];
            cx = c == 'q' ? ox + v[0] : rx, cy = c == 'q' ? oy + v[1] : ry;
            path_curve(b, x0 + 2.0 / 3 * (cx - x0), y0 + 2.0 / 3 * (cy - y0), x + 2.0 / 3 * (cx - x), y + 2.0 / 3 * (cy - y), x, y);
            break;
        }
        case 'a': arc(b, v[0], v[1], v[2], large, sweep, ox + v[5], oy + v[6]); break;
        case 'z': path_close(b); break;
        default: return;
        }
        last = c;
    }
}

struct path path_finish(struct path_builder *b)
{
    bool drawn = false;
    for (size_t i = 0; i < b->ops.n && !drawn; i++) drawn = b->ops.v[i] == PATH_LINE || b->ops.v[i] == PATH_CURVE;
    if (!drawn) return (struct path){0};
    return (struct path){(uint32_t)b->ops.n, (uint32_t)b->points.n, b->ops.v, b->points.v};
}
