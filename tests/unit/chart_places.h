/* Where a chart's marks are, as a list: noted by a backend of bb_draw, or read out of an SVG or a PDF; so that backends can be held against each other. */
#ifndef BB_TESTS_CHART_PLACES_H
#define BB_TESTS_CHART_PLACES_H

#include "chart/scene.h"

enum place_kind {
    PLACE_MOVE, /* a vertex that begins a contour; rectangles are four vertices and SHUT, from the upper left corner clockwise */
    PLACE_LINE, /* a vertex that a line goes to */
    PLACE_SHUT, /* back to the first vertex */
    PLACE_CIRCLE, /* around (x, y), of radius r */
    PLACE_TEXT,   /* (x, y): of its anchor; r: 0, 1, 2 = start, middle, end; text: what is written */
    PLACE_OPEN,   /* text: the link, "" for none */
    PLACE_CLOSE,
};
struct place {
    enum place_kind kind;
    enum bb_role role; /* not of OPEN and CLOSE */
    double x, y, r;
    double width;      /* of a path that is a line; 0: filled */
    bool turned, bold; /* of a text */
    const char *text;
};
struct places {
    struct place *place;
    size_t n, cap;
    struct bb_arena *arena;
};

struct places places_of_scene(const struct bb_scene *scene, struct bb_arena *arena);
/* Ends the test where it meets what svg.c does not write. The edge of a halo is no place. */
struct places places_of_svg(const char *svg, struct bb_arena *arena);

/* Of a file with one page, on which bb_chart_pdf has drawn one scene: what its content stream says, in the scene's pixels. Texts are where they begin
   (r 0), and have no letters; roles are those of place_ink. Texts with letters of more than one face are as many places. Ends the test where it
   meets what libharu does not write. */
struct places places_of_pdf(const struct bb_buf *file, double left, double top, double scale, struct bb_arena *arena);
/* The first role that has the same colour in print. */
enum bb_role place_ink(enum bb_role role);

void places_drop_groups(struct places *places); /* OPEN and CLOSE */
struct place *places_add(struct places *places, enum place_kind kind, double x, double y);
/* Ends the test unless both have the same marks in the same order, no coordinate further apart than `tolerance` pixels. `what`: for the message. */
void places_compare(const struct places *a, const struct places *b, double tolerance, const char *what);

#endif
