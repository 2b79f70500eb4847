#include "store/array_layout.h"

#include <hdf5_hl.h>
#include <string.h>

#include "base/text.h"

/* netCDF's name for a dimension that is no variable, and for a variable that has the name of a dimension and is not along it. */
#define DUMMY_NAME      "This is a netCDF dimension but not a netCDF variable"
#define NON_COORD_START "_nc4_non_coord_"

/* --- datasets and their dimensions -------------------------------------------------------------------------------- */

static size_t find_dim(const struct bb_layout *l, haddr_t address)
{
    for (size_t i = 0; i < l->n_dims; i++)
        if (l->dim[i].address == address && address != HADDR_UNDEF) return i;
    return BB_NO_DIM;
}

static size_t add_dim(struct bb_layout *l, const char *name, size_t size, haddr_t address)
{
    struct bb_layout_dim *more = BB_NEW_ARRAY(l->arena, l->n_dims + 1, struct bb_layout_dim);
    if (l->n_dims) memcpy(more, l->dim, l->n_dims * sizeof *more);
    more[l->n_dims] = (struct bb_layout_dim){name, size, address};
    l->dim = more;
    return l->n_dims++;
}

static const char *plain_name(const char *name)
{
    return bb_starts_with(name, NON_COORD_START) ? name + strlen(NON_COORD_START) : name;
}

static enum bb_code open_var(struct bb_layout *l, const struct bb_h5_link *link, struct bb_var *var, struct bb_err *err)
{
    enum bb_code code = bb_h5_set_open(l->group, l->path, link->name, l->arena, &var->set, err);
    if (code) return code;
    var->address = link->address;
    var->coord = plain_name(var->set.name);
    var->scale = bb_streq(bb_h5_attr_text(var->set.id, "CLASS", l->arena), "DIMENSION_SCALE");
    var->listed = bb_h5_attr_text(var->set.id, "coordinates", l->arena);
    for (size_t i = 0; i < H5S_MAX_RANK; i++) var->dim[i] = BB_NO_DIM;
    var->along = BB_NO_DIM;
    if (!var->scale) return BB_OK;
    const char *name = bb_h5_attr_text(var->set.id, "NAME", l->arena);
    if (name && bb_starts_with(name, DUMMY_NAME)) var->role = BB_VAR_DUMMY;
    if (var->set.rank) var->dim[0] = add_dim(l, var->coord, var->set.size[0], var->address);
    return BB_OK;
}

static herr_t first_scale(hid_t set, unsigned axis, hid_t scale, void *ctx)
{
    (void)set, (void)axis;
    H5O_info_t info;
    if (H5Oget_info2(scale, &info, H5O_INFO_BASIC) < 0) return -1;
    *(haddr_t *)ctx = info.addr;
    return 1;
}

/* The scale may be in a group above (netCDF-4): then its name is asked for. */
static herr_t scale_name(hid_t set, unsigned axis, hid_t scale, void *ctx)
{
    (void)set, (void)axis;
    struct bb_buf *name = ctx;
    ssize_t len = H5Iget_name(scale, NULL, 0);
    if (len <= 0) return -1;
    H5Iget_name(scale, bb_buf_room(name, (size_t)len), (size_t)len + 1);
    name->len += (size_t)len;
    return 1;
}

static size_t dim_of_axis(struct bb_layout *l, const struct bb_var *var, unsigned axis)
{
    haddr_t address = HADDR_UNDEF;
    if (H5DSget_num_scales(var->set.id, axis) <= 0) return BB_NO_DIM;
    if (H5DSiterate_scales(var->set.id, axis, NULL, first_scale, &address) < 0 || address == HADDR_UNDEF) return BB_NO_DIM;
    size_t found = find_dim(l, address);
    if (found != BB_NO_DIM) return found;
    struct bb_buf name = BB_BUF_INIT;
    H5DSiterate_scales(var->set.id, axis, NULL, scale_name, &name);
    const char *base = strrchr(bb_buf_text(&name), '/');
    const char *copy = bb_arena_strdup(l->arena, plain_name(base && base[1] ? base + 1 : "dimension"));
    bb_buf_release(&name);
    return add_dim(l, copy, var->set.size[axis], address);
}

