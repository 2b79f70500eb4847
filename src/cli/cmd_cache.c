#include <inttypes.h>
#include <stdio.h>

#include "cli/cli.h"
#include "score/cache.h"

static void print_size(uint64_t bytes)
{
    if (bytes >= 1000000000)
        printf("%8.1f GB", (double)bytes / 1e9);
    else if (bytes >= 1000000)
        printf("%8.1f MB", (double)bytes / 1e6);
    else
        printf("%8.1f kB", (double)bytes / 1e3);
}

static void print_stat(const struct bb_cache_stat *stat)
{
    for (size_t i = 0; i < stat->n_kinds; i++) {
        printf("  %-10s %8zu  ", stat->kind[i].kind, stat->kind[i].n);
        print_size(stat->kind[i].bytes);
        putchar('\n');
    }
    printf("  %-10s %8zu  ", "all", stat->n);
    print_size(stat->bytes);
    putchar('\n');
}

static int run(const struct bb_args *args)
{
    uint64_t size = BB_DEFAULT_CACHE_SIZE;
    struct bb_err err = {0};
    if (args->cache_size && bb_cli_size(args->cache_size, "--cache-size", &size, &err) != BB_OK) return bb_cli_fail(&err);
    if (bb_cli_check_cache(args, &err) != BB_OK) return bb_cli_fail(&err);
    struct bb_cache *cache = bb_cache_open(args->cache, false);
    if (!bb_cache_dir(cache)) {
        bb_cache_close(cache);
        return BB_EXIT_IO;
    }
    if (args->gc) {
        struct bb_cache_stat removed = bb_cache_gc(cache, size);
        printf("removed from %s:\n", bb_cache_dir(cache));
        print_stat(&removed);
    }
    if (args->stat || !args->gc) {
        struct bb_cache_stat stat = bb_cache_stat(cache);
        printf("in %s:\n", bb_cache_dir(cache));
        print_stat(&stat);
    }
    bb_cache_close(cache);
    return BB_EXIT_OK;
}

const struct bb_command bb_command_cache = {
    .name = "cache",
    .arguments = "",
    .summary = "what is kept of earlier runs, and how to make it smaller",
    .help = "Results are kept by the digests of everything that they depend on (the model's output, the recording, the "
            "definition, the version\n"
            "of the metric), so that nothing is computed twice: ceilings, oracles, cells, Gram matrices, and the digests of "
            "files. An entry\n"
            "can be removed at any time; it is then computed anew. Without an option: --stat.",
    .options = BB_OPT_CACHE,
    .min_rest = 0,
    .max_rest = 0,
    .run = run,
};
