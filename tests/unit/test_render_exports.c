/*
 * Tables for papers: every format is read back, by readers of its own, and has the numbers of the page and of the data.
 */
#include <check.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "render/bibtex.h"
#include "render/export_bibtex.h"
#include "render/export_figure.h"
#include "render/export_sentence.h"
#include "render/export_text.h"
#include "score/published.h"
#include "site_fixture.h"

/* Texts of cells, row after row. */
enum { MAX_ROWS = 64, MAX_CELLS = 48 };
struct grid {
    const char *cell[MAX_ROWS][MAX_CELLS];
    size_t n[MAX_ROWS], n_rows;
};

static void add_cell(struct grid *grid, const char *text, size_t len)
{
    size_t r = grid->n_rows - 1;
    ck_assert_uint_lt(grid->n[r], MAX_CELLS);
    while (len && *text == ' ') text++, len--;
    while (len && text[len - 1] == ' ') len--;
    grid->cell[r][grid->n[r]++] = bb_arena_strndup(arena, text, len);
}

static void add_row(struct grid *grid)
{
    ck_assert_uint_lt(grid->n_rows, MAX_ROWS);
    grid->n[grid->n_rows++] = 0;
}

static const char *replaced(const char *text, const char *const (*pair)[2], size_t n)
{
    struct bb_buf out = BB_BUF_INIT;
    while (*text) {
        size_t k = 0;
        while (k < n && !bb_starts_with(text, pair[k][0])) k++;
        if (k < n) {
            bb_buf_puts(&out, pair[k][1]);
            text += strlen(pair[k][0]);
        } else {
            bb_buf_putc(&out, *text++);
        }
    }
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return copy;
}

/* --- LaTeX ------------------------------------------------------------------------------------------------------------ */

static const char *from_latex(const char *text)
{
    static const char *const pairs[][2] = {{"\\allowbreak{}", ""},
                                           {"\\textbackslash{}", "\\"},
                                           {"\\textasciicircum{}", "^"},
                                           {"\\textasciitilde{}", "~"},
                                           {"\\textless{}", "<"},
                                           {"\\textgreater{}", ">"},
                                           {"\\textbar{}", "|"},
                                           {"\\textquotedbl{}", "\""},
                                           {"\\textasciigrave{}", "`"},
                                           {"\\textquotesingle{}", "'"},
                                           {"\\{", "{"},
                                           {"\\}", "}"},
                                           {"\\$", "$"},
                                           {"\\&", "&"},
                                           {"\\#", "#"},
                                           {"\\_", "_"},
                                           {"\\%", "%"},
                                           {"{[}", "["},
                                           {"{]}", "]"},
                                           {"{*}", "*"},
                                           {"-{}", "-"},
                                           {",{}", ","},
                                           {"\\ensuremath{-}", "−"},
                                           {"\\ensuremath{\\pm}", "±"},
                                           {"\\textendash{}", "–"},
                                           {"\\hspace*{1em}", ""}};
    if (bb_starts_with(text, "\\raggedright")) text = strchr(text, ' ') + 1;
    return replaced(text, pairs, sizeof pairs / sizeof pairs[0]);
}

/* The rows between \midrule and \bottomrule; parts side by side, without the columns that they repeat. */
static struct grid read_latex(const char *text)
{
    struct grid grid = {0};
    size_t part = 0, lead = 0;
    for (const char *at = strstr(text, "\\midrule\n"); at; at = strstr(at, "\\midrule\n"), part++) {
        const char *end = strstr(at, "\\bottomrule"), *line = strchr(at, '\n') + 1;
        ck_assert_ptr_nonnull(end);
        const char *last = strstr(at, "\\endlastfoot\n");
        if (last && last < end) line = strchr(last, '\n') + 1;
        for (size_t r = 0; line < end; r++, line = strchr(line, '\n') + 1) {
            const char *stop = strstr(line, " \\\\\n");
            size_t c = 0;
            ck_assert_ptr_nonnull(stop);
            if (part == 0) add_row(&grid);
            grid.n_rows = r + 1; /* the row that cells go to */
            while (line <= stop) {
                const char *next = strstr(line, " & ");
                if (!next || next > stop) next = stop;
                const char *cell = from_latex(bb_arena_strndup(arena, line, (size_t)(next - line)));
                bool is_lead = part > 0 && c < lead;
                if (!is_lead) add_cell(&grid, cell, strlen(cell));
                c++;
                line = next == stop ? stop + 1 : next + 3;
            }
            line = stop;
        }
        if (part == 0) /* the first columns up to the name are in every part */
            lead = strstr(text, "{@{}rl") || strstr(text, "{@{}rp") ? 2 : 1;
        at = end;
    }
    return grid;
}

/* --- Markdown --------------------------------------------------------------------------------------------------------- */

