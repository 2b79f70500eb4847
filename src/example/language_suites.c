#include "example/language_suites.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"

enum { STREAM_ITEMS = 531, CONDITIONS = 4, REGIONS_MOST = 8, CONTENT_MOST = 64 };

/*
 * Regions of a condition, between bars. What stands in braces is drawn once for an item: a category and a digit, so that {N1s}
 * and {N1p} are one noun in both numbers; the last letter is the number: N nouns, V verbs without, T verbs with an object, K
 * verbs of knowing; {A1} adverbs, {P1} prepositions.
 */
static const struct template
{
    const char *name, *title, *description;
    const char *condition[CONDITIONS][2];
    const char *region_names; /* between bars */
    const char *formula;
}
templates[] = {
    {"number_prep",
     "Agreement past a phrase",
     "The verb agrees with the subject, not with the noun of a phrase between them.",
     {{"match_sing", "the {N1s}|{P1} the {N2p}|{V1s}|."},
      {"mismatch_sing", "the {N1s}|{P1} the {N2p}|{V1p}|."},
      {"match_plural", "the {N1p}|{P1} the {N2s}|{V1p}|."},
      {"mismatch_plural", "the {N1p}|{P1} the {N2s}|{V1s}|."}},
     "subject|phrase|verb|end",
     "((3;%match_sing%) < (3;%mismatch_sing%)) & ((3;%match_plural%) < (3;%mismatch_plural%))"},
    {"number_src",
     "Agreement past a relative clause on the subject",
     "The verb agrees with the subject, not with the object of a relative clause between them.",
     {{"match_sing", "the {N1s}|that {T1s} the {N2p}|{V1s}|."},
      {"mismatch_sing", "the {N1s}|that {T1s} the {N2p}|{V1p}|."},
      {"match_plural", "the {N1p}|that {T1p} the {N2s}|{V1p}|."},
      {"mismatch_plural", "the {N1p}|that {T1p} the {N2s}|{V1s}|."}},
     "subject|clause|verb|end",
     "((3;%match_sing%) < (3;%mismatch_sing%)) & ((3;%match_plural%) < (3;%mismatch_plural%))"},
    {"number_orc",
     "Agreement past a relative clause on the object",
     "The verb agrees with the subject, not with the subject of a relative clause between them.",
     {{"match_sing", "the {N1s}|that the {N2p} {T1p}|{V1s}|."},
      {"mismatch_sing", "the {N1s}|that the {N2p} {T1p}|{V1p}|."},
      {"match_plural", "the {N1p}|that the {N2s} {T1s}|{V1p}|."},
      {"mismatch_plural", "the {N1p}|that the {N2s} {T1s}|{V1s}|."}},
     "subject|clause|verb|end",
     "((3;%match_sing%) < (3;%mismatch_sing%)) & ((3;%match_plural%) < (3;%mismatch_plural%))"},
    {"reflexive_prep",
     "Reflexives past a phrase",
     "A reflexive agrees with the subject, not with the noun of a phrase between them.",
     {{"match_sing", "the {N1s}|{P1} the {N2p}|{T1s}|itself|."},
      {"mismatch_sing", "the {N1s}|{P1} the {N2p}|{T1s}|themselves|."},
      {"match_plural", "the {N1p}|{P1} the {N2s}|{T1p}|themselves|."},
      {"mismatch_plural", "the {N1p}|{P1} the {N2s}|{T1p}|itself|."}},
     "subject|phrase|verb|reflexive|end",
     "((4;%match_sing%) < (4;%mismatch_sing%)) & ((4;%match_plural%) < (4;%mismatch_plural%))"},
    {"reflexive_orc",
     "Reflexives past a relative clause",
     "A reflexive agrees with the subject, not with the subject of a relative clause between them.",
     {{"match_sing", "the {N1s}|that the {N2p} {T2p}|{T1s}|itself|."},
      {"mismatch_sing", "the {N1s}|that the {N2p} {T2p}|{T1s}|themselves|."},
      {"match_plural", "the {N1p}|that the {N2s} {T2s}|{T1p}|themselves|."},
      {"mismatch_plural", "the {N1p}|that the {N2s} {T2s}|{T1p}|itself|."}},
     "subject|clause|verb|reflexive|end",
     "((4;%match_sing%) < (4;%mismatch_sing%)) & ((4;%match_plural%) < (4;%mismatch_plural%))"},
    {"fgd_object",
     "Fillers and gaps",
     "After \"what\" an object is surprising, and its absence is not; after \"that\" it is the other way round.",
     {{"what_nogap", "the {N1s}|{K1s}|what|the {N2s} {T1s}|the {N3s}|{A1} ."},
      {"that_nogap", "the {N1s}|{K1s}|that|the {N2s} {T1s}|the {N3s}|{A1} ."},
      {"what_gap", "the {N1s}|{K1s}|what|the {N2s} {T1s}||{A1} ."},
      {"that_gap", "the {N1s}|{K1s}|that|the {N2s} {T1s}||{A1} ."}},
     "subject|verb|complementizer|clause|object|end",
     "((5;%what_nogap%) > (5;%that_nogap%)) & ((6;%what_gap%) < (6;%that_gap%))"},
    {"subordination",
     "Subordination",
     "A subordinate clause wants a main clause after it; a clause by itself does not.",
     {{"sub_no-matrix", "when|the {N1s} {V1s}|."},
      {"no-sub_no-matrix", "|the {N1s} {V1s}|."},
      {"sub_matrix", "when|the {N1s} {V1s}|, the {N2s} {V2s} ."},
      {"no-sub_matrix", "|the {N1s} {V1s}|, the {N2s} {V2s} ."}},
     "subordinator|clause|rest",
     "((3;%sub_no-matrix%) > (3;%no-sub_no-matrix%)) & ((3;%sub_matrix%) < (3;%no-sub_matrix%))"},
};
enum { N_TEMPLATES = sizeof templates / sizeof templates[0] };

