/* context.h: what a layout may name. One table: `letak help context` prints it, `letak dump context FILE` shows its values for a page, tests compare
 * it with what site_view makes. A name with a dot lies in the map before the dot; [] marks lists. */
#ifndef LETAK_SITE_CONTEXT_H
#define LETAK_SITE_CONTEXT_H
#include <stddef.h>

struct context_row {
    const char *name, *help_en, *help_sr;
};
const struct context_row *context_rows(size_t *n);
#endif