static void attach_dims(struct bb_layout *l, struct bb_var *var)
{
    if (var->scale) return;
    for (unsigned i = 0; i < var->set.rank; i++) var->dim[i] = dim_of_axis(l, var, i);
}

/* `choice_` is `choice` where that is only the dimension (left by reset_index). */
static void strip_twin(const struct bb_layout *l, struct bb_var *var)
{
    size_t len = strlen(var->coord);
    if (len < 2 || var->coord[len - 1] != '_') return;
    const char *plain = bb_arena_strndup(l->arena, var->coord, len - 1);
    bool dimension = false;
    for (size_t i = 0; i < l->n_vars; i++)
        if (bb_streq(l->var[i].coord, plain)) {
            if (l->var[i].role != BB_VAR_DUMMY) return;
            dimension = true;
        }
    if (dimension) var->coord = plain;
}

static enum bb_code refuse_link(const struct bb_layout *l, const struct bb_h5_link *link, struct bb_err *err)
{
    return bb_fail(err, BB_EINPUT, "%s: \"%s\" is a link to %s; links are not followed, copy what it points to", l->path,
                   link->name, link->kind == BB_H5_EXTERNAL ? "another file" : "elsewhere");
}

enum bb_code bb_layout_open(hid_t file, const char *path, const char *group, struct bb_layout *out, struct bb_err *err)
{
    *out = (struct bb_layout){.group = H5I_INVALID_HID, .path = path, .arena = bb_arena_new(0)};
    enum bb_code code = bb_h5_group(file, path, group, &out->group, err);
    if (code) {
        out->group = H5I_INVALID_HID;
        return code;
    }
    if ((code = bb_h5_list(out->group, path, out->arena, &out->links, err))) return code;
    out->var = BB_NEW_ARRAY(out->arena, out->links.n, struct bb_var);
    for (size_t i = 0; i < out->links.n && !code; i++) {
        if (out->links.link[i].kind != BB_H5_DATASET) continue;
        code = open_var(out, &out->links.link[i], &out->var[out->n_vars], err);
        if (!code) out->n_vars++;
    }
    for (size_t i = 0; i < out->n_vars && !code; i++) attach_dims(out, &out->var[i]);
    for (size_t i = 0; i < out->n_vars && !code; i++) strip_twin(out, &out->var[i]);
    return code;
}

void bb_layout_shut(struct bb_layout *l)
{
    for (size_t i = 0; i < l->n_vars; i++) bb_h5_set_close(&l->var[i].set);
    if (l->group >= 0) H5Gclose(l->group);
    l->group = H5I_INVALID_HID;
}

void bb_layout_close(struct bb_layout *l)
{
    bb_layout_shut(l);
    bb_arena_free(l->arena);
    *l = (struct bb_layout){.group = H5I_INVALID_HID};
}

struct bb_var *bb_layout_find(const struct bb_layout *l, const char *name)
{
    for (size_t i = 0; i < l->n_vars; i++)
        if (l->var[i].role != BB_VAR_DUMMY && bb_streq(l->var[i].coord, name)) return &l->var[i];
    for (size_t i = 0; i < l->n_vars; i++)
        if (l->var[i].role != BB_VAR_DUMMY && bb_streq(l->var[i].set.name, name)) return &l->var[i];
    for (size_t i = 0; i < l->n_vars; i++)
        if (l->var[i].role != BB_VAR_DUMMY && bb_strcaseeq(l->var[i].coord, name)) return &l->var[i];
    return NULL;
}

