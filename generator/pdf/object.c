/* object.c: libharu's objects, numbered and saved our way: object streams, a cross reference stream, /ID from the bytes. libharu itself has neither
 * and writes 2.9 KB a tagged page instead of 1.9. */
#include "pdf/writer.h"
#include "base/utf8.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Levels of zlib. What there is with every page, at a level that costs half the time: a book is 3.5 % larger for it, a long table 15 %, made in a
 * tenth less time. Fonts, pictures and profiles at the other. */
enum { IN_STREAM = 250, ZLIB_LEVEL = 6, PAGE_LEVEL = 3 };

static void *haru_alloc(HPDF_UINT n) { return mem_realloc(NULL, n); }
static void haru_free(void *p) { free(p); }
/* libharu reports nothing by itself then: errors stick and are asked for when saving. */
static void haru_error(HPDF_STATUS code, HPDF_STATUS detail, void *ctx) { (void)code, (void)detail, (void)ctx; }

/* Content streams -> struct str: compared byte by byte, so that a file has the bytes it would have. Emptied, as text's memory of paragraphs, where it
 * has doubled since its first file. */
struct pdf_memory {
    struct arena arena;
    struct map map;
    size_t size, first;
};
enum { SPARE = 4 << 20 };

struct pdf_memory *pdf_memory_new(void)
{
    struct pdf_memory *m = mem_realloc(NULL, sizeof *m);
    *m = (struct pdf_memory){0};
    m->map = map_new(&m->arena);
    return m;
}

void pdf_memory_close(struct pdf_memory *m)
{
    if (!m) return;
    arena_close(&m->arena);
    free(m);
}

static void memory_begin(struct pdf_memory *m)
{
    if (!m->first) m->first = m->size;
    if (m->size <= 2 * m->first + SPARE) return;
    arena_close(&m->arena);
    m->map = map_new(&m->arena);
    m->size = m->first = 0;
}

bool pdf_open(struct pdf *p)
{
    p->doc = HPDF_NewEx(haru_error, haru_alloc, haru_free, 0, NULL); /* no pool: libharu's hands out misaligned memory */
    if (p->doc) p->doc->xref->entries->items_per_block = 16384;      /* by so many libharu's list of objects grows, and is copied */
    p->z = libdeflate_alloc_compressor(ZLIB_LEVEL), p->z_page = libdeflate_alloc_compressor(PAGE_LEVEL);
    if (p->o->memory) memory_begin(p->o->memory);
    if (p->doc && p->z && p->z_page) return true;
    DIAG(p->d, MSG_PDF_LIBRARY, ((struct place){0}), "HPDF_NewEx");
    pdf_close(p);
    return false;
}

void pdf_close(struct pdf *p)
{
    press_close(p);
    if (p->doc) HPDF_Free(p->doc);
    if (p->z) libdeflate_free_compressor(p->z);
    if (p->z_page) libdeflate_free_compressor(p->z_page);
    arena_close(&p->a);
}

static struct body *body_of(struct pdf *p, objid id) { return id < p->bodies.n && p->bodies.v[id].ours ? &p->bodies.v[id] : NULL; }

HPDF_Dict pdf_dict(struct pdf *p, objid id)
{
    HPDF_XrefEntry e = HPDF_Xref_GetEntry(p->doc->xref, id);
    if (e && !e->obj && (e->obj = HPDF_Dict_New(p->doc->mmgr))) ((HPDF_Dict)e->obj)->header.obj_id = id | HPDF_OTYPE_INDIRECT;
    return e ? e->obj : NULL;
}

objid pdf_new(struct pdf *p)
{
    HPDF_XrefEntry e = HPDF_GetMem(p->doc->mmgr, sizeof *e);
    objid id = p->doc->xref->entries->count;
    if (!e || HPDF_List_Add(p->doc->xref->entries, e) != HPDF_OK) {
        if (e) HPDF_FreeMem(p->doc->mmgr, e);
        p->failed = true;
        return 0;
    }
    *e = (HPDF_XrefEntry_Rec){.entry_typ = HPDF_IN_USE_ENTRY};
    while (p->bodies.n <= id) *vec_push(&p->a, &p->bodies) = (struct body){0};
    p->bodies.v[id].ours = true;
    return id;
}

void pdf_body(struct pdf *p, objid id, const struct buf *entries)
{
    struct body *b = body_of(p, id);
    if (b) b->entries = buf_copy(&p->a, entries);
}

objid pdf_object(struct pdf *p, const struct buf *entries)
{
    objid id = pdf_new(p);
    pdf_body(p, id, entries);
    return id;
}

