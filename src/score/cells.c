/*
 * From outcomes to cells: who is scored at all, which layer stands for a model, what the score is.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/score_int.h"

/* --- whether a cell is scored at all ------------------------------------------------------------------------------ */

struct gate {
    enum bb_status status; /* OK: it can be scored */
    enum bb_code code;     /* FAILED: why */
    const char *reason, *warning;
};

static struct gate failed(enum bb_code code, const char *reason)
{
    return (struct gate){.status = BB_CELL_FAILED, .code = code, .reason = reason};
}

const char *bb_angle_problem(const struct bb_node *node, const struct bb_source *source, struct bb_arena *arena, bool *wrong)
{
    double asked = node->visual_degrees, shown = source->degrees;
    *wrong = !isnan(asked) && !isnan(shown) && fabs(shown - asked) > 1e-9;
    if (*wrong)
        return bb_arena_printf(arena, "the stimuli were shown at %g°, and the benchmark asks for %g°: place them on the screen anew",
                               shown, asked);
    if (isnan(asked) || !isnan(shown)) return NULL;
    return bb_arena_printf(arena, "the visual angle of the stimuli is not stated; the benchmark asks for %g°", asked);
}

static void check_degrees(const struct bb_node *node, const struct bb_output *output, struct bb_arena *arena, struct gate *gate)
{
    for (size_t i = 0; i < output->sources.n; i++) {
        bool wrong;
        const char *problem = bb_angle_problem(node, &output->sources.source[i], arena, &wrong);
        if (wrong)
            *gate = failed(BB_EINPUT, problem);
        else if (problem)
            gate->warning = problem;
    }
}

bool bb_are_activations(const struct bb_found *found)
{
    return found->kind == BB_KIND_ARRAY && !found->look.code && found->look.n_layers > 0;
}

bool bb_reads_features(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m)
{
    const struct bb_metric *metric = leaf->node->metric;
    const struct bb_found *found = bb_output_found(s, m, leaf->node->stimuli);
    bool either = metric->behavior != BB_BEHAVIOR_NONE || (metric->score_features && !leaf->features);
    if (!either || !found) return leaf->features;
    if (found->kind == BB_KIND_GRAM) return metric->score_features != NULL;
    return bb_are_activations(found);
}

struct bb_found *bb_training_of(const struct bb_leaf *leaf, bool reads_features)
{
    return leaf->node->metric->behavior && !reads_features ? NULL : leaf->data_train;
}

/* The set that a readout is fitted on; NULL: this model needs none. */
static const char *fitting_set(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m)
{
    return bb_training_of(leaf, bb_reads_features(s, leaf, m)) ? leaf->node->fitting_stimuli : NULL;
}

/* A fitting set is as necessary as the stimuli themselves. */
static const char *missing_set(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m)
{
    const char *fitting = fitting_set(s, leaf, m);
    if (!bb_output_found(s, m, leaf->node->stimuli)) return leaf->node->stimuli;
    return fitting && !bb_output_found(s, m, fitting) ? fitting : NULL;
}

static void check_kind(const struct bb_leaf *leaf, const struct bb_found *found, bool features, struct bb_arena *arena,
                       struct gate *gate)
{
    const char *metric = leaf->node->metric->name;
    if (features && found->kind == BB_KIND_TABLE)
        *gate = failed(
            BB_EINPUT,
            bb_arena_printf(
                arena, "%s compares activations, and the model's output is a table: give an HDF5 file of presentation × neuroid",
                metric));
    else if (features && found->kind == BB_KIND_GRAM && leaf->node->metric->needs_features)
        *gate = (struct gate){
            .status = BB_CELL_NOT_APPLICABLE,
            .reason = bb_arena_printf(arena, "%s needs the features themselves, and the model gives Gram matrices", metric)};
    else if (!features && found->kind == BB_KIND_GRAM)
        *gate = failed(BB_EINPUT, bb_arena_printf(arena, "%s compares tables, and the model gives Gram matrices", metric));
    else if (found->look.code && (features || found->look.resource))
        *gate = failed(found->look.resource ? BB_ELIMIT : found->look.code, found->look.reason);
    else if (features && !found->look.n_layers) /* pinned, absent, and never looked at here */
        *gate = failed(BB_EABSENT, found->public.msg);
}

