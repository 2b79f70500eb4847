#include "chart/svg.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "chart/font_widths.h"

/* --- pieces --------------------------------------------------------------------------------------------------------- */

/* At most two decimals, no trailing zeros, never "-0". What is not a number cannot get here but by a mistake in a chart. */
static void add_number(struct bb_buf *out, double value)
{
    assert(isfinite(value));
    if (!isfinite(value)) value = 0;
    long long hundredths = llround(fmax(-1e9, fmin(1e9, value)) * 100);
    unsigned long long size = (unsigned long long)(hundredths < 0 ? -hundredths : hundredths);
    char digits[24];
    size_t at = sizeof digits;
    unsigned fraction = (unsigned)(size % 100);
    if (fraction % 10) digits[--at] = (char)('0' + fraction % 10);
    if (fraction) digits[--at] = (char)('0' + fraction / 10);
    if (fraction) digits[--at] = '.';
    if (size < 100 && !fraction) digits[--at] = '0';
    for (size /= 100; size; size /= 10) digits[--at] = (char)('0' + size % 10);
    if (hundredths < 0) digits[--at] = '-';
    bb_buf_add(out, digits + at, sizeof digits - at);
}

static void add_pair(struct bb_buf *out, char letter, double x, double y)
{
    bb_buf_putc(out, letter);
    add_number(out, x);
    bb_buf_putc(out, ' ');
    add_number(out, y);
}

/* name="number" with a blank before it */
static void add_attribute(struct bb_buf *out, const char *name, double value)
{
    bb_buf_printf(out, " %s=\"", name);
    add_number(out, value);
    bb_buf_putc(out, '"');
}

/* For text and for attribute values. */
static void add_escaped(struct bb_buf *out, const char *text)
{
    for (const char *at = text; *at;) {
        size_t plain = strcspn(at, "&<>\"'");
        bb_buf_add(out, at, plain);
        at += plain;
        if (!*at) break;
        bb_buf_puts(out, *at == '&' ? "&amp;" : *at == '<' ? "&lt;" : *at == '>' ? "&gt;" : *at == '"' ? "&quot;" : "&#39;");
        at++;
    }
}

static void add_class(struct bb_buf *out, enum bb_role role)
{
    bb_buf_puts(out, " class=\"c-");
    bb_buf_puts(out, bb_roles[role].name);
    bb_buf_putc(out, '"');
}

/* --- runs of marks that become one path ----------------------------------------------------------------------------- */

static bool is_dot(const struct bb_mark *mark)
{
    return mark->kind == BB_MARK_SHAPE && mark->as.shape.shape == BB_CIRCLE && !mark->as.shape.hollow;
}

/* Marks that look the same can share a path. */
static bool same_look(const struct bb_mark *a, const struct bb_mark *b)
{
    if (a->kind != b->kind || a->role != b->role) return false;
    switch (a->kind) {
    case BB_MARK_LINE:
        return a->as.line.width == b->as.line.width && a->as.line.dashed == b->as.line.dashed;
    case BB_MARK_SHAPE:
        return a->as.shape.shape == b->as.shape.shape && a->as.shape.hollow == b->as.shape.hollow &&
               a->as.shape.r == b->as.shape.r;
    case BB_MARK_RECT:
    case BB_MARK_AREA:
        return true;
    default:
        return false;
    }
}

static void add_line_data(struct bb_buf *out, const struct bb_line *line)
{
    char letter = 'M';
    double before = NAN;
    for (size_t i = 0; i < line->n; i++) {
        struct bb_point at = line->point[i];
        if (isnan(at.x) || isnan(at.y)) {
            letter = 'M';
            continue;
        }
        if (letter == 'L' && at.y == before) {
            bb_buf_putc(out, 'H');
            add_number(out, at.x);
        } else {
            add_pair(out, letter, at.x, at.y);
        }
        before = at.y;
        letter = 'L';
    }
}

static void add_polygon(struct bb_buf *out, const struct bb_point *point, size_t n, double x, double y, double r)
{
    for (size_t i = 0; i < n; i++) add_pair(out, i ? 'L' : 'M', x + r * point[i].x, y + r * point[i].y);
    bb_buf_putc(out, 'Z');
}

