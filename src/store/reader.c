#include "store/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "store/chunk.h"
#include "store/reader_int.h"

#define BLOCK_BYTES ((size_t)32 << 20) /* of float64 in a block */
#define WIDEST_BYTES                                                                                                             \
    ((size_t)64 << 20) /* in a block that a chunk makes wider; chunks that are wider still go to the scratch file */
#define SLAB_BYTES ((size_t)256 << 10) /* read at once from a file without chunks: it stays in the cache */
#define TILE       8                   /* columns that are turned at once: a line of the cache */

/* The selected indices of an axis: index[0..n), rising; NULL: 0 … n − 1. */
struct selection {
    size_t *index;
    size_t n;
};

struct bb_reader {
    hid_t file;
    struct bb_h5_set set;
    char *path, *name;
    struct bb_scaling scaling;
    struct selection row, column;
    size_t row_axis, column_axis;
    size_t at[H5S_MAX_RANK];
    bool contiguous; /* read with pread at `offset` */
    uint64_t offset;
    int fd;
    struct bb_chunks chunks;
    bool wide;     /* chunks are decoded once, into the scratch file */
    int scratch;   /* −1: not made yet */
    size_t *block; /* ends of the blocks, rising, the last is column.n */
    size_t n_blocks;
    unsigned char *buffer; /* a slab, and a tile behind it */
    size_t buffer_size;
    double *tile;
};

static _Atomic uint64_t bytes_read;
static _Atomic unsigned n_threads = 1;

uint64_t bb_reader_bytes(void)
{
    return bytes_read;
}

void bb_reader_threads(unsigned n)
{
    n_threads = n ? n : 1;
}

size_t bb_reader_rows(const struct bb_reader *reader)
{
    return reader->row.n;
}

size_t bb_reader_columns(const struct bb_reader *reader)
{
    return reader->column.n;
}

/* --- selections --------------------------------------------------------------------------------------------------- */

static size_t index_of(const struct selection *s, size_t i)
{
    return s->index ? s->index[i] : i;
}

