#include "numeric/logistic.h"

#include <cblas.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MAX_STEPS = 200, MAX_HALVINGS = 60 };

/* The weights with the intercepts as their last row: (r + 1) × k. */
struct problem {
    const double *Z;
    const int32_t *label;
    size_t n, r, k, size;
    double C;
    double *P, *U; /* n × k: probabilities; scratch */
};

/* out (n × k) = Z W + b */
static void evidence(const struct problem *p, const double *W, double *out)
{
    for (size_t i = 0; i < p->n; i++) memcpy(out + i * p->k, W + p->r * p->k, p->k * sizeof *out);
    if (p->r && p->n)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)p->n, (int)p->k, (int)p->r, 1, p->Z, (int)p->r, W, (int)p->k,
                    1, out, (int)p->k);
}

/* out ((r + 1) × k) = C [Z 1]' E */
static void gather(const struct problem *p, const double *E, double *out)
{
    memset(out, 0, p->size * sizeof *out);
    if (p->r)
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)p->r, (int)p->k, (int)p->n, p->C, p->Z, (int)p->r, E, (int)p->k,
                    0, out, (int)p->k);
    for (size_t i = 0; i < p->n; i++)
        for (size_t c = 0; c < p->k; c++) out[p->r * p->k + c] += p->C * E[i * p->k + c];
}

/* Evidence becomes probabilities; log of their sum before the division. */
static double softmax(double *row, size_t k)
{
    double most = row[0], sum = 0;
    for (size_t c = 1; c < k; c++) most = fmax(most, row[c]);
    for (size_t c = 0; c < k; c++) sum += row[c] = exp(row[c] - most);
    for (size_t c = 0; c < k; c++) row[c] /= sum;
    return most + log(sum);
}

/* The objective; P becomes the probabilities. */
static double objective(const struct problem *p, const double *W)
{
    double loss = 0, penalty = 0;
    evidence(p, W, p->P);
    for (size_t i = 0; i < p->n; i++) {
        double own = p->P[i * p->k + (size_t)p->label[i]];
        loss += softmax(p->P + i * p->k, p->k) - own;
    }
    for (size_t j = 0; j < p->r * p->k; j++) penalty += W[j] * W[j];
    return p->C * loss + .5 * penalty;
}

static void slope_at(const struct problem *p, const double *W, double *slope)
{
    memcpy(p->U, p->P, p->n * p->k * sizeof *p->U);
    for (size_t i = 0; i < p->n; i++) p->U[i * p->k + (size_t)p->label[i]] -= 1;
    gather(p, p->U, slope);
    for (size_t j = 0; j < p->r * p->k; j++) slope[j] += W[j];
}

/* out = H v at the probabilities P */
static void curvature(const struct problem *p, const double *v, double *out)
{
    evidence(p, v, p->U);
    for (size_t i = 0; i < p->n; i++) {
        const double *prob = p->P + i * p->k;
        double *u = p->U + i * p->k, mean = 0;
        for (size_t c = 0; c < p->k; c++) mean += prob[c] * u[c];
        for (size_t c = 0; c < p->k; c++) u[c] = prob[c] * (u[c] - mean);
    }
    gather(p, p->U, out);
    for (size_t j = 0; j < p->r * p->k; j++) out[j] += v[j];
}

static double dot(const double *x, const double *y, size_t n)
{
    return cblas_ddot((int)n, x, 1, y, 1);
}

/* step ≈ −H⁻¹ slope by conjugate gradients, to `share` of the slope's norm; r, d, h: scratch. The intercepts' common shift, in which H is
   flat, is never left: slopes sum to zero in it. */