const char *bb_layout_names(const struct bb_layout *l, enum bb_var_role role)
{
    enum { SHOWN = 12 };
    const char *list = "";
    size_t n = 0;
    for (size_t i = 0; i < l->n_vars; i++) {
        if (l->var[i].role != role || n++ >= SHOWN) continue;
        list = bb_arena_printf(l->arena, "%s%s%s", list, n > 1 ? ", " : "", l->var[i].coord);
    }
    return n > SHOWN ? bb_arena_printf(l->arena, "%s, … (%zu in all)", list, n) : list;
}

/* --- the data variable -------------------------------------------------------------------------------------------- */

static bool names_it(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; at && (at = strstr(at, name)); at++)
        if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' ')) return true;
    return false;
}

static bool is_listed(const struct bb_layout *l, const char *on_group, const struct bb_var *var)
{
    if (names_it(on_group, plain_name(var->set.name))) return true;
    for (size_t i = 0; i < l->n_vars; i++)
        if (names_it(l->var[i].listed, plain_name(var->set.name))) return true;
    return false;
}

static bool is_id(const char *name)
{
    return bb_streq(name, "stimulus_id") || bb_streq(name, "image_id") || bb_streq(name, "neuroid_id");
}

/* Of most dimensions among those that nobody says are coordinates. */
static size_t find_candidates(const struct bb_layout *l, struct bb_var **candidate)
{
    const char *on_group = bb_h5_attr_text(l->group, "coordinates", l->arena);
    size_t n = 0, rank = 1;
    for (size_t i = 0; i < l->n_vars; i++) {
        struct bb_var *var = &l->var[i];
        if (var->scale || var->set.rank < rank || is_listed(l, on_group, var) || is_id(var->coord)) continue;
        if (var->set.rank > rank) n = 0;
        rank = var->set.rank;
        candidate[n++] = var;
    }
    return n;
}

static enum bb_code no_data(const struct bb_layout *l, struct bb_err *err)
{
    const char *groups = "";
    for (size_t i = 0; i < l->links.n; i++) {
        const struct bb_h5_link *link = &l->links.link[i];
        if (link->kind == BB_H5_SOFT || link->kind == BB_H5_EXTERNAL) return refuse_link(l, link, err);
        if (link->kind == BB_H5_GROUP) groups = bb_arena_printf(l->arena, "%s%s/%s", groups, *groups ? ", " : "", link->name);
    }
    return bb_fail(err, BB_EINPUT, "%s: has no data variable there%s%s", l->path, *groups ? "; it has the groups " : "", groups);
}

static enum bb_code choose_data(struct bb_layout *l, struct bb_err *err)
{
    static const char *const USUAL[] = {"data", "__xarray_dataarray_variable__", "activations", "features"};
    struct bb_var **candidate = BB_NEW_ARRAY(l->arena, l->n_vars + 1, struct bb_var *);
    size_t n = find_candidates(l, candidate);
    if (!n) return no_data(l, err);
    for (size_t k = 0; k < sizeof USUAL / sizeof *USUAL && !l->data; k++)
        for (size_t i = 0; i < n; i++)
            if (bb_streq(candidate[i]->set.name, USUAL[k])) l->data = candidate[i];
    if (n == 1) l->data = candidate[0];
    if (l->data) return BB_OK;
    const char *list = "";
    for (size_t i = 0; i < n && i < 12; i++)
        list = bb_arena_printf(l->arena, "%s%s%s", list, i ? ", " : "", candidate[i]->set.name);
    return bb_fail(err, BB_EINPUT, "%s: which of its variables are the data? %s%s could be; call the one \"data\", or name it",
                   l->path, list, n > 12 ? ", …" : "");
}

static enum bb_code named_data(struct bb_layout *l, const char *name, struct bb_err *err)
{
    for (size_t i = 0; i < l->links.n; i++)
        if (bb_streq(l->links.link[i].name, name) && l->links.link[i].kind >= BB_H5_SOFT)
            return refuse_link(l, &l->links.link[i], err);
    l->data = bb_layout_find(l, name);
    if (l->data) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s: has no variable \"%s\"; there are %s", l->path, name, bb_layout_names(l, BB_VAR_OTHER));
}

