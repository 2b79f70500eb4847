#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

/*
 * One lock for the level, the bar and stderr: a message wipes the bar, is written, and the bar is drawn again.
 */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum bb_log_level current_level = BB_LOG_NORMAL;
static struct bb_buf *copy_to;

enum { BAR_WIDTH = 24, DEFAULT_COLUMNS = 80, REDRAWS_PER_SECOND = 10 };

static struct {
    bool active;
    char *what, *detail;
    size_t done, total;
    unsigned quarter;      /* the last that was reported, off a terminal */
    double started, drawn; /* seconds; for display only, nothing else may depend on them */
} progress;

static bool on_terminal(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

static bool with_colours(void)
{
    const char *no_colour = getenv("NO_COLOR");
    return on_terminal() && !(no_colour && no_colour[0]);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/*
 * The bar.
 */
static size_t terminal_columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : DEFAULT_COLUMNS;
}

/* "0:07", "1:02:03" */
static void add_duration(struct bb_buf *out, double seconds)
{
    unsigned long whole = (unsigned long)(seconds + 0.5);
    if (whole >= 3600)
        bb_buf_printf(out, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
    else
        bb_buf_printf(out, "%lu:%02lu", whole / 60, whole % 60);
}

static void add_bar(struct bb_buf *out)
{
    size_t filled = progress.done * BAR_WIDTH / progress.total;
    bb_buf_puts(out, " [");
    for (size_t i = 0; i < BAR_WIDTH; i++) bb_buf_putc(out, i < filled ? '#' : '.');
    bb_buf_putc(out, ']');
}

static void add_rate(struct bb_buf *out, double elapsed)
{
    char rate[64];
    double per_second = (double)progress.done / elapsed;
    bb_format_fixed(rate, per_second, per_second < 10 ? 1 : 0);
    bb_buf_printf(out, ", %s/s", rate);
    if (progress.total > progress.done) {
        bb_buf_puts(out, ", ");
        add_duration(out, (double)(progress.total - progress.done) / per_second);
        bb_buf_puts(out, " left");
    }
}

/* Cuts the line so that it does not wrap: a wrapped line could not be wiped. */
static void cut_to_columns(struct bb_buf *line, size_t columns)
{
    size_t at = 0, n = 0;
    while (at < line->len && n < columns) {
        size_t length = bb_utf8_sequence(line->data + at, line->len - at);
        at += length ? length : 1;
        n++;
    }
    line->len = at;
    line->data[at] = '\0';
}

static void draw_bar(void)
{
    struct bb_buf line = BB_BUF_INIT;
    double elapsed = progress.drawn - progress.started;
    bb_buf_puts(&line, progress.what);
    if (progress.total) add_bar(&line);
    bb_buf_printf(&line, " %zu", progress.done);
    if (progress.total) bb_buf_printf(&line, "/%zu", progress.total);
    if (progress.done > 0 && elapsed > 0) add_rate(&line, elapsed);
    if (progress.detail) bb_buf_printf(&line, "  %s", progress.detail);
    cut_to_columns(&line, terminal_columns() - 1);
    fprintf(stderr, "\r\033[K%s", bb_buf_text(&line));
    bb_buf_release(&line);
}

static void wipe_bar(void)
{
    if (progress.active && on_terminal()) fputs("\r\033[K", stderr);
}

static void redraw_bar(void)
{
    if (progress.active && on_terminal() && progress.drawn > 0) draw_bar();
}

/*
 * Messages.
 */
void bb_log_set_level(enum bb_log_level level)
{
    pthread_mutex_lock(&lock);
    current_level = level;
    pthread_mutex_unlock(&lock);
}

enum bb_log_level bb_log_get_level(void)
{
    pthread_mutex_lock(&lock);
    enum bb_log_level level = current_level;
    pthread_mutex_unlock(&lock);
    return level;
}

static void write_message(const char *label, const char *colour, const char *message)
{
    bool coloured = label && with_colours();
    wipe_bar();
    if (label) fprintf(stderr, "brainboard: %s%s:%s ", coloured ? colour : "", label, coloured ? "\033[0m" : "");
    fprintf(stderr, "%s\n", message);
    redraw_bar();
    fflush(stderr);
}

void bb_log_copy(struct bb_buf *copy)
{
    pthread_mutex_lock(&lock);
    copy_to = copy;
    pthread_mutex_unlock(&lock);
}

void bb_log_lines(const char *shown, const char *kept)
{
    pthread_mutex_lock(&lock);
    wipe_bar();
    fputs(shown, stderr);
    redraw_bar();
    fflush(stderr);
    if (copy_to) bb_buf_puts(copy_to, kept);
    pthread_mutex_unlock(&lock);
}

/* Says it when the level is at least `from`. label and colour may be NULL. */
static void say(enum bb_log_level from, const char *label, const char *colour, const char *fmt, va_list args) BB_PRINTF(4, 0);
static void say(enum bb_log_level from, const char *label, const char *colour, const char *fmt, va_list args)
{
    bool shown = bb_log_get_level() >= from;
    if (!shown && (!copy_to || from == BB_LOG_VERBOSE)) return;
    struct bb_buf message = BB_BUF_INIT;
    bb_buf_vprintf(&message, fmt, args);
    bb_text_tame(message.data);
    pthread_mutex_lock(&lock);
    if (shown) write_message(label, colour, message.data);
    if (copy_to && from < BB_LOG_VERBOSE)
        bb_buf_printf(copy_to, "%s%s%s%s\n", label ? "brainboard: " : "", label ? label : "", label ? ": " : "", message.data);
    pthread_mutex_unlock(&lock);
    bb_buf_release(&message);
}

void bb_log_error(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(BB_LOG_QUIET, "error", "\033[1;31m", fmt, args);
    va_end(args);
}

void bb_log_warning(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(BB_LOG_NORMAL, "warning", "\033[1;33m", fmt, args);
    va_end(args);
}

void bb_log_info(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(BB_LOG_NORMAL, NULL, NULL, fmt, args);
    va_end(args);
}

void bb_log_detail(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(BB_LOG_VERBOSE, NULL, NULL, fmt, args);
    va_end(args);
}

/*
 * Progress.
 */
static char *tame_copy(const char *text)
{
    char *copy = bb_strdup(text);
    bb_text_tame(copy);
    return copy;
}

void bb_progress_start(const char *what, size_t total)
{
    pthread_mutex_lock(&lock);
    if (current_level > BB_LOG_QUIET && !progress.active) {
        progress.active = true;
        progress.what = tame_copy(what);
        progress.total = total;
        progress.started = seconds_now();
    }
    pthread_mutex_unlock(&lock);
}

/* On a terminal: the bar, unless it was drawn a moment ago and there is more to come. */
static void step_bar(void)
{
    double now = seconds_now();
    bool last = progress.done >= progress.total;
    if (!last && now - progress.drawn < 1.0 / REDRAWS_PER_SECOND) return;
    progress.drawn = now;
    draw_bar();
}

/* Elsewhere: a line whenever another quarter is behind. What is in it does not depend on the clock. */
static void step_line(void)
{
    unsigned quarter = progress.total ? (unsigned)(progress.done * 4 / progress.total) : 0;
    if (quarter <= progress.quarter) return;
    progress.quarter = quarter;
    fprintf(stderr, "%s: %zu of %zu (%u %%)\n", progress.what, progress.done, progress.total, 25 * quarter);
}

void bb_progress_step(size_t done, const char *detail)
{
    pthread_mutex_lock(&lock);
    if (progress.active) {
        progress.done = progress.total && done > progress.total ? progress.total : done;
        free(progress.detail);
        progress.detail = detail ? tame_copy(detail) : NULL;
        if (on_terminal())
            step_bar();
        else
            step_line();
    }
    pthread_mutex_unlock(&lock);
}

void bb_progress_end(void)
{
    pthread_mutex_lock(&lock);
    wipe_bar();
    free(progress.what);
    free(progress.detail);
    memset(&progress, 0, sizeof progress);
    pthread_mutex_unlock(&lock);
}
