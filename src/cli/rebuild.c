#include "cli/rebuild.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/publish.h"
#include "cli/scored.h"
#include "render/editions.h"
#include "render/provenance.h"
#include "render/staging.h"

#define SCORES "data/scores.json"

enum { MOST_SHOWN = 20 };

struct rebuild {
    const struct bb_args *args;
    struct bb_arena *arena;
    const char *site, *tmp;
    const struct bb_json *provenance;
    const char *release; /* the site is this release of another one; NULL */
    struct bb_args as;   /* the options that the site was made with */
    struct bb_diags *diags;
    struct bb_rebuild_report *report;
};

/* --- how it was made --------------------------------------------------------------------------------------------------- */

static const struct bb_json *read(struct rebuild *r, const char *name, struct bb_err *err)
{
    const char *path = bb_path_join(r->arena, r->site, name);
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_read(r->arena, path, (struct bb_place){0}, &diags);
    bb_diags_release(&diags);
    if (!json) bb_fail(err, BB_EINPUT, "%s cannot be read, and without it nobody knows what the site was made from.", path);
    return json;
}

static bool is_set(const struct bb_json *object, const char *key)
{
    const struct bb_json *is = bb_json_member(object, key);
    return is && is->type == BB_JSON_BOOL && is->as.boolean;
}

/* The address of the site around a release. */
static const char *base_of(const struct rebuild *r, const char *base)
{
    const char *tail = r->release ? bb_arena_printf(r->arena, BB_EDITION_FOLDER "/%s/", r->release) : "";
    return base && bb_ends_with(base, tail) ? bb_arena_strndup(r->arena, base, strlen(base) - strlen(tail)) : base;
}

static enum bb_code read_options(struct rebuild *r, struct bb_err *err)
{
    r->provenance = read(r, BB_PROVENANCE_FILE, err);
    if (!r->provenance) return BB_EINPUT;
    if (bb_is_file(bb_path_join(r->arena, r->site, BB_RELEASE_FILE))) {
        const struct bb_json *release = read(r, BB_RELEASE_FILE, err);
        r->release = release ? bb_json_text(release, "name") : NULL;
        if (!r->release) return bb_fail(err, BB_EINPUT, "%s/" BB_RELEASE_FILE " does not say which release this is.", r->site);
    }
    const struct bb_json *options = bb_json_member(r->provenance, "options");
    r->as = *r->args;
    r->as.parity = is_set(options, "parity");
    r->as.anonymous = is_set(options, "anonymous");
    r->as.no_pdf = !is_set(options, "pdf");
    r->as.palette = bb_json_text(options, "palette");
    r->as.base_url = base_of(r, bb_json_text(options, "base_url"));
    r->as.release = r->release;
    return BB_OK;
}

/* Another program may make other pages of the same numbers. */
static void compare_programs(struct rebuild *r)
{
    const char *was = bb_json_text(r->provenance, "program"), *is = bb_arena_printf(r->arena, "brainboard %s", bb_version);
    if (!bb_streq(was, is))
        bb_diag_add(r->diags, BB_WARNING, (struct bb_place){.file = bb_path_join(r->arena, r->site, BB_PROVENANCE_FILE)},
                    "the site was made by %s, and this is %s: what differs may be due to that", was ? was : "another program", is);
}

/* --- inputs that do not lie in the site -------------------------------------------------------------------------------- */

/* Files of the folder *dir that `key` of the inputs names, by their digests; copied to `to` unless that is NULL. NULL in *dir when the site was made
   without. */
