#include "store/chunk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/pack.h"

/* Slabs of a dataset without chunks that is read through HDF5. */
#define SLAB_ELEMENTS ((size_t)1 << 17)

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* Filters that are undone here; others are HDF5's business. */
static bool filters_known(const struct bb_h5_set *set)
{
    for (size_t i = 0; i < set->n_filters; i++)
        if (set->filter[i] != H5Z_FILTER_SHUFFLE && set->filter[i] != H5Z_FILTER_DEFLATE) return false;
    return set->n_filters <= 2;
}

/* As many of the slowest index as make a slab. */
static void cut_slabs(const struct bb_h5_set *set, struct bb_chunks *c)
{
    size_t n = 1;
    for (size_t i = set->rank; i-- > 0;) {
        size_t most = n < SLAB_ELEMENTS ? SLAB_ELEMENTS / n : 1;
        c->size[i] = set->size[i] < most ? set->size[i] : most;
        n *= c->size[i];
    }
}

enum bb_code bb_chunks_open(const struct bb_h5_set *set, struct bb_chunks *c, struct bb_err *err)
{
    *c = (struct bb_chunks){.set = set, .element = set->element};
    c->direct = set->layout == H5D_CHUNKED && filters_known(set) && set->element.kind;
    if (!set->element.kind) c->element = bb_element_double;
    for (size_t i = 0; i < set->rank; i++) c->size[i] = (size_t)set->chunk[i];
    if (set->layout != H5D_CHUNKED) cut_slabs(set, c);
    c->n = 1;
    for (size_t i = 0; i < set->rank; i++)
        if (!c->size[i] || __builtin_mul_overflow(c->n, c->size[i], &c->n) || c->n > SIZE_MAX / 16)
            return bb_fail(err, BB_EINPUT, "%s: \"%s\" has chunks of an impossible size", set->path, set->name);
    return BB_OK;
}

/* --- decoding ----------------------------------------------------------------------------------------------------- */

/* What a thread has for itself. */
struct decoder {
    struct bb_unpacker *unpacker;
    unsigned char *data, *other; /* of a chunk's size: unpacked, and with its bytes in order */
    void *scratch;
};

/* A chunk between the thread that reads and one that decodes. */
struct slot {
    enum { SLOT_FREE, SLOT_FULL, SLOT_TAKEN } state;
    size_t index; /* of the chunk */
    unsigned char *raw;
    size_t len, cap;
    uint32_t mask; /* filters that were left out */
    bool ready;    /* raw is what is to be handed on */
    size_t size[H5S_MAX_RANK];
};

struct pool {
    struct bb_chunk_run *run;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot *slot;
    size_t n_slots;
    bool done;
    size_t failed; /* index of the first chunk with an error; SIZE_MAX: none */
    enum bb_code code;
    struct bb_err err;
};

static void decoder_init(struct decoder *d, const struct bb_chunk_run *run)
{
    size_t bytes = run->chunks->n * run->chunks->element.size;
    *d = (struct decoder){.scratch = bb_malloc(run->scratch_size + 1)};
    if (!run->chunks->direct) return;
    d->unpacker = bb_unpacker_new();
    d->data = bb_malloc(bytes);
    d->other = bb_malloc(bytes);
}

static void decoder_release(struct decoder *d)
{
    bb_unpacker_free(d->unpacker);
    free(d->data);
    free(d->other);
    free(d->scratch);
}

/* Undoes the filters, last first. *data: where the elements are then. */
static enum bb_code unfilter(const struct bb_chunks *c, struct decoder *d, const struct slot *s, const unsigned char **data,
                             struct bb_err *err)
{
    size_t want = c->n * c->element.size, len = s->len, taken, made;
    const unsigned char *now = s->raw;
    for (size_t i = c->set->n_filters; i-- > 0;) {
        unsigned char *to = now == d->data ? d->other : d->data;
        if (s->mask & (1u << i)) continue;
        if (c->set->filter[i] == H5Z_FILTER_DEFLATE) {
            if (bb_unpack(d->unpacker, BB_PACKED_ZLIB, now, len, to, want, &taken, &made) != BB_UNPACKED || made != want)
                return bb_fail(err, BB_EINPUT, "%s: a chunk of \"%s\" cannot be unpacked; the file is damaged", c->set->path,
                               c->set->name);
            len = made;
        } else if (len == want && c->element.size > 1) {
            bb_unshuffle(now, len, c->element.size, to);
        } else {
            continue;
        }
        now = to;
    }
    *data = now;
    if (len == want) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s: a chunk of \"%s\" has %zu bytes instead of %zu; the file is damaged", c->set->path,
                   c->set->name, len, want);
}

