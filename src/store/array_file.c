#include "store/array_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/array_coords.h"
#include "store/reader_int.h"

#define DEFAULT_LIMIT ((size_t)8 << 30)

/* A file from its opening to the assembly. */
struct opening {
    hid_t file;
    struct bb_layout layout;
    struct bb_array_coords coords;
    struct bb_assembly *assembly;
    bool chosen[BB_MAX_DIMS]; /* axes of which `at` is read */
    size_t at[BB_MAX_DIMS];
};

bool bb_is_hdf5(const char *path)
{
    return bb_h5_signature(path);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static enum bb_code opening_start(struct opening *o, const struct bb_array_source *source, struct bb_err *err)
{
    *o = (struct opening){.file = H5I_INVALID_HID, .layout.group = H5I_INVALID_HID};
    enum bb_code code = bb_h5_open(source->path, &o->file, err);
    if (code) {
        o->file = H5I_INVALID_HID;
        return code;
    }
    if ((code = bb_layout_open(o->file, source->path, source->group, &o->layout, err))) return code;
    if ((code = bb_layout_choose(&o->layout, source->variable, source->columns, err))) return code;
    if ((code = bb_h5_set_check(&o->layout.data->set, err))) return code;
    return bb_array_coords_read(&o->layout, source->columns, source->left, &o->coords, err);
}

static void opening_end(struct opening *o)
{
    bb_array_coords_release(&o->coords);
    if (o->layout.arena) bb_layout_close(&o->layout);
    if (o->file >= 0) bb_h5_close(o->file);
    bb_assembly_free(o->assembly);
}

enum bb_code bb_array_probe(const struct bb_array_source *source, struct bb_err *err)
{
    struct opening o;
    enum bb_code code = opening_start(&o, source, err);
    opening_end(&o);
    return code;
}

/* Dimensions and coordinates of the first n_dims axes in their order; coordinates along others are left behind. */
static struct bb_assembly *new_assembly(struct opening *o, size_t n_dims)
{
    struct bb_assembly *a = bb_calloc(1, sizeof *a);
    const struct bb_layout *l = &o->layout;
    a->coord = bb_calloc(o->coords.n + 1, sizeof *a->coord);
    for (size_t d = 0; d < n_dims; d++) a->dim[d] = (struct bb_dim){bb_strdup(l->axis[l->order[d]]), o->coords.kept[l->order[d]]};
    a->n_dims = n_dims;
    for (size_t i = 0; i < o->coords.n; i++) {
        struct bb_coord *coord = &o->coords.coord[i];
        for (size_t d = 0; d < n_dims; d++) {
            if (l->order[d] != coord->dim) continue;
            a->coord[a->n_coords++] = (struct bb_coord){coord->series, d};
            coord->series = (struct bb_series){0};
            break;
        }
    }
    return a;
}

/* --- streamed ----------------------------------------------------------------------------------------------------- */

static size_t *kept_index(const struct opening *o, size_t axis)
{
    const bool *keep = o->coords.keep[axis];
    if (!keep || o->coords.kept[axis] == o->layout.data->set.size[axis]) return NULL;
    size_t *index = bb_malloc((o->coords.kept[axis] + 1) * sizeof *index), n = 0;
    for (size_t i = 0; i < o->layout.data->set.size[axis]; i++)
        if (keep[i]) index[n++] = i;
    return index;
}

static size_t only_index(const struct opening *o, size_t axis)
{
    size_t i = 0;
    if (o->chosen[axis]) return o->at[axis];
    while (o->coords.keep[axis] && !o->coords.keep[axis][i]) i++;
    return i;
}

static const struct bb_series *series_along(const struct opening *o, const char *name, size_t axis)
{
    for (size_t i = 0; i < o->coords.n; i++) {
        const struct bb_coord *coord = &o->coords.coord[i];
        if (coord->dim == axis && coord->series.type == BB_TYPE_NUMBER && bb_streq(coord->series.name, name))
            return &coord->series;
    }
    return NULL;
}

/* Of an axis of several bins the one that is asked for. */
static enum bb_code choose_bin(struct opening *o, const struct bb_array_source *source, size_t axis, struct bb_err *err)
{
    const struct bb_series *begin = series_along(o, "time_bin_start", axis), *end = series_along(o, "time_bin_end", axis);
    size_t n = o->coords.kept[axis], b = 0, *index = kept_index(o, axis);
    bool asked = source->time_bin != NULL;
    if (asked && begin && end)
        while (b < n && (begin->number[b] != source->time_bin[0] || end->number[b] != source->time_bin[1])) b++;
    o->chosen[axis] = source->any_time_bin || (asked && begin && end && b < n);
    if (o->chosen[axis]) o->at[axis] = index ? index[b < n ? b : 0] : b < n ? b : 0;
    free(index);
    if (o->chosen[axis] || !asked) return BB_OK; /* not asked: refused below */
    if (!begin || !end)
        return bb_fail(err, BB_EINPUT,
                       "%s: it has %zu bins of time, and no time_bin_start and time_bin_end that say when they were",
                       source->path, n);
    return bb_fail(err, BB_EINPUT, "%s: none of its %zu bins of time, from %g–%g ms to %g–%g ms, is %g–%g ms", source->path, n,
                   begin->number[0], end->number[0], begin->number[n - 1], end->number[n - 1], source->time_bin[0],
                   source->time_bin[1]);
}

static enum bb_code choose_time(struct opening *o, const struct bb_array_source *source, struct bb_err *err)
{
    const struct bb_layout *l = &o->layout;
    if (source->n_time_bins) *source->n_time_bins = 1;
    for (size_t d = 2; d < l->data->set.rank && d < BB_MAX_DIMS; d++) {
        size_t axis = l->order[d];
        if (!bb_streq(l->axis[axis], "time_bin") || o->coords.kept[axis] < 2) continue;
        if (source->n_time_bins) *source->n_time_bins = o->coords.kept[axis];
        return choose_bin(o, source, axis, err);
    }
    return BB_OK;
}

/* Rows and columns are the first two of the order; of all others one index is left. */
static enum bb_code check_streamable(const struct opening *o, struct bb_err *err)
{
    const struct bb_layout *l = &o->layout;
    const struct bb_h5_set *set = &l->data->set;
    if (set->cls == BB_H5_TEXT)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" is text; activations must be numbers", l->path, set->name);
    if (set->rank < 2)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" has one dimension (%s); activations have two, presentation and neuroid",
                       l->path, set->name, l->axis[0]);
    for (size_t d = 2; d < set->rank; d++)
        if (o->coords.kept[l->order[d]] != 1 && !o->chosen[l->order[d]])
            return bb_fail(err, BB_EINPUT,
                           "%s: \"%s\" has %zu along \"%s\"; a file of activations may have one (\"where\" can choose it)",
                           l->path, set->name, o->coords.kept[l->order[d]], l->axis[l->order[d]]);
    return BB_OK;
}

