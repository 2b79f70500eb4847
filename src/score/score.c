#include "score/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "numeric/blas.h"
#include "score/inputs.h"

struct scoring {
    const struct bb_catalog *catalog;
    struct bb_results *results;
    struct bb_inputs *inputs;
    struct bb_unit_blocks *units;
    bool *takes_part; /* models × nodes: the leaf is in one of the model's domains */
    size_t done;
};

/* --- who takes part ----------------------------------------------------------------------------------------------- */

static const struct bb_output *find_output(const struct bb_model *model, const char *stimuli)
{
    for (size_t i = 0; i < model->n_outputs; i++)
        if (bb_streq(model->output[i].stimuli, stimuli)) return &model->output[i];
    return NULL;
}

/* The target may be the benchmark, a group above it, or its stimulus set. */
static const struct bb_exemption *find_exemption(const struct bb_model *model, const struct bb_tree *tree, const struct bb_node *node)
{
    const char *stimuli = node->stimuli;
    for (size_t i = 0; i < model->n_exemptions; i++)
        if (bb_streq(model->exemption[i].target, stimuli)) return &model->exemption[i];
    for (;; node = &tree->node[node->parent_index]) {
        for (size_t i = 0; i < model->n_exemptions; i++)
            if (bb_streq(model->exemption[i].target, node->id)) return &model->exemption[i];
        if (node->parent_index == BB_NO_NODE) return NULL;
    }
}

/* A model that names its domains takes part in those; any other in the domains of the benchmarks that it answers. */
static bool answers_domain(const struct bb_tree *tree, const struct bb_model *model, const bool *listed, const char *domain)
{
    for (size_t i = 0; i < model->domains.n; i++)
        if (bb_streq(model->domains.text[i], domain)) return true;
    if (model->domains.n) return false;
    for (size_t i = 0; i < tree->n; i++) {
        const struct bb_node *node = &tree->node[i];
        if (!bb_node_is_leaf(node) || !bb_streq(tree->node[node->root].domain, domain)) continue;
        if (find_output(model, node->stimuli) || find_exemption(model, tree, node) || listed[i]) return true;
    }
    return false;
}

/* models × nodes: a score list has the cell. */
static bool *find_listed(const struct bb_results *results, const struct bb_lists *lists)
{
    bool *listed = bb_calloc(results->n_models * results->tree.n + 1, sizeof *listed);
    struct bb_names models;
    bb_names_init(&models);
    for (size_t m = 0; m < results->n_models; m++) bb_names_add(&models, results->model[m].id);
    for (size_t i = 0; i < lists->n; i++) {
        size_t m = bb_names_find(&models, lists->score[i].model);
        if (m != BB_NAMES_NONE) listed[m * results->tree.n + lists->score[i].node] = true;
    }
    bb_names_release(&models);
    return listed;
}

static void find_participants(struct scoring *s, const struct bb_lists *lists)
{
    const struct bb_tree *tree = &s->results->tree;
    bool *listed = find_listed(s->results, lists);
    s->takes_part = bb_calloc(s->results->n_models * tree->n + 1, sizeof *s->takes_part);
    for (size_t m = 0; m < s->results->n_models; m++) {
        bool *row = &s->takes_part[m * tree->n];
        for (size_t i = 0; i < tree->n; i++) {
            size_t root = tree->node[i].root;
            row[i] = i == root ? answers_domain(tree, &s->results->model[m], &listed[m * tree->n], tree->node[i].domain) : row[root];
        }
    }
    free(listed);
}

/* --- benchmarks --------------------------------------------------------------------------------------------------- */

static const char *digest_of_definition(const struct bb_node *node, struct bb_arena *arena)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    char digest[BB_SHA256_TEXT];
    const struct bb_json *part[] = {node->metric_json, node->ceiling_json, node->normalise_json};
    bb_jw_init(&w, &text, 0);
    bb_jw_array(&w);
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        if (part[i]) bb_jw_value(&w, part[i]);
        else bb_jw_null(&w);
    }
    for (size_t i = 0; i < node->clip.n; i++) bb_jw_number(&w, node->clip.number[i]);
    for (size_t i = 0; i < node->data.n; i++) {
        if (node->data.source[i].columns_json) bb_jw_value(&w, node->data.source[i].columns_json);
        if (node->data.source[i].where_json) bb_jw_value(&w, node->data.source[i].where_json);
    }
    bb_jw_array_end(&w);
    bb_sha256_text(text.data, text.len, digest);
    bb_buf_release(&text);
    return bb_arena_printf(arena, "sha256:%s", digest);
}

