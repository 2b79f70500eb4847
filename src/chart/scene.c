#include "chart/scene.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "chart/font_widths.h"

/* Those of the style sheets, which a test holds against this table. Series keep 3 : 1 to the paper, and are ordered so that neighbours
   differ for every kind of colour vision; shades grow evenly in luminance, further than those of the tables, because no text stands on them. */
const struct bb_role_info bb_roles[BB_N_ROLES] = {
    [BB_ROLE_INK] = {"ink", 0x1c1d1f, 0xe6e4df},       [BB_ROLE_MUTED] = {"muted", 0x5c5f66, 0xa2a4a9},
    [BB_ROLE_RULE] = {"rule", 0xd9d6ce, 0x34373c},     [BB_ROLE_AXIS] = {"axis", 0x55575c, 0x8b8e94},
    [BB_ROLE_BAND] = {"band", 0xe6e3da, 0x2c3035},     [BB_ROLE_CEILING] = {"ceiling", 0x7a776e, 0x8f9298},
    [BB_ROLE_MARKED] = {"marked", 0xb3560b, 0xf2a65a}, [BB_ROLE_BEST] = {"best", 0x1c1d1f, 0xe6e4df},
    [BB_ROLE_MEDIAN] = {"median", 0x5c5f66, 0xa2a4a9}, [BB_ROLE_FAILED] = {"failed", 0xa3261f, 0xf0968c},
    [BB_ROLE_BAR] = {"bar", 0x9fc6e0, 0x35648a},       [BB_ROLE_PAPER] = {"paper", 0xfdfcf9, 0x15171a},
    [BB_ROLE_SERIES] = {"1", 0x2a6ca3, 0x6fb1e6},      [BB_ROLE_SERIES + 1] = {"2", 0xc4530e, 0xf0935a},
    [BB_ROLE_SERIES + 2] = {"3", 0x14805e, 0x45c49b},  [BB_ROLE_SERIES + 3] = {"4", 0x9c4b80, 0xd993c0},
    [BB_ROLE_SERIES + 4] = {"5", 0x8a6d00, 0xd9bd4a},  [BB_ROLE_SERIES + 5] = {"6", 0x5a52b5, 0xa9a3f0},
    [BB_ROLE_SERIES + 6] = {"7", 0x6b6e75, 0xb4b6bb},  [BB_ROLE_SERIES + 7] = {"8", 0x128395, 0x5cc6d6},
    [BB_ROLE_SHADE] = {"h0", 0xe8f1f7, 0x1f2b34},      [BB_ROLE_SHADE + 1] = {"h1", 0xd3e5f1, 0x23394a},
    [BB_ROLE_SHADE + 2] = {"h2", 0xbcd8ea, 0x284a62},  [BB_ROLE_SHADE + 3] = {"h3", 0xa3cae2, 0x2e5b7a},
    [BB_ROLE_SHADE + 4] = {"h4", 0x89bad9, 0x376e93},  [BB_ROLE_SHADE + 5] = {"h5", 0x6da8ce, 0x4482aa},
    [BB_ROLE_SHADE + 6] = {"h6", 0x5294c1, 0x5697bf},  [BB_ROLE_SHADE + 7] = {"h7", 0x3a7fb0, 0x6dadd3},
    [BB_ROLE_SHADE + 8] = {"h8", 0x27699b, 0x8bc3e4},  [BB_ROLE_SHADE + 9] = {"h9", 0x175383, 0xb0d9f3},
    [BB_ROLE_BELOW] = {"n0", 0xfbece0, 0x33261d},      [BB_ROLE_BELOW + 1] = {"n1", 0xf4cfb0, 0x523723},
    [BB_ROLE_BELOW + 2] = {"n2", 0xe6a877, 0x7c4f2b},  [BB_ROLE_BELOW + 3] = {"n3", 0xcf7f41, 0xb37338},
    [BB_ROLE_BELOW + 4] = {"n4", 0xa2561a, 0xeaa968},
};

#define LABEL_MAX 200 /* code points of a text or a title */
#define DESC_MAX  2000

