/* writer.h: inside pdf/. One struct pdf lives while one file is written.
 *
 * Order of work: object.c opens libharu's document; write.c makes the page objects; paint.c turns items into content streams, asking font.c for
 * character codes, picture.c for images, form.c for fields, and noting in tags[] what belongs to which structure element; then tags.c writes the
 * structure tree, font.c the subsets, meta.c metadata, outline and labels; object.c saves.
 *
 * Objects: libharu's cross references number them; it holds the few dictionaries that it makes itself (catalog, pages, info). All others are text
 * made here: a struct body by number, which costs a fraction of libharu's dictionary and its entries. */
#ifndef LETAK_PDF_WRITER_H
#define LETAK_PDF_WRITER_H
#include "pdf/pdf.h"
#include "text/text.h"
#include "image/image.h"
#include "image/profile.h"
#include <hpdf.h>
#include <libdeflate.h>

typedef uint32_t objid;

/* What a structure element contains itself: a piece of marked content of a page or an annotation, in painting order. */
struct tag_ref {
    struct tag_ref *next;
    uint32_t page;
    uint64_t seq; /* place in reading order: item.order, then as painted */
    int mcid;     /* -1: annotation */
    objid annot;
};
/* A run of an element that has text from right to left: painted in visual order, so its reading order is made here. */
struct tag_piece {
    struct tag_piece *next;
    uint32_t page;
    fixed x, y;
    bool rtl;
    struct str text;
};
struct pdf_tag {
    const struct tag *tag;
    bool rtl;                         /* has text from right to left */
    struct tag_piece *pieces, *piece; /* first, last, as painted; only where rtl */
    objid obj;                        /* 0 = pruned: nothing inside */
    struct tag_ref *first, *last;
    uint64_t seq;    /* first thing in it or below it; UINT64_MAX = nothing */
    struct str lang; /* its own or that of its parents */
};
struct pdf_page {
    objid obj;
    VEC(uint32_t) mcids; /* index of the structure element of each marked content */
    VEC(objid) annots;
    struct str content; /* deflated as soon as it is painted */
    bool alpha;         /* something on it is transparent */
};
struct pdf_annot { /* for the parent tree, in order of StructParent */
    objid obj;
    uint32_t tag;
};

struct pdf_font;
struct form;
struct body {                 /* an object of ours */
    struct str entries, data; /* text between << and >>; of a stream */
    bool ours, stream;
};
struct pdf {
    HPDF_Doc doc;
    VEC(struct body) bodies; /* by number */
    struct arena a;
    struct diag *d;
    const struct frames *f;
    const struct pdf_options *o;
    struct libdeflate_compressor *z, *z_page;
    bool tagged;
    struct pdf_page *pages;
    struct pdf_tag *tags; /* by tag->index */
    VEC(struct pdf_annot) annots;
    VEC(struct pdf_font *) fonts;
    struct pdf_font *font_used; /* found last */
    VEC(struct {
        const struct image *im;
        objid obj;
        double matrix[6];
        bool mask;
        struct image_inks inks; /* of a press file */
    })
    images;
    bool alphas[256], overprints[2]; /* /GnNN, /O0 and /O1 in the shared resources */
    struct pdf_press *press;         /* press.c; NULL until a colour needs a profile */
    struct form *form;
    objid resources, struct_root, outline, xmp, intent, screen_profile;
    uint32_t painted; /* items so far */
    bool failed;
};

/* --- object.c --- */
bool pdf_open(struct pdf *p);
void pdf_close(struct pdf *p);
objid pdf_new(struct pdf *p);                                      /* an empty dictionary, numbered */
void pdf_body(struct pdf *p, objid id, const struct buf *entries); /* text between << and >>; copied */
objid pdf_object(struct pdf *p, const struct buf *entries);        /* both at once */
struct str pdf_deflate_page(struct pdf *p, struct str data);       /* zlib, in p's arena; through the memory where there is one */
/* A stream with these extra entries; deflated unless raw, when entries name the filter. */
objid pdf_stream(struct pdf *p, const char *entries, struct str data, bool raw);
HPDF_Dict pdf_dict(struct pdf *p, objid id);                                        /* to name an object in libharu's own */
void pdf_add_text(struct pdf *p, HPDF_Dict dict, const char *key, struct str utf8); /* a text string entry */
bool pdf_save(struct pdf *p, struct buf *out);

