#include "example/vision_brain.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "model/draws.h"
#include "model/filter_bank.h"
#include "model/readout.h"
#include "model/texture.h"

enum { SCALES = 4, ORIENTATIONS = 4, CHANNELS = SCALES * ORIENTATIONS, MAP = 16, V1_GRID = 2, QUARTERS = 4 };
enum { V4_UNITS = 64, IT_UNITS = 96, LARGEST_SHIFT = 2 };
enum { STREAM_V4 = 101, STREAM_IT };
enum {
    WITHIN = SCALES * ORIENTATIONS * (ORIENTATIONS - 1) / 2, /* between orientations of one size */
    ACROSS = (SCALES - 1) * ORIENTATIONS,                    /* of one orientation between neighbouring sizes */
    NEARBY = CHANNELS * 2,                                   /* with itself beside and below */
    V1_WIDTH = CHANNELS * BB_V1_PLACES,
    V2_WIDTH = WITHIN + ACROSS + NEARBY,
    V4_WIDTH = V4_UNITS * QUARTERS,
    IT_WIDTH = IT_UNITS + BB_CATEGORIES,
};

/* Not those of any model: the truth is not among the candidates. */
static const double wavelengths[SCALES] = {4.6, 7, 10.7, 16.5};
static const double POWER = 1.6, HALF = .05; /* of the normalisation */
static const double READOUT_PENALTY = .02, EVIDENCE_GAIN = 1.5;

const char *const bb_area_name[BB_AREAS] = {"V1", "V2", "V4", "IT"};
static const size_t width_of[BB_AREAS] = {V1_WIDTH, V2_WIDTH, V4_WIDTH, IT_WIDTH};

struct conjunction {
    size_t a, b; /* channels of V1, or units of V4 */
    long dx, dy; /* where b is, seen from a */
};

struct bb_brain {
    struct bb_bank *bank;
    struct conjunction v4[V4_UNITS], it[IT_UNITS];
    double *mean[BB_AREAS], *sd[BB_AREAS];
    struct bb_readout readout; /* of IT's conjunctions */
    double *maps;              /* scratch */
};

/* Two different channels, nearby: an angle, a curve, a T, two sizes at one place. */
static void draw_conjunctions(struct bb_brain *brain, uint64_t seed)
{
    struct bb_rng rng;
    bb_rng_init(&rng, seed, STREAM_V4);
    for (size_t k = 0; k < V4_UNITS; k++) {
        struct conjunction *c = &brain->v4[k];
        c->a = bb_rng_below(&rng, CHANNELS);
        c->b = (c->a + 1 + bb_rng_below(&rng, CHANNELS - 1)) % CHANNELS;
        c->dx = (long)bb_rng_below(&rng, 2 * LARGEST_SHIFT + 1) - LARGEST_SHIFT;
        c->dy = (long)bb_rng_below(&rng, 2 * LARGEST_SHIFT + 1) - LARGEST_SHIFT;
    }
    bb_rng_init(&rng, seed, STREAM_IT);
    for (size_t k = 0; k < IT_UNITS; k++) {
        brain->it[k].a = bb_rng_below(&rng, V4_UNITS);
        brain->it[k].b = (brain->it[k].a + 1 + bb_rng_below(&rng, V4_UNITS - 1)) % V4_UNITS;
    }
}

static void see_v1(const double *maps, double *out)
{
    for (size_t c = 0; c < CHANNELS; c++) bb_map_mean(maps + c * MAP * MAP, MAP, V1_GRID, out + c * BB_V1_PLACES);
}

static void see_v2(const double *maps, double *out)
{
    for (size_t c = 0; c < CHANNELS; c++) {
        const double *map = maps + c * MAP * MAP;
        size_t to_next_scale = (CHANNELS > c + ORIENTATIONS) ? ORIENTATIONS : 0;
        for (size_t d = c + 1; d / ORIENTATIONS == c / ORIENTATIONS; d++)
            *out++ = bb_map_correlation(map, maps + d * MAP * MAP, MAP, 0, 0);
        if (to_next_scale) *out++ = bb_map_correlation(map, map + to_next_scale * MAP * MAP, MAP, 0, 0);
        *out++ = bb_map_correlation(map, map, MAP, 1, 0);
        *out++ = bb_map_correlation(map, map, MAP, 0, 1);
    }
}

/* The largest product in each quarter; the root of it is in the units of V1. */
static void see_v4(const struct bb_brain *brain, const double *maps, double *out)
{
    for (size_t k = 0; k < V4_UNITS; k++) {
        const struct conjunction *c = &brain->v4[k];
        const double *a = maps + c->a * MAP * MAP, *b = maps + c->b * MAP * MAP + c->dy * MAP + c->dx;
        double best[QUARTERS] = {0};
        for (long y = LARGEST_SHIFT; y < MAP - LARGEST_SHIFT; y++)
            for (long x = LARGEST_SHIFT; x < MAP - LARGEST_SHIFT; x++) {
                double product = a[y * MAP + x] * b[y * MAP + x], *at = &best[(y >= MAP / 2 ? 2 : 0) + (x >= MAP / 2 ? 1 : 0)];
                if (product > *at) *at = product;
            }
        for (size_t q = 0; q < QUARTERS; q++) out[k * QUARTERS + q] = sqrt(best[q]);
    }
}

