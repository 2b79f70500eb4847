#include "chart_case.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "chart/bump.h"
#include "chart/cluster.h"
#include "chart/depth.h"
#include "chart/dots.h"
#include "chart/heatmap.h"
#include "chart/matrix.h"
#include "chart/profile.h"
#include "chart/scatter.h"
#include "chart/strip.h"
#include "chart/versus.h"

/* A number in [0, 1) that depends on i and a stream alone. */
static double noise(size_t i, size_t stream)
{
    unsigned long long x = (i + 1) * 0x9e3779b97f4a7c15ULL + stream * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return (double)((x ^ (x >> 31)) >> 11) / 9007199254740992.0;
}

const char *chart_name_plain(size_t i)
{
    static char name[64];
    snprintf(name, sizeof name, i % 5 == 4 ? "resnext101_32x48d_wsl, a long name, %zu" : "model-%zu", i);
    return name;
}

const char *chart_name_hostile(size_t i)
{
    static char large[65537];
    static const char *const names[] = {"<script>alert(1)</script>",
                                        "\"quoted\" & 'single'",
                                        "a\001b\x1b[31m\x7f",
                                        "bad \xff\xc3( utf\xed\xa0\x80",
                                        "]]><!-- --><![CDATA[",
                                        "\u202eevil\u2066",
                                        "\uffff\ufffe",
                                        "日本語のモデル 🧠",
                                        "</title><img src=x>",
                                        "",
                                        "x\ty\nz",
                                        "e\u0301\u0301\u0301"};
    size_t n = sizeof names / sizeof names[0];
    memset(large, 'W', sizeof large - 1);
    return i % (n + 1) == n ? large : names[i % (n + 1)];
}

static struct bb_scene *profile(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    struct bb_profile_layer *layer = BB_NEW_ARRAY(arena, n + 1, struct bb_profile_layer);
    for (size_t i = 0; i < n; i++) {
        layer[i] =
            (struct bb_profile_layer){bb_arena_strdup(arena, name_of(i)), noise(i, 1) * .5 - .05, i % 3 ? .02 : (double)NAN};
        if (i % 11 == 5) layer[i].score = NAN;
    }
    struct bb_profile it = {.title = name_of(0), .quantity = "Score", .layer = layer, .n = n, .chosen = n / 2};
    it.ceiling = n % 2 ? (struct bb_ceiling_band){.6, .55, .64} : (struct bb_ceiling_band){NAN, NAN, NAN};
    return bb_profile_scene(&it, arena);
}

static struct bb_scene *strip(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    struct bb_strip_item *item = BB_NEW_ARRAY(arena, n + 1, struct bb_strip_item);
    for (size_t i = 0; i < n; i++)
        item[i] =
            (struct bb_strip_item){bb_arena_strdup(arena, name_of(i)), i % 13 == 6 ? (double)NAN : noise(i, 2) * noise(i, 3)};
    struct bb_strip it = {.title = "Place", .quantity = n % 2 ? "Score" : NULL, .item = item, .n = n, .marked = n ? n - 1 : 0};
    it.ceiling = n % 2 ? (struct bb_ceiling_band){.9, .8, 1} : (struct bb_ceiling_band){NAN, NAN, NAN};
    return bb_strip_scene(&it, arena);
}

static struct bb_scene *dots(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    struct bb_dots_item *item = BB_NEW_ARRAY(arena, n + 1, struct bb_dots_item);
    for (size_t i = 0; i < n; i++) {
        double value = .9 - .9 * (double)i / (double)n;
        item[i] = (struct bb_dots_item){bb_arena_strdup(arena, name_of(i)),
                                        i % 2 ? "../a/index.html" : NULL,
                                        value,
                                        value - .05,
                                        value + .08,
                                        NULL,
                                        i == 2,
                                        i == 4};
        if (i % 7 == 3) item[i].value = NAN;
        if (i % 5 == 1) item[i].low = item[i].high = NAN;
    }
    struct bb_dots it = {.title = "Models", .quantity = "Score", .item = item, .n = n, .whisker = "SD over subjects"};
    it.ceiling = n % 2 ? (struct bb_ceiling_band){1, .9, 1.1} : (struct bb_ceiling_band){NAN, NAN, NAN};
    return bb_dots_scene(&it, arena);
}

