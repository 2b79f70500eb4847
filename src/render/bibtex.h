/*
 * BibTeX entries as a reader needs them: enough of the format to print a reference, not to run BibTeX.
 *
 * Braces and TeX's accents of Latin letters (\"o, {\'e}, \ss …) become the letters; other commands are dropped and their arguments kept.
 */
#ifndef BB_RENDER_BIBTEX_H
#define BB_RENDER_BIBTEX_H

#include "pdf/lines.h"

struct bb_citation {
    const char *type, *key; /* "article" */
    const char *author, *title, *year, *venue, *volume, *pages, *doi,
        *url; /* NULL: not there; venue: journal, booktitle, publisher …, what is unpublished has its note */
};

/* The next entry of a text, in `arena`; where to go on, or NULL when there is none. Text that is no entry is passed over. */
const char *bb_citation_next(const char *text, struct bb_citation *out, struct bb_arena *arena);

/* "Schrimpf M, Kubilius J (2020). Title. Venue 12, 3–4. doi:…" as at most four spans; their number. Of more than eight authors the
   first ones and "et al."; without any the title stands first. */
size_t bb_citation_spans(const struct bb_citation *entry, uint32_t link_colour, struct bb_arena *arena, struct bb_span span[4]);

#endif
