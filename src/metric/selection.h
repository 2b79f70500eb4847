/*
 * What of a recording counts: recordings have gaps where a neuroid was not measured for a stimulus, and neuroids that answer at random. Each
 * returns a copy (bb_assembly_free), or BB_EINPUT with a sentence when nothing would be left.
 */
#ifndef BB_METRIC_SELECTION_H
#define BB_METRIC_SELECTION_H

#include "store/assembly.h"

/* Only the neuroids that have a value for every presentation and in every bin of time (xarray: dropna("neuroid")). */
enum bb_code bb_drop_neuroids_with_gaps(const struct bb_assembly *data, struct bb_assembly **out, struct bb_err *err) BB_MUST_CHECK;

/* Only the presentations of stimuli for which every neuroid has a value in some repetition: dropna("presentation") of the means over repetitions. */
enum bb_code bb_drop_stimuli_with_gaps(const struct bb_assembly *data, struct bb_assembly **out, struct bb_err *err) BB_MUST_CHECK;

/* Only the presentations without a gap: dropna("presentation") of the repetitions themselves. */
enum bb_code bb_drop_presentations_with_gaps(const struct bb_assembly *data, struct bb_assembly **out,
                                             struct bb_err *err) BB_MUST_CHECK;

/* Only the neuroids whose internal consistency (its defaults; mean over splits) is above `least`: reliable ones, without gaps in either half. */
enum bb_code bb_keep_consistent_neuroids(const struct bb_assembly *data, double least, struct bb_assembly **out,
                                         struct bb_err *err) BB_MUST_CHECK;

#endif
