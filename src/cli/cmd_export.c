/*
 * `brainboard export`: a table, a list of references, a figure or a sentence for a paper, from results.
 */
#include "cli/cli.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "chart/chart_pdf.h"
#include "chart/svg.h"
#include "render/export_bibtex.h"
#include "render/export_figure.h"
#include "render/export_sentence.h"
#include "render/export_text.h"
#include "render/view.h"
#include "score/published.h"
#include "score/visible.h"

struct job {
    const struct bb_args *args;
    const struct format *format;
    const struct bb_results *results; /* published */
    char digest[BB_DIGEST_TEXT];
    struct bb_paper_options options;
    struct bb_buf out;
    struct bb_diags diags; /* warnings of what is written */
};

struct format {
    const char *name, *extension;
    enum bb_code (*write)(struct job *job, const struct bb_paper *table, struct bb_err *err);
    enum bb_code (*draw)(struct job *job, const struct bb_scene *scene, struct bb_err *err); /* NULL: no format of figures */
};

/* --- names ------------------------------------------------------------------------------------------------------------ */

static enum bb_code unknown(const char *what, const char *name, const char *const *known, size_t n, struct bb_err *err)
{
    const char *near = bb_nearest(name, known, n);
    if (near) return bb_fail(err, BB_EUSAGE, "There is no %s \"%s\"; did you mean \"%s\"?", what, name, near);
    return bb_fail(err, BB_EUSAGE, "There is no %s \"%s\".", what, name);
}

static enum bb_code find_model(const struct job *job, const char *name, size_t *out, struct bb_err *err)
{
    const struct bb_results *results = job->results;
    const char **known = BB_NEW_ARRAY(job->args->arena, results->n_models + 1, const char *);
    for (size_t m = 0; m < results->n_models; m++) {
        known[m] = results->model[m].id;
        if (!bb_streq(results->model[m].id, name)) continue;
        *out = m;
        return BB_OK;
    }
    return unknown("model", name, known, results->n_models, err);
}

static enum bb_code find_node(const struct job *job, const char *name, size_t *out, struct bb_err *err)
{
    const struct bb_tree *tree = &job->results->tree;
    const char **known = BB_NEW_ARRAY(job->args->arena, tree->n + 1, const char *);
    for (size_t i = 0; i < tree->n; i++) known[i] = tree->node[i].id;
    *out = bb_tree_find(tree, name);
    if (*out == BB_NO_NODE) return unknown("benchmark or group", name, known, tree->n, err);
    if (tree->node[*out].publish == BB_PUBLISH_NONE)
        return bb_fail(err, BB_EUSAGE, "The scores of \"%s\" are not published.", name);
    return BB_OK;
}

/* The main table of the domain, or of the first one. */
static enum bb_code find_leaderboard(const struct job *job, const char *domain, size_t *out, struct bb_err *err)
{
    struct bb_view_domains domains = bb_view_domains(job->results, job->args->arena);
    for (size_t i = 0; i < domains.n; i++) {
        if (domain && !bb_streq(domain, domains.name[i])) continue;
        struct bb_view_nodes tables = bb_view_tables(job->results, domains.name[i], job->args->arena);
        if (!tables.n) continue;
        *out = tables.node[0];
        return BB_OK;
    }
    if (domain) return unknown("domain with a leaderboard", domain, domains.name, domains.n, err);
    return bb_fail(err, BB_EINPUT, "No benchmark of these results has scores: there is nothing to export.");
}

static enum bb_code find_quantity(const struct job *job, const struct bb_quantities *all, const char *name, size_t *out,
                                  struct bb_err *err)
{
    const char **known = BB_NEW_ARRAY(job->args->arena, all->n + 1, const char *);
    for (size_t i = 0; i < all->n; i++) known[i] = all->quantity[i].id;
    *out = bb_quantity_find(all, name);
    if (*out == BB_NO_NODE) *out = bb_quantity_find(all, bb_arena_printf(job->args->arena, "attribute.%s", name));
    return *out == BB_NO_NODE ? unknown("benchmark, group or attribute with values", name, known, all->n, err) : BB_OK;
}

static enum bb_code find_models(struct job *job, const char *list, struct bb_err *err)
{
    size_t n = 1, *model;
    for (const char *p = list; *p; p++) n += *p == ',';
    model = BB_NEW_ARRAY(job->args->arena, n, size_t);
    job->options.model = model;
    for (const char *at = list; at;) {
        size_t len = strcspn(at, ",");
        enum bb_code code = find_model(job, bb_arena_strndup(job->args->arena, at, len), &model[job->options.n_models++], err);
        if (code != BB_OK) return code;
        at = at[len] ? at + len + 1 : NULL;
    }
    return BB_OK;
}

