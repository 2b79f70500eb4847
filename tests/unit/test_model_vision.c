/* The models of images, one by one: against what their headers say, computed another way, and by what they must not notice. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "model/convnet.h"
#include "model/draws.h"
#include "model/gabor.h"
#include "model/hmax.h"
#include "model/pixels.h"
#include "model/readout.h"
#include "model/texture.h"

Suite *suite_model_vision(void);

enum { SIDE = 64, N = 6 };
static struct bb_arena *arena;
static struct bb_images images;

/* Blobs on noise: something at every scale. */
static void set_up(void)
{
    arena = bb_arena_new(0);
    images = bb_images_new(N, SIDE, arena);
    for (size_t i = 0; i < N; i++) {
        struct bb_rng rng;
        bb_rng_init(&rng, 31, i);
        double *pixel = bb_image_at(&images, i), cx = bb_draw_between(&rng, 16, 48), cy = bb_draw_between(&rng, 16, 48);
        for (size_t y = 0; y < SIDE; y++)
            for (size_t x = 0; x < SIDE; x++)
                pixel[y * SIDE + x] =
                    .4 + .05 * bb_draw_normal(&rng) + (hypot((double)x - cx, (double)y - cy) < 8 + 2 * (double)i ? .4 : 0);
        bb_image_quantise(pixel, SIDE * SIDE);
    }
}

static void tear_down(void)
{
    bb_arena_free(arena);
}

static const double *row(const struct bb_layers *layers, const char *name, size_t i)
{
    const struct bb_layer *layer = bb_layers_find(layers, name);
    ck_assert_ptr_nonnull(layer);
    return layer->value + i * layer->width;
}

START_TEST(pixels_are_means_and_moments)
{
    struct bb_layers layers;
    bb_pixels_run(&images, arena, &layers);
    double sum = 0;
    for (size_t y = 4; y < 8; y++)
        for (size_t x = 60; x < 64; x++) sum += bb_image_at(&images, 2)[y * SIDE + x] / 16;
    ck_assert_double_eq_tol(row(&layers, "fine", 2)[16 + 15], sum, 1e-14);
    static const double x[5] = {1, 2, 3, 4, 10}; /* scipy.stats: skew 1.138419957660617, kurtosis -.21199999999999974 */
    double moments[4];
    bb_moments(x, 5, moments);
    ck_assert_double_eq_tol(moments[0], 4, 1e-14);
    ck_assert_double_eq_tol(moments[1], sqrt(10), 1e-14);
    ck_assert_double_eq_tol(moments[2], 1.1384199576606167, 1e-13);
    ck_assert_double_eq_tol(moments[3], -.212, 1e-13);
}
END_TEST

/* Energy has no sign: the negative of an image is the same to it. Normalised energies do not see contrast, but for the constant beside it. */
START_TEST(gabor_energy_has_no_polarity)
{
    struct bb_layers plain, negative;
    struct bb_images other = bb_images_new(N, SIDE, arena);
    for (size_t i = 0; i < N * SIDE * SIDE; i++) other.pixel[i] = 1 - images.pixel[i];
    struct bb_gabor_spec spec = {.shortest = 4, .n_orientations = 6};
    bb_gabor_run(&spec, &images, arena, &plain);
    bb_gabor_run(&spec, &other, arena, &negative);
    ck_assert_uint_eq(plain.n_layers, 3);
    for (size_t k = 0; k < plain.n_layers; k++)
        for (size_t j = 0; j < N * plain.layer[k].width; j++)
            ck_assert_double_eq_tol(plain.layer[k].value[j], negative.layer[k].value[j], 1e-12);
}
END_TEST

