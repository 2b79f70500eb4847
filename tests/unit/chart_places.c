#include "chart_places.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "chart/draw.h"

struct place *places_add(struct places *places, enum place_kind kind, double x, double y)
{
    if (places->n == places->cap) {
        size_t cap = places->cap ? 4 * places->cap : 64;
        struct place *place = BB_NEW_ARRAY(places->arena, cap, struct place);
        if (places->n) memcpy(place, places->place, places->n * sizeof *place);
        places->place = place;
        places->cap = cap;
    }
    struct place *place = &places->place[places->n++];
    *place = (struct place){.kind = kind, .x = x, .y = y, .text = ""};
    return place;
}

/* --- what a backend is told ------------------------------------------------------------------------------------------ */

struct recorder {
    struct places places;
    struct bb_look look;
    bool is_open;     /* between begin and end */
    bool has_contour; /* a move was there */
    size_t depth;
};

static struct place *noted(struct recorder *to, enum place_kind kind, double x, double y)
{
    ck_assert_msg(to->is_open, "a contour outside begin and end");
    struct place *place = places_add(&to->places, kind, x, y);
    place->role = to->look.role;
    place->width = to->look.width;
    return place;
}

static void note_begin(void *to, const struct bb_look *look)
{
    struct recorder *recorder = to;
    ck_assert(!recorder->is_open);
    ck_assert(look->filled ? look->width == 0 : look->width > 0);
    recorder->is_open = true;
    recorder->has_contour = false;
    recorder->look = *look;
}

static void note_move(void *to, double x, double y)
{
    ((struct recorder *)to)->has_contour = true;
    noted(to, PLACE_MOVE, x, y);
}

static void note_line(void *to, double x, double y)
{
    ck_assert(((struct recorder *)to)->has_contour);
    noted(to, PLACE_LINE, x, y);
}

static void note_shut(void *to)
{
    ck_assert(((struct recorder *)to)->has_contour);
    ((struct recorder *)to)->has_contour = false;
    noted(to, PLACE_SHUT, 0, 0);
}

static void note_rect(void *to, const struct bb_rect *rect)
{
    ck_assert(rect->w >= 0 && rect->h >= 0);
    note_move(to, rect->x, rect->y);
    note_line(to, rect->x + rect->w, rect->y);
    note_line(to, rect->x + rect->w, rect->y + rect->h);
    note_line(to, rect->x, rect->y + rect->h);
    note_shut(to);
}

static void note_circle(void *to, double x, double y, double r)
{
    struct bb_look look = ((struct recorder *)to)->look;
    ck_assert(look.filled ? look.dot == r : look.dot == 0);
    noted(to, PLACE_CIRCLE, x, y)->r = r;
}

static void note_end(void *to, const struct bb_look *look)
{
    struct recorder *recorder = to;
    ck_assert(recorder->is_open && look->role == recorder->look.role);
    recorder->is_open = false;
}

static void note_text(void *to, enum bb_role role, const struct bb_text *text)
{
    struct recorder *recorder = to;
    ck_assert(!recorder->is_open);
    struct place *place = places_add(&recorder->places, PLACE_TEXT, text->x, text->y);
    place->role = role;
    place->r = (double)text->anchor;
    place->turned = text->turned;
    place->bold = text->bold;
    place->text = text->text;
}

static void note_open(void *to, const struct bb_group *group, const struct bb_rect *box)
{
    struct recorder *recorder = to;
    ck_assert(!recorder->is_open && isfinite(box->x) && isfinite(box->w));
    recorder->depth++;
    ck_assert_uint_le(recorder->depth, BB_DRAW_DEPTH);
    places_add(&recorder->places, PLACE_OPEN, 0, 0)->text = group->href ? group->href : "";
}

static void note_close(void *to, const struct bb_group *group)
{
    struct recorder *recorder = to;
    (void)group;
    ck_assert(recorder->depth > 0);
    recorder->depth--;
    places_add(&recorder->places, PLACE_CLOSE, 0, 0);
}

struct places places_of_scene(const struct bb_scene *scene, struct bb_arena *arena)
{
    static const struct bb_draw draw = {note_begin,  note_move, note_line, note_shut, note_rect,
                                        note_circle, note_end,  note_text, note_open, note_close};
    struct recorder recorder = {.places = {.arena = arena}};
    bb_draw(scene, &draw, &recorder);
    ck_assert(!recorder.is_open && !recorder.depth);
    return recorder.places;
}

/* --- what an SVG says ------------------------------------------------------------------------------------------------ */

/* A start tag: from '<' to '>'. */
struct tag {
    const char *at, *end;
};

