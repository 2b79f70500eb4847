#include "score/inputs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/selection.h"
#include "store/array_file.h"
#include "store/stimulus_join.h"
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

/* --- reading ------------------------------------------------------------------------------------------------------ */

struct bb_array_source bb_array_source_of(const struct bb_source *source, const char *path, struct bb_arena *arena)
{
    struct bb_left *left = source->stimulus_set ? BB_NEW(arena, struct bb_left) : NULL;
    if (left)
        *left = (struct bb_left){BB_NEW_ARRAY(arena, source->columns.n_rules, bool), BB_NEW_ARRAY(arena, source->columns.n_where, bool)};
    return (struct bb_array_source){
        .path = path, .group = source->group, .variable = source->variable, .columns = &source->columns, .left = left};
}

static enum bb_code load_one_array(const struct bb_found *found, size_t i, const char *path, struct bb_assembly **out, struct bb_err *err)
{
    const struct bb_source *source = &found->sources->source[i];
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_array_source array = bb_array_source_of(source, path, arena);
    enum bb_code code = bb_array_load(&array, 0, out, err);
    if (!code && source->flatten_time) bb_assembly_flatten_time(*out);
    if (!code && array.left) code = bb_stimulus_join(*out, found->stimulus_set[i], err);
    if (!code && array.left) code = bb_stimulus_join_rules(out, array.columns, array.left, path, err);
    bb_arena_free(arena);
    return code;
}

static void take(struct bb_input *input, struct bb_assembly *chosen)
{
    bb_assembly_free(input->assembly);
    input->assembly = chosen;
}

/* What counts of the whole. */
static enum bb_code choose(const struct bb_sources *sources, struct bb_input *input)
{
    enum bb_code code = BB_OK;
    struct bb_assembly *chosen;
    double least = (double)NAN;
    int gaps = BB_GAPS_STAY;
    for (size_t i = 0; i < sources->n; i++) {
        least = fmax(least, sources->source[i].min_consistency);
        if (sources->source[i].drop_missing) gaps = sources->source[i].drop_missing;
    }
    if (!isnan(least)) {
        code = bb_keep_consistent_neuroids(input->assembly, least, &chosen, &input->err);
        if (!code) take(input, chosen);
    }
    if (code || gaps == BB_GAPS_STAY) return code;
    code = gaps == BB_GAPS_OF_NEUROIDS ? bb_drop_neuroids_with_gaps(input->assembly, &chosen, &input->err)
                                       : bb_drop_stimuli_with_gaps(input->assembly, &chosen, &input->err);
    if (!code) take(input, chosen);
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
    return code ? code : choose(found->sources, input);
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
        input->code = bb_stimulus_join(input->assembly, found->stimulus_set[0], &input->err);
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

bool bb_has_coord(const struct bb_assembly *assembly, const char *name)
{
    return bb_streq(name, "value") ? assembly->value != NULL : bb_assembly_coord(assembly, name) != NULL;
}

const char *bb_lacking_coord(const struct bb_assembly *assembly, const char *const *needed)
{
    for (; needed && *needed; needed++)
        if (!bb_has_coord(assembly, *needed)) return *needed;
    return NULL;
}

const char *bb_coord_advice(const struct bb_assembly *assembly, const char *lacking)
{
    bool text = bb_streq(lacking, "value") && bb_assembly_coord(assembly, lacking);
    return text ? "its \"value\" is text, and must have \"type\": \"number\"" : "add a rule for it to \"columns\"";
}
