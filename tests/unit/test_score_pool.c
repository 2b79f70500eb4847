#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "score/pool.h"

/* Task 0 … N − 1; what each does is in `act`. */
enum { N = 8 };
enum act { FINE, CRASH, HANG, DIE, LEAVE, LARGE };
static enum act act[N];
static char said[N][300];
static int n_done, n_failed;

static void run(void *ctx, const size_t *task, size_t n, struct bb_pool_link *link)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        bb_pool_begin(link, task[i]);
        switch (act[task[i]]) {
        case FINE: break;
        case CRASH: raise(SIGKILL); break;
        case HANG: pause(); break;
        case DIE: bb_die("there is no memory for it"); break;
        case LEAVE: _exit(7);
        case LARGE: {
            size_t len = 3 << 20;
            char *text = bb_malloc(len);
            memset(text, 'x', len);
            bb_pool_result(link, task[i], text, len);
            free(text);
            continue;
        }
        }
        char text[32];
        int len = snprintf(text, sizeof text, "result %zu", task[i]);
        bb_pool_result(link, task[i], text, (size_t)len);
    }
}

static bool done(void *ctx, size_t task, const char *data, size_t len)
{
    (void)ctx;
    n_done++;
    snprintf(said[task], sizeof said[task], "%.*s", (int)(len < 40 ? len : 40), data);
    return false;
}

static void failed(void *ctx, size_t task, const char *reason)
{
    (void)ctx;
    n_failed++;
    snprintf(said[task], sizeof said[task], "%s", reason);
}

static void pool_runs(unsigned jobs, double timeout, uint64_t memory, const struct bb_pool_group *group, size_t n)
{
    struct bb_pool pool = {.jobs = jobs, .timeout = timeout, .memory = memory, .what = "testing", .run = run, .done = done, .failed = failed};
    n_done = n_failed = 0;
    memset(said, 0, sizeof said);
    bb_pool_run(&pool, group, n);
}

static const size_t all[N] = {0, 1, 2, 3, 4, 5, 6, 7};

static void check_said(size_t task, const char *part)
{
    ck_assert_msg(strstr(said[task], part) != NULL, "task %zu: %s", task, said[task]);
}

START_TEST(every_task_is_answered_once)
{
    const struct bb_pool_group groups[] = {{all, 3, 0, "a"}, {all + 3, 1, 0, "b"}, {all + 4, 4, 0, NULL}};
    for (unsigned jobs = 1; jobs <= 4; jobs++) {
        memset(act, 0, sizeof act);
        act[5] = LARGE;
        pool_runs(jobs, 0, 0, groups, 3);
        ck_assert_int_eq(n_done, N);
        ck_assert_int_eq(n_failed, 0);
        check_said(0, "result 0");
        check_said(7, "result 7");
        check_said(5, "xxxxxxxx");
    }
    pool_runs(2, 0, 0, NULL, 0);
    ck_assert_int_eq(n_done, 0);
}
END_TEST

START_TEST(what_ends_a_worker_fails_alone)
{
    const struct bb_pool_group group = {all, N, 0, "a"};
    memset(act, 0, sizeof act);
    act[0] = CRASH;
    act[2] = DIE;
    act[3] = LEAVE;
    act[7] = CRASH;
    pool_runs(2, 0, 0, &group, 1);
    ck_assert_int_eq(n_done, 4);
    ck_assert_int_eq(n_failed, 4);
    check_said(0, "killed (SIGKILL)");
    check_said(1, "result 1");
    check_said(2, "there is no memory for it");
    check_said(3, "status 7");
    check_said(6, "result 6");
    check_said(7, "killed (SIGKILL)");
}
END_TEST

START_TEST(what_hangs_is_killed)
{
    const struct bb_pool_group group = {all, 3, 0, "a"};
    memset(act, 0, sizeof act);
    act[1] = HANG;
    pool_runs(1, 0.3, 0, &group, 1);
    ck_assert_int_eq(n_done, 2);
    check_said(1, "longer than the 0.3 seconds");
    check_said(2, "result 2");
}
END_TEST

START_TEST(what_cannot_fit_is_not_started)
{
    const uint64_t giga = 1000000000;
    const struct bb_pool_group groups[] = {{all, 2, 5 * giga, "large"}, {all + 2, 1, giga, "small"}, {all + 3, 1, 3 * giga, "middle"}};
    memset(act, 0, sizeof act);
    pool_runs(4, 0, 3 * giga, groups, 3);
    ck_assert_int_eq(n_done, 2);
    ck_assert_int_eq(n_failed, 2);
    check_said(0, "about 5.0 GB of memory");
    check_said(1, "--memory");
    check_said(2, "result 2");
    check_said(3, "result 3");
}
END_TEST

Suite *suite_score_pool(void);
Suite *suite_score_pool(void)
{
    Suite *suite = suite_create("score/pool");
    TCase *tc = tcase_create("pool");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, every_task_is_answered_once);
    tcase_add_test(tc, what_ends_a_worker_fails_alone);
    tcase_add_test(tc, what_hangs_is_killed);
    tcase_add_test(tc, what_cannot_fit_is_not_started);
    suite_add_tcase(suite, tc);
    return suite;
}
