/* Differences of random pairs of boards: terms sum to the change of every average, rank changes to that of the rank; by hand where that can be. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/rng.h"
#include "base/text.h"
#include "history/diff_words.h"
#include "history/record_image.h"
#include "score/published.h"

#define NAN_D ((double)NAN)

static struct bb_arena *arena;
static struct bb_diags diags;

static void setup(void)
{
    arena = bb_arena_new(0);
    bb_diags_init(&diags);
}

static void teardown(void)
{
    bb_diags_release(&diags);
    bb_arena_free(arena);
}

/* --- random boards ---------------------------------------------------------------------------------------------------- */

enum { GROUPS = 7, LEAVES = 14, MODELS = 9 };

static bool chance(struct bb_rng *rng, double share)
{
    return bb_rng_uniform(rng) < share;
}

/* A tree whose groups are g0 (the root) … g6, each below one with a smaller number; of the leaves and models some are missing. */
static size_t random_nodes(struct bb_rng *shape, struct bb_rng *own, double change, struct bb_node *node)
{
    size_t n = 0;
    for (uint32_t g = 0; g < GROUPS; g++) {
        uint32_t parent = g ? bb_rng_below(shape, g) : 0;
        bool engineering = chance(shape, .1), bare = chance(shape, .05);
        if (g && chance(own, change)) parent = bb_rng_below(own, g);
        if (chance(own, change / 4)) engineering = !engineering;
        node[n++] = (struct bb_node){.id = bb_arena_printf(arena, "g%u", g),
                                     .parent = g ? bb_arena_printf(arena, "g%u", parent) : NULL,
                                     .domain = g ? NULL : "vision",
                                     .engineering = g && engineering,
                                     .no_average = g && bare,
                                     .items = -1};
    }
    for (uint32_t l = 0; l < LEAVES; l++) {
        uint32_t parent = bb_rng_below(shape, GROUPS);
        bool is_there = !chance(own, .3);
        long version = chance(own, change) ? 2 : 1;
        if (chance(own, change / 2)) parent = bb_rng_below(own, GROUPS);
        if (!is_there) continue;
        node[n++] = (struct bb_node){.id = bb_arena_printf(arena, "b%u", l),
                                     .parent = bb_arena_printf(arena, "g%u", parent),
                                     .version = version,
                                     .publish = chance(own, .05) ? BB_PUBLISH_NONE : BB_PUBLISH_SCORE,
                                     .listed_only = true,
                                     .items = -1};
    }
    return n;
}

static void random_cell(struct bb_rng *shape, struct bb_rng *own, double change, struct bb_cell *cell)
{
    double was = bb_rng_uniform(shape), is = bb_rng_uniform(own);
    bool has = !chance(shape, .2);
    if (chance(own, change)) has = !has;
    cell->status = has               ? BB_CELL_OK
                   : chance(own, .3) ? BB_CELL_NOT_APPLICABLE
                   : chance(own, .5) ? BB_CELL_FAILED
                                     : BB_CELL_MISSING;
    if (cell->status != BB_CELL_OK)
        cell->reason = "a reason";
    else
        cell->raw = cell->score = chance(own, change) ? is : was;
}

