/* meta.c: what a file says about itself: Info and XMP (equal), output intent, outline, page labels, and link annotations. */
#include "pdf/writer.h"
#include "base/file.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define PROFILE "/usr/share/color/icc/sRGB.icc" /* package icc-profiles-free */
#define PRODUCER "letak"
#define NO_DATE "1970-01-01" /* of a press file whose document has none: PDF/X-4 wants one, and the day of the build would change its bytes */

/* --- Info, XMP, output intent --- */

/* "2026-03-01" or with "T12:00:00" into the digits of a PDF date; false where it is none. */
static bool date_digits(struct str s, char out[15])
{
    static const char *const shape = "dddd-dd-ddTdd:dd:dd";
    size_t n = 0;
    for (size_t i = 0; i < 19; i++) {
        if (i < s.n && i < strlen(shape)) {
            if (shape[i] == 'd' ? s.s[i] < '0' || s.s[i] > '9' : s.s[i] != shape[i] && !(shape[i] == 'T' && s.s[i] == ' ')) return false;
        } else if (i < 10) return false;
        if (shape[i] == 'd') out[n++] = i < s.n ? s.s[i] : '0';
    }
    out[n] = 0;
    return true;
}

static void xmp_part(struct buf *b, const char *before, struct str text, const char *after)
{
    if (!text.n) return;
    buf_puts(b, before);
    buf_html(b, text);
    buf_puts(b, after);
}

