#include "metric/ks_similarity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/v1_units.h"
#include "numeric/mt19937.h"
#include "numeric/stats.h"

struct params {
    const char *property;
    struct bb_numbers bins;
    long bootstraps, seed;
};

static const struct bb_field fields[] = {
    {.key = "property", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, property), .flags = BB_REQUIRED},
    {.key = "bins", .kind = BB_FIELD_NUMBERS, .offset = offsetof(struct params, bins)},
    {.key = "bootstraps",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct params, bootstraps),
     .absent = 1000,
     .min = 1,
     .max = 1e6},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .min = 0, .max = 4294967295.},
};

static bool are_edges(const struct bb_numbers *bins)
{
    for (size_t i = 1; i < bins->n; i++)
        if (!(bins->number[i] > bins->number[i - 1])) return false;
    return bins->n >= 2;
}

static void finish(void *own, struct bb_arena *arena, struct bb_diags *diags)
{
    const struct params *params = own;
    (void)arena;
    if (params->property && !bb_v1_property_find(params->property)) {
        struct bb_buf known = BB_BUF_INIT;
        for (size_t i = 0; bb_v1_property_names[i]; i++) bb_buf_printf(&known, "%s%s", i ? ", " : "", bb_v1_property_names[i]);
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0}, "there is no property \"%s\"; known are %s", params->property,
                    bb_buf_text(&known));
        bb_buf_release(&known);
    }
    if (params->bins.n && !are_edges(&params->bins))
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0},
                    "\"bins\" of ks_similarity must be at least two edges, each greater than the one before");
}

/*
 * Distributions.
 */

/* numpy.histogram: each bin has its lower edge, the last one both. Values beyond the edges count as the edge; NaN does not count. */
static size_t histogram(const struct bb_numbers *bins, const double *x, size_t n, size_t *count)
{
    size_t counted = 0;
    memset(count, 0, (bins->n - 1) * sizeof *count);
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) continue;
        size_t low = 0, high = bins->n - 1;
        while (high - low > 1) {
            size_t middle = low + (high - low) / 2;
            if (bins->number[middle] <= x[i])
                low = middle;
            else
                high = middle;
        }
        count[low]++;
        counted++;
    }
    return counted;
}

/* Cumulative shares; all NaN when nothing was counted. */
static void cumulate(const struct bb_numbers *bins, const double *x, size_t n, size_t *count, double *F)
{
    double all = (double)histogram(bins, x, n, count), sum = 0;
    for (size_t b = 0; b + 1 < bins->n; b++) {
        sum += (double)count[b] / all;
        F[b] = sum;
    }
}

static double similarity(const double *F, const double *F_data, size_t n)
{
    double distance = 0, first = 0, last = 0; /* the farthest are all in the first bin, and all in the last */
    for (size_t b = 0; b < n; b++) {
        if (isnan(F[b])) return NAN;
        distance = fmax(distance, fabs(F[b] - F_data[b]));
        first = fmax(first, fabs(1 - F_data[b]));
        last = fmax(last, fabs((b + 1 == n ? 1 : 0) - F_data[b]));
    }
    return 1 - distance / fmax(first, last);
}

struct compared {
    double mean, sd;
    size_t undefined;
};

static struct compared bootstrap(const struct params *params, const struct bb_numbers *edges, const double *model, size_t n_model,
                                 const double *data, size_t n_data)
{
    size_t bins = edges->n - 1, draws = (size_t)params->bootstraps;
    double *F = bb_malloc((2 * bins + n_data + draws) * sizeof *F), *F_data = F + bins, *sample = F_data + bins,
           *value = sample + n_data;
    size_t *count = bb_malloc(bins * sizeof *count);
    struct bb_mt19937 mt;
    struct compared out = {0};
    bb_mt19937_seed(&mt, (uint32_t)params->seed);
    cumulate(edges, data, n_data, count, F_data);
    for (size_t d = 0; d < draws; d++) {
        for (size_t i = 0; i < n_data; i++) sample[i] = model[bb_mt19937_bounded(&mt, (uint32_t)(n_model - 1))];
        cumulate(edges, sample, n_data, count, F);
        value[d] = similarity(F, F_data, bins);
        out.undefined += isnan(value[d]) ? 1 : 0;
    }
    if (10 * out.undefined <= draws) { /* else the units hardly have the property: 0, as in the reference */
        out.mean = bb_nan_mean(value, draws);
        out.sd = bb_nan_sd(value, draws, 0);
    }
    free(count);
    free(F);
    return out;
}

/*
 * The neurons.
 */