/* --- options ---------------------------------------------------------------------------------------------------------- */

static enum bb_code whole(const char *text, const char *option, double most, double *out, struct bb_err *err)
{
    bool missing = false;
    if (bb_parse_number(text, out, &missing) && !missing && *out == floor(*out) && *out >= 0 && *out <= most) return BB_OK;
    return bb_fail(err, BB_EUSAGE, "--%s \"%s\" must be a whole number from 0 to %.0f.", option, text, most);
}

static enum bb_code read_options(struct job *job, struct bb_err *err)
{
    const struct bb_args *args = job->args;
    struct bb_paper_options *options = &job->options;
    double top = 0, precision = 0;
    enum bb_code code = BB_OK;
    *options = (struct bb_paper_options){.columns = args->columns,
                                         .errors = args->errors,
                                         .ceilings = args->ceilings,
                                         .coverage = args->coverage,
                                         .marks_best = args->bold,
                                         .has_precision = args->precision != NULL};
    if (args->top) code = whole(args->top, "top", 1e6, &top, err);
    if (code == BB_OK && args->precision) code = whole(args->precision, "precision", 9, &precision, err);
    if (code == BB_OK && args->models) code = find_models(job, args->models, err);
    if (code == BB_OK && args->node)
        code = find_node(job, args->node, &options->node, err);
    else if (code == BB_OK)
        code = find_leaderboard(job, args->domain, &options->node, err);
    options->top = (size_t)top;
    options->precision = (int)precision;
    return code;
}

static enum bb_code width_of(const struct job *job, double *width, struct bb_err *err)
{
    return bb_figure_width(job->args->width ? job->args->width : "85mm", width, err);
}

static enum bb_code write_figure(struct job *job, const struct bb_paper *table, struct bb_err *err)
{
    double width = 0;
    enum bb_code code = width_of(job, &width, err);
    if (code != BB_OK) return code;
    const struct bb_scene *scene = bb_figure_ranking(job->results, table, job->options.node, width, job->args->arena);
    if (!scene) return bb_fail(err, BB_EINPUT, "A figure of %s needs two models with a score.", table->name);
    return job->format->draw(job, scene, err);
}

/* --- X and Y ---------------------------------------------------------------------------------------------------------- */

/* --- formats ---------------------------------------------------------------------------------------------------------- */

static enum bb_code make_table(struct job *job, struct bb_paper *table, struct bb_err *err)
{
    const struct bb_args *args = job->args;
    size_t model = 0;
    if (!args->model) return bb_paper_of_node(job->results, &job->options, job->digest, args->arena, table, err);
    enum bb_code code = find_model(job, args->model, &model, err);
    if (code == BB_OK) bb_paper_of_model(job->results, model, &job->options, job->digest, args->arena, table);
    return code;
}

static enum bb_code write_csv(struct job *job, const struct bb_paper *table, struct bb_err *err)
{
    (void)err;
    bb_paper_csv(table, &job->out);
    return BB_OK;
}

static enum bb_code write_json(struct job *job, const struct bb_paper *table, struct bb_err *err)
{
    (void)err;
    bb_paper_json(table, &job->out);
    return BB_OK;
}

static enum bb_code write_markdown(struct job *job, const struct bb_paper *table, struct bb_err *err)
{
    (void)err;
    bb_paper_markdown(table, &job->out);
    return BB_OK;
}

static enum bb_code write_latex(struct job *job, const struct bb_paper *table, struct bb_err *err)
{
    struct bb_names lost = {0};
    (void)err;
    bb_paper_latex(table, job->args->standalone, &lost, &job->out);
    for (size_t i = 0; i < lost.n; i++)
        bb_diag_add(&job->diags, BB_WARNING, (struct bb_place){0},
                    "\"%s\" has characters that LaTeX's fonts lack: they stand as their code points.", lost.name[i]);
    bb_names_release(&lost);
    return BB_OK;
}

static enum bb_code write_bibtex(struct job *job, const struct bb_paper *table, struct bb_err *err)
{
    struct bb_bibtex bibtex;
    (void)err;
    bb_bibtex_init(&bibtex, &job->diags, job->args->arena);
    bb_bibtex_add_table(&bibtex, job->results, table);
    bb_buf_puts(&job->out, bb_buf_text(&bibtex.text));
    bb_bibtex_release(&bibtex);
    return BB_OK;
}

