/*
 * The curve of extrapolated ceilings against scipy's fits (tests/numeric/saturation.py).
 */
#include <check.h>
#include <math.h>

#include "metric_case.h"
#include "numeric/saturation.h"

Suite *suite_numeric_saturation(void);

static double squares(const double *x, const double *y, size_t n, double v0, double tau0)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        double residual = v0 * (1 - exp(-x[i] / tau0)) - y[i];
        total += residual * residual;
    }
    return total;
}

START_TEST(fits_are_scipys)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *cases = golden_cases(arena, "saturation");
    ck_assert_uint_gt(cases->as.list.n, 150);
    for (size_t i = 0; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        const char *name = bb_arena_printf(arena, "case %zu (%s)", i, text_of(c, "name"));
        bool loose = bb_json_member(c, "loose")->as.boolean;
        size_t n;
        const double *x = numbers_of(bb_json_member(c, "x"), arena, &n), *y = numbers_of(bb_json_member(c, "y"), arena, &n);
        double v0, tau0, want = number_of(c, "v0");
        bool found = bb_saturation_fit(x, y, n, &v0, &tau0);
        ck_assert_msg(found == !isnan(want), "%s: %s", name, found ? "scipy did not converge" : "it did not converge");
        if (!found) continue;
        check_near(name, v0, want, loose ? 1e-3 : 1e-7);
        if (!loose) check_near(name, tau0, number_of(c, "tau0"), 1e-6);
        ck_assert(v0 >= 0 && v0 <= 1);
        ck_assert_msg(squares(x, y, n, v0, tau0) <= number_of(c, "squares") * (1 + 1e-4) + 1e-9, "%s: %.17g, scipy has %.17g", name,
                      squares(x, y, n, v0, tau0), number_of(c, "squares"));
    }
    bb_arena_free(arena);
}
END_TEST

START_TEST(a_curve_is_found_again)
{
    double x[9], y[9], v0, tau0;
    for (int i = 0; i < 9; i++) {
        x[i] = i + 2;
        y[i] = .63 * (1 - exp(-x[i] / 2.7));
    }
    ck_assert(bb_saturation_fit(x, y, 9, &v0, &tau0));
    check_near("v0", v0, .63, 1e-9);
    check_near("tau0", tau0, 2.7, 1e-8);
}
END_TEST

Suite *suite_numeric_saturation(void)
{
    Suite *suite = suite_create("numeric/saturation");
    TCase *tc = tcase_create("saturation");
    tcase_add_test(tc, fits_are_scipys);
    tcase_add_test(tc, a_curve_is_found_again);
    suite_add_tcase(suite, tc);
    return suite;
}
