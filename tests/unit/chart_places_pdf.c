#include <check.h>
#include <libdeflate.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_pdf.h"
#include "chart_places.h"

enum bb_role place_ink(enum bb_role role)
{
    size_t i = 0;
    while (bb_chart_ink((enum bb_role)i) != bb_chart_ink(role)) i++;
    return (enum bb_role)i;
}

/* --- the stream ------------------------------------------------------------------------------------------------------ */

/* The byte behind `sign`, which is searched from `at` on. */
static const char *behind(const struct bb_buf *file, const char *at, const char *sign)
{
    const char *found = memmem(at, (size_t)(file->data + file->len - at), sign, strlen(sign));
    ck_assert_msg(found != NULL, "the PDF has no \"%s\"", sign);
    return found + strlen(sign);
}

/* What the page draws: the stream of the object that its /Contents names, unpacked. */
static const char *contents(const struct bb_buf *file, double *page_height, struct bb_arena *arena)
{
    long object = strtol(behind(file, file->data, "/Contents "), NULL, 10);
    char *end;
    const char *box = behind(file, file->data, "/MediaBox [");
    for (size_t i = 0; i < 4; i++, box = end) *page_height = strtod(box, &end);
    const char *from = behind(file, file->data, bb_arena_printf(arena, "\n%ld 0 obj", object));
    from = behind(file, from, "stream");
    from += strspn(from, "\r\n");
    size_t room = 64 * file->len, got = 0;
    char *text = bb_arena_alloc(arena, room + 1, 1);
    struct libdeflate_decompressor *unpack = libdeflate_alloc_decompressor();
    size_t taken = 0;
    ck_assert_int_eq(
        libdeflate_zlib_decompress_ex(unpack, from, (size_t)(file->data + file->len - from), text, room, &taken, &got),
        LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(unpack);
    text[got] = '\0';
    return text;
}

/* --- its operators --------------------------------------------------------------------------------------------------- */

#define OPERANDS 8

struct reader {
    struct places places;
    double height, left, top, scale; /* of the page, and of the scene on it */
    double operand[OPERANDS];        /* the last ones before an operator */
    size_t n;
    enum bb_role fill, stroke;
    double width;       /* of lines, in points */
    double at_x, at_y;  /* of the path, in points */
    size_t path, curve; /* the first place of the path; curves of the circle that were read */
    double matrix[6];   /* of the text */
    bool is_edge, has_round_ends;
};

static enum bb_role role_of_ink(const double rgb[3])
{
    for (size_t i = 0; i < BB_N_ROLES; i++) {
        uint32_t ink = bb_chart_ink((enum bb_role)i);
        if (fabs((ink >> 16) / 255. - rgb[0]) < .001 && fabs((ink >> 8 & 255) / 255. - rgb[1]) < .001 &&
            fabs((ink & 255) / 255. - rgb[2]) < .001)
            return (enum bb_role)i;
    }
    ck_abort_msg("%g %g %g is no colour of a role", rgb[0], rgb[1], rgb[2]);
}

static struct place *put(struct reader *to, enum place_kind kind, double x, double y)
{
    return places_add(&to->places, kind, (x - to->left) / to->scale, (to->height - y - to->top) / to->scale);
}

static void go(struct reader *to, enum place_kind kind)
{
    to->at_x = to->operand[0];
    to->at_y = to->operand[1];
    put(to, kind, to->at_x, to->at_y);
}

/* A circle is a move to its left end and four curves; the first ends at its top. */
static void read_curve(struct reader *to)
{
    double x = to->operand[4], y = to->operand[5], r = x - to->at_x;
    to->curve = (to->curve + 1) % 4;
    if (to->curve == 1) {
        ck_assert_double_eq_tol(y - to->at_y, r, .011);
        to->places.n--; /* the move */
        put(to, PLACE_CIRCLE, x, to->at_y)->r = r / to->scale;
    }
    to->at_x = x;
    to->at_y = y;
}

static void read_rect(struct reader *to)
{
    double left = to->operand[0], low = to->operand[1], right = left + to->operand[2], high = low + to->operand[3];
    put(to, PLACE_MOVE, left, high);
    put(to, PLACE_LINE, right, high);
    put(to, PLACE_LINE, right, low);
    put(to, PLACE_LINE, left, low);
    places_add(&to->places, PLACE_SHUT, 0, 0);
}

/* Lines without length that have round ends: a dot for two places. */
static void read_dots(struct reader *to)
{
    size_t n = to->path;
    ck_assert_uint_eq((to->places.n - n) % 2, 0);
    for (size_t i = n; i < to->places.n; i += 2) {
        struct place dot = to->places.place[i], end = to->places.place[i + 1];
        ck_assert(dot.kind == PLACE_MOVE && end.kind == PLACE_LINE);
        ck_assert(end.y == dot.y && fabs(end.x - dot.x) * to->scale < .011);
        dot.kind = PLACE_CIRCLE;
        dot.r = to->width / 2 / to->scale;
        dot.role = to->stroke;
        dot.width = 0;
        to->places.place[n++] = dot;
    }
    to->places.n = to->path = n;
}

/* Paints what was read since the last path. */
static void paint(struct reader *to, bool is_line)
{
    for (size_t i = to->path; i < to->places.n; i++) {
        to->places.place[i].role = is_line ? to->stroke : to->fill;
        to->places.place[i].width = is_line ? to->width / to->scale : 0;
    }
    to->path = to->places.n;
}

static void read_shown(struct reader *to)
{
    if (to->is_edge) return;
    struct place *place = put(to, PLACE_TEXT, to->matrix[4], to->matrix[5]);
    place->role = to->fill;
    place->turned = to->matrix[1] == 1;
    to->path = to->places.n;
}

static void move_text(struct reader *to)
{
    ck_assert(to->matrix[0] == 1 && to->matrix[1] == 0);
    to->matrix[4] += to->operand[0];
    to->matrix[5] += to->operand[1];
}

/* Length of a text in parentheses. */
static size_t length_of_text(const char *at)
{
    const char *end = at + 1;
    while (*end && *end != ')') end += *end == '\\' && end[1] ? 2 : 1;
    ck_assert(*end == ')');
    return (size_t)(end + 1 - at);
}

/* What changes no place: graphics state, fonts, begin and end of a text. */
static bool is_quiet(const char *word)
{
    static const char *const quiet[] = {"j", "M", "d", "ET", "Tf"};
    for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++)
        if (strcmp(word, quiet[i]) == 0) return true;
    return false;
}

