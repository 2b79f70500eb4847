#include "insight/evidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/text.h"
#include "numeric/stats.h"

/* --- the list ------------------------------------------------------------------------------------------------------- */

size_t bb_evidence_find(const struct bb_evidence_list *list, const char *id)
{
    for (size_t i = 0; i < list->n; i++)
        if (bb_streq(list->item[i].id, id)) return i;
    return BB_NO_NODE;
}

size_t bb_evidence_add(struct bb_evidence_list *list, struct bb_evidence evidence)
{
    size_t at = bb_evidence_find(list, evidence.id);
    if (at != BB_NO_NODE) return at;
    if (list->n == list->cap) {
        struct bb_evidence *more = BB_NEW_ARRAY(list->arena, 2 * list->cap + 16, struct bb_evidence);
        if (list->n) memcpy(more, list->item, list->n * sizeof *more);
        list->item = more;
        list->cap = 2 * list->cap + 16;
    }
    list->item[list->n] = evidence;
    return list->n++;
}

static struct bb_evidence blank(enum bb_evidence_kind kind, const char *id, size_t x, size_t y)
{
    return (struct bb_evidence){.kind = kind,
                                .id = id,
                                .x = x,
                                .y = y,
                                .low = (double)NAN,
                                .high = (double)NAN,
                                .rho = (double)NAN,
                                .explained = (double)NAN,
                                .family_effect = (double)NAN,
                                .family_low = (double)NAN,
                                .family_high = (double)NAN,
                                .family_p = (double)NAN};
}

static const char *id_of(const struct bb_evidence_list *list, const struct bb_asking *asking, const char *kind, const char *x,
                         size_t y)
{
    return bb_arena_printf(list->arena, "%s:%s~%s", kind, x, asking->all.quantity[y].id);
}

/* The random numbers of a test depend on its name, not on which tests stand before it (FNV-1a). */
static struct bb_draws draws_of(const struct bb_asking *asking, const char *id)
{
    uint64_t task = 14695981039346656037u;
    for (const char *p = id; *p; p++) task = (task ^ (unsigned char)*p) * 1099511628211u;
    return (struct bb_draws){BB_EVIDENCE_DRAWS, (uint64_t)asking->results->board.options.seed, task};
}

static size_t count_families(const struct bb_asking *asking, const double *x, const double *y)
{
    bool *seen = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, bool);
    size_t n = 0;
    for (size_t i = 0; i < asking->all.n_models; i++) {
        if (isnan(x[i]) || isnan(y[i]) || seen[asking->all.family[i]]) continue;
        seen[asking->all.family[i]] = true;
        n++;
    }
    return n;
}

/* Of a model of p parameters besides the mean. */
static double adjusted_share(double share, size_t n, size_t parameters)
{
    if (n < parameters + 2) return NAN;
    return 1 - (1 - share) * ((double)n - 1) / ((double)n - 1 - (double)parameters);
}

/* --- r -------------------------------------------------------------------------------------------------------------- */

/* Means of families over the models that have both. */
static double family_r(const struct bb_asking *asking, const double *x, const double *y)
{
    size_t n = asking->all.n_models;
    double *u = BB_NEW_ARRAY(asking->arena, 3 * n + 1, double), *v = u + n, *count = v + n;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        u[asking->all.family[i]] += x[i];
        v[asking->all.family[i]] += y[i];
        count[asking->all.family[i]] += 1;
    }
    for (size_t i = 0; i < n; i++) {
        u[i] = count[i] > 0 ? u[i] / count[i] : (double)NAN;
        v[i] = count[i] > 0 ? v[i] / count[i] : (double)NAN;
    }
    return bb_correlate(u, v, n).r;
}

