#include "example/language_world.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/draws.h"

enum { STREAM_VECTORS = 511, STREAM_UNITS, STREAM_READERS, STREAM_ELSEWHERE };
enum { TASK_TRAINING = 1000, TASK_HELD_OUT, TASK_PASSAGES, TASK_WORDS, TASK_STORIES };
enum { VECTOR = 12, N_FORM = 2, N_STRUCTURE = 4, N_SURPRISAL = 2, STORY = 12 };

const struct bb_language_size bb_language_sizes[3] = {
    {.n_training = 600,
     .n_held_out = 120,
     .n_passages = 16,
     .n_sentences = 6,
     .n_voxels = 24,
     .n_electrodes = 16,
     .n_subjects = 3,
     .n_repetitions = 3,
     .n_word_sentences = 16,
     .n_stories = 4,
     .n_story_sentences = 6,
     .n_readers = 8,
     .n_items = 6},
    {.n_training = 6000,
     .n_held_out = 500,
     .n_passages = 24,
     .n_sentences = 10,
     .n_voxels = 80,
     .n_electrodes = 48,
     .n_subjects = 4,
     .n_repetitions = 4,
     .n_word_sentences = 48,
     .n_stories = 8,
     .n_story_sentences = 12,
     .n_readers = 24,
     .n_items = 20},
    {.n_training = 20000,
     .n_held_out = 1000,
     .n_passages = 120,
     .n_sentences = 20,
     .n_voxels = 300,
     .n_electrodes = 120,
     .n_subjects = 5,
     .n_repetitions = 4,
     .n_word_sentences = 300,
     .n_stories = 24,
     .n_story_sentences = 40,
     .n_readers = 60,
     .n_items = 40},
};

struct bb_language_options bb_language_defaults(uint64_t seed, const struct bb_language_size *size)
{
    return (struct bb_language_options){
        .seed = seed, .size = *size, .mind = BB_MIND_GRAMMAR, .share = {.35, .1, .25, .15, .15}, .noise = 1.4, .unreliable = .1};
}

double bb_surprisal(double probability, size_t n_words)
{
    const double slip = 1e-4;
    return -log2((1 - slip) * probability + slip / (double)n_words);
}

/* --- what is in mind ------------------------------------------------------------------------------------------------- */

/* A vector of each word: its category's, its topic's (words of a topic are those that it makes more frequent), and its own. */
static const double *word_vectors(const struct bb_language *language, struct bb_arena *arena)
{
    const struct bb_pcfg *g = &language->grammar;
    double *vector = BB_NEW_ARRAY(arena, g->n_words * VECTOR, double);
    double category[64][VECTOR], topic[BB_LANGUAGE_TOPICS][VECTOR];
    struct bb_rng rng;
    bb_rng_init(&rng, language->seed, (uint64_t)STREAM_VECTORS << 32);
    for (size_t c = 0; c < g->n_categories; c++)
        for (size_t k = 0; k < VECTOR; k++) category[c][k] = .7 * bb_draw_normal(&rng);
    for (size_t t = 0; t < BB_LANGUAGE_TOPICS; t++)
        for (size_t k = 0; k < VECTOR; k++) topic[t][k] = .7 * bb_draw_normal(&rng);
    for (size_t w = 0; w < g->n_words; w++) {
        size_t c = (size_t)language->category[w];
        for (size_t t = 0; t < BB_LANGUAGE_TOPICS; t++) {
            double here = g->lexicon[(c * BB_LANGUAGE_TOPICS + t) * g->n_words + w],
                   anywhere = language->plain.lexicon[c * g->n_words + w];
            for (size_t k = 0; here > 1.5 * anywhere && k < VECTOR; k++) vector[w * VECTOR + k] += topic[t][k];
        }
        for (size_t k = 0; k < VECTOR; k++) vector[w * VECTOR + k] += category[c][k] + .7 * bb_draw_normal(&rng);
    }
    return vector;
}

struct truth {
    const struct bb_language *language;
    enum bb_language_mind mind;
    const double *vector;
    double *next; /* room: P of each next word */
    double *lexical, *form, *structure, *surprisal, *expectation;
};

