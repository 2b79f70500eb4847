#include "metric/factor_dimensionality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/align.h"
#include "numeric/python_random.h"

struct params {
    const char *factor;
    long seed;
};

static const struct bb_field fields[] = {
    {.key = "factor", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, factor), .flags = BB_REQUIRED},
    {.key = "seed",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct params, seed),
     .absent = 1751,
     .min = 0,
     .max = 4294967295.},
};

struct pairs {
    size_t n;
    size_t *a, *b;           /* rows of the features */
    int32_t *factor;         /* of each pair */
    const char *const *name; /* of the factors */
    size_t n_factors;
};

static enum bb_code feature_rows(const struct bb_task *task, const struct bb_groups *ids, const int32_t **out, struct bb_err *err)
{
    *out = bb_match_names(ids->name, ids->n_groups, task->features->stimulus, task->features->n, task->arena);
    for (size_t g = 0; g < ids->n_groups; g++)
        if ((*out)[g] < 0) return bb_fail(err, BB_EINPUT, "the model has no activations of the stimulus \"%s\"", ids->name[g]);
    return BB_OK;
}

static void room_for(struct pairs *pairs, size_t n, struct bb_arena *arena)
{
    *pairs = (struct pairs){.n = n,
                            .a = BB_NEW_ARRAY(arena, n, size_t),
                            .b = BB_NEW_ARRAY(arena, n, size_t),
                            .factor = BB_NEW_ARRAY(arena, n, int32_t)};
}

/* A table of pairs. */
static enum bb_code read_pairs(const struct bb_task *task, struct pairs *out, struct bb_err *err)
{
    const struct bb_coord *a, *b, *factor;
    const int32_t *row_a, *row_b;
    enum bb_code rc = bb_need_coord(task->data, "stimulus_a", BB_THE_RECORDING, task->arena, &a, err);
    if (!rc) rc = bb_need_coord(task->data, "stimulus_b", BB_THE_RECORDING, task->arena, &b, err);
    if (!rc) rc = bb_need_coord(task->data, "factor", BB_THE_RECORDING, task->arena, &factor, err);
    if (rc) return rc;
    struct bb_groups first = bb_coord_groups(a, task->arena), second = bb_coord_groups(b, task->arena),
                     factors = bb_coord_groups(factor, task->arena);
    rc = feature_rows(task, &first, &row_a, err);
    if (!rc) rc = feature_rows(task, &second, &row_b, err);
    if (rc) return rc;
    room_for(out, task->data->dim[0].size, task->arena);
    out->name = factors.name;
    out->n_factors = factors.n_groups;
    for (size_t i = 0; i < out->n; i++) {
        if (first.group[i] < 0 || second.group[i] < 0 || factors.group[i] < 0)
            return bb_fail(err, BB_EINPUT, "row %zu of the table of pairs lacks an image or the factor", i + 1);
        out->a[i] = (size_t)row_a[first.group[i]];
        out->b[i] = (size_t)row_b[second.group[i]];
        out->factor[i] = factors.group[i];
    }
    return BB_OK;
}

/*
 * Pairs as the reference draws them.
 */
enum { SHAPE, TEXTURE };
static const char *const drawn_factors[] = {"shape", "texture"};

struct images {
    struct bb_groups id, original;
    const struct bb_coord *shape_coord, *texture_coord;
    struct bb_levels shape, texture; /* levels in sorted order */
    size_t n;
};