/* A circle as two arcs. */
static void add_circle_data(struct bb_buf *out, const struct bb_symbol *shape)
{
    add_pair(out, 'M', shape->x - shape->r, shape->y);
    for (int side = 1; side >= -1; side -= 2) {
        add_pair(out, 'a', shape->r, shape->r);
        bb_buf_puts(out, " 0 1 0 ");
        add_number(out, side * 2 * shape->r);
        bb_buf_puts(out, " 0");
    }
    bb_buf_putc(out, 'Z');
}

static void add_data(struct bb_buf *out, const struct bb_mark *mark)
{
    const struct bb_rect *rect = &mark->as.rect;
    const struct bb_symbol *shape = &mark->as.shape;
    const struct bb_point *outline;
    size_t n;
    switch (mark->kind) {
    case BB_MARK_LINE:
        add_line_data(out, &mark->as.line);
        break;
    case BB_MARK_AREA:
        add_polygon(out, mark->as.line.point, mark->as.line.n, 0, 0, 1);
        break;
    case BB_MARK_RECT:
        add_pair(out, 'M', rect->x, rect->y);
        bb_buf_putc(out, 'h');
        add_number(out, rect->w);
        bb_buf_putc(out, 'v');
        add_number(out, rect->h);
        bb_buf_putc(out, 'h');
        add_number(out, -rect->w);
        bb_buf_putc(out, 'z');
        break;
    case BB_MARK_SHAPE:
        n = bb_shape_outline(shape->shape, &outline);
        if (n)
            add_polygon(out, outline, n, shape->x, shape->y, shape->r);
        else if (shape->hollow)
            add_circle_data(out, shape);
        else {
            add_pair(out, 'M', shape->x, shape->y); /* a line without length that has round ends */
            bb_buf_puts(out, "h0");
        }
        break;
    default:
        break;
    }
}

