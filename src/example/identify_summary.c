#include "example/identify_summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/version.h"
#include "example/identify_rules.h"
#include "numeric/stats.h"

enum { NOBODY = BB_MODELS };

/* The model whose score is strictly the highest. */
static size_t first_of(const double *score)
{
    size_t best = 0, equals = 1;
    for (size_t k = 1; k < BB_MODELS; k++) {
        if (score[k] > score[best])
            best = k, equals = 1;
        else if (score[k] == score[best])
            equals++;
    }
    return equals == 1 ? best : NOBODY;
}

static double best_other(const double *score, size_t right)
{
    double best = -HUGE_VAL;
    for (size_t k = 0; k < BB_MODELS; k++)
        if (k != right) best = fmax(best, score[k]);
    return best;
}

/* score: n × BB_SCORED. */
static void summarise_cell(const double (*score)[BB_SCORED], size_t n, size_t brain, struct bb_identify_cell *out)
{
    double *x = bb_malloc((n + 1) * sizeof *x), share = 1 / (double)n;
    *out = (struct bb_identify_cell){.defined = !isnan(score[0][0]), .margin = NAN, .margin_sd = NAN};
    for (size_t k = 0; k < BB_SCORED; k++) {
        for (size_t i = 0; i < n; i++) x[i] = score[i][k];
        out->mean[k] = bb_mean(x, n);
        out->sd[k] = bb_sd(x, n, 1);
    }
    for (size_t i = 0; out->defined && i < n; i++) {
        size_t first = first_of(score[i]);
        double highest = best_other(score[i], NOBODY);
        if (first != NOBODY) out->first[first] += share;
        for (size_t k = 0; k < BB_MODELS; k++) out->near[k] += score[i][k] > highest - BB_IDENTIFY_NEAR ? share : 0;
    }
    for (size_t k = 1; k < BB_MODELS; k++) out->winner = out->first[k] > out->first[out->winner] ? k : out->winner;
    if (out->defined && brain < BB_MATCHED) {
        for (size_t i = 0; i < n; i++) x[i] = score[i][brain] - best_other(score[i], brain);
        out->margin = bb_mean(x, n);
        out->margin_sd = bb_sd(x, n, 1);
    }
    free(x);
}

void bb_identify_summarise(const struct bb_identify_scores *scores, uint64_t first_seed, size_t n_seeds,
                           struct bb_identify_summary *out)
{
    double(*score)[BB_SCORED] = bb_calloc(n_seeds + 1, sizeof *score);
    size_t same = 0;
    *out = (struct bb_identify_summary){.first_seed = first_seed, .n_seeds = n_seeds};
    for (size_t b = 0; b < BB_BRAINS; b++) {
        for (size_t c = 0; c < BB_CONDITIONS; c++)
            for (size_t m = 0; m < BB_METRICS; m++) {
                for (size_t i = 0; i < n_seeds; i++) memcpy(score[i], scores[i].value[b][c][m], sizeof score[i]);
                summarise_cell((const double(*)[BB_SCORED])score, n_seeds, b, &out->cell[b][c][m]);
            }
        for (size_t i = 0; i < n_seeds; i++)
            same += first_of(scores[i].value[b][BB_OTHER][BB_BY_PLS]) == first_of(scores[i].value[b][BB_OTHER][BB_BY_RDM]);
    }
    out->same_winner = (double)same / (double)(BB_BRAINS * n_seeds);
    free(score);
}

double bb_identify_rate(const struct bb_identify_summary *summary, size_t brain, size_t condition, size_t metric)
{
    const struct bb_identify_cell *cell = &summary->cell[brain][condition][metric];
    return brain < BB_MATCHED && cell->defined ? cell->first[brain] : (double)NAN;
}

double bb_identify_mean_rate(const struct bb_identify_summary *summary, size_t condition, size_t metric)
{
    double sum = 0;
    for (size_t b = 0; b < BB_MATCHED; b++) sum += bb_identify_rate(summary, b, condition, metric);
    return sum / BB_MATCHED;
}

/* --- files ---------------------------------------------------------------------------------------------------------- */

/* Four decimals: what another processor's rounding does not change. */
static double shown(double value)
{
    return isnan(value) ? value : bb_round_decimals(value, 4);
}

static void put_number(struct bb_buf *out, double value)
{
    char text[64];
    bb_format_fixed(text, value, 4);
    bb_buf_printf(out, ",%s", isnan(value) ? "" : text);
}