static enum bb_code read_images(const struct bb_task *task, struct images *out, struct bb_err *err)
{
    const struct bb_coord *id, *original;
    enum bb_code rc = bb_need_coord(task->data, "stimulus_id", BB_THE_RECORDING, task->arena, &id, err);
    if (!rc) rc = bb_need_coord(task->data, "shape", BB_THE_RECORDING, task->arena, &out->shape_coord, err);
    if (!rc) rc = bb_need_coord(task->data, "texture", BB_THE_RECORDING, task->arena, &out->texture_coord, err);
    if (!rc) rc = bb_need_coord(task->data, "original_image_id", BB_THE_RECORDING, task->arena, &original, err);
    if (rc) return rc;
    out->n = task->data->dim[0].size;
    out->id = bb_coord_groups(id, task->arena);
    out->original = bb_coord_groups(original, task->arena);
    out->shape = bb_levels(out->shape_coord, NULL, out->n, task->arena);
    out->texture = bb_levels(out->texture_coord, NULL, out->n, task->arena);
    for (size_t i = 0; i < out->n; i++)
        if (out->id.group[i] < 0 || out->original.group[i] < 0 || out->shape.code[i] < 0 || out->texture.code[i] < 0)
            return bb_fail(err, BB_EINPUT, "row %zu of the images lacks its id, shape, texture or original_image_id", i + 1);
    if (out->shape.n < 2 || out->texture.n < 2)
        return bb_fail(err, BB_EINPUT, "the images have %zu shapes and %zu textures, and a pair needs two of each", out->shape.n,
                       out->texture.n);
    return BB_OK;
}

/* One of the levels but `own`, each as likely as the other. */
static int32_t another(struct bb_python_random *random, size_t n_levels, int32_t own)
{
    int32_t drawn = (int32_t)bb_python_random_below(random, (uint32_t)(n_levels - 1));
    return drawn < own ? drawn : drawn + 1;
}

/* The same image in another texture. */
static enum bb_code same_shape(const struct images *images, struct bb_python_random *random, size_t i, size_t *partner,
                               struct bb_err *err)
{
    int32_t texture = another(random, images->texture.n, images->texture.code[i]);
    size_t found = 0;
    for (size_t k = 0; k < images->n; k++)
        if (images->original.group[k] == images->original.group[i] && images->texture.code[k] == texture) {
            *partner = k;
            found++;
        }
    if (found == 1) return BB_OK;
    return bb_fail(err, BB_EINPUT, "image \"%s\" is there %zu times in the texture \"%s\", and must be once",
                   images->original.name[images->original.group[i]], found, images->texture.name[texture]);
}

/* An image of another shape in the same texture. */
static enum bb_code same_texture(const struct images *images, struct bb_python_random *random, size_t i, size_t *partner,
                                 struct bb_err *err)
{
    int32_t shape = another(random, images->shape.n, images->shape.code[i]);
    size_t n = 0, k = 0;
    for (size_t j = 0; j < images->n; j++)
        n += images->texture.code[j] == images->texture.code[i] && images->shape.code[j] == shape;
    if (!n)
        return bb_fail(err, BB_EINPUT, "no image has the shape \"%s\" and the texture \"%s\"", images->shape.name[shape],
                       images->texture.name[images->texture.code[i]]);
    size_t drawn = bb_python_random_below(random, (uint32_t)n);
    for (;; k++) {
        if (images->texture.code[k] != images->texture.code[i] || images->shape.code[k] != shape) continue;
        if (drawn-- == 0) break;
    }
    *partner = k;
    return BB_OK;
}

static enum bb_code draw_pairs(const struct bb_task *task, struct pairs *out, struct bb_err *err)
{
    const struct params *params = task->params;
    struct images images;
    struct bb_python_random random;
    const int32_t *row;
    enum bb_code rc = read_images(task, &images, err);
    if (!rc) rc = feature_rows(task, &images.id, &row, err);
    if (rc) return rc;
    room_for(out, images.n, task->arena);
    out->name = drawn_factors;
    out->n_factors = 2;
    bb_python_random_seed(&random, (uint32_t)params->seed);
    for (size_t i = 0; !rc && i < images.n; i++) {
        size_t partner = 0;
        out->factor[i] = bb_python_random_below(&random, 2) == 0 ? SHAPE : TEXTURE;
        rc = out->factor[i] == SHAPE ? same_shape(&images, &random, i, &partner, err)
                                     : same_texture(&images, &random, i, &partner, err);
        out->a[i] = (size_t)row[images.id.group[i]];
        out->b[i] = (size_t)row[images.id.group[partner]];
    }
    return rc;
}

