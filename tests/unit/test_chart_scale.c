#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/scale.h"

Suite *suite_chart_scale(void);

static struct bb_arena *arena;

static void make_arena(void)
{
    arena = bb_arena_new(0);
}

static void drop_arena(void)
{
    bb_arena_free(arena);
}

static struct bb_ticks ticks_between(enum bb_scale_kind kind, double lo, double hi, size_t wanted, enum bb_tick_format format)
{
    const double ends[] = {lo, hi};
    struct bb_scale scale = bb_scale_new(kind, bb_domain_of(kind, ends, 2), 0, 100);
    return bb_scale_ticks(&scale, wanted, format, arena);
}

/* All labels, "|" between them. */
static const char *labels(struct bb_ticks ticks)
{
    const char *text = "";
    for (size_t i = 0; i < ticks.n; i++) text = bb_arena_printf(arena, "%s%s%s", text, i ? "|" : "", ticks.tick[i].label);
    return text;
}

static const struct {
    enum bb_scale_kind kind;
    double lo, hi;
    size_t wanted;
    enum bb_tick_format format;
    const char *labels;
} label_case[] = {
    {BB_LINEAR, 0, 1, 5, BB_TICK_NUMBER, "0|0.2|0.4|0.6|0.8|1.0"},
    {BB_LINEAR, -.3, .3, 5, BB_TICK_NUMBER, "−0.2|0|0.2"},
    {BB_LINEAR, 0, 80, 5, BB_TICK_NUMBER, "0|20|40|60|80"},
    {BB_LINEAR, 0, 40000, 5, BB_TICK_NUMBER, "0|10,000|20,000|30,000|40,000"},
    {BB_LINEAR, 0, 4e9, 5, BB_TICK_NUMBER, "0|10⁹|2×10⁹|3×10⁹|4×10⁹"},
    {BB_LINEAR, -4e-7, 0, 5, BB_TICK_NUMBER, "−4×10⁻⁷|−3×10⁻⁷|−2×10⁻⁷|−10⁻⁷|0"},
    {BB_LINEAR, 0, 25e6, 5, BB_TICK_COUNT, "0|5M|10M|15M|20M|25M"},
    {BB_LINEAR, 0, 3, 6, BB_TICK_COUNT, "0|1|2|3"}, /* counts have no halves */
    {BB_LINEAR, 2012, 2026, 5, BB_TICK_YEAR, "2015|2020|2025"},
    {BB_LINEAR, 1, 1, 5, BB_TICK_NUMBER, "0.90|0.95|1.00|1.05|1.10"},
    {BB_LINEAR, NAN, NAN, 5, BB_TICK_NUMBER, "0|0.2|0.4|0.6|0.8|1.0"},
};

START_TEST(test_labels)
{
    struct bb_ticks ticks =
        ticks_between(label_case[_i].kind, label_case[_i].lo, label_case[_i].hi, label_case[_i].wanted, label_case[_i].format);
    ck_assert_str_eq(labels(ticks), label_case[_i].labels);
}
END_TEST

static const char *said_labels(struct bb_ticks ticks)
{
    const char *text = "";
    for (size_t i = 0; i < ticks.n; i++)
        if (*ticks.tick[i].label) text = bb_arena_printf(arena, "%s%s%s", text, *text ? "|" : "", ticks.tick[i].label);
    return text;
}

START_TEST(test_log_labels)
{
    ck_assert_str_eq(said_labels(ticks_between(BB_LOG, 1e6, 2e9, 5, BB_TICK_COUNT)), "1M|10M|100M|1B");
    ck_assert_str_eq(said_labels(ticks_between(BB_LOG, .001, 10, 5, BB_TICK_NUMBER)), "0.001|0.01|0.1|1|10");
    ck_assert_str_eq(said_labels(ticks_between(BB_LOG, 10, 100, 5, BB_TICK_NUMBER)), "10|20|50|100");
    ck_assert_str_eq(said_labels(ticks_between(BB_LOG, 40, 60, 5, BB_TICK_NUMBER)),
                     "40|45|50|55|60"); /* no decade in it: as linear */
    ck_assert_str_eq(said_labels(ticks_between(BB_LOG, 1e-12, 1e12, 5, BB_TICK_NUMBER)), "10⁻¹⁰|10⁻⁵|1|10⁵|10¹⁰");
    ck_assert_uint_ge(ticks_between(BB_LOG, 5e-324, 1e308, 5, BB_TICK_NUMBER).n, 2);
    ck_assert_uint_le(ticks_between(BB_LOG, 5e-324, 1e308, 5, BB_TICK_NUMBER).n, 9);
}
END_TEST

static double noise(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)*state / 4294967296.0;
}

/* A step is 1, 2 or 5 times a power of ten. */
static bool is_nice(double step)
{
    double mantissa = step / pow(10, floor(log10(step) + 1e-9));
    return fabs(mantissa - 1) < 1e-6 || fabs(mantissa - 2) < 1e-6 || fabs(mantissa - 5) < 1e-6;
}

