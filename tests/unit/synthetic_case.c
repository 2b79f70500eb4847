#include "synthetic_case.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* --- numbers and names -------------------------------------------------------------------------------------------- */

double synthetic_hash(size_t a, size_t b, size_t c)
{
    uint64_t x = 0x9e3779b97f4a7c15u * (a + 1) ^ 0xbf58476d1ce4e5b9u * (b + 1) ^ 0x94d049bb133111ebu * (c + 1);
    x = (x ^ (x >> 31)) * 0xd6e8feb86659fd93u;
    x = (x ^ (x >> 29)) * 0xd6e8feb86659fd93u;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

const char *stimulus(char set, size_t i)
{
    return TEXT("%c%02zu", set, i);
}

double feature(char set, size_t i, size_t j)
{
    return synthetic_hash(i + (set == 't' ? 1000 : 0), j, 7);
}

const char *kind(size_t i)
{
    return TEXT("kind%zu", i % N_KINDS);
}

size_t right_or_next(size_t i, size_t who)
{
    double difficulty = (i / 4 % 2 ? .5 : -.5) + .4 * synthetic_hash(i / 4, 0, 11) + .2 * synthetic_hash(i % N_KINDS, 0, 12);
    return synthetic_hash(i, who, 9) > -.4 + difficulty ? i : i + 1 + (synthetic_hash(i, 0, 13) > 0);
}

/* --- arrays ------------------------------------------------------------------------------------------------------- */

void add_coord(struct sheet *sheet, const char *name, size_t dim, const char *const *text, const double *number)
{
    for (size_t i = 0; i < sheet->array.n_coords; i++)
        if (strcmp(sheet->coord[i].name, name) == 0) return; /* the first stays: what a filter asks for comes first */
    ck_assert_uint_lt(sheet->array.n_coords, MAX_COORDS);
    sheet->coord[sheet->array.n_coords++] =
        (struct bb_array_coord){.name = name, .dim = dim, .text = text, .number = number, .integer = false};
}

void add_integers(struct sheet *sheet, const char *name, size_t dim, const double *number)
{
    add_coord(sheet, name, dim, NULL, number);
    sheet->coord[sheet->array.n_coords - 1].integer = true;
}

void add_texts(struct sheet *sheet, const char *name, size_t dim, text_at *at)
{
    size_t n = sheet->array.size[dim];
    const char **text = BB_NEW_ARRAY(fixture_arena, n, const char *);
    for (size_t i = 0; i < n; i++) text[i] = at(i);
    add_coord(sheet, name, dim, text, NULL);
}

void add_same(struct sheet *sheet, const char *name, size_t dim, const char *value)
{
    size_t n = sheet->array.size[dim];
    const char **text = BB_NEW_ARRAY(fixture_arena, n, const char *);
    for (size_t i = 0; i < n; i++) text[i] = value;
    add_coord(sheet, name, dim, text, NULL);
}

void write_sheet(struct sheet *sheet, const char *name)
{
    struct bb_err err;
    sheet->array.coord = sheet->coord;
    ck_assert_msg(bb_array_write(bb_path_join(fixture_arena, fixture_dir, name), &sheet->array, &err) == BB_OK, "%s", err.msg);
}

/* --- what a definition filters by --------------------------------------------------------------------------------- */

static bool is_of_units(const char *coord)
{
    static const char *const names[] = {"region", "nc_testset", "nc_12rep", "reliability", "reliability_window", "roi"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], coord) == 0) return true;
    return false;
}

void add_filtered(struct sheet *sheet, const struct bb_where_rule *rule)
{
    if (bb_starts_with(rule->coord, "time_bin")) return; /* of the third dimension: add_filtered_bins */
    size_t dim = sheet->array.n_dims > 1 && is_of_units(rule->coord) ? 1 : 0, n = sheet->array.size[dim];
    if (!rule->ranged) {
        add_same(sheet, rule->coord, dim, rule->drop ? "kept" : rule->value.name[0]);
        return;
    }
    double *number = BB_NEW_ARRAY(fixture_arena, n, double), inside = isinf(rule->above) ? rule->below - .5 : rule->above + .5;
    for (size_t i = 0; i < n; i++) number[i] = inside + .01 * (double)(i % 7);
    if (dim == 1 && n > 1) number[n - 1] = isinf(rule->above) ? rule->below + 1 : rule->above - 1;
    add_coord(sheet, rule->coord, dim, NULL, number);
}

/* --- what is wrong with a model's files --------------------------------------------------------------------------- */

