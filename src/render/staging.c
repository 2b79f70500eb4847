#include "render/staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "render/editions.h"

#define JOURNAL_NAME "journal"
#define HIDDEN       "sha256:" /* in the list, before the digest of a path */

/* What happens to a path. The order is the order of the journal and of the moves. */
enum action { DATA_FILE, FOLDER, INDEX_OF_FOLDERS, NEW_PAGE, OLD_PAGE, FRONT_PAGE, UNCHANGED, STALE };

struct entry {
    const char *path;
    enum action action;
    const char *digest; /* NULL: it goes */
    bool hidden;
};

struct bb_staging {
    struct bb_arena *arena;
    const char *out, *folder, *files; /* the site; the folder beside it; the new files in that */
    const char *within;               /* path in the site of the folder that this is; NULL: it is the site */
    int lock;                         /* the staging folder, opened and locked; −1 within a site */
    bool committed;                   /* there is a journal: the staging folder must stay until its moves are done */
    struct bb_names old, added;       /* paths of the site that is there, and of the new one */
    struct bb_names hidden, was_hidden; /* folders of the new site, and paths of the old one, that must not be told */
    struct entry *entry;
    size_t n_entries, cap;
};

/* --- the list of what brainboard wrote ------------------------------------------------------------------------------ */

/* Lines of a file that brainboard wrote: each a path inside the site, behind `prefix` characters. */
static enum bb_code check_line(const char *file, const char *line, size_t prefix, struct bb_err *err)
{
    if (strlen(line) <= prefix || !bb_path_is_inside(line + prefix))
        return bb_fail(err, BB_EINPUT, "%s is damaged: \"%s\" is not a file of the site. Build into another folder.", file, line);
    return BB_OK;
}

static void hidden_line(const char *path, char out[BB_DIGEST_TEXT])
{
    memcpy(out, HIDDEN, sizeof HIDDEN);
    bb_sha256_text(path, strlen(path), out + sizeof HIDDEN - 1);
}

/* The files of the folder whose paths have these digests. */
static enum bb_code find_hidden(struct bb_arena *arena, const char *out, const struct bb_names *lines, struct bb_names *hidden,
                                struct bb_err *err)
{
    struct bb_paths files = {0};
    enum bb_code code = lines->n ? bb_list_tree(arena, out, &files, err) : BB_OK;
    for (size_t i = 0; code == BB_OK && i < files.n; i++) {
        char line[BB_DIGEST_TEXT];
        hidden_line(files.path[i], line);
        if (bb_names_find(lines, line) != BB_NAMES_NONE) bb_names_add(hidden, files.path[i]);
    }
    return code;
}

enum bb_code bb_site_list(const char *out, struct bb_names *paths, struct bb_names *hidden, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf text = BB_BUF_INIT;
    struct bb_names digests;
    char *path = bb_path_join(arena, out, BB_SITE_LIST), *save = NULL;
    bb_names_init(&digests);
    enum bb_code code = bb_file_read(path, 0, &text, err);
    for (char *line = text.len ? strtok_r(text.data, "\n", &save) : NULL; line && code == BB_OK; line = strtok_r(NULL, "\n", &save)) {
        code = check_line(path, line, 0, err);
        if (code == BB_OK) bb_names_add(bb_starts_with(line, HIDDEN) ? &digests : paths, line);
    }
    if (code == BB_OK) code = find_hidden(arena, out, &digests, hidden, err);
    for (size_t i = 0; i < hidden->n; i++) bb_names_add(paths, hidden->name[i]);
    bb_names_release(&digests);
    bb_buf_release(&text);
    bb_arena_free(arena);
    return code;
}

void bb_staging_hide(struct bb_staging *staging, const char *folder)
{
    bb_names_add(&staging->hidden, folder);
}

static bool is_hidden(const struct bb_staging *staging, const char *path, enum action action)
{
    if (action == STALE) return bb_names_find(&staging->was_hidden, path) != BB_NAMES_NONE;
    for (size_t i = 0; i < staging->hidden.n; i++)
        if (bb_starts_with(path, staging->hidden.name[i])) return true;
    return false;
}

