/* embed.c: see embed.h; the table itself is generated (build/embedded.c). */
#include "base/embed.h"

struct str embed_find(struct str path)
{
    for (const struct embedded *e = embedded_files; e->path; e++)
        if (str_is(path, e->path)) return (struct str){e->data, (size_t)(e->end - e->data)};
    return (struct str){NULL, 0};
}
