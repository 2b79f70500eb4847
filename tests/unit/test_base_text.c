#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/text.h"

Suite *suite_base_text(void);

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static struct bb_arena *arena;

static void make_arena(void)
{
    arena = bb_arena_new(0);
}

static void drop_arena(void)
{
    bb_arena_free(arena);
    arena = NULL;
}

/*
 * UTF-8
 */
static const struct {
    const char *text;
    size_t first_bad; /* (size_t)-1: all is well */
} utf8_case[] = {
    {"", SIZE_MAX},
    {"plain ASCII of more than eight bytes", SIZE_MAX},
    {"\x7F", SIZE_MAX},
    {"\xC2\x80", SIZE_MAX},
    {"\xDF\xBF", SIZE_MAX},
    {"\xE0\xA0\x80", SIZE_MAX},
    {"\xED\x9F\xBF", SIZE_MAX},
    {"\xEE\x80\x80", SIZE_MAX},
    {"\xEF\xBF\xBF", SIZE_MAX},
    {"\xF0\x90\x80\x80", SIZE_MAX},
    {"\xF4\x8F\xBF\xBF", SIZE_MAX},
    {"12345678\xC3\xA9"
     "1234567890",
     SIZE_MAX},
    {"\x80", 0},             /* continuation alone */
    {"\xC0\x80", 0},         /* overlong NUL */
    {"\xC1\xBF", 0},         /* overlong */
    {"\xE0\x9F\xBF", 0},     /* overlong */
    {"\xED\xA0\x80", 0},     /* surrogate */
    {"\xED\xBF\xBF", 0},     /* surrogate */
    {"\xF0\x8F\xBF\xBF", 0}, /* overlong */
    {"\xF4\x90\x80\x80", 0}, /* over U+10FFFF */
    {"\xF5\x80\x80\x80", 0},
    {"\xFF", 0},
    {"ab\xC3", 2}, /* cut short */
    {"ab\xE2\x82", 2},
    {"ab\xF0\x9F\x98", 2},
    {"ab\xE2\x28\xA1", 2},
    {"12345678901234567\x80", 17},
    {"1234567\xC3\xA9"
     "12345678\xFE",
     17},
};

START_TEST(utf8_is_checked_at_its_boundaries)
{
    const char *text = utf8_case[_i].text;
    size_t len = strlen(text);
    /* An exact heap copy, so that reading over the end is seen. */
    char *copy = bb_malloc(len);
    memcpy(copy, text, len);
    size_t expected = utf8_case[_i].first_bad == SIZE_MAX ? len : utf8_case[_i].first_bad;
    ck_assert_uint_eq(bb_utf8_check(copy, len), expected);
    free(copy);
}
END_TEST

START_TEST(utf8_is_cleaned_for_messages)
{
    static const char bad[] = "a\tb\nc\x01\x7F\xC2\x85\xFF\xE2\x82\xAC\xE2\x82";
    ck_assert_str_eq(bb_utf8_clean(arena, bad, sizeof bad - 1),
                     "a\tb\nc\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xE2\x82\xAC\xEF\xBF\xBD\xEF\xBF\xBD");
    ck_assert_str_eq(bb_utf8_clean(arena, "", 0), "");
}
END_TEST

START_TEST(text_is_tamed_in_place)
{
    char text[] = "\033]0;x\007 \xC3\xA9 \xC2\x9B \xF0\x9F\x98\x80 \xED\xA0\x80\n";
    bb_text_tame(text);
    ck_assert_str_eq(text, "?]0;x? \xC3\xA9 ? \xF0\x9F\x98\x80 ????");
}
END_TEST

START_TEST(length_counts_code_points)
{
    static const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    ck_assert_uint_eq(bb_utf8_length(text, sizeof text - 1), 4);
    ck_assert_uint_eq(bb_utf8_length(text, 0), 0);
}
END_TEST

/*
 * Identifiers and names
 */
START_TEST(identifiers_are_safe_names)
{
    static const char *const good[] = {"a", "7", "resnet-50_v1.5", "a=b+c", "MajajHong2015.IT-pls"};
    static const char *const bad[] = {"", ".", "..", "-a", "_a", "a b", "a/b", "a\xC3\xA9", "a\n", "+a", "a:b"};
    for (size_t i = 0; i < N_OF(good); i++) ck_assert_msg(bb_id_valid(good[i]), "%s", good[i]);
    for (size_t i = 0; i < N_OF(bad); i++) ck_assert_msg(!bb_id_valid(bad[i]), "%s", bad[i]);
    ck_assert(!bb_id_valid(NULL));
    char text[130];
    memset(text, 'x', sizeof text);
    text[128] = '\0';
    ck_assert(bb_id_valid(text));
    text[128] = 'x';
    text[129] = '\0';
    ck_assert(!bb_id_valid(text));
}
END_TEST

