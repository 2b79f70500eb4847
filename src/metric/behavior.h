/*
 * A model's behaviour, in whatever form it answers: labels, probabilities of labels, or activations from which labels are read out. What
 * metrics of behaviour are scored through.
 *
 *   labels         a table with `choice`, a row for each stimulus (and `repetition`)
 *   probabilities  presentation × choice (HDF5), or a table with `choice` and `value`, a row for each stimulus and label
 *   activations    presentation × neuroid, read out by metric/behavior_readout.h
 *
 * A metric that wants labels takes the most probable one, the first of equals in the order of the file. Where the metric has a coordinate `by`, and
 * the model's output too, each of its values is an output of its own.
 */
#ifndef BB_METRIC_BEHAVIOR_H
#define BB_METRIC_BEHAVIOR_H

#include "metric/align.h"

/* metric->score of the task, whose model (or features) is brought into the form that the metric wants. */
enum bb_code bb_behavior_score(const struct bb_metric *metric, const struct bb_task *task, struct bb_metric_result *result,
                               struct bb_err *err) BB_MUST_CHECK;

/* Raised when readouts change their numbers: part of the key of what is read out. */
#define BB_READOUT_VERSION 1
/* Raised when other inputs are refused: part of the key of what is known about behaviour, and about tables. */
#define BB_REFUSALS_VERSION 1

/* The coordinate `by` along the rows of an assembly that has values of it; NULL: it has none, or by is NULL. */
const struct bb_coord *bb_apart_by(const struct bb_assembly *assembly, const char *by, struct bb_arena *arena);

/* Probabilities of the model on `stimuli` (of the recording). */
struct bb_probabilities {
    const char *const *label;
    size_t k;
    const double *p; /* stimuli.n × k; NaN in the whole row: no answer */
    size_t n_answered;
};
/* The labels that all probabilities must be of. */
struct bb_labels {
    const char *const *name;
    size_t n;
};
/* Of task->model. BB_EINPUT: a probability that is missing, negative or above 1, a row that does not sum to 1 (to 1e-3), a stimulus answered
   twice, or not at all (bb_stimuli_match). Several repetitions are averaged. With `labels`, which is how probabilities are compared, also a
   label that is none of them, and a stimulus and label of a table without a row: the reference compares matrices over equal sets of labels
   and fails otherwise. Without (NULL), which is enough to choose the most probable, labels are the model's, and without a row it is 0. */
enum bb_code bb_probabilities_of(const struct bb_task *task, const struct bb_stimuli *stimuli, const struct bb_labels *labels,
                                 struct bb_probabilities *out, struct bb_err *err) BB_MUST_CHECK;

/*
 * Trials with a right answer, pooled or by group, for metrics that compare shares of correct answers.
 */

/* Of each row of the recording: 1, 0; NaN: it does not count. From its coordinate `correct` (numbers, or true and false) where it has one, else
   `choice` against `truth`. A trial without an answer is not correct. */
enum bb_code bb_correct_of_humans(const struct bb_task *task, const struct bb_stimuli *stimuli, const double **out,
                                  struct bb_err *err) BB_MUST_CHECK;

/* What says of the stimuli that a model answers what they are: a table of them where people saw others, else the recording; and how messages
   call it. */
struct bb_asked {
    const struct bb_assembly *table;
    const char *whose;
};
struct bb_asked bb_asked_of(const struct bb_task *task);

/* Of each of the stimuli, which are those of `asked`, the share of the model's answers that are its truth there; NaN: no answer. */
enum bb_code bb_correct_of_model(const struct bb_task *task, const struct bb_asked *asked, const struct bb_stimuli *stimuli,
                                 const double **out, size_t *n_answered, struct bb_err *err) BB_MUST_CHECK;

/* The level of a coordinate of the recording along its rows; BB_EINPUT when there is no such coordinate, or a row that counts lacks it. */
enum bb_code bb_need_levels(const struct bb_task *task, const struct bb_stimuli *stimuli, const char *coord,
                            struct bb_levels *out, struct bb_err *err) BB_MUST_CHECK;

/* An assembly of labels (stimulus_id, choice); choice[i] NULL: no answer. bb_assembly_free. */
struct bb_assembly *bb_assembly_of_choices(const char *const *stimulus, const char *const *choice, size_t n);
/* An assembly of probabilities, presentation × choice; copied. */
struct bb_assembly *bb_assembly_of_probabilities(const char *const *stimulus, size_t n, const char *const *label, size_t k,
                                                 const double *p);
/* Gives one of these a coordinate more along its rows; text[i] NULL: missing. */
void bb_assembly_add_text(struct bb_assembly *assembly, const char *name, const char *const *text);

#endif
