/* report.h: what `letak pdf --report` and `--debug` make of a document laid out with layout_options.notes. */
#ifndef LETAK_LAYOUT_REPORT_H
#define LETAK_LAYOUT_REPORT_H
#include "layout/frame.h"
#include "text/text.h"

enum fault { FAULT_NONE, FAULT_LOOSE, FAULT_TIGHT, FAULT_OVERFULL };
enum fault line_fault(const struct frame_line *l);
struct set_worst {
    long value;
    int page;        /* from 0 */
    struct place at; /* no file: there is none */
};
struct set_fault {
    enum fault fault;
    int page;
    const struct frame_line *line;
};
struct set_report {
    size_t pages, paragraphs, lines, full; /* full: justified lines */
    double mean;                           /* of the absolute stretch of full lines, percent */
    struct set_worst worst, ladder, river; /* percent, lines, lines */
    size_t hyphens, widows, orphans, rivers;
    size_t faults[4];
    VEC(struct set_fault) list; /* in a */
};
void report_make(struct arena *a, const struct frames *f, struct set_report *r);
enum report_form { REPORT_EN, REPORT_SR, REPORT_JSON };
void report_write(struct buf *b, const struct frames *f, const char *file, enum report_form form);
/* Puts boxes, baselines, marks of loose, tight and overfull lines and a legend beneath every page, all of it artifact: tags stay as they are. */
void report_draw(struct arena *a, struct frames *f, struct diag *diag);
#endif