START_TEST(test_many_ranges)
{
    unsigned state = 1;
    for (int i = 0; i < 5000; i++) {
        double middle = (noise(&state) - .5) * pow(10, 24 * noise(&state) - 12),
               span = fabs(middle) * pow(10, 8 * noise(&state) - 5) + 1e-13;
        double lo = middle - span / 2, hi = middle + span / 2;
        size_t wanted = 3 + (size_t)(5 * noise(&state));
        struct bb_ticks ticks = ticks_between(BB_LINEAR, lo, hi, wanted, BB_TICK_NUMBER);
        ck_assert_msg(ticks.n >= 2 && ticks.n <= 2 * wanted, "%zu ticks, %zu wanted, from %.17g to %.17g", ticks.n, wanted, lo,
                      hi);
        double step = (ticks.tick[ticks.n - 1].value - ticks.tick[0].value) / (double)(ticks.n - 1);
        ck_assert_msg(is_nice(step), "a step of %.17g from %.17g to %.17g", step, lo, hi);
        for (size_t k = 0; k < ticks.n; k++) {
            ck_assert_double_ge(ticks.tick[k].value, lo - step * 1e-6);
            ck_assert_double_le(ticks.tick[k].value, hi + step * 1e-6);
            ck_assert_ptr_null(strchr(ticks.tick[k].label, '-'));
            ck_assert_msg(!k || strcmp(ticks.tick[k].label, ticks.tick[k - 1].label) != 0,
                          "two ticks are called %s, from %.17g to %.17g", ticks.tick[k].label, lo, hi);
        }
    }
}
END_TEST

START_TEST(test_strange_ranges)
{
    const double ends[][2] = {{-1e308, 1e308},       {0, 5e-324}, {1e-310, 2e-310}, {1e15, 1e15 + 2},
                              {INFINITY, -INFINITY}, {0, 0},      {-5, -5},         {1e300, 1e300}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct bb_ticks ticks = ticks_between(BB_LINEAR, ends[i][0], ends[i][1], 5, BB_TICK_NUMBER);
        ck_assert_msg(ticks.n >= 2 && ticks.n <= 12, "%zu ticks from %g to %g", ticks.n, ends[i][0], ends[i][1]);
        for (size_t k = 0; k < ticks.n; k++) ck_assert(isfinite(ticks.tick[k].value));
    }
}
END_TEST

START_TEST(test_inversion)
{
    unsigned state = 2;
    for (int i = 0; i < 5000; i++) {
        bool is_log = i % 2;
        double lo = is_log ? pow(10, 20 * noise(&state) - 10) : (noise(&state) - .5) * 1e6,
               hi = lo + fabs(lo) * (.5 + 100 * noise(&state));
        struct bb_scale scale =
            bb_scale_new(is_log ? BB_LOG : BB_LINEAR, (struct bb_domain){lo, hi, true}, i % 3 ? 10 : 300, i % 3 ? 300 : 10);
        double value = lo + noise(&state) * (hi - lo), at = bb_scale_at(&scale, value);
        ck_assert_double_ge(at, 10 - 1e-9);
        ck_assert_double_le(at, 300 + 1e-9);
        ck_assert_double_eq_tol(bb_scale_value(&scale, at), value, 1e-11 * (fabs(lo) + fabs(hi)));
    }
    struct bb_scale log = bb_scale_new(BB_LOG, (struct bb_domain){1, 100, true}, 0, 2);
    ck_assert_double_eq_tol(bb_scale_at(&log, 10), 1, 1e-15);
    ck_assert(isnan(bb_scale_at(&log, 0)) && isnan(bb_scale_at(&log, -1)) && isnan(bb_scale_at(&log, NAN)));
}
END_TEST

START_TEST(test_bands)
{
    struct bb_bands bands = {.n = 4, .from = 10, .to = 50, .gap = .2};
    ck_assert_double_eq_tol(bb_band_middle(&bands, 0), 15, 1e-12);
    ck_assert_double_eq_tol(bb_band_middle(&bands, 3), 45, 1e-12);
    ck_assert_double_eq_tol(bb_band_width(&bands), 8, 1e-12);
}
END_TEST

START_TEST(test_domains)
{
    const double values[] = {3, NAN, -2, INFINITY, 5};
    struct bb_domain domain = bb_domain_of(BB_LINEAR, values, 5);
    ck_assert_double_eq(domain.lo, -2);
    ck_assert_double_eq(domain.hi, 5);
    domain = bb_domain_of(BB_LOG, values, 5);
    ck_assert_double_eq(domain.lo, 3);
    struct bb_domain nice = bb_domain_nice((struct bb_domain){.03, .87, true}, 5);
    ck_assert_double_eq_tol(nice.lo, 0, 1e-12);
    ck_assert_double_eq_tol(nice.hi, 1, 1e-12);
    nice = bb_domain_nice((struct bb_domain){-.05, .9, true}, 5); /* larger steps do not widen what smaller ones have widened */
    ck_assert_double_eq_tol(nice.lo, -.05, 1e-12);
    ck_assert_double_eq_tol(nice.hi, 1, 1e-12);
    nice = bb_domain_nice((struct bb_domain){-.01, .81, true}, 5); /* so little needs no tick of its own */
    ck_assert_double_eq_tol(nice.lo, -.01, 1e-12);
    ck_assert_double_eq_tol(nice.hi, .81, 1e-12);
}
END_TEST

Suite *suite_chart_scale(void)
{
    Suite *suite = suite_create("chart_scale");
    TCase *tests = tcase_create("scale");
    tcase_add_checked_fixture(tests, make_arena, drop_arena);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_labels, 0, (int)(sizeof label_case / sizeof label_case[0]));
    tcase_add_test(tests, test_log_labels);
    tcase_add_test(tests, test_many_ranges);
    tcase_add_test(tests, test_strange_ranges);
    tcase_add_test(tests, test_inversion);
    tcase_add_test(tests, test_bands);
    tcase_add_test(tests, test_domains);
    suite_add_tcase(suite, tests);
    return suite;
}
