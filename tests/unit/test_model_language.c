/* Language models against implementations that share nothing with them (tests/numeric/language.py), and what must hold of any. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "given_data.h"
#include "metric_case.h"
#include "model/draws.h"
#include "model/ngram.h"
#include "model/pcfg.h"
#include "model/recurrent.h"
#include "model/suite.h"
#include "model/word_vectors.h"

Suite *suite_model_language(void);

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

/* Golden cases of a kind. */
static const struct bb_json **cases_of(const char *kind, size_t *n)
{
    const struct bb_json *all = golden_cases(arena, "language"), **found = BB_NEW_ARRAY(arena, all->as.list.n, const struct bb_json *);
    *n = 0;
    for (size_t i = 0; i < all->as.list.n; i++)
        if (bb_streq(text_of(all->as.list.item[i], "kind"), kind)) found[(*n)++] = all->as.list.item[i];
    ck_assert_uint_gt(*n, 0);
    return found;
}

static struct bb_json **items(const struct bb_json *list, size_t *n)
{
    ck_assert(list && (list->type == BB_JSON_ARRAY || list->type == BB_JSON_OBJECT));
    *n = list->as.list.n;
    return list->as.list.item;
}

/* A list of lists of words as a text of one story. */
static struct bb_corpus corpus_of(const struct bb_json *list)
{
    size_t n_sentences, n = 0;
    struct bb_json **sentence_json = items(list, &n_sentences);
    size_t *sentence = BB_NEW_ARRAY(arena, n_sentences + 1, size_t), *story = BB_NEW_ARRAY(arena, 2, size_t);
    for (size_t s = 0; s < n_sentences; s++) n += sentence_json[s]->as.list.n;
    int *word = BB_NEW_ARRAY(arena, n, int);
    n = 0;
    for (size_t s = 0; s < n_sentences; s++) {
        sentence[s] = n;
        for (size_t k = 0; k < sentence_json[s]->as.list.n; k++) word[n++] = (int)sentence_json[s]->as.list.item[k]->as.number;
    }
    sentence[n_sentences] = n;
    story[1] = n_sentences;
    return (struct bb_corpus){word, n, sentence, n_sentences, story, 1};
}

/* --- grammars -------------------------------------------------------------------------------------------------------- */

static struct bb_pcfg grammar_of(const struct bb_json *c, struct bb_names *words)
{
    size_t n_rules, n_topics, n;
    struct bb_json **rules = items(bb_json_member(c, "rules"), &n_rules), **topics = items(bb_json_member(c, "lexicon"), &n_topics);
    struct bb_names symbols;
    bb_names_init(&symbols);
    bb_names_init(words);
    struct bb_json **spelling = items(bb_json_member(c, "vocabulary"), &n);
    for (size_t w = 0; w < n; w++) bb_names_add(words, spelling[w]->as.text);
    struct bb_json **categories = items(topics[0], &n);
    for (size_t k = 0; k < n; k++) bb_names_add(&symbols, categories[k]->key);
    size_t n_categories = symbols.n;
    for (size_t r = 0; r < n_rules; r++) bb_names_add(&symbols, rules[r]->as.list.item[0]->as.text);
    struct bb_pcfg_rule **rule = BB_NEW_ARRAY(arena, symbols.n, struct bb_pcfg_rule *);
    size_t *count = BB_NEW_ARRAY(arena, symbols.n, size_t);
    for (size_t s = 0; s < symbols.n; s++) rule[s] = BB_NEW_ARRAY(arena, n_rules, struct bb_pcfg_rule);
    for (size_t r = 0; r < n_rules; r++) {
        struct bb_json **part = rules[r]->as.list.item, **right = items(part[2], &n);
        size_t left = bb_names_find(&symbols, part[0]->as.text);
        struct bb_pcfg_rule *to = &rule[left][count[left]++];
        to->p = part[1]->as.number;
        for (size_t k = 0; k < n; k++) to->right[to->n++] = (int)bb_names_find(&symbols, right[k]->as.text);
    }
    double *lexicon = BB_NEW_ARRAY(arena, n_categories * n_topics * words->n, double);
    for (size_t t = 0; t < n_topics; t++)
        for (size_t k = 0; k < topics[t]->as.list.n; k++) {
            struct bb_json *entry = topics[t]->as.list.item[k];
            size_t category = bb_names_find(&symbols, entry->key);
            for (size_t w = 0; w < entry->as.list.n; w++)
                lexicon[(category * n_topics + t) * words->n + bb_names_find(words, entry->as.list.item[w]->key)] = entry->as.list.item[w]->as.number;
        }
    struct bb_pcfg g = {.n_symbols = symbols.n,
                        .n_categories = n_categories,
                        .n_words = words->n,
                        .n_topics = n_topics,
                        .start = (int)bb_names_find(&symbols, "S"),
                        .rule = (const struct bb_pcfg_rule *const *)rule,
                        .n_rules = count,
                        .lexicon = lexicon,
                        .opens = BB_NEW_ARRAY(arena, symbols.n, bool),
                        .gap = BB_NEW_ARRAY(arena, symbols.n, bool)};
    bb_names_release(&symbols);
    return g;
}