static void newton_step(const struct problem *p, const double *slope, double share, double *step, double *r, double *d, double *h)
{
    size_t n = p->size;
    double rr = dot(slope, slope, n), goal = share * share * rr;
    memset(step, 0, n * sizeof *step);
    for (size_t j = 0; j < n; j++) d[j] = r[j] = -slope[j];
    for (size_t pass = 0; pass < 10 * n + 10 && rr > goal; pass++) {
        curvature(p, d, h);
        double bend = dot(d, h, n);
        if (!(bend > 0)) return;
        double along = rr / bend, before = rr;
        cblas_daxpy((int)n, along, d, 1, step, 1);
        cblas_daxpy((int)n, -along, h, 1, r, 1);
        rr = dot(r, r, n);
        for (size_t j = 0; j < n; j++) d[j] = r[j] + rr / before * d[j];
    }
}

static double largest(const double *x, size_t n)
{
    double most = 0;
    for (size_t j = 0; j < n; j++) most = fmax(most, fabs(x[j]));
    return most;
}

/* One step from W with a value that is not above what it was (Armijo, halving). false: rounding allows no step any more. */
static bool descend(const struct problem *p, double *W, const double *slope, const double *step, double *value, double *trial)
{
    double gain = dot(slope, step, p->size), share = 1;
    for (int i = 0; i < MAX_HALVINGS; i++, share /= 2) {
        memcpy(trial, W, p->size * sizeof *trial);
        cblas_daxpy((int)p->size, share, step, 1, trial, 1);
        double now = objective(p, trial);
        /* near the optimum the gain is below the rounding of the value: a full Newton step is then right by itself */
        if (now <= *value + 1e-4 * share * gain || (share == 1 && fabs(gain) < 1e-10 * fabs(*value))) {
            *value = now;
            memcpy(W, trial, p->size * sizeof *trial);
            return true;
        }
    }
    return false;
}

enum bb_code bb_logistic_fit(const double *Z, size_t n, size_t r, const int32_t *label, size_t k, double C,
                             struct bb_arena *arena, struct bb_logistic *out, struct bb_err *err)
{
    size_t size = (r + 1) * k;
    struct problem p = {.Z = Z, .label = label, .n = n, .r = r, .k = k, .size = size, .C = C};
    double *scratch = BB_NEW_ARRAY(arena, 2 * n * k + 1, double), *W = BB_NEW_ARRAY(arena, size, double);
    double *slope = BB_NEW_ARRAY(arena, 6 * size, double), *step = slope + size;
    p.P = scratch;
    p.U = scratch + n * k;
    for (size_t i = 0; i < n * r; i++)
        if (!isfinite(Z[i])) return bb_fail(err, BB_EINPUT, "a feature of the readout is not a finite number");
    double value = objective(&p, W), first = 0, least = HUGE_VAL;
    size_t steps = 0, stalled = 0;
    for (; steps < MAX_STEPS; steps++) {
        slope_at(&p, W, slope);
        double norm = sqrt(dot(slope, slope, size));
        if (steps == 0) first = norm;
        stalled = norm < .5 * least ? 0 : stalled + 1;
        least = fmin(least, norm);
        if (norm <= 16 * DBL_EPSILON * first || (stalled > 2 && norm < 1e-8 * first) || norm == 0) break;
        newton_step(&p, slope, fmin(.1, fmax(norm / first, 1e-8)), step, step + size, step + 2 * size, step + 3 * size);
        if (!descend(&p, W, slope, step, &value, step + 4 * size)) break;
    }
    double shift = 0; /* rounding moves the intercepts together, which changes nothing: back to a sum of zero */
    for (size_t c = 0; c < k; c++) shift += W[r * k + c] / (double)k;
    for (size_t c = 0; c < k; c++) W[r * k + c] -= shift;
    (void)objective(&p, W);
    slope_at(&p, W, slope);
    *out =
        (struct bb_logistic){.r = r, .k = k, .weight = W, .intercept = W + r * k, .slope = largest(slope, size), .steps = steps};
    return BB_OK;
}

void bb_logistic_apply(const struct bb_logistic *fit, const double *Z, size_t n, double *probability)
{
    const struct problem p = {.Z = Z, .n = n, .r = fit->r, .k = fit->k};
    evidence(&p, fit->weight, probability);
    for (size_t i = 0; i < n; i++) (void)softmax(probability + i * fit->k, fit->k);
}
