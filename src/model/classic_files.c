#include <stdlib.h>
#include <string.h>

#include "model/classic.h"
#include "numeric/gram.h"
#include "store/array_write.h"
#include "store/gram_write.h"

static const size_t MOST_BYTES = (size_t)8 << 30;
enum { BLOCK = 4096 }; /* features at once */

static const char *const *ids_of(const struct bb_stimulus_set *set, struct bb_arena *arena)
{
    const char **id = BB_NEW_ARRAY(arena, set->n, const char *);
    for (size_t i = 0; i < set->n; i++) id[i] = set->stimulus[i].id;
    return id;
}

/* The features [from, from + width) of a layer (NULL: `pixels`), n × width. */
static void take(const struct bb_classic *answer, const struct bb_layer *layer, size_t from, size_t width, double *out,
                 size_t stride)
{
    for (size_t i = 0; i < answer->set->n; i++)
        for (size_t j = 0; j < width; j++)
            out[i * stride + j] = layer ? layer->value[i * layer->width + from + j] : answer->rgb[i * BB_CLASSIC_RGB + from + j];
}

/* --- features ------------------------------------------------------------------------------------------------------- */

struct table {
    double *value, *number;
    const char **layer;
    size_t width, at;
};

static void put(const struct bb_classic *answer, const struct bb_layer *layer, struct table *t)
{
    size_t width = layer ? layer->width : BB_CLASSIC_RGB;
    take(answer, layer, 0, width, t->value + t->at, t->width);
    for (size_t j = 0; j < width; j++) {
        t->layer[t->at + j] = layer ? layer->name : "pixels";
        t->number[t->at + j] = (double)j;
    }
    t->at += width;
}

enum bb_code bb_classic_write(const char *path, const char *model, const struct bb_classic *answer, struct bb_err *err)
{
    size_t n = answer->set->n;
    struct table t = {.width = answer->rgb ? BB_CLASSIC_RGB : 0};
    for (size_t k = 0; k < answer->layers.n_layers; k++) t.width += answer->layers.layer[k].width;
    if (n * t.width > MOST_BYTES / sizeof(double))
        return bb_fail(
            err, BB_ELIMIT,
            "%zu stimuli × %zu features are too many for one file; write Gram matrices (--gram), or fewer layers (--layers)", n,
            t.width);
    struct bb_arena *arena = bb_arena_new(0);
    t.value = bb_calloc(n * t.width, sizeof *t.value);
    t.number = BB_NEW_ARRAY(arena, t.width, double);
    t.layer = BB_NEW_ARRAY(arena, t.width, const char *);
    if (answer->rgb) put(answer, NULL, &t);
    for (size_t k = 0; k < answer->layers.n_layers; k++) put(answer, &answer->layers.layer[k], &t);
    const struct bb_array_coord coord[] = {{.name = "stimulus_id", .dim = 0, .text = ids_of(answer->set, arena)},
                                           {.name = "layer", .dim = 1, .text = t.layer},
                                           {.name = "neuroid_num", .dim = 1, .number = t.number, .integer = true}};
    const char *const attribute[][2] = {{"identifier", model}, {"stimulus_set_identifier", answer->set->id}};
    const struct bb_array array = {.dim = {"presentation", "neuroid"},
                                   .size = {n, t.width},
                                   .n_dims = 2,
                                   .coord = coord,
                                   .n_coords = sizeof coord / sizeof coord[0],
                                   .value = t.value,
                                   .float32 = true,
                                   .attribute = attribute,
                                   .n_attributes = 2};
    enum bb_code code = bb_array_write(path, &array, err);
    free(t.value);
    bb_arena_free(arena);
    return code;
}

/* --- Gram matrices -------------------------------------------------------------------------------------------------- */

static enum bb_code products(const struct bb_classic *answer, const struct bb_layer *layer, struct bb_arena *arena,
                             struct bb_gram_part *part, struct bb_err *err)
{
    size_t n = answer->set->n, p = layer ? layer->width : BB_CLASSIC_RGB;
    double *block = bb_calloc(n * BLOCK, sizeof *block), *row_sum = BB_NEW_ARRAY(arena, n, double),
           *K = BB_NEW_ARRAY(arena, n * n, double);
    size_t *rows = BB_NEW_ARRAY(arena, n, size_t);
    struct bb_gram_builder *builder = bb_gram_begin(n, p);
    enum bb_code code = BB_OK;
    for (size_t from = 0; from < p && !code; from += BLOCK) {
        size_t width = p - from < BLOCK ? p - from : BLOCK;
        take(answer, layer, from, width, block, width);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < width; j++) row_sum[i] += block[i * width + j];
        code = bb_gram_add(builder, block, width, err);
    }
    free(block);
    if (code) {
        bb_gram_abandon(builder);
        return code;
    }
    struct bb_gram *gram = bb_gram_finish(builder);
    for (size_t i = 0; i < n; i++) rows[i] = i;
    bb_gram_uncentred(gram, rows, n, K);
    bb_gram_free(gram);
    *part = (struct bb_gram_part){.name = layer ? layer->name : "pixels", .K = K, .row_sum = row_sum, .p = p};
    return BB_OK;
}

enum bb_code bb_classic_write_gram(const char *path, const struct bb_classic *answer, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_gram_part part[BB_LAYERS_MOST + 1];
    size_t n = 0;
    enum bb_code code = answer->rgb ? products(answer, NULL, arena, &part[n++], err) : BB_OK;
    for (size_t k = 0; k < answer->layers.n_layers && !code; k++)
        code = products(answer, &answer->layers.layer[k], arena, &part[n++], err);
    if (!code) code = bb_gram_file_write(path, ids_of(answer->set, arena), answer->set->n, part, n, err);
    bb_arena_free(arena);
    return code;
}
