#include "metric/word_correlation.h"

#include <math.h>

#include "base/json.h"
#include "metric/words.h"
#include "numeric/stats.h"

static const struct bb_field fields[] = {
    {.key = "absolute", .kind = BB_FIELD_BOOL, .offset = offsetof(struct bb_word_correlation_params, absolute)},
    {.key = "spill_over",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct bb_word_correlation_params, spill_over),
     .max = BB_SPILL_OVER_MAX},
    {.key = "min_trials",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct bb_word_correlation_params, min_trials),
     .max = 1e9},
};

bb_similarity *bb_word_similarity(const struct bb_metric *metric)
{
    return metric == &bb_spearmanr ? bb_spearman : bb_pearson;
}

static enum bb_code correlate(const struct bb_task *task, const struct bb_metric *metric, double variance_factor,
                              struct bb_metric_result *result, struct bb_err *err)
{
    const struct bb_word_correlation_params *params = task->params;
    struct bb_words words;
    const double *model;
    enum bb_code rc = bb_words_of(task, params->min_trials, &words, err);
    if (!rc) rc = bb_words_model(task, &words, params->spill_over, &model, err);
    if (rc) return rc;
    double r = bb_similarity_of_common(bb_word_similarity(metric), model, words.value, words.stimuli.n, task->arena, &result->n);
    if (result->n < BB_MIN_ITEMS)
        return bb_fail(err, BB_ENUMERIC, "only %zu words have a value of the model and of the recording; a correlation needs %d",
                       result->n, BB_MIN_ITEMS);
    if (isnan(r))
        return bb_fail(err, BB_ENUMERIC, "the values of the %zu words are all the same, in the model or in the recording",
                       result->n);
    result->raw = params->absolute ? fabs(r) : r;
    if (result->n > 3) {
        result->error = (1 - r * r) * sqrt(variance_factor / ((double)result->n - 3));
        result->error_kind = "fisher_z_se";
    }
    result->warning = bb_missing_warning(words.n - result->n, words.n, "words have no value of the model", task->arena);
    return BB_OK;
}

static enum bb_code score_pearsonr(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    return correlate(task, &bb_pearsonr, 1, result, err);
}

static enum bb_code score_spearmanr(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    return correlate(task, &bb_spearmanr, 1.06, result, err);
}

static const char *const coords[] = {"stimulus_id", "value", NULL};

const struct bb_metric bb_pearsonr = {
    .name = "pearsonr",
    .version = 1,
    .title = "Pearson correlation",
    .formula = "r = Σ(x − x̄)(y − ȳ) / (‖x − x̄‖ ‖y − ȳ‖) over items; its sign is kept",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct bb_word_correlation_params),
    .model_coords = coords,
    .data_coords = coords,
    .score = score_pearsonr,
    .uses_items = true,
};

const struct bb_metric bb_spearmanr = {
    .name = "spearmanr",
    .version = 1,
    .title = "Spearman correlation",
    .formula = "ρ = Pearson correlation of the ranks of x and y over items, ties averaged; its sign is kept",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct bb_word_correlation_params),
    .model_coords = coords,
    .data_coords = coords,
    .score = score_spearmanr,
    .uses_items = true,
};
