#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "base/text.h"
#include "store/table_file.h"
#include "table_fixture.h"

Suite *suite_store_table_file(void);

#define RULES "{\"x\": \"x\", \"file\": {\"from\": \"filename\", \"match\": \"^(.)\"}}"

static struct bb_err err;

/* Reads the files with RULES; the assembly or NULL. */
static struct bb_assembly *read_files(const char *const *path, size_t n, const char *where, const char *sha256)
{
    struct bb_assembly *out = NULL;
    struct bb_columns columns = fixture_columns(RULES, where);
    struct bb_paths paths = {BB_NEW_ARRAY(fixture_arena, n, char *), n};
    for (size_t i = 0; i < n; i++) paths.path[i] = bb_arena_strdup(fixture_arena, path[i]);
    const struct bb_table_source source = {&paths, &columns, sha256};
    enum bb_code code = bb_table_files_read(&source, 1, &out, &err);
    ck_assert_int_eq(code == BB_OK, out != NULL);
    bb_columns_release(&columns);
    return out;
}

static void fails(const char *path, const char *what)
{
    ck_assert_ptr_null(read_files(&path, 1, NULL, NULL));
    ck_assert_str_eq(err.msg, bb_arena_printf(fixture_arena, "%s%s", path, what));
}

static const char *gz(const char *name, const char *text, size_t len, struct bb_buf *packed)
{
    struct libdeflate_compressor *deflate = libdeflate_alloc_compressor(6);
    char *end = bb_buf_room(packed, libdeflate_gzip_compress_bound(deflate, len));
    packed->len += libdeflate_gzip_compress(deflate, text, len, end, packed->cap - packed->len);
    libdeflate_free_compressor(deflate);
    return fixture_file(name, packed->data, packed->len);
}

static void unpacks_to(const char *path, const char *text, size_t len)
{
    struct bb_buf bytes = BB_BUF_INIT;
    ck_assert_msg(!bb_table_file_bytes(path, &bytes, &err), "%s", err.msg);
    ck_assert_uint_eq(bytes.len, len);
    ck_assert_mem_eq(bytes.data, text, len);
    bb_buf_release(&bytes);
}

/* FIPS 180-2 appendix B.1: the digest of "abc" */
#define SHA_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

START_TEST(one_file_and_its_digest)
{
    const char *path = fixture_text("a.csv", "x\n1\n2\n");
    struct bb_assembly *a = read_files(&path, 1, NULL, NULL);
    ck_assert_uint_eq(a->dim[0].size, 2);
    /* printf 'x\n1\n2\n' | sha256sum */
    ck_assert_str_eq(a->digest, "sha256:aea284871ddeeebac4b57b7a8ee7dad070886e690408ce2409306b9b6487beb1");
    bb_assembly_free(a);
}
END_TEST

START_TEST(several_files_in_order)
{
    const char *path[] = {fixture_text("b.csv", "x\n1\n"), fixture_text("a.csv", "x\n2\n3\n")};
    struct bb_assembly *a = read_files(path, 2, NULL, NULL);
    struct bb_groups g = bb_coord_groups(bb_assembly_coord(a, "file"), fixture_arena);
    ck_assert_uint_eq(g.n, 3);
    ck_assert_str_eq(g.name[g.group[0]], "b");
    ck_assert_str_eq(g.name[g.group[2]], "a");
    /* { printf 'x\n1\n' | sha256sum | head -c64; printf 'x\n2\n3\n' | sha256sum | head -c64; } | sha256sum */
    ck_assert_str_eq(a->digest, "sha256:14e84a4aefe0425f4081f25218050ef619e9d971ff08a48d6b74279fffd801e4");
    bb_assembly_free(a);
}
END_TEST

START_TEST(a_pin_is_checked_before_the_table_is_read)
{
    const char *path = fixture_text("a.csv", "abc");
    ck_assert_ptr_null(read_files(&path, 1, NULL, SHA_ABC));
    ck_assert_ptr_nonnull(strstr(err.msg, "no column \"x\""));
    ck_assert_ptr_null(read_files(&path, 1, NULL, "sha256:0000"));
    ck_assert_str_eq(err.msg, bb_arena_printf(fixture_arena,
                                              "%s: the sha256 of the data is " SHA_ABC
                                              ", not 0000 as stated; it is another file, or it has changed",
                                              path));
}
END_TEST

START_TEST(rows_of_several_sources)
{
    struct bb_columns first = fixture_columns("{\"x\": \"x\", \"set\": {\"value\": \"a\"}}", NULL);
    struct bb_columns second = fixture_columns("{\"set\": {\"value\": \"b\"}, \"x\": \"y\"}", "{\"x\": \"2\"}");
    char *one = bb_arena_strdup(fixture_arena, fixture_text("a.csv", "x\n1\n")),
         *two = bb_arena_strdup(fixture_arena, fixture_text("b.csv", "y\n2\n3\n"));
    const struct bb_paths paths[] = {{&one, 1}, {&two, 1}};
    const struct bb_table_source source[] = {{&paths[0], &first, NULL}, {&paths[1], &second, NULL}};
    struct bb_assembly *a;
    ck_assert_msg(!bb_table_files_read(source, 2, &a, &err), "%s", err.msg);
    ck_assert_uint_eq(a->dim[0].size, 2);
    struct bb_groups g = bb_coord_groups(bb_assembly_coord(a, "set"), fixture_arena);
    ck_assert_str_eq(g.name[g.group[1]], "b");
    bb_assembly_free(a);
    bb_columns_release(&first);
    bb_columns_release(&second);
}
END_TEST

