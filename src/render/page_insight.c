/*
 * Insights of simulated boards: the identification study, whose numbers are stored with the program (data/identify, made by
 * `make identify`). The page says only what follows from them.
 */
#include <math.h>
#include <string.h>

#include "render/page.h"

enum { MOST = 16 }; /* brains, candidates, conditions, metrics */

struct item {
    const char *id, *title, *right;
};
static const struct bb_field item_fields[] = {
    {.key = "id", .kind = BB_FIELD_ID, .offset = offsetof(struct item, id), .flags = BB_REQUIRED},
    {.key = "title", .kind = BB_FIELD_TEXT, .offset = offsetof(struct item, title), .flags = BB_REQUIRED},
    {.key = "right", .kind = BB_FIELD_ID, .offset = offsetof(struct item, right)},
};

struct items {
    struct item item[MOST];
    size_t n;
};

struct cell {
    const char *brain, *condition, *metric;
    double truth, margin, margin_sd;
    struct bb_numbers wins, mean; /* by candidate */
};
static const struct bb_field cell_fields[] = {
    {.key = "brain", .kind = BB_FIELD_ID, .offset = offsetof(struct cell, brain), .flags = BB_REQUIRED},
    {.key = "condition", .kind = BB_FIELD_ID, .offset = offsetof(struct cell, condition), .flags = BB_REQUIRED},
    {.key = "metric", .kind = BB_FIELD_ID, .offset = offsetof(struct cell, metric), .flags = BB_REQUIRED},
    {.key = "truth", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct cell, truth)},
    {.key = "margin", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct cell, margin)},
    {.key = "margin_sd", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct cell, margin_sd)},
    {.key = "wins", .kind = BB_FIELD_NUMBERS, .offset = offsetof(struct cell, wins), .flags = BB_REQUIRED},
    {.key = "mean", .kind = BB_FIELD_NUMBERS, .offset = offsetof(struct cell, mean), .flags = BB_REQUIRED},
};

struct prediction {
    const char *text, *found;
    bool held;
};
static const struct bb_field prediction_fields[] = {
    {.key = "text", .kind = BB_FIELD_TEXT, .offset = offsetof(struct prediction, text), .flags = BB_REQUIRED},
    {.key = "held", .kind = BB_FIELD_BOOL, .offset = offsetof(struct prediction, held), .flags = BB_REQUIRED},
    {.key = "found", .kind = BB_FIELD_TEXT, .offset = offsetof(struct prediction, found), .flags = BB_REQUIRED},
};

struct study {
    const char *program;
    long first_seed, seeds, pictures, neuroids, presentations, few;
    struct bb_texts metrics;
    struct bb_json *brains_json, *candidates_json, *conditions_json, *cells_json, *predictions_json;
    struct items brains, candidates, conditions;
    struct cell *cell;
    size_t n_cells;
    struct prediction *prediction;
    size_t n_predictions;
};
#define LIST(name, member)                                                                                                       \
    {                                                                                                                            \
        .key = name, .kind = BB_FIELD_JSON, .offset = offsetof(struct study, member), .flags = BB_REQUIRED                       \
    }
#define COUNT(name, member)                                                                                                      \
    {                                                                                                                            \
        .key = name, .kind = BB_FIELD_INTEGER, .offset = offsetof(struct study, member), .flags = BB_REQUIRED, .min = 1,         \
        .max = 1e9                                                                                                               \
    }
static const struct bb_field study_fields[] = {
    {.key = "program", .kind = BB_FIELD_TEXT, .offset = offsetof(struct study, program), .flags = BB_REQUIRED},
    COUNT("first_seed", first_seed),
    COUNT("seeds", seeds),
    COUNT("pictures", pictures),
    COUNT("neuroids", neuroids),
    COUNT("presentations", presentations),
    COUNT("few_presentations", few),
    LIST("brains", brains_json),
    LIST("candidates", candidates_json),
    LIST("conditions", conditions_json),
    {.key = "metrics", .kind = BB_FIELD_TEXTS, .offset = offsetof(struct study, metrics), .flags = BB_REQUIRED},
    LIST("cells", cells_json),
    LIST("predictions", predictions_json),
};

/* --- reading -------------------------------------------------------------------------------------------------------- */

#define N_FIELDS(fields) (sizeof(fields) / sizeof(fields)[0])

