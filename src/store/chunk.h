/*
 * The parts in which a dataset lies in its file (chunks, or slabs of one that is not chunked), decoded one after the other or
 * by several threads. One thread makes the calls of HDF5; others only unpack and hand on.
 */
#ifndef BB_STORE_CHUNK_H
#define BB_STORE_CHUNK_H

#include "store/h5.h"

struct bb_chunks {
    const struct bb_h5_set *set;
    size_t size[H5S_MAX_RANK]; /* of a chunk */
    size_t n;                  /* elements of a chunk */
    struct bb_element element; /* of what is handed on */
    bool direct;               /* filters are undone here, not by HDF5 */
};

/* A chunk as it is handed on: its first index along each axis, and its elements (edge chunks are whole, except for those that
   HDF5 reads: `size`). */
struct bb_chunk {
    const hsize_t *first;
    const size_t *size; /* along each axis; elements are in row-major order of it */
    const unsigned char *data;
};

/* Called on any thread, each chunk once; chunks are disjoint, so what is written for them is too. */
typedef enum bb_code bb_chunk_use(void *ctx, void *scratch, const struct bb_chunk *chunk, struct bb_err *err);

enum bb_code bb_chunks_open(const struct bb_h5_set *set, struct bb_chunks *out, struct bb_err *err) BB_MUST_CHECK;

/* The chunks that begin at first[0..n) (rank indices each), on `threads` threads. Each thread has scratch_size bytes of its
   own for `use`. The error is that of the first chunk that has one. stored: how many bytes were read from the file. */
struct bb_chunk_run {
    const struct bb_chunks *chunks;
    const hsize_t *first;
    size_t n;
    unsigned threads;
    bb_chunk_use *use;
    void *ctx;
    size_t scratch_size;
    uint64_t stored;
};
enum bb_code bb_chunks_run(struct bb_chunk_run *run, struct bb_err *err) BB_MUST_CHECK;

#endif
