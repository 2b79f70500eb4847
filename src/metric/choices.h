/*
 * Trials with one right answer, compared observer by observer: what accuracy_distance, accuracy_difference, observed_consistency
 * and error_consistency share. Each is a function of four counts (struct bb_tally) of two observers on the stimuli of one
 * condition. For this folder only.
 *
 * A trial without an answer is not correct. A stimulus that one of the two did not see does not count. The model's choices must
 * be labels of the recording (its truths and choices). A model with a coordinate `repetition` answers each stimulus several
 * times: its units are means over repetitions.
 */
#ifndef BB_METRIC_CHOICES_H
#define BB_METRIC_CHOICES_H

#include "metric/align.h"

/* Coordinates that the model's output, and the recording, must have. */
extern const char *const bb_choice_model_coords[];
extern const char *const bb_choice_data_coords[];
/* What such a metric needs of a model, in words (struct bb_metric, `needs`). */
#define BB_CHOICE_NEEDS "for each stimulus the category that the model chooses, its probabilities, or activations from which they are read out"

struct bb_tally {
    size_t n;             /* stimuli that both saw, > 0 */
    size_t first, second; /* of them correct: the model (or the first human), and the human */
    size_t agree;         /* of them both correct, or both not */
};

struct bb_choice_rule {
    double (*value)(
        const struct bb_tally *tally); /* of one pair of observers in one condition; NaN: undefined, skipped by the means */
    bool absolute;                     /* |mean| at the end */
    bool error_over_conditions;        /* the error is the sd (ddof 0) over subjects × conditions; otherwise over subjects */
    const char *undefined;             /* the sentence for when no unit has a value */
};

/* Conditions are the combinations of the coordinates `by` of the recording that occur; none: one condition. Units: subject [×
   condition]. */
enum bb_code bb_choice_score(const struct bb_task *task, const struct bb_texts *by, const struct bb_choice_rule *rule,
                             struct bb_metric_result *result, struct bb_err *err);
/* The same with all unordered pairs of subjects in the place of model and subject. */
enum bb_code bb_choice_pairs(const struct bb_task *task, const struct bb_texts *by, const struct bb_choice_rule *rule,
                             struct bb_ceiling_result *result, struct bb_err *err);

/* The same by one coordinate: the parameter "condition", which is the first member of the metric's params; by default "condition"
   where there is one. */
enum bb_code bb_choice_score_by_condition(const struct bb_task *task, const struct bb_choice_rule *rule,
                                          struct bb_metric_result *result, struct bb_err *err);
enum bb_code bb_choice_pairs_by_condition(const struct bb_task *task, const struct bb_choice_rule *rule,
                                          struct bb_ceiling_result *result, struct bb_err *err);

/* Whether each row of the model is correct: −1 for rows that do not count, 0, 1. truth is the label of each stimulus among
   truth_names; `known` (may be NULL) are labels that are allowed besides. BB_EINPUT for a choice that is neither. */
struct bb_truths {
    const int32_t *of_stimulus;
    const char *const *name;
    size_t n;
};
/* "airplane, bear, bicycle" and, of many, how many more there are. */
const char *bb_label_list(const char *const *label, size_t n, struct bb_arena *arena);
enum bb_code bb_truths_of(const struct bb_assembly *assembly, const char *whose, const struct bb_stimuli *stimuli,
                          struct bb_arena *arena, struct bb_truths *out, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_correct_rows(const struct bb_assembly *assembly, const char *whose, const int32_t *item_of_row,
                             const struct bb_truths *truths, const struct bb_assembly *labels_of, struct bb_arena *arena,
                             const int8_t **out, struct bb_err *err) BB_MUST_CHECK;

#endif
