#include "score/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "score/visible.h"

#define SCHEMA "brainboard/scores/1"

const char *const bb_status_names[BB_N_STATUS] = {"none", "ok", "failed", "missing", "not_applicable"};
/* the same for a field table, which wants an end */
static const char *const status_choices[] = {"none", "ok", "failed", "missing", "not_applicable", NULL};

/* --- making ------------------------------------------------------------------------------------------------------- */

static void empty_tables(struct bb_results *results)
{
    size_t n = results->n_models * results->tree.n;
    results->facts = BB_NEW_ARRAY(results->arena, results->tree.n, struct bb_facts);
    results->cell = BB_NEW_ARRAY(results->arena, n, struct bb_cell);
    results->aggregate = BB_NEW_ARRAY(results->arena, n, struct bb_aggregate);
    for (size_t i = 0; i < n; i++) {
        struct bb_cell *cell = &results->cell[i];
        cell->raw = cell->ceiling = cell->score = cell->raw_error = cell->error = cell->optimism = (double)NAN;
        cell->interval[0] = cell->interval[1] = (double)NAN;
        results->aggregate[i].score = (double)NAN;
        results->aggregate[i].interval[0] = results->aggregate[i].interval[1] = (double)NAN;
    }
    for (size_t i = 0; i < results->tree.n; i++) {
        struct bb_ceiling_result *ceiling = &results->facts[i].ceiling;
        ceiling->value = ceiling->error = ceiling->lower = (double)NAN;
        results->facts[i].oracle = results->facts[i].oracle_raw = (double)NAN;
    }
}

struct bb_results *bb_results_empty(const struct bb_board *board, const struct bb_model *model, size_t n_models,
                                    const struct bb_tree *tree, struct bb_arena *arena)
{
    struct bb_results *results = BB_NEW(arena, struct bb_results);
    results->arena = arena;
    results->board = *board;
    results->tree = *tree;
    results->model = model;
    results->n_models = n_models;
    empty_tables(results);
    return results;
}

struct bb_results *bb_results_new(const struct bb_catalog *catalog)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_model *model = BB_NEW_ARRAY(arena, catalog->n_models, struct bb_model);
    size_t n_models =
        bb_visible_models(catalog->model, catalog->n_models, bb_visible_date(&catalog->board, arena), false, model, NULL);
    return bb_results_empty(&catalog->board, model, n_models, &catalog->tree, arena);
}

void bb_results_free(struct bb_results *results)
{
    if (results) bb_arena_free(results->arena);
}

/* --- what a table shows ------------------------------------------------------------------------------------------- */

bool bb_results_node_shown(const struct bb_results *results, size_t node)
{
    const struct bb_tree *tree = &results->tree;
    if (bb_node_is_leaf(&tree->node[node])) return results->facts[node].present || results->facts[node].counted;
    for (size_t c = 0; c < tree->node[node].n_children; c++)
        if (bb_results_node_shown(results, tree->child[tree->node[node].first_child + c])) return true;
    return false;
}

static bool has_result_below(const struct bb_results *results, size_t model, size_t node)
{
    const struct bb_tree *tree = &results->tree;
    if (bb_node_is_leaf(&tree->node[node])) {
        enum bb_status status = bb_results_cell(results, model, node)->status;
        return status == BB_CELL_OK || status == BB_CELL_FAILED;
    }
    for (size_t c = 0; c < tree->node[node].n_children; c++)
        if (has_result_below(results, model, tree->child[tree->node[node].first_child + c])) return true;
    return false;
}

bool bb_results_withheld_below(const struct bb_results *results, size_t node)
{
    const struct bb_tree *tree = &results->tree;
    if (bb_node_is_leaf(&tree->node[node])) return tree->node[node].publish == BB_PUBLISH_NONE && results->facts[node].present;
    for (size_t c = 0; c < tree->node[node].n_children; c++)
        if (bb_results_withheld_below(results, tree->child[tree->node[node].first_child + c])) return true;
    return false;
}

