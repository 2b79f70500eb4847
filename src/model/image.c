#include "model/image.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct bb_images bb_images_new(size_t n, size_t side, struct bb_arena *arena)
{
    return (struct bb_images){.n = n, .side = side, .pixel = BB_NEW_ARRAY(arena, n * side * side, double)};
}

double *bb_image_at(const struct bb_images *images, size_t i)
{
    assert(i < images->n);
    return images->pixel + i * images->side * images->side;
}

static double level_of(double pixel)
{
    return floor(fmin(fmax(pixel, 0), 1) * 255 + .5);
}

void bb_image_quantise(double *pixel, size_t n)
{
    for (size_t i = 0; i < n; i++) pixel[i] = level_of(pixel[i]) / 255;
}

void bb_image_bytes(const double *pixel, size_t n, unsigned char *grey)
{
    for (size_t i = 0; i < n; i++) grey[i] = (unsigned char)level_of(pixel[i]);
}

void bb_image_standardise(const double *pixel, size_t n, double *out)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) mean += pixel[i];
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) square += (pixel[i] - mean) * (pixel[i] - mean);
    double sd = sqrt(square / (double)n), scale = sd > 1e-9 ? 1 / sd : 0;
    for (size_t i = 0; i < n; i++) out[i] = (pixel[i] - mean) * scale;
}

void bb_map_mean(const double *map, size_t side, size_t grid, double *out)
{
    assert(grid && side % grid == 0);
    size_t block = side / grid;
    memset(out, 0, grid * grid * sizeof *out);
    for (size_t y = 0; y < side; y++)
        for (size_t x = 0; x < side; x++) out[y / block * grid + x / block] += map[y * side + x];
    for (size_t i = 0; i < grid * grid; i++) out[i] /= (double)(block * block);
}

void bb_map_max(const double *map, size_t side, size_t grid, double *out)
{
    assert(grid && side % grid == 0);
    size_t block = side / grid;
    for (size_t i = 0; i < grid * grid; i++) out[i] = -INFINITY;
    for (size_t y = 0; y < side; y++)
        for (size_t x = 0; x < side; x++) {
            double *best = &out[y / block * grid + x / block];
            *best = fmax(*best, map[y * side + x]);
        }
}