size_t bb_evidence_r(struct bb_evidence_list *list, const struct bb_asking *asking, size_t x, size_t y)
{
    if (x == BB_NO_NODE || y == BB_NO_NODE || x == y) return BB_NO_NODE;
    const char *id = id_of(list, asking, "r", asking->all.quantity[x].id, y);
    size_t known = bb_evidence_find(list, id);
    if (known != BB_NO_NODE) return known;
    const double *u = bb_asking_axis(asking, x), *v = bb_asking_axis(asking, y);
    struct bb_association a = bb_associate(u, v, asking->all.n_models);
    if (a.n < 3 || isnan(a.r)) return BB_NO_NODE;
    struct bb_evidence out = blank(BB_EVIDENCE_R, id, x, y);
    struct bb_draws draws = draws_of(asking, id);
    out.n = a.n;
    out.n_families = count_families(asking, u, v);
    out.effect = a.r;
    out.low = a.low;
    out.high = a.high;
    out.p = a.p;
    out.rho = a.rho;
    out.explained = adjusted_share(a.r * a.r, a.n, 1);
    out.family_effect = family_r(asking, u, v);
    bb_group_bootstrap(u, v, asking->all.family, asking->all.n_models, draws.times, draws.seed, draws.task, &out.family_low,
                       &out.family_high);
    return bb_evidence_add(list, out);
}

/* --- groups --------------------------------------------------------------------------------------------------------- */

/* Items of a group and a value: models, or the means of the models of one family and group. */
struct grouped {
    size_t *level;
    double *value; /* about their mean */
    size_t n, n_levels;
};

static void centre(struct grouped *of)
{
    double mean = bb_mean(of->value, of->n);
    for (size_t i = 0; i < of->n; i++) of->value[i] -= mean;
}

/* Between-group sum of squares of centred values. */
static double between(const struct grouped *of, double *sum, double *count)
{
    double total = 0;
    for (size_t k = 0; k < of->n_levels; k++) sum[k] = count[k] = 0;
    for (size_t i = 0; i < of->n; i++) {
        sum[of->level[i]] += of->value[i];
        count[of->level[i]] += 1;
    }
    for (size_t k = 0; k < of->n_levels; k++) total += count[k] > 0 ? sum[k] * sum[k] / count[k] : 0;
    return total;
}

/* η², and its p when values are dealt out to the items anew. About 5 million values are dealt, at least 999 times. */
static double eta_squared(struct grouped of, struct bb_draws draws, double *p, struct bb_arena *arena)
{
    double *sum = BB_NEW_ARRAY(arena, 2 * of.n_levels + 1, double), *count = sum + of.n_levels, all = 0;
    size_t times = of.n ? 5000000 / of.n : 0, at_least = 0;
    struct bb_rng rng;
    bb_rng_init(&rng, draws.seed, draws.task);
    times = times > 9999 ? 9999 : times < 999 ? 999 : times;
    centre(&of);
    for (size_t i = 0; i < of.n; i++) all += of.value[i] * of.value[i];
    double found = between(&of, sum, count);
    *p = NAN;
    if (!(all > 0)) return NAN;
    for (size_t t = 0; t < times; t++) {
        for (size_t i = of.n; i-- > 1;) {
            size_t k = bb_rng_below(&rng, (uint32_t)(i + 1));
            double swapped = of.value[i];
            of.value[i] = of.value[k];
            of.value[k] = swapped;
        }
        at_least += between(&of, sum, count) >= found * (1 - 1e-9) ? 1 : 0;
    }
    *p = (double)(1 + at_least) / (double)(1 + times);
    return found / all;
}

static struct grouped models_grouped(const struct bb_asking *asking, const size_t *level, const double *y, size_t n_levels)
{
    size_t n = asking->all.n_models;
    struct grouped out = {BB_NEW_ARRAY(asking->arena, n + 1, size_t), BB_NEW_ARRAY(asking->arena, n + 1, double), 0, n_levels};
    for (size_t i = 0; i < n; i++) {
        if (level[i] == BB_NO_NODE || isnan(y[i])) continue;
        out.level[out.n] = level[i];
        out.value[out.n++] = y[i];
    }
    return out;
}

