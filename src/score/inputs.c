#include "score/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "store/table_file.h"

struct bb_inputs {
    const struct bb_datapath *path;
    struct bb_names key;      /* what was asked for … */
    struct bb_input **input;  /* … and what became of it */
    size_t cap;
};

struct bb_inputs *bb_inputs_new(const struct bb_datapath *path)
{
    struct bb_inputs *inputs = bb_calloc(1, sizeof *inputs);
    inputs->path = path;
    bb_names_init(&inputs->key);
    return inputs;
}

void bb_inputs_clear(struct bb_inputs *inputs)
{
    for (size_t i = 0; i < inputs->key.n; i++) {
        bb_assembly_free(inputs->input[i]->assembly);
        free(inputs->input[i]);
    }
    bb_names_release(&inputs->key);
    bb_names_init(&inputs->key);
}

void bb_inputs_free(struct bb_inputs *inputs)
{
    if (!inputs) return;
    bb_inputs_clear(inputs);
    bb_names_release(&inputs->key);
    free(inputs->input);
    free(inputs);
}

/* Everything that decides what is read: where, which files, by which rules. */
static void describe(const struct bb_sources *sources, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 0);
    bb_jw_array(&w);
    for (size_t i = 0; i < sources->n; i++) {
        const struct bb_source *source = &sources->source[i];
        bb_jw_text(&w, source->dir);
        for (size_t f = 0; f < source->file.n; f++) bb_jw_text(&w, source->file.text[f]);
        bb_jw_text(&w, source->sha256);
        if (source->columns_json) bb_jw_value(&w, source->columns_json);
        if (source->where_json) bb_jw_value(&w, source->where_json);
    }
    bb_jw_array_end(&w);
}

static void remove_all(char *text, const char *prefix)
{
    size_t len = strlen(prefix);
    if (len == 0) return;
    for (char *at = strstr(text, prefix); at; at = strstr(at, prefix)) memmove(at, at + len, strlen(at + len) + 1);
}

/* Which of a source's files is not there. */
static const char *absent_name(const struct bb_datapath *path, const struct bb_source *source, struct bb_arena *arena)
{
    struct bb_paths found;
    for (size_t i = 0; i + 1 < source->file.n; i++) {
        const struct bb_texts one = {&source->file.text[i], 1};
        if (bb_datapath_find(path, source->dir, &one, arena, &found, NULL) == BB_EABSENT) return source->file.text[i];
    }
    return source->file.text[source->file.n - 1];
}

/* A reason goes on a page: it names files as the project does, not where they lie on this machine. */
static void make_public(struct bb_input *input, const struct bb_datapath *path, const struct bb_sources *sources, const struct bb_source *failed,
                        struct bb_arena *arena)
{
    if (input->code == BB_EABSENT) {
        (void)bb_fail(&input->public, BB_EABSENT, "there is no file \"%s\", neither beside the file that names it nor on the data path",
                      absent_name(path, failed, arena));
        return;
    }
    input->public = input->err;
    for (size_t i = 0; i < sources->n; i++)
        remove_all(input->public.msg, bb_arena_printf(arena, "%s/", sources->source[i].dir));
    for (size_t i = 0; i < path->n; i++) remove_all(input->public.msg, bb_arena_printf(arena, "%s/", path->dir[i]));
}

static void load(struct bb_inputs *inputs, const struct bb_sources *sources, struct bb_input *input)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_table_source *table = BB_NEW_ARRAY(arena, sources->n, struct bb_table_source);
    struct bb_paths *paths = BB_NEW_ARRAY(arena, sources->n, struct bb_paths);
    const struct bb_source *source = NULL;
    for (size_t i = 0; i < sources->n && input->code == BB_OK; i++) {
        source = &sources->source[i];
        table[i] = (struct bb_table_source){.paths = &paths[i], .columns = &source->columns, .sha256 = source->sha256};
        if (source->file.n == 0)
            input->code = bb_fail(&input->err, BB_EINPUT, "Gram matrices cannot be read yet: give the features as \"file\"");
        else
            input->code = bb_datapath_find(inputs->path, source->dir, &source->file, arena, &paths[i], &input->err);
    }
    if (input->code == BB_OK) input->code = bb_table_files_read(table, sources->n, &input->assembly, &input->err);
    if (input->code != BB_OK) make_public(input, inputs->path, sources, source, arena);
    bb_arena_free(arena);
}

const struct bb_input *bb_inputs_get(struct bb_inputs *inputs, const struct bb_sources *sources)
{
    struct bb_buf key = BB_BUF_INIT;
    describe(sources, &key);
    size_t known = inputs->key.n;
    size_t at = bb_names_add(&inputs->key, bb_buf_text(&key));
    bb_buf_release(&key);
    if (at == known) {
        inputs->input = bb_grow(inputs->input, &inputs->cap, known + 1, sizeof(struct bb_input *));
        inputs->input[at] = bb_calloc(1, sizeof(struct bb_input));
        load(inputs, sources, inputs->input[at]);
    }
    return inputs->input[at];
}
