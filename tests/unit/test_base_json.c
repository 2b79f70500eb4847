#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"

Suite *suite_base_json(void);

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static struct bb_arena *arena;
static struct bb_diags diags;

static void set_up(void)
{
    arena = bb_arena_new(0);
    bb_diags_init(&diags);
}

static void tear_down(void)
{
    bb_diags_release(&diags);
    bb_arena_free(arena);
    arena = NULL;
}

/* Parses an exact heap copy without a NUL, so that reading over the end is seen. */
static struct bb_json *parse_bytes(const char *text, size_t len)
{
    char *copy = bb_malloc(len);
    memcpy(copy, text, len);
    struct bb_json *json = bb_json_parse(arena, "t.json", copy, len, &diags);
    free(copy);
    return json;
}

static struct bb_json *parse(const char *text)
{
    struct bb_json *json = parse_bytes(text, strlen(text));
    ck_assert_msg(json != NULL, "%s: %s", text, diags.n ? diags.diag[0].message : "no message");
    ck_assert_uint_eq(diags.n, 0);
    return json;
}

START_TEST(every_kind_of_value_is_read)
{
    struct bb_json *json =
        parse(" {\"text\": \"a\\u00e9\\n\\ud83d\\ude00\\/\", \"number\": -1.5e2, \"yes\": true, \"no\": false,\r\n"
              "\t\"nothing\": null, \"list\": [1, [], {}], \"\": \"empty key\"} \n");
    ck_assert_int_eq(json->type, BB_JSON_OBJECT);
    ck_assert_uint_eq(json->as.list.n, 7);
    ck_assert_str_eq(bb_json_member(json, "text")->as.text, "a\xC3\xA9\n\xF0\x9F\x98\x80/");
    ck_assert_double_eq(bb_json_member(json, "number")->as.number, -150);
    ck_assert(bb_json_member(json, "yes")->as.boolean && !bb_json_member(json, "no")->as.boolean);
    ck_assert_int_eq(bb_json_member(json, "no")->type, BB_JSON_BOOL);
    ck_assert_int_eq(bb_json_member(json, "nothing")->type, BB_JSON_NULL);
    const struct bb_json *list = bb_json_member(json, "list");
    ck_assert_int_eq(list->type, BB_JSON_ARRAY);
    ck_assert_uint_eq(list->as.list.n, 3);
    ck_assert_ptr_null(list->as.list.item[0]->key);
    ck_assert_int_eq(list->as.list.item[1]->type, BB_JSON_ARRAY);
    ck_assert_int_eq(list->as.list.item[2]->type, BB_JSON_OBJECT);
    ck_assert_str_eq(bb_json_member(json, "")->as.text, "empty key");
    ck_assert_ptr_null(bb_json_member(json, "Text"));
    ck_assert_ptr_null(bb_json_member(list, "text"));
    ck_assert_ptr_null(bb_json_member(NULL, "text"));
}
END_TEST

START_TEST(a_value_alone_is_a_document)
{
    ck_assert_double_eq(parse("0")->as.number, 0);
    ck_assert_double_eq(parse("-0.0e-0")->as.number, 0);
    ck_assert_double_eq(parse("1e308")->as.number, 1e308);
    ck_assert_double_eq(parse("1e-400")->as.number, 0);
    ck_assert_str_eq(parse("\"\"")->as.text, "");
    ck_assert_int_eq(parse("null")->type, BB_JSON_NULL);
}
END_TEST

static void assert_place(struct bb_place place, size_t line, size_t column)
{
    ck_assert_str_eq(place.file, "t.json");
    ck_assert_uint_eq(place.line, line);
    ck_assert_uint_eq(place.column, column);
}

START_TEST(every_value_has_its_place)
{
    struct bb_json *json = parse("{\n"
                                 "  \"\xC3\xA9\xC3\xA9\": 1, \"b\" : [\r\n"
                                 "\t2,\"\xF0\x9F\x98\x80\",  3\n"
                                 "],\n"
                                 "\n"
                                 "\"c\"\n"
                                 ":\n"
                                 " {\"d\":null}}");
    assert_place(json->place, 1, 1);
    const struct bb_json *first = json->as.list.item[0], *list = json->as.list.item[1], *last = json->as.list.item[2];
    assert_place(first->key_place, 2, 3);
    assert_place(first->place, 2, 9);
    assert_place(list->key_place, 2, 12);
    assert_place(list->place, 2, 18);
    assert_place(list->as.list.item[0]->place, 3, 2);
    assert_place(list->as.list.item[1]->place, 3, 4);
    assert_place(list->as.list.item[2]->place, 3, 10);
    assert_place(last->key_place, 6, 1);
    assert_place(last->place, 8, 2);
    assert_place(last->as.list.item[0]->place, 8, 7);
}
END_TEST

