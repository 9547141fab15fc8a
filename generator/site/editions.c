/* editions.c: which panels of a leaflet stand in which edition, and on which of its sides. The first panel opens each edition with the title; what
 * else it holds is said by editions= at headings of the source page, or, where none names the edition, by its row. */
#include "site/inner.h"

struct panel {
    const struct node *heading;
    int number;         /* among all panels, from 1 */
    bool named;         /* its heading names the edition */
    bool contacts_only; /* of a small edition: what stands around them is left out */
};
struct panels {
    size_t n;
    struct panel *v;
};

static struct panels all_panels(struct body *r, const struct document *doc)
{
    struct panels p = {0};
    for (const struct node *n = doc->root->first; n; n = n->next) p.n += n->kind == NODE_HEADING && n->n <= 2;
    p.v = ARENA_ARRAY(r->arena, struct panel, p.n + 1);
    p.n = 0;
    for (const struct node *n = doc->root->first; n; n = n->next)
        if (n->kind == NODE_HEADING && n->n <= 2) p.v[p.n] = (struct panel){.heading = n, .number = (int)p.n + 1}, p.n++;
    return p;
}

/* Whether the row takes panel i of n where no heading says anything. */
static bool by_default(const struct edition_row *row, size_t i, size_t n)
{
    bool last = i + 1 == n;
    return (i == 0 && row->takes & TAKES_FIRST) || (i == 1 && row->takes & TAKES_SECOND) || (last && row->takes & (TAKES_LAST | TAKES_CONTACTS));
}

/* A translation has the panels that its source page chooses, by their order. */
static struct panels chosen(struct body *r)
{
    const struct edition_row *row = r->edition;
    struct panels all = all_panels(r, r->doc), source = all, out = {0};
    if (row->takes == TAKES_ALL) return all;
    if (r->entry->source != r->out->text) {
        const struct document *doc = content_parse_alone(r->arena, r->s->c, r->entry->source);
        source = doc ? all_panels(r, doc) : all;
    }
    bool said = false;
    for (size_t i = 0; i < source.n; i++) {
        const struct attr *attr = node_attr(source.v[i].heading, "editions");
        source.v[i].named = attr && edition_named(attr->value, row);
        said |= source.v[i].named;
    }
    out.v = ARENA_ARRAY(r->arena, struct panel, all.n + 1);
    for (size_t i = 0; i < all.n; i++) {
        bool named = i < source.n && source.v[i].named;
        if (!(i == 0 || (said ? named : by_default(row, i, all.n)))) continue;
        out.v[out.n] = all.v[i];
        out.v[out.n++].contacts_only = !said && i && i + 1 == all.n && row->takes & TAKES_CONTACTS;
    }
    return out;
}

static bool has_contact(const struct node *n)
{
    if (n->kind == NODE_MARK && n->mark->mark == MARK_CONTACT) return true;
    for (const struct node *c = n->first; c; c = c->next)
        if (has_contact(c)) return true;
    return false;
}

/* Its heading and the blocks that name a contact. */
static void contacts(struct body *r, const struct panel *p)
{
    buf_printf(r->b, "<section class=\"panel panel-%d contacts\" aria-labelledby=\"", p->number);
    buf_html(r->b, r->prefix), buf_html(r->b, p->heading->id);
    buf_puts(r->b, "\">\n");
    body_block(r, p->heading);
    for (const struct node *n = p->heading->next, *end = body_section_end(p->heading); n && n != end; n = n->next)
        if (has_contact(n)) body_block(r, n);
    body_notices(r);
    buf_puts(r->b, "</section>\n");
}

/* A page with lines to write on: fills a stitched brochure up before its back cover. */
static void notes(struct body *r, int number)
{
    enum { LINES = 14 };
    buf_printf(r->b, "<section class=\"panel notes\" aria-labelledby=\"beleske-%d\">\n<h2 id=\"beleske-%d\">", number, number);
    body_word(r, "notes-page");
    buf_puts(r->b, "</h2>\n");
    for (int i = 0; i < LINES; i++) buf_puts(r->b, "<hr class=\"line\">\n");
    buf_puts(r->b, "</section>\n");
}

bool editions_panels(struct body *r)
{
    static const struct section_of of = {"panel", false};
    const struct edition_row *row = r->edition;
    if (!row || (!row->sides && !row->leaf)) return false;
    struct panels p = chosen(r);
    size_t fill = row->leaf && p.n ? (row->leaf - p.n % row->leaf) % row->leaf : 0;
    for (size_t i = 0; i < p.n; i++) {
        if (row->sides && i < row->sides) buf_printf(r->b, "%s<div class=\"side side-%zu\">\n", i ? "</div>\n" : "", i + 1);
        for (size_t k = 0; i + 1 == p.n && k < fill; k++) notes(r, (int)k + 1);
        if (row->sides == 1 && i == 1) buf_puts(r->b, "<div class=\"rest\">\n"); /* below the first panel, beside each other */
        if (p.v[i].contacts_only) contacts(r, &p.v[i]);
        else body_section(r, &of, p.v[i].heading, p.v[i].number, i + 1 == p.n);
    }
    if (row->sides == 1 && p.n > 1) buf_puts(r->b, "</div>\n");
    if (row->sides && p.n) buf_puts(r->b, "</div>\n");
    return true;
}

void view_edition(const struct publication *pub, struct arena *a, struct value *v)
{
    const struct edition_row *row = pub->edition;
    if (row && row->panels) value_set_text(a, v, "fold", str_printf(a, "a4-%s", row->en));
    else if (row) value_set_text(a, v, "edition", str_from(str_of(row->word), strlen("edition-")));
}