bool bb_results_model_listed(const struct bb_results *results, size_t model, size_t node)
{
    return results->model[model].visibility == BB_PUBLIC && has_result_below(results, model, node);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void lines_begin(struct bb_json_lines *lines, struct bb_buf *out, const char *key)
{
    *lines = (struct bb_json_lines){.out = out, .first = true};
    bb_buf_printf(out, ",\n\"%s\": [", key);
}

static void write_interval(struct bb_json_writer *w, const double interval[2])
{
    if (isnan(interval[0]) || isnan(interval[1])) return;
    bb_jw_key(w, "interval");
    bb_jw_array(w);
    bb_jw_number(w, interval[0]);
    bb_jw_number(w, interval[1]);
    bb_jw_array_end(w);
}

/* What a benchmark's ceiling came to; its definition is "ceiling_rule". */
static void write_ceiling(struct bb_json_writer *w, const struct bb_facts *facts)
{
    if (isnan(facts->ceiling.value) && !facts->ceiling_failure) return;
    bb_jw_key(w, "ceiling");
    bb_jw_object(w);
    bb_jw_member_number(w, "value", facts->ceiling.value);
    bb_jw_member_number(w, "error", facts->ceiling.error);
    bb_jw_member_text(w, "error_kind", facts->ceiling.error_kind);
    bb_jw_member_number(w, "lower", facts->ceiling.lower);
    if (facts->ceiling.n) bb_jw_member_number(w, "n", (double)facts->ceiling.n);
    bb_jw_member_text(w, "how", facts->ceiling_how);
    bb_jw_member_text(w, "failure", facts->ceiling_failure);
    bb_jw_object_end(w);
}

void bb_results_write_node(struct bb_json_writer *w, const struct bb_results *results, size_t index)
{
    const struct bb_node *node = &results->tree.node[index];
    const struct bb_facts *facts = &results->facts[index];
    bb_node_write(w, node);
    if (!bb_node_is_leaf(node)) return;
    bb_jw_member_bool(w, "present", facts->present);
    if (facts->counted) bb_jw_member_bool(w, "counted", true);
    bb_jw_member_text(w, "absent_reason", facts->absent_reason);
    bb_jw_key(w, "digests");
    bb_jw_object(w);
    bb_jw_member_text(w, "data", facts->data_digest);
    bb_jw_member_text(w, "definition", facts->definition_digest);
    bb_jw_member_text(w, "metric", facts->metric_digest);
    bb_jw_object_end(w);
    write_ceiling(w, facts);
    if (isnan(facts->oracle) && !facts->oracle_failure) return;
    bb_jw_key(w, "oracle");
    bb_jw_object(w);
    bb_jw_member_number(w, "raw", facts->oracle_raw);
    bb_jw_member_number(w, "score", facts->oracle);
    bb_jw_member_text(w, "failure", facts->oracle_failure);
    bb_jw_object_end(w);
}

static void write_cell(struct bb_json_writer *w, const struct bb_cell *cell, const char *model, const char *benchmark)
{
    bb_jw_member_text(w, "model", model);
    bb_jw_member_text(w, "benchmark", benchmark);
    bb_jw_member_text(w, "status", bb_status_names[cell->status]);
    bb_jw_member_text(w, "kind", cell->kind);
    bb_jw_member_text(w, "reason", cell->reason);
    bb_jw_member_number(w, "raw", cell->raw);
    bb_jw_member_number(w, "ceiling", cell->ceiling);
    bb_jw_member_number(w, "score", cell->score);
    bb_jw_member_number(w, "raw_error", cell->raw_error);
    bb_jw_member_number(w, "error", cell->error);
    bb_jw_member_text(w, "error_kind", cell->error_kind);
    if (cell->n) {
        bb_jw_member_integer(w, "n", (long)cell->n);
    }
    write_interval(w, cell->interval);
    bb_jw_member_text(w, "layer", cell->layer);
    bb_jw_member_text(w, "layer_choice", cell->layer_choice);
    bb_jw_member_number(w, "optimism", cell->optimism);
    if (cell->n_layers) {
        bb_jw_key(w, "layers");
        bb_jw_object(w);
        for (size_t i = 0; i < cell->n_layers; i++) {
            bb_jw_key(w, cell->layers[i].layer);
            bb_jw_number(w, cell->layers[i].score);
        }
        bb_jw_object_end(w);
    }
    bb_jw_member_text(w, "detail", cell->detail);
    bb_jw_member_text(w, "warning", cell->warning);
    bb_jw_member_text(w, "source", cell->source);
    bb_jw_member_text(w, "rule", cell->rule);
    if (cell->cached) bb_jw_member_bool(w, "cached", true);
    if (cell->withheld) {
        bb_jw_member_bool(w, "withheld", true);
    }
}

static void write_aggregates(const struct bb_results *results, struct bb_buf *out)
{
    struct bb_json_lines lines;
    lines_begin(&lines, out, "aggregates");
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t node = 0; node < results->tree.n; node++) {
            const struct bb_aggregate *aggregate = bb_results_aggregate(results, m, node);
            if (bb_node_is_leaf(&results->tree.node[node]) || !aggregate->of) continue;
            struct bb_json_writer *w = bb_json_lines_next(&lines);
            bb_jw_member_text(w, "model", results->model[m].id);
            bb_jw_member_text(w, "node", results->tree.node[node].id);
            bb_jw_member_number(w, "score", aggregate->score);
            write_interval(w, aggregate->interval);
            bb_jw_member_integer(w, "scored", (long)aggregate->scored);
            bb_jw_member_integer(w, "of", (long)aggregate->of);
            bb_jw_object_end(w);
        }
    bb_buf_puts(out, "\n]");
}