/* Data without which this cell cannot be scored; OK: it is all here. */
static struct gate check_data(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m)
{
    const struct bb_found *data[] = {leaf->data, leaf->data_stimuli, bb_training_of(leaf, bb_reads_features(s, leaf, m))};
    for (size_t i = 0; i < 3; i++) {
        if (!data[i]) continue;
        const char *what = i == 2 && leaf->node->metric->behavior ? "the table of stimuli that its readout is fitted on"
                                                                  : "the benchmark's data";
        if (data[i]->code && !data[i]->have_digest) {
            const char *reason = bb_arena_printf(s->arena, "%s cannot be read: %s", what, data[i]->public.msg);
            return failed(data[i]->code, data[i]->code == BB_EABSENT ? bb_with_address(s, leaf->node, reason) : reason);
        }
        if (data[i]->look.resource || data[i]->look.unreadable)
            return failed(data[i]->look.resource ? BB_ELIMIT : data[i]->look.code,
                          bb_arena_printf(s->arena, "%s cannot be read: %s", what, data[i]->look.reason));
    }
    return (struct gate){.status = BB_CELL_OK};
}

static struct gate gate_of(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m)
{
    const struct bb_node *node = leaf->node;
    const struct bb_model *model = &s->results->model[m];
    const struct bb_facts *facts = &s->results->facts[leaf->index];
    const struct bb_exemption *exemption = bb_find_exemption(model, &s->results->tree, node);
    struct gate gate = {.status = BB_CELL_OK};
    if (!s->takes_part[m * s->results->tree.n + leaf->index]) return (struct gate){.status = BB_CELL_NONE};
    if (exemption) return (struct gate){.status = BB_CELL_NOT_APPLICABLE, .reason = exemption->reason};
    if (missing_set(s, leaf, m)) return (struct gate){.status = BB_CELL_MISSING};
    gate = check_data(s, leaf, m);
    if (gate.status != BB_CELL_OK) return gate;
    if (facts->ceiling_failure) {
        bool resource = leaf->ceiling != BB_NONE && s->work[leaf->ceiling].outcome.resource;
        bool data_failed = bb_starts_with(facts->ceiling_failure, "the benchmark's data");
        return failed(resource ? BB_ELIMIT : BB_ENUMERIC,
                      data_failed ? facts->ceiling_failure
                                  : bb_arena_printf(s->arena, "the benchmark has no ceiling: %s", facts->ceiling_failure));
    }
    const char *sets[] = {node->stimuli, fitting_set(s, leaf, m)};
    for (size_t i = 0; i < 2 && gate.status == BB_CELL_OK; i++) {
        const struct bb_found *found = bb_output_found(s, m, sets[i]);
        if (!found) continue;
        if (found->code && !found->have_digest) return failed(found->code, found->public.msg);
        if (found->code && found->code != BB_EABSENT) return failed(found->code, found->public.msg);
        check_degrees(node, bb_find_output(model, sets[i]), s->arena, &gate);
        if (gate.status == BB_CELL_OK) check_kind(leaf, found, bb_reads_features(s, leaf, m), s->arena, &gate);
    }
    return gate;
}

/* --- the score of an outcome -------------------------------------------------------------------------------------- */

static double part_ceiling(const struct bb_ceiling_result *ceiling, const char *label)
{
    for (size_t i = 0; i < ceiling->parts.n; i++)
        if (bb_streq(ceiling->parts.label[i], label)) return ceiling->parts.value[i];
    return ceiling->parts.n ? (double)NAN : ceiling->value;
}

