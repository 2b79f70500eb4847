#include "history/diff_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum {
    FEW = 20 /* rows of a table that does not show all */,
    NAMED = 12 /* ids in a list */,
    REASONS = 2 /* benchmarks named for a term */
};

const char *const bb_diff_missing_words[] = {
    [BB_MISSING_ZERO] = "count as zero", [BB_MISSING_SKIP] = "are left out", [BB_MISSING_REQUIRE] = "leave no average"};

/* --- parts ------------------------------------------------------------------------------------------------------------ */

static void add_separated(struct bb_buf *out, const char *text)
{
    if (out->len) bb_buf_puts(out, ", ");
    bb_buf_puts(out, text);
}

static const char *take(struct bb_arena *arena, struct bb_buf *text)
{
    const char *copy = bb_arena_strdup(arena, bb_buf_text(text));
    bb_buf_release(text);
    return copy;
}

const char *bb_diff_causes(struct bb_arena *arena, unsigned causes)
{
    struct bb_buf out = BB_BUF_INIT;
    for (int i = 0; i < BB_N_CAUSES; i++)
        if (causes & 1u << i) add_separated(&out, bb_cause_names[i].words);
    return take(arena, &out);
}

static const char *number(struct bb_arena *arena, double value)
{
    char text[64];
    if (isnan(value)) return "–";
    bb_format_fixed(text, value, 4);
    return bb_arena_strdup(arena, text);
}

const char *bb_diff_cell(struct bb_arena *arena, const struct bb_cell *cell)
{
    static const char *const words[BB_N_STATUS] = {"–", "–", "failed", "not run", "not applicable"};
    if (cell->withheld) return "not published";
    return cell->status == BB_CELL_OK && !isnan(cell->score) ? number(arena, cell->score) : words[cell->status];
}

const char *bb_diff_signed(struct bb_arena *arena, double delta)
{
    char text[64];
    if (isnan(delta)) return "";
    bb_format_fixed(text, fabs(delta), 4);
    if (delta == 0) return "0";
    if (bb_round_decimals(delta, 4) == 0) return "≈0";
    return bb_arena_printf(arena, "%s%s", delta < 0 ? "−" : "+", text);
}

const char *bb_diff_rank(struct bb_arena *arena, const struct bb_average_change *change)
{
    const struct {
        const char *words;
        long n;
    } part[] = {{"own", change->own}, {"entered", change->entered}, {"left", change->left}, {"moved", change->moved}};
    struct bb_buf out = BB_BUF_INIT;
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        if (part[i].n)
            add_separated(&out, bb_arena_printf(arena, "%s %s%ld", part[i].words, part[i].n < 0 ? "−" : "+", labs(part[i].n)));
    return take(arena, &out);
}

const char *bb_diff_release(struct bb_arena *arena, const struct bb_results *results)
{
    const struct bb_board *board = &results->board;
    if (board->release && *board->release) return board->release;
    return board->date && *board->date ? bb_arena_printf(arena, "the board of %s", board->date) : "a board without a release";
}

static const char *from_to(struct bb_arena *arena, const char *what, const char *from, const char *to)
{
    return bb_arena_printf(arena, "%s %s → %s", what, from, to);
}

