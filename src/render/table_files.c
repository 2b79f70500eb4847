#include "render/table_files.h"

#include "base/log.h"
#include "render/export_bibtex.h"
#include "render/export_text.h"

/* --- which there are -------------------------------------------------------------------------------------------------- */

static bool has_entry(const char *text, struct bb_arena *arena)
{
    struct bb_bibtex bibtex;
    bb_bibtex_init(&bibtex, NULL, arena);
    bb_bibtex_add(&bibtex, text, "");
    bool has = bibtex.n > 0;
    bb_bibtex_release(&bibtex);
    return has;
}

/* Per node, whether it is cited; per model, whether it is. Of one text many benchmarks have, one is looked at. */
struct cited {
    bool *node, *model;
};

static struct cited find_cited(const struct bb_results *results, struct bb_arena *arena)
{
    const struct bb_tree *tree = &results->tree;
    struct cited cited = {BB_NEW_ARRAY(arena, tree->n + 1, bool), BB_NEW_ARRAY(arena, results->n_models + 1, bool)};
    for (size_t i = 0; i < tree->n; i++) {
        size_t parent = tree->node[i].parent_index;
        cited.node[i] =
            tree->node[i].bibtex ? has_entry(tree->node[i].bibtex, arena) : parent != BB_NO_NODE && cited.node[parent];
    }
    for (size_t m = 0; m < results->n_models; m++) cited.model[m] = has_entry(results->model[m].bibtex, arena);
    return cited;
}

static bool is_cited(const struct bb_results *results, const struct cited *cited, size_t node, const struct bb_view_rows *rows)
{
    for (size_t i = node, end = bb_view_end(&results->tree, node); i < end; i++)
        if (bb_node_is_leaf(&results->tree.node[i]) && bb_results_node_shown(results, i) && cited->node[i]) return true;
    for (size_t i = 0; i < rows->n && i < BB_TABLE_ROWS; i++)
        if (cited->model[rows->model[i]]) return true;
    return false;
}

static bool has_score(const struct bb_results *results, size_t model)
{
    for (size_t i = 0; i < results->tree.n; i++)
        if (bb_view_has_answer(results, model, i) && results->tree.node[i].publish != BB_PUBLISH_NONE) return true;
    return false;
}

static size_t model_in(const struct bb_results *listed, const char *id)
{
    for (size_t m = 0; m < listed->n_models; m++)
        if (bb_streq(listed->model[m].id, id)) return m;
    return listed->n_models;
}

static struct bb_table_files *find_files(const struct bb_site *site)
{
    const struct bb_results *listed = site->listed;
    struct bb_table_files *files = BB_NEW(site->arena, struct bb_table_files);
    struct bb_arena *arena = bb_arena_new(0);
    const struct cited cited = find_cited(listed, arena);
    files->node = BB_NEW_ARRAY(site->arena, listed->tree.n + 1, bool);
    files->node_bibtex = BB_NEW_ARRAY(site->arena, listed->tree.n + 1, bool);
    files->model = BB_NEW_ARRAY(site->arena, site->results->n_models + 1, bool);
    for (size_t i = 0; i < listed->tree.n; i++) {
        struct bb_view_rows rows = bb_view_rows(listed, i, arena);
        files->node[i] = rows.n > 0 && listed->tree.node[i].publish != BB_PUBLISH_NONE;
        files->node_bibtex[i] = files->node[i] && is_cited(listed, &cited, i, &rows);
        files->references |= bb_node_is_leaf(&listed->tree.node[i]) && bb_results_node_shown(listed, i) && cited.node[i];
    }
    for (size_t m = 0; m < listed->n_models; m++) files->references |= cited.model[m];
    for (size_t m = 0; m < site->results->n_models && site->results->n_models <= BB_TABLE_MODELS; m++) {
        size_t at = model_in(listed, site->results->model[m].id);
        files->model[m] = at < listed->n_models && has_score(listed, at);
    }
    bb_arena_free(arena);
    return files;
}

static const struct {
    const char *word, *extension;
} formats[BB_TABLE_FORMATS] = {{"CSV", "csv"}, {"JSON", "json"}, {"LaTeX", "tex"}, {"Markdown", "md"}, {"BibTeX", "bib"}};

size_t bb_table_links_of_node(const struct bb_site *site, size_t node, struct bb_arena *arena,
                              struct bb_table_link out[BB_TABLE_FORMATS])
{
    const char *id = site->results->tree.node[node].id;
    size_t n = site->tables->node_bibtex[node] ? BB_TABLE_FORMATS : BB_TABLE_FORMATS - 1;
    if (!site->tables->node[node]) return 0;
    for (size_t i = 0; i < n; i++)
        out[i] =
            (struct bb_table_link){formats[i].word, bb_arena_printf(arena, BB_TABLE_FOLDER "/%s.%s", id, formats[i].extension)};
    return n;
}

size_t bb_table_links_of_model(const struct bb_site *site, size_t model, struct bb_arena *arena,
                               struct bb_table_link out[BB_TABLE_FORMATS])
{
    const char *id = site->results->model[model].id;
    if (!site->tables->model[model]) return 0;
    for (size_t i = 0; i < BB_TABLE_FORMATS - 1; i++) {
        bool is_json = bb_streq(formats[i].extension, "json");
        out[i].word = formats[i].word;
        out[i].path = bb_arena_printf(arena, "%s/models/%s.%s", is_json ? "data" : BB_TABLE_FOLDER, id, formats[i].extension);
    }
    return BB_TABLE_FORMATS - 1;
}