static const char EXTENSION[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
    "</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal"
    "</pdfaProperty:category><pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description></rdf:li>"
    "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

/* What ISO 15930-7 wants besides. The document's ID is made from what its pages are painted with, so the same document has the same. */
static void xmp_press(struct pdf *p, struct buf *b, const char *iso)
{
    uint64_t h = 0xCBF29CE484222325u, g = str_hash(p->f->title);
    for (size_t i = 0; i < p->f->n_pages; i++)
        h = (h ^ str_sum(p->pages[i].content)) * 0x100000001B3u, g = (g ^ h >> 29) + str_hash(p->pages[i].content);
    buf_puts(b, "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\""
                " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Trapped>False</pdf:Trapped>");
    buf_printf(b, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><xmp:MetadataDate>%s</xmp:MetadataDate>", iso);
    buf_printf(b, "<xmpMM:DocumentID>uuid:%08x-%04x-8%03x-8%03x-%012llx</xmpMM:DocumentID>", (unsigned)(h >> 32), (unsigned)(h >> 16 & 0xFFFF),
               (unsigned)(h & 0xFFF), (unsigned)(g >> 52), (unsigned long long)(g & 0xFFFFFFFFFFFFu));
    buf_puts(b, "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass></rdf:Description>\n");
}

static void write_xmp(struct pdf *p, struct str title, const char *date)
{
    struct buf b = {0};
    char iso[32];
    const struct frames *f = p->f;
    buf_puts(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                 "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                 "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                 " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                 " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"><dc:format>application/pdf</dc:format>");
    xmp_part(&b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", title, "</rdf:li></rdf:Alt></dc:title>");
    xmp_part(&b, "<dc:creator><rdf:Seq><rdf:li>", f->author, "</rdf:li></rdf:Seq></dc:creator>");
    xmp_part(&b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", f->subject, "</rdf:li></rdf:Alt></dc:description>");
    xmp_part(&b, "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">", p->o->copyright, "</rdf:li></rdf:Alt></dc:rights>");
    xmp_part(&b, "<dc:identifier>", f->identifier, "</dc:identifier>");
    xmp_part(&b, "<dc:language><rdf:Bag><rdf:li>", f->lang, "</rdf:li></rdf:Bag></dc:language>");
    xmp_part(&b, "<xmp:CreatorTool>", f->creator, "</xmp:CreatorTool>");
    if (date) {
        snprintf(iso, sizeof iso, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", date, date + 4, date + 6, date + 8, date + 10, date + 12);
        buf_printf(&b, "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>", iso, iso);
    }
    buf_puts(&b, "<pdf:Producer>" PRODUCER "</pdf:Producer>");
    if (p->o->flavour == PDF_READING) buf_puts(&b, "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    if (p->tagged) buf_puts(&b, "<pdfuaid:part>1</pdfuaid:part>");
    buf_puts(&b, "</rdf:Description>\n");
    if (p->tagged) buf_puts(&b, EXTENSION);
    if (p->o->flavour == PDF_PRESS) xmp_press(p, &b, iso);
    buf_puts(&b, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    p->xmp = pdf_stream(p, "/Type/Metadata/Subtype/XML", buf_copy(&p->a, &b), true);
    buf_close(&b);
}

/* The profile of the press, with the name of its printing condition (ISO 15930-7). */
static void write_press_intent(struct pdf *p)
{
    const struct press *how = press_how(p);
    const struct profile *profile = press_profile(p);
    struct str name = str_of(profile_name(profile));
    struct buf b = {0};
    objid icc = pdf_stream(p, "/N 4", profile_bytes(profile), false);
    buf_puts(&b, "/Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier"), put_text(&b, how->condition.n ? how->condition : name);
    if (how->condition.n) buf_puts(&b, "/RegistryName(http://www.color.org)");
    buf_puts(&b, "/OutputCondition"), put_text(&b, name);
    buf_puts(&b, "/Info"), put_text(&b, name);
    buf_puts(&b, "/DestOutputProfile "), put_ref(&b, icc);
    p->intent = pdf_object(p, &b);
    buf_close(&b);
}

objid pdf_screen_profile(struct pdf *p)
{
    struct str icc;
    if (p->screen_profile) return p->screen_profile;
    if (file_read(&p->a, PROFILE, 1u << 22, &icc)) return p->screen_profile = pdf_stream(p, "/N 3", icc, false);
    DIAG(p->d, MSG_PDF_PROFILE, ((struct place){0}), PROFILE);
    p->failed = true;
    return 0;
}

static void write_intent(struct pdf *p)
{
    objid profile = pdf_screen_profile(p);
    if (!profile) return;
    struct buf b = {0};
    buf_puts(&b, "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile ");
    put_ref(&b, profile);
    p->intent = pdf_object(p, &b);
    buf_close(&b);
}

void pdf_metadata(struct pdf *p)
{
    struct str title = p->f->title;
    if (!title.n) {
        DIAG0(p->d, MSG_PDF_TITLE, ((struct place){0}));
        title = STR("Letak"); /* ISO 14289-1, 7.1 wants one */
    }
    char date[15];
    bool press = p->o->flavour == PDF_PRESS, dated = date_digits(p->o->date, date);
    if (press && !dated) dated = date_digits(STR(NO_DATE), date);
    if (!p->doc->info) { /* libharu makes it with its Producer */
        HPDF_SetInfoAttr(p->doc, HPDF_INFO_PRODUCER, PRODUCER);
        if (!p->doc->info) {
            p->failed = true;
            return;
        }
    }
    HPDF_Dict info = p->doc->info;
    pdf_add_text(p, info, "Title", title);
    if (p->f->author.n) pdf_add_text(p, info, "Author", p->f->author);
    if (p->f->subject.n) pdf_add_text(p, info, "Subject", p->f->subject);
    if (p->f->creator.n) pdf_add_text(p, info, "Creator", p->f->creator);
    pdf_add_text(p, info, "Producer", STR(PRODUCER));
    if (dated) {
        char s[32];
        snprintf(s, sizeof s, "D:%sZ", date);
        HPDF_Dict_Add(info, "CreationDate", HPDF_String_New(p->doc->mmgr, s, NULL));
        HPDF_Dict_Add(info, "ModDate", HPDF_String_New(p->doc->mmgr, s, NULL));
    }
    if (press) HPDF_Dict_AddName(info, "Trapped", "False");
    write_xmp(p, title, dated ? date : NULL);
    if (press) write_press_intent(p);
    else write_intent(p);
}

/* --- outline (12.3.3) --- */

struct node {
    objid obj;
    size_t parent, first, last, prev, next; /* index + 1, 0 = none; parent 0 = root */
    int level, open;                        /* open: descendants shown */
};

static void put_dest(struct pdf *p, struct buf *b, int page, fixed x, fixed y)
{
    if (page < 0 || (size_t)page >= p->f->n_pages) page = 0;
    buf_putc(b, '[');
    put_ref(b, p->pages[page].obj);
    buf_puts(b, "/XYZ ");
    put_fixed(b, x), buf_putc(b, ' ');
    put_fixed(b, p->f->pages[page].h - y);
    buf_puts(b, " 0]");
}

static const struct dest *find_dest(const struct frames *f, struct str id)
{
    size_t lo = 0, hi = f->n_dests;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = str_cmp(f->dests[mid].id, id);
        if (!c) return &f->dests[mid];
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}

static void link_nodes(const struct frames *f, struct node *n)
{
    size_t at = 0; /* deepest open ancestor, index + 1 */
    for (size_t i = 0; i < f->n_outline; i++) {
        n[i + 1].level = f->outline[i].level;
        while (at && n[at].level >= n[i + 1].level) at = n[at].parent;
        struct node *up = &n[at];
        n[i + 1].parent = at;
        n[i + 1].prev = up->last;
        if (up->last) n[up->last].next = i + 1;
        else up->first = i + 1;
        up->last = i + 1;
        at = i + 1;
    }
    for (size_t i = f->n_outline; i > 0; i--) n[n[i].parent].open += 1 + (f->outline[i - 1].closed ? 0 : n[i].open);
}

void pdf_outline(struct pdf *p)
{
    const struct frames *f = p->f;
    if (!f->n_outline) return;
    struct node *n = ARENA_ARRAY(&p->a, struct node, f->n_outline + 1);
    link_nodes(f, n);
    for (size_t i = 0; i <= f->n_outline; i++) n[i].obj = pdf_new(p);
    struct buf b = {0};
    for (size_t i = 0; i <= f->n_outline; i++) {
        buf_reset(&b);
        if (!i) buf_puts(&b, "/Type/Outlines");
        else {
            const struct outline_entry *e = &f->outline[i - 1];
            buf_puts(&b, "/Title"), put_text(&b, e->title);
            buf_puts(&b, "/Parent "), put_ref(&b, n[n[i].parent].obj);
            const struct dest *d = e->dest.n ? find_dest(f, e->dest) : NULL;
            buf_puts(&b, "/Dest");
            if (d) put_dest(p, &b, d->page, 0, d->y);
            else put_dest(p, &b, e->page, 0, e->y);
            if (n[i].prev) buf_puts(&b, "/Prev "), put_ref(&b, n[n[i].prev].obj);
            if (n[i].next) buf_puts(&b, "/Next "), put_ref(&b, n[n[i].next].obj);
        }
        if (n[i].first) {
            buf_puts(&b, "/First "), put_ref(&b, n[n[i].first].obj);
            buf_puts(&b, "/Last "), put_ref(&b, n[n[i].last].obj);
            buf_printf(&b, "/Count %d", i && f->outline[i - 1].closed ? -n[i].open : n[i].open);
        }
        pdf_body(p, n[i].obj, &b);
    }
    p->outline = n[0].obj;
    buf_close(&b);
}

/* --- page labels (12.4.2) --- */

static long roman(struct str s)
{
    static const struct {
        const char *z;
        int v;
    } parts[] = {{"m", 1000}, {"cm", 900}, {"d", 500}, {"cd", 400}, {"c", 100}, {"xc", 90}, {"l", 50},
                 {"xl", 40},  {"x", 10},   {"ix", 9},  {"v", 5},    {"iv", 4},  {"i", 1}};
    long v = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        while (str_starts(s, parts[i].z) && v < 5000) {
            v += parts[i].v;
            s = str_from(s, strlen(parts[i].z));
            if (strlen(parts[i].z) == 2) break;
        }
    return s.n ? 0 : v;
}

void pdf_labels(struct pdf *p)
{
    const struct frames *f = p->f;
    bool any = false;
    for (size_t i = 0; i < f->n_pages; i++) any |= f->pages[i].label.n > 0;
    if (!any) return;
    struct buf b = {0};
    char kind = 0;
    long want = 0;
    buf_puts(&b, "/Nums[");
    for (size_t i = 0; i < f->n_pages; i++) {
        struct str label = f->pages[i].label;
        long v = 0;
        char now = 'P';
        if (label.n && label.s[0] >= '1' && label.s[0] <= '9' && str_int(label, &v)) now = 'D';
        else if (label.n && (v = roman(label)) > 0) now = 'r';
        if (now == kind && now != 'P' && v == want) {
            want++;
            continue;
        }
        kind = now, want = v + 1;
        buf_printf(&b, "%zu<<", i);
        if (now == 'P') buf_puts(&b, "/P"), put_text(&b, label);
        else buf_printf(&b, "/S/%c/St %ld", now, v);
        buf_puts(&b, ">>");
    }
    buf_putc(&b, ']');
    objid id = pdf_object(p, &b);
    HPDF_Dict_Add(p->doc->catalog, "PageLabels", pdf_dict(p, id));
    buf_close(&b);
}

/* --- links --- */

static void put_uri(struct buf *b, struct str s) /* 7-bit (12.6.4.7): other bytes as %XX */
{
    struct buf u = {0};
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c > 32 && c < 127) buf_putc(&u, (char)c);
        else buf_printf(&u, "%%%02X", c);
    }
    put_bytes(b, buf_view(&u));
    buf_close(&u);
}

void pdf_link(struct pdf *p, size_t page, const struct item *it, uint64_t seq)
{
    struct str uri = it->u.link.uri, dest = it->u.link.dest, label = it->u.link.label;
    if (!it->tag || it->w <= 0 || it->h <= 0) return; /* ISO 14289-1, 7.18.1: no annotation outside the tree */
    const struct dest *d = dest.n ? find_dest(p->f, dest) : NULL;
    if (dest.n && !d) {
        const char *args[] = {str_z(&p->a, dest)};
        diag_once(p->d, MSG_PDF_LINK_NOWHERE, it->at, dest, args);
        return;
    }
    if (!dest.n && !uri.n) return;
    objid id = pdf_new(p);
    struct buf b = {0};
    buf_puts(&b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
    put_rect(&b, &p->f->pages[page], it->x, it->y, it->w, it->h);
    buf_printf(&b, "/StructParent %d/Contents", tags_annot(p, it->tag, page, seq, id));
    put_text(&b, label.n ? label : uri.n ? uri : dest);
    if (d) buf_puts(&b, "/Dest"), put_dest(p, &b, d->page, d->x, d->y);
    else buf_puts(&b, "/A<</S/URI/URI"), put_uri(&b, uri), buf_puts(&b, ">>");
    pdf_body(p, id, &b);
    buf_close(&b);
    *vec_push(&p->a, &p->pages[page].annots) = id;
}