/* An image among the seen has its own prototypes' best match: C2 is 1 for those drawn from it, and never above. */
START_TEST(hmax_knows_its_prototypes)
{
    struct bb_layers layers;
    struct bb_images one = {.n = 1, .side = SIDE, .pixel = bb_image_at(&images, 3)};
    struct bb_hmax_spec spec = {.seed = 7, .n_prototypes = 20};
    bb_hmax_run(&spec, &one, &images, arena, &layers);
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < spec.n_prototypes; k++) {
            double c2 = row(&layers, "C2", i)[k], s2 = 0;
            ck_assert(c2 >= 0 && c2 <= 1);
            for (size_t q = 0; q < 4; q++) s2 = fmax(s2, row(&layers, "S2", i)[4 * k + q]);
            ck_assert_double_le(s2, c2); /* C2 is over both bands, S2 over the first */
        }
    for (size_t k = 0; k < spec.n_prototypes; k++) ck_assert_double_eq(row(&layers, "C2", 3)[k], 1);
}
END_TEST

/* Standardised first: HMAX sees neither brightness nor contrast. */
START_TEST(hmax_does_not_see_contrast)
{
    struct bb_layers plain, faint;
    struct bb_images other = bb_images_new(N, SIDE, arena);
    for (size_t i = 0; i < N * SIDE * SIDE; i++) other.pixel[i] = .3 + .2 * images.pixel[i];
    struct bb_hmax_spec spec = {.seed = 7, .n_prototypes = 10};
    bb_hmax_run(&spec, &images, &images, arena, &plain);
    bb_hmax_run(&spec, &images, &other, arena, &faint);
    for (size_t k = 0; k < plain.n_layers; k++)
        for (size_t j = 0; j < N * plain.layer[k].width; j++)
            ck_assert_double_eq_tol(plain.layer[k].value[j], faint.layer[k].value[j], 1e-9);
}
END_TEST

START_TEST(maps_are_correlated_where_they_overlap)
{
    double a[16], b[16], expected[3];
    for (int i = 0; i < 16; i++) {
        a[i] = i * i % 7;
        b[i] = i * i * i % 11;
    }
    static const long shift[3][2] = {{1, 0}, {1, -1}, {0, 0}};
    for (int s = 0; s < 3; s++) {
        double x[16], y[16], mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
        int n = 0;
        for (long i = 0; i < 4; i++)
            for (long j = 0; j < 4; j++) {
                long k = i + shift[s][1], l = j + shift[s][0];
                if (k < 0 || k > 3 || l < 0 || l > 3) continue;
                x[n] = a[i * 4 + j];
                y[n++] = b[k * 4 + l];
            }
        for (int i = 0; i < n; i++) {
            mx += x[i] / n;
            my += y[i] / n;
        }
        for (int i = 0; i < n; i++) {
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }
        expected[s] = xy / sqrt(xx * yy);
        ck_assert_double_eq_tol(bb_map_correlation(a, b, 4, shift[s][0], shift[s][1]), expected[s], 1e-14);
    }
    ck_assert_double_eq_tol(bb_map_correlation(a, a, 4, 0, 0), 1, 1e-14);
    double flat[16] = {0};
    ck_assert_double_eq(bb_map_correlation(a, flat, 4, 0, 0), 0);
}
END_TEST

/* Texture statistics are of all places: an image that is moved round (and so keeps them, up to its border) changes less than another. */
START_TEST(texture_statistics_hardly_see_places)
{
    struct bb_layers layers;
    struct bb_images two = bb_images_new(3, SIDE, arena);
    struct bb_rng rng;
    bb_rng_init(&rng, 33, 0);
    for (size_t i = 0; i < SIDE * SIDE; i++) two.pixel[i] = bb_rng_uniform(&rng);
    for (size_t i = 0; i < SIDE * SIDE; i++)
        two.pixel[SIDE * SIDE + i] = two.pixel[(i / SIDE + 20) % SIDE * SIDE + (i + 12) % SIDE];
    memcpy(two.pixel + 2 * SIDE * SIDE, bb_image_at(&images, 0), SIDE * SIDE * sizeof(double));
    bb_texture_run(&two, arena, &layers);
    for (size_t k = 1; k < layers.n_layers; k++) {
        double moved = 0, different = 0;
        for (size_t j = 0; j < layers.layer[k].width; j++) {
            const double *v = layers.layer[k].value, *other = v + 2 * layers.layer[k].width;
            moved += pow(v[j] - v[layers.layer[k].width + j], 2);
            different += pow(v[j] - other[j], 2);
        }
        ck_assert_double_lt(moved, different / 2);
    }
}
END_TEST

