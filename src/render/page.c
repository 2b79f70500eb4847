#include "render/page.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "render/describe.h"
#include "render/table_files.h"
#include "score/parity.h"

/* --- the shell ------------------------------------------------------------------------------------------------------ */

static void add_nav(struct bb_page *page, const char *path, const char *title)
{
    struct bb_tpl_dict *nav = bb_tpl_section(page->shell, "NAV");
    bb_tpl_set(nav, "NAV_PATH", path);
    bb_tpl_set(nav, "NAV_TITLE", title);
    bb_tpl_show(nav, strcmp(path, page->path) == 0 ? "NAV_HERE" : "NAV_THERE");
}

/* The 404 page is served for an address at any depth, so its links are absolute. */
static const char *root_of(const struct bb_page *page)
{
    if (strcmp(page->path, "404.html") == 0) return page->site->base;
    struct bb_buf root = BB_BUF_INIT;
    for (const char *p = page->path; *p; p++)
        if (*p == '/') bb_buf_puts(&root, "../");
    const char *copy = bb_arena_strdup(page->arena, bb_buf_text(&root));
    bb_buf_release(&root);
    return copy;
}

/* Files of a page, first to last. */
struct page_file {
    const char *path, *data;
    size_t len;
    struct page_file *next;
};
struct bb_page_files {
    struct page_file *first, **end;
};

void bb_page_begin(struct bb_page *page, const struct bb_site *site, const char *path, const char *template, const char *title)
{
    const struct bb_board *board = &site->results->board;
    page->site = site;
    page->n_scripts = 0;
    page->path = path;
    page->title = title;
    page->summary = NULL;
    page->noindex = false;
    page->leads_to = NULL;
    page->arena = bb_arena_new(0);
    page->files = BB_NEW(page->arena, struct bb_page_files);
    page->files->end = &page->files->first;
    page->shell = bb_tpl_new();
    page->content = bb_tpl_include(page->shell, "CONTENT", template);
    bb_tpl_set_global(page->shell, "ROOT", root_of(page));
    bb_tpl_set_global(page->shell, "BOARD_TITLE", board->title);
    bb_tpl_set(page->shell, "STYLESHEET", bb_assets_path(&site->assets, BB_STYLESHEET));
    bb_tpl_set(page->shell, "PAGE_TITLE", title ? bb_arena_printf(page->arena, "%s · %s", title, board->title) : board->title);
    for (size_t i = 0; i < site->domains.n; i++)
        add_nav(page, bb_arena_printf(page->arena, "%s/index.html", site->domains.name[i]),
                bb_page_title_case(page->arena, site->domains.name[i]));
    if (bb_together_here(site)) add_nav(page, "side-by-side/index.html", "Side by side");
    add_nav(page, "models/index.html", "Models");
    add_nav(page, "benchmarks/index.html", "Benchmarks");
    add_nav(page, "compare/index.html", "Compare");
    if (bb_questions_here(site)) add_nav(page, "insights/index.html", "Insights");
    add_nav(page, "participate/index.html", "Participate");
    if (site->options->history) add_nav(page, "changes/index.html", "Changes");
    add_nav(page, "about/index.html", "About");
    bb_page_edition(page);
    bb_tpl_optional(page->shell, "BOARD_LICENSE", board->license);
    bb_tpl_optional(page->shell, "BOARD_FOOTER", board->footer);
    bb_tpl_optional(page->shell, "BOARD_DATE", board->date);
    if (site->options->units_path) bb_tpl_show(page->shell, "UNITS");
    if (site->tables->references) bb_tpl_show(page->shell, "REFERENCE_LIST");
    if (board->simulated) bb_tpl_show(page->shell, "SIMULATED_BOARD");
    if (site->options->parity) bb_tpl_show(page->shell, "PARITY");
}

void bb_page_script(struct bb_page *page, const char *name)
{
    for (size_t i = 0; i < page->n_scripts; i++)
        if (bb_streq(page->script[i], name)) return;
    assert(page->n_scripts < BB_PAGE_SCRIPTS);
    page->script[page->n_scripts++] = name;
    bb_tpl_set(bb_tpl_section(page->shell, "SCRIPT"), "SCRIPT_PATH", bb_assets_path(&page->site->assets, name));
}

