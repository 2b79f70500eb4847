#include "cli/unchanged.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/trace.h"
#include "base/version.h"
#include "render/staging.h"
#include "score/cache.h"

#define MAGIC    "brainboard-unchanged 1\n"
#define RELEASES "v/*/release.json"

/* A file that was changed less than this before it was looked at may have been changed again within one tick of its file system's clock
   (2 s: FAT). */
#define TICK UINT64_C(2000000000)

enum { LIMIT = 256 << 20, SHORT_DIGEST = 16 };

struct bb_unchanged {
    const struct bb_args *args;
    const char *site;  /* the folder, as given */
    const char *stamp; /* where the run is remembered; NULL: nowhere */
    const char *key;   /* digest of everything that is no file: options, environment, version, this start of the machine */
    struct bb_cache *cache;
    struct bb_buf said;
    struct bb_names
        library; /* what the program is linked with: much, and when stat says nothing of it, no digest is worth its time */
};

/* --- where, and for what -------------------------------------------------------------------------------------------- */

static const char *absolute(struct bb_arena *arena, const char *path)
{
    char here[4096];
    if (*path == '/' || !getcwd(here, sizeof here)) return path;
    return bb_path_join(arena, here, path);
}

static const char *site_of(const struct bb_args *args)
{
    const char *out = args->out ? args->out : "site";
    size_t len = strlen(out);
    while (len > 1 && out[len - 1] == '/') len--;
    return bb_arena_strndup(args->arena, out, len);
}

/* After a power cut a file may have lost what it had while its size and times are as they were: what is remembered holds until the machine starts
   again. */
static void add_boot(struct bb_buf *text)
{
    char id[64] = "";
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (file && fgets(id, sizeof id, file)) bb_buf_puts(text, id);
    if (file) fclose(file);
}

static const char *key_of(const struct bb_args *args)
{
    static const char *const variables[] = {"BRAINBOARD_DATA", "BRAINBOARD_HOME", "HOME", "SOURCE_DATE_EPOCH", "XDG_CACHE_HOME"};
    struct bb_buf text = BB_BUF_INIT;
    char digest[BB_SHA256_TEXT];
    bb_buf_printf(&text, "%s\n%s\n%s\n", bb_version, args->given, absolute(args->arena, "."));
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        bb_buf_printf(&text, "%s%s%s\n", variables[i], value ? "=" : "", value ? value : "");
    }
    add_boot(&text);
    bb_sha256_text(bb_buf_text(&text), text.len, digest);
    bb_buf_release(&text);
    return bb_arena_strdup(args->arena, digest);
}

static const char *stamp_of(const struct bb_unchanged *run)
{
    const char *dir = bb_cache_dir(run->cache), *path = absolute(run->args->arena, run->site);
    char digest[BB_SHA256_TEXT];
    if (!dir) return NULL;
    bb_sha256_text(path, strlen(path), digest);
    return bb_arena_printf(run->args->arena, "%s/site-%.*s", dir, SHORT_DIGEST, digest);
}

/* --- the stamp as text ----------------------------------------------------------------------------------------------- */

/*
 * MAGIC, then a line each:
 *   key <digest>
 *   failed <0 or 1>                                   a cell failed
 *   said <bytes>, and then these
 *   in <kind> <size> <mtime> <ctime> <inode> <device> <1: stat decides> <digest or -> <path>
 *   out <size> <mtime> <ctime> <inode> <device> <path in the site>
 *   end <SHA-256 of everything before this line>
 */
static void put_stat(struct bb_buf *out, const struct bb_trace_stat *stat)
{
    const uint64_t part[] = {stat->size, stat->mtime, stat->ctime, stat->inode, stat->device};
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) bb_buf_printf(out, "%zu ", (size_t)part[i]);
}

/* Cuts the next word off. */
static char *word(char **at)
{
    char *start = *at;
    size_t len = strcspn(start, " ");
    *at += len + (start[len] == ' ');
    start[len] = '\0';
    return start;
}

static struct bb_trace_stat take_stat(char **at)
{
    struct bb_trace_stat stat;
    uint64_t *const part[] = {&stat.size, &stat.mtime, &stat.ctime, &stat.inode, &stat.device};
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) *part[i] = strtoull(word(at), NULL, 10);
    return stat;
}

static bool same_stat(const struct bb_trace_stat *a, const struct bb_trace_stat *b)
{
    return a->size == b->size && a->mtime == b->mtime && a->ctime == b->ctime && a->inode == b->inode && a->device == b->device;
}

/* --- comparing ------------------------------------------------------------------------------------------------------- */