const char *bb_diff_node(struct bb_arena *arena, const struct bb_diff *diff, const struct bb_node_change *change)
{
    struct bb_buf out = BB_BUF_INIT;
    if (change->before == BB_NO_NODE || change->after == BB_NO_NODE || change->kind == BB_NODE_ADDED) return "";
    const struct bb_node *old = &diff->before->tree.node[change->before], *new = &diff->after->tree.node[change->after];
    const struct bb_facts *was = &diff->before->facts[change->before], *is = &diff->after->facts[change->after];
    if (change->kind == BB_NODE_REGROUPED) {
        if (!bb_streq(old->parent, new->parent))
            add_separated(&out,
                          from_to(arena, "from", old->parent ? old->parent : "the top", new->parent ? new->parent : "the top"));
        if (old->engineering != new->engineering)
            add_separated(&out, new->engineering ? "now engineering" : "no longer engineering");
        if (old->no_average != new->no_average) add_separated(&out, new->no_average ? "no longer averaged" : "now averaged");
        return take(arena, &out);
    }
    if (change->causes & BB_CAUSE_VERSION)
        add_separated(&out, bb_arena_printf(arena, "version %ld → %ld", old->version, new->version));
    if (change->causes & BB_CAUSE_METRIC) add_separated(&out, from_to(arena, "metric", was->metric_digest, is->metric_digest));
    if (change->causes & BB_CAUSE_DEFINITION) add_separated(&out, "definition");
    if (change->causes & BB_CAUSE_DATA) add_separated(&out, "data");
    if (was->ceiling.value != is->ceiling.value && !(isnan(was->ceiling.value) && isnan(is->ceiling.value)))
        add_separated(&out, from_to(arena, "ceiling", number(arena, was->ceiling.value), number(arena, is->ceiling.value)));
    return take(arena, &out);
}

static size_t count_nodes(const struct bb_diff *diff, enum bb_node_change_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n_nodes; i++) n += diff->node[i].kind == kind;
    return n;
}

static void add_count(struct bb_arena *arena, struct bb_buf *out, size_t n, const char *what, const char *how)
{
    if (n) add_separated(out, bb_arena_printf(arena, "%zu %s%s %s", n, what, n == 1 ? "" : "s", how));
}

const char *bb_diff_summary(struct bb_arena *arena, const struct bb_diff *diff)
{
    struct bb_buf out = BB_BUF_INIT;
    add_count(arena, &out, diff->n_models_added, "model", "added");
    add_count(arena, &out, diff->n_models_removed, "model", "removed");
    for (int kind = BB_NODE_ADDED; kind <= BB_NODE_REVISED; kind++)
        add_count(arena, &out, count_nodes(diff, (enum bb_node_change_kind)kind), "benchmark", bb_node_change_names[kind]);
    if (count_nodes(diff, BB_NODE_REGROUPED)) add_separated(&out, "the tree regrouped");
    add_count(arena, &out, diff->n_cells, "score", "changed");
    if (diff->missing) add_separated(&out, "another rule for missing scores");
    if (diff->parity) add_separated(&out, "another rounding");
    if (diff->options) add_separated(&out, "other options");
    if (!out.len) bb_buf_puts(&out, diff->any ? "averages changed" : "Nothing changed");
    return take(arena, &out);
}

static int by_size(const void *a, const void *b)
{
    const struct bb_term *x = a, *y = b;
    if (fabs(x->delta) != fabs(y->delta)) return fabs(x->delta) > fabs(y->delta) ? -1 : 1;
    return x->kind != y->kind ? (x->kind > y->kind) - (x->kind < y->kind)
                              : strcmp(x->benchmark ? x->benchmark : "", y->benchmark ? y->benchmark : "");
}

/* The benchmarks of a term, largest first. */
static const char *benchmarks_of(struct bb_arena *arena, const struct bb_average_change *change, enum bb_term_kind kind)
{
    struct bb_term *sorted = BB_NEW_ARRAY(arena, change->n_terms + 1, struct bb_term);
    struct bb_buf out = BB_BUF_INIT;
    size_t n = 0;
    for (size_t i = 0; i < change->n_terms; i++)
        if (change->term[i].kind == kind && change->term[i].benchmark) sorted[n++] = change->term[i];
    qsort(sorted, n, sizeof *sorted, by_size);
    for (size_t i = 0; i < n && i < REASONS; i++) add_separated(&out, sorted[i].benchmark);
    if (n > REASONS) add_separated(&out, bb_arena_printf(arena, "%zu more", n - REASONS));
    return take(arena, &out);
}

