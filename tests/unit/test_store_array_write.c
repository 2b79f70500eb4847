#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/array_file.h"
#include "store/array_write.h"
#include "store/reader.h"
#include "table_fixture.h"

Suite *suite_store_array_write(void);

enum { N = 3, UNITS = 2, BINS = 2 };
static double values[N * UNITS * BINS];
static const char *const IDS[N] = {"a", "ñ b", "c"}, *const LAYERS[UNITS] = {"l1", "l2"};
static const double REPETITION[N] = {0, 1, 2}, LATENCY[N] = {0.5, (double)NAN, -1}, START[BINS] = {70, 170};
static const struct bb_array_coord COORDS[] = {{"stimulus_id", 0, IDS, NULL, false},         {"repetition", 0, NULL, REPETITION, true},
                                               {"latency", 0, NULL, LATENCY, false},         {"layer", 1, LAYERS, NULL, false},
                                               {"time_bin_start", 2, NULL, START, true}};
static const char *const ATTRIBUTES[][2] = {{"identifier", "test"}, {"note", "simulated ñ"}, {"empty", ""}};

static struct bb_array array(bool compressed)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) values[i] = (double)i / 8; /* a float32 has these */
    values[5] = (double)NAN;
    return (struct bb_array){.dim = {"presentation", "neuroid", "time_bin"},
                             .size = {N, UNITS, BINS},
                             .n_dims = 3,
                             .coord = COORDS,
                             .n_coords = sizeof COORDS / sizeof *COORDS,
                             .value = values,
                             .float32 = compressed,
                             .compressed = compressed,
                             .attribute = ATTRIBUTES,
                             .n_attributes = 3};
}

static const char *write_array(const char *name, const struct bb_array *a)
{
    struct bb_err err;
    const char *path = bb_path_join(fixture_arena, fixture_dir, name);
    ck_assert_msg(!bb_array_write(path, a, &err), "%s", err.msg);
    return path;
}

/* Along the dimension, with the texts or the numbers. */
static void check_coord(const struct bb_assembly *read, const struct bb_array_coord *want, size_t at)
{
    const struct bb_coord *got = &read->coord[at];
    ck_assert_str_eq(got->series.name, want->name);
    ck_assert_uint_eq(got->dim, want->dim);
    for (size_t i = 0; i < got->series.n; i++) {
        if (want->text)
            ck_assert_str_eq(got->series.level.name[got->series.code[i]], want->text[i]);
        else if (isnan(want->number[i]))
            ck_assert_double_nan(got->series.number[i]);
        else
            ck_assert_double_eq(got->series.number[i], want->number[i]);
    }
}

/* What is written is what the reader of arrays finds, in the order of the coordinates. */
START_TEST(round_trip)
{
    const struct bb_array a = array(_i == 1);
    const struct bb_array_source source = {.path = write_array("a.nc", &a)};
    struct bb_assembly *read = NULL;
    struct bb_err err;
    ck_assert_msg(!bb_array_load(&source, 0, &read, &err), "%s", err.msg);
    ck_assert_uint_eq(read->n_dims, 3);
    ck_assert_uint_eq(read->n_coords, a.n_coords);
    for (size_t i = 0; i < a.n_coords; i++) check_coord(read, &COORDS[i], i);
    for (size_t i = 0; i < N * UNITS * BINS; i++) ck_assert(i == 5 ? isnan(read->value[i]) : read->value[i] == values[i]);
    bb_assembly_free(read);
}
END_TEST

/* Rules hide what they do not name, but layers stay apart. */
START_TEST(layers_need_no_rule)
{
    const struct bb_array a = array(false);
    struct bb_columns columns = fixture_columns("{\"stimulus_id\": \"stimulus_id\"}", NULL);
    const struct bb_array_source source = {.path = write_array("a.nc", &a), .columns = &columns};
    struct bb_assembly *read = NULL;
    struct bb_err err;
    ck_assert_msg(!bb_array_load(&source, 0, &read, &err), "%s", err.msg);
    ck_assert_uint_eq(read->n_coords, 2);
    ck_assert_str_eq(read->coord[1].series.name, "layer");
    ck_assert_uint_eq(read->coord[1].dim, 1);
    bb_assembly_free(read);
    bb_columns_release(&columns);
}
END_TEST

START_TEST(same_bytes)
{
    const struct bb_array a = array(true);
    struct bb_buf one = BB_BUF_INIT, other = BB_BUF_INIT;
    struct bb_err err;
    ck_assert(!bb_file_read(write_array("one.nc", &a), 0, &one, &err));
    ck_assert(!bb_file_read(write_array("other.nc", &a), 0, &other, &err));
    ck_assert_uint_eq(one.len, other.len);
    ck_assert(memcmp(one.data, other.data, one.len) == 0);
    bb_buf_release(&one);
    bb_buf_release(&other);
}
END_TEST

