/*
 * The board's card (chart/card.h): its title, and the best models of its first domains.
 */
#ifndef BB_RENDER_BOARD_CARD_H
#define BB_RENDER_BOARD_CARD_H

#include "render/page.h"

/* Adds it to the assets and sets site->card. Where the fonts are missing it is a warning, and there is no card. */
enum bb_code bb_board_card_add(struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

#endif
