/* What the page of questions claims: next to nothing of chance, what was planted, and each doubt by its name. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "insight/questions.h"
#include "insight_board.h"
#include "numeric/stats.h"

Suite *suite_insight_questions(void);

enum { MOST = 120 };
static double score[MOST][INSIGHT_LEAVES], perplexity[MOST], parameters[MOST];
static const char *training[MOST];
static struct bb_arena *arena;
static struct bb_results *results;
static struct bb_policies policies;
static struct bb_insights insights;
static struct bb_rng rng;

static void set_up(void)
{
    bb_rng_init(&rng, 11, 1);
}

static void close_board(void)
{
    if (results) bb_policies_close(&policies);
    if (results) bb_results_free(results);
    bb_arena_free(arena);
    results = NULL;
    arena = NULL;
}

static void ask(struct insight_board board)
{
    close_board();
    arena = bb_arena_new(0);
    board.score = score;
    board.perplexity = perplexity;
    board.parameters = parameters;
    board.training = training;
    results = insight_board_new(&board);
    bb_policies_open(&policies, results);
    insights = bb_insights_of(&policies, arena);
}

/* Nothing has to do with anything. */
static void draw_chance(size_t n)
{
    static const char *const kinds[] = {"plain", "contrastive", "masked"};
    for (size_t m = 0; m < n; m++) {
        for (size_t b = 0; b < INSIGHT_LEAVES; b++) score[m][b] = .5 + .1 * insight_normal(&rng);
        perplexity[m] = exp(3 + insight_normal(&rng));
        parameters[m] = 1e6 * exp(insight_normal(&rng));
        training[m] = kinds[bb_rng_below(&rng, 3)];
    }
}

/* The same for every model of a family but for a little: `n_families` independent witnesses, each many times. */
static void draw_families(size_t n, size_t n_families)
{
    draw_chance(n_families);
    for (size_t m = n_families; m < n; m++) {
        for (size_t b = 0; b < INSIGHT_LEAVES; b++) score[m][b] = score[m % n_families][b] + .01 * insight_normal(&rng);
        perplexity[m] = perplexity[m % n_families] * exp(.1 * insight_normal(&rng));
        parameters[m] = parameters[m % n_families] * exp(.1 * insight_normal(&rng));
        training[m] = training[m % n_families];
    }
}

static const struct bb_evidence *test_of(const char *id)
{
    size_t at = bb_evidence_find(&insights.evidence, id);
    ck_assert_msg(at != BB_NO_NODE, "no test %s", id);
    return &insights.evidence.item[at];
}

static const char *said_of(enum bb_question question, const char *id)
{
    const struct bb_reply *reply = &insights.answer[question];
    size_t at = bb_evidence_find(&insights.evidence, id);
    for (size_t i = 0; i < reply->n; i++)
        if (reply->finding[i].evidence == at) return reply->finding[i].sentence;
    ck_abort_msg("nothing is said of %s", id);
    return NULL;
}

static void count_claims(size_t *said, size_t *claimed)
{
    for (int q = 0; q < BB_N_QUESTIONS; q++)
        for (size_t i = 0; i < insights.answer[q].n; i++) {
            *said += 1;
            *claimed += insights.answer[q].finding[i].claims ? 1 : 0;
        }
}

static void says(const char *sentence, const char *part)
{
    ck_assert_msg(strstr(sentence, part) != NULL, "\"%s\" does not say \"%s\"", sentence, part);
}

/* Holm's correction promises that at most one board of twenty claims anything; that is stricter than one sentence of twenty. */
START_TEST(chance_claims_nothing)
{
    size_t said = 0, claimed = 0, boards = 0, boards_that_claim = 0;
    for (int seed = 0; seed < 100; seed++) {
        size_t before = claimed;
        draw_chance(40);
        ask((struct insight_board){.n_models = 40, .n_families = 12});
        count_claims(&said, &claimed);
        boards++;
        boards_that_claim += claimed > before ? 1 : 0;
    }
    ck_assert_uint_ge(said, 8 * boards);
    ck_assert_msg(20 * claimed <= said, "%zu of %zu sentences claim something", claimed, said);
    /* twice .05 for the two families of tests, and two standard errors of that share over 100 boards: .1 + .06 */
    ck_assert_msg(boards_that_claim <= 16, "%zu of %zu boards claim something", boards_that_claim, boards);
}
END_TEST

