#include "metric/regression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/align.h"
#include "numeric/stats.h"

const char *const bb_regression_coords[] = {"stimulus_id", "value", NULL};

static const char *const DEFAULT_BY = "object_name";

/*
 * Parameters.
 */
static bool is_stratified(int kind)
{
    return kind == BB_SPLIT_STRATIFIED_SHUFFLE || kind == BB_SPLIT_STRATIFIED_KFOLD;
}

void bb_regression_finish(void *own, struct bb_arena *arena, struct bb_diags *diags)
{
    struct bb_regression_params *params = own;
    const struct bb_json *json = params->split_json;
    bool language = params->dialect == BB_LANGUAGE;
    params->split = (struct bb_split_spec){.kind = language ? BB_SPLIT_SHUFFLE : BB_SPLIT_STRATIFIED_SHUFFLE,
                                           .splits = 10,
                                           .seed = 1,
                                           .train = .9,
                                           .test = NAN,
                                           .by = language ? NULL : DEFAULT_BY};
    bb_split_read(json, &params->split, arena, diags);
    params->kind_by_default = !bb_json_member(json, "kind");
    params->by_by_default = !bb_json_member(json, "by");
    if (params->by_by_default && !is_stratified(params->split.kind)) params->split.by = NULL;
    if (params->split.kind == BB_SPLIT_NONE || params->split.kind == BB_SPLIT_TEST_ONLY)
        bb_diag_add(diags, BB_ERROR, json->place,
                    "\"kind\" of the split must leave something to fit on: \"shuffle\", \"stratified_shuffle\", \"kfold\", "
                    "\"stratified_kfold\", "
                    "\"group_kfold\" or \"given\"");
}

/*
 * Folds.
 */
static bool has_presentation_coord(const struct bb_recording *recording, const char *name)
{
    const struct bb_coord *coord = bb_assembly_coord(recording->assembly, name);
    return coord && coord->dim == 0;
}

/* The spec for this recording: the defaults depend on what it has. */
static struct bb_split_spec spec_of(const struct bb_regression *work)
{
    struct bb_split_spec spec = work->params->split;
    if (work->given) spec.kind = BB_SPLIT_GIVEN;
    if (work->params->kind_by_default && work->params->by_by_default && spec.kind == BB_SPLIT_STRATIFIED_SHUFFLE &&
        !has_presentation_coord(&work->recording, spec.by)) {
        spec.kind = BB_SPLIT_SHUFFLE;
        spec.by = NULL;
    }
    return spec;
}

/* The one fold of a given split: the training part's rows follow the test part's. */
static void given_fold(struct bb_regression *work, size_t n_test)
{
    struct bb_arena *arena = work->task->arena;
    size_t *row = BB_NEW_ARRAY(arena, work->n, size_t);
    for (size_t i = 0; i < work->n; i++) row[i] = i;
    work->folds.fold = BB_NEW(arena, struct bb_fold);
    work->folds.n = 1;
    work->folds.fold[0] = (struct bb_fold){.test = row, .n_test = n_test, .train = row + n_test, .n_train = work->n - n_test};
}

static enum bb_code check_folds(const struct bb_regression *work, struct bb_err *err)
{
    for (size_t s = 0; s < work->folds.n; s++) {
        const struct bb_fold *fold = &work->folds.fold[s];
        if (fold->n_train >= 2 && fold->n_test >= 2) continue;
        return bb_fail(err, BB_ENUMERIC,
                       "split %zu has %zu stimul%s to fit on and %zu to predict, and a regression with a correlation needs at "
                       "least 2 of each",
                       s, fold->n_train, fold->n_train == 1 ? "us" : "i", fold->n_test);
    }
    return BB_OK;
}

/*
 * Rows and targets.
 */

/* For each neuroid of the test part the same one of the training part. */
static enum bb_code match_neuroids(const struct bb_recording *test, const struct bb_recording *train, struct bb_arena *arena,
                                   const int32_t **out, struct bb_err *err)
{
    const int32_t *match = bb_match_names(test->neuroid, test->q, train->neuroid, train->q, arena);
    if (test->q != train->q)
        return bb_fail(err, BB_EINPUT, "the recording's training part has %zu neuroids and its test part %zu", train->q, test->q);
    for (size_t j = 0; j < test->q; j++)
        if (match[j] < 0)
            return bb_fail(err, BB_EINPUT, "neuroid \"%s\" of the recording's test part is not in its training part",
                           test->neuroid[j]);
    *out = match;
    return BB_OK;
}

