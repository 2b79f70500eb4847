#include "model/texture.h"

#include <math.h>

#include "model/filter_bank.h"
#include "model/pixels.h"

enum { SCALES = 3, ORIENTATIONS = 4, CHANNELS = SCALES * ORIENTATIONS, MAP = 16, MOMENTS = 4 };
enum { PAIRS = CHANNELS * (CHANNELS - 1) / 2 };

static const double wavelengths[SCALES] = {4, 8, 16};
static const long shifts[][2] = {{1, 0}, {0, 1}, {1, 1}, {1, -1}, {2, 0}, {0, 2}, {2, 2}, {2, -2}};
enum { SHIFTS = sizeof shifts / sizeof shifts[0] };

double bb_map_correlation(const double *a, const double *b, size_t side, long dx, long dy)
{
    long n = (long)side;
    long left = dx < 0 ? -dx : 0, right = dx > 0 ? n - dx : n, top = dy < 0 ? -dy : 0, bottom = dy > 0 ? n - dy : n;
    double count = (double)((right - left) * (bottom - top)), sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
    for (long y = top; y < bottom; y++)
        for (long x = left; x < right; x++) {
            sa += a[y * n + x];
            sb += b[(y + dy) * n + x + dx];
        }
    sa /= count;
    sb /= count;
    for (long y = top; y < bottom; y++)
        for (long x = left; x < right; x++) {
            double da = a[y * n + x] - sa, db = b[(y + dy) * n + x + dx] - sb;
            aa += da * da;
            bb += db * db;
            ab += da * db;
        }
    double norm = sqrt(aa * bb);
    return norm > 1e-18 ? ab / norm : 0;
}

void bb_texture_run(const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    /* orientations between those of the Gabor pyramid */
    struct bb_bank *bank = bb_bank_new(&(struct bb_bank_spec){.side = images->side,
                                                              .map = MAP,
                                                              .wavelength = wavelengths,
                                                              .n_scales = SCALES,
                                                              .n_orientations = ORIENTATIONS,
                                                              .first_orientation = .39269908169872414,
                                                              .sigma = .45,
                                                              .cell = BB_CELL_COMPLEX},
                                       arena);
    *out = (struct bb_layers){.n = images->n};
    double *moments = bb_layers_add(out, "moments", (CHANNELS + 1) * MOMENTS, arena);
    double *automatic = bb_layers_add(out, "autocorrelation", CHANNELS * SHIFTS, arena);
    double *correlation = bb_layers_add(out, "correlation", PAIRS, arena),
           *maps = BB_NEW_ARRAY(arena, CHANNELS * MAP * MAP, double);
    for (size_t i = 0; i < images->n; i++) {
        bb_bank_run(bank, bb_image_at(images, i), maps);
        bb_moments(bb_image_at(images, i), images->side * images->side, moments);
        moments += MOMENTS;
        for (size_t c = 0; c < CHANNELS; c++) {
            const double *map = maps + c * MAP * MAP;
            bb_moments(map, MAP * MAP, moments);
            moments += MOMENTS;
            for (size_t s = 0; s < SHIFTS; s++) *automatic++ = bb_map_correlation(map, map, MAP, shifts[s][0], shifts[s][1]);
            for (size_t d = c + 1; d < CHANNELS; d++) *correlation++ = bb_map_correlation(map, maps + d * MAP * MAP, MAP, 0, 0);
        }
    }
}
