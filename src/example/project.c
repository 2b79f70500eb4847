#include "example/project.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "store/png_write.h"

/* One file of benchmarks: entries first to first + n. */
struct part {
    const char *name;
    size_t first;
};

struct bb_project {
    struct bb_arena *arena;
    const char *dir;
    uint64_t seed;
    enum bb_project_size size;
    FILE *list; /* the list while it grows: names only, so that a run that was interrupted can be cleaned up */
    const char **name;
    size_t n_names, names_cap;
    struct part *part;
    size_t n_parts, parts_cap;
    struct bb_project_entries benchmarks, models;
    size_t benchmarks_cap, models_cap;
    struct bb_diags diags; /* what is wrong with entries */
};

/* --- the list, and what an earlier run left ----------------------------------------------------------------------- */

/*
 * The first line says what the file is; then a line for each file of the folder: its digest (or "-" while the example is being written), a blank, its
 * name. A file that is not in the list, or has another digest, is somebody's work.
 */
#define LIST_TITLE "Written by brainboard example; it replaces these files as long as nobody changed them."
enum { DIGITS = 64 };

struct earlier {
    struct bb_paths file; /* all that is there but the list */
    struct bb_paths line; /* of the list, without the title */
    bool listed;
};

static const char *line_name(const char *line)
{
    const char *blank = strchr(line, ' ');
    return blank ? blank + 1 : "";
}

static void split_lines(struct bb_arena *arena, char *text, struct bb_paths *out)
{
    size_t cap = 1;
    for (const char *at = text; *at; at++) cap += *at == '\n';
    out->path = BB_NEW_ARRAY(arena, cap, char *);
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));)
        if (*line) out->path[out->n++] = bb_arena_strdup(arena, line);
}

static enum bb_code read_list(struct bb_arena *arena, const char *path, struct earlier *out, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    if (!bb_is_file(path)) return BB_OK;
    enum bb_code code = bb_file_read(path, 0, &text, err);
    if (!code) split_lines(arena, text.data, &out->line);
    bb_buf_release(&text);
    if (code || !out->line.n || !bb_streq(out->line.path[0], LIST_TITLE)) return code;
    out->listed = true;
    out->line.path++;
    out->line.n--;
    return BB_OK;
}

static const char *find_line(const struct earlier *earlier, const char *name)
{
    for (size_t i = 0; i < earlier->line.n; i++)
        if (bb_streq(line_name(earlier->line.path[i]), name)) return earlier->line.path[i];
    return NULL;
}

static enum bb_code check_file(const struct bb_project *p, const struct earlier *earlier, const char *name, struct bb_err *err)
{
    char digest[BB_SHA256_TEXT];
    const char *line = find_line(earlier, name);
    if (!line)
        return bb_fail(err, BB_EINPUT, "%s: has %s, which is not of an example; give a folder that is empty or not there yet", p->dir, name);
    if (*line == '-') return BB_OK;
    enum bb_code code = bb_sha256_file(bb_path_join(p->arena, p->dir, name), digest, err);
    if (!code && strncmp(line, digest, DIGITS) != 0)
        code = bb_fail(err, BB_EINPUT, "%s: %s was changed since it was written; give another folder, or remove this one first", p->dir, name);
    return code;
}

/* BB_OK when the folder may be written: it is not there, empty, or an example that nobody touched. */
static enum bb_code check_folder(const struct bb_project *p, struct earlier *earlier, struct bb_err *err)
{
    struct bb_paths all;
    if (!bb_is_dir(p->dir)) return access(p->dir, F_OK) ? BB_OK : bb_fail(err, BB_EINPUT, "%s: is a file, not a folder", p->dir);
    enum bb_code code = read_list(p->arena, bb_path_join(p->arena, p->dir, BB_PROJECT_LIST), earlier, err);
    if (!code) code = bb_list_tree(p->arena, p->dir, &all, err);
    if (code) return code;
    earlier->file.path = BB_NEW_ARRAY(p->arena, all.n + 1, char *);
    for (size_t i = 0; i < all.n && !code; i++) {
        if (earlier->listed && bb_streq(all.path[i], BB_PROJECT_LIST)) continue;
        earlier->file.path[earlier->file.n++] = all.path[i];
        code = check_file(p, earlier, all.path[i], err);
    }
    return code;
}

