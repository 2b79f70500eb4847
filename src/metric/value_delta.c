#include "metric/value_delta.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/trial_groups.h"
#include "numeric/mt19937.h"
#include "numeric/stats.h"

struct params {
    double scale, lapse;
};

static const struct bb_field fields[] = {
    {.key = "scale", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, scale), .min = 0, .max = 1e6},
    {.key = "lapse", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, lapse), .min = 0, .max = .999},
};

static double scale_of(const struct params *params)
{
    return isnan(params->scale) ? 1 : params->scale;
}

static double corrected(const struct params *params, double accuracy)
{
    double lapse = isnan(params->lapse) ? 0 : params->lapse;
    return (accuracy - lapse / 2) / (1 - lapse);
}

static double nearness(const struct params *params, double a, double b)
{
    return fmin(fmax(exp(-scale_of(params) * fabs(a - b)), 0), 1);
}

/* Trials in blocks. Cells are subject × block × number of distractors. */
struct search {
    struct bb_trial_groups groups;
    const int32_t *cell;       /* of each row; −1: it does not count */
    const double *distractors; /* n_sizes, ascending */
    size_t n_sizes, n_subjects;
};

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The distinct numbers of distractors, ascending, and the index of each row's. */
static enum bb_code read_sizes(const struct bb_task *task, const int32_t *block, struct search *search, int32_t *size,
                               struct bb_err *err)
{
    const struct bb_coord *coord;
    const double *number;
    size_t rows = search->groups.stimuli.n_rows, n = 0, kept = 0;
    enum bb_code rc = bb_need_coord(task->data, "distractors", BB_THE_RECORDING, task->arena, &coord, err);
    if (!rc) rc = bb_coord_numbers(coord, BB_THE_RECORDING, task->arena, &number, err);
    if (rc) return rc;
    double *sorted = BB_NEW_ARRAY(task->arena, rows, double);
    for (size_t i = 0; i < rows; i++) {
        if (block[i] < 0) continue;
        if (isnan(number[i])) return bb_fail(err, BB_EINPUT, "row %zu of the recording has no \"distractors\"", i + 1);
        sorted[n++] = number[i];
    }
    qsort(sorted, n, sizeof *sorted, compare_numbers);
    for (size_t i = 0; i < n; i++)
        if (!kept || sorted[i] > sorted[kept - 1]) sorted[kept++] = sorted[i];
    if (kept < 2) return bb_fail(err, BB_EINPUT, "the recording has one number of distractors, and an area needs two");
    for (size_t i = 0; i < rows; i++) {
        size[i] = 0;
        while (block[i] >= 0 && sorted[size[i]] != number[i]) size[i]++;
    }
    search->distractors = sorted;
    search->n_sizes = kept;
    return BB_OK;
}

static enum bb_code read_blocks(const struct bb_task *task, const struct bb_stimuli *stimuli, int32_t *block, struct bb_err *err)
{
    static const char *const name[] = {"first", "second"};
    struct bb_levels levels = bb_levels(bb_assembly_coord(task->data, "block"), stimuli->of_row, stimuli->n_rows, task->arena);
    bool there[2] = {false, false};
    for (size_t i = 0; i < stimuli->n_rows; i++) {
        block[i] = -1;
        for (int32_t b = 0; b < 2 && levels.code[i] >= 0; b++)
            if (bb_streq(levels.name[levels.code[i]], name[b])) block[i] = b;
        if (block[i] >= 0) there[block[i]] = true;
    }
    if (there[0] && there[1]) return BB_OK;
    return bb_fail(err, BB_EINPUT, "no trial of the recording has the \"block\" \"%s\"", name[there[0]]);
}

static enum bb_code read_search(const struct bb_task *task, struct search *search, struct bb_err *err)
{
    enum bb_code rc = bb_trial_groups_of(task, &search->groups, err);
    if (rc) return rc;
    size_t rows = search->groups.stimuli.n_rows;
    int32_t *block = BB_NEW_ARRAY(task->arena, rows, int32_t), *cell = BB_NEW_ARRAY(task->arena, rows, int32_t);
    rc = read_blocks(task, &search->groups.stimuli, block, err);
    if (!rc) rc = read_sizes(task, block, search, cell, err);
    if (rc) return rc;
    search->n_subjects = search->groups.subject.n;
    for (size_t i = 0; i < rows; i++) {
        int32_t s = search->groups.subject.code[i];
        cell[i] = block[i] < 0 || s < 0 ? -1 : (s * 2 + block[i]) * (int32_t)search->n_sizes + cell[i];
    }
    search->cell = cell;
    return BB_OK;
}

/* The area under Δ from accuracies of n subjects (subjects × 2 × sizes). */
static double area(const struct search *search, const struct params *params, const double *accuracy, size_t n,
                   struct bb_arena *arena)
{
    size_t sizes = search->n_sizes;
    double *delta = BB_NEW_ARRAY(arena, sizes, double), *value = BB_NEW_ARRAY(arena, n, double), total = 0;
    for (size_t d = 0; d < sizes; d++)
        for (size_t b = 0; b < 2; b++) {
            for (size_t s = 0; s < n; s++) value[s] = corrected(params, accuracy[(s * 2 + b) * sizes + d]);
            delta[d] += (b ? 1 : -1) * bb_nan_mean(value, n);
        }
    for (size_t d = 0; d + 1 < sizes; d++)
        total += (delta[d] + delta[d + 1]) / 2 * (search->distractors[d + 1] - search->distractors[d]);
    return nearbyint(total * 1e4) / 1e4;
}

