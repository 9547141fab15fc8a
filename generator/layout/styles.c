/* styles.c: what text/ needs of a computed style, with the metrics of its first font: made once for each style and found again by its address. */
#include "layout/internal.h"

static uint32_t hash_pointer(const void *p)
{
    uint64_t v = (uint64_t)(uintptr_t)p;
    return (uint32_t)((v >> 4) * 0x9E3779B97F4A7C15u >> 32);
}

static struct text_entry *slot_of(struct layout *l, const struct style *s)
{
    size_t i = hash_pointer(s) & (l->text_slots - 1);
    while (l->texts[i].style && l->texts[i].style != s) i = (i + 1) & (l->text_slots - 1);
    return &l->texts[i];
}

static void grow(struct layout *l)
{
    struct text_entry *old = l->texts;
    size_t n = l->text_slots;
    l->text_slots = n ? n * 2 : 64;
    l->texts = ARENA_ARRAY(l->a, struct text_entry, l->text_slots);
    for (size_t i = 0; i < n; i++)
        if (old[i].style) *slot_of(l, old[i].style) = old[i];
}

/* OpenType features of a style: font-variant-numeric as features, before font-feature-settings, which wins (Fonts 4, 7.2). */
static struct str features_of(struct layout *l, const struct style *s)
{
    if (!s->oldstyle && !s->lining) return s->font_features;
    return str_printf(l->a, "%s%s%.*s", s->oldstyle ? "onum" : "lnum", s->font_features.n ? "," : "", STR_ARG(s->font_features));
}

const struct text_entry *text_of(struct layout *l, const struct style *s)
{
    if (l->n_texts * 2 >= l->text_slots) grow(l);
    struct text_entry *e = slot_of(l, s);
    if (e->style) return e;
    struct text_style *t = ARENA_NEW(l->a, struct text_style);
    *t = (struct text_style){.families = s->font_family,
                             .size = s->font_size,
                             .weight = s->font_weight,
                             .italic = s->italic,
                             .tabular = s->tabular,
                             .small_caps = s->small_caps,
                             .white_space = s->white_space,
                             .hyphens = s->hyphens,
                             .overflow_wrap = s->overflow_wrap,
                             .transform = s->text_transform,
                             .unicode_bidi = s->unicode_bidi,
                             .rtl = s->rtl,
                             .lang = s->lang,
                             .features = features_of(l, s),
                             .hyphen = s->hyphenate_character,
                             .hyphen_chars = {s->hyphen_chars[0], s->hyphen_chars[1], s->hyphen_chars[2]},
                             .letter_spacing = s->letter_spacing,
                             .word_spacing = s->word_spacing,
                             .tab = s->tab_size};
    *e = (struct text_entry){.style = s, .text = t};
    l->n_texts++;
    const struct font *f = text_font(l->text, s->font_family, s->font_weight, s->italic, ' ', s->lang); /* the first available font (Fonts 4, 5.2) */
    if (f && f->upem) {
        e->ascent = fixed_muldiv(s->font_size, f->ascent, f->upem);
        e->descent = fixed_muldiv(s->font_size, f->descent, f->upem);
        e->x_height = fixed_muldiv(s->font_size, f->x_height, f->upem);
        e->gap = fixed_muldiv(s->font_size, f->line_gap, f->upem);
        e->font = f;
    } else {
        e->ascent = s->font_size * 4 / 5;
        e->descent = s->font_size / 5;
        e->x_height = s->font_size / 2;
    }
    return e;
}

fixed line_height_of(struct layout *l, const struct style *s)
{
    if (s->line_height != LINE_HEIGHT_NORMAL) return s->line_height;
    const struct text_entry *e = text_of(l, s);
    return e->ascent + e->descent + e->gap;
}