/*
 * Dimensions.
 */
struct reading {
    struct pairs pairs;
    size_t *count;   /* pairs of each factor */
    double *shared;  /* per factor: Σ_units */
    double variance; /* Σ_units */
};

static enum bb_code take_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    struct reading *r = ctx;
    const struct pairs *pairs = &r->pairs;
    (void)first;
    (void)err;
    double *mean = bb_malloc((pairs->n_factors + 1) * sizeof *mean);
    for (size_t j = 0; j < width; j++) {
        double all = 0, square = 0;
        for (size_t f = 0; f < pairs->n_factors; f++) mean[f] = 0;
        for (size_t i = 0; i < pairs->n; i++) mean[pairs->factor[i]] += X[pairs->a[i] * width + j] + X[pairs->b[i] * width + j];
        for (size_t f = 0; f < pairs->n_factors; f++) {
            all += mean[f] / (2 * (double)pairs->n);
            mean[f] /= 2 * (double)r->count[f];
        }
        for (size_t i = 0; i < pairs->n; i++) {
            double a = X[pairs->a[i] * width + j], b = X[pairs->b[i] * width + j];
            int32_t f = pairs->factor[i];
            square += (a - all) * (a - all) + (b - all) * (b - all);
            r->shared[f] += (a - mean[f]) * (b - mean[f]) / (double)r->count[f];
        }
        r->variance += square / (2 * (double)pairs->n);
    }
    free(mean);
    return BB_OK;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_features *features = task->features;
    struct reading r = {0};
    if (!features->stream)
        return bb_fail(err, BB_EINPUT,
                       "factor_dimensionality needs the features themselves, and the model gave Gram matrices only");
    enum bb_code rc =
        bb_assembly_coord(task->data, "stimulus_a") ? read_pairs(task, &r.pairs, err) : draw_pairs(task, &r.pairs, err);
    if (rc) return rc;
    size_t F = r.pairs.n_factors, at = F, p = features->gram->p, left = p;
    r.count = BB_NEW_ARRAY(task->arena, F, size_t);
    r.shared = BB_NEW_ARRAY(task->arena, F, double);
    for (size_t i = 0; i < r.pairs.n; i++) r.count[r.pairs.factor[i]]++;
    for (size_t f = 0; f < F; f++)
        if (bb_streq(r.pairs.name[f], params->factor)) at = f;
    if (at == F && !bb_streq(params->factor, "residual"))
        return bb_fail(err, BB_EINPUT, "no pair of images shares the factor \"%s\"", params->factor);
    rc = features->stream(features, take_block, &r, err);
    if (rc) return rc;
    if (!(r.variance > 0))
        return bb_fail(err, BB_ENUMERIC, "the features are the same for all images: there are no dimensions to share out");
    double most = 1, sum = 0, *share = BB_NEW_ARRAY(task->arena, F + 1, double);
    for (size_t f = 0; f < F; f++) most = fmax(most, r.shared[f] / r.variance);
    for (size_t f = 0; f <= F; f++) {
        share[f] = exp((f < F ? r.shared[f] / r.variance : 1) - most);
        sum += share[f];
    }
    for (size_t f = 0; f < F; f++) left -= (size_t)(share[f] / sum * (double)p);
    size_t own = at < F ? (size_t)(share[at] / sum * (double)p) : left;
    result->raw = (double)own / (double)p;
    result->error = NAN;
    result->n = r.pairs.n;
    result->detail = bb_arena_printf(task->arena, "%zu of %zu dimensions", own, p);
    return BB_OK;
}

static const char *const data_coords[] = {NULL}; /* pairs, or images */

const struct bb_metric bb_factor_dimensionality = {
    .name = "factor_dimensionality",
    .version = 1,
    .title = "Dimensions of a factor",
    .formula = "⌊N softmax(s)⌋ / N of the factor, with s the covariance of pairs of images that share it over the variance of "
               "all, 1 for the residual, and N units",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_features,
    .needs_features = true,
    .needs = "activations to all images; of these, their shape, texture and the photograph they were made from",
};