void bb_identify_csv(const struct bb_identify_summary *s, struct bb_buf *out)
{
    bb_buf_puts(out, "true_brain,condition,metric,candidate,right,seeds,mean,sd,wins,near,margin,margin_sd\n");
    for (size_t b = 0; b < BB_BRAINS; b++)
        for (size_t c = 0; c < BB_CONDITIONS; c++)
            for (size_t m = 0; m < BB_METRICS; m++)
                for (size_t k = 0; s->cell[b][c][m].defined && k < BB_SCORED; k++) {
                    const struct bb_identify_cell *cell = &s->cell[b][c][m];
                    bool right = k == b && b < BB_MATCHED, competes = k < BB_MODELS;
                    bb_buf_printf(out, "%s,%s,%s,%s,%s,%zu", bb_identify_brain[b].id, bb_identify_condition[c].id,
                                  bb_identify_metric[m], bb_identify_model[k].id, right ? "true" : "false", s->n_seeds);
                    put_number(out, cell->mean[k]);
                    put_number(out, cell->sd[k]);
                    if (competes)
                        bb_buf_printf(out, ",%.0f,%.0f", cell->first[k] * (double)s->n_seeds, cell->near[k] * (double)s->n_seeds);
                    else
                        bb_buf_puts(out, ",,");
                    put_number(out, right ? cell->margin : (double)NAN);
                    put_number(out, right ? cell->margin_sd : (double)NAN);
                    bb_buf_putc(out, '\n');
                }
}

static void put_names(struct bb_json_writer *w, const char *key, const struct bb_identify_names *name, size_t n, size_t n_right)
{
    bb_jw_key(w, key);
    bb_jw_array(w);
    for (size_t i = 0; i < n; i++) {
        bb_jw_object(w);
        bb_jw_member_text(w, "id", name[i].id);
        bb_jw_member_text(w, "title", name[i].title);
        if (i < n_right) bb_jw_member_text(w, "right", bb_identify_model[i].id);
        bb_jw_object_end(w);
    }
    bb_jw_array_end(w);
}

static void put_cell(struct bb_json_writer *w, const struct bb_identify_summary *s, size_t b, size_t c, size_t m)
{
    const struct bb_identify_cell *cell = &s->cell[b][c][m];
    bb_jw_object(w);
    bb_jw_member_text(w, "brain", bb_identify_brain[b].id);
    bb_jw_member_text(w, "condition", bb_identify_condition[c].id);
    bb_jw_member_text(w, "metric", bb_identify_metric[m]);
    bb_jw_member_number(w, "truth", shown(cell->mean[BB_TRUTH]));
    bb_jw_member_number(w, "margin", shown(cell->margin));
    bb_jw_member_number(w, "margin_sd", shown(cell->margin_sd));
    bb_jw_key(w, "wins");
    bb_jw_array(w);
    for (size_t k = 0; k < BB_MODELS; k++) bb_jw_integer(w, lround(cell->first[k] * (double)s->n_seeds));
    bb_jw_array_end(w);
    bb_jw_key(w, "mean");
    bb_jw_array(w);
    for (size_t k = 0; k < BB_MODELS; k++) bb_jw_number(w, shown(cell->mean[k]));
    bb_jw_array_end(w);
    bb_jw_object_end(w);
}

static void put_predictions(struct bb_json_writer *w, const struct bb_identify_summary *s)
{
    bb_jw_key(w, "predictions");
    bb_jw_array(w);
    for (size_t i = 0; i < bb_identify_n_rules; i++) {
        struct bb_buf found = BB_BUF_INIT;
        bool holds = bb_identify_rules[i].holds(s, &found);
        bb_jw_object(w);
        bb_jw_member_text(w, "text", bb_identify_rules[i].text);
        bb_jw_member_bool(w, "held", holds);
        bb_jw_member_text(w, "found", bb_buf_text(&found));
        bb_jw_object_end(w);
        bb_buf_release(&found);
    }
    bb_jw_array_end(w);
}

static void put_count(struct bb_json_writer *w, const char *key, size_t value)
{
    bb_jw_member_integer(w, key, (long)value);
}

void bb_identify_json(const struct bb_identify_summary *s, const struct bb_identify_size *size, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 1);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "program", bb_version);
    put_count(&w, "first_seed", (size_t)s->first_seed);
    put_count(&w, "seeds", s->n_seeds);
    put_count(&w, "pictures", size->n_objects + 2 * size->n_families * size->n_samples);
    put_count(&w, "neuroids", size->n_neuroids);
    put_count(&w, "presentations", size->n_repetitions);
    put_count(&w, "few_presentations", size->n_few);
    put_names(&w, "brains", bb_identify_brain, BB_BRAINS, BB_MATCHED);
    put_names(&w, "candidates", bb_identify_model, BB_MODELS, 0);
    put_names(&w, "conditions", bb_identify_condition, BB_CONDITIONS, 0);
    bb_jw_key(&w, "metrics");
    bb_jw_array(&w);
    for (size_t m = 0; m < BB_METRICS; m++) bb_jw_text(&w, bb_identify_metric[m]);
    bb_jw_array_end(&w);
    bb_jw_key(&w, "cells");
    bb_jw_array(&w);
    for (size_t b = 0; b < BB_BRAINS; b++)
        for (size_t c = 0; c < BB_CONDITIONS; c++)
            for (size_t m = 0; m < BB_METRICS; m++)
                if (s->cell[b][c][m].defined) put_cell(&w, s, b, c, m);
    bb_jw_array_end(&w);
    put_predictions(&w, s);
    bb_jw_object_end(&w);
    bb_buf_putc(out, '\n');
}
