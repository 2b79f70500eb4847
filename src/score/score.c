#include "score/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "numeric/blas.h"
#include "score/score_int.h"

/* --- what there is ------------------------------------------------------------------------------------------------ */

/* Some benchmark of the tree asks for the stimulus set. */
static bool is_asked_for(const struct bb_tree *tree, const char *stimuli)
{
    for (size_t i = 0; i < tree->n; i++) {
        const struct bb_node *node = &tree->node[i];
        if (node->metric && (bb_streq(node->stimuli, stimuli) || bb_streq(node->fitting_stimuli, stimuli) ||
                             bb_streq(node->pca_stimuli, stimuli)))
            return true;
    }
    return false;
}

static void find_outputs(struct bb_scoring *s)
{
    s->output = BB_NEW_ARRAY(s->arena, s->results->n_models + 1, struct bb_found **);
    for (size_t m = 0; m < s->results->n_models; m++) {
        const struct bb_model *model = &s->results->model[m];
        s->output[m] = BB_NEW_ARRAY(s->arena, model->n_outputs + 1, struct bb_found *);
        for (size_t i = 0; i < model->n_outputs; i++)
            if (is_asked_for(&s->results->tree, model->output[i].stimuli))
                s->output[m][i] = bb_founds_get(s->founds, &model->output[i].sources);
    }
}

struct had {
    const char *url, *sha1;
    bool is_public; /* whatever the rest of the benchmark's data is */
};

/* Of the file that the reason names: a source of the benchmark's data, or a stimulus set. */
static struct had where_to_get(const struct bb_node *node, const char *reason)
{
    const struct bb_sources *const parts[] = {&node->data, &node->data_train, &node->data_stimuli};
    const struct bb_json *sets = node->stimulus_data_json;
    for (size_t p = 0; p < 3; p++)
        for (size_t i = 0; i < parts[p]->n; i++) {
            const struct bb_source *source = &parts[p]->source[i];
            if (source->url && source->file.n && strstr(reason, source->file.text[0]))
                return (struct had){source->url, source->sha1, source->is_public};
        }
    for (size_t i = 0; sets && sets->type == BB_JSON_ARRAY && i < sets->as.list.n; i++) {
        const char *file = bb_json_text(sets->as.list.item[i], "file");
        if (file && strstr(reason, file))
            return (struct had){bb_json_text(sets->as.list.item[i], "url"), bb_json_text(sets->as.list.item[i], "sha1"), false};
    }
    return (struct had){0};
}

/* A file that is not public is asked for there. */
const char *bb_with_address(const struct bb_scoring *s, const struct bb_node *node, const char *reason)
{
    struct had had = where_to_get(node, reason);
    if (!had.url) return reason;
    const char *digest = had.sha1 ? bb_arena_printf(s->arena, " (SHA-1 %s)", had.sha1) : "";
    const char *words = node->access == BB_ACCESS_PRIVATE && !had.is_public ? "it is not public; with access it is to be had from"
                                                                            : "it is to be had from";
    return bb_arena_printf(s->arena, "%s; %s %s%s", reason, words, had.url, digest);
}

/* Where nothing of a benchmark is on this machine it is left out of the board, and the results say so. Data whose digest is
   stated count as here: what was scored from them elsewhere stands. What only readouts are fitted on is missed by the cells that need it. */
