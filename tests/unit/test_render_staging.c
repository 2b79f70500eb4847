#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "render/staging.h"

static struct bb_arena *arena;
static char dir[] = "/tmp/bb-site-XXXXXX";
static const char *site;
static struct bb_err err;
static struct bb_staging_counts counts;

static void setup(void)
{
    arena = bb_arena_new(0);
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    site = bb_path_join(arena, dir, "site");
    memset(&err, 0, sizeof err);
}

static void teardown(void)
{
    ck_assert_int_eq(chmod(dir, 0700), 0);
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_arena_free(arena);
}

static const char *in_site(const char *path)
{
    return bb_path_join(arena, site, path);
}

static void write_file(const char *path, const char *text)
{
    ck_assert_int_eq(bb_file_write(bb_path_join(arena, dir, path), text, strlen(text), &err), BB_OK);
}

static void check_file(const char *path, const char *text)
{
    struct bb_buf is = BB_BUF_INIT;
    ck_assert_msg(bb_file_read(in_site(path), 0, &is, &err) == BB_OK, "%s", err.msg);
    ck_assert_str_eq(bb_buf_text(&is), text);
    bb_buf_release(&is);
}

/* path, text, path, text, …, NULL */
static enum bb_code add_files(struct bb_staging *staging, const char *const *file)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; code == BB_OK && file[i]; i += 2)
        code = bb_staging_add(staging, file[i], file[i + 1], strlen(file[i + 1]), &err);
    return code;
}

static enum bb_code build(const char *const *file)
{
    struct bb_staging *staging = NULL;
    enum bb_code code = bb_staging_open(site, &staging, &err);
    if (code == BB_OK) code = add_files(staging, file);
    if (code == BB_OK) code = bb_staging_commit(staging, &counts, &err);
    bb_staging_close(staging);
    return code;
}

static void check_counts(size_t written, size_t unchanged, size_t removed)
{
    ck_assert_uint_eq(counts.n_written, written);
    ck_assert_uint_eq(counts.n_unchanged, unchanged);
    ck_assert_uint_eq(counts.n_removed, removed);
}

static bool is_staged(void)
{
    return bb_is_dir(bb_path_join(arena, dir, "site.brainboard-new"));
}

static const char *const first[] = {"index.html", "front 1", "a/b/old.html", "old", "same.html", "same", "assets/x-1.css",
                                    "1",          NULL};
static const char *const second[] = {"index.html", "front 2",        "a/new.html", "new", "same.html",
                                     "same",       "assets/x-2.css", "2",          NULL};

START_TEST(updates_what_changed)
{
    struct stat before, after;
    const struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    ck_assert_int_eq(build(first), BB_OK);
    check_counts(4, 0, 0);
    ck_assert_int_eq(utimensat(AT_FDCWD, in_site("same.html"), long_ago, 0), 0);
    ck_assert_int_eq(stat(in_site("same.html"), &before), 0);
    ck_assert_int_eq(build(second), BB_OK);
    check_counts(3, 1, 2);
    ck_assert_int_eq(stat(in_site("same.html"), &after), 0);
    ck_assert_int_eq(after.st_mtim.tv_sec, 1000);
    ck_assert_uint_eq(after.st_ino, before.st_ino);
    check_file("index.html", "front 2");
    check_file("a/new.html", "new");
    ck_assert(!bb_is_file(in_site("assets/x-1.css")));
    ck_assert_msg(!bb_is_dir(in_site("a/b")), "a folder that became empty stays");
    check_file(".brainboard-files", "a/new.html\nassets/x-2.css\nindex.html\nsame.html\n");
    ck_assert(!is_staged());
}
END_TEST

/* What must not be told is listed by the digest of its path, and is known again: it can be changed, shown and removed. */
START_TEST(paths_that_must_not_be_told_are_digests)
{
    static const char *const files[] = {"index.html", "front", "models/a/index.html", "public", "models/b/index.html", "who has the link", NULL};
    char list[BB_DIGEST_TEXT + 80] = "index.html\nmodels/a/index.html\nsha256:";
    bb_sha256_text("models/b/index.html", strlen("models/b/index.html"), list + strlen(list));
    strcat(list, "\n");
    for (int round = 0; round < 4; round++) { /* hidden, again, public, hidden */
        struct bb_staging *staging = NULL;
        ck_assert_int_eq(bb_staging_open(site, &staging, &err), BB_OK);
        if (round != 2) bb_staging_hide(staging, "models/b/");
        ck_assert_int_eq(add_files(staging, files), BB_OK);
        ck_assert_int_eq(bb_staging_commit(staging, &counts, &err), BB_OK);
        bb_staging_close(staging);
        check_counts(round ? 0 : 3, round ? 3 : 0, 0);
        check_file(".brainboard-files", round == 2 ? "index.html\nmodels/a/index.html\nmodels/b/index.html\n" : list);
    }
    ck_assert_int_eq(build(first), BB_OK); /* and gone */
    ck_assert(!bb_is_file(in_site("models/b/index.html")) && !bb_is_dir(in_site("models")));
}
END_TEST

