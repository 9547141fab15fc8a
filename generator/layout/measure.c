/* measure.c: min-content and max-content widths (CSS Sizing 3, 5). Percentages count as nothing, as there is no width yet to take them of. */
#include "layout/internal.h"

struct extent measure_content(struct layout *l, struct box *b)
{
    struct extent x = {0, 0};
    if (b->kind == BOX_IMAGE) {
        fixed h;
        bool limited = b->style->max_width.kind == LEN_PERCENT; /* as svg and img are: no limit here, but its least width is nothing */
        picture_size(l, b, limited && b->style->min_width.kind != LEN_PERCENT ? PT(100000) : 0, -1, &x.max, &h);
        if (b->style->width.kind == LEN_PERCENT || (limited && !x.max)) x.max = b->u.picture->width;
        x.min = b->style->width.kind == LEN_PERCENT || limited ? 0 : x.max;
        return x;
    }
    if (b->kind == BOX_FIELD) {
        fixed h;
        control_size(l, b, 0, &x.max, &h);
        x.min = b->style->width.kind == LEN_PERCENT ? 0 : x.max;
        return x;
    }
    if (turned(b)) {
        x.min = x.max = turned_width(l, b);
        return x;
    }
    if (b->kind == BOX_FLEX) return flex_measure(l, b);
    if (b->inline_children) {
        inline_measure(l, b, &x.min, &x.max);
        return x;
    }
    fixed beside = 0; /* floats stand beside each other and what follows */
    for (struct box *c = b->first; c; c = c->next) {
        if (c->absolute) continue;
        struct extent k = measure_box(l, c);
        if (c->style->clear) beside = 0;
        x.min = fixed_max(x.min, k.min);
        x.max = fixed_max(x.max, fixed_min(beside, FIXED_MAX / 4) + k.max);
        if (c->floating) beside += fixed_min(k.max, FIXED_MAX / 4 - fixed_min(beside, FIXED_MAX / 4));
    }
    return x;
}

struct extent measure_box(struct layout *l, struct box *b)
{
    const struct style *s = b->style;
    struct edges e = edges_of(s, 0);
    fixed extra = edges_h(&e), cut = s->box_sizing_border ? extra : 0, margins = e.margin[LEFT] + e.margin[RIGHT];
    struct extent x;
    if (b->kind == BOX_TABLE) {
        x = table_measure(l, b);
        extra = 0;
    } else if (s->width.kind == LEN_FIXED && b->kind != BOX_IMAGE && b->kind != BOX_FIELD) x.min = x.max = fixed_max(s->width.v - cut, 0);
    else x = measure_content(l, b);
    if (s->max_width.kind == LEN_FIXED) x.min = fixed_min(x.min, s->max_width.v - cut), x.max = fixed_min(x.max, s->max_width.v - cut);
    if (s->min_width.kind == LEN_FIXED) x.min = fixed_max(x.min, s->min_width.v - cut), x.max = fixed_max(x.max, s->min_width.v - cut);
    return (struct extent){fixed_max(x.min + extra + margins, 0), fixed_max(x.max + extra + margins, 0)};
}
