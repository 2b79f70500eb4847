#include "render/editions.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "render/host_files.h"

#define SCHEMA     "brainboard/release/1"
#define PAGES_FILE "pages.js"

/* --- order ------------------------------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
    return bb_natural_compare(((const struct bb_edition *)b)->name, ((const struct bb_edition *)a)->name);
}

static int by_date(const void *a, const void *b)
{
    int order = strcmp(((const struct bb_edition *)b)->date, ((const struct bb_edition *)a)->date);
    return order ? order : by_name(a, b);
}

static void sort(struct bb_editions *editions)
{
    bool dated = true;
    for (size_t i = 0; i < editions->n; i++) dated = dated && editions->edition[i].date && *editions->edition[i].date;
    if (editions->n) qsort(editions->edition, editions->n, sizeof editions->edition[0], dated ? by_date : by_name);
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

/* "assets/<a name>", and nothing that leads elsewhere. */
static bool is_asset(const struct bb_json *item)
{
    static const char folder[] = "assets/";
    if (item->type != BB_JSON_TEXT || !bb_starts_with(item->as.text, folder)) return false;
    return bb_id_valid(item->as.text + sizeof folder - 1);
}

static bool read_assets(const struct bb_json *json, struct bb_edition *edition, struct bb_arena *arena)
{
    const struct bb_json *assets = bb_json_member(json, "assets");
    if (!assets || assets->type != BB_JSON_ARRAY) return false;
    edition->asset = BB_NEW_ARRAY(arena, assets->as.list.n + 1, const char *);
    for (size_t i = 0; i < assets->as.list.n; i++) {
        if (!is_asset(assets->as.list.item[i])) return false;
        edition->asset[edition->n_assets++] = assets->as.list.item[i]->as.text;
    }
    return true;
}

static enum bb_code read_edition(const char *path, const char *folder, struct bb_edition *out, struct bb_arena *arena,
                                 struct bb_err *err)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_read(arena, path, (struct bb_place){0}, &diags);
    bool good = json && bb_streq(bb_json_text(json, "schema"), SCHEMA) && bb_streq(bb_json_text(json, "name"), folder);
    if (good) {
        const struct bb_json *anonymous = bb_json_member(json, "anonymous");
        *out = (struct bb_edition){.name = bb_json_text(json, "name"),
                                   .title = bb_json_text(json, "title"),
                                   .date = bb_json_text(json, "date"),
                                   .scores = bb_json_text(json, "scores"),
                                   .anonymous = anonymous && anonymous->type == BB_JSON_BOOL && anonymous->as.boolean,
                                   .models = bb_json_number(json, "models"),
                                   .benchmarks = bb_json_number(json, "benchmarks"),
                                   .files = bb_json_number(json, "files"),
                                   .bytes = bb_json_number(json, "bytes")};
        good = out->scores && out->files >= 0 && out->bytes >= 0 && out->models >= 0 && out->benchmarks >= 0 &&
               read_assets(json, out, arena);
    }
    bb_diags_release(&diags);
    if (good) return BB_OK;
    return bb_fail(
        err, BB_EINPUT,
        "%s is damaged: it does not say what the release \"%s\" is. Restore it from where the site was published, or move the "
        "folder away.",
        path, folder);
}

/* Folders in v/ of the site that have a release.json; not by a pattern, for the path of the site may look like one. */
static enum bb_code list(const char *folder, struct bb_names *names, struct bb_arena *arena, struct bb_err *err)
{
    DIR *dir = opendir(folder);
    if (!dir && (errno == ENOENT || errno == ENOTDIR)) return BB_OK;
    if (!dir) return bb_fail(err, BB_EIO, "The folder %s cannot be read: %s.", folder, strerror(errno));
    for (struct dirent *entry; (entry = readdir(dir));)
        if (bb_id_valid(entry->d_name) && bb_is_file(bb_arena_printf(arena, "%s/%s/" BB_RELEASE_FILE, folder, entry->d_name)))
            bb_names_add(names, entry->d_name);
    closedir(dir);
    return BB_OK;
}

enum bb_code bb_editions_read(const char *out, struct bb_arena *arena, struct bb_editions *editions, struct bb_err *err)
{
    const char *folder = bb_path_join(arena, out, BB_EDITION_FOLDER);
    struct bb_names names;
    *editions = (struct bb_editions){0};
    bb_names_init(&names);
    enum bb_code code = list(folder, &names, arena, err);
    editions->edition = BB_NEW_ARRAY(arena, names.n + 1, struct bb_edition);
    for (size_t i = 0; code == BB_OK && i < names.n; i++) {
        const char *path = bb_arena_printf(arena, "%s/%s/" BB_RELEASE_FILE, folder, names.name[i]);
        code = read_edition(path, names.name[i], &editions->edition[editions->n++], arena, err);
    }
    bb_names_release(&names);
    if (code == BB_OK) sort(editions);
    return code;
}

const struct bb_edition *bb_editions_find(const struct bb_editions *editions, const char *name)
{
    for (size_t i = 0; i < editions->n; i++)
        if (bb_streq(editions->edition[i].name, name)) return &editions->edition[i];
    return NULL;
}

void bb_editions_add(struct bb_editions *editions, const struct bb_edition *edition, struct bb_arena *arena)
{
    struct bb_edition *all = BB_NEW_ARRAY(arena, editions->n + 1, struct bb_edition);
    if (editions->n) memcpy(all, editions->edition, editions->n * sizeof *all);
    all[editions->n++] = *edition;
    editions->edition = all;
    sort(editions);
}

bool bb_editions_here(const struct bb_site *site)
{
    return site->edition || (site->editions && site->editions->n);
}

