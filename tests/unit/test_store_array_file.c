#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/array_file.h"
#include "store/gram_file.h"
#include "store/reader.h"
#include "store/table_file.h"
#include "table_fixture.h"

Suite *suite_store_array_file(void);

static struct bb_err err;

/* tests/store_fixtures/<name>.gz, unpacked in the folder of the test. */
static const char *unpacked(const char *name)
{
    struct bb_buf bytes = BB_BUF_INIT;
    const char *packed = bb_arena_printf(fixture_arena, "%s/store_fixtures/%s.gz", BB_TEST_DIR, name);
    ck_assert_msg(!bb_table_file_bytes(packed, &bytes, &err), "%s", err.msg);
    const char *path = fixture_file(name, bytes.data, bytes.len);
    bb_buf_release(&bytes);
    return path;
}

static const struct bb_json *expected(const char *member)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const char *path = bb_arena_printf(fixture_arena, "%s/store_fixtures/expected.json", BB_TEST_DIR);
    const struct bb_json *json = bb_json_read(fixture_arena, path, (struct bb_place){0}, &diags);
    ck_assert_msg(json != NULL, "no %s", path);
    bb_diags_release(&diags);
    return bb_json_member(json, member);
}

static const char *text_in(const struct bb_json *object, const char *key)
{
    const struct bb_json *member = bb_json_member(object, key);
    return member && member->type == BB_JSON_TEXT ? member->as.text : NULL;
}

static double number_in(const struct bb_json *json)
{
    return json->type == BB_JSON_NUMBER ? json->as.number : (double)NAN;
}

/* The same value, to the bit, or both none. */
static void check_value(const char *file, size_t i, double got, double want)
{
    ck_assert_msg((isnan(got) && isnan(want)) || got == want, "%s: value %zu is %.17g, not %.17g", file, i, got, want);
}

/* --- what Python wrote -------------------------------------------------------------------------------------------- */

static void check_coord(const char *file, const struct bb_assembly *a, size_t i, const struct bb_json *want)
{
    static const char *const TYPES[] = {"text", "number", "bool"};
    const struct bb_series *s = &a->coord[i].series;
    const struct bb_json *values = bb_json_member(want, "values");
    ck_assert_str_eq(s->name, text_in(want, "name"));
    ck_assert_msg(bb_streq(TYPES[s->type], text_in(want, "type")), "%s: %s is %s", file, s->name, TYPES[s->type]);
    ck_assert_msg(bb_streq(a->dim[a->coord[i].dim].name, text_in(want, "dim")), "%s: %s is along %s", file, s->name,
                  a->dim[a->coord[i].dim].name);
    ck_assert_uint_eq(s->n, values->as.list.n);
    for (size_t k = 0; k < s->n; k++) {
        const struct bb_json *value = values->as.list.item[k];
        if (s->type == BB_TYPE_NUMBER)
            check_value(file, k, s->number[k], number_in(value));
        else
            ck_assert_msg(
                bb_streq(s->code[k] < 0 ? NULL : s->level.name[s->code[k]], value->type == BB_JSON_TEXT ? value->as.text : NULL),
                "%s: %s[%zu]", file, s->name, k);
    }
}

static void check_shape(const char *file, const struct bb_assembly *a, const struct bb_json *want, size_t n_dims)
{
    const struct bb_json *dims = bb_json_member(want, "dims"), *coords = bb_json_member(want, "coords");
    ck_assert_uint_eq(a->n_dims, n_dims);
    for (size_t i = 0; i < n_dims; i++) {
        const struct bb_json *dim = dims->as.list.item[i];
        ck_assert_msg(bb_streq(a->dim[i].name, dim->as.list.item[0]->as.text), "%s: dimension %zu is %s", file, i,
                      a->dim[i].name);
        ck_assert_uint_eq(a->dim[i].size, (size_t)dim->as.list.item[1]->as.number);
    }
    size_t n = 0;
    for (size_t i = 0; i < coords->as.list.n; i++) {
        const struct bb_json *coord = coords->as.list.item[i];
        if (n_dims == 2 && bb_streq(text_in(coord, "dim"), "time_bin")) continue; /* streamed: it is dropped */
        ck_assert_msg(n < a->n_coords, "%s: no coordinate %s", file, text_in(coord, "name"));
        check_coord(file, a, n++, coord);
    }
    ck_assert_msg(n == a->n_coords, "%s: has %zu coordinates", file, a->n_coords);
}

