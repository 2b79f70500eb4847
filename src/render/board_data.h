/*
 * The full-precision values of leaderboard tables, for assets/board.js: scripts assets/board-<node>-<part of its digest>.js that call
 * brainboard.board(name, data). One is loaded when a reader first sorts, searches or chooses, never fetched, so it works from file:// too. The tables
 * of groups below take their part of it. What `data` holds is said at the top of assets/board.js. Scores that are not published are not in it, and
 * groups that they count in come with their averages ("given").
 */
#ifndef BB_RENDER_BOARD_DATA_H
#define BB_RENDER_BOARD_DATA_H

#include "render/page.h"

/* Adds a script for every node with a table that is part of no other, and fills site->board_data. */
enum bb_code bb_board_data_add(struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

#endif
