/*
 * The files of the language half: recordings, reading times, texts, suites, and what a model answered. For the example only.
 */
#ifndef BB_EXAMPLE_LANGUAGE_FILES_H
#define BB_EXAMPLE_LANGUAGE_FILES_H

#include "example/language_suites.h"
#include "example/language_world.h"
#include "example/project.h"

struct bb_language_experiment {
    const struct bb_language_world *world;
    const struct bb_language_suite *suite;
    size_t n_suites;
};

/* What a model says of it all; NULL: it does not. Layers have a row per sentence of the passages, and per word of the word experiment. */
struct bb_language_answer {
    const char *id;
    const struct bb_layers *sentences, *words;
    const double *reading;        /* words of the stories: surprisal, or another number that is held against reading times */
    const double *const *regions; /* of each suite, surprisals of its regions … */
    const char *const *bits;      /* … and its bits */
};

/* Recordings, reading times, texts, suites. */
enum bb_code bb_language_write_data(struct bb_project *project, const struct bb_language_experiment *experiment,
                                    struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_language_write_answer(struct bb_project *project, const struct bb_language_experiment *experiment,
                                      const struct bb_language_answer *answer, struct bb_err *err) BB_MUST_CHECK;

#endif
