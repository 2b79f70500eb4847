#include "example/beside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * What the process says through the pipe, a line each: F and the name of a file, B and M and the compact JSON of a benchmark or model, and at the end
 * E, the number of the error's code (0: all is well), and its sentence.
 */
enum { READ_STEP = 1 << 16 };

/* --- the process -------------------------------------------------------------------------------------------------- */

static void say_entries(struct bb_buf *out, char kind, const struct bb_project_entries *entries, size_t from)
{
    struct bb_json_writer w;
    for (size_t i = from; i < entries->n; i++) {
        bb_buf_putc(out, kind);
        bb_jw_init(&w, out, 0);
        bb_jw_value(&w, entries->object[i]);
        bb_buf_putc(out, '\n');
    }
}

static bool write_all(int fd, const char *data, size_t len)
{
    while (len) {
        ssize_t done = write(fd, data, len);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        data += done;
        len -= (size_t)done;
    }
    return true;
}

static void run_process(struct bb_project *project, bb_project_writer *write_part, int fd)
{
    struct bb_err err = {0};
    struct bb_buf out = BB_BUF_INIT;
    const char *const *name;
    size_t n_files = bb_project_files(project, &name), n_benchmarks = bb_project_benchmarks(project)->n;
    enum bb_code code = write_part(project, &err);
    if (!code) code = bb_project_check(project, &err);
    for (size_t i = n_files, n = bb_project_files(project, &name); i < n; i++) bb_buf_printf(&out, "F%s\n", name[i]);
    say_entries(&out, 'B', bb_project_benchmarks(project), n_benchmarks);
    say_entries(&out, 'M', bb_project_models(project), 0); /* merged by who reads, where the parent has it too */
    bb_buf_printf(&out, "E%d %s\n", (int)code, code ? err.msg : "");
    _exit(write_all(fd, out.data, out.len) ? EXIT_SUCCESS : EXIT_FAILURE);
}

struct bb_beside bb_beside_start(struct bb_project *project, const char *name, bb_project_writer *write_part)
{
    struct bb_beside beside = {0, -1, name, write_part};
    int end[2];
    fflush(NULL); /* or both would write what is waiting */
    if (pipe2(end, O_CLOEXEC)) return beside;
    pid_t process = fork();
    if (process == 0) {
        close(end[0]);
        run_process(project, write_part, end[1]);
    }
    close(end[1]);
    if (process < 0) {
        close(end[0]);
        return beside;
    }
    beside.process = (int)process;
    beside.pipe = end[0];
    return beside;
}

/* --- who goes on -------------------------------------------------------------------------------------------------- */

static void read_all(int fd, struct bb_buf *out)
{
    for (;;) {
        ssize_t got = read(fd, bb_buf_room(out, READ_STEP), READ_STEP);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        out->len += (size_t)got;
    }
}

/* BB_OK only when the last line says so. */
static enum bb_code take(struct bb_project *project, char *text, const char *name, struct bb_err *err)
{
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        if (*line == 'F') bb_project_note_file(project, line + 1);
        if (*line == 'B') bb_project_benchmark(project, line + 1);
        if (*line == 'M') bb_project_model(project, line + 1);
        if (*line != 'E') continue;
        char *sentence;
        long code = strtol(line + 1, &sentence, 10);
        return code ? bb_fail(err, (enum bb_code)code, "%s", sentence + 1) : BB_OK;
    }
    return bb_fail(err, BB_EIO, "the process that wrote the part \"%s\" of the example ended before its time", name);
}

enum bb_code bb_beside_join(struct bb_beside *beside, struct bb_project *project, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_project_part(project, beside->name);
    if (!beside->process) return beside->write(project, err);
    read_all(beside->pipe, &text);
    close(beside->pipe);
    while (waitpid(beside->process, NULL, 0) < 0 && errno == EINTR) continue;
    bb_buf_putc(&text, '\n');
    enum bb_code code = take(project, text.data, beside->name, err);
    bb_buf_release(&text);
    return code;
}