static struct str deflate(struct pdf *p, struct libdeflate_compressor *z, struct str data)
{
    size_t bound = libdeflate_zlib_compress_bound(z, data.n);
    char *tmp = mem_realloc(NULL, bound);
    size_t n = libdeflate_zlib_compress(z, data.s ? data.s : "", data.n, tmp, bound);
    struct str out = {arena_copy(&p->a, tmp, n), n};
    free(tmp);
    return out;
}

struct str pdf_deflate_page(struct pdf *p, struct str data)
{
    struct pdf_memory *m = p->o->memory;
    struct str *found = m ? map_find(&m->map, data) : NULL;
    if (found) return *found;
    struct str out = deflate(p, p->z_page, data);
    if (!m) return out;
    struct str *kept = ARENA_NEW(&m->arena, struct str);
    *kept = str_copy(&m->arena, out);
    *map_at(&m->map, str_copy(&m->arena, data)) = kept;
    m->size += data.n + out.n;
    return out;
}

static void stream_at(struct pdf *p, objid id, const char *entries, struct str data, bool raw)
{
    struct body *b = body_of(p, id);
    if (!b) return;
    b->stream = true;
    b->data = raw ? data : deflate(p, p->z, data);
    b->entries = str_printf(&p->a, "%s%s/Length %zu", entries, raw ? "" : "/Filter/FlateDecode", b->data.n);
}

objid pdf_stream(struct pdf *p, const char *entries, struct str data, bool raw)
{
    objid id = pdf_new(p);
    stream_at(p, id, entries, data, raw);
    return id;
}

/* --- text forms --- */

void put_ref(struct buf *b, objid id)
{
    buf_int(b, (long)id);
    buf_add(b, " 0 R", 4);
}

static void put_utf16_unit(struct buf *b, uint32_t u)
{
    static const char hex[] = "0123456789ABCDEF";
    char out[4] = {hex[u >> 12 & 15], hex[u >> 8 & 15], hex[u >> 4 & 15], hex[u & 15]};
    buf_add(b, out, 4);
}

void put_text(struct buf *b, struct str s)
{
    bool ascii = true;
    for (size_t i = 0; i < s.n && ascii; i++) ascii = (s.s[i] >= 32 && s.s[i] < 127) || s.s[i] == '\n' || s.s[i] == '\t';
    if (ascii) {
        put_bytes(b, s);
        return;
    }
    buf_puts(b, "<FEFF");
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c >= 0x10000) {
            put_utf16_unit(b, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put_utf16_unit(b, c);
    }
    buf_putc(b, '>');
}

void put_bytes(struct buf *b, struct str s)
{
    buf_putc(b, '(');
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '(' || s.s[i] == ')' || s.s[i] == '\\') buf_putc(b, '\\');
        if (s.s[i] == '\r') buf_puts(b, "\\r");
        else buf_putc(b, s.s[i]);
    }
    buf_putc(b, ')');
}

void put_name(struct buf *b, struct str s)
{
    buf_putc(b, '/');
    for (size_t i = 0; i < s.n && i < 120; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c > 32 && c < 127 && !strchr("()<>[]{}/%#", c)) buf_putc(b, (char)c);
        else buf_printf(b, "#%02X", c);
    }
}

void put_cents(struct buf *b, int64_t v)
{
    char out[24], *at = out + sizeof out;
    bool minus = v < 0;
    uint64_t u = minus ? (uint64_t)-v : (uint64_t)v;
    unsigned part = (unsigned)(u % 100);
    u /= 100;
    if (part) {
        if (part % 10) *--at = (char)('0' + part % 10);
        *--at = (char)('0' + part / 10);
        *--at = '.';
    }
    if (u || !part) do
            *--at = (char)('0' + u % 10);
        while (u /= 10);
    if (minus) *--at = '-';
    buf_add(b, at, (size_t)(out + sizeof out - at));
}

void put_fixed(struct buf *b, fixed f) { put_cents(b, ((int64_t)f * 100 + (f >= 0 ? 32 : -32)) / 64); }

void put_real(struct buf *b, double x, int decimals) /* not by printf, which obeys the locale */
{
    static const int64_t tens[] = {1, 10, 100, 1000, 10000, 100000};
    if (!(x > -1e12 && x < 1e12)) x = 0; /* not a number, or none for paper */
    int64_t scale = tens[decimals < 0 ? 0 : decimals > 5 ? 5 : decimals], v = (int64_t)(x * (double)scale + (x < 0 ? -0.5 : 0.5));
    char out[32], *at = out + sizeof out;
    bool minus = v < 0, any = false;
    if (minus) v = -v;
    int64_t part = v % scale;
    for (; scale > 1; scale /= 10, part /= 10)
        if (any || part % 10) *--at = (char)('0' + part % 10), any = true;
    v /= tens[decimals < 0 ? 0 : decimals > 5 ? 5 : decimals];
    if (any) *--at = '.';
    if (v || !any) do
            *--at = (char)('0' + v % 10);
        while (v /= 10);
    if (minus && (any || *at != '0')) *--at = '-';
    buf_add(b, at, (size_t)(out + sizeof out - at));
}

