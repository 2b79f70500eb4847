#include "metric/v1_units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "metric/align.h"
#include "numeric/stats.h"

/* The reference's, in degrees, shares and spikes/s. */
static const double NEAR = .15, IN_FIELD = .05, MEDIAN_LARGEST = 33.8, MEDIAN_SPONTANEOUS = .82, LEAST_SHARE = 5 / 243.1;
static const char whose[] = BB_THE_STIMULI;

/* The stimuli of a set, in the order of the table. */
struct stimuli {
    size_t n;
    size_t *row;     /* in the table */
    size_t *feature; /* row of the features */
    double x, y;     /* where they are */
    struct bb_v1_layout layout;
};

struct reading {
    const struct bb_task *task;
    const struct bb_v1_property *property;
    struct stimuli set[BB_V1_SETS];
    const double *xs, *ys; /* positions of the small gratings, ascending */
    size_t n_x, n_y;
    size_t p;            /* features */
    double *at_x, *at_y; /* of the receptive fields; NaN: none */
    double *largest,
        *blank; /* of units at the orientation stimuli: mean response to the best grating, to the blank; NaN: elsewhere */
    double slope, offset;     /* of firing rates */
    double *value, *response; /* per feature; scratch */
    bool *responds;
    size_t n_placed;
};

/*
 * The table.
 */
static enum bb_code find_sets(struct reading *r, struct bb_err *err)
{
    const struct bb_assembly *table = r->task->stimuli;
    struct bb_arena *arena = r->task->arena;
    const struct bb_coord *id, *set;
    if (!table)
        return bb_fail(err, BB_EINPUT,
                       "the benchmark has no table of its stimuli (\"part\": \"stimuli\" of \"data\") that says which set each "
                       "is of, and its "
                       "orientation, spatial_frequency …");
    enum bb_code rc = bb_need_coord(table, "stimulus_id", whose, arena, &id, err);
    if (!rc) rc = bb_need_coord(table, "set", whose, arena, &set, err);
    if (rc) return rc;
    size_t n = table->dim[0].size;
    struct bb_groups ids = bb_coord_groups(id, arena), sets = bb_coord_groups(set, arena);
    const int32_t *feature = bb_match_names(ids.name, ids.n_groups, r->task->features->stimulus, r->task->features->n, arena);
    for (size_t s = 0; s < BB_V1_SETS; s++) {
        r->set[s].row = BB_NEW_ARRAY(arena, n, size_t);
        r->set[s].feature = BB_NEW_ARRAY(arena, n, size_t);
    }
    for (size_t i = 0; i < n; i++) {
        size_t s = 0;
        if (ids.group[i] < 0 || sets.group[i] < 0) continue;
        while (bb_v1_set_names[s] && !bb_streq(bb_v1_set_names[s], sets.name[sets.group[i]])) s++;
        if (s == BB_V1_SETS)
            return bb_fail(err, BB_EINPUT,
                           "\"set\" of %s is \"%s\" for \"%s\"; it must be blank, receptive_field, orientation, "
                           "spatial_frequency, size or texture",
                           whose, sets.name[sets.group[i]], ids.name[ids.group[i]]);
        bool used = s <= BB_V1_ORIENTATION || s == (size_t)r->property->set;
        if (used && feature[ids.group[i]] < 0)
            return bb_fail(err, BB_EINPUT, "the model has no activations of stimulus \"%s\" (set \"%s\")", ids.name[ids.group[i]],
                           bb_v1_set_names[s]);
        if (!used) continue;
        r->set[s].feature[r->set[s].n] = (size_t)feature[ids.group[i]];
        r->set[s].row[r->set[s].n++] = i;
    }
    for (size_t s = 0; s < BB_V1_SETS; s++)
        if ((s <= BB_V1_ORIENTATION || s == (size_t)r->property->set) && !r->set[s].n)
            return bb_fail(err, BB_EINPUT, "%s has no stimuli of the set \"%s\"", whose, bb_v1_set_names[s]);
    return BB_OK;
}