static bool same_matches(const char *pattern, const char *digest)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_paths paths;
    char now[BB_SHA256_TEXT] = "";
    if (bb_glob(arena, pattern, &paths, NULL) == BB_OK) bb_trace_matches_digest(paths.path, paths.n, now);
    bb_arena_free(arena);
    return bb_streq(now, digest);
}

/* By digest where stat differs or says too little. */
static bool same_file(const char *path, const struct bb_trace_stat *then, const struct bb_trace_stat *now, bool stat_decides,
                      const char *digest)
{
    char bytes[BB_SHA256_TEXT];
    if (stat_decides && same_stat(then, now)) return true;
    if (then->size != now->size || bb_streq(digest, "-")) return false;
    return bb_sha256_file(path, bytes, NULL) == BB_OK && bb_streq(bytes, digest);
}

static bool same_input(char *line)
{
    struct bb_trace_stat now;
    enum bb_trace_kind kind = (enum bb_trace_kind)strtol(word(&line), NULL, 10);
    struct bb_trace_stat then = take_stat(&line);
    bool stat_decides = bb_streq(word(&line), "1");
    const char *digest = word(&line), *path = line;
    if (kind == BB_TRACE_GLOB) return same_matches(path, digest);
    if (bb_trace_look(path, &now) != kind) return false;
    return kind != BB_TRACE_FILE || same_file(path, &then, &now, stat_decides, digest);
}

static bool same_output(const char *site, char *line, struct bb_buf *path)
{
    struct bb_trace_stat now, then = take_stat(&line);
    bb_buf_reset(path);
    bb_buf_printf(path, "%s/%s", site, line);
    return bb_trace_look(bb_buf_text(path), &now) == BB_TRACE_FILE && same_stat(&then, &now);
}

struct remembered {
    bool failed;
    char *said;
    size_t said_len;
};

/* The head of the stamp, *at then behind it. false: not for this run, or damaged. */
static bool take_head(const struct bb_unchanged *run, char **at, const char *end, struct remembered *out)
{
    char *rest, key[BB_SHA256_TEXT + 8];
    snprintf(key, sizeof key, "key %s\n", run->key);
    if (!bb_starts_with(*at, key)) return false;
    *at += strlen(key);
    if (!bb_starts_with(*at, "failed ")) return false;
    out->failed = strtol(*at + strlen("failed "), &rest, 10) != 0;
    if (!bb_starts_with(rest, "\nsaid ")) return false;
    out->said_len = strtoul(rest + strlen("\nsaid "), &rest, 10);
    out->said = rest + 1;
    if ((size_t)(end - out->said) < out->said_len) return false;
    *at = out->said + out->said_len;
    return true;
}

/* Cuts the last line off and compares the digest in it. */
static bool is_whole(struct bb_buf *text)
{
    char digest[BB_SHA256_TEXT];
    const size_t tail = strlen("end \n") + BB_SHA256_TEXT - 1;
    if (text->len < strlen(MAGIC) + tail || memcmp(text->data, MAGIC, strlen(MAGIC)) != 0) return false;
    text->len -= tail;
    bb_sha256_text(text->data, text->len, digest);
    bool good = bb_starts_with(text->data + text->len, "end ") &&
                memcmp(text->data + text->len + strlen("end "), digest, BB_SHA256_TEXT - 1) == 0;
    text->data[text->len] = '\0';
    return good;
}

/* Every line holds. The first file that differs is said with --verbose. */
static bool all_same(const struct bb_unchanged *run, char *lines)
{
    struct bb_buf path = BB_BUF_INIT;
    bool same = true;
    char *save = NULL;
    for (char *line = strtok_r(lines, "\n", &save); line && same; line = strtok_r(NULL, "\n", &save)) {
        if (bb_starts_with(line, "in "))
            same = same_input(line + strlen("in "));
        else
            same = bb_starts_with(line, "out ") && same_output(run->site, line + strlen("out "), &path);
    }
    bb_buf_release(&path);
    return same;
}

/* An earlier build was interrupted, or another one is at work. */
static bool is_in_motion(const struct bb_unchanged *run)
{
    return bb_is_dir(bb_arena_printf(run->args->arena, "%s.brainboard-new", run->site));
}