static const char *missing_coord(const struct bb_assembly *assembly, const char *const *needed)
{
    for (; needed && *needed; needed++) {
        bool there = bb_streq(*needed, "value") ? assembly->value != NULL : bb_assembly_coord(assembly, *needed) != NULL;
        if (!there) return *needed;
    }
    return NULL;
}

/* BB_OK, or the sentence that says which coordinate `whose` lacks. */
static enum bb_code check_coords(const struct bb_assembly *assembly, const char *const *needed, const char *metric, const char *whose,
                                 struct bb_arena *arena, struct bb_err *err)
{
    const char *missing = missing_coord(assembly, needed);
    if (!missing) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s has no coordinate \"%s\", which %s needs; it has %s: add a rule for it to \"columns\"", whose, missing,
                   metric, bb_assembly_coord_names(assembly, arena));
}

static enum bb_code compute_ceiling(const struct bb_node *node, const struct bb_assembly *data, unsigned long seed, struct bb_arena *arena,
                                    struct bb_ceiling_result *out, struct bb_err *err)
{
    struct bb_task task = {.data = data, .params = node->metric_params, .seed = seed, .arena = arena};
    enum bb_code code = BB_OK;
    if (!data) return bb_fail(err, BB_EINPUT, "the ceiling %s needs the recording, and the benchmark names no data", node->ceiling->name);
    code = check_coords(data, node->ceiling->data_coords, node->ceiling->name, "the recording", arena, err);
    if (code != BB_OK) return code;
    return node->ceiling->compute(&task, node->metric, node->ceiling_params, out, err);
}

/* The ceiling, stated or computed; its failure is a fact about the benchmark, and the reason of all its cells. */
static void find_ceiling(struct scoring *s, size_t index, const struct bb_assembly *data)
{
    const struct bb_node *node = &s->results->tree.node[index];
    struct bb_facts *facts = &s->results->facts[index];
    struct bb_arena *arena = s->results->arena;
    if (!node->ceiling) {
        facts->ceiling.value = node->ceiling_value;
        facts->ceiling.error = node->ceiling_error;
        facts->ceiling.lower = node->ceiling_lower;
        if (!isnan(node->ceiling_value)) facts->ceiling_how = "stated";
        return;
    }
    struct bb_arena *scratch = bb_arena_new(0);
    struct bb_ceiling_result ceiling = {.value = (double)NAN, .error = (double)NAN, .lower = (double)NAN};
    struct bb_err err = {0};
    facts->ceiling_how = node->ceiling->name;
    if (compute_ceiling(node, data, (unsigned long)s->catalog->board.options.seed, scratch, &ceiling, &err) != BB_OK)
        facts->ceiling_failure = bb_arena_strdup(arena, err.msg);
    else
        facts->ceiling = ceiling;
    bb_arena_free(scratch);
}

/* --- cells -------------------------------------------------------------------------------------------------------- */

static const char *failure_kind(enum bb_code code)
{
    return code == BB_ENUMERIC ? "numeric" : code == BB_ELIMIT ? "resource" : "input";
}

static void fail_cell(struct bb_cell *cell, struct bb_arena *arena, enum bb_code code, const char *reason)
{
    cell->status = BB_CELL_FAILED;
    cell->kind = failure_kind(code);
    cell->reason = bb_arena_strdup(arena, reason);
}

static void copy_units(const struct bb_units *from, struct bb_units *to, struct bb_arena *arena)
{
    size_t n = from->n[0] * (from->n[1] ? from->n[1] : 1);
    *to = *from;
    if (!from->value) return;
    double *value = BB_NEW_ARRAY(arena, n, double);
    memcpy(value, from->value, n * sizeof *value);
    to->value = value;
    for (size_t a = 0; a < 2 && from->n[a]; a++) {
        const char **label = BB_NEW_ARRAY(arena, from->n[a], const char *);
        for (size_t i = 0; i < from->n[a]; i++) label[i] = bb_arena_strdup(arena, from->label[a][i]);
        to->axis[a] = bb_arena_strdup(arena, from->axis[a]);
        to->label[a] = label;
    }
}