static enum bb_code cannot(const char *what, const char *path, struct bb_err *err)
{
    return bb_fail(err, BB_EIO, "%s: cannot be %s: %s", path, what, strerror(errno));
}

/* Folders that became empty go too, up to the project's own. */
static enum bb_code remove_earlier(const struct bb_project *p, const struct earlier *earlier, struct bb_err *err)
{
    for (size_t i = 0; i < earlier->file.n; i++) {
        const char *path = bb_path_join(p->arena, p->dir, earlier->file.path[i]);
        if (unlink(path) && errno != ENOENT) return cannot("removed", path, err);
        for (const char *name = earlier->file.path[i]; strchr(name, '/');) {
            name = bb_path_dir(p->arena, name);
            if (rmdir(bb_path_join(p->arena, p->dir, name))) break;
        }
    }
    return BB_OK;
}

static enum bb_code start_list(struct bb_project *p, struct bb_err *err)
{
    const char *path = bb_path_join(p->arena, p->dir, BB_PROJECT_LIST);
    p->list = fopen(path, "we");
    if (!p->list || fprintf(p->list, "%s\n", LIST_TITLE) < 0 || fflush(p->list)) return cannot("written", path, err);
    return BB_OK;
}

enum bb_code bb_project_open(const char *dir, uint64_t seed, enum bb_project_size size, struct bb_project **out, struct bb_err *err)
{
    struct earlier earlier = {0};
    struct bb_project *p = bb_calloc(1, sizeof *p);
    p->arena = bb_arena_new(0);
    p->dir = bb_arena_strdup(p->arena, dir);
    p->seed = seed;
    p->size = size;
    bb_diags_init(&p->diags);
    enum bb_code code = check_folder(p, &earlier, err);
    if (!code) code = remove_earlier(p, &earlier, err);
    if (!code) code = bb_make_dirs(dir, err);
    if (!code) code = start_list(p, err);
    if (code)
        bb_project_free(p);
    else
        *out = p;
    return code;
}

void bb_project_free(struct bb_project *p)
{
    if (!p) return;
    if (p->list) fclose(p->list);
    bb_diags_release(&p->diags);
    free(p->name);
    free(p->part);
    free(p->benchmarks.object);
    free(p->models.object);
    bb_arena_free(p->arena);
    free(p);
}

uint64_t bb_project_seed(const struct bb_project *p)
{
    return p->seed;
}

int bb_project_size(const struct bb_project *p)
{
    return (int)p->size;
}

const struct bb_project_entries *bb_project_benchmarks(const struct bb_project *p)
{
    return &p->benchmarks;
}

const struct bb_project_entries *bb_project_models(const struct bb_project *p)
{
    return &p->models;
}

size_t bb_project_files(const struct bb_project *p, const char *const **name)
{
    *name = p->name;
    return p->n_names;
}

const char *bb_project_path(struct bb_project *p, const char *name)
{
    return bb_path_join(p->arena, p->dir, name);
}

/* --- files -------------------------------------------------------------------------------------------------------- */

void bb_project_note_file(struct bb_project *p, const char *name)
{
    p->name = bb_grow(p->name, &p->names_cap, p->n_names + 1, sizeof *p->name);
    p->name[p->n_names++] = bb_arena_strdup(p->arena, name);
}

/* Joins the list before it is written. */
static enum bb_code new_file(struct bb_project *p, const char *name, const char **path, struct bb_err *err)
{
    assert(bb_path_is_inside(name) && !bb_streq(name, BB_PROJECT_LIST));
    bb_project_note_file(p, name);
    *path = bb_path_join(p->arena, p->dir, name);
    if (fprintf(p->list, "- %s\n", name) < 0 || fflush(p->list))
        return cannot("written", bb_path_join(p->arena, p->dir, BB_PROJECT_LIST), err);
    return bb_make_dirs(bb_path_dir(p->arena, *path), err);
}

