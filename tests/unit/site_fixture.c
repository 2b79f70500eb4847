#include "site_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

struct bb_arena *arena;
struct bb_results *board;
const char *site, *site_dir;
struct bb_err err;
static char dir[] = "/tmp/bb-site-XXXXXX";

void site_set_up(void)
{
    arena = bb_arena_new(0);
    board = render_board_new();
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    site_dir = dir;
    site = bb_path_join(arena, dir, "site");
    memset(&err, 0, sizeof err);
}

void site_tear_down(void)
{
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_arena_free(board->arena);
    bb_arena_free(arena);
}

struct bb_site_report site_build(struct bb_site_options options)
{
    struct bb_site_report report = {0};
    options.out = site;
    options.home = BB_HOME;
    ck_assert_msg(bb_site_build(board, &options, arena, &report, &err) == BB_OK, "%s", err.msg);
    return report;
}

const char *site_page(const char *path)
{
    struct bb_buf text = BB_BUF_INIT;
    ck_assert_msg(bb_file_read(bb_path_join(arena, site, path), 0, &text, &err) == BB_OK, "%s", err.msg);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

void site_has(const char *path, const char *text)
{
    ck_assert_msg(strstr(site_page(path), text) != NULL, "%s has no %s", path, text);
}

void site_has_not(const char *path, const char *text)
{
    ck_assert_msg(strstr(site_page(path), text) == NULL, "%s has %s", path, text);
}

size_t board_node(const char *id)
{
    for (size_t i = 0; i < board->tree.n; i++)
        if (strcmp(board->tree.node[i].id, id) == 0) return i;
    ck_abort_msg("no node %s", id);
}

size_t board_model(const char *id)
{
    for (size_t m = 0; m < board->n_models; m++)
        if (strcmp(board->model[m].id, id) == 0) return m;
    ck_abort_msg("no model %s", id);
}
