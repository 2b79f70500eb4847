#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/pack.h"
#include "chart/chart_pdf.h"
#include "chart/svg.h"
#include "chart_case.h"
#include "chart_places.h"
#include "pdf/document_int.h"
#include "pdf/letters.h"
#include "pdf/table.h"

Suite *suite_pdf_document(void);

static struct bb_arena *arena;
static struct bb_faces *faces;
static struct bb_pdf *pdf;

static void set_up(void)
{
    struct bb_err err;
    arena = bb_arena_new(0);
    ck_assert_msg(bb_faces_open(&faces, &err) == BB_OK, "%s", err.msg);
    pdf = bb_pdf_new(faces, "test.pdf");
}

static void tear_down(void)
{
    bb_pdf_free(pdf);
    bb_faces_close(faces);
    bb_arena_free(arena);
}

/* --- letters -------------------------------------------------------------------------------------------------------- */

/* What is drawn for a text, as UTF-8. */
static const char *drawn(const char *text)
{
    struct bb_letters letters = bb_letters_of(faces, BB_FACE_TEXT, text, arena);
    char *out = bb_arena_alloc(arena, 3 * letters.n + 1, 1), *to = out;
    for (size_t i = 0; i < letters.n; i++) to = bb_put_code(to, letters.letter[i].code);
    *to = '\0';
    return out;
}

START_TEST(what_has_no_letter_is_seen_and_counted)
{
    ck_assert_str_eq(drawn("ρ = −0.42 ± 0.03, r² ≤ 1"), "ρ = −0.42 ± 0.03, r² ≤ 1");
    ck_assert_str_eq(drawn("bad \xff\xc3 end"), "bad \xef\xbf\xbd\xef\xbf\xbd end");
    ck_assert_str_eq(drawn("a\xf0\x9f\x98\x80z"), "a\xef\xbf\xbdz"); /* beyond the basic plane */
    ck_assert_str_eq(drawn("a\x01\xe2\x80\xae\xc2\xad\tb"), "a b");  /* a control, a mark of direction, a soft hyphen */
    ck_assert_uint_eq(bb_letters_of(faces, BB_FACE_TEXT, "a\xf0\x9f\x98\x80z", arena).n_lost, 1);
    ck_assert_uint_eq(bb_letters_of(faces, BB_FACE_TEXT, "plain", arena).n_lost, 0);
}
END_TEST

START_TEST(right_to_left_is_turned_and_arabic_joined)
{
    ck_assert_str_eq(drawn("x אבג y"), "x גבא y");
    ck_assert_str_eq(drawn("אב 12 גד"), "דג 12 בא");                        /* numbers keep their order */
    ck_assert_str_eq(drawn("سلم"), "\xef\xbb\xa2\xef\xbb\xa0\xef\xba\xb3"); /* final meem, medial lam, initial seen */
}
END_TEST

/* --- lines ---------------------------------------------------------------------------------------------------------- */

START_TEST(lines_keep_to_their_width_and_lose_nothing)
{
    const char *text = "A benchmark such as MajajHong2015public.IT-pls compares responses, and-some-words-are-joined, "
                       "whileothersarefarlongerthananylinecouldeverbesotheymustbebrokenwheretheymustandgoon in the end.";
    struct bb_span span = {text, bb_type(BB_FACE_TEXT, 10, 0), NULL};
    for (double width = 30; width < 500; width += 7) {
        struct bb_text_block block = bb_break_lines(pdf, &span, 1, width);
        struct bb_buf back = BB_BUF_INIT;
        for (size_t i = 0; i < block.n; i++) {
            ck_assert_double_le(block.line[i].width, width + .02);
            ck_assert_uint_gt(block.line[i].end, block.line[i].first);
            if (i) ck_assert_uint_eq(block.line[i].first, block.line[i - 1].end);
        }
        for (size_t i = 0; i < block.n_fragments; i++) {
            if (i && block.fragment[i].space_before) bb_buf_putc(&back, ' ');
            bb_buf_puts(&back, block.fragment[i].text);
        }
        ck_assert_str_eq(bb_buf_text(&back), text);
        bb_buf_release(&back);
    }
}
END_TEST

