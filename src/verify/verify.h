/*
 * `brainboard verify`: every link, digest and number of a built site against its data.
 *
 * What is looked at: the list of files (.brainboard-files) and what lies beside it; data/SHA256SUMS and
 * provenance.json; the fingerprints in the names of assets; every
 * page, by an HTML5 parser: ids, links, fragments, what it would load from elsewhere or run in spite of its Content-Security-Policy; SVG and XML,
 * well-formed and without scripts; JSON; data/scores.csv against data/scores.json; and the numbers of pages against data/scores.json.
 *
 * A number is found by three attributes, each of which holds for what is inside its element:
 *     data-m="alexnet"  it is about this model
 *     data-n="IT"       about this benchmark or group
 *     data-v="score"    what it is: score, error, raw, ceiling, n, cover ("14 of 17"), rank; of the ranked models: median, best
 * A cell of a table takes what it does not say itself from the <th> of its column, then from its row, then from what is around the table. The first
 * link of a row's or a column's head to models/<id>/ or benchmarks/<id>/ says data-m or data-n for it; a column with a benchmark shows scores when it
 * says nothing else; the pages models/<id>/ and benchmarks/<id>/ are about <id>. The text of such a cell begins with the number as the data has it,
 * rounded once to as many decimals as are shown, or, where the data has none, is empty or words.
 *
 * What lies in v/<name>/ and has a release.json is a release: a site of its own, with numbers of its own data, whose links may lead to the site
 * around it and to other releases. Verifying a site verifies its releases; the folder of one can be given alone.
 *
 * The module is a reader of its own: it knows nothing of how pages are made.
 */
#ifndef BB_VERIFY_VERIFY_H
#define BB_VERIFY_VERIFY_H

#include "base/diag.h"

#define BB_PAGES_LIMIT 1000000000ull /* bytes of a site that GitHub Pages serves, which most boards will be served by */

struct bb_verify_report {
    size_t n_files, n_pages, n_links, n_digests, n_numbers; /* how many were looked at */
    size_t n_releases;
    size_t n_wrong; /* may be more than the errors of diags: those of a kind end after 20 */
    unsigned long long bytes;
};

/* What is wrong goes to diags as errors, at file:line; what is only worth knowing as notes. BB_EIO, BB_EABSENT or BB_EINPUT when the folder cannot be
   read or is no site: then nothing was verified. */
enum bb_code bb_verify_site(const char *site, struct bb_diags *diags, struct bb_verify_report *report,
                            struct bb_err *err) BB_MUST_CHECK;

#endif
