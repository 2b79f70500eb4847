#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *const severity_name[] = {[BB_ERROR] = "error", [BB_WARNING] = "warning", [BB_NOTE] = "note"};

void bb_diags_init(struct bb_diags *diags)
{
    *diags = (struct bb_diags){.arena = bb_arena_new(0), .seen = bb_calloc(1, sizeof *diags->seen)};
}

void bb_diags_release(struct bb_diags *diags)
{
    if (!diags) return;
    if (diags->seen) bb_names_release(diags->seen);
    free(diags->seen);
    free(diags->diag);
    bb_arena_free(diags->arena);
    *diags = (struct bb_diags){0};
}

/* true when the same was said of the same place before */
static bool seen_before(struct bb_diags *diags, const struct bb_diag *diag)
{
    struct bb_buf key = BB_BUF_INIT;
    const char *file = diag->place.file ? diag->place.file : "";
    bb_buf_printf(&key, "%d:%zu:%zu:%s\n%s", (int)diag->severity, diag->place.line, diag->place.column, file, diag->message);
    size_t n = diags->seen->n;
    bool seen = bb_names_add(diags->seen, bb_buf_text(&key)) < n;
    bb_buf_release(&key);
    return seen;
}

static void count(struct bb_diags *diags, enum bb_severity severity)
{
    if (severity == BB_ERROR)
        diags->n_errors++;
    else if (severity == BB_WARNING)
        diags->n_warnings++;
}

/* A message may quote what somebody wrote, and that may be a book: it is cut between two characters. */
static void cut(char *message)
{
    static const char more[] = " …";
    size_t len = strlen(message);
    if (len <= BB_DIAG_LENGTH) return;
    len = BB_DIAG_LENGTH - strlen(more);
    while (len && ((unsigned char)message[len] & 0xC0) == 0x80) len--;
    memcpy(message + len, more, sizeof more);
}

void bb_diag_add(struct bb_diags *diags, enum bb_severity severity, struct bb_place place, const char *fmt, ...)
{
    struct bb_buf text = BB_BUF_INIT;
    va_list args;
    va_start(args, fmt);
    bb_buf_vprintf(&text, fmt, args);
    va_end(args);
    char *message = bb_arena_strdup(diags->arena, bb_buf_text(&text));
    bb_buf_release(&text);
    bb_text_tame(message);
    cut(message);

    struct bb_diag diag = {.severity = severity, .place = place, .message = message};
    if (seen_before(diags, &diag)) return;
    if (place.file) diag.place.file = bb_arena_strdup(diags->arena, place.file);
    diags->diag = bb_grow(diags->diag, &diags->cap, diags->n + 1, sizeof *diags->diag);
    diags->diag[diags->n++] = diag;
    count(diags, severity);
}

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* By file, line and column. Elements point into one array, so that their addresses tell the order of arrival. */
static int compare_places(const void *left, const void *right)
{
    const struct bb_diag *a = *(const struct bb_diag *const *)left, *b = *(const struct bb_diag *const *)right;
    int order = strcmp(a->place.file ? a->place.file : "", b->place.file ? b->place.file : "");
    if (order == 0) order = compare_sizes(a->place.line, b->place.line);
    if (order == 0) order = compare_sizes(a->place.column, b->place.column);
    return order ? order : (a > b) - (a < b);
}

static void print_place(const struct bb_place *place, FILE *out)
{
    if (!place->file) {
        fputs("brainboard: ", out);
        return;
    }
    char *file = bb_strdup(place->file);
    bb_text_tame(file);
    fputs(file, out);
    free(file);
    if (place->line) fprintf(out, ":%zu", place->line);
    if (place->line && place->column) fprintf(out, ":%zu", place->column);
    fputs(": ", out);
}

void bb_diags_print(struct bb_diags *diags, enum bb_severity least, FILE *out)
{
    const struct bb_diag **sorted = bb_calloc(diags->n, sizeof *sorted);
    for (size_t i = 0; i < diags->n; i++) sorted[i] = &diags->diag[i];
    if (diags->n) qsort(sorted, diags->n, sizeof *sorted, compare_places);
    for (size_t i = 0; i < diags->n; i++) {
        if (sorted[i]->severity > least) continue;
        print_place(&sorted[i]->place, out);
        fprintf(out, "%s: %s\n", severity_name[sorted[i]->severity], sorted[i]->message);
    }
    free(sorted);
}
