#include "render/export_sentence.h"

#include <math.h>

#include "base/json.h"
#include "render/export_text.h"

#define FEW_FAMILIES 4 /* below it, an r over families says nothing */

/* Two ways to write the same sentence: how text and mathematics are set. */
struct form {
    bool (*text)(struct bb_buf *out, const char *text);
    const char *r, *rho, *equals, *end;
};

static bool plain(struct bb_buf *out, const char *text)
{
    bb_buf_puts(out, text);
    return true;
}

static const struct form forms[] = {
    [BB_SENTENCE_TEXT] = {plain, "r", "ρ", " = ", ""},
    [BB_SENTENCE_LATEX] = {bb_latex_text, "$r", "$\\rho", " = ", "$"},
};

static void add_value(struct bb_buf *out, const struct form *form, double value)
{
    char text[64];
    bb_format_fixed(text, value, 2);
    bool is_math = *form->end != '\0';
    bb_buf_printf(out, "%s%s", text[0] == '-' ? (is_math ? "-" : "−") : "", text + (text[0] == '-'));
}

static void add_equation(struct bb_buf *out, const struct form *form, const char *symbol, double value)
{
    bb_buf_puts(out, symbol);
    bb_buf_puts(out, form->equals);
    add_value(out, form, value);
    bb_buf_puts(out, form->end);
}

static void add_interval(struct bb_buf *out, const struct form *form, const struct bb_association *is)
{
    bool is_math = *form->end != '\0';
    bb_buf_puts(out, is_math ? "95\\,\\% interval $" : "95 % interval ");
    add_value(out, form, is->low);
    bb_buf_puts(out, is_math ? "$ to $" : " to ");
    add_value(out, form, is->high);
    bb_buf_puts(out, form->end);
}

static void add_quantity(struct bb_buf *out, const struct form *form, const struct bb_quantity *quantity)
{
    if (quantity->is_log) bb_buf_puts(out, "the logarithm of ");
    form->text(out, quantity->title);
}

static void add_source(struct bb_buf *out, const struct form *form, const struct bb_board *board, const char *digest)
{
    if (board->title) {
        form->text(out, board->title);
        bb_buf_puts(out, ", ");
    }
    if (board->release) {
        bb_buf_puts(out, "release ");
        form->text(out, board->release);
        bb_buf_puts(out, ", ");
    }
    bb_buf_printf(out, "scores %.19s", digest); /* "sha256:" and 12 digits */
}

static bool have_families(const struct bb_association *models, const struct bb_association *families)
{
    return families->n < models->n && families->n >= FEW_FAMILIES && !isnan(families->r);
}

static void write_sentence(const struct bb_results *results, const struct bb_quantity *x, const struct bb_quantity *y,
                           const struct bb_association *models, const struct bb_association *families, const char *digest,
                           const struct form *form, struct bb_buf *out)
{
    bb_buf_printf(out, "Across %zu models, ", models->n);
    add_quantity(out, form, x);
    bb_buf_puts(out, " and ");
    add_quantity(out, form, y);
    bb_buf_puts(out, " correlate with Pearson's ");
    add_equation(out, form, form->r, models->r);
    bb_buf_puts(out, " (");
    add_interval(out, form, models);
    bb_buf_printf(out, *form->end ? ", $n = %zu$; Spearman's " : ", n = %zu; Spearman's ", models->n);
    add_equation(out, form, form->rho, models->rho);
    if (have_families(models, families)) {
        bb_buf_printf(out, "; over %zu families of models ", families->n);
        add_equation(out, form, form->r, families->r);
    }
    bb_buf_puts(out, "; ");
    add_source(out, form, &results->board, digest);
    bb_buf_puts(out, ").\n");
}

static void write_association(struct bb_json_writer *w, const char *key, const struct bb_association *is)
{
    bb_jw_key(w, key);
    bb_jw_object(w);
    bb_jw_member_integer(w, "n", (long)is->n);
    bb_jw_member_number(w, "r", is->r);
    bb_jw_member_number(w, "low", is->low);
    bb_jw_member_number(w, "high", is->high);
    bb_jw_member_number(w, "p", is->p);
    bb_jw_member_number(w, "rho", is->rho);
    bb_jw_member_number(w, "rho_p", is->rho_p);
    bb_jw_member_number(w, "slope", is->slope);
    bb_jw_member_number(w, "intercept", is->intercept);
    bb_jw_object_end(w);
}

static void write_quantity(struct bb_json_writer *w, const char *key, const struct bb_quantity *is)
{
    bb_jw_key(w, key);
    bb_jw_object(w);
    bb_jw_member_text(w, "id", is->id);
    bb_jw_member_text(w, "title", is->title);
    bb_jw_member_bool(w, "log10", is->is_log);
    bb_jw_object_end(w);
}

static void write_json(const struct bb_results *results, const struct bb_quantity *x, const struct bb_quantity *y,
                       const struct bb_association *models, const struct bb_association *families, const char *digest,
                       struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 2);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "schema", "brainboard/association/1");
    bb_jw_member_text(&w, "release", results->board.release);
    bb_jw_member_text(&w, "scores", digest);
    write_quantity(&w, "x", x);
    write_quantity(&w, "y", y);
    write_association(&w, "models", models);
    if (have_families(models, families)) write_association(&w, "families", families);
    bb_jw_object_end(&w);
    bb_buf_putc(out, '\n');
}

enum bb_code bb_sentence(const struct bb_results *results, const struct bb_quantities *all, size_t x, size_t y,
                         const char *digest, enum bb_sentence_form form, struct bb_buf *out, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_quantity *qx = &all->quantity[x], *qy = &all->quantity[y];
    const struct bb_association models = bb_quantity_associate(all, x, y, arena),
                                families = bb_quantity_associate_families(all, x, y, arena);
    enum bb_code code = BB_OK;
    if (models.n < 3)
        code = bb_fail(err, BB_ENUMERIC, "%zu models have a value for both %s and %s: a correlation needs three or more.",
                       models.n, qx->id, qy->id);
    else if (isnan(models.r))
        code = bb_fail(err, BB_ENUMERIC, "%s or %s is the same for all models that have both: there is no correlation.", qx->id,
                       qy->id);
    else if (form == BB_SENTENCE_JSON)
        write_json(results, qx, qy, &models, &families, digest, out);
    else
        write_sentence(results, qx, qy, &models, &families, digest, &forms[form], out);
    bb_arena_free(arena);
    return code;
}