static void read_items(const struct bb_json *json, struct items *out, struct bb_arena *arena, struct bb_diags *diags)
{
    for (size_t i = 0; json && json->type == BB_JSON_ARRAY && i < json->as.list.n && i < MOST; i++, out->n++)
        bb_fields_read(json->as.list.item[i], "item", item_fields, N_FIELDS(item_fields), &out->item[i], arena, diags);
}

static void read_cells(struct study *study, struct bb_arena *arena, struct bb_diags *diags)
{
    size_t n = study->cells_json->type == BB_JSON_ARRAY ? study->cells_json->as.list.n : 0;
    study->cell = BB_NEW_ARRAY(arena, n + 1, struct cell);
    for (; study->n_cells < n; study->n_cells++) {
        const struct bb_json *json = study->cells_json->as.list.item[study->n_cells];
        struct cell *cell = &study->cell[study->n_cells];
        bb_fields_read(json, "cell", cell_fields, N_FIELDS(cell_fields), cell, arena, diags);
        if (cell->wins.n != study->candidates.n || cell->mean.n != study->candidates.n)
            bb_diag_add(diags, BB_ERROR, json->place, "a cell needs \"wins\" and \"mean\" of %zu candidates",
                        study->candidates.n);
    }
}

static void read_predictions(struct study *study, struct bb_arena *arena, struct bb_diags *diags)
{
    size_t n = study->predictions_json->type == BB_JSON_ARRAY ? study->predictions_json->as.list.n : 0;
    study->prediction = BB_NEW_ARRAY(arena, n + 1, struct prediction);
    for (; study->n_predictions < n; study->n_predictions++)
        bb_fields_read(study->predictions_json->as.list.item[study->n_predictions], "prediction", prediction_fields,
                       N_FIELDS(prediction_fields), &study->prediction[study->n_predictions], arena, diags);
}

static const char *path_of(const struct bb_site *site, const char *name)
{
    return bb_path_join(site->arena, bb_path_join(site->arena, site->options->home, "data/identify"), name);
}

static enum bb_code read_study(const struct bb_site *site, struct bb_arena *arena, struct study *study, struct bb_err *err)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    const char *path = path_of(site, "results.json");
    const struct bb_json *json = bb_json_read(arena, path, (struct bb_place){0}, &diags);
    *study = (struct study){0};
    if (json && bb_fields_read(json, "study", study_fields, N_FIELDS(study_fields), study, arena, &diags)) {
        read_items(study->brains_json, &study->brains, arena, &diags);
        read_items(study->candidates_json, &study->candidates, arena, &diags);
        read_items(study->conditions_json, &study->conditions, arena, &diags);
        read_cells(study, arena, &diags);
        read_predictions(study, arena, &diags);
    }
    bool good = diags.n_errors == 0;
    bb_diags_release(&diags);
    return good ? BB_OK : bb_fail(err, BB_EINPUT, "%s is not as `make identify` writes it; make it anew, or remove it.", path);
}

/* --- numbers -------------------------------------------------------------------------------------------------------- */

static const struct cell *find(const struct study *study, const char *brain, const char *condition, const char *metric)
{
    for (size_t i = 0; i < study->n_cells; i++) {
        const struct cell *cell = &study->cell[i];
        if (bb_streq(cell->brain, brain) && bb_streq(cell->condition, condition) && bb_streq(cell->metric, metric)) return cell;
    }
    return NULL;
}

static double share(const struct study *study, const struct cell *cell, size_t candidate)
{
    return cell->wins.number[candidate] / (double)study->seeds;
}

/* How often the right candidate is first; NaN where there is none, or no such cell. */
static double rate(const struct study *study, const struct item *brain, size_t condition, size_t metric)
{
    const struct cell *cell = find(study, brain->id, study->conditions.item[condition].id, study->metrics.text[metric]);
    for (size_t k = 0; cell && k < study->candidates.n; k++)
        if (bb_streq(brain->right, study->candidates.item[k].id)) return share(study, cell, k);
    return NAN;
}

static double mean_rate(const struct study *study, size_t condition, size_t metric)
{
    double sum = 0;
    size_t n = 0;
    for (size_t b = 0; b < study->brains.n; b++) {
        double value = rate(study, &study->brains.item[b], condition, metric);
        if (isnan(value)) continue;
        sum += value;
        n++;
    }
    return n ? sum / (double)n : (double)NAN;
}