static struct grouped families_grouped(const struct bb_asking *asking, const size_t *level, const double *y, size_t n_levels)
{
    size_t n = asking->all.n_models;
    struct grouped out = {BB_NEW_ARRAY(asking->arena, n + 1, size_t), BB_NEW_ARRAY(asking->arena, n + 1, double), 0, n_levels};
    size_t *family = BB_NEW_ARRAY(asking->arena, n + 1, size_t);
    double *count = BB_NEW_ARRAY(asking->arena, n + 1, double);
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        if (level[i] == BB_NO_NODE || isnan(y[i])) continue;
        while (at < out.n && (family[at] != asking->all.family[i] || out.level[at] != level[i])) at++;
        family[at] = asking->all.family[i];
        out.level[at] = level[i];
        out.value[at] += y[i];
        count[at] += 1;
        out.n += at == out.n ? 1 : 0;
    }
    for (size_t i = 0; i < out.n; i++) out.value[i] /= count[i];
    return out;
}

static size_t used_levels(const struct grouped *of, struct bb_arena *arena)
{
    bool *used = BB_NEW_ARRAY(arena, of->n_levels + 1, bool);
    size_t n = 0;
    for (size_t i = 0; i < of->n; i++) {
        n += used[of->level[i]] ? 0 : 1;
        used[of->level[i]] = true;
    }
    return n;
}

size_t bb_evidence_groups(struct bb_evidence_list *list, const struct bb_asking *asking, size_t text, size_t y)
{
    const struct bb_text_attribute *of = &asking->text[text];
    if (y == BB_NO_NODE) return BB_NO_NODE;
    const char *id = id_of(list, asking, "groups", of->name, y);
    size_t known = bb_evidence_find(list, id);
    if (known != BB_NO_NODE) return known;
    const double *v = bb_asking_axis(asking, y);
    struct grouped models = models_grouped(asking, of->level, v, of->n_levels);
    size_t levels = used_levels(&models, asking->arena);
    if (models.n < 3 || levels < 2 || 2 * levels > models.n) return BB_NO_NODE;
    struct bb_evidence out = blank(BB_EVIDENCE_GROUPS, id, text, y);
    struct grouped families = families_grouped(asking, of->level, v, of->n_levels);
    double *known_level = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, double);
    for (size_t i = 0; i < asking->all.n_models; i++) known_level[i] = of->level[i] == BB_NO_NODE ? (double)NAN : 0;
    out.n = models.n;
    out.n_families = count_families(asking, known_level, v);
    out.effect = eta_squared(models, draws_of(asking, id), &out.p, asking->arena);
    if (isnan(out.effect)) return BB_NO_NODE;
    out.explained = adjusted_share(out.effect, models.n, levels - 1);
    out.family_effect =
        eta_squared(families, draws_of(asking, bb_arena_printf(list->arena, "families %s", id)), &out.family_p, asking->arena);
    return bb_evidence_add(list, out);
}

/* --- the best tenth ------------------------------------------------------------------------------------------------- */

struct tenth {
    double *x[2], *y[2]; /* of the others, of the best */
    size_t n[2];
    bool *is_top;
    double cut;
};

/* false: too few models, or so many equal ones that there is no best tenth. */
static bool take_tenth(const struct bb_asking *asking, const double *x, const double *y, struct tenth *out)
{
    size_t n = asking->all.n_models, both = 0;
    double *sorted = BB_NEW_ARRAY(asking->arena, n + 1, double);
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]) && !isnan(y[i])) sorted[both++] = x[i];
    if (both < BB_EVIDENCE_MANY) return false;
    bb_sort_numbers(sorted, both);
    size_t n_top = both / 10 > BB_EVIDENCE_TENTH ? both / 10 : BB_EVIDENCE_TENTH;
    *out = (struct tenth){.cut = sorted[both - n_top - 1], .is_top = BB_NEW_ARRAY(asking->arena, n + 1, bool)};
    for (int part = 0; part < 2; part++) {
        out->x[part] = BB_NEW_ARRAY(asking->arena, n + 1, double);
        out->y[part] = BB_NEW_ARRAY(asking->arena, n + 1, double);
    }
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        int part = x[i] > out->cut;
        out->is_top[i] = part == 1;
        out->x[part][out->n[part]] = x[i];
        out->y[part][out->n[part]++] = y[i];
    }
    return out->n[1] >= BB_EVIDENCE_TENTH / 2;
}