static double score_of_part(const struct bb_node *rule, const struct bb_outcome *outcome, const struct bb_ceiling_result *ceiling,
                            size_t i)
{
    return bb_node_score(rule, outcome->parts.value[i], part_ceiling(ceiling, outcome->parts.label[i]));
}

/* The rule that parts are scored by. */
static struct bb_node rule_of_parts(const struct bb_node *node)
{
    struct bb_node rule = *node;
    if (!node->metric->clips_parts) rule.clip.n = 0;
    return rule;
}

/* With parts: the mean of their scores, each by its own ceiling, as the reference scores subjects; clipped once, unless each is. */
static double score_of(const struct bb_node *node, const struct bb_outcome *outcome, const struct bb_ceiling_result *ceiling)
{
    if (!outcome->parts.n) return bb_node_score(node, outcome->value, ceiling->value);
    struct bb_node rule = rule_of_parts(node);
    double sum = 0;
    for (size_t i = 0; i < outcome->parts.n; i++) sum += score_of_part(&rule, outcome, ceiling, i);
    double score = sum / (double)outcome->parts.n;
    return node->clip.n == 2 && !isnan(score) ? fmin(fmax(score, node->clip.number[0]), node->clip.number[1]) : score;
}

/* Parts that are splits of one thing (raw's error is their spread) have the spread of their scores; of others nothing is known. */
static double error_of(const struct bb_node *node, const struct bb_outcome *outcome, const struct bb_ceiling_result *ceiling)
{
    if (!outcome->parts.n) return bb_node_score_error(node, outcome->value, ceiling->value, outcome->error);
    if (!bb_streq(outcome->error_kind, "split_sd")) return NAN;
    struct bb_node rule = rule_of_parts(node);
    double sum = 0, squares = 0, n = (double)outcome->parts.n;
    for (size_t i = 0; i < outcome->parts.n; i++) sum += score_of_part(&rule, outcome, ceiling, i);
    for (size_t i = 0; i < outcome->parts.n; i++) {
        double d = score_of_part(&rule, outcome, ceiling, i) - sum / n;
        squares += d * d;
    }
    return sqrt(squares / n);
}

static const char *failure_kind(enum bb_code code, bool resource)
{
    return resource || code == BB_ELIMIT ? "resource" : code == BB_ENUMERIC ? "numeric" : "input";
}

static void fail_cell(struct bb_cell *cell, enum bb_code code, bool resource, const char *reason)
{
    cell->status = BB_CELL_FAILED;
    cell->kind = failure_kind(code, resource);
    cell->reason = reason;
}

/* Raw value, ceiling and error into the cell by the node's rule. */
void bb_finish_cell(struct bb_cell *cell, const struct bb_node *node, const struct bb_outcome *outcome,
                    const struct bb_ceiling_result *ceiling, struct bb_arena *arena)
{
    cell->status = BB_CELL_OK;
    cell->raw = outcome->value;
    cell->raw_error = outcome->error;
    cell->error_kind = outcome->error_kind;
    cell->n = outcome->n;
    cell->ceiling = ceiling->value;
    cell->detail = outcome->detail;
    cell->score = score_of(node, outcome, ceiling);
    cell->error = error_of(node, outcome, ceiling);
    if (outcome->code)
        fail_cell(cell, outcome->code, outcome->resource, outcome->reason);
    else if (isnan(outcome->value))
        fail_cell(cell, BB_ENUMERIC, false, "the metric has no value for these data");
    else if (isnan(cell->score))
        fail_cell(cell, BB_ENUMERIC, false,
                  bb_arena_printf(arena, "the score is not defined for a ceiling of %g", ceiling->value));
}

/* --- layers ------------------------------------------------------------------------------------------------------- */

/* The member of a model's "layers" that says what a benchmark is scored from: the region's, of behaviour "behavior". */
static const char *region_of(const struct bb_node *node)
{
    return node->region || !node->metric || !node->metric->behavior ? node->region : "behavior";
}