/* p values alone would claim much here: forty models, but eight witnesses. */
START_TEST(families_are_no_witnesses)
{
    size_t said = 0, claimed = 0, naive = 0, tests = 0;
    for (int seed = 0; seed < 60; seed++) {
        draw_families(40, 12);
        ask((struct insight_board){.n_models = 40, .n_families = 12});
        count_claims(&said, &claimed);
        for (size_t i = 0; i < insights.evidence.n; i++) naive += insights.evidence.item[i].adjusted < .05 ? 1 : 0;
        tests += insights.evidence.n;
    }
    ck_assert_msg(10 * naive > tests, "only %zu of %zu tests would mislead", naive, tests);
    ck_assert_msg(20 * claimed <= said, "%zu of %zu sentences claim something, by p alone %zu of %zu tests", claimed, said, naive,
                  tests);
}
END_TEST

/* One thing makes models good at everything, and perplexity low. */
static void plant(size_t n, size_t n_families)
{
    draw_chance(n);
    for (size_t m = 0; m < n; m++) {
        double good = insight_normal(&rng) + .3 * (double)(m % n_families) / (double)n_families;
        for (size_t b = 0; b < INSIGHT_LEAVES; b++) score[m][b] = .5 + .1 * good + .05 * insight_normal(&rng);
        perplexity[m] = exp(3 - good + .5 * insight_normal(&rng));
        training[m] = good > 0 ? "plain" : "masked";
    }
}

START_TEST(what_is_planted_is_found)
{
    plant(60, 12);
    ask((struct insight_board){.n_models = 60, .n_families = 12});
    const char *const id[] = {"r:attribute.perplexity~average",
                              "r:attribute.perplexity~neural",
                              "r:attribute.perplexity~behavior",
                              "r:task~average",
                              "r:task~neural",
                              "r:neural~behavior",
                              "groups:training~average",
                              "gain:average"};
    for (size_t i = 0; i < sizeof id / sizeof id[0]; i++) {
        const struct bb_evidence *e = test_of(id[i]);
        ck_assert_msg(e->verdict == BB_CLAIMED, "%s: verdict %d, p %g, families %g to %g", id[i], (int)e->verdict, e->adjusted,
                      e->family_low, e->family_high);
        ck_assert_double_gt(e->effect, 0);
    }
    ck_assert_int_ne(test_of("r:attribute.parameters~average")->verdict, BB_CLAIMED);
    ck_assert_uint_eq(insights.alike[0].n_together, 10);
    ck_assert_uint_eq(insights.alike[0].n_groups, 1);
    says(said_of(BB_ASK_NEXT_WORD, id[1]), "Models with better Perplexity have a higher neural score in language: r = 0.");
    says(said_of(BB_ASK_TASK, id[3]), "Models that do better on task have a higher language average");
    says(insights.answer[BB_ASK_EXPLAIN].finding[0].sentence,
         "3 of the 4 descriptions of models tested explain differences in the language average.");
    says(insights.answer[BB_ASK_MORE].finding[0].sentence, "more benchmarks predict the next one better:");
}
END_TEST

/* A negative answer is printed as plainly: the better the next word is predicted, the worse the behaviour fits. */
START_TEST(the_other_direction_is_said)
{
    plant(60, 12);
    for (size_t m = 0; m < 60; m++) score[m][3] = 1 - score[m][3], score[m][4] = 1 - score[m][4];
    ask((struct insight_board){.n_models = 60, .n_families = 12});
    says(said_of(BB_ASK_NEXT_WORD, "r:attribute.perplexity~behavior"),
         "Models with better Perplexity have a lower behavioural score in language: r = −0.");
    says(insights.answer[BB_ASK_ALIKE].finding[0].sentence, "6 pairs order models in opposite ways");
}
END_TEST

START_TEST(doubts_have_names)
{
    plant(40, 4);
    ask((struct insight_board){.n_models = 40, .n_families = 4});
    ck_assert_int_eq(test_of("r:task~average")->verdict, BB_FAMILIES_FEW);
    says(said_of(BB_ASK_TASK, "r:task~average"), "but the models are of 4 families: too few to claim it.");
    plant(4, 4);
    ask((struct insight_board){.n_models = 4, .n_families = 4});
    ck_assert_int_eq(test_of("r:task~average")->verdict, BB_TOO_FEW);
    says(said_of(BB_ASK_TASK, "r:task~average"), "Only 4 models have both task and a language average");
    plant(8, 8);
    ask((struct insight_board){.n_models = 8, .n_families = 8});
    says(said_of(BB_ASK_TASK, "r:task~average"), "These are few models: one more could change it.");
    ck_assert_uint_eq(insights.n_more, 0);
}
END_TEST

