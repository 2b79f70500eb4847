#include "verify/verify_int.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "base/log.h"

#define LIST_NAME ".brainboard-files"
#define ASSETS    "assets/"

/* More of a kind are counted and not shown. */
#define MOST_SHOWN 20
/* GitHub takes a file up to 100 MB; a page that a phone still likes. */
#define MOST_FILE 100000000ull
#define MOST_PAGE 3000000ull

static const char *const kinds[BB_N_WRONG] = {
    [BB_WRONG_FILES] = "of this kind about files",
    [BB_WRONG_DIGEST] = "checksums",
    [BB_WRONG_LINK] = "broken links",
    [BB_WRONG_OUTSIDE] = "addresses outside the site",
    [BB_WRONG_SCRIPT] = "of what the security policy forbids",
    [BB_WRONG_MARKUP] = "of this kind about markup",
    [BB_WRONG_NUMBER] = "numbers",
    [BB_WRONG_DATA] = "of this kind about data files",
};

void bb_wrong(struct bb_check *check, enum bb_wrong kind, const char *path, size_t line, const char *fmt, ...)
{
    struct bb_buf text = BB_BUF_INIT;
    va_list args;
    check->report->n_wrong++;
    if (++check->n_wrong[kind] > MOST_SHOWN) return;
    va_start(args, fmt);
    bb_buf_vprintf(&text, fmt, args);
    va_end(args);
    bb_diag_add(check->diags, BB_ERROR, (struct bb_place){bb_path_join(check->arena, check->site, path), line, 0}, "%s",
                bb_buf_text(&text));
    bb_buf_release(&text);
}

void bb_worth_knowing(struct bb_check *check, const char *path, const char *fmt, ...)
{
    struct bb_buf text = BB_BUF_INIT;
    va_list args;
    va_start(args, fmt);
    bb_buf_vprintf(&text, fmt, args);
    va_end(args);
    bb_diag_add(check->diags, BB_NOTE, (struct bb_place){bb_path_join(check->arena, check->site, path), 0, 0}, "%s",
                bb_buf_text(&text));
    bb_buf_release(&text);
}

bool bb_check_has(const struct bb_check *check, const char *path)
{
    return bb_names_find(&check->files, path) != BB_NAMES_NONE;
}

/* --- files ------------------------------------------------------------------------------------------------------------ */

/* What else may lie in the folder of a site without a word. */
static bool is_expected_beside(const char *path)
{
    static const char *const names[] = {LIST_NAME, ".gitignore", ".gitattributes", ".gitkeep", "CNAME", "README", "README.md"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (bb_streq(path, names[i])) return true;
    return bb_starts_with(path, ".brainboard-");
}

static enum bb_code list_files(struct bb_check *check, struct bb_err *err)
{
    struct bb_paths paths;
    bb_names_init(&check->files);
    bb_names_init(&check->beside);
    bb_names_init(&check->release);
    bb_names_init(&check->anchors);
    bb_names_init(&check->targets);
    if (!bb_is_dir(check->site)) return bb_fail(err, BB_EIO, "%s is not a folder that can be read.", check->site);
    enum bb_code code = bb_list_tree(check->arena, check->site, &paths, err);
    if (code != BB_OK) return bb_fail(err, BB_EIO, "The site %s cannot be read: %s", check->site, err->msg);
    bb_find_releases(check, &paths);
    for (size_t i = 0; i < paths.n; i++)
        if (!bb_starts_with(paths.path[i], ".git/"))
            bb_names_add(bb_release_of(check, paths.path[i]) ? &check->beside : &check->files, paths.path[i]);
    if (!bb_check_has(check, LIST_NAME))
        return bb_fail(err, BB_EIO, "%s is not a site that brainboard built: it has no %s.", check->site, LIST_NAME);
    return BB_OK;
}

/* The list has the path, or "sha256:" and its digest, where the path is not for everybody. */
static bool is_listed(const struct bb_names *listed, const char *path)
{
    char line[BB_DIGEST_TEXT] = "sha256:";
    if (bb_names_find(listed, path) != BB_NAMES_NONE) return true;
    bb_sha256_text(path, strlen(path), line + strlen(line));
    return bb_names_find(listed, line) != BB_NAMES_NONE;
}

/* The files of the folder that the list has by their digests. */
static size_t count_hidden(const struct bb_check *check, const struct bb_names *listed)
{
    size_t n = 0;
    for (size_t i = 0; i < check->files.n; i++)
        n += bb_names_find(listed, check->files.name[i]) == BB_NAMES_NONE && is_listed(listed, check->files.name[i]);
    return n;
}

/* The list and the folder say the same. */
static void check_list(struct bb_check *check, struct bb_buf *text)
{
    struct bb_names listed;
    char *save = NULL;
    size_t n = 0, hidden = 0;
    bb_names_init(&listed);
    for (char *line = text->len ? strtok_r(text->data, "\n", &save) : NULL; line; line = strtok_r(NULL, "\n", &save)) {
        bb_names_add(&listed, line);
        n++;
        bool is_hidden = bb_starts_with(line, "sha256:");
        hidden += is_hidden;
        if (!is_hidden && !bb_check_has(check, line)) bb_wrong(check, BB_WRONG_FILES, LIST_NAME, n, "%s is gone", line);
    }
    for (size_t i = 0; i < check->files.n; i++)
        if (!is_listed(&listed, check->files.name[i]) && !is_expected_beside(check->files.name[i]))
            bb_worth_knowing(check, check->files.name[i], "brainboard did not write this file");
    if (hidden && count_hidden(check, &listed) < hidden) bb_wrong(check, BB_WRONG_FILES, LIST_NAME, n, "a file of an unlisted model is gone");
    bb_names_release(&listed);
}

/* assets/<stem>-<part of the SHA-256>.<extension> */
static void check_fingerprint(struct bb_check *check, const char *path, const struct bb_buf *text)
{
    char digest[BB_SHA256_TEXT];
    const char *dot = strrchr(path, '.'), *end = dot ? dot : path + strlen(path), *dash = end;
    while (dash > path && *dash != '-' && *dash != '/') dash--;
    size_t len = (size_t)(end - dash - (*dash == '-'));
    check->report->n_digests++;
    bb_sha256_text(bb_buf_text(text), text->len, digest);
    if (*dash != '-' || len < 8 || len > 64)
        bb_wrong(check, BB_WRONG_DIGEST, path, 0, "its name has no fingerprint");
    else if (strncmp(dash + 1, digest, len) != 0)
        bb_wrong(check, BB_WRONG_DIGEST, path, 0, "its bytes are not those that its name is the fingerprint of (%.*s)", (int)len,
                 digest);
}

static void check_json(struct bb_check *check, const char *path, const struct bb_buf *text)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_diags found;
    bb_diags_init(&found);
    if (!bb_json_parse(arena, path, bb_buf_text(text), text->len, &found))
        bb_wrong(check, BB_WRONG_DATA, path, found.n ? found.diag[0].place.line : 0, "%s",
                 found.n ? found.diag[0].message : "not JSON");
    bb_diags_release(&found);
    bb_arena_free(arena);
}

