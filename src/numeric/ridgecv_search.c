#include "numeric/ridgecv_search.h"

#include <math.h>
#include <string.h>

#define FREE  3  /* 1, λ, λ² cost no factor */
#define TRIES 16 /* alphas to be computed before eigenvectors are cheaper */
#define BASIS (FREE + TRIES)
#define GRID  128 /* eigenvalues at which ε is looked at */
#define PAIRS (BASIS * (BASIS + 1) / 2)

struct search {
    const double *K, *Y, *alpha;
    size_t n, q, n_alphas;
    double lift;             /* eigenvalue given to the direction of ones, which K does not have */
    double low, high;        /* of the eigenvalues of K in all other directions */
    size_t band;             /* K + lift = Q B Qᵀ: */
    double *B;               /* (band + 1) × n by columns: the lower half of the band */
    double *Q;               /* n × n by columns */
    double *rotated;         /* n × q by columns: QᵀY */
    size_t m;                /* functions of K so far */
    double at[BASIS];        /* their alphas, from FREE on */
    double scale;            /* of λ in the free ones */
    double *diagonal[BASIS]; /* n: of the function of K */
    double *image[BASIS];    /* n × q: the function of K, times Y */
    double *products;        /* n × PAIRS: for each row, the products of the images' rows */
    bool *computed;          /* n_alphas */
    bool *contender;         /* n_alphas: can be the smallest */
    double *error;           /* n_alphas: the sum of squares, and its bounds */
    double *lower, *upper;
    double *epsilon; /* n_alphas */
    double grid[GRID];
};

static size_t pair(size_t a, size_t b) /* a >= b */
{
    return a * (a + 1) / 2 + b;
}

static void add_function(struct search *s, double at, double *diagonal, double *image)
{
    size_t m = s->m++;
    s->at[m] = at;
    s->diagonal[m] = diagonal;
    s->image[m] = image;
    for (size_t b = 0; b <= m; b++)
        for (size_t i = 0; i < s->n; i++)
            s->products[i * PAIRS + pair(m, b)] = bb_dot(image + i * s->q, s->image[b] + i * s->q, s->q);
}

/* 1, λ / scale, (λ / scale)² */
static void add_free_functions(struct search *s)
{
    size_t n = s->n, q = s->q;
    double *one = bb_doubles(n), *own = bb_doubles(n), *square = bb_doubles(n);
    double *Y0 = bb_doubles(n * q), *Y1 = bb_doubles(n * q), *Y2 = bb_doubles(n * q), step = 1 / s->scale;
    int in = bb_int(n), iq = bb_int(q);
    for (size_t i = 0; i < n; i++) {
        one[i] = 1 - 1 / (double)n;
        own[i] = s->K[i * n + i] * step;
        square[i] = bb_dot(s->K + i * n, s->K + i * n, n) * step * step;
    }
    memcpy(Y0, s->Y, n * q * sizeof *Y0);
    cblas_dsymm(CblasRowMajor, CblasLeft, CblasUpper, in, iq, step, s->K, in, Y0, iq, 0, Y1, iq);
    cblas_dsymm(CblasRowMajor, CblasLeft, CblasUpper, in, iq, step, s->K, in, Y1, iq, 0, Y2, iq);
    add_function(s, 0, one, Y0);
    add_function(s, 0, own, Y1);
    add_function(s, 0, square, Y2);
}

/* --- K in a band ------------------------------------------------------------------------------------------------------ */

/* LAPACK's first stage of the two to a tridiagonal matrix, which LAPACKE leaves out: A = Q B Qᵀ with B in a band. */
void dsytrd_sy2sb_(const char *uplo, const lapack_int *n, const lapack_int *kd, double *A, const lapack_int *lda, double *AB,
                   const lapack_int *ldab, double *tau, double *work, const lapack_int *lwork, lapack_int *info,
                   size_t uplo_length);

