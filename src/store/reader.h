/*
 * Reads columns of a presentation × neuroid variable that stays in its file. Each byte of the file is read and decoded once
 * per pass: in multiples of the chunk, with one buffer that is used again; gzip + shuffle chunks by libdeflate. A file whose
 * chunks are too wide for that (rows) is decoded once into a scratch file without a name (in TMPDIR).
 */
#ifndef BB_STORE_READER_H
#define BB_STORE_READER_H

#include <stdint.h>

#include "base/mem.h"

struct bb_reader;

size_t bb_reader_rows(const struct bb_reader *reader);
size_t bb_reader_columns(const struct bb_reader *reader);

/*
 * The blocks in which columns should be asked for: the column after `column` at which a new block begins. Depends on the shape of
 * the file alone (rows, chunks), never on memory or cores. About 32 MB of float64 per block.
 */
size_t bb_reader_block_end(const struct bb_reader *reader, size_t column);

/* Columns first … first + n − 1 of all rows into out (row-major, row i at out + i · stride), as float64; fill values are NaN. */
enum bb_code bb_reader_read(struct bb_reader *reader, size_t first, size_t n, double *out, size_t stride,
                            struct bb_err *err) BB_MUST_CHECK;

/* Bytes of the file's data that were read since the program started, in all readers: what `one pass` means is tested with it. */
uint64_t bb_reader_bytes(void);

/* Threads that decode chunks; 1 by default. The bytes that come out do not depend on it. */
void bb_reader_threads(unsigned n);

#endif
