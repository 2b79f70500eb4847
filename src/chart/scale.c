#include "chart/scale.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MINUS      "\xe2\x88\x92" /* U+2212 */
#define HUGE_VALUE 1e300          /* further out, differences would overflow */
#define REST       .3             /* of a step: so little beyond the last tick needs no other one */
#define TICKS_MAX  200

/* --- domains -------------------------------------------------------------------------------------------------------- */

static bool is_usable(enum bb_scale_kind kind, double value)
{
    return isfinite(value) && (kind == BB_LINEAR || value > 0);
}

void bb_domain_add(struct bb_domain *domain, enum bb_scale_kind kind, double value)
{
    if (!is_usable(kind, value)) return;
    value = fmax(-HUGE_VALUE, fmin(HUGE_VALUE, value));
    if (kind == BB_LOG) value = fmax(1 / HUGE_VALUE, value);
    domain->lo = domain->any ? fmin(domain->lo, value) : value;
    domain->hi = domain->any ? fmax(domain->hi, value) : value;
    domain->any = true;
}

/* A linear domain must be wide enough for its steps to be numbers of their own. */
static void close_linear(struct bb_domain *domain)
{
    double size = fmax(fabs(domain->lo), fabs(domain->hi)), least = size > 0 ? size * 1e-9 : 0;
    if (domain->hi - domain->lo > fmax(least, DBL_MIN * 1e9)) return;
    double middle = domain->lo / 2 + domain->hi / 2, half = size > DBL_MIN * 1e12 ? size / 10 : .5;
    domain->lo = middle - half;
    domain->hi = middle + half;
}

static void close_log(struct bb_domain *domain)
{
    if (domain->hi / domain->lo > 1 + 1e-9) return;
    domain->lo /= 2;
    domain->hi *= 2;
}

void bb_domain_close(struct bb_domain *domain, enum bb_scale_kind kind)
{
    if (!domain->any) {
        domain->lo = kind == BB_LOG ? 1 : 0;
        domain->hi = kind == BB_LOG ? 10 : 1;
    }
    if (kind == BB_LOG)
        close_log(domain);
    else
        close_linear(domain);
}

struct bb_domain bb_domain_of(enum bb_scale_kind kind, const double *value, size_t n)
{
    struct bb_domain domain = {0};
    for (size_t i = 0; i < n; i++) bb_domain_add(&domain, kind, value[i]);
    bb_domain_close(&domain, kind);
    return domain;
}

/* --- places --------------------------------------------------------------------------------------------------------- */

struct bb_scale bb_scale_new(enum bb_scale_kind kind, struct bb_domain domain, double from, double to)
{
    bb_domain_close(&domain, kind);
    return (struct bb_scale){.kind = kind, .lo = domain.lo, .hi = domain.hi, .from = from, .to = to};
}

double bb_scale_at(const struct bb_scale *scale, double value)
{
    if (isnan(value) || (scale->kind == BB_LOG && value <= 0)) return NAN;
    double share = scale->kind == BB_LOG ? (log10(value) - log10(scale->lo)) / (log10(scale->hi) - log10(scale->lo))
                                         : (value - scale->lo) / (scale->hi - scale->lo);
    return scale->from + share * (scale->to - scale->from);
}

double bb_scale_value(const struct bb_scale *scale, double at)
{
    double share = (at - scale->from) / (scale->to - scale->from);
    if (scale->kind == BB_LINEAR) return scale->lo + share * (scale->hi - scale->lo);
    return pow(10, log10(scale->lo) + share * (log10(scale->hi) - log10(scale->lo)));
}

static double band_step(const struct bb_bands *bands)
{
    return bands->n ? (bands->to - bands->from) / (double)bands->n : bands->to - bands->from;
}

double bb_band_middle(const struct bb_bands *bands, size_t i)
{
    return bands->from + band_step(bands) * ((double)i + .5);
}

double bb_band_width(const struct bb_bands *bands)
{
    return fabs(band_step(bands)) * (1 - bands->gap);
}

/* --- numbers -------------------------------------------------------------------------------------------------------- */

const char *bb_chart_number(struct bb_arena *arena, double value, int decimals)
{
    char text[64];
    if (isnan(value)) return "";
    if (isinf(value)) return value > 0 ? "∞" : MINUS "∞";
    bb_format_fixed(text, value, decimals);
    return text[0] == '-' ? bb_arena_printf(arena, MINUS "%s", text + 1) : bb_arena_strdup(arena, text);
}

