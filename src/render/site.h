/*
 * The site: results in, a folder out. Never opens a recording.
 */
#ifndef BB_RENDER_SITE_H
#define BB_RENDER_SITE_H

#include "history/archive.h"
#include "render/palette.h"
#include "score/results.h"

/* Sample stimuli: what `samples` of benchmarks name, and where those files are. */
struct bb_picture {
    const char *name; /* beside scores.json: "samples/…" */
    const char *path; /* on this machine */
    size_t width, height; /* 0: not known */
};
struct bb_pictures {
    struct bb_picture *picture;
    size_t n;
};

struct bb_site_options {
    const char *out;         /* folder of the site */
    const char *home;        /* folder that has templates/ and assets/ of the program */
    const char *templates;   /* folder that overrides single templates; NULL: the program's own */
    const char *assets;      /* the same for assets */
    const char *base_url;    /* for what must be absolute; NULL: left out */
    const char *logo_path;   /* the file that the board's "logo" names; NULL: none. It must be good (render/brand.h) */
    const char *units_path;  /* units.h5 to publish beside scores.json; NULL: none */
    struct bb_pictures samples; /* published beside scores.json; benchmarks show those of theirs that are among them */
    enum bb_palette palette;
    bool parity;    /* numbers and ranks by the reference's double rounding */
    bool anonymous; /* for double-blind review */
    bool no_pdf;    /* without the reports */
    const char *release; /* the board's, published in v/<release>/ too (editions.h); NULL: not */
    const struct bb_archive *history; /* releases, the last of which is this board; NULL: none is kept */
};

struct bb_site_report {
    size_t n_written, n_unchanged, n_removed;
    const char *front_page; /* path of the page to open; in `arena` */
    const char *published;  /* folder of the release that was published; NULL: none, or it was there already */
    size_t n_releases;      /* in the site */
    double release_bytes;   /* of all of them, without the assets that they share */
};

/* Renders everything beside the site, then moves it in; on error the old site is as it was. What may not be seen (score/published.h) is taken from
   the results first; `units_path` must have been made of what may be. */
enum bb_code bb_site_build(const struct bb_results *results, const struct bb_site_options *options, struct bb_arena *arena,
                           struct bb_site_report *report, struct bb_err *err) BB_MUST_CHECK;

#endif
