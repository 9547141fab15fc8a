/* page.c: strips onto pages (Paged Media 3; Fragmentation 3; GCPM 3 for footnotes).
 *
 * The document is a row of segments, parted by forced page breaks. A segment is laid out as one strip at the width of its first page, then cut page
 * by page; footnotes take room from the page that their call stands on, and what of them does not fit goes on at the foot of the next. References to
 * pages (target-counter) are read from the round before; afterwards only the segments whose references changed are laid out again, at most ROUNDS
 * times. When a segment gets longer, the later ones keep their pages and are only numbered anew, unless their page size changes with it. */
#include "layout/page.h"

enum { ROUNDS = 5 };

int page_sides(int number, bool blank, bool rtl)
{
    return ((number % 2 == 1) != rtl ? CSS_RIGHT : CSS_LEFT) | (number == 1 ? CSS_FIRST : 0) | (blank ? CSS_BLANK : 0);
}

struct page_area page_area_of(struct layout *l, const struct page_style *p)
{
    struct edges e = edges_of(&p->style, p->width);
    e.margin[TOP] = len_resolve(p->style.margin[TOP], p->height, 0);
    e.margin[BOTTOM] = len_resolve(p->style.margin[BOTTOM], p->height, 0);
    struct page_area a = {e.margin[LEFT] + e.border[LEFT] + e.padding[LEFT], e.margin[TOP] + e.border[TOP] + e.padding[TOP],
                          p->width - e.margin[LEFT] - e.margin[RIGHT] - edges_h(&e), p->height - e.margin[TOP] - e.margin[BOTTOM] - edges_v(&e), e};
    if (a.w < PT(8) || a.h < PT(8)) {
        if (!l->no_room_reported) DIAG0(l->diag, MSG_LAYOUT_NO_ROOM, box_place(l->root));
        l->no_room_reported = true;
        a.w = fixed_max(a.w, PT(72));
        a.h = fixed_max(a.h, PT(72));
    }
    return a;
}

static const struct page_style *setup(struct layout *l, struct str name, int number, bool blank)
{
    const struct page_style *p = css_page(l->css, name, page_sides(number, blank, l->root->style->rtl), number);
    struct page_area a = page_area_of(l, p);
    l->page_style = p;
    l->area_w = a.w;
    l->area_h = a.h;
    return p;
}

/* --- footnotes --- */
/* Sets the notes at the foot of the page in at most `room`; what does not fit stays in the list. */
static void place_notes(struct layout *l, struct canvas *c, struct carried_notes *notes, fixed room, bool force)
{
    struct note_plan plan = notes_plan(l, notes, l->area_w, room, force);
    if (!plan.n) return;
    size_t own = c->notes.n;
    notes_place(c, &plan, 0, l->area_h - plan.h, l->area_w);
    notes_left(l, &plan, notes);
    for (size_t i = own; i < c->notes.n; i++) *vec_push(&l->work, &notes->list) = (struct carried){c->notes.v[i], {0}}; /* notes of notes */
}

/* --- filling pages --- */
static struct laid_page *new_page(struct layout *l, struct str name, bool blank)
{
    struct laid_page *p = ARENA_NEW(l->a, struct laid_page);
    p->name = name;
    p->blank = blank;
    p->area_w = l->area_w;
    p->area_h = l->area_h;
    return p;
}

static void report_overflow(struct layout *l, const struct canvas *c)
{
    for (size_t i = 0; i < c->items.n; i++)
        if (c->items.v[i].at.file) {
            DIAG0(l->diag, MSG_LAYOUT_TOO_HIGH, c->items.v[i].at);
            return;
        }
}