/* Takes the file and the data variable out of the opening. */
static enum bb_code make_reader(struct opening *o, struct bb_reader **out, struct bb_err *err)
{
    struct bb_layout *l = &o->layout;
    size_t at[H5S_MAX_RANK] = {0}, row = l->order[0], column = l->order[1];
    for (size_t d = 2; d < l->data->set.rank; d++) at[l->order[d]] = only_index(o, l->order[d]);
    struct bb_reader_source source = {.file = o->file,
                                      .set = l->data->set,
                                      .row_axis = row,
                                      .column_axis = column,
                                      .at = at,
                                      .row = kept_index(o, row),
                                      .column = kept_index(o, column),
                                      .n_rows = o->coords.kept[row],
                                      .n_columns = o->coords.kept[column]};
    l->data->set.id = H5I_INVALID_HID;
    o->file = H5I_INVALID_HID;
    bb_layout_shut(l); /* the reader is the last that has the file open */
    return bb_reader_new(&source, out, err);
}

enum bb_code bb_array_open(const struct bb_array_source *source, struct bb_assembly **out, struct bb_err *err)
{
    struct opening o;
    struct bb_reader *reader = NULL;
    enum bb_code code = opening_start(&o, source, err);
    if (!code) code = choose_time(&o, source, err);
    if (!code) code = check_streamable(&o, err);
    if (!code) o.assembly = new_assembly(&o, 2);
    if (!code) code = make_reader(&o, &reader, err);
    if (!code) {
        o.assembly->reader = reader;
        *out = o.assembly;
        o.assembly = NULL;
    }
    opening_end(&o);
    return code;
}

/* --- dense -------------------------------------------------------------------------------------------------------- */

