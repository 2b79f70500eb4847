/*
 * What of a recording with gaps counts, against what xarray leaves of it (tests/numeric/selection.py).
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "metric/recording.h"
#include "metric/selection.h"
#include "neural_case.h"

Suite *suite_metric_selection(void);

static struct bb_arena *arena;
static struct bb_err err;
static struct bb_assembly *data;

static void setup(void)
{
    arena = bb_arena_new(0);
    err = (struct bb_err){0};
    data = NULL;
}

static void teardown(void)
{
    bb_assembly_free(data);
    bb_arena_free(arena);
}

static const struct bb_json *read_case(const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    ck_assert(bb_file_read("tests/numeric/selection/cases.json", 0, &text, &err) == BB_OK);
    const struct bb_json *c = bb_json_member(json_of(arena, bb_arena_strdup(arena, bb_buf_text(&text))), name);
    bb_buf_release(&text);
    ck_assert(c != NULL);
    data = assembly_of_json(bb_json_member(c, "data"));
    return c;
}

/* The values of the coordinate, each once, in the order of their first appearance, are those of the list in some order. */
static void check_left(const struct bb_assembly *chosen, const char *coord, const struct bb_json *want)
{
    struct bb_groups groups = bb_coord_groups(bb_assembly_coord(chosen, coord), arena);
    ck_assert_uint_gt(want->as.list.n, 0);
    ck_assert_msg(groups.n_groups == want->as.list.n, "%zu of %s, not %zu", groups.n_groups, coord, want->as.list.n);
    for (size_t i = 0; i < want->as.list.n; i++) {
        bool found = false;
        for (size_t k = 0; k < groups.n_groups; k++) found = found || bb_streq(groups.name[k], want->as.list.item[i]->as.text);
        ck_assert_msg(found, "%s is gone", want->as.list.item[i]->as.text);
    }
}

START_TEST(neuroids_with_gaps_go)
{
    struct bb_assembly *chosen;
    const struct bb_json *c = read_case("neuroids");
    ck_assert_msg(bb_drop_neuroids_with_gaps(data, &chosen, &err) == BB_OK, "%s", err.msg);
    check_left(chosen, "neuroid_id", bb_json_member(c, "neuroids_without_gaps"));
    ck_assert_uint_eq(chosen->dim[0].size, data->dim[0].size);
    for (size_t i = 0; i < chosen->dim[0].size * chosen->dim[1].size; i++) ck_assert(isfinite(chosen->value[i]));
    /* n0, n1, n3, n4, n5, n8: each value came with its neuroid */
    static const size_t was[] = {0, 1, 3, 4, 5, 8};
    for (size_t i = 0; i < chosen->dim[0].size; i++)
        for (size_t j = 0; j < 6; j++) ck_assert_double_eq(chosen->value[i * 6 + j], data->value[i * 9 + was[j]]);
    bb_assembly_free(chosen);
}
END_TEST

START_TEST(stimuli_with_gaps_in_their_means_go)
{
    struct bb_assembly *chosen;
    struct bb_recording recording;
    struct bb_task task = {.arena = arena};
    size_t n;
    const struct bb_json *c = read_case("stimuli");
    const double *means = numbers_of(bb_json_member(c, "means"), arena, &n);
    ck_assert_msg(bb_drop_stimuli_with_gaps(data, &chosen, &err) == BB_OK, "%s", err.msg);
    check_left(chosen, "stimulus_id", bb_json_member(c, "stimuli_without_gaps"));
    ck_assert_msg(bb_recording_of(&task, chosen, NULL, &recording, &err) == BB_OK, "%s", err.msg);
    ck_assert_uint_eq(recording.n * recording.q, n);
    for (size_t i = 0; i < n; i++) check_near("mean", recording.Y[i], means[i], 1e-14);
    ck_assert(bb_recording_complete(&recording, "a test", false, &err) == BB_OK);
    bb_assembly_free(chosen);
}
END_TEST

START_TEST(presentations_with_gaps_go)
{
    struct bb_assembly *chosen;
    const struct bb_json *c = read_case("stimuli");
    ck_assert_msg(bb_drop_presentations_with_gaps(data, &chosen, &err) == BB_OK, "%s", err.msg);
    ck_assert_uint_eq(chosen->dim[0].size, (size_t)number_of(c, "presentations_without_gaps"));
    bb_assembly_free(chosen);
}
END_TEST

START_TEST(a_ceiling_of_presentations_without_gaps)
{
    const struct bb_ceiling *ceiling = bb_ceiling_find("internal_consistency");
    const struct bb_json *c = read_case("stimuli");
    struct bb_task task = {.data = data, .arena = arena};
    struct bb_ceiling_result result = {.value = NAN};
    const void *params = neural_params(json_of(arena, "{\"complete\": true}"), ceiling->fields, ceiling->n_fields,
                                       ceiling->params_size, ceiling->finish, arena, NULL);
    ck_assert_msg(ceiling->compute(&task, NULL, params, &result, &err) == BB_OK, "%s", err.msg);
    check_near("ceiling", result.value, number_of(c, "ceiling"), 1e-12);
    ck_assert_uint_eq(result.units.n[1], 9);
    ck_assert_str_eq(result.units.label[1][8], "n8"); /* its own, not one of the copy that is gone */
}
END_TEST

START_TEST(inconsistent_neuroids_go)
{
    for (int i = 0; i < 2; i++) {
        struct bb_assembly *chosen;
        const struct bb_json *c = read_case(i ? "neuroids" : "stimuli");
        ck_assert_msg(bb_keep_consistent_neuroids(data, .7, &chosen, &err) == BB_OK, "%s", err.msg);
        check_left(chosen, "neuroid_id", bb_json_member(c, "consistent_neuroids"));
        ck_assert_uint_lt(chosen->dim[1].size, data->dim[1].size);
        bb_assembly_free(chosen);
        bb_assembly_free(data);
        data = NULL;
    }
}
END_TEST

START_TEST(nothing_left_is_an_error)
{
    struct bb_assembly *chosen = NULL;
    (void)read_case("neuroids");
    ck_assert(bb_drop_presentations_with_gaps(data, &chosen, &err) == BB_EINPUT);
    ck_assert_str_eq(err.msg, "each of the recording's 96 presentations lacks the response of some neuroid, so that none is left");
    ck_assert(bb_drop_stimuli_with_gaps(data, &chosen, &err) == BB_EINPUT);
    ck_assert(strstr(err.msg, "is of a stimulus that some neuroid was not measured for") != NULL);
    ck_assert(bb_keep_consistent_neuroids(data, .999, &chosen, &err) == BB_EINPUT);
    ck_assert_str_eq(err.msg, "each of the recording's 9 neuroids is less consistent than 0.999, so that none is left");
    for (size_t i = 0; i < data->dim[0].size * data->dim[1].size; i++) data->value[i] = NAN;
    ck_assert(bb_drop_neuroids_with_gaps(data, &chosen, &err) == BB_EINPUT);
    ck_assert_ptr_null(chosen);
}
END_TEST

Suite *suite_metric_selection(void)
{
    Suite *suite = suite_create("metric/selection");
    TCase *tc = tcase_create("selection");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, neuroids_with_gaps_go);
    tcase_add_test(tc, stimuli_with_gaps_in_their_means_go);
    tcase_add_test(tc, presentations_with_gaps_go);
    tcase_add_test(tc, a_ceiling_of_presentations_without_gaps);
    tcase_add_test(tc, inconsistent_neuroids_go);
    tcase_add_test(tc, nothing_left_is_an_error);
    suite_add_tcase(suite, tc);
    return suite;
}
