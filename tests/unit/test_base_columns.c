#include <check.h>
#include <math.h>
#include <string.h>

#include "base/columns.h"
#include "table_fixture.h"

Suite *suite_base_columns(void);

/* A table under test: rules, rows, and the last error. */
static struct bb_columns columns;
static struct bb_table table;
static struct bb_err err;

static void setup(void)
{
    fixture_setup();
    columns = (struct bb_columns){0};
    table = (struct bb_table){0};
}

static void teardown(void)
{
    bb_table_release(&table);
    bb_columns_release(&columns);
    fixture_teardown();
}

static void rules(const char *columns_json, const char *where_json)
{
    bb_table_release(&table);
    bb_columns_release(&columns);
    columns = fixture_columns(columns_json, where_json);
    bb_table_init(&table, &columns);
}

static enum bb_code append(const char *path, const char *text)
{
    err.msg[0] = '\0';
    return bb_table_append(&table, &columns, path, text, strlen(text), &err);
}

static void good(const char *path, const char *text)
{
    ck_assert_msg(append(path, text) == BB_OK, "%s", err.msg);
}

static void bad(const char *text, const char *sentence)
{
    ck_assert_int_eq(append("t.csv", text), BB_EINPUT);
    ck_assert_str_eq(err.msg, sentence);
}

/* The series as text, "|" between rows and "-" for missing. */
static const char *shown(const char *coord)
{
    const struct bb_series *s = bb_table_find(&table, coord);
    ck_assert_ptr_nonnull(s);
    ck_assert_uint_eq(s->n, table.n_rows);
    const char *text = "";
    for (size_t i = 0; i < s->n; i++) {
        char number[32] = "-";
        if (s->type == BB_TYPE_NUMBER && !isnan(s->number[i])) bb_format_number(number, s->number[i]);
        const char *one = s->type == BB_TYPE_NUMBER || s->code[i] < 0 ? number : s->level.name[s->code[i]];
        text = bb_arena_printf(fixture_arena, "%s%s%s", text, i ? "|" : "", one);
    }
    return text;
}

START_TEST(columns_are_found_by_name_whatever_case_and_blanks)
{
    rules("{\"choice\": \"object_response\", \"session\": \"SESSION\"}", NULL);
    good("t.csv", "subj, Session ,object_response\ns1,1,knife\ns1,2, oven \n");
    ck_assert_str_eq(shown("choice"), "knife|oven");
    ck_assert_str_eq(shown("session"), "1|2");
    good("t.tsv", "object_response\tsession\nknife\t\"3\"\n");
    ck_assert_str_eq(shown("choice"), "knife|oven|knife");
    ck_assert_uint_eq(bb_table_find(&table, "choice")->level.n, 2);
    rules("{\"stimulus_id\": \" image \", \"choice\": \"answer\"}", NULL); /* blanks around a name mean nothing, in the rule either */
    good("t.csv", "image, answer\na, cat\n");
    ck_assert_str_eq(shown("stimulus_id"), "a");
    ck_assert_str_eq(shown("choice"), "cat");
}
END_TEST

START_TEST(a_header_may_be_a_comment_or_have_an_unnamed_first_column)
{
    rules("{\"model\": \"name\", \"v1\": {\"column\": \"V1\", \"type\": \"number\"}}", NULL);
    good("t.csv", "# name, avg., V1\nmobilenet,.254,.214\nresnet,.2,nan\n");
    ck_assert_str_eq(shown("v1"), "0.214|-");
    good("t.csv", ",name,V1\n0,alexnet,1e-3\n");
    ck_assert_str_eq(shown("model"), "mobilenet|resnet|alexnet");
    ck_assert_str_eq(shown("v1"), "0.214|-|0.001");
}
END_TEST

#define IMAGE_RULE                                                                                                               \
    "{\"stimulus_id\": {\"column\": \"imagename\", \"match\": \"^(?:\\\\d{4}_[^_]+_[^_]+_[^_]+_[a-z]+_\\\\d\\\\d_)?(.+)$\"}}"