START_TEST(a_parser_sums_over_all_derivations)
{
    size_t n, n_sentences, n_read;
    const struct bb_json **c = cases_of("pcfg", &n);
    for (size_t i = 0; i < n; i++) {
        struct bb_names words;
        struct bb_pcfg g = grammar_of(c[i], &words);
        struct bb_parser *parser = bb_parser_new(&g);
        double *next = BB_NEW_ARRAY(arena, g.n_words, double);
        struct bb_json **sentence = items(bb_json_member(c[i], "sentences"), &n_sentences);
        for (size_t s = 0; s < n_sentences; s++) {
            if (bb_json_member(sentence[s], "begins_story")->as.boolean)
                bb_parser_story(parser);
            else
                bb_parser_sentence(parser);
            struct bb_json **read = items(bb_json_member(sentence[s], "read"), &n_read);
            for (size_t k = 0; k < n_read; k++) {
                const struct bb_json *following = bb_json_member(read[k], "next");
                const char *word = bb_json_member(sentence[s], "words")->as.list.item[k]->as.text;
                const char *what = bb_arena_printf(arena, "%s, sentence %zu, word %zu (%s)", text_of(c[i], "name"), s + 1, k + 1, word);
                bb_parser_next(parser, next);
                for (size_t w = 0; w < g.n_words; w++) check_near(what, next[w], following->as.list.item[w]->as.number, 1e-10);
                check_near(what, bb_parser_read(parser, (int)bb_names_find(&words, word)), number_of(read[k], "p"), 1e-10);
            }
        }
        bb_parser_free(parser);
        bb_names_release(&words);
    }
}
END_TEST

START_TEST(sentences_are_as_frequent_as_the_parser_says)
{
    size_t n;
    const struct bb_json **c = cases_of("pcfg", &n);
    struct bb_names words;
    struct bb_pcfg g = grammar_of(c[1], &words);
    struct bb_rng rng;
    enum { DRAWS = 20000 };
    int word[32];
    double expected = 0, *first = BB_NEW_ARRAY(arena, g.n_words, double), *next = BB_NEW_ARRAY(arena, g.n_words, double);
    bb_rng_init(&rng, 1, 2);
    for (int k = 0; k < DRAWS; k++) {
        ck_assert_uint_gt(bb_pcfg_sentence(&g, &rng, (size_t)k % 2, word, 32), 0);
        first[word[0]] += 1. / DRAWS;
    }
    struct bb_parser *parser = bb_parser_new(&g);
    bb_parser_next(parser, next);
    for (size_t w = 0; w < g.n_words; w++) {
        expected += next[w];
        ck_assert_double_eq_tol(first[w], next[w], .015);
    }
    check_near("sum", expected, 1, 1e-12);
    ck_assert_uint_eq(bb_pcfg_sentence(&g, &rng, 0, word, 1), 0); /* none is so short */
    bb_parser_free(parser);
    bb_names_release(&words);
}
END_TEST