static void read_operator(struct reader *to, const char *word)
{
    if (strcmp(word, "m") == 0)
        go(to, PLACE_MOVE);
    else if (strcmp(word, "l") == 0)
        go(to, PLACE_LINE);
    else if (strcmp(word, "c") == 0)
        read_curve(to);
    else if (strcmp(word, "h") == 0)
        places_add(&to->places, PLACE_SHUT, 0, 0);
    else if (strcmp(word, "re") == 0)
        read_rect(to);
    else if (strcmp(word, "f") == 0 || strcmp(word, "S") == 0)
        *word == 'S' && to->has_round_ends ? read_dots(to) : paint(to, *word == 'S');
    else if (strcmp(word, "J") == 0)
        to->has_round_ends = to->operand[0] == 1;
    else if (strcmp(word, "rg") == 0)
        to->fill = role_of_ink(to->operand);
    else if (strcmp(word, "RG") == 0)
        to->stroke = role_of_ink(to->operand);
    else if (strcmp(word, "w") == 0)
        to->width = to->operand[0];
    else if (strcmp(word, "Tr") == 0)
        to->is_edge = to->operand[0] == 1;
    else if (strcmp(word, "BT") == 0)
        memcpy(to->matrix, (const double[]){1, 0, 0, 1, 0, 0}, sizeof to->matrix);
    else if (strcmp(word, "Tm") == 0)
        memcpy(to->matrix, to->operand, sizeof to->matrix);
    else if (strcmp(word, "Td") == 0)
        move_text(to);
    else if (strcmp(word, "Tj") == 0)
        read_shown(to);
    else
        ck_assert_msg(is_quiet(word), "the content stream has the operator %s", word);
    to->n = 0;
}

struct places places_of_pdf(const struct bb_buf *file, double left, double top, double scale, struct bb_arena *arena)
{
    struct reader to = {.places = {.arena = arena}, .left = left, .top = top, .scale = scale, .width = 1};
    for (const char *at = contents(file, &to.height, arena); *at;) {
        size_t blank = strspn(at, " \r\n"), word = strcspn(at + blank, " \r\n");
        at += blank;
        char *end;
        double value = strtod(at, &end);
        bool is_number = end == at + word && word, is_list = *at == '[' || *at == '(' || *at == '/';
        if (*at == '(') word = length_of_text(at);
        if (*at == '[') word = strcspn(at, "]") + 1;
        if (is_number && to.n < OPERANDS)
            to.operand[to.n++] = value;
        else if (word && !is_list)
            read_operator(&to, bb_arena_strndup(arena, at, word));
        at += word;
    }
    ck_assert_uint_eq(to.path, to.places.n); /* everything is painted */
    return to.places;
}
