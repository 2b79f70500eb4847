#include <check.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

Suite *suite_base_json_fields(void);

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

enum colour_use { USE_NONE = -1, USE_FILL, USE_LINE, USE_BOTH };
static const char *const uses[] = {"fill", "line", "both", NULL};

struct thing {
    const char *id, *title, *published, *home, *colour;
    double weight;
    long seed, count;
    bool visible, fair;
    int use;
    struct bb_texts tags;
    struct bb_numbers levels;
    struct bb_json *extra;
};

#define AT(member) offsetof(struct thing, member)
static const struct bb_field fields[] = {
    {.key = "id", .kind = BB_FIELD_ID, .offset = AT(id), .flags = BB_REQUIRED},
    {.key = "title", .kind = BB_FIELD_TEXT, .offset = AT(title)},
    {.key = "published", .kind = BB_FIELD_DATE, .offset = AT(published)},
    {.key = "home", .kind = BB_FIELD_URL, .offset = AT(home)},
    {.key = "colour", .kind = BB_FIELD_COLOUR, .offset = AT(colour)},
    {.key = "weight", .kind = BB_FIELD_NUMBER, .offset = AT(weight), .min = 0, .max = 1},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = AT(seed), .absent = 1, .min = 0, .max = HUGE_VAL},
    {.key = "count", .kind = BB_FIELD_INTEGER, .offset = AT(count), .absent = 0, .flags = BB_REQUIRED},
    {.key = "visible", .kind = BB_FIELD_BOOL, .offset = AT(visible), .absent = true},
    {.key = "fair", .kind = BB_FIELD_BOOL, .offset = AT(fair), .flags = BB_HIDDEN},
    {.key = "use", .kind = BB_FIELD_CHOICE, .offset = AT(use), .absent = USE_NONE, .choices = uses},
    {.key = "tags", .kind = BB_FIELD_TEXTS, .offset = AT(tags)},
    {.key = "levels", .kind = BB_FIELD_NUMBERS, .offset = AT(levels), .min = -HUGE_VAL, .max = 10},
    {.key = "extra", .kind = BB_FIELD_JSON, .offset = AT(extra)},
};

static struct bb_arena *arena;
static struct bb_diags diags;
static struct thing thing;

static void set_up(void)
{
    arena = bb_arena_new(0);
    bb_diags_init(&diags);
    memset(&thing, 0x5A, sizeof thing);
}

static void tear_down(void)
{
    bb_diags_release(&diags);
    bb_arena_free(arena);
    arena = NULL;
}

static bool read_thing(const char *text)
{
    struct bb_json *json = bb_json_parse(arena, "t.json", text, strlen(text), &diags);
    ck_assert_msg(json != NULL, "%s: %s", text, diags.n ? diags.diag[0].message : "");
    return bb_fields_read(json, "thing", fields, N_OF(fields), &thing, arena, &diags);
}

static const char full[] =
    "{\"id\": \"t-1\", \"title\": \"A thing\", \"published\": \"2024-02-29\", \"home\": \"https://example.org/a?b#c\", "
    "\"colour\": \"#0aF9c3\", \"weight\": 0.25, \"seed\": 9007199254740992, \"count\": 0, \"visible\": false, "
    "\"fair\": true, \"use\": \"both\", \"tags\": [\"x\", \"y\"], \"levels\": [1, null, -2.5], "
    "\"extra\": {\"any\": [\"thing\"]}}";

START_TEST(every_kind_is_read)
{
    ck_assert(read_thing(full));
    ck_assert_uint_eq(diags.n, 0);
    ck_assert_str_eq(thing.id, "t-1");
    ck_assert_str_eq(thing.title, "A thing");
    ck_assert_str_eq(thing.published, "2024-02-29");
    ck_assert_str_eq(thing.home, "https://example.org/a?b#c");
    ck_assert_str_eq(thing.colour, "#0aF9c3");
    ck_assert_double_eq(thing.weight, 0.25);
    ck_assert_int_eq(thing.seed, 9007199254740992);
    ck_assert_int_eq(thing.count, 0);
    ck_assert(!thing.visible && thing.fair);
    ck_assert_int_eq(thing.use, USE_BOTH);
    ck_assert_uint_eq(thing.tags.n, 2);
    ck_assert_str_eq(thing.tags.text[1], "y");
    ck_assert_uint_eq(thing.levels.n, 3);
    ck_assert(isnan(thing.levels.number[1]));
    ck_assert_double_eq(thing.levels.number[2], -2.5);
    ck_assert_int_eq(thing.extra->type, BB_JSON_OBJECT);
}
END_TEST

static void assert_defaults(void)
{
    ck_assert_ptr_null(thing.title);
    ck_assert_ptr_null(thing.published);
    ck_assert_ptr_null(thing.home);
    ck_assert_ptr_null(thing.colour);
    ck_assert(isnan(thing.weight));
    ck_assert_int_eq(thing.seed, 1);
    ck_assert(thing.visible && !thing.fair);
    ck_assert_int_eq(thing.use, USE_NONE);
    ck_assert_ptr_null(thing.tags.text);
    ck_assert_uint_eq(thing.tags.n, 0);
    ck_assert_uint_eq(thing.levels.n, 0);
    ck_assert_ptr_null(thing.extra);
}

