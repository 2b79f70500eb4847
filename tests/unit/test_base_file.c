#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

Suite *suite_base_file(void);

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static struct bb_arena *arena;
static struct bb_err err;
static char *root;

static void make_root(void)
{
    arena = bb_arena_new(0);
    err = (struct bb_err){0};
    const char *tmp = getenv("TMPDIR");
    root = bb_path_join(arena, tmp ? tmp : "/tmp", "bb-file-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
}

static void drop_root(void)
{
    ck_assert_int_eq(bb_remove_tree(root, NULL), BB_OK);
    bb_arena_free(arena);
    arena = NULL;
}

static char *in_root(const char *name)
{
    return bb_path_join(arena, root, name);
}

static void put(const char *name, const char *text)
{
    ck_assert_int_eq(bb_file_write(in_root(name), text, strlen(text), &err), BB_OK);
}

static void assert_content(const char *name, const char *expected)
{
    struct bb_buf buf = BB_BUF_INIT;
    ck_assert_int_eq(bb_file_read(in_root(name), 0, &buf, &err), BB_OK);
    ck_assert_str_eq(bb_buf_text(&buf), expected);
    bb_buf_release(&buf);
}

static size_t count_files(void)
{
    struct bb_paths paths;
    ck_assert_int_eq(bb_list_tree(arena, root, &paths, &err), BB_OK);
    return paths.n;
}

START_TEST(what_is_written_is_read)
{
    static const char bytes[] = "a\0b\n\xFF";
    struct bb_buf buf = BB_BUF_INIT;
    bb_buf_puts(&buf, "what was there before");
    ck_assert_int_eq(bb_file_write(in_root("f"), bytes, sizeof bytes, &err), BB_OK);
    ck_assert_int_eq(bb_file_read(in_root("f"), 0, &buf, &err), BB_OK);
    ck_assert_uint_eq(buf.len, sizeof bytes);
    ck_assert_mem_eq(buf.data, bytes, sizeof bytes);
    put("f", "");
    ck_assert_int_eq(bb_file_read(in_root("f"), 0, &buf, &err), BB_OK);
    ck_assert_uint_eq(buf.len, 0);
    ck_assert_str_eq(bb_buf_text(&buf), "");
    bb_buf_release(&buf);
}
END_TEST

START_TEST(a_large_file_is_read_and_copied)
{
    enum { SIZE = 5000000 };
    char *data = bb_malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++) data[i] = (char)(i * 31 % 251);
    ck_assert_int_eq(bb_file_write(in_root("large"), data, SIZE, &err), BB_OK);
    ck_assert_int_eq(bb_file_copy(in_root("large"), in_root("x/y/copy"), &err), BB_OK);
    struct bb_buf buf = BB_BUF_INIT;
    ck_assert_int_eq(bb_file_read(in_root("x/y/copy"), SIZE, &buf, &err), BB_OK);
    ck_assert_uint_eq(buf.len, SIZE);
    ck_assert_mem_eq(buf.data, data, SIZE);
    free(data);
    bb_buf_release(&buf);
}
END_TEST

START_TEST(the_limit_is_exact)
{
    struct bb_buf buf = BB_BUF_INIT;
    put("f", "12345");
    ck_assert_int_eq(bb_file_read(in_root("f"), 5, &buf, &err), BB_OK);
    ck_assert_int_eq(bb_file_read(in_root("f"), 4, &buf, &err), BB_ELIMIT);
    ck_assert_ptr_nonnull(strstr(err.msg, "limit"));
    bb_buf_release(&buf);
}
END_TEST

START_TEST(what_cannot_be_read_is_told_apart)
{
    struct bb_buf buf = BB_BUF_INIT;
    ck_assert_int_eq(bb_file_read(in_root("none"), 0, &buf, &err), BB_EABSENT);
    ck_assert_ptr_nonnull(strstr(err.msg, in_root("none")));
    put("f", "x");
    ck_assert_int_eq(bb_file_read(in_root("f/below"), 0, &buf, &err), BB_EABSENT);
    ck_assert_int_eq(bb_file_read(root, 0, &buf, &err), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "a folder"));
    ck_assert_int_eq(mkfifo(in_root("pipe"), 0600), 0);
    ck_assert_int_eq(bb_file_read(in_root("pipe"), 0, &buf, &err), BB_EINPUT);
    bb_buf_release(&buf);
}
END_TEST