/* "12,000" */
static const char *grouped(struct bb_arena *arena, const char *whole)
{
    size_t len = strlen(whole), first = len % 3 ? len % 3 : 3;
    if (len < 5) return whole;
    const char *text = bb_arena_strndup(arena, whole, first);
    for (size_t i = first; i < len; i += 3) text = bb_arena_printf(arena, "%s,%.3s", text, whole + i);
    return text;
}

static const char *superscript(struct bb_arena *arena, int exponent)
{
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const char *text = "";
    for (int rest = abs(exponent); rest || !*text; rest /= 10) text = bb_arena_printf(arena, "%s%s", digits[rest % 10], text);
    return exponent < 0 ? bb_arena_printf(arena, "⁻%s", text) : text;
}

/* 10^exponent: exact where a double can be. */
static double power_of_ten(int exponent)
{
    return pow(10, exponent);
}

static int exponent_of(double value)
{
    int exponent = (int)floor(log10(value));
    if (value >= power_of_ten(exponent + 1)) exponent++; /* log10 was a little too small */
    return value < power_of_ten(exponent) ? exponent - 1 : exponent;
}

/* "2×10⁹", "10⁹": value is mantissa × 10^exponent with as many decimals of the mantissa as asked for. */
static const char *scientific(struct bb_arena *arena, double value, int decimals)
{
    if (value == 0) return "0";
    int exponent = exponent_of(fabs(value));
    double mantissa = fabs(value) / power_of_ten(exponent);
    if (bb_round_decimals(mantissa, decimals) >= 10) mantissa /= 10, exponent++;
    const char *sign = value < 0 ? MINUS : "", *power = superscript(arena, exponent);
    if (bb_round_decimals(mantissa, decimals) == 1 && decimals == 0) return bb_arena_printf(arena, "%s10%s", sign, power);
    return bb_arena_printf(arena, "%s%s×10%s", sign, bb_chart_number(arena, mantissa, decimals), power);
}

static const char *plain(struct bb_arena *arena, double value, int decimals)
{
    const char *text = bb_chart_number(arena, fabs(value), decimals);
    if (decimals == 0) text = grouped(arena, text);
    return value < 0 && bb_round_decimals(value, decimals) < 0 ? bb_arena_printf(arena, MINUS "%s", text) : text;
}

static const char *counted(struct bb_arena *arena, double value)
{
    static const struct {
        double size;
        const char *unit;
    } units[] = {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}};
    char text[64];
    double size = fabs(value);
    if (size >= 1e15) return scientific(arena, value, 0);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (size < units[i].size) continue;
        bb_format_number(text, bb_round_decimals(size / units[i].size, 3));
        return bb_arena_printf(arena, "%s%s%s", value < 0 ? MINUS : "", text, units[i].unit);
    }
    bb_format_number(text, size);
    return bb_arena_printf(arena, "%s%s", value < 0 ? MINUS : "", text);
}

/* --- ticks ---------------------------------------------------------------------------------------------------------- */

/* A step is factor × 10^exponent, so that ticks are whole multiples of whole numbers, and .3 is not .30000000000000004. */
struct step {
    double factor;
    int exponent;
};

static double step_value(struct step step, double times)
{
    return step.exponent >= 0 ? times * step.factor * power_of_ten(step.exponent)
                              : times * step.factor / power_of_ten(-step.exponent);
}

/* First and last whole multiple within the domain; a tick that only rounding keeps out is in. */
static double first_multiple(struct step step, const struct bb_domain *domain)
{
    return ceil(domain->lo / step_value(step, 1) - 1e-9);
}

static double last_multiple(struct step step, const struct bb_domain *domain)
{
    return floor(domain->hi / step_value(step, 1) + 1e-9);
}

static struct step choose_step(const struct bb_domain *domain, size_t wanted, bool is_whole)
{
    static const double factors[] = {1, 2, 5};
    double span = domain->hi - domain->lo, best_distance = INFINITY;
    struct step best = {1, 0};
    int around = exponent_of(span / (double)(wanted ? wanted : 1));
    for (int exponent = around + 1; exponent >= around - 1; exponent--) {
        for (size_t f = 3; f-- > 0;) {
            struct step step = {factors[f], exponent};
            if (is_whole && exponent < 0) continue;
            double count = last_multiple(step, domain) - first_multiple(step, domain) + 1;
            double distance = fabs(count - (double)wanted) + (count < 2 ? 10 : 0); /* one tick gives no scale */
            if (distance >= best_distance) continue;
            best_distance = distance;
            best = step;
        }
    }
    return best;
}

