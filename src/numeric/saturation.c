#include "numeric/saturation.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { P = 2, MAX_EVALUATIONS = 100 * P };
static const double LOWER[P] = {0, -INFINITY}, UPPER[P] = {1, INFINITY}, TOLERANCE = 1e-8;

struct pair {
    double c[P];
};

static double dot(struct pair a, struct pair b)
{
    return a.c[0] * b.c[0] + a.c[1] * b.c[1];
}

static double norm(struct pair a)
{
    return sqrt(dot(a, a));
}

static struct pair plus(struct pair a, struct pair b)
{
    return (struct pair){{a.c[0] + b.c[0], a.c[1] + b.c[1]}};
}

static struct pair times(struct pair a, struct pair b)
{
    return (struct pair){{a.c[0] * b.c[0], a.c[1] * b.c[1]}};
}

static struct pair scaled(double s, struct pair a)
{
    return (struct pair){{s * a.c[0], s * a.c[1]}};
}

/*
 * The problem and where it is: all that one iteration needs.
 */
struct fit {
    const double *x, *y;
    size_t n;
    struct pair at;
    double *residual, *trial;
    struct pair *J; /* n: derivatives of the residuals */
    double cost;    /* Σ residual² / 2 */
    struct pair g;  /* gradient of the cost */
    int evaluations;
    /* In coordinates scaled by the distance to the bounds ("hat"): */
    struct pair d, diagonal, g_hat;
    struct pair *J_hat;
    double radius, alpha;
    /* Singular values of J_hat over √diagonal, its right vectors, and Uᵀ residual. */
    double singular[P], uf[P];
    struct pair V[P]; /* V[k] belongs to singular[k] */
};

static void residuals(const struct fit *fit, struct pair at, double *out)
{
    for (size_t i = 0; i < fit->n; i++) out[i] = at.c[0] * (1 - exp(-fit->x[i] / at.c[1])) - fit->y[i];
}

static double cost_of(const double *residual, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) total += residual[i] * residual[i];
    return .5 * total;
}

/* A step for forward differences that stays within the bounds. */
static double difference_step(double at, double lower, double upper)
{
    double step = sqrt(DBL_EPSILON) * (at >= 0 ? 1 : -1) * fmax(1, fabs(at));
    double below = at - lower, above = upper - at;
    if (fabs(step) > fmax(below, above)) return above >= below ? above : -below;
    return at + step < lower || at + step > upper ? -step : step;
}

static void differentiate(struct fit *fit)
{
    for (size_t k = 0; k < P; k++) {
        struct pair moved = fit->at;
        moved.c[k] += difference_step(fit->at.c[k], LOWER[k], UPPER[k]);
        double h = moved.c[k] - fit->at.c[k];
        residuals(fit, moved, fit->trial);
        for (size_t i = 0; i < fit->n; i++) fit->J[i].c[k] = (fit->trial[i] - fit->residual[i]) / h;
    }
    fit->g = (struct pair){{0}};
    for (size_t i = 0; i < fit->n; i++) fit->g = plus(fit->g, scaled(fit->residual[i], fit->J[i]));
}

/* Coleman and Li: the distance to the bound that the gradient leads to (1: none), and its derivative. */
static void distances(const struct fit *fit, struct pair *v, struct pair *dv)
{
    for (size_t k = 0; k < P; k++) {
        v->c[k] = 1;
        dv->c[k] = 0;
        if (fit->g.c[k] < 0 && isfinite(UPPER[k])) {
            v->c[k] = UPPER[k] - fit->at.c[k];
            dv->c[k] = -1;
        } else if (fit->g.c[k] > 0 && isfinite(LOWER[k])) {
            v->c[k] = fit->at.c[k] - LOWER[k];
            dv->c[k] = 1;
        }
    }
}

/*
 * The trust region step, by the singular values of the scaled Jacobian (Moré 1977).
 */

