#include "example/identify_rules.h"

#include <math.h>

static const char *const brain_name[BB_BRAINS] = {"pixels", "V1", "V2", "HMAX", "net", "IT", "labels"};

/* Rates are multiples of 1 / seeds, and means of them: what differs by less is equal. */
static const double ROUNDING = 1e-9;

static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum / (double)n;
}

static void mean_rates(const struct bb_identify_summary *s, size_t condition, double out[BB_METRICS])
{
    for (size_t m = 0; m < BB_METRICS; m++) out[m] = bb_identify_mean_rate(s, condition, m);
}

/* "pls 0.93, ridge 0.71 …" */
static void say_by_metric(struct bb_buf *found, const double *value, size_t n_metrics)
{
    for (size_t m = 0; m < n_metrics; m++) bb_buf_printf(found, "%s%s %.2f", m ? ", " : "", bb_identify_metric[m], value[m]);
}

static double regressions(const double *by_metric)
{
    return mean_of(by_metric, BB_REGRESSIONS);
}

static double geometry(const double *by_metric)
{
    return mean_of(by_metric + BB_REGRESSIONS, BB_METRICS - BB_REGRESSIONS);
}

static bool same_is_found(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double rate[BB_METRICS];
    bool holds = true;
    mean_rates(s, BB_SAME, rate);
    for (size_t m = 0; m < BB_METRICS; m++) holds = holds && rate[m] >= .9 - ROUNDING;
    bb_buf_puts(found, "Mean rates: ");
    say_by_metric(found, rate, BB_METRICS);
    return holds;
}

static bool others_are_harder(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double same[BB_METRICS], other[BB_METRICS];
    bool holds = true;
    mean_rates(s, BB_SAME, same);
    mean_rates(s, BB_OTHER, other);
    bb_buf_puts(found, "Mean rates, same and other: ");
    for (size_t m = 0; m < BB_METRICS; m++) {
        holds = holds && other[m] < same[m] - ROUNDING;
        bb_buf_printf(found, "%s%s %.2f and %.2f", m ? ", " : "", bb_identify_metric[m], same[m], other[m]);
    }
    return holds;
}

static bool each_metric_misses_a_brain(const struct bb_identify_summary *s, struct bb_buf *found)
{
    bool holds = true;
    bb_buf_puts(found, "Lowest rates: ");
    for (size_t m = 0; m < BB_METRICS; m++) {
        size_t least = 0;
        for (size_t b = 1; b < BB_MATCHED; b++)
            if (bb_identify_rate(s, b, BB_OTHER, m) < bb_identify_rate(s, least, BB_OTHER, m)) least = b;
        double rate = bb_identify_rate(s, least, BB_OTHER, m);
        holds = holds && rate < .5 - ROUNDING;
        bb_buf_printf(found, "%s%s %.2f (%s)", m ? ", " : "", bb_identify_metric[m], rate, brain_name[least]);
    }
    return holds;
}

static bool brain_is_found(const struct bb_identify_summary *s, size_t brain, struct bb_buf *found)
{
    double rate[BB_METRICS];
    bool holds = true;
    for (size_t m = 0; m < BB_METRICS; m++) {
        rate[m] = bb_identify_rate(s, brain, BB_OTHER, m);
        holds = holds && rate[m] >= .8 - ROUNDING;
    }
    bb_buf_puts(found, "Rates: ");
    say_by_metric(found, rate, BB_METRICS);
    return holds;
}

static bool v1_is_found(const struct bb_identify_summary *s, struct bb_buf *found)
{
    return brain_is_found(s, BB_BRAIN_V1, found);
}

static bool hmax_is_found(const struct bb_identify_summary *s, struct bb_buf *found)
{
    return brain_is_found(s, BB_BRAIN_HMAX, found);
}

static bool geometry_finds_more(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double rate[BB_METRICS];
    mean_rates(s, BB_OTHER, rate);
    bb_buf_printf(found, "Mean rates: geometry %.2f, regressions %.2f (", geometry(rate), regressions(rate));
    say_by_metric(found, rate, BB_METRICS);
    bb_buf_puts(found, ")");
    return geometry(rate) > regressions(rate) + ROUNDING;
}