/* Boards of one `pair` are alike: what `change` does not touch comes from the same stream. */
static struct bb_results *random_board(uint64_t pair, uint64_t side, double change)
{
    struct bb_rng shape, own;
    struct bb_arena *mine = bb_arena_new(0);
    struct bb_node *node = BB_NEW_ARRAY(mine, GROUPS + LEAVES, struct bb_node);
    struct bb_model *model = BB_NEW_ARRAY(mine, MODELS, struct bb_model);
    struct bb_tree tree;
    size_t n_models = 0;
    bb_rng_init(&shape, 7, pair);
    bb_rng_init(&own, 8 + side, pair);
    size_t n = random_nodes(&shape, &own, change, node);
    ck_assert(bb_tree_link(node, n, mine, &diags, &tree));
    for (unsigned m = 0; m < MODELS; m++)
        if (!chance(&own, .2)) {
            const char *id = bb_arena_printf(arena, "m%u", m);
            model[n_models++] = (struct bb_model){.id = id, .name = id, .reference = m == 3, .visual_degrees = NAN_D};
        }
    static const char *const options[] = {"{\"missing\":\"zero\"}", "{\"missing\":\"skip\"}", "{\"missing\":\"require\"}"};
    struct bb_board board = {.title = "A board", .options.missing = (int)bb_rng_below(chance(&own, change) ? &own : &shape, 3)};
    const char *text = options[board.options.missing];
    board.options_json = bb_json_parse(mine, "options", text, strlen(text), &diags);
    struct bb_results *results = bb_results_empty(&board, model, n_models, &tree, mine);
    for (size_t m = 0; m < n_models; m++)
        for (size_t i = 0; i < tree.n; i++) {
            struct bb_rng cells, own_cells;
            if (!bb_node_is_leaf(&tree.node[i])) continue;
            uint64_t task = pair * 1000 + (uint64_t)(model[m].id[1] - '0') * 20 + (uint64_t)atol(tree.node[i].id + 1);
            bb_rng_init(&cells, 1, task);
            bb_rng_init(&own_cells, 2 + side, task);
            random_cell(&cells, &own_cells, change, bb_results_cell(results, m, i));
        }
    for (size_t i = 0; i < tree.n; i++) results->facts[i].present = bb_node_is_leaf(&tree.node[i]);
    bb_results_aggregate_all(results);
    struct bb_results *record = bb_record_of(results, &diags); /* published: some averages count what is not to be seen */
    bb_results_free(results);
    ck_assert_ptr_nonnull(record);
    return record;
}

static void check_average(const struct bb_average_change *change)
{
    double sum = 0, kinds = 0;
    if (change->rank_before && change->rank_after)
        ck_assert_int_eq((long)change->rank_after - (long)change->rank_before,
                         change->own + change->entered + change->left + change->moved);
    if (isnan(change->before) || isnan(change->after)) {
        ck_assert_uint_eq(change->n_terms, 0);
        return;
    }
    for (size_t i = 0; i < change->n_terms; i++) {
        sum += change->term[i].delta;
        ck_assert(i == 0 || change->term[i - 1].kind <= change->term[i].kind);
    }
    for (int kind = 0; kind < BB_N_TERMS; kind++) kinds += change->sum[kind];
    ck_assert_double_eq_tol(sum, change->after - change->before, 1e-12);
    ck_assert_double_eq_tol(kinds, change->after - change->before, 1e-12);
}

START_TEST(terms_sum_to_the_change)
{
    static const double changes[] = {.02, .2, .7};
    size_t used[BB_N_TERMS] = {0}, n = 0, n_ranked = 0;
    for (uint64_t pair = 0; pair < 400; pair++) {
        double change = changes[pair % 3];
        struct bb_results *before = random_board(pair, 0, change), *after = random_board(pair, 1, change);
        const struct bb_diff *diff = bb_diff_new(before, after, arena);
        for (size_t i = 0; i < diff->n_averages; i++) {
            check_average(&diff->average[i]);
            ck_assert_ptr_eq(bb_diff_find(diff, diff->average[i].model[1], diff->average[i].node[1]), &diff->average[i]);
            for (size_t t = 0; t < diff->average[i].n_terms; t++) used[diff->average[i].term[t].kind]++;
            n_ranked += diff->average[i].own || diff->average[i].entered || diff->average[i].left || diff->average[i].moved;
        }
        n += diff->n_averages;
        bb_results_free(before);
        bb_results_free(after);
    }
    ck_assert_uint_gt(n, 2000);
    ck_assert_uint_gt(n_ranked, 500);
    for (int kind = 0; kind < BB_N_TERMS; kind++) ck_assert_msg(used[kind] > 10, "%s was hardly tested", bb_term_names[kind].key);
}
END_TEST