static const char *from_markdown(const char *text)
{
    struct bb_buf out = BB_BUF_INIT;
    for (const char *p = text; *p; p++) {
        if (*p == '\\' && ispunct((unsigned char)p[1])) p++;
        bb_buf_putc(&out, *p);
    }
    static const char *const entities[][2] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&emsp;", ""}};
    const char *copy = replaced(bb_buf_text(&out), entities, 4);
    bb_buf_release(&out);
    return copy;
}

static struct grid read_markdown(const char *text)
{
    struct grid grid = {0};
    const char *line = strchr(strchr(text, '\n') + 1, '\n') + 1; /* behind the head and its rule */
    for (; *line == '|'; line = strchr(line, '\n') + 1) {
        const char *p = line + 1, *start = p;
        add_row(&grid);
        for (; *p != '\n'; p++) {
            if (*p == '\\')
                p++;
            else if (*p == '|') {
                const char *cell = from_markdown(bb_arena_strndup(arena, start, (size_t)(p - start)));
                add_cell(&grid, cell, strlen(cell));
                start = p + 1;
            }
        }
    }
    return grid;
}

/* --- CSV and JSON ----------------------------------------------------------------------------------------------------- */

static enum bb_code take_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *error)
{
    (void)error;
    struct grid *grid = ctx;
    if (line == 1) return BB_OK;
    add_row(grid);
    for (size_t i = 0; i < n; i++) add_cell(grid, field[i].text, field[i].len);
    return BB_OK;
}

static struct grid read_csv(const char *text)
{
    struct grid grid = {0};
    ck_assert_int_eq(bb_csv_parse(text, strlen(text), ',', take_row, &grid, &err), BB_OK);
    return grid;
}

static const struct bb_json *parse_json(const char *text)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "table", text, strlen(text), &diags);
    ck_assert_msg(json != NULL, "%s", diags.n ? diags.diag[0].message : "");
    bb_diags_release(&diags);
    return json;
}

/* --- HTML ------------------------------------------------------------------------------------------------------------- */

/* The cells of the table of class `class`, without tags and without the columns of how much is scored, which tables for papers leave out. */
static struct grid read_html(const char *page, const char *class)
{
    static const char *const entities[][2] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&#39;", "'"}};
    struct grid grid = {0};
    const char *at = strstr(page, bb_arena_printf(arena, "<table class=\"%s\"", class));
    ck_assert_ptr_nonnull(at);
    const char *end = strstr(at, "</tbody>");
    for (at = strstr(at, "<tbody>"); (at = strstr(at, "<tr")) && at < end;) {
        const char *row_end = strstr(at, "</tr>");
        add_row(&grid);
        for (at = strchr(at, '>') + 1; at < row_end;) {
            struct bb_buf text = BB_BUF_INIT;
            const char *open = strchr(at, '<');
            if (open >= row_end) break;
            bool is_cover = bb_starts_with(open, "<td class=\"num cover"), in_mark = false;
            const char *close = strstr(open, bb_starts_with(open, "<th") ? "</th>" : "</td>");
            for (const char *p = strchr(open, '>') + 1; p < close; p++) {
                if (*p == '<') {
                    in_mark = bb_starts_with(p, "<span class=\"by") || bb_starts_with(p, "<span class=\"tag") ||
                              (in_mark && !bb_starts_with(p, "</span>"));
                    p = strchr(p, '>');
                } else if (!in_mark) {
                    bb_buf_putc(&text, *p);
                }
            }
            const char *plain = replaced(bb_buf_text(&text), entities, 5);
            if (!is_cover) add_cell(&grid, plain, strlen(plain));
            bb_buf_release(&text);
            at = close + 5;
        }
        at = row_end;
    }
    return grid;
}

/* What pages say in words where tables for papers have a sign. */
static const char *html_word(const char *text)
{
    static const char *const words[][2] = {{"not ranked", ""}, {"–not run", "–"}, {"✕failed", "failed"}, {"n/a", "n/a"}};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(text, words[i][0]) == 0) return words[i][1];
    return text;
}

/* --- comparing -------------------------------------------------------------------------------------------------------- */

static void same_grids(const struct grid *a, const struct grid *b, const char *what)
{
    ck_assert_msg(a->n_rows == b->n_rows, "%s: %zu rows, not %zu", what, b->n_rows, a->n_rows);
    for (size_t r = 0; r < a->n_rows; r++) {
        ck_assert_msg(a->n[r] == b->n[r], "%s, row %zu: %zu cells, not %zu", what, r + 1, b->n[r], a->n[r]);
        for (size_t c = 0; c < a->n[r]; c++)
            ck_assert_msg(strcmp(a->cell[r][c], html_word(b->cell[r][c])) == 0, "%s, row %zu, cell %zu: \"%s\", not \"%s\"", what,
                          r + 1, c + 1, b->cell[r][c], a->cell[r][c]);
    }
}

/* A number as it is shown, from one at full precision: rounded here, half up, by printf of enough digits. */
static bool rounds_to(double value, const char *shown)
{
    const char *dot = strchr(shown, '.');
    int decimals = dot ? (int)strspn(dot + 1, "0123456789") : 0;
    char *end;
    double number = strtod(bb_starts_with(shown, "−") ? shown + strlen("−") : shown, &end);
    if (bb_starts_with(shown, "−")) number = -number;
    return (*end == '\0' || *end == '=') && fabs(number - value) <= .5 * pow(10, -decimals) * (1 + 1e-9);
}

