/* template.h: Mustache (spec 1.4: the required modules, inheritance, dynamic names; no lambdas: logic stays in C).
 *
 * A layout is compiled once into a tree of nodes, its partials with it, then rendered any number of times from any thread. */
#ifndef LETAK_TEMPLATE_TEMPLATE_H
#define LETAK_TEMPLATE_TEMPLATE_H
#include "base/diag.h"
#include "template/value.h"

struct templates;
struct template;
/* load(ctx, name, text, file): the source of layout `name` and the name of its file for messages; both live as long as the arena. False where there
 * is none, which is reported at the tag that wants it. */
struct templates *templates_open(struct arena *a, struct diag *d, bool (*load)(void *ctx, struct str name, struct str *text, const char **file),
                                 void *ctx);
void templates_close(struct templates *t); /* its lock; memory is the arena's */
/* Compiled layout, NULL where there is none (not reported). */
const struct template *templates_find(struct templates *t, struct str name);
/* Appends the rendered text. view is the outermost context, a map. Mistakes while rendering (endless recursion, unknown dynamic name) are reported.
 */
void templates_render(struct templates *t, const struct template *tp, const struct value *view, struct buf *out);
#endif
