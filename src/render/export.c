#include "render/export.h"

#include <math.h>

#include "base/csv.h"

static void add_text(struct bb_buf *out, const char *text)
{
    bb_buf_putc(out, ',');
    bb_csv_write(out, text ? text : "", true);
}

static void add_number(struct bb_buf *out, double value)
{
    char text[32];
    bb_buf_putc(out, ',');
    if (isnan(value)) return;
    bb_format_number(text, value);
    bb_buf_puts(out, text);
}

static void add_line(const struct bb_results *results, size_t model, size_t node, struct bb_buf *out)
{
    const struct bb_cell *cell = bb_results_cell(results, model, node);
    bb_csv_write(out, results->model[model].id, true);
    add_text(out, results->tree.node[node].id);
    add_text(out, bb_status_names[cell->status]);
    add_number(out, cell->raw);
    add_number(out, cell->ceiling);
    add_number(out, cell->score);
    add_number(out, cell->error);
    add_text(out, cell->error_kind);
    add_number(out, cell->n ? (double)cell->n : (double)NAN);
    add_text(out, cell->reason);
    bb_buf_puts(out, "\r\n"); /* RFC 4180 */
}

void bb_export_csv(const struct bb_results *results, struct bb_buf *out)
{
    bb_buf_puts(out, "model,benchmark,status,raw,ceiling,score,error,error_kind,n,reason\r\n");
    for (size_t m = 0; m < results->n_models; m++) {
        if (results->model[m].visibility == BB_PRIVATE) continue;
        for (size_t i = 0; i < results->tree.n; i++) {
            if (bb_results_cell(results, m, i)->status == BB_CELL_NONE || results->tree.node[i].publish == BB_PUBLISH_NONE)
                continue;
            add_line(results, m, i, out);
        }
    }
}