void put_rect(struct buf *b, const struct frame_page *page, fixed x, fixed y, fixed w, fixed h)
{
    buf_putc(b, '[');
    put_fixed(b, x);
    buf_putc(b, ' ');
    put_fixed(b, page->h - y - h);
    buf_putc(b, ' ');
    put_fixed(b, x + w);
    buf_putc(b, ' ');
    put_fixed(b, page->h - y);
    buf_putc(b, ']');
}

void pdf_add_text(struct pdf *p, HPDF_Dict dict, const char *key, struct str s)
{
    VEC(uint8_t) u = {0};
    *vec_push(&p->a, &u) = 0xFE, *vec_push(&p->a, &u) = 0xFF;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at), pair[2] = {c, 0};
        if (c >= 0x10000) pair[0] = 0xD800 + ((c - 0x10000) >> 10), pair[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
        for (int i = 0; i < (c >= 0x10000 ? 2 : 1); i++) *vec_push(&p->a, &u) = (uint8_t)(pair[i] >> 8), *vec_push(&p->a, &u) = (uint8_t)pair[i];
    }
    if (u.n > HPDF_LIMIT_MAX_STRING_LEN) u.n = HPDF_LIMIT_MAX_STRING_LEN & ~1u; /* libharu's limit; a title of 32,000 letters is cut */
    HPDF_Binary text = HPDF_Binary_New(p->doc->mmgr, u.v, (HPDF_UINT)u.n);
    if (!text || HPDF_Dict_Add(dict, key, text) != HPDF_OK) p->failed = true;
}

/* --- saving --- */

struct slot { /* of the cross reference stream */
    uint8_t type;
    uint32_t place; /* type 1: byte offset; 2: number of the object stream */
    uint16_t index;
};

static HPDF_STATUS buf_writer(HPDF_Stream stream, const HPDF_BYTE *ptr, HPDF_UINT n)
{
    buf_add(stream->attr, (const char *)ptr, n);
    return HPDF_OK;
}

static void put_dict(struct buf *out, const struct body *b)
{
    buf_add(out, "<<\n", 3);
    buf_str(out, b->entries);
    buf_add(out, ">>", 2);
}

/* Objects without streams that wait to be packed. */
struct pack {
    struct buf heads, bodies;
    unsigned n;
};

static void deflated(struct pdf *p, struct buf *out, struct str data)
{
    size_t bound = libdeflate_zlib_compress_bound(p->z_page, data.n);
    char *tmp = mem_realloc(NULL, bound);
    size_t n = libdeflate_zlib_compress(p->z_page, data.s, data.n, tmp, bound);
    buf_printf(out, "/Filter/FlateDecode/Length %zu>>\nstream\n", n);
    buf_add(out, tmp, n);
    buf_puts(out, "\nendstream\nendobj\n");
    free(tmp);
}

static void pack_flush(struct pdf *p, struct pack *k, struct buf *out, struct slot *slots, uint32_t number, size_t start)
{
    slots[number] = (struct slot){.type = 1, .place = (uint32_t)(out->n - start)};
    buf_printf(out, "%" PRIu32 " 0 obj\n<</Type/ObjStm/N %u/First %zu", number, k->n, k->heads.n);
    buf_add(&k->heads, k->bodies.s, k->bodies.n);
    deflated(p, out, buf_view(&k->heads));
    buf_reset(&k->heads), buf_reset(&k->bodies);
    k->n = 0;
}

/* Two sums of the bytes, good enough to tell files apart (ISO 32000-1, 14.4 wants no more). */
static void file_id(struct str s, uint64_t id[2])
{
    uint64_t h = 0x9E3779B97F4A7C15u, g = 0xC2B2AE3D27D4EB4Fu;
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t w = 0;
        for (int k = 7; k >= 0; k--) w = w << 8 | (unsigned char)s.s[i + (size_t)k];
        h = (h ^ w) * 0x100000001B3u;
        h ^= h >> 29;
        g = (g + w) * 0xFF51AFD7ED558CCDu;
        g ^= g >> 32;
    }
    for (; i < s.n; i++) h = (h ^ (unsigned char)s.s[i]) * 0x100000001B3u, g = (g + (unsigned char)s.s[i]) * 0xFF51AFD7ED558CCDu;
    id[0] = h ^ g >> 31, id[1] = g ^ s.n;
}