void bb_page_noindex(struct bb_page *page)
{
    page->noindex = true;
}

void bb_page_file(const struct bb_page *page, const char *path, const char *data, size_t len)
{
    struct page_file *file = BB_NEW(page->arena, struct page_file);
    *file = (struct page_file){bb_arena_strdup(page->arena, path), bb_arena_strndup(page->arena, data, len), len, NULL};
    *page->files->end = file;
    page->files->end = &file->next;
}

static enum bb_code write_files(const struct bb_page *page, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (const struct page_file *file = page->files->first; file && code == BB_OK; file = file->next)
        code = bb_staging_add(page->site->staging, file->path, file->data, file->len, err);
    return code;
}

enum bb_code bb_page_end(struct bb_page *page, struct bb_err *err)
{
    struct bb_buf html = BB_BUF_INIT;
    bb_page_head(page);
    enum bb_code code = bb_tpl_expand("page.tpl", page->shell, &html, err);
    if (code == BB_OK) code = bb_staging_add(page->site->staging, page->path, bb_buf_text(&html), html.len, err);
    if (code == BB_OK) code = write_files(page, err);
    if (code != BB_OK) bb_err_wrap(err, code, "page %s", page->path);
    bb_buf_release(&html);
    bb_tpl_free(page->shell);
    bb_arena_free(page->arena);
    return code;
}

/* --- numbers and words ---------------------------------------------------------------------------------------------- */

static const char *shown(struct bb_arena *arena, double value, int decimals)
{
    char text[64];
    if (isnan(value)) return "";
    bb_format_fixed(text, value, decimals);
    return text[0] == '-' ? bb_arena_printf(arena, "−%s", text + 1) : bb_arena_strdup(arena, text);
}

static bool rounds_twice;

void bb_page_round_twice(bool twice)
{
    rounds_twice = twice;
}

const char *bb_page_score(struct bb_arena *arena, double value)
{
    return shown(arena, rounds_twice ? bb_parity_round(value) : value, 2);
}

const char *bb_page_detail(struct bb_arena *arena, double value)
{
    double size = fabs(value);
    return shown(arena, value, size >= 100 ? 1 : size > 0 && size < .001 ? 5 : 3);
}

const char *bb_page_degrees(struct bb_arena *arena, double degrees)
{
    char text[32];
    if (isnan(degrees)) return NULL;
    bb_format_number(text, degrees);
    return bb_arena_printf(arena, "%s°", text);
}

const char *bb_page_title_case(struct bb_arena *arena, const char *word)
{
    char *copy = bb_arena_strdup(arena, word);
    copy[0] = (char)toupper((unsigned char)copy[0]);
    return copy;
}

const char *bb_page_node_title(const struct bb_node *node)
{
    return node->title ? node->title : node->id;
}

/* Kinds are written <unit>_<statistic>, but for a few that have a name of their own. */
const char *bb_page_error_kind(struct bb_arena *arena, const char *kind)
{
    static const char *const named[][2] = {{"unit_sd", "SD over subjects and conditions"}, {"fisher_z_se", "SE by Fisher’s z"}};
    static const char *const statistic[][2] = {{"_sd", "SD over"}, {"_sem", "SEM over"}, {"_mad", "MAD over"}};
    if (!kind) return "";
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (bb_streq(kind, named[i][0])) return named[i][1];
    for (size_t i = 0; i < sizeof statistic / sizeof statistic[0]; i++)
        if (bb_ends_with(kind, statistic[i][0]))
            return bb_arena_printf(arena, "%s %.*ss", statistic[i][1], (int)(strlen(kind) - strlen(statistic[i][0])), kind);
    return kind;
}

