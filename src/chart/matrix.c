#include "chart/matrix.h"

#include <math.h>
#include <string.h>

#include "chart/heatmap.h"

#define NUMBER_WIDTH  37.0
#define NUMBER_HEIGHT 22.0
#define PALE_ABOVE    4 /* shades that ink can be read on in light and in dark */
#define PALE_BELOW    3

static size_t at_place(const struct bb_matrix *matrix, size_t i)
{
    return matrix->order ? matrix->order[i] : i;
}

/* ".63", "−.05", "1.00": as papers write correlations, which leaves room for larger letters. */
static const char *short_number(struct bb_arena *arena, double r)
{
    const char *text = bb_chart_number(arena, r, 2);
    size_t sign = strncmp(text, "−", strlen("−")) == 0 ? strlen("−") : 0;
    if (text[sign] != '0') return text;
    return bb_arena_printf(arena, "%.*s%s", (int)sign, text, text + sign + 1);
}

/* Pale where a number stands on it. */
static int shade_of(double r, bool has_number)
{
    int above = has_number ? PALE_ABOVE : BB_SHADES, below = has_number ? PALE_BELOW : BB_BELOW;
    double size = fmin(fabs(r), 1);
    return r < 0 ? -1 - (int)fmin(size * below, below - 1) : (int)fmin(size * above, above - 1);
}

static struct bb_heat_cell cell_at(const struct bb_matrix *matrix, size_t i, size_t k, bool has_numbers, struct bb_arena *arena)
{
    size_t row = at_place(matrix, i), column = at_place(matrix, k);
    double r = matrix->r[row * matrix->n + column];
    size_t count = matrix->count ? matrix->count[row * matrix->n + column] : 0;
    if (i == k) return (struct bb_heat_cell){.kind = BB_HEAT_NONE};
    if (has_numbers && k > i) {
        const char *text = matrix->count ? bb_arena_printf(arena, "%zu", count) : NULL;
        return (struct bb_heat_cell){.kind = BB_HEAT_NONE, .text = text, .doubtful = text != NULL};
    }
    if (isnan(r)) return (struct bb_heat_cell){.kind = BB_HEAT_MISSING};
    return (struct bb_heat_cell){.kind = BB_HEAT_VALUE,
                                 .shade = shade_of(r, has_numbers),
                                 .value = r,
                                 .text = has_numbers ? short_number(arena, r) : NULL,
                                 .doubtful = matrix->count && count < matrix->few};
}

static const char *describe(const struct bb_matrix *matrix, bool has_numbers, struct bb_arena *arena)
{
    size_t pairs = 0, low[2] = {0}, high[2] = {0};
    for (size_t i = 0; i < matrix->n; i++) {
        for (size_t k = 0; k < i; k++) {
            double r = matrix->r[i * matrix->n + k];
            if (isnan(r)) continue;
            if (!pairs || r < matrix->r[low[0] * matrix->n + low[1]]) low[0] = i, low[1] = k;
            if (!pairs || r > matrix->r[high[0] * matrix->n + high[1]]) high[0] = i, high[1] = k;
            pairs++;
        }
    }
    const char *quantity = bb_scene_clean(arena, matrix->quantity, 60);
    const char *text =
        bb_arena_printf(arena, "%s of %zu rows with each other, %zu pairs with a value", quantity, matrix->n, pairs);
    if (!pairs) return bb_arena_printf(arena, "%s.", text);
    const size_t *const ends[] = {low, high};
    for (size_t end = 0; end < 2; end++)
        text = bb_arena_printf(arena, "%s%s %s for %s and %s", text, end ? ", highest" : ": lowest",
                               bb_chart_number(arena, matrix->r[ends[end][0] * matrix->n + ends[end][1]], 2),
                               bb_scene_clean(arena, matrix->name[ends[end][1]], 60),
                               bb_scene_clean(arena, matrix->name[ends[end][0]], 60));
    const char *more = has_numbers && matrix->count ? ". Above the diagonal: models in common" : "";
    const char *few = !matrix->count || !matrix->few ? ""
                      : has_numbers                  ? bb_arena_printf(arena, ". Grey: fewer than %zu in common", matrix->few)
                                    : bb_arena_printf(arena, ". With a dot: fewer than %zu models in common", matrix->few);
    return bb_arena_printf(arena, "%s%s%s.", text, more, few);
}

static bool any_below(const struct bb_matrix *matrix)
{
    for (size_t i = 0; i < matrix->n * matrix->n; i++)
        if (matrix->r[i] < 0) return true;
    return false;
}

struct bb_scene *bb_matrix_scene(const struct bb_matrix *matrix, struct bb_arena *arena)
{
    size_t n = matrix->n;
    bool has_numbers = n <= BB_MATRIX_NUMBERS;
    struct bb_heat_cell *cell = BB_NEW_ARRAY(arena, n * n + 1, struct bb_heat_cell);
    const char **name = BB_NEW_ARRAY(arena, n + 1, const char *);
    for (size_t i = 0; i < n; i++) {
        name[i] = matrix->name[at_place(matrix, i)];
        for (size_t k = 0; k < n; k++) cell[i * n + k] = cell_at(matrix, i, k, has_numbers, arena);
    }
    struct bb_heatmap map = {.title = matrix->title, .row = name, .column = name, .n_rows = n, .n_columns = n, .cell = cell};
    if (n < 2) map.n_rows = 0; /* nothing to be alike with */
    map.missing = "no value";
    map.desc = describe(matrix, has_numbers, arena);
    if (has_numbers) {
        map.cell_size = NUMBER_WIDTH;
        map.cell_height = NUMBER_HEIGHT;
    } else {
        map.low = any_below(matrix) ? "−1" : "0";
        map.high = "1";
    }
    return bb_heatmap_scene(&map, arena);
}
