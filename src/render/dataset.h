/*
 * The board as a data set: who made it, what it is, how it is cited, for programs. The same facts twice: schema.org's Dataset as JSON-LD in the front
 * page (https://developers.google.com/search/docs/appearance/structured-data/dataset says what is required), and CITATION.cff 1.2.0.
 */
#ifndef BB_RENDER_DATASET_H
#define BB_RENDER_DATASET_H

#include "render/page.h"

/* One object, safe inside <script>. Addresses and the list of downloads only with site->base. */
void bb_dataset_jsonld(const struct bb_site *site, struct bb_buf *out);

/* Nothing without authors, which the format requires. */
void bb_citation_cff(const struct bb_site *site, struct bb_buf *out);

/* A DOI as an address; NULL for what is none. */
const char *bb_doi_url(struct bb_arena *arena, const char *doi);

/* "https://spdx.org/licenses/CC-BY-4.0.html" for a license that has an SPDX identifier that data are published under; NULL for others. */
const char *bb_license_url(struct bb_arena *arena, const char *license);

#endif