/* --- tables --------------------------------------------------------------------------------------------------------- */

/* Every mark of every page lies on the paper, inside its margins. */
static void all_inside(void)
{
    for (size_t p = 0; p < bb_pdf_n_pages(pdf); p++) {
        struct bb_pdf_page *page = bb_pdf_page_at(pdf, p);
        for (size_t i = 0; i < bb_pdf_n_marks(page); i++) {
            const struct bb_pdf_mark *mark = bb_pdf_mark_at(page, i);
            if (mark->kind != BB_PDF_TEXT) continue;
            double width = bb_pdf_width(pdf, &(struct bb_pdf_look){mark->face, mark->size, 0}, mark->text);
            double right = mark->x + (mark->turned ? 0 : width), top = mark->y - (mark->turned ? width : 0);
            ck_assert_msg(mark->x >= 56 && right <= bb_pdf_page_width(page) - 56 && top >= 36 &&
                              mark->y <= bb_pdf_page_height(page) - 30,
                          "page %zu: \"%s\" at %g to %g, %g", p, mark->text, mark->x, right, (double)mark->y);
        }
    }
}

static size_t count_text(const char *text)
{
    size_t n = 0;
    for (size_t p = 0; p < bb_pdf_n_pages(pdf); p++)
        for (size_t i = 0; i < bb_pdf_n_marks(bb_pdf_page_at(pdf, p)); i++) {
            const struct bb_pdf_mark *mark = bb_pdf_mark_at(bb_pdf_page_at(pdf, p), i);
            n += mark->kind == BB_PDF_TEXT && strcmp(mark->text, text) == 0;
        }
    return n;
}

START_TEST(tables_of_any_size_stay_on_the_paper)
{
    static const size_t columns[] = {1, 4, 20, 70}, rows[] = {0, 1, 45, 300};
    size_t n_columns = columns[_i % 4], n_rows = rows[_i / 4];
    struct bb_pdf_column *column = BB_NEW_ARRAY(arena, n_columns, struct bb_pdf_column);
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, n_columns * n_rows + 1, struct bb_pdf_cell);
    struct bb_flow flow;
    for (size_t c = 0; c < n_columns; c++)
        column[c] = (struct bb_pdf_column){.title = c ? bb_arena_printf(arena, "Benchmark %zu of a long name", c) : "Model",
                                           .group = c ? bb_arena_printf(arena, "Group %zu", c / 6) : NULL,
                                           .align = c ? BB_PDF_RIGHT : BB_PDF_LEFT,
                                           .turned = c > 0,
                                           .wraps = c == 0,
                                           .decimal = c > 0};
    for (size_t r = 0; r < n_rows; r++)
        for (size_t c = 0; c < n_columns; c++)
            cell[r * n_columns + c].text =
                c ? bb_arena_printf(arena, "0.%03zu", (r * 7 + c) % 1000)
                : r % 5
                    ? bb_arena_printf(arena, "model-%zu", r)
                    : "a-model-with-a-name-that-goes-on-and-on-and-on-until-nobody-can-read-it-any-more-and-then-still-some-way";
    const struct bb_pdf_table table = {.caption = "A table.",
                                       .column = column,
                                       .n_columns = n_columns,
                                       .n_fixed = 1,
                                       .cell = cell,
                                       .n_rows = n_rows,
                                       .grouped = true};
    bb_flow_init(&flow, pdf, 0x123456, "head", "foot");
    bb_flow_new_page(&flow, false);
    bb_flow_heading(&flow, 1, "Part", NULL, 0);
    bb_flow_table(&flow, &table);
    bb_flow_finish(&flow, 0);
    bb_flow_release(&flow);
    all_inside();
    ck_assert_uint_ge(count_text("Model"), 1 + n_rows / 60);                    /* again on each page */
    if (n_columns > 1 && n_rows > 1) ck_assert_uint_gt(count_text("0.008"), 0); /* row 1, column 1 */
}
END_TEST

/* --- charts --------------------------------------------------------------------------------------------------------- */

