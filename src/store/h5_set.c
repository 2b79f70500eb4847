#include "store/h5.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Deflate packs 1032 : 1 at best; a dataset that claims more elements than its bytes can be is an attempt to fill the memory.
   Small ones may be of fill values alone. */
#define MAX_RATIO  1100
#define SMALL_SIZE ((uint64_t)64 << 20)

/* --- types -------------------------------------------------------------------------------------------------------- */

/* HDF5 describes a float bit by bit; 'f' when it is IEEE's of 2, 4 or 8 bytes. */
static char float_kind(hid_t type, size_t size)
{
    static const struct {
        size_t size, exponent, mantissa, bias;
    } IEEE[] = {{2, 5, 10, 15}, {4, 8, 23, 127}, {8, 11, 52, 1023}};
    size_t sign, epos, esize, mpos, msize;
    if (H5Tget_fields(type, &sign, &epos, &esize, &mpos, &msize) < 0) return 0;
    for (size_t i = 0; i < 3; i++)
        if (size == IEEE[i].size && esize == IEEE[i].exponent && msize == IEEE[i].mantissa &&
            H5Tget_ebias(type) == IEEE[i].bias && mpos == 0 && epos == msize && sign == 8 * size - 1 &&
            H5Tget_norm(type) == H5T_NORM_IMPLIED)
            return 'f';
    return 0;
}

static struct bb_element element_of(hid_t type, size_t size)
{
    struct bb_element e = {0};
    bool whole = H5Tget_precision(type) == 8 * size && H5Tget_offset(type) == 0;
    H5T_order_t order = H5Tget_order(type);
    if (!whole || (order != H5T_ORDER_LE && order != H5T_ORDER_BE)) return e;
    if (H5Tget_class(type) == H5T_FLOAT)
        e.kind = float_kind(type, size);
    else if (size == 1 || size == 2 || size == 4 || size == 8)
        e.kind = H5Tget_sign(type) == H5T_SGN_NONE ? 'u' : 'i';
    e.size = e.kind ? (unsigned char)size : 0;
    e.swapped = size > 1 && order != H5Tget_order(H5T_NATIVE_INT);
    return e;
}

static const char *number_name(hid_t type, size_t size, struct bb_arena *arena)
{
    const char *kind = H5Tget_class(type) == H5T_FLOAT ? "float" : H5Tget_sign(type) == H5T_SGN_NONE ? "uint" : "int";
    bool big = size > 1 && H5Tget_order(type) == H5T_ORDER_BE;
    return bb_arena_printf(arena, "%s%zu%s", kind, 8 * size, big ? " (big-endian)" : "");
}

static const char *other_name(H5T_class_t cls)
{
    switch (cls) {
    case H5T_COMPOUND:
        return "compound (complex numbers or records)";
    case H5T_REFERENCE:
        return "references";
    case H5T_VLEN:
        return "lists of any length";
    case H5T_ARRAY:
        return "arrays";
    case H5T_OPAQUE:
        return "opaque bytes";
    case H5T_TIME:
        return "times";
    default:
        return "an unknown type";
    }
}

/* h5py's booleans: an enumeration of FALSE and TRUE. */
static bool is_bool_enum(hid_t type)
{
    signed char value = -1;
    return H5Tget_size(type) == 1 && H5Tget_nmembers(type) == 2 && H5Tenum_valueof(type, "FALSE", &value) >= 0 && value == 0 &&
           H5Tenum_valueof(type, "TRUE", &value) >= 0 && value == 1;
}

static void describe_number(struct bb_h5_set *set, hid_t type, struct bb_arena *arena)
{
    const char *dtype = set->length == 1 ? bb_h5_attr_text(set->id, "dtype", arena) : NULL;
    set->cls = bb_streq(dtype, "bool") ? BB_H5_BOOL : BB_H5_NUMBER;
    set->element = element_of(type, set->length);
    set->type = set->cls == BB_H5_BOOL ? "bool" : number_name(type, set->length, arena);
}

