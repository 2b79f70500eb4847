#include "store/h5.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

/* --- opening ------------------------------------------------------------------------------------------------------ */

static void shut_process(void)
{
    H5PLset_loading_state(0); /* no filter from a folder that the environment names */
    H5Lunregister(H5L_TYPE_EXTERNAL);
}

void bb_h5_lock_down(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, shut_process);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL); /* the stack is the thread's own */
}

struct reason {
    const char *text;
    bool memory;
};

static herr_t keep_reason(unsigned n, const H5E_error2_t *entry, void *ctx)
{
    struct reason *reason = ctx;
    if (n == 0) reason->text = entry->desc;
    reason->memory |= entry->maj_num == H5E_RESOURCE && entry->min_num == H5E_NOSPACE;
    return 0;
}

/* The innermost entry of HDF5's error stack; it is gone with the next call. Memory that HDF5 could not have is no fault of the file,
   and ends the process as everywhere (mem.h). */
static const char *innermost(void)
{
    struct reason reason = {0};
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_reason, &reason);
    if (reason.memory) bb_die("out of memory: HDF5 could not have what a file asks for (%s).", reason.text);
    return reason.text && *reason.text ? reason.text : "HDF5 gives no reason";
}

enum bb_code bb_h5_fail(struct bb_err *err, enum bb_code code, const char *path, const char *fmt, ...)
{
    struct bb_buf what = BB_BUF_INIT;
    va_list args;
    va_start(args, fmt);
    bb_buf_vprintf(&what, fmt, args);
    va_end(args);
    bb_fail(err, code, "%s: %s: %s", path, bb_buf_text(&what), innermost());
    bb_buf_release(&what);
    return code;
}

