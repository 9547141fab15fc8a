/* lines.c: choosing the breaks of a paragraph as a whole (Knuth & Plass, Breaking Paragraphs into Lines, 1981).
 *
 * Candidates are the places of para.c; hyphenation adds places inside words when the first pass finds no good lines, and a third pass takes what it
 * can get (any stretch; breaks anywhere where the style allows; overfull at last). Widths come from prefix sums, so a line costs O(1); the active
 * list holds only starts from which a line of bearable looseness can still end here, so the whole is linear in the text. Ragged lines use the same
 * search with the white at their end as badness. */
#include "text/breaker.h"
#include "base/utf8.h"
#include <math.h>
#include <stdlib.h>
#include <unicode/uchar.h>

/* What is weighed against what (all in Knuth and Plass's demerits; a line stretched by r costs about (100 r³)²). Measured on an A5 book of Serbian
 * with many long words at 10.5 points: a hyphen at 400 ends 41.2 % of the full lines with blanks 42.2 % off their own width in the mean, at 450 40.7
 * % with 42.5 %, at 550 39.8 % with 43.1 %, at 1,000 36.0 % with 46.3 %. A part of a word shorter than FULL_PART letters costs a tenth more for each
 * that it lacks. A third hyphen in a row is taken only where the line would else be stretched more than LOOSEST. */
enum { HYPHEN_PENALTY = 450, FULL_PART = 5, LETTER_PENALTY = 300 };
static const double TOLERANCE = 1.8 /* of the pass without hyphens */, LOOSEST = 6, RAGGED = 0.28, RAGGEDEST = 0.45;
static const double TWO_HYPHENS = 2e5, THREE_HYPHENS = 1e10;
enum { MOST_ACTIVE = 1024 }; /* starts that may be open at once: a line of words has about a hundred */

/* --- candidates --- */
fixed hyphen_width(struct para *p, const struct atom *a, const struct shaped **glyphs)
{
    const struct text_style *s = p->pieces.v[a->piece].style;
    struct str h = s->hyphen.n ? s->hyphen : STR("\xE2\x80\x90");
    if (!a->shaped) return 0;
    if (!s->hyphen.n && !font_has(a->shaped->font, 0x2010)) h = STR("-");
    const struct shaped *w = shape_word(p->t, p->arena, a->shaped->font, a->script, false, s, h);
    if (glyphs) *glyphs = w;
    return para_scale(s, w->font, w->width) + s->letter_spacing * (fixed)w->n;
}

static bool ends_in_soft_hyphen(const struct para *p, const struct atom *a)
{
    return a->kind == ATOM_WORD && a->shaped && a->shaped->n && a->to - a->from > 2 && (unsigned char)p->text.s[a->to - 2] == 0xC2 &&
           (unsigned char)p->text.s[a->to - 1] == 0xAD;
}

static fixed prefix_width(const struct para *p, const struct atom *a, const struct inside *in)
{
    const struct text_style *s = p->pieces.v[a->piece].style;
    return para_scale(s, a->shaped->font, in->units) + s->letter_spacing * in->glyphs;
}

fixed para_width_before(struct para *p, struct str mark)
{
    fixed w = 0;
    para_prepare(p);
    size_t at = str_search(p->text, mark.s);
    if (at == SIZE_MAX) return para_max_width(p);
    for (size_t i = 0; i < p->atoms.n && p->atoms.v[i].from <= at; i++) {
        const struct atom *a = &p->atoms.v[i];
        if (a->to <= at) w += a->width;
        else if (a->shaped && a->kind == ATOM_WORD && !(a->level & 1)) {
            struct inside in = shaped_prefix(a->shaped, at - a->from);
            w += prefix_width(p, a, &in);
        }
    }
    return w;
}

/* hyphen_width, that of the word before where it is the same. */
static fixed usual_hyphen(struct breaker *b, const struct atom *a)
{
    struct hyphen h = {b->p->pieces.v[a->piece].style, a->shaped->font, a->script, b->hyphen.width};
    if (h.style != b->hyphen.style || h.font != b->hyphen.font || h.script != b->hyphen.script) h.width = hyphen_width(b->p, a, NULL);
    b->hyphen = h;
    return h.width;
}