/* What a model states for the region of a benchmark, as a list; 0: nothing. */
static size_t stated_layers(const struct bb_model *model, const struct bb_node *node, struct bb_arena *arena,
                            const char *const **out)
{
    const char *region = region_of(node);
    const struct bb_json *stated = model->layers_json && region ? bb_json_member(model->layers_json, region) : NULL;
    if (!stated) return 0;
    size_t n = stated->type == BB_JSON_ARRAY ? stated->as.list.n : 1;
    const char **name = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++) name[i] = stated->type == BB_JSON_ARRAY ? stated->as.list.item[i]->as.text : stated->as.text;
    *out = name;
    return n;
}

static const char *const *layer_names(const struct bb_look *look, struct bb_arena *arena)
{
    const char **name = BB_NEW_ARRAY(arena, look->n_layers + 1, const char *);
    for (size_t i = 0; i < look->n_layers; i++) name[i] = look->layer[i].name;
    return name;
}

/* A sentence when a stated layer is not among those of the output; NULL: all are. A file that names no layers is any layer. */
static const char *unknown_layer(const struct bb_look *look, const char *const *layer, size_t n, const char *region,
                                 struct bb_arena *arena)
{
    const char *const *known = layer_names(look, arena);
    if (look->n_layers == 1 && !*known[0]) return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < look->n_layers && strcmp(known[at], layer[i]) != 0) at++;
        if (at < look->n_layers) continue;
        const char *near = bb_nearest(layer[i], known, look->n_layers);
        return bb_arena_printf(arena, "the model states the layer \"%s\" for %s, and its output has no such layer%s%s%s",
                               layer[i], region, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    return NULL;
}

/* Where layers are chosen for a region: the benchmark that says so, else the reference's, in the order of the tree. */
static bool selects(const struct bb_node *node, const char *region)
{
    static const char *const reference[][2] = {{"V1", "FreemanZiemba2013public.V1-pls"},
                                               {"V2", "FreemanZiemba2013public.V2-pls"},
                                               {"V4", "MajajHong2015public.V4-pls"},
                                               {"IT", "MajajHong2015public.IT-pls"}};
    if (!bb_streq(node->region, region)) return false;
    if (node->selects_layer) return true;
    for (size_t i = 0; i < sizeof reference / sizeof reference[0]; i++)
        if (strcmp(reference[i][0], region) == 0 && strcmp(reference[i][1], node->id) == 0) return true;
    return false;
}

/* The benchmark on which the layer of a model is chosen for another one: BB_NONE where it must be chosen on that one itself. */
static size_t selector_of(const struct bb_scoring *s, size_t leaf, size_t m)
{
    const char *region = s->leaf[leaf].node->region;
    const struct bb_look *look = &bb_output_found(s, m, s->leaf[leaf].node->stimuli)->look;
    if (!region) return BB_NONE;
    for (size_t i = 0; i < s->n_leaves; i++) {
        const struct bb_leaf *other = &s->leaf[i];
        if (!other->features || !selects(other->node, region)) continue;
        struct gate gate = gate_of(s, other, m);
        if (gate.status == BB_CELL_FAILED && gate.code == BB_ELIMIT && i != leaf)
            return i; /* another choice would be another score */
        if (gate.status != BB_CELL_OK) continue;
        if (i == leaf) return BB_NONE;
        const struct bb_look *theirs = &bb_output_found(s, m, other->node->stimuli)->look;
        size_t common = 0;
        for (size_t a = 0; a < look->n_layers; a++)
            for (size_t b = 0; b < theirs->n_layers; b++) common += strcmp(look->layer[a].name, theirs->layer[b].name) == 0;
        if (common) return i;
    }
    return BB_NONE;
}