START_TEST(what_is_absent_has_its_default)
{
    ck_assert(read_thing("{\"id\": \"a\", \"count\": 3}"));
    assert_defaults();
    memset(&thing, 0x5A, sizeof thing);
    bb_fields_default(fields, N_OF(fields), &thing);
    assert_defaults();
    ck_assert_ptr_null(thing.id);
}
END_TEST

START_TEST(one_text_counts_as_a_list)
{
    ck_assert(read_thing("{\"id\": \"a\", \"count\": 3, \"tags\": \"only\", \"levels\": []}"));
    ck_assert_uint_eq(thing.tags.n, 1);
    ck_assert_str_eq(thing.tags.text[0], "only");
    ck_assert_ptr_nonnull(thing.levels.number);
}
END_TEST

/* One wrong member, and what is said about it; column of the value, or of the key for unknown keys */
static const struct {
    const char *member;
    const char *message;
    bool at_key;
} wrong[] = {
    {"\"titel\": 1", "unknown key \"titel\" in the thing; did you mean \"title\"?", true},
    {"\"Title\": 1", "unknown key \"Title\" in the thing; did you mean \"title\"?", true},
    {"\"frequency\": 1", "unknown key \"frequency\" in the thing", true},
    {"\"title\": 1", "\"title\" must be a string, not a number", false},
    {"\"title\": null", "\"title\" must be a string, not null", false},
    {"\"published\": \"2023-02-29\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"2023-02-29\"", false},
    {"\"published\": \"1900-02-29\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"1900-02-29\"", false},
    {"\"published\": \"2024-04-31\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"2024-04-31\"", false},
    {"\"published\": \"2024-13-01\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"2024-13-01\"", false},
    {"\"published\": \"2024-00-01\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"2024-00-01\"", false},
    {"\"published\": \"2024-01-00\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"2024-01-00\"", false},
    {"\"published\": \"2024-1-1\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"2024-1-1\"", false},
    {"\"published\": \"2024-01-011\"", "\"published\" must be a day that exists, as YYYY-MM-DD, not \"2024-01-011\"", false},
    {"\"published\": 2024", "\"published\" must be a string, not a number", false},
    {"\"home\": \"javascript:alert(1)\"",
     "\"home\" must be an address that begins with https://, http:// or mailto:, not \"javascript:alert(1)\"", false},
    {"\"home\": \"https://a b\"",
     "\"home\" must be an address that begins with https://, http:// or mailto:, not \"https://a b\"", false},
    {"\"home\": \"http://\"", "\"home\" must be an address that begins with https://, http:// or mailto:, not \"http://\"",
     false},
    {"\"colour\": \"#12345\"", "\"colour\" must be a colour as #rrggbb, not \"#12345\"", false},
    {"\"colour\": \"#12345g\"", "\"colour\" must be a colour as #rrggbb, not \"#12345g\"", false},
    {"\"colour\": \"#1234567\"", "\"colour\" must be a colour as #rrggbb, not \"#1234567\"", false},
    {"\"weight\": \"1\"", "\"weight\" must be a number, not a string", false},
    {"\"weight\": 1.5", "\"weight\" must be between 0 and 1, not 1.5", false},
    {"\"weight\": -0.001", "\"weight\" must be between 0 and 1, not -0.001", false},
    {"\"seed\": 1.5", "\"seed\" must be a whole number, not 1.5", false},
    {"\"seed\": -1", "\"seed\" must be at least 0, not -1", false},
    {"\"seed\": 1e17", "\"seed\" must be a whole number up to 9007199254740992, not 1e+17", false},
    {"\"seed\": true", "\"seed\" must be a whole number, not true or false", false},
    {"\"visible\": 1", "\"visible\" must be true or false, not a number", false},
    {"\"use\": \"lin\"", "\"use\" must be one of \"fill\", \"line\" or \"both\", not \"lin\"", false},
    {"\"use\": 1", "\"use\" must be one of \"fill\", \"line\" or \"both\", not a number", false},
    {"\"tags\": 1", "\"tags\" must be a list of strings, not a number", false},
    {"\"levels\": 1", "\"levels\" must be a list of numbers, not a number", false},
};

START_TEST(what_is_wrong_is_said_in_its_place)
{
    static const char start[] = "{\"id\": \"a\", \"count\": 3, ";
    char *text = bb_arena_printf(arena, "%s%s}", start, wrong[_i].member);
    ck_assert(!read_thing(text));
    ck_assert_uint_eq(diags.n, 1);
    ck_assert_str_eq(diags.diag[0].message, wrong[_i].message);
    size_t column = strlen(start) + 1;
    if (!wrong[_i].at_key) column += (size_t)(strstr(wrong[_i].member, ": ") - wrong[_i].member) + 2;
    ck_assert_uint_eq(diags.diag[0].place.column, column);
    assert_defaults();
}
END_TEST