static void add_inside(struct breaker *b, uint32_t i, const struct inside *in, bool hyphen, fixed penalty, int64_t w, int64_t spaces,
                       uint32_t leaders)
{
    const struct atom *a = &b->p->atoms.v[i];
    fixed part = prefix_width(b->p, a, in);
    *vec_push(b->arena, &b->room->places) = (struct place_to_break){.atom = i,
                                                                    .inside = in->at,
                                                                    .hyphen = hyphen,
                                                                    .penalty = penalty,
                                                                    .end_w = w + part + (hyphen ? usual_hyphen(b, a) : 0),
                                                                    .start_w = w + part,
                                                                    .end_s = spaces,
                                                                    .start_s = spaces,
                                                                    .leaders = leaders};
}

static fixed hyphen_penalty(int before, int behind)
{
    int lacks = (before < FULL_PART ? FULL_PART - before : 0) + (behind < FULL_PART ? FULL_PART - behind : 0);
    return HYPHEN_PENALTY + HYPHEN_PENALTY * lacks / 10;
}

/* Hyphenation of one word atom; as usual it is found once for each word of the cache. */
static void hyphenate(struct breaker *b, uint32_t i, int64_t w, int64_t spaces, uint32_t leaders)
{
    const struct atom *a = &b->p->atoms.v[i];
    const struct text_style *s = b->p->pieces.v[a->piece].style;
    bool usual = !(s->hyphen_chars[0] | s->hyphen_chars[1] | s->hyphen_chars[2]); /* hyphenate-limit-chars: auto */
    if (s->hyphens != HYPHENS_AUTO || !a->shaped || a->level & 1 || (usual && a->to - a->from < 5)) return;
    if (i && b->p->atoms.v[i - 1].kind == ATOM_WORD && !b->p->atoms.v[i - 1].may_break) return; /* part of a word of several styles */
    bool kept = usual && a->shaped->word;
    struct word own = {0}, *word = kept ? a->shaped->word : &own;
    if (!word->hyphenated)
        hyphens_find(b->p->t, kept ? &b->p->t->arena : b->scratch, s->lang, usual ? NULL : s->hyphen_chars, a->shaped,
                     str_part(b->p->text, a->from, a->to - a->from), word);
    for (unsigned k = 0; k < word->n; k++) {
        const struct inside *in = &word->at[k];
        add_inside(b, i, in, true, hyphen_penalty(in->before, word->letters - in->before), w, spaces, leaders);
    }
}

/* Breaks between any two clusters of a word that is wider than the line (overflow-wrap: anywhere). */
static void anywhere(struct breaker *b, uint32_t i, int64_t w, int64_t spaces, uint32_t leaders)
{
    const struct atom *a = &b->p->atoms.v[i];
    const struct text_style *s = b->p->pieces.v[a->piece].style;
    if (s->overflow_wrap != WRAP_ANYWHERE || !a->shaped || a->width <= b->width || a->to - a->from > 60000 || a->level & 1) return;
    struct str word = str_part(b->p->text, a->from, a->to - a->from);
    uint8_t *letters = arena_alloc(b->scratch, word.n + 1);
    letters_find(b->p->t, b->scratch, word, letters);
    struct place_to_break *v = b->room->places.v;
    size_t first = b->room->places.n;
    while (first && v[first - 1].atom == i && v[first - 1].inside) first--;
    for (size_t at = 1; at < word.n; at++) {
        size_t k = first;
        while (k < b->room->places.n && v[k].inside < at) k++;
        if (!letters[at] || (k < b->room->places.n && v[k].inside == at)) continue; /* where hyphenation has a place it stands alone */
        struct inside in = shaped_prefix(a->shaped, at);
        add_inside(b, i, &in, false, 500, w, spaces, leaders);
        v = b->room->places.v;
        struct place_to_break one = v[b->room->places.n - 1]; /* in the order of the text */
        memmove(&v[k + 1], &v[k], (b->room->places.n - 1 - k) * sizeof one);
        v[k] = one, first = k + 1;
    }
}

