/* diag.h: what the program says to the author, and the exit status that follows.
 *
 * Every message is a row of base/messages/MODULE.def:
 *     MSG(NAME, "X123", ERROR, "text", "what to do", "текст", "шта урадити")
 * {0}…{9} in the texts are the arguments. `letak help X123` prints the row. Severities:
 *     WARNING  the build goes on; --strict makes it an error
 *     ERROR    author's mistake: work goes on so that one run shows all, nothing is published, status 1
 *     LENIENT  as ERROR, but a warning in a foreign folder (diag_foreign)
 *     CHECK    a warning of build, an error of check (diag_set_checking)
 *     ENV      the surroundings failed (disk, permission): status 3, outranks the others
 *     USAGE    wrong call: status 2
 * Messages may come from all workers at once; they are sorted by file, line, column, code before they are printed, and equal
 * ones are printed once, so the output does not depend on the order of work. */
#ifndef LETAK_BASE_DIAG_H
#define LETAK_BASE_DIAG_H
#include "base/str.h"
#include <stdio.h>

/* Where in a source: file is a path for people (relative to the site), lives as long as the diag; line and col count from 1,
 * col in characters; 0 = not known. A zero place is "no file". */
struct place {
    const char *file;
    uint32_t line, col;
};

enum severity { SEV_WARNING, SEV_ERROR, SEV_LENIENT, SEV_USAGE, SEV_ENV, SEV_CHECK };

enum msg {
#define MSG(name, code, severity, en, en_mend, sr, sr_mend) MSG_##name,
#include "base/messages/all.def"
#undef MSG
    MSG_COUNT
};

struct msg_row {
    const char *name, *code;
    enum severity severity;
    const char *text[2], *mend[2]; /* [0] English, [1] Serbian (Cyrillic) */
};
const struct msg_row *diag_rows(void); /* MSG_COUNT rows, by enum msg */

enum diag_lang { DIAG_EN, DIAG_SR, DIAG_SR_LATN };
struct diag;
struct diag *diag_new(enum diag_lang lang);
void diag_close(struct diag *d);
/* latin(b, text) writes Serbian Cyrillic as Latin; set by main, since base knows no languages. */
void diag_set_latin(struct diag *d, void (*latin)(struct buf *b, struct str cyrillic));
enum diag_lang diag_language(const struct diag *d);
void (*diag_latin(const struct diag *d))(struct buf *, struct str);
/* Appends what was said in the language of d: Serbian, which is Cyrillic until then, as Latin where that is asked for. */
void diag_put(const struct diag *d, struct buf *b, struct str said);
void diag_set_foreign(struct diag *d, bool foreign); /* LENIENT rows become warnings */
bool diag_checking(const struct diag *d);
void diag_set_checking(struct diag *d); /* CHECK rows become errors */
/* args: as many strings as the row's highest {n} + 1; copied. DIAG0 is for rows without arguments. */
void diag_add(struct diag *d, enum msg m, struct place at, const char *const *args);
#define DIAG(d, m, at, ...) diag_add((d), (m), (at), (const char *const[]){__VA_ARGS__})
#define DIAG0(d, m, at) diag_add((d), (m), (at), NULL)
/* The same, but once in the life of d for this message and key, at the first of its places (unknown foreign keys and the like). */
void diag_once(struct diag *d, enum msg m, struct place at, struct str key, const char *const *args);
size_t diag_count(const struct diag *d, bool strict); /* messages that are errors or worse */
size_t diag_total(const struct diag *d);
void diag_clear(struct diag *d);
/* Appends all messages, sorted: "file:line:col: error CODE: text; mend\n", or JSON lines
 * {"file","line","column","severity","code","text","mend"}. */
void diag_write(const struct diag *d, struct buf *out, bool strict, bool json);
/* The same as a SARIF 2.1.0 log (OASIS), for tools that show findings beside the lines of a file; version is the program's. */
void diag_write_sarif(const struct diag *d, struct buf *out, bool strict, const char *version);
int diag_status(const struct diag *d, bool strict); /* 0, 1, 2 or 3 */
/* Another process has told its messages itself: the status is at least its. */
void diag_told(struct diag *d, int status);
#endif
