#include "metric/extrapolation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/features.h"
#include "metric/neuroid_ceiling.h"
#include "numeric/mt19937.h"
#include "numeric/saturation.h"
#include "numeric/stats.h"

enum { MAX_SUBJECTS = 16 }; /* their sets double with each */

struct params {
    long bootstraps, seed;
    const char *subject;
};

static const struct bb_field fields[] = {
    {.key = "bootstraps",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct params, bootstraps),
     .absent = 100,
     .min = 1,
     .max = 100000},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .max = 4294967295.},
    {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, subject)},
};

/* Sets of subjects are bits, of their numbers in sorted order. */
struct work {
    const struct bb_task *task;
    const struct bb_metric *metric;
    struct bb_recording recording;
    size_t n;                 /* subjects */
    size_t *subject;          /* of the recording, in the order of Python's sorted() */
    size_t *sorted_of;        /* and back */
    size_t *place;            /* of each neuroid among those of its subject */
    struct bb_assembly **own; /* the recording of each subject (sorted) */
    double **value; /* [others · n + subject]: splits × the subject's neuroids, in the task's arena; NULL: not computed */
    size_t splits;
};

/*
 * Subjects.
 */
static int compare_as_python(const struct work *work, size_t a, size_t b)
{
    const struct bb_coord *coord = work->recording.subject_coord;
    const char *const *name = work->recording.subject;
    if (coord && (coord->series.type == BB_TYPE_NUMBER || coord->series.by_size))
        return a < b ? -1 : a > b; /* natural order is that of numbers */
    return strcmp(name[a], name[b]);
}

static enum bb_code order_subjects(struct work *work, struct bb_err *err)
{
    struct bb_arena *arena = work->task->arena;
    size_t n = work->n = work->recording.n_subjects, *seen = BB_NEW_ARRAY(arena, n, size_t);
    if (n < 2)
        return bb_fail(err, BB_ENUMERIC,
                       "the recording has one subject, and a ceiling from how subjects predict each other needs two");
    if (n > MAX_SUBJECTS)
        return bb_fail(err, BB_ELIMIT,
                       "the recording has %zu subjects, and their sets are too many from %d on: state the ceiling as a number", n,
                       MAX_SUBJECTS + 1);
    work->subject = BB_NEW_ARRAY(arena, n, size_t);
    work->sorted_of = BB_NEW_ARRAY(arena, n, size_t);
    work->place = BB_NEW_ARRAY(arena, work->recording.q, size_t);
    for (size_t s = 0; s < n; s++) {
        size_t k = s;
        for (; k > 0 && compare_as_python(work, s, work->subject[k - 1]) < 0; k--) work->subject[k] = work->subject[k - 1];
        work->subject[k] = s;
    }
    for (size_t k = 0; k < n; k++) work->sorted_of[work->subject[k]] = k;
    for (size_t j = 0; j < work->recording.q; j++) work->place[j] = seen[work->recording.subject_of[j]]++;
    return BB_OK;
}

/*
 * The metric on each pair of a set and a subject outside it.
 */

/* The neuroids of the set as features. */
static enum bb_code features_of_set(const struct work *work, unsigned set, struct bb_features **out, struct bb_err *err)
{
    const struct bb_recording *recording = &work->recording;
    size_t p = 0, k = 0, q = recording->q;
    double *X = bb_malloc((recording->n * q + 1) * sizeof *X);
    bool *in = bb_calloc(q + 1, sizeof *in);
    for (size_t j = 0; j < q; j++) {
        in[j] = set >> work->sorted_of[recording->subject_of[j]] & 1;
        p += in[j] ? 1 : 0;
    }
    for (size_t i = 0; i < recording->n; i++)
        for (size_t j = 0; j < q; j++)
            if (in[j]) X[k++] = recording->Y[i * q + j];
    enum bb_code rc = bb_features_of_matrix(recording->stimulus, X, recording->n, p, "subjects", out, err);
    free(in);
    free(X);
    return rc;
}

