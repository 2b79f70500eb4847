#include "metric/cue_match.h"

#include <math.h>

#include "metric/align.h"

static enum bb_code cue_of_rows(const struct bb_task *task, const char *name, const char ***out, struct bb_err *err)
{
    const struct bb_coord *coord = bb_assembly_coord(task->model, name);
    size_t n = task->model->dim[0].size;
    const char **cue = BB_NEW_ARRAY(task->arena, n, const char *);
    *out = cue;
    if (coord) {
        struct bb_groups groups = bb_coord_groups(coord, task->arena);
        for (size_t i = 0; i < n; i++) cue[i] = groups.group[i] < 0 ? NULL : groups.name[groups.group[i]];
        return BB_OK;
    }
    struct bb_stimuli stimuli;
    const int32_t *level, *item_of_row;
    if (!task->data) return bb_need_coord(task->model, name, BB_THE_MODEL, task->arena, &coord, err);
    enum bb_code rc = bb_need_coord(task->data, name, BB_THE_RECORDING, task->arena, &coord, err);
    if (!rc) rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->items, task->arena, &stimuli, err);
    if (rc) return rc;
    struct bb_levels levels = bb_levels(coord, stimuli.of_row, stimuli.n_rows, task->arena);
    rc = bb_level_of_stimulus(&stimuli, &levels, name, task->arena, &level, err);
    if (!rc) rc = bb_stimuli_match(task, &stimuli, NULL, &item_of_row, err);
    for (size_t i = 0; !rc && i < n; i++)
        cue[i] = item_of_row[i] < 0 || level[item_of_row[i]] < 0 ? NULL : levels.name[level[item_of_row[i]]];
    return rc;
}

/* Each image of the recording is answered; described: once, with a label that is a cue of some image, as the recording describes them. Where
   the model's table says itself what each of its rows shows, it may be pooled trials. */
static enum bb_code check_answers(const struct bb_task *task, const struct bb_groups *choice, bool described, const char **warning,
                                  struct bb_err *err)
{
    static const char *const names[] = {"shape", "texture"};
    struct bb_stimuli stimuli;
    struct bb_trials trials; /* only for its check that nothing is answered twice */
    size_t missing = 0;
    const int32_t *item_of_row, *cue[2] = {NULL, NULL};
    enum bb_code rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->items, task->arena, &stimuli, err);
    if (!rc) rc = bb_stimuli_match(task, &stimuli, NULL, &item_of_row, err);
    if (rc) return rc;
    bool *answered = BB_NEW_ARRAY(task->arena, stimuli.n, bool);
    for (size_t i = 0; i < choice->n; i++)
        if (item_of_row[i] >= 0) answered[item_of_row[i]] = true;
    for (size_t s = 0; s < stimuli.n; s++) missing += !answered[s];
    *warning = bb_missing_warning(missing, stimuli.n, "stimuli have no answer", task->arena);
    if (!described) return BB_OK;
    rc = bb_trials_of(task->model, &stimuli, item_of_row, "", task->arena, &trials, err);
    for (size_t k = 0; !rc && k < 2; k++) {
        const struct bb_coord *coord;
        rc = bb_need_coord(task->data, names[k], BB_THE_RECORDING, task->arena, &coord, err);
        if (rc) return rc;
        struct bb_groups cues = bb_coord_groups(coord, task->arena);
        cue[k] = bb_match_names(choice->name, choice->n_groups, cues.name, cues.n_groups, task->arena);
    }
    for (size_t i = 0; !rc && i < choice->n; i++)
        if (item_of_row[i] >= 0 && choice->group[i] >= 0 && cue[0][choice->group[i]] < 0 && cue[1][choice->group[i]] < 0)
            rc = bb_fail(err, BB_EINPUT, "the choice \"%s\" of the model's output is no shape and no texture of the recording",
                         choice->name[choice->group[i]]);
    return rc;
}

enum bb_code bb_cues_of(const struct bb_task *task, struct bb_cues *out, struct bb_err *err)
{
    const struct bb_coord *coord;
    out->warning = NULL;
    enum bb_code rc = bb_need_coord(task->model, "choice", BB_THE_MODEL, task->arena, &coord, err);
    if (!rc) rc = cue_of_rows(task, "shape", &out->shape, err);
    if (!rc) rc = cue_of_rows(task, "texture", &out->texture, err);
    if (rc) return rc;
    struct bb_groups choice = bb_coord_groups(coord, task->arena);
    bool named = task->data && bb_assembly_coord(task->data, "stimulus_id") && bb_assembly_coord(task->model, "stimulus_id");
    bool described = !bb_assembly_coord(task->model, "shape");
    if ((named || described) && (rc = check_answers(task, &choice, described, &out->warning, err))) return rc;
    out->n = choice.n;
    out->choice = BB_NEW_ARRAY(task->arena, choice.n, const char *);
    for (size_t i = 0; i < choice.n; i++) out->choice[i] = choice.group[i] < 0 ? NULL : choice.name[choice.group[i]];
    return BB_OK;
}

static enum bb_code score(const struct bb_task *task, bool by_shape, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_cues cues;
    enum bb_code rc = bb_cues_of(task, &cues, err);
    if (rc) return rc;
    size_t n = 0, hits = 0;
    for (size_t i = 0; i < cues.n; i++) {
        if (!cues.shape[i] || !cues.texture[i] || bb_streq(cues.shape[i], cues.texture[i])) continue;
        n++;
        hits += cues.choice[i] && bb_streq(cues.choice[i], by_shape ? cues.shape[i] : cues.texture[i]);
    }
    if (!n) return bb_fail(err, BB_ENUMERIC, "none of the %zu answers is to an image whose shape and texture differ", cues.n);
    double p = (double)hits / (double)n;
    result->raw = p;
    result->error = sqrt(p * (1 - p) / (double)n);
    result->error_kind = "trial_sem";
    result->n = n;
    result->warning = cues.warning;
    return BB_OK;
}

static enum bb_code shape_score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    return score(task, true, result, err);
}

static enum bb_code texture_score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    return score(task, false, result, err);
}

#define NEEDS                                                                                                                    \
    "for each cue-conflict image the category that the model chooses, its probabilities, or the logits of ImageNet classes"
static const char *const model_coords[] = {"choice", NULL};

const struct bb_metric bb_shape_match = {
    .name = "shape_match",
    .version = 1,
    .title = "Shape match",
    .formula = "share of images with conflicting cues that are called by their shape",
    .model_coords = model_coords,
    .score = shape_score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = NEEDS,
};

const struct bb_metric bb_texture_match = {
    .name = "texture_match",
    .version = 1,
    .title = "Texture match",
    .formula = "share of images with conflicting cues that are called by their texture",
    .model_coords = model_coords,
    .score = texture_score,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = NEEDS,
};
