#include "metric/threshold.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/behavior.h"
#include "metric/choices.h"
#include "numeric/mt19937.h"
#include "numeric/psychometric.h"
#include "numeric/stats.h"

enum { INDIVIDUAL, POOL };
static const char *const scorings[] = {"individual", "pool", NULL};

struct params {
    const char *variable, *baseline, *condition, *by;
    double accuracy, required; /* NaN: the middle of the fitted curve; .6 */
    int scoring;
};

/* clang-format off */
#define COMMON_FIELDS                                                                                                            \
    {.key = "variable", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, variable)},                \
    {.key = "threshold_accuracy", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, accuracy), .min = .5, .max = 1},     \
    {.key = "required_accuracy", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, required), .min = 0, .max = 1},       \
    {.key = "scoring", .kind = BB_FIELD_CHOICE, .offset = offsetof(struct params, scoring), .choices = scorings}

static const struct bb_field fields[] = {
    COMMON_FIELDS,
    {.key = "condition", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, condition)},
    {.key = "by", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, by)},
    {.key = "baseline", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, baseline)},
};
static const struct bb_field elevation_fields[] = {
    COMMON_FIELDS,
    {.key = "condition", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, condition), .flags = BB_REQUIRED},
    {.key = "baseline", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, baseline), .flags = BB_REQUIRED},
};
/* clang-format on */

static const char *by_of(const void *params)
{
    return ((const struct params *)params)->by;
}

static void finish(void *own, struct bb_arena *arena, struct bb_diags *diags)
{
    const struct params *params = own;
    (void)arena;
    if (!params->by != !params->baseline)
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0},
                    "\"by\", a coordinate of people, and \"baseline\", its value whose thresholds are compared, go together");
    if (params->by && params->condition)
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0},
                    "\"condition\" has no meaning with \"by\", which compares all conditions");
}

/*
 * People: a threshold for each subject [and condition].
 */
struct people {
    const char *const *name; /* in the order of the file */
    double *value;
    size_t n;
};

/* The coordinate that tells conditions apart. */
static const char *apart_by(const struct params *params)
{
    return params->by ? params->by : "condition";
}

/* The row of each subject in the condition (NULL: any); −1 none. */
static enum bb_code rows_of(const struct bb_task *task, const struct bb_groups *subject, const char *condition, int32_t **out,
                            struct bb_err *err)
{
    const struct bb_coord *coord = NULL;
    enum bb_code rc =
        condition ? bb_need_coord(task->data, apart_by(task->params), BB_THE_RECORDING, task->arena, &coord, err) : BB_OK;
    if (rc) return rc;
    struct bb_groups groups = {0};
    if (coord) groups = bb_coord_groups(coord, task->arena);
    int32_t *row = BB_NEW_ARRAY(task->arena, subject->n_groups, int32_t);
    for (size_t s = 0; s < subject->n_groups; s++) row[s] = -1;
    for (size_t i = 0; i < subject->n; i++) {
        if (subject->group[i] < 0 || isnan(task->data->value[i])) continue;
        if (coord && (groups.group[i] < 0 || !bb_streq(groups.name[groups.group[i]], condition))) continue;
        if (row[subject->group[i]] >= 0)
            return bb_fail(err, BB_EINPUT, "subject \"%s\" of the recording has two thresholds%s%s%s",
                           subject->name[subject->group[i]], condition ? " in condition \"" : "", condition ? condition : "",
                           condition ? "\"" : ": name the condition that is compared");
        if (!(task->data->value[i] > 0) || !isfinite(task->data->value[i]))
            return bb_fail(err, BB_EINPUT, "the threshold of subject \"%s\" is %g: it must be greater than 0",
                           subject->name[subject->group[i]], task->data->value[i]);
        row[subject->group[i]] = (int32_t)i;
    }
    *out = row;
    return BB_OK;
}

