#include "chart/axis.h"

#include <math.h>
#include <stdlib.h>

#include "chart/font_widths.h"

#define TICK_GAP  5.0
#define LABEL_GAP 6.0                   /* between neighbouring labels */
#define BASE_LINE (.36 * BB_CHART_TEXT) /* from the middle of a line to its base line */

void bb_text_within(struct bb_scene *scene, enum bb_role role, double x, double y, double from, double to, struct bb_text look)
{
    double half = bb_text_width(look.text, BB_CHART_TEXT, look.bold) / 2;
    look.x = fmax(from + half, fmin(to - half, x));
    look.y = y;
    look.anchor = BB_MIDDLE;
    bb_scene_text_as(scene, role, look);
}

double bb_ticks_width(const struct bb_ticks *ticks)
{
    double width = 0;
    for (size_t i = 0; i < ticks->n; i++) width = fmax(width, bb_text_width(ticks->tick[i].label, BB_CHART_TEXT, false));
    return width;
}

static void bottom_labels(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *scale,
                          const struct bb_ticks *ticks)
{
    double free_from = 0;
    for (size_t i = 0; i < ticks->n; i++) {
        const char *label = ticks->tick[i].label;
        if (!*label) continue;
        double width = bb_text_width(label, BB_CHART_TEXT, false), x = bb_scale_at(scale, ticks->tick[i].value);
        x = fmax(width / 2, fmin(scene->width - width / 2, x));
        if (x - width / 2 < free_from) continue;
        free_from = x + width / 2 + LABEL_GAP;
        bb_scene_text(scene, BB_ROLE_MUTED, x, frame->bottom + 14, BB_MIDDLE, label);
    }
}

void bb_axis_bottom(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *scale,
                    const struct bb_ticks *ticks, const char *title)
{
    for (size_t i = 0; i < ticks->n; i++) {
        double x = bb_scale_at(scale, ticks->tick[i].value);
        if (*ticks->tick[i].label) bb_scene_line(scene, BB_ROLE_RULE, 1, x, frame->top, x, frame->bottom);
    }
    bb_scene_line(scene, BB_ROLE_AXIS, 1, frame->left, frame->bottom, frame->right, frame->bottom);
    for (size_t i = 0; i < ticks->n; i++) {
        double x = bb_scale_at(scale, ticks->tick[i].value);
        bb_scene_line(scene, BB_ROLE_AXIS, 1, x, frame->bottom, x, frame->bottom + (*ticks->tick[i].label ? 4 : 2));
    }
    bottom_labels(scene, frame, scale, ticks);
    if (title) {
        const char *fitted = bb_text_fit(scene->arena, title, BB_CHART_TEXT, scene->width - 8, false);
        bb_text_within(scene, BB_ROLE_MUTED, (frame->left + frame->right) / 2, frame->bottom + 29, 2, scene->width - 2,
                       (struct bb_text){.text = fitted});
    }
}

void bb_axis_left(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *scale,
                  const struct bb_ticks *ticks, const char *title)
{
    for (size_t i = 0; i < ticks->n; i++) {
        double y = bb_scale_at(scale, ticks->tick[i].value);
        if (*ticks->tick[i].label) bb_scene_line(scene, BB_ROLE_RULE, 1, frame->left, y, frame->right, y);
    }
    for (size_t i = 0; i < ticks->n; i++) {
        double y = bb_scale_at(scale, ticks->tick[i].value);
        bb_scene_text(scene, BB_ROLE_MUTED, frame->left - TICK_GAP, y + BASE_LINE, BB_END, ticks->tick[i].label);
    }
    if (title) {
        const char *fitted = bb_text_fit(scene->arena, title, BB_CHART_TEXT, scene->width - 4, false);
        bb_scene_text(scene, BB_ROLE_MUTED, 2, frame->top - 7, BB_START, fitted);
    }
}

/* --- ceilings ------------------------------------------------------------------------------------------------------- */

void bb_ceiling_domain(const struct bb_ceiling_band *ceiling, struct bb_domain *domain)
{
    bb_domain_add(domain, BB_LINEAR, ceiling->value);
    if (isnan(ceiling->value)) return;
    bb_domain_add(domain, BB_LINEAR, ceiling->low);
    bb_domain_add(domain, BB_LINEAR, ceiling->high);
}

static double clamp(double value, double a, double b)
{
    return fmax(fmin(a, b), fmin(fmax(a, b), value));
}