#define DIGITS_64 "1234567890123456789012345678901234567890123456789012345678901234"

static const struct {
    const char *text;
    size_t line, column;
    const char *message;
} refused[] = {
    {"", 1, 1, "the file is empty, where JSON is needed"},
    {" \n ", 2, 2, "the file is empty, where JSON is needed"},
    {"{\"a\": 1,\n \"b\": tru}", 2, 7, "expected a value, found 'tru'"},
    {"{\"a\" 1}", 1, 6, "expected ':' after the key, found '1'"},
    {"{\"a\":1 \"b\":2}", 1, 8, "expected ',' or '}' after the value, found '\"'"},
    {"[1 2]", 1, 4, "expected ',' or ']' after the value, found '2'"},
    {"[1", 1, 3, "expected ',' or ']' after the value, found the end of the file"},
    {"{\"a\":", 1, 6, "expected a value, found the end of the file"},
    {"{", 1, 2, "expected a key in double quotes, found the end of the file"},
    {"{a:1}", 1, 2, "expected a key in double quotes, found 'a'"},
    {"{\"a\":1,\n2:1}", 2, 1, "expected a key in double quotes, found '2'"},
    {"[1}", 1, 3, "expected ',' or ']' after the value, found '}'"},
    {"[\xE2\x82\xAC]", 1, 2, "expected a value, found '\xE2\x82\xAC'"},
    {"1\n2", 2, 1, "expected nothing more after the value, found '2'"},
    {"{} x", 1, 4, "expected nothing more after the value, found 'x'"},
    {"[[\x1C]]", 1, 3, "expected a value, found the control character U+001C"},
    {"{\x0B}", 1, 2, "expected a key in double quotes, found the control character U+000B"},
    {"{}\x01", 1, 3, "expected nothing more after the value, found the control character U+0001"},
    {"[1,\n]", 1, 3, "a comma before ']' is one too many"},
    {"{\"a\":1,}", 1, 7, "a comma before '}' is one too many"},
    {"[,1]", 1, 2, "expected a value, found ','"},
    {"[1,,2]", 1, 4, "expected a value, found ','"},
    {"[1] // x", 1, 5, "comments are not allowed in JSON"},
    {"/* x */ 1", 1, 1, "comments are not allowed in JSON"},
    {"['a']", 1, 2, "strings and keys stand in double quotes, not in single ones"},
    {"[\xE2\x80\x9C"
     "a\xE2\x80\x9D]",
     1, 2, "strings and keys stand in straight double quotes (\"), not in typographic ones"},
    {"[True]", 1, 2, "write true with a small letter"},
    {"[NaN]", 1, 2, "there is no NaN in JSON; write null, or leave it out"},
    {"[Nancy]", 1, 2, "expected a value, found 'Nancy'"},
    {"[nullx]", 1, 2, "expected a value, found 'nullx'"},
    {"[-Infinity]", 1, 2, "the number - has no digits"},
    {"{\"a\":1,\n \"b\":2, \"a\":3}", 2, 9, "the key \"a\" is there twice; the first is in line 1"},
    {"{\"a\":1, \"\\u0061\":3}", 1, 9, "the key \"a\" is there twice; the first is in line 1"},
    {"[01]", 1, 2, "the number 01 begins with a 0 that does not belong there"},
    {"[-00]", 1, 2, "the number -00 begins with a 0 that does not belong there"},
    {"[1.]", 1, 2, "the number 1. has no digits after the point"},
    {"[1.e5]", 1, 2, "the number 1. has no digits after the point"},
    {"[1e+]", 1, 2, "the number 1e+ has no digits in its exponent"},
    {"[.5]", 1, 2, "a number does not begin with '.'; write a 0 before it"},
    {"[+1]", 1, 2, "a number does not begin with '+'"},
    {"[0x10]", 1, 3, "expected ',' or ']' after the value, found 'x10'"},
    {"[1e400]", 1, 2, "the number 1e400 is too large"},
    {"[-1e309]", 1, 2, "the number -1e309 is too large"},
    {"[" DIGITS_64 "]", 1, 2,
     "the number 123456789012345678901234567890123456789012345678901234567890123 … has more than 63 characters"},
    {"\xEF\xBB\xBF{}", 1, 1, "the file begins with a byte-order mark; save it as UTF-8 without one"},
    {"[\n \"\xC3\xA9\xFF\"]", 2, 4, "the byte 0xff is not UTF-8; save the file as UTF-8"},
    {"[\"\xED\xA0\x80\"]", 1, 3, "the byte 0xed is not UTF-8; save the file as UTF-8"},
    {"[\"a\tb\"]", 1, 4, "write a tab in a string as \\t"},
    {"[\"a\nb\"]", 1, 4, "a string ends on the line where it begins; write a line break as \\n"},
    {"[\"\x1F\"]", 1, 3, "write the control character in a string as \\u001f"},
    {"[\"ab\\u0000\"]", 1, 5, "\\u0000 is not allowed in a string"},
    {"{\"\\u0000\": 1}", 1, 3, "\\u0000 is not allowed in a string"},
    {"[\"\\ud800\"]", 1, 3, "half of a surrogate pair (\\uD800 to \\uDFFF) is not a character"},
    {"[\"\\ud800\\u0041\"]", 1, 3, "half of a surrogate pair (\\uD800 to \\uDFFF) is not a character"},
    {"[\"\\udc00\\ud800\"]", 1, 3, "half of a surrogate pair (\\uD800 to \\uDFFF) is not a character"},
    {"[\"\\ud800", 1, 3, "half of a surrogate pair (\\uD800 to \\uDFFF) is not a character"},
    {"[\"\\u12g4\"]", 1, 3, "\\u is followed by four hexadecimal digits"},
    {"[\"\\u12", 1, 3, "\\u is followed by four hexadecimal digits"},
    {"[\"\\x41\"]", 1, 3, "a backslash in a string stands before one of \" \\ / b f n r t u"},
    {"[\"\\", 1, 3, "a backslash in a string stands before one of \" \\ / b f n r t u"},
    {"[\"abc", 1, 2, "the string that begins here does not end"},
    {"[\"abc\\\"]", 1, 2, "the string that begins here does not end"},
};

