#include <check.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "example/beside.h"
#include "table_fixture.h"

Suite *suite_example_project(void);

static struct bb_err err;

static const char *folder(void)
{
    return bb_path_join(fixture_arena, fixture_dir, "project");
}

static const char *file_text(const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    ck_assert_msg(!bb_file_read(bb_path_join(fixture_arena, folder(), name), 0, &text, &err), "%s", err.msg);
    const char *copy = bb_arena_strndup(fixture_arena, text.data, text.len);
    bb_buf_release(&text);
    return copy;
}

static struct bb_project *open_project(void)
{
    struct bb_project *project = NULL;
    ck_assert_msg(!bb_project_open(folder(), 7, BB_PROJECT_SMALL, &project, &err), "%s", err.msg);
    return project;
}

static void write_text(struct bb_project *project, const char *name, const char *text)
{
    ck_assert_msg(!bb_project_text(project, name, text, strlen(text), &err), "%s", err.msg);
}

static void finish(struct bb_project *project)
{
    ck_assert_msg(!bb_project_finish(project, &err), "%s", err.msg);
    bb_project_free(project);
}

static void refused(const char *why)
{
    struct bb_project *project = NULL;
    ck_assert_int_eq(bb_project_open(folder(), 7, BB_PROJECT_SMALL, &project, &err), BB_EINPUT);
    ck_assert_ptr_null(project);
    ck_assert_msg(strstr(err.msg, why) != NULL, "%s", err.msg);
}

/* Files of entries lie a folder deeper than what they name; a model that comes twice is one. */
START_TEST(entries)
{
    struct bb_project *project = open_project();
    ck_assert_uint_eq(bb_project_seed(project), 7);
    ck_assert_int_eq(bb_project_size(project), BB_PROJECT_SMALL);
    bb_project_part(project, "vision");
    bb_project_benchmark(project, "{\"id\": \"a\", \"data\": {\"file\": [\"data/a.nc\", \"data/b.nc\"]}, \"samples\": [\"samples/1.png\"]}");
    bb_project_part(project, "language");
    bb_project_benchmark(project, "{\"id\": \"b\"}");
    bb_project_model(project, "{\"id\": \"m\", \"domains\": [\"vision\"], \"outputs\": {\"s\": {\"file\": \"outputs/s.nc\"}}}");
    bb_project_model(project, "{\"id\": \"n\"}");
    bb_project_model(project, "{\"id\": \"m\", \"domains\": [\"language\"], \"name\": \"M\", \"outputs\": {\"t\": {\"gram\": \"outputs/t.h5\"}}}");
    finish(project);
    ck_assert_str_eq(file_text("models/m.json"), "{\n  \"id\": \"m\",\n  \"domains\": [\n    \"vision\",\n    \"language\"\n  ],\n"
                                                 "  \"outputs\": {\n    \"s\": {\n      \"file\": \"../outputs/s.nc\"\n    },\n"
                                                 "    \"t\": {\n      \"gram\": \"../outputs/t.h5\"\n    }\n  },\n  \"name\": \"M\"\n}\n");
    ck_assert_ptr_nonnull(strstr(file_text("benchmarks/vision.json"), "\"../data/b.nc\""));
    ck_assert_ptr_nonnull(strstr(file_text("benchmarks/vision.json"), "\"samples/1.png\""));
    ck_assert_ptr_null(strstr(file_text("benchmarks/vision.json"), "\"b\""));
    ck_assert_ptr_nonnull(strstr(file_text("benchmarks/language.json"), "\"b\""));
}
END_TEST

START_TEST(wrong_entries)
{
    static const char *const wrong[] = {"{\"id\": \"a\"", "[]", "{\"title\": \"no id\"}"};
    struct bb_project *project = open_project();
    bb_project_benchmark(project, wrong[_i]);
    ck_assert_int_eq(bb_project_finish(project, &err), BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "a benchmark of the example") != NULL, "%s", err.msg);
    bb_project_free(project);
}
END_TEST

/* A second example replaces the first, and what only the first had is gone. */
START_TEST(replaced)
{
    struct bb_project *project = open_project();
    write_text(project, "data/old/only.csv", "1\n");
    write_text(project, "README.md", "one\n");
    finish(project);
    project = open_project();
    write_text(project, "README.md", "two\n");
    finish(project);
    ck_assert_str_eq(file_text("README.md"), "two\n");
    ck_assert(!bb_is_dir(bb_path_join(fixture_arena, folder(), "data")));
}
END_TEST

START_TEST(work_of_others)
{
    fixture_text("project/notes.txt", "mine\n");
    refused("has notes.txt, which is not of an example");
    ck_assert_str_eq(file_text("notes.txt"), "mine\n");
}
END_TEST

START_TEST(changed_since)
{
    struct bb_project *project = open_project();
    write_text(project, "README.md", "one\n");
    finish(project);
    fixture_text("project/README.md", "one, and mine\n");
    refused("README.md was changed since it was written");
    ck_assert_str_eq(file_text("README.md"), "one, and mine\n");
}
END_TEST

