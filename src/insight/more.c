#include "insight/more.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/text.h"
#include "numeric/stats.h"

enum {
    BLOCKS = 100,  /* of families, for the jackknife */
    WHOLE = BLOCKS /* as the block: no family is of it */
};

/* z-scores of the models that have all benchmarks. */
struct table {
    size_t *quantity, n; /* benchmarks */
    double **z;          /* of each, per model */
    size_t n_models;
    size_t *family, *block; /* numbered from 0; the block of families that a model is of */
    size_t n_families;
    struct bb_arena *arena;
    uint64_t seed;
};

/* --- which models and benchmarks ------------------------------------------------------------------------------------ */

static bool has_all(const struct bb_asking *asking, const struct table *table, size_t model)
{
    for (size_t b = 0; b < table->n; b++)
        if (isnan(asking->all.quantity[table->quantity[b]].value[model])) return false;
    return true;
}

static size_t count_complete(const struct bb_asking *asking, const struct table *table)
{
    size_t n = 0;
    for (size_t i = 0; i < asking->all.n_models; i++) n += has_all(asking, table, i);
    return n;
}

/* Takes out the benchmark with the fewest models; of equals the last. */
static void drop_one(const struct bb_asking *asking, struct table *table)
{
    size_t fewest = 0;
    for (size_t b = 1; b < table->n; b++)
        if (asking->all.quantity[table->quantity[b]].n_values <= asking->all.quantity[table->quantity[fewest]].n_values)
            fewest = b;
    memmove(table->quantity + fewest, table->quantity + fewest + 1, (table->n - fewest - 1) * sizeof *table->quantity);
    table->n--;
}

static size_t choose(const struct bb_asking *asking, const struct bb_asked_domain *domain, struct table *table)
{
    table->quantity = BB_NEW_ARRAY(asking->arena, asking->all.n + 1, size_t);
    for (size_t i = 0; i < asking->all.n; i++) {
        const struct bb_quantity *of = &asking->all.quantity[i];
        if (of->kind == BB_QUANTITY_BENCHMARK && !of->engineering && asking->results->tree.node[of->node].root == domain->root)
            table->quantity[table->n++] = i;
    }
    size_t before = table->n;
    while (table->n > BB_MORE_MOST) drop_one(asking, table);
    while (table->n >= BB_MORE_BENCHMARKS && count_complete(asking, table) < BB_MORE_MODELS) drop_one(asking, table);
    return before - table->n;
}

/* false: some benchmark does not vary over these models. */
static bool fill(const struct bb_asking *asking, struct table *table)
{
    size_t *number = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, size_t), *model;
    model = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, size_t);
    table->family = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, size_t);
    table->block = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, size_t);
    table->z = BB_NEW_ARRAY(asking->arena, table->n + 1, double *);
    for (size_t i = 0; i < asking->all.n_models; i++) {
        if (!has_all(asking, table, i)) continue;
        size_t *family = &number[asking->all.family[i]];
        if (!*family) *family = ++table->n_families;
        table->family[table->n_models] = *family - 1;
        table->block[table->n_models] = (*family - 1) % BLOCKS;
        model[table->n_models++] = i;
    }
    for (size_t b = 0; b < table->n; b++) {
        const double *axis = bb_asking_axis(asking, table->quantity[b]);
        double *z = table->z[b] = BB_NEW_ARRAY(asking->arena, table->n_models + 1, double);
        for (size_t i = 0; i < table->n_models; i++) z[i] = axis[model[i]];
        double mean = bb_mean(z, table->n_models), sd = bb_sd(z, table->n_models, 0);
        if (!(sd > 1e-12 * fabs(mean))) return false;
        for (size_t i = 0; i < table->n_models; i++) z[i] = (z[i] - mean) / sd;
    }
    return true;
}

/* --- the error ------------------------------------------------------------------------------------------------------ */

