#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/scored.h"
#include "cli/publish.h"
#include "cli/samples.h"
#include "cli/scored.h"

/* A name for units.h5 until the site takes it. */
static enum bb_code write_units(const struct bb_scored *scored, char *path, size_t size, struct bb_err *err)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(path, size, "%s/brainboard-units-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    int fd = mkstemp(path);
    if (fd < 0) return bb_fail(err, BB_EIO, "cannot make a temporary file %s", path);
    close(fd);
    return bb_units_write(path, scored->units.block, scored->units.n, err);
}

static int publish(const struct bb_args *args, const struct bb_scored *scored)
{
    const struct bb_pictures samples = bb_cli_samples(args, scored->catalog);
    char path[4096];
    struct bb_err err = {0};
    if (!scored->units.n) return bb_cli_publish(args, scored->results, NULL, &samples);
    int status = write_units(scored, path, sizeof path, &err) == BB_OK ? bb_cli_publish(args, scored->results, path, &samples) : bb_cli_fail(&err);
    unlink(path);
    return status;
}

static int run(const struct bb_args *args)
{
    struct bb_scored scored = {0};
    int status = bb_scored_make(args, &scored);
    if (status == BB_EXIT_OK) {
        bb_scored_report(scored.results);
        if (args->shard) bb_log_info("this part is in the cache; a run without --shard collects all of them");
        else status = publish(args, &scored);
        if (status == BB_EXIT_OK) status = bb_scored_status(args, scored.results);
    }
    bb_scored_release(&scored);
    return status;
}

const struct bb_command bb_command_build = {
    .name = "build",
    .arguments = "MANIFEST",
    .summary = "score everything and render the site",
    .help = "Scores every model of the manifest on every benchmark whose data is on this machine, and renders the site (default: site/). A\n"
            "model that cannot be scored fails alone, with the reason on its page. A build that fails leaves the site that was there as it\n"
            "was. Prints the page to open.\n\n"
            "example: brainboard build data/boards/geirhos2021/manifest.json --data ~/data -o site",
    .options = BB_OPT_OUT | BB_OPT_DATA | BB_OPT_STRICT | BB_OPT_WORK | BB_OPT_SITE,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
