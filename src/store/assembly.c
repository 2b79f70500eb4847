#include "store/assembly.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/reader_int.h"

struct bb_assembly *bb_assembly_from_table(struct bb_table *table)
{
    struct bb_assembly *assembly = bb_calloc(1, sizeof *assembly);
    assembly->n_dims = 1;
    assembly->dim[0] = (struct bb_dim){bb_strdup("presentation"), table->n_rows};
    assembly->coord = bb_calloc(table->n_series, sizeof *assembly->coord);
    for (size_t i = 0; i < table->n_series; i++) {
        struct bb_series *series = &table->series[i];
        if (series->type == BB_TYPE_NUMBER && bb_streq(series->name, "value")) {
            assembly->value = series->number;
            series->number = NULL;
            continue;
        }
        assembly->coord[assembly->n_coords++] = (struct bb_coord){.series = *series, .dim = 0};
        *series = (struct bb_series){0};
        bb_names_init(&series->level);
    }
    bb_table_release(table);
    return assembly;
}

static void copy_series(const struct bb_series *from, const bool *keep, struct bb_series *to)
{
    *to = (struct bb_series){.name = bb_strdup(from->name), .type = from->type, .by_size = from->by_size, .n = from->n, .cap = from->n};
    bb_names_init(&to->level);
    for (size_t i = 0; i < from->level.n; i++) bb_names_add(&to->level, from->level.name[i]);
    if (from->number) {
        to->number = bb_malloc((from->n + 1) * sizeof *to->number);
        memcpy(to->number, from->number, from->n * sizeof *to->number);
    }
    if (from->code) {
        to->code = bb_malloc((from->n + 1) * sizeof *to->code);
        memcpy(to->code, from->code, from->n * sizeof *to->code);
    }
    if (keep) bb_series_select(to, keep);
}

/* The values with the indices of one dimension that keep[] marks: `outer` runs of kept pieces of `inner` values. */
static double *keep_values(const struct bb_assembly *assembly, size_t dim, const bool *keep, size_t n)
{
    size_t outer = 1, inner = 1, size = assembly->dim[dim].size;
    for (size_t d = 0; d < assembly->n_dims; d++) *(d < dim ? &outer : &inner) *= d == dim ? 1 : assembly->dim[d].size;
    double *value = bb_malloc((outer * n * inner + 1) * sizeof *value), *to = value;
    for (size_t i = 0; i < outer * size; i++) {
        if (!keep[i % size]) continue;
        memcpy(to, assembly->value + i * inner, inner * sizeof *to);
        to += inner;
    }
    return value;
}

struct bb_assembly *bb_assembly_keep(const struct bb_assembly *assembly, size_t dim, const bool *keep)
{
    struct bb_assembly *copy = bb_calloc(1, sizeof *copy);
    size_t n = 0;
    for (size_t i = 0; i < assembly->dim[dim].size; i++) n += keep[i];
    copy->n_dims = assembly->n_dims;
    for (size_t d = 0; d < assembly->n_dims; d++)
        copy->dim[d] = (struct bb_dim){bb_strdup(assembly->dim[d].name), d == dim ? n : assembly->dim[d].size};
    copy->n_coords = assembly->n_coords;
    copy->coord = bb_calloc(assembly->n_coords + 1, sizeof *copy->coord);
    for (size_t c = 0; c < assembly->n_coords; c++) {
        copy->coord[c].dim = assembly->coord[c].dim;
        copy_series(&assembly->coord[c].series, assembly->coord[c].dim == dim ? keep : NULL, &copy->coord[c].series);
    }
    if (assembly->value) copy->value = keep_values(assembly, dim, keep, n);
    return copy;
}

void bb_assembly_free(struct bb_assembly *assembly)
{
    if (!assembly) return;
    for (size_t i = 0; i < assembly->n_dims; i++) free((void *)(uintptr_t)assembly->dim[i].name);
    for (size_t i = 0; i < assembly->n_coords; i++) bb_series_release(&assembly->coord[i].series);
    for (size_t i = 0; i < assembly->n_lists; i++) {
        free((void *)(uintptr_t)assembly->list[i].name);
        free(assembly->list[i].number);
    }
    free(assembly->list);
    free(assembly->coord);
    free(assembly->value);
    bb_reader_free(assembly->reader);
    free(assembly);
}

const struct bb_coord *bb_assembly_coord(const struct bb_assembly *assembly, const char *name)
{
    for (size_t i = 0; i < assembly->n_coords; i++)
        if (bb_streq(assembly->coord[i].series.name, name)) return &assembly->coord[i];
    return NULL;
}

const struct bb_number_list *bb_assembly_list(const struct bb_assembly *assembly, const char *name)
{
    for (size_t i = 0; i < assembly->n_lists; i++)
        if (bb_streq(assembly->list[i].name, name)) return &assembly->list[i];
    return NULL;
}

const char *bb_assembly_coord_names(const struct bb_assembly *assembly, struct bb_arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < assembly->n_coords; i++)
        list = bb_arena_printf(arena, "%s%s%s", list, i ? ", " : "", assembly->coord[i].series.name);
    return list;
}

/* Distinct numbers by their bits: an open hash table of indices into `number`. */
struct distinct {
    double *number;
    size_t n, cap;
    size_t *slot;   /* index + 1; 0: free */
    size_t n_slots; /* a power of two, more than half of it free */
};

static size_t *slot_of(const struct distinct *d, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits *= UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = (size_t)(bits >> 32);; i++) {
        size_t *slot = &d->slot[i & (d->n_slots - 1)];
        if (!*slot || !memcmp(&d->number[*slot - 1], &x, sizeof x)) return slot;
    }
}

static void distinct_grow(struct distinct *d)
{
    free(d->slot);
    d->n_slots = d->n_slots ? d->n_slots * 2 : 64;
    d->slot = bb_calloc(d->n_slots, sizeof *d->slot);
    for (size_t i = 0; i < d->n; i++) *slot_of(d, d->number[i]) = i + 1;
}

static size_t distinct_add(struct distinct *d, double x)
{
    if (x == 0) x = 0; /* -0 is 0 */
    if (2 * (d->n + 1) > d->n_slots) distinct_grow(d);
    size_t *slot = slot_of(d, x);
    if (!*slot) {
        d->number = bb_grow(d->number, &d->cap, d->n + 1, sizeof *d->number);
        d->number[d->n++] = x;
        *slot = d->n;
    }
    return *slot - 1;
}

static struct bb_groups number_groups(const struct bb_series *series, struct bb_arena *arena)
{
    struct distinct d = {0};
    int32_t *group = BB_NEW_ARRAY(arena, series->n, int32_t);
    for (size_t i = 0; i < series->n; i++)
        group[i] = isnan(series->number[i]) ? -1 : (int32_t)distinct_add(&d, series->number[i]);
    const char **name = BB_NEW_ARRAY(arena, d.n, const char *);
    for (size_t i = 0; i < d.n; i++) {
        char text[32];
        bb_format_number(text, d.number[i]);
        name[i] = bb_arena_strdup(arena, text);
    }
    free(d.number);
    free(d.slot);
    return (struct bb_groups){group, series->n, name, d.n};
}

struct bb_groups bb_coord_groups(const struct bb_coord *coord, struct bb_arena *arena)
{
    const struct bb_series *series = &coord->series;
    if (series->type == BB_TYPE_NUMBER) return number_groups(series, arena);
    return (struct bb_groups){series->code, series->n, series->level.name, series->level.n};
}
