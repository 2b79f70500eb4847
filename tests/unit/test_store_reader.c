#include <check.h>
#include <dirent.h>
#include <hdf5.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/array_file.h"
#include "store/reader.h"
#include "table_fixture.h"

Suite *suite_store_reader(void);

/* Files that are large enough for several blocks; value (i, j) is known without a file. */

static struct bb_err err;

struct shape {
    const char *name;
    size_t rows, columns;
    bool turned;      /* neuroid × presentation */
    hsize_t chunk[2]; /* rows, columns; 0: contiguous */
    bool packed;      /* shuffle and deflate */
    bool checksum;    /* a filter that only HDF5 undoes */
    bool twice;       /* float64 */
};

static double value_at(size_t i, size_t j)
{
    return (double)((i * 7919 + j * 31) % 1000) - 250.0;
}

static void *make_values(const struct shape *s)
{
    float *f = malloc(s->rows * s->columns * (s->twice ? 8 : 4));
    double *d = (double *)(void *)f;
    for (size_t k = 0; k < s->rows * s->columns; k++) {
        size_t i = s->turned ? k % s->rows : k / s->columns, j = s->turned ? k / s->rows : k % s->columns;
        if (s->twice)
            d[k] = value_at(i, j);
        else
            f[k] = (float)value_at(i, j);
    }
    return f;
}

static const char *make_file(const struct shape *s)
{
    const char *path = bb_path_join(fixture_arena, fixture_dir, s->name);
    hsize_t size[2] = {s->turned ? s->columns : s->rows, s->turned ? s->rows : s->columns};
    hsize_t chunk[2] = {s->turned ? s->chunk[1] : s->chunk[0], s->turned ? s->chunk[0] : s->chunk[1]};
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), space = H5Screate_simple(2, size, NULL);
    hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
    if (chunk[0]) H5Pset_chunk(plist, 2, chunk);
    if (s->packed) H5Pset_shuffle(plist);
    if (s->packed) H5Pset_deflate(plist, 1);
    if (s->checksum) H5Pset_fletcher32(plist);
    hid_t set = H5Dcreate2(file, "data", s->twice ? H5T_IEEE_F64LE : H5T_IEEE_F32LE, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    void *values = make_values(s);
    ck_assert_int_ge(H5Dwrite(set, s->twice ? H5T_NATIVE_DOUBLE : H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), 0);
    free(values);
    hid_t names = H5Screate_simple(1, &(hsize_t){s->rows}, NULL);
    hid_t ids = H5Dcreate2(file, "stimulus_id", H5T_NATIVE_INT, names, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    int *id = malloc(s->rows * sizeof *id);
    for (size_t i = 0; i < s->rows; i++) id[i] = (int)i;
    ck_assert_int_ge(H5Dwrite(ids, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, id), 0);
    free(id);
    H5Dclose(ids), H5Sclose(names), H5Dclose(set), H5Pclose(plist), H5Sclose(space), H5Fclose(file);
    return path;
}

static struct bb_assembly *open_file(const char *path)
{
    struct bb_assembly *a;
    struct bb_array_source source = {.path = path};
    ck_assert_msg(!bb_array_open(&source, &a, &err), "%s", err.msg);
    return a;
}

static uint64_t file_bytes(const char *path)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT), set = H5Dopen2(file, "data", H5P_DEFAULT);
    uint64_t stored = H5Dget_storage_size(set);
    H5Dclose(set);
    H5Fclose(file);
    return stored;
}

/* One pass in the reader's own blocks; how many there were. */
static size_t check_pass(const struct shape *s, struct bb_reader *reader)
{
    size_t blocks = 0, widest = 0;
    for (size_t c = 0; c < s->columns; c = bb_reader_block_end(reader, c)) {
        size_t end = bb_reader_block_end(reader, c);
        ck_assert_uint_gt(end, c);
        if (end > c + 1) ck_assert_uint_eq(bb_reader_block_end(reader, c + 1), end);
        if (end - c > widest) widest = end - c;
    }
    double *block = malloc(s->rows * widest * sizeof *block);
    for (size_t c = 0, end; c < s->columns; c = end, blocks++) {
        end = bb_reader_block_end(reader, c);
        ck_assert_msg(!bb_reader_read(reader, c, end - c, block, end - c, &err), "%s", err.msg);
        for (size_t i = 0; i < s->rows; i++)
            for (size_t j = c; j < end; j++)
                if (block[i * (end - c) + j - c] != value_at(i, j))
                    ck_abort_msg("%s: (%zu, %zu) is %g", s->name, i, j, block[i * (end - c) + j - c]);
    }
    free(block);
    return blocks;
}

