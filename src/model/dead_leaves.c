#include "model/dead_leaves.h"

#include <math.h>

#include "model/draws.h"

enum { LEAVES = 4000 };
static const double SMALLEST =
    2; /* radius, pixels; the largest is half a side. Radii are as r⁻³, which makes it look the same at every scale */

static void drop(struct bb_rng *rng, double *pixel, size_t side)
{
    double most = (double)side / 2, ratio = SMALLEST / most, u = bb_rng_uniform(rng);
    double radius = SMALLEST / sqrt(1 - u * (1 - ratio * ratio));
    double x0 = bb_draw_between(rng, -most, 3 * most), y0 = bb_draw_between(rng, -most, 3 * most), grey = bb_rng_uniform(rng);
    for (size_t y = 0; y < side; y++) {
        double dy = (double)y - y0;
        for (size_t x = 0; fabs(dy) <= radius && x < side; x++) {
            double dx = (double)x - x0;
            if (dx * dx + dy * dy <= radius * radius) pixel[y * side + x] = grey;
        }
    }
}

struct bb_images bb_dead_leaves(size_t n, size_t side, uint64_t seed, struct bb_arena *arena)
{
    struct bb_images images = bb_images_new(n, side, arena);
    for (size_t i = 0; i < n; i++) {
        struct bb_rng rng;
        bb_rng_init(&rng, seed, i + 1);
        for (size_t k = 0; k < LEAVES; k++) drop(&rng, bb_image_at(&images, i), side);
        bb_image_quantise(bb_image_at(&images, i), side * side);
    }
    return images;
}
