#include "fetch/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "base/version.h"

enum { TRIES = 4, MOST_REDIRECTS = 5, CONNECT_SECONDS = 30, POLL_MS = 200 };

enum state { WAITING, GOING, ENDED };

struct transfer {
    const struct bb_published *what;
    enum state state;
    const char *path, *part;
    int fd;             /* of the part; −1: not open */
    curl_off_t had;     /* bytes of earlier tries */
    curl_off_t written; /* bytes of this one */
    int disk;           /* errno of a write that failed */
    unsigned tries;
    CURL *curl;
};

struct job {
    const struct bb_fetch_options *options;
    struct bb_arena *arena;
    struct transfer *transfer;
    size_t n, n_going, n_ended;
    CURLM *multi;
    struct bb_fetch_counts *counts;
};

static const char *path_of(const struct bb_published *what, const char *dir, struct bb_arena *arena)
{
    return bb_path_join(arena, dir, bb_arena_printf(arena, "%s/%s", what->sha1, bb_path_base(what->file)));
}

bool bb_fetched(const struct bb_published *published, const char *dir, struct bb_arena *arena)
{
    return bb_is_file(path_of(published, dir, arena));
}

/* --- what arrives ----------------------------------------------------------------------------------------------------- */

/* The body of an answer that is no file (a page that says 404) is not kept. */
static size_t take(char *data, size_t one, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    long status = 0;
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200 && status != 206) return one * n;
    for (size_t at = 0; at < n;) {
        ssize_t len = write(t->fd, data + at, n - at);
        if (len < 0 && errno == EINTR) continue;
        if (len < 0) return t->disk = errno, (size_t)0;
        at += (size_t)len;
        t->written += len;
    }
    return n;
}

