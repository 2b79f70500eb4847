/*
 * What the parts of `verify` share: the site that is looked at, and what was collected of it.
 */
#ifndef BB_VERIFY_VERIFY_INT_H
#define BB_VERIFY_VERIFY_INT_H

#include <stdbool.h>

#include "base/file.h"
#include "base/text.h"
#include "verify/verify.h"

/* Kinds of what can be wrong: after 20 of a kind the others are only counted. */
enum bb_wrong {
    BB_WRONG_FILES,   /* the list of files */
    BB_WRONG_DIGEST,  /* a checksum or a fingerprint */
    BB_WRONG_LINK,    /* leads nowhere */
    BB_WRONG_OUTSIDE, /* a page would ask another host, or leads out of the site */
    BB_WRONG_SCRIPT,  /* what the security policy forbids, or that there is none */
    BB_WRONG_MARKUP,  /* ids, syntax */
    BB_WRONG_NUMBER,
    BB_WRONG_DATA, /* a data file that cannot be read, or two that disagree */
    BB_N_WRONG
};

/* The numbers of data/scores.json, as the file has them: models × nodes. */
struct bb_known {
    double score, error, raw, ceiling; /* NaN: none */
    double n, rank, scored, of;        /* NaN: not said */
};
struct bb_known_node {
    double ceiling;      /* NaN */
    double ranked;       /* how many models have a rank there */
    double median, best; /* of their scores; NaN without any */
    bool lower_better;
    bool has_page; /* a benchmark, or a group with one below it */
};
struct bb_site_data {
    struct bb_names models, nodes;
    struct bb_known *known; /* models × nodes; NULL: no data could be read */
    struct bb_known_node *node;
    bool parity; /* shown scores are rounded twice, as the reference does */
};

/* A link of a page, seen now and checked when all pages were read. */
struct bb_seen_link {
    size_t page, line;
    size_t target; /* in `targets` */
};

struct bb_check {
    const char *site;
    struct bb_arena *arena;
    struct bb_diags *diags;
    struct bb_verify_report *report;
    size_t n_wrong[BB_N_WRONG];
    struct bb_names files;   /* every regular file, relative to the site; without those of releases that lie in it */
    struct bb_names beside;  /* those */
    struct bb_names release; /* "v/2026.11/" */
    const struct bb_check *around; /* the site that this release lies in; NULL: what is looked at is no release */
    const char *where;             /* "v/2026.11/" in that site; NULL */
    struct bb_names anchors; /* "path#id" */
    struct bb_names targets; /* "path" or "path#id" that some page links to */
    struct bb_seen_link *link;
    size_t n_links, cap_links;
    const char *base_url; /* where the site says that it lies, with a '/' at the end; NULL: it does not */
    struct bb_site_data data;
};

/* Adds an error at path (relative to the site) and line (0: none). */
void bb_wrong(struct bb_check *check, enum bb_wrong kind, const char *path, size_t line, const char *fmt, ...) BB_PRINTF(5, 6);
void bb_worth_knowing(struct bb_check *check, const char *path, const char *fmt, ...) BB_PRINTF(3, 4);
bool bb_check_has(const struct bb_check *check, const char *path); /* there is such a file */

/* verify_data.c: reads data/scores.json; data/scores.csv against it. */
void bb_check_data(struct bb_check *check);
void bb_check_csv(struct bb_check *check, const char *path, const struct bb_buf *text);
void bb_site_data_release(struct bb_site_data *data);

/* verify_release.c: what lies in v/<name>/ of a site and has a release.json. */
void bb_find_releases(struct bb_check *check, const struct bb_paths *paths); /* fills check->release */
const char *bb_release_of(const struct bb_check *check, const char *path);    /* "v/<name>/" when the path is in a release; NULL */
void bb_check_release(struct bb_check *check);                                /* release.json, of a release */
void bb_check_versions(struct bb_check *check);                               /* versions.json, of the site around */

/* verify_digest.c: files against data/SHA256SUMS and provenance.json. */
void bb_check_sums(struct bb_check *check);
void bb_check_provenance(struct bb_check *check);

/* verify_page.c, verify_xml.c: one file that was read. */
void bb_check_page(struct bb_check *check, const char *path, const struct bb_buf *text);
void bb_check_xml(struct bb_check *check, const char *path, const struct bb_buf *text);
const char *bb_page_canonical(const struct bb_buf *text, struct bb_arena *arena); /* its <link rel="canonical">, or NULL */
void bb_check_style(struct bb_check *check, const char *path, const struct bb_buf *text);

/* verify_board.c: a script that was read, when it holds the values of a leaderboard. */
void bb_check_script(struct bb_check *check, const char *path, const struct bb_buf *text);

/*
 * verify_link.c: addresses.
 *
 * bb_see_link takes one address of a page down: `loads` says that the browser fetches it by itself (a picture, a style sheet), otherwise a
 * reader follows it. Complains at once about what is wrong whatever the site has; bb_check_links, once all pages were read, about what leads
 * nowhere.
 */
void bb_see_link(struct bb_check *check, const char *path, size_t line, const char *url, bool loads);
void bb_check_links(struct bb_check *check);
/* An address that is absolute because it must be (canonical link, card, sitemap): inside the site when it begins with the site's own. */
void bb_see_absolute(struct bb_check *check, const char *path, size_t line, const char *url);
/* Where an address leads, relative to the site ("models/a/index.html"), without query and fragment, decoded; NULL: elsewhere. In `arena`. */
const char *bb_link_path(const char *path, const char *url, struct bb_arena *arena);

/* verify_number.c: the text of one cell. `value`: as data-v has it; names as data-m and data-n have them (NULL: not said). */
void bb_check_number(struct bb_check *check, const char *path, size_t line, const char *model, const char *node,
                     const char *value, const char *text);

#endif