/* Singular values of two columns of n rows: one rotation makes them orthogonal. */
static void decompose(struct fit *fit)
{
    double aa = fit->diagonal.c[0], bb = fit->diagonal.c[1], ab = 0, cosine = 1, sine = 0;
    for (size_t i = 0; i < fit->n; i++) {
        aa += fit->J_hat[i].c[0] * fit->J_hat[i].c[0];
        bb += fit->J_hat[i].c[1] * fit->J_hat[i].c[1];
        ab += fit->J_hat[i].c[0] * fit->J_hat[i].c[1];
    }
    if (ab != 0) {
        double zeta = (bb - aa) / (2 * ab), tangent = copysign(1, zeta) / (fabs(zeta) + hypot(1, zeta));
        cosine = 1 / hypot(1, tangent);
        sine = cosine * tangent;
    }
    fit->V[0] = (struct pair){{cosine, -sine}};
    fit->V[1] = (struct pair){{sine, cosine}};
    for (size_t k = 0; k < P; k++) {
        /* column k of (J_hat over √diagonal) V; the residuals are 0 beside the diagonal */
        double square =
                   fit->V[k].c[0] * fit->V[k].c[0] * fit->diagonal.c[0] + fit->V[k].c[1] * fit->V[k].c[1] * fit->diagonal.c[1],
               with = 0;
        for (size_t i = 0; i < fit->n; i++) {
            double column = dot(fit->J_hat[i], fit->V[k]);
            square += column * column;
            with += column * fit->residual[i];
        }
        fit->singular[k] = sqrt(square);
        fit->uf[k] = square > 0 ? with / fit->singular[k] : 0;
    }
}

static struct pair solution(const struct fit *fit, double alpha)
{
    struct pair p = {{0}};
    for (size_t k = 0; k < P; k++)
        p = plus(p, scaled(-fit->singular[k] * fit->uf[k] / (fit->singular[k] * fit->singular[k] + alpha), fit->V[k]));
    return p;
}

/* How far the solution for alpha is outside the region, and the derivative of that. */
static double outside(const struct fit *fit, double alpha, double *derivative)
{
    double length = norm(solution(fit, alpha)), total = 0;
    for (size_t k = 0; k < P; k++) {
        double denominator = fit->singular[k] * fit->singular[k] + alpha, suf = fit->singular[k] * fit->uf[k];
        total += suf * suf / (denominator * denominator * denominator);
    }
    *derivative = -total / length;
    return length - fit->radius;
}

static bool full_rank(const struct fit *fit)
{
    double largest = fmax(fit->singular[0], fit->singular[1]), smallest = fmin(fit->singular[0], fit->singular[1]);
    return fit->n >= P && smallest > DBL_EPSILON * (double)fit->n * largest;
}

static double first_alpha(double low, double high)
{
    return fmax(.001 * high, sqrt(low * high));
}

static struct pair trust_region_step(struct fit *fit)
{
    enum { MAX_ROUNDS = 10 };
    bool full = full_rank(fit);
    double derivative, low = 0, high = hypot(fit->singular[0] * fit->uf[0], fit->singular[1] * fit->uf[1]) / fit->radius;
    if (full) {
        struct pair newton = solution(fit, 0);
        if (norm(newton) <= fit->radius) {
            fit->alpha = 0;
            return newton;
        }
        double phi = outside(fit, 0, &derivative);
        low = -phi / derivative;
    }
    if (!full && fit->alpha == 0) fit->alpha = first_alpha(low, high);
    for (int round = 0; round < MAX_ROUNDS; round++) {
        if (fit->alpha < low || fit->alpha > high) fit->alpha = first_alpha(low, high);
        double phi = outside(fit, fit->alpha, &derivative), ratio = phi / derivative;
        if (phi < 0) high = fit->alpha;
        low = fmax(low, fit->alpha - ratio);
        fit->alpha -= (phi + fit->radius) * ratio / fit->radius;
        if (fabs(phi) < .01 * fit->radius) break;
    }
    struct pair p = solution(fit, fit->alpha);
    return scaled(fit->radius / norm(p), p);
}

/*
 * The model of the cost along a line s0 + t s: a t² + b t + c.
 */
struct parabola {
    double a, b, c;
};

static struct parabola along(const struct fit *fit, struct pair s, struct pair s0)
{
    struct pair weighted = times(fit->diagonal, s);
    struct parabola line = {dot(weighted, s), dot(fit->g_hat, s) + dot(weighted, s0), dot(times(fit->diagonal, s0), s0)};
    for (size_t i = 0; i < fit->n; i++) {
        double v = dot(fit->J_hat[i], s), u = dot(fit->J_hat[i], s0);
        line.a += v * v;
        line.b += u * v;
        line.c += u * u;
    }
    line.a *= .5;
    line.c = .5 * line.c + dot(fit->g_hat, s0);
    return line;
}

