/*
 * The fixtures of Brain-Score.web: a folder with fixture-models.json, fixture-scores.json, fixture-benchmarktypes.json,
 * fixture-benchmarkinstances.json and, if they are there, fixture-benchmarkmeta.json, fixture-benchmarkreferences.json and
 * fixture-modelreferences.json; each may have a second part, "-language".
 *
 * What the reference's site shows is what is taken (its rule is in benchmarks/sql/mv.sql): visible benchmarks without children, their latest
 * version; the ceiled score, clamped to [0, 1], or in a tree whose root has "engineering" in its name the raw one; a score that is NaN, or absent
 * with a comment that tells of an error, is a row without a score. A score without a ceiled value is none. Only models that have scores are
 * taken; those that are not public stay private.
 */
#ifndef BB_CLI_IMPORT_WEB_H
#define BB_CLI_IMPORT_WEB_H

#include "cli/import_project.h"

/* Whether the folder has fixtures. */
bool bb_import_is_web(const char *dir, struct bb_arena *arena);

/* domain: only benchmarks of it; NULL: all. Problems go to the diags of the project. */
void bb_import_web(const char *dir, const char *domain, struct bb_import *project);

#endif
