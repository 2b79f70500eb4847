#include "catalog/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "catalog/built_in.h"
#include "catalog/catalog_int.h"

/* A manifest as it is written: what the board says about itself, and what it is made of. */
struct manifest_members {
    struct bb_board board;
    const struct bb_json *benchmarks, *models, *scores, *attributes;
};
static const struct bb_field part_fields[] = {
    {BB_MEMBER(struct manifest_members, "benchmarks", BB_FIELD_JSON, benchmarks), .flags = BB_REQUIRED},
    {BB_MEMBER(struct manifest_members, "models", BB_FIELD_JSON, models)},
    {BB_MEMBER(struct manifest_members, "scores", BB_FIELD_JSON, scores)},
    {BB_MEMBER(struct manifest_members, "attributes", BB_FIELD_JSON, attributes)},
};
_Static_assert(offsetof(struct manifest_members, board) == 0, "the fields of a board are those of the manifest");

/* An object that describes a model or a node, and the folder of its file. */
struct entry {
    const struct bb_json *json;
    const char *dir;
    bool built_in;
};

struct gatherer {
    struct bb_arena *arena;
    struct bb_diags *diags;
    const char *what; /* "models" */
    const char *manifest, *dir;
    struct bb_names files; /* read so far: a file that two globs match counts once */
    struct entry *entry;
    size_t n, cap;
    const char *built_in_dir; /* NULL: none, or not for what is gathered */
    struct bb_built_in built_in;
    bool loaded;
};

/* --- from names to objects ---------------------------------------------------------------------------------------- */

/* A path as messages show it: without "./" for the current folder. */
static char *beside(struct bb_arena *arena, const char *dir, const char *name)
{
    return bb_path_join(arena, strcmp(dir, ".") == 0 ? "" : dir, name);
}

static void add_entry(struct gatherer *g, const struct bb_json *json, const char *dir)
{
    g->entry = bb_grow(g->entry, &g->cap, g->n + 1, sizeof *g->entry);
    g->entry[g->n++] = (struct entry){json, dir, false};
}

static void add_objects(struct gatherer *g, const struct bb_json *json, const char *dir)
{
    if (json->type == BB_JSON_OBJECT) {
        add_entry(g, json, dir);
        return;
    }
    if (json->type != BB_JSON_ARRAY) {
        bb_diag_add(g->diags, BB_ERROR, json->place, "a file of %s must hold an object or a list of objects, not %s", g->what,
                    bb_json_type_name(json->type));
        return;
    }
    for (size_t i = 0; i < json->as.list.n; i++) add_entry(g, json->as.list.item[i], dir);
}

static void add_file(struct gatherer *g, const char *path, struct bb_place from)
{
    size_t n = g->files.n;
    if (bb_names_add(&g->files, path) < n) return;
    const struct bb_json *json = bb_json_read(g->arena, path, from, g->diags);
    if (json) add_objects(g, bb_json_expand(json, g->arena, g->diags), bb_path_dir(g->arena, path));
}

