/* front.c: the front matter of a page against the table of keys. */
#include "content/front.h"
#include "content/edition.h"
#include "base/utf8.h"

static const struct date no_date = {.hour = -1};

static bool digits(struct str s, size_t at, size_t n, int *out)
{
    *out = 0;
    if (at + n > s.n) return false;
    for (size_t i = at; i < at + n; i++) {
        if (s.s[i] < '0' || s.s[i] > '9') return false;
        *out = *out * 10 + (s.s[i] - '0');
    }
    return true;
}

bool date_read(struct str s, struct date *out)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int y, m, d, hour, minute;
    *out = no_date;
    if (!digits(s, 0, 4, &y) || s.n < 10 || s.s[4] != '-' || !digits(s, 5, 2, &m) || s.s[7] != '-' || !digits(s, 8, 2, &d)) return false;
    bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    if (y < 1 || m < 1 || m > 12 || d < 1 || d > days[m - 1] + (m == 2 && leap)) return false;
    *out = (struct date){(int16_t)y, (int8_t)m, (int8_t)d, -1, 0};
    if (s.n == 10) return true;
    if ((s.s[10] != ' ' && s.s[10] != 'T') || !digits(s, 11, 2, &hour) || s.n < 16 || s.s[13] != ':' || !digits(s, 14, 2, &minute) || hour > 23 ||
        minute > 59)
        return false;
    for (size_t i = 16; i < s.n; i++) /* seconds and zone are accepted and not used */
        if (!strchr("0123456789:.+-Z ", s.s[i])) return false;
    out->hour = (int8_t)hour, out->minute = (int8_t)minute;
    return true;
}

static bool yaml_bool(struct str s, bool *out)
{
    static const char *const yes[] = {"true", "yes", "да", "da", "True"}, *const no[] = {"false", "no", "не", "ne", "False"};
    for (size_t i = 0; i < 5; i++) {
        if (str_is(s, yes[i])) return *out = true, true;
        if (str_is(s, no[i])) return *out = false, true;
    }
    return false;
}

static void wrong_type(const struct catalogue *c, struct diag *d, const struct key_row *k, const struct yaml *y)
{
    static const char *const want[][2] = {
        /* by enum value_type */
        {"a text", "текст"},
        {"one line of text", "један ред текста"},
        {"a date", "датум"},
        {"a date and time", "датум и време"},
        {"a whole number", "цео број"},
        {"true or false", "true или false"},
        {"a list", "списак"},
        {"a word", "реч"},
        {"a contact id", "ознака контакта"},
        {"sizes such as 12–14 pt", "величине као 12–14 pt"},
        {"a file", "датотека"},
        {"a list of keys", "списак кључева"},
        {"a list of editions", "списак облика"},
    };
    if (c->foreign) diag_once(d, MSG_KEY_TYPE, y->at, str_of(k->en), (const char *const[]){k->en, schema_say(d, want[k->type][0], want[k->type][1])});
    else DIAG(d, MSG_KEY_TYPE, y->at, k->en, schema_say(d, want[k->type][0], want[k->type][1]));
}

/* One value against its row. */
static void read_value(struct arena *a, const struct catalogue *c, const struct key_row *k, const struct yaml *y, struct front_value *v,
                       struct diag *d)
{
    v->at = y->at;
    if (k->key == KEY_IGNORED) return;
    if (k->type == TYPE_LIST || k->type == TYPE_KEYS || k->type == TYPE_EDITIONS) {
        size_t n = y->kind == YAML_LIST ? y->n : 1;
        struct str *list = ARENA_ARRAY(a, struct str, n);
        for (size_t i = 0; i < n; i++) {
            const struct yaml *item = y->kind == YAML_LIST ? y->items[i] : y;
            if (item->kind != YAML_SCALAR) {
                wrong_type(c, d, k, y);
                return;
            }
            list[i] = item->text;
        }
        v->kind = FRONT_LIST, v->n = n, v->list = list;
        return;
    }
    if (y->kind != YAML_SCALAR) {
        wrong_type(c, d, k, y);
        return;
    }
    struct str s = v->text = str_trim(y->text);
    bool yes = false;
    switch (k->type) {
    case TYPE_DATE:
    case TYPE_DATETIME:
        if (!s.n && !y->quoted) return;
        if (!date_read(s, &v->date) || (k->type == TYPE_DATETIME && v->date.hour < 0)) {
            if (k->type == TYPE_DATETIME) DIAG(d, MSG_KEY_TIME, y->at, str_z(a, s));
            else DIAG(d, MSG_KEY_DATE, y->at, str_z(a, s));
            v->date = no_date;
            return;
        }
        v->kind = FRONT_DATE;
        return;
    case TYPE_INT:
        if (str_int(s, &v->number)) v->kind = FRONT_INT;
        else wrong_type(c, d, k, y);
        return;
    case TYPE_BOOL:
        if (yaml_bool(s, &yes)) v->kind = FRONT_BOOL, v->number = yes;
        else wrong_type(c, d, k, y);
        return;
    case TYPE_CHOICE: {
        struct str rest = str_of(k->choices), w;
        while (str_split(&rest, ' ', &w))
            if (str_eq(w, s)) v->kind = FRONT_TEXT;
        if (v->kind == FRONT_NONE) DIAG(d, MSG_KEY_CHOICE, y->at, str_z(a, s), k->choices);
        return;
    }
    case TYPE_LINE:
        if (str_find(s, '\n') != SIZE_MAX || !s.n) wrong_type(c, d, k, y);
        else v->kind = FRONT_TEXT;
        return;
    default: v->kind = FRONT_TEXT; return;
    }
}