/* Thresholds, or with a baseline their ratios, of the subjects that have all of it; with `by`, their thresholds in the baseline. */
static enum bb_code people_of(const struct bb_task *task, const char *condition, struct people *out, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_coord *coord;
    const double *value;
    int32_t *row, *below = NULL;
    enum bb_code rc = bb_need_coord(task->data, "subject", BB_THE_RECORDING, task->arena, &coord, err);
    if (!rc) rc = bb_need_values(task->data, BB_THE_RECORDING, &value, err);
    if (rc) return rc;
    struct bb_groups subject = bb_coord_groups(coord, task->arena);
    rc = rows_of(task, &subject, condition, &row, err);
    if (!rc && params->baseline) rc = rows_of(task, &subject, params->baseline, &below, err);
    if (rc) return rc;
    const char **name = BB_NEW_ARRAY(task->arena, subject.n_groups, const char *);
    *out = (struct people){.name = name, .value = BB_NEW_ARRAY(task->arena, subject.n_groups, double)};
    for (size_t s = 0; s < subject.n_groups; s++) {
        if (row[s] < 0 || (below && below[s] < 0)) continue;
        name[out->n] = subject.name[s];
        out->value[out->n++] = params->by ? value[below[s]] : below ? value[row[s]] / value[below[s]] : value[row[s]];
    }
    if (out->n) return BB_OK;
    if (below)
        return bb_fail(err, BB_EINPUT, "no subject of the recording has a threshold in both conditions, \"%s\" and \"%s\"",
                       params->baseline, condition);
    return bb_fail(err, BB_EINPUT, "no subject of the recording has a threshold%s%s%s", condition ? " in condition \"" : "",
                   condition ? condition : "", condition ? "\"" : "");
}

/* 0 when it is as far away as the target is large. */
static double nearness(double model, double human)
{
    return fmax(0, 1 - fabs(human - model) / human);
}

double bb_threshold_compare(bool pool, double model, const double *human, size_t n)
{
    if (pool) return nearness(model, bb_mean(human, n));
    double total = 0;
    for (size_t i = 0; i < n; i++) total += nearness(model, human[i]);
    return total / (double)n;
}

/*
 * The model's side.
 */
struct trials {
    struct bb_stimuli stimuli;
    const int32_t *item_of_row;
    const int8_t *right;      /* per row of the model */
    const double *x;          /* per stimulus */
    const int32_t *condition; /* per stimulus; NULL: there is none */
    struct bb_levels conditions;
    struct bb_groups answered_for; /* with `by`: per row of the model; group NULL: for all */
};

static const char *variable_of(const struct params *params)
{
    return params->variable ? params->variable : "vernier_offset";
}

static enum bb_code condition_of_stimuli(const struct bb_task *task, const struct bb_assembly *table, struct trials *out,
                                         const char *whose, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_coord *coord;
    if (!params->condition) return BB_OK;
    enum bb_code rc = bb_need_coord(table, "condition", whose, task->arena, &coord, err);
    if (rc) return rc;
    out->conditions = bb_levels(coord, out->stimuli.of_row, out->stimuli.n_rows, task->arena);
    return bb_level_of_stimulus(&out->stimuli, &out->conditions, "condition", task->arena, &out->condition, err);
}

/* The stimuli that the metric asks about; NULL: all. */
static const bool *counting(const struct bb_task *task, const struct trials *trials)
{
    const struct params *params = task->params;
    if (!params->condition) return NULL;
    bool *counts = BB_NEW_ARRAY(task->arena, trials->stimuli.n, bool);
    for (size_t s = 0; s < trials->stimuli.n; s++) {
        const char *own = trials->condition[s] < 0 ? NULL : trials->conditions.name[trials->condition[s]];
        counts[s] = own && (bb_streq(own, params->condition) || bb_streq(own, params->baseline));
    }
    return counts;
}

static enum bb_code trials_of(const struct bb_task *task, struct trials *out, struct bb_err *err)
{
    static const char whose[] = BB_THE_STIMULI;
    const char *variable = variable_of(task->params);
    const struct bb_assembly *table = task->stimuli;
    struct bb_truths truths;
    *out = (struct trials){0};
    if (!table)
        return bb_fail(
            err, BB_EINPUT,
            "the benchmark has no table of its stimuli (\"part\": \"stimuli\" of \"data\") with stimulus_id, truth and %s",
            variable);
    enum bb_code rc = bb_stimuli_of(table, whose, NULL, task->arena, &out->stimuli, err);
    if (!rc) rc = bb_truths_of(table, whose, &out->stimuli, task->arena, &truths, err);
    if (!rc) rc = bb_number_of_stimulus(table, &out->stimuli, variable, whose, task->arena, &out->x, err);
    if (!rc) rc = condition_of_stimuli(task, table, out, whose, err);
    if (!rc) rc = bb_stimuli_match(task, &out->stimuli, counting(task, out), &out->item_of_row, err);
    const struct bb_coord *apart = rc ? NULL : bb_apart_by(task->model, by_of(task->params), task->arena);
    if (apart) out->answered_for = bb_coord_groups(apart, task->arena);
    if (!rc) rc = bb_correct_rows(task->model, BB_THE_MODEL, out->item_of_row, &truths, table, task->arena, &out->right, err);
    return rc;
}