START_TEST(folders_are_made)
{
    put("a/b//c/f", "x");
    assert_content("a/b/c/f", "x");
    ck_assert_int_eq(bb_make_dirs(in_root("a/b"), &err), BB_OK);
    ck_assert_int_eq(bb_make_dirs(in_root("d/e/"), &err), BB_OK);
    ck_assert(bb_is_dir(in_root("d/e")) && !bb_is_file(in_root("d/e")));
    ck_assert(bb_is_file(in_root("a/b/c/f")) && !bb_is_dir(in_root("a/b/c/f")));
    ck_assert(!bb_is_file(in_root("none")) && !bb_is_dir(in_root("none")));
    ck_assert_int_eq(bb_make_dirs(in_root("a/b/c/f"), &err), BB_EIO);
    ck_assert_int_eq(bb_make_dirs(in_root("a/b/c/f/g"), &err), BB_EIO);
    ck_assert_int_eq(bb_file_write(in_root("a/b/c/f/g"), "x", 1, &err), BB_EIO);
}
END_TEST

START_TEST(the_umask_decides_who_may_read)
{
    mode_t mask = umask(022);
    umask(mask);
    put("f", "x");
    struct stat info;
    ck_assert_int_eq(stat(in_root("f"), &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0666 & ~mask);
}
END_TEST

/* The rename fails because a folder with something in it has the name: what was there stays, and nothing else is left behind. */
START_TEST(a_failed_write_leaves_no_trace)
{
    put("taken/inside", "old");
    ck_assert_int_eq(bb_file_write(in_root("taken"), "new", 3, &err), BB_EIO);
    ck_assert_ptr_nonnull(strstr(err.msg, "taken"));
    assert_content("taken/inside", "old");
    ck_assert_uint_eq(count_files(), 1);
    ck_assert_int_eq(bb_file_copy(in_root("none"), in_root("taken/inside"), &err), BB_EABSENT);
    assert_content("taken/inside", "old");
    ck_assert_uint_eq(count_files(), 1);
    /* what a killed run left goes, and nothing of another name */
    put("taken/.inside.tmp-a1B2c3", "new");
    put("taken/.inside.other", "stays");
    bb_file_forget_unfinished(in_root("taken/inside"));
    ck_assert_uint_eq(count_files(), 2);
    assert_content("taken/inside", "old");
}
END_TEST

/* Files may not grow over a limit here, so that the write breaks off in the middle, as on a full disk. */
START_TEST(a_write_that_breaks_off_leaves_the_old_file)
{
    enum { LIMIT = 100000, SIZE = 1 << 20 };
    put("f", "old");
    char *data = bb_calloc(1, SIZE);
    struct rlimit before, low;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    low = before;
    low.rlim_cur = LIMIT;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &low), 0);
    enum bb_code rc = bb_file_write(in_root("f"), data, SIZE, &err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    ck_assert_int_eq(rc, BB_EIO);
    assert_content("f", "old");
    ck_assert_uint_eq(count_files(), 1);
    free(data);
}
END_TEST

