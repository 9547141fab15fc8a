/* font.c: fonts as Type0 / Identity-H over CIDFontType2 (ISO 32000-1, 9.7).
 *
 * Codes (CIDs) are ours: given in order of first use and keyed by glyph and the text it stands for. So content can be written before the subset
 * is known, and a glyph shared by two characters (Latin and Cyrillic „a“) is still read back rightly. A CIDToGIDMap leads to the subset's glyphs. */
#include "pdf/writer.h"
#include "base/utf8.h"
#include <hb-subset.h>
#include <stdio.h>
#include <stdlib.h>

struct code {
    uint16_t glyph, next; /* next code of the same glyph, 0 = none */
    int16_t width;
    uint32_t packed; /* text where it is one character: packed() */
    struct str text;
};
struct pdf_font {
    const struct font *font;
    unsigned index;
    objid obj;
    unsigned n_glyphs;
    uint16_t *first;        /* by glyph: its first code, 0 = none */
    VEC(struct code) codes; /* [0] is .notdef */
};

static int width_of(const struct font *f, hb_codepoint_t glyph)
{
    int scale_x, scale_y;
    hb_font_get_scale(f->hb_font, &scale_x, &scale_y);
    double w = scale_x ? hb_font_get_glyph_h_advance(f->hb_font, glyph) * 1000.0 / scale_x : 0;
    return (int)(w + (w < 0 ? -0.5 : 0.5));
}

struct pdf_font *pdf_font(struct pdf *p, const struct font *f)
{
    if (p->font_used && p->font_used->font == f) return p->font_used;
    for (size_t i = 0; i < p->fonts.n; i++)
        if (p->fonts.v[i]->font == f) return p->font_used = p->fonts.v[i];
    struct pdf_font *n = ARENA_NEW(&p->a, struct pdf_font);
    n->font = f;
    n->index = (unsigned)p->fonts.n;
    n->obj = pdf_new(p);
    n->n_glyphs = 65536;
    if (f->hb_face) n->n_glyphs = hb_face_get_glyph_count(f->hb_face);
    n->first = ARENA_ARRAY(&p->a, uint16_t, n->n_glyphs + 1);
    *vec_push(&p->a, &n->codes) = (struct code){.width = (int16_t)width_of(f, 0)};
    *vec_push(&p->a, &p->fonts) = n;
    return p->font_used = n;
}

unsigned pdf_font_index(const struct pdf_font *f) { return f->index; }
int pdf_font_width(const struct pdf_font *f, uint16_t cid) { return f->codes.v[cid].width; }

bool pdf_font_is(const struct font *f, uint16_t glyph, uint32_t c)
{
    hb_codepoint_t g;
    return f->hb_font && hb_font_get_nominal_glyph(f->hb_font, c, &g) && g == glyph;
}

/* The bytes of one character as a number, that it need not be compared by memcmp for each glyph of a book; 0 where it is more. */
static uint32_t packed(struct str s)
{
    uint32_t v = 0;
    if (s.n > 4) return 0;
    for (size_t i = 0; i < s.n; i++) v = v << 8 | (unsigned char)s.s[i];
    return v;
}

uint16_t pdf_font_cid(struct pdf *p, struct pdf_font *f, uint16_t glyph, struct str text)
{
    if (glyph >= f->n_glyphs) glyph = 0;
    uint16_t *link = &f->first[glyph];
    uint32_t one = packed(text);
    for (uint16_t c = *link; c; c = f->codes.v[c].next)
        if (f->codes.v[c].packed == one && f->codes.v[c].text.n == text.n && (one || str_eq(f->codes.v[c].text, text))) return c;
    if (f->codes.n > 65500) return *link; /* 65,500 glyph and text pairs in one font: the text of the last ones is lost, the picture not */
    struct code *c = vec_push(&p->a, &f->codes);
    *c = (struct code){.glyph = glyph, .next = *link, .width = (int16_t)width_of(f->font, glyph), .packed = one, .text = str_copy(&p->a, text)};
    return *link = (uint16_t)(f->codes.n - 1);
}