/* What the metric found per split and neuroid. */
static enum bb_code keep_units(struct work *work, const struct bb_units *units, size_t cell, size_t q, struct bb_err *err)
{
    bool one_axis = units->value && bb_streq(units->axis[0], "neuroid") && units->n[1] == 0;
    bool two_axes = units->value && bb_streq(units->axis[1], "neuroid");
    if (!one_axis && !two_axes)
        return bb_fail(err, BB_EINPUT, "the metric %s gives no values per neuroid, which the ceiling extrapolation is made of",
                       work->metric->name);
    size_t splits = one_axis ? 1 : units->n[0];
    if ((one_axis ? units->n[0] : units->n[1]) != q || (work->splits && work->splits != splits))
        return bb_fail(err, BB_EINPUT, "the metric %s gives its values per neuroid in another number than the recording has",
                       work->metric->name);
    work->splits = splits;
    work->value[cell] = BB_NEW_ARRAY(work->task->arena, splits * q, double);
    memcpy(work->value[cell], units->value, splits * q * sizeof *units->value);
    return BB_OK;
}

static enum bb_code predict(struct work *work, const struct bb_features *features, unsigned set, size_t k, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_task task = *work->task;
    task.model = NULL;
    task.features = features;
    task.data = work->own[k];
    task.arena = arena;
    enum bb_code rc = work->metric->score_features(&task, &result, err);
    if (rc)
        rc = bb_err_wrap(err, rc, "subject %s, predicted from %d other%s", work->recording.subject[work->subject[k]],
                         __builtin_popcount(set), __builtin_popcount(set) == 1 ? "" : "s");
    else
        rc = keep_units(work, &result.units, set * work->n + k, task.data->dim[1].size, err);
    bb_arena_free(arena);
    return rc;
}

static enum bb_code predict_all(struct work *work, struct bb_err *err)
{
    enum bb_code rc = BB_OK;
    size_t n = work->n;
    work->value = BB_NEW_ARRAY(work->task->arena, ((size_t)1 << n) * n, double *);
    work->own = BB_NEW_ARRAY(work->task->arena, n, struct bb_assembly *);
    for (size_t k = 0; k < n; k++) work->own[k] = bb_assembly_of_subject(&work->recording, work->subject[k]);
    for (unsigned set = 1; !rc && set < (1u << n) - 1; set++) {
        struct bb_features *features;
        rc = features_of_set(work, set, &features, err);
        if (rc) break;
        for (size_t k = 0; !rc && k < n; k++)
            if (!(set >> k & 1)) rc = predict(work, features, set, k, err);
        bb_features_of_matrix_free(features);
    }
    for (size_t k = 0; k < n; k++) bb_assembly_free(work->own[k]);
    return rc;
}

/*
 * One neuroid.
 */

/* The next set of as many subjects, in the order of itertools.combinations: subject 0 is the highest bit of `reversed`. */
static unsigned next_combination(unsigned reversed, size_t n)
{
    unsigned limit = 1u << n;
    for (unsigned candidate = reversed; candidate-- > 0;)
        if (__builtin_popcount(candidate) == __builtin_popcount(reversed)) return candidate;
    return limit;
}

static unsigned reverse_bits(unsigned set, size_t n)
{
    unsigned out = 0;
    for (size_t k = 0; k < n; k++) out |= (set >> k & 1) << (n - 1 - k);
    return out;
}

/* Its values with m subjects: sets × splits. Returns how many. */
static size_t values_of(const struct work *work, size_t neuroid, size_t m, double *out)
{
    size_t n = work->n, count = 0, k = work->sorted_of[work->recording.subject_of[neuroid]];
    unsigned first = ((1u << m) - 1) << (n - m);
    for (unsigned reversed = first; reversed != 1u << n; reversed = next_combination(reversed, n)) {
        unsigned set = reverse_bits(reversed, n);
        if (!(set >> k & 1)) continue;
        const double *value = work->value[(set & ~(1u << k)) * n + k];
        size_t q = 0;
        for (size_t j = 0; j < work->recording.q; j++)
            q += work->recording.subject_of[j] == work->recording.subject_of[neuroid] ? 1 : 0;
        for (size_t s = 0; s < work->splits; s++) {
            double r = value[s * q + work->place[neuroid]];
            if (!isnan(r)) out[count++] = r;
        }
    }
    return count;
}

