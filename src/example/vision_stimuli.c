#include "example/vision_stimuli.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "example/fourier.h"
#include "model/draws.h"

enum { SIDE = BB_STIMULUS_SIDE, PIXELS = SIDE * SIDE };
static const double PI = 3.14159265358979323846;

const char *const bb_category_name[BB_CATEGORIES] = {"ball", "bottle", "box", "cross", "fish", "ring", "star", "tree"};

/* Purposes of random numbers; each has the upper half of the task to itself. */
enum { STREAM_FAMILY = 1, STREAM_TEXTURE, STREAM_TWIN, STREAM_OBJECT };

static struct bb_rng stream(uint64_t seed, uint64_t purpose, uint64_t item)
{
    struct bb_rng rng;
    bb_rng_init(&rng, seed, purpose << 32 | item);
    return rng;
}

/* --- noise --------------------------------------------------------------------------------------------------------- */

/* Index as a frequency: −SIDE/2 … SIDE/2 − 1. */
static double frequency_of(size_t i)
{
    return i < SIDE / 2 ? (double)i : (double)i - SIDE;
}

/* Noise whose amplitudes fall as 1 / frequency^slope; standard deviation 1. */
static void draw_noise(struct bb_rng *rng, double slope, double *out)
{
    static const double edge = .5;
    double im[PIXELS] = {0};
    for (size_t i = 0; i < PIXELS; i++) out[i] = bb_draw_normal(rng);
    bb_fourier(out, im, SIDE, false);
    for (size_t y = 0; y < SIDE; y++)
        for (size_t x = 0; x < SIDE; x++) {
            double radius = hypot(frequency_of(y), frequency_of(x)), gain = radius < edge ? 0 : pow(radius, -slope);
            out[y * SIDE + x] *= gain;
            im[y * SIDE + x] *= gain;
        }
    bb_fourier(out, im, SIDE, true);
    bb_image_standardise(out, PIXELS, out);
}

/* The picture's own amplitudes with the phases of white noise, which are those of a real picture. */
static void draw_twin(struct bb_rng *rng, const double *picture, double *out)
{
    double im[PIXELS] = {0}, noise_im[PIXELS] = {0}, re[PIXELS];
    memcpy(re, picture, sizeof re);
    for (size_t i = 0; i < PIXELS; i++) out[i] = bb_draw_normal(rng);
    bb_fourier(re, im, SIDE, false);
    bb_fourier(out, noise_im, SIDE, false);
    for (size_t i = 0; i < PIXELS; i++) {
        double length = hypot(out[i], noise_im[i]), scale = length > 0 ? hypot(re[i], im[i]) / length : 0;
        out[i] *= scale;
        noise_im[i] *= scale;
    }
    out[0] = re[0]; /* the mean keeps its sign */
    bb_fourier(out, noise_im, SIDE, true);
}

/* --- textures ------------------------------------------------------------------------------------------------------ */

enum mark { MARK_STROKE, MARK_EDGE, MARK_DISC, MARK_RING, MARK_CROSS, N_MARKS };

struct family {
    enum mark mark;
    double size, size_spread;           /* half extent in pixels */
    double direction, direction_spread; /* radians */
    double brightness;                  /* share of marks that are bright; the others are dark */
    size_t n_marks;
    double slope, ground; /* spectrum and strength of the noise beneath */
};

static struct family draw_family(uint64_t seed, size_t number)
{
    struct bb_rng rng = stream(seed, STREAM_FAMILY, number);
    struct family f = {.mark = (enum mark)(number % N_MARKS)}; /* all kinds occur in any five families */
    f.size = bb_draw_between(&rng, 3.5, 9);
    f.size_spread = bb_draw_between(&rng, .05, .4);
    f.direction = bb_draw_between(&rng, 0, PI);
    f.direction_spread = bb_draw_between(&rng, 0, 1) < .4 ? PI : bb_draw_between(&rng, .1, .5);
    f.brightness = bb_draw_between(&rng, 0, 1) < .5 ? .5 : bb_draw_between(&rng, .75, 1);
    f.n_marks = (size_t)(bb_draw_between(&rng, .35, .8) * PIXELS /
                         (f.size * f.size * (f.mark == MARK_DISC || f.mark == MARK_RING ? 3 : 1.6)));
    f.slope = bb_draw_between(&rng, .7, 1.5);
    f.ground = bb_draw_between(&rng, .25, .6);
    return f;
}