void pdf_fonts_resources(struct pdf *p, struct buf *b)
{
    for (size_t i = 0; i < p->fonts.n; i++) {
        buf_printf(b, "/F%u ", p->fonts.v[i]->index);
        put_ref(b, p->fonts.v[i]->obj);
    }
}

/* --- subsets --- */

static const hb_tag_t WANTED[] = {HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
                                  HB_TAG('m', 'a', 'x', 'p'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('g', 'l', 'y', 'f')};

static void drop_tables(hb_face_t *face, hb_subset_input_t *in)
{
    hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_tag_t tags[128];
    unsigned n = sizeof tags / sizeof *tags;
    hb_face_get_table_tags(face, 0, &n, tags);
    size_t wanted = sizeof WANTED / sizeof *WANTED;
    for (unsigned i = 0; i < n; i++) {
        bool keep = false;
        for (size_t k = 0; k < wanted; k++) keep |= tags[i] == WANTED[k];
        if (!keep) hb_set_add(drop, tags[i]);
    }
}

static bool has_outlines(hb_face_t *face)
{
    hb_blob_t *b = hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
    bool yes = hb_blob_get_length(b) > 0;
    hb_blob_destroy(b);
    return yes;
}

struct str pdf_subset(struct pdf *p, const struct font *f, const uint16_t *glyphs, size_t n, uint16_t *new_gids, char name[64])
{
    struct str out = {0};
    if (!f->hb_face || !has_outlines(f->hb_face)) {
        DIAG(p->d, MSG_PDF_FONT_OUTLINES, ((struct place){0}), f->name ? f->name : f->path);
        return out;
    }
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    hb_subset_plan_t *plan = NULL;
    hb_face_t *face = NULL;
    if (in) {
        drop_tables(f->hb_face, in);
        hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
        for (size_t i = 0; i < n; i++) hb_set_add(hb_subset_input_glyph_set(in), glyphs[i]);
        /* The fonts of text/ are shared among threads: the subsetter gets a face of its own over the same bytes. */
        hb_blob_t *blob = hb_face_reference_blob(f->hb_face);
        hb_face_t *source = hb_face_create(blob, hb_face_get_index(f->hb_face));
        hb_blob_destroy(blob);
        plan = hb_subset_plan_create_or_fail(source, in);
        if (plan) face = hb_subset_plan_execute_or_fail(plan);
        hb_face_destroy(source);
    }
    if (face) {
        hb_blob_t *blob = hb_face_reference_blob(face);
        unsigned len;
        const char *bytes = hb_blob_get_data(blob, &len);
        out = (struct str){arena_copy(&p->a, bytes, len), len};
        hb_blob_destroy(blob);
        hb_face_destroy(face);
        const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
        for (size_t i = 0; i < n; i++) {
            hb_codepoint_t g = hb_map_get(map, glyphs[i]);
            new_gids[i] = g == HB_MAP_VALUE_INVALID ? 0 : (uint16_t)g;
        }
    }
    if (plan) hb_subset_plan_destroy(plan);
    if (in) hb_subset_input_destroy(in);
    if (!out.n) {
        DIAG(p->d, MSG_PDF_FONT_SUBSET, ((struct place){0}), f->name ? f->name : f->path);
        return out;
    }
    uint64_t h = str_hash(out); /* the subset tag (9.6.4): six letters from the bytes */
    char *at = name;
    for (int i = 0; i < 6; i++, h /= 26) *at++ = (char)('A' + h % 26);
    *at++ = '+';
    for (const char *s = f->name ? f->name : "Font"; *s && at < name + 62; s++)
        if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || *s == '-') *at++ = *s;
    *at = 0;
    return out;
}

static int per_mille(const struct font *f, int v) { return f->upem ? (int)((int64_t)v * 1000 / f->upem) : v; }

