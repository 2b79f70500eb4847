#include "cli/cli.h"

#include <stdio.h>

#include "store/array_file.h"

static int run(const struct bb_args *args)
{
    int status = BB_EXIT_OK;
    for (size_t i = 0; i < args->n_rest; i++) {
        struct bb_buf text = BB_BUF_INIT;
        struct bb_err err;
        if (bb_array_show(args->rest[i], &text, &err)) {
            int failed = bb_cli_fail(&err);
            if (failed > status) status = failed;
        } else {
            if (i) putchar('\n');
            fwrite(bb_buf_text(&text), 1, text.len, stdout);
        }
        bb_buf_release(&text);
    }
    return status;
}

const struct bb_command bb_command_show = {
    .name = "show",
    .arguments = "FILE…",
    .summary = "what a data file (netCDF-4, HDF5) holds: dimensions, coordinates, first values",
    .help = "Prints the data variable of each file, and of each group in it, as the program will use it: dimensions with the "
            "names that they\n"
            "get, type and storage, coordinates with ranges and first values, the first values of the data, attributes.",
    .min_rest = 1,
    .max_rest = 1000,
    .run = run,
};
