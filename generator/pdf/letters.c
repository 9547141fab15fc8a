/* letters.c: the font of form fields.
 *
 * Viewers and pdftk write what was typed with it; pdftk writes Serbian rightly only with a simple TrueType font: WinAnsi with Differences by the
 * names of the Adobe Glyph List and a (3,1) cmap. Such a font has 223 letters at most; these are the ones of Serbian in both scripts, Hungarian,
 * Romanian (comma below, and the cedillas of older keyboards) and Albanian, and what stands between words. */
#include "pdf/form.h"
#include "base/file.h"
#include "base/utf8.h"
#include <assert.h>
#include <hb-ot.h>

#define FONT "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf" /* package fonts-noto-core */
#define FONT_NAME "NotoSans-Regular"

struct letter {
    uint8_t code;
    uint16_t c;
    const char *name;
};
/* What WinAnsi has stays where WinAnsi has it … */
static const struct letter WINANSI[] = {
    {128, 0x20AC, "Euro"},         {130, 0x201A, "quotesinglbase"}, {132, 0x201E, "quotedblbase"}, {133, 0x2026, "ellipsis"},
    {138, 0x160, "Scaron"},        {142, 0x17D, "Zcaron"},          {145, 0x2018, "quoteleft"},    {146, 0x2019, "quoteright"},
    {147, 0x201C, "quotedblleft"}, {148, 0x201D, "quotedblright"},  {149, 0x2022, "bullet"},       {150, 0x2013, "endash"},
    {151, 0x2014, "emdash"},       {154, 0x161, "scaron"},          {158, 0x17E, "zcaron"},        {167, 0xA7, "section"},
    {171, 0xAB, "guillemotleft"},  {176, 0xB0, "degree"},           {187, 0xBB, "guillemotright"}, {193, 0xC1, "Aacute"},
    {194, 0xC2, "Acircumflex"},    {196, 0xC4, "Adieresis"},        {199, 0xC7, "Ccedilla"},       {201, 0xC9, "Eacute"},
    {203, 0xCB, "Edieresis"},      {205, 0xCD, "Iacute"},           {206, 0xCE, "Icircumflex"},    {211, 0xD3, "Oacute"},
    {215, 0xD7, "multiply"},       {183, 0xB7, "periodcentered"},   {214, 0xD6, "Odieresis"},      {218, 0xDA, "Uacute"},
    {220, 0xDC, "Udieresis"},      {223, 0xDF, "germandbls"},       {225, 0xE1, "aacute"},         {226, 0xE2, "acircumflex"},
    {228, 0xE4, "adieresis"},      {231, 0xE7, "ccedilla"},         {233, 0xE9, "eacute"},         {235, 0xEB, "edieresis"},
    {237, 0xED, "iacute"},         {238, 0xEE, "icircumflex"},      {243, 0xF3, "oacute"},         {246, 0xF6, "odieresis"},
    {250, 0xFA, "uacute"},         {252, 0xFC, "udieresis"},
};
/* … the rest takes the codes left over. The list of names has none for Romanian ț of its own, only tcommaaccent, which it reads as U+0163: two codes
 * have that name and the glyph of ț, and ToUnicode, which all viewers but pdftk go by, tells them apart. (pdftk writes the value of ț, and leaves the
 * letter out of the picture.) */
static const struct letter OTHERS[] = {
    {0, 0x106, "Cacute"},       {0, 0x107, "cacute"},        {0, 0x10C, "Ccaron"},        {0, 0x10D, "ccaron"},        {0, 0x110, "Dcroat"},
    {0, 0x111, "dcroat"},       {0, 0x150, "Ohungarumlaut"}, {0, 0x151, "ohungarumlaut"}, {0, 0x170, "Uhungarumlaut"}, {0, 0x171, "uhungarumlaut"},
    {0, 0x102, "Abreve"},       {0, 0x103, "abreve"},        {0, 0x218, "Scommaaccent"},  {0, 0x219, "scommaaccent"},  {0, 0x21A, "Tcommaaccent"},
    {0, 0x21B, "tcommaaccent"}, {0, 0x162, "Tcommaaccent"},  {0, 0x163, "tcommaaccent"},  {0, 0x15E, "Scedilla"},      {0, 0x15F, "scedilla"},
    {0, 0x2116, "afii61352"},   {0, 0x402, "afii10051"},     {0, 0x452, "afii10099"},     {0, 0x408, "afii10057"},     {0, 0x458, "afii10105"},
    {0, 0x409, "afii10058"},    {0, 0x459, "afii10106"},     {0, 0x40A, "afii10059"},     {0, 0x45A, "afii10107"},     {0, 0x40B, "afii10060"},
    {0, 0x45B, "afii10108"},    {0, 0x40F, "afii10145"},     {0, 0x45F, "afii10193"},
};
#define CYRILLIC "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШ" /* those with names in sequence; small ones are 0x20 behind */