/* P of the word to this mind, before it is read. */
static double probability_to(const struct truth *t, int word, double of_grammar)
{
    return t->mind == BB_MIND_GRAMMAR ? of_grammar : exp2(t->language->log_frequency[word]);
}

/* A mind that is elsewhere: the same numbers of features, of nothing that the text has. */
static void draw_features(const struct bb_language *language, size_t n_words, struct bb_layers *out)
{
    struct bb_rng rng;
    bb_rng_init(&rng, language->seed, (uint64_t)STREAM_ELSEWHERE << 32 | n_words);
    for (size_t k = 0; k < out->n_layers; k++)
        for (size_t i = 0; i < out->n * out->layer[k].width; i++) out->layer[k].value[i] = bb_draw_normal(&rng);
}

static void expect(const struct truth *t, const struct bb_parser *parser, double *out)
{
    size_t V = t->language->grammar.n_words;
    if (t->mind == BB_MIND_GRAMMAR) bb_parser_next(parser, t->next);
    for (size_t w = 0; w < V && t->mind == BB_MIND_GRAMMAR; w++)
        for (size_t k = 0; t->next[w] > 0 && k < VECTOR; k++) out[k] += t->next[w] * t->vector[w * VECTOR + k];
}

static void note_word(const struct truth *t, const struct bb_parser *parser, int word, size_t i, double surprisal, double before)
{
    struct bb_parse_state state = bb_parser_state(parser);
    memcpy(t->lexical + i * VECTOR, t->vector + (size_t)word * VECTOR, VECTOR * sizeof *t->lexical);
    memcpy(t->structure + i * N_STRUCTURE, (double[N_STRUCTURE]){state.depth, state.open, state.gaps, state.uncertainty},
           N_STRUCTURE * sizeof(double));
    memcpy(t->form + i * N_FORM, (double[N_FORM]){-t->language->log_frequency[word], t->language->length[word]},
           N_FORM * sizeof(double));
    memcpy(t->surprisal + i * N_SURPRISAL, (double[N_SURPRISAL]){surprisal, before}, N_SURPRISAL * sizeof(double));
    expect(t, parser, t->expectation + i * VECTOR);
}

static void standardise(struct bb_layers *layers, struct bb_arena *arena)
{
    for (size_t k = 0; k < layers->n_layers; k++) {
        struct bb_layer *layer = &layers->layer[k];
        double *mean = BB_NEW_ARRAY(arena, layer->width, double), *sd = BB_NEW_ARRAY(arena, layer->width, double);
        bb_feature_scale(layer->value, layers->n, layer->width, mean, sd);
        bb_feature_standardise(layer->value, layers->n, layer->width, mean, sd);
    }
}

void bb_language_truth(const struct bb_language *language, enum bb_language_mind mind, const struct bb_corpus *corpus,
                       struct bb_layers *out, struct bb_arena *arena)
{
    size_t V = language->grammar.n_words;
    struct truth t = {
        .language = language, .mind = mind, .vector = word_vectors(language, arena), .next = BB_NEW_ARRAY(arena, V, double)};
    *out = (struct bb_layers){.n = corpus->n};
    t.lexical = bb_layers_add(out, "lexical", VECTOR, arena);
    t.form = bb_layers_add(out, "form", N_FORM, arena);
    t.structure = bb_layers_add(out, "structure", N_STRUCTURE, arena);
    t.surprisal = bb_layers_add(out, "surprisal", N_SURPRISAL, arena);
    t.expectation = bb_layers_add(out, "expectation", VECTOR, arena);
    struct bb_parser *parser = bb_parser_new(&language->grammar);
    for (size_t story = 0; story < corpus->n_stories; story++) {
        bb_parser_story(parser);
        double before = 0;
        for (size_t s = corpus->story[story]; s < corpus->story[story + 1]; s++) {
            bb_parser_sentence(parser);
            for (size_t i = corpus->sentence[s]; i < corpus->sentence[s + 1]; i++) {
                double p = bb_parser_read(parser, corpus->word[i]),
                       surprisal = bb_surprisal(probability_to(&t, corpus->word[i], p), V);
                note_word(&t, parser, corpus->word[i], i, surprisal, before);
                before = surprisal;
            }
        }
    }
    bb_parser_free(parser);
    if (mind == BB_MIND_ELSEWHERE) draw_features(language, corpus->n, out);
    standardise(out, arena);
}

