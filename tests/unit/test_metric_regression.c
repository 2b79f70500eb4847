/*
 * Regression metrics without the command line: the golden project of neural benchmarks (tests/numeric/neural.py) metric by metric, down to the r of each split
 * and neuroid; features against Gram matrices; what is refused.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "catalog/catalog_int.h"
#include "neural_case.h"
#include "numeric/mt19937.h"
#include "store/array_file.h"

Suite *suite_metric_regression(void);

#define TOLERANCE 1e-9

/* --- the golden project --------------------------------------------------------------------------------------------- */

static const struct bb_json *project_file(const char *name, struct bb_arena *arena)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json =
        bb_json_read(arena, bb_arena_printf(arena, "%s/numeric/neural/%s", BB_TEST_DIR, name), (struct bb_place){0}, &diags);
    bb_diags_release(&diags);
    ck_assert_msg(json != NULL, "%s", name);
    return json;
}

static const struct bb_json *by_id(const struct bb_json *list, const char *id)
{
    for (size_t i = 0; i < list->as.list.n; i++)
        if (bb_streq(text_of(list->as.list.item[i], "id"), id)) return list->as.list.item[i];
    ck_abort_msg("no %s", id);
    return NULL;
}

static struct bb_assembly *load(const char *file, const struct bb_json *where, struct bb_arena *arena)
{
    struct bb_columns columns;
    struct bb_diags diags;
    struct bb_assembly *assembly;
    struct bb_err err = {0};
    bb_diags_init(&diags);
    ck_assert(bb_columns_read(NULL, where, arena, &diags, &columns));
    struct bb_array_source source = {.path = bb_arena_printf(arena, "%s/numeric/neural/%s", BB_TEST_DIR, file),
                                     .columns = &columns};
    ck_assert_msg(bb_array_load(&source, 0, &assembly, &err) == BB_OK, "%s", err.msg);
    bb_columns_release(&columns);
    bb_diags_release(&diags);
    return assembly;
}

/* The columns of a layer (NULL: all) of a model's file. */
static struct bb_features *features_of_file(const char *file, const char *layer, struct bb_arena *arena)
{
    struct bb_assembly *assembly = load(file, NULL, arena);
    struct bb_groups id = bb_coord_groups(bb_assembly_coord(assembly, "stimulus_id"), arena),
                     layers = bb_coord_groups(bb_assembly_coord(assembly, "layer"), arena);
    size_t n = assembly->dim[0].size, q = assembly->dim[1].size, p = 0, *column = BB_NEW_ARRAY(arena, q, size_t);
    struct bb_features *features;
    struct bb_err err = {0};
    for (size_t j = 0; j < q; j++)
        if (!layer || bb_streq(layers.name[layers.group[j]], layer)) column[p++] = j;
    double *X = BB_NEW_ARRAY(arena, n * p, double);
    const char **stimulus = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++) {
        stimulus[i] = id.name[id.group[i]];
        for (size_t k = 0; k < p; k++) X[i * p + k] = assembly->value[i * q + column[k]];
    }
    ck_assert_msg(bb_features_of_matrix(stimulus, X, n, p, layer ? layer : "", &features, &err) == BB_OK, "%s", err.msg);
    bb_assembly_free(assembly);
    return features;
}

static void read_time_bins(const struct bb_json *benchmark, struct bb_task *task)
{
    const struct bb_json *bins = bb_json_member(benchmark, "time_bins_ms");
    double(*bin)[2] = bb_arena_alloc(task->arena, 1, sizeof *bin);
    for (size_t i = 0; bins && i < 2; i++) bin[0][i] = bins->as.list.item[0]->as.list.item[i]->as.number;
    task->time_bins = (const double(*)[2])bin;
    task->n_time_bins = bins ? 1 : 0;
}

/* `data`: a source, or the test part and the training part. */
static void load_data(const struct bb_json *benchmark, struct bb_task *task)
{
    const struct bb_json *data = bb_json_member(benchmark, "data");
    if (data->type == BB_JSON_OBJECT) {
        task->data = load(text_of(data, "file"), bb_json_member(data, "where"), task->arena);
        return;
    }
    task->data = load(text_of(data->as.list.item[0], "file"), NULL, task->arena);
    task->data_train = load(text_of(data->as.list.item[1], "file"), NULL, task->arena);
}

