#include "score/relations.h"

#include <math.h>
#include <stdlib.h>

#include "base/order.h"
#include "numeric/association.h"
#include "numeric/stats.h"

/* Scores of one benchmark, and its models in the order of their scores, so that ranks among any of them need no sorting. */
struct column {
    size_t node;
    double *score;  /* per row; NaN: none */
    size_t *sorted; /* rows that have a score, ascending */
    size_t n_sorted;
};

struct pair {
    double pearson;
    size_t n;
};

struct bb_relations {
    const struct bb_results *results;
    struct column *column;
    size_t n_columns, n_rows;
    struct pair *pair; /* of columns a < b: at b (b − 1) / 2 + a */
};

static bool counts(const struct bb_model *model)
{
    return model->visibility == BB_PUBLIC && !model->reference;
}

static void sort_column(struct column *column, size_t n_rows, struct bb_arena *arena)
{
    double *score = bb_malloc((n_rows + 1) * sizeof *score);
    size_t *row = bb_malloc((n_rows + 1) * sizeof *row), n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        if (isnan(column->score[i])) continue;
        row[n] = i;
        score[n++] = column->score[i];
    }
    column->sorted = BB_NEW_ARRAY(arena, n + 1, size_t);
    column->n_sorted = n;
    bb_order(score, n, column->sorted);
    for (size_t i = 0; i < n; i++) column->sorted[i] = row[column->sorted[i]];
    free(row);
    free(score);
}

/* What one comparison works in. */
struct scratch {
    double *x, *y, *rank_x, *rank_y, *rank_of_row;
};

static struct scratch scratch_new(size_t n)
{
    double *block = bb_calloc(5 * (n + 1), sizeof *block);
    return (struct scratch){block, block + n + 1, block + 2 * (n + 1), block + 3 * (n + 1), block + 4 * (n + 1)};
}

/* Average ranks of the column's scores among the rows that `other` has too, one per such row in the order of the rows. */
static void common_ranks(const struct column *column, const struct column *other, size_t n_rows, double *rank_of_row,
                         double *rank)
{
    size_t done = 0, n = 0;
    for (size_t at = 0; at < column->n_sorted;) {
        double score = column->score[column->sorted[at]];
        size_t end = at, tied = 0;
        for (; end < column->n_sorted && column->score[column->sorted[end]] == score; end++)
            tied += isnan(other->score[column->sorted[end]]) ? 0 : 1;
        double mean = (double)done + ((double)tied + 1) / 2;
        for (; at < end; at++) rank_of_row[column->sorted[at]] = mean;
        done += tied;
    }
    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(column->score[i]) && !isnan(other->score[i])) rank[n++] = rank_of_row[i];
}

static struct pair compare(const struct column *a, const struct column *b, size_t n_rows, struct scratch *s)
{
    struct pair pair = {(double)NAN, 0};
    for (size_t i = 0; i < n_rows; i++) {
        if (isnan(a->score[i]) || isnan(b->score[i])) continue;
        s->x[pair.n] = a->score[i];
        s->y[pair.n++] = b->score[i];
    }
    if (pair.n >= BB_RELATION_MIN_MODELS) pair.pearson = bb_pearson(s->x, s->y, pair.n);
    return pair;
}

static double spearman_of(const struct column *a, const struct column *b, size_t n, size_t n_rows, struct scratch *s)
{
    if (n < BB_RELATION_MIN_MODELS) return NAN;
    common_ranks(a, b, n_rows, s->rank_of_row, s->rank_x);
    common_ranks(b, a, n_rows, s->rank_of_row, s->rank_y);
    return bb_pearson(s->rank_x, s->rank_y, n);
}

static struct bb_relation finish(const struct pair *pair, size_t node)
{
    struct bb_relation relation = {.node = node, .n = pair->n, .pearson = pair->pearson, .spearman = (double)NAN};
    bb_fisher_interval(pair->pearson, pair->n, &relation.interval[0], &relation.interval[1]);
    return relation;
}

struct bb_relation bb_relation_between(const double *x, const double *y, size_t n)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct column a = {.score = BB_NEW_ARRAY(arena, n + 1, double)}, b = {.score = BB_NEW_ARRAY(arena, n + 1, double)};
    struct scratch s = scratch_new(n);
    for (size_t i = 0; i < n; i++) {
        a.score[i] = x[i];
        b.score[i] = y[i];
    }
    sort_column(&a, n, arena);
    sort_column(&b, n, arena);
    struct pair pair = compare(&a, &b, n, &s);
    struct bb_relation relation = finish(&pair, 0);
    relation.spearman = spearman_of(&a, &b, pair.n, n, &s);
    free(s.x);
    bb_arena_free(arena);
    return relation;
}

