/*
 * Tables of dissimilarities as RDMs: one number per unordered pair of stimuli, pairs sorted by (a, b) with the stimuli in natural
 * order. Whatever an RDM was made from, rdm.c compares these. For this folder only.
 */
#ifndef BB_METRIC_PAIRS_H
#define BB_METRIC_PAIRS_H

#include "metric/align.h"

struct bb_rdms {
    const char *const *stimulus; /* in natural order */
    size_t n_stimuli;
    size_t n_pairs;                  /* those that can be: n_stimuli (n_stimuli − 1) / 2 */
    struct bb_subject_values values; /* subjects × pairs, NaN: none */
};

/* Where the pair of the stimuli a < b of n stands: (0, 1), (0, 2) … (1, 2) … */
size_t bb_pair_number(size_t a, size_t b, size_t n);

/* The recording's RDMs. */
enum bb_code bb_rdms_of(const struct bb_assembly *assembly, struct bb_arena *arena, struct bb_rdms *out,
                        struct bb_err *err) BB_MUST_CHECK;

/* The model's dissimilarity of each pair of `rdms`, NaN: none. BB_EINPUT when it gives a pair twice with different values, or
   shares no pair. */
enum bb_code bb_rdm_of_model(const struct bb_assembly *model, const struct bb_rdms *rdms, struct bb_arena *arena,
                             const double **out, struct bb_err *err) BB_MUST_CHECK;

#endif