START_TEST(what_no_derivation_has_is_told_and_read_over)
{
    size_t n;
    const struct bb_json **c = cases_of("pcfg", &n);
    struct bb_names words;
    struct bb_pcfg g = grammar_of(c[0], &words);
    struct bb_parser *parser = bb_parser_new(&g);
    int x = (int)bb_names_find(&words, "x"), y = (int)bb_names_find(&words, "y"), z = (int)bb_names_find(&words, "z");
    ck_assert_double_eq(bb_parser_read(parser, z), 0); /* taken for an a or a c */
    ck_assert_double_gt(bb_parser_read(parser, y), 0);
    ck_assert_double_gt(bb_parser_read(parser, x), 0);
    bb_parser_story(parser);
    bb_parser_read(parser, y); /* a c: the sentence may be over, or an a was read */
    for (int k = 0; k < 200; k++) bb_parser_read(parser, x);
    struct bb_parse_state state = bb_parser_state(parser);
    ck_assert(isfinite(state.depth) && state.depth >= 0 && isfinite(state.uncertainty));
    bb_parser_free(parser);
    bb_names_release(&words);
}
END_TEST

/* --- n-grams --------------------------------------------------------------------------------------------------------- */

START_TEST(ngrams_are_kneser_and_neys)
{
    size_t n, n_queries, n_before;
    const struct bb_json **c = cases_of("ngram", &n);
    for (size_t i = 0; i < n; i++) {
        size_t order = (size_t)number_of(c[i], "order"), n_words = (size_t)number_of(c[i], "n_words");
        struct bb_corpus text = corpus_of(bb_json_member(c[i], "text"));
        struct bb_ngram *model = bb_ngram_train(&text, order, n_words);
        struct bb_json **query = items(bb_json_member(c[i], "queries"), &n_queries);
        for (size_t k = 0; k < n_queries; k++) {
            double *before = numbers_of(bb_json_member(query[k], "before"), arena, &n_before), sum = 0;
            int *word = BB_NEW_ARRAY(arena, n_before + 1, int);
            for (size_t j = 0; j < n_before; j++) word[j] = (int)before[j];
            for (size_t w = 0; w < n_words; w++) {
                double p = bb_ngram_probability(model, word, n_before, (int)w);
                check_near(bb_arena_printf(arena, "order %zu, query %zu, word %zu", order, k, w), p,
                           bb_json_member(query[k], "p")->as.list.item[w]->as.number, 1e-13);
                sum += p;
            }
            check_near("sum", sum, 1, 1e-12);
        }
        bb_ngram_free(model);
    }
}
END_TEST

START_TEST(evidence_is_counts)
{
    static const int word[] = {0, 1, 0, 1, 2, 0, 1};
    static const size_t sentence[] = {0, 5, 7}, story[] = {0, 2};
    struct bb_corpus text = {word, 7, sentence, 2, story, 1};
    struct bb_ngram *model = bb_ngram_train(&text, 4, 3);
    double count[3];
    bb_ngram_evidence(model, word, 2, count); /* after "0 1" */
    ck_assert_double_eq(count[0], 3);
    ck_assert_double_eq(count[1], 3);
    ck_assert_double_eq(count[2], 0);
    bb_ngram_evidence(model, word, 0, count);
    ck_assert_double_eq(count[0] + count[1] + count[2], 0);
    bb_ngram_free(model);
}
END_TEST

/* --- recurrent nets -------------------------------------------------------------------------------------------------- */

static const int sample_word[] = {0, 3, 1, 4, 4, 2, 0, 5, 3, 1, 2, 6, 0, 1, 3, 5, 2};
static const size_t sample_sentence[] = {0, 6, 11, 17}, sample_story[] = {0, 2, 3};
static const struct bb_corpus sample = {sample_word, 17, sample_sentence, 3, sample_story, 2};

/* Every derivative against a central difference. */
START_TEST(gradients_are_derivatives)
{
    struct bb_recurrent_spec spec = {.width = 4, .n_words = 7, .epochs = 2, .rate = .1, .seed = 3, .task = 1};
    struct bb_recurrent *net = bb_recurrent_train(&spec, &sample);
    size_t n = bb_recurrent_parameters(net);
    double *gradient = BB_NEW_ARRAY(arena, n, double), *unused = BB_NEW_ARRAY(arena, n, double);
    static const double h = 1e-5;
    bb_recurrent_story(net);
    bb_recurrent_gradient(net, sample_word, 6, gradient);
    for (size_t k = 0; k < n; k++) {
        double *weight = bb_recurrent_parameter(net, k), was = *weight, loss[2];
        for (int side = 0; side < 2; side++) {
            *weight = was + (side ? h : -h);
            bb_recurrent_story(net);
            loss[side] = bb_recurrent_gradient(net, sample_word, 6, unused);
        }
        *weight = was;
        ck_assert_double_eq_tol(gradient[k], (loss[1] - loss[0]) / (2 * h), 1e-8);
    }
    bb_recurrent_free(net);
}
END_TEST

