#include "metric/split_half_subjects.h"

#include <math.h>

#include "base/json.h"
#include "metric/word_correlation.h"
#include "metric/words.h"
#include "numeric/mt19937.h"
#include "numeric/stats.h"

enum { MEDIAN, MEAN };
static const char *const aggregates[] = {"median", "mean", NULL};

struct params {
    long splits, seed;
    int aggregate;
};

static const struct bb_field fields[] = {
    {.key = "splits", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, splits), .absent = 10, .min = 1, .max = 10000},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .max = 4294967295.},
    {.key = "aggregate",
     .kind = BB_FIELD_CHOICE,
     .offset = offsetof(struct params, aggregate),
     .absent = MEDIAN,
     .choices = aggregates},
};

/* The corrected correlation of a random half with the rest. */
static double one_split(const struct bb_subject_values *subjects, bb_similarity *similarity, struct bb_mt19937 *mt,
                        struct bb_arena *arena)
{
    size_t n = subjects->subject.n, *order = BB_NEW_ARRAY(arena, n, size_t);
    bool *half = BB_NEW_ARRAY(arena, n, bool), *rest = BB_NEW_ARRAY(arena, n, bool);
    double *mean = BB_NEW_ARRAY(arena, 2 * subjects->n_items, double);
    bb_mt19937_choice(mt, n, n / 2, order);
    for (size_t i = 0; i < n; i++) (i < n / 2 ? half : rest)[order[i]] = true;
    bb_subject_mean(subjects, half, BB_NO_SUBJECT, mean);
    bb_subject_mean(subjects, rest, BB_NO_SUBJECT, mean + subjects->n_items);
    return bb_spearman_brown(
        fabs(bb_similarity_of_common(similarity, mean, mean + subjects->n_items, subjects->n_items, arena, NULL)));
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *ceiling_params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    const struct params *params = ceiling_params;
    const struct bb_word_correlation_params *metric_params = task->params;
    struct bb_words words;
    enum bb_code rc = bb_words_of(task, metric_params->min_trials, &words, err);
    if (rc) return rc;
    if (words.subjects.subject.n < 2)
        return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and a ceiling from halves of the subjects needs two");
    size_t n = (size_t)params->splits;
    double *split = BB_NEW_ARRAY(task->arena, n, double);
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, (uint32_t)params->seed);
    for (size_t i = 0; i < n; i++) split[i] = one_split(&words.subjects, bb_word_similarity(metric), &mt, task->arena);
    double value = params->aggregate == MEAN ? bb_mean(split, n) : bb_median(split, n);
    if (isnan(value))
        return bb_fail(err, BB_ENUMERIC,
                       "in some split the halves of the subjects have fewer than %d items in common, or all the same value",
                       BB_MIN_ITEMS);
    *result = (struct bb_ceiling_result){.value = value, .error = bb_sd(split, n, 1), .n = n};
    result->lower = NAN;
    result->error_kind = isnan(result->error) ? NULL : "split_sd";
    return BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "subject", "value", NULL};
static const char *const metrics[] = {"pearsonr", "spearmanr", NULL};

const struct bb_ceiling bb_split_half_subjects = {
    .name = "split_half_subjects",
    .version = 1,
    .title = "Split-half consistency",
    .formula = "median over random halves of the subjects of 2|r| / (1 + |r|)",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
