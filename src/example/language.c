#include "example/language.h"

#include <math.h>
#include <string.h>

#include "example/language_candidates.h"
#include "example/language_catalog.h"
#include "model/draws.h"

enum { STREAM_SHUFFLE = 551, STREAM_NOISE, NOISE_WIDTH = 32 };

static enum bb_code write_model(struct bb_project *project, const struct bb_language_experiment *e,
                                const struct bb_language_model *model, const struct bb_language_answer *answer,
                                struct bb_err *err)
{
    bb_language_model(project, model, answer);
    return bb_language_write_answer(project, e, answer, err);
}

/* --- answers to the suites ------------------------------------------------------------------------------------------- */

/* Bits and regions of all suites, from the words' surprisals that `read` gives. */
typedef void read_text(void *ctx, const struct bb_corpus *text, double *surprisal);

static void answer_suites(const struct bb_language_experiment *e, read_text *read, void *ctx, struct bb_language_answer *answer,
                          struct bb_arena *arena)
{
    const double **regions = BB_NEW_ARRAY(arena, e->n_suites, const double *);
    const char **bits = BB_NEW_ARRAY(arena, e->n_suites, const char *);
    for (size_t k = 0; k < e->n_suites; k++) {
        const struct bb_language_suite *suite = &e->suite[k];
        struct bb_err err = {0};
        double *surprisal = BB_NEW_ARRAY(arena, suite->text->n, double);
        char *of_items = BB_NEW_ARRAY(arena, suite->suite.n + 1, char);
        read(ctx, suite->text, surprisal);
        regions[k] = bb_language_regions(suite, surprisal, arena);
        if (bb_suite_bits(&suite->suite, regions[k], of_items, &err))
            bb_die("the suite %s of the example: %s", suite->name, err.msg);
        bits[k] = of_items;
    }
    answer->regions = regions;
    answer->bits = bits;
}

/* --- candidates ------------------------------------------------------------------------------------------------------ */

struct candidate_text {
    struct bb_language_reader *reader;
    struct bb_arena *arena;
};

static void read_candidate(void *ctx, const struct bb_corpus *text, double *surprisal)
{
    struct candidate_text *c = ctx;
    bb_language_read(c->reader, text, surprisal, NULL, c->arena);
}

static double *surprisal_of(struct bb_language_reader *reader, const struct bb_corpus *text, struct bb_arena *arena)
{
    double *surprisal = BB_NEW_ARRAY(arena, text->n, double);
    bb_language_read(reader, text, surprisal, NULL, arena);
    return surprisal;
}

static enum bb_code write_candidate(struct bb_project *project, const struct bb_language_experiment *e,
                                    const struct bb_language_candidate *c, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_language_world *world = e->world;
    struct candidate_text text = {bb_language_reader_new(c, world), arena};
    struct bb_language_answer answer = {.id = c->id};
    bool predicts = bb_language_predicts(c), constant = c->kind == BB_KIND_NGRAM && c->order == 0;
    struct bb_language_model model = {.name = c->name,
                                      .family = c->family,
                                      .description = c->description,
                                      .neural = "it answers every word alike, and so has no geometry",
                                      .reading = constant ? "it is surprised by every word alike"
                                                          : "it predicts nothing, and so is not surprised",
                                      .suites = "it predicts nothing, and so is not surprised",
                                      .perplexity = NAN};
    struct bb_layers on_passages, sentences, words;
    if (!constant) {
        bb_language_read(text.reader, world->passages, NULL, &on_passages, arena);
        bb_language_sentences(world->passages, &on_passages, &sentences, arena);
        bb_language_read(text.reader, world->words, NULL, &words, arena);
        answer.sentences = &sentences;
        answer.words = &words;
    }
    if (predicts) {
        model.perplexity = bb_language_perplexity(surprisal_of(text.reader, world->held_out, arena), world->held_out->n);
        if (!constant) answer.reading = surprisal_of(text.reader, world->stories, arena);
        answer_suites(e, read_candidate, &text, &answer, arena);
    }
    enum bb_code rc = write_model(project, e, &model, &answer, err);
    bb_language_reader_free(text.reader);
    bb_arena_free(arena);
    return rc;
}

