#include "model/corpus.h"

#include <assert.h>

struct bb_corpus bb_corpus_stories(const struct bb_corpus *corpus, size_t first, size_t n, struct bb_arena *arena)
{
    assert(first + n <= corpus->n_stories);
    size_t begin = corpus->story[first], *story = BB_NEW_ARRAY(arena, n + 1, size_t);
    for (size_t k = 0; k <= n; k++) story[k] = corpus->story[first + k] - begin;
    return (struct bb_corpus){.word = corpus->word,
                              .n = corpus->sentence[begin + story[n]] - corpus->sentence[begin],
                              .sentence = corpus->sentence + begin,
                              .n_sentences = story[n],
                              .story = story,
                              .n_stories = n};
}
