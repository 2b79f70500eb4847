#include "metric/v1_properties.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "numeric/spline.h"

const char *const bb_v1_set_names[] = {"blank", "receptive_field", "orientation", "spatial_frequency", "size", "texture", NULL};

static const double RESPONSE_THRESHOLD = 5; /* spikes/s: units that never respond more are left out */

/*
 * Gratings: the mean over phases (dc) and the amplitude of the first harmonic (ac).
 */
static double dc_of(const double *r, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) total += r[i];
    return total / (double)n;
}

static double ac_of(const double *r, size_t n)
{
    double c = 0, s = 0;
    for (size_t i = 0; i < n; i++) {
        double angle = 2 * M_PI * (double)i / (double)n;
        c += r[i] * cos(angle);
        s += r[i] * sin(angle);
    }
    return 2 * hypot(c, s) / (double)n;
}

static size_t largest(const double *x, size_t n)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[at]) at = i;
    return at;
}

static size_t n_gratings(const struct bb_v1_layout *l)
{
    return l->outer * l->n_sf * l->n_or;
}

static void dc_of_all(const struct bb_v1_layout *l, const double *response, double *out)
{
    for (size_t g = 0; g < n_gratings(l); g++) out[g] = dc_of(response + g * l->n_phase, l->n_phase);
}

/* Mean without the baseline, and amplitude, side by side for each grating. */
static void components_of_all(const struct bb_v1_layout *l, const double *response, double baseline, double *out)
{
    for (size_t g = 0; g < n_gratings(l); g++) {
        out[2 * g] = dc_of(response + g * l->n_phase, l->n_phase) - baseline;
        out[2 * g + 1] = ac_of(response + g * l->n_phase, l->n_phase);
    }
}

/*
 * Orientation.
 */

/* Five-point smoothing, zeros beyond the ends, as numpy.convolve(mode="same") with [0, w, 1, w, 0] / (1 + 2w). */
static void smooth(const double *x, size_t n, double w, double *out)
{
    for (size_t i = 0; i < n; i++) out[i] = (w * (i > 0 ? x[i - 1] : 0) + x[i] + w * (i + 1 < n ? x[i + 1] : 0)) / (1 + 2 * w);
}

enum { FINE = 540, FINE_FIRST = -180, FINE_ZERO = 180 }; /* degrees −180 … 359 in steps of 1 */

/* The curve laid end to end three times, smoothed and drawn by a spline; *preferred in degrees 0 … 179. Distance of the
   first orientations on each
   side with at most `share` of the largest response; NaN: none, or more than half a turn. */
static double bandwidth_of(const double *curve, const double *orientation, size_t n, double w, double share, size_t *preferred)
{
    double *x = bb_malloc((15 * n + FINE) * sizeof *x), *tiled = x + 3 * n, *y = tiled + 3 * n, *curvature = y + 3 * n;
    double *fine = curvature + 3 * n;
    for (size_t i = 0; i < 3 * n; i++) {
        x[i] = orientation[i % n] + 180 * ((double)(i / n) - 1);
        tiled[i] = curve[i % n];
    }
    smooth(tiled, 3 * n, w, y);
    *preferred = 0;
    double width = NAN;
    if (bb_spline_fit(x, y, 3 * n, curvature)) {
        for (size_t i = 0; i < FINE; i++) fine[i] = bb_spline_at(x, y, curvature, 3 * n, FINE_FIRST + (double)i);
        *preferred = largest(fine + FINE_ZERO, 180);
        size_t peak = *preferred + FINE_ZERO, low = peak, high = peak;
        double limit = fine[peak] * share;
        while (low > 0 && !(fine[low - 1] <= limit)) low--;
        while (high + 1 < FINE && !(fine[high + 1] <= limit)) high++;
        if (low > 0 && high + 1 < FINE) width = (double)(high + 1 - (low - 1));
        if (width > 180) width = NAN;
    }
    free(x);
    return width;
}

/* What Ringach et al. 2002 measured of a unit. */
struct orientation_tuning {
    double max_dc, max_ac, circular_variance, bandwidth, orthogonal_ratio;
};

