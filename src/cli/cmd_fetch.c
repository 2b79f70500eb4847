#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/handover.h"
#include "fetch/fetch.h"
#include "store/datapath.h"
#include "store/zip_file.h"

enum { USUALLY_AT_ONCE = 4, MOST_AT_ONCE = 32, STALLED = 60 };

static enum bb_code whole_number(const char *text, const char *option, double most, double *out, struct bb_err *err)
{
    double value = *out;
    if (text && (!bb_parse_number(text, &value, NULL) || !(value >= 1 && value <= most) || value > (double)(long)value))
        return bb_fail(err, BB_EUSAGE, "%s must be a whole number from 1 to %.0f, not \"%s\"", option, most, text);
    *out = value;
    return BB_OK;
}

static enum bb_code find_registry(const struct bb_args *args, const char **path, struct bb_err *err)
{
    const char *home = args->registry ? NULL : bb_home(args->arena);
    *path = args->registry ? args->registry : home ? bb_path_join(args->arena, home, "data/catalog/data.csv") : NULL;
    return *path ? BB_OK
                 : bb_fail(err, BB_EIO, "the table of published data is not where it should be; name one with --registry");
}

/* Names, then --public as a filter, or all that is public when no name is given. */
static enum bb_code choose(const struct bb_args *args, struct bb_registry *registry, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; i < args->n_rest && !code; i++) code = bb_registry_want(registry, args->rest[i], args->arena, err);
    for (size_t i = 0; i < registry->n; i++) {
        struct bb_published *row = &registry->row[i];
        if (!args->n_rest) row->wanted = true;
        if (args->public_only && strcmp(row->access, "public") != 0) row->wanted = false;
    }
    return code;
}

/* Tables come in hundreds: a line for those of a set, at its first. */
static bool is_listed(const struct bb_registry *registry, size_t i)
{
    const struct bb_published *row = &registry->row[i];
    bool more = i && strcmp(row->kind, "table") == 0 && strcmp(registry->row[i - 1].set, row->set) == 0;
    return row->wanted && !(more && registry->row[i - 1].wanted);
}

static const char *file_words(const struct bb_registry *registry, size_t i, struct bb_arena *arena)
{
    size_t n = 1;
    while (i + n < registry->n && registry->row[i + n].wanted && !is_listed(registry, i + n)) n++;
    return n > 1 ? bb_arena_printf(arena, "%s and %zu more", registry->row[i].file, n - 1) : registry->row[i].file;
}

static void list(const struct bb_registry *registry, const char *dir, struct bb_arena *arena)
{
    printf("%-42s %-10s %-9s %-8s %s\n", "set", "kind", "access", "", "file or address");
    for (size_t i = 0; i < registry->n; i++) {
        const struct bb_published *row = &registry->row[i];
        bool file = bb_published_is_file(row);
        if (!is_listed(registry, i)) continue;
        printf("%-42s %-10s %-9s %-8s %s%s%s%s\n", row->set, row->kind, row->access,
               file && bb_fetched(row, dir, arena) ? "here" : "", file ? file_words(registry, i, arena) : row->url, *row->license ? " (" : "",
               row->license, *row->license ? ")" : "");
    }
}

static void dry_run(const struct bb_registry *registry, const char *dir, struct bb_arena *arena)
{
    for (size_t i = 0; i < registry->n; i++) {
        const struct bb_published *row = &registry->row[i];
        if (!row->wanted || !bb_published_is_file(row)) continue;
        printf("%s  %s\n", bb_fetched(row, dir, arena) ? "here       " : "would fetch", row->url);
    }
}

/* What is no single file is where a person must go. */
static size_t tell_repositories(const struct bb_registry *registry)
{
    size_t n = 0;
    for (size_t i = 0; i < registry->n; i++) {
        const struct bb_published *row = &registry->row[i];
        if (!row->wanted || bb_published_is_file(row)) continue;
        printf("%s is a repository, to be had by `git clone %s` (licence: %s)%s%s\n", row->set, row->url,
               *row->license ? row->license : "see there", *row->file ? "; the stimuli are in its folder " : "", row->file);
        n++;
    }
    return n;
}

