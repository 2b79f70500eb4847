#include "numeric/association.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "numeric/stats.h"

/* --- Student's t ---------------------------------------------------------------------------------------------------- */

/* The continued fraction of the incomplete beta function by Lentz's method (Numerical Recipes 6.4; DLMF 8.17.22). */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m <= 10000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + even * d;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = 1 + even / c;
        if (fabs(c) < tiny) c = tiny;
        h *= c * d;
        d = 1 + odd * d;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = 1 + odd / c;
        if (fabs(c) < tiny) c = tiny;
        h *= c * d;
        if (fabs(c * d - 1) < 1e-16) break;
    }
    return h;
}

/* I_x(a, b), the regularised incomplete beta function; x1 = 1 − x, given apart so that neither end loses digits. */
static double incomplete_beta(double a, double b, double x, double x1)
{
    if (x <= 0) return 0;
    if (x1 <= 0) return 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(x1));
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, x1) / b;
}

double bb_student_p(double t, double dof)
{
    if (isnan(t) || !(dof > 0)) return NAN;
    if (isinf(t)) return 0;
    double square = t * t;
    return incomplete_beta(dof / 2, .5, dof / (dof + square), square / (dof + square));
}

/* Bisection on the two-sided p value: it falls monotonically, and 200 halvings leave no bit undecided. */
double bb_student_quantile(double p, double dof)
{
    if (!(p > 0) || !(p < 1) || !(dof > 0)) return NAN;
    double tail = p < .5 ? 2 * p : 2 * (1 - p), low = 0, high = 1;
    while (bb_student_p(high, dof) > tail && high < 1e300) high *= 2;
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (bb_student_p(middle, dof) > tail)
            low = middle;
        else
            high = middle;
    }
    return p < .5 ? -(low + high) / 2 : (low + high) / 2;
}

/* --- correlation and line ------------------------------------------------------------------------------------------- */

/* The p value of a correlation by the t test; scipy's 1 for two pairs. A correlation that is one but for rounding is one. */
static double correlation_p(double r, size_t n)
{
    if (isnan(r)) return NAN;
    if (n <= 2) return 1;
    double dof = (double)n - 2, rest = (1 - r) * (1 + r);
    return rest < 4 * DBL_EPSILON ? 0 : bb_student_p(r * sqrt(dof / rest), dof);
}

void bb_fisher_interval(double r, size_t n, double *low, double *high)
{
    static const double z975 = 1.959963984540054; /* of the normal distribution */
    *low = isnan(r) ? (double)NAN : -1;
    *high = isnan(r) ? (double)NAN : 1;
    if (isnan(r) || n <= 3) return;
    double z = atanh(r), half = z975 / sqrt((double)n - 3);
    *low = tanh(z - half);
    *high = tanh(z + half);
}

static void fit(struct bb_association *out, const double *x, const double *y)
{
    double mean_y = bb_mean(y, out->n), sum_xy = 0, rss = 0, dof = (double)out->n - 2;
    out->mean_x = bb_mean(x, out->n);
    for (size_t i = 0; i < out->n; i++) {
        out->sum_xx += (x[i] - out->mean_x) * (x[i] - out->mean_x);
        sum_xy += (x[i] - out->mean_x) * (y[i] - mean_y);
    }
    if (!(out->sum_xx > 0)) return;
    out->slope = sum_xy / out->sum_xx;
    out->intercept = mean_y - out->slope * out->mean_x;
    if (out->n < 3) return;
    for (size_t i = 0; i < out->n; i++) {
        double residual = y[i] - mean_y - out->slope * (x[i] - out->mean_x);
        rss += residual * residual;
    }
    out->residual_sd = sqrt(rss / dof);
    out->slope_se = out->residual_sd / sqrt(out->sum_xx);
}

/* `ranks`: with Spearman's, whose sorting takes most of the time. */
static struct bb_association associate(const double *x, const double *y, size_t n, bool ranks)
{
    struct bb_association out = {.r = NAN,
                                 .p = NAN,
                                 .low = NAN,
                                 .high = NAN,
                                 .rho = NAN,
                                 .rho_p = NAN,
                                 .slope = NAN,
                                 .intercept = NAN,
                                 .slope_se = NAN,
                                 .residual_sd = NAN};
    double *kept = bb_calloc(2 * n + 1, sizeof *kept), *u = kept, *v = kept + n;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        u[out.n] = x[i];
        v[out.n++] = y[i];
    }
    out.r = bb_pearson(u, v, out.n);
    if (ranks) out.rho = bb_spearman(u, v, out.n);
    out.p = correlation_p(out.r, out.n);
    if (out.n >= 3) out.rho_p = correlation_p(out.rho, out.n);
    bb_fisher_interval(out.r, out.n, &out.low, &out.high);
    if (out.n >= 2) fit(&out, u, v);
    free(kept);
    return out;
}

struct bb_association bb_associate(const double *x, const double *y, size_t n)
{
    return associate(x, y, n, true);
}

struct bb_association bb_correlate(const double *x, const double *y, size_t n)
{
    return associate(x, y, n, false);
}

double bb_line_band(const struct bb_association *line, double x)
{
    if (line->n < 3 || isnan(line->residual_sd)) return NAN;
    double t = bb_student_quantile(.975, (double)line->n - 2), d = x - line->mean_x;
    return t * line->residual_sd * sqrt(1 / (double)line->n + d * d / line->sum_xx);
}

