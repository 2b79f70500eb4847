#include "metric/cka.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "metric/geometry.h"

struct params {
    struct bb_geometry_params geometry;
};

static const struct bb_field fields[] = {BB_GEOMETRY_FIELDS(struct params)};

/* Products of the rows, centred over these rows. */
static size_t centred_products(struct bb_gram *gram, const size_t *rows, size_t n, double *out)
{
    const double *K = bb_gram_kernel(gram); /* centred over all rows: what is left to centre is small */
    double *mean = bb_calloc(n + 1, sizeof *mean), all = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            out[i * n + j] = K[rows[i] * gram->n + rows[j]];
            mean[i] += out[i * n + j];
        }
        mean[i] /= (double)n;
        all += mean[i];
    }
    all /= (double)n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) out[i * n + j] += all - mean[i] - mean[j];
    free(mean);
    return n;
}

static double inner_product(const double *K, const double *L, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        double row = 0;
        for (size_t j = 0; j < n; j++) row += K[i * n + j] * L[i * n + j];
        total += row;
    }
    return total;
}

static double biased(const double *K, const double *L, size_t n)
{
    double kk = inner_product(K, K, n), ll = inner_product(L, L, n);
    if (!(kk > 0) || !(ll > 0)) return NAN;
    return inner_product(K, L, n) / (sqrt(kk) * sqrt(ll));
}

/* Sums of each row without the diagonal. */
static double off_diagonal_sums(const double *K, size_t n, double *sum)
{
    double all = 0;
    for (size_t i = 0; i < n; i++) {
        sum[i] = 0;
        for (size_t j = 0; j < n; j++) sum[i] += j == i ? 0 : K[i * n + j];
        all += sum[i];
    }
    return all;
}

static double unbiased_hsic(const double *K, const double *L, size_t n)
{
    double *k = bb_malloc(2 * n * sizeof *k), *l = k + n, m = (double)n;
    double k_all = off_diagonal_sums(K, n, k), l_all = off_diagonal_sums(L, n, l);
    double trace = inner_product(K, L, n), cross = 0;
    for (size_t i = 0; i < n; i++) {
        trace -= K[i * n + i] * L[i * n + i];
        cross += k[i] * l[i];
    }
    free(k);
    return (trace + k_all * l_all / ((m - 1) * (m - 2)) - 2 / (m - 2) * cross) / (m * (m - 3));
}

static double unbiased(const double *K, const double *L, size_t n)
{
    double product = unbiased_hsic(K, K, n) * unbiased_hsic(L, L, n);
    if (!(product > 0)) return isnan(product) ? NAN : 0;
    return unbiased_hsic(K, L, n) / (sqrt(product) + 1e-12);
}

static const struct bb_geometry unbiased_geometry = {
    .what = "unbiased CKA", .min_stimuli = 4, .min_neuroids = 1, .represent = centred_products, .compare = unbiased};
static const struct bb_geometry biased_geometry = {
    .what = "CKA", .min_stimuli = 2, .min_neuroids = 1, .represent = centred_products, .compare = biased};

static enum bb_code score_unbiased(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    bool language = params->geometry.dialect == BB_LANGUAGE;
    return bb_geometry_score(task, &params->geometry, language ? &biased_geometry : &unbiased_geometry, result, err);
}

static enum bb_code score_biased(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    return bb_geometry_score(task, &params->geometry, &biased_geometry, result, err);
}

static void finish(void *params, struct bb_arena *arena, struct bb_diags *diags)
{
    bb_geometry_finish(&((struct params *)params)->geometry, arena, diags);
}

static const char *const data_coords[] = {"stimulus_id", "value", NULL};

const struct bb_metric bb_cka = {
    .name = "cka",
    .version = 1,
    .title = "Centred kernel alignment",
    .formula =
        "unbiased HSIC of the products of all pairs of stimuli in model and recording, over the geometric mean of their own",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_unbiased,
    .finish = finish,
};

const struct bb_metric bb_cka_biased = {
    .name = "cka_biased",
    .version = 1,
    .title = "Centred kernel alignment, biased",
    .formula = "correlation of the centred products of all pairs of stimuli in model and recording",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_biased,
    .finish = finish,
};
