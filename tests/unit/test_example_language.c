/* The language world: text, minds, units and readers do what their headers say, and worlds differ as the generator says. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "example/language_candidates.h"
#include "example/language_graded.h"
#include "example/language_suites.h"
#include "numeric/stats.h"

Suite *suite_example_language(void);

static struct bb_arena *arena;
static struct bb_err err;

static void set_up(void)
{
    arena = bb_arena_new(0);
}

static void tear_down(void)
{
    bb_arena_free(arena);
}

static struct bb_language_world *small_world(uint64_t seed)
{
    struct bb_language_options options = bb_language_defaults(seed, &bb_language_sizes[0]);
    return bb_language_world_new(&options, arena);
}

START_TEST(the_language_is_one)
{
    const struct bb_language *language = bb_language_new(1, arena);
    const struct bb_pcfg *g = &language->grammar;
    size_t twice = 0;
    ck_assert_uint_gt(g->n_words, 300);
    ck_assert_uint_lt(g->n_words, 400);
    for (size_t s = 0; s < g->n_symbols; s++) {
        double sum = 0;
        for (size_t r = 0; r < g->n_rules[s]; r++) sum += g->rule[s][r].p;
        ck_assert_double_eq_tol(sum, s < g->n_categories ? 0 : 1, 1e-12);
    }
    for (size_t c = 0; c < g->n_categories * g->n_topics; c++) {
        double sum = 0;
        for (size_t w = 0; w < g->n_words; w++) sum += g->lexicon[c * g->n_words + w];
        ck_assert_double_eq_tol(sum, 1, 1e-12);
    }
    /* Words of several categories would be misread by bb_language_inflect(): only determiners are. */
    for (size_t w = 0; w < g->n_words; w++) {
        size_t categories = 0;
        for (size_t c = 0; c < g->n_categories; c++) categories += g->lexicon[c * g->n_topics * g->n_words + w] > 0;
        twice += categories > 1;
        ck_assert_msg(categories == 1 || bb_starts_with(g->symbol[language->category[w]], "Det"), "%s", language->word[w]);
    }
    ck_assert_uint_eq(twice, 1);
    int child = bb_language_word(language, "child"), chases = bb_language_word(language, "chases");
    ck_assert_str_eq(language->word[bb_language_inflect(language, child, "N.p")], "children");
    ck_assert_str_eq(language->word[bb_language_inflect(language, chases, "Vt.p")], "chase");
    ck_assert_int_eq(bb_language_word(language, "unicorn"), -1);
}
END_TEST

/* Who knows more is surprised less, and nobody less than the grammar: its mean surprisal is the entropy of the text. */
START_TEST(the_grammar_predicts_best)
{
    static const struct bb_language_candidate ladder[] = {
        {.kind = BB_KIND_PARSER, .topics = true}, {.kind = BB_KIND_PARSER},           {.kind = BB_KIND_NGRAM, .order = 2},
        {.kind = BB_KIND_NGRAM, .order = 1},      {.kind = BB_KIND_NGRAM, .order = 0},
    };
    struct bb_language_world *world = small_world(1);
    double before = 0, *surprisal = BB_NEW_ARRAY(arena, world->held_out->n, double);
    for (size_t k = 0; k < sizeof ladder / sizeof ladder[0]; k++) {
        struct bb_language_reader *reader = bb_language_reader_new(&ladder[k], world);
        bb_language_read(reader, world->held_out, surprisal, NULL, arena);
        double perplexity = bb_language_perplexity(surprisal, world->held_out->n);
        ck_assert_double_gt(perplexity, 1.1 * before);
        before = perplexity;
        bb_language_reader_free(reader);
    }
    ck_assert_double_eq_tol(before, (double)world->language->grammar.n_words, 1e-6);
}
END_TEST