static double rate_of_brain(const struct study *study, const struct item *brain, size_t condition)
{
    double sum = 0;
    for (size_t m = 0; m < study->metrics.n; m++) sum += rate(study, brain, condition, m);
    return study->metrics.n ? sum / (double)study->metrics.n : (double)NAN;
}

static size_t winner(const struct study *study, const struct cell *cell)
{
    size_t best = 0;
    for (size_t k = 1; k < study->candidates.n; k++)
        if (cell->wins.number[k] > cell->wins.number[best]) best = k;
    return best;
}

/* --- what was found, in sentences ------------------------------------------------------------------------------------ */

static void say(struct bb_tpl_dict *content, const char *sentence)
{
    bb_tpl_set(bb_tpl_section(content, "FINDING"), "FINDING_TEXT", sentence);
}

static void say_predictions(const struct bb_page *page, const struct study *study)
{
    size_t held = 0;
    for (size_t i = 0; i < study->n_predictions; i++) held += study->prediction[i].held;
    say(page->content,
        bb_arena_printf(page->arena, "Of %zu predictions that were written down before the first run, %zu held and %zu did not.",
                        study->n_predictions, held, study->n_predictions - held));
}

static void say_condition(const struct bb_page *page, const struct study *study, size_t condition)
{
    size_t low = 0, high = 0;
    for (size_t m = 1; m < study->metrics.n; m++) {
        if (mean_rate(study, condition, m) < mean_rate(study, condition, low)) low = m;
        if (mean_rate(study, condition, m) > mean_rate(study, condition, high)) high = m;
    }
    say(page->content,
        bb_arena_printf(
            page->arena,
            "%s: the right candidate comes first in %s of the experiments by %s, in %s by %s (mean over brains; chance: %s).",
            study->conditions.item[condition].title, bb_page_score(page->arena, mean_rate(study, condition, high)),
            study->metrics.text[high], bb_page_score(page->arena, mean_rate(study, condition, low)), study->metrics.text[low],
            bb_page_score(page->arena, 1 / (double)study->candidates.n)));
}

static void say_hardest(const struct bb_page *page, const struct study *study)
{
    const struct item *hard = NULL, *easy = NULL;
    for (size_t b = 0; b < study->brains.n; b++) {
        const struct item *brain = &study->brains.item[b];
        if (!brain->right) continue;
        if (!hard || rate_of_brain(study, brain, 0) < rate_of_brain(study, hard, 0)) hard = brain;
        if (!easy || rate_of_brain(study, brain, 0) > rate_of_brain(study, easy, 0)) easy = brain;
    }
    if (hard && hard != easy)
        say(page->content, bb_arena_printf(page->arena, "%s is found most reliably (%s, mean over metrics), %s least (%s).",
                                           easy->title, bb_page_score(page->arena, rate_of_brain(study, easy, 0)), hard->title,
                                           bb_page_score(page->arena, rate_of_brain(study, hard, 0))));
}

static void say_unmatched(const struct bb_page *page, const struct study *study, const struct item *brain)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "%s: no candidate is right, and still one comes first: ", brain->title);
    for (size_t m = 0; m < study->metrics.n; m++) {
        const struct cell *cell = find(study, brain->id, study->conditions.item[0].id, study->metrics.text[m]);
        if (!cell) continue;
        size_t first = winner(study, cell);
        bb_buf_printf(&text, "%s%s by %s in %s", m ? ", " : "", study->candidates.item[first].title, cell->metric,
                      bb_page_score(page->arena, share(study, cell, first)));
    }
    bb_buf_puts(&text, " of the experiments.");
    say(page->content, bb_buf_text(&text));
    bb_buf_release(&text);
}

static bool is_right_for_some(const struct study *study, size_t candidate)
{
    bool any = false;
    for (size_t b = 0; b < study->brains.n; b++)
        any = any || bb_streq(study->brains.item[b].right, study->candidates.item[candidate].id);
    return any;
}

