#include "score/found.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "score/activations.h"
#include "store/array_file.h"

#define LOOK_KIND    "look"
#define LOOK_VERSION 4
#define SHA1_KIND    "sha1"              /* of a file, by its SHA-256 */
#define SMALL_FILE   ((uint64_t)4 << 20) /* bytes: the parent reads such a file itself rather than start a worker for it */

struct bb_founds {
    const struct bb_datapath *path;
    struct bb_cache *cache;
    struct bb_names key;
    struct bb_found **found;
    size_t cap;
    struct bb_arena *arena;
};

struct bb_founds *bb_founds_new(const struct bb_datapath *path, struct bb_cache *cache, struct bb_arena *arena)
{
    struct bb_founds *founds = bb_calloc(1, sizeof *founds);
    founds->path = path;
    founds->cache = cache;
    founds->arena = arena;
    bb_names_init(&founds->key);
    return founds;
}

void bb_founds_free(struct bb_founds *founds)
{
    if (!founds) return;
    bb_names_release(&founds->key);
    free(founds->found);
    free(founds);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

/* What decides how the bytes of a source are read. */
static void write_rules(struct bb_json_writer *w, const struct bb_source *source)
{
    bb_jw_text(w, source->group);
    bb_jw_text(w, source->variable);
    bb_jw_text(w, source->stimulus_set);
    if (source->columns_json)
        bb_jw_value(w, source->columns_json);
    else
        bb_jw_null(w);
    if (source->where_json)
        bb_jw_value(w, source->where_json);
    else
        bb_jw_null(w);
    if (source->flatten_time) bb_jw_text(w, "flatten_time");
    if (source->drop_missing) bb_jw_text(w, source->drop_missing == BB_GAPS_OF_NEUROIDS ? "drop neuroids" : "drop presentations");
    if (!isnan(source->min_consistency)) bb_jw_number(w, source->min_consistency);
}

static void digest_of(struct bb_founds *founds, const char *path, char out[BB_SHA256_TEXT])
{
    out[0] = '\0';
    if (!bb_cache_file_digest(founds->cache, path, out) && bb_sha256_file(path, out, NULL) == BB_OK)
        bb_cache_learn_digest(founds->cache, path, out);
}

static void write_digest(struct bb_founds *founds, const char *path, struct bb_json_writer *w)
{
    char digest[BB_SHA256_TEXT];
    digest_of(founds, path, digest);
    bb_jw_text(w, digest);
}

static const char *key_of(const struct bb_sources *sources, struct bb_arena *arena)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 0);
    bb_jw_array(&w);
    for (size_t i = 0; i < sources->n; i++) {
        const struct bb_source *source = &sources->source[i];
        bb_jw_text(&w, source->dir);
        for (size_t f = 0; f < source->file.n; f++) bb_jw_text(&w, source->file.text[f]);
        bb_jw_text(&w, source->gram);
        bb_jw_text(&w, source->sha256);
        bb_jw_text(&w, source->sha1);
        bb_jw_text(&w, source->stimulus_set_sha1);
        write_rules(&w, source);
    }
    bb_jw_array_end(&w);
    const char *key = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return key;
}

static void set_content(struct bb_founds *founds, struct bb_found *found)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 0);
    bb_jw_array(&w);
    bb_jw_text(&w, found->digest);
    bb_jw_number(&w, found->kind);
    for (size_t i = 0; i < found->sources->n; i++) {
        bb_jw_number(&w, found->paths ? (double)found->paths[i].n : 1);
        write_rules(&w, &found->sources->source[i]);
        if (found->stimulus_set && found->stimulus_set[i]) write_digest(founds, found->stimulus_set[i], &w);
    }
    bb_jw_array_end(&w);
    bb_sha256_text(text.data, text.len, found->content);
    bb_buf_release(&text);
}

/* --- the SHA-1 that a catalog states ------------------------------------------------------------------------------- */