struct answer {
    double x, right;
};

static int compare_answers(const void *a, const void *b)
{
    const struct answer *x = a, *y = b;
    return x->x < y->x ? -1 : x->x > y->x;
}

/* Does a row of the model, which is about stimulus s, say something about the condition (NULL: any)? */
static bool is_of(const struct trials *trials, size_t row, int32_t s, const char *condition)
{
    if (!condition) return true;
    if (trials->condition) return trials->condition[s] >= 0 && bb_streq(trials->conditions.name[trials->condition[s]], condition);
    int32_t group = trials->answered_for.group ? trials->answered_for.group[row] : -1;
    return group >= 0 && bb_streq(trials->answered_for.name[group], condition);
}

static enum bb_code answers_of(const struct bb_task *task, const struct trials *trials, const char *condition,
                               struct answer *answer, size_t *n, struct bb_err *err)
{
    *n = 0;
    for (size_t i = 0; i < task->model->dim[0].size; i++) {
        int32_t s = trials->item_of_row[i];
        if (s < 0 || trials->right[i] < 0 || !is_of(trials, i, s, condition)) continue;
        if (isnan(trials->x[s]))
            return bb_fail(err, BB_EINPUT, "stimulus \"%s\" has no \"%s\"", trials->stimuli.id[s], variable_of(task->params));
        answer[(*n)++] = (struct answer){trials->x[s], trials->right[i]};
    }
    if (*n) return BB_OK;
    return bb_fail(err, BB_EINPUT, "the model answered no stimulus%s%s%s%s", condition ? " of condition \"" : "",
                   condition ? condition : "", condition ? "\"" : "",
                   trials->answered_for.group
                       ? ", but some of others: its table needs rows of each condition, or its readout fitting stimuli of each"
                       : "");
}

/* Shares of right answers at each x, ascending; in place: the number of x. */
static size_t shares_of(struct answer *answer, size_t n, double *x, double *y)
{
    size_t m = 0;
    qsort(answer, n, sizeof *answer, compare_answers);
    for (size_t i = 0; i < n;) {
        size_t end = i;
        double right = 0;
        for (; end < n && answer[end].x == answer[i].x; end++) right += answer[end].right;
        x[m] = answer[i].x;
        y[m++] = right / (double)(end - i);
        i = end;
    }
    return m;
}

/* How many of the shares count: up to where all that follow are a standard deviation below the largest. */
static size_t before_decline(const double *y, size_t n)
{
    size_t most = 0, cut = n;
    double sd = bb_sd(y, n, 0);
    for (size_t i = 1; i < n; i++)
        if (y[i] > y[most]) most = i;
    while (cut > most + 1 && fabs(y[cut - 1] - y[most]) >= sd) cut--;
    return cut;
}

struct measured {
    double threshold; /* NaN: there is none … */
    const char *why;  /* … for this reason */
};

/* *accuracy: at which the threshold is; NaN: the middle of this curve, which becomes it. */
static enum bb_code measure(const struct bb_task *task, const struct trials *trials, const char *condition, double *accuracy,
                            struct measured *out, struct bb_err *err)
{
    const struct params *params = task->params;
    size_t rows = task->model->dim[0].size, n;
    struct answer *answer = BB_NEW_ARRAY(task->arena, rows, struct answer);
    double *x = BB_NEW_ARRAY(task->arena, rows, double), *y = BB_NEW_ARRAY(task->arena, rows, double), mean = 0;
    enum bb_code rc = answers_of(task, trials, condition, answer, &n, err);
    if (rc) return rc;
    *out = (struct measured){.threshold = NAN};
    for (size_t i = 0; i < n; i++) mean += answer[i].right / (double)n;
    double required = isnan(params->required) ? .6 : params->required;
    if (mean < required) {
        out->why = bb_arena_printf(task->arena, "it is right in %.0f %% of all cases, and %.0f %% are required", 100 * mean,
                                   100 * required);
        return BB_OK;
    }
    size_t all = shares_of(answer, n, x, y), used = before_decline(y, all);
    if (3 * used < all) {
        out->why = "it gets worse where the task gets easier";
        return BB_OK;
    }
    struct bb_psychometric fit = bb_psychometric_fit(x, y, used);
    if (fit.r2 < .4) {
        out->why = bb_arena_printf(task->arena, "a psychometric function does not describe its answers (R² = %.2f)", fit.r2);
        return BB_OK;
    }
    if (isnan(*accuracy)) *accuracy = (bb_psychometric_at(&fit, x[0]) + bb_psychometric_at(&fit, x[all - 1])) / 2;
    double threshold = bb_psychometric_inverse(&fit, *accuracy);
    if (threshold <= x[used - 1])
        out->threshold = threshold;
    else
        out->why = "it is outside what was measured";
    return BB_OK;
}