static double ramp(double x) /* 0 … 1 over one pixel: edges without stairs */
{
    return fmin(fmax(x + .5, 0), 1);
}

/* Strength of a mark at (u, v) in its own directions, in pixels; r: its half extent. */
static double mark_at(enum mark mark, double u, double v, double r)
{
    double radius = hypot(u, v), bar = ramp(r - fabs(u)) * ramp(r / 5 + .5 - fabs(v));
    switch (mark) {
    case MARK_STROKE:
        return bar;
    case MARK_EDGE:
        return ramp(r - radius) * (v > 0 ? 1 : -1) * fmin(fabs(v), 1) * (1 - fabs(v) / (r + 1));
    case MARK_DISC:
        return ramp(r * .8 - radius);
    case MARK_RING:
        return ramp(r * .18 + .5 - fabs(radius - r * .8));
    default:
        return fmax(bar, ramp(r - fabs(v)) * ramp(r / 5 + .5 - fabs(u)));
    }
}

static size_t wrap(long i)
{
    return (size_t)((i % SIDE + SIDE) % SIDE);
}

/* Later marks cover earlier ones; what leaves on one side comes in on the other, so that the spectrum has no border in it. */
static void draw_mark(struct bb_rng *rng, const struct family *f, double *picture)
{
    double x = bb_draw_between(rng, 0, SIDE), y = bb_draw_between(rng, 0, SIDE),
           r = f->size * exp(f->size_spread * bb_draw_normal(rng));
    double angle =
        f->direction + (f->direction_spread >= PI ? bb_draw_between(rng, 0, PI) : f->direction_spread * bb_draw_normal(rng));
    double sign = bb_rng_uniform(rng) < f->brightness ? 1 : -1, shade = 1.8 * sign * bb_draw_between(rng, .6, 1.2),
           c = cos(angle), s = sin(angle);
    r = fmin(fmax(r, 2), SIDE / 3.0);
    long reach = (long)ceil(r) + 1;
    for (long dy = -reach; dy <= reach; dy++)
        for (long dx = -reach; dx <= reach; dx++) {
            double px = floor(x) + (double)dx - x, py = floor(y) + (double)dy - y;
            double strength = mark_at(f->mark, c * px + s * py, c * py - s * px, r);
            double *pixel = &picture[wrap((long)y + dy) * SIDE + wrap((long)x + dx)];
            *pixel += fabs(strength) * (shade * (strength < 0 ? -1 : 1) - *pixel);
        }
}

static void draw_texture(struct bb_rng *rng, const struct family *f, double *picture)
{
    draw_noise(rng, f->slope, picture);
    for (size_t i = 0; i < PIXELS; i++) picture[i] *= f->ground;
    for (size_t i = 0; i < f->n_marks; i++) draw_mark(rng, f, picture);
    bb_image_standardise(picture, PIXELS, picture);
}

/* Mean .5, standard deviation .18, in 256 levels. */
static void expose(double *picture)
{
    bb_image_standardise(picture, PIXELS, picture);
    for (size_t i = 0; i < PIXELS; i++) picture[i] = .5 + .18 * picture[i];
    bb_image_quantise(picture, PIXELS);
}

