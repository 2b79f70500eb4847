/*
 * Insights: the questions of insight/questions.h with their answers, charts and tables. The page only shows what they say.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "chart/dots.h"
#include "chart/matrix.h"
#include "chart/scatter.h"
#include "insight/questions.h"
#include "render/fit_line.h"
#include "render/page_chart.h"

#define PATH         "insights/index.html"
#define DATA_PATH    "data/insights.csv"
#define MOST_SAID    6  /* sentences of a question before the others are folded */
#define MOST_CHARTS  6  /* charts of relations */
#define MOST_BARS    16 /* rows of a chart of shares or room */
#define MOST_LEADERS 5

static const char *const question_id[BB_N_QUESTIONS] = {
    [BB_ASK_EXPLAIN] = "explain", [BB_ASK_TASK] = "task", [BB_ASK_NEXT_WORD] = "next-word", [BB_ASK_BEHAVIOUR] = "behaviour",
    [BB_ASK_ALIKE] = "alike",     [BB_ASK_MORE] = "more", [BB_ASK_FAIL] = "room",           [BB_ASK_LEAD] = "lead"};

static const char *const nothing[BB_N_QUESTIONS] = {
    [BB_ASK_EXPLAIN] = "No domain of this board has an average.",
    [BB_ASK_TASK] =
        "The board states no task performance: neither engineering benchmarks nor attributes of which more or less is better.",
    [BB_ASK_NEXT_WORD] = "The board states no measure of next-word prediction, such as perplexity, for its models.",
    [BB_ASK_BEHAVIOUR] = "No domain of this board has neural and behavioural scores of the same models.",
    [BB_ASK_ALIKE] = "No domain of this board has two benchmarks.",
    [BB_ASK_MORE] = "No domain of this board has four benchmarks that ten models of three families have all been measured on.",
    [BB_ASK_FAIL] = "No benchmark of this board has a score.",
    [BB_ASK_LEAD] = "No domain of this board has two ranked models."};

static const char *const method[BB_N_QUESTIONS] = {
    [BB_ASK_EXPLAIN] = "Every attribute and task of the models against the average of each domain, ordered by the adjusted share "
                       "of its variance.",
    [BB_ASK_TASK] = "Tasks are engineering benchmarks, and attributes of which the board says that more or less of them is "
                    "better. Where a hundred models "
                    "or more have both, the best tenth is also looked at by itself; the line through the others is the measure "
                    "of whether it flattens, because "
                    "r is small in a narrow range in any case.",
    [BB_ASK_NEXT_WORD] = "Measures of next-word prediction are those called perplexity, surprisal, cross-entropy or loss.",
    [BB_ASK_BEHAVIOUR] = "Neural is the group of that name; where regions stand beside behaviour, their mean.",
    [BB_ASK_ALIKE] = "Pearson’s r over the models that two benchmarks have in common, at least eight. Benchmarks that go "
                     "together stand together (average linkage of 1 − r).",
    [BB_ASK_MORE] = "Each benchmark is left out in turn; models’ z-scores on it are predicted from the mean of their z-scores on "
                    "k others by a line that is "
                    "fitted to the other families. The error is a share of that of predicting the mean. Dots: mean over left-out "
                    "benchmarks and up to 24 "
                    "seeded choices of the others; whiskers: SD over left-out benchmarks.",
    [BB_ASK_FAIL] = "The oracle is the recording predicting itself through the same metric and splits: what any model can get. "
                    "The noise ceiling says how well the "
                    "recording repeats itself, which is another limit.",
    [BB_ASK_LEAD] = "The error of an average is known when all of its benchmarks have errors; they are taken as independent. "
                    "Where models answer the same "
                    "items, or where the error is a spread, that makes it too large rather than too small."};

/* --- words and numbers ---------------------------------------------------------------------------------------------- */

static const char *verdict_word(const struct bb_evidence *e)
{
    static const char *const words[] = {[BB_CLAIMED] = "holds",
                                        [BB_NOT_SHOWN] = "not shown",
                                        [BB_FAMILIES_FEW] = "too few families",
                                        [BB_FAMILIES_DOUBT] = "not over families",
                                        [BB_TOO_FEW] = "too few models"};
    return words[e->verdict];
}

