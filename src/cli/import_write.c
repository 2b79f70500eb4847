#include "cli/import_write.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"

/* --- the JSON files ----------------------------------------------------------------------------------------------- */

enum { INDENT = 2 };

static void member_integer(struct bb_json_writer *w, const char *key, long value)
{
    if (!value) return;
    bb_jw_member_integer(w, key, value);
}

static void member_list(struct bb_json_writer *w, const char *key, const char *only)
{
    bb_jw_key(w, key);
    bb_jw_array(w);
    bb_jw_text(w, only);
    bb_jw_array_end(w);
}

static bool has_attributes(const struct bb_import *project)
{
    for (size_t m = 0; m < project->n_models; m++)
        for (size_t c = 0; c < project->attributes.n; c++)
            if (project->model[m].attribute[c]) return true;
    return false;
}

static bool has_layers(const struct bb_import *project)
{
    for (size_t i = 0; i < project->n_scores; i++)
        if (project->score[i].layer) return true;
    return false;
}

static void write_manifest(const struct bb_import *project, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, INDENT);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "title", project->title);
    bb_jw_member_text(&w, "description", bb_arena_printf(project->arena, "Scores as published in %s.", project->source));
    member_list(&w, "benchmarks", "benchmarks.json");
    member_list(&w, "models", "models.json");
    bb_jw_key(&w, "scores");
    bb_jw_array(&w);
    if (has_layers(project)) {
        bb_jw_object(&w);
        bb_jw_member_text(&w, "file", "scores.csv");
        bb_jw_member_text(&w, "layers", "best");
        bb_jw_object_end(&w);
    } else {
        bb_jw_text(&w, "scores.csv");
    }
    bb_jw_array_end(&w);
    if (has_attributes(project)) member_list(&w, "attributes", "attributes.csv");
    bb_jw_object_end(&w);
}

static void write_models(const struct bb_import *project, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, INDENT);
    bb_jw_array(&w);
    for (size_t i = 0; i < project->n_models; i++) {
        const struct bb_import_model *model = &project->model[i];
        bb_jw_object(&w);
        bb_jw_member_text(&w, "id", model->id);
        bb_jw_member_text(&w, "name", model->name);
        if (model->domain) member_list(&w, "domains", model->domain);
        bb_jw_member_text(&w, "submitter", model->submitter);
        bb_jw_member_text(&w, "url", model->url);
        bb_jw_member_text(&w, "bibtex", model->bibtex);
        bb_jw_member_number(&w, "visual_degrees", model->visual_degrees);
        if (model->is_private) bb_jw_member_text(&w, "visibility", "private");
        bb_jw_object_end(&w);
    }
    bb_jw_array_end(&w);
}

static void write_ceiling(struct bb_json_writer *w, const struct bb_import_node *node)
{
    if (!(node->ceiling > 0)) return;
    bb_jw_key(w, "ceiling");
    bb_jw_object(w);
    bb_jw_member_number(w, "value", node->ceiling);
    bb_jw_member_number(w, "error", node->ceiling_error);
    bb_jw_object_end(w);
}

/* How raw values become scores, where the list has no scores. */
static void write_rule(struct bb_json_writer *w, const char *normalise)
{
    bb_jw_member_text(w, "normalise", normalise);
    bb_jw_key(w, "clip");
    bb_jw_array(w);
    bb_jw_number(w, 0);
    bb_jw_number(w, 1);
    bb_jw_array_end(w);
}

static void write_node(const struct bb_import *project, struct bb_json_writer *w, const struct bb_import_node *node)
{
    bb_jw_object(w);
    bb_jw_member_text(w, "id", node->id);
    member_integer(w, "version", node->version);
    if (node->parent == BB_IMPORT_NONE)
        bb_jw_member_text(w, "domain", node->domain);
    else
        bb_jw_member_text(w, "parent", project->node[node->parent].id);
    bb_jw_member_text(w, "title", node->title);
    member_integer(w, "order", node->order);
    bb_jw_member_text(w, "region", node->region);
    if (node->engineering) {
        bb_jw_member_bool(w, "engineering", true);
    }
    if (node->task) bb_jw_member_text(w, "description", bb_arena_printf(project->arena, "Task: %s.", node->task));
    member_integer(w, "units", node->n_units);
    member_integer(w, "n_stimuli", node->n_stimuli);
    if (node->is_leaf) bb_jw_member_text(w, "metric", "published");
    write_ceiling(w, node);
    if (node->normalise) write_rule(w, node->normalise);
    bb_jw_member_text(w, "url", node->url);
    bb_jw_member_text(w, "bibtex", node->bibtex);
    bb_jw_object_end(w);
}

static void write_benchmarks(const struct bb_import *project, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, INDENT);
    bb_jw_array(&w);
    for (size_t i = 0; i < project->n_nodes; i++) write_node(project, &w, &project->node[i]);
    bb_jw_array_end(&w);
}

/* --- the tables --------------------------------------------------------------------------------------------------- */

static void cell_text(struct bb_buf *out, const char *text)
{
    if (text) bb_csv_write(out, text, false);
    bb_buf_putc(out, ',');
}

static void cell_number(struct bb_buf *out, double value)
{
    char text[32];
    if (!isnan(value)) bb_format_number(text, value);
    cell_text(out, isnan(value) ? NULL : text);
}