static bool find_presence(struct bb_scoring *s, const struct bb_leaf *leaf)
{
    struct bb_facts *facts = &s->results->facts[leaf->index];
    const struct bb_found *data[] = {leaf->data, bb_training_of(leaf, false), leaf->data_stimuli};
    const char *reason = NULL;
    for (size_t i = 0; i < 3; i++)
        if (!reason && data[i] && data[i]->code == BB_EABSENT && !data[i]->have_digest)
            reason = bb_with_address(s, leaf->node, bb_arena_strdup(s->arena, data[i]->public.msg));
    facts->present = !reason;
    facts->absent_reason = reason;
    if (leaf->data || reason) return facts->present;
    for (size_t m = 0; m < s->results->n_models; m++) {
        const struct bb_found *found = bb_output_found(s, m, leaf->node->stimuli);
        if (!found) continue;
        if (found->code != BB_EABSENT || found->have_digest) return true;
        if (!reason) reason = bb_arena_strdup(s->arena, found->public.msg);
    }
    facts->present = false;
    facts->lacks = BB_LACKS_ANSWERS;
    facts->absent_reason = reason ? reason : "no model answers it";
    return false;
}

static bool uses_common_items(const struct bb_scoring *s, const struct bb_node *node)
{
    int items = node->items >= 0 ? node->items : s->catalog->board.options.items;
    return node->metric->uses_items && items == BB_ITEMS_COMMON;
}

static size_t *none_of_each(struct bb_scoring *s)
{
    size_t *list = BB_NEW_ARRAY(s->arena, s->results->n_models + 1, size_t);
    for (size_t m = 0; m < s->results->n_models; m++) list[m] = BB_NONE;
    return list;
}

static void open_leaf(struct bb_scoring *s, size_t index, struct bb_leaf *leaf)
{
    const struct bb_node *node = &s->results->tree.node[index];
    struct bb_facts *facts = &s->results->facts[index];
    *leaf = (struct bb_leaf){.index = index, .node = node, .ceiling = BB_NONE, .oracle = BB_NONE};
    if (node->data.n) leaf->data = bb_founds_get(s->founds, &node->data);
    if (node->data_train.n) leaf->data_train = bb_founds_get(s->founds, &node->data_train);
    if (node->data_stimuli.n) leaf->data_stimuli = bb_founds_get(s->founds, &node->data_stimuli);
    leaf->features = node->metric->score_features && (!node->metric->score || (leaf->data && leaf->data->kind == BB_KIND_ARRAY));
    leaf->cell = none_of_each(s);
    leaf->nested = none_of_each(s);
    leaf->profile = BB_NEW_ARRAY(s->arena, s->results->n_models + 1, size_t *);
    leaf->each = BB_NEW_ARRAY(s->arena, s->results->n_models + 1, size_t *);
    leaf->units = BB_NEW_ARRAY(s->arena, s->results->n_models + 1, struct bb_units);
    facts->definition_digest = bb_definition_digest(node, s->arena);
    facts->metric_digest = bb_arena_printf(s->arena, "%s/%d", node->metric->name, node->metric->version);
}

/* A ceiling that the definition states is known without any data. */
static void note_stated_ceiling(struct bb_facts *facts, const struct bb_node *node)
{
    if (isnan(node->ceiling_value)) return;
    facts->ceiling.value = node->ceiling_value;
    facts->ceiling.error = node->ceiling_error;
    facts->ceiling.lower = node->ceiling_lower;
    facts->ceiling_how = "stated";
}

static void find_leaves(struct bb_scoring *s)
{
    s->leaf = BB_NEW_ARRAY(s->arena, s->results->tree.n + 1, struct bb_leaf);
    for (size_t i = 0; i < s->results->tree.n; i++) {
        const struct bb_node *node = &s->results->tree.node[i];
        note_stated_ceiling(&s->results->facts[i], node);
        if (!node->metric) {
            s->results->facts[i].lacks = node->listed_only ? BB_LACKS_LIST : BB_LACKS_METRIC;
            s->results->facts[i].absent_reason = bb_node_why_not(node, s->arena);
            continue;
        }
        struct bb_leaf *leaf = &s->leaf[s->n_leaves];
        open_leaf(s, i, leaf);
        s->n_leaves += find_presence(s, leaf);
    }
}

/* --- looks -------------------------------------------------------------------------------------------------------- */