static const char *kind_word(const struct bb_evidence *e)
{
    static const char *const words[BB_N_EVIDENCE] = {[BB_EVIDENCE_R] = "r",
                                                     [BB_EVIDENCE_GROUPS] = "η²",
                                                     [BB_EVIDENCE_TOP] = "r, best tenth − others",
                                                     [BB_EVIDENCE_SHORTFALL] = "best tenth − line",
                                                     [BB_EVIDENCE_GAIN] = "error, one − all",
                                                     [BB_EVIDENCE_LEAD] = "first − second"};
    return words[e->kind];
}

static const char *number(const struct bb_page *page, double value)
{
    return bb_page_detail(page->arena, value);
}

static const char *range(const struct bb_page *page, double low, double high)
{
    return isnan(low) ? "" : bb_arena_printf(page->arena, "%s to %s", number(page, low), number(page, high));
}

/* "p = 0.012" without its name, for columns. */
static const char *p_value(const struct bb_page *page, double p)
{
    const char *text = bb_insights_p(page->arena, p);
    return bb_starts_with(text, "p = ") ? text + 4 : bb_starts_with(text, "p ") ? text + 2 : text;
}

/* --- tables --------------------------------------------------------------------------------------------------------- */

struct head {
    const char *title;
    const char *class;
};

static struct bb_tpl_dict *add_table(struct bb_tpl_dict *section, enum bb_question question, const char *summary,
                                     const char *caption, const struct head *head, size_t n)
{
    struct bb_tpl_dict *table = bb_tpl_section(section, "TABLE");
    char id[64];
    bb_tpl_set(table, "TABLE_SUMMARY", summary);
    snprintf(id, sizeof id, "%s-table", question_id[question]);
    bb_tpl_set(table, "TABLE_ID", id);
    bb_tpl_set(table, "CAPTION", caption);
    for (size_t i = 0; i < n; i++) {
        struct bb_tpl_dict *cell = bb_tpl_section(table, "HEAD");
        bb_tpl_set(cell, "CELL_CLASS", head[i].class);
        bb_tpl_set(cell, "HEAD_TITLE", head[i].title);
    }
    return table;
}

static struct bb_tpl_dict *add_row(struct bb_tpl_dict *table, const char *title)
{
    struct bb_tpl_dict *row = bb_tpl_section(table, "ROW");
    bb_tpl_set(row, "ROW_TITLE", title);
    return row;
}

static void add_cell(struct bb_tpl_dict *row, const char *class, const char *text)
{
    struct bb_tpl_dict *cell = bb_tpl_section(row, "CELL");
    bb_tpl_set(cell, "CELL_CLASS", class);
    bb_tpl_set(cell, "CELL_TEXT", text);
}

static const char *count(const struct bb_page *page, size_t n)
{
    return bb_arena_printf(page->arena, "%zu", n);
}

static void add_test(const struct bb_page *page, struct bb_tpl_dict *table, const struct bb_insights *insights,
                     const struct bb_evidence *e)
{
    struct bb_tpl_dict *row = add_row(table, bb_insights_x(insights, e));
    add_cell(row, "kind", e->y == BB_NO_NODE ? "" : bb_asking_noun(&insights->asking, e->y));
    add_cell(row, "kind", kind_word(e));
    add_cell(row, "num", number(page, e->effect));
    add_cell(row, "num", range(page, e->low, e->high));
    add_cell(row, "num",
             isnan(e->explained) ? ""
                                 : bb_arena_printf(page->arena, "%s %%", bb_insights_number(page->arena, 100 * e->explained, 1)));
    add_cell(row, "num", count(page, e->n));
    add_cell(row, "num", p_value(page, e->p));
    add_cell(row, "num", p_value(page, e->adjusted));
    add_cell(row, "num", count(page, e->n_families));
    add_cell(row, "num", number(page, e->family_effect));
    add_cell(row, "num", range(page, e->family_low, e->family_high));
    add_cell(row, "num", p_value(page, e->family_adjusted));
    add_cell(row, "kind", verdict_word(e));
}

