/*
 * The discrete Fourier transform of square images, in place: what noise of a given spectrum is made with. side is a power of
 * two, at most BB_FOURIER_MOST. The inverse divides by the number of pixels.
 */
#ifndef BB_EXAMPLE_FOURIER_H
#define BB_EXAMPLE_FOURIER_H

#include <stdbool.h>
#include <stddef.h>

enum { BB_FOURIER_MOST = 256 };

void bb_fourier(double *re, double *im, size_t side, bool inverse);

#endif