const char *bb_glob_quoted(struct bb_arena *arena, const char *dir)
{
    struct bb_buf out = BB_BUF_INIT;
    for (const char *c = dir; *c; c++) {
        if (strchr("*?[", *c))
            bb_buf_printf(&out, "[%c]", *c);
        else
            bb_buf_putc(&out, *c);
    }
    const char *quoted = bb_arena_strdup(arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return quoted;
}

static bool find_files(struct gatherer *g, const char *pattern, struct bb_place place, struct bb_paths *out)
{
    struct bb_err err = {0};
    if (bb_glob(g->arena, beside(g->arena, bb_glob_quoted(g->arena, g->dir), pattern), out, &err) == BB_OK) return true;
    bb_diag_add(g->diags, BB_ERROR, place, "%s", err.msg);
    return false;
}

static void add_glob(struct gatherer *g, const char *pattern, struct bb_place place)
{
    struct bb_paths found;
    if (!find_files(g, pattern, place, &found)) return;
    if (!found.n)
        bb_diag_add(g->diags, BB_ERROR, place, "\"%s\": no file matches \"%s\"; looked in %s", g->what, pattern,
                    bb_path_dir(g->arena, beside(g->arena, g->dir, pattern)));
    for (size_t i = 0; i < found.n; i++) add_file(g, found.path[i], place);
}

/* The JSON files that lie where a name was looked for, as a manifest would name them. */
static struct bb_names files_there(struct gatherer *g, const char *name, struct bb_place place)
{
    struct bb_names names = {0};
    struct bb_paths found;
    const char *folder = bb_arena_strndup(g->arena, name, (size_t)(bb_path_base(name) - name));
    if (!find_files(g, bb_arena_printf(g->arena, "%s*.json", bb_glob_quoted(g->arena, folder)), place, &found)) return names;
    for (size_t i = 0; i < found.n; i++)
        if (strcmp(found.path[i], g->manifest) != 0)
            bb_names_add(&names, bb_arena_printf(g->arena, "%s%s", folder, bb_path_base(found.path[i])));
    return names;
}

/* --- the built-in catalog ----------------------------------------------------------------------------------------- */

static bool load_built_in(struct gatherer *g)
{
    if (!g->built_in_dir) return false;
    if (!g->loaded) bb_built_in_load(&g->built_in, g->built_in_dir, g->arena, g->diags);
    g->loaded = true;
    return true;
}

/* What is wanted of it, but for ids that the manifest defines itself. */
static void add_built_in(struct gatherer *g)
{
    struct bb_names own = {0};
    for (size_t i = 0; i < g->n; i++) {
        const char *id = bb_json_id(g->entry[i].json);
        if (id) bb_names_add(&own, id);
    }
    for (size_t i = 0; g->loaded && i < g->built_in.n; i++) {
        const struct bb_built_in_entry *entry = &g->built_in.entry[i];
        if (!entry->wanted || bb_names_find(&own, entry->id) != BB_NAMES_NONE) continue;
        add_entry(g, entry->json, entry->dir);
        g->entry[g->n - 1].built_in = true;
    }
    bb_names_release(&own);
}

static void unknown_name(struct gatherer *g, const char *name, struct bb_place place)
{
    struct bb_names names = files_there(g, name, place);
    size_t n = 0;
    const char *const *known = g->loaded ? bb_built_in_names(&g->built_in, &n) : NULL;
    for (size_t i = 0; i < n; i++) bb_names_add(&names, known[i]);
    bb_diag_add(g->diags, BB_ERROR, place, "\"%s\": \"%s\" is neither a file beside the manifest nor in the built-in catalog%s",
                g->what, name, bb_did_you_mean(g->arena, name, names.name, names.n));
    bb_names_release(&names);
}

static void gather_one(struct gatherer *g, const struct bb_json *json)
{
    if (json->type == BB_JSON_OBJECT) {
        add_entry(g, json, g->dir);
        return;
    }
    if (json->type != BB_JSON_TEXT) {
        bb_diag_add(g->diags, BB_ERROR, json->place, "\"%s\" takes file names, globs, ids and objects, not %s", g->what,
                    bb_json_type_name(json->type));
        return;
    }
    char *path = beside(g->arena, g->dir, json->as.text);
    if (bb_is_file(path))
        add_file(g, path, json->place);
    else if (bb_has_glob(json->as.text))
        add_glob(g, json->as.text, json->place);
    else if (!load_built_in(g) || !bb_built_in_want(&g->built_in, json->as.text))
        unknown_name(g, json->as.text, json->place);
}

static void gather(struct gatherer *g, const struct bb_catalog *catalog, const char *what, const struct bb_json *json,
                   const char *built_in, struct bb_diags *diags)
{
    *g = (struct gatherer){.arena = catalog->arena,
                           .diags = diags,
                           .what = what,
                           .manifest = catalog->path,
                           .dir = catalog->dir,
                           .built_in_dir = built_in};
    if (!json) return;
    size_t n = json->type == BB_JSON_ARRAY ? json->as.list.n : 1;
    for (size_t i = 0; i < n; i++) gather_one(g, json->type == BB_JSON_ARRAY ? json->as.list.item[i] : json);
}

static void gatherer_release(struct gatherer *g)
{
    bb_names_release(&g->files);
    if (g->loaded) bb_built_in_release(&g->built_in);
    free(g->entry);
}

/* --- models and nodes --------------------------------------------------------------------------------------------- */

/* In the order of the manifest, so that the second of two is the one that is told. */
static void check_model_ids(const struct bb_catalog *catalog, struct bb_diags *diags)
{
    struct bb_names seen = {0};
    const struct bb_place **first = BB_NEW_ARRAY(catalog->arena, catalog->n_models, const struct bb_place *);
    for (size_t i = 0; i < catalog->n_models; i++) {
        first[seen.n] = &catalog->model[i].place;
        bb_check_same_id(&seen, "the model", catalog->model[i].id, &catalog->model[i].place, first, catalog->arena, diags);
    }
    bb_names_release(&seen);
}

static int compare_models(const void *left, const void *right)
{
    const struct bb_model *a = left, *b = right;
    int by_id = strcmp(a->id, b->id);
    if (by_id) return by_id;
    int by_file = strcmp(a->place.file ? a->place.file : "", b->place.file ? b->place.file : "");
    return by_file ? by_file : (a->place.line > b->place.line) - (a->place.line < b->place.line);
}

static void read_models(struct bb_catalog *catalog, const struct bb_json *json, struct bb_diags *diags)
{
    struct gatherer g;
    gather(&g, catalog, "models", json, NULL, diags);
    catalog->model = BB_NEW_ARRAY(catalog->arena, g.n, struct bb_model);
    for (size_t i = 0; i < g.n; i++) {
        struct bb_model *model = &catalog->model[catalog->n_models];
        bb_model_read(g.entry[i].json, g.entry[i].dir, catalog->arena, diags, model);
        if (model->id)
            catalog->n_models++;
        else
            bb_model_release(model); /* nothing can refer to it; what is wrong has been said */
    }
    check_model_ids(catalog, diags);
    if (catalog->n_models) qsort(catalog->model, catalog->n_models, sizeof *catalog->model, compare_models);
    gatherer_release(&g);
}

static void read_tree(struct bb_catalog *catalog, const struct gatherer *g, struct bb_diags *diags)
{
    struct bb_node *node = BB_NEW_ARRAY(catalog->arena, g->n, struct bb_node);
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++) {
        const struct entry *entry = &g->entry[i];
        (entry->built_in ? bb_node_read_built_in : bb_node_read)(entry->json, entry->dir, catalog->arena, diags, &node[n]);
        if (entry->built_in) bb_built_in_complete(&g->built_in, &node[n], diags);
        if (node[n].id)
            n++;
        else
            bb_node_release(&node[n]);
    }
    bb_tree_link(node, n, catalog->arena, diags, &catalog->tree);
}