static enum bb_code join_parts(struct bb_regression *work, const struct bb_recording *train, const size_t *test_row,
                               const size_t *train_row, struct bb_err *err)
{
    struct bb_arena *arena = work->task->arena;
    const struct bb_recording *test = &work->recording;
    const int32_t *match = NULL;
    enum bb_code rc = match_neuroids(test, train, arena, &match, err);
    if (rc) return rc;
    double *Y = BB_NEW_ARRAY(arena, (test->n + train->n) * test->q, double), *tail = Y + test->n * test->q;
    size_t *row = BB_NEW_ARRAY(arena, test->n + train->n, size_t);
    memcpy(Y, test->Y, test->n * test->q * sizeof *Y);
    for (size_t i = 0; i < train->n; i++)
        for (size_t j = 0; j < test->q; j++) tail[i * test->q + j] = train->Y[i * train->q + (size_t)match[j]];
    memcpy(row, test_row, test->n * sizeof *row);
    memcpy(row + test->n, train_row, train->n * sizeof *row);
    work->Y = Y;
    work->row = row;
    work->n = test->n + train->n;
    return BB_OK;
}

static enum bb_code read_recording(const struct bb_regression *work, const struct bb_assembly *data, struct bb_recording *out,
                                   const size_t **row, struct bb_err *err)
{
    enum bb_code rc = bb_recording_of(work->task, data, work->params->subject, out, err);
    if (!rc) rc = bb_recording_complete(out, "a regression", work->gaps, err);
    if (!rc) rc = bb_recording_match(out, work->task->features, work->task->arena, row, err);
    return rc;
}

static enum bb_code read_given(struct bb_regression *work, const size_t *test_row, struct bb_err *err)
{
    struct bb_recording train;
    const size_t *train_row;
    enum bb_code rc = read_recording(work, work->task->data_train, &train, &train_row, err);
    if (rc) return bb_err_wrap(err, rc, "the recording's training part");
    rc = join_parts(work, &train, test_row, train_row, err);
    if (!rc) given_fold(work, work->recording.n);
    return rc;
}

static void make_parts(struct bb_regression *work)
{
    const struct bb_recording *recording = &work->recording;
    struct bb_arena *arena = work->task->arena;
    bool by_subject = work->params->per == BB_PER_SUBJECT;
    work->n_parts = by_subject ? recording->n_subjects : 1;
    const size_t **part = BB_NEW_ARRAY(arena, work->n_parts, const size_t *);
    size_t *size = BB_NEW_ARRAY(arena, work->n_parts, size_t);
    for (size_t s = 0; s < work->n_parts; s++) {
        size_t *neuroid = BB_NEW_ARRAY(arena, work->q, size_t);
        for (size_t j = 0; j < work->q; j++)
            if (!by_subject || (size_t)recording->subject_of[j] == s) neuroid[size[s]++] = j;
        part[s] = neuroid;
    }
    work->part = part;
    work->part_size = size;
}

static enum bb_code check_given(const struct bb_regression *work, struct bb_err *err)
{
    bool asked = work->params->split.kind == BB_SPLIT_GIVEN, there = work->task->data_train != NULL;
    if (asked && !there)
        return bb_fail(err, BB_EINPUT,
                       "the split is \"given\", but no source of the recording is its training part (\"part\": \"train\")");
    if (there && !asked && !work->params->kind_by_default)
        return bb_fail(err, BB_EINPUT, "the recording has a training part, but the split is not \"given\"");
    return BB_OK;
}

/* gaps: a subject need not have seen all stimuli. */
static enum bb_code begin(const struct bb_task *task, const struct bb_regression_params *params, bool gaps,
                          struct bb_regression *out, struct bb_err *err)
{
    const size_t *row;
    *out = (struct bb_regression){.task = task, .params = params, .given = task->data_train != NULL, .gaps = gaps};
    enum bb_code rc = check_given(out, err);
    if (!rc) rc = read_recording(out, task->data, &out->recording, &row, err);
    if (rc) return rc;
    out->n = out->recording.n;
    out->q = out->recording.q;
    out->Y = out->recording.Y;
    out->row = row;
    out->rounding = BB_NEW_ARRAY(task->arena, out->q, bool);
    make_parts(out);
    struct bb_split_spec spec = spec_of(out);
    rc = out->given ? read_given(out, row, err) : bb_split_folds(&spec, &out->recording, task->arena, &out->folds, err);
    return rc ? rc : check_folds(out, err);
}

