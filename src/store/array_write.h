/*
 * Arrays onto disk as BrainIO and xarray lay them out (netCDF-4: HDF5 with dimension scales, a `coordinates` attribute, UTF-8
 * strings of any length), so that xarray, BrainIO and this program read them. The same bytes for the same content: no time
 * stamps.
 */
#ifndef BB_STORE_ARRAY_WRITE_H
#define BB_STORE_ARRAY_WRITE_H

#include <stdint.h>

#include "base/file.h"

struct bb_array_coord {
    const char *name;
    size_t dim;
    const char *const *text; /* one per index, or … */
    const double *number;    /* … numbers; whole ones are written as int64 when `integer` */
    bool integer;
};

struct bb_array {
    const char *dim[4];
    size_t size[4];
    size_t n_dims;
    const struct bb_array_coord *coord; /* the order is that of the file */
    size_t n_coords;
    const double *value;               /* row-major */
    bool float32;                      /* as float32; else float64 */
    bool compressed;                   /* shuffle and gzip */
    const char *const (*attribute)[2]; /* name, text */
    size_t n_attributes;
};

/* The variable is called `data`. Atomic. */
enum bb_code bb_array_write(const char *path, const struct bb_array *array, struct bb_err *err) BB_MUST_CHECK;

#endif
