/* box.c: from the styled tree to the box tree (box.h says what holds afterwards).
 *
 * One walk in document order makes boxes, structure tags, counters and generated text together, since all four depend on that order; fix.c mends each
 * box's children when it is complete; a second walk finds the forced breaks of the main flow, because they rise to the outermost box that begins
 * (ends) at them (Fragmentation 3, 3.1). */
#include "layout/fix.h"
#include "svg/svg.h"

struct holder { /* the structure element that takes text, and the P made for loose text in a grouping element */
    struct tag *tag, *p;
};
struct maker {
    struct layout *l;
    struct box *parent, *link;
    struct holder *holder;
    bool artifact;
    int depth;
};

static void make_children(const struct maker *m, xmlNode *n);
static void make_pseudo(const struct maker *m, xmlNode *n, enum css_pseudo which);

struct box *box_add(struct layout *l, struct box *parent, enum box_kind kind, const struct style *s, xmlNode *node)
{
    struct box *b = ARENA_NEW(l->a, struct box);
    b->kind = (uint8_t)kind;
    b->style = s;
    b->node = node;
    b->parent = parent;
    b->pseudo = -1;
    b->page = s->page;
    b->decorated = s->decoration != 0;
    if (!parent) return b;
    b->decorated |= parent->decorated && s->display != DISPLAY_INLINE_BLOCK && s->position != POSITION_ABSOLUTE && !floats(s);
    if (parent->last) parent->last->next = b;
    else parent->first = b;
    parent->last = b;
    return b;
}

/* A block inside an inline box: the inline box becomes a block itself, with all inline boxes around it. */
static void block_in_inline(struct box *parent)
{
    for (; parent && parent->kind == BOX_INLINE; parent = parent->parent) {
        parent->kind = BOX_BLOCK;
        parent->inline_level = false;
    }
}

static struct tag *text_tag(const struct maker *m)
{
    struct holder *h = m->holder;
    if (m->artifact) return NULL;
    if (tag_holds_text(h->tag)) return h->tag;
    if (!h->p) h->p = tag_new(m->l, h->tag, TAG_P, box_place(m->parent));
    return h->p;
}

static bool white(struct str t)
{
    for (size_t i = 0; i < t.n; i++)
        if (!strchr(" \n\t\r\f", t.s[i])) return false;
    return true;
}

static struct box *add_text(const struct maker *m, struct str text, const struct style *s, enum box_kind kind)
{
    struct box *b = box_add(m->l, m->parent, kind, s, NULL);
    b->inline_level = true;
    b->text = text;
    b->link = m->link;
    /* White space between blocks must not make a P; where it turns out to stand between words, it is in one already. */
    if (kind != BOX_TEXT || !white(text)) b->tag = text_tag(m);
    else if (!m->artifact) b->tag = tag_holds_text(m->holder->tag) ? m->holder->tag : m->holder->p;
    b->order = m->l->order++;
    if (m->l->initials) m->l->order++; /* kept for its rest, should its first letter stand apart */
    return b;
}

static void add_content(const struct maker *m, const struct content *c, xmlNode *n, const struct style *s)
{
    struct layout *l = m->l;
    for (size_t i = 0; i < c->n; i++) {
        const struct content_item *it = &c->items[i];
        struct str t = {0};
        switch ((enum content_kind)it->kind) {
        case CONTENT_LEADER: add_text(m, it->text.n ? it->text : STR("."), s, BOX_LEADER)->tag = NULL; continue; /* dots are no text */
        case CONTENT_TARGET_COUNTER:
        case CONTENT_TARGET_COUNTERS:
        case CONTENT_TARGET_TEXT: add_text(m, t, s, BOX_REFERENCE)->u.reference = it; continue;
        case CONTENT_IMAGE: {
            struct box *b = add_text(m, t, s, BOX_IMAGE);
            b->u.picture = picture_open(l, it->text, DOM_INFO(n)->at);
            b->tag = NULL;
            continue;
        }
        case CONTENT_COUNTER:
            if (str_is(it->text, "page") || str_is(it->text, "pages")) {
                struct box *b = add_text(m, t, s, BOX_REFERENCE);
                b->u.reference = it;
                b->extra = ARENA_NEW(l->a, struct box_extra); /* a mark, so that it learns its page */
                continue;
            }
            break;
        default: break;
        }
        struct content one = {.n = 1, .items = it};
        t = content_text(l, &one, n, s);
        if (t.n) add_text(m, t, s, BOX_TEXT);
    }
}