/* Observers and models write the trial in front of the image's name, some models only the image's name. */
START_TEST(match_takes_what_observers_share)
{
    rules(IMAGE_RULE, NULL);
    good("edge_subject-01_session_1.csv", "subj,session,trial,rt,object_response,category,condition,imagename\r\nsubject-01,1,1,"
                                          "0.87,knife,oven,0,0001_edg_s01_0_oven_00_oven10.png\r\n");
    good("edge_bagnet33_session-1.csv",
         "subj,session,trial,rt,object_response,category,condition,imagename\nbagnet33,1,1,NaN,clock,airplane,NaN,airplane1.png\n"
         "bagnet33,1,2,NaN,clock,oven,NaN,oven10.png\n");
    good("sketch_subject-01_session_1.csv", "imagename\n0001_ske_s01_0_boat_00_boat-0068-sketch-23.png\n");
    good("colour_resnet50_session-1.csv",
         "imagename\n0001_cl_dnn_cr_oven_40_n04111531_14126.png\n0002_eid_s01_1-10-10_oven_10_n04111531_17072.png\n");
    ck_assert_str_eq(shown("stimulus_id"),
                     "oven10.png|airplane1.png|oven10.png|boat-0068-sketch-23.png|n04111531_14126.png|n04111531_17072.png");
}
END_TEST

START_TEST(extra_columns_of_some_models_are_no_matter)
{
    rules("{\"choice\": \"object_response\", \"session\": \"session\"}", NULL);
    good("a.csv", "subj,Session,trial,rt,object_response\nsubject-01,1,1,0.79,oven\n");
    good("b.csv", "subj,session,trial,object_response,filename,is_correct\nalexnet,1,1,knife,x.png,True\n");
    ck_assert_str_eq(shown("choice"), "oven|knife");
}
END_TEST

START_TEST(the_file_name_names_the_observer)
{
    rules("{\"subject\": {\"from\": \"filename\", \"match\": \"_(subject-\\\\d+)_\"}, \"x\": \"x\"}", NULL);
    good("/data/some_subject-99_/sketch_subject-01_session_1.csv", "x\n1\n2\n");
    good("sketch_subject-02_session_1.csv", "x\n3\n");
    ck_assert_str_eq(shown("subject"), "subject-01|subject-01|subject-02");
    ck_assert_int_eq(append("sketch_alexnet_session-1.csv", "x\n3\n"), BB_EINPUT);
    ck_assert_str_eq(
        err.msg,
        "sketch_alexnet_session-1.csv: the file name: \"sketch_alexnet_session-1.csv\" does not match \"_(subject-\\d+)_\"");
}
END_TEST

START_TEST(number_makes_spellings_equal)
{
    rules("{\"condition\": {\"column\": \"condition\", \"type\": \"number\", \"map\": {\"NaN\": \"0\"}}}",
          "{\"condition\": {\"not\": [\"0.9\", 0.60]}}");
    good("t.csv", "condition\n0.60\n0.6\n0.90\n.35\n3.5e-1\nNaN\n");
    ck_assert_str_eq(shown("condition"), "0.35|0.35|0");
    ck_assert_uint_eq(table.n_read, 6);
}
END_TEST

START_TEST(a_value_is_a_number_unless_said)
{
    rules("{\"value\": \"p\", \"id\": \"p\"}", NULL);
    good("a.csv", "p\n0.50\n.25\n");
    ck_assert_int_eq(bb_table_find(&table, "value")->type, BB_TYPE_NUMBER);
    ck_assert_int_eq(bb_table_find(&table, "id")->type, BB_TYPE_TEXT);
    ck_assert_double_eq(bb_table_find(&table, "value")->number[0], .5);
    ck_assert_int_eq(append("b.csv", "p\ncat\n"), BB_EINPUT);
    ck_assert(strstr(err.msg, "\"cat\" is not a number") != NULL);
    rules("{\"value\": {\"column\": \"p\", \"type\": \"text\"}}", NULL);
    good("a.csv", "p\n0.50\n");
    ck_assert_str_eq(shown("value"), "0.50");
    rules("{\"value\": {\"column\": \"p\", \"map\": {\"none\": \"\"}, \"scale\": 2}}", NULL);
    good("a.csv", "p\n0.50\nnone\n");
    ck_assert_double_eq(bb_table_find(&table, "value")->number[0], 1);
}
END_TEST

