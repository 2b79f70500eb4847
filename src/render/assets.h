/*
 * Assets: style sheets and scripts of all pages.
 *
 * Every file of the program's assets/ is published as assets/<stem>-<part of its SHA-256>.<extension>, so that a changed file is never taken from
 * a browser's cache. The parts of the style sheet, assets/style-*.css in the order of their names, become one file, "style.css"; what the program
 * makes itself stands among them as part 8, before small screens and paper. A folder that overrides assets replaces files of the same name and
 * adds others. Editions (editions.h) share the assets of the site that they lie in.
 */
#ifndef BB_RENDER_ASSETS_H
#define BB_RENDER_ASSETS_H

#include "render/staging.h"

#define BB_STYLESHEET "style.css"

struct bb_asset {
    const char *name; /* "board.js" */
    const char *path; /* in the site: "assets/board-0123abcd.js"; of an edition, "../../assets/…" */
};
struct bb_assets {
    struct bb_asset *asset;
    size_t n;
    const char *up; /* from the folder of the site to the one that has assets/: "" and, for an edition, "../../"; NULL is "" */
};

/* `staging`: of the site that has assets/.
   `home`: the folder that has the program's assets/; `override` NULL: none. `made`: rules for part 8 of the style sheet; NULL: none. */
enum bb_code bb_assets_add(struct bb_assets *out, const char *home, const char *override, const char *made, struct bb_staging *staging,
                           struct bb_arena *arena, struct bb_err *err) BB_MUST_CHECK;

/* A file that the program makes itself, published as the others; at most BB_ASSETS_MADE of them. *path is where it is in the site. */
enum { BB_ASSETS_MADE = 4 };
enum bb_code bb_assets_add_made(struct bb_assets *out, const char *name, const void *data, size_t len, struct bb_staging *staging,
                                struct bb_arena *arena, const char **path, struct bb_err *err) BB_MUST_CHECK;

/* The path in the site of an asset that must be there. */
const char *bb_assets_path(const struct bb_assets *assets, const char *name);

#endif