static enum bb_code decode(const struct bb_chunk_run *run, struct decoder *d, const struct slot *s, struct bb_err *err)
{
    const struct bb_chunks *c = run->chunks;
    struct bb_chunk chunk = {run->first + s->index * c->set->rank, s->size, s->raw};
    enum bb_code code = s->ready ? BB_OK : unfilter(c, d, s, &chunk.data, err);
    return code ? code : run->use(run->ctx, d->scratch, &chunk, err);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static void slot_room(struct slot *s, size_t len)
{
    if (len > s->cap) {
        free(s->raw);
        s->raw = bb_malloc(len);
        s->cap = len;
    }
    s->len = len;
}

static enum bb_code unreadable(const struct bb_chunks *c, struct bb_err *err)
{
    return bb_h5_fail(err, BB_EINPUT, c->set->path, "\"%s\" cannot be read; the file is damaged", c->set->name);
}

/* Through HDF5, as the type of the file (or as double, where that is none of ours), cut off at the dataset's edge. */
static enum bb_code read_box(struct bb_chunk_run *run, struct slot *s, const hsize_t *first, struct bb_err *err)
{
    const struct bb_chunks *c = run->chunks;
    hsize_t count[H5S_MAX_RANK];
    size_t n = 1, rank = c->set->rank;
    for (size_t i = 0; i < rank; i++) {
        size_t left = c->set->size[i] - (size_t)first[i];
        s->size[i] = left < c->size[i] ? left : c->size[i];
        count[i] = s->size[i];
        n *= s->size[i];
    }
    s->ready = true;
    slot_room(s, n * c->element.size);
    if (!c->direct) run->stored += n * c->set->length;
    hid_t type = c->set->element.kind ? H5Dget_type(c->set->id) : H5Tcopy(H5T_NATIVE_DOUBLE);
    hid_t file = H5Dget_space(c->set->id), memory = H5Screate_simple((int)rank, count, NULL);
    bool good = type >= 0 && file >= 0 && memory >= 0 &&
                H5Sselect_hyperslab(file, H5S_SELECT_SET, first, NULL, count, NULL) >= 0 &&
                H5Dread(c->set->id, type, memory, file, H5P_DEFAULT, s->raw) >= 0;
    enum bb_code code = good ? BB_OK : unreadable(c, err);
    if (memory >= 0) H5Sclose(memory);
    if (file >= 0) H5Sclose(file);
    if (type >= 0) H5Tclose(type);
    return code;
}

static enum bb_code read_direct(struct bb_chunk_run *run, struct slot *s, const hsize_t *first, struct bb_err *err)
{
    const struct bb_chunks *c = run->chunks;
    hsize_t stored = 0;
    /* a chunk that was never written is of fill values: HDF5 knows which */
    if (H5Dget_chunk_storage_size(c->set->id, first, &stored) < 0 || !stored) return read_box(run, s, first, err);
    if (stored > 2 * (uint64_t)c->n * c->element.size + 65536)
        return bb_fail(err, BB_EINPUT, "%s: a chunk of \"%s\" has an impossible size; the file is damaged", c->set->path,
                       c->set->name);
    for (size_t i = 0; i < c->set->rank; i++) s->size[i] = c->size[i];
    s->ready = false;
    slot_room(s, (size_t)stored);
    if (H5Dread_chunk(c->set->id, H5P_DEFAULT, first, &s->mask, s->raw) < 0) return unreadable(c, err);
    run->stored += stored;
    return BB_OK;
}

static enum bb_code read_chunk(struct bb_chunk_run *run, struct slot *s, size_t index, struct bb_err *err)
{
    const hsize_t *first = run->first + index * run->chunks->set->rank;
    s->index = index;
    s->mask = 0;
    return run->chunks->direct ? read_direct(run, s, first, err) : read_box(run, s, first, err);
}

/* --- one thread --------------------------------------------------------------------------------------------------- */

static enum bb_code run_alone(struct bb_chunk_run *run, struct bb_err *err)
{
    struct decoder d;
    struct slot s = {0};
    enum bb_code code = BB_OK;
    decoder_init(&d, run);
    for (size_t i = 0; i < run->n && !code; i++) {
        code = read_chunk(run, &s, i, err);
        if (!code) code = decode(run, &d, &s, err);
    }
    free(s.raw);
    decoder_release(&d);
    return code;
}

/* --- several ------------------------------------------------------------------------------------------------------ */

static void note_failure(struct pool *p, size_t index, enum bb_code code, const struct bb_err *err)
{
    pthread_mutex_lock(&p->lock);
    if (index < p->failed) {
        p->failed = index;
        p->code = code;
        p->err = *err;
    }
    pthread_mutex_unlock(&p->lock);
}

/* A slot in the state, which becomes `next`; NULL when there will be none any more. */
static struct slot *wait_slot(struct pool *p, int state, int next)
{
    struct slot *found = NULL;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        for (size_t i = 0; i < p->n_slots && !found; i++)
            if ((int)p->slot[i].state == state) found = &p->slot[i];
        if (found || (p->done && state == SLOT_FULL)) break;
        pthread_cond_wait(&p->changed, &p->lock);
    }
    if (found) found->state = next;
    pthread_mutex_unlock(&p->lock);
    return found;
}