/* A text stands in a PDF where its first letter does; paper and two more roles have the colours of others. */
static void as_in_pdf(struct places *places, double scale)
{
    for (size_t i = 0; i < places->n; i++) {
        struct place *place = &places->place[i];
        bool is_text = place->kind == PLACE_TEXT;
        struct bb_pdf_look look = {place->bold ? BB_FACE_SANS_BOLD : BB_FACE_SANS, BB_CHART_TEXT * scale, 0};
        double before = is_text ? place->r / 2 * bb_pdf_width(pdf, &look, place->text) / scale : 0;
        *(place->turned ? &place->y : &place->x) += place->turned ? before : -before;
        place->role = place_ink(place->role);
        place->text = "";
        place->bold = false;
        if (is_text) place->r = 0;
    }
}

/* Every mark of every kind of chart: read out of the SVG, and out of the content stream of the PDF. Both round: by .005 pixels, by .005 points and
   twice that for the far side of a rectangle. */
START_TEST(charts_are_where_the_svg_has_them)
{
    const double scale = .75, left = 40, top = 60;
    static const size_t sizes[] = {0, 1, 7, 50, 400};
    size_t n = sizes[_i];
    for (size_t k = 0; k < n_chart_cases; k++) {
        struct bb_pdf *made = bb_pdf_new(faces, "chart.pdf");
        struct bb_buf file = BB_BUF_INIT;
        struct bb_err err;
        const struct bb_scene *scene = chart_cases[k].make(n, chart_name_plain, arena);
        bb_chart_pdf(scene, made, bb_pdf_add_page(made, BB_PDF_LAST, 5000, 5000), left, top, scale);
        ck_assert_msg(bb_pdf_save(made, &(struct bb_pdf_info){NULL}, &file, &err) == BB_OK, "%s", err.msg);
        struct places in_svg = places_of_svg(bb_svg_text(scene, &(struct bb_svg_options){.id = "x"}, arena), arena),
                      in_pdf = places_of_pdf(&file, left, top, scale, arena);
        places_drop_groups(&in_svg);
        as_in_pdf(&in_svg, scale);
        places_compare(&in_svg, &in_pdf, .026, bb_arena_printf(arena, "%s of %zu", chart_cases[k].name, n));
        bb_buf_release(&file);
        bb_pdf_free(made);
    }
}
END_TEST

START_TEST(marks_of_a_chart_have_their_colours_and_links)
{
    struct bb_scene *scene = bb_scene_new(arena, 100, 100);
    bb_scene_rect(scene, BB_ROLE_BAND, 10, 20, 30, 40);
    bb_scene_open(scene, "ring", "https://example.org/");
    bb_scene_shape(scene, BB_ROLE_MARKED, BB_CIRCLE, 50, 60, 4, true);
    bb_scene_close(scene);
    bb_scene_dashed(scene, BB_ROLE_RULE, 1, 0, 0, 10, 0);
    struct bb_pdf_page *page = bb_pdf_add_page(pdf, BB_PDF_LAST, 200, 200);
    bb_chart_pdf(scene, pdf, page, 5, 7, 2);
    ck_assert_uint_eq(bb_pdf_n_marks(page), 3);
    const struct bb_pdf_mark *box = bb_pdf_mark_at(page, 0), *ring = bb_pdf_mark_at(page, 1), *dashed = bb_pdf_mark_at(page, 2);
    ck_assert(box->kind == BB_PDF_PATH && box->n == 1 && box->step[0].go == BB_PDF_RECT && box->paint.width == 0);
    ck_assert_uint_eq(box->paint.colour, bb_roles[BB_ROLE_BAND].light);
    ck_assert(box->step[0].x == 25 && box->step[0].y == 47 && box->step[0].w == 60 && box->step[0].h == 80);
    ck_assert(ring->kind == BB_PDF_PATH && ring->n == 1 && ring->step[0].go == BB_PDF_CIRCLE && ring->paint.width == 3);
    ck_assert(ring->step[0].x == 105 && ring->step[0].y == 127 && ring->step[0].w == 8);
    ck_assert(dashed->paint.width == 2 && dashed->paint.dash == 6 && dashed->paint.gap == 4);
    ck_assert_uint_eq(pdf->n_links, 1);
    ck_assert(pdf->link[0].x == 5 + 2 * 45.25 && pdf->link[0].w == 19);
    ck_assert_str_eq(pdf->link[0].target, "https://example.org/");
}
END_TEST