static bool pixels_and_net_are_hardest(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double rate[BB_MATCHED], hard, easy = 1;
    for (size_t b = 0; b < BB_MATCHED; b++) {
        double by_metric[BB_METRICS];
        for (size_t m = 0; m < BB_METRICS; m++) by_metric[m] = bb_identify_rate(s, b, BB_OTHER, m);
        rate[b] = mean_of(by_metric, BB_METRICS);
        if (b != BB_BRAIN_PIXELS && b != BB_BRAIN_NET) easy = fmin(easy, rate[b]);
    }
    hard = fmax(rate[BB_BRAIN_PIXELS], rate[BB_BRAIN_NET]);
    bb_buf_puts(found, "Rates, mean over metrics: ");
    for (size_t b = 0; b < BB_MATCHED; b++) bb_buf_printf(found, "%s%s %.2f", b ? ", " : "", brain_name[b], rate[b]);
    return hard < easy - ROUNDING;
}

/* Share of brains and seeds in which the wide random features are first; they are right for no brain. */
static bool width_confounds_regressions(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double share[BB_METRICS];
    for (size_t m = 0; m < BB_METRICS; m++) {
        share[m] = 0;
        for (size_t b = 0; b < BB_BRAINS; b++) share[m] += s->cell[b][BB_OTHER][m].first[BB_MODEL_RANDOM] / BB_BRAINS;
    }
    bb_buf_puts(found, "Share of brains and seeds in which they are first: ");
    say_by_metric(found, share, BB_METRICS);
    return regressions(share) > geometry(share) + ROUNDING;
}

static bool width_confounds_somewhere(const struct bb_identify_summary *s, struct bb_buf *found)
{
    size_t brain = 0, metric = 0;
    double most = -1;
    for (size_t b = 0; b < BB_BRAINS; b++)
        for (size_t m = 0; m < BB_REGRESSIONS; m++)
            if (s->cell[b][BB_OTHER][m].first[BB_MODEL_RANDOM] > most) {
                most = s->cell[b][BB_OTHER][m].first[BB_MODEL_RANDOM];
                brain = b;
                metric = m;
            }
    bb_buf_printf(found, "Most often for %s by %s, in %.2f of the seeds", brain_name[brain], bb_identify_metric[metric], most);
    return most >= .2 - ROUNDING;
}

static bool unmatched_have_a_winner(const struct bb_identify_summary *s, struct bb_buf *found)
{
    bool holds = true;
    for (size_t b = BB_MATCHED; b < BB_BRAINS; b++) {
        size_t stable = 0;
        bb_buf_printf(found, "%s%s: ", b > BB_MATCHED ? "; " : "", brain_name[b]);
        for (size_t m = 0; m < BB_METRICS; m++) {
            const struct bb_identify_cell *cell = &s->cell[b][BB_OTHER][m];
            double share = cell->first[cell->winner];
            stable += share >= .5 - ROUNDING;
            bb_buf_printf(found, "%s%s %s %.2f", m ? ", " : "", bb_identify_metric[m], bb_identify_model[cell->winner].id, share);
        }
        holds = holds && stable >= 3;
    }
    return holds;
}

static bool height_does_not_tell(const struct bb_identify_summary *s, struct bb_buf *found)
{
    size_t high = 0;
    double ratio[BB_METRICS];
    for (size_t m = 0; m < BB_METRICS; m++) {
        double right = 0, best = -HUGE_VAL;
        for (size_t b = 0; b < BB_MATCHED; b++) right += s->cell[b][BB_OTHER][m].mean[b] / BB_MATCHED;
        for (size_t k = 0; k < BB_MODELS; k++) best = fmax(best, s->cell[BB_BRAIN_IT][BB_OTHER][m].mean[k]);
        ratio[m] = best / right;
        high += ratio[m] >= .8;
    }
    bb_buf_puts(found, "Best score for IT over the right candidates’: ");
    say_by_metric(found, ratio, BB_METRICS);
    return high >= 3;
}