/* The visual angle that the stimuli were shown at must be the benchmark's; an unstated one is said on the cell. */
static enum bb_code check_degrees(const struct bb_node *node, const struct bb_output *output, const char **warning, struct bb_arena *arena,
                                  struct bb_err *err)
{
    if (isnan(node->visual_degrees)) return BB_OK;
    for (size_t i = 0; i < output->sources.n; i++) {
        double degrees = output->sources.source[i].degrees;
        if (isnan(degrees))
            *warning = bb_arena_printf(arena, "the visual angle of the stimuli is not stated; the benchmark asks for %g°", node->visual_degrees);
        else if (fabs(degrees - node->visual_degrees) > 1e-9)
            return bb_fail(err, BB_EINPUT, "the stimuli were shown at %g°, and the benchmark asks for %g°: place them on the screen anew",
                           degrees, node->visual_degrees);
    }
    return BB_OK;
}

static const char *join_warnings(const char *a, const char *b, struct bb_arena *arena)
{
    if (a && b) return bb_arena_printf(arena, "%s; %s", a, b);
    return a || b ? bb_arena_strdup(arena, a ? a : b) : NULL;
}

/* Raw value, ceiling and error into the cell by the node's rule. */
static void finish_cell(struct bb_cell *cell, const struct bb_node *node, const struct bb_metric_result *result, double ceiling,
                        struct bb_arena *arena)
{
    cell->status = BB_CELL_OK;
    cell->raw = result->raw;
    cell->raw_error = result->error;
    cell->error_kind = result->error_kind;
    cell->n = result->n;
    cell->ceiling = ceiling;
    cell->score = bb_node_score(node, result->raw, ceiling);
    cell->error = bb_node_score_error(node, result->raw, ceiling, result->error);
    if (isnan(result->raw)) fail_cell(cell, arena, BB_ENUMERIC, "the metric has no value for these data");
    else if (isnan(cell->score))
        fail_cell(cell, arena, BB_ENUMERIC, bb_arena_printf(arena, "the score is not defined for a ceiling of %g", ceiling));
}

/* One benchmark while it is scored. */
struct leaf {
    size_t index;
    const struct bb_node *node;
    const struct bb_input *data; /* NULL: it needs none */
    struct bb_names items;       /* the stimuli that count, with `use_items` */
    bool use_items;
    struct bb_units *units;      /* per model */
};

static void score_cell(struct scoring *s, struct leaf *leaf, size_t m, const struct bb_output *output, const struct bb_input *input)
{
    struct bb_cell *cell = bb_results_cell(s->results, m, leaf->index);
    struct bb_facts *facts = &s->results->facts[leaf->index];
    struct bb_arena *arena = s->results->arena, *scratch = bb_arena_new(0);
    struct bb_metric_result result = {.raw = (double)NAN, .error = (double)NAN};
    struct bb_err err = {0};
    const char *warning = NULL;
    struct bb_task task = {.model = input->assembly,
                           .data = leaf->data ? leaf->data->assembly : NULL,
                           .params = leaf->node->metric_params,
                           .items = leaf->use_items ? &leaf->items : NULL,
                           .seed = (unsigned long)s->catalog->board.options.seed,
                           .arena = scratch};
    enum bb_code code = check_degrees(leaf->node, output, &warning, scratch, &err);
    if (code == BB_OK)
        code = check_coords(input->assembly, leaf->node->metric->model_coords, leaf->node->metric->name, "the model's output", scratch, &err);
    if (code == BB_OK) code = leaf->node->metric->score(&task, &result, &err);
    if (code != BB_OK) {
        fail_cell(cell, arena, code, err.msg);
    } else {
        finish_cell(cell, leaf->node, &result, facts->ceiling.value, arena);
        copy_units(&result.units, &leaf->units[m], arena);
    }
    cell->warning = join_warnings(warning, result.warning, arena);
    bb_arena_free(scratch);
}

