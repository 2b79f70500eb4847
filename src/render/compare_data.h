/*
 * The full-precision values of the compare pages: assets/compare-data-<part of its digest>.js, which calls brainboard.compare(data), loaded when a
 * reader first chooses something, never fetched. What `data` holds is said at the top of assets/compare.js. Only of models of the leaderboards,
 * and of benchmarks whose scores are published.
 */
#ifndef BB_RENDER_COMPARE_DATA_H
#define BB_RENDER_COMPARE_DATA_H

#include "render/compare_view.h"
#include "render/page.h"

/* A script of the name assets/<name>-<part of its digest>.js that calls brainboard.<call>(json). *path: of it in the site, in `arena`. */
enum bb_code bb_compare_script_add(const struct bb_site *site, const char *call, const char *name, const char *json,
                                   struct bb_arena *arena, const char **path, struct bb_err *err) BB_MUST_CHECK;
/* Numbers as one text, "0.25,,1e-05": a third of the bytes that a list with null for what is missing has, and read faster. */
struct bb_json_writer;
void bb_compare_write_numbers(struct bb_json_writer *w, const double *value, size_t n);

/* *path: of the script, in the site. */
enum bb_code bb_compare_data_add(const struct bb_site *site, const struct bb_compare *compare, const char **path,
                                 struct bb_err *err) BB_MUST_CHECK;

#endif
