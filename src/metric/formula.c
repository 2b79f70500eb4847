#include "metric/formula.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static const double EQUAL_RELATIVE = 1e-5, EQUAL_ABSOLUTE = 1e-3;
enum { DEPTH_MOST = 200, LENGTH_MOST = 10000 }; /* trees are walked by recursion, and a chain of operators is a deep one */

/* op: '#' number, 'r' region, or the operator. */
struct bb_formula {
    char op;
    double number;
    long region; /* −1: all */
    const char *condition;
    const struct bb_formula *left, *right;
};

/* --- parsing --------------------------------------------------------------------------------------------------------- */

struct parse {
    const char *text, *at;
    struct bb_arena *arena;
    struct bb_err *err;
    int depth;
};

static enum bb_code wrong(const struct parse *p, const char *what)
{
    return bb_fail(p->err, BB_EINPUT, "the formula \"%.300s\", character %zu: %s", p->text, (size_t)(p->at - p->text) + 1, what);
}

static char peek(struct parse *p)
{
    while (*p->at && strchr(" \t\r\n", *p->at)) p->at++;
    return *p->at;
}

static struct bb_formula *node(struct parse *p, char op, const struct bb_formula *left, const struct bb_formula *right)
{
    struct bb_formula *f = BB_NEW(p->arena, struct bb_formula);
    *f = (struct bb_formula){.op = op, .left = left, .right = right};
    return f;
}

