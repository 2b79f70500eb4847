#include <check.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

Suite *suite_base_log(void);

/* stderr goes somewhere else while a test listens. */
static int kept = -1, caught = -1;
static struct bb_buf heard;

static void listen_on(int fd)
{
    fflush(stderr);
    kept = dup(STDERR_FILENO);
    ck_assert_int_ge(dup2(fd, STDERR_FILENO), 0);
}

static void listen_to_file(void)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    caught = dup(fileno(file));
    fclose(file);
    listen_on(caught);
}

static void stop_listening(void)
{
    if (kept < 0) return;
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    kept = -1;
}

/* What was said to the file since it was opened */
static const char *what_was_said(void)
{
    char chunk[4096];
    ssize_t got;
    stop_listening();
    bb_buf_reset(&heard);
    lseek(caught, 0, SEEK_SET);
    while ((got = read(caught, chunk, sizeof chunk)) > 0) bb_buf_add(&heard, chunk, (size_t)got);
    return bb_buf_text(&heard);
}

static void set_up(void)
{
    heard = (struct bb_buf)BB_BUF_INIT;
    bb_log_set_level(BB_LOG_NORMAL);
}

static void tear_down(void)
{
    stop_listening();
    bb_progress_end();
    bb_log_set_level(BB_LOG_NORMAL);
    if (caught >= 0) close(caught);
    caught = -1;
    bb_buf_release(&heard);
}

static void say_everything(void)
{
    bb_log_error("e%d", 1);
    bb_log_warning("w%d", 2);
    bb_log_info("i%d", 3);
    bb_log_detail("d%d", 4);
}

static const struct {
    enum bb_log_level level;
    const char *said;
} level_case[] = {
    {BB_LOG_QUIET, "brainboard: error: e1\n"},
    {BB_LOG_NORMAL, "brainboard: error: e1\nbrainboard: warning: w2\ni3\n"},
    {BB_LOG_VERBOSE, "brainboard: error: e1\nbrainboard: warning: w2\ni3\nd4\n"},
};

START_TEST(the_level_decides_what_is_said)
{
    bb_log_set_level(level_case[_i].level);
    ck_assert_int_eq(bb_log_get_level(), level_case[_i].level);
    listen_to_file();
    say_everything();
    ck_assert_str_eq(what_was_said(), level_case[_i].said);
}
END_TEST

START_TEST(control_characters_are_made_harmless)
{
    listen_to_file();
    bb_log_info("%s", "a\033[2J\nb\xFF");
    ck_assert_str_eq(what_was_said(), "a?[2J?b?\n");
}
END_TEST

START_TEST(progress_off_a_terminal_is_a_line_per_quarter)
{
    listen_to_file();
    bb_progress_start("scoring\n", 10);
    for (size_t i = 0; i <= 10; i++) bb_progress_step(i, "cell");
    bb_progress_step(12, NULL);
    bb_progress_end();
    bb_progress_start("reading", 1000000);
    bb_progress_step(999999, NULL);
    bb_progress_end();
    bb_progress_start("nothing", 0);
    bb_progress_step(0, NULL);
    bb_progress_end();
    ck_assert_str_eq(what_was_said(), "scoring?: 3 of 10 (25 %)\n"
                                      "scoring?: 5 of 10 (50 %)\n"
                                      "scoring?: 8 of 10 (75 %)\n"
                                      "scoring?: 10 of 10 (100 %)\n"
                                      "reading: 999999 of 1000000 (75 %)\n");
}
END_TEST

START_TEST(progress_is_silent_when_quiet)
{
    bb_log_set_level(BB_LOG_QUIET);
    listen_to_file();
    bb_progress_start("scoring", 2);
    bb_progress_step(2, NULL);
    bb_progress_end();
    bb_progress_step(1, NULL);
    ck_assert_str_eq(what_was_said(), "");
}
END_TEST

/* A terminal of our own: what is written to it comes back from its other end. */
static void listen_to_terminal(void)
{
    caught = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(caught, 0);
    ck_assert_int_eq(grantpt(caught), 0);
    ck_assert_int_eq(unlockpt(caught), 0);
    int terminal = open(ptsname(caught), O_RDWR | O_NOCTTY);
    ck_assert_int_ge(terminal, 0);
    struct termios modes;
    ck_assert_int_eq(tcgetattr(terminal, &modes), 0);
    cfmakeraw(&modes);
    ck_assert_int_eq(tcsetattr(terminal, TCSANOW, &modes), 0);
    listen_on(terminal);
    close(terminal);
}

