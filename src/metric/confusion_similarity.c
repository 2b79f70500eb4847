#include "metric/confusion_similarity.h"

#include <math.h>
#include <string.h>

#include "metric/choices.h"
#include "metric/trial_groups.h"
#include "numeric/mt19937.h"
#include "numeric/stats.h"

/* Truth and choice of each row of one side, among the truths of the recording. */
struct side {
    const int32_t *truth, *choice; /* −1: the row does not count; it has no answer */
    size_t n;
};

static enum bb_code read_side(const struct bb_assembly *assembly, const char *whose, const int32_t *item_of_row,
                              const struct bb_truths *truths, struct bb_arena *arena, struct side *out, struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(assembly, "choice", whose, arena, &coord, err);
    if (rc) return rc;
    struct bb_groups groups = bb_coord_groups(coord, arena);
    const int32_t *match = bb_match_names(groups.name, groups.n_groups, truths->name, truths->n, arena);
    int32_t *truth = BB_NEW_ARRAY(arena, groups.n, int32_t), *choice = BB_NEW_ARRAY(arena, groups.n, int32_t);
    for (size_t i = 0; i < groups.n; i++) {
        truth[i] = choice[i] = -1;
        if (item_of_row[i] < 0) continue;
        truth[i] = truths->of_stimulus[item_of_row[i]];
        if (groups.group[i] < 0) continue;
        choice[i] = match[groups.group[i]];
        if (choice[i] < 0)
            return bb_fail(err, BB_EINPUT, "the choice \"%s\" of %s is not a category of the recording, whose first is \"%s\"",
                           groups.name[groups.group[i]], whose, truths->name[0]);
    }
    *out = (struct side){truth, choice, groups.n};
    return BB_OK;
}

/* Adds the rows with keep[group[row]] to counts (k × k). */
static void count(const struct side *side, size_t k, const int32_t *group, const bool *keep, double *counts)
{
    for (size_t i = 0; i < side->n; i++)
        if (side->truth[i] >= 0 && side->choice[i] >= 0 && (!keep || (group[i] >= 0 && keep[group[i]])))
            counts[(size_t)side->truth[i] * k + (size_t)side->choice[i]]++;
}

static double similarity(const double *a, const double *b, size_t k, struct bb_arena *arena)
{
    double *x = BB_NEW_ARRAY(arena, k * k, double), *y = BB_NEW_ARRAY(arena, k * k, double);
    size_t n = 0;
    for (size_t i = 0; i < k * k; i++) {
        if (i / k == i % k) continue;
        x[n] = a[i];
        y[n++] = b[i];
    }
    return bb_pearson(x, y, n);
}

static enum bb_code read_humans(const struct bb_task *task, struct bb_stimuli *stimuli, struct bb_truths *truths,
                                struct side *out, struct bb_err *err)
{
    enum bb_code rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->stimuli ? NULL : task->items, task->arena, stimuli, err);
    if (!rc) rc = bb_truths_of(task->data, BB_THE_RECORDING, stimuli, task->arena, truths, err);
    if (!rc) rc = bb_need_trials(task->data, stimuli, task->arena, err);
    if (!rc) rc = read_side(task->data, BB_THE_RECORDING, stimuli->of_row, truths, task->arena, out, err);
    return rc;
}

/* The truths of the stimuli that the model answers, as numbers of those of the recording: people may have seen other pictures of the same
   categories. */
