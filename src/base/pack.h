/*
 * Bytes packed by deflate, in one of its three wrappings, by libdeflate: the same bytes for the same bytes.
 */
#ifndef BB_BASE_PACK_H
#define BB_BASE_PACK_H

#include <stdint.h>

#include "base/mem.h"

struct bb_packer;
struct bb_unpacker;

/* level: 1, fast, to 12, small. One packer serves any number of texts, one unpacker too. NULL is fine to free. */
struct bb_packer *bb_packer_new(int level);
void bb_packer_free(struct bb_packer *packer);
struct bb_unpacker *bb_unpacker_new(void);
void bb_unpacker_free(struct bb_unpacker *unpacker);

/* Appends to out, as zlib does it (RFC 1950). */
void bb_pack(struct bb_packer *packer, const void *data, size_t len, struct bb_buf *out);

enum bb_packed { BB_PACKED_ZLIB, BB_PACKED_GZIP };
enum bb_unpacked { BB_UNPACKED, BB_UNPACKED_TOO_LONG, BB_UNPACKED_DAMAGED };

/* One text, or one member of a gzip file, at data: *taken of its bytes became *made bytes at `to`, which has `room`. */
enum bb_unpacked bb_unpack(struct bb_unpacker *unpacker, enum bb_packed kind, const void *data, size_t len, void *to, size_t room,
                           size_t *taken, size_t *made) BB_MUST_CHECK;

uint32_t bb_crc32(const void *data, size_t len);

#endif
