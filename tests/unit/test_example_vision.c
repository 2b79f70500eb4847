/* The vision world: pictures, brains, recordings and observers do what their headers say, and truth is what the measurements were made of. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "example/fourier.h"
#include "example/project.h"
#include "example/vision_candidates.h"
#include "example/vision_world.h"
#include "model/draws.h"
#include "model/readout.h"
#include "numeric/regress.h"
#include "numeric/stats.h"

Suite *suite_example_vision(void);

enum { SIDE = BB_STIMULUS_SIDE, PIXELS = SIDE * SIDE };
static struct bb_arena *arena;

static void set_up(void)
{
    arena = bb_arena_new(0);
}

static void tear_down(void)
{
    bb_arena_free(arena);
}

START_TEST(the_transform_is_fouriers)
{
    enum { S = 8 };
    double re[S * S], im[S * S], was[S * S];
    struct bb_rng rng;
    bb_rng_init(&rng, 41, 0);
    for (int i = 0; i < S * S; i++) {
        was[i] = re[i] = bb_draw_normal(&rng);
        im[i] = 0;
    }
    bb_fourier(re, im, S, false);
    for (int v = 0; v < S; v++)
        for (int u = 0; u < S; u++) {
            double sr = 0, si = 0;
            for (int y = 0; y < S; y++)
                for (int x = 0; x < S; x++) {
                    double angle = -2 * 3.14159265358979323846 * (u * x + v * y) / S;
                    sr += was[y * S + x] * cos(angle);
                    si += was[y * S + x] * sin(angle);
                }
            ck_assert_double_eq_tol(re[v * S + u], sr, 1e-13);
            ck_assert_double_eq_tol(im[v * S + u], si, 1e-13);
        }
    bb_fourier(re, im, S, true);
    for (int i = 0; i < S * S; i++) ck_assert_double_eq_tol(re[i], was[i], 1e-14);
}
END_TEST

START_TEST(more_pictures_begin_with_the_same)
{
    struct bb_stimuli few = bb_stimuli_objects(5, "o", 16, arena), many = bb_stimuli_objects(5, "o", 48, arena),
                      other = bb_stimuli_objects(6, "o", 16, arena);
    ck_assert_mem_eq(few.images.pixel, many.images.pixel, 16 * PIXELS * sizeof(double));
    ck_assert(memcmp(few.images.pixel, other.images.pixel, PIXELS * sizeof(double)) != 0);
    for (size_t i = 0; i < many.n; i++) {
        ck_assert_int_eq(many.group[i], (int)(i % BB_CATEGORIES));
        ck_assert_str_eq(many.condition[i], i / BB_CATEGORIES % 2 ? "high" : "low");
        for (size_t p = 0; p < PIXELS; p++) {
            double level = bb_image_at(&many.images, i)[p] * 255;
            ck_assert(level >= 0 && level <= 255 && fabs(level - round(level)) < 1e-9);
        }
    }
}
END_TEST

/* A twin has its picture's spectrum, but for what clipping to grey levels does to both; another family's picture has another. */
static void spectrum(const double *pixel, double *out)
{
    double im[PIXELS] = {0}, re[PIXELS];
    memcpy(re, pixel, sizeof re);
    bb_fourier(re, im, SIDE, false);
    for (int i = 0; i < PIXELS; i++) out[i] = i ? hypot(re[i], im[i]) : 0;
}

START_TEST(twins_share_the_spectrum)
{
    struct bb_stimuli t = bb_stimuli_textures(7, 5, 1, arena);
    double a[PIXELS], b[PIXELS], other[PIXELS];
    for (size_t f = 0; f < 5; f++) {
        spectrum(bb_image_at(&t.images, 2 * f), a);
        spectrum(bb_image_at(&t.images, 2 * f + 1), b);
        spectrum(bb_image_at(&t.images, (2 * f + 2) % t.n), other);
        ck_assert_double_gt(bb_pearson(a, b, PIXELS), .99);
        ck_assert_double_lt(bb_pearson(a, other, PIXELS), .9);
        /* with random phases the correlation of the pixels has the variance Σ power² / (Σ power)² */
        double power = 0, square = 0;
        for (int i = 0; i < PIXELS; i++) {
            power += a[i] * a[i];
            square += a[i] * a[i] * a[i] * a[i];
        }
        ck_assert_double_lt(fabs(bb_pearson(bb_image_at(&t.images, 2 * f), bb_image_at(&t.images, 2 * f + 1), PIXELS)),
                            4 * sqrt(square) / power);
    }
}
END_TEST