/* The first selected one that is not before `index`. */
static size_t first_from(const struct selection *s, size_t index)
{
    if (!s->index) return index < s->n ? index : s->n;
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->index[middle] < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many from i on (and before end) stand side by side in the file. */
static size_t run_length(const struct selection *s, size_t i, size_t end)
{
    size_t n = 1;
    if (!s->index) return end - i;
    while (i + n < end && s->index[i + n] == s->index[i] + n) n++;
    return n;
}

/* --- boxes -------------------------------------------------------------------------------------------------------- */

/* Elements in memory: of rows row0 … and columns column0 … of the file, in steps of so many bytes. */
struct box {
    const unsigned char *data;
    struct bb_element element;
    size_t row0, n_rows, row_step;
    size_t column0, n_columns, column_step;
};

/* Where the columns first … first + n − 1 (of the selected) go: row i at out + i · stride. */
struct target {
    const struct bb_reader *reader;
    size_t first, n;
    double *out;
    size_t stride;
};

static void take_run(const struct target *t, const struct box *b, size_t row, size_t column, size_t n)
{
    const struct bb_reader *r = t->reader;
    double *to = t->out + row * t->stride + (column - t->first);
    const unsigned char *from =
        b->data + (index_of(&r->row, row) - b->row0) * b->row_step + (index_of(&r->column, column) - b->column0) * b->column_step;
    bb_element_convert(b->element, from, n, to);
    bb_scaling_apply(&r->scaling, to, n);
}

static void take_rows(const struct target *t, const struct box *b, size_t row, size_t rows_end, size_t column, size_t columns_end)
{
    for (; row < rows_end; row++)
        for (size_t k = column, n; k < columns_end; k += n)
            take_run(t, b, row, k, n = run_length(&t->reader->column, k, columns_end));
}

/* Columns stand in the file as rows: TILE of them are converted, then turned. */
static void take_tile(const struct target *t, const struct box *b, size_t row, size_t rows_end, size_t column, size_t n,
                      double *tile)
{
    const struct bb_reader *r = t->reader;
    size_t n_rows = rows_end - row;
    for (size_t k = 0; k < n; k++) {
        double *line = tile + k * n_rows;
        const unsigned char *from = b->data + (index_of(&r->column, column + k) - b->column0) * b->column_step;
        for (size_t i = row, len; i < rows_end; i += len) {
            len = run_length(&r->row, i, rows_end);
            bb_element_convert(b->element, from + (index_of(&r->row, i) - b->row0) * b->row_step, len, line + (i - row));
        }
        bb_scaling_apply(&r->scaling, line, n_rows);
    }
    for (size_t i = 0; i < n_rows; i++) {
        double *to = t->out + (row + i) * t->stride + (column - t->first);
        for (size_t k = 0; k < n; k++) to[k] = tile[k * n_rows + i];
    }
}

/* What of the box is wanted, as indices of the selections. */
struct part {
    size_t row, rows_end, column, columns_end;
};

static struct part part_of(const struct bb_reader *r, const struct box *b, size_t first, size_t end)
{
    struct part p = {first_from(&r->row, b->row0), first_from(&r->row, b->row0 + b->n_rows), first_from(&r->column, b->column0),
                     first_from(&r->column, b->column0 + b->n_columns)};
    if (p.column < first) p.column = first;
    if (p.columns_end > end) p.columns_end = end;
    return p;
}

/* tile: room for TILE · (rows of the box) doubles. */
static void take_box(const struct target *t, const struct box *b, double *tile)
{
    struct part p = part_of(t->reader, b, t->first, t->first + t->n);
    if (p.row >= p.rows_end || p.column >= p.columns_end) return;
    /* a box of one row, or of one column, is both */
    if (b->column_step == b->element.size && (b->row_step != b->element.size || b->n_rows == 1)) {
        take_rows(t, b, p.row, p.rows_end, p.column, p.columns_end);
    } else {
        for (size_t k = p.column; k < p.columns_end; k += TILE) {
            size_t n = p.columns_end - k < TILE ? p.columns_end - k : TILE;
            if (b->row_step == b->element.size)
                take_tile(t, b, p.row, p.rows_end, k, n, tile);
            else
                for (size_t i = p.row; i < p.rows_end; i++)
                    for (size_t c = k; c < k + n; c++) take_run(t, b, i, c, 1);
        }
    }
}

/* --- files without chunks ----------------------------------------------------------------------------------------- */

static enum bb_code read_bytes(struct bb_reader *r, int fd, uint64_t offset, unsigned char *out, size_t len, struct bb_err *err)
{
    for (size_t got = 0; got < len;) {
        ssize_t n = pread(fd, out + got, len - got, (off_t)(offset + got));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return bb_fail(err, BB_EIO, "%s: cannot be read: %s", r->path, strerror(errno));
        if (n == 0) return bb_fail(err, BB_EINPUT, "%s: the end of the file is missing; copy or download it again", r->path);
        got += (size_t)n;
    }
    if (fd == r->fd) bytes_read += len;
    return BB_OK;
}

static unsigned char *buffer_of(struct bb_reader *r, size_t size)
{
    if (size > r->buffer_size) {
        free(r->buffer);
        r->buffer = bb_malloc(size);
        r->buffer_size = size;
    }
    return r->buffer;
}

static size_t file_columns(const struct bb_reader *r)
{
    return r->set.size[r->column_axis];
}

static size_t file_rows(const struct bb_reader *r)
{
    return r->set.size[r->row_axis];
}

/* Rows stand one after the other: of each run of selected rows, the span of columns; whole rows several at once. */
static enum bb_code read_row_slabs(struct bb_reader *r, const struct target *t, struct bb_err *err)
{
    size_t size = r->set.length, width = file_columns(r);
    size_t c0 = index_of(&r->column, t->first), c1 = index_of(&r->column, t->first + t->n - 1) + 1, span = (c1 - c0) * size;
    size_t at_once = span == width * size && span < SLAB_BYTES ? SLAB_BYTES / span : 1;
    unsigned char *buffer = buffer_of(r, at_once * span);
    for (size_t row = 0; row < r->row.n;) {
        size_t n = run_length(&r->row, row, r->row.n), file_row = index_of(&r->row, row);
        if (n > at_once) n = at_once;
        enum bb_code code = read_bytes(r, r->fd, r->offset + ((uint64_t)file_row * width + c0) * size, buffer, n * span, err);
        if (code) return code;
        struct box box = {buffer, r->set.element, file_row, n, span, c0, c1 - c0, size};
        take_box(t, &box, r->tile);
        row += n;
    }
    return BB_OK;
}

/* Columns stand one after the other. */
static enum bb_code read_column_slabs(struct bb_reader *r, const struct target *t, struct bb_err *err)
{
    size_t size = r->set.length, height = file_rows(r), line = height * size, end = t->first + t->n;
    size_t at_once = SLAB_BYTES / line > TILE ? SLAB_BYTES / line / TILE * TILE : TILE;
    unsigned char *buffer = buffer_of(r, at_once * line);
    for (size_t column = t->first; column < end;) {
        size_t n = run_length(&r->column, column, end), file_column = index_of(&r->column, column);
        if (n > at_once) n = at_once;
        enum bb_code code = read_bytes(r, r->fd, r->offset + (uint64_t)file_column * line, buffer, n * line, err);
        if (code) return code;
        struct box box = {buffer, r->set.element, 0, height, size, file_column, n, line};
        take_box(t, &box, r->tile);
        column += n;
    }
    return BB_OK;
}

/* --- chunks ------------------------------------------------------------------------------------------------------- */

static struct box box_of(const struct bb_reader *r, const struct bb_chunk *chunk)
{
    size_t step[H5S_MAX_RANK], n = r->chunks.element.size;
    const unsigned char *data = chunk->data;
    for (size_t i = r->set.rank; i-- > 0;) {
        step[i] = n;
        n *= chunk->size[i];
        if (i != r->row_axis && i != r->column_axis) data += (r->at[i] - (size_t)chunk->first[i]) * step[i];
    }
    size_t ra = r->row_axis, ca = r->column_axis;
    size_t rows = file_rows(r) - (size_t)chunk->first[ra], columns = file_columns(r) - (size_t)chunk->first[ca];
    return (struct box){data,
                        r->chunks.element,
                        (size_t)chunk->first[ra],
                        rows < chunk->size[ra] ? rows : chunk->size[ra],
                        step[ra],
                        (size_t)chunk->first[ca],
                        columns < chunk->size[ca] ? columns : chunk->size[ca],
                        step[ca]};
}

static enum bb_code use_chunk(void *ctx, void *scratch, const struct bb_chunk *chunk, struct bb_err *err)
{
    const struct target *t = ctx;
    struct box box = box_of(t->reader, chunk);
    (void)err;
    take_box(t, &box, scratch);
    return BB_OK;
}

/* The first indices along an axis of the chunks that have selected ones of first … end − 1. Heap. */
static hsize_t *chunk_starts(const struct selection *s, size_t first, size_t end, size_t size, size_t *n)
{
    hsize_t *start = bb_malloc((end - first + 1) * sizeof *start);
    *n = 0;
    for (size_t i = first; i < end;) {
        size_t chunk = index_of(s, i) / size;
        start[(*n)++] = (hsize_t)chunk * size;
        i = first_from(s, (chunk + 1) * size);
    }
    return start;
}

/* Chunks of all selected rows and the columns, as bb_chunks_run wants them: the slower axis of the file outside. Heap. */
static hsize_t *list_chunks(const struct bb_reader *r, size_t first, size_t end, size_t *n)
{
    size_t n_rows, n_columns, rank = r->set.rank;
    hsize_t *row = chunk_starts(&r->row, 0, r->row.n, r->chunks.size[r->row_axis], &n_rows);
    hsize_t *column = chunk_starts(&r->column, first, end, r->chunks.size[r->column_axis], &n_columns);
    bool rows_outside = r->row_axis < r->column_axis;
    size_t inside = rows_outside ? n_columns : n_rows;
    *n = n_rows * n_columns;
    hsize_t *list = bb_calloc(*n * rank + 1, sizeof *list);
    for (size_t k = 0; k < *n; k++) {
        hsize_t *at = list + k * rank;
        for (size_t i = 0; i < rank; i++) at[i] = r->at[i] / r->chunks.size[i] * r->chunks.size[i];
        at[r->row_axis] = row[rows_outside ? k / inside : k % inside];
        at[r->column_axis] = column[rows_outside ? k % inside : k / inside];
    }
    free(row);
    free(column);
    return list;
}

static enum bb_code run_chunks(struct bb_reader *r, size_t first, size_t end, bb_chunk_use *use, void *ctx, size_t scratch_size,
                               struct bb_err *err)
{
    struct bb_chunk_run run = {.chunks = &r->chunks, .threads = n_threads, .use = use, .ctx = ctx, .scratch_size = scratch_size};
    hsize_t *list = list_chunks(r, first, end, &run.n);
    run.first = list;
    enum bb_code code = bb_chunks_run(&run, err);
    bytes_read += run.stored;
    free(list);
    return code;
}

static enum bb_code read_chunks(struct bb_reader *r, struct target *t, struct bb_err *err)
{
    return run_chunks(r, t->first, t->first + t->n, use_chunk, t, TILE * r->chunks.size[r->row_axis] * sizeof(double), err);
}

/* --- the scratch file --------------------------------------------------------------------------------------------- */

/*
 * Blocks one after the other; in each, the rows of its columns: of selected rows and columns only, as floats where these have
 * all values of the file, else as doubles, fill values and scaling not yet applied.
 */
static struct bb_element scratch_element(const struct bb_reader *r)
{
    return bb_element_fits_float(r->chunks.element) ? bb_element_float : bb_element_double;
}

static size_t block_begin(const struct bb_reader *r, size_t block)
{
    return block ? r->block[block - 1] : 0;
}

static uint64_t scratch_offset(const struct bb_reader *r, size_t block, size_t row)
{
    size_t begin = block_begin(r, block), width = r->block[block] - begin;
    return ((uint64_t)begin * r->row.n + (uint64_t)row * width) * scratch_element(r).size;
}

static enum bb_code make_scratch(struct bb_reader *r, struct bb_err *err)
{
    char name[4096];
    snprintf(name, sizeof name, "%s/brainboard-XXXXXX", bb_temporary());
    r->scratch = mkstemp(name);
    if (r->scratch < 0)
        return bb_fail(err, BB_EIO, "%s: no scratch file can be made: %s (TMPDIR names another folder)", r->path, strerror(errno));
    unlink(name);
    return BB_OK;
}

static enum bb_code write_scratch(const struct bb_reader *r, const void *data, size_t len, uint64_t offset, struct bb_err *err)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = pwrite(r->scratch, (const char *)data + done, len - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            return bb_fail(err, BB_EIO, "%s: its scratch file cannot be written: %s (TMPDIR names another folder)", r->path,
                           strerror(errno));
        done += (size_t)n;
    }
    return BB_OK;
}

