/*
 * N-gram language models with interpolated Kneser-Ney smoothing (Kneser and Ney 1995; Chen and Goodman 1999).
 *   P(w | h) = (c(h w) − D)⁺ / c(h) + D · N(h ·) / c(h) · P(w | h without its first word)
 * c are counts at the highest order, and below it numbers of distinct words before (for what begins a sentence, where nothing
 * stands before: counts); N(h ·) is how many words follow h; D = n₁ / (n₁ + 2 n₂) of each order's counts (½ where there are
 * none). The lowest order is interpolated with all words alike. Order 0 is all words alike. Contexts end at the beginning of the
 * sentence, which is a word of its own there.
 */
#ifndef BB_MODEL_NGRAM_H
#define BB_MODEL_NGRAM_H

#include "base/mem.h"
#include "model/corpus.h"

enum { BB_NGRAM_ORDER = 5, BB_NGRAM_WORDS = 1023 };

struct bb_ngram;

/* order 0 to BB_NGRAM_ORDER; words 0 … n_words − 1 (at most BB_NGRAM_WORDS). bb_ngram_free. */
struct bb_ngram *bb_ngram_train(const struct bb_corpus *corpus, size_t order, size_t n_words);
void bb_ngram_free(struct bb_ngram *model);

/* P(word | the n words of the sentence before it, oldest first). */
double bb_ngram_probability(const struct bb_ngram *model, const int *before, size_t n, int word);

/* How often the context was seen that ends here, of 1, 2 … order − 1 words: order − 1 numbers (before that the sentence begins: 0). */
void bb_ngram_evidence(const struct bb_ngram *model, const int *before, size_t n, double *count);

#endif
