/*
 * Templates: a thin C face of ctemplate, the only C++ of the program.
 *
 * Every template is a file *.tpl that begins with {{%AUTOESCAPE context="HTML"}} (or "XML"); another one is refused, so nothing reaches a page
 * unescaped. Names are UPPER_CASE. The one exception are names that end in _HTML, written {{CHART_HTML:none}}: markup that the program made
 * itself (a chart, Markdown in safe mode, a JSON island), set with bb_tpl_set_html alone; `:none` after another name is refused.
 *
 * A dictionary holds the values of one template: sections see the values around them; an included template ({{>NAME}}) sees only what is set in
 * its own dictionary, and what bb_tpl_set_global says to the whole page.
 *
 * Builds with BB_DEBUG also check names at every expansion: a value or section that the template does not have there, a value that the template
 * has and nobody set, and a section or an included template that would be inherited from the dictionary around it are errors. What may be absent
 * is therefore a section, shown or not.
 *
 * One set of templates at a time (bb_tpl_open … bb_tpl_close); not for several threads.
 */
#ifndef BB_RENDER_TPL_H
#define BB_RENDER_TPL_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/mem.h"

struct bb_tpl_dict;

/* Loads every *.tpl of `dir`, each from `override` instead when it is there (NULL: no such folder). BB_EINPUT names the template that is wrong. */
enum bb_code bb_tpl_open(const char *dir, const char *override, struct bb_err *err) BB_MUST_CHECK;
void bb_tpl_close(void);

/* The dictionary of a page. Those made from it (sections, includes) belong to it. */
struct bb_tpl_dict *bb_tpl_new(void);
void bb_tpl_free(struct bb_tpl_dict *page); /* NULL is fine */

void bb_tpl_set(struct bb_tpl_dict *dict, const char *name, const char *value); /* both are copied; NULL means "" */
void bb_tpl_set_html(struct bb_tpl_dict *dict, const char *name,
                     const char *html); /* name ends in _HTML; never text that somebody else wrote */
void bb_tpl_set_number(struct bb_tpl_dict *dict, const char *name, size_t value);
void bb_tpl_set_global(struct bb_tpl_dict *page, const char *name, const char *value); /* seen by includes as well */

struct bb_tpl_dict *bb_tpl_section(struct bb_tpl_dict *dict, const char *name); /* shows it once more, with values of its own */
void bb_tpl_show(struct bb_tpl_dict *dict, const char *name); /* a section that needs no values of its own */
/* Shows it, and returns the dictionary around it: its values are set there. A third of the cost of a section of its own; for one that is there
   at most once, and whose names mean nothing else around it. */
struct bb_tpl_dict *bb_tpl_once(struct bb_tpl_dict *dict, const char *name);
struct bb_tpl_dict *bb_tpl_include(struct bb_tpl_dict *dict, const char *name, const char *file);

/* Section `name`, shown once, with the value of the same name, when value is neither NULL nor "". */
void bb_tpl_optional(struct bb_tpl_dict *dict, const char *name, const char *value);
void bb_tpl_optional_html(struct bb_tpl_dict *dict, const char *name, const char *html);

/* Appends the expanded template. */
enum bb_code bb_tpl_expand(const char *file, const struct bb_tpl_dict *page, struct bb_buf *out,
                           struct bb_err *err) BB_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
