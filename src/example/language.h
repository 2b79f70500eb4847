/*
 * The language half of the example: an experiment on simulated brains and readers, and models that compute.
 *
 * Passages are read sentence by sentence in a scanner (voxels), sentences word by word under electrodes, stories at the reader's
 * own pace; suites of minimal pairs ask whether a model knows the grammar. Each candidate model reads all of it, and its
 * activations, surprisals and bits are written as its author would; controls (the truth of another stimulus, noise) and the truth
 * itself (a reference row) stand beside them.
 *
 * src/example/language_world.h makes the same without a project, for who wants other minds or many seeds; language_graded.h asks how a model's
 * prediction goes with its score in one.
 */
#ifndef BB_EXAMPLE_LANGUAGE_H
#define BB_EXAMPLE_LANGUAGE_H

#include "example/project.h"

enum bb_code bb_example_language(struct bb_project *project, struct bb_err *err) BB_MUST_CHECK;

#endif
