/* layouts.c: layouts/ and assets/: a file of DIR takes the place of its compiled-in namesake. */
#include "site/inner.h"
#include "base/embed.h"
#include "base/file.h"
#include "image/image.h"

/* Only clean relative paths are looked up in DIR, so that no layout name leads out of it. */
bool layouts_read(const struct site *s, struct arena *a, struct str path, struct str *text, const char **file)
{
    struct str clean;
    if (path_normal(a, path, &clean) && str_eq(clean, path)) {
        char *own = path_join(a, str_of(s->c->root), path);
        if (file_exists(own) && !file_is_dir(own)) {
            if (file) *file = str_z(a, path);
            if (str_ends(path, ".mustache") || str_ends(path, ".yml") || str_ends(path, ".css"))
                return file_read_text(a, own, str_z(a, path), s->diag, text);
            return file_read(a, own, FILE_TEXT_LIMIT, text);
        }
    }
    *text = embed_find(path);
    if (file) *file = str_z(a, path);
    return text->s != NULL;
}

static bool load(void *ctx, struct str name, struct str *text, const char **file)
{
    struct site *s = ctx;
    return layouts_read(s, &s->layouts_arena, str_printf(&s->layouts_arena, "layouts/%.*s.mustache", STR_ARG(name)), text, file);
}

/* The drawing as it stands inside a page: hidden from screen readers, since its words stand beside it; without title and size. */
static struct str inline_svg(struct arena *a, struct str svg)
{
    size_t at = str_search(svg, "<svg");
    if (at == SIZE_MAX) return (struct str){0};
    svg = str_trim(str_from(svg, at));
    struct buf b = {0};
    buf_puts(&b, "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"");
    size_t close = str_find(svg, '>'), view = str_search(svg, "viewBox=\"");
    if (view != SIZE_MAX && view < close) {
        struct str box = str_from(svg, view);
        size_t end = str_find(str_from(box, 9), '"');
        buf_putc(&b, ' ');
        buf_str(&b, str_part(box, 0, end == SIZE_MAX ? 0 : end + 10));
    }
    svg = str_from(svg, close == SIZE_MAX ? svg.n : close);
    size_t title = str_search(svg, "<title>"), title_end = str_search(svg, "</title>");
    if (title != SIZE_MAX && title_end != SIZE_MAX && title < title_end) {
        buf_str(&b, str_part(svg, 0, title));
        svg = str_from(svg, title_end + 8);
    }
    buf_str(&b, svg);
    char *out = arena_alloc(a, b.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < b.n; i++) /* one line: it stands in running text */
        if (b.s[i] != '\n' && !(b.s[i] == ' ' && n && (out[n - 1] == ' ' || out[n - 1] == '>'))) out[n++] = b.s[i];
    buf_close(&b);
    return (struct str){out, n};
}

static void add_icon(struct site *s, struct str path)
{
    struct str text, *svg;
    if (!str_ends(path, ".svg") || !layouts_read(s, s->arena, path, &text, NULL)) return;
    svg = ARENA_NEW(s->arena, struct str);
    *svg = inline_svg(s->arena, text);
    if (svg->n) *map_at(&s->icons, path_stem(path_base(path))) = svg;
}

void layouts_open(struct site *s)
{
    s->templates = templates_open(&s->layouts_arena, s->diag, load, s);
    s->icons = map_new(s->arena);
    for (const struct embedded *e = embedded_files; e->path; e++)
        if (str_starts(str_of(e->path), "assets/icons/")) add_icon(s, str_of(e->path));
    char *own = path_join(s->arena, str_of(s->c->root), STR("assets/icons"));
    struct file_list list = {0};
    if (file_is_dir(own)) file_walk(s->arena, own, "", s->diag, NULL, NULL, &list);
    for (size_t i = 0; i < list.files.n; i++)
        if (!list.files.v[i].is_dir) add_icon(s, str_of(path_join(s->arena, STR("assets/icons"), str_of(list.files.v[i].path))));
}

bool site_resource(const struct site *s, struct arena *a, struct str url, struct str *bytes)
{
    if (str_starts(url, "qr:")) {
        *bytes = image_qr(a, str_from(url, 3));
        return bytes->n > 0;
    }
    if (str_starts(url, "layouts/") || str_starts(url, "assets/")) return layouts_read(s, a, url, bytes, NULL);
    struct str clean;
    if (!path_normal(a, url, &clean)) return false;
    if (s->content.n && !str_starts(clean, "content/")) return false;
    if (!file_read(a, path_join(a, str_of(s->c->root), clean), FILE_TEXT_LIMIT, bytes)) return false;
    if (s->pictures.printed && image_named(clean) && !str_ends(clean, ".svg")) *bytes = s->pictures.printed(s->pictures.ctx, a, clean, *bytes);
    return true;
}