static double bits_of(struct bb_recurrent *net)
{
    double bits = 0;
    for (size_t story = 0; story < sample.n_stories; story++) {
        bb_recurrent_story(net);
        for (size_t i = sample.sentence[sample.story[story]]; i < sample.sentence[sample.story[story + 1]]; i++)
            bits -= log2(bb_recurrent_read(net, sample.word[i]));
    }
    return bits;
}

START_TEST(nets_learn_what_they_are_trained_on)
{
    for (int fixed = 0; fixed < 2; fixed++) {
        struct bb_recurrent_spec spec = {.width = 8, .n_words = 7, .epochs = 0, .rate = .2, .fixed = fixed, .seed = 3, .task = 1};
        double bits[2], embedding[2], p[7], sum = 0;
        for (size_t trained = 0; trained < 2; trained++) {
            spec.epochs = trained ? 8 : 0;
            struct bb_recurrent *net = bb_recurrent_train(&spec, &sample);
            bits[trained] = bits_of(net);
            embedding[trained] = bb_recurrent_embedding(net, 3)[0];
            bb_recurrent_next(net, p);
            sum = 0;
            for (int w = 0; w < 7; w++) sum += p[w];
            check_near("sum", sum, 1, 1e-12);
            double before = p[2];
            check_near("P of one", bb_recurrent_read(net, 2), before, 1e-12);
            bb_recurrent_free(net);
        }
        ck_assert_double_lt(bits[1], .9 * bits[0]);
        ck_assert_int_eq(embedding[0] < embedding[1] || embedding[0] > embedding[1], !fixed);
    }
}
END_TEST

/* --- vectors --------------------------------------------------------------------------------------------------------- */

START_TEST(vectors_are_eigenvectors_of_information)
{
    size_t n;
    const struct bb_json **c = cases_of("eigen", &n);
    size_t n_words = (size_t)number_of(c[0], "n_words"), width = (size_t)number_of(c[0], "width");
    struct bb_corpus text = corpus_of(bb_json_member(c[0], "text"));
    const double *vector = bb_word_vectors(&text, n_words, width, (size_t)number_of(c[0], "window"), 5, arena);
    const double *want = numbers_of(bb_json_member(c[0], "products"), arena, &n);
    ck_assert_uint_eq(n, n_words * n_words);
    for (size_t a = 0; a < n_words; a++)
        for (size_t b = 0; b < n_words; b++) {
            double product = 0;
            for (size_t k = 0; k < width; k++) product += vector[a * width + k] * vector[b * width + k];
            ck_assert_double_eq_tol(product, want[a * n_words + b], 1e-6);
        }
}
END_TEST

/* --- suites ---------------------------------------------------------------------------------------------------------- */

static const struct bb_json *parse_json(const char *text)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "suite.json", text, strlen(text), &diags);
    ck_assert_msg(json != NULL, "not JSON: %s", text);
    bb_diags_release(&diags);
    return json;
}

/* An item of two conditions with three regions each, and the formula. */
static struct bb_suite suite_of(const char *formula)
{
    struct bb_suite suite;
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "{\"meta\": {\"name\": \"test\", \"metric\": \"sum\"}, \"items\": [{\"item_number\": 1, \"conditions\": [");
    static const char *const name[] = {"a", "b_no-c"};
    for (int c = 0; c < 2; c++)
        bb_buf_printf(&text,
                      "%s{\"condition_name\": \"%s\", \"regions\": [{\"region_number\": 1, \"content\": \"x\"}, {\"region_number\": 2, "
                      "\"content\": \"\"}, {\"region_number\": 3, \"content\": \"y\"}]}",
                      c ? ", " : "", name[c]);
    bb_buf_printf(&text, "]}], \"predictions\": [{\"type\": \"formula\", \"formula\": \"%s\"}]}", formula);
    enum bb_code rc = bb_suite_read(parse_json(bb_buf_text(&text)), arena, &suite, &err);
    bb_buf_release(&text);
    if (rc) suite.n = 0;
    return suite;
}