/* Part of a row as elements of the scratch file. */
static void to_scratch(const struct bb_reader *r, const struct box *b, size_t row, size_t column, size_t n, double *line,
                       unsigned char *out)
{
    const unsigned char *from = b->data + (index_of(&r->row, row) - b->row0) * b->row_step;
    struct bb_element e = scratch_element(r);
    for (size_t k = 0, len; k < n; k += len) {
        len = run_length(&r->column, column + k, column + n);
        if (b->column_step != b->element.size) len = 1;
        bb_element_convert(b->element, from + (index_of(&r->column, column + k) - b->column0) * b->column_step, len, line + k);
    }
    if (e.size == 8) {
        memcpy(out, line, n * sizeof *line);
        return;
    }
    for (size_t k = 0; k < n; k++) {
        float x = (float)line[k];
        memcpy(out + k * sizeof x, &x, sizeof x);
    }
}

static enum bb_code spill_block(const struct bb_reader *r, const struct box *b, const struct part *p, size_t block, void *scratch,
                                struct bb_err *err)
{
    size_t begin = block_begin(r, block), end = r->block[block], size = scratch_element(r).size;
    size_t column = p->column > begin ? p->column : begin, n = (p->columns_end < end ? p->columns_end : end) - column;
    double *line = scratch;
    unsigned char *rows = (unsigned char *)(line + n);
    size_t at_once =
        column == begin && begin + n == end ? SLAB_BYTES / (n * size) + 1 : 1; /* whole rows of the block are written together */
    for (size_t row = p->row; row < p->rows_end;) {
        size_t some = p->rows_end - row < at_once ? p->rows_end - row : at_once;
        for (size_t i = 0; i < some; i++) to_scratch(r, b, row + i, column, n, line, rows + i * n * size);
        enum bb_code code = write_scratch(r, rows, some * n * size, scratch_offset(r, block, row) + (column - begin) * size, err);
        if (code) return code;
        row += some;
    }
    return BB_OK;
}

