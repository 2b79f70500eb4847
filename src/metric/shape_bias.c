#include "metric/shape_bias.h"

#include <math.h>

#include "metric/cue_match.h"

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_cues cues;
    enum bb_code rc = bb_cues_of(task, &cues, err);
    if (rc) return rc;
    size_t n_shape = 0, n_texture = 0;
    for (size_t i = 0; i < cues.n; i++) {
        if (!cues.choice[i] || bb_streq(cues.shape[i], cues.texture[i])) continue;
        n_shape += bb_streq(cues.choice[i], cues.shape[i]);
        n_texture += bb_streq(cues.choice[i], cues.texture[i]);
    }
    size_t n = n_shape + n_texture;
    if (n == 0) return bb_fail(err, BB_ENUMERIC, "none of the %zu choices is the shape or the texture of its image", cues.n);
    result->raw = (double)n_shape / (double)n;
    result->error = sqrt(result->raw * (1 - result->raw) / (double)n);
    result->error_kind = "trial_sem";
    result->n = n;
    result->warning = cues.warning;
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