/* Opens the part, with what an earlier run left in it, and keeps other runs from it. *busy: another run has it now. */
static enum bb_code open_part(struct transfer *t, bool *busy, struct bb_err *err)
{
    struct stat mine, named;
    t->fd = open(t->part, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (t->fd < 0) return bb_fail(err, BB_EIO, "%s cannot be written: %s", t->part, strerror(errno));
    bool locked = flock(t->fd, LOCK_EX | LOCK_NB) == 0;
    if (!locked && errno != EWOULDBLOCK && errno != EINTR)
        return bb_fail(err, BB_EIO, "%s cannot be locked: %s", t->part, strerror(errno));
    /* what was opened may have been finished or removed by the run that had the lock */
    *busy = !locked || fstat(t->fd, &mine) != 0 || stat(t->part, &named) != 0 || mine.st_ino != named.st_ino;
    return BB_OK;
}

static void close_part(struct transfer *t)
{
    if (t->fd >= 0) close(t->fd);
    t->fd = -1;
}

/* --- what it came to -------------------------------------------------------------------------------------------------- */

static void failed(struct job *job, struct transfer *t, const char *why)
{
    bb_log_error("%s: %s (%s)", t->what->file, why, t->what->url);
    job->counts->failed++;
    close_part(t);
}

static const char *status_words(long status, struct bb_arena *arena)
{
    static const struct {
        long status;
        const char *words;
    } known[] = {{401, "it is private: the server wants a login"},
                 {403, "it is private, or was never public: the server refuses it; ask the benchmark's authors"},
                 {404, "it is gone: the server has nothing at this address any more"},
                 {410, "it is gone: the server has taken it away for good"},
                 {429, "the server has had too many requests; try again later"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].status == status) return bb_arena_printf(arena, "%s (status %ld)", known[i].words, status);
    return bb_arena_printf(arena, "the server answers with status %ld", status);
}

static const char *transfer_words(CURLcode result, struct bb_arena *arena)
{
    const char *words = curl_easy_strerror(result);
    if (result == CURLE_COULDNT_RESOLVE_HOST) words = "there is no network here, or no server of that name";
    if (result == CURLE_OPERATION_TIMEDOUT) words = "nothing came for too long";
    return bb_arena_printf(arena, "%s; fetch again, which goes on where it stopped", words);
}

static const char *disk_words(int number, struct bb_arena *arena)
{
    bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    return full ? "the disk is full; make room and fetch again, which goes on where it stopped"
                : bb_arena_printf(arena, "it cannot be written: %s", strerror(number));
}

/* The name by which the data path finds it; what has that name already stays. */
static void link_name(struct job *job, const struct transfer *t)
{
    const char *name = bb_path_join(job->arena, job->options->dir, t->what->file), *up = "";
    char now[BB_SHA1_TEXT + 1024];
    for (const char *c = t->what->file; (c = strchr(c, '/')); c++) up = bb_arena_printf(job->arena, "../%s", up);
    const char *to = bb_arena_printf(job->arena, "%s%s/%s", up, t->what->sha1, bb_path_base(t->what->file));
    struct bb_err err;
    if (bb_make_dirs(bb_path_dir(job->arena, name), &err) != BB_OK) bb_log_warning("%s", err.msg);
    if (symlink(to, name) == 0) return;
    ssize_t len = errno == EEXIST ? readlink(name, now, sizeof now - 1) : -1;
    if (len >= 0) now[len] = '\0';
    if (len < 0 || strcmp(now, to) != 0)
        bb_log_warning("%s is left as it is, because something of that name is there; the file of the catalog is %s", name,
                       t->path);
}

/* The whole file is there: is it the right one? */
static void finish(struct job *job, struct transfer *t)
{
    char digest[BB_SHA1_TEXT];
    struct bb_err err;
    if (bb_sha1_file(t->part, digest, &err) != BB_OK) {
        failed(job, t, err.msg);
    } else if (bb_sha1_compare(digest, t->what->sha1, &err) != BB_OK) {
        unlink(t->part);
        failed(job, t, bb_arena_printf(job->arena, "%s; nothing is kept of it", err.msg));
    } else if (fsync(t->fd) != 0 || fchmod(t->fd, 0444) != 0 || rename(t->part, t->path) != 0) {
        failed(job, t, disk_words(errno, job->arena));
    } else {
        link_name(job, t);
        job->counts->fetched++;
        bb_log_detail("%s: fetched", t->what->file);
        close_part(t);
    }
}

/* --- transfers -------------------------------------------------------------------------------------------------------- */

static void set_options(const struct job *job, struct transfer *t)
{
    curl_easy_setopt(t->curl, CURLOPT_URL, t->what->url);
    curl_easy_setopt(t->curl, CURLOPT_PRIVATE, (void *)t);
    curl_easy_setopt(t->curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(t->curl, CURLOPT_WRITEDATA, (void *)t);
    curl_easy_setopt(t->curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(t->curl, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTS);
    curl_easy_setopt(t->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(t->curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(t->curl, CURLOPT_USERAGENT, bb_arena_printf(job->arena, "brainboard/%s", bb_version));
    curl_easy_setopt(t->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(t->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(t->curl, CURLOPT_LOW_SPEED_TIME, job->options->stalled);
    curl_easy_setopt(t->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(t->curl, CURLOPT_RESUME_FROM_LARGE, t->had);
}

/* One more try: from where the part ends. */
static void go(struct job *job, struct transfer *t)
{
    struct stat info;
    t->had = fstat(t->fd, &info) == 0 ? info.st_size : 0;
    t->written = 0;
    lseek(t->fd, t->had, SEEK_SET);
    t->tries++;
    if (!t->curl) t->curl = curl_easy_init();
    if (!t->curl) bb_die("memory cannot be had for a transfer");
    set_options(job, t);
    curl_multi_add_handle(job->multi, t->curl);
}

static void end(struct job *job, struct transfer *t)
{
    t->state = ENDED;
    bb_progress_step(++job->n_ended, t->what->file);
}

static bool worth_another_try(CURLcode result, long status)
{
    static const CURLcode passing[] = {CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_GOT_NOTHING,
                                       CURLE_SEND_ERROR,   CURLE_HTTP2,      CURLE_HTTP2_STREAM};
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (result == passing[i]) return true;
    return result == CURLE_OK && (status == 500 || status == 502 || status == 503 || status == 504);
}

static void ended(struct job *job, struct transfer *t, CURLcode result)
{
    long status = 0;
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(job->multi, t->curl);
    if (t->written > 0) t->tries = 1;                                        /* it got on */
    if (result == CURLE_RANGE_ERROR && t->had && ftruncate(t->fd, 0) == 0) { /* the server does not resume: all of it again */
        go(job, t);
        return;
    }
    bool unable = status == 416 && t->had > 0; /* the part is as long as the file, or longer */
    if (t->disk) {
        failed(job, t, disk_words(t->disk, job->arena));
    } else if (worth_another_try(result, status) && t->tries < TRIES) {
        go(job, t);
        return;
    } else if (result != CURLE_OK && result != CURLE_HTTP_RETURNED_ERROR) {
        failed(job, t, transfer_words(result, job->arena));
    } else if (status != 200 && status != 206 && !unable) {
        failed(job, t, status_words(status, job->arena));
        if (t->had == 0) unlink(t->part);
    } else {
        finish(job, t);
    }
    curl_easy_cleanup(t->curl);
    t->curl = NULL;
    job->n_going--;
    end(job, t);
}

/* Another run may have it, or have been faster. */
static void start(struct job *job, struct transfer *t)
{
    struct bb_err err;
    bool busy = false, had = bb_is_file(t->path);
    enum bb_code code = had ? BB_OK : bb_make_dirs(bb_path_dir(job->arena, t->path), &err);
    if (!code && !had) code = open_part(t, &busy, &err);
    if (code) {
        failed(job, t, err.msg);
        end(job, t);
    } else if (bb_is_file(t->path)) {
        if (t->fd >= 0 && !busy) unlink(t->part);
        close_part(t);
        link_name(job, t);
        job->counts->there++;
        end(job, t);
    } else if (busy) {
        close_part(t);
    } else {
        t->state = GOING;
        job->n_going++;
        go(job, t);
    }
}

static void run(struct job *job)
{
    int running = 0, left;
    while (job->n_ended < job->n) {
        for (size_t i = 0; i < job->n && job->n_going < job->options->at_once; i++)
            if (job->transfer[i].state == WAITING) start(job, &job->transfer[i]);
        curl_multi_perform(job->multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(job->multi, &left));) {
            struct transfer *t = NULL;
            if (message->msg != CURLMSG_DONE) continue;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
            ended(job, t, message->data.result);
        }
        if (job->n_ended < job->n) curl_multi_poll(job->multi, NULL, 0, POLL_MS, NULL);
    }
}

/* A file that two rows name is fetched once. */
static bool is_planned(const struct job *job, const char *path)
{
    for (size_t i = 0; i < job->n; i++)
        if (strcmp(job->transfer[i].path, path) == 0) return true;
    return false;
}

enum bb_code bb_fetch(const struct bb_registry *registry, const struct bb_fetch_options *options, struct bb_arena *arena,
                      struct bb_fetch_counts *out, struct bb_err *err)
{
    struct job job = {.options = options, .arena = arena, .counts = out};
    *out = (struct bb_fetch_counts){0};
    enum bb_code code = bb_make_dirs(options->dir, err);
    if (code) return code;
    job.transfer = BB_NEW_ARRAY(arena, registry->n + 1, struct transfer);
    for (size_t i = 0; i < registry->n; i++) {
        const struct bb_published *what = &registry->row[i];
        if (!what->wanted || !bb_published_is_file(what)) continue;
        const char *path = path_of(what, options->dir, arena);
        if (is_planned(&job, path)) continue;
        job.transfer[job.n++] =
            (struct transfer){.what = what, .path = path, .part = bb_arena_printf(arena, "%s.part", path), .fd = -1};
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    job.multi = curl_multi_init();
    if (!job.multi) bb_die("memory cannot be had for transfers");
    bb_progress_start("fetching", job.n);
    if (job.n) run(&job);
    bb_progress_end();
    curl_multi_cleanup(job.multi);
    curl_global_cleanup();
    return BB_OK;
}