const char *bb_diff_reasons(struct bb_arena *arena, const struct bb_average_change *change)
{
    struct bb_term sum[BB_N_TERMS];
    struct bb_buf out = BB_BUF_INIT;
    size_t n = 0;
    for (int kind = 0; kind < BB_N_TERMS; kind++)
        if (change->sum[kind] != 0) sum[n++] = (struct bb_term){(enum bb_term_kind)kind, NULL, change->sum[kind]};
    qsort(sum, n, sizeof *sum, by_size);
    for (size_t i = 0; i < n; i++) {
        const char *names = benchmarks_of(arena, change, sum[i].kind);
        add_separated(&out,
                      bb_arena_printf(arena, "%s %s", bb_diff_signed(arena, sum[i].delta), bb_term_names[sum[i].kind].words));
        if (*names) bb_buf_printf(&out, " (%s)", names);
    }
    return take(arena, &out);
}

/* --- text and Markdown ------------------------------------------------------------------------------------------------ */

struct writer {
    const struct bb_diff *diff;
    enum bb_grid_style style;
    bool all;
    struct bb_buf *out;
    struct bb_arena *arena;
};

static const char *shown(const struct writer *w, const char *text)
{
    return w->style == BB_GRID_MARKDOWN ? bb_grid_markdown(w->arena, text) : text;
}

static void heading(const struct writer *w, int level, const char *text)
{
    if (w->style == BB_GRID_MARKDOWN)
        bb_buf_printf(w->out, "\n%s %s\n\n", level == 1 ? "##" : "###", shown(w, text));
    else
        bb_buf_printf(w->out, "%s%s\n", level == 1 ? "" : "\n", text);
}

static void item(const struct writer *w, const char *name, const char *text)
{
    if (w->style == BB_GRID_MARKDOWN)
        bb_buf_printf(w->out, "- **%s**: %s\n", name, shown(w, text));
    else
        bb_buf_printf(w->out, "  %s: %s\n", name, text);
}

static const char *some_models(const struct writer *w, const struct bb_results *results, const size_t *model, size_t n)
{
    struct bb_buf out = BB_BUF_INIT;
    size_t most = w->all ? n : NAMED;
    for (size_t i = 0; i < n && i < most; i++) add_separated(&out, results->model[model[i]].id);
    if (n > most) add_separated(&out, bb_arena_printf(w->arena, "and %zu more", n - most));
    return take(w->arena, &out);
}

static void write_nodes(const struct writer *w, enum bb_node_change_kind kind, const char *name)
{
    struct bb_buf out = BB_BUF_INIT;
    size_t n = 0, most = w->all ? (size_t)-1 : NAMED;
    for (size_t i = 0; i < w->diff->n_nodes; i++) {
        const struct bb_node_change *change = &w->diff->node[i];
        if (change->kind != kind || n++ >= most) continue;
        const char *how = bb_diff_node(w->arena, w->diff, change);
        const char *id =
            kind == BB_NODE_REMOVED ? w->diff->before->tree.node[change->before].id : w->diff->after->tree.node[change->after].id;
        add_separated(&out, *how ? bb_arena_printf(w->arena, "%s (%s)", id, how) : id);
    }
    if (n > most) add_separated(&out, bb_arena_printf(w->arena, "and %zu more", n - most));
    if (n) item(w, bb_arena_printf(w->arena, "%s (%zu)", name, n), bb_buf_text(&out));
    bb_buf_release(&out);
}

size_t bb_diff_rules(struct bb_arena *arena, const struct bb_diff *diff, struct bb_diff_rule rule[BB_DIFF_RULES])
{
    size_t n = 0;
    if (diff->missing)
        rule[n++] = (struct bb_diff_rule){
            "Missing scores", bb_arena_printf(arena, "%s → %s", bb_diff_missing_words[diff->before->board.options.missing],
                                              bb_diff_missing_words[diff->after->board.options.missing])};
    if (diff->parity)
        rule[n++] = (struct bb_diff_rule){"Ranks", diff->after->parity ? "rounded once → twice" : "rounded twice → once"};
    if (diff->options) rule[n++] = (struct bb_diff_rule){"Options", "items, layer choice, bootstrap or seed changed"};
    return n;
}