START_TEST(all_candidates_read)
{
    const struct bb_language_candidate *candidate;
    struct bb_language_world *world = small_world(2);
    size_t n = bb_language_candidates(0, arena, &candidate);
    double *surprisal = BB_NEW_ARRAY(arena, world->words->n, double);
    for (size_t i = 0; i < n; i++) {
        struct bb_language_reader *reader = bb_language_reader_new(&candidate[i], world);
        struct bb_layers layers;
        memset(surprisal, 0, world->words->n * sizeof *surprisal);
        bb_language_read(reader, world->words, surprisal, &layers, arena);
        ck_assert_uint_ge(layers.n_layers, 1);
        ck_assert_int_eq(surprisal[0] > 0, bb_language_predicts(&candidate[i]));
        for (size_t k = 0; k < layers.n_layers; k++) {
            ck_assert_uint_ge(layers.layer[k].width, 4);
            for (size_t j = 0; j < layers.n * layers.layer[k].width; j++) ck_assert(isfinite(layers.layer[k].value[j]));
        }
        bb_language_reader_free(reader);
    }
    const struct bb_language_candidate *many;
    size_t n_many = bb_language_candidates(2, arena, &many);
    ck_assert_uint_gt(n_many, 100);
    for (size_t i = 0; i < n_many; i++) ck_assert(bb_id_valid(many[i].id));
}
END_TEST

/* The grammar meets every prediction; words that are all alike meet none. */
START_TEST(suites_ask_for_the_grammar)
{
    size_t n;
    struct bb_language_world *world = small_world(3);
    const struct bb_language_suite *suite = bb_language_suites(world->language, 12, &n, arena);
    static const struct bb_language_candidate grammar = {.kind = BB_KIND_PARSER, .topics = true};
    struct bb_language_reader *reader = bb_language_reader_new(&grammar, world);
    ck_assert_uint_ge(n, 5);
    for (size_t k = 0; k < n; k++) {
        double *surprisal = BB_NEW_ARRAY(arena, suite[k].text->n, double);
        char bits[13];
        ck_assert_uint_eq(suite[k].suite.n, 12);
        bb_language_read(reader, suite[k].text, surprisal, NULL, arena);
        ck_assert(!bb_suite_bits(&suite[k].suite, bb_language_regions(&suite[k], surprisal, arena), bits, &err));
        ck_assert_msg(strspn(bits, "1") == 12, "%s: %s", suite[k].name, bits);
        for (size_t i = 0; i < suite[k].text->n; i++) surprisal[i] = 1;
        ck_assert(!bb_suite_bits(&suite[k].suite, bb_language_regions(&suite[k], surprisal, arena), bits, &err));
        ck_assert_msg(strspn(bits, "0") == 12, "%s: %s", suite[k].name, bits);
    }
    bb_language_reader_free(reader);
}
END_TEST

static double reliability(const struct bb_language_units *u, size_t unit)
{
    double *mean = BB_NEW_ARRAY(arena, u->n, double), *signal = BB_NEW_ARRAY(arena, u->n, double);
    for (size_t i = 0; i < u->n; i++) signal[i] = u->signal[i * u->n_units + unit];
    for (size_t i = 0; i < u->n * u->n_repetitions; i++) mean[i / u->n_repetitions] += u->response[i * u->n_units + unit];
    return bb_pearson(mean, signal, u->n);
}

/* More units do not change those there were; more repetitions come nearer to the signal. */
START_TEST(units_are_measured)
{
    struct bb_language_world *world = small_world(4);
    struct bb_layers truth;
    struct bb_language_options options = world->options;
    options.unreliable = 0;
    bb_language_truth(world->language, BB_MIND_GRAMMAR, world->words, &truth, arena);
    struct bb_language_units few = bb_language_measure(&options, 2, &truth, 4, arena), more = bb_language_measure(&options, 2, &truth, 8, arena);
    for (size_t i = 0; i < few.n; i++)
        for (size_t j = 0; j < 4; j++) ck_assert_double_eq(few.signal[i * 4 + j], more.signal[i * 8 + j]);
    options.size.n_repetitions = 40;
    struct bb_language_units many = bb_language_measure(&options, 2, &truth, 4, arena);
    double a = 0, b = 0;
    for (size_t j = 0; j < 4; j++) {
        a += reliability(&few, j) / 4;
        b += reliability(&many, j) / 4;
    }
    ck_assert_double_gt(b, a + .05);
    ck_assert_double_gt(b, .9);
}
END_TEST

