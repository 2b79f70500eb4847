/*
 * What goes wrong in real projects, for who wants to see how a board shows it.
 */
#ifndef BB_EXAMPLE_FLAWS_H
#define BB_EXAMPLE_FLAWS_H

#include "example/project.h"

/* Adds a model that lacks outputs, one with a damaged file, and a benchmark whose data file is not there; each made from the
   first of its kind. */
enum bb_code bb_example_flaws(struct bb_project *project, struct bb_err *err) BB_MUST_CHECK;

#endif
