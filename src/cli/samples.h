/*
 * Sample stimuli: the pictures that benchmarks show, from where the catalog names them to where results and sites have them.
 *
 * They are published as samples/<part of the digest>-<name>, beside scores.json; so a picture that many benchmarks show stands once.
 */
#ifndef BB_CLI_SAMPLES_H
#define BB_CLI_SAMPLES_H

#include "cli/cli.h"
#include "render/site.h"

/* Gives each node's samples the names that they are published under. What is not there, or no PNG or JPEG picture, is a warning, and left out. */
struct bb_pictures bb_samples_take(struct bb_catalog *catalog, struct bb_arena *arena, struct bb_diags *diags);
/* The same, which prints the warnings. */
struct bb_pictures bb_cli_samples(const struct bb_args *args, struct bb_catalog *catalog);
/* Those of results that lie where results have them, below `dir`. */
struct bb_pictures bb_samples_beside(const struct bb_results *results, const char *dir, struct bb_arena *arena);
/* Copies them below `dir`. */
enum bb_code bb_samples_copy(const struct bb_pictures *pictures, const char *dir, struct bb_err *err) BB_MUST_CHECK;

#endif