/* The mean of as many values, drawn with replacement (RandomState.choice). */
static double resampled_mean(const double *value, size_t n, struct bb_mt19937 *mt)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) total += value[bb_mt19937_bounded(mt, (uint32_t)(n - 1))];
    return total / (double)n;
}

/* NaN: nothing is known of it, or a fit failed. */
static double ceiling_of_neuroid(const struct work *work, const struct params *params, size_t neuroid)
{
    size_t most = work->splits << work->n, *count = bb_calloc(work->n + 1, sizeof *count), points = 0,
           bootstraps = (size_t)params->bootstraps;
    double *value = bb_malloc(most * sizeof *value), *v0 = bb_malloc(bootstraps * sizeof *v0), x[MAX_SUBJECTS], y[MAX_SUBJECTS],
           tau;
    double *first[MAX_SUBJECTS], *next = value, ceiling = NAN;
    for (size_t m = 2; m <= work->n; m++) {
        size_t found = values_of(work, neuroid, m, next);
        if (found == 0) continue;
        x[points] = (double)m;
        first[points] = next;
        count[points++] = found;
        next += found;
    }
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, (uint32_t)params->seed);
    for (size_t b = 0; points && b < bootstraps; b++) {
        for (size_t i = 0; i < points; i++) y[i] = resampled_mean(first[i], count[i], &mt);
        if (!bb_saturation_fit(x, y, points, &v0[b], &tau)) v0[b] = NAN;
    }
    if (points) ceiling = bb_median(v0, bootstraps);
    free(v0);
    free(value);
    free(count);
    return ceiling;
}

static enum bb_code collect(const struct work *work, const struct params *params, struct bb_ceiling_result *result,
                            struct bb_err *err)
{
    const struct bb_recording *recording = &work->recording;
    struct bb_arena *arena = work->task->arena;
    double *value = BB_NEW_ARRAY(arena, recording->q, double), *part = BB_NEW_ARRAY(arena, work->n, double);
    for (size_t j = 0; j < recording->q; j++) value[j] = ceiling_of_neuroid(work, params, j);
    for (size_t s = 0; s < work->n; s++) part[s] = bb_median_of_subject(recording, value, s);
    *result =
        (struct bb_ceiling_result){.value = bb_median_of_subject(recording, value, BB_EVERY_SUBJECT), .error = NAN, .lower = NAN};
    result->n = (size_t)params->bootstraps;
    result->parts = (struct bb_parts){.label = recording->subject, .value = part, .n = work->n};
    result->units = (struct bb_units){.axis = {"neuroid"}, .label = {recording->neuroid}, .n = {recording->q}, .value = value};
    if (!isnan(result->value)) return BB_OK;
    return bb_fail(
        err, BB_ENUMERIC,
        "no neuroid has a ceiling: subjects' predictions of each other are not defined, or the curve fits none of them");
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *ceiling_params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    const struct params *params = ceiling_params;
    struct work work = {.task = task, .metric = metric};
    if (!metric->score_features)
        return bb_fail(err, BB_EINPUT, "the ceiling extrapolation is for metrics of activations, and %s is none", metric->name);
    if (task->data_train)
        return bb_fail(
            err, BB_EINPUT,
            "the ceiling extrapolation splits one recording, and this benchmark's split is given: state the ceiling as a number");
    enum bb_code rc = bb_recording_of(task, task->data, params->subject, &work.recording, err);
    if (!rc) rc = order_subjects(&work, err);
    if (!rc) rc = bb_recording_complete(&work.recording, "a prediction from its subjects", false, err);
    if (!rc) rc = predict_all(&work, err);
    return rc ? rc : collect(&work, params, result, err);
}

static const char *const data_coords[] = {"stimulus_id", "value", NULL};

const struct bb_ceiling bb_extrapolation = {
    .name = "extrapolation",
    .version = 1,
    .title = "Extrapolation to infinitely many subjects",
    .formula = "median over neuroids of v0, where v0 (1 − exp(−m/τ0)) is how well m − 1 other subjects predict it",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .compute = compute,
};
