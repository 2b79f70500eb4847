#include "chart/svg.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "chart/draw.h"

/* --- pieces --------------------------------------------------------------------------------------------------------- */

/* What is not a number cannot get here but by a mistake in a chart. */
static long long hundredths_of(double value)
{
    assert(isfinite(value));
    return isfinite(value) ? llround(fmax(-1e9, fmin(1e9, value)) * 100) : 0;
}

/* At most two decimals, no trailing zeros, never "-0". Writes it to the end of `digits`; where it begins. */
#define DIGITS 24
static size_t write_digits(char digits[DIGITS], long long hundredths)
{
    unsigned long long size = (unsigned long long)(hundredths < 0 ? -hundredths : hundredths);
    size_t at = DIGITS;
    unsigned fraction = (unsigned)(size % 100);
    if (fraction % 10) digits[--at] = (char)('0' + fraction % 10);
    if (fraction) digits[--at] = (char)('0' + fraction / 10);
    if (fraction) digits[--at] = '.';
    if (size < 100 && !fraction) digits[--at] = '0';
    for (size /= 100; size; size /= 10) digits[--at] = (char)('0' + size % 10);
    if (hundredths < 0) digits[--at] = '-';
    return at;
}

static void add_hundredths(struct bb_buf *out, long long hundredths)
{
    char digits[DIGITS];
    size_t at = write_digits(digits, hundredths);
    bb_buf_add(out, digits + at, DIGITS - at);
}