/* The net again, by plain sums over weights drawn as its header says. The first layer is enough: the others are the same function. */
START_TEST(a_convolution_is_a_sum_over_neighbours)
{
    enum { WIDTH = 8, HALF = 32, KERNEL = 7 };
    struct bb_layers layers;
    struct bb_rng rng;
    bb_convnet_run(&(struct bb_convnet_spec){.seed = 5, .width = WIDTH}, &images, arena, &layers);
    double standard[SIDE * SIDE], weight[2][KERNEL * KERNEL][4], bias[WIDTH],
        *map = BB_NEW_ARRAY(arena, WIDTH * HALF * HALF, double);
    bb_rng_init(&rng, 5, 0);
    for (int b = 0; b < 2; b++)
        for (int i = 0; i < KERNEL * KERNEL; i++)
            for (int c = 0; c < 4; c++) weight[b][i][c] = sqrt(2.0 / (KERNEL * KERNEL)) * bb_draw_normal(&rng);
    for (int c = 0; c < WIDTH; c++) bias[c] = .1 * bb_draw_normal(&rng);
    bb_image_standardise(bb_image_at(&images, 4), SIDE * SIDE, standard);
    for (int c = 0; c < WIDTH; c++)
        for (int y = 0; y < HALF; y++)
            for (int x = 0; x < HALF; x++) {
                double sum = bias[c];
                for (int ky = 0; ky < KERNEL; ky++)
                    for (int kx = 0; kx < KERNEL; kx++) {
                        int py = 2 * y + ky - 3, px = 2 * x + kx - 3;
                        if (py < 0 || py >= SIDE || px < 0 || px >= SIDE) continue;
                        sum += standard[py * SIDE + px] * weight[c / 4][ky * KERNEL + kx][c % 4];
                    }
                map[(c * HALF + y) * HALF + x] = fmax(sum, 0);
            }
    for (int c = 0; c < WIDTH; c++)
        for (int p = 0; p < 16; p++) {
            double sum = 0;
            for (int y = 0; y < 4; y++) /* 4 × 4 maxima of 2 × 2 in each place of the grid */
                for (int x = 0; x < 4; x++) {
                    const double *at = map + (c * HALF + p / 4 * 8 + 2 * y) * HALF + p % 4 * 8 + 2 * x;
                    sum += fmax(fmax(at[0], at[1]), fmax(at[HALF], at[HALF + 1])) / 16;
                }
            ck_assert_double_eq_tol(row(&layers, "conv1", 4)[c * 16 + p], sum, 1e-12);
        }
    const struct bb_layer *last = bb_layers_find(&layers, "conv3");
    for (size_t c = 0; c < 4 * WIDTH; c++) { /* `pool` is the mean of the last maps */
        double sum = 0;
        for (size_t p = 0; p < 4; p++) sum += last->value[4 * last->width + c * 4 + p] / 4;
        ck_assert_double_eq_tol(row(&layers, "pool", 4)[c], sum, 1e-12);
    }
}
END_TEST

/* The optimum is known by its condition: the slope of the penalised likelihood is zero. With momentum .9 errors shrink by √.9 a
   step, so after 150 steps .9^75 of the first slope is what may be left. Two features, three classes, overlapping. */
