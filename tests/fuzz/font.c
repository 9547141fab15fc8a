/* font.c: fuzz target: any bytes as the file of an @font-face: what the font has and says, words shaped with it, a page set and a PDF with its
 * subset. */
#include "build/build.h"
#include "build/print.h"
#include "text/font.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    build_init();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char html[] =
        "<!doctype html><html lang=sr><style>@page{size:200pt 100pt;margin:9pt}p{font:12pt f;text-align:justify}i{font-feature-settings:'smcp'}"
        "b{font-weight:700;letter-spacing:1pt;text-decoration:underline}</style><p>абв ABC fi <i>ffi абв</i> ба вбаба CBA BAC <b>AVAT</b> 0123 "
        "\xD8\xB9\xD8\xB1\xD8\xA8 x\xCC\x81";
    char path[64];
    int fd = memfd_create("font", MFD_CLOEXEC), pages;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (fd < 0 || (n && write(fd, data, n) != (ssize_t)n)) abort();
    struct diag *d = diag_new(DIAG_EN);
    struct print_worker *w = print_worker_new(d);
    struct print p;
    struct buf pdf = {0};
    if (print_open(&p, w, &(struct print_source){.html = str_of(html), .file = "a.html", .base = "/nowhere"}, d)) {
        p.own_text = p.text = text_open(d);
        p.own_text->pairs_after = 1;
        text_add_face(p.own_text, &(struct font_face){.family = STR("f"), .path = str_of(path), .weight = 400});
        if (print_frames(&p)) print_pdf(&p, false, (struct date){0}, &pdf, &pages);
    }
    buf_close(&pdf);
    print_close(&p);
    print_worker_close(w);
    diag_close(d);
    text_fonts_close(path);
    close(fd);
    return 0;
}
