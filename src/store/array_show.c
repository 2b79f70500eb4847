#include "store/array_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "store/array_coords.h"

/* A file for a person to read. What cannot be read is said in its place; nothing of it is an error, as long as the file can
   be opened. */

#define SHOWN_TEXT   48                /* characters of one text */
#define SHOWN_VALUES 4                 /* of a coordinate */
#define SHOWN_ROWS   6                 /* of the data, and columns */
#define RANGE_VALUES ((size_t)1 << 23) /* at most so many are looked at for a range */
#define MAX_DEPTH    16                /* of groups */

struct show {
    const char *path;
    hid_t file;
    struct bb_arena *arena;
    struct bb_buf *out;
    struct bb_names seen; /* addresses of groups: a file may be a circle */
};

/* --- tables ------------------------------------------------------------------------------------------------------- */

enum { MAX_CELLS = 9 };

/* Rows of texts, printed in columns. */
struct grid {
    const char *(*row)[MAX_CELLS];
    size_t n, cap;
    bool right; /* all columns but the first */
};

static const char **grid_row(struct grid *g)
{
    g->row = bb_grow(g->row, &g->cap, g->n + 1, sizeof *g->row);
    memset(&g->row[g->n], 0, sizeof *g->row);
    return g->row[g->n++];
}

static void pad(struct bb_buf *out, size_t n)
{
    while (n--) bb_buf_putc(out, ' ');
}

static size_t width_of(const char *text)
{
    return text ? bb_utf8_length(text, strlen(text)) : 0;
}

static bool is_last(const struct grid *g, size_t row, size_t column)
{
    for (size_t c = column + 1; c < MAX_CELLS; c++)
        if (width_of(g->row[row][c])) return false;
    return true;
}

static void grid_print(struct grid *g, struct bb_buf *out)
{
    size_t width[MAX_CELLS] = {0};
    for (size_t i = 0; i < g->n; i++)
        for (size_t c = 0; c < MAX_CELLS; c++)
            if (width_of(g->row[i][c]) > width[c]) width[c] = width_of(g->row[i][c]);
    for (size_t i = 0; i < g->n; i++) {
        bb_buf_puts(out, "  ");
        for (size_t c = 0; c < MAX_CELLS; c++) {
            const char *text = g->row[i][c] ? g->row[i][c] : "";
            size_t space = width[c] - width_of(text);
            if (!width[c]) continue;
            if (g->right && c) pad(out, space);
            bb_buf_puts(out, text);
            if (is_last(g, i, c)) break;
            if (!g->right || !c) pad(out, space);
            pad(out, 2);
        }
        bb_buf_putc(out, '\n');
    }
    free(g->row);
    *g = (struct grid){0};
}

/* --- texts and numbers -------------------------------------------------------------------------------------------- */

/* One harmless line of at most `most` characters. */
static const char *shortened(const struct show *s, const char *text, size_t most)
{
    char *copy = bb_arena_strdup(s->arena, text);
    bb_text_tame(copy);
    size_t len = 0, left = strlen(copy);
    if (bb_utf8_length(copy, left) <= most) return copy;
    for (size_t i = 0; i + 1 < most; i++) {
        size_t step = bb_utf8_sequence(copy + len, left - len);
        len += step ? step : 1;
    }
    return bb_arena_printf(s->arena, "%.*s…", (int)len, copy);
}

/* Of a long name the begin and the end, which is where file names differ. */
static const char *name_of(const struct show *s, const char *text, size_t most)
{
    char *copy = bb_arena_strdup(s->arena, text);
    bb_text_tame(copy);
    size_t left = strlen(copy), n = bb_utf8_length(copy, left), head = 0, tail = 0;
    if (n <= most) return copy;
    for (size_t i = 0; i < n - (most - most / 2); i++) {
        if (i == most / 2 - 1) head = tail;
        tail += bb_utf8_sequence(copy + tail, left - tail);
    }
    return bb_arena_printf(s->arena, "%.*s…%s", (int)head, copy, copy + tail);
}

