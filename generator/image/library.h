/* library.h: the libraries that read and write pixels, opened (dlopen) when the first picture needs them: linked, they would cost every start of the
 * program 5 ms, libgd 20. libgd is one of those that it only wraps, with 7 bits of alpha, without profiles and with threads of its own choice, so the
 * formats are asked of their own libraries and libgd reads GIF alone. */
#ifndef LETAK_IMAGE_LIBRARY_H
#define LETAK_IMAGE_LIBRARY_H
#include "image/inside.h"
#include <gd.h>
#include <libheif/heif.h>
#include <png.h>
#include <stdio.h>
#include <jpeglib.h>
#include <webp/decode.h>
#include <webp/encode.h>

/* X(library, function) */
#define LIBRARY_FUNCTIONS(X)                                                                                                                         \
    X(HEIF, heif_get_version)                                                                                                                        \
    X(HEIF, heif_context_alloc)                                                                                                                      \
    X(HEIF, heif_context_set_max_decoding_threads)                                                                                                   \
    X(HEIF, heif_context_read_from_memory_without_copy)                                                                                              \
    X(HEIF, heif_context_get_primary_image_handle)                                                                                                   \
    X(HEIF, heif_decode_image)                                                                                                                       \
    X(HEIF, heif_image_get_primary_width)                                                                                                            \
    X(HEIF, heif_image_get_primary_height)                                                                                                           \
    X(HEIF, heif_image_get_plane_readonly)                                                                                                           \
    X(HEIF, heif_image_get_plane)                                                                                                                    \
    X(HEIF, heif_image_create)                                                                                                                       \
    X(HEIF, heif_nclx_color_profile_alloc)                                                                                                           \
    X(HEIF, heif_image_set_nclx_color_profile)                                                                                                       \
    X(HEIF, heif_image_add_plane)                                                                                                                    \
    X(HEIF, heif_get_encoder_descriptors)                                                                                                            \
    X(HEIF, heif_encoder_descriptor_get_name)                                                                                                        \
    X(HEIF, heif_context_get_encoder)                                                                                                                \
    X(HEIF, heif_encoder_set_lossy_quality)                                                                                                          \
    X(HEIF, heif_encoder_set_parameter_integer)                                                                                                      \
    X(HEIF, heif_context_encode_image)                                                                                                               \
    X(HEIF, heif_context_write)                                                                                                                      \
    X(WEBP, WebPGetEncoderVersion)                                                                                                                   \
    X(WEBP, WebPDecodeBGRAInto)                                                                                                                      \
    X(WEBP, WebPConfigInitInternal)                                                                                                                  \
    X(WEBP, WebPConfigLosslessPreset)                                                                                                                \
    X(WEBP, WebPPictureInitInternal)                                                                                                                 \
    X(WEBP, WebPPictureRescale)                                                                                                                      \
    X(WEBP, WebPPictureFree)                                                                                                                         \
    X(WEBP, WebPEncode)                                                                                                                              \
    X(WEBP, WebPMemoryWriterInit)                                                                                                                    \
    X(WEBP, WebPMemoryWriterClear)                                                                                                                   \
    X(WEBP, WebPMemoryWrite)                                                                                                                         \
    X(PNG, png_access_version_number)                                                                                                                \
    X(PNG, png_image_begin_read_from_memory)                                                                                                         \
    X(PNG, png_image_finish_read)                                                                                                                    \
    X(PNG, png_image_write_to_memory)                                                                                                                \
    X(JPEG, jpeg_std_error)                                                                                                                          \
    X(JPEG, jpeg_CreateDecompress)                                                                                                                   \
    X(JPEG, jpeg_mem_src)                                                                                                                            \
    X(JPEG, jpeg_read_header)                                                                                                                        \
    X(JPEG, jpeg_start_decompress)                                                                                                                   \
    X(JPEG, jpeg_read_scanlines)                                                                                                                     \
    X(JPEG, jpeg_finish_decompress)                                                                                                                  \
    X(JPEG, jpeg_CreateCompress)                                                                                                                     \
    X(JPEG, jpeg_mem_dest)                                                                                                                           \
    X(JPEG, jpeg_set_defaults)                                                                                                                       \
    X(JPEG, jpeg_set_quality)                                                                                                                        \
    X(JPEG, jpeg_simple_progression)                                                                                                                 \
    X(JPEG, jpeg_start_compress)                                                                                                                     \
    X(JPEG, jpeg_write_scanlines)                                                                                                                    \
    X(JPEG, jpeg_finish_compress)                                                                                                                    \
    X(GD, gdImageCreateFromGifPtr)                                                                                                                   \
    X(GD, gdImageGetTrueColorPixel)                                                                                                                  \
    X(GD, gdSetErrorMethod)

enum library { LIBRARY_HEIF, LIBRARY_WEBP, LIBRARY_PNG, LIBRARY_JPEG, LIBRARY_GD, LIBRARIES };
/* The encoder of AVIF that is asked for by name, since there may be several; NULL where there is none. */
const struct heif_encoder_descriptor *library_avif(void);
extern struct library_functions {
#define X(library, name) __typeof__(name) *name; // NOLINT(bugprone-macro-parentheses)
    LIBRARY_FUNCTIONS(X)
#undef X
} lib;
#endif