/* string-set, and the counters that the box changes, whose values margin boxes show as they stand on their page: a string whose name has a \2 before
 * it. */
static void sets_of(struct layout *l, const struct style *s, xmlNode *node, struct box_extra *e)
{
    const struct counter_ops *ops[] = {&s->counter_reset, &s->counter_increment, &s->counter_set};
    size_t most = s->string_set.n + ops[0]->n + ops[1]->n + ops[2]->n;
    if (!most) return;
    e->sets = ARENA_ARRAY(l->a, struct string_value, most);
    for (size_t i = 0; i < s->string_set.n; i++)
        e->sets[e->n_sets++] = (struct string_value){s->string_set.list[i].name, content_text(l, &s->string_set.list[i].content, node, s), NULL};
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < ops[k]->n; i++) {
            struct str name = ops[k]->list[i].name;
            if (str_is(name, "page") || str_is(name, "pages") || str_is(name, "footnote") || str_is(name, "list-item")) continue;
            e->sets[e->n_sets++] = (struct string_value){counter_key(l, name), counter_value(l, name, STR("decimal")), NULL};
        }
}

/* ids, string-set, bookmarks, page counters: what becomes a MARK. */
static struct box_extra *extra_of(struct layout *l, struct box *b)
{
    const struct style *s = b->style;
    struct box_extra e = {.bookmark = s->bookmark_level};
    e.id = dom_attr(b->node, "id");
    if (!e.id.n && !xmlStrcmp(b->node->name, BAD_CAST "a")) e.id = dom_attr(b->node, "name");
    sets_of(l, s, b->node, &e);
    static const struct content_item whole = {.kind = CONTENT_CONTENTS};
    if (e.bookmark > 0) {
        struct content c = s->bookmark_label.n ? s->bookmark_label : (struct content){.n = 1, .items = &whole};
        e.bookmark_label = content_text(l, &c, b->node, s);
        if (!e.bookmark_label.n) e.bookmark = 0;
    }
    const struct counter_ops *ops[] = {&s->counter_reset, &s->counter_set};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < ops[k]->n; i++)
            if (str_is(ops[k]->list[i].name, "page")) e.sets_page = true, e.page = ops[k]->list[i].value;
    if (!e.id.n && !e.n_sets && e.bookmark <= 0 && !e.sets_page) return NULL;
    struct target *t = e.id.n ? map_find(&l->targets, e.id) : NULL;
    if (t && !t->node) {
        t->node = b->node;
        t->n = l->counters.list.n;
        t->counters = (struct counter *)(void *)arena_copy(l->a, (const char *)l->counters.list.v, t->n * sizeof(struct counter));
    }
    struct box_extra *x = ARENA_NEW(l->a, struct box_extra);
    *x = e;
    return x;
}

static const struct style *pseudo_style(struct layout *l, xmlNode *n, enum css_pseudo which, const struct style *parent)
{
    const struct style *s = DOM_INFO(n)->pseudo[which];
    return s ? s : css_anonymous(l->css, parent, DISPLAY_INLINE);
}

