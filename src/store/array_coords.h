/*
 * The coordinates of a data variable, after the rules of `columns`, and what `where` leaves of each axis.
 */
#ifndef BB_STORE_ARRAY_COORDS_H
#define BB_STORE_ARRAY_COORDS_H

#include "store/array_layout.h"

struct bb_array_coords {
    struct bb_coord *coord; /* heap; dim is the axis of the data variable */
    size_t n;
    bool *keep[BB_MAX_DIMS]; /* heap; NULL: all */
    size_t kept[BB_MAX_DIMS];
};

struct bb_left; /* store/array_file.h */

/* `columns` and `left` may be NULL. bb_array_coords_release also after an error. */
enum bb_code bb_array_coords_read(struct bb_layout *layout, const struct bb_columns *columns, const struct bb_left *left,
                                  struct bb_array_coords *out, struct bb_err *err) BB_MUST_CHECK;
void bb_array_coords_release(struct bb_array_coords *coords);

/* One variable as a series under `name` of `n` values (a constant is repeated); ids become text. */
enum bb_code bb_var_series(const struct bb_var *var, const char *name, size_t n, struct bb_series *out,
                           struct bb_err *err) BB_MUST_CHECK;

#endif
