#include <math.h>

#include "history/diff_words.h"

static void lines_begin(struct bb_json_lines *lines, struct bb_buf *out, const char *key)
{
    *lines = (struct bb_json_lines){.out = out, .first = true};
    bb_buf_printf(out, ",\n\"%s\":[", key);
}

static void write_release(struct bb_json_writer *w, const char *key, const struct bb_results *results)
{
    static const char *const missing[] = {
        [BB_MISSING_ZERO] = "zero", [BB_MISSING_SKIP] = "skip", [BB_MISSING_REQUIRE] = "require"};
    bb_jw_key(w, key);
    bb_jw_object(w);
    bb_jw_member_text(w, "title", results->board.title);
    bb_jw_member_text(w, "release", results->board.release);
    bb_jw_member_text(w, "date", results->board.date);
    bb_jw_member_text(w, "missing", missing[results->board.options.missing]);
    bb_jw_object_end(w);
}

static void write_models(struct bb_json_writer *w, const char *key, const struct bb_results *results, const size_t *model,
                         size_t n)
{
    bb_jw_key(w, key);
    bb_jw_array(w);
    for (size_t i = 0; i < n; i++) bb_jw_text(w, results->model[model[i]].id);
    bb_jw_array_end(w);
}

static void write_head(const struct bb_diff *diff, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "schema", "brainboard/diff/1");
    write_release(&w, "before", diff->before);
    write_release(&w, "after", diff->after);
    bb_jw_member_bool(&w, "changed", diff->any);
    bb_jw_member_bool(&w, "options_changed", diff->options);
    bb_jw_member_integer(&w, "models_in_both", (long)diff->n_models_common);
    write_models(&w, "models_added", diff->after, diff->model_added, diff->n_models_added);
    write_models(&w, "models_removed", diff->before, diff->model_removed, diff->n_models_removed);
    bb_jw_object_end(&w);
    out->data[--out->len] = '\0'; /* the lists below belong to the same object */
}

static void write_causes(struct bb_json_writer *w, unsigned causes)
{
    bb_jw_key(w, "causes");
    bb_jw_array(w);
    for (int i = 0; i < BB_N_CAUSES; i++)
        if (causes & 1u << i) bb_jw_text(w, bb_cause_names[i].key);
    bb_jw_array_end(w);
}

static void write_facts(struct bb_json_writer *w, const char *key, const struct bb_results *results, size_t node)
{
    if (node == BB_NO_NODE) return;
    const struct bb_facts *facts = &results->facts[node];
    bb_jw_key(w, key);
    bb_jw_object(w);
    bb_jw_member_integer(w, "version", results->tree.node[node].version);
    bb_jw_member_text(w, "parent", results->tree.node[node].parent);
    bb_jw_member_text(w, "data", facts->data_digest);
    bb_jw_member_text(w, "definition", facts->definition_digest);
    bb_jw_member_text(w, "metric", facts->metric_digest);
    bb_jw_member_number(w, "ceiling", facts->ceiling.value);
    bb_jw_object_end(w);
}

static void write_nodes(const struct bb_diff *diff, struct bb_buf *out)
{
    struct bb_json_lines lines;
    lines_begin(&lines, out, "benchmarks");
    for (size_t i = 0; i < diff->n_nodes; i++) {
        const struct bb_node_change *change = &diff->node[i];
        struct bb_json_writer *w = bb_json_lines_next(&lines);
        const struct bb_tree *tree = change->kind == BB_NODE_REMOVED ? &diff->before->tree : &diff->after->tree;
        bb_jw_member_text(w, "benchmark", tree->node[change->kind == BB_NODE_REMOVED ? change->before : change->after].id);
        bb_jw_member_text(w, "change", bb_node_change_names[change->kind]);
        if (change->kind == BB_NODE_REVISED) write_causes(w, change->causes);
        write_facts(w, "before", diff->before, change->before);
        write_facts(w, "after", diff->after, change->after);
        bb_jw_object_end(w);
    }
    bb_buf_puts(out, "\n]");
}

