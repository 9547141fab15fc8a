/* page.c: fuzz target: any text as a page of a small site, front matter and all. Beside what the sanitizers see: the tree is well-formed, its texts
 * are UTF-8, and the dump says so. The first byte chooses the kind that a page without `kind:` would not get. */
#include "base/file.h"
#include "base/utf8.h"
#include "content/front.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
static struct arena site;
static struct catalogue *catalogue;

static void put(const char *root, const char *file, const char *text)
{
    char *path = path_join(&site, str_of(root), str_of(file));
    if (!file_mkdirs(str_z(&site, path_dir(str_of(path)))) || !file_write(path, str_of(text))) abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    static char root[] = "/tmp/letak-fuzz-XXXXXX";
    struct diag *d = diag_new(DIAG_EN);
    content_init();
    if (!mkdtemp(root)) abort();
    put(root, "content/site.yml", "name: Центар\nlanguages: [sr-Cyrl, en]\n");
    put(root, "content/contacts.yml", "centar:\n  name: Линија\n  phones: [\"+381 11 000 0000\"]\n");
    put(root, "content/lists/usluge.yml", "smestaj: Смештај\nhrana: Храна\n");
    put(root, "content/a/index.md", "# А\n");
    put(root, "content/b/index.md", "# Б\n\n::include[../a/index.md]\n");
    put(root, "content/ruka.svg", "<svg/>");
    struct content_options o = {.root = root, .out = "", .today = {2026, 11, 24, -1, 0}, .threads = 1};
    if (!content_open(&site, &o, d, &catalogue)) abort();
    diag_close(d);
    return 0;
}

static void check(const struct node *n, int depth)
{
    if (depth > 400 || n->kind >= NODE_KINDS) abort();
    if (utf8_invalid(n->text) != SIZE_MAX || utf8_invalid(n->title) != SIZE_MAX || utf8_invalid(n->id) != SIZE_MAX) abort();
    if (n->kind == NODE_MARK && !n->mark) abort();
    if (n->kind == NODE_HEADING && (n->n < 1 || n->n > 6 || !n->id.n)) abort();
    const struct node *last = NULL;
    for (const struct node *c = n->first; c; c = c->next) {
        if (c->parent != n || c->prev != last) abort();
        last = c;
        check(c, depth + 1);
    }
    if (n->last != last) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str text = {(const char *)data, n};
    struct arena a = {0};
    if (utf8_invalid(text) != SIZE_MAX || memchr(data, 0, n) || memchr(data, '\r', n)) return 0; /* file_read_text lets none of these through */
    text = str_copy(&a, text);
    struct diag *d = diag_new(DIAG_SR);
    struct page p = {.file = STR("content/c/index.md"), .dir = STR("c"), .path = STR("c"), .lang = catalogue->config->languages.v[0]};
    front_read(&a, &p, text, catalogue, d);
    front_check(&p, catalogue, d);
    struct catalogue c = *catalogue; /* what the parse keeps for other pages dies with this input */
    c.arena = &a;
    struct site_config config = *catalogue->config;
    config.raw_html = n & 1;
    c.config = &config;
    struct document *doc = content_parse_text(&a, &c, &p, text, d);
    struct buf b = {0};
    check(doc->root, 0);
    content_dump(&b, doc);
    diag_write(d, &b, true, true);
    if (utf8_invalid(buf_view(&b)) != SIZE_MAX) abort();
    buf_close(&b);
    diag_close(d);
    arena_close(&a);
    return 0;
}