START_TEST(an_identifier_is_suggested)
{
    static const struct {
        const char *text, *id;
    } cases[] = {
        {"my model!", "my-model"},  {"my-model", "my-model"}, {"  a -- b  ", "a--b"},      {"../etc/passwd", "etc-passwd"},
        {"caf\xC3\xA9 1", "caf-1"}, {"", "unnamed"},          {"\xE2\x82\xAC", "unnamed"}, {"a/", "a"},
        {"a b-", "a-b-"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) ck_assert_str_eq(bb_id_suggest(arena, cases[i].text), cases[i].id);
    char text[400];
    for (size_t i = 0; i + 1 < sizeof text; i++) text[i] = i % 2 ? ' ' : 'x';
    text[sizeof text - 1] = '\0';
    ck_assert(bb_id_valid(bb_id_suggest(arena, text)));
}
END_TEST

START_TEST(the_nearest_name_is_found)
{
    static const char *const names[] = {"benchmarks", "models", "title", "id", "colour", "url"};
    static const struct {
        const char *text, *nearest;
    } cases[] = {
        {"benchmrks", "benchmarks"},
        {"bnechmarks", "benchmarks"},
        {"Models", "models"},
        {"model", "models"},
        {"tilte", "title"},
        {"color", "colour"},
        {"uri", "url"},
        {"ids", "id"},
        {"frequency", NULL},
        {"", NULL},
        {"x", NULL},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        const char *nearest = bb_nearest(cases[i].text, names, N_OF(names));
        ck_assert_msg(bb_streq(nearest, cases[i].nearest), "%s: %s", cases[i].text, nearest ? nearest : "none");
    }
    ck_assert_ptr_null(bb_nearest("a", names, 0));
}
END_TEST

START_TEST(nearest_takes_long_texts)
{
    char text[1000];
    memset(text, 'x', sizeof text);
    text[999] = '\0';
    const char *names[] = {text, "short"};
    ck_assert_ptr_null(bb_nearest(text, names, 2));
    text[128] = '\0';
    ck_assert_ptr_eq(bb_nearest(text, names, 2), text);
}
END_TEST

START_TEST(texts_compare_without_locale)
{
    ck_assert(bb_streq(NULL, NULL) && !bb_streq(NULL, "") && !bb_streq("", NULL) && bb_streq("a", "a") && !bb_streq("a", "A"));
    ck_assert(bb_strcaseeq("IT", "it") && !bb_strcaseeq("IT", "its") && !bb_strcaseeq("its", "it") && !bb_strcaseeq(NULL, ""));
    ck_assert(bb_strcaseeq("", "") && !bb_strcaseeq("[", "{") && !bb_strcaseeq("@", "`"));
    ck_assert(bb_starts_with("abc", "ab") && bb_starts_with("abc", "") && !bb_starts_with("ab", "abc"));
    ck_assert(bb_ends_with("abc", "bc") && bb_ends_with("abc", "") && !bb_ends_with("bc", "abc"));
}
END_TEST

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

/* The list is in order; so every pair must compare as their positions do. Equal numbers are told apart by their bytes. */
START_TEST(natural_order_is_total)
{
    static const char *const ordered[] = {
        "",
        "0",
        "00",
        "01",
        "1",
        "2",
        "10",
        "a",
        "a0",
        "a1",
        "a01b",
        "a1b",
        "a2",
        "a10",
        "a10b",
        "a10b2",
        "b",
        "s2",
        "s10",
        "s0010x",
        "s10x",
        "s99999999999999999998",
        "s99999999999999999999",
        "s100000000000000000000",
        "\xC3\xA9",
    };
    for (size_t i = 0; i < N_OF(ordered); i++)
        for (size_t j = 0; j < N_OF(ordered); j++) {
            int got = sign(bb_natural_compare(ordered[i], ordered[j]));
            ck_assert_msg(got == (i < j ? -1 : i > j), "\"%s\" and \"%s\": %d", ordered[i], ordered[j], got);
        }
}
END_TEST

/*
 * Numbers
 */
static const struct {
    const char *text;
    bool good, missing;
    double value;
} number_case[] = {
    {"1", true, false, 1},
    {"-.5", true, false, -0.5},
    {"+2.", true, false, 2},
    {"1e-3", true, false, 1e-3},
    {"1E+3", true, false, 1e3},
    {" 7\t", true, false, 7},
    {"007", true, false, 7},
    {"1e-400", true, false, 0},
    {"0.1", true, false, 0.1},
    {"179769313486231570000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000"
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "0000000"
     "000000000000000000000000000000000000000000000000000000000000000",
     false, false, 0},
    {"", true, true, 0},
    {"  ", true, true, 0},
    {"NaN", true, true, 0},
    {"nan", true, true, 0},
    {" NA ", true, true, 0},
    {"na", true, true, 0},
    {"null", true, true, 0},
    {"Na", false, false, 0},
    {"inf", false, false, 0},
    {"-inf", false, false, 0},
    {"-nan", false, false, 0},
    {"0x10", false, false, 0},
    {"1e", false, false, 0},
    {"1e+", false, false, 0},
    {".", false, false, 0},
    {"-", false, false, 0},
    {"1,5", false, false, 0},
    {"1 2", false, false, 0},
    {"1.2.3", false, false, 0},
    {"1f", false, false, 0},
    {"1e400", false, false, 0},
    {"one", false, false, 0},
};

START_TEST(numbers_are_read)
{
    double value = -77;
    bool missing = !number_case[_i].missing;
    bool good = bb_parse_number(number_case[_i].text, &value, &missing);
    ck_assert_msg(good == number_case[_i].good, "\"%s\"", number_case[_i].text);
    ck_assert_int_eq(missing, number_case[_i].missing);
    if (!good)
        ck_assert_double_eq(value, -77);
    else if (missing)
        ck_assert(isnan(value));
    else
        ck_assert_double_eq(value, number_case[_i].value);
    double again;
    ck_assert_int_eq(bb_parse_number(number_case[_i].text, &again, NULL), good);
}
END_TEST

static const struct {
    double value;
    const char *text;
} format_case[] = {
    {0, "0"},
    {-0.0, "0"},
    {1, "1"},
    {-42, "-42"},
    {999999999999999, "999999999999999"},
    {1e15, "1000000000000000"},
    {0x1p53, "9007199254740992"},
    {1e16, "1e+16"},
    {1.2345678901234568e17, "1.2345678901234568e+17"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1.0 / 3, "0.3333333333333333"},
    {0.0001, "0.0001"},
    {0.00001234, "1.234e-05"},
    {-1.5, "-1.5"},
    {1e300, "1e+300"},
    {1e-300, "1e-300"},
    {5e-324, "5e-324"},
    {2.2250738585072014e-308, "2.2250738585072014e-308"},
    {1.7976931348623157e308, "1.7976931348623157e+308"},
    {123456.789, "123456.789"},
    {1234567890123456.7, "1234567890123456.8"},
};

START_TEST(numbers_are_written_short)
{
    char out[32];
    size_t len = bb_format_number(out, format_case[_i].value);
    ck_assert_str_eq(out, format_case[_i].text);
    ck_assert_uint_eq(len, strlen(out));
}
END_TEST

START_TEST(what_is_no_number_has_a_name)
{
    char out[64];
    bb_format_number(out, (double)NAN);
    ck_assert_str_eq(out, "NaN");
    bb_format_number(out, (double)INFINITY);
    ck_assert_str_eq(out, "inf");
    ck_assert_uint_eq(bb_format_fixed(out, -(double)INFINITY, 3), 4);
    ck_assert_str_eq(out, "-inf");
    ck_assert(isnan(bb_round_decimals((double)NAN, 2)));
}
END_TEST

/* Any bit pattern that is a finite number */
static double random_double(struct bb_rng *rng)
{
    for (;;) {
        uint64_t bits = (uint64_t)bb_rng_u32(rng) << 32 | bb_rng_u32(rng);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) return value;
    }
}

