/*
 * The identification study: brains whose inner workings are known are measured, every candidate model is scored by every metric, and it is seen how
 * often the right one comes first (Han, Poggio & Cheung 2023). Design and predictions: data/identify/predictions.md.
 *
 * A seed is one experiment: its pictures, brains, models, neuroids and noise. Seeds are independent, so they can be run in any order and process.
 */
#ifndef BB_EXAMPLE_IDENTIFY_H
#define BB_EXAMPLE_IDENTIFY_H

#include <stdint.h>

#include "base/mem.h"

/* The first BB_MATCHED brains have a right candidate: the one of the same number. */
enum { BB_MATCHED = 5, BB_BRAIN_IT = BB_MATCHED, BB_BRAIN_LABELS, BB_BRAINS };
enum { BB_MODEL_RANDOM = BB_MATCHED, BB_MODEL_TRAINED, BB_MODEL_SHUFFLED, BB_MODELS, BB_TRUTH = BB_MODELS, BB_SCORED };
enum { BB_BRAIN_PIXELS, BB_BRAIN_V1, BB_BRAIN_V2, BB_BRAIN_HMAX, BB_BRAIN_NET };
enum { BB_OTHER, BB_SAME, BB_FEW, BB_CONDITIONS };
enum { BB_BY_PLS, BB_BY_RIDGE, BB_BY_RIDGECV, BB_REGRESSIONS, BB_BY_RDM = BB_REGRESSIONS, BB_BY_CKA, BB_METRICS };

struct bb_identify_names {
    const char *id, *title;
};
extern const struct bb_identify_names bb_identify_brain[BB_BRAINS], bb_identify_model[BB_SCORED],
    bb_identify_condition[BB_CONDITIONS];
extern const char *const bb_identify_metric[BB_METRICS];

struct bb_identify_size {
    size_t n_objects, n_families, n_samples; /* pictures: objects, and families × samples textures and as many twins */
    size_t n_seen;
    size_t n_neuroids, n_repetitions, n_few;
    size_t n_prototypes, n_random;
};
extern const struct bb_identify_size bb_identify_size; /* of the study */

/* Raw scores; NaN where a condition does not exist for a brain (`same`, without a right candidate). */
struct bb_identify_scores {
    double value[BB_BRAINS][BB_CONDITIONS][BB_METRICS][BB_SCORED];
};

enum bb_code bb_identify_run(uint64_t seed, const struct bb_identify_size *size, struct bb_identify_scores *out,
                             struct bb_err *err) BB_MUST_CHECK;

#endif
