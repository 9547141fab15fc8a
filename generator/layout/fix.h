/* fix.h: what box.c, fix.c and tags.c share and nobody else needs. */
#ifndef LETAK_LAYOUT_FIX_H
#define LETAK_LAYOUT_FIX_H
#include "layout/internal.h"

struct box *box_add(struct layout *l, struct box *parent, enum box_kind kind, const struct style *s, xmlNode *node);
/* Wraps b's children in the anonymous boxes that its kind asks for; b is complete otherwise. */
void box_fix(struct layout *l, struct box *b);
/* Whether this is the name of an element that HTML sets as a block; whether such elements stand somewhere inside n. */
bool tag_block(const char *name);
bool tag_holds_blocks(const xmlNode *n);
/* Would this inline element get a structure element of its own? */
bool tag_inline(const xmlNode *n);
#endif