static bool is_unchanged(const struct bb_unchanged *run, int *status)
{
    struct bb_buf text = BB_BUF_INIT;
    struct remembered then = {0};
    bool same = false;
    char *at;
    if (bb_file_read(run->stamp, LIMIT, &text, NULL) != BB_OK || !is_whole(&text) || is_in_motion(run)) goto out;
    at = text.data + strlen(MAGIC);
    if (!take_head(run, &at, text.data + text.len, &then)) goto out;
    same = all_same(run, at);
    if (!same) goto out;
    then.said[then.said_len] = '\0'; /* the lines behind it are read */
    bb_log_lines(bb_log_get_level() == BB_LOG_QUIET ? "" : then.said, "");
    bb_log_info("Nothing changed since the last time; the site is as it was (--force builds anyway).");
    puts(bb_path_join(run->args->arena, run->site, "index.html"));
    *status = then.failed && run->args->strict ? BB_EXIT_NOT_ALL : BB_EXIT_OK;
out:
    bb_buf_release(&text);
    return same;
}

/* --- noting ---------------------------------------------------------------------------------------------------------- */

static int note_library(struct dl_phdr_info *info, size_t size, void *ctx)
{
    struct bb_unchanged *run = ctx;
    (void)size;
    if (!info->dlpi_name || *info->dlpi_name != '/') return 0;
    bb_names_add(&run->library, info->dlpi_name);
    bb_trace_path(info->dlpi_name);
    return 0;
}

/* The program is an input too, and the libraries that it is running with. */
static void note_program(struct bb_unchanged *run)
{
    char exe[4096];
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (len <= 0) return;
    exe[len] = '\0';
    bb_trace_path(exe);
    dl_iterate_phdr(note_library, run);
}

static void end(struct bb_unchanged *run)
{
    bb_log_copy(NULL);
    bb_trace_stop();
    bb_cache_close(run->cache);
    bb_buf_release(&run->said);
    bb_names_release(&run->library);
    free(run);
}

/* NULL: nothing changed, and *status is that of the last run. Else the run is noted from here on. */
static struct bb_unchanged *begin(const struct bb_args *args, int *status)
{
    struct bb_unchanged *run = bb_calloc(1, sizeof *run);
    *run = (struct bb_unchanged){.args = args, .site = site_of(args), .key = key_of(args)};
    bb_names_init(&run->library);
    if (args->no_cache || args->shard || (args->cache && !*args->cache)) return run;
    run->cache = bb_cache_open(args->cache, false);
    run->stamp = stamp_of(run);
    if (!run->stamp) return run;
    if (!args->force && is_unchanged(run, status)) {
        end(run);
        return NULL;
    }
    bb_trace_start();
    bb_trace_ignore(bb_cache_dir(run->cache));
    bb_trace_ignore(run->site);
    bb_trace_ignore(bb_arena_printf(args->arena, "%s.brainboard-new", run->site));
    note_program(run);
    bb_log_copy(&run->said);
    return run;
}

int bb_unchanged_run(const struct bb_args *args, int (*make)(const struct bb_args *args, struct bb_unchanged *run))
{
    int status = BB_EXIT_OK;
    struct bb_unchanged *run = begin(args, &status);
    if (!run) return status;
    status = make(args, run);
    end(run);
    return status;
}

/* --- remembering ----------------------------------------------------------------------------------------------------- */

/* The digest of a file that was looked at; it must be what was read. false: the file is not what it was. */
static bool complete_file(struct bb_unchanged *run, struct bb_trace_entry *entry, bool *stat_decides)
{
    struct bb_trace_stat now;
    char digest[BB_SHA256_TEXT];
    uint64_t clock = bb_trace_clock(), settled = entry->stat.ctime + TICK;
    if (bb_trace_look(entry->path, &now) != BB_TRACE_FILE || !same_stat(&now, &entry->stat)) return false;
    *stat_decides = entry->seen >= settled;
    if (*stat_decides && (*entry->digest || bb_cache_file_digest(run->cache, entry->path, entry->digest))) return true;
    if (bb_names_find(&run->library, entry->path) != BB_NAMES_NONE) return *stat_decides;
    if (bb_sha256_file(entry->path, digest, NULL) != BB_OK || (*entry->digest && !bb_streq(digest, entry->digest))) return false;
    memcpy(entry->digest, digest, sizeof digest);
    *stat_decides = *stat_decides || clock >= settled; /* the same bytes, and the clock of its file system has moved on */
    return bb_trace_look(entry->path, &now) == BB_TRACE_FILE && same_stat(&now, &entry->stat);
}

/* One input as a line. false: it is not what it was when the run used it, or cannot be compared. */
static bool put_input(struct bb_unchanged *run, const struct bb_trace_entry *then, struct bb_buf *out)
{
    struct bb_trace_entry entry = *then;
    struct bb_trace_stat now;
    bool stat_decides = true;
    if (entry.kind == BB_TRACE_OTHER || strchr(entry.path, '\n')) return false;
    if (entry.kind == BB_TRACE_GLOB && !same_matches(entry.path, entry.digest)) return false;
    if (entry.kind == BB_TRACE_FILE && !complete_file(run, &entry, &stat_decides)) return false;
    if (entry.kind != BB_TRACE_GLOB && bb_trace_look(entry.path, &now) != entry.kind) return false;
    bb_buf_printf(out, "in %d ", (int)entry.kind);
    put_stat(out, &entry.stat);
    bb_buf_printf(out, "%d %s %s\n", stat_decides, *entry.digest ? entry.digest : "-", entry.path);
    return true;
}