/* A coordinate of the table along a set; all must be numbers. */
static enum bb_code numbers_along(const struct reading *r, size_t s, const char *name, const double **out, struct bb_err *err)
{
    const struct bb_coord *coord;
    const double *all;
    enum bb_code rc = bb_need_coord(r->task->stimuli, name, whose, r->task->arena, &coord, err);
    if (!rc) rc = bb_coord_numbers(coord, whose, r->task->arena, &all, err);
    if (rc) return rc;
    double *own = BB_NEW_ARRAY(r->task->arena, r->set[s].n, double);
    for (size_t i = 0; i < r->set[s].n; i++) {
        own[i] = all[r->set[s].row[i]];
        if (!isfinite(own[i]))
            return bb_fail(err, BB_EINPUT, "\"%s\" is missing for stimulus %zu of the set \"%s\" in %s", name, i + 1,
                           bb_v1_set_names[s], whose);
    }
    *out = own;
    return BB_OK;
}

static const double *unique(const double *x, size_t n, struct bb_arena *arena, size_t *n_unique)
{
    double *out = BB_NEW_ARRAY(arena, n, double);
    if (n) memcpy(out, x, n * sizeof *out);
    bb_sort_numbers(out, n);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || out[i] != out[kept - 1]) out[kept++] = out[i];
    *n_unique = kept;
    return out;
}

/* A coordinate that changes with every `inner` stimuli and runs through its values again and again; *n_values, and its values ascending. */
static enum bb_code along_grid(const struct reading *r, size_t s, const char *name, size_t inner, const double **values,
                               size_t *n_values, struct bb_err *err)
{
    const double *x;
    enum bb_code rc = numbers_along(r, s, name, &x, err);
    if (rc) return rc;
    size_t n = r->set[s].n;
    *values = unique(x, n, r->task->arena, n_values);
    for (size_t i = 0; i < n; i++)
        if (x[i] != (*values)[i / inner % *n_values] || n % (inner * *n_values) != 0)
            return bb_fail(
                err, BB_EINPUT,
                "the stimuli of the set \"%s\" must stand in the order of a grid, phase fastest, then orientation, then "
                "spatial_frequency, then what else differs; \"%s\" of number %zu is not where it should be",
                bb_v1_set_names[s], name, i + 1);
    return BB_OK;
}

static enum bb_code place_of(struct reading *r, size_t s, struct bb_err *err)
{
    const double *x, *y;
    struct stimuli *set = &r->set[s];
    enum bb_code rc = numbers_along(r, s, "position_x", &x, err);
    if (!rc) rc = numbers_along(r, s, "position_y", &y, err);
    if (rc) return rc;
    for (size_t i = 1; i < set->n; i++)
        if (x[i] != x[0] || y[i] != y[0])
            return bb_fail(err, BB_EINPUT, "the stimuli of the set \"%s\" are at more than one position", bb_v1_set_names[s]);
    set->x = x[0];
    set->y = y[0];
    return BB_OK;
}

static enum bb_code grating_layout(struct reading *r, size_t s, struct bb_err *err)
{
    struct bb_v1_layout *l = &r->set[s].layout;
    const double *phase;
    l->n = r->set[s].n;
    enum bb_code rc = along_grid(r, s, "phase", 1, &phase, &l->n_phase, err);
    if (!rc) rc = along_grid(r, s, "orientation", l->n_phase, &l->orientation, &l->n_or, err);
    if (!rc) rc = along_grid(r, s, "spatial_frequency", l->n_phase * l->n_or, &l->sf, &l->n_sf, err);
    if (rc) return rc;
    size_t inner = l->n_phase * l->n_or * l->n_sf, n_radii;
    l->outer = l->n / inner;
    if (s != BB_V1_SIZE) return BB_OK;
    rc = along_grid(r, s, "radius", inner, &l->outer_value, &n_radii, err);
    if (!rc && n_radii != l->outer)
        rc = bb_fail(err, BB_EINPUT, "the set \"size\" has %zu radii in %zu rounds", n_radii, l->outer);
    return rc;
}

