/*
 * The about page: every rule of the board, stated once and with what this board has of it. Other pages link to its anchors.
 */
#include "render/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"

/* --- what the board has of each thing --------------------------------------------------------------------------------- */

/* Names in order of first appearance in the tree, and how often. */
struct tally {
    const char **name;
    const void **thing;
    size_t *count, n;
};

static struct tally tally_new(struct bb_arena *arena, size_t room)
{
    return (struct tally){BB_NEW_ARRAY(arena, room + 1, const char *), BB_NEW_ARRAY(arena, room + 1, const void *),
                          BB_NEW_ARRAY(arena, room + 1, size_t), 0};
}

static void tally_add(struct tally *tally, const char *name, const void *thing)
{
    size_t i = 0;
    while (i < tally->n && strcmp(tally->name[i], name) != 0) i++;
    if (i == tally->n) {
        tally->name[tally->n] = name;
        tally->thing[tally->n++] = thing;
    }
    tally->count[i]++;
}

static const char *benchmarks_text(struct bb_arena *arena, size_t n)
{
    return bb_arena_printf(arena, "%zu", n);
}

static bool is_shown(const struct bb_results *results, size_t node)
{
    const struct bb_node *is = &results->tree.node[node];
    return bb_node_is_leaf(is) && is->publish != BB_PUBLISH_NONE && results->facts[node].present;
}

/* --- rules of normalisation ------------------------------------------------------------------------------------------- */

const struct bb_rule_words bb_page_rule_words[BB_N_RULES] = {
    {BB_NORMALISE_NONE, "none", "The raw value is on a scale of its own; the ceiling, if there is one, is shown and not used."},
    {BB_NORMALISE_RATIO, "ratio", "The share of the reliable signal that the model has."},
    {BB_NORMALISE_RATIO_SQUARED, "ratio_squared",
     "The same for correlations, in shares of variance. A negative r gives a positive score; r stands beside it."},
    {BB_NORMALISE_EXPLAINED_VARIANCE, "explained_variance",
     "Variance explained, over a ceiling that is itself a reliability. A negative r gives a positive score; r stands beside it."},
    {BB_NORMALISE_RATIO_SQRT, "ratio_sqrt",
     "Correlation with a noisy mean of reliability c: no prediction without noise can be over √c."},
    {BB_NORMALISE_CHANCE, "chance", "0 at chance, 1 at the ceiling; c is 1 where there is no ceiling."},
};

static void add_normalisations(const struct bb_page *page)
{
    const struct bb_results *results = page->site->listed;
    for (size_t i = 0; i < BB_N_RULES; i++) {
        size_t n = 0;
        for (size_t k = 0; k < results->tree.n; k++)
            n += is_shown(results, k) && results->tree.node[k].normalise == bb_page_rule_words[i].rule;
        struct bb_tpl_dict *row = bb_tpl_section(page->content, "NORMALISATION");
        bb_tpl_set(row, "NORMALISE_NAME", bb_page_rule_words[i].name);
        bb_tpl_set(row, "NORMALISE_FORMULA", bb_normalise_formula(bb_page_rule_words[i].rule));
        bb_tpl_set(row, "NORMALISE_WHEN", bb_page_rule_words[i].when);
        bb_tpl_set_number(row, "NORMALISE_COUNT", n);
    }
}

/* --- metrics and ceilings --------------------------------------------------------------------------------------------- */

static void add_metrics(const struct bb_page *page)
{
    const struct bb_results *results = page->site->listed;
    struct tally tally = tally_new(page->arena, results->tree.n);
    for (size_t i = 0; i < results->tree.n; i++)
        if (is_shown(results, i) && results->tree.node[i].metric)
            tally_add(&tally, results->tree.node[i].metric->name, results->tree.node[i].metric);
    struct bb_tpl_dict *section = NULL;
    for (size_t i = 0; i < tally.n; i++) {
        const struct bb_metric *metric = tally.thing[i];
        if (!section) section = bb_tpl_section(page->content, "METRICS");
        struct bb_tpl_dict *row = bb_tpl_section(section, "METRIC");
        bb_tpl_set(row, "METRIC_TITLE", metric->title);
        bb_tpl_set(row, "METRIC_NAME", bb_arena_printf(page->arena, "%s/%d", metric->name, metric->version));
        bb_tpl_set(row, "METRIC_FORMULA", metric->formula);
        bb_tpl_set(row, "METRIC_COUNT", benchmarks_text(page->arena, tally.count[i]));
    }
}

