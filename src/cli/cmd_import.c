#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/cli.h"
#include "cli/import_table.h"
#include "cli/import_web.h"
#include "cli/import_write.h"

enum layout { LAYOUT_LONG, LAYOUT_WIDE, LAYOUT_WEB, N_LAYOUTS };
static const char *const layout_names[N_LAYOUTS] = {"long", "wide", "brainscore-web"};

/* The name of the input without folders and endings: "scores" of "lists/scores.csv.gz". */
static const char *stem(struct bb_arena *arena, const char *path)
{
    const char *base = bb_path_base(path);
    return bb_arena_strndup(arena, base, 1 + strcspn(base + (*base != '\0'), "."));
}

static int unknown_layout(const char *name)
{
    const char *near = bb_nearest(name, layout_names, N_LAYOUTS);
    bb_log_error("unknown layout \"%s\": it is long, wide or brainscore-web%s%s%s", name, near ? "; did you mean \"" : "",
                 near ? near : "", near ? "\"?" : "");
    return BB_EXIT_USAGE;
}

/* The layout that was asked for; N_LAYOUTS: none was. */
static enum layout layout_asked(const struct bb_args *args)
{
    enum layout layout = 0;
    while (layout < N_LAYOUTS && !(args->layout && bb_streq(args->layout, layout_names[layout]))) layout++;
    return layout;
}

/* A table whose columns name a benchmark and a score has a row per score. */
static enum layout layout_of_table(const struct bb_import_table *table, const struct bb_args *args)
{
    size_t column[BB_N_ROLES];
    struct bb_diags ignored;
    bb_diags_init(&ignored);
    bb_import_guess(table, args, &ignored, column);
    bb_diags_release(&ignored);
    bool scored = column[BB_ROLE_SCORE] != BB_IMPORT_NONE || column[BB_ROLE_RAW] != BB_IMPORT_NONE;
    return scored && column[BB_ROLE_BENCHMARK] != BB_IMPORT_NONE ? LAYOUT_LONG : LAYOUT_WIDE;
}

static enum bb_code read_folder(const struct bb_args *args, enum layout layout, struct bb_import *project, struct bb_err *err)
{
    const char *dir = args->rest[0];
    if (layout < LAYOUT_WEB)
        return bb_fail(err, BB_EINPUT, "%s is a folder; the layout %s is for a table (CSV or TSV)", dir, layout_names[layout]);
    if (!bb_import_is_web(dir, args->arena))
        return bb_fail(
            err, BB_EINPUT,
            "%s has no fixture-scores.json: a folder must have the fixtures of Brain-Score.web; import tables one by one", dir);
    project->source = "fixture-scores.json";
    project->title = "Published Brain-Score scores";
    bb_import_web(dir, args->domain, project);
    return BB_OK;
}

static enum bb_code read_file(const struct bb_args *args, enum layout layout, struct bb_import *project, struct bb_err *err)
{
    struct bb_import_table table;
    if (layout == LAYOUT_WEB)
        return bb_fail(err, BB_EINPUT,
                       "%s is no folder; the layout brainscore-web is for a folder with fixture-scores.json and the others",
                       args->rest[0]);
    enum bb_code code = bb_import_table_read(args->rest[0], args->arena, &table, err);
    if (code != BB_OK) return code;
    project->source = bb_path_base(args->rest[0]);
    project->title = bb_arena_printf(args->arena, "Scores of %s", stem(args->arena, args->rest[0]));
    if (layout == N_LAYOUTS) layout = layout_of_table(&table, args);
    if (layout == LAYOUT_LONG)
        bb_import_long(&table, args, project);
    else
        bb_import_wide(&table, args, project);
    return BB_OK;
}

/* Scores of a model on a benchmark that has another one: other layers, or other runs. */
static size_t count_doubles(const struct bb_import *project)
{
    char key[64];
    struct bb_names cells;
    bb_names_init(&cells);
    for (size_t i = 0; i < project->n_scores; i++) {
        snprintf(key, sizeof key, "%zu %zu", project->score[i].model, project->score[i].node);
        bb_names_add(&cells, key);
    }
    size_t n = project->n_scores - cells.n;
    bb_names_release(&cells);
    return n;
}

static void report(const struct bb_import *project, size_t n_old)
{
    size_t n_leaves = 0, n_renamed = 0, n_doubles = count_doubles(project);
    const struct bb_import_model *renamed = NULL;
    for (size_t i = 0; i < project->n_nodes; i++) n_leaves += project->node[i].is_leaf;
    for (size_t i = 0; i < project->n_models; i++) {
        if (bb_streq(project->model[i].id, project->model[i].name)) continue;
        if (!n_renamed++) renamed = &project->model[i];
    }
    if (n_old) bb_log_info("scores left out, of versions that are not the latest of their benchmark: %zu", n_old);
    if (n_doubles)
        bb_log_info("further scores of a model on the same benchmark, of which the board takes the best: %zu", n_doubles);
    if (n_renamed)
        bb_log_info("models with an id that is not their name: %zu, such as %s for \"%s\"", n_renamed, renamed->id,
                    renamed->name);
    bb_log_info("%zu models, %zu benchmarks, %zu scores", project->n_models, n_leaves, project->n_scores);
}

static int import(const struct bb_args *args, struct bb_import *project)
{
    struct bb_err err = {0};
    const char *out = args->out ? args->out : "project";
    enum layout layout = layout_asked(args);
    enum bb_code code =
        bb_is_dir(args->rest[0]) ? read_folder(args, layout, project, &err) : read_file(args, layout, project, &err);
    if (code != BB_OK) return bb_cli_fail(&err);
    size_t n_old = bb_import_keep_latest(project);
    if (!project->diags->n_errors && !project->n_scores)
        bb_diag_add(project->diags, BB_ERROR, (struct bb_place){.file = args->rest[0]}, "there is no score in it");
    if (!bb_cli_report(project->diags, true)) return BB_EXIT_INPUT;
    report(project, n_old);
    if (args->title) project->title = args->title;
    if (bb_import_write(project, out, &err) != BB_OK) return bb_cli_fail(&err);
    puts(bb_path_join(args->arena, out, "manifest.json"));
    return BB_EXIT_OK;
}

static int run(const struct bb_args *args)
{
    struct bb_diags diags;
    struct bb_import project;
    if (args->layout && layout_asked(args) == N_LAYOUTS) return unknown_layout(args->layout);
    bb_diags_init(&diags);
    bb_import_init(&project, args->arena, &diags);
    int status = import(args, &project);
    bb_import_release(&project);
    bb_diags_release(&diags);
    return status;
}

const struct bb_command bb_command_import = {
    .name = "import",
    .arguments = "FILE|FOLDER",
    .summary = "a published score list as a project to build from",
    .help = "Turns a table of published scores (CSV or TSV, .gz too), or a folder with the fixtures of Brain-Score.web, into a "
            "project folder\n"
            "(default: project/): manifest.json, models.json, benchmarks.json, scores.csv and, when there are any, "
            "attributes.csv. They are\n"
            "yours to edit: a folder whose files were edited since is never written over. Says how it understood the columns; "
            "prints the\n"
            "manifest, for `brainboard build`.\n\n"
            "example: brainboard import scores.csv --columns score=ceiled,region= -o project && brainboard build "
            "project/manifest.json",
    .options = BB_OPT_OUT | BB_OPT_IMPORT,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
