/*
 * What makes a board its lab's: the accent colour, the logo, the favicon.
 *
 * The accent is the colour of links. It must be read on paper: where its contrast with the page (and with raised boxes) is below 4.5 : 1 (WCAG
 * 2.2, 1.4.3), it is mixed with black, in the dark with white, by the fewest percent that suffice; its hue stays.
 *
 * A logo is an SVG, PNG or JPEG by its content, at most 1 MiB, and stands on pages as <img>, where no SVG can run a script. As its address can be
 * opened by itself, one that has scripts, handlers, links or references to other files is refused all the same.
 */
#ifndef BB_RENDER_BRAND_H
#define BB_RENDER_BRAND_H

#include "render/page.h"

/* Contrast of two colours, 1 … 21, by WCAG's relative luminance. */
double bb_contrast(struct bb_rgb a, struct bb_rgb b);

/* "#rrggbb"; false: it is none. */
bool bb_rgb_parse(const char *text, struct bb_rgb *out);

/* The accent as it is used on a light or dark page; `accent` NULL: the program's own. */
struct bb_rgb bb_brand_accent(const char *accent, bool dark);

/* Rules for the style sheet; nothing without an accent. */
void bb_brand_style(const struct bb_board *board, struct bb_buf *out);

/* An SVG of three bars on the accent. */
void bb_brand_favicon(const char *accent, struct bb_buf *out);

/* ".svg", ".png" or ".jpg" for a picture that may be a logo; NULL after saying what it is instead. `name` is how messages call it. */
const char *bb_brand_logo_type(const char *name, const struct bb_buf *bytes, struct bb_err *err);
#define BB_LOGO_LIMIT ((size_t)1 << 20)

/* Adds favicon and logo to the assets, as "favicon.svg" and "logo.svg" (".png", ".jpg"), and sets site->favicon and site->logo. */
enum bb_code bb_brand_add(struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

#endif