/* Blocks of the width, in the order of the columns, and out of it. */
static void check_blocks(const char *file, struct bb_reader *reader, const struct bb_json *values, size_t width)
{
    size_t rows = bb_reader_rows(reader), columns = bb_reader_columns(reader), stride = width + 3;
    double *block = calloc(rows * stride, sizeof *block);
    for (size_t k = 0; k * width < columns; k++) {
        size_t first = k % 2 || columns < 3 * width ? k * width : columns - width - k * width / 2,
               n = first + width < columns ? width : columns - first;
        for (size_t i = 0; i < rows * stride; i++) block[i] = -77;
        ck_assert_msg(!bb_reader_read(reader, first, n, block, stride, &err), "%s", err.msg);
        for (size_t i = 0; i < rows; i++) {
            for (size_t j = 0; j < n; j++)
                check_value(file, i * columns + first + j, block[i * stride + j],
                            number_in(values->as.list.item[i * columns + first + j]));
            for (size_t j = n; j < stride; j++) ck_assert_double_eq(block[i * stride + j], -77);
        }
    }
    free(block);
}

static bool is_streamed(const struct bb_json *want)
{
    const struct bb_json *dims = bb_json_member(want, "dims");
    return dims->as.list.n == 2 || (dims->as.list.n == 3 && dims->as.list.item[2]->as.list.item[1]->as.number == 1);
}

static void check_case(const struct bb_json *want)
{
    const char *file = text_in(want, "file");
    struct bb_array_source source = {.path = unpacked(file), .group = text_in(want, "group")};
    const struct bb_json *values = bb_json_member(want, "values");
    struct bb_assembly *a;
    ck_assert(bb_is_hdf5(source.path));
    ck_assert_msg(!bb_array_load(&source, 0, &a, &err), "%s", err.msg);
    check_shape(file, a, want, bb_json_member(want, "dims")->as.list.n);
    ck_assert_ptr_null(a->reader);
    if (values->type == BB_JSON_NULL) ck_assert_ptr_null(a->value);
    for (size_t i = 0; values->type == BB_JSON_ARRAY && i < values->as.list.n; i++)
        check_value(file, i, a->value[i], number_in(values->as.list.item[i]));
    bb_assembly_free(a);
    if (!is_streamed(want)) {
        ck_assert(bb_array_open(&source, &a, &err) != BB_OK);
        return;
    }
    ck_assert_msg(!bb_array_open(&source, &a, &err), "%s", err.msg);
    check_shape(file, a, want, 2);
    ck_assert_ptr_null(a->value);
    for (unsigned threads = 1; threads <= 3; threads++) {
        bb_reader_threads(threads);
        for (size_t width = 1; width <= a->dim[1].size; width += width < 5 ? 1 : 9) check_blocks(file, a->reader, values, width);
        check_blocks(file, a->reader, values, a->dim[1].size);
    }
    bb_reader_threads(1);
    ck_assert_uint_eq(bb_reader_block_end(a->reader, 0), a->dim[1].size);
    bb_assembly_free(a);
}

START_TEST(files_of_python_have_what_was_written)
{
    const struct bb_json *cases = expected("cases");
    ck_assert_uint_gt(cases->as.list.n, 40);
    for (size_t i = 0; i < cases->as.list.n; i++) check_case(cases->as.list.item[i]);
}
END_TEST

/* --- rules -------------------------------------------------------------------------------------------------------- */

static const char *levels(const struct bb_assembly *a, const char *name)
{
    const struct bb_coord *coord = bb_assembly_coord(a, name);
    ck_assert_msg(coord != NULL, "no %s in %s", name, bb_assembly_coord_names(a, fixture_arena));
    struct bb_groups g = bb_coord_groups(coord, fixture_arena);
    const char *list = "";
    for (size_t i = 0; i < g.n; i++)
        list = bb_arena_printf(fixture_arena, "%s%s%s", list, i ? " " : "", g.group[i] < 0 ? "-" : g.name[g.group[i]]);
    return list;
}

