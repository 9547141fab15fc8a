/* initial.c: ::first-letter (Pseudo 4, 2.2) and initial-letter (Inline 3, 6). The text box that holds the first letter of a block is cut in two; the
 * letter, with the signs around it, gets a box of its own before the rest: an inline box, or, floating, a block. Both keep the tag of the text, so
 * that the word is read as one. */
#include "layout/fix.h"

/* The text in which the first line of b begins; NULL where it has none. *other: something else stands before it, however deep. */
static struct box *first_text(struct box *b, bool *other)
{
    struct box *found = NULL;
    for (struct box *c = b->first; c && !found && !*other; c = c->next) {
        if (out_of_flow(c) || c->kind == BOX_COLUMN) continue;
        if (c->kind == BOX_TEXT) {
            if (str_trim(c->text).n) found = c;
            continue;
        }
        bool inside = c->kind == BOX_INLINE || (c->kind == BOX_BLOCK && !c->inline_level);
        if (!inside || c->pseudo == PSEUDO_FIRST_LETTER || c->pseudo == PSEUDO_FOOTNOTE_CALL) *other = true;
        else if (c->pseudo != PSEUDO_MARKER) found = first_text(c, other);
    }
    return found;
}

/* The style of an initial of so many lines: its capitals as high as from the top of the first line's to the baseline of the last, at the start. */
static const struct style *sunk(struct layout *l, const struct style *s, const struct style *block, bool rtl)
{
    const struct text_entry *around = text_of(l, block), *own = text_of(l, s);
    fixed line = line_height_of(l, block), n = s->initial_letter;
    fixed cap = around->font ? fixed_muldiv(block->font_size, around->font->cap_height, around->font->upem) : 0;
    if (!around->font || !own->font || cap <= 0 || own->font->cap_height <= 0) return s;
    struct style *big = ARENA_NEW(l->a, struct style);
    *big = *s;
    big->font_size = fixed_muldiv((n - 1) * line + cap, own->font->upem, own->font->cap_height);
    fixed ascent = fixed_muldiv(big->font_size, own->font->ascent, own->font->upem),
          descent = fixed_muldiv(big->font_size, own->font->descent, own->font->upem);
    fixed base = (n - 1) * line + around->ascent + (line - around->ascent - around->descent) / 2;
    big->line_height = ascent + descent;
    big->line_factor = 0;
    big->flo = rtl ? FLOAT_RIGHT : FLOAT_LEFT;
    big->display = DISPLAY_BLOCK;
    big->margin[TOP] = (struct len){LEN_FIXED, base - ascent, 0};
    big->margin[BOTTOM] = (struct len){LEN_FIXED, n * line - (base - ascent) - big->line_height, 0};
    return big;
}

void initial_make(struct layout *l, struct box *b, const struct style *s)
{
    bool other = false;
    struct box *text = first_text(b, &other);
    if (!text || text->style->white_space == WS_PRE || text->style->white_space == WS_PRE_WRAP) return;
    size_t white = 0;
    while (white < text->text.n && (unsigned char)text->text.s[white] <= ' ') white++;
    struct str t = str_from(text->text, white);
    size_t n = text_initial(t, text->style->lang);
    if (!n) return;
    if (s->initial_letter > 1) s = sunk(l, s, b->style, b->style->rtl);
    struct box *parent = text->parent, *initial = box_add(l, NULL, floats(s) ? BOX_BLOCK : BOX_INLINE, s, b->node);
    initial->parent = parent;
    initial->pseudo = PSEUDO_FIRST_LETTER;
    initial->inline_level = !floats(s);
    initial->floating = floats(s);
    initial->inline_children = true;
    initial->link = text->link;
    struct box *letter = box_add(l, initial, BOX_TEXT, s, NULL);
    letter->inline_level = true;
    letter->node = text->node;
    letter->decorated |= !floats(s) && text->decorated;
    letter->text = str_part(t, 0, n);
    letter->link = text->link;
    letter->tag = text->tag;
    letter->order = text->order++; /* the one that add_text kept */
    text->text = str_from(t, n);
    initial->next = text;
    if (parent->first == text) parent->first = initial;
    else
        for (struct box *k = parent->first; k; k = k->next)
            if (k->next == text) {
                k->next = initial;
                break;
            }
}
