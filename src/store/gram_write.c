#include "store/gram_write.h"

#include "store/h5.h"
#include "store/h5_image.h"

static bool put_set(hid_t group, const struct bb_h5_image *image, const char *name, int rank, const hsize_t *size, hid_t type,
                    hid_t native, const void *data)
{
    hid_t set = bb_h5_put(group, image->dataset_plist, name, rank, size, type, native, data);
    if (set >= 0) H5Dclose(set);
    return set >= 0;
}

static hid_t make_group(const struct bb_h5_image *image, const char *name)
{
    hid_t links = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(links, 1);
    hid_t group = H5Gcreate2(image->file, name, links, image->group_plist, H5P_DEFAULT);
    H5Pclose(links);
    return group;
}

static bool put_part(const struct bb_h5_image *image, const struct bb_gram_part *part, size_t n)
{
    const hsize_t square[2] = {n, n};
    double p = (double)part->p;
    hid_t group = make_group(image, part->name);
    bool done = group >= 0 && put_set(group, image, "K", 2, square, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, part->K) &&
                put_set(group, image, "row_sum", 1, square, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, part->row_sum) &&
                put_set(group, image, "p", 0, NULL, H5T_STD_I64LE, H5T_NATIVE_DOUBLE, &p);
    if (group >= 0) H5Gclose(group);
    return done;
}

enum bb_code bb_gram_file_write(const char *path, const char *const *stimulus, size_t n, const struct bb_gram_part *part,
                                size_t n_parts, struct bb_err *err)
{
    struct bb_h5_image image;
    const hsize_t size = n;
    bool done =
        bb_h5_image_open(&image, path) && put_set(image.file, &image, "stimulus_id", 1, &size, image.text, image.text, stimulus);
    for (size_t i = 0; i < n_parts && done; i++) done = put_part(&image, &part[i], n);
    enum bb_code code =
        done ? bb_h5_image_save(&image, path, err) : bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make the matrices");
    bb_h5_image_close(&image);
    return code;
}