static void describe_enum(struct bb_h5_set *set, hid_t type, struct bb_arena *arena)
{
    hid_t base = H5Tget_super(type);
    if (base < 0) return;
    describe_number(set, base, arena);
    H5Tclose(base);
    if (set->cls == BB_H5_NUMBER && !set->element.kind)
        set->cls = BB_H5_NO_VALUES; /* HDF5 does not make floats of enumerations */
    if (is_bool_enum(type)) {
        set->cls = BB_H5_BOOL;
        set->type = "bool";
    }
}

static void describe_text(struct bb_h5_set *set, hid_t type, struct bb_arena *arena)
{
    set->cls = BB_H5_TEXT;
    set->any_length = H5Tis_variable_str(type) > 0;
    set->joined = !set->any_length && set->length == 1 && set->rank >= 2;
    set->type = "text";
    if (!set->any_length)
        set->type = bb_arena_printf(arena, "text of %zu byte%s", set->joined ? set->size[set->rank - 1] : set->length,
                                    (set->joined ? set->size[set->rank - 1] : set->length) == 1 ? "" : "s");
    if (set->joined) set->rank--;
}

static void describe_type(struct bb_h5_set *set, hid_t type, struct bb_arena *arena)
{
    set->cls = BB_H5_NO_VALUES;
    set->length = H5Tget_size(type);
    switch (H5Tget_class(type)) {
    case H5T_INTEGER:
    case H5T_FLOAT:
        describe_number(set, type, arena);
        break;
    case H5T_ENUM:
        describe_enum(set, type, arena);
        break;
    case H5T_STRING:
        describe_text(set, type, arena);
        break;
    default:
        set->type = other_name(H5Tget_class(type));
        break;
    }
    if (!set->type) set->type = "an enumeration";
}

/* --- shape and storage -------------------------------------------------------------------------------------------- */

static bool describe_shape(struct bb_h5_set *set)
{
    hsize_t size[H5S_MAX_RANK] = {0};
    hid_t space = H5Dget_space(set->id);
    if (space < 0) return false;
    H5S_class_t cls = H5Sget_simple_extent_type(space);
    int rank = cls == H5S_SIMPLE ? H5Sget_simple_extent_dims(space, size, NULL) : 0;
    H5Sclose(space);
    if (rank < 0) return false;
    set->rank = (size_t)rank;
    set->n = cls == H5S_NULL ? 0 : 1;
    for (size_t i = 0; i < set->rank; i++) {
        set->size[i] = (size_t)size[i];
        if (__builtin_mul_overflow(set->n, set->size[i], &set->n)) {
            set->n = SIZE_MAX;
            break;
        }
    }
    return true;
}

static bool describe_storage(struct bb_h5_set *set)
{
    hid_t plist = H5Dget_create_plist(set->id);
    if (plist < 0) return false;
    set->layout = H5Pget_layout(plist);
    if (set->layout == H5D_CHUNKED) H5Pget_chunk(plist, H5S_MAX_RANK, set->chunk);
    int n = H5Pget_nfilters(plist);
    set->n_filters = n < 0 ? 0 : (size_t)n;
    for (unsigned i = 0; i < set->n_filters && i < H5Z_MAX_NFILTERS; i++) {
        unsigned flags, config, value[1] = {0};
        size_t n_values = 1;
        set->filter[i] = (int)H5Pget_filter2(plist, i, &flags, &n_values, value, 0, NULL, &config);
        if (set->filter[i] == H5Z_FILTER_DEFLATE) set->level = (int)value[0];
    }
    H5Pclose(plist);
    set->stored = set->layout == H5D_VIRTUAL ? 0 : H5Dget_storage_size(set->id);
    return true;
}

