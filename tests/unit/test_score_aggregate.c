/* Averages and ranks, by hand: the rules of Brain-Score's mv.sql and filter_and_rank_models. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "score/results.h"

#define NAN_D ((double)NAN)

static const char tree_text[] =
    "[{\"id\": \"average\", \"domain\": \"vision\"},"
    " {\"id\": \"neural\", \"parent\": \"average\", \"order\": 1},"
    " {\"id\": \"a\", \"parent\": \"neural\", \"metric\": \"published\", \"order\": 1},"
    " {\"id\": \"b\", \"parent\": \"neural\", \"metric\": \"published\", \"order\": 2},"
    " {\"id\": \"behavior\", \"parent\": \"average\", \"order\": 2},"
    " {\"id\": \"c\", \"parent\": \"behavior\", \"metric\": \"published\"},"
    " {\"id\": \"speed\", \"parent\": \"average\", \"engineering\": true, \"order\": 3},"
    " {\"id\": \"d\", \"parent\": \"speed\", \"metric\": \"published\"},"
    " {\"id\": \"other\", \"domain\": \"vision\", \"engineering\": true, \"aggregate\": \"none\", \"order\": 2},"
    " {\"id\": \"e\", \"parent\": \"other\", \"metric\": \"published\", \"better\": \"lower\"}]";

#define N_MODELS 5
static struct bb_catalog catalog;
static struct bb_results *results;

static void setup(void)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    catalog = (struct bb_catalog){.arena = bb_arena_new(0)};
    const struct bb_json *json = bb_json_parse(catalog.arena, "tree", tree_text, strlen(tree_text), &diags);
    size_t n = json->as.list.n;
    struct bb_node *node = BB_NEW_ARRAY(catalog.arena, n, struct bb_node);
    for (size_t i = 0; i < n; i++) ck_assert(bb_node_read(json->as.list.item[i], "", catalog.arena, &diags, &node[i]));
    ck_assert(bb_tree_link(node, n, catalog.arena, &diags, &catalog.tree));
    static const char *const id[N_MODELS] = {"m0", "m1", "m2", "m3", "m4"};
    catalog.model = BB_NEW_ARRAY(catalog.arena, N_MODELS, struct bb_model);
    for (size_t m = 0; m < N_MODELS; m++) catalog.model[m] = (struct bb_model){.id = id[m], .name = id[m], .visual_degrees = NAN_D};
    catalog.n_models = N_MODELS;
    catalog.board.title = "A board";
    results = bb_results_new(&catalog);
    for (size_t i = 0; i < results->tree.n; i++) results->facts[i].present = bb_node_is_leaf(&results->tree.node[i]);
    bb_diags_release(&diags);
}

static void teardown(void)
{
    bb_results_free(results);
    for (size_t i = 0; i < catalog.tree.n; i++) bb_node_release(&catalog.tree.node[i]);
    bb_arena_free(catalog.arena);
}

static size_t at(const char *node)
{
    return bb_tree_find(&results->tree, node);
}

static void set(size_t model, const char *node, enum bb_status status, double score)
{
    struct bb_cell *cell = bb_results_cell(results, model, at(node));
    cell->status = status;
    cell->raw = cell->score = score;
    if (status == BB_CELL_FAILED) cell->reason = "a reason";
}

static double score(size_t model, const char *node)
{
    return bb_results_aggregate(results, model, at(node))->score;
}

static void all_ok(size_t model, double a, double b, double c)
{
    set(model, "a", BB_CELL_OK, a);
    set(model, "b", BB_CELL_OK, b);
    set(model, "c", BB_CELL_OK, c);
}

START_TEST(missing_counts_as_zero)
{
    set(0, "a", BB_CELL_OK, .6);
    set(0, "b", BB_CELL_MISSING, NAN_D);
    set(0, "c", BB_CELL_FAILED, NAN_D);
    bb_results_aggregate_all(results);
    ck_assert_double_eq_tol(score(0, "neural"), .3, 1e-15);
    ck_assert(isnan(score(0, "behavior"))); /* nothing below it has a score … */
    ck_assert_double_eq_tol(score(0, "average"), .15, 1e-15); /* … and it counts as zero above */
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("average"))->scored, 1);
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("average"))->of, 3);
}
END_TEST

START_TEST(skip_and_require)
{
    set(0, "a", BB_CELL_OK, .6);
    set(0, "b", BB_CELL_MISSING, NAN_D);
    set(0, "c", BB_CELL_OK, .2);
    results->board.options.missing = BB_MISSING_SKIP;
    bb_results_aggregate_all(results);
    ck_assert_double_eq_tol(score(0, "neural"), .6, 1e-15);
    ck_assert_double_eq_tol(score(0, "average"), .4, 1e-15);
    results->board.options.missing = BB_MISSING_REQUIRE;
    bb_results_aggregate_all(results);
    ck_assert(isnan(score(0, "neural")));
    ck_assert_double_eq_tol(score(0, "behavior"), .2, 1e-15);
    ck_assert(isnan(score(0, "average")));
}
END_TEST

START_TEST(exempt_and_engineering_do_not_count)
{
    set(0, "a", BB_CELL_OK, .6);
    set(0, "b", BB_CELL_NOT_APPLICABLE, NAN_D);
    set(0, "c", BB_CELL_OK, .2);
    set(0, "d", BB_CELL_OK, 1);
    set(0, "e", BB_CELL_OK, .9);
    bb_results_aggregate_all(results);
    ck_assert_double_eq_tol(score(0, "neural"), .6, 1e-15);
    ck_assert_double_eq_tol(score(0, "speed"), 1, 1e-15);
    ck_assert_double_eq_tol(score(0, "average"), .4, 1e-15);
    ck_assert(isnan(score(0, "other"))); /* its children have no common scale */
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("other"))->scored, 1);
}
END_TEST

