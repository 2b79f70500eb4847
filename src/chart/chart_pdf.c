#include "chart/chart_pdf.h"

#include <assert.h>
#include <math.h>

#define DASH       3.0 /* as in the SVG, which has gaps of 2; libharu's dashes are whole points */
#define HOLLOW     1.5
#define HALO       3.0
#define GROUP_DEEP 8

struct drawing {
    struct bb_pdf *pdf;
    struct bb_pdf_page *page;
    double x, y, scale;
};

uint32_t bb_chart_ink(enum bb_role role)
{
    return role == BB_ROLE_PAPER ? 0xffffff : bb_roles[role].light;
}

static struct bb_pdf_xy place(const struct drawing *to, double x, double y)
{
    return (struct bb_pdf_xy){to->x + to->scale * x, to->y + to->scale * y};
}

/* Points of the scene on the page; (x, y) and r turn those of a unit shape into the scene's. */
static struct bb_pdf_xy *places(const struct drawing *to, const struct bb_point *point, size_t n, double x, double y, double r)
{
    struct bb_pdf_xy *out = BB_NEW_ARRAY(bb_pdf_arena(to->pdf), n + 1, struct bb_pdf_xy);
    for (size_t i = 0; i < n; i++) out[i] = place(to, x + r * point[i].x, y + r * point[i].y);
    return out;
}

static void draw_line(const struct drawing *to, const struct bb_mark *mark)
{
    const struct bb_line *line = &mark->as.line;
    bb_pdf_polyline(to->pdf, to->page, bb_chart_ink(mark->role), line->width * to->scale, line->dashed ? DASH * to->scale : 0,
                    false, places(to, line->point, line->n, 0, 0, 1), line->n);
}

static void draw_area(const struct drawing *to, const struct bb_mark *mark)
{
    const struct bb_line *line = &mark->as.line;
    bb_pdf_polygon(to->pdf, to->page, bb_chart_ink(mark->role), 0, places(to, line->point, line->n, 0, 0, 1), line->n);
}

static void draw_rect(const struct drawing *to, const struct bb_mark *mark)
{
    const struct bb_rect *rect = &mark->as.rect;
    struct bb_pdf_xy at = place(to, rect->x, rect->y);
    bb_pdf_box(to->pdf, to->page, bb_chart_ink(mark->role), at.x, at.y, rect->w * to->scale, rect->h * to->scale);
}

static void draw_shape(const struct drawing *to, const struct bb_mark *mark)
{
    const struct bb_symbol *shape = &mark->as.shape;
    const struct bb_point *outline;
    size_t n = bb_shape_outline(shape->shape, &outline);
    double width = shape->hollow ? HOLLOW * to->scale : 0;
    struct bb_pdf_xy at = place(to, shape->x, shape->y);
    uint32_t colour = bb_chart_ink(mark->role);
    if (!n)
        bb_pdf_circle(to->pdf, to->page, colour, width, at.x, at.y, shape->r * to->scale);
    else
        bb_pdf_polygon(to->pdf, to->page, colour, width, places(to, outline, n, shape->x, shape->y, shape->r), n);
}

static void draw_text(const struct drawing *to, const struct bb_mark *mark)
{
    static const enum bb_pdf_anchor anchors[] = {[BB_START] = BB_PDF_LEFT, [BB_MIDDLE] = BB_PDF_CENTRE, [BB_END] = BB_PDF_RIGHT};
    const struct bb_text *text = &mark->as.text;
    struct bb_pdf_look look = {text->bold ? BB_FACE_SANS_BOLD : BB_FACE_SANS, BB_CHART_TEXT * to->scale,
                               bb_chart_ink(mark->role)};
    struct bb_pdf_xy at = place(to, text->x, text->y);
    enum bb_pdf_anchor anchor = anchors[text->anchor];
    if (text->turned) {
        bb_pdf_text_turned(to->pdf, to->page, at.x, at.y, anchor, &look, text->text);
        return;
    }
    if (text->halo) {
        struct bb_pdf_look edge = look;
        edge.colour = bb_chart_ink(BB_ROLE_PAPER);
        bb_pdf_text_edge(to->pdf, to->page, at.x, at.y, anchor, &edge, HALO * to->scale, text->text);
    }
    bb_pdf_text(to->pdf, to->page, at.x, at.y, anchor, &look, text->text);
}

/* A link over all marks of its group. */
static void draw_link(const struct drawing *to, const struct bb_scene *scene, size_t open, size_t close)
{
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (size_t i = open + 1; i < close; i++) {
        struct bb_rect box = bb_mark_box(&scene->mark[i]);
        if (isnan(box.w)) continue;
        x0 = fmin(x0, box.x);
        y0 = fmin(y0, box.y);
        x1 = fmax(x1, box.x + box.w);
        y1 = fmax(y1, box.y + box.h);
    }
    if (x0 > x1) return;
    struct bb_pdf_xy at = place(to, x0, y0);
    bb_pdf_link(to->pdf, to->page, at.x, at.y, (x1 - x0) * to->scale, (y1 - y0) * to->scale, scene->mark[open].as.group.href);
}

void bb_chart_pdf(const struct bb_scene *scene, struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, double scale)
{
    static void (*const draw[])(const struct drawing *, const struct bb_mark *) = {
        [BB_MARK_LINE] = draw_line, [BB_MARK_AREA] = draw_area, [BB_MARK_RECT] = draw_rect, [BB_MARK_SHAPE] = draw_shape,
        [BB_MARK_TEXT] = draw_text, [BB_MARK_OPEN] = NULL,      [BB_MARK_CLOSE] = NULL};
    const struct drawing to = {pdf, page, x, y, scale};
    size_t open[GROUP_DEEP], depth = 0;
    for (size_t i = 0; i < scene->n; i++) {
        const struct bb_mark *mark = &scene->mark[i];
        assert(mark->kind != BB_MARK_OPEN || depth < GROUP_DEEP);
        if (mark->kind == BB_MARK_OPEN)
            open[depth++] = i;
        else if (mark->kind == BB_MARK_CLOSE)
            draw_link(&to, scene, open[--depth], i);
        else
            draw[mark->kind](&to, mark);
    }
}
