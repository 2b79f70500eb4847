#include "model/gabor.h"

#include "model/filter_bank.h"

enum { SCALES = 3, MAP = 16, GRID = 4, COARSE = 2, PLACES = GRID * GRID };

static void normalise(const double *energy, size_t n_channels, double *out)
{
    for (size_t p = 0; p < PLACES; p++) {
        double sum = .01;
        for (size_t c = 0; c < n_channels; c++) sum += energy[c * PLACES + p] / (double)n_channels;
        for (size_t c = 0; c < n_channels; c++) out[c * PLACES + p] = energy[c * PLACES + p] / sum;
    }
}

void bb_gabor_run(const struct bb_gabor_spec *spec, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    double wavelength[SCALES];
    for (size_t s = 0; s < SCALES; s++) wavelength[s] = s ? 2 * wavelength[s - 1] : spec->shortest;
    struct bb_bank *bank = bb_bank_new(&(struct bb_bank_spec){.side = images->side,
                                                              .map = MAP,
                                                              .wavelength = wavelength,
                                                              .n_scales = SCALES,
                                                              .n_orientations = spec->n_orientations,
                                                              .sigma = .4,
                                                              .cell = BB_CELL_COMPLEX},
                                       arena);
    size_t channels = bb_bank_channels(bank), width = channels * PLACES;
    *out = (struct bb_layers){.n = images->n};
    double *energy = bb_layers_add(out, "energy", width, arena),
           *coarse = bb_layers_add(out, "coarse", channels * COARSE * COARSE, arena);
    double *normalised = bb_layers_add(out, "normalised", width, arena),
           *maps = BB_NEW_ARRAY(arena, channels * MAP * MAP, double);
    for (size_t i = 0; i < images->n; i++) {
        bb_bank_run(bank, bb_image_at(images, i), maps);
        for (size_t c = 0; c < channels; c++) {
            bb_map_mean(maps + c * MAP * MAP, MAP, GRID, energy + i * width + c * PLACES);
            bb_map_mean(maps + c * MAP * MAP, MAP, COARSE, coarse + (i * channels + c) * COARSE * COARSE);
        }
        normalise(energy + i * width, channels, normalised + i * width);
    }
}
