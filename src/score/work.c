/*
 * Work in a worker: files are opened here and nowhere else.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/behavior.h"
#include "metric/nested.h"
#include "metric/oracle.h"
#include "numeric/blas.h"
#include "score/inputs.h"
#include "score/score_int.h"
#include "store/reader.h"

struct worker {
    struct bb_scoring *s;
    struct bb_inputs *inputs;
    struct bb_feature_store *features;
    struct bb_names items; /* the stimuli that count for `items_leaf` */
    size_t items_leaf;
};

/* BB_OK, or the sentence that says which coordinate `whose` lacks. */
static enum bb_code check_coords(const struct bb_assembly *assembly, const char *const *needed, const char *metric,
                                 const char *whose, struct bb_arena *arena, struct bb_err *err)
{
    const char *missing = bb_lacking_coord(assembly, needed);
    if (!missing) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s has no coordinate \"%s\", which %s needs; it has %s: %s", whose, missing, metric,
                   bb_assembly_coord_names(assembly, arena), bb_coord_advice(assembly, missing));
}

/* A recording into *out; a failure is the benchmark's. */
static enum bb_code load_data(struct worker *w, const struct bb_found *found, const struct bb_assembly **out, struct bb_err *err)
{
    if (!found) return BB_OK;
    const struct bb_input *input = bb_inputs_get(w->inputs, found);
    *out = input->assembly;
    if (input->code == BB_OK) return BB_OK;
    return bb_fail(err, input->code, "the benchmark's data cannot be read: %s", input->public.msg);
}

static enum bb_code begin_task(struct worker *w, const struct bb_work *work, struct bb_arena *arena, struct bb_task *task,
                               struct bb_err *err)
{
    const struct bb_leaf *leaf = &w->s->leaf[work->leaf];
    *task = (struct bb_task){.params = leaf->node->metric_params,
                             .seed = (unsigned long)w->s->catalog->board.options.seed,
                             .time_bins = leaf->node->time_bin,
                             .n_time_bins = leaf->node->n_time_bins,
                             .arena = arena};
    enum bb_code code = load_data(w, leaf->data, &task->data, err);
    if (!code) code = load_data(w, bb_training_of(leaf, bb_streams_features(work)), &task->data_train, err);
    return code ? code : load_data(w, leaf->data_stimuli, &task->stimuli, err);
}

static void put_result(struct bb_outcome *out, const struct bb_metric_result *result)
{
    out->value = result->raw;
    out->error = result->error;
    out->error_kind = result->error_kind;
    out->n = result->n;
    out->warning = result->warning;
    out->detail = result->detail;
    out->parts = result->parts;
    out->units = result->units;
}

/* --- ceilings and oracles ----------------------------------------------------------------------------------------- */

static enum bb_code do_ceiling(struct worker *w, const struct bb_work *work, struct bb_arena *arena, struct bb_outcome *out,
                               struct bb_err *err)
{
    const struct bb_leaf *leaf = &w->s->leaf[work->leaf];
    const struct bb_node *node = leaf->node;
    struct bb_ceiling_result result = {.value = (double)NAN, .error = (double)NAN, .lower = (double)NAN};
    struct bb_task task;
    if (!leaf->data)
        return bb_fail(err, BB_EINPUT, "the ceiling %s needs the recording, and the benchmark names no data",
                       node->ceiling->name);
    enum bb_code code = begin_task(w, work, arena, &task, err);
    if (!code && !leaf->features)
        code = check_coords(task.data, node->ceiling->data_coords, node->ceiling->name, "the recording", arena, err);
    if (!code) code = node->ceiling->compute(&task, node->metric, node->ceiling_params, &result, err);
    out->value = result.value;
    out->error = result.error;
    out->lower = result.lower;
    out->error_kind = result.error_kind;
    out->n = result.n;
    out->parts = result.parts;
    return code;
}

