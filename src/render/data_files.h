/*
 * What a site offers to programs, in data/: everything (scores.json, scores.csv, units.h5), and small files for those who want one model or one
 * benchmark: models/<id>.json, benchmarks/<id>.json. README.md there says what is in them. Of listed models only (struct bb_site), so nothing that
 * may not be found is in any of them.
 */
#ifndef BB_RENDER_DATA_FILES_H
#define BB_RENDER_DATA_FILES_H

#include "render/page.h"

#define BB_DATA_FOLDER "data"

/* data/scores.json, whose digest tables for papers name: fills site->digest. */
enum bb_code bb_data_scores_add(struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

/* What there is of each model and benchmark, as work of the crew; and the rest but SHA256SUMS and tables (table_files.h), with the sample stimuli. */
void bb_data_files_plan(const struct bb_site *site);
enum bb_code bb_data_files_add(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

/* data/SHA256SUMS, as sha256sum writes it: of every file of data/ that the new site has so far, so whoever adds one must have done so. */
enum bb_code bb_data_sums_add(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

/* Their text, one line each but for small lists: of a model and all its benchmarks; of a benchmark or group and all its models. */
void bb_data_model_json(const struct bb_results *results, size_t model, struct bb_buf *out);
void bb_data_benchmark_json(const struct bb_results *results, size_t node, struct bb_buf *out);

#endif