/* Counts without shared gain: the mean of many repetitions is the rate, and variance equals mean. */
START_TEST(spikes_are_poisson_around_their_rates)
{
    enum { STIMULI = 30, WIDTH = 12, NEUROIDS = 8, REPETITIONS = 4000 };
    double features[STIMULI * WIDTH];
    struct bb_rng rng;
    bb_rng_init(&rng, 43, 0);
    for (int i = 0; i < STIMULI * WIDTH; i++) features[i] = bb_draw_normal(&rng);
    struct bb_neuroids_spec spec = {.seed = 1,
                                    .task = 1,
                                    .n_neuroids = NEUROIDS,
                                    .n_animals = 2,
                                    .n_inputs = 3,
                                    .n_places = 4,
                                    .n_repetitions = REPETITIONS,
                                    .mean_count = 2};
    struct bb_measured m = bb_neuroids_measure(&spec, features, STIMULI, WIDTH, arena);
    for (size_t j = 0; j < NEUROIDS; j++) {
        ck_assert_uint_eq(m.animal[j], j / 4);
        for (size_t i = 0; i < STIMULI; i++) {
            double rate = m.rate[i * NEUROIDS + j], sum = 0, square = 0;
            for (size_t r = 0; r < REPETITIONS; r++) {
                double count = m.count[(i * REPETITIONS + r) * NEUROIDS + j];
                sum += count;
                square += count * count;
            }
            double mean = sum / REPETITIONS, variance = square / REPETITIONS - mean * mean;
            ck_assert_double_gt(rate, 0);
            ck_assert_double_eq_tol(mean, rate, 5 * sqrt(rate / REPETITIONS));
            ck_assert_double_eq_tol(variance, rate, 5 * sqrt((rate + 2 * rate * rate) / REPETITIONS));
        }
    }
}
END_TEST

START_TEST(observers_know_less_the_noisier_they_are)
{
    enum { STIMULI = 400, CLASSES = 4 };
    double evidence[STIMULI * CLASSES];
    size_t stimulus[STIMULI];
    int option[STIMULI][2];
    struct bb_rng rng;
    bb_rng_init(&rng, 45, 0);
    for (size_t i = 0; i < STIMULI; i++) {
        stimulus[i] = i;
        option[i][0] = (int)(i % CLASSES);
        option[i][1] = (int)((i + 1) % CLASSES);
        for (size_t c = 0; c < CLASSES; c++) evidence[i * CLASSES + c] = .5 * bb_draw_normal(&rng) + (c == i % CLASSES);
    }
    struct bb_trials trials = {.n = STIMULI, .n_classes = CLASSES, .stimulus = stimulus}, two = trials;
    two.option = (const int(*)[2])option;
    double before = 1;
    for (int noise = 0; noise < 4; noise++) {
        struct bb_observers_spec spec = {.seed = 1, .task = 2, .n_subjects = 3, .noise = .6 * noise, .lapse = 0};
        int *choice = bb_observers_choose(&spec, &trials, evidence, STIMULI, arena),
            *both = bb_observers_choose(&spec, &two, evidence, STIMULI, arena);
        double right = 0;
        for (size_t t = 0; t < 3 * STIMULI; t++) {
            right += choice[t] == (int)(t % STIMULI % CLASSES);
            ck_assert(both[t] == option[t % STIMULI][0] || both[t] == option[t % STIMULI][1]);
        }
        ck_assert_double_lt(right / (3 * STIMULI), before);
        before = right / (3 * STIMULI);
        if (noise == 0) ck_assert_mem_eq(choice, bb_choose(&trials, evidence, arena), STIMULI * sizeof *choice);
    }
    ck_assert_double_gt(before, 1.0 / CLASSES);
}
END_TEST

/* --- calibration --------------------------------------------------------------------------------------------------- */

/* Mean over five parts of the median correlation of ridge predictions with the mean counts of the first `repetitions`. */
static double predictivity(const double *features, size_t width, const struct bb_measured *m, size_t repetitions)
{
    size_t n = m->n_stimuli, q = m->n_neuroids, *rows = BB_NEW_ARRAY(arena, n, size_t);
    double *Y = BB_NEW_ARRAY(arena, n * q, double), *X = BB_NEW_ARRAY(arena, n * width, double), score = 0;
    for (size_t i = 0; i < n; i++) rows[i] = i;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < q; j++)
            for (size_t r = 0; r < repetitions; r++)
                Y[i * q + j] += m->count[(i * m->n_repetitions + r) * q + j] / (double)repetitions;
    memcpy(X, features, n * width * sizeof *X);
    struct bb_gram_builder *builder = bb_gram_begin(n, width);
    ck_assert_int_eq(bb_gram_add(builder, X, width, NULL), BB_OK);
    struct bb_gram *gram = bb_gram_finish(builder);
    struct bb_regressor *regressor = bb_regressor_new(gram, rows, Y, n, q);
    struct bb_folds folds;
    ck_assert_int_eq(bb_kfold(n, 5, 1, arena, &folds, NULL), BB_OK);
    for (size_t f = 0; f < folds.n; f++) {
        static const double alpha[] = {.1, 1, 10, 100, 1000};
        const struct bb_fold *fold = &folds.fold[f];
        double *predicted = BB_NEW_ARRAY(arena, fold->n_test * q, double), *r = BB_NEW_ARRAY(arena, q, double);
        double *x = BB_NEW_ARRAY(arena, fold->n_test, double), *y = BB_NEW_ARRAY(arena, fold->n_test, double);
        ck_assert_int_eq(bb_ridgecv_fold(regressor, fold, alpha, 5, predicted, NULL, NULL), BB_OK);
        for (size_t j = 0; j < q; j++) {
            for (size_t t = 0; t < fold->n_test; t++) {
                x[t] = predicted[t * q + j];
                y[t] = Y[fold->test[t] * q + j];
            }
            r[j] = bb_pearson(x, y, fold->n_test);
        }
        score += bb_nan_median(r, q) / (double)folds.n;
    }
    bb_regressor_free(regressor);
    bb_gram_free(gram);
    return score;
}

