/*
 * The page of a benchmark: what is measured, how a raw value becomes a score with its own numbers, who has which, and what it goes along with.
 */
#include "render/page_node.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "render/describe.h"
#include "render/page_chart.h"
#include "render/report.h"
#include "score/kept.h"

static const char *taken(const struct bb_node_page *it, struct bb_buf *text)
{
    const char *copy = bb_arena_strdup(it->page.arena, bb_buf_text(text));
    bb_buf_release(text);
    return copy;
}

/* --- what is measured ------------------------------------------------------------------------------------------------- */

static void add_count(const struct bb_node_page *it, struct bb_tpl_dict *dict, const char *name, long count)
{
    if (count > 0) bb_page_fact(dict, name, bb_describe_count(it->page.arena, count));
}

/* "70–170 ms, 170–270 ms"; from the text of results, which have no catalog's numbers. */
static const char *time_bins(const struct bb_node_page *it)
{
    const struct bb_json *bins = it->node->time_bins_json;
    struct bb_buf text = BB_BUF_INIT;
    if (!bins || bins->type != BB_JSON_ARRAY) return NULL;
    for (size_t i = 0; i < bins->as.list.n; i++) {
        const struct bb_json *bin = bins->as.list.item[i];
        char from[32], to[32];
        if (bin->type != BB_JSON_ARRAY || bin->as.list.n != 2 || bin->as.list.item[0]->type != BB_JSON_NUMBER ||
            bin->as.list.item[1]->type != BB_JSON_NUMBER)
            continue;
        bb_format_number(from, bin->as.list.item[0]->as.number);
        bb_format_number(to, bin->as.list.item[1]->as.number);
        bb_buf_printf(&text, "%s%s–%s ms", text.len ? ", " : "", from, to);
    }
    return taken(it, &text);
}

/* The twin's page is there where the board has the twin. */
static void add_twin(const struct bb_node_page *it, struct bb_tpl_dict *dict)
{
    const struct bb_node *node = it->node;
    if (!node->shuffled_split) return;
    bb_page_fact(dict, "Split", bb_describe_shuffled(node));
    if (!node->twin || bb_streq(node->twin, node->id)) return;
    if (bb_tree_find(&it->results->tree, node->twin) == BB_NO_NODE)
        bb_page_fact(dict, "Grouped twin", bb_arena_printf(it->page.arena, "%s, which is not on this board", node->twin));
    else
        bb_page_fact_benchmark(dict, "Grouped twin", node->twin, it->page.arena);
}

static void add_measured(const struct bb_node_page *it)
{
    const struct bb_node *node = it->node;
    struct bb_tpl_dict *dict = bb_tpl_section(it->page.content, "MEASURED");
    bb_page_fact(dict, "Region", node->region);
    bb_page_fact(dict, "Species", node->species);
    add_count(it, dict, "Subjects", node->subjects);
    add_count(it, dict, "Units", node->units);
    add_count(it, dict, "Trials", node->trials);
    bb_page_fact(dict, "Time", time_bins(it));
    bb_page_fact(dict, "Stimulus set", node->stimuli);
    add_count(it, dict, "Stimuli", node->n_stimuli);
    bb_page_fact(dict, "Visual angle", bb_page_degrees(it->page.arena, node->visual_degrees));
    bb_page_fact(dict, "Readout fitted on", node->fitting_stimuli);
    bb_page_fact(dict, "Layers reduced on", node->pca_stimuli);
    if (node->selects_layer) bb_page_fact(dict, "Layers", "chosen here for models that state none for the region");
    if (node->verified) bb_page_fact(dict, "Access to the data", node->access ? bb_access_names[node->access] : "not stated");
    bb_page_fact(dict, "Layout of the data", bb_node_layout(node));
    double known[2];
    bb_node_known_ceiling(node, known);
    if (!isnan(known[0])) bb_page_fact(dict, "Ceiling in Brain-Score", bb_describe_number(it->page.arena, known[0]));
    bb_page_fact(dict, "In Brain-Score", node->ours ? "not registered" : node->identifier);
    add_twin(it, dict);
    if (node->unscorable)
        bb_page_fact(dict, "No score", bb_arena_printf(it->page.arena, "No model can have a score here: %s.", node->unscorable));
    bb_page_fact(dict, "Note", node->note);
    bb_page_fact_link(dict, "Address", node->url);
    bb_page_fact(dict, "License", node->license);
    if (bb_describe_answer(node, it->facts) == BB_ANSWER_NONE || !node->stimuli) return;
    bb_tpl_set(bb_tpl_section(it->page.content, "ANSWER"), "ANSWER_ANCHOR", bb_page_set_anchor(it->page.arena, node->stimuli));
}

