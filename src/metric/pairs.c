#include "metric/pairs.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"

/* The two stimuli of each row. */
struct columns {
    struct bb_groups a, b;
    const double *value;
};

static enum bb_code read_columns(const struct bb_assembly *assembly, const char *whose, struct bb_arena *arena,
                                 struct columns *out, struct bb_err *err)
{
    const struct bb_coord *a, *b;
    enum bb_code rc = bb_need_coord(assembly, "stimulus_a", whose, arena, &a, err);
    if (!rc) rc = bb_need_coord(assembly, "stimulus_b", whose, arena, &b, err);
    if (!rc) rc = bb_need_values(assembly, whose, &out->value, err);
    if (rc) return rc;
    out->a = bb_coord_groups(a, arena);
    out->b = bb_coord_groups(b, arena);
    return BB_OK;
}

static int compare_names(const void *a, const void *b)
{
    return bb_natural_compare(*(const char *const *)a, *(const char *const *)b);
}

/* Every name of the two columns once, in natural order. */
static const char *const *stimuli_of(const struct columns *columns, struct bb_arena *arena, size_t *n_stimuli)
{
    const char **name = BB_NEW_ARRAY(arena, columns->a.n_groups + columns->b.n_groups, const char *);
    size_t n = 0, kept = 0;
    for (size_t g = 0; g < columns->a.n_groups; g++) name[n++] = columns->a.name[g];
    for (size_t g = 0; g < columns->b.n_groups; g++) name[n++] = columns->b.name[g];
    qsort(name, n, sizeof *name, compare_names);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !bb_streq(name[i], name[kept - 1])) name[kept++] = name[i];
    *n_stimuli = kept;
    return name;
}

size_t bb_pair_number(size_t a, size_t b, size_t n)
{
    return a * n - a * (a + 1) / 2 + b - a - 1;
}

/* The number of each row's pair; −1 for the diagonal, missing names, and stimuli that are not
   among the n. */
static const int32_t *pair_of_row(const struct columns *columns, const char *const *stimulus, size_t n, struct bb_arena *arena)
{
    const int32_t *a = bb_match_names(columns->a.name, columns->a.n_groups, stimulus, n, arena);
    const int32_t *b = bb_match_names(columns->b.name, columns->b.n_groups, stimulus, n, arena);
    int32_t *pair = BB_NEW_ARRAY(arena, columns->a.n, int32_t);
    for (size_t row = 0; row < columns->a.n; row++) {
        int32_t i = columns->a.group[row] < 0 ? -1 : a[columns->a.group[row]],
                j = columns->b.group[row] < 0 ? -1 : b[columns->b.group[row]];
        int32_t low = i < j ? i : j, high = i < j ? j : i;
        pair[row] = low < 0 || low == high ? -1 : (int32_t)bb_pair_number((size_t)low, (size_t)high, n);
    }
    return pair;
}

enum bb_code bb_rdms_of(const struct bb_assembly *assembly, struct bb_arena *arena, struct bb_rdms *out, struct bb_err *err)
{
    enum { MAX_STIMULI = 20000 };
    struct columns columns;
    enum bb_code rc = read_columns(assembly, BB_THE_RECORDING, arena, &columns, err);
    if (rc) return rc;
    out->stimulus = stimuli_of(&columns, arena, &out->n_stimuli);
    if (out->n_stimuli < BB_MIN_ITEMS)
        return bb_fail(err, BB_EINPUT, "the recording has dissimilarities of %zu stimuli; at least %d are needed", out->n_stimuli,
                       BB_MIN_ITEMS);
    if (out->n_stimuli > MAX_STIMULI)
        return bb_fail(err, BB_ELIMIT, "the recording has dissimilarities of %zu stimuli; the limit is %d", out->n_stimuli,
                       MAX_STIMULI);
    out->n_pairs = out->n_stimuli * (out->n_stimuli - 1) / 2;
    const int32_t *pair = pair_of_row(&columns, out->stimulus, out->n_stimuli, arena);
    out->values = bb_subject_values(assembly, columns.value, pair, out->n_pairs, arena);
    return BB_OK;
}

enum bb_code bb_rdm_of_model(const struct bb_assembly *model, const struct bb_rdms *rdms, struct bb_arena *arena,
                             const double **out, struct bb_err *err)
{
    struct columns columns;
    enum bb_code rc = read_columns(model, BB_THE_MODEL, arena, &columns, err);
    if (rc) return rc;
    const int32_t *pair = pair_of_row(&columns, rdms->stimulus, rdms->n_stimuli, arena);
    double *value = BB_NEW_ARRAY(arena, rdms->n_pairs, double);
    bool any = false;
    for (size_t p = 0; p < rdms->n_pairs; p++) value[p] = NAN;
    for (size_t i = 0; i < columns.a.n; i++) {
        if (pair[i] < 0 || isnan(columns.value[i])) continue;
        if (!isnan(value[pair[i]]) && value[pair[i]] != columns.value[i])
            return bb_fail(err, BB_EINPUT, "the model gives the pair \"%s\", \"%s\" two dissimilarities, %g and %g",
                           columns.a.name[columns.a.group[i]], columns.b.name[columns.b.group[i]], value[pair[i]],
                           columns.value[i]);
        value[pair[i]] = columns.value[i];
        any = true;
    }
    *out = value;
    if (any) return BB_OK;
    return bb_fail(
        err, BB_EINPUT,
        "the model has none of the recording's %zu pairs of stimuli: one of its stimuli is \"%s\", one of the recording's \"%s\"",
        rdms->n_pairs, columns.a.n_groups ? columns.a.name[0] : "", rdms->stimulus[0]);
}