static void set_state(struct pool *p, struct slot *s, int state)
{
    pthread_mutex_lock(&p->lock);
    s->state = state;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static void *decode_slots(void *ctx)
{
    struct pool *p = ctx;
    struct decoder d;
    struct bb_err err;
    decoder_init(&d, p->run);
    for (struct slot *s; (s = wait_slot(p, SLOT_FULL, SLOT_TAKEN));) {
        enum bb_code code = decode(p->run, &d, s, &err);
        if (code) note_failure(p, s->index, code, &err);
        set_state(p, s, SLOT_FREE);
    }
    decoder_release(&d);
    return NULL;
}

static bool has_failed(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    bool failed = p->failed != SIZE_MAX;
    pthread_mutex_unlock(&p->lock);
    return failed;
}

static void read_slots(struct pool *p)
{
    struct bb_err err;
    for (size_t i = 0; i < p->run->n && !has_failed(p); i++) {
        struct slot *s = wait_slot(p, SLOT_FREE, SLOT_TAKEN);
        enum bb_code code = read_chunk(p->run, s, i, &err);
        if (code) note_failure(p, i, code, &err);
        set_state(p, s, code ? SLOT_FREE : SLOT_FULL);
    }
    pthread_mutex_lock(&p->lock);
    p->done = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static enum bb_code run_pool(struct bb_chunk_run *run, unsigned threads, struct bb_err *err)
{
    struct pool p = {.run = run, .n_slots = 2 * (size_t)threads, .failed = SIZE_MAX};
    pthread_t *thread = bb_calloc(threads, sizeof *thread);
    unsigned started = 0;
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.changed, NULL);
    p.slot = bb_calloc(p.n_slots, sizeof *p.slot);
    while (started < threads && !pthread_create(&thread[started], NULL, decode_slots, &p)) started++;
    if (started) read_slots(&p);
    for (unsigned i = 0; i < started; i++) pthread_join(thread[i], NULL);
    for (size_t i = 0; i < p.n_slots; i++) free(p.slot[i].raw);
    free(p.slot);
    free(thread);
    pthread_cond_destroy(&p.changed);
    pthread_mutex_destroy(&p.lock);
    if (!started) return run_alone(run, err); /* the machine gives no threads */
    return p.code ? bb_fail(err, p.code, "%s", p.err.msg) : BB_OK;
}

enum bb_code bb_chunks_run(struct bb_chunk_run *run, struct bb_err *err)
{
    size_t threads = run->threads < run->n ? run->threads : run->n;
    return threads > 1 ? run_pool(run, (unsigned)threads, err) : run_alone(run, err);
}
