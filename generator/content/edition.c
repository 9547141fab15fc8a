/* edition.c: see edition.h. */
#include "content/edition.h"
#include "base/diag.h"
#include "content/page.h"

#define K(x) (1u << KIND_##x)
#define LEAFLET K(LEAFLET)

const struct edition_row edition_rows[EDITIONS] = {
    [EDITION_LETTERFOLD] = {EDITION_LETTERFOLD, "letterfold", "омотни", "-letterfold", "edition-letterfold", LEAFLET, 6, 0, 0, TAKES_ALL, true, true,
                            "A4 folded twice, one flap inside: 6 panels", "А4 савијен двапут, једно крило унутра: 6 страна"},
    [EDITION_ZFOLD] = {EDITION_ZFOLD, "zfold", "цик-цак", "-zfold", "edition-zfold", LEAFLET, 6, 0, 0, TAKES_ALL, true, true,
                       "A4 folded like a Z: 6 panels", "А4 савијен као слово Z: 6 страна"},
    [EDITION_BIFOLD] = {EDITION_BIFOLD, "bifold", "једноструки", "-bifold", "edition-bifold", LEAFLET, 4, 0, 0, TAKES_ALL, true, true,
                        "A4 folded once: 4 panels", "А4 савијен једном: 4 стране"},
    [EDITION_GATEFOLD] = {EDITION_GATEFOLD, "gatefold", "прозор", "-gatefold", "edition-gatefold", LEAFLET, 6, 0, 0, TAKES_ALL, true, true,
                          "A4 that opens like a window: 6 panels", "А4 који се отвара као прозор: 6 страна"},
    [EDITION_A5] = {EDITION_A5, "a5", "а5", "-a5", "edition-a5", LEAFLET | K(BROCHURE) | K(BOOK), 0, 4, 0, TAKES_ALL, true, true,
                    "A5 brochure, stitched at the spine; of a leaflet: a page for each panel, pages for notes before the last",
                    "свеска А5, спојена на грбату; код летка: страна за сваку страну летка, пред последњом стране за белешке"},
    [EDITION_A6] = {EDITION_A6, "a6", "а6", "-a6", "edition-a6", LEAFLET, 0, 0, 2, TAKES_FIRST | TAKES_SECOND | TAKES_LAST, true, true,
                    "flyer A6 with two sides: the first panel; the second and the last",
                    "летак А6 са две стране: прва; друга и последња страна летка"},
    [EDITION_DL] = {EDITION_DL, "dl", "дл", "-dl", "edition-dl", LEAFLET, 0, 0, 2, TAKES_FIRST | TAKES_SECOND | TAKES_LAST, true, true,
                    "flyer 99 × 210 mm with two sides: the first panel; the second and the last",
                    "летак 99 × 210 mm са две стране: прва; друга и последња страна летка"},
    [EDITION_CARD] = {EDITION_CARD, "card", "картица", "-card", "edition-card", LEAFLET, 0, 0, 2, TAKES_FIRST | TAKES_CONTACTS, true, true,
                      "pocket card 85 × 55 mm: the first panel; contacts of the last; eight on a sheet for the press",
                      "картица 85 × 55 mm: прва страна летка; контакти са последње; за штампу осам на листу"},
    /* the tiles come with the poster; nobody asks for them alone */
    [EDITION_POSTER] = {EDITION_POSTER, "poster", "плакат", "-a3", "edition-poster", LEAFLET, 0, 0, 1, TAKES_FIRST | TAKES_SECOND | TAKES_LAST, true,
                        true, "poster A3: the first, the second and the last panel", "плакат А3: прва, друга и последња страна летка"},
    [EDITION_TILES] = {EDITION_TILES, "tiles", "делови", "-a3-a4", "edition-tiles", 0, 0, 0, 1, TAKES_FIRST | TAKES_SECOND | TAKES_LAST, false, true,
                       "the poster cut into sheets of A4 for an office printer, to be glued",
                       "плакат подељен на листове А4 за канцеларијски штампач, који се лепе"},
    [EDITION_EASY] = {EDITION_EASY, "easy-read", "лако-читање", "-easy", "edition-easy", LEAFLET, 0, 0, 0, TAKES_ALL, true, false,
                      "easy to read: A4, type of 16 pt and more, one idea a page; check warns of long sentences",
                      "лако за читање: А4, слова од 16 pt и већа, једна мисао на страни; check упозорава на дуге реченице"},
};
static const char discreet_en[] = "discreet", discreet_sr[] = "неупадљив";

const struct edition_row *edition_find(struct str name)
{
    if (str_starts(name, "a4-")) name = str_from(name, 3);
    for (size_t i = 0; i < EDITIONS; i++)
        if (edition_rows[i].kinds && schema_named(name, edition_rows[i].en, edition_rows[i].sr)) return &edition_rows[i];
    return NULL;
}

bool edition_read(struct str text, const struct edition_row **row, bool *discreet, struct str *word)
{
    struct str rest = str_trim(text);
    size_t n = 0;
    *row = NULL, *discreet = false, *word = rest;
    while (str_split(&rest, ' ', word)) {
        const struct edition_row *found;
        if (!word->n) continue;
        n++;
        if (!*discreet && schema_named(*word, discreet_en, discreet_sr)) *discreet = true;
        else if ((found = edition_find(*word)) == NULL) return false;
        else if (*row) return *word = str_trim(text), false; /* two forms are none */
        else *row = found;
    }
    return n > 0;
}

const char *edition_nearest(struct str name)
{
    const char *names[EDITIONS * 2 + 3] = {discreet_en, discreet_sr};
    size_t n = 2;
    for (size_t i = 0; i < EDITIONS; i++)
        if (edition_rows[i].kinds) names[n++] = edition_rows[i].en, names[n++] = edition_rows[i].sr;
    return str_nearest(name, names);
}

const char *edition_names(struct arena *a, const struct diag *d, uint32_t kinds)
{
    struct buf b = {0};
    for (size_t i = 0; i < EDITIONS; i++)
        if (edition_rows[i].kinds & kinds) buf_printf(&b, "%s%s", b.n ? " " : "", schema_say(d, edition_rows[i].en, edition_rows[i].sr));
    const char *s = str_z(a, buf_view(&b));
    buf_close(&b);
    return s;
}

struct edition_wish edition_wish(struct str item, struct str fold)
{
    struct edition_wish w;
    struct str word;
    edition_read(item, &w.row, &w.discreet, &word);
    if (!w.row) w.row = edition_find(fold);
    return w;
}

bool edition_asked(const struct page *source, const struct edition_row *row)
{
    const struct front_value *v = front_of(source, KEY_EDITIONS);
    for (size_t i = 0; i < v->n; i++)
        if (edition_wish(v->list[i], front_of(source, KEY_FOLD)->text).row == row) return true;
    return false;
}

bool edition_named(struct str attr, const struct edition_row *row)
{
    struct str rest = attr, part, word;
    while (str_split(&rest, ',', &part))
        while (str_split(&part, ' ', &word))
            if (word.n && edition_find(word) == &edition_rows[row->edition == EDITION_TILES ? EDITION_POSTER : row->edition]) return true;
    return false;
}
