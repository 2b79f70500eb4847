#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "given_data.h"
#include "stimuli/screen.h"
#include "stimuli/set.h"

Suite *suite_stimuli_picture(void);

static char folder[64];
static struct bb_arena *arena;

static void set_up(void)
{
    strcpy(folder, "/tmp/brainboard-picture-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    arena = bb_arena_new(0);
}

static void tear_down(void)
{
    ck_assert_int_eq(bb_remove_tree(folder, NULL), BB_OK);
    bb_arena_free(arena);
}

static struct bb_picture pattern(size_t width, size_t height)
{
    struct bb_picture p = bb_picture_new(width, height);
    for (size_t i = 0; i < width * height; i++)
        for (size_t c = 0; c < 3; c++) p.rgb[3 * i + c] = (unsigned char)(i * 37 + c * 91 + i / width * 53);
    return p;
}

static const char *in_folder(const char *name)
{
    return bb_path_join(arena, folder, name);
}

START_TEST(what_is_written_as_png_is_read_back)
{
    struct bb_picture p = pattern(37, 11), back;
    ck_assert_int_eq(bb_picture_write_png(in_folder("a.png"), &p, NULL), BB_OK);
    ck_assert_int_eq(bb_picture_read(in_folder("a.png"), &back, NULL), BB_OK);
    ck_assert_uint_eq(back.width, 37);
    ck_assert_uint_eq(back.height, 11);
    ck_assert_mem_eq(back.rgb, p.rgb, 37 * 11 * 3);
    bb_picture_release(&p);
    bb_picture_release(&back);
}
END_TEST

START_TEST(a_flat_jpeg_keeps_its_colour)
{
    struct bb_picture p = bb_picture_new(20, 9), back;
    memset(p.rgb, 128, 20 * 9 * 3);
    ck_assert_int_eq(bb_picture_write_jpeg(in_folder("a.jpg"), &p, NULL), BB_OK);
    ck_assert_int_eq(bb_picture_read(in_folder("a.jpg"), &back, NULL), BB_OK);
    ck_assert_uint_eq(back.width, 20);
    ck_assert_mem_eq(back.rgb, p.rgb, 20 * 9 * 3);
    bb_picture_release(&p);
    bb_picture_release(&back);
}
END_TEST

/* Three pixels by two, 24 bits, rows from the bottom, padded to four bytes. */
static const unsigned char BMP[] = {'B', 'M', 78, 0, 0, 0, 0, 0, 0,  0, 54, 0, 0, 0, 40, 0,  0,  0,  3,  0,  0,  0,  2,  0, 0, 0,
                                    1,   0,   24, 0, 0, 0, 0, 0, 24, 0, 0,  0, 0, 0, 0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 0, 0,
                                    0,   0,   1,  2, 3, 4, 5, 6, 7,  8, 9,  0, 0, 0, 11, 12, 13, 14, 15, 16, 17, 18, 19, 0, 0, 0};

START_TEST(bmp_is_read_from_the_bottom)
{
    static const unsigned char want[] = {13, 12, 11, 16, 15, 14, 19, 18, 17, 3, 2, 1, 6, 5, 4, 9, 8, 7};
    struct bb_picture p;
    ck_assert_int_eq(bb_picture_decode("x.bmp", BMP, sizeof BMP, &p, NULL), BB_OK);
    ck_assert_mem_eq(p.rgb, want, sizeof want);
    bb_picture_release(&p);
}
END_TEST

START_TEST(a_picture_cut_short_anywhere_is_refused)
{
    struct bb_picture p = pattern(40, 40), back;
    struct bb_err err;
    static const char *const names[] = {"c.png", "c.jpg"};
    ck_assert_int_eq(bb_picture_write_png(in_folder(names[0]), &p, NULL), BB_OK);
    ck_assert_int_eq(bb_picture_write_jpeg(in_folder(names[1]), &p, NULL), BB_OK);
    for (int k = 0; k < 2; k++) {
        struct bb_buf bytes = BB_BUF_INIT;
        ck_assert_int_eq(bb_file_read(in_folder(names[k]), 0, &bytes, NULL), BB_OK);
        for (size_t len = 0; len + 2 < bytes.len; len += 7) {
            ck_assert_int_eq(bb_picture_decode(names[k], bytes.data, len, &back, &err), BB_EINPUT);
            ck_assert_ptr_nonnull(strstr(err.msg, names[k]));
        }
        bb_buf_release(&bytes);
    }
    for (size_t len = 0; len < sizeof BMP; len++) ck_assert_int_eq(bb_picture_decode("c.bmp", BMP, len, &back, &err), BB_EINPUT);
    ck_assert_int_eq(bb_picture_read(in_folder("none.png"), &back, &err), BB_EABSENT);
    bb_picture_release(&p);
}
END_TEST

START_TEST(another_size_is_pillows_to_the_bit)
{
    /* Pillow 9.4: Image.fromarray(a).resize((3, 2)) */
    static const unsigned char want[] = {79, 93, 193, 56, 154, 121, 125, 215, 38, 177, 61, 156, 50, 122, 193, 88, 183, 62};
    static const unsigned char first_rows[] = {0,   91,  182, 9,   111, 220, 51,  141, 163, 76, 167, 0,
                                               102, 193, 14,  132, 223, 59,  152, 243, 78,  29, 87,  178};
    struct bb_picture p = pattern(5, 4), small = bb_picture_resize(&p, 3, 2), large = bb_picture_resize(&p, 7, 9);
    ck_assert_mem_eq(small.rgb, want, sizeof want);
    ck_assert_mem_eq(large.rgb, first_rows, sizeof first_rows);
    bb_picture_release(&p);
    bb_picture_release(&small);
    bb_picture_release(&large);
}
END_TEST

START_TEST(enlarging_puts_it_on_grey_and_cropping_takes_its_centre)
{
    struct bb_picture p = pattern(5, 4), on_grey, centre, none;
    struct bb_err err;
    ck_assert_int_eq(bb_screen_place("p", &p, 8, 16, &on_grey, NULL), BB_OK);
    ck_assert_uint_eq(on_grey.width, 10);
    ck_assert_uint_eq(on_grey.height, 8);
    ck_assert_uint_eq(bb_screen_grey(&on_grey), 60);
    ck_assert_mem_eq(on_grey.rgb + (2 * 10 + 2) * 3, p.rgb, 15); /* left 2.5 rounds to 2, top 2 */
    ck_assert_int_eq(bb_screen_place("p", &p, 10, 5, &centre, NULL), BB_OK);
    ck_assert_uint_eq(centre.width, 2); /* 2.5 rounds to 2 */
    ck_assert_uint_eq(centre.height, 2);
    ck_assert_mem_eq(centre.rgb, p.rgb + (1 * 5 + 2) * 3, 6); /* left 1.5 rounds to 2, top 1 */
    ck_assert_int_eq(bb_screen_place("p.png", &p, 360, 1, &none, &err), BB_ELIMIT);
    ck_assert_ptr_nonnull(strstr(err.msg, "p.png"));
    bb_picture_release(&p);
    bb_picture_release(&on_grey);
    bb_picture_release(&centre);
}
END_TEST

/* Placed, written as a JPEG, as the reference writes it, and read again. */
static struct bb_picture placed_jpeg(const struct bb_picture *picture, double source_degrees, double target_degrees)
{
    struct bb_picture placed, again;
    struct bb_err err;
    ck_assert_int_eq(bb_screen_place("p.jpg", picture, source_degrees, target_degrees, &placed, &err), BB_OK);
    ck_assert_msg(bb_picture_write_jpeg(in_folder("p.jpg"), &placed, &err) == BB_OK, "%s", err.msg);
    ck_assert_msg(bb_picture_read(in_folder("p.jpg"), &again, &err) == BB_OK, "%s", err.msg);
    bb_picture_release(&placed);
    return again;
}

/* The picture of the reference's tests on a larger screen: its result, to the level that decoders differ by, and its number of grey pixels. */
START_TEST(the_published_picture_is_placed)
{
    const char *path = given_path(arena, "place_on_screen/rgb1.jpg");
    const char *result = path ? given_path(arena, "place_on_screen/rgb1-10to12.png") : NULL;
    struct bb_picture picture, published;
    struct bb_err err;
    if (!result) return;
    ck_assert_msg(bb_picture_read(path, &picture, &err) == BB_OK, "%s", err.msg);
    ck_assert_msg(bb_picture_read(result, &published, &err) == BB_OK, "%s", err.msg);
    struct bb_picture ours = placed_jpeg(&picture, 10, 12), larger = placed_jpeg(&picture, 8, 10);
    ck_assert(ours.width == published.width && ours.height == published.height);
    for (size_t i = 0; i < 3 * ours.width * ours.height; i++)
        if (abs(ours.rgb[i] - published.rgb[i]) > 1)
            ck_abort_msg("byte %zu is %d, published %d", i, ours.rgb[i], published.rgb[i]);
    double grey = (double)bb_screen_grey(&larger);
    ck_assert_double_eq_tol(grey, 1880000, .0005 * 1880000);
    ck_assert_double_eq_tol(grey / (3. * (double)larger.width * (double)larger.height), .11658, 1e-4);
    bb_picture_release(&picture);
    bb_picture_release(&published);
    bb_picture_release(&ours);
    bb_picture_release(&larger);
}
END_TEST

static const char *write(const char *name, const char *text)
{
    const char *path = in_folder(name);
    ck_assert_int_eq(bb_file_write(path, text, strlen(text), NULL), BB_OK);
    return path;
}

START_TEST(a_set_is_read_with_its_problems_in_words)
{
    struct bb_stimulus_set set;
    struct bb_err err;
    write("p1.png", "x");
    write("p2.png", "x");
    const char *good = write("stimulus_a.b.csv", "image_id,object,filename\nx1,\"a, b\",p1.png\nx2,c,p2.png\n");
    ck_assert_int_eq(bb_stimulus_set_read(good, arena, &set, NULL), BB_OK);
    ck_assert_str_eq(set.id, "a.b");
    ck_assert_uint_eq(set.n, 2);
    ck_assert_str_eq(set.stimulus[1].id, "x2");
    ck_assert_str_eq(set.stimulus[0].field[1], "a, b");
    static const struct {
        const char *text, *says;
        enum bb_code code;
    } bad[] = {{"stimulus_id\np1\np1\n", "twice", BB_EINPUT},
               {"stimulus_id,filename\np1\n", ":2: the row has 1 fields", BB_EINPUT},
               {"stimulus_id\np3\n", "no file for stimulus \"p3\"", BB_EABSENT},
               {"name\np3\n", "no column \"stimulus_id\"", BB_EINPUT},
               {"stimulus_id,degrees\np1,wide\n", "visual angle, not \"wide\"", BB_EINPUT},
               {"stimulus_id\n", "no stimuli", BB_EINPUT}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_int_eq(bb_stimulus_set_read(write("bad.csv", bad[i].text), arena, &set, &err), bad[i].code);
        ck_assert_msg(strstr(err.msg, bad[i].says) && strstr(err.msg, "bad.csv"), "%s", err.msg);
    }
}
END_TEST

Suite *suite_stimuli_picture(void)
{
    Suite *suite = suite_create("stimuli_picture");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, what_is_written_as_png_is_read_back);
    tcase_add_test(tcase, a_flat_jpeg_keeps_its_colour);
    tcase_add_test(tcase, bmp_is_read_from_the_bottom);
    tcase_add_test(tcase, a_picture_cut_short_anywhere_is_refused);
    tcase_add_test(tcase, another_size_is_pillows_to_the_bit);
    tcase_add_test(tcase, enlarging_puts_it_on_grey_and_cropping_takes_its_centre);
    tcase_add_test(tcase, the_published_picture_is_placed);
    tcase_add_test(tcase, a_set_is_read_with_its_problems_in_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