/* A list item's marker: outside as a box of its own that block.c hangs beside the first line, inside as inline content. */
static void make_marker(const struct maker *m, xmlNode *n, struct box *item, struct tag *lbl)
{
    struct layout *l = m->l;
    const struct style *s = pseudo_style(l, n, PSEUDO_MARKER, item->style);
    bool own = s->content.n && !s->content.normal;
    struct str t = own ? (struct str){0} : marker_text(l, item->style);
    if (s->content.none || (!own && !t.n && !item->style->list_style_image.n)) return;
    struct holder h = {lbl, NULL};
    struct maker inner = *m;
    inner.holder = &h;
    inner.artifact = m->artifact || !lbl;
    if (item->style->list_inside) {
        inner.parent = box_add(l, item, BOX_INLINE, s, n);
        inner.parent->inline_level = true;
    } else {
        item->marker = inner.parent = box_add(l, NULL, BOX_BLOCK, s, n);
        inner.parent->parent = item;
        inner.parent->inline_children = true;
    }
    inner.parent->pseudo = PSEUDO_MARKER;
    if (own) add_content(&inner, &s->content, n, s);
    else if (item->style->list_style_image.n) {
        struct box *b = add_text(&inner, t, s, BOX_IMAGE);
        b->u.picture = picture_open(l, item->style->list_style_image, DOM_INFO(n)->at);
        b->tag = NULL;
    } else add_text(&inner, t, s, BOX_TEXT);
    if (item->style->list_inside) add_text(&inner, STR("\xc2\xa0"), s, BOX_TEXT);
}

/* float: footnote (GCPM, chapter 2): the call stays in the line, the body becomes a NOTE that the page takes to its foot. */
static void make_note(const struct maker *m, xmlNode *n, const struct style *s)
{
    struct layout *l = m->l;
    bool counted = false, there = false;
    for (size_t i = 0; i < s->counter_increment.n; i++) counted |= str_is(s->counter_increment.list[i].name, "footnote");
    for (size_t i = 0; i < l->counters.list.n; i++) there |= str_is(l->counters.list.v[i].name, "footnote");
    if (!there) { /* at the bottom of the stack, so that no element that ends takes it along */
        (void)vec_push(l->a, &l->counters.list);
        memmove(l->counters.list.v + 1, l->counters.list.v, (l->counters.list.n - 1) * sizeof *l->counters.list.v);
        l->counters.list.v[0] = (struct counter){STR("footnote"), 0, -1};
    }
    struct box counting = {.style = s, .node = n, .pseudo = -1};
    counters_apply(l, &counting, m->depth + 1);
    for (size_t i = l->counters.list.n; !counted && i-- > 0;)
        if (str_is(l->counters.list.v[i].name, "footnote")) l->counters.list.v[i].value++, counted = true;
    struct tag *around = text_tag(m), *reference = m->artifact ? NULL : tag_new(l, around, TAG_REFERENCE, DOM_INFO(n)->at);
    struct holder h = {reference, NULL};
    struct maker inner = *m;
    inner.holder = &h;
    const struct style *cs = pseudo_style(l, n, PSEUDO_FOOTNOTE_CALL, s);
    struct box *call = inner.parent = box_add(l, m->parent, BOX_INLINE, cs, n);
    call->inline_level = true;
    call->pseudo = PSEUDO_FOOTNOTE_CALL;
    if (cs->content.n) add_content(&inner, &cs->content, n, cs);
    else if (!cs->content.none) add_text(&inner, counter_value(l, STR("footnote"), STR("decimal")), cs, BOX_TEXT);

    struct box *anchor = box_add(l, m->parent, BOX_NOTE, css_anonymous(l->css, m->parent->style, DISPLAY_INLINE), NULL);
    anchor->inline_level = true;
    struct box *body = anchor->u.note = box_add(l, NULL, BOX_BLOCK, s, n);
    body->parent = anchor;
    l->notes++;
    if (!m->artifact) {
        body->tag = tag_new(l, around, TAG_NOTE, DOM_INFO(n)->at);
        body->tag->id = str_printf(l->a, "note-%d", l->notes);
    }
    const struct style *ms = pseudo_style(l, n, PSEUDO_FOOTNOTE_MARKER, s);
    struct holder lbl = {body->tag ? tag_new(l, body->tag, TAG_LBL, DOM_INFO(n)->at) : NULL, NULL};
    inner.holder = &lbl;
    struct box *marker = inner.parent = box_add(l, body, BOX_INLINE, ms, n);
    marker->inline_level = true;
    marker->pseudo = PSEUDO_FOOTNOTE_MARKER;
    if (ms->content.n) add_content(&inner, &ms->content, n, ms);
    else if (!ms->content.none)
        add_text(&inner, str_printf(l->a, "%.*s. ", STR_ARG(counter_value(l, STR("footnote"), STR("decimal")))), ms, BOX_TEXT);
    struct holder text = {body->tag, NULL};
    inner.holder = &text;
    inner.parent = body;
    inner.depth += 2;
    body->extra = extra_of(l, body);
    make_children(&inner, n);
    counters_leave(l, m->depth + 1);
    box_fix(l, body);
}

