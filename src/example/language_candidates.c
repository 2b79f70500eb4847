#include "example/language_candidates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/draws.h"
#include "model/ngram.h"
#include "model/recurrent.h"
#include "model/word_vectors.h"

enum { STREAM_NET = 541, STREAM_RANDOM_VECTORS };
enum { LEADING = 96, STRUCTURE = 4, WINDOW = 2 };

/* --- which there are ------------------------------------------------------------------------------------------------- */

static const struct bb_language_candidate candidates[] = {
    {.id = "uniform",
     .name = "All words alike",
     .family = "n-gram",
     .kind = BB_KIND_NGRAM,
     .order = 0,
     .description = "Gives every word of the vocabulary the same probability: an n-gram model of order 0."},
    {.id = "unigram",
     .name = "1-gram",
     .family = "n-gram",
     .kind = BB_KIND_NGRAM,
     .order = 1,
     .description = "Knows how frequent words are."},
    {.id = "bigram",
     .name = "2-gram",
     .family = "n-gram",
     .kind = BB_KIND_NGRAM,
     .order = 2,
     .description = "Predicts a word from the one before it; interpolated Kneser-Ney smoothing."},
    {.id = "trigram",
     .name = "3-gram",
     .family = "n-gram",
     .kind = BB_KIND_NGRAM,
     .order = 3,
     .description = "Predicts a word from the two before it; interpolated Kneser-Ney smoothing."},
    {.id = "4-gram",
     .name = "4-gram",
     .family = "n-gram",
     .kind = BB_KIND_NGRAM,
     .order = 4,
     .description = "Predicts a word from the three before it; interpolated Kneser-Ney smoothing."},
    {.id = "5-gram",
     .name = "5-gram",
     .family = "n-gram",
     .kind = BB_KIND_NGRAM,
     .order = 5,
     .description = "Predicts a word from the four before it; interpolated Kneser-Ney smoothing."},
    {.id = "5-gram-tenth",
     .name = "5-gram, a tenth of the text",
     .family = "n-gram",
     .kind = BB_KIND_NGRAM,
     .order = 5,
     .parts = 10,
     .description = "The 5-gram model, trained on a tenth of the text."},
    {.id = "elman-12",
     .name = "Elman net, 12 units",
     .family = "recurrent",
     .kind = BB_KIND_RECURRENT,
     .width = 12,
     .epochs = 3,
     .rate = .03,
     .description = "A simple recurrent net, trained to predict the next word by stochastic gradient descent."},
    {.id = "elman-32",
     .name = "Elman net, 32 units",
     .family = "recurrent",
     .kind = BB_KIND_RECURRENT,
     .width = 32,
     .epochs = 4,
     .rate = .03,
     .description = "A simple recurrent net, trained to predict the next word by stochastic gradient descent."},
    {.id = "echo-state",
     .name = "Echo state net, 64 units",
     .family = "recurrent",
     .kind = BB_KIND_RECURRENT,
     .width = 64,
     .epochs = 1,
     .rate = .01,
     .fixed = true,
     .description = "A recurrent net whose recurrent weights stay random; only its read-out is trained."},
    {.id = "parser",
     .name = "Parser without topics",
     .family = "grammar",
     .kind = BB_KIND_PARSER,
     .description = "Knows the rules of the grammar and how frequent words are in their categories, but not that stories have "
                    "topics. Reads all analyses at once."},
    {.id = "word-vectors",
     .name = "Word vectors",
     .family = "vectors",
     .kind = BB_KIND_VECTORS,
     .width = 32,
     .description = "Principal components of which words stand near which: a vector for each word, whatever comes before it. "
                    "Predicts nothing."},
    {.id = "random-vectors",
     .name = "Random vectors",
     .family = "vectors",
     .kind = BB_KIND_RANDOM_VECTORS,
     .width = 64,
     .description =
         "A random vector for each word: whoever knows which words there were can learn much from them. Predicts nothing."},
};
enum { N_CANDIDATES = sizeof candidates / sizeof candidates[0], ORDERS = 5, HALVINGS = 7, PARTS_USED = 5, NETS = 4 };