static double normal_p(double z)
{
    return erfc(fabs(z) / sqrt(2));
}

static double difference_of_r(const struct bb_sums part[2])
{
    return bb_sums_r(&part[1]) - bb_sums_r(&part[0]);
}

static double distance_from_line(const struct bb_sums part[2])
{
    const struct bb_sums *rest = &part[0], *top = &part[1];
    double xx = rest->xx - rest->x * rest->x / rest->n, xy = rest->xy - rest->x * rest->y / rest->n;
    if (!(xx > 1e-12 * rest->xx) || !(top->n > 0)) return NAN;
    double slope = xy / xx, intercept = (rest->y - slope * rest->x) / rest->n;
    return top->y / top->n - intercept - slope * top->x / top->n;
}

/* r of points about a line of this slope and scatter whose x varies as theirs does. */
static double expected_r(const struct bb_association *line, const double *x, size_t n)
{
    double spread = line->slope * bb_sd(x, n, 1);
    return spread / sqrt(spread * spread + line->residual_sd * line->residual_sd);
}

static struct bb_evidence test_difference(struct bb_evidence out, const struct bb_association *rest,
                                          const struct bb_association *top)
{
    out.effect = top->r - rest->r;
    double se = sqrt(1 / ((double)top->n - 3) + 1 / ((double)rest->n - 3));
    out.p = normal_p((atanh(top->r) - atanh(rest->r)) / se);
    return out;
}

static struct bb_evidence test_distance(struct bb_evidence out, const struct bb_association *rest, const struct tenth *of)
{
    double mean_x = bb_mean(of->x[1], of->n[1]), mean_y = bb_mean(of->y[1], of->n[1]), off = mean_x - rest->mean_x;
    double se = rest->residual_sd * sqrt(1 / (double)of->n[1] + 1 / (double)rest->n + off * off / rest->sum_xx);
    double dof = (double)rest->n - 2, half = se * bb_student_quantile(.975, dof);
    out.effect = mean_y - rest->intercept - rest->slope * mean_x;
    out.low = out.effect - half;
    out.high = out.effect + half;
    out.p = bb_student_p(out.effect / se, dof);
    return out;
}

static size_t add_top(struct bb_evidence_list *list, const struct bb_asking *asking, struct bb_evidence out,
                      bb_sums_statistic *statistic, const double *x, const double *y, const bool *is_top)
{
    const struct bb_quantities *all = &asking->all;
    if (isnan(out.p)) return BB_NO_NODE;
    bb_group_bootstrap_of(statistic, x, y, all->family, is_top, all->n_models, draws_of(asking, out.id), &out.family_low,
                          &out.family_high);
    return bb_evidence_add(list, out);
}

