/*
 * A site of the small board (render_board.h) in a folder of its own: what the tests of pages share. site_set_up and site_tear_down are the fixture.
 */
#ifndef BB_TESTS_SITE_FIXTURE_H
#define BB_TESTS_SITE_FIXTURE_H

#include "render/site.h"
#include "render_board.h"

extern struct bb_arena *arena;
extern struct bb_results *board;
extern const char *site, *site_dir; /* the site, which is there once something was built, and the folder around it */
extern struct bb_err err;

void site_set_up(void);
void site_tear_down(void);

/* Builds it; `out` and `home` are filled in. */
struct bb_site_report site_build(struct bb_site_options options);

const char *site_page(const char *path); /* the bytes of a file of it, in the arena */
void site_has(const char *path, const char *text);
void site_has_not(const char *path, const char *text);

size_t board_node(const char *id);
size_t board_model(const char *id);

#endif