static void add_tests(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights,
                      enum bb_question question)
{
    static const struct head head[] = {{"Of models", "name"}, {"Against", "kind"},  {"Statistic", "kind"}, {"Value", "num"},
                                       {"95 %", "num"},       {"Explained", "num"}, {"Models", "num"},     {"p", "num"},
                                       {"Corrected", "num"},  {"Families", "num"},  {"Over them", "num"},  {"Drawn anew", "num"},
                                       {"Corrected", "num"},  {"Verdict", "kind"}};
    size_t *ranked, n = bb_insights_ranked(insights, question, BB_NO_NODE, &ranked);
    if (!n) return;
    struct bb_tpl_dict *table = add_table(section, question, bb_arena_printf(page->arena, "The %zu test%s", n, n == 1 ? "" : "s"),
                                          "Tests, those that explain most first", head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < n; i++) add_test(page, table, insights, &insights->evidence.item[ranked[i]]);
}

/* --- charts of relations -------------------------------------------------------------------------------------------- */

/* Families by their number of models, the largest first: those get a look of their own. */
struct look {
    const char **name;
    size_t *of; /* per model of the list */
    size_t n;
};
struct sized {
    size_t family, n;
};

static int largest_first(const void *a, const void *b)
{
    const struct sized *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return (x->family > y->family) - (x->family < y->family);
}

static struct look looks_of(const struct bb_page *page, const struct bb_insights *insights)
{
    const struct bb_quantities *all = &insights->asking.all;
    const struct bb_results *results = page->site->results;
    struct sized *sized = BB_NEW_ARRAY(page->arena, all->n_models + 1, struct sized);
    struct look out = {BB_NEW_ARRAY(page->arena, all->n_models + 1, const char *),
                       BB_NEW_ARRAY(page->arena, all->n_models + 1, size_t), 0};
    for (size_t i = 0; i < all->n_models; i++) {
        sized[i].family = i;
        sized[all->family[i]].n += results->model[all->model[i]].family ? 1 : 0;
        out.of[i] = BB_NO_NODE;
    }
    if (all->n_models) qsort(sized, all->n_models, sizeof *sized, largest_first);
    for (; out.n < all->n_models && sized[out.n].n; out.n++) {
        out.name[out.n] = results->model[all->model[sized[out.n].family]].family;
        for (size_t i = 0; i < all->n_models; i++)
            if (all->family[i] == sized[out.n].family) out.of[i] = out.n;
    }
    return out;
}

static struct bb_scatter_axis axis_of(const struct bb_insights *insights, size_t quantity)
{
    const struct bb_quantity *of = &insights->asking.all.quantity[quantity];
    const char *noun = bb_asking_noun(&insights->asking, quantity);
    char *title = bb_arena_printf(insights->arena, "%s%s%s%s", noun, *of->unit ? " (" : "", of->unit, *of->unit ? ")" : "");
    if (title[0] >= 'a' && title[0] <= 'z') title[0] = (char)(title[0] - 'a' + 'A');
    return (struct bb_scatter_axis){.quantity =
                                        of->better < 0 ? bb_arena_printf(insights->arena, "%s, lower is better", title) : title,
                                    .kind = of->is_log ? BB_LOG : BB_LINEAR,
                                    .format = BB_TICK_NUMBER};
}

/* Only where the relation holds. */
static struct bb_scatter_fit fit_of(const struct bb_page *page, const struct bb_insights *insights, const struct bb_evidence *e)
{
    const struct bb_quantities *all = &insights->asking.all;
    if (e->verdict != BB_CLAIMED) return (struct bb_scatter_fit){.intercept = (double)NAN, .slope = (double)NAN};
    struct bb_association line = bb_quantity_associate(all, e->x, e->y, page->arena);
    return bb_fit_line(all, e->x, e->y, &line, page->arena);
}

/* All tests of the page are in one file, which bb_pages_questions adds. */
static void add_chart(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_scene *scene, const char *id,
                      const char *title, const char *note)
{
    struct bb_figure figure = {.scene = scene, .id = id, .title = title, .note = note, .data_path = DATA_PATH};
    bb_figure_add(page, figures, &figure);
}

