/*
 * A published table as it stands: the names of its columns and the texts of its cells, without surrounding blanks.
 */
#ifndef BB_CLI_IMPORT_TABLE_H
#define BB_CLI_IMPORT_TABLE_H

#include "base/diag.h"
#include "cli/cli.h"
#include "cli/import_project.h"

struct bb_import_table {
    const char *path;
    const char **column; /* "" for a column without a name */
    size_t n_columns, header_line;
    const char **cell; /* n_rows × n_columns */
    size_t *line;      /* where each row begins */
    size_t n_rows;
};

/* CSV or TSV, with .gz too. Everything is in the arena. Two columns of the same name, a row of another length and a table without rows are errors. */
enum bb_code bb_import_table_read(const char *path, struct bb_arena *arena, struct bb_import_table *out,
                                  struct bb_err *err) BB_MUST_CHECK;

static inline const char *bb_import_cell(const struct bb_import_table *table, size_t row, size_t column)
{
    return table->cell[row * table->n_columns + column];
}

/* Where a row begins, for messages. */
struct bb_place bb_import_row_place(const struct bb_import_table *table, size_t row);

/* The column of that name, case ignored; BB_IMPORT_NONE. */
size_t bb_import_column(const struct bb_import_table *table, const char *name);
/* The same for a name that the user gave: an error in diags names the option, the nearest column and those that are there. */
size_t bb_import_column_given(const struct bb_import_table *table, const char *option, const char *name, struct bb_arena *arena,
                              struct bb_diags *diags);
/* The columns of a list "a,b,c": picked[i] becomes true. NULL is no list. */
void bb_import_columns_listed(const struct bb_import_table *table, const char *option, const char *list, struct bb_arena *arena,
                              struct bb_diags *diags, bool *picked);

/* What the columns of a score list mean. The first two identify a row. */
enum bb_import_role {
    BB_ROLE_MODEL,
    BB_ROLE_BENCHMARK,
    BB_ROLE_SCORE,
    BB_ROLE_RAW,
    BB_ROLE_CEILING,
    BB_ROLE_ERROR,
    BB_ROLE_LAYER,
    BB_ROLE_VERSION,
    BB_ROLE_REGION,
    BB_N_ROLES
};
extern const char *const bb_import_role_names[BB_N_ROLES];

/* role → column or BB_IMPORT_NONE: as --columns and --model-column say, otherwise by the names that such columns commonly have. */
void bb_import_guess(const struct bb_import_table *table, const struct bb_args *args, struct bb_diags *diags,
                     size_t column[BB_N_ROLES]);

/* Reads the table by its layout into the project; problems go to its diags. What was guessed is said. */
void bb_import_long(const struct bb_import_table *table, const struct bb_args *args, struct bb_import *project);
void bb_import_wide(const struct bb_import_table *table, const struct bb_args *args, struct bb_import *project);

#endif