struct texture {
    int32_t kind, family, sample;
    size_t feature;
};

static int compare_textures(const void *a, const void *b)
{
    const struct texture *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->family != y->family) return x->family < y->family ? -1 : 1;
    return x->sample < y->sample ? -1 : x->sample > y->sample;
}

/* Noise first, then textures, each by family and sample. */
static enum bb_code texture_layout(struct reading *r, struct bb_err *err)
{
    static const char *const names[] = {"type", "family", "sample"};
    struct stimuli *set = &r->set[BB_V1_TEXTURE];
    struct bb_arena *arena = r->task->arena;
    struct bb_levels level[3];
    size_t rows = r->task->stimuli->dim[0].size;
    int32_t *counts = BB_NEW_ARRAY(arena, rows, int32_t);
    for (size_t i = 0; i < rows; i++) counts[i] = -1;
    for (size_t i = 0; i < set->n; i++) counts[set->row[i]] = 0;
    for (size_t k = 0; k < 3; k++) {
        const struct bb_coord *coord;
        enum bb_code rc = bb_need_coord(r->task->stimuli, names[k], whose, arena, &coord, err);
        if (rc) return rc;
        level[k] = bb_levels(coord, counts, rows, arena);
    }
    set->layout = (struct bb_v1_layout){.n = set->n, .n_family = level[1].n, .n_sample = level[2].n};
    bool two = level[0].n == 2 && bb_streq(level[0].name[0], "noise") && bb_streq(level[0].name[1], "texture");
    if (!two || set->n != 2 * level[1].n * level[2].n || level[1].n < 2 || level[2].n < 2)
        return bb_fail(err, BB_EINPUT,
                       "the set \"texture\" must have both types, \"noise\" and \"texture\", of at least two families with at "
                       "least two samples "
                       "each; it has %zu stimuli of %zu types, %zu families and %zu samples",
                       set->n, level[0].n, level[1].n, level[2].n);
    struct texture *texture = BB_NEW_ARRAY(arena, set->n, struct texture);
    for (size_t i = 0; i < set->n; i++)
        texture[i] =
            (struct texture){level[0].code[set->row[i]], level[1].code[set->row[i]], level[2].code[set->row[i]], set->feature[i]};
    qsort(texture, set->n, sizeof *texture, compare_textures);
    for (size_t i = 0; i < set->n; i++) {
        if (texture[i].kind != (int32_t)(i / (level[1].n * level[2].n)) ||
            texture[i].family != (int32_t)(i / level[2].n % level[1].n) || texture[i].sample != (int32_t)(i % level[2].n))
            return bb_fail(err, BB_EINPUT, "a texture of the set \"texture\" is there twice, or not at all");
        set->feature[i] = texture[i].feature;
    }
    return BB_OK;
}

static enum bb_code small_gratings(struct reading *r, struct bb_err *err)
{
    const double *x, *y;
    enum bb_code rc = numbers_along(r, BB_V1_RECEPTIVE_FIELD, "position_x", &x, err);
    if (!rc) rc = numbers_along(r, BB_V1_RECEPTIVE_FIELD, "position_y", &y, err);
    if (rc) return rc;
    size_t n = r->set[BB_V1_RECEPTIVE_FIELD].n;
    r->xs = unique(x, n, r->task->arena, &r->n_x);
    r->ys = unique(y, n, r->task->arena, &r->n_y);
    size_t rest = n / (r->n_x * r->n_y);
    for (size_t i = 0; i < n; i++)
        if (n != rest * r->n_x * r->n_y || y[i] != r->ys[i / (rest * r->n_x)] || x[i] != r->xs[i / rest % r->n_x])
            return bb_fail(err, BB_EINPUT,
                           "the stimuli of the set \"receptive_field\" must stand in the order of a grid, all at one position "
                           "together, position_x "
                           "before position_y; number %zu is not where it should be",
                           i + 1);
    return BB_OK;
}