size_t bb_evidence_top(struct bb_evidence_list *list, const struct bb_asking *asking, size_t x, size_t y, size_t *shortfall)
{
    struct tenth tenth;
    *shortfall = BB_NO_NODE;
    if (x == BB_NO_NODE || y == BB_NO_NODE) return BB_NO_NODE;
    const double *u = bb_asking_axis(asking, x), *v = bb_asking_axis(asking, y);
    const struct bb_quantity *quantity = &asking->all.quantity[x];
    if (!take_tenth(asking, u, v, &tenth)) return BB_NO_NODE;
    struct bb_association rest = bb_associate(tenth.x[0], tenth.y[0], tenth.n[0]),
                          top = bb_associate(tenth.x[1], tenth.y[1], tenth.n[1]);
    if (isnan(rest.r) || isnan(top.r)) return BB_NO_NODE;
    struct bb_evidence out = blank(BB_EVIDENCE_TOP, id_of(list, asking, "top", quantity->id, y), x, y);
    double cut = quantity->better < 0 ? -tenth.cut : tenth.cut;
    out.n = rest.n + top.n;
    out.n_families = count_families(asking, u, v);
    out.top = (struct bb_top_tenth){quantity->is_log ? pow(10, cut) : cut,    top.n, rest.n, top.r, rest.r,
                                    expected_r(&rest, tenth.x[1], tenth.n[1])};
    struct bb_evidence other = out;
    other.kind = BB_EVIDENCE_SHORTFALL;
    other.id = id_of(list, asking, "shortfall", quantity->id, y);
    *shortfall = add_top(list, asking, test_distance(other, &rest, &tenth), distance_from_line, u, v, tenth.is_top);
    return add_top(list, asking, test_difference(out, &rest, &top), difference_of_r, u, v, tenth.is_top);
}

/* --- verdicts ------------------------------------------------------------------------------------------------------- */

double bb_family_p(double effect, double low, double high, size_t n_families, bool is_r)
{
    const double width = 2 * 1.959963984540054; /* of a 95 % interval, in standard errors */
    if (isnan(low) || isnan(high) || n_families < 2) return NAN;
    if (low == high && low == effect) return 0; /* however they are drawn */
    double se = ((is_r ? atanh(high) : high) - (is_r ? atanh(low) : low)) / width;
    double off = is_r ? atanh(effect) : effect;
    return isfinite(se) ? bb_student_p(off / se, (double)n_families - 1) : 1;
}

static void find_family_p(struct bb_evidence *e)
{
    if (e->kind == BB_EVIDENCE_GROUPS || e->kind == BB_EVIDENCE_LEAD) return;
    e->family_p = bb_family_p(e->effect, e->family_low, e->family_high, e->n_families, e->kind == BB_EVIDENCE_R);
}

static bool holds_over_families(const struct bb_evidence *e)
{
    bool excludes = e->kind == BB_EVIDENCE_GROUPS || e->family_low > 0 || e->family_high < 0;
    return excludes && e->family_adjusted < BB_EVIDENCE_LEVEL;
}

static enum bb_verdict verdict_of(const struct bb_evidence *e)
{
    if (e->kind != BB_EVIDENCE_LEAD && e->n < BB_EVIDENCE_FEWEST) return BB_TOO_FEW;
    if (!(e->adjusted < BB_EVIDENCE_LEVEL)) return BB_NOT_SHOWN;
    if (e->kind == BB_EVIDENCE_LEAD) return BB_CLAIMED; /* two models, measured with known errors */
    if (e->n_families < BB_EVIDENCE_FAMILIES) return BB_FAMILIES_FEW;
    return holds_over_families(e) ? BB_CLAIMED : BB_FAMILIES_DOUBT;
}

void bb_evidence_judge(struct bb_evidence_list *list)
{
    double *p = BB_NEW_ARRAY(list->arena, 2 * list->n + 1, double), *both = p + list->n;
    for (size_t i = 0; i < list->n; i++) {
        struct bb_evidence *e = &list->item[i];
        find_family_p(e);
        p[i] = e->p;
        both[i] = e->kind == BB_EVIDENCE_LEAD ? e->p : isnan(e->family_p) ? 1 : fmax(e->p, e->family_p);
    }
    bb_holm(p, list->n, p);
    bb_holm(both, list->n, both);
    for (size_t i = 0; i < list->n; i++) {
        list->item[i].adjusted = p[i];
        list->item[i].family_adjusted = both[i];
        list->item[i].verdict = verdict_of(&list->item[i]);
    }
}