static const struct shape SHAPES[] = {
    {"rows", 3200, 3000, false, {0, 0}, false, false, false},
    {"columns", 3200, 3000, true, {0, 0}, false, false, false},
    {"rows64", 1000, 9001, false, {0, 0}, false, false, true},
    {"squares", 3200, 3000, false, {256, 256}, true, false, false},
    {"squares-turned", 3200, 3000, true, {250, 300}, true, false, true},
    {"plain-squares", 1000, 9001, false, {300, 77}, false, false, false},
    {"row-chunks", 3200, 3000, false, {1, 3000}, true, false, false}, /* too wide for a block: by the scratch file */
    {"row-slabs", 3200, 3001, false, {33, 2990}, true, false, true},
    {"wide-turned", 3200, 3000, true, {16, 3000}, true, false, false},
    {"one-column", 5000, 1000, false, {5000, 1}, true, false, false},
    {"checksum", 3200, 3000, false, {64, 1500}, true, true, false},
};

START_TEST(each_byte_is_read_once)
{
    const struct shape *s = &SHAPES[_i];
    const char *path = make_file(s);
    uint64_t stored = file_bytes(path);
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        bb_reader_threads(threads);
        struct bb_assembly *a = open_file(path);
        uint64_t before = bb_reader_bytes();
        size_t blocks = check_pass(s, a->reader);
        ck_assert_uint_ge(blocks, 2);
        if (s->checksum)
            ck_assert_uint_eq(bb_reader_bytes() - before, s->rows * s->columns * 4); /* counted as unpacked */
        else
            ck_assert_msg(bb_reader_bytes() - before == stored, "%s: %llu bytes of %llu", s->name,
                          (unsigned long long)(bb_reader_bytes() - before), (unsigned long long)stored);
        bb_assembly_free(a);
    }
    bb_reader_threads(1);
}
END_TEST

/* The blocks are those of the shape, whatever is asked first, and by how many threads. */
START_TEST(any_columns_can_be_asked_for)
{
    const struct shape *s = &SHAPES[_i];
    struct bb_assembly *a = open_file(make_file(s));
    static const size_t ASKED[][2] = {{2500, 400}, {0, 1}, {999, 1}, {1290, 40}, {700, 299}};
    for (size_t k = 0; k < sizeof ASKED / sizeof *ASKED; k++) {
        size_t first = ASKED[k][0], n = ASKED[k][1];
        if (first + n > s->columns) continue;
        double *block = malloc(s->rows * n * sizeof *block);
        ck_assert_msg(!bb_reader_read(a->reader, first, n, block, n, &err), "%s", err.msg);
        for (size_t i = 0; i < s->rows; i++)
            for (size_t j = 0; j < n; j++)
                if (block[i * n + j] != value_at(i, first + j))
                    ck_abort_msg("%s: (%zu, %zu) is %g", s->name, i, first + j, block[i * n + j]);
        free(block);
    }
    bb_assembly_free(a);
}
END_TEST

/* Every third row: also where chunks lie across. */
START_TEST(some_rows_can_be_asked_for)
{
    const struct shape *s = &SHAPES[_i];
    struct bb_buf where = BB_BUF_INIT;
    bb_buf_puts(&where, "{\"stimulus_id\": [\"1\"");
    for (size_t i = 4; i < s->rows; i += 3) bb_buf_printf(&where, ", \"%zu\"", i);
    bb_buf_puts(&where, "]}");
    struct bb_columns rules = fixture_columns(NULL, where.data);
    struct bb_array_source source = {.path = make_file(s), .columns = &rules};
    struct bb_assembly *a;
    ck_assert_msg(!bb_array_open(&source, &a, &err), "%s", err.msg);
    size_t rows = bb_reader_rows(a->reader), first = 990, n = 10;
    ck_assert_uint_eq(rows, (s->rows + 1) / 3);
    double *block = malloc(rows * n * sizeof *block);
    ck_assert_msg(!bb_reader_read(a->reader, first, n, block, n, &err), "%s", err.msg);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < n; j++)
            if (block[i * n + j] != value_at(3 * i + 1, first + j))
                ck_abort_msg("%s: (%zu, %zu) is %g", s->name, i, j, block[i * n + j]);
    free(block);
    bb_assembly_free(a);
    bb_columns_release(&rules);
    bb_buf_release(&where);
}
END_TEST