static void put_letters(struct letters *m)
{
    for (int c = 32; c < 127; c++) m->chars[c] = (uint32_t)c;
    for (size_t i = 0; i < sizeof WINANSI / sizeof *WINANSI; i++)
        m->chars[WINANSI[i].code] = WINANSI[i].c, m->names[WINANSI[i].code] = WINANSI[i].name;
    unsigned code = 160; /* its own WinAnsi letter, the no-break space, is a space */
    m->chars[160] = 0xA0, m->names[160] = "space";
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        while (m->chars[code]) code++;
        assert(code < 256);
        m->chars[code] = OTHERS[i].c, m->names[code] = OTHERS[i].name;
    }
}

static void put_cyrillic(struct pdf *p, struct letters *m)
{
    struct str s = STR(CYRILLIC);
    unsigned code = 128;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        unsigned name = 10017 + c - 0x410 + (c >= 0x416); /* afii10023 is Ё */
        for (int small = 0; small < 2; small++) {
            while (code < 255 && m->chars[code]) code++;
            assert(!m->chars[code]);
            m->chars[code] = c + (small ? 0x20 : 0);
            m->names[code] = arena_printf(&p->a, "afii%u", name + (small ? 48 : 0));
        }
    }
}

void letters_open(struct pdf *p, struct letters *m)
{
    m->obj = pdf_new(p);
    put_letters(m);
    put_cyrillic(p, m);
    struct font *f = &m->font;
    f->path = FONT, f->name = FONT_NAME, f->weight = 400;
    if (!file_read(&p->a, FONT, 1u << 25, &f->data)) {
        DIAG(p->d, MSG_PDF_FORM_FONT, ((struct place){0}), FONT);
        p->failed = true;
        return;
    }
    hb_blob_t *blob = hb_blob_create(f->data.s, (unsigned)f->data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    f->hb_face = hb_face_create(blob, 0);
    f->hb_font = hb_font_create(f->hb_face);
    hb_blob_destroy(blob);
    f->upem = (uint16_t)hb_face_get_upem(f->hb_face);
    f->ascent = 1069, f->descent = 293, f->cap_height = 714; /* of Noto Sans */
    f->bbox[0] = -621, f->bbox[1] = -389, f->bbox[2] = 2800, f->bbox[3] = 1067;
    for (int c = 32; c < 256; c++) {
        hb_codepoint_t g = 0;
        uint32_t shape = m->chars[c] == 0x162 ? 0x21A : m->chars[c] == 0x163 ? 0x21B : m->chars[c];
        if (shape) hb_font_get_nominal_glyph(f->hb_font, shape, &g);
        m->glyphs[c] = (uint16_t)g;
    }
}

void letters_close(struct letters *m)
{
    if (m->font.hb_font) hb_font_destroy(m->font.hb_font), hb_face_destroy(m->font.hb_face);
}

int letters_code(const struct letters *m, uint32_t c)
{
    if (c >= 32 && c < 127) return (int)c;
    for (int k = 128; c && k < 256; k++)
        if (m->chars[k] == c) return k;
    return 0;
}

bool letters_encode(const struct letters *m, struct str s, struct buf *b)
{
    bool all = true;
    for (size_t at = 0; at < s.n;) {
        int code = letters_code(m, utf8_next(s, &at));
        all &= code > 0;
        buf_putc(b, (char)(code ? code : '?'));
    }
    return all;
}

int letters_width(const struct letters *m, int code)
{
    return m->glyphs[code] ? (int)((int64_t)hb_font_get_glyph_h_advance(m->font.hb_font, m->glyphs[code]) * 1000 / m->font.upem) : 0;
}

static objid letters_to_unicode(struct pdf *p, const struct letters *m)
{
    struct buf b = {0};
    int n = 0;
    for (int c = 32; c < 256; c++) n += m->glyphs[c] != 0;
    buf_puts(&b, "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
                 "/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<00><FF>endcodespacerange\n");
    int in_block = 0;
    for (int c = 32; c < 256; c++) {
        if (!m->glyphs[c]) continue;
        if (!in_block) buf_printf(&b, "%d beginbfchar\n", n < 100 ? n : 100);
        buf_printf(&b, "<%02X><%04X>\n", (unsigned)c, m->chars[c]);
        n--;
        if (++in_block == 100 || !n) buf_puts(&b, "endbfchar\n"), in_block = 0;
    }
    buf_puts(&b, "endcmap CMapName currentdict/CMap defineresource pop end end");
    objid id = pdf_stream(p, "", buf_view(&b), false);
    buf_close(&b);
    return id;
}

static void put16(struct buf *b, unsigned v) { buf_putc(b, (char)(v >> 8)), buf_putc(b, (char)v); }

/* A cmap table of one (3,1) subtable of format 4 (ISO 14496-22, 5.2.1.3.1), a segment for each letter. */
static void put_cmap(struct buf *b, const struct letters *m, const uint16_t *gids)
{
    uint16_t glyph[0x2200] = {0}; /* № is the last */
    unsigned n = 1, power = 1, log = 0;
    for (int c = 32; c < 256; c++)
        if (m->glyphs[c] && m->chars[c] < 0x2200) n += !glyph[m->chars[c]], glyph[m->chars[c]] = gids[c];
    while (power * 2 <= n) power *= 2, log++;
    const unsigned head[] = {0, 1, 3, 1, 0, 12, 4, 16 + 8 * n, 0, 2 * n, 2 * power, log, 2 * (n - power)};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) put16(b, head[i]);
    for (int part = 0; part < 4; part++) { /* ends, starts, deltas, offsets */
        if (part == 1) put16(b, 0);
        for (unsigned c = 0; c < 0x2200; c++)
            if (glyph[c]) put16(b, part < 2 ? c : part == 2 ? (unsigned)glyph[c] - c : 0);
        put16(b, part < 2 ? 0xFFFF : part == 2 ? 1 : 0);
    }
}

