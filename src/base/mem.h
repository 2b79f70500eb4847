/*
 * Memory: arenas for what lives and dies together, plain blocks for what does not.
 *
 * None of these returns NULL: when memory cannot be had, or an arena would pass its limit, the process prints one sentence
 * and exits with status 4. A batch survives that, because cells are scored in workers of their own. Sizes that come
 * from a file are checked against a limit by the reader before they get here.
 */
#ifndef BB_BASE_MEM_H
#define BB_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

#include "base/err.h"

/* One sentence on stderr, then exit status 4. For what no caller can mend; everything else returns enum bb_code. */
void bb_die(const char *fmt, ...) BB_PRINTF(1, 2) __attribute__((noreturn));

void *bb_malloc(size_t size);
void *bb_calloc(size_t count, size_t size);                  /* zeroed; overflow of count * size is checked */
void *bb_realloc(void *block, size_t count, size_t size);    /* overflow of count * size is checked */
char *bb_strdup(const char *text);

/* Makes room for at least `need` elements of `size` bytes in *block, whose capacity is *cap (both may start as 0). */
void *bb_grow(void *block, size_t *cap, size_t need, size_t size);

/* An arena: many small allocations, freed together. Not shared between threads. */
struct bb_arena;

struct bb_arena *bb_arena_new(size_t limit_bytes); /* 0: no limit */
void bb_arena_free(struct bb_arena *arena);        /* NULL is fine */

void *bb_arena_alloc(struct bb_arena *arena, size_t count, size_t size); /* zeroed, 64-byte aligned when size*count ≥ 64 */
char *bb_arena_strdup(struct bb_arena *arena, const char *text);
char *bb_arena_strndup(struct bb_arena *arena, const char *text, size_t len);
char *bb_arena_printf(struct bb_arena *arena, const char *fmt, ...) BB_PRINTF(2, 3);
size_t bb_arena_used(const struct bb_arena *arena);

#define BB_NEW(arena, type) ((type *)bb_arena_alloc((arena), 1, sizeof(type)))
#define BB_NEW_ARRAY(arena, count, type) ((type *)bb_arena_alloc((arena), (count), sizeof(type)))

/* A growing byte buffer; data is NULL until something was added, and NUL-terminated from then on (bb_buf_text gives "" before). */
struct bb_buf {
    char *data;
    size_t len, cap;
    size_t limit; /* bytes; going over it ends the process with a sentence. Default 1 GiB */
};

#define BB_BUF_INIT {0}

void bb_buf_release(struct bb_buf *buf); /* frees, and leaves an empty buffer that can be used again */
void bb_buf_reset(struct bb_buf *buf);   /* keeps the memory */
void bb_buf_add(struct bb_buf *buf, const void *bytes, size_t len);
void bb_buf_puts(struct bb_buf *buf, const char *text);
void bb_buf_putc(struct bb_buf *buf, char c);
void bb_buf_printf(struct bb_buf *buf, const char *fmt, ...) BB_PRINTF(2, 3);
void bb_buf_vprintf(struct bb_buf *buf, const char *fmt, va_list args) BB_PRINTF(2, 0);
char *bb_buf_room(struct bb_buf *buf, size_t extra); /* the end, with room for extra bytes and a NUL: the caller fills them and raises len */
const char *bb_buf_text(const struct bb_buf *buf); /* "" for an untouched buffer */

#endif
