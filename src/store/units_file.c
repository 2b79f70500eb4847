#include "store/units_file.h"

#include <hdf5_hl.h>
#include <stdlib.h>

#include "store/h5.h"

/* The file is made in memory (HDF5's core driver) and written in one piece, so that it appears whole or not at all. */

enum { CORE_STEP = 1 << 20 }; /* bytes by which the image grows */

/* What every object is made with: no time stamps, links in the order in which they were made. */
struct writer {
    hid_t file;
    hid_t group_plist, dataset_plist;
    hid_t text; /* UTF-8 of any length, as xarray writes its names */
};

static hid_t create_plist(hid_t kind)
{
    hid_t plist = H5Pcreate(kind);
    if (plist >= 0) H5Pset_obj_track_times(plist, false);
    if (plist >= 0 && kind != H5P_DATASET_CREATE)
        H5Pset_link_creation_order(plist, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    return plist;
}

/* The earliest format, because an image of a later one is invalid: HDF5 1.10 changes a flag in it after its checksum was made. */
static hid_t create_file(const char *path)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = create_plist(H5P_FILE_CREATE), file = H5I_INVALID_HID;
    if (H5Pset_fapl_core(access, CORE_STEP, false) >= 0 && H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18) >= 0)
        file = H5Fcreate(path, H5F_ACC_TRUNC, create, access);
    H5Pclose(access);
    H5Pclose(create);
    return file;
}

static bool writer_open(struct writer *w, const char *path)
{
    bb_h5_lock_down();
    w->group_plist = create_plist(H5P_GROUP_CREATE);
    w->dataset_plist = create_plist(H5P_DATASET_CREATE);
    w->text = H5Tcopy(H5T_C_S1);
    H5Tset_size(w->text, H5T_VARIABLE);
    H5Tset_cset(w->text, H5T_CSET_UTF8);
    w->file = create_file(path);
    return w->file >= 0;
}

static void writer_close(struct writer *w)
{
    if (w->file >= 0) H5Fclose(w->file);
    H5Tclose(w->text);
    H5Pclose(w->group_plist);
    H5Pclose(w->dataset_plist);
}

/* A dataset of the type, with data that is in memory as `native`; its id, or a negative one. */
static hid_t put(const struct writer *w, hid_t group, const char *name, int rank, const hsize_t *size, hid_t type, hid_t native,
                 const void *data)
{
    hid_t space = H5Screate_simple(rank, size, NULL);
    hid_t set = H5Dcreate2(group, name, type, space, H5P_DEFAULT, w->dataset_plist, H5P_DEFAULT);
    if (set >= 0 && H5Dwrite(set, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) {
        H5Dclose(set);
        set = H5I_INVALID_HID;
    }
    H5Sclose(space);
    return set;
}

/* The names along one dimension of `raw`, attached to it as a dimension scale. */
static bool put_scale(const struct writer *w, hid_t group, hid_t raw, unsigned dim, const struct bb_units_axis *axis)
{
    const hsize_t n = axis->n;
    hid_t set = put(w, group, axis->name, 1, &n, w->text, w->text, axis->label);
    bool done = set >= 0 && H5DSset_scale(set, axis->name) >= 0 && H5DSattach_scale(raw, set, dim) >= 0;
    if (set >= 0) H5Dclose(set);
    return done;
}

static bool put_block(const struct writer *w, const struct bb_units_block *block)
{
    const struct bb_units_axis axis[3] = {{"model", block->model, block->n_models}, block->axis[0], block->axis[1]};
    const hsize_t size[3] = {axis[0].n, axis[1].n, axis[2].n};
    unsigned rank = 1 + (unsigned)block->n_axes;
    hid_t group = H5Gcreate2(w->file, block->benchmark, H5P_DEFAULT, w->group_plist, H5P_DEFAULT);
    if (group < 0) return false;
    hid_t raw = put(w, group, "raw", (int)rank, size, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, block->value);
    bool done = raw >= 0;
    for (unsigned i = 0; i < rank && done; i++) done = put_scale(w, group, raw, i, &axis[i]);
    if (raw >= 0) H5Dclose(raw);
    H5Gclose(group);
    return done;
}

static enum bb_code write_image(const struct writer *w, const char *path, struct bb_err *err)
{
    ssize_t size = H5Fflush(w->file, H5F_SCOPE_GLOBAL) < 0 ? -1 : H5Fget_file_image(w->file, NULL, 0);
    if (size < 0) return bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make the image of the file");
    void *image = bb_malloc((size_t)size);
    enum bb_code code = H5Fget_file_image(w->file, image, (size_t)size) == size
                            ? bb_file_write(path, image, (size_t)size, err)
                            : bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make the image of the file");
    free(image);
    return code;
}

enum bb_code bb_units_write(const char *path, const struct bb_units_block *block, size_t n, struct bb_err *err)
{
    struct writer w;
    enum bb_code code = writer_open(&w, path) ? BB_OK : bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make a file");
    for (size_t i = 0; i < n && !code; i++)
        if (!put_block(&w, &block[i])) code = bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make %s", block[i].benchmark);
    if (!code) code = write_image(&w, path, err);
    writer_close(&w);
    return code;
}
