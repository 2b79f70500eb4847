#include "metric/shape_bias.h"

#include <math.h>

#include "metric/align.h"

/* A coordinate of the model in the numbering of its choices: −1 for what nobody chose, or missing. */
static enum bb_code as_choices(const struct bb_task *task, const char *name, const struct bb_groups *choice, const int32_t **out,
                               struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(task->model, name, BB_THE_MODEL, task->arena, &coord, err);
    if (rc) return rc;
    struct bb_groups groups = bb_coord_groups(coord, task->arena);
    const int32_t *match = bb_match_names(groups.name, groups.n_groups, choice->name, choice->n_groups, task->arena);
    int32_t *code = BB_NEW_ARRAY(task->arena, groups.n, int32_t);
    for (size_t i = 0; i < groups.n; i++) code[i] = groups.group[i] < 0 ? -1 : match[groups.group[i]];
    *out = code;
    return BB_OK;
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct bb_coord *coord;
    const int32_t *shape, *texture;
    enum bb_code rc = bb_need_coord(task->model, "choice", BB_THE_MODEL, task->arena, &coord, err);
    if (rc) return rc;
    struct bb_groups choice = bb_coord_groups(coord, task->arena);
    rc = as_choices(task, "shape", &choice, &shape, err);
    if (!rc) rc = as_choices(task, "texture", &choice, &texture, err);
    if (rc) return rc;
    size_t n_shape = 0, n_texture = 0;
    for (size_t i = 0; i < choice.n; i++) {
        if (choice.group[i] < 0 || shape[i] == texture[i]) continue;
        n_shape += choice.group[i] == shape[i];
        n_texture += choice.group[i] == texture[i];
    }
    size_t n = n_shape + n_texture;
    if (n == 0) return bb_fail(err, BB_ENUMERIC, "none of the %zu choices is the shape or the texture of its image", choice.n);
    result->raw = (double)n_shape / (double)n;
    result->error = sqrt(result->raw * (1 - result->raw) / (double)n);
    result->error_kind = "trial_sem";
    result->n = n;
    return BB_OK;
}

static const char *const model_coords[] = {"choice", "shape", "texture", NULL};

const struct bb_metric bb_shape_bias = {
    .name = "shape_bias",
    .version = 1,
    .title = "Shape bias",
    .formula = "shape / (shape + texture) decisions, pooled over trials where shape ≠ texture",
    .model_coords = model_coords,
    .score = score,
};