static enum box_kind kind_of(const struct style *s, bool *inline_level)
{
    *inline_level = false;
    switch ((enum display)s->display) {
    case DISPLAY_INLINE:
    case DISPLAY_CONTENTS:
    case DISPLAY_NONE:
        if (s->position == POSITION_ABSOLUTE || floats(s)) return BOX_BLOCK;
        *inline_level = true;
        return BOX_INLINE;
    case DISPLAY_INLINE_BLOCK: *inline_level = true; return BOX_BLOCK;
    case DISPLAY_INLINE_TABLE: *inline_level = true; return BOX_TABLE;
    case DISPLAY_INLINE_FLEX: *inline_level = true; return BOX_FLEX;
    case DISPLAY_TABLE: return BOX_TABLE;
    case DISPLAY_TABLE_ROW_GROUP:
    case DISPLAY_TABLE_HEADER_GROUP:
    case DISPLAY_TABLE_FOOTER_GROUP: return BOX_GROUP;
    case DISPLAY_TABLE_ROW: return BOX_ROW;
    case DISPLAY_TABLE_CELL: return BOX_CELL;
    case DISPLAY_TABLE_COLUMN:
    case DISPLAY_TABLE_COLUMN_GROUP: return BOX_COLUMN;
    case DISPLAY_FLEX: return BOX_FLEX;
    case DISPLAY_BLOCK:
    case DISPLAY_LIST_ITEM:
    case DISPLAY_TABLE_CAPTION:
    case DISPLAY_FLOW_ROOT: break;
    }
    return BOX_BLOCK;
}

static int span_of(xmlNode *n, const char *name, int most)
{
    long v = 1;
    return str_int(dom_attr(n, name), &v) && v >= 1 ? (int)(v < most ? v : most) : 1;
}

/* Images and form controls: one inline box, or a block where display says so. */
static bool make_replaced(const struct maker *m, xmlNode *n, const struct style *s)
{
    struct layout *l = m->l;
    const char *name = (const char *)n->name;
    bool picture = !strcmp(name, "img") || !strcmp(name, "svg"), control = control_is(n), inline_level;
    if (!picture && !control) return false;
    if (control && str_is(dom_attr(n, "type"), "hidden")) return true;
    kind_of(s, &inline_level);
    struct box *parent = m->parent;
    bool word = inline_level || floats(s); /* by its tag: stands among words */
    if (!word && s->position != POSITION_ABSOLUTE) block_in_inline(parent);
    struct box *b = box_add(l, parent, picture ? BOX_IMAGE : BOX_FIELD, s, n);
    b->inline_level = inline_level;
    b->absolute = s->position == POSITION_ABSOLUTE;
    b->floating = floats(s);
    b->link = m->link;
    b->order = l->order++;
    struct holder *h = m->holder;
    bool hidden = m->artifact;
    if (picture) {
        b->u.picture = picture_of(l, n, s);
        struct str alt = dom_attr(n, "alt");
        if (!alt.n && !strcmp(name, "svg")) alt = dom_attr(n, "aria-label");
        if (!alt.n && b->u.picture->svg) alt = b->u.picture->svg->title;
        if (str_is(dom_attr(n, "aria-hidden"), "true") || str_is(dom_attr(n, "role"), "presentation") || !alt.n) hidden = true;
        if (!hidden) {
            struct tag *parent_tag = h->tag->type == TAG_FIGURE ? h->tag : word ? text_tag(m) : h->tag;
            b->tag = parent_tag->type == TAG_FIGURE && !parent_tag->alt.n ? parent_tag : tag_new(l, parent_tag, TAG_FIGURE, DOM_INFO(n)->at);
            b->tag->alt = alt;
        }
        if (!b->u.picture->image && !b->u.picture->svg && alt.n) { /* not readable: its alternative text stands for it */
            b->kind = inline_level ? BOX_INLINE : BOX_BLOCK;
            struct maker inner = *m;
            inner.parent = b;
            add_text(&inner, alt, s, BOX_TEXT)->tag = b->tag;
            box_fix(l, b);
        }
    } else {
        b->u.control = control_of(l, n, s);
        l->has_fields = true;
        if (!hidden) b->tag = tag_new(l, word ? text_tag(m) : h->tag, TAG_FORM, DOM_INFO(n)->at);
        if (b->tag) b->tag->alt = b->u.control->field->label;
    }
    counters_apply(l, b, m->depth + 1);
    b->extra = extra_of(l, b);
    if (!word) h->p = NULL;
    return true;
}