static struct bb_scene *scatter_of(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena, enum bb_scale_kind kind,
                                   enum bb_tick_format format, enum bb_front front)
{
    static const char *const family[] = {"AlexNet", "ResNet", "VGG", "Transformer", "a", "b", "c", "d", "e", "f"};
    static double at[11], low[11], high[11];
    struct bb_scatter_point *point = BB_NEW_ARRAY(arena, n + 1, struct bb_scatter_point);
    for (size_t i = 0; i < n; i++) {
        double x = noise(i, 4), y = .2 + .5 * x + .2 * (noise(i, 5) - .5);
        point[i] = (struct bb_scatter_point){.name = bb_arena_strdup(arena, name_of(i)), .href = i % 2 ? "a.html" : NULL, .y = y};
        point[i].x = kind == BB_LOG ? pow(10, 5 + 4 * x) : format == BB_TICK_YEAR ? floor(2012 + 15 * x) : x;
        point[i].x_error = NAN;
        point[i].y_error = i % 3 ? (double)NAN : .05;
        point[i].family = i % 12;
        point[i].marked = i == 1;
        point[i].labelled = i < 5;
        if (i % 17 == 9) point[i].x = NAN;
        if (i % 17 == 11 && format != BB_TICK_YEAR) point[i].x = -1;
    }
    struct bb_scatter it = {
        .title = "Brain score against size", .point = point, .n = n, .family = family, .n_families = n % 2 ? 10 : 3};
    it.x = (struct bb_scatter_axis){format == BB_TICK_YEAR ? "Year" : "Parameters", kind, format, false};
    it.y = (struct bb_scatter_axis){"Brain score", BB_LINEAR, BB_TICK_NUMBER, true};
    it.fit = (struct bb_scatter_fit){NAN, NAN, at, low, high, 0};
    it.finding = "Pearson r = 0.50.";
    it.front = front;
    if (n > 2 && front == BB_FRONT_NONE && kind == BB_LINEAR) {
        for (size_t k = 0; k < 11; k++) {
            at[k] = (double)k / 10;
            low[k] = .15 + .5 * at[k];
            high[k] = .25 + .5 * at[k];
        }
        it.fit = (struct bb_scatter_fit){.2, .5, at, low, high, 11};
    }
    return bb_scatter_scene(&it, arena);
}

static struct bb_scene *scatter(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    return scatter_of(n, name_of, arena, BB_LINEAR, BB_TICK_NUMBER, BB_FRONT_NONE);
}

static struct bb_scene *scatter_log(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    return scatter_of(n, name_of, arena, BB_LOG, BB_TICK_COUNT, BB_FRONT_NONE);
}

static struct bb_scene *front(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    return scatter_of(n, name_of, arena, BB_LOG, BB_TICK_COUNT, BB_FRONT_HIGH);
}

static struct bb_scene *year(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    return scatter_of(n, name_of, arena, BB_LINEAR, BB_TICK_YEAR, n % 2 ? BB_FRONT_HIGH : BB_FRONT_LOW);
}

/* n models in up to nine lists: ranks of one number each, and noise that is new in each list. */
static struct bb_scene *bump(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    size_t lists = n < 3 ? n : 3 + n % 7, *rank = BB_NEW_ARRAY(arena, n * lists + 1, size_t);
    const char **list = BB_NEW_ARRAY(arena, lists + 1, const char *);
    struct bb_bump_line *line = BB_NEW_ARRAY(arena, n + 1, struct bb_bump_line);
    double *value = BB_NEW_ARRAY(arena, n + 1, double);
    for (size_t k = 0; k < lists; k++) {
        list[k] = k % 4 == 3 ? bb_arena_strdup(arena, name_of(k)) : bb_arena_printf(arena, "V%zu", k + 1);
        for (size_t i = 0; i < n; i++) value[i] = noise(i, 8) + .3 * noise(i, 9 + k);
        for (size_t i = 0; i < n; i++) {
            size_t better = 0;
            for (size_t m = 0; m < n; m++) better += value[m] > value[i];
            rank[i * lists + k] = (i + k) % 11 == 7 ? 0 : 1 + better - better % (1 + i % 2); /* some share a rank */
        }
    }
    for (size_t i = 0; i < n; i++)
        line[i] = (struct bb_bump_line){bb_arena_strdup(arena, name_of(i)), i % 2 ? "a.html" : NULL, rank + i * lists,
                                        n == 41 && i % 3 == 0};
    struct bb_bump it = {.title = "Ranks", .list = list, .n_lists = lists, .line = line, .n = n, .width = n == 7 ? 360 : 0};
    return bb_bump_scene(&it, arena);
}

/* n benchmarks, or 150 of more. */
static struct bb_scene *matrix(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    size_t rows = n > 150 ? 150 : n, *order = BB_NEW_ARRAY(arena, rows + 1, size_t),
           *count = BB_NEW_ARRAY(arena, rows * rows + 1, size_t);
    const char **name = BB_NEW_ARRAY(arena, rows + 1, const char *);
    double *r = BB_NEW_ARRAY(arena, rows * rows + 1, double);
    for (size_t i = 0; i < rows; i++) {
        name[i] = bb_arena_strdup(arena, name_of(i));
        for (size_t k = 0; k < rows; k++) {
            size_t low = i < k ? i : k, high = i < k ? k : i;
            double alike = 1 - 3 * fabs(noise(low, 12) - noise(high, 12));
            r[i * rows + k] = (low + high) % 23 == 5 ? (double)NAN : alike > -1 ? alike : -1;
            count[i * rows + k] = 5 + (low * 7 + high) % 40;
        }
    }
    bb_cluster_order(r, rows, rows, rows, 1, order, arena);
    struct bb_matrix it = {
        .title = "Benchmarks with each other", .quantity = "Pearson r", .name = name, .n = rows, .r = r, .few = 10};
    it.order = order;
    if (n != 3) it.count = count;
    return bb_matrix_scene(&it, arena);
}