static void add_scatter(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_insights *insights,
                        const struct look *look, const struct bb_evidence *e, const char *id)
{
    const struct bb_quantities *all = &insights->asking.all;
    const struct bb_results *results = page->site->results;
    struct bb_scatter_point *point = BB_NEW_ARRAY(page->arena, all->n_models + 1, struct bb_scatter_point);
    struct bb_scatter scatter = {
        .x = axis_of(insights, e->x), .y = axis_of(insights, e->y), .point = point, .family = look->name, .n_families = look->n};
    for (size_t i = 0; i < all->n_models; i++) {
        double x = all->quantity[e->x].value[i], y = all->quantity[e->y].value[i];
        if (isnan(x) || isnan(y)) continue;
        point[scatter.n++] = (struct bb_scatter_point){
            .name = results->model[all->model[i]].name,
            .href = bb_arena_printf(page->arena, "../models/%s/index.html", results->model[all->model[i]].id),
            .x = x,
            .y = y,
            .x_error = (double)NAN,
            .y_error = (double)NAN,
            .family = look->of[i]};
    }
    scatter.title =
        bb_arena_printf(page->arena, "%s and %s", bb_insights_x(insights, e), bb_asking_noun(&insights->asking, e->y));
    scatter.fit = fit_of(page, insights, e);
    scatter.finding = bb_arena_printf(page->arena, "r = %s (signs turned so that up is better), %zu models; %s.",
                                      bb_page_score(page->arena, e->effect), e->n, verdict_word(e));
    const size_t side[] = {e->x, e->y};
    const char *const name[] = {scatter.x.quantity, scatter.y.quantity};
    const struct bb_figure figure = {
        .scene = bb_scatter_scene(&scatter, page->arena),
        .id = id,
        .title = scatter.title,
        .note = bb_arena_printf(page->arena, "r = %s, %s", bb_page_score(page->arena, e->effect), verdict_word(e)),
        .data = bb_chart_points(results, all, side, name, page->arena)};
    bb_figure_add(page, figures, &figure);
}

static void add_relations(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights,
                          enum bb_question question)
{
    const struct bb_reply *answer = &insights->answer[question];
    struct look look = looks_of(page, insights);
    struct bb_tpl_dict *figures = NULL;
    for (size_t i = 0, n = 0; i < answer->n_asked && n < MOST_CHARTS; i++) {
        const struct bb_evidence *e = &insights->evidence.item[answer->asked[i]];
        if (e->kind != BB_EVIDENCE_R || e->n < BB_EVIDENCE_FEWEST) continue;
        if (!figures) figures = bb_figures(section);
        add_scatter(page, figures, insights, &look, e, bb_arena_printf(page->arena, "%s-%zu", question_id[question], n++));
    }
    add_tests(page, section, insights, question);
}

/* --- shares --------------------------------------------------------------------------------------------------------- */

/* r² of the ends of the interval of r; zero when it holds zero. */
static void share_interval(const struct bb_evidence *e, double *low, double *high)
{
    double a = e->low * e->low, b = e->high * e->high;
    *low = e->low < 0 && e->high > 0 ? 0 : fmin(a, b);
    *high = fmax(a, b);
}

static void add_shares(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights)
{
    struct bb_tpl_dict *figures = NULL;
    for (size_t d = 0; d < insights->asking.n_domains; d++) {
        const struct bb_asked_domain *domain = &insights->asking.domain[d];
        size_t *ranked, n = bb_insights_ranked(insights, BB_ASK_EXPLAIN, domain->average, &ranked);
        if (n < 2) continue;
        struct bb_dots_item *item = BB_NEW_ARRAY(page->arena, n + 1, struct bb_dots_item);
        struct bb_dots dots = {.quantity = "Share of variance explained",
                               .item = item,
                               .rows_most = MOST_BARS,
                               .ceiling = BB_CEILING_NONE,
                               .whisker = "95 % interval of r, squared"};
        for (size_t i = 0; i < n && dots.n < MOST_BARS; i++) {
            const struct bb_evidence *e = &insights->evidence.item[ranked[i]];
            struct bb_dots_item *row = &item[dots.n++];
            *row = (struct bb_dots_item){.name = bb_insights_x(insights, e),
                                         .value = e->effect,
                                         .low = (double)NAN,
                                         .high = (double)NAN,
                                         .reference = e->verdict != BB_CLAIMED};
            if (e->kind == BB_EVIDENCE_R) {
                row->value = e->effect * e->effect;
                share_interval(e, &row->low, &row->high);
            }
        }
        dots.title = bb_arena_printf(page->arena, "What explains the %s", bb_asking_noun(&insights->asking, domain->average));
        if (!figures) figures = bb_figures(section);
        add_chart(page, figures, bb_dots_scene(&dots, page->arena), bb_arena_printf(page->arena, "explain-%zu", d), dots.title,
                  "Share of variance; whiskers: 95 % interval. Hollow: not shown.");
    }
    add_tests(page, section, insights, BB_ASK_EXPLAIN);
}