static size_t block_of(const struct bb_reader *r, size_t column)
{
    size_t low = 0, high = r->n_blocks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->block[middle] <= column)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum bb_code spill_chunk(void *ctx, void *scratch, const struct bb_chunk *chunk, struct bb_err *err)
{
    const struct bb_reader *r = ctx;
    struct box box = box_of(r, chunk);
    struct part p = part_of(r, &box, 0, r->column.n);
    if (p.row >= p.rows_end || p.column >= p.columns_end) return BB_OK;
    for (size_t block = block_of(r, p.column); block < r->n_blocks && block_begin(r, block) < p.columns_end; block++) {
        enum bb_code code = spill_block(r, &box, &p, block, scratch, err);
        if (code) return code;
    }
    return BB_OK;
}

static size_t widest_block(const struct bb_reader *r)
{
    size_t widest = 0;
    for (size_t i = 0; i < r->n_blocks; i++)
        if (r->block[i] - block_begin(r, i) > widest) widest = r->block[i] - block_begin(r, i);
    return widest;
}

static enum bb_code spill(struct bb_reader *r, struct bb_err *err)
{
    enum bb_code code = make_scratch(r, err);
    if (!code) code = run_chunks(r, 0, r->column.n, spill_chunk, r, 2 * widest_block(r) * sizeof(double) + SLAB_BYTES, err);
    if (!code || r->scratch < 0) return code;
    close(r->scratch);
    r->scratch = -1;
    return code;
}