static void add_path_look(struct bb_buf *out, const struct bb_mark *mark)
{
    add_class(out, mark->role);
    if (mark->kind == BB_MARK_LINE) {
        bb_buf_puts(out, " fill=\"none\" stroke=\"currentColor\"");
        if (mark->as.line.width != 1) add_attribute(out, "stroke-width", mark->as.line.width);
        if (mark->as.line.dashed) bb_buf_puts(out, " stroke-dasharray=\"3 2\"");
    } else if (mark->kind == BB_MARK_SHAPE && mark->as.shape.hollow) {
        bb_buf_puts(out, " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"");
    } else if (is_dot(mark)) {
        bb_buf_puts(out, " stroke=\"currentColor\" stroke-linecap=\"round\"");
        add_attribute(out, "stroke-width", 2 * mark->as.shape.r);
    }
}

/* Writes the marks from i on that look the same; how many. */
static size_t add_run(struct bb_buf *out, const struct bb_scene *scene, size_t i)
{
    size_t n = 1;
    while (i + n < scene->n && same_look(&scene->mark[i], &scene->mark[i + n])) n++;
    bb_buf_puts(out, "<path");
    add_path_look(out, &scene->mark[i]);
    bb_buf_puts(out, " d=\"");
    for (size_t k = 0; k < n; k++) add_data(out, &scene->mark[i + k]);
    bb_buf_puts(out, "\"/>");
    return n;
}

/* --- other marks ---------------------------------------------------------------------------------------------------- */

static void add_text(struct bb_buf *out, const struct bb_mark *mark)
{
    static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    const struct bb_text *text = &mark->as.text;
    bb_buf_puts(out, "<text");
    add_class(out, mark->role);
    add_attribute(out, "x", text->x);
    add_attribute(out, "y", text->y);
    bb_buf_puts(out, anchors[text->anchor]);
    if (text->bold) bb_buf_puts(out, " font-weight=\"600\"");
    if (text->turned) {
        bb_buf_puts(out, " transform=\"rotate(-90 ");
        add_number(out, text->x);
        bb_buf_putc(out, ' ');
        add_number(out, text->y);
        bb_buf_puts(out, ")\"");
    }
    bb_buf_putc(out, '>');
    add_escaped(out, text->text);
    bb_buf_puts(out, "</text>");
}

/* The edge is a text of its own below the text, so that it needs no style. */
static void add_halo(struct bb_buf *out, const struct bb_mark *mark)
{
    struct bb_mark edge = *mark;
    edge.role = BB_ROLE_PAPER;
    bb_buf_puts(
        out, "<g class=\"c-paper\" stroke=\"currentColor\" stroke-width=\"3\" stroke-linejoin=\"round\" aria-hidden=\"true\">");
    add_text(out, &edge);
    bb_buf_puts(out, "</g>");
}

static void add_open(struct bb_buf *out, const struct bb_group *group)
{
    bb_buf_puts(out, group->href ? "<a href=\"" : "<g>");
    if (group->href) {
        add_escaped(out, group->href);
        bb_buf_puts(out, "\">");
    }
    if (!group->title) return;
    bb_buf_puts(out, "<title>");
    add_escaped(out, group->title);
    bb_buf_puts(out, "</title>");
}

/* --- the whole ------------------------------------------------------------------------------------------------------ */

static void add_colours(struct bb_buf *out, bool is_dark)
{
    for (size_t i = 0; i < BB_N_ROLES; i++)
        bb_buf_printf(out, ".c-%s{color:#%06x}", bb_roles[i].name, (unsigned)(is_dark ? bb_roles[i].dark : bb_roles[i].light));
}

static void add_style(struct bb_buf *out)
{
    bb_buf_puts(out, "<style>svg{font:11px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;"
                     "font-variant-numeric:tabular-nums lining-nums}");
    add_colours(out, false);
    bb_buf_puts(out, "@media screen and (prefers-color-scheme:dark){");
    add_colours(out, true);
    bb_buf_puts(out, "}</style>");
}

static void add_root(struct bb_buf *out, const struct bb_scene *scene, const struct bb_svg_options *options)
{
    bb_buf_puts(out, "<svg");
    if (options->standalone) bb_buf_puts(out, " xmlns=\"http://www.w3.org/2000/svg\"");
    bb_buf_puts(out, options->decorative ? " class=\"" : " class=\"chart");
    if (options->class) bb_buf_printf(out, "%s%s", options->decorative ? "" : " ", options->class);
    bb_buf_putc(out, '"');
    if (!options->decorative) {
        bb_buf_puts(out, " viewBox=\"0 0 ");
        add_number(out, scene->width);
        bb_buf_putc(out, ' ');
        add_number(out, scene->height);
        bb_buf_putc(out, '"');
    }
    add_attribute(out, "width", scene->width);
    add_attribute(out, "height", scene->height);
    bb_buf_puts(out, " fill=\"currentColor\"");
    if (options->decorative) {
        bb_buf_puts(out, " aria-hidden=\"true\">");
        return;
    }
    /* What has the role of a picture hides its links from assistive technology. */
    const char *role = scene->has_links ? "group" : "img", *id = options->id;
    bb_buf_printf(out, " role=\"%s\" aria-labelledby=\"%s-t\" aria-describedby=\"%s-d\"><title id=\"%s-t\">", role, id, id, id);
    add_escaped(out, scene->title);
    bb_buf_printf(out, "</title><desc id=\"%s-d\">", id);
    add_escaped(out, scene->desc);
    bb_buf_puts(out, "</desc>");
}

static void add_marks(struct bb_buf *out, const struct bb_scene *scene)
{
    const struct bb_group *open[8];
    size_t depth = 0;
    for (size_t i = 0; i < scene->n;) {
        const struct bb_mark *mark = &scene->mark[i];
        switch (mark->kind) {
        case BB_MARK_OPEN:
            assert(depth < sizeof open / sizeof open[0]);
            add_open(out, open[depth++] = &mark->as.group);
            i++;
            break;
        case BB_MARK_CLOSE:
            assert(depth > 0);
            bb_buf_puts(out, open[--depth]->href ? "</a>" : "</g>");
            i++;
            break;
        case BB_MARK_TEXT:
            if (mark->as.text.halo) add_halo(out, mark);
            add_text(out, mark);
            i++;
            break;
        default:
            i += add_run(out, scene, i);
        }
    }
    assert(depth == 0);
}

void bb_svg_write(const struct bb_scene *scene, const struct bb_svg_options *options, struct bb_buf *out)
{
    assert(options->decorative || options->id);
    add_root(out, scene, options);
    if (options->standalone) {
        add_style(out);
        bb_buf_puts(out, "<rect class=\"c-paper\" width=\"100%\" height=\"100%\"/>");
    }
    add_marks(out, scene);
    bb_buf_puts(out, options->standalone ? "</svg>\n" : "</svg>");
}

const char *bb_svg_text(const struct bb_scene *scene, const struct bb_svg_options *options, struct bb_arena *arena)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_svg_write(scene, options, &out);
    const char *text = bb_arena_strdup(arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return text;
}