/* position: running() (GCPM, 1.2): out of the flow; a mark says where it stood, margin boxes set it with element(). */
static void make_running(const struct maker *m, xmlNode *n, const struct style *s)
{
    struct layout *l = m->l;
    struct box *b = box_add(l, NULL, BOX_BLOCK, s, n),
               *anchor = box_add(l, m->parent, BOX_INLINE, css_anonymous(l->css, m->parent->style, DISPLAY_INLINE), NULL);
    struct holder h = *m->holder;
    struct maker inner = *m;
    inner.parent = b;
    inner.holder = &h;
    inner.artifact = true;
    inner.depth++;
    counters_apply(l, b, inner.depth);
    make_pseudo(&inner, n, PSEUDO_BEFORE);
    make_children(&inner, n);
    make_pseudo(&inner, n, PSEUDO_AFTER);
    counters_leave(l, inner.depth);
    box_fix(l, b);
    anchor->inline_level = true;
    anchor->extra = ARENA_NEW(l->a, struct box_extra);
    anchor->extra->n_sets = 1;
    anchor->extra->sets = ARENA_NEW(l->a, struct string_value);
    *anchor->extra->sets = (struct string_value){str_printf(l->a, "\1%.*s", STR_ARG(s->running)), {0}, b};
}

static void make_element(const struct maker *m, xmlNode *n)
{
    struct layout *l = m->l;
    const struct style *s = DOM_INFO(n)->style;
    const char *name = (const char *)n->name;
    if (!s || s->display == DISPLAY_NONE) return;
    if (m->depth > DEEPEST) {
        if (!l->deep_reported) DIAG(l->diag, MSG_LAYOUT_DEEP, DOM_INFO(n)->at, arena_printf(l->a, "%d", DEEPEST));
        l->deep_reported = true;
        return;
    }
    if (s->position == POSITION_RUNNING && m->depth > 0) {
        make_running(m, n, s);
        return;
    }
    if (s->flo == FLOAT_FOOTNOTE) {
        make_note(m, n, s);
        return;
    }
    if (!strcmp(name, "br") || !strcmp(name, "wbr")) {
        struct box *b = box_add(l, m->parent, name[0] == 'b' ? BOX_BREAK : BOX_TEXT, s, n);
        b->inline_level = true;
        b->text = name[0] == 'b' ? (struct str){0} : STR("\xe2\x80\x8b");
        return;
    }
    if (make_replaced(m, n, s)) return;

    bool inline_level, hidden = m->artifact;
    enum box_kind kind = kind_of(s, &inline_level);
    bool absolute = s->position == POSITION_ABSOLUTE, apart = absolute || floats(s);
    bool word = inline_level || (apart && !tag_holds_blocks(n) && !tag_block(name)); /* by its tag: stands among words */
    if (!inline_level && !apart) block_in_inline(m->parent);
    if (!word) m->holder->p = NULL;
    /* Structure: an inline element stands in a P where its surroundings are a grouping element. */
    struct tag *around = m->artifact ? NULL : m->holder->tag, *own = around;
    if (!hidden) {
        bool needs_p = word && !tag_holds_text(around) && around->type != TAG_L && tag_inline(n); /* items of a list that stand in a row */
        if (needs_p) around = text_tag(m);
        own = tag_element(l, around, n, s, &hidden);
        if (apart && own == around && !hidden) /* apart from the words around it */
            own = tag_new(l, word ? text_tag(m) : around, word ? TAG_SPAN : TAG_DIV, DOM_INFO(n)->at);
    }
    struct holder fresh = {own, NULL};
    struct maker inner = *m;
    inner.artifact = hidden;
    inner.depth++;
    if (own != m->holder->tag || !inline_level) inner.holder = &fresh;
    if (s->display == DISPLAY_CONTENTS) {
        make_pseudo(&inner, n, PSEUDO_BEFORE);
        make_children(&inner, n);
        make_pseudo(&inner, n, PSEUDO_AFTER);
        return;
    }
    struct box *b = inner.parent = box_add(l, m->parent, kind, s, n);
    const struct style *initial = DOM_INFO(n)->pseudo[PSEUDO_FIRST_LETTER];
    l->initials |= initial != NULL;
    b->inline_level = inline_level;
    b->absolute = absolute;
    b->floating = floats(s);
    b->tag = hidden ? NULL : own;
    b->fit = s->fit_max > 0;
    if (!strcmp(name, "a") && dom_attr(n, "href").s) inner.link = b;
    b->link = inner.link;
    if (kind == BOX_CELL) b->u.cell.colspan = span_of(n, "colspan", 1000), b->u.cell.rowspan = span_of(n, "rowspan", 65534);
    if (kind == BOX_COLUMN) b->u.cell.colspan = span_of(n, "span", 1000);
    counters_apply(l, b, inner.depth);
    b->extra = extra_of(l, b);
    if (s->display == DISPLAY_LIST_ITEM) {
        struct tag *lbl = NULL;
        if (own && own->type == TAG_LBODY && own->parent->first && own->parent->first->type == TAG_LBL) lbl = own->parent->first;
        make_marker(&inner, n, b, lbl);
    }
    make_pseudo(&inner, n, PSEUDO_BEFORE);
    make_children(&inner, n);
    make_pseudo(&inner, n, PSEUDO_AFTER);
    counters_leave(l, inner.depth);
    if (initial && (kind == BOX_BLOCK || kind == BOX_CELL)) initial_make(l, b, initial);
    box_fix(l, b);
}