static const struct bb_metric *metric_of(const struct bb_json *benchmark, struct bb_task *task)
{
    const struct bb_json *json = bb_json_member(benchmark, "metric");
    const struct bb_metric *metric = bb_metric_find(text_of(json, "name"));
    ck_assert_ptr_nonnull(metric);
    task->params = neural_params(bb_json_without(json, "name", task->arena), metric->fields, metric->n_fields,
                                 metric->params_size, metric->finish, task->arena, NULL);
    return metric;
}

static void check_matrix(const char *name, const struct bb_json *want, const struct bb_units *units)
{
    if (!want) return;
    ck_assert_uint_eq(want->as.list.n, units->n[0]);
    for (size_t s = 0; s < want->as.list.n; s++) {
        const struct bb_json *row = want->as.list.item[s];
        ck_assert_uint_eq(row->as.list.n, units->n[1]);
        for (size_t j = 0; j < row->as.list.n; j++) {
            const struct bb_json *r = row->as.list.item[j];
            check_near(name, units->value[s * units->n[1] + j], r->type == BB_JSON_NUMBER ? r->as.number : (double)NAN,
                       TOLERANCE);
        }
    }
}

static void check_cell(const struct bb_json *cell, const struct bb_json *model, const struct bb_json *benchmark)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_task task = {.arena = arena};
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_err err = {0};
    const char *name = bb_arena_printf(arena, "%s on %s", text_of(cell, "model"), text_of(cell, "benchmark"));
    const char *file = text_of(bb_json_member(bb_json_member(model, "outputs"), text_of(benchmark, "stimuli")), "file");
    bool good = bb_streq(text_of(cell, "status"), "ok");
    const struct bb_metric *metric = metric_of(benchmark, &task);
    struct bb_features *features = features_of_file(file, text_of(cell, "layer"), arena);
    task.features = features;
    read_time_bins(benchmark, &task);
    load_data(benchmark, &task);
    enum bb_code rc = metric->score_features(&task, &result, &err);
    ck_assert_msg((rc == BB_OK) == good, "%s: %s", name, rc ? err.msg : "a score, where the reference has none");
    if (good) {
        check_near(name, result.raw, number_of(cell, "raw"), TOLERANCE);
        if (bb_json_member(cell, "raw_error")) check_near(name, result.error, number_of(cell, "raw_error"), TOLERANCE);
        check_matrix(name, bb_json_member(cell, "r"), &result.units);
    }
    bb_features_of_matrix_free(features);
    bb_assembly_free((struct bb_assembly *)(uintptr_t)task.data);
    bb_assembly_free((struct bb_assembly *)(uintptr_t)task.data_train);
    bb_arena_free(arena);
}

/* Models whose stimuli are each in one row, in one file for training and test, and finite. */
static const char *const models[] = {"wide",   "narrow",   "flawed", "flawed-narrow", "large",     "far",
                                     "single", "lm-small", "lm-big", "constant",      "incomplete"};

START_TEST(each_metric_gives_the_references_numbers)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *expected = project_file("expected.json", arena), *benchmarks = project_file("benchmarks.json", arena);
    const struct bb_json *model = by_id(project_file("models.json", arena), models[_i]);
    size_t n = 0;
    for (size_t i = 0; i < expected->as.list.n; i++) {
        const struct bb_json *cell = expected->as.list.item[i], *benchmark = by_id(benchmarks, text_of(cell, "benchmark"));
        if (!bb_streq(text_of(cell, "model"), models[_i]) || bb_streq(text_of(cell, "status"), "missing")) continue;
        if (bb_json_member(benchmark, "fitting_stimuli")) continue; /* joined by whoever reads the files */
        check_cell(cell, model, benchmark);
        n++;
    }
    ck_assert_uint_ge(n, 4);
    bb_arena_free(arena);
}
END_TEST

/* --- small recordings made here ------------------------------------------------------------------------------------- */

