#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "render/crew.h"

enum { MANY = 200 };

static struct bb_arena *arena;
static char dir[] = "/tmp/bb-crew-XXXXXX";
static struct bb_err err;
static struct bb_staging *staging;
static struct bb_staging_counts counts;

struct context {
    size_t fails, ends; /* the items that do; MANY: none */
    pid_t parent;
};

static void setup(void)
{
    arena = bb_arena_new(0);
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    memset(&err, 0, sizeof err);
    ck_assert_int_eq(bb_staging_open(bb_path_join(arena, dir, "site"), &staging, &err), BB_OK);
}

static void teardown(void)
{
    bb_staging_close(staging);
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_arena_free(arena);
}

static enum bb_code add_page(const void *context, size_t item, struct bb_err *failure)
{
    const struct context *c = context;
    char path[64], text[64];
    if (item >= c->fails) return bb_fail(failure, BB_EINPUT, "item %zu fails", item);
    if (item == c->ends && getpid() != c->parent) raise(SIGKILL);
    snprintf(path, sizeof path, "page%zu/index.html", item);
    snprintf(text, sizeof text, "%zu", item * item);
    return bb_staging_add(staging, path, text, strlen(text), failure);
}

/* Items behind the first quarter. */
static enum bb_code add_rest(const void *context, size_t item, struct bb_err *failure)
{
    return add_page(context, item + MANY / 4, failure);
}

static enum bb_code run(size_t workers, size_t n, struct context context)
{
    struct bb_crew *crew = bb_crew_new(staging, workers);
    context.parent = getpid();
    bb_crew_plan(crew, n / 4, add_page, &context);
    bb_crew_plan(crew, n - n / 4, add_rest, &context);
    enum bb_code code = bb_crew_start(crew, &err);
    if (code == BB_OK) code = bb_crew_wait(crew, &err);
    bb_crew_free(crew);
    return code;
}

static const size_t sizes[] = {1, 2, 3, 7};

START_TEST(makes_the_same_site)
{
    struct bb_buf list = BB_BUF_INIT, text = BB_BUF_INIT;
    ck_assert_msg(run(sizes[_i], MANY, (struct context){MANY, MANY, 0}) == BB_OK, "%s", err.msg);
    ck_assert_int_eq(bb_staging_commit(staging, &counts, &err), BB_OK);
    ck_assert_uint_eq(counts.n_written, MANY);
    for (size_t i = 0; i < MANY; i++) {
        const char *path = bb_arena_printf(arena, "%s/site/page%zu/index.html", dir, i);
        ck_assert_int_eq(bb_file_read(path, 0, &text, &err), BB_OK);
        ck_assert_str_eq(bb_buf_text(&text), bb_arena_printf(arena, "%zu", i * i));
    }
    ck_assert_int_eq(bb_file_read(bb_arena_printf(arena, "%s/site/.brainboard-files", dir), 0, &list, &err), BB_OK);
    size_t lines = 0;
    for (const char *c = bb_buf_text(&list); *c; c++) lines += *c == '\n';
    ck_assert_uint_eq(lines, MANY);
    bb_buf_release(&list);
    bb_buf_release(&text);
}
END_TEST

START_TEST(says_the_first_failure)
{
    ck_assert_int_eq(run(sizes[_i], MANY, (struct context){101, MANY, 0}), BB_EINPUT);
    ck_assert_str_eq(err.msg, "item 101 fails");
}
END_TEST

START_TEST(does_a_few_at_once)
{
    struct context context = {5, MANY, getpid()};
    struct bb_crew *crew = bb_crew_new(staging, 2);
    bb_crew_plan(crew, 10, add_page, &context);
    ck_assert_int_eq(bb_crew_start(crew, &err), BB_EINPUT);
    ck_assert_str_eq(err.msg, "item 5 fails");
    bb_crew_free(crew);
    ck_assert_uint_eq(bb_staging_mark(staging), 5);
}
END_TEST

START_TEST(notices_a_worker_that_ends)
{
    ck_assert_int_eq(run(3, MANY, (struct context){MANY, 100, 0}), BB_EIO);
    ck_assert_ptr_nonnull(strstr(err.msg, "ended before its work was done"));
}
END_TEST

START_TEST(leaves_nobody_behind)
{
    struct context context = {MANY, MANY, getpid()};
    struct bb_crew *crew = bb_crew_new(staging, 4);
    bb_crew_plan(crew, MANY, add_page, &context);
    ck_assert_int_eq(bb_crew_start(crew, &err), BB_OK);
    bb_crew_free(crew);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
    ck_assert_uint_eq(bb_staging_mark(staging), 0);
}
END_TEST

Suite *suite_render_crew(void);
Suite *suite_render_crew(void)
{
    Suite *suite = suite_create("render_crew");
    TCase *tcase = tcase_create("crew");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, makes_the_same_site, 0, sizeof sizes / sizeof sizes[0]);
    tcase_add_loop_test(tcase, says_the_first_failure, 0, sizeof sizes / sizeof sizes[0]);
    tcase_add_test(tcase, does_a_few_at_once);
    tcase_add_test(tcase, notices_a_worker_that_ends);
    tcase_add_test(tcase, leaves_nobody_behind);
    suite_add_tcase(suite, tcase);
    return suite;
}