static void fill_pages(struct layout *l, struct segment *s, const struct strip *strip, int number)
{
    struct cut at = {0};
    struct carried_notes notes = {0};
    struct canvas c = {.l = l, .a = &l->work};
    bool overflow_reported = false;
    do {
        l->spread_ends = number % 2 == 1, l->spread_asked = false;
        setup(l, s->name, number++, false);
        struct laid_page *p = new_page(l, s->name, false);
        struct foot foot = {.lead = notes_lead(l, l->area_w)};
        foot.used = notes_kept(l, &notes, foot.lead, l->area_h, strip_done(strip, at));
        struct split q = {.l = l, .avail = l->area_h, .foot = &foot, .force = true};
        struct cut to = strip_split(&q, strip, at);
        if (!strip_done(strip, at) && !cut_ahead(strip, to, at))
            to = (struct cut){.i = at.i + 1, .n_rest = at.i < strip->v.n ? at.n_rest : 0, .rest = at.rest}; /* whatever happens, it goes on */
        c.area_w = l->area_w;
        c.area_h = c.limit = l->area_h;
        c.lines = c.words = 0;
        fixed used = strip_place(&c, strip, at, to, 0, 0);
        canvas_absolute(&c, 0, 0, 0, l->area_w, l->area_h, NULL);
        if (q.overflow && !overflow_reported && used > l->area_h + FIXED_ONE) report_overflow(l, &c), overflow_reported = true;
        for (size_t i = 0; i < c.notes.n; i++) *vec_push(&l->work, &notes.list) = (struct carried){c.notes.v[i], {0}};
        c.notes.n = 0;
        if (notes.list.n) place_notes(l, &c, &notes, l->area_h - used, used == 0);
        canvas_absolute(&c, 0, 0, 0, l->area_w, l->area_h, NULL); /* those in notes */
        p->spread = !l->spread_asked ? 0 : l->spread_ends ? 2 : 1;
        p->used = used;
        p->lines = c.lines;
        p->words = c.words;
        p->n_marks = c.marks.n;
        p->marks = (struct page_mark *)(void *)arena_copy(l->a, (const char *)c.marks.v, c.marks.n * sizeof *c.marks.v);
        noted_add(l->a, &p->noted, &c.noted, 0, 0);
        p->items = canvas_items(&c, l->a, &p->n_items);
        *vec_push(l->a, &s->pages) = p;
        at = to;
    } while (!strip_done(strip, at) || notes.list.n);
}

static int needs_blank(const struct layout *l, uint8_t side, int number)
{
    if (side != BREAK_LEFT && side != BREAK_RIGHT) return 0;
    bool right = page_sides(number, false, l->root->style->rtl) & CSS_RIGHT;
    return right != (side == BREAK_RIGHT);
}

static void segment_layout(struct layout *l, struct segment *s, int number)
{
    l->refers.n = 0;
    s->pages.n = 0;
    setup(l, s->name, number, false);
    const struct strip *strip = segment_strip(l, s->start, &s->stop);
    fill_pages(l, s, strip, number);
    s->n_refers = l->refers.n;
    s->refers = (struct refers *)(void *)arena_copy(l->a, (const char *)l->refers.v, l->refers.n * sizeof *l->refers.v);
    arena_reset(&l->work);
}

/* --- numbering --- */
/* Of all strings as they stand on p, those that its margin boxes show: a document may have as many names as pages. */
static void keep_strings(struct layout *l, struct laid_page *p, const struct map *now)
{
    size_t most = 0;
    for (int i = 0; i < MARGIN_BOXES; i++) most += p->style->boxes[i] ? p->style->boxes[i]->content.n : 0;
    p->n_strings = 0;
    p->strings = now->entries.n && most ? ARENA_ARRAY(l->a, struct page_string, most) : NULL;
    if (!p->strings) return;
    struct buf key = {0};
    for (int i = 0; i < MARGIN_BOXES; i++)
        for (size_t k = 0; p->style->boxes[i] && k < p->style->boxes[i]->content.n; k++) {
            const struct content_item *it = &p->style->boxes[i]->content.items[k];
            buf_reset(&key);
            if (it->kind == CONTENT_ELEMENT) buf_putc(&key, '\1');
            else if (it->kind == CONTENT_COUNTER || it->kind == CONTENT_COUNTERS) buf_putc(&key, '\2');
            else if (it->kind != CONTENT_STRING) continue;
            buf_str(&key, it->text);
            const struct page_string *s = map_find(now, buf_view(&key));
            bool there = !s;
            for (size_t n = 0; s && n < p->n_strings; n++) there |= str_eq(p->strings[n].name, s->name);
            if (!there) p->strings[p->n_strings++] = *s;
        }
    buf_close(&key);
}