enum bb_code bb_project_array(struct bb_project *p, const char *name, const struct bb_array *array, struct bb_err *err)
{
    const char *path;
    enum bb_code code = new_file(p, name, &path, err);
    return code ? code : bb_array_write(path, array, err);
}

enum bb_code bb_project_recording(struct bb_project *project, const char *name, const struct bb_project_recording *recording,
                                  struct bb_err *err)
{
    const char *const note[][2] = {{"comment", recording->comment}, {"units", recording->units}};
    struct bb_array array = {.dim = {"presentation", "neuroid"},
                             .size = {recording->n_presentations, recording->n_neuroids},
                             .n_dims = 2,
                             .coord = recording->coord,
                             .n_coords = recording->n_coords,
                             .value = recording->value,
                             .float32 = true,
                             .compressed = true,
                             .attribute = note,
                             .n_attributes = sizeof note / sizeof note[0]};
    return bb_project_array(project, name, &array, err);
}

enum bb_code bb_project_text(struct bb_project *p, const char *name, const char *text, size_t len, struct bb_err *err)
{
    const char *path;
    enum bb_code code = new_file(p, name, &path, err);
    return code ? code : bb_file_write_pieces(path, &(struct bb_piece){text, len}, 1, err);
}

enum bb_code bb_project_png(struct bb_project *p, const char *name, const unsigned char *gray, size_t width, size_t height,
                            struct bb_err *err)
{
    struct bb_buf png = BB_BUF_INIT;
    bb_png_gray(&png, gray, width, height);
    enum bb_code code = bb_project_text(p, bb_arena_printf(p->arena, "benchmarks/%s", name), png.data, png.len, err);
    bb_buf_release(&png);
    return code;
}

/* --- entries ------------------------------------------------------------------------------------------------------ */

static const char *entry_id(const struct bb_json *object)
{
    const struct bb_json *id = bb_json_member(object, "id");
    return id && id->type == BB_JSON_TEXT ? id->as.text : NULL;
}

/* The entry, or NULL after noting why not. */
static struct bb_json *parse_entry(struct bb_project *p, const char *what, const char *json)
{
    size_t errors = p->diags.n_errors;
    const char *text = bb_arena_strdup(p->arena, json);
    struct bb_json *object = bb_json_parse(p->arena, what, text, strlen(text), &p->diags);
    if (p->diags.n_errors > errors || !object) return NULL;
    if (entry_id(object)) return object;
    bb_diag_add(&p->diags, BB_ERROR, object->place, "is no object with an \"id\"");
    return NULL;
}

static void set_text(struct bb_arena *arena, struct bb_json *json)
{
    if (json->type == BB_JSON_TEXT) json->as.text = bb_arena_printf(arena, "../%s", json->as.text);
    for (size_t i = 0; json->type == BB_JSON_ARRAY && i < json->as.list.n; i++) set_text(arena, json->as.list.item[i]);
}

/* The entries' files stand one folder below the project's. */
static void relocate(struct bb_arena *arena, struct bb_json *json)
{
    if (json->type != BB_JSON_ARRAY && json->type != BB_JSON_OBJECT) return;
    for (size_t i = 0; i < json->as.list.n; i++) {
        struct bb_json *item = json->as.list.item[i];
        if (bb_streq(item->key, "file") || bb_streq(item->key, "gram"))
            set_text(arena, item);
        else
            relocate(arena, item);
    }
}

static void add_entry(struct bb_project_entries *entries, size_t *cap, struct bb_json *object)
{
    entries->object = bb_grow(entries->object, cap, entries->n + 1, sizeof *entries->object);
    entries->object[entries->n++] = object;
}

void bb_project_part(struct bb_project *p, const char *name)
{
    p->part = bb_grow(p->part, &p->parts_cap, p->n_parts + 1, sizeof *p->part);
    p->part[p->n_parts++] = (struct part){bb_arena_strdup(p->arena, name), p->benchmarks.n};
}

void bb_project_benchmark(struct bb_project *p, const char *json)
{
    struct bb_json *object = parse_entry(p, "a benchmark of the example", json);
    if (!object) return;
    if (!p->n_parts) bb_project_part(p, "benchmarks");
    add_entry(&p->benchmarks, &p->benchmarks_cap, object);
}

