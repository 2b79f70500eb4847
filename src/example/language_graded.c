#include "example/language_graded.h"

#include <math.h>
#include <string.h>

#include "example/language_candidates.h"
#include "model/draws.h"
#include "numeric/regress.h"
#include "numeric/stats.h"

enum { STREAM_VECTORS = 561, FOLDS = 5, ALPHAS = 7, VECTOR = 16, WIDTH = BB_SURPRISE + VECTOR };

struct target {
    const struct bb_language_units *units;
    const double *mean; /* words × units: over repetitions */
    struct bb_folds folds;
};

static const double *mean_response(const struct bb_language_units *u, struct bb_arena *arena)
{
    double *mean = BB_NEW_ARRAY(arena, u->n * u->n_units, double);
    for (size_t i = 0; i < u->n * u->n_repetitions; i++)
        for (size_t j = 0; j < u->n_units; j++)
            mean[i / u->n_repetitions * u->n_units + j] += u->response[i * u->n_units + j] / (double)u->n_repetitions;
    return mean;
}

/* Every fifth sentence is left out. */
static struct bb_folds sentence_folds(const struct bb_corpus *text, struct bb_arena *arena)
{
    struct bb_folds folds = {BB_NEW_ARRAY(arena, FOLDS, struct bb_fold), FOLDS};
    for (size_t f = 0; f < FOLDS; f++) {
        size_t *train = BB_NEW_ARRAY(arena, text->n, size_t), *test = BB_NEW_ARRAY(arena, text->n, size_t), n_train = 0,
               n_test = 0;
        for (size_t s = 0; s < text->n_sentences; s++)
            for (size_t i = text->sentence[s]; i < text->sentence[s + 1]; i++)
                if (s % FOLDS == f)
                    test[n_test++] = i;
                else
                    train[n_train++] = i;
        folds.fold[f] = (struct bb_fold){train, test, n_train, n_test};
    }
    return folds;
}

static double median_r(const struct target *t, const struct bb_fold *fold, const double *prediction, struct bb_arena *arena)
{
    size_t q = t->units->n_units;
    double *r = BB_NEW_ARRAY(arena, q, double), *x = BB_NEW_ARRAY(arena, fold->n_test, double),
           *y = BB_NEW_ARRAY(arena, fold->n_test, double);
    for (size_t j = 0; j < q; j++) {
        for (size_t i = 0; i < fold->n_test; i++) {
            x[i] = prediction[i * q + j];
            y[i] = t->mean[fold->test[i] * q + j];
        }
        r[j] = bb_pearson(x, y, fold->n_test);
    }
    return bb_nan_median(r, q);
}

static enum bb_code score_features(const struct target *t, double *X, double *score, struct bb_arena *arena, struct bb_err *err)
{
    static const double alpha[ALPHAS] = {1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};
    size_t n = t->units->n, q = t->units->n_units, *rows = BB_NEW_ARRAY(arena, n, size_t);
    double *prediction = BB_NEW_ARRAY(arena, n * q, double);
    for (size_t i = 0; i < n; i++) rows[i] = i;
    struct bb_gram_builder *builder = bb_gram_begin(n, WIDTH);
    enum bb_code rc = bb_gram_add(builder, X, WIDTH, err);
    if (rc) {
        bb_gram_abandon(builder);
        return rc;
    }
    struct bb_gram *gram = bb_gram_finish(builder);
    struct bb_regressor *regressor = bb_regressor_new(gram, rows, t->mean, n, q);
    *score = 0;
    for (size_t f = 0; f < t->folds.n && !rc; f++) {
        rc = bb_ridgecv_fold(regressor, &t->folds.fold[f], alpha, ALPHAS, prediction, NULL, err);
        if (!rc) *score += median_r(t, &t->folds.fold[f], prediction, arena) / (double)t->folds.n;
    }
    bb_regressor_free(regressor);
    bb_gram_free(gram);
    return rc;
}

/* --- the models ------------------------------------------------------------------------------------------------------ */

/* P of each word of a text to the grammar. */
static const double *probabilities(const struct bb_language *language, const struct bb_corpus *text, struct bb_arena *arena)
{
    double *p = BB_NEW_ARRAY(arena, text->n, double);
    struct bb_parser *parser = bb_parser_new(&language->grammar);
    for (size_t story = 0; story < text->n_stories; story++) {
        bb_parser_story(parser);
        for (size_t s = text->story[story]; s < text->story[story + 1]; s++) {
            bb_parser_sentence(parser);
            for (size_t i = text->sentence[s]; i < text->sentence[s + 1]; i++) p[i] = bb_parser_read(parser, text->word[i]);
        }
    }
    bb_parser_free(parser);
    return p;
}

/* Bits of a mixture that has a share of the frequencies. */
static const double *mixed(const struct bb_language *language, const struct bb_corpus *text, const double *p, double share,
                           struct bb_arena *arena)
{
    double *bits = BB_NEW_ARRAY(arena, text->n, double);
    for (size_t i = 0; i < text->n; i++)
        bits[i] =
            bb_surprisal((1 - share) * p[i] + share * exp2(language->log_frequency[text->word[i]]), language->grammar.n_words);
    return bits;
}

/* Surprise, and the model's own vectors. */
static double *features(const struct bb_language *language, const struct bb_corpus *text, const double *bits, size_t model,
                        struct bb_arena *arena)
{
    double *X = BB_NEW_ARRAY(arena, text->n * WIDTH, double);
    double *vector = BB_NEW_ARRAY(arena, language->grammar.n_words * VECTOR, double);
    struct bb_rng rng;
    bb_rng_init(&rng, language->seed, (uint64_t)STREAM_VECTORS << 32 | model);
    for (size_t k = 0; k < language->grammar.n_words * VECTOR; k++) vector[k] = bb_draw_normal(&rng);
    bb_language_surprise(text, bits, WIDTH, X);
    for (size_t i = 0; i < text->n; i++)
        memcpy(X + i * WIDTH + BB_SURPRISE, vector + (size_t)text->word[i] * VECTOR, VECTOR * sizeof *X);
    return X;
}

enum bb_code bb_language_graded(uint64_t seed, const struct bb_language_size *size, enum bb_language_mind mind,
                                struct bb_graded *out, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_language_options options = bb_language_defaults(seed, size);
    options.mind = mind;
    memset(options.share, 0, sizeof options.share);
    options.share[BB_MIND_SURPRISAL] = 1;
    const struct bb_language_world *world = bb_language_world_new(&options, arena);
    const struct bb_language *language = world->language;
    struct target target = {&world->electrodes, mean_response(&world->electrodes, arena), sentence_folds(world->words, arena)};
    const double *on_held_out = probabilities(language, world->held_out, arena),
                 *on_words = probabilities(language, world->words, arena);
    double quality[BB_GRADED_MODELS];
    enum bb_code rc = BB_OK;
    for (size_t m = 0; m < BB_GRADED_MODELS && !rc; m++) {
        double share = (double)m / (BB_GRADED_MODELS - 1);
        out->perplexity[m] =
            bb_language_perplexity(mixed(language, world->held_out, on_held_out, share, arena), world->held_out->n);
        quality[m] = -log2(out->perplexity[m]);
        rc = score_features(&target,
                            features(language, world->words, mixed(language, world->words, on_words, share, arena), m, arena),
                            &out->score[m], arena, err);
    }
    out->correlation = rc ? (double)NAN : bb_pearson(quality, out->score, BB_GRADED_MODELS);
    bb_arena_free(arena);
    return rc;
}
