/* Results from the text of a scores.json, as a file of it reads. Ends the test with what is wrong with the text. bb_results_free. */
#ifndef BB_TESTS_RESULTS_FIXTURE_H
#define BB_TESTS_RESULTS_FIXTURE_H

#include "score/results.h"

struct bb_results *results_of_text(const char *text);

#endif
