#include "history/archive.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/trace.h"
#include "history/record.h"
#include "history/record_image.h"
#include "score/published.h"

static const char *pattern_of(const struct bb_archive *archive)
{
    return bb_path_join(archive->arena, archive->dir, "*.json");
}

/* --- order ------------------------------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
    return bb_natural_compare(((const struct bb_release *)a)->name, ((const struct bb_release *)b)->name);
}

static int by_date(const void *a, const void *b)
{
    int order = strcmp(((const struct bb_release *)a)->date, ((const struct bb_release *)b)->date);
    return order ? order : by_name(a, b);
}

static void sort_releases(struct bb_archive *archive)
{
    bool dated = true;
    for (size_t i = 0; i < archive->n; i++) dated = dated && archive->release[i].date && *archive->release[i].date;
    qsort(archive->release, archive->n, sizeof *archive->release, dated ? by_date : by_name);
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

/* The digest of a file that may be known without reading it; then it is an input all the same. */
static bool digest_of(struct bb_archive *archive, const char *path, char digest[BB_SHA256_TEXT], struct bb_diags *diags)
{
    struct bb_err err;
    if (bb_cache_file_digest(archive->cache, path, digest)) {
        bb_trace_path(path);
        return true;
    }
    if (bb_sha256_file(path, digest, &err) != BB_OK) {
        bb_diag_add(diags, BB_ERROR, (struct bb_place){.file = path}, "%s", err.msg);
        return false;
    }
    bb_cache_learn_digest(archive->cache, path, digest);
    return true;
}

static struct bb_results *read_record(struct bb_archive *archive, const char *path, const char *digest, struct bb_diags *diags)
{
    struct bb_results *record = bb_record_image_get(archive->cache, digest);
    if (record) return record;
    record = bb_record_read(path, diags);
    if (record) bb_record_image_put(archive->cache, digest, record);
    return record;
}

static bool read_release(struct bb_archive *archive, const char *path, struct bb_diags *diags)
{
    char digest[BB_SHA256_TEXT];
    if (!digest_of(archive, path, digest, diags)) return false;
    struct bb_results *record = read_record(archive, path, digest, diags);
    if (!record) return false;
    struct bb_release *release = &archive->release[archive->n++];
    const char *file = bb_path_base(path);
    *release = (struct bb_release){.name = bb_arena_strndup(archive->arena, file, strlen(file) - strlen(".json")),
                                   .date = record->board.date,
                                   .digest = bb_arena_printf(archive->arena, "sha256:%s", digest),
                                   .record = record};
    if (bb_streq(release->name, record->board.release)) return true;
    bb_diag_add(diags, BB_ERROR, (struct bb_place){.file = path},
                "this is the record of the release \"%s\", and its file must be named after it",
                record->board.release ? record->board.release : "");
    return false;
}

static bool read_all(struct bb_archive *archive, struct bb_diags *diags)
{
    struct bb_paths paths;
    struct bb_err err;
    bool good = true;
    if (bb_glob(archive->arena, pattern_of(archive), &paths, &err) != BB_OK) {
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0}, "%s", err.msg);
        return false;
    }
    archive->release = BB_NEW_ARRAY(archive->arena, paths.n + 2, struct bb_release);
    for (size_t i = 0; i < paths.n; i++) good &= read_release(archive, paths.path[i], diags);
    sort_releases(archive);
    return good;
}

/* --- what is being built ---------------------------------------------------------------------------------------------- */

static size_t find(const struct bb_archive *archive, const char *name)
{
    size_t i = 0;
    while (i < archive->n && !bb_streq(archive->release[i].name, name)) i++;
    return i;
}

static bool has_these_bytes(const char *path, const struct bb_buf *text)
{
    struct bb_buf there = BB_BUF_INIT;
    bool same =
        bb_file_read(path, 0, &there, NULL) == BB_OK && there.len == text->len && memcmp(there.data, text->data, text->len) == 0;
    bb_buf_release(&there);
    return same;
}

static void drop_after(struct bb_archive *archive, size_t last)
{
    for (size_t i = last + 1; i < archive->n; i++) bb_results_free((struct bb_results *)(uintptr_t)archive->release[i].record);
    archive->n = last + 1;
}