/* Forwards and backwards are each other's negative when nothing but scores of the same benchmarks changed; and nothing differs from itself. */
START_TEST(a_board_does_not_differ_from_itself)
{
    struct bb_results *one = random_board(5, 0, .2), *two = random_board(5, 0, .2);
    const struct bb_diff *diff = bb_diff_new(one, two, arena);
    ck_assert(!diff->any);
    ck_assert_str_eq(bb_diff_summary(arena, diff), "Nothing changed");
    bb_results_free(one);
    bb_results_free(two);
}
END_TEST

/* As the file reads: every byte of the record, and the aggregates, which are not made anew. */
static void check_image(const struct bb_cache *cache, uint64_t pair, const struct bb_results *record, const struct bb_buf *text)
{
    struct bb_buf again = BB_BUF_INIT;
    char digest[BB_SHA256_TEXT];
    bb_sha256_text(bb_buf_text(text), text->len, digest);
    struct bb_results *none = bb_record_image_get(cache, digest);
    ck_assert_msg(!none, "pair %d has an image of another", (int)pair);
    bb_record_image_put(cache, digest, record);
    struct bb_results *image = bb_record_image_get(cache, digest);
    ck_assert_ptr_nonnull(image);
    bb_record_write(image, &again);
    ck_assert_str_eq(bb_buf_text(text), bb_buf_text(&again));
    ck_assert_uint_eq(image->parity, record->parity);
    for (size_t i = 0; i < record->n_models * record->tree.n; i++) {
        const struct bb_aggregate *was = &record->aggregate[i], *is = &image->aggregate[i];
        ck_assert(was->score == is->score || (isnan(was->score) && isnan(is->score)));
        ck_assert(was->rank == is->rank && was->of == is->of && was->scored == is->scored && was->tie_group == is->tie_group);
        ck_assert(isnan(was->interval[0]) == isnan(is->interval[0]) && isnan(was->interval[1]) == isnan(is->interval[1]));
        ck_assert(record->cell[i].raw == image->cell[i].raw || (isnan(record->cell[i].raw) && isnan(image->cell[i].raw)));
    }
    bb_buf_release(&again);
    bb_results_free(image);
}

START_TEST(a_record_reads_back_as_it_was_written)
{
    struct bb_err err;
    const char *dir = bb_make_temporary(arena, &err);
    struct bb_cache *cache = bb_cache_open(dir, false);
    for (uint64_t pair = 0; pair < 20; pair++) {
        struct bb_results *one = random_board(pair, 0, .5);
        struct bb_buf first = BB_BUF_INIT, second = BB_BUF_INIT;
        struct bb_results *two = bb_record_of(one, &diags);
        bb_record_write(one, &first);
        bb_record_write(two, &second);
        ck_assert_str_eq(bb_buf_text(&first), bb_buf_text(&second));
        for (size_t i = 0; i < one->n_models * one->tree.n; i++) {
            ck_assert(one->aggregate[i].score == two->aggregate[i].score || isnan(one->aggregate[i].score));
            ck_assert_uint_eq(one->aggregate[i].rank, two->aggregate[i].rank);
        }
        check_image(cache, pair, two, &second);
        bb_buf_release(&first);
        bb_buf_release(&second);
        bb_results_free(one);
        bb_results_free(two);
    }
    bb_cache_close(cache);
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
}
END_TEST

/* --- by hand ---------------------------------------------------------------------------------------------------------- */

static const char old_text[] =
    "{\"schema\":\"brainboard/history/1\",\"title\":\"T\",\"release\":\"1\",\"options\":{\"missing\":\"zero\"},"
    "\"models\":[{\"id\":\"x\",\"outputs\":{\"s\":[\"sha256:1\"]}},{\"id\":\"y\"},{\"id\":\"z\"}],"
    "\"benchmarks\":[{\"id\":\"all\",\"domain\":\"vision\"},"
    "{\"id\":\"a\",\"parent\":\"all\",\"benchmark\":true,\"present\":true,\"stimuli\":\"s\",\"definition\":\"d1\"},"
    "{\"id\":\"b\",\"parent\":\"all\",\"benchmark\":true,\"present\":true,\"definition\":\"d2\",\"ceiling\":0.5}],"
    "\"scores\":{\"x\":{\"a\":{\"score\":0.4},\"b\":{\"score\":0.6}},\"y\":{\"a\":{\"score\":0.9},\"b\":{\"score\":0.2}},"
    "\"z\":{\"a\":{\"score\":0.52},\"b\":{\"status\":\"missing\"}}},\"averages\":{}}";