/* Of a candidate that is right for no brain: where it deceives most. */
static void say_false(const struct bb_page *page, const struct study *study, size_t candidate)
{
    const char *title = study->candidates.item[candidate].title;
    const struct cell *most = NULL;
    for (size_t i = 0; i < study->n_cells; i++) {
        const struct cell *cell = &study->cell[i];
        if (!bb_streq(cell->condition, study->conditions.item[0].id)) continue;
        if (!most || cell->wins.number[candidate] > most->wins.number[candidate]) most = cell;
    }
    const char *brain = NULL;
    for (size_t b = 0; most && b < study->brains.n; b++)
        if (bb_streq(study->brains.item[b].id, most->brain)) brain = study->brains.item[b].title;
    if (!brain) return;
    if (most->wins.number[candidate] > 0)
        say(page->content,
            bb_arena_printf(page->arena,
                            "%s: right for no brain, and yet first in up to %s of the experiments (of the brain “%s”, by %s).",
                            title, bb_page_score(page->arena, share(study, most, candidate)), brain, most->metric));
    else
        say(page->content, bb_arena_printf(page->arena, "%s: right for no brain, and never first.", title));
}

static void add_findings(const struct bb_page *page, const struct study *study)
{
    say_predictions(page, study);
    for (size_t c = 0; c < study->conditions.n; c++) say_condition(page, study, c);
    say_hardest(page, study);
    for (size_t b = 0; b < study->brains.n; b++)
        if (!study->brains.item[b].right) say_unmatched(page, study, &study->brains.item[b]);
    for (size_t k = 0; k < study->candidates.n; k++)
        if (!is_right_for_some(study, k)) say_false(page, study, k);
}

/* --- tables --------------------------------------------------------------------------------------------------------- */

/* Shades are of the number itself: nothing at 0, the deepest at 1. */
static const char *shade_of(struct bb_arena *arena, double value)
{
    return isnan(value) ? "" : bb_page_shade(arena, value >= 1 ? BB_VIEW_SHADES - 1 : (int)(value * BB_VIEW_SHADES));
}

static void add_rate(struct bb_tpl_dict *row, const struct bb_page *page, double value, bool first)
{
    struct bb_tpl_dict *cell = bb_tpl_section(row, "RATE");
    bb_tpl_set(cell, "RATE_VALUE", bb_page_score(page->arena, value));
    bb_tpl_set(cell, "RATE_CLASS", bb_arena_printf(page->arena, "%s%s", shade_of(page->arena, value), first ? " first" : ""));
}

static void add_rates(const struct bb_page *page, const struct study *study)
{
    for (size_t c = 0; c < study->conditions.n; c++) {
        struct bb_tpl_dict *head = bb_tpl_section(page->content, "CONDITION");
        bb_tpl_set(head, "CONDITION_TITLE", study->conditions.item[c].title);
        bb_tpl_set_number(head, "CONDITION_WIDTH", study->metrics.n);
        for (size_t m = 0; m < study->metrics.n; m++) {
            struct bb_tpl_dict *metric = bb_tpl_section(page->content, "RATE_METRIC");
            bb_tpl_set(metric, "METRIC_NAME", study->metrics.text[m]);
            if (m == 0) bb_tpl_show(metric, "METRIC_FIRST");
        }
    }
    for (size_t b = 0; b <= study->brains.n; b++) { /* the last row is the mean */
        const struct item *brain = b < study->brains.n ? &study->brains.item[b] : NULL;
        if (brain && !brain->right) continue;
        struct bb_tpl_dict *row = bb_tpl_section(page->content, "RATE_ROW");
        bb_tpl_set(row, "ROW_TITLE", brain ? brain->title : "Mean");
        if (!brain) bb_tpl_show(row, "ROW_WHOLE");
        for (size_t c = 0; c < study->conditions.n; c++)
            for (size_t m = 0; m < study->metrics.n; m++)
                add_rate(row, page, brain ? rate(study, brain, c, m) : mean_rate(study, c, m), m == 0);
    }
}