/* A coordinate that is named like its dimension is the dimension's scale, and the others lean on it. */
START_TEST(index_coordinate)
{
    const struct bb_array_coord coords[] = {{"label", 0, IDS, NULL, false}, {"stimulus_id", 0, IDS, NULL, false}};
    const struct bb_array a = {.dim = {"stimulus_id", "choice"}, .size = {N, UNITS}, .n_dims = 2, .coord = coords, .n_coords = 2, .value = values};
    const struct bb_array_source source = {.path = write_array("index.nc", &a)};
    struct bb_assembly *read = NULL;
    struct bb_err err;
    ck_assert_msg(!bb_array_load(&source, 0, &read, &err), "%s", err.msg);
    ck_assert_uint_eq(read->n_coords, 2);
    ck_assert_str_eq(read->dim[0].name, "presentation"); /* what carries stimulus_id */
    ck_assert_uint_eq(bb_assembly_coord(read, "label")->dim, 0);
    bb_assembly_free(read);
}
END_TEST

/* Many rows: several chunks, the last one not full. */
START_TEST(several_chunks)
{
    enum { ROWS = 700, COLUMNS = 1000 };
    double *big = bb_malloc(sizeof *big * ROWS * COLUMNS);
    const char **id = bb_malloc(sizeof *id * ROWS);
    for (size_t i = 0; i < ROWS * COLUMNS; i++) big[i] = (double)(i % 977);
    for (size_t i = 0; i < ROWS; i++) id[i] = bb_arena_printf(fixture_arena, "s%zu", i);
    const struct bb_array_coord coord = {"stimulus_id", 0, id, NULL, false};
    const struct bb_array a = {.dim = {"presentation", "neuroid"}, .size = {ROWS, COLUMNS}, .n_dims = 2, .coord = &coord, .n_coords = 1,
                               .value = big, .float32 = true, .compressed = true};
    const struct bb_array_source source = {.path = write_array("big.nc", &a)};
    struct bb_assembly *read = NULL;
    struct bb_err err;
    ck_assert_msg(!bb_array_load(&source, 0, &read, &err), "%s", err.msg);
    ck_assert(memcmp(read->value, big, sizeof *big * ROWS * COLUMNS) == 0);
    bb_assembly_free(read);
    free(big);
    free(id);
}
END_TEST

START_TEST(no_whole_number)
{
    static const double half[N] = {0, 1.5, 2};
    const struct bb_array_coord coord = {"repetition", 0, NULL, half, true};
    const struct bb_array a = {.dim = {"presentation"}, .size = {N}, .n_dims = 1, .coord = &coord, .n_coords = 1, .value = values};
    const char *path = bb_path_join(fixture_arena, fixture_dir, "half.nc");
    struct bb_err err;
    ck_assert_int_eq(bb_array_write(path, &a, &err), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "number 2 of \"repetition\" is no whole number"));
    ck_assert(!bb_is_file(path));
}
END_TEST

/* --- one bin of several --------------------------------------------------------------------------------------------------- */

static const double END[BINS] = {170, 270};
static const struct bb_array_coord TIMED[] = {{"stimulus_id", 0, IDS, NULL, false},
                                              {"layer", 1, LAYERS, NULL, false},
                                              {"time_bin_start", 2, NULL, START, true},
                                              {"time_bin_end", 2, NULL, END, true}};

static void check_bin(const char *path, size_t bin)
{
    struct bb_assembly *read;
    struct bb_err err;
    size_t n_bins = 0;
    double got[N * UNITS], asked[2] = {START[bin], END[bin]};
    const struct bb_array_source source = {.path = path, .time_bin = asked, .n_time_bins = &n_bins};
    ck_assert_msg(!bb_array_open(&source, &read, &err), "%s", err.msg);
    ck_assert_uint_eq(n_bins, BINS);
    ck_assert(!bb_reader_read(read->reader, 0, UNITS, got, UNITS, &err));
    for (size_t i = 0; i < N * UNITS; i++) {
        double want = values[i * BINS + bin];
        ck_assert(isnan(want) ? isnan(got[i]) : got[i] == want);
    }
    bb_assembly_free(read);
}

START_TEST(one_bin_of_time_is_streamed)
{
    for (int compressed = 0; compressed < 2; compressed++) {
        struct bb_array a = array(compressed);
        struct bb_assembly *read;
        struct bb_err err;
        a.coord = TIMED;
        a.n_coords = sizeof TIMED / sizeof *TIMED;
        const char *path = write_array("timed.nc", &a);
        for (size_t b = 0; b < BINS; b++) check_bin(path, b);
        const struct bb_array_source plain = {.path = path}, other = {.path = path, .time_bin = (const double[2]){70, 80}},
                                     any = {.path = path, .any_time_bin = true};
        ck_assert(bb_array_open(&plain, &read, &err) == BB_EINPUT && strstr(err.msg, "has 2 along \"time_bin\""));
        ck_assert(bb_array_open(&other, &read, &err) == BB_EINPUT && strstr(err.msg, "none of its 2 bins of time"));
        ck_assert(!bb_array_open(&any, &read, &err));
        bb_assembly_free(read);
    }
}
END_TEST

Suite *suite_store_array_write(void)
{
    Suite *suite = suite_create("store_array_write");
    TCase *tc = tcase_create("write");
    tcase_add_checked_fixture(tc, fixture_setup, fixture_teardown);
    tcase_add_loop_test(tc, round_trip, 0, 2);
    tcase_add_test(tc, layers_need_no_rule);
    tcase_add_test(tc, same_bytes);
    tcase_add_test(tc, index_coordinate);
    tcase_add_test(tc, several_chunks);
    tcase_add_test(tc, no_whole_number);
    tcase_add_test(tc, one_bin_of_time_is_streamed);
    suite_add_tcase(suite, tc);
    return suite;
}
