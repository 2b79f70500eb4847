/*
 * The entries of the language half: benchmarks and models as a user would write them. For the example only.
 */
#ifndef BB_EXAMPLE_LANGUAGE_CATALOG_H
#define BB_EXAMPLE_LANGUAGE_CATALOG_H

#include "example/language_files.h"

void bb_language_benchmarks(struct bb_project *project, const struct bb_language_experiment *experiment);

struct bb_language_model {
    const char *name, *family, *description;
    const char *layer;                     /* that stands for the region; NULL: chosen by the program */
    const char *neural, *reading, *suites; /* why it has no answer, where it has none */
    double perplexity;                     /* NaN: predicts nothing */
    bool reference;
};

/* An entry with an output for each part of the answer, and a reason for each part that there is not. */
void bb_language_model(struct bb_project *project, const struct bb_language_model *model,
                       const struct bb_language_answer *answer);

/* Word length and log frequency as reference rows of the reading benchmarks. */
void bb_language_baselines(struct bb_project *project);

#endif
