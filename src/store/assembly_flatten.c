#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/assembly.h"

enum { NEUROID = 1, TIME = 2 };

/* Each value `times` times. */
static void repeat(struct bb_series *series, size_t times)
{
    size_t n = series->n;
    if (series->type == BB_TYPE_NUMBER) {
        double *number = bb_malloc((n * times + 1) * sizeof *number);
        for (size_t i = 0; i < n * times; i++) number[i] = series->number[i / times];
        free(series->number);
        series->number = number;
    } else {
        int32_t *code = bb_malloc((n * times + 1) * sizeof *code);
        for (size_t i = 0; i < n * times; i++) code[i] = series->code[i / times];
        free(series->code);
        series->code = code;
    }
    series->n = series->cap = n * times;
}

/* "id@t" for each value, which stands `times` times. */
static void number_ids(struct bb_series *series, size_t times)
{
    struct bb_names level = {0};
    struct bb_buf id = BB_BUF_INIT;
    int32_t *code = bb_malloc((series->n + 1) * sizeof *code);
    bb_names_init(&level);
    for (size_t i = 0; i < series->n; i++) {
        char number[32];
        bool is_number = series->type == BB_TYPE_NUMBER;
        if (is_number) bb_format_number(number, series->number[i]);
        const char *text = is_number ? number : series->code[i] < 0 ? "" : series->level.name[series->code[i]];
        bb_buf_reset(&id);
        bb_buf_printf(&id, "%s@%zu", text, i % times);
        code[i] = (int32_t)bb_names_add(&level, bb_buf_text(&id));
    }
    bb_buf_release(&id);
    bb_names_release(&series->level);
    free(series->code);
    free(series->number);
    series->type = BB_TYPE_TEXT;
    series->by_size = false;
    series->number = NULL;
    series->code = code;
    series->level = level;
}

void bb_assembly_flatten_time(struct bb_assembly *assembly)
{
    if (assembly->n_dims != TIME + 1 || !assembly->value) return;
    size_t times = assembly->dim[TIME].size, kept = 0;
    for (size_t c = 0; c < assembly->n_coords; c++) {
        struct bb_coord coord = assembly->coord[c];
        if (coord.dim == TIME) {
            bb_series_release(&coord.series);
            continue;
        }
        if (coord.dim == NEUROID) repeat(&coord.series, times);
        if (coord.dim == NEUROID && strcmp(coord.series.name, "neuroid_id") == 0) number_ids(&coord.series, times);
        assembly->coord[kept++] = coord;
    }
    assembly->n_coords = kept;
    free((void *)(uintptr_t)assembly->dim[TIME].name);
    assembly->dim[NEUROID].size *= times; /* values stand as they did: a neuroid's bins are next to each other */
    assembly->n_dims = TIME;
}
