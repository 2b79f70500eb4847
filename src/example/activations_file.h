/*
 * What a model answers with features, as its author would write it: presentation × neuroid, with the layer of each. For the example only.
 */
#ifndef BB_EXAMPLE_ACTIVATIONS_FILE_H
#define BB_EXAMPLE_ACTIVATIONS_FILE_H

#include "example/project.h"
#include "model/layers.h"

/* stimulus: the id of each of the layers' rows. */
enum bb_code bb_activations_write(struct bb_project *project, const char *name, const char *const *stimulus,
                                  const struct bb_layers *layers, struct bb_err *err) BB_MUST_CHECK;

#endif
