/*
 * Compares scores.json with the expected.json of a golden project (tests/numeric/neural.py), number by number. Prints TAP: a test for each benchmark.
 * usage: compare SCORES EXPECTED TOLERANCE
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

/* A benchmark's cells: how many were compared, how many differ, how far the worst is off. */
struct tally {
    const char *benchmark;
    size_t n, bad,
        noise; /* noise: cells whose numbers the reference itself does not repeat; that they are scored is all that is compared */
    double worst;
    struct bb_buf why;
};

static const struct bb_json *parse(const char *path, struct bb_arena *arena)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_read(arena, path, (struct bb_place){0}, &diags);
    bb_diags_print(&diags, BB_WARNING, stderr);
    bb_diags_release(&diags);
    if (!json) exit(3);
    return json;
}

static const char *text_in(const struct bb_json *object, const char *key)
{
    const struct bb_json *member = bb_json_member(object, key);
    return member && member->type == BB_JSON_TEXT ? member->as.text : NULL;
}

static double number_in(const struct bb_json *object, const char *key)
{
    const struct bb_json *member = bb_json_member(object, key);
    return member && member->type == BB_JSON_NUMBER ? member->as.number : (double)NAN;
}

static const struct bb_json *find_cell(const struct bb_json *cells, const char *model, const char *benchmark)
{
    for (size_t i = 0; i < cells->as.list.n; i++) {
        const struct bb_json *cell = cells->as.list.item[i];
        if (bb_streq(text_in(cell, "model"), model) && bb_streq(text_in(cell, "benchmark"), benchmark)) return cell;
    }
    return NULL;
}

static const struct bb_json *find_benchmark(const struct bb_json *scores, const char *id)
{
    const struct bb_json *list = bb_json_member(scores, "benchmarks");
    for (size_t i = 0; list && i < list->as.list.n; i++)
        if (bb_streq(text_in(list->as.list.item[i], "id"), id)) return list->as.list.item[i];
    return NULL;
}

static void complain(struct tally *tally, const char *model, const char *what, const char *got, const char *want)
{
    bb_buf_printf(&tally->why, "    %s: %s is %s, expected %s\n", model, what, got ? got : "absent", want ? want : "absent");
}

static bool check_number(struct tally *tally, const char *model, const char *what, double got, double want, double tolerance)
{
    double off = fabs(got - want) / fmax(1, fabs(want));
    if (isnan(want)) return true;
    if (off <= tolerance) { /* false for NaN */
        tally->worst = fmax(tally->worst, off);
        return true;
    }
    char a[32], b[32];
    bb_format_number(a, got);
    bb_format_number(b, want);
    complain(tally, model, what, a, b);
    return false;
}

static bool check_ok(struct tally *tally, const struct bb_json *cell, const struct bb_json *benchmark, const struct bb_json *want,
                     double tolerance)
{
    static const char *const keys[] = {"raw", "raw_error", "ceiling", "score"};
    const char *model = text_in(want, "model"), *layer = text_in(want, "layer");
    const struct bb_json *profile = bb_json_member(want, "layers"), *ceiling = bb_json_member(benchmark, "ceiling");
    bool good = true;
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
        good &= check_number(tally, model, keys[k], number_in(cell, keys[k]), number_in(want, keys[k]), tolerance);
    good &=
        check_number(tally, model, "ceiling's error", number_in(ceiling, "error"), number_in(want, "ceiling_error"), tolerance);
    for (size_t k = 0; profile && k < profile->as.list.n; k++) {
        const struct bb_json *one = profile->as.list.item[k];
        good &=
            check_number(tally, model, one->key, number_in(bb_json_member(cell, "layers"), one->key), one->as.number, tolerance);
    }
    if (!bb_streq(text_in(cell, "layer"), layer)) {
        complain(tally, model, "layer", text_in(cell, "layer"), layer);
        good = false;
    }
    return good;
}

static bool check_cell(struct tally *tally, const struct bb_json *scores, const struct bb_json *want, double tolerance)
{
    const char *model = text_in(want, "model"), *status = text_in(want, "status");
    const struct bb_json *cell = find_cell(bb_json_member(scores, "cells"), model, tally->benchmark);
    const char *got = cell ? text_in(cell, "status") : "missing";
    if (!bb_streq(got, status)) {
        const char *why = text_in(bb_streq(status, "ok") ? cell : want, bb_streq(status, "ok") ? "reason" : "why");
        complain(tally, model, "status", got, status);
        bb_buf_printf(&tally->why, "        %s\n", why ? why : "");
        return false;
    }
    if (bb_streq(status, "ok") && bb_json_member(want, "noise")) {
        tally->noise++;
        return true;
    }
    if (bb_streq(status, "ok")) return check_ok(tally, cell, find_benchmark(scores, tally->benchmark), want, tolerance);
    if (bb_streq(status, "failed") && !text_in(cell, "reason")) {
        complain(tally, model, "the reason of failure", NULL, "a sentence");
        return false;
    }
    return true;
}

static struct tally compare(const struct bb_json *scores, const struct bb_json *expected, const char *benchmark, double tolerance)
{
    struct tally tally = {.benchmark = benchmark};
    for (size_t i = 0; i < expected->as.list.n; i++) {
        const struct bb_json *want = expected->as.list.item[i];
        if (!bb_streq(text_in(want, "benchmark"), benchmark)) continue;
        tally.n++;
        tally.bad += check_cell(&tally, scores, want, tolerance) ? 0 : 1;
    }
    return tally;
}

static void report(size_t number, const struct tally *tally)
{
    printf("%s %zu - neural/%s: %zu models, largest difference %.1e", tally->bad ? "not ok" : "ok", number, tally->benchmark,
           tally->n, tally->worst);
    if (tally->noise) printf("; %zu where the reference is rounding", tally->noise);
    putchar('\n');
    fputs(bb_buf_text(&tally->why), stdout);
}

int main(int argc, char **argv)
{
    double tolerance;
    if (argc != 4 || !bb_parse_number(argv[3], &tolerance, NULL)) {
        fputs("usage: compare SCORES EXPECTED TOLERANCE\n", stderr);
        return 2;
    }
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *scores = parse(argv[1], arena), *expected = parse(argv[2], arena);
    struct bb_names benchmarks = {0};
    size_t bad = 0;
    if (!bb_json_member(scores, "cells") || expected->type != BB_JSON_ARRAY || !expected->as.list.n) return 3;
    for (size_t i = 0; i < expected->as.list.n; i++) bb_names_add(&benchmarks, text_in(expected->as.list.item[i], "benchmark"));
    for (size_t i = 0; i < benchmarks.n; i++) {
        struct tally tally = compare(scores, expected, benchmarks.name[i], tolerance);
        report(i + 1, &tally);
        bad += tally.bad;
        bb_buf_release(&tally.why);
    }
    printf("1..%zu\n", benchmarks.n);
    bb_names_release(&benchmarks);
    bb_arena_free(arena);
    return bad ? 1 : 0;
}
