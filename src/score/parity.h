/*
 * The rounding of Brain-Score.web, which rounds twice: SQL writes a score to three decimals (mv.sql: one decimal from 1 on), and the leaderboard
 * shows and ranks that text rounded again to two, half up (views/leaderboard.py, views/index.py). 0.4446 becomes ".445" and then 0.45. Boards
 * use it only where they are asked to look like the reference (--parity); their own rule rounds once.
 */
#ifndef BB_SCORE_PARITY_H
#define BB_SCORE_PARITY_H

#include <stddef.h>

/* The text of SQL's ROUND(score::numeric, 3): ".415", "1.0", "-.020"; "X" for NaN. Returns the length. The cast keeps 15 significant digits. */
size_t bb_parity_text(char out[64], double score);

/* What the leaderboard shows and ranks: that text, rounded half away from zero to two decimals. NaN stays NaN. */
double bb_parity_round(double score);

#endif