/* --- items ----------------------------------------------------------------------------------------------------------- */

static const struct slot {
    char letter;
    const char *singular, *plural; /* categories; plural NULL: no number */
} slots[] = {{'N', "N.s", "N.p"},   {'V', "Vi.s", "Vi.p"}, {'T', "Vt.s", "Vt.p"},
             {'K', "Vk.s", "Vk.p"}, {'A', "Adv", NULL},    {'P', "Prep", NULL}};
enum { N_SLOTS = sizeof slots / sizeof slots[0], DIGITS = 3 };

/* Words of an item, in the singular. */
struct filling {
    int word[N_SLOTS][DIGITS];
};

static struct filling draw_filling(const struct bb_language *language, struct bb_rng *rng)
{
    struct filling f;
    for (size_t k = 0; k < N_SLOTS; k++)
        for (size_t d = 0; d < DIGITS; d++)
            for (bool again = true; again;) {
                f.word[k][d] = bb_language_draw(language, slots[k].singular, rng);
                again = false;
                for (size_t e = 0; e < d; e++) again = again || f.word[k][e] == f.word[k][d];
            }
    return f;
}

static const char *fill(const struct bb_language *language, const struct filling *f, const char *slot)
{
    size_t k = 0;
    while (slots[k].letter != slot[0]) k++;
    int word = f->word[k][slot[1] - '1'];
    if (slots[k].plural && slot[2] == 'p') word = bb_language_inflect(language, word, slots[k].plural);
    return language->word[word];
}

/* The next region of a template, filled; NULL when there is none. */
static const char *next_region(const struct bb_language *language, const struct filling *f, const char **at, struct bb_buf *out)
{
    if (!*at) return NULL;
    bb_buf_reset(out);
    const char *p = *at;
    for (; *p && *p != '|'; p++) {
        if (*p != '{') {
            bb_buf_putc(out, *p);
            continue;
        }
        bb_buf_puts(out, fill(language, f, p + 1));
        p = strchr(p, '}');
    }
    *at = *p ? p + 1 : NULL;
    return bb_buf_text(out);
}

/* --- the file -------------------------------------------------------------------------------------------------------- */

static void put_condition(struct bb_json_writer *w, const struct bb_language *language, const struct filling *f,
                          const char *const condition[2])
{
    struct bb_buf content = BB_BUF_INIT;
    const char *at = condition[1], *region;
    bb_jw_object(w);
    bb_jw_member_text(w, "condition_name", condition[0]);
    bb_jw_key(w, "regions");
    bb_jw_array(w);
    for (long k = 1; (region = next_region(language, f, &at, &content)) != NULL; k++) {
        bb_jw_object(w);
        bb_jw_member_integer(w, "region_number", k);
        bb_jw_member_text(w, "content", region);
        bb_jw_object_end(w);
    }
    bb_jw_array_end(w);
    bb_jw_object_end(w);
    bb_buf_release(&content);
}

static void put_items(struct bb_json_writer *w, const struct bb_language *language, const struct template *t, size_t n_items,
                      uint64_t task)
{
    struct bb_rng rng;
    bb_rng_init(&rng, language->seed, (uint64_t)STREAM_ITEMS << 32 | task);
    bb_jw_key(w, "items");
    bb_jw_array(w);
    for (size_t i = 0; i < n_items; i++) {
        struct filling f = draw_filling(language, &rng);
        bb_jw_object(w);
        bb_jw_member_integer(w, "item_number", (long)i + 1);
        bb_jw_key(w, "conditions");
        bb_jw_array(w);
        for (size_t c = 0; c < CONDITIONS; c++) put_condition(w, language, &f, t->condition[c]);
        bb_jw_array_end(w);
        bb_jw_object_end(w);
    }
    bb_jw_array_end(w);
}