/* Scores of the layers that were tried; the index of the best (the first of equals), or BB_NONE. */
static size_t best_layer(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m, double *score)
{
    const struct bb_look *look = &bb_output_found(s, m, leaf->node->stimuli)->look;
    size_t best = BB_NONE;
    double most = -(double)INFINITY;
    for (size_t i = 0; i < look->n_layers; i++) {
        const struct bb_outcome *outcome = &s->work[leaf->profile[m][i]].outcome;
        struct bb_node open = *leaf->node;
        open.clip.n = 0; /* two layers that reach 1 are not equal */
        double x = outcome->code ? (double)NAN : score_of(&open, outcome, &s->results->facts[leaf->index].ceiling);
        if (score)
            score[i] = outcome->code ? (double)NAN : score_of(leaf->node, outcome, &s->results->facts[leaf->index].ceiling);
        if (x > most) {
            most = x;
            best = i;
        }
    }
    return best;
}

/*
 * A failure of resources must not choose another layer: where one of the layers was lost to it, nothing is chosen until it is
 * scored. The work that was lost, or BB_NONE.
 */
static size_t lost_layer(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m)
{
    size_t n = leaf->profile[m] ? bb_output_found(s, m, leaf->node->stimuli)->look.n_layers : 0;
    for (size_t i = 0; i < n; i++)
        if (s->work[leaf->profile[m][i]].outcome.resource) return leaf->profile[m][i];
    return BB_NONE;
}

/* Why a benchmark cannot choose a layer this time, though it may the next; NULL: it can. */
static const char *why_choice_is_lost(const struct bb_scoring *s, size_t selector, size_t m)
{
    const struct bb_leaf *leaf = &s->leaf[selector];
    struct gate gate = gate_of(s, leaf, m);
    size_t lost = lost_layer(s, leaf, m);
    if (gate.status == BB_CELL_FAILED && gate.code == BB_ELIMIT) return gate.reason;
    return lost == BB_NONE ? NULL : s->work[lost].outcome.reason;
}

static bool uses_pca(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m)
{
    const struct bb_found *pca = bb_output_found(s, m, leaf->node->pca_stimuli);
    return pca && !pca->code && pca->kind == BB_KIND_ARRAY && bb_output_found(s, m, leaf->node->stimuli)->kind == BB_KIND_ARRAY;
}

static bool nested_wanted(const struct bb_scoring *s)
{
    return s->catalog->board.options.layer_choice == BB_LAYERS_NESTED;
}

static bool in_shard(const struct bb_scoring *s, size_t m)
{
    return !s->options->n_shards || m % s->options->n_shards == s->options->shard;
}

/* Several layers that a model states for a region are recorded side by side in the vision package of the reference; that for
   language scores each and takes the mean. */
static bool scores_layers_one_by_one(const struct bb_scoring *s, const struct bb_leaf *leaf)
{
    return bb_streq(s->results->tree.node[leaf->node->root].domain, "language");
}

/* Where behaviour is read out of a model that does not say where: logits for classes (the layer of that name), else the last layer. */
static const char *const *readout_layer(const struct bb_leaf *leaf, const struct bb_look *look, struct bb_arena *arena)
{
    const char *const *name = layer_names(look, arena);
    for (size_t i = 0; i < look->n_layers && !leaf->node->data_train.n; i++)
        if (strcmp(name[i], "logits") == 0) return &name[i];
    return &name[look->n_layers - 1];
}