enum damage damage;
bool lonely;
const char *const damage_names[N_DAMAGES] = {"sound", "strangers", "twice", "half", "nonsense", "sums"};

const char *damaged(const char *name)
{
    return damage ? TEXT("%s-%s", damage_names[damage], name) : name;
}

/* A line of three fields, or of two, as the damage has it. */
static void add_answer(struct bb_buf *out, const char *line, size_t len)
{
    const char *choice = memchr(line, ',', len),
               *value = choice ? memchr(choice + 1, ',', len - (size_t)(choice + 1 - line)) : NULL;
    size_t end = value ? (size_t)(value - line) : len;
    if (damage == NONSENSE)
        bb_buf_printf(out, "%.*s,nonsense%.*s\n", (int)(choice - line), line, (int)(len - end), line + end);
    else if (damage == SUMS && value)
        bb_buf_printf(out, "%.*s,%.17g\n", (int)end, line, 1.1 * strtod(value + 1, NULL));
    else
        bb_buf_printf(out, "%s%.*s\n", damage == STRANGERS ? "x" : "", (int)len, line);
}

void write_answers(const char *name, const char *text)
{
    struct bb_buf out = BB_BUF_INIT;
    size_t head = strcspn(text, "\n") + 1, n = 0, lines = 0;
    for (const char *at = text + head; *at; at++) lines += *at == '\n';
    bb_buf_add(&out, text, head);
    for (const char *at = text + head; *at && (damage != HALF || 2 * n < lines); n++) {
        size_t len = strcspn(at, "\n");
        for (int k = 0; k < (damage == TWICE ? 2 : 1); k++) add_answer(&out, at, len);
        at += len + 1;
    }
    fixture_text(damaged(name), bb_buf_text(&out));
    bb_buf_release(&out);
}

/* --- activations -------------------------------------------------------------------------------------------------- */

static void add_time_dimension(struct sheet *sheet, size_t bins)
{
    sheet->array.dim[2] = "time_bin";
    sheet->array.size[2] = bins;
    sheet->array.n_dims = 3;
}

void add_time_bins(struct sheet *sheet, size_t bins)
{
    double *start = BB_NEW_ARRAY(fixture_arena, 2 * bins, double), *end = start + bins;
    for (size_t b = 0; b < bins; b++) end[b] = (start[b] = 70 + 10 * (double)b) + 10;
    add_time_dimension(sheet, bins);
    add_coord(sheet, "time_bin_start", 2, NULL, start);
    add_coord(sheet, "time_bin_end", 2, NULL, end);
}

static bool has_numbered_bins(const struct bb_source *source)
{
    const char *file = source->file.text[0];
    return strstr(file, "Sanghavi") || strstr(file, "Igustibagus2024");
}

static bool has_seconds(const struct bb_source *source)
{
    return strstr(source->file.text[0], "THINGS_EEG2") != NULL;
}

const char *published_bins(const struct bb_source *source)
{
    return has_numbered_bins(source) ? "numbered" : has_seconds(source) ? "seconds" : "";
}

void add_filtered_bins(struct sheet *sheet, const struct bb_source *source)
{
    enum { N_BINS = 4 };
    /* of Sanghavi's and Bagus's files some, of Gifford's some, in seconds */
    static const double id[N_BINS] = {1, 0, 2, 3}, from[N_BINS] = {170, 70, 50, 100}, to[N_BINS] = {270, 170, 100, 150};
    static const double second[N_BINS] = {-.01, 0, .59, .6}, second_end[N_BINS] = {0, .01, .6, .61};
    bool numbered = has_numbered_bins(source);
    if (!numbered && !has_seconds(source)) return;
    size_t n = sheet->array.size[0] * sheet->array.size[1];
    double *value = BB_NEW_ARRAY(fixture_arena, n * N_BINS, double);
    for (size_t i = 0; i < n * N_BINS; i++) {
        size_t bin = i % N_BINS;
        bool counts = numbered ? id[bin] == 0 : bin == 1 || bin == 2;
        value[i] = counts ? sheet->array.value[i / N_BINS] : (double)NAN; /* no score survives that */
    }
    sheet->array.value = value;
    add_time_dimension(sheet, N_BINS);
    if (numbered) add_coord(sheet, "time_bin_id", 2, NULL, id);
    add_coord(sheet, "time_bin_start", 2, NULL, numbered ? from : second);
    add_coord(sheet, numbered ? "time_bin_stop" : "time_bin_end", 2, NULL, numbered ? to : second_end);
}

