/*
 * How wide a text is, before anything draws it: what lets labels be placed without collisions, the same in a browser and in a PDF.
 *
 * The widths are those of DejaVu Sans, the widest of the common sans-serif typefaces: in Arial, Helvetica, Segoe UI or Roboto the same text is a
 * tenth narrower, so what fits here fits there.
 */
#ifndef BB_CHART_FONT_WIDTHS_H
#define BB_CHART_FONT_WIDTHS_H

#include <stdbool.h>

#include "base/mem.h"

/* In the unit of `size`, the em. Text that is not UTF-8 is measured byte by byte. */
double bb_text_width(const char *text, double size, bool bold);

/* The text, or as much of it as fits into `width` with "…": at its end, or in its middle (`middle`: for names that differ at their ends).
   Takes at most 4 KB of the text into account. */
const char *bb_text_fit(struct bb_arena *arena, const char *text, double size, double width, bool middle);

#endif
