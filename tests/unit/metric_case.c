#include "metric_case.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "metric/behavior.h"

/* {"stimulus_id": "stimulus_id", "value": {"column": "value", "type": "number"}} for the header of the CSV. Conditions of regions have names. */
static void identity_rules(const char *csv, struct bb_buf *rules)
{
    size_t header = strcspn(csv, "\n");
    const char *regions = strstr(csv, "region");
    bool named = regions && regions < csv + header;
    bb_buf_putc(rules, '{');
    for (size_t start = 0; start < header;) {
        size_t len = strcspn(csv + start, ",\n");
        const char *name = csv + start;
        bool number = (len == 5 && !strncmp(name, "value", len)) || (len == 9 && !named && !strncmp(name, "condition", len));
        bb_buf_printf(rules, "%s\"%.*s\": ", start ? ", " : "", (int)len, name);
        bb_buf_printf(rules, number ? "{\"column\": \"%.*s\", \"type\": \"number\"}" : "\"%.*s\"", (int)len, name);
        start += len + 1;
    }
    bb_buf_putc(rules, '}');
}

struct bb_assembly *assembly_of(const char *csv)
{
    if (!csv) return NULL;
    struct bb_buf rules = BB_BUF_INIT;
    struct bb_diags diags;
    struct bb_columns columns;
    struct bb_table table;
    struct bb_err err = {0};
    struct bb_arena *arena = bb_arena_new(0);
    bb_diags_init(&diags);
    identity_rules(csv, &rules);
    const struct bb_json *json = bb_json_parse(arena, "rules", rules.data, rules.len, &diags);
    ck_assert_msg(json && bb_columns_read(json, NULL, arena, &diags, &columns), "%s", rules.data);
    bb_table_init(&table, &columns);
    ck_assert_msg(bb_table_append(&table, &columns, "table", csv, strlen(csv), &err) == BB_OK, "%s", err.msg);
    struct bb_assembly *assembly = bb_assembly_from_table(&table);
    bb_columns_release(&columns);
    bb_diags_release(&diags);
    bb_buf_release(&rules);
    bb_arena_free(arena);
    return assembly;
}

static const struct bb_json *parse(struct bb_arena *arena, const char *text)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "test", text, strlen(text), &diags);
    ck_assert_msg(json != NULL, "not JSON: %s", text);
    bb_diags_release(&diags);
    return json;
}

const struct bb_json *golden_cases(struct bb_arena *arena, const char *folder)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const char *path = bb_arena_printf(arena, "%s/numeric/%s/cases.json", BB_TEST_DIR, folder);
    const struct bb_json *json = bb_json_read(arena, path, (struct bb_place){0}, &diags);
    ck_assert_msg(json != NULL, "%s cannot be read", path);
    const struct bb_json *cases = bb_json_member(json, "cases");
    bb_diags_release(&diags);
    ck_assert_ptr_nonnull(cases);
    return cases;
}

const char *text_of(const struct bb_json *object, const char *key)
{
    const struct bb_json *member = bb_json_member(object, key);
    return member && member->type == BB_JSON_TEXT ? member->as.text : NULL;
}

static double number(const struct bb_json *json)
{
    if (!json || json->type != BB_JSON_NUMBER) return NAN;
    return json->as.number;
}

double number_of(const struct bb_json *object, const char *key)
{
    return number(bb_json_member(object, key));
}

double *numbers_of(const struct bb_json *array, struct bb_arena *arena, size_t *n)
{
    *n = array->as.list.n;
    double *x = BB_NEW_ARRAY(arena, *n + 1, double);
    for (size_t i = 0; i < *n; i++) x[i] = number(array->as.list.item[i]);
    return x;
}

void check_near(const char *what, double got, double want, double tolerance)
{
    bool good = isnan(want) ? isnan(got) : fabs(got - want) <= tolerance * fmax(1, fabs(want));
    ck_assert_msg(good, "%s is %.17g, expected %.17g", what, got, want);
}

static void *read_params(const struct bb_json *json, const struct bb_field *fields, size_t n, size_t size, struct bb_arena *arena)
{
    struct bb_diags diags;
    void *params = bb_arena_alloc(arena, 1, size + 1);
    bb_diags_init(&diags);
    if (json)
        ck_assert_msg(bb_fields_read(json, "metric", fields, n, params, arena, &diags), "%s",
                      diags.n ? diags.diag[0].message : "");
    else
        bb_fields_default(fields, n, params);
    bb_diags_release(&diags);
    return params;
}

