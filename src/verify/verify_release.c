/*
 * Releases in a site: which there are, what they say of themselves, and whether the site names them all.
 */
#include <string.h>

#include "base/json.h"
#include "verify/verify_int.h"

#define FOLDER   "v/"
#define RELEASE  "release.json"
#define VERSIONS "versions.json"
#define SCORES   "data/scores.json"

static size_t name_length(const char *path)
{
    return bb_starts_with(path, FOLDER) ? strcspn(path + strlen(FOLDER), "/") : 0;
}

void bb_find_releases(struct bb_check *check, const struct bb_paths *paths)
{
    for (size_t i = 0; i < paths->n; i++) {
        size_t len = name_length(paths->path[i]);
        if (len && bb_streq(paths->path[i] + strlen(FOLDER) + len, "/" RELEASE))
            bb_names_add(&check->release, bb_arena_strndup(check->arena, paths->path[i], strlen(FOLDER) + len + 1));
    }
}

const char *bb_release_of(const struct bb_check *check, const char *path)
{
    size_t len = name_length(path);
    if (!len || path[strlen(FOLDER) + len] != '/') return NULL;
    size_t at = bb_names_find(&check->release, bb_arena_strndup(check->arena, path, strlen(FOLDER) + len + 1));
    return at == BB_NAMES_NONE ? NULL : check->release.name[at];
}

/* What check_file has complained of is NULL here. */
static const struct bb_json *read(struct bb_check *check, const char *file)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json =
        bb_json_read(check->arena, bb_path_join(check->arena, check->site, file), (struct bb_place){0}, &diags);
    bb_diags_release(&diags);
    return json;
}

static void check_scores(struct bb_check *check, const char *said)
{
    static const char kind[] = "sha256:";
    char digest[BB_SHA256_TEXT];
    struct bb_err err;
    check->report->n_digests++;
    if (bb_sha256_file(bb_path_join(check->arena, check->site, SCORES), digest, &err) != BB_OK)
        bb_wrong(check, BB_WRONG_DIGEST, SCORES, 0, "%s", err.msg);
    else if (!said || !bb_starts_with(said, kind) || !bb_streq(said + sizeof kind - 1, digest))
        bb_wrong(check, BB_WRONG_DIGEST, SCORES, 0, "its bytes are not those that " RELEASE " gives the digest of");
}

void bb_check_release(struct bb_check *check)
{
    const struct bb_json *json = read(check, RELEASE), *assets = json ? bb_json_member(json, "assets") : NULL;
    if (!json) return;
    const char *name = bb_json_text(json, "name"), *folder = bb_arena_printf(check->arena, FOLDER "%s/", name ? name : "");
    if (!bb_streq(folder, check->where))
        bb_wrong(check, BB_WRONG_DATA, RELEASE, 0, "it is about the release \"%s\", and lies in %s", name ? name : "",
                 check->where);
    check_scores(check, bb_json_text(json, "scores"));
    for (size_t i = 0; assets && assets->type == BB_JSON_ARRAY && i < assets->as.list.n; i++) {
        const struct bb_json *asset = assets->as.list.item[i];
        if (asset->type == BB_JSON_TEXT && !bb_check_has(check->around, asset->as.text))
            bb_wrong(check, BB_WRONG_FILES, RELEASE, asset->place.line, "%s is gone from the site around the release",
                     asset->as.text);
    }
}

/* Where an entry leads, relative to the site; NULL: elsewhere. */
static const char *leads_to(struct bb_check *check, const char *url)
{
    if (check->base_url && bb_starts_with(url, check->base_url)) url += strlen(check->base_url);
    const char *path = bb_link_path(VERSIONS, url, check->arena);
    if (!path) return NULL;
    return bb_ends_with(path, "/") ? bb_arena_printf(check->arena, "%sindex.html", path) : path;
}

static void check_entry(struct bb_check *check, const struct bb_json *entry, struct bb_names *named)
{
    const char *name = bb_json_text(entry, "version"), *url = bb_json_text(entry, "url");
    const char *path = url ? leads_to(check, url) : NULL;
    check->report->n_links++;
    if (!name || !path || bb_names_find(&check->beside, path) == BB_NAMES_NONE)
        bb_wrong(check, BB_WRONG_LINK, VERSIONS, entry->place.line, "the release \"%s\" at \"%s\" is not in the site",
                 name ? name : "", url ? url : "");
    if (name) bb_names_add(named, bb_arena_printf(check->arena, FOLDER "%s/", name));
}

void bb_check_versions(struct bb_check *check)
{
    const struct bb_json *json = bb_check_has(check, VERSIONS) ? read(check, VERSIONS) : NULL;
    struct bb_names named;
    bb_names_init(&named);
    for (size_t i = 0; json && json->type == BB_JSON_ARRAY && i < json->as.list.n; i++)
        check_entry(check, json->as.list.item[i], &named);
    for (size_t i = 0; i < check->release.n; i++)
        if (bb_names_find(&named, check->release.name[i]) == BB_NAMES_NONE)
            bb_wrong(check, BB_WRONG_FILES, VERSIONS, 0, "it does not name the release in %s", check->release.name[i]);
    bb_names_release(&named);
}
