/*
 * Any file of any bytes gives an assembly or a sentence. HDF5 1.10 itself can crash on a damaged file: such a crash inside the library (its functions on
 * top of the stack) is known, and is why files are read in workers; one in src/ is ours.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "store/array_file.h"
#include "store/gram_file.h"
#include "store/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds) abort();
}

static void must_say(enum bb_code code, const struct bb_err *err, const char *path)
{
    must(code == err->code && strncmp(err->msg, path, strlen(path)) == 0);
    must(bb_utf8_check(err->msg, strlen(err->msg)) == strlen(err->msg));
}

/* Streamed values are the dense ones. */
static void compare(const struct bb_assembly *dense, struct bb_reader *reader)
{
    struct bb_err err = {0};
    size_t rows = bb_reader_rows(reader), columns = bb_reader_columns(reader);
    must(rows == dense->dim[0].size && columns == dense->dim[1].size);
    for (size_t c = 0, end; c < columns; c = end) {
        end = bb_reader_block_end(reader, c);
        must(end > c && end <= columns);
        double *block = calloc(rows * (end - c) + 1, sizeof *block);
        if (!bb_reader_read(reader, c, end - c, block, end - c, &err))
            for (size_t i = 0; i < rows; i++) must(!memcmp(block + i * (end - c), dense->value + i * columns + c, (end - c) * sizeof *block));
        free(block);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[] = "/dev/shm/brainboard-fuzz-XXXXXX"; /* one file, written anew */
    static int fd = -1;
    struct bb_err err = {0};
    struct bb_buf shown = {0};
    struct bb_assembly *dense = NULL, *streamed = NULL;
    struct bb_gram_file *gram = NULL;
    if (fd < 0) fd = mkstemp(path);
    must(fd >= 0 && !ftruncate(fd, 0) && pwrite(fd, data, size, 0) == (ssize_t)size);
    struct bb_array_source source = {.path = path};
    enum bb_code code = bb_array_load(&source, 1 << 24, &dense, &err);
    if (code) must_say(code, &err, path);
    code = bb_array_open(&source, &streamed, &err);
    if (code) must_say(code, &err, path);
    if (dense && streamed && dense->value && dense->n_dims == 2) compare(dense, streamed->reader);
    code = bb_array_show(path, &shown, &err);
    if (code) must_say(code, &err, path);
    if (!code) must(bb_utf8_check(shown.data, shown.len) == shown.len);
    code = bb_gram_file_open(path, &gram, &err);
    if (code) must_say(code, &err, path);
    bb_assembly_free(dense);
    bb_assembly_free(streamed);
    bb_gram_file_free(gram);
    bb_buf_release(&shown);
    return 0;
}
