#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer the unused part of an arena is poisoned, and allocations are kept apart, so that overruns are seen. */
#if defined(__SANITIZE_ADDRESS__)
#define BB_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BB_ASAN 1
#endif
#endif

#ifdef BB_ASAN
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#define POISON(data, size)   ASAN_POISON_MEMORY_REGION((data), (size))
#define UNPOISON(data, size) ASAN_UNPOISON_MEMORY_REGION((data), (size))
#else
enum { GAP = 0 };
#define POISON(data, size)   ((void)0)
#define UNPOISON(data, size) ((void)0)
#endif

enum { CACHE_LINE = 64, SMALL_ALIGN = _Alignof(max_align_t), FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, FIRST_BUF = 64 };

static const size_t DEFAULT_BUF_LIMIT = (size_t)1 << 30;

void bb_die(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fputs("brainboard: error: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(bb_code_status(BB_EIO));
}

static _Noreturn void die_of_memory(size_t size)
{
    bb_die("out of memory: %zu bytes could not be had; close other programs, or use fewer workers.", size);
}

static size_t product(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        bb_die("out of memory: %zu times %zu bytes is more than any machine has.", count, size);
    return bytes;
}

void *bb_malloc(size_t size)
{
    void *block = malloc(size ? size : 1);
    if (!block) die_of_memory(size);
    return block;
}

void *bb_calloc(size_t count, size_t size)
{
    size_t bytes = product(count, size);
    void *block = calloc(1, bytes ? bytes : 1);
    if (!block) die_of_memory(bytes);
    return block;
}

void *bb_realloc(void *block, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    void *moved = realloc(block, bytes ? bytes : 1);
    if (!moved) die_of_memory(bytes);
    return moved;
}

char *bb_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(bb_malloc(size), text, size);
}

void *bb_grow(void *block, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return block;
    size_t wanted = *cap < SIZE_MAX / 2 ? *cap * 2 : SIZE_MAX;
    if (wanted < 8) wanted = 8;
    *cap = wanted < need ? need : wanted;
    return bb_realloc(block, *cap, size);
}

/*
 * Arenas. Blocks come zeroed from calloc and are never handed out twice, so that allocations need no clearing of their own.
 */
struct block {
    struct block *next;
    char *at, *end; /* what is still free */
};

struct bb_arena {
    struct block *block; /* the first one is being filled */
    size_t next_size;
    size_t used, limit;
};

struct bb_arena *bb_arena_new(size_t limit_bytes)
{
    struct bb_arena *arena = bb_calloc(1, sizeof *arena);
    arena->next_size = FIRST_BLOCK;
    arena->limit = limit_bytes;
    return arena;
}

void bb_arena_free(struct bb_arena *arena)
{
    if (!arena) return;
    for (struct block *block = arena->block, *next; block; block = next) {
        next = block->next;
        UNPOISON(block + 1, (size_t)(block->end - (char *)(block + 1)));
        free(block);
    }
    free(arena);
}

static struct block *block_new(size_t room)
{
    struct block *block = bb_calloc(1, sizeof *block + room);
    block->at = (char *)(block + 1);
    block->end = block->at + room;
    POISON(block->at, room);
    return block;
}

