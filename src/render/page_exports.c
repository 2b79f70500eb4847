/*
 * The quiet line below a table: the same table as files for papers and programs.
 */
#include "render/page.h"
#include "render/table_files.h"

static struct bb_tpl_dict *add_links(struct bb_tpl_dict *dict, const struct bb_table_link *link, size_t n)
{
    struct bb_tpl_dict *line = bb_tpl_include(dict, "EXPORTS", "exports.tpl");
    for (size_t i = 0; i < n; i++) {
        struct bb_tpl_dict *item = bb_tpl_section(line, "EXPORT");
        bb_tpl_set(item, "EXPORT_FORMAT", link[i].word);
        bb_tpl_set(item, "EXPORT_PATH", link[i].path);
    }
    return line;
}

void bb_page_exports_node(const struct bb_page *page, struct bb_tpl_dict *dict, size_t node, size_t n_rows)
{
    struct bb_table_link link[BB_TABLE_FORMATS];
    size_t n = bb_table_links_of_node(page->site, node, page->arena, link);
    if (!n) return;
    struct bb_tpl_dict *line = add_links(dict, link, n);
    if (n_rows > BB_TABLE_ROWS) bb_tpl_set_number(bb_tpl_section(line, "EXPORT_FIRST"), "EXPORT_ROWS", BB_TABLE_ROWS);
}

void bb_page_exports_model(const struct bb_page *page, struct bb_tpl_dict *dict, size_t model)
{
    struct bb_table_link link[BB_TABLE_FORMATS];
    size_t n = bb_table_links_of_model(page->site, model, page->arena, link);
    if (n) add_links(dict, link, n);
}