/* --- from raw value to score ------------------------------------------------------------------------------------------ */

static void add_step(struct bb_tpl_dict *steps, const char *name, const char *text, const char *more)
{
    if (!text || !*text) return;
    struct bb_tpl_dict *step = bb_tpl_section(steps, "STEP");
    bb_tpl_set(step, "STEP_NAME", name);
    bb_tpl_set(step, "STEP_TEXT", text);
    bb_tpl_optional(step, "STEP_MORE", more);
}

static void add_ceiling(const struct bb_node_page *it, struct bb_tpl_dict *steps)
{
    const char *words = bb_page_ceiling(it->page.arena, it->node, it->facts);
    add_step(steps, "Ceiling", words, bb_describe_ceiling(it->node, it->facts, it->page.arena));
}

/* Why the score of a cell is not the rule applied to its raw value. */
static const char *other_rule(const struct bb_node_page *it, const struct bb_cell *cell)
{
    const char *parts = bb_describe_parts(it->node);
    if (cell->rule && bb_streq(cell->rule, "as published"))
        return "The score is the published one; how it was made is not stated.";
    if (cell->rule) return bb_arena_printf(it->page.arena, "The score is the published one, made by the rule %s.", cell->rule);
    double made = bb_node_score(it->node, cell->raw, cell->ceiling);
    if (parts && !isnan(made))
        return bb_arena_printf(it->page.arena,
                               "The score is the mean over %s of their scores%s; the rule applied to the means would give %s.",
                               parts, it->node->ceiling && !it->node->metric->clips_parts ? ", each by its own ceiling" : "",
                               bb_describe_number(it->page.arena, made));
    return "The score was not made from this raw value and ceiling alone.";
}

/* The best ranked model whose score the rule explains; else the best ranked one. */
static size_t example_model(const struct bb_node_page *it, const struct bb_view_rows *rows)
{
    size_t best = BB_NO_NODE;
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_cell *cell = bb_results_cell(it->results, rows->model[i], it->index);
        if (cell->status != BB_CELL_OK || it->results->model[rows->model[i]].reference) continue;
        if (bb_describe_score(it->node, cell->raw, cell->ceiling, cell->score, it->page.arena)) return rows->model[i];
        if (best == BB_NO_NODE) best = rows->model[i];
    }
    return best;
}

static void add_example(const struct bb_node_page *it, struct bb_tpl_dict *steps, const struct bb_view_rows *rows)
{
    size_t model = example_model(it, rows);
    struct bb_arena *arena = it->page.arena;
    if (model == BB_NO_NODE) return;
    const struct bb_cell *cell = bb_results_cell(it->results, model, it->index);
    const char *equation = bb_describe_score(it->node, cell->raw, cell->ceiling, cell->score, arena);
    struct bb_tpl_dict *example = bb_tpl_section(steps, "EXAMPLE");
    bb_page_model(example, &it->results->model[model]);
    bb_tpl_optional(example, "EXAMPLE_RAW", isnan(cell->raw) ? NULL : bb_describe_number(arena, cell->raw));
    bb_tpl_optional(example, "EXAMPLE_CEILING", isnan(cell->ceiling) ? NULL : bb_describe_number(arena, cell->ceiling));
    bb_tpl_optional(example, "EXAMPLE_MATH", equation);
    bb_tpl_set(example, "EXAMPLE_SCORE", bb_page_score(arena, cell->score));
    if (!equation) bb_tpl_optional(example, "EXAMPLE_OTHER", other_rule(it, cell));
    const char *error = bb_describe_error(it->node, cell, arena);
    if (!error) return;
    struct bb_tpl_dict *part = bb_tpl_section(example, "EXAMPLE_ERROR");
    bb_tpl_set(part, "ERROR_MATH", error);
    bb_tpl_set(part, "ERROR_KIND", bb_page_error_kind(arena, cell->error_kind));
}

