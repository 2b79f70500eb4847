/*
 * Tables as LaTeX with booktabs.
 *
 * How wide a table becomes is estimated in units of 1 em of its own size. What does not fit turns the heads of its numbers, then
 * becomes smaller, and if that is not enough is split by columns into parts, each with the first columns again.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/version.h"
#include "render/export_text.h"

static const struct size {
    const char *name;
    double width; /* em of this size in the 345 pt of an article */
} sizes[] = {{"\\small", 38}, {"\\footnotesize", 42.5}};

#define LETTER     0.5  /* em, of a letter on average */
#define GAP        0.9  /* em, between two columns */
#define NAME_MOST  19.0 /* em; longer names break */
#define TURNED     1.3  /* em, the width of a head that is turned; of two lines, twice as much */
#define TURN_FROM  0.6  /* em, by which a head must be wider than its column to be turned */
#define HEAD_MOST  22   /* letters of a turned head in one line */
#define LONG_TABLE 42   /* rows; more break across pages */

const char bb_latex_preamble[] = "\\usepackage[T1]{fontenc}\n"
                                 "\\usepackage{lmodern}\n"
                                 "\\usepackage{textcomp}\n"
                                 "\\usepackage{booktabs}\n"
                                 "\\usepackage{graphicx}\n"
                                 "\\usepackage{longtable}\n";

struct writer {
    const struct bb_paper *table;
    struct bb_names *lost;
    struct bb_buf *out;
    const struct size *size;
    size_t *shown, n_shown; /* columns that readers see */
    size_t n_lead;          /* of them: the first ones, which every part repeats */
    double *width;          /* per column of the table */
    double share;           /* em of columns that are not the lead, which a part should have */
    bool *is_turned;        /* their heads */
    bool is_long, name_breaks;
};

/* A part: its columns are the lead and shown[from … to). */
struct part {
    size_t *c, n;
    size_t index, n_parts;
};

static void add_text(struct writer *w, const char *text)
{
    if (!bb_latex_text(w->out, text) && w->lost) bb_names_add(w->lost, text);
}

static void add_breakable(struct writer *w, const char *text)
{
    if (!bb_latex_breakable(w->out, text) && w->lost) bb_names_add(w->lost, text);
}

/* --- widths ----------------------------------------------------------------------------------------------------------- */

/* By the widths of Latin Modern, in classes: narrow, digits and most small letters, capitals, wide. */
static double text_width(const char *text)
{
    double sum = 0;
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if ((c & 0xc0) == 0x80) continue; /* counted with its first byte */
        if (c >= 128)
            sum += 0.78;
        else if (strchr(" .,:;'|!()[]-/", c))
            sum += 0.33;
        else if (strchr("ijltfr", c))
            sum += 0.36;
        else if (strchr("mwMW&%@", c))
            sum += 0.85;
        else if (c >= 'A' && c <= 'Z')
            sum += 0.72;
        else
            sum += LETTER + 0.015;
    }
    return sum;
}

static bool is_text(const struct bb_paper_column *column)
{
    return column->kind == BB_PAPER_NAME || column->kind == BB_PAPER_TEXT;
}

static double body_width(const struct writer *w, size_t c)
{
    const struct bb_paper_column *column = &w->table->column[c];
    double width = 0;
    for (size_t r = 0; r < w->table->n_rows; r++) {
        const struct bb_paper_row *row = &w->table->row[r];
        bool is_name = column->kind == BB_PAPER_NAME;
        double is = is_name ? text_width(row->name) + (double)row->depth
                            : text_width(bb_paper_shown(w->table, column, bb_paper_at(w->table, r, c)));
        width = fmax(width, is);
    }
    return width;
}

static double total(const struct writer *w)
{
    double sum = 0;
    for (size_t i = 0; i < w->n_shown; i++) sum += w->width[w->shown[i]] + GAP;
    return sum;
}

static bool is_high(const struct bb_paper_column *column)
{
    return bb_utf8_length(column->title, strlen(column->title)) > HEAD_MOST;
}