START_TEST(what_is_not_json_is_refused_in_its_place)
{
    ck_assert_ptr_null(parse_bytes(refused[_i].text, strlen(refused[_i].text)));
    ck_assert_uint_eq(diags.n, 1);
    ck_assert_int_eq(diags.diag[0].severity, BB_ERROR);
    ck_assert_str_eq(diags.diag[0].message, refused[_i].message);
    assert_place(diags.diag[0].place, refused[_i].line, refused[_i].column);
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
    ck_assert_ptr_null(parse_bytes("[1]\0", 4));
    ck_assert_str_eq(diags.diag[0].message, "expected nothing more after the value, found the control character U+0000");
    ck_assert_ptr_null(parse_bytes("[\"a\0b\"]", 7));
    ck_assert_str_eq(diags.diag[1].message, "write the control character in a string as \\u0000");
}
END_TEST

/* Every beginning of a document but the whole is an error, and never a crash. */
START_TEST(every_cut_is_refused)
{
    static const char text[] = "{\"a\": [1.5e3, \"x\\u00e9\\ud83d\\ude00\", true, null], \"b\": {\"c\": -0.1}}";
    for (size_t len = 0; len + 1 < sizeof text; len++) {
        size_t before = diags.n;
        ck_assert_ptr_null(parse_bytes(text, len));
        ck_assert_uint_ge(diags.n, before);
    }
    ck_assert_ptr_nonnull(parse_bytes(text, sizeof text - 1));
}
END_TEST

static char *nested(size_t depth)
{
    char *text = bb_arena_alloc(arena, 2 * depth + 1, 1);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    return text;
}

START_TEST(nesting_has_a_limit)
{
    parse(nested(256));
    char *text = nested(257);
    ck_assert_ptr_null(parse_bytes(text, strlen(text)));
    ck_assert_str_eq(diags.diag[0].message, "lists and objects are nested more than 256 deep");
    assert_place(diags.diag[0].place, 1, 257);
    text = nested(100000);
    ck_assert_ptr_null(parse_bytes(text, strlen(text)));
}
END_TEST

