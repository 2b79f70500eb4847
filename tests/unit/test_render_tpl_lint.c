#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "render/tpl_lint.h"

static struct bb_arena *arena;
static char dir[] = "/tmp/bb-lint-XXXXXX";
static struct bb_err err;
static struct bb_diags diags;

static void add(const char *name, const char *text)
{
    ck_assert_int_eq(bb_file_write(bb_path_join(arena, dir, name), text, strlen(text), &err), BB_OK);
}

#define HTML "{{%AUTOESCAPE context=\"HTML\"}}"

static void setup(void)
{
    arena = bb_arena_new(0);
    bb_diags_init(&diags);
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    add("home/board.tpl", HTML "<p>{{TITLE}}</p>{{#ROW}}<b>{{NAME}}</b>{{#TIED}}={{/TIED}}{{#ROW_separator}}, "
                               "{{/ROW_separator}}{{/ROW}}{{CHART_HTML:none}}"
                               "{{>LEGEND}}");
    add("home/legend.tpl", HTML "<p>{{ROOT}}</p>");
}

static void teardown(void)
{
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_diags_release(&diags);
    bb_arena_free(arena);
}

static bool lint(void)
{
    return bb_templates_lint(bb_path_join(arena, dir, "home"), bb_path_join(arena, dir, "own"), &diags);
}

/* A template of a lab in place of board.tpl; where something is said, and part of what; errors end with "!". */
static const struct {
    const char *text;
    size_t line, column;
    const char *message;
} cases[] = {
    {HTML "<h1>{{TITLE}}</h1>{{! a {{comment}} {{#ROW}}{{NAME}}{{TITLE}}{{BOARD_TITLE}}{{BI_NEWLINE}}{{/ROW}}{{>LEGEND}}", 0, 0,
     NULL},
    {HTML "{{#ROW}}{{NAME}}{{#ROW_separator}};{{/ROW_separator}}{{/ROW}}<pre>{{TITLE:pre_escape}}</pre>{{CHART_HTML:none}}", 0, 0,
     NULL},
    {HTML "<a href=\"{{ROOT}}x.html?q={{TITLE:url_query_escape}}\">x</a>", 0, 0, NULL},
    {"<p>{{TITLE}}</p>", 1, 1, "must begin with!"},
    {"\n" HTML "<p>{{TITLE}}</p>", 1, 1, "must begin with!"},
    {HTML "\n<p>é {{TITEL}}</p>", 2, 6, "does not give {{TITEL}} to board.tpl; did you mean {{TITLE}}?!"},
    {HTML "{{#ROWS}}{{/ROWS}}", 1, 31, "{{#ROWS}} to board.tpl; did you mean {{#ROW}}?!"},
    {HTML "{{>LEGENDS}}", 1, 31, "{{>LEGENDS}} to board.tpl; did you mean {{>LEGEND}}?!"},
    {HTML "{{QUITE_ELSE}}", 1, 31, "does not give {{QUITE_ELSE}} to board.tpl!"},
    {HTML "{{ROTO}}", 1, 31, "did you mean {{ROOT}}?!"},
    {HTML "{{title}}", 1, 31, "names are UPPER_CASE!"},
    {HTML "{{TITLE }}", 1, 31, "names are UPPER_CASE!"},
    {HTML "{{TITLE:none}}", 1, 31, "would put text on the page as markup!"},
    {HTML "{{CHART_HTML}}", 1, 31, "write {{CHART_HTML:none}}!"},
    {HTML "{{CHART_HTML:none:h}}", 1, 31, "write {{CHART_HTML:none}}!"},
    {HTML "{{TITLE:pre_escpae}}", 1, 31, "no modifier \":pre_escpae\"; did you mean \":pre_escape\"?!"},
    {HTML "\n\n{{#ROW}}\n", 3, 1, "the section {{#ROW}} is not ended!"},
    {HTML "{{#ROW}}\n{{#TIED}}\n{{/ROW}}{{/TIED}}", 3, 1, "{{/ROW}} where {{#TIED}} of line 2 is still open!"},
    {HTML "{{/ROW}}", 1, 31, "ends a section that was not begun!"},
    {HTML "\n{{TITLE}", 2, 1, "not closed!"},
    {HTML "\n{{TITLE {{NAME}}", 2, 1, "not closed!"},
    {HTML "{{=<% %>=}}", 1, 31, "may not change the delimiters!"},
    {HTML "x{{%AUTOESCAPE context=\"JSON\"}}", 1, 32, "belongs at the beginning, once!"},
    {HTML "{{NAME}}", 1, 31, "the program's board.tpl has it in {{#ROW}}"},
    {HTML "{{#TIED}}{{/TIED}}", 1, 31, "the program's board.tpl has it in {{#ROW}}"},
    {HTML "<a title={{TITLE}}>x</a>", 1, 40, "an attribute without quotes"},
    {HTML "<p>a={{TITLE}}</p>", 0, 0, NULL},
    {HTML "<a {{TITLE}}=\"x\">x</a>", 0, 0, "cannot be read: !"},
};

START_TEST(mistakes)
{
    add("own/board.tpl", cases[_i].text);
    size_t len = cases[_i].message ? strlen(cases[_i].message) : 0;
    bool is_error = len && cases[_i].message[len - 1] == '!';
    ck_assert_int_eq(lint(), !is_error);
    ck_assert_msg((diags.n > 0) == (len > 0), "%s", diags.n ? diags.diag[0].message : "nothing was said");
    if (!len) return;
    ck_assert_msg(strstr(diags.diag[0].message, bb_arena_strndup(arena, cases[_i].message, len - is_error)) != NULL, "%s",
                  diags.diag[0].message);
    ck_assert_uint_eq(diags.diag[0].place.line, cases[_i].line);
    ck_assert_uint_eq(diags.diag[0].place.column, cases[_i].column);
    ck_assert(strstr(diags.diag[0].place.file, cases[_i].line ? "own/board.tpl" : "own") != NULL);
}
END_TEST

START_TEST(all_mistakes_are_told)
{
    add("own/board.tpl", "{{X}}{{Y}}\n{{TITLE:none}}");
    ck_assert(!lint());
    ck_assert_uint_eq(diags.n_errors, 4);
}
END_TEST

START_TEST(a_file_that_overrides_nothing)
{
    add("own/bord.tpl", HTML);
    ck_assert(!lint());
    ck_assert_msg(strstr(diags.diag[0].message, "did you mean board.tpl?") != NULL, "%s", diags.diag[0].message);
}
END_TEST

START_TEST(folders_without_templates)
{
    ck_assert(!lint());
    add("own/README", "x");
    ck_assert_uint_eq(diags.n_warnings, 0);
    ck_assert(lint());
    ck_assert_uint_eq(diags.n_warnings, 1);
}
END_TEST

/* The program's own templates are good ones. */
START_TEST(our_own)
{
    const char *home = bb_path_join(arena, BB_HOME, "templates");
    ck_assert_msg(bb_templates_lint(home, home, &diags), "%s:%zu: %s", diags.diag[0].place.file, diags.diag[0].place.line,
                  diags.diag[0].message);
    ck_assert_uint_eq(diags.n, 0);
}
END_TEST

Suite *suite_render_tpl_lint(void);
Suite *suite_render_tpl_lint(void)
{
    Suite *suite = suite_create("render_tpl_lint");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, mistakes, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, all_mistakes_are_told);
    tcase_add_test(tcase, a_file_that_overrides_nothing);
    tcase_add_test(tcase, folders_without_templates);
    tcase_add_test(tcase, our_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