/* --- axes --------------------------------------------------------------------------------------------------------- */

/* What belongs to stimuli, and what to units, where lengths do not tell. */
static const char *const OF_PRESENTATION[] = {
    "stimulus_id",   "image_id",        "repetition", "object_name",   "category_name", "image_label",
    "stimulus_path", "image_file_name", "filename",   "choice",        "truth",         "condition",
    "word",          "sentence",        "story",      "background_id", "trial",         NULL};
static const char *const OF_NEUROID[] = {"neuroid_id", "layer",     "region",  "subject", "animal",      "channel",
                                         "channel_x",  "channel_y", "neuroid", "unit",    "neuroid_num", "electrode",
                                         "hemisphere", "array",     "arr",     "col",     "row",         NULL};
static const char *const OF_TIME[] = {"time_bin_start", "time_bin_end", "time_bin", NULL};
static const char *const ARRAY_DIMS[] = {"presentation", "neuroid", "time_bin"};

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (bb_streq(name, *list)) return true;
    return false;
}

/* The place in ARRAY_DIMS where the name belongs, 3: unknown. */
static size_t kin(const char *name)
{
    return is_one_of(name, OF_PRESENTATION) ? 0 : is_one_of(name, OF_NEUROID) ? 1 : is_one_of(name, OF_TIME) ? 2 : 3;
}

static bool axis_is_named(const struct bb_layout *l, const char *name)
{
    for (size_t i = 0; i < l->data->set.rank; i++)
        if (bb_streq(l->axis[i], name)) return true;
    return false;
}

/* The axis before it that is along the same dimension: similarities of stimuli are stimulus × stimulus. */
static size_t twin_of(const struct bb_layout *l, size_t axis)
{
    for (size_t k = 0; k < axis; k++)
        if (l->data->set.size[axis] > 1 && l->data->dim[axis] != BB_NO_DIM && l->data->dim[k] == l->data->dim[axis]) return k;
    return BB_NO_DIM;
}

/* The name of each axis in the file, or by its place in a file without names. */
static void name_axes(struct bb_layout *l)
{
    size_t rank = l->data->set.rank;
    for (unsigned i = 0; i < rank; i++) {
        char label[128] = "";
        if (twin_of(l, i) != BB_NO_DIM)
            l->axis[i] = bb_arena_printf(l->arena, "%s_2", l->dim[l->data->dim[i]].name);
        else if (l->data->dim[i] != BB_NO_DIM)
            l->axis[i] = l->dim[l->data->dim[i]].name;
        else if (H5DSget_label(l->data->set.id, i, label, sizeof label) > 0 && *label)
            l->axis[i] = bb_arena_strdup(l->arena, label);
    }
    for (size_t i = 0; i < rank; i++) {
        if (l->axis[i]) continue;
        bool free_name = i < 3 && !axis_is_named(l, ARRAY_DIMS[i]);
        l->axis[i] = free_name ? ARRAY_DIMS[i] : bb_arena_printf(l->arena, "dim_%zu", i);
    }
    for (size_t i = 0; i < rank; i++)
        if (l->data->dim[i] == BB_NO_DIM) l->data->dim[i] = add_dim(l, l->axis[i], l->data->set.size[i], HADDR_UNDEF);
}

static size_t axis_of_dim(const struct bb_layout *l, size_t dim)
{
    for (size_t i = 0; i < l->data->set.rank && dim != BB_NO_DIM; i++)
        if (l->data->dim[i] == dim) return i;
    return BB_NO_DIM;
}

static size_t axis_named(const struct bb_layout *l, const char *name)
{
    for (size_t i = 0; i < l->data->set.rank; i++)
        if (bb_streq(l->axis[i], name)) return i;
    return BB_NO_DIM;
}