static void look_at(struct bb_scoring *s, struct bb_found *found)
{
    if (!found || found->code || (found->have_digest && found->have_look)) return;
    for (size_t i = 0; i < s->n_work; i++)
        if (s->work[i].look == found) return;
    bb_plan_look(s, found);
}

static void look_at_files(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++) {
        const struct bb_node *node = s->leaf[l].node;
        const char *set[] = {node->stimuli, node->fitting_stimuli, node->pca_stimuli};
        look_at(s, s->leaf[l].data);
        look_at(s, s->leaf[l].data_train);
        look_at(s, s->leaf[l].data_stimuli);
        for (size_t m = 0; m < s->results->n_models; m++)
            for (size_t k = 0; k < 3; k++) look_at(s, bb_output_found(s, m, set[k]));
    }
    bb_do_work(s, "looking at files");
}

/* Digests of what was read go into the results; outputs stand in an array that model and results share. */
static void note_digests(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++) {
        const struct bb_leaf *leaf = &s->leaf[l];
        if (leaf->data && leaf->data->have_digest)
            s->results->facts[leaf->index].data_digest = bb_arena_strdup(s->arena, leaf->data->digest);
        const char *set[] = {leaf->node->stimuli, leaf->node->fitting_stimuli, leaf->node->pca_stimuli};
        for (size_t m = 0; m < s->results->n_models; m++)
            for (size_t k = 0; k < 3; k++) {
                const struct bb_found *found = bb_output_found(s, m, set[k]);
                if (!found || !found->have_digest) continue;
                struct bb_output *output = (struct bb_output *)(uintptr_t)bb_find_output(&s->results->model[m], set[k]);
                output->digest = bb_arena_strdup(s->arena, found->digest);
            }
    }
}

/* --- ceilings, oracles -------------------------------------------------------------------------------------------- */

static bool readable(const struct bb_found *found)
{
    return !found || ((!found->code || found->have_digest) && !found->look.resource && !found->look.unreadable);
}

static void find_bounds(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++) {
        const struct bb_leaf *leaf = &s->leaf[l];
        if (!readable(leaf->data) || !readable(bb_training_of(leaf, false)) || !readable(leaf->data_stimuli)) continue;
        size_t ceiling = s->leaf[l].node->ceiling ? bb_plan_ceiling(s, l) : BB_NONE;
        size_t oracle = s->leaf[l].features && s->leaf[l].data ? bb_plan_oracle(s, l) : BB_NONE;
        s->leaf[l].ceiling = ceiling;
        s->leaf[l].oracle = oracle;
    }
    bb_do_work(s, "ceilings");
    bb_make_facts(s);
}

/* Which stimuli are common depends on what every model of the set answered. */
static void find_common_items(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++) {
        struct bb_leaf *leaf = &s->leaf[l];
        leaf->common_items = !leaf->features && uses_common_items(s, leaf->node);
        if (!leaf->common_items) continue;
        struct bb_sha256 *sha = bb_sha256_new();
        char digest[BB_SHA256_TEXT];
        for (size_t m = 0; m < s->results->n_models; m++) {
            const struct bb_found *found = bb_output_found(s, m, leaf->node->stimuli);
            if (!found || !found->have_digest || !s->takes_part[m * s->results->tree.n + leaf->index]) continue;
            if (bb_find_exemption(&s->results->model[m], &s->results->tree, leaf->node)) continue;
            bb_sha256_add(sha, found->content, BB_SHA256_TEXT - 1);
        }
        bb_sha256_finish(sha, digest);
        leaf->set_digest = bb_arena_strdup(s->arena, digest);
    }
}

/* --- published scores --------------------------------------------------------------------------------------------- */

/* The board's own rule wherever raw value and ceiling are given; otherwise the score as it was published, with the rule that
   is stated for it. */
