/*
 * A fuzz target without libFuzzer: runs each file that is named, so that any compiler and valgrind can go through the corpus.
 */
#include <stdint.h>
#include <stdio.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct bb_buf input = BB_BUF_INIT;
        struct bb_err err = {0};
        if (bb_file_read(argv[i], 0, &input, &err)) {
            fprintf(stderr, "%s\n", err.msg);
            return bb_code_status(err.code);
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bb_buf_text(&input), input.len);
        printf("ok %d - %s\n", i, argv[i]);
        bb_buf_release(&input);
    }
    printf("1..%d\n", argc - 1);
    return 0;
}
