#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

Suite *suite_base_csv(void);

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

/* Rows as one text: "line:[field][field]|" each */
static struct bb_buf rows;

static void make_rows(void)
{
    rows = (struct bb_buf)BB_BUF_INIT;
}

static void drop_rows(void)
{
    bb_buf_release(&rows);
}

static enum bb_code note_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    const size_t *stop_at = ctx;
    if (stop_at && *stop_at == line) return bb_fail(err, BB_ELIMIT, "stopped");
    bb_buf_printf(&rows, "%zu:", line);
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_eq(strlen(field[i].text), field[i].len);
        bb_buf_printf(&rows, "[%s]", field[i].text);
    }
    bb_buf_putc(&rows, '|');
    return BB_OK;
}

/* An exact heap copy without a NUL, so that reading over the end is seen */
static enum bb_code parse(const char *text, size_t len, char delimiter, struct bb_err *err)
{
    char *copy = bb_malloc(len);
    memcpy(copy, text, len);
    enum bb_code rc = bb_csv_parse(copy, len, delimiter, note_row, NULL, err);
    free(copy);
    return rc;
}

static const struct {
    const char *text;
    char delimiter;
    const char *rows;
} good[] = {
    {"", 0, ""},
    {"\n\r\n\n", 0, ""},
    {"a", 0, "1:[a]|"},
    {"a,b\n1,2\n", 0, "1:[a][b]|2:[1][2]|"},
    {"a,b\r\n1,2\r\n", 0, "1:[a][b]|2:[1][2]|"},
    {"a,b\r1,2", 0, "1:[a][b]|2:[1][2]|"},
    {"\xEF\xBB\xBF"
     "a,b\n",
     0, "1:[a][b]|"},
    {"\xEF\xBB\xBF\"a\",b\n", 0, "1:[a][b]|"},
    {"a,b\n\n\n1,2\n\r\n3,4", 0, "1:[a][b]|4:[1][2]|6:[3][4]|"},
    {"a,b\n\"x\ny\",2\n3,\"\n\n\"\n4,5", 0, "1:[a][b]|2:[x\ny][2]|4:[3][\n\n]|7:[4][5]|"},
    {"a\n\"x\r\ny\"\r\nz", 0, "1:[a]|2:[x\r\ny]|4:[z]|"},
    {"\"say \"\"hi\"\"\",\"\",\"\"\"\"", ',', "1:[say \"hi\"][][\"]|"},
    {"a, b ,\t c\n", ',', "1:[a][ b ][\t c]|"},
    {",\n,,\n", ',', "1:[][]|2:[][][]|"},
    {"a,b,\n", ',', "1:[a][b][]|"},
    {"19\" screen,b\"\n", ',', "1:[19\" screen][b\"]|"},
    {"\"\"\n\"\"", ',', "1:[]|2:[]|"},
    {" \n", ',', "1:[ ]|"},
    {"a\tb,c\td\n1\t2\t3\n", 0, "1:[a][b,c][d]|2:[1][2][3]|"},
    {"a;b;c,d\n", 0, "1:[a][b][c,d]|"},
    {"\"a;b;c\",d\n1;2,3", 0, "1:[a;b;c][d]|2:[1;2][3]|"},
    {"a\tb;c\n", 0, "1:[a][b;c]|"},
    {"a,b;c\n", ';', "1:[a,b][c]|"},
    {"caf\xC3\xA9,\xF0\x9F\x98\x80\n", 0, "1:[caf\xC3\xA9][\xF0\x9F\x98\x80]|"},
};

START_TEST(rows_are_read)
{
    struct bb_err err = {0};
    enum bb_code rc = parse(good[_i].text, strlen(good[_i].text), good[_i].delimiter, &err);
    ck_assert_msg(rc == BB_OK, "%s", err.msg);
    ck_assert_str_eq(bb_buf_text(&rows), good[_i].rows);
}
END_TEST

static const struct {
    const char *text;
    size_t len;
    const char *message;
} bad[] = {
#define BYTES(text) text, sizeof text - 1
    {BYTES("a,b\n1,2\n\"x,\ny\n"), "line 3: a quoted field begins here and does not end"},
    {BYTES("a,b\n\"1\n\",\"x\n\n"), "line 3: a quoted field begins here and does not end"},
    {BYTES("\""), "line 1: a quoted field begins here and does not end"},
    {BYTES("a\n\"b\"c\n"), "line 2: text follows the quote that ends a field; double the quotes inside of a field (\"\")"},
    {BYTES("a\n\"b\" ,c\n"), "line 2: text follows the quote that ends a field; double the quotes inside of a field (\"\")"},
    {BYTES("a\n\"\nb\"\"\"c\n"), "line 3: text follows the quote that ends a field; double the quotes inside of a field (\"\")"},
    {BYTES("a\nb\nc\xE9\n"), "line 3: the byte 0xe9 is not UTF-8; save the table as UTF-8"},
    {BYTES("\xFF\xFE"
           "a"),
     "line 1: the byte 0xff is not UTF-8; save the table as UTF-8"},
    {BYTES("a\r\nb\rc\xC3"), "line 3: the byte 0xc3 is not UTF-8; save the table as UTF-8"},
    {BYTES("a\nb\0"), "line 2: there is a NUL byte; this is not a text file"},
#undef BYTES
};