/* CSV against JSON, to the bit; and both against what readers see. Returns how many numbers were compared. */
static size_t same_numbers(const struct grid *csv, const struct bb_json *json, const struct grid *shown, const char *what)
{
    const struct bb_json *columns = bb_json_member(json, "columns"), *rows = bb_json_member(json, "rows");
    size_t n = 0;
    ck_assert_uint_eq(rows->as.list.n, csv->n_rows);
    for (size_t r = 0; r < csv->n_rows; r++) {
        const struct bb_json *row = rows->as.list.item[r];
        size_t c = 0;
        ck_assert_uint_eq(row->as.list.n, columns->as.list.n);
        ck_assert_uint_eq(row->as.list.n, csv->n[r]);
        for (size_t i = 0; i < csv->n[r]; i++) {
            const struct bb_json *column = columns->as.list.item[i], *value = row->as.list.item[i];
            const char *kind = bb_json_text(column, "kind"), *field = csv->cell[r][i];
            bool is_seen = !bb_json_member(column, "shown") && strcmp(kind, "id") != 0;
            const char *seen = is_seen ? shown->cell[r][c++] : NULL;
            if (value->type == BB_JSON_NUMBER) {
                double number = NAN;
                ck_assert(bb_parse_number(field, &number, NULL));
                ck_assert_msg(number == value->as.number, "%s: CSV has %s, JSON %.17g", what, field, value->as.number);
                if (seen) ck_assert_msg(rounds_to(number, seen), "%s, row %zu: %.17g is shown as %s", what, r + 1, number, seen);
                n += seen != NULL;
            } else if (value->type == BB_JSON_NULL) {
                ck_assert_str_eq(field, "");
            } else { /* a ' before what a spreadsheet would run */
                ck_assert_str_eq(value->as.text, field[0] == '\'' ? field + 1 : field);
            }
        }
        ck_assert_uint_eq(c, shown->n[r]);
    }
    return n;
}

static const char *table_file(const char *id, const char *extension)
{
    return site_page(bb_arena_printf(arena, "data/tables/%s.%s", id, extension));
}

static bool has_table(const char *id)
{
    return bb_is_file(bb_path_join(arena, site, bb_arena_printf(arena, "data/tables/%s.csv", id)));
}

/* Names as LaTeX cannot show them are marked; everything else is the same text. */
static void without_lost(struct grid *grid, const struct grid *as)
{
    for (size_t r = 0; r < grid->n_rows && r < as->n_rows; r++)
        for (size_t c = 0; c < grid->n[r] && c < as->n[r]; c++)
            if (strstr(grid->cell[r][c], "[U+")) grid->cell[r][c] = as->cell[r][c];
}

START_TEST(all_formats_have_the_numbers_of_the_page)
{
    size_t n_numbers = 0, n_tables = 0;
    site_build((struct bb_site_options){0});
    for (size_t i = 0; i < board->tree.n; i++) {
        const struct bb_node *node = &board->tree.node[i];
        if (!has_table(node->id)) continue;
        const char *page = site_page(bb_arena_printf(arena, "benchmarks/%s/index.html", node->id));
        struct grid markdown = read_markdown(table_file(node->id, "md")), latex = read_latex(table_file(node->id, "tex")),
                    csv = read_csv(table_file(node->id, "csv"));
        without_lost(&latex, &markdown);
        same_grids(&markdown, &latex, bb_arena_printf(arena, "%s.tex", node->id));
        n_numbers += same_numbers(&csv, parse_json(table_file(node->id, "json")), &markdown, node->id);
        n_tables++;
        if (bb_node_is_leaf(node)) continue; /* its page has the models without a score apart: the next test */
        struct grid html = read_html(page, "board");
        same_grids(&markdown, &html, bb_arena_printf(arena, "the page of %s", node->id));
    }
    ck_assert_uint_gt(n_tables, 20);
    ck_assert_uint_gt(n_numbers, 500);
}
END_TEST

START_TEST(tables_of_benchmarks_have_the_numbers_of_their_pages)
{
    size_t n = 0;
    site_build((struct bb_site_options){0});
    for (size_t i = 0; i < board->tree.n; i++) {
        const struct bb_node *node = &board->tree.node[i];
        if (!bb_node_is_leaf(node) || !has_table(node->id)) continue;
        const char *page = site_page(bb_arena_printf(arena, "benchmarks/%s/index.html", node->id));
        if (!strstr(page, "<table class=\"detail\"")) continue;
        struct grid markdown = read_markdown(table_file(node->id, "md")), html = read_html(page, "detail");
        for (size_t r = 0, h = 0; r < markdown.n_rows; r++) {
            if (strcmp(markdown.cell[r][2], "failed") == 0) continue;
            ck_assert_uint_lt(h, html.n_rows);
            ck_assert_uint_eq(markdown.n[r], html.n[h]);
            for (size_t c = 0; c < markdown.n[r]; c++) ck_assert_str_eq(markdown.cell[r][c], html_word(html.cell[h][c]));
            h++, n++;
        }
    }
    ck_assert_uint_gt(n, 50);
}
END_TEST