/* N-grams of every order on ever smaller parts of the text, and nets of several widths and first weights: hundreds of models that
   differ by degrees. */
static size_t add_graded(struct bb_language_candidate *list, size_t n, struct bb_arena *arena)
{
    for (size_t order = 1; order <= ORDERS; order++)
        for (size_t parts = 2; parts <= (size_t)1 << HALVINGS; parts *= 2)
            for (size_t part = 0; part < parts && part < PARTS_USED; part++)
                list[n++] = (struct bb_language_candidate){
                    .id = bb_arena_printf(arena, "%zu-gram-%zu-%zu", order, parts, part + 1),
                    .name = bb_arena_printf(arena, "%zu-gram, part %zu of %zu", order, part + 1, parts),
                    .family = "n-gram",
                    .description = "Trained on a part of the text.",
                    .kind = BB_KIND_NGRAM,
                    .order = order,
                    .part = part,
                    .parts = parts};
    for (size_t width = 4; width <= (size_t)4 << (NETS - 1); width *= 2)
        for (uint64_t seed = 1; seed <= PARTS_USED; seed++)
            list[n++] =
                (struct bb_language_candidate){.id = bb_arena_printf(arena, "elman-%zu-%d", width, (int)seed),
                                               .name = bb_arena_printf(arena, "Elman net, %zu units, %d", width, (int)seed),
                                               .family = "recurrent",
                                               .description = "Trained on a tenth of the text, from other first weights.",
                                               .kind = BB_KIND_RECURRENT,
                                               .width = width,
                                               .epochs = 2,
                                               .rate = .03,
                                               .part = (size_t)seed,
                                               .parts = 10,
                                               .seed = seed};
    return n;
}

size_t bb_language_candidates(int size, struct bb_arena *arena, const struct bb_language_candidate **out)
{
    size_t most = N_CANDIDATES + (size == 2 ? (size_t)ORDERS * HALVINGS * PARTS_USED + (size_t)NETS * PARTS_USED : 0);
    struct bb_language_candidate *list = BB_NEW_ARRAY(arena, most, struct bb_language_candidate);
    memcpy(list, candidates, sizeof candidates);
    *out = list;
    return size == 2 ? add_graded(list, N_CANDIDATES, arena) : N_CANDIDATES;
}

bool bb_language_predicts(const struct bb_language_candidate *c)
{
    return c->kind != BB_KIND_VECTORS && c->kind != BB_KIND_RANDOM_VECTORS;
}

double bb_language_perplexity(const double *surprisal, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += surprisal[i];
    return exp2(sum / (double)n);
}

/* --- training -------------------------------------------------------------------------------------------------------- */

struct bb_language_reader {
    const struct bb_language_candidate *candidate;
    const struct bb_language_world *world;
    struct bb_arena *arena;
    struct bb_ngram *ngram;
    struct bb_recurrent *net;
    struct bb_parser *parser;
    const double *vector; /* n_words × width */
    int leading[LEADING]; /* the most frequent words of the training text */
    size_t n_words, n_leading;
};

/* Ties by number. */
static void find_leading(struct bb_language_reader *r, const struct bb_corpus *training)
{
    double *count = bb_calloc(r->n_words, sizeof *count);
    for (size_t i = training->sentence[0]; i < training->sentence[training->n_sentences]; i++) count[training->word[i]]++;
    for (r->n_leading = 0; r->n_leading < LEADING && r->n_leading < r->n_words; r->n_leading++) {
        size_t best = 0;
        for (size_t w = 1; w < r->n_words; w++)
            if (count[w] > count[best]) best = w;
        r->leading[r->n_leading] = (int)best;
        count[best] = -1;
    }
    free(count);
}

