/*
 * The scripts that give leaderboards their full-precision values: brainboard.board("vision", {…}). What they hold is said in assets/board.js.
 */
#include "verify/verify_int.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

#define CALL "brainboard.board("

enum { IS_LEAF = 1 }; /* of the flags of a node */

static const struct bb_json *element(const struct bb_json *list, size_t i)
{
    return list && list->type == BB_JSON_ARRAY && i < list->as.list.n ? list->as.list.item[i] : NULL;
}

static size_t length(const struct bb_json *list)
{
    return list && list->type == BB_JSON_ARRAY ? list->as.list.n : 0;
}

/* The first element of a row of nodes or models: its id. */
static const char *id_of(const struct bb_json *row)
{
    const struct bb_json *id = element(row, 0);
    return id && id->type == BB_JSON_TEXT ? id->as.text : "";
}

static bool is_leaf(const struct bb_json *row)
{
    const struct bb_json *flags = element(row, 3);
    return flags && flags->type == BB_JSON_NUMBER && ((long)flags->as.number & IS_LEAF);
}

static void compare(struct bb_check *check, const char *path, const struct bb_json *score, const char *model_id,
                    const char *node_id)
{
    const struct bb_site_data *data = &check->data;
    size_t model = bb_names_find(&data->models, model_id), node = bb_names_find(&data->nodes, node_id);
    if (model == BB_NAMES_NONE || node == BB_NAMES_NONE) {
        bb_wrong(check, BB_WRONG_NUMBER, path, score ? score->place.line : 1,
                 "the data has no model \"%s\" or no benchmark \"%s\"", model_id, node_id);
        return;
    }
    double known = data->known[model * data->nodes.n + node].score;
    double value = score && score->type == BB_JSON_NUMBER ? score->as.number : (double)NAN;
    check->report->n_numbers++;
    if (isnan(known) && isnan(value)) return;
    char is[32], should[32];
    bb_format_number(is, value);
    bb_format_number(should, known);
    if (!(value == known))
        bb_wrong(check, BB_WRONG_NUMBER, path, score ? score->place.line : 1,
                 "the score of %s, %s is %s here, and %s in the data", model_id, node_id, is, should);
}

static void compare_all(struct bb_check *check, const char *path, const struct bb_json *board)
{
    const struct bb_json *nodes = bb_json_member(board, "nodes"), *models = bb_json_member(board, "models"),
                         *scores = bb_json_member(board, "scores");
    if (length(scores) != length(models))
        bb_wrong(check, BB_WRONG_DATA, path, 1, "%zu models, and scores of %zu", length(models), length(scores));
    for (size_t m = 0; m < length(models); m++) {
        size_t leaf = 0;
        for (size_t i = 0; i < length(nodes); i++)
            if (is_leaf(element(nodes, i)))
                compare(check, path, element(element(scores, m), leaf++), id_of(element(models, m)), id_of(element(nodes, i)));
    }
}

void bb_check_script(struct bb_check *check, const char *path, const struct bb_buf *text)
{
    const char *start = bb_buf_text(text), *comma = strchr(start, ','), *end = strrchr(start, ')');
    if (!check->data.known || !bb_starts_with(start, CALL)) return;
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_diags found;
    bb_diags_init(&found);
    const struct bb_json *board =
        comma && end && end > comma ? bb_json_parse(arena, path, comma + 1, (size_t)(end - comma) - 1, &found) : NULL;
    if (board)
        compare_all(check, path, board);
    else
        bb_wrong(check, BB_WRONG_DATA, path, found.n ? found.diag[0].place.line : 1,
                 "the data of a leaderboard cannot be read: %s", found.n ? found.diag[0].message : "it is not one call");
    bb_diags_release(&found);
    bb_arena_free(arena);
}