START_TEST(tables_of_models_have_the_numbers_of_the_results)
{
    size_t n = 0;
    site_build((struct bb_site_options){0});
    for (size_t m = 0; m < board->n_models; m++) {
        const char *id = bb_arena_printf(arena, "models/%s", board->model[m].id);
        ck_assert_int_eq(has_table(id), board->model[m].visibility == BB_PUBLIC);
        if (board->model[m].visibility != BB_PUBLIC) continue;
        struct grid csv = read_csv(table_file(id, "csv")), markdown = read_markdown(table_file(id, "md")),
                    latex = read_latex(table_file(id, "tex"));
        without_lost(&latex, &markdown);
        same_grids(&markdown, &latex, id);
        for (size_t r = 0; r < csv.n_rows; r++) {
            double score = bb_results_aggregate(board, m, board_node(csv.cell[r][0]))->score;
            ck_assert_str_eq(csv.cell[r][2], isnan(score) ? "" : bb_arena_printf(arena, "%.17g", score)[0] ? csv.cell[r][2] : "");
            if (isnan(score)) continue;
            ck_assert_double_eq(strtod(csv.cell[r][2], NULL), score);
            ck_assert(rounds_to(score, markdown.cell[r][1]));
            n++;
        }
    }
    ck_assert_uint_gt(n, 100);
}
END_TEST

/* --- links ------------------------------------------------------------------------------------------------------------ */

START_TEST(every_table_links_to_its_files)
{
    site_build((struct bb_site_options){0});
    for (size_t i = 0; i < board->tree.n; i++) {
        const char *id = board->tree.node[i].id, *path = bb_arena_printf(arena, "benchmarks/%s/index.html", id);
        if (!bb_is_file(bb_path_join(arena, site, path))) continue;
        if (has_table(id))
            site_has(path, bb_arena_printf(arena, "href=\"../../data/tables/%s.tex\"", id));
        else
            site_has_not(path, "data/tables/");
    }
    site_has("vision/index.html", "href=\"../data/tables/average_vision.bib\"");
    site_has("models/alexnet/index.html", "href=\"../../data/tables/models/alexnet.md\"");
    site_has_not("models/unlisted/index.html", "data/tables/");
    ck_assert(!has_table("Secret2026"));
    site_has("data/references.bib", "@article{key,");
}
END_TEST

START_TEST(captions_name_the_release_and_the_digest_of_the_scores)
{
    char digest[BB_SHA256_TEXT];
    site_build((struct bb_site_options){0});
    ck_assert_int_eq(bb_sha256_file(bb_path_join(arena, site, "data/scores.json"), digest, &err), BB_OK);
    site_has("data/tables/IT.tex", bb_arena_printf(arena, "release 2026.11 (2026-11-23); scores sha256:%.12s.", digest));
    site_has("data/tables/IT.tex", bb_arena_printf(arena, "%% Made by brainboard"));
    site_has("data/tables/IT.json", bb_arena_printf(arena, "\"scores\":\"sha256:%s\"", digest));
    site_has("data/tables/IT.md", bb_arena_printf(arena, "scores sha256:%.12s.", digest));
}
END_TEST

/* --- options ---------------------------------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    return strcmp(board->tree.node[*(const size_t *)a].id, board->tree.node[*(const size_t *)b].id);
}

/* Published, with the index by which nodes are found. */
static struct bb_results *published(void)
{
    board->tree.by_id = BB_NEW_ARRAY(arena, board->tree.n, size_t);
    for (size_t i = 0; i < board->tree.n; i++) board->tree.by_id[i] = i;
    qsort(board->tree.by_id, board->tree.n, sizeof *board->tree.by_id, by_id);
    return bb_results_published(board, &(struct bb_publish_options){.listed_only = true});
}

static struct bb_paper make(const struct bb_results *results, struct bb_paper_options options, const char *node)
{
    struct bb_paper table;
    options.node = bb_tree_find(&results->tree, node);
    ck_assert_msg(bb_paper_of_node(results, &options, "sha256:0123456789abcdef", arena, &table, &err) == BB_OK, "%s", err.msg);
    return table;
}

