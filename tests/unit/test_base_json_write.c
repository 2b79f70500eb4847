#include <check.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/rng.h"

Suite *suite_base_json_write(void);

static struct bb_buf buf;
static struct bb_json_writer w;

static void set_up(void)
{
    buf = (struct bb_buf)BB_BUF_INIT;
    bb_jw_init(&w, &buf, 0);
}

static void tear_down(void)
{
    bb_buf_release(&buf);
}

static void write_sample(void)
{
    bb_jw_object(&w);
    bb_jw_key(&w, "a");
    bb_jw_integer(&w, -7);
    bb_jw_key(&w, "b");
    bb_jw_array(&w);
    bb_jw_bool(&w, true);
    bb_jw_bool(&w, false);
    bb_jw_null(&w);
    bb_jw_text(&w, NULL);
    bb_jw_object(&w);
    bb_jw_object_end(&w);
    bb_jw_array(&w);
    bb_jw_array_end(&w);
    bb_jw_array_end(&w);
    bb_jw_key(&w, "c");
    bb_jw_object(&w);
    bb_jw_member_text(&w, "d", "e");
    bb_jw_member_text(&w, "left out", NULL);
    bb_jw_member_number(&w, "left out", (double)NAN);
    bb_jw_member_number(&w, "f", 0.5);
    bb_jw_object_end(&w);
    bb_jw_object_end(&w);
}

START_TEST(compact_text_has_no_blanks)
{
    write_sample();
    ck_assert_str_eq(buf.data, "{\"a\":-7,\"b\":[true,false,null,null,{},[]],\"c\":{\"d\":\"e\",\"f\":0.5}}");
}
END_TEST

START_TEST(indented_text_has_a_line_for_each_value)
{
    bb_jw_init(&w, &buf, 2);
    write_sample();
    ck_assert_str_eq(buf.data, "{\n"
                               "  \"a\": -7,\n"
                               "  \"b\": [\n"
                               "    true,\n"
                               "    false,\n"
                               "    null,\n"
                               "    null,\n"
                               "    {},\n"
                               "    []\n"
                               "  ],\n"
                               "  \"c\": {\n"
                               "    \"d\": \"e\",\n"
                               "    \"f\": 0.5\n"
                               "  }\n"
                               "}");
}
END_TEST

START_TEST(strings_are_escaped)
{
    bb_jw_text(&w, "\"\\/\b\f\n\r\t\x01\x1F\x7F \xC3\xA9 </script>&\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA\xF0\x9F\x98\x80");
    ck_assert_str_eq(buf.data, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F \xC3\xA9 \\u003c/script\\u003e\\u0026\\u2028\\u2029"
                               "\xE2\x80\xAA\xF0\x9F\x98\x80\"");
}
END_TEST

START_TEST(malformed_text_is_still_json)
{
    bb_jw_array(&w);
    bb_jw_text(&w, "\xFF"
                   "a\xE2\x80");
    bb_jw_text(&w, "");
    bb_jw_array_end(&w);
    ck_assert_str_eq(buf.data, "[\"\\ufffda\\ufffd\\ufffd\",\"\"]");
}
END_TEST

START_TEST(numbers_are_json)
{
    bb_jw_array(&w);
    bb_jw_number(&w, -0.0);
    bb_jw_number(&w, 1e300);
    bb_jw_number(&w, 0.1 + 0.2);
    bb_jw_number(&w, (double)NAN);
    bb_jw_number(&w, (double)INFINITY);
    bb_jw_number(&w, -(double)INFINITY);
    bb_jw_integer(&w, INT64_MIN);
    bb_jw_array_end(&w);
    ck_assert_str_eq(buf.data, "[0,1e+300,0.30000000000000004,null,null,null,-9223372036854775808]");
}
END_TEST

START_TEST(random_doubles_come_back)
{
    enum { N = 20000 };
    static double value[N];
    struct bb_rng rng;
    bb_rng_init(&rng, 2, 0);
    bb_jw_array(&w);
    for (int i = 0; i < N;) {
        uint64_t bits = (uint64_t)bb_rng_u32(&rng) << 32 | bb_rng_u32(&rng);
        memcpy(&value[i], &bits, sizeof bits);
        if (isfinite(value[i])) bb_jw_number(&w, value[i++]);
    }
    bb_jw_array_end(&w);
    struct bb_diags diags;
    bb_diags_init(&diags);
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_json *json = bb_json_parse(arena, "numbers", buf.data, buf.len, &diags);
    ck_assert_msg(json != NULL, "%s", diags.n ? diags.diag[0].message : "");
    ck_assert_uint_eq(json->as.list.n, N);
    for (size_t i = 0; i < N; i++) ck_assert_msg(json->as.list.item[i]->as.number == value[i], "%a", value[i]);
    bb_arena_free(arena);
    bb_diags_release(&diags);
}
END_TEST

START_TEST(a_tree_is_written_as_it_was_read)
{
    static const char text[] = "{\"z\":[1,2.5,\"x\\n\",null,true,{\"b\":{},\"a\":[]}],\"a\":false}";
    struct bb_diags diags;
    bb_diags_init(&diags);
    struct bb_arena *arena = bb_arena_new(0);
    bb_jw_value(&w, bb_json_parse(arena, "tree", text, sizeof text - 1, &diags));
    ck_assert_str_eq(buf.data, text);
    bb_arena_free(arena);
    bb_diags_release(&diags);
}
END_TEST

Suite *suite_base_json_write(void)
{
    Suite *suite = suite_create("base_json_write");
    TCase *tcase = tcase_create("writer");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, compact_text_has_no_blanks);
    tcase_add_test(tcase, indented_text_has_a_line_for_each_value);
    tcase_add_test(tcase, strings_are_escaped);
    tcase_add_test(tcase, malformed_text_is_still_json);
    tcase_add_test(tcase, numbers_are_json);
    tcase_add_test(tcase, random_doubles_come_back);
    tcase_add_test(tcase, a_tree_is_written_as_it_was_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