/* Q (n × n, by columns): 1 in the first kd rows and columns, then the reflectors that lie in A below the band. */
static bool form_rotation(struct search *s, const double *A, const double *tau)
{
    size_t n = s->n, kd = s->band, m = n - kd;
    double *reflectors = bb_zeros(m * m);
    for (size_t j = 0; j < m; j++) memcpy(reflectors + j * m + j, A + j * n + kd + j, (m - j) * sizeof *A);
    bool good = LAPACKE_dorgqr(LAPACK_COL_MAJOR, bb_int(m), bb_int(m), bb_int(m), reflectors, bb_int(m), tau) == 0;
    s->Q = bb_zeros(n * n);
    for (size_t j = 0; j < kd; j++) s->Q[j * n + j] = 1;
    for (size_t j = 0; j < m; j++) memcpy(s->Q + (kd + j) * n + kd, reflectors + j * m, m * sizeof *A);
    free(reflectors);
    return good;
}

/* B, Q and QᵀY. */
static bool reduce_to_band(struct search *s)
{
    size_t n = s->n, kd = s->band;
    lapack_int in = bb_int(n), ikd = bb_int(kd), rows = ikd + 1, info = 0, lwork = -1;
    double *A = bb_doubles(n * n), *tau = bb_doubles(n), best_size = 0;
    for (size_t i = 0; i < n * n; i++) A[i] = s->K[i] + s->lift / (double)n;
    s->B = bb_zeros((kd + 1) * n);
    dsytrd_sy2sb_("L", &in, &ikd, A, &in, s->B, &rows, tau, &best_size, &lwork, &info, 1);
    lwork = (lapack_int)best_size;
    double *work = bb_doubles((size_t)lwork);
    dsytrd_sy2sb_("L", &in, &ikd, A, &in, s->B, &rows, tau, work, &lwork, &info, 1);
    free(work);
    bool good = info == 0 && form_rotation(s, A, tau);
    free(tau);
    free(A);
    s->rotated = bb_doubles(n * s->q);
    if (good)
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasTrans, bb_int(s->q), in, in, 1, s->Y, bb_int(s->q), s->Q, in, 0, s->rotated,
                    in);
    return good;
}

/* L: the Cholesky factor of B + at, in a band. */
static bool factor(const struct search *s, double at, double *L)
{
    size_t rows = s->band + 1;
    memcpy(L, s->B, rows * s->n * sizeof *L);
    for (size_t j = 0; j < s->n; j++) L[j * rows] += at;
    return LAPACKE_dpbtrf(LAPACK_COL_MAJOR, 'L', bb_int(s->n), bb_int(s->band), L, bb_int(rows)) == 0;
}

static void solve(const struct search *s, const double *L, double *x, size_t n_columns)
{
    LAPACKE_dpbtrs(LAPACK_COL_MAJOR, 'L', bb_int(s->n), bb_int(s->band), bb_int(n_columns), L, bb_int(s->band + 1), x,
                   bb_int(s->n));
}

/* A little less than the smallest eigenvalue, by inverse iteration. */
static bool find_smallest(struct search *s, double at)
{
    size_t n = s->n;
    double *v = bb_doubles(2 * n), *x = v + n, *L = bb_doubles((s->band + 1) * n), size = 1;
    bool good = factor(s, at, L);
    for (size_t i = 0; i < n; i++) v[i] = (double)((i * 2654435761u) % 1009) - 504;
    for (int turn = 0; good && turn < 60; turn++) {
        cblas_dscal(bb_int(n), 1 / cblas_dnrm2(bb_int(n), v, 1), v, 1);
        memcpy(x, v, n * sizeof *x);
        solve(s, L, x, 1);
        size = bb_dot(v, x, n);
        memcpy(v, x, n * sizeof *x);
    }
    s->low = fmax(.8 / size - at, 0);
    free(L);
    free(v);
    return good;
}

/* The blocks of L: diagonal (b × b, lower) and the one to the left of it (b × last, upper), by columns of length `band`. */
static void blocks_of(const struct search *s, const double *L, size_t at, size_t b, size_t last, double *own, double *left)
{
    size_t kd = s->band, rows = kd + 1;
    memset(own, 0, kd * kd * sizeof *own);
    memset(left, 0, kd * kd * sizeof *left);
    for (size_t j = 0; j < b; j++)
        for (size_t i = j; i < b; i++) own[j * kd + i] = L[(at + j) * rows + i - j];
    for (size_t j = 0; j < last; j++)
        for (size_t i = 0; i < b && last + i - j <= kd; i++) left[j * kd + i] = L[(at - last + j) * rows + last + i - j];
}

