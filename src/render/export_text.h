/*
 * Tables as text: one writer for each format, all of the same struct bb_paper.
 *
 *   CSV       RFC 4180, numbers at full precision, an empty field for what is not known; no text is run by a spreadsheet. With errors a score has
 *             the columns <key>.error and <key>.error_kind beside it, with ceilings <key>.ceiling.
 *   JSON      the same columns, with what they are, rows as arrays: "brainboard/table/1"
 *   LaTeX     booktabs; needs T1 fonts and the packages that its first lines name, and nothing else. A table that is too wide turns its heads, then
 *             is split by columns; a long one breaks across pages (longtable).
 *   Markdown  GitHub's
 */
#ifndef BB_RENDER_EXPORT_TEXT_H
#define BB_RENDER_EXPORT_TEXT_H

#include "render/export_table.h"

void bb_paper_csv(const struct bb_paper *table, struct bb_buf *out);
void bb_paper_json(const struct bb_paper *table, struct bb_buf *out);
void bb_paper_markdown(const struct bb_paper *table, struct bb_buf *out);
/* `standalone`: a whole document. Texts with characters that pdflatex's fonts lack join `lost` (NULL is fine): those stand as "[U+4E2D]". */
void bb_paper_latex(const struct bb_paper *table, bool standalone, struct bb_names *lost, struct bb_buf *out);

/* What stands before \begin{document} of a document that has such tables. */
extern const char bb_latex_preamble[];

/* Text from outside as LaTeX text, never as commands: every special character is escaped, what T1 has no letter for is made from what it has (Greek,
   arrows, accents that stand apart), a character that cannot be shown becomes "[U+4E2D]". false: there was such a one. */
bool bb_latex_text(struct bb_buf *out, const char *text);
/* The same, with places where a long word may break. */
bool bb_latex_breakable(struct bb_buf *out, const char *text);
/* Text from outside as the text of a cell of a table in GitHub's Markdown. */
void bb_markdown_cell(struct bb_buf *out, const char *text);

#endif