/* Of a file with that SHA-256, in the arena: from the cache, or, where it may be read now, from the file; NULL: not known. */
static const char *sha1_of(struct bb_founds *founds, const char *path, const char *sha256, bool may_read)
{
    struct bb_buf text = BB_BUF_INIT;
    char sha1[BB_SHA1_TEXT];
    const char *known = NULL;
    if (bb_cache_get(founds->cache, SHA1_KIND, sha256, &text) && text.len == BB_SHA1_TEXT - 1)
        known = bb_arena_strdup(founds->arena, bb_buf_text(&text));
    bb_buf_release(&text);
    if (known || !may_read || bb_sha1_file(path, sha1, NULL) != BB_OK) return known;
    bb_cache_put(founds->cache, SHA1_KIND, sha256, sha1, BB_SHA1_TEXT - 1);
    return bb_arena_strdup(founds->arena, sha1);
}

static enum bb_code compare_sha1(struct bb_found *found, const char *path, const char *sha1, const char *stated)
{
    enum bb_code code = stated ? bb_sha1_compare(sha1, stated, &found->err) : BB_OK;
    if (!code) return BB_OK;
    (void)bb_err_wrap(&found->err, code, "%s", bb_path_base(path));
    found->public = found->err;
    return code;
}

/* --- finding ------------------------------------------------------------------------------------------------------ */

static void remove_all(char *text, const char *prefix)
{
    size_t len = strlen(prefix);
    for (char *at = len ? strstr(text, prefix) : NULL; at; at = strstr(at, prefix)) memmove(at, at + len, strlen(at + len) + 1);
}

void bb_founds_make_public(const struct bb_founds *founds, const struct bb_sources *sources, char *message)
{
    struct bb_arena *arena = bb_arena_new(0);
    for (size_t i = 0; sources && i < sources->n; i++)
        remove_all(message, bb_arena_printf(arena, "%s/", sources->source[i].dir ? sources->source[i].dir : ""));
    for (size_t i = 0; i < founds->path->n; i++) remove_all(message, bb_arena_printf(arena, "%s/", founds->path->dir[i]));
    bb_arena_free(arena);
}

static struct bb_texts names_of(const struct bb_source *source)
{
    if (!source->gram) return source->file;
    return (struct bb_texts){(const char **)(uintptr_t)&source->gram, 1};
}

/* Which of a source's files is not there. */
static const char *absent_name(const struct bb_founds *founds, const struct bb_source *source)
{
    struct bb_paths found;
    struct bb_texts names = names_of(source);
    for (size_t i = 0; i + 1 < names.n; i++) {
        const struct bb_texts one = {&names.text[i], 1};
        if (bb_datapath_find(founds->path, source->dir, &one, founds->arena, &found, NULL) == BB_EABSENT) return names.text[i];
    }
    return names.text[names.n - 1];
}

/* A file that is not here counts as found when its digest is stated: cells that were scored from it elsewhere stand. */
static void find_pin(struct bb_found *found)
{
    const struct bb_source *source = &found->sources->source[0];
    if (found->sources->n != 1 || !source->sha256 ||
        (source->file.n > 1 || (source->file.n && bb_has_glob(source->file.text[0]))))
        return;
    snprintf(found->digest, sizeof found->digest, "sha256:%s", source->sha256);
    found->kind = source->gram ? BB_KIND_GRAM
                  : bb_ends_with(source->file.text[0], ".csv") || bb_ends_with(source->file.text[0], ".tsv") ||
                          bb_ends_with(source->file.text[0], ".gz")
                      ? BB_KIND_TABLE
                      : BB_KIND_ARRAY;
    found->have_digest = true;
}