/* --- golden cases ------------------------------------------------------------------------------------------------- */

#define TOLERANCE            1e-12
#define REGRESSION_TOLERANCE 1e-10

/* Checks the members that the case has. */
static void check_number(const char *name, const struct bb_json *want, const char *key, double got, double tolerance)
{
    char what[256];
    snprintf(what, sizeof what, "%s: %s", name, key);
    if (bb_json_member(want, key)) check_near(what, got, number_of(want, key), tolerance);
}

static void check_text(const char *name, const struct bb_json *want, const char *key, const char *got)
{
    const char *text = text_of(want, key);
    if (text) ck_assert_msg(bb_streq(text, got), "%s: %s is \"%s\", expected \"%s\"", name, key, got ? got : "(none)", text);
}

static void check_units(const char *name, const struct bb_json *want, const struct bb_units *units, double tolerance,
                        struct bb_arena *arena)
{
    const struct bb_json *values = bb_json_member(want, "units"), *axes = bb_json_member(want, "axes");
    size_t n, n_units = units->value ? units->n[0] * (units->n[1] ? units->n[1] : 1) : 0;
    if (!values) return;
    const double *value = numbers_of(values, arena, &n);
    ck_assert_msg(n == n_units, "%s: %zu units, expected %zu", name, n_units, n);
    for (size_t i = 0; i < n; i++)
        check_near(bb_arena_printf(arena, "%s: unit %zu", name, i), units->value[i], value[i], tolerance);
    for (size_t a = 0; axes && a < axes->as.list.n; a++) {
        const struct bb_json *labels = axes->as.list.item[a];
        ck_assert_uint_eq(labels->as.list.n, units->n[a]);
        for (size_t i = 0; i < units->n[a]; i++) ck_assert_str_eq(units->label[a][i], labels->as.list.item[i]->as.text);
    }
}

static void check_parts(const char *name, const struct bb_json *want, const struct bb_parts *parts, double tolerance,
                        struct bb_arena *arena)
{
    const struct bb_json *all = bb_json_member(want, "parts");
    ck_assert_msg(!all || all->as.list.n == parts->n, "%s: %zu parts, expected others", name, parts->n);
    for (size_t i = 0; all && i < parts->n; i++) {
        ck_assert_str_eq(parts->label[i], all->as.list.item[i]->key);
        check_near(bb_arena_printf(arena, "%s: part %zu", name, i), parts->value[i], all->as.list.item[i]->as.number, tolerance);
    }
}

/* want: with a "tolerance" of its own where an optimiser is behind the numbers. */
static void check_score(const char *name, const struct bb_metric *metric, const struct bb_task *task, const struct bb_json *want)
{
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_err err = {0};
    double tolerance = bb_streq(metric->name, "delta_loglik") ? REGRESSION_TOLERANCE : TOLERANCE;
    if (bb_json_member(want, "tolerance")) tolerance = number_of(want, "tolerance");
    ck_assert_msg(bb_behavior_score(metric, task, &result, &err) == BB_OK, "%s: %s", name, err.msg);
    check_number(name, want, "raw", result.raw, tolerance);
    check_number(name, want, "error", result.error, tolerance);
    check_number(name, want, "n", (double)result.n, 0);
    check_text(name, want, "error_kind", result.error_kind);
    check_text(name, want, "warning", result.warning);
    check_units(name, want, &result.units, tolerance, task->arena);
    check_parts(name, want, &result.parts, tolerance, task->arena);
}

static void check_ceiling(const char *name, const struct bb_json *c, const struct bb_metric *metric, const struct bb_task *task)
{
    const struct bb_json *want = bb_json_member(c, "ceiling");
    const char *ceiling_name = text_of(c, "ceiling_name");
    if (!ceiling_name) return;
    const struct bb_ceiling *ceiling = bb_ceiling_find(ceiling_name);
    ck_assert_ptr_nonnull(ceiling);
    struct bb_task alone = *task;
    struct bb_ceiling_result result = {.value = NAN};
    struct bb_err err = {0};
    const void *params =
        read_params(bb_json_member(c, "ceiling_params"), ceiling->fields, ceiling->n_fields, ceiling->params_size, task->arena);
    alone.model = NULL;
    ck_assert_msg(ceiling->compute(&alone, metric, params, &result, &err) == BB_OK, "%s: %s", name, err.msg);
    check_number(name, want, "value", result.value, TOLERANCE);
    check_number(name, want, "error", result.error, TOLERANCE);
    check_number(name, want, "lower", result.lower, TOLERANCE);
    check_number(name, want, "n", (double)result.n, 0);
    check_text(name, want, "error_kind", result.error_kind);
}

