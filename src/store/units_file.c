#include "store/units_file.h"

#include <hdf5_hl.h>

#include "store/h5.h"
#include "store/h5_image.h"

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

enum bb_code bb_units_write(const char *path, const struct bb_units_block *block, size_t n, struct bb_err *err)
{
    struct bb_h5_image image;
    enum bb_code code = bb_h5_image_open(&image, path) ? BB_OK : bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make a file");
    for (size_t i = 0; i < n && !code; i++)
        if (!put_block(&image, &block[i])) code = bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make %s", block[i].benchmark);
    if (!code) code = bb_h5_image_save(&image, path, err);
    bb_h5_image_close(&image);
    return code;
}
