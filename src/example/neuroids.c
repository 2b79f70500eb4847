#include "example/neuroids.h"

#include <assert.h>
#include <math.h>

#include "model/draws.h"

static const double SLOPE = 1.6, FAINT = .06; /* of the threshold; share of the drive that an unreliable neuroid gets */
static const double COUNT_SPREAD = .5;        /* sd of the logarithm of neuroids' mean counts */

static double softplus(double x)
{
    return x > 30 ? x : log1p(exp(x));
}

/* Sum of a neuroid's inputs, standard deviation about 1 where they are independent. */
static void drive_of(struct bb_rng *rng, const struct bb_neuroids_spec *spec, const double *features, size_t n, size_t width,
                     double *drive)
{
    size_t channels = width / spec->n_places, place = bb_rng_below(rng, (uint32_t)spec->n_places);
    for (size_t i = 0; i < n; i++) drive[i] = 0;
    for (size_t k = 0; k < spec->n_inputs; k++) {
        size_t feature = bb_rng_below(rng, (uint32_t)channels) * spec->n_places + place;
        double weight = bb_draw_normal(rng) / sqrt((double)spec->n_inputs);
        for (size_t i = 0; i < n; i++) drive[i] += weight * features[i * width + feature];
    }
}

static void rates_of(struct bb_rng *rng, const struct bb_neuroids_spec *spec, const double *drive, size_t n, size_t q,
                     double *rate)
{
    double share = bb_rng_uniform(rng) < spec->unreliable ? FAINT : 1, threshold = .3 + .4 * bb_draw_normal(rng);
    double mean = spec->mean_count * exp(COUNT_SPREAD * bb_draw_normal(rng)), sum = 0;
    for (size_t i = 0; i < n; i++) sum += rate[i * q] = softplus(SLOPE * (share * drive[i] - threshold));
    /* the mean over these stimuli is the neuroid's count; a little of it is there without any drive */
    for (size_t i = 0; i < n; i++) rate[i * q] = mean * (.1 + .9 * rate[i * q] * (double)n / sum);
}

struct bb_measured bb_neuroids_measure(const struct bb_neuroids_spec *spec, const double *features, size_t n, size_t width,
                                       struct bb_arena *arena)
{
    assert(n && spec->n_animals && spec->n_places && width % spec->n_places == 0);
    size_t q = spec->n_neuroids, r = spec->n_repetitions;
    struct bb_measured m = {.n_stimuli = n, .n_neuroids = q, .n_repetitions = r};
    m.rate = BB_NEW_ARRAY(arena, n * q, double);
    m.count = BB_NEW_ARRAY(arena, n * r * q, double);
    m.animal = BB_NEW_ARRAY(arena, q, size_t);
    double *drive = BB_NEW_ARRAY(arena, n, double), *gain = BB_NEW_ARRAY(arena, spec->n_animals, double);
    for (size_t j = 0; j < q; j++) {
        struct bb_rng rng;
        bb_rng_init(&rng, spec->seed,
                    spec->task << 32 | (j + 1)); /* one stream for a neuroid: it stays itself when there are more */
        m.animal[j] = j * spec->n_animals / q;
        drive_of(&rng, spec, features, n, width, drive);
        rates_of(&rng, spec, drive, n, q, m.rate + j);
    }
    struct bb_rng rng;
    bb_rng_init(&rng, spec->seed, spec->task << 32);
    for (size_t t = 0; t < n * r; t++) {
        for (size_t a = 0; a < spec->n_animals; a++)
            gain[a] = spec->gain_spread > 0 ? exp(spec->gain_spread * bb_draw_normal(&rng)) : 1;
        for (size_t j = 0; j < q; j++) m.count[t * q + j] = bb_draw_poisson(&rng, gain[m.animal[j]] * m.rate[t / r * q + j]);
    }
    return m;
}
