/*
 * The report of a board: its title page, its order, and what its parts share.
 */
#include "render/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/version.h"
#include "chart/chart_pdf.h"
#include "chart/raster.h"
#include "render/brand.h"
#include "render/markdown.h"
#include "render/report_int.h"
#include "score/visible.h"

/* --- before and after ----------------------------------------------------------------------------------------------- */

#define LOGO_ACROSS 130.0 /* points, at most */
#define LOGO_DOWN   40.0
#define LOGO_FINE   3 /* pixels to a point, 216 to an inch */

/* The logo for all reports; NULL: the board has none, or none that a PDF can have, which is said. */
static const struct bb_pdf_picture *logo_of(const struct bb_site *site)
{
    struct bb_buf bytes = BB_BUF_INIT;
    struct bb_err err;
    if (!site->logo) return NULL;
    struct bb_pdf_picture *logo = BB_NEW(site->arena, struct bb_pdf_picture);
    enum bb_code code = bb_file_read(site->options->logo_path, BB_LOGO_LIMIT, &bytes, &err);
    if (code == BB_OK)
        code = bb_raster(bytes.data, bytes.len, (size_t)(LOGO_FINE * LOGO_ACROSS), (size_t)(LOGO_FINE * LOGO_DOWN), site->arena,
                         logo, &err);
    if (code != BB_OK) bb_log_warning("PDFs are without the logo: %s", err.msg);
    bb_buf_release(&bytes);
    return code == BB_OK ? logo : NULL;
}

enum bb_code bb_reports_begin(struct bb_site *site, struct bb_err *err)
{
    struct bb_err why;
    if (site->options->no_pdf) return BB_OK;
    enum bb_code code = bb_faces_open(&site->faces, &why);
    if (code == BB_EABSENT) {
        bb_log_warning("The site has no PDFs: %s", why.msg);
        return BB_OK;
    }
    if (code == BB_OK) site->report_pairs = bb_report_pairs_of(site->results, site->arena);
    if (code == BB_OK) site->report_logo = logo_of(site);
    if (code != BB_OK && err) *err = why;
    return code;
}

double bb_report_logo(struct bb_report *report, double right, double top)
{
    const struct bb_pdf_picture *logo = report->site->report_logo;
    if (!logo) return 0;
    double scale = fmin(LOGO_ACROSS / (double)logo->across, LOGO_DOWN / (double)logo->down);
    double width = scale * (double)logo->across, height = scale * (double)logo->down;
    bb_pdf_image(report->pdf, report->flow.page, logo, right - width, top, width, height);
    return width;
}

const char *bb_report_digest(const struct bb_site *site)
{
    const char *colon = strchr(site->digest, ':');
    return colon ? colon + 1 : site->digest;
}

void bb_reports_end(struct bb_site *site)
{
    bb_faces_close(site->faces);
    site->faces = NULL;
}

/* --- what parts share ----------------------------------------------------------------------------------------------- */

#define ANCHOR "bench-" /* before the id of a benchmark */

const char *bb_report_node_anchor(struct bb_report *report, size_t node)
{
    return bb_arena_printf(report->arena, "#" ANCHOR "%s", report->results->tree.node[node].id);
}

const char *bb_report_model_link(struct bb_report *report, const struct bb_model *model)
{
    return report->site->base ? bb_arena_printf(report->arena, "%smodels/%s/index.html", report->site->base, model->id) : NULL;
}

const char *bb_report_plain(struct bb_report *report, const char *markdown)
{
    struct bb_buf text = BB_BUF_INIT;
    if (!markdown) return NULL;
    bb_markdown_text(markdown, 0, &text);
    const char *copy = text.len ? bb_arena_strdup(report->arena, text.data) : NULL;
    bb_buf_release(&text);
    return copy;
}

bool bb_report_shows(const struct bb_results *results, size_t node)
{
    const struct bb_node *is = &results->tree.node[node];
    return bb_node_is_leaf(is) && is->publish != BB_PUBLISH_NONE && bb_results_node_shown(results, node);
}

const char *bb_report_place(const struct bb_site *site, size_t node, struct bb_arena *arena)
{
    if (!site->faces || !bb_report_shows(site->listed, node)) return NULL;
    return bb_arena_printf(arena, BB_REPORT_PATH "#nameddest=" ANCHOR "%s", site->listed->tree.node[node].id);
}

const char *bb_report_status_mark(enum bb_status status)
{
    static const char *const marks[BB_N_STATUS] = {[BB_CELL_NONE] = "",
                                                   [BB_CELL_OK] = "",
                                                   [BB_CELL_FAILED] = "×",
                                                   [BB_CELL_MISSING] = "–",
                                                   [BB_CELL_NOT_APPLICABLE] = "n/a"};
    return marks[status];
}