START_TEST(bool_makes_spellings_equal)
{
    rules("{\"condition\": {\"column\": \"condition\", \"type\": \"bool\"}}", "{\"condition\": true}");
    good("t.csv", "condition\ntrue\nTrue\nFALSE\n1\n0.0\n");
    ck_assert_str_eq(shown("condition"), "true|true|true");
    bad("condition\nperhaps\n",
        "t.csv:2: column \"condition\": \"perhaps\" is neither true nor false; \"map\" it to one of them");
}
END_TEST

START_TEST(missing_values)
{
    rules("{\"choice\": \"choice\", \"rt\": {\"column\": \"rt\", \"type\": \"number\"}, \"id\": {\"column\": \"id\", \"match\": "
          "\"^a(.)$\"}}",
          NULL);
    good("t.csv", "choice,rt,id\nna,NaN,a1\n,,\nNA,na,NaN\nnap,1,a2\nnan,NA,na\n");
    ck_assert_str_eq(shown("choice"), "-|-|-|nap|-");
    ck_assert_str_eq(shown("rt"), "-|-|-|1|-");
    ck_assert_str_eq(shown("id"), "1|-|-|2|-");
    ck_assert_uint_eq(bb_table_find(&table, "choice")->level.n, 1);
}
END_TEST

START_TEST(map_comes_after_match_and_before_type)
{
    rules("{\"c\": {\"column\": \"c\", \"match\": \"^c(.+)$\", \"map\": {\"05\": 50, \"x\": null}, \"type\": \"number\", "
          "\"scale\": 0.01}}",
          NULL);
    good("t.csv", "c\nc05\nc10\ncx\n");
    ck_assert_str_eq(shown("c"), "0.5|0.1|-");
}
END_TEST

START_TEST(map_may_say_that_a_word_is_one)
{
    rules("{\"c\": {\"column\": \"c\", \"map\": {\"Na\": \"Na\", \"\": \"(nothing)\", \"gone\": \"\"}}}", NULL);
    good("t.csv", "c,d\nNa,1\n,2\nna,3\ngone,4\nx,5\n");
    ck_assert_str_eq(shown("c"), "Na|(nothing)|-|-|x");
}
END_TEST

START_TEST(several_columns_become_one)
{
    rules("{\"stimulus_id\": {\"columns\": [\"story\", \"zone\"], \"join\": \".\"}, \"k\": {\"columns\": [\"zone\", \"story\"]}}",
          NULL);
    good("t.csv", "story,zone,word\n1,12,If\n11,2,you\n1,,a\n");
    ck_assert_str_eq(shown("stimulus_id"), "1.12|11.2|-");
    ck_assert_str_eq(shown("k"), "12.1|2.11|-");
    bad("story,word\n1,a\n", "t.csv:1: no column \"zone\"; the file has story, word");
}
END_TEST

START_TEST(the_same_everywhere)
{
    rules("{\"species\": {\"value\": \"human\"}, \"year\": {\"value\": 2021, \"type\": \"number\"}, \"x\": \"x\"}", NULL);
    good("t.csv", "x\n1\n2\n");
    ck_assert_str_eq(shown("species"), "human|human");
    ck_assert_str_eq(shown("year"), "2021|2021");
}
END_TEST

