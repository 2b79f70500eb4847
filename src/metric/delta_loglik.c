#include "metric/delta_loglik.h"

#include <math.h>

#include "base/json.h"
#include "metric/words.h"
#include "numeric/stats.h"

struct params {
    struct bb_texts baseline, spill_over_baseline;
    long spill_over;
};

static const struct bb_field fields[] = {
    {.key = "baseline", .kind = BB_FIELD_TEXTS, .offset = offsetof(struct params, baseline), .flags = BB_REQUIRED},
    {.key = "spill_over", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, spill_over), .max = BB_SPILL_OVER_MAX},
    {.key = "spill_over_baseline", .kind = BB_FIELD_TEXTS, .offset = offsetof(struct params, spill_over_baseline)},
};

/* Predictors per stimulus of the recording: the baseline's first, then the model's. */
struct predictors {
    const double **column; /* n of them */
    size_t n_baseline, n;
};

/* The coordinates `names` of the word k before each. */
static enum bb_code read_earlier(const struct bb_task *task, const struct bb_words *words, const struct bb_texts *names, long k,
                                 struct predictors *out, struct bb_err *err)
{
    const int32_t *before;
    enum bb_code rc = bb_words_before(task->data, BB_THE_RECORDING, &words->stimuli, k, task->arena, &before, err);
    for (size_t b = 0; !rc && b < names->n; b++) {
        const double *now;
        double *then = BB_NEW_ARRAY(task->arena, words->stimuli.n, double);
        rc = bb_number_of_stimulus(task->data, &words->stimuli, names->text[b], BB_THE_RECORDING, task->arena, &now, err);
        for (size_t s = 0; !rc && s < words->stimuli.n; s++) {
            then[s] = NAN;
            if (before[s] >= 0) then[s] = now[before[s]];
        }
        out->column[out->n++] = then;
    }
    return rc;
}

static enum bb_code read_baseline(const struct bb_task *task, const struct bb_words *words, struct predictors *out,
                                  struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_texts *earlier = params->spill_over_baseline.n ? &params->spill_over_baseline : &params->baseline;
    enum bb_code rc = read_earlier(task, words, &params->baseline, 0, out, err);
    for (long k = 1; !rc && k <= params->spill_over; k++) rc = read_earlier(task, words, earlier, k, out, err);
    out->n_baseline = out->n;
    return rc;
}

static enum bb_code read_predictors(const struct bb_task *task, const struct bb_words *words, struct predictors *out,
                                    struct bb_err *err)
{
    const struct params *params = task->params;
    *out = (struct predictors){
        .column = BB_NEW_ARRAY(task->arena,
                               params->baseline.n + 1 +
                                   (params->baseline.n + params->spill_over_baseline.n + 1) * (size_t)params->spill_over,
                               const double *)};
    enum bb_code rc = read_baseline(task, words, out, err);
    for (long k = 0; !rc && k <= params->spill_over; k++) rc = bb_words_model(task, words, k, &out->column[out->n++], err);
    return rc;
}

/* Stimuli that have a time and every predictor. */
static size_t complete_cases(const struct bb_words *words, const struct predictors *predictors, size_t *stimulus)
{
    size_t n = 0;
    for (size_t s = 0; s < words->stimuli.n; s++) {
        bool complete = !isnan(words->value[s]);
        for (size_t p = 0; complete && p < predictors->n; p++) complete = !isnan(predictors->column[p][s]);
        if (complete) stimulus[n++] = s;
    }
    return n;
}

/* Time and predictors of the complete cases, as bb_ols_loglik takes them. */
struct design {
    double *X, *y;
    size_t n;
};

static struct design design_of(const struct bb_words *words, const struct predictors *predictors, const size_t *stimulus,
                               size_t n, struct bb_arena *arena)
{
    struct design design = {BB_NEW_ARRAY(arena, n * predictors->n, double), BB_NEW_ARRAY(arena, n, double), n};
    for (size_t i = 0; i < n; i++) {
        design.y[i] = words->value[stimulus[i]];
        for (size_t p = 0; p < predictors->n; p++) design.X[p * n + i] = predictors->column[p][stimulus[i]];
    }
    return design;
}

/* Fits the first k predictors. loglik: each word's, −½ (ln 2πσ² + e²/σ²) with its residual e and σ² = RSS/n. false: no finite
   likelihood. */
static bool fit(const struct design *design, size_t k, double *total, double *loglik)
{
    if (!bb_ols_loglik(design->X, design->y, design->n, k, total, loglik)) return false;
    double rss = 0;
    for (size_t i = 0; i < design->n; i++) rss += loglik[i] * loglik[i];
    double variance = rss / (double)design->n;
    for (size_t i = 0; i < design->n; i++) loglik[i] = -.5 * (log(2 * M_PI * variance) + loglik[i] * loglik[i] / variance);
    return true;
}

/* One value per stimulus of the recording, NaN for those that were not compared. */
static struct bb_units units_of(const struct bb_words *words, const size_t *stimulus, const double *value, size_t n,
                                struct bb_arena *arena)
{
    double *unit = BB_NEW_ARRAY(arena, words->stimuli.n, double);
    for (size_t s = 0; s < words->stimuli.n; s++) unit[s] = NAN;
    for (size_t i = 0; i < n; i++) unit[stimulus[i]] = value[i];
    return (struct bb_units){.axis = {"item"}, .label = {words->stimuli.id}, .n = {words->stimuli.n}, .value = unit};
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_words words;
    struct predictors predictors;
    enum bb_code rc = bb_words_of(task, 0, &words, err);
    if (!rc) rc = read_predictors(task, &words, &predictors, err);
    if (rc) return rc;
    size_t *stimulus = BB_NEW_ARRAY(task->arena, words.stimuli.n, size_t);
    size_t n = complete_cases(&words, &predictors, stimulus);
    if (n <= predictors.n + 1)
        return bb_fail(err, BB_ENUMERIC, "only %zu words have a time and all %zu predictors, too few for the regression", n,
                       predictors.n);
    struct design design = design_of(&words, &predictors, stimulus, n, task->arena);
    double without, with, *base = BB_NEW_ARRAY(task->arena, n, double), *gain = BB_NEW_ARRAY(task->arena, n, double);
    if (!fit(&design, predictors.n_baseline, &without, base) || !fit(&design, predictors.n, &with, gain))
        return bb_fail(
            err, BB_ENUMERIC,
            "the regression of %zu words on %zu predictors has no finite likelihood: it fits exactly, or did not converge", n,
            predictors.n);
    for (size_t i = 0; i < n; i++) gain[i] -= base[i];
    result->raw = (with - without) / (double)n;
    result->error = bb_sd(gain, n, 1) / sqrt((double)n);
    result->error_kind = "item_sem";
    result->n = n;
    result->warning = bb_missing_warning(words.n - n, words.n, "words lack a value of the model or a predictor", task->arena);
    result->units = units_of(&words, stimulus, gain, n, task->arena);
    return BB_OK;
}

static const char *const coords[] = {"stimulus_id", "value", NULL};

const struct bb_metric bb_delta_loglik = {
    .name = "delta_loglik",
    .version = 1,
    .title = "Δ log-likelihood",
    .formula = "(ℓ(time ~ baseline + model) − ℓ(time ~ baseline)) / n, Gaussian linear regression, natural logarithm",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = coords,
    .data_coords = coords,
    .score = score,
    .uses_items = true,
};