static void unknown_key(struct arena *a, const struct yaml *key, const struct catalogue *c, struct diag *d)
{
    const char *name = str_z(a, key->text), *near = schema_nearest_key(a, key->text);
    const char *args[] = {name, near ? arena_printf(a, " (%s?)", near) : ""};
    if (c->foreign) diag_once(d, MSG_KEY_UNKNOWN, key->at, key->text, args);
    else diag_add(d, MSG_KEY_UNKNOWN, key->at, args);
}

static const struct kind_row *find_kind(struct arena *a, const struct yaml *map, const struct catalogue *c, struct diag *d)
{
    for (size_t i = 0; map && i < map->n; i++) {
        const struct key_row *k = schema_key(map->keys[i]->text);
        if (!k || k->key != KEY_KIND || map->items[i]->kind != YAML_SCALAR) continue;
        struct str name = str_trim(map->items[i]->text);
        const struct kind_row *row = schema_kind(name);
        if (row) return row;
        const char *near = schema_nearest_kind(a, name);
        const char *args[] = {str_z(a, name), near ? arena_printf(a, " (%s?)", near) : ""};
        if (c->foreign) diag_once(d, MSG_KIND_UNKNOWN, map->items[i]->at, name, args);
        else diag_add(d, MSG_KIND_UNKNOWN, map->items[i]->at, args);
    }
    return &kind_rows[KIND_PAGE];
}

/* The text of a heading line without its marks of emphasis, code and links, for a title. */
static struct str plain_line(struct arena *a, struct str line)
{
    char *out = arena_alloc(a, line.n + 1);
    size_t n = 0;
    size_t brace = str_search(line, "{#");
    if (brace != SIZE_MAX) line = str_part(line, 0, brace);
    for (size_t i = 0; i < line.n; i++) {
        char ch = line.s[i];
        if (ch == '\\' && i + 1 < line.n) {
            out[n++] = line.s[++i];
        } else if (ch == ']' && i + 1 < line.n && line.s[i + 1] == '(') {
            while (i < line.n && line.s[i] != ')') i++;
        } else if (ch != '*' && ch != '`' && ch != '[' && ch != ']') {
            out[n++] = ch;
        }
    }
    struct str s = str_trim((struct str){out, n});
    while (s.n && s.s[s.n - 1] == '#') s.n--;
    return str_trim(s);
}

/* The first heading of level 1 outside fenced code: "# Title" or underlined with =. */
static struct str heading_title(struct arena *a, struct str body)
{
    bool fence = false;
    struct str line, before = {0};
    while (body.n) {
        size_t nl = str_find(body, '\n');
        line = str_part(body, 0, nl);
        body = nl == SIZE_MAX ? (struct str){0} : str_from(body, nl + 1);
        if (str_starts(line, "```") || str_starts(line, "~~~")) fence = !fence;
        if (fence) continue;
        if (str_starts(line, "# ")) return plain_line(a, str_from(line, 2));
        if (before.n && line.n && line.s[0] == '=' && strspn(line.s, "= ") >= line.n) return plain_line(a, before);
        before = line;
    }
    return (struct str){0};
}

