#include "numeric/mask_fit.h"

#include <cblas.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/mt19937.h"

/* numpy's legacy normal numbers: Marsaglia's polar method, in pairs. */
struct normals {
    struct bb_mt19937 mt;
    bool has_kept;
    double kept;
};

static double next_normal(struct normals *n)
{
    double x, y, r;
    if (n->has_kept) {
        n->has_kept = false;
        return n->kept;
    }
    do {
        x = 2 * bb_mt19937_uniform(&n->mt) - 1;
        y = 2 * bb_mt19937_uniform(&n->mt) - 1;
        r = x * x + y * y;
    } while (r >= 1 || r == 0);
    r = sqrt(-2 * log(r) / r);
    n->has_kept = true;
    n->kept = r * x;
    return r * y;
}

/* Masks (q × places), weights (q × channels) and constants (q) in one list; and of each the slope, and Adam's two moments. */
struct fit {
    const double *X, *Y;
    size_t channels, nx, ny, places, q, size;
    const struct bb_mask_schedule *schedule;
    double *theta, *slope, *first, *second;
    double *A, *D; /* channels × q; q × channels: scratch */
    size_t steps;
};

static double *weights(const struct fit *f, double *list)
{
    return list + f->q * f->places;
}

static double *constants(const struct fit *f, double *list)
{
    return list + f->q * (f->places + f->channels);
}

static const double *image(const struct fit *f, size_t row)
{
    return f->X + row * f->channels * f->places;
}

/* A = what the masks let through of an image, channels × q; out: q predictions. */
static void look(const struct fit *f, size_t row, double *out)
{
    const double *d = weights(f, f->theta), *b = constants(f, f->theta);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)f->channels, (int)f->q, (int)f->places, 1, image(f, row),
                (int)f->places, f->theta, (int)f->places, 0, f->A, (int)f->q);
    for (size_t j = 0; j < f->q; j++) {
        out[j] = b[j];
        for (size_t c = 0; c < f->channels; c++) out[j] += d[j * f->channels + c] * f->A[c * f->q + j];
    }
}

/* Adds the slopes of an image whose predictions have the slopes g (q). A is that image's. */
static void add_slopes(const struct fit *f, size_t row, const double *g)
{
    const double *d = weights(f, f->theta);
    double *slope_d = weights(f, f->slope), *slope_b = constants(f, f->slope);
    for (size_t j = 0; j < f->q; j++) {
        slope_b[j] += g[j];
        for (size_t c = 0; c < f->channels; c++) {
            slope_d[j * f->channels + c] += g[j] * f->A[c * f->q + j];
            f->D[j * f->channels + c] = g[j] * d[j * f->channels + c];
        }
    }
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)f->q, (int)f->places, (int)f->channels, 1, f->D, (int)f->channels,
                image(f, row), (int)f->places, 1, f->slope, (int)f->places);
}

static void laplacian(const double *s, size_t nx, size_t ny, double *out)
{
    for (size_t x = 0; x < nx; x++)
        for (size_t y = 0; y < ny; y++) {
            double total = 4 * s[x * ny + y];
            if (x > 0) total -= s[(x - 1) * ny + y];
            if (x + 1 < nx) total -= s[(x + 1) * ny + y];
            if (y > 0) total -= s[x * ny + y - 1];
            if (y + 1 < ny) total -= s[x * ny + y + 1];
            out[x * ny + y] = total;
        }
}

static void add_penalties(const struct fit *f)
{
    double ls = f->schedule->ls, ld = f->schedule->ld, *once = bb_malloc((2 * f->places + 1) * sizeof *once),
           *twice = once + f->places;
    for (size_t j = 0; j < f->q; j++) {
        const double *s = f->theta + j * f->places;
        laplacian(s, f->nx, f->ny, once);
        laplacian(once, f->nx, f->ny, twice); /* the Laplacian is its own transpose */
        double norm = cblas_dnrm2((int)f->places, once, 1);
        for (size_t k = 0; k < f->places; k++) f->slope[j * f->places + k] += ls * (2 * s[k] + (norm > 0 ? twice[k] / norm : 0));
    }
    free(once);
    const double *d = weights(f, f->theta);
    double *slope = weights(f, f->slope);
    for (size_t k = 0; k < f->q * f->channels; k++) slope[k] += 2 * ld * d[k];
}

