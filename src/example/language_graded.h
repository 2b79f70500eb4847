/*
 * Language models graded by how well they predict, and whether they fit a simulated brain the better for it: in a world whose
 * mind is the grammar they do, where it knows only how frequent words are the simplest do, and where it is elsewhere there is no
 * relation. What the generator puts in is what an analysis must get out.
 *
 * The models are mixtures: of what the grammar says of the next word and of how frequent words are, from all of the one to all of
 * the other in equal steps. Each also has random vectors of words that are its own, as real models differ in much that has
 * nothing to do with prediction. Units follow the mind's surprisal alone. A model's features are its surprise
 * (bb_language_surprise) and its vectors; its score is the median over units of the r that ridge regression has on sentences left
 * out.
 *
 * Why not n-grams trained on more and more text: because they do not make a line. Their perplexity falls by two thirds from order 1 to 2, while their
 * surprisals come no nearer to the grammar's.
 */
#ifndef BB_EXAMPLE_LANGUAGE_GRADED_H
#define BB_EXAMPLE_LANGUAGE_GRADED_H

#include "example/language_world.h"

enum { BB_GRADED_MODELS = 30 };

struct bb_graded {
    double perplexity[BB_GRADED_MODELS], score[BB_GRADED_MODELS]; /* from the grammar to the frequencies */
    double correlation; /* of −log perplexity with score: positive where better prediction goes with a better fit */
};

/* Of a world of that size (bb_language_sizes has some). BB_ENUMERIC when a regression fails. */
enum bb_code bb_language_graded(uint64_t seed, const struct bb_language_size *size, enum bb_language_mind mind,
                                struct bb_graded *out, struct bb_err *err) BB_MUST_CHECK;

#endif
