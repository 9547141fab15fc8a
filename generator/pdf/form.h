/* form.h: inside pdf/: the font of form fields, and how values look in it. */
#ifndef LETAK_PDF_FORM_H
#define LETAK_PDF_FORM_H
#include "pdf/writer.h"

/* The font's name among the resources. PDFium takes the font of /DA for letters other than Windows-1252 only if it is called as the symbol fonts are
 * (CPDF_BAFontMap); by any other name Serbian would be typed in whatever font the machine has. */
#define FORM_FONT "Wingdings"

/* --- letters.c --- */
struct letters {
    struct font font; /* opened for one file */
    objid obj;
    uint32_t chars[256]; /* by code; 0 = none */
    const char *names[256];
    uint16_t glyphs[256];
};
/* Opens the font and gives its object a number; the letters are known from then on. p->failed where it is missing (reported). */
void letters_open(struct pdf *p, struct letters *m);
void letters_write(struct pdf *p, const struct letters *m); /* the font object */
void letters_close(struct letters *m);
int letters_code(const struct letters *m, uint32_t c); /* 0 = it has not got that character */
int letters_width(const struct letters *m, int code);  /* in thousandths of the size */
/* The codes of s, '?' for what has none; false then. */
bool letters_encode(const struct letters *m, struct str s, struct buf *b);

/* --- value.c --- */
enum { VALUE_SMALLEST = 6 };
/* Appends the content of the appearance of a field w × h points with this text: at the given size where it fits, else smaller, in several lines
 * where that is better. A single line stands in the middle of the height unless at_top. False where it does not fit at VALUE_SMALLEST either. */
bool value_paint(const struct letters *m, struct str text, double w, double h, double size, bool at_top, struct buf *out);
double value_width(const struct letters *m, struct str text); /* at size 1 */
#endif