START_TEST(the_readout_is_at_its_optimum)
{
    enum { EXAMPLES = 90, CLASSES = 3 };
    double x[EXAMPLES * 2], evidence[EXAMPLES * CLASSES], slope[2][CLASSES] = {{0}}, first[2][CLASSES] = {{0}}, most = 0;
    int label[EXAMPLES];
    static const double penalty = .05;
    struct bb_rng rng;
    bb_rng_init(&rng, 35, 0);
    for (int i = 0; i < EXAMPLES; i++) {
        label[i] = i % CLASSES;
        x[2 * i] = 3 + bb_draw_normal(&rng) + label[i];
        x[2 * i + 1] = 100 * (bb_draw_normal(&rng) - (label[i] == 1));
    }
    struct bb_readout r = bb_readout_fit(x, EXAMPLES, 2, label, CLASSES, penalty, arena);
    bb_readout_apply(&r, x, EXAMPLES, evidence);
    int right = 0;
    for (int i = 0; i < EXAMPLES; i++) {
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) sum += exp(evidence[i * CLASSES + c]);
        for (int c = 0; c < CLASSES; c++)
            for (int j = 0; j < 2; j++) {
                double z = (x[2 * i + j] - r.mean[j]) / r.sd[j] / EXAMPLES;
                slope[j][c] += z * (exp(evidence[i * CLASSES + c]) / sum - (label[i] == c));
                first[j][c] += z * (1.0 / CLASSES - (label[i] == c));
                most = fmax(most, fabs(first[j][c]));
            }
        right += bb_largest(evidence + i * CLASSES, CLASSES) == (size_t)label[i];
    }
    for (int j = 0; j < 2; j++)
        for (int c = 0; c < CLASSES; c++)
            ck_assert_double_eq_tol(slope[j][c] + penalty * r.weight[j * CLASSES + c], 0, most * pow(.9, 75));
    ck_assert_int_gt(right, EXAMPLES / 2);
}
END_TEST

/* What a model answers to an image does not depend on the images beside it. */
START_TEST(images_do_not_know_of_each_other)
{
    struct bb_layers all, one;
    struct bb_images last = {.n = 1, .side = SIDE, .pixel = bb_image_at(&images, N - 1)};
    for (int model = 0; model < 6; model++) {
        for (int alone = 0; alone < 2; alone++) {
            struct bb_images *set = alone ? &last : &images;
            struct bb_layers *out = alone ? &one : &all;
            switch (model) {
            case 0:
                bb_pixels_run(set, arena, out);
                break;
            case 1:
                bb_gabor_run(&(struct bb_gabor_spec){.shortest = 4, .n_orientations = 4}, set, arena, out);
                break;
            case 2:
                bb_hmax_run(&(struct bb_hmax_spec){.seed = 1, .n_prototypes = 8}, &images, set, arena, out);
                break;
            case 3:
                bb_texture_run(set, arena, out);
                break;
            case 4:
                bb_convnet_run(&(struct bb_convnet_spec){.seed = 1, .width = 4}, set, arena, out);
                break;
            default:
                bb_random_features_run(&(struct bb_convnet_spec){.seed = 1, .width = 30}, set, arena, out);
                break;
            }
        }
        for (size_t k = 0; k < all.n_layers; k++) {
            size_t width = all.layer[k].width;
            ck_assert_mem_eq(all.layer[k].value + (N - 1) * width, one.layer[k].value, width * sizeof(double));
        }
    }
}
END_TEST

Suite *suite_model_vision(void)
{
    Suite *suite = suite_create("model_vision");
    TCase *tcase = tcase_create("models");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, pixels_are_means_and_moments);
    tcase_add_test(tcase, gabor_energy_has_no_polarity);
    tcase_add_test(tcase, hmax_knows_its_prototypes);
    tcase_add_test(tcase, hmax_does_not_see_contrast);
    tcase_add_test(tcase, maps_are_correlated_where_they_overlap);
    tcase_add_test(tcase, texture_statistics_hardly_see_places);
    tcase_add_test(tcase, a_convolution_is_a_sum_over_neighbours);
    tcase_add_test(tcase, the_readout_is_at_its_optimum);
    tcase_add_test(tcase, images_do_not_know_of_each_other);
    suite_add_tcase(suite, tcase);
    return suite;
}
