/*
 * Tables on disk (CSV, TSV, either with .gz) as assemblies.
 */
#ifndef BB_STORE_TABLE_FILE_H
#define BB_STORE_TABLE_FILE_H

#include "store/assembly.h"

/* One set of files that are read by the same rules. */
struct bb_table_source {
    const struct bb_paths *paths;
    const struct bb_columns *columns;
    const char *sha256; /* each file must have this digest when it is one file; NULL: any */
};

#define BB_TABLE_FILE_MAX ((size_t)4 << 30) /* bytes of one table, unpacked */

/* Rows of all sources, one after the other. The sources' rules must make the same coordinates. An empty file, a binary file,
   a file without rows are errors that name it. */
enum bb_code bb_table_files_read(const struct bb_table_source *source, size_t n, struct bb_assembly **out,
                                 struct bb_err *err) BB_MUST_CHECK;

/* The bytes of a table file, unpacked when its name ends in .gz. */
enum bb_code bb_table_file_bytes(const char *path, struct bb_buf *out, struct bb_err *err) BB_MUST_CHECK;

#endif