/* --- which are alike ------------------------------------------------------------------------------------------------ */

static const char *in_group(const struct bb_page *page, const struct bb_alike *alike, size_t i)
{
    size_t n = 0;
    for (size_t k = 0; k < alike->n; k++) n += alike->group[k] == alike->group[i] ? 1 : 0;
    return n == 1 ? "alone" : count(page, alike->group[i] + 1);
}

static void add_neighbours(const struct bb_page *page, struct bb_tpl_dict *table, const struct bb_insights *insights,
                           const struct bb_alike *alike)
{
    for (size_t k = 0; k < alike->n; k++) {
        size_t i = alike->order[k], best = alike->n, known = 0;
        double sum = 0;
        for (size_t j = 0; j < alike->n; j++) {
            double r = alike->r[i * alike->n + j];
            if (j == i || isnan(r)) continue;
            sum += r;
            known++;
            if (best == alike->n || r > alike->r[i * alike->n + best]) best = j;
        }
        struct bb_tpl_dict *row = add_row(table, bb_asking_benchmark(&insights->asking, alike->quantity[i]));
        add_cell(row, "kind", alike->domain->name);
        add_cell(row, "num", in_group(page, alike, i));
        add_cell(row, "kind", best == alike->n ? "" : bb_asking_benchmark(&insights->asking, alike->quantity[best]));
        add_cell(row, "num", best == alike->n ? "" : number(page, alike->r[i * alike->n + best]));
        add_cell(row, "num", best == alike->n ? "" : count(page, alike->common[i * alike->n + best]));
        add_cell(row, "num", best == alike->n ? "" : p_value(page, alike->adjusted[i * alike->n + best]));
        add_cell(row, "num", known ? number(page, sum / (double)known) : "");
    }
}

static void add_alike(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights)
{
    static const struct head head[] = {{"Benchmark", "name"}, {"Domain", "kind"}, {"Group", "num"},       {"Closest to", "kind"},
                                       {"r", "num"},          {"Models", "num"},  {"Corrected p", "num"}, {"Mean r", "num"}};
    struct bb_tpl_dict *figures = NULL, *table = NULL;
    for (size_t i = 0; i < insights->n_alike; i++) {
        const struct bb_alike *alike = &insights->alike[i];
        const char **name = BB_NEW_ARRAY(page->arena, alike->n + 1, const char *);
        for (size_t k = 0; k < alike->n; k++) name[k] = bb_asking_benchmark(&insights->asking, alike->quantity[k]);
        struct bb_matrix matrix = {
            .quantity = "Pearson r", .name = name, .n = alike->n, .r = alike->r, .count = alike->common, .order = alike->order};
        matrix.title = bb_arena_printf(page->arena, "How benchmarks of %s go together", alike->domain->name);
        if (!figures) figures = bb_figures(section);
        const struct bb_figure figure = {
            .scene = bb_matrix_scene(&matrix, page->arena),
            .id = bb_arena_printf(page->arena, "alike-%zu", i),
            .title = matrix.title,
            .data = bb_figure_pairs(name, alike->n, alike->r, alike->common, alike->adjusted, page->arena)};
        bb_figure_add(page, figures, &figure);
        if (!table)
            table = add_table(section, BB_ASK_ALIKE, "Benchmarks and their neighbours", "Benchmarks in the order of the chart",
                              head, sizeof head / sizeof head[0]);
        add_neighbours(page, table, insights, alike);
    }
}

/* --- more benchmarks ------------------------------------------------------------------------------------------------ */

