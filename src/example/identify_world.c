#include "example/identify_world.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "example/vision_brain.h"
#include "example/vision_candidates.h"
#include "model/convnet.h"
#include "model/filter_bank.h"
#include "model/gabor.h"
#include "model/hmax.h"
#include "model/pixels.h"
#include "model/texture.h"

/* Purposes of random numbers, and who has random parts of their own. */
enum { STREAM_SHUFFLE = 401, STREAM_NEUROIDS = 411 };
enum part { BRAIN_SEES = 1, MODELS_SEE, BRAIN, BRAIN_HMAX, BRAIN_NET, MODEL_HMAX, MODEL_NET, MODEL_RANDOM, MODEL_TRAINED };

/* A seed for each part; none is that of another part or seed. */
static uint64_t seed_of(uint64_t seed, enum part part)
{
    return seed * 64 + (uint64_t)part;
}

struct pictures {
    struct bb_images images;
    size_t n;
    const char **id;
    struct bb_stimuli objects, textures; /* in this order */
    struct bb_stimuli brain_has_seen, models_have_seen;
};

static void draw_pictures(uint64_t seed, const struct bb_identify_size *size, struct bb_arena *arena, struct pictures *out)
{
    out->objects = bb_stimuli_objects(seed, "object", size->n_objects, arena);
    out->textures = bb_stimuli_textures(seed, size->n_families, size->n_samples, arena);
    out->brain_has_seen = bb_stimuli_objects(seed_of(seed, BRAIN_SEES) + (UINT64_C(1) << 32), "seen", size->n_seen, arena);
    out->models_have_seen = bb_stimuli_objects(seed_of(seed, MODELS_SEE) + (UINT64_C(1) << 32), "seen", size->n_seen, arena);
    out->n = out->objects.n + out->textures.n;
    size_t side = out->objects.images.side, pixels = side * side;
    out->images = bb_images_new(out->n, side, arena);
    out->id = BB_NEW_ARRAY(arena, out->n, const char *);
    const struct bb_stimuli *part[] = {&out->objects, &out->textures};
    for (size_t k = 0, at = 0; k < 2; at += part[k++]->n) {
        memcpy(out->images.pixel + at * pixels, part[k]->images.pixel, part[k]->n * pixels * sizeof(double));
        for (size_t i = 0; i < part[k]->n; i++) out->id[at + i] = part[k]->id[i];
    }
}

/* Layers side by side, standardised over the pictures. */
static struct bb_identify_features take(const struct bb_layers *layers, const char *first, const char *second,
                                        struct bb_arena *arena)
{
    const struct bb_layer *part[] = {bb_layers_find(layers, first), second ? bb_layers_find(layers, second) : NULL};
    struct bb_identify_features out = {.width = part[0]->width + (second ? part[1]->width : 0)};
    out.value = BB_NEW_ARRAY(arena, layers->n * out.width, double);
    for (size_t k = 0, at = 0; k < 2 && part[k]; at += part[k++]->width)
        for (size_t i = 0; i < layers->n; i++)
            memcpy(out.value + i * out.width + at, part[k]->value + i * part[k]->width, part[k]->width * sizeof *out.value);
    double *mean = BB_NEW_ARRAY(arena, out.width, double), *sd = BB_NEW_ARRAY(arena, out.width, double);
    bb_feature_scale(out.value, layers->n, out.width, mean, sd);
    bb_feature_standardise(out.value, layers->n, out.width, mean, sd);
    return out;
}

/* Indicators of category or family, and of object, texture or twin. */
static struct bb_identify_features labels_of(const struct pictures *pictures, struct bb_arena *arena)
{
    size_t categories = pictures->objects.n_groups, groups = categories + pictures->textures.n_groups, width = groups + 3;
    struct bb_layers layers = {.n = pictures->n};
    double *value = bb_layers_add(&layers, "labels", width, arena);
    for (size_t i = 0; i < pictures->n; i++) {
        bool is_object = i < pictures->objects.n;
        size_t j = is_object ? i : i - pictures->objects.n;
        size_t group = is_object ? (size_t)pictures->objects.group[j] : categories + (size_t)pictures->textures.group[j];
        size_t kind = is_object ? 0 : strcmp(pictures->textures.condition[j], "noise") == 0 ? 2 : 1;
        value[i * width + group] = 1;
        value[i * width + groups + kind] = 1;
    }
    return take(&layers, "labels", NULL, arena);
}

/* Complex cells as bb_brain has them, at 16 places: the design says so, whatever the example's V1 sees. */
static struct bb_identify_features see_v1(const struct pictures *pictures, struct bb_arena *arena)
{
    static const double wavelengths[] = {4.6, 7, 10.7, 16.5}, power = 1.6, half = .05;
    enum { SCALES = 4, ORIENTATIONS = 4, MAP = 16, GRID = 4 };
    struct bb_bank *bank = bb_bank_new(&(struct bb_bank_spec){.side = pictures->images.side,
                                                              .map = MAP,
                                                              .wavelength = wavelengths,
                                                              .n_scales = SCALES,
                                                              .n_orientations = ORIENTATIONS,
                                                              .sigma = .5,
                                                              .cell = BB_CELL_COMPLEX},
                                       arena);
    size_t channels = bb_bank_channels(bank);
    struct bb_layers layers = {.n = pictures->n};
    double *value = bb_layers_add(&layers, "V1", channels * GRID * GRID, arena),
           *maps = BB_NEW_ARRAY(arena, channels * MAP * MAP, double);
    for (size_t i = 0; i < pictures->n; i++) {
        bb_bank_run(bank, bb_image_at(&pictures->images, i), maps);
        bb_bank_normalise(bank, power, half, maps);
        for (size_t c = 0; c < channels; c++, value += GRID * GRID) bb_map_mean(maps + c * MAP * MAP, MAP, GRID, value);
    }
    return take(&layers, "V1", NULL, arena);
}

