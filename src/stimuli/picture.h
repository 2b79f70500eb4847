/*
 * Pictures of stimulus sets: PNG, JPEG and BMP files as red, green and blue bytes, and back as PNG.
 *
 * What comes out is what the reference's reader (Pillow, `convert("RGB")`) makes of the same file: grey and palettes become colours, transparency is
 * dropped (not blended), gamma, colour profiles and EXIF rotation are ignored.
 */
#ifndef BB_STIMULI_PICTURE_H
#define BB_STIMULI_PICTURE_H

#include <stdbool.h>

#include "base/mem.h"

struct bb_picture {
    size_t width, height;
    unsigned char *rgb; /* height × width × 3, rows from the top; heap: bb_picture_release */
};

enum { BB_PICTURE_SIDE_MOST = 16384 };

/* BB_EABSENT; BB_EINPUT: no picture, or a damaged one; BB_ELIMIT: more than BB_PICTURE_SIDE_MOST pixels in a direction. */
enum bb_code bb_picture_read(const char *path, struct bb_picture *out, struct bb_err *err) BB_MUST_CHECK;
/* The same of bytes; `path` is for messages. */
enum bb_code bb_picture_decode(const char *path, const void *data, size_t len, struct bb_picture *out,
                               struct bb_err *err) BB_MUST_CHECK;
struct bb_picture bb_picture_new(size_t width, size_t height); /* black */
void bb_picture_release(struct bb_picture *picture);

/* The same bytes for the same picture. JPEG: of libjpeg's own quality (75), which loses a little. */
enum bb_code bb_picture_write_png(const char *path, const struct bb_picture *picture, struct bb_err *err) BB_MUST_CHECK;

enum bb_code bb_picture_write_jpeg(const char *path, const struct bb_picture *picture, struct bb_err *err) BB_MUST_CHECK;

bool bb_picture_name_jpeg(const char *name); /* ends in .jpg or .jpeg, in any case */
bool bb_picture_name(const char *name);      /* ends as a picture's file does: .png, .jpg, .jpeg, .bmp in any case */

/*
 * Another size, as Pillow's Image.resize does it to the bit (bicubic with a = −1/2, as wide as the reduction asks for; first along rows, then along
 * columns, in 8-bit fixed point): https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize
 */
struct bb_picture bb_picture_resize(const struct bb_picture *picture, size_t width, size_t height);

/* ITU-R 601-2 luma as Pillow's `convert("L")`: (19595 R + 38470 G + 7471 B + 2¹⁵) / 2¹⁶; width × height bytes. */
void bb_picture_luma(const struct bb_picture *picture, unsigned char *grey);

#endif
