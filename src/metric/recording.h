/*
 * A recording as neural metrics need it: presentation × neuroid, repetitions averaged, rows in the reference's order. For
 * this folder only.
 *
 * Rows. Where the recording has a coordinate `repetition` (or `repetition_id`), presentations with equal values of all other
 * presentation coordinates are averaged (missing values skipped), and rows stand in the order of those values, compared
 * coordinate by coordinate in the order of the file (text by bytes, numbers by size, missing last), as Python sorts tuples.
 * Where it has none, rows stay as they are in the file. A stimulus that is left with two rows is an error that names the
 * coordinate in which they differ.
 *
 * Time. Of several bins, the mean over those that lie within the benchmark's (bb_task.time_bins), missing values skipped, is
 * taken before all else. A recording of one bin is what it is; where both say when it was, the benchmark's must hold it.
 * With bb_task.aligns_time it is the mean of all that the benchmark's overlaps, each weighted by the share of it that does
 * (the reference's alignment of bins of time); together they must cover the benchmark's.
 */
#ifndef BB_METRIC_RECORDING_H
#define BB_METRIC_RECORDING_H

#include "metric/metric.h"
#include "numeric/splits.h"

struct bb_recording {
    size_t n, q;                 /* stimuli, neuroids */
    const char *const *stimulus; /* n */
    const double *Y;             /* n × q, row-major, NaN: missing */
    const char *const *neuroid;  /* q labels: neuroid_id, with the subject in front where ids repeat; else numbers */
    const int32_t *subject_of;   /* q: index of `subject` */
    const char *const *subject;  /* names in natural order; one, "all", where there is no coordinate */
    size_t n_subjects;
    const struct bb_coord *subject_coord; /* that it came from; NULL: none */
    size_t n_repetitions;                 /* distinct repetition values; 1 without */
    const size_t *example;                /* n: a presentation of the assembly that row i came from, for its other coordinates */
    size_t n_presentations;
    const int32_t *row_of;  /* n_presentations: the row that each is averaged into */
    const double *response; /* n_presentations × q, row-major: the presentations themselves, time bins averaged */
    const struct bb_assembly *assembly;
};

/*
 * data: task->data or task->data_train (the task says which time bins count). `subject`: name of the neuroid coordinate that
 * tells subjects apart (NULL: subject, animal, subject_id, subject_UID, the first that there is and that no neuroid lacks). A
 * table with numbers (one dimension) is one neuroid.
 */
enum bb_code bb_recording_of(const struct bb_task *task, const struct bb_assembly *data, const char *subject,
                             struct bb_recording *out, struct bb_err *err) BB_MUST_CHECK;

/* Only the rows of it: n, example, row_of, n_presentations, n_repetitions and the assembly; the rest is zero. */
void bb_recording_rows(const struct bb_assembly *data, struct bb_recording *out, struct bb_arena *arena);

/* The bins of time that a metric over time compares: the benchmark's, or where it states none the recording's. */
struct bb_time_bins {
    const double (*bin)[2]; /* ms */
    const char *const *label;
    size_t n;
};
/* BB_EINPUT: the recording does not say when its bins were. */
enum bb_code bb_time_bins_of(const struct bb_task *task, struct bb_time_bins *out, struct bb_err *err) BB_MUST_CHECK;

/* The same from presentations with include[i] only (halves of repetitions); rows and neuroids as in `whole`, rows without a
   presentation are NaN. out: n × q. */
void bb_recording_average(const struct bb_recording *whole, const bool *include, double *out);

/* A recording of the neuroids of one subject only, as presentation × neuroid, with the coordinates of both; time bins are
   averaged already. bb_assembly_free. */
struct bb_assembly *bb_assembly_of_subject(const struct bb_recording *recording, size_t subject);

/* BB_EINPUT when a response is missing or not finite: how many, and an example. `what` is not defined then. by_subject: a stimulus to which all
   responses of a subject are missing is one that the subject did not see. */
enum bb_code bb_recording_complete(const struct bb_recording *recording, const char *what, bool by_subject,
                                   struct bb_err *err) BB_MUST_CHECK;

/* Labels along the rows: a presentation coordinate as numbers in the sorted order of its values (text by bytes, numbers by
   size), −1 missing. */
enum bb_code bb_recording_labels(const struct bb_recording *recording, const char *coord, struct bb_arena *arena,
                                 const int32_t **out, size_t *n_labels, struct bb_err *err) BB_MUST_CHECK;
/* The same along the presentations. */
enum bb_code bb_presentation_labels(const struct bb_recording *recording, const char *coord, struct bb_arena *arena,
                                    const int32_t **out, size_t *n_labels, struct bb_err *err) BB_MUST_CHECK;

/* The row of `features` of each row of the recording; BB_EINPUT with count and example when a stimulus has none. */
enum bb_code bb_recording_match(const struct bb_recording *recording, const struct bb_features *features, struct bb_arena *arena,
                                const size_t **out, struct bb_err *err) BB_MUST_CHECK;

/*
 * metric.split: {"kind": "shuffle", "splits": 10, "train": 0.9, "test": 0.9, "seed": 1, "on": "stimulus_id", "by":
 * "object_name"}. kinds: none, shuffle, stratified_shuffle, kfold, stratified_kfold, group_kfold, test_only, given. Each
 * metric states its default.
 */
enum bb_split_kind {
    BB_SPLIT_NONE,
    BB_SPLIT_SHUFFLE,
    BB_SPLIT_STRATIFIED_SHUFFLE,
    BB_SPLIT_KFOLD,
    BB_SPLIT_STRATIFIED_KFOLD,
    BB_SPLIT_GROUP_KFOLD,
    BB_SPLIT_TEST_ONLY,
    BB_SPLIT_GIVEN
};
struct bb_split_spec {
    int kind;
    long splits, seed;
    double train, test; /* NaN: not given */
    const char *on, *by, *disjoint;
};
/* Reads json (NULL: only defaults) over the defaults in *out; what is wrong goes to diags. A `train` without a `test` (or the
   reverse) undoes the default of the other. */
void bb_split_read(const struct bb_json *json, struct bb_split_spec *out, struct bb_arena *arena, struct bb_diags *diags);
/*
 * The folds of the recording's rows. NONE and GIVEN: one fold whose test rows are all. TEST_ONLY: as shuffle, or
 * stratified_shuffle where there is a `by`; train is as drawn, and not used.
 *
 * As the reference: what is drawn are rows; then every row goes where a row of its value of `on` was drawn. With the default,
 * stimulus_id, this changes nothing. With a coordinate that several rows share (a story), a row can be in both parts, because
 * its value was drawn for both: to keep stories whole is what group_kfold is for, whose groups are the values of `by`, or
 * without it of `on`.
 */
enum bb_code bb_split_folds(const struct bb_split_spec *spec, const struct bb_recording *recording, struct bb_arena *arena,
                            struct bb_folds *out, struct bb_err *err) BB_MUST_CHECK;

/* "0", "1" …: labels of the axis `split`. */
const char *const *bb_split_labels(size_t n, struct bb_arena *arena);

#endif