static const char *number(const struct show *s, double x)
{
    char text[64];
    if (isnan(x)) return "–";
    if (x == trunc(x) && fabs(x) < 1e15)
        bb_format_number(text, x);
    else
        snprintf(text, sizeof text, "%.5g", x);
    return bb_arena_strdup(s->arena, text);
}

static const char *bytes(const struct show *s, uint64_t n)
{
    static const char *const UNIT[] = {"kB", "MB", "GB", "TB"};
    double size = (double)n;
    int unit = -1;
    if (n < 1000) return bb_arena_printf(s->arena, "%llu bytes", (unsigned long long)n);
    while (size >= 999.95 && unit < 3) size /= 1000, unit++;
    return bb_arena_printf(s->arena, "%.1f %s", size, UNIT[unit]);
}

/* "240 × 24" */
static const char *shape(const struct show *s, const struct bb_h5_set *set)
{
    const char *text = set->rank ? "" : "one value";
    for (size_t i = 0; i < set->rank; i++) text = bb_arena_printf(s->arena, "%s%s%zu", text, i ? " × " : "", set->size[i]);
    return text;
}

static const char *filters(const struct show *s, const struct bb_h5_set *set)
{
    const char *text = "";
    for (size_t i = 0; i < set->n_filters; i++) {
        const char *name;
        switch (set->filter[i]) {
        case H5Z_FILTER_SHUFFLE:
            name = "shuffle";
            break;
        case H5Z_FILTER_DEFLATE:
            name = bb_arena_printf(s->arena, "gzip %d", set->level);
            break;
        case H5Z_FILTER_FLETCHER32:
            name = "checksum";
            break;
        case H5Z_FILTER_SZIP:
            name = "szip";
            break;
        default:
            name = bb_arena_printf(s->arena, "filter %d", set->filter[i]);
            break;
        }
        text = bb_arena_printf(s->arena, "%s, %s", text, name);
    }
    return text;
}

static const char *storage(const struct show *s, const struct bb_h5_set *set)
{
    struct bb_h5_set chunk = {.rank = set->rank};
    for (size_t i = 0; i < set->rank; i++) chunk.size[i] = (size_t)set->chunk[i];
    switch (set->layout) {
    case H5D_VIRTUAL:
        return "in other files";
    case H5D_COMPACT:
        return bb_arena_printf(s->arena, "compact, %s", bytes(s, set->stored));
    case H5D_CHUNKED:
        return bb_arena_printf(s->arena, "chunks of %s%s, %s", shape(s, &chunk), filters(s, set), bytes(s, set->stored));
    default:
        return bb_arena_printf(s->arena, "contiguous, %s", bytes(s, set->stored));
    }
}

/* The sentence without the path, which stands at the top. */
static const char *reason(const struct show *s, const struct bb_err *err)
{
    size_t len = strlen(s->path);
    const char *text = bb_starts_with(err->msg, s->path) ? err->msg + len : err->msg;
    return shortened(s, *text == ':' ? text + 2 : text, 300);
}

/* --- coordinates -------------------------------------------------------------------------------------------------- */

static const char *first_values(const struct show *s, const struct bb_series *x)
{
    const char *list = "";
    for (size_t i = 0; i < x->n && i < SHOWN_VALUES; i++) {
        const char *value = "–";
        if (x->type == BB_TYPE_NUMBER)
            value = number(s, x->number[i]);
        else if (x->code[i] >= 0)
            value = bb_arena_printf(s->arena, x->type == BB_TYPE_TEXT ? "\"%s\"" : "%s",
                                    name_of(s, x->level.name[x->code[i]], SHOWN_TEXT / 2));
        list = bb_arena_printf(s->arena, "%s%s%s", list, i ? ", " : "", value);
    }
    return x->n > SHOWN_VALUES ? bb_arena_printf(s->arena, "%s, …", list) : list;
}