void put_ref(struct buf *b, objid id);             /* "12 0 R" */
void put_text(struct buf *b, struct str utf8);     /* a text string: ASCII in (), else UTF-16BE in <> */
void put_bytes(struct buf *b, struct str bytes);   /* a byte string in (), escaped */
void put_name(struct buf *b, struct str name);     /* /Name, escaped */
void put_fixed(struct buf *b, fixed f);            /* points, at most two decimals */
void put_cents(struct buf *b, int64_t hundredths); /* points, from hundredths */
void put_real(struct buf *b, double x, int decimals);
void put_rect(struct buf *b, const struct frame_page *page, fixed x, fixed y, fixed w, fixed h); /* [llx lly urx ury] */

/* --- font.c --- */
struct pdf_font *pdf_font(struct pdf *p, const struct font *f);
unsigned pdf_font_index(const struct pdf_font *f); /* /FNN */
/* The code of a glyph that stands for text; made when first asked for. */
uint16_t pdf_font_cid(struct pdf *p, struct pdf_font *f, uint16_t glyph, struct str text);
int pdf_font_width(const struct pdf_font *f, uint16_t cid);         /* in thousandths of the size */
bool pdf_font_is(const struct font *f, uint16_t glyph, uint32_t c); /* the plain glyph of this character? */
void pdf_fonts_write(struct pdf *p);
void pdf_fonts_resources(struct pdf *p, struct buf *b); /* "/F0 1 0 R …" */
/* The bytes of a subset without cmap and, in name, its name with the tag. Used by letters.c, too. */
struct str pdf_subset(struct pdf *p, const struct font *f, const uint16_t *glyphs, size_t n, uint16_t *new_gids, char name[64]);
objid pdf_font_descriptor(struct pdf *p, const struct font *f, const char *name, struct str subset, int flags);

/* --- paint.c --- */
void pdf_paint(struct pdf *p, size_t page);
/* --- press.c --- */
bool press_open(struct pdf *p); /* of a press file: its profile; false: reported */
void press_close(struct pdf *p);
const struct press *press_how(const struct pdf *p);
const struct profile *press_profile(const struct pdf *p);
/* What is painted for c. fine: text or a hairline, which neutral colours leave to the black ink alone. */
struct color press_color(struct pdf *p, struct color c, bool fine);
/* c in sRGB, for files that are read on screens. */
struct color press_screen_color(struct pdf *p, struct color c);
/* Reports that a colour or a picture on this page, from 0, has too much ink; under: percent below what is painted over it. */
/* Does the point lie inside the path, curves taken as eight lines each? */
bool press_inside(const struct path *path, bool even_odd, struct point p);
void press_weigh(struct pdf *p, struct color c, int under, size_t page, struct place at);
void press_weigh_image(struct pdf *p, const struct image_inks *inks, const struct image *im, size_t page);
int press_inks(struct color c); /* percent */
/* --- picture.c --- */
/* Index into p->images, SIZE_MAX where the image is broken (reported). */
size_t pdf_image(struct pdf *p, const struct image *im);
/* --- form.c --- */
void form_widget(struct pdf *p, size_t page, const struct item *it, uint64_t seq);
void form_write(struct pdf *p);
/* --- tags.c --- */
void tags_open(struct pdf *p);
const char *tag_name(enum tag_type t);
int tags_mcid(struct pdf *p, const struct tag *t, size_t page, uint64_t seq);               /* a new marked content of the page */
int tags_annot(struct pdf *p, const struct tag *t, size_t page, uint64_t seq, objid annot); /* its StructParent */
void tags_piece(struct pdf *p, size_t page, const struct item *it);                         /* text of an element with rtl */
void tags_write(struct pdf *p);
/* --- meta.c --- */
void pdf_metadata(struct pdf *p);
objid pdf_screen_profile(struct pdf *p); /* of sRGB; 0: reported */
void pdf_outline(struct pdf *p);
void pdf_labels(struct pdf *p);
void pdf_link(struct pdf *p, size_t page, const struct item *it, uint64_t seq);
#endif
