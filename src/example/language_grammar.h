/*
 * The language of the simulated experiment: a grammar of English-like sentences with agreement in number, relative clauses on
 * subjects and objects, questions with a gap, reflexives and subordinate clauses; some 350 words with Zipf frequencies; four
 * topics. Which words of a category are frequent is drawn from the seed.
 */
#ifndef BB_EXAMPLE_LANGUAGE_GRAMMAR_H
#define BB_EXAMPLE_LANGUAGE_GRAMMAR_H

#include "base/text.h"
#include "model/corpus.h"
#include "model/pcfg.h"

enum { BB_LANGUAGE_TOPICS = 4 };

struct bb_language {
    uint64_t seed;
    struct bb_pcfg grammar;
    struct bb_pcfg plain;        /* the same rules without topics: what a parser knows that takes each word by itself */
    const char *const *word;     /* spelling */
    const double *length;        /* characters */
    const double *log_frequency; /* log2 of its share of the language's words, from a large sample */
    const int *category;         /* of each word, the first that has it */
};

struct bb_language *bb_language_new(uint64_t seed, struct bb_arena *arena);

/* Stories of that many sentences, each of one topic; `task` says which stream. A sentence of more than 60 words is drawn anew; there
   is none in millions. */
struct bb_corpus *bb_language_stories(const struct bb_language *language, uint64_t task, size_t n_stories, size_t n_sentences,
                                      struct bb_arena *arena);

/* A word of a category ("N.s"), drawn by its frequency over all topics; its number. */
int bb_language_draw(const struct bb_language *language, const char *category, struct bb_rng *rng);
int bb_language_word(const struct bb_language *language, const char *spelling); /* −1: unknown */
/* The other number of a noun or verb: that of the same rank in category `other`. */
int bb_language_inflect(const struct bb_language *language, int word, const char *other);

#endif
