#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "metric/recording.h"

static const char *const kinds[] = {
    "none", "shuffle", "stratified_shuffle", "kfold", "stratified_kfold", "group_kfold", "test_only", "given", NULL};

static const long NOT_GIVEN = -1;

static const struct bb_field fields[] = {
    {.key = "kind", .kind = BB_FIELD_CHOICE, .offset = offsetof(struct bb_split_spec, kind), .absent = -1, .choices = kinds},
    {.key = "splits",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct bb_split_spec, splits),
     .absent = -1,
     .min = 1,
     .max = 10000},
    {.key = "train", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct bb_split_spec, train), .min = 0, .max = 1},
    {.key = "test", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct bb_split_spec, test), .min = 0, .max = 1},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct bb_split_spec, seed), .absent = -1, .max = 4294967295.},
    {.key = "on", .kind = BB_FIELD_TEXT, .offset = offsetof(struct bb_split_spec, on)},
    {.key = "by", .kind = BB_FIELD_TEXT, .offset = offsetof(struct bb_split_spec, by)},
    {.key = "disjoint", .kind = BB_FIELD_TEXT, .offset = offsetof(struct bb_split_spec, disjoint)},
};
enum { N_FIELDS = sizeof fields / sizeof fields[0] };

static bool has_shares(int kind)
{
    return kind == BB_SPLIT_SHUFFLE || kind == BB_SPLIT_STRATIFIED_SHUFFLE || kind == BB_SPLIT_TEST_ONLY;
}

static bool is_kfold(int kind)
{
    return kind == BB_SPLIT_KFOLD || kind == BB_SPLIT_STRATIFIED_KFOLD || kind == BB_SPLIT_GROUP_KFOLD;
}

/* What is given replaces the defaults. */
static void overlay(const struct bb_split_spec *given, struct bb_split_spec *out)
{
    if (given->kind >= 0) out->kind = given->kind;
    if (given->splits != NOT_GIVEN) out->splits = given->splits;
    if (given->seed != NOT_GIVEN) out->seed = given->seed;
    if (given->on) out->on = given->on;
    if (given->by) out->by = given->by;
    if (given->disjoint) out->disjoint = given->disjoint;
    if (isnan(given->train) && isnan(given->test)) return;
    out->train = given->train;
    out->test = given->test;
}

static void check(const struct bb_json *json, const struct bb_split_spec *given, const struct bb_split_spec *spec,
                  struct bb_diags *diags)
{
    const char *kind = kinds[spec->kind];
    bool shares = !isnan(given->train) || !isnan(given->test);
    if (shares && !has_shares(spec->kind))
        bb_diag_add(diags, BB_ERROR, json->place,
                    "\"train\" and \"test\" are shares of rows, which a split of kind \"%s\" does not have", kind);
    else if (given->train == 0 || given->train == 1 || given->test == 0 || given->test == 1)
        bb_diag_add(diags, BB_ERROR, json->place, "\"train\" and \"test\" of a split must be more than 0 and less than 1");
    else if (given->train + given->test > 1)
        bb_diag_add(diags, BB_ERROR, json->place, "\"train\" and \"test\" of a split must not be more than 1 together");
    if (is_kfold(spec->kind) && spec->splits < 2)
        bb_diag_add(diags, BB_ERROR, json->place, "a split of kind \"%s\" needs at least 2 \"splits\"", kind);
    if ((spec->kind == BB_SPLIT_STRATIFIED_SHUFFLE || spec->kind == BB_SPLIT_STRATIFIED_KFOLD) && !spec->by)
        bb_diag_add(diags, BB_ERROR, json->place,
                    "a split of kind \"%s\" needs \"by\": the coordinate whose values are spread evenly", kind);
    if ((spec->kind == BB_SPLIT_SHUFFLE || spec->kind == BB_SPLIT_KFOLD) && given->by)
        bb_diag_add(diags, BB_ERROR, json->place, "\"by\" has no meaning for a split of kind \"%s\"; \"stratified_%s\" has it",
                    kind, kind);
}

void bb_split_read(const struct bb_json *json, struct bb_split_spec *out, struct bb_arena *arena, struct bb_diags *diags)
{
    struct bb_split_spec given;
    if (!json) return;
    if (!bb_fields_read(json, "split of the metric", fields, N_FIELDS, &given, arena, diags)) return;
    overlay(&given, out);
    check(json, &given, out, diags);
}

/*
 * Folds.
 */
static enum bb_code labels_without_gaps(const struct bb_recording *recording, const char *coord, struct bb_arena *arena,
                                        const int32_t **out, size_t *n_labels, struct bb_err *err)
{
    enum bb_code rc = bb_recording_labels(recording, coord, arena, out, n_labels, err);
    for (size_t i = 0; !rc && i < recording->n; i++)
        if ((*out)[i] < 0)
            return bb_fail(err, BB_EINPUT, "stimulus \"%s\" of the recording has no \"%s\"", recording->stimulus[i], coord);
    return rc;
}

static void whole(size_t n, struct bb_arena *arena, struct bb_folds *out)
{
    size_t *row = BB_NEW_ARRAY(arena, n, size_t);
    for (size_t i = 0; i < n; i++) row[i] = i;
    out->fold = BB_NEW(arena, struct bb_fold);
    out->fold[0] = (struct bb_fold){.train = row, .test = row, .n_train = 0, .n_test = n};
    out->n = 1;
}

static const char *on_coord(const struct bb_split_spec *spec)
{
    return spec->on ? spec->on : "stimulus_id";
}