/* The first bytes; how many there are, -1 when it cannot be read. */
static ssize_t read_at(const char *path, off_t offset, void *out, size_t len)
{
    int fd = bb_is_file(path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return -1;
    ssize_t got = pread(fd, out, len, offset);
    close(fd);
    return got;
}

bool bb_h5_signature(const char *path)
{
    static const char SIGNATURE[8] = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
    char head[8];
    /* a block of the user's own may stand in front */
    for (off_t at = 0; at <= 1 << 16; at = at ? 2 * at : 512) {
        if (read_at(path, at, head, sizeof head) != (ssize_t)sizeof head) return false;
        if (!memcmp(head, SIGNATURE, sizeof head)) return true;
    }
    return false;
}

static enum bb_code refuse_other(const char *path, struct bb_err *err)
{
    char head[4] = "";
    if (bb_is_dir(path)) return bb_fail(err, BB_EINPUT, "%s: is a folder, not an HDF5 file", path);
    if (access(path, F_OK)) return bb_fail(err, BB_EABSENT, "%s: there is no such file", path);
    if (!bb_is_file(path)) return bb_fail(err, BB_EINPUT, "%s: is not a regular file", path);
    ssize_t got = read_at(path, 0, head, sizeof head);
    if (got < 0) return bb_fail(err, BB_EIO, "%s: cannot be read", path);
    if (got == 0) return bb_fail(err, BB_EINPUT, "%s: the file is empty", path);
    if (got == (ssize_t)sizeof head && !memcmp(head, "CDF", 3))
        return bb_fail(err, BB_EINPUT,
                       "%s: is netCDF of the old format; write it as netCDF-4 (in xarray: to_netcdf(path, format=\"NETCDF4\"))",
                       path);
    return bb_fail(err, BB_EINPUT, "%s: is not an HDF5 (netCDF-4) file", path);
}

enum bb_code bb_h5_open(const char *path, hid_t *file, struct bb_err *err)
{
    bb_h5_lock_down();
    if (!bb_h5_signature(path)) return refuse_other(path, err);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
#ifdef BB_DEBUG
    H5Pset_fclose_degree(access, H5F_CLOSE_SEMI); /* an object that was left open fails the close */
#else
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
#endif
    *file = H5Fopen(path, H5F_ACC_RDONLY, access);
    enum bb_code code = BB_OK;
    if (*file < 0) {
        bool cut = strstr(innermost(), "truncated") != NULL;
        code = cut ? bb_fail(err, BB_EINPUT, "%s: the end of the file is missing; copy or download it again", path)
                   : bb_h5_fail(err, BB_EINPUT, path, "is no valid HDF5 file");
    }
    H5Pclose(access);
    return code;
}

void bb_h5_close(hid_t file)
{
    herr_t status = H5Fclose(file);
    assert(status >= 0);
    (void)status;
}

/* --- links -------------------------------------------------------------------------------------------------------- */

struct listing {
    const char *path;
    struct bb_arena *arena;
    struct bb_h5_links *out;
    size_t cap;
    struct bb_err *err;
    enum bb_code code;
};

static enum bb_h5_link_kind object_kind(H5O_type_t type)
{
    return type == H5O_TYPE_DATASET ? BB_H5_DATASET : type == H5O_TYPE_GROUP ? BB_H5_GROUP : BB_H5_OTHER_OBJECT;
}

static herr_t add_link(hid_t group, const char *name, const H5L_info_t *info, void *ctx)
{
    struct listing *l = ctx;
    struct bb_h5_link link = {.name = bb_arena_strdup(l->arena, name), .kind = BB_H5_EXTERNAL, .address = HADDR_UNDEF};
    H5O_info_t object;
    if (info->type == H5L_TYPE_SOFT) {
        link.kind = BB_H5_SOFT;
    } else if (info->type == H5L_TYPE_HARD) {
        if (H5Oget_info_by_name2(group, name, &object, H5O_INFO_BASIC, H5P_DEFAULT) < 0) {
            l->code = bb_h5_fail(l->err, BB_EINPUT, l->path, "\"%s\" cannot be opened; the file is damaged", name);
            return -1;
        }
        link.kind = object_kind(object.type);
        link.address = object.addr;
    }
    if (l->out->n == l->cap) {
        struct bb_h5_link *more = BB_NEW_ARRAY(l->arena, l->cap = l->cap ? 2 * l->cap : 32, struct bb_h5_link);
        if (l->out->n) memcpy(more, l->out->link, l->out->n * sizeof *more);
        l->out->link = more;
    }
    l->out->link[l->out->n++] = link;
    return 0;
}

/* The order of creation, where the group keeps it. */
static H5_index_t order_of(hid_t group)
{
    unsigned flags = 0;
    hid_t plist = H5Gget_create_plist(group);
    if (plist < 0) return H5_INDEX_NAME;
    H5Pget_link_creation_order(plist, &flags);
    H5Pclose(plist);
    return flags & H5P_CRT_ORDER_TRACKED ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
}

enum bb_code bb_h5_list(hid_t group, const char *path, struct bb_arena *arena, struct bb_h5_links *out, struct bb_err *err)
{
    *out = (struct bb_h5_links){0};
    struct listing l = {path, arena, out, 0, err, BB_OK};
    if (H5Literate(group, order_of(group), H5_ITER_INC, NULL, add_link, &l) >= 0) return BB_OK;
    return l.code ? l.code : bb_h5_fail(err, BB_EINPUT, path, "its objects cannot be listed; the file is damaged");
}

/* One step of a path of groups. */
static enum bb_code enter(hid_t group, const char *path, const char *name, hid_t *out, struct bb_err *err)
{
    H5L_info_t info;
    H5O_info_t object;
    if (H5Lget_info(group, name, &info, H5P_DEFAULT) < 0)
        return bb_fail(err, BB_EINPUT, "%s: there is no group \"%s\" in it", path, name);
    if (info.type != H5L_TYPE_HARD)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" is a link to elsewhere; links are not followed", path, name);
    if (H5Oget_info_by_name2(group, name, &object, H5O_INFO_BASIC, H5P_DEFAULT) < 0 || object.type != H5O_TYPE_GROUP)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" is not a group", path, name);
    *out = H5Gopen2(group, name, H5P_DEFAULT);
    return *out < 0 ? bb_h5_fail(err, BB_EINPUT, path, "the group \"%s\" cannot be opened", name) : BB_OK;
}

