#include "insight/tell.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static void add(struct bb_insights *to, enum bb_question question, const char *sentence, bool claims, size_t evidence)
{
    struct bb_reply *answer = &to->answer[question];
    if (answer->n == answer->cap) {
        struct bb_finding *more = BB_NEW_ARRAY(to->arena, 2 * answer->cap + 8, struct bb_finding);
        if (answer->n) memcpy(more, answer->finding, answer->n * sizeof *more);
        answer->finding = more;
        answer->cap = 2 * answer->cap + 8;
    }
    answer->finding[answer->n++] = (struct bb_finding){sentence, claims, evidence};
}

static const char *two(const struct bb_insights *to, double value)
{
    return bb_insights_number(to->arena, value, 2);
}

static const char *percent(const struct bb_insights *to, double share)
{
    return bb_arena_printf(to->arena, "%s %%", bb_insights_number(to->arena, 100 * share, 0));
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static const char *model_name(const struct bb_insights *to, size_t model)
{
    return to->asking.results->model[model].name;
}

/* --- one relation --------------------------------------------------------------------------------------------------- */

/* "r = 0.47, 95 % interval 0.20 to 0.67, 43 models, corrected p = 0.012" */
static const char *numbers(const struct bb_insights *to, const struct bb_evidence *e)
{
    const char *interval =
        isnan(e->low) ? "" : bb_arena_printf(to->arena, ", 95 %% interval %s to %s", two(to, e->low), two(to, e->high));
    return bb_arena_printf(to->arena, "%s = %s%s, %zu model%s, corrected %s", e->kind == BB_EVIDENCE_GROUPS ? "η²" : "r",
                           two(to, e->effect), interval, e->n, plural(e->n), bb_insights_p(to->arena, e->adjusted));
}

/* "over 14 families r = 0.52, and 0.21 to 0.70 when families are drawn anew" */
static const char *families(const struct bb_insights *to, const struct bb_evidence *e)
{
    if (e->kind == BB_EVIDENCE_GROUPS)
        return bb_arena_printf(to->arena, "over the means of %zu families corrected %s", e->n_families,
                               bb_insights_p(to->arena, e->family_adjusted));
    const char *drawn = isnan(e->family_low)
                            ? "no interval can be drawn"
                            : bb_arena_printf(to->arena, "%s to %s", two(to, e->family_low), two(to, e->family_high));
    if (e->n_families == e->n)
        return bb_arena_printf(to->arena, "%s when models are drawn anew, corrected %s", drawn,
                               bb_insights_p(to->arena, e->family_adjusted));
    return bb_arena_printf(to->arena, "over %zu families r = %s, and %s when families are drawn anew, corrected %s",
                           e->n_families, two(to, e->family_effect), drawn, bb_insights_p(to->arena, e->family_adjusted));
}

static const char *rule_words(int missing)
{
    static const char *const words[] = {[BB_MISSING_ZERO] = "when missing scores count as zero",
                                        [BB_MISSING_SKIP] = "when missing scores are left out",
                                        [BB_MISSING_REQUIRE] = "when every benchmark is required"};
    return words[missing];
}

/* What another rule for missing scores says, where its r is another with two decimals: "" or " By other rules for missing scores r = …" */
static const char *sensitivity(const struct bb_insights *to, const struct bb_evidence *e)
{
    const char *list = "";
    bool turns = false;
    for (int k = BB_MISSING_ZERO; k <= BB_MISSING_REQUIRE; k++) {
        const struct bb_under_policy *under = &e->under[k];
        bool other = (under->verdict == BB_CLAIMED) != (e->verdict == BB_CLAIMED);
        if (!under->n || !(other || strcmp(two(to, under->effect), two(to, e->effect)) != 0)) continue;
        turns = turns || other;
        list =
            bb_arena_printf(to->arena, "%s%s r = %s (%zu models%s) %s", list, *list ? "," : "", two(to, under->effect), under->n,
                            !other                         ? ""
                            : under->verdict == BB_CLAIMED ? ", and the relation holds"
                                                           : ", and nothing is shown",
                            rule_words(k));
    }
    if (!*list) return "";
    return bb_arena_printf(
        to->arena, turns ? " This depends on the rule for missing scores:%s." : " By other rules for missing scores%s.", list);
}

static bool is_score_of_domain(const struct bb_asking *asking, size_t quantity)
{
    for (size_t d = 0; d < asking->n_domains; d++)
        if (quantity == asking->domain[d].average || quantity == asking->domain[d].neural ||
            quantity == asking->domain[d].behaviour)
            return true;
    return false;
}

/* "Models with better ImageNet accuracy" */
static const char *subject(const struct bb_insights *to, const struct bb_evidence *e)
{
    const struct bb_quantity *of = &to->asking.all.quantity[e->x];
    const char *noun = bb_asking_noun(&to->asking, e->x);
    if (is_score_of_domain(&to->asking, e->x)) return bb_arena_printf(to->arena, "Models with a higher %s", noun);
    if (of->kind != BB_QUANTITY_ATTRIBUTE) return bb_arena_printf(to->arena, "Models that do better on %s", noun);
    return bb_arena_printf(to->arena, of->better ? "Models with better %s" : "Models with higher %s", noun);
}

/* "the neural score in language", "GLUE" */
static const char *with_article(const struct bb_insights *to, const struct bb_evidence *e)
{
    const char *x = bb_insights_x(to, e);
    return is_score_of_domain(&to->asking, e->x) ? bb_arena_printf(to->arena, "the %s", x) : x;
}

/* Why what holds over models is not claimed. */
static const char *family_doubt(const struct bb_insights *to, const struct bb_evidence *e)
{
    const char *enough =
        e->family_low * e->family_high > 0
            ? bb_arena_printf(to->arena, " That leaves out zero, but not by enough among %zu tests.", to->evidence.n)
            : "";
    if (e->n_families == e->n)
        return bb_arena_printf(to->arena, "But r is less sure than that: %s.%s Nothing is claimed.", families(to, e), enough);
    return bb_arena_printf(to->arena,
                           "But models of one family are not independent: %s.%s Families may account for it: nothing is claimed.",
                           families(to, e), enough);
}

static const char *why_not(const struct bb_insights *to, const struct bb_evidence *e, const char *x, const char *y)
{
    switch (e->verdict) {
    case BB_TOO_FEW:
        return bb_arena_printf(to->arena, "Only %zu models have both %s and a %s (r = %s): that is too few to say anything.",
                               e->n, x, y, two(to, e->effect));
    case BB_FAMILIES_FEW:
        return bb_arena_printf(
            to->arena, "Over models, %s and the %s go together (%s), but the models are of %zu famil%s: too few to claim it.", x,
            y, numbers(to, e), e->n_families, e->n_families == 1 ? "y" : "ies");
    case BB_FAMILIES_DOUBT:
        return bb_arena_printf(to->arena, "Over models, %s and the %s go together (%s). %s", x, y, numbers(to, e),
                               family_doubt(to, e));
    default:
        return bb_arena_printf(to->arena, "No relation between %s and the %s is shown: %s.%s", x, y, numbers(to, e),
                               e->p < BB_EVIDENCE_LEVEL
                                   ? bb_arena_printf(to->arena, " Alone it would have %s; among %zu tests that is no surprise.",
                                                     bb_insights_p(to->arena, e->p), to->evidence.n)
                                   : "");
    }
}

static const char *relation(const struct bb_insights *to, const struct bb_evidence *e)
{
    const char *x = with_article(to, e), *y = bb_asking_noun(&to->asking, e->y);
    const char *text = e->verdict == BB_CLAIMED
                           ? bb_arena_printf(to->arena, "%s have a %s %s: %s; %s.", subject(to, e),
                                             e->effect > 0 ? "higher" : "lower", y, numbers(to, e), families(to, e))
                           : why_not(to, e, x, y);
    const char *few =
        e->n >= BB_EVIDENCE_FEWEST && e->n < BB_EVIDENCE_FEW ? " These are few models: one more could change it." : "";
    return bb_arena_printf(to->arena, "%s%s%s", text, few, sensitivity(to, e));
}

/* --- the best tenth ------------------------------------------------------------------------------------------------- */

static const struct bb_evidence *shortfall_of(const struct bb_insights *to, const struct bb_evidence *top)
{
    for (size_t i = 0; i < to->evidence.n; i++) {
        const struct bb_evidence *e = &to->evidence.item[i];
        if (e->kind == BB_EVIDENCE_SHORTFALL && e->x == top->x && e->y == top->y) return e;
    }
    return NULL;
}

/* Why a difference that is seen is not claimed. */
static const char *doubt(const struct bb_evidence *e)
{
    return e->verdict == BB_NOT_SHOWN      ? "is not beyond chance"
           : e->verdict == BB_FAMILIES_FEW ? "is that of too few families to claim it"
                                           : "may be that of a few families";
}

static const char *tenth(const struct bb_insights *to, const struct bb_evidence *e)
{
    const struct bb_top_tenth *top = &e->top;
    const struct bb_quantity *x = &to->asking.all.quantity[e->x];
    return bb_arena_printf(to->arena,
                           "Among the %zu best in %s (%s %s) r = %s, among the other %zu r = %s; this difference %s (corrected "
                           "%s; %s to %s when families "
                           "are drawn anew). In so narrow a range, points about the line through the others would have r = %s.",
                           top->n_top, bb_insights_x(to, e), x->better < 0 ? "below" : "above",
                           bb_insights_number(to->arena, top->from, 3), two(to, top->r_top), top->n_rest, two(to, top->r_rest),
                           e->verdict == BB_CLAIMED ? "holds" : doubt(e), bb_insights_p(to->arena, e->adjusted),
                           two(to, e->family_low), two(to, e->family_high), two(to, top->r_expected));
}

static const char *distance(const struct bb_insights *to, const struct bb_evidence *e)
{
    const char *stands =
        bb_arena_printf(to->arena, "They lie %s %s that line (corrected %s; %s to %s when families are drawn anew)",
                        bb_insights_number(to->arena, fabs(e->effect), 3), e->effect < 0 ? "below" : "above",
                        bb_insights_p(to->arena, e->adjusted), bb_insights_number(to->arena, e->family_low, 3),
                        bb_insights_number(to->arena, e->family_high, 3));
    if (e->verdict == BB_CLAIMED)
        return bb_arena_printf(to->arena, "%s: at the top the gain %s.", stands, e->effect < 0 ? "flattens" : "steepens");
    return bb_arena_printf(to->arena, "%s, which %s: that the gain flattens at the top is not shown.", stands, doubt(e));
}

void bb_tell_relations(struct bb_insights *to, enum bb_question question)
{
    const struct bb_reply *answer = &to->answer[question];
    for (size_t i = 0; i < answer->n_asked; i++) {
        const struct bb_evidence *e = &to->evidence.item[answer->asked[i]], *other = NULL;
        if (e->kind == BB_EVIDENCE_R) add(to, question, relation(to, e), e->verdict == BB_CLAIMED, answer->asked[i]);
        if (e->kind == BB_EVIDENCE_TOP) other = shortfall_of(to, e);
        if (!other) continue;
        add(to, question, tenth(to, e), e->verdict == BB_CLAIMED, answer->asked[i]);
        add(to, question, distance(to, other), other->verdict == BB_CLAIMED, (size_t)(other - to->evidence.item));
    }
}

/* --- what explains -------------------------------------------------------------------------------------------------- */

static const char *and_then(const struct bb_insights *to, const size_t *ranked, size_t n, size_t skip)
{
    const char *list = "";
    size_t named = 0, left = 0;
    for (size_t i = 0; i < n; i++) {
        const struct bb_evidence *e = &to->evidence.item[ranked[i]];
        if (e->verdict != BB_CLAIMED || i == skip) continue;
        if (named++ >= 4) {
            left++;
            continue;
        }
        list =
            bb_arena_printf(to->arena, "%s%s %s (%s)", list, *list ? "," : "", bb_insights_x(to, e), percent(to, e->explained));
    }
    if (!named) return "";
    return left ? bb_arena_printf(to->arena, " Then%s and %zu more. Shares overlap and cannot be added up.", list, left)
                : bb_arena_printf(to->arena, " Then%s. Shares overlap and cannot be added up.", list);
}

static void explain(struct bb_insights *to, const struct bb_asked_domain *domain)
{
    size_t *ranked, n = bb_insights_ranked(to, BB_ASK_EXPLAIN, domain->average, &ranked), first = 0, holding = 0;
    const char *y = bb_asking_noun(&to->asking, domain->average), *text;
    for (size_t i = n; i-- > 0;) {
        if (to->evidence.item[ranked[i]].verdict != BB_CLAIMED) continue;
        holding++;
        first = i;
    }
    if (!n) {
        add(to, BB_ASK_EXPLAIN, bb_arena_printf(to->arena, "Nothing that describes models can be tested against the %s.", y),
            false, BB_NO_NODE);
        return;
    }
    const struct bb_evidence *e = &to->evidence.item[ranked[first]];
    const char *x = bb_insights_x(to, e);
    if (holding)
        text = bb_arena_printf(to->arena,
                               "%zu of the %zu description%s of models tested explain%s differences in the %s. %s explains most: "
                               "%s of the variance (%s; %s).%s",
                               holding, n, plural(n), holding == 1 ? "s" : "", y, x, percent(to, e->explained), numbers(to, e),
                               families(to, e), and_then(to, ranked, n, first));
    else
        text = bb_arena_printf(to->arena,
                               "Of %zu description%s of models tested none is shown to explain differences in the %s. The "
                               "largest share is that of %s: %s of the variance (%s; %s).",
                               n, plural(n), y, x, percent(to, e->explained), numbers(to, e), families(to, e));
    add(to, BB_ASK_EXPLAIN, text, holding > 0, ranked[first]);
}

void bb_tell_explain(struct bb_insights *to)
{
    for (size_t d = 0; d < to->asking.n_domains; d++)
        if (to->asking.domain[d].average != BB_NO_NODE) explain(to, &to->asking.domain[d]);
}

/* --- which benchmarks are alike ------------------------------------------------------------------------------------- */

static const char *benchmark(const struct bb_insights *to, const struct bb_alike *alike, size_t i)
{
    return bb_asking_benchmark(&to->asking, alike->quantity[i]);
}

static const char *pair(const struct bb_insights *to, const struct bb_alike *alike, const size_t *of)
{
    size_t at = of[0] * alike->n + of[1];
    return bb_arena_printf(to->arena, "%s and %s, r = %s over %zu models", benchmark(to, alike, of[0]),
                           benchmark(to, alike, of[1]), two(to, alike->r[at]), alike->common[at]);
}

static const char *groups(const struct bb_insights *to, const struct bb_alike *alike)
{
    size_t *size = BB_NEW_ARRAY(to->arena, alike->n + 1, size_t), alone = 0, named = 0;
    const char *list = "";
    for (size_t i = 0; i < alike->n; i++) size[alike->group[i]]++;
    for (size_t i = 0; i < alike->n; i++) {
        if (size[alike->group[i]] != 1) continue;
        alone++;
        if (named++ < 4) list = bb_arena_printf(to->arena, "%s%s%s", list, *list ? "; " : "", benchmark(to, alike, i));
    }
    return bb_arena_printf(to->arena, " Joined while their mean r is at least %s, the %zu benchmarks make %zu group%s%s%s%s.",
                           two(to, BB_ALIKE_GROUP), alike->n, alike->n_groups, plural(alike->n_groups),
                           alone ? bb_arena_printf(to->arena, ", %zu of one benchmark alone (", alone) : "", alone ? list : "",
                           !alone      ? ""
                           : alone > 4 ? " …)"
                                       : ")");
}

static void tell_alike(struct bb_insights *to, const struct bb_alike *alike)
{
    const char *domain = alike->domain->name, *text;
    if (!alike->n_pairs) {
        text = bb_arena_printf(to->arena, "In %s no two benchmarks have %d models in common: nothing can be said.", domain,
                               BB_ALIKE_OVERLAP);
        add(to, BB_ASK_ALIKE, text, false, BB_NO_NODE);
        return;
    }
    if (alike->n_together)
        text = bb_arena_printf(to->arena,
                               "In %s, %zu of %zu pairs of benchmarks order models alike (corrected p < 0.05 over these pairs, "
                               "and so when families are drawn anew); the closest are %s.",
                               domain, alike->n_together, alike->n_pairs, pair(to, alike, alike->closest));
    else
        text = bb_arena_printf(to->arena, "In %s, none of %zu pair%s of benchmarks is shown to order models alike.", domain,
                               alike->n_pairs, plural(alike->n_pairs));
    const char *opposed = alike->n_opposed
                              ? bb_arena_printf(to->arena, " %zu pair%s order models in opposite ways, most of all %s.",
                                                alike->n_opposed, plural(alike->n_opposed), pair(to, alike, alike->lowest))
                              : "";
    const char *apart =
        alike->n_apart
            ? bb_arena_printf(to->arena, " %zu ha%s no relation to speak of (the 95 %% interval of r lies within ±%s).",
                              alike->n_apart, alike->n_apart == 1 ? "s" : "ve", two(to, BB_ALIKE_NONE))
            : bb_arena_printf(to->arena,
                              " None can be called independent (no 95 %% interval of r lies within ±%s); the lowest r have %s.",
                              two(to, BB_ALIKE_NONE), pair(to, alike, alike->lowest));
    text =
        bb_arena_printf(to->arena, "%s%s%s%s", text, opposed, apart, alike->n_together && alike->n > 2 ? groups(to, alike) : "");
    add(to, BB_ASK_ALIKE, text, alike->n_together + alike->n_opposed > 0, BB_NO_NODE);
}

void bb_tell_alike(struct bb_insights *to)
{
    for (size_t i = 0; i < to->n_alike; i++) tell_alike(to, &to->alike[i]);
}

/* --- more benchmarks ------------------------------------------------------------------------------------------------ */

void bb_tell_more(struct bb_insights *to)
{
    for (size_t i = 0; i < to->n_more; i++) {
        const struct bb_more *more = &to->more[i];
        const struct bb_evidence *e = more->evidence == BB_NO_NODE ? NULL : &to->evidence.item[more->evidence];
        size_t most = more->n_benchmarks - 1;
        const char *from = two(to, more->error[0]), *at_last = two(to, more->error[most - 1]);
        bool claims = e && e->verdict == BB_CLAIMED;
        const char *test =
            e ? bb_arena_printf(to->arena, "a difference of %s, %s over families, corrected %s", two(to, e->effect),
                                isnan(e->family_low)
                                    ? "no interval"
                                    : bb_arena_printf(to->arena, "%s to %s", two(to, e->family_low), two(to, e->family_high)),
                                bb_insights_p(to->arena, e->adjusted))
              : "a difference that cannot be tested";
        const char *what = !claims         ? "that more benchmarks predict the next one better is not shown"
                           : e->effect > 0 ? "more benchmarks predict the next one better"
                                           : "more benchmarks predict the next one worse";
        add(to, BB_ASK_MORE,
            bb_arena_printf(to->arena,
                            "In %s, %s: the error of predicting a left-out benchmark is %s from one other benchmark and %s from "
                            "all %zu, where "
                            "1 is no better than the mean of models (%s; %zu models, %zu benchmarks).",
                            more->domain->name, what, from, at_last, most, test, more->n_models, more->n_benchmarks),
            claims, more->evidence);
    }
}

/* --- where all models fail ------------------------------------------------------------------------------------------ */

static void fail_in(struct bb_insights *to, const struct bb_asked_domain *domain)
{
    const struct bb_room *first = NULL, *ceiling = NULL;
    size_t known = 0, reached = 0, n = 0;
    for (size_t i = 0; i < to->n_room; i++) {
        const struct bb_room *room = &to->room[i];
        if (room->domain != domain) continue;
        n++;
        known += isnan(room->room) ? 0 : 1;
        reached += room->room <= 0 ? 1 : 0;
        if (!first && !isnan(room->room)) first = room;
        if (!isnan(room->ceiling) && (!ceiling || room->ceiling - room->best > ceiling->ceiling - ceiling->best)) ceiling = room;
    }
    if (!n) return;
    const char *text = bb_arena_printf(to->arena, "In %s no benchmark has an oracle of the mapping.", domain->name), *more = "";
    if (first && first->room > 0)
        text = bb_arena_printf(to->arena,
                               "In %s models have the most room on %s: the best, %s, scores %s, and the recording itself gets %s "
                               "through the same mapping.",
                               domain->name, bb_asking_benchmark(&to->asking, first->quantity), model_name(to, first->model),
                               two(to, first->best), two(to, first->oracle));
    else if (first)
        text = bb_arena_printf(to->arena,
                               "In %s the best model reaches what the recording itself gets through the mapping on every "
                               "benchmark where that is known.",
                               domain->name);
    if (known)
        more = bb_arena_printf(to->arena, " This is known for %zu of %zu benchmark%s; on %zu of them the best model reaches it.",
                               known, n, plural(n), reached);
    const char *noise =
        ceiling ? bb_arena_printf(
                      to->arena,
                      " Against the noise ceiling, which is another limit, most is missing on %s: the best, %s, scores %s of %s.",
                      bb_asking_benchmark(&to->asking, ceiling->quantity), model_name(to, ceiling->model), two(to, ceiling->best),
                      two(to, ceiling->ceiling))
                : " No noise ceiling is known either.";
    add(to, BB_ASK_FAIL, bb_arena_printf(to->arena, "%s%s%s", text, more, ceiling || !known ? noise : ""), false, BB_NO_NODE);
}

void bb_tell_fail(struct bb_insights *to)
{
    for (size_t d = 0; d < to->asking.n_domains; d++) fail_in(to, &to->asking.domain[d]);
}

/* --- the most brain-like -------------------------------------------------------------------------------------------- */

void bb_tell_lead(struct bb_insights *to)
{
    for (size_t i = 0; i < to->n_lead; i++) {
        const struct bb_lead *lead = &to->lead[i];
        const struct bb_evidence *e = lead->evidence == BB_NO_NODE ? NULL : &to->evidence.item[lead->evidence];
        const char *certain;
        bool claims = e && e->verdict == BB_CLAIMED;
        if (claims)
            certain = bb_arena_printf(to->arena, "That is more than the errors of measurement (SE %s, corrected %s).",
                                      bb_insights_number(to->arena, lead->se, 3), bb_insights_p(to->arena, e->adjusted));
        else if (e)
            certain = bb_arena_printf(
                to->arena, "That is within the errors of measurement (SE %s, corrected %s): the two are not told apart.",
                bb_insights_number(to->arena, lead->se, 3), bb_insights_p(to->arena, e->adjusted));
        else
            certain =
                bb_arena_printf(to->arena,
                                "Whether that is more than the errors of measurement is not known: %zu of %zu benchmark%s ha%s "
                                "an error for both.",
                                lead->n_with_error, lead->n_leaves, plural(lead->n_leaves), lead->n_with_error == 1 ? "s" : "ve");
        add(to, BB_ASK_LEAD,
            bb_arena_printf(to->arena, "%s has the highest %s, %s, which is %s more than %s. %s", model_name(to, lead->model[0]),
                            bb_asking_noun(&to->asking, lead->average), bb_insights_number(to->arena, lead->score[0], 3),
                            bb_insights_number(to->arena, lead->difference, 3), model_name(to, lead->model[1]), certain),
            claims, lead->evidence);
    }
}