static void append_item(struct bb_arena *arena, struct bb_json *list, struct bb_json *item)
{
    struct bb_json **more = BB_NEW_ARRAY(arena, list->as.list.n + 1, struct bb_json *);
    if (list->as.list.n) memcpy(more, list->as.list.item, list->as.list.n * sizeof(struct bb_json *));
    more[list->as.list.n++] = item;
    list->as.list.item = more;
}

/* What `from` has joins `into`: members of objects that `into` lacks, elements of arrays; of two plain values the first stays. */
static void merge(struct bb_arena *arena, struct bb_json *into, const struct bb_json *from)
{
    if (into->type != from->type || (into->type != BB_JSON_ARRAY && into->type != BB_JSON_OBJECT)) return;
    for (size_t i = 0; i < from->as.list.n; i++) {
        struct bb_json *item = from->as.list.item[i];
        struct bb_json *own = into->type == BB_JSON_OBJECT ? bb_json_member(into, item->key) : NULL;
        if (own)
            merge(arena, own, item);
        else
            append_item(arena, into, item);
    }
}

void bb_project_model(struct bb_project *p, const char *json)
{
    struct bb_json *object = parse_entry(p, "a model of the example", json);
    if (!object) return;
    for (size_t i = 0; i < p->models.n; i++)
        if (bb_streq(entry_id(p->models.object[i]), entry_id(object))) {
            merge(p->arena, p->models.object[i], object);
            return;
        }
    add_entry(&p->models, &p->models_cap, object);
}

/* --- finishing ---------------------------------------------------------------------------------------------------- */

static enum bb_code write_json(struct bb_project *p, const char *name, struct bb_json *const *object, size_t n, bool list, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 2);
    if (list) bb_jw_array(&w);
    for (size_t i = 0; i < n; i++) {
        relocate(p->arena, object[i]);
        bb_jw_value(&w, object[i]);
    }
    if (list) bb_jw_array_end(&w);
    bb_buf_putc(&text, '\n');
    enum bb_code code = bb_project_text(p, name, text.data, text.len, err);
    bb_buf_release(&text);
    return code;
}

static enum bb_code write_entries(struct bb_project *p, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; i < p->n_parts && !code; i++) {
        size_t first = p->part[i].first, end = i + 1 < p->n_parts ? p->part[i + 1].first : p->benchmarks.n;
        const char *name = bb_arena_printf(p->arena, "benchmarks/%s.json", p->part[i].name);
        if (end > first) code = write_json(p, name, p->benchmarks.object + first, end - first, true, err);
    }
    for (size_t i = 0; i < p->models.n && !code; i++) {
        const char *name = bb_arena_printf(p->arena, "models/%s.json", entry_id(p->models.object[i]));
        code = write_json(p, name, &p->models.object[i], 1, false, err);
    }
    return code;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum bb_code finish_list(struct bb_project *p, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    enum bb_code code = BB_OK;
    bb_buf_printf(&text, "%s\n", LIST_TITLE);
    if (p->n_names) qsort(p->name, p->n_names, sizeof *p->name, compare_names);
    for (size_t i = 0; i < p->n_names && !code; i++) {
        char digest[BB_SHA256_TEXT];
        code = bb_sha256_file(bb_path_join(p->arena, p->dir, p->name[i]), digest, err);
        if (!code) bb_buf_printf(&text, "%s %s\n", digest, p->name[i]);
    }
    if (!code) code = bb_file_write(bb_path_join(p->arena, p->dir, BB_PROJECT_LIST), text.data, text.len, err);
    bb_buf_release(&text);
    return code;
}

enum bb_code bb_project_check(const struct bb_project *p, struct bb_err *err)
{
    if (!p->diags.n_errors) return BB_OK;
    const struct bb_diag *first = &p->diags.diag[0];
    return bb_fail(err, BB_EINPUT, "%s, line %zu: %s", first->place.file ? first->place.file : "an entry", first->place.line, first->message);
}

enum bb_code bb_project_finish(struct bb_project *p, struct bb_err *err)
{
    enum bb_code code = bb_project_check(p, err);
    if (!code) code = write_entries(p, err);
    return code ? code : finish_list(p, err);
}