static void plan_features(struct bb_scoring *s, size_t l, size_t m)
{
    const struct bb_found *found = bb_output_found(s, m, s->leaf[l].node->stimuli);
    const struct bb_look *look = &found->look;
    const char *const *layer;
    size_t n = stated_layers(&s->results->model[m], s->leaf[l].node, s->arena, &layer);
    bool unnamed = look->n_layers == 1 && !*look->layer[0].name;
    if (n && unknown_layer(look, layer, n, region_of(s->leaf[l].node), s->arena)) return;
    if (!n || unnamed) layer = layer_names(look, s->arena);
    if (n > 1 && !unnamed && scores_layers_one_by_one(s, &s->leaf[l])) {
        s->leaf[l].each[m] = BB_NEW_ARRAY(s->arena, n, size_t);
        for (size_t i = 0; i < n; i++) s->leaf[l].each[m][i] = bb_plan_layer(s, m, l, &layer[i], 1, false);
        s->leaf[l].cell[m] = s->leaf[l].each[m][0];
        return;
    }
    if (n || look->n_layers == 1) {
        s->leaf[l].cell[m] = bb_plan_layer(s, m, l, layer, unnamed || !n ? 1 : n, false);
        return;
    }
    if (s->leaf[l].node->metric->behavior) {
        s->leaf[l].cell[m] = bb_plan_layer(s, m, l, readout_layer(&s->leaf[l], look, s->arena), 1, false);
        return;
    }
    if (selector_of(s, l, m) != BB_NONE) return;
    bool pca = uses_pca(s, &s->leaf[l], m);
    size_t *profile = BB_NEW_ARRAY(s->arena, look->n_layers, size_t);
    for (size_t i = 0; i < look->n_layers; i++) profile[i] = bb_plan_layer(s, m, l, &layer[i], 1, pca);
    s->leaf[l].profile[m] = profile;
}

void bb_plan_cells(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++)
        for (size_t m = 0; m < s->results->n_models; m++) {
            if (gate_of(s, &s->leaf[l], m).status != BB_CELL_OK || !in_shard(s, m)) continue;
            if (bb_reads_features(s, &s->leaf[l], m))
                plan_features(s, l, m);
            else
                s->leaf[l].cell[m] = bb_plan_table(s, m, l);
        }
}

static void plan_chosen(struct bb_scoring *s, size_t l, size_t m)
{
    struct bb_leaf *leaf = &s->leaf[l];
    const struct bb_look *look = &bb_output_found(s, m, leaf->node->stimuli)->look;
    const char *const *layer = layer_names(look, s->arena);
    size_t lost = lost_layer(s, leaf, m);
    if (leaf->cell[m] != BB_NONE) return;
    if (lost != BB_NONE) {
        leaf->cell[m] = lost;
        return;
    }
    if (leaf->profile[m]) {
        size_t best = best_layer(s, leaf, m, NULL);
        if (best == BB_NONE) {
            leaf->cell[m] = leaf->profile[m][0]; /* none has a value: the first says why */
            return;
        }
        size_t cell = uses_pca(s, leaf, m) ? bb_plan_layer(s, m, l, &layer[best], 1, false) : leaf->profile[m][best];
        size_t nested = bb_plan_nested(s, m, l, layer, look->n_layers);
        s->leaf[l].cell[m] = cell;
        s->leaf[l].nested[m] = nested;
        return;
    }
    size_t selector = selector_of(s, l, m);
    if (selector == BB_NONE || !s->leaf[selector].profile[m] || why_choice_is_lost(s, selector, m)) return;
    size_t best = best_layer(s, &s->leaf[selector], m, NULL), at = 0;
    if (best == BB_NONE) return;
    const char *name = bb_output_found(s, m, s->leaf[selector].node->stimuli)->look.layer[best].name;
    while (at < look->n_layers && strcmp(look->layer[at].name, name) != 0) at++;
    if (at == look->n_layers) return;
    size_t cell = bb_plan_layer(s, m, l, &layer[at], 1, false);
    s->leaf[l].cell[m] = cell;
}

void bb_plan_chosen_cells(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++)
        for (size_t m = 0; m < s->results->n_models; m++)
            if (gate_of(s, &s->leaf[l], m).status == BB_CELL_OK && bb_reads_features(s, &s->leaf[l], m) && in_shard(s, m))
                plan_chosen(s, l, m);
}

/* --- into the results --------------------------------------------------------------------------------------------- */

static const char *join_layers(const struct bb_work *work, struct bb_arena *arena)
{
    const char *name = work->n_layers ? work->layer[0] : NULL;
    for (size_t i = 1; i < work->n_layers; i++) name = bb_arena_printf(arena, "%s + %s", name, work->layer[i]);
    return name && *name ? name : NULL;
}