static void add_ceilings(const struct bb_page *page)
{
    const struct bb_results *results = page->site->listed;
    struct tally tally = tally_new(page->arena, results->tree.n);
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_node *node = &results->tree.node[i];
        if (!is_shown(results, i)) continue;
        if (node->ceiling)
            tally_add(&tally, node->ceiling->name, node->ceiling);
        else if (!isnan(results->facts[i].ceiling.value))
            tally_add(&tally, "", NULL);
    }
    struct bb_tpl_dict *section = NULL;
    for (size_t i = 0; i < tally.n; i++) {
        const struct bb_ceiling *ceiling = tally.thing[i];
        if (!section) section = bb_tpl_section(page->content, "CEILINGS");
        struct bb_tpl_dict *row = bb_tpl_section(section, "CEILING");
        bb_tpl_set(row, "CEILING_TITLE", ceiling ? ceiling->title : "Stated");
        bb_tpl_set(row, "CEILING_NAME", ceiling ? bb_arena_printf(page->arena, "%s/%d", ceiling->name, ceiling->version) : "");
        bb_tpl_set(row, "CEILING_FORMULA",
                   ceiling ? ceiling->formula : "a number that the benchmark states, from its publication");
        bb_tpl_set(row, "CEILING_COUNT", benchmarks_text(page->arena, tally.count[i]));
    }
}

/* --- errors ----------------------------------------------------------------------------------------------------------- */

/* Kinds are <what>_<statistic>; what it is made over decides what it says. */
const char *bb_page_error_meaning(const char *kind)
{
    static const struct {
        const char *end, *meaning;
    } meanings[] = {
        {"_sd", "how far single ones lie apart, not how far the mean is off"},
        {"_sem", "how far the mean is off, if they are independent draws"},
        {"_mad", "how far single ones typically lie from the median"},
        {"z_se", "how far a correlation is off, if items are independent"},
        {"bootstrap", "the spread of the value when what it is made of is drawn anew"},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (bb_ends_with(kind, meanings[i].end)) return meanings[i].meaning;
    return "as the list that it comes from says";
}

static void add_errors(const struct bb_page *page)
{
    const struct bb_results *results = page->site->listed;
    struct tally tally = tally_new(page->arena, results->n_models * results->tree.n);
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t i = 0; i < results->tree.n; i++) {
            const struct bb_cell *cell = bb_results_cell(results, m, i);
            if (cell->status == BB_CELL_OK && cell->error_kind && is_shown(results, i)) tally_add(&tally, cell->error_kind, NULL);
        }
    struct bb_tpl_dict *section = NULL;
    for (size_t i = 0; i < tally.n; i++) {
        if (!section) section = bb_tpl_section(page->content, "ERROR_KINDS");
        struct bb_tpl_dict *row = bb_tpl_section(section, "ERROR_ROW");
        bb_tpl_set(row, "KIND_NAME", tally.name[i]);
        bb_tpl_set(row, "KIND_WORDS", bb_page_error_kind(page->arena, tally.name[i]));
        bb_tpl_set(row, "KIND_MEANING", bb_page_error_meaning(tally.name[i]));
        bb_tpl_set_number(row, "KIND_COUNT", tally.count[i]);
    }
}

/* --- layers ----------------------------------------------------------------------------------------------------------- */

static void add_layers(const struct bb_page *page)
{
    static const struct {
        const char *name, *words;
    } choices[] = {
        {"stated", "The model’s author names the layer of the region."},
        {"only", "The output has one layer."},
        {"last", "Behaviour is read out of the last layer of the output, or of its logits."},
        {"selection", "Chosen on another benchmark of the region, whose data is not the one that is scored."},
        {"same_data", "Chosen by the score itself, on the same data. This favours models with many layers. The optimism (that "
                      "score minus the nested one) stands on the model’s page."},
        {"nested", "Chosen anew in each split, on its training part alone."},
    };
    const struct bb_results *results = page->site->listed;
    struct bb_tpl_dict *section = NULL;
    for (size_t c = 0; c < sizeof choices / sizeof choices[0]; c++) {
        size_t n = 0;
        for (size_t m = 0; m < results->n_models; m++)
            for (size_t i = 0; i < results->tree.n; i++) {
                const struct bb_cell *cell = bb_results_cell(results, m, i);
                n += cell->status == BB_CELL_OK && bb_streq(cell->layer_choice, choices[c].name);
            }
        if (!n) continue;
        if (!section) section = bb_tpl_section(page->content, "LAYERS");
        struct bb_tpl_dict *row = bb_tpl_section(section, "LAYER_ROW");
        bb_tpl_set(row, "CHOICE_NAME", choices[c].name);
        bb_tpl_set(row, "CHOICE_WORDS", choices[c].words);
        bb_tpl_set_number(row, "CHOICE_COUNT", n);
    }
    bb_tpl_show(page->content, results->board.options.layer_choice == BB_LAYERS_NESTED ? "LAYERS_NESTED" : "LAYERS_REFERENCE");
}