enum bb_code bb_regression_begin(const struct bb_task *task, const struct bb_regression_params *params, struct bb_regression *out,
                                 struct bb_err *err)
{
    return begin(task, params, false, out, err);
}

double *bb_regression_targets(const struct bb_regression *work, size_t part)
{
    size_t width = work->part_size[part];
    double *out = bb_malloc((work->n * width + 1) * sizeof *out);
    for (size_t i = 0; i < work->n; i++)
        for (size_t k = 0; k < width; k++) out[i * width + k] = work->Y[i * work->q + work->part[part][k]];
    return out;
}

double *bb_regression_measured(const struct bb_regression *work, const struct bb_fold *fold)
{
    size_t q = work->q;
    double *out = BB_NEW_ARRAY(work->task->arena, fold->n_test * q, double);
    for (size_t i = 0; i < fold->n_test; i++) memcpy(out + i * q, work->Y + fold->test[i] * q, q * sizeof *out);
    return out;
}

enum bb_code bb_regression_need_stream(const struct bb_task *task, const char *metric, struct bb_err *err)
{
    if (task->features->stream) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s needs the features themselves, and the model gave Gram matrices only", metric);
}

/*
 * Correlations.
 */

/* Without the mean; returns the norm. */
static double centre(double *x, size_t n)
{
    double mean = bb_mean(x, n), square = 0;
    for (size_t i = 0; i < n; i++) {
        x[i] -= mean;
        square += x[i] * x[i];
    }
    return sqrt(square);
}

/* As the reference's package for language has it: never undefined. x and y are changed. */
static double pearson_of_language(double *x, double *y, size_t n)
{
    double norms = (centre(x, n) + 1e-8) * (centre(y, n) + 1e-8), product = 0;
    for (size_t i = 0; i < n; i++) product += x[i] * y[i];
    return product / norms;
}

void bb_regression_correlate(const struct bb_regression *work, const double *x, const double *y, size_t n, size_t width,
                             double *r)
{
    double *a = bb_malloc((2 * n + 1) * sizeof *a), *b = a + n;
    for (size_t j = 0; j < width; j++) {
        for (size_t i = 0; i < n; i++) {
            a[i] = x[i * width + j];
            b[i] = y[i * width + j];
        }
        r[j] = work->params->dialect == BB_LANGUAGE ? pearson_of_language(a, b, n) : bb_pearson(a, b, n);
    }
    free(a);
}

/*
 * Results.
 */
static double mean_error(const double *split, size_t n)
{
    return bb_nan_sd(split, n, 0) / sqrt((double)n);
}

static enum bb_code undefined(const struct bb_regression *work, size_t part, struct bb_err *err)
{
    bool one = work->n_parts > 1;
    return bb_fail(err, BB_ENUMERIC,
                   "no correlation%s%s is defined: the responses or the predictions are the same for all test stimuli",
                   one ? " of subject " : "", one ? work->recording.subject[part] : "");
}

/* raw, error and parts from the median of each part and split. */
static enum bb_code set_raw(const struct bb_regression *work, const double *median, struct bb_metric_result *result,
                            struct bb_err *err)
{
    size_t splits = work->folds.n;
    double *part = BB_NEW_ARRAY(work->task->arena, work->n_parts, double);
    for (size_t s = 0; s < work->n_parts; s++) {
        part[s] = bb_nan_mean(median + s * splits, splits);
        if (isnan(part[s])) return undefined(work, s, err);
    }
    result->raw = bb_mean(part, work->n_parts);
    result->n = work->recording.n;
    result->error = NAN;
    if (work->params->per == BB_PER_SUBJECT) {
        result->parts = (struct bb_parts){.label = work->recording.subject, .value = part, .n = work->n_parts};
    } else if (splits > 1 && work->params->dialect != BB_LANGUAGE) { /* one split says nothing of the spread */
        result->error = mean_error(median, splits);
        result->error_kind = "split_sem";
    }
    return BB_OK;
}

enum bb_code bb_regression_result_of_medians(const struct bb_regression *work, const double *median,
                                             struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_arena *arena = work->task->arena;
    size_t splits = work->folds.n, subjects = work->n_parts;
    enum bb_code rc = set_raw(work, median, result, err);
    if (rc) return rc;
    result->units =
        (struct bb_units){.axis = {"split"}, .label = {bb_split_labels(splits, arena)}, .n = {splits}, .value = median};
    if (work->params->per != BB_PER_SUBJECT) return BB_OK;
    double *value = BB_NEW_ARRAY(arena, splits * subjects, double);
    for (size_t i = 0; i < splits * subjects; i++) value[i] = median[i % subjects * splits + i / subjects];
    result->units.axis[1] = "subject";
    result->units.label[1] = work->recording.subject;
    result->units.n[1] = subjects;
    result->units.value = value;
    return BB_OK;
}