static void add_oracle(const struct bb_node_page *it, struct bb_tpl_dict *steps)
{
    const struct bb_facts *facts = it->facts;
    if (!isnan(facts->oracle))
        add_step(steps, "Oracle",
                 bb_arena_printf(it->page.arena, "%s (raw %s)", bb_page_detail(it->page.arena, facts->oracle),
                                 bb_page_detail(it->page.arena, facts->oracle_raw)),
                 "What the recording gets when it predicts itself through the same metric and splits: what the mapping loses on "
                 "the very data, it loses on any model.");
    else if (facts->oracle_failure)
        add_step(steps, "Oracle", bb_arena_printf(it->page.arena, "not defined for this recording: %s", facts->oracle_failure),
                 NULL);
}

static void add_steps(const struct bb_node_page *it, const struct bb_view_rows *rows)
{
    const struct bb_node *node = it->node;
    struct bb_tpl_dict *steps = bb_tpl_section(it->page.content, "STEPS");
    if (node->metric) {
        add_step(steps, "Metric", node->metric->title, bb_describe_metric(node, it->facts, it->page.arena));
        add_step(steps, "Raw value r", bb_describe_raw(node, it->facts, it->page.arena), NULL);
    } else {
        add_step(steps, "Metric", "published scores",
                 "Nothing is computed here: the numbers come from lists, which each cell names in the data.");
    }
    add_ceiling(it, steps);
    add_step(steps, "Score", bb_describe_rule_words(node, it->facts, it->page.arena), NULL);
    add_oracle(it, steps);
    add_example(it, steps, rows);
}

/* --- who has which ---------------------------------------------------------------------------------------------------- */

/* What all scored cells share is said once, in the caption, instead of in a column. */
struct shared {
    bool kind, n; /* the same in all of them */
    bool any_layer, any_error;
    const struct bb_cell *first;
};

static struct shared find_shared(const struct bb_node_page *it, const struct bb_view_rows *rows)
{
    struct shared shared = {true, true, false, false, NULL};
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_cell *cell = bb_results_cell(it->results, rows->model[i], it->index);
        if (cell->status != BB_CELL_OK) continue;
        if (!shared.first) shared.first = cell;
        shared.kind = shared.kind && bb_streq(cell->error_kind, shared.first->error_kind);
        shared.n = shared.n && cell->n == shared.first->n;
        shared.any_layer |= cell->layer != NULL;
        shared.any_error |= cell->error_kind != NULL;
    }
    return shared;
}

static const char *caption(const struct bb_node_page *it, const struct shared *shared)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, it->node->lower_better ? "Best (lowest) first" : "Best first");
    if (shared->kind && shared->first->error_kind)
        bb_buf_printf(&text, "; ± is the %s", bb_page_error_kind(arena, shared->first->error_kind));
    if (!shared->any_error) bb_buf_puts(&text, "; no errors are known");
    if (shared->n && shared->first->n) bb_buf_printf(&text, "; n = %zu", shared->first->n);
    return taken(it, &text);
}

/* The columns that this table has: the same sections in the head and in each row. */
static void add_columns(struct bb_tpl_dict *dict, const struct shared *shared, const char *const section[4],
                        struct bb_tpl_dict *out[4])
{
    const bool has[4] = {shared->any_error, shared->any_error && !shared->kind, !shared->n, shared->any_layer};
    for (size_t i = 0; i < 4; i++) out[i] = has[i] ? bb_tpl_once(dict, section[i]) : NULL;
}

static void set_in(struct bb_tpl_dict *dict, const char *name, const char *value)
{
    if (dict) bb_tpl_set(dict, name, value);
}

static void add_row(const struct bb_node_page *it, struct bb_tpl_dict *table, const struct bb_view_rows *rows,
                    const struct bb_view_column *column, const struct shared *shared, size_t model)
{
    static const char *const sections[4] = {"ERROR_CELL", "KIND_CELL", "COUNT_CELL", "LAYER_CELL"};
    const struct bb_cell *cell = bb_results_cell(it->results, model, it->index);
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *row = bb_tpl_section(table, "ROW"), *part[4];
    bb_page_model(row, &it->results->model[model]);
    bb_page_rank(row, it->results, rows, model);
    if (it->results->model[model].reference) bb_tpl_show(row, "REFERENCE");
    bb_tpl_set(row, "SHADE", bb_page_cell_shade(&it->page, column, cell->score));
    bb_tpl_set(row, "SCORE", bb_page_detail(arena, cell->score));
    bb_tpl_set(row, "RAW", bb_page_detail(arena, cell->raw));
    add_columns(row, shared, sections, part);
    set_in(part[0], "ERROR", cell->error_kind ? bb_page_detail(arena, cell->error) : "");
    if (part[1]) bb_tpl_set(part[1], "ERROR_KIND", bb_page_error_kind(arena, cell->error_kind));
    set_in(part[2], "COUNT", cell->n ? bb_arena_printf(arena, "%zu", cell->n) : "");
    set_in(part[3], "LAYER", cell->layer);
}

