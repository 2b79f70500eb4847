#include "verify/verify_int.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/parity.h"

/* A number as it stands at the start of a text: sign, digits with or without commas between thousands, point, digits. */
struct shown {
    char text[48]; /* as bb_format_fixed would write it */
    int decimals;
    const char *end; /* what follows it */
};

static bool read_shown(const char *text, struct shown *out)
{
    static const char minus[] = "−";
    size_t n = 0, digits = 0;
    if (strncmp(text, minus, sizeof minus - 1) == 0 || *text == '-') {
        out->text[n++] = '-';
        text += *text == '-' ? 1 : sizeof minus - 1;
    }
    if (*text == '.') out->text[n++] = '0';
    out->decimals = -1;
    for (; n < sizeof out->text - 1; text++) {
        if (*text == ',' && digits && isdigit((unsigned char)text[1])) continue;
        if (*text == '.' && out->decimals < 0 && isdigit((unsigned char)text[1]))
            out->decimals = 0;
        else if (isdigit((unsigned char)*text))
            digits++, out->decimals += out->decimals >= 0;
        else
            break;
        out->text[n++] = *text;
    }
    if (out->decimals < 0) out->decimals = 0;
    out->text[n] = '\0';
    out->end = text;
    return digits > 0;
}

/* What is looked up, for one model and node. */
struct place {
    const struct bb_site_data *data;
    size_t model, node; /* BB_NAMES_NONE: not said */
    const struct bb_known *known;
    const char *model_id, *node_id;
};

static double known_score(const struct place *at)
{
    return at->known ? at->known->score : (double)NAN;
}
static double known_error(const struct place *at)
{
    return at->known ? at->known->error : (double)NAN;
}
static double known_raw(const struct place *at)
{
    return at->known ? at->known->raw : (double)NAN;
}
static double known_ceiling(const struct place *at)
{
    return at->known ? at->known->ceiling : at->node != BB_NAMES_NONE ? at->data->node[at->node].ceiling : (double)NAN;
}
static double known_rank(const struct place *at)
{
    return at->known ? at->known->rank : (double)NAN;
}
static double known_ranked(const struct place *at)
{
    return at->node != BB_NAMES_NONE ? at->data->node[at->node].ranked : (double)NAN;
}
static double known_median(const struct place *at)
{
    return at->node != BB_NAMES_NONE ? at->data->node[at->node].median : (double)NAN;
}
static double known_best(const struct place *at)
{
    return at->node != BB_NAMES_NONE ? at->data->node[at->node].best : (double)NAN;
}
/* Of a benchmark the number of items, of a group that of its scored benchmarks. */
static double known_n(const struct place *at)
{
    return !at->known ? (double)NAN : !isnan(at->known->n) ? at->known->n : at->known->scored;
}
static double known_scored(const struct place *at)
{
    return at->known ? at->known->scored : (double)NAN;
}
static double known_of(const struct place *at)
{
    return at->known ? at->known->of : (double)NAN;
}

/* `second`: of "3 of 17", what 17 is; NULL: nothing is known of it. `must`: where the data has a value, it is shown. */
static const struct {
    const char *name;
    double (*first)(const struct place *at), (*second)(const struct place *at);
    bool is_rounded, must;
} values[] = {
    {"score", known_score, NULL, true, true},
    {"error", known_error, NULL, true, false},
    {"raw", known_raw, NULL, true, true},
    {"ceiling", known_ceiling, NULL, true, true},
    {"n", known_n, known_of, false, true},
    {"cover", known_scored, known_of, false, true},
    {"rank", known_rank, known_ranked, false, true},
    {"median", known_median, NULL, true, false},
    {"best", known_best, NULL, true, false},
};
#define N_VALUES (sizeof values / sizeof values[0])

/* Boards that look like the reference round a score of two decimals as it does. */
static bool agrees(const struct bb_site_data *data, double value, const struct shown *shown)
{
    char text[64];
    bb_format_fixed(text, data->parity && shown->decimals == 2 ? bb_parity_round(value) : value,
                    shown->decimals < 9 ? shown->decimals : 9);
    return strcmp(text, shown->text) == 0;
}

static const char *about(const struct bb_check *check, const struct place *at)
{
    return bb_arena_printf(check->arena, "%s%s%s", at->model_id ? at->model_id : "", at->model_id && at->node_id ? ", " : "",
                           at->node_id ? at->node_id : "");
}

static void compare(struct bb_check *check, const char *path, size_t line, const struct place *at, size_t which, const char *text)
{
    const char *name = values[which].name;
    double value = values[which].first(at);
    struct shown shown, second;
    char exact[32];
    bb_format_number(exact, value);
    if (!values[which].is_rounded) text += strcspn(text, "0123456789"); /* "rank 3 of 17" */
    if (!read_shown(text, &shown)) {
        if (!isnan(value) && values[which].must)
            bb_wrong(check, BB_WRONG_NUMBER, path, line, "the %s of %s is %s in the data, and here \"%s\"", name,
                     about(check, at), exact, text);
        return;
    }
    check->report->n_numbers++;
    if (isnan(value))
        bb_wrong(check, BB_WRONG_NUMBER, path, line, "the %s of %s is shown as %s, and the data has none", name, about(check, at),
                 shown.text);
    else if (!agrees(&check->data, value, &shown) || (values[which].is_rounded && shown.decimals == 0 && value != floor(value)))
        bb_wrong(check, BB_WRONG_NUMBER, path, line, "the %s of %s is shown as %s, and is %s in the data", name, about(check, at),
                 shown.text, exact);
    size_t between = *shown.end == '/' ? 1 : strncmp(shown.end, " of ", 4) == 0 ? 4 : 0;
    if (!values[which].second || !between || !read_shown(shown.end + between, &second)) return;
    value = values[which].second(at);
    bb_format_number(exact, value);
    if (!isnan(value) && !agrees(&check->data, value, &second))
        bb_wrong(check, BB_WRONG_NUMBER, path, line, "the %s of %s is shown as of %s, and is of %s in the data", name,
                 about(check, at), second.text, exact);
}

/* An unlisted model has a page, and the data of the whole board does not have it. */
static bool is_unlisted(struct bb_check *check, const char *model)
{
    return bb_check_has(check, bb_arena_printf(check->arena, "models/%s/index.html", model));
}

static size_t find(struct bb_check *check, const struct bb_names *names, const char *id, const char *what, const char *path,
                   size_t line)
{
    size_t at = id ? bb_names_find(names, id) : BB_NAMES_NONE;
    if (id && at == BB_NAMES_NONE && (names == &check->data.nodes || !is_unlisted(check, id)))
        bb_wrong(check, BB_WRONG_NUMBER, path, line, "the data has no %s \"%s\"", what, id);
    return at;
}

void bb_check_number(struct bb_check *check, const char *path, size_t line, const char *model, const char *node,
                     const char *value, const char *text)
{
    struct place at = {.data = &check->data, .model_id = model, .node_id = node};
    if (!check->data.known) return;
    at.model = find(check, &check->data.models, model, "model", path, line);
    at.node = find(check, &check->data.nodes, node, "benchmark", path, line);
    if ((model && at.model == BB_NAMES_NONE) || (node && at.node == BB_NAMES_NONE)) return;
    if (model && node) at.known = &check->data.known[at.model * check->data.nodes.n + at.node];
    for (size_t i = 0; i < N_VALUES; i++)
        if (bb_streq(value, values[i].name)) {
            compare(check, path, line, &at, i, text);
            return;
        }
    bb_wrong(check, BB_WRONG_MARKUP, path, line, "data-v=\"%s\" is not a value that the data has", value);
}
