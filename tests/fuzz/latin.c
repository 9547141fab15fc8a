/* latin.c: fuzz target: any text through Cyrillic to Latin, as text and as HTML, through slugs and back. */
#include "base/utf8.h"
#include "lang/lang.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str text = {(const char *)data, n};
    struct buf b = {0}, c = {0};
    if (utf8_invalid(text) != SIZE_MAX) return 0;
    lang_latin(&b, text);
    if (utf8_invalid(buf_view(&b)) != SIZE_MAX) abort();
    lang_latin(&c, buf_view(&b)); /* Latin stays as it is */
    if (!str_eq(buf_view(&b), buf_view(&c))) abort();
    buf_reset(&b);
    lang_latin_html(&b, text, n & 1);
    if (utf8_invalid(buf_view(&b)) != SIZE_MAX) abort();
    buf_reset(&c);
    lang_cyrillic(&c, buf_view(&b));
    if (utf8_invalid(buf_view(&c)) != SIZE_MAX) abort();
    buf_reset(&b);
    lang_slug(&b, text);
    for (size_t i = 0; i < b.n; i++)
        if (!(b.s[i] >= 'a' && b.s[i] <= 'z') && !(b.s[i] >= '0' && b.s[i] <= '9') && b.s[i] != '-') abort();
    buf_close(&b), buf_close(&c);
    return 0;
}
