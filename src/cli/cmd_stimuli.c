#include <math.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/handover.h"
#include "stimuli/set.h"

static int run(const struct bb_args *args)
{
    struct bb_stimulus_set set;
    struct bb_placing placing;
    struct bb_err err = {0};
    struct bb_screen_spec spec = {.degrees = BB_USUAL_DEGREES, .source = (double)NAN, .lossless = args->lossless};
    if (!args->out) return bb_cli_usage("a folder for the placed pictures is needed: -o DIR");
    if (args->degrees && bb_cli_degrees(args->degrees, "--degrees", &spec.degrees, &err) != BB_OK) return bb_cli_fail(&err);
    if (args->source && bb_cli_degrees(args->source, "--source", &spec.source, &err) != BB_OK) return bb_cli_fail(&err);
    if (bb_stimulus_set_read(args->rest[0], args->arena, &set, &err) != BB_OK) return bb_cli_fail(&err);
    if (bb_stimulus_set_place(&set, &spec, args->out, args->arena, &placing, &err) != BB_OK) return bb_cli_fail(&err);
    printf("%s\n%zu pictures at %g°: %zu on a grey canvas, %zu cropped, %zu as they were; grey fraction %.5f\n", placing.csv,
           placing.n, spec.degrees, placing.n_enlarged, placing.n_cropped, placing.n_kept, placing.grey);
    return BB_EXIT_OK;
}

const struct bb_command bb_command_stimuli = {
    .name = "stimuli",
    .arguments = "SET",
    .summary = "place a stimulus set on the screen of a model: so many visual degrees",
    .help = "SET is a CSV with the columns stimulus_id and filename (and degrees), its pictures beside it, or a folder of "
            "pictures (PNG, JPEG, BMP).\n"
            "A picture that was shown at a smaller angle than the model sees goes onto a grey canvas, one that was shown at a "
            "larger angle is\n"
            "cropped to its centre, as the reference does it (place_on_screen); nothing is resampled. What does not change is "
            "copied; a JPEG\n"
            "that changes is written as JPEG again, as the reference does, which loses a little (--lossless: as PNG); others "
            "become PNG. A CSV\n"
            "beside them has their names and angle. Show those pictures to the model, and say \"degrees\" in its entry.",
    .options = BB_OPT_OUT | BB_OPT_DEGREES,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