static enum bb_code find_stimulus_set(struct bb_founds *founds, struct bb_found *found, size_t i)
{
    const struct bb_source *source = &found->sources->source[i];
    const char *name = source->stimulus_set;
    const struct bb_texts names = {&name, 1};
    struct bb_paths paths;
    enum bb_code code = bb_datapath_find(founds->path, source->dir, &names, founds->arena, &paths, &found->err);
    if (!code) {
        char sha256[BB_SHA256_TEXT];
        found->stimulus_set[i] = paths.path[0];
        if (!source->stimulus_set_sha1) return BB_OK;
        digest_of(founds, paths.path[0], sha256);
        return compare_sha1(found, paths.path[0], sha1_of(founds, paths.path[0], sha256, true), source->stimulus_set_sha1);
    }
    (void)bb_fail(&found->public, code,
                  "there is no stimulus set \"%s\", neither beside the file that names it nor on the data path", name);
    return code;
}

static enum bb_code find_files(struct bb_founds *founds, struct bb_found *found)
{
    const struct bb_sources *sources = found->sources;
    found->paths = BB_NEW_ARRAY(founds->arena, sources->n, struct bb_paths);
    found->stimulus_set = BB_NEW_ARRAY(founds->arena, sources->n, const char *);
    found->sha1 = BB_NEW_ARRAY(founds->arena, sources->n, const char *);
    for (size_t i = 0; i < sources->n; i++) {
        const struct bb_source *source = &sources->source[i];
        struct bb_texts names = names_of(source);
        enum bb_code code = bb_datapath_find(founds->path, source->dir, &names, founds->arena, &found->paths[i], &found->err);
        if (code == BB_EABSENT) {
            (void)bb_fail(&found->public, BB_EABSENT,
                          "there is no file \"%s\", neither beside the file that names it nor on the data path",
                          absent_name(founds, source));
            return code;
        }
        if (code) {
            found->public = found->err;
            bb_founds_make_public(founds, sources, found->public.msg);
            return code;
        }
        found->n_paths += found->paths[i].n;
        if (source->stimulus_set && (code = find_stimulus_set(founds, found, i))) return code;
    }
    return BB_OK;
}

static const char *path_at(const struct bb_found *found, size_t index)
{
    for (size_t i = 0; i < found->sources->n; index -= found->paths[i++].n)
        if (index < found->paths[i].n) return found->paths[i].path[index];
    return NULL;
}

/* The place among all files of the one whose SHA-1 the source states; false: it states none, or names several files. */
static bool stated_file(const struct bb_found *found, size_t source, size_t *file)
{
    *file = 0;
    for (size_t i = 0; i < source; i++) *file += found->paths[i].n;
    return found->sources->source[source].sha1 && found->paths[source].n == 1;
}

static void learn_sha1(struct bb_founds *founds, struct bb_found *found, size_t source, const char *sha256, const char *sha1)
{
    found->sha1[source] = bb_arena_strdup(founds->arena, sha1);
    bb_cache_put(founds->cache, SHA1_KIND, sha256, sha1, BB_SHA1_TEXT - 1);
}

/* From the cache, or of a small file; false: the file is to be read by a worker. */
static bool find_sha1(struct bb_founds *founds, struct bb_found *found, size_t source, const char *path, const char *sha256)
{
    struct stat now;
    bool small = stat(path, &now) == 0 && (uint64_t)now.st_size <= SMALL_FILE;
    found->sha1[source] = sha1_of(founds, path, sha256, small);
    return found->sha1[source] != NULL;
}

/* file: the SHA-256 of each. */
static bool find_sha1s(struct bb_founds *founds, struct bb_found *found, char (*file)[BB_SHA256_TEXT])
{
    bool all = true;
    for (size_t i = 0, at; i < found->sources->n; i++)
        if (stated_file(found, i, &at) && !found->sha1[i]) all = find_sha1(founds, found, i, path_at(found, at), file[at]) && all;
    return all;
}

static void check_sha1(struct bb_found *found)
{
    for (size_t i = 0, at; !found->code && i < found->sources->n; i++)
        if (stated_file(found, i, &at))
            found->code = compare_sha1(found, path_at(found, at), found->sha1[i], found->sources->source[i].sha1);
    if (found->code) found->have_digest = false;
}