/* As stated, or as the recording's file has them. */
static enum bb_code bins_of(const struct bb_task *task, struct bb_numbers *out, struct bb_err *err)
{
    const struct params *params = task->params;
    const char *name = bb_arena_printf(task->arena, "%s_bins", bb_v1_property_find(params->property)->name);
    const struct bb_number_list *attribute = bb_assembly_list(task->data, name);
    *out = params->bins;
    if (out->n) return BB_OK;
    if (!attribute)
        return bb_fail(
            err, BB_EINPUT,
            "neither the metric (\"bins\") nor the recording (attribute \"%s\") says in which bins the property is compared",
            name);
    *out = (struct bb_numbers){attribute->number, attribute->n};
    if (are_edges(out)) return BB_OK;
    return bb_fail(err, BB_EINPUT, "the edges of bins \"%s\" of the recording do not ascend", name);
}

static enum bb_code neurons_of(const struct bb_task *task, const double **out, size_t *n, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_assembly *data = task->data;
    const struct bb_coord *coord = bb_assembly_coord(data, "neuronal_property");
    size_t total = 1, stride = 1, along = 1;
    double *value = NULL;
    if (!data->value) return bb_fail(err, BB_EINPUT, "the recording has no numbers: a value of the property for each neuron");
    for (size_t d = 0; d < data->n_dims; d++) total *= data->dim[d].size;
    value = BB_NEW_ARRAY(task->arena, total, double);
    *out = value;
    *n = 0;
    struct bb_groups groups = {0};
    if (coord) {
        groups = bb_coord_groups(coord, task->arena);
        for (size_t d = coord->dim + 1; d < data->n_dims; d++) stride *= data->dim[d].size;
        along = data->dim[coord->dim].size;
    } else if (data->n_dims > 1) {
        return bb_fail(err, BB_EINPUT,
                       "the recording has no coordinate \"neuronal_property\" that says which of its numbers are \"%s\"",
                       params->property);
    }
    bool any = false;
    for (size_t i = 0; i < total; i++) {
        int32_t g = coord ? groups.group[i / stride % along] : 0;
        if (coord && (g < 0 || !bb_streq(groups.name[g], bb_v1_property_find(params->property)->name))) continue;
        value[(*n)++] = data->value[i];
        any = any || !isnan(data->value[i]);
    }
    if (any) return BB_OK;
    return bb_fail(err, BB_EINPUT, "no neuron of the recording has a value of the property \"%s\"", params->property);
}

/*
 * Scoring.
 */
static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    const double *neuron;
    size_t n_neurons;
    struct bb_v1_units units;
    struct bb_numbers bins;
    enum bb_code rc = bins_of(task, &bins, err);
    if (!rc) rc = neurons_of(task, &neuron, &n_neurons, err);
    if (!rc) rc = bb_v1_units_of(task, bb_v1_property_find(params->property), &units, err);
    if (rc) return rc;
    struct compared c = bootstrap(params, &bins, units.value, units.n, neuron, n_neurons);
    result->raw = c.mean;
    result->error = c.sd;
    result->error_kind = "bootstrap";
    result->n = units.n;
    result->detail = bb_arena_printf(task->arena, "%zu units respond, of %zu whose receptive field is at the stimuli, of %zu",
                                     units.n, units.n_placed, units.n_all);
    if (c.undefined)
        result->warning = bb_arena_printf(task->arena, "in %zu of %ld draws no unit had the property%s", c.undefined,
                                          params->bootstraps, c.mean == 0 ? ", which scores 0" : "");
    return BB_OK;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *own,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    (void)own;
    const double *neuron;
    size_t n;
    struct bb_numbers bins;
    enum bb_code rc = bins_of(task, &bins, err);
    if (!rc) rc = neurons_of(task, &neuron, &n, err);
    if (rc) return rc;
    struct compared c = bootstrap(task->params, &bins, neuron, n, neuron, n);
    if (!(c.mean > 0)) return bb_fail(err, BB_ENUMERIC, "too few neurons have the property to draw from them");
    *result = (struct bb_ceiling_result){.value = c.mean, .error = c.sd, .lower = NAN, .error_kind = "bootstrap", .n = n};
    return BB_OK;
}

static const char *const data_coords[] = {"value", NULL};
static const char *const metrics[] = {"ks_similarity", NULL};

const struct bb_metric bb_ks_similarity = {
    .name = "ks_similarity",
    .version = 1,
    .title = "Similarity of distributions",
    .formula = "mean over bootstraps of 1 − max|F − F_data| / its largest possible value, with the cumulative shares F of model "
               "units and "
               "F_data of neurons in bins of the property",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_features,
    .finish = finish,
    .needs_features = true,
    .needs = "activations to a blank screen, to small gratings all over the visual field, to the orientation stimuli and to "
             "those of the property",
};

const struct bb_ceiling bb_ceiling_ks_similarity = {
    .name = "ks_similarity",
    .version = 1,
    .title = "Neurons against themselves",
    .formula = "the score of neurons drawn from the neurons themselves",
    .data_coords = data_coords,
    .metrics = metrics,
    .compute = compute,
};
