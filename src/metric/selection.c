#include "metric/selection.h"

#include <math.h>
#include <stdlib.h>

#include "metric/internal_consistency.h"
#include "metric/recording.h"
#include "numeric/stats.h"

enum { PRESENTATION, NEUROID };

/* A copy with what keep[] marks of a dimension; `lack` says of each of the others what is wrong with it. */
static enum bb_code keep_marked(const struct bb_assembly *data, size_t dim, const bool *keep, const char *lack, struct bb_assembly **out,
                                struct bb_err *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < data->dim[dim].size; i++) kept += keep[i];
    if (!kept)
        return bb_fail(err, BB_EINPUT, "each of the recording's %zu %ss %s, so that none is left", data->dim[dim].size,
                       data->dim[dim].name, lack);
    *out = bb_assembly_keep(data, dim, keep);
    return BB_OK;
}

static enum bb_code check_shape(const struct bb_assembly *data, struct bb_err *err)
{
    if (data->value && data->n_dims > NEUROID) return BB_OK;
    return bb_fail(err, BB_EINPUT, "neuroids can only be chosen of a recording, presentation × neuroid");
}

/* Values of a presentation and a neuroid: its bins of time. */
static size_t bins_of(const struct bb_assembly *data)
{
    size_t n = 1;
    for (size_t d = NEUROID + 1; d < data->n_dims; d++) n *= data->dim[d].size;
    return n;
}

enum bb_code bb_drop_neuroids_with_gaps(const struct bb_assembly *data, struct bb_assembly **out, struct bb_err *err)
{
    enum bb_code rc = check_shape(data, err);
    if (rc) return rc;
    size_t n = data->dim[PRESENTATION].size, q = data->dim[NEUROID].size, bins = bins_of(data);
    bool *gap = bb_calloc(q + 1, sizeof *gap);
    for (size_t i = 0; i < n * q * bins; i++)
        if (isnan(data->value[i])) gap[i / bins % q] = true;
    for (size_t j = 0; j < q; j++) gap[j] = !gap[j];
    rc = keep_marked(data, NEUROID, gap, "lacks a response to some presentation", out, err);
    free(gap);
    return rc;
}

/* Keeps the presentations of rows that lack no value in all of their presentations; row_of NULL: each is a row of its own. */
static enum bb_code drop_rows(const struct bb_assembly *data, const int32_t *row_of, size_t n_rows, const char *lack, struct bb_assembly **out,
                              struct bb_err *err)
{
    size_t n = data->dim[PRESENTATION].size, width = data->dim[NEUROID].size * bins_of(data);
    bool *has = bb_calloc(n_rows * width + 1, sizeof *has), *keep = bb_calloc(n + 1, sizeof *keep);
    for (size_t i = 0; i < n * width; i++)
        if (!isnan(data->value[i])) has[(row_of ? (size_t)row_of[i / width] : i / width) * width + i % width] = true;
    for (size_t i = 0; i < n; i++) {
        const bool *of_row = has + (row_of ? (size_t)row_of[i] : i) * width;
        keep[i] = true;
        for (size_t j = 0; j < width && keep[i]; j++) keep[i] = of_row[j];
    }
    enum bb_code rc = keep_marked(data, PRESENTATION, keep, lack, out, err);
    free(keep);
    free(has);
    return rc;
}

enum bb_code bb_drop_stimuli_with_gaps(const struct bb_assembly *data, struct bb_assembly **out, struct bb_err *err)
{
    enum bb_code rc = check_shape(data, err);
    if (rc) return rc;
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_recording rows;
    bb_recording_rows(data, &rows, arena);
    rc = drop_rows(data, rows.row_of, rows.n, "is of a stimulus that some neuroid was not measured for", out, err);
    bb_arena_free(arena);
    return rc;
}

enum bb_code bb_drop_presentations_with_gaps(const struct bb_assembly *data, struct bb_assembly **out, struct bb_err *err)
{
    enum bb_code rc = check_shape(data, err);
    return rc ? rc : drop_rows(data, NULL, data->dim[PRESENTATION].size, "lacks the response of some neuroid", out, err);
}

enum bb_code bb_keep_consistent_neuroids(const struct bb_assembly *data, double least, struct bb_assembly **out, struct bb_err *err)
{
    enum bb_code rc = check_shape(data, err);
    if (rc) return rc;
    const struct bb_ceiling *consistency = &bb_internal_consistency;
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_ceiling_result result = {0};
    struct bb_task task = {.data = data, .arena = arena};
    void *params = bb_arena_alloc(arena, 1, consistency->params_size);
    bb_fields_default(consistency->fields, consistency->n_fields, params);
    rc = consistency->compute(&task, NULL, params, &result, err);
    if (!rc) {
        size_t splits = result.units.n[0], q = result.units.n[1];
        bool *keep = BB_NEW_ARRAY(arena, q, bool);
        double *of_split = BB_NEW_ARRAY(arena, splits, double);
        for (size_t j = 0; j < q; j++) {
            for (size_t s = 0; s < splits; s++) of_split[s] = result.units.value[s * q + j];
            keep[j] = bb_nan_mean(of_split, splits) > least;
        }
        rc = keep_marked(data, NEUROID, keep, bb_arena_printf(arena, "is less consistent than %g", least), out, err);
    }
    bb_arena_free(arena);
    return rc;
}