/* Width of the blanks that would end the line at atom i. Those before a forced break ended another line. */
static int64_t trailing(const struct para *p, uint32_t i)
{
    int64_t w = 0;
    for (uint32_t k = i + 1; k-- > 0;) {
        const struct atom *a = &p->atoms.v[k];
        if (a->kind == ATOM_SPACE && p->pieces.v[a->piece].style->white_space != WS_PRE) w += a->width;
        else if (a->kind != ATOM_MARK && !(a->kind == ATOM_BREAK && k == i) && !(a->kind == ATOM_STRUT && !a->width)) break;
    }
    return w;
}

/* The blank at atom i stands behind a word of one letter („у“, „и“, “a”), which should rather begin the next line than end this one. */
static bool behind_letter(const struct para *p, uint32_t i)
{
    const struct atom *a = i ? &p->atoms.v[i - 1] : NULL;
    if (!a || p->atoms.v[i].kind != ATOM_SPACE || a->kind != ATOM_WORD || a->to - a->from > 2 || (i > 1 && p->atoms.v[i - 2].kind == ATOM_WORD))
        return false;
    size_t at = a->from;
    return u_isalpha((UChar32)utf8_next(p->text, &at)) && at == a->to;
}

/* Sets b->ordered, once all places are there. */
static void settle_order(struct breaker *b, uint32_t leaders)
{
    b->ordered = !leaders && !b->s->n_measures;
    for (size_t i = 1; i < b->room->places.n && b->ordered; i++)
        b->ordered =
            b->room->places.v[i].start_w >= b->room->places.v[i - 1].start_w && b->room->places.v[i].start_s >= b->room->places.v[i - 1].start_s;
}

fixed out_at_start(const struct breaker *b, const struct place_to_break *start, bool first)
{
    return !b->edges ? 0 : edge_start(b->p, b->s, first ? 0 : start->inside ? start->atom : start->atom + 1, start->inside, first);
}

fixed out_at_end(const struct breaker *b, const struct place_to_break *end, fixed *allowed)
{
    const struct atom *a = &b->p->atoms.v[end->atom];
    bool last = end->forced && end->atom + 1 == b->p->atoms.n;
    *allowed = 0;
    return !b->edges ? 0 : edge_end(b->p, b->s, end->atom, end->inside, end->hyphen ? hyphen_width(b->p, a, NULL) : 0, last, allowed);
}

/* Takes off the widths of places what will stand beyond the edges of lines there. */
static void shift_places(struct breaker *b)
{
    struct place_to_break *v = b->room->places.v;
    for (size_t i = 0; i < b->room->places.n; i++) {
        v[i].start_w += out_at_start(b, &v[i], i == 0);
        if (i) v[i].end_w -= out_at_end(b, &v[i], &v[i].allowed);
    }
}

static void find_places(struct breaker *b)
{
    int64_t w = 0, spaces = 0;
    uint32_t leaders = 0;
    b->room->places.n = 0;
    *vec_push(b->arena, &b->room->places) = (struct place_to_break){0};
    for (uint32_t i = 0; i < b->p->atoms.n; i++) {
        const struct atom *a = &b->p->atoms.v[i];
        if (a->kind == ATOM_WORD && b->pass >= 2) hyphenate(b, i, w, spaces, leaders);
        if (a->kind == ATOM_WORD && b->pass >= 3) anywhere(b, i, w, spaces, leaders);
        w += a->width;
        if (a->kind == ATOM_SPACE) spaces += a->width;
        if (a->kind == ATOM_LEADER) leaders++;
        bool last = i + 1 == b->p->atoms.n, forced = a->kind == ATOM_BREAK || last;
        if (!a->may_break && !forced) continue;
        bool soft = !forced && ends_in_soft_hyphen(b->p, a);
        if (soft && b->p->pieces.v[a->piece].style->hyphens == HYPHENS_NONE) continue;
        int64_t end = trailing(b->p, i);
        *vec_push(b->arena, &b->room->places) = (struct place_to_break){.atom = i,
                                                                        .hyphen = soft,
                                                                        .forced = forced,
                                                                        .penalty = soft                                ? 60
                                                                                   : !forced && behind_letter(b->p, i) ? LETTER_PENALTY
                                                                                                                       : 0,
                                                                        .end_w = w - end + (soft ? hyphen_width(b->p, a, NULL) : 0),
                                                                        .start_w = w,
                                                                        .end_s = spaces - end,
                                                                        .start_s = spaces,
                                                                        .leaders = leaders};
    }
    if (b->edges) shift_places(b);
    settle_order(b, leaders);
}