/* A model with one good score and nothing else is first, last or out. */
START_TEST(rules_for_missing_scores_are_compared)
{
    plant(30, 10);
    for (size_t m = 0; m < 30; m++) perplexity[m] = exp(3 - 8 * score[m][0]);
    perplexity[0] = 1;
    score[0][0] = .05;
    for (size_t b = 1; b < INSIGHT_LEAVES; b++) score[0][b] = NAN;
    ask((struct insight_board){.n_models = 30, .n_families = 10, .missing = "skip"});
    const struct bb_evidence *e = test_of("r:attribute.perplexity~neural");
    ck_assert_uint_eq(e->n, 30);
    ck_assert_uint_eq(e->under[BB_MISSING_REQUIRE].n, 29);
    ck_assert_uint_eq(e->under[BB_MISSING_SKIP].n, 0); /* the board's own */
    ck_assert_double_gt(e->under[BB_MISSING_REQUIRE].effect, e->effect + .05);
    says(said_of(BB_ASK_NEXT_WORD, e->id), "when every benchmark is required");
    says(said_of(BB_ASK_NEXT_WORD, e->id), "(29 models");
    /* the same as a board that has that rule by itself */
    double required = e->under[BB_MISSING_REQUIRE].effect;
    ask((struct insight_board){.n_models = 30, .n_families = 10, .missing = "require"});
    ck_assert_double_eq_tol(test_of("r:attribute.perplexity~neural")->effect, required, 1e-12);
}
END_TEST

/* A straight line cut off at the top: r is small there, as it must be, and the models lie below the line. */
START_TEST(the_top_flattens)
{
    for (int flat = 0; flat < 2; flat++) {
        draw_chance(120);
        for (size_t m = 0; m < 120; m++) {
            double x = (double)m / 120;
            score[m][INSIGHT_TASK] = x;
            for (size_t b = 0; b < INSIGHT_TASK; b++) score[m][b] = (flat ? fmin(x, .6) : x) + .03 * insight_normal(&rng);
        }
        ask((struct insight_board){.n_models = 120, .n_families = 20});
        const struct bb_evidence *top = test_of("top:task~average"), *shortfall = test_of("shortfall:task~average");
        ck_assert_uint_eq(top->top.n_top, 20);
        ck_assert_uint_eq(top->top.n_rest, 100);
        ck_assert_double_eq_tol(top->top.from, 99 / 120., 1e-12);
        ck_assert_int_eq(shortfall->verdict == BB_CLAIMED, flat);
        if (flat) ck_assert_double_lt(shortfall->effect, -.1);
        if (!flat) ck_assert_double_lt(fabs(top->top.r_top - top->top.r_expected), .05);
        says(said_of(BB_ASK_TASK, "shortfall:task~average"),
             flat ? "at the top the gain flattens" : "that the gain flattens at the top is not shown");
    }
}
END_TEST

/* The error of an average: benchmarks weigh 1/6 (three neural of two groups) and 1/4 (two of behaviour). */
START_TEST(the_first_has_errors_or_says_so)
{
    draw_chance(10);
    for (size_t b = 0; b < INSIGHT_TASK; b++) score[7][b] = .95, score[2][b] = .9;
    ask((struct insight_board){.n_models = 10, .n_families = 10, .error = .01});
    const struct bb_evidence *e = test_of("lead:average");
    ck_assert_double_eq_tol(insights.lead[0].difference, .05, 1e-12);
    ck_assert_double_eq_tol(insights.lead[0].se, .01 * sqrt(2 * (3 / 36. + 2 / 16.)), 1e-12);
    ck_assert_int_eq(e->verdict, BB_CLAIMED);
    says(said_of(BB_ASK_LEAD, "lead:average"),
         "m7 has the highest language average, 0.950, which is 0.050 more than m2. That is more than the errors of measurement");
    ask((struct insight_board){.n_models = 10, .n_families = 10, .error = .2});
    says(said_of(BB_ASK_LEAD, "lead:average"), "the two are not told apart");
    ask((struct insight_board){.n_models = 10, .n_families = 10});
    ck_assert_uint_eq(insights.lead[0].evidence, BB_NO_NODE);
    says(insights.answer[BB_ASK_LEAD].finding[0].sentence, "is not known: 0 of 5 benchmarks have an error for both.");
}
END_TEST