static const char *range(const struct show *s, const double *x, size_t n)
{
    double low = (double)INFINITY, high = -(double)INFINITY;
    size_t missing = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) {
            missing++;
            continue;
        }
        if (x[i] < low) low = x[i];
        if (x[i] > high) high = x[i];
    }
    const char *text = missing == n ? "no values"
                       : low < high ? bb_arena_printf(s->arena, "%s to %s", number(s, low), number(s, high))
                                    : number(s, low);
    return missing && missing < n ? bb_arena_printf(s->arena, "%s, %zu missing", text, missing) : text;
}

static const char *different(const struct show *s, const struct bb_coord *coord)
{
    struct bb_groups g = bb_coord_groups(coord, s->arena);
    size_t missing = 0;
    for (size_t i = 0; i < g.n; i++) missing += g.group[i] < 0;
    const char *text = bb_arena_printf(s->arena, "%zu different", g.n_groups);
    return missing ? bb_arena_printf(s->arena, "%s, %zu missing", text, missing) : text;
}

/* As an assembly calls it. */
static const char *coord_name(const struct bb_layout *l, const struct bb_var *var)
{
    if (!bb_streq(var->coord, "image_id")) return var->coord;
    for (size_t i = 0; i < l->n_vars; i++)
        if (bb_streq(l->var[i].coord, "stimulus_id") && l->var[i].role != BB_VAR_DUMMY) return var->coord;
    return "stimulus_id";
}

static void show_coord(struct show *s, const struct bb_layout *l, const struct bb_var *var, struct grid *g)
{
    struct bb_err err;
    struct bb_coord coord = {0};
    const char **cell = grid_row(g), *name = coord_name(l, var);
    bool renamed = !bb_streq(name, var->set.name);
    cell[0] = shortened(s, renamed ? bb_arena_printf(s->arena, "%s (%s)", name, var->set.name) : name, SHOWN_TEXT);
    cell[1] = var->set.type;
    if (bb_var_series(var, name, l->data->set.size[var->along], &coord.series, &err)) {
        cell[2] = reason(s, &err);
        return;
    }
    cell[2] = different(s, &coord);
    if (var->role == BB_VAR_CONSTANT) cell[2] = "everywhere";
    if (coord.series.type == BB_TYPE_NUMBER && var->role != BB_VAR_CONSTANT)
        cell[2] = bb_arena_printf(s->arena, "%s: %s", cell[2], range(s, coord.series.number, coord.series.n));
    cell[3] = first_values(s, &coord.series);
    bb_series_release(&coord.series);
}

static void show_coords(struct show *s, const struct bb_layout *l)
{
    for (size_t d = 0; d < l->data->set.rank; d++) {
        size_t axis = l->order[d];
        struct grid g = {0};
        for (size_t i = 0; i < l->n_vars; i++)
            if ((l->var[i].role == BB_VAR_COORD || l->var[i].role == BB_VAR_CONSTANT) && l->var[i].along == axis)
                show_coord(s, l, &l->var[i], &g);
        if (g.n) bb_buf_printf(s->out, "\nCoordinates of %s\n", shortened(s, l->axis[axis], SHOWN_TEXT));
        grid_print(&g, s->out);
    }
}

/* --- the data ----------------------------------------------------------------------------------------------------- */

/* The box that begins at the first index and has count[i] along each axis, as float64; NULL when it cannot be read. Heap. */
static double *read_head(const struct bb_h5_set *set, const hsize_t *count)
{
    const hsize_t zero[H5S_MAX_RANK] = {0};
    size_t n = 1;
    for (size_t i = 0; i < set->rank; i++) n *= (size_t)count[i];
    double *x = bb_calloc(n + 1, sizeof *x);
    hid_t file = H5Dget_space(set->id), memory = H5Screate_simple((int)set->rank, count, NULL);
    bool good = n && file >= 0 && memory >= 0 && H5Sselect_hyperslab(file, H5S_SELECT_SET, zero, NULL, count, NULL) >= 0 &&
                H5Dread(set->id, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, x) >= 0;
    if (memory >= 0) H5Sclose(memory);
    if (file >= 0) H5Sclose(file);
    struct bb_scaling scaling = bb_h5_scaling(set);
    if (good) bb_scaling_apply(&scaling, x, n);
    if (good) return x;
    free(x);
    return NULL;
}

