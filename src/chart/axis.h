/*
 * What charts share: the frame of a plot, its axes, a ceiling, quantiles.
 */
#ifndef BB_CHART_AXIS_H
#define BB_CHART_AXIS_H

#include "chart/scale.h"
#include "chart/scene.h"

/* The rectangle of the marks. */
struct bb_frame {
    double left, top, right, bottom;
};

#define BB_AXIS_BELOW 18.0 /* room for the numbers below a plot; for a title below them as well: 2 × */

/* Lines of the grid, numbers below it (those that would touch their neighbour left out), a title in the middle below (NULL: none). */
void bb_axis_bottom(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *scale,
                    const struct bb_ticks *ticks, const char *title);
/* Lines of the grid, numbers left of it, and a title above its upper left corner, which is easier to read than a turned one. */
void bb_axis_left(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *scale,
                  const struct bb_ticks *ticks, const char *title);
double bb_ticks_width(const struct bb_ticks *ticks); /* of the widest label */

/* What a perfect model could reach, and how well that is known. All NaN: none. */
struct bb_ceiling_band {
    double value, low, high;
};
#define BB_CEILING_NONE ((struct bb_ceiling_band){NAN, NAN, NAN})
void bb_ceiling_domain(const struct bb_ceiling_band *ceiling, struct bb_domain *domain); /* adds it */
/* Upright on the axis below, lying on the axis at the left. Call before the marks; with its name in the frame. */
void bb_ceiling_upright(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *x,
                        const struct bb_ceiling_band *ceiling);
void bb_ceiling_lying(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *y,
                      const struct bb_ceiling_band *ceiling);

/* A text whose middle is at x, moved so that it stays between `from` and `to`. */
void bb_text_within(struct bb_scene *scene, enum bb_role role, double x, double y, double from, double to, struct bb_text look);

/* Names of series in rows from the top on, each with its shape and colour, those beyond BB_SERIES not told apart; returns the room that they take, 0
   for fewer than two. scene NULL: only that. */
double bb_legend(struct bb_scene *scene, const char *const *name, size_t n, double width, struct bb_arena *arena);

/* A whisker with short ends; nothing where low or high is NaN. */
void bb_whisker_lying(struct bb_scene *scene, enum bb_role role, double y, double low, double high);
void bb_whisker_upright(struct bb_scene *scene, enum bb_role role, double x, double low, double high);

/* The finite ones of value[0..n), sorted; their number. `sorted` has room for n. */
size_t bb_sorted(const double *value, size_t n, double *sorted);
/* Linear between order statistics (Hyndman and Fan 1996, type 7: numpy's and R's default). NaN for none. */
double bb_quantile(const double *sorted, size_t n, double share);

#endif