/* --- texts ---------------------------------------------------------------------------------------------------------- */

/* Signs without a picture that would turn or hide what stands beside them (U+200E, 200F, 202A–202E, 2066–2069), and U+FFFE, FFFF, which XML
   does not have. */
static bool is_unwanted(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    if (b[0] == 0xe2 && b[1] == 0x80) return b[2] == 0x8e || b[2] == 0x8f || (b[2] >= 0xaa && b[2] <= 0xae);
    if (b[0] == 0xe2 && b[1] == 0x81) return b[2] >= 0xa6 && b[2] <= 0xa9;
    return b[0] == 0xef && b[1] == 0xbf && b[2] >= 0xbe;
}

const char *bb_scene_clean(struct bb_arena *arena, const char *text, size_t max)
{
    size_t len = strnlen(text, 4 * max + 4); /* enough for `max` code points and one more */
    char *clean = bb_arena_alloc(arena, 3 * len + 4, 1), *to = clean;
    size_t i = 0, n = 0;
    for (size_t taken; i < len && n < max; i += taken, n++) {
        taken = bb_utf8_sequence(text + i, len - i);
        bool is_control = taken == 1 && ((unsigned char)text[i] < 0x20 || text[i] == 0x7f);
        is_control = is_control || (taken == 2 && (unsigned char)text[i] == 0xc2 && (unsigned char)text[i + 1] < 0xa0);
        if (taken == 3 && is_unwanted(text + i)) continue;
        if (taken == 1 && strchr("\t\n\r", text[i])) {
            *to++ = ' ';
        } else if (!taken || is_control) {
            memcpy(to, "\xef\xbf\xbd", 3); /* U+FFFD */
            to += 3;
            if (!taken) taken = 1;
        } else {
            memcpy(to, text + i, taken);
            to += taken;
        }
    }
    if (i < len) memcpy(to, "…", sizeof "…");
    return clean;
}

/* --- marks ---------------------------------------------------------------------------------------------------------- */

struct bb_scene *bb_scene_new(struct bb_arena *arena, double width, double height)
{
    struct bb_scene *scene = BB_NEW(arena, struct bb_scene);
    *scene = (struct bb_scene){.width = width, .height = height, .title = "", .desc = "", .arena = arena};
    return scene;
}

void bb_scene_describe(struct bb_scene *scene, const char *title, const char *desc)
{
    scene->title = bb_scene_clean(scene->arena, title ? title : "", LABEL_MAX);
    scene->desc = bb_scene_clean(scene->arena, desc ? desc : "", DESC_MAX);
}

static struct bb_mark *add(struct bb_scene *scene, enum bb_mark_kind kind, enum bb_role role)
{
    if (scene->n == scene->cap) {
        size_t cap = scene->cap ? 4 * scene->cap : 8;
        struct bb_mark *mark = BB_NEW_ARRAY(scene->arena, cap, struct bb_mark);
        if (scene->n) memcpy(mark, scene->mark, scene->n * sizeof *mark);
        scene->mark = mark;
        scene->cap = cap;
    }
    struct bb_mark *mark = &scene->mark[scene->n++];
    *mark = (struct bb_mark){.kind = kind, .role = role};
    return mark;
}

static struct bb_mark *add_points(struct bb_scene *scene, enum bb_mark_kind kind, enum bb_role role, const struct bb_point *point,
                                  size_t n)
{
    struct bb_point *copy = BB_NEW_ARRAY(scene->arena, n + 1, struct bb_point);
    if (n) memcpy(copy, point, n * sizeof *copy);
    struct bb_mark *mark = add(scene, kind, role);
    mark->as.line = (struct bb_line){.point = copy, .n = n};
    return mark;
}

void bb_scene_polyline(struct bb_scene *scene, enum bb_role role, double width, const struct bb_point *point, size_t n)
{
    add_points(scene, BB_MARK_LINE, role, point, n)->as.line.width = width;
}

void bb_scene_line(struct bb_scene *scene, enum bb_role role, double width, double x1, double y1, double x2, double y2)
{
    const struct bb_point ends[] = {{x1, y1}, {x2, y2}};
    bb_scene_polyline(scene, role, width, ends, 2);
}

