#include "render/page_figure.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "chart/svg.h"

struct bb_tpl_dict *bb_figures(struct bb_tpl_dict *dict)
{
    return bb_tpl_include(dict, "FIGURES", "figures.tpl");
}

/* --- files ---------------------------------------------------------------------------------------------------------- */

void bb_figure_csv(const struct bb_figure_data *data, struct bb_buf *out)
{
    for (size_t c = 0; c < data->n_columns; c++) {
        if (c) bb_buf_putc(out, ',');
        bb_csv_write(out, data->column[c].name, true);
    }
    for (size_t r = 0; r < data->n_rows; r++) {
        bb_buf_puts(out, "\r\n");
        for (size_t c = 0; c < data->n_columns; c++) {
            const struct bb_figure_column *column = &data->column[c];
            char number[32] = "";
            if (c) bb_buf_putc(out, ',');
            if (!column->text && !isnan(column->value[r])) bb_format_number(number, column->value[r]);
            if (column->text && column->text[r]) bb_csv_write(out, column->text[r], true);
            bb_buf_puts(out, number);
        }
    }
    bb_buf_puts(out, "\r\n");
}

const struct bb_figure_data *bb_figure_pairs(const char *const *name, size_t n, const double *r, const size_t *count,
                                             const double *p, struct bb_arena *arena)
{
    size_t most = n * n / 2 + 1;
    const char **text = BB_NEW_ARRAY(arena, 2 * most, const char *);
    double *value = BB_NEW_ARRAY(arena, 3 * most, double);
    struct bb_figure_column *column = BB_NEW_ARRAY(arena, 5, struct bb_figure_column);
    struct bb_figure_data *data = BB_NEW(arena, struct bb_figure_data);
    *data = (struct bb_figure_data){.column = column, .n_columns = p ? 5 : 4};
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++, data->n_rows++) {
            text[data->n_rows] = name[k];
            text[most + data->n_rows] = name[i];
            value[data->n_rows] = r[i * n + k];
            value[most + data->n_rows] = (double)count[i * n + k];
            value[2 * most + data->n_rows] = p ? p[i * n + k] : (double)NAN;
        }
    }
    column[0] = (struct bb_figure_column){.name = "benchmark", .text = text};
    column[1] = (struct bb_figure_column){.name = "other", .text = text + most};
    column[2] = (struct bb_figure_column){.name = "r", .value = value};
    column[3] = (struct bb_figure_column){.name = "models", .value = value + most};
    column[4] = (struct bb_figure_column){.name = "p_corrected", .value = value + 2 * most};
    return data;
}

/* In the site: beside the page. */
static const char *file_path(const struct bb_page *page, const char *id, const char *ending)
{
    const char *slash = strrchr(page->path, '/');
    int folder = slash ? (int)(slash + 1 - page->path) : 0;
    return bb_arena_printf(page->arena, "%.*scharts/%s.%s", folder, page->path, id, ending);
}

void bb_figure_files(const struct bb_page *page, struct bb_tpl_dict *dict, const struct bb_figure *figure)
{
    struct bb_tpl_dict *files = bb_tpl_include(dict, "FIGURE_FILES", "figure_files.tpl");
    const char *svg = file_path(page, figure->id, "svg"), *csv = figure->data_path;
    struct bb_buf out = BB_BUF_INIT;
    bb_svg_write(figure->scene, &(struct bb_svg_options){.id = figure->id, .standalone = true}, &out);
    bb_page_file(page, svg, bb_buf_text(&out), out.len);
    bb_tpl_set(files, "FIGURE_OF", figure->title);
    bb_tpl_set(files, "FIGURE_SVG_PATH", svg);
    if (!csv && figure->data) {
        bb_buf_reset(&out);
        bb_figure_csv(figure->data, &out);
        csv = file_path(page, figure->id, "csv");
        bb_page_file(page, csv, bb_buf_text(&out), out.len);
    }
    bb_tpl_optional(files, "FIGURE_CSV_PATH", csv);
    bb_buf_release(&out);
}

/* --- in the page ---------------------------------------------------------------------------------------------------- */

static void add_table(const struct bb_page *page, struct bb_tpl_dict *dict, const struct bb_figure *figure)
{
    const struct bb_figure_data *data = figure->data;
    struct bb_tpl_dict *table = bb_tpl_section(dict, "FIGURE_TABLE");
    bb_tpl_set(table, "FIGURE_OF", figure->title);
    for (size_t c = 0; c < data->n_columns; c++) {
        struct bb_tpl_dict *head = bb_tpl_section(table, "FIGURE_HEAD");
        bb_tpl_set(head, "FIGURE_COLUMN", data->column[c].name);
        if (!data->column[c].text) bb_tpl_show(head, "FIGURE_NUMBERS");
    }
    for (size_t r = 0; r < data->n_rows; r++) {
        struct bb_tpl_dict *row = bb_tpl_section(table, "FIGURE_ROW");
        for (size_t c = 0; c < data->n_columns; c++) {
            const struct bb_figure_column *column = &data->column[c];
            struct bb_tpl_dict *cell = bb_tpl_section(row, c ? column->text ? "FIGURE_TEXT" : "FIGURE_NUMBER" : "FIGURE_FIRST");
            bb_tpl_set(cell, "FIGURE_VALUE", column->text ? column->text[r] : bb_page_detail(page->arena, column->value[r]));
        }
    }
}

static void add_title(struct bb_tpl_dict *dict, const struct bb_figure *figure)
{
    if (figure->title_path) {
        struct bb_tpl_dict *link = bb_tpl_section(dict, "FIGURE_LINK");
        bb_tpl_set(link, "FIGURE_PATH", figure->title_path);
        bb_tpl_set(link, "FIGURE_TITLE", figure->title);
    } else {
        bb_tpl_optional(dict, "FIGURE_TITLE", figure->title);
    }
    bb_tpl_optional(dict, "FIGURE_NOTE", figure->note);
}

void bb_figure_add(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_figure *figure)
{
    bool is_wide = figure->scene->width > BB_FIGURE_WIDE;
    struct bb_tpl_dict *dict = bb_tpl_section(figures, "FIGURE"), *chart = dict;
    add_title(dict, figure);
    if (is_wide) {
        chart = bb_tpl_section(dict, "FIGURE_WIDE");
        bb_tpl_set(chart, "FIGURE_OF", figure->title);
    } else {
        chart = bb_tpl_section(dict, "FIGURE_PLAIN");
    }
    const struct bb_svg_options options = {.id = figure->id, .class = is_wide ? "wide" : NULL};
    bb_tpl_set_html(chart, "CHART_HTML", bb_svg_text(figure->scene, &options, page->arena));
    bb_figure_files(page, dict, figure);
    if (figure->folds && figure->data && figure->data->n_rows) add_table(page, dict, figure);
}
