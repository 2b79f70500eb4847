/*
 * Many pages of one kind, made by several processes at once. Each makes its share into the staging folder of the site and tells the program what it
 * made; the site does not depend on how many there are.
 */
#ifndef BB_RENDER_CREW_H
#define BB_RENDER_CREW_H

#include "render/staging.h"

struct bb_crew;

/* Work on one item, 0 … n − 1; it adds files to the staging and changes nothing else that matters afterwards. */
typedef enum bb_code bb_crew_work(const void *context, size_t item, struct bb_err *err);

/* workers 0: as many as there are processors. The staging must outlive it. */
struct bb_crew *bb_crew_new(struct bb_staging *staging, size_t workers);

/* Work that the crew will do. `context` must be there until bb_crew_wait returns. */
void bb_crew_plan(struct bb_crew *crew, size_t n, bb_crew_work *work, const void *context);

/* Begins with all that is planned, once. Few items are done at once, in this process. */
enum bb_code bb_crew_start(struct bb_crew *crew, struct bb_err *err) BB_MUST_CHECK;

/* Waits for it. Of several failures, that of the first item of what was planned first. */
enum bb_code bb_crew_wait(struct bb_crew *crew, struct bb_err *err) BB_MUST_CHECK;

/* Ends workers that are still there. NULL is fine. */
void bb_crew_free(struct bb_crew *crew);

#endif