/* --- columns of the data ---------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *meaning;
} columns[] = {
    {"model", "id of the model"},
    {"benchmark", "id of the benchmark"},
    {"status", "ok, failed, missing (not run), not_applicable"},
    {"raw", "the metric’s value r"},
    {"ceiling", "c, of the benchmark"},
    {"score", "made of r and c by the benchmark’s rule"},
    {"error", "of the score, on its scale"},
    {"error_kind", "what the error is; empty: not known"},
    {"n", "items, trials or stimuli that were compared"},
    {"reason", "of a failed or not applicable cell, a sentence"},
};

static void add_columns(const struct bb_page *page)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        struct bb_tpl_dict *row = bb_tpl_section(page->content, "DATA_COLUMN");
        bb_tpl_set(row, "COLUMN_NAME", columns[i].name);
        bb_tpl_set(row, "COLUMN_MEANING", columns[i].meaning);
    }
}

/* --- how far definitions were checked --------------------------------------------------------------------------------- */

static void add_checked(const struct bb_page *page)
{
    static const char *const name[BB_N_VERIFIED] = {
        NULL, "CHECKED_DEFINED", "CHECKED_INDEPENDENT", "CHECKED_REAL"}; /* in the order of enum bb_verified */
    const struct bb_results *results = page->site->listed;
    size_t count[BB_N_VERIFIED] = {0}, absent = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_node *node = &results->tree.node[i];
        if (!bb_node_is_leaf(node) || node->verified == BB_VERIFIED_NONE) continue;
        count[node->verified]++;
        absent += !results->facts[i].present && !results->facts[i].counted;
    }
    if (!count[BB_VERIFIED_DEFINED] && !count[BB_VERIFIED_INDEPENDENT] && !count[BB_VERIFIED_REAL]) return;
    struct bb_tpl_dict *section = bb_tpl_section(page->content, "CHECKED_COUNTS");
    for (size_t k = BB_VERIFIED_DEFINED; k < BB_N_VERIFIED; k++) bb_tpl_set_number(section, name[k], count[k]);
    if (absent) bb_tpl_set_number(bb_tpl_section(section, "CHECKED_ABSENT"), "CHECKED_ABSENT", absent);
}

/* --- the page --------------------------------------------------------------------------------------------------------- */

static void add_provenance(const struct bb_page *page)
{
    const struct bb_board *board = &page->site->results->board;
    bb_tpl_set(page->content, "PROGRAM_VERSION", bb_version);
    bb_tpl_optional(page->content, "ABOUT_RELEASE", board->release);
    bb_tpl_optional(page->content, "ABOUT_LICENSE", board->license);
    if (page->site->options->units_path) bb_tpl_show(page->content, "ABOUT_UNITS");
}

enum bb_code bb_pages_about(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_options *options = &site->results->board.options;
    struct bb_page page;
    bool any_simulated = site->results->board.simulated;
    bb_page_begin(&page, site, "about/index.html", "about.tpl", "About");
    add_normalisations(&page);
    add_metrics(&page);
    add_ceilings(&page);
    add_errors(&page);
    add_layers(&page);
    add_checked(&page);
    bb_page_rules(&page, page.content);
    bb_tpl_show(page.content, options->items == BB_ITEMS_COMMON ? "ITEMS_COMMON" : "ITEMS_OWN");
    for (size_t i = 0; i < site->results->tree.n; i++) any_simulated |= site->results->tree.node[i].simulated;
    if (any_simulated) bb_tpl_show(page.content, site->results->board.simulated ? "ALL_SIMULATED" : "PART_SIMULATED");
    add_columns(&page);
    add_provenance(&page);
    bb_page_legend(&page, page.content);
    return bb_page_end(&page, err);
}