static struct bb_sums less(struct bb_sums all, const struct bb_sums *some)
{
    return (struct bb_sums){all.n - some->n,   all.x - some->x,   all.y - some->y,
                            all.xx - some->xx, all.yy - some->yy, all.xy - some->xy};
}

static void add_pair(struct bb_sums *to, double x, double y)
{
    *to = (struct bb_sums){to->n + 1, to->x + x, to->y + y, to->xx + x * x, to->yy + y * y, to->xy + x * y};
}

/* Of predicting y from x, without the families of a block; NaN where it cannot be. */
static double error_of(const struct table *table, const double *x, const double *y, size_t block, struct bb_sums *family)
{
    struct bb_sums all = {.n = 0};
    double sum = 0, baseline = 0;
    for (size_t f = 0; f < table->n_families; f++) family[f] = (struct bb_sums){.n = 0};
    for (size_t i = 0; i < table->n_models; i++) {
        if (table->block[i] == block) continue;
        add_pair(&family[table->family[i]], x[i], y[i]);
        add_pair(&all, x[i], y[i]);
    }
    for (size_t i = 0; i < table->n_models; i++) {
        if (table->block[i] == block) continue;
        struct bb_sums other = less(all, &family[table->family[i]]);
        if (other.n < 3) return NAN;
        double xx = other.xx - other.x * other.x / other.n, xy = other.xy - other.x * other.y / other.n;
        double slope = xx > 1e-12 * other.xx ? xy / xx : 0, mean = other.y / other.n;
        double off = y[i] - mean - slope * (x[i] - other.x / other.n);
        sum += off * off;
        baseline += (y[i] - mean) * (y[i] - mean);
    }
    return baseline > 0 ? sqrt(sum / baseline) : (double)NAN;
}

/* The first k of `other` after a shuffle by a stream of the left-out benchmark, k and the number of the choice. */
static void mean_of_others(const struct table *table, size_t target, size_t k, size_t choice, double *x)
{
    size_t other[BB_MORE_MOST], n = 0;
    struct bb_rng rng;
    for (size_t b = 0; b < table->n; b++)
        if (b != target) other[n++] = b;
    bb_rng_init(&rng, table->seed, (target * BB_MORE_MOST + k) * BB_MORE_SUBSETS + choice);
    if (k < n) bb_rng_shuffle(&rng, other, n);
    for (size_t i = 0; i < table->n_models; i++) {
        x[i] = 0;
        for (size_t c = 0; c < k; c++) x[i] += table->z[other[c]][i];
        x[i] /= (double)k;
    }
}

struct room {
    double *x;
    struct bb_sums *family;
};

/* With k others, over choices. */
static double mean_error(const struct table *table, size_t target, size_t k, size_t block, struct room room)
{
    size_t choices = k == table->n - 1 ? 1 : BB_MORE_SUBSETS;
    double sum = 0;
    for (size_t c = 0; c < choices; c++) {
        mean_of_others(table, target, k, c, room.x);
        sum += error_of(table, room.x, table->z[target], block, room.family);
    }
    return sum / (double)choices;
}

/* With one: every other benchmark in turn, no draw. */
static double error_with_one(const struct table *table, size_t target, size_t block, struct room room)
{
    double sum = 0;
    for (size_t b = 0; b < table->n; b++)
        if (b != target) sum += error_of(table, table->z[b], table->z[target], block, room.family);
    return sum / (double)(table->n - 1);
}

static double gain(const struct table *table, size_t block, struct room room, double *each)
{
    double sum = 0;
    for (size_t t = 0; t < table->n; t++) {
        double d = error_with_one(table, t, block, room) - mean_error(table, t, table->n - 1, block, room);
        if (each) each[t] = d;
        sum += d;
    }
    return sum / (double)table->n;
}

/* --- the test ------------------------------------------------------------------------------------------------------- */