/* x: a .4 → .5 by a new output, b .6 → .3 by a new definition; c came; y left, w came; z newly scored on b */
static const char new_text[] =
    "{\"schema\":\"brainboard/history/1\",\"title\":\"T\",\"release\":\"2\",\"options\":{\"missing\":\"zero\"},"
    "\"models\":[{\"id\":\"w\"},{\"id\":\"x\",\"outputs\":{\"s\":[\"sha256:2\"]}},{\"id\":\"z\"}],"
    "\"benchmarks\":[{\"id\":\"all\",\"domain\":\"vision\"},"
    "{\"id\":\"a\",\"parent\":\"all\",\"benchmark\":true,\"present\":true,\"stimuli\":\"s\",\"definition\":\"d1\"},"
    "{\"id\":\"b\",\"parent\":\"all\",\"benchmark\":true,\"present\":true,\"definition\":\"d3\",\"ceiling\":0.25},"
    "{\"id\":\"c\",\"parent\":\"all\",\"benchmark\":true,\"present\":true}],"
    "\"scores\":{\"w\":{\"a\":{\"score\":1},\"b\":{\"score\":1},\"c\":{\"score\":1}},"
    "\"x\":{\"a\":{\"score\":0.5},\"b\":{\"score\":0.3},\"c\":{\"score\":0.1}},"
    "\"z\":{\"a\":{\"score\":0.52},\"b\":{\"score\":0.5},\"c\":{\"status\":\"missing\"}}},\"averages\":{}}";

static struct bb_results *record_of_text(const char *text)
{
    char path[] = "/tmp/bb-record-XXXXXX";
    struct bb_err err;
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(bb_file_write(path, text, strlen(text), &err), BB_OK);
    struct bb_results *record = bb_record_read_any(path, &diags);
    remove(path);
    return record;
}

START_TEST(terms_by_hand)
{
    struct bb_results *before = record_of_text(old_text), *after = record_of_text(new_text);
    const struct bb_diff *diff = bb_diff_new(before, after, arena);
    ck_assert_uint_eq(diff->n_models_added, 1);
    ck_assert_uint_eq(diff->n_models_removed, 1);
    ck_assert_uint_eq(diff->n_nodes, 2);
    const struct bb_average_change *x = bb_diff_find(diff, 1, 0);
    ck_assert_ptr_nonnull(x);
    /* (.4 + .6)/2 = .5; a: +.1/2; b: −.3/2, so .4; c: (.5 + .3 + .1)/3 − .4 = −.1 */
    ck_assert_double_eq_tol(x->sum[BB_TERM_SCORE], .05, 1e-15);
    ck_assert_double_eq_tol(x->sum[BB_TERM_REVISED], -.15, 1e-15);
    ck_assert_double_eq_tol(x->sum[BB_TERM_ADDED], -.1, 1e-15);
    ck_assert_uint_eq(x->n_terms, 3);
    ck_assert_str_eq(x->term[2].benchmark, "c");
    /* old: y .55, x .5, z .26. new: w 1, z .34, x .3. x: own .3 among old .55 and .26 is still 2nd; y left, w came, z passed */
    ck_assert_uint_eq(x->rank_before, 2);
    ck_assert_uint_eq(x->rank_after, 3);
    ck_assert_int_eq(x->own, 0);
    ck_assert_int_eq(x->entered, 1);
    ck_assert_int_eq(x->left, -1);
    ck_assert_int_eq(x->moved, 1);
    ck_assert_str_eq(bb_diff_rank(arena, x), "entered +1, left −1, moved +1");
    bb_results_free(before);
    bb_results_free(after);
}
END_TEST

