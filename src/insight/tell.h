/*
 * From numbers to sentences: within this folder, for questions.c.
 */
#ifndef BB_INSIGHT_TELL_H
#define BB_INSIGHT_TELL_H

#include "insight/questions.h"

/* Each fills in the findings of one question; tests are judged by then. */
void bb_tell_explain(struct bb_insights *insights);
void bb_tell_relations(struct bb_insights *insights, enum bb_question question); /* TASK, NEXT_WORD, BEHAVIOUR */
void bb_tell_alike(struct bb_insights *insights);
void bb_tell_more(struct bb_insights *insights);
void bb_tell_fail(struct bb_insights *insights);
void bb_tell_lead(struct bb_insights *insights);

#endif