START_TEST(formulas_hold_as_pyparsing_says)
{
    size_t n, n_values;
    const struct bb_json **c = cases_of("formula", &n);
    ck_assert_uint_gt(n, 100);
    for (size_t i = 0; i < n; i++) {
        const char *formula = text_of(c[i], "formula");
        struct bb_suite suite = suite_of(formula);
        ck_assert_msg(suite.n == 1, "%s", err.msg);
        char bits[2];
        const double *value = numbers_of(bb_json_member(c[i], "values"), arena, &n_values);
        ck_assert_msg(!bb_suite_bits(&suite, value, bits, &err), "%s", err.msg);
        ck_assert_msg((bits[0] == '1') == bb_json_member(c[i], "holds")->as.boolean, "%s", formula);
    }
}
END_TEST

START_TEST(formulas_that_are_wrong_are_refused)
{
    static const char *const wrong[][2] = {
        {"", "character 1"},
        {"(1;%a%)", "compare it"},
        {"(1;%a%) <", "character 10"},
        {"(1;%a%) < (2;%a%) < (3;%a%)", "two sides"},
        {"((1;%a%) < (2;%a%)", "closing parenthesis"},
        {"(1;%a%) < (2;%a%))", "should end here"},
        {"(1;%a%) & (2;%a%)", "comparisons"},
        {"((1;%a%) < 2) + 1 > 0", "surprisals"},
        {"(1;a) < 2", "character"},
        {"1 < x", "a number"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const struct bb_formula *formula;
        ck_assert_int_eq(bb_formula_parse(wrong[i][0], arena, &formula, &err), BB_EINPUT);
        ck_assert_msg(strstr(err.msg, wrong[i][1]) != NULL, "%s: %s", wrong[i][0], err.msg);
    }
    char *deep = bb_arena_alloc(arena, 100001, 1), bits[2];
    memset(deep, '(', 9000);
    const struct bb_formula *formula;
    ck_assert_int_eq(bb_formula_parse(deep, arena, &formula, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "too deep") != NULL, "%s", err.msg);
    memset(deep, '1', 100000);
    ck_assert_int_eq(bb_formula_parse(deep, arena, &formula, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "over 10000 characters") != NULL, "%s", err.msg);
    struct bb_suite suite = suite_of("(4;%a%) < 1");
    ck_assert_int_eq(bb_suite_bits(&suite, (double[6]){0}, bits, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "item 1") != NULL, "%s", err.msg);
}
END_TEST

START_TEST(what_is_missing_counts_as_nothing)
{
    char bits[2];
    struct bb_suite suite = suite_of("(*;%a%) = (3;%b_no-c%)");
    ck_assert(!bb_suite_bits(&suite, (double[6]){(double)NAN, 2, 3, 0, 0, 5}, bits, &err));
    ck_assert_str_eq(bits, "1");
}
END_TEST

START_TEST(suites_that_are_wrong_are_refused)
{
    static const char *const wrong[] = {
        "{}",
        "{\"meta\": {}}",
        "{\"meta\": {\"name\": \"a\"}}",
        "{\"meta\": {\"name\": \"a\", \"metric\": \"mean\"}, \"items\": [], \"predictions\": []}",
        "{\"meta\": {\"name\": \"a\"}, \"items\": [{\"conditions\": 1}], \"predictions\": []}",
        "{\"meta\": {\"name\": \"a\"}, \"items\": [{\"conditions\": [{\"condition_name\": \"x\", \"regions\": [{\"content\": \"\"}]}]}]}",
        "{\"meta\": {\"name\": \"a\"}, \"items\": [], \"predictions\": [{\"formula\": 1}]}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bb_suite suite;
        ck_assert_int_eq(bb_suite_read(parse_json(wrong[i]), arena, &suite, &err), BB_EINPUT);
        ck_assert_msg(strstr(err.msg, "suite.json:") != NULL, "%s", err.msg);
    }
}
END_TEST

/* --- SyntaxGym's own suites, where they are ---------------------------------------------------------------------------- */

/* Where the surprisal of a listed region goes. */
static size_t place_of(const struct bb_item *item, const struct bb_json *listed)
{
    for (size_t c = 0; c < item->n; c++)
        for (size_t r = 0; r < item->condition[c].n; r++)
            if (bb_streq(item->condition[c].name, text_of(listed, "condition")) &&
                item->condition[c].region[r].number == (long)number_of(listed, "region"))
                return item->condition[c].first + r;
    ck_abort_msg("%s: no such region", text_of(listed, "condition"));
    return 0;
}

/* Surprisals of distilgpt2 in the regions of a suite: of its first item, or of all. */
static void check_suite(const struct bb_json *listed, const struct bb_json *scores)
{
    struct bb_suite suite;
    const struct bb_json *json = given_json(arena, bb_arena_printf(arena, "syntaxgym/%s.json", listed->key));
    ck_assert_msg(json && !bb_suite_read(json, arena, &suite, &err), "%s: %s", listed->key, err.msg);
    double *surprisal = BB_NEW_ARRAY(arena, suite.n_regions, double), right = 0;
    size_t n_items = listed->as.list.n;
    for (size_t i = 0; i < n_items; i++)
        for (size_t k = 0; k < listed->as.list.item[i]->as.list.n; k++) {
            const struct bb_json *region = listed->as.list.item[i]->as.list.item[k];
            surprisal[place_of(&suite.item[i], region)] = number_of(region, "surprisal_bits");
        }
    char *bits = BB_NEW_ARRAY(arena, suite.n + 1, char);
    ck_assert_msg(!bb_suite_bits(&suite, surprisal, bits, &err), "%s: %s", listed->key, err.msg);
    if (n_items != suite.n) return;
    for (size_t i = 0; i < suite.n; i++) right += bits[i] == '1';
    ck_assert_double_eq_tol(right / (double)suite.n, number_of(scores, listed->key), 1e-6);
}

START_TEST(suites_of_syntaxgym)
{
    const struct bb_json *reference = given_json(arena, "syntaxgym_region_totals.json");
    if (!reference) return;
    const struct bb_json *scores = bb_json_member(reference, "REFERENCE_DISTILGPT2_SCORES");
    size_t n;
    struct bb_json **listed = items(bb_json_member(reference, "REFERENCE_DISTILGPT2_REGION_TOTALS"), &n);
    for (size_t i = 0; i < n; i++) check_suite(listed[i], scores);
    for (size_t i = 0; i < scores->as.list.n; i++) {
        struct bb_suite suite;
        const struct bb_json *json = given_json(arena, bb_arena_printf(arena, "syntaxgym/%s.json", scores->as.list.item[i]->key));
        ck_assert_msg(json && !bb_suite_read(json, arena, &suite, &err), "%s: %s", scores->as.list.item[i]->key, err.msg);
    }
}
END_TEST

Suite *suite_model_language(void)
{
    Suite *suite = suite_create("model_language");
    TCase *tc = tcase_create("model_language");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_parser_sums_over_all_derivations);
    tcase_add_test(tc, sentences_are_as_frequent_as_the_parser_says);
    tcase_add_test(tc, what_no_derivation_has_is_told_and_read_over);
    tcase_add_test(tc, ngrams_are_kneser_and_neys);
    tcase_add_test(tc, evidence_is_counts);
    tcase_add_test(tc, gradients_are_derivatives);
    tcase_add_test(tc, nets_learn_what_they_are_trained_on);
    tcase_add_test(tc, vectors_are_eigenvectors_of_information);
    tcase_add_test(tc, formulas_hold_as_pyparsing_says);
    tcase_add_test(tc, formulas_that_are_wrong_are_refused);
    tcase_add_test(tc, what_is_missing_counts_as_nothing);
    tcase_add_test(tc, suites_that_are_wrong_are_refused);
    tcase_add_test(tc, suites_of_syntaxgym);
    suite_add_tcase(suite, tc);
    return suite;
}