static enum bb_code write_candidates(struct bb_project *project, const struct bb_language_experiment *e, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_language_candidate *candidate;
    size_t n = bb_language_candidates(bb_project_size(project), arena, &candidate);
    enum bb_code rc = BB_OK;
    for (size_t i = 0; i < n && !rc; i++) rc = write_candidate(project, e, &candidate[i], err);
    bb_arena_free(arena);
    return rc;
}

/* --- the truth ------------------------------------------------------------------------------------------------------- */

/* All kinds of features side by side, as one layer. */
static struct bb_layers as_one(const struct bb_layers *layers, struct bb_arena *arena)
{
    struct bb_layers one = {.n = layers->n};
    size_t width = 0, first = 0;
    for (size_t k = 0; k < layers->n_layers; k++) width += layers->layer[k].width;
    double *value = bb_layers_add(&one, "mind", width, arena);
    for (size_t k = 0; k < layers->n_layers; first += layers->layer[k++].width)
        for (size_t i = 0; i < layers->n; i++)
            memcpy(value + i * width + first, layers->layer[k].value + i * layers->layer[k].width,
                   layers->layer[k].width * sizeof *value);
    return one;
}

struct truth {
    struct bb_layers sentences, words;
};

static struct truth truth_of(const struct bb_language_world *world, struct bb_arena *arena)
{
    struct bb_layers words, sentences;
    struct truth truth;
    bb_language_truth(world->language, world->options.mind, world->passages, &words, arena);
    bb_language_sentences(world->passages, &words, &sentences, arena);
    truth.sentences = as_one(&sentences, arena);
    bb_language_truth(world->language, world->options.mind, world->words, &words, arena);
    truth.words = as_one(&words, arena);
    return truth;
}

static enum bb_code write_truth(struct bb_project *project, const struct bb_language_experiment *e, struct truth *truth,
                                struct bb_err *err)
{
    static const struct bb_language_candidate grammar = {.kind = BB_KIND_PARSER, .topics = true};
    struct bb_arena *arena = bb_arena_new(0);
    struct candidate_text text = {bb_language_reader_new(&grammar, e->world), arena};
    struct bb_language_answer answer = {
        .id = "truth-language", .sentences = &truth->sentences, .words = &truth->words, .reading = e->world->expected_time};
    struct bb_language_model model = {
        .name = "Truth: simulated reader",
        .family = "truth",
        .description = "What the simulated units read, and the readers' expected times, without noise: what a perfect model "
                       "gets. On minimal pairs, and in "
                       "perplexity, the grammar itself.",
        .layer = "mind",
        .perplexity = bb_language_perplexity(surprisal_of(text.reader, e->world->held_out, arena), e->world->held_out->n),
        .reference = true};
    answer_suites(e, read_candidate, &text, &answer, arena);
    enum bb_code rc = write_model(project, e, &model, &answer, err);
    bb_language_reader_free(text.reader);
    bb_arena_free(arena);
    return rc;
}

/* --- controls -------------------------------------------------------------------------------------------------------- */

static size_t *permutation(uint64_t seed, uint64_t task, size_t n, struct bb_arena *arena)
{
    struct bb_rng rng;
    size_t *row = BB_NEW_ARRAY(arena, n, size_t);
    for (size_t i = 0; i < n; i++) row[i] = i;
    bb_rng_init(&rng, seed, (uint64_t)STREAM_SHUFFLE << 32 | task);
    bb_rng_shuffle(&rng, row, n);
    return row;
}

static struct bb_layers shuffled(const struct bb_layers *layers, const size_t *row, struct bb_arena *arena)
{
    struct bb_layers out = {.n = layers->n};
    for (size_t k = 0; k < layers->n_layers; k++) {
        size_t width = layers->layer[k].width;
        double *value = bb_layers_add(&out, "shuffled", width, arena);
        for (size_t i = 0; i < layers->n; i++)
            memcpy(value + i * width, layers->layer[k].value + row[i] * width, width * sizeof *value);
    }
    return out;
}