static void add_more(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights)
{
    static const struct head head[] = {
        {"Domain", "name"}, {"Benchmarks used", "num"}, {"Error", "num"}, {"SD over left-out benchmarks", "num"}};
    struct bb_tpl_dict *figures = NULL, *table = NULL;
    for (size_t i = 0; i < insights->n_more; i++) {
        const struct bb_more *more = &insights->more[i];
        struct bb_scatter_point *point = BB_NEW_ARRAY(page->arena, more->n_benchmarks, struct bb_scatter_point);
        struct bb_scatter scatter = {.x = {.quantity = "Benchmarks used", .format = BB_TICK_COUNT},
                                     .y = {.quantity = "Error (1: as the mean of models)", .from_zero = true},
                                     .point = point,
                                     .n = more->n_benchmarks - 1,
                                     .height = 240,
                                     .fit = {.intercept = (double)NAN, .slope = (double)NAN}};
        if (!table)
            table = add_table(section, BB_ASK_MORE, "Error by number of benchmarks", "Error of predicting a left-out benchmark",
                              head, sizeof head / sizeof head[0]);
        for (size_t k = 0; k < scatter.n; k++) {
            point[k] = (struct bb_scatter_point){
                .name = bb_arena_printf(page->arena, "%zu used: %s", k + 1, number(page, more->error[k])),
                .x = (double)(k + 1),
                .y = more->error[k],
                .x_error = (double)NAN,
                .y_error = more->spread[k],
                .family = BB_NO_NODE};
            struct bb_tpl_dict *row = add_row(table, more->domain->name);
            add_cell(row, "num", count(page, k + 1));
            add_cell(row, "num", number(page, more->error[k]));
            add_cell(row, "num", number(page, more->spread[k]));
        }
        scatter.title = bb_arena_printf(page->arena, "Error of predicting a benchmark of %s from k others", more->domain->name);
        if (!figures) figures = bb_figures(section);
        add_chart(page, figures, bb_scatter_scene(&scatter, page->arena), bb_arena_printf(page->arena, "more-%zu", i),
                  scatter.title, NULL);
    }
}

/* --- room ----------------------------------------------------------------------------------------------------------- */

static void add_room_chart(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_insights *insights,
                           const struct bb_asked_domain *domain, bool oracle)
{
    struct bb_dots_item *item = BB_NEW_ARRAY(page->arena, MOST_BARS + 1, struct bb_dots_item);
    struct bb_dots dots = {.quantity = "Score", .item = item, .rows_most = MOST_BARS, .ceiling = BB_CEILING_NONE};
    bool all_ones = true;
    for (size_t i = 0; i < insights->n_room && dots.n < MOST_BARS; i++) {
        const struct bb_room *room = &insights->room[i];
        double end = oracle ? room->oracle : room->ceiling;
        if (room->domain != domain || isnan(end)) continue;
        all_ones = all_ones && fabs(room->ceiling - 1) < 1e-9;
        item[dots.n++] = (struct bb_dots_item){.name = bb_asking_benchmark(&insights->asking, room->quantity),
                                               .value = room->best,
                                               .low = fmin(room->best, end),
                                               .high = fmax(room->best, end)};
    }
    if (!dots.n) return;
    if (oracle && all_ones) dots.ceiling = (struct bb_ceiling_band){1, (double)NAN, (double)NAN};
    dots.whisker = oracle ? "what is left to the oracle of the mapping" : "what is left to the noise ceiling";
    dots.title = bb_arena_printf(page->arena, "Best model of each benchmark of %s, and %s", domain->name, dots.whisker);
    add_chart(page, figures, bb_dots_scene(&dots, page->arena), bb_arena_printf(page->arena, "room-%s", domain->name), dots.title,
              oracle && all_ones ? "Dot: best model; line: up to the oracle. The noise ceiling is drawn apart."
              : oracle           ? "Dot: best model; line: up to the oracle."
                                 : "Dot: best model; line: up to the noise ceiling.");
}