void bb_language_sentences(const struct bb_corpus *corpus, const struct bb_layers *words, struct bb_layers *out,
                           struct bb_arena *arena)
{
    *out = (struct bb_layers){.n = corpus->n_sentences};
    for (size_t k = 0; k < words->n_layers; k++) {
        const struct bb_layer *layer = &words->layer[k];
        double *mean = bb_layers_add(out, layer->name, layer->width, arena);
        for (size_t s = 0; s < corpus->n_sentences; s++) {
            size_t first = corpus->sentence[s], end = corpus->sentence[s + 1];
            for (size_t i = first; i < end; i++)
                for (size_t j = 0; j < layer->width; j++) mean[s * layer->width + j] += layer->value[i * layer->width + j];
            for (size_t j = 0; j < layer->width; j++) mean[s * layer->width + j] /= (double)(end - first);
        }
    }
}

/* --- brains ---------------------------------------------------------------------------------------------------------- */

static void to_unit_variance(double *x, size_t n, size_t stride)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) mean += x[i * stride];
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) square += (x[i * stride] - mean) * (x[i * stride] - mean);
    double sd = sqrt(square / (double)n);
    for (size_t i = 0; i < n; i++) x[i * stride] = sd > 0 ? (x[i * stride] - mean) / sd : 0;
}

/* What a unit follows: a direction in each kind of feature, and how much of each. */
static void follow(struct bb_rng *rng, const struct bb_language_options *o, const struct bb_layers *features, double *signal,
                   size_t stride)
{
    size_t n = features->n;
    double *part = bb_malloc(n * sizeof *part);
    for (size_t k = 0; k < features->n_layers; k++) {
        const struct bb_layer *layer = &features->layer[k];
        double gain = sqrt(o->share[k] * exp(.8 * bb_draw_normal(rng)));
        memset(part, 0, n * sizeof *part);
        for (size_t j = 0; j < layer->width; j++) {
            double weight = bb_draw_normal(rng);
            for (size_t i = 0; i < n; i++) part[i] += weight * layer->value[i * layer->width + j];
        }
        to_unit_variance(part, n, 1);
        for (size_t i = 0; i < n; i++) signal[i * stride] += gain * part[i];
    }
    to_unit_variance(signal, n, stride);
    free(part);
}

struct bb_language_units bb_language_measure(const struct bb_language_options *o, uint64_t task, const struct bb_layers *features,
                                             size_t n_units, struct bb_arena *arena)
{
    assert(features->n_layers == BB_MIND_KINDS);
    size_t n = features->n, r = o->size.n_repetitions;
    struct bb_language_units u = {.n = n, .n_units = n_units, .n_repetitions = r};
    u.signal = BB_NEW_ARRAY(arena, n * n_units, double);
    u.response = BB_NEW_ARRAY(arena, n * r * n_units, double);
    u.subject = BB_NEW_ARRAY(arena, n_units, size_t);
    for (size_t j = 0; j < n_units; j++) {
        struct bb_rng rng;
        bb_rng_init(&rng, o->seed, (uint64_t)STREAM_UNITS << 32 | task << 24 | j);
        u.subject[j] = j * o->size.n_subjects / n_units;
        follow(&rng, o, features, u.signal + j, n_units);
        double faint = bb_rng_uniform(&rng) < o->unreliable ? .1 : 1, noise = o->noise * exp(.3 * bb_draw_normal(&rng));
        for (size_t i = 0; i < n; i++) u.signal[i * n_units + j] *= faint;
        for (size_t i = 0; i < n * r; i++)
            u.response[i * n_units + j] = u.signal[i / r * n_units + j] + noise * bb_draw_normal(&rng);
    }
    return u;
}