static double median_of_part(const struct bb_regression *work, const double *r, size_t part)
{
    size_t n = work->part_size[part];
    double *value = bb_malloc((n + 1) * sizeof *value);
    for (size_t k = 0; k < n; k++) value[k] = r[work->part[part][k]];
    double median = bb_nan_median(value, n);
    free(value);
    return median;
}

/* Neuroids that have no correlation in any split. */
static size_t count_undefined(const struct bb_regression *work, const double *r)
{
    size_t count = 0;
    for (size_t j = 0; j < work->q; j++) {
        size_t s = 0;
        while (s < work->folds.n && isnan(r[s * work->q + j])) s++;
        count += s == work->folds.n ? 1 : 0;
    }
    return count;
}

/* Of which correlation a reader should not think much, or which is not there. */
static const char *warning_of(const struct bb_regression *work, const double *r)
{
    struct bb_arena *arena = work->task->arena;
    size_t rounding = 0;
    for (size_t j = 0; j < work->q; j++) rounding += work->rounding[j] ? 1 : 0;
    const char *none = bb_missing_warning(
        count_undefined(work, r), work->q,
        "neuroids have no correlation, because their responses or predictions are constant, and are left out", arena);
    const char *noise =
        bb_missing_warning(rounding, work->q,
                           "neuroids have predictions that vary in their last digits only, so that their correlation is rounding "
                           "(very small features under a penalty?)",
                           arena);
    return none && noise ? bb_arena_printf(arena, "%s; %s", none, noise) : none ? none : noise;
}

enum bb_code bb_regression_result(const struct bb_regression *work, const double *r, struct bb_metric_result *result,
                                  struct bb_err *err)
{
    struct bb_arena *arena = work->task->arena;
    size_t splits = work->folds.n;
    double *median = BB_NEW_ARRAY(arena, work->n_parts * splits, double);
    for (size_t p = 0; p < work->n_parts; p++)
        for (size_t s = 0; s < splits; s++) median[p * splits + s] = median_of_part(work, r + s * work->q, p);
    enum bb_code rc = set_raw(work, median, result, err);
    if (rc) return rc;
    result->units = (struct bb_units){.axis = {"split", "neuroid"},
                                      .label = {bb_split_labels(splits, arena), work->recording.neuroid},
                                      .n = {splits, work->q},
                                      .value = r};
    result->warning = warning_of(work, r);
    return BB_OK;
}

/*
 * A metric of the Gram engine.
 */
/* scipy.stats.pearsonr's criterion for a constant input up to rounding, without those that are constant. */
static bool is_rounding(const double *x, size_t n, size_t stride)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) mean += x[i * stride] / (double)n;
    for (size_t i = 0; i < n; i++) square += (x[i * stride] - mean) * (x[i * stride] - mean);
    bool constant = true;
    for (size_t i = 1; i < n; i++) constant = constant && x[i * stride] == x[0];
    return !constant && sqrt(square) < 1e-13 * fabs(mean);
}

static void correlate_part(const struct bb_regression *work, size_t part, size_t split, const struct bb_fold *fold, const double *Y,
                           const double *prediction, double *r)
{
    size_t width = work->part_size[part];
    double *measured = bb_malloc((fold->n_test * width + 1) * sizeof *measured),
           *column = bb_malloc((width + 1) * sizeof *column);
    for (size_t i = 0; i < fold->n_test; i++) memcpy(measured + i * width, Y + fold->test[i] * width, width * sizeof *measured);
    bb_regression_correlate(work, prediction, measured, fold->n_test, width, column);
    for (size_t k = 0; k < width; k++) {
        size_t neuroid = work->part[part][k];
        r[split * work->q + neuroid] = column[k];
        if (is_rounding(prediction + k, fold->n_test, width)) work->rounding[neuroid] = true;
    }
    free(column);
    free(measured);
}

/* The rows of a part: without those of stimuli that its subject did not see. */
struct part_rows {
    double *Y; /* n × part_size */
    size_t *row, *now, n; /* row: in the features; now: where a row of all is among them, SIZE_MAX: nowhere */
    size_t *index;        /* of a fold */
};