/* n stimuli, q neuroids, p features of random numbers; the recording's `group` has the values 0 and 1 in turn. */
struct board {
    struct bb_arena *arena;
    struct bb_features *features;
    struct bb_assembly *data;
    struct bb_task task;
};

static struct bb_json *board_json(size_t n, size_t q, size_t p, struct bb_arena *arena)
{
    struct bb_mt19937 mt;
    struct bb_buf text = BB_BUF_INIT;
    struct bb_diags diags;
    bb_mt19937_seed(&mt, 3);
    bb_buf_printf(&text,
                  "{\"data\": {\"dims\": {\"presentation\": %zu, \"neuroid\": %zu}, \"coords\": [{\"name\": \"stimulus_id\", "
                  "\"dim\": 0, \"values\": [",
                  n, q);
    for (size_t i = 0; i < n; i++) bb_buf_printf(&text, "%s\"s%zu\"", i ? ", " : "", i);
    bb_buf_puts(&text, "]}, {\"name\": \"group\", \"dim\": 0, \"values\": [");
    for (size_t i = 0; i < n; i++) bb_buf_printf(&text, "%s%zu", i ? ", " : "", i % 2);
    bb_buf_puts(&text, "]}], \"values\": [");
    for (size_t i = 0; i < n * q; i++) bb_buf_printf(&text, "%s%.17g", i ? ", " : "", bb_mt19937_uniform(&mt));
    bb_buf_puts(&text, "]}, \"features\": {\"stimulus\": [");
    for (size_t i = 0; i < n; i++) bb_buf_printf(&text, "%s\"s%zu\"", i ? ", " : "", n - 1 - i);
    bb_buf_puts(&text, "], \"X\": [");
    for (size_t i = 0; i < n * p; i++) bb_buf_printf(&text, "%s%.17g", i ? ", " : "", bb_mt19937_uniform(&mt));
    bb_buf_puts(&text, "]}}");
    bb_diags_init(&diags);
    struct bb_json *json = bb_json_parse(arena, "board", text.data, text.len, &diags);
    bb_diags_release(&diags);
    bb_buf_release(&text);
    ck_assert_ptr_nonnull(json);
    return json;
}

static void board_new(struct board *board, size_t n, size_t q, size_t p)
{
    board->arena = bb_arena_new(0);
    const struct bb_json *json = board_json(n, q, p, board->arena);
    board->data = assembly_of_json(bb_json_member(json, "data"));
    board->features = features_of_json(bb_json_member(json, "features"), board->arena);
    board->task = (struct bb_task){.arena = board->arena, .data = board->data, .features = board->features};
}

static void board_release(struct board *board)
{
    bb_features_of_matrix_free(board->features);
    bb_assembly_free(board->data);
    bb_arena_free(board->arena);
}

static const struct bb_json *parse(const char *text, struct bb_arena *arena)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "test", text, strlen(text), &diags);
    bb_diags_release(&diags);
    ck_assert_msg(json != NULL, "%s", text);
    return json;
}

static enum bb_code score(struct board *board, const char *name, const char *params, struct bb_metric_result *result,
                          struct bb_err *err)
{
    const struct bb_metric *metric = bb_metric_find(name);
    *result = (struct bb_metric_result){.raw = NAN, .error = NAN};
    board->task.params = neural_params(parse(params, board->arena), metric->fields, metric->n_fields, metric->params_size,
                                       metric->finish, board->arena, NULL);
    return metric->score_features(&board->task, result, err);
}

static double raw_of(struct board *board, const char *name, const char *params)
{
    struct bb_metric_result result;
    struct bb_err err = {0};
    ck_assert_msg(score(board, name, params, &result, &err) == BB_OK, "%s: %s", name, err.msg);
    return result.raw;
}

/* --- forms ---------------------------------------------------------------------------------------------------------- */