START_TEST(written_numbers_read_back)
{
    struct bb_rng rng;
    bb_rng_init(&rng, 1, (uint64_t)_i);
    for (int i = 0; i < 20000; i++) {
        double value = i % 2 ? random_double(&rng) : bb_rng_uniform(&rng);
        char out[32];
        size_t len = bb_format_number(out, value);
        ck_assert_uint_lt(len, sizeof out);
        double back;
        ck_assert(bb_parse_number(out, &back, NULL));
        ck_assert_msg(back == value, "%s is %a, not %a", out, back, value);
    }
}
END_TEST

static const struct {
    double value;
    int decimals;
    const char *text;
} fixed_case[] = {
    {0.125, 2, "0.13"},
    {-0.125, 2, "-0.13"},
    {0.285, 2, "0.29"},
    {1.005, 2, "1.01"},
    {2.675, 2, "2.68"},
    {0.5, 0, "1"},
    {1.5, 0, "2"},
    {2.5, 0, "3"},
    {0.49999999999999994, 0, "0"},
    {0.05, 1, "0.1"},
    {0.04, 1, "0.0"},
    {0.005, 1, "0.0"},
    {-0.004, 2, "0.00"},
    {-0.0, 3, "0.000"},
    {0, 0, "0"},
    {9.995, 2, "10.00"},
    {99.9999999, 3, "100.000"},
    {0.9999, 3, "1.000"},
    {0.95, 1, "1.0"},
    {0.0951, 1, "0.1"},
    {1e-9, 9, "0.000000001"},
    {4.9e-10, 9, "0.000000000"},
    {5e-324, 9, "0.000000000"},
    {123456789, 3, "123456789.000"},
    {1e15, 2, "1000000000000000.00"},
    {1234567890123456.7, 0, "1234567890123457"},
    {1e16, 2, "1e+16"},
    {0.1, 9, "0.100000000"},
    {1234.5678, 2, "1234.57"},
    {0.3349999999999999, 2, "0.33"},
};

