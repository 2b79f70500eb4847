/*
 * The entries of the vision half: benchmarks and models as a user would write them. For the example only.
 */
#ifndef BB_EXAMPLE_VISION_CATALOG_H
#define BB_EXAMPLE_VISION_CATALOG_H

#include "example/vision_files.h"

void bb_vision_benchmarks(struct bb_project *project, const struct bb_world *world);

struct bb_vision_model {
    const char *name, *family, *description;
    const char *readout; /* the layer its choices come from; NULL: none */
    const char *layer;   /* the layer that stands for each area; NULL: chosen by the program */
    bool reference;
};

/* An entry with an output for each part of the answer, and a reason for each part that there is not. */
void bb_vision_model(struct bb_project *project, const struct bb_vision_model *model, const struct bb_vision_answer *answer);

#endif