static size_t count_winner(const struct bb_identify_summary *s, size_t brain, size_t model, size_t n_metrics,
                           struct bb_buf *found)
{
    size_t count = 0;
    bb_buf_puts(found, "Most frequent winners: ");
    for (size_t m = 0; m < n_metrics; m++) {
        const struct bb_identify_cell *cell = &s->cell[brain][BB_OTHER][m];
        count += cell->winner == model;
        bb_buf_printf(found, "%s%s %s (%.2f)", m ? ", " : "", bb_identify_metric[m], bb_identify_model[cell->winner].id,
                      cell->first[cell->winner]);
    }
    return count;
}

static bool it_is_taken_for_hmax(const struct bb_identify_summary *s, struct bb_buf *found)
{
    return count_winner(s, BB_BRAIN_IT, BB_BRAIN_HMAX, BB_METRICS, found) >= 4;
}

static bool labels_are_taken_for_the_trained_net(const struct bb_identify_summary *s, struct bb_buf *found)
{
    return count_winner(s, BB_BRAIN_LABELS, BB_MODEL_TRAINED, BB_REGRESSIONS, found) == BB_REGRESSIONS;
}

static bool noise_lowers_all(const struct bb_identify_summary *s, struct bb_buf *found)
{
    bool holds = true;
    bb_buf_puts(found, "Mean score of the right candidates and mean rate, other and few: ");
    for (size_t m = 0; m < BB_METRICS; m++) {
        double score[BB_CONDITIONS] = {0}, rate[BB_CONDITIONS];
        for (size_t c = 0; c < BB_CONDITIONS; c++) {
            rate[c] = bb_identify_mean_rate(s, c, m);
            for (size_t b = 0; b < BB_MATCHED; b++) score[c] += s->cell[b][c][m].mean[b] / BB_MATCHED;
        }
        holds = holds && score[BB_FEW] < score[BB_OTHER] && rate[BB_FEW] < rate[BB_OTHER] - ROUNDING;
        bb_buf_printf(found, "%s%s %.2f and %.2f, %.2f and %.2f", m ? "; " : "", bb_identify_metric[m], score[BB_OTHER],
                      score[BB_FEW], rate[BB_OTHER], rate[BB_FEW]);
    }
    return holds;
}

static bool noise_hurts_regressions_more(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double other[BB_METRICS], few[BB_METRICS], fall[BB_METRICS];
    mean_rates(s, BB_OTHER, other);
    mean_rates(s, BB_FEW, few);
    for (size_t m = 0; m < BB_METRICS; m++) fall[m] = other[m] - few[m];
    bb_buf_printf(found, "The mean rate falls by %.3f for regressions, by %.3f for geometry", regressions(fall), geometry(fall));
    return regressions(fall) > geometry(fall) + ROUNDING;
}

static bool metrics_disagree(const struct bb_identify_summary *s, struct bb_buf *found)
{
    bb_buf_printf(found, "The same winner in %.2f", s->same_winner);
    return s->same_winner < .8 - ROUNDING;
}

static bool chosen_alpha_is_no_worse(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double chosen = bb_identify_mean_rate(s, BB_OTHER, BB_BY_RIDGECV), fixed = bb_identify_mean_rate(s, BB_OTHER, BB_BY_RIDGE);
    bb_buf_printf(found, "Mean rates: ridgecv %.3f, ridge %.3f", chosen, fixed);
    return chosen >= fixed - ROUNDING;
}

static bool control_is_at_zero(const struct bb_identify_summary *s, struct bb_buf *found)
{
    double wins = 0, largest = 0;
    for (size_t b = 0; b < BB_BRAINS; b++)
        for (size_t c = 0; c < BB_CONDITIONS; c++)
            for (size_t m = 0; m < BB_METRICS; m++) {
                const struct bb_identify_cell *cell = &s->cell[b][c][m];
                if (!cell->defined) continue;
                wins = fmax(wins, cell->first[BB_MODEL_SHUFFLED]);
                if (fabs(cell->mean[BB_MODEL_SHUFFLED]) > fabs(largest)) largest = cell->mean[BB_MODEL_SHUFFLED];
            }
    bb_buf_printf(found, "It is first in at most %.2f of the seeds; the mean score farthest from 0 is %.3f", wins, largest);
    return wins <= 0 && fabs(largest) < .05;
}