/* n: about the number of cells / 10 */
static struct bb_scene *heatmap(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    size_t rows = n, columns = n > 50 ? 20 : n, *order = BB_NEW_ARRAY(arena, rows + 1, size_t);
    const char **name = BB_NEW_ARRAY(arena, rows + columns + 1, const char *);
    double *value = BB_NEW_ARRAY(arena, rows * columns + 1, double);
    struct bb_heat_cell *cell = BB_NEW_ARRAY(arena, rows * columns + 1, struct bb_heat_cell);
    for (size_t i = 0; i < rows + columns; i++) name[i] = bb_arena_strdup(arena, name_of(i));
    for (size_t i = 0; i < rows * columns; i++) {
        enum bb_heat kind = i % 19 == 7    ? BB_HEAT_MISSING
                            : i % 23 == 11 ? BB_HEAT_FAILED
                            : i % 29 == 3  ? BB_HEAT_NONE
                                           : BB_HEAT_VALUE;
        value[i] = kind == BB_HEAT_VALUE ? noise(i / columns, 6) * noise(i % columns, 7) : (double)NAN;
        cell[i] =
            (struct bb_heat_cell){.kind = kind, .shade = kind == BB_HEAT_VALUE ? (int)(9.99 * value[i]) : 0, .value = value[i]};
    }
    if (rows <= 300) bb_cluster_order(value, rows, columns, columns, 1, order, arena);
    struct bb_heatmap it = {
        .title = "Models and benchmarks", .row = name, .column = name + rows, .n_rows = rows, .n_columns = columns, .cell = cell};
    if (rows <= 300) it.row_order = order;
    if (n != 2) it.low = "0", it.high = "1";
    return bb_heatmap_scene(&it, arena);
}

static struct bb_scene *versus(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    struct bb_versus_row *row = BB_NEW_ARRAY(arena, n + 1, struct bb_versus_row);
    const char **series = BB_NEW_ARRAY(arena, 3, const char *);
    for (size_t s = 0; s < 3; s++) series[s] = bb_arena_strdup(arena, name_of(s));
    for (size_t i = 0; i < n; i++) {
        double *value = BB_NEW_ARRAY(arena, 6, double);
        for (size_t s = 0; s < 3; s++) {
            value[s] = (i + s) % 7 == 3 ? (double)NAN : noise(i, 40 + s);
            value[3 + s] = (i + s) % 3 == 1 ? (double)NAN : .05 * noise(i, 50 + s);
        }
        row[i] = (struct bb_versus_row){
            bb_arena_strdup(arena, name_of(i)), i % 2 ? "a.html" : NULL, value, value + 3, i % 4 == 0, i % 4 != 0};
    }
    struct bb_versus it = {.title = name_of(0), .quantity = "Score", .series = series, .n_series = 3, .row = row, .n = n};
    return bb_versus_scene(&it, arena);
}

/* n layers of the first of three models, fewer of the others. */
static struct bb_scene *depth(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    struct bb_depth_model *model = BB_NEW_ARRAY(arena, 3, struct bb_depth_model);
    for (size_t m = 0; m < 3; m++) {
        size_t layers = n / (m + 1);
        struct bb_profile_layer *layer = BB_NEW_ARRAY(arena, layers + 1, struct bb_profile_layer);
        for (size_t i = 0; i < layers; i++)
            layer[i] = (struct bb_profile_layer){bb_arena_strdup(arena, name_of(i)),
                                                 (i + m) % 17 == 9 ? (double)NAN : .1 * (double)m + .4 * noise(i, 60 + m), NAN};
        model[m] = (struct bb_depth_model){bb_arena_strdup(arena, name_of(m)), layer, layers, layers / 2};
    }
    struct bb_depth it = {.title = name_of(0), .quantity = "Score", .model = model, .n = n % 2 ? 3 : 2};
    return bb_depth_scene(&it, arena);
}

const struct chart_case chart_cases[] = {
    {"profile", profile}, {"strip", strip}, {"dots", dots}, {"scatter", scatter}, {"scatter_log", scatter_log},
    {"heatmap", heatmap}, {"front", front}, {"year", year}, {"bump", bump},       {"matrix", matrix},
    {"versus", versus},   {"depth", depth}};
const size_t n_chart_cases = sizeof chart_cases / sizeof chart_cases[0];
