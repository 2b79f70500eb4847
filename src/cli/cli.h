/*
 * Commands and their options. One file per command; main.c lists them.
 */
#ifndef BB_CLI_CLI_H
#define BB_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/mem.h"

/* Exit statuses: part of the contract. */
enum { BB_EXIT_OK = 0, BB_EXIT_NOT_ALL = 1, BB_EXIT_USAGE = 2, BB_EXIT_INPUT = 3, BB_EXIT_IO = 4 };

/* Options as given; every command takes those of its mask. */
enum bb_option_mask {
    BB_OPT_OUT = 1 << 0,
    BB_OPT_DATA = 1 << 1,
    BB_OPT_STRICT = 1 << 2,
    BB_OPT_SITE =
        1 << 3, /* --base-url, --templates, --assets, --palette, --parity, --anonymous, --no-pdf, --force, --history, --release */
    BB_OPT_IMPORT = 1 << 4,
    BB_OPT_WORK = 1 << 5,  /* -j, --memory, --cell-timeout, --all, and those of the cache */
    BB_OPT_CACHE = 1 << 6, /* --cache, --cache-size */
    BB_OPT_EXAMPLE = 1 << 7,
    BB_OPT_TEMPLATES = 1 << 8, /* --templates alone */
    BB_OPT_EXPORT = 1 << 9,
    BB_OPT_DIFF = 1 << 10,
    BB_OPT_DEGREES = 1 << 11, /* --degrees, --source */
    BB_OPT_RUN = 1 << 12,     /* --stimuli, --layers, --gram, --seen, … */
    BB_OPT_FETCH = 1 << 13,   /* --public, --list, --dry-run, --at-once, --stalled, --registry */
    BB_OPT_SHARD = 1 << 14,
    BB_OPT_REBUILD = 1 << 15, /* --rebuild, and what it needs */
    BB_OPT_LIST = 1 << 20,
    BB_OPT_JSON = 1 << 21 /* --json alone */
};

struct bb_args {
    const char *out;
    const char **data;
    size_t n_data;
    bool strict;
    const char *jobs, *memory, *cell_timeout, *shard, *cache, *cache_size;
    bool no_cache, stat, gc, flaws, parity, anonymous, no_pdf, force;
    const char *base_url, *templates, *assets, *palette;
    const char *layout, *domain, *model_column, *columns, *benchmarks, *attributes, *title; /* import */
    const char *seed, *size;                                                                /* example */
    const char *format, *node, *top, *models, *model, *precision, *width; /* export; it has `columns` and `domain` too */
    const char *region, *species, *metric, *access, *parent;              /* list; it has `domain` too */
    bool errors, ceilings, coverage, bold, standalone, sentence;
    const char *fail_on; /* diff */
    bool json, markdown,
        all; /* json: list and explain too; all: of score and build too, where absent benchmarks then count as missing */
    const char *history, *release;
    bool rebuild; /* verify; it has history, templates, assets and those of scoring too */
    const char *manifest;
    const char *degrees, *source, *stimuli, *layers, *seen; /* stimuli, run, kit; run has `seed` too */
    bool gram, lossless;
    const char *at_once, *stalled, *registry; /* fetch */
    bool public_only, list, dry_run;
    const char **rest; /* what is not an option */
    size_t n_rest;
    const char *given; /* the command and all of this as text, but for what changes no output (--strict, --force, -q) */
    struct bb_arena *arena;
};

struct bb_command {
    const char *name;
    const char *arguments; /* "MANIFEST" */
    const char *summary;   /* one line */
    const char *help;      /* paragraphs */
    unsigned options;      /* enum bb_option_mask */
    size_t min_rest, max_rest;
    int (*run)(const struct bb_args *args);
};

extern const struct bb_command bb_command_build, bb_command_score, bb_command_render, bb_command_check, bb_command_import,
    bb_command_cache, bb_command_show, bb_command_example, bb_command_verify, bb_command_export, bb_command_diff,
    bb_command_stimuli, bb_command_run, bb_command_fetch, bb_command_needs, bb_command_kit, bb_command_list, bb_command_explain;

#define BB_DEFAULT_CACHE_SIZE ((uint64_t)20000000000)

/* "512M", "1.5G", "20000000", with or without a B: powers of 1000. BB_EUSAGE names the option. */
enum bb_code bb_cli_size(const char *text, const char *option, uint64_t *out, struct bb_err *err);

/* BB_EUSAGE for a --cache without a name. */
enum bb_code bb_cli_check_cache(const struct bb_args *args, struct bb_err *err);

/* Folder that has the program's templates/ and assets/: $BRAINBOARD_HOME, or found from where the program lies. NULL after saying so. */
const char *bb_home(struct bb_arena *arena);

/* Folder of the built-in catalog; NULL where the program came without it. */
const char *bb_catalog_home(struct bb_arena *arena);

/* Prints what was found, notes only where they are asked for (--verbose, `check`); true when there is no error. */
bool bb_cli_report(struct bb_diags *diags, bool notes);

/* Prints the sentence of an error that ends the command; returns its exit status. */
int bb_cli_fail(const struct bb_err *err);

#endif