/* The subset with that table. */
static struct str with_cmap(struct pdf *p, struct str subset, const struct letters *m, const uint16_t *gids)
{
    struct buf b = {0};
    put_cmap(&b, m, gids);
    hb_blob_t *blob = hb_blob_create(subset.s, (unsigned)subset.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *from = hb_face_create(blob, 0), *to = hb_face_builder_create();
    hb_tag_t tags[64];
    unsigned n = 64, len;
    hb_face_get_table_tags(from, 0, &n, tags);
    for (unsigned i = 0; i < n; i++) {
        hb_blob_t *table = hb_face_reference_table(from, tags[i]);
        hb_face_builder_add_table(to, tags[i], table);
        hb_blob_destroy(table);
    }
    hb_blob_t *cmap = hb_blob_create(b.s, (unsigned)b.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_builder_add_table(to, HB_TAG('c', 'm', 'a', 'p'), cmap);
    hb_blob_t *whole = hb_face_reference_blob(to);
    const char *bytes = hb_blob_get_data(whole, &len);
    struct str out = {arena_copy(&p->a, bytes, len), len};
    hb_blob_destroy(whole), hb_blob_destroy(cmap), hb_blob_destroy(blob);
    hb_face_destroy(to), hb_face_destroy(from);
    buf_close(&b);
    return out;
}

void letters_write(struct pdf *p, const struct letters *m)
{
    uint16_t gids[256];
    char name[64];
    struct str subset = pdf_subset(p, &m->font, m->glyphs, 256, gids, name);
    if (!subset.n) {
        p->failed = true;
        return;
    }
    subset = with_cmap(p, subset, m, gids);
    objid descriptor = pdf_font_descriptor(p, &m->font, name, subset, 32), unicode = letters_to_unicode(p, m);
    struct buf b = {0};
    buf_printf(&b, "/Type/Font/Subtype/TrueType/BaseFont/%s/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[128", name);
    bool gap = false;
    for (int c = 128; c < 256; c++) {
        if (!m->names[c] || !m->glyphs[c]) {
            gap = true;
            continue;
        }
        if (gap) buf_printf(&b, " %d", c);
        gap = false;
        buf_printf(&b, "/%s", m->names[c]);
    }
    buf_puts(&b, "]>>/FirstChar 32/LastChar 255/Widths[");
    for (int c = 32; c < 256; c++) buf_printf(&b, c > 32 ? " %d" : "%d", letters_width(m, c));
    buf_puts(&b, "]/FontDescriptor "), put_ref(&b, descriptor);
    buf_puts(&b, "/ToUnicode "), put_ref(&b, unicode);
    pdf_body(p, m->obj, &b);
    buf_close(&b);
}