/* The range of the values, or of the first ones of a large file. */
static const char *data_range(const struct show *s, const struct bb_h5_set *set)
{
    hsize_t count[H5S_MAX_RANK] = {0};
    size_t n = 1;
    for (size_t i = set->rank; i-- > 0;) {
        size_t most = RANGE_VALUES / n ? RANGE_VALUES / n : 1;
        count[i] = set->size[i] < most ? set->size[i] : most;
        n *= (size_t)count[i];
    }
    double *x = read_head(set, count);
    if (!x) return set->n ? "cannot be read" : "none";
    const char *text = range(s, x, n);
    free(x);
    return n < set->n ? bb_arena_printf(s->arena, "%s (the first %zu)", text, n) : text;
}

static const char *quoted(const struct show *s, const struct bb_series *x, size_t i)
{
    if (x->type == BB_TYPE_NUMBER) return number(s, x->number[i]);
    return x->code[i] < 0 ? "–" : name_of(s, x->level.name[x->code[i]], 16);
}

static bool is_id(const char *name)
{
    return bb_streq(name, "stimulus_id") || bb_streq(name, "image_id") || bb_streq(name, "neuroid_id");
}

/* What the indices of an axis are called: by their ids, else by the coordinate that has the most different values. */
static void axis_labels(const struct show *s, const struct bb_layout *l, size_t axis, size_t n, const char **label)
{
    size_t best = 0;
    for (size_t i = 0; i < l->n_vars; i++) {
        struct bb_coord coord = {0};
        struct bb_err err;
        if (l->var[i].role != BB_VAR_COORD || l->var[i].along != axis) continue;
        if (bb_var_series(&l->var[i], l->var[i].coord, l->data->set.size[axis], &coord.series, &err)) continue;
        size_t groups = is_id(l->var[i].coord) ? SIZE_MAX : bb_coord_groups(&coord, s->arena).n_groups;
        for (size_t k = 0; groups > best && k < n; k++) label[k] = quoted(s, &coord.series, k);
        if (groups > best) best = groups;
        bb_series_release(&coord.series);
    }
    for (size_t k = 0; !best && k < n; k++) label[k] = bb_arena_printf(s->arena, "%zu", k);
}

static size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

static void show_rows(struct show *s, const struct bb_layout *l)
{
    const struct bb_h5_set *set = &l->data->set;
    hsize_t count[H5S_MAX_RANK];
    size_t row = l->order[0], column = set->rank > 1 ? l->order[1] : row;
    for (size_t i = 0; i < set->rank; i++) count[i] = 1;
    count[row] = at_most(set->size[row], SHOWN_ROWS);
    if (set->rank > 1) count[column] = at_most(set->size[column], SHOWN_ROWS);
    size_t rows = (size_t)count[row], columns = set->rank > 1 ? (size_t)count[column] : 1;
    const char *row_label[SHOWN_ROWS], *column_label[SHOWN_ROWS];
    double *x = read_head(set, count);
    if (!x) return;
    struct grid g = {.right = true};
    axis_labels(s, l, row, rows, row_label);
    if (set->rank > 1) {
        axis_labels(s, l, column, columns, column_label);
        const char **head = grid_row(&g);
        for (size_t j = 0; j < columns; j++) head[j + 1] = column_label[j];
        if (set->size[column] > columns) head[columns + 1] = "…";
    }
    for (size_t i = 0; i < rows; i++) {
        const char **cell = grid_row(&g);
        cell[0] = row_label[i];
        for (size_t j = 0; j < columns; j++) cell[j + 1] = number(s, x[row <= column ? i * columns + j : j * rows + i]);
        if (set->rank > 1 && set->size[column] > columns) cell[columns + 1] = "…";
    }
    if (set->size[row] > rows) grid_row(&g)[0] = "…";
    bb_buf_puts(s->out, "\nFirst values");
    for (size_t d = 2; d < set->rank; d++)
        bb_buf_printf(s->out, "%s first %s", d == 2 ? " of the" : ", the", shortened(s, l->axis[l->order[d]], SHOWN_TEXT));
    bb_buf_putc(s->out, '\n');
    grid_print(&g, s->out);
    free(x);
}