/* --- the file ------------------------------------------------------------------------------------------------------- */

static void make_file(struct bb_buf *out)
{
    const struct bb_pdf_info info = {.title = "Títle ρ", .author = "A \xff", .date = "2026-02-28"};
    struct bb_pdf *made = bb_pdf_new(faces, "made.pdf");
    struct bb_flow flow;
    struct bb_err err;
    bb_flow_init(&flow, made, 0x1b5e9b, "Board", "foot");
    for (size_t i = 0; i < 80; i++) {
        bb_flow_heading(&flow, i % 10 ? 2 : 1, i % 7 ? "Section" : "Größe √2", NULL, 0);
        bb_flow_text(&flow, "Text with Ünï, 日本 and (parentheses) \\ back.");
    }
    bb_pdf_link(made, flow.page, 60, 60, 10, 10, "https://example.org/a b");
    bb_pdf_link(made, flow.page, 60, 60, 10, 10, "#nowhere");
    bb_flow_finish(&flow, 0);
    bb_flow_release(&flow);
    ck_assert_msg(bb_pdf_save(made, &info, out, &err) == BB_OK, "%s", err.msg);
    bb_pdf_free(made);
}

START_TEST(the_same_document_gives_the_same_bytes)
{
    struct bb_buf first = BB_BUF_INIT, second = BB_BUF_INIT;
    make_file(&first);
    setenv("TZ", "Asia/Tokyo", 1);
    setlocale(LC_ALL, "de_DE.UTF-8");
    make_file(&second);
    ck_assert_uint_eq(first.len, second.len);
    ck_assert_int_eq(memcmp(first.data, second.data, first.len), 0);
    ck_assert_int_eq(memcmp(first.data, "%PDF-1.3", 8), 0);
    ck_assert_ptr_null(memmem(first.data, first.len, "/ID", 3));
    ck_assert_ptr_nonnull(memmem(first.data, first.len, "D:20260228", 10));
    ck_assert_uint_lt(first.len, 120000); /* the fonts have only the letters of the document */
    bb_buf_release(&first);
    bb_buf_release(&second);
}
END_TEST

/* What the streams of a file are, unpacked, one after the other. */
static void unpack_streams(const struct bb_buf *file, struct bb_buf *out)
{
    static const char begins[] = "stream\r\n";
    struct bb_unpacker *unpacker = bb_unpacker_new();
    const char *end = file->data + file->len;
    for (const char *at = file->data; (at = memmem(at, (size_t)(end - at), begins, strlen(begins)));) {
        const size_t room = 1 << 20;
        size_t taken, made;
        at += strlen(begins);
        char *to = bb_buf_room(out, room);
        ck_assert_int_eq(bb_unpack(unpacker, BB_PACKED_ZLIB, at, (size_t)(end - at), to, room, &taken, &made), BB_UNPACKED);
        out->len += made;
        out->data[out->len] = '\0';
        at += taken;
    }
    bb_unpacker_free(unpacker);
}

static size_t count_in(const struct bb_buf *bytes, const char *what)
{
    size_t n = 0;
    const char *end = bytes->data + bytes->len;
    for (const char *at = bytes->data; (at = memmem(at, (size_t)(end - at), what, strlen(what))); at += strlen(what)) n++;
    return n;
}