enum bb_code bb_h5_set_open(hid_t group, const char *path, const char *name, struct bb_arena *arena, struct bb_h5_set *out,
                            struct bb_err *err)
{
    *out = (struct bb_h5_set){.id = H5Dopen2(group, name, H5P_DEFAULT), .path = path, .name = bb_arena_strdup(arena, name)};
    if (out->id < 0) return bb_h5_fail(err, BB_EINPUT, path, "\"%s\" cannot be opened; the file is damaged", name);
    hid_t type = H5Dget_type(out->id);
    bool good = type >= 0 && describe_shape(out) && describe_storage(out);
    if (good) describe_type(out, type, arena);
    if (type >= 0) H5Tclose(type);
    if (good) return BB_OK;
    enum bb_code code = bb_h5_fail(err, BB_EINPUT, path, "\"%s\" cannot be read; the file is damaged", name);
    bb_h5_set_close(out);
    return code;
}

void bb_h5_set_close(struct bb_h5_set *set)
{
    if (set && set->id > 0) H5Dclose(set->id);
    if (set) set->id = H5I_INVALID_HID;
}

/* --- refusals ----------------------------------------------------------------------------------------------------- */

static const char *filter_name(int filter)
{
    switch (filter) {
    case 32000:
        return "LZF";
    case 32001:
        return "Blosc";
    case 307:
        return "bzip2";
    case 32004:
        return "LZ4";
    case 32008:
        return "bitshuffle";
    case 32013:
        return "ZFP";
    case 32015:
        return "Zstandard";
    default:
        return "of another program";
    }
}

static enum bb_code check_filters(const struct bb_h5_set *set, struct bb_err *err)
{
    for (size_t i = 0; i < set->n_filters; i++)
        if (H5Zfilter_avail(set->filter[i]) <= 0)
            return bb_fail(err, BB_EINPUT,
                           "%s: \"%s\" is packed with a filter that is not here (%s, number %d); write it with gzip", set->path,
                           set->name, filter_name(set->filter[i]), set->filter[i]);
    return BB_OK;
}

static enum bb_code check_size(const struct bb_h5_set *set, struct bb_err *err)
{
    uint64_t bytes;
    bool overflow = set->n == SIZE_MAX || __builtin_mul_overflow((uint64_t)set->n, (uint64_t)set->length, &bytes);
    if (!overflow && bytes <= SMALL_SIZE) return BB_OK;
    if (!overflow && set->layout != H5D_CHUNKED && bytes <= set->stored) return BB_OK;
    if (!overflow && set->layout == H5D_CHUNKED && bytes / MAX_RATIO <= set->stored) return BB_OK;
    char claimed[32] = "more than 10^19";
    if (set->n != SIZE_MAX) bb_format_number(claimed, (double)set->n);
    return bb_fail(err, BB_EINPUT, "%s: \"%s\" claims %s elements, but the file has only %llu bytes of it", set->path, set->name,
                   claimed, (unsigned long long)set->stored);
}

enum bb_code bb_h5_set_check(const struct bb_h5_set *set, struct bb_err *err)
{
    if (set->cls == BB_H5_NO_VALUES)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" has %s; only numbers, booleans and text can be read", set->path, set->name,
                       set->type);
    if (set->layout == H5D_VIRTUAL)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" is put together from other files (a virtual dataset); copy it into one file",
                       set->path, set->name);
    hid_t plist = H5Dget_create_plist(set->id);
    int elsewhere = plist < 0 ? -1 : H5Pget_external_count(plist);
    if (plist >= 0) H5Pclose(plist);
    if (elsewhere)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" keeps its data in another file, which is not opened; copy it into one file",
                       set->path, set->name);
    enum bb_code code = check_filters(set, err);
    return code ? code : check_size(set, err);
}

/* --- values ------------------------------------------------------------------------------------------------------- */

static enum bb_code unreadable(const struct bb_h5_set *set, struct bb_err *err)
{
    return bb_h5_fail(err, BB_EINPUT, set->path, "\"%s\" cannot be read; the file is damaged", set->name);
}

static enum bb_code keep_text(const struct bb_h5_set *set, const char *text, size_t len, size_t i, struct bb_arena *arena,
                              const char **out, struct bb_err *err)
{
    if (bb_utf8_check(text, len) < len)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" has a text that is not UTF-8 (number %zu: \"%s\")", set->path, set->name,
                       i + 1, bb_utf8_clean(arena, text, len < 60 ? len : 60));
    *out = bb_arena_strndup(arena, text, len);
    return BB_OK;
}