static const double *random_vectors(const struct bb_language_reader *r)
{
    size_t n = r->n_words * r->candidate->width;
    double *vector = BB_NEW_ARRAY(r->arena, n, double);
    struct bb_rng rng;
    bb_rng_init(&rng, r->world->options.seed, (uint64_t)STREAM_RANDOM_VECTORS << 32);
    for (size_t i = 0; i < n; i++) vector[i] = bb_draw_normal(&rng);
    return vector;
}

static struct bb_recurrent *train_net(const struct bb_language_reader *r, const struct bb_corpus *training)
{
    const struct bb_language_candidate *c = r->candidate;
    struct bb_recurrent_spec spec = {.width = c->width,
                                     .n_words = r->n_words,
                                     .epochs = c->epochs,
                                     .rate = c->rate,
                                     .fixed = c->fixed,
                                     .seed = r->world->options.seed,
                                     .task = (uint64_t)STREAM_NET << 32 | c->seed << 16 | c->width};
    return bb_recurrent_train(&spec, training);
}

struct bb_language_reader *bb_language_reader_new(const struct bb_language_candidate *c, const struct bb_language_world *world)
{
    struct bb_language_reader *r = bb_calloc(1, sizeof *r);
    r->candidate = c;
    r->world = world;
    r->arena = bb_arena_new(0);
    r->n_words = world->language->grammar.n_words;
    size_t stories = world->training->n_stories, parts = c->parts ? c->parts : 1, first = stories * c->part / parts;
    size_t end = stories * (c->part + 1) / parts;
    struct bb_corpus training = bb_corpus_stories(world->training, first, end > first ? end - first : 1, r->arena);
    find_leading(r, &training);
    switch (c->kind) {
    case BB_KIND_NGRAM:
        r->ngram = bb_ngram_train(&training, c->order, r->n_words);
        break;
    case BB_KIND_RECURRENT:
        r->net = train_net(r, &training);
        break;
    case BB_KIND_PARSER:
        r->parser = bb_parser_new(c->topics ? &world->language->grammar : &world->language->plain);
        break;
    case BB_KIND_VECTORS:
        r->vector = bb_word_vectors(&training, r->n_words, c->width, WINDOW, world->options.seed, r->arena);
        break;
    case BB_KIND_RANDOM_VECTORS:
        r->vector = random_vectors(r);
        break;
    }
    return r;
}

void bb_language_reader_free(struct bb_language_reader *r)
{
    if (!r) return;
    bb_ngram_free(r->ngram);
    bb_recurrent_free(r->net);
    bb_parser_free(r->parser);
    bb_arena_free(r->arena);
    free(r);
}

/* --- reading --------------------------------------------------------------------------------------------------------- */

/* Where the features of words go; NULL: nowhere. */
struct places {
    double *evidence, *next, *embedding, *state, *structure, *vectors;
    double *surprise;
    size_t surprise_width; /* the evidence stands in the same layer: it is too little for one of its own */
};

static struct places make_layers(const struct bb_language_reader *r, struct bb_layers *layers, struct bb_arena *arena)
{
    const struct bb_language_candidate *c = r->candidate;
    struct places p = {0};
    size_t evidence = r->ngram && c->order > 1 ? c->order - 1 : 0;
    if (bb_language_predicts(c)) {
        p.surprise_width = BB_SURPRISE + evidence;
        p.surprise = bb_layers_add(layers, "surprise", p.surprise_width, arena);
        p.evidence = evidence ? p.surprise + BB_SURPRISE : NULL;
    }
    if (evidence) p.next = bb_layers_add(layers, "next", r->n_leading, arena);
    if (r->net) {
        p.embedding = bb_layers_add(layers, "embedding", c->width, arena);
        p.state = bb_layers_add(layers, "state", c->width, arena);
    }
    if (r->parser) p.structure = bb_layers_add(layers, "structure", STRUCTURE + r->world->language->grammar.n_categories, arena);
    if (r->vector) p.vectors = bb_layers_add(layers, "vectors", c->width, arena);
    return p;
}

