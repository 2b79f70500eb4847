#include "chart/card.h"

#include <cairo-ft.h>
#include <cairo.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

/* --- fonts ------------------------------------------------------------------------------------------------------------ */

enum weight { REGULAR, BOLD, N_WEIGHTS };

static const char *const font_folders[] = {"/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF",
                                           "/usr/share/fonts/dejavu-sans-fonts", "/usr/local/share/fonts/dejavu"};
static const char *const font_files[N_WEIGHTS] = {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"};

struct fonts {
    FT_Library library;
    FT_Face face[N_WEIGHTS];
    cairo_font_face_t *cairo[N_WEIGHTS];
    struct bb_buf bytes[N_WEIGHTS]; /* of the files, which the faces read from */
};

static void fonts_close(struct fonts *fonts)
{
    for (int i = 0; i < N_WEIGHTS; i++)
        if (fonts->cairo[i]) cairo_font_face_destroy(fonts->cairo[i]);
    cairo_debug_reset_static_data(); /* cairo keeps fonts for later, and these are going to end */
    for (int i = 0; i < N_WEIGHTS; i++)
        if (fonts->face[i]) FT_Done_Face(fonts->face[i]);
    if (fonts->library) FT_Done_FreeType(fonts->library);
    for (int i = 0; i < N_WEIGHTS; i++) bb_buf_release(&fonts->bytes[i]);
}

/* Through base/file.h, which knows what a site was made from. */
static bool open_face(struct fonts *fonts, int weight)
{
    enum { FONT_LIMIT = 16 << 20 };
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf *bytes = &fonts->bytes[weight];
    for (size_t i = 0; !fonts->face[weight] && i < sizeof font_folders / sizeof font_folders[0]; i++) {
        const char *path = bb_path_join(arena, font_folders[i], font_files[weight]);
        if (bb_file_read(path, FONT_LIMIT, bytes, NULL) != BB_OK) continue;
        if (FT_New_Memory_Face(fonts->library, (const FT_Byte *)bytes->data, (FT_Long)bytes->len, 0, &fonts->face[weight]) != 0)
            fonts->face[weight] = NULL;
    }
    bb_arena_free(arena);
    if (!fonts->face[weight]) return false;
    fonts->cairo[weight] = cairo_ft_font_face_create_for_ft_face(fonts->face[weight], FT_LOAD_NO_HINTING);
    return true;
}

static enum bb_code fonts_open(struct fonts *fonts, struct bb_err *err)
{
    *fonts = (struct fonts){0};
    if (FT_Init_FreeType(&fonts->library) != 0) return bb_fail(err, BB_EIO, "FreeType cannot be used.");
    for (int i = 0; i < N_WEIGHTS; i++)
        if (!open_face(fonts, i))
            return bb_fail(err, BB_EABSENT, "%s is not on this machine. Install the DejaVu fonts (Debian: fonts-dejavu-core).",
                           font_files[i]);
    return BB_OK;
}

/* --- text ------------------------------------------------------------------------------------------------------------- */

#define INK    0x1c1d1f
#define MUTED  0x5c5f66
#define PAPER  0xfdfcf9
#define RULE   0xd9d6ce
#define EDGE   72.0
#define GUTTER 56.0

struct drawing {
    cairo_t *cairo;
    const struct fonts *fonts;
    struct bb_arena *arena;
};

static void colour(const struct drawing *d, unsigned rgb)
{
    cairo_set_source_rgb(d->cairo, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void typeface(const struct drawing *d, enum weight weight, double size)
{
    cairo_set_font_face(d->cairo, d->fonts->cairo[weight]);
    cairo_set_font_size(d->cairo, size);
}

static double width_of(const struct drawing *d, const char *text)
{
    cairo_text_extents_t extents;
    cairo_text_extents(d->cairo, text, &extents);
    return extents.x_advance;
}

/* U+FDD0 … U+FDEF and the last two code points of each plane; cairo refuses a text that has one. */
static bool is_no_character(const char *from, size_t len)
{
    const unsigned char *byte = (const unsigned char *)from;
    if (len == 3 && byte[0] == 0xef && byte[1] == 0xb7) return byte[2] >= 0x90 && byte[2] <= 0xaf;
    if (len < 3 || byte[len - 2] != 0xbf || byte[len - 1] < 0xbe) return false;
    return len == 4 ? (byte[1] & 0x0f) == 0x0f : byte[0] == 0xef;
}

/* One line of visible characters: controls and marks of direction would only confuse a picture that is not shaped. */
static char *visible(const struct drawing *d, const char *text)
{
    char *out = bb_utf8_clean(d->arena, text, strlen(text)), *to = out;
    for (const char *from = out; *from;) {
        size_t len = bb_utf8_sequence(from, strlen(from));
        bool is_mark =
            len == 3 &&
            ((memcmp(from, "\xe2\x80", 2) == 0 &&
              ((unsigned char)from[2] >= 0xa8 || ((unsigned char)from[2] >= 0x8b && (unsigned char)from[2] <= 0x8f))) ||
             (memcmp(from, "\xe2\x81", 2) == 0 && (unsigned char)from[2] >= 0xa6 && (unsigned char)from[2] <= 0xaf));
        if (len == 1 && (*from == '\n' || *from == '\t'))
            *to++ = ' ';
        else if (!is_mark && !is_no_character(from, len))
            to = (char *)memmove(to, from, len) + len;
        from += len;
    }
    *to = '\0';
    return out;
}

/* The text, or as much of it as `room` holds with "…"; whole characters. */
static const char *fitted(const struct drawing *d, const char *text, double room)
{
    enum { MOST = 400 }; /* bytes that are looked at: no line holds more */
    char *line = visible(d, text);
    size_t len = strlen(line);
    if (len > MOST) {
        for (len = MOST; ((unsigned char)line[len] & 0xc0) == 0x80;) len--;
        line[len] = '\0';
    } else if (width_of(d, line) <= room) {
        return line;
    }
    while (len > 0) {
        for (len--; len > 0 && ((unsigned char)line[len] & 0xc0) == 0x80;) len--;
        const char *cut = bb_arena_printf(d->arena, "%.*s…", (int)len, line);
        if (width_of(d, cut) <= room) return cut;
    }
    return "";
}

static void write_at(const struct drawing *d, double x, double y, const char *text)
{
    cairo_move_to(d->cairo, x, y);
    cairo_show_text(d->cairo, text);
}

static void box(const struct drawing *d, double x, double y, double width, double height, unsigned rgb)
{
    colour(d, rgb);
    cairo_rectangle(d->cairo, x, y, width, height);
    cairo_fill(d->cairo);
}

/* --- the card --------------------------------------------------------------------------------------------------------- */

/* The title in at most two lines; returns where the next thing may begin. */
static double draw_title(const struct drawing *d, const char *title, double y)
{
    double size = 60, room = BB_CARD_WIDTH - 2 * EDGE;
    colour(d, INK);
    typeface(d, BOLD, size);
    const char *line = visible(d, title);
    if (width_of(d, line) > room) {
        size = 44;
        typeface(d, BOLD, size);
    }
    /* the last blank where the first line still fits */
    const char *cut = NULL;
    for (const char *c = line; width_of(d, line) > room && (c = strchr(c, ' ')) && c - line < 200; c++)
        if (width_of(d, bb_arena_strndup(d->arena, line, (size_t)(c - line))) <= room) cut = c;
    if (!cut) {
        write_at(d, EDGE, y + size, fitted(d, line, room));
        return y + size;
    }
    write_at(d, EDGE, y + size, bb_arena_strndup(d->arena, line, (size_t)(cut - line)));
    write_at(d, EDGE, y + 2.2 * size, fitted(d, cut + 1, room));
    return y + 2.2 * size;
}

/* A name, its bar below, and the value behind that. */
static void draw_bar(const struct drawing *d, const struct bb_card_bar *bar, double x, double y, double width, unsigned accent)
{
    double value = 78, room = width - value;
    typeface(d, REGULAR, 22);
    colour(d, INK);
    write_at(d, x, y + 20, fitted(d, bar->name, room));
    typeface(d, BOLD, 22);
    double right = width_of(d, bar->value);
    write_at(d, x + width - right, y + 36, fitted(d, bar->value, value));
    box(d, x, y + 30, room - 12, 8, RULE);
    if (bar->length > 0) box(d, x, y + 30, (room - 12) * fmin(1, bar->length), 8, accent);
}

static void draw_list(const struct drawing *d, const struct bb_card_list *list, double x, double y, double width, unsigned accent)
{
    typeface(d, BOLD, 24);
    colour(d, MUTED);
    write_at(d, x, y + 22, fitted(d, list->title, width));
    for (size_t i = 0; i < list->n; i++) draw_bar(d, &list->bar[i], x, y + 44 + 54 * (double)i, width, accent);
}

static void draw(const struct drawing *d, const struct bb_card *card)
{
    double width = (BB_CARD_WIDTH - 2 * EDGE - GUTTER) / 2;
    box(d, 0, 0, BB_CARD_WIDTH, BB_CARD_HEIGHT, PAPER);
    box(d, 0, 0, BB_CARD_WIDTH, 12, card->accent);
    double y = draw_title(d, card->title, 48);
    if (card->line) {
        typeface(d, REGULAR, 24);
        colour(d, MUTED);
        write_at(d, EDGE, y + 40, fitted(d, card->line, BB_CARD_WIDTH - 2 * EDGE));
        y += 40;
    }
    if (card->n_lists == 1) width = BB_CARD_WIDTH - 2 * EDGE;
    for (size_t i = 0; i < card->n_lists; i++)
        draw_list(d, &card->list[i], EDGE + (double)i * (width + GUTTER), fmax(y + 36, 226), width, card->accent);
    if (!card->foot) return;
    typeface(d, REGULAR, 20);
    colour(d, MUTED);
    write_at(d, EDGE, BB_CARD_HEIGHT - 30, fitted(d, card->foot, BB_CARD_WIDTH - 2 * EDGE));
}

static cairo_status_t take_bytes(void *ctx, const unsigned char *data, unsigned len)
{
    bb_buf_add(ctx, data, len);
    return CAIRO_STATUS_SUCCESS;
}

enum bb_code bb_card_png(const struct bb_card *card, struct bb_buf *out, struct bb_err *err)
{
    struct fonts fonts;
    enum bb_code code = fonts_open(&fonts, err);
    if (code == BB_OK) {
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, BB_CARD_WIDTH, BB_CARD_HEIGHT);
        struct drawing drawing = {cairo_create(surface), &fonts, bb_arena_new(0)};
        draw(&drawing, card);
        cairo_status_t status = cairo_status(drawing.cairo);
        if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_write_to_png_stream(surface, take_bytes, out);
        if (status != CAIRO_STATUS_SUCCESS)
            code = bb_fail(err, BB_EIO, "The card could not be drawn: %s.", cairo_status_to_string(status));
        cairo_destroy(drawing.cairo);
        cairo_surface_destroy(surface);
        bb_arena_free(drawing.arena);
    }
    fonts_close(&fonts);
    return code;
}
