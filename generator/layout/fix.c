/* fix.c: anonymous boxes (CSS 2.2, 9.2.1.1 and 17.2.1; Flexbox, 4). Runs of children that may not stand directly in their parent are moved into one
 * anonymous box each; white space between boxes of a table is dropped. */
#include "layout/fix.h"

static bool blank_text(const struct box *b)
{
    if (b->kind != BOX_TEXT || b->style->white_space == WS_PRE || b->style->white_space == WS_PRE_WRAP) return false;
    for (size_t i = 0; i < b->text.n; i++)
        if (!strchr(" \n\t\r\f", b->text.s[i])) return false;
    return true;
}

static void append(struct box *parent, struct box *b)
{
    b->parent = parent;
    b->next = NULL;
    if (parent->last) parent->last->next = b;
    else parent->first = b;
    parent->last = b;
}

/* Moves every run of children that `belongs` refuses into a new anonymous box; runs of nothing but white space vanish. */
static void wrap(struct layout *l, struct box *b, bool (*belongs)(const struct box *), enum box_kind kind, enum display display, bool keep_outside)
{
    struct box *c = b->first, *run = NULL, *next;
    bool text = false;
    b->first = b->last = NULL;
    struct box *first = NULL;
    for (;; c = next) {
        bool end = !c || belongs(c) || (keep_outside && out_of_flow(c) && !text);
        if (end && run) { /* close the run */
            if (text) {
                run->first = first;
                append(b, run);
                box_fix(l, run);
            } else /* only white space and boxes out of flow: those stay */
                for (struct box *k = first, *n; k; k = n) {
                    n = k->next;
                    if (out_of_flow(k) || k->extra) append(b, k);
                }
            run = NULL;
        }
        if (!c) break;
        next = c->next;
        if (end) {
            append(b, c);
            continue;
        }
        if (!run) {
            run = box_add(l, NULL, kind, css_anonymous(l->css, b->style, display), NULL);
            run->parent = b;
            run->anonymous = true;
            run->tag = b->tag;
            run->link = b->link;
            if (kind == BOX_CELL) run->u.cell.colspan = run->u.cell.rowspan = 1;
            first = NULL;
            text = false;
        }
        text |= !blank_text(c) && !(keep_outside && out_of_flow(c)); /* in a table: content of a cell (17.2.1) */
        c->parent = run;
        c->next = NULL;
        if (first) run->last->next = c;
        else first = c;
        run->last = c;
    }
}

static bool is_block(const struct box *b) { return !b->inline_level && !out_of_flow(b); }
static bool in_table(const struct box *b)
{
    return b->kind == BOX_GROUP || b->kind == BOX_COLUMN || (b->kind == BOX_BLOCK && b->style->display == DISPLAY_TABLE_CAPTION);
}
static bool is_row(const struct box *b) { return b->kind == BOX_ROW; }
static bool is_cell(const struct box *b) { return b->kind == BOX_CELL; }
static bool is_row_or_in_table(const struct box *b) { return is_row(b) || in_table(b); }
static bool not_table_part(const struct box *b) { return b->kind != BOX_GROUP && b->kind != BOX_ROW && b->kind != BOX_CELL && b->kind != BOX_COLUMN; }

static void fix_block(struct layout *l, struct box *b)
{
    bool blocks = false, inlines = false, parts = false;
    for (struct box *c = b->first; c; c = c->next) parts |= !not_table_part(c);
    if (parts) wrap(l, b, not_table_part, BOX_TABLE, DISPLAY_TABLE, true);
    for (struct box *c = b->first; c; c = c->next) {
        blocks |= is_block(c);
        inlines |= !is_block(c) && !(out_of_flow(c) && !c->inline_level);
    }
    if (blocks) wrap(l, b, is_block, BOX_BLOCK, DISPLAY_BLOCK, true);
    else b->inline_children = inlines;
}

static void fix_table(struct layout *l, struct box *b)
{
    wrap(l, b, is_row_or_in_table, BOX_ROW, DISPLAY_TABLE_ROW, false);
    wrap(l, b, in_table, BOX_GROUP, DISPLAY_TABLE_ROW_GROUP, false);
}

void box_fix(struct layout *l, struct box *b)
{
    switch ((enum box_kind)b->kind) {
    case BOX_BLOCK:
    case BOX_CELL: fix_block(l, b); break;
    case BOX_TABLE: fix_table(l, b); break;
    case BOX_GROUP: wrap(l, b, is_row, BOX_ROW, DISPLAY_TABLE_ROW, false); break;
    case BOX_ROW: wrap(l, b, is_cell, BOX_CELL, DISPLAY_TABLE_CELL, false); break;
    case BOX_FLEX: {
        for (struct box *c = b->first; c; c = c->next) /* every child in flow is a block (Flexbox, 4) */
            if (c->kind != BOX_TEXT && c->kind != BOX_BREAK && c->kind != BOX_LEADER && c->kind != BOX_REFERENCE && c->kind != BOX_NOTE) {
                c->inline_level = false;
                if (c->kind == BOX_INLINE) {
                    c->kind = BOX_BLOCK;
                    fix_block(l, c);
                }
            }
        wrap(l, b, is_block, BOX_BLOCK, DISPLAY_BLOCK, true);
        break;
    }
    default: break;
    }
}