static enum bb_code unspill_block(struct bb_reader *r, const struct target *t, size_t block, struct bb_err *err)
{
    size_t begin = block_begin(r, block), end = r->block[block], size = scratch_element(r).size;
    size_t column = t->first > begin ? t->first : begin, last = t->first + t->n < end ? t->first + t->n : end, n = last - column;
    size_t at_once = n == end - begin ? SLAB_BYTES / (n * size) + 1 : 1;
    unsigned char *rows = buffer_of(r, at_once * n * size);
    for (size_t row = 0; row < r->row.n;) {
        size_t some = r->row.n - row < at_once ? r->row.n - row : at_once;
        enum bb_code code =
            read_bytes(r, r->scratch, scratch_offset(r, block, row) + (column - begin) * size, rows, some * n * size, err);
        if (code) return code;
        for (size_t i = 0; i < some; i++) {
            double *to = t->out + (row + i) * t->stride + (column - t->first);
            bb_element_convert(scratch_element(r), rows + i * n * size, n, to);
            bb_scaling_apply(&r->scaling, to, n);
        }
        row += some;
    }
    return BB_OK;
}

static enum bb_code read_spilled(struct bb_reader *r, const struct target *t, struct bb_err *err)
{
    enum bb_code code = r->scratch < 0 ? spill(r, err) : BB_OK;
    for (size_t block = block_of(r, t->first); !code && block < r->n_blocks && block_begin(r, block) < t->first + t->n; block++)
        code = unspill_block(r, t, block, err);
    return code;
}

/* --- the reader --------------------------------------------------------------------------------------------------- */

size_t bb_reader_block_end(const struct bb_reader *reader, size_t column)
{
    return column < reader->column.n ? reader->block[block_of(reader, column)] : reader->column.n;
}

enum bb_code bb_reader_read(struct bb_reader *reader, size_t first, size_t n, double *out, size_t stride, struct bb_err *err)
{
    struct target target = {reader, first, n, out, stride};
    if (!n || !reader->row.n) return BB_OK;
    bb_h5_lock_down();
    if (reader->wide) return read_spilled(reader, &target, err);
    if (!reader->contiguous) return read_chunks(reader, &target, err);
    return reader->row_axis < reader->column_axis ? read_row_slabs(reader, &target, err)
                                                  : read_column_slabs(reader, &target, err);
}

