/* zip.h: a ZIP archive whose bytes depend on its files alone: sorted by who calls, every date 1980-01-01, no extra fields, names in UTF-8.
 * Own writer of 60 lines over libdeflate: Debian's libzip brings gnutls, bzip2, zstd and lzma with it, writes through a temporary file, and its bytes
 * follow its version. Source: APPNOTE 6.3.3, sections 4.3.7, 4.3.12, 4.3.16; no ZIP64, so 65,534 files and 4 GB are the most. */
#ifndef LETAK_PUBLISH_ZIP_H
#define LETAK_PUBLISH_ZIP_H
#include "base/str.h"

struct zip_file { /* one file, packed; made on any thread */
    struct str name, packed;
    uint32_t crc;
    size_t size;   /* of the file */
    bool deflated; /* else stored */
};
/* Packs bytes with memory from a: deflated, or stored where that is not smaller. */
struct zip_file zip_pack(struct arena *a, struct str name, struct str bytes);
/* The archive of n files in their order, appended. False where it would be too large (nothing appended). */
bool zip_write(const struct zip_file *files, size_t n, struct buf *out);
/* The same compression as a file of its own (RFC 1952, no name, no time); empty where it is not smaller. */
struct str zip_gzip(struct arena *a, struct str bytes);
#endif
