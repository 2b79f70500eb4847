/*
 * Calibration of the metrics on simulated neuroids, where the truth is known: what must hold whatever the world. The features are random numbers,
 * because nothing here depends on pictures; the neuroids and spikes are those of the example.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "example/neuroids.h"
#include "metric/features.h"
#include "metric/metric.h"
#include "model/draws.h"
#include "numeric/stats.h"

Suite *suite_example_calibration(void);

enum { WIDTH = 40, NEUROIDS = 30, MOST = 960 };
static struct bb_arena *arena;
static const char *stimulus[MOST];

static void set_up(void)
{
    arena = bb_arena_new(0);
    for (size_t i = 0; i < MOST; i++) stimulus[i] = bb_arena_printf(arena, "s%04zu", i);
}

static void tear_down(void)
{
    bb_arena_free(arena);
}

static double *normal(uint64_t stream, size_t n)
{
    double *value = BB_NEW_ARRAY(arena, n * WIDTH, double);
    struct bb_rng rng;
    bb_rng_init(&rng, 101, stream);
    for (size_t i = 0; i < n * WIDTH; i++) value[i] = bb_draw_normal(&rng);
    return value;
}

static struct bb_measured measure(const double *features, size_t n, size_t n_repetitions)
{
    struct bb_neuroids_spec spec = {.seed = 7,
                                    .n_neuroids = NEUROIDS,
                                    .n_animals = 2,
                                    .n_inputs = 6,
                                    .n_places = 1,
                                    .n_repetitions = n_repetitions,
                                    .mean_count = 4};
    return bb_neuroids_measure(&spec, features, n, WIDTH, arena);
}

/* Mean counts over the repetitions [from, to): n × NEUROIDS. */
static double *mean_counts(const struct bb_measured *m, size_t from, size_t to)
{
    double *mean = BB_NEW_ARRAY(arena, m->n_stimuli * NEUROIDS, double);
    for (size_t i = 0; i < m->n_stimuli; i++)
        for (size_t r = from; r < to; r++)
            for (size_t j = 0; j < NEUROIDS; j++)
                mean[i * NEUROIDS + j] += m->count[(i * m->n_repetitions + r) * NEUROIDS + j] / (double)(to - from);
    return mean;
}

static struct bb_coord coord(const char *name, size_t dim, size_t n)
{
    struct bb_coord coord = {.dim = dim, .series = {.name = bb_strdup(name), .type = BB_TYPE_TEXT, .n = n, .cap = n}};
    coord.series.code = bb_calloc(n, sizeof *coord.series.code);
    bb_names_init(&coord.series.level);
    for (size_t i = 0; i < n; i++) coord.series.code[i] = (int32_t)bb_names_add(&coord.series.level, stimulus[i]);
    return coord;
}

static struct bb_assembly *recording(const double *mean, size_t n)
{
    struct bb_assembly *out = bb_calloc(1, sizeof *out);
    out->n_dims = 2;
    out->dim[0] = (struct bb_dim){bb_strdup("presentation"), n};
    out->dim[1] = (struct bb_dim){bb_strdup("neuroid"), NEUROIDS};
    out->coord = bb_calloc(2, sizeof *out->coord);
    out->coord[out->n_coords++] = coord("stimulus_id", 0, n);
    out->coord[out->n_coords++] = coord("neuroid_id", 1, NEUROIDS);
    out->value = bb_calloc(n * NEUROIDS, sizeof *out->value);
    memcpy(out->value, mean, n * NEUROIDS * sizeof *mean);
    return out;
}

/* The raw score of a model (n × width) on mean counts, with the metric's default parameters. */
static double score(const char *name, const double *model, size_t width, const double *mean, size_t n)
{
    const struct bb_metric *metric = bb_metric_find(name);
    void *params = bb_arena_alloc(arena, 1, metric->params_size ? metric->params_size : 1);
    struct bb_diags diags;
    struct bb_err err = {0};
    bb_diags_init(&diags);
    bb_fields_default(metric->fields, metric->n_fields, params);
    if (metric->finish) metric->finish(params, arena, &diags);
    bb_diags_release(&diags);
    struct bb_features *features = NULL;
    ck_assert_msg(!bb_features_of_matrix(stimulus, model, n, width, "layer", &features, &err), "%s", err.msg);
    struct bb_assembly *data = recording(mean, n);
    struct bb_task task = {.data = data, .features = features, .params = params, .arena = arena};
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    ck_assert_msg(!metric->score_features(&task, &result, &err), "%s", err.msg);
    bb_features_of_matrix_free(features);
    bb_assembly_free(data);
    return result.raw;
}