/* diagonal = diag(Q (LLᵀ)⁻¹ Qᵀ): the squares of the rows of X = Q L⁻ᵀ, block by block of its columns. */
static void diagonal_of(const struct search *s, const double *L, double *diagonal)
{
    size_t n = s->n, kd = s->band, last = 0;
    int in = bb_int(n), ikd = bb_int(kd);
    double *X = bb_doubles(2 * n * kd), *before = X + n * kd, *own = bb_doubles(2 * kd * kd), *left = own + kd * kd;
    double *two[2] = {X, before};
    memset(diagonal, 0, n * sizeof *diagonal);
    for (size_t at = 0, turn = 0; at < n; at += last, turn++) {
        size_t b = n - at < kd ? n - at : kd;
        double *now = two[turn % 2];
        memcpy(now, s->Q + at * n, n * b * sizeof *now);
        blocks_of(s, L, at, b, last, own, left);
        if (last)
            cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, in, bb_int(b), bb_int(last), -1, two[(turn + 1) % 2], in, left,
                        ikd, 1, now, in);
        cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, in, bb_int(b), 1, own, ikd, now, in);
        for (size_t j = 0; j < b; j++)
            for (size_t i = 0; i < n; i++) diagonal[i] += now[j * n + i] * now[j * n + i];
        last = b;
    }
    free(own);
    free(X);
}

/* diag((K + at)⁻¹) and (K + at)⁻¹Y. false: not positive definite. */
static bool compute(struct search *s, double at)
{
    size_t n = s->n, q = s->q;
    double *L = bb_doubles((s->band + 1) * n);
    bool good = factor(s, at, L);
    if (good) {
        double *diagonal = bb_doubles(n), *image = bb_doubles(n * q), *c = bb_doubles(n * q);
        int in = bb_int(n), iq = bb_int(q);
        diagonal_of(s, L, diagonal);
        for (size_t i = 0; i < n; i++) diagonal[i] -= 1 / ((double)n * (at + s->lift));
        memcpy(c, s->rotated, n * q * sizeof *c);
        solve(s, L, c, q);
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasTrans, in, iq, in, 1, s->Q, in, c, in, 0, image, iq);
        free(c);
        add_function(s, at, diagonal, image);
    }
    free(L);
    return good;
}

/* --- alphas by combination -------------------------------------------------------------------------------------------- */

static double function_at(const struct search *s, size_t b, double lambda)
{
    if (b < FREE) return pow(lambda / s->scale, (double)b);
    return 1 / (lambda + s->at[b]);
}

static void make_grid(struct search *s, double smallest_alpha)
{
    double from = fmax(s->low, smallest_alpha / 100), ratio = log(fmax(s->high / from, 1)) / (GRID - 2);
    s->grid[0] = s->low;
    for (size_t g = 1; g < GRID; g++) s->grid[g] = from * exp(ratio * (double)(g - 1));
}

/* The relative rounding of a function of K that was computed: K itself is right to some eps of its size. */
static double rounding_of(const struct search *s, size_t b)
{
    double eps = 2.220446049250313e-16;
    return b < FREE ? 10 * eps : 10 * eps * (1 + s->high / (s->low + s->at[b]));
}

/* What rounding makes of a combination whose terms cancel. */
static double rounding_of_combination(const struct search *s, double alpha, const double *x)
{
    double noise = 0, size = 0;
    for (size_t g = 0; g < GRID; g++) {
        double here = 0, all = 0;
        for (size_t b = 0; b < s->m; b++) {
            double term = fabs(x[b]) * function_at(s, b, s->grid[g]) * (s->grid[g] + alpha);
            here += term * rounding_of(s, b);
            all += term;
        }
        noise = fmax(noise, here);
        size = fmax(size, all);
    }
    return noise + 1e-15 * size * size; /* sums of products of two combinations */
}

/* x: the functions' combination that is nearest to 1/(λ + alpha), in relative terms; returns ε. Weighted least squares, weighted
   towards where it is worst. */
