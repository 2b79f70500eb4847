/*
 * The numbers of a board as tables for other programs.
 */
#ifndef BB_RENDER_EXPORT_H
#define BB_RENDER_EXPORT_H

#include "score/results.h"

/* One line per model and benchmark that is part of the board, at full precision: model,benchmark,status,raw,ceiling,score,error,error_kind,n,reason.
   Private models and benchmarks whose scores are not published are left out. No text in it is run by a spreadsheet. */
void bb_export_csv(const struct bb_results *results, struct bb_buf *out);

#endif
