#include "store/array_write.h"

#include <assert.h>
#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/h5.h"
#include "store/h5_image.h"

#define MAX_DIMS   4
#define CHUNK_SIZE ((size_t)256 << 10) /* elements: a chunk is as many whole rows as these are */

/* The file while it is made: each dimension's scale, which is a dataset without data, or the coordinate of the same name. */
struct writing {
    const struct bb_array *array;
    struct bb_h5_image image;
    hid_t scale[MAX_DIMS];
};

static bool is_scale(const struct bb_array *array, const struct bb_array_coord *coord)
{
    return bb_streq(coord->name, array->dim[coord->dim]);
}

static bool has_scale_coord(const struct bb_array *array, size_t dim)
{
    for (size_t i = 0; i < array->n_coords; i++)
        if (array->coord[i].dim == dim && is_scale(array, &array->coord[i])) return true;
    return false;
}

/* --- attributes --------------------------------------------------------------------------------------------------- */

static bool put_attribute(hid_t object, const char *name, hid_t type, hid_t space, const void *value)
{
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    bool done = attribute >= 0 && H5Awrite(attribute, type, value) >= 0;
    if (attribute >= 0) H5Aclose(attribute);
    return done;
}

static bool put_text_attribute(hid_t object, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    size_t len = strlen(text);
    H5Tset_size(type, len ? len : 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    bool done = put_attribute(object, name, type, space, text);
    H5Tclose(type);
    H5Sclose(space);
    return done;
}

/* What netCDF takes for a missing value. */
static bool put_fill(hid_t set, bool single)
{
    const hsize_t one = 1;
    const float nan_single = NAN;
    const double nan_double = (double)NAN;
    hid_t space = H5Screate_simple(1, &one, NULL);
    bool done = single ? put_attribute(set, "_FillValue", H5T_IEEE_F32LE, space, &nan_single)
                       : put_attribute(set, "_FillValue", H5T_IEEE_F64LE, space, &nan_double);
    H5Sclose(space);
    return done;
}

static bool put_attributes(const struct bb_array *array, hid_t object)
{
    bool done = true;
    for (size_t i = 0; i < array->n_attributes && done; i++)
        done = put_text_attribute(object, array->attribute[i][0], array->attribute[i][1]);
    return done;
}

/* --- dimensions and coordinates ----------------------------------------------------------------------------------- */

/* A dimension without a coordinate of its name, as netCDF has it: a scale without data, which says so. */
static bool put_dimension(struct writing *w, size_t dim)
{
    char name[80];
    const hsize_t size = w->array->size[dim];
    hid_t space = H5Screate_simple(1, &size, NULL);
    w->scale[dim] = H5Dcreate2(w->image.file, w->array->dim[dim], H5T_IEEE_F32BE, space, H5P_DEFAULT, w->image.dataset_plist, H5P_DEFAULT);
    H5Sclose(space);
    snprintf(name, sizeof name, "This is a netCDF dimension but not a netCDF variable.%10zu", w->array->size[dim]);
    return w->scale[dim] >= 0 && H5DSset_scale(w->scale[dim], name) >= 0;
}

static hid_t put_texts(const struct writing *w, const struct bb_array_coord *coord, const hsize_t *size)
{
    const char **text = bb_calloc(*size + 1, sizeof *text);
    for (size_t i = 0; i < *size; i++) text[i] = coord->text[i] ? coord->text[i] : "";
    hid_t set = bb_h5_put(w->image.file, w->image.dataset_plist, coord->name, 1, size, w->image.text, w->image.text, text);
    free(text);
    return set;
}

static hid_t put_integers(const struct writing *w, const struct bb_array_coord *coord, const hsize_t *size)
{
    int64_t *number = bb_calloc(*size + 1, sizeof *number);
    for (size_t i = 0; i < *size; i++) number[i] = (int64_t)coord->number[i];
    hid_t set = bb_h5_put(w->image.file, w->image.dataset_plist, coord->name, 1, size, H5T_STD_I64LE, H5T_NATIVE_INT64, number);
    free(number);
    return set;
}

static bool put_coord(struct writing *w, const struct bb_array_coord *coord)
{
    const hsize_t size = w->array->size[coord->dim];
    hid_t set;
    if (coord->text)
        set = put_texts(w, coord, &size);
    else if (coord->integer)
        set = put_integers(w, coord, &size);
    else
        set = bb_h5_put(w->image.file, w->image.dataset_plist, coord->name, 1, &size, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, coord->number);
    bool done = set >= 0 && (coord->text || coord->integer || put_fill(set, false));
    if (done && is_scale(w->array, coord)) {
        w->scale[coord->dim] = set; /* stays open: others are attached to it */
        return H5DSset_scale(set, coord->name) >= 0;
    }
    done = done && H5DSattach_scale(set, w->scale[coord->dim], 0) >= 0;
    if (set >= 0) H5Dclose(set);
    return done;
}

/* Those that are scales come first, because the others are attached to them; apart from that the order is the caller's. */
static bool put_coords(struct writing *w)
{
    bool done = true;
    for (int scales = 1; scales >= 0; scales--)
        for (size_t i = 0; i < w->array->n_coords && done; i++)
            if (is_scale(w->array, &w->array->coord[i]) == (scales == 1)) done = put_coord(w, &w->array->coord[i]);
    return done;
}

/* --- the data ----------------------------------------------------------------------------------------------------- */

static void compress(const struct bb_array *array, hid_t plist)
{
    hsize_t chunk[MAX_DIMS];
    size_t row = 1;
    for (size_t i = 0; i < array->n_dims; i++) {
        if (!array->size[i]) return; /* no chunk is of size 0 */
        chunk[i] = array->size[i];
        if (i) row *= array->size[i];
    }
    size_t rows = CHUNK_SIZE / row ? CHUNK_SIZE / row : 1;
    if (rows < chunk[0]) chunk[0] = rows;
    H5Pset_chunk(plist, (int)array->n_dims, chunk);
    H5Pset_shuffle(plist);
    H5Pset_deflate(plist, 1);
}

/* What xarray calls coordinates: all but those that are named like their dimension. */
static bool put_coordinates(const struct bb_array *array, hid_t set)
{
    struct bb_buf list = BB_BUF_INIT;
    for (size_t i = 0; i < array->n_coords; i++)
        if (!is_scale(array, &array->coord[i])) bb_buf_printf(&list, "%s%s", list.len ? " " : "", array->coord[i].name);
    bool done = !list.len || put_text_attribute(set, "coordinates", list.data);
    bb_buf_release(&list);
    return done;
}

static bool put_data(struct writing *w)
{
    const struct bb_array *array = w->array;
    hsize_t size[MAX_DIMS];
    for (size_t i = 0; i < array->n_dims; i++) size[i] = array->size[i];
    hid_t plist = H5Pcopy(w->image.dataset_plist);
    if (array->compressed) compress(array, plist);
    hid_t set = bb_h5_put(w->image.file, plist, "data", (int)array->n_dims, size, array->float32 ? H5T_IEEE_F32LE : H5T_IEEE_F64LE,
                          H5T_NATIVE_DOUBLE, array->value);
    H5Pclose(plist);
    bool done = set >= 0 && put_fill(set, array->float32);
    for (unsigned i = 0; i < array->n_dims && done; i++) done = H5DSattach_scale(set, w->scale[i], i) >= 0;
    done = done && put_coordinates(array, set) && put_attributes(array, set);
    if (set >= 0) H5Dclose(set);
    return done;
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

static bool put_all(struct writing *w)
{
    bool done = true;
    for (size_t i = 0; i < w->array->n_dims && done; i++)
        if (!has_scale_coord(w->array, i)) done = put_dimension(w, i);
    if (!done || !put_coords(w) || !put_data(w)) return false;
    hid_t root = H5Gopen2(w->image.file, "/", H5P_DEFAULT);
    done = root >= 0 && put_attributes(w->array, root); /* on both, as xarray's promote_attrs does */
    if (root >= 0) H5Gclose(root);
    return done;
}

/* Numbers that an int64 does not have are an error of the caller's data, not of the disk. */
static enum bb_code check(const struct bb_array *array, const char *path, struct bb_err *err)
{
    assert(array->n_dims >= 1 && array->n_dims <= MAX_DIMS);
    for (size_t c = 0; c < array->n_coords; c++) {
        const struct bb_array_coord *coord = &array->coord[c];
        assert(coord->dim < array->n_dims && (coord->text || coord->number));
        for (size_t i = 0; !coord->text && coord->integer && i < array->size[coord->dim]; i++)
            if (!(fabs(coord->number[i]) <= 0x1p53) || floor(coord->number[i]) < coord->number[i])
                return bb_fail(err, BB_EINPUT, "%s: number %zu of \"%s\" is no whole number, so it cannot be written as one", path, i + 1,
                               coord->name);
    }
    return BB_OK;
}

enum bb_code bb_array_write(const char *path, const struct bb_array *array, struct bb_err *err)
{
    struct writing w = {.array = array, .scale = {H5I_INVALID_HID, H5I_INVALID_HID, H5I_INVALID_HID, H5I_INVALID_HID}};
    enum bb_code code = check(array, path, err);
    if (code) return code;
    code = bb_h5_image_open(&w.image, path) ? BB_OK : bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make a file");
    if (!code && !put_all(&w)) code = bb_h5_fail(err, BB_EIO, path, "HDF5 cannot make the arrays");
    for (size_t i = 0; i < MAX_DIMS; i++)
        if (w.scale[i] >= 0) H5Dclose(w.scale[i]);
    if (!code) code = bb_h5_image_save(&w.image, path, err);
    bb_h5_image_close(&w.image);
    return code;
}