/* What is written to a terminal reaches the other side in pieces: reads until a mark that stands at the end. */
static const char *what_was_shown(void)
{
    static const char mark[] = "<end>";
    char chunk[8192];
    fputs(mark, stderr);
    fflush(stderr);
    bb_buf_reset(&heard);
    while (!bb_ends_with(bb_buf_text(&heard), mark)) {
        ssize_t got = read(caught, chunk, sizeof chunk);
        ck_assert_int_gt(got, 0);
        bb_buf_add(&heard, chunk, (size_t)got);
    }
    heard.data[heard.len -= strlen(mark)] = '\0';
    stop_listening();
    return bb_buf_text(&heard);
}

static void say_on_terminal(const char *term, const char *no_colour)
{
    setenv("TERM", term, 1);
    unsetenv("NO_COLOR");
    if (no_colour) setenv("NO_COLOR", no_colour, 1);
    listen_to_terminal();
    bb_log_error("x");
}

START_TEST(a_terminal_has_colours)
{
    say_on_terminal("xterm", NULL);
    ck_assert_str_eq(what_was_shown(), "brainboard: \033[1;31merror:\033[0m x\n");
}
END_TEST

START_TEST(an_empty_no_color_is_none)
{
    say_on_terminal("xterm", "");
    ck_assert_ptr_nonnull(strstr(what_was_shown(), "\033["));
}
END_TEST

START_TEST(colours_can_be_refused)
{
    say_on_terminal("xterm", "1");
    ck_assert_str_eq(what_was_shown(), "brainboard: error: x\n");
}
END_TEST

START_TEST(a_dumb_terminal_has_none)
{
    say_on_terminal("dumb", NULL);
    ck_assert_str_eq(what_was_shown(), "brainboard: error: x\n");
}
END_TEST

START_TEST(a_message_does_not_tear_the_bar)
{
    setenv("TERM", "xterm", 1);
    listen_to_terminal();
    bb_progress_start("scoring", 4);
    bb_progress_step(1, "first");
    bb_log_info("between");
    bb_progress_step(2, "second"); /* too soon after the first to be drawn */
    bb_progress_end();
    bb_log_info("behind");
    const char *shown = what_was_shown();
    static const char bar[] = "\r\033[Kscoring [######..................] 1/4";
    ck_assert_msg(strncmp(shown, bar, strlen(bar)) == 0, "%s", shown);
    const char *message = strstr(shown, "\r\033[Kbetween\n");
    ck_assert_ptr_nonnull(message);
    ck_assert_ptr_nonnull(strstr(message, bar));
    ck_assert_ptr_null(strstr(shown, "second"));
    ck_assert_ptr_nonnull(strstr(message, "\r\033[Kbehind\n"));
}
END_TEST

START_TEST(the_bar_is_cut_to_the_terminal)
{
    setenv("TERM", "xterm", 1);
    listen_to_terminal();
    char detail[400];
    memset(detail, 'x', sizeof detail);
    detail[399] = '\0';
    bb_progress_start("scoring", 4);
    bb_progress_step(1, detail);
    const char *shown = what_was_shown();
    ck_assert_uint_eq(strlen(shown), strlen("\r\033[K") + 79);
}
END_TEST

static void *talk(void *name)
{
    for (int i = 0; i < 500; i++) bb_log_info("%s", (const char *)name);
    return NULL;
}

START_TEST(threads_do_not_mix_their_lines)
{
    static char a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", b[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    listen_to_file();
    pthread_t first, second;
    ck_assert_int_eq(pthread_create(&first, NULL, talk, a), 0);
    ck_assert_int_eq(pthread_create(&second, NULL, talk, b), 0);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    const char *said = what_was_said();
    ck_assert_uint_eq(strlen(said), 1000 * 41);
    for (const char *line = said; *line; line += 41) ck_assert(memcmp(line, a, 40) == 0 || memcmp(line, b, 40) == 0);
}
END_TEST

Suite *suite_base_log(void)
{
    Suite *suite = suite_create("base_log");
    TCase *tcase = tcase_create("log");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, the_level_decides_what_is_said, 0, 3);
    tcase_add_test(tcase, control_characters_are_made_harmless);
    tcase_add_test(tcase, progress_off_a_terminal_is_a_line_per_quarter);
    tcase_add_test(tcase, progress_is_silent_when_quiet);
    tcase_add_test(tcase, a_terminal_has_colours);
    tcase_add_test(tcase, an_empty_no_color_is_none);
    tcase_add_test(tcase, colours_can_be_refused);
    tcase_add_test(tcase, a_dumb_terminal_has_none);
    tcase_add_test(tcase, a_message_does_not_tear_the_bar);
    tcase_add_test(tcase, the_bar_is_cut_to_the_terminal);
    tcase_add_test(tcase, threads_do_not_mix_their_lines);
    suite_add_tcase(suite, tcase);
    return suite;
}