static const char *join_warnings(const char *a, const char *b, struct bb_arena *arena)
{
    if (a && b) return bb_arena_printf(arena, "%s; %s", a, b);
    return a ? a : b;
}

static void put_profile(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m, struct bb_cell *cell)
{
    const struct bb_look *look = &bb_output_found(s, m, leaf->node->stimuli)->look;
    double *score = BB_NEW_ARRAY(s->arena, look->n_layers, double);
    (void)best_layer(s, leaf, m, score);
    cell->layers = BB_NEW_ARRAY(s->arena, look->n_layers, struct bb_layer_score);
    cell->n_layers = look->n_layers;
    for (size_t i = 0; i < look->n_layers; i++) cell->layers[i] = (struct bb_layer_score){look->layer[i].name, score[i]};
}

/* How the layer came to be, and what that means for the score. */
static void put_layer(const struct bb_scoring *s, struct bb_leaf *leaf, size_t m, struct bb_cell *cell)
{
    const struct bb_work *work = &s->work[leaf->cell[m]];
    const struct bb_ceiling_result *ceiling = &s->results->facts[leaf->index].ceiling;
    const char *const *stated;
    cell->layer = join_layers(work, s->arena);
    if (!leaf->profile[m]) {
        bool only = bb_output_found(s, m, leaf->node->stimuli)->look.n_layers == 1;
        cell->layer_choice = stated_layers(&s->results->model[m], leaf->node, s->arena, &stated) ? "stated"
                             : only                                                              ? "only"
                             : leaf->node->metric->behavior                                      ? "last"
                                                                                                 : "selection";
        if (only && !cell->layer) cell->layer_choice = NULL;
        return;
    }
    put_profile(s, leaf, m, cell);
    cell->layer_choice = "same_data";
    if (leaf->nested[m] == BB_NONE) return;
    const struct bb_outcome *nested = &s->work[leaf->nested[m]].outcome;
    if (!nested_wanted(s)) {
        if (!nested->code) cell->optimism = cell->score - score_of(leaf->node, nested, ceiling);
        if (nested->resource)
            cell->warning = join_warnings(
                cell->warning, bb_arena_printf(s->arena, "the optimism of choosing its layer is unknown: %s", nested->reason),
                s->arena);
        return;
    }
    bb_finish_cell(cell, leaf->node, nested, ceiling, s->arena);
    cell->layer_choice = "nested";
    cell->layer = NULL; /* another for each split: `detail` counts them */
    leaf->units[m] = nested->code ? (struct bb_units){0} : nested->units;
}

static const char *why_not_planned(const struct bb_scoring *s, size_t l, size_t m, bool *resource)
{
    const struct bb_leaf *leaf = &s->leaf[l];
    const struct bb_look *look = &bb_output_found(s, m, leaf->node->stimuli)->look;
    const char *const *layer;
    size_t n = stated_layers(&s->results->model[m], leaf->node, s->arena, &layer);
    const char *reason = n ? unknown_layer(look, layer, n, region_of(leaf->node), s->arena) : NULL;
    if (reason) return reason;
    size_t selector = selector_of(s, l, m);
    if (selector == BB_NONE) return "its layer could not be chosen";
    reason = why_choice_is_lost(s, selector, m);
    *resource = reason != NULL;
    if (reason)
        return bb_arena_printf(s->arena, "its layer is chosen on %s, and that was not possible: %s", s->leaf[selector].node->id,
                               reason);
    return bb_arena_printf(
        s->arena, "its layer is chosen on %s, and no layer could be scored there, or the one that was is not in this output",
        s->leaf[selector].node->id);
}

