#include "insight/questions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "insight/tell.h"

const char *const bb_question_title[BB_N_QUESTIONS] = {
    [BB_ASK_EXPLAIN] = "What explains the differences?",
    [BB_ASK_TASK] = "Does task performance predict brain score?",
    [BB_ASK_NEXT_WORD] = "Does next-word prediction?",
    [BB_ASK_BEHAVIOUR] = "Does behaviour follow neural scores?",
    [BB_ASK_ALIKE] = "Which benchmarks measure the same thing, which are independent?",
    [BB_ASK_MORE] = "Do more benchmarks predict the next experiment better?",
    [BB_ASK_FAIL] = "Where do all models fail?",
    [BB_ASK_LEAD] = "Which model is most brain-like?",
};

/* --- which tests there are ------------------------------------------------------------------------------------------ */

static void note_test(struct bb_insights *to, enum bb_question question, size_t evidence)
{
    struct bb_reply *answer = &to->answer[question];
    if (evidence == BB_NO_NODE) return;
    if (answer->n_asked == answer->cap_asked) {
        size_t *more = BB_NEW_ARRAY(to->arena, 2 * answer->cap_asked + 16, size_t);
        if (answer->n_asked) memcpy(more, answer->asked, answer->n_asked * sizeof *more);
        answer->asked = more;
        answer->cap_asked = 2 * answer->cap_asked + 16;
    }
    answer->asked[answer->n_asked++] = evidence;
}

/* Everything that describes models against the average. */
static void ask_explain(struct bb_insights *to, const struct bb_asked_domain *domain)
{
    const struct bb_asking *asking = &to->asking;
    for (size_t i = 0; i < asking->all.n; i++)
        if (asking->all.quantity[i].kind == BB_QUANTITY_ATTRIBUTE || bb_asking_is_task(asking, domain, i) ||
            bb_asking_is_next_word(asking, domain, i))
            note_test(to, BB_ASK_EXPLAIN, bb_evidence_r(&to->evidence, asking, i, domain->average));
    for (size_t i = 0; i < asking->n_texts; i++)
        note_test(to, BB_ASK_EXPLAIN, bb_evidence_groups(&to->evidence, asking, i, domain->average));
}

static void ask_performance(struct bb_insights *to, const struct bb_asked_domain *domain, enum bb_question question,
                            bool (*is_measure)(const struct bb_asking *, const struct bb_asked_domain *, size_t))
{
    const size_t target[] = {domain->average, domain->neural, domain->behaviour};
    for (size_t x = 0; x < to->asking.all.n; x++) {
        size_t shortfall;
        if (!is_measure(&to->asking, domain, x)) continue;
        for (size_t k = 0; k < sizeof target / sizeof target[0]; k++)
            note_test(to, question, bb_evidence_r(&to->evidence, &to->asking, x, target[k]));
        note_test(to, question, bb_evidence_top(&to->evidence, &to->asking, x, domain->average, &shortfall));
        note_test(to, question, shortfall);
    }
}

/* `gain` is the same under every rule for missing scores, because it is about benchmarks: made once. */
static void ask_all(struct bb_insights *to, bool is_board)
{
    for (size_t d = 0; d < to->asking.n_domains; d++) {
        const struct bb_asked_domain *domain = &to->asking.domain[d];
        ask_explain(to, domain);
        ask_performance(to, domain, BB_ASK_TASK, bb_asking_is_task);
        ask_performance(to, domain, BB_ASK_NEXT_WORD, bb_asking_is_next_word);
        note_test(to, BB_ASK_BEHAVIOUR, bb_evidence_r(&to->evidence, &to->asking, domain->neural, domain->behaviour));
    }
    to->n_lead = bb_lead_of(&to->asking, &to->evidence, &to->lead);
    for (size_t i = 0; i < to->n_lead; i++) note_test(to, BB_ASK_LEAD, to->lead[i].evidence);
    if (!is_board) return;
    to->n_more = bb_more_of(&to->asking, &to->evidence, &to->more);
    for (size_t i = 0; i < to->n_more; i++) note_test(to, BB_ASK_MORE, to->more[i].evidence);
}

/* --- the rules for missing scores ----------------------------------------------------------------------------------- */