START_TEST(numbers_are_rounded_once)
{
    char out[64];
    size_t len = bb_format_fixed(out, fixed_case[_i].value, fixed_case[_i].decimals);
    ck_assert_str_eq(out, fixed_case[_i].text);
    ck_assert_uint_eq(len, strlen(out));
    double expected = strtod(fixed_case[_i].text, NULL);
    ck_assert_double_eq(bb_round_decimals(fixed_case[_i].value, fixed_case[_i].decimals), expected);
}
END_TEST

/* Every k/1000 with three digits must stay what it is, and its two-digit rounding must follow from its last digit. */
START_TEST(thousandths_round_by_their_last_digit)
{
    for (int k = 0; k < 100000; k++) {
        char exact[64], out[64], expected[64];
        snprintf(exact, sizeof exact, "%d.%03d", k / 1000, k % 1000);
        double value = strtod(exact, NULL);
        bb_format_fixed(out, value, 3);
        ck_assert_str_eq(out, exact);
        int hundredths = k / 10 + (k % 10 >= 5);
        snprintf(expected, sizeof expected, "%d.%02d", hundredths / 100, hundredths % 100);
        bb_format_fixed(out, value, 2);
        ck_assert_str_eq(out, expected);
    }
}
END_TEST

/* Away from ties, rounding the shortest decimal is rounding the value itself, which the C library does exactly. */
START_TEST(most_values_are_rounded_as_they_are)
{
    char out[64], exact[64];
    for (unsigned k = 0; k < 40000; k++) {
        double value = ((double)k * 7919.123457 - 1.5e8) / pow(10, k % 17);
        int decimals = (int)(k % 10);
        double scaled = fabs(value) * pow(10, decimals);
        if (scaled > 1e11 || fabs(scaled - floor(scaled) - .5) < 1e-3) continue;
        snprintf(exact, sizeof exact, "%.*f", decimals, value);
        bb_format_fixed(out, value, decimals);
        if (strtod(exact, NULL) == 0 && exact[0] == '-') memmove(exact, exact + 1, strlen(exact)); /* never "-0.00" */
        ck_assert_str_eq(out, exact);
        ck_assert_double_eq(bb_round_decimals(value, decimals), strtod(exact, NULL));
    }
}
END_TEST

/* A locale with a decimal comma, where the machine has one, must change nothing. */
START_TEST(the_locale_changes_nothing)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "fr_FR"};
    for (size_t i = 0; i < N_OF(locales) && !setlocale(LC_ALL, locales[i]); i++) continue;
    char out[64];
    double value;
    bb_format_number(out, 0.1 + 0.2);
    ck_assert_str_eq(out, "0.30000000000000004");
    bb_format_fixed(out, 1234.5, 2);
    ck_assert_str_eq(out, "1234.50");
    ck_assert(bb_parse_number("0.25", &value, NULL));
    ck_assert_double_eq(value, 0.25);
    setlocale(LC_ALL, "C");
}
END_TEST

