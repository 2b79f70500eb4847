#include "store/units_file.h"

#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>

#include "store/h5.h"
#include "store/h5_image.h"

/* --- writing ---------------------------------------------------------------------------------------------------------- */

/* The names along one dimension of `raw`, attached to it as a dimension scale. */
static bool put_scale(const struct bb_h5_image *image, hid_t group, hid_t raw, unsigned dim, const struct bb_units_axis *axis)
{
    const hsize_t n = axis->n;
    hid_t set = bb_h5_put(group, image->dataset_plist, axis->name, 1, &n, image->text, image->text, axis->label);
    bool done = set >= 0 && H5DSset_scale(set, axis->name) >= 0 && H5DSattach_scale(raw, set, dim) >= 0;
    if (set >= 0) H5Dclose(set);
    return done;
}

static bool put_block(const struct bb_h5_image *image, const struct bb_units_block *block)
{
    const struct bb_units_axis axis[3] = {{"model", block->model, block->n_models}, block->axis[0], block->axis[1]};
    const hsize_t size[3] = {axis[0].n, axis[1].n, axis[2].n};
    unsigned rank = 1 + (unsigned)block->n_axes;
    hid_t group = H5Gcreate2(image->file, block->benchmark, H5P_DEFAULT, image->group_plist, H5P_DEFAULT);
    if (group < 0) return false;
    hid_t raw = bb_h5_put(group, image->dataset_plist, "raw", (int)rank, size, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, block->value);
    bool done = raw >= 0;
    for (unsigned i = 0; i < rank && done; i++) done = put_scale(image, group, raw, i, &axis[i]);
    if (raw >= 0) H5Dclose(raw);
    H5Gclose(group);
    return done;
}

static int by_benchmark(const void *a, const void *b)
{
    return strcmp(((const struct bb_units_block *)a)->benchmark, ((const struct bb_units_block *)b)->benchmark);
}

/* By name, as they are read: the file does not tell in which order they came. */
enum bb_code bb_units_write(const char *path, const struct bb_units_block *block, size_t n, struct bb_err *err)
{
    struct bb_h5_image image;
    struct bb_units_block *sorted = bb_calloc(n + 1, sizeof *sorted);
    if (n) memcpy(sorted, block, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_benchmark);
    enum bb_code code = bb_h5_image_open(&image, path) ? BB_OK : bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make a file");
    for (size_t i = 0; i < n && !code; i++)
        if (!put_block(&image, &sorted[i])) code = bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make %s", sorted[i].benchmark);
    free(sorted);
    if (!code) code = bb_h5_image_save(&image, path, err);
    bb_h5_image_close(&image);
    return code;
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

struct scale_name {
    char text[256];
    bool found;
};

static herr_t take_name(hid_t set, unsigned dim, hid_t scale, void *context)
{
    struct scale_name *name = context;
    (void)set, (void)dim;
    name->found = H5DSget_scale_name(scale, name->text, sizeof name->text) > 0;
    return 1;
}

/* The labels along dimension `dim` of `raw`: its dimension scale, which is a dataset of the same group. */
static enum bb_code read_axis(hid_t group, const struct bb_h5_set *raw, unsigned dim, struct bb_arena *arena, struct bb_units_axis *out,
                              struct bb_err *err)
{
    struct scale_name name = {.found = false};
    struct bb_h5_set set;
    const char **label = NULL;
    (void)H5DSiterate_scales(raw->id, dim, NULL, take_name, &name);
    if (!name.found) return bb_fail(err, BB_EINPUT, "%s: dimension %u of raw has no scale; this is no units.h5 of brainboard", raw->path, dim);
    enum bb_code code = bb_h5_set_open(group, raw->path, bb_arena_strdup(arena, name.text), arena, &set, err);
    if (code) return code;
    code = bb_h5_set_check(&set, err);
    if (!code && (set.cls != BB_H5_TEXT || set.n != raw->size[dim]))
        code = bb_fail(err, BB_EINPUT, "%s: %s does not name what stands along dimension %u of raw", raw->path, name.text, dim);
    if (!code) code = bb_h5_texts(&set, arena, &label, err);
    bb_h5_set_close(&set);
    *out = (struct bb_units_axis){bb_arena_strdup(arena, name.text), label, raw->size[dim]};
    return code;
}

static enum bb_code read_raw(hid_t group, const struct bb_h5_set *raw, struct bb_arena *arena, struct bb_units_block *out, struct bb_err *err)
{
    struct bb_units_axis axis[3] = {{0}};
    enum bb_code code = bb_h5_set_check(raw, err);
    if (!code && (raw->cls != BB_H5_NUMBER || raw->rank < 2 || raw->rank > 3))
        code = bb_fail(err, BB_EINPUT, "%s: raw of %s is not models × one or two axes of numbers", raw->path, out->benchmark);
    for (unsigned i = 0; !code && i < raw->rank; i++) code = read_axis(group, raw, i, arena, &axis[i], err);
    if (code) return code;
    double *value = BB_NEW_ARRAY(arena, raw->n + 1, double);
    out->model = axis[0].label;
    out->n_models = axis[0].n;
    out->axis[0] = axis[1];
    out->axis[1] = axis[2];
    out->n_axes = raw->rank - 1;
    out->value = value;
    return bb_h5_numbers(raw, value, err);
}

static enum bb_code read_block(hid_t file, const char *path, const struct bb_h5_link *link, struct bb_arena *arena, struct bb_units_block *out,
                               struct bb_err *err)
{
    hid_t group;
    struct bb_h5_set raw;
    out->benchmark = link->name;
    if (link->kind != BB_H5_GROUP) return bb_fail(err, BB_EINPUT, "%s: %s is no group; this is no units.h5 of brainboard", path, link->name);
    enum bb_code code = bb_h5_group(file, path, link->name, &group, err);
    if (code) return code;
    code = bb_h5_set_open(group, path, "raw", arena, &raw, err);
    if (!code) {
        code = read_raw(group, &raw, arena, out, err);
        bb_h5_set_close(&raw);
    }
    H5Gclose(group);
    return code;
}

enum bb_code bb_units_read(const char *path, struct bb_arena *arena, struct bb_units_block **block, size_t *n, struct bb_err *err)
{
    hid_t file;
    struct bb_h5_links links = {0};
    *n = 0;
    bb_h5_lock_down();
    enum bb_code code = bb_h5_open(path, &file, err);
    if (code) return code;
    code = bb_h5_list(file, path, arena, &links, err);
    *block = BB_NEW_ARRAY(arena, links.n + 1, struct bb_units_block);
    for (size_t i = 0; !code && i < links.n; i++) code = read_block(file, path, &links.link[i], arena, &(*block)[(*n)++], err);
    bb_h5_close(file);
    return code;
}
