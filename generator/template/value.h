/* value.h: what a template may name. A view is a tree of values in an arena; template/ renders it and knows nothing else.
 * site/ builds views; the names it uses are documented in one table (site/context.h). */
#ifndef LETAK_TEMPLATE_VALUE_H
#define LETAK_TEMPLATE_VALUE_H
#include "base/str.h"

enum value_kind { VALUE_NULL, VALUE_BOOL, VALUE_INT, VALUE_TEXT, VALUE_HTML, VALUE_LIST, VALUE_MAP };

/* TEXT is escaped by {{name}}; HTML was made by our renderer and is written as it is by {{name}} as well as {{{name}}}. */
struct value {
    enum value_kind kind;
    bool yes;
    long number;
    struct str text;
    size_t n;                   /* LIST, MAP: how many */
    const struct value **items; /* LIST, MAP */
    const struct str *keys;     /* MAP */
    const uint32_t *tags;       /* MAP: value_tag of each key */
    uint64_t has;               /* MAP: a bit for each of them, so that most names that it has not are seen at once */
};
typedef const struct value *value;

/* Constructors allocate in a; text is not copied. Lists and maps are built with value_push and value_set, then passed on as const. */
struct value *value_text(struct arena *a, struct str s);
struct value *value_html(struct arena *a, struct str s);
struct value *value_int(struct arena *a, long n);
struct value *value_bool(bool b); /* static */
struct value *value_list(struct arena *a);
struct value *value_map(struct arena *a);
void value_push(struct arena *a, struct value *list, const struct value *item);
void value_set(struct arena *a, struct value *map, const char *key, const struct value *item); /* key is a literal */
void value_set_text(struct arena *a, struct value *map, const char *key, struct str s);        /* left out where s is empty */
const struct value *value_find(const struct value *map, struct str key);                       /* NULL where absent */
/* The same for a name whose tag was asked for before: a number made from its length and three of its letters. */
const struct value *value_find_tagged(const struct value *map, struct str key, uint32_t tag);
uint32_t value_tag(struct str key);                    /* 0 = the empty one, which no map has */
bool value_truthy(const struct value *v);              /* null, false, "", 0-length list: no. 0 is truthy, as in the mustache spec's JSON cases */
void value_json(struct buf *b, const struct value *v); /* for letak dump context */
#endif