/* The axis of a variable of one dimension that says nothing but its length. */
static enum bb_code guess_axis(const struct bb_layout *l, struct bb_var *var, struct bb_err *err)
{
    size_t fits = 0, axis = BB_NO_DIM;
    for (size_t i = 0; i < l->data->set.rank; i++) {
        if (l->data->set.size[i] != var->set.size[0]) continue;
        axis = i;
        fits++;
    }
    if (fits > 1) {
        size_t kind = kin(var->coord);
        axis = kind < 3 ? axis_named(l, ARRAY_DIMS[kind]) : BB_NO_DIM;
        if (axis == BB_NO_DIM || l->data->set.size[axis] != var->set.size[0])
            return bb_fail(err, BB_EINPUT,
                           "%s: \"%s\" has %zu values, as many as %zu dimensions of \"%s\" have; say which it is along with a "
                           "dimension scale",
                           l->path, var->set.name, var->set.size[0], fits, l->data->set.name);
    }
    if (axis != BB_NO_DIM) var->dim[0] = l->data->dim[axis];
    return BB_OK;
}

static enum bb_code give_role(struct bb_layout *l, struct bb_var *var, struct bb_err *err)
{
    if (var == l->data) var->role = BB_VAR_DATA;
    if (var == l->data || var->role == BB_VAR_DUMMY) return BB_OK;
    if (var->set.rank == 0 && var->set.n == 1) var->role = BB_VAR_CONSTANT;
    if (var->set.rank != 1) return BB_OK;
    if (var->dim[0] == BB_NO_DIM ||
        (var->scale && axis_of_dim(l, var->dim[0]) == BB_NO_DIM && l->dim[l->data->dim[0]].address == HADDR_UNDEF)) {
        enum bb_code code = guess_axis(l, var, err);
        if (code) return code;
    }
    var->along = axis_of_dim(l, var->dim[0]);
    if (var->along != BB_NO_DIM) var->role = BB_VAR_COORD;
    return BB_OK;
}

/* Whether the coordinate, or one that a rule makes of it, has the name. */
static bool becomes(const struct bb_var *var, const struct bb_columns *columns, const char *name)
{
    if (bb_streq(var->coord, name)) return true;
    for (size_t i = 0; columns && i < columns->n_rules; i++)
        for (size_t k = 0; k < columns->rule[i].column.n; k++)
            if (bb_streq(columns->rule[i].coord, name) && bb_strcaseeq(columns->rule[i].column.text[k], var->coord)) return true;
    return false;
}

static size_t axis_with(const struct bb_layout *l, const struct bb_columns *columns, const char *coord)
{
    for (size_t i = 0; i < l->n_vars; i++)
        if (l->var[i].role == BB_VAR_COORD && becomes(&l->var[i], columns, coord)) return l->var[i].along;
    return BB_NO_DIM;
}

/* presentation is what is called so, else what carries the first of these; likewise the others. */
static void recognise(struct bb_layout *l, const struct bb_columns *columns, bool by_place)
{
    static const char *const SIGN[3][4] = {{"stimulus_id", "image_id", "stimulus_path", NULL},
                                           {"neuroid_id", "layer", NULL},
                                           {"time_bin_start", "time_bin_end", NULL}};
    size_t found[3] = {BB_NO_DIM, BB_NO_DIM, BB_NO_DIM};
    for (size_t d = 0; d < 3; d++) {
        for (size_t k = 0; SIGN[d][k] && found[d] == BB_NO_DIM && by_place; k++) found[d] = axis_with(l, columns, SIGN[d][k]);
        if (found[d] == BB_NO_DIM) found[d] = axis_named(l, ARRAY_DIMS[d]);
        for (size_t k = 0; SIGN[d][k] && found[d] == BB_NO_DIM; k++) found[d] = axis_with(l, columns, SIGN[d][k]);
        for (size_t e = 0; e < d; e++)
            if (found[e] == found[d]) found[d] = BB_NO_DIM;
    }
    if (by_place && l->data->set.rank == 2) { /* of two, the other is what is left */
        if (found[0] == BB_NO_DIM && found[1] != BB_NO_DIM) found[0] = 1 - found[1];
        if (found[0] != BB_NO_DIM && found[1] == BB_NO_DIM) found[1] = 1 - found[0];
    }
    for (size_t d = 0; d < 3; d++)
        for (size_t i = 0; i < l->data->set.rank; i++)
            if (i != found[d] && bb_streq(l->axis[i], ARRAY_DIMS[d]) && found[d] != BB_NO_DIM)
                l->axis[i] = bb_arena_printf(l->arena, "dim_%zu", i);
    for (size_t d = 0; d < 3; d++)
        if (found[d] != BB_NO_DIM) l->axis[found[d]] = ARRAY_DIMS[d];
}

