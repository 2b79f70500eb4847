/*
 * Elements of a file as float64: integers of 1, 2, 4 and 8 bytes, floats of 2, 4 and 8, in either byte order; and what netCDF
 * says about values: _FillValue and missing_value (NaN), scale_factor and add_offset.
 */
#ifndef BB_STORE_ELEMENT_H
#define BB_STORE_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>

struct bb_element {
    char kind;          /* 'f', 'i', 'u'; 0: none of these */
    unsigned char size; /* bytes */
    bool swapped;       /* the other byte order than this machine's */
};

extern const struct bb_element bb_element_double, bb_element_float; /* as this machine has them */

/* n elements that stand one after the other, at any address. */
void bb_element_convert(struct bb_element element, const void *from, size_t n, double *to);
/* Whether a float has every value of the element. */
bool bb_element_fits_float(struct bb_element element);

struct bb_scaling {
    double fill[2];
    size_t n_fill;
    bool scaled; /* value · scale + offset */
    double scale, offset;
};
void bb_scaling_apply(const struct bb_scaling *scaling, double *value, size_t n);

/* The shuffle filter undone: byte b of element i stands at from[b · n + i]; bytes that are left over stand at the end. */
void bb_unshuffle(const void *from, size_t len, size_t size, void *to);

#endif
