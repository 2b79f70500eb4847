#include "insight_board.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results_fixture.h"

static const char *const leaf[INSIGHT_LEAVES] = {"n1", "n2", "n3", "b1", "b2", "task"};

double insight_normal(struct bb_rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += bb_rng_uniform(rng);
    return sum;
}

static void put(struct bb_buf *out, const char *before, double value)
{
    char text[32];
    bb_format_number(text, value);
    bb_buf_printf(out, "%s%s", before, text);
}

static void put_model(struct bb_buf *out, const struct insight_board *board, size_t m)
{
    const char *comma = "";
    bb_buf_printf(out, "%s{\"id\": \"m%zu\", \"family\": \"f%zu\", \"attributes\": {", m ? ",\n" : "", m, m % board->n_families);
    if (board->perplexity && !isnan(board->perplexity[m])) put(out, "\"perplexity\": ", board->perplexity[m]), comma = ", ";
    if (board->parameters && !isnan(board->parameters[m])) {
        bb_buf_puts(out, comma);
        put(out, "\"parameters\": ", board->parameters[m]);
        comma = ", ";
    }
    if (board->training && board->training[m]) bb_buf_printf(out, "%s\"training\": \"%s\"", comma, board->training[m]);
    bb_buf_puts(out, "}}");
}

static void put_cells(struct bb_buf *out, const struct insight_board *board)
{
    const char *comma = "";
    for (size_t m = 0; m < board->n_models; m++)
        for (size_t b = 0; b < INSIGHT_LEAVES; b++) {
            if (isnan(board->score[m][b])) {
                bb_buf_printf(out, "%s{\"model\": \"m%zu\", \"benchmark\": \"%s\", \"status\": \"missing\"}", comma, m, leaf[b]);
            } else {
                bb_buf_printf(out, "%s{\"model\": \"m%zu\", \"benchmark\": \"%s\", \"status\": \"ok\"", comma, m, leaf[b]);
                put(out, ", \"score\": ", board->score[m][b]);
                if (board->error > 0) put(out, ", \"error_kind\": \"split_sem\", \"error\": ", board->error);
                bb_buf_puts(out, "}");
            }
            comma = ",\n";
        }
}

struct bb_results *insight_board_new(const struct insight_board *board)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_printf(&out,
                  "{\"schema\": \"brainboard/scores/1\", \"title\": \"t\", \"options\": {\"missing\": \"%s\"},"
                  " \"attribute_info\": {\"perplexity\": {\"title\": \"Perplexity\", \"scale\": \"log\", \"better\": "
                  "\"lower\"}},\n\"models\": [",
                  board->missing ? board->missing : "zero");
    for (size_t m = 0; m < board->n_models; m++) put_model(&out, board, m);
    bb_buf_puts(
        &out,
        "],\n\"benchmarks\": [{\"id\": \"average\", \"domain\": \"language\", \"title\": \"Average\"},"
        "{\"id\": \"neural\", \"parent\": \"average\", \"title\": \"Neural\"}, {\"id\": \"behavior\", \"parent\": \"average\"}");
    for (size_t b = 0; b < INSIGHT_LEAVES; b++) {
        const char *where = b < 3   ? "\"parent\": \"neural\""
                            : b < 5 ? "\"parent\": \"behavior\""
                                    : "\"domain\": \"language\", \"engineering\": true";
        bb_buf_printf(&out, ", {\"id\": \"%s\", %s, \"metric\": \"published\", \"clip\": []}", leaf[b], where);
    }
    bb_buf_puts(&out, "],\n\"cells\": [");
    put_cells(&out, board);
    bb_buf_puts(&out, "]}\n");
    struct bb_results *results = results_of_text(bb_buf_text(&out));
    bb_buf_release(&out);
    return results;
}