static void show_texts(struct show *s, const struct bb_layout *l)
{
    struct bb_err err;
    struct bb_series series;
    if (l->data->set.rank != 1 || bb_var_series(l->data, "value", l->data->set.size[0], &series, &err)) return;
    bb_buf_printf(s->out, "  values   %s\n", first_values(s, &series));
    bb_series_release(&series);
}

static void show_data(struct show *s, const struct bb_layout *l)
{
    const struct bb_h5_set *set = &l->data->set;
    struct bb_err err;
    struct grid g = {0};
    bb_buf_printf(s->out, "\nData %s\n", shortened(s, set->name, SHOWN_TEXT));
    for (size_t d = 0; d < set->rank; d++) {
        size_t axis = l->order[d];
        const char **cell = grid_row(&g),
                   *name = l->data->dim[axis] == BB_NO_DIM ? l->axis[axis] : l->dim[l->data->dim[axis]].name;
        cell[0] = shortened(s, l->axis[axis], SHOWN_TEXT);
        cell[1] = bb_arena_printf(s->arena, "%zu", set->size[axis]);
        if (!bb_streq(name, l->axis[axis]))
            cell[2] = shortened(s, bb_arena_printf(s->arena, "called %s in the file", name), SHOWN_TEXT);
    }
    grid_print(&g, s->out);
    bool turned = false;
    for (size_t d = 1; d < set->rank; d++) turned = turned || l->order[d] < l->order[d - 1];
    bb_buf_printf(s->out, "  type     %s\n  storage  %s%s\n", set->type, storage(s, set),
                  turned ? ", in another order of dimensions" : "");
    if (bb_h5_set_check(set, &err)) {
        bb_buf_printf(s->out, "  values   %s\n", reason(s, &err));
        return;
    }
    if (set->cls == BB_H5_TEXT) {
        show_texts(s, l);
        show_coords(s, l);
        return;
    }
    bb_buf_printf(s->out, "  values   %s\n", data_range(s, set));
    show_coords(s, l);
    show_rows(s, l);
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

/* Variables that are neither the data nor its coordinates: all of them, where there are no data. */
static void show_others(struct show *s, const struct bb_layout *l)
{
    struct grid g = {0};
    for (size_t i = 0; i < l->n_vars; i++) {
        const struct bb_var *var = &l->var[i];
        bool belongs =
            var->role == BB_VAR_DATA || var->role == BB_VAR_COORD || (var->role == BB_VAR_CONSTANT && var->along != BB_NO_DIM);
        if (var->role == BB_VAR_DUMMY || belongs) continue;
        const char **cell = grid_row(&g);
        cell[0] = shortened(s, var->set.name, SHOWN_TEXT);
        cell[1] = var->set.type;
        cell[2] = shape(s, &var->set);
        cell[3] = storage(s, &var->set);
    }
    if (g.n) bb_buf_puts(s->out, l->data ? "\nOther variables\n" : "\nVariables\n");
    grid_print(&g, s->out);
}

/* Those that `but` (an object, or none) does not have in the same words: xarray can write them twice. */
static void show_attributes(struct show *s, hid_t object, hid_t but, const char *title)
{
    const char **name;
    size_t n;
    struct grid g = {0};
    bb_h5_attr_names(object, s->arena, &name, &n);
    for (size_t i = 0; i < n; i++) {
        double fill = 0;
        if (bb_streq(name[i], "_FillValue") && bb_h5_attr_number(object, name[i], &fill) && isnan(fill))
            continue; /* as it is anyway */
        const char *text = bb_h5_attr_shown(object, name[i], 8, s->arena);
        if (but >= 0 && H5Aexists(but, name[i]) > 0 && bb_streq(text, bb_h5_attr_shown(but, name[i], 8, s->arena))) continue;
        const char **cell = grid_row(&g);
        cell[0] = shortened(s, name[i], SHOWN_TEXT);
        cell[1] = shortened(s, text, 2 * SHOWN_TEXT);
    }
    if (g.n) bb_buf_printf(s->out, "\n%s\n", title);
    grid_print(&g, s->out);
}

static void show_links(struct show *s, const struct bb_layout *l)
{
    for (size_t i = 0; i < l->links.n; i++) {
        const struct bb_h5_link *link = &l->links.link[i];
        if (link->kind < BB_H5_SOFT) continue;
        bb_buf_printf(s->out, "\n%s is a link to %s, which is not followed\n", shortened(s, link->name, SHOWN_TEXT),
                      link->kind == BB_H5_SOFT ? "elsewhere" : "another file");
    }
}

/* Whether a group is met for the first time. */
static bool is_new(struct show *s, haddr_t address)
{
    size_t before = s->seen.n;
    bb_names_add(&s->seen, bb_arena_printf(s->arena, "%llu", (unsigned long long)address));
    return s->seen.n > before;
}

/* Without data, variables are what they are. */
static void choose(struct bb_layout *l)
{
    struct bb_err why;
    if (!l->n_vars || !bb_layout_choose(l, NULL, NULL, &why)) return;
    l->data = NULL;
    for (size_t i = 0; i < l->n_vars; i++)
        if (l->var[i].role != BB_VAR_DUMMY) l->var[i].role = BB_VAR_OTHER;
}

static enum bb_code show_group(struct show *s, const char *group, unsigned depth, struct bb_err *err)
{
    struct bb_layout l;
    H5O_info_t info;
    enum bb_code code = bb_layout_open(s->file, s->path, group, &l, err);
    if (!code && !depth && H5Oget_info2(l.group, &info, H5O_INFO_BASIC) >= 0) is_new(s, info.addr);
    if (!code && depth) bb_buf_printf(s->out, "\nGroup %s\n", shortened(s, group, 2 * SHOWN_TEXT));
    if (!code) choose(&l);
    if (!code && l.data) show_data(s, &l);
    if (!code) {
        show_others(s, &l);
        show_links(s, &l);
        if (l.data) show_attributes(s, l.data->set.id, H5I_INVALID_HID, "Attributes of the data");
        show_attributes(s, l.group, l.data ? l.data->set.id : H5I_INVALID_HID,
                        depth ? "Attributes of the group" : "Attributes of the file");
    }
    for (size_t i = 0; i < l.links.n && !code; i++) {
        const struct bb_h5_link *link = &l.links.link[i];
        if (link->kind != BB_H5_GROUP || depth >= MAX_DEPTH || !is_new(s, link->address)) continue;
        code = show_group(s, bb_arena_printf(s->arena, "%s/%s", group, link->name), depth + 1, err);
    }
    bb_layout_close(&l);
    return code;
}

static void show_head(struct show *s)
{
    struct stat info = {0};
    hid_t root = H5Gopen2(s->file, "/", H5P_DEFAULT);
    const char *by = root < 0 ? NULL : bb_h5_attr_text(root, "_NCProperties", s->arena);
    if (root >= 0) H5Gclose(root);
    stat(s->path, &info);
    bb_buf_printf(s->out, "%s: %s, %s", shortened(s, s->path, 200), by ? "netCDF-4" : "HDF5", bytes(s, (uint64_t)info.st_size));
    if (by) bb_buf_printf(s->out, " (%s)", shortened(s, by, 2 * SHOWN_TEXT));
    bb_buf_putc(s->out, '\n');
}

enum bb_code bb_array_show(const char *path, struct bb_buf *out, struct bb_err *err)
{
    struct show s = {.path = path, .arena = bb_arena_new(0), .out = out};
    enum bb_code code = bb_h5_open(path, &s.file, err);
    if (!code) {
        bb_names_init(&s.seen);
        show_head(&s);
        code = show_group(&s, "", 0, err);
        bb_names_release(&s.seen);
        bb_h5_close(s.file);
    }
    bb_arena_free(s.arena);
    return code;
}
