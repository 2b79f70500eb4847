/*
 * Text for terminals: tables with aligned columns, and labelled paragraphs that are wrapped.
 */
#ifndef BB_CLI_COLUMNS_TEXT_H
#define BB_CLI_COLUMNS_TEXT_H

#include "base/text.h"

/* rows × columns, row by row, NULL as ""; the head is the first row. Columns are as wide as their widest text, in characters; no blanks at the end
   of a line. */
void bb_columns_text(struct bb_buf *out, const char *const *cell, size_t n_rows, size_t n_columns);

/* "Label       text", the text wrapped at 100 characters and kept to the right of the label. NULL or "": nothing. A line break in the text stays. */
void bb_labelled_text(struct bb_buf *out, const char *label, const char *text);

#endif