/* The same rules, dense and streamed; the values must be those of the whole file at rows and columns ("0 2"). */
static struct bb_assembly *ruled(const char *file, const char *columns, const char *where, const char *rows, const char *cols)
{
    struct bb_columns rules = fixture_columns(columns, where);
    struct bb_array_source source = {.path = unpacked(file)};
    struct bb_assembly *whole, *part, *stream;
    ck_assert_msg(!bb_array_load(&source, 0, &whole, &err), "%s", err.msg);
    source.columns = &rules;
    ck_assert_msg(!bb_array_load(&source, 0, &part, &err), "%s", err.msg);
    ck_assert_msg(!bb_array_open(&source, &stream, &err), "%s", err.msg);
    size_t n_rows = 0, n = part->dim[1].size, row[32], col[32], n_cols = 0;
    for (char *at = bb_arena_strdup(fixture_arena, rows), *word; (word = strsep(&at, " "));)
        row[n_rows++] = (size_t)strtoul(word, NULL, 10);
    for (char *at = bb_arena_strdup(fixture_arena, cols), *word; (word = strsep(&at, " "));)
        col[n_cols++] = (size_t)strtoul(word, NULL, 10);
    ck_assert_uint_eq(part->dim[0].size, n_rows);
    ck_assert_uint_eq(n, n_cols);
    ck_assert_uint_eq(bb_reader_rows(stream->reader), n_rows);
    ck_assert_uint_eq(bb_reader_columns(stream->reader), n_cols);
    double *block = calloc(n_rows * n_cols, sizeof *block);
    ck_assert_msg(!bb_reader_read(stream->reader, 0, n, block, n, &err), "%s", err.msg);
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n; j++) {
            check_value(file, i * n + j, part->value[i * n + j], whole->value[row[i] * whole->dim[1].size + col[j]]);
            check_value(file, i * n + j, block[i * n + j], part->value[i * n + j]);
        }
    ck_assert_str_eq(bb_assembly_coord_names(part, fixture_arena), bb_assembly_coord_names(stream, fixture_arena));
    free(block);
    bb_assembly_free(whole);
    bb_assembly_free(stream);
    bb_columns_release(&rules);
    return part;
}

START_TEST(where_keeps_along_the_dimension_of_its_coordinate)
{
    static const char *const FILES[] = {"xarray-2d-0.nc", "xarray-2d-0-zip.nc", "xarray-2d-1.nc", "xarray-2d-1-zip.nc"};
    for (size_t i = 0; i < 4; i++) {
        struct bb_assembly *a =
            ruled(FILES[i], NULL, "{\"region\": \"IT\", \"stimulus_id\": {\"not\": [\"stim-1\"]}}", "0 2 3 5", "0 2 4");
        ck_assert_str_eq(levels(a, "stimulus_id"), "stim-0 stim-2 stim-0 stim-2");
        ck_assert_str_eq(levels(a, "neuroid_id"), "n0 n2 n4");
        ck_assert_uint_eq(bb_assembly_coord(a, "stimulus_id")->series.level.n, 2);
        bb_assembly_free(a);
        a = ruled(FILES[i], NULL, "{\"repetition\": 1.0, \"good\": \"True\"}", "3 4 5", "0 2 3 4");
        ck_assert_str_eq(levels(a, "repetition"), "1 1 1");
        ck_assert_str_eq(levels(a, "good"), "true true true true");
        bb_assembly_free(a);
    }
    bb_assembly_free(ruled("odd-chunks-0.h5", NULL, "{\"stimulus_id\": [\"s03\", \"s07\", \"s08\", \"s36\"]}", "3 7 8 36",
                           "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22"));
}
END_TEST

START_TEST(rules_make_coordinates_of_variables)
{
    struct bb_assembly *a = ruled("xarray-2d-1.nc",
                                  "{\"image\": \"stimulus_id\", \"trial\": \"repetition\", \"number\": {\"column\": "
                                  "\"STIMULUS_ID\", \"match\": \"-(.)\", \"type\": "
                                  "\"number\"}, \"both\": {\"columns\": [\"object_name\", \"repetition\"]}, \"area\": "
                                  "{\"column\": \"region\", \"map\": {\"V4\": "
                                  "\"v4\"}}, \"species\": {\"value\": \"macaque\"}, \"gone\": {\"column\": \"none\", "
                                  "\"optional\": true}, \"fine\": \"good\"}",
                                  "{\"area\": \"v4\", \"number\": {\"not\": 1}}", "0 2 3 5", "1 3");
    ck_assert_str_eq(bb_assembly_coord_names(a, fixture_arena), "image, trial, number, both, area, species, gone, fine");
    ck_assert_str_eq(levels(a, "image"), "stim-0 stim-2 stim-0 stim-2");
    ck_assert_str_eq(levels(a, "number"), "0 2 0 2");
    ck_assert_str_eq(levels(a, "both"), "chair.0 椅子.0 chair.1 椅子.1");
    ck_assert_str_eq(levels(a, "area"), "v4 v4");
    ck_assert_str_eq(levels(a, "species"), "macaque macaque macaque macaque");
    ck_assert_str_eq(levels(a, "gone"), "- - - -");
    ck_assert_str_eq(levels(a, "fine"), "false true");
    ck_assert_int_eq(bb_assembly_coord(a, "trial")->series.type, BB_TYPE_NUMBER);
    bb_assembly_free(a);
}
END_TEST

