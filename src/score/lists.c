#include "score/lists.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/log.h"
#include "store/table_file.h"

/* --- reading a table ---------------------------------------------------------------------------------------------- */

static struct bb_assembly *read_table(const struct bb_list *list, const struct bb_columns *columns,
                                      const struct bb_datapath *path, struct bb_arena *arena, struct bb_diags *diags)
{
    struct bb_table_source *table = BB_NEW_ARRAY(arena, list->sources.n, struct bb_table_source);
    struct bb_paths *paths = BB_NEW_ARRAY(arena, list->sources.n, struct bb_paths);
    struct bb_assembly *assembly = NULL;
    struct bb_err err = {0};
    enum bb_code code = BB_OK;
    for (size_t i = 0; i < list->sources.n && code == BB_OK; i++) {
        const struct bb_source *source = &list->sources.source[i];
        code = bb_datapath_find(path, source->dir, &source->file, arena, &paths[i], &err);
        table[i] = (struct bb_table_source){&paths[i], columns ? columns : &source->columns, source->sha256};
    }
    if (code == BB_OK) code = bb_table_files_read(table, list->sources.n, &assembly, &err);
    if (code != BB_OK)
        bb_diag_add(diags, code == BB_EABSENT ? BB_WARNING : BB_ERROR, list->sources.source[0].place, "%s", err.msg);
    return assembly;
}

static const char *text_at(const struct bb_assembly *assembly, const char *name, size_t row)
{
    const struct bb_coord *coord = bb_assembly_coord(assembly, name);
    if (!coord || coord->series.type == BB_TYPE_NUMBER || coord->series.code[row] < 0) return NULL;
    return coord->series.level.name[coord->series.code[row]];
}

static double number_at(const struct bb_assembly *assembly, const char *name, size_t row)
{
    const struct bb_coord *coord = bb_assembly_coord(assembly, name);
    double value = (double)NAN;
    if (!coord) return value;
    if (coord->series.type == BB_TYPE_NUMBER) return coord->series.number[row];
    const char *text = text_at(assembly, name, row);
    return text && bb_parse_number(text, &value, NULL) ? value : (double)NAN;
}

static const char *renamed(const struct bb_list *list, size_t what, const char *name)
{
    size_t at = bb_names_find(&list->rename_from[what], name);
    return at == BB_NAMES_NONE ? name : list->rename_to[what][at];
}

/* --- models that only a table names ------------------------------------------------------------------------------- */

struct models {
    struct bb_catalog *catalog;
    struct bb_names known; /* ids and names as the tables have them → index[] */
    size_t *index, cap;
    struct bb_names id; /* taken ids, in lower case */
    size_t model_cap;
};

static void know(struct models *models, const char *name, size_t index)
{
    size_t known = models->known.n, at = bb_names_add(&models->known, name);
    if (at != known) return; /* an id wins over the name of another model */
    models->index = bb_grow(models->index, &models->cap, known + 1, sizeof *models->index);
    models->index[at] = index;
}

static void models_init(struct models *models, struct bb_catalog *catalog)
{
    *models = (struct models){.catalog = catalog, .model_cap = catalog->n_models};
    bb_names_init(&models->known);
    bb_names_init(&models->id);
    for (size_t i = 0; i < catalog->n_models; i++) {
        know(models, catalog->model[i].id, i);
        bb_id_take(&models->id, catalog->model[i].id);
    }
    for (size_t i = 0; i < catalog->n_models; i++) know(models, catalog->model[i].name, i);
}

static void models_release(struct models *models)
{
    bb_names_release(&models->known);
    bb_names_release(&models->id);
    free(models->index);
}