START_TEST(nothing_at_all)
{
    set(0, "a", BB_CELL_FAILED, NAN_D);
    bb_results_aggregate_all(results);
    ck_assert(isnan(score(0, "average")));
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("average"))->rank, 0);
    ck_assert_uint_eq(bb_results_aggregate(results, 1, at("average"))->of, 0);
}
END_TEST

/* The reference's golden case: averages .47 .45 .45 .45 .44 have the ranks 1 2 2 2 5. */
START_TEST(competition_ranks_on_two_decimals)
{
    static const double value[N_MODELS] = {.4445, .4501, .4651, .4549, .4499}; /* → .44 .45 .47 .45 .45 */
    static const size_t rank[N_MODELS] = {5, 2, 1, 2, 2};
    for (size_t m = 0; m < N_MODELS; m++) all_ok(m, value[m], value[m], value[m]);
    bb_results_aggregate_all(results);
    for (size_t m = 0; m < N_MODELS; m++) ck_assert_uint_eq(bb_results_aggregate(results, m, at("average"))->rank, rank[m]);
}
END_TEST

START_TEST(half_is_rounded_away_from_zero)
{
    all_ok(0, .445, .445, .445);
    all_ok(1, .45, .45, .45);
    bb_results_aggregate_all(results);
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("a"))->rank, 1);
    ck_assert_uint_eq(bb_results_aggregate(results, 1, at("a"))->rank, 1);
}
END_TEST

START_TEST(reference_rows_and_unlisted_models_take_no_rank)
{
    struct bb_model *model = BB_NEW_ARRAY(results->arena, N_MODELS, struct bb_model);
    memcpy(model, results->model, N_MODELS * sizeof *model);
    model[0].reference = true;
    model[1].visibility = BB_UNLISTED;
    results->model = model;
    for (size_t m = 0; m < 3; m++) all_ok(m, .9 - (double)m * .1, .5, .5);
    bb_results_aggregate_all(results);
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("a"))->rank, 0);
    ck_assert_uint_eq(bb_results_aggregate(results, 1, at("a"))->rank, 0);
    ck_assert_uint_eq(bb_results_aggregate(results, 2, at("a"))->rank, 1);
}
END_TEST

START_TEST(less_is_better)
{
    set(0, "e", BB_CELL_OK, .3);
    set(1, "e", BB_CELL_OK, .1);
    bb_results_aggregate_all(results);
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("e"))->rank, 2);
    ck_assert_uint_eq(bb_results_aggregate(results, 1, at("e"))->rank, 1);
}
END_TEST

START_TEST(private_models_are_not_there)
{
    catalog.model[1].visibility = BB_PRIVATE;
    catalog.model[2].embargo_until = "2027-01-01";
    catalog.model[3].embargo_until = "2026-01-01";
    catalog.board.date = "2026-11-24";
    bb_results_free(results);
    results = bb_results_new(&catalog);
    ck_assert_uint_eq(results->n_models, 3);
    ck_assert_str_eq(results->model[1].id, "m3");
}
END_TEST

START_TEST(results_read_back_the_same)
{
    struct bb_buf first = BB_BUF_INIT, second = BB_BUF_INIT;
    struct bb_err err = {0};
    struct bb_diags diags;
    bb_diags_init(&diags);
    all_ok(0, .1 + .2, 1.0 / 3, 1e-17);
    set(1, "a", BB_CELL_FAILED, NAN_D);
    set(1, "b", BB_CELL_MISSING, NAN_D);
    set(1, "c", BB_CELL_NOT_APPLICABLE, NAN_D);
    bb_results_cell(results, 0, at("a"))->n = 480;
    bb_results_cell(results, 0, at("a"))->error = .01;
    bb_results_cell(results, 0, at("a"))->error_kind = "subject_sd";
    results->facts[at("a")].ceiling = (struct bb_ceiling_result){.value = .8158, .error = .0014, .lower = NAN_D, .n = 6};
    results->facts[at("a")].ceiling_how = "subject_pairs";
    results->facts[at("a")].data_digest = "sha256:00";
    bb_results_aggregate_all(results);
    bb_results_write(results, &first);
    char path[] = "/tmp/brainboard-results-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    ck_assert_int_eq(bb_file_write(path, first.data, first.len, &err), BB_OK);
    struct bb_results *again = bb_results_read(path, &diags);
    unlink(path);
    ck_assert_msg(again != NULL, "%s", diags.n ? diags.diag[0].message : "?");
    bb_results_write(again, &second);
    ck_assert_str_eq(bb_buf_text(&first), bb_buf_text(&second));
    ck_assert_double_eq(bb_results_cell(again, 0, bb_tree_find(&again->tree, "a"))->score, .1 + .2);
    bb_results_free(again);
    bb_buf_release(&first);
    bb_buf_release(&second);
    bb_diags_release(&diags);
}
END_TEST

Suite *suite_score_aggregate(void);
Suite *suite_score_aggregate(void)
{
    Suite *suite = suite_create("score_aggregate");
    TCase *tc = tcase_create("rules");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, missing_counts_as_zero);
    tcase_add_test(tc, skip_and_require);
    tcase_add_test(tc, exempt_and_engineering_do_not_count);
    tcase_add_test(tc, nothing_at_all);
    tcase_add_test(tc, competition_ranks_on_two_decimals);
    tcase_add_test(tc, half_is_rounded_away_from_zero);
    tcase_add_test(tc, reference_rows_and_unlisted_models_take_no_rank);
    tcase_add_test(tc, less_is_better);
    tcase_add_test(tc, private_models_are_not_there);
    tcase_add_test(tc, results_read_back_the_same);
    suite_add_tcase(suite, tc);
    return suite;
}
