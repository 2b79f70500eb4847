/*
 * Text as numbers: words of a closed vocabulary, in sentences, in stories. What language models are trained on and read. All in its maker's arena.
 */
#ifndef BB_MODEL_CORPUS_H
#define BB_MODEL_CORPUS_H

#include "base/mem.h"

struct bb_corpus {
    const int *word;        /* the full stop of each sentence is one of them */
    size_t n;               /* words, sentence[n_sentences] − sentence[0] */
    const size_t *sentence; /* n_sentences + 1: where each begins in `word` */
    size_t n_sentences;
    const size_t *story; /* n_stories + 1: where each begins in `sentence`; story[0] is 0 */
    size_t n_stories;
};

/* Some of the stories; shares the words. */
struct bb_corpus bb_corpus_stories(const struct bb_corpus *corpus, size_t first, size_t n, struct bb_arena *arena);

#endif