/* The same features as someone who gives Gram matrices has them: products and row sums only. */
static void to_products(struct bb_features *features)
{
    struct bb_gram *gram = features->gram, *products;
    struct bb_err err = {0};
    size_t n = gram->n, *rows = bb_malloc(n * sizeof *rows);
    double *K = bb_malloc(n * n * sizeof *K), *sum = bb_malloc(n * sizeof *sum);
    for (size_t i = 0; i < n; i++) {
        rows[i] = i;
        sum[i] = gram->row_sum[i] + gram->mean_sum + (double)gram->p * gram->shift;
    }
    bb_gram_uncentred(gram, rows, n, K);
    ck_assert_msg(bb_gram_from_products(K, sum, n, gram->p, &products, &err) == BB_OK, "%s", err.msg);
    bb_gram_free(gram);
    features->gram = products;
    features->stream = NULL;
    free(sum);
    free(K);
    free(rows);
}

static const struct {
    const char *metric, *params;
} linear_metrics[] = {{"pls", "{\"components\": 4}"},
                      {"ridge", "{\"alpha\": 0.5}"},
                      {"ridgecv", "{}"},
                      {"linear", "{}"},
                      {"ridge", "{\"dialect\": \"language\"}"}};

START_TEST(gram_matrices_give_the_scores_of_features)
{
    static const size_t features[] = {8, 60};
    for (size_t k = 0; k < 2; k++) {
        struct board board;
        board_new(&board, 40, 5, features[k]);
        double from_features = raw_of(&board, linear_metrics[_i].metric, linear_metrics[_i].params);
        to_products(board.features);
        check_near(linear_metrics[_i].metric, raw_of(&board, linear_metrics[_i].metric, linear_metrics[_i].params), from_features,
                   1e-9);
        board_release(&board);
    }
}
END_TEST

/* --- results -------------------------------------------------------------------------------------------------------- */

START_TEST(a_result_says_what_was_done)
{
    struct board board;
    struct bb_metric_result result;
    struct bb_err err = {0};
    board_new(&board, 30, 3, 6);
    ck_assert_int_eq(
        score(&board, "ridgecv", "{\"alphas\": [2], \"split\": {\"kind\": \"kfold\", \"splits\": 5}}", &result, &err), BB_OK);
    ck_assert_str_eq(result.detail, "alpha 2");
    ck_assert_str_eq(result.error_kind, "split_sem");
    ck_assert_uint_eq(result.n, 30);
    ck_assert_str_eq(result.units.axis[0], "split");
    ck_assert_str_eq(result.units.axis[1], "neuroid");
    ck_assert_uint_eq(result.units.n[0], 5);
    ck_assert_uint_eq(result.units.n[1], 3);
    ck_assert_uint_eq(result.parts.n, 0);
    ck_assert_int_eq(score(&board, "ridge", "{\"per\": \"subject\", \"dialect\": \"language\"}", &result, &err), BB_OK);
    ck_assert_uint_eq(result.parts.n, 1);
    ck_assert(result.parts.value[0] == result.raw);
    ck_assert(isnan(result.error) && !result.error_kind);
    ck_assert_int_eq(score(&board, "reverse_pls", "{\"components\": 2}", &result, &err), BB_OK);
    ck_assert_uint_eq(result.units.n[0], 10);
    ck_assert_uint_eq(result.units.n[1], 0);
    board_release(&board);
}
END_TEST

START_TEST(the_split_is_stratified_where_the_recording_lets_it)
{
    struct board board;
    board_new(&board, 30, 3, 6);
    double plain = raw_of(&board, "ridge", "{\"split\": {\"kind\": \"shuffle\"}}");
    double by_group = raw_of(&board, "ridge", "{\"split\": {\"kind\": \"stratified_shuffle\", \"by\": \"group\"}}");
    ck_assert(plain != by_group);
    ck_assert(raw_of(&board, "ridge", "{}") == plain); /* there is no object_name */
    for (size_t c = 0; c < board.data->n_coords; c++)
        if (bb_streq(board.data->coord[c].series.name, "group")) {
            free((void *)(uintptr_t)board.data->coord[c].series.name);
            board.data->coord[c].series.name = bb_strdup("object_name");
        }
    ck_assert(raw_of(&board, "ridge", "{}") == by_group);
    ck_assert(raw_of(&board, "ridge", "{\"split\": {\"splits\": 10}}") == by_group);
    ck_assert(raw_of(&board, "ridge", "{\"split\": {\"kind\": \"shuffle\"}}") == plain);
    ck_assert(raw_of(&board, "ridge", "{\"dialect\": \"language\", \"alpha\": 1}") != by_group);
    board_release(&board);
}
END_TEST

