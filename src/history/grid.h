/*
 * A small table of texts, for a terminal or as Markdown.
 */
#ifndef BB_HISTORY_GRID_H
#define BB_HISTORY_GRID_H

#include <stdbool.h>

#include "base/mem.h"

enum bb_grid_style { BB_GRID_TEXT, BB_GRID_MARKDOWN };

enum { BB_GRID_COLUMNS = 24 };
struct bb_grid {
    struct bb_arena *arena;
    const char *head[BB_GRID_COLUMNS];
    bool is_number[BB_GRID_COLUMNS]; /* to the right */
    size_t n_columns;
    const char **cell; /* n_rows × n_columns */
    size_t n_rows, cap;
};

void bb_grid_column(struct bb_grid *grid, const char *head, bool is_number); /* before the first row */
void bb_grid_row(struct bb_grid *grid, const char *const *cell);             /* n_columns of them; NULL is "" */
/* Appends it, and forgets the rows. Columns of a terminal have the width that they need, by code points. */
void bb_grid_write(struct bb_grid *grid, enum bb_grid_style style, struct bb_buf *out);

/* A text as it may stand in Markdown outside of code: what would be markup is escaped, line ends are spaces. */
const char *bb_grid_markdown(struct bb_arena *arena, const char *text);

#endif