/* The interval by the jackknife over blocks of families, each family its own while they are few. */
static void jackknife(const struct table *table, double all, struct room room, double *low, double *high)
{
    size_t blocks = table->n_families < BLOCKS ? table->n_families : BLOCKS;
    double *without = BB_NEW_ARRAY(table->arena, blocks + 1, double);
    *low = *high = NAN;
    if (blocks < 2) return;
    for (size_t k = 0; k < blocks; k++) without[k] = gain(table, k, room, NULL);
    double mean = bb_mean(without, blocks), sum = 0;
    for (size_t k = 0; k < blocks; k++) sum += (without[k] - mean) * (without[k] - mean);
    double half = sqrt(sum * (double)(blocks - 1) / (double)blocks) * bb_student_quantile(.975, (double)blocks - 1);
    *low = all - half;
    *high = all + half;
}

static struct bb_evidence test_gain(const struct bb_asking *asking, const struct table *table, const char *domain,
                                    struct room room)
{
    double *each = BB_NEW_ARRAY(asking->arena, table->n + 1, double), n = (double)table->n;
    struct bb_evidence out = {.kind = BB_EVIDENCE_GAIN,
                              .id = bb_arena_printf(asking->arena, "gain:%s", domain),
                              .x = BB_NO_NODE,
                              .y = BB_NO_NODE,
                              .n = table->n_models,
                              .n_families = table->n_families,
                              .rho = (double)NAN,
                              .explained = (double)NAN,
                              .family_effect = (double)NAN,
                              .family_p = (double)NAN};
    out.effect = gain(table, WHOLE, room, each);
    double se = bb_sd(each, table->n, 1) / sqrt(n), half = se * bb_student_quantile(.975, n - 1);
    out.low = out.effect - half;
    out.high = out.effect + half;
    out.p = bb_student_p(out.effect / se, n - 1);
    jackknife(table, out.effect, room, &out.family_low, &out.family_high);
    return out;
}

static bool ask(const struct bb_asking *asking, struct bb_evidence_list *list, struct bb_more *out)
{
    struct table table = {.arena = asking->arena, .seed = (uint64_t)asking->results->board.options.seed};
    out->n_left_out = choose(asking, out->domain, &table);
    if (table.n < BB_MORE_BENCHMARKS || !fill(asking, &table) || table.n_families < 3) return false;
    struct room room = {BB_NEW_ARRAY(asking->arena, table.n_models + 1, double),
                        BB_NEW_ARRAY(asking->arena, table.n_families + 1, struct bb_sums)};
    double *each = BB_NEW_ARRAY(asking->arena, table.n + 1, double);
    out->n_benchmarks = table.n;
    out->n_models = table.n_models;
    out->n_families = table.n_families;
    out->error = BB_NEW_ARRAY(asking->arena, table.n, double);
    out->spread = BB_NEW_ARRAY(asking->arena, table.n, double);
    for (size_t k = 1; k < table.n; k++) {
        for (size_t t = 0; t < table.n; t++)
            each[t] = k == 1 ? error_with_one(&table, t, WHOLE, room) : mean_error(&table, t, k, WHOLE, room);
        out->error[k - 1] = bb_mean(each, table.n);
        out->spread[k - 1] = bb_sd(each, table.n, 1);
        if (isnan(out->error[k - 1])) return false;
    }
    struct bb_evidence test = test_gain(asking, &table, asking->results->tree.node[out->domain->root].id, room);
    out->evidence = isnan(test.p) ? BB_NO_NODE : bb_evidence_add(list, test);
    return true;
}

size_t bb_more_of(const struct bb_asking *asking, struct bb_evidence_list *list, struct bb_more **out)
{
    size_t n = 0;
    *out = BB_NEW_ARRAY(asking->arena, asking->n_domains + 1, struct bb_more);
    for (size_t d = 0; d < asking->n_domains; d++) {
        (*out)[n] = (struct bb_more){.domain = &asking->domain[d]};
        if (ask(asking, list, &(*out)[n])) n++;
    }
    return n;
}
