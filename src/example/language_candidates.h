/*
 * The candidate models of language, all of which compute: n-grams, small recurrent nets, a parser, static vectors. What each says
 * of a text: the surprisal of every word, and features of every word (the layers of its activations).
 */
#ifndef BB_EXAMPLE_LANGUAGE_CANDIDATES_H
#define BB_EXAMPLE_LANGUAGE_CANDIDATES_H

#include "example/language_world.h"

enum bb_language_kind { BB_KIND_NGRAM, BB_KIND_RECURRENT, BB_KIND_PARSER, BB_KIND_VECTORS, BB_KIND_RANDOM_VECTORS };

struct bb_language_candidate {
    const char *id, *name, *family, *description;
    enum bb_language_kind kind;
    size_t order;         /* n-grams */
    size_t width, epochs; /* nets and vectors */
    double rate;
    bool fixed;         /* only the read-out of the net is trained */
    bool topics;        /* the parser knows of topics: it is the language itself */
    size_t part, parts; /* trained on one of so many parts of the training text; 0 parts: on all */
    uint64_t seed;
};

/* By enum bb_project_size; the list and its texts are in the arena. */
size_t bb_language_candidates(int size, struct bb_arena *arena, const struct bb_language_candidate **out);

struct bb_language_reader;
struct bb_language_reader *bb_language_reader_new(const struct bb_language_candidate *candidate,
                                                  const struct bb_language_world *world);
void bb_language_reader_free(struct bb_language_reader *reader);
bool bb_language_predicts(const struct bb_language_candidate *candidate);

/* surprisal: bits, a number per word, NULL: not wanted (or the candidate predicts nothing). layers: words × features, NULL: not wanted. */
void bb_language_read(struct bb_language_reader *reader, const struct bb_corpus *text, double *surprisal,
                      struct bb_layers *layers, struct bb_arena *arena);

/* The layer `surprise` from surprisals: of each word, of the two before it in its story, and the mean since its sentence began: BB_SURPRISE numbers,
   every `stride` numbers anew. */
enum { BB_SURPRISE = 4 };
void bb_language_surprise(const struct bb_corpus *text, const double *surprisal, size_t stride, double *out);

/* 2 to the mean surprisal. */
double bb_language_perplexity(const double *surprisal, size_t n);

#endif