/* Wherever they are: the largest of the quarters, of both. */
static void see_it(const struct bb_brain *brain, const double *v4, double *out)
{
    double best[V4_UNITS];
    for (size_t k = 0; k < V4_UNITS; k++) {
        best[k] = v4[k * QUARTERS];
        for (size_t q = 1; q < QUARTERS; q++) best[k] = fmax(best[k], v4[k * QUARTERS + q]);
    }
    for (size_t k = 0; k < IT_UNITS; k++) out[k] = best[brain->it[k].a] * best[brain->it[k].b];
}

/* Every area before it is standardised; the places of the evidence in IT stay 0. */
static void see_raw(const struct bb_brain *brain, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    double *value[BB_AREAS];
    *out = (struct bb_layers){.n = images->n};
    for (size_t a = 0; a < BB_AREAS; a++) value[a] = bb_layers_add(out, bb_area_name[a], width_of[a], arena);
    for (size_t i = 0; i < images->n; i++) {
        bb_bank_run(brain->bank, bb_image_at(images, i), brain->maps);
        bb_bank_normalise(brain->bank, POWER, HALF, brain->maps);
        see_v1(brain->maps, value[BB_V1] + i * V1_WIDTH);
        see_v2(brain->maps, value[BB_V2] + i * V2_WIDTH);
        see_v4(brain, brain->maps, value[BB_V4] + i * V4_WIDTH);
        see_it(brain, value[BB_V4] + i * V4_WIDTH, value[BB_IT] + i * IT_WIDTH);
    }
}

/* IT's conjunctions, which the readout reads, without the places of the evidence. */
static double *it_conjunctions(const double *it, size_t n, struct bb_arena *arena)
{
    double *out = BB_NEW_ARRAY(arena, n * IT_UNITS, double);
    for (size_t i = 0; i < n; i++) memcpy(out + i * IT_UNITS, it + i * IT_WIDTH, IT_UNITS * sizeof *out);
    return out;
}

static void fill_evidence(const struct bb_brain *brain, double *it, size_t n, struct bb_arena *arena)
{
    double *evidence = BB_NEW_ARRAY(arena, n * BB_CATEGORIES, double);
    bb_readout_apply(&brain->readout, it_conjunctions(it, n, arena), n, evidence);
    for (size_t i = 0; i < n; i++) memcpy(it + i * IT_WIDTH + IT_UNITS, evidence + i * BB_CATEGORIES, BB_CATEGORIES * sizeof *it);
}

struct bb_brain *bb_brain_new(uint64_t seed, const struct bb_stimuli *seen, struct bb_arena *arena)
{
    assert(seen->n_groups == BB_CATEGORIES);
    struct bb_brain *brain = BB_NEW(arena, struct bb_brain);
    brain->bank = bb_bank_new(&(struct bb_bank_spec){.side = seen->images.side,
                                                     .map = MAP,
                                                     .wavelength = wavelengths,
                                                     .n_scales = SCALES,
                                                     .n_orientations = ORIENTATIONS,
                                                     .sigma = .5,
                                                     .cell = BB_CELL_COMPLEX},
                              arena);
    brain->maps = BB_NEW_ARRAY(arena, CHANNELS * MAP * MAP, double);
    draw_conjunctions(brain, seed);
    struct bb_layers raw;
    see_raw(brain, &seen->images, arena, &raw);
    double *it = raw.layer[BB_IT].value;
    brain->readout = bb_readout_fit(it_conjunctions(it, seen->n, arena), seen->n, IT_UNITS, seen->group, BB_CATEGORIES,
                                    READOUT_PENALTY, arena);
    fill_evidence(brain, it, seen->n, arena);
    for (size_t a = 0; a < BB_AREAS; a++) {
        brain->mean[a] = BB_NEW_ARRAY(arena, width_of[a], double);
        brain->sd[a] = BB_NEW_ARRAY(arena, width_of[a], double);
        bb_feature_scale(raw.layer[a].value, seen->n, width_of[a], brain->mean[a], brain->sd[a]);
    }
    return brain;
}

void bb_brain_see(const struct bb_brain *brain, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    see_raw(brain, images, arena, out);
    double *it = out->layer[BB_IT].value;
    fill_evidence(brain, it, images->n, arena);
    for (size_t a = 0; a < BB_AREAS; a++)
        bb_feature_standardise(out->layer[a].value, images->n, width_of[a], brain->mean[a], brain->sd[a]);
    for (size_t i = 0; i < images->n; i++) /* the categories weigh more than a conjunction does */
        for (size_t c = 0; c < BB_CATEGORIES; c++) it[i * IT_WIDTH + IT_UNITS + c] *= EVIDENCE_GAIN;
}

double *bb_brain_evidence(const struct bb_layers *seen, struct bb_arena *arena)
{
    const struct bb_layer *it = &seen->layer[BB_IT];
    double *out = BB_NEW_ARRAY(arena, seen->n * BB_CATEGORIES, double);
    for (size_t i = 0; i < seen->n; i++)
        for (size_t c = 0; c < BB_CATEGORIES; c++)
            out[i * BB_CATEGORIES + c] = it->value[i * it->width + IT_UNITS + c] / EVIDENCE_GAIN;
    return out;
}