static const char *linear_label(struct bb_arena *arena, double value, struct step step, double largest,
                                enum bb_tick_format format)
{
    int decimals = step.exponent < 0 ? -step.exponent : 0;
    if (format == BB_TICK_COUNT) return counted(arena, value);
    if (format == BB_TICK_YEAR) return bb_chart_number(arena, value, 0);
    if (value == 0) return "0";
    if (largest < 1e6 && decimals <= 5) return plain(arena, value, decimals);
    int digits = exponent_of(fabs(value)) - step.exponent; /* that the step distinguishes */
    return scientific(arena, value, digits < 0 ? 0 : digits > 9 ? 9 : digits);
}

static struct bb_ticks linear_ticks(const struct bb_domain *domain, size_t wanted, enum bb_tick_format format,
                                    struct bb_arena *arena)
{
    struct step step = choose_step(domain, wanted, format != BB_TICK_NUMBER);
    double first = first_multiple(step, domain), last = last_multiple(step, domain);
    struct bb_ticks ticks = {0};
    if (!(last >= first) || last - first >= TICKS_MAX) return ticks;
    double largest = fmax(fabs(step_value(step, first)), fabs(step_value(step, last)));
    ticks.tick = BB_NEW_ARRAY(arena, (size_t)(last - first) + 1, struct bb_tick);
    for (double i = first; i <= last; i++) {
        double value = step_value(step, i) + 0.0; /* not −0 */
        ticks.tick[ticks.n++] = (struct bb_tick){value, linear_label(arena, value, step, largest, format)};
    }
    return ticks;
}

static const char *log_label(struct bb_arena *arena, double factor, int exponent, enum bb_tick_format format)
{
    double value = step_value((struct step){factor, exponent}, 1);
    if (format == BB_TICK_COUNT && exponent >= 0) return counted(arena, value);
    if (exponent >= -4 && exponent <= 4) return plain(arena, value, exponent < 0 ? -exponent : 0);
    return scientific(arena, value, 0);
}

static struct bb_ticks log_ticks(const struct bb_domain *domain, size_t wanted, enum bb_tick_format format,
                                 struct bb_arena *arena)
{
    int first = exponent_of(domain->lo), last = exponent_of(domain->hi), decades = last - first + 1;
    int every = (decades + (int)wanted - 1) / (int)(wanted ? wanted : 1);
    bool between = log10(domain->hi / domain->lo) * 3 <= (double)wanted + 1;
    struct bb_ticks ticks = {.tick = BB_NEW_ARRAY(arena, 9 * (size_t)decades, struct bb_tick)};
    for (int exponent = first; exponent <= last; exponent++) {
        for (int factor = 1; factor <= 9; factor++) {
            double value = step_value((struct step){factor, exponent}, 1);
            if (value < domain->lo * (1 - 1e-9) || value > domain->hi * (1 + 1e-9)) continue;
            bool is_decade = factor == 1 && (exponent % every + every) % every == 0;
            if (!is_decade && every > 1) continue;
            bool is_labelled = is_decade || (between && (factor == 2 || factor == 5));
            ticks.tick[ticks.n++] = (struct bb_tick){value, is_labelled ? log_label(arena, factor, exponent, format) : ""};
        }
    }
    return ticks;
}

struct bb_ticks bb_scale_ticks(const struct bb_scale *scale, size_t wanted, enum bb_tick_format format, struct bb_arena *arena)
{
    struct bb_domain domain = {scale->lo, scale->hi, true};
    if (scale->kind == BB_LOG && log10(scale->hi / scale->lo) > .5) return log_ticks(&domain, wanted, format, arena);
    return linear_ticks(&domain, wanted, format, arena);
}

struct bb_domain bb_domain_nice(struct bb_domain domain, size_t wanted)
{
    bb_domain_close(&domain, BB_LINEAR);
    struct bb_domain wide = domain;
    for (int round = 0; round < 3; round++) { /* a wider domain may have larger steps, by which the first one is widened again */
        struct step step = choose_step(&wide, wanted, false);
        double size = step_value(step, 1);
        double lo = ceil(domain.lo / size - 1e-9), hi = floor(domain.hi / size + 1e-9); /* the outermost ticks */
        wide.lo = lo - domain.lo / size > REST ? step_value(step, lo - 1) + 0.0 : domain.lo;
        wide.hi = domain.hi / size - hi > REST ? step_value(step, hi + 1) + 0.0 : domain.hi;
    }
    return wide;
}