/* A run that was interrupted leaves a list of names; the next one goes over it. */
START_TEST(interrupted)
{
    struct bb_project *project = open_project();
    write_text(project, "data/half.nc", "half\n");
    bb_project_free(project);
    project = open_project();
    write_text(project, "README.md", "whole\n");
    finish(project);
    ck_assert(!bb_is_file(bb_path_join(fixture_arena, folder(), "data/half.nc")));
}
END_TEST

START_TEST(not_a_folder)
{
    fixture_text("project", "a file\n");
    refused("is a file, not a folder");
}
END_TEST

static enum bb_code write_part(struct bb_project *project, struct bb_err *part_err)
{
    bb_project_benchmark(project, "{\"id\": \"b\"}");
    bb_project_model(project, "{\"id\": \"m\", \"outputs\": {\"t\": {\"file\": \"t.csv\"}}}");
    return bb_project_text(project, "t.csv", "1\n", 2, part_err);
}

static enum bb_code fail_part(struct bb_project *project, struct bb_err *part_err)
{
    (void)project;
    return bb_fail(part_err, BB_ENUMERIC, "it cannot be done");
}

static enum bb_code break_part(struct bb_project *project, struct bb_err *part_err)
{
    bb_project_benchmark(project, "{");
    (void)part_err;
    return BB_OK;
}

static enum bb_code end_part(struct bb_project *project, struct bb_err *part_err)
{
    (void)project, (void)part_err;
    _exit(1);
}

/* A part that another process writes is like one that is written here. */
START_TEST(two_processes)
{
    struct bb_project *project = open_project();
    struct bb_beside beside = bb_beside_start(project, "language", write_part);
    if (_i == 1) { /* as if no process could be had */
        kill(beside.process, SIGKILL);
        beside.process = 0;
    }
    bb_project_part(project, "vision");
    bb_project_benchmark(project, "{\"id\": \"a\"}");
    bb_project_model(project, "{\"id\": \"m\", \"outputs\": {\"s\": {\"file\": \"s.csv\"}}}");
    ck_assert_msg(!bb_beside_join(&beside, project, &err), "%s", err.msg);
    finish(project);
    ck_assert_str_eq(file_text("benchmarks/vision.json"), "[\n  {\n    \"id\": \"a\"\n  }\n]\n");
    ck_assert_str_eq(file_text("benchmarks/language.json"), "[\n  {\n    \"id\": \"b\"\n  }\n]\n");
    ck_assert_ptr_nonnull(strstr(file_text("models/m.json"), "\"../s.csv\""));
    ck_assert_ptr_nonnull(strstr(file_text("models/m.json"), "\"../t.csv\""));
    ck_assert_ptr_nonnull(strstr(file_text(BB_PROJECT_LIST), " t.csv\n"));
}
END_TEST

START_TEST(failing_process)
{
    static const struct {
        bb_project_writer *write;
        enum bb_code code;
        const char *why;
    } cases[] = {{fail_part, BB_ENUMERIC, "it cannot be done"},
                 {break_part, BB_EINPUT, "a benchmark of the example"},
                 {end_part, BB_EIO, "ended before its time"}};
    struct bb_project *project = open_project();
    struct bb_beside beside = bb_beside_start(project, "language", cases[_i].write);
    ck_assert_int_eq(bb_beside_join(&beside, project, &err), cases[_i].code);
    ck_assert_msg(strstr(err.msg, cases[_i].why) != NULL, "%s", err.msg);
    bb_project_free(project);
}
END_TEST

/* The parts of a PNG file: signature, IHDR with the size, IDAT, IEND. */
START_TEST(picture)
{
    static const unsigned char gray[6] = {0, 50, 100, 150, 200, 255};
    struct bb_project *project = open_project();
    struct bb_buf png = BB_BUF_INIT;
    ck_assert(!bb_project_png(project, "samples/1.png", gray, 3, 2, &err));
    finish(project);
    ck_assert(!bb_file_read(bb_path_join(fixture_arena, folder(), "benchmarks/samples/1.png"), 0, &png, &err));
    ck_assert(memcmp(png.data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x08\0\0\0\0", 29) == 0);
    ck_assert(memcmp(png.data + png.len - 12, "\0\0\0\0IEND\xae\x42\x60\x82", 12) == 0);
    bb_buf_release(&png);
}
END_TEST

Suite *suite_example_project(void)
{
    Suite *suite = suite_create("example_project");
    TCase *tc = tcase_create("project");
    tcase_add_checked_fixture(tc, fixture_setup, fixture_teardown);
    tcase_add_test(tc, entries);
    tcase_add_loop_test(tc, wrong_entries, 0, 3);
    tcase_add_test(tc, replaced);
    tcase_add_test(tc, work_of_others);
    tcase_add_test(tc, changed_since);
    tcase_add_test(tc, interrupted);
    tcase_add_test(tc, not_a_folder);
    tcase_add_loop_test(tc, two_processes, 0, 2);
    tcase_add_loop_test(tc, failing_process, 0, 3);
    tcase_add_test(tc, picture);
    suite_add_tcase(suite, tc);
    return suite;
}