static double combine(const struct search *s, double alpha, double *x)
{
    double F[GRID * BASIS], A[GRID * BASIS], rhs[GRID], weight[GRID], length[BASIS], singular[BASIS], best = INFINITY;
    int m = bb_int(s->m), rank;
    for (size_t b = 0; b < s->m; b++) { /* by columns, of length 1 */
        for (size_t g = 0; g < GRID; g++) F[b * GRID + g] = function_at(s, b, s->grid[g]) * (s->grid[g] + alpha);
        length[b] = cblas_dnrm2(GRID, F + b * GRID, 1);
        cblas_dscal(GRID, 1 / length[b], F + b * GRID, 1);
    }
    for (size_t g = 0; g < GRID; g++) weight[g] = 1;
    for (int turn = 0; turn < 4; turn++) {
        for (size_t g = 0; g < GRID; g++) {
            rhs[g] = sqrt(weight[g]);
            for (size_t b = 0; b < s->m; b++) A[b * GRID + g] = F[b * GRID + g] * rhs[g];
        }
        if (LAPACKE_dgelsd(LAPACK_COL_MAJOR, GRID, m, 1, A, GRID, rhs, GRID, singular, 1e-8, &rank)) break;
        double worst = 0;
        for (size_t g = 0; g < GRID; g++) {
            double r = -1;
            for (size_t b = 0; b < s->m; b++) r += F[b * GRID + g] * rhs[b];
            worst = fmax(worst, fabs(r));
            weight[g] = weight[g] * fabs(r) + 1e-30;
        }
        if (worst < best) {
            best = worst;
            for (size_t b = 0; b < s->m; b++) x[b] = rhs[b] / length[b];
        }
        cblas_dscal(GRID, 1 / cblas_dasum(GRID, weight, 1), weight, 1);
    }
    return 1.2 * best + rounding_of_combination(s, alpha, x); /* 1.2: between the points of the grid */
}

/* The error of one alpha, from the combination x of functions that is right to ε. */
static void judge(struct search *s, size_t a, const double *x, double epsilon)
{
    double error = 0, least = INFINITY, most = 0;
    for (size_t i = 0; i < s->n; i++) {
        const double *product = s->products + i * PAIRS;
        double d = 0, e = 0;
        for (size_t b = 0; b < s->m; b++) {
            d += x[b] * s->diagonal[b][i];
            for (size_t c = 0; c < b; c++) e += 2 * x[b] * x[c] * product[pair(b, c)];
            e += x[b] * x[b] * product[pair(b, b)];
        }
        error += fmax(e, 0) / (d * d);
        least = fmin(least, d);
        most = fmax(most, d);
    }
    s->error[a] = error;
    /* ‖δc‖ <= ε‖c‖ column by column, |δd| <= ε d, and the norm of c / d is at least ‖c‖ / max d: the root of the
       error is right to these factors. */
    double spread = epsilon < 1 && least > 0 ? most / least * (1 + epsilon) / (1 - epsilon) : (double)INFINITY;
    double below = (1 - epsilon) / (1 + epsilon * spread), above = (1 + epsilon) / (1 - epsilon * spread);
    s->lower[a] = epsilon < 1 && least > 0 ? error * below * below : 0;
    s->upper[a] = epsilon * spread < 1 ? error * above * above : (double)INFINITY;
}

static void judge_all(struct search *s)
{
    for (size_t a = 0; a < s->n_alphas; a++) {
        double x[BASIS] = {0};
        if (s->computed[a] || !s->contender[a]) continue; /* judged from its own function alone; out already */
        s->epsilon[a] = combine(s, s->alpha[a], x);
        judge(s, a, x, s->epsilon[a]);
    }
}

static bool compute_alpha(struct search *s, size_t a)
{
    double x[BASIS] = {0};
    if (!compute(s, s->alpha[a])) return false;
    x[s->m - 1] = 1;
    s->epsilon[a] = rounding_of(s, s->m - 1);
    judge(s, a, x, s->epsilon[a]);
    s->computed[a] = true;
    return isfinite(s->error[a]);
}

