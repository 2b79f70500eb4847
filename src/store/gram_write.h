/*
 * Gram matrices onto disk, as gram_file.h reads them. The same bytes for the same content.
 */
#ifndef BB_STORE_GRAM_WRITE_H
#define BB_STORE_GRAM_WRITE_H

#include "base/file.h"

struct bb_gram_part {
    const char *name; /* of the layer: a group; "/" in it makes groups in groups */
    const double *K;  /* n × n: X·Xᵀ of the uncentred features */
    const double *row_sum;
    size_t p;
};

/* stimulus: n ids, once at the root. Atomic. */
enum bb_code bb_gram_file_write(const char *path, const char *const *stimulus, size_t n, const struct bb_gram_part *part,
                                size_t n_parts, struct bb_err *err) BB_MUST_CHECK;

#endif