static void see_brains(uint64_t seed, const struct bb_identify_size *size, const struct pictures *pictures,
                       struct bb_arena *arena, struct bb_identify_features *out)
{
    struct bb_layers layers;
    bb_pixels_run(&pictures->images, arena, &layers);
    out[BB_BRAIN_PIXELS] = take(&layers, "fine", NULL, arena);
    bb_brain_see(bb_brain_new(seed_of(seed, BRAIN), &pictures->brain_has_seen, arena), &pictures->images, arena, &layers);
    out[BB_BRAIN_V2] = take(&layers, bb_area_name[BB_V2], NULL, arena);
    out[BB_BRAIN_IT] = take(&layers, bb_area_name[BB_IT], NULL, arena);
    out[BB_BRAIN_V1] = see_v1(pictures, arena);
    struct bb_hmax_spec hmax = {.seed = seed_of(seed, BRAIN_HMAX), .n_prototypes = size->n_prototypes};
    bb_hmax_run(&hmax, &pictures->brain_has_seen.images, &pictures->images, arena, &layers);
    out[BB_BRAIN_HMAX] = take(&layers, "C2", NULL, arena);
    bb_convnet_run(&(struct bb_convnet_spec){.seed = seed_of(seed, BRAIN_NET), .width = 8}, &pictures->images, arena, &layers);
    out[BB_BRAIN_NET] = take(&layers, "conv2", NULL, arena);
    out[BB_BRAIN_LABELS] = labels_of(pictures, arena);
}

static struct bb_identify_features shuffled(const struct bb_identify_features *of, size_t n, uint64_t seed,
                                            struct bb_arena *arena)
{
    struct bb_identify_features out = {.value = BB_NEW_ARRAY(arena, n * of->width, double), .width = of->width};
    size_t *row = BB_NEW_ARRAY(arena, n, size_t);
    struct bb_rng rng;
    for (size_t i = 0; i < n; i++) row[i] = i;
    bb_rng_init(&rng, seed, (uint64_t)STREAM_SHUFFLE << 32);
    bb_rng_shuffle(&rng, row, n);
    for (size_t i = 0; i < n; i++)
        memcpy(out.value + i * out.width, of->value + row[i] * of->width, of->width * sizeof *out.value);
    return out;
}

static void see_models(uint64_t seed, const struct bb_identify_size *size, const struct pictures *pictures,
                       struct bb_arena *arena, struct bb_identify_features *out)
{
    struct bb_layers layers;
    const struct bb_images *images = &pictures->images;
    bb_pixels_run(images, arena, &layers);
    out[BB_BRAIN_PIXELS] = take(&layers, "coarse", NULL, arena);
    bb_gabor_run(&(struct bb_gabor_spec){.shortest = 4, .n_orientations = 6}, images, arena, &layers);
    out[BB_BRAIN_V1] = take(&layers, "normalised", NULL, arena);
    bb_texture_run(images, arena, &layers);
    out[BB_BRAIN_V2] = take(&layers, "correlation", "autocorrelation", arena);
    struct bb_hmax_spec hmax = {.seed = seed_of(seed, MODEL_HMAX), .n_prototypes = size->n_prototypes};
    bb_hmax_run(&hmax, &pictures->models_have_seen.images, images, arena, &layers);
    out[BB_BRAIN_HMAX] = take(&layers, "C2", NULL, arena);
    bb_convnet_run(&(struct bb_convnet_spec){.seed = seed_of(seed, MODEL_NET), .width = 8}, images, arena, &layers);
    out[BB_BRAIN_NET] = take(&layers, "conv2", NULL, arena);
    bb_random_features_run(&(struct bb_convnet_spec){.seed = seed_of(seed, MODEL_RANDOM), .width = size->n_random}, images, arena,
                           &layers);
    out[BB_MODEL_RANDOM] = take(&layers, "random", NULL, arena);
    struct bb_candidate trained = {
        .kind = BB_CANDIDATE_CONVNET, .readout = "conv2", .seed = seed_of(seed, MODEL_TRAINED), .width = 8, .trained = true};
    bb_candidate_run(&trained, &pictures->models_have_seen, images, arena, &layers, NULL);
    out[BB_MODEL_TRAINED] = take(&layers, "pool", "evidence", arena);
    out[BB_MODEL_SHUFFLED] = shuffled(&out[BB_BRAIN_HMAX], pictures->n, seed, arena);
}

void bb_identify_world(uint64_t seed, const struct bb_identify_size *size, struct bb_arena *arena, struct bb_identify_world *out)
{
    struct pictures pictures;
    draw_pictures(seed, size, arena, &pictures);
    *out = (struct bb_identify_world){.n = pictures.n, .stimulus = pictures.id};
    see_brains(seed, size, &pictures, arena, out->brain);
    see_models(seed, size, &pictures, arena, out->model);
}

struct bb_measured bb_identify_measure(const struct bb_identify_world *world, uint64_t seed, const struct bb_identify_size *size,
                                       size_t brain, size_t n_repetitions, struct bb_arena *arena)
{
    struct bb_neuroids_spec spec = {.seed = seed,
                                    .task = STREAM_NEUROIDS + brain,
                                    .n_neuroids = size->n_neuroids,
                                    .n_animals = 1,
                                    .n_inputs = 6,
                                    .n_places = 1,
                                    .n_repetitions = n_repetitions,
                                    .mean_count = 3,
                                    .unreliable = .1,
                                    .gain_spread = .15};
    return bb_neuroids_measure(&spec, world->brain[brain].value, world->n, world->brain[brain].width, arena);
}
