#include "model/draws.h"

#include <assert.h>
#include <math.h>

static const double TWO_PI = 6.28318530717958647692;

/* Box and Muller's, of whose two numbers one is left: a draw then has no memory. */
double bb_draw_normal(struct bb_rng *rng)
{
    double u = 1 - bb_rng_uniform(rng), angle = TWO_PI * bb_rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(angle);
}

double bb_draw_between(struct bb_rng *rng, double low, double high)
{
    return low + (high - low) * bb_rng_uniform(rng);
}

/* By inversion: one uniform number, and the terms of the distribution until their sum passes it. */
static unsigned small_poisson(struct bb_rng *rng, double mean)
{
    double u = bb_rng_uniform(rng), term = exp(-mean), sum = term;
    unsigned k = 0;
    while (u >= sum && k < 1000) {
        k++;
        term *= mean / k;
        sum += term;
    }
    return k;
}

unsigned bb_draw_poisson(struct bb_rng *rng, double mean)
{
    assert(mean >= 0 && isfinite(mean));
    /* Sums of Poisson numbers are Poisson: large means in steps for which exp(-mean) keeps its digits. */
    const double step = 30;
    unsigned count = 0;
    for (; mean > step; mean -= step) count += small_poisson(rng, step);
    return count + small_poisson(rng, mean);
}

size_t bb_draw_index(struct bb_rng *rng, const double *weight, size_t n)
{
    assert(n > 0);
    double total = 0, sum = 0;
    for (size_t i = 0; i < n; i++) total += weight[i];
    double u = total * bb_rng_uniform(rng);
    for (size_t i = 0; i + 1 < n; i++) {
        sum += weight[i];
        if (u < sum) return i;
    }
    return n - 1;
}