static int by_action(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->action != y->action) return x->action < y->action ? -1 : 1;
    return strcmp(x->path, y->path);
}

static int by_path(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* While files move the list has old and new paths, so that none is forgotten whatever happens; `with_stale` says so. Digests stand at the end, in
   their own order: where a path would stand says how it begins. */
static enum bb_code write_list(struct bb_staging *staging, const char *folder, bool with_stale, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct entry *sorted = bb_calloc(staging->n_entries + 1, sizeof *sorted);
    if (staging->n_entries) memcpy(sorted, staging->entry, staging->n_entries * sizeof *sorted);
    const char **digest = bb_calloc(staging->n_entries + 1, sizeof *digest);
    size_t n_digests = 0;
    qsort(sorted, staging->n_entries, sizeof *sorted, by_path);
    for (size_t i = 0; i < staging->n_entries; i++) {
        char line[BB_DIGEST_TEXT];
        if (sorted[i].action == FOLDER || (!with_stale && sorted[i].action == STALE)) continue;
        if (!sorted[i].hidden) {
            bb_buf_printf(&text, "%s\n", sorted[i].path);
            continue;
        }
        hidden_line(sorted[i].path, line);
        digest[n_digests++] = bb_arena_strdup(staging->arena, line);
    }
    qsort(digest, n_digests, sizeof *digest, by_text);
    for (size_t i = 0; i < n_digests; i++) bb_buf_printf(&text, "%s\n", digest[i]);
    enum bb_code code = bb_file_update(bb_path_join(staging->arena, folder, BB_SITE_LIST), bb_buf_text(&text), text.len, NULL, err);
    free(digest);
    free(sorted);
    bb_buf_release(&text);
    return code;
}

/* --- opening -------------------------------------------------------------------------------------------------------- */

static bool may_stand_beside(const char *name)
{
    static const char *const harmless[] = {".",     "..",     ".git",      ".gitignore", ".gitkeep", ".gitattributes",
                                           "CNAME", "README", "README.md", NULL};
    for (size_t i = 0; harmless[i]; i++)
        if (strcmp(name, harmless[i]) == 0) return true;
    return false;
}

static enum bb_code refuse_foreign(const char *out, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    DIR *dir = opendir(out);
    if (!dir && errno == ENOENT) return BB_OK;
    if (!dir) return bb_fail(err, BB_EIO, "The folder %s cannot be read: %s.", out, strerror(errno));
    for (struct dirent *entry; code == BB_OK && (entry = readdir(dir));)
        if (!may_stand_beside(entry->d_name))
            code = bb_fail(err, BB_EINPUT,
                           "The folder %s has files that brainboard did not write (%s), and nothing is changed there. "
                           "Build into an empty or a new folder.",
                           out, entry->d_name);
    closedir(dir);
    return code;
}

static enum bb_code open_site(struct bb_staging *staging, struct bb_err *err)
{
    struct stat is;
    if (bb_is_file(bb_path_join(staging->arena, staging->out, BB_SITE_LIST)))
        return bb_site_list(staging->out, &staging->old, &staging->was_hidden, err);
    if (stat(staging->out, &is) == 0 && !S_ISDIR(is.st_mode))
        return bb_fail(err, BB_EINPUT, "%s is a file; the site needs a folder.", staging->out);
    return refuse_foreign(staging->out, err);
}

/* The lock is on the folder itself, so that it ends with the process and leaves nothing behind. */
static enum bb_code lock_staging(struct bb_staging *staging, struct bb_err *err)
{
    struct stat here, opened;
    enum bb_code code = bb_make_dirs(staging->folder, err);
    if (code != BB_OK) return code;
    staging->lock = open(staging->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (staging->lock < 0) return bb_fail(err, BB_EIO, "The folder %s cannot be opened: %s.", staging->folder, strerror(errno));
    if (flock(staging->lock, LOCK_EX | LOCK_NB) != 0 || fstat(staging->lock, &opened) != 0 ||
        lstat(staging->folder, &here) != 0 || here.st_ino != opened.st_ino) {
        close(staging->lock);
        staging->lock = -1;
        return bb_fail(err, BB_EIO, "Another build is writing %s at this moment. Wait for it to end.", staging->out);
    }
    return BB_OK;
}

/* --- moving --------------------------------------------------------------------------------------------------------- */

static enum bb_code move_in(struct bb_staging *staging, const char *path, bool is_folder, struct bb_err *err)
{
    const char *from = bb_path_join(staging->arena, staging->files, path), *to = bb_path_join(staging->arena, staging->out, path);
    if (is_folder ? !bb_is_dir(from) : !bb_is_file(from)) return BB_OK; /* moved before the interruption */
    enum bb_code code = bb_make_dirs(bb_path_dir(staging->arena, to), err);
    if (code != BB_OK) return code;
    if (rename(from, to) != 0) return bb_fail(err, BB_EIO, "%s cannot be moved to %s: %s.", from, to, strerror(errno));
    return BB_OK;
}

static enum bb_code remove_stale(struct bb_staging *staging, const char *path, struct bb_err *err)
{
    char *file = bb_path_join(staging->arena, staging->out, path);
    if (unlink(file) != 0 && errno != ENOENT && errno != ENOTDIR)
        return bb_fail(err, BB_EIO, "%s cannot be removed: %s.", file, strerror(errno));
    /* folders that became empty go too; the first that is not empty ends it */
    for (char *dir = bb_path_dir(staging->arena, path); strcmp(dir, ".") != 0; dir = bb_path_dir(staging->arena, dir))
        if (rmdir(bb_path_join(staging->arena, staging->out, dir)) != 0 && errno != ENOENT) break;
    return BB_OK;
}

/* Where no site is yet, all of it takes its place in one step. */
static enum bb_code move_whole(struct bb_staging *staging, struct bb_err *err)
{
    enum bb_code code = write_list(staging, staging->files, false, err);
    if (code == BB_OK && rename(staging->files, staging->out) != 0)
        code = bb_fail(err, BB_EIO, "%s cannot be moved to %s: %s.", staging->files, staging->out, strerror(errno));
    return code == BB_OK ? bb_remove_tree(staging->folder, err) : code;
}

static bool is_new_site(const struct bb_staging *staging)
{
    struct stat is;
    return lstat(staging->out, &is) != 0 && errno == ENOENT && bb_is_dir(staging->files);
}

static enum bb_code move_all(struct bb_staging *staging, struct bb_err *err)
{
    if (is_new_site(staging)) return move_whole(staging, err);
    enum bb_code code = bb_make_dirs(staging->out, err);
    bb_file_forget_unfinished(bb_path_join(staging->arena, staging->out, BB_SITE_LIST)); /* of moves that were interrupted */
    if (code == BB_OK) code = write_list(staging, staging->out, true, err);
    for (size_t i = 0; code == BB_OK && i < staging->n_entries; i++) {
        const struct entry *entry = &staging->entry[i];
        if (entry->action == STALE)
            code = remove_stale(staging, entry->path, err);
        else if (entry->action != UNCHANGED)
            code = move_in(staging, entry->path, entry->action == FOLDER, err);
    }
    if (code == BB_OK) code = write_list(staging, staging->out, false, err);
    if (code == BB_OK) code = bb_remove_tree(staging->folder, err);
    return code;
}

/* Journal: one line per entry (read_entries), in the order of the moves. */
static enum bb_code write_journal(struct bb_staging *staging, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_staging_tell(staging, 0, &text);
    if (!is_new_site(staging)) syncfs(staging->lock); /* the files are on the disk before any takes the place of another */
    enum bb_code code =
        bb_file_write(bb_path_join(staging->arena, staging->folder, JOURNAL_NAME), bb_buf_text(&text), text.len, err);
    bb_buf_release(&text);
    return code;
}

static void add_entry(struct bb_staging *staging, const char *path, enum action action)
{
    staging->entry = bb_grow(staging->entry, &staging->cap, staging->n_entries + 1, sizeof staging->entry[0]);
    staging->entry[staging->n_entries++] = (struct entry){bb_arena_strdup(staging->arena, path), action, NULL, is_hidden(staging, path, action)};
}

/* A digit (enum action), a blank or, of what is hidden, a question mark, the SHA-256 or as many hyphens, the path. */
#define NO_DIGEST "----------------------------------------------------------------"
enum { ENTRY_PREFIX = 2 + BB_SHA256_TEXT };

static enum bb_code read_entries(struct bb_staging *staging, const char *from, char *text, struct bb_err *err)
{
    char *save = NULL;
    enum bb_code code = BB_OK;
    for (char *line = strtok_r(text, "\n", &save); line && code == BB_OK; line = strtok_r(NULL, "\n", &save)) {
        code = check_line(from, line, ENTRY_PREFIX, err);
        if (code != BB_OK) break;
        add_entry(staging, line + ENTRY_PREFIX, (enum action)(line[0] - '0'));
        staging->entry[staging->n_entries - 1].hidden = line[1] == '?';
        if (line[2] != '-')
            staging->entry[staging->n_entries - 1].digest = bb_arena_strndup(staging->arena, line + 2, BB_SHA256_TEXT - 1);
    }
    return code;
}

static enum bb_code read_journal(struct bb_staging *staging, const char *path, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    enum bb_code code = bb_file_read(path, 0, &text, err);
    if (code == BB_OK) code = read_entries(staging, path, text.data, err);
    bb_buf_release(&text);
    return code;
}

/* What an earlier build left beside the site: a journal is carried out, anything else is thrown away. */
static enum bb_code complete_interrupted(struct bb_staging *staging, struct bb_err *err)
{
    const char *journal = bb_path_join(staging->arena, staging->folder, JOURNAL_NAME);
    if (bb_is_file(journal)) {
        staging->committed = true;
        enum bb_code code = read_journal(staging, journal, err);
        if (code == BB_OK) code = move_all(staging, err);
        if (code != BB_OK)
            return bb_err_wrap(err, code, "An earlier build of %s was interrupted and cannot be completed", staging->out);
        staging->committed = false;
        staging->n_entries = 0;
        close(staging->lock);
        return lock_staging(staging, err);
    }
    return bb_remove_tree(staging->files, err);
}

enum bb_code bb_staging_open(const char *out, struct bb_staging **result, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_staging *staging = BB_NEW(arena, struct bb_staging);
    size_t len = strlen(out);
    while (len > 1 && out[len - 1] == '/') len--;
    staging->arena = arena;
    staging->out = bb_arena_strndup(arena, out, len);
    staging->folder = bb_arena_printf(arena, "%s.brainboard-new", staging->out);
    staging->files = bb_path_join(arena, staging->folder, "files");
    staging->lock = -1;
    bb_names_init(&staging->old);
    bb_names_init(&staging->added);
    bb_names_init(&staging->hidden);
    bb_names_init(&staging->was_hidden);
    enum bb_code code = lock_staging(staging, err);
    if (code == BB_OK) code = complete_interrupted(staging, err);
    if (code == BB_OK) code = open_site(staging, err);
    if (code != BB_OK) {
        bb_staging_close(staging);
        staging = NULL;
    }
    *result = staging;
    return code;
}

/* --- adding --------------------------------------------------------------------------------------------------------- */

/* Not bb_file_write: all files are flushed together, once, before the journal. */
static enum bb_code stage(struct bb_staging *staging, const char *path, const void *data, size_t len, struct bb_err *err)
{
    const char *file = bb_path_join(staging->arena, staging->files, path);
    enum bb_code code = bb_make_dirs(bb_path_dir(staging->arena, file), err);
    if (code != BB_OK) return code;
    int to = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool good = to >= 0;
    for (const char *at = data; good && len > 0;) {
        ssize_t put = write(to, at, len);
        if (put < 0 && errno == EINTR) continue;
        good = put >= 0;
        at += good ? put : 0;
        len -= good ? (size_t)put : 0;
    }
    if (to >= 0 && close(to) != 0) good = false;
    return good ? BB_OK : bb_fail(err, BB_EIO, "%s cannot be written: %s.", file, strerror(errno));
}

static enum action action_of(const char *path, bool is_there)
{
    if (strcmp(path, "index.html") == 0) return FRONT_PAGE;
    if (strcmp(path, BB_VERSIONS_JSON) == 0 || strcmp(path, BB_VERSIONS_SCRIPT) == 0) return INDEX_OF_FOLDERS;
    if (!bb_ends_with(path, ".html")) return DATA_FILE;
    return is_there ? OLD_PAGE : NEW_PAGE;
}

/* Of the entry that was added last. */
static void keep_digest(struct bb_staging *staging, const void *data, size_t len)
{
    struct entry *entry = &staging->entry[staging->n_entries - 1];
    char digest[BB_SHA256_TEXT];
    bb_sha256_text(data, len, digest);
    entry->digest = bb_arena_strdup(staging->arena, digest);
}

enum bb_code bb_staging_add(struct bb_staging *staging, const char *path, const void *data, size_t len, struct bb_err *err)
{
    struct bb_buf there = BB_BUF_INIT;
    const char *target = bb_path_join(staging->arena, staging->out, path);
    enum bb_code code = BB_OK;
    bb_names_add(&staging->added, path);
    bool is_there = bb_is_file(target);
    if (is_there) code = bb_file_read(target, 0, &there, err);
    if (code != BB_OK) goto out;
    if (is_there && there.len == len && (len == 0 || memcmp(there.data, data, len) == 0)) {
        add_entry(staging, path, UNCHANGED);
    } else if (is_there && bb_names_find(&staging->old, path) == BB_NAMES_NONE) {
        code = bb_fail(err, BB_EINPUT,
                       "%s was not written by brainboard, and the site needs a file of that name. Move it away, or build into "
                       "another folder.",
                       target);
    } else {
        code = stage(staging, path, data, len, err);
        if (code == BB_OK) add_entry(staging, path, action_of(path, is_there));
    }
    if (code == BB_OK) keep_digest(staging, data, len);
out:
    bb_buf_release(&there);
    return code;
}

enum bb_code bb_staging_add_file(struct bb_staging *staging, const char *path, const char *from, struct bb_err *err)
{
    struct bb_buf data = BB_BUF_INIT;
    enum bb_code code = bb_file_read(from, 0, &data, err);
    if (code == BB_OK) code = bb_staging_add(staging, path, bb_buf_text(&data), data.len, err);
    bb_buf_release(&data);
    return code;
}

bool bb_staging_has(const struct bb_staging *staging, const char *path)
{
    return bb_names_find(&staging->added, path) != BB_NAMES_NONE;
}

enum bb_code bb_staging_keep(struct bb_staging *staging, const char *path, bool *there, struct bb_err *err)
{
    char digest[BB_SHA256_TEXT];
    const char *file = bb_path_join(staging->arena, staging->out, path);
    *there = bb_staging_has(staging, path) || bb_is_file(file);
    if (!*there || bb_staging_has(staging, path)) return BB_OK;
    enum bb_code code = bb_sha256_file(file, digest, err);
    if (code != BB_OK) return code;
    bb_names_add(&staging->added, path);
    add_entry(staging, path, UNCHANGED);
    staging->entry[staging->n_entries - 1].digest = bb_arena_strdup(staging->arena, digest);
    return BB_OK;
}

/* --- a folder within -------------------------------------------------------------------------------------------------- */

enum bb_code bb_staging_open_within(struct bb_staging *site, const char *path, struct bb_staging **result, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_staging *staging = BB_NEW(arena, struct bb_staging);
    struct stat is;
    staging->arena = arena;
    staging->within = bb_arena_strdup(arena, path);
    staging->out = bb_path_join(arena, site->out, path);
    staging->folder = site->folder;
    staging->files = bb_path_join(arena, site->files, path);
    staging->lock = -1;
    bb_names_init(&staging->old);
    bb_names_init(&staging->added);
    bb_names_init(&staging->hidden);
    bb_names_init(&staging->was_hidden);
    enum bb_code code = BB_OK;
    if (lstat(staging->out, &is) == 0)
        code = bb_fail(err, BB_EINPUT, "%s is there already, and what lies there is never changed. Move it away, or choose another name.",
                       staging->out);
    *result = code == BB_OK ? staging : NULL;
    if (code != BB_OK) bb_staging_close(staging);
    return code;
}

enum bb_code bb_staging_join(struct bb_staging *site, struct bb_staging *within, struct bb_err *err)
{
    enum bb_code code = write_list(within, within->files, false, err);
    if (code == BB_OK) add_entry(site, within->within, FOLDER);
    return code;
}

unsigned long long bb_staging_size(const struct bb_staging *within, const char *path)
{
    struct stat is;
    return stat(bb_path_join(within->arena, within->files, path), &is) == 0 ? (unsigned long long)is.st_size : 0;
}

/* --- what was added --------------------------------------------------------------------------------------------------- */

static struct entry *sorted_entries(const struct bb_staging *staging)
{
    struct entry *sorted = bb_calloc(staging->n_entries + 1, sizeof *sorted);
    if (staging->n_entries) memcpy(sorted, staging->entry, staging->n_entries * sizeof *sorted);
    qsort(sorted, staging->n_entries, sizeof *sorted, by_path);
    return sorted;
}

struct bb_staged *bb_staging_files(const struct bb_staging *staging, const char *prefix, struct bb_arena *arena, size_t *n)
{
    struct entry *sorted = sorted_entries(staging);
    struct bb_staged *file = BB_NEW_ARRAY(arena, staging->n_entries + 1, struct bb_staged);
    *n = 0;
    for (size_t i = 0; i < staging->n_entries; i++)
        if (sorted[i].action != FOLDER && bb_starts_with(sorted[i].path, prefix))
            file[(*n)++] = (struct bb_staged){sorted[i].path, sorted[i].digest, sorted[i].hidden};
    free(sorted);
    return file;
}

size_t bb_staging_mark(const struct bb_staging *staging)
{
    return staging->n_entries;
}

void bb_staging_tell(const struct bb_staging *staging, size_t from, struct bb_buf *out)
{
    for (size_t i = from; i < staging->n_entries; i++)
        bb_buf_printf(out, "%d%c%s %s\n", (int)staging->entry[i].action, staging->entry[i].hidden ? '?' : ' ',
                      staging->entry[i].digest ? staging->entry[i].digest : NO_DIGEST, staging->entry[i].path);
}

enum bb_code bb_staging_learn(struct bb_staging *staging, const char *text, struct bb_err *err)
{
    size_t before = staging->n_entries;
    char *copy = bb_strdup(text);
    enum bb_code code = read_entries(staging, "What a worker tells", copy, err);
    free(copy);
    for (size_t i = before; i < staging->n_entries; i++) bb_names_add(&staging->added, staging->entry[i].path);
    return code;
}

enum bb_code bb_staging_commit(struct bb_staging *staging, struct bb_staging_counts *counts, struct bb_err *err)
{
    *counts = (struct bb_staging_counts){0};
    for (size_t i = 0; i < staging->n_entries; i++)
        if (staging->entry[i].action == UNCHANGED)
            counts->n_unchanged++;
        else if (staging->entry[i].action != FOLDER)
            counts->n_written++;
    for (size_t i = 0; i < staging->old.n; i++) {
        if (bb_names_find(&staging->added, staging->old.name[i]) != BB_NAMES_NONE) continue;
        add_entry(staging, staging->old.name[i], STALE);
        counts->n_removed++;
    }
    qsort(staging->entry, staging->n_entries, sizeof staging->entry[0], by_action);
    enum bb_code code = write_journal(staging, err);
    if (code != BB_OK) return code;
    staging->committed = true;
    return move_all(staging, err);
}

void bb_staging_close(struct bb_staging *staging)
{
    if (!staging) return;
    /* without a journal nothing of the staging folder is needed; with one, the next build completes it */
    struct bb_err err;
    if (staging->lock >= 0 && !staging->committed && bb_remove_tree(staging->folder, &err) != BB_OK)
        bb_log_warning("%s", err.msg);
    if (staging->lock >= 0) close(staging->lock);
    bb_names_release(&staging->old);
    bb_names_release(&staging->added);
    bb_names_release(&staging->hidden);
    bb_names_release(&staging->was_hidden);
    free(staging->entry);
    bb_arena_free(staging->arena);
}
