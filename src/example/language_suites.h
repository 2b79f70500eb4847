/*
 * Suites of minimal pairs on the simulated language, in the format of SyntaxGym: agreement past a distractor (in a phrase, in a
 * relative clause on the subject or the object), fillers and gaps, reflexives, subordination.
 */
#ifndef BB_EXAMPLE_LANGUAGE_SUITES_H
#define BB_EXAMPLE_LANGUAGE_SUITES_H

#include "example/language_grammar.h"
#include "model/suite.h"

struct bb_language_suite {
    const char *name, *title, *description, *formula;
    const char *json; /* the file */
    struct bb_suite suite;
    const struct bb_corpus *text; /* items × conditions, each a story of one sentence, in order */
    const size_t *region;         /* of each word of the text, its region's place in the suite */
};

/* All suites, n_items each. */
struct bb_language_suite *bb_language_suites(const struct bb_language *language, size_t n_items, size_t *n,
                                             struct bb_arena *arena);

/* Sums of the words' surprisals: suite.n_regions numbers. */
double *bb_language_regions(const struct bb_language_suite *suite, const double *surprisal, struct bb_arena *arena);

#endif