static void add_room(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights)
{
    static const struct head head[] = {{"Benchmark", "name"}, {"Domain", "kind"}, {"Best model", "kind"},  {"Its score", "num"},
                                       {"Oracle", "num"},     {"Room", "num"},    {"Noise ceiling", "num"}};
    if (!insights->n_room) return;
    bool any = false;
    for (size_t i = 0; i < insights->n_room; i++)
        any = any || !isnan(insights->room[i].oracle) || !isnan(insights->room[i].ceiling);
    struct bb_tpl_dict *figures = any ? bb_figures(section) : NULL;
    for (size_t d = 0; figures && d < insights->asking.n_domains; d++) {
        const struct bb_asked_domain *domain = &insights->asking.domain[d];
        bool oracle = false;
        for (size_t i = 0; i < insights->n_room; i++)
            oracle = oracle || (insights->room[i].domain == domain && !isnan(insights->room[i].oracle));
        add_room_chart(page, figures, insights, domain, oracle);
    }
    struct bb_tpl_dict *table =
        add_table(section, BB_ASK_FAIL, "Room on every benchmark", "The most room first", head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < insights->n_room; i++) {
        const struct bb_room *room = &insights->room[i];
        struct bb_tpl_dict *row = add_row(table, bb_asking_benchmark(&insights->asking, room->quantity));
        add_cell(row, "kind", room->domain->name);
        add_cell(row, "kind", page->site->results->model[room->model].name);
        add_cell(row, "num", number(page, room->best));
        add_cell(row, "num", number(page, room->oracle));
        add_cell(row, "num", number(page, room->room));
        add_cell(row, "num", number(page, room->ceiling));
    }
}

/* --- the first ------------------------------------------------------------------------------------------------------ */

static void add_lead(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights)
{
    static const struct head head[] = {
        {"Model", "name"}, {"Domain", "kind"}, {"Place", "num"}, {"Score", "num"}, {"Behind the first", "num"}};
    if (!insights->n_lead) return;
    struct bb_tpl_dict *table =
        add_table(section, BB_ASK_LEAD, "The first of each domain", "The highest averages", head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < insights->n_lead; i++) {
        const struct bb_lead *lead = &insights->lead[i];
        for (size_t k = 0; k < lead->n && k < MOST_LEADERS; k++) {
            struct bb_tpl_dict *row = add_row(table, page->site->results->model[lead->model[k]].name);
            add_cell(row, "kind", lead->domain->name);
            add_cell(row, "num", count(page, k + 1));
            add_cell(row, "num", number(page, lead->score[k]));
            add_cell(row, "num", k ? number(page, lead->score[0] - lead->score[k]) : "");
        }
    }
}

/* --- all tests as a file -------------------------------------------------------------------------------------------- */

static void put(struct bb_buf *out, const char *text)
{
    if (out->len && out->data[out->len - 1] != '\n') bb_buf_putc(out, ',');
    bb_csv_write(out, text, true);
}

static void put_number(struct bb_buf *out, double value)
{
    char text[32];
    bb_format_number(text, value);
    if (out->len && out->data[out->len - 1] != '\n') bb_buf_putc(out, ',');
    bb_buf_puts(out, isnan(value) ? "" : text);
}

static void put_test(struct bb_buf *out, const struct bb_insights *insights, const struct bb_evidence *e)
{
    const double numbers[] = {e->effect,         e->low,        e->high,        e->p,
                              e->adjusted,       e->rho,        e->explained,   (double)e->n_families,
                              e->family_effect,  e->family_low, e->family_high, e->family_p,
                              e->family_adjusted};
    put(out, e->id);
    put(out, bb_insights_x(insights, e));
    put(out, e->y == BB_NO_NODE ? "" : insights->asking.all.quantity[e->y].id);
    put(out, kind_word(e));
    put_number(out, (double)e->n);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) put_number(out, numbers[i]);
    put(out, verdict_word(e));
    for (int k = BB_MISSING_ZERO; k <= BB_MISSING_REQUIRE; k++) {
        bool here = k == insights->asking.results->board.options.missing;
        put_number(out, here ? e->effect : e->under[k].n ? e->under[k].effect : (double)NAN);
        put_number(out, here ? (double)e->n : (double)e->under[k].n);
    }
    bb_buf_putc(out, '\n');
}

static enum bb_code add_csv(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "test,of_models,against,statistic,models,value,low,high,p,p_corrected,spearman,explained,families,over_"
                      "families,families_low,families_high,families_p,families_p_corrected,verdict,"
                      "value_zero,models_zero,value_skip,models_skip,value_require,models_require\n");
    for (size_t i = 0; i < site->insights->evidence.n; i++) put_test(&out, site->insights, &site->insights->evidence.item[i]);
    enum bb_code code = bb_staging_add(site->staging, DATA_PATH, bb_buf_text(&out), out.len, err);
    bb_buf_release(&out);
    return code;
}

