/*
 * Of the report: how scores, averages and ranks are made, the references, and what everything was made from.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/version.h"
#include "render/bibtex.h"
#include "render/report_int.h"

/* --- definitions ---------------------------------------------------------------------------------------------------- */

static void rules(struct bb_report *report)
{
    static const char *const missing[] = {
        [BB_MISSING_ZERO] = "A child without a score (failed or not run) counts as zero in its parent, as long as any child has "
                            "a score; without any, the "
                            "group has no score either.",
        [BB_MISSING_SKIP] = "A child without a score (failed or not run) is left out of the mean, so averages of models with "
                            "different coverage do not "
                            "compare.",
        [BB_MISSING_REQUIRE] = "A group has a score only when every child has one.",
    };
    struct bb_flow *flow = &report->flow;
    const struct bb_options *options = &report->results->board.options;
    bb_flow_heading(flow, 2, "Averages and ranks", NULL, 40);
    bb_flow_text(
        flow,
        bb_arena_printf(
            report->arena,
            "The score of a group is the plain mean of its children, each with the same weight, whatever stands below it. %s "
            "Benchmarks that cannot be measured for a model do not count for it. Engineering benchmarks, which compare with no "
            "brain "
            "and no behaviour, stand apart from the average.",
            missing[options->missing]));
    bb_flow_text(
        flow, report->site->options->parity
                  ? "Averages are taken from unrounded values. Scores are rounded as on brain-score.org: to three decimals (one "
                    "from 1 on), and that "
                    "again to two, half away from zero. Models are ranked on what comes out; equal scores share a rank, marked "
                    "=: 1, 2=, 2=, 4. "
                    "Reference rows have no rank and take none from others."
                  : "A number is rounded once, when it is shown, half away from zero; averages are taken from unrounded values. "
                    "Models are ranked on "
                    "the score rounded to two decimals, and equal scores share a rank, marked =: 1, 2=, 2=, 4. Within a tie the "
                    "unrounded score "
                    "decides the place in the table, and then the name. Reference rows have no rank and take none from others.");
}

/* Items of a list of three columns: what, how often, and what it means. */
struct lines {
    struct bb_pdf_cell *cell;
    size_t n, cap;
};

static void add_line(struct bb_report *report, struct lines *lines, const char *name, const char *formula, const char *meaning,
                     size_t n)
{
    if (lines->n == lines->cap) {
        size_t cap = lines->cap ? 2 * lines->cap : 8;
        struct bb_pdf_cell *more = BB_NEW_ARRAY(report->arena, 4 * cap, struct bb_pdf_cell);
        if (lines->n) memcpy(more, lines->cell, 4 * lines->n * sizeof *more);
        lines->cell = more;
        lines->cap = cap;
    }
    struct bb_pdf_cell *cell = lines->cell + 4 * lines->n++;
    cell[0].text = name;
    cell[1].text = formula;
    cell[2] = (struct bb_pdf_cell){.text = meaning, .muted = true};
    cell[3].text = bb_arena_printf(report->arena, "%zu", n);
}

static void put_lines(struct bb_report *report, const struct lines *lines, const char *caption, const char *first,
                      const char *second, const char *last)
{
    const struct bb_pdf_column column[] = {{.title = first, .wraps = true},
                                           {.title = second, .wraps = true},
                                           {.title = "", .wraps = true},
                                           {.title = last, .align = BB_PDF_RIGHT}};
    const struct bb_pdf_table table = {
        .caption = caption, .column = column, .n_columns = 4, .cell = lines->cell, .n_rows = lines->n, .no_turning = true};
    if (lines->n) bb_flow_table(&report->flow, &table);
}

static void normalisations(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct lines lines = {0};
    for (size_t i = 0; i < BB_N_RULES; i++) {
        size_t n = 0;
        for (size_t k = 0; k < results->tree.n; k++)
            n += bb_report_shows(results, k) && results->tree.node[k].normalise == bb_page_rule_words[i].rule;
        if (n)
            add_line(report, &lines, bb_page_rule_words[i].name, bb_normalise_formula(bb_page_rule_words[i].rule),
                     bb_page_rule_words[i].when, n);
    }
    put_lines(report, &lines, "How a raw value r with the ceiling c becomes a score.", "Rule", "Formula", "Benchmarks");
}

static void metrics(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct lines lines = {0};
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_metric *metric = results->tree.node[i].metric;
        size_t n = 0;
        bool is_first = metric && bb_report_shows(results, i);
        for (size_t k = 0; k < results->tree.n && is_first; k++) {
            if (!bb_report_shows(results, k) || results->tree.node[k].metric != metric) continue;
            is_first = k >= i;
            n++;
        }
        if (is_first)
            add_line(report, &lines, metric->title, metric->formula,
                     bb_arena_printf(report->arena, "%s/%d", metric->name, metric->version), n);
    }
    put_lines(report, &lines, "Metrics.", "Metric", "Raw value r", "Benchmarks");
}

static void ceilings(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct lines lines = {0};
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_ceiling *ceiling = results->tree.node[i].ceiling;
        size_t n = 0;
        bool is_first = ceiling && bb_report_shows(results, i);
        for (size_t k = 0; k < results->tree.n && is_first; k++) {
            if (!bb_report_shows(results, k) || results->tree.node[k].ceiling != ceiling) continue;
            is_first = k >= i;
            n++;
        }
        if (is_first)
            add_line(report, &lines, ceiling->title, ceiling->formula,
                     bb_arena_printf(report->arena, "%s/%d", ceiling->name, ceiling->version), n);
    }
    put_lines(report, &lines, "Ceilings.", "Ceiling", "Formula", "Benchmarks");
}