static void write_ranks(const struct bb_results *results, struct bb_buf *out)
{
    struct bb_json_lines lines;
    lines_begin(&lines, out, "ranks");
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t node = 0; node < results->tree.n; node++) {
            const struct bb_aggregate *aggregate = bb_results_aggregate(results, m, node);
            if (!aggregate->rank) continue;
            struct bb_json_writer *w = bb_json_lines_next(&lines);
            bb_jw_member_text(w, "model", results->model[m].id);
            bb_jw_member_text(w, "node", results->tree.node[node].id);
            bb_jw_member_integer(w, "rank", (long)aggregate->rank);
            bb_jw_object_end(w);
        }
    bb_buf_puts(out, "\n]");
}

void bb_results_write(const struct bb_results *results, struct bb_buf *out)
{
    struct bb_json_writer head;
    struct bb_json_lines lines;
    char generator[64];

    snprintf(generator, sizeof generator, "brainboard %s", bb_version);
    bb_jw_init(&head, out, 0);
    bb_jw_object(&head);
    bb_jw_member_text(&head, "schema", SCHEMA);
    bb_jw_member_text(&head, "generator", generator);
    bb_board_write(&head, &results->board);
    bb_jw_member_text(&head, "blas", results->blas);
    if (results->parity) bb_jw_member_bool(&head, "parity", true);
    bb_jw_object_end(&head);
    out->data[--out->len] = '\0'; /* the lists below belong to the same object */

    lines_begin(&lines, out, "models");
    for (size_t m = 0; m < results->n_models; m++) {
        struct bb_json_writer *w = bb_json_lines_next(&lines);
        bb_model_write(w, &results->model[m]);
        bb_jw_object_end(w);
    }
    bb_buf_puts(out, "\n]");

    lines_begin(&lines, out, "benchmarks");
    for (size_t node = 0; node < results->tree.n; node++) {
        struct bb_json_writer *w = bb_json_lines_next(&lines);
        bb_results_write_node(w, results, node);
        bb_jw_object_end(w);
    }
    bb_buf_puts(out, "\n]");

    lines_begin(&lines, out, "cells");
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t node = 0; node < results->tree.n; node++) {
            const struct bb_cell *cell = bb_results_cell(results, m, node);
            if (cell->status == BB_CELL_NONE) continue;
            struct bb_json_writer *w = bb_json_lines_next(&lines);
            write_cell(w, cell, results->model[m].id, results->tree.node[node].id);
            bb_jw_object_end(w);
        }
    bb_buf_puts(out, "\n]");
    write_aggregates(results, out);
    write_ranks(results, out);
    bb_buf_puts(out, "\n}\n");
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool read_member(const struct bb_json *json, const char *key, const struct bb_field *field, size_t n, void *out,
                        struct bb_results *results, struct bb_diags *diags)
{
    const struct bb_json *member = bb_json_member(json, key);
    if (!member) {
        bb_fields_default(field, n, out);
        return true;
    }
    return bb_fields_read(member, key, field, n, out, results->arena, diags);
}

struct ceiling_json {
    double value, error, lower;
    const char *error_kind, *how, *failure;
    long n;
};
static const struct bb_field ceiling_fields[] = {
    {.key = "value", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct ceiling_json, value)},
    {.key = "error", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct ceiling_json, error)},
    {.key = "error_kind", .kind = BB_FIELD_TEXT, .offset = offsetof(struct ceiling_json, error_kind)},
    {.key = "lower", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct ceiling_json, lower)},
    {.key = "n", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct ceiling_json, n)},
    {.key = "how", .kind = BB_FIELD_TEXT, .offset = offsetof(struct ceiling_json, how)},
    {.key = "failure", .kind = BB_FIELD_TEXT, .offset = offsetof(struct ceiling_json, failure)},
};