START_TEST(a_constant_neuroid_is_left_out_with_a_word)
{
    static const char *const metrics[] = {"pls", "ridge", "linear", "neuron_to_neuron"};
    struct board board;
    struct bb_metric_result result;
    struct bb_err err = {0};
    board_new(&board, 30, 3, 6);
    for (size_t i = 0; i < 30; i++) board.data->value[i * 3 + 1] = .1;
    for (size_t m = 0; m < 4; m++) {
        ck_assert_msg(score(&board, metrics[m], m ? "{}" : "{\"components\": 2}", &result, &err) == BB_OK, "%s", err.msg);
        ck_assert(isnan(result.units.value[1]) && !isnan(result.units.value[0]) && !isnan(result.raw));
        ck_assert_msg(result.warning && strstr(result.warning, "1 of 3 neuroids have no correlation"), "%s",
                      result.warning ? result.warning : "");
    }
    board_release(&board);
}
END_TEST

START_TEST(predictions_that_are_rounding_are_told)
{
    struct board board;
    struct bb_metric_result result;
    struct bb_err err = {0};
    board_new(&board, 30, 3, 6);
    for (size_t i = 0; i < 30 * 3; i++) board.data->value[i] += 5;
    ck_assert_int_eq(score(&board, "ridge", "{\"alpha\": 1e14}", &result, &err), BB_OK);
    ck_assert_msg(result.warning && strstr(result.warning, "last digits"), "%s", result.warning ? result.warning : "no warning");
    ck_assert_int_eq(score(&board, "ridge", "{\"alpha\": 1e3}", &result, &err), BB_OK);
    ck_assert_ptr_null(result.warning);
    board_release(&board);
}
END_TEST

/* --- refusals ------------------------------------------------------------------------------------------------------- */

static void check_says(struct board *board, const char *metric, const char *params, enum bb_code code, const char *part)
{
    struct bb_metric_result result;
    struct bb_err err = {0};
    enum bb_code got = score(board, metric, params, &result, &err);
    ck_assert_msg(got == code && strstr(err.msg, part), "%s %s: code %d, \"%s\" does not say \"%s\"", metric, params, (int)got,
                  err.msg, part);
}

START_TEST(what_cannot_be_fitted_is_a_sentence)
{
    struct board board;
    board_new(&board, 30, 3, 6);
    check_says(&board, "pls", "{}", BB_ENUMERIC, "6 features, too few for 25 components");
    check_says(&board, "reverse_pls", "{}", BB_ENUMERIC, "3 neuroids, too few for 25 components");
    check_says(&board, "ridge", "{\"split\": {\"kind\": \"given\"}}", BB_EINPUT, "\"part\": \"train\"");
    check_says(&board, "ridge", "{\"split\": {\"kind\": \"shuffle\", \"test\": 0.02}}", BB_ENUMERIC, "at least 2 of each");
    check_says(&board, "ridge", "{\"split\": {\"kind\": \"stratified_kfold\", \"by\": \"kind\"}}", BB_EINPUT, "kind");
    board.task.data_train = board.data;
    check_says(&board, "ridge", "{\"split\": {\"kind\": \"kfold\"}}", BB_EINPUT, "training part");
    board.task.data_train = NULL;
    board.data->value[7] = NAN;
    check_says(&board, "pls", "{\"components\": 2}", BB_EINPUT, "lacks 1 of its 90 responses");
    board.data->value[7] = HUGE_VAL;
    check_says(&board, "linear", "{}", BB_EINPUT, "lacks 1 of its 90 responses");
    board_release(&board);
}
END_TEST