static double value_at(struct parabola line, double t)
{
    return t * (line.a * t + line.b) + line.c;
}

/* Its minimum in [low, high]. */
static double minimize(struct parabola line, double low, double high, double *value)
{
    double best = low, extremum = line.a != 0 ? -.5 * line.b / line.a : low;
    if (value_at(line, high) < value_at(line, best)) best = high;
    if (extremum > low && extremum < high && value_at(line, extremum) < value_at(line, best)) best = extremum;
    *value = value_at(line, best);
    return best;
}

static double model_of(const struct fit *fit, struct pair s)
{
    struct parabola line = along(fit, s, (struct pair){{0}});
    return line.a + line.b;
}

/*
 * Steps that would leave the bounds: up to the bound, reflected there, or down the gradient; the best of them.
 */
static double step_to_bound(struct pair at, struct pair s, bool hits[P])
{
    double step[P], least;
    for (size_t k = 0; k < P; k++) {
        step[k] = INFINITY;
        if (s.c[k] != 0) step[k] = fmax((LOWER[k] - at.c[k]) / s.c[k], (UPPER[k] - at.c[k]) / s.c[k]);
    }
    least = fmin(step[0], step[1]);
    for (size_t k = 0; hits && k < P; k++) hits[k] = step[k] == least && s.c[k] != 0;
    return least;
}

static double step_to_radius(const struct fit *fit, struct pair from, struct pair s)
{
    double a = dot(s, s), b = dot(from, s), c = dot(from, from) - fit->radius * fit->radius;
    double d = sqrt(fmax(b * b - a * c, 0)), q = -(b + copysign(d, b));
    return fmax(q / a, c / q);
}

static bool within(struct pair at)
{
    return at.c[0] >= LOWER[0] && at.c[0] <= UPPER[0] && at.c[1] >= LOWER[1] && at.c[1] <= UPPER[1];
}

/* The step from the bound on, mirrored. false: there is no room for it. */
static bool reflected_step(const struct fit *fit, struct pair on_bound_hat, struct pair reflected, double stride, double theta,
                           struct pair *out, double *value)
{
    struct pair on_bound = plus(fit->at, times(fit->d, on_bound_hat));
    double to_radius = step_to_radius(fit, on_bound_hat, reflected),
           to_bound = step_to_bound(on_bound, times(fit->d, reflected), NULL);
    double most = fmin(to_bound, to_radius), low = 0, high = -1;
    if (most > 0) {
        low = (1 - theta) * stride / most;
        high = most == to_bound ? theta * to_bound : to_radius;
    }
    if (low > high) return false;
    double t = minimize(along(fit, reflected, on_bound_hat), low, high, value);
    *out = plus(on_bound_hat, scaled(t, reflected));
    return true;
}

static struct pair gradient_step(const struct fit *fit, double theta, double *value)
{
    struct pair down = scaled(-1, fit->g_hat);
    double to_radius = fit->radius / norm(down), to_bound = step_to_bound(fit->at, times(fit->d, down), NULL);
    double t = minimize(along(fit, down, (struct pair){{0}}), 0, to_bound < to_radius ? theta * to_bound : to_radius, value);
    return scaled(t, down);
}

/* The step to take, scaled; *reduction is what the model promises of it. */
static struct pair choose_step(const struct fit *fit, struct pair step, double theta, double *reduction)
{
    bool hits[P];
    if (within(plus(fit->at, times(fit->d, step)))) {
        *reduction = -model_of(fit, step);
        return step;
    }
    double stride = step_to_bound(fit->at, times(fit->d, step), hits), reflected_value = INFINITY, gradient_value;
    struct pair mirrored = step, reflected = step;
    for (size_t k = 0; k < P; k++) mirrored.c[k] *= hits[k] ? -1 : 1;
    step = scaled(stride, step);
    if (!reflected_step(fit, step, mirrored, stride, theta, &reflected, &reflected_value)) reflected_value = INFINITY;
    step = scaled(theta, step);
    double value = model_of(fit, step);
    struct pair down = gradient_step(fit, theta, &gradient_value);
    if (value < reflected_value && value < gradient_value) {
        *reduction = -value;
        return step;
    }
    if (reflected_value < value && reflected_value < gradient_value) {
        *reduction = -reflected_value;
        return reflected;
    }
    *reduction = -gradient_value;
    return down;
}