START_TEST(files_without_a_table)
{
    fails(fixture_text("a.csv", ""), ": the file is empty");
    fails(fixture_text("a.csv", "x\n"), ": the file has a header and no rows");
    fails(fixture_file("a.csv", "\x89PNG\r\n\x1a\n\0\0", 10), ": is not a text table (CSV or TSV in UTF-8)");
    fails(fixture_text("a.csv", "y\n1\n"), ":1: no column \"x\"; the file has y");
    const char *path = fixture_text("a.csv", "x\n1\n");
    ck_assert_ptr_null(read_files(&path, 1, "{\"x\": \"3\"}", NULL));
    ck_assert_str_eq(
        err.msg, bb_arena_printf(fixture_arena, "%s: \"where\" drops all 1 rows: its rule for \"x\" does not keep \"1\"", path));
    path = bb_path_join(fixture_arena, fixture_dir, "none.csv");
    ck_assert_ptr_null(read_files(&path, 1, NULL, NULL));
    ck_assert_int_eq(err.code, BB_EABSENT);
}
END_TEST

START_TEST(gzip)
{
    struct bb_buf packed = BB_BUF_INIT;
    const char *path = gz("a.csv.gz", "x\n1\n2\n", 6, &packed);
    unpacks_to(path, "x\n1\n2\n", 6);
    struct bb_assembly *a = read_files(&path, 1, NULL, NULL);
    ck_assert_uint_eq(a->dim[0].size, 2);
    char digest[BB_SHA256_TEXT];
    bb_sha256_text(packed.data, packed.len, digest);
    ck_assert_str_eq(a->digest + strlen("sha256:"), digest); /* of the file as it is */
    bb_assembly_free(a);
    path = gz("a.csv.gz", "3\n", 2, &packed); /* a second member */
    unpacks_to(path, "x\n1\n2\n3\n", 8);
    bb_buf_release(&packed);
}
END_TEST

/* The footer counts only the last member; the first is much larger than it says. */
START_TEST(gzip_of_a_large_and_a_small_member)
{
    struct bb_buf packed = BB_BUF_INIT, text = BB_BUF_INIT;
    bb_buf_puts(&text, "x\n");
    for (int i = 0; i < 200000; i++) bb_buf_puts(&text, "aaaa\n");
    gz("a.csv.gz", text.data, text.len, &packed);
    const char *path = gz("a.csv.gz", "b\n", 2, &packed);
    bb_buf_puts(&text, "b\n");
    unpacks_to(path, text.data, text.len);
    bb_buf_release(&packed);
    bb_buf_release(&text);
}
END_TEST

START_TEST(damaged_gzip)
{
    struct bb_buf packed = BB_BUF_INIT;
    fails(fixture_text("a.csv.gz", "x\n1\n"), ": is not a gzip file, though its name ends in .gz");
    fails(fixture_text("a.csv.gz", "x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"),
          ": the gzip file is damaged or cut off at byte 0 or after it");
    gz("a.csv.gz", "x\n1\n2\n3\n4\n5\n6\n", 14, &packed);
    fails(fixture_file("a.csv.gz", packed.data, packed.len - 1), ": the gzip file is damaged or cut off at byte 0 or after it");
    /* a footer that claims 4 GiB does not take them */
    memset(packed.data + packed.len - 4, 0xff, 4);
    fails(fixture_file("a.csv.gz", packed.data, packed.len), ": the gzip file is damaged or cut off at byte 0 or after it");
    bb_buf_release(&packed);
}
END_TEST

START_TEST(a_large_file)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "x,imagename,rt\n");
    for (int i = 0; text.len < 20000000; i++)
        bb_buf_printf(&text, "s%d,%04d_cop_s01_c30_knife_10_n%08d_%d.png,0.%d\n", i % 10, i % 10000, i, i, i);
    size_t rows = 0;
    for (size_t i = 0; i < text.len; i++) rows += text.data[i] == '\n';
    const char *path = fixture_file("l.csv", text.data, text.len);
    struct bb_assembly *a = read_files(&path, 1, "{\"x\": {\"not\": \"s3\"}}", NULL);
    ck_assert_ptr_nonnull(a);
    ck_assert_uint_eq(a->dim[0].size, rows - 1 - (rows - 1 + 6) / 10); /* s3 is in rows 3, 13, … */
    struct bb_groups g = bb_coord_groups(bb_assembly_coord(a, "x"), fixture_arena);
    ck_assert_uint_eq(g.n_groups, 9);
    bb_assembly_free(a);
    bb_buf_release(&text);
}
END_TEST

Suite *suite_store_table_file(void)
{
    Suite *suite = suite_create("store_table_file");
    TCase *tc = tcase_create("table_file");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, fixture_setup, fixture_teardown);
    tcase_add_test(tc, one_file_and_its_digest);
    tcase_add_test(tc, several_files_in_order);
    tcase_add_test(tc, a_pin_is_checked_before_the_table_is_read);
    tcase_add_test(tc, rows_of_several_sources);
    tcase_add_test(tc, files_without_a_table);
    tcase_add_test(tc, gzip);
    tcase_add_test(tc, gzip_of_a_large_and_a_small_member);
    tcase_add_test(tc, damaged_gzip);
    tcase_add_test(tc, a_large_file);
    suite_add_tcase(suite, tc);
    return suite;
}