START_TEST(elements_are_named_in_their_place)
{
    ck_assert(!read_thing("{\"id\": \"a\", \"count\": 3,\n\"tags\": [\"x\", 7],\n\"levels\": [1, 2, 11, \"x\"]}"));
    ck_assert_uint_eq(diags.n, 3);
    ck_assert_str_eq(diags.diag[0].message, "\"tags\" must be a list of strings; its element 2 is a number");
    ck_assert_uint_eq(diags.diag[0].place.line, 2);
    ck_assert_uint_eq(diags.diag[0].place.column, 15);
    ck_assert_str_eq(diags.diag[1].message, "\"levels\" must be at most 10, not 11");
    ck_assert_str_eq(diags.diag[2].message, "\"levels\" must be a list of numbers; its element 4 is a string");
    assert_defaults();
}
END_TEST

START_TEST(an_identifier_is_suggested)
{
    ck_assert(!read_thing("{\"id\": \"my model\", \"count\": 3}"));
    ck_assert_ptr_nonnull(strstr(diags.diag[0].message, "not \"my model\"; \"my-model\" would do"));
}
END_TEST

START_TEST(all_problems_are_said_at_once)
{
    ck_assert(!read_thing("{\"weight\": 2, \"titel\": 1}"));
    ck_assert_uint_eq(diags.n_errors, 4);
    ck_assert_str_eq(diags.diag[2].message, "\"id\" is missing in the thing");
    ck_assert_str_eq(diags.diag[3].message, "\"count\" is missing in the thing");
    ck_assert_uint_eq(diags.diag[2].place.column, 1);
}
END_TEST

START_TEST(what_is_no_object_has_no_fields)
{
    ck_assert(!read_thing("[1]"));
    ck_assert_str_eq(diags.diag[0].message, "the thing must be an object, not a list");
    assert_defaults();
}
END_TEST

/* Doubles of a message are dropped, but the second reading fails like the first. */
START_TEST(reading_twice_fails_twice)
{
    struct bb_json *json = bb_json_parse(arena, "t.json", "{}", 2, &diags);
    ck_assert(!bb_fields_read(json, "thing", fields, N_OF(fields), &thing, arena, &diags));
    ck_assert(!bb_fields_read(json, "thing", fields, N_OF(fields), &thing, arena, &diags));
    ck_assert_uint_eq(diags.n_errors, 2);
}
END_TEST

static char *write_thing(void)
{
    struct bb_buf buf = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &buf, 0);
    bb_jw_object(&w);
    bb_jw_fields(&w, fields, N_OF(fields), &thing);
    bb_jw_object_end(&w);
    char *text = bb_arena_strdup(arena, bb_buf_text(&buf));
    bb_buf_release(&buf);
    return text;
}

START_TEST(what_is_written_is_what_was_read)
{
    ck_assert(read_thing(full));
    char *written = write_thing();
    ck_assert_str_eq(written,
                     "{\"id\":\"t-1\",\"title\":\"A thing\",\"published\":\"2024-02-29\",\"home\":\"https://example.org/a?b#c\","
                     "\"colour\":\"#0aF9c3\",\"weight\":0.25,\"seed\":9007199254740992,\"count\":0,\"visible\":false,"
                     "\"use\":\"both\",\"tags\":[\"x\",\"y\"],\"levels\":[1,null,-2.5],\"extra\":{\"any\":[\"thing\"]}}");
    ck_assert(read_thing(written));
    ck_assert_str_eq(write_thing(), written);
}
END_TEST

START_TEST(what_is_absent_is_not_written)
{
    ck_assert(read_thing("{\"id\": \"a\", \"count\": 0, \"tags\": []}"));
    ck_assert_str_eq(write_thing(), "{\"id\":\"a\",\"count\":0,\"tags\":[]}");
}
END_TEST

Suite *suite_base_json_fields(void)
{
    Suite *suite = suite_create("base_json_fields");
    TCase *tcase = tcase_create("fields");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, every_kind_is_read);
    tcase_add_test(tcase, what_is_absent_has_its_default);
    tcase_add_test(tcase, one_text_counts_as_a_list);
    tcase_add_loop_test(tcase, what_is_wrong_is_said_in_its_place, 0, (int)N_OF(wrong));
    tcase_add_test(tcase, elements_are_named_in_their_place);
    tcase_add_test(tcase, an_identifier_is_suggested);
    tcase_add_test(tcase, all_problems_are_said_at_once);
    tcase_add_test(tcase, what_is_no_object_has_no_fields);
    tcase_add_test(tcase, reading_twice_fails_twice);
    tcase_add_test(tcase, what_is_written_is_what_was_read);
    tcase_add_test(tcase, what_is_absent_is_not_written);
    suite_add_tcase(suite, tcase);
    return suite;
}