static void write_board(const struct writer *w)
{
    const struct bb_diff *diff = w->diff;
    if (diff->n_models_added)
        item(w, bb_arena_printf(w->arena, "Models added (%zu)", diff->n_models_added),
             some_models(w, diff->after, diff->model_added, diff->n_models_added));
    if (diff->n_models_removed)
        item(w, bb_arena_printf(w->arena, "Models removed (%zu)", diff->n_models_removed),
             some_models(w, diff->before, diff->model_removed, diff->n_models_removed));
    write_nodes(w, BB_NODE_ADDED, "Benchmarks added");
    write_nodes(w, BB_NODE_REMOVED, "Benchmarks removed");
    write_nodes(w, BB_NODE_REVISED, "Benchmarks revised");
    write_nodes(w, BB_NODE_REGROUPED, "Regrouped");
    struct bb_diff_rule rule[BB_DIFF_RULES];
    for (size_t i = 0, n = bb_diff_rules(w->arena, diff, rule); i < n; i++) item(w, rule[i].title, rule[i].text);
}

int bb_diff_by_change(const void *a, const void *b)
{
    const struct bb_average_change *x = *(const struct bb_average_change *const *)a,
                                   *y = *(const struct bb_average_change *const *)b;
    double p = fabs(x->after - x->before), q = fabs(y->after - y->before);
    if (isnan(p) != isnan(q)) return isnan(p) ? 1 : -1;
    if (p != q && !isnan(p)) return p > q ? -1 : 1;
    return x->model[1] < y->model[1] ? -1 : x->model[1] > y->model[1];
}

const char *bb_diff_ranks(struct bb_arena *arena, const struct bb_average_change *change)
{
    const char *was = change->rank_before ? bb_arena_printf(arena, "%zu", change->rank_before) : "–";
    if (change->rank_before == change->rank_after) return was;
    return bb_arena_printf(arena, "%s → %s", was, change->rank_after ? bb_arena_printf(arena, "%zu", change->rank_after) : "–");
}

static void average_row(const struct writer *w, struct bb_grid *grid, const bool *has_kind,
                        const struct bb_average_change *change)
{
    const char *cell[BB_GRID_COLUMNS];
    size_t n = 0;
    cell[n++] = w->diff->after->model[change->model[1]].id;
    cell[n++] = bb_diff_ranks(w->arena, change);
    cell[n++] = number(w->arena, change->before);
    cell[n++] = number(w->arena, change->after);
    cell[n++] = bb_diff_signed(w->arena, change->after - change->before);
    for (int kind = 0; kind < BB_N_TERMS; kind++)
        if (has_kind[kind]) cell[n++] = change->sum[kind] != 0 ? bb_diff_signed(w->arena, change->sum[kind]) : "";
    cell[n++] = bb_diff_rank(w->arena, change);
    bb_grid_row(grid, cell);
}

static void write_more(const struct writer *w, size_t n, size_t most, const char *what)
{
    if (n > most) bb_buf_printf(w->out, "%s… and %zu more %s\n", w->style == BB_GRID_MARKDOWN ? "\n" : "  ", n - most, what);
}

static void write_group(const struct writer *w, const struct bb_average_change *const *change, size_t n, size_t node)
{
    struct bb_grid grid = {.arena = w->arena};
    bool has_kind[BB_N_TERMS] = {false};
    const struct bb_node *group = &w->diff->after->tree.node[node];
    size_t most = w->all ? n : FEW;
    bb_grid_column(&grid, "Model", false);
    bb_grid_column(&grid, "Rank", true);
    bb_grid_column(&grid, "Before", true);
    bb_grid_column(&grid, "After", true);
    bb_grid_column(&grid, "Change", true);
    for (int kind = 0; kind < BB_N_TERMS; kind++) {
        for (size_t i = 0; i < n && !has_kind[kind]; i++) has_kind[kind] = change[i]->sum[kind] != 0;
        if (has_kind[kind]) bb_grid_column(&grid, bb_term_names[kind].title, true);
    }
    bb_grid_column(&grid, "Rank because", false);
    for (size_t i = 0; i < n && i < most; i++) average_row(w, &grid, has_kind, change[i]);
    const char *title =
        group->title && strcmp(group->title, group->id) != 0 ? bb_arena_printf(w->arena, " (%s)", group->title) : "";
    heading(w, 2, bb_arena_printf(w->arena, "%s%s: %zu of %zu models", group->id, title, n, w->diff->n_models_common));
    bb_grid_write(&grid, w->style, w->out);
    write_more(w, n, most, "models");
}