static void measure(struct writer *w, bool turned)
{
    for (size_t i = 0; i < w->n_shown; i++) {
        size_t c = w->shown[i];
        const struct bb_paper_column *column = &w->table->column[c];
        double body = body_width(w, c), head = text_width(column->title);
        w->is_turned[c] = turned && !is_text(column) && column->kind != BB_PAPER_RANK && head > body + TURN_FROM;
        w->width[c] = fmax(body, !w->is_turned[c] ? head : is_high(column) ? 2 * TURNED : TURNED);
        if (column->kind != BB_PAPER_NAME) continue;
        w->name_breaks = w->width[c] > NAME_MOST;
        if (w->name_breaks) w->width[c] = NAME_MOST;
    }
}

static struct writer begin(const struct bb_paper *table, struct bb_names *lost, struct bb_buf *out)
{
    struct writer w = {.table = table, .lost = lost, .out = out};
    w.shown = BB_NEW_ARRAY(table->arena, table->n_columns + 1, size_t);
    w.width = BB_NEW_ARRAY(table->arena, table->n_columns + 1, double);
    w.is_turned = BB_NEW_ARRAY(table->arena, table->n_columns + 1, bool);
    for (size_t c = 0; c < table->n_columns; c++) {
        if (table->column[c].is_data) continue;
        w.shown[w.n_shown++] = c;
        if (w.n_lead + 1 == w.n_shown && (table->column[c].kind == BB_PAPER_RANK || table->column[c].kind == BB_PAPER_NAME))
            w.n_lead++;
    }
    w.is_long = table->n_rows > LONG_TABLE;
    measure(&w, false);
    w.size = &sizes[0];
    if (total(&w) > w.size->width) measure(&w, true);
    if (total(&w) > w.size->width) w.size = &sizes[1];
    return w;
}

/* The columns of a part from shown[at] on; at least one. Returns where the next part begins. Parts are about as wide as each other, and rather
   end with a group than within one. */
static size_t take_part(const struct writer *w, size_t at, struct part *part)
{
    double sum = 0, lead = 0;
    part->n = 0;
    for (size_t i = 0; i < w->n_lead; i++) {
        part->c[part->n++] = w->shown[i];
        sum += w->width[w->shown[i]] + GAP;
    }
    lead = sum;
    for (size_t first = at; at < w->n_shown; at++) {
        bool is_new = at > first && !bb_streq(w->table->column[w->shown[at]].group, w->table->column[w->shown[at - 1]].group);
        if (at > first && is_new && sum - lead >= 0.75 * w->share) break;
        sum += w->width[w->shown[at]] + GAP;
        if (at > first && (sum > w->size->width || sum - lead > 1.2 * w->share)) break;
        part->c[part->n++] = w->shown[at];
    }
    return at;
}

static size_t count_parts(const struct writer *w, struct part *part)
{
    size_t n = 0, at = w->n_lead;
    do at = take_part(w, at, part), n++;
    while (at < w->n_shown);
    return n;
}

/* As few parts as there can be, and then as even as they can be. */
static void plan_parts(struct writer *w, struct part *part)
{
    double rest = 0;
    for (size_t i = w->n_lead; i < w->n_shown; i++) rest += w->width[w->shown[i]] + GAP;
    w->share = (double)INFINITY;
    part->n_parts = count_parts(w, part);
    w->share = part->n_parts > 1 ? rest / (double)part->n_parts : (double)INFINITY;
    if (count_parts(w, part) > part->n_parts) w->share = (double)INFINITY;
}

/* --- heads ------------------------------------------------------------------------------------------------------------ */

static size_t span_at(const struct writer *w, const struct part *part, size_t i)
{
    size_t end = i + 1;
    const char *group = w->table->column[part->c[i]].group;
    while (group && end < part->n && bb_streq(w->table->column[part->c[end]].group, group)) end++;
    return end - i;
}

static bool has_groups(const struct writer *w, const struct part *part)
{
    for (size_t i = 0; i < part->n; i++)
        if (w->table->column[part->c[i]].group) return true;
    return false;
}

static void add_spec(struct writer *w, const struct part *part)
{
    bb_buf_puts(w->out, "{@{}");
    for (size_t i = 0; i < part->n; i++) {
        const struct bb_paper_column *column = &w->table->column[part->c[i]];
        if (column->kind == BB_PAPER_NAME && w->name_breaks)
            bb_buf_printf(w->out, "p{%.0fem}", NAME_MOST);
        else
            bb_buf_putc(w->out, is_text(column) ? 'l' : 'r');
    }
    bb_buf_puts(w->out, "@{}}\n");
}