/*
 * The search.
 */
static struct pair strictly_inside(struct pair at)
{
    for (size_t k = 0; k < P; k++) {
        if (at.c[k] <= LOWER[k]) at.c[k] = nextafter(LOWER[k], UPPER[k]);
        if (at.c[k] >= UPPER[k]) at.c[k] = nextafter(UPPER[k], LOWER[k]);
    }
    return at;
}

static bool all_finite(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i])) return false;
    return true;
}

/* The largest of |gradient · distance|, and everything that is scaled with the distance. */
static double scale(struct fit *fit)
{
    struct pair v, dv;
    distances(fit, &v, &dv);
    fit->d = (struct pair){{sqrt(v.c[0]), sqrt(v.c[1])}};
    fit->diagonal = times(fit->g, dv);
    fit->g_hat = times(fit->d, fit->g);
    for (size_t i = 0; i < fit->n; i++) fit->J_hat[i] = times(fit->J[i], fit->d);
    return fmax(fabs(fit->g.c[0] * v.c[0]), fabs(fit->g.c[1] * v.c[1]));
}

static void new_radius(struct fit *fit, double reduction, double promised, double step, double *ratio)
{
    bool at_edge = step > .95 * fit->radius;
    double old = fit->radius;
    *ratio = promised > 0 ? reduction / promised : promised == 0 && reduction == 0 ? 1 : 0;
    if (*ratio < .25)
        fit->radius = .25 * step;
    else if (*ratio > .75 && at_edge)
        fit->radius *= 2;
    fit->alpha *= old / fit->radius;
}

/* Steps until one makes the cost smaller, or the search is over (*done). false: evaluations have run out without either. */
static bool descend(struct fit *fit, double theta, bool *done)
{
    while (fit->evaluations < MAX_EVALUATIONS) {
        double promised, ratio;
        struct pair hat = choose_step(fit, trust_region_step(fit), theta, &promised), step = times(fit->d, hat);
        struct pair moved = strictly_inside(plus(fit->at, step));
        residuals(fit, moved, fit->trial);
        fit->evaluations++;
        if (!all_finite(fit->trial, fit->n)) {
            fit->radius = .25 * norm(hat);
            continue;
        }
        double cost = cost_of(fit->trial, fit->n), reduction = fit->cost - cost;
        new_radius(fit, reduction, promised, norm(hat), &ratio);
        *done = (reduction < TOLERANCE * fit->cost && ratio > .25) || norm(step) < TOLERANCE * (TOLERANCE + norm(fit->at));
        if (reduction > 0) {
            fit->at = moved;
            fit->cost = cost;
            memcpy(fit->residual, fit->trial, fit->n * sizeof *fit->residual);
            return true;
        }
        if (*done) return true;
    }
    return false;
}

static bool search(struct fit *fit)
{
    struct pair v, dv;
    bool done = false;
    fit->at = (struct pair){{.5, 1}};
    residuals(fit, fit->at, fit->residual);
    fit->cost = cost_of(fit->residual, fit->n);
    fit->evaluations = 1;
    differentiate(fit);
    distances(fit, &v, &dv);
    fit->radius = hypot(fit->at.c[0] / sqrt(v.c[0]), fit->at.c[1] / sqrt(v.c[1]));
    for (;;) {
        double steepest = scale(fit);
        if (steepest < TOLERANCE || done) return true;
        if (fit->evaluations >= MAX_EVALUATIONS || !isfinite(steepest)) return false;
        decompose(fit);
        if (!descend(fit, fmax(.995, 1 - steepest), &done)) return false;
        differentiate(fit);
    }
}

bool bb_saturation_fit(const double *x, const double *y, size_t n, double *v0, double *tau0)
{
    struct fit fit = {.x = x, .y = y, .n = n};
    fit.residual = bb_malloc(2 * (n + 1) * sizeof *fit.residual);
    fit.trial = fit.residual + n;
    fit.J = bb_malloc(2 * (n + 1) * sizeof *fit.J);
    fit.J_hat = fit.J + n;
    bool found = search(&fit);
    *v0 = fit.at.c[0];
    *tau0 = fit.at.c[1];
    free(fit.J);
    free(fit.residual);
    return found;
}