/* --- many tests ----------------------------------------------------------------------------------------------------- */

struct test {
    double p;
    size_t index;
};

static int by_p(const void *a, const void *b)
{
    const struct test *x = a, *y = b;
    if (x->p != y->p) return x->p < y->p ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The tests in ascending order of p; to be freed. */
static struct test *sorted_tests(const double *p, size_t n, size_t *n_tests)
{
    struct test *test = bb_calloc(n + 1, sizeof *test);
    *n_tests = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i])) test[(*n_tests)++] = (struct test){p[i], i};
    qsort(test, *n_tests, sizeof *test, by_p);
    return test;
}

void bb_holm(const double *p, size_t n, double *adjusted)
{
    size_t tests;
    struct test *test = sorted_tests(p, n, &tests);
    double before = 0;
    if (adjusted != p) memcpy(adjusted, p, n * sizeof *p);
    for (size_t k = 0; k < tests; k++) {
        before = fmax(before, fmin(1, test[k].p * (double)(tests - k)));
        adjusted[test[k].index] = before;
    }
    free(test);
}

void bb_benjamini_hochberg(const double *p, size_t n, double *adjusted)
{
    size_t tests;
    struct test *test = sorted_tests(p, n, &tests);
    double after = 1;
    if (adjusted != p) memcpy(adjusted, p, n * sizeof *p);
    for (size_t k = tests; k-- > 0;) {
        after = fmin(after, test[k].p * (double)tests / (double)(k + 1));
        adjusted[test[k].index] = after;
    }
    free(test);
}

/* --- bootstrap over groups ------------------------------------------------------------------------------------------ */

/* Sums of the pairs of each group, about the means of all; groups in the order of their first pair, so that their numbers do not matter. */
struct grouped {
    struct bb_sums (*sums)[2];
    size_t n_groups;
};

static void add_pair(struct bb_sums *to, double x, double y)
{
    to->n += 1;
    to->x += x;
    to->y += y;
    to->xx += x * x;
    to->yy += y * y;
    to->xy += x * y;
}

static void add_sums(struct bb_sums *to, const struct bb_sums *more)
{
    to->n += more->n;
    to->x += more->x;
    to->y += more->y;
    to->xx += more->xx;
    to->yy += more->yy;
    to->xy += more->xy;
}

static struct grouped by_group(const double *x, const double *y, const size_t *group, const bool *second, size_t n)
{
    struct grouped out = {bb_calloc(n + 1, sizeof *out.sums), 0};
    size_t *number = bb_calloc(n + 1, sizeof *number);
    struct bb_association all = bb_correlate(x, y, n);
    double mean_y = all.intercept + all.slope * all.mean_x; /* the line goes through the means; NaN for a constant side */
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        if (!number[group[i]]) number[group[i]] = ++out.n_groups;
        add_pair(&out.sums[number[group[i]] - 1][second && second[i]], x[i] - all.mean_x, y[i] - mean_y);
    }
    free(number);
    return out;
}

double bb_sums_r(const struct bb_sums *of)
{
    const double least = 1e-12; /* of the sum of squares: what is left of a constant side by rounding */
    double xx = of->xx - of->x * of->x / of->n, yy = of->yy - of->y * of->y / of->n, xy = of->xy - of->x * of->y / of->n;
    if (!(of->n >= 2) || !(xx > least * of->xx) || !(yy > least * of->yy)) return NAN;
    return fmax(-1, fmin(1, xy / sqrt(xx) / sqrt(yy)));
}

bool bb_group_bootstrap_of(bb_sums_statistic *statistic, const double *x, const double *y, const size_t *group,
                           const bool *second, size_t n, struct bb_draws draws, double *low, double *high)
{
    struct grouped g = by_group(x, y, group, second, n);
    double *value = bb_calloc(draws.times + 1, sizeof *value);
    size_t kept = 0;
    struct bb_rng rng;
    bb_rng_init(&rng, draws.seed, draws.task);
    *low = *high = NAN;
    for (size_t t = 0; g.n_groups && t < draws.times; t++) {
        struct bb_sums sums[2] = {{.n = 0}, {.n = 0}};
        for (size_t k = 0; k < g.n_groups; k++) {
            size_t drawn = bb_rng_below(&rng, (uint32_t)g.n_groups);
            add_sums(&sums[0], &g.sums[drawn][0]);
            if (second) add_sums(&sums[1], &g.sums[drawn][1]);
        }
        value[kept] = statistic(sums);
        kept += isfinite(value[kept]) ? 1 : 0;
    }
    bool enough = kept && 2 * kept >= draws.times;
    if (enough) {
        bb_sort_numbers(value, kept);
        *low = bb_percentile(value, kept, .025);
        *high = bb_percentile(value, kept, .975);
    }
    free(value);
    free(g.sums);
    return enough;
}

static double r_of_all(const struct bb_sums part[2])
{
    return bb_sums_r(&part[0]);
}

bool bb_group_bootstrap(const double *x, const double *y, const size_t *group, size_t n, size_t times, uint64_t seed,
                        uint64_t task, double *low, double *high)
{
    return bb_group_bootstrap_of(r_of_all, x, y, group, NULL, n, (struct bb_draws){times, seed, task}, low, high);
}
