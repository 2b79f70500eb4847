#include "metric/next_word.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "metric/align.h"
#include "numeric/stats.h"

/* --- accuracy ------------------------------------------------------------------------------------------------------------ */

static const char SPACES[] = " \t\r\n";

/* Equal but for spaces around. */
static bool same_word(const char *a, const char *b)
{
    a += strspn(a, SPACES);
    b += strspn(b, SPACES);
    size_t n = strlen(a), m = strlen(b);
    while (n > 0 && strchr(SPACES, a[n - 1])) n--;
    while (m > 0 && strchr(SPACES, b[m - 1])) m--;
    return n == m && memcmp(a, b, n) == 0;
}

/* The first row of each stimulus of the recording; its truth must be there. */
static enum bb_code truths_of(const struct bb_task *task, const struct bb_stimuli *stimuli, const char **truth,
                              struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(task->data, "truth", BB_THE_RECORDING, task->arena, &coord, err);
    if (rc) return rc;
    struct bb_groups words = bb_coord_groups(coord, task->arena);
    for (size_t i = 0; i < stimuli->n_rows; i++) {
        if (stimuli->of_row[i] < 0) continue;
        const char *name = stimuli->id[stimuli->of_row[i]];
        if (words.group[i] < 0) return bb_fail(err, BB_EINPUT, "stimulus \"%s\" of the recording has no truth", name);
        if (truth[stimuli->of_row[i]]) return bb_fail(err, BB_EINPUT, "stimulus \"%s\" of the recording has two rows", name);
        truth[stimuli->of_row[i]] = words.name[words.group[i]];
    }
    return BB_OK;
}

static enum bb_code score_words(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_stimuli stimuli;
    struct bb_trials trials; /* only for its check that nothing is answered twice */
    const int32_t *item_of_row;
    const struct bb_coord *choice;
    enum bb_code rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->items, task->arena, &stimuli, err);
    if (rc) return rc;
    const char **truth = BB_NEW_ARRAY(task->arena, stimuli.n, const char *);
    rc = truths_of(task, &stimuli, truth, err);
    if (!rc) rc = bb_need_coord(task->model, "choice", BB_THE_MODEL, task->arena, &choice, err);
    if (!rc) rc = bb_stimuli_match(task, &stimuli, NULL, &item_of_row, err);
    if (!rc) rc = bb_trials_of(task->model, &stimuli, item_of_row, "", task->arena, &trials, err);
    if (rc) return rc;
    struct bb_groups named = bb_coord_groups(choice, task->arena);
    size_t right = 0, answered = 0;
    for (size_t i = 0; i < named.n; i++) {
        if (item_of_row[i] < 0 || named.group[i] < 0) continue;
        answered++;
        right += same_word(named.name[named.group[i]], truth[item_of_row[i]]);
    }
    double p = (double)right / (double)stimuli.n;
    result->raw = p;
    result->error = sqrt(p * (1 - p));
    result->error_kind = "trial_sd";
    result->n = stimuli.n;
    result->warning =
        bb_missing_warning(stimuli.n - answered, stimuli.n, "contexts have no answer, and count as wrong", task->arena);
    return BB_OK;
}

/* --- perplexity ---------------------------------------------------------------------------------------------------------- */

enum { BITS, NATS };
static const char *const units[] = {"bits", "nats", NULL};

struct params {
    int unit;
};

static const struct bb_field fields[] = {
    {.key = "unit", .kind = BB_FIELD_CHOICE, .offset = offsetof(struct params, unit), .choices = units},
};

static enum bb_code score_perplexity(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_assembly *source = task->data ? task->data : task->model;
    struct bb_stimuli stimuli;
    struct bb_trials trials; /* only for its check that nothing is answered twice */
    const int32_t *item_of_row;
    const double *value;
    enum bb_code rc = bb_need_values(task->model, BB_THE_MODEL, &value, err);
    if (!rc) rc = bb_stimuli_of(source, task->data ? BB_THE_RECORDING : BB_THE_MODEL, task->items, task->arena, &stimuli, err);
    if (!rc) rc = bb_stimuli_match(task, &stimuli, NULL, &item_of_row, err);
    if (!rc) rc = bb_trials_of(task->model, &stimuli, item_of_row, "", task->arena, &trials, err);
    if (rc) return rc;
    size_t rows = task->model->dim[0].size, n = 0;
    double *surprisal = BB_NEW_ARRAY(task->arena, rows, double), scale = params->unit == NATS ? 1 : M_LN2;
    for (size_t i = 0; i < rows; i++) {
        if (item_of_row[i] < 0 || isnan(value[i])) continue;
        if (!(value[i] >= 0))
            return bb_fail(err, BB_EINPUT, "the surprisal of word \"%s\" is %g, and a surprisal is not negative",
                           stimuli.id[item_of_row[i]], value[i]);
        surprisal[n++] = scale * value[i];
    }
    if (!n) return bb_fail(err, BB_ENUMERIC, "none of the %zu words has a surprisal", stimuli.n);
    result->raw = exp(bb_mean(surprisal, n));
    result->error = n > 1 ? result->raw * bb_sd(surprisal, n, 1) / sqrt((double)n) : (double)NAN;
    result->error_kind = n > 1 ? "item_sem" : NULL;
    result->n = n;
    result->warning = bb_missing_warning(stimuli.n - n, stimuli.n, "words have no surprisal", task->arena);
    return BB_OK;
}

static const char *const choice_coords[] = {"stimulus_id", "choice", NULL};
static const char *const truth_coords[] = {"stimulus_id", "truth", NULL};
static const char *const value_coords[] = {"stimulus_id", "value", NULL};

const struct bb_metric bb_next_word_accuracy = {
    .name = "next_word_accuracy",
    .version = 1,
    .title = "Next-word accuracy",
    .formula = "share of contexts after which the model names the word that follows",
    .model_coords = choice_coords,
    .data_coords = truth_coords,
    .score = score_words,
    .uses_items = true,
    .needs = "for each context the word that the model expects next; the benchmark has the word that follows",
};

const struct bb_metric bb_perplexity = {
    .name = "perplexity",
    .version = 1,
    .title = "Perplexity",
    .formula = "2 to the mean surprisal of the words, in bits",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = value_coords,
    .score = score_perplexity,
    .uses_items = true,
    .needs = "for each word its surprisal, in bits or nats",
};
