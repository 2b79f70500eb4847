/*
 * For the readers of picture formats only. Each is given bytes that begin with its signature.
 */
#ifndef BB_STIMULI_PICTURE_INT_H
#define BB_STIMULI_PICTURE_INT_H

#include "stimuli/picture.h"

enum bb_code bb_picture_decode_png(const char *path, const unsigned char *data, size_t len, struct bb_picture *out,
                                   struct bb_err *err);
enum bb_code bb_picture_decode_jpeg(const char *path, const unsigned char *data, size_t len, struct bb_picture *out,
                                    struct bb_err *err);
enum bb_code bb_picture_decode_bmp(const char *path, const unsigned char *data, size_t len, struct bb_picture *out,
                                   struct bb_err *err);

/* BB_ELIMIT or BB_EINPUT for sizes that are not read; else makes the picture. */
enum bb_code bb_picture_make(const char *path, size_t width, size_t height, struct bb_picture *out,
                             struct bb_err *err) BB_MUST_CHECK;

#endif