/* Pictures come as ZIP: unpacked beside the archive, with a link by its name, as the CSV of the set will look for them. */
static size_t unpack_pictures(const struct bb_registry *registry, const char *dir, struct bb_arena *arena)
{
    size_t failed = 0;
    for (size_t i = 0; i < registry->n; i++) {
        const struct bb_published *row = &registry->row[i];
        struct bb_err err;
        if (!row->wanted || !bb_ends_with(row->file, ".zip") || !bb_fetched(row, dir, arena)) continue;
        const char *stem = bb_arena_strndup(arena, row->file, strlen(row->file) - 4);
        const char *folder = bb_arena_printf(arena, "%s/%s", row->sha1, stem), *name = bb_path_join(arena, dir, stem);
        if (bb_zip_unpack(bb_path_join(arena, dir, bb_arena_printf(arena, "%s.zip", folder)), bb_path_join(arena, dir, folder),
                          &err) != BB_OK) {
            bb_log_error("%s", err.msg);
            failed++;
        } else if (symlink(folder, name) != 0 && !bb_is_dir(name)) {
            bb_log_warning("%s is left as it is, because something of that name is there; the pictures are in %s", name, folder);
        }
    }
    return failed;
}

static int fetch(const struct bb_args *args, const struct bb_registry *registry, const struct bb_fetch_options *options)
{
    struct bb_fetch_counts counts;
    struct bb_err err = {0};
    size_t n_files = 0, n_repositories = tell_repositories(registry);
    for (size_t i = 0; i < registry->n; i++) n_files += registry->row[i].wanted && bb_published_is_file(&registry->row[i]);
    if (n_repositories && !n_files) {
        puts("there is nothing to fetch: no file of it is published by itself");
        return BB_EXIT_OK;
    }
    if (bb_fetch(registry, options, args->arena, &counts, &err) != BB_OK) return bb_cli_fail(&err);
    size_t packed = unpack_pictures(registry, options->dir, args->arena);
    printf("%s: %zu fetched, %zu there already, %zu failed\n", options->dir, counts.fetched, counts.there, counts.failed);
    return counts.failed || packed ? BB_EXIT_IO : BB_EXIT_OK;
}

static int run(const struct bb_args *args)
{
    struct bb_registry registry;
    struct bb_datapath path = {0};
    struct bb_err err = {0};
    const char *table = NULL;
    double at_once = USUALLY_AT_ONCE, stalled = STALLED;
    enum bb_code code = whole_number(args->at_once, "--at-once", MOST_AT_ONCE, &at_once, &err);
    if (!code) code = whole_number(args->stalled, "--stalled", 86400, &stalled, &err);
    if (!code) code = find_registry(args, &table, &err);
    if (!code) code = bb_registry_read(table, args->arena, &registry, &err);
    if (!code) code = choose(args, &registry, &err);
    if (!code && !args->out) code = bb_datapath_init(&path, NULL, 0, args->arena, &err);
    if (code) return bb_cli_fail(&err);
    if (!args->out && !path.n) return bb_cli_usage("there is no folder for data: say which with -o DIR, or set HOME");
    struct bb_fetch_options options = {
        .dir = args->out ? args->out : path.dir[path.n - 1], .at_once = (unsigned)at_once, .stalled = (long)stalled};
    if (args->list) {
        list(&registry, options.dir, args->arena);
        return BB_EXIT_OK;
    }
    if (!args->n_rest && !args->public_only)
        return bb_cli_usage("which data? Name benchmarks or sets, or --public for all that is public; --list prints them");
    if (args->dry_run) {
        dry_run(&registry, options.dir, args->arena);
        (void)tell_repositories(&registry);
        return BB_EXIT_OK;
    }
    return fetch(args, &registry, &options);
}

const struct bb_command bb_command_fetch = {
    .name = "fetch",
    .arguments = "NAME…",
    .summary = "recordings and stimuli from where they are published, into the data path",
    .help = "NAME is a benchmark (MajajHong2015public.IT-pls), a set (hvm-public), a paper (majajhong2015) or a domain. Each "
            "file is checked by\n"
            "its SHA-1, and kept under it in the folder, with a link of its own name beside, which the data path finds; nothing "
            "is ever written\n"
            "over. Pictures are unpacked. What was interrupted goes on where it stopped. Much of Brain-Score's data is private: "
            "the server says so (403), and so\n"
            "does this command. Exit status 4 when a file could not be had.",
    .options = BB_OPT_OUT | BB_OPT_FETCH,
    .min_rest = 0,
    .max_rest = 1000,
    .run = run,
};