START_TEST(an_update_leaves_what_is_the_same)
{
    bool changed = false;
    ck_assert_int_eq(bb_file_update(in_root("f"), "one", 3, &changed, &err), BB_OK);
    ck_assert(changed);
    struct timespec past[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    ck_assert_int_eq(utimensat(AT_FDCWD, in_root("f"), past, 0), 0);
    ck_assert_int_eq(bb_file_update(in_root("f"), "one", 3, &changed, &err), BB_OK);
    ck_assert(!changed);
    struct stat info;
    ck_assert_int_eq(stat(in_root("f"), &info), 0);
    ck_assert_int_eq(info.st_mtime, 1000);
    ck_assert_int_eq(bb_file_update(in_root("f"), "two", 3, &changed, &err), BB_OK);
    ck_assert(changed);
    assert_content("f", "two");
    ck_assert_int_eq(bb_file_update(in_root("f"), "", 0, NULL, &err), BB_OK);
    assert_content("f", "");
    ck_assert_int_eq(bb_file_update(in_root("f"), "", 0, &changed, &err), BB_OK);
    ck_assert(!changed);
}
END_TEST

START_TEST(removing_does_not_follow_links)
{
    put("keep/f", "x");
    put("tree/a/f", "x");
    put("tree/b", "x");
    ck_assert_int_eq(symlink(in_root("keep"), in_root("tree/a/link")), 0);
    ck_assert_int_eq(symlink(in_root("keep"), in_root("toplink")), 0);
    ck_assert_int_eq(bb_remove_tree(in_root("tree"), &err), BB_OK);
    ck_assert(!bb_is_dir(in_root("tree")));
    ck_assert_int_eq(bb_remove_tree(in_root("toplink"), &err), BB_OK);
    assert_content("keep/f", "x");
    ck_assert_uint_eq(count_files(), 1);
    ck_assert_int_eq(bb_remove_tree(in_root("keep/f"), &err), BB_OK);
    ck_assert_int_eq(bb_remove_tree(in_root("none"), &err), BB_OK);
}
END_TEST

static void assert_paths(const struct bb_paths *paths, const char *const *expected, size_t n)
{
    ck_assert_uint_eq(paths->n, n);
    for (size_t i = 0; i < n; i++) ck_assert_str_eq(paths->path[i], expected[i]);
}

START_TEST(a_tree_is_listed_by_bytes)
{
    static const char *const expected[] = {"B", "a.txt", "a/z", "a0", "b/.hidden", "\xC3\xA9"};
    for (size_t i = 0; i < N_OF(expected); i++) put(expected[i], "x");
    ck_assert_int_eq(bb_make_dirs(in_root("empty"), &err), BB_OK);
    ck_assert_int_eq(symlink(in_root("a"), in_root("b/link")), 0);
    ck_assert_int_eq(symlink(in_root("B"), in_root("b/link2")), 0);
    struct bb_paths paths;
    ck_assert_int_eq(bb_list_tree(arena, root, &paths, &err), BB_OK);
    assert_paths(&paths, expected, N_OF(expected));
    ck_assert_int_eq(bb_list_tree(arena, in_root("none"), &paths, &err), BB_EABSENT);
    ck_assert_int_eq(bb_list_tree(arena, in_root("empty"), &paths, &err), BB_OK);
    ck_assert_uint_eq(paths.n, 0);
}
END_TEST

START_TEST(patterns_find_paths)
{
    static const char *const made[] = {"d/s10.csv", "d/s2.csv", "d/S3.csv", "d/{a,b}.csv", "d/a.csv", "d/note.txt", "e/s2.csv"};
    for (size_t i = 0; i < N_OF(made); i++) put(made[i], "x");
    static const struct {
        const char *pattern;
        const char *found[4];
        size_t n;
    } cases[] = {
        {"d/s*.csv", {"d/s10.csv", "d/s2.csv"}, 2},
        {"d/[sS]?.csv", {"d/S3.csv", "d/s2.csv"}, 2},
        {"*/s2.csv", {"d/s2.csv", "e/s2.csv"}, 2},
        {"d/{a,b}.c*", {"d/{a,b}.csv"}, 1},
        {"d/a.csv", {"d/a.csv"}, 1},
        {"none/*", {NULL}, 0},
        {"d/*.nc", {NULL}, 0},
        {"d/\\a.csv", {NULL}, 0},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        struct bb_paths paths;
        ck_assert_int_eq(bb_glob(arena, in_root(cases[i].pattern), &paths, &err), BB_OK);
        ck_assert_msg(paths.n == cases[i].n, "%s: %zu", cases[i].pattern, paths.n);
        for (size_t k = 0; k < paths.n; k++) ck_assert_str_eq(paths.path[k], in_root(cases[i].found[k]));
    }
    ck_assert(bb_has_glob("a*") && bb_has_glob("a?") && bb_has_glob("[a]") && !bb_has_glob("a{b,c}.csv"));
}
END_TEST

START_TEST(paths_are_joined_and_parted)
{
    ck_assert_str_eq(bb_path_join(arena, "a", "b"), "a/b");
    ck_assert_str_eq(bb_path_join(arena, "a/", "b"), "a/b");
    ck_assert_str_eq(bb_path_join(arena, "/", "b"), "/b");
    ck_assert_str_eq(bb_path_join(arena, "", "b"), "b");
    ck_assert_str_eq(bb_path_join(arena, "a", "/b"), "/b");
    static const char *const cases[][3] = {
        {"a/b/c", "a/b", "c"}, {"a", ".", "a"}, {"/a", "/", "a"}, {"a/", "a", ""},
        {"a//b", "a", "b"},    {"", ".", ""},   {"/", "/", ""},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        ck_assert_str_eq(bb_path_dir(arena, cases[i][0]), cases[i][1]);
        ck_assert_str_eq(bb_path_base(cases[i][0]), cases[i][2]);
    }
}
END_TEST

START_TEST(paths_that_lead_out_are_seen)
{
    static const char *const inside[] = {"a", "a/b", "./a", "a/../b", "a/./..", "..a", "a..", "...", "a//b"};
    static const char *const outside[] = {"", "/", "/a", "..", "../a", "a/../..", "./..", "a/../../a", "a//../.."};
    for (size_t i = 0; i < N_OF(inside); i++) ck_assert_msg(bb_path_is_inside(inside[i]), "%s", inside[i]);
    for (size_t i = 0; i < N_OF(outside); i++) ck_assert_msg(!bb_path_is_inside(outside[i]), "%s", outside[i]);
}
END_TEST

/* FIPS 180-4 examples */
START_TEST(digests_are_sha256)
{
    static const char empty[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    char out[BB_SHA256_TEXT];
    bb_sha256_text("", 0, out);
    ck_assert_str_eq(out, empty);
    struct bb_sha256 *sha = bb_sha256_new();
    bb_sha256_add(sha, "a", 1);
    bb_sha256_add(sha, "bc", 2);
    bb_sha256_finish(sha, out);
    ck_assert_str_eq(out, abc);
    put("f", "abc");
    out[0] = '\0';
    ck_assert_int_eq(bb_sha256_file(in_root("f"), out, &err), BB_OK);
    ck_assert_str_eq(out, abc);
    ck_assert_int_eq(bb_sha256_file(in_root("none"), out, &err), BB_EABSENT);
}
END_TEST

Suite *suite_base_file(void)
{
    Suite *suite = suite_create("base_file");
    TCase *tcase = tcase_create("file");
    tcase_add_checked_fixture(tcase, make_root, drop_root);
    tcase_add_test(tcase, what_is_written_is_read);
    tcase_add_test(tcase, a_large_file_is_read_and_copied);
    tcase_add_test(tcase, the_limit_is_exact);
    tcase_add_test(tcase, what_cannot_be_read_is_told_apart);
    tcase_add_test(tcase, folders_are_made);
    tcase_add_test(tcase, the_umask_decides_who_may_read);
    tcase_add_test(tcase, a_failed_write_leaves_no_trace);
    tcase_add_test(tcase, a_write_that_breaks_off_leaves_the_old_file);
    tcase_add_test(tcase, an_update_leaves_what_is_the_same);
    tcase_add_test(tcase, removing_does_not_follow_links);
    tcase_add_test(tcase, a_tree_is_listed_by_bytes);
    tcase_add_test(tcase, patterns_find_paths);
    tcase_add_test(tcase, paths_are_joined_and_parted);
    tcase_add_test(tcase, paths_that_lead_out_are_seen);
    tcase_add_test(tcase, digests_are_sha256);
    suite_add_tcase(suite, tcase);
    return suite;
}