START_TEST(causes_by_hand)
{
    struct bb_results *before = record_of_text(old_text), *after = record_of_text(new_text);
    const struct bb_diff *diff = bb_diff_new(before, after, arena);
    ck_assert_uint_eq(diff->n_cells, 3); /* x on a and b, z on b */
    ck_assert_uint_eq(diff->cell[0].causes, BB_CAUSE_OUTPUT);
    ck_assert_int_eq(diff->cell[0].kind, BB_TERM_SCORE);
    ck_assert_uint_eq(diff->cell[1].causes, BB_CAUSE_DEFINITION | BB_CAUSE_CEILING);
    ck_assert_int_eq(diff->cell[1].kind, BB_TERM_REVISED);
    ck_assert_str_eq(bb_diff_causes(arena, diff->cell[1].causes), "definition, ceiling");
    ck_assert_str_eq(bb_diff_node(arena, diff, &diff->node[0]), "definition, ceiling 0.5000 → 0.2500");
    ck_assert_str_eq(bb_diff_summary(arena, diff),
                     "1 model added, 1 model removed, 1 benchmark added, 1 benchmark revised, 3 scores changed");
    bb_results_free(before);
    bb_results_free(after);
}
END_TEST

/* Every benchmark is replaced: between, there is no average, and the difference still has its reasons. */
START_TEST(all_benchmarks_replaced)
{
    static const char replaced[] =
        "{\"schema\":\"brainboard/history/1\",\"title\":\"T\",\"release\":\"3\",\"models\":[{\"id\":\"x\"}],"
        "\"benchmarks\":[{\"id\":\"all\",\"domain\":\"vision\"},{\"id\":\"n\",\"parent\":\"all\","
        "\"benchmark\":true,\"present\":true}],"
        "\"scores\":{\"x\":{\"n\":{\"score\":0.9}}},\"averages\":{}}";
    struct bb_results *before = record_of_text(old_text), *after = record_of_text(replaced);
    const struct bb_diff *diff = bb_diff_new(before, after, arena);
    const struct bb_average_change *x = bb_diff_find(diff, 0, 0);
    ck_assert_ptr_nonnull(x);
    check_average(x);
    ck_assert_double_eq_tol(x->after - x->before, .4, 1e-15);
    ck_assert(x->sum[BB_TERM_ADDED] > 0);
    bb_results_free(before);
    bb_results_free(after);
}
END_TEST

START_TEST(a_damaged_record_is_an_error_with_its_place)
{
    static const char *const wrong[] = {
        "{\"schema\":\"brainboard/history/1\",\"models\":[]}",
        "{\"schema\":\"brainboard/history/"
        "1\",\"models\":[{\"id\":\"x\"},{\"id\":\"x\"}],\"benchmarks\":[],\"scores\":{},\"averages\":{}}",
        "{\"schema\":\"brainboard/history/1\",\"models\":[],\"benchmarks\":[],\"scores\":{\"q\":{}},\"averages\":{}}",
        "{\"schema\":\"brainboard/history/1\",\"models\":[{\"id\":\"x\"}],\"benchmarks\":[{\"id\":\"g\",\"domain\":\"v\"}],"
        "\"scores\":{\"x\":{\"g\":{\"score\":1}}},\"averages\":{}}",
        "{\"schema\":\"brainboard/history/1\""};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        size_t n = diags.n_errors;
        ck_assert_ptr_null(record_of_text(wrong[i]));
        ck_assert_uint_gt(diags.n_errors, n);
        ck_assert_uint_eq(diags.diag[diags.n - 1].place.line, 1);
    }
}
END_TEST

Suite *suite_history_diff(void);
Suite *suite_history_diff(void)
{
    Suite *suite = suite_create("history_diff");
    TCase *tc = tcase_create("diff");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, terms_sum_to_the_change);
    tcase_add_test(tc, a_board_does_not_differ_from_itself);
    tcase_add_test(tc, a_record_reads_back_as_it_was_written);
    tcase_add_test(tc, terms_by_hand);
    tcase_add_test(tc, causes_by_hand);
    tcase_add_test(tc, all_benchmarks_replaced);
    tcase_add_test(tc, a_damaged_record_is_an_error_with_its_place);
    suite_add_tcase(suite, tc);
    return suite;
}
