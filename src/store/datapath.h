/*
 * Where data files are: beside the file that names them, then on the data path (each --data DIR, each folder of
 * BRAINBOARD_DATA, separated by ':', then $XDG_CACHE_HOME/brainboard/data or ~/.cache/brainboard/data).
 */
#ifndef BB_STORE_DATAPATH_H
#define BB_STORE_DATAPATH_H

#include "base/file.h"
#include "base/json.h"

struct bb_datapath {
    char **dir;
    size_t n;
};

/* `option` are the --data folders in order; the environment adds the rest. Strings are in the arena. BB_EUSAGE when a --data
   folder does not exist. */
enum bb_code bb_datapath_init(struct bb_datapath *path, const char *const *option, size_t n, struct bb_arena *arena,
                              struct bb_err *err) BB_MUST_CHECK;

/* All files that the names (globs allowed) mean, each once; the first folder that has any match of a name wins for that name;
   in the order of the names, globs sorted. An absolute name is looked up as it is. BB_EABSENT names the file and every folder
   that was looked in; BB_EINPUT: there is something of that name, but no file. `beside` is the folder of the file that names
   them. */
enum bb_code bb_datapath_find(const struct bb_datapath *path, const char *beside, const struct bb_texts *names,
                              struct bb_arena *arena, struct bb_paths *out, struct bb_err *err) BB_MUST_CHECK;

#endif