static void put_failure(const struct bb_task *task, const struct measured *m, const char *condition,
                        struct bb_metric_result *result)
{
    result->raw = 0;
    result->warning = bb_arena_printf(task->arena, "the model has no threshold%s%s, which scores 0: %s", condition ? " for " : "",
                                      condition ? condition : "", m->why);
}

static void put_score(const struct bb_task *task, const struct people *people, double model, struct bb_metric_result *result)
{
    const struct params *params = task->params;
    double *unit = BB_NEW_ARRAY(task->arena, people->n, double);
    for (size_t s = 0; s < people->n; s++) unit[s] = nearness(model, people->value[s]);
    result->raw = bb_threshold_compare(params->scoring == POOL, model, people->value, people->n);
    if (params->scoring == INDIVIDUAL) {
        result->error = bb_sd(unit, people->n, 0);
        result->error_kind = "subject_sd";
    }
    result->units = (struct bb_units){.axis = {"subject"}, .label = {people->name}, .n = {people->n}, .value = unit};
}

static enum bb_code score_one(const struct bb_task *task, const struct trials *trials, const struct people *people,
                              struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    struct measured own;
    double accuracy = params->accuracy;
    enum bb_code rc = measure(task, trials, params->condition, &accuracy, &own, err);
    if (rc) return rc;
    if (own.why) {
        put_failure(task, &own, params->condition, result);
        return BB_OK;
    }
    put_score(task, people, own.threshold, result);
    result->detail = bb_arena_printf(task->arena, "threshold %.4g", own.threshold);
    return BB_OK;
}

static enum bb_code score_ratio(const struct bb_task *task, const struct trials *trials, const struct people *people,
                                struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    struct measured below, above;
    double accuracy = params->accuracy; /* the middle of the baseline's curve holds for both */
    enum bb_code rc = measure(task, trials, params->baseline, &accuracy, &below, err);
    if (!rc) rc = measure(task, trials, params->condition, &accuracy, &above, err);
    if (rc) return rc;
    if (below.why || above.why) {
        put_failure(task, below.why ? &below : &above, below.why ? params->baseline : params->condition, result);
        return BB_OK;
    }
    put_score(task, people, above.threshold / below.threshold, result);
    result->detail = bb_arena_printf(task->arena, "elevation %.4g (%.4g / %.4g)", above.threshold / below.threshold,
                                     above.threshold, below.threshold);
    return BB_OK;
}

/*
 * By condition: the people who were in it, and their thresholds in the baseline.
 */
struct comparisons {
    const char **condition;
    struct people *people;
    size_t n;
};

static enum bb_code comparisons_of(const struct bb_task *task, struct comparisons *out, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(task->data, params->by, BB_THE_RECORDING, task->arena, &coord, err);
    if (rc) return rc;
    struct bb_levels levels = bb_levels(coord, NULL, task->data->dim[0].size, task->arena);
    *out = (struct comparisons){.condition = BB_NEW_ARRAY(task->arena, levels.n, const char *),
                                .people = BB_NEW_ARRAY(task->arena, levels.n, struct people)};
    for (size_t l = 0; l < levels.n; l++)
        if (!bb_streq(levels.name[l], params->baseline)) out->condition[out->n++] = levels.name[l];
    if (out->n == levels.n)
        return bb_fail(err, BB_EINPUT,
                       "the recording has no \"%s\" among its values of \"%s\", which is to be the baseline: the first is \"%s\"",
                       params->baseline, params->by, levels.name[0]);
    if (!out->n)
        return bb_fail(err, BB_EINPUT, "the recording has only the baseline, \"%s\", and no other value of \"%s\"",
                       params->baseline, params->by);
    for (size_t c = 0; c < out->n && !rc; c++) rc = people_of(task, out->condition[c], &out->people[c], err);
    return rc;
}

