#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <threads.h>
#include <unistd.h>

#include "base/text.h"
#include "base/trace.h"

/* Over 1 GiB only when a caller asks for it. */
static const size_t DEFAULT_LIMIT = (size_t)1 << 30;
enum { CHUNK = 1 << 16 };

static enum bb_code io_error(struct bb_err *err, const char *verb, const char *path)
{
    return bb_fail(err, BB_EIO, "%s cannot be %s: %s", path, verb, strerror(errno));
}

/*
 * Reading.
 */

/* O_NONBLOCK: opening a pipe that nobody writes to must not wait. Regular files do not care. */
static enum bb_code open_regular(const char *path, int *fd, struct stat *info, struct bb_err *err)
{
    bb_trace_path(path); /* before it is opened: what is written to it from now on shows */
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0 && (errno == ENOENT || errno == ENOTDIR)) return bb_fail(err, BB_EABSENT, "there is no file %s", path);
    if (*fd < 0) return io_error(err, "opened", path);
    if (fstat(*fd, info) == 0 && S_ISREG(info->st_mode)) return BB_OK;
    close(*fd);
    return bb_fail(err, BB_EINPUT, "%s is %s, where a file is needed", path,
                   S_ISDIR(info->st_mode) ? "a folder" : "not a regular file");
}

/* read(2) until something came, the end, or a real error */
static ssize_t read_some(int fd, void *to, size_t len)
{
    ssize_t got;
    do got = read(fd, to, len);
    while (got < 0 && errno == EINTR);
    return got;
}

static enum bb_code read_all(int fd, const char *path, size_t size, size_t limit, struct bb_buf *buf, struct bb_err *err)
{
    /* One byte more than expected, so that the last read finds the end of the file. */
    size_t room = size + 1;
    for (;;) {
        char *end = bb_buf_room(buf, room);
        ssize_t got = read_some(fd, end, room);
        if (got < 0) return io_error(err, "read", path);
        end[got] = '\0';
        buf->len += (size_t)got;
        if (got == 0) return BB_OK;
        if (buf->len > limit) return bb_fail(err, BB_ELIMIT, "%s is over the limit of %zu bytes", path, limit);
        room -= (size_t)got;
        if (room == 0) room = limit - buf->len < CHUNK ? limit - buf->len + 1 : CHUNK;
    }
}

enum bb_code bb_file_read(const char *path, size_t limit, struct bb_buf *buf, struct bb_err *err)
{
    bb_buf_reset(buf);
    if (limit == 0) limit = DEFAULT_LIMIT;
    if (buf->limit <= limit) buf->limit = limit + 1;
    int fd;
    struct stat info = {0};
    enum bb_code rc = open_regular(path, &fd, &info, err);
    if (rc) return rc;
    size_t size = (size_t)info.st_size;
    if (size > limit)
        rc = bb_fail(err, BB_ELIMIT, "%s has %zu bytes; the limit is %zu", path, size, limit);
    else
        rc = read_all(fd, path, size, limit, buf, err);
    close(fd);
    if (!rc) bb_trace_read(path, bb_buf_text(buf), buf->len);
    return rc;
}