static double read_word(struct bb_language_reader *r, const int *sentence, size_t k)
{
    if (r->ngram) return -log2(bb_ngram_probability(r->ngram, sentence, k, sentence[k]));
    if (r->net) return -log2(bb_recurrent_read(r->net, sentence[k]));
    if (r->parser) return bb_surprisal(bb_parser_read(r->parser, sentence[k]), r->n_words);
    return 0;
}

/* Features after word k of the sentence, word i of the text. */
static void note_features(const struct bb_language_reader *r, const struct places *p, const int *sentence, size_t k, size_t i)
{
    size_t width = r->candidate->width;
    if (p->evidence) {
        double *evidence = p->evidence + i * p->surprise_width;
        bb_ngram_evidence(r->ngram, sentence, k + 1, evidence);
        for (size_t j = 0; j + 1 < r->candidate->order; j++) evidence[j] = log1p(evidence[j]);
    }
    for (size_t j = 0; p->next && j < r->n_leading; j++)
        p->next[i * r->n_leading + j] = log2(bb_ngram_probability(r->ngram, sentence, k + 1, r->leading[j]));
    if (p->embedding) memcpy(p->embedding + i * width, bb_recurrent_embedding(r->net, sentence[k]), width * sizeof(double));
    if (p->state) memcpy(p->state + i * width, bb_recurrent_state(r->net), width * sizeof(double));
    if (p->vectors) memcpy(p->vectors + i * width, r->vector + (size_t)sentence[k] * width, width * sizeof(double));
    if (p->structure) {
        size_t all = STRUCTURE + r->world->language->grammar.n_categories;
        struct bb_parse_state s = bb_parser_state(r->parser);
        memcpy(p->structure + i * all, (double[STRUCTURE]){s.depth, s.open, s.gaps, s.uncertainty}, STRUCTURE * sizeof(double));
        bb_parser_categories(r->parser, p->structure + i * all + STRUCTURE);
    }
}

void bb_language_surprise(const struct bb_corpus *text, const double *bits, size_t stride, double *out)
{
    for (size_t story = 0; story < text->n_stories; story++) {
        size_t begin = text->sentence[text->story[story]] - text->sentence[0];
        for (size_t s = text->story[story]; s < text->story[story + 1]; s++) {
            size_t first = text->sentence[s] - text->sentence[0], end = text->sentence[s + 1] - text->sentence[0];
            double sum = 0;
            for (size_t i = first; i < end; i++) {
                sum += bits[i];
                double *to = out + i * stride;
                to[0] = bits[i];
                to[1] = i > begin ? bits[i - 1] : 0;
                to[2] = i > begin + 1 ? bits[i - 2] : 0;
                to[3] = sum / (double)(i - first + 1);
            }
        }
    }
}

void bb_language_read(struct bb_language_reader *r, const struct bb_corpus *text, double *surprisal, struct bb_layers *layers,
                      struct bb_arena *arena)
{
    struct places places = {0};
    bool predicts = bb_language_predicts(r->candidate);
    double *bits = bb_calloc(text->n ? text->n : 1, sizeof *bits);
    if (layers) {
        *layers = (struct bb_layers){.n = text->n};
        places = make_layers(r, layers, arena);
    }
    for (size_t story = 0; story < text->n_stories; story++) {
        if (r->net) bb_recurrent_story(r->net);
        if (r->parser) bb_parser_story(r->parser);
        for (size_t s = text->story[story]; s < text->story[story + 1]; s++) {
            size_t first = text->sentence[s], length = text->sentence[s + 1] - first;
            if (r->parser) bb_parser_sentence(r->parser);
            for (size_t k = 0; k < length; k++) {
                bits[first - text->sentence[0] + k] = read_word(r, text->word + first, k);
                if (layers) note_features(r, &places, text->word + first, k, first - text->sentence[0] + k);
            }
        }
    }
    if (places.surprise) bb_language_surprise(text, bits, places.surprise_width, places.surprise);
    if (surprisal && predicts) memcpy(surprisal, bits, text->n * sizeof *bits);
    free(bits);
}
