/* write.c: the steps that make a file, the page tree and the catalog. */
#include "pdf/writer.h"

enum { KIDS = 32 }; /* pages under one node of the page tree */

static void put_page(struct pdf *p, size_t i, objid parent, struct buf *b)
{
    const struct frame_page *fp = &p->f->pages[i];
    struct pdf_page *pg = &p->pages[i];
    objid content = pdf_stream(p, "/Filter/FlateDecode", pg->content, true);
    buf_reset(b);
    buf_puts(b, "/Type/Page/Parent "), put_ref(b, parent);
    buf_puts(b, "/Resources "), put_ref(b, p->resources);
    buf_puts(b, "/MediaBox"), put_rect(b, fp, 0, 0, fp->w, fp->h);
    bool trimmed = fp->trim_w > 0 && fp->trim_h > 0 && (fp->trim_x || fp->trim_y || fp->trim_w != fp->w || fp->trim_h != fp->h);
    if (trimmed || p->o->flavour == PDF_PRESS) {
        fixed x = trimmed ? fp->trim_x : 0, y = trimmed ? fp->trim_y : 0, w = trimmed ? fp->trim_w : fp->w, h = trimmed ? fp->trim_h : fp->h;
        fixed left = fixed_max(0, x - fp->bleed), top = fixed_max(0, y - fp->bleed);
        buf_puts(b, "/TrimBox"), put_rect(b, fp, x, y, w, h);
        if (p->o->flavour != PDF_PRESS) buf_puts(b, "/CropBox"), put_rect(b, fp, x, y, w, h); /* readers see the trimmed page */
        buf_puts(b, "/BleedBox");
        put_rect(b, fp, left, top, fixed_min(fp->w, x + w + fp->bleed) - left, fixed_min(fp->h, y + h + fp->bleed) - top);
    }
    if (p->o->flavour == PDF_PRESS && pg->alpha) buf_puts(b, "/Group<</S/Transparency/CS/DeviceCMYK>>"); /* mixed as it is printed */
    buf_puts(b, "/Contents "), put_ref(b, content);
    if (p->tagged) {
        buf_printf(b, "/StructParents %zu", i);
        if (pg->annots.n) buf_puts(b, "/Tabs/S");
    }
    if (pg->annots.n) {
        buf_puts(b, "/Annots[");
        for (size_t k = 0; k < pg->annots.n; k++) {
            if (k) buf_putc(b, ' ');
            put_ref(b, pg->annots.v[k]);
        }
        buf_putc(b, ']');
    }
    pdf_body(p, pg->obj, b);
}

/* A balanced tree of pages under libharu's root node, level by level. */
static void write_page_tree(struct pdf *p)
{
    HPDF_Dict root = p->doc->root_pages;
    root->before_write_fn = NULL; /* libharu would count its own list of pages */
    objid root_id = root->header.obj_id & 0x00FFFFFFu;
    size_t n = p->f->n_pages, n_nodes = (n + KIDS - 1) / KIDS;
    HPDF_Array kids = HPDF_Array_New(p->doc->mmgr);
    if (!kids || HPDF_Dict_Add(root, "Kids", kids) != HPDF_OK) p->failed = true;
    HPDF_Dict_AddNumber(root, "Count", (HPDF_INT32)n);
    struct buf b = {0};
    for (size_t node = 0; node < n_nodes && !p->failed; node++) {
        size_t from = node * KIDS, end = from + KIDS < n ? from + KIDS : n;
        objid id = pdf_new(p);
        for (size_t i = from; i < end; i++) put_page(p, i, id, &b);
        buf_reset(&b);
        buf_puts(&b, "/Type/Pages/Parent "), put_ref(&b, root_id);
        buf_printf(&b, "/Count %zu/Kids[", end - from);
        for (size_t i = from; i < end; i++) {
            if (i > from) buf_putc(&b, ' ');
            put_ref(&b, p->pages[i].obj);
        }
        buf_putc(&b, ']');
        pdf_body(p, id, &b);
        if (HPDF_Array_Add(kids, pdf_dict(p, id)) != HPDF_OK) p->failed = true;
    }
    buf_close(&b);
}