static void add_group_head(struct writer *w, const struct part *part, size_t i, size_t span)
{
    double width = GAP * (double)(span - 1);
    const char *group = w->table->column[part->c[i]].group;
    if (!group) return;
    for (size_t k = i; k < i + span; k++) width += w->width[part->c[k]];
    bb_buf_printf(w->out, "\\multicolumn{%zu}{c}{", span);
    if (text_width(group) > width * 1.15) bb_buf_printf(w->out, "\\parbox[b]{%.1fem}{\\centering ", fmax(width, 3));
    add_breakable(w, group);
    bb_buf_puts(w->out, text_width(group) > width * 1.15 ? "}}" : "}");
}

static void add_group_heads(struct writer *w, const struct part *part)
{
    for (size_t i = 0; i < part->n;) {
        size_t span = span_at(w, part, i);
        if (i) bb_buf_puts(w->out, " & ");
        add_group_head(w, part, i, span);
        i += span;
    }
    bb_buf_puts(w->out, " \\\\\n");
    for (size_t i = 0; i < part->n;) {
        size_t span = span_at(w, part, i);
        if (w->table->column[part->c[i]].group) bb_buf_printf(w->out, "\\cmidrule(lr){%zu-%zu}", i + 1, i + span);
        i += span;
    }
    bb_buf_putc(w->out, '\n');
}

static void add_head(struct writer *w, size_t c)
{
    const struct bb_paper_column *column = &w->table->column[c];
    bool is_box = w->is_turned[c] && is_high(column);
    if (w->is_turned[c]) bb_buf_puts(w->out, "\\rotatebox{90}{");
    if (is_box) bb_buf_printf(w->out, "\\parbox{%.0fem}{\\raggedright\\strut ", LETTER * HEAD_MOST);
    if (is_box)
        add_breakable(w, column->title);
    else
        add_text(w, column->title);
    if (is_box) bb_buf_puts(w->out, "\\strut}");
    if (w->is_turned[c]) bb_buf_puts(w->out, "}");
}

static void add_heads(struct writer *w, const struct part *part)
{
    bb_buf_puts(w->out, "\\toprule\n");
    if (has_groups(w, part)) add_group_heads(w, part);
    for (size_t i = 0; i < part->n; i++) {
        if (i) bb_buf_puts(w->out, " & ");
        add_head(w, part->c[i]);
    }
    bb_buf_puts(w->out, " \\\\\n\\midrule\n");
}

/* --- rows ------------------------------------------------------------------------------------------------------------- */

static void add_name(struct writer *w, const struct bb_paper_row *row)
{
    if (w->name_breaks) bb_buf_printf(w->out, "\\raggedright\\hangindent%zuem ", row->depth + 1);
    for (size_t i = 0; i < row->depth; i++) bb_buf_puts(w->out, "\\hspace*{1em}");
    if (w->name_breaks)
        add_breakable(w, row->name);
    else
        add_text(w, row->name);
}

static void add_cell(struct writer *w, size_t r, size_t c)
{
    const struct bb_paper_column *column = &w->table->column[c];
    bool is_best = bb_paper_is_best(w->table, r, c);
    if (column->kind == BB_PAPER_NAME) {
        add_name(w, &w->table->row[r]);
        return;
    }
    if (is_best) bb_buf_puts(w->out, "\\textbf{");
    add_text(w, bb_paper_shown(w->table, column, bb_paper_at(w->table, r, c)));
    if (is_best) bb_buf_putc(w->out, '}');
}

static void add_ceilings(struct writer *w, const struct part *part)
{
    bool any = false;
    for (size_t i = 0; i < part->n; i++) any |= !isnan(w->table->column[part->c[i]].ceiling);
    if (!any) return;
    for (size_t i = 0; i < part->n; i++) {
        const struct bb_paper_column *column = &w->table->column[part->c[i]];
        const struct bb_paper_cell ceiling = {.number = column->ceiling, .error = (double)NAN};
        if (i) bb_buf_puts(w->out, " & ");
        if (column->kind == BB_PAPER_NAME)
            bb_buf_puts(w->out, "\\textit{Ceiling}");
        else if (!isnan(column->ceiling))
            add_text(w, bb_paper_shown(w->table, column, &ceiling));
    }
    bb_buf_puts(w->out, " \\\\\n\\midrule\n");
}