START_TEST(columns_are_fields_nodes_their_fields_and_attributes)
{
    struct bb_results *results = published();
    struct bb_paper table = make(
        results,
        (struct bb_paper_options){.columns = "model,IT,FreemanZiemba2013.V1-pls.raw,parameters,family,training", .top = 2}, "V1");
    ck_assert_uint_eq(table.n_columns, 6);
    ck_assert_uint_eq(table.n_rows, 2);
    size_t m = table.row[0].index, v1 = bb_tree_find(&results->tree, "FreemanZiemba2013.V1-pls"),
           it = bb_tree_find(&results->tree, "IT");
    ck_assert_double_eq(bb_paper_at(&table, 0, 1)->number, bb_results_aggregate(results, m, it)->score);
    ck_assert_double_eq(bb_paper_at(&table, 0, 2)->number, bb_results_cell(results, m, v1)->raw);
    ck_assert_str_eq(bb_paper_shown(&table, &table.column[3], bb_paper_at(&table, 0, 3)), "61100840");
    ck_assert_str_eq(bb_paper_at(&table, 0, 4)->text, results->model[m].family);
    ck_assert_str_eq(bb_paper_at(&table, 0, 5)->text, "supervised");
    bb_results_free(results);
}
END_TEST

static void refuses_columns(const char *columns, const char *sentence)
{
    struct bb_results *results = published();
    struct bb_paper table;
    const struct bb_paper_options options = {.node = bb_tree_find(&results->tree, "IT"), .columns = columns};
    ck_assert_int_eq(bb_paper_of_node(results, &options, "sha256:", arena, &table, &err), BB_EUSAGE);
    ck_assert_msg(strstr(err.msg, sentence) != NULL, "%s", err.msg);
    bb_results_free(results);
}

START_TEST(unknown_columns_are_refused_with_the_nearest)
{
    refuses_columns("rank,modell", "There is no column \"modell\"; did you mean \"model\"?");
    refuses_columns("IT.rw", "did you mean \"IT.raw\"");
    refuses_columns("paramters", "did you mean \"parameters\"");
    refuses_columns("zzzzzzzzzzzz", "no benchmark or group, and no attribute");
    refuses_columns("Secret2026", "not published");
}
END_TEST

START_TEST(errors_ceilings_best_and_precision_as_asked)
{
    struct bb_results *results = published();
    const char *leaf = "MajajHong2015public.IT-pls"; /* its errors have a kind */
    size_t node = bb_tree_find(&results->tree, "Geirhos2021colour");
    (void)leaf;
    struct bb_paper table = make(
        results,
        (struct bb_paper_options){.columns = "model,Geirhos2021colour", .errors = true, .ceilings = true, .marks_best = true},
        "Geirhos2021");
    struct bb_buf text = BB_BUF_INIT;
    bool any = false;
    for (size_t r = 0; r < table.n_rows; r++) {
        const struct bb_cell *cell = bb_results_cell(results, table.row[r].index, node);
        if (cell->status != BB_CELL_OK || !cell->error_kind) continue;
        char value[64], error[64];
        bb_format_fixed(value, cell->score, 3);
        bb_format_fixed(error, cell->error, 3);
        ck_assert_str_eq(bb_paper_shown(&table, &table.column[1], bb_paper_at(&table, r, 1)),
                         bb_arena_printf(arena, "%s ± %s", value, error));
        any = true;
    }
    ck_assert(any);
    ck_assert_double_eq(table.column[1].ceiling, .41);
    bb_paper_csv(&table, &text);
    ck_assert(bb_starts_with(
        bb_buf_text(&text),
        "model,name,Geirhos2021colour,Geirhos2021colour.error,Geirhos2021colour.error_kind,Geirhos2021colour.ceiling\r\n"));
    bb_buf_reset(&text);
    bb_paper_latex(&table, false, NULL, &text);
    ck_assert_ptr_nonnull(strstr(bb_buf_text(&text), "\\textit{Ceiling} & 0.410"));
    ck_assert_ptr_nonnull(strstr(bb_buf_text(&text), "\\textbf{"));
    bb_buf_release(&text);
    table = make(results, (struct bb_paper_options){.columns = "model,Geirhos2021colour", .has_precision = true, .precision = 4},
                 "Geirhos2021");
    const char *shown = bb_paper_shown(&table, &table.column[1], bb_paper_at(&table, 0, 1));
    ck_assert_uint_eq(strlen(strchr(shown, '.') + 1), 4);
    bb_results_free(results);
}
END_TEST

/* --- escaping --------------------------------------------------------------------------------------------------------- */

static const char *const hostile[] = {HOSTILE,
                                      "\\ { } $ & # ^ _ % ~ < > | \" ` ' [x] * -- ,, ?` !`",
                                      "\\input{/etc/passwd}\\end{document}",
                                      "a | b ** c __ d `e` [f](javascript:1) ![g](h) <i>",
                                      "https://evil.example www.evil.example ~~x~~ $x$ #1 @you",
                                      "=cmd|' /C calc'!A0",
                                      "\\\\[2em]",
                                      "%00 100% ^^M ^^5c",
                                      "a&b\\",
                                      "- x",
                                      "averyveryveryverylongnamewithoutanyspacesoranythingatall_and-then/some.more"};

