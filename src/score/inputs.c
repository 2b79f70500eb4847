#include "score/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "store/array_file.h"
#include "store/table_file.h"

struct bb_inputs {
    const struct bb_founds *founds;
    struct bb_names key;     /* what was asked for … */
    struct bb_input **input; /* … and what became of it */
    size_t cap;
};

struct bb_inputs *bb_inputs_new(const struct bb_founds *founds)
{
    struct bb_inputs *inputs = bb_calloc(1, sizeof *inputs);
    inputs->founds = founds;
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

/* --- stimulus sets ------------------------------------------------------------------------------------------------ */

/* The columns of a stimulus set on their way to the presentations of an assembly: a left join by stimulus_id. */
struct join {
    struct bb_assembly *assembly;
    const struct bb_series *id;
    size_t id_column;
    size_t *coord;           /* per column of the table: the new coordinate; BB_NAMES_NONE: none */
    size_t n_columns, first; /* coordinates from `first` on are new */
    int32_t **code;          /* per new coordinate: the code of each stimulus (level of id), −1 */
    bool header_read;
};

static enum bb_code join_header(struct join *j, const struct bb_csv_field *field, size_t n, struct bb_err *err)
{
    struct bb_assembly *a = j->assembly;
    j->id_column = BB_NAMES_NONE;
    for (size_t i = 0; i < n; i++)
        if (bb_streq(field[i].text, "stimulus_id") || (bb_streq(field[i].text, "image_id") && j->id_column == BB_NAMES_NONE))
            j->id_column = i;
    if (j->id_column == BB_NAMES_NONE) return bb_fail(err, BB_EINPUT, "the stimulus set has no column \"stimulus_id\"");
    j->n_columns = n;
    j->coord = bb_calloc(n, sizeof *j->coord);
    j->code = bb_calloc(n, sizeof *j->code);
    a->coord = bb_realloc(a->coord, a->n_coords + n, sizeof *a->coord);
    j->first = a->n_coords;
    for (size_t i = 0; i < n; i++) {
        j->coord[i] = BB_NAMES_NONE;
        if (i == j->id_column || bb_assembly_coord(a, field[i].text)) continue;
        struct bb_coord *coord = &a->coord[a->n_coords];
        *coord = (struct bb_coord){.series = {.name = bb_strdup(field[i].text), .type = BB_TYPE_TEXT}, .dim = 0};
        bb_names_init(&coord->series.level);
        j->code[i] = bb_malloc((j->id->level.n + 1) * sizeof **j->code);
        for (size_t s = 0; s < j->id->level.n; s++) j->code[i][s] = -1;
        j->coord[i] = a->n_coords++;
    }
    return BB_OK;
}

static enum bb_code join_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    struct join *j = ctx;
    if (!j->header_read) {
        j->header_read = true;
        return join_header(j, field, n, err);
    }
    if (n != j->n_columns)
        return bb_fail(err, BB_EINPUT, "line %zu of the stimulus set has %zu fields, its header %zu", line, n, j->n_columns);
    size_t stimulus = bb_names_find(&j->id->level, field[j->id_column].text);
    for (size_t i = 0; i < n && stimulus != BB_NAMES_NONE; i++)
        if (j->coord[i] != BB_NAMES_NONE && field[i].len)
            j->code[i][stimulus] = (int32_t)bb_names_add(&j->assembly->coord[j->coord[i]].series.level, field[i].text);
    return BB_OK;
}

static void finish_join(struct join *j)
{
    for (size_t i = 0; i < j->n_columns; i++) {
        if (j->coord[i] == BB_NAMES_NONE) continue;
        struct bb_series *series = &j->assembly->coord[j->coord[i]].series;
        series->n = series->cap = j->id->n;
        series->code = bb_malloc((j->id->n + 1) * sizeof *series->code);
        for (size_t r = 0; r < j->id->n; r++) series->code[r] = j->id->code[r] < 0 ? -1 : j->code[i][j->id->code[r]];
        free(j->code[i]);
    }
    free(j->code);
    free(j->coord);
}

