/*
 * The classic models on real pictures: what `brainboard run` computes.
 *
 *   pixels  `pixels`: red, green and blue of the picture at 256 × 256, 0 to 255, which is the reference's model of that name; and the
 *   layers of pixels.h
 *   gabor   gabor.h: 8 orientations, wavelengths of 4, 8 and 16 pixels
 *   hmax    hmax.h: 400 prototypes, from dead leaves (dead_leaves.h), so that it is one model whatever it is shown; or from pictures that are named
 *
 * All but `pixels` see grey pictures (ITU-R 601 luma, 0 to 1) of 128 × 128, made smaller as Pillow does it.
 */
#ifndef BB_MODEL_CLASSIC_H
#define BB_MODEL_CLASSIC_H

#include <stdint.h>

#include "model/layers.h"
#include "stimuli/set.h"

struct bb_classic_spec {
    const char *model;
    const char *layers;                 /* "C1,C2": only these; NULL: all */
    uint64_t seed;                      /* hmax: of the prototypes */
    const struct bb_stimulus_set *seen; /* hmax: pictures that the prototypes come from; NULL: dead leaves */
};

struct bb_classic {
    const struct bb_stimulus_set *set;
    struct bb_layers layers;
    const unsigned char *rgb; /* n × BB_CLASSIC_RGB; the layer `pixels`, first; NULL: not asked for */
};
enum { BB_CLASSIC_RGB = 256 * 256 * 3 };

/* In the arena. BB_EUSAGE for a model or layer that there is not; what bb_picture_read says. */
enum bb_code bb_classic_run(const struct bb_classic_spec *spec, const struct bb_stimulus_set *set, struct bb_arena *arena,
                            struct bb_classic *out, struct bb_err *err) BB_MUST_CHECK;

/* As netCDF-4 (BrainIO's layout: presentation × neuroid, float32). BB_ELIMIT when that takes more than 8 GB of memory. */
enum bb_code bb_classic_write(const char *path, const char *model, const struct bb_classic *answer,
                              struct bb_err *err) BB_MUST_CHECK;
/* As Gram matrices (store/gram_file.h): n × n numbers a layer, whatever its width. */
enum bb_code bb_classic_write_gram(const char *path, const struct bb_classic *answer, struct bb_err *err) BB_MUST_CHECK;

#endif