/* --- the search --- */
struct fit { /* how one line would look */
    bool possible, overfull;
    double ratio, badness;
    uint8_t fitness;
};

/* The last line may be short, but not a stub of one word, still less shorter than an indent or the end of a word. */
static double stub(int64_t natural, fixed width, bool hyphen, bool justified)
{
    if (width <= 0 || natural * 3 >= width || (justified && natural * 6 >= width)) return 0;
    double short_by = 1 - 3 * (double)natural / width;
    return natural * 6 < width && hyphen ? 1500 : justified ? (natural * 14 < width ? 250 : 30) : 70 * short_by;
}

static struct fit fit_line(const struct breaker *b, const struct node *from, fixed width, const struct place_to_break *to)
{
    const struct place_to_break *start = &b->room->places.v[from->at];
    int64_t natural = to->end_w - start->start_w, blanks = to->end_s - start->start_s, slack = width - natural;
    struct fit f = {.possible = true, .fitness = 1};
    int64_t flex = b->flex ? (natural - blanks) * b->flex / 10000 : 0;
    bool leader = to->leaders > start->leaders;
    if (slack < 0) slack = slack + to->allowed < 0 ? slack + to->allowed : 0;
    if (slack < 0) {
        int64_t shrink = b->s->align == ALIGN_JUSTIFY ? blanks / 3 + flex : 0;
        if (-slack > shrink + 1) {
            f.possible = false, f.overfull = true, f.ratio = (double)slack / (double)(width > 0 ? width : 1);
            return f;
        }
        f.ratio = shrink ? (double)slack / (double)shrink : 0;
        f.badness = 100 * fabs(f.ratio * f.ratio * f.ratio), f.fitness = f.ratio < -0.5 ? 0 : 1;
        return f;
    }
    if (to->forced || leader) {
        if (!leader && from->prev != UINT32_MAX) f.badness = stub(natural, width, from->hyphens > 0, b->s->align == ALIGN_JUSTIFY);
        return f;
    }
    if (b->s->align == ALIGN_JUSTIFY) {
        int64_t stretch = blanks / 2;
        if (flex && slack > stretch + flex) slack -= flex; /* letters give what they may, blanks the rest */
        else stretch += flex;
        f.ratio = stretch > 0 ? (double)slack / (double)stretch : slack > 2 ? 100 : 0;
        f.badness = 100 * f.ratio * f.ratio * f.ratio;
        f.fitness = f.ratio > 1 ? 3 : f.ratio > 0.5 ? 2 : 1;
        f.possible = b->pass >= 3 || f.ratio <= (b->pass == 1 ? TOLERANCE : LOOSEST);
    } else {
        double white = width > 0 ? (double)slack / (double)width : 0;
        f.ratio = white, f.badness = 400 * white * white * (1 + white);
        f.possible = b->pass >= 3 || white <= (b->pass == 1 ? RAGGED : RAGGEDEST);
    }
    if (f.badness > 1e6) f.badness = 1e6;
    return f;
}

/* The hyphens in a row that are told apart: one more than may be, where hyphenate-limit-lines says a number. */
static int most_hyphens(const struct para_shape *s) { return s->hyphen_lines > HYPHEN_LINES ? s->hyphen_lines - HYPHEN_LINES + 1 : 3; }

/* The last place at or before j that is not inside a word. */
static uint32_t word_start(const struct breaker *b, uint32_t j)
{
    while (j && (b->room->places.v[j].hyphen || b->room->places.v[j].inside)) j--;
    return j;
}

/* How much of the line would stay empty if it ended before the word that the hyphen at j stands in; its whole width where it begins in that word. */
static int64_t left_empty(const struct breaker *b, const struct node *from, fixed width, uint32_t j)
{
    uint32_t k = word_start(b, j);
    return k > from->at ? width - (b->room->places.v[k].end_w - b->room->places.v[from->at].start_w) : width;
}

