/*
 * A chart is a scene: marks at their places, made once and drawn by a backend (svg.h into a page; a PDF draws the same marks into a report).
 *
 * The unit is the CSS pixel, at which text has its proper size; x grows to the right, y downwards from the upper left corner. Marks are drawn in
 * their order. A mark has a role, never a colour: a page gives roles their colours for light and dark by classes (assets/style-3-charts.css), and
 * bb_roles has the same colours for a backend without style sheets. Everything is shown without transparency.
 *
 * Texts may be anything; what enters a scene is made valid UTF-8 without control characters. A scene lives in the arena that it was made in.
 */
#ifndef BB_CHART_SCENE_H
#define BB_CHART_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

#define BB_CHART_TEXT  11.0 /* size of all text; a chart of BB_CHART_WIDTH still shows it with 9 pixels on a phone of 360 */
#define BB_CHART_WIDTH 400.0
#define BB_SERIES      8
#define BB_SHADES      10
#define BB_BELOW       5

enum bb_role {
    BB_ROLE_INK,
    BB_ROLE_MUTED,
    BB_ROLE_RULE, /* grid */
    BB_ROLE_AXIS,
    BB_ROLE_BAND,    /* an interval: of a ceiling, of quartiles, of a fit */
    BB_ROLE_CEILING, /* the line within it */
    BB_ROLE_MARKED,  /* the one that the chart is about */
    BB_ROLE_BEST,
    BB_ROLE_MEDIAN,
    BB_ROLE_FAILED,
    BB_ROLE_BAR, /* pale: other marks stand on it */
    BB_ROLE_PAPER,
    BB_ROLE_SERIES,                             /* … + i, i < BB_SERIES: families, told apart by shape as well */
    BB_ROLE_SHADE = BB_ROLE_SERIES + BB_SERIES, /* … + i, i < BB_SHADES: of a heatmap, grows with the value */
    BB_ROLE_BELOW = BB_ROLE_SHADE + BB_SHADES,  /* … + i, i < BB_BELOW: of what is below zero, grows with its distance */
    BB_N_ROLES = BB_ROLE_BELOW + BB_BELOW
};
struct bb_role_info {
    const char *name;     /* its class is c-<name> */
    uint32_t light, dark; /* 0xrrggbb */
};
extern const struct bb_role_info bb_roles[BB_N_ROLES];

enum bb_shape { BB_CIRCLE, BB_SQUARE, BB_TRIANGLE, BB_DIAMOND, BB_CROSS, BB_PLUS, BB_TRIANGLE_DOWN, BB_STAR, BB_N_SHAPES };
enum bb_anchor { BB_START, BB_MIDDLE, BB_END };

struct bb_point {
    double x, y;
};

enum bb_mark_kind {
    BB_MARK_LINE, /* through points; a point that is NaN is a gap */
    BB_MARK_AREA, /* a filled polygon */
    BB_MARK_RECT,
    BB_MARK_SHAPE,
    BB_MARK_TEXT,
    BB_MARK_OPEN, /* marks up to the matching CLOSE belong together: their name on hover, their link */
    BB_MARK_CLOSE,
};

struct bb_line {
    const struct bb_point *point;
    size_t n;
    double width;
    bool dashed;
};
struct bb_rect {
    double x, y, w, h;
};
struct bb_symbol {
    enum bb_shape shape;
    double x, y, r; /* all shapes of one r look equally large */
    bool hollow;
};
struct bb_text {
    double x, y; /* of the anchor on the base line */
    enum bb_anchor anchor;
    bool bold;
    bool turned; /* runs upwards: rotated by −90° around the anchor */
    bool halo;   /* with an edge in the colour of the paper, to be read over other marks; not of a text that is turned */
    const char *text;
};
struct bb_group {
    const char *title, *href; /* NULL: none */
};

struct bb_mark {
    enum bb_mark_kind kind;
    enum bb_role role;
    union {
        struct bb_line line; /* also of an area */
        struct bb_rect rect;
        struct bb_symbol shape;
        struct bb_text text;
        struct bb_group group;
    } as;
};

struct bb_scene {
    double width, height;
    const char *title, *desc; /* what it is, and what it shows in words; never NULL */
    struct bb_mark *mark;
    size_t n, cap;
    bool has_links;
    struct bb_arena *arena;
};

struct bb_scene *bb_scene_new(struct bb_arena *arena, double width, double height);
void bb_scene_describe(struct bb_scene *scene, const char *title, const char *desc);

void bb_scene_line(struct bb_scene *scene, enum bb_role role, double width, double x1, double y1, double x2, double y2);
void bb_scene_dashed(struct bb_scene *scene, enum bb_role role, double width, double x1, double y1, double x2, double y2);
/* Points are copied. */
void bb_scene_polyline(struct bb_scene *scene, enum bb_role role, double width, const struct bb_point *point, size_t n);
void bb_scene_area(struct bb_scene *scene, enum bb_role role, const struct bb_point *point, size_t n);
void bb_scene_rect(struct bb_scene *scene, enum bb_role role, double x, double y, double w,
                   double h); /* w or h may be negative */
void bb_scene_shape(struct bb_scene *scene, enum bb_role role, enum bb_shape shape, double x, double y, double r, bool hollow);
/* Nothing for "". */
void bb_scene_text(struct bb_scene *scene, enum bb_role role, double x, double y, enum bb_anchor anchor, const char *text);
void bb_scene_text_as(struct bb_scene *scene, enum bb_role role, struct bb_text text);
/* href: a relative address that the program made; NULL for none. */
void bb_scene_open(struct bb_scene *scene, const char *title, const char *href);
void bb_scene_close(struct bb_scene *scene);

/* Text as it may be drawn: well-formed, no control characters, no marks that turn the direction, at most `max` code points and then "…". */
const char *bb_scene_clean(struct bb_arena *arena, const char *text, size_t max);

/* The rectangle that a mark covers (texts by their estimated width; lines with half their width); w NaN for OPEN and CLOSE. */
struct bb_rect bb_mark_box(const struct bb_mark *mark);
/* The outline of a filled shape as polygons of the unit radius; a circle has none (0). */
size_t bb_shape_outline(enum bb_shape shape, const struct bb_point **point);

#endif