/* --- readers --------------------------------------------------------------------------------------------------------- */

static void read_stories(struct bb_language_world *world, struct bb_arena *arena)
{
    const struct bb_language_options *o = &world->options;
    const struct bb_corpus *text = world->stories;
    const struct bb_language *language = world->language;
    size_t V = language->grammar.n_words, n = text->n, readers = o->size.n_readers;
    double *slow = BB_NEW_ARRAY(arena, n, double), *expected = BB_NEW_ARRAY(arena, n, double),
           *time = BB_NEW_ARRAY(arena, readers * n, double);
    struct bb_parser *parser = bb_parser_new(&language->grammar);
    for (size_t story = 0; story < text->n_stories; story++) {
        bb_parser_story(parser);
        double before = 0, length_before = 0;
        for (size_t s = text->story[story]; s < text->story[story + 1]; s++) {
            bb_parser_sentence(parser);
            for (size_t i = text->sentence[s]; i < text->sentence[s + 1]; i++) {
                double p = bb_parser_read(parser, text->word[i]), rare = -language->log_frequency[text->word[i]];
                double bits = o->mind == BB_MIND_ELSEWHERE ? 0 : o->mind == BB_MIND_GRAMMAR ? bb_surprisal(p, V) : rare;
                slow[i] = 7 * bits + 4 * before + 5 * language->length[text->word[i]] + 2 * length_before + 3 * rare;
                before = bits;
                length_before = language->length[text->word[i]];
            }
        }
    }
    bb_parser_free(parser);
    for (size_t r = 0; r < readers; r++) {
        struct bb_rng rng;
        bb_rng_init(&rng, o->seed, (uint64_t)STREAM_READERS << 32 | r);
        double base = 260 + 50 * bb_draw_normal(&rng), pace = exp(.25 * bb_draw_normal(&rng)),
               noise = 80 * exp(.2 * bb_draw_normal(&rng));
        for (size_t i = 0; i < n; i++) {
            expected[i] += (base + pace * slow[i]) / (double)readers;
            double ms = base + pace * slow[i] + noise * bb_draw_normal(&rng);
            time[r * n + i] = round(ms > 100 ? ms : 100);
        }
    }
    world->expected_time = expected;
    world->time = time;
}

/* --- all of it ------------------------------------------------------------------------------------------------------- */

static struct bb_layers truth_of(const struct bb_language_world *world, const struct bb_corpus *corpus, bool sentences,
                                 struct bb_arena *arena)
{
    struct bb_layers words, means;
    bb_language_truth(world->language, world->options.mind, corpus, &words, arena);
    if (!sentences) return words;
    bb_language_sentences(corpus, &words, &means, arena);
    return means;
}

struct bb_language_world *bb_language_world_new(const struct bb_language_options *options, struct bb_arena *arena)
{
    const struct bb_language_size *size = &options->size;
    struct bb_language_world *world = BB_NEW(arena, struct bb_language_world);
    struct bb_language *language = bb_language_new(options->seed, arena);
    world->options = *options;
    world->language = language;
    world->training = bb_language_stories(language, TASK_TRAINING, (size->n_training + STORY - 1) / STORY, STORY, arena);
    world->held_out = bb_language_stories(language, TASK_HELD_OUT, (size->n_held_out + STORY - 1) / STORY, STORY, arena);
    world->passages = bb_language_stories(language, TASK_PASSAGES, size->n_passages, size->n_sentences, arena);
    world->words = bb_language_stories(language, TASK_WORDS, (size->n_word_sentences + 3) / 4, 4, arena);
    world->stories = bb_language_stories(language, TASK_STORIES, size->n_stories, size->n_story_sentences, arena);
    struct bb_layers sentences = truth_of(world, world->passages, true, arena),
                     words = truth_of(world, world->words, false, arena);
    world->voxels = bb_language_measure(options, 1, &sentences, size->n_voxels, arena);
    world->electrodes = bb_language_measure(options, 2, &words, size->n_electrodes, arena);
    read_stories(world, arena);
    return world;
}
