#include "chart/chart_pdf.h"

#include <stdlib.h>

#include "base/mem.h"
#include "chart/draw.h"

/* Where the scene lies on the page, and the path that is being gathered. */
struct drawing {
    struct bb_pdf *pdf;
    struct bb_pdf_page *page;
    double x, y, scale;
    struct bb_pdf_step *step;
    size_t n, cap;
};

uint32_t bb_chart_ink(enum bb_role role)
{
    return role == BB_ROLE_PAPER ? 0xffffff : bb_roles[role].light;
}

/* --- paths ---------------------------------------------------------------------------------------------------------- */

static void add_step(struct drawing *to, enum bb_pdf_go go, double x, double y, double w, double h)
{
    to->step = bb_grow(to->step, &to->cap, to->n + 1, sizeof *to->step);
    to->step[to->n++] = (struct bb_pdf_step){go, to->x + to->scale * x, to->y + to->scale * y, to->scale * w, to->scale * h};
}

static void begin_path(void *to, const struct bb_look *look)
{
    (void)look;
    ((struct drawing *)to)->n = 0;
}

static void move_to(void *to, double x, double y)
{
    add_step(to, BB_PDF_MOVE, x, y, 0, 0);
}

static void line_to(void *to, double x, double y)
{
    add_step(to, BB_PDF_STRAIGHT, x, y, 0, 0);
}

static void shut_contour(void *to)
{
    add_step(to, BB_PDF_SHUT, 0, 0, 0, 0);
}

static void add_rect(void *to, const struct bb_rect *rect)
{
    add_step(to, BB_PDF_RECT, rect->x, rect->y, rect->w, rect->h);
}

static void add_circle(void *to, double x, double y, double r)
{
    add_step(to, BB_PDF_CIRCLE, x, y, r, r);
}

static void end_path(void *to, const struct bb_look *look)
{
    const struct drawing *drawing = to;
    double scale = drawing->scale, dashed = look->dashed ? scale : 0;
    const struct bb_pdf_paint paint = {bb_chart_ink(look->role), look->width * scale, BB_DRAW_DASH * dashed,
                                       BB_DRAW_DASH_GAP * dashed};
    bb_pdf_path(drawing->pdf, drawing->page, &paint, drawing->step, drawing->n);
}

/* --- other marks ---------------------------------------------------------------------------------------------------- */

static void add_text(void *to, enum bb_role role, const struct bb_text *text)
{
    static const enum bb_pdf_anchor anchors[] = {[BB_START] = BB_PDF_LEFT, [BB_MIDDLE] = BB_PDF_CENTRE, [BB_END] = BB_PDF_RIGHT};
    const struct drawing *at = to;
    const double x = at->x + at->scale * text->x, y = at->y + at->scale * text->y;
    struct bb_pdf_look look = {text->bold ? BB_FACE_SANS_BOLD : BB_FACE_SANS, BB_CHART_TEXT * at->scale, bb_chart_ink(role)};
    struct bb_pdf_look edge = look;
    edge.colour = bb_chart_ink(BB_ROLE_PAPER);
    if (text->halo && !text->turned)
        bb_pdf_text_edge(at->pdf, at->page, x, y, anchors[text->anchor], &edge, BB_DRAW_HALO * at->scale, text->text);
    (text->turned ? bb_pdf_text_turned : bb_pdf_text)(at->pdf, at->page, x, y, anchors[text->anchor], &look, text->text);
}

/* A link over all marks of its group. */
static void open_group(void *to, const struct bb_group *group, const struct bb_rect *box)
{
    const struct drawing *at = to;
    if (group->href && box->w >= 0)
        bb_pdf_link(at->pdf, at->page, at->x + at->scale * box->x, at->y + at->scale * box->y, at->scale * box->w,
                    at->scale * box->h, group->href);
}

static void close_group(void *to, const struct bb_group *group)
{
    (void)to, (void)group;
}

void bb_chart_pdf(const struct bb_scene *scene, struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, double scale)
{
    static const struct bb_draw draw = {.begin = begin_path,
                                        .move = move_to,
                                        .line = line_to,
                                        .shut = shut_contour,
                                        .rect = add_rect,
                                        .circle = add_circle,
                                        .end = end_path,
                                        .text = add_text,
                                        .open = open_group,
                                        .close = close_group};
    struct drawing to = {.pdf = pdf, .page = page, .x = x, .y = y, .scale = scale};
    bb_draw(scene, &draw, &to);
    free(to.step);
}