/* --- an edition's own files ------------------------------------------------------------------------------------------- */

enum bb_code bb_edition_pages_add(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    size_t n;
    const struct bb_staged *file = bb_staging_files(site->staging, "", site->arena, &n);
    bb_buf_printf(&text, "brainboardPages(\"%s\", ", site->edition->name);
    bb_jw_init(&w, &text, 0);
    bb_jw_array(&w);
    for (size_t i = 0; i < n; i++)
        if (bb_is_indexed(site, file[i].path)) bb_jw_text(&w, file[i].path);
    bb_jw_array_end(&w);
    bb_buf_puts(&text, ");\n");
    enum bb_code code = bb_staging_add(site->staging, PAGES_FILE, bb_buf_text(&text), text.len, err);
    bb_buf_release(&text);
    return code;
}

static void write_edition(struct bb_json_writer *w, const struct bb_edition *edition)
{
    bb_jw_object(w);
    bb_jw_member_text(w, "schema", SCHEMA);
    bb_jw_member_text(w, "name", edition->name);
    bb_jw_member_text(w, "title", edition->title);
    bb_jw_member_text(w, "date", edition->date);
    bb_jw_member_text(w, "scores", edition->scores);
    bb_jw_member_bool(w, "anonymous", edition->anonymous);
    bb_jw_member_number(w, "models", edition->models);
    bb_jw_member_number(w, "benchmarks", edition->benchmarks);
    bb_jw_member_number(w, "files", edition->files);
    bb_jw_member_number(w, "bytes", edition->bytes);
    bb_jw_key(w, "assets");
    bb_jw_array(w);
    for (size_t i = 0; i < edition->n_assets; i++) bb_jw_text(w, edition->asset[i]);
    bb_jw_array_end(w);
    bb_jw_object_end(w);
}

enum bb_code bb_edition_finish(const struct bb_site *site, struct bb_edition *edition, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    size_t n;
    const struct bb_staged *file = bb_staging_files(site->staging, "", site->arena, &n);
    edition->scores = site->digest;
    edition->models = (double)site->listed->n_models;
    edition->benchmarks = 0;
    for (size_t i = 0; i < site->listed->tree.n; i++) edition->benchmarks += bb_node_is_leaf(&site->listed->tree.node[i]);
    edition->files = edition->bytes = 0;
    for (size_t i = 0; i < n; i++) {
        if (file[i].hidden) continue;
        edition->files++;
        edition->bytes += (double)bb_staging_size(site->staging, file[i].path);
    }
    edition->asset = BB_NEW_ARRAY(site->arena, site->assets.n + 1, const char *);
    for (size_t i = 0; i < site->assets.n; i++) edition->asset[i] = site->assets.asset[i].path + strlen(BB_EDITION_UP);
    edition->n_assets = site->assets.n;
    bb_jw_init(&w, &text, 1);
    write_edition(&w, edition);
    bb_buf_puts(&text, "\n");
    enum bb_code code = bb_staging_add(site->staging, BB_RELEASE_FILE, bb_buf_text(&text), text.len, err);
    bb_buf_release(&text);
    return code;
}

/* --- the site around them --------------------------------------------------------------------------------------------- */

static void write_version(struct bb_json_writer *w, const struct bb_site *site, const struct bb_edition *edition, bool is_latest)
{
    const char *path = bb_arena_printf(site->arena, BB_EDITION_FOLDER "/%s/index.html", edition->name);
    bb_jw_object(w);
    bb_jw_member_text(w, "name", edition->name);
    bb_jw_member_text(w, "version", edition->name);
    bb_jw_member_text(w, "title", edition->name);
    bb_jw_member_text(w, "url", site->base ? bb_absolute(site, path, site->arena) : path);
    bb_jw_key(w, "aliases");
    bb_jw_array(w);
    if (is_latest) bb_jw_text(w, "latest");
    bb_jw_array_end(w);
    bb_jw_member_text(w, "date", edition->date);
    if (is_latest) bb_jw_member_bool(w, "preferred", true);
    bb_jw_object_end(w);
}

static enum bb_code add_versions(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf json = BB_BUF_INIT, script = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &json, 1);
    bb_jw_array(&w);
    for (size_t i = 0; i < site->editions->n; i++) write_version(&w, site, &site->editions->edition[i], i == 0);
    bb_jw_array_end(&w);
    bb_buf_printf(&script, "var brainboardVersions = %s;\n", bb_buf_text(&json));
    bb_buf_puts(&json, "\n");
    enum bb_code code = bb_staging_add(site->staging, BB_VERSIONS_JSON, bb_buf_text(&json), json.len, err);
    if (code == BB_OK) code = bb_staging_add(site->staging, BB_VERSIONS_SCRIPT, bb_buf_text(&script), script.len, err);
    bb_buf_release(&json);
    bb_buf_release(&script);
    return code;
}

static enum bb_code keep_assets(const struct bb_site *site, const struct bb_edition *edition, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; code == BB_OK && i < edition->n_assets; i++) {
        bool there;
        code = bb_staging_keep(site->staging, edition->asset[i], &there, err);
        if (code == BB_OK && !there)
            bb_log_warning("The release %s needs %s, which is gone from the site: its pages are not shown as they were.",
                           edition->name, edition->asset[i]);
    }
    return code;
}

enum bb_code bb_editions_publish(const struct bb_site *site, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    if (!bb_editions_here(site)) return BB_OK;
    for (size_t i = 0; code == BB_OK && i < site->editions->n; i++) code = keep_assets(site, &site->editions->edition[i], err);
    return code == BB_OK ? add_versions(site, err) : code;
}