/*
 * Names by number
 */
START_TEST(names_are_numbered_in_order)
{
    struct bb_names names;
    bb_names_init(&names);
    ck_assert_uint_eq(bb_names_find(&names, "a"), BB_NAMES_NONE);
    ck_assert_uint_eq(bb_names_add(&names, "a"), 0);
    ck_assert_uint_eq(bb_names_add(&names, ""), 1);
    ck_assert_uint_eq(bb_names_add(&names, "a"), 0);
    ck_assert_uint_eq(bb_names_add_len(&names, "abc", 2), 2);
    ck_assert_uint_eq(bb_names_add_len(&names, "a\0c", 3), 0);
    ck_assert_uint_eq(bb_names_find(&names, "ab"), 2);
    ck_assert_uint_eq(bb_names_find(&names, "abc"), BB_NAMES_NONE);
    ck_assert_uint_eq(names.n, 3);
    ck_assert_str_eq(names.name[2], "ab");
    bb_names_release(&names);
    ck_assert_uint_eq(names.n, 0);
    ck_assert_uint_eq(bb_names_add(&names, "again"), 0);
    bb_names_release(&names);
    bb_names_release(NULL);
}
END_TEST

START_TEST(many_names_keep_their_numbers)
{
    struct bb_names names = {0};
    char text[32];
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < 50000; i++) {
            snprintf(text, sizeof text, "stimulus-%zu", i * 7919);
            ck_assert_uint_eq(bb_names_add(&names, text), i);
        }
    ck_assert_uint_eq(names.n, 50000);
    snprintf(text, sizeof text, "stimulus-%d", 7919 * 4242);
    ck_assert_uint_eq(bb_names_find(&names, text), 4242);
    ck_assert_str_eq(names.name[4242], text);
    ck_assert_uint_le(names.n * 2, names.n_slots);
    bb_names_release(&names);
}
END_TEST

Suite *suite_base_text(void)
{
    Suite *suite = suite_create("base_text");
    TCase *utf8 = tcase_create("utf8");
    tcase_add_checked_fixture(utf8, make_arena, drop_arena);
    tcase_add_loop_test(utf8, utf8_is_checked_at_its_boundaries, 0, (int)N_OF(utf8_case));
    tcase_add_test(utf8, utf8_is_cleaned_for_messages);
    tcase_add_test(utf8, text_is_tamed_in_place);
    tcase_add_test(utf8, length_counts_code_points);
    suite_add_tcase(suite, utf8);
    TCase *text = tcase_create("text");
    tcase_add_checked_fixture(text, make_arena, drop_arena);
    tcase_add_test(text, identifiers_are_safe_names);
    tcase_add_test(text, an_identifier_is_suggested);
    tcase_add_test(text, the_nearest_name_is_found);
    tcase_add_test(text, nearest_takes_long_texts);
    tcase_add_test(text, texts_compare_without_locale);
    tcase_add_test(text, natural_order_is_total);
    suite_add_tcase(suite, text);
    TCase *numbers = tcase_create("numbers");
    tcase_set_timeout(numbers, 60);
    tcase_add_loop_test(numbers, numbers_are_read, 0, (int)N_OF(number_case));
    tcase_add_loop_test(numbers, numbers_are_written_short, 0, (int)N_OF(format_case));
    tcase_add_test(numbers, what_is_no_number_has_a_name);
    tcase_add_loop_test(numbers, written_numbers_read_back, 0, 4);
    tcase_add_loop_test(numbers, numbers_are_rounded_once, 0, (int)N_OF(fixed_case));
    tcase_add_test(numbers, thousandths_round_by_their_last_digit);
    tcase_add_test(numbers, most_values_are_rounded_as_they_are);
    tcase_add_test(numbers, the_locale_changes_nothing);
    suite_add_tcase(suite, numbers);
    TCase *names = tcase_create("names");
    tcase_set_timeout(names, 60);
    tcase_add_test(names, names_are_numbered_in_order);
    tcase_add_test(names, many_names_keep_their_numbers);
    suite_add_tcase(suite, names);
    return suite;
}