/* Mean over some permutations of the rows (a shift would not do: it maps families to families, and that can be learnt). */
static double shuffled_predictivity(const struct bb_layer *layer, const struct bb_measured *m)
{
    enum { TIMES = 4 };
    size_t n = m->n_stimuli, width = layer->width, *row = BB_NEW_ARRAY(arena, n, size_t);
    double *value = BB_NEW_ARRAY(arena, n * width, double), sum = 0;
    struct bb_rng rng;
    bb_rng_init(&rng, 47, 0);
    for (size_t i = 0; i < n; i++) row[i] = i;
    for (int k = 0; k < TIMES; k++) {
        bb_rng_shuffle(&rng, row, n);
        for (size_t i = 0; i < n; i++) memcpy(value + i * width, layer->value + row[i] * width, width * sizeof *value);
        sum += predictivity(value, width, m, m->n_repetitions) / TIMES;
    }
    return sum;
}

/* Truth predicts each area better than any candidate's best layer; shuffled truth does not at all; more repetitions help. */
START_TEST(the_truth_is_found_by_ridge_regression)
{
    struct bb_world_size size = bb_world_sizes[BB_PROJECT_SMALL];
    size.n_samples = 12;
    size.n_objects = 160;
    struct bb_world *world = bb_world_new(3, &size, arena);
    const struct bb_candidate *candidate;
    size_t n_candidates = bb_candidates(BB_PROJECT_SMALL, arena, &candidate);
    struct bb_layers answer[8];
    ck_assert_uint_le(n_candidates, 8);
    for (int a = 0; a < BB_AREAS; a++) {
        const struct bb_layers *layers = a <= BB_V2 ? &world->on_textures : &world->on_objects;
        const struct bb_layer *area = &layers->layer[a];
        const struct bb_measured *m = &world->area[a];
        double truth = predictivity(area->value, area->width, m, size.n_repetitions),
               few = predictivity(area->value, area->width, m, 1);
        ck_assert_double_gt(truth, few);
        ck_assert_double_lt(fabs(shuffled_predictivity(area, m)), .15);
        for (size_t c = 0; c < n_candidates; c++) {
            struct bb_layers *seen = &answer[c];
            if (a == BB_V1 || a == BB_V4) /* other pictures than those before */
                bb_candidate_run(&candidate[c], &world->seen_by_models, &bb_world_stimuli(world, (enum bb_area)a)->images, arena,
                                 seen, NULL);
            for (size_t k = 0; k < seen->n_layers; k++)
                ck_assert_msg(predictivity(seen->layer[k].value, seen->layer[k].width, m, size.n_repetitions) < truth,
                              "%s of %s is better than %s itself", seen->layer[k].name, candidate[c].id, bb_area_name[a]);
        }
    }
}
END_TEST

START_TEST(a_world_is_its_seed)
{
    const struct bb_world_size *size = &bb_world_sizes[BB_PROJECT_SMALL];
    struct bb_world *first = bb_world_new(4, size, arena), *again = bb_world_new(4, size, arena),
                    *other = bb_world_new(5, size, arena);
    size_t n = size->n_objects * size->n_repetitions * size->n_neuroids;
    ck_assert_mem_eq(first->area[BB_IT].count, again->area[BB_IT].count, n * sizeof(double));
    ck_assert(memcmp(first->area[BB_IT].count, other->area[BB_IT].count, n * sizeof(double)) != 0);
    ck_assert_mem_eq(first->two_choice, again->two_choice, size->n_subjects * size->n_objects * sizeof(int));
    /* the observers know something, and not everything */
    size_t right = 0, total = size->n_subjects * size->n_objects;
    for (size_t t = 0; t < total; t++) right += first->eight_choice[t] == first->objects.group[t % size->n_objects];
    ck_assert(right > total / 2 && right < total * 9 / 10);
}
END_TEST

Suite *suite_example_vision(void)
{
    Suite *suite = suite_create("example_vision");
    TCase *tcase = tcase_create("world");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, the_transform_is_fouriers);
    tcase_add_test(tcase, more_pictures_begin_with_the_same);
    tcase_add_test(tcase, twins_share_the_spectrum);
    tcase_add_test(tcase, spikes_are_poisson_around_their_rates);
    tcase_add_test(tcase, observers_know_less_the_noisier_they_are);
    tcase_add_test(tcase, the_truth_is_found_by_ridge_regression);
    tcase_add_test(tcase, a_world_is_its_seed);
    suite_add_tcase(suite, tcase);
    return suite;
}
