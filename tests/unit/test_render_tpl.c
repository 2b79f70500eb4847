#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "render/tpl.h"

static struct bb_arena *arena;
static char dir[] = "/tmp/bb-tpl-XXXXXX";
static struct bb_err err;
static struct bb_buf out;

static void setup(void)
{
    arena = bb_arena_new(0);
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    memset(&err, 0, sizeof err);
}

static void teardown(void)
{
    bb_tpl_close();
    bb_buf_release(&out);
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_arena_free(arena);
}

static void add(const char *name, const char *text)
{
    ck_assert_int_eq(bb_file_write(bb_path_join(arena, dir, name), text, strlen(text), &err), BB_OK);
}

#define HTML "{{%AUTOESCAPE context=\"HTML\"}}"

START_TEST(escapes_by_position)
{
    add("a.tpl", HTML "<p title=\"{{TEXT}}\">{{TEXT}}</p><a href=\"{{LINK}}\">x</a><pre>{{TEXT:pre_escape}}</pre>");
    ck_assert_int_eq(bb_tpl_open(dir, NULL, &err), BB_OK);
    struct bb_tpl_dict *page = bb_tpl_new();
    bb_tpl_set(page, "TEXT", "<b>\"'&\n{{LINK}}");
    bb_tpl_set(page, "LINK", "javascript:alert(1)");
    ck_assert_int_eq(bb_tpl_expand("a.tpl", page, &out, &err), BB_OK);
    ck_assert_str_eq(out.data,
                     "<p title=\"&lt;b&gt;&quot;&#39;&amp; {{LINK}}\">&lt;b&gt;&quot;&#39;&amp; {{LINK}}</p><a href=\"#\">x</a>"
                     "<pre>&lt;b&gt;&quot;&#39;&amp;\n{{LINK}}</pre>");
    bb_tpl_free(page);
}
END_TEST

START_TEST(sections_and_includes)
{
    add("a.tpl", HTML "{{#ROW}}{{X}}{{Y}};{{/ROW}}{{>PART}}");
    add("b.tpl", HTML "[{{X}}{{G}}]");
    ck_assert_int_eq(bb_tpl_open(dir, NULL, &err), BB_OK);
    struct bb_tpl_dict *page = bb_tpl_new();
    bb_tpl_set_global(page, "G", "g");
    bb_tpl_set(page, "X", "outer");
    bb_tpl_set_number(bb_tpl_section(page, "ROW"), "Y", 1);
    struct bb_tpl_dict *second = bb_tpl_section(page, "ROW");
    bb_tpl_set(second, "X", "own");
    bb_tpl_set_number(second, "Y", 2);
    bb_tpl_set(bb_tpl_include(page, "PART", "b.tpl"), "X", "in");
    ck_assert_int_eq(bb_tpl_expand("a.tpl", page, &out, &err), BB_OK);
    ck_assert_str_eq(out.data, "outer1;own2;[ing]");
    bb_tpl_free(page);
}
END_TEST

START_TEST(markup_of_the_program_is_not_escaped)
{
    add("a.tpl", HTML "{{#C_HTML}}<p>{{C_HTML:none}}</p>{{/C_HTML}}{{X}}");
    ck_assert_int_eq(bb_tpl_open(dir, NULL, &err), BB_OK);
    struct bb_tpl_dict *page = bb_tpl_new();
    bb_tpl_optional_html(page, "C_HTML", "<svg></svg>");
    bb_tpl_set(page, "X", "<");
    ck_assert_int_eq(bb_tpl_expand("a.tpl", page, &out, &err), BB_OK);
    ck_assert_str_eq(out.data, "<p><svg></svg></p>&lt;");
    bb_tpl_free(page);
}
END_TEST

static const char *const unsafe[][2] = {
    {"<p>{{X}}</p>", "must begin with"},
    {HTML "<p>{{X:none}}</p>", "raw text"},
    {HTML "<p>{{X_HTML}}</p>", "raw text"},
    {HTML "<p>{{X_HTML:none:h}}</p>", "raw text"},
    {HTML "<p>{{X:x=_HTML:none}}</p>", "raw text"},
    {HTML "{{=<< >>=}}<p><<X>></p>", "delimiters"},
    {HTML "{{#A}}{{X}}{{/B}}", "cannot be read: "},
};

START_TEST(refuses_unsafe_templates)
{
    add("a.tpl", unsafe[_i][0]);
    ck_assert_int_eq(bb_tpl_open(dir, NULL, &err), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "a.tpl"));
    ck_assert_msg(strstr(err.msg, unsafe[_i][1]) != NULL, "%s", err.msg);
}
END_TEST

