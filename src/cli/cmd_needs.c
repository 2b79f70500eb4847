#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/asked.h"
#include "render/answer.h"

static const char *size_words(struct bb_arena *arena, double bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    size_t u = 0;
    for (; bytes >= 1000 && u < 4; u++) bytes /= 1000;
    return bb_arena_printf(arena, u && bytes < 10 ? "%.1f %s" : "%.0f %s", bytes, units[u]);
}

static const char *angle(struct bb_arena *arena, const struct bb_asked_set *set)
{
    return set->degrees_differ ? "differs" : isnan(set->degrees) ? "" : bb_arena_printf(arena, "%g°", set->degrees);
}

/* What the model has of a set. */
static const char *answered(const struct bb_model *model, const struct bb_asked_set *set, struct bb_arena *arena)
{
    for (size_t i = 0; i < model->n_outputs; i++) {
        const struct bb_sources *sources = &model->output[i].sources;
        if (!bb_streq(model->output[i].stimuli, set->name)) continue;
        for (size_t k = 0; k < sources->n; k++) {
            double degrees = sources->source[k].degrees;
            if (isnan(set->degrees)) continue;
            if (isnan(degrees)) return "answered, but at an unstated visual angle: add \"degrees\"";
            if (degrees != set->degrees && !set->degrees_differ)
                return bb_arena_printf(arena, "answered at %g°, which is refused: place the stimuli anew", degrees);
        }
        return "answered";
    }
    return "not answered yet";
}

/* UTF-8 and columns: printf counts bytes. */
static void cell(const char *text, size_t width)
{
    size_t len = bb_utf8_length(text, strlen(text));
    printf("%s%*s  ", text, (int)(len < width ? width - len : 0), "");
}

static void print_set(const struct bb_asked *asked, const struct bb_asked_set *set, struct bb_arena *arena)
{
    double n = (double)set->n_stimuli, bins = set->n_time_bins > 1 ? (double)set->n_time_bins : 1;
    bool sized = n > 0 && set->answer == BB_ANSWER_ACTIVATIONS;
    cell(set->name, 34);
    cell(n > 0 ? bb_arena_printf(arena, "%ld", set->n_stimuli) : "?", 8);
    cell(angle(arena, set), 7);
    cell(bb_answer_words[set->answer], 24);
    cell(sized ? size_words(arena, n * 1e5 * 4 * bins) : "", 9);
    cell(sized ? size_words(arena, n * n * 8 * bins) : "", 9);
    printf("%zu benchmark%s%s", set->n_benchmarks, set->n_benchmarks == 1 ? "" : "s", set->fitting ? ", fitting" : "");
    if (asked->model) printf("  %s", answered(asked->model, set, arena));
    putchar('\n');
}

static int run(const struct bb_args *args)
{
    struct bb_asked asked;
    int status = bb_asked_read(args, &asked);
    if (status == BB_EXIT_OK) {
        cell("set", 34);
        cell("stimuli", 8);
        cell("angle", 7);
        cell("what to answer", 24);
        cell("features", 9);
        cell("Gram", 9);
        puts("asked by");
        for (size_t i = 0; i < asked.n; i++) print_set(&asked, &asked.set[i], args->arena);
        puts("\nfeatures: bytes of a layer of 100,000 features as float32; Gram: bytes of the Gram matrix of a layer, whatever "
             "its width.");
    }
    bb_asked_release(&asked);
    return status;
}

const struct bb_command bb_command_needs = {
    .name = "needs",
    .arguments = "[MODEL] BENCHMARK…",
    .summary = "every stimulus set that a model must answer: how many, which angle, what, bytes",
    .help = "BENCHMARK is a manifest, a file of benchmarks, or the id of a benchmark or group (of those files, else of the "
            "built-in catalog).\n"
            "With MODEL, the JSON file of a model, it says too which sets the model has answered, and at which visual angle.",
    .options = 0,
    .min_rest = 1,
    .max_rest = 1000,
    .run = run,
};