void bb_ceiling_upright(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *x,
                        const struct bb_ceiling_band *ceiling)
{
    if (isnan(ceiling->value)) return;
    double at = bb_scale_at(x, ceiling->value);
    if (ceiling->high > ceiling->low) {
        double low = clamp(bb_scale_at(x, ceiling->low), frame->left, frame->right);
        double high = clamp(bb_scale_at(x, ceiling->high), frame->left, frame->right);
        bb_scene_rect(scene, BB_ROLE_BAND, low, frame->top, high - low, frame->bottom - frame->top);
    }
    if (at < frame->left - .5 || at > frame->right + .5) return;
    bb_scene_dashed(scene, BB_ROLE_CEILING, 1.5, at, frame->top, at, frame->bottom);
    bb_text_within(scene, BB_ROLE_MUTED, at, frame->top - 4, frame->left, scene->width - 1, (struct bb_text){.text = "ceiling"});
}

void bb_ceiling_lying(struct bb_scene *scene, const struct bb_frame *frame, const struct bb_scale *y,
                      const struct bb_ceiling_band *ceiling)
{
    if (isnan(ceiling->value)) return;
    double at = bb_scale_at(y, ceiling->value);
    if (ceiling->high > ceiling->low) {
        double low = clamp(bb_scale_at(y, ceiling->low), frame->top, frame->bottom);
        double high = clamp(bb_scale_at(y, ceiling->high), frame->top, frame->bottom);
        bb_scene_rect(scene, BB_ROLE_BAND, frame->left, high, frame->right - frame->left, low - high);
    }
    if (at < frame->top - .5 || at > frame->bottom + .5) return;
    bb_scene_dashed(scene, BB_ROLE_CEILING, 1.5, frame->left, at, frame->right, at);
    /* Above the line, or below it where there is no room. */
    double base = at - 4 - .76 * BB_CHART_TEXT < frame->top ? at + 12 : at - 4;
    bb_scene_text_as(scene, BB_ROLE_MUTED, (struct bb_text){frame->right - 2, base, BB_END, false, false, true, "ceiling"});
}

/* --- whiskers ------------------------------------------------------------------------------------------------------- */

#define CAP 2.0

void bb_whisker_lying(struct bb_scene *scene, enum bb_role role, double y, double low, double high)
{
    if (isnan(low) || isnan(high)) return;
    const struct bb_point point[] = {{low, y - CAP}, {low, y + CAP}, {NAN, NAN},      {low, y},
                                     {high, y},      {NAN, NAN},     {high, y - CAP}, {high, y + CAP}};
    bb_scene_polyline(scene, role, 1, point, sizeof point / sizeof point[0]);
}

void bb_whisker_upright(struct bb_scene *scene, enum bb_role role, double x, double low, double high)
{
    if (isnan(low) || isnan(high)) return;
    const struct bb_point point[] = {{x - CAP, low}, {x + CAP, low}, {NAN, NAN},      {x, low},
                                     {x, high},      {NAN, NAN},     {x - CAP, high}, {x + CAP, high}};
    bb_scene_polyline(scene, role, 1, point, sizeof point / sizeof point[0]);
}

/* --- quantiles ------------------------------------------------------------------------------------------------------ */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

size_t bb_sorted(const double *value, size_t n, double *sorted)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i])) sorted[kept++] = value[i];
    if (kept) qsort(sorted, kept, sizeof *sorted, ascending);
    return kept;
}

double bb_quantile(const double *sorted, size_t n, double share)
{
    if (!n) return NAN;
    double at = share * (double)(n - 1);
    size_t below = (size_t)at, above = below + 1 < n ? below + 1 : below;
    return sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
}

double bb_legend(struct bb_scene *scene, const char *const *name, size_t n, double width, struct bb_arena *arena)
{
    const double line_height = 15;
    double x = 2, y = 10;
    if (n < 2) return 0;
    for (size_t i = 0; i < n; i++) {
        const char *text = bb_text_fit(arena, bb_scene_clean(arena, name[i], 200), BB_CHART_TEXT, width - 24, false);
        double takes = 14 + bb_text_width(text, BB_CHART_TEXT, false);
        if (x > 2 && x + takes > width - 2) {
            x = 2;
            y += line_height;
        }
        if (scene) {
            size_t look = i < BB_SERIES ? i : BB_SERIES - 1;
            bb_scene_shape(scene, (enum bb_role)(BB_ROLE_SERIES + look), (enum bb_shape)look, x + 5, y - 4, 3.2, false);
            bb_scene_text(scene, BB_ROLE_INK, x + 13, y, BB_START, text);
        }
        x += takes + 12;
    }
    return y + 6;
}