static void write_averages(const struct writer *w)
{
    const struct bb_diff *diff = w->diff;
    const struct bb_average_change **sorted = BB_NEW_ARRAY(w->arena, diff->n_averages + 1, const struct bb_average_change *);
    for (size_t first = 0, behind; first < diff->n_averages; first = behind) {
        size_t node = diff->average[first].node[1];
        for (behind = first; behind < diff->n_averages && diff->average[behind].node[1] == node; behind++)
            sorted[behind - first] = &diff->average[behind];
        if (diff->after->tree.node[node].parent && !w->all) continue;
        qsort(sorted, behind - first, sizeof *sorted, bb_diff_by_change);
        write_group(w, sorted, behind - first, node);
    }
}

static double size_of(const struct bb_cell_change *change)
{
    double size = fabs(change->after->score - change->before->score);
    return isnan(size) ? HUGE_VAL : size; /* what came or went is read first */
}

static int by_cell(const void *a, const void *b)
{
    const struct bb_cell_change *x = *(const struct bb_cell_change *const *)a, *y = *(const struct bb_cell_change *const *)b;
    if (size_of(x) != size_of(y)) return size_of(x) > size_of(y) ? -1 : 1;
    return (x > y) - (x < y);
}

static void write_cells(const struct writer *w)
{
    const struct bb_diff *diff = w->diff;
    struct bb_grid grid = {.arena = w->arena};
    const struct bb_cell_change **sorted = BB_NEW_ARRAY(w->arena, diff->n_cells + 1, const struct bb_cell_change *);
    size_t most = w->all ? diff->n_cells : FEW;
    if (!diff->n_cells) return;
    for (size_t i = 0; i < diff->n_cells; i++) sorted[i] = &diff->cell[i];
    qsort(sorted, diff->n_cells, sizeof *sorted, by_cell);
    bb_grid_column(&grid, "Model", false);
    bb_grid_column(&grid, "Benchmark", false);
    bb_grid_column(&grid, "Before", true);
    bb_grid_column(&grid, "After", true);
    bb_grid_column(&grid, "Change", true);
    bb_grid_column(&grid, "Because of", false);
    for (size_t i = 0; i < diff->n_cells && i < most; i++) {
        const struct bb_cell_change *change = sorted[i];
        const char *cell[BB_GRID_COLUMNS] = {diff->after->model[change->model[1]].id,
                                             diff->after->tree.node[change->node[1]].id,
                                             bb_diff_cell(w->arena, change->before),
                                             bb_diff_cell(w->arena, change->after),
                                             bb_diff_signed(w->arena, change->after->score - change->before->score),
                                             bb_diff_causes(w->arena, change->causes)};
        bb_grid_row(&grid, cell);
    }
    heading(w, 2, bb_arena_printf(w->arena, "Scores that changed: %zu", diff->n_cells));
    bb_grid_write(&grid, w->style, w->out);
    write_more(w, diff->n_cells, most, "scores");
}

void bb_diff_write(const struct bb_diff *diff, enum bb_grid_style style, bool all, struct bb_buf *out)
{
    struct writer w = {.diff = diff, .style = style, .all = all, .out = out, .arena = bb_arena_new(0)};
    const char *title = diff->after->board.title;
    heading(&w, 1,
            bb_arena_printf(w.arena, "%s%s%s → %s: %s", title ? title : "", title ? ", " : "",
                            bb_diff_release(w.arena, diff->before), bb_diff_release(w.arena, diff->after),
                            bb_diff_summary(w.arena, diff)));
    write_board(&w);
    write_averages(&w);
    write_cells(&w);
    bb_arena_free(w.arena);
}