static size_t find_or_add_model(struct models *models, const char *name)
{
    struct bb_catalog *catalog = models->catalog;
    size_t at = bb_names_find(&models->known, name);
    if (at != BB_NAMES_NONE) return models->index[at];
    if (catalog->n_models == models->model_cap) { /* the array lives in the catalog's arena */
        models->model_cap = models->model_cap ? 2 * models->model_cap : 64;
        struct bb_model *larger = BB_NEW_ARRAY(catalog->arena, models->model_cap, struct bb_model);
        if (catalog->n_models) memcpy(larger, catalog->model, catalog->n_models * sizeof *larger);
        catalog->model = larger;
    }
    struct bb_model *model = &catalog->model[catalog->n_models];
    *model = (struct bb_model){.id = bb_id_new(&models->id, catalog->arena, name),
                               .name = bb_arena_strdup(catalog->arena, name),
                               .visual_degrees = (double)NAN,
                               .visibility = BB_PUBLIC,
                               .listed_only = true};
    know(models, model->id, catalog->n_models);
    know(models, name, catalog->n_models);
    return catalog->n_models++;
}

static int by_id(const void *a, const void *b)
{
    const struct bb_model *x = a, *y = b;
    return strcmp(x->id, y->id);
}

/* --- scores ------------------------------------------------------------------------------------------------------- */

struct rows {
    struct bb_listed_score *score;
    size_t n, cap;
    struct bb_names cell; /* "node model" → the row that is kept */
    size_t n_unknown, n_version;
    const char *unknown, *version;
};

/* The reference's choice among several scores of one cell: the highest raw value, else the highest score. */
static bool is_better(const struct bb_listed_score *a, const struct bb_listed_score *b)
{
    if (isnan(a->raw) != isnan(b->raw)) return isnan(b->raw);
    if (!isnan(a->raw) && a->raw != b->raw) return a->raw > b->raw;
    return isnan(b->score) ? !isnan(a->score) : a->score > b->score;
}

static void keep_best(struct rows *rows, const struct bb_listed_score *score)
{
    char key[512];
    snprintf(key, sizeof key, "%zu %s", score->node, score->model);
    size_t known = rows->cell.n, at = bb_names_add(&rows->cell, key);
    if (at == known) {
        rows->score = bb_grow(rows->score, &rows->cap, known + 1, sizeof *rows->score);
        rows->score[at] = *score;
        rows->n++;
    } else if (is_better(score, &rows->score[at])) {
        rows->score[at] = *score;
    }
}

static bool other_version(const struct bb_node *node, const struct bb_assembly *table, size_t row)
{
    double version = number_at(table, "version", row);
    return !isnan(version) && node->version > 0 && version != (double)node->version;
}

static void read_score(struct rows *rows, struct models *models, const struct bb_list *list, const struct bb_assembly *table,
                       size_t row, const char *source)
{
    struct bb_catalog *catalog = models->catalog;
    const char *model = text_at(table, "model", row), *benchmark = text_at(table, "benchmark", row);
    if (!model || !benchmark) return;
    benchmark = renamed(list, 1, benchmark);
    size_t node = bb_tree_find(&catalog->tree, benchmark);
    if (node == BB_NO_NODE || !bb_node_is_leaf(&catalog->tree.node[node])) {
        if (!rows->n_unknown++) rows->unknown = bb_arena_strdup(catalog->arena, benchmark);
        return;
    }
    if (other_version(&catalog->tree.node[node], table, row)) {
        if (!rows->n_version++) rows->version = benchmark;
        return;
    }
    size_t index = find_or_add_model(models, renamed(list, 0, model));
    const char *rule = text_at(table, "normalise", row), *own_source = text_at(table, "source", row);
    const char *layer = text_at(table, "layer", row), *kind = text_at(table, "error_kind", row);
    struct bb_listed_score score = {
        .model = catalog->model[index].id,
        .node = node,
        .raw = number_at(table, "raw", row),
        .ceiling = number_at(table, "ceiling", row),
        .score = number_at(table, "score", row),
        .error = number_at(table, "error", row),
        .error_kind = kind ? bb_arena_strdup(catalog->arena, kind) : NULL,
        .layer = layer ? bb_arena_strdup(catalog->arena, layer) : NULL,
        .rule = rule ? bb_arena_strdup(catalog->arena, rule) : list->rule,
        .source = own_source ? bb_arena_strdup(catalog->arena, own_source) : source,
    };
    keep_best(rows, &score);
}

