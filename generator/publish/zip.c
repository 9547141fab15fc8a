/* zip.c: see zip.h. */
#include "publish/zip.h"
#include <libdeflate.h>

enum { LEVEL = 9, LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, UTF8_NAMES = 0x800, VERSION = 20, JANUARY_1980 = 0x21 };

typedef size_t compress_call(struct libdeflate_compressor *, const void *, size_t, void *, size_t);

static struct str smaller(struct arena *a, struct str bytes, compress_call *call)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(LEVEL);
    struct buf b = {0};
    size_t n = 0;
    if (!c || bytes.n < 2) return libdeflate_free_compressor(c), (struct str){0};
    buf_room(&b, bytes.n);
    n = call(c, bytes.s, bytes.n, b.s, bytes.n - 1);
    libdeflate_free_compressor(c);
    struct str out = n ? (struct str){arena_copy(a, b.s, n), n} : (struct str){0};
    buf_close(&b);
    return out;
}

struct str zip_gzip(struct arena *a, struct str bytes) { return smaller(a, bytes, libdeflate_gzip_compress); }

struct zip_file zip_pack(struct arena *a, struct str name, struct str bytes)
{
    struct str packed = smaller(a, bytes, libdeflate_deflate_compress);
    return (struct zip_file){.name = str_copy(a, name),
                             .packed = packed.n ? packed : (struct str){arena_copy(a, bytes.s ? bytes.s : "", bytes.n), bytes.n},
                             .crc = libdeflate_crc32(0, bytes.s, bytes.n),
                             .size = bytes.n,
                             .deflated = packed.n > 0};
}

static void number(struct buf *b, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++) buf_putc(b, (char)(n >> 8 * i & 0xff));
}

/* What the local and the central header say alike. */
static void common(struct buf *b, const struct zip_file *f)
{
    number(b, VERSION, 2), number(b, UTF8_NAMES, 2), number(b, f->deflated ? 8 : 0, 2);
    number(b, 0, 2), number(b, JANUARY_1980, 2);
    number(b, f->crc, 4), number(b, f->packed.n, 4), number(b, f->size, 4);
    number(b, f->name.n, 2), number(b, 0, 2);
}

bool zip_write(const struct zip_file *files, size_t n, struct buf *out)
{
    uint64_t total = 22, at = 0;
    struct buf central = {0};
    for (size_t i = 0; i < n; i++) {
        total += 76 + 2 * files[i].name.n + files[i].packed.n;
        if (files[i].size > UINT32_MAX || files[i].name.n > UINT16_MAX) return false;
    }
    if (n > 65534 || total > UINT32_MAX) return false;
    buf_room(out, total);
    size_t start = out->n;
    for (size_t i = 0; i < n; i++) {
        at = out->n - start;
        number(out, LOCAL, 4), common(out, &files[i]);
        buf_str(out, files[i].name), buf_str(out, files[i].packed);
        number(&central, CENTRAL, 4), number(&central, VERSION, 2), common(&central, &files[i]);
        number(&central, 0, 2), number(&central, 0, 2), number(&central, 0, 2), number(&central, 0, 4); /* comment, disk, attributes */
        number(&central, at, 4), buf_str(&central, files[i].name);
    }
    at = out->n - start;
    buf_str(out, buf_view(&central));
    number(out, END, 4), number(out, 0, 4), number(out, n, 2), number(out, n, 2);
    number(out, central.n, 4), number(out, at, 4), number(out, 0, 2);
    buf_close(&central);
    return true;
}