enum bb_code bb_h5_group(hid_t file, const char *path, const char *group, hid_t *out, struct bb_err *err)
{
    hid_t at = H5Gopen2(file, "/", H5P_DEFAULT);
    if (at < 0) return bb_h5_fail(err, BB_EINPUT, path, "its root cannot be opened");
    char *steps = bb_strdup(group ? group : ""), *rest = steps;
    enum bb_code code = BB_OK;
    for (char *name; !code && (name = strsep(&rest, "/"));) {
        hid_t next = H5I_INVALID_HID;
        if (!*name || (code = enter(at, path, name, &next, err))) continue;
        H5Gclose(at);
        at = next;
    }
    free(steps);
    if (code)
        H5Gclose(at);
    else
        *out = at;
    return code;
}

/* --- attributes --------------------------------------------------------------------------------------------------- */

struct attribute {
    hid_t id, type;
    H5T_class_t cls;
    size_t n, size;
};

#define MAX_ATTRIBUTE ((size_t)1 << 20) /* bytes; HDF5 itself has 64 KiB in most files */

static void attribute_close(struct attribute *a)
{
    if (a->type >= 0) H5Tclose(a->type);
    if (a->id >= 0) H5Aclose(a->id);
}

static bool attribute_open(struct attribute *a, hid_t object, const char *name)
{
    *a = (struct attribute){.id = H5I_INVALID_HID, .type = H5I_INVALID_HID};
    if (H5Aexists(object, name) <= 0 || (a->id = H5Aopen(object, name, H5P_DEFAULT)) < 0) return false;
    hid_t space = H5Aget_space(a->id);
    hssize_t n = space < 0 ? -1 : H5Sget_simple_extent_npoints(space);
    if (space >= 0) H5Sclose(space);
    a->type = H5Aget_type(a->id);
    a->cls = a->type < 0 ? H5T_NO_CLASS : H5Tget_class(a->type);
    a->size = a->type < 0 ? 0 : H5Tget_size(a->type);
    a->n = n < 0 ? 0 : (size_t)n;
    if (a->n && a->size && a->n <= MAX_ATTRIBUTE / a->size) return true;
    attribute_close(a);
    return false;
}

/* Of any length: memory is HDF5's until it is reclaimed. */
static bool any_length_texts(const struct attribute *a, size_t max, struct bb_arena *arena, const char **out)
{
    char **text = bb_calloc(a->n, sizeof *text);
    hid_t space = H5Aget_space(a->id);
    bool good = space >= 0 && H5Aread(a->id, a->type, text) >= 0;
    for (size_t i = 0; good && i < a->n && i < max; i++) out[i] = bb_arena_strdup(arena, text[i] ? text[i] : "");
    if (good) H5Dvlen_reclaim(a->type, space, H5P_DEFAULT, text);
    if (space >= 0) H5Sclose(space);
    free(text);
    return good;
}

/* The first `max` texts into out; how many. */
static size_t attribute_texts(const struct attribute *a, size_t max, struct bb_arena *arena, const char **out)
{
    size_t n = a->n < max ? a->n : max;
    if (a->cls != H5T_STRING) return 0;
    if (H5Tis_variable_str(a->type) > 0) return any_length_texts(a, max, arena, out) ? n : 0;
    char *bytes = bb_malloc(a->n * a->size);
    bool good = H5Aread(a->id, a->type, bytes) >= 0;
    for (size_t i = 0; good && i < n; i++)
        out[i] = bb_arena_strndup(arena, bytes + i * a->size, strnlen(bytes + i * a->size, a->size));
    free(bytes);
    return good ? n : 0;
}