/* Whether hyphenate-limit-lines, -zone or -last forbid a line from `from` to the place j (Text 4, 5.4). */
__attribute__((noinline)) static bool forbidden(const struct breaker *b, const struct node *from, fixed width, uint32_t j)
{
    const struct place_to_break *to = &b->room->places.v[j];
    if (!to->hyphen) return b->s->whole_last && from->hyphens && to->forced && to->atom + 1 == b->p->atoms.n;
    if (b->s->hyphen_lines >= HYPHEN_LINES && from->hyphens >= b->s->hyphen_lines - HYPHEN_LINES) return true;
    return b->s->hyphen_zone > 0 && left_empty(b, from, width, j) <= b->s->hyphen_zone;
}

static double demerits_of(const struct breaker *b, const struct node *from, const struct place_to_break *to, const struct fit *f)
{
    double d = (10 + f->badness) * (10 + f->badness) + (double)to->penalty * to->penalty * (b->s->align == ALIGN_JUSTIFY ? 1 : 6);
    if (to->hyphen && from->hyphens && b->s->hyphen_lines == HYPHEN_LINES_AUTO) d += from->hyphens >= 2 ? THREE_HYPHENS : TWO_HYPHENS;
    if (to->hyphen && to->forced) d += 1e4;
    if (abs((int)f->fitness - (int)from->fitness) > 1) d += 6000;
    return from->demerits + d;
}

static void activate(struct breaker *b, const struct node *n)
{
    const struct place_to_break *at = &b->room->places.v[n->at];
    fixed width = width_of(b, n->line);
    *vec_push(b->arena, &b->room->active) = (struct start){at->start_w, at->start_s, (uint32_t)b->room->nodes.n, at->leaders, width};
    *vec_push(b->arena, &b->room->nodes) = *n;
}

/* Where text without width (font-size: 0, empty objects) has opened too many starts: of each two neighbours the better stays, so that what is left is
 * still spread over the line and each place costs at most MOST_ACTIVE. */
static void thin_out(struct breaker *b)
{
    size_t kept = 0;
    for (size_t k = 0; k < b->room->active.n; k += 2) {
        struct start at = b->room->active.v[k];
        if (k + 1 < b->room->active.n && b->room->nodes.v[b->room->active.v[k + 1].node].demerits < b->room->nodes.v[at.node].demerits)
            at = b->room->active.v[k + 1];
        b->room->active.v[kept++] = at;
    }
    b->room->active.n = kept;
}

/* Whether a line from `from` to `to` is so clearly too loose for this pass that fit_line need not say how loose: most starts are, most of the time.
 * The bounds are fit_line's, widened a little, so that what is near them is left to it. */
static bool far_too_loose(const struct breaker *b, const struct start *from, const struct place_to_break *to)
{
    if (b->pass >= 3 || to->forced || to->leaders > from->leaders) return false;
    int64_t slack = from->width - (to->end_w - from->w), blanks = to->end_s - from->s;
    if (b->flex) slack -= (to->end_w - from->w - blanks) * b->flex / 10000;
    if (slack <= 2) return false;
    if (b->s->align == ALIGN_JUSTIFY) return slack * 1000 > (blanks > 0 ? blanks / 2 : 0) * (int64_t)((b->pass == 1 ? TOLERANCE : LOOSEST) * 1001);
    return from->width > 0 && slack * 1000 > from->width * (int64_t)((b->pass == 1 ? RAGGED : RAGGEDEST) * 1001);
}

/* A line to the end of the text behind a hyphen that hyphenate-limit-last forbids: taken rather than one beyond the line's end. */
__attribute__((noinline)) static void behind_hyphen(const struct breaker *b, uint32_t at, fixed width, uint32_t j, struct node *need)
{
    const struct node *from = &b->room->nodes.v[at];
    struct fit f = fit_line(b, from, width, &b->room->places.v[j]);
    double d = from->demerits + (f.overfull ? 1e9 : 1e8);
    if (need->prev != UINT32_MAX && need->demerits <= d) return;
    *need = (struct node){.at = j, .prev = at, .line = from->line + 1, .fitness = f.fitness, .overfull = f.overfull, .ratio = f.ratio, .demerits = d};
}

