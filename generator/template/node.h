/* node.h: the compiled form, shared by compile.c and render.c only.
 *
 *     TEXT text · VAR path, raw · SECTION, INVERTED path, children · PARTIAL name or path (dynamic), indent
 *     PARENT as PARTIAL, children are BLOCKs that override · BLOCK name, children, indent of its place */
#ifndef LETAK_TEMPLATE_NODE_H
#define LETAK_TEMPLATE_NODE_H
#include "template/template.h"

enum op { OP_TEXT, OP_VAR, OP_SECTION, OP_INVERTED, OP_PARTIAL, OP_PARENT, OP_BLOCK };
struct tnode {
    enum op op;
    bool raw, dynamic;
    struct str text; /* TEXT; name of BLOCK, PARTIAL, PARENT; key as written */
    size_t n_path;
    struct str *path; /* key split at dots; n_path 0 = "." */
    uint32_t *tags;   /* value_tag of each part */
    struct str indent;
    struct str dedent; /* BLOCK: taken from the start of its content's lines */
    struct place at;
    const struct template *target; /* PARTIAL, PARENT with a fixed name; NULL where there is none */
    struct tnode *first, *last, *next;
};
struct template
{
    const char *file;
    struct str name;
    struct tnode root;
};
/* Compiles text into tp->root; mistakes go to d. Partials named in it are looked up through templates_find. */
void template_compile(struct arena *a, struct templates *t, struct diag *d, struct template *tp, struct str text);
#endif
