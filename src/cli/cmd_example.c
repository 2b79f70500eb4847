#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "cli/cli.h"
#include "example/example.h"

static enum bb_code read_seed(const char *text, uint64_t *out, struct bb_err *err)
{
    char *end = NULL;
    errno = 0;
    if (text[strspn(text, "0123456789")] == '\0' && *text) *out = strtoull(text, &end, 10);
    if (end && !errno) return BB_OK;
    return bb_fail(err, BB_EUSAGE, "--seed must be a whole number from 0 to 18446744073709551615, not \"%s\"", text);
}

static enum bb_code read_size(const char *text, enum bb_project_size *out, struct bb_err *err)
{
    static const char *const names[] = {[BB_PROJECT_SMALL] = "small", [BB_PROJECT_DEFAULT] = "default", [BB_PROJECT_LARGE] = "large"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (bb_streq(text, names[i])) {
            *out = (enum bb_project_size)i;
            return BB_OK;
        }
    return bb_fail(err, BB_EUSAGE, "--size must be small, default or large, not \"%s\"", text);
}

static int run(const struct bb_args *args)
{
    struct bb_example_options options = {.dir = args->rest[0], .seed = 1, .size = BB_PROJECT_DEFAULT, .flaws = args->flaws};
    struct bb_example_report report = {0};
    struct bb_err err = {0};
    enum bb_code code = args->seed ? read_seed(args->seed, &options.seed, &err) : BB_OK;
    if (!code && args->size) code = read_size(args->size, &options.size, &err);
    if (!code) code = bb_example_write(&options, args->arena, &report, &err);
    if (code) return bb_cli_fail(&err);
    bb_log_info("%zu files: %zu benchmarks and groups, %zu models", report.n_files, report.n_benchmarks, report.n_models);
    puts(report.manifest);
    return BB_EXIT_OK;
}

const struct bb_command bb_command_example = {
    .name = "example",
    .arguments = "DIR",
    .summary = "a complete project with simulated data, to try and to start from",
    .help = "Writes a project into the folder: simulated brains, measured as an experimenter would; models that were really run; benchmarks for\n"
            "vision and language; and a README that explains each file. The folder must be empty, not there yet, or an example that nobody\n"
            "changed. The same seed and size give the same bytes. Prints the manifest to build.\n\n"
            "example: brainboard example my-board && brainboard build my-board/manifest.json",
    .options = BB_OPT_EXAMPLE,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