START_TEST(an_optional_column_counts_as_empty)
{
    rules("{\"x\": \"x\", \"condition\": {\"column\": \"condition\", \"optional\": true, \"map\": {\"\": \"0\"}},"
          " \"layer\": {\"column\": \"layer\", \"optional\": true, \"match\": \"l(.)\"}}",
          NULL);
    good("t.csv", "x\na\n");
    good("t.csv", "x,condition,layer\nb,1,l2\n");
    ck_assert_str_eq(shown("condition"), "0|1");
    ck_assert_str_eq(shown("layer"), "-|2");
}
END_TEST

/* Sets that number their stimuli from 0, in tables of which some still say image_id. */
START_TEST(a_prefix_tells_sets_apart)
{
    rules("{\"stimulus_id\": {\"column\": \"stimulus_id\", \"match\": \"(\\\\d+)\", \"map\": {\"2\": \"two\", \"3\": \"\"}, "
          "\"prefix\": \"blank/\"}}",
          NULL);
    good("t.csv", "stimulus_id,image_id\ni0,9\ni0,9\ni2,9\n");
    good("u.csv", "image_id\ni1\n\"\"\ni3\n");
    ck_assert_str_eq(shown("stimulus_id"), "blank/0|blank/0|blank/two|blank/1|-|-");
}
END_TEST

START_TEST(where_acts_before_the_other_columns_are_read)
{
    rules("{\"rt\": {\"column\": \"rt\", \"type\": \"number\"}, \"kind\": \"kind\"}", "{\"kind\": [\"test\", \"\"]}");
    good("t.csv", "rt,kind\n1,test\nslow,practice\n2,na\n3,test\n");
    ck_assert_str_eq(shown("rt"), "1|2|3");
    ck_assert_uint_eq(bb_table_find(&table, "kind")->level.n, 1);
}
END_TEST

/* Neither end is in the range, and what is missing is not either. */
START_TEST(where_keeps_a_range)
{
    rules("{\"n\": {\"column\": \"n\", \"type\": \"number\"}}", "{\"n\": {\"above\": 1, \"below\": 3}}");
    good("t.csv", "n\n1\n1.5\nna\n3\n2.9\n-7\n");
    ck_assert_str_eq(shown("n"), "1.5|2.9");
}
END_TEST

START_TEST(where_that_keeps_nothing_says_so)
{
    rules("{\"kind\": \"kind\", \"n\": {\"column\": \"n\", \"type\": \"number\"}}", "{\"n\": {\"not\": 9}, \"kind\": \"test\"}");
    good("t.csv", "kind,n\npractice,1\nwarm-up,2\n");
    ck_assert_int_eq(bb_table_check_rows(&table, "t.csv", &err), BB_EINPUT);
    ck_assert_str_eq(err.msg, "t.csv: \"where\" drops all 2 rows: its rule for \"kind\" does not keep \"practice\"");
    good("u.csv", "kind,n\ntest,1\n");
    ck_assert_int_eq(bb_table_check_rows(&table, "t.csv", &err), BB_OK);
}
END_TEST

START_TEST(errors_name_line_column_and_value)
{
    rules("{\"stimulus_id\": {\"column\": \"imagename\", \"match\": \"_(.+)$\"}, \"rt\": {\"column\": \"rt\", \"type\": "
          "\"number\", \"optional\": true}}",
          NULL);
    bad("imagename\na_1\n\n\"b\n_2\"\nfoo\n", "t.csv:6: column \"imagename\": \"foo\" does not match \"_(.+)$\"");
    bad("image_name,rt\na_1,1\n", "t.csv:1: no column \"imagename\"; the file has image_name, rt; did you mean \"image_name\"?");
    bad("imagename,rt\na_1,inf\n",
        "t.csv:2: column \"rt\": \"inf\" is not a number; correct it, or \"map\" it to one or to \"\" (missing)");
    bad("imagename,rt,RT\na_1,1,2\n", "t.csv:1: two columns are called \"rt\" (2 and 3); rename one");
    bad("imagename,rt\na_1,1\na_2\n", "t.csv:3: the row has 1 field, the header 2");
    bad("imagename,rt\na_1,1,2\n", "t.csv:2: the row has 3 fields, the header 2");
    bad("imagename\n\"a_1\n", "t.csv: line 2: a quoted field begins here and does not end");
    bad("imagename\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxééééééééé\n",
        "t.csv:2: column \"imagename\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" does not match \"_(.+)$\"");
}
END_TEST