/* Subjects that count somewhere × conditions. */
static struct bb_units units_of(const struct bb_task *task, const struct comparisons *all, const struct bb_metric_result *each)
{
    struct bb_names names;
    bb_names_init(&names);
    for (size_t c = 0; c < all->n; c++)
        for (size_t s = 0; s < all->people[c].n; s++) (void)bb_names_add(&names, all->people[c].name[s]);
    const char **subject = BB_NEW_ARRAY(task->arena, names.n, const char *);
    double *value = BB_NEW_ARRAY(task->arena, names.n * all->n, double);
    for (size_t s = 0; s < names.n; s++) subject[s] = bb_arena_strdup(task->arena, names.name[s]);
    for (size_t i = 0; i < names.n * all->n; i++) value[i] = NAN;
    for (size_t c = 0; c < all->n; c++)
        for (size_t s = 0; s < all->people[c].n; s++)
            value[bb_names_find(&names, all->people[c].name[s]) * all->n + c] = each[c].units.value ? each[c].units.value[s] : 0;
    struct bb_units units = {
        .axis = {"subject", "condition"}, .label = {subject, all->condition}, .n = {names.n, all->n}, .value = value};
    bb_names_release(&names);
    return units;
}

/* What was measured, in words; condition NULL: for all of them. */
static void tell(const struct bb_task *task, const struct measured *own, const char *condition, struct bb_metric_result *result)
{
    if (own->why) {
        struct bb_metric_result failure = {0};
        put_failure(task, own, condition, &failure);
        result->warning =
            result->warning ? bb_arena_printf(task->arena, "%s; %s", result->warning, failure.warning) : failure.warning;
        return;
    }
    result->detail = bb_arena_printf(task->arena, "%s%.4g%s%s",
                                     result->detail ? bb_arena_printf(task->arena, "%s, ", result->detail) : "threshold ",
                                     own->threshold, condition ? " for " : "", condition ? condition : "");
}

/* A model that answers once is compared with the people of each condition; the parts are the conditions. */
static enum bb_code score_each(const struct bb_task *task, const struct trials *trials, struct bb_metric_result *result,
                               struct bb_err *err)
{
    const struct params *params = task->params;
    struct comparisons all;
    struct measured own = {0};
    enum bb_code rc = comparisons_of(task, &all, err);
    if (rc) return rc;
    struct bb_metric_result *each = BB_NEW_ARRAY(task->arena, all.n, struct bb_metric_result);
    double *value = BB_NEW_ARRAY(task->arena, all.n, double), *error = BB_NEW_ARRAY(task->arena, all.n, double);
    for (size_t c = 0; c < all.n; c++) {
        const char *condition = trials->answered_for.group ? all.condition[c] : NULL;
        double accuracy = params->accuracy;
        if (condition || !c) {
            rc = measure(task, trials, condition, &accuracy, &own, err);
            if (rc) return rc;
            tell(task, &own, condition, result);
        }
        if (!own.why) put_score(task, &all.people[c], own.threshold, &each[c]);
        value[c] = each[c].raw;
        error[c] = each[c].error;
    }
    result->raw = bb_mean(value, all.n);
    if (params->scoring == INDIVIDUAL) {
        result->error = bb_mean(error, all.n); /* of the subjects of a condition, as in the reference */
        result->error_kind = "subject_sd";
    }
    result->parts = (struct bb_parts){.label = all.condition, .value = value, .n = all.n};
    result->units = units_of(task, &all, each);
    return BB_OK;
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    struct people people;
    struct trials trials;
    result->error = NAN;
    enum bb_code rc = params->by ? BB_OK : people_of(task, params->condition, &people, err);
    if (!rc) rc = trials_of(task, &trials, err);
    if (rc) return rc;
    for (size_t i = 0; i < task->model->dim[0].size; i++) result->n += trials.right[i] >= 0 ? 1 : 0;
    if (params->by) return score_each(task, &trials, result, err);
    return params->baseline ? score_ratio(task, &trials, &people, result, err) : score_one(task, &trials, &people, result, err);
}