static bool put_inputs(struct bb_unchanged *run, struct bb_buf *out)
{
    const struct bb_trace *trace = bb_trace_so_far();
    if (!trace || trace->torn) return false;
    for (size_t i = 0; i < trace->n; i++) {
        if (put_input(run, &trace->entry[i], out)) continue;
        bb_log_detail("%s changed while the site was made, so the next run will look at everything again", trace->entry[i].path);
        return false;
    }
    return true;
}

static bool put_output(const struct bb_unchanged *run, const char *path, struct bb_buf *out, uint64_t *latest)
{
    struct bb_trace_stat now;
    if (bb_trace_look(bb_path_join(run->args->arena, run->site, path), &now) != BB_TRACE_FILE) return false;
    if (now.ctime > *latest) *latest = now.ctime;
    bb_buf_puts(out, "out ");
    put_stat(out, &now);
    bb_buf_printf(out, "%s\n", path);
    return true;
}

static bool put_outputs(const struct bb_unchanged *run, struct bb_buf *out, uint64_t *latest)
{
    struct bb_names paths, hidden;
    struct bb_err err;
    bb_names_init(&paths);
    bb_names_init(&hidden);
    bool good = bb_site_list(run->site, &paths, &hidden, &err) == BB_OK && put_output(run, BB_SITE_LIST, out, latest);
    for (size_t i = 0; good && i < paths.n; i++) good = put_output(run, paths.name[i], out, latest);
    bb_names_release(&paths);
    bb_names_release(&hidden);
    return good;
}

/* Releases in the site (render/editions.h), which its list does not have: which there are, and what they say of themselves. */
static bool put_releases(const struct bb_unchanged *run, struct bb_buf *out, uint64_t *latest)
{
    static const struct bb_trace_stat none;
    struct bb_paths paths = {0};
    char digest[BB_SHA256_TEXT];
    const char *pattern = bb_path_join(run->args->arena, run->site, RELEASES);
    if (strchr(pattern, '\n') || bb_has_glob(run->site) || bb_glob(run->args->arena, pattern, &paths, NULL) != BB_OK) return false;
    bb_trace_matches_digest(paths.path, paths.n, digest);
    bb_buf_printf(out, "in %d ", (int)BB_TRACE_GLOB);
    put_stat(out, &none);
    bb_buf_printf(out, "1 %s %s\n", digest, pattern);
    bool good = true;
    for (size_t i = 0; good && i < paths.n; i++) good = put_output(run, paths.path[i] + strlen(run->site) + 1, out, latest);
    return good;
}

/* Until the clock of file systems has moved on: what is written to the site after this has another time. */
static void wait_for_tick(uint64_t latest)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    for (int i = 0; i < 10 && bb_trace_clock() < latest + 20000000u; i++) nanosleep(&pause, NULL);
}

static bool any_failed(const struct bb_results *results)
{
    for (size_t i = 0; i < results->n_models * results->tree.n; i++)
        if (results->cell[i].status == BB_CELL_FAILED) return true;
    return false;
}

void bb_unchanged_remember(struct bb_unchanged *run, const struct bb_results *results, bool keeps)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_err err = {0};
    char digest[BB_SHA256_TEXT];
    uint64_t latest = 0;
    bb_log_copy(NULL);
    if (!run->stamp || !keeps) return;
    bb_cache_close(run->cache); /* what scoring learned of data files */
    run->cache = bb_cache_open(run->args->cache, false);
    bb_buf_printf(&text, "%skey %s\nfailed %d\nsaid %zu\n", MAGIC, run->key, any_failed(results), run->said.len);
    bb_buf_puts(&text, bb_buf_text(&run->said));
    if (put_inputs(run, &text) && put_outputs(run, &text, &latest) && put_releases(run, &text, &latest)) {
        bb_sha256_text(bb_buf_text(&text), text.len, digest);
        bb_buf_printf(&text, "end %s\n", digest);
        wait_for_tick(latest);
        if (bb_file_write(run->stamp, bb_buf_text(&text), text.len, &err) != BB_OK)
            bb_log_detail("the next run will look at everything again: %s", err.msg);
    }
    bb_buf_release(&text);
}
