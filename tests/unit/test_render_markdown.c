#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "render/markdown.h"

static struct bb_buf out;

static void teardown(void)
{
    bb_buf_release(&out);
}

static const struct {
    const char *markdown, *html;
} cases[] = {
    {"", ""},
    {"One.\n\nTwo *and* **three**, `x < y` & z.",
     "<p>One.</p>\n<p>Two <em>and</em> <strong>three</strong>, <code>x &lt; y</code> &amp; z.</p>\n"},
    {"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
    {"7. a\n8. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"},
    {"[paper](https://example.org/a?b=1&c=2 \"title\")", "<p><a href=\"https://example.org/a?b=1&amp;c=2\">paper</a></p>\n"},
    {"<mailto:lab@example.org>", "<p><a href=\"mailto:lab@example.org\">mailto:lab@example.org</a></p>\n"},
    {"```js onload=x\nalert(1)\n```", "<pre><code>alert(1)\n</code></pre>\n"},
    /* headings: the highest is h2, no level is left out, whatever the text does */
    {"# A\n## B\n# C", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"},
    {"### A\n###### B\n## C\n### D", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n<h3>D</h3>\n"},
    {"# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6", "<h2>1</h2>\n<h3>2</h3>\n<h4>3</h4>\n<h5>4</h5>\n<h6>5</h6>\n<h6>6</h6>\n"},
    /* raw HTML is text */
    {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
    {"a <b onclick=\"x\">c</b>", "<p>a &lt;b onclick=&quot;x&quot;&gt;c&lt;/b&gt;</p>\n"},
    {"<!-- x -->\n\n<?php y ?>", "<p>&lt;!-- x --&gt;</p>\n<p>&lt;?php y ?&gt;</p>\n"},
    {"</div></main><h1>x", "<p>&lt;/div&gt;&lt;/main&gt;&lt;h1&gt;x</p>\n"},
    /* addresses: only those that open a page or a letter */
    {"[x](javascript:alert(1))", "<p>x</p>\n"},
    {"[x](JaVaScRiPt:alert(1))", "<p>x</p>\n"},
    {"[x](java&#115;cript:alert(1))", "<p>x</p>\n"},
    {"[x](data:text/html;base64,PHNjcmlwdD4=)", "<p>x</p>\n"},
    {"[x](vbscript:x) [y](file:///etc/passwd) [z](//evil.example/)", "<p>x y z</p>\n"},
    {"[x](../../index.html) [y](#top) [z](/root)", "<p>x y z</p>\n"},
    {"<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"},
    {"[x]\n\n[x]: javascript:alert(1)", "<p>x</p>\n"},
    {"![alt *text*](https://evil.example/pixel.png)", "<p>alt <em>text</em></p>\n"},
    {"[![](data:image/svg+xml,x)](https://a.example)", "<p><a href=\"https://a.example\"></a></p>\n"},
    {"[x](https://a.example/\"onmouseover=\"y)", "<p><a href=\"https://a.example/%22onmouseover=%22y\">x</a></p>\n"},
    {"{{BOARD_TITLE}} {{#X}}", "<p>{{BOARD_TITLE}} {{#X}}</p>\n"},
    {"bad \xff\xc3 bytes", "<p>bad \xef\xbf\xbd\xef\xbf\xbd bytes</p>\n"},
};

START_TEST(html)
{
    bb_markdown_html(cases[_i].markdown, 2, &out);
    ck_assert_str_eq(bb_buf_text(&out), cases[_i].html);
}
END_TEST

START_TEST(nothing_of_nothing)
{
    bb_markdown_html(NULL, 2, &out);
    bb_markdown_text(NULL, 0, &out);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

/* What takes parsers of Markdown square time: each must be done at once, whatever comes out. */
static const struct {
    const char *start, *again, *end;
} deep[] = {{"", "[", ""},      {"", "![", "]"},      {"", "> ", "a"},     {"", "*a_ ", ""},  {"", "`a``", ""},
            {"", "[a](", ""},   {"", "<!-- ", ""},    {"", "- ", "x"},     {"a", "**b", "c"}, {"", "&", ""},
            {"[a]: ", "u", ""}, {"", "[a][b] ", "c"}, {"", "<a href=", ""}};

START_TEST(hostile_depth)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, deep[_i].start);
    while (text.len < (64 << 10) - 16) bb_buf_puts(&text, deep[_i].again);
    bb_buf_puts(&text, deep[_i].end);
    clock_t start = clock();
    bb_markdown_html(text.data, 2, &out);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_msg(seconds < 5, "%.1f s", seconds);
    ck_assert_ptr_null(strstr(bb_buf_text(&out), "<a href=\"u"));
    bb_buf_release(&text);
}
END_TEST

START_TEST(long_text_is_plain)
{
    char *text = bb_malloc(100001);
    memset(text, 'a', 100000);
    text[100000] = '\0';
    memcpy(text, "*<b>\n\n", 6);
    bb_markdown_html(text, 2, &out);
    ck_assert_int_eq(strncmp(out.data, "<p>*&lt;b&gt;</p>\n<p>aaa", 24), 0);
    ck_assert_str_eq(out.data + out.len - 6, "a</p>\n");
    free(text);
}
END_TEST

static const struct {
    const char *markdown;
    size_t limit;
    const char *text;
} words[] = {
    {"# Title\n\nOne *two*\nthree `four`.\n\n- five\n- [six](https://x.example)", 0, "Title One two three four. five six"},
    {"<b>x</b> & \"y\"", 0, "<b>x</b> & \"y\""},
    {"one two three four", 13, "one two…"},
    {"one two three four", 14, "one two three…"},
    {"one two three four", 18, "one two three four"},
    {"ééééé", 3, "éé…"},
    {"   \n\n  ", 5, ""},
};

START_TEST(text)
{
    bb_markdown_text(words[_i].markdown, words[_i].limit, &out);
    ck_assert_str_eq(bb_buf_text(&out), words[_i].text);
}
END_TEST

Suite *suite_render_markdown(void);
Suite *suite_render_markdown(void)
{
    Suite *suite = suite_create("render_markdown");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_set_timeout(tcase, 30);
    tcase_add_loop_test(tcase, html, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, nothing_of_nothing);
    tcase_add_loop_test(tcase, hostile_depth, 0, sizeof deep / sizeof deep[0]);
    tcase_add_test(tcase, long_text_is_plain);
    tcase_add_loop_test(tcase, text, 0, sizeof words / sizeof words[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