START_TEST(keeps_what_it_did_not_write)
{
    write_file("site/README.md", "mine");
    ck_assert_int_eq(build(first), BB_OK);
    write_file("site/a/b/notes.txt", "mine");
    ck_assert_int_eq(build(second), BB_OK);
    check_file("README.md", "mine");
    check_file("a/b/notes.txt", "mine");
    ck_assert(!bb_is_file(in_site("a/b/old.html")));
}
END_TEST

START_TEST(refuses_a_foreign_folder)
{
    write_file("site/thesis.tex", "years of work");
    ck_assert_int_eq(build(first), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "thesis.tex"));
    check_file("thesis.tex", "years of work");
    ck_assert(!bb_is_file(in_site("index.html")));
    ck_assert(!is_staged());
}
END_TEST

START_TEST(refuses_to_overwrite_a_foreign_file)
{
    static const char *const more[] = {"index.html", "front 2", "404.html", "ours", NULL};
    ck_assert_int_eq(build(first), BB_OK);
    write_file("site/404.html", "mine");
    ck_assert_int_eq(build(more), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "404.html"));
    check_file("404.html", "mine");
    check_file("index.html", "front 1");
}
END_TEST

START_TEST(without_a_commit_nothing_happens)
{
    struct bb_staging *staging = NULL;
    ck_assert_int_eq(build(first), BB_OK);
    ck_assert_int_eq(bb_staging_open(site, &staging, &err), BB_OK);
    ck_assert_int_eq(add_files(staging, second), BB_OK);
    bb_staging_close(staging);
    check_file("index.html", "front 1");
    check_file("assets/x-1.css", "1");
    ck_assert(!bb_is_file(in_site("a/new.html")));
    ck_assert(!is_staged());
}
END_TEST

START_TEST(one_build_at_a_time)
{
    struct bb_staging *staging = NULL;
    ck_assert_int_eq(bb_staging_open(site, &staging, &err), BB_OK);
    ck_assert_int_eq(build(first), BB_EIO);
    ck_assert_ptr_nonnull(strstr(err.msg, "Another build"));
    bb_staging_close(staging);
    ck_assert_int_eq(build(first), BB_OK);
}
END_TEST

/* A build that dies while it moves, at any of its moves: a directory in the way of the k-th file stops it there. */
START_TEST(an_interrupted_move_is_completed)
{
    static const char *const moves[] = {"assets/x-2.css", "a/new.html", "index.html"};
    static const char *const later[] = {"index.html", "front 2",        "a/new.html", "new", "same.html",
                                        "same",       "assets/x-2.css", "2",          NULL};
    ck_assert_int_eq(build(first), BB_OK);
    struct bb_staging *staging = NULL;
    ck_assert_int_eq(bb_staging_open(site, &staging, &err), BB_OK);
    ck_assert_int_eq(add_files(staging, second), BB_OK);
    const char *in_the_way = in_site(moves[_i]);
    if (_i == 2) ck_assert_int_eq(unlink(in_the_way), 0);
    ck_assert_int_eq(bb_make_dirs(bb_path_join(arena, in_the_way, "x"), &err), BB_OK);
    ck_assert_int_eq(bb_staging_commit(staging, &counts, &err), BB_EIO);
    bb_staging_close(staging);
    ck_assert_msg(is_staged(), "the journal is gone, the move can never be completed");
    for (int k = 0; k < _i; k++) ck_assert_msg(bb_is_file(in_site(moves[k])), "%s is not moved before %s", moves[k], moves[_i]);
    ck_assert_msg(bb_is_file(in_site("a/b/old.html")), "removed before all was moved");

    ck_assert_int_eq(bb_remove_tree(in_the_way, &err), BB_OK);
    ck_assert_int_eq(bb_staging_open(site, &staging, &err), BB_OK); /* this completes it */
    check_file("index.html", "front 2");
    check_file("a/new.html", "new");
    ck_assert(!bb_is_file(in_site("a/b/old.html")));
    bb_staging_close(staging);
    ck_assert_int_eq(build(later), BB_OK);
    check_counts(0, 4, 0);
}
END_TEST

/* --- a folder within the site --- */

static enum bb_code build_with_folder(const char *const *file, const char *folder, const char *const *inside)
{
    struct bb_staging *staging = NULL, *within = NULL;
    enum bb_code code = bb_staging_open(site, &staging, &err);
    if (code == BB_OK) code = bb_staging_open_within(staging, folder, &within, &err);
    if (code == BB_OK) code = add_files(within, inside);
    if (code == BB_OK) code = bb_staging_join(staging, within, &err);
    bb_staging_close(within);
    if (code == BB_OK) code = add_files(staging, file);
    if (code == BB_OK) code = bb_staging_commit(staging, &counts, &err);
    bb_staging_close(staging);
    return code;
}