/* Of tables the reader checks it. */
static void check_pin(struct bb_found *found)
{
    const char *pin = found->sources->source[0].sha256;
    if (found->kind == BB_KIND_TABLE || found->sources->n != 1 || !pin || bb_streq(pin, found->digest + strlen("sha256:")))
        return;
    found->code = bb_fail(&found->err, BB_EINPUT, "%s: its sha256 is %s, not %s as stated; it is another file, or it has changed",
                          bb_path_base(path_at(found, 0)), found->digest + strlen("sha256:"), pin);
    found->public = found->err;
}

/* The digest of a list of files, as bb_table_files_read makes it: of the one file, or of their digests one after the other. */
static void set_digest(struct bb_founds *founds, struct bb_found *found, char (*file)[BB_SHA256_TEXT])
{
    char all[BB_SHA256_TEXT];
    if (!find_sha1s(founds, found, file)) return;
    struct bb_sha256 *sha = bb_sha256_new();
    for (size_t i = 0; i < found->n_paths; i++) bb_sha256_add(sha, file[i], BB_SHA256_TEXT - 1);
    bb_sha256_finish(sha, all);
    snprintf(found->digest, sizeof found->digest, "sha256:%s", found->n_paths == 1 ? file[0] : all);
    found->have_digest = true;
    set_content(founds, found);
    check_pin(found);
    if (!found->code) check_sha1(found);
}

static void find_digest(struct bb_founds *founds, struct bb_found *found)
{
    char(*file)[BB_SHA256_TEXT] = bb_calloc(found->n_paths + 1, sizeof *file);
    bool known = true;
    for (size_t i = 0; i < found->n_paths; i++) {
        const char *path = path_at(found, i);
        struct stat now;
        bool here = stat(path, &now) == 0;
        found->bytes += here ? (uint64_t)now.st_size : 0;
        if (bb_cache_file_digest(founds->cache, path, file[i])) continue;
        if (here && (uint64_t)now.st_size <= SMALL_FILE && bb_sha256_file(path, file[i], NULL) == BB_OK)
            bb_cache_learn_digest(founds->cache, path, file[i]);
        else
            known = false;
    }
    if (known) set_digest(founds, found, file);
    free(file);
}

/* By what is in it; where that is no HDF5 (any more), by its name: the reader then says what is wrong with it. */
static bool is_array_file(const char *path)
{
    static const char *const ending[] = {".nc", ".nc4", ".h5", ".hdf5", ".he5"};
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++)
        if (bb_ends_with(path, ending[i])) return true;
    return bb_is_hdf5(path);
}

static void find_kind(struct bb_found *found)
{
    found->kind = BB_KIND_TABLE;
    for (size_t i = 0; i < found->sources->n; i++) {
        if (found->sources->source[i].gram) found->kind = BB_KIND_GRAM;
        for (size_t k = 0; k < found->paths[i].n && found->kind == BB_KIND_TABLE; k++)
            if (is_array_file(found->paths[i].path[k])) found->kind = BB_KIND_ARRAY;
    }
}

/* --- looks -------------------------------------------------------------------------------------------------------- */

static void look_key(const struct bb_found *found, char out[BB_SHA256_TEXT])
{
    char text[BB_SHA256_TEXT + 32];
    snprintf(text, sizeof text, "look/%d %s", LOOK_VERSION, found->content);
    bb_sha256_text(text, strlen(text), out);
}

static void write_look(const struct bb_look *look, struct bb_json_writer *w)
{
    bb_jw_member_number(w, "code", look->code);
    bb_jw_member_text(w, "reason", look->reason);
    bb_jw_member_bool(w, "unreadable", look->unreadable);
    bb_jw_member_number(w, "rows", (double)look->rows);
    bb_jw_member_number(w, "values", (double)look->values);
    bb_jw_member_number(w, "time_bins", (double)look->time_bins);
    bb_jw_key(w, "layers");
    bb_jw_array(w);
    for (size_t i = 0; i < look->n_layers; i++) {
        bb_jw_text(w, look->layer[i].name);
        bb_jw_number(w, (double)look->layer[i].features);
    }
    bb_jw_array_end(w);
}

