/* path.h: inside svg/ only: numbers, path data and basic shapes into struct path, through a transform. */
#ifndef LETAK_SVG_PATH_H
#define LETAK_SVG_PATH_H
#include "layout/frame.h"

struct path_numbers { /* a list of numbers under reading (SVG 1.1, 8.3.9: signs and points part numbers as well as commas do) */
    struct str s;
    size_t at;
};
bool path_number(struct path_numbers *in, double *v);
fixed path_fixed(double v); /* × 64, rounded, kept within ±2^30 */

struct path_builder {
    struct arena *arena;
    double m[6];         /* applied to every point */
    double x, y, sx, sy; /* current point, start of the subpath; user units */
    VEC(uint8_t) ops;
    VEC(struct point) points;
};
void path_move(struct path_builder *b, double x, double y);
void path_line(struct path_builder *b, double x, double y);
void path_curve(struct path_builder *b, double x1, double y1, double x2, double y2, double x, double y);
void path_close(struct path_builder *b);
void path_rect(struct path_builder *b, double x, double y, double w, double h, double rx, double ry);
void path_ellipse(struct path_builder *b, double cx, double cy, double rx, double ry);
/* The d attribute: as far as it is well-formed (SVG 1.1, 8.3 and F.2). */
void path_data(struct path_builder *b, struct str d);
struct path path_finish(struct path_builder *b);
#endif