static void make_pseudo(const struct maker *m, xmlNode *n, enum css_pseudo which)
{
    struct layout *l = m->l;
    const struct style *s = DOM_INFO(n)->pseudo[which];
    if (!s || s->display == DISPLAY_NONE || s->content.none || (s->content.normal && !s->content.n)) return;
    bool inline_level;
    enum box_kind kind = kind_of(s, &inline_level);
    if (kind != BOX_INLINE) kind = BOX_BLOCK;
    /* No float, but the right end of the last line, however many there are: the page numbers of a table of contents are written so. */
    bool pushed = s->flo == FLOAT_RIGHT && which == PSEUDO_AFTER;
    if (pushed) kind = BOX_INLINE, inline_level = true;
    if (!inline_level && s->position != POSITION_ABSOLUTE && !floats(s)) block_in_inline(m->parent);
    if (pushed) add_text(m, STR(" "), s, BOX_LEADER)->tag = NULL;
    struct maker inner = *m;
    struct box *b = inner.parent = box_add(l, m->parent, kind, s, n);
    b->inline_level = inline_level;
    b->absolute = s->position == POSITION_ABSOLUTE;
    b->floating = pushed ? 0 : floats(s);
    b->pseudo = (int8_t)which;
    b->link = m->link;
    counters_apply(l, b, m->depth + 1);
    struct box_extra e = {0};
    sets_of(l, s, n, &e);
    if (e.n_sets) *(b->extra = ARENA_NEW(l->a, struct box_extra)) = e;
    add_content(&inner, &s->content, n, s);
    box_fix(l, b);
}

