/*
 * The vision world as files: recordings, choices, sample pictures, models' outputs. For the example only.
 */
#ifndef BB_EXAMPLE_VISION_FILES_H
#define BB_EXAMPLE_VISION_FILES_H

#include "example/project.h"
#include "example/vision_world.h"

enum { BB_SAMPLES_SHOWN = 12 };

/* data/textures.nc (V1, V2), data/objects.nc (V4, IT), data/naming.csv, data/two_choices.csv, samples/<set>-01.png … */
enum bb_code bb_vision_write_data(struct bb_project *project, const struct bb_world *world, struct bb_err *err) BB_MUST_CHECK;

/* What a model answers; parts that are NULL are not written. */
struct bb_vision_answer {
    const char *id;
    const struct bb_layers *textures, *objects; /* outputs/<id>/textures.nc, objects.nc */
    const int *eight, *two;                     /* choices: outputs/<id>/naming.csv, two_choices.csv */
};
enum bb_code bb_vision_write_answer(struct bb_project *project, const struct bb_world *world,
                                    const struct bb_vision_answer *answer, struct bb_err *err) BB_MUST_CHECK;

#endif