static enum bb_code texts_any_length(const struct bb_h5_set *set, struct bb_arena *arena, const char **out, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    char **text = bb_calloc(set->n, sizeof *text);
    hid_t type = H5Dget_type(set->id), space = H5Dget_space(set->id);
    if (type < 0 || space < 0 || H5Dread(set->id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) < 0) {
        code = unreadable(set, err);
    } else {
        for (size_t i = 0; i < set->n && !code; i++)
            code = keep_text(set, text[i] ? text[i] : "", text[i] ? strlen(text[i]) : 0, i, arena, &out[i], err);
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, text);
    }
    if (type >= 0) H5Tclose(type);
    if (space >= 0) H5Sclose(space);
    free(text);
    return code;
}

static enum bb_code texts_fixed(const struct bb_h5_set *set, size_t n, struct bb_arena *arena, const char **out,
                                struct bb_err *err)
{
    size_t length = set->joined ? set->size[set->rank] : set->length;
    char *bytes = bb_calloc(n, length);
    hid_t type = H5Dget_type(set->id);
    enum bb_code code = BB_OK;
    if (type < 0 || H5Dread(set->id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes) < 0) code = unreadable(set, err);
    bool blanks = !code && H5Tget_strpad(type) == H5T_STR_SPACEPAD;
    for (size_t i = 0; i < n && !code; i++) {
        size_t len = strnlen(bytes + i * length, length);
        while (blanks && len && bytes[i * length + len - 1] == ' ') len--;
        code = keep_text(set, bytes + i * length, len, i, arena, &out[i], err);
    }
    if (type >= 0) H5Tclose(type);
    free(bytes);
    return code;
}

enum bb_code bb_h5_texts(const struct bb_h5_set *set, struct bb_arena *arena, const char ***out, struct bb_err *err)
{
    size_t n = set->joined ? (set->size[set->rank] ? set->n / set->size[set->rank] : 0) : set->n;
    *out = BB_NEW_ARRAY(arena, n, const char *);
    if (!n) return BB_OK;
    return set->any_length ? texts_any_length(set, arena, *out, err) : texts_fixed(set, n, arena, *out, err);
}

struct bb_scaling bb_h5_scaling(const struct bb_h5_set *set)
{
    static const char *const FILL[] = {"_FillValue", "missing_value"};
    struct bb_scaling s = {.scale = 1, .offset = 0};
    if (set->cls != BB_H5_NUMBER) return s;
    for (size_t i = 0; i < 2; i++) {
        double fill;
        if (!bb_h5_attr_number(set->id, FILL[i], &fill) || isnan(fill)) continue;
        /* as the type of the values has it */
        s.fill[s.n_fill++] = set->element.kind == 'f' && set->element.size == 4 ? (double)(float)fill : fill;
    }
    s.scaled = bb_h5_attr_number(set->id, "scale_factor", &s.scale);
    s.scaled |= bb_h5_attr_number(set->id, "add_offset", &s.offset);
    return s;
}

enum bb_code bb_h5_numbers(const struct bb_h5_set *set, double *out, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    if (set->element.kind) {
        void *bytes = bb_calloc(set->n, set->length);
        hid_t type = H5Dget_type(set->id);
        if (type < 0 || H5Dread(set->id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes) < 0) code = unreadable(set, err);
        if (!code) bb_element_convert(set->element, bytes, set->n, out);
        if (type >= 0) H5Tclose(type);
        free(bytes);
    } else if (H5Dread(set->id, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, out) < 0) {
        code = unreadable(set, err);
    }
    struct bb_scaling scaling = bb_h5_scaling(set);
    if (!code) bb_scaling_apply(&scaling, out, set->n);
    return code;
}

enum bb_code bb_h5_integers(const struct bb_h5_set *set, int64_t *out, struct bb_err *err)
{
    return H5Dread(set->id, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, out) < 0 ? unreadable(set, err) : BB_OK;
}