/*
 * The ceiling: n times, one of the list is drawn and compared with the others, and put at its end. Some are drawn twice and some never; that is
 * what the reference does.
 */
static enum bb_code compare_people(const struct bb_task *task, const struct people *people, struct bb_ceiling_result *result,
                                   struct bb_err *err)
{
    const struct params *params = task->params;
    if (people->n < 2)
        return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and there is no other to compare it with");
    size_t n = people->n, *index = BB_NEW_ARRAY(task->arena, n, size_t);
    double *list = people->value, *value = BB_NEW_ARRAY(task->arena, n, double);
    for (size_t i = 0; i < n; i++) {
        struct bb_mt19937 mt;
        bb_mt19937_seed(&mt, (uint32_t)i);
        bb_mt19937_choice(&mt, n, 1, index);
        double drawn = list[index[0]];
        size_t at = 0; /* the first that is equal goes */
        while (list[at] != drawn) at++;
        for (; at + 1 < n; at++) list[at] = list[at + 1];
        value[i] = bb_threshold_compare(params->scoring == POOL, drawn, list, n - 1);
        list[n - 1] = drawn;
    }
    *result = (struct bb_ceiling_result){
        .value = bb_mean(value, n), .error = bb_sd(value, n, 0), .lower = NAN, .error_kind = "subject_sd", .n = n};
    return BB_OK;
}

/* By condition: the mean over conditions of the ceilings of the people of each, for all of them, as in the reference. */
static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *own,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    (void)own;
    const struct params *params = task->params;
    struct people one;
    struct comparisons all = {.people = &one, .n = 1};
    enum bb_code rc = params->by ? comparisons_of(task, &all, err) : people_of(task, params->condition, &one, err);
    if (rc) return rc;
    double *value = BB_NEW_ARRAY(task->arena, all.n, double), *error = BB_NEW_ARRAY(task->arena, all.n, double);
    size_t n = 0;
    for (size_t c = 0; c < all.n; c++) {
        rc = compare_people(task, &all.people[c], result, err);
        if (rc) return params->by ? bb_err_wrap(err, rc, "condition \"%s\"", all.condition[c]) : rc;
        value[c] = result->value;
        error[c] = result->error;
        n += result->n;
    }
    result->value = bb_mean(value, all.n);
    result->error = bb_mean(error, all.n);
    result->n = n;
    return BB_OK;
}

static const char needs[] =
    "for each stimulus (and trial) the choice, probabilities of the choices, or activations to the stimuli and to those that "
    "fit the readout; of people, a threshold for each subject";
static const char *const model_coords[] = {"stimulus_id", "choice", NULL};
static const char *const data_coords[] = {"subject", "value", NULL};
static const char *const of_threshold[] = {"threshold", NULL};
static const char *const of_elevation[] = {"threshold_elevation", NULL};

const struct bb_metric bb_threshold = {
    .name = "threshold",
    .version = 1,
    .title = "Threshold",
    .formula = "mean over subjects of max(0, 1 − |t − s| / t), with the thresholds s of the model and t of the subject: where a "
               "psychometric function fitted to the answers reaches the stated accuracy",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = model_coords,
    .data_coords = data_coords,
    .finish = finish,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .by = by_of,
    .clips_parts = true,
    .needs = needs,
};

const struct bb_metric bb_threshold_elevation = {
    .name = "threshold_elevation",
    .version = 1,
    .title = "Threshold elevation",
    .formula = "mean over subjects of max(0, 1 − |e − m| / e), with the elevations m of the model and e of the subject: the "
               "threshold in "
               "the condition over that in the baseline",
    .fields = elevation_fields,
    .n_fields = sizeof elevation_fields / sizeof elevation_fields[0],
    .params_size = sizeof(struct params),
    .model_coords = model_coords,
    .data_coords = data_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = needs,
};

const struct bb_ceiling bb_ceiling_threshold = {
    .name = "threshold",
    .version = 1,
    .title = "Subject against the others",
    .formula = "mean over n draws of the score of one subject’s threshold against the others’",
    .data_coords = data_coords,
    .metrics = of_threshold,
    .compute = compute,
};

const struct bb_ceiling bb_ceiling_threshold_elevation = {
    .name = "threshold_elevation",
    .version = 1,
    .title = "Subject against the others",
    .formula = "mean over n draws of the score of one subject’s elevation against the others’",
    .data_coords = data_coords,
    .metrics = of_elevation,
    .compute = compute,
};