static void add_number(struct bb_buf *out, double value)
{
    add_hundredths(out, hundredths_of(value));
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

/* --- paths ---------------------------------------------------------------------------------------------------------- */

/* A place in hundredths of a pixel: paths go on from where the reader is, which is the rounded place, so that rounding does not add up. */
struct spot {
    long long x, y;
};

/* What is being written. */
struct pen {
    struct bb_buf *out;
    struct spot at, first; /* where the path is, and where its contour began */
    bool is_file;          /* no links: nothing is at their end where a file may be taken to */
    bool is_styled;        /* a style sheet says how lines are painted */
    bool writes_dot;       /* circles are lines without length that have round ends */
    bool has_begun;        /* the path has a point */
};

static struct spot spot_of(double x, double y)
{
    return (struct spot){hundredths_of(x), hundredths_of(y)};
}

/* One step in path data: a letter and its one or two numbers. */
struct step {
    char text[2 * DIGITS + 2];
    size_t n;
};

static struct step step_of(char letter, const long long *number, size_t n)
{
    struct step step = {{letter}, 1};
    for (size_t i = 0; i < n; i++) {
        char digits[DIGITS];
        size_t at = write_digits(digits, number[i]);
        if (i && digits[at] != '-') step.text[step.n++] = ' ';
        memcpy(step.text + step.n, digits + at, DIGITS - at);
        step.n += DIGITS - at;
    }
    return step;
}

/* Goes to a spot by the shortest of what says the same: absolute or relative, and level and upright lines by what changes alone. */
static void go(struct pen *pen, char letter, struct spot to)
{
    bool is_level = letter == 'L' && to.y == pen->at.y, is_upright = letter == 'L' && to.x == pen->at.x && !is_level;
    const long long there[] = {to.x, to.y}, by[] = {to.x - pen->at.x, to.y - pen->at.y};
    size_t n = is_level || is_upright ? 1 : 2;
    letter = is_level ? 'H' : is_upright ? 'V' : letter;
    struct step step = step_of(letter, there + is_upright, n),
                relative = step_of((char)(letter + ('a' - 'A')), by + is_upright, n);
    if (pen->has_begun && relative.n < step.n) step = relative;
    bb_buf_add(pen->out, step.text, step.n);
    pen->at = to;
    pen->has_begun = true;
    if (letter == 'M') pen->first = to;
}

static void begin_path(void *to, const struct bb_look *look)
{
    struct pen *pen = to;
    pen->writes_dot = look->dot > 0;
    pen->has_begun = false;
    bb_buf_puts(pen->out, "<path");
    add_class(pen->out, look->role);
    if (pen->is_styled) {
        pen->writes_dot = false;
    } else if (pen->writes_dot) {
        bb_buf_puts(pen->out, " stroke=\"currentColor\" stroke-linecap=\"round\"");
        add_attribute(pen->out, "stroke-width", 2 * look->dot);
    } else if (!look->filled) {
        bb_buf_puts(pen->out, " fill=\"none\" stroke=\"currentColor\"");
        if (look->width != 1) add_attribute(pen->out, "stroke-width", look->width);
        if (look->dashed) bb_buf_printf(pen->out, " stroke-dasharray=\"%.0f %.0f\"", BB_DRAW_DASH, BB_DRAW_DASH_GAP);
    }
    bb_buf_puts(pen->out, " d=\"");
}

static void move_to(void *to, double x, double y)
{
    go(to, 'M', spot_of(x, y));
}

static void line_to(void *to, double x, double y)
{
    go(to, 'L', spot_of(x, y));
}

static void shut_contour(void *to)
{
    struct pen *pen = to;
    bb_buf_putc(pen->out, 'z');
    pen->at = pen->first;
}

static void add_rect(void *to, const struct bb_rect *rect)
{
    struct pen *pen = to;
    struct spot corner = spot_of(rect->x, rect->y), other = spot_of(rect->x + rect->w, rect->y + rect->h);
    go(pen, 'M', corner);
    bb_buf_putc(pen->out, 'h');
    add_hundredths(pen->out, other.x - corner.x);
    bb_buf_putc(pen->out, 'v');
    add_hundredths(pen->out, other.y - corner.y);
    bb_buf_putc(pen->out, 'h');
    add_hundredths(pen->out, corner.x - other.x);
    shut_contour(pen);
}

/* A circle is two arcs, where it is no dot. */
static void add_circle(void *to, double x, double y, double r)
{
    struct pen *pen = to;
    if (pen->writes_dot) {
        go(pen, 'M', spot_of(x, y));
        bb_buf_puts(pen->out, "h0");
        return;
    }
    go(pen, 'M', spot_of(x - r, y));
    for (int side = 1; side >= -1; side -= 2) {
        bb_buf_putc(pen->out, 'a');
        add_number(pen->out, r);
        bb_buf_putc(pen->out, ' ');
        add_number(pen->out, r);
        bb_buf_puts(pen->out, " 0 1 0 ");
        add_number(pen->out, side * 2 * r);
        bb_buf_puts(pen->out, " 0");
    }
    shut_contour(pen);
}

static void end_path(void *to, const struct bb_look *look)
{
    struct pen *pen = to;
    (void)look;
    bb_buf_puts(pen->out, "\"/>");
}

/* --- other marks ---------------------------------------------------------------------------------------------------- */

static void write_text(struct bb_buf *out, enum bb_role role, const struct bb_text *text)
{
    static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    bb_buf_puts(out, "<text");
    add_class(out, role);
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

/* The edge of a halo is a text of its own below the text, so that it needs no style. */
static void add_text(void *to, enum bb_role role, const struct bb_text *text)
{
    struct pen *pen = to;
    if (text->halo) {
        bb_buf_printf(pen->out,
                      "<g class=\"c-paper\" stroke=\"currentColor\" stroke-width=\"%.0f\" stroke-linejoin=\"round\" "
                      "aria-hidden=\"true\">",
                      BB_DRAW_HALO);
        write_text(pen->out, BB_ROLE_PAPER, text);
        bb_buf_puts(pen->out, "</g>");
    }
    write_text(pen->out, role, text);
}

static void open_group(void *to, const struct bb_group *group, const struct bb_rect *box)
{
    struct pen *pen = to;
    struct bb_buf *out = pen->out;
    bool is_link = group->href && !pen->is_file;
    (void)box;
    bb_buf_puts(out, is_link ? "<a href=\"" : "<g>");
    if (is_link) {
        add_escaped(out, group->href);
        bb_buf_puts(out, "\">");
    }
    if (!group->title) return;
    bb_buf_puts(out, "<title>");
    add_escaped(out, group->title);
    bb_buf_puts(out, "</title>");
}

static void close_group(void *to, const struct bb_group *group)
{
    struct pen *pen = to;
    bb_buf_puts(pen->out, group->href && !pen->is_file ? "</a>" : "</g>");
}

static const struct bb_draw svg_draw = {.begin = begin_path,
                                        .move = move_to,
                                        .line = line_to,
                                        .shut = shut_contour,
                                        .rect = add_rect,
                                        .circle = add_circle,
                                        .end = end_path,
                                        .text = add_text,
                                        .open = open_group,
                                        .close = close_group};

/* --- the whole ------------------------------------------------------------------------------------------------------ */

/* The roles that its marks have; the paper always. */
static void find_roles(const struct bb_scene *scene, bool used[BB_N_ROLES])
{
    memset(used, 0, BB_N_ROLES * sizeof *used);
    used[BB_ROLE_PAPER] = true;
    for (size_t i = 0; i < scene->n; i++)
        if (scene->mark[i].kind != BB_MARK_OPEN && scene->mark[i].kind != BB_MARK_CLOSE) used[scene->mark[i].role] = true;
}

static void add_colours(struct bb_buf *out, const bool used[BB_N_ROLES], bool is_dark)
{
    for (size_t i = 0; i < BB_N_ROLES; i++)
        if (used[i])
            bb_buf_printf(out, ".c-%s{color:#%06x}", bb_roles[i].name,
                          (unsigned)(is_dark ? bb_roles[i].dark : bb_roles[i].light));
}

static void add_style(struct bb_buf *out, const struct bb_scene *scene)
{
    bool used[BB_N_ROLES];
    find_roles(scene, used);
    bb_buf_puts(out, "<style>svg{font:11px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;"
                     "font-variant-numeric:tabular-nums lining-nums}");
    add_colours(out, used, false);
    bb_buf_puts(out, "@media screen and (prefers-color-scheme:dark){");
    add_colours(out, used, true);
    bb_buf_puts(out, "}</style>");
}

static void add_root(struct bb_buf *out, const struct bb_scene *scene, const struct bb_svg_options *options)
{
    bb_buf_puts(out, "<svg");
    if (options->standalone) bb_buf_puts(out, " xmlns=\"http://www.w3.org/2000/svg\"");
    bb_buf_puts(out, options->decorative ? " class=\"" : " class=\"chart");
    if (options->class) bb_buf_printf(out, "%s%s", options->decorative ? "" : " ", options->class);
    bb_buf_putc(out, '"');
    bb_buf_puts(out, " viewBox=\"0 0 ");
    add_number(out, scene->width);
    bb_buf_putc(out, ' ');
    add_number(out, scene->height);
    bb_buf_putc(out, '"');
    if (options->decorative) {
        bb_buf_puts(out, " aria-hidden=\"true\">");
        return;
    }
    add_attribute(out, "width", scene->width);
    add_attribute(out, "height", scene->height);
    bb_buf_puts(out, " fill=\"currentColor\"");
    /* What has the role of a picture hides its links from assistive technology. */
    const char *role = scene->has_links && !options->standalone ? "group" : "img", *id = options->id;
    bb_buf_printf(out, " role=\"%s\" aria-labelledby=\"%s-t\" aria-describedby=\"%s-d\"><title id=\"%s-t\">", role, id, id, id);
    add_escaped(out, scene->title);
    bb_buf_printf(out, "</title><desc id=\"%s-d\">", id);
    add_escaped(out, scene->desc);
    bb_buf_puts(out, "</desc>");
}

void bb_svg_write(const struct bb_scene *scene, const struct bb_svg_options *options, struct bb_buf *out)
{
    assert(options->decorative || options->id);
    add_root(out, scene, options);
    if (options->standalone) {
        add_style(out, scene);
        bb_buf_puts(out, "<rect class=\"c-paper\" width=\"100%\" height=\"100%\"/>");
    }
    struct pen pen = {.out = out, .is_file = options->standalone, .is_styled = options->decorative};
    bb_draw(scene, &svg_draw, &pen);
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