/* Looks at every active start for the place j; adds the best nodes that end there. False when nothing is left. */
static bool step(struct breaker *b, uint32_t j)
{
    const struct place_to_break *to = &b->room->places.v[j];
    struct node best[HYPHEN_LINES_MOST + 2], rescue = {.prev = UINT32_MAX}, need = rescue;
    unsigned have = 0; /* a bit for each of them */
    double least = INFINITY;
    size_t kept = 0, before = b->room->active.n;
    for (size_t k = 0; k < before; k++) {
        const struct start now = b->room->active.v[k];
        uint32_t at = now.node;
        const struct node *from = &b->room->nodes.v[at];
        if (far_too_loose(b, &now, to)) {
            bool rest = b->ordered && from->line > 0;
            size_t n = rest ? before - k : 1;
            if (kept < k) memmove(&b->room->active.v[kept], &b->room->active.v[k], n * sizeof now);
            kept += n;
            if (rest) break;
            continue;
        }
        if (b->limited && forbidden(b, from, now.width, j)) {
            if (to->forced) behind_hyphen(b, at, now.width, j, &need);
            else b->room->active.v[kept++] = now; /* the line goes on, if need be beyond its end */
            continue;
        }
        struct fit f = fit_line(b, from, now.width, to);
        struct node n = {.at = j,
                         .prev = at,
                         .line = from->line + 1,
                         .hyphens = to->hyphen ? (uint8_t)(from->hyphens < b->most ? from->hyphens + 1 : b->most) : 0,
                         .fitness = f.fitness,
                         .ratio = f.ratio};
        if (f.possible) {
            n.demerits = demerits_of(b, from, to, &f);
            if (!(have >> n.hyphens & 1) || n.demerits < best[n.hyphens].demerits) best[n.hyphens] = n, have |= 1u << n.hyphens;
        }
        if (f.overfull && -f.ratio < least) {
            least = -f.ratio, rescue = n;
            rescue.overfull = true, rescue.demerits = from->demerits + 1e8;
        }
        if (!f.overfull && !to->forced) b->room->active.v[kept++] = now;
    }
    b->room->active.n = kept;
    if (b->room->active.n > MOST_ACTIVE) thin_out(b);
    bool any = false;
    double lower = INFINITY; /* a start with more hyphens behind it is worth keeping only where it is better so far */
    for (int h = 0; have >> h; h++)
        if (have >> h & 1 && best[h].demerits < lower) activate(b, &best[h]), lower = best[h].demerits, any = true;
    if (!any && !b->room->active.n) {
        if (need.prev != UINT32_MAX && (rescue.prev == UINT32_MAX || !need.overfull)) rescue = need;
        if (b->pass < 3 || rescue.prev == UINT32_MAX) return false;
        activate(b, &rescue);
    }
    return true;
}

/* The last node of the best way through, UINT32_MAX where this pass finds none. */
static uint32_t search(struct breaker *b)
{
    b->room->nodes.n = 0, b->room->active.n = 0;
    activate(b, &(struct node){.prev = UINT32_MAX, .fitness = 1});
    for (uint32_t j = 1; j < b->room->places.n; j++)
        if (!step(b, j)) return UINT32_MAX;
    uint32_t best = UINT32_MAX;
    for (size_t k = 0; k < b->room->active.n; k++)
        if (best == UINT32_MAX || b->room->nodes.v[b->room->active.v[k].node].demerits < b->room->nodes.v[best].demerits)
            best = b->room->active.v[k].node;
    return best;
}