typedef const char *sentence_of(const struct bb_node_page *it, size_t model);

static const char *warning_of(const struct bb_node_page *it, size_t model)
{
    return bb_results_cell(it->results, model, it->index)->warning;
}

static const char *choice_of(const struct bb_node_page *it, size_t model)
{
    bool same = bb_streq(bb_results_cell(it->results, model, it->index)->layer_choice, "same_data");
    return same ? "The layer is chosen on the data that is scored, which favours models with many layers; how much stands on the "
                  "model’s page"
                : NULL;
}

static const char *kept_of(const struct bb_node_page *it, size_t model)
{
    return bb_results_cell(it->results, model, it->index)->cached ? bb_kept_words : NULL;
}

enum { MANY_WARNED = 20 };

/* What a reader should know of single cells: each sentence once, with the models it is about, or that it is about all, when those are many. */
static void add_warnings(const struct bb_node_page *it, struct bb_tpl_dict *table, const struct bb_view_rows *rows,
                         sentence_of *sentence)
{
    for (size_t i = 0; i < rows->n; i++) {
        const char *warning = sentence(it, rows->model[i]);
        bool is_said = warning == NULL;
        for (size_t k = 0; k < i && !is_said; k++) is_said = bb_streq(sentence(it, rows->model[k]), warning);
        if (is_said) continue;
        struct bb_tpl_dict *note = bb_tpl_section(table, "WARNING");
        bb_tpl_set(note, "WARNING", warning);
        size_t scored = 0, warned = 0;
        for (size_t k = 0; k < rows->n; k++) {
            scored += bb_results_cell(it->results, rows->model[k], it->index)->status == BB_CELL_OK;
            warned += bb_streq(sentence(it, rows->model[k]), warning);
        }
        bool all = warned == scored && warned > MANY_WARNED;
        if (all) bb_tpl_show(note, "WARNED_ALL");
        for (size_t k = i; !all && k < rows->n; k++)
            if (bb_streq(sentence(it, rows->model[k]), warning))
                bb_page_model(bb_tpl_section(note, "WARNED"), &it->results->model[rows->model[k]]);
    }
}

static void add_spread(const struct bb_node_page *it, struct bb_tpl_dict *table)
{
    struct bb_spread spread = bb_spread_of(it->results, it->index);
    struct bb_arena *arena = it->page.arena;
    const struct {
        const char *name;
        double value;
    } parts[] = {{"lowest", spread.low},           {"lower quartile", spread.lower}, {"median", spread.median},
                 {"upper quartile", spread.upper}, {"highest", spread.high},         {"oracle", it->facts->oracle}};
    if (spread.n < 4) return; /* quartiles of fewer say nothing that the table does not */
    struct bb_tpl_dict *dict = bb_tpl_section(table, "SPREAD");
    bb_tpl_set_number(dict, "SPREAD_N", spread.n);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (isnan(parts[i].value)) continue;
        struct bb_tpl_dict *part = bb_tpl_section(dict, "SPREAD_PART");
        bb_tpl_set(part, "SPREAD_NAME", parts[i].name);
        bb_tpl_set(part, "SPREAD_VALUE", bb_page_detail(arena, parts[i].value));
    }
}

static void add_charts(const struct bb_node_page *it, struct bb_tpl_dict *table, const struct bb_view_rows *rows)
{
    struct bb_chart_place place = bb_chart_place_new(it->results, it->index, it->page.arena);
    if (rows->n < 2) return;
    struct bb_tpl_dict *figures = bb_figures(table);
    bb_chart_add_ranking(&it->page, figures, rows, it->index);
    if (place.n > BB_CHART_RANKED_ROWS)
        bb_chart_add_place(&it->page, figures, &place, it->index, BB_NO_NODE, "How the scores are spread");
}

