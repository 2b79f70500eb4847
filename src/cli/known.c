#include "cli/known.h"

#include "base/log.h"

struct bb_catalog *bb_known_open(const struct bb_args *args, const char *manifest, int *status)
{
    const char *home = bb_catalog_home(args->arena);
    struct bb_diags diags;
    *status = BB_EXIT_INPUT;
    if (!manifest && !home) {
        bb_log_error(
            "the program came without its catalog; set BRAINBOARD_HOME to the folder that has data/catalog, or name a manifest");
        *status = BB_EXIT_IO;
        return NULL;
    }
    bb_diags_init(&diags);
    struct bb_catalog *catalog =
        manifest ? bb_catalog_read_beside(manifest, home, &diags) : bb_catalog_read_built_in(home, &diags);
    bool good = bb_cli_report(&diags, false) && catalog;
    bb_diags_release(&diags);
    if (good) {
        *status = BB_EXIT_OK;
        return catalog;
    }
    bb_catalog_free(catalog);
    return NULL;
}