static void read_benchmarks(struct bb_catalog *catalog, const struct bb_json *json, const char *built_in, struct bb_diags *diags)
{
    struct gatherer g;
    gather(&g, catalog, "benchmarks", json, built_in, diags);
    add_built_in(&g);
    read_tree(catalog, &g, diags);
    gatherer_release(&g);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void read_manifest(struct bb_catalog *catalog, const struct bb_json *json, const char *built_in, struct bb_diags *diags)
{
    struct manifest_members members = {0};
    size_t n_parts = BB_N_OF(part_fields);
    struct bb_field *field = BB_NEW_ARRAY(catalog->arena, bb_n_board_fields + n_parts, struct bb_field);
    memcpy(field, bb_board_fields, bb_n_board_fields * sizeof *field);
    memcpy(field + bb_n_board_fields, part_fields, sizeof part_fields);
    bb_fields_read(json, "manifest", field, bb_n_board_fields + n_parts, &members, catalog->arena, diags);
    catalog->board = members.board;
    bb_board_finish(json, catalog->arena, diags, &catalog->board);
    read_benchmarks(catalog, members.benchmarks, built_in, diags);
    read_models(catalog, members.models, diags);
    bb_lists_of_manifest(members.scores, BB_LIST_SCORES, catalog->dir, catalog->arena, diags, &catalog->scores,
                         &catalog->n_scores);
    bb_lists_of_manifest(members.attributes, BB_LIST_ATTRIBUTES, catalog->dir, catalog->arena, diags, &catalog->attributes,
                         &catalog->n_attributes);
    bb_catalog_check_references(catalog, diags);
}

static struct bb_catalog *new_catalog(const char *path)
{
    struct bb_arena *arena = bb_arena_new((size_t)4 << 30);
    struct bb_catalog *catalog = BB_NEW(arena, struct bb_catalog);
    catalog->arena = arena;
    catalog->path = bb_arena_strdup(arena, path);
    catalog->dir = bb_path_dir(arena, path);
    return catalog;
}

struct bb_catalog *bb_catalog_read_built_in(const char *built_in, struct bb_diags *diags)
{
    struct bb_catalog *catalog = new_catalog(built_in);
    struct gatherer g;
    bb_fields_default(bb_board_fields, bb_n_board_fields, &catalog->board);
    gather(&g, catalog, "benchmarks", NULL, built_in, diags);
    if (load_built_in(&g)) bb_built_in_want_all(&g.built_in);
    add_built_in(&g);
    read_tree(catalog, &g, diags);
    gatherer_release(&g);
    return catalog;
}

struct bb_catalog *bb_catalog_read(const char *path, struct bb_diags *diags)
{
    return bb_catalog_read_beside(path, NULL, diags);
}

struct bb_catalog *bb_catalog_read_beside(const char *path, const char *built_in, struct bb_diags *diags)
{
    struct bb_catalog *catalog = new_catalog(path);
    struct bb_arena *arena = catalog->arena;
    const struct bb_json *json = bb_json_read(arena, path, (struct bb_place){0}, diags);
    if (!json) {
        bb_arena_free(arena);
        return NULL;
    }
    read_manifest(catalog, bb_json_expand(json, arena, diags), built_in, diags);
    return catalog;
}

void bb_catalog_free(struct bb_catalog *catalog)
{
    if (!catalog) return;
    for (size_t i = 0; i < catalog->n_models; i++) bb_model_release(&catalog->model[i]);
    for (size_t i = 0; i < catalog->tree.n; i++) bb_node_release(&catalog->tree.node[i]);
    for (size_t i = 0; i < catalog->n_scores; i++) bb_list_release(&catalog->scores[i]);
    for (size_t i = 0; i < catalog->n_attributes; i++) bb_list_release(&catalog->attributes[i]);
    bb_arena_free(catalog->arena);
}
