#include "stimuli/set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "stimuli/picture.h"

static const size_t LARGEST_CSV = (size_t)256 << 20;

/* --- from a CSV ----------------------------------------------------------------------------------------------------- */

struct reading {
    struct bb_stimulus_set *set;
    struct bb_arena *arena;
    const char *dir, *stem; /* of the CSV: its folder, its name without the ending */
    size_t cap;
};

static size_t column_of(const struct bb_stimulus_set *set, const char *const names[2])
{
    for (size_t k = 0; k < 2 && names[k]; k++)
        for (size_t i = 0; i < set->n_columns; i++)
            if (bb_strcaseeq(set->column[i], names[k])) return i;
    return BB_NO_COLUMN;
}

static const char *const *copy_fields(const struct bb_csv_field *field, size_t n, struct bb_arena *arena)
{
    const char **copy = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++) copy[i] = bb_arena_strdup(arena, field[i].text);
    return copy;
}

static enum bb_code take_header(struct reading *r, const struct bb_csv_field *field, size_t n, struct bb_err *err)
{
    static const char *const ids[] = {"stimulus_id", "image_id"}, *const files[] = {"filename", "file"},
                             *const degrees[] = {"degrees", NULL};
    struct bb_stimulus_set *set = r->set;
    set->column = copy_fields(field, n, r->arena);
    set->n_columns = n;
    set->id_column = column_of(set, ids);
    set->file_column = column_of(set, files);
    set->degrees_column = column_of(set, degrees);
    if (set->id_column != BB_NO_COLUMN || set->file_column != BB_NO_COLUMN) return BB_OK;
    return bb_fail(err, BB_EINPUT,
                   "%s has no column \"stimulus_id\" and none \"filename\": one of them must say which pictures there are",
                   set->path);
}

static const char *stem(struct bb_arena *arena, const char *path)
{
    const char *base = bb_path_base(path), *dot = strrchr(base, '.');
    return dot && dot != base ? bb_arena_strndup(arena, base, (size_t)(dot - base)) : base;
}

/* The file of a row: as it says, in the folder of the CSV's name or beside it; or by its id, beside the CSV. */
static enum bb_code find_file(struct reading *r, const char *name, const char *id, const char **path, struct bb_err *err)
{
    static const char *const endings[] = {"", ".png", ".jpg", ".jpeg", ".bmp", ".PNG", ".JPG", ".JPEG", ".BMP"};
    if (name && *name) {
        *path = bb_path_join(r->arena, bb_path_join(r->arena, r->dir, r->stem), name);
        if (bb_is_file(*path)) return BB_OK;
        *path = bb_path_join(r->arena, r->dir, name);
        if (bb_is_file(*path)) return BB_OK;
        return bb_fail(err, BB_EABSENT, "%s names %s, which is not there", r->set->path, *path);
    }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        *path = bb_path_join(r->arena, r->dir, bb_arena_printf(r->arena, "%s%s", id, endings[i]));
        if (bb_is_file(*path)) return BB_OK;
    }
    return bb_fail(err, BB_EABSENT, "%s: no file for stimulus \"%s\" in %s (looked for %s.png, .jpg, .jpeg, .bmp)", r->set->path,
                   id, r->dir, id);
}

static struct bb_stimulus *add(struct reading *r)
{
    struct bb_stimulus_set *set = r->set;
    if (set->n == r->cap) {
        struct bb_stimulus *more = BB_NEW_ARRAY(r->arena, r->cap = r->cap ? 2 * r->cap : 256, struct bb_stimulus);
        if (set->n) memcpy(more, set->stimulus, set->n * sizeof *more);
        set->stimulus = more;
    }
    return &set->stimulus[set->n++];
}

static enum bb_code take_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    struct reading *r = ctx;
    struct bb_stimulus_set *set = r->set;
    if (!set->column) return take_header(r, field, n, err);
    if (n != set->n_columns)
        return bb_fail(err, BB_EINPUT, "%s:%zu: the row has %zu fields, the header has %zu", set->path, line, n, set->n_columns);
    struct bb_stimulus stimulus = {.field = copy_fields(field, n, r->arena), .degrees = (double)NAN};
    const char *name = set->file_column == BB_NO_COLUMN ? NULL : stimulus.field[set->file_column];
    stimulus.id = set->id_column == BB_NO_COLUMN ? stem(r->arena, name) : stimulus.field[set->id_column];
    if (!*stimulus.id) return bb_fail(err, BB_EINPUT, "%s:%zu: the row has no stimulus_id", set->path, line);
    if (set->degrees_column != BB_NO_COLUMN) {
        const char *text = stimulus.field[set->degrees_column];
        if (!bb_parse_number(text, &stimulus.degrees, NULL) || !(stimulus.degrees > 0))
            return bb_fail(err, BB_EINPUT, "%s:%zu: \"degrees\" must be a visual angle, not \"%s\"", set->path, line, text);
    }
    enum bb_code code = find_file(r, name, stimulus.id, &stimulus.path, err);
    if (!code) *add(r) = stimulus;
    return code;
}

