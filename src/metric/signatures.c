#include "metric/signatures.h"

#include "base/json.h"
#include "metric/discrimination.h"

struct params {
    bool skipna;
};

static const struct bb_field fields[] = {
    {.key = "skipna", .kind = BB_FIELD_BOOL, .offset = offsetof(struct params, skipna)},
};

static const char *const model_coords[] = {"stimulus_id", "choice", "value", NULL};
static const char *const data_coords[] = {"stimulus_id", "truth", "choice", "dist_obj", NULL};

/* A metric and its ceiling: two functions that know which signature, and two structs. */
#define SIGNATURE(id, what, in_words, ...)                                                                                       \
    static const struct bb_discrimination kind_##id = {__VA_ARGS__};                                                             \
    static enum bb_code score_##id(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)              \
    {                                                                                                                            \
        return bb_discrimination_score(task, &kind_##id, ((const struct params *)task->params)->skipna, result, err);            \
    }                                                                                                                            \
    static enum bb_code ceiling_##id(const struct bb_task *task, const struct bb_metric *metric, const void *params,             \
                                     struct bb_ceiling_result *result, struct bb_err *err)                                       \
    {                                                                                                                            \
        (void)metric, (void)params;                                                                                              \
        return bb_discrimination_ceiling(task, &kind_##id, result, err);                                                         \
    }                                                                                                                            \
    const struct bb_metric bb_##id = {                                                                                           \
        .name = #id,                                                                                                             \
        .version = 1,                                                                                                            \
        .title = what,                                                                                                           \
        .formula = "mean over two halves of the trials of Pearson’s r between " in_words,                                        \
        .fields = fields,                                                                                                        \
        .n_fields = sizeof fields / sizeof fields[0],                                                                            \
        .params_size = sizeof(struct params),                                                                                    \
        .model_coords = model_coords,                                                                                            \
        .data_coords = data_coords,                                                                                              \
        .score = score_##id,                                                                                                     \
        .behavior = BB_BEHAVIOR_PROBABILITIES,                                                                                   \
        .needs =                                                                                                                 \
            "for each stimulus the probability of each object, or activations from which it is read out; of humans, trials "     \
            "with the object shown, the other one offered, and the choice",                                                      \
    };                                                                                                                           \
    static const char *const metrics_##id[] = {#id, NULL};                                                                       \
    const struct bb_ceiling bb_ceiling_##id = {                                                                                  \
        .name = #id,                                                                                                             \
        .version = 1,                                                                                                            \
        .title = "Halves of the trials",                                                                                         \
        .formula = "for each of the two splits, Pearson’s r between the same of one half of the trials and of the other",        \
        .data_coords = data_coords,                                                                                              \
        .metrics = metrics_##id,                                                                                                 \
        .compute = ceiling_##id,                                                                                                 \
    };

SIGNATURE(i1, "Image-level performance (I1)", "d′ of each image, averaged over distractors", .unit = BB_BY_IMAGE,
          .collapse = true)
SIGNATURE(i1n, "Image-level performance within objects (I1n)",
          "d′ of each image, averaged over distractors, less the mean of its object", .unit = BB_BY_IMAGE, .collapse = true,
          .normalise = true)
SIGNATURE(i2, "Image-by-distractor performance (I2)", "d′ of each image against each distractor", .unit = BB_BY_IMAGE)
SIGNATURE(i2n, "Image-by-distractor performance within objects (I2n)",
          "d′ of each image against each distractor, less the mean of its object", .unit = BB_BY_IMAGE, .normalise = true)
SIGNATURE(o1, "Object-level performance (O1)", "d′ of each object, averaged over distractors", .unit = BB_BY_OBJECT,
          .collapse = true)
SIGNATURE(o2, "Object-by-distractor performance (O2)", "d′ of each pair of objects", .unit = BB_BY_OBJECT)