START_TEST(what_is_wrong_is_said_with_its_line)
{
    struct bb_err err = {0};
    ck_assert_int_eq(parse(bad[_i].text, bad[_i].len, 0, &err), BB_EINPUT);
    ck_assert_str_eq(err.msg, bad[_i].message);
}
END_TEST

START_TEST(the_reader_of_rows_can_stop)
{
    static const char text[] = "a\nb\nc\nd";
    struct bb_err err = {0};
    size_t stop_at = 3;
    ck_assert_int_eq(bb_csv_parse(text, sizeof text - 1, 0, note_row, &stop_at, &err), BB_ELIMIT);
    ck_assert_str_eq(err.msg, "stopped");
    ck_assert_str_eq(bb_buf_text(&rows), "1:[a]|2:[b]|");
    stop_at = 4; /* the last row has no newline, and is handed over at the end */
    ck_assert_int_eq(bb_csv_parse(text, sizeof text - 1, 0, note_row, &stop_at, NULL), BB_ELIMIT);
}
END_TEST

START_TEST(fields_and_rows_may_be_long)
{
    enum { N = 20000 };
    struct bb_buf text = BB_BUF_INIT, expected = BB_BUF_INIT;
    bb_buf_puts(&text, "\"");
    bb_buf_puts(&expected, "1:[");
    for (int i = 0; i < N; i++) {
        bb_buf_puts(&text, "0123456789,\"\"");
        bb_buf_puts(&expected, "0123456789,\"");
    }
    bb_buf_puts(&text, "\"");
    bb_buf_puts(&expected, "]");
    for (int i = 0; i < N; i++) {
        bb_buf_printf(&text, ",%d", i);
        bb_buf_printf(&expected, "[%d]", i);
    }
    bb_buf_puts(&expected, "|");
    ck_assert_int_eq(parse(text.data, text.len, ',', NULL), BB_OK);
    ck_assert_uint_eq(rows.len, expected.len);
    ck_assert_mem_eq(rows.data, expected.data, expected.len);
    bb_buf_release(&text);
    bb_buf_release(&expected);
}
END_TEST

START_TEST(fields_are_quoted_when_they_must_be)
{
    static const struct {
        const char *text;
        bool formula_safe;
        const char *written;
    } cases[] = {
        {"plain", true, "plain"},
        {"", true, ""},
        {"a,b", false, "\"a,b\""},
        {"a\"b", false, "\"a\"\"b\""},
        {"a\nb", false, "\"a\nb\""},
        {"a\rb", false, "\"a\rb\""},
        {"=1+1", true, "'=1+1"},
        {"=1+1", false, "=1+1"},
        {"-0.5", false, "-0.5"},
        {"-x", true, "'-x"},
        {"+x", true, "'+x"},
        {"@x", true, "'@x"},
        {"\tx", true, "'\tx"},
        {"\r=x", true, "\"'\r=x\""},
        {"=\"a\"", true, "\"'=\"\"a\"\"\""},
        {"a=b", true, "a=b"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        bb_buf_reset(&rows);
        bb_csv_write(&rows, cases[i].text, cases[i].formula_safe);
        ck_assert_str_eq(bb_buf_text(&rows), cases[i].written);
    }
}
END_TEST

START_TEST(what_is_written_is_read)
{
    static const char *const fields[] = {"a", "", " b ", "c,\"d\"", "e\nf", "\"", "\xC3\xA9"};
    struct bb_buf text = BB_BUF_INIT, expected = BB_BUF_INIT;
    bb_buf_puts(&expected, "1:");
    for (size_t i = 0; i < N_OF(fields); i++) {
        if (i) bb_buf_putc(&text, ',');
        bb_csv_write(&text, fields[i], true);
        bb_buf_printf(&expected, "[%s]", fields[i]);
    }
    bb_buf_puts(&expected, "|");
    ck_assert_int_eq(parse(text.data, text.len, ',', NULL), BB_OK);
    ck_assert_str_eq(rows.data, expected.data);
    bb_buf_release(&text);
    bb_buf_release(&expected);
}
END_TEST

Suite *suite_base_csv(void)
{
    Suite *suite = suite_create("base_csv");
    TCase *tcase = tcase_create("csv");
    tcase_add_checked_fixture(tcase, make_rows, drop_rows);
    tcase_add_loop_test(tcase, rows_are_read, 0, (int)N_OF(good));
    tcase_add_loop_test(tcase, what_is_wrong_is_said_with_its_line, 0, (int)N_OF(bad));
    tcase_add_test(tcase, the_reader_of_rows_can_stop);
    tcase_add_test(tcase, fields_and_rows_may_be_long);
    tcase_add_test(tcase, fields_are_quoted_when_they_must_be);
    tcase_add_test(tcase, what_is_written_is_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
