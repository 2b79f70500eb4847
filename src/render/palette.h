/*
 * Colours of scores.
 *
 * The default scale are the ten shades s0 … s9 of assets/style-1-page.css (bb_view_shade): one hue, even steps of lightness, so that it reads
 * in grey and for colour-blind readers.
 *
 * BB_PALETTE_BRAINSCORE is Brain-Score.web's (color-utils.js, mv.sql), exactly: with n = (value − min) / (max − min), ½ when they are equal,
 * cut to [0, 1], the colour is entry ⌊100 · 0.8 · n²⌋ of a table of 101, its alpha 0.1 + 0.9 n, shown with two decimals; black text on white
 * (here white text on the darkest greys, where black could not be read; an engineering column hardly ever gets there). min and max are over the
 * public models' scores that are not zero, (0, 1) when there is none or they are equal; an engineering maximum counts 2.5 times. The tables
 * are ramps of 101 linear steps in hue, saturation and lightness, #ff0000 to #1ba74d and for engineering #f2f2f2 to #404040, read at
 * ⌊0.2270617 · i^1.321928⌋ (views/index.py).
 */
#ifndef BB_RENDER_PALETTE_H
#define BB_RENDER_PALETTE_H

#include "score/results.h"

enum bb_palette { BB_PALETTE_DEFAULT, BB_PALETTE_BRAINSCORE };

/* "default", "brainscore"; false: there is none of that name. */
bool bb_palette_named(const char *name, enum bb_palette *out);

#define BB_PALETTE_STEPS 101
struct bb_rgb {
    int red, green, blue;
};
/* Entry 0 … 100. */
struct bb_rgb bb_palette_entry(int index, bool engineering);

/* What a value looks like: entry of the table, and alpha in hundredths. index −1: the grey of a cell without a score. */
struct bb_palette_shade {
    int index, alpha;
};
struct bb_palette_shade bb_palette_shade(double value, double min, double max);

/* The reference's own declaration: "background-color: rgb(R, G, B); background-color: rgba(R, G, B, 0.55);". */
void bb_palette_css(char out[96], double value, double min, double max, bool engineering);

struct bb_palette_range {
    double min, max;
    bool engineering;
};
struct bb_palette_range bb_palette_range(const struct bb_results *results, size_t node);

/* Classes of a cell, as bb_palette_style declares them: "bs bs20-55", "bs be20-55" for engineering, "bs bs-none". */
const char *bb_palette_class(struct bb_arena *arena, const struct bb_palette_range *range, double value);

/* The part of the style sheet with a class for every shade that can be. */
void bb_palette_style(struct bb_buf *out);

#endif
