/*
 * The card: the picture of 1200 × 630 pixels that other sites show where a page of the board is named (Open Graph). The title and the best models
 * of each domain as bars, as PNG. The same bytes for the same input, with the same versions of cairo and FreeType.
 *
 * Text is in DejaVu Sans (Debian: fonts-dejavu-core), letter by letter from left to right: scripts that need shaping are not shaped. What its place
 * cannot hold is cut, with "…".
 */
#ifndef BB_CHART_CARD_H
#define BB_CHART_CARD_H

#include "base/mem.h"

enum { BB_CARD_WIDTH = 1200, BB_CARD_HEIGHT = 630, BB_CARD_LISTS = 2, BB_CARD_BARS = 5 };

struct bb_card_bar {
    const char *name, *value; /* "CORnet-S", "0.39" */
    double length;            /* 0 … 1 of the room for bars; NaN: no bar */
};
struct bb_card_list {
    const char *title; /* "Vision" */
    struct bb_card_bar bar[BB_CARD_BARS];
    size_t n;
};
struct bb_card {
    const char *title, *line, *foot; /* line: below the title; either may be NULL */
    struct bb_card_list list[BB_CARD_LISTS];
    size_t n_lists;
    unsigned accent; /* 0xrrggbb */
};

/* Appends the PNG. BB_EABSENT: the fonts are not on this machine. */
enum bb_code bb_card_png(const struct bb_card *card, struct bb_buf *out, struct bb_err *err) BB_MUST_CHECK;

#endif