static size_t attribute_numbers(const struct attribute *a, size_t max, double *out)
{
    if (a->cls != H5T_INTEGER && a->cls != H5T_FLOAT) return 0;
    double *number = bb_calloc(a->n, sizeof *number);
    size_t n = H5Aread(a->id, H5T_NATIVE_DOUBLE, number) < 0 ? 0 : a->n < max ? a->n : max;
    if (n) memcpy(out, number, n * sizeof *number);
    free(number);
    return n;
}

double *bb_h5_attr_numbers(hid_t object, const char *name, size_t *n)
{
    struct attribute a;
    if (!attribute_open(&a, object, name)) return NULL;
    double *number = bb_calloc(a.n + 1, sizeof *number);
    *n = attribute_numbers(&a, a.n, number);
    attribute_close(&a);
    if (*n) return number;
    free(number);
    return NULL;
}

const char *bb_h5_attr_text(hid_t object, const char *name, struct bb_arena *arena)
{
    struct attribute a;
    const char *text = NULL;
    if (!attribute_open(&a, object, name)) return NULL;
    if (!attribute_texts(&a, 1, arena, &text)) text = NULL;
    attribute_close(&a);
    return text;
}

bool bb_h5_attr_number(hid_t object, const char *name, double *out)
{
    struct attribute a;
    if (!attribute_open(&a, object, name)) return false;
    bool good = attribute_numbers(&a, 1, out) == 1;
    attribute_close(&a);
    return good;
}

const char *bb_h5_attr_shown(hid_t object, const char *name, size_t max, struct bb_arena *arena)
{
    struct attribute a;
    if (!attribute_open(&a, object, name)) return "…";
    const char **text = BB_NEW_ARRAY(arena, max, const char *);
    double *number = BB_NEW_ARRAY(arena, max, double);
    size_t texts = attribute_texts(&a, max, arena, text), numbers = texts ? 0 : attribute_numbers(&a, max, number);
    struct bb_buf list = BB_BUF_INIT;
    for (size_t i = 0; i < texts; i++) bb_buf_printf(&list, "%s%s", i ? ", " : "", text[i]);
    for (size_t i = 0; i < numbers; i++) {
        char digits[32];
        bb_format_number(digits, number[i]);
        bb_buf_printf(&list, "%s%s", i ? ", " : "", digits);
    }
    if (a.n > texts + numbers) bb_buf_puts(&list, texts + numbers ? ", …" : "…");
    const char *shown = bb_arena_strdup(arena, bb_buf_text(&list));
    bb_buf_release(&list);
    attribute_close(&a);
    return shown;
}

/* What HDF5 and netCDF write for themselves. */
static bool is_machinery(const char *name)
{
    static const char *const OWN[] = {"CLASS",
                                      "NAME",
                                      "DIMENSION_LIST",
                                      "REFERENCE_LIST",
                                      "DIMENSION_LABELS",
                                      "_Netcdf4Dimid",
                                      "_Netcdf4Coordinates",
                                      "_nc3_strict",
                                      "_NCProperties",
                                      "coordinates"};
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        if (bb_streq(name, OWN[i])) return true;
    return false;
}

static herr_t add_name(hid_t object, const char *name, const H5A_info_t *info, void *ctx)
{
    (void)object, (void)info;
    if (!is_machinery(name)) bb_names_add(ctx, name);
    return 0;
}

void bb_h5_attr_names(hid_t object, struct bb_arena *arena, const char ***name, size_t *n)
{
    struct bb_names names;
    bb_names_init(&names);
    H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, NULL, add_name, &names);
    *name = BB_NEW_ARRAY(arena, names.n, const char *);
    *n = names.n;
    for (size_t i = 0; i < names.n; i++) (*name)[i] = bb_arena_strdup(arena, names.name[i]);
    bb_names_release(&names);
}