static void read_score_list(struct rows *rows, struct models *models, const struct bb_list *list, const struct bb_datapath *path,
                            struct bb_diags *diags)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_assembly *table = read_table(list, NULL, path, arena, diags);
    const struct bb_source *source = &list->sources.source[0];
    if (table) {
        const char *name =
            list->citation ? list->citation : bb_arena_strdup(models->catalog->arena, bb_path_base(source->file.text[0]));
        rows->n_unknown = rows->n_version = 0;
        for (size_t row = 0; row < table->dim[0].size; row++) read_score(rows, models, list, table, row, name);
        if (rows->n_unknown)
            bb_diag_add(diags, BB_WARNING, source->place,
                        "%zu rows name benchmarks that the board does not have, such as \"%s\": \"rename\" them, or add them",
                        rows->n_unknown, rows->unknown);
        if (rows->n_version)
            bb_diag_add(diags, BB_WARNING, source->place,
                        "%zu rows are for other versions of their benchmarks, such as of \"%s\", and are left out",
                        rows->n_version, rows->version);
    }
    bb_assembly_free(table);
    bb_arena_free(arena);
}

/* --- attributes --------------------------------------------------------------------------------------------------- */

struct header {
    struct bb_json_writer w;
    struct bb_buf rules;
    struct bb_arena *arena;
    bool done;
};

/* A column is called what the reader of tables calls it: without the blanks around its name. */
static const char *column_name(const struct bb_csv_field *field, struct bb_arena *arena)
{
    const char *text = field->text + strspn(field->text, " \t");
    size_t len = strlen(text);
    while (len && strchr(" \t", text[len - 1])) len--;
    return bb_arena_strndup(arena, text, len);
}

/* Every column of the header row under its own name. */
static enum bb_code header_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    struct header *header = ctx;
    (void)line;
    (void)err;
    if (header->done) return BB_OK;
    header->done = true;
    bb_jw_init(&header->w, &header->rules, 0);
    bb_jw_object(&header->w);
    for (size_t i = 0; i < n; i++) {
        const char *name = column_name(&field[i], header->arena);
        if (!*name) continue;
        bb_jw_key(&header->w, name);
        bb_jw_text(&header->w, name);
    }
    bb_jw_object_end(&header->w);
    return BB_OK;
}

/* Rules for a table that the manifest gives none for. NULL after the diagnostic. */
static bool rules_from_header(const struct bb_list *list, const struct bb_datapath *path, struct bb_arena *arena,
                              struct bb_diags *diags, struct bb_columns *columns)
{
    const struct bb_source *source = &list->sources.source[0];
    struct bb_buf text = BB_BUF_INIT;
    struct header header = {.arena = arena};
    struct bb_paths paths;
    struct bb_err err = {0};
    bool good = false;
    enum bb_code code = bb_datapath_find(path, source->dir, &source->file, arena, &paths, &err);
    if (code == BB_OK) code = bb_table_file_bytes(paths.path[0], &text, &err);
    if (code == BB_OK) code = bb_csv_parse(text.data, text.len, 0, header_row, &header, &err);
    if (code != BB_OK) {
        bb_diag_add(diags, code == BB_EABSENT ? BB_WARNING : BB_ERROR, source->place, "%s", err.msg);
    } else {
        const struct bb_json *rules = bb_json_parse(arena, source->place.file, header.rules.data, header.rules.len, diags);
        good = rules && bb_columns_read(rules, NULL, arena, diags, columns);
    }
    bb_buf_release(&header.rules);
    bb_buf_release(&text);
    return good;
}

