/*
 * What metrics share: which stimulus a row is about, and rows of two assemblies brought together by stimulus id. Everything
 * is by number: strings are looked up once per name, never per row. All results live in the caller's arena. For this folder
 * only.
 *
 * An *item* is what is compared one by one: a stimulus, or a pair of stimuli. "item_of_row" is the item of each row, −1 for
 * rows that do not count.
 */
#ifndef BB_METRIC_ALIGN_H
#define BB_METRIC_ALIGN_H

#include "metric/metric.h"

/* How messages call the sides. */
#define BB_THE_MODEL     "the model's output"
#define BB_THE_RECORDING "the recording"
#define BB_THE_STIMULI   "the table of stimuli"

/* The coordinate `name` along the rows; BB_EINPUT with those that are there. */
enum bb_code bb_need_coord(const struct bb_assembly *assembly, const char *name, const char *whose, struct bb_arena *arena,
                           const struct bb_coord **out, struct bb_err *err) BB_MUST_CHECK;

/* The values of a table (one per row, NaN missing); BB_EINPUT when it has no numbers. */
enum bb_code bb_need_values(const struct bb_assembly *assembly, const char *whose, const double **out,
                            struct bb_err *err) BB_MUST_CHECK;

/* A coordinate as numbers, text parsed; BB_EINPUT shows what is not a number. */
enum bb_code bb_coord_numbers(const struct bb_coord *coord, const char *whose, struct bb_arena *arena, const double **out,
                              struct bb_err *err) BB_MUST_CHECK;

/* A coordinate by number: code per row (−1: missing, or the row does not count), names of those that occur, in natural order
   ("s2" before "s10"). */
struct bb_levels {
    const int32_t *code;
    const char *const *name;
    size_t n;
};
/* coord NULL, or missing in all rows (an optional column): every row that counts is of one level, "all". item_of_row NULL:
   every row counts. */
struct bb_levels bb_levels(const struct bb_coord *coord, const int32_t *item_of_row, size_t n_rows, struct bb_arena *arena);

/* Index in `to` of each of `from`, −1 where it has none. */
const int32_t *bb_match_names(const char *const *from, size_t n_from, const char *const *to, size_t n_to, struct bb_arena *arena);

/* The distinct stimuli of an assembly, in order of first appearance. */
struct bb_stimuli {
    const char *const *id;
    size_t n;
    const int32_t *of_row; /* −1: the row has no id, or the stimulus does not count */
    size_t n_rows;
};
/* Only ids among `items` count (NULL: all). BB_EINPUT when none is left. */
enum bb_code bb_stimuli_of(const struct bb_assembly *assembly, const char *whose, const struct bb_names *items,
                           struct bb_arena *arena, struct bb_stimuli *out, struct bb_err *err) BB_MUST_CHECK;

/* For each row of the model (task->model) its stimulus in `stimuli` (of the recording), −1 for others. BB_EINPUT with an example of each
   side when none is common; and, unless task->partial, when one of the stimuli with counts[stimulus] (NULL: all) has no row, in some
   repetition of those that the model has. */
enum bb_code bb_stimuli_match(const struct bb_task *task, const struct bb_stimuli *stimuli, const bool *counts,
                              const int32_t **item_of_row, struct bb_err *err) BB_MUST_CHECK;
/* BB_EINPUT: the model answers n of n_asked, and `first` (as a message names it) is the first that it does not. */
enum bb_code bb_refuse_partial(size_t n, size_t n_asked, const char *what, const char *first, struct bb_err *err) BB_MUST_CHECK;

/* BB_EINPUT when a subject of the recording (the coordinate `subject`; without it nothing is asked) has a single trial: what a subject does is
   not known from one. */
enum bb_code bb_need_trials(const struct bb_assembly *recording, const struct bb_stimuli *stimuli, struct bb_arena *arena,
                            struct bb_err *err) BB_MUST_CHECK;

/* The level (an index of `levels`) or the number that each stimulus has: the same in all its rows, or BB_EINPUT with two that
   differ. −1, NaN: missing. */
enum bb_code bb_level_of_stimulus(const struct bb_stimuli *stimuli, const struct bb_levels *levels, const char *coord,
                                  struct bb_arena *arena, const int32_t **out, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_number_of_stimulus(const struct bb_assembly *assembly, const struct bb_stimuli *stimuli, const char *coord,
                                   const char *whose, struct bb_arena *arena, const double **out,
                                   struct bb_err *err) BB_MUST_CHECK;

/* Who answered what in which row: observers × stimuli, −1 where there was no trial. */
struct bb_trials {
    struct bb_levels observer;
    const int32_t *row;
};
/* `by` names the coordinate that tells observers apart ("subject", "repetition"); an assembly without it is one observer.
   BB_EINPUT when an observer answers a stimulus twice. */
enum bb_code bb_trials_of(const struct bb_assembly *assembly, const struct bb_stimuli *stimuli, const int32_t *item_of_row,
                          const char *by, struct bb_arena *arena, struct bb_trials *out, struct bb_err *err) BB_MUST_CHECK;

/* Numbers per subject and item; repeats of one subject are averaged, missing values skipped. */
struct bb_subject_values {
    struct bb_levels subject;
    size_t n_items;
    const double *value; /* subject.n × n_items, NaN: none */
};
/* `values`: one per row. */
struct bb_subject_values bb_subject_values(const struct bb_assembly *assembly, const double *values, const int32_t *item_of_row,
                                           size_t n_items, struct bb_arena *arena);

/* Per item the mean over the subjects with include[subject] (NULL: all) but `skip` (BB_NO_SUBJECT: none), missing values
   skipped; NaN: nobody. */
#define BB_NO_SUBJECT ((size_t)-1)
void bb_subject_mean(const struct bb_subject_values *values, const bool *include, size_t skip, double *mean);

/* A correlation of the items that both have; *n (may be NULL) is how many those are. NaN when they are fewer than
   BB_MIN_ITEMS. */
#define BB_MIN_ITEMS 3
typedef double bb_similarity(const double *x, const double *y, size_t n);
double bb_similarity_of_common(bb_similarity *similarity, const double *x, const double *y, size_t n_items,
                               struct bb_arena *arena, size_t *n);

/* "3 of 480 stimuli have no answer", or NULL when none is missing. */
const char *bb_missing_warning(size_t missing, size_t n, const char *what, struct bb_arena *arena);

#endif
