#include "given_data.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

const char *given_path(struct bb_arena *arena, const char *name)
{
    for (const char *folders = getenv("BRAINBOARD_DATA"), *end; folders && *folders; folders = *end ? end + 1 : end) {
        end = folders + strcspn(folders, ":");
        const char *path = bb_path_join(arena, bb_arena_strndup(arena, folders, (size_t)(end - folders)), name);
        if (bb_is_file(path)) return path;
    }
    printf("# skipped: no %s in BRAINBOARD_DATA\n", name);
    return NULL;
}

const struct bb_json *given_json(struct bb_arena *arena, const char *name)
{
    struct bb_diags diags;
    const char *path = given_path(arena, name);
    if (!path) return NULL;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_read(arena, path, (struct bb_place){0}, &diags);
    ck_assert_msg(json != NULL, "%s: %s", path, diags.n ? diags.diag[0].message : "it cannot be read");
    bb_diags_release(&diags);
    return json;
}
