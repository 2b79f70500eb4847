/*
 * Correlation matrix: how alike the scores of benchmarks are. Below the diagonal r, as number and shade while there is room; above it the number of
 * models that both have. Many benchmarks: shades alone, on both sides. What is below zero is told apart by colour and by its sign.
 */
#ifndef BB_CHART_MATRIX_H
#define BB_CHART_MATRIX_H

#include "chart/axis.h"

#define BB_MATRIX_NUMBERS 16 /* so many rows have numbers in their cells */

struct bb_matrix {
    const char *title;
    const char *quantity;    /* "Pearson r" */
    const char *const *name; /* of rows and columns */
    size_t n;
    const double *r;     /* n × n, −1 … 1, symmetric; NaN: none; the diagonal is not looked at */
    const size_t *count; /* n × n: models in common; NULL: not known */
    size_t few;          /* from fewer r is muted, or has a dot; 0: never */
    const size_t *order; /* NULL: as given */
};

struct bb_scene *bb_matrix_scene(const struct bb_matrix *matrix, struct bb_arena *arena);

#endif
