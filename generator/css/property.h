/* property.h: the table of property names that properties.def makes. */
#ifndef LETAK_CSS_PROPERTY_H
#define LETAK_CSS_PROPERTY_H
#include "css/shorthand.h"

enum name_kind { NAME_LONG, NAME_SHORT, NAME_ALIAS, NAME_LOGICAL, NAME_PAGE, NAME_UNSUPPORTED, NAME_SCREEN };
struct property_name {
    const char *name;
    uint8_t kind;
    uint16_t prop, rtl;
    const char *values, *help[2]; /* UNSUPPORTED: the alternative */
};
const struct property_name *css_name(struct str name); /* NULL: unknown */
#endif
