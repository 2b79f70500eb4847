#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/handover.h"
#include "model/classic.h"

static enum bb_code read_seed(const char *text, uint64_t *seed, struct bb_err *err)
{
    double value = 1;
    if (text && (!bb_parse_number(text, &value, NULL) || !(value >= 0 && value <= 0x1p53) || value != floor(value)))
        return bb_fail(err, BB_EUSAGE, "--seed must be a whole number, not \"%s\"", text);
    *seed = (uint64_t)value;
    return BB_OK;
}

/* The angle that all stimuli have; NaN: they do not say, or differ. */
static double angle_of(const struct bb_stimulus_set *set)
{
    double degrees = set->stimulus[0].degrees;
    for (size_t i = 1; i < set->n; i++)
        if (set->stimulus[i].degrees != degrees) return (double)NAN;
    return degrees;
}

/* What goes into the model's "outputs". */
static void print_entry(const struct bb_stimulus_set *set, const char *path, bool gram)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    double degrees = angle_of(set);
    bb_jw_init(&w, &text, 0);
    bb_jw_object(&w);
    bb_jw_key(&w, set->id);
    bb_jw_object(&w);
    bb_jw_member_text(&w, gram ? "gram" : "file", path);
    if (!isnan(degrees)) bb_jw_member_number(&w, "degrees", degrees);
    bb_jw_object_end(&w);
    bb_jw_object_end(&w);
    printf("\"outputs\": %s\n", bb_buf_text(&text));
    bb_buf_release(&text);
    if (isnan(degrees))
        puts("The stimuli do not say their visual angle: place them with `brainboard stimuli`, or add \"degrees\".");
}

static int run(const struct bb_args *args)
{
    struct bb_stimulus_set set, seen;
    struct bb_classic_spec spec = {.model = args->rest[0], .layers = args->layers};
    struct bb_classic answer;
    struct bb_err err = {0};
    if (!args->out) return bb_cli_usage("a file for what the model answers is needed: -o FILE");
    if (!args->stimuli) return bb_cli_usage("pictures to look at are needed: --stimuli DIR");
    enum bb_code code = read_seed(args->seed, &spec.seed, &err);
    if (!code) code = bb_stimulus_set_read(args->stimuli, args->arena, &set, &err);
    if (!code && args->seen) code = bb_stimulus_set_read(args->seen, args->arena, &seen, &err);
    if (args->seen) spec.seen = &seen;
    if (!code) code = bb_classic_run(&spec, &set, args->arena, &answer, &err);
    if (!code)
        code =
            args->gram ? bb_classic_write_gram(args->out, &answer, &err) : bb_classic_write(args->out, spec.model, &answer, &err);
    if (code) return bb_cli_fail(&err);
    print_entry(&set, args->out, args->gram);
    return BB_EXIT_OK;
}

const struct bb_command bb_command_run = {
    .name = "run",
    .arguments = "MODEL",
    .summary = "a classic model (pixels, gabor, hmax) on pictures: its layers as a file for a board",
    .help = "MODEL is one of\n"
            "  pixels  red, green and blue at 256 × 256 (layer `pixels`: the reference's model of that name); block means; "
            "luminance\n"
            "  gabor   energy of Gabor filters in quadrature, 3 scales × 8 orientations: the standard model of V1\n"
            "  hmax    simple and complex cells in two rounds (S1, C1, S2, C2); prototypes from dead leaves, or from --seen DIR\n"
            "All but `pixels` see grey pictures of 128 × 128. --stimuli is what `brainboard stimuli` takes and writes. The file "
            "is netCDF-4 as\n"
            "BrainIO lays it out, or with --gram Gram matrices, which do not grow with the number of features. Printed is what "
            "to put into the\n"
            "model's entry. The same pictures give the same bytes.",
    .options = BB_OPT_OUT | BB_OPT_RUN,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