static void add_attribute(struct bb_model *model, const char *name, const char *text, double number, struct bb_arena *arena)
{
    for (size_t i = 0; i < model->n_attributes; i++)
        if (bb_streq(model->attribute[i].name, name)) return; /* what the model says of itself stands */
    struct bb_attribute *more = BB_NEW_ARRAY(arena, model->n_attributes + 1, struct bb_attribute);
    if (model->n_attributes) memcpy(more, model->attribute, model->n_attributes * sizeof *more);
    more[model->n_attributes] =
        (struct bb_attribute){bb_arena_strdup(arena, name), text ? bb_arena_strdup(arena, text) : NULL, number};
    model->attribute = more;
    model->n_attributes++;
}

/* "family" is a key of models: a table may say it of models that do not say it themselves. */
static void add_value(struct bb_model *model, const char *name, const char *text, double number, struct bb_arena *arena)
{
    if (!bb_streq(name, "family") || !text)
        add_attribute(model, name, text, number, arena);
    else if (!model->family)
        model->family = bb_arena_strdup(arena, text);
}

static void join_attributes(struct models *models, const struct bb_list *list, const struct bb_assembly *table,
                            struct bb_diags *diags)
{
    struct bb_catalog *catalog = models->catalog;
    const struct bb_place place = list->sources.source[0].place;
    size_t n_unknown = 0;
    const char *unknown = NULL;
    if (!bb_assembly_coord(table, "model")) {
        bb_diag_add(diags, BB_ERROR, place, "an attribute table needs the column \"model\"; it has %s",
                    bb_assembly_coord_names(table, catalog->arena));
        return;
    }
    for (size_t row = 0; row < table->dim[0].size; row++) {
        const char *name = text_at(table, "model", row);
        if (!name) continue;
        size_t at = bb_names_find(&models->known, renamed(list, 0, name));
        if (at == BB_NAMES_NONE) {
            if (!n_unknown++) unknown = bb_arena_strdup(catalog->arena, name);
            continue;
        }
        for (size_t c = 0; c < table->n_coords; c++) {
            const char *column = table->coord[c].series.name, *text = text_at(table, column, row);
            double number = number_at(table, column, row);
            if (bb_streq(column, "model") || (!text && isnan(number))) continue;
            add_value(&catalog->model[models->index[at]], column, isnan(number) ? text : NULL, number, catalog->arena);
        }
    }
    if (n_unknown)
        bb_diag_add(diags, BB_NOTE, place, "%zu rows name models that the board does not have, such as \"%s\"", n_unknown,
                    unknown);
}

static void read_attribute_list(struct models *models, const struct bb_list *list, const struct bb_datapath *path,
                                struct bb_diags *diags)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_columns own = {0};
    bool given = list->sources.source[0].columns.n_rules > 0;
    if (given || rules_from_header(list, path, arena, diags, &own)) {
        struct bb_assembly *table = read_table(list, given ? NULL : &own, path, arena, diags);
        if (table) join_attributes(models, list, table, diags);
        bb_assembly_free(table);
    }
    bb_columns_release(&own);
    bb_arena_free(arena);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

void bb_lists_read(struct bb_catalog *catalog, const struct bb_datapath *path, struct bb_diags *diags, struct bb_lists *out)
{
    struct models models;
    struct rows rows = {0};
    models_init(&models, catalog);
    bb_names_init(&rows.cell);
    for (size_t i = 0; i < catalog->n_scores; i++) read_score_list(&rows, &models, &catalog->scores[i], path, diags);
    for (size_t i = 0; i < catalog->n_attributes; i++) read_attribute_list(&models, &catalog->attributes[i], path, diags);
    if (catalog->n_models) qsort(catalog->model, catalog->n_models, sizeof *catalog->model, by_id);
    out->score = BB_NEW_ARRAY(catalog->arena, rows.n, struct bb_listed_score);
    out->n = rows.n;
    if (rows.n) memcpy(out->score, rows.score, rows.n * sizeof *rows.score);
    bb_names_release(&rows.cell);
    free(rows.score);
    models_release(&models);
}
