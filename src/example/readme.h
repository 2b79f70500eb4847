/*
 * The README of the generated project: what each file is, in a sentence, so that a project of one's own can start from it.
 */
#ifndef BB_EXAMPLE_README_H
#define BB_EXAMPLE_README_H

#include "example/project.h"

enum bb_code bb_example_readme(struct bb_project *project, bool flaws, struct bb_err *err) BB_MUST_CHECK;

#endif