/* --- the page ------------------------------------------------------------------------------------------------------- */

static void add_finding(struct bb_tpl_dict *section, const char *name, const char *text, bool holds)
{
    struct bb_tpl_dict *finding = bb_tpl_section(section, name);
    bb_tpl_set(finding, "FINDING_TEXT", text);
    if (holds) bb_tpl_show(finding, "FINDING_HOLDS");
}

static void add_findings(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_insights *insights,
                         enum bb_question question)
{
    const struct bb_reply *answer = &insights->answer[question];
    struct bb_tpl_dict *more = NULL;
    if (!answer->n) add_finding(section, "FINDING", nothing[question], false);
    for (size_t i = 0; i < answer->n; i++) {
        const struct bb_finding *finding = &answer->finding[i];
        if (i == MOST_SAID) {
            more = bb_tpl_section(section, "MORE_FINDINGS");
            bb_tpl_set(more, "MORE_FINDINGS", count(page, answer->n - MOST_SAID));
        }
        add_finding(more ? more : section, more ? "MORE_FINDING" : "FINDING", finding->sentence, finding->claims);
    }
}

static void add_question(const struct bb_page *page, const struct bb_insights *insights, enum bb_question question)
{
    struct bb_tpl_dict *link = bb_tpl_section(page->content, "QUESTION_LINK"),
                       *section = bb_tpl_section(page->content, "QUESTION");
    bb_tpl_set(link, "QUESTION_ID", question_id[question]);
    bb_tpl_set(link, "QUESTION_TITLE", bb_question_title[question]);
    bb_tpl_set(section, "QUESTION_ID", question_id[question]);
    bb_tpl_set(section, "QUESTION_TITLE", bb_question_title[question]);
    bb_tpl_set(section, "QUESTION_METHOD", method[question]);
    add_findings(page, section, insights, question);
    if (question == BB_ASK_EXPLAIN) add_shares(page, section, insights);
    if (question == BB_ASK_TASK || question == BB_ASK_NEXT_WORD || question == BB_ASK_BEHAVIOUR)
        add_relations(page, section, insights, question);
    if (question == BB_ASK_ALIKE) add_alike(page, section, insights);
    if (question == BB_ASK_MORE) add_more(page, section, insights);
    if (question == BB_ASK_FAIL) add_room(page, section, insights);
    if (question == BB_ASK_LEAD) add_lead(page, section, insights);
}

static size_t count_families(const struct bb_quantities *all)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n_models; i++) n += all->family[i] == i ? 1 : 0;
    return n;
}

bool bb_questions_here(const struct bb_site *site)
{
    return site->insights->n_lead > 0;
}

enum bb_code bb_pages_questions(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_insights *insights = site->insights;
    const struct bb_quantities *all = &insights->asking.all;
    struct bb_page page;
    if (!bb_questions_here(site)) return BB_OK;
    enum bb_code code = add_csv(site, err);
    if (code != BB_OK) return code;
    bb_page_begin(&page, site, PATH, "questions.tpl", "Insights");
    bb_tpl_set(page.content, "QUESTIONS_FACTS",
               bb_arena_printf(page.arena, "%zu models in %zu families · %zu tests, corrected together · %zu pairs of benchmarks",
                               all->n_models, count_families(all), insights->evidence.n, insights->n_pairs));
    bb_tpl_set_number(page.content, "N_TESTS", insights->evidence.n);
    bb_tpl_set_number(page.content, "N_PAIRS", insights->n_pairs);
    bb_tpl_set_number(page.content, "N_DRAWS", BB_EVIDENCE_DRAWS);
    bb_tpl_set_number(page.content, "N_FAMILIES", BB_EVIDENCE_FAMILIES);
    bb_tpl_set_number(page.content, "N_FEWEST", BB_EVIDENCE_FEWEST);
    for (int q = 0; q < BB_N_QUESTIONS; q++) add_question(&page, insights, (enum bb_question)q);
    if (bb_insight_here(site)) bb_tpl_show(page.content, "IDENTIFICATION");
    return bb_page_end(&page, err);
}