struct bb_span bb_report_word(const char *text, enum bb_face face)
{
    return (struct bb_span){text, bb_type(face, BB_PDF_BODY, BB_PDF_INK), NULL};
}

#define SCREEN      .75 /* points per pixel */
#define SHRINK_MOST .8  /* a figure that is a little too tall for the rest of a page becomes smaller */

void bb_report_figure(struct bb_report *report, const struct bb_scene *scene, const char *caption)
{
    struct bb_flow *flow = &report->flow;
    bb_flow_upright(flow);
    double across = flow->right - flow->left,
           most = flow->bottom - flow->top - bb_flow_caption_height(flow, caption, across) - 10;
    double scale = fmin(SCREEN, fmin(across / scene->width, most / scene->height));
    double caption_height = bb_flow_caption_height(flow, caption, across) + 6, room = bb_flow_room(flow) - caption_height;
    if (room < scale * scene->height && room > SHRINK_MOST * scale * scene->height) scale = room / scene->height;
    bb_flow_need(flow, scale * scene->height + caption_height);
    bb_chart_pdf(scene, report->pdf, flow->page, flow->left + (across - scale * scene->width) / 2, flow->y, scale);
    flow->y += scale * scene->height + 6;
    bb_flow_figure_caption(flow, caption);
    bb_flow_skip(flow, 8);
}

#define FIGURES_GAP 16.0

static double figures_scale(const struct bb_flow *flow, const struct bb_scene *left, const struct bb_scene *right)
{
    return fmin(SCREEN, (flow->right - flow->left - FIGURES_GAP) / 2 / fmax(left->width, right ? right->width : 0));
}

double bb_report_figures_height(struct bb_report *report, const struct bb_scene *left, const struct bb_scene *right,
                                const char *caption)
{
    struct bb_flow *flow = &report->flow;
    double height = figures_scale(flow, left, right) * fmax(left->height, right ? right->height : 0) + 6;
    return caption ? height + bb_flow_caption_height(flow, caption, flow->right - flow->left) : height;
}

void bb_report_figures(struct bb_report *report, const struct bb_scene *left, const struct bb_scene *right, const char *caption)
{
    struct bb_flow *flow = &report->flow;
    bb_flow_upright(flow);
    double across = flow->right - flow->left, scale = figures_scale(flow, left, right);
    bb_flow_need(flow, bb_report_figures_height(report, left, right, caption));
    bb_chart_pdf(left, report->pdf, flow->page, flow->left, flow->y, scale);
    if (right) bb_chart_pdf(right, report->pdf, flow->page, flow->left + (across + FIGURES_GAP) / 2, flow->y, scale);
    flow->y += scale * fmax(left->height, right ? right->height : 0) + 6;
    if (caption) bb_flow_figure_caption(flow, caption);
    bb_flow_skip(flow, 8);
}

static uint32_t accent_of(const struct bb_board *board)
{
    struct bb_rgb c = bb_brand_accent(board->accent, false);
    return (uint32_t)c.red << 16 | (uint32_t)c.green << 8 | (uint32_t)c.blue;
}

/* "Release 2026.11 · scores 1f0a2b3c4d5e" */
static const char *foot_of(struct bb_report *report)
{
    const struct bb_board *board = &report->results->board;
    const char *digest = bb_arena_printf(report->arena, "scores.json sha256 %.12s", bb_report_digest(report->site));
    return board->footer && *board->footer
               ? bb_arena_printf(report->arena, "%s · %s", bb_report_plain(report, board->footer), digest)
               : digest;
}

void bb_report_begin(struct bb_report *report, const struct bb_site *site, const struct bb_results *results, const char *name)
{
    const struct bb_board *board = &results->board;
    *report = (struct bb_report){.site = site, .results = results, .pdf = bb_pdf_new(site->faces, name)};
    report->arena = bb_pdf_arena(report->pdf);
    for (size_t m = 0; m < results->n_models; m++) report->n_models += results->model[m].visibility == BB_PUBLIC;
    for (size_t i = 0; i < results->tree.n; i++)
        report->n_leaves += bb_node_is_leaf(&results->tree.node[i]) && bb_results_node_shown(results, i);
    const char *head = board->title;
    if (board->release) head = bb_arena_printf(report->arena, "%s · release %s", board->title, board->release);
    bb_flow_init(&report->flow, report->pdf, accent_of(board), head, foot_of(report));
}