START_TEST(doubled_columns_that_no_rule_needs_are_no_matter)
{
    rules("{\"x\": \"x\"}", NULL);
    good("t.csv", "x,y,y\n1,2,3\n");
}
END_TEST

START_TEST(what_is_no_table)
{
    rules("{\"x\": \"x\"}", NULL);
    bad("", "t.csv: the file is empty");
    bad(" \r\n\n", "t.csv: the file is empty");
    bad("x\n", "t.csv: the file has a header and no rows");
    bad("x\n\xff\xfe\n", "t.csv: is not a text table (CSV or TSV in UTF-8)");
    ck_assert_int_eq(bb_table_append(&table, &columns, "t.csv", "x\0\n1", 5, &err), BB_EINPUT);
    ck_assert_str_eq(err.msg, "t.csv: is not a text table (CSV or TSV in UTF-8)");
}
END_TEST

/* The first KB may end in the middle of a character. */
START_TEST(a_character_across_the_first_kilobyte)
{
    char text[1100] = "x\n";
    memset(text + 2, 'a', 1021);
    strcpy(text + 1023, "é\nb\n");
    rules("{\"x\": \"x\"}", NULL);
    good("t.csv", text);
    ck_assert_uint_eq(table.n_rows, 2);
}
END_TEST

START_TEST(on_error_the_table_is_as_it_was)
{
    rules("{\"x\": \"x\", \"n\": {\"column\": \"n\", \"type\": \"number\"}}", NULL);
    good("a.csv", "x,n\nred,1\nblue,2\n");
    bad("x,n\ngreen,3\nblue,4\nblack,five\n",
        "t.csv:4: column \"n\": \"five\" is not a number; correct it, or \"map\" it to one or to \"\" (missing)");
    ck_assert_uint_eq(table.n_rows, 2);
    ck_assert_uint_eq(table.n_read, 2);
    ck_assert_str_eq(shown("x"), "red|blue");
    ck_assert_uint_eq(bb_table_find(&table, "x")->level.n, 2);
    ck_assert_uint_eq(bb_names_find(&bb_table_find(&table, "x")->level, "green"), BB_NAMES_NONE);
    good("b.csv", "x,n\nblack,6\nblue,7\n");
    ck_assert_str_eq(shown("x"), "red|blue|black|blue");
    ck_assert_str_eq(shown("n"), "1|2|6|7");
}
END_TEST

START_TEST(files_of_one_table_may_have_other_rules_for_the_same_coordinates)
{
    rules("{\"x\": \"x\", \"n\": {\"column\": \"n\", \"type\": \"number\"}}", NULL);
    good("a.csv", "x,n\nred,1\n");
    struct bb_columns other = fixture_columns("{\"n\": {\"column\": \"number\", \"type\": \"number\"}, \"x\": \"colour\"}", NULL);
    const char *text = "colour,number\nblue,2\n";
    ck_assert_int_eq(bb_table_append(&table, &other, "b.csv", text, strlen(text), &err), BB_OK);
    ck_assert_str_eq(shown("x"), "red|blue");
    ck_assert_str_eq(shown("n"), "1|2");
    bb_columns_release(&other);
    other = fixture_columns("{\"y\": \"colour\", \"n\": \"number\"}", NULL);
    ck_assert_int_eq(bb_table_append(&table, &other, "b.csv", text, strlen(text), &err), BB_EINPUT);
    ck_assert_str_eq(err.msg, "b.csv: its rules make another \"y\" than those of the files before it");
    bb_columns_release(&other);
}
END_TEST

