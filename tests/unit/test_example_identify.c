/*
 * The identification study, on few pictures: that it is a function of its seed, that its summary counts right, and that the rules are those of the file
 * with the predictions.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "example/identify_rules.h"
#include "numeric/blas.h"

Suite *suite_example_identify(void);

/* As small as PLS with 25 components allows: it needs as many features of each candidate, and of the truth. */
static const struct bb_identify_size tiny = {.n_objects = 16,
                                             .n_families = 1,
                                             .n_samples = 4,
                                             .n_seen = 16,
                                             .n_neuroids = 25,
                                             .n_repetitions = 6,
                                             .n_few = 1,
                                             .n_prototypes = 25,
                                             .n_random = 60};

static void run(uint64_t seed, struct bb_identify_scores *out)
{
    struct bb_err err = {0};
    bb_blas_one_thread();
    ck_assert_msg(bb_identify_run(seed, &tiny, out, &err) == BB_OK, "%s", err.msg);
}

/* In `same` only the right candidate is another one. */
static void check_conditions(const struct bb_identify_scores *scores)
{
    for (size_t b = 0; b < BB_MATCHED; b++)
        for (size_t m = 0; m < BB_METRICS; m++)
            for (size_t k = 0; k < BB_SCORED; k++) {
                double other = scores->value[b][BB_OTHER][m][k], same = scores->value[b][BB_SAME][m][k],
                       few = scores->value[b][BB_FEW][m][k];
                ck_assert_msg((k == b) == (other != same), "%s %s", bb_identify_brain[b].id, bb_identify_model[k].id);
                ck_assert(few != other);
            }
}

START_TEST(a_seed_is_an_experiment)
{
    struct bb_identify_scores *scores = calloc(3, sizeof *scores);
    run(1, &scores[0]);
    run(2, &scores[1]);
    run(1, &scores[2]);
    ck_assert_msg(memcmp(&scores[0], &scores[2], sizeof *scores) == 0, "the same seed gives other scores");
    size_t differ = 0, n = 0;
    for (size_t b = 0; b < BB_BRAINS; b++)
        for (size_t c = 0; c < BB_CONDITIONS; c++)
            for (size_t m = 0; m < BB_METRICS; m++)
                for (size_t k = 0; k < BB_SCORED; k++) {
                    double first = scores[0].value[b][c][m][k], second = scores[1].value[b][c][m][k];
                    bool defined = c != BB_SAME || b < BB_MATCHED;
                    ck_assert_msg(isfinite(first) == defined, "brain %zu, condition %zu, metric %zu, candidate %zu: %g", b, c, m,
                                  k, first);
                    if (!defined) continue;
                    ck_assert_msg(first <= 1 + 1e-12, "%g is above 1", first);
                    n++;
                    differ += first != second;
                }
    ck_assert_uint_eq(differ, n);
    check_conditions(&scores[0]);
    free(scores);
}
END_TEST

/* Two experiments in which V1's candidate wins by .25 and loses by .5; then a tie for the first place. */
START_TEST(firsts_are_counted)
{
    struct bb_identify_scores *scores = calloc(3, sizeof *scores);
    struct bb_identify_summary *summary = calloc(1, sizeof *summary);
    double *win = scores[0].value[BB_BRAIN_V1][BB_OTHER][BB_BY_RDM], *lose = scores[1].value[BB_BRAIN_V1][BB_OTHER][BB_BY_RDM];
    double *tie = scores[2].value[BB_BRAIN_V1][BB_OTHER][BB_BY_RDM];
    win[BB_BRAIN_V1] = .75, win[BB_MODEL_RANDOM] = .5, win[BB_TRUTH] = .9;
    lose[BB_BRAIN_V1] = .25, lose[BB_MODEL_RANDOM] = .75;
    tie[BB_BRAIN_V1] = tie[BB_MODEL_RANDOM] = .5, tie[BB_MODEL_TRAINED] = .497;
    bb_identify_summarise(scores, 1, 2, summary);
    const struct bb_identify_cell *cell = &summary->cell[BB_BRAIN_V1][BB_OTHER][BB_BY_RDM];
    ck_assert_double_eq(bb_identify_rate(summary, BB_BRAIN_V1, BB_OTHER, BB_BY_RDM), .5);
    ck_assert_double_eq(cell->first[BB_MODEL_RANDOM], .5);
    ck_assert_double_eq(cell->mean[BB_BRAIN_V1], .5);
    ck_assert_double_eq(cell->margin, -.125);
    ck_assert_double_eq_tol(cell->margin_sd, .75 / sqrt(2), 1e-15);
    ck_assert_double_eq(cell->mean[BB_TRUTH], .45);
    bb_identify_summarise(scores + 2, 3, 1, summary);
    ck_assert_double_eq(cell->first[BB_BRAIN_V1], 0);
    ck_assert_double_eq(cell->first[BB_MODEL_RANDOM], 0);
    ck_assert_double_eq(cell->near[BB_BRAIN_V1], 1);
    ck_assert_double_eq(cell->near[BB_MODEL_TRAINED], 1);
    ck_assert_double_eq(cell->near[BB_MODEL_SHUFFLED], 0);
    ck_assert(isnan(bb_identify_rate(summary, BB_BRAIN_IT, BB_OTHER, BB_BY_RDM)));
    free(summary);
    free(scores);
}
END_TEST

