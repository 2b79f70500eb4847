#include <check.h>
#include <math.h>
#include <string.h>

#include "model/image.h"
#include "model/layers.h"

Suite *suite_model_image(void);

static struct bb_arena *arena;

static void set_up(void)
{
    arena = bb_arena_new(0);
}

static void tear_down(void)
{
    bb_arena_free(arena);
}

START_TEST(grey_levels_round_to_the_nearest_and_clip)
{
    double pixel[] = {-.1, 0, .4999 / 255, .5 / 255, 1, 1.7, 127.4 / 255};
    static const unsigned char level[] = {0, 0, 0, 1, 255, 255, 127};
    unsigned char grey[7];
    bb_image_bytes(pixel, 7, grey);
    ck_assert_mem_eq(grey, level, 7);
    bb_image_quantise(pixel, 7);
    for (int i = 0; i < 7; i++) ck_assert_double_eq(pixel[i], level[i] / 255.0);
}
END_TEST

START_TEST(blocks_have_means_and_maxima)
{
    static const double map[16] = {1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3, -4, -5, -6, -7, -8};
    static const double mean[4] = {3.5, 5.5, -3.5, -5.5}, most[4] = {6, 8, -1, -3};
    double out[4], standard[16], sum = 0, square = 0;
    bb_map_mean(map, 4, 2, out);
    for (int i = 0; i < 4; i++) ck_assert_double_eq(out[i], mean[i]);
    bb_map_max(map, 4, 2, out);
    for (int i = 0; i < 4; i++) ck_assert_double_eq(out[i], most[i]);
    bb_image_standardise(map, 16, standard);
    for (int i = 0; i < 16; i++) {
        sum += standard[i];
        square += standard[i] * standard[i];
    }
    ck_assert_double_eq_tol(sum, 0, 1e-14);
    ck_assert_double_eq_tol(square / 16, 1, 1e-14);
    static const double flat[4] = {.3, .3, .3, .3};
    bb_image_standardise(flat, 4, standard);
    for (int i = 0; i < 4; i++) ck_assert_double_eq(standard[i], 0);
}
END_TEST

START_TEST(layers_are_found_and_standardised)
{
    struct bb_layers layers = {.n = 3};
    double *value = bb_layers_add(&layers, "a", 2, arena), mean[2], sd[2];
    static const double x[6] = {1, 7, 2, 7, 3, 7};
    memcpy(value, x, sizeof x);
    ck_assert_ptr_eq(bb_layers_find(&layers, "a")->value, value);
    ck_assert_ptr_null(bb_layers_find(&layers, "b"));
    bb_feature_scale(value, 3, 2, mean, sd);
    ck_assert_double_eq_tol(mean[0], 2, 1e-15);
    ck_assert_double_eq_tol(sd[0], sqrt(2.0 / 3), 1e-15);
    ck_assert_double_eq(sd[1], 1); /* constant: not divided by nothing */
    bb_feature_standardise(value, 3, 2, mean, sd);
    ck_assert_double_eq_tol(value[0], -sqrt(1.5), 1e-15);
    ck_assert_double_eq_tol(value[1], 0, 1e-14);
}
END_TEST

Suite *suite_model_image(void)
{
    Suite *suite = suite_create("model_image");
    TCase *tcase = tcase_create("image");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, grey_levels_round_to_the_nearest_and_clip);
    tcase_add_test(tcase, blocks_have_means_and_maxima);
    tcase_add_test(tcase, layers_are_found_and_standardised);
    suite_add_tcase(suite, tcase);
    return suite;
}
