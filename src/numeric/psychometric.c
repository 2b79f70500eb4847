#include "numeric/psychometric.h"

#include <math.h>
#include <stdbool.h>

#include "numeric/normal.h"

static const double GUESS = .5, LEAST_LAPSE = .03, MOST_LAPSE = .5;
enum { N_SLOPES = 50, N_PARAMETERS = 3, MOST_STEPS = 500 };

static double density(double z)
{
    return exp(-.5 * z * z) / sqrt(2 * M_PI);
}

double bb_psychometric_at(const struct bb_psychometric *fit, double x)
{
    return GUESS + (1 - GUESS - fit->lambda) * bb_normal_cdf(fit->alpha * (x - fit->beta));
}

double bb_psychometric_inverse(const struct bb_psychometric *fit, double share)
{
    return fit->beta + bb_normal_quantile((share - GUESS) / (1 - GUESS - fit->lambda)) / fit->alpha;
}

static double loss_of(const struct bb_psychometric *fit, const double *x, const double *y, size_t n)
{
    double loss = 0;
    for (size_t i = 0; i < n; i++) {
        double p = bb_psychometric_at(fit, x[i]);
        loss -= y[i] * log(p) + (1 - y[i]) * log(1 - p);
    }
    return loss;
}

/* Derivative and expected curvature of the loss at the parameters. */
static void slope_of(const struct bb_psychometric *fit, const double *x, const double *y, size_t n, double g[N_PARAMETERS],
                     double H[N_PARAMETERS][N_PARAMETERS])
{
    for (size_t a = 0; a < N_PARAMETERS; a++) {
        g[a] = 0;
        for (size_t b = 0; b < N_PARAMETERS; b++) H[a][b] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        double z = fit->alpha * (x[i] - fit->beta), height = 1 - GUESS - fit->lambda, p = bb_psychometric_at(fit, x[i]);
        const double d[N_PARAMETERS] = {height * density(z) * (x[i] - fit->beta), -height * density(z) * fit->alpha,
                                        -bb_normal_cdf(z)};
        for (size_t a = 0; a < N_PARAMETERS; a++) {
            g[a] += (p - y[i]) / (p * (1 - p)) * d[a];
            for (size_t b = 0; b < N_PARAMETERS; b++) H[a][b] += d[a] * d[b] / (p * (1 - p));
        }
    }
}

/* The damped step −(H + μ diag H)⁻¹ g by elimination; false: the damping is not enough. */
static bool step_of(double g[N_PARAMETERS], double H[N_PARAMETERS][N_PARAMETERS], double damping, bool keep_lapse,
                    double step[N_PARAMETERS])
{
    size_t m = keep_lapse ? N_PARAMETERS - 1 : N_PARAMETERS;
    double A[N_PARAMETERS][N_PARAMETERS];
    for (size_t a = 0; a < N_PARAMETERS; a++) step[a] = a < m ? -g[a] : 0;
    for (size_t a = 0; a < m; a++)
        for (size_t b = 0; b < m; b++) A[a][b] = a == b ? H[a][a] * (1 + damping) + 1e-12 * damping : H[a][b];
    for (size_t a = 0; a < m; a++) {
        if (!(A[a][a] > 0)) return false;
        for (size_t r = a + 1; r < m; r++) {
            double factor = A[r][a] / A[a][a];
            for (size_t c = a; c < m; c++) A[r][c] -= factor * A[a][c];
            step[r] -= factor * step[a];
        }
    }
    for (size_t a = m; a-- > 0;) {
        for (size_t c = a + 1; c < m; c++) step[a] -= A[a][c] * step[c];
        step[a] /= A[a][a];
    }
    return true;
}

static double within(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

static void refine(struct bb_psychometric *fit, const double *x, const double *y, size_t n)
{
    double damping = 1e-3;
    fit->loss = loss_of(fit, x, y, n);
    for (int i = 0; i < MOST_STEPS && damping < 1e14;) {
        double g[N_PARAMETERS], H[N_PARAMETERS][N_PARAMETERS], step[N_PARAMETERS];
        slope_of(fit, x, y, n, g, H);
        bool at_bound = (fit->lambda <= LEAST_LAPSE && g[2] > 0) || (fit->lambda >= MOST_LAPSE && g[2] < 0);
        for (; i < MOST_STEPS && damping < 1e14; i++) {
            struct bb_psychometric next = *fit;
            if (step_of(g, H, damping, at_bound, step)) {
                next.alpha += step[0];
                next.beta += step[1];
                next.lambda = within(next.lambda + step[2], LEAST_LAPSE, MOST_LAPSE);
                next.loss = loss_of(&next, x, y, n);
                if (next.loss < fit->loss) {
                    *fit = next;
                    damping = fmax(damping / 10, 1e-12);
                    i++;
                    break;
                }
            }
            damping *= 10;
        }
    }
}

static double r2_of(const struct bb_psychometric *fit, const double *x, const double *y, size_t n)
{
    double mean = 0, rest = 0, all = 0;
    for (size_t i = 0; i < n; i++) mean += y[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        double e = y[i] - bb_psychometric_at(fit, x[i]);
        rest += e * e;
        all += (y[i] - mean) * (y[i] - mean);
    }
    if (all > 0) return 1 - rest / all;
    return rest > 0 ? 0 : 1; /* as scikit-learn has it */
}

struct bb_psychometric bb_psychometric_fit(const double *x, const double *y, size_t n)
{
    struct bb_psychometric best = {.loss = HUGE_VAL};
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fmax(most, y[i]);
    for (int s = 0; s < N_SLOPES; s++)
        for (size_t i = 0; i < n; i++) {
            struct bb_psychometric fit = {.alpha = pow(10, -3 + 4. * s / (N_SLOPES - 1)),
                                          .beta = x[i],
                                          .lambda = within(1 - most, LEAST_LAPSE, MOST_LAPSE)};
            refine(&fit, x, y, n);
            if (fit.loss < best.loss - 1e-12 * fabs(best.loss) || isinf(best.loss)) best = fit;
        }
    best.r2 = r2_of(&best, x, y, n);
    return best;
}