static void add_rows(struct writer *w, const struct part *part)
{
    for (size_t r = 0; r < w->table->n_rows; r++) {
        for (size_t i = 0; i < part->n; i++) {
            if (i) bb_buf_puts(w->out, " & ");
            add_cell(w, r, part->c[i]);
        }
        bb_buf_puts(w->out, " \\\\\n");
    }
    bb_buf_puts(w->out, "\\bottomrule\n");
}

/* --- a part ----------------------------------------------------------------------------------------------------------- */

static void add_caption(struct writer *w, const struct part *part)
{
    bb_buf_puts(w->out, "\\caption{");
    if (part->index == 0)
        add_breakable(w, bb_paper_caption(w->table));
    else
        add_breakable(w, w->table->title);
    if (part->n_parts > 1) bb_buf_printf(w->out, " (Part %zu of %zu.)", part->index + 1, part->n_parts);
    bb_buf_printf(w->out, "}\\label{tab:%s", w->table->name);
    if (part->index) bb_buf_printf(w->out, "-%zu", part->index + 1);
    bb_buf_puts(w->out, "}");
}

static void add_short(struct writer *w, const struct part *part)
{
    bb_buf_printf(w->out, "\\begin{table}\n\\centering%s\\setlength{\\tabcolsep}{0.45em}\\setlength{\\belowcaptionskip}{0.7ex}\n",
                  w->size->name);
    add_caption(w, part);
    bb_buf_puts(w->out, "\n\\begin{tabular}");
    add_spec(w, part);
    add_heads(w, part);
    add_ceilings(w, part);
    add_rows(w, part);
    bb_buf_puts(w->out, "\\end{tabular}\n\\end{table}\n");
}

static void add_long(struct writer *w, const struct part *part)
{
    bb_buf_printf(w->out, "{%s\\setlength{\\tabcolsep}{0.45em}\n\\begin{longtable}", w->size->name);
    add_spec(w, part);
    add_caption(w, part);
    bb_buf_puts(w->out, "\\\\\n");
    add_heads(w, part);
    bb_buf_puts(w->out, "\\endfirsthead\n");
    add_heads(w, part);
    bb_buf_puts(w->out, "\\endhead\n");
    bb_buf_printf(w->out, "\\midrule\\multicolumn{%zu}{r@{}}{\\textit{continued}}\\\\\n\\endfoot\n\\endlastfoot\n", part->n);
    add_ceilings(w, part);
    add_rows(w, part);
    bb_buf_puts(w->out, "\\end{longtable}}\n");
}

/* Comments end with the line, and text from outside could end it. */
static void add_comment(struct writer *w, bool standalone)
{
    struct bb_buf *out = w->out;
    bb_buf_printf(out, "%% Made by brainboard %s from scores %s\n", bb_version, w->table->digest);
    if (standalone) return;
    bb_buf_puts(out, "% For the preamble of the document:\n");
    for (const char *line = bb_latex_preamble; *line; line += strcspn(line, "\n") + 1)
        bb_buf_printf(out, "%%   %.*s\n", (int)strcspn(line, "\n"), line);
}

void bb_paper_latex(const struct bb_paper *table, bool standalone, struct bb_names *lost, struct bb_buf *out)
{
    struct writer w = begin(table, lost, out);
    struct part part = {.c = BB_NEW_ARRAY(table->arena, table->n_columns + 1, size_t)};
    add_comment(&w, standalone);
    if (standalone) bb_buf_printf(out, "\\documentclass{article}\n%s\\begin{document}\n", bb_latex_preamble);
    plan_parts(&w, &part);
    for (size_t at = w.n_lead; part.index < part.n_parts; part.index++) {
        at = take_part(&w, at, &part);
        if (w.is_long)
            add_long(&w, &part);
        else
            add_short(&w, &part);
    }
    if (standalone) bb_buf_puts(out, "\\end{document}\n");
}
