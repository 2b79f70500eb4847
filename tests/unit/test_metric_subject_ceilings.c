/*
 * Ceilings that come with the units, and from pairs of subjects: against numbers worked out by hand, and against the metric that they are made of.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "metric/cka.h"
#include "metric/subject_similarity.h"
#include "metric/unit_reliability.h"
#include "neural_case.h"

Suite *suite_metric_subject_ceilings(void);

static struct bb_arena *arena;
static struct bb_err err;

static void setup(void)
{
    arena = bb_arena_new(0);
    err = (struct bb_err){0};
}

static void teardown(void)
{
    bb_arena_free(arena);
}

/* Five units of two subjects, four stimuli; one unit has no reliability. */
static const char RECORDING[] = "{\"dims\": {\"presentation\": 5, \"neuroid\": 5}, \"coords\": ["
                                "{\"name\": \"stimulus_id\", \"dim\": 0, \"values\": [\"a\", \"b\", \"c\", \"d\", \"e\"]},"
                                "{\"name\": \"neuroid_id\", \"dim\": 1, \"values\": [\"u1\", \"u2\", \"u3\", \"u4\", \"u5\"]},"
                                "{\"name\": \"subject\", \"dim\": 1, \"values\": [\"x\", \"x\", \"y\", \"y\", \"z\"]},"
                                "{\"name\": \"nc\", \"dim\": 1, \"values\": [36, 64, 49, null, 81]}],"
                                "\"values\": [1, 2, 3, 4, 5, 2, 1, 4, 3, 6, 5, 3, 1, 2, 0, 4, 4, 2, 8, 1, 7, 1, 1, 0, 2]}";

static struct bb_ceiling_result compute(const struct bb_ceiling *ceiling, const char *params, const struct bb_assembly *data,
                                        enum bb_code want)
{
    struct bb_ceiling_result result = {0};
    struct bb_task task = {.data = data, .arena = arena, .params = NULL};
    void *metric =
        neural_params(json_of(arena, "{}"), bb_cka.fields, bb_cka.n_fields, bb_cka.params_size, bb_cka.finish, arena, NULL);
    task.params = metric;
    void *own = neural_params(json_of(arena, params), ceiling->fields, ceiling->n_fields, ceiling->params_size, ceiling->finish,
                              arena, NULL);
    enum bb_code code = ceiling->compute(&task, &bb_cka, own, &result, &err);
    ck_assert_msg(code == want, "%s", err.msg);
    return result;
}

START_TEST(the_median_of_roots)
{
    struct bb_assembly *data = assembly_of_json(json_of(arena, RECORDING));
    struct bb_ceiling_result result =
        compute(&bb_unit_reliability, "{\"coordinate\": \"nc\", \"scale\": 0.01, \"root\": true}", data, BB_OK);
    ck_assert_double_eq_tol(result.value, .75, 1e-15); /* of .6, .8, .7, .9 */
    ck_assert_double_nan(result.error);
    ck_assert_uint_eq(result.parts.n, 3);
    ck_assert_double_eq_tol(result.parts.value[0], .7, 1e-15);
    ck_assert_double_eq_tol(result.parts.value[1], .7, 1e-15);
    ck_assert_double_eq_tol(result.parts.value[2], .9, 1e-15);
    bb_assembly_free(data);
}
END_TEST

START_TEST(the_mean_as_it_is)
{
    struct bb_assembly *data = assembly_of_json(json_of(arena, RECORDING));
    struct bb_ceiling_result result =
        compute(&bb_unit_reliability, "{\"coordinate\": \"nc\", \"aggregate\": \"mean\"}", data, BB_OK);
    ck_assert_double_eq_tol(result.value, 57.5, 1e-12);
    ck_assert_double_eq_tol(result.parts.value[0], 50, 1e-12);
    bb_assembly_free(data);
}
END_TEST

START_TEST(a_coordinate_that_is_not_there)
{
    struct bb_assembly *data = assembly_of_json(json_of(arena, RECORDING));
    compute(&bb_unit_reliability, "{\"coordinate\": \"nc_12rep\"}", data, BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "nc_12rep"));
    compute(&bb_unit_reliability, "{\"coordinate\": \"stimulus_id\"}", data, BB_EINPUT);
    ck_assert_str_eq(err.msg, "\"stimulus_id\" of the recording must be numbers, one for each neuroid");
    bb_assembly_free(data);
}
END_TEST

/* Unbiased linear CKA of the columns [from, from + p) and [to, to + q) of the recording, from its definition. */
static double cka_of(size_t from, size_t p, size_t to, size_t q)
{
    static const double X[5][5] = {{1, 2, 3, 4, 5}, {2, 1, 4, 3, 6}, {5, 3, 1, 2, 0}, {4, 4, 2, 8, 1}, {7, 1, 1, 0, 2}};
    size_t first[2] = {from, to}, width[2] = {p, q};
    double K[2][5][5] = {{{0}}}, sum[2][5] = {{0}}, all[2] = {0}, hsic[2][2];
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < 5; i++)
            for (size_t j = 0; j < 5; j++) {
                for (size_t k = 0; i != j && k < width[s]; k++) K[s][i][j] += X[i][first[s] + k] * X[j][first[s] + k];
                sum[s][i] += K[s][i][j];
                all[s] += K[s][i][j];
            }
    for (size_t s = 0; s < 2; s++)
        for (size_t t = 0; t < 2; t++) {
            double trace = 0, cross = 0;
            for (size_t i = 0; i < 5; i++) {
                cross += sum[s][i] * sum[t][i];
                for (size_t j = 0; j < 5; j++) trace += K[s][i][j] * K[t][i][j];
            }
            hsic[s][t] = (trace + all[s] * all[t] / 12 - 2 * cross / 3) / 10;
        }
    return hsic[0][0] * hsic[1][1] > 0 ? hsic[0][1] / (sqrt(hsic[0][0] * hsic[1][1]) + 1e-12) : 0;
}

START_TEST(the_mean_over_pairs)
{
    struct bb_assembly *data = assembly_of_json(json_of(arena, RECORDING));
    struct bb_ceiling_result result = compute(&bb_subject_similarity, "{}", data, BB_OK);
    double xy = cka_of(0, 2, 2, 2), xz = cka_of(0, 2, 4, 1), yz = cka_of(2, 2, 4, 1);
    ck_assert_uint_eq(result.n, 3);
    ck_assert_double_eq_tol(result.units.value[0], xy, 1e-9);
    ck_assert_double_eq_tol(result.units.value[1], xz, 1e-9);
    ck_assert_double_eq_tol(result.units.value[2], yz, 1e-9);
    ck_assert_double_eq_tol(result.value, (xy + xz + yz) / 3, 1e-9);
    ck_assert_str_eq(result.units.label[0][1], "x, z");
    bb_assembly_free(data);
}
END_TEST

Suite *suite_metric_subject_ceilings(void)
{
    Suite *suite = suite_create("metric_subject_ceilings");
    TCase *tests = tcase_create("subject_ceilings");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_median_of_roots);
    tcase_add_test(tests, the_mean_as_it_is);
    tcase_add_test(tests, a_coordinate_that_is_not_there);
    tcase_add_test(tests, the_mean_over_pairs);
    suite_add_tcase(suite, tests);
    return suite;
}