static const char *set_name(struct bb_arena *arena, const char *path)
{
    const char *name = stem(arena, path);
    static const char *const prefixes[] = {"stimulus_", "image_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (bb_starts_with(name, prefixes[i]) && name[strlen(prefixes[i])]) return name + strlen(prefixes[i]);
    return name;
}

static enum bb_code read_csv(struct reading *r, const char *path, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    r->set->path = bb_arena_strdup(r->arena, path);
    r->set->id = set_name(r->arena, path);
    r->dir = bb_path_dir(r->arena, path);
    r->stem = stem(r->arena, path);
    enum bb_code code = bb_file_read(path, LARGEST_CSV, &text, err);
    if (!code && (code = bb_csv_parse(bb_buf_text(&text), text.len, 0, take_row, r, err)) && err && !strstr(err->msg, path))
        bb_err_wrap(err, code, "%s", path);
    bb_buf_release(&text);
    return code;
}

/* --- from a folder -------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return bb_natural_compare(((const struct bb_stimulus *)a)->id, ((const struct bb_stimulus *)b)->id);
}

static enum bb_code read_pictures(struct reading *r, const struct bb_paths *files, struct bb_err *err)
{
    static const char *const columns[] = {"stimulus_id", "filename"};
    struct bb_stimulus_set *set = r->set;
    set->column = columns;
    set->n_columns = 2;
    set->file_column = 1;
    for (size_t i = 0; i < files->n; i++) {
        if (!bb_picture_name(files->path[i])) continue;
        const char **field = BB_NEW_ARRAY(r->arena, 2, const char *);
        field[0] = stem(r->arena, files->path[i]);
        field[1] = bb_path_base(files->path[i]);
        *add(r) = (struct bb_stimulus){.id = field[0], .path = files->path[i], .degrees = (double)NAN, .field = field};
    }
    if (!set->n) return bb_fail(err, BB_EINPUT, "%s has no CSV and no picture (PNG, JPEG, BMP)", set->path);
    qsort(set->stimulus, set->n, sizeof *set->stimulus, by_name);
    return BB_OK;
}

static enum bb_code read_folder(struct reading *r, const char *path, struct bb_err *err)
{
    struct bb_paths files, tables;
    char *slashed = bb_arena_printf(r->arena, "%s", path);
    for (size_t n = strlen(slashed); n > 1 && slashed[n - 1] == '/'; n--) slashed[n - 1] = '\0';
    if (bb_has_glob(slashed))
        return bb_fail(err, BB_EUSAGE, "%s: a folder whose name has *, ? or [ cannot be read; rename it", slashed);
    enum bb_code code = bb_glob(r->arena, bb_path_join(r->arena, slashed, "*.csv"), &tables, err);
    if (!code) code = bb_glob(r->arena, bb_path_join(r->arena, slashed, "*"), &files, err);
    if (code) return code;
    if (tables.n == 1) return read_csv(r, tables.path[0], err);
    if (tables.n > 1)
        return bb_fail(err, BB_EINPUT, "%s has %zu CSV files, %s and %s among them; name the one of the set", path, tables.n,
                       bb_path_base(tables.path[0]), bb_path_base(tables.path[1]));
    r->set->path = slashed;
    r->set->id = bb_path_base(slashed);
    r->set->id_column = 0;
    r->set->degrees_column = BB_NO_COLUMN;
    return read_pictures(r, &files, err);
}

static enum bb_code check_ids(const struct bb_stimulus_set *set, struct bb_err *err)
{
    struct bb_names seen;
    enum bb_code code = BB_OK;
    bb_names_init(&seen);
    for (size_t i = 0; i < set->n && !code; i++)
        if (bb_names_add(&seen, set->stimulus[i].id) != i)
            code = bb_fail(err, BB_EINPUT, "%s: stimulus \"%s\" is there twice", set->path, set->stimulus[i].id);
    bb_names_release(&seen);
    return code;
}

enum bb_code bb_stimulus_set_read(const char *path, struct bb_arena *arena, struct bb_stimulus_set *out, struct bb_err *err)
{
    struct reading r = {.set = out, .arena = arena};
    *out = (struct bb_stimulus_set){.path = path};
    enum bb_code code = (bb_is_dir(path) ? read_folder : read_csv)(&r, path, err);
    if (!code && !out->n) code = bb_fail(err, BB_EINPUT, "%s has no stimuli", path);
    return code ? code : check_ids(out, err);
}
