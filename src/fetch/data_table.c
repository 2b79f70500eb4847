#include "fetch/data_table.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"

static const size_t LARGEST = (size_t)16 << 20;

static const struct {
    const char *name;
    size_t offset;
} columns[] = {
#define COLUMN(name)                                                                                                             \
    {                                                                                                                            \
#name, offsetof(struct bb_published, name)                                                                               \
    }
    COLUMN(set),  COLUMN(kind), COLUMN(domain), COLUMN(family),  COLUMN(access),
    COLUMN(file), COLUMN(sha1), COLUMN(url),    COLUMN(license),
#undef COLUMN
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

struct reading {
    struct bb_registry *out;
    struct bb_arena *arena;
    size_t column[N_COLUMNS]; /* of the file → of the table above */
    size_t n_columns, cap;
};

bool bb_published_is_file(const struct bb_published *published)
{
    return *published->file && strcmp(published->kind, "repository") != 0;
}

static enum bb_code take_header(struct reading *r, const struct bb_csv_field *field, size_t n, struct bb_err *err)
{
    bool seen[N_COLUMNS] = {0};
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < N_COLUMNS && strcmp(columns[k].name, field[i].text) != 0) k++;
        if (k == N_COLUMNS || seen[k])
            return bb_fail(err, BB_EINPUT, "%s:1: there is no column \"%s\", or it is there twice", r->out->path, field[i].text);
        seen[k] = true;
        r->column[i] = k;
    }
    for (size_t k = 0; k < N_COLUMNS; k++)
        if (!seen[k]) return bb_fail(err, BB_EINPUT, "%s:1: the column \"%s\" is missing", r->out->path, columns[k].name);
    r->n_columns = n;
    return BB_OK;
}

static bool is_sha1(const char *text)
{
    return strlen(text) == BB_SHA1_TEXT - 1 && strspn(text, "0123456789abcdef") == BB_SHA1_TEXT - 1;
}

static enum bb_code check(const struct reading *r, const struct bb_published *row, size_t line, struct bb_err *err)
{
    const char *path = r->out->path;
    if (!bb_starts_with(row->url, "https://") && !bb_starts_with(row->url, "http://"))
        return bb_fail(err, BB_EINPUT, "%s:%zu: \"%s\" is no address (https://…)", path, line, row->url);
    if (bb_published_is_file(row) && (!bb_path_is_inside(row->file) || row->file[0] == '.'))
        return bb_fail(err, BB_EINPUT, "%s:%zu: \"%s\" must be a file of the folder, or of a folder in it", path, line, row->file);
    if (bb_published_is_file(row) && !is_sha1(row->sha1))
        return bb_fail(err, BB_EINPUT, "%s:%zu: \"%s\" is no SHA-1 (40 digits of 0-9 a-f), and nothing is fetched without one",
                       path, line, row->sha1);
    return BB_OK;
}

static enum bb_code take_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    struct reading *r = ctx;
    struct bb_registry *out = r->out;
    if (!r->n_columns) return take_header(r, field, n, err);
    if (n != r->n_columns)
        return bb_fail(err, BB_EINPUT, "%s:%zu: the row has %zu fields, the header has %zu", out->path, line, n, r->n_columns);
    struct bb_published row = {0};
    for (size_t i = 0; i < n; i++) {
        const char *text = bb_arena_strdup(r->arena, field[i].text);
        memcpy((char *)&row + columns[r->column[i]].offset, &text, sizeof text);
    }
    if (out->n == r->cap) {
        struct bb_published *more = BB_NEW_ARRAY(r->arena, r->cap = r->cap ? 2 * r->cap : 512, struct bb_published);
        if (out->n) memcpy(more, out->row, out->n * sizeof *more);
        out->row = more;
    }
    out->row[out->n++] = row;
    return check(r, &row, line, err);
}

enum bb_code bb_registry_read(const char *path, struct bb_arena *arena, struct bb_registry *out, struct bb_err *err)
{
    struct reading r = {.out = out, .arena = arena};
    struct bb_buf text = BB_BUF_INIT;
    *out = (struct bb_registry){.path = path};
    enum bb_code code = bb_file_read(path, LARGEST, &text, err);
    if (!code) code = bb_csv_parse(bb_buf_text(&text), text.len, ',', take_row, &r, err);
    if (!code && !r.n_columns) code = bb_fail(err, BB_EINPUT, "%s is empty", path);
    bb_buf_release(&text);
    return code;
}

/* --- names ---------------------------------------------------------------------------------------------------------- */

static char *lower(struct bb_arena *arena, const char *text)
{
    char *out = bb_arena_strdup(arena, text);
    for (char *c = out; *c; c++) *c = (char)tolower((unsigned char)*c);
    return out;
}

/* Is `name` one of the words, or (of_benchmark) does it begin with one? */
static bool has_word(const char *words, const char *name, bool of_benchmark)
{
    for (const char *at = words; *at; at += strcspn(at, " "), at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        if (strncmp(at, name, len) == 0 && (of_benchmark || name[len] == '\0')) return true;
    }
    return false;
}

static bool names_it(const struct bb_published *row, const char *name, bool of_benchmark)
{
    if (of_benchmark) return has_word(row->family, name, true) && (!strstr(name, "public") || strcmp(row->access, "public") == 0);
    return bb_strcaseeq(row->set, name) || bb_strcaseeq(row->domain, name) || has_word(row->family, name, false);
}

static size_t mark(struct bb_registry *registry, const char *name, bool of_benchmark)
{
    size_t n = 0;
    for (size_t i = 0; i < registry->n; i++)
        if (names_it(&registry->row[i], name, of_benchmark)) registry->row[i].wanted = true, n++;
    return n;
}

enum bb_code bb_registry_want(struct bb_registry *registry, const char *name, struct bb_arena *arena, struct bb_err *err)
{
    const char *small = lower(arena, name);
    if (mark(registry, small, false) || mark(registry, small, true)) return BB_OK;
    const char **known = BB_NEW_ARRAY(arena, 2 * registry->n + 1, const char *);
    for (size_t i = 0; i < registry->n; i++) {
        known[2 * i] = registry->row[i].set;
        known[2 * i + 1] = registry->row[i].family;
    }
    const char *near = bb_nearest(name, known, 2 * registry->n);
    return near ? bb_fail(err, BB_EUSAGE, "nothing is known to be published for \"%s\"; did you mean \"%s\"?", name, near)
                : bb_fail(err, BB_EUSAGE,
                          "nothing is known to be published for \"%s\"; `brainboard fetch --list` prints all that is", name);
}