/* By the end of the name: who reads the file. data/scores.json is read before all others. */
static const struct {
    const char *end;
    void (*check)(struct bb_check *check, const char *path, const struct bb_buf *text);
} readers[] = {
    {".html", bb_check_page},          {".svg", bb_check_xml}, {".xml", bb_check_xml},   {".css", bb_check_style},
    {"data/scores.csv", bb_check_csv}, {".json", check_json},  {".js", bb_check_script},
};

static void check_file(struct bb_check *check, const char *path, struct bb_buf *text)
{
    struct bb_err err;
    struct stat stat_of;
    const char *full = bb_path_join(check->arena, check->site, path);
    unsigned long long size = stat(full, &stat_of) == 0 ? (unsigned long long)stat_of.st_size : 0;
    bool is_asset = bb_starts_with(path, ASSETS);
    check->report->n_files++;
    check->report->bytes += size;
    if (size > MOST_FILE)
        bb_worth_knowing(check, path, "%.0f MB: over the 100 MB that GitHub takes as a file", (double)size / 1e6);
    if (size > MOST_PAGE && bb_ends_with(path, ".html")) bb_worth_knowing(check, path, "a page of %.1f MB", (double)size / 1e6);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        bool reads = bb_ends_with(path, readers[i].end) && !bb_streq(path, "data/scores.json");
        if (!reads && !(is_asset && i == 0)) continue;
        if (bb_file_read(full, 0, text, &err) != BB_OK) {
            bb_wrong(check, BB_WRONG_FILES, path, 0, "%s", err.msg);
            return;
        }
        if (is_asset) check_fingerprint(check, path, text);
        if (reads) readers[i].check(check, path, text);
        if (reads) return;
    }
}

/* --- all of it -------------------------------------------------------------------------------------------------------- */

/* The pages that the data promises. */
static void check_promised(struct bb_check *check)
{
    static const char *const always[] = {"index.html", "404.html", ".nojekyll"};
    size_t n = check->around ? 1 : sizeof always / sizeof always[0]; /* a host reads the others in the site around a release */
    for (size_t i = 0; i < n; i++)
        if (!bb_check_has(check, always[i])) bb_wrong(check, BB_WRONG_FILES, always[i], 0, "the site has no such file");
    for (size_t i = 0; i < check->data.models.n; i++) {
        const char *page = bb_arena_printf(check->arena, "models/%s/index.html", check->data.models.name[i]);
        if (!bb_check_has(check, page)) bb_wrong(check, BB_WRONG_FILES, page, 0, "a model of the data has no page");
    }
    for (size_t i = 0; i < check->data.nodes.n; i++) {
        const char *page = bb_arena_printf(check->arena, "benchmarks/%s/index.html", check->data.nodes.name[i]);
        if (check->data.node[i].has_page && !bb_check_has(check, page))
            bb_wrong(check, BB_WRONG_FILES, page, 0, "a benchmark of the data has no page");
    }
}