static bool read_look(const struct bb_json *json, struct bb_arena *arena, struct bb_look *out)
{
    const struct bb_json *layers = bb_json_member(json, "layers");
    const struct bb_json *unreadable = bb_json_member(json, "unreadable");
    if (!layers || layers->type != BB_JSON_ARRAY || layers->as.list.n % 2) return false;
    *out = (struct bb_look){.code = (enum bb_code)bb_json_number(json, "code"),
                            .reason = bb_json_text(json, "reason"),
                            .unreadable = unreadable && unreadable->type == BB_JSON_BOOL && unreadable->as.boolean,
                            .rows = (size_t)bb_json_number(json, "rows"),
                            .values = (uint64_t)bb_json_number(json, "values"),
                            .n_layers = layers->as.list.n / 2,
                            .time_bins = (size_t)bb_json_number(json, "time_bins")};
    out->layer = BB_NEW_ARRAY(arena, out->n_layers, struct bb_layer);
    for (size_t i = 0; i < out->n_layers; i++) {
        const struct bb_json *name = layers->as.list.item[2 * i], *features = layers->as.list.item[2 * i + 1];
        if (name->type != BB_JSON_TEXT || features->type != BB_JSON_NUMBER) return false;
        out->layer[i] = (struct bb_layer){name->as.text, (size_t)features->as.number};
    }
    return true;
}

static const struct bb_json *parse(struct bb_arena *arena, const char *data, size_t len)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "look", data, len, &diags);
    bb_diags_release(&diags);
    return json;
}

static void find_look(struct bb_founds *founds, struct bb_found *found)
{
    char key[BB_SHA256_TEXT];
    struct bb_buf data = BB_BUF_INIT;
    if (found->kind == BB_KIND_TABLE) {
        found->have_look = true;
        return;
    }
    if (!found->have_digest) return;
    look_key(found, key);
    if (bb_cache_get(founds->cache, LOOK_KIND, key, &data)) {
        const struct bb_json *json = parse(founds->arena, data.data, data.len);
        found->have_look = json && read_look(json, founds->arena, &found->look);
    }
    bb_buf_release(&data);
}

/* Of each source, where it states one. */
static void write_sha1s(const struct bb_found *found, struct bb_json_writer *w)
{
    bb_jw_key(w, "sha1");
    bb_jw_array(w);
    for (size_t i = 0, at; i < found->sources->n; i++) {
        char sha1[BB_SHA1_TEXT] = "";
        if (!stated_file(found, i, &at) || bb_sha1_file(path_at(found, at), sha1, NULL) != BB_OK) sha1[0] = '\0';
        bb_jw_text(w, sha1);
    }
    bb_jw_array_end(w);
}

void bb_found_look(struct bb_found *found, struct bb_buf *out)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_look look = {0};
    struct bb_err err = {0};
    struct bb_json_writer w;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    if (!found->have_digest) {
        bb_jw_key(&w, "files");
        bb_jw_array(&w);
        for (size_t i = 0; i < found->n_paths && !look.code; i++) {
            char digest[BB_SHA256_TEXT] = "";
            look.code = bb_sha256_file(path_at(found, i), digest, &err);
            bb_jw_text(&w, digest);
        }
        bb_jw_array_end(&w);
        write_sha1s(found, &w);
    }
    if (!look.code && found->kind != BB_KIND_TABLE) look.code = bb_activations_look(found, arena, &look, &err);
    if (look.code) look.reason = err.msg;
    write_look(&look, &w);
    bb_jw_object_end(&w);
    bb_arena_free(arena);
}