static void write_resources(struct pdf *p)
{
    struct buf b = {0};
    if (p->fonts.n) buf_puts(&b, "/Font<<"), pdf_fonts_resources(p, &b), buf_puts(&b, ">>");
    bool any = false;
    for (int i = 0; i < 256; i++)
        if (p->alphas[i]) {
            if (!any) buf_puts(&b, "/ExtGState<<"), any = true;
            buf_printf(&b, "/G%d<</ca ", i);
            put_real(&b, i / 255.0, 3), buf_puts(&b, "/CA "), put_real(&b, i / 255.0, 3);
            buf_puts(&b, ">>");
        }
    for (int i = 0; i < 2; i++)
        if (p->overprints[i]) {
            if (!any) buf_puts(&b, "/ExtGState<<"), any = true;
            buf_printf(&b, "/O%d<</OP %s/op %s/OPM %d>>", i, i ? "true" : "false", i ? "true" : "false", i);
        }
    if (any) buf_puts(&b, ">>");
    if (p->images.n) {
        buf_puts(&b, "/XObject<<");
        for (size_t i = 0; i < p->images.n; i++)
            if (p->images.v[i].obj) buf_printf(&b, "/X%zu ", i), put_ref(&b, p->images.v[i].obj);
        buf_puts(&b, ">>");
    }
    pdf_body(p, p->resources, &b);
    buf_close(&b);
}

static HPDF_Dict sub_dict(struct pdf *p, HPDF_Dict in, const char *key)
{
    HPDF_Dict d = HPDF_Dict_New(p->doc->mmgr);
    if (!d || HPDF_Dict_Add(in, key, d) != HPDF_OK) p->failed = true;
    return d;
}

static void write_catalog(struct pdf *p)
{
    HPDF_Dict c = p->doc->catalog;
    bool rtl = str_is(p->f->dir, "rtl");
    HPDF_Dict view = sub_dict(p, c, "ViewerPreferences");
    if (!view) return;
    HPDF_Dict_AddBoolean(view, "DisplayDocTitle", HPDF_TRUE);
    if (rtl) HPDF_Dict_AddName(view, "Direction", "R2L");
    if (p->o->flavour == PDF_PRESS) {
        HPDF_Dict_AddName(view, "PrintScaling", "None");
        const char *duplex = str_is(p->f->duplex, "long") ? "DuplexFlipLongEdge" : str_is(p->f->duplex, "none") ? "Simplex" : "DuplexFlipShortEdge";
        if (p->f->duplex.n) HPDF_Dict_AddName(view, "Duplex", duplex);
    }
    HPDF_Dict_RemoveElement(c, "PageMode"), HPDF_Dict_RemoveElement(c, "PageLayout");
    if (p->outline) {
        HPDF_Dict_Add(c, "Outlines", pdf_dict(p, p->outline));
        if (p->o->show_outline) HPDF_Dict_AddName(c, "PageMode", "UseOutlines");
    }
    pdf_add_text(p, c, "Lang", p->f->lang.n ? p->f->lang : STR("und"));
    HPDF_Dict_Add(c, "Metadata", pdf_dict(p, p->xmp));
    HPDF_Array intents = HPDF_Array_New(p->doc->mmgr);
    if (!intents || HPDF_Dict_Add(c, "OutputIntents", intents) != HPDF_OK || HPDF_Array_Add(intents, pdf_dict(p, p->intent)) != HPDF_OK)
        p->failed = true;
    if (p->tagged) {
        HPDF_Dict mark = sub_dict(p, c, "MarkInfo");
        if (mark) HPDF_Dict_AddBoolean(mark, "Marked", HPDF_TRUE);
        HPDF_Dict_Add(c, "StructTreeRoot", pdf_dict(p, p->struct_root));
    }
}

bool pdf_write(const struct frames *f, const struct pdf_options *o, struct diag *d, struct buf *out)
{
    struct pdf p = {.d = d, .f = f, .o = o, .tagged = o->flavour != PDF_PRESS && f->root};
    size_t errors = diag_count(d, false);
    if (!pdf_open(&p)) return false;
    if (o->flavour == PDF_PRESS && !press_open(&p)) return pdf_close(&p), false;
    p.pages = ARENA_ARRAY(&p.a, struct pdf_page, f->n_pages + 1);
    for (size_t i = 0; i < f->n_pages; i++) p.pages[i].obj = pdf_new(&p);
    p.resources = pdf_new(&p);
    if (p.tagged) tags_open(&p);
    for (size_t i = 0; i < f->n_pages && !p.failed; i++) pdf_paint(&p, i);
    if (o->flavour == PDF_FORM) form_write(&p);
    write_page_tree(&p);
    pdf_fonts_write(&p);
    if (p.tagged) tags_write(&p);
    pdf_metadata(&p);
    pdf_outline(&p);
    pdf_labels(&p);
    write_resources(&p);
    if (!p.failed) write_catalog(&p);
    bool good = !p.failed && diag_count(d, false) == errors;
    good = good && pdf_save(&p, out);
    pdf_close(&p);
    return good;
}