static double circular_variance(const double *curve, const double *orientation, size_t n)
{
    double c = 0, s = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        double angle = 2 * orientation[i] / 180 * M_PI;
        c += curve[i] * cos(angle);
        s += curve[i] * sin(angle);
        all += fabs(curve[i]);
    }
    return 1 - hypot(c, s) / all;
}

static struct orientation_tuning tuning_of(const struct bb_v1_layout *l, const double *response, double baseline, double *dc,
                                           bool *responsive)
{
    struct orientation_tuning t;
    size_t preferred;
    dc_of_all(l, response, dc);
    size_t best = largest(dc, n_gratings(l)), at = best % l->n_or;
    const double *curve = dc + (best - at);
    t.max_dc = dc[best];
    t.max_ac = ac_of(response + best * l->n_phase, l->n_phase);
    t.circular_variance = circular_variance(curve, l->orientation, l->n_or);
    t.bandwidth = bandwidth_of(curve, l->orientation, l->n_or, .4, .707, &preferred) / 2;
    t.orthogonal_ratio = curve[(at + l->n_or / 2) % l->n_or] / curve[at];
    *responsive = t.max_dc > baseline + RESPONSE_THRESHOLD;
    return t;
}

#define OF_TUNING(name, expression)                                                                                              \
    static double name(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch, bool *responsive) \
    {                                                                                                                            \
        const struct orientation_tuning t = tuning_of(l, response, baseline, scratch, responsive);                               \
        return expression;                                                                                                       \
    }
OF_TUNING(max_dc, t.max_dc)
OF_TUNING(max_ac, t.max_ac)
OF_TUNING(modulation_ratio, t.max_ac / t.max_dc)
OF_TUNING(variance_of_orientation, t.circular_variance)
OF_TUNING(orientation_bandwidth, t.bandwidth)
OF_TUNING(orthogonal_ratio, t.orthogonal_ratio)
OF_TUNING(orientation_selective, isnan(t.bandwidth) ? 0 : 1)
OF_TUNING(variance_over_bandwidth, t.circular_variance / t.bandwidth)
OF_TUNING(ratio_less_variance, t.orthogonal_ratio - t.circular_variance)

/* De Valois, Yund and Hepler 1982: the bins begin at −22.5°. */
static double preferred_orientation(const struct bb_v1_layout *l, const double *response, double baseline, double *dc,
                                    bool *responsive)
{
    size_t preferred;
    dc_of_all(l, response, dc);
    size_t best = largest(dc, n_gratings(l));
    (void)bandwidth_of(dc + (best - best % l->n_or), l->orientation, l->n_or, .2, .5, &preferred);
    *responsive = dc[best] > baseline + RESPONSE_THRESHOLD;
    return (double)preferred >= 157.5 ? (double)preferred - 180 : (double)preferred;
}

/*
 * Spatial frequency.
 */
enum { FINE_FREQUENCIES = 100 };

struct frequency_tuning {
    double peak, bandwidth; /* bandwidth: the lower frequency at .707 of the peak over the higher, in percent */
};

static double fine_frequency(const double *log_sf, size_t n, size_t i)
{
    return log_sf[0] + (log_sf[n - 1] - log_sf[0]) * (double)i / (FINE_FREQUENCIES - 1);
}

static struct frequency_tuning tuning_of_frequency(const double *curve, const double *sf, size_t n)
{
    double *x = bb_malloc((3 * n + FINE_FREQUENCIES) * sizeof *x), *y = x + n, *curvature = y + n, *fine = curvature + n;
    struct frequency_tuning t = {NAN, NAN};
    for (size_t i = 0; i < n; i++) {
        x[i] = log2(sf[i]);
        y[i] = (.2 * curve[i ? i - 1 : 0] + curve[i] + .2 * curve[i + 1 < n ? i + 1 : i]) / 1.4;
    }
    if (bb_spline_fit(x, y, n, curvature)) {
        for (size_t i = 0; i < FINE_FREQUENCIES; i++) fine[i] = bb_spline_at(x, y, curvature, n, fine_frequency(x, n, i));
        size_t peak = largest(fine, FINE_FREQUENCIES), low = peak, high = peak;
        double limit = fine[peak] * .707;
        t.peak = exp2(fine_frequency(x, n, peak));
        while (low > 0 && !(fine[low - 1] <= limit)) low--;
        while (high + 1 < FINE_FREQUENCIES && !(fine[high + 1] <= limit)) high++;
        if (low > 0 && high + 1 < FINE_FREQUENCIES)
            t.bandwidth = exp2(fine_frequency(x, n, low - 1)) / exp2(fine_frequency(x, n, high + 1)) * 100;
    }
    free(x);
    return t;
}

