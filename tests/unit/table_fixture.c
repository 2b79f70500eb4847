#include "table_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct bb_arena *fixture_arena;
char fixture_dir[64];

void fixture_setup(void)
{
    fixture_arena = bb_arena_new(0);
    strcpy(fixture_dir, "/tmp/brainboard-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(fixture_dir));
}

void fixture_teardown(void)
{
    struct bb_err err;
    ck_assert_msg(!bb_remove_tree(fixture_dir, &err), "%s", err.msg);
    bb_arena_free(fixture_arena);
}

static const char *messages(const struct bb_diags *diags)
{
    const char *all = "";
    for (size_t i = 0; i < diags->n; i++) {
        const struct bb_diag *d = &diags->diag[i];
        all =
            bb_arena_printf(fixture_arena, "%s%s:%zu:%zu: %s\n", all, d->place.file, d->place.line, d->place.column, d->message);
    }
    return all;
}

static struct bb_json *parse(const char *name, const char *text, struct bb_diags *diags)
{
    return text ? bb_json_parse(fixture_arena, name, text, strlen(text), diags) : NULL;
}

static const char *read_rules(const char *columns, const char *where, struct bb_columns *out)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    struct bb_json *c = parse("columns", columns, &diags), *w = parse("where", where, &diags);
    bool good = bb_columns_read(c, w, fixture_arena, &diags, out);
    const char *all = messages(&diags);
    ck_assert_int_eq(good, !*all);
    bb_diags_release(&diags);
    return all;
}

struct bb_columns fixture_columns(const char *columns, const char *where)
{
    struct bb_columns out;
    const char *wrong = read_rules(columns, where, &out);
    ck_assert_msg(!*wrong, "%s", wrong);
    return out;
}

const char *fixture_complaints(const char *columns, const char *where)
{
    struct bb_columns out;
    const char *wrong = read_rules(columns, where, &out);
    bb_columns_release(&out);
    return wrong;
}

const char *fixture_file(const char *name, const void *data, size_t len)
{
    struct bb_err err;
    const char *path = bb_path_join(fixture_arena, fixture_dir, name);
    ck_assert_msg(!bb_file_write(path, data, len, &err), "%s", err.msg);
    return path;
}

const char *fixture_text(const char *name, const char *text)
{
    return fixture_file(name, text, strlen(text));
}