void bb_scene_dashed(struct bb_scene *scene, enum bb_role role, double width, double x1, double y1, double x2, double y2)
{
    bb_scene_line(scene, role, width, x1, y1, x2, y2);
    scene->mark[scene->n - 1].as.line.dashed = true;
}

void bb_scene_area(struct bb_scene *scene, enum bb_role role, const struct bb_point *point, size_t n)
{
    add_points(scene, BB_MARK_AREA, role, point, n);
}

void bb_scene_rect(struct bb_scene *scene, enum bb_role role, double x, double y, double w, double h)
{
    add(scene, BB_MARK_RECT, role)->as.rect = (struct bb_rect){w < 0 ? x + w : x, h < 0 ? y + h : y, fabs(w), fabs(h)};
}

void bb_scene_shape(struct bb_scene *scene, enum bb_role role, enum bb_shape shape, double x, double y, double r, bool hollow)
{
    add(scene, BB_MARK_SHAPE, role)->as.shape = (struct bb_symbol){.shape = shape, .x = x, .y = y, .r = r, .hollow = hollow};
}

void bb_scene_text_as(struct bb_scene *scene, enum bb_role role, struct bb_text text)
{
    text.text = bb_scene_clean(scene->arena, text.text, LABEL_MAX);
    if (*text.text) add(scene, BB_MARK_TEXT, role)->as.text = text;
}

void bb_scene_text(struct bb_scene *scene, enum bb_role role, double x, double y, enum bb_anchor anchor, const char *text)
{
    bb_scene_text_as(scene, role, (struct bb_text){.x = x, .y = y, .anchor = anchor, .text = text});
}

void bb_scene_open(struct bb_scene *scene, const char *title, const char *href)
{
    struct bb_group group = {.title = title ? bb_scene_clean(scene->arena, title, LABEL_MAX) : NULL,
                             .href = href ? bb_arena_strdup(scene->arena, href) : NULL};
    add(scene, BB_MARK_OPEN, BB_ROLE_INK)->as.group = group;
    if (href) scene->has_links = true;
}

void bb_scene_close(struct bb_scene *scene)
{
    add(scene, BB_MARK_CLOSE, BB_ROLE_INK);
}

/* --- shapes --------------------------------------------------------------------------------------------------------- */

/* Areas are near that of the unit circle. */
size_t bb_shape_outline(enum bb_shape shape, const struct bb_point **point)
{
    static const struct bb_point square[] = {{-.89, -.89}, {.89, -.89}, {.89, .89}, {-.89, .89}};
    static const struct bb_point triangle[] = {{0, -1.3}, {1.15, .75}, {-1.15, .75}};
    static const struct bb_point down[] = {{0, 1.3}, {-1.15, -.75}, {1.15, -.75}};
    static const struct bb_point diamond[] = {{0, -1.3}, {1.3, 0}, {0, 1.3}, {-1.3, 0}};
    static const struct bb_point cross[] = {{-.62, -1.13}, {0, -.5}, {.62, -1.13}, {1.13, -.62}, {.5, 0},  {1.13, .62},
                                            {.62, 1.13},   {0, .5},  {-.62, 1.13}, {-1.13, .62}, {-.5, 0}, {-1.13, -.62}};
    static const struct bb_point plus[] = {{-.4, -1.25}, {.4, -1.25}, {.4, -.4}, {1.25, -.4}, {1.25, .4},   {.4, .4},
                                           {.4, 1.25},   {-.4, 1.25}, {-.4, .4}, {-1.25, .4}, {-1.25, -.4}, {-.4, -.4}};
    static const struct bb_point star[] = {{0, -1.5}, {.38, -.52},  {1.43, -.46}, {.61, .2},     {.88, 1.21},
                                           {0, .64},  {-.88, 1.21}, {-.61, .2},   {-1.43, -.46}, {-.38, -.52}};
#define OUTLINE(points)                                                                                                          \
    {                                                                                                                            \
        points, sizeof points / sizeof points[0]                                                                                 \
    }
    static const struct {
        const struct bb_point *point;
        size_t n;
    } outlines[BB_N_SHAPES] = {[BB_CIRCLE] = {NULL, 0},
                               [BB_SQUARE] = OUTLINE(square),
                               [BB_TRIANGLE] = OUTLINE(triangle),
                               [BB_DIAMOND] = OUTLINE(diamond),
                               [BB_CROSS] = OUTLINE(cross),
                               [BB_PLUS] = OUTLINE(plus),
                               [BB_TRIANGLE_DOWN] = OUTLINE(down),
                               [BB_STAR] = OUTLINE(star)};
#undef OUTLINE
    *point = outlines[shape].point;
    return outlines[shape].n;
}