/* A value that a rule cannot take is no error where `where` drops it. */
START_TEST(where_acts_before_the_rules)
{
    const char *rules = "{\"s\": \"stimulus_id\", \"n\": {\"column\": \"stimulus_id\", \"match\": \"([02])\"}}";
    bb_assembly_free(ruled("xarray-2d-0.nc", rules, "{\"s\": {\"not\": \"stim-1\"}}", "0 2 3 5", "0 1 2 3 4"));
}
END_TEST

START_TEST(a_bin_is_chosen_by_where)
{
    struct bb_columns rules = fixture_columns(NULL, "{\"time_bin_start\": 80}");
    for (int i = 0; i < 6; i++) {
        struct bb_array_source source = {.path = unpacked(bb_arena_printf(fixture_arena, "xarray-3d-%d.nc", i))};
        struct bb_assembly *whole, *stream;
        double block[12];
        ck_assert_msg(!bb_array_load(&source, 0, &whole, &err), "%s", err.msg);
        source.columns = &rules;
        ck_assert_msg(!bb_array_open(&source, &stream, &err), "%s", err.msg);
        ck_assert_msg(!bb_reader_read(stream->reader, 0, 3, block, 3, &err), "%s", err.msg);
        for (size_t k = 0; k < 12; k++) check_value(source.path, k, block[k], whole->value[2 * k + 1]);
        bb_assembly_free(whole);
        bb_assembly_free(stream);
    }
    bb_columns_release(&rules);
}
END_TEST

/* --- refusals ----------------------------------------------------------------------------------------------------- */

static void check_refused(const struct bb_array_source *source, enum bb_code code, const char *part)
{
    for (int k = 0; k < 2; k++) {
        struct bb_assembly *a = NULL;
        enum bb_code got = k ? bb_array_open(source, &a, &err) : bb_array_load(source, 0, &a, &err);
        ck_assert_msg(got == code, "%s: %s (%s)", source->path, bb_code_name(got), got ? err.msg : "");
        ck_assert_msg(strstr(err.msg, part) != NULL, "%s\nhas no\n%s", err.msg, part);
        ck_assert_msg(bb_starts_with(err.msg, source->path), "%s", err.msg);
    }
}

