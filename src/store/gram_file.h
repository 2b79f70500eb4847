/*
 * Gram matrices as a model gives them instead of features (HDF5): a group per layer with
 *     K            n × n float64 (or float32): X·Xᵀ of the uncentred features
 *     row_sum      n: sums of the rows of X
 *     p            number of features (a scalar dataset or attribute)
 * and `stimulus_id` (n strings), in each group or once at the root.
 */
#ifndef BB_STORE_GRAM_FILE_H
#define BB_STORE_GRAM_FILE_H

#include "base/file.h"

struct bb_gram_layer {
    const char *name;
    const char *const *stimulus; /* n ids, as in the file */
    size_t n, p;
};

struct bb_gram_file {
    struct bb_gram_layer *layer;
    size_t n_layers;
    const char *path;
    struct bb_arena *arena; /* owns all of it */
};

enum bb_code bb_gram_file_open(const char *path, struct bb_gram_file **out,
                               struct bb_err *err) BB_MUST_CHECK; /* everything but the matrices */
void bb_gram_file_free(struct bb_gram_file *file);
/* K (n × n) and row sums (n) of a layer, heap, the caller's. */
enum bb_code bb_gram_file_read(const struct bb_gram_file *file, size_t layer, double **K, double **row_sum,
                               struct bb_err *err) BB_MUST_CHECK;

#endif
