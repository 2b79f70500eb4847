#include "cli/samples.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

enum { PICTURE_LIMIT = 32 << 20, DIGITS_SHOWN = 12, PNG_HEAD = 24 };

static size_t be32(const char *at)
{
    size_t value = 0;
    for (int i = 0; i < 4; i++) value = value << 8 | (unsigned char)at[i];
    return value;
}

/* Whether the bytes are a picture that browsers show and that can hold no script; its size where it is easily had. */
static bool is_picture(const struct bb_buf *bytes, struct bb_picture *out)
{
    if (bytes->len >= PNG_HEAD && memcmp(bytes->data, "\x89PNG\r\n\x1a\n", 8) == 0) {
        out->width = be32(bytes->data + 16);
        out->height = be32(bytes->data + 20);
        return true;
    }
    return bytes->len >= 4 && memcmp(bytes->data, "\xff\xd8\xff", 3) == 0;
}

/* *out is the picture at path, under the name that it is published by when `name` is NULL. */
static enum bb_code read_picture(const char *path, const char *name, struct bb_arena *arena, struct bb_picture *out,
                                 struct bb_err *err)
{
    struct bb_buf bytes = BB_BUF_INIT;
    char digest[BB_SHA256_TEXT];
    *out = (struct bb_picture){.name = name, .path = path};
    enum bb_code code = bb_file_read(path, PICTURE_LIMIT, &bytes, err);
    if (!code && !is_picture(&bytes, out)) code = bb_fail(err, BB_EINPUT, "%s: is no PNG or JPEG picture", path);
    if (!code && !name) {
        bb_sha256_text(bytes.data, bytes.len, digest);
        out->name = bb_arena_printf(arena, "samples/%.*s-%s", DIGITS_SHOWN, digest, bb_id_suggest(arena, bb_path_base(path)));
    }
    bb_buf_release(&bytes);
    return code;
}

struct gathering {
    struct bb_pictures *out;
    struct bb_names names; /* of the pictures so far: many nodes show the same */
    size_t cap;
    struct bb_arena *arena;
};

static void add_picture(struct gathering *g, const struct bb_picture *picture)
{
    if (bb_names_find(&g->names, picture->name) != BB_NAMES_NONE) return;
    bb_names_add(&g->names, picture->name);
    if (g->out->n == g->cap) {
        struct bb_picture *more = BB_NEW_ARRAY(g->arena, g->cap = g->cap ? 2 * g->cap : 16, struct bb_picture);
        if (g->out->n) memcpy(more, g->out->picture, g->out->n * sizeof *more);
        g->out->picture = more;
    }
    g->out->picture[g->out->n++] = *picture;
}

static void take_node(struct gathering *g, struct bb_node *node, struct bb_diags *diags)
{
    struct bb_texts kept = {BB_NEW_ARRAY(g->arena, node->samples.n + 1, const char *), 0};
    for (size_t i = 0; i < node->samples.n; i++) {
        struct bb_picture picture;
        struct bb_err err;
        if (!bb_path_is_inside(node->samples.text[i])) continue; /* an error of the catalog, said there */
        const char *path = bb_path_join(g->arena, bb_streq(node->dir, ".") ? "" : node->dir, node->samples.text[i]);
        if (read_picture(path, NULL, g->arena, &picture, &err)) {
            bb_diag_add(diags, BB_WARNING, node->place, "a sample of \"%s\" cannot be shown: %s", node->id, err.msg);
            continue;
        }
        add_picture(g, &picture);
        kept.text[kept.n++] = picture.name;
    }
    node->samples = kept;
}

struct bb_pictures bb_samples_take(struct bb_catalog *catalog, struct bb_arena *arena, struct bb_diags *diags)
{
    struct bb_pictures out = {0};
    struct gathering g = {.out = &out, .arena = arena};
    bb_names_init(&g.names);
    for (size_t i = 0; i < catalog->tree.n; i++) {
        struct bb_node *node = &catalog->tree.node[i];
        if (node->dir && node->samples.n) take_node(&g, node, diags);
    }
    bb_names_release(&g.names);
    return out;
}

struct bb_pictures bb_cli_samples(const struct bb_args *args, struct bb_catalog *catalog)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    struct bb_pictures pictures = bb_samples_take(catalog, args->arena, &diags);
    (void)bb_cli_report(&diags, false);
    bb_diags_release(&diags);
    return pictures;
}

struct bb_pictures bb_samples_beside(const struct bb_results *results, const char *dir, struct bb_arena *arena)
{
    struct bb_pictures out = {0};
    struct gathering g = {.out = &out, .arena = arena};
    bb_names_init(&g.names);
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_texts *samples = &results->tree.node[i].samples;
        for (size_t k = 0; k < samples->n; k++) {
            struct bb_picture picture;
            if (!bb_starts_with(samples->text[k], "samples/") || !bb_id_valid(samples->text[k] + strlen("samples/"))) continue;
            if (!read_picture(bb_path_join(arena, dir, samples->text[k]), samples->text[k], arena, &picture, NULL))
                add_picture(&g, &picture);
        }
    }
    bb_names_release(&g.names);
    return out;
}

enum bb_code bb_samples_copy(const struct bb_pictures *pictures, const char *dir, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    enum bb_code code = BB_OK;
    for (size_t i = 0; i < pictures->n && !code; i++) {
        const char *to = bb_path_join(arena, dir, pictures->picture[i].name);
        if (!bb_is_file(to)) code = bb_file_copy(pictures->picture[i].path, to, err); /* the name has the digest */
    }
    bb_arena_free(arena);
    return code;
}
