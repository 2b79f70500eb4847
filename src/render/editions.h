/*
 * Editions: releases as they were published, each a complete board in v/<name>/ of the site, which no later build touches.
 *
 * An edition has its pages and data, and three files of its own:
 *     release.json   what it is: name, date, digest of data/scores.json, size, and which assets of the site around it its pages name
 *     pages.js       the paths of its pages, so that pages of other editions can link to the same page in it
 *     CITATION.cff   as the site has it
 * Style sheets, scripts and pictures that all pages share lie once, in assets/ of the site; a build keeps those that some release.json names.
 *
 * The site around them has, from its first edition on: v/index.html, the list of them; latest/index.html, which leads to the latest;
 * versions.json, an array of {"name", "version", "title", "url", "aliases", "date", "preferred"}, latest first, as the switchers of Sphinx themes and
 * mike read it; and versions.js, the same as a classic script, which every page loads, those of old editions too. An edition is withdrawn by
 * removing its folder: the next build forgets it.
 */
#ifndef BB_RENDER_EDITIONS_H
#define BB_RENDER_EDITIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"

#define BB_EDITION_FOLDER  "v"
#define BB_RELEASE_FILE    "release.json" /* in it */
#define BB_EDITION_UP      "../../" /* from an edition to the site around it */
#define BB_EDITION_LIST    "v/index.html"
#define BB_LATEST_PAGE     "latest/index.html"
#define BB_VERSIONS_JSON   "versions.json"
#define BB_VERSIONS_SCRIPT "versions.js"

struct bb_edition {
    const char *name, *title, *date; /* title: of the board; date NULL: none */
    const char *scores;              /* "sha256:…" of its data/scores.json */
    bool anonymous;
    double models, benchmarks, files, bytes; /* how many; files and bytes without release.json itself, shared assets and unlisted models */
    const char **asset; /* "assets/…" of the site around it */
    size_t n_assets;
};

/* Latest first: by date, of one date in the natural order of names; where one has no date, all by name. */
struct bb_editions {
    struct bb_edition *edition;
    size_t n;
};

struct bb_site; /* page.h */

/* Those in the folder of a site, which need not be there. BB_EINPUT: a release.json is damaged. All is in `arena`. */
enum bb_code bb_editions_read(const char *out, struct bb_arena *arena, struct bb_editions *editions, struct bb_err *err) BB_MUST_CHECK;
const struct bb_edition *bb_editions_find(const struct bb_editions *editions, const char *name); /* NULL: none */
/* Joins them in its place; `edition` is copied. */
void bb_editions_add(struct bb_editions *editions, const struct bb_edition *edition, struct bb_arena *arena);
bool bb_editions_here(const struct bb_site *site); /* there are some, or what is made is the first */

/* Adds pages.js and, last of all, release.json, and completes `edition` by what they say. `site` is that of the edition. */
enum bb_code bb_edition_pages_add(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_edition_finish(const struct bb_site *site, struct bb_edition *edition, struct bb_err *err) BB_MUST_CHECK;

/* versions.json and versions.js, and the assets that editions need stay. */
enum bb_code bb_editions_publish(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

#endif