static const struct bb_field digest_fields[] = {
    {.key = "data", .kind = BB_FIELD_TEXT, .offset = offsetof(struct bb_facts, data_digest)},
    {.key = "definition", .kind = BB_FIELD_TEXT, .offset = offsetof(struct bb_facts, definition_digest)},
    {.key = "metric", .kind = BB_FIELD_TEXT, .offset = offsetof(struct bb_facts, metric_digest)},
};
static const struct bb_field oracle_fields[] = {
    {.key = "raw", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct bb_facts, oracle_raw)},
    {.key = "score", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct bb_facts, oracle)},
    {.key = "failure", .kind = BB_FIELD_TEXT, .offset = offsetof(struct bb_facts, oracle_failure)},
};
#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* facts of nodes as they stand in the file; the tree is ordered afterwards, so they are kept by id. */
static bool read_facts(const struct bb_json *json, struct bb_results *results, struct bb_facts *facts, struct bb_diags *diags)
{
    struct ceiling_json ceiling;
    const struct bb_json *present = bb_json_member(json, "present"), *reason = bb_json_member(json, "absent_reason"),
                         *counted = bb_json_member(json, "counted");
    facts->present = present && present->type == BB_JSON_BOOL && present->as.boolean;
    facts->counted = counted && counted->type == BB_JSON_BOOL && counted->as.boolean;
    facts->absent_reason = reason && reason->type == BB_JSON_TEXT ? reason->as.text : NULL;
    bool good = read_member(json, "digests", digest_fields, N_OF(digest_fields), facts, results, diags);
    good &= read_member(json, "oracle", oracle_fields, N_OF(oracle_fields), facts, results, diags);
    good &= read_member(json, "ceiling", ceiling_fields, N_OF(ceiling_fields), &ceiling, results, diags);
    facts->ceiling = (struct bb_ceiling_result){.value = ceiling.value,
                                                .error = ceiling.error,
                                                .lower = ceiling.lower,
                                                .error_kind = ceiling.error_kind,
                                                .n = (size_t)ceiling.n};
    facts->ceiling_how = ceiling.how;
    facts->ceiling_failure = ceiling.failure;
    return good;
}

static bool read_tree(const struct bb_json *list, struct bb_results *results, struct bb_diags *diags)
{
    size_t n = list->as.list.n;
    struct bb_node *node = BB_NEW_ARRAY(results->arena, n, struct bb_node);
    struct bb_facts *facts = BB_NEW_ARRAY(results->arena, n, struct bb_facts);
    const char **id = BB_NEW_ARRAY(results->arena, n, const char *);
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        good &= bb_node_read_results(list->as.list.item[i], results->arena, diags, &node[i]);
        good &= read_facts(list->as.list.item[i], results, &facts[i], diags);
        id[i] = node[i].id;
    }
    if (!good || !bb_tree_link(node, n, results->arena, diags, &results->tree)) return false;
    empty_tables(results);
    for (size_t i = 0; i < n; i++) results->facts[bb_tree_find(&results->tree, id[i])] = facts[i];
    return true;
}

struct cell_json {
    const char *model, *benchmark;
    int status;
    struct bb_cell cell;
    long n;
    struct bb_numbers interval;
    struct bb_json *layers;
};
#define CELL(field_kind, name)                                                                                                   \
    {                                                                                                                            \
        .key = #name, .kind = field_kind, .offset = offsetof(struct cell_json, cell.name)                                        \
    }
