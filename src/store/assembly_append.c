#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/assembly.h"

static const struct bb_series *along_presentations(const struct bb_assembly *assembly, const char *name)
{
    for (size_t c = 0; c < assembly->n_coords; c++)
        if (assembly->coord[c].dim == 0 && strcmp(assembly->coord[c].series.name, name) == 0) return &assembly->coord[c].series;
    return NULL;
}

static enum bb_code check_shapes(const struct bb_assembly *into, const struct bb_assembly *more, struct bb_err *err)
{
    if (into->n_dims != more->n_dims)
        return bb_fail(err, BB_EINPUT, "it has %zu dimensions, the part before it %zu", more->n_dims, into->n_dims);
    for (size_t d = 1; d < into->n_dims; d++)
        if (into->dim[d].size != more->dim[d].size)
            return bb_fail(err, BB_EINPUT,
                           "it has %zu along \"%s\", the part before it %zu: parts of one recording have the same",
                           more->dim[d].size, more->dim[d].name, into->dim[d].size);
    return BB_OK;
}

static bool same_value(const struct bb_series *a, const struct bb_series *b, size_t i)
{
    if (a->type == BB_TYPE_NUMBER) return a->number[i] == b->number[i];
    if (a->code[i] < 0 || b->code[i] < 0) return a->code[i] < 0 && b->code[i] < 0;
    return strcmp(a->level.name[a->code[i]], b->level.name[b->code[i]]) == 0;
}

static enum bb_code check_units(const struct bb_assembly *into, const struct bb_assembly *more, struct bb_err *err)
{
    const struct bb_coord *a = bb_assembly_coord(into, "neuroid_id"), *b = bb_assembly_coord(more, "neuroid_id");
    if (!a || !b || a->dim != b->dim || (a->series.type == BB_TYPE_NUMBER) != (b->series.type == BB_TYPE_NUMBER)) return BB_OK;
    for (size_t i = 0; i < a->series.n; i++)
        if (!same_value(&a->series, &b->series, i))
            return bb_fail(err, BB_EINPUT, "neuroid %zu is another than in the part before it", i + 1);
    return BB_OK;
}

/* A part whose stimuli were shown once, or averaged, has no repetitions; those of the other part are still to be averaged. */
static bool may_be_missing(const char *name)
{
    return strcmp(name, "repetition") == 0 || strcmp(name, "repetition_id") == 0;
}

static struct bb_series all_missing(const struct bb_series *like, size_t n)
{
    struct bb_series out = {.name = bb_strdup(like->name), .type = like->type, .by_size = like->by_size, .n = n, .cap = n};
    bb_names_init(&out.level);
    if (like->type == BB_TYPE_NUMBER)
        out.number = bb_calloc(n + 1, sizeof *out.number);
    else
        out.code = bb_calloc(n + 1, sizeof *out.code);
    for (size_t i = 0; i < n; i++)
        if (out.number)
            out.number[i] = NAN;
        else
            out.code[i] = -1;
    return out;
}

static void append_series(struct bb_series *into, const struct bb_series *more)
{
    size_t n = into->n + more->n;
    if (into->type == BB_TYPE_NUMBER) {
        into->number = bb_realloc(into->number, n + 1, sizeof *into->number);
        memcpy(into->number + into->n, more->number, more->n * sizeof *into->number);
    } else {
        into->code = bb_realloc(into->code, n + 1, sizeof *into->code);
        for (size_t i = 0; i < more->n; i++)
            into->code[into->n + i] =
                more->code[i] < 0 ? -1 : (int32_t)bb_names_add(&into->level, more->level.name[more->code[i]]);
    }
    into->n = into->cap = n;
}

static void append_coords(struct bb_assembly *into, const struct bb_assembly *more)
{
    size_t kept = 0;
    for (size_t c = 0; c < into->n_coords; c++) {
        struct bb_coord coord = into->coord[c];
        if (coord.dim == 0) {
            const struct bb_series *other = along_presentations(more, coord.series.name);
            bool goes = other ? (coord.series.type == BB_TYPE_NUMBER) == (other->type == BB_TYPE_NUMBER)
                              : may_be_missing(coord.series.name);
            struct bb_series missing = other ? (struct bb_series){0} : all_missing(&coord.series, more->dim[0].size);
            if (goes)
                append_series(&coord.series, other ? other : &missing);
            else
                bb_series_release(&coord.series);
            bb_series_release(&missing);
            if (!goes) continue;
        }
        into->coord[kept++] = coord;
    }
    into->n_coords = kept;
}

/* Coordinates that may be missing, and are in `into`. */
static void add_missing(struct bb_assembly *into, const struct bb_assembly *more)
{
    for (size_t c = 0; c < more->n_coords; c++) {
        const struct bb_series *series = &more->coord[c].series;
        if (more->coord[c].dim != 0 || !may_be_missing(series->name) || along_presentations(into, series->name)) continue;
        into->coord = bb_realloc(into->coord, into->n_coords + 1, sizeof *into->coord);
        into->coord[into->n_coords++] = (struct bb_coord){.series = all_missing(series, into->dim[0].size)};
    }
}

enum bb_code bb_assembly_append(struct bb_assembly *into, const struct bb_assembly *more, struct bb_err *err)
{
    enum bb_code code = check_shapes(into, more, err);
    if (!code) code = check_units(into, more, err);
    if (!code && (!into->value || !more->value)) code = bb_fail(err, BB_EINPUT, "one of the parts has no values");
    if (code) return code;
    size_t row = 1, n = into->dim[0].size, m = more->dim[0].size;
    for (size_t d = 1; d < into->n_dims; d++) row *= into->dim[d].size;
    into->value = bb_realloc(into->value, (n + m) * row + 1, sizeof *into->value);
    memcpy(into->value + n * row, more->value, m * row * sizeof *into->value);
    add_missing(into, more);
    append_coords(into, more);
    into->dim[0].size = n + m;
    return BB_OK;
}