static size_t files_in(const char *dir)
{
    size_t n = 0;
    DIR *open = opendir(dir);
    for (struct dirent *entry; (entry = readdir(open));) n += entry->d_name[0] != '.';
    closedir(open);
    return n;
}

/* It is in TMPDIR, has no name there, and a folder that is not there is a sentence. */
START_TEST(the_scratch_file)
{
    const struct shape *s = &SHAPES[6];
    double out[3200];
    const char *path = make_file(s);
    setenv("TMPDIR", bb_path_join(fixture_arena, fixture_dir, "nowhere"), 1);
    struct bb_assembly *a = open_file(path);
    ck_assert_int_eq(bb_reader_read(a->reader, 0, 1, out, 1, &err), BB_EIO);
    ck_assert_msg(strstr(err.msg, "no scratch file can be made") && strstr(err.msg, "TMPDIR"), "%s", err.msg);
    setenv("TMPDIR", fixture_dir, 1);
    ck_assert_int_eq(bb_reader_read(a->reader, 0, 1, out, 1, &err), BB_OK);
    ck_assert_double_eq(out[9], value_at(9, 0));
    ck_assert_uint_eq(files_in(fixture_dir), 1);
    bb_assembly_free(a);
    unsetenv("TMPDIR");
}
END_TEST

/* A damaged chunk is a sentence, the same with any number of threads. */
START_TEST(a_damaged_chunk)
{
    const char *path = make_file(&SHAPES[3]);
    struct bb_buf bytes = BB_BUF_INIT;
    ck_assert(!bb_file_read(path, 0, &bytes, &err));
    memset(bytes.data + bytes.len / 2, 0x55, 5000);
    path = fixture_file("damaged.h5", bytes.data, bytes.len);
    char first[BB_ERR_MAX] = "";
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct bb_assembly *a = open_file(path);
        double *out = malloc(3200 * 3000 * sizeof *out);
        bb_reader_threads(threads);
        ck_assert_int_eq(bb_reader_read(a->reader, 0, 3000, out, 3000, &err), BB_EINPUT);
        ck_assert_msg(strstr(err.msg, "a chunk of \"data\" cannot be unpacked; the file is damaged") != NULL, "%s", err.msg);
        if (threads > 1) ck_assert_str_eq(err.msg, first);
        memcpy(first, err.msg, sizeof first);
        free(out);
        bb_assembly_free(a);
    }
    bb_reader_threads(1);
    bb_buf_release(&bytes);
}
END_TEST

/* The file becomes shorter while it is read. */
START_TEST(a_file_that_is_cut_off_behind_the_back)
{
    const char *path = make_file(&SHAPES[0]);
    struct bb_assembly *a = open_file(path);
    double *out = malloc(3200 * 10 * sizeof *out);
    ck_assert_int_eq(truncate(path, 1000000), 0);
    ck_assert_int_eq(bb_reader_read(a->reader, 0, 10, out, 10, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "the end of the file is missing") != NULL, "%s", err.msg);
    free(out);
    bb_assembly_free(a);
}
END_TEST

/* Readers of one file do not know of each other. */
START_TEST(two_readers_of_a_file)
{
    double out[3200];
    const char *path = make_file(&SHAPES[3]);
    struct bb_assembly *one = open_file(path), *two = open_file(path);
    ck_assert_int_eq(bb_reader_read(one->reader, 5, 1, out, 1, &err), BB_OK);
    bb_assembly_free(one);
    ck_assert_int_eq(bb_reader_read(two->reader, 7, 1, out, 1, &err), BB_OK);
    ck_assert_double_eq(out[9], value_at(9, 7));
    bb_assembly_free(two);
}
END_TEST

Suite *suite_store_reader(void)
{
    const int n = (int)(sizeof SHAPES / sizeof *SHAPES);
    Suite *suite = suite_create("store_reader");
    TCase *tc = tcase_create("reader");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, fixture_setup, fixture_teardown);
    tcase_add_loop_test(tc, each_byte_is_read_once, 0, n);
    tcase_add_loop_test(tc, any_columns_can_be_asked_for, 0, n);
    tcase_add_loop_test(tc, some_rows_can_be_asked_for, 0, n);
    tcase_add_test(tc, the_scratch_file);
    tcase_add_test(tc, a_damaged_chunk);
    tcase_add_test(tc, a_file_that_is_cut_off_behind_the_back);
    tcase_add_test(tc, two_readers_of_a_file);
    suite_add_tcase(suite, tc);
    return suite;
}