START_TEST(what_cannot_be_read_is_refused_with_a_sentence)
{
    static const char *const CASES[][2] = {
        {"bad-complex.h5", "\"data\" has compound (complex numbers or records); only numbers, booleans and text can be read"},
        {"bad-links.h5", "\"data\" is a link to elsewhere; links are not followed"},
        {"bad-external.h5", "\"data\" is a link to another file; links are not followed"},
        {"bad-storage.h5", "\"data\" keeps its data in another file, which is not opened"},
        {"bad-virtual.h5", "\"data\" is put together from other files (a virtual dataset)"},
        {"bad-lzf.h5", "\"data\" is packed with a filter that is not here (LZF, number 32000); write it with gzip"},
        {"bad-huge.h5", "\"data\" claims 1000000000000 elements, but the file has only 0 bytes of it"},
        {"bad-several.h5", "which of its variables are the data? one, two could be"},
        {"bad-square.h5", "\"colour\" has 3 values, as many as 2 dimensions of \"data\" have"},
        {"bad-utf8.h5", "\"stimulus_id\" has a text that is not UTF-8 (number 1: \"caf"},
        {"bad-empty.h5", "\"data\" is empty"},
        {"bad-length.h5", "\"stimulus_id\" has 5 values for the 2 of its dimension"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct bb_array_source source = {.path = unpacked(CASES[i][0])};
        check_refused(&source, BB_EINPUT, CASES[i][1]);
    }
}
END_TEST

START_TEST(names_that_are_not_there)
{
    struct bb_array_source source = {.path = unpacked("groups.nc"), .group = "/train"};
    check_refused(&source, BB_EINPUT, "there is no group \"train\" in it");
    source.group = "/data";
    check_refused(&source, BB_EINPUT, "\"data\" is not a group");
    source = (struct bb_array_source){.path = unpacked("xarray-2d-0.nc"), .variable = "dta"};
    check_refused(&source, BB_EINPUT, "has no variable \"dta\"; there are stimulus_id");
    source = (struct bb_array_source){.path = unpacked("bad-external.h5"), .group = "group"};
    check_refused(&source, BB_EINPUT, "\"group\" is a link to elsewhere");
    struct bb_columns rules = fixture_columns(NULL, "{\"regio\": \"IT\"}");
    source = (struct bb_array_source){.path = unpacked("xarray-2d-0.nc"), .columns = &rules};
    check_refused(&source, BB_EINPUT, "\"where\": there is no coordinate \"regio\"; there are");
    check_refused(&source, BB_EINPUT, "did you mean \"region\"?");
    bb_columns_release(&rules);
    rules = fixture_columns(NULL, "{\"region\": \"V1\"}");
    check_refused(&source, BB_EINPUT, "\"where\" drops all 5 of the dimension \"neuroid\" (the last by its rule for \"region\")");
    bb_columns_release(&rules);
    rules = fixture_columns(NULL, "{\"repetition\": \"first\"}");
    check_refused(&source, BB_EINPUT, "\"where\": \"repetition\" has numbers, and \"first\" is none of them");
    bb_columns_release(&rules);
    rules = fixture_columns("{\"x\": \"regions\"}", NULL);
    check_refused(&source, BB_EINPUT, "has no variable \"regions\" to make \"x\" of");
    bb_columns_release(&rules);
    rules = fixture_columns("{\"x\": {\"columns\": [\"region\", \"repetition\"]}}", NULL);
    check_refused(&source, BB_EINPUT, "\"x\" cannot be made of variables along different dimensions");
    bb_columns_release(&rules);
    rules = fixture_columns("{\"x\": {\"column\": \"region\", \"match\": \"(V.)\"}}", NULL);
    check_refused(&source, BB_EINPUT, ": column \"region\": \"IT\" does not match \"(V.)\"");
    bb_columns_release(&rules);
}
END_TEST

static void check_not_hdf5(const char *path, enum bb_code code, const char *part)
{
    struct bb_array_source source = {.path = path};
    ck_assert(!bb_is_hdf5(path));
    check_refused(&source, code, part);
}

START_TEST(files_that_are_something_else)
{
    static const char zeros[4096];
    check_not_hdf5(bb_path_join(fixture_arena, fixture_dir, "none.nc"), BB_EABSENT, "there is no such file");
    check_not_hdf5(fixture_dir, BB_EINPUT, "is a folder");
    check_not_hdf5(fixture_text("empty.nc", ""), BB_EINPUT, "the file is empty");
    check_not_hdf5(fixture_text("table.nc", "a,b\n1,2\n"), BB_EINPUT, "is not an HDF5 (netCDF-4) file");
    check_not_hdf5(fixture_file("zeros.nc", zeros, sizeof zeros), BB_EINPUT, "is not an HDF5 (netCDF-4) file");
    check_not_hdf5(fixture_file("old.nc", "CDF\x01\0\0\0\0", 8), BB_EINPUT, "netCDF of the old format");
    check_not_hdf5("/dev/null", BB_EINPUT, "is not a regular file");
}
END_TEST

/* Cut off at any place: a sentence, whether HDF5 notices it or not. */
START_TEST(truncated_files)
{
    static const char *const FILES[] = {"xarray-2d-0.nc", "xarray-2d-1-zip.nc", "h5py-plain.h5", "odd-chunks-0.h5"};
    for (size_t i = 0; i < 4; i++) {
        struct bb_buf bytes = BB_BUF_INIT;
        ck_assert(!bb_file_read(unpacked(FILES[i]), 0, &bytes, &err));
        for (size_t len = 8; len < bytes.len; len += 97) {
            struct bb_assembly *a;
            struct bb_array_source source = {.path = fixture_file("cut.h5", bytes.data, len)};
            ck_assert(bb_array_load(&source, 0, &a, &err) == BB_EINPUT);
            ck_assert_msg(strstr(err.msg, "the end of the file is missing") || strstr(err.msg, "is no valid HDF5 file"),
                          "%zu: %s", len, err.msg);
        }
        bb_buf_release(&bytes);
    }
}
END_TEST

START_TEST(more_values_than_may_be_held)
{
    struct bb_assembly *a;
    struct bb_array_source source = {.path = unpacked("xarray-2d-0.nc")};
    ck_assert_int_eq(bb_array_load(&source, 30 * sizeof(double), &a, &err), BB_OK);
    bb_assembly_free(a);
    ck_assert_int_eq(bb_array_load(&source, 29 * sizeof(double), &a, &err), BB_ELIMIT);
    ck_assert_msg(strstr(err.msg, "\"data\" has 30 values") != NULL, "%s", err.msg);
}
END_TEST

/* --- Gram files --------------------------------------------------------------------------------------------------- */

START_TEST(gram_files)
{
    const struct bb_json *layers = expected("gram");
    struct bb_gram_file *file;
    ck_assert_msg(!bb_gram_file_open(unpacked("gram.h5"), &file, &err), "%s", err.msg);
    ck_assert_uint_eq(file->n_layers, layers->as.list.n);
    for (size_t i = 0; i < file->n_layers; i++) {
        const struct bb_json *want = layers->as.list.item[i];
        double *K, *sum;
        ck_assert_str_eq(file->layer[i].name, text_in(want, "name"));
        ck_assert_uint_eq(file->layer[i].p, (size_t)bb_json_member(want, "p")->as.number);
        ck_assert_uint_eq(file->layer[i].n, 4);
        ck_assert_msg(!bb_gram_file_read(file, i, &K, &sum, &err), "%s", err.msg);
        for (size_t k = 0; k < 4; k++) {
            ck_assert_str_eq(file->layer[i].stimulus[k], bb_json_member(want, "stimulus")->as.list.item[k]->as.text);
            check_value("row_sum", k, sum[k], bb_json_member(want, "row_sum")->as.list.item[k]->as.number);
        }
        for (size_t k = 0; k < 16; k++) check_value("K", k, K[k], bb_json_member(want, "K")->as.list.item[k]->as.number);
        free(K);
        free(sum);
    }
    bb_gram_file_free(file);
}
END_TEST

START_TEST(files_that_are_no_gram_files)
{
    struct bb_gram_file *file;
    ck_assert_int_eq(bb_gram_file_open(unpacked("h5py-plain.h5"), &file, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "the file is no layer: it has no \"K\"") != NULL, "%s", err.msg);
    ck_assert_int_eq(bb_gram_file_open(unpacked("groups.nc"), &file, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "\"test\" is no layer: it has no \"K\"") != NULL, "%s", err.msg);
    ck_assert_int_eq(bb_gram_file_open(unpacked("bad-external.h5"), &file, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "is a link to elsewhere") != NULL, "%s", err.msg);
    ck_assert_int_eq(bb_gram_file_open(fixture_text("x.csv", "a"), &file, &err), BB_EINPUT);
}
END_TEST

Suite *suite_store_array_file(void)
{
    Suite *suite = suite_create("store_array_file");
    TCase *tc = tcase_create("array_file");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, fixture_setup, fixture_teardown);
    tcase_add_test(tc, files_of_python_have_what_was_written);
    tcase_add_test(tc, where_keeps_along_the_dimension_of_its_coordinate);
    tcase_add_test(tc, rules_make_coordinates_of_variables);
    tcase_add_test(tc, where_acts_before_the_rules);
    tcase_add_test(tc, a_bin_is_chosen_by_where);
    tcase_add_test(tc, what_cannot_be_read_is_refused_with_a_sentence);
    tcase_add_test(tc, names_that_are_not_there);
    tcase_add_test(tc, files_that_are_something_else);
    tcase_add_test(tc, truncated_files);
    tcase_add_test(tc, more_values_than_may_be_held);
    tcase_add_test(tc, gram_files);
    tcase_add_test(tc, files_that_are_no_gram_files);
    suite_add_tcase(suite, tc);
    return suite;
}
