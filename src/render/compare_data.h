/*
 * The full-precision values of the compare pages: assets/compare-data-<part of its digest>.js, which calls brainboard.compare(data), loaded when a
 * reader first chooses something, never fetched. What `data` holds is said at the top of assets/compare.js. Only of models of the leaderboards,
 * and of benchmarks whose scores are published.
 */
#ifndef BB_RENDER_COMPARE_DATA_H
#define BB_RENDER_COMPARE_DATA_H

#include "render/compare_view.h"
#include "render/page.h"

/* *path: of the script, in the site. */
enum bb_code bb_compare_data_add(const struct bb_site *site, const struct bb_compare *compare, const char **path,
                                 struct bb_err *err) BB_MUST_CHECK;

#endif
