#include <check.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "store/units_file.h"
#include "table_fixture.h"

Suite *suite_store_units_file(void);

static const char *const MODELS[] = {"alexnet", "naïve-2"};
static const char *const SUBJECTS[] = {"subject-01", "subject-02", "subject-10"};
static const char *const CONDITIONS[] = {"0", "0.6"};
static double values[12];

/* `Z.sketch`: models × subject × condition; `A`: models × subject. */
static const struct bb_units_block BLOCKS[] = {
    {"Z.sketch", MODELS, 2, {{"subject", SUBJECTS, 3}, {"condition", CONDITIONS, 2}}, 2, values},
    {"A", MODELS, 2, {{"item", SUBJECTS, 3}}, 1, values},
};

static void setup(void)
{
    fixture_setup();
    for (int i = 0; i < 12; i++) values[i] = i / 7.0;
    values[5] = (double)NAN;
}

static const char *write_units(const char *name, size_t n)
{
    struct bb_err err;
    const char *path = bb_path_join(fixture_arena, fixture_dir, name);
    ck_assert_msg(!bb_units_write(path, BLOCKS, n, &err), "%s", err.msg);
    return path;
}

static herr_t keep_id(hid_t set, unsigned dim, hid_t scale, void *ctx)
{
    (void)set, (void)dim;
    *(hid_t *)ctx = H5Dopen2(scale, ".", H5P_DEFAULT);
    return 1;
}

/* The scale of dimension `dim` of raw is called `name` and has these labels. */
static void check_scale(hid_t raw, unsigned dim, const char *name, const char *const *label, size_t n)
{
    char found[64];
    char *text[4] = {NULL};
    hid_t scale = H5I_INVALID_HID, space, type = H5Tcopy(H5T_C_S1);
    ck_assert_int_eq(H5DSiterate_scales(raw, dim, NULL, keep_id, &scale), 1);
    ck_assert_int_gt(H5DSget_scale_name(scale, found, sizeof found), 0);
    ck_assert_str_eq(found, name);
    ck_assert_int_gt(H5Iget_name(scale, found, sizeof found), 0);
    ck_assert(bb_ends_with(found, name)); /* the name of the dataset, which is what h5py and netCDF see */
    space = H5Dget_space(scale);
    ck_assert_int_eq(H5Sget_simple_extent_npoints(space), (int)n);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    ck_assert_int_ge(H5Dread(scale, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text), 0);
    for (size_t i = 0; i < n; i++) ck_assert_str_eq(text[i], label[i]);
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, text);
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(scale);
}

START_TEST(what_is_written_can_be_read)
{
    double read[12];
    hsize_t size[3];
    hid_t file = H5Fopen(write_units("units.h5", 2), H5F_ACC_RDONLY, H5P_DEFAULT);
    ck_assert_int_ge(file, 0);
    hid_t raw = H5Dopen2(file, "Z.sketch/raw", H5P_DEFAULT), space = H5Dget_space(raw);
    ck_assert_int_eq(H5Sget_simple_extent_dims(space, size, NULL), 3);
    ck_assert_uint_eq(size[0], 2);
    ck_assert_uint_eq(size[1], 3);
    ck_assert_uint_eq(size[2], 2);
    ck_assert_int_ge(H5Dread(raw, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, read), 0);
    ck_assert_mem_eq(read, values, sizeof values);
    check_scale(raw, 0, "model", MODELS, 2);
    check_scale(raw, 1, "subject", SUBJECTS, 3);
    check_scale(raw, 2, "condition", CONDITIONS, 2);
    H5Sclose(space);
    H5Dclose(raw);
    raw = H5Dopen2(file, "A/raw", H5P_DEFAULT);
    check_scale(raw, 0, "model", MODELS, 2);
    check_scale(raw, 1, "item", SUBJECTS, 3);
    H5Dclose(raw);
    H5Fclose(file);
}
END_TEST

START_TEST(the_same_bytes_for_the_same_blocks)
{
    struct bb_buf first = BB_BUF_INIT, second = BB_BUF_INIT;
    struct bb_err err;
    ck_assert_int_eq(bb_file_read(write_units("a.h5", 2), 0, &first, &err), BB_OK);
    fixture_text("other.h5", "what was there before");
    ck_assert_int_eq(bb_file_read(write_units("other.h5", 2), 0, &second, &err), BB_OK);
    ck_assert_uint_eq(first.len, second.len);
    ck_assert_mem_eq(first.data, second.data, first.len);
    const struct bb_units_block turned[] = {BLOCKS[1], BLOCKS[0]};
    const char *path = fixture_text("turned.h5", "");
    ck_assert_int_eq(bb_units_write(path, turned, 2, &err), BB_OK);
    ck_assert_int_eq(bb_file_read(path, 0, &second, &err), BB_OK);
    ck_assert_uint_eq(first.len, second.len);
    ck_assert_mem_eq(first.data, second.data, first.len);
    bb_buf_release(&first);
    bb_buf_release(&second);
}
END_TEST

START_TEST(no_object_has_a_time)
{
    H5O_info_t info;
    hid_t file = H5Fopen(write_units("units.h5", 2), H5F_ACC_RDONLY, H5P_DEFAULT);
    static const char *const OBJECTS[] = {".", "A", "A/raw", "A/model", "Z.sketch/condition"};
    for (size_t i = 0; i < sizeof OBJECTS / sizeof *OBJECTS; i++) {
        ck_assert_int_ge(H5Oget_info_by_name2(file, OBJECTS[i], &info, H5O_INFO_TIME, H5P_DEFAULT), 0);
        ck_assert_int_eq(info.atime | info.mtime | info.ctime | info.btime, 0);
    }
    H5Fclose(file);
}
END_TEST

START_TEST(no_blocks_make_an_empty_file)
{
    hid_t file = H5Fopen(write_units("units.h5", 0), H5F_ACC_RDONLY, H5P_DEFAULT);
    ck_assert_int_ge(file, 0);
    H5Fclose(file);
}
END_TEST

START_TEST(nothing_is_written_when_something_is_wrong)
{
    struct bb_err err;
    const char *path = fixture_text("units.h5", "before");
    const struct bb_units_block twice[] = {BLOCKS[1], BLOCKS[1]};
    ck_assert_int_eq(bb_units_write(path, twice, 2, &err), BB_EIO);
    ck_assert_str_eq(err.msg, bb_arena_printf(fixture_arena, "%s: HDF5 cannot make A: name already exists", path));
    struct bb_buf bytes = BB_BUF_INIT;
    ck_assert_int_eq(bb_file_read(path, 0, &bytes, &err), BB_OK);
    ck_assert_str_eq(bytes.data, "before");
    bb_buf_release(&bytes);
    /* a file where a folder should be */
    ck_assert_int_eq(bb_units_write(bb_path_join(fixture_arena, path, "units.h5"), BLOCKS, 2, &err), BB_EIO);
}
END_TEST

Suite *suite_store_units_file(void)
{
    Suite *suite = suite_create("store_units_file");
    TCase *tc = tcase_create("units_file");
    tcase_add_checked_fixture(tc, setup, fixture_teardown);
    tcase_add_test(tc, what_is_written_can_be_read);
    tcase_add_test(tc, the_same_bytes_for_the_same_blocks);
    tcase_add_test(tc, no_object_has_a_time);
    tcase_add_test(tc, no_blocks_make_an_empty_file);
    tcase_add_test(tc, nothing_is_written_when_something_is_wrong);
    suite_add_tcase(suite, tc);
    return suite;
}