/* The rows as they are drawn. */
static enum bb_code draw(const struct bb_split_spec *spec, const struct bb_recording *recording, struct bb_arena *arena,
                         struct bb_folds *out, struct bb_err *err)
{
    const int32_t *label = NULL;
    const char *by = spec->by;
    size_t n = recording->n, n_labels = 0, splits = (size_t)spec->splits;
    uint32_t seed = (uint32_t)spec->seed;
    struct bb_share share = {spec->train, spec->test};
    if (spec->kind == BB_SPLIT_SHUFFLE || spec->kind == BB_SPLIT_KFOLD) by = NULL;
    if (spec->kind == BB_SPLIT_GROUP_KFOLD && !by) by = on_coord(spec);
    enum bb_code rc = by ? labels_without_gaps(recording, by, arena, &label, &n_labels, err) : BB_OK;
    if (rc) return rc;
    switch ((enum bb_split_kind)spec->kind) {
    case BB_SPLIT_KFOLD:
        return bb_kfold(n, splits, seed, arena, out, err);
    case BB_SPLIT_STRATIFIED_KFOLD:
        return bb_stratified_kfold(label, n, n_labels, splits, seed, arena, out, err);
    case BB_SPLIT_GROUP_KFOLD:
        return bb_group_kfold(label, n, n_labels, splits, seed, arena, out, err);
    case BB_SPLIT_SHUFFLE:
    case BB_SPLIT_STRATIFIED_SHUFFLE:
    case BB_SPLIT_TEST_ONLY:
        if (label) return bb_stratified_shuffle_split(label, n, n_labels, splits, share, seed, arena, out, err);
        return bb_shuffle_split(n, splits, share, seed, arena, out, err);
    case BB_SPLIT_NONE:
    case BB_SPLIT_GIVEN:
        break;
    }
    whole(n, arena, out);
    return BB_OK;
}

/* All rows whose value is that of a row that was drawn. */
static const size_t *rows_of_values(const size_t *drawn, size_t n_drawn, const int32_t *value, size_t n_values, size_t n,
                                    struct bb_arena *arena, size_t *n_rows)
{
    bool *chosen = BB_NEW_ARRAY(arena, n_values, bool);
    size_t *row = BB_NEW_ARRAY(arena, n, size_t);
    for (size_t i = 0; i < n_drawn; i++) chosen[value[drawn[i]]] = true;
    *n_rows = 0;
    for (size_t i = 0; i < n; i++)
        if (chosen[value[i]]) row[(*n_rows)++] = i;
    return row;
}

/* Takes rows to train on out of the folds that share a value of the coordinate with the test part. */
static enum bb_code keep_disjoint(const char *name, const struct bb_recording *recording, struct bb_arena *arena,
                                  struct bb_folds *folds, struct bb_err *err)
{
    const int32_t *value;
    size_t n_values;
    const struct bb_coord *coord = bb_assembly_coord(recording->assembly, name);
    enum bb_code rc = bb_recording_labels(recording, name, arena, &value, &n_values, err);
    if (rc) return rc;
    struct bb_groups groups = bb_coord_groups(coord, arena);
    for (size_t s = 0; s < folds->n; s++) {
        struct bb_fold *fold = &folds->fold[s];
        bool *taken = BB_NEW_ARRAY(arena, n_values + 1, bool);
        size_t *train = BB_NEW_ARRAY(arena, fold->n_train + 1, size_t), n = 0;
        for (size_t i = 0; i < fold->n_test; i++) {
            size_t row = fold->test[i];
            if (value[row] >= 0 && !bb_streq(groups.name[groups.group[recording->example[row]]], "0")) taken[value[row]] = true;
        }
        for (size_t i = 0; i < fold->n_train; i++)
            if (value[fold->train[i]] < 0 || !taken[value[fold->train[i]]]) train[n++] = fold->train[i];
        fold->train = train;
        fold->n_train = n;
    }
    return BB_OK;
}

static enum bb_code split_by_values(const struct bb_split_spec *spec, const struct bb_recording *recording,
                                    struct bb_arena *arena, struct bb_folds *out, struct bb_err *err)
{
    const int32_t *value;
    size_t n_values;
    enum bb_code rc = draw(spec, recording, arena, out, err);
    if (rc) return bb_err_wrap(err, rc, "the split of the recording's %zu stimuli", recording->n);
    if (bb_streq(on_coord(spec), "stimulus_id")) return BB_OK;
    rc = labels_without_gaps(recording, on_coord(spec), arena, &value, &n_values, err);
    if (rc || n_values == recording->n) return rc;
    for (size_t s = 0; s < out->n; s++) {
        struct bb_fold *fold = &out->fold[s];
        fold->train = rows_of_values(fold->train, fold->n_train, value, n_values, recording->n, arena, &fold->n_train);
        fold->test = rows_of_values(fold->test, fold->n_test, value, n_values, recording->n, arena, &fold->n_test);
    }
    return BB_OK;
}

enum bb_code bb_split_folds(const struct bb_split_spec *spec, const struct bb_recording *recording, struct bb_arena *arena,
                            struct bb_folds *out, struct bb_err *err)
{
    enum bb_code rc = split_by_values(spec, recording, arena, out, err);
    if (rc || !spec->disjoint || spec->kind == BB_SPLIT_NONE || spec->kind == BB_SPLIT_GIVEN || spec->kind == BB_SPLIT_TEST_ONLY)
        return rc;
    return keep_disjoint(spec->disjoint, recording, arena, out, err);
}

const char *const *bb_split_labels(size_t n, struct bb_arena *arena)
{
    const char **label = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++) label[i] = bb_arena_printf(arena, "%zu", i);
    return label;
}