/* --- making them ------------------------------------------------------------------------------------------------------ */

static enum bb_code add(const struct bb_site *site, const char *path, struct bb_buf *text, struct bb_err *err)
{
    enum bb_code code = bb_staging_add(site->staging, path, bb_buf_text(text), text->len, err);
    bb_buf_reset(text);
    return code;
}

static void write_latex(const struct bb_paper *table, struct bb_buf *out)
{
    bb_paper_latex(table, false, NULL, out);
}

static const struct writer {
    const char *extension;
    void (*write)(const struct bb_paper *table, struct bb_buf *out);
    bool is_whole, of_models; /* every row, whatever their number; tables of models have it too */
} writers[] = {{"csv", bb_paper_csv, true, true},
               {"json", bb_paper_json, true, false},
               {"tex", write_latex, false, true},
               {"md", bb_paper_markdown, false, true}};
#define N_WRITERS (sizeof writers / sizeof writers[0])

static enum bb_code add_bibtex(const struct bb_site *site, const struct bb_paper *table, const char *path, struct bb_buf *text,
                               struct bb_err *err)
{
    struct bb_bibtex bibtex;
    bb_bibtex_init(&bibtex, NULL, table->arena);
    bb_bibtex_add_table(&bibtex, site->listed, table);
    bb_buf_puts(text, bb_buf_text(&bibtex.text));
    bb_bibtex_release(&bibtex);
    return add(site, path, text, err);
}

static enum bb_code add_node(const struct bb_site *site, size_t node, struct bb_err *err)
{
    const char *id = site->listed->tree.node[node].id;
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf text = BB_BUF_INIT;
    struct bb_paper whole, first;
    struct bb_paper_options options = {.node = node};
    enum bb_code code = bb_paper_of_node(site->listed, &options, site->digest, arena, &whole, err);
    options.top = BB_TABLE_ROWS;
    if (code == BB_OK) code = bb_paper_of_node(site->listed, &options, site->digest, arena, &first, err);
    for (size_t i = 0; code == BB_OK && i < N_WRITERS; i++) {
        writers[i].write(writers[i].is_whole ? &whole : &first, &text);
        code = add(site, bb_arena_printf(arena, BB_TABLE_FOLDER "/%s.%s", id, writers[i].extension), &text, err);
    }
    if (code == BB_OK && site->tables->node_bibtex[node])
        code = add_bibtex(site, &first, bb_arena_printf(arena, BB_TABLE_FOLDER "/%s.bib", id), &text, err);
    bb_buf_release(&text);
    bb_arena_free(arena);
    return code;
}

static enum bb_code add_model(const struct bb_site *site, size_t model, struct bb_err *err)
{
    const char *id = site->results->model[model].id;
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf text = BB_BUF_INIT;
    struct bb_paper table;
    enum bb_code code = BB_OK;
    bb_paper_of_model(site->listed, model_in(site->listed, id), &(struct bb_paper_options){0}, site->digest, arena, &table);
    for (size_t i = 0; code == BB_OK && i < N_WRITERS; i++) {
        if (!writers[i].of_models) continue;
        writers[i].write(&table, &text);
        code = add(site, bb_arena_printf(arena, BB_TABLE_FOLDER "/models/%s.%s", id, writers[i].extension), &text, err);
    }
    bb_buf_release(&text);
    bb_arena_free(arena);
    return code;
}

/* Work of the crew. */
static enum bb_code make_node(const void *context, size_t node, struct bb_err *err)
{
    const struct bb_site *site = context;
    return site->tables->node[node] ? add_node(site, node, err) : BB_OK;
}

static enum bb_code make_model(const void *context, size_t model, struct bb_err *err)
{
    const struct bb_site *site = context;
    return site->tables->model[model] ? add_model(site, model, err) : BB_OK;
}

void bb_table_files_plan(struct bb_site *site)
{
    site->tables = find_files(site);
    bb_crew_plan(site->crew, site->listed->tree.n, make_node, site);
    bb_crew_plan(site->crew, site->results->n_models, make_model, site);
}

enum bb_code bb_references_add(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_results *listed = site->listed;
    struct bb_bibtex bibtex;
    struct bb_diags diags;
    enum bb_code code = BB_OK;
    bb_diags_init(&diags);
    bb_bibtex_init(&bibtex, &diags, site->arena);
    for (size_t i = 0; i < listed->tree.n; i++)
        if (bb_node_is_leaf(&listed->tree.node[i])) bb_bibtex_add_node(&bibtex, listed, i);
    for (size_t m = 0; m < listed->n_models; m++) bb_bibtex_add_model(&bibtex, listed, m);
    for (size_t i = 0; i < diags.n; i++) bb_log_warning("%s", diags.diag[i].message);
    if (site->tables->references) code = add(site, "data/references.bib", &bibtex.text, err);
    bb_bibtex_release(&bibtex);
    bb_diags_release(&diags);
    return code;
}
