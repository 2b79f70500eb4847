#include "neural_case.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_text(const struct bb_json *values)
{
    for (size_t i = 0; i < values->as.list.n; i++)
        if (values->as.list.item[i]->type != BB_JSON_NULL) return values->as.list.item[i]->type == BB_JSON_TEXT;
    return false;
}

static struct bb_series series_of(const struct bb_json *json)
{
    const struct bb_json *values = bb_json_member(json, "values");
    size_t n = values->as.list.n;
    struct bb_series series = {.name = bb_strdup(text_of(json, "name")), .n = n, .cap = n};
    bb_names_init(&series.level);
    series.type = is_text(values) ? BB_TYPE_TEXT : BB_TYPE_NUMBER;
    if (series.type == BB_TYPE_TEXT)
        series.code = bb_calloc(n + 1, sizeof *series.code);
    else
        series.number = bb_calloc(n + 1, sizeof *series.number);
    for (size_t i = 0; i < n; i++) {
        const struct bb_json *value = values->as.list.item[i];
        bool missing = value->type == BB_JSON_NULL;
        if (series.code) series.code[i] = missing ? -1 : (int32_t)bb_names_add(&series.level, value->as.text);
        if (series.number) series.number[i] = missing ? (double)NAN : value->as.number;
    }
    return series;
}

struct bb_assembly *assembly_of_json(const struct bb_json *json)
{
    const struct bb_json *dims = bb_json_member(json, "dims"), *coords = bb_json_member(json, "coords");
    const struct bb_json *values = bb_json_member(json, "values");
    struct bb_assembly *assembly = bb_calloc(1, sizeof *assembly);
    size_t size = 1;
    for (size_t d = 0; d < dims->as.list.n; d++) {
        const struct bb_json *dim = dims->as.list.item[d];
        assembly->dim[assembly->n_dims++] = (struct bb_dim){bb_strdup(dim->key), (size_t)dim->as.number};
        size *= (size_t)dim->as.number;
    }
    assembly->coord = bb_calloc(coords->as.list.n + 1, sizeof *assembly->coord);
    for (size_t c = 0; c < coords->as.list.n; c++) {
        size_t dim = (size_t)number_of(coords->as.list.item[c], "dim");
        assembly->coord[assembly->n_coords++] = (struct bb_coord){.series = series_of(coords->as.list.item[c]), .dim = dim};
        ck_assert_uint_eq(assembly->coord[c].series.n, assembly->dim[dim].size);
    }
    if (!values) return assembly;
    ck_assert_uint_eq(values->as.list.n, size);
    assembly->value = bb_malloc((size + 1) * sizeof *assembly->value);
    for (size_t i = 0; i < size; i++) {
        const struct bb_json *value = values->as.list.item[i];
        assembly->value[i] = value->type == BB_JSON_NUMBER ? value->as.number : (double)NAN;
    }
    return assembly;
}

struct bb_features *features_of_json(const struct bb_json *json, struct bb_arena *arena)
{
    const struct bb_json *ids = bb_json_member(json, "stimulus");
    size_t n = ids->as.list.n, size;
    const double *X = numbers_of(bb_json_member(json, "X"), arena, &size);
    const char **stimulus = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++) stimulus[i] = ids->as.list.item[i]->as.text;
    struct bb_features *features = NULL;
    struct bb_err err = {0};
    ck_assert_msg(bb_features_of_matrix(stimulus, X, n, size / n, "layer", &features, &err) == BB_OK, "%s", err.msg);
    return features;
}

void *neural_params(const struct bb_json *json, const struct bb_field *fields, size_t n_fields, size_t size,
                    void (*finish)(void *, struct bb_arena *, struct bb_diags *), struct bb_arena *arena, const char **said)
{
    struct bb_diags diags;
    void *params = bb_arena_alloc(arena, 1, size + 1);
    bb_diags_init(&diags);
    if (json)
        (void)bb_fields_read(json, "metric", fields, n_fields, params, arena, &diags);
    else
        bb_fields_default(fields, n_fields, params);
    if (finish) finish(params, arena, &diags);
    if (said) *said = diags.n ? bb_arena_strdup(arena, diags.diag[0].message) : "";
    ck_assert_msg(said || diags.n == 0, "%s", diags.n ? diags.diag[0].message : "");
    bb_diags_release(&diags);
    return params;
}

const struct bb_json *json_of(struct bb_arena *arena, const char *text)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "test", text, strlen(text), &diags);
    ck_assert_msg(json != NULL, "not JSON: %s", text);
    bb_diags_release(&diags);
    return json;
}

const char *listed_numbers(struct bb_arena *arena, const double *x, size_t n)
{
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < n; i++) bb_buf_printf(&text, "%s%.17g", i ? ", " : "", x[i]);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

const char *listed_names(struct bb_arena *arena, const char *prefix, size_t n, size_t modulus)
{
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < n; i++) bb_buf_printf(&text, "%s\"%s%02zu\"", i ? ", " : "", prefix, i % modulus);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

struct moments {
    size_t n;
    const struct bb_json *bins;
    struct bb_features **features;
};

static enum bb_code features_at(const struct bb_task *task, const double bin[2], const struct bb_features **out, struct bb_err *err)
{
    const struct moments *m = task->features_ctx;
    (void)err;
    for (size_t b = 0; b < m->n; b++)
        if (m->bins->as.list.item[b]->as.list.item[0]->as.number == bin[0]) *out = m->features[b];
    return BB_OK;
}

static void read_moments(const struct bb_json *json, struct bb_arena *arena, struct bb_task *task)
{
    const struct bb_json *features = bb_json_member(json, "features");
    struct moments *m = BB_NEW(arena, struct moments);
    *m = (struct moments){.n = features->as.list.n, .bins = bb_json_member(json, "bins")};
    m->features = BB_NEW_ARRAY(arena, m->n, struct bb_features *);
    for (size_t b = 0; b < m->n; b++) m->features[b] = features_of_json(features->as.list.item[b], arena);
    task->features = m->features[0];
    task->features_at = features_at;
    task->features_ctx = m;
}

void task_of_json(const struct bb_json *c, struct bb_arena *arena, struct bb_task *task)
{
    const struct bb_json *data = bb_json_member(c, "data"), *train = bb_json_member(c, "train_data");
    const struct bb_json *features = bb_json_member(c, "features"), *bins = bb_json_member(c, "time_bins");
    *task = (struct bb_task){.arena = arena};
    if (data) task->data = assembly_of_json(data);
    if (train) task->data_train = assembly_of_json(train);
    if (features) task->features = features_of_json(features, arena);
    if (bb_json_member(c, "features_at")) read_moments(bb_json_member(c, "features_at"), arena, task);
    if (!bins) return;
    double(*bin)[2] = bb_arena_alloc(arena, bins->as.list.n, sizeof *bin);
    for (size_t b = 0; b < bins->as.list.n; b++)
        for (size_t e = 0; e < 2; e++) bin[b][e] = bins->as.list.item[b]->as.list.item[e]->as.number;
    task->time_bins = (const double(*)[2])bin;
    task->n_time_bins = bins->as.list.n;
}

void release_task(struct bb_task *task)
{
    bb_assembly_free((struct bb_assembly *)(uintptr_t)task->data);
    bb_assembly_free((struct bb_assembly *)(uintptr_t)task->data_train);
    const struct moments *m = task->features_ctx;
    for (size_t b = 1; m && b < m->n; b++) bb_features_of_matrix_free(m->features[b]);
    bb_features_of_matrix_free((struct bb_features *)(uintptr_t)task->features);
}