static const struct bb_field cell_fields[] = {
    {.key = "model", .kind = BB_FIELD_TEXT, .offset = offsetof(struct cell_json, model), .flags = BB_REQUIRED},
    {.key = "benchmark", .kind = BB_FIELD_TEXT, .offset = offsetof(struct cell_json, benchmark), .flags = BB_REQUIRED},
    {.key = "status",
     .kind = BB_FIELD_CHOICE,
     .offset = offsetof(struct cell_json, status),
     .flags = BB_REQUIRED,
     .choices = status_choices},
    {.key = "n", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct cell_json, n)},
    {.key = "interval", .kind = BB_FIELD_NUMBERS, .offset = offsetof(struct cell_json, interval)},
    {.key = "layers", .kind = BB_FIELD_JSON, .offset = offsetof(struct cell_json, layers)},
    CELL(BB_FIELD_NUMBER, raw),
    CELL(BB_FIELD_NUMBER, ceiling),
    CELL(BB_FIELD_NUMBER, score),
    CELL(BB_FIELD_NUMBER, raw_error),
    CELL(BB_FIELD_NUMBER, error),
    CELL(BB_FIELD_TEXT, error_kind),
    CELL(BB_FIELD_TEXT, layer),
    CELL(BB_FIELD_TEXT, layer_choice),
    CELL(BB_FIELD_NUMBER, optimism),
    CELL(BB_FIELD_TEXT, detail),
    CELL(BB_FIELD_TEXT, reason),
    CELL(BB_FIELD_TEXT, kind),
    CELL(BB_FIELD_TEXT, warning),
    CELL(BB_FIELD_TEXT, source),
    CELL(BB_FIELD_TEXT, rule),
    CELL(BB_FIELD_BOOL, cached),
    CELL(BB_FIELD_BOOL, withheld),
};
#undef CELL

static void read_layers(struct cell_json *in, struct bb_arena *arena)
{
    if (!in->layers || in->layers->type != BB_JSON_OBJECT) return;
    in->cell.layers = BB_NEW_ARRAY(arena, in->layers->as.list.n, struct bb_layer_score);
    for (size_t i = 0; i < in->layers->as.list.n; i++) {
        const struct bb_json *item = in->layers->as.list.item[i];
        bool has_none = item->type == BB_JSON_NULL; /* a layer that was tried, and has no score */
        if (item->type != BB_JSON_NUMBER && !has_none) continue;
        in->cell.layers[in->cell.n_layers++] = (struct bb_layer_score){item->key, has_none ? (double)NAN : item->as.number};
    }
}

static bool read_cell(const struct bb_json *json, struct bb_results *results, const struct bb_names *models,
                      const struct bb_names *nodes, struct bb_diags *diags)
{
    struct cell_json in;
    memset(&in, 0, sizeof in);
    if (!bb_fields_read(json, "cell", cell_fields, N_OF(cell_fields), &in, results->arena, diags)) return false;
    size_t model = bb_names_find(models, in.model), node = bb_names_find(nodes, in.benchmark);
    if (model == BB_NAMES_NONE || node == BB_NAMES_NONE) {
        bb_diag_add(diags, BB_ERROR, json->place, "the cell names the %s \"%s\", which the file does not list",
                    model == BB_NAMES_NONE ? "model" : "benchmark", model == BB_NAMES_NONE ? in.model : in.benchmark);
        return false;
    }
    in.cell.status = (enum bb_status)in.status;
    in.cell.n = (size_t)in.n;
    in.cell.interval[0] = in.interval.n == 2 ? in.interval.number[0] : (double)NAN;
    in.cell.interval[1] = in.interval.n == 2 ? in.interval.number[1] : (double)NAN;
    read_layers(&in, results->arena);
    *bb_results_cell(results, model, node) = in.cell;
    return true;
}

struct aggregate_json {
    const char *model, *node;
    double score;
    struct bb_numbers interval;
    long scored, of;
};
static const struct bb_field aggregate_fields[] = {
    {.key = "model", .kind = BB_FIELD_TEXT, .offset = offsetof(struct aggregate_json, model), .flags = BB_REQUIRED},
    {.key = "node", .kind = BB_FIELD_TEXT, .offset = offsetof(struct aggregate_json, node), .flags = BB_REQUIRED},
    {.key = "score", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct aggregate_json, score)},
    {.key = "interval", .kind = BB_FIELD_NUMBERS, .offset = offsetof(struct aggregate_json, interval)},
    {.key = "scored", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct aggregate_json, scored)},
    {.key = "of", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct aggregate_json, of)},
};

