#include <check.h>
#include <math.h>

#include "model/filter_bank.h"
#include "model/draws.h"

Suite *suite_model_filter_bank(void);

enum { SIDE = 32, SCALES = 2, ORIENTATIONS = 4, CHANNELS = SCALES * ORIENTATIONS };
static const double PI = 3.14159265358979323846;
static const double wavelengths[SCALES] = {4, 8};
static struct bb_arena *arena;

static void set_up(void)
{
    arena = bb_arena_new(0);
}

static void tear_down(void)
{
    bb_arena_free(arena);
}

static struct bb_bank *bank_of(size_t map, enum bb_bank_cell cell)
{
    return bb_bank_new(&(struct bb_bank_spec){.side = SIDE,
                                              .map = map,
                                              .wavelength = wavelengths,
                                              .n_scales = SCALES,
                                              .n_orientations = ORIENTATIONS,
                                              .first_orientation = .2,
                                              .sigma = .5,
                                              .cell = cell},
                       arena);
}

/* A grating of the filter's own direction and length, amplitude 1, at some phase. */
static void grating(double angle, double wavelength, double phase, double *image)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            image[y * SIDE + x] = .5 + cos(2 * PI / wavelength * (cos(angle) * x + sin(angle) * y) + phase);
}

/* Against the two-dimensional sum itself, at every pixel of the finest lattice. */
START_TEST(two_passes_are_the_filter)
{
    double image[SIDE * SIDE], mean = 0, *maps = BB_NEW_ARRAY(arena, CHANNELS * SIDE * SIDE, double);
    struct bb_rng rng;
    bb_rng_init(&rng, 21, 0);
    for (int i = 0; i < SIDE * SIDE; i++) mean += (image[i] = bb_draw_normal(&rng)) / (SIDE * SIDE);
    bb_bank_run(bank_of(SIDE, BB_CELL_COMPLEX), image, maps);
    for (int c = 0; c < CHANNELS; c++) {
        double wavelength = wavelengths[c / ORIENTATIONS], sigma = .5 * wavelength,
               angle = .2 + PI * (c % ORIENTATIONS) / ORIENTATIONS;
        int half = (int)ceil(2.5 * sigma);
        double sum = 0;
        for (int t = -half; t <= half; t++) sum += exp(-t * t / (2 * sigma * sigma));
        for (int y = 0; y < SIDE; y += 7)
            for (int x = 0; x < SIDE; x += 3) {
                double re = 0, im = 0;
                for (int dy = -half; dy <= half; dy++)
                    for (int dx = -half; dx <= half; dx++) {
                        if (y + dy < 0 || y + dy >= SIDE || x + dx < 0 || x + dx >= SIDE) continue;
                        double g = exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) / (sum * sum);
                        double wave = 2 * PI / wavelength * (cos(angle) * dx + sin(angle) * dy),
                               value = image[(y + dy) * SIDE + x + dx] - mean;
                        re += g * cos(wave) * value;
                        im += g * sin(wave) * value;
                    }
                ck_assert_double_eq_tol(maps[(c * SIDE + y) * SIDE + x], hypot(re, im), 1e-13);
            }
    }
}
END_TEST

START_TEST(each_channel_prefers_its_own_grating)
{
    double image[SIDE * SIDE], maps[CHANNELS * 16 * 16];
    struct bb_bank *bank = bank_of(16, BB_CELL_COMPLEX);
    for (int c = 0; c < CHANNELS; c++) {
        double energy[CHANNELS] = {0};
        grating(.2 + PI * (c % ORIENTATIONS) / ORIENTATIONS, wavelengths[c / ORIENTATIONS], .3, image);
        bb_bank_run(bank, image, maps);
        for (int d = 0; d < CHANNELS; d++)
            for (int i = 0; i < 256; i++) energy[d] += maps[d * 256 + i];
        for (int d = 0; d < CHANNELS; d++) ck_assert(d == c || energy[d] < energy[c]);
        /* in the middle, where no border is near, half the amplitude: the other half went to the opposite wave */
        ck_assert_double_eq_tol(maps[c * 256 + 8 * 16 + 8], .5, .02);
    }
}
END_TEST

/* A complex cell does not see the phase; a simple one does. */
START_TEST(energy_does_not_depend_on_phase)
{
    enum { PHASES = 8, MIDDLE = (ORIENTATIONS * 16 + 8) * 16 + 8 };
    double image[SIDE * SIDE], maps[CHANNELS * 16 * 16];
    for (int cell = 0; cell < 2; cell++) {
        struct bb_bank *bank = bank_of(16, cell ? BB_CELL_COMPLEX : BB_CELL_SIMPLE);
        double least = INFINITY, most = 0;
        for (int k = 0; k < PHASES; k++) {
            grating(.2, 8, PI * k / PHASES, image);
            bb_bank_run(bank, image, maps);
            least = fmin(least, maps[MIDDLE]);
            most = fmax(most, maps[MIDDLE]);
        }
        if (cell)
            ck_assert_double_lt(most - least, .01);
        else
            ck_assert_double_gt(most - least, .25);
    }
}
END_TEST

START_TEST(normalisation_divides_by_all_orientations)
{
    double maps[CHANNELS * 16 * 16], plain[CHANNELS * 16 * 16];
    struct bb_bank *bank = bank_of(16, BB_CELL_COMPLEX);
    for (int i = 0; i < CHANNELS * 256; i++) maps[i] = plain[i] = .01 * (i % 97);
    bb_bank_normalise(bank, 2, .3, maps);
    for (int c = 0; c < CHANNELS; c++) {
        double sum = 0;
        for (int o = 0; o < ORIENTATIONS; o++) {
            double r = plain[((c / ORIENTATIONS) * ORIENTATIONS + o) * 256 + 5];
            sum += r * r / ORIENTATIONS;
        }
        ck_assert_double_eq_tol(maps[c * 256 + 5], plain[c * 256 + 5] * plain[c * 256 + 5] / (.09 + sum), 1e-14);
    }
}
END_TEST

/* Nothing in, nothing out: the mean is not seen. */
START_TEST(a_flat_image_excites_nobody)
{
    double image[SIDE * SIDE], maps[CHANNELS * 16 * 16];
    for (int i = 0; i < SIDE * SIDE; i++) image[i] = .7;
    bb_bank_run(bank_of(16, BB_CELL_COMPLEX), image, maps);
    for (int i = 0; i < CHANNELS * 256; i++) ck_assert_double_eq_tol(maps[i], 0, 1e-14);
}
END_TEST

Suite *suite_model_filter_bank(void)
{
    Suite *suite = suite_create("model_filter_bank");
    TCase *tcase = tcase_create("bank");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, two_passes_are_the_filter);
    tcase_add_test(tcase, each_channel_prefers_its_own_grating);
    tcase_add_test(tcase, energy_does_not_depend_on_phase);
    tcase_add_test(tcase, normalisation_divides_by_all_orientations);
    tcase_add_test(tcase, a_flat_image_excites_nobody);
    suite_add_tcase(suite, tcase);
    return suite;
}