static void put_region_names(struct bb_json_writer *w, const char *names)
{
    bb_jw_key(w, "region_meta");
    bb_jw_object(w);
    for (int k = 1; names && *names; k++) {
        char number[16], name[CONTENT_MOST];
        size_t length = strcspn(names, "|");
        snprintf(number, sizeof number, "%d", k);
        snprintf(name, sizeof name, "%.*s", (int)length, names);
        bb_jw_member_text(w, number, name);
        names += length + (names[length] == '|');
    }
    bb_jw_object_end(w);
}

static const char *suite_json(const struct bb_language *language, const struct template *t, size_t n_items, uint64_t task,
                              struct bb_arena *arena)
{
    struct bb_buf out = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &out, 1);
    bb_jw_object(&w);
    bb_jw_key(&w, "meta");
    bb_jw_object(&w);
    bb_jw_member_text(&w, "name", t->name);
    bb_jw_member_text(&w, "metric", "sum");
    bb_jw_member_text(&w, "comment", bb_arena_printf(arena, "Simulated language. %s", t->description));
    bb_jw_member_text(&w, "author", "brainboard example");
    bb_jw_member_text(&w, "reference", "");
    bb_jw_object_end(&w);
    put_region_names(&w, t->region_names);
    bb_jw_key(&w, "predictions");
    bb_jw_array(&w);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "type", "formula");
    bb_jw_member_text(&w, "formula", t->formula);
    bb_jw_object_end(&w);
    bb_jw_array_end(&w);
    put_items(&w, language, t, n_items, task);
    bb_jw_object_end(&w);
    bb_buf_putc(&out, '\n');
    const char *json = bb_arena_strndup(arena, out.data, out.len);
    bb_buf_release(&out);
    return json;
}

/* --- its text -------------------------------------------------------------------------------------------------------- */

struct text {
    int *word;
    size_t *region, *sentence, *story;
    size_t n, n_sentences;
};

static void add_region(struct text *text, const struct bb_language *language, const char *content, size_t region)
{
    char word[CONTENT_MOST];
    while (*content) {
        size_t length = strcspn(content, " ");
        snprintf(word, sizeof word, "%.*s", (int)length, content);
        int known = bb_language_word(language, word);
        assert(known >= 0);
        text->region[text->n] = region;
        text->word[text->n++] = known;
        content += length + (content[length] == ' ');
    }
}

static void find_text(struct bb_language_suite *s, const struct bb_language *language, struct bb_arena *arena)
{
    size_t most = s->suite.n_regions * 8, conditions = s->suite.n * CONDITIONS;
    struct text text = {BB_NEW_ARRAY(arena, most, int),
                        BB_NEW_ARRAY(arena, most, size_t),
                        BB_NEW_ARRAY(arena, conditions + 1, size_t),
                        BB_NEW_ARRAY(arena, conditions + 1, size_t),
                        0,
                        0};
    for (size_t i = 0; i < s->suite.n; i++)
        for (size_t c = 0; c < s->suite.item[i].n; c++) {
            const struct bb_condition *condition = &s->suite.item[i].condition[c];
            text.sentence[text.n_sentences] = text.n;
            text.story[text.n_sentences] = text.n_sentences;
            text.n_sentences++;
            for (size_t r = 0; r < condition->n; r++)
                add_region(&text, language, condition->region[r].content, condition->first + r);
        }
    text.sentence[text.n_sentences] = text.n;
    text.story[text.n_sentences] = text.n_sentences;
    struct bb_corpus *corpus = BB_NEW(arena, struct bb_corpus);
    *corpus = (struct bb_corpus){text.word, text.n, text.sentence, text.n_sentences, text.story, text.n_sentences};
    s->text = corpus;
    s->region = text.region;
}

struct bb_language_suite *bb_language_suites(const struct bb_language *language, size_t n_items, size_t *n,
                                             struct bb_arena *arena)
{
    struct bb_language_suite *suites = BB_NEW_ARRAY(arena, N_TEMPLATES, struct bb_language_suite);
    for (size_t k = 0; k < N_TEMPLATES; k++) {
        struct bb_diags diags;
        struct bb_err err = {0};
        const struct template *t = &templates[k];
        bb_diags_init(&diags);
        suites[k] = (struct bb_language_suite){.name = t->name, .title = t->title, .description = t->description, .formula = t->formula};
        suites[k].json = suite_json(language, t, n_items, k, arena);
        const struct bb_json *json = bb_json_parse(arena, t->name, suites[k].json, strlen(suites[k].json), &diags);
        if (!json || bb_suite_read(json, arena, &suites[k].suite, &err))
            bb_die("the suite %s of the example cannot be read: %s", t->name, err.msg);
        bb_diags_release(&diags);
        find_text(&suites[k], language, arena);
    }
    *n = N_TEMPLATES;
    return suites;
}

double *bb_language_regions(const struct bb_language_suite *suite, const double *surprisal, struct bb_arena *arena)
{
    double *sum = BB_NEW_ARRAY(arena, suite->suite.n_regions, double);
    for (size_t i = 0; i < suite->text->n; i++) sum[suite->region[i]] += surprisal[i];
    return sum;
}