static void check_case(const struct bb_json *c)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_metric *metric = bb_metric_find(text_of(c, "metric"));
    const struct bb_json *ids = bb_json_member(c, "items");
    const char *name = bb_arena_printf(arena, "%s, %s", text_of(c, "metric"), text_of(c, "name"));
    struct bb_assembly *model = assembly_of(text_of(c, "model")), *data = assembly_of(text_of(c, "data"));
    struct bb_assembly *stimuli = assembly_of(text_of(c, "stimuli"));
    struct bb_names items;
    ck_assert_msg(metric != NULL, "%s: no such metric", name);
    bb_names_init(&items);
    for (size_t i = 0; ids && i < ids->as.list.n; i++) bb_names_add(&items, ids->as.list.item[i]->as.text);
    struct bb_task task = {.model = model, .data = data, .stimuli = stimuli, .items = ids ? &items : NULL, .arena = arena};
    task.partial = bb_json_member(c, "partial") != NULL;
    task.params = read_params(bb_json_member(c, "params"), metric->fields, metric->n_fields, metric->params_size, arena);
    check_score(name, metric, &task, bb_json_member(c, "score"));
    check_ceiling(name, c, metric, &task);
    bb_names_release(&items);
    bb_assembly_free(stimuli);
    bb_assembly_free(data);
    bb_assembly_free(model);
    bb_arena_free(arena);
}

void check_cases(const char *folder)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *cases = golden_cases(arena, folder);
    ck_assert_uint_gt(cases->as.list.n, 0);
    for (size_t i = 0; i < cases->as.list.n; i++) check_case(cases->as.list.item[i]);
    bb_arena_free(arena);
}

/* --- refusals ----------------------------------------------------------------------------------------------------- */

static void check_sentence(const char *what, enum bb_code got, const struct bb_err *err, enum bb_code want, const char *part)
{
    ck_assert_msg(got == want, "%s: code %d (%s), expected %d", what, (int)got, err->msg, (int)want);
    ck_assert_msg(strstr(err->msg, part) != NULL, "%s: \"%s\" does not say \"%s\"", what, err->msg, part);
}

void check_refused(const char *name, const char *params, const char *model_csv, const char *data_csv, enum bb_code code,
                   const char *part)
{
    check_refused_with_stimuli(name, params, model_csv, data_csv, NULL, code, part);
}

void check_refused_with_stimuli(const char *name, const char *params, const char *model_csv, const char *data_csv, const char *stimuli_csv,
                                enum bb_code code, const char *part)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_metric *metric = bb_metric_find(name);
    struct bb_assembly *model = assembly_of(model_csv), *data = assembly_of(data_csv),
                       *stimuli = assembly_of(stimuli_csv);
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_err err = {0};
    struct bb_task task = {.model = model, .data = data, .stimuli = stimuli, .arena = arena};
    task.params = read_params(parse(arena, params), metric->fields, metric->n_fields, metric->params_size, arena);
    check_sentence(name, bb_behavior_score(metric, &task, &result, &err), &err, code, part);
    bb_assembly_free(stimuli);
    bb_assembly_free(data);
    bb_assembly_free(model);
    bb_arena_free(arena);
}

void check_ceiling_refused(const char *name, const char *metric_name, const char *data_csv, enum bb_code code, const char *part)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_metric *metric = bb_metric_find(metric_name);
    const struct bb_ceiling *ceiling = bb_ceiling_find(name);
    struct bb_assembly *data = assembly_of(data_csv);
    struct bb_ceiling_result result = {.value = NAN};
    struct bb_err err = {0};
    struct bb_task task = {.data = data, .arena = arena};
    task.params = read_params(NULL, metric->fields, metric->n_fields, metric->params_size, arena);
    const void *params = read_params(NULL, ceiling->fields, ceiling->n_fields, ceiling->params_size, arena);
    check_sentence(name, ceiling->compute(&task, metric, params, &result, &err), &err, code, part);
    bb_assembly_free(data);
    bb_arena_free(arena);
}
