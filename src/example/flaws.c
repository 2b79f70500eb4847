#include "example/flaws.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"

/* A copy of an entry: what it is called changes, and one member is written by someone else. */
struct copy {
    const char *id, *name_key, *name, *description;
    const char *member;
    void (*write)(struct bb_json_writer *w, const struct bb_json *value);
};

static void write_copy(struct bb_json_writer *w, const struct bb_json *from, const struct copy *copy)
{
    bb_jw_object(w);
    bb_jw_member_text(w, "id", copy->id);
    bb_jw_member_text(w, copy->name_key, copy->name);
    bb_jw_member_text(w, "description", copy->description);
    for (size_t i = 0; i < from->as.list.n; i++) {
        const struct bb_json *item = from->as.list.item[i];
        if (bb_streq(item->key, "id") || bb_streq(item->key, copy->name_key) || bb_streq(item->key, "description")) continue;
        bb_jw_key(w, item->key);
        if (bb_streq(item->key, copy->member))
            copy->write(w, item);
        else
            bb_jw_value(w, item);
    }
    bb_jw_object_end(w);
}

static void add_copy(struct bb_project *project, const struct bb_json *from, const struct copy *copy,
                     void (*add)(struct bb_project *project, const char *json))
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 0);
    write_copy(&w, from, copy);
    add(project, text.data);
    bb_buf_release(&text);
}

/* --- models ------------------------------------------------------------------------------------------------------- */

/* The first half, but at least one. */
static void write_half(struct bb_json_writer *w, const struct bb_json *outputs)
{
    size_t n = outputs->as.list.n;
    bb_jw_object(w);
    for (size_t i = 0; i < n && (i == 0 || i < n / 2); i++) {
        bb_jw_key(w, outputs->as.list.item[i]->key);
        bb_jw_value(w, outputs->as.list.item[i]);
    }
    bb_jw_object_end(w);
}

static const char DAMAGED[] = "outputs/damaged/cut-off.nc";

static void write_damaged(struct bb_json_writer *w, const struct bb_json *outputs)
{
    bb_jw_object(w);
    for (size_t i = 0; i < outputs->as.list.n; i++) {
        bb_jw_key(w, outputs->as.list.item[i]->key);
        if (i) {
            bb_jw_value(w, outputs->as.list.item[i]);
            continue;
        }
        bb_jw_object(w);
        bb_jw_member_text(w, "file", DAMAGED);
        bb_jw_object_end(w);
    }
    bb_jw_object_end(w);
}

/* The first netCDF file that was written, without its second half. */
static enum bb_code write_cut_off(struct bb_project *project, struct bb_err *err)
{
    const char *const *name;
    size_t n = bb_project_files(project, &name), i = 0;
    struct bb_buf bytes = BB_BUF_INIT;
    while (i < n && !bb_ends_with(name[i], ".nc")) i++;
    if (i == n) return BB_OK;
    enum bb_code code = bb_file_read(bb_project_path(project, name[i]), 0, &bytes, err);
    if (!code) code = bb_project_text(project, DAMAGED, bytes.data, bytes.len / 2, err);
    bb_buf_release(&bytes);
    return code;
}

/* A model with several outputs that says nothing of being a control. */
static const struct bb_json *some_model(const struct bb_project *project)
{
    const struct bb_project_entries *models = bb_project_models(project);
    for (size_t i = 0; i < models->n; i++) {
        const struct bb_json *outputs = bb_json_member(models->object[i], "outputs");
        if (outputs && outputs->type == BB_JSON_OBJECT && outputs->as.list.n > 1 && !bb_json_member(models->object[i], "reference"))
            return models->object[i];
    }
    return NULL;
}

/* --- a benchmark -------------------------------------------------------------------------------------------------- */

static void write_lost(struct bb_json_writer *w, const struct bb_json *data)
{
    bb_jw_object(w);
    bb_jw_member_text(w, "file", "data/never-recorded.nc");
    const struct bb_json *columns = bb_json_member(data, "columns");
    if (columns) {
        bb_jw_key(w, "columns");
        bb_jw_value(w, columns);
    }
    bb_jw_object_end(w);
}

static const struct bb_json *some_benchmark(const struct bb_project *project)
{
    const struct bb_project_entries *benchmarks = bb_project_benchmarks(project);
    for (size_t i = 0; i < benchmarks->n; i++)
        if (bb_json_member(benchmarks->object[i], "data")) return benchmarks->object[i];
    return NULL;
}

enum bb_code bb_example_flaws(struct bb_project *project, struct bb_err *err)
{
    static const struct copy half = {"incomplete", "name", "Incomplete", "Was not run on every stimulus set.", "outputs", write_half};
    static const struct copy damaged = {"damaged", "name", "Damaged", "One of its files is cut off in the middle.", "outputs", write_damaged};
    static const struct copy lost = {"lost-recording", "title", "A lost recording", "Its data file is nowhere to be found.",
                                     "data", write_lost};
    const struct bb_json *model = some_model(project), *benchmark = some_benchmark(project);
    if (model) {
        add_copy(project, model, &half, bb_project_model);
        add_copy(project, model, &damaged, bb_project_model);
    }
    bb_project_part(project, "lost");
    if (benchmark) add_copy(project, benchmark, &lost, bb_project_benchmark);
    return model ? write_cut_off(project, err) : BB_OK;
}
