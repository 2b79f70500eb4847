/*
 * A scene as SVG: for a place in a page, or as a file of its own.
 *
 * In a page its colours and typeface come from the page's style sheet; there are classes and presentation attributes only, no style, because
 * the pages' security policy refuses it. As a file it brings a style of its own, for light and dark, and has no links. Numbers have at most two
 * decimals; the same scene gives the same bytes. Neighbouring marks of one look become one path, so thousands of points stay small.
 */
#ifndef BB_CHART_SVG_H
#define BB_CHART_SVG_H

#include "chart/scene.h"

struct bb_svg_options {
    const char *id;    /* prefix of the ids in it, unique in the page, a valid identifier; NULL when decorative */
    const char *class; /* one more class of the root; NULL: none */
    bool standalone;   /* a file */
    bool
        decorative; /* says nothing that does not stand beside it: hidden from assistive technology, without a title, and a style sheet says how
                          large it is and how lines of each class are painted */
};

void bb_svg_write(const struct bb_scene *scene, const struct bb_svg_options *options, struct bb_buf *out);
/* The same as text in `arena`. */
const char *bb_svg_text(const struct bb_scene *scene, const struct bb_svg_options *options, struct bb_arena *arena);

#endif
