/*
 * The candidate models of vision: a table, and how each is run. Their parameters are their own; none is that of a simulated
 * brain.
 */
#ifndef BB_EXAMPLE_VISION_CANDIDATES_H
#define BB_EXAMPLE_VISION_CANDIDATES_H

#include <stdbool.h>

#include "example/vision_stimuli.h"
#include "model/layers.h"

enum bb_candidate_kind {
    BB_CANDIDATE_PIXELS,
    BB_CANDIDATE_GABOR,
    BB_CANDIDATE_HMAX,
    BB_CANDIDATE_TEXTURE,
    BB_CANDIDATE_CONVNET,
    BB_CANDIDATE_RANDOM,
    BB_CANDIDATE_ENSEMBLE,
};

struct bb_candidate {
    const char *id, *name, *family, *description;
    enum bb_candidate_kind kind;
    const char *readout; /* the layer that its choices are read from */
    uint64_t seed;
    size_t width;      /* maps, prototypes, orientations or features */
    double wavelength; /* of the smallest Gabor filters */
    bool trained;      /* the readout's evidence is a layer too, "evidence" */
};

/* size: enum bb_project_size. Large adds nets, prototypes and pyramids by seeds and widths, some hundreds. */
size_t bb_candidates(int size, struct bb_arena *arena, const struct bb_candidate **out);

/* seen: labelled pictures that it has learnt from (prototypes, the readout). evidence (may be NULL): images × BB_CATEGORIES,
   of the readout. */
void bb_candidate_run(const struct bb_candidate *candidate, const struct bb_stimuli *seen, const struct bb_images *images,
                      struct bb_arena *arena, struct bb_layers *out, double **evidence);

#endif