/* Large requests get a block to themselves, behind the one that is being filled. */
static struct block *block_for(struct bb_arena *arena, size_t need)
{
    if (arena->block && need > arena->next_size / 4) {
        struct block *own = block_new(need);
        own->next = arena->block->next;
        arena->block->next = own;
        return own;
    }
    struct block *fresh = block_new(need > arena->next_size ? need : arena->next_size);
    fresh->next = arena->block;
    arena->block = fresh;
    if (arena->next_size < LARGEST_BLOCK) arena->next_size *= 2;
    return fresh;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Bytes from the free part of block, or NULL when they do not fit. */
static char *take(struct block *block, size_t bytes, size_t align)
{
    size_t pad = (align - (uintptr_t)block->at % align) % align;
    size_t room = (size_t)(block->end - block->at);
    if (room < pad || room - pad < bytes) return NULL;
    char *data = block->at + pad;
    size_t left = room - pad - bytes;
    block->at = data + bytes + least(left, GAP);
    UNPOISON(data, bytes);
    return data;
}

static void *alloc_aligned(struct bb_arena *arena, size_t bytes, size_t align)
{
    if (arena->limit && (arena->used > arena->limit || bytes > arena->limit - arena->used))
        bb_die("a limit of memory was passed: %zu bytes on top of %zu, %zu are allowed.", bytes, arena->used, arena->limit);
    char *data = arena->block ? take(arena->block, bytes, align) : NULL;
    if (!data) {
        if (bytes > PTRDIFF_MAX - sizeof(struct block) - CACHE_LINE - GAP) die_of_memory(bytes);
        data = take(block_for(arena, bytes + align + GAP), bytes, align);
    }
    arena->used += bytes;
    return data;
}

void *bb_arena_alloc(struct bb_arena *arena, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    return alloc_aligned(arena, bytes, bytes >= CACHE_LINE ? CACHE_LINE : SMALL_ALIGN);
}

char *bb_arena_strndup(struct bb_arena *arena, const char *text, size_t len)
{
    char *copy = alloc_aligned(arena, len + 1, 1);
    memcpy(copy, text, len);
    return copy;
}

char *bb_arena_strdup(struct bb_arena *arena, const char *text)
{
    return bb_arena_strndup(arena, text, strlen(text));
}

char *bb_arena_printf(struct bb_arena *arena, const char *fmt, ...)
{
    enum { KEPT = 1 << 16 };
    static _Thread_local struct bb_buf buf; /* the next text is written where the last was */
    va_list args;
    va_start(args, fmt);
    bb_buf_reset(&buf);
    bb_buf_vprintf(&buf, fmt, args);
    va_end(args);
    char *text = bb_arena_strndup(arena, bb_buf_text(&buf), buf.len);
    if (buf.cap > KEPT) bb_buf_release(&buf);
    return text;
}

size_t bb_arena_used(const struct bb_arena *arena)
{
    return arena->used;
}

/*
 * Buffers.
 */
void bb_buf_release(struct bb_buf *buf)
{
    free(buf->data);
    *buf = (struct bb_buf){.limit = buf->limit};
}

void bb_buf_reset(struct bb_buf *buf)
{
    buf->len = 0;
    if (buf->data) buf->data[0] = '\0';
}

char *bb_buf_room(struct bb_buf *buf, size_t extra)
{
    size_t limit = buf->limit ? buf->limit : DEFAULT_BUF_LIMIT;
    if (extra < buf->cap && buf->len < buf->cap - extra && buf->cap <= limit) return buf->data + buf->len; /* nearly always */
    if (buf->len > limit || extra > limit - buf->len) bb_die("a text is longer than the %zu bytes that are allowed.", limit);
    size_t need = buf->len + extra + 1;
    if (need > buf->cap) {
        size_t wanted = buf->cap + buf->cap / 2;
        if (wanted < FIRST_BUF) wanted = FIRST_BUF;
        buf->cap = wanted < need ? need : wanted;
        buf->data = bb_realloc(buf->data, buf->cap, 1);
        buf->data[buf->len] = '\0';
    }
    return buf->data + buf->len;
}

void bb_buf_add(struct bb_buf *buf, const void *bytes, size_t len)
{
    char *end = bb_buf_room(buf, len);
    if (len) memcpy(end, bytes, len);
    end[len] = '\0';
    buf->len += len;
}

void bb_buf_puts(struct bb_buf *buf, const char *text)
{
    bb_buf_add(buf, text, strlen(text));
}

void bb_buf_putc(struct bb_buf *buf, char c)
{
    bb_buf_add(buf, &c, 1);
}

static void add_integer(struct bb_buf *buf, bool negative, unsigned long magnitude)
{
    char digits[24];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + magnitude % 10);
    while (magnitude /= 10);
    if (negative) digits[--at] = '-';
    bb_buf_add(buf, digits + at, sizeof digits - at);
}

static void add_signed(struct bb_buf *buf, long value)
{
    add_integer(buf, value < 0, value < 0 ? -(unsigned long)value : (unsigned long)value);
}

/*
 * The conversions that most texts are made of; false, with nothing added, when there is another one. Once a library has registered a
 * conversion of its own (libquadmath, which comes with the linear algebra, does), the C library's printf reads every format twice and slowly,
 * and pages are made of formatted texts.
 */
static bool vprintf_plain(struct bb_buf *buf, const char *fmt, va_list args)
{
    size_t start = buf->len;
    for (;;) {
        const char *percent = strchrnul(fmt, '%'), *text;
        bb_buf_add(buf, fmt, (size_t)(percent - fmt));
        if (!*percent) return true;
        fmt = percent + 2;
        if (percent[1] == 's' && (text = va_arg(args, const char *))) {
            bb_buf_puts(buf, text);
        } else if (strncmp(percent + 1, ".*s", 3) == 0) {
            int most = va_arg(args, int);
            text = va_arg(args, const char *);
            bb_buf_add(buf, text, most < 0 ? strlen(text) : strnlen(text, (size_t)most));
            fmt += 2;
        } else if (percent[1] == 'c') {
            bb_buf_putc(buf, (char)va_arg(args, int));
        } else if (percent[1] == 'd') {
            add_signed(buf, va_arg(args, int));
        } else if (percent[1] == 'z' && percent[2] == 'u') {
            add_integer(buf, false, va_arg(args, size_t));
            fmt++;
        } else if (percent[1] == 'l' && percent[2] == 'd') {
            add_signed(buf, va_arg(args, long));
            fmt++;
        } else {
            buf->len = start;
            if (buf->data) buf->data[start] = '\0';
            return false;
        }
    }
}

void bb_buf_vprintf(struct bb_buf *buf, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    bool done = vprintf_plain(buf, fmt, again);
    va_end(again);
    if (done) return;
    va_copy(again, args);
    char *end = bb_buf_room(buf, 0);
    int len = vsnprintf(end, buf->cap - buf->len, fmt, args);
    if (len < 0) bb_die("a text could not be formatted (\"%s\").", fmt);
    if ((size_t)len >= buf->cap - buf->len) {
        end = bb_buf_room(buf, (size_t)len);
        vsnprintf(end, (size_t)len + 1, fmt, again);
    }
    va_end(again);
    buf->len += (size_t)len;
}

void bb_buf_printf(struct bb_buf *buf, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    bb_buf_vprintf(buf, fmt, args);
    va_end(args);
}

const char *bb_buf_text(const struct bb_buf *buf)
{
    return buf->data ? buf->data : "";
}