/* Explained shares, families and p of permutation against what the definitions give. */
START_TEST(groups_by_their_definition)
{
    draw_chance(30);
    for (size_t m = 0; m < 30; m++) training[m] = m % 3 ? "plain" : "masked";
    ask((struct insight_board){.n_models = 30, .n_families = 30});
    const struct bb_evidence *e = test_of("groups:training~average");
    double sum[2] = {0}, n[2] = {0}, all[30], between = 0, total = 0;
    for (size_t m = 0; m < 30; m++) {
        size_t at = m % 3 ? 0 : 1;
        all[m] = (score[m][0] + score[m][1] + score[m][2]) / 6 + (score[m][3] + score[m][4]) / 4;
        sum[at] += all[m];
        n[at] += 1;
    }
    double mean = bb_mean(all, 30);
    for (int k = 0; k < 2; k++) between += n[k] * (sum[k] / n[k] - mean) * (sum[k] / n[k] - mean);
    for (size_t m = 0; m < 30; m++) total += (all[m] - mean) * (all[m] - mean);
    ck_assert_double_eq_tol(e->effect, between / total, 1e-12);
    ck_assert_double_eq_tol(e->family_effect, e->effect, 1e-12); /* every model a family */
    ck_assert_double_eq_tol(e->explained, 1 - (1 - e->effect) * 29 / 28, 1e-12);
    /* with two groups η² is r² of the group's number, whose p the permutation estimates: 9,999 draws, four standard errors */
    double t = sqrt(e->effect * 28 / (1 - e->effect)), p = bb_student_p(t, 28);
    ck_assert_msg(fabs(e->p - p) < 4 * sqrt(p * (1 - p) / 9999) + .01, "p %g, by t %g", e->p, p);
}
END_TEST

/* Names are no groups, what is the same for all explains nothing, and a board without models has no answers. */
START_TEST(what_cannot_be_asked)
{
    static char name[20][8];
    draw_chance(20);
    for (size_t m = 0; m < 20; m++) {
        snprintf(name[m], sizeof name[m], "t%zu", m);
        training[m] = name[m];
        parameters[m] = 7;
        perplexity[m] = NAN;
    }
    ask((struct insight_board){.n_models = 20, .n_families = 10});
    ck_assert_uint_eq(bb_evidence_find(&insights.evidence, "groups:training~average"), BB_NO_NODE);
    ck_assert_uint_eq(bb_evidence_find(&insights.evidence, "r:attribute.parameters~average"), BB_NO_NODE);
    ck_assert_uint_eq(insights.answer[BB_ASK_NEXT_WORD].n, 0);
    for (size_t m = 0; m < 20; m++)
        for (size_t b = 0; b < INSIGHT_LEAVES; b++) score[m][b] = NAN;
    ask((struct insight_board){.n_models = 20, .n_families = 10});
    ck_assert_uint_eq(insights.evidence.n, 0);
    ck_assert_uint_eq(insights.n_lead, 0);
    for (int q = 0; q < BB_N_QUESTIONS; q++) ck_assert_uint_eq(insights.answer[q].n, 0);
}
END_TEST

/* Random numbers depend on the test's name: a further attribute changes no interval. */
START_TEST(tests_do_not_disturb_each_other)
{
    plant(30, 10);
    ask((struct insight_board){.n_models = 30, .n_families = 10});
    double low = test_of("r:task~average")->family_low, p = test_of("groups:training~average")->p;
    for (size_t m = 0; m < 30; m++) parameters[m] = perplexity[m] = NAN;
    ask((struct insight_board){.n_models = 30, .n_families = 10});
    ck_assert_double_eq(test_of("r:task~average")->family_low, low);
    ck_assert_double_eq(test_of("groups:training~average")->p, p);
}
END_TEST

Suite *suite_insight_questions(void)
{
    Suite *suite = suite_create("insight_questions");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, close_board);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, chance_claims_nothing);
    tcase_add_test(tcase, families_are_no_witnesses);
    tcase_add_test(tcase, what_is_planted_is_found);
    tcase_add_test(tcase, the_other_direction_is_said);
    tcase_add_test(tcase, doubts_have_names);
    tcase_add_test(tcase, rules_for_missing_scores_are_compared);
    tcase_add_test(tcase, the_top_flattens);
    tcase_add_test(tcase, the_first_has_errors_or_says_so);
    tcase_add_test(tcase, groups_by_their_definition);
    tcase_add_test(tcase, what_cannot_be_asked);
    tcase_add_test(tcase, tests_do_not_disturb_each_other);
    suite_add_tcase(suite, tcase);
    return suite;
}