static enum bb_code join_stimulus_set(struct bb_assembly *assembly, const char *path, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_coord *id = bb_assembly_coord(assembly, "stimulus_id");
    if (!id || id->series.type == BB_TYPE_NUMBER || id->dim != 0)
        return bb_fail(err, BB_EINPUT, "the recording has no coordinate \"stimulus_id\" to join its stimulus set by");
    struct join j = {.assembly = assembly};
    enum bb_code code = bb_table_file_bytes(path, &text, err);
    struct bb_series kept = id->series; /* the list of coordinates moves when it grows, what a series points to does not */
    j.id = &kept;
    if (!code) code = bb_csv_parse(bb_buf_text(&text), text.len, 0, join_row, &j, err);
    if (!code && !j.header_read) code = bb_fail(err, BB_EINPUT, "the stimulus set %s is empty", path);
    finish_join(&j);
    bb_buf_release(&text);
    return code;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static enum bb_code load_one_array(const struct bb_found *found, size_t i, const char *path, struct bb_assembly **out, struct bb_err *err)
{
    const struct bb_source *source = &found->sources->source[i];
    const struct bb_array_source array = {.path = path, .group = source->group, .variable = source->variable, .columns = &source->columns};
    enum bb_code code = bb_array_load(&array, 0, out, err);
    if (!code && source->flatten_time) bb_assembly_flatten_time(*out);
    if (!code && found->stimulus_set[i]) code = join_stimulus_set(*out, found->stimulus_set[i], err);
    return code;
}

/* Several files are parts of one recording, one after the other. */
static enum bb_code load_array(const struct bb_found *found, struct bb_input *input)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; !code && i < found->sources->n; i++)
        for (size_t f = 0; !code && f < found->paths[i].n; f++) {
            struct bb_assembly *part = NULL;
            code = load_one_array(found, i, found->paths[i].path[f], &part, &input->err);
            if (!code && input->assembly) {
                code = bb_assembly_append(input->assembly, part, &input->err);
                if (code) code = bb_err_wrap(&input->err, code, "%s", found->paths[i].path[f]);
            }
            if (input->assembly) bb_assembly_free(part);
            else input->assembly = part;
        }
    return code;
}

static enum bb_code load_table(const struct bb_found *found, struct bb_input *input)
{
    struct bb_table_source *table = bb_calloc(found->sources->n, sizeof *table);
    for (size_t i = 0; i < found->sources->n; i++)
        table[i] = (struct bb_table_source){
            .paths = &found->paths[i], .columns = &found->sources->source[i].columns, .sha256 = found->sources->source[i].sha256};
    enum bb_code code = bb_table_files_read(table, found->sources->n, &input->assembly, &input->err);
    free(table);
    return code;
}

static void load(struct bb_inputs *inputs, const struct bb_found *found, struct bb_input *input)
{
    if (found->code) {
        input->code = found->code;
        input->err = found->err;
        input->public = found->public;
        return;
    }
    if (found->kind == BB_KIND_GRAM)
        input->code = bb_fail(&input->err, BB_EINPUT,
                              "Gram matrices say nothing of single values: give the features or choices themselves as \"file\"");
    else
        input->code = found->kind == BB_KIND_ARRAY ? load_array(found, input) : load_table(found, input);
    if (!input->code && found->kind == BB_KIND_TABLE && found->stimulus_set[0])
        input->code = join_stimulus_set(input->assembly, found->stimulus_set[0], &input->err);
    if (input->code == BB_OK) return;
    input->public = input->err;
    bb_founds_make_public(inputs->founds, found->sources, input->public.msg);
}

const struct bb_input *bb_inputs_get(struct bb_inputs *inputs, const struct bb_found *found)
{
    size_t known = inputs->key.n, at = bb_names_add(&inputs->key, found->key);
    if (at == known) {
        inputs->input = bb_grow(inputs->input, &inputs->cap, known + 1, sizeof(struct bb_input *));
        inputs->input[at] = bb_calloc(1, sizeof(struct bb_input));
        load(inputs, found, inputs->input[at]);
    }
    return inputs->input[at];
}
