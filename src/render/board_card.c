#include "render/board_card.h"

#include <math.h>
#include <string.h>

#include "base/log.h"
#include "chart/card.h"
#include "render/brand.h"

/* Bars begin at zero and end at one, or at the best score where that is more. Where less is better there are numbers alone. */
static double length_of(const struct bb_results *results, const struct bb_view_column *column, double score)
{
    if (results->tree.node[column->node].lower_better) return (double)NAN;
    return score / fmax(1, column->high);
}

static void fill_list(const struct bb_site *site, const char *domain, struct bb_card_list *list)
{
    const struct bb_results *results = site->listed;
    struct bb_view_nodes tables = bb_view_tables(results, domain, site->arena);
    if (!tables.n) return;
    struct bb_view_rows rows = bb_view_rows(results, tables.node[0], site->arena);
    struct bb_view_column column = bb_view_column(results, rows.ordered_by, &rows);
    list->title = bb_page_title_case(site->arena, domain);
    for (size_t i = 0; i < rows.n && list->n < BB_CARD_BARS; i++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(results, rows.model[i], rows.ordered_by);
        if (!aggregate->rank || isnan(aggregate->score)) continue;
        list->bar[list->n++] =
            (struct bb_card_bar){results->model[rows.model[i]].name, bb_page_score(site->arena, aggregate->score),
                                 length_of(results, &column, aggregate->score)};
    }
}

static unsigned accent_of(const struct bb_board *board)
{
    struct bb_rgb c = bb_brand_accent(board->accent, false);
    return (unsigned)c.red << 16 | (unsigned)c.green << 8 | (unsigned)c.blue;
}

/* "example.org/board" */
static const char *foot_of(const struct bb_site *site)
{
    const char *address = site->base ? site->base : site->listed->board.url;
    const char *plain = address ? strstr(address, "://") : NULL;
    if (!plain) return NULL;
    plain += strlen("://");
    size_t len = strlen(plain);
    return bb_arena_strndup(site->arena, plain, len && plain[len - 1] == '/' ? len - 1 : len);
}

enum bb_code bb_board_card_add(struct bb_site *site, struct bb_err *err)
{
    const struct bb_board *board = &site->listed->board;
    struct bb_card card = {.title = board->title, .foot = foot_of(site), .accent = accent_of(board)};
    struct bb_buf png = BB_BUF_INIT;
    struct bb_err why;
    card.line =
        bb_arena_printf(site->arena, "%s%s", bb_board_facts(site, site->arena), board->simulated ? " · simulated data" : "");
    for (size_t i = 0; i < site->domains.n && card.n_lists < BB_CARD_LISTS; i++) {
        fill_list(site, site->domains.name[i], &card.list[card.n_lists]);
        card.n_lists += card.list[card.n_lists].n > 0;
    }
    enum bb_code code = bb_card_png(&card, &png, &why);
    if (code == BB_OK)
        code = bb_assets_add_made(&site->assets, "card.png", png.data, png.len, bb_asset_staging(site), site->arena, &site->card, err);
    else if (code == BB_EABSENT) {
        bb_log_warning("The site has no card for links to it: %s", why.msg);
        code = BB_OK;
    } else if (err) {
        *err = why;
    }
    bb_buf_release(&png);
    return code;
}