const char *bb_page_ceiling(struct bb_arena *arena, const struct bb_node *node, const struct bb_facts *facts)
{
    const struct bb_ceiling_result *ceiling = &facts->ceiling;
    if (facts->ceiling_failure) return bb_arena_printf(arena, "could not be computed: %s", facts->ceiling_failure);
    if (isnan(ceiling->value) && !bb_describe_has_ceiling(node, facts)) return "none";
    if (isnan(ceiling->value)) return facts->present ? "not computed here" : "not computed, because the data is not here";
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "c = %s", bb_page_detail(arena, ceiling->value));
    if (!isnan(ceiling->error)) bb_buf_printf(&text, " ± %s", bb_page_detail(arena, ceiling->error));
    if (!isnan(ceiling->error) && ceiling->error_kind)
        bb_buf_printf(&text, " (%s)", bb_page_error_kind(arena, ceiling->error_kind));
    if (!isnan(ceiling->lower)) bb_buf_printf(&text, ", lower bound %s", bb_page_detail(arena, ceiling->lower));
    if (ceiling->n) bb_buf_printf(&text, ", n = %zu", ceiling->n);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

const char *bb_page_node_note(const struct bb_page *page, size_t node)
{
    const struct bb_results *results = page->site->results;
    const struct bb_tree *tree = &results->tree;
    size_t leaves = 0;
    bool simulated = !results->board.simulated && bb_page_simulated(results, node); /* a whole board says it once */
    if (bb_node_is_leaf(&tree->node[node])) {
        if (!results->facts[node].present) return "data not at hand";
        if (tree->node[node].publish == BB_PUBLISH_NONE) return "scores not published";
        return simulated ? "simulated" : NULL;
    }
    for (size_t i = node, end = bb_view_end(tree, node); i < end; i++) leaves += bb_node_is_leaf(&tree->node[i]);
    return bb_arena_printf(page->arena, "%zu benchmark%s%s", leaves, leaves == 1 ? "" : "s", simulated ? ", simulated" : "");
}

bool bb_page_simulated(const struct bb_results *results, size_t node)
{
    if (results->board.simulated) return true;
    while (node != BB_NO_NODE && !results->tree.node[node].simulated) node = results->tree.node[node].parent_index;
    return node != BB_NO_NODE;
}

size_t bb_page_depth(size_t depth)
{
    return depth < 5 ? depth : 5;
}

const char *bb_page_shade(struct bb_arena *arena, int shade)
{
    return shade < 0 ? "" : bb_arena_printf(arena, "s%d", shade);
}

const char *bb_page_cell_shade(const struct bb_page *page, const struct bb_view_column *column, double score)
{
    if (page->site->options->palette == BB_PALETTE_BRAINSCORE) return bb_palette_class(page->arena, &column->reference, score);
    return bb_page_shade(page->arena, bb_view_shade(page->site->results, column, score));
}

/* --- sections that several templates have --------------------------------------------------------------------------- */

struct bb_tpl_dict *bb_page_fact_line(struct bb_tpl_dict *dict)
{
    return bb_tpl_section(bb_tpl_once(dict, "FACTS"), "FACT");
}

static struct bb_tpl_dict *add_fact(struct bb_tpl_dict *dict, const char *name, const char *value)
{
    if (!value || !*value) return NULL;
    struct bb_tpl_dict *fact = bb_page_fact_line(dict);
    bb_tpl_set(fact, "FACT_NAME", name);
    bb_tpl_set(fact, "FACT_VALUE", value);
    return fact;
}

void bb_page_fact(struct bb_tpl_dict *dict, const char *name, const char *value)
{
    struct bb_tpl_dict *fact = add_fact(dict, name, value);
    if (fact) bb_tpl_show(fact, "FACT_TEXT");
}

void bb_page_fact_mono(struct bb_tpl_dict *dict, const char *name, const char *value)
{
    struct bb_tpl_dict *fact = add_fact(dict, name, value);
    if (!fact) return;
    bb_tpl_show(fact, "FACT_TEXT");
    bb_tpl_show(fact, "FACT_MONO");
}

void bb_page_fact_benchmark(struct bb_tpl_dict *dict, const char *name, const char *id, struct bb_arena *arena)
{
    struct bb_tpl_dict *fact = add_fact(dict, name, id);
    if (fact) bb_tpl_optional(fact, "FACT_URL", bb_arena_printf(arena, "../%s/index.html", id));
}