struct bb_stimuli bb_stimuli_textures(uint64_t seed, size_t n_families, size_t n_samples, struct bb_arena *arena)
{
    size_t n = n_families * n_samples * 2;
    const char **id = BB_NEW_ARRAY(arena, n, const char *), **family = BB_NEW_ARRAY(arena, n_families, const char *);
    const char **condition = BB_NEW_ARRAY(arena, n, const char *);
    int *group = BB_NEW_ARRAY(arena, n, int);
    struct bb_images images = bb_images_new(n, SIDE, arena);
    for (size_t f = 0, i = 0; f < n_families; f++) {
        struct family law = draw_family(seed, f);
        family[f] = bb_arena_printf(arena, "fam%02zu", f + 1);
        for (size_t k = 0; k < n_samples; k++, i += 2) {
            struct bb_rng texture = stream(seed, STREAM_TEXTURE, f << 16 | k), twin = stream(seed, STREAM_TWIN, f << 16 | k);
            double *picture = bb_image_at(&images, i), *noise = bb_image_at(&images, i + 1);
            draw_texture(&texture, &law, picture);
            draw_twin(&twin, picture, noise);
            expose(picture);
            expose(noise);
            for (size_t t = 0; t < 2; t++) {
                condition[i + t] = t ? "noise" : "texture";
                id[i + t] = bb_arena_printf(arena, "%s-%s-%02zu", family[f], condition[i + t], k + 1);
                group[i + t] = (int)f;
            }
        }
    }
    return (struct bb_stimuli){
        .images = images, .n = n, .id = id, .group_name = family, .group = group, .n_groups = n_families, .condition = condition};
}

/* --- objects ------------------------------------------------------------------------------------------------------- */

/* How an object stands: shape, place, light. */
struct view {
    int category;
    double x, y, size, angle; /* pixels from the middle, half extent in pixels, radians */
    double squeeze;           /* pose: turned out of the picture plane */
    double detail;            /* −1 … 1: proportions of this exemplar */
    double light, shade, tone;
};

static double union_of(double a, double b)
{
    return fmin(a, b);
}

static double box_distance(double u, double v, double a, double b)
{
    double du = fabs(u) - a, dv = fabs(v) - b;
    return fmin(fmax(du, dv), 0) + hypot(fmax(du, 0), fmax(dv, 0));
}

/* A triangle with its tip at (0, top) and its base from (−a, bottom) to (a, bottom), about as a distance. */
static double triangle_distance(double u, double v, double top, double bottom, double a)
{
    double slope = a / (bottom - top), side = (fabs(u) - (v - top) * slope) / sqrt(1 + slope * slope);
    return fmax(side, v - bottom);
}

static double ellipse_distance(double u, double v, double a, double b)
{
    return (hypot(u / a, v / b) - 1) * fmin(a, b);
}

static double bottle_distance(double u, double v, double d)
{
    double body = box_distance(u, v - .3, .36 + .06 * d, .62) - .06, neck = box_distance(u, v + .6, .13, .4),
           shoulder = ellipse_distance(u, v + .28, .4, .25);
    return union_of(union_of(body, neck), shoulder);
}

static double fish_distance(double u, double v, double d)
{
    double body = ellipse_distance(u - .15, v, .75, .4 + .06 * d),
           tail = triangle_distance(v, -u, .35, 1, .5); /* its tip in the body, its base to the left */
    return union_of(body, tail);
}

static double star_distance(double u, double v, double d)
{
    double angle = atan2(u, -v), wedge = PI * 2 / 5, a = fabs(fmod(angle + 4 * PI + wedge / 2, wedge) - wedge / 2) / (wedge / 2);
    return (hypot(u, v) - (1 - pow(a, .7) * (.55 + .06 * d))) * .7;
}

static double tree_distance(double u, double v, double d)
{
    double top = triangle_distance(u, v, -1, -.1, .5 + .06 * d), bottom = triangle_distance(u, v, -.5, .5, .7 + .06 * d);
    return union_of(union_of(top, bottom), box_distance(u, v - .75, .13, .27));
}

/* Negative inside; in units of the half extent. */
static double object_distance(int category, double u, double v, double d)
{
    switch (category) {
    case 0:
        return hypot(u, v) - .85;
    case 1:
        return bottle_distance(u, v, d);
    case 2:
        return box_distance(u, v, .78, .7 + .08 * d);
    case 3:
        return union_of(box_distance(u, v, .95, .22 + .05 * d), box_distance(u, v, .22 + .05 * d, .95));
    case 4:
        return fish_distance(u, v, d);
    case 5:
        return fabs(hypot(u, v) - .72) - (.2 + .05 * d);
    case 6:
        return star_distance(u, v, d);
    default:
        return tree_distance(u, v, d);
    }
}