/* out, in the order of the assembly, from all values in the order of the file. */
static void arrange(const struct opening *o, const double *all, double *out)
{
    const struct bb_layout *l = &o->layout;
    size_t rank = l->data->set.rank, step[BB_MAX_DIMS], *index[BB_MAX_DIMS] = {NULL}, at[BB_MAX_DIMS] = {0}, n = 1;
    size_t file_step[BB_MAX_DIMS], total = 1;
    for (size_t i = rank; i-- > 0; n *= l->data->set.size[i]) file_step[i] = n;
    for (size_t d = 0; d < rank; d++) {
        step[d] = file_step[l->order[d]];
        index[d] = kept_index(o, l->order[d]);
        total *= o->coords.kept[l->order[d]];
    }
    for (size_t k = 0; k < total; k++) {
        size_t from = 0;
        for (size_t d = 0; d < rank; d++) from += (index[d] ? index[d][at[d]] : at[d]) * step[d];
        out[k] = all[from];
        for (size_t d = rank; d-- > 0 && ++at[d] == o->coords.kept[l->order[d]];) at[d] = 0;
    }
    for (size_t d = 0; d < rank; d++) free(index[d]);
}

static size_t kept_values(const struct opening *o)
{
    size_t n = 1;
    for (size_t i = 0; i < o->layout.data->set.rank; i++) n *= o->coords.kept[i];
    return n;
}

static enum bb_code check_limit(const struct opening *o, size_t n, size_t limit, struct bb_err *err)
{
    if (!limit) limit = DEFAULT_LIMIT;
    if (n <= limit / sizeof(double)) return BB_OK;
    return bb_fail(err, BB_ELIMIT, "%s: \"%s\" has %zu values, %zu MB as float64; at most %zu MB may be held", o->layout.path,
                   o->layout.data->set.name, n, n / (1000000 / sizeof(double)), limit / 1000000);
}

/* Two dimensions come by the reader, which is faster than HDF5, and needs no second copy. */
static enum bb_code load_by_reader(struct opening *o, struct bb_err *err)
{
    struct bb_reader *reader;
    size_t columns = o->assembly->dim[1].size;
    enum bb_code code = make_reader(o, &reader, err);
    if (code) return code;
    for (size_t c = 0, end; c < columns && !code; c = end) {
        end = bb_reader_block_end(reader, c);
        code = bb_reader_read(reader, c, end - c, o->assembly->value + c, columns, err);
    }
    bb_reader_free(reader);
    return code;
}

/* Of the data variable and of its group. */
static void load_attributes(const struct opening *o)
{
    const hid_t object[] = {o->layout.data->set.id, o->layout.group};
    struct bb_assembly *a = o->assembly;
    for (size_t k = 0; k < 2; k++) {
        const char **name;
        size_t n;
        bb_h5_attr_names(object[k], o->layout.arena, &name, &n);
        a->list = bb_realloc(a->list, a->n_lists + n + 1, sizeof *a->list);
        for (size_t i = 0; i < n; i++) {
            struct bb_number_list attribute = {0};
            attribute.number = bb_h5_attr_numbers(object[k], name[i], &attribute.n);
            if (attribute.number && attribute.n > 1 && !bb_assembly_list(a, name[i])) {
                attribute.name = bb_strdup(name[i]);
                a->list[a->n_lists++] = attribute;
            } else {
                free(attribute.number);
            }
        }
    }
}

static enum bb_code load_values(struct opening *o, size_t limit, struct bb_err *err)
{
    struct bb_h5_set *set = &o->layout.data->set;
    enum bb_code code = check_limit(o, set->rank == 2 ? kept_values(o) : set->n, limit, err);
    if (code) return code;
    o->assembly->value = bb_calloc(kept_values(o) + 1, sizeof(double));
    if (set->rank == 2) return load_by_reader(o, err);
    double *all = bb_calloc(set->n + 1, sizeof *all);
    code = bb_h5_numbers(set, all, err);
    if (!code) arrange(o, all, o->assembly->value);
    free(all);
    return code;
}

enum bb_code bb_array_load(const struct bb_array_source *source, size_t limit, struct bb_assembly **out, struct bb_err *err)
{
    struct opening o;
    enum bb_code code = opening_start(&o, source, err);
    if (!code) {
        bool text = o.layout.data->set.cls == BB_H5_TEXT;
        o.assembly = new_assembly(&o, o.layout.data->set.rank);
        if (text && o.layout.data->set.rank != 1)
            code = bb_fail(err, BB_EINPUT, "%s: \"%s\" is text in %zu dimensions; text can be read along one", source->path,
                           o.layout.data->set.name, o.layout.data->set.rank);
        if (!code) load_attributes(&o);
        if (!text) code = load_values(&o, limit, err);
    }
    if (!code) {
        *out = o.assembly;
        o.assembly = NULL;
    }
    opening_end(&o);
    return code;
}
