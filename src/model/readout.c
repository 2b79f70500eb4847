#include "model/readout.h"

#include <math.h>
#include <string.h>

enum { STEPS = 150 };
static const double MOMENTUM = .9;

size_t bb_largest(const double *value, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (value[i] > value[best]) best = i;
    return best;
}

static void softmax(double *value, size_t n)
{
    double most = value[bb_largest(value, n)], sum = 0;
    for (size_t i = 0; i < n; i++) sum += value[i] = exp(value[i] - most);
    for (size_t i = 0; i < n; i++) value[i] /= sum;
}

/* out (n × k) = [X 1] W */
static void evidence_of(const double *X, const double *weight, size_t n, size_t width, size_t k, double *out)
{
    for (size_t i = 0; i < n; i++) {
        memcpy(out + i * k, weight + width * k, k * sizeof *out);
        for (size_t j = 0; j < width; j++)
            for (size_t c = 0; c < k; c++) out[i * k + c] += X[i * width + j] * weight[j * k + c];
    }
}

/* slope = [X 1]' (P − Y) / n + penalty W, with P − Y in `error` */
static void slope_of(const double *X, const double *error, const double *weight, size_t n, size_t width, size_t k, double penalty,
                     double *slope)
{
    memset(slope, 0, (width + 1) * k * sizeof *slope);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < width; j++)
            for (size_t c = 0; c < k; c++) slope[j * k + c] += X[i * width + j] * error[i * k + c];
        for (size_t c = 0; c < k; c++) slope[width * k + c] += error[i * k + c];
    }
    for (size_t j = 0; j < (width + 1) * k; j++) slope[j] = slope[j] / (double)n + (j < width * k ? penalty * weight[j] : 0);
}

/* A step that cannot overshoot: the inverse of a bound on the curvature, half the largest eigenvalue of the second moments (power iteration). */
static double step_size(const double *X, size_t n, size_t width, double penalty, double *v, double *u)
{
    double norm = 1;
    for (size_t j = 0; j < width; j++) v[j] = 1 / sqrt((double)width) * (j % 2 ? .9 : 1.1);
    for (int pass = 0; pass < 20; pass++) {
        memset(u, 0, width * sizeof *u);
        for (size_t i = 0; i < n; i++) {
            double dot = 0;
            for (size_t j = 0; j < width; j++) dot += X[i * width + j] * v[j];
            for (size_t j = 0; j < width; j++) u[j] += dot * X[i * width + j] / (double)n;
        }
        norm = 0;
        for (size_t j = 0; j < width; j++) norm += u[j] * u[j];
        norm = sqrt(norm);
        if (norm < 1e-12) break;
        for (size_t j = 0; j < width; j++) v[j] = u[j] / norm;
    }
    return 1 / (.5 * fmax(norm, 1) * 1.1 + penalty);
}

struct bb_readout bb_readout_fit(const double *value, size_t n, size_t width, const int *label, size_t n_classes, double penalty,
                                 struct bb_arena *arena)
{
    size_t k = n_classes, size = (width + 1) * k;
    struct bb_readout r = {.width = width, .n_classes = k};
    r.mean = BB_NEW_ARRAY(arena, width, double);
    r.sd = BB_NEW_ARRAY(arena, width, double);
    r.weight = BB_NEW_ARRAY(arena, size, double);
    double *X = BB_NEW_ARRAY(arena, n * width, double), *error = BB_NEW_ARRAY(arena, n * k, double);
    double *slope = BB_NEW_ARRAY(arena, size, double), *speed = BB_NEW_ARRAY(arena, size + 1, double);
    bb_feature_scale(value, n, width, r.mean, r.sd);
    memcpy(X, value, n * width * sizeof *X);
    bb_feature_standardise(X, n, width, r.mean, r.sd);
    double step = step_size(X, n, width, penalty, speed, slope);
    memset(speed, 0, size * sizeof *speed);
    for (int pass = 0; pass < STEPS; pass++) {
        evidence_of(X, r.weight, n, width, k, error);
        for (size_t i = 0; i < n; i++) {
            softmax(error + i * k, k);
            error[i * k + (size_t)label[i]] -= 1;
        }
        slope_of(X, error, r.weight, n, width, k, penalty, slope);
        for (size_t j = 0; j < size; j++) {
            speed[j] = MOMENTUM * speed[j] - step * slope[j];
            r.weight[j] += speed[j];
        }
    }
    return r;
}

void bb_readout_apply(const struct bb_readout *r, const double *value, size_t n, double *evidence)
{
    size_t k = r->n_classes;
    for (size_t i = 0; i < n; i++) {
        memcpy(evidence + i * k, r->weight + r->width * k, k * sizeof *evidence);
        for (size_t j = 0; j < r->width; j++) {
            double x = (value[i * r->width + j] - r->mean[j]) / r->sd[j];
            for (size_t c = 0; c < k; c++) evidence[i * k + c] += x * r->weight[j * k + c];
        }
    }
}
