/* rules.c: fuzz target: any text as a page that letak check reads, as a style sheet whose contrast is judged, and as a list of plain words. */
#include "base/file.h"
#include "base/utf8.h"
#include "check/rules.h"
#include "content/front.h"
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
static struct arena arena;
static struct catalogue *catalogue;
static struct site *site;
static struct rules *rules;
static struct diag *quiet;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    static char root[] = "/tmp/letak-fuzz-XXXXXX";
    content_init();
    quiet = diag_new(DIAG_EN);
    if (!mkdtemp(root) || !file_mkdirs(path_join(&arena, str_of(root), STR("content")))) abort();
    if (!file_write(path_join(&arena, str_of(root), STR("content/site.yml")), STR("name: Центар\nlanguages: [sr-Cyrl, en]\n"))) abort();
    if (!file_write(path_join(&arena, str_of(root), STR("content/index.md")), STR("# А\n"))) abort();
    if (!content_open(&arena, &(struct content_options){.root = root, .out = "", .today = {2026, 11, 24, -1, 0}, .threads = 1}, quiet, &catalogue))
        abort();
    site = site_open(&arena, catalogue, quiet);
    rules = rules_open(&arena, site, quiet);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str text = {(const char *)data, n};
    struct arena a = {0};
    if (utf8_invalid(text) != SIZE_MAX || memchr(data, 0, n) || memchr(data, '\r', n)) return 0;
    text = str_copy(&a, text);
    struct diag *d = diag_new(DIAG_SR);
    struct page p = {.file = STR("content/c/index.md"), .dir = STR("c"), .path = STR("c"), .lang = catalogue->config->languages.v[0]};
    front_read(&a, &p, text, catalogue, quiet);
    front_check(&p, catalogue, quiet);
    struct catalogue c = *catalogue;
    c.arena = &a;
    struct document *doc = content_parse_text(&a, &c, &p, text, quiet);
    rules_page(rules, doc, &a, d);
    rules_contrast("assets/a.css", text, d);
    struct buf b = {0};
    diag_write(d, &b, true, true);
    diag_write_sarif(d, &b, true, "0");
    if (utf8_invalid(buf_view(&b)) != SIZE_MAX) abort();
    buf_close(&b);
    diag_close(d);
    diag_clear(quiet);
    arena_close(&a);
    return 0;
}
