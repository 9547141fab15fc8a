/* svg.h: a drawing (SVG 1.1, static part) as a list of painted paths. Knows nothing of CSS beyond the style attribute.
 *
 * Read: svg, g, a, path, rect, circle, ellipse, line, polyline, polygon, use, defs, symbol, title, desc; transform, fill, stroke, stroke-width,
 * -linecap, -linejoin, -dasharray, fill-rule, opacity, fill-opacity, stroke-opacity, display, visibility, color, the style attribute; colours as
 * #rgb, rgb(), device-cmyk() and the names of CSS. Everything else (text, gradients, filters, images, clip, mask, pattern, style sheets) is reported
 * once a file. No network, no DTD, no entities. */
#ifndef LETAK_SVG_SVG_H
#define LETAK_SVG_SVG_H
#include "layout/frame.h"
#include <libxml/tree.h>

struct svg_shape {
    struct path path;
    struct paint paint;
};
struct svg {
    fixed w, h;             /* intrinsic size: width and height, else the view box at 1 unit = 1px (0.75pt), else 300 × 150 px */
    fixed vx, vy, vw, vh;   /* the view box; shapes are in this system, user units × 64: map it onto the box (preserveAspectRatio) */
    struct str title, desc; /* of the root; "" where none */
    bool stretch;           /* preserveAspectRatio="none" */
    size_t n;
    const struct svg_shape *shapes; /* in painting order; clip them to the view box */
};
/* NULL where the bytes are no SVG or too large (reported under `file`). current: the value of currentColor. All memory from a. */
struct svg *svg_read(struct arena *a, struct str bytes, const char *file, struct color current, struct diag *d);
/* The same from an <svg> element of a document (dom.h). */
struct svg *svg_read_node(struct arena *a, const xmlNode *node, struct place at, struct color current, struct diag *d);
#endif