static void take_strings(struct layout *l, struct laid_page *p, struct map *now)
{
    /* what stood at the end of the page before, then what this one sets */
    for (size_t m = 0; m < p->n_marks; m++) {
        const struct box_extra *x = p->marks[m].box->extra;
        for (size_t i = 0; i < x->n_sets; i++) {
            void **at = map_at(now, x->sets[i].name);
            if (!*at) {
                *at = ARENA_NEW(l->a, struct page_string);
                ((struct page_string *)*at)->name = x->sets[i].name;
            }
            struct page_string *s = *at;
            if (!s->set) {
                s->first = &x->sets[i];
                s->at_top = p->marks[m].y <= FIXED_ONE * 2;
            }
            s->set = true;
            s->last = &x->sets[i];
        }
    }
    keep_strings(l, p, now);
    for (size_t m = 0; m < p->n_marks; m++) /* what the next page begins with */
        for (size_t i = 0; i < p->marks[m].box->extra->n_sets; i++) {
            struct page_string *s = map_find(now, p->marks[m].box->extra->sets[i].name);
            if (s->set) s->start = s->last;
            s->set = s->at_top = false;
            s->first = s->last = s->start;
        }
}

const struct string_value *page_string_value(const struct laid_page *p, struct str name, struct str which)
{
    for (size_t i = 0; i < p->n_strings; i++) {
        const struct page_string *s = &p->strings[i];
        if (!str_eq(s->name, name)) continue;
        if (str_is(which, "start")) return s->set && s->at_top ? s->first : s->start;
        if (str_is(which, "last")) return s->set ? s->last : s->start;
        if (str_is(which, "first-except")) return s->set ? NULL : s->start;
        return s->set ? s->first : s->start;
    }
    return NULL;
}

/* All pages in order with blank ones, their numbers, styles, strings; where ids stand. Segments whose pages changed size become dirty. */
static void pages_number(struct layout *l)
{
    struct page_state *st = l->pages;
    st->pages.n = 0;
    long counter = 0;
    struct map strings = map_new(l->a);
    for (size_t k = 0; k < st->segments.n; k++) {
        struct segment *s = &st->segments.v[k];
        int number = (int)st->pages.n + 1;
        if (needs_blank(l, s->side, number)) {
            setup(l, s->name, number, true);
            *vec_push(l->a, &st->pages) = new_page(l, s->name, true);
        }
        s->first = (int)st->pages.n + 1;
        for (size_t i = 0; i < s->pages.n; i++) *vec_push(l->a, &st->pages) = s->pages.v[i];
    }
    size_t k = 0;
    for (size_t i = 0; i < st->pages.n; i++) {
        struct laid_page *p = st->pages.v[i];
        while (k + 1 < st->segments.n && (int)i + 1 >= st->segments.v[k + 1].first) k++;
        p->number = (int)i + 1;
        p->style = css_page(l->css, p->name, page_sides(p->number, p->blank, l->root->style->rtl), p->number);
        struct page_area a = page_area_of(l, p->style);
        if (!p->blank && (a.w != p->area_w || a.h != p->area_h)) st->segments.v[k].dirty = true;
        if (p->spread && (p->spread == 2) != (p->number % 2 == 1)) st->segments.v[k].dirty = true;
        p->x = a.x;
        p->y = a.y;
        counter++;
        for (size_t m = 0; m < p->n_marks; m++)
            if (p->marks[m].box->extra->sets_page) counter = p->marks[m].box->extra->page;
        p->counter = counter;
        for (size_t m = 0; m < p->n_marks; m++) {
            if (p->marks[m].box->kind == BOX_REFERENCE) p->marks[m].box->extra->page = counter;
            struct str id = p->marks[m].box->extra->id;
            struct target *t = id.n ? map_find(&l->targets, id) : NULL;
            if (t && t->node == p->marks[m].box->node) t->placed = true, t->page = counter;
        }
        take_strings(l, p, &strings);
    }
    l->n_pages = (int)st->pages.n;
}