static size_t count_rows(const struct bb_results *results)
{
    size_t n = 0;
    for (size_t m = 0; m < results->n_models; m++) n += counts(&results->model[m]);
    return n;
}

static bool fill_column(const struct bb_results *results, struct column *column, size_t n_rows, struct bb_arena *arena)
{
    bool any = false;
    size_t row = 0;
    column->score = BB_NEW_ARRAY(arena, n_rows + 1, double);
    for (size_t m = 0; m < results->n_models; m++) {
        if (!counts(&results->model[m])) continue;
        column->score[row] = bb_results_aggregate(results, m, column->node)->score;
        any |= !isnan(column->score[row++]);
    }
    return any;
}

static void add_columns(struct bb_relations *relations, struct bb_arena *arena)
{
    const struct bb_tree *tree = &relations->results->tree;
    relations->column = BB_NEW_ARRAY(arena, tree->n + 1, struct column);
    for (size_t i = 0; i < tree->n; i++) {
        struct column column = {.node = i};
        if (!bb_node_is_leaf(&tree->node[i]) || tree->node[i].publish == BB_PUBLISH_NONE) continue;
        if (!fill_column(relations->results, &column, relations->n_rows, arena)) continue;
        sort_column(&column, relations->n_rows, arena);
        relations->column[relations->n_columns++] = column;
    }
}

struct bb_relations *bb_relations_new(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_relations *relations = BB_NEW(arena, struct bb_relations);
    relations->results = results;
    relations->n_rows = count_rows(results);
    add_columns(relations, arena);
    size_t n = relations->n_columns;
    struct scratch s = scratch_new(relations->n_rows);
    relations->pair = BB_NEW_ARRAY(arena, n * (n + 1) / 2 + 1, struct pair);
    for (size_t b = 1; b < n; b++)
        for (size_t a = 0; a < b; a++)
            relations->pair[b * (b - 1) / 2 + a] = compare(&relations->column[a], &relations->column[b], relations->n_rows, &s);
    free(s.x);
    return relations;
}

static int most_alike_first(const void *a, const void *b)
{
    const struct bb_relation *x = a, *y = b;
    if (x->pearson != y->pearson) return x->pearson > y->pearson ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static size_t column_of(const struct bb_relations *relations, size_t node)
{
    size_t at = 0;
    while (at < relations->n_columns && relations->column[at].node != node) at++;
    return at;
}

void bb_relations_add_ranks(const struct bb_relations *relations, size_t node, struct bb_relation *relation, size_t n)
{
    const struct column *own = &relations->column[column_of(relations, node)];
    struct scratch s = scratch_new(relations->n_rows);
    for (size_t i = 0; i < n; i++) {
        const struct column *other = &relations->column[column_of(relations, relation[i].node)];
        relation[i].spearman = spearman_of(own, other, relation[i].n, relations->n_rows, &s);
    }
    free(s.x);
}

size_t bb_relations_of(const struct bb_relations *relations, size_t node, struct bb_relation *relation)
{
    size_t own = column_of(relations, node), n = 0;
    if (own == relations->n_columns) return 0;
    for (size_t i = 0; i < relations->n_columns; i++) {
        if (i == own) continue;
        size_t a = i < own ? i : own, b = i < own ? own : i;
        const struct pair *pair = &relations->pair[b * (b - 1) / 2 + a];
        if (!isnan(pair->pearson)) relation[n++] = finish(pair, relations->column[i].node);
    }
    qsort(relation, n, sizeof relation[0], most_alike_first);
    return n;
}

/* --- spread ----------------------------------------------------------------------------------------------------------- */

struct bb_spread bb_spread_of(const struct bb_results *results, size_t node)
{
    double *score = bb_calloc(results->n_models + 1, sizeof *score), none = (double)NAN;
    struct bb_spread spread = {0, none, none, none, none, none};
    for (size_t m = 0; m < results->n_models; m++) {
        double value = bb_results_aggregate(results, m, node)->score;
        if (counts(&results->model[m]) && !isnan(value)) score[spread.n++] = value;
    }
    bb_sort_numbers(score, spread.n);
    if (spread.n)
        spread = (struct bb_spread){spread.n,
                                    score[0],
                                    bb_percentile(score, spread.n, .25),
                                    bb_percentile(score, spread.n, .5),
                                    bb_percentile(score, spread.n, .75),
                                    score[spread.n - 1]};
    free(score);
    return spread;
}