/* It joins the end, with a name when that is free. false: the name is taken, and must not be. */
static bool add_current(struct bb_archive *archive, const struct bb_results *results, bool is_named, struct bb_diags *diags)
{
    const char *name = results->board.release && *results->board.release ? results->board.release : NULL;
    const char *path = name ? bb_path_join(archive->arena, archive->dir, bb_arena_printf(archive->arena, "%s.json", name)) : NULL;
    size_t at = name ? find(archive, name) : archive->n;
    if (name && !bb_id_valid(name)) {
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0},
                    "the release \"%s\" becomes the name of a file, and cannot; perhaps \"%s\"?", name,
                    bb_id_suggest(archive->arena, name));
        return false;
    }
    if (bb_streq(name, BB_UNNAMED_RELEASE)) {
        bb_diag_add(diags, BB_ERROR, (struct bb_place){0}, "a release cannot be named \"%s\": pages call what is no release so", name);
        return false;
    }
    if (at < archive->n && has_these_bytes(path, &archive->text)) {
        drop_after(archive, at);
        return true;
    }
    if (at < archive->n) {
        bb_diag_add(
            diags, is_named ? BB_ERROR : BB_WARNING, (struct bb_place){.file = path},
            is_named ? "the release is in the history already, with other content, and is not changed; choose another --release"
                     : "the release is in the history already, with other content: what is built now is not added (--release "
                       "names it)");
        if (is_named) return false;
        drop_after(archive, at);
        name = path = NULL;
    }
    struct bb_results *record = bb_record_parse("the record of these results", &archive->text, diags);
    if (!record) return false;
    archive->path = path;
    archive->release[archive->n++] = (struct bb_release){.name = name, .date = record->board.date, .record = record};
    return true;
}

struct bb_archive *bb_archive_open(const char *dir, const struct bb_results *results, bool is_named, struct bb_cache *cache,
                                   struct bb_diags *diags)
{
    const struct bb_publish_options seen = {.parity = results->parity, .listed_only = true};
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_archive *archive = BB_NEW(arena, struct bb_archive);
    struct bb_results *published = bb_results_published(results, &seen);
    archive->arena = arena;
    archive->cache = cache;
    archive->dir = bb_arena_strdup(arena, dir);
    bb_record_write(published, &archive->text);
    bb_results_free(published);
    if (!read_all(archive, diags) || !add_current(archive, results, is_named, diags)) {
        bb_archive_close(archive);
        return NULL;
    }
    for (size_t i = 1; i < archive->n; i++)
        archive->release[i].diff = bb_diff_new(archive->release[i - 1].record, archive->release[i].record, arena);
    return archive;
}

void bb_archive_close(struct bb_archive *archive)
{
    if (!archive) return;
    for (size_t i = 0; i < archive->n; i++) bb_results_free((struct bb_results *)(uintptr_t)archive->release[i].record);
    bb_buf_release(&archive->text);
    bb_arena_free(archive->arena);
}

/* The next build finds it read. */
static void remember(const struct bb_archive *archive)
{
    char digest[BB_SHA256_TEXT];
    bb_sha256_text(archive->text.data, archive->text.len, digest);
    bb_record_image_put(archive->cache, digest, archive->release[archive->n - 1].record);
}

enum bb_code bb_archive_append(struct bb_archive *archive, struct bb_err *err)
{
    struct bb_paths paths;
    const char *pattern = pattern_of(archive);
    if (!archive->path) return BB_OK;
    bb_file_forget_unfinished(archive->path); /* the folder is committed, whatever lies in it */
    enum bb_code code = bb_file_write(archive->path, archive->text.data, archive->text.len, err);
    if (code != BB_OK) return code;
    /* a run that finds the folder as it is now has nothing to do */
    bb_trace_forget(pattern);
    bb_trace_forget(archive->path);
    bb_trace_forget(archive->dir);
    code = bb_glob(archive->arena, pattern, &paths, err);
    struct bb_buf back = BB_BUF_INIT;
    if (code == BB_OK) code = bb_file_read(archive->path, 0, &back, err);
    bb_buf_release(&back);
    if (code == BB_OK) remember(archive);
    return code;
}
