/*
 * A small board with everything that a page may have to show: two domains, all statuses, ties, reference, unlisted and private rows, a group of
 * many benchmarks, an engineering group, a benchmark without data, one whose scores are not published, and hostile texts.
 */
#ifndef BB_TESTS_RENDER_BOARD_H
#define BB_TESTS_RENDER_BOARD_H

#include "score/results.h"

#define HOSTILE "<script>alert(1)</script>\"'&{{BOARD_TITLE}}"

struct bb_results *render_board_new(void); /* bb_arena_free(results->arena) frees it */

#endif