void add_overlapping_bins(struct sheet *sheet)
{
    double *start = BB_NEW_ARRAY(fixture_arena, 2 * N_OVERLAPPING, double), *end = start + N_OVERLAPPING;
    size_t n = sheet->array.size[0] * sheet->array.size[1] * N_OVERLAPPING;
    double *value = BB_NEW_ARRAY(fixture_arena, n, double);
    for (size_t b = 0; b < N_OVERLAPPING; b++) end[b] = (start[b] = 10 * (double)b - 100) + 20;
    for (size_t i = 0; i < n; i++) value[i] = end[i % N_OVERLAPPING] > 0 ? sheet->array.value[i] : (double)NAN;
    sheet->array.value = value;
    add_time_dimension(sheet, N_OVERLAPPING);
    add_coord(sheet, "time_bin_start", 2, NULL, start);
    add_coord(sheet, "time_bin_end", 2, NULL, end);
}

void write_features(const char *name, size_t n, size_t bins, text_at *id, value_at *value)
{
    size_t b = bins ? bins : 1, rows = damage == TWICE ? 2 * n : damage == HALF ? n / 2 : n;
    struct sheet sheet = {.array = {.dim = {"presentation", "neuroid"}, .size = {rows, N_FEATURES}, .n_dims = 2}};
    double *all = BB_NEW_ARRAY(fixture_arena, rows * N_FEATURES * b, double),
           *place = BB_NEW_ARRAY(fixture_arena, 3 * N_FEATURES, double);
    const char **ids = BB_NEW_ARRAY(fixture_arena, rows, const char *);
    for (size_t i = 0; i < rows * N_FEATURES * b; i++)
        all[i] = value(i / b / N_FEATURES % n, i / b % N_FEATURES, i % b) + (i / b / N_FEATURES < n ? 0 : 1);
    for (size_t i = 0; i < rows; i++) ids[i] = TEXT("%s%s", damage == STRANGERS ? "x" : "", id(i % n));
    sheet.array.value = all;
    add_coord(&sheet, "stimulus_id", 0, ids, NULL);
    add_same(&sheet, "layer", 1, "layer");
    for (size_t j = 0; j < N_FEATURES; j++) {
        place[j] = (double)(j / 15);
        place[N_FEATURES + j] = (double)(j / 5 % 3);
        place[2 * N_FEATURES + j] = (double)(j % 5);
    }
    add_coord(&sheet, "channel", 1, NULL, place);
    add_coord(&sheet, "channel_x", 1, NULL, place + N_FEATURES);
    add_coord(&sheet, "channel_y", 1, NULL, place + 2 * N_FEATURES);
    if (bins) add_time_bins(&sheet, bins);
    write_sheet(&sheet, damaged(name));
}

/* --- tables and outputs ------------------------------------------------------------------------------------------- */

void write_table(const struct bb_source *source, const char *name, size_t n, cell_at *cell)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_columns *columns = &source->columns;
    for (size_t c = 0; c < columns->n_rules; c++)
        if (columns->rule[c].column.n) bb_buf_printf(&text, "%s%s", text.len ? "," : "", columns->rule[c].column.text[0]);
    for (size_t i = 0; i < n; i++) {
        const char *comma = "\n";
        for (size_t c = 0; c < columns->n_rules; c++) {
            if (!columns->rule[c].column.n) continue;
            bb_buf_printf(&text, "%s%s", comma, cell(source, columns->rule[c].coord, i));
            comma = ",";
        }
    }
    bb_buf_putc(&text, '\n');
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

const char *constant_of(const struct bb_source *source, const char *coord)
{
    for (size_t c = 0; c < source->columns.n_rules; c++)
        if (strcmp(source->columns.rule[c].coord, coord) == 0) return source->columns.rule[c].constant;
    return NULL;
}

const char *output_text(const char *set, const char *file, const char *columns, double degrees)
{
    const char *angle = isnan(degrees) ? "" : TEXT(", \"degrees\": %.17g", degrees);
    return TEXT("\"%s\": {\"file\": \"%s\"%s%s}", set, damaged(file), columns, angle);
}

bool metric_is(const struct bb_node *node, const char *name)
{
    return strcmp(node->metric->name, name) == 0;
}

struct bb_results *score_catalog(const struct bb_catalog *catalog)
{
    const struct bb_datapath path = {0};
    const struct bb_lists lists = {0};
    struct bb_score_options options = {.data = &path, .lists = &lists, .cache = bb_cache_open(NULL, true), .jobs = 1};
    struct bb_unit_blocks units = {0};
    struct bb_results *results = bb_score(catalog, &options, &units, NULL);
    bb_cache_close(options.cache);
    free(units.block);
    return results;
}
