#include "cli/scored.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/text.h"
#include "numeric/blas.h"
#include "score/visible.h"

#define FAILURES_SHOWN 10
#define ABSENT_SHOWN   5

struct bb_catalog *bb_catalog_open(const struct bb_args *args, struct bb_datapath *path, struct bb_lists *lists,
                                   struct bb_diags *diags, struct bb_err *err)
{
    if (bb_datapath_init(path, args->data, args->n_data, args->arena, err) != BB_OK) return NULL;
    struct bb_catalog *catalog = bb_catalog_read_beside(args->rest[0], bb_catalog_home(args->arena), diags);
    if (catalog && diags->n_errors == 0) bb_lists_read(catalog, path, diags, lists);
    if (catalog) bb_visible_check(catalog, diags);
    return catalog;
}

static size_t count_cells(const struct bb_results *results, enum bb_status status)
{
    size_t n = 0;
    for (size_t i = 0; i < results->n_models * results->tree.n; i++) n += results->cell[i].status == status;
    return n;
}

/* Each file that was looked for in vain, once; at most `limit` of them. */
static void list_what_is_absent(const struct bb_results *results, size_t limit)
{
    struct bb_names said;
    bb_names_init(&said);
    for (size_t i = 0; i < results->tree.n; i++) {
        if (!bb_node_is_leaf(&results->tree.node[i]) || results->facts[i].present) continue;
        const char *reason = results->facts[i].absent_reason;
        if (!reason || bb_names_find(&said, reason) != BB_NAMES_NONE) continue;
        bb_names_add(&said, reason);
        if (said.n <= limit) bb_log_info("%s: %s", results->tree.node[i].id, reason);
    }
    if (said.n > limit && limit) bb_log_info("… and %zu more files", said.n - limit);
    bb_names_release(&said);
}

static const char *const lacks[BB_N_LACKS] = {[BB_LACKS_DATA] = "the data is not on this machine",
                                              [BB_LACKS_ANSWERS] = "no model has an answer here",
                                              [BB_LACKS_METRIC] = "this program does not have the metric or the ceiling",
                                              [BB_LACKS_LIST] = "no list has a score"};

static size_t count_absent(const struct bb_results *results, enum bb_lack lack, bool counted)
{
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_facts *facts = &results->facts[i];
        n += bb_node_is_leaf(&results->tree.node[i]) && !facts->present && facts->lacks == lack && facts->counted == counted;
    }
    return n;
}

static void say_what_is_absent(const struct bb_results *results)
{
    bool verbose = bb_log_get_level() == BB_LOG_VERBOSE;
    if (verbose) list_what_is_absent(results, SIZE_MAX);
    for (enum bb_lack lack = 0; lack < BB_N_LACKS; lack++) {
        size_t left_out = count_absent(results, lack, false), counted = count_absent(results, lack, true);
        const char *hint = lack == BB_LACKS_DATA && !verbose ? " (--verbose names the files)" : "";
        if (left_out) bb_log_info("%zu benchmark%s left out: %s%s", left_out, left_out == 1 ? " is" : "s are", lacks[lack], hint);
        if (counted)
            bb_log_info("%zu benchmark%s as not run, as --all asks: %s%s", counted, counted == 1 ? " counts" : "s count", lacks[lack],
                        hint);
    }
}

/* Of the benchmarks of the catalog that count. */
static void say_how_checked(const struct bb_results *results)
{
    size_t count[BB_N_VERIFIED] = {0}, n = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_node *node = &results->tree.node[i];
        if (!bb_node_is_leaf(node) || node->verified == BB_VERIFIED_NONE || !bb_results_node_shown(results, i)) continue;
        count[node->verified]++;
        n++;
    }
    if (n)
        bb_log_info("of %zu benchmark%s of the catalog: %zu %s, %zu %s, %zu %s", n, n == 1 ? "" : "s", count[BB_VERIFIED_REAL],
                    bb_verified_words[BB_VERIFIED_REAL], count[BB_VERIFIED_INDEPENDENT], bb_verified_words[BB_VERIFIED_INDEPENDENT],
                    count[BB_VERIFIED_DEFINED], bb_verified_words[BB_VERIFIED_DEFINED]);
}

void bb_scored_report(const struct bb_results *results)
{
    size_t failed = count_cells(results, BB_CELL_FAILED), shown = 0;
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t i = 0; i < results->tree.n; i++) {
            const struct bb_cell *cell = bb_results_cell(results, m, i);
            if (cell->status != BB_CELL_FAILED) continue;
            if (shown++ < FAILURES_SHOWN || bb_log_get_level() == BB_LOG_VERBOSE)
                bb_log_warning("%s on %s failed: %s", results->model[m].id, results->tree.node[i].id, cell->reason);
        }
    if (failed > FAILURES_SHOWN && bb_log_get_level() != BB_LOG_VERBOSE)
        bb_log_warning("… and %zu more (--verbose shows all; each stands on its model's page)", failed - FAILURES_SHOWN);
    say_what_is_absent(results);
    size_t cached = 0;
    for (size_t i = 0; i < results->n_models * results->tree.n; i++) cached += results->cell[i].cached;
    if (cached) bb_log_info("%zu scores are from the cache alone: their files are not on this machine, and pinned by sha256", cached);
    bb_log_info("%zu model%s: %zu cells scored, %zu failed, %zu not run, %zu not applicable", results->n_models,
                results->n_models == 1 ? "" : "s",
                count_cells(results, BB_CELL_OK), failed, count_cells(results, BB_CELL_MISSING),
                count_cells(results, BB_CELL_NOT_APPLICABLE));
    say_how_checked(results);
}

