/* help.h: the tables of commands and options, and `letak help` over every table of the program: commands, kinds, marks, keys, message codes. */
#ifndef LETAK_BUILD_HELP_H
#define LETAK_BUILD_HELP_H
#include "base/diag.h"

#define LETAK_VERSION "0.1.0"

enum run_command {
    RUN_BUILD,
    RUN_CHECK,
    RUN_SERVE,
    RUN_PDF,
    RUN_PROOF,
    RUN_NEW,
    RUN_FORM,
    RUN_PACK,
    RUN_PUBLISH,
    RUN_TRANSLATE,
    RUN_WHERE,
    RUN_EDITIONS,
    RUN_DUMP,
    RUN_HELP,
    RUN_VERSION
};
struct command_row {
    enum run_command run;
    const char *name, *args; /* args as shown: "KIND SLUG" */
    int min_args, max_args;
    const char *options; /* letters of option rows it takes; --lang goes with all */
    const char *en, *sr; /* one line on what it does */
};
struct option_row {
    char letter;                    /* the name inside the program */
    const char *shrt, *lng, *value; /* "-o", NULL, "OUT"; value NULL for a flag */
    const char *en, *sr;
};
const struct command_row *help_command(struct str name); /* NULL where there is none */
const char *help_nearest_command(struct str name);
const struct option_row *help_option(struct str name); /* "-o", "--as-of" */
/* Writes help on topic ("" = overview): a command, kind, mark, front-matter key or message code, in the language given. An unknown topic is reported.
 */
void help_write(struct str topic, enum diag_lang lang, struct diag *d, struct buf *out);
#endif