/* --- figures ---------------------------------------------------------------------------------------------------------- */

static enum bb_code draw_svg(struct job *job, const struct bb_scene *scene, struct bb_err *err)
{
    (void)err;
    bb_svg_write(scene, &(struct bb_svg_options){.id = "figure", .standalone = true}, &job->out);
    return BB_OK;
}

/* A page of the size of the figure. */
static enum bb_code draw_pdf(struct job *job, const struct bb_scene *scene, struct bb_err *err)
{
    const double points = 72.0 / 96; /* of a CSS pixel */
    const struct bb_board *board = &job->results->board;
    const struct bb_pdf_info info = {.title = scene->title,
                                     .subject = bb_arena_printf(job->args->arena, "%s%s%s; scores.json %s", board->title,
                                                                board->release ? ", release " : "",
                                                                board->release ? board->release : "", job->digest),
                                     .date = bb_visible_date(board, job->args->arena)};
    struct bb_faces *faces;
    enum bb_code code = bb_faces_open(&faces, err);
    if (code != BB_OK) return code;
    struct bb_pdf *pdf = bb_pdf_new(faces, "The figure");
    struct bb_pdf_page *page = bb_pdf_add_page(pdf, BB_PDF_LAST, points * scene->width, points * scene->height);
    bb_chart_pdf(scene, pdf, page, 0, 0, points);
    code = bb_pdf_save(pdf, &info, &job->out, err);
    bb_pdf_free(pdf);
    bb_faces_close(faces);
    return code;
}

/* --- formats ---------------------------------------------------------------------------------------------------------- */

static const struct format formats[] = {{"markdown", ".md", write_markdown, NULL}, {"csv", ".csv", write_csv, NULL},
                                        {"json", ".json", write_json, NULL},       {"latex", ".tex", write_latex, NULL},
                                        {"bibtex", ".bib", write_bibtex, NULL},    {"svg", ".svg", write_figure, draw_svg},
                                        {"pdf", ".pdf", write_figure, draw_pdf}};
#define N_FORMATS (sizeof formats / sizeof formats[0])

static enum bb_code find_format(const struct bb_args *args, const struct format **out, struct bb_err *err)
{
    const char *known[N_FORMATS];
    *out = NULL;
    for (size_t i = 0; i < N_FORMATS; i++) {
        known[i] = formats[i].name;
        if (args->format ? bb_streq(args->format, known[i]) : args->out && bb_ends_with(args->out, formats[i].extension))
            *out = &formats[i];
    }
    if (args->format && !*out) return unknown("format", args->format, known, N_FORMATS, err);
    if (!*out) *out = &formats[0];
    return BB_OK;
}

/* --- X and Y ---------------------------------------------------------------------------------------------------------- */

static enum bb_code write_scatter(struct job *job, const struct bb_quantities *all, size_t x, size_t y, struct bb_err *err)
{
    double width = 0;
    enum bb_code code = width_of(job, &width, err);
    if (code != BB_OK) return code;
    return job->format->draw(
        job, bb_figure_scatter(job->results, all, x, y, job->options.model, job->options.n_models, width, job->args->arena), err);
}

static enum bb_code write_pair(struct job *job, struct bb_err *err)
{
    const char *format = job->format->name;
    const struct bb_args *args = job->args;
    const struct bb_quantities all = bb_quantities_of(job->results, args->arena);
    size_t x = 0, y = 0;
    enum bb_code code = find_quantity(job, &all, args->rest[1], &x, err);
    if (code == BB_OK) code = find_quantity(job, &all, args->rest[2], &y, err);
    if (code != BB_OK) return code;
    if (job->format->draw) return write_scatter(job, &all, x, y, err);
    enum bb_sentence_form form = bb_streq(format, "latex")  ? BB_SENTENCE_LATEX
                                 : bb_streq(format, "json") ? BB_SENTENCE_JSON
                                                            : BB_SENTENCE_TEXT;
    return bb_sentence(job->results, &all, x, y, job->digest, form, &job->out, err);
}