/* ASCII, and more than 128 letters of Greek and Cyrillic: two fonts of the one face. */
START_TEST(each_letter_is_in_one_font_and_says_what_it_is)
{
    struct bb_buf text = BB_BUF_INIT, file = BB_BUF_INIT, streams = BB_BUF_INIT;
    struct bb_pdf_page *page = bb_pdf_add_page(pdf, BB_PDF_LAST, 400, 400);
    struct bb_pdf_look look = bb_type(BB_FACE_TEXT, 2, 0);
    struct bb_err err;
    size_t n = 0;
    for (uint32_t code = 0x20; code < 0x480; code++) {
        char letter[5] = "";
        if ((code > 0x7e && code < 0x391) || !bb_face_glyph(faces, BB_FACE_TEXT, code)) continue;
        bb_put_code(letter, code);
        bb_buf_puts(&text, letter);
        n++;
    }
    ck_assert_uint_gt(n, 95 + 128);
    bb_pdf_text(pdf, page, 10, 10, BB_PDF_LEFT, &look, bb_buf_text(&text));
    ck_assert_msg(bb_pdf_save(pdf, &(struct bb_pdf_info){NULL}, &file, &err) == BB_OK, "%s", err.msg);
    unpack_streams(&file, &streams);
    for (uint32_t code = 0x20; code < 0x480; code++) {
        if ((code > 0x7e && code < 0x391) || !bb_face_glyph(faces, BB_FACE_TEXT, code)) continue;
        const char *is = bb_arena_printf(arena, "> <%04x>\n", (unsigned)code);
        ck_assert_msg(count_in(&streams, is) == 1, "U+%04X is there %zu times", (unsigned)code, count_in(&streams, is));
    }
    ck_assert_uint_eq(count_in(&streams, "> <"), n + 2); /* and each says that its codes are <00> <ff> */
    ck_assert_uint_eq(count_in(&streams, "begincmap"), 2);
    ck_assert_uint_eq(count_in(&streams, "!\"#$%&'\\(\\)*+,-./0123456789:;<=>?@ABC"), 1);
    bb_buf_release(&text);
    bb_buf_release(&file);
    bb_buf_release(&streams);
}
END_TEST

START_TEST(marks_that_look_alike_are_one_path)
{
    struct bb_buf file = BB_BUF_INIT, streams = BB_BUF_INIT;
    struct bb_pdf_page *page = bb_pdf_add_page(pdf, BB_PDF_LAST, 400, 400);
    struct bb_err err;
    bb_pdf_box(pdf, page, 0xff0000, 10, 20, 30, 40);
    bb_pdf_box(pdf, page, 0xff0000, 50, 20, 30.125, 40);
    bb_pdf_box(pdf, page, 0x00ff00, 90, 20, 30, 40);
    bb_pdf_circle(pdf, page, 0x000000, 100, 100, 2);
    bb_pdf_circle(pdf, page, 0x000000, 101, 100, 2);
    bb_pdf_box(pdf, page, 0x000000, 100, 100, 2, 2);
    bb_pdf_line(pdf, page, 0x808080, .5, 1, 2, -3, .004);
    ck_assert_msg(bb_pdf_save(pdf, &(struct bb_pdf_info){NULL}, &file, &err) == BB_OK, "%s", err.msg);
    unpack_streams(&file, &streams);
    ck_assert_str_eq(bb_buf_text(&streams),
                     "1 0 0 rg\n10 340 30 40 re\n50 340 30.13 40 re\nf\n0 1 0 rg\n90 340 30 40 re\nf\n"
                     "0 0 0 RG\n4 w\n0 j 4 M\n1 J\n100 300 m\n100.01 300 l\n101 300 m\n101.01 300 l\nS\n0 0 0 rg\n100 298 2 2 re\nf\n"
                     ".502 .502 .502 RG\n.5 w\n0 J\n1 398 m\n-3 400 l\nS\n");
    bb_buf_release(&file);
    bb_buf_release(&streams);
}
END_TEST

Suite *suite_pdf_document(void)
{
    Suite *suite = suite_create("pdf_document");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 60);
    tcase_add_test(all, what_has_no_letter_is_seen_and_counted);
    tcase_add_test(all, right_to_left_is_turned_and_arabic_joined);
    tcase_add_test(all, lines_keep_to_their_width_and_lose_nothing);
    tcase_add_loop_test(all, tables_of_any_size_stay_on_the_paper, 0, 16);
    tcase_add_loop_test(all, charts_are_where_the_svg_has_them, 0, 5);
    tcase_add_test(all, marks_of_a_chart_have_their_colours_and_links);
    tcase_add_test(all, the_same_document_gives_the_same_bytes);
    tcase_add_test(all, each_letter_is_in_one_font_and_says_what_it_is);
    tcase_add_test(all, marks_that_look_alike_are_one_path);
    suite_add_tcase(suite, all);
    return suite;
}