/* The value of an attribute of it as text; NULL where it has none. */
static const char *attribute(struct tag tag, const char *name, struct bb_arena *arena)
{
    const char *sign = bb_arena_printf(arena, " %s=\"", name),
               *at = memmem(tag.at, (size_t)(tag.end - tag.at), sign, strlen(sign));
    if (!at) return NULL;
    at += strlen(sign);
    return bb_arena_strndup(arena, at, strcspn(at, "\""));
}

static double number_of(struct tag tag, const char *name, double absent, struct bb_arena *arena)
{
    const char *text = attribute(tag, name, arena);
    return text ? strtod(text, NULL) : absent;
}

static enum bb_role role_of(struct tag tag, struct bb_arena *arena)
{
    const char *class = attribute(tag, "class", arena);
    ck_assert_ptr_nonnull(class);
    for (size_t i = 0; i < BB_N_ROLES; i++)
        if (strcmp(class, bb_arena_printf(arena, "c-%s", bb_roles[i].name)) == 0) return (enum bb_role)i;
    ck_abort_msg("%s is no class of a role", class);
}

/* XML's five entities. */
static const char *plain(const char *text, size_t length, struct bb_arena *arena)
{
    static const struct {
        const char *entity;
        char is;
    } table[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    char *out = bb_arena_alloc(arena, length + 1, 1), *to = out;
    for (const char *at = text; at < text + length;) {
        size_t k = 0, n = sizeof table / sizeof table[0];
        while (*at == '&' && k < n && !bb_starts_with(at, table[k].entity)) k++;
        if (*at == '&' && k < n) {
            *to++ = table[k].is;
            at += strlen(table[k].entity);
        } else {
            *to++ = *at++;
        }
    }
    return out;
}

/* The grammar of path data: numbers need no blank before a letter, a sign or a second point. */
static double next_number(const char **at)
{
    char digits[32];
    size_t n = 0, points = 0;
    while (**at == ' ' || **at == ',') ++*at;
    while (n < sizeof digits - 1 && ((**at >= '0' && **at <= '9') || (**at == '-' && n == 0) || (**at == '.' && points == 0))) {
        points += **at == '.';
        digits[n++] = *(*at)++;
    }
    digits[n] = 0;
    ck_assert_msg(n > 0, "a number is missing before \"%.20s\"", *at);
    return strtod(digits, NULL);
}

struct pencil {
    struct places *places;
    enum bb_role role;
    double width, x, y, first_x, first_y;
};

static struct place *put(const struct pencil *pencil, enum place_kind kind)
{
    struct place *place = places_add(pencil->places, kind, pencil->x, pencil->y);
    if (kind == PLACE_SHUT) place->x = place->y = 0;
    place->role = pencil->role;
    place->width = pencil->width;
    return place;
}

/* Two arcs from the left end to the right and back: a circle. The MOVE before them was none. */
static void read_circle(struct pencil *pencil, const char **at)
{
    double r = next_number(at), turns[4], dx;
    ck_assert_double_eq(next_number(at), r);
    for (size_t i = 0; i < 3; i++) turns[i] = next_number(at);
    ck_assert(turns[0] == 0 && turns[1] == 1 && turns[2] == 0);
    dx = next_number(at);
    ck_assert_double_eq(next_number(at), 0);
    ck_assert_double_eq_tol(fabs(dx), 2 * r, .011);
    pencil->x += dx;
    if (dx < 0) return;
    pencil->places->n--;
    pencil->x -= r;
    put(pencil, PLACE_CIRCLE)->r = r;
    pencil->x += r;
}

static void read_step(struct pencil *pencil, char letter, const char **at)
{
    bool is_relative = letter >= 'a';
    double x = is_relative ? pencil->x : 0, y = is_relative ? pencil->y : 0;
    switch (letter & ~32) {
    case 'M':
    case 'L':
        pencil->x = x + next_number(at);
        pencil->y = y + next_number(at);
        break;
    case 'H':
        pencil->x = x + next_number(at);
        break;
    case 'V':
        pencil->y = y + next_number(at);
        break;
    default:
        ck_abort_msg("path data has '%c'", letter);
    }
    if ((letter & ~32) == 'M') {
        pencil->first_x = pencil->x;
        pencil->first_y = pencil->y;
    }
    put(pencil, (letter & ~32) == 'M' ? PLACE_MOVE : PLACE_LINE);
}

static void read_path(struct places *places, struct tag tag)
{
    const char *at = attribute(tag, "d", places->arena), *fill = attribute(tag, "fill", places->arena),
               *cap = attribute(tag, "stroke-linecap", places->arena);
    bool is_dots = cap && strcmp(cap, "round") == 0, is_line = fill && strcmp(fill, "none") == 0;
    double stroke = number_of(tag, "stroke-width", 1, places->arena);
    struct pencil pencil = {.places = places, .role = role_of(tag, places->arena), .width = is_line ? stroke : 0};
    ck_assert_ptr_nonnull(at);
    for (char letter = 'M'; *at;) {
        if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z')) letter = *at++;
        if (letter == 'z' || letter == 'Z') {
            pencil.x = pencil.first_x;
            pencil.y = pencil.first_y;
            if (places->place[places->n - 1].kind != PLACE_CIRCLE) put(&pencil, PLACE_SHUT);
        } else if (letter == 'a') {
            read_circle(&pencil, &at);
        } else {
            read_step(&pencil, letter, &at);
        }
        if ((letter == 'M' || letter == 'm') && *at == 'h' && is_dots) {
            at += 1;
            ck_assert_double_eq(next_number(&at), 0);
            struct place *dot = &places->place[places->n - 1];
            dot->kind = PLACE_CIRCLE;
            dot->r = stroke / 2;
        }
    }
}

static void read_text(struct places *places, struct tag tag)
{
    struct bb_arena *arena = places->arena;
    const char *anchor = attribute(tag, "text-anchor", arena), *close = strstr(tag.end, "</text>");
    double x = number_of(tag, "x", NAN, arena), y = number_of(tag, "y", NAN, arena);
    struct place *place = places_add(places, PLACE_TEXT, x, y);
    const char *turn = attribute(tag, "transform", arena);
    place->role = role_of(tag, arena);
    place->r = !anchor ? 0 : strcmp(anchor, "middle") == 0 ? 1 : 2;
    place->turned = turn != NULL;
    place->bold = attribute(tag, "font-weight", arena) != NULL;
    if (turn) {
        const char *at = turn + strlen("rotate(");
        ck_assert_double_eq(next_number(&at), -90);
        ck_assert_double_eq(next_number(&at), x);
        ck_assert_double_eq(next_number(&at), y);
    }
    ck_assert_ptr_nonnull(close);
    place->text = plain(tag.end + 1, (size_t)(close - tag.end - 1), arena);
}

static const char *after(const char *at, const char *sign)
{
    const char *found = strstr(at, sign);
    ck_assert_msg(found != NULL, "there is no %s", sign);
    return found + strlen(sign);
}

struct places places_of_svg(const char *svg, struct bb_arena *arena)
{
    struct places places = {.arena = arena};
    const char *root_end = strstr(svg, "</desc>");
    for (const char *at = root_end ? root_end : strchr(svg, '>'); (at = strchr(at, '<'));) {
        struct tag tag = {at, strchr(at, '>')};
        ck_assert_ptr_nonnull(tag.end);
        if (bb_starts_with(at, "<g class=\"c-paper\"")) {
            at = after(at, "</g>");
            continue;
        }
        if (bb_starts_with(at, "<path")) read_path(&places, tag);
        if (bb_starts_with(at, "<text")) read_text(&places, tag);
        if (bb_starts_with(at, "<g>") || bb_starts_with(at, "<a ")) {
            const char *href = attribute(tag, "href", arena);
            places_add(&places, PLACE_OPEN, 0, 0)->text = href ? plain(href, strlen(href), arena) : "";
        }
        if (bb_starts_with(at, "</g>") || bb_starts_with(at, "</a>")) places_add(&places, PLACE_CLOSE, 0, 0);
        at = tag.end;
    }
    return places;
}

void places_drop_groups(struct places *places)
{
    size_t kept = 0;
    for (size_t i = 0; i < places->n; i++)
        if (places->place[i].kind != PLACE_OPEN && places->place[i].kind != PLACE_CLOSE) places->place[kept++] = places->place[i];
    places->n = kept;
}

/* --- held against each other ----------------------------------------------------------------------------------------- */

void places_compare(const struct places *a, const struct places *b, double tolerance, const char *what)
{
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        const struct place *x = &a->place[i], *y = &b->place[i];
        ck_assert_msg(x->kind == y->kind && x->role == y->role && x->turned == y->turned && x->bold == y->bold &&
                          strcmp(x->text, y->text) == 0,
                      "%s: place %zu is of kind %d, role %d, \"%s\"; and of kind %d, role %d, \"%s\"", what, i, (int)x->kind,
                      (int)x->role, x->text, (int)y->kind, (int)y->role, y->text);
        double away = fmax(fmax(fabs(x->x - y->x), fabs(x->y - y->y)), fmax(fabs(x->r - y->r), fabs(x->width - y->width)));
        ck_assert_msg(away <= tolerance,
                      "%s: place %zu (kind %d, \"%s\") is at %g %g (r %g, width %g) and at %g %g (r %g, width %g)", what, i,
                      (int)x->kind, x->text, x->x, x->y, x->r, x->width, y->x, y->y, y->r, y->width);
    }
    ck_assert_msg(a->n == b->n, "%s: %zu places and %zu", what, a->n, b->n);
}
