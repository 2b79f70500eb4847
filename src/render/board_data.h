/*
 * The full-precision values of a leaderboard table, for assets/board.js: a script assets/board-<node>-<part of its digest>.js that calls
 * brainboard.board(name, data). It is loaded when a reader first sorts, searches or chooses, never fetched, so it works from file:// too.
 * What `data` holds is said at the top of assets/board.js. Nodes and models are those of the table; scores that are not published are not in it,
 * and groups that they count in come with their averages ("given").
 */
#ifndef BB_RENDER_BOARD_DATA_H
#define BB_RENDER_BOARD_DATA_H

#include "render/page.h"

/* Adds a script for every group that has a table, and sets site->board_data[node] to its path in the site; NULL elsewhere. */
enum bb_code bb_board_data_add(struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

#endif
