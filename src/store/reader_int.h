/*
 * How a reader is made, for array_file.c.
 */
#ifndef BB_STORE_READER_INT_H
#define BB_STORE_READER_INT_H

#include "store/h5.h"
#include "store/reader.h"

struct bb_reader_source {
    hid_t file;           /* taken over */
    struct bb_h5_set set; /* taken over; checked (bb_h5_set_check) */
    size_t row_axis, column_axis;
    const size_t *at;     /* the index along each other axis */
    size_t *row, *column; /* heap, taken over: those that are read, rising; NULL: all */
    size_t n_rows, n_columns;
};

/* The source is taken over also after an error. */
enum bb_code bb_reader_new(const struct bb_reader_source *source, struct bb_reader **out, struct bb_err *err) BB_MUST_CHECK;
void bb_reader_free(struct bb_reader *reader); /* NULL is fine */

#endif
