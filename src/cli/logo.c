#include "cli/logo.h"

#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "render/brand.h"

const char *bb_cli_logo(const struct bb_args *args, struct bb_board *board, const char *dir)
{
    struct bb_buf bytes = BB_BUF_INIT;
    struct bb_err err;
    const char *type = NULL, *path = board->logo;
    board->logo = NULL;
    if (!path || !bb_path_is_inside(path)) return NULL; /* the catalog has complained */
    path = bb_path_join(args->arena, strcmp(dir, ".") == 0 ? "" : dir, path);
    if (bb_file_read(path, BB_LOGO_LIMIT, &bytes, &err) == BB_OK) type = bb_brand_logo_type(path, &bytes, &err);
    bb_buf_release(&bytes);
    if (!type) {
        bb_log_warning("The logo cannot be shown: %s", err.msg);
        return NULL;
    }
    board->logo = bb_arena_printf(args->arena, "logo%s", type);
    return path;
}

enum bb_code bb_cli_logo_copy(const struct bb_args *args, struct bb_board *board, const char *dir, const char *to,
                              struct bb_err *err)
{
    struct bb_buf bytes = BB_BUF_INIT;
    const char *from = bb_cli_logo(args, board, dir);
    if (!from) return BB_OK;
    enum bb_code code = bb_file_read(from, BB_LOGO_LIMIT, &bytes, err);
    if (code == BB_OK) code = bb_file_update(bb_path_join(args->arena, to, board->logo), bytes.data, bytes.len, NULL, err);
    bb_buf_release(&bytes);
    return code;
}