static enum bb_code read_table(struct reading *r, struct bb_err *err)
{
    enum bb_code rc = find_sets(r, err);
    if (!rc) rc = small_gratings(r, err);
    if (!rc) rc = grating_layout(r, BB_V1_ORIENTATION, err);
    if (!rc) rc = place_of(r, BB_V1_ORIENTATION, err);
    if (rc || r->property->set == BB_V1_ORIENTATION) return rc;
    rc = r->property->set == BB_V1_TEXTURE ? texture_layout(r, err) : grating_layout(r, r->property->set, err);
    return rc ? rc : place_of(r, r->property->set, err);
}

/*
 * Receptive fields, and the largest responses at the orientation stimuli: the first pass.
 */
static double rectified(double x)
{
    return x < 0 ? 0 : x;
}

/* numpy.interp(at, 0 … n − 1, values) */
static double interpolate(const double *values, size_t n, double at)
{
    size_t low = (size_t)at;
    if (low + 1 >= n) return values[n - 1];
    return values[low] + (at - (double)low) * (values[low + 1] - values[low]);
}

/* The unit's responses are column[i · stride]. */
static void find_field(struct reading *r, const double *column, size_t stride, size_t unit, double *map)
{
    const struct stimuli *set = &r->set[BB_V1_RECEPTIVE_FIELD];
    size_t places = r->n_x * r->n_y, rest = set->n / places;
    double blank = rectified(column[r->set[BB_V1_BLANK].feature[0] * stride]), most = 0, sum = 0, sum_x = 0, sum_y = 0;
    for (size_t k = 0; k < places; k++) {
        map[k] = 0;
        for (size_t i = 0; i < rest; i++) map[k] = fmax(map[k], rectified(column[set->feature[k * rest + i] * stride]) - blank);
        most = fmax(most, map[k]);
    }
    r->at_x[unit] = r->at_y[unit] = NAN;
    if (!(most > 0)) return;
    for (size_t k = 0; k < places; k++) {
        if (!(map[k] > most * IN_FIELD)) continue;
        sum += map[k];
        sum_x += map[k] * (double)(k % r->n_x);
        sum_y += map[k] * (double)(k / r->n_x);
    }
    r->at_x[unit] = interpolate(r->xs, r->n_x, sum_x / sum);
    r->at_y[unit] = interpolate(r->ys, r->n_y, sum_y / sum);
}

static bool is_at(const struct reading *r, size_t unit, const struct stimuli *set)
{
    return hypot(r->at_x[unit] - set->x, r->at_y[unit] - set->y) <= NEAR; /* false for a unit without a field */
}

static double best_grating(const struct stimuli *set, const double *column, size_t stride)
{
    double most = -HUGE_VAL;
    for (size_t g = 0; g < set->n / set->layout.n_phase; g++) {
        double mean = 0;
        for (size_t k = 0; k < set->layout.n_phase; k++)
            mean += rectified(column[set->feature[g * set->layout.n_phase + k] * stride]);
        most = fmax(most, mean / (double)set->layout.n_phase);
    }
    return most;
}

static enum bb_code take_fields(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct reading *r = ctx;
    (void)err;
    const struct stimuli *set = &r->set[BB_V1_ORIENTATION];
    double *map = bb_malloc((r->n_x * r->n_y + 1) * sizeof *map);
    for (size_t j = 0; j < width; j++) {
        size_t unit = first + j;
        find_field(r, X + j, width, unit, map);
        r->largest[unit] = r->blank[unit] = NAN;
        if (!is_at(r, unit, set)) continue;
        r->largest[unit] = best_grating(set, X + j, width);
        r->blank[unit] = rectified(X[r->set[BB_V1_BLANK].feature[0] * width + j]);
    }
    free(map);
    return BB_OK;
}