void bb_page_fact_link(struct bb_tpl_dict *dict, const char *name, const char *url)
{
    struct bb_tpl_dict *fact = add_fact(dict, name, url);
    if (!fact) return;
    if (bb_starts_with(url, "https://") || bb_starts_with(url, "http://"))
        bb_tpl_optional(fact, "FACT_URL", url);
    else
        bb_tpl_show(fact, "FACT_TEXT");
}

static const struct {
    const char *class, *mark, *text;
} status_view[BB_N_STATUS] = {
    [BB_CELL_NONE] = {"none", "", ""},
    [BB_CELL_OK] = {"ok", "", "scored"},
    [BB_CELL_FAILED] = {"failed", "✕", "failed"},
    [BB_CELL_MISSING] = {"missing", "–", "not run"},
    [BB_CELL_NOT_APPLICABLE] = {"na", "", "n/a"},
};

const char *bb_page_status_class(enum bb_status status)
{
    return status_view[status].class;
}

void bb_page_status(struct bb_tpl_dict *dict, enum bb_status status)
{
    bb_tpl_optional(dict, "STATUS_MARK", status_view[status].mark);
    bb_tpl_set(dict, "STATUS_TEXT", status_view[status].text);
}

void bb_page_score_cell(const struct bb_page *page, struct bb_tpl_dict *row, size_t model, const struct bb_view_column *column,
                        const char *class)
{
    const struct bb_results *results = page->site->results;
    struct bb_arena *arena = page->arena;
    double score = bb_results_aggregate(results, model, column->node)->score;
    enum bb_status status = isnan(score) ? bb_view_status(results, model, column->node) : BB_CELL_OK;
    const char *kind = isnan(score) ? bb_arena_printf(arena, "st %s", bb_page_status_class(status)) : "num";
    const char *shade = bb_page_cell_shade(page, column, score);
    struct bb_tpl_dict *cell = bb_tpl_section(row, "CELL");
    bb_tpl_set(cell, "CELL_SCORE", bb_page_score(arena, score));
    bb_tpl_set(cell, "CELL_CLASS",
               bb_arena_printf(arena, "%s%s%s%s%s", kind, *class ? " " : "", class, *shade ? " " : "", shade));
    if (isnan(score)) bb_page_status(bb_tpl_once(cell, "STATUS"), status);
}

void bb_page_coverage(const struct bb_page *page, struct bb_tpl_dict *row, size_t model, size_t node)
{
    const struct bb_aggregate *aggregate = bb_results_aggregate(page->site->results, model, node);
    struct bb_tpl_dict *cell = bb_tpl_section(row, "CELL");
    bb_tpl_set(cell, "CELL_CLASS", aggregate->scored < aggregate->of ? "num cover part" : "num cover");
    bb_tpl_set(cell, "CELL_SCORE", aggregate->of ? bb_arena_printf(page->arena, "%zu of %zu", aggregate->scored, aggregate->of) : "");
}

void bb_page_opens(struct bb_tpl_dict *head, const struct bb_results *results, const struct bb_view_columns *columns, size_t node)
{
    if (bb_node_is_leaf(&results->tree.node[node])) return;
    bb_tpl_set(bb_tpl_section(head, "OPENS"), "IS_OPEN", bb_view_is_open(results, columns, node) ? "true" : "false");
}

void bb_page_rank(struct bb_tpl_dict *row, const struct bb_results *results, const struct bb_view_rows *rows, size_t model)
{
    size_t rank = bb_results_aggregate(results, model, rows->ordered_by)->rank;
    if (!rank) {
        bb_tpl_show(row, "UNRANKED");
        return;
    }
    struct bb_tpl_dict *ranked = bb_tpl_once(row, "RANKED");
    bb_tpl_set_number(ranked, "RANK", rank);
    if (bb_view_is_tied(results, rows, model)) bb_tpl_show(ranked, "TIED");
}

void bb_page_model(struct bb_tpl_dict *dict, const struct bb_model *model)
{
    bb_tpl_set(dict, "MODEL_ID", model->id);
    bb_tpl_set(dict, "MODEL_NAME", model->name);
}