static enum bb_code take_inputs(struct rebuild *r, const char *key, const char **dir, const char *to, struct bb_err *err)
{
    const struct bb_json *files = bb_json_member(bb_json_member(r->provenance, "inputs"), key);
    const char *from = *dir;
    *dir = NULL;
    if (!files || files->type != BB_JSON_OBJECT) return BB_OK;
    if (!from)
        return bb_fail(err, BB_EUSAGE, "%s was made with %s of its own: --%s DIR says where %s.", r->site,
                       bb_streq(key, "history") ? "a history" : key, key, bb_streq(key, "history") ? "that is" : "they are");
    *dir = to ? to : from;
    for (size_t i = 0; i < files->as.list.n; i++) {
        const struct bb_json *file = files->as.list.item[i];
        char digest[BB_DIGEST_TEXT] = "sha256:";
        if (file->type != BB_JSON_TEXT || !bb_path_is_inside(file->key))
            return bb_fail(err, BB_EINPUT, "%s/" BB_PROVENANCE_FILE " is damaged: \"%s\" is no input.", r->site, file->key);
        const char *path = bb_path_join(r->arena, from, file->key);
        enum bb_code code = bb_sha256_file(path, digest + strlen(digest), err);
        if (code == BB_OK && !bb_streq(digest, file->as.text))
            code = bb_fail(err, BB_EINPUT, "%s is not the file that %s was made with.", path, r->site);
        if (code == BB_OK && to) code = bb_file_copy(path, bb_path_join(r->arena, to, file->key), err);
        if (code != BB_OK) return code;
    }
    return BB_OK;
}

/* --- releases that lie in the site ------------------------------------------------------------------------------------- */

static enum bb_code copy(const struct rebuild *r, const char *name, struct bb_err *err)
{
    return bb_file_copy(bb_path_join(r->arena, r->site, name), bb_path_join(r->arena, r->as.out, name), err);
}

/* What a site says of its releases is made of their release.json; and assets that they alone need are kept, not made. */
static enum bb_code take_releases(struct rebuild *r, struct bb_err *err)
{
    struct bb_editions editions;
    struct bb_buf list = BB_BUF_INIT;
    enum bb_code code = bb_editions_read(r->site, r->arena, &editions, err);
    for (size_t i = 0; code == BB_OK && i < editions.n; i++) {
        const struct bb_edition *edition = &editions.edition[i];
        code = copy(r, bb_arena_printf(r->arena, BB_EDITION_FOLDER "/%s/" BB_RELEASE_FILE, edition->name), err);
        for (size_t k = 0; code == BB_OK && k < edition->n_assets; k++) {
            if (!bb_is_file(bb_path_join(r->arena, r->site, edition->asset[k]))) continue; /* verify has said so */
            bb_buf_printf(&list, "%s\n", edition->asset[k]);
            code = copy(r, edition->asset[k], err);
        }
    }
    if (code == BB_OK && editions.n)
        code = bb_file_write(bb_path_join(r->arena, r->as.out, BB_SITE_LIST), bb_buf_text(&list), list.len, err);
    bb_buf_release(&list);
    return code;
}

/* --- making it again --------------------------------------------------------------------------------------------------- */

/* What there is to warn of was said when the site was made. */
static int render(struct rebuild *r, struct bb_cli_board board)
{
    struct bb_err err = {0};
    enum bb_log_level level = bb_log_get_level();
    if (level == BB_LOG_NORMAL) bb_log_set_level(BB_LOG_QUIET);
    int status = bb_cli_render(&r->as, board, &err) == BB_OK ? BB_EXIT_OK : bb_cli_fail(&err);
    bb_log_set_level(level);
    return status;
}

static int from_manifest(struct rebuild *r)
{
    struct bb_scored scored = {0};
    int status = bb_scored_make(&r->as, &scored);
    if (status == BB_EXIT_OK) {
        scored.results->board.release = bb_json_text(r->provenance, "release"); /* --release may have named it */
        status = render(r, bb_cli_board_scored(&r->as, &scored));
    }
    bb_scored_release(&scored);
    return status;
}

static int from_results(struct rebuild *r)
{
    struct bb_cli_board board;
    int status = bb_cli_board_read(&r->as, r->as.rest[0], &board);
    if (status == BB_EXIT_OK) status = render(r, board);
    bb_results_free(board.results);
    return status;
}

static int make(struct rebuild *r)
{
    const char *from = r->args->manifest ? r->args->manifest : bb_path_join(r->arena, r->site, SCORES);
    r->as.rest = &from;
    r->report->from = from;
    return r->args->manifest ? from_manifest(r) : from_results(r);
}

/* --- comparing --------------------------------------------------------------------------------------------------------- */

static void wrong(struct rebuild *r, const char *file, const char *what)
{
    if (++r->report->n_wrong <= MOST_SHOWN)
        bb_diag_add(r->diags, BB_ERROR, (struct bb_place){.file = bb_path_join(r->arena, r->site, file)}, "%s", what);
}

