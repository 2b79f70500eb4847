/*
 * Records that were read before, as the cache keeps them: a board with a long history reads its records in milliseconds.
 *
 * An image is found by the digest of the record's file and has, behind the record without its cells (record.h), the tables of cells and aggregates
 * as they are in memory. It is of this program on this kind of machine alone, and can always be made again from the record.
 */
#ifndef BB_HISTORY_RECORD_IMAGE_H
#define BB_HISTORY_RECORD_IMAGE_H

#include "score/cache.h"
#include "score/results.h"

/* `digest`: SHA-256 of the record's file, 64 hexadecimal digits. NULL: the cache has no image of it. bb_results_free. */
struct bb_results *bb_record_image_get(const struct bb_cache *cache, const char *digest);
/* `record` is what the file reads as. */
void bb_record_image_put(const struct bb_cache *cache, const char *digest, const struct bb_results *record);

#endif