static const struct {
    const char *columns, *where, *part; /* a part of what is said */
} wrong_rules[] = {
    {"{\"x\": {\"colum\": \"a\"}}", NULL, "columns:1:8: "},
    {"{\"x\": {\"colum\": \"a\"}}", NULL, "\"column\""},
    {"{\"x\": 3}", NULL, "columns:1:7: \"x\" must be the name of a column or a rule {…}, not a number"},
    {"{\"x\": {}}", NULL, "needs one of \"column\", \"columns\", \"from\" and \"value\""},
    {"{\"x\": {\"column\": \"a\", \"value\": \"b\"}}", NULL, "needs only one of"},
    {"{\"x\": {\"column\": \"a\", \"match\": \"abc\"}}", NULL, "columns:1:32: \"match\": the pattern \"abc\" has 0 groups"},
    {"{\"x\": {\"column\": \"a\", \"match\": \"(a\"}}", NULL, "\"match\": the pattern \"(a\" is wrong at character 3"},
    {"{\"x\": {\"column\": \"a\", \"map\": [\"a\"]}}", NULL, "\"map\" must be an object"},
    {"{\"x\": {\"column\": \"a\", \"map\": {\"a\": [1]}}}", NULL, "\"a\" must become a text"},
    {"{\"x\": {\"column\": \"a\", \"type\": \"int\"}}", NULL, "\"number\""},
    {"{\"x\": {\"column\": \"a\", \"scale\": 2}}", NULL, "\"scale\" needs \"type\": \"number\""},
    {"{\"x\": {\"column\": \"a\", \"prefix\": \"b\", \"type\": \"number\"}}", NULL, "\"prefix\" makes texts, and \"x\" is a number"},
    {"{\"x\": {\"column\": \"a\", \"join\": \".\"}}", NULL, "\"join\" needs \"columns\""},
    {"{\"x\": {\"from\": \"folder\"}}", NULL, "\"filename\""},
    {"{\"x\": {\"value\": [1]}}", NULL, "\"value\" must be a text or a number"},
    {"{}", NULL, "\"columns\" names no column"},
    {"[]", NULL, "\"columns\" must be an object, not a list"},
    {"{\"condition\": \"a\"}", "{\"conditon\": \"1\"}",
     "where:1:2: \"where\": \"columns\" makes no coordinate \"conditon\"; did you mean \"condition\"?"},
    {"{\"n\": {\"column\": \"a\", \"type\": \"number\"}}", "{\"n\": [\"1\", \"one\"]}",
     "where:1:13: \"where\": \"n\" is a number, and \"one\" is none"},
    {"{\"x\": \"a\"}", "{\"x\": []}", "an empty list would drop every row"},
    {"{\"x\": \"a\"}", "{\"x\": {\"nott\": \"1\"}}", "\"not\""},
    {"{\"x\": \"a\"}", "{\"x\": {\"above\": 1}}", "only numbers can be above or below"},
    {"{\"x\": \"a\"}", "{\"x\": {\"not\": \"1\", \"above\": 1}}", "cannot stand beside"},
    {"{\"x\": \"a\"}", "{\"x\": {}}", "must have \"not\", \"above\" or \"below\""},
    {"{\"x\": \"a\"}", "{\"x\": [[1]]}", "a value must be a text or a number"},
};

START_TEST(wrong_rules_are_told)
{
    const char *said = fixture_complaints(wrong_rules[_i].columns, wrong_rules[_i].where);
    ck_assert_msg(strstr(said, wrong_rules[_i].part) != NULL, "\"%s\" is not in \"%s\"", wrong_rules[_i].part, said);
}
END_TEST

