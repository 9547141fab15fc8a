/* print.c: the HTML of a publication: the body in its print shape inside layouts/print/KIND.mustache. A book takes its chapters with it, a page
 * above forms its forms, each with ids of its own. Derived Latin is made from the finished Cyrillic HTML, with seams where hyphenation must not see a
 * digraph. */
#include "site/inner.h"
#include "base/file.h"

static struct body print_body(struct site *s, const struct entry *e, const struct output *o, const struct document *doc, enum variant v,
                              struct arena *a, struct buf *b)
{
    return (struct body){.s = s, .entry = e, .out = o, .lang = o->text->lang, .doc = doc, .variant = v, .print = true, .arena = a, .b = b};
}

static const struct value *chapters(struct site *s, const struct publication *pub, struct arena *a, bool *ok)
{
    struct value *list = value_list(a);
    const struct page *book = pub->entry->source;
    for (size_t i = 0; i < book->children.n; i++) {
        const struct entry *e = site_entry(s, book->children.v[i]);
        bool bound = e && site_bound(pub->entry, e);
        const struct output *o = e && (e->chapter || bound) ? site_output(e, pub->output->lang) : NULL;
        if (!o) continue;
        const struct document *doc = content_parse(a, s->c, o->text, s->diag);
        if (!doc) {
            *ok = false;
            continue;
        }
        struct buf b = {0};
        struct body r = print_body(s, e, o, doc, pub->variant, a, &b);
        r.prefix = str_printf(a, "%.*s-", STR_ARG(path_base(e->source->path)));
        r.book = pub->entry, r.links = pub->output->lang;
        body_document(&r);
        struct value *v = value_map(a);
        if (bound) view_form(s, e, o, a, v);
        else value_set(a, v, "number", value_int(a, e->chapter));
        value_set_text(a, v, "title", o->text->title);
        value_set(a, v, "pending", value_bool(site_pending(e, o)));
        value_set(a, v, "stale", value_bool(site_stale(e, o)));
        value_set_text(a, v, "id", path_base(e->source->path));
        value_set(a, v, "body", value_html(a, buf_copy(a, &b)));
        value_push(a, list, v);
        buf_close(&b);
    }
    return list;
}

static const struct template *layout_of(struct site *s, const struct page *p)
{
    const char *kind = p->is_part && p->kind->kind == KIND_PAGE ? "page" : p->kind->en;
    char name[64];
    snprintf(name, sizeof name, "print/%s", kind);
    const struct template *t = templates_find(s->templates, str_of(name));
    if (!t) t = templates_find(s->templates, STR("print/page"));
    if (!t) DIAG(s->diag, MSG_LAYOUT_MISSING, ((struct place){0}), "print/page");
    return t;
}

bool site_print_html(struct site *s, const struct publication *pub, struct arena *a, struct buf *out)
{
    const struct output *o = pub->output;
    const struct document *doc = content_parse(a, s->c, o->text, s->diag);
    const struct template *t = layout_of(s, pub->entry->source);
    if (!doc || !t) return false;
    /* In derived languages everything is made in the language of the text first, then transliterated as a whole. */
    struct output plain = *o;
    plain.lang = o->text->lang;
    bool ok = true;
    struct buf body = {0}, html = {0};
    struct body r = print_body(s, pub->entry, &plain, doc, pub->variant, a, &body);
    r.links = o->lang, r.edition = pub->edition, r.discreet = pub->discreet;
    bool binds = pub->entry->source->kind->kind == KIND_BOOK || pub->entry->source->kind->kind == KIND_FORMS;
    if (binds) r.book = pub->entry, r.prefix = str_printf(a, "%.*s-", STR_ARG(path_base(pub->entry->source->path)));
    body_document(&r);
    struct value *v = (struct value *)(uintptr_t)site_view(s, pub->entry, &plain, doc, pub->discreet ? VARIANT_DISCREET : pub->variant,
                                                           buf_copy(a, &body), a); /* ours, not yet shared */
    view_edition(pub, a, v);
    if (binds) {
        struct value *frame = value_map(a);
        value_set(a, frame, "items", chapters(s, pub, a, &ok));
        value_set(a, v, "chapters", frame);
    }
    bool latin = o->lang->derived && o->text->lang != o->lang;
    value_set(a, v, "lang", value_text(a, latin ? STR("sr") : str_of(o->lang->tag))); /* any other tag would say: not to be transliterated */
    if (pub->press) value_set(a, v, "press", value_bool(true));
    templates_render(s->templates, t, v, &html);
    if (latin) {
        size_t from = out->n;
        lang_latin_html(out, buf_view(&html), true);
        struct str made = str_copy(a, str_from(buf_view(out), from));
        size_t at = str_search(made, " lang=\"sr\"");
        out->n = from;
        buf_str(out, str_part(made, 0, at));
        if (at != SIZE_MAX) buf_printf(out, " lang=\"%s\"%.*s", o->lang->tag, STR_ARG(str_from(made, at + 10)));
    } else {
        buf_str(out, buf_view(&html));
    }
    buf_close(&body), buf_close(&html);
    return ok;
}