static enum bb_code do_oracle(struct worker *w, const struct bb_work *work, struct bb_arena *arena, struct bb_outcome *out,
                              struct bb_err *err)
{
    const struct bb_leaf *leaf = &w->s->leaf[work->leaf];
    struct bb_metric_result result = {.raw = (double)NAN, .error = (double)NAN};
    struct bb_task task;
    enum bb_code code = begin_task(w, work, arena, &task, err);
    if (!code) code = bb_oracle_score(&task, leaf->node->metric, &result, err);
    put_result(out, &result);
    out->units = (struct bb_units){0};
    return code;
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

/* The coordinate that tells stimuli apart, as text; NULL: none. */
static const struct bb_series *stimulus_ids(const struct bb_assembly *assembly)
{
    const struct bb_coord *id = bb_assembly_coord(assembly, "stimulus_id");
    return id && id->series.type != BB_TYPE_NUMBER ? &id->series : NULL;
}

/* Marks the stimuli of the recording that the model has a value for; false when there is none. */
static bool mark_items(const struct bb_assembly *model, const struct bb_names *recorded, bool *has)
{
    const struct bb_series *id = stimulus_ids(model);
    bool any = false, values = model->value && model->n_dims == 1;
    memset(has, 0, recorded->n * sizeof *has);
    for (size_t i = 0; id && i < id->n; i++) {
        if (id->code[i] < 0 || (values && isnan(model->value[i]))) continue;
        size_t at = bb_names_find(recorded, id->level.name[id->code[i]]);
        if (at == BB_NAMES_NONE) continue;
        has[at] = any = true;
    }
    return any;
}

/* A model that answers nothing of the recording has no say: it fails by itself and takes nothing from the others. */
static void find_items(struct worker *w, size_t index, const struct bb_assembly *data)
{
    const struct bb_scoring *s = w->s;
    const struct bb_leaf *leaf = &s->leaf[index];
    const struct bb_names *names = &stimulus_ids(data)->level;
    bool *has = bb_calloc(names->n + 1, sizeof *has), *common = bb_calloc(names->n + 1, sizeof *common);
    memset(common, true, names->n * sizeof *common);
    for (size_t m = 0; m < s->results->n_models; m++) {
        struct bb_found *found = bb_output_found(s, m, leaf->node->stimuli);
        if (!found || found->code || !s->takes_part[m * s->results->tree.n + leaf->index]) continue;
        if (bb_find_exemption(&s->results->model[m], &s->results->tree, leaf->node)) continue;
        const struct bb_input *input = bb_inputs_get(w->inputs, found);
        if (input->code || !mark_items(input->assembly, names, has)) continue;
        for (size_t i = 0; i < names->n; i++) common[i] = common[i] && has[i];
    }
    bb_names_release(&w->items);
    bb_names_init(&w->items);
    for (size_t i = 0; i < names->n; i++)
        if (common[i]) bb_names_add(&w->items, names->name[i]);
    w->items_leaf = index;
    free(has);
    free(common);
}

static enum bb_code do_table(struct worker *w, const struct bb_work *work, struct bb_arena *arena, struct bb_outcome *out,
                             struct bb_err *err)
{
    const struct bb_leaf *leaf = &w->s->leaf[work->leaf];
    const struct bb_metric *metric = leaf->node->metric;
    struct bb_metric_result result = {.raw = (double)NAN, .error = (double)NAN};
    struct bb_task task;
    enum bb_code code = begin_task(w, work, arena, &task, err);
    if (code) return code;
    const struct bb_input *input = bb_inputs_get(w->inputs, bb_output_found(w->s, work->model, leaf->node->stimuli));
    if (input->code) return bb_fail(err, input->code, "%s", input->public.msg);
    if (leaf->common_items && task.data && stimulus_ids(task.data)) {
        if (w->items_leaf != work->leaf) find_items(w, work->leaf, task.data);
        task.items = &w->items;
    }
    task.model = input->assembly;
    task.partial = bb_output_is_partial(&w->s->results->model[work->model], leaf->node->stimuli);
    code = check_coords(input->assembly, bb_metric_coords(metric, input->assembly), metric->name, "the model's output", arena, err);
    if (!code) code = bb_behavior_score(metric, &task, &result, err);
    put_result(out, &result);
    return code;
}

/* --- layers ------------------------------------------------------------------------------------------------------- */

static struct bb_features_request request_of(const struct worker *w, const struct bb_work *work, const char *const *layer,
                                             size_t n_layers)
{
    const struct bb_node *node = w->s->leaf[work->leaf].node;
    struct bb_features_request request = {.layer = layer, .n_layers = n_layers};
    request.set[0] = bb_output_found(w->s, work->model, node->stimuli);
    request.set[1] = bb_output_found(w->s, work->model, node->fitting_stimuli);
    if (node->n_time_bins == 1 || (node->n_time_bins && node->metric->over_time)) request.time_bin = node->time_bin[0];
    request.pca = work->pca ? bb_output_found(w->s, work->model, node->pca_stimuli) : NULL;
    return request;
}

static enum bb_code get_features(struct worker *w, const struct bb_features_request *request, const struct bb_features **out,
                                 struct bb_err *err)
{
    enum bb_code code = bb_features_get(w->features, request, out, err);
    if (code && err) bb_founds_make_public(w->s->founds, request->set[0]->sources, err->msg);
    return code;
}

struct moment {
    struct worker *worker;
    const struct bb_features_request *request;
};

static enum bb_code features_at(const struct bb_task *task, const double bin[2], const struct bb_features **out,
                                struct bb_err *err)
{
    const struct moment *moment = task->features_ctx;
    struct bb_features_request request = *moment->request;
    request.time_bin = bin;
    return get_features(moment->worker, &request, out, err);
}

static enum bb_code do_layer(struct worker *w, const struct bb_work *work, struct bb_arena *arena, struct bb_outcome *out,
                             struct bb_err *err)
{
    const struct bb_leaf *leaf = &w->s->leaf[work->leaf];
    struct bb_metric_result result = {.raw = (double)NAN, .error = (double)NAN};
    struct bb_features_request request = request_of(w, work, work->layer, work->n_layers);
    struct bb_task task;
    enum bb_code code = begin_task(w, work, arena, &task, err);
    struct moment moment = {w, &request};
    if (!code && leaf->node->metric->over_time && request.set[0]->look.time_bins > 1) {
        task.features_at = features_at;
        task.features_ctx = &moment;
        if (!request.time_bin)
            code =
                bb_fail(err, BB_EINPUT,
                        "the model's activations change with time, and the benchmark does not state its bins (\"time_bins_ms\")");
    }
    task.partial = bb_output_is_partial(&w->s->results->model[work->model], leaf->node->stimuli);
    if (!code) code = get_features(w, &request, &task.features, err);
    if (!code) code = bb_behavior_score(leaf->node->metric, &task, &result, err);
    put_result(out, &result);
    return code;
}

struct candidates {
    struct worker *worker;
    const struct bb_work *work;
};

static enum bb_code features_of_candidate(void *ctx, size_t layer, const struct bb_features **out, struct bb_err *err)
{
    struct candidates *c = ctx;
    struct bb_features_request request = request_of(c->worker, c->work, &c->work->layer[layer], 1);
    return get_features(c->worker, &request, out, err);
}

static enum bb_code do_nested(struct worker *w, const struct bb_work *work, struct bb_arena *arena, struct bb_outcome *out,
                              struct bb_err *err)
{
    const struct bb_leaf *leaf = &w->s->leaf[work->leaf];
    struct bb_metric_result result = {.raw = (double)NAN, .error = (double)NAN};
    struct candidates candidates = {w, work};
    struct bb_task task;
    enum bb_code code = begin_task(w, work, arena, &task, err);
    if (!code)
        code = bb_nested_score(&task, leaf->node->metric, features_of_candidate, &candidates, work->layer, work->n_layers,
                               &result, err);
    put_result(out, &result);
    return code;
}

/* --- tasks -------------------------------------------------------------------------------------------------------- */

typedef enum bb_code do_work(struct worker *w, const struct bb_work *work, struct bb_arena *arena, struct bb_outcome *out,
                             struct bb_err *err);
static do_work *const doers[] = {[BB_WORK_CEILING] = do_ceiling,
                                 [BB_WORK_ORACLE] = do_oracle,
                                 [BB_WORK_TABLE] = do_table,
                                 [BB_WORK_LAYER] = do_layer,
                                 [BB_WORK_NESTED] = do_nested};

static void run_task(struct worker *w, const struct bb_work *work, struct bb_buf *out)
{
    if (work->kind == BB_WORK_LOOK) {
        bb_found_look(work->look, out);
        return;
    }
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_outcome outcome;
    struct bb_err err = {0};
    bb_outcome_init(&outcome);
    outcome.code = doers[work->kind](w, work, arena, &outcome, &err);
    if (outcome.code) {
        outcome.reason = err.msg;
        outcome.value = (double)NAN;
        outcome.units = (struct bb_units){0};
        outcome.parts = (struct bb_parts){0};
    }
    bb_outcome_write(&outcome, out);
    bb_arena_free(arena);
}

void bb_run_tasks(void *scoring, const size_t *task, size_t n, struct bb_pool_link *link)
{
    struct bb_scoring *s = scoring;
    struct worker w = {.s = s, .items_leaf = BB_NONE};
    struct bb_buf out = {.limit = (size_t)4 << 30};
    bb_blas_one_thread();
    bb_reader_threads(s->threads);
    bb_names_init(&w.items);
    w.inputs = bb_inputs_new(s->founds);
    w.features = bb_feature_store_new(s->cache);
    for (size_t i = 0; i < n; i++) {
        bb_pool_begin(link, task[i]);
        bb_buf_reset(&out);
        run_task(&w, &s->work[task[i]], &out);
        bb_pool_result(link, task[i], out.data, out.len);
    }
    bb_buf_release(&out);
    bb_feature_store_free(w.features);
    bb_inputs_free(w.inputs);
    bb_names_release(&w.items);
}