/* Cross reference stream (7.5.8), rows of 1 + 4 + 2 bytes, PNG „up“ prediction so that it packs well. */
static void write_xref(struct pdf *p, struct buf *out, size_t start, struct slot *slots, uint32_t number)
{
    enum { W = 7 };
    uint32_t at = (uint32_t)(out->n - start);
    slots[number] = (struct slot){.type = 1, .place = at};
    uint64_t id[2];
    file_id(str_from(buf_view(out), start), id);
    struct buf rows = {0};
    uint8_t before[W] = {0};
    for (uint32_t i = 0; i <= number; i++) {
        const struct slot *s = &slots[i];
        uint32_t index = i ? s->index : 65535;
        uint8_t row[W] = {
            s->type,       (uint8_t)(s->place >> 24), (uint8_t)(s->place >> 16), (uint8_t)(s->place >> 8), (uint8_t)s->place, (uint8_t)(index >> 8),
            (uint8_t)index};
        buf_putc(&rows, 2);
        for (int k = 0; k < W; k++) buf_putc(&rows, (char)(row[k] - before[k]));
        memcpy(before, row, W);
    }
    buf_printf(out, "%" PRIu32 " 0 obj\n<</Type/XRef/Size %" PRIu32 "/W[1 4 2]/Root %u 0 R/Info %u 0 R/ID[", number, number + 1,
               p->doc->catalog->header.obj_id & 0x00FFFFFFu, p->doc->info->header.obj_id & 0x00FFFFFFu);
    for (int i = 0; i < 2; i++) buf_printf(out, "<%016" PRIx64 "%016" PRIx64 ">", id[0], id[1]);
    buf_puts(out, "]/DecodeParms<</Predictor 12/Columns 7>>");
    deflated(p, out, buf_view(&rows));
    buf_close(&rows);
    buf_printf(out, "startxref\n%" PRIu32 "\n%%%%EOF\n", at);
}

bool pdf_save(struct pdf *p, struct buf *out)
{
    size_t start = out->n;
    uint32_t n = p->doc->xref->entries->count, extra = n / IN_STREAM + 2;
    struct slot *slots = ARENA_ARRAY(&p->a, struct slot, n + extra + 1);
    struct pack pack = {0};
    HPDF_Stream packed = HPDF_CallbackWriter_New(p->doc->mmgr, buf_writer, &pack.bodies);
    if (!packed) p->failed = true;
    uint32_t next = n;
    buf_puts(out, p->o->flavour == PDF_PRESS ? "%PDF-1.6\n" : "%PDF-1.7\n"); /* ISO 15930-7 */
    buf_puts(out, "%\xE2\xE3\xCF\xD3\n");
    for (uint32_t i = 1; i < n && !p->failed; i++) {
        const struct body *b = body_of(p, i);
        if (b && b->stream) {
            slots[i] = (struct slot){.type = 1, .place = (uint32_t)(out->n - start)};
            buf_printf(out, "%" PRIu32 " 0 obj\n", i);
            put_dict(out, b);
            buf_puts(out, "\nstream\n");
            buf_str(out, b->data);
            buf_puts(out, "\nendstream\nendobj\n");
            continue;
        }
        slots[i] = (struct slot){.type = 2, .place = next, .index = (uint16_t)pack.n++};
        buf_int(&pack.heads, (long)i), buf_putc(&pack.heads, ' ');
        buf_int(&pack.heads, (long)pack.bodies.n), buf_putc(&pack.heads, ' ');
        if (b) put_dict(&pack.bodies, b);
        else if (HPDF_Obj_WriteValue(pdf_dict(p, i), packed, NULL) != HPDF_OK) p->failed = true;
        buf_putc(&pack.bodies, '\n');
        if (pack.n == IN_STREAM) pack_flush(p, &pack, out, slots, next++, start);
    }
    if (pack.n) pack_flush(p, &pack, out, slots, next++, start);
    write_xref(p, out, start, slots, next);
    buf_close(&pack.heads), buf_close(&pack.bodies);
    HPDF_STATUS code = HPDF_GetError(p->doc);
    if (packed) HPDF_Stream_Free(packed);
    if (!p->failed && code == HPDF_OK && out->n - start < UINT32_MAX) return true;
    char words[64];
    snprintf(words, sizeof words, "libharu 0x%04lX", (unsigned long)code);
    DIAG(p->d, MSG_PDF_LIBRARY, ((struct place){0}), words);
    out->n = start;
    return false;
}
