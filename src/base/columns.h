/*
 * Column rules: how the columns of a published table become named coordinates ("Tables as assemblies" of the formats).
 *
 *   "columns": {
 *     "choice": "object_response",                                  a column, by name (case ignored)
 *     "stimulus_id": {"column": "imagename", "match": "_(.+)$"},    the first group of a PCRE2 pattern
 *     "stimulus_id": {"columns": ["story", "zone"], "join": "."},   several columns in one
 *     "subject": {"from": "filename", "match": "_(subject-\\d+)_"}, the name of the file
 *     "species": {"value": "human"},                                the same everywhere
 *     "condition": {"column": "condition", "type": "number", "map": {"NaN": "0"}, "scale": 1, "optional": true},
 *     "stimulus_id": {"column": "stimulus_id", "prefix": "blank/"}  sets that are numbered from 0 each, in one
 *   },
 *   "where": {"condition": {"not": ["0", "0.6"]}, "subject": "s1", "reliability": {"above": 0.3}}
 *                                                                 after the rules: keeps a value, a list or a range, or drops
 *
 * The steps of a rule, in order: take the text (without surrounding blanks), `match`, `map`, `prefix`, `type` (with `scale`, a factor for
 * numbers). Empty, "na" and "NaN" (in any case) are missing values: `match` and `prefix` let them pass, `map` may give them a value (a text that
 * it gives is one even if it is "na"; "" stays missing). Several
 * columns are joined by "." unless `join` says otherwise; one missing part makes the whole missing. An optional column that is absent counts
 * as empty. A column "stimulus_id" is "image_id" where only that exists (older stimulus sets). `where` acts first: what a row that it drops has
 * in its other columns is not looked at.
 * A range, `above` and `below`, leaves its ends out, and what is missing; it is of numbers.
 * The coordinate `value` is what was measured or answered as a number: its type is "number" unless the rule says otherwise. Others are "text".
 * `type` is what makes 0.60 equal 0.6 and True equal true, in the table and in `where` alike.
 */
#ifndef BB_BASE_COLUMNS_H
#define BB_BASE_COLUMNS_H

#include <stdint.h>

#include "base/json.h"
#include "base/text.h"

enum bb_value_type { BB_TYPE_TEXT, BB_TYPE_NUMBER, BB_TYPE_BOOL };

struct bb_pattern;

struct bb_column_rule {
    const char *coord;      /* the coordinate it makes */
    struct bb_place place;  /* where the rule stands, for messages */
    struct bb_texts column; /* columns it is made of; none: from the file name, or a constant */
    const char *join;       /* between several columns */
    bool from_filename;
    const char *constant, *prefix;
    struct bb_pattern *match; /* or NULL */
    struct bb_names map_from; /* map_to[i] replaces map_from.name[i] */
    const char **map_to;
    enum bb_value_type type;
    double scale;
    bool optional; /* a table without the column makes missing values, not an error */
};

struct bb_where_rule {
    const char *coord;
    struct bb_place place;
    bool drop; /* rows with one of the values are dropped; otherwise only they are kept */
    struct bb_names value; /* as bb_format_number writes numbers, "true"/"false", "" for missing */
    bool ranged;           /* instead of values: only numbers above < x < below are kept */
    double above, below;   /* ranged: infinite where not stated */
};

/* Rules as read; patterns and sets of names inside are owned: bb_columns_release, also after an error. Everything else is in the arena. */
struct bb_columns {
    struct bb_column_rule *rule;
    size_t n_rules;
    struct bb_where_rule *where;
    size_t n_where;
};

/* Both objects may be NULL. true when no error was added. A `where` that names a coordinate without a rule is an error, unless there are no rules
   at all: then the coordinates are those of the file (BrainIO), and its values are texts. */
bool bb_columns_read(const struct bb_json *columns, const struct bb_json *where, struct bb_arena *arena, struct bb_diags *diags,
                     struct bb_columns *out);
void bb_columns_release(struct bb_columns *columns);

/* One coordinate of a table: text by number (code[i] indexes level; -1 missing) or numbers (NaN missing). */
struct bb_series {
    const char *name;
    enum bb_value_type type; /* BOOL is kept as text "true" / "false" */
    size_t n, cap;
    int32_t *code;        /* TEXT, BOOL */
    struct bb_names level;
    bool by_size;         /* TEXT that was a number in its file (an id): sorted as a number */
    double *number;      /* NUMBER */
};

/* Rows of one or several files after the rules. Heap-owned: bb_table_release. */
struct bb_table {
    struct bb_series *series; /* one per rule, in the order of the rules */
    size_t n_series;
    size_t n_rows;
    size_t n_read;   /* rows before `where` */
    char *drop_note; /* why `where` dropped the first row it dropped; NULL: it dropped none */
};

void bb_table_init(struct bb_table *table, const struct bb_columns *columns);
void bb_table_release(struct bb_table *table);

/* Appends the rows of one file (its content; `path` is for the file name rule and for messages). Errors name file, line, column and value:
   a column that is not there (with those that are) or is there twice, a value without a match, a text that is not a number, a row of another length;
   an empty file, one that is not text, one without rows. On error the table is as it was. The columns may differ from the file before, their
   coordinates may not. */
enum bb_code bb_table_append(struct bb_table *table, const struct bb_columns *columns, const char *path, const char *text, size_t len,
                             struct bb_err *err) BB_MUST_CHECK;

/* BB_EINPUT when no file had rows that `where` keeps; path is the file, or the first of them. */
enum bb_code bb_table_check_rows(const struct bb_table *table, const char *path, struct bb_err *err) BB_MUST_CHECK;

void bb_series_release(struct bb_series *series); /* of a series taken out of its table */

/*
 * The same rules for values that are not in a text file (store/array_file.h). `text` gives value i of the rule's column number `part`, "" when it is
 * missing. The series is as bb_table_append makes it, blanks around a text included in what is cut off. Errors name the path and the rule's columns.
 */
struct bb_rule_input {
    const char *path;
    size_t n;
    const char *(*text)(void *ctx, size_t part, size_t i);
    void *ctx;
};
enum bb_code bb_rule_apply(const struct bb_column_rule *rule, const struct bb_rule_input *input, struct bb_series *out,
                           struct bb_err *err) BB_MUST_CHECK;

/* keep[i] becomes false where the rule drops value i. Values of the rule are understood as the series' type, whatever type the rule was read for;
   BB_EINPUT when one cannot be. */
enum bb_code bb_where_apply(const struct bb_where_rule *rule, const struct bb_series *series, bool *keep, struct bb_err *err) BB_MUST_CHECK;

/* Only the values whose keep[i] is true; texts that no value has any more are no levels any more. */
void bb_series_select(struct bb_series *series, const bool *keep);

struct bb_series *bb_table_find(const struct bb_table *table, const char *name); /* NULL: none */

#endif