/* One response per spatial frequency at the outer value and orientation of the grating `best`; `step` numbers for each grating. */
static void frequency_curve(const struct bb_v1_layout *l, const double *all, size_t step, size_t best, double *curve)
{
    size_t orientation = best / step % l->n_or, outer = best / step / (l->n_or * l->n_sf), component = best % step;
    for (size_t f = 0; f < l->n_sf; f++) curve[f] = all[((outer * l->n_sf + f) * l->n_or + orientation) * step + component];
}

/* Schiller, Finlay and Volman 1976. */
static double frequency_bandwidth(const struct bb_v1_layout *l, const double *response, double baseline, double *dc,
                                  bool *responsive)
{
    double *curve = bb_malloc((l->n_sf + 1) * sizeof *curve);
    dc_of_all(l, response, dc);
    size_t best = largest(dc, n_gratings(l));
    frequency_curve(l, dc, 1, best, curve);
    *responsive = dc[best] > baseline + RESPONSE_THRESHOLD;
    double width = tuning_of_frequency(curve, l->sf, l->n_sf).bandwidth;
    free(curve);
    return width;
}

static double frequency_selective(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch,
                                  bool *responsive)
{
    return isnan(frequency_bandwidth(l, response, baseline, scratch, responsive)) ? 0 : 1;
}

/* De Valois, Albrecht and Thorell 1982: by the component that responds more. */
static double peak_frequency(const struct bb_v1_layout *l, const double *response, double baseline, double *both,
                             bool *responsive)
{
    double *curve = bb_malloc((l->n_sf + 1) * sizeof *curve);
    components_of_all(l, response, baseline, both);
    size_t best = largest(both, 2 * n_gratings(l));
    frequency_curve(l, both, 2, best, curve);
    *responsive = both[best] > RESPONSE_THRESHOLD;
    double peak = tuning_of_frequency(curve, l->sf, l->n_sf).peak;
    free(curve);
    return peak;
}

/*
 * Size: Cavanaugh, Bair and Movshon 2002.
 */
struct size_tuning {
    double suppression, summation_field, surround_diameter;
};

static struct size_tuning tuning_of_size(const struct bb_v1_layout *l, const double *response, double baseline, double *both,
                                         bool *responsive)
{
    struct size_tuning t = {NAN, NAN, NAN};
    components_of_all(l, response, baseline, both);
    size_t best = largest(both, 2 * n_gratings(l)), per_radius = 2 * l->n_sf * l->n_or, at = best % per_radius;
    size_t preferred = best / per_radius;
    double most = both[best], plateau = both[(l->outer - 1) * per_radius + at];
    *responsive = most > RESPONSE_THRESHOLD;
    t.suppression = (most - plateau) / most;
    if (!(most > 0) || !(t.suppression > .1)) return t;
    for (size_t r = 0; r < l->outer && isnan(t.summation_field); r++)
        if (both[r * per_radius + at] >= most * .95) t.summation_field = 2 * l->outer_value[r];
    for (size_t r = preferred + 1; r < l->outer && isnan(t.surround_diameter); r++)
        if (both[r * per_radius + at] <= plateau + .05 * fabs(plateau)) t.surround_diameter = 2 * l->outer_value[r];
    return t;
}

#define OF_SIZE(name, member)                                                                                                    \
    static double name(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch, bool *responsive) \
    {                                                                                                                            \
        return tuning_of_size(l, response, baseline, scratch, responsive).member;                                                \
    }