static void step(struct fit *f, double rate)
{
    static const double b1 = .9, b2 = .999, epsilon = 1e-8;
    f->steps++;
    double t = (double)f->steps, size = rate * sqrt(1 - pow(b2, t)) / (1 - pow(b1, t));
    for (size_t k = 0; k < f->size; k++) {
        f->first[k] += (1 - b1) * (f->slope[k] - f->first[k]);
        f->second[k] += (1 - b2) * (f->slope[k] * f->slope[k] - f->second[k]);
        f->theta[k] -= size * f->first[k] / (sqrt(f->second[k]) + epsilon);
    }
}

/* One batch; returns ‖prediction − Y‖. error: batch × q. */
static double learn(struct fit *f, const size_t *row, size_t n, double rate, double *error)
{
    double norm = 0;
    memset(f->slope, 0, f->size * sizeof *f->slope);
    for (size_t i = 0; i < n; i++) {
        look(f, row[i], error + i * f->q);
        for (size_t j = 0; j < f->q; j++) error[i * f->q + j] -= f->Y[row[i] * f->q + j];
    }
    norm = cblas_dnrm2((int)(n * f->q), error, 1);
    for (size_t i = 0; norm > 0 && i < n; i++) {
        double *g = error + i * f->q, *unused = f->D;
        look(f, row[i], unused); /* for what the masks let through */
        for (size_t j = 0; j < f->q; j++) g[j] /= norm;
        add_slopes(f, row[i], g);
    }
    add_penalties(f);
    step(f, rate);
    return norm;
}

static void draw(struct fit *f, struct normals *normals)
{
    double *d = weights(f, f->theta);
    for (size_t j = 0; j < f->q; j++) {
        for (size_t k = 0; k < f->places; k++) f->theta[j * f->places + k] = next_normal(normals);
        for (size_t c = 0; c < f->channels; c++) d[j * f->channels + c] = next_normal(normals);
    }
}

void bb_mask_fit(const double *X, const double *Y, size_t channels, size_t nx, size_t ny, size_t q, const struct bb_fold *fold,
                 const struct bb_mask_schedule *schedule, double *prediction)
{
    struct fit f = {.X = X, .Y = Y, .channels = channels, .nx = nx, .ny = ny, .places = nx * ny, .q = q, .schedule = schedule};
    struct normals normals = {.has_kept = false};
    double rate = schedule->rate;
    f.size = q * (f.places + channels + 1);
    f.theta = bb_calloc(4 * f.size + channels * q + q * (channels + 1) + schedule->batch * q + 1, sizeof *f.theta);
    f.slope = f.theta + f.size;
    f.first = f.slope + f.size;
    f.second = f.first + f.size;
    f.A = f.second + f.size;
    f.D = f.A + channels * q;
    double *error = f.D + q * (channels + 1);
    size_t *order = bb_calloc(2 * fold->n_train + 1, sizeof *order), *row = order + fold->n_train;
    bb_mt19937_seed(&normals.mt, schedule->seed);
    draw(&f, &normals);
    for (size_t e = 0; e < schedule->epochs; e++) {
        double norm = 0;
        bb_mt19937_permutation(&normals.mt, fold->n_train, order);
        for (size_t i = 0; i < fold->n_train; i++) row[i] = fold->train[order[i]];
        for (size_t i = 0; i < fold->n_train; i += schedule->batch) {
            size_t n = fold->n_train - i < schedule->batch ? fold->n_train - i : schedule->batch;
            norm = learn(&f, row + i, n, rate, error);
        }
        if (e > 0 && e % schedule->decay == 0) rate /= 10;
        if (norm < schedule->tolerance) break;
    }
    for (size_t i = 0; i < fold->n_test; i++) look(&f, fold->test[i], prediction + i * q);
    free(order);
    free(f.theta);
}
