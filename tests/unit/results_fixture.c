#include "results_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

struct bb_results *results_of_text(const char *text)
{
    char path[] = "/tmp/bb-results-XXXXXX";
    struct bb_err err = {0};
    struct bb_diags diags;
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    ck_assert_msg(bb_file_write(path, text, strlen(text), &err) == BB_OK, "%s", err.msg);
    bb_diags_init(&diags);
    struct bb_results *results = bb_results_read(path, &diags);
    unlink(path);
    ck_assert_msg(results != NULL, "%s", diags.n ? diags.diag[0].message : "?");
    bb_diags_release(&diags);
    return results;
}
