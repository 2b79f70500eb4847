/*
 * The data of tests/numeric/regress.py, made anew.
 */
#ifndef REGRESS_CASE_H
#define REGRESS_CASE_H

#include "base/json.h"
#include "numeric/gram.h"

struct regress_data {
    size_t n, p, q;
    double *X, *Y; /* in the arena */
};

const struct bb_json *regress_goldens(struct bb_arena *arena); /* the object "cases" */
struct regress_data regress_data_of(const struct bb_json *c, struct bb_arena *arena);
size_t *sizes_of(const struct bb_json *array, struct bb_arena *arena, size_t *n);

/* The Gram of X in blocks of `width` features. */
struct bb_gram *gram_of(const double *X, size_t n, size_t p, size_t width);
/* The same, from X·Xᵀ and the row sums. */
struct bb_gram *gram_of_products(const double *X, size_t n, size_t p);

#endif
