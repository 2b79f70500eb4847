#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "history/diff_words.h"

/* What --fail-on asks for. */
struct conditions {
    bool any;
    double regress; /* NaN: not asked for */
    bool failed;
};

static enum bb_code read_condition(const char *text, struct conditions *out, struct bb_err *err)
{
    bool missing;
    if (strcmp(text, "change") == 0)
        out->any = true;
    else if (strcmp(text, "failed") == 0)
        out->failed = true;
    else if (!bb_starts_with(text, "regress=") || !bb_parse_number(text + strlen("regress="), &out->regress, &missing) ||
             missing || !(out->regress >= 0))
        return bb_fail(
            err, BB_EUSAGE,
            "--fail-on must be change, failed, or regress=X with X ≥ 0, or several with commas between them, not \"%s\"", text);
    return BB_OK;
}

static enum bb_code read_conditions(const struct bb_args *args, struct conditions *out, struct bb_err *err)
{
    *out = (struct conditions){.any = !args->fail_on, .regress = (double)NAN};
    enum bb_code code = BB_OK;
    char *text = bb_arena_strdup(args->arena, args->fail_on ? args->fail_on : ""), *save = NULL;
    if (args->fail_on && !*args->fail_on) return read_condition("", out, err);
    for (char *part = strtok_r(text, ",", &save); part && code == BB_OK; part = strtok_r(NULL, ",", &save))
        code = read_condition(part, out, err);
    return code;
}

/* An average of a whole domain that fell, or rose where lower is better, by more than `limit`, or is gone. */
static bool has_regressed(const struct bb_diff *diff, double limit)
{
    for (size_t i = 0; i < diff->n_averages; i++) {
        const struct bb_average_change *change = &diff->average[i];
        const struct bb_node *node = &diff->after->tree.node[change->node[1]];
        if (node->parent || isnan(change->before)) continue;
        double loss = node->lower_better ? change->after - change->before : change->before - change->after;
        if (isnan(change->after) || loss > limit) return true;
    }
    return false;
}

static bool has_failed(const struct bb_diff *diff)
{
    for (size_t i = 0; i < diff->n_cells; i++)
        if (diff->cell[i].after->status == BB_CELL_FAILED && diff->cell[i].before->status != BB_CELL_FAILED) return true;
    return false;
}

static bool holds(const struct bb_diff *diff, const struct conditions *conditions)
{
    return (conditions->any && diff->any) || (conditions->failed && has_failed(diff)) ||
           (!isnan(conditions->regress) && has_regressed(diff, conditions->regress));
}

static int compare(const struct bb_args *args, const struct conditions *conditions, const struct bb_results *before,
                   const struct bb_results *after)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_diff *diff = bb_diff_new(before, after, args->arena);
    if (args->json)
        bb_diff_json(diff, &text);
    else
        bb_diff_write(diff, args->markdown ? BB_GRID_MARKDOWN : BB_GRID_TEXT, args->all, &text);
    fwrite(bb_buf_text(&text), 1, text.len, stdout);
    bb_buf_release(&text);
    return holds(diff, conditions) ? BB_EXIT_NOT_ALL : BB_EXIT_OK;
}

static int run(const struct bb_args *args)
{
    struct conditions conditions;
    struct bb_results *board[2] = {NULL, NULL};
    struct bb_diags diags;
    struct bb_err err = {0};
    int status = BB_EXIT_INPUT;
    if (args->json && args->markdown) bb_fail(&err, BB_EUSAGE, "--json and --markdown are two forms of the same: choose one");
    if (err.code != BB_OK || read_conditions(args, &conditions, &err) != BB_OK) return bb_cli_fail(&err);
    bb_diags_init(&diags);
    for (int i = 0; i < 2; i++) board[i] = bb_record_read_any(args->rest[i], &diags);
    if (bb_cli_report(&diags, false) && board[0] && board[1]) status = compare(args, &conditions, board[0], board[1]);
    bb_results_free(board[0]);
    bb_results_free(board[1]);
    bb_diags_release(&diags);
    return status;
}

const struct bb_command bb_command_diff = {
    .name = "diff",
    .arguments = "OLD NEW",
    .summary = "what changed between two results or releases, and why",
    .help = "Compares two results files or records of a history, of either kind, by what is published in them. Says which models "
            "and benchmarks\n"
            "came and went, which scores changed and which of their inputs did, and how far each of this moved every average: "
            "the parts add up\n"
            "to the whole. Exit status 1 when anything changed; with --fail-on when that holds, and 0 otherwise.\n\n"
            "example: brainboard diff history/2026.10.json scores.json --markdown >> \"$GITHUB_STEP_SUMMARY\"",
    .options = BB_OPT_DIFF,
    .min_rest = 2,
    .max_rest = 2,
    .run = run,
};