static void decide_cell(struct scoring *s, struct leaf *leaf, size_t m, const struct bb_output *output, const struct bb_input *input)
{
    const struct bb_facts *facts = &s->results->facts[leaf->index];
    const struct bb_exemption *exemption = find_exemption(&s->results->model[m], &s->results->tree, leaf->node);
    struct bb_cell *cell = bb_results_cell(s->results, m, leaf->index);
    struct bb_arena *arena = s->results->arena;
    if (!s->takes_part[m * s->results->tree.n + leaf->index]) return;
    if (exemption) {
        cell->status = BB_CELL_NOT_APPLICABLE;
        cell->reason = exemption->reason;
    } else if (!output) {
        cell->status = BB_CELL_MISSING;
    } else if (leaf->data && leaf->data->code != BB_OK) {
        fail_cell(cell, arena, leaf->data->code, bb_arena_printf(arena, "the benchmark's data cannot be read: %s", leaf->data->public.msg));
    } else if (facts->ceiling_failure) {
        fail_cell(cell, arena, BB_ENUMERIC, bb_arena_printf(arena, "the benchmark has no ceiling: %s", facts->ceiling_failure));
    } else if (input->code != BB_OK) {
        fail_cell(cell, arena, input->code, input->public.msg);
    } else {
        score_cell(s, leaf, m, output, input);
    }
}

/* --- the stimuli that all models answered ------------------------------------------------------------------------- */

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
    bool any = false;
    memset(has, 0, recorded->n * sizeof *has);
    for (size_t i = 0; id && i < id->n; i++) {
        if (id->code[i] < 0 || (model->value && isnan(model->value[i]))) continue;
        size_t at = bb_names_find(recorded, id->level.name[id->code[i]]);
        if (at == BB_NAMES_NONE) continue;
        has[at] = any = true;
    }
    return any;
}

static bool uses_common_items(const struct scoring *s, const struct bb_node *node)
{
    int items = node->items >= 0 ? node->items : s->catalog->board.options.items;
    return node->metric->uses_items && items == BB_ITEMS_COMMON;
}

/* A model that answers nothing of the recording has no say: it fails by itself and takes nothing from the others. */
static void find_items(struct scoring *s, struct leaf *leaf, const struct bb_input *const *input)
{
    const struct bb_series *recorded = leaf->data && leaf->data->assembly ? stimulus_ids(leaf->data->assembly) : NULL;
    if (!recorded) return;
    const struct bb_names *names = &recorded->level;
    bool *has = bb_calloc(names->n + 1, sizeof *has), *common = bb_calloc(names->n + 1, sizeof *common);
    memset(common, true, names->n * sizeof *common);
    for (size_t m = 0; m < s->results->n_models; m++) {
        if (!input[m] || input[m]->code != BB_OK || !s->takes_part[m * s->results->tree.n + leaf->index]) continue;
        if (find_exemption(&s->results->model[m], &s->results->tree, leaf->node)) continue;
        if (!mark_items(input[m]->assembly, names, has)) continue;
        for (size_t i = 0; i < names->n; i++) common[i] = common[i] && has[i];
    }
    for (size_t i = 0; i < names->n; i++)
        if (common[i]) bb_names_add(&leaf->items, names->name[i]);
    leaf->use_items = true;
    free(has);
    free(common);
}

/* --- per-unit values ---------------------------------------------------------------------------------------------- */

/* The units of all models side by side: an axis has every label that some model has, in order of appearance. */
static void collect_units(struct scoring *s, const struct leaf *leaf)
{
    struct bb_results *results = s->results;
    struct bb_units_block block = {.benchmark = leaf->node->id};
    struct bb_names axis[2];
    const char **model = BB_NEW_ARRAY(results->arena, results->n_models, const char *);
    for (size_t a = 0; a < 2; a++) bb_names_init(&axis[a]);
    for (size_t m = 0; m < results->n_models; m++) {
        const struct bb_units *units = &leaf->units[m];
        if (!units->value) continue;
        model[block.n_models++] = results->model[m].id;
        for (size_t a = 0; a < 2 && units->n[a]; a++) {
            block.axis[a].name = units->axis[a];
            for (size_t i = 0; i < units->n[a]; i++) bb_names_add(&axis[a], units->label[a][i]);
        }
    }
    block.model = model;
    block.n_axes = axis[1].n ? 2 : 1;
    size_t row = axis[0].n * (axis[1].n ? axis[1].n : 1);
    if (block.n_models && row) {
        double *value = BB_NEW_ARRAY(results->arena, block.n_models * row, double);
        for (size_t i = 0; i < block.n_models * row; i++) value[i] = (double)NAN;
        for (size_t m = 0, at = 0; m < results->n_models; m++) {
            const struct bb_units *units = &leaf->units[m];
            if (!units->value) continue;
            size_t columns = units->n[1] ? units->n[1] : 1;
            for (size_t i = 0; i < units->n[0]; i++)
                for (size_t j = 0; j < columns; j++) {
                    size_t to = bb_names_find(&axis[0], units->label[0][i]);
                    if (axis[1].n) to = to * axis[1].n + (units->n[1] ? bb_names_find(&axis[1], units->label[1][j]) : 0);
                    value[at * row + to] = units->value[i * columns + j];
                }
            at++;
        }
        block.value = value;
        for (size_t a = 0; a < block.n_axes; a++) {
            const char **label = BB_NEW_ARRAY(results->arena, axis[a].n, const char *);
            for (size_t i = 0; i < axis[a].n; i++) label[i] = bb_arena_strdup(results->arena, axis[a].name[i]);
            block.axis[a].label = label;
            block.axis[a].n = axis[a].n;
        }
        s->units->block = bb_grow(s->units->block, &s->units->cap, s->units->n + 1, sizeof block);
        s->units->block[s->units->n++] = block;
    }
    for (size_t a = 0; a < 2; a++) bb_names_release(&axis[a]);
}

