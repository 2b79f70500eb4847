#include "model/hmax.h"

#include <math.h>
#include <string.h>

#include "model/draws.h"
#include "model/filter_bank.h"

enum { ORIENTATIONS = 4, SCALES = 4, BANDS = 2, MAP = 32, GRID = 4, PATCH = 3, LARGEST = 16 };
_Static_assert(ORIENTATIONS == 4, "patches are compared in fours");
enum {
    PATCH_SIZE = PATCH * PATCH * ORIENTATIONS,
    S1_WIDTH = SCALES * ORIENTATIONS * GRID * GRID,
    C1_WIDTH = BANDS * ORIENTATIONS * GRID * GRID
};

static const double wavelengths[SCALES] = {3.5, 5.6, 7.9, 11.5};
static const size_t band_side[BANDS] = {16, 8};
static const double SHARPNESS =
    .3; /* σ of S2, in units of the mean distance of a patch from its prototype: set by the images seen */

/* C1 of one image: band × orientation × place. */
struct c1 {
    double map[BANDS][ORIENTATIONS * LARGEST * LARGEST];
};

struct hmax {
    struct bb_bank *bank;
    double *s1; /* scale × orientation × MAP² */
    struct c1 c1;
    size_t n;
    double *prototype; /* n × PATCH_SIZE */
    double tolerance;  /* 2 σ² size */
};

/* Both bands have the same contrast on average, so that a prototype of one band can be found in the other. */
static void see(struct hmax *h, const double *image, size_t side)
{
    double *standard = h->s1 + SCALES * ORIENTATIONS * MAP * MAP;
    bb_image_standardise(image, side * side, standard);
    bb_bank_run(h->bank, standard, h->s1);
    double *both = standard;
    for (size_t b = 0; b < BANDS; b++)
        for (size_t o = 0; o < ORIENTATIONS; o++) {
            const double *low = h->s1 + (2 * b * ORIENTATIONS + o) * MAP * MAP, *high = low + (size_t)ORIENTATIONS * MAP * MAP;
            for (size_t i = 0; i < MAP * MAP; i++) both[i] = fmax(low[i], high[i]);
            bb_map_max(both, MAP, band_side[b], h->c1.map[b] + o * band_side[b] * band_side[b]);
        }
}

static void take_patch(const struct c1 *c1, size_t band, size_t y, size_t x, double *out)
{
    size_t side = band_side[band];
    for (size_t o = 0; o < ORIENTATIONS; o++)
        for (size_t dy = 0; dy < PATCH; dy++)
            for (size_t dx = 0; dx < PATCH; dx++) *out++ = c1->map[band][o * side * side + (y + dy) * side + x + dx];
}

/* In four sums, which do not wait for one another. */
static double distance(const double *a, const double *b)
{
    double sum[4] = {0};
    for (size_t i = 0; i < PATCH_SIZE; i += 4)
        for (size_t k = 0; k < 4; k++) sum[k] += (a[i + k] - b[i + k]) * (a[i + k] - b[i + k]);
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Prototypes, and how far patches are from one another. */
static void learn(struct hmax *h, uint64_t seed, const struct bb_images *seen)
{
    struct bb_rng rng;
    double far = 0, patch[PATCH_SIZE];
    bb_rng_init(&rng, seed, 0);
    for (size_t k = 0; k < h->n; k++) {
        size_t band = bb_rng_below(&rng, BANDS);
        uint32_t room = (uint32_t)(band_side[band] - PATCH + 1);
        see(h, bb_image_at(seen, bb_rng_below(&rng, (uint32_t)seen->n)), seen->side);
        size_t y = bb_rng_below(&rng, room), x = bb_rng_below(&rng, room);
        take_patch(&h->c1, band, y, x, h->prototype + k * PATCH_SIZE);
        y = bb_rng_below(&rng, room);
        x = bb_rng_below(&rng, room);
        take_patch(&h->c1, band, y, x, patch);
        far += distance(patch, h->prototype + (k ? k - 1 : 0) * PATCH_SIZE) / (double)h->n;
    }
    h->tolerance = fmax(2 * SHARPNESS * SHARPNESS * far, 1e-12);
}

/* S2 at every place of both bands, of which only the maxima are kept: in quarters of the first band, and over all. */
static void match(const struct hmax *h, double *quarters, double *all)
{
    double patch[PATCH_SIZE];
    for (size_t i = 0; i < 4 * h->n; i++) quarters[i] = -INFINITY;
    for (size_t k = 0; k < h->n; k++) all[k] = -INFINITY;
    for (size_t b = 0; b < BANDS; b++)
        for (size_t y = 0; y + PATCH <= band_side[b]; y++)
            for (size_t x = 0; x + PATCH <= band_side[b]; x++) {
                size_t middle = (band_side[b] - PATCH + 1) / 2, quarter = (y >= middle ? 2u : 0u) + (x >= middle ? 1u : 0u);
                take_patch(&h->c1, b, y, x, patch);
                for (size_t k = 0; k < h->n; k++) {
                    double near = -distance(patch, h->prototype + k * PATCH_SIZE) / h->tolerance;
                    double *best = &quarters[k * 4 + quarter];
                    if (near > all[k]) all[k] = near; /* the exponents for now, so that exp is taken of maxima alone */
                    if (b == 0 && near > *best) *best = near;
                }
            }
    for (size_t i = 0; i < 4 * h->n; i++) quarters[i] = exp(quarters[i]);
    for (size_t k = 0; k < h->n; k++) all[k] = exp(all[k]);
}

void bb_hmax_run(const struct bb_hmax_spec *spec, const struct bb_images *seen, const struct bb_images *images,
                 struct bb_arena *arena, struct bb_layers *out)
{
    struct hmax *h = BB_NEW(arena, struct hmax);
    h->bank = bb_bank_new(&(struct bb_bank_spec){.side = images->side,
                                                 .map = MAP,
                                                 .wavelength = wavelengths,
                                                 .n_scales = SCALES,
                                                 .n_orientations = ORIENTATIONS,
                                                 .sigma = .56,
                                                 .cell = BB_CELL_SIMPLE,
                                                 .pool_max = true},
                          arena);
    h->s1 = BB_NEW_ARRAY(arena, SCALES * ORIENTATIONS * MAP * MAP + images->side * images->side, double);
    h->n = spec->n_prototypes;
    h->prototype = BB_NEW_ARRAY(arena, h->n * PATCH_SIZE, double);
    learn(h, spec->seed, seen);
    *out = (struct bb_layers){.n = images->n};
    double *s1 = bb_layers_add(out, "S1", S1_WIDTH, arena), *c1 = bb_layers_add(out, "C1", C1_WIDTH, arena);
    double *s2 = bb_layers_add(out, "S2", 4 * h->n, arena), *c2 = bb_layers_add(out, "C2", h->n, arena);
    for (size_t i = 0; i < images->n; i++) {
        see(h, bb_image_at(images, i), images->side);
        for (size_t c = 0; c < SCALES * ORIENTATIONS; c++)
            bb_map_mean(h->s1 + c * MAP * MAP, MAP, GRID, s1 + i * S1_WIDTH + c * GRID * GRID);
        for (size_t c = 0; c < BANDS * ORIENTATIONS; c++) {
            size_t band = c / ORIENTATIONS, side = band_side[band];
            bb_map_mean(h->c1.map[band] + c % ORIENTATIONS * side * side, side, GRID, c1 + i * C1_WIDTH + c * GRID * GRID);
        }
        match(h, s2 + i * 4 * h->n, c2 + i * h->n);
    }
}
