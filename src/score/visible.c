#include "score/visible.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Days since 1970-01-01 as a date of the Gregorian calendar, in years that begin in March (Howard Hinnant, civil_from_days). */
static const char *date_of_days(long days, struct bb_arena *arena)
{
    enum { ERA = 146097, DAYS_TO_1970 = 719468 };
    long shifted = days + DAYS_TO_1970, era = shifted / ERA, day = shifted % ERA;
    long year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    long of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    long civil_month = month < 10 ? month + 3 : month - 9;
    return bb_arena_printf(arena, "%04ld-%02ld-%02ld", year + era * 400 + (civil_month <= 2), civil_month,
                           of_year - (153 * month + 2) / 5 + 1);
}

const char *bb_visible_date(const struct bb_board *board, struct bb_arena *arena)
{
    enum { DAY = 86400 };
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (board->date || !epoch || !*epoch || strspn(epoch, "0123456789") != strlen(epoch) || strlen(epoch) > 11)
        return board->date;
    return date_of_days(strtol(epoch, NULL, 10) / DAY, arena);
}

bool bb_visible(const struct bb_model *model, const char *date)
{
    if (model->visibility == BB_PRIVATE) return false;
    return !model->embargo_until || (date && strcmp(date, model->embargo_until) >= 0);
}

static bool is_public(const struct bb_model *model, const char *date)
{
    return model->visibility == BB_PUBLIC && bb_visible(model, date);
}

static bool names_hidden(const char *name, const struct bb_model *model, size_t n, const char *date)
{
    for (size_t i = 0; name && i < n; i++)
        if (!is_public(&model[i], date) && (bb_strcaseeq(model[i].id, name) || bb_streq(model[i].name, name))) return true;
    return false;
}

size_t bb_visible_models(const struct bb_model *model, size_t n, const char *date, bool listed_only, struct bb_model *out,
                         size_t *from)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (listed_only ? !is_public(&model[i], date) : !bb_visible(&model[i], date)) continue;
        if (from) from[kept] = i;
        out[kept] = model[i];
        if (names_hidden(model[i].variant_of, model, n, date)) out[kept].variant_of = NULL;
        kept++;
    }
    return kept;
}

/* --- what an author may have overlooked ------------------------------------------------------------------------------- */

enum { SHORTEST = 4 }; /* bytes of a name that is worth a warning when it occurs in a text */

static bool occurs(const char *text, const char *name)
{
    return text && name && strlen(name) >= SHORTEST && strstr(text, name);
}

static void check_text(const char *text, struct bb_place place, const struct bb_model *hidden, struct bb_diags *diags)
{
    const char *name = occurs(text, hidden->id) ? hidden->id : occurs(text, hidden->name) ? hidden->name : NULL;
    if (name)
        bb_diag_add(diags, BB_WARNING, place,
                    "the description names \"%s\", a model that is not public: it will be read on the site", name);
}

static void check_texts(const struct bb_catalog *catalog, const char *date, const struct bb_model *hidden, struct bb_diags *diags)
{
    check_text(catalog->board.description, (struct bb_place){.file = catalog->path}, hidden, diags);
    for (size_t i = 0; i < catalog->n_models; i++)
        if (is_public(&catalog->model[i], date))
            check_text(catalog->model[i].description, catalog->model[i].place, hidden, diags);
    for (size_t i = 0; i < catalog->tree.n; i++)
        check_text(catalog->tree.node[i].description, catalog->tree.node[i].place, hidden, diags);
}

void bb_visible_check(const struct bb_catalog *catalog, struct bb_diags *diags)
{
    const char *date = bb_visible_date(&catalog->board, catalog->arena);
    for (size_t i = 0; i < catalog->n_models; i++) {
        const struct bb_model *model = &catalog->model[i];
        if (model->embargo_until && !date)
            bb_diag_add(diags, BB_WARNING, model->place,
                        "the embargo of \"%s\" never ends: the manifest has no \"date\" that \"embargo_until\" could be compared "
                        "with, so the "
                        "model is treated as private",
                        model->id);
        if (!is_public(model, date)) check_texts(catalog, date, model, diags);
    }
}
