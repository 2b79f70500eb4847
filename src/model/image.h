/*
 * Grey images: what models of vision look at.
 *
 * Pixels are 0 (black) to 1 (white), rows from the top. All images of a set are squares of one size. PNG files (written by
 * store/png_write.h) have 8 bits, so an image that is to be the same in a file and in memory goes through bb_image_quantise
 * first.
 */
#ifndef BB_MODEL_IMAGE_H
#define BB_MODEL_IMAGE_H

#include "base/mem.h"

struct bb_images {
    size_t n, side;
    double *pixel; /* n × side × side */
};

struct bb_images bb_images_new(size_t n, size_t side, struct bb_arena *arena); /* black */
double *bb_image_at(const struct bb_images *images, size_t i);

/* To the nearest of 256 grey levels, in place; out of range is clipped. */
void bb_image_quantise(double *pixel, size_t n);
void bb_image_bytes(const double *pixel, size_t n, unsigned char *grey);

/* Mean 0 and standard deviation 1 (a flat image: all 0). */
void bb_image_standardise(const double *pixel, size_t n, double *out);

/* A map (side × side) as grid × grid means, or maxima, of its blocks; side is a multiple of grid. */
void bb_map_mean(const double *map, size_t side, size_t grid, double *out);
void bb_map_max(const double *map, size_t side, size_t grid, double *out);

#endif
