/*
 * Drawing a scene: a walk over its marks that calls the functions of a backend. What is decided here is decided once: the outlines of shapes, how
 * wide edges are, dashes, which marks share a path, what a name covers. So whatever draws a chart puts the same marks at the same places; a backend
 * only writes them down. svg.c is one backend; the tests have one that notes what it is told.
 *
 * Coordinates are the scene's: CSS pixels (a PDF multiplies them by 0.75 for points), y downwards.
 */
#ifndef BB_CHART_DRAW_H
#define BB_CHART_DRAW_H

#include "chart/scene.h"

#define BB_DRAW_EDGE 1.5 /* the outline of a hollow shape, half of it outside */
#define BB_DRAW_HALO                                                                                                             \
    3.0 /* the line around a text with a halo, half of it outside, joins round, in the colour of the paper, below the text */
#define BB_DRAW_DASH     3.0
#define BB_DRAW_DASH_GAP 2.0 /* a dashed line begins with a dash, anew at each move */

/* How a path is painted. */
struct bb_look {
    enum bb_role role;
    bool filled;  /* non-zero rule; else it is a line: ends butt, joins mitred up to four times its width */
    double width; /* of the line; 0 for what is filled */
    bool dashed;  /* BB_DRAW_DASH, BB_DRAW_DASH_GAP */
    double dot;   /* > 0: the path is nothing but filled circles of this radius */
};

/*
 * The functions of a backend; all of them must be there. `to` is what bb_draw was given.
 * A path is begin … end; in it a contour is move, line …, and shut when it is closed. rect and circle are whole contours of a path.
 */
struct bb_draw {
    void (*begin)(void *to, const struct bb_look *look);
    void (*move)(void *to, double x, double y);
    void (*line)(void *to, double x, double y);
    void (*shut)(void *to);
    void (*rect)(void *to, const struct bb_rect *rect); /* w, h ≥ 0 */
    void (*circle)(void *to, double x, double y, double r);
    void (*end)(void *to, const struct bb_look *look); /* paints it */
    /* Of size BB_CHART_TEXT; x, y, anchor, turned as scene.h says. Where it has a halo the backend draws that first. */
    void (*text)(void *to, enum bb_role role, const struct bb_text *text);
    /* What is drawn until the matching close has a name on hover and a link; `box` is what it covers (w < 0: nothing), for a backend whose
       links are rectangles. Not nested deeper than BB_DRAW_DEPTH. */
    void (*open)(void *to, const struct bb_group *group, const struct bb_rect *box);
    void (*close)(void *to, const struct bb_group *group);
};
#define BB_DRAW_DEPTH 8

/* Calls the backend for all marks in their order. Neighbouring marks of one look make one path. */
void bb_draw(const struct bb_scene *scene, const struct bb_draw *draw, void *to);

#endif