START_TEST(latex_is_text_whatever_is_written)
{
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        bool (*const writers[])(struct bb_buf *, const char *) = {bb_latex_text, bb_latex_breakable};
        for (size_t k = 0; k < 2; k++) {
            struct bb_buf out = BB_BUF_INIT;
            ck_assert(writers[k](&out, hostile[i]));
            ck_assert_str_eq(from_latex(bb_buf_text(&out)), hostile[i]);
            for (const char *p = bb_buf_text(&out); *p; p++) {
                ck_assert_msg(strchr("$&#^_%~", *p) == NULL || p[-1] == '\\', "%s", out.data);
                ck_assert_msg(strchr("<>|\"`", *p) == NULL, "%s", out.data);
            }
            bb_buf_release(&out);
        }
    }
}
END_TEST

static void latex_is(const char *text, const char *latex, bool good)
{
    struct bb_buf out = BB_BUF_INIT;
    ck_assert_int_eq(bb_latex_text(&out, text), good);
    ck_assert_str_eq(bb_buf_text(&out), latex);
    bb_buf_release(&out);
}

START_TEST(latex_has_greek_accents_and_marks_what_it_lacks)
{
    latex_is("α β ≥ ±", "\\ensuremath{\\alpha} \\ensuremath{\\beta} \\ensuremath{\\geq} \\ensuremath{\\pm}", true);
    latex_is("Éva Žižek Ștefan", "Éva Žižek Ștefan", true);
    latex_is("cafe\u0301 i\u0302", "caf\\'{e} \\^{\\i}", true);
    latex_is("r² 10⁻³", "r\\textsuperscript{2} 10\\ensuremath{^{-}}\\textsuperscript{3}", true);
    latex_is("猫", "{[}U+732B{]}", false);
    latex_is("\u202e🧠", "{[}U+202E{]}{[}U+1F9E0{]}", false);
    latex_is("a\nb\tc\x01", "a b c ", true);
    latex_is("\xff", "{[}U+FFFD{]}", false);
}
END_TEST

START_TEST(markdown_is_text_whatever_is_written)
{
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct bb_buf out = BB_BUF_INIT;
        bb_markdown_cell(&out, hostile[i]);
        ck_assert_str_eq(from_markdown(bb_buf_text(&out)), hostile[i]);
        for (const char *p = bb_buf_text(&out); *p; p++) {
            ck_assert_ptr_null(strchr("<>", *p));
            ck_assert_msg(strchr("|`*_[]~$", *p) == NULL || p[-1] == '\\', "%s", out.data);
        }
        const char *link = strstr(bb_buf_text(&out), "://");
        ck_assert(!link || link[-1] == '\\'); /* no address that GitHub would link */
        ck_assert_ptr_null(strstr(bb_buf_text(&out), "www."));
        bb_buf_release(&out);
    }
}
END_TEST

/* --- BibTeX ----------------------------------------------------------------------------------------------------------- */

static const char *bibtex_of(const char *const *text, size_t n, size_t *n_warnings)
{
    struct bb_bibtex bibtex;
    struct bb_diags diags;
    bb_diags_init(&diags);
    bb_bibtex_init(&bibtex, &diags, arena);
    for (size_t i = 0; i < n; i++) bb_bibtex_add(&bibtex, text[i], "model \"m\"");
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&bibtex.text));
    *n_warnings = diags.n;
    bb_bibtex_release(&bibtex);
    bb_diags_release(&diags);
    return copy;
}

START_TEST(bibtex_entries_stand_once)
{
    static const char *const texts[] = {"@article{Key1,\n  title = {A {B} c},\n year = 2020\n}",
                                        "@ARTICLE{key1, title={other}}",
                                        "Two: @misc{k2, note = \"x {\\\"o}\" # jan} @comment{no} @book{k3,}",
                                        "",
                                        NULL,
                                        "@article{Key1,\n  title = {A {B} c},\n year = 2020\n}"};
    size_t n = 9;
    const char *out = bibtex_of(texts, 6, &n);
    ck_assert_uint_eq(n, 1); /* the second has the key of the first, and says something else */
    ck_assert_str_eq(
        out, "@article{Key1,\n  title = {A {B} c},\n year = 2020\n}\n\n@misc{k2, note = \"x {\\\"o}\" # jan}\n\n@book{k3,}\n");
}
END_TEST

START_TEST(what_is_no_entry_is_kept_out_and_said)
{
    static const char *const texts[] = {"@article{a, title = {x}",
                                        "@article{, title = {x}}",
                                        "just words",
                                        "@preamble{\"\\def\\x{}\"}",
                                        "@string{s = {x}}",
                                        "@misc{b, note = {\\input{/etc/passwd}}}",
                                        "@misc{c, note = {\\write18{rm}}}",
                                        "@misc{d, title = {x}, note = \"}\", url = {y}}",
                                        "@misc(e, title = {x})",
                                        "@misc{f, title {x}}",
                                        "@misc{g, note = {^^5cinput x}}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t n = 0;
        ck_assert_str_eq(bibtex_of(&texts[i], 1, &n), "");
        ck_assert_msg(n == 1, "%s: %zu warnings", texts[i], n);
    }
}
END_TEST