START_TEST(files_say_all)
{
    struct bb_identify_scores *scores = calloc(1, sizeof *scores);
    struct bb_identify_summary *summary = calloc(1, sizeof *summary);
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf csv = BB_BUF_INIT, json = BB_BUF_INIT;
    struct bb_diags diags;
    size_t lines = 0;
    bb_diags_init(&diags);
    run(4, scores);
    bb_identify_summarise(scores, 4, 1, summary);
    bb_identify_csv(summary, &csv);
    bb_identify_json(summary, &tiny, &json);
    for (const char *p = bb_buf_text(&csv); *p; p++) lines += *p == '\n';
    ck_assert_uint_eq(lines, 1 + (BB_BRAINS * BB_CONDITIONS - (BB_BRAINS - BB_MATCHED)) * BB_METRICS * BB_SCORED);
    const struct bb_json *tree = bb_json_parse(arena, "results.json", bb_buf_text(&json), json.len, &diags);
    ck_assert_ptr_nonnull(tree);
    ck_assert_uint_eq(bb_json_member(tree, "predictions")->as.list.n, bb_identify_n_rules);
    ck_assert_uint_eq(bb_json_member(tree, "cells")->as.list.n,
                      (BB_BRAINS * BB_CONDITIONS - (BB_BRAINS - BB_MATCHED)) * BB_METRICS);
    ck_assert_double_eq(bb_json_member(tree, "first_seed")->as.number, 4);
    bb_diags_release(&diags);
    bb_buf_release(&csv);
    bb_buf_release(&json);
    bb_arena_free(arena);
    free(summary);
    free(scores);
}
END_TEST

/* Line ends of the file are spaces. */
static char *predictions(void)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_err err = {0};
    ck_assert_msg(bb_file_read(BB_HOME "/data/identify/predictions.md", 0, &text, &err) == BB_OK, "%s", err.msg);
    for (char *p = text.data; *p; p++)
        if (*p == '\n') *p = ' ';
    return text.data;
}

START_TEST(rules_are_those_that_were_written_down)
{
    char *text = predictions(), wanted[512];
    ck_assert_uint_eq(bb_identify_n_rules, 19);
    for (size_t i = 0; i < bb_identify_n_rules; i++) {
        snprintf(wanted, sizeof wanted, " %zu. **%s**", i + 1, bb_identify_rules[i].text);
        ck_assert_msg(strstr(text, wanted), "predictions.md does not say \"%s\"", wanted);
    }
    free(text);
}
END_TEST

Suite *suite_example_identify(void)
{
    Suite *suite = suite_create("example_identify");
    TCase *tcase = tcase_create("example_identify");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, a_seed_is_an_experiment);
    tcase_add_test(tcase, firsts_are_counted);
    tcase_add_test(tcase, files_say_all);
    tcase_add_test(tcase, rules_are_those_that_were_written_down);
    suite_add_tcase(suite, tcase);
    return suite;
}