/* --- where marks are ------------------------------------------------------------------------------------------------ */

static struct bb_rect box_of_points(const struct bb_point *point, size_t n, double margin)
{
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (isnan(point[i].x) || isnan(point[i].y)) continue;
        x0 = fmin(x0, point[i].x);
        x1 = fmax(x1, point[i].x);
        y0 = fmin(y0, point[i].y);
        y1 = fmax(y1, point[i].y);
    }
    return (struct bb_rect){x0 - margin, y0 - margin, x1 - x0 + 2 * margin, y1 - y0 + 2 * margin};
}

/* Ends are cut straight: a line that only runs across covers nothing beyond its ends, however thick it is. */
static struct bb_rect box_of_line(const struct bb_line *line)
{
    bool is_level = true, is_upright = true;
    for (size_t i = 1; i < line->n; i++) {
        is_level =
            is_level && !(line->point[i].y != line->point[i - 1].y && !isnan(line->point[i].y) && !isnan(line->point[i - 1].y));
        is_upright =
            is_upright && !(line->point[i].x != line->point[i - 1].x && !isnan(line->point[i].x) && !isnan(line->point[i - 1].x));
    }
    struct bb_rect box = box_of_points(line->point, line->n, 0);
    double across = is_level ? 0 : line->width / 2, down = is_upright ? 0 : line->width / 2;
    return (struct bb_rect){box.x - across, box.y - down, box.w + 2 * across, box.h + 2 * down};
}

static struct bb_rect box_of_shape(const struct bb_symbol *shape)
{
    const struct bb_point *point;
    size_t n = bb_shape_outline(shape->shape, &point);
    struct bb_rect unit = n ? box_of_points(point, n, 0) : (struct bb_rect){-1, -1, 2, 2};
    double r = shape->r, edge = shape->hollow ? .75 : 0;
    return (struct bb_rect){shape->x + r * unit.x - edge, shape->y + r * unit.y - edge, r * unit.w + 2 * edge,
                            r * unit.h + 2 * edge};
}

static struct bb_rect box_of_text(const struct bb_text *text)
{
    const double up = .76 * BB_CHART_TEXT, down = .24 * BB_CHART_TEXT; /* letters and descenders */
    double width = bb_text_width(text->text, BB_CHART_TEXT, text->bold);
    double before = text->anchor == BB_START ? 0 : text->anchor == BB_MIDDLE ? width / 2 : width;
    if (text->turned) return (struct bb_rect){text->x - up, text->y - (width - before), up + down, width};
    return (struct bb_rect){text->x - before, text->y - up, width, up + down};
}

struct bb_rect bb_mark_box(const struct bb_mark *mark)
{
    switch (mark->kind) {
    case BB_MARK_LINE:
        return box_of_line(&mark->as.line);
    case BB_MARK_AREA:
        return box_of_points(mark->as.line.point, mark->as.line.n, 0);
    case BB_MARK_RECT:
        return mark->as.rect;
    case BB_MARK_SHAPE:
        return box_of_shape(&mark->as.shape);
    case BB_MARK_TEXT:
        return box_of_text(&mark->as.text);
    case BB_MARK_OPEN:
    case BB_MARK_CLOSE:
        break;
    }
    return (struct bb_rect){NAN, NAN, NAN, NAN};
}