/* The axis, and behind it its twin. */
static void add_axis(struct bb_layout *l, size_t axis, size_t *n)
{
    l->order[(*n)++] = axis;
    for (size_t i = axis + 1; i < l->data->set.rank; i++)
        if (twin_of(l, i) == axis) l->order[(*n)++] = i;
}

static void order_axes(struct bb_layout *l)
{
    size_t n = 0;
    for (size_t d = 0; d < 3; d++) {
        size_t axis = axis_named(l, ARRAY_DIMS[d]);
        if (axis != BB_NO_DIM) add_axis(l, axis, &n);
    }
    for (size_t i = 0; i < l->data->set.rank; i++) {
        bool known = twin_of(l, i) != BB_NO_DIM;
        for (size_t d = 0; d < 3; d++) known = known || bb_streq(l->axis[i], ARRAY_DIMS[d]);
        if (!known) add_axis(l, i, &n);
    }
}

static enum bb_code check_axes(const struct bb_layout *l, struct bb_err *err)
{
    const struct bb_h5_set *set = &l->data->set;
    if (!set->rank) return bb_fail(err, BB_EINPUT, "%s: \"%s\" is a single value; data need dimensions", l->path, set->name);
    if (set->rank > BB_MAX_DIMS)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" has %zu dimensions; at most %d can be used", l->path, set->name, set->rank,
                       BB_MAX_DIMS);
    for (size_t i = 0; i < set->rank; i++)
        if (!set->size[i])
            return bb_fail(err, BB_EINPUT, "%s: \"%s\" is empty: one of its dimensions has the size 0", l->path, set->name);
    for (size_t i = 0; i < set->rank; i++)
        for (size_t k = i + 1; k < set->rank; k++)
            if (twin_of(l, i) != BB_NO_DIM && twin_of(l, k) == twin_of(l, i))
                return bb_fail(err, BB_EINPUT, "%s: \"%s\" has the dimension \"%s\" more than twice", l->path, set->name,
                               l->dim[l->data->dim[i]].name);
    return BB_OK;
}

enum bb_code bb_layout_choose(struct bb_layout *l, const char *variable, const struct bb_columns *columns, struct bb_err *err)
{
    enum bb_code code = variable ? named_data(l, variable, err) : choose_data(l, err);
    for (size_t i = 0; i < l->links.n && !code; i++) /* what is behind it would be missed without a word */
        if (l->links.link[i].kind >= BB_H5_SOFT) code = refuse_link(l, &l->links.link[i], err);
    if (code || (code = check_axes(l, err))) return code;
    bool by_place = true;
    for (size_t i = 0; i < l->data->set.rank; i++) by_place = by_place && l->data->dim[i] == BB_NO_DIM;
    name_axes(l);
    for (size_t i = 0; i < l->n_vars && !code; i++) code = give_role(l, &l->var[i], err);
    if (code) return code;
    recognise(l, columns, by_place);
    order_axes(l);
    for (size_t i = 0; i < l->n_vars; i++)
        if (l->var[i].role == BB_VAR_CONSTANT && kin(l->var[i].coord) < 3)
            l->var[i].along = axis_named(l, ARRAY_DIMS[kin(l->var[i].coord)]);
    return BB_OK;
}