/* What the front page says of its own address: that of the site. */
static void find_base_url(struct bb_check *check, struct bb_buf *text)
{
    struct bb_err err;
    if (!bb_check_has(check, "index.html") ||
        bb_file_read(bb_path_join(check->arena, check->site, "index.html"), 0, text, &err) != BB_OK)
        return;
    check->base_url = bb_page_canonical(text, check->arena);
    if (check->base_url && bb_ends_with(check->base_url, "/index.html"))
        check->base_url = bb_arena_strndup(check->arena, check->base_url, strlen(check->base_url) - strlen("index.html"));
}

static void say_how_many_more(struct bb_check *check)
{
    for (size_t i = 0; i < BB_N_WRONG; i++)
        if (check->n_wrong[i] > MOST_SHOWN)
            bb_diag_add(check->diags, BB_ERROR, (struct bb_place){check->site, 0, 0}, "and %zu more %s",
                        check->n_wrong[i] - MOST_SHOWN, kinds[i]);
}

static void check_all(struct bb_check *check, struct bb_buf *text)
{
    bb_check_data(check);
    check_list(check, text);
    find_base_url(check, text);
    bb_progress_start("Verifying", check->files.n);
    for (size_t i = 0; i < check->files.n; i++) {
        check_file(check, check->files.name[i], text);
        bb_progress_step(i + 1, check->files.name[i]);
    }
    bb_progress_end();
    check_promised(check);
    bb_check_links(check);
    bb_check_sums(check);
    bb_check_provenance(check);
    if (check->around)
        bb_check_release(check);
    else
        bb_check_versions(check);
    if (check->report->bytes > BB_PAGES_LIMIT)
        bb_worth_knowing(check, "", "%.2f GB: over the 1 GB that GitHub Pages serves", (double)check->report->bytes / 1e9);
    say_how_many_more(check);
}

static void release(struct bb_check *check)
{
    bb_names_release(&check->files);
    bb_names_release(&check->beside);
    bb_names_release(&check->release);
    bb_names_release(&check->anchors);
    bb_names_release(&check->targets);
    bb_site_data_release(&check->data);
    free(check->link);
}

static enum bb_code verify_one(struct bb_check *check, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    enum bb_code code = list_files(check, err);
    if (code == BB_OK) code = bb_file_read(bb_path_join(check->arena, check->site, LIST_NAME), 0, &text, err);
    if (code == BB_OK) check_all(check, &text);
    bb_buf_release(&text);
    return code;
}

/* Each release on its own: its numbers are those of its own data. */
static enum bb_code verify_releases(struct bb_check *around, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; code == BB_OK && i < around->release.n; i++) {
        const char *where = around->release.name[i];
        struct bb_check check = {.site = bb_path_join(around->arena, around->site,
                                                      bb_arena_strndup(around->arena, where, strlen(where) - 1)),
                                 .diags = around->diags,
                                 .report = around->report,
                                 .arena = around->arena,
                                 .around = around,
                                 .where = where};
        code = verify_one(&check, err);
        release(&check);
        around->report->n_releases++;
    }
    return code;
}

/* A folder that is itself a release: the site that it lies in, NULL when it lies elsewhere. */
static const char *site_around(struct bb_arena *arena, const char *site, const char **where)
{
    char *real = bb_is_file(bb_path_join(arena, site, "release.json")) ? realpath(site, NULL) : NULL;
    if (!real) return NULL;
    const char *folder = bb_path_dir(arena, real), *around = bb_path_dir(arena, folder);
    *where = bb_arena_printf(arena, "v/%s/", bb_path_base(real));
    free(real);
    return bb_streq(bb_path_base(folder), "v") && bb_is_file(bb_path_join(arena, around, LIST_NAME)) ? around : NULL;
}

static enum bb_code verify_release(struct bb_check *check, const char *site, struct bb_err *err)
{
    struct bb_check around = {.site = site, .diags = check->diags, .report = check->report, .arena = check->arena};
    enum bb_code code = list_files(&around, err);
    check->around = &around;
    if (code == BB_OK) code = verify_one(check, err);
    release(&around);
    return code;
}

enum bb_code bb_verify_site(const char *site, struct bb_diags *diags, struct bb_verify_report *report, struct bb_err *err)
{
    struct bb_check check = {.site = site, .diags = diags, .report = report, .arena = bb_arena_new(0)};
    *report = (struct bb_verify_report){0};
    const char *around = site_around(check.arena, site, &check.where);
    enum bb_code code = around ? verify_release(&check, around, err) : verify_one(&check, err);
    if (code == BB_OK && !around) code = verify_releases(&check, err);
    release(&check);
    bb_arena_free(check.arena);
    return code;
}
