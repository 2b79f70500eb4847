/*
 * What the regression metrics share: a map from a model's features to the recording's neuroids (or back) is fitted on
 * training stimuli, and its predictions of the others are correlated with what was measured. For this folder only.
 *   raw = mean over splits of the median over neuroids of Pearson's r
 * The error is the standard error over the splits (sd with ddof 0, over √n); with a given split, and in the dialect of
 * language, there is none. The units are split × neuroid. A neuroid whose r is not defined (its responses or predictions are
 * constant) is skipped by the median.
 *
 * Parameters of all of them:
 *   split    {"kind": …}: shuffle, stratified_shuffle, kfold, stratified_kfold, group_kfold, or given: fitted on the sources
 * with "part":
 *            "train". Default: 10 splits, train .9, seed 1, stratified by `object_name` where the recording has it; given
 * where there is a
 *            training part
 *   per      "subject": the neuroids of each subject by themselves; raw is the mean over the subjects, which are the parts of
 * the result
 *   subject  the neuroid coordinate that tells subjects apart (metric/recording.h)
 *   dialect  "language": splits are not stratified by default, and 1e-8 is added to each norm of Pearson's r: a constant
 * column has r = 0
 *
 * A missing response is an error, in scikit-learn as here. With `per`, a stimulus that has no responses of a subject at all is one
 * that the subject did not see, and is left out for it (ridge, ridgecv, pls and linear).
 */
#ifndef BB_METRIC_REGRESSION_H
#define BB_METRIC_REGRESSION_H

#include "metric/geometry.h"
#include "numeric/regress.h"

struct bb_regression_params {
    int per, dialect; /* the choices of metric/geometry.h */
    const char *subject;
    const struct bb_json *split_json;
    struct bb_split_spec split; /* set by bb_regression_finish */
    bool kind_by_default, by_by_default;
};

/* The fields of a struct type whose member `regression` is a struct bb_regression_params. */
#define BB_REGRESSION_FIELDS(type)                                                                                               \
    {.key = "per", .kind = BB_FIELD_CHOICE, .offset = offsetof(type, regression.per), .choices = bb_per_choices},                \
        {.key = "dialect",                                                                                                       \
         .kind = BB_FIELD_CHOICE,                                                                                                \
         .offset = offsetof(type, regression.dialect),                                                                           \
         .choices = bb_dialect_choices},                                                                                         \
        {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(type, regression.subject)},                                 \
    {                                                                                                                            \
        .key = "split", .kind = BB_FIELD_JSON, .offset = offsetof(type, regression.split_json)                                   \
    }

/* The hook `finish` of a metric whose parameters begin with a struct bb_regression_params. */
void bb_regression_finish(void *params, struct bb_arena *arena, struct bb_diags *diags);

/* A task made ready: targets, the features' rows they belong to, folds, and the neuroids that are fitted together. All in the
   task's arena. */
struct bb_regression {
    const struct bb_task *task;
    const struct bb_regression_params *params;
    struct bb_recording recording; /* with a given split its test part */
    size_t n, q;       /* target rows: those of the recording; with a given split, those of its training part follow */
    const double *Y;   /* n × q */
    const size_t *row; /* n: in the features */
    struct bb_folds folds;
    bool given, gaps; /* gaps: with `per`, a stimulus that a subject did not see has no responses of it */
    const size_t *const *part; /* the neuroids of each part: all, or those of a subject */
    const size_t *part_size;
    size_t n_parts;
    bool *rounding; /* q: predictions that vary in their last digits only, as scipy warns of them */
};

enum bb_code bb_regression_begin(const struct bb_task *task, const struct bb_regression_params *params, struct bb_regression *out,
                                 struct bb_err *err) BB_MUST_CHECK;

/* The targets of a part, n × part_size; free() it. */
double *bb_regression_targets(const struct bb_regression *regression, size_t part);
/* The targets of a fold's test rows, n_test × q, in the arena. */
double *bb_regression_measured(const struct bb_regression *regression, const struct bb_fold *fold);

/* Pearson's r of each pair of columns (n × width, row-major), as the dialect has it. */
void bb_regression_correlate(const struct bb_regression *regression, const double *x, const double *y, size_t n, size_t width,
                             double *r);

/* BB_EINPUT when only Gram matrices were given. */
enum bb_code bb_regression_need_stream(const struct bb_task *task, const char *metric, struct bb_err *err) BB_MUST_CHECK;

/* From r (splits × neuroids, in the arena). BB_ENUMERIC when no neuroid has a correlation. */
enum bb_code bb_regression_result(const struct bb_regression *regression, const double *r, struct bb_metric_result *result,
                                  struct bb_err *err) BB_MUST_CHECK;
/* The same from the median of each part and split (parts × splits, in the arena), which become the units. */
enum bb_code bb_regression_result_of_medians(const struct bb_regression *regression, const double *median,
                                             struct bb_metric_result *result, struct bb_err *err) BB_MUST_CHECK;

/* A regression of the Gram engine: predictions of a fold's test rows (n_test × q). ctx is the metric's. */
typedef enum bb_code bb_regression_predict(void *ctx, struct bb_regressor *regressor, const struct bb_fold *fold,
                                           double *prediction, struct bb_err *err);
/* The whole metric. */
enum bb_code bb_regression_score(const struct bb_task *task, const struct bb_regression_params *params,
                                 bb_regression_predict *predict, void *ctx, struct bb_metric_result *result,
                                 struct bb_err *err) BB_MUST_CHECK;

/* For a metric whose parameters begin with a struct bb_regression_params: the hooks of that name in struct bb_metric. */
enum bb_code bb_regression_folds(const struct bb_task *task, struct bb_recording *recording, struct bb_folds *folds,
                                 struct bb_err *err) BB_MUST_CHECK;
void bb_regression_limit_splits(void *params, long most);

/* What the recording must have, for every regression metric. */
extern const char *const bb_regression_coords[];

#endif
