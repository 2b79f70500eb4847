#include "store/datapath.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

static void add_dir(struct bb_datapath *path, size_t *cap, char *dir, struct bb_arena *arena)
{
    if (path->n == *cap) {
        size_t wider = *cap ? *cap * 2 : 8;
        char **moved = BB_NEW_ARRAY(arena, wider, char *);
        for (size_t i = 0; i < path->n; i++) moved[i] = path->dir[i];
        path->dir = moved;
        *cap = wider;
    }
    path->dir[path->n++] = dir;
}

static void add_list(struct bb_datapath *path, size_t *cap, const char *list, struct bb_arena *arena)
{
    while (list && *list) {
        size_t len = strcspn(list, ":");
        if (len) add_dir(path, cap, bb_arena_strndup(arena, list, len), arena);
        list += len + (list[len] == ':');
    }
}

/* The user's cache; relative values of XDG_CACHE_HOME do not count (XDG base directory specification). */
static char *cache_dir(struct bb_arena *arena)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (cache && *cache == '/') return bb_path_join(arena, cache, "brainboard/data");
    return home && *home ? bb_path_join(arena, home, ".cache/brainboard/data") : NULL;
}

enum bb_code bb_datapath_init(struct bb_datapath *path, const char *const *option, size_t n, struct bb_arena *arena,
                              struct bb_err *err)
{
    size_t cap = 0;
    struct bb_datapath made = {0};
    for (size_t i = 0; i < n; i++) {
        if (!bb_is_dir(option[i])) return bb_fail(err, BB_EUSAGE, "--data %s: there is no such folder", option[i]);
        add_dir(&made, &cap, bb_arena_strdup(arena, option[i]), arena);
    }
    add_list(&made, &cap, getenv("BRAINBOARD_DATA"), arena);
    char *cache = cache_dir(arena);
    if (cache) add_dir(&made, &cap, cache, arena);
    *path = made;
    return BB_OK;
}

/* dir/name as a pattern in which only the name's wildcards are wild: those of dir stand in brackets. */
static char *pattern_below(struct bb_arena *arena, const char *dir, const char *name)
{
    char *literal = BB_NEW_ARRAY(arena, 3 * strlen(dir) + 1, char);
    for (char *end = literal; *dir; dir++) {
        bool wild = strchr("*?[", *dir) != NULL;
        if (wild) *end++ = '[';
        *end++ = *dir;
        if (wild) *end++ = ']';
    }
    return bb_path_join(arena, literal, name);
}

/* The regular files that name means in dir. A name with wildcards may also be a file's own name. */
static enum bb_code match_in(struct bb_arena *arena, const char *dir, const char *name, struct bb_paths *out, struct bb_err *err)
{
    char *path = bb_path_join(arena, dir, name);
    *out = (struct bb_paths){0};
    if (bb_is_file(path)) {
        *out = (struct bb_paths){BB_NEW(arena, char *), 1};
        out->path[0] = path;
        return BB_OK;
    }
    if (!bb_has_glob(name)) return BB_OK;
    struct bb_paths found;
    enum bb_code code = bb_glob(arena, pattern_below(arena, dir, name), &found, err);
    if (code) return code;
    out->path = BB_NEW_ARRAY(arena, found.n, char *);
    for (size_t i = 0; i < found.n; i++)
        if (bb_is_file(found.path[i])) out->path[out->n++] = found.path[i];
    return BB_OK;
}

struct search {
    const struct bb_datapath *path;
    const char *beside;
    struct bb_arena *arena;
};

static enum bb_code not_found(const struct search *s, const char *name, struct bb_err *err)
{
    const char *what = bb_has_glob(name) ? "no file matches" : "there is no file";
    if (*name == '/') return bb_fail(err, BB_EABSENT, "%s \"%s\"", what, name);
    const char *list = *s->beside ? s->beside : ".";
    for (size_t i = 0; i < s->path->n; i++) list = bb_arena_printf(s->arena, "%s, %s", list, s->path->dir[i]);
    return bb_fail(err, BB_EABSENT, "%s \"%s\" in %s; --data DIR or BRAINBOARD_DATA says where data is", what, name, list);
}

/* What stands in dir under the name, when it is there but no file. */
static enum bb_code refuse_other(const struct search *s, const char *dir, const char *name, struct bb_err *err)
{
    const char *path = bb_path_join(s->arena, dir, name);
    struct stat found;
    if (stat(path, &found) == 0)
        return bb_fail(err, BB_EINPUT, "%s: is %s, not a file", path, S_ISDIR(found.st_mode) ? "a folder" : "a device or pipe");
    return errno == ELOOP ? bb_fail(err, BB_EINPUT, "%s: is a link that leads in a circle", path) : BB_OK;
}

/* The first folder that has any match wins. */
static enum bb_code find_name(const struct search *s, const char *name, struct bb_paths *out, struct bb_err *err)
{
    enum bb_code code = match_in(s->arena, s->beside, name, out, err);
    for (size_t i = 0; i < s->path->n && !code && !out->n && *name != '/'; i++)
        code = match_in(s->arena, s->path->dir[i], name, out, err);
    if (code || out->n) return code;
    if ((code = refuse_other(s, s->beside, name, err))) return code;
    for (size_t i = 0; i < s->path->n && *name != '/'; i++)
        if ((code = refuse_other(s, s->path->dir[i], name, err))) return code;
    return not_found(s, name, err);
}

enum bb_code bb_datapath_find(const struct bb_datapath *path, const char *beside, const struct bb_texts *names,
                              struct bb_arena *arena, struct bb_paths *out, struct bb_err *err)
{
    const struct search search = {path, beside, arena};
    enum bb_code code = BB_OK;
    struct bb_names all; /* each file once, though two names mean it */
    bb_names_init(&all);
    for (size_t i = 0; i < names->n && !code; i++) {
        struct bb_paths some;
        code = find_name(&search, names->text[i], &some, err);
        for (size_t k = 0; !code && k < some.n; k++) bb_names_add(&all, some.path[k]);
    }
    if (!code) {
        *out = (struct bb_paths){BB_NEW_ARRAY(arena, all.n, char *), all.n};
        for (size_t i = 0; i < all.n; i++) out->path[i] = bb_arena_strdup(arena, all.name[i]);
    }
    bb_names_release(&all);
    return code;
}