static struct part_rows rows_of_part(const struct bb_regression *work, size_t part)
{
    size_t width = work->part_size[part], *place = bb_malloc((3 * work->n + 1) * sizeof *place);
    struct part_rows rows = {.Y = bb_regression_targets(work, part), .row = place, .now = place + work->n, .index = place + 2 * work->n};
    for (size_t i = 0; i < work->n; i++) {
        rows.now[i] = isnan(rows.Y[i * width]) ? SIZE_MAX : rows.n;
        if (rows.now[i] == SIZE_MAX) continue;
        memmove(rows.Y + rows.n * width, rows.Y + i * width, width * sizeof *rows.Y);
        rows.row[rows.n++] = work->row[i];
    }
    return rows;
}

static size_t take_rows(const struct part_rows *rows, const size_t *from, size_t n, size_t *out)
{
    size_t taken = 0;
    for (size_t i = 0; i < n; i++)
        if (rows->now[from[i]] != SIZE_MAX) out[taken++] = rows->now[from[i]];
    return taken;
}

static enum bb_code fold_of_part(const struct bb_regression *work, size_t part, const struct part_rows *rows, size_t split,
                                 struct bb_fold *out, struct bb_err *err)
{
    const struct bb_fold *all = &work->folds.fold[split];
    size_t *train = rows->index, n_train = take_rows(rows, all->train, all->n_train, train), *test = train + n_train,
           n_test = take_rows(rows, all->test, all->n_test, test);
    *out = (struct bb_fold){.train = train, .n_train = n_train, .test = test, .n_test = n_test};
    if (n_train >= 2 && n_test >= 2) return BB_OK;
    return bb_fail(err, BB_ENUMERIC,
                   "subject %s saw %zu of the stimuli to fit on and %zu of those to predict, and a regression with a correlation "
                   "needs at least 2 of each",
                   work->recording.subject[part], n_train, n_test);
}

static enum bb_code score_part(const struct bb_regression *work, size_t part, bb_regression_predict *predict, void *ctx,
                               double *r, struct bb_err *err)
{
    size_t width = work->part_size[part];
    struct part_rows rows = rows_of_part(work, part);
    double *prediction = bb_malloc((rows.n * width + 1) * sizeof *prediction);
    struct bb_regressor *regressor = bb_regressor_new(work->task->features->gram, rows.row, rows.Y, rows.n, width);
    enum bb_code rc = BB_OK;
    for (size_t s = 0; !rc && s < work->folds.n; s++) {
        struct bb_fold fold;
        rc = fold_of_part(work, part, &rows, s, &fold, err);
        if (!rc) rc = predict(ctx, regressor, &fold, prediction, err);
        if (!rc) correlate_part(work, part, s, &fold, rows.Y, prediction, r);
    }
    bb_regressor_free(regressor);
    free(prediction);
    free(rows.row);
    free(rows.Y);
    return rc;
}

enum bb_code bb_regression_score(const struct bb_task *task, const struct bb_regression_params *params,
                                 bb_regression_predict *predict, void *ctx, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_regression work;
    enum bb_code rc = begin(task, params, params->per == BB_PER_SUBJECT, &work, err);
    if (rc) return rc;
    double *r = BB_NEW_ARRAY(task->arena, work.folds.n * work.q, double);
    for (size_t part = 0; !rc && part < work.n_parts; part++) rc = score_part(&work, part, predict, ctx, r, err);
    return rc ? rc : bb_regression_result(&work, r, result, err);
}

/*
 * Choices inside training parts.
 */
enum bb_code bb_regression_folds(const struct bb_task *task, struct bb_recording *recording, struct bb_folds *folds,
                                 struct bb_err *err)
{
    struct bb_regression work = {.task = task, .params = task->params, .given = task->data_train != NULL};
    if (work.given || work.params->split.kind == BB_SPLIT_GIVEN || work.params->per != BB_WHOLE)
        return bb_fail(err, BB_ENUMERIC,
                       "a layer can be chosen inside training parts only where splits are drawn, and for all subjects together");
    enum bb_code rc = bb_recording_of(task, task->data, work.params->subject, &work.recording, err);
    if (rc) return rc;
    struct bb_split_spec spec = spec_of(&work);
    *recording = work.recording;
    return bb_split_folds(&spec, recording, task->arena, folds, err);
}

void bb_regression_limit_splits(void *params, long most)
{
    struct bb_regression_params *own = params;
    if (own->split.splits > most) own->split.splits = most;
}