static void list_cell(struct bb_cell *cell, const struct bb_node *node, const struct bb_listed_score *listed,
                      struct bb_arena *arena)
{
    bool computable = !isnan(listed->raw) && (!isnan(listed->ceiling) || node->normalise == BB_NORMALISE_NONE);
    cell->source = listed->source;
    cell->layer = listed->layer;
    cell->raw = listed->raw;
    cell->ceiling = listed->ceiling;
    if (computable && isnan(listed->score)) {
        const struct bb_outcome outcome = {.value = listed->raw, .error = listed->error, .error_kind = listed->error_kind};
        const struct bb_ceiling_result ceiling = {.value = listed->ceiling};
        bb_finish_cell(cell, node, &outcome, &ceiling, arena);
        return;
    }
    cell->status =
        isnan(listed->score) ? BB_CELL_MISSING : BB_CELL_OK; /* a row without a score: not run, as on the reference's site */
    cell->score = listed->score;
    cell->error = listed->error;
    cell->error_kind = listed->error_kind;
    cell->rule = listed->rule ? listed->rule : "as published";
}

/* --all: a benchmark that cannot be scored here counts for every model as one that it was not run on. */
static void count_all(struct bb_results *results, const bool *takes_part)
{
    for (size_t i = 0; i < results->tree.n; i++) {
        if (!bb_node_is_leaf(&results->tree.node[i]) || results->facts[i].present) continue;
        results->facts[i].counted = true;
        for (size_t m = 0; m < results->n_models; m++)
            if (takes_part[m * results->tree.n + i] && !bb_find_exemption(&results->model[m], &results->tree, &results->tree.node[i]))
                bb_results_cell(results, m, i)->status = BB_CELL_MISSING;
    }
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

/* --- what stands by the cache ----------------------------------------------------------------------------------------- */

static bool is_pinned_only(const struct bb_found *found)
{
    return found && found->code == BB_EABSENT && found->have_digest;
}

static void mark_cached(struct bb_scoring *s)
{
    for (size_t l = 0; l < s->n_leaves; l++) {
        const struct bb_leaf *leaf = &s->leaf[l];
        bool data = is_pinned_only(leaf->data) || is_pinned_only(leaf->data_stimuli);
        for (size_t m = 0; m < s->results->n_models; m++) {
            struct bb_cell *cell = bb_results_cell(s->results, m, leaf->index);
            if (cell->status != BB_CELL_OK) continue;
            cell->cached = data || is_pinned_only(bb_training_of(leaf, bb_reads_features(s, leaf, m))) ||
                           is_pinned_only(bb_output_found(s, m, leaf->node->stimuli)) ||
                           is_pinned_only(bb_output_found(s, m, leaf->node->fitting_stimuli));
        }
    }
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

struct bb_results *bb_score(const struct bb_catalog *catalog, const struct bb_score_options *options,
                            struct bb_unit_blocks *units, struct bb_score_counts *counts)
{
    struct bb_results *results = bb_results_new(catalog);
    struct bb_scoring s = {.catalog = catalog,
                           .options = options,
                           .results = results,
                           .units = units,
                           .cache = options->cache,
                           .founds = bb_founds_new(options->data, options->cache, results->arena),
                           .arena = results->arena};
    find_outputs(&s);
    bb_find_participants(&s);
    find_leaves(&s);
    look_at_files(&s);
    note_digests(&s);
    find_bounds(&s);
    find_common_items(&s);
    bb_plan_cells(&s);
    bb_do_work(&s, "scoring");
    bb_plan_chosen_cells(&s);
    bb_do_work(&s, "scoring chosen layers");
    bb_make_cells(&s);
    mark_cached(&s);
    if (s.n_work) results->blas = bb_blas_kernel();
    add_listed_scores(results, options->lists, s.takes_part);
    if (options->all) count_all(results, s.takes_part);
    bb_results_aggregate_all(results);
    if (counts) *counts = (struct bb_score_counts){.computed = s.n_computed, .cached = s.n_work - s.n_computed};
    bb_founds_free(s.founds);
    free(s.takes_part);
    free(s.work);
    return results;
}