/* "(6;%name%)"; blanks may stand between its parts. false: it is something else, and nothing was consumed. */
static bool region(struct parse *p, struct bb_formula **out)
{
    const char *begin = p->at;
    long number = -1;
    p->at++;
    size_t digits = 0;
    if (peek(p) == '*')
        p->at++;
    else
        for (number = 0; *p->at >= '0' && *p->at <= '9' && digits < 9; p->at++, digits++) number = number * 10 + (*p->at - '0');
    bool is_region = (number < 0 || digits) && peek(p) == ';' && p->at[1] == '%';
    if (is_region) {
        p->at += 2;
        peek(p);
        size_t length = strspn(p->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
        const char *name = p->at;
        p->at += length;
        is_region = length && peek(p) == '%';
        if (is_region) p->at++;
        is_region = is_region && peek(p) == ')';
        if (is_region) {
            p->at++;
            *out = node(p, 'r', NULL, NULL);
            (*out)->region = number;
            (*out)->condition = bb_arena_strndup(p->arena, name, length);
        }
    }
    if (!is_region) p->at = begin;
    return is_region;
}

static enum bb_code number(struct parse *p, struct bb_formula **out)
{
    size_t sign = *p->at == '-' || *p->at == '+', length = sign + strspn(p->at + sign, "0123456789.");
    if (length > sign && (p->at[length] == 'e' || p->at[length] == 'E')) {
        size_t mark = 1 + (size_t)(p->at[length + 1] == '-' || p->at[length + 1] == '+');
        size_t digits = strspn(p->at + length + mark, "0123456789");
        if (digits) length += mark + digits;
    }
    double value;
    if (length == sign || !bb_parse_number(bb_arena_strndup(p->arena, p->at, length), &value, NULL))
        return wrong(p, "a region such as (6;%name%), a number or a parenthesis should stand here");
    p->at += length;
    *out = node(p, '#', NULL, NULL);
    (*out)->number = value;
    return BB_OK;
}

static enum bb_code expression(struct parse *p, int level, struct bb_formula **out);

static enum bb_code operand(struct parse *p, struct bb_formula **out)
{
    if (peek(p) != '(') return number(p, out);
    if (region(p, out)) return BB_OK;
    if (++p->depth > DEPTH_MOST) return wrong(p, "parentheses are too deep");
    p->at++;
    enum bb_code rc = expression(p, 0, out);
    if (rc) return rc;
    if (peek(p) != ')') return wrong(p, "a closing parenthesis should stand here");
    p->at++;
    p->depth--;
    return BB_OK;
}

/* From the loosest. A comparison compares two things, not three. */
static const char *const operators[] = {"&|", "<>=", "+-"};
enum { N_LEVELS = sizeof operators / sizeof operators[0], COMPARISON = 1 };

static enum bb_code expression(struct parse *p, int level, struct bb_formula **out)
{
    if (level == N_LEVELS) return operand(p, out);
    enum bb_code rc = expression(p, level + 1, out);
    for (size_t n = 0; !rc && peek(p) && strchr(operators[level], *p->at); n++) {
        if (level == COMPARISON && n) return wrong(p, "a comparison has two sides; put parentheses around one");
        struct bb_formula *right = NULL;
        char op = *p->at++;
        rc = expression(p, level + 1, &right);
        if (!rc) *out = node(p, op, *out, right);
    }
    return rc;
}

static bool is_number(const struct bb_formula *f)
{
    return strchr("#r+-", f->op) != NULL;
}

/* Sums are of numbers, conjunctions of what holds or not. NULL: all is well. */
static const char *check_types(const struct bb_formula *f)
{
    if (!f->left) return NULL;
    const char *problem = check_types(f->left);
    if (!problem) problem = check_types(f->right);
    if (problem) return problem;
    bool wants_numbers = strchr("&|", f->op) == NULL;
    if (is_number(f->left) == wants_numbers && is_number(f->right) == wants_numbers) return NULL;
    return wants_numbers ? "+, -, <, > and = go with surprisals, not with what holds or not"
                         : "& and | go with comparisons, not with surprisals";
}

enum bb_code bb_formula_parse(const char *text, struct bb_arena *arena, const struct bb_formula **out, struct bb_err *err)
{
    struct parse p = {.text = text, .at = text, .arena = arena, .err = err};
    struct bb_formula *f = NULL;
    if (strlen(text) > LENGTH_MOST) return bb_fail(err, BB_EINPUT, "the formula \"%.40s…\" has over %d characters", text, LENGTH_MOST);
    enum bb_code rc = expression(&p, 0, &f);
    if (rc) return rc;
    if (peek(&p)) return wrong(&p, "the formula should end here, or go on with an operator");
    const char *problem = check_types(f);
    if (!problem && is_number(f)) problem = "it is a number: compare it with something";
    if (problem) return bb_fail(err, BB_EINPUT, "the formula \"%.300s\": %s", text, problem);
    *out = f;
    return BB_OK;
}

/* --- values ---------------------------------------------------------------------------------------------------------- */

struct scope {
    const struct bb_region_total *total;
    size_t n;
    const struct bb_formula *missing; /* the first region that the item does not have */
};

static double region_value(struct scope *s, const struct bb_formula *f)
{
    double sum = 0;
    bool found = false;
    for (size_t i = 0; i < s->n; i++) {
        const struct bb_region_total *total = &s->total[i];
        if ((f->region >= 0 && total->region != f->region) || !bb_streq(total->condition, f->condition)) continue;
        sum += isnan(total->surprisal) ? 0 : total->surprisal;
        found = true;
    }
    if (!found && !s->missing) s->missing = f;
    return sum;
}

/* What holds is 1. */
static double value_of(struct scope *s, const struct bb_formula *f)
{
    if (f->op == '#') return f->number;
    if (f->op == 'r') return region_value(s, f);
    double a = value_of(s, f->left), b = value_of(s, f->right);
    switch (f->op) {
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '<':
        return a < b;
    case '>':
        return a > b;
    case '=':
        return isinf(a) || isinf(b) ? (a > 0) == (b > 0) && isinf(a) && isinf(b)
                                    : fabs(a - b) <= EQUAL_ABSOLUTE + EQUAL_RELATIVE * fabs(b);
    case '&':
        return a > 0 && b > 0;
    default:
        return a > 0 || b > 0;
    }
}

enum bb_code bb_formulas_hold(const struct bb_formula *const *formula, size_t n, const struct bb_region_total *total,
                              size_t n_totals, const char *item, bool *out, struct bb_err *err)
{
    struct scope scope = {total, n_totals, NULL};
    *out = true;
    for (size_t k = 0; k < n; k++) *out = value_of(&scope, formula[k]) > 0 && *out;
    const struct bb_formula *missing = scope.missing;
    if (!missing) return BB_OK;
    if (missing->region < 0)
        return bb_fail(err, BB_EINPUT, "%s has no condition \"%s\", which a prediction names", item, missing->condition);
    return bb_fail(err, BB_EINPUT, "%s has no region %ld in the condition \"%s\", which a prediction names", item, missing->region,
                   missing->condition);
}