/* --- references --- */
static struct str squeezed(struct arena *a, struct str t)
{
    char *out = arena_alloc(a, t.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < t.n; i++) {
        if ((unsigned char)t.s[i] > ' ') out[n++] = t.s[i];
        else if (n && out[n - 1] != ' ') out[n++] = ' ';
    }
    while (n && out[n - 1] == ' ') n--;
    return (struct str){out, n};
}

static struct str target_counter(struct layout *l, const struct target *t, const struct content_item *it)
{
    if (str_is(it->text, "page")) return t->placed ? css_counter_text(l->a, l->css, it->style, t->page) : STR("00");
    if (str_is(it->text, "pages")) return css_counter_text(l->a, l->css, it->style, l->n_pages);
    struct buf b = {0};
    for (size_t i = 0; i < t->n; i++) {
        if (!str_eq(t->counters[i].name, it->text)) continue;
        if (it->kind == CONTENT_TARGET_COUNTER) buf_reset(&b);
        else if (b.n) buf_str(&b, it->text2);
        buf_str(&b, css_counter_text(l->a, l->css, it->style, t->counters[i].value));
    }
    struct str out = buf_copy(l->a, &b);
    buf_close(&b);
    return out;
}

static struct str resolve(struct layout *l, struct box *b)
{
    const struct content_item *it = b->u.reference;
    if (it->kind == CONTENT_COUNTER)
        return css_counter_text(l->a, l->css, it->style, str_is(it->text, "pages") ? (l->n_pages ? l->n_pages : 10) : b->extra ? b->extra->page : 1);
    struct str id = it->target.n && it->target.s[0] == '#' ? str_from(it->target, 1) : (struct str){0};
    const struct target *t = id.n ? map_find(&l->targets, id) : NULL;
    if (!t || !t->node) {
        if (id.n) DIAG(l->diag, MSG_LAYOUT_NO_TARGET, box_place(b), str_z(l->a, id));
        return (struct str){0};
    }
    if (it->kind == CONTENT_TARGET_TEXT) return squeezed(l->a, dom_text(l->a, t->node));
    return target_counter(l, t, it);
}

struct str reference_text(struct layout *l, struct box *b)
{
    struct str t = resolve(l, b);
    *vec_push(l->a, &l->refers) = (struct refers){b, t};
    return t;
}

static const struct refers *changed(struct layout *l, const struct segment *s)
{
    for (size_t i = 0; i < s->n_refers; i++)
        if (!str_eq(resolve(l, s->refers[i].box), s->refers[i].text)) return &s->refers[i];
    return NULL;
}

bool pages_run(struct layout *l)
{
    struct page_state *st = l->pages = ARENA_NEW(l->a, struct page_state);
    l->n_pages = 0;
    int number = 1;
    struct box *start = NULL;
    do {
        struct segment *s = vec_push(l->a, &st->segments);
        *s = (struct segment){.start = start, .name = start ? start->page : l->root->page, .side = start ? start->forced : l->root->forced};
        number += needs_blank(l, s->side, number);
        segment_layout(l, s, number);
        number += (int)s->pages.n;
        start = s->stop;
    } while (start);
    for (int round = 0;; round++) {
        pages_number(l);
        bool again = false;
        for (size_t i = 0; i < st->segments.n; i++) {
            struct segment *s = &st->segments.v[i];
            const struct refers *r = changed(l, s);
            if (!r && !s->dirty) continue;
            if (round >= ROUNDS) {
                if (r && r->box->u.reference->target.n)
                    DIAG(l->diag, MSG_LAYOUT_UNSETTLED, box_place(r->box), arena_printf(l->a, "%d", ROUNDS),
                         str_z(l->a, r->box->u.reference->target));
                continue;
            }
            s->dirty = false;
            size_t before = s->pages.n;
            segment_layout(l, s, s->first);
            again = true;
            if (s->pages.n != before) break; /* the numbers behind it are stale */
        }
        if (!again) return true;
    }
}