OF_SIZE(surround_suppression, suppression)
OF_SIZE(summation_field, summation_field)
OF_SIZE(surround_diameter, surround_diameter)

/*
 * Textures and noise: Freeman et al. 2013. Noise comes first, then textures: family by family, sample by sample.
 */
static double family_mean(const struct bb_v1_layout *l, const double *response, double baseline, size_t kind, size_t family)
{
    return dc_of(response + (kind * l->n_family + family) * l->n_sample, l->n_sample) - baseline;
}

static bool texture_responsive(const struct bb_v1_layout *l, const double *response, double baseline)
{
    return response[largest(response, l->n)] - baseline > RESPONSE_THRESHOLD;
}

/* Mean over the families where it is defined. */
static double texture_modulation(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch,
                                 bool *responsive)
{
    double total = 0;
    size_t n = 0;
    (void)scratch;
    *responsive = texture_responsive(l, response, baseline);
    for (size_t f = 0; f < l->n_family; f++) {
        double noise = family_mean(l, response, baseline, 0, f), texture = family_mean(l, response, baseline, 1, f);
        double index = (texture - noise) / (texture + noise);
        if (isnan(index)) continue;
        total += index;
        n++;
    }
    return n ? total / (double)n : (double)NAN;
}

static double absolute_modulation(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch,
                                  bool *responsive)
{
    return fabs(texture_modulation(l, response, baseline, scratch, responsive));
}

static double sparseness(const double *r, size_t n)
{
    double sum = 0, square = 0, count = (double)n;
    for (size_t i = 0; i < n; i++) {
        sum += r[i];
        square += r[i] * r[i];
    }
    return (1 - sum / count * (sum / count) / (square / count)) / (1 - 1 / count);
}

static double selectivity(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch,
                          bool *responsive)
{
    *responsive = texture_responsive(l, response, baseline);
    for (size_t f = 0; f < l->n_family; f++) scratch[f] = family_mean(l, response, baseline, 1, f);
    return sparseness(scratch, l->n_family);
}

static double texture_sparseness(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch,
                                 bool *responsive)
{
    size_t n = l->n_family * l->n_sample;
    *responsive = texture_responsive(l, response, baseline);
    for (size_t i = 0; i < n; i++) scratch[i] = response[n + i] - baseline;
    return sparseness(scratch, n);
}

/* Between families over within them, of variance-stabilised spike counts in 100 ms; the baseline is not taken off. */
static double variance_ratio(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch,
                             bool *responsive)
{
    size_t a = l->n_family, b = l->n_sample;
    double all = 0, within = 0, between = 0, *mean = scratch + a * b;
    *responsive = texture_responsive(l, response, baseline);
    for (size_t f = 0; f < a; f++) {
        for (size_t s = 0; s < b; s++) {
            double count = response[(a + f) * b + s] / 10;
            scratch[f * b + s] = sqrt(count) + sqrt(count + 1);
        }
        mean[f] = dc_of(scratch + f * b, b);
        all += mean[f] / (double)a;
    }
    for (size_t f = 0; f < a; f++) {
        between += (mean[f] - all) * (mean[f] - all);
        for (size_t s = 0; s < b; s++) within += (scratch[f * b + s] - mean[f]) * (scratch[f * b + s] - mean[f]);
    }
    double sample = within / (double)(a * (b - 1)), family = ((double)b * between / (double)(a - 1) - sample) / (double)b;
    double total = sample + family;
    return (family / total + .02) / (sample / total + .02);
}

static double largest_of_kind(const struct bb_v1_layout *l, const double *response, double baseline, size_t kind,
                              bool *responsive)
{
    size_t n = l->n_family * l->n_sample;
    *responsive = texture_responsive(l, response, baseline);
    return response[kind * n + largest(response + kind * n, n)] - baseline;
}

static double max_texture(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch,
                          bool *responsive)
{
    (void)scratch;
    return largest_of_kind(l, response, baseline, 1, responsive);
}