static void add_table(const struct bb_node_page *it, const struct bb_view_rows *rows)
{
    static const char *const heads[4] = {"ERROR_HEAD", "KIND_HEAD", "COUNT_HEAD", "LAYER_HEAD"};
    struct bb_view_column column = bb_view_column(it->results, it->index, rows);
    struct shared shared = find_shared(it, rows);
    struct bb_tpl_dict *none[4];
    if (!shared.first) return;
    struct bb_tpl_dict *table = bb_tpl_section(it->page.content, "LEAF_TABLE");
    bb_tpl_optional(table, "REPORT_PLACE", bb_report_place(it->page.site, it->index, it->page.arena));
    bb_tpl_set(table, "CAPTION", caption(it, &shared));
    add_columns(table, &shared, heads, none);
    for (size_t i = 0; i < rows->n; i++)
        if (bb_results_cell(it->results, rows->model[i], it->index)->status == BB_CELL_OK)
            add_row(it, table, rows, &column, &shared, rows->model[i]);
    bb_page_exports_node(&it->page, table, it->index, rows->n);
    add_spread(it, table);
    add_charts(it, table, rows);
    bb_chart_scores_file(&it->page, it->index, rows);
    add_warnings(it, table, rows, choice_of);
    add_warnings(it, table, rows, warning_of);
    add_warnings(it, table, rows, kept_of);
}

static void add_unscored(const struct bb_node_page *it, enum bb_status status, const char *id, const char *title)
{
    struct bb_tpl_dict *list = NULL;
    for (size_t m = 0; m < it->results->n_models; m++) {
        const struct bb_cell *cell = bb_results_cell(it->results, m, it->index);
        if (cell->status != status || it->results->model[m].visibility != BB_PUBLIC) continue;
        if (!list) {
            list = bb_tpl_section(it->page.content, "UNSCORED_LIST");
            bb_tpl_set(list, "UNSCORED_ID", id);
            bb_tpl_set(list, "UNSCORED_TITLE", title);
            bb_tpl_set(list, "STATUS_CLASS", bb_page_status_class(status));
            bb_page_status(list, status);
        }
        struct bb_tpl_dict *item = bb_tpl_section(list, "UNSCORED");
        bb_page_model(item, &it->results->model[m]);
        bb_tpl_optional(item, "REASON", cell->reason);
    }
}

/* --- what it goes along with ------------------------------------------------------------------------------------------ */

#define RELATIONS_SHOWN 10 /* at either end */

/* What tells it from others of the same title: its group; and that its scores run the other way. */
static const char *relation_note(const struct bb_node_page *it, const struct bb_node *other)
{
    const char *group = other->parent_index == BB_NO_NODE ? "" : bb_page_node_title(&it->results->tree.node[other->parent_index]);
    const char *lower =
        other->lower_better != it->node->lower_better ? other->lower_better ? "lower is better" : "higher is better" : "";
    return bb_arena_printf(it->page.arena, "%s%s%s", group, *group && *lower ? ", " : "", lower);
}

static void add_relation(const struct bb_node_page *it, struct bb_tpl_dict *body, const struct bb_relation *relation)
{
    const struct bb_node *other = &it->results->tree.node[relation->node];
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *row = bb_tpl_section(body, "RELATION");
    bb_tpl_set(row, "OTHER_ID", other->id);
    bb_tpl_set(row, "OTHER_TITLE", bb_page_node_title(other));
    bb_tpl_optional(row, "OTHER_IN", relation_note(it, other));
    bb_tpl_set(row, "PEARSON", bb_page_score(arena, relation->pearson));
    bb_tpl_set(row, "INTERVAL_LOW", bb_page_score(arena, relation->interval[0]));
    bb_tpl_set(row, "INTERVAL_HIGH", bb_page_score(arena, relation->interval[1]));
    bb_tpl_set(row, "SPEARMAN", bb_page_score(arena, relation->spearman));
    bb_tpl_set_number(row, "COMMON", relation->n);
    if (relation->n < BB_RELATION_FEW_MODELS) bb_tpl_show(row, "FEW");
}

static void add_relation_body(const struct bb_node_page *it, struct bb_tpl_dict *section, const char *title,
                              struct bb_relation *relation, size_t n)
{
    bb_relations_add_ranks(it->relations, it->index, relation, n);
    struct bb_tpl_dict *body = bb_tpl_section(section, "RELATIONS_BODY");
    bb_tpl_optional(body, "BODY_TITLE", title);
    for (size_t i = 0; i < n; i++) add_relation(it, body, &relation[i]);
}