static void take_sha1s(struct bb_founds *founds, struct bb_found *found, const struct bb_json *list, char (*file)[BB_SHA256_TEXT])
{
    if (!list || list->type != BB_JSON_ARRAY || list->as.list.n != found->sources->n) return;
    for (size_t i = 0, at; i < list->as.list.n; i++) {
        const struct bb_json *sha1 = list->as.list.item[i];
        if (stated_file(found, i, &at) && sha1->type == BB_JSON_TEXT && strlen(sha1->as.text) == BB_SHA1_TEXT - 1)
            learn_sha1(founds, found, i, file[at], sha1->as.text);
    }
}

static bool take_digests(struct bb_founds *founds, struct bb_found *found, const struct bb_json *files,
                         const struct bb_json *sha1s)
{
    if (!files || files->type != BB_JSON_ARRAY || files->as.list.n != found->n_paths) return false;
    char(*file)[BB_SHA256_TEXT] = bb_calloc(found->n_paths + 1, sizeof *file);
    bool good = true;
    for (size_t i = 0; i < found->n_paths && good; i++) {
        const struct bb_json *digest = files->as.list.item[i];
        good = digest->type == BB_JSON_TEXT && strlen(digest->as.text) == BB_SHA256_TEXT - 1;
        if (good) memcpy(file[i], digest->as.text, BB_SHA256_TEXT);
        if (good) bb_cache_learn_digest(founds->cache, path_at(found, i), file[i]);
    }
    if (good) take_sha1s(founds, found, sha1s, file);
    if (good) set_digest(founds, found, file);
    free(file);
    return good;
}

bool bb_found_take_look(struct bb_founds *founds, struct bb_found *found, const char *data, size_t len)
{
    const struct bb_json *json = parse(founds->arena, data, len);
    if (!json || !read_look(json, founds->arena, &found->look)) return false;
    found->have_look = true;
    if (found->look.reason) {
        char *reason = bb_arena_strdup(founds->arena, found->look.reason);
        bb_founds_make_public(founds, found->sources, reason);
        found->look.reason = reason;
    }
    found->look.resource = found->look.code == BB_EIO;
    if (!found->have_digest && !take_digests(founds, found, bb_json_member(json, "files"), bb_json_member(json, "sha1")))
        return found->look.code != BB_OK;
    if (found->kind == BB_KIND_TABLE || found->look.resource || found->look.code == BB_EABSENT)
        return true; /* it may be otherwise next time */
    char key[BB_SHA256_TEXT];
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    look_key(found, key);
    bb_jw_init(&w, &text, 0);
    bb_jw_object(&w);
    write_look(&found->look, &w);
    bb_jw_object_end(&w);
    bb_cache_put(founds->cache, LOOK_KIND, key, text.data, text.len);
    bb_buf_release(&text);
    return true;
}

void bb_found_fail_look(struct bb_founds *founds, struct bb_found *found, const char *reason)
{
    char *text = bb_arena_strdup(founds->arena, reason);
    bb_founds_make_public(founds, found->sources, text);
    found->look = (struct bb_look){.code = BB_ELIMIT, .reason = text, .resource = true};
    found->have_look = true;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

struct bb_found *bb_founds_get(struct bb_founds *founds, const struct bb_sources *sources)
{
    const char *key = key_of(sources, founds->arena);
    size_t known = founds->key.n, at = bb_names_add(&founds->key, key);
    if (at < known) return founds->found[at];
    founds->found = bb_grow(founds->found, &founds->cap, known + 1, sizeof *founds->found);
    struct bb_found *found = founds->found[at] = BB_NEW(founds->arena, struct bb_found);
    found->sources = sources;
    found->key = key;
    found->code = find_files(founds, found);
    if (found->code == BB_EABSENT) find_pin(found);
    if (found->code == BB_OK) {
        find_kind(found);
        find_digest(founds, found);
    } else if (found->have_digest) {
        found->paths = NULL;
        set_content(founds, found);
    }
    if (found->code == BB_OK || found->have_digest) find_look(founds, found);
    return found;
}
