#include "render/assets.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MADE_PART "style-8"

struct file {
    const char *name, *path;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

struct files {
    struct file *file;
    size_t n;
};

static enum bb_code list(struct files *files, const char *dir, struct bb_arena *arena, struct bb_err *err)
{
    struct bb_paths paths = {0};
    enum bb_code code = bb_glob(arena, bb_path_join(arena, dir, "*"), &paths, err);
    struct file *file = BB_NEW_ARRAY(arena, files->n + paths.n + 1, struct file);
    if (files->n) memcpy(file, files->file, files->n * sizeof *file);
    files->file = file;
    for (size_t i = 0; code == BB_OK && i < paths.n; i++) {
        if (!bb_is_file(paths.path[i])) continue;
        struct file found = {bb_path_base(paths.path[i]), paths.path[i]};
        size_t at = 0;
        while (at < files->n && strcmp(files->file[at].name, found.name) != 0) at++;
        files->file[at] = found;
        files->n += at == files->n;
    }
    return code;
}

static enum bb_code publish(struct bb_assets *out, const char *name, const struct bb_buf *bytes, struct bb_staging *staging,
                            struct bb_arena *arena, struct bb_err *err)
{
    char digest[BB_SHA256_TEXT];
    const char *dot = strrchr(name, '.');
    int stem = dot ? (int)(dot - name) : (int)strlen(name);
    bb_sha256_text(bb_buf_text(bytes), bytes->len, digest);
    const char *path = bb_arena_printf(arena, "assets/%.*s-%.8s%s", stem, name, digest, dot ? dot : "");
    out->asset[out->n++] = (struct bb_asset){name, bb_arena_printf(arena, "%s%s", out->up ? out->up : "", path)};
    return bb_staging_has(staging, path) ? BB_OK : bb_staging_add(staging, path, bb_buf_text(bytes), bytes->len, err);
}

static bool is_style_part(const char *name)
{
    return bb_starts_with(name, "style-") && bb_ends_with(name, ".css");
}

static enum bb_code add_all(struct bb_assets *out, const struct files *files, const char *made, struct bb_buf *style, struct bb_buf *bytes,
                            struct bb_staging *staging, struct bb_arena *arena, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; code == BB_OK && i < files->n; i++) {
        if (made && is_style_part(files->file[i].name) && strcmp(files->file[i].name, MADE_PART) > 0) {
            bb_buf_puts(style, made);
            made = NULL;
        }
        code = bb_file_read(files->file[i].path, 0, bytes, err);
        if (code != BB_OK) break;
        if (is_style_part(files->file[i].name))
            bb_buf_add(style, bb_buf_text(bytes), bytes->len);
        else
            code = publish(out, files->file[i].name, bytes, staging, arena, err);
    }
    if (made) bb_buf_puts(style, made);
    if (code == BB_OK) code = publish(out, BB_STYLESHEET, style, staging, arena, err);
    return code;
}

enum bb_code bb_assets_add(struct bb_assets *out, const char *home, const char *override, const char *made, struct bb_staging *staging,
                           struct bb_arena *arena, struct bb_err *err)
{
    struct files files = {0};
    struct bb_buf style = BB_BUF_INIT, bytes = BB_BUF_INIT;
    enum bb_code code = list(&files, bb_path_join(arena, home, "assets"), arena, err);
    if (code == BB_OK) code = list(&files, bb_path_join(arena, home, "data/export"), arena, err); /* the programs of the participate page */
    if (code == BB_OK && override) code = list(&files, override, arena, err);
    if (code == BB_OK) {
        qsort(files.file, files.n, sizeof files.file[0], by_name);
        *out = (struct bb_assets){BB_NEW_ARRAY(arena, files.n + 1 + BB_ASSETS_MADE, struct bb_asset), 0, out->up};
        code = add_all(out, &files, made, &style, &bytes, staging, arena, err);
    }
    bb_buf_release(&style);
    bb_buf_release(&bytes);
    return code;
}

enum bb_code bb_assets_add_made(struct bb_assets *out, const char *name, const void *data, size_t len, struct bb_staging *staging,
                                struct bb_arena *arena, const char **path, struct bb_err *err)
{
    const struct bb_buf bytes = {.data = (char *)(uintptr_t)data, .len = len};
    enum bb_code code = publish(out, name, &bytes, staging, arena, err);
    *path = out->asset[out->n - 1].path;
    return code;
}

const char *bb_assets_path(const struct bb_assets *assets, const char *name)
{
    for (size_t i = 0; i < assets->n; i++)
        if (bb_streq(assets->asset[i].name, name)) return assets->asset[i].path;
    bb_die("The folder assets has no %s.", name);
}
