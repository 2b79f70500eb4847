/*
 * The files of an imported project.
 */
#ifndef BB_CLI_IMPORT_WRITE_H
#define BB_CLI_IMPORT_WRITE_H

#include "cli/import_project.h"

/*
 * Writes the files into dir, which is made. The digests of what was written stand beside them, in .import.sha256: a folder whose files are still as
 * an import left them is written anew; one with other files, or with files that were edited since, is an error, and nothing is touched.
 */
enum bb_code bb_import_write(const struct bb_import *project, const char *dir, struct bb_err *err) BB_MUST_CHECK;

#endif
