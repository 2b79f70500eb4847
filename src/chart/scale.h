/*
 * Scales: values to places, and the ticks that a reader can count with.
 */
#ifndef BB_CHART_SCALE_H
#define BB_CHART_SCALE_H

#include <stdbool.h>

#include "base/mem.h"

enum bb_scale_kind { BB_LINEAR, BB_LOG };

/* lo < hi, both finite, positive for BB_LOG; from and to are pixels, either way round. */
struct bb_scale {
    enum bb_scale_kind kind;
    double lo, hi;
    double from, to;
};

/* The range of what is finite (and positive for BB_LOG) among the values; `also` NULL or more of them (error ends). Nothing: 0 … 1 (1 … 10).
   One value: a range around it. */
struct bb_domain {
    double lo, hi;
    bool any; /* some value was usable */
};
struct bb_domain bb_domain_of(enum bb_scale_kind kind, const double *value, size_t n);
void bb_domain_add(struct bb_domain *domain, enum bb_scale_kind kind, double value); /* widens it; NaN is ignored */
void bb_domain_close(struct bb_domain *domain, enum bb_scale_kind kind);             /* makes lo < hi, with room for ticks */

struct bb_scale bb_scale_new(enum bb_scale_kind kind, struct bb_domain domain, double from, double to);
double bb_scale_at(const struct bb_scale *scale, double value); /* NaN for NaN, and for what a log scale does not have */
double bb_scale_value(const struct bb_scale *scale, double at); /* the inverse */

/* n bands beside each other, each with a gap of `gap` (0 … 1) of its width. */
struct bb_bands {
    size_t n;
    double from, to, gap;
};
double bb_band_middle(const struct bb_bands *bands, size_t i);
double bb_band_width(const struct bb_bands *bands); /* without the gap */

/* How the numbers of an axis are written. */
enum bb_tick_format {
    BB_TICK_NUMBER, /* with the decimals that the steps need; from a million on and below 1e-5: 2×10⁹ */
    BB_TICK_COUNT,  /* whole steps; 1k, 10M, 2B */
    BB_TICK_YEAR,   /* whole steps, no grouping */
};
struct bb_tick {
    double value;
    const char *label; /* "" for a minor tick of a log scale */
};
struct bb_ticks {
    struct bb_tick *tick;
    size_t n;
};

/*
 * Ticks within the domain, in order. Linear: multiples of 1, 2 or 5 times a power of ten (P. Heckbert, "Nice numbers for graph labels",
 * Graphics Gems, 1990), the step whose number of ticks is nearest to `wanted`, of two the larger. Log: the decades, thinned when there are more
 * than wanted, and 2 and 5 between them when there are few; less than half a decade: as linear.
 */
struct bb_ticks bb_scale_ticks(const struct bb_scale *scale, size_t wanted, enum bb_tick_format format, struct bb_arena *arena);

/* Widens a linear domain to whole steps of its ticks, but not for less than three tenths of a step. */
struct bb_domain bb_domain_nice(struct bb_domain domain, size_t wanted);

/* A number with so many decimals and a real minus sign; "" for NaN. */
const char *bb_chart_number(struct bb_arena *arena, double value, int decimals);

#endif