/* --- a stimulus set ----------------------------------------------------------------------------------------------- */

static void read_outputs(struct scoring *s, const char *stimuli, const struct bb_output **output, const struct bb_input **input)
{
    for (size_t m = 0; m < s->results->n_models; m++) {
        output[m] = find_output(&s->results->model[m], stimuli);
        if (!output[m]) continue;
        bb_progress_step(s->done, s->results->model[m].name);
        input[m] = bb_inputs_get(s->inputs, &output[m]->sources);
    }
}

/* Digests of what the models answered go into the results; outputs stand in an array that model and results share. */
static void note_digests(struct scoring *s, const char *stimuli, const struct bb_input *const *input)
{
    for (size_t m = 0; m < s->results->n_models; m++)
        for (size_t i = 0; i < s->results->model[m].n_outputs; i++) {
            struct bb_output *output = &s->results->model[m].output[i];
            if (input[m] && input[m]->code == BB_OK && bb_streq(output->stimuli, stimuli))
                output->digest = bb_arena_strdup(s->results->arena, input[m]->assembly->digest);
        }
}

/* Where nothing of a benchmark is on this machine it is left out of the board, and the results say so. */
static void find_presence(struct scoring *s, struct leaf *leaf, const struct bb_input *const *input)
{
    struct bb_facts *facts = &s->results->facts[leaf->index];
    facts->present = true;
    if (leaf->data && leaf->data->code == BB_EABSENT) {
        facts->present = false;
        facts->absent_reason = bb_arena_strdup(s->results->arena, leaf->data->public.msg);
    }
    if (leaf->data) return;
    const char *reason = NULL;
    for (size_t m = 0; m < s->results->n_models; m++) {
        if (!input[m]) continue;
        if (input[m]->code != BB_EABSENT) return;
        if (!reason) reason = input[m]->public.msg;
    }
    facts->present = false;
    facts->absent_reason = reason ? bb_arena_strdup(s->results->arena, reason) : "no model answers it";
}

static void open_leaf(struct scoring *s, struct leaf *leaf, size_t index)
{
    struct bb_facts *facts = &s->results->facts[index];
    struct bb_arena *arena = s->results->arena;
    leaf->index = index;
    leaf->node = &s->results->tree.node[index];
    leaf->data = leaf->node->data.n ? bb_inputs_get(s->inputs, &leaf->node->data) : NULL;
    leaf->units = BB_NEW_ARRAY(arena, s->results->n_models, struct bb_units);
    bb_names_init(&leaf->items);
    facts->definition_digest = digest_of_definition(leaf->node, arena);
    facts->metric_digest = bb_arena_printf(arena, "%s/%d", leaf->node->metric->name, leaf->node->metric->version);
    if (leaf->data && leaf->data->code == BB_OK) facts->data_digest = bb_arena_strdup(arena, leaf->data->assembly->digest);
}

static void score_leaf(struct scoring *s, struct leaf *leaf, const struct bb_output *const *output, const struct bb_input *const *input)
{
    find_presence(s, leaf, input);
    if (s->results->facts[leaf->index].present) {
        if (!leaf->data || leaf->data->code == BB_OK) find_ceiling(s, leaf->index, leaf->data ? leaf->data->assembly : NULL);
        if (uses_common_items(s, leaf->node)) find_items(s, leaf, input);
        for (size_t m = 0; m < s->results->n_models; m++) decide_cell(s, leaf, m, output[m], input[m]);
        collect_units(s, leaf);
    }
    bb_names_release(&leaf->items);
}

