#include "render/palette.h"

#include <math.h>
#include <stdio.h>
#include <strings.h>

#include "base/text.h"

bool bb_palette_named(const char *name, enum bb_palette *out)
{
    static const char *const names[] = {[BB_PALETTE_DEFAULT] = "default", [BB_PALETTE_BRAINSCORE] = "brainscore"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (bb_streq(name, names[i])) {
            *out = (enum bb_palette)i;
            return true;
        }
    return false;
}

/* --- the table --------------------------------------------------------------------------------------------------------- */

/* Hue in turns, saturation and lightness from 0 to 1. */
struct hsl {
    double hue, saturation, lightness;
};

static struct hsl to_hsl(struct bb_rgb colour)
{
    double r = colour.red / 255.0, g = colour.green / 255.0, b = colour.blue / 255.0;
    double high = fmax(r, fmax(g, b)), low = fmin(r, fmin(g, b)), sum = high + low, range = high - low;
    if (range <= 0) return (struct hsl){0, 0, sum / 2};
    double sixth = high == r ? (g - b) / range : high == g ? 2 + (b - r) / range : 4 + (r - g) / range;
    return (struct hsl){sixth / 6, range / (sum < 1 ? sum : 2 - sum), sum / 2};
}

static int channel(double low, double high, double hue)
{
    hue -= floor(hue);
    double part = low;
    if (6 * hue < 1)
        part = low + (high - low) * 6 * hue;
    else if (2 * hue < 1)
        part = high;
    else if (3 * hue < 2)
        part = low + (high - low) * (2.0 / 3 - hue) * 6;
    return (int)floor(255 * part + .5);
}

static struct bb_rgb to_rgb(struct hsl colour)
{
    double s = colour.saturation, l = colour.lightness;
    double high = l < .5 ? l * (1 + s) : l + s - l * s, low = 2 * l - high;
    return (struct bb_rgb){channel(low, high, colour.hue + 1.0 / 3), channel(low, high, colour.hue),
                           channel(low, high, colour.hue - 1.0 / 3)};
}

struct bb_rgb bb_palette_entry(int index, bool engineering)
{
    static const struct bb_rgb end[2][2] = {{{255, 0, 0}, {0x1b, 0xa7, 0x4d}}, {{0xf2, 0xf2, 0xf2}, {0x40, 0x40, 0x40}}};
    const double steps = BB_PALETTE_STEPS - 1, at = floor(0.2270617 * pow(index, 1.321928));
    struct hsl a = to_hsl(end[engineering][0]), b = to_hsl(end[engineering][1]);
    return to_rgb((struct hsl){a.hue + (b.hue - a.hue) * at / steps, a.saturation + (b.saturation - a.saturation) * at / steps,
                               a.lightness + (b.lightness - a.lightness) * at / steps});
}

/* --- a value ------------------------------------------------------------------------------------------------------------- */

static double cut(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* As JavaScript's toFixed(2), in hundredths: the exact value of the double, and the larger of two that are as near. */
static int hundredths(double alpha)
{
    return (int)floorl((long double)alpha * 100 + .5L);
}

/* The arithmetic in the order of the reference, so that the same doubles come out. */
struct bb_palette_shade bb_palette_shade(double value, double min, double max)
{
    if (isnan(value)) return (struct bb_palette_shade){-1, 100};
    bool flat = max - min == 0;
    double n = flat ? .5 : cut((value - min) / (max - min)), slope = -0.9 / (min - max);
    double alpha = flat ? 1 : cut(slope * value + (.1 - slope * min));
    int index = (int)floor(100 * cut(.8 * (n * n)));
    return (struct bb_palette_shade){index, hundredths(alpha)};
}

void bb_palette_css(char out[96], double value, double min, double max, bool engineering)
{
    struct bb_palette_shade shade = bb_palette_shade(value, min, max);
    if (shade.index < 0) {
        snprintf(out, 96, "background-color: #e0e1e2;");
        return;
    }
    struct bb_rgb c = bb_palette_entry(shade.index, engineering);
    snprintf(out, 96, "background-color: rgb(%d, %d, %d); background-color: rgba(%d, %d, %d, %d.%02d);", c.red, c.green, c.blue,
             c.red, c.green, c.blue, shade.alpha / 100, shade.alpha % 100);
}

/* The reference asks whether the name of the tree's root says so; here a group may also be marked. */
static bool is_engineering(const struct bb_results *results, size_t node)
{
    const struct bb_tree *tree = &results->tree;
    static const char word[] = "engineering";
    for (const char *p = tree->node[tree->node[node].root].id; *p; p++)
        if (strncasecmp(p, word, sizeof word - 1) == 0) return true;
    return tree->node[node].engineering;
}

struct bb_palette_range bb_palette_range(const struct bb_results *results, size_t node)
{
    struct bb_palette_range range = {INFINITY, -INFINITY, is_engineering(results, node)};
    for (size_t m = 0; m < results->n_models; m++) {
        double score = bb_results_aggregate(results, m, node)->score;
        if (results->model[m].visibility != BB_PUBLIC || isnan(score) || score == 0) continue;
        range.min = fmin(range.min, score);
        range.max = fmax(range.max, score);
    }
    if (!(range.max > range.min)) return (struct bb_palette_range){0, 1, range.engineering};
    if (range.engineering) range.max *= 2.5;
    return range;
}

/* --- classes ------------------------------------------------------------------------------------------------------------- */

const char *bb_palette_class(struct bb_arena *arena, const struct bb_palette_range *range, double value)
{
    struct bb_palette_shade shade = bb_palette_shade(value, range->min, range->max);
    if (shade.index < 0) return "bs bs-none";
    return bb_arena_printf(arena, "bs b%c%d-%d", range->engineering ? 'e' : 's', shade.index, shade.alpha);
}

/* Black text, but on the darkest greys, where its contrast is below 4.5 : 1 and that of white above. */
static void add_class(struct bb_buf *out, int index, int alpha, bool engineering)
{
    enum { DARKEST_UNDER_BLACK = 117 };
    struct bb_rgb c = bb_palette_entry(index, engineering);
    bool is_dark = engineering && 255 * 100 - alpha * (255 - c.red) < DARKEST_UNDER_BLACK * 100;
    bb_buf_printf(out, ".b%c%d-%d { --b: rgba(%d, %d, %d, %d.%02d);%s }\n", engineering ? 'e' : 's', index, alpha, c.red, c.green,
                  c.blue, alpha / 100, alpha % 100, is_dark ? " color: #fff;" : "");
}

/* Index and alpha follow from the same n, so only few pairs can be: those of each index between the alphas of its two ends, and one more on either
   side, where rounding may lead. Below the minimum (a score of zero does not count for it) the index stays and alpha goes on to nothing. */
static void add_classes(struct bb_buf *out, bool engineering)
{
    const int last = 80; /* ⌊100 · 0.8⌋ */
    for (int index = 0; index <= last; index++) {
        double from = sqrt(index / 80.0), to = fmin(sqrt((index + 1) / 80.0), 1);
        int low = hundredths(.1 + .9 * from) - 1, high = hundredths(.1 + .9 * to) + 1;
        for (int alpha = index == 0 ? 0 : low; alpha <= high && alpha <= 100; alpha++) add_class(out, index, alpha, engineering);
    }
    const struct bb_palette_shade flat = bb_palette_shade(0, 0, 0);
    add_class(out, flat.index, flat.alpha, engineering);
}

/* White lies below in the dark as well, because the colours are made for it. */
void bb_palette_style(struct bb_buf *out)
{
    bb_buf_puts(out, "/* --- the scale of Brain-Score.web, made by the program "
                     "-------------------------------------------------------------------- */\n\n"
                     ".bs, .bs .by, .bs .mark { color: #000; }\n"
                     ".bs { background: linear-gradient(var(--b), var(--b)) #fff; }\n"
                     ".bs-none { --b: #e0e1e2; }\n");
    add_classes(out, false);
    add_classes(out, true);
}