/* Averages that count withheld scores cannot be made again from what is published: they stand in the file. */
static bool read_aggregates(const struct bb_json *list, struct bb_results *results, const struct bb_names *models,
                            const struct bb_names *nodes, struct bb_diags *diags)
{
    bool good = true;
    for (size_t i = 0; list && list->type == BB_JSON_ARRAY && i < list->as.list.n; i++) {
        struct aggregate_json in;
        if (!bb_fields_read(list->as.list.item[i], "aggregate", aggregate_fields, N_OF(aggregate_fields), &in, results->arena, diags)) {
            good = false;
            continue;
        }
        size_t model = bb_names_find(models, in.model), node = bb_names_find(nodes, in.node);
        if (model == BB_NAMES_NONE || node == BB_NAMES_NONE || !bb_results_withheld_below(results, node)) continue;
        struct bb_aggregate *aggregate = bb_results_aggregate(results, model, node);
        aggregate->score = in.score;
        aggregate->scored = (size_t)in.scored;
        aggregate->of = (size_t)in.of;
    }
    return good;
}

static bool any_withheld(const struct bb_results *results)
{
    for (size_t i = 0; i < results->n_models * results->tree.n; i++)
        if (results->cell[i].withheld) return true;
    return false;
}

/* By the rule that made what the file says of groups and ranks, but for what counts withheld scores. */
static bool make_aggregates(const struct bb_json *json, struct bb_results *results, const struct bb_names *models,
                            const struct bb_names *nodes, struct bb_diags *diags)
{
    bb_results_aggregate_all(results);
    if (!any_withheld(results)) return true;
    bool good = read_aggregates(bb_json_member(json, "aggregates"), results, models, nodes, diags);
    bb_results_rank_all(results);
    return good;
}

static bool read_all(const struct bb_json *json, struct bb_results *results, struct bb_diags *diags)
{
    static const char *const lists[] = {"models", "benchmarks", "cells"};
    const struct bb_json *list[N_OF(lists)];
    const struct bb_json *schema = bb_json_member(json, "schema");
    if (!schema || schema->type != BB_JSON_TEXT || strcmp(schema->as.text, SCHEMA) != 0) {
        bb_diag_add(diags, BB_ERROR, json->place, "this is not a results file: \"schema\" must be \"%s\"", SCHEMA);
        return false;
    }
    for (size_t i = 0; i < N_OF(lists); i++) {
        list[i] = bb_json_member(json, lists[i]);
        if (list[i] && list[i]->type == BB_JSON_ARRAY) continue;
        bb_diag_add(diags, BB_ERROR, json->place, "\"%s\" must be an array", lists[i]);
        return false;
    }
    bool good = bb_board_read_results(json, results->arena, diags, &results->board);
    const struct bb_json *parity = bb_json_member(json, "parity"), *blas = bb_json_member(json, "blas");
    if (blas && blas->type == BB_JSON_TEXT) results->blas = bb_arena_strdup(results->arena, blas->as.text);
    results->parity = parity && parity->type == BB_JSON_BOOL && parity->as.boolean;
    struct bb_model *model = BB_NEW_ARRAY(results->arena, list[0]->as.list.n, struct bb_model);
    struct bb_names models, nodes;
    bb_names_init(&models);
    bb_names_init(&nodes);
    for (size_t i = 0; i < list[0]->as.list.n; i++) {
        if (!bb_model_read_results(list[0]->as.list.item[i], results->arena, diags, &model[i]))
            good = false;
        else
            bb_names_add(&models, model[i].id);
    }
    results->model = model;
    results->n_models = models.n;
    if (good && models.n != list[0]->as.list.n) {
        bb_diag_add(diags, BB_ERROR, list[0]->place, "a model is listed twice");
        good = false;
    }
    good = good && read_tree(list[1], results, diags);
    if (good) {
        for (size_t i = 0; i < results->tree.n; i++) bb_names_add(&nodes, results->tree.node[i].id);
        for (size_t i = 0; i < list[2]->as.list.n; i++)
            good &= read_cell(list[2]->as.list.item[i], results, &models, &nodes, diags);
        good &= make_aggregates(json, results, &models, &nodes, diags);
    }
    bb_names_release(&models);
    bb_names_release(&nodes);
    return good;
}

struct bb_results *bb_results_read(const char *path, struct bb_diags *diags)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_results *results = BB_NEW(arena, struct bb_results);
    results->arena = arena;
    const struct bb_json *json = bb_json_read(arena, path, (struct bb_place){0}, diags);
    if (json && json->type != BB_JSON_OBJECT) {
        bb_diag_add(diags, BB_ERROR, json->place, "this is not a results file: it must be an object");
        json = NULL;
    }
    if (!json || !read_all(json, results, diags)) {
        bb_results_free(results);
        return NULL;
    }
    return results;
}
