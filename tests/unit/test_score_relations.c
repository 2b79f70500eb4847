/*
 * Relations and quartiles against scipy and numpy (tests/numeric/relations.py), and on a board.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "metric_case.h"
#include "render_board.h"
#include "score/relations.h"

Suite *suite_score_relations(void);

START_TEST(correlations_are_scipys)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *cases = golden_cases(arena, "relations");
    ck_assert_uint_gt(cases->as.list.n, 40);
    for (size_t i = 0; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        const char *name = text_of(c, "name");
        size_t n;
        const double *x = numbers_of(bb_json_member(c, "x"), arena, &n), *y = numbers_of(bb_json_member(c, "y"), arena, &n);
        struct bb_relation got = bb_relation_between(x, y, n);
        ck_assert_msg((double)got.n == number_of(c, "n"), "%s: %zu pairs", name, got.n);
        check_near(name, got.pearson, number_of(c, "pearson"), 1e-12);
        check_near(name, got.spearman, number_of(c, "spearman"), 1e-12);
        check_near(name, got.interval[0], number_of(c, "low"), 1e-12);
        check_near(name, got.interval[1], number_of(c, "high"), 1e-12);
    }
    bb_arena_free(arena);
}
END_TEST

START_TEST(a_perfect_relation_has_an_interval_without_width)
{
    static const double x[] = {1, 2, 3, 5}, y[] = {3, 5, 7, 11};
    struct bb_relation got = bb_relation_between(x, y, 4);
    check_near("pearson", got.pearson, 1, 1e-15);
    ck_assert(got.interval[0] <= got.pearson && got.interval[1] <= 1);
    check_near("low", got.interval[0], 1, 1e-6);
}
END_TEST

static size_t node_of(const struct bb_results *board, const char *id)
{
    for (size_t i = 0; i < board->tree.n; i++)
        if (strcmp(board->tree.node[i].id, id) == 0) return i;
    ck_abort_msg("no node %s", id);
}

/* The columns of a board, made again without bb_relations_new. */
static struct bb_relation by_hand(const struct bb_results *board, size_t a, size_t b)
{
    double x[64], y[64];
    size_t n = 0;
    for (size_t m = 0; m < board->n_models; m++) {
        if (board->model[m].visibility != BB_PUBLIC || board->model[m].reference) continue;
        x[n] = bb_results_cell(board, m, a)->score;
        y[n++] = bb_results_cell(board, m, b)->score;
    }
    return bb_relation_between(x, y, n);
}

START_TEST(a_board_has_each_pair_once)
{
    struct bb_results *board = render_board_new();
    struct bb_relations *all = bb_relations_new(board, board->arena);
    struct bb_relation *list = BB_NEW_ARRAY(board->arena, board->tree.n, struct bb_relation);
    struct bb_relation *back = BB_NEW_ARRAY(board->arena, board->tree.n, struct bb_relation);
    size_t own = node_of(board, "Geirhos2021edge"), n = bb_relations_of(all, own, list);
    ck_assert_uint_gt(n, 10);
    bb_relations_add_ranks(all, own, list, n);
    for (size_t i = 0; i < n; i++) {
        struct bb_relation want = by_hand(board, own, list[i].node);
        ck_assert_uint_eq(list[i].n, want.n);
        ck_assert_double_eq(list[i].pearson, want.pearson);
        ck_assert_double_eq(list[i].spearman, want.spearman);
        ck_assert(i == 0 || list[i - 1].pearson >= list[i].pearson);
        ck_assert_uint_ne(list[i].node, own);
        ck_assert_uint_ne(list[i].node, node_of(board, "Secret2026"));
        bool found = false;
        size_t m = bb_relations_of(all, list[i].node, back);
        for (size_t k = 0; k < m; k++) found |= back[k].node == own && back[k].pearson == list[i].pearson;
        ck_assert(found);
    }
    ck_assert_uint_eq(bb_relations_of(all, node_of(board, "Secret2026"), list), 0); /* its scores are not published */
    ck_assert_uint_eq(bb_relations_of(all, node_of(board, "V1"), list), 0);         /* a group */
    bb_arena_free(board->arena);
}
END_TEST

START_TEST(quartiles_are_numpys)
{
    struct bb_results *board = render_board_new();
    const struct bb_json *cases = golden_cases(board->arena, "relations");
    size_t leaf = node_of(board, "ImageNet-top1"), checked = 0;
    for (size_t i = 0; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i], *want = bb_json_member(c, "quartiles");
        size_t n, at = 0;
        const double *x = numbers_of(bb_json_member(c, "x"), board->arena, &n);
        if (n > 8) continue; /* the board has so many models that count */
        for (size_t m = 0; m < board->n_models; m++) {
            bool counts = board->model[m].visibility == BB_PUBLIC && !board->model[m].reference;
            bb_results_aggregate(board, m, leaf)->score = counts && at < n ? x[at++] : counts ? (double)NAN : 9;
        }
        struct bb_spread spread = bb_spread_of(board, leaf);
        const double got[] = {spread.low, spread.lower, spread.median, spread.upper, spread.high};
        for (size_t q = 0; q < 5; q++)
            check_near(text_of(c, "name"), got[q], want->type == BB_JSON_ARRAY ? want->as.list.item[q]->as.number : (double)NAN,
                       1e-12);
        checked++;
    }
    ck_assert_uint_gt(checked, 10);
    bb_arena_free(board->arena);
}
END_TEST

Suite *suite_score_relations(void)
{
    Suite *suite = suite_create("score_relations");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, correlations_are_scipys);
    tcase_add_test(tcase, a_perfect_relation_has_an_interval_without_width);
    tcase_add_test(tcase, a_board_has_each_pair_once);
    tcase_add_test(tcase, quartiles_are_numpys);
    suite_add_tcase(suite, tcase);
    return suite;
}