static void errors(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct lines lines = {0};
    struct bb_names kinds;
    bb_names_init(&kinds);
    size_t *count = BB_NEW_ARRAY(report->arena, results->n_models * results->tree.n + 1, size_t);
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t i = 0; i < results->tree.n; i++) {
            const struct bb_cell *cell = bb_results_cell(results, m, i);
            if (cell->status == BB_CELL_OK && cell->error_kind && bb_report_shows(results, i))
                count[bb_names_add(&kinds, cell->error_kind)]++;
        }
    for (size_t k = 0; k < kinds.n; k++)
        add_line(report, &lines, bb_arena_strdup(report->arena, bb_page_error_kind(report->arena, kinds.name[k])),
                 bb_arena_strdup(report->arena, kinds.name[k]), bb_page_error_meaning(kinds.name[k]), count[k]);
    bb_names_release(&kinds);
    put_lines(report, &lines, "What ± is, and what it says.", "Error", "In the data", "Scores");
}

/* --- references ----------------------------------------------------------------------------------------------------- */

struct references {
    struct bb_citation *entry;
    size_t n, cap;
};

/* Under the same key, or the same publication under another. */
static bool is_same(const struct bb_citation *a, const struct bb_citation *b)
{
    return strcmp(a->key, b->key) == 0 || (a->doi && b->doi && strcmp(a->doi, b->doi) == 0);
}

static void add_references(struct bb_report *report, struct references *all, const char *text)
{
    struct bb_citation entry;
    for (const char *at = text; at && (at = bb_citation_next(at, &entry, report->arena));) {
        bool is_new = true;
        for (size_t i = 0; i < all->n && is_new; i++) is_new = !is_same(&all->entry[i], &entry);
        if (!is_new) continue;
        all->entry = bb_grow(all->entry, &all->cap, all->n + 1, sizeof *all->entry);
        all->entry[all->n++] = entry;
    }
}

static int by_author(const void *a, const void *b)
{
    const struct bb_citation *x = a, *y = b;
    int order = strcmp(x->author ? x->author : x->title ? x->title : "", y->author ? y->author : y->title ? y->title : "");
    if (!order) order = strcmp(x->year ? x->year : "", y->year ? y->year : "");
    return order ? order : strcmp(x->key, y->key);
}

static void references(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct references all = {0};
    for (size_t i = 0; i < results->tree.n; i++)
        if (bb_results_node_shown(results, i) || !bb_node_is_leaf(&results->tree.node[i]))
            add_references(report, &all, results->tree.node[i].bibtex);
    for (size_t m = 0; m < results->n_models; m++) add_references(report, &all, results->model[m].bibtex);
    if (all.n) {
        bb_flow_heading(&report->flow, 1, "References", "references", 40);
        qsort(all.entry, all.n, sizeof *all.entry, by_author);
    }
    for (size_t i = 0; i < all.n; i++) {
        struct bb_span span[4];
        size_t n = bb_citation_spans(&all.entry[i], report->flow.accent, report->arena, span);
        bb_flow_hanging(&report->flow, span, n, 14);
    }
    free(all.entry);
}

/* --- provenance ----------------------------------------------------------------------------------------------------- */

static const char *digest_text(struct bb_report *report, const char *digest)
{
    if (!digest) return NULL;
    const char *colon = strchr(digest, ':');
    return bb_arena_printf(report->arena, "%.12s", colon ? colon + 1 : digest);
}

static void provenance(struct bb_report *report)
{
    static const struct bb_pdf_column column[] = {{.title = "Benchmark", .wraps = true},
                                                  {.title = "Id", .wraps = true},
                                                  {.title = "Metric, version"},
                                                  {.title = "Data"},
                                                  {.title = "Definition"}};
    enum { N = sizeof column / sizeof column[0] };
    const struct bb_results *results = report->results;
    struct bb_arena *arena = report->arena;
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, N * (results->tree.n + 1), struct bb_pdf_cell);
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_facts *facts = &results->facts[i];
        if (!bb_report_shows(results, i)) continue;
        struct bb_pdf_cell *row = cell + N * n++;
        row[0].text = bb_page_node_title(&results->tree.node[i]);
        row[1] = (struct bb_pdf_cell){.text = results->tree.node[i].id, .muted = true};
        row[2].text = facts->metric_digest;
        row[3] = (struct bb_pdf_cell){.text = digest_text(report, facts->data_digest), .face = BB_FACE_MONO, .muted = true};
        row[4] = (struct bb_pdf_cell){.text = digest_text(report, facts->definition_digest), .face = BB_FACE_MONO, .muted = true};
    }
    bb_flow_heading(&report->flow, 1, "Provenance", "provenance", 120);
    bb_flow_text(
        &report->flow,
        bb_arena_printf(
            arena,
            "Everything in this report was made by brainboard %s from data/scores.json, whose SHA-256 is %s. The same scores "
            "give "
            "the same bytes of this file. Digests below are the beginnings of SHA-256 sums: of the recordings that a benchmark "
            "was scored on, and of its definition; data/scores.json has them in full, and those of the models’ outputs.",
            bb_version, bb_report_digest(report->site)));
    const struct bb_pdf_table table = {.caption = "What the scores were made from.",
                                       .column = column,
                                       .n_columns = N,
                                       .cell = cell,
                                       .n_rows = n,
                                       .no_turning = true,
                                       .size = 7.6};
    if (n) bb_flow_table(&report->flow, &table);
}

void bb_report_methods(struct bb_report *report)
{
    bb_flow_new_page(&report->flow, false);
    bb_flow_heading(&report->flow, 1, "Methods and definitions", "methods", 60);
    rules(report);
    bb_flow_heading(&report->flow, 2, "From raw values to scores", NULL, 100);
    normalisations(report);
    metrics(report);
    ceilings(report);
    errors(report);
    references(report);
    provenance(report);
}