static void compare_policy(struct bb_insights *board, const struct bb_results *under, enum bb_missing missing)
{
    struct bb_insights other = {
        .asking = bb_asking_of(under, board->arena), .evidence = {.arena = board->arena}, .arena = board->arena};
    ask_all(&other, false);
    for (size_t i = 0; i < board->evidence.n; i++)
        if (board->evidence.item[i].kind == BB_EVIDENCE_GAIN) bb_evidence_add(&other.evidence, board->evidence.item[i]);
    bb_evidence_judge(&other.evidence);
    for (size_t i = 0; i < board->evidence.n; i++) {
        size_t same = bb_evidence_find(&other.evidence, board->evidence.item[i].id);
        if (same == BB_NO_NODE) continue;
        const struct bb_evidence *found = &other.evidence.item[same];
        board->evidence.item[i].under[missing] = (struct bb_under_policy){found->n, found->effect, found->verdict};
    }
}

static bool is_withheld(const struct bb_results *results)
{
    for (size_t i = 0; i < results->tree.n; i++)
        if (results->tree.node[i].root == i && bb_results_withheld_below(results, i)) return true;
    return false;
}

/* Averages over scores that are not published cannot be made anew: then nothing is said of other rules. */
static void compare_policies(struct bb_insights *board, const struct bb_policies *policies)
{
    if (is_withheld(policies->results)) return;
    for (int missing = 0; missing < BB_N_MISSING; missing++)
        if (missing != policies->results->board.options.missing) compare_policy(board, policies->under[missing], (enum bb_missing)missing);
}

/* --- the whole ------------------------------------------------------------------------------------------------------ */

struct bb_insights bb_insights_of(const struct bb_policies *policies, struct bb_arena *arena)
{
    struct bb_insights out = {.asking = bb_asking_of(policies->results, arena), .evidence = {.arena = arena}, .arena = arena};
    ask_all(&out, true);
    bb_evidence_judge(&out.evidence);
    compare_policies(&out, policies);
    out.n_alike = bb_alike_of(&out.asking, &out.alike);
    for (size_t i = 0; i < out.n_alike; i++) out.n_pairs += out.alike[i].n_pairs;
    out.n_room = bb_room_of(&out.asking, &out.room);
    bb_tell_explain(&out);
    bb_tell_relations(&out, BB_ASK_TASK);
    bb_tell_relations(&out, BB_ASK_NEXT_WORD);
    bb_tell_relations(&out, BB_ASK_BEHAVIOUR);
    bb_tell_alike(&out);
    bb_tell_more(&out);
    bb_tell_fail(&out);
    bb_tell_lead(&out);
    return out;
}

/* --- for whoever shows them ------------------------------------------------------------------------------------------ */

struct ranked {
    double explained;
    size_t evidence;
};

static int most_first(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->explained != y->explained) return x->explained > y->explained ? -1 : 1;
    return (x->evidence > y->evidence) - (x->evidence < y->evidence);
}

size_t bb_insights_ranked(const struct bb_insights *insights, enum bb_question question, size_t y, size_t **out)
{
    const struct bb_reply *answer = &insights->answer[question];
    struct ranked *ranked = BB_NEW_ARRAY(insights->arena, answer->n_asked + 1, struct ranked);
    size_t n = 0;
    for (size_t i = 0; i < answer->n_asked; i++) {
        const struct bb_evidence *e = &insights->evidence.item[answer->asked[i]];
        if (y != BB_NO_NODE && e->y != y) continue;
        ranked[n++] = (struct ranked){isnan(e->explained) ? -2 : e->explained, answer->asked[i]};
    }
    if (n) qsort(ranked, n, sizeof *ranked, most_first);
    *out = BB_NEW_ARRAY(insights->arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++) (*out)[i] = ranked[i].evidence;
    return n;
}

const char *bb_insights_x(const struct bb_insights *insights, const struct bb_evidence *evidence)
{
    if (evidence->x == BB_NO_NODE) return "";
    return evidence->kind == BB_EVIDENCE_GROUPS ? insights->asking.text[evidence->x].title
                                                : bb_asking_noun(&insights->asking, evidence->x);
}

const char *bb_insights_number(struct bb_arena *arena, double value, int decimals)
{
    char text[64];
    if (isnan(value)) return "";
    bb_format_fixed(text, value, decimals);
    return text[0] == '-' ? bb_arena_printf(arena, "−%s", text + 1) : bb_arena_strdup(arena, text);
}

const char *bb_insights_p(struct bb_arena *arena, double p)
{
    if (isnan(p)) return "";
    if (p < .001) return "p < 0.001";
    return bb_arena_printf(arena, "p = %s", bb_insights_number(arena, p, p < .0995 ? 3 : 2));
}
