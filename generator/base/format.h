/* format.h: what printf does, for the few conversions that nearly every format here is made of. glibc's takes about a thousand instructions for
 * "<sup>%d</sup>", and a page has twenty of them. */
#ifndef LETAK_BASE_FORMAT_H
#define LETAK_BASE_FORMAT_H
#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf (C17, 7.21.6.12): at most room - 1 bytes and a NUL to s, returns how many there are without that limit. A format with anything but
 * %% %c %s %.*s %.Ns %d %i %u %x, with h, l, ll, z, 0 and a width, goes to vsnprintf itself. */
size_t format_into(char *s, size_t room, const char *format, va_list args);
#endif
