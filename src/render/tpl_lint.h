/*
 * Mistakes in templates that a lab wrote: `brainboard check --templates DIR`, and every build that overrides templates.
 */
#ifndef BB_RENDER_TPL_LINT_H
#define BB_RENDER_TPL_LINT_H

#include <stdbool.h>

#include "base/diag.h"

/*
 * Looks at every *.tpl of `dir`, each against the program's template of the same name in `home`. Errors, with file:line:column: a file that would
 * override nothing; escaping that is not turned on, or turned off for text; markers that are not closed; sections that do not nest; names that the
 * program does not give to that template (with the nearest that it does); modifiers that do not exist. Warnings: a name outside the sections that
 * give it a value, and an attribute without quotes. true when there was no error. Not while
 * templates are open (bb_tpl_open).
 */
bool bb_templates_lint(const char *home, const char *dir, struct bb_diags *diags);

#endif