static enum bb_code read_asked(const struct bb_task *task, const struct bb_truths *human, struct bb_stimuli *stimuli, struct bb_truths *out,
                               struct bb_err *err)
{
    const struct bb_asked asked = bb_asked_of(task);
    struct bb_truths truths;
    enum bb_code rc = bb_stimuli_of(asked.table, asked.whose, task->items, task->arena, stimuli, err);
    if (!rc) rc = bb_truths_of(asked.table, asked.whose, stimuli, task->arena, &truths, err);
    if (rc) return rc;
    const int32_t *match = bb_match_names(truths.name, truths.n, human->name, human->n, task->arena);
    int32_t *of_stimulus = BB_NEW_ARRAY(task->arena, stimuli->n, int32_t);
    for (size_t s = 0; s < stimuli->n; s++) {
        of_stimulus[s] = match[truths.of_stimulus[s]];
        if (of_stimulus[s] < 0)
            return bb_fail(err, BB_EINPUT, "the truth \"%s\" of %s is not a category of the recording, whose first is \"%s\"",
                           truths.name[truths.of_stimulus[s]], asked.whose, human->name[0]);
    }
    *out = (struct bb_truths){of_stimulus, human->name, human->n};
    return BB_OK;
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_stimuli seen, asked;
    struct bb_truths truths, own;
    struct bb_trials trials; /* only for its check that nothing is answered twice */
    struct side human, model;
    const int32_t *item_of_row;
    enum bb_code rc = read_humans(task, &seen, &truths, &human, err);
    if (!rc) rc = read_asked(task, &truths, &asked, &own, err);
    if (!rc) rc = bb_stimuli_match(task, &asked, NULL, &item_of_row, err);
    if (!rc) rc = bb_trials_of(task->model, &asked, item_of_row, "repetition", task->arena, &trials, err);
    if (!rc) rc = read_side(task->model, BB_THE_MODEL, item_of_row, &own, task->arena, &model, err);
    if (rc) return rc;
    size_t k = truths.n;
    double *a = BB_NEW_ARRAY(task->arena, k * k, double), *b = BB_NEW_ARRAY(task->arena, k * k, double);
    bool *answered = BB_NEW_ARRAY(task->arena, asked.n, bool);
    count(&model, k, NULL, NULL, a);
    count(&human, k, NULL, NULL, b);
    for (size_t i = 0; i < model.n; i++) {
        if (item_of_row[i] < 0 || model.choice[i] < 0 || answered[item_of_row[i]]) continue;
        answered[item_of_row[i]] = true;
        result->n++;
    }
    result->raw = similarity(a, b, k, task->arena);
    result->warning = bb_missing_warning(asked.n - result->n, asked.n, "stimuli have no answer", task->arena);
    if (!isnan(result->raw)) return BB_OK;
    return bb_fail(err, BB_ENUMERIC,
                   "the model, or the humans, make no mistakes, or the same number of each: their correlation is not defined");
}

static enum bb_code ceiling(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    enum { SPLITS = 100 };
    (void)metric, (void)params;
    struct bb_stimuli stimuli;
    struct bb_truths truths;
    struct bb_levels subject;
    struct bb_mt19937 mt;
    struct side human;
    enum bb_code rc = read_humans(task, &stimuli, &truths, &human, err);
    if (!rc) rc = bb_need_levels(task, &stimuli, "subject", &subject, err);
    if (rc) return rc;
    if (subject.n < 2)
        return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and a ceiling from halves of the subjects needs two");
    size_t k = truths.n, *order = BB_NEW_ARRAY(task->arena, subject.n, size_t);
    bool *keep[2] = {BB_NEW_ARRAY(task->arena, subject.n, bool), BB_NEW_ARRAY(task->arena, subject.n, bool)};
    double *counts = BB_NEW_ARRAY(task->arena, 2 * k * k, double), value[SPLITS];
    bb_mt19937_seed(&mt, 0);
    for (size_t i = 0; i < SPLITS; i++) {
        bb_mt19937_choice(&mt, subject.n, subject.n / 2, order);
        for (size_t s = 0; s < subject.n; s++) {
            keep[0][order[s]] = s < subject.n / 2;
            keep[1][order[s]] = s >= subject.n / 2;
        }
        memset(counts, 0, 2 * k * k * sizeof *counts);
        for (size_t h = 0; h < 2; h++) count(&human, k, subject.code, keep[h], counts + h * k * k);
        value[i] = similarity(counts, counts + k * k, k, task->arena);
    }
    *result = (struct bb_ceiling_result){
        .value = bb_mean(value, SPLITS), .error = bb_sd(value, SPLITS, 0), .lower = NAN, .error_kind = "split_sd", .n = SPLITS};
    return isnan(result->value)
               ? bb_fail(err, BB_ENUMERIC, "in some half the subjects make no mistakes: a correlation is not defined")
               : BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "truth", "choice", NULL};
static const char *const ceiling_coords[] = {"stimulus_id", "subject", "truth", "choice", NULL};
static const char *const metrics[] = {"confusion_similarity", NULL};

const struct bb_metric bb_confusion_similarity = {
    .name = "confusion_similarity",
    .version = 1,
    .title = "Confusion similarity",
    .formula = "Pearson’s r between the confusion matrices of model and humans, off the diagonal",
    .model_coords = bb_choice_model_coords,
    .data_coords = data_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = BB_CHOICE_NEEDS,
};

const struct bb_ceiling bb_ceiling_confusion_similarity = {
    .name = "confusion_similarity",
    .version = 1,
    .title = "Halves of the subjects",
    .formula = "mean over 100 halves of Pearson’s r between the confusion matrices of a half of the subjects and of the others",
    .data_coords = ceiling_coords,
    .metrics = metrics,
    .compute = ceiling,
};
