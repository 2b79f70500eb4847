/*
 * Inside of the reports: what report.c and its parts share.
 */
#ifndef BB_RENDER_REPORT_INT_H
#define BB_RENDER_REPORT_INT_H

#include "chart/scene.h"
#include "pdf/table.h"
#include "render/report.h"

struct bb_report {
    const struct bb_site *site;
    const struct bb_results *results;
    struct bb_pdf *pdf;
    struct bb_flow flow;
    struct bb_arena *arena;    /* of the document */
    size_t n_models, n_leaves; /* public models; benchmarks that some model has a cell for */
};

/* From here on a report tells of part of what there is, and says so. */
#define BB_REPORT_TOP 40 /* rows of a benchmark's table */

#define BB_REPORT_HALF 312.0 /* pixels of a screen: a figure that has another beside it */

/* Parts of the report of a board, in their order. */
void bb_report_summary(struct bb_report *report);
void bb_report_boards(struct bb_report *report);     /* leaderboards */
void bb_report_overview(struct bb_report *report);   /* heatmap, comparisons, consistency */
void bb_report_layers(struct bb_report *report);     /* where layers are */
void bb_report_benchmarks(struct bb_report *report); /* a section for each */
void bb_report_methods(struct bb_report *report);    /* definitions, references, provenance */

/* What is compared by default, and how it is associated: worked out once for all reports of models. In `arena`. */
const struct bb_report_pairs *bb_report_pairs_of(const struct bb_results *results, struct bb_arena *arena);
/* Scatter plots of what is compared by default, `most` of them, with a model marked, which is in all of them; BB_NO_NODE: none. Nothing where
   nothing can be compared. */
void bb_report_comparisons(struct bb_report *report, size_t marked, size_t most);

/* What they share. */
void bb_report_begin(struct bb_report *report, const struct bb_site *site, const struct bb_results *results, const char *name);
/* Writes the document into the site as `path`, and frees it. */
enum bb_code bb_report_end(struct bb_report *report, const char *path, const char *title, size_t contents,
                           struct bb_err *err) BB_MUST_CHECK;
const char *bb_report_node_anchor(struct bb_report *report, size_t node); /* "#bench-V1" */
const char *bb_report_model_link(struct bb_report *report,
                                 const struct bb_model *model);              /* its page; NULL when the site has no address */
const char *bb_report_plain(struct bb_report *report, const char *markdown); /* its words; NULL for none */
double bb_report_logo(struct bb_report *report, double right,
                      double top);                                            /* its upper right corner; its width, 0: there is none */
const char *bb_report_digest(const struct bb_site *site);                    /* of data/scores.json, 64 digits */
void bb_report_figure(struct bb_report *report, const struct bb_scene *scene,
                      const char *caption); /* in the middle, at most as wide as the text */
void bb_report_figures(struct bb_report *report, const struct bb_scene *left, const struct bb_scene *right,
                       const char *caption);                        /* side by side */
double bb_report_figures_height(struct bb_report *report, const struct bb_scene *left, const struct bb_scene *right,
                                const char *caption); /* what they will take, in points, on an upright page */
const char *bb_report_status_mark(enum bb_status status);           /* of a cell without a score */
struct bb_span bb_report_word(const char *text, enum bb_face face); /* a span of body text */

#endif
