#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "render/data_files.h"
#include "site_fixture.h"

static const struct bb_json *read_json(const char *path)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_read(arena, bb_path_join(arena, site, path), (struct bb_place){0}, &diags);
    ck_assert_msg(json != NULL, "%s: %s", path, diags.n ? diags.diag[0].message : "");
    bb_diags_release(&diags);
    return json;
}

/* The element of a list that says `id` under `key`. */
static const struct bb_json *entry(const struct bb_json *file, const char *list, const char *key, const char *id)
{
    const struct bb_json *all = bb_json_member(file, list);
    ck_assert_ptr_nonnull(all);
    for (size_t i = 0; i < all->as.list.n; i++)
        if (bb_streq(bb_json_text(all->as.list.item[i], key), id)) return all->as.list.item[i];
    return NULL;
}

static void same_number(const struct bb_json *object, const char *key, double value)
{
    double found = bb_json_number(object, key);
    ck_assert_msg((isnan(found) && isnan(value)) || found == value, "%s: %.17g, not %.17g", key, found, value);
}

/* Every number of every model and benchmark, from both sides. */
START_TEST(files_have_the_numbers_of_the_results)
{
    size_t n_cells = 0, n_groups = 0;
    site_build((struct bb_site_options){0});
    for (size_t m = 0; m < board->n_models; m++) {
        if (board->model[m].visibility != BB_PUBLIC) continue;
        const struct bb_json *model = read_json(bb_arena_printf(arena, "data/models/%s.json", board->model[m].id));
        ck_assert_str_eq(bb_json_text(bb_json_member(model, "model"), "name"), board->model[m].name);
        for (size_t i = 0; i < board->tree.n; i++) {
            const char *id = board->tree.node[i].id;
            bool is_leaf = bb_node_is_leaf(&board->tree.node[i]);
            const struct bb_json *benchmark = read_json(bb_arena_printf(arena, "data/benchmarks/%s.json", id));
            const struct bb_json *here = entry(model, is_leaf ? "benchmarks" : "averages", is_leaf ? "benchmark" : "node", id);
            const struct bb_json *there = entry(benchmark, "models", "model", board->model[m].id);
            const struct bb_cell *cell = bb_results_cell(board, m, i);
            ck_assert_int_eq(here == NULL, there == NULL);
            if (!here) continue;
            if (board->tree.node[i].publish == BB_PUBLISH_NONE) {
                ck_assert_ptr_null(bb_json_member(here, "score"));
                continue;
            }
            const struct bb_json *both[] = {here, there};
            for (size_t k = 0; k < 2; k++) {
                same_number(both[k], "score", bb_results_aggregate(board, m, i)->score);
                if (!is_leaf) continue;
                ck_assert_str_eq(bb_json_text(both[k], "status"), bb_status_names[cell->status]);
                same_number(both[k], "raw", cell->raw);
                same_number(both[k], "error", cell->error);
            }
            n_cells += is_leaf;
            n_groups += !is_leaf;
        }
    }
    ck_assert_uint_gt(n_cells, 10);
    ck_assert_uint_gt(n_groups, 2);
}
END_TEST

/* `sha256sum -c` would say the same: digest, two blanks, the name beside the list; every file of data/ once, sorted. */
START_TEST(checksums_are_of_every_data_file)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_paths files;
    size_t n = 0;
    char *save = NULL;
    site_build((struct bb_site_options){0});
    const char *data = bb_path_join(arena, site, "data");
    ck_assert_int_eq(bb_list_tree(arena, data, &files, &err), BB_OK);
    ck_assert_int_eq(bb_file_read(bb_path_join(arena, data, "SHA256SUMS"), 0, &text, &err), BB_OK);
    ck_assert(bb_ends_with(text.data, "\n"));
    for (char *line = strtok_r(text.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        char digest[BB_SHA256_TEXT];
        if (strcmp(files.path[n], "SHA256SUMS") == 0) n++;
        ck_assert_uint_lt(n, files.n);
        ck_assert_int_eq(bb_sha256_file(bb_path_join(arena, data, files.path[n]), digest, &err), BB_OK);
        ck_assert_str_eq(line, bb_arena_printf(arena, "%s  %s", digest, files.path[n++]));
    }
    ck_assert_uint_ge(n + 1, files.n);
    bb_buf_release(&text);
}
END_TEST

START_TEST(models_that_are_not_listed_have_no_file)
{
    struct bb_model *model = BB_NEW_ARRAY(arena, board->n_models, struct bb_model);
    memcpy(model, board->model, board->n_models * sizeof *model);
    model[0].visibility = BB_UNLISTED;
    board->model = model;
    site_build((struct bb_site_options){0});
    ck_assert(bb_is_file(bb_path_join(arena, site, bb_arena_printf(arena, "models/%s/index.html", model[0].id))));
    ck_assert(!bb_is_file(bb_path_join(arena, site, bb_arena_printf(arena, "data/models/%s.json", model[0].id))));
    for (size_t i = 0; i < board->tree.n; i++)
        ck_assert_ptr_null(entry(read_json(bb_arena_printf(arena, "data/benchmarks/%s.json", board->tree.node[i].id)), "models",
                                 "model", model[0].id));
}
END_TEST

Suite *suite_render_data_files(void);
Suite *suite_render_data_files(void)
{
    Suite *suite = suite_create("render_data_files");
    TCase *tcase = tcase_create("files");
    tcase_add_checked_fixture(tcase, site_set_up, site_tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, files_have_the_numbers_of_the_results);
    tcase_add_test(tcase, checksums_are_of_every_data_file);
    tcase_add_test(tcase, models_that_are_not_listed_have_no_file);
    suite_add_tcase(suite, tcase);
    return suite;
}
