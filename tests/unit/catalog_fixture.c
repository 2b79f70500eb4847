#include "catalog_fixture.h"

#include <check.h>
#include <string.h>

struct bb_diags catalog_diags;

void catalog_setup(void)
{
    fixture_setup();
    bb_diags_init(&catalog_diags);
}

void catalog_teardown(void)
{
    bb_diags_release(&catalog_diags);
    fixture_teardown();
}

static char *swap_quotes(const char *text, char from, char to)
{
    char *copy = bb_arena_strdup(fixture_arena, text);
    for (char *c = copy; (c = strchr(c, from)); c++) *c = to;
    return copy;
}

struct bb_json *catalog_json(const char *text)
{
    const char *strict = swap_quotes(text, '\'', '"');
    struct bb_json *json = bb_json_parse(fixture_arena, "t.json", strict, strlen(strict), &catalog_diags);
    ck_assert_msg(json != NULL, "%s: %s", text, catalog_all_diags());
    return json;
}

const char *catalog_text(const struct bb_json *json)
{
    struct bb_buf out = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &out, 0);
    bb_jw_value(&w, json);
    const char *text = swap_quotes(bb_buf_text(&out), '"', '\'');
    bb_buf_release(&out);
    return text;
}

const char *catalog_all_diags(void)
{
    const char *all = "";
    for (size_t i = 0; i < catalog_diags.n; i++) {
        const struct bb_diag *diag = &catalog_diags.diag[i];
        all = bb_arena_printf(fixture_arena, "%s%s%zu:%zu %s", all, i ? "\n" : "", diag->place.line, diag->place.column,
                              diag->message);
    }
    return all;
}

const char *catalog_only_diag(void)
{
    ck_assert_msg(catalog_diags.n == 1, "%zu diagnostics:\n%s", catalog_diags.n, catalog_all_diags());
    return catalog_all_diags();
}