static void make_children(const struct maker *m, xmlNode *n)
{
    for (xmlNode *c = n->children; c; c = c->next) {
        if (c->type == XML_ELEMENT_NODE) make_element(m, c);
        else if ((c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) && c->content && c->content[0] && DOM_INFO(n)->style)
            add_text(m, str_of((const char *)c->content), DOM_INFO(n)->style, BOX_TEXT)->node = c;
    }
}

/* --- forced breaks of the main flow --- */
struct span {
    uint8_t before, after;
    struct str start, end;
};

static uint8_t forced(uint8_t b) { return b == BREAK_PAGE || b == BREAK_LEFT || b == BREAK_RIGHT ? b : BREAK_AUTO; }
static uint8_t stronger(uint8_t a, uint8_t b) { return b == BREAK_AUTO || (a != BREAK_AUTO && b == BREAK_PAGE) ? a : b; }
static bool flows(struct box *b) { return !out_of_flow(b) && !b->inline_level; }

static struct span breaks_find(struct box *b)
{
    struct span s = {forced(b->style->break_before), forced(b->style->break_after), b->page, b->page};
    if (b->kind != BOX_BLOCK || b->inline_children || b->style->column_count > 1 || b->style->column_width.kind == LEN_FIXED) return s;
    struct span last = {0};
    bool any = false;
    for (struct box *c = b->first; c; c = c->next) {
        if (!flows(c)) continue;
        struct span k = breaks_find(c);
        if (!any) {
            s.before = stronger(s.before, k.before);
            s.start = k.start;
        } else {
            c->forced = stronger(last.after, k.before);
            if (c->forced == BREAK_AUTO && !str_eq(last.end, k.start)) c->forced = BREAK_PAGE;
            if (c->forced != BREAK_AUTO) c->page = k.start;
        }
        b->forced_inside |= c->forced != BREAK_AUTO || c->forced_inside;
        any = true;
        last = k;
    }
    if (any) {
        s.after = stronger(s.after, last.after);
        s.end = last.end;
    }
    return s;
}

/* Ids that target-… names: known before the walk, so that counters are kept for those alone. */
static void wants_find(struct layout *l, const struct style *s)
{
    for (size_t i = 0; s && i < s->content.n; i++) {
        const struct content_item *it = &s->content.items[i];
        if (it->kind != CONTENT_TARGET_COUNTER && it->kind != CONTENT_TARGET_COUNTERS && it->kind != CONTENT_TARGET_TEXT) continue;
        if (it->target.n < 2 || it->target.s[0] != '#') continue;
        void **at = map_at(&l->targets, str_from(it->target, 1));
        if (!*at) *at = ARENA_NEW(l->a, struct target);
    }
}

bool boxes_build(struct layout *l)
{
    xmlNode *html = xmlDocGetRootElement(l->doc);
    if (!html || !html->_private || !DOM_INFO(html)->style) return false;
    for (xmlNode *n = html; n;) { /* without recursion: in document order */
        if (n->type == XML_ELEMENT_NODE && n->_private)
            for (int i = 0; i < PSEUDOS; i++) wants_find(l, DOM_INFO(n)->pseudo[i]);
        if (n->type == XML_ELEMENT_NODE && n->children) n = n->children;
        else {
            while (n && n != html && !n->next) n = n->parent;
            n = !n || n == html ? NULL : n->next;
        }
    }
    l->document = tag_new(l, NULL, TAG_DOCUMENT, DOM_INFO(html)->at);
    l->root = box_add(l, NULL, BOX_BLOCK, DOM_INFO(html)->style, html);
    l->root->tag = l->document;
    struct holder h = {l->document, NULL};
    struct maker m = {.l = l, .parent = l->root, .holder = &h};
    counters_apply(l, l->root, 0);
    make_children(&m, html);
    box_fix(l, l->root);
    struct span s = breaks_find(l->root);
    l->root->forced = s.before;
    l->root->page = s.start;
    return true;
}
