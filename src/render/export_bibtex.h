/*
 * BibTeX of the benchmarks and models that a table shows: each entry once, as its author wrote it.
 *
 * What is no well-formed entry is kept out with a warning that names whose it is: braces that do not close, no key, a @preamble or @string, and
 * TeX that would read or write files or define commands. Of several entries with the same key (case ignored, as BibTeX does) the first stays;
 * when another says something else, that is a warning too.
 */
#ifndef BB_RENDER_EXPORT_BIBTEX_H
#define BB_RENDER_EXPORT_BIBTEX_H

#include "base/diag.h"
#include "render/export_table.h"

struct bb_bibtex {
    struct bb_buf text;
    struct bb_names *keys;    /* lower case */
    struct bb_names *entries; /* the key and its entry, to tell the same from another */
    struct bb_names *whole;   /* texts that were taken already: many benchmarks have the same */
    size_t n;                 /* entries */
    struct bb_diags *diags;   /* NULL: nobody is told */
    struct bb_arena *arena;
};

void bb_bibtex_init(struct bb_bibtex *bibtex, struct bb_diags *diags, struct bb_arena *arena);
void bb_bibtex_release(struct bb_bibtex *bibtex);

/* All entries of a text; NULL and "" are fine. `owner`: "model x", for warnings. */
void bb_bibtex_add(struct bb_bibtex *bibtex, const char *text, const char *owner);

/* Of a node: its own, or that of the nearest group above, by which its parts are cited; of all benchmarks below a group that are on the board. */
void bb_bibtex_add_node(struct bb_bibtex *bibtex, const struct bb_results *results, size_t node);
void bb_bibtex_add_model(struct bb_bibtex *bibtex, const struct bb_results *results, size_t model);
/* Of what a table shows: its nodes and models. */
void bb_bibtex_add_table(struct bb_bibtex *bibtex, const struct bb_results *results, const struct bb_paper *table);

#endif
