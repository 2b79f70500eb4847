/*
 * provenance.json: what a site was made from and what it is made of, so that whoever has the same inputs can make it again and compare.
 *
 *     "program", "blas"   which program, and the linear algebra that computed cells
 *     "release", "date"   of the board
 *     "options"           those that can change a number or a file, all of them, also where they are the default
 *     "inputs"            digests of what cells were computed from: of each model the outputs by stimulus set; of each benchmark the data, the
 *                         definition and the version of the metric. Then of what pages were made from besides: the records in --history that are
 *                         of earlier releases, and the templates and assets that are not the program's own
 *     "cached"            of each benchmark, how many scores stand by the cache: their files were not at hand (score/kept.h); left out when none does
 *     "outputs"           the SHA-256 of every file of the site but this one and those of unlisted models, which are named nowhere
 */
#ifndef BB_RENDER_PROVENANCE_H
#define BB_RENDER_PROVENANCE_H

#include "render/page.h"

#define BB_PROVENANCE_FILE "provenance.json"

/* The last file to be added: it has the digests of all others. */
enum bb_code bb_provenance_add(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

#endif
