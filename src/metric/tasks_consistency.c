#include "metric/tasks_consistency.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "metric/choices.h"
#include "metric/trial_groups.h"
#include "numeric/mt19937.h"
#include "numeric/stats.h"

struct tasks {
    struct bb_stimuli stimuli; /* that people saw */
    const double *correct;   /* per row */
    struct bb_levels levels; /* the task of each row */
    const char **pair;       /* of each task: "occluder, fewlarge-high" */
};

/* --- names ------------------------------------------------------------------------------------------------------------- */

struct word {
    const char *from, *to;
};

static const struct word manipulations[] = {
    {"clutter", "clutter"}, {"control", "control"}, {"occlusion", "occluder"}, {"scrambling", "phasescrambling"}};

/* What is left of a name: as a whole, or by how it begins and ends. */
static const char *details_of(const char *rest)
{
    static const char *const same[] = {"heavy", "light", "highpass", "lowpass"};
    static const char *const middle[] = {"blobs", "deletion", "partial_viewing"};
    static const struct word size[] = {{"few_large_", "fewlarge"}, {"many_small_", "manysmall"}};
    for (size_t i = 0; i < 4; i++)
        if (bb_streq(rest, same[i])) return same[i];
    for (size_t i = 0; i < 2; i++) {
        if (!bb_starts_with(rest, size[i].from)) continue;
        const char *after = rest + strlen(size[i].from);
        for (size_t m = 0; m < 3; m++) {
            if (!bb_starts_with(after, middle[m])) continue;
            const char *end = after + strlen(middle[m]);
            if (bb_streq(end, "_high")) return i ? "manysmall-high" : "fewlarge-high";
            if (bb_streq(end, "_low")) return i ? "manysmall-low" : "fewlarge-low";
        }
    }
    return "control";
}

/* The pair that a task stands for; the name itself where it follows another scheme. */
static const char *pair_of(const char *task, struct bb_arena *arena)
{
    struct bb_buf rest = BB_BUF_INIT;
    const char *manipulation = NULL, *pair = task;
    bool control = false;
    for (const char *part = task; *part;) {
        size_t len = strcspn(part, "_"), m = 0;
        while (m < 4 && !(strlen(manipulations[m].from) == len && memcmp(manipulations[m].from, part, len) == 0)) m++;
        if (m < 4) {
            control = control || m == 1;
            if (!manipulation) manipulation = manipulations[m].to;
        } else {
            if (rest.len) bb_buf_putc(&rest, '_');
            bb_buf_add(&rest, part, len);
        }
        part += len + (part[len] == '_');
    }
    if (control)
        pair = "control, control";
    else if (manipulation)
        pair = bb_arena_printf(arena, "%s, %s", manipulation, details_of(bb_buf_text(&rest)));
    bb_buf_release(&rest);
    return pair;
}

/* --- accuracies ---------------------------------------------------------------------------------------------------------- */

static enum bb_code read_tasks(const struct bb_task *task, struct tasks *t, struct bb_err *err)
{
    enum bb_code rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->stimuli ? NULL : task->items, task->arena, &t->stimuli, err);
    if (!rc) rc = bb_correct_of_humans(task, &t->stimuli, &t->correct, err);
    if (!rc) rc = bb_need_levels(task, &t->stimuli, "task", &t->levels, err);
    if (!rc) rc = bb_need_trials(task->data, &t->stimuli, task->arena, err);
    if (rc) return rc;
    if (t->levels.n < BB_MIN_ITEMS)
        return bb_fail(err, BB_ENUMERIC, "the recording has %zu tasks, and a correlation over tasks needs %d", t->levels.n,
                       BB_MIN_ITEMS);
    t->pair = BB_NEW_ARRAY(task->arena, t->levels.n, const char *);
    for (size_t k = 0; k < t->levels.n; k++) t->pair[k] = pair_of(t->levels.name[k], task->arena);
    return BB_OK;
}

/* The pair of each stimulus, as their table has it. */
static enum bb_code pairs_of(const struct bb_task *task, const struct bb_stimuli *stimuli, const char *const **out, struct bb_err *err)
{
    const struct bb_coord *a, *b;
    enum bb_code rc = bb_need_coord(task->stimuli, "manipulation", BB_THE_STIMULI, task->arena, &a, err);
    if (!rc) rc = bb_need_coord(task->stimuli, "manipulation_details", BB_THE_STIMULI, task->arena, &b, err);
    if (rc) return rc;
    struct bb_groups first = bb_coord_groups(a, task->arena), second = bb_coord_groups(b, task->arena);
    const char **pair = BB_NEW_ARRAY(task->arena, stimuli->n, const char *);
    for (size_t i = 0; i < stimuli->n_rows; i++)
        if (stimuli->of_row[i] >= 0 && first.group[i] >= 0 && second.group[i] >= 0)
            pair[stimuli->of_row[i]] =
                bb_arena_printf(task->arena, "%s, %s", first.name[first.group[i]], second.name[second.group[i]]);
    *out = pair;
    return BB_OK;
}

/* Which of the stimuli that the model answers are of the pair that the task stands for: as their table says, or where people saw the same, their
   tasks. */