/* Where the front matter lies: false where there is none. yaml is what stands between the fences. */
static bool split(struct page *p, struct str text, struct str *yaml, struct diag *d)
{
    const char *file = p->file.s;
    bool toml = str_starts(text, "+++\n");
    p->body_line = 1, p->body_at = 0;
    if (!toml && !str_starts(text, "---\n")) return false;
    uint32_t line = 1;
    for (size_t at = 4; at <= text.n;) {
        line++;
        size_t nl = str_find(str_from(text, at), '\n');
        struct str l = str_part(text, at, nl);
        if (str_is(str_trim(l), toml ? "+++" : "---") || (!toml && str_is(str_trim(l), "..."))) {
            *yaml = str_part(text, 4, at - 4);
            p->body_line = line + 1;
            p->body_at = nl == SIZE_MAX ? text.n : at + nl + 1;
            if (toml) DIAG0(d, MSG_FRONT_TOML, ((struct place){file, 1, 1}));
            return !toml;
        }
        if (nl == SIZE_MAX) break;
        at += nl + 1;
    }
    DIAG0(d, MSG_FRONT_OPEN, ((struct place){file, 1, 1}));
    p->body_at = text.n, p->body_line = line;
    return false;
}

const struct front front_empty = {.values = &(const struct front_value){0}};

/* Those of KEYS values that are given. */
static const struct front *front_pack(struct arena *a, const struct front_value *v)
{
    struct front *f = ARENA_NEW(a, struct front);
    uint8_t n = 0;
    for (size_t k = 0; k < KEYS; k++)
        if (v[k].at.line) f->at[k] = ++n;
    struct front_value *values = ARENA_ARRAY(a, struct front_value, n + 1u);
    for (size_t k = 0; k < KEYS; k++)
        if (f->at[k]) values[f->at[k]] = v[k];
    f->values = values;
    return f;
}

static void known_values(struct page *p, const struct front_value *v)
{
    p->description = v[KEY_DESCRIPTION].text;
    p->menu_title = v[KEY_MENU_TITLE].text;
    p->title = v[KEY_TITLE].text;
    p->published = v[KEY_PUBLISHED].kind ? v[KEY_PUBLISHED].date : no_date;
    p->updated = v[KEY_UPDATED].kind ? v[KEY_UPDATED].date : no_date;
    p->embargo = v[KEY_EMBARGO].kind ? v[KEY_EMBARGO].date : no_date;
    p->expires = v[KEY_EXPIRES].kind ? v[KEY_EXPIRES].date : no_date;
    p->weight = v[KEY_WEIGHT].number;
}

static void order(struct arena *a, const struct front_value *v, enum key early, enum key late, struct diag *d)
{
    if (v[early].kind && v[late].kind && date_compare(v[late].date, v[early].date) < 0)
        DIAG(d, MSG_DATES_ORDER, v[late].at, arena_printf(a, "%s", key_rows[late].en), key_rows[early].en);
}

/* What stands in editions: against the table. Good items stay in the value, as "a6" or "a6 discreet"; what is wrong with the others is said at each.
 */
static void editions(struct arena *a, struct page *p, struct front_value *v, const struct yaml *y, struct diag *d)
{
    const uint32_t bit = 1u << p->kind->kind;
    struct str fold = v[KEY_FOLD].text, word;
    int have = schema_fold_panels(fold);
    struct str *list = ARENA_ARRAY(a, struct str, v[KEY_EDITIONS].n + 1);
    size_t n = 0;
    for (size_t i = 0; i < v[KEY_EDITIONS].n; i++) {
        struct place at = y->kind == YAML_LIST ? y->items[i]->at : y->at;
        struct str text = v[KEY_EDITIONS].list[i];
        const struct edition_row *row;
        bool discreet, good = false, twice = false;
        if (!edition_read(text, &row, &discreet, &word)) {
            const char *near = edition_nearest(word);
            DIAG(d, MSG_EDITION_UNKNOWN, at, str_z(a, word), near ? arena_printf(a, " (%s?)", near) : "", edition_names(a, d, bit));
            continue;
        }
        if (!row) row = edition_find(fold);
        struct str name = str_printf(a, "%s%s", row ? row->en : "", discreet ? " discreet" : "");
        for (size_t k = 0; k < n; k++) twice |= str_eq(list[k], name);
        if (!row) DIAG(d, MSG_EDITION_KIND, at, str_z(a, text), p->kind->en, edition_names(a, d, bit));
        else if (discreet && p->kind->kind != KIND_LEAFLET) DIAG(d, MSG_EDITION_KIND, at, str_z(a, text), p->kind->en, edition_names(a, d, bit));
        else if (!(row->kinds & bit)) DIAG(d, MSG_EDITION_KIND, at, schema_say(d, row->en, row->sr), p->kind->en, edition_names(a, d, bit));
        else if (twice) DIAG(d, MSG_EDITION_TWICE, at, str_z(a, text));
        else if (row->panels && have && row->panels != have)
            DIAG(d, MSG_EDITION_PANELS, at, schema_say(d, row->en, row->sr), arena_printf(a, "%d", row->panels), str_z(a, fold),
                 arena_printf(a, "%d", have));
        else if (discreet && !v[KEY_DISCREET_TITLE].kind && !p->source) DIAG(d, MSG_EDITION_DISCREET, at, str_z(a, text));
        else good = true;
        if (good) list[n++] = name;
    }
    v[KEY_EDITIONS].n = n, v[KEY_EDITIONS].list = list;
    if (!n) v[KEY_EDITIONS].kind = FRONT_NONE;
}

