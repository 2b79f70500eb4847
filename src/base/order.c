#include "base/order.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct keyed {
    uint64_t key; /* unsigned, in the order of the numbers */
    size_t index;
};

/* The bits of a number order as it does once those of negative ones are turned about; adding zero makes one of the two zeros. */
static uint64_t key_of(double x)
{
    const uint64_t sign = UINT64_C(1) << 63;
    uint64_t bits;
    x += 0.0;
    memcpy(&bits, &x, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

/* Few: by insertion. */
static void insert_all(struct keyed *item, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct keyed one = item[i];
        size_t at = i;
        for (; at > 0 && item[at - 1].key > one.key; at--) item[at] = item[at - 1];
        item[at] = one;
    }
}

/* Byte by byte from the last, each pass stable; those that all have in common are passed over. The result is in `item` or in `spare`. */
static struct keyed *radix_sort(struct keyed *item, struct keyed *spare, size_t n)
{
    size_t count[sizeof(uint64_t)][256] = {{0}};
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < sizeof(uint64_t); b++) count[b][item[i].key >> 8 * b & 255]++;
    for (size_t b = 0; b < sizeof(uint64_t); b++) {
        size_t at = 0, *place = count[b];
        if (place[item[0].key >> 8 * b & 255] == n) continue;
        for (size_t k = 0; k < 256; k++) {
            size_t here = place[k];
            place[k] = at;
            at += here;
        }
        for (size_t i = 0; i < n; i++) spare[place[item[i].key >> 8 * b & 255]++] = item[i];
        struct keyed *sorted = spare;
        spare = item;
        item = sorted;
    }
    return item;
}

void bb_order(const double *x, size_t n, size_t *order)
{
    enum { FEW = 48 };
    struct keyed *room = bb_malloc((2 * n + 1) * sizeof *room), *sorted = room;
    for (size_t i = 0; i < n; i++) room[i] = (struct keyed){key_of(x[i]), i};
    if (n < FEW)
        insert_all(room, n);
    else
        sorted = radix_sort(room, room + n, n);
    for (size_t i = 0; i < n; i++) order[i] = sorted[i].index;
    free(room);
}
