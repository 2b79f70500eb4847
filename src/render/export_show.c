/*
 * What readers see of a table for a paper: its cells as text, and its caption.
 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "render/export_table.h"
#include "render/page.h"
#include "score/parity.h"

#define ERROR_DECIMALS 3  /* of a score and its error, which have the same */
#define DIGITS         12 /* of a digest, enough to tell releases apart */

static const char *fixed(struct bb_arena *arena, double value, int decimals)
{
    char text[64];
    bb_format_fixed(text, value, decimals);
    return text[0] == '-' ? bb_arena_printf(arena, "−%s", text + 1) : bb_arena_strdup(arena, text);
}

static const char *score(const struct bb_paper *table, const struct bb_paper_column *column, const struct bb_paper_cell *cell)
{
    static const char *const word[BB_N_STATUS] = {[BB_CELL_NONE] = "",
                                                  [BB_CELL_OK] = "",
                                                  [BB_CELL_FAILED] = "failed",
                                                  [BB_CELL_MISSING] = "–",
                                                  [BB_CELL_NOT_APPLICABLE] = "n/a"};
    if (isnan(cell->number)) return word[cell->status];
    if (!column->has_errors && table->precision < 0) {
        if (column->is_fine) return bb_page_detail(table->arena, cell->number);
        return fixed(table->arena, table->rounds_twice ? bb_parity_round(cell->number) : cell->number, 2);
    }
    int decimals = table->precision >= 0 ? table->precision : ERROR_DECIMALS;
    const char *value = fixed(table->arena, cell->number, decimals);
    if (!column->has_errors || isnan(cell->error)) return value;
    return bb_arena_printf(table->arena, "%s ± %s", value, fixed(table->arena, cell->error, decimals));
}

static const char *number(const struct bb_paper *table, const struct bb_paper_cell *cell)
{
    char text[32];
    if (isnan(cell->number)) return "";
    if (cell->number == floor(cell->number) && fabs(cell->number) >= 1) { /* as it was counted or stated */
        bb_format_number(text, cell->number);
        return text[0] == '-' ? bb_arena_printf(table->arena, "−%s", text + 1) : bb_arena_strdup(table->arena, text);
    }
    return table->precision >= 0 ? fixed(table->arena, cell->number, table->precision)
                                 : bb_page_detail(table->arena, cell->number);
}

const char *bb_paper_shown(const struct bb_paper *table, const struct bb_paper_column *column, const struct bb_paper_cell *cell)
{
    if (column->kind == BB_PAPER_SCORE) return score(table, column, cell);
    if (cell->words) return cell->words;
    if (cell->text) return cell->text;
    if (isnan(cell->number)) return "";
    if (column->kind == BB_PAPER_RANK || column->kind == BB_PAPER_COUNT)
        return bb_arena_printf(table->arena, "%.0f%s", cell->number, cell->is_tied ? "=" : "");
    if (column->kind == BB_PAPER_COVERAGE) return bb_arena_printf(table->arena, "%.0f of %zu", cell->number, cell->of);
    return number(table, cell);
}

bool bb_paper_is_best(const struct bb_paper *table, size_t row, size_t c)
{
    const struct bb_paper_column *column = &table->column[c];
    const struct bb_paper_cell *cell = bb_paper_at(table, row, c);
    if (!table->marks_best || isnan(column->best) || isnan(cell->number) || table->row[row].is_reference) return false;
    const struct bb_paper_cell best = {.number = column->best, .error = (double)NAN},
                               own = {.number = cell->number, .error = (double)NAN};
    return strcmp(score(table, column, &best), score(table, column, &own)) == 0; /* what looks the same is equally good */
}

void bb_paper_digest(const struct bb_results *results, char out[BB_DIGEST_TEXT])
{
    struct bb_buf text = BB_BUF_INIT;
    bb_results_write(results, &text);
    memcpy(out, "sha256:", 7);
    bb_sha256_text(bb_buf_text(&text), text.len, out + 7);
    bb_buf_release(&text);
}

const char *bb_paper_short_digest(const char *digest, struct bb_arena *arena)
{
    return bb_arena_printf(arena, "%.*s", (int)strlen("sha256:") + DIGITS, digest);
}

static void add_rows_word(const struct bb_paper *table, struct bb_buf *out)
{
    if (table->n_rows == table->n_all)
        bb_buf_printf(out, "%zu %s%s", table->n_rows, table->row_word, table->n_rows == 1 ? "" : "s");
    else
        bb_buf_printf(out, "%zu of %zu %ss", table->n_rows, table->n_all, table->row_word);
}

const char *bb_paper_caption(const struct bb_paper *table)
{
    const struct bb_board *board = table->board;
    bool of_models = bb_streq(table->row_word, "model");
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_printf(&out, "%s", table->title);
    if (of_models) {
        bb_buf_puts(&out, ": ");
        add_rows_word(table, &out);
    }
    bb_buf_printf(&out, ". %s", board->title ? board->title : "Board");
    if (board->release) bb_buf_printf(&out, ", release %s", board->release);
    if (board->date) bb_buf_printf(&out, " (%s)", board->date);
    bb_buf_printf(&out, "; scores %s.", bb_paper_short_digest(table->digest, table->arena));
    for (size_t i = 0; i < table->n_notes; i++) bb_buf_printf(&out, " %s", table->note[i]);
    const char *copy = bb_arena_strdup(table->arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return copy;
}
