/*
 * What is said of the board's rules, each once: averages and missing scores, ranks and rounding, colours; and the legend of its tables.
 */
#include "render/page.h"

#include <math.h>

#include "score/policy.h"

#define SHOWN_CHANGES 10

/* --- the legend ------------------------------------------------------------------------------------------------------- */

void bb_page_legend(const struct bb_page *page, struct bb_tpl_dict *dict)
{
    struct bb_tpl_dict *legend = bb_tpl_include(dict, "LEGEND", "legend.tpl");
    bb_tpl_show(legend, page->site->options->palette == BB_PALETTE_BRAINSCORE ? "REFERENCE_SCALE" : "OWN_SCALE");
}

/* --- policies for missing scores ------------------------------------------------------------------------------------- */

const char *bb_page_missing_line(const struct bb_results *results)
{
    static const char *const line[BB_N_MISSING] = {[BB_MISSING_ZERO] = "In averages a missing score counts as zero.",
                                                   [BB_MISSING_SKIP] = "Averages leave missing scores out.",
                                                   [BB_MISSING_REQUIRE] = "An average needs every score below it."};
    return line[results->board.options.missing];
}

static void add_policy_head(struct bb_tpl_dict *table, int in_force)
{
    for (int p = 0; p < BB_N_MISSING; p++) {
        struct bb_tpl_dict *head = bb_tpl_section(table, "POLICY");
        bb_tpl_set(head, "POLICY_NAME", bb_missing_names[p]);
        if (p == in_force) bb_tpl_show(head, "POLICY_IN_FORCE");
    }
}

static void add_change(const struct bb_page *page, struct bb_tpl_dict *table, const struct bb_policy_change *change)
{
    struct bb_tpl_dict *row = bb_tpl_section(table, "CHANGE");
    bb_page_model(row, &page->site->results->model[change->model]);
    for (int p = 0; p < BB_N_MISSING; p++) {
        struct bb_tpl_dict *cell = bb_tpl_section(row, "CHANGE_RANK");
        bb_tpl_set(cell, "CHANGE_PLACE", change->rank[p] ? bb_arena_printf(page->arena, "%zu", change->rank[p]) : "–");
        bb_tpl_optional(cell, "CHANGE_SCORE", bb_page_score(page->arena, change->score[p]));
    }
}

/* true when the table has something to show, or when that cannot be told. */
static bool add_changes(const struct bb_page *page, struct bb_tpl_dict *dict, const struct bb_policies *policies,
                        const char *domain)
{
    const struct bb_results *results = page->site->results;
    struct bb_view_nodes tables = bb_view_tables(results, domain, page->arena);
    if (!tables.n) return false;
    struct bb_policy_changes changes = bb_policy_changes(policies, tables.node[0], page->arena);
    const char *title = bb_page_title_case(page->arena, domain);
    if (changes.unknown) bb_tpl_set(bb_tpl_section(dict, "POLICY_UNKNOWN"), "POLICY_DOMAIN", title);
    if (!changes.n) return changes.unknown;
    struct bb_tpl_dict *table = bb_tpl_section(dict, "POLICY_TABLE");
    struct bb_view_rows rows = bb_view_rows(results, tables.node[0], page->arena);
    bb_tpl_set(table, "POLICY_ID", bb_arena_printf(page->arena, "policies-%s", domain));
    bb_tpl_set(table, "POLICY_CAPTION",
               bb_arena_printf(page->arena, "%s: %zu of %zu models %s another rank under another policy%s", title, changes.n,
                               rows.n, changes.n == 1 ? "has" : "have", changes.n > SHOWN_CHANGES ? "; the first ten" : ""));
    add_policy_head(table, results->board.options.missing);
    for (size_t i = 0; i < changes.n && i < SHOWN_CHANGES; i++) add_change(page, table, &changes.change[i]);
    return true;
}

static void add_policies(const struct bb_page *page, struct bb_tpl_dict *dict)
{
    bool any = false;
    for (size_t i = 0; i < page->site->domains.n; i++) any |= add_changes(page, dict, page->site->policies, page->site->domains.name[i]);
    if (!any) bb_tpl_show(dict, "POLICY_NO_CHANGE");
}

/* --- the whole ------------------------------------------------------------------------------------------------------------ */

void bb_page_rules(const struct bb_page *page, struct bb_tpl_dict *dict)
{
    static const char *const missing[BB_N_MISSING] = {
        [BB_MISSING_ZERO] = "RULE_ZERO", [BB_MISSING_SKIP] = "RULE_SKIP", [BB_MISSING_REQUIRE] = "RULE_REQUIRE"};
    const struct bb_site_options *options = page->site->options;
    struct bb_tpl_dict *rules = bb_tpl_include(dict, "RULES", "rules.tpl");
    bb_tpl_show(rules, missing[page->site->results->board.options.missing]);
    bb_tpl_show(rules, options->parity ? "ROUND_TWICE" : "ROUND_ONCE");
    bb_tpl_show(rules, options->palette == BB_PALETTE_BRAINSCORE ? "REFERENCE_COLOURS" : "OWN_COLOURS");
    add_policies(page, rules);
}