enum bb_code bb_report_end(struct bb_report *report, const char *path, const char *title, size_t contents, struct bb_err *err)
{
    const struct bb_board *board = &report->results->board;
    struct bb_buf authors = BB_BUF_INIT, bytes = BB_BUF_INIT;
    for (size_t i = 0; i < board->authors.n; i++) bb_buf_printf(&authors, "%s%s", i ? ", " : "", board->authors.text[i]);
    const struct bb_pdf_info info = {.title = title,
                                     .author = authors.len ? bb_buf_text(&authors) : NULL,
                                     .subject =
                                         bb_arena_printf(report->arena, "%s%s%s; scores.json sha256 %s", board->title,
                                                         board->release ? ", release " : "", board->release ? board->release : "",
                                                         bb_report_digest(report->site)),
                                     .keywords = "Brain-Score, benchmarks, models of vision and language",
                                     .date = bb_visible_date(board, report->arena)};
    bb_flow_finish(&report->flow, contents);
    enum bb_code code = bb_pdf_save(report->pdf, &info, &bytes, err);
    if (code == BB_OK) code = bb_staging_add(report->site->staging, path, bytes.data, bytes.len, err);
    bb_flow_release(&report->flow);
    bb_pdf_free(report->pdf);
    bb_buf_release(&authors);
    bb_buf_release(&bytes);
    return code;
}

/* --- title page ----------------------------------------------------------------------------------------------------- */

static void title_line(struct bb_report *report, const char *text, enum bb_face face, double size, uint32_t colour)
{
    struct bb_span span = {text, bb_type(face, size, colour), NULL};
    if (text && *text) bb_flow_spans(&report->flow, &span, 1, 0, false);
}

static const char *authors_of(struct bb_report *report)
{
    const struct bb_texts *authors = &report->results->board.authors;
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < authors->n; i++) bb_buf_printf(&text, "%s%s", i ? ", " : "", authors->text[i]);
    const char *copy = bb_arena_strdup(report->arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

static void title_page(struct bb_report *report)
{
    struct bb_flow *flow = &report->flow;
    const struct bb_board *board = &report->results->board;
    bb_flow_bare_page(flow);
    bb_pdf_outline(report->pdf, flow->page, 0, 0, board->title);
    bb_report_logo(report, flow->right, flow->y);
    flow->y += 96;
    bb_pdf_box(report->pdf, flow->page, flow->accent, flow->left, flow->y, 48, 2.5);
    flow->y += 20;
    title_line(report, board->title, BB_FACE_BOLD, 26, BB_PDF_INK);
    title_line(report, "Supplementary report: scores, ceilings, comparisons and definitions", BB_FACE_ITALIC, 12, BB_PDF_MUTED);
    flow->y += 10;
    title_line(report, authors_of(report), BB_FACE_TEXT, 11, BB_PDF_INK);
    title_line(report, bb_board_facts(report->site, report->arena), BB_FACE_TEXT, 10, BB_PDF_INK);
    if (board->simulated)
        title_line(report, "All recordings of this board are simulated: no number in this report says anything of a brain.",
                   BB_FACE_BOLD, 10, 0xa3261f);
    flow->y += 14;
    const char *description = bb_report_plain(report, board->description);
    if (description) bb_flow_text(flow, description);
    flow->y += 10;
    bb_flow_rule(flow, .5);
    flow->y += 8;
    bb_flow_fact(flow, "Release", board->release, NULL, 92);
    bb_flow_fact(flow, "Date", board->date, NULL, 92);
    bb_flow_fact(flow, "Scores", bb_arena_printf(report->arena, "sha256 %s (data/scores.json)", bb_report_digest(report->site)),
                 NULL, 92);
    bb_flow_fact(flow, "Address", report->site->base ? report->site->base : board->url,
                 report->site->base ? report->site->base : board->url, 92);
    if (board->doi) bb_flow_fact(flow, "DOI", board->doi, bb_arena_printf(report->arena, "https://doi.org/%s", board->doi), 92);
    bb_flow_fact(flow, "License", board->license, NULL, 92);
    bb_flow_fact(flow, "Contact", board->contact, NULL, 92);
    bb_flow_fact(flow, "Made by", bb_arena_printf(report->arena, "brainboard %s", bb_version), NULL, 92);
}

static enum bb_code make_report(const void *context, size_t item, struct bb_err *err)
{
    const struct bb_site *site = context;
    struct bb_report report;
    (void)item;
    bb_report_begin(&report, site, site->listed, BB_REPORT_PATH);
    title_page(&report);
    bb_report_summary(&report);
    bb_report_boards(&report);
    bb_report_overview(&report);
    bb_report_layers(&report);
    bb_report_benchmarks(&report);
    bb_report_methods(&report);
    return bb_report_end(&report, BB_REPORT_PATH, site->listed->board.title, 1, err);
}

void bb_report_plan(const struct bb_site *site)
{
    if (site->faces) bb_crew_plan(site->crew, 1, make_report, site);
}
