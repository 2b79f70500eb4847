#include "numeric/blas.h"

#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void bb_blas_settle(char **argv)
{
    if (getenv("BRAINBOARD_BLAS_SETTLED")) return;
    setenv("BRAINBOARD_BLAS_SETTLED", "1", 1);
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) setenv("OPENBLAS_CORETYPE", "Haswell", 0);
#endif
    execv("/proc/self/exe", argv); /* where that is not possible, the library runs as it is */
}

void bb_blas_one_thread(void)
{
    openblas_set_num_threads(1);
}

const char *bb_blas_kernel(void)
{
    static char text[128];
    char name[32] = "", version[32] = "";
    (void)sscanf(openblas_get_config(), "%31s %31s", name, version); /* "OpenBLAS 0.3.21 DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64" */
    snprintf(text, sizeof text, "%s %s, %s", name, version, openblas_get_corename());
    return text;
}

enum { M = 97, N = 83, K = 61 };

/* Numbers without a pattern, the same everywhere. */
static void fill(double *x, size_t n, unsigned seed)
{
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525u + 1013904223u;
        x[i] = (double)(seed >> 8) / (1 << 24) - .5;
    }
}

static double product(const double *a, const double *b, size_t i, size_t j)
{
    double sum = 0;
    for (size_t k = 0; k < K; k++) sum += a[i * K + k] * b[k * N + j];
    return sum;
}

enum bb_code bb_blas_self_check(struct bb_err *err)
{
    static double a[M * K], b[K * N], c[M * N], g[M * M], l[M * M];
    double worst = 0;
    bb_blas_one_thread();
    fill(a, M * K, 1);
    fill(b, K * N, 2);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, M, N, K, 1, a, K, b, N, 0, c, N);
    for (size_t i = 0; i < M; i++)
        for (size_t j = 0; j < N; j++) worst = fmax(worst, fabs(c[i * N + j] - product(a, b, i, j)));
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasNoTrans, M, K, 1, a, K, 0, g, M);
    for (size_t i = 0; i < M; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k < K; k++) sum += a[i * K + k] * a[j * K + k];
            worst = fmax(worst, fabs(g[i * M + j] - sum));
            l[i * M + j] = g[i * M + j] + (i == j);
        }
    /* row-major lower is column-major upper: g + 1 = Uᵀ U */
    lapack_int info = LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'U', M, l, M);
    for (size_t i = 0; i < M && info == 0; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k <= j; k++) sum += l[i * M + k] * l[j * M + k];
            worst = fmax(worst, fabs(sum - g[i * M + j] - (i == j)));
        }
    if (info == 0 && worst < 1e-12) return BB_OK;
    return bb_fail(err, BB_ENUMERIC,
                   "the linear algebra library computes wrong numbers on this processor (kernel %s, off by %g): set "
                   "OPENBLAS_CORETYPE, as in OPENBLAS_CORETYPE=Haswell",
                   openblas_get_corename(), worst);
}