/* Who is first, for each brain a block of rows. */
static void add_winners(const struct bb_page *page, const struct study *study)
{
    struct bb_arena *arena = page->arena;
    for (size_t k = 0; k < study->candidates.n; k++)
        bb_tpl_set(bb_tpl_section(page->content, "CANDIDATE"), "CANDIDATE_TITLE", study->candidates.item[k].title);
    bb_tpl_set_number(page->content, "BLOCK_WIDTH", study->candidates.n + 1);
    for (size_t b = 0; b < study->brains.n; b++) {
        const struct item *brain = &study->brains.item[b];
        struct bb_tpl_dict *block = bb_tpl_section(page->content, "BLOCK");
        bb_tpl_set(block, "BLOCK_TITLE", brain->title);
        if (!brain->right) bb_tpl_show(block, "UNMATCHED");
        for (size_t m = 0; m < study->metrics.n; m++) {
            const struct cell *cell = find(study, brain->id, study->conditions.item[0].id, study->metrics.text[m]);
            if (!cell) continue;
            struct bb_tpl_dict *row = bb_tpl_section(block, "WIN_ROW");
            bb_tpl_set(row, "WIN_METRIC", cell->metric);
            for (size_t k = 0; k < study->candidates.n; k++) {
                double value = share(study, cell, k);
                bool right = bb_streq(brain->right, study->candidates.item[k].id);
                struct bb_tpl_dict *win = bb_tpl_section(row, "WIN");
                bb_tpl_set(win, "WIN_CLASS",
                           bb_arena_printf(arena, "%s%s", value > 0 ? shade_of(arena, value) : "", right ? " right" : ""));
                bb_tpl_set(win, "WIN_VALUE", bb_page_score(arena, value));
                if (right) bb_tpl_show(win, "WIN_RIGHT");
            }
            bb_tpl_set(row, "WIN_MARGIN",
                       isnan(cell->margin) ? ""
                                           : bb_arena_printf(arena, "%s ± %s", bb_page_detail(arena, cell->margin),
                                                             bb_page_detail(arena, cell->margin_sd)));
        }
    }
}

/* Names of conditions stand between backquotes in the text. */
static const char *without_backquotes(struct bb_arena *arena, const char *text)
{
    char *out = bb_arena_strdup(arena, text), *to = out;
    for (const char *p = text; *p; p++)
        if (*p != '`') *to++ = *p;
    *to = '\0';
    return out;
}

static void add_predictions(const struct bb_page *page, const struct study *study)
{
    for (size_t i = 0; i < study->n_predictions; i++) {
        const struct prediction *prediction = &study->prediction[i];
        struct bb_tpl_dict *item = bb_tpl_section(page->content, "PREDICTION");
        bb_tpl_set_number(item, "PREDICTION_NUMBER", i + 1);
        bb_tpl_set(item, "PREDICTION_TEXT", without_backquotes(page->arena, prediction->text));
        bb_tpl_set(item, "PREDICTION_FOUND", prediction->found);
        bb_tpl_show(item, prediction->held ? "HELD" : "NOT_HELD");
    }
}

/* --- the page ------------------------------------------------------------------------------------------------------- */

bool bb_insight_here(const struct bb_site *site)
{
    return site->results->board.simulated && bb_is_file(path_of(site, "results.json"));
}

static enum bb_code add_files(const struct bb_site *site, struct bb_err *err)
{
    static const char *const name[] = {"predictions.md", "results.csv", "results.json"};
    enum bb_code code = BB_OK;
    for (size_t i = 0; code == BB_OK && i < sizeof name / sizeof name[0]; i++)
        code = bb_staging_add_file(site->staging, bb_arena_printf(site->arena, "data/identification/%s", name[i]),
                                   path_of(site, name[i]), err);
    return code;
}

enum bb_code bb_pages_insights(const struct bb_site *site, struct bb_err *err)
{
    struct study study;
    struct bb_page page;
    if (!bb_insight_here(site)) return BB_OK;
    enum bb_code code = read_study(site, site->arena, &study, err);
    if (code == BB_OK) code = add_files(site, err);
    if (code != BB_OK) return code;
    bb_page_begin(&page, site, "insights/identification/index.html", "insight.tpl", "Identification");
    bb_tpl_set(
        page.content, "STUDY_FACTS",
        bb_arena_printf(
            page.arena,
            "%ld simulated experiments (seeds %ld to %ld) · %ld pictures and %ld neuroids each · computed with brainboard %s",
            study.seeds, study.first_seed, study.first_seed + study.seeds - 1, study.pictures, study.neuroids, study.program));
    bb_tpl_set_number(page.content, "N_CANDIDATES", study.candidates.n);
    bb_tpl_set_number(page.content, "N_SEEDS", (size_t)study.seeds);
    bb_tpl_set_number(page.content, "N_MANY", (size_t)study.presentations);
    bb_tpl_set_number(page.content, "N_FEW", (size_t)study.few);
    add_findings(&page, &study);
    add_rates(&page, &study);
    add_winners(&page, &study);
    add_predictions(&page, &study);
    return bb_page_end(&page, err);
}