objid pdf_font_descriptor(struct pdf *p, const struct font *f, const char *name, struct str subset, int flags)
{
    char length[32];
    snprintf(length, sizeof length, "/Length1 %zu", subset.n);
    objid file = pdf_stream(p, length, subset, false);
    struct buf b = {0};
    flags |= (f->mono ? 1 : 0) | (f->serif ? 2 : 0) | (f->italic ? 64 : 0);
    buf_printf(&b, "/Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle ", name, flags, per_mille(f, f->bbox[0]),
               per_mille(f, f->bbox[1]), per_mille(f, f->bbox[2]), per_mille(f, f->bbox[3]));
    put_real(&b, f->italic_angle / 64.0, 2);
    buf_printf(&b, "/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 ", per_mille(f, f->ascent), -per_mille(f, abs(f->descent)),
               per_mille(f, f->cap_height), 10 + 220 * ((int)f->weight - 50) / 900 / 2 + 30);
    put_ref(&b, file);
    objid id = pdf_object(p, &b);
    buf_close(&b);
    return id;
}

/* --- the objects of one font --- */

static void put_hex16(struct buf *b, unsigned u) { buf_printf(b, "%04X", u & 0xFFFF); }

static void put_utf16(struct buf *b, struct str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c < 32) c = ' ';
        if (c >= 0x10000) {
            put_hex16(b, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put_hex16(b, c);
    }
    if (!s.n) put_hex16(b, ' ');
}

static objid to_unicode(struct pdf *p, const struct pdf_font *f)
{
    struct buf b = {0};
    buf_puts(&b, "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
                 "/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n");
    for (size_t i = 1; i < f->codes.n;) {
        size_t end = i + 100 < f->codes.n ? i + 100 : f->codes.n;
        buf_printf(&b, "%zu beginbfchar\n", end - i);
        for (; i < end; i++) {
            buf_putc(&b, '<'), put_hex16(&b, (unsigned)i), buf_puts(&b, "><");
            put_utf16(&b, f->codes.v[i].text);
            buf_puts(&b, ">\n");
        }
        buf_puts(&b, "endbfchar\n");
    }
    buf_puts(&b, "endcmap CMapName currentdict/CMap defineresource pop end end");
    objid id = pdf_stream(p, "", buf_view(&b), false);
    buf_close(&b);
    return id;
}

static void font_write(struct pdf *p, struct pdf_font *f)
{
    size_t n = f->codes.n;
    uint16_t *glyphs = ARENA_ARRAY(&p->a, uint16_t, n), *gids = ARENA_ARRAY(&p->a, uint16_t, n);
    for (size_t i = 0; i < n; i++) glyphs[i] = f->codes.v[i].glyph;
    char name[64];
    struct str subset = pdf_subset(p, f->font, glyphs, n, gids, name);
    if (!subset.n) {
        p->failed = true;
        return;
    }
    objid descriptor = pdf_font_descriptor(p, f->font, name, subset, 4);
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) buf_putc(&b, (char)(gids[i] >> 8)), buf_putc(&b, (char)gids[i]);
    objid map = pdf_stream(p, "", buf_view(&b), false);
    buf_reset(&b);
    buf_printf(&b, "/Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ",
               name);
    put_ref(&b, descriptor);
    buf_puts(&b, "/CIDToGIDMap ");
    put_ref(&b, map);
    buf_puts(&b, "/W[0[");
    for (size_t i = 0; i < n; i++) buf_printf(&b, i ? " %d" : "%d", f->codes.v[i].width);
    buf_puts(&b, "]]");
    objid descendant = pdf_object(p, &b);
    buf_reset(&b);
    buf_printf(&b, "/Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[", name);
    put_ref(&b, descendant);
    buf_puts(&b, "]/ToUnicode ");
    put_ref(&b, to_unicode(p, f));
    pdf_body(p, f->obj, &b);
    buf_close(&b);
}

void pdf_fonts_write(struct pdf *p)
{
    for (size_t i = 0; i < p->fonts.n; i++) font_write(p, p->fonts.v[i]);
}
