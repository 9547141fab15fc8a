/* profile.h: colours through ICC profiles (ISO 15076-1) by lcms2: relative colorimetric, with black point compensation (ISO 18619). The screen is
 * always sRGB (IEC 61966-2-1). */
#ifndef LETAK_IMAGE_PROFILE_H
#define LETAK_IMAGE_PROFILE_H
#include "base/diag.h"

#define PROFILE_USUAL "/usr/share/color/icc/ghostscript/default_cmyk.icc" /* of CMYK that does not say which: package libgs-common */

struct profile; /* of a press: paper and four inks. Of one thread */
enum profile_use { PROFILE_FOR_PRESS, PROFILE_FOR_SCREEN };
/* icc: bytes of the profile, which must live as long as what is returned; "" = the usual one. file and at: for messages. NULL and a message where it
 * is missing, broken, or no profile of a CMYK printer that can be used so. profile_close(NULL) does nothing. */
struct profile *profile_open(struct str icc, const char *file, struct place at, enum profile_use use, struct diag *d);
void profile_close(struct profile *p);
struct str profile_bytes(const struct profile *p);
const char *profile_name(const struct profile *p); /* its description, in ASCII; never empty */

/* All parts 0–255. FOR_SCREEN: */
void profile_to_screen(struct profile *p, const uint8_t cmyk[4], uint8_t rgb[3]);
/* FOR_PRESS; white is the bare paper: */
void profile_to_press(struct profile *p, const uint8_t rgb[3], uint8_t cmyk[4]);
/* FOR_PRESS: as much of the black ink alone as looks as light as this grey; black is all of it. */
uint8_t profile_black(struct profile *p, uint8_t grey);
#endif
