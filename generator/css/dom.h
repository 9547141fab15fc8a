/* dom.h: HTML 5 (libgumbo) or XML into one libxml2 tree, every node with its place in the source.
 *
 * node->_private of every element and text node points to a struct dom_info in the arena. Namespaces: HTML elements have none; elements inside
 * <svg> keep their names and stand under an element named "svg". Comments are left out. */
#ifndef LETAK_CSS_DOM_H
#define LETAK_CSS_DOM_H
#include "base/diag.h"
#include <libxml/tree.h>

struct style;
struct dom_info {
    struct place at;
    uint32_t index;                /* document order, dense; elements and texts */
    const struct style *style;     /* set by css_cascade; texts share their parent's */
    const struct style *pseudo[6]; /* enum css_pseudo; NULL where none is generated */
};
#define DOM_INFO(n) ((struct dom_info *)(n)->_private)

/* Reads HTML; never fails (HTML 5 has no fatal error), except that more than DOM_DEEPEST nested elements are reported and cut. */
enum { DOM_DEEPEST = 2000 };
xmlDoc *dom_read_html(struct arena *a, struct str html, const char *file, struct diag *d);
void dom_close(xmlDoc *doc);
struct str dom_attr(const xmlNode *n, const char *name); /* borrowed; .s NULL where absent */
xmlNode *dom_by_id(xmlDoc *doc, struct str id);          /* first in document order; an index is made on first use */
struct str dom_lang(const xmlNode *n);                   /* nearest lang, "" where none */
struct str dom_text(struct arena *a, const xmlNode *n);  /* all its text, copied; a <br> is a space */
bool dom_text_rtl(const xmlNode *n);                     /* the first letter of its text is one of a script read from right to left */
void dom_dump(struct buf *b, const xmlDoc *doc);
void dom_init(void); /* libxml2's globals: once, from main */
#endif
