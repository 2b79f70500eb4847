/*
 * Score lists and attribute tables: published numbers that join the board.
 */
#ifndef BB_SCORE_LISTS_H
#define BB_SCORE_LISTS_H

#include "catalog/manifest.h"
#include "store/datapath.h"

/* One row of a score list that fits the board. */
struct bb_listed_score {
    const char *model;
    size_t node;
    double raw, ceiling, score, error; /* NaN when not given */
    const char *error_kind, *layer, *rule, *source;
};

struct bb_lists {
    struct bb_listed_score *score; /* at most one per model and benchmark: that with the highest raw value, else score */
    size_t n;
};

/*
 * Reads all lists of the catalog. Models that no file describes become plain entries of the catalog, attributes join their
 * models. Rows that do not fit (unknown benchmark, another version) are counted in a warning that names them; a table that
 * cannot be read is an error in diags, or a warning when it is not on this machine. Strings are in the catalog's arena.
 */
void bb_lists_read(struct bb_catalog *catalog, const struct bb_datapath *path, struct bb_diags *diags, struct bb_lists *out);

#endif