START_TEST(an_own_folder_overrides_single_templates)
{
    add("a.tpl", HTML "ours");
    add("b.tpl", HTML "b");
    add("own/a.tpl", HTML "theirs");
    ck_assert_int_eq(bb_tpl_open(dir, bb_path_join(arena, dir, "own"), &err), BB_OK);
    struct bb_tpl_dict *page = bb_tpl_new();
    ck_assert_int_eq(bb_tpl_expand("a.tpl", page, &out, &err), BB_OK);
    ck_assert_int_eq(bb_tpl_expand("b.tpl", page, &out, &err), BB_OK);
    ck_assert_str_eq(out.data, "theirsb");
    bb_tpl_free(page);
}
END_TEST

#ifdef BB_DEBUG
static void set_unknown(struct bb_tpl_dict *page)
{
    bb_tpl_set(page, "X", "1");
    bb_tpl_set(page, "NOWHERE", "1");
}

static void set_too_little(struct bb_tpl_dict *page)
{
    (void)page;
}

static void set_too_little_in_a_row(struct bb_tpl_dict *page)
{
    bb_tpl_set(page, "X", "1");
    bb_tpl_section(page, "ROW");
}

static void set_unknown_section(struct bb_tpl_dict *page)
{
    bb_tpl_set(page, "X", "1");
    bb_tpl_section(page, "NO_ROW");
}

static void inherit_a_section(struct bb_tpl_dict *page)
{
    bb_tpl_set(page, "X", "1");
    bb_tpl_show(page, "INNER");
    bb_tpl_set(bb_tpl_section(page, "ROW"), "Y", "2");
}

static void inherit_an_include(struct bb_tpl_dict *page)
{
    bb_tpl_set(page, "X", "1");
    bb_tpl_include(page, "PART", "b.tpl");
    bb_tpl_set(bb_tpl_section(page, "ROW"), "Y", "2");
}

static const struct {
    void (*set)(struct bb_tpl_dict *page);
    const char *message;
} wrong[] = {
    {set_unknown, "no template has {{NOWHERE}}"},
    {set_too_little, "a.tpl has {{X}}, which is not set"},
    {set_too_little_in_a_row, "a.tpl has {{Y}}, which is not set"},
    {set_unknown_section, "a.tpl has no section {{#NO_ROW}} there"},
    {inherit_a_section, "a.tpl would inherit {{#INNER}}"},
    {inherit_an_include, "a.tpl would inherit {{>PART}}"},
};

START_TEST(names_are_checked)
{
    add("a.tpl", HTML "{{X}}{{#ROW}}{{Y}}{{#INNER}}.{{/INNER}}{{>PART}}{{/ROW}}{{>PART}}");
    add("b.tpl", HTML "b");
    ck_assert_int_eq(bb_tpl_open(dir, NULL, &err), BB_OK);
    struct bb_tpl_dict *page = bb_tpl_new();
    wrong[_i].set(page);
    ck_assert_int_eq(bb_tpl_expand("a.tpl", page, &out, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, wrong[_i].message) != NULL, "%s", err.msg);
    bb_tpl_free(page);
}
END_TEST
#endif

/* The lint that the build runs: sh lint-templates.sh TEMPLATES SOURCES */
static int lint(void)
{
    const char *script = bb_path_join(arena, BB_HOME, "src/render/lint-templates.sh");
    return system(bb_arena_printf(arena, "sh %s %s %s 2> %s/log", script, dir, dir, dir));
}

static const struct {
    const char *template, *source;
    bool good;
} linted[] = {
    {HTML "{{X}}{{#ROW}}{{Y}}{{#ROW_separator}},{{/ROW_separator}}{{/ROW}}{{BI_NEWLINE}}", "\"X\" \"ROW\" \"Y\"", true},
    {"{{X}}", "\"X\"", false},
    {HTML "{{X:none}}", "\"X\"", false},
    {HTML "{{X_HTML:none}}", "\"X_HTML\"", true},
    {HTML "{{X_HTML}}", "\"X_HTML\"", false},
    {HTML "{{X}}{{Y}}", "\"X\"", false},
    {HTML "{{X}}", "\"X\" \"Y\"", false},
    {HTML "{{#X}}", "\"X\"", false},
};

START_TEST(lint_at_build)
{
    add("a.tpl", linted[_i].template);
    add("page_a.c", linted[_i].source);
    ck_assert_int_eq(lint() == 0, linted[_i].good);
}
END_TEST

Suite *suite_render_tpl(void);
Suite *suite_render_tpl(void)
{
    Suite *suite = suite_create("render_tpl");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, escapes_by_position);
    tcase_add_test(tcase, sections_and_includes);
    tcase_add_test(tcase, markup_of_the_program_is_not_escaped);
    tcase_add_loop_test(tcase, refuses_unsafe_templates, 0, sizeof unsafe / sizeof unsafe[0]);
    tcase_add_test(tcase, an_own_folder_overrides_single_templates);
#ifdef BB_DEBUG
    tcase_add_loop_test(tcase, names_are_checked, 0, sizeof wrong / sizeof wrong[0]);
#endif
    tcase_add_loop_test(tcase, lint_at_build, 0, sizeof linted / sizeof linted[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
