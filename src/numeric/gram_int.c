#include "numeric/gram_int.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

int bb_int(size_t n)
{
    if (n > INT_MAX) bb_die("A matrix has %zu rows or columns; the linear algebra library takes at most %d.", n, INT_MAX);
    return (int)n;
}

double *bb_doubles(size_t count)
{
    if (count > SIZE_MAX / sizeof(double)) bb_die("A matrix of %zu numbers does not fit into memory.", count);
    return bb_malloc((count ? count : 1) * sizeof(double));
}

double *bb_zeros(size_t count)
{
    return bb_calloc(count ? count : 1, sizeof(double));
}

double bb_sum(const double *x, size_t n)
{
    double lane[4] = {0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t l = 0; l < 4; l++) lane[l] += x[i + l];
    for (; i < n; i++) lane[0] += x[i];
    return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

double bb_dot(const double *x, const double *y, size_t n)
{
    return cblas_ddot(bb_int(n), x, 1, y, 1);
}

/* In tiles: a column of a large matrix touches a page per element. */
void bb_mirror_upper(double *A, size_t n)
{
    const size_t tile = 32;
    for (size_t top = 0; top < n; top += tile)
        for (size_t left = top; left < n; left += tile)
            for (size_t i = top; i < top + tile && i < n; i++)
                for (size_t j = left > i ? left : i + 1; j < left + tile && j < n; j++) A[j * n + i] = A[i * n + j];
}

void bb_gather_rows(const double *A, size_t n_cols, const size_t *rows, size_t n_rows, double *out)
{
    for (size_t i = 0; i < n_rows; i++) memcpy(out + i * n_cols, A + rows[i] * n_cols, n_cols * sizeof *out);
}

void bb_gather_square(const double *A, size_t n, const size_t *rows, size_t n_rows, const size_t *cols, size_t n_cols,
                      double *out)
{
    for (size_t i = 0; i < n_rows; i++) {
        const double *from = A + rows[i] * n;
        double *to = out + i * n_cols;
        for (size_t j = 0; j < n_cols; j++) to[j] = from[cols[j]];
    }
}

/* Two passes: what the rounding of the first sum left out is in the second. */
void bb_column_means(const double *A, size_t n_rows, size_t n_cols, double *mean)
{
    double *rest = bb_zeros(n_cols);
    memset(mean, 0, n_cols * sizeof *mean);
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_cols; j++) mean[j] += A[i * n_cols + j];
    for (size_t j = 0; j < n_cols; j++) mean[j] /= (double)n_rows;
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_cols; j++) rest[j] += A[i * n_cols + j] - mean[j];
    for (size_t j = 0; j < n_cols; j++) mean[j] += rest[j] / (double)n_rows;
    free(rest);
}

void bb_subtract_row(double *A, size_t n_rows, size_t n_cols, const double *row)
{
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_cols; j++) A[i * n_cols + j] -= row[j];
}

void bb_centre_kernel(double *K, size_t n, double *row_mean, double *grand)
{
    double *mean = row_mean ? row_mean : bb_doubles(n);
    for (size_t i = 0; i < n; i++) mean[i] = bb_sum(K + i * n, n) / (double)n;
    double all = bb_sum(mean, n) / (double)n;
    for (size_t i = 0; i < n; i++) {
        double shift = mean[i] - all;
        for (size_t j = 0; j < n; j++) K[i * n + j] -= shift + mean[j];
    }
    if (grand) *grand = all;
    if (!row_mean) free(mean);
}

void bb_centre_cross(double *A, size_t n_rows, size_t n, const double *row_mean, double grand)
{
    for (size_t i = 0; i < n_rows; i++) {
        double shift = bb_sum(A + i * n, n) / (double)n - grand;
        for (size_t j = 0; j < n; j++) A[i * n + j] -= shift + row_mean[j];
    }
}

bool bb_eigen(double *A, size_t n, double *value)
{
    int order = bb_int(n);
    return n == 0 || LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'V', 'L', order, A, order, value) == 0;
}

size_t bb_first_sound(const double *value, size_t n, size_t rank)
{
    if (n == 0) return 0;
    size_t first = rank < n ? n - rank : 0;
    double least = fmax((double)n * 2.220446049250313e-16 * value[n - 1], -4 * value[0]);
    while (first < n && !(value[first] > least)) first++;
    return first;
}
