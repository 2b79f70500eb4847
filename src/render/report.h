/*
 * Reports as PDF, made of the same results as the pages: report.pdf, the board as the supplement of a paper would have it, and a report of one to
 * three pages for each model.
 *
 * The report is of what everybody may find (bb_site.listed); that of an unlisted model is linked from its page only. Numbers are written by the
 * functions that pages use, so they are the same. Boards of any size have one: what would not be read in print is summarised, and the report
 * says where the rest is.
 */
#ifndef BB_RENDER_REPORT_H
#define BB_RENDER_REPORT_H

#include "render/page.h"
#include "render/standing.h"

#define BB_REPORT_PATH "report.pdf"

/* Opens the typefaces; before the other functions. A machine without them, or the option no_pdf, has no reports: site->faces stays NULL. */
enum bb_code bb_reports_begin(struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;
void bb_reports_end(struct bb_site *site);

/* Plans the report of the board for the crew. */
void bb_report_plan(const struct bb_site *site);

/* A benchmark of which there is something to say. */
bool bb_report_shows(const struct bb_results *results, size_t node);

/* Where the report of the board has its section: "report.pdf#nameddest=bench-V1"; NULL: nowhere. */
const char *bb_report_place(const struct bb_site *site, size_t node, struct bb_arena *arena);

/* models/<id>/report.pdf */
enum bb_code bb_report_model(const struct bb_site *site, const struct bb_standings *standings, size_t model,
                             struct bb_err *err) BB_MUST_CHECK;

/* Where the report of the model is in the site; NULL: there are no reports. */
const char *bb_report_model_path(const struct bb_site *site, size_t model, struct bb_arena *arena);

#endif
