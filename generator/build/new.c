/* new.c: see new.h. Keys with their help as comments and an example of the body, all from the rows of content/schema.c. */
#include "build/new.h"
#include "base/file.h"
#include "lang/lang.h"
#include <ctype.h>
#include <errno.h>

static const char *example(const struct key_row *k, struct date today)
{
    static _Thread_local char date[32];
    switch (k->type) {
    case TYPE_DATE: snprintf(date, sizeof date, "%04d-%02d-%02d", today.year, today.month, today.day); return date;
    case TYPE_DATETIME:
        snprintf(date, sizeof date, "%04d-%02d-%02d %s", today.year, today.month, today.day, k->key == KEY_END ? "15:00" : "09:00");
        return date;
    case TYPE_INT: return "1";
    case TYPE_BOOL: return "true";
    case TYPE_CHOICE: return NULL;
    default:
        return k->key == KEY_CODE        ? "X1"
               : k->key == KEY_TITLE     ? "Наслов"
               : k->key == KEY_FONT_SIZE ? "12–14 pt"
               : k->key == KEY_PURPOSE   ? "сврха обраде података"
               : k->key == KEY_NUMBER    ? "1/2026"
               : k->key == KEY_DONORS    ? "Име донатора"
                                         : "";
    }
}

static void front(struct buf *b, const struct kind_row *kind, struct date today)
{
    uint32_t bit = 1u << kind->kind;
    buf_printf(b, "---\nkind: %s\n", kind->en);
    for (size_t i = 0; i < KEYS; i++) {
        const struct key_row *k = &key_rows[i];
        bool must = k->required & bit || k->key == KEY_TITLE, may = k->kinds & bit && k->key != KEY_IGNORED && k->key != KEY_KIND;
        if (!must && !may) continue;
        const char *value = example(k, today);
        struct str choice = str_of(k->choices ? k->choices : "");
        buf_printf(b, "%s%s: ", must ? "" : "# ", k->en);
        if (value) buf_puts(b, value);
        else buf_str(b, str_part(choice, 0, str_find(choice, ' ')));
        buf_printf(b, "%s# %s\n", value && !*value ? "" : "   ", k->help_sr);
    }
    buf_puts(b, "---\n");
}

static bool good_slug(struct str slug)
{
    if (!slug.n || slug.s[0] == '/' || str_ends(slug, "/") || str_search(slug, "//") != SIZE_MAX) return false;
    for (size_t i = 0; i < slug.n; i++)
        if (!(slug.s[i] >= 'a' && slug.s[i] <= 'z') && !isdigit((unsigned char)slug.s[i]) && slug.s[i] != '-' && slug.s[i] != '/') return false;
    return true;
}

void new_page(const char *root, struct str kind_name, struct str slug, struct date today, struct diag *d, struct buf *out)
{
    struct arena a = {0};
    struct buf text = {0};
    const struct kind_row *kind = schema_kind(kind_name);
    if (!kind) {
        const char *near = schema_nearest_kind(&a, kind_name);
        DIAG(d, MSG_USAGE_KIND, (struct place){0}, str_z(&a, kind_name), near ? arena_printf(&a, " (%s?)", near) : "");
    } else if (!file_is_dir(root)) {
        DIAG(d, MSG_USAGE_NO_SITE, (struct place){0}, root);
    } else if (!good_slug(slug)) {
        lang_slug(&text, slug);
        DIAG(d, MSG_USAGE_SLUG, (struct place){0}, str_z(&a, slug), text.s ? text.s : "");
    } else {
        const char *folder = str_find(slug, '/') == SIZE_MAX ? kind->folder : "";
        char *shown = arena_printf(&a, "content/%s%s%.*s/index.md", folder, *folder ? "/" : "", STR_ARG(slug));
        char *path = path_join(&a, str_of(root), str_of(shown));
        front(&text, kind, today);
        buf_puts(&text, kind->example);
        if (file_exists(path)) DIAG(d, MSG_USAGE_EXISTS, (struct place){0}, shown);
        else if (!file_mkdirs(str_z(&a, path_dir(str_of(path)))) || !file_write(path, buf_view(&text)))
            DIAG(d, MSG_FILE_UNWRITABLE, ((struct place){shown, 0, 0}), strerror(errno));
        else buf_printf(out, "%s\n", shown);
    }
    buf_close(&text);
    arena_close(&a);
}