/* Of the rows with keep[i] (NULL: all). */
static double human_area(const struct search *search, const struct params *params, const bool *keep, struct bb_arena *arena)
{
    size_t rows = search->groups.stimuli.n_rows;
    int32_t *cell = BB_NEW_ARRAY(arena, rows, int32_t);
    for (size_t i = 0; i < rows; i++) cell[i] = keep && !keep[i] ? -1 : search->cell[i];
    const double *accuracy = bb_cell_means(search->groups.correct, cell, rows, search->n_subjects * 2 * search->n_sizes, arena);
    return area(search, params, accuracy, search->n_subjects, arena);
}

/* The model sees each stimulus once, whoever saw it: cells without the subject. */
static double model_area(const struct search *search, const struct params *params, struct bb_arena *arena)
{
    const struct bb_stimuli *stimuli = &search->groups.stimuli;
    size_t n_cells = 2 * search->n_sizes;
    int32_t *cell = BB_NEW_ARRAY(arena, stimuli->n, int32_t);
    for (size_t s = 0; s < stimuli->n; s++) cell[s] = -1;
    for (size_t i = 0; i < stimuli->n_rows; i++)
        if (stimuli->of_row[i] >= 0 && search->cell[i] >= 0) cell[stimuli->of_row[i]] = search->cell[i] % (int32_t)n_cells;
    return area(search, params, bb_cell_means(search->groups.model, cell, stimuli->n, n_cells, arena), 1, arena);
}

static enum bb_code score_values(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const double *a, *b;
    enum bb_code rc = bb_need_values(task->model, BB_THE_MODEL, &a, err);
    if (!rc) rc = bb_need_values(task->data, BB_THE_RECORDING, &b, err);
    if (rc) return rc;
    result->raw = nearness(task->params, bb_nan_mean(a, task->model->dim[0].size), bb_nan_mean(b, task->data->dim[0].size));
    result->n = task->model->dim[0].size;
    return isnan(result->raw) ? bb_fail(err, BB_ENUMERIC, "one of the two sides has no value") : BB_OK;
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct search search = {0};
    if (!bb_assembly_coord(task->data, "block")) return score_values(task, result, err);
    enum bb_code rc = read_search(task, &search, err);
    if (rc) return rc;
    const struct bb_stimuli *stimuli = &search.groups.stimuli;
    double human = human_area(&search, task->params, NULL, task->arena), model = model_area(&search, task->params, task->arena);
    if (isnan(human))
        return bb_fail(err, BB_ENUMERIC, "the recording has no trials of some number of distractors in one of its blocks");
    if (isnan(model))
        return bb_fail(err, BB_ENUMERIC, "the model answers no stimulus of some number of distractors in one of the blocks");
    result->raw = nearness(task->params, model, human);
    result->n = search.groups.n_answered;
    result->warning = bb_missing_warning(stimuli->n - result->n, stimuli->n, "stimuli have no answer", task->arena);
    result->detail = bb_arena_printf(task->arena, "areas %.4f of the model, %.4f of the humans", model, human);
    return BB_OK;
}

static enum bb_code ceiling(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    enum { SPLITS = 500 };
    (void)metric, (void)params;
    struct search search = {0};
    struct bb_arena *scratch = bb_arena_new(0);
    enum bb_code rc = read_search(task, &search, err);
    size_t rows = search.groups.stimuli.n_rows;
    size_t *order = BB_NEW_ARRAY(task->arena, rows + 1, size_t);
    bool *keep = BB_NEW_ARRAY(task->arena, 2 * rows + 1, bool);
    double *value = BB_NEW_ARRAY(task->arena, SPLITS, double);
    for (size_t i = 0; !rc && i < SPLITS; i++) {
        struct bb_mt19937 mt;
        bb_mt19937_seed(&mt, (uint32_t)i);
        bb_mt19937_permutation(&mt, rows, order);
        for (size_t k = 0; k < rows; k++) {
            keep[order[k]] = k < rows / 2;
            keep[rows + order[k]] = k >= rows / 2;
        }
        value[i] = nearness(task->params, human_area(&search, task->params, keep, scratch),
                            human_area(&search, task->params, keep + rows, scratch));
        bb_arena_free(scratch);
        scratch = bb_arena_new(0);
    }
    bb_arena_free(scratch);
    if (rc) return rc;
    *result = (struct bb_ceiling_result){
        .value = bb_mean(value, SPLITS), .error = bb_sd(value, SPLITS, 0), .lower = NAN, .error_kind = "split_sd", .n = SPLITS};
    return isnan(result->value)
               ? bb_fail(err, BB_ENUMERIC, "some half of the trials has none of some number of distractors in one of the blocks")
               : BB_OK;
}

static const char *const model_coords[] = {"stimulus_id", NULL};
static const char *const data_coords[] = {"stimulus_id", NULL};
static const char *const ceiling_coords[] = {"stimulus_id", "subject", "block", "distractors", NULL};
static const char *const metrics[] = {"value_delta", NULL};

const struct bb_metric bb_value_delta = {
    .name = "value_delta",
    .version = 1,
    .title = "Value delta",
    .formula = "exp(−scale |a − b|), a and b the search asymmetries of model and humans: the area under the difference of "
               "accuracy between two blocks, over the number of distractors",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = model_coords,
    .data_coords = data_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = "for each display the model’s choice (“oddball” or “same”), its probabilities, or activations to the displays and "
             "to those that fit the readout",
};

const struct bb_ceiling bb_ceiling_value_delta = {
    .name = "value_delta",
    .version = 1,
    .title = "Halves of the trials",
    .formula = "mean over 500 splits of the metric between two halves of the trials",
    .data_coords = ceiling_coords,
    .metrics = metrics,
    .compute = ceiling,
};
