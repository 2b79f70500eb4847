/*
 * Questions about a board, answered from its results alone: sentences made from the numbers, with their uncertainty.
 *
 * A sentence claims something only where evidence.h allows it; that nothing is shown is said as plainly. All tests of the page are corrected
 * together, the pairs of benchmarks (alike.h) among themselves. What depends on the rule for missing scores says so: every test is made under
 * each rule.
 */
#ifndef BB_INSIGHT_QUESTIONS_H
#define BB_INSIGHT_QUESTIONS_H

#include "insight/alike.h"
#include "insight/lead.h"
#include "insight/more.h"
#include "insight/room.h"
#include "score/policy.h"

enum bb_question {
    BB_ASK_EXPLAIN,   /* what explains the differences? */
    BB_ASK_TASK,      /* does task performance predict brain score? */
    BB_ASK_NEXT_WORD, /* does next-word prediction? */
    BB_ASK_BEHAVIOUR, /* does behaviour follow neural scores? */
    BB_ASK_ALIKE,     /* which benchmarks measure the same thing? */
    BB_ASK_MORE,      /* do more benchmarks predict the next experiment better? */
    BB_ASK_FAIL,      /* where do all models fail? */
    BB_ASK_LEAD,      /* which model is most brain-like? */
    BB_N_QUESTIONS
};
extern const char *const bb_question_title[BB_N_QUESTIONS];

struct bb_finding {
    const char *sentence; /* one or a few, UTF-8 with names as people wrote them */
    bool claims;
    size_t evidence; /* the test it is about; BB_NO_NODE: none, or several */
};

struct bb_reply {
    struct bb_finding *finding;
    size_t n, cap;
    size_t *asked, n_asked, cap_asked; /* tests that were made for it, in the order of domains */
};

struct bb_insights {
    struct bb_asking asking;
    struct bb_evidence_list evidence;
    struct bb_reply answer[BB_N_QUESTIONS];
    struct bb_alike *alike;
    struct bb_more *more;
    struct bb_room *room;
    struct bb_lead *lead;
    size_t n_alike, n_more, n_room, n_lead;
    size_t n_pairs; /* tests of pairs of benchmarks */
    struct bb_arena *arena;
};

/* In `arena`; borrows the results that the policies are of. */
struct bb_insights bb_insights_of(const struct bb_policies *policies, struct bb_arena *arena);

/* The tests of a question, those of y alone when `y` is not BB_NO_NODE, that explain most first. Their number; in the insights' arena. */
size_t bb_insights_ranked(const struct bb_insights *insights, enum bb_question question, size_t y, size_t **out);

/* "ImageNet top-1" of a test: its x, a quantity or a text attribute. */
const char *bb_insights_x(const struct bb_insights *insights, const struct bb_evidence *evidence);

/* Numbers in sentences: so many decimals, a real minus sign; "p = 0.012", "p < 0.001". */
const char *bb_insights_number(struct bb_arena *arena, double value, int decimals);
const char *bb_insights_p(struct bb_arena *arena, double p);

#endif