static void add_relations(const struct bb_node_page *it)
{
    struct bb_arena *arena = it->page.arena;
    struct bb_relation *relation = BB_NEW_ARRAY(arena, it->results->tree.n + 1, struct bb_relation);
    size_t n = bb_relations_of(it->relations, it->index, relation), few = 0;
    if (!n) return;
    struct bb_tpl_dict *section = bb_tpl_section(it->page.content, "RELATIONS");
    bb_tpl_set(section, "NODE_ID", it->node->id);
    for (size_t i = 0; i < n; i++) few += relation[i].n < BB_RELATION_FEW_MODELS;
    if (n > 2 * RELATIONS_SHOWN) {
        bb_tpl_set(
            section, "RELATIONS_CAPTION",
            bb_arena_printf(arena, "The %d most and the %d least alike of %zu benchmarks", RELATIONS_SHOWN, RELATIONS_SHOWN, n));
        add_relation_body(it, section, "Most alike", relation, RELATIONS_SHOWN);
        add_relation_body(it, section, "Least alike", relation + n - RELATIONS_SHOWN, RELATIONS_SHOWN);
    } else {
        bb_tpl_set(section, "RELATIONS_CAPTION",
                   bb_arena_printf(arena, "%zu benchmark%s, the most alike first", n, n == 1 ? "" : "s"));
        add_relation_body(it, section, NULL, relation, n);
    }
    if (few) bb_tpl_set_number(bb_tpl_section(section, "RELATIONS_FEW"), "FEW_LIMIT", BB_RELATION_FEW_MODELS);
}

/* --- data and provenance ---------------------------------------------------------------------------------------------- */

struct data_fact {
    const char *name;
    const char *(*of)(const struct bb_source *source);
    void (*add)(struct bb_tpl_dict *dict, const char *name, const char *value);
};

static const char *source_url(const struct bb_source *source)
{
    return source->url;
}
static const char *source_license(const struct bb_source *source)
{
    return source->license;
}
static const char *source_sha1(const struct bb_source *source)
{
    return source->sha1;
}
static const char *source_sha256(const struct bb_source *source)
{
    return source->sha256;
}

static const struct data_fact data_facts[] = {{"Data from", source_url, bb_page_fact_link},
                                              {"License of the data", source_license, bb_page_fact},
                                              {"SHA-1 as stated", source_sha1, bb_page_fact_mono},
                                              {"SHA-256 as stated", source_sha256, bb_page_fact_mono}};

/* Many files of one place say the same; it stands once. */
static void add_source_fact(const struct bb_node_page *it, struct bb_tpl_dict *dict, const struct data_fact *fact)
{
    const struct bb_sources *sources = &it->node->data;
    for (size_t i = 0; i < sources->n; i++) {
        const char *value = fact->of(&sources->source[i]);
        bool is_said = value == NULL;
        for (size_t k = 0; k < i && !is_said; k++) is_said = bb_streq(fact->of(&sources->source[k]), value);
        if (!is_said) fact->add(dict, fact->name, value);
    }
}

static void add_provenance(const struct bb_node_page *it)
{
    struct bb_tpl_dict *dict = bb_tpl_section(it->page.content, "PROVENANCE");
    bb_page_fact(dict, "Data", bb_node_data_word(it->results, it->index));
    for (size_t i = 0; i < sizeof data_facts / sizeof data_facts[0]; i++) add_source_fact(it, dict, &data_facts[i]);
    if (it->node->version > 0) bb_page_fact(dict, "Version", bb_arena_printf(it->page.arena, "%ld", it->node->version));
    bb_page_fact_mono(dict, "Metric, version", it->facts->metric_digest);
    bb_page_fact_mono(dict, "Digest of the data", it->facts->data_digest);
    bb_page_fact_mono(dict, "Digest of the definition", it->facts->definition_digest);
}

void bb_benchmark_fill(const struct bb_node_page *it)
{
    add_measured(it);
    if (it->node->publish == BB_PUBLISH_NONE) return; /* named, and no more */
    struct bb_view_rows rows = bb_view_rows(it->results, it->index, it->page.arena);
    add_steps(it, &rows);
    add_table(it, &rows);
    add_unscored(it, BB_CELL_FAILED, "failed", "Failed");
    add_unscored(it, BB_CELL_MISSING, "missing", "Not run");
    add_unscored(it, BB_CELL_NOT_APPLICABLE, "na", "Not applicable");
    add_relations(it);
    add_provenance(it);
}
