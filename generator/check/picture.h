/* picture.h: what pictures may carry beside their pixels, and whether something still does after image/ cleaned them. */
#ifndef LETAK_CHECK_PICTURE_H
#define LETAK_CHECK_PICTURE_H
#include "base/str.h"

/* The name of the first thing in a PNG, JPEG, GIF, WebP, AVIF or HEIC that is neither pixels nor their colours: "EXIF", "XMP", "comment", "text",
 * "time", "bytes behind its end", …; NULL where there is none, or the bytes are no such picture. "damaged" where its parts cannot be walked to the
 * end. */
const char *picture_carries(struct str bytes);
bool picture_is(struct str bytes); /* one of these, by its first bytes */
#endif
