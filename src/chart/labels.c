#include "chart/labels.h"

#include <math.h>
#include <stdlib.h>

#include "chart/font_widths.h"

#define UP   (.76 * BB_CHART_TEXT)
#define DOWN (.24 * BB_CHART_TEXT)
#define GAP  2.0

static int by_x(const void *a, const void *b)
{
    const struct bb_point *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

struct bb_rect bb_label_box(const struct bb_label *label)
{
    double width = bb_text_width(label->text, BB_CHART_TEXT, false);
    double before = label->anchor == BB_START ? 0 : label->anchor == BB_MIDDLE ? width / 2 : width;
    return (struct bb_rect){label->at_x - before, label->at_y - UP, width, UP + DOWN};
}

static bool overlap(const struct bb_rect *a, const struct bb_rect *b)
{
    return a->x < b->x + b->w + GAP && b->x < a->x + a->w + GAP && a->y < b->y + b->h + GAP / 2 && b->y < a->y + a->h + GAP / 2;
}

static bool is_inside(const struct bb_rect *box, const struct bb_frame *frame)
{
    return box->x >= frame->left && box->x + box->w <= frame->right && box->y >= frame->top && box->y + box->h <= frame->bottom;
}

/* The first of the points, which are sorted by x, that is not left of x. */
static size_t first_from(const struct bb_point *point, size_t n, double x)
{
    size_t low = 0;
    while (low < n) {
        size_t middle = low + (n - low) / 2;
        if (point[middle].x < x)
            low = middle + 1;
        else
            n = middle;
    }
    return low;
}

static bool hides_point(const struct bb_rect *box, const struct bb_point *point, size_t n, double r)
{
    for (size_t i = first_from(point, n, box->x - r); i < n && point[i].x < box->x + box->w + r; i++)
        if (point[i].y > box->y - r && point[i].y < box->y + box->h + r) return true;
    return false;
}

static bool try_place(struct bb_label *label, size_t place)
{
    static const struct {
        double x, y; /* in radii and a gap from the point */
        enum bb_anchor anchor;
    } places[] = {{1, 0, BB_START},   {-1, 0, BB_END},   {0, -1, BB_MIDDLE}, {0, 1, BB_MIDDLE},
                  {.7, -1, BB_START}, {.7, 1, BB_START}, {-.7, -1, BB_END},  {-.7, 1, BB_END}};
    if (place >= sizeof places / sizeof places[0]) return false;
    double away = label->r + 3;
    label->anchor = places[place].anchor;
    label->at_x = label->x + places[place].x * away;
    double y = label->y + places[place].y * (label->r + 2);
    label->at_y = places[place].y == 0 ? y + (UP - DOWN) / 2 : places[place].y < 0 ? y - DOWN : y + UP;
    return true;
}

static bool is_free(const struct bb_label *label, size_t i, const struct bb_point *point, size_t n_points, double r,
                    const struct bb_frame *frame)
{
    struct bb_rect box = bb_label_box(&label[i]);
    if (!is_inside(&box, frame)) return false;
    for (size_t k = 0; k < i; k++) {
        struct bb_rect other = bb_label_box(&label[k]);
        if (label[k].placed && overlap(&box, &other)) return false;
    }
    return !hides_point(&box, point, n_points, r);
}

void bb_labels_place(struct bb_label *label, size_t n, const struct bb_point *point, size_t n_points, double r,
                     const struct bb_frame *frame, struct bb_arena *tmp)
{
    struct bb_point *sorted = BB_NEW_ARRAY(tmp, n_points + 1, struct bb_point);
    size_t n_sorted = 0;
    for (size_t i = 0; i < n_points; i++)
        if (!isnan(point[i].x) && !isnan(point[i].y)) sorted[n_sorted++] = point[i];
    if (n_sorted) qsort(sorted, n_sorted, sizeof *sorted, by_x);
    for (size_t i = 0; i < n; i++) {
        label[i].placed = false;
        for (size_t place = 0; !label[i].placed && try_place(&label[i], place); place++)
            label[i].placed = is_free(label, i, sorted, n_sorted, r, frame);
    }
}