START_TEST(all_wrong_rules_are_told_at_once)
{
    const char *said = fixture_complaints(
        "{\"x\": 3,\n \"y\": {\"colunm\": \"a\"},\n \"z\": {\"column\": \"a\", \"match\": \"(\"}}", "{\"q\": \"1\"}");
    ck_assert_ptr_nonnull(strstr(said, "columns:1:7: "));
    ck_assert_ptr_nonnull(strstr(said, "columns:2:8: "));
    ck_assert_ptr_nonnull(strstr(said, "columns:3:32: "));
    ck_assert_ptr_nonnull(strstr(said, "where:1:2: "));
}
END_TEST

START_TEST(where_without_rules_waits_for_a_file_that_names_its_coordinates)
{
    struct bb_columns only = fixture_columns(NULL, "{\"region\": \"IT\"}");
    ck_assert_uint_eq(only.n_where, 1);
    bb_table_init(&table, &only);
    ck_assert_int_eq(bb_table_append(&table, &only, "t.csv", "a\n1\n", 4, &err), BB_EINPUT);
    ck_assert_str_eq(err.msg, "t.csv: a table needs \"columns\" that say what its columns are");
    bb_columns_release(&only);
}
END_TEST

/* Cut-offs of filters, as Geirhos et al. number them: "inf" is the one that changes nothing. */
START_TEST(infinity_is_a_number_that_where_may_name)
{
    double cutoff[] = {(double)INFINITY, .55, (double)INFINITY, 1, -(double)INFINITY};
    const struct bb_series series = {.name = "condition", .type = BB_TYPE_NUMBER, .n = 5, .number = cutoff};
    static const struct {
        const char *where;
        bool kept[5];
    } cases[] = {{"{\"condition\": {\"not\": [\"inf\", \"0.55\"]}}", {false, false, false, true, true}},
                 {"{\"condition\": \"-inf\"}", {false, false, false, false, true}}};
    for (size_t c = 0; c < 2; c++) {
        struct bb_columns only = fixture_columns(NULL, cases[c].where);
        bool keep[5] = {true, true, true, true, true};
        ck_assert_msg(bb_where_apply(&only.where[0], &series, keep, &err) == BB_OK, "%s", err.msg);
        for (size_t i = 0; i < 5; i++) ck_assert_msg(keep[i] == cases[c].kept[i], "%zu of %s", i, cases[c].where);
        bb_columns_release(&only);
    }
}
END_TEST

Suite *suite_base_columns(void)
{
    const TTest *const tests[] = {
        columns_are_found_by_name_whatever_case_and_blanks,
        a_header_may_be_a_comment_or_have_an_unnamed_first_column,
        match_takes_what_observers_share,
        extra_columns_of_some_models_are_no_matter,
        the_file_name_names_the_observer,
        number_makes_spellings_equal,
        a_value_is_a_number_unless_said,
        bool_makes_spellings_equal,
        missing_values,
        map_comes_after_match_and_before_type,
        map_may_say_that_a_word_is_one,
        several_columns_become_one,
        the_same_everywhere,
        an_optional_column_counts_as_empty,
        a_prefix_tells_sets_apart,
        where_acts_before_the_other_columns_are_read,
        where_keeps_a_range,
        infinity_is_a_number_that_where_may_name,
        where_that_keeps_nothing_says_so,
        errors_name_line_column_and_value,
        doubled_columns_that_no_rule_needs_are_no_matter,
        what_is_no_table,
        a_character_across_the_first_kilobyte,
        on_error_the_table_is_as_it_was,
        files_of_one_table_may_have_other_rules_for_the_same_coordinates,
        all_wrong_rules_are_told_at_once,
        where_without_rules_waits_for_a_file_that_names_its_coordinates,
    };
    Suite *suite = suite_create("base_columns");
    TCase *tc = tcase_create("columns");
    tcase_add_checked_fixture(tc, setup, teardown);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tcase_add_test(tc, tests[i]);
    tcase_add_loop_test(tc, wrong_rules_are_told, 0, (int)(sizeof wrong_rules / sizeof *wrong_rules));
    suite_add_tcase(suite, tc);
    return suite;
}