static void write_cell(struct bb_json_writer *w, const char *key, const struct bb_cell *cell)
{
    bb_jw_key(w, key);
    bb_jw_object(w);
    bb_jw_member_text(w, "status", bb_status_names[cell->status]);
    bb_jw_member_text(w, "reason", cell->reason);
    bb_jw_member_number(w, "score", cell->score);
    bb_jw_member_number(w, "raw", cell->raw);
    bb_jw_member_text(w, "layer", cell->layer);
    bb_jw_member_text(w, "source", cell->source);
    bb_jw_object_end(w);
}

static void write_cells(const struct bb_diff *diff, struct bb_buf *out)
{
    struct bb_json_lines lines;
    lines_begin(&lines, out, "cells");
    for (size_t i = 0; i < diff->n_cells; i++) {
        const struct bb_cell_change *change = &diff->cell[i];
        struct bb_json_writer *w = bb_json_lines_next(&lines);
        bb_jw_member_text(w, "model", diff->after->model[change->model[1]].id);
        bb_jw_member_text(w, "benchmark", diff->after->tree.node[change->node[1]].id);
        bb_jw_member_text(w, "kind", bb_term_names[change->kind].key);
        write_causes(w, change->causes);
        write_cell(w, "before", change->before);
        write_cell(w, "after", change->after);
        bb_jw_object_end(w);
    }
    bb_buf_puts(out, "\n]");
}

static void write_terms(struct bb_json_writer *w, const struct bb_average_change *change)
{
    bb_jw_key(w, "sums");
    bb_jw_object(w);
    for (int kind = 0; kind < BB_N_TERMS; kind++)
        if (change->sum[kind] != 0) bb_jw_member_number(w, bb_term_names[kind].key, change->sum[kind]);
    bb_jw_object_end(w);
    bb_jw_key(w, "terms");
    bb_jw_array(w);
    for (size_t i = 0; i < change->n_terms; i++) {
        bb_jw_object(w);
        bb_jw_member_text(w, "kind", bb_term_names[change->term[i].kind].key);
        bb_jw_member_text(w, "benchmark", change->term[i].benchmark);
        bb_jw_member_number(w, "delta", change->term[i].delta);
        bb_jw_object_end(w);
    }
    bb_jw_array_end(w);
}

static void write_rank(struct bb_json_writer *w, const struct bb_average_change *change)
{
    if (!change->rank_before && !change->rank_after) return;
    bb_jw_key(w, "rank");
    bb_jw_object(w);
    if (change->rank_before) bb_jw_member_integer(w, "before", (long)change->rank_before);
    if (change->rank_after) bb_jw_member_integer(w, "after", (long)change->rank_after);
    if (change->rank_before && change->rank_after) {
        bb_jw_member_integer(w, "own", change->own);
        bb_jw_member_integer(w, "entered", change->entered);
        bb_jw_member_integer(w, "left", change->left);
        bb_jw_member_integer(w, "moved", change->moved);
    }
    bb_jw_object_end(w);
}

static void write_averages(const struct bb_diff *diff, struct bb_buf *out)
{
    struct bb_json_lines lines;
    lines_begin(&lines, out, "averages");
    for (size_t i = 0; i < diff->n_averages; i++) {
        const struct bb_average_change *change = &diff->average[i];
        struct bb_json_writer *w = bb_json_lines_next(&lines);
        bb_jw_member_text(w, "model", diff->after->model[change->model[1]].id);
        bb_jw_member_text(w, "node", diff->after->tree.node[change->node[1]].id);
        bb_jw_member_number(w, "before", change->before);
        bb_jw_member_number(w, "after", change->after);
        if (change->n_terms) write_terms(w, change);
        write_rank(w, change);
        bb_jw_object_end(w);
    }
    bb_buf_puts(out, "\n]");
}

void bb_diff_json(const struct bb_diff *diff, struct bb_buf *out)
{
    write_head(diff, out);
    write_nodes(diff, out);
    write_cells(diff, out);
    write_averages(diff, out);
    bb_buf_puts(out, "\n}\n");
}