/* The mean of the scores of layers that are scored one by one; one that fails fails the cell. */
static void put_each(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m, struct bb_cell *cell)
{
    const struct bb_ceiling_result *ceiling = &s->results->facts[leaf->index].ceiling;
    const char *const *layer;
    size_t n = stated_layers(&s->results->model[m], leaf->node, s->arena, &layer);
    double raw = 0, score = 0;
    cell->layers = BB_NEW_ARRAY(s->arena, n, struct bb_layer_score);
    cell->layer = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct bb_outcome *outcome = &s->work[leaf->each[m][i]].outcome;
        struct bb_cell one = *cell;
        bb_finish_cell(&one, leaf->node, outcome, ceiling, s->arena);
        if (one.status != BB_CELL_OK) {
            *cell = one;
            return;
        }
        raw += one.raw / (double)n;
        score += one.score / (double)n;
        cell->layers[cell->n_layers++] = (struct bb_layer_score){layer[i], one.score};
        cell->layer = cell->layer ? bb_arena_printf(s->arena, "%s, %s", cell->layer, layer[i]) : layer[i];
    }
    cell->raw = raw;
    cell->score = score;
    cell->raw_error = cell->error = (double)NAN;
    cell->error_kind = NULL;
    cell->layer_choice = "stated";
}

static void make_cell(struct bb_scoring *s, size_t l, size_t m)
{
    struct bb_leaf *leaf = &s->leaf[l];
    struct bb_cell *cell = bb_results_cell(s->results, m, leaf->index);
    struct gate gate = gate_of(s, leaf, m);
    cell->status = gate.status;
    cell->reason = gate.reason;
    if (gate.status == BB_CELL_FAILED) fail_cell(cell, gate.code, false, gate.reason);
    if (gate.status != BB_CELL_OK) return;
    if (leaf->cell[m] == BB_NONE) {
        bool resource = false;
        const char *reason = in_shard(s, m) ? why_not_planned(s, l, m, &resource) : NULL;
        if (reason)
            fail_cell(cell, BB_EINPUT, resource, reason);
        else
            cell->status = BB_CELL_MISSING;
        return;
    }
    const struct bb_outcome *outcome = &s->work[leaf->cell[m]].outcome;
    bb_finish_cell(cell, leaf->node, outcome, &s->results->facts[leaf->index].ceiling, s->arena);
    if (!outcome->code) leaf->units[m] = outcome->units;
    cell->warning = join_warnings(gate.warning, outcome->warning, s->arena);
    if (leaf->each[m])
        put_each(s, leaf, m, cell);
    else if (bb_reads_features(s, leaf, m))
        put_layer(s, leaf, m, cell);
}

void bb_make_cells(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++) {
        for (size_t m = 0; m < s->results->n_models; m++) make_cell(s, l, m);
        bb_collect_units(s, &s->leaf[l]);
    }
}

/* The ceiling that was computed; its failure is a fact about the benchmark, and the reason of all its cells. */
void bb_make_facts(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++) {
        const struct bb_leaf *leaf = &s->leaf[l];
        struct bb_facts *facts = &s->results->facts[leaf->index];
        const struct bb_node *node = leaf->node;
        if (leaf->ceiling != BB_NONE) {
            const struct bb_outcome *c = &s->work[leaf->ceiling].outcome;
            facts->ceiling_how = node->ceiling->name;
            if (c->code)
                facts->ceiling_failure = c->reason;
            else
                facts->ceiling = (struct bb_ceiling_result){.value = c->value,
                                                            .error = c->error,
                                                            .lower = c->lower,
                                                            .error_kind = c->error_kind,
                                                            .n = c->n,
                                                            .parts = c->parts};
        }
        if (leaf->oracle == BB_NONE) continue;
        facts->oracle_failure = s->work[leaf->oracle].outcome.code ? s->work[leaf->oracle].outcome.reason : NULL;
        facts->oracle_raw = s->work[leaf->oracle].outcome.value;
        facts->oracle = score_of(node, &s->work[leaf->oracle].outcome, &facts->ceiling);
    }
}