/* What the brain itself has in mind, for other stimuli: whatever a metric makes of it is chance. */
static enum bb_code write_shuffled(struct bb_project *project, const struct bb_language_experiment *e, const struct truth *truth,
                                   struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    uint64_t seed = e->world->options.seed;
    size_t n = e->world->stories->n, *row = permutation(seed, 0, n, arena);
    double *reading = BB_NEW_ARRAY(arena, n, double);
    for (size_t i = 0; i < n; i++) reading[i] = e->world->expected_time[row[i]];
    struct bb_layers sentences = shuffled(&truth->sentences, permutation(seed, 1, truth->sentences.n, arena), arena);
    struct bb_layers words = shuffled(&truth->words, permutation(seed, 2, truth->words.n, arena), arena);
    struct bb_language_answer answer = {.id = "control-shuffled", .sentences = &sentences, .words = &words, .reading = reading};
    static const struct bb_language_model model = {
        .name = "Control: shuffled truth",
        .family = "control",
        .description = "What the simulated brain itself has in mind, each for another stimulus: all that it scores is chance.",
        .suites = "the noise control answers these by chance",
        .perplexity = NAN};
    enum bb_code rc = write_model(project, e, &model, &answer, err);
    bb_arena_free(arena);
    return rc;
}

static void read_noise(void *ctx, const struct bb_corpus *text, double *surprisal)
{
    for (size_t i = 0; i < text->n; i++) surprisal[i] = 16 * bb_rng_uniform(ctx);
}

static struct bb_layers noise(size_t n, struct bb_rng *rng, struct bb_arena *arena)
{
    struct bb_layers layers = {.n = n};
    double *value = bb_layers_add(&layers, "noise", NOISE_WIDTH, arena);
    for (size_t i = 0; i < n * NOISE_WIDTH; i++) value[i] = bb_draw_normal(rng);
    return layers;
}

static enum bb_code write_noise(struct bb_project *project, const struct bb_language_experiment *e, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_rng rng;
    bb_rng_init(&rng, e->world->options.seed, (uint64_t)STREAM_NOISE << 32);
    struct bb_layers sentences = noise(e->world->passages->n_sentences, &rng, arena),
                     words = noise(e->world->words->n, &rng, arena);
    double *reading = BB_NEW_ARRAY(arena, e->world->stories->n, double);
    read_noise(&rng, e->world->stories, reading);
    struct bb_language_answer answer = {.id = "control-noise", .sentences = &sentences, .words = &words, .reading = reading};
    answer_suites(e, read_noise, &rng, &answer, arena);
    static const struct bb_language_model model = {.name = "Control: noise",
                                                   .family = "control",
                                                   .description = "Random numbers for every word and sentence.",
                                                   .perplexity = NAN};
    enum bb_code rc = write_model(project, e, &model, &answer, err);
    bb_arena_free(arena);
    return rc;
}

/* --- all of it ------------------------------------------------------------------------------------------------------- */

enum bb_code bb_example_language(struct bb_project *project, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_language_options options =
        bb_language_defaults(bb_project_seed(project), &bb_language_sizes[bb_project_size(project)]);
    struct bb_language_experiment e = {.world = bb_language_world_new(&options, arena)};
    e.suite = bb_language_suites(e.world->language, options.size.n_items, &e.n_suites, arena);
    bb_language_benchmarks(project, &e);
    struct truth truth = truth_of(e.world, arena);
    enum bb_code rc = bb_language_write_data(project, &e, err);
    if (!rc) rc = write_candidates(project, &e, err);
    if (!rc) rc = write_shuffled(project, &e, &truth, err);
    if (!rc) rc = write_noise(project, &e, err);
    if (!rc) rc = write_truth(project, &e, &truth, err);
    if (!rc) bb_language_baselines(project);
    bb_arena_free(arena);
    return rc;
}