bool bb_is_file(const char *path)
{
    struct stat info;
    bb_trace_path(path);
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_dir(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool bb_is_dir(const char *path)
{
    bb_trace_path(path);
    return is_dir(path);
}

/*
 * Writing: a draft beside the file, which takes its name when it is whole.
 */
struct draft {
    struct bb_arena *arena;
    const char *path; /* what it is going to be */
    char *name;       /* what it is now */
    int fd;
};

/* mkostemp makes private files; the user's umask decides here. It can only be read by setting it, so once, before threads matter. */
static mode_t user_umask;
static once_flag user_umask_once = ONCE_FLAG_INIT;

static void read_umask(void)
{
    user_umask = umask(022);
    umask(user_umask);
}

/* 200 bytes of the name leave room for what is added, where names end at 255. */
#define DRAFT_NAME ".%.200s.tmp-"

static enum bb_code draft_open(struct draft *draft, const char *path, struct bb_err *err)
{
    *draft = (struct draft){.arena = bb_arena_new(0), .path = path, .fd = -1};
    char *dir = bb_path_dir(draft->arena, path);
    enum bb_code rc = bb_make_dirs(dir, err);
    if (rc) return rc;
    char *name = bb_arena_printf(draft->arena, "%s/" DRAFT_NAME "XXXXXX", dir, bb_path_base(path));
    draft->fd = mkostemp(name, O_CLOEXEC);
    if (draft->fd < 0) return io_error(err, "written", path);
    draft->name = name;
    call_once(&user_umask_once, read_umask);
    if (fchmod(draft->fd, 0666 & ~user_umask) != 0) return io_error(err, "written", path);
    return BB_OK;
}

static enum bb_code draft_write(struct draft *draft, const void *data, size_t len, struct bb_err *err)
{
    const char *at = data;
    while (len > 0) {
        ssize_t put = write(draft->fd, at, len);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return io_error(err, "written", draft->path);
        at += put;
        len -= (size_t)put;
    }
    return BB_OK;
}

static enum bb_code draft_commit(struct draft *draft, bool flush, struct bb_err *err)
{
    if (flush && fsync(draft->fd) != 0) return io_error(err, "written", draft->path);
    int closed = close(draft->fd);
    draft->fd = -1;
    if (closed != 0 || rename(draft->name, draft->path) != 0) return io_error(err, "written", draft->path);
    draft->name = NULL;
    return BB_OK;
}

/* What was not committed goes away. */
static void draft_close(struct draft *draft)
{
    if (draft->fd >= 0) close(draft->fd);
    if (draft->name) unlink(draft->name);
    bb_arena_free(draft->arena);
}

static enum bb_code write_draft(const char *path, const struct bb_piece *piece, size_t n, bool flush, struct bb_err *err)
{
    struct draft draft;
    enum bb_code rc = draft_open(&draft, path, err);
    for (size_t i = 0; i < n && !rc; i++) rc = draft_write(&draft, piece[i].data, piece[i].len, err);
    if (!rc) rc = draft_commit(&draft, flush, err);
    draft_close(&draft);
    return rc;
}

enum bb_code bb_file_write(const char *path, const void *data, size_t len, struct bb_err *err)
{
    const struct bb_piece all = {data, len};
    return write_draft(path, &all, 1, true, err);
}

enum bb_code bb_file_write_pieces(const char *path, const struct bb_piece *piece, size_t n, struct bb_err *err)
{
    return write_draft(path, piece, n, false, err);
}

static bool has_content(const char *path, const void *data, size_t len)
{
    struct stat info;
    if (stat(path, &info) != 0 || (size_t)info.st_size != len) return false;
    struct bb_buf old = BB_BUF_INIT;
    bool same = bb_file_read(path, len ? len : 1, &old, NULL) == BB_OK && old.len == len &&
                (len == 0 || memcmp(old.data, data, len) == 0);
    bb_buf_release(&old);
    return same;
}

enum bb_code bb_file_update(const char *path, const void *data, size_t len, bool *changed, struct bb_err *err)
{
    bool same = has_content(path, data, len);
    if (changed) *changed = !same;
    return same ? BB_OK : bb_file_write(path, data, len, err);
}

/* Hands the content of a file over, piece by piece. */
typedef enum bb_code (*take_chunk)(void *ctx, const void *data, size_t len, struct bb_err *err);

static enum bb_code for_each_chunk(const char *path, take_chunk take, void *ctx, struct bb_err *err)
{
    int fd;
    struct stat info = {0};
    enum bb_code rc = open_regular(path, &fd, &info, err);
    if (rc) return rc;
    char *chunk = bb_malloc(CHUNK);
    ssize_t got = 0;
    while (!rc && (got = read_some(fd, chunk, CHUNK)) > 0) rc = take(ctx, chunk, (size_t)got, err);
    if (!rc && got < 0) rc = io_error(err, "read", path);
    free(chunk);
    close(fd);
    return rc;
}

static enum bb_code take_into_draft(void *ctx, const void *data, size_t len, struct bb_err *err)
{
    return draft_write(ctx, data, len, err);
}

enum bb_code bb_file_copy(const char *from, const char *to, struct bb_err *err)
{
    struct draft draft;
    enum bb_code rc = draft_open(&draft, to, err);
    if (!rc) rc = for_each_chunk(from, take_into_draft, &draft, err);
    if (!rc) rc = draft_commit(&draft, true, err);
    draft_close(&draft);
    return rc;
}

/*
 * Folders.
 */
static enum bb_code make_dir(const char *path, struct bb_err *err)
{
    if (mkdir(path, 0777) == 0) return BB_OK;
    int reason = errno;
    if (is_dir(path)) return BB_OK;
    errno = reason == EEXIST ? ENOTDIR : reason;
    return io_error(err, "made a folder", path);
}

enum bb_code bb_make_dirs(const char *path, struct bb_err *err)
{
    if (is_dir(path)) return BB_OK;
    if (mkdir(path, 0777) == 0) return BB_OK; /* mostly only the last is missing */
    char *step = bb_strdup(path);
    enum bb_code rc = BB_OK;
    for (char *slash = step + strspn(step, "/"); !rc && (slash = strchr(slash, '/'));) {
        *slash = '\0';
        rc = make_dir(step, err);
        *slash = '/';
        slash += strspn(slash, "/");
    }
    if (!rc) rc = make_dir(step, err);
    free(step);
    return rc;
}

/* Paths as they are found; copies and list live in the arena once the list is taken. */
struct found {
    struct bb_arena *arena;
    char **path;
    size_t n, cap;
};

static void found_add(struct found *found, const char *path)
{
    found->path = bb_grow(found->path, &found->cap, found->n + 1, sizeof *found->path);
    found->path[found->n++] = bb_arena_strdup(found->arena, path);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The sorted list; found is empty afterwards. */
static struct bb_paths found_take(struct found *found)
{
    struct bb_paths paths = {.path = BB_NEW_ARRAY(found->arena, found->n, char *), .n = found->n};
    if (found->n) {
        memcpy(paths.path, found->path, found->n * sizeof *paths.path);
        qsort(paths.path, paths.n, sizeof *paths.path, compare_paths);
    }
    free(found->path);
    *found = (struct found){.arena = found->arena};
    return paths;
}

/*
 * A walk visits what is below a folder in the order of bytes, a folder after its content. It goes by descriptors and never
 * through a link, so that nothing can be put in its way while it runs.
 */
struct entry {
    int dir; /* the folder it is in */
    const char *name, *path;
    mode_t mode;
};

typedef enum bb_code (*visit_entry)(void *ctx, const struct entry *entry, struct bb_err *err);

/* All names are read before any is visited: what readdir sees while files are removed depends on the file system. */
static enum bb_code read_names(DIR *stream, const char *path, struct bb_arena *arena, struct bb_paths *names, struct bb_err *err)
{
    struct found found = {.arena = arena};
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(stream)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) found_add(&found, entry->d_name);
    enum bb_code rc = errno ? io_error(err, "read", path) : BB_OK;
    *names = found_take(&found);
    return rc;
}

static enum bb_code walk_entry(int dir, const char *name, const char *path, visit_entry visit, void *ctx, struct bb_err *err);

/* Takes fd. */
static enum bb_code walk_dir(int fd, const char *path, visit_entry visit, void *ctx, struct bb_err *err)
{
    DIR *stream = fdopendir(fd);
    if (!stream) {
        enum bb_code rc = io_error(err, "read", path);
        close(fd);
        return rc;
    }
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_paths names;
    enum bb_code rc = read_names(stream, path, arena, &names, err);
    for (size_t i = 0; !rc && i < names.n; i++)
        rc = walk_entry(fd, names.path[i], bb_path_join(arena, path, names.path[i]), visit, ctx, err);
    bb_arena_free(arena);
    closedir(stream);
    return rc;
}

static enum bb_code walk_entry(int dir, const char *name, const char *path, visit_entry visit, void *ctx, struct bb_err *err)
{
    struct stat info;
    if (fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT ? BB_OK : io_error(err, "read", path);
    if (S_ISDIR(info.st_mode)) {
        int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        enum bb_code rc = fd < 0 ? io_error(err, "opened", path) : walk_dir(fd, path, visit, ctx, err);
        if (rc) return rc;
    }
    struct entry entry = {.dir = dir, .name = name, .path = path, .mode = info.st_mode};
    return visit(ctx, &entry, err);
}

static enum bb_code remove_entry(void *ctx, const struct entry *entry, struct bb_err *err)
{
    (void)ctx;
    if (unlinkat(entry->dir, entry->name, S_ISDIR(entry->mode) ? AT_REMOVEDIR : 0) != 0 && errno != ENOENT)
        return io_error(err, "removed", entry->path);
    return BB_OK;
}

enum bb_code bb_remove_tree(const char *path, struct bb_err *err)
{
    return walk_entry(AT_FDCWD, path, path, remove_entry, NULL, err);
}

void bb_file_forget_unfinished(const char *path)
{
    struct bb_arena *arena = bb_arena_new(0);
    const char *folder = bb_path_dir(arena, path), *begin = bb_arena_printf(arena, DRAFT_NAME, bb_path_base(path));
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (bb_starts_with(entry->d_name, begin)) unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir) closedir(dir);
    bb_arena_free(arena);
}

const char *bb_temporary(void)
{
    const char *dir = getenv("TMPDIR");
    return dir && *dir ? dir : P_tmpdir;
}

const char *bb_make_temporary(struct bb_arena *arena, struct bb_err *err)
{
    char *dir = bb_arena_printf(arena, "%s/brainboard-XXXXXX", bb_temporary());
    if (mkdtemp(dir)) return dir;
    bb_fail(err, BB_EIO, "no temporary folder can be made in %s: %s (TMPDIR names another one)", bb_temporary(), strerror(errno));
    return NULL;
}

static enum bb_code list_entry(void *ctx, const struct entry *entry, struct bb_err *err)
{
    (void)err;
    if (S_ISREG(entry->mode)) found_add(ctx, entry->path);
    return BB_OK;
}

enum bb_code bb_list_tree(struct bb_arena *arena, const char *dir, struct bb_paths *out, struct bb_err *err)
{
    struct found found = {.arena = arena};
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum bb_code rc;
    if (fd >= 0)
        rc = walk_dir(fd, "", list_entry, &found, err);
    else if (errno == ENOENT || errno == ENOTDIR)
        return bb_fail(err, BB_EABSENT, "there is no folder %s", dir);
    else
        return io_error(err, "opened", dir);
    *out = found_take(&found);
    return rc ? bb_err_wrap(err, rc, "%s", dir) : BB_OK;
}

/*
 * Patterns of paths.
 */

/* What does not exist has no matches; what exists and cannot be read is an error. */
static int glob_stop(const char *path, int reason)
{
    (void)path;
    return reason != ENOENT;
}

enum bb_code bb_glob(struct bb_arena *arena, const char *pattern, struct bb_paths *out, struct bb_err *err)
{
    glob_t matches = {0};
    int failed = glob(pattern, GLOB_NOSORT | GLOB_NOESCAPE, glob_stop, &matches);
    struct found found = {.arena = arena};
    if (!failed)
        for (size_t i = 0; i < matches.gl_pathc; i++) found_add(&found, matches.gl_pathv[i]);
    globfree(&matches);
    *out = found_take(&found);
    bb_trace_glob(pattern, out->path, out->n);
    if (failed == GLOB_NOSPACE) bb_die("out of memory while looking for %s.", pattern);
    return failed == GLOB_ABORTED ? bb_fail(err, BB_EIO, "a folder on the way to %s cannot be read", pattern) : BB_OK;
}

bool bb_has_glob(const char *path)
{
    return strpbrk(path, "*?[") != NULL;
}

/*
 * Paths as text.
 */
char *bb_path_join(struct bb_arena *arena, const char *dir, const char *name)
{
    size_t len = strlen(dir);
    if (name[0] == '/' || len == 0) return bb_arena_strdup(arena, name);
    while (len > 1 && dir[len - 1] == '/') len--;
    while (bb_starts_with(name, "../")) { /* a step back takes back the last folder, when that is one with a name */
        size_t last = len;
        while (last > 0 && dir[last - 1] != '/') last--;
        if (last < 2 || dir[last] == '.') break;
        len = last - 1;
        name += 3;
    }
    return bb_arena_printf(arena, "%.*s%s%s", (int)len, dir, dir[len - 1] == '/' ? "" : "/", name);
}

char *bb_path_dir(struct bb_arena *arena, const char *path)
{
    size_t len = (size_t)(bb_path_base(path) - path);
    if (len == 0) return bb_arena_strdup(arena, ".");
    while (len > 1 && path[len - 1] == '/') len--;
    return bb_arena_strndup(arena, path, len);
}

const char *bb_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool bb_path_is_inside(const char *path)
{
    if (path[0] == '/' || path[0] == '\0') return false;
    size_t depth = 0;
    while (*path) {
        size_t len = strcspn(path, "/");
        if (len == 2 && memcmp(path, "..", 2) == 0) {
            if (depth-- == 0) return false;
        } else if (len > 0 && !(len == 1 && *path == '.')) {
            depth++;
        }
        path += len + (path[len] == '/');
    }
    return true;
}

/*
 * SHA-256, by OpenSSL. It fails only where memory ends.
 */
struct bb_sha256 {
    EVP_MD_CTX *context;
};

static void need(int ok)
{
    if (!ok) bb_die("SHA digests cannot be computed on this machine (OpenSSL refuses).");
}

struct bb_sha256 *bb_sha256_new(void)
{
    struct bb_sha256 *sha = bb_malloc(sizeof *sha);
    sha->context = EVP_MD_CTX_new();
    need(sha->context && EVP_DigestInit_ex(sha->context, EVP_sha256(), NULL));
    return sha;
}

void bb_sha256_add(struct bb_sha256 *sha, const void *data, size_t len)
{
    need(EVP_DigestUpdate(sha->context, data, len));
}

void bb_sha256_finish(struct bb_sha256 *sha, char out[BB_SHA256_TEXT])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    need(EVP_DigestFinal_ex(sha->context, digest, &len) && len == (BB_SHA256_TEXT - 1) / 2);
    for (unsigned i = 0; i < len; i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[BB_SHA256_TEXT - 1] = '\0';
    EVP_MD_CTX_free(sha->context);
    free(sha);
}

void bb_sha256_text(const void *data, size_t len, char out[BB_SHA256_TEXT])
{
    struct bb_sha256 *sha = bb_sha256_new();
    bb_sha256_add(sha, data, len);
    bb_sha256_finish(sha, out);
}

static enum bb_code take_into_sha(void *ctx, const void *data, size_t len, struct bb_err *err)
{
    (void)err;
    bb_sha256_add(ctx, data, len);
    return BB_OK;
}

enum bb_code bb_sha256_file(const char *path, char out[BB_SHA256_TEXT], struct bb_err *err)
{
    struct bb_sha256 *sha = bb_sha256_new();
    enum bb_code rc = for_each_chunk(path, take_into_sha, sha, err);
    bb_sha256_finish(sha, out);
    return rc;
}

static enum bb_code take_into_sha1(void *ctx, const void *data, size_t len, struct bb_err *err)
{
    (void)err;
    need(EVP_DigestUpdate(ctx, data, len));
    return BB_OK;
}

enum bb_code bb_sha1_file(const char *path, char out[BB_SHA1_TEXT], struct bb_err *err)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    need(context && EVP_DigestInit_ex(context, EVP_sha1(), NULL));
    enum bb_code rc = for_each_chunk(path, take_into_sha1, context, err);
    need(EVP_DigestFinal_ex(context, digest, &len) && len == (BB_SHA1_TEXT - 1) / 2);
    EVP_MD_CTX_free(context);
    for (unsigned i = 0; i < len; i++) snprintf(out + 2 * i, 3, "%02x", digest[i]);
    return rc;
}

enum bb_code bb_sha1_compare(const char *sha1, const char *stated, struct bb_err *err)
{
    if (bb_streq(sha1, stated)) return BB_OK;
    return bb_fail(err, BB_EINPUT, "its SHA-1 is %s, not %s as stated; it is another file, or it is damaged: get it again",
                   sha1 ? sha1 : "unknown", stated);
}
