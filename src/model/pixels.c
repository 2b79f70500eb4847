#include "model/pixels.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { FINE = 16, COARSE = 8, MOMENTS = 4, PARTS = 5 };

void bb_moments(const double *x, size_t n, double out[4])
{
    double mean = 0, m2 = 0, m3 = 0, m4 = 0;
    for (size_t i = 0; i < n; i++) mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        double d = x[i] - mean;
        m2 += d * d / (double)n;
        m3 += d * d * d / (double)n;
        m4 += d * d * d * d / (double)n;
    }
    bool flat = m2 < 1e-18;
    out[0] = mean;
    out[1] = flat ? 0 : sqrt(m2);
    out[2] = flat ? 0 : m3 / (m2 * sqrt(m2));
    out[3] = flat ? 0 : m4 / (m2 * m2) - 3;
}

static void luminance(const double *pixel, size_t side, double *quarter, double *out)
{
    size_t half = side / 2;
    bb_moments(pixel, side * side, out);
    for (size_t q = 0; q < 4; q++) {
        for (size_t y = 0; y < half; y++)
            memcpy(quarter + y * half, pixel + ((q / 2) * half + y) * side + (q % 2) * half, half * sizeof *quarter);
        bb_moments(quarter, half * half, out + (q + 1) * MOMENTS);
    }
}

void bb_pixels_run(const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    *out = (struct bb_layers){.n = images->n};
    double *fine = bb_layers_add(out, "fine", FINE * FINE, arena), *coarse = bb_layers_add(out, "coarse", COARSE * COARSE, arena);
    double *moments = bb_layers_add(out, "luminance", MOMENTS * PARTS, arena);
    double *quarter = BB_NEW_ARRAY(arena, images->side * images->side / 4, double);
    for (size_t i = 0; i < images->n; i++) {
        const double *pixel = bb_image_at(images, i);
        bb_map_mean(pixel, images->side, FINE, fine + i * FINE * FINE);
        bb_map_mean(pixel, images->side, COARSE, coarse + i * COARSE * COARSE);
        luminance(pixel, images->side, quarter, moments + i * MOMENTS * PARTS);
    }
}
