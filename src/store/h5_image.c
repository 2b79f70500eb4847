#include "store/h5_image.h"

#include <stdlib.h>

#include "base/file.h"
#include "store/h5.h"

enum { CORE_STEP = 1 << 20 }; /* bytes by which the image grows */

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

bool bb_h5_image_open(struct bb_h5_image *image, const char *path)
{
    bb_h5_lock_down();
    image->group_plist = create_plist(H5P_GROUP_CREATE);
    image->dataset_plist = create_plist(H5P_DATASET_CREATE);
    image->text = H5Tcopy(H5T_C_S1);
    H5Tset_size(image->text, H5T_VARIABLE);
    H5Tset_cset(image->text, H5T_CSET_UTF8);
    image->file = create_file(path);
    return image->file >= 0;
}

void bb_h5_image_close(struct bb_h5_image *image)
{
    if (image->file >= 0) H5Fclose(image->file);
    H5Tclose(image->text);
    H5Pclose(image->group_plist);
    H5Pclose(image->dataset_plist);
}

hid_t bb_h5_put(hid_t group, hid_t plist, const char *name, int rank, const hsize_t *size, hid_t type, hid_t native, const void *data)
{
    hid_t space = rank ? H5Screate_simple(rank, size, NULL) : H5Screate(H5S_SCALAR);
    hid_t set = H5Dcreate2(group, name, type, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    if (set >= 0 && H5Dwrite(set, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) {
        H5Dclose(set);
        set = H5I_INVALID_HID;
    }
    H5Sclose(space);
    return set;
}

enum bb_code bb_h5_image_save(const struct bb_h5_image *image, const char *path, struct bb_err *err)
{
    ssize_t size = H5Fflush(image->file, H5F_SCOPE_GLOBAL) < 0 ? -1 : H5Fget_file_image(image->file, NULL, 0);
    if (size < 0) return bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make the image of the file");
    void *bytes = bb_malloc((size_t)size);
    enum bb_code code = H5Fget_file_image(image->file, bytes, (size_t)size) == size
                            ? bb_file_write(path, bytes, (size_t)size, err)
                            : bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make the image of the file");
    free(bytes);
    return code;
}