int bb_scored_status(const struct bb_args *args, const struct bb_results *results)
{
    return args->strict && count_cells(results, BB_CELL_FAILED) ? BB_EXIT_NOT_ALL : BB_EXIT_OK;
}

/* Nothing to show is not a board: says what is missing and how to get it. */
static int nothing_scored(const struct bb_args *args, const struct bb_results *results)
{
    bb_scored_report(results);
    if (bb_log_get_level() == BB_LOG_NORMAL) list_what_is_absent(results, ABSENT_SHOWN);
    size_t failed = count_cells(results, BB_CELL_FAILED), first = 0;
    while (failed && results->cell[first].status != BB_CELL_FAILED) first++;
    if (failed)
        bb_log_error("nothing could be scored: %zu cell%s failed%s, %s on %s: %s", failed, failed == 1 ? "" : "s",
                     failed == 1 ? "" : ", the first of them", results->model[first / results->tree.n].id,
                     results->tree.node[first % results->tree.n].id, results->cell[first].reason);
    else
        bb_log_error("nothing could be scored, and a board needs a score%s. Say where the data is with --data DIR or "
                     "BRAINBOARD_DATA; `brainboard needs` says what models must answer, `brainboard fetch` gets what is public.",
                     args->all ? ", also with --all" : "");
    return BB_EXIT_NOT_ALL;
}

static enum bb_code read_count(const char *text, const char *option, double most, double *out, struct bb_err *err)
{
    bool missing;
    if (bb_parse_number(text, out, &missing) && !missing && *out >= 0 && *out <= most) return BB_OK;
    return bb_fail(err, BB_EUSAGE, "%s must be a number from 0 to %g, not \"%s\"", option, most, text);
}

static enum bb_code read_shard(const char *text, struct bb_score_options *out, struct bb_err *err)
{
    unsigned long k = 0, n = 0;
    char rest;
    if (sscanf(text, "%lu/%lu%c", &k, &n, &rest) != 2 || k < 1 || k > n || n > 1000000)
        return bb_fail(err, BB_EUSAGE, "--shard must be K/N with 1 ≤ K ≤ N, as in 3/16, not \"%s\"", text);
    out->shard = k - 1;
    out->n_shards = n;
    return BB_OK;
}

static enum bb_code read_work_options(const struct bb_args *args, struct bb_score_options *out, uint64_t *cache_size,
                                      struct bb_err *err)
{
    enum { HOUR = 3600, MOST_JOBS = 4096 };
    double jobs = 0;
    enum bb_code code = BB_OK;
    out->cell_timeout = HOUR;
    if (args->jobs) code = read_count(args->jobs, "--jobs", MOST_JOBS, &jobs, err);
    if (!code && args->cell_timeout) code = read_count(args->cell_timeout, "--cell-timeout", 1e9, &out->cell_timeout, err);
    if (!code && args->memory) code = bb_cli_size(args->memory, "--memory", &out->memory, err);
    if (!code && args->cache_size) code = bb_cli_size(args->cache_size, "--cache-size", cache_size, err);
    if (!code && args->shard) code = read_shard(args->shard, out, err);
    if (!code && jobs != floor(jobs)) code = bb_fail(err, BB_EUSAGE, "--jobs must be a whole number, not \"%s\"", args->jobs);
    if (!code) code = bb_cli_check_cache(args, err);
    if (!code && args->shard && args->no_cache)
        code = bb_fail(err, BB_EUSAGE, "--shard leaves its results in the cache, and --no-cache has none");
    out->jobs = (unsigned)jobs;
    return code;
}

static void score(struct bb_scored *out, struct bb_score_options *options, uint64_t cache_size)
{
    struct bb_score_counts counts = {0};
    out->results = bb_score(out->catalog, options, &out->units, &counts);
    bb_log_detail("%zu pieces of work done, %zu from the cache%s%s", counts.computed, counts.cached,
                  bb_cache_dir(options->cache) ? " " : "", bb_cache_dir(options->cache) ? bb_cache_dir(options->cache) : "");
    if (counts.computed) (void)bb_cache_gc(options->cache, cache_size);
    bb_cache_close(options->cache);
}

int bb_scored_make(const struct bb_args *args, struct bb_scored *out)
{
    struct bb_datapath path = {0};
    struct bb_lists lists = {0};
    struct bb_diags diags;
    struct bb_err err = {0};
    int status = BB_EXIT_OK;
    bb_diags_init(&diags);
    out->catalog = bb_catalog_open(args, &path, &lists, &diags, &err);
    if (err.code != BB_OK) {
        status = bb_cli_fail(&err);
    } else if (!bb_cli_report(&diags, false) || !out->catalog) {
        status = BB_EXIT_INPUT;
    } else {
        struct bb_score_options options = {.data = &path, .lists = &lists, .all = args->all};
        uint64_t cache_size = BB_DEFAULT_CACHE_SIZE;
        if (read_work_options(args, &options, &cache_size, &err) != BB_OK || bb_blas_self_check(&err) != BB_OK) {
            status = bb_cli_fail(&err);
        } else {
            options.cache = bb_cache_open(args->cache, args->no_cache);
            if (args->shard && !bb_cache_dir(options.cache)) {
                bb_log_error("--shard leaves its results in the cache, and there is none");
                bb_cache_close(options.cache);
                status = BB_EXIT_IO;
            } else {
                score(out, &options, cache_size);
                if (count_cells(out->results, BB_CELL_OK) == 0 && !args->shard) status = nothing_scored(args, out->results);
            }
        }
    }
    bb_diags_release(&diags);
    return status;
}

void bb_scored_release(struct bb_scored *scored)
{
    free(scored->units.block);
    bb_results_free(scored->results);
    bb_catalog_free(scored->catalog);
}