static enum bb_code compare_file(struct rebuild *r, const char *file, const char *again, struct bb_err *err)
{
    char was[BB_SHA256_TEXT], is[BB_SHA256_TEXT];
    const char *path = bb_path_join(r->arena, r->site, file);
    r->report->n_files++;
    if (!bb_is_file(path)) {
        wrong(r, file, "the file is gone, and is made again");
        return BB_OK;
    }
    enum bb_code code = bb_sha256_file(path, was, err);
    if (code == BB_OK) code = bb_sha256_file(bb_path_join(r->arena, again, file), is, err);
    if (code == BB_OK && !bb_streq(was, is)) wrong(r, file, "made again, the file has other bytes");
    return code;
}

static enum bb_code compare(struct rebuild *r, const char *again, struct bb_err *err)
{
    struct bb_names was, hidden, is, hidden_now;
    bb_names_init(&was);
    bb_names_init(&hidden);
    bb_names_init(&is);
    bb_names_init(&hidden_now);
    enum bb_code code = bb_site_list(r->site, &was, &hidden, err);
    if (code == BB_OK) code = bb_site_list(again, &is, &hidden_now, err);
    for (size_t i = 0; i < was.n; i++) {
        if (bb_names_find(&is, was.name[i]) != BB_NAMES_NONE) continue;
        if (bb_names_find(&hidden, was.name[i]) != BB_NAMES_NONE)
            r->report->n_unlisted++;
        else
            wrong(r, was.name[i], "the file is not made again");
    }
    for (size_t i = 0; code == BB_OK && i < is.n; i++) code = compare_file(r, is.name[i], again, err);
    if (code == BB_OK && !r->report->n_unlisted) code = compare_file(r, BB_SITE_LIST, again, err); /* it names unlisted files, too */
    bb_names_release(&was);
    bb_names_release(&hidden);
    bb_names_release(&is);
    bb_names_release(&hidden_now);
    if (r->report->n_wrong > MOST_SHOWN)
        bb_diag_add(r->diags, BB_ERROR, (struct bb_place){.file = r->site}, "and %zu more files that are not made again as they are",
                    r->report->n_wrong - MOST_SHOWN);
    if (r->report->n_unlisted)
        bb_diag_add(r->diags, BB_NOTE, (struct bb_place){.file = r->site},
                    "%zu files of unlisted models are not in the data, and were not made again: --manifest FILE makes them",
                    r->report->n_unlisted);
    return code;
}

/* --- all of it --------------------------------------------------------------------------------------------------------- */

static enum bb_code prepare(struct rebuild *r, struct bb_err *err)
{
    r->as.out = bb_path_join(r->arena, r->tmp, "site");
    compare_programs(r);
    enum bb_code code = take_inputs(r, "history", &r->as.history, bb_path_join(r->arena, r->tmp, "history"), err);
    if (code == BB_OK) code = take_inputs(r, "templates", &r->as.templates, NULL, err);
    if (code == BB_OK) code = take_inputs(r, "assets", &r->as.assets, NULL, err);
    if (code == BB_OK && !r->release) code = take_releases(r, err);
    return code;
}

int bb_rebuild(const struct bb_args *args, struct bb_diags *diags, struct bb_rebuild_report *report)
{
    struct rebuild r = {.args = args, .arena = args->arena, .site = args->rest[0], .diags = diags, .report = report};
    struct bb_err err = {0}, left;
    *report = (struct bb_rebuild_report){0};
    if (read_options(&r, &err) != BB_OK || !(r.tmp = bb_make_temporary(r.arena, &err))) return bb_cli_fail(&err);
    int status = prepare(&r, &err) == BB_OK ? BB_EXIT_OK : bb_cli_fail(&err);
    if (status == BB_EXIT_OK) status = make(&r);
    const char *again = r.release ? bb_arena_printf(r.arena, "%s/" BB_EDITION_FOLDER "/%s", r.as.out, r.release) : r.as.out;
    if (status == BB_EXIT_OK && compare(&r, again, &err) != BB_OK) status = bb_cli_fail(&err);
    if (bb_remove_tree(r.tmp, &left) != BB_OK) bb_log_warning("%s", left.msg);
    return status;
}