/* The text of the reference that `entry` is printed as, and nothing behind it. */
static const char *reference_of(const struct bb_citation *entry)
{
    struct bb_span span[4];
    size_t n = bb_citation_spans(entry, 0, arena, span);
    const char *text = "";
    for (size_t i = 0; i < n; i++) text = bb_arena_printf(arena, "%s%s", text, span[i].text);
    return text;
}

START_TEST(references_are_short)
{
    static const struct {
        const char *entry, *reference;
    } prints[] = {
        {"@article{a, author = {{De Valois}, Russell L. and Ommer, Bj{\\\"o}rn}, title = {T}, journal = {J}, volume = 2, pages = "
         "{3--4}}",
         "De Valois RL, Ommer B. T. J 2, 3–4. "},
        {"@misc{b, author = {Ferguson, Jr, Michael E and Jane Roe and Fei-Fei, Li}, title = {Why?}, year = 2024}",
         "Ferguson ME Jr, Roe J, Fei-Fei L (2024). Why? "},
        {"@misc{c, author = {A, A and B, B and C, C and D, D and E, E and F, F and\n  G, G and H, H}, title = {T}, doi = "
         "{10.1/x}}",
         "A A, B B, C C, D D, E E, F F, G G, H H. T. doi:10.1/x"},
        {"@misc{d, author = {A, A and B, B and C, C and D, D and E, E and F, F and G, G and H, H and I, I}, title = {T}}",
         "A A, B B, C C, D D, E E, F F, G G, H H, et al. T. "},
        {"@unpublished{e, author = {A, A}, title = {T}, note = {Under review}, year = {2024}}", "A A (2024). T. Under review. "},
        {"@misc{f, title = {A data set}, note = {n}, year = {2024}}", "A data set (2024). "},
    };
    for (size_t i = 0; i < sizeof prints / sizeof prints[0]; i++) {
        struct bb_citation entry;
        ck_assert_ptr_nonnull(bb_citation_next(prints[i].entry, &entry, arena));
        ck_assert_str_eq(reference_of(&entry), prints[i].reference);
    }
}
END_TEST

/* Each entry of the catalog has what BibTeX asks of its kind, is exported as it stands and in letters that every BibTeX reads. */
START_TEST(references_of_the_catalog_are_whole)
{
    static const char *const unpublished[] = {"bmd2024", "lonnqvist2024", "scialom2024"};
    struct bb_buf file = BB_BUF_INIT;
    ck_assert_int_eq(bb_file_read("data/catalog/references.bib", 1 << 20, &file, NULL), BB_OK);
    const char *text = bb_buf_text(&file);
    for (const char *c = text; *c; c++) ck_assert_msg((unsigned char)*c < 0x80, "no ASCII: %.40s", c);
    size_t n_warnings = 9, n_entries = 0, n_nameless = 0;
    const char *exported = bibtex_of(&text, 1, &n_warnings);
    ck_assert_uint_eq(n_warnings, 0);
    struct bb_citation entry;
    for (const char *at = text; (at = bb_citation_next(at, &entry, arena)); n_entries++) {
        bool is_nameless = false, has_venue = bb_streq(entry.type, "article") || bb_streq(entry.type, "inproceedings");
        for (size_t i = 0; i < sizeof unpublished / sizeof unpublished[0]; i++)
            is_nameless |= bb_streq(entry.key, unpublished[i]);
        n_nameless += is_nameless;
        ck_assert_msg(entry.title && entry.year && strlen(entry.year) == 4, "%s: title and year", entry.key);
        ck_assert_msg(is_nameless == !entry.author, "%s: author", entry.key);
        ck_assert_msg(entry.venue || !has_venue, "%s: where it was published", entry.key);
        ck_assert_msg(!entry.doi || bb_starts_with(entry.doi, "10."), "%s: %s is no doi", entry.key, entry.doi);
        ck_assert_msg(!entry.url || bb_starts_with(entry.url, "http"), "%s: %s is no address", entry.key, entry.url);
        ck_assert_msg(strstr(exported, bb_arena_printf(arena, "{%s,\n", entry.key)) != NULL, "%s: exported", entry.key);
        ck_assert_msg(strlen(reference_of(&entry)) < 450, "%s: longer than a reference: %s", entry.key, reference_of(&entry));
    }
    ck_assert_uint_gt(n_entries, 40);
    ck_assert_uint_eq(n_nameless, sizeof unpublished / sizeof unpublished[0]);
    bb_buf_release(&file);
}
END_TEST

/* --- sentences and figures -------------------------------------------------------------------------------------------- */

