/*
 * A number per word (reading time, surprisal) of a model and of people, side by side: what pearsonr, spearmanr, delta_loglik and
 * the split-half ceiling share. For this folder only.
 *
 * The recording: one value per stimulus_id, or single trials with a coordinate `subject` that are averaged over subjects,
 * missing values skipped. The model: one value per stimulus_id; a second one is an error.
 *
 * Spill-over: "k words earlier" is the word of the same `text` whose `position` is smaller by exactly k, both coordinates
 * being those of the side whose value is taken. Where there is no such word, or it has no value, the word is not compared:
 * nothing is ever paired across texts or gaps.
 */
#ifndef BB_METRIC_WORDS_H
#define BB_METRIC_WORDS_H

#include "metric/align.h"

#define BB_SPILL_OVER_MAX 20

struct bb_words {
    struct bb_stimuli stimuli;         /* all of the recording */
    struct bb_subject_values subjects; /* per subject and stimulus; NaN also for stimuli that do not count */
    const double *value;               /* their mean; NaN: not compared */
    size_t n;                          /* stimuli with a value */
};

/* The recording's side. Stimuli outside `items`, or with `n_trials` (a coordinate) below min_trials, do not count; min_trials
   0: all. */
enum bb_code bb_words_of(const struct bb_task *task, long min_trials, struct bb_words *out, struct bb_err *err) BB_MUST_CHECK;

/* The model's value of each stimulus of the recording, k words earlier; NaN: none. */
enum bb_code bb_words_model(const struct bb_task *task, const struct bb_words *words, long k, const double **out,
                            struct bb_err *err) BB_MUST_CHECK;

/* Index of the stimulus k words earlier, for each stimulus of the assembly; −1: none. k = 0 needs neither `text` nor
   `position`. */
enum bb_code bb_words_before(const struct bb_assembly *assembly, const char *whose, const struct bb_stimuli *stimuli, long k,
                             struct bb_arena *arena, const int32_t **out, struct bb_err *err) BB_MUST_CHECK;

#endif