/* The most that a noiseless model can get from these counts, as a median over neuroids: the correlation of rate and mean count. */
static double reachable(const struct bb_measured *m, const double *mean)
{
    double r[NEUROIDS], *x = BB_NEW_ARRAY(arena, m->n_stimuli, double), *y = BB_NEW_ARRAY(arena, m->n_stimuli, double);
    for (size_t j = 0; j < NEUROIDS; j++) {
        for (size_t i = 0; i < m->n_stimuli; i++) {
            x[i] = m->rate[i * NEUROIDS + j];
            y[i] = mean[i * NEUROIDS + j];
        }
        r[j] = bb_pearson(x, y, m->n_stimuli);
    }
    return bb_nan_median(r, NEUROIDS);
}

/* With more stimuli, regression from the true rates comes nearer to what can be reached at all, and reaches it. */
START_TEST(ridge_approaches_the_ceiling)
{
    double before = 0;
    for (size_t n = 60; n <= MOST; n *= 4) {
        struct bb_measured m = measure(normal(1, n), n, 8);
        double *mean = mean_counts(&m, 0, 8), share = score("ridge", m.rate, NEUROIDS, mean, n) / reachable(&m, mean);
        ck_assert_double_gt(share, before);
        before = share;
    }
    ck_assert_double_gt(before, .98);
    ck_assert_double_lt(before, 1.02);
}
END_TEST

/* Two recordings of the same neuroids agree as r; with the truth, which has no noise, each agrees as √r: the ceiling of an RDM. */
START_TEST(rdm_approaches_the_ceiling)
{
    double off = INFINITY;
    for (size_t n = 60; n <= MOST; n *= 4) {
        struct bb_measured m = measure(normal(2, n), n, 16);
        double *one = mean_counts(&m, 0, 8), *two = mean_counts(&m, 8, 16);
        double share = score("rdm", m.rate, NEUROIDS, one, n) / sqrt(score("rdm", two, NEUROIDS, one, n));
        off = fabs(share - 1);
    }
    ck_assert_double_lt(off, .05);
}
END_TEST

static const char *const metrics[] = {"ridge", "rdm"};

START_TEST(scores_rise_with_trials)
{
    enum { N = 240 };
    struct bb_measured m = measure(normal(3, N), N, 64);
    double before = 0;
    for (size_t r = 1; r <= 64; r *= 4) {
        double raw = score(metrics[_i], m.rate, NEUROIDS, mean_counts(&m, 0, r), N);
        ck_assert_double_gt(raw, before);
        before = raw;
    }
    ck_assert_double_gt(before, .9);
}
END_TEST

/* The brain is a mixture of the model's features and of others that the model knows nothing of; a share of nothing is chance. */
START_TEST(scores_rise_with_the_models_share)
{
    enum { N = 240, STEPS = 4 };
    const double *own = normal(4, N), *others = normal(5, N);
    double before = 0;
    for (int step = 0; step <= STEPS; step++) {
        double share = (double)step / STEPS, *mixed = BB_NEW_ARRAY(arena, N * WIDTH, double);
        for (size_t i = 0; i < N * WIDTH; i++) mixed[i] = sqrt(share) * own[i] + sqrt(1 - share) * others[i];
        struct bb_measured m = measure(mixed, N, 32);
        double raw = score(metrics[_i], own, WIDTH, mean_counts(&m, 0, 32), N);
        if (step == 0)
            ck_assert_double_lt(fabs(raw), 3 / sqrt(N));
        else
            ck_assert_double_gt(raw, before);
        before = raw;
    }
}
END_TEST

Suite *suite_example_calibration(void)
{
    Suite *suite = suite_create("example_calibration");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, ridge_approaches_the_ceiling);
    tcase_add_test(tcase, rdm_approaches_the_ceiling);
    tcase_add_loop_test(tcase, scores_rise_with_trials, 0, 2);
    tcase_add_loop_test(tcase, scores_rise_with_the_models_share, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