static const char *const inside[] = {"index.html", "old board", "data/x.csv", "1,2", NULL};

/* With the site that it is in (0), or in one that is there (1): it enters, is nobody's business afterwards, and no other takes its place. */
START_TEST(a_folder_within_enters_and_stays)
{
    static const char *const list = "data/x.csv\nindex.html\n";
    if (_i) ck_assert_int_eq(build(first), BB_OK);
    ck_assert_int_eq(build_with_folder(first, "v/1", inside), BB_OK);
    check_counts(_i ? 0 : 4, _i ? 4 : 0, 0);
    check_file("v/1/index.html", "old board");
    check_file("v/1/.brainboard-files", list);
    check_file(".brainboard-files", "a/b/old.html\nassets/x-1.css\nindex.html\nsame.html\n");
    ck_assert_int_eq(build(second), BB_OK);
    check_counts(3, 1, 2);
    check_file("v/1/index.html", "old board");
    check_file("v/1/data/x.csv", "1,2");
    check_file("v/1/.brainboard-files", list);
    ck_assert_int_eq(build_with_folder(first, "v/1", second), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "site/v/1 is there already"));
    check_file("v/1/index.html", "old board");
    check_file("index.html", "front 2");
    ck_assert(!is_staged());
}
END_TEST

/* It comes behind the data of the site and before its pages, in one step; a build that dies there is completed. */
START_TEST(an_interrupted_folder_is_completed)
{
    ck_assert_int_eq(build(first), BB_OK);
    write_file("site/v", "in the way");
    ck_assert_int_eq(build_with_folder(second, "v/1", inside), BB_EIO);
    check_file("assets/x-2.css", "2");
    check_file("index.html", "front 1");
    ck_assert(is_staged());
    ck_assert_int_eq(unlink(in_site("v")), 0);
    ck_assert_int_eq(build(second), BB_OK);
    check_counts(0, 4, 0);
    check_file("v/1/index.html", "old board");
    check_file("index.html", "front 2");
    ck_assert(!is_staged());
}
END_TEST

START_TEST(what_is_kept_is_not_removed)
{
    struct bb_staging *staging = NULL;
    bool there;
    ck_assert_int_eq(build(first), BB_OK);
    ck_assert_int_eq(bb_staging_open(site, &staging, &err), BB_OK);
    ck_assert_int_eq(add_files(staging, second), BB_OK);
    ck_assert_int_eq(bb_staging_keep(staging, "assets/x-1.css", &there, &err), BB_OK);
    ck_assert(there);
    ck_assert_int_eq(bb_staging_keep(staging, "assets/x-2.css", &there, &err), BB_OK); /* it is new anyway */
    ck_assert(there);
    ck_assert_int_eq(bb_staging_keep(staging, "assets/gone.css", &there, &err), BB_OK);
    ck_assert(!there);
    ck_assert_int_eq(bb_staging_commit(staging, &counts, &err), BB_OK);
    bb_staging_close(staging);
    check_counts(3, 2, 1);
    check_file("assets/x-1.css", "1");
    check_file(".brainboard-files", "a/new.html\nassets/x-1.css\nassets/x-2.css\nindex.html\nsame.html\n");
}
END_TEST

START_TEST(a_damaged_list_removes_nothing)
{
    ck_assert_int_eq(build(first), BB_OK);
    write_file("precious", "mine");
    write_file("site/.brainboard-files", "../precious\n");
    ck_assert_int_eq(build(second), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "../precious"));
    ck_assert(bb_is_file(bb_path_join(arena, dir, "precious")));
}
END_TEST

Suite *suite_render_staging(void);
Suite *suite_render_staging(void)
{
    Suite *suite = suite_create("render_staging");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, updates_what_changed);
    tcase_add_test(tcase, paths_that_must_not_be_told_are_digests);
    tcase_add_test(tcase, keeps_what_it_did_not_write);
    tcase_add_test(tcase, refuses_a_foreign_folder);
    tcase_add_test(tcase, refuses_to_overwrite_a_foreign_file);
    tcase_add_test(tcase, without_a_commit_nothing_happens);
    tcase_add_test(tcase, one_build_at_a_time);
    tcase_add_loop_test(tcase, an_interrupted_move_is_completed, 0, 3);
    tcase_add_loop_test(tcase, a_folder_within_enters_and_stays, 0, 2);
    tcase_add_test(tcase, an_interrupted_folder_is_completed);
    tcase_add_test(tcase, what_is_kept_is_not_removed);
    tcase_add_test(tcase, a_damaged_list_removes_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