static double max_noise(const struct bb_v1_layout *l, const double *response, double baseline, double *scratch, bool *responsive)
{
    (void)scratch;
    return largest_of_kind(l, response, baseline, 0, responsive);
}

/* By the reference's names, sorted. */
#define PROPERTIES(X)                                                                                                            \
    X("absolute_texture_modulation_index", BB_V1_TEXTURE, absolute_modulation)                                                   \
    X("bandwidth", BB_V1_ORIENTATION, orientation_bandwidth)                                                                     \
    X("circular_variance", BB_V1_ORIENTATION, variance_of_orientation)                                                           \
    X("circular_variance_bandwidth_ratio", BB_V1_ORIENTATION, variance_over_bandwidth)                                           \
    X("grating_summation_field", BB_V1_SIZE, summation_field)                                                                    \
    X("max_ac", BB_V1_ORIENTATION, max_ac)                                                                                       \
    X("max_dc", BB_V1_ORIENTATION, max_dc)                                                                                       \
    X("max_noise", BB_V1_TEXTURE, max_noise)                                                                                     \
    X("max_texture", BB_V1_TEXTURE, max_texture)                                                                                 \
    X("modulation_ratio", BB_V1_ORIENTATION, modulation_ratio)                                                                   \
    X("orientation_selective", BB_V1_ORIENTATION, orientation_selective)                                                         \
    X("orthogonal_preferred_ratio", BB_V1_ORIENTATION, orthogonal_ratio)                                                         \
    X("orthogonal_preferred_ratio_circular_variance_difference", BB_V1_ORIENTATION, ratio_less_variance)                         \
    X("peak_spatial_frequency", BB_V1_SPATIAL_FREQUENCY, peak_frequency)                                                         \
    X("preferred_orientation", BB_V1_ORIENTATION, preferred_orientation)                                                         \
    X("spatial_frequency_bandwidth", BB_V1_SPATIAL_FREQUENCY, frequency_bandwidth)                                               \
    X("spatial_frequency_selective", BB_V1_SPATIAL_FREQUENCY, frequency_selective)                                               \
    X("surround_diameter", BB_V1_SIZE, surround_diameter)                                                                        \
    X("surround_suppression_index", BB_V1_SIZE, surround_suppression)                                                            \
    X("texture_modulation_index", BB_V1_TEXTURE, texture_modulation)                                                             \
    X("texture_selectivity", BB_V1_TEXTURE, selectivity)                                                                         \
    X("texture_sparseness", BB_V1_TEXTURE, texture_sparseness)                                                                   \
    X("variance_ratio", BB_V1_TEXTURE, variance_ratio)

#define ENTRY(name, set, function) {name, set, function},
#define NAME(name, set, function)  name,
static const struct bb_v1_property properties[] = {PROPERTIES(ENTRY)};
const char *const bb_v1_property_names[] = {PROPERTIES(NAME) NULL};

/* The names that the benchmarks have for them. */
static const char *const short_names[][2] = {{"abs_texture_modulation_index", "absolute_texture_modulation_index"},
                                             {"cv_bandwidth_ratio", "circular_variance_bandwidth_ratio"},
                                             {"opr_cv_diff", "orthogonal_preferred_ratio_circular_variance_difference"},
                                             {"or_bandwidth", "bandwidth"},
                                             {"or_selective", "orientation_selective"},
                                             {"orth_pref_ratio", "orthogonal_preferred_ratio"},
                                             {"peak_sf", "peak_spatial_frequency"},
                                             {"pref_or", "preferred_orientation"},
                                             {"sf_bandwidth", "spatial_frequency_bandwidth"},
                                             {"sf_selective", "spatial_frequency_selective"},
                                             {"texture_variance_ratio", "variance_ratio"}};

const struct bb_v1_property *bb_v1_property_find(const char *name)
{
    for (size_t i = 0; i < sizeof short_names / sizeof short_names[0]; i++)
        if (bb_streq(short_names[i][0], name)) name = short_names[i][1];
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
        if (bb_streq(properties[i].name, name)) return &properties[i];
    return NULL;
}