static enum bb_code check_arguments(const struct bb_args *args, const struct format *format, struct bb_err *err)
{
    bool is_figure = format->draw != NULL;
    if (args->n_rest == 2 || (args->sentence && args->n_rest != 3))
        return bb_fail(err, BB_EUSAGE, "Two quantities go together, or not: export SCORES.json --sentence X Y.");
    if (args->n_rest == 3 && !args->sentence && !is_figure)
        return bb_fail(err, BB_EUSAGE, "What shall be made of %s and %s: --sentence, or --format svg or pdf?", args->rest[1],
                       args->rest[2]);
    if (args->n_rest == 3 && args->sentence && is_figure)
        return bb_fail(err, BB_EUSAGE, "A sentence is no figure: give --sentence or --format svg.");
    if (args->model && is_figure)
        return bb_fail(err, BB_EUSAGE, "There is no figure of one model; --models names them in a scatter plot.");
    if (args->width && !is_figure) return bb_fail(err, BB_EUSAGE, "--width is for figures: --format svg or pdf.");
    if (args->node && (args->domain || args->model))
        return bb_fail(err, BB_EUSAGE, "--node, --domain and --model exclude each other.");
    return BB_OK;
}

static enum bb_code make(struct job *job, struct bb_err *err)
{
    struct bb_paper table;
    enum bb_code code = read_options(job, err);
    if (code != BB_OK) return code;
    if (job->args->n_rest == 3) return write_pair(job, err);
    code = make_table(job, &table, err);
    return code == BB_OK ? job->format->write(job, &table, err) : code;
}

/* --- the command ------------------------------------------------------------------------------------------------------ */

static enum bb_code put(const struct job *job, struct bb_err *err)
{
    const char *path = job->args->out;
    if (path) return bb_file_write(path, bb_buf_text(&job->out), job->out.len, err);
    fwrite(bb_buf_text(&job->out), 1, job->out.len, stdout);
    return fflush(stdout) || ferror(stdout) ? bb_fail(err, BB_EIO, "The result cannot be written to the standard output.")
                                            : BB_OK;
}

static int export_results(const struct bb_args *args, const struct bb_results *results, const struct format *format)
{
    const struct bb_publish_options publish = {.anonymous = args->anonymous, .parity = args->parity, .listed_only = true};
    struct bb_results *published = bb_results_published(results, &publish);
    struct job job = {.args = args, .format = format, .results = published};
    struct bb_err err = {0};
    bb_diags_init(&job.diags);
    bb_paper_digest(published, job.digest);
    enum bb_code code = make(&job, &err);
    (void)bb_cli_report(&job.diags, false);
    if (code == BB_OK) code = put(&job, &err);
    bb_diags_release(&job.diags);
    bb_buf_release(&job.out);
    bb_results_free(published);
    return code == BB_OK ? BB_EXIT_OK : bb_cli_fail(&err);
}

static int run(const struct bb_args *args)
{
    struct bb_diags diags;
    struct bb_err err = {0};
    const struct format *format = NULL;
    int status = BB_EXIT_INPUT;
    enum bb_code code = find_format(args, &format, &err);
    if (code == BB_OK) code = check_arguments(args, format, &err);
    if (code != BB_OK) return bb_cli_fail(&err);
    bb_diags_init(&diags);
    struct bb_results *results = bb_results_read(args->rest[0], &diags);
    if (bb_cli_report(&diags, false) && results) status = export_results(args, results, format);
    bb_results_free(results);
    bb_diags_release(&diags);
    return status;
}

const struct bb_command bb_command_export = {
    .name = "export",
    .arguments = "SCORES.json",
    .summary = "a table, references, a figure or a sentence for a paper",
    .help = "Writes a table of the results as a paper needs it: the leaderboard of a group, the models of a benchmark, or the "
            "scores of "
            "one model; as CSV\n"
            "and JSON at full precision, as LaTeX (booktabs; its first lines say what the preamble needs) and Markdown as pages "
            "show them, "
            "with a caption that\n"
            "names release and digest of the scores; or the BibTeX of exactly what the table shows. With X and Y (a benchmark, a "
            "group, an "
            "attribute), as in\n"
            "`export scores.json --sentence IT parameters` and `export scores.json --format svg IT parameters`, the sentence "
            "that says how they "
            "go\n"
            "together, and the plot of one against the other. Only what a site would show is there. The digest is that of the "
            "site's\n"
            "data/scores.json, and the site's data/tables/ are these tables.",
    .options = BB_OPT_OUT | BB_OPT_EXPORT,
    .min_rest = 1,
    .max_rest = 3,
    .run = run,
};
