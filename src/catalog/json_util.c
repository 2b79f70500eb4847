#include "catalog/catalog_int.h"

#include <string.h>

#include "base/file.h"

const char *bb_did_you_mean(struct bb_arena *arena, const char *text, const char *const *names, size_t n)
{
    const char *near = bb_nearest(text, names, n);
    return near ? bb_arena_printf(arena, "; did you mean \"%s\"?", near) : "";
}

struct bb_json *bb_json_new_object(struct bb_arena *arena, struct bb_place place, size_t room)
{
    struct bb_json *object = BB_NEW(arena, struct bb_json);
    object->type = BB_JSON_OBJECT;
    object->place = place;
    object->as.list.item = BB_NEW_ARRAY(arena, room, struct bb_json *);
    return object;
}

void bb_json_put(struct bb_json *object, struct bb_json *member)
{
    object->as.list.item[object->as.list.n++] = member;
}

void bb_json_put_text(struct bb_arena *arena, struct bb_json *object, const char *key, const char *text)
{
    struct bb_json *member = BB_NEW(arena, struct bb_json);
    *member =
        (struct bb_json){.type = BB_JSON_TEXT, .place = object->place, .key_place = object->place, .key = key, .as.text = text};
    bb_json_put(object, member);
}

/* An empty object with the name and the places of another. */
static struct bb_json *new_like(const struct bb_json *object, struct bb_arena *arena)
{
    struct bb_json *copy = bb_json_new_object(arena, object->place, object->as.list.n);
    copy->key = object->key;
    copy->key_place = object->key_place;
    return copy;
}

struct bb_json *bb_json_without(const struct bb_json *object, const char *key, struct bb_arena *arena)
{
    struct bb_json *copy = new_like(object, arena);
    for (size_t i = 0; i < object->as.list.n; i++)
        if (strcmp(object->as.list.item[i]->key, key) != 0) bb_json_put(copy, object->as.list.item[i]);
    return copy;
}

struct bb_json *bb_json_only(const struct bb_json *object, const struct bb_field *field, size_t n, struct bb_arena *arena)
{
    struct bb_json *copy = new_like(object, arena);
    for (size_t i = 0; i < object->as.list.n; i++)
        for (size_t k = 0; k < n; k++)
            if (strcmp(object->as.list.item[i]->key, field[k].key) == 0) bb_json_put(copy, object->as.list.item[i]);
    return copy;
}

const char *bb_json_id(const struct bb_json *object)
{
    const struct bb_json *id = bb_json_member(object, "id");
    return id && id->type == BB_JSON_TEXT && *id->as.text ? id->as.text : NULL;
}

void bb_check_inside(const struct bb_json *json, const char *what, const char *path, struct bb_diags *diags)
{
    if (!bb_path_is_inside(path))
        bb_diag_add(diags, BB_ERROR, json->place, "%s: \"%s\" leads out of its folder; put the file beside the one that names it",
                    what, path);
}
