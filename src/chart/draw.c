#include "chart/draw.h"

#include <assert.h>
#include <math.h>

/* --- how marks look ------------------------------------------------------------------------------------------------- */

static bool is_path(const struct bb_mark *mark)
{
    return mark->kind == BB_MARK_LINE || mark->kind == BB_MARK_AREA || mark->kind == BB_MARK_RECT || mark->kind == BB_MARK_SHAPE;
}

static struct bb_look look_of(const struct bb_mark *mark)
{
    struct bb_look look = {.role = mark->role, .filled = true};
    const struct bb_symbol *shape = &mark->as.shape;
    if (mark->kind == BB_MARK_LINE) {
        look.filled = false;
        look.width = mark->as.line.width;
        look.dashed = mark->as.line.dashed;
    } else if (mark->kind == BB_MARK_SHAPE && shape->hollow) {
        look.filled = false;
        look.width = BB_DRAW_EDGE;
    } else if (mark->kind == BB_MARK_SHAPE && shape->shape == BB_CIRCLE) {
        look.dot = shape->r;
    }
    return look;
}

/* Marks that look the same share a path; areas do not, because those that wind against each other would make holes where they overlap. */
static bool same_look(const struct bb_mark *a, const struct bb_mark *b)
{
    if (a->kind != b->kind || a->role != b->role || a->kind == BB_MARK_AREA) return false;
    if (a->kind == BB_MARK_LINE) return a->as.line.width == b->as.line.width && a->as.line.dashed == b->as.line.dashed;
    const struct bb_symbol *x = &a->as.shape, *y = &b->as.shape;
    return a->kind == BB_MARK_RECT || (x->shape == y->shape && x->hollow == y->hollow && x->r == y->r);
}

/* --- contours ------------------------------------------------------------------------------------------------------- */

static void draw_line(const struct bb_line *line, const struct bb_draw *draw, void *to)
{
    bool is_open = false;
    for (size_t i = 0; i < line->n; i++) {
        struct bb_point at = line->point[i];
        bool is_there = !isnan(at.x) && !isnan(at.y);
        if (is_there) (is_open ? draw->line : draw->move)(to, at.x, at.y);
        is_open = is_there;
    }
}

static void draw_polygon(const struct bb_point *point, size_t n, struct bb_point middle, double r, const struct bb_draw *draw,
                         void *to)
{
    for (size_t i = 0; i < n; i++) (i ? draw->line : draw->move)(to, middle.x + r * point[i].x, middle.y + r * point[i].y);
    if (n) draw->shut(to);
}

static void draw_shape(const struct bb_symbol *shape, const struct bb_draw *draw, void *to)
{
    const struct bb_point *outline;
    size_t n = bb_shape_outline(shape->shape, &outline);
    if (n)
        draw_polygon(outline, n, (struct bb_point){shape->x, shape->y}, shape->r, draw, to);
    else
        draw->circle(to, shape->x, shape->y, shape->r);
}

static void draw_contour(const struct bb_mark *mark, const struct bb_draw *draw, void *to)
{
    static const struct bb_point origin = {0, 0};
    if (mark->kind == BB_MARK_LINE)
        draw_line(&mark->as.line, draw, to);
    else if (mark->kind == BB_MARK_AREA)
        draw_polygon(mark->as.line.point, mark->as.line.n, origin, 1, draw, to);
    else if (mark->kind == BB_MARK_RECT)
        draw->rect(to, &mark->as.rect);
    else
        draw_shape(&mark->as.shape, draw, to);
}

/* The path of the marks from i on that look the same; how many. */
static size_t draw_run(const struct bb_scene *scene, size_t i, const struct bb_draw *draw, void *to)
{
    struct bb_look look = look_of(&scene->mark[i]);
    size_t n = 1;
    while (i + n < scene->n && same_look(&scene->mark[i], &scene->mark[i + n])) n++;
    draw->begin(to, &look);
    for (size_t k = 0; k < n; k++) draw_contour(&scene->mark[i + k], draw, to);
    draw->end(to, &look);
    return n;
}

/* --- groups --------------------------------------------------------------------------------------------------------- */

static struct bb_rect united(struct bb_rect a, struct bb_rect b)
{
    if (!(b.w >= 0 && b.h >= 0) || isinf(b.w) || isinf(b.h)) return a;
    if (!(a.w >= 0)) return b;
    double right = fmax(a.x + a.w, b.x + b.w), bottom = fmax(a.y + a.h, b.y + b.h);
    struct bb_rect both = {fmin(a.x, b.x), fmin(a.y, b.y), 0, 0};
    both.w = right - both.x;
    both.h = bottom - both.y;
    return both;
}

/* What the marks after the OPEN at i cover, up to its CLOSE. */
static struct bb_rect group_box(const struct bb_scene *scene, size_t i)
{
    struct bb_rect box = {0, 0, -1, -1};
    for (size_t depth = 1; ++i < scene->n && depth;) {
        const struct bb_mark *mark = &scene->mark[i];
        if (mark->kind == BB_MARK_OPEN) depth++;
        if (mark->kind == BB_MARK_CLOSE) depth--;
        box = united(box, bb_mark_box(mark));
    }
    return box;
}

/* --- the walk ------------------------------------------------------------------------------------------------------- */

void bb_draw(const struct bb_scene *scene, const struct bb_draw *draw, void *to)
{
    const struct bb_group *open[BB_DRAW_DEPTH];
    size_t depth = 0;
    for (size_t i = 0; i < scene->n;) {
        const struct bb_mark *mark = &scene->mark[i];
        if (is_path(mark)) {
            i += draw_run(scene, i, draw, to);
            continue;
        }
        if (mark->kind == BB_MARK_TEXT) {
            draw->text(to, mark->role, &mark->as.text);
        } else if (mark->kind == BB_MARK_OPEN) {
            struct bb_rect box = group_box(scene, i);
            assert(depth < BB_DRAW_DEPTH);
            open[depth++] = &mark->as.group;
            draw->open(to, &mark->as.group, &box);
        } else {
            assert(depth > 0);
            depth--;
            draw->close(to, open[depth]);
        }
        i++;
    }
    assert(depth == 0);
}
