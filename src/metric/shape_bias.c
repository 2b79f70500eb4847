#include "metric/shape_bias.h"

#include <math.h>

#include "metric/align.h"
#include "metric/cue_match.h"

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct bb_coord *coord;
    const char **shape = NULL, **texture = NULL;
    enum bb_code rc = bb_need_coord(task->model, "choice", BB_THE_MODEL, task->arena, &coord, err);
    if (!rc) rc = bb_cue_of_rows(task, "shape", &shape, err);
    if (!rc) rc = bb_cue_of_rows(task, "texture", &texture, err);
    if (rc) return rc;
    struct bb_groups choice = bb_coord_groups(coord, task->arena);
    size_t n_shape = 0, n_texture = 0;
    for (size_t i = 0; i < choice.n; i++) {
        const char *own = choice.group[i] < 0 ? NULL : choice.name[choice.group[i]];
        if (!own || bb_streq(shape[i], texture[i])) continue;
        n_shape += bb_streq(own, shape[i]);
        n_texture += bb_streq(own, texture[i]);
    }
    size_t n = n_shape + n_texture;
    if (n == 0) return bb_fail(err, BB_ENUMERIC, "none of the %zu choices is the shape or the texture of its image", choice.n);
    result->raw = (double)n_shape / (double)n;
    result->error = sqrt(result->raw * (1 - result->raw) / (double)n);
    result->error_kind = "trial_sem";
    result->n = n;
    return BB_OK;
}

static const char *const model_coords[] = {"choice", NULL};

const struct bb_metric bb_shape_bias = {
    .name = "shape_bias",
    .version = 1,
    .title = "Shape bias",
    .formula = "shape / (shape + texture) decisions, pooled over trials where shape ≠ texture",
    .model_coords = model_coords,
    .score = score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = "for each cue-conflict image, with its shape and its texture, the category that the model chooses, its "
             "probabilities, or the logits of "
             "ImageNet classes",
};