/* First fit: each line takes what it holds. For short cells, where total fit gains nothing. */
static uint32_t greedy(struct breaker *b)
{
    struct node now = {.prev = UINT32_MAX, .fitness = 1};
    b->room->nodes.n = 0;
    *vec_push(b->arena, &b->room->nodes) = now;
    uint32_t last = 0, good = 0, banned = UINT32_MAX; /* node; place that still fits; no hyphen from here on: the last full line would end in it */
    for (uint32_t j = 1; j < b->room->places.n;) {
        fixed width = width_of(b, b->room->nodes.v[last].line);
        const struct node *from = &b->room->nodes.v[last];
        if (b->limited && !b->room->places.v[j].forced && (forbidden(b, from, width, j) || (b->room->places.v[j].hyphen && j >= banned))) {
            j++;
            continue;
        }
        struct fit f = fit_line(b, &b->room->nodes.v[last], width, &b->room->places.v[j]);
        bool forced = b->room->places.v[j].forced;
        if (!f.overfull) good = j;
        if (f.overfull || forced) {
            bool over = f.overfull && good == 0;
            if (over) good = j; /* not even one piece fits */
            uint32_t back =
                b->limited && last && good == j && forced && from->at < banned && forbidden(b, from, width, j) ? word_start(b, from->at) : 0;
            if (back && back > b->room->nodes.v[from->prev].at && b->room->places.v[j].end_w - b->room->places.v[back].start_w <= width) {
                banned = back + 1, last = from->prev, b->room->nodes.n--; /* the last full line anew, without the word that it ended in */
                j = b->room->nodes.v[last].at + 1, good = 0;
                continue;
            }
            struct fit done = fit_line(b, &b->room->nodes.v[last], width, &b->room->places.v[good]);
            struct node n = {.at = good, .prev = last, .line = b->room->nodes.v[last].line + 1, .overfull = over, .ratio = done.ratio};
            if (b->room->places.v[good].hyphen) n.hyphens = (uint8_t)(from->hyphens < b->most ? from->hyphens + 1 : b->most);
            last = (uint32_t)b->room->nodes.n;
            *vec_push(b->arena, &b->room->nodes) = n;
            j = good + 1, good = 0;
            continue;
        }
        j++;
    }
    return last;
}
/* Whether some of the text is in a script whose letters join or carry signs: its words are not spaced. */
static bool joined(const struct para *p)
{
    for (size_t i = 0; i < p->atoms.n; i++) {
        uint32_t sc = p->atoms.v[i].script;
        if (p->atoms.v[i].kind == ATOM_WORD && sc != HB_SCRIPT_LATIN && sc != HB_SCRIPT_CYRILLIC && sc != HB_SCRIPT_GREEK) return true;
    }
    return false;
}

struct para_lines *para_break(struct para *p, const struct para_shape *s)
{
    struct breaker b = {.p = p,
                        .s = s,
                        .scratch = p->arena,
                        .arena = &p->t->arena,
                        .width = s->width,
                        .most = most_hyphens(s),
                        .limited = s->hyphen_lines >= HYPHEN_LINES || s->hyphen_zone > 0 || s->whole_last};
    for (uint32_t i = 0; i < s->n_measures; i++) b.width = fixed_min(b.width, s->measures[i].w);
    b.edges = s->hanging || s->protrude;
    para_settle(p);
    struct para_lines *out = keep_find(p, s);
    if (out) return out;
    para_prepare(p);
    out = ARENA_NEW(p->arena, struct para_lines);
    if (!p->atoms.n) return out;
    if (s->tracking && s->align == ALIGN_JUSTIFY && !joined(p)) b.flex = s->tracking;
    if (!p->t->lines) p->t->lines = ARENA_NEW(b.arena, struct line_room);
    b.room = p->t->lines;
    uint32_t last = UINT32_MAX;
    for (b.pass = 1; b.pass <= 3 && last == UINT32_MAX; b.pass++) {
        if (s->greedy && b.pass < 3) continue; /* a narrow cell needs all places at once */
        find_places(&b);
        last = s->greedy ? greedy(&b) : search(&b);
    }
    size_t lines = 0;
    for (uint32_t k = last; k != UINT32_MAX && b.room->nodes.v[k].prev != UINT32_MAX; k = b.room->nodes.v[k].prev) lines++;
    out->lines = ARENA_ARRAY(p->arena, struct para_line, lines);
    out->n = lines;
    if (b.room->fragments.cap <= p->atoms.n) {
        b.room->fragments.cap = 2 * p->atoms.n + 64;
        b.room->fragments.v = ARENA_ARRAY(b.arena, struct fragment, b.room->fragments.cap);
    }
    for (uint32_t k = last; lines; k = b.room->nodes.v[k].prev) set_line(&b, &b.room->nodes.v[k], &out->lines[--lines], b.room->fragments.v);
    keep_add(p, s, out);
    return out;
}