START_TEST(gram_matrices_are_not_enough_for_some)
{
    struct board board;
    board_new(&board, 30, 3, 6);
    to_products(board.features);
    check_says(&board, "neuron_to_neuron", "{}", BB_EINPUT, "Gram matrices only");
    check_says(&board, "reverse_pls", "{\"components\": 2}", BB_EINPUT, "Gram matrices only");
    ck_assert(bb_metric_find("neuron_to_neuron")->needs_features && bb_metric_find("reverse_pls")->needs_features);
    board_release(&board);
}
END_TEST

START_TEST(features_that_are_all_constant_predict_nothing)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct board board;
    struct bb_features *constant;
    struct bb_err err = {0};
    const char **stimulus = BB_NEW_ARRAY(arena, 30, const char *);
    double *X = BB_NEW_ARRAY(arena, 30 * 40, double);
    for (size_t i = 0; i < 30; i++) stimulus[i] = bb_arena_printf(arena, "s%zu", i);
    for (size_t i = 0; i < 30 * 40; i++) X[i] = .1;
    board_new(&board, 30, 3, 6);
    ck_assert_int_eq(bb_features_of_matrix(stimulus, X, 30, 40, "flat", &constant, &err), BB_OK);
    board.task.features = constant;
    check_says(&board, "neuron_to_neuron", "{}", BB_ENUMERIC, "no correlation is defined");
    check_says(&board, "ridge", "{}", BB_ENUMERIC, "no correlation is defined");
    check_says(&board, "ridgecv", "{}", BB_ENUMERIC, "no correlation is defined");
    check_says(&board, "linear", "{}", BB_ENUMERIC, "no correlation is defined");
    check_says(&board, "pls", "{\"components\": 3}", BB_ENUMERIC, "");
    check_says(&board, "reverse_pls", "{\"components\": 2}", BB_ENUMERIC, "nothing to predict");
    bb_features_of_matrix_free(constant);
    board_release(&board);
    bb_arena_free(arena);
}
END_TEST

START_TEST(parameters_are_checked)
{
    static const struct {
        const char *metric, *params, *part;
    } bad[] = {
        {"pls", "{\"split\": {\"kind\": \"none\"}}", "something to fit on"},
        {"ridge", "{\"split\": {\"kind\": \"test_only\"}}", "something to fit on"},
        {"pls", "{\"components\": 0}", "components"},
        {"ridge", "{\"alpha\": -1}", "alpha"},
        {"ridgecv", "{\"alphas\": [1, 0]}", "greater than 0"},
        {"linear", "{\"dialect\": \"klingon\"}", "dialect"},
        {"linear", "{\"per\": \"neuroid\"}", "per"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct bb_arena *arena = bb_arena_new(0);
        const struct bb_metric *metric = bb_metric_find(bad[i].metric);
        const char *said = NULL;
        neural_params(parse(bad[i].params, arena), metric->fields, metric->n_fields, metric->params_size, metric->finish, arena,
                      &said);
        ck_assert_msg(said && strstr(said, bad[i].part), "%s: \"%s\"", bad[i].params, said ? said : "");
        bb_arena_free(arena);
    }
}
END_TEST

Suite *suite_metric_regression(void)
{
    Suite *suite = suite_create("metric/regression");
    TCase *tc = tcase_create("regression");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, each_metric_gives_the_references_numbers, 0, (int)(sizeof models / sizeof models[0]));
    tcase_add_loop_test(tc, gram_matrices_give_the_scores_of_features, 0,
                        (int)(sizeof linear_metrics / sizeof linear_metrics[0]));
    tcase_add_test(tc, a_result_says_what_was_done);
    tcase_add_test(tc, the_split_is_stratified_where_the_recording_lets_it);
    tcase_add_test(tc, a_constant_neuroid_is_left_out_with_a_word);
    tcase_add_test(tc, predictions_that_are_rounding_are_told);
    tcase_add_test(tc, what_cannot_be_fitted_is_a_sentence);
    tcase_add_test(tc, gram_matrices_are_not_enough_for_some);
    tcase_add_test(tc, features_that_are_all_constant_predict_nothing);
    tcase_add_test(tc, parameters_are_checked);
    suite_add_tcase(suite, tc);
    return suite;
}