START_TEST(a_sentence_has_the_numbers_of_the_association)
{
    struct bb_results *results = published();
    const struct bb_quantities all = bb_quantities_of(results, arena);
    struct bb_buf text = BB_BUF_INIT;
    size_t x = bb_quantity_find(&all, "V1"), y = bb_quantity_find(&all, "IT");
    const struct bb_association is = bb_quantity_associate(&all, x, y, arena);
    ck_assert_int_eq(bb_sentence(results, &all, x, y, "sha256:0123456789abcdef", BB_SENTENCE_TEXT, &text, &err), BB_OK);
    const char *const parts[] = {bb_arena_printf(arena, "Across %zu models, V1 and IT", is.n),
                                 bb_arena_printf(arena, "n = %zu;", is.n), "release 2026.11, scores sha256:0123456789ab)."};
    for (size_t i = 0; i < 3; i++) ck_assert_msg(strstr(bb_buf_text(&text), parts[i]) != NULL, "%s", text.data);
    const char *r = strstr(bb_buf_text(&text), "Pearson's r = ") + strlen("Pearson's r = ");
    ck_assert(rounds_to(is.r, bb_arena_strndup(arena, r, strcspn(r, " "))));
    bb_buf_reset(&text);
    ck_assert_int_eq(bb_sentence(results, &all, x, y, "sha256:0123456789abcdef", BB_SENTENCE_JSON, &text, &err), BB_OK);
    const struct bb_json *models = bb_json_member(parse_json(bb_buf_text(&text)), "models");
    ck_assert_double_eq(bb_json_number(models, "r"), is.r);
    ck_assert_double_eq(bb_json_number(models, "low"), is.low);
    ck_assert_double_eq(bb_json_number(models, "high"), is.high);
    size_t constant = bb_quantity_find(&all, "attribute.parameters"); /* the same of all */
    ck_assert_int_eq(bb_sentence(results, &all, x, constant, "sha256:0", BB_SENTENCE_TEXT, &text, &err), BB_ENUMERIC);
    bb_buf_release(&text);
    bb_results_free(results);
}
END_TEST

START_TEST(widths_are_lengths_that_a_figure_can_have)
{
    double width = 0;
    ck_assert_int_eq(bb_figure_width("85mm", &width, &err), BB_OK);
    ck_assert_double_eq_tol(width, 85 * 96 / 25.4, 1e-9);
    ck_assert_int_eq(bb_figure_width("3.35in", &width, &err), BB_OK);
    ck_assert_double_eq_tol(width, 3.35 * 96, 1e-9);
    ck_assert_int_eq(bb_figure_width("240pt", &width, &err), BB_OK);
    ck_assert_double_eq_tol(width, 320, 1e-9);
    static const char *const wrong[] = {"85", "mm", "", "wide", "-85mm", "1mm", "9000mm", "NaNmm", "85 parsecs"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_int_eq(bb_figure_width(wrong[i], &width, &err), BB_EUSAGE);
}
END_TEST

START_TEST(figures_are_as_wide_as_asked)
{
    struct bb_results *results = published();
    const struct bb_quantities all = bb_quantities_of(results, arena);
    struct bb_paper table = make(results, (struct bb_paper_options){.top = 5}, "IT");
    const struct bb_scene *ranking = bb_figure_ranking(results, &table, bb_tree_find(&results->tree, "IT"), 321, arena);
    ck_assert_ptr_nonnull(ranking);
    ck_assert_double_eq(ranking->width, 321);
    const struct bb_scene *scatter =
        bb_figure_scatter(results, &all, bb_quantity_find(&all, "V1"), bb_quantity_find(&all, "IT"), NULL, 0, 300, arena);
    ck_assert_double_eq(scatter->width, 300);
    bb_results_free(results);
}
END_TEST

Suite *suite_render_exports(void);
Suite *suite_render_exports(void)
{
    const struct {
        const char *name;
        const TTest *test;
    } tests[] = {{"formats", all_formats_have_the_numbers_of_the_page},
                 {"benchmarks", tables_of_benchmarks_have_the_numbers_of_their_pages},
                 {"models", tables_of_models_have_the_numbers_of_the_results},
                 {"links", every_table_links_to_its_files},
                 {"captions", captions_name_the_release_and_the_digest_of_the_scores},
                 {"columns", columns_are_fields_nodes_their_fields_and_attributes},
                 {"mistakes", unknown_columns_are_refused_with_the_nearest},
                 {"options", errors_ceilings_best_and_precision_as_asked},
                 {"latex", latex_is_text_whatever_is_written},
                 {"letters", latex_has_greek_accents_and_marks_what_it_lacks},
                 {"markdown", markdown_is_text_whatever_is_written},
                 {"bibtex", bibtex_entries_stand_once},
                 {"no entries", what_is_no_entry_is_kept_out_and_said},
                 {"references", references_are_short},
                 {"catalog", references_of_the_catalog_are_whole},
                 {"sentence", a_sentence_has_the_numbers_of_the_association},
                 {"widths", widths_are_lengths_that_a_figure_can_have},
                 {"figures", figures_are_as_wide_as_asked}};
    Suite *suite = suite_create("render_exports");
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        TCase *tcase = tcase_create(tests[i].name);
        tcase_add_checked_fixture(tcase, site_set_up, site_tear_down);
        tcase_set_timeout(tcase, 60);
        tcase_add_test(tcase, tests[i].test);
        suite_add_tcase(suite, tcase);
    }
    return suite;
}
