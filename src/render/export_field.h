/*
 * The columns that a table for a paper may have: the fields of a cell, what describes a model, attributes, and the score of any node.
 */
#ifndef BB_RENDER_EXPORT_FIELD_H
#define BB_RENDER_EXPORT_FIELD_H

#include "render/export_table.h"

struct bb_paper_field {
    const char *name, *title;
    enum bb_paper_kind kind;
    bool of_node; /* it says something of a model at a node; else of the model alone */
    void (*get)(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell);
};

/* What fills a column. */
struct bb_paper_filler {
    const struct bb_paper_field *field; /* NULL: an attribute */
    const char *attribute;
    size_t node;
};

const struct bb_paper_field *bb_paper_field(const char *name); /* NULL: there is none of this name */

/* The column that `name` asks for in a table of `node`: a field ("raw"), a node ("IT"), a field of a node ("IT.raw"), an attribute, with or without
   "attribute." before it; in this order. BB_EUSAGE with the nearest name. */
enum bb_code bb_paper_column_named(const struct bb_results *results, size_t node, const char *name, struct bb_arena *arena,
                                   struct bb_paper_column *column, struct bb_paper_filler *filler,
                                   struct bb_err *err) BB_MUST_CHECK;
/* The column of a field of a node, and that of its score. */
void bb_paper_column_of(const struct bb_results *results, const struct bb_paper_field *field, size_t node,
                        struct bb_paper_column *column, struct bb_paper_filler *filler);

struct bb_paper_cell bb_paper_fill(const struct bb_results *results, const struct bb_paper_filler *filler, size_t model);

#endif