/*
 * The alphas that can be the smallest: how many, and the first smallest of them. *next is what to compute next: of those of which
 * little is known, the
 * one furthest from the functions so far; then the one that looks smallest; n_alphas: all were computed.
 */
static size_t contenders(struct search *s, size_t *next, size_t *smallest)
{
    double bound = INFINITY;
    size_t count = 0, far = s->n_alphas, near = s->n_alphas;
    *smallest = s->n_alphas;
    for (size_t a = 0; a < s->n_alphas; a++) bound = fmin(bound, s->upper[a]);
    for (size_t a = 0; a < s->n_alphas; a++) {
        s->contender[a] = !(s->lower[a] > bound);
        if (!s->contender[a]) continue;
        count++;
        if (*smallest == s->n_alphas || s->error[a] < s->error[*smallest]) *smallest = a;
        if (s->computed[a]) continue;
        if (s->epsilon[a] > .1 && (far == s->n_alphas || s->epsilon[a] > s->epsilon[far])) far = a;
        if (near == s->n_alphas || s->error[a] < s->error[near]) near = a;
    }
    *next = far < s->n_alphas ? far : near;
    return count;
}

/* Computes alphas until one is left. false: undecided. */
static bool decide(struct search *s, size_t *smallest)
{
    double typical = log(3 * s->lift), least = s->alpha[0];
    size_t next = 0;
    for (size_t a = 1; a < s->n_alphas; a++) least = fmin(least, s->alpha[a]);
    for (size_t a = 1; a < s->n_alphas; a++)
        if (fabs(log(s->alpha[a]) - typical) < fabs(log(s->alpha[next]) - typical)) next = a;
    if (!reduce_to_band(s) || !find_smallest(s, least)) return false;
    make_grid(s, least);
    while (s->m < BASIS) {
        if (!compute_alpha(s, next)) return false;
        judge_all(s);
        size_t count = contenders(s, &next, smallest);
        if (count == 1 || next == s->n_alphas) return true;
    }
    return false;
}

static void search_init(struct search *s)
{
    size_t n = s->n;
    double size = 0, trace = 0;
    for (size_t i = 0; i < n; i++) {
        size = fmax(size, cblas_dasum(bb_int(n), s->K + i * n, 1));
        trace += s->K[i * n + i];
    }
    s->high = s->scale = fmin(size, cblas_dnrm2(bb_int(n * n), s->K, 1));
    s->lift = trace / (double)n;
    s->band = n >= 400 ? 64 : n / 8 + 1;
    s->products = bb_doubles(n * PAIRS);
    s->computed = bb_calloc(s->n_alphas + 1, sizeof *s->computed);
    s->error = bb_doubles(4 * s->n_alphas);
    s->lower = s->error + s->n_alphas;
    s->upper = s->lower + s->n_alphas;
    s->epsilon = s->upper + s->n_alphas;
}

static void search_release(struct search *s)
{
    for (size_t b = 0; b < s->m; b++) {
        free(s->diagonal[b]);
        free(s->image[b]);
    }
    free(s->products);
    free(s->B);
    free(s->Q);
    free(s->rotated);
    free(s->computed);
    free(s->error);
}

bool bb_ridgecv_search(const double *K, const double *Y, size_t n, size_t q, const double *alpha, size_t n_alphas, double *chosen,
                       double *dual, bool *solved, bool *contender)
{
    struct search s = {.K = K, .Y = Y, .alpha = alpha, .n = n, .q = q, .n_alphas = n_alphas, .contender = contender};
    size_t smallest = 0;
    search_init(&s);
    *solved = false;
    for (size_t a = 0; a < n_alphas; a++) contender[a] = true;
    bool decided = n > 8 && s.lift > 0 && isfinite(s.high);
    if (decided) {
        add_free_functions(&s);
        decided = decide(&s, &smallest);
    }
    if (decided) *chosen = alpha[smallest];
    for (size_t b = FREE; decided && b < s.m; b++)
        if (s.at[b] == alpha[smallest]) {
            memcpy(dual, s.image[b], n * q * sizeof *dual);
            *solved = true;
        }
    search_release(&s);
    return decided;
}
