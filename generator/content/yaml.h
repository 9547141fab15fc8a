/* yaml.h: YAML (libyaml's events) as a small tree with places, for front matter, site.yml, contacts.yml and lists. Anchors and aliases are refused:
 * nobody needs them here, and they multiply. */
#ifndef LETAK_CONTENT_YAML_H
#define LETAK_CONTENT_YAML_H
#include "base/diag.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };
struct yaml {
    enum yaml_kind kind;
    struct place at;
    struct str text; /* SCALAR */
    bool quoted;
    size_t n;
    struct yaml **keys;  /* MAP: scalars */
    struct yaml **items; /* LIST, MAP */
};
/* The document in text, whose first line is line `first_line` of file. NULL where it is broken (reported) or empty (not reported). */
struct yaml *yaml_read(struct arena *a, struct str text, const char *file, uint32_t first_line, struct diag *d);
/* The same by libyaml alone: what yaml_read does with all that is more than lines of "key: value" (tests hold the two against each other). */
struct yaml *yaml_read_whole(struct arena *a, struct str text, const char *file, uint32_t first_line, struct diag *d);
struct yaml *yaml_find(const struct yaml *map, const char *key); /* NULL where absent or not a map */
#endif
