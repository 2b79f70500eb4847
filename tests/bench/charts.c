/*
 * How fast charts are drawn and how large they are: a line for each kind and size,
 *   <kind> <points> <charts per second> <bytes>
 * and the SVG of each in FOLDER/<kind>-<points>.svg, as it stands in a page. For charts.sh.
 * usage: charts FOLDER
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "chart/heatmap.h"
#include "chart/svg.h"
#include "chart_case.h"

#define SECONDS 0.3 /* for each */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* 500 models × 150 benchmarks, a tenth of them missing: the largest map that a board is expected to show. n is not looked at. */
static struct bb_scene *large_heatmap(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena)
{
    size_t rows = 500, columns = 150;
    const char **name = BB_NEW_ARRAY(arena, rows + columns, const char *);
    struct bb_heat_cell *cell = BB_NEW_ARRAY(arena, rows * columns, struct bb_heat_cell);
    unsigned long long state = n;
    for (size_t i = 0; i < rows + columns; i++) name[i] = bb_arena_strdup(arena, name_of(i));
    for (size_t i = 0; i < rows * columns; i++) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        unsigned noise = (unsigned)(state >> 33) % 100;
        cell[i] = (struct bb_heat_cell){.kind = noise < 10 ? BB_HEAT_MISSING : BB_HEAT_VALUE, .shade = (int)(noise % BB_SHADES)};
        cell[i].value = cell[i].shade / 10.0;
    }
    struct bb_heatmap map = {
        .title = "Models and benchmarks", .row = name, .column = name + rows, .n_rows = rows, .n_columns = columns, .cell = cell};
    map.low = "0";
    map.high = "1";
    return bb_heatmap_scene(&map, arena);
}

static void draw(const struct chart_case *chart, size_t n, struct bb_buf *out)
{
    struct bb_arena *arena = bb_arena_new(0);
    bb_buf_reset(out);
    bb_svg_write(chart->make(n, chart_name_plain, arena), &(struct bb_svg_options){.id = "x"}, out);
    bb_arena_free(arena);
}

static void measure(const struct chart_case *chart, size_t n, const char *folder)
{
    char path[4096];
    struct bb_buf out = BB_BUF_INIT;
    size_t times = 0;
    double begin = now(), took = 0;
    for (; took < SECONDS; took = now() - begin, times++) draw(chart, n, &out);
    snprintf(path, sizeof path, "%s/%s-%zu.svg", folder, chart->name, n);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bb_buf_text(&out), 1, out.len, file) != out.len || fclose(file)) bb_die("%s cannot be written.", path);
    printf("%s %zu %.1f %zu\n", chart->name, n, (double)times / took, out.len);
    bb_buf_release(&out);
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = {7, 50, 5000};
    static const struct chart_case large = {"heatmap", large_heatmap};
    if (argc != 2) return 2;
    for (size_t k = 0; k < n_chart_cases; k++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
            if (sizes[i] < 1000 || strcmp(chart_cases[k].name, "heatmap") != 0) measure(&chart_cases[k], sizes[i], argv[1]);
    measure(&large, 75000, argv[1]);
    return 0;
}