static bool truth_is_on_top(const struct bb_identify_summary *s, struct bb_buf *found)
{
    size_t above = 0, n = 0, brain = 0, condition = 0, metric = 0, model = 0;
    double worst = HUGE_VAL;
    for (size_t b = 0; b < BB_BRAINS; b++)
        for (size_t c = 0; c < BB_CONDITIONS; c++)
            for (size_t m = 0; m < BB_METRICS; m++) {
                const struct bb_identify_cell *cell = &s->cell[b][c][m];
                if (!cell->defined) continue;
                size_t best = 0;
                for (size_t k = 1; k < BB_MODELS; k++) best = cell->mean[k] > cell->mean[best] ? k : best;
                double gap = cell->mean[BB_TRUTH] - cell->mean[best];
                n++;
                above += gap < 0;
                if (gap < worst) worst = gap, brain = b, condition = c, metric = m, model = best;
            }
    bb_buf_printf(
        found,
        "A candidate is above it in %zu of %zu cells; the smallest difference to the best candidate is %.3f (%s in %s by %s: %s)",
        above, n, worst, brain_name[brain], bb_identify_condition[condition].id, bb_identify_metric[metric],
        bb_identify_model[model].id);
    return above == 0;
}

const struct bb_identify_rule bb_identify_rules[] = {
    {"In `same`, every metric has a mean rate of at least 0.9.", same_is_found},
    {"For every metric the mean rate is lower in `other` than in `same`.", others_are_harder},
    {"In `other`, every metric has at least one brain that it identifies in fewer than half of the seeds.",
     each_metric_misses_a_brain},
    {"In `other`, V1 is identified with a rate of at least 0.8 by every metric.", v1_is_found},
    {"In `other`, HMAX is identified with a rate of at least 0.8 by every metric.", hmax_is_found},
    {"In `other`, the mean rate of rdm and cka is higher than that of pls, ridge and ridgecv.", geometry_finds_more},
    {"In `other`, the two brains that are identified least (mean over metrics) are pixels and net.", pixels_and_net_are_hardest},
    {"In `other`, the wide random features win wrongly in more seeds by regressions (mean of the three) than by geometry (mean "
     "of the two), over the seven brains.",
     width_confounds_regressions},
    {"In `other`, there is a brain for which the wide random features win in at least a fifth of the seeds by some regression.",
     width_confounds_somewhere},
    {"For each of the brains that no candidate matches, one and the same candidate wins in at least half of the seeds by at "
     "least three of the five metrics, "
     "in `other`.",
     unmatched_have_a_winner},
    {"For IT, the best candidate's mean score in `other` is at least 0.8 of the right candidates' (mean over the five matched "
     "brains), by at least three metrics.",
     height_does_not_tell},
    {"IT is taken for HMAX (the most frequent winner in `other`) by at least four of the five metrics.", it_is_taken_for_hmax},
    {"labels is taken for the trained net (the most frequent winner in `other`) by each of the three regressions.",
     labels_are_taken_for_the_trained_net},
    {"For every metric the right candidates' mean score and the mean rate are lower in `few` than in `other`.", noise_lowers_all},
    {"From `other` to `few` the mean rate falls more for regressions (mean of the three) than for geometry (mean of the two).",
     noise_hurts_regressions_more},
    {"In `other`, pls and rdm have the same winner in fewer than 0.8 of all brains and seeds.", metrics_disagree},
    {"In `other`, the mean rate of ridgecv is at least that of ridge.", chosen_alpha_is_no_worse},
    {"The shuffled control never wins, and its mean score is between −0.05 and 0.05 in every cell.", control_is_at_zero},
    {"The mean score of the truth is at least that of every candidate, in every cell.", truth_is_on_top},
};
const size_t bb_identify_n_rules = sizeof bb_identify_rules / sizeof bb_identify_rules[0];