static struct view draw_view(struct bb_rng *rng, int category, bool high)
{
    double range = high ? 1 : .35;
    return (struct view){.category = category,
                         .x = 13 * range * bb_draw_between(rng, -1, 1),
                         .y = 13 * range * bb_draw_between(rng, -1, 1),
                         .size = 17 * exp(.35 * range * bb_draw_between(rng, -1, 1)),
                         .angle = .8 * range * bb_draw_between(rng, -1, 1),
                         .squeeze = cos(.9 * range * bb_draw_between(rng, 0, 1)),
                         .detail = bb_draw_between(rng, -1, 1),
                         .light = bb_draw_between(rng, -PI, PI),
                         .shade = bb_draw_between(rng, .3, .7),
                         .tone = (bb_rng_uniform(rng) < .5 ? -1 : 1) * bb_draw_between(rng, 1.2, 1.8)};
}

/* The shape over the ground: coverage by its distance, and a surface that is bright towards the light and darker at its rim. */
static void draw_object(const struct view *view, double *picture)
{
    double c = cos(view->angle), s = sin(view->angle);
    for (size_t y = 0; y < SIDE; y++)
        for (size_t x = 0; x < SIDE; x++) {
            double px = ((double)x - (SIDE - 1) / 2.0 - view->x) / view->size,
                   py = ((double)y - (SIDE - 1) / 2.0 - view->y) / view->size;
            double u = (c * px + s * py) / view->squeeze, v = c * py - s * px;
            double distance = object_distance(view->category, u, v, view->detail), cover = ramp(-distance * view->size);
            double surface =
                view->tone + view->shade * (cos(view->light) * px + sin(view->light) * py) - .4 * exp(distance * 6) * view->tone;
            picture[y * SIDE + x] += cover * (surface - picture[y * SIDE + x]);
        }
}

/* Half of the grounds are plain noise, half are textures of families that no texture set shows. */
static void draw_ground(struct bb_rng *rng, uint64_t seed, double *picture)
{
    enum { GROUNDS = 12, BEYOND = 1000 };
    double strength = bb_draw_between(rng, .15, .4);
    if (bb_rng_uniform(rng) < .5) {
        draw_noise(rng, bb_draw_between(rng, .8, 1.6), picture);
    } else {
        struct family f = draw_family(seed, BEYOND + bb_rng_below(rng, GROUNDS));
        f.size *= .6; /* smaller than objects, so that a mark is not mistaken for one */
        draw_texture(rng, &f, picture);
    }
    for (size_t i = 0; i < PIXELS; i++) picture[i] *= strength;
}

struct bb_stimuli bb_stimuli_objects(uint64_t seed, const char *prefix, size_t n, struct bb_arena *arena)
{
    const char **id = BB_NEW_ARRAY(arena, n, const char *), **condition = BB_NEW_ARRAY(arena, n, const char *);
    int *group = BB_NEW_ARRAY(arena, n, int);
    struct bb_images images = bb_images_new(n, SIDE, arena);
    for (size_t i = 0; i < n; i++) {
        struct bb_rng rng = stream(seed, STREAM_OBJECT, i);
        bool high = i / BB_CATEGORIES % 2 == 1;
        group[i] = (int)(i % BB_CATEGORIES);
        struct view view = draw_view(&rng, group[i], high);
        double *picture = bb_image_at(&images, i);
        draw_ground(&rng, seed, picture);
        draw_object(&view, picture);
        expose(picture);
        id[i] = bb_arena_printf(arena, "%s-%04zu", prefix, i + 1);
        condition[i] = high ? "high" : "low";
    }
    return (struct bb_stimuli){.images = images,
                               .n = n,
                               .id = id,
                               .group_name = bb_category_name,
                               .group = group,
                               .n_groups = BB_CATEGORIES,
                               .condition = condition};
}
