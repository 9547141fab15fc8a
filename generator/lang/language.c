/* language.c: the table of languages. */
#include "lang/lang.h"
#include <strings.h>

static const struct language table[] = {
    {"sr-Cyrl", "sr-Cyrl-RS", "sr-cyrl", "Ћирилица", "sr", NULL, false},
    {"sr-Latn", "sr-Latn-RS", "sr-latn", "Latinica", "sr", "sr-Cyrl", false},
    {"en", "en", "en", "English", "en", NULL, false},
    {"rom", "rom", "rom", "Romani", "rom", NULL, false},
    {"sq", "sq", "sq", "Shqip", "sq", NULL, false},
    {"hu", "hu", "hu", "Magyar", "hu", NULL, false},
    {"ar", "ar", "ar", "العربية", "ar", NULL, true},
    {"fa", "fa", "fa", "فارسی", "fa", NULL, true},
    {"ps", "ps", "ps", "پښتو", "ps", NULL, true},
    {"ur", "ur", "ur", "اردو", "ur", NULL, true},
    {"ro", "ro", "ro", "Română", "ro", NULL, false},
    {"sk", "sk", "sk", "Slovenčina", "sk", NULL, false},
    {"bs", "bs", "bs", "Bosanski", "bs", NULL, false},
    {"hr", "hr", "hr", "Hrvatski", "hr", NULL, false},
    {"tr", "tr", "tr", "Türkçe", "tr", NULL, false},
    {"ru", "ru", "ru", "Русский", "ru", NULL, false},
    {"hi", "hi", "hi", "हिन्दी", "hi", NULL, false},
    {"bn", "bn", "bn", "বাংলা", "bn", NULL, false},
    {"ne", "ne", "ne", "नेपाली", "ne", NULL, false},
    {"de", "de", "de", "Deutsch", "de", NULL, false},
    {"fr", "fr", "fr", "Français", "fr", NULL, false},
};

const struct language *lang_table(size_t *n)
{
    *n = sizeof table / sizeof *table;
    return table;
}

static bool same(struct str a, const char *z) { return a.n == strlen(z) && (!a.n || !strncasecmp(a.s, z, a.n)); }

const struct language *lang_find(struct str code)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (same(code, table[i].code) || same(code, table[i].tag)) return &table[i];
    return same(code, "sr") ? &table[0] : NULL;
}