/* A share of nothing but one kind of feature, and no noise: the unit is a sum of features of that kind. */
START_TEST(units_follow_their_share)
{
    struct bb_language_world *world = small_world(5);
    struct bb_layers truth;
    struct bb_language_options options = world->options;
    memset(options.share, 0, sizeof options.share);
    options.share[BB_MIND_FORM] = 1;
    bb_language_truth(world->language, BB_MIND_GRAMMAR, world->words, &truth, arena);
    struct bb_language_units u = bb_language_measure(&options, 2, &truth, 6, arena);
    const struct bb_layer *form = &truth.layer[BB_MIND_FORM];
    ck_assert_uint_eq(form->width, 2);
    double *X = BB_NEW_ARRAY(arena, 2 * u.n, double), *y = BB_NEW_ARRAY(arena, u.n, double), *residual = BB_NEW_ARRAY(arena, u.n, double), loglik;
    for (size_t j = 0; j < u.n_units; j++) {
        for (size_t i = 0; i < u.n; i++) {
            y[i] = u.signal[i * u.n_units + j] + 1e-6 * ((double)(i % 7) - 3); /* a fit without any residual is refused */
            X[i] = form->value[i * 2];
            X[u.n + i] = form->value[i * 2 + 1];
        }
        ck_assert(bb_ols_loglik(X, y, u.n, 2, &loglik, residual));
        ck_assert_double_lt(bb_sd(residual, u.n, 0), 1e-5);
    }
}
END_TEST

START_TEST(readers_slow_down_where_they_are_surprised)
{
    struct bb_language_world *world = small_world(6);
    size_t n = world->stories->n, readers = world->options.size.n_readers;
    static const struct bb_language_candidate grammar = {.kind = BB_KIND_PARSER, .topics = true};
    struct bb_language_reader *reader = bb_language_reader_new(&grammar, world);
    double *surprisal = BB_NEW_ARRAY(arena, n, double), *mean = BB_NEW_ARRAY(arena, n, double);
    bb_language_read(reader, world->stories, surprisal, NULL, arena);
    for (size_t i = 0; i < readers * n; i++) {
        ck_assert_double_ge(world->time[i], 100);
        mean[i % n] += world->time[i] / (double)readers;
    }
    ck_assert_double_gt(bb_pearson(surprisal, world->expected_time, n), .5);
    ck_assert_double_gt(bb_pearson(mean, world->expected_time, n), bb_pearson(surprisal, mean, n));
    bb_language_reader_free(reader);
}
END_TEST

/* Thirty graded models: better prediction goes with a better fit, with a worse one, or with neither, as the world is. */
START_TEST(the_generator_sets_the_sign)
{
    enum { SEEDS = 6 };
    double elsewhere = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct bb_graded graded;
        for (int mind = BB_MIND_GRAMMAR; mind <= BB_MIND_ELSEWHERE; mind++) {
            ck_assert_msg(!bb_language_graded(seed, &bb_language_sizes[0], (enum bb_language_mind)mind, &graded, &err), "%s", err.msg);
            for (int m = 1; m < BB_GRADED_MODELS; m++) ck_assert_double_gt(graded.perplexity[m], graded.perplexity[m - 1]);
            if (mind == BB_MIND_GRAMMAR) ck_assert_double_gt(graded.correlation, .5);
            if (mind == BB_MIND_FREQUENCY) ck_assert_double_lt(graded.correlation, -.5);
            if (mind == BB_MIND_ELSEWHERE) elsewhere += graded.correlation / SEEDS;
        }
    }
    ck_assert_double_lt(fabs(elsewhere), .4); /* more than three of its standard errors with thirty models that have nothing in common */
}
END_TEST

Suite *suite_example_language(void)
{
    Suite *suite = suite_create("example_language");
    TCase *tc = tcase_create("example_language");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, the_language_is_one);
    tcase_add_test(tc, the_grammar_predicts_best);
    tcase_add_test(tc, all_candidates_read);
    tcase_add_test(tc, suites_ask_for_the_grammar);
    tcase_add_test(tc, units_are_measured);
    tcase_add_test(tc, units_follow_their_share);
    tcase_add_test(tc, readers_slow_down_where_they_are_surprised);
    tcase_add_test(tc, the_generator_sets_the_sign);
    suite_add_tcase(suite, tc);
    return suite;
}
