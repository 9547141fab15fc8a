/* svg.c: fuzz target: any bytes as a drawing: shapes stay within 26.6 numbers, and reading ends in bounded time and memory. */
#include "svg/svg.h"
#include <libxml/parser.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    xmlInitParser();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = {0};
    struct diag *d = diag_new(DIAG_EN);
    struct svg *s = svg_read(&a, str_copy(&a, (struct str){(const char *)data, n}), "a.svg", (struct color){0}, d);
    if (s && (s->w < 0 || s->h < 0 || s->vw < 0 || s->vh < 0 || (s->n && !s->shapes))) abort();
    diag_close(d);
    arena_close(&a);
    return 0;
}
