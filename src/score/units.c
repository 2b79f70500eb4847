#include <math.h>
#include <stdlib.h>

#include "score/score_int.h"

/* The labels of all models on each axis, in order of appearance. Returns how many models have units. */
static size_t gather_labels(const struct bb_scoring *s, const struct bb_leaf *leaf, struct bb_names axis[2],
                            struct bb_units_block *block)
{
    const char **model = BB_NEW_ARRAY(s->arena, s->results->n_models + 1, const char *);
    for (size_t m = 0; m < s->results->n_models; m++) {
        const struct bb_units *units = &leaf->units[m];
        if (!units->value) continue;
        model[block->n_models++] = s->results->model[m].id;
        for (size_t a = 0; a < 2 && units->n[a]; a++) {
            block->axis[a].name = units->axis[a];
            for (size_t i = 0; i < units->n[a]; i++) bb_names_add(&axis[a], units->label[a][i]);
        }
    }
    block->model = model;
    return block->n_models;
}

static void put_values(const struct bb_units *units, const struct bb_names axis[2], double *row)
{
    size_t columns = units->n[1] ? units->n[1] : 1;
    for (size_t i = 0; i < units->n[0]; i++)
        for (size_t j = 0; j < columns; j++) {
            size_t to = bb_names_find(&axis[0], units->label[0][i]);
            if (axis[1].n) to = to * axis[1].n + (units->n[1] ? bb_names_find(&axis[1], units->label[1][j]) : 0);
            row[to] = units->value[i * columns + j];
        }
}

/* The units of all models side by side: an axis has every label that some model has. */
void bb_collect_units(struct bb_scoring *s, const struct bb_leaf *leaf)
{
    struct bb_units_block block = {.benchmark = leaf->node->id};
    struct bb_names axis[2];
    for (size_t a = 0; a < 2; a++) bb_names_init(&axis[a]);
    size_t n = gather_labels(s, leaf, axis, &block), row = axis[0].n * (axis[1].n ? axis[1].n : 1);
    block.n_axes = axis[1].n ? 2 : 1;
    if (n && row) {
        double *value = BB_NEW_ARRAY(s->arena, n * row, double);
        for (size_t i = 0; i < n * row; i++) value[i] = (double)NAN;
        for (size_t m = 0, at = 0; m < s->results->n_models; m++)
            if (leaf->units[m].value) put_values(&leaf->units[m], axis, &value[at++ * row]);
        block.value = value;
        for (size_t a = 0; a < block.n_axes; a++) {
            const char **label = BB_NEW_ARRAY(s->arena, axis[a].n, const char *);
            for (size_t i = 0; i < axis[a].n; i++) label[i] = bb_arena_strdup(s->arena, axis[a].name[i]);
            block.axis[a].label = label;
            block.axis[a].n = axis[a].n;
        }
        s->units->block = bb_grow(s->units->block, &s->units->cap, s->units->n + 1, sizeof block);
        s->units->block[s->units->n++] = block;
    }
    for (size_t a = 0; a < 2; a++) bb_names_release(&axis[a]);
}