/* On the way the object passes from searching one by one to a hash table. */
START_TEST(doubles_are_found_in_objects_of_any_size)
{
    for (int n = 1; n < 60; n++) {
        for (int twice = 0; twice < n; twice += 1 + n / 7) {
            struct bb_buf text = BB_BUF_INIT;
            bb_buf_puts(&text, "{");
            for (int i = 0; i < n; i++) bb_buf_printf(&text, "\"k%d\": %d,\n", i, i);
            bb_buf_printf(&text, "\"k%d\": 0}", twice);
            bb_diags_release(&diags);
            bb_diags_init(&diags);
            ck_assert_ptr_null(parse_bytes(text.data, text.len));
            char expected[100];
            snprintf(expected, sizeof expected, "the key \"k%d\" is there twice; the first is in line %d", twice, twice + 1);
            ck_assert_str_eq(diags.diag[0].message, expected);
            ck_assert_uint_eq(diags.diag[0].place.line, (size_t)n + 1);
            bb_buf_release(&text);
        }
    }
}
END_TEST

/* A time-out would tell that something is quadratic: many members, a very long line, a very long list. */
START_TEST(large_documents_are_read_in_linear_time)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "{\"list\": [0");
    for (int i = 0; i < 300000; i++) bb_buf_printf(&text, ",%d.5", i);
    bb_buf_puts(&text, "]");
    for (int i = 0; i < 100000; i++) bb_buf_printf(&text, ",\"key %d\":\"\xC3\xA9\"", i);
    bb_buf_puts(&text, "}");
    struct bb_json *json = parse_bytes(text.data, text.len);
    ck_assert_ptr_nonnull(json);
    ck_assert_uint_eq(json->as.list.n, 100001);
    const struct bb_json *last = json->as.list.item[100000];
    ck_assert_str_eq(last->key, "key 99999");
    ck_assert_uint_eq(last->place.column, bb_utf8_length(text.data, text.len) - 3);
    bb_buf_release(&text);
}
END_TEST

START_TEST(a_file_is_read_or_missed_where_it_was_named)
{
    struct bb_place from = {.file = "manifest.json", .line = 3, .column = 4};
    ck_assert_ptr_null(bb_json_read(arena, "/nowhere/at/all.json", from, &diags));
    ck_assert_uint_eq(diags.n, 1);
    ck_assert_uint_eq(diags.diag[0].place.line, 3);
    ck_assert_ptr_nonnull(strstr(diags.diag[0].message, "/nowhere/at/all.json"));

    const char *tmp = getenv("TMPDIR");
    char *dir = bb_path_join(arena, tmp ? tmp : "/tmp", "bb-json-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    char *path = bb_path_join(arena, dir, "a.json");
    ck_assert_int_eq(bb_file_write(path, "[7]", 3, NULL), BB_OK);
    struct bb_json *json = bb_json_read(arena, path, from, &diags);
    ck_assert_int_eq(bb_remove_tree(dir, NULL), BB_OK);
    ck_assert_ptr_nonnull(json);
    ck_assert_double_eq(json->as.list.item[0]->as.number, 7);
    ck_assert_str_eq(json->place.file, path);
}
END_TEST

START_TEST(types_have_names)
{
    ck_assert_str_eq(bb_json_type_name(BB_JSON_NUMBER), "a number");
    ck_assert_str_eq(bb_json_type_name(BB_JSON_OBJECT), "an object");
}
END_TEST

Suite *suite_base_json(void)
{
    Suite *suite = suite_create("base_json");
    TCase *tcase = tcase_create("json");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, every_kind_of_value_is_read);
    tcase_add_test(tcase, a_value_alone_is_a_document);
    tcase_add_test(tcase, every_value_has_its_place);
    tcase_add_loop_test(tcase, what_is_not_json_is_refused_in_its_place, 0, (int)N_OF(refused));
    tcase_add_test(tcase, a_nul_byte_is_refused);
    tcase_add_test(tcase, every_cut_is_refused);
    tcase_add_test(tcase, nesting_has_a_limit);
    tcase_add_test(tcase, doubles_are_found_in_objects_of_any_size);
    tcase_add_test(tcase, large_documents_are_read_in_linear_time);
    tcase_add_test(tcase, a_file_is_read_or_missed_where_it_was_named);
    tcase_add_test(tcase, types_have_names);
    suite_add_tcase(suite, tcase);
    return suite;
}