static void score_set(struct scoring *s, const char *stimuli, bool *done)
{
    const struct bb_tree *tree = &s->results->tree;
    const struct bb_output **output = bb_calloc(s->results->n_models + 1, sizeof *output);
    const struct bb_input **input = bb_calloc(s->results->n_models + 1, sizeof *input);
    read_outputs(s, stimuli, output, input);
    note_digests(s, stimuli, input);
    for (size_t i = 0; i < tree->n; i++) {
        if (done[i] || !bb_streq(tree->node[i].stimuli, stimuli)) continue;
        struct leaf leaf = {0};
        bb_progress_step(s->done, tree->node[i].id);
        open_leaf(s, &leaf, i);
        score_leaf(s, &leaf, output, input);
        done[i] = true;
        s->done++;
    }
    bb_inputs_clear(s->inputs);
    free(output);
    free(input);
}

/* --- published scores --------------------------------------------------------------------------------------------- */

/* The board's own rule wherever raw value and ceiling are given; otherwise the score as it was published, with the rule that is stated for it. */
static void list_cell(struct bb_cell *cell, const struct bb_node *node, const struct bb_listed_score *listed, struct bb_arena *arena)
{
    struct bb_metric_result result = {.raw = listed->raw, .error = listed->error, .error_kind = listed->error_kind};
    bool computable = !isnan(listed->raw) && (!isnan(listed->ceiling) || node->normalise == BB_NORMALISE_NONE);
    cell->source = listed->source;
    cell->layer = listed->layer;
    cell->raw = listed->raw;
    cell->ceiling = listed->ceiling;
    if (computable && isnan(listed->score)) {
        finish_cell(cell, node, &result, listed->ceiling, arena);
        return;
    }
    cell->status = isnan(listed->score) ? BB_CELL_MISSING : BB_CELL_OK; /* a row without a score: not run, as on the reference's site */
    cell->score = listed->score;
    cell->error = listed->error;
    cell->error_kind = listed->error_kind;
    cell->rule = listed->rule ? listed->rule : "as published";
}

static void add_listed_scores(struct bb_results *results, const struct bb_lists *lists, const bool *takes_part)
{
    struct bb_names models;
    bb_names_init(&models);
    for (size_t m = 0; m < results->n_models; m++) bb_names_add(&models, results->model[m].id);
    for (size_t i = 0; i < lists->n; i++) {
        const struct bb_listed_score *listed = &lists->score[i];
        size_t m = bb_names_find(&models, listed->model);
        if (m == BB_NAMES_NONE) continue; /* private */
        struct bb_cell *cell = bb_results_cell(results, m, listed->node);
        if (cell->status == BB_CELL_OK || cell->status == BB_CELL_NOT_APPLICABLE) continue;
        results->facts[listed->node].present = true;
        list_cell(cell, &results->tree.node[listed->node], listed, results->arena);
    }
    for (size_t node = 0; node < results->tree.n; node++) {
        if (!results->facts[node].present) continue;
        for (size_t m = 0; m < results->n_models; m++) {
            struct bb_cell *cell = bb_results_cell(results, m, node);
            if (cell->status == BB_CELL_NONE && takes_part[m * results->tree.n + node]) cell->status = BB_CELL_MISSING;
        }
    }
    bb_names_release(&models);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

struct bb_results *bb_score(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_unit_blocks *units)
{
    struct bb_results *results = bb_results_new(catalog);
    struct scoring s = {.catalog = catalog, .results = results, .inputs = bb_inputs_new(options->data), .units = units};
    bool *done = bb_calloc(results->tree.n + 1, sizeof *done);
    size_t n_benchmarks = 0;
    bb_blas_one_thread();
    find_participants(&s, options->lists);
    for (size_t i = 0; i < results->tree.n; i++) {
        done[i] = !results->tree.node[i].metric;
        n_benchmarks += !done[i];
    }
    bb_progress_start("scoring", n_benchmarks);
    for (size_t i = 0; i < results->tree.n; i++)
        if (!done[i]) score_set(&s, results->tree.node[i].stimuli, done);
    bb_progress_end();
    add_listed_scores(results, options->lists, s.takes_part);
    bb_results_aggregate_all(results);
    bb_inputs_free(s.inputs);
    free(s.takes_part);
    free(done);
    return results;
}