/* The comma after the last cell becomes the end of the row. */
static void end_row(struct bb_buf *out)
{
    out->data[out->len - 1] = '\n';
}

static void write_scores(const struct bb_import *project, struct bb_buf *out)
{
    bb_buf_puts(out, "model,benchmark,version,layer,raw,ceiling,score,error,source\n");
    for (size_t i = 0; i < project->n_scores; i++) {
        const struct bb_import_score *score = &project->score[i];
        cell_text(out, project->model[score->model].id);
        cell_text(out, project->node[score->node].id);
        cell_number(out, score->version ? (double)score->version : (double)NAN);
        cell_text(out, score->layer);
        cell_number(out, score->raw);
        cell_number(out, score->ceiling);
        cell_number(out, score->score);
        cell_number(out, score->error);
        cell_text(out, project->source);
        end_row(out);
    }
}

static void write_attributes(const struct bb_import *project, struct bb_buf *out)
{
    if (!has_attributes(project)) return;
    cell_text(out, "model");
    for (size_t c = 0; c < project->attributes.n; c++) cell_text(out, project->attributes.name[c]);
    end_row(out);
    for (size_t m = 0; m < project->n_models; m++) {
        cell_text(out, project->model[m].id);
        for (size_t c = 0; c < project->attributes.n; c++) cell_text(out, project->model[m].attribute[c]);
        end_row(out);
    }
}

/* --- the folder --------------------------------------------------------------------------------------------------- */

#define DIGESTS ".import.sha256"

/* A file that stays empty is not written. */
static const struct {
    const char *name;
    void (*write)(const struct bb_import *project, struct bb_buf *out);
} files[] = {
    {"manifest.json", write_manifest}, {"models.json", write_models},        {"benchmarks.json", write_benchmarks},
    {"scores.csv", write_scores},      {"attributes.csv", write_attributes},
};
#define N_FILES (sizeof files / sizeof files[0])

static void digest_line(struct bb_buf *out, const char *digest, const char *name)
{
    bb_buf_printf(out, "%s  %s\n", digest, name);
}

static bool has_line(const struct bb_buf *text, const struct bb_buf *line)
{
    const char *at = text->data ? strstr(text->data, line->data) : NULL;
    return at && (at == text->data || at[-1] == '\n');
}

/* Whether the file is as an import wrote it: its digest stands in `known`. */
static enum bb_code check_own(struct bb_arena *arena, const char *dir, const char *name, const struct bb_buf *known,
                              struct bb_err *err)
{
    char digest[BB_SHA256_TEXT];
    struct bb_buf line = BB_BUF_INIT;
    const char *advice = "choose another folder with -o, or remove this one";
    enum bb_code code = bb_sha256_file(bb_path_join(arena, dir, name), digest, err);
    if (code == BB_OK) {
        digest_line(&line, digest, name);
        if (!has_line(known, &line)) {
            bool named = known->data && strstr(known->data, bb_arena_printf(arena, "  %s\n", name));
            code = named ? bb_fail(err, BB_EINPUT, "%s: %s was edited after it was imported; %s", dir, name, advice)
                         : bb_fail(err, BB_EINPUT, "%s: %s is not from an import, and would be among its files; %s", dir, name,
                                   advice);
        }
    }
    bb_buf_release(&line);
    return code;
}

static enum bb_code check_folder(struct bb_arena *arena, const char *dir, struct bb_err *err)
{
    struct bb_paths found;
    struct bb_buf known = BB_BUF_INIT;
    struct bb_err ignored = {0};
    if (!bb_is_dir(dir)) return BB_OK; /* making it says what is in the way */
    enum bb_code code = bb_list_tree(arena, dir, &found, err);
    if (code == BB_OK && bb_file_read(bb_path_join(arena, dir, DIGESTS), 0, &known, &ignored) != BB_OK) bb_buf_reset(&known);
    for (size_t i = 0; code == BB_OK && i < found.n; i++)
        if (!bb_streq(found.path[i], DIGESTS)) code = check_own(arena, dir, found.path[i], &known, err);
    bb_buf_release(&known);
    return code;
}

static enum bb_code write_file(const struct bb_import *project, const char *dir, size_t which, struct bb_buf *digests,
                               struct bb_err *err)
{
    const char *path = bb_path_join(project->arena, dir, files[which].name);
    struct bb_buf text = BB_BUF_INIT;
    char digest[BB_SHA256_TEXT];
    files[which].write(project, &text);
    if (text.len && text.data[text.len - 1] != '\n') bb_buf_putc(&text, '\n');
    enum bb_code code = text.len ? bb_file_update(path, text.data, text.len, NULL, err) : bb_remove_tree(path, err);
    if (text.len) {
        bb_sha256_text(text.data, text.len, digest);
        digest_line(digests, digest, files[which].name);
    }
    bb_buf_release(&text);
    return code;
}

enum bb_code bb_import_write(const struct bb_import *project, const char *dir, struct bb_err *err)
{
    struct bb_buf digests = BB_BUF_INIT;
    enum bb_code code = check_folder(project->arena, dir, err);
    if (code == BB_OK) code = bb_make_dirs(dir, err);
    for (size_t i = 0; code == BB_OK && i < N_FILES; i++) code = write_file(project, dir, i, &digests, err);
    if (code == BB_OK) code = bb_file_update(bb_path_join(project->arena, dir, DIGESTS), digests.data, digests.len, NULL, err);
    bb_buf_release(&digests);
    return code;
}