/* One line for all units, by the medians of those that respond. */
static enum bb_code find_scale(struct reading *r, struct bb_err *err)
{
    double most = -HUGE_VAL, *largest = bb_malloc((2 * r->p + 1) * sizeof *largest), *blank = largest + r->p;
    size_t n = 0;
    for (size_t u = 0; u < r->p; u++)
        if (!isnan(r->largest[u])) most = fmax(most, r->largest[u] - r->blank[u]);
    for (size_t u = 0; u < r->p; u++) {
        if (isnan(r->largest[u]) || !(r->largest[u] - r->blank[u] > LEAST_SHARE * most)) continue;
        largest[n] = r->largest[u];
        blank[n++] = r->blank[u];
    }
    double spontaneous = n ? bb_median(blank, n) : (double)NAN;
    r->slope = (MEDIAN_LARGEST - MEDIAN_SPONTANEOUS) / ((n ? bb_median(largest, n) : (double)NAN) - spontaneous);
    r->offset = MEDIAN_SPONTANEOUS - r->slope * spontaneous;
    free(largest);
    if (isfinite(r->slope)) return BB_OK;
    return bb_fail(
        err, BB_ENUMERIC,
        "no unit of the layer has its receptive field within %g° of the stimuli and responds to them: firing rates have no scale",
        NEAR);
}

/*
 * Properties: the second pass.
 */
static double rate(const struct reading *r, double activation)
{
    return rectified(r->slope * rectified(activation) + r->offset);
}

static enum bb_code take_properties(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct reading *r = ctx;
    (void)err;
    const struct stimuli *set = &r->set[r->property->set];
    for (size_t j = 0; j < width; j++) {
        size_t unit = first + j;
        if (!is_at(r, unit, set)) continue;
        for (size_t i = 0; i < set->n; i++) r->response[i] = rate(r, X[set->feature[i] * width + j]);
        double baseline = rate(r, X[r->set[BB_V1_BLANK].feature[0] * width + j]);
        r->value[unit] = r->property->of_unit(&set->layout, r->response, baseline, r->response + set->n, &r->responds[unit]);
        r->n_placed++;
    }
    return BB_OK;
}

enum bb_code bb_v1_units_of(const struct bb_task *task, const struct bb_v1_property *property, struct bb_v1_units *out,
                            struct bb_err *err)
{
    struct bb_arena *arena = task->arena;
    const struct bb_features *features = task->features;
    struct reading r = {.task = task, .property = property, .p = features->gram->p};
    if (!features->stream)
        return bb_fail(err, BB_EINPUT, "ks_similarity needs the features themselves, and the model gave Gram matrices only");
    enum bb_code rc = read_table(&r, err);
    if (rc) return rc;
    r.at_x = BB_NEW_ARRAY(arena, r.p, double);
    r.at_y = BB_NEW_ARRAY(arena, r.p, double);
    r.largest = BB_NEW_ARRAY(arena, r.p, double);
    r.blank = BB_NEW_ARRAY(arena, r.p, double);
    r.value = BB_NEW_ARRAY(arena, r.p, double);
    r.responds = BB_NEW_ARRAY(arena, r.p, bool);
    r.response = BB_NEW_ARRAY(arena, 3 * r.set[property->set].n + 1, double);
    rc = features->stream(features, take_fields, &r, err);
    if (!rc) rc = find_scale(&r, err);
    if (!rc) rc = features->stream(features, take_properties, &r, err);
    if (rc) return rc;
    *out = (struct bb_v1_units){.value = r.value, .n_placed = r.n_placed, .n_all = r.p};
    for (size_t u = 0; u < r.p; u++)
        if (r.responds[u]) r.value[out->n++] = r.value[u];
    if (out->n) return BB_OK;
    return bb_fail(err, BB_ENUMERIC,
                   "none of the %zu units whose receptive field is at the stimuli responds to them with more than 5 spikes/s",
                   r.n_placed);
}
