/*
 * HDF5 files that this program writes: made in memory (HDF5's core driver) and written in one piece, so that a file appears whole or not at all, and
 * with the same bytes for the same content: no time stamps, links in the order in which they were made. For the other files of this folder.
 */
#ifndef BB_STORE_H5_IMAGE_H
#define BB_STORE_H5_IMAGE_H

#include <hdf5.h>
#include <stdbool.h>

#include "base/err.h"

struct bb_h5_image {
    hid_t file;
    hid_t group_plist, dataset_plist; /* what objects are to be made with */
    hid_t text;                       /* UTF-8 of any length, as xarray writes its names */
};

/* false: HDF5 refused; close all the same. */
bool bb_h5_image_open(struct bb_h5_image *image, const char *path);
void bb_h5_image_close(struct bb_h5_image *image); /* keeps nothing; every object must be closed before */
enum bb_code bb_h5_image_save(const struct bb_h5_image *image, const char *path, struct bb_err *err) BB_MUST_CHECK;

/* A dataset of the type, with data that are in memory as `native`; its id, or a negative one. */
hid_t bb_h5_put(hid_t group, hid_t plist, const char *name, int rank, const hsize_t *size, hid_t type, hid_t native, const void *data);

#endif
