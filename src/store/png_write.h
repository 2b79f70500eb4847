/*
 * Grey pictures as PNG: the same bytes for the same picture.
 */
#ifndef BB_STORE_PNG_WRITE_H
#define BB_STORE_PNG_WRITE_H

#include "base/mem.h"

/* gray: height rows of width bytes, 0 is black. Appended to out. */
void bb_png_gray(struct bb_buf *out, const unsigned char *gray, size_t width, size_t height);

#endif
