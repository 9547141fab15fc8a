/* translation.c: fuzz target: a lock file, a source and its translation of any bytes, parted by lines "%%%%". Beside what the sanitizers see: what
 * `letak translate accept` writes is read back as current, and written again as the same bytes. */
#include "base/file.h"
#include "content/translation.h"
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
static struct arena kept;
static char root[] = "/tmp/letak-fuzz-XXXXXX";

static void put(const char *file, struct str text)
{
    if (!file_write(path_join(&kept, str_of(root), str_of(file)), text)) abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    content_init();
    if (!mkdtemp(root) || !file_mkdirs(path_join(&kept, str_of(root), STR("content/a")))) abort();
    put("content/site.yml", STR("name: А\nlanguages: [sr-Cyrl, en]\n"));
    put("content/index.md", STR("# А\n"));
    return 0;
}

/* Reads the translation once and returns what accept would write. */
static struct str accepted(struct arena *a, struct diag *d, bool judge)
{
    struct catalogue *c;
    struct translation t;
    struct str lock = {0};
    if (!content_open(a, &(struct content_options){.root = root, .out = "", .drafts = true, .today = {2026, 11, 24, -1, 0}, .threads = 1}, d, &c))
        return lock;
    struct page *source = map_find(&c->by_path, STR("a"));
    for (size_t i = 0; source && i < source->translations.n; i++) {
        struct page *p = source->translations.v[i];
        struct buf b = {0};
        if (p->broken || source->broken || !translation_read(a, c, p, d, &t)) continue;
        translation_check(a, p, &t, d);
        if (judge && (!t.locked || translation_stale(&t) || t.n[BLOCK_MINOR])) abort();
        translation_lock(&t, &b);
        lock = buf_copy(a, &b);
        buf_close(&b);
    }
    content_close(c);
    return lock;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const files[] = {"content/a/index.en.lock.yml", "content/a/index.md", "content/a/index.en.md"};
    struct str rest = {(const char *)data, n};
    struct arena a = {0};
    struct diag *d = diag_new(DIAG_SR);
    for (int i = 0; i < 3; i++) {
        size_t end = i < 2 ? str_search(rest, "\n%%%%\n") : SIZE_MAX;
        put(files[i], str_part(rest, 0, end));
        rest = end == SIZE_MAX ? (struct str){0} : str_from(rest, end + 6);
    }
    struct str lock = accepted(&a, d, false);
    if (lock.n) {
        put(files[0], lock);
        struct str again = accepted(&a, d, true);
        if (!str_eq(lock, again)) abort();
    }
    diag_close(d);
    arena_close(&a), arena_reset(&kept);
    return 0;
}