static bool *members(const struct tasks *t, const struct bb_stimuli *asked, const char *const *pair_of_stimulus, size_t task,
                     struct bb_arena *arena)
{
    bool *is = BB_NEW_ARRAY(arena, asked->n, bool);
    for (size_t s = 0; pair_of_stimulus && s < asked->n; s++) is[s] = bb_streq(pair_of_stimulus[s], t->pair[task]);
    for (size_t i = 0; !pair_of_stimulus && i < t->stimuli.n_rows; i++)
        if (t->stimuli.of_row[i] >= 0 && t->levels.code[i] >= 0 && bb_streq(t->pair[t->levels.code[i]], t->pair[task]))
            is[t->stimuli.of_row[i]] = true;
    return is;
}

static enum bb_code read_asked(const struct bb_task *task, struct bb_stimuli *asked, const char *const **pair, const double **right,
                               size_t *n_answered, struct bb_err *err)
{
    const struct bb_asked of = bb_asked_of(task);
    enum bb_code rc = bb_stimuli_of(of.table, of.whose, task->items, task->arena, asked, err);
    if (!rc) rc = bb_correct_of_model(task, &of, asked, right, n_answered, err);
    *pair = NULL;
    return rc || !task->stimuli ? rc : pairs_of(task, asked, pair, err);
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct tasks t = {0};
    struct bb_stimuli asked;
    const char *const *pair;
    const double *model;
    enum bb_code rc = read_tasks(task, &t, err);
    if (!rc) rc = read_asked(task, &asked, &pair, &model, &result->n, err);
    if (rc) return rc;
    const double *human = bb_cell_means(t.correct, t.levels.code, t.stimuli.n_rows, t.levels.n, task->arena);
    double *of_model = BB_NEW_ARRAY(task->arena, t.levels.n, double), *value = BB_NEW_ARRAY(task->arena, asked.n, double);
    for (size_t k = 0; k < t.levels.n; k++) {
        const bool *is = members(&t, &asked, pair, k, task->arena);
        for (size_t s = 0; s < asked.n; s++) value[s] = is[s] ? model[s] : (double)NAN;
        of_model[k] = bb_nan_mean(value, asked.n);
        if (isnan(of_model[k]))
            return bb_fail(err, BB_EINPUT, "the model answers no stimulus of the task \"%s\" (%s)", t.levels.name[k], t.pair[k]);
    }
    result->raw = bb_pearson(of_model, human, t.levels.n);
    result->warning = bb_missing_warning(asked.n - result->n, asked.n, "stimuli have no answer", task->arena);
    result->units = (struct bb_units){.axis = {"task"}, .label = {t.levels.name}, .n = {t.levels.n}, .value = of_model};
    if (!isnan(result->raw)) return BB_OK;
    return bb_fail(err, BB_ENUMERIC,
                   "the model, or the humans, are equally accurate in all tasks: their correlation is not defined");
}

static enum bb_code ceiling(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    enum { SPLITS = 50 };
    (void)metric, (void)params;
    struct tasks t = {0};
    struct bb_mt19937 mt;
    double value[SPLITS];
    enum bb_code rc = read_tasks(task, &t, err);
    if (rc) return rc;
    size_t rows = t.stimuli.n_rows, *order = BB_NEW_ARRAY(task->arena, rows, size_t);
    int32_t *part[2] = {BB_NEW_ARRAY(task->arena, rows, int32_t), BB_NEW_ARRAY(task->arena, rows, int32_t)};
    bb_mt19937_seed(&mt, 0);
    for (size_t i = 0; i < SPLITS; i++) {
        const double *accuracy[2];
        bb_mt19937_permutation(&mt, rows, order);
        for (size_t h = 0; h < 2; h++) {
            for (size_t k = 0; k < rows; k++) part[h][order[k]] = (k < rows / 2) == (h == 0) ? t.levels.code[order[k]] : -1;
            accuracy[h] = bb_cell_means(t.correct, part[h], rows, t.levels.n, task->arena);
        }
        value[i] = bb_similarity_of_common(bb_pearson, accuracy[0], accuracy[1], t.levels.n, task->arena, NULL);
    }
    *result = (struct bb_ceiling_result){
        .value = bb_mean(value, SPLITS), .error = bb_sd(value, SPLITS, 0), .lower = NAN, .error_kind = "split_sd", .n = SPLITS};
    return isnan(result->value)
               ? bb_fail(err, BB_ENUMERIC, "in some half of the trials all tasks have the same accuracy, or are too few")
               : BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "truth", "task", NULL};
static const char *const metrics[] = {"tasks_consistency", NULL};

const struct bb_metric bb_tasks_consistency = {
    .name = "tasks_consistency",
    .version = 1,
    .title = "Tasks consistency",
    .formula = "Pearson’s r over tasks between the accuracies of model and humans",
    .model_coords = bb_choice_model_coords,
    .data_coords = data_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = BB_CHOICE_NEEDS,
};

const struct bb_ceiling bb_ceiling_tasks_consistency = {
    .name = "tasks_consistency",
    .version = 1,
    .title = "Halves of the trials",
    .formula = "mean over 50 halves of the trials of Pearson’s r over tasks between their accuracies",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = ceiling,
};
