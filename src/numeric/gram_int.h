/*
 * Helpers that the files of the Gram engine and the regressions share. All matrices are row-major unless a name says otherwise.
 */
#ifndef BB_NUMERIC_GRAM_INT_H
#define BB_NUMERIC_GRAM_INT_H

#include <cblas.h>
#include <lapacke.h>
#include <stdlib.h>

#include "numeric/gram.h"

int bb_int(size_t n); /* a dimension as BLAS takes it; ends the process with a sentence when it does not fit */

double *bb_doubles(size_t count); /* bb_malloc, at least one; overflow is checked */
double *bb_zeros(size_t count);   /* bb_calloc, at least one */
double bb_sum(const double *x, size_t n);
double bb_dot(const double *x, const double *y, size_t n); /* cblas_ddot on the whole of two vectors */

void bb_mirror_upper(double *A, size_t n); /* the upper triangle into the lower one */
void bb_gather_rows(const double *A, size_t n_cols, const size_t *rows, size_t n_rows, double *out);
void bb_gather_square(const double *A, size_t n, const size_t *rows, size_t n_rows, const size_t *cols, size_t n_cols,
                      double *out);
void bb_column_means(const double *A, size_t n_rows, size_t n_cols, double *mean);
void bb_subtract_row(double *A, size_t n_rows, size_t n_cols, const double *row); /* from each row of A */

/* Kernel of the training rows, centred over them; row_mean (n) and *grand, both of the kernel before, may be NULL. */
void bb_centre_kernel(double *K, size_t n, double *row_mean, double *grand);
/* A: kernel of other rows (n_rows) with the training rows (n), whose means are row_mean and grand: as centred over the
   training rows. */
void bb_centre_cross(double *A, size_t n_rows, size_t n, const double *row_mean, double grand);

/* Eigenvalues (ascending) and vectors of the symmetric A: on return row k of A is the vector of value[k]. false: LAPACK gave
   up. */
bool bb_eigen(double *A, size_t n, double *value);

/*
 * Of the ascending eigenvalues of a kernel, the first that is more than rounding; those before it count as zero. Rounding is what
 * is below n·eps of the largest,
 * what is not above the size of the negative ones (products that were given may have lost digits), and all but the `rank`
 * largest.
 */
size_t bb_first_sound(const double *value, size_t n, size_t rank);

#endif