void front_read(struct arena *a, struct page *p, struct str text, const struct catalogue *c, struct diag *d)
{
    struct front_value v[KEYS] = {0};
    struct str source;
    struct yaml *map = NULL;
    bool broken = false;
    if (split(p, text, &source, d)) {
        map = yaml_read(a, source, p->file.s, 2, d);
        broken = !map && str_trim(source).n;
        if (map && map->kind != YAML_MAP) {
            DIAG0(d, MSG_FRONT_NOT_MAP, map->at);
            map = NULL, broken = true;
        }
    } else {
        broken = p->body_at == text.n && text.n && text.s[0] == '-';
    }
    p->broken = broken;
    p->kind = find_kind(a, map, c, d);
    uint32_t bit = 1u << p->kind->kind;
    const struct yaml *forms = NULL; /* of KEY_EDITIONS */
    for (size_t i = 0; map && i < map->n; i++) {
        const struct key_row *k = schema_key(map->keys[i]->text);
        if (k && k->key == KEY_EDITIONS) forms = map->items[i];
        if (!k) unknown_key(a, map->keys[i], c, d);
        else if (!(k->kinds & bit) && c->foreign)
            diag_once(d, MSG_KEY_WRONG_KIND, map->keys[i]->at, str_of(k->en), (const char *const[]){k->en, p->kind->en});
        else if (!(k->kinds & bit)) DIAG(d, MSG_KEY_WRONG_KIND, map->keys[i]->at, k->en, p->kind->en);
        else if (v[k->key].at.line == 0 || k->key == KEY_IGNORED || str_is(map->keys[i]->text, k->en))
            read_value(a, c, k, map->items[i], &v[k->key], d); /* own name before alias */
    }
    if (forms && v[KEY_EDITIONS].kind) editions(a, p, v, forms, d);
    for (size_t k = 0; k < KEYS && !broken; k++)
        if (key_rows[k].required & bit && !v[k].at.line && (k != KEY_TITLE || !heading_title(a, str_from(text, p->body_at)).n) &&
            !(p->source && k != KEY_TITLE))
            DIAG(d, MSG_KEY_MISSING, ((struct place){p->file.s, 1, 1}), key_rows[k].en, p->kind->en);
    p->front = front_pack(a, v);
    known_values(p, v);
    order(a, v, KEY_START, KEY_END, d), order(a, v, KEY_EMBARGO, KEY_EXPIRES, d), order(a, v, KEY_PUBLISHED, KEY_EXPIRES, d),
        order(a, v, KEY_APPLY_UNTIL, KEY_END, d), order(a, v, KEY_FROM, KEY_UNTIL, d), order(a, v, KEY_ADOPTED, KEY_VALID_UNTIL, d);
    if (!p->title.n) {
        p->title = str_copy(a, heading_title(a, str_from(text, p->body_at)));
        p->title_from_heading = p->title.n > 0;
    }
}

/* Keys that stand in no row of their list. */
static void check_keys(const struct key_row *k, const struct front_value *v, const struct catalogue *c, struct diag *d)
{
    const struct choices *l = map_find(&c->lists, str_of(k->choices));
    for (size_t i = 0; i < v->n; i++) {
        struct arena a = {0};
        const char **names = ARENA_ARRAY(&a, const char *, (l ? l->list.n : 0) + 1);
        bool found = false;
        for (size_t n = 0; l && n < l->list.n; n++) names[n] = str_z(&a, l->list.v[n].key), found |= str_eq(l->list.v[n].key, v->list[i]);
        const char *near = found ? NULL : str_nearest(v->list[i], names);
        if (!found) DIAG(d, MSG_KEY_LIST, v->at, str_z(&a, v->list[i]), k->choices, near ? arena_printf(&a, " (%s?)", near) : "");
        arena_close(&a);
    }
}

void front_check(const struct page *p, const struct catalogue *c, struct diag *d)
{
    for (size_t k = 0; k < KEYS; k++) {
        const struct front_value *v = front_of(p, k);
        if (key_rows[k].type == TYPE_CONTACT && v->kind && !map_find(&c->contacts, v->text)) DIAG(d, MSG_CONTACT_UNKNOWN, v->at, v->text.s, "");
        if (key_rows[k].type == TYPE_KEYS && v->kind == FRONT_LIST) check_keys(&key_rows[k], v, c, d);
    }
}