/* Blocks of about BLOCK_BYTES that end where a chunk does. */
static void make_blocks(struct bb_reader *r)
{
    size_t rows = r->row.n ? r->row.n : 1, most = BLOCK_BYTES / sizeof(double) / rows;
    size_t unit = r->contiguous || r->wide ? 1 : r->chunks.size[r->column_axis], cap = 0;
    if (!most) most = 1;
    for (size_t column = 0; column < r->column.n;) {
        size_t end = column;
        for (;;) { /* chunk by chunk, at least one */
            size_t chunk = index_of(&r->column, end) / unit, next = first_from(&r->column, (chunk + 1) * unit);
            if (end > column && next - column > most) break;
            end = next;
            if (end >= r->column.n || end - column >= most) break;
        }
        r->block = bb_grow(r->block, &cap, r->n_blocks + 1, sizeof *r->block);
        r->block[r->n_blocks++] = column = end;
    }
}

/* A dataset without chunks and filters, of which HDF5 says where it lies. */
static bool find_contiguous(struct bb_reader *r)
{
    int *fd = NULL;
    if (r->set.layout != H5D_CONTIGUOUS || !r->set.element.kind || r->set.n_filters) return false;
    haddr_t offset = H5Dget_offset(r->set.id);
    if (offset == HADDR_UNDEF || H5Fget_vfd_handle(r->file, H5P_DEFAULT, (void **)&fd) < 0 || !fd) return false;
    for (size_t i = 0; i < r->set.rank; i++)
        if (i != r->row_axis && i != r->column_axis && r->set.size[i] != 1) return false;
    r->offset = offset;
    r->fd = *fd;
    return true;
}

static enum bb_code find_storage(struct bb_reader *r, struct bb_err *err)
{
    r->contiguous = find_contiguous(r);
    if (r->contiguous) return BB_OK;
    enum bb_code code = bb_chunks_open(&r->set, &r->chunks, err);
    if (code) return code;
    size_t columns = r->chunks.size[r->column_axis], bytes;
    if (columns > r->column.n) columns = r->column.n;
    r->wide = __builtin_mul_overflow(columns * sizeof(double), r->row.n, &bytes) || bytes > WIDEST_BYTES;
    return BB_OK;
}

enum bb_code bb_reader_new(const struct bb_reader_source *source, struct bb_reader **out, struct bb_err *err)
{
    struct bb_reader *r = bb_calloc(1, sizeof *r);
    *r = (struct bb_reader){.file = source->file, .set = source->set, .fd = -1, .scratch = -1};
    r->row = (struct selection){source->row, source->n_rows};
    r->column = (struct selection){source->column, source->n_columns};
    r->row_axis = source->row_axis;
    r->column_axis = source->column_axis;
    for (size_t i = 0; i < r->set.rank; i++) r->at[i] = source->at[i];
    r->at[r->row_axis] = r->at[r->column_axis] = 0;
    r->path = bb_strdup(source->set.path);
    r->name = bb_strdup(source->set.name);
    r->set.path = r->path;
    r->set.name = r->name;
    r->scaling = bb_h5_scaling(&r->set);
    enum bb_code code = find_storage(r, err);
    r->chunks.set = &r->set;
    if (!code) {
        make_blocks(r);
        r->tile = bb_malloc(TILE * (file_rows(r) + 1) * sizeof *r->tile);
        *out = r;
    } else {
        bb_reader_free(r);
    }
    return code;
}

void bb_reader_free(struct bb_reader *reader)
{
    if (!reader) return;
    bb_h5_lock_down();
    bb_h5_set_close(&reader->set);
    bb_h5_close(reader->file);
    if (reader->scratch >= 0) close(reader->scratch);
    free(reader->path);
    free(reader->name);
    free(reader->row.index);
    free(reader->column.index);
    free(reader->block);
    free(reader->buffer);
    free(reader->tile);
    free(reader);
}
