/* turn.c: cells and blocks turned by a quarter (CSS Writing Modes 4): headings of narrow columns. Their content is laid out as any other, with the
 * height of the box for a width, and painted by a matrix as one line that cannot be cut. Which way it stands in the box: text-align says it along the
 * lines, vertical-align across them. */
#include "layout/internal.h"

bool turned(const struct box *b)
{
    if (!b->style->writing || b->anonymous || (b->kind != BOX_CELL && b->kind != BOX_BLOCK)) return false;
    for (const struct box *p = b->parent; p; p = p->parent)
        if (p->kind != BOX_ROW && p->kind != BOX_GROUP && p->kind != BOX_TABLE) return !p->style->writing;
    return false; /* the whole document: as it is */
}

/* How long the lines are where no height says it: the text on one line, but not over a third of the page. */
static fixed length_of(struct layout *l, struct box *b)
{
    fixed min = 0, max = 0;
    if (b->inline_children) inline_measure(l, b, &min, &max);
    else
        for (struct box *c = b->first; c; c = c->next) {
            if (out_of_flow(c)) continue;
            struct extent x = measure_box(l, c);
            min = fixed_max(min, x.min), max = fixed_max(max, x.max);
        }
    return fixed_max(fixed_max(min, fixed_min(max, l->area_h / 3)), FIXED_ONE);
}

static struct strip *content_of(struct layout *l, struct box *b, fixed *length)
{
    const struct style *s = b->style;
    struct edges e = edges_of(s, 0);
    if (*length < 0 && s->height.kind == LEN_FIXED) *length = fixed_max(s->height.v - (s->box_sizing_border ? edges_v(&e) : 0), FIXED_ONE);
    if (*length < 0) *length = length_of(l, b);
    return strip_of(l, b, *length, -1);
}

fixed turned_width(struct layout *l, struct box *b)
{
    fixed length = -1;
    return strip_height(content_of(l, b, &length));
}

static void turn_rect(struct item *it, bool up, fixed length, fixed high)
{
    fixed x = it->x, y = it->y, w = it->w, h = it->h;
    it->w = h, it->h = w, it->x = up ? y : high - y - h, it->y = up ? length - x - w : x;
}

/* Lines and boxes of turned content as they stand on the page. What is noted of a line's blanks no longer says where they are, so it goes. */
static const struct noted *turned_noted(struct layout *l, const struct noted *from, bool up, fixed length, fixed high)
{
    struct noted *to = ARENA_NEW(&l->work, struct noted);
    noted_add(&l->work, to, from, 0, 0);
    for (size_t i = 0; i < to->lines.n; i++) {
        struct frame_line *s = &to->lines.v[i];
        fixed x = s->x, y = s->y, above = up ? s->above : s->below;
        s->x = (up ? y : high - y) - above, s->y = up ? length - x - s->w : x;
        s->below += s->above - above, s->above = above, s->turned = true, s->n_blanks = 0;
    }
    for (size_t i = 0; i < to->boxes.n; i++) {
        struct frame_box *b = &to->boxes.v[i];
        struct item it = {.x = b->x, .y = b->y, .w = b->w, .h = b->h};
        fixed m[4];
        memcpy(m, b->margin, sizeof m);
        turn_rect(&it, up, length, high);
        b->x = it.x, b->y = it.y, b->w = it.w, b->h = it.h;
        for (int k = 0; k < 4; k++) b->margin[k] = m[(k + (up ? 1 : 3)) % 4]; /* TOP, RIGHT, BOTTOM, LEFT: a quarter on */
    }
    return to;
}

static struct line *turned_line(struct layout *l, struct box *b, const struct strip *s, fixed length)
{
    struct line *line = line_of_strip(l, s);
    if (l->transformed) transform_rects(&l->work, line->items, line->n); /* they leave their groups */
    l->transformed = true;
    bool up = b->style->writing == WRITING_UP;
    fixed high = strip_height(s);
    struct item *v = ARENA_ARRAY(&l->work, struct item, line->n + 3);
    size_t n = 0;
    v[n++] = (struct item){.kind = ITEM_SAVE};
    const double m[6] = {0, up ? -1 : 1, up ? 1 : -1, 0, up ? 0 : FIXED_PT(high), up ? FIXED_PT(length) : 0};
    v[n] = (struct item){.kind = ITEM_MATRIX};
    memcpy(v[n++].u.matrix, m, sizeof m);
    for (size_t i = 0; i < line->n; i++)
        if (line->items[i].kind != ITEM_LINK && line->items[i].kind != ITEM_FIELD) v[n++] = line->items[i];
    v[n++] = (struct item){.kind = ITEM_RESTORE};
    for (size_t i = 0; i < line->n; i++) /* rectangles of the page, not of its painting */
        if (line->items[i].kind == ITEM_LINK || line->items[i].kind == ITEM_FIELD) {
            v[n] = line->items[i];
            turn_rect(&v[n++], up, length, high);
        }
    if (line->noted) line->noted = turned_noted(l, line->noted, up, length, high);
    line->items = v, line->n = n, line->baseline = length;
    return line;
}

struct strip *turned_strip(struct layout *l, struct box *b, fixed room, fixed length)
{
    struct strip *s = content_of(l, b, &length);
    fixed high = strip_height(s), free = room - high;
    uint8_t v = b->style->vertical_align;
    bool up = b->style->writing == WRITING_UP, start = v != VALIGN_MIDDLE && v != VALIGN_BOTTOM;
    struct flow f = flow_new(l, room, -1);
    f.x = free <= 0 ? 0 : v == VALIGN_MIDDLE ? free / 2 : start == up ? 0 : free; /* lines begin at the right where they read downwards */
    flow_add(&f, PIECE_LINE, length)->u.line = turned_line(l, b, s, length);
    flow_end(&f);
    return f.s;
}
