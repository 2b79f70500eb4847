/*
 * The participate page: what a model must answer to each stimulus set of this board, in which files, and how to make them.
 */
#include "render/page_node.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "render/answer.h"

const char *bb_page_set_anchor(struct bb_arena *arena, const char *stimuli)
{
    return bb_id_valid(stimuli) ? bb_arena_printf(arena, "#set-%s", stimuli) : "";
}

/* --- stimulus sets ---------------------------------------------------------------------------------------------------- */

enum role { SCORED, FITTING, REDUCING };

struct use {
    size_t node;
    enum role role;
};

struct set {
    const char *name, *stem; /* stem: of its files */
    long n_stimuli; /* the most that a benchmark says; 0: none says */
    double degrees; /* NaN: none says, or they differ */
    bool degrees_differ;
    bool in_parts; /* benchmarks take some of it, by "where" */
    bool answers[BB_N_ANSWERS];
    struct use *use;
    size_t n_uses;
};

struct sets {
    struct set *set;
    size_t n;
};

static struct set *set_of(struct sets *sets, const char *name, size_t room, struct bb_arena *arena)
{
    for (size_t i = 0; i < sets->n; i++)
        if (bb_streq(sets->set[i].name, name)) return &sets->set[i];
    struct set *set = &sets->set[sets->n++];
    *set = (struct set){.name = name, .degrees = (double)NAN, .use = BB_NEW_ARRAY(arena, room, struct use)};
    return set;
}

static void use_set(struct sets *sets, const struct bb_results *results, size_t node, const char *name, enum role role,
                    struct bb_arena *arena)
{
    const struct bb_node *is = &results->tree.node[node];
    enum bb_answer answer = role == SCORED ? bb_describe_answer(is, &results->facts[node]) : BB_ANSWER_ACTIVATIONS;
    if (!name || answer == BB_ANSWER_NONE) return;
    struct set *set = set_of(sets, name, 3 * results->tree.n, arena);
    set->use[set->n_uses++] = (struct use){node, role};
    set->answers[answer] = true;
    if (answer == BB_ANSWER_PAIRS) set->answers[BB_ANSWER_ACTIVATIONS] = true; /* which pairs are made of, and most models have */
    if (role == SCORED && is->n_stimuli > set->n_stimuli) set->n_stimuli = is->n_stimuli;
    if (role == SCORED && bb_json_member(is->metric_json, "where")) set->in_parts = true;
    if (isnan(is->visual_degrees)) return;
    if (!isnan(set->degrees) && set->degrees != is->visual_degrees) set->degrees_differ = true;
    set->degrees = is->visual_degrees;
}

static struct sets find_sets(const struct bb_results *results, struct bb_arena *arena)
{
    struct sets sets = {BB_NEW_ARRAY(arena, 3 * results->tree.n + 1, struct set), 0};
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_node *node = &results->tree.node[i];
        if (!bb_node_is_leaf(node) || node->publish == BB_PUBLISH_NONE) continue;
        use_set(&sets, results, i, node->stimuli, SCORED, arena);
        use_set(&sets, results, i, node->fitting_stimuli, FITTING, arena);
        use_set(&sets, results, i, node->pca_stimuli, REDUCING, arena);
    }
    struct bb_names taken;
    bb_names_init(&taken);
    for (size_t i = 0; i < sets.n; i++) sets.set[i].stem = bb_id_new(&taken, arena, sets.set[i].name);
    bb_names_release(&taken);
    return sets;
}

/* --- the table of sets ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *section, *anchor;
} formats[BB_N_ANSWERS] = {
    [BB_ANSWER_ACTIVATIONS] = {"FORMAT_ACTIVATIONS", "#activations"}, [BB_ANSWER_CHOICES] = {"FORMAT_CHOICES", "#choices"},
    [BB_ANSWER_VALUES] = {"FORMAT_VALUES", "#values"},                [BB_ANSWER_BITS] = {"FORMAT_BITS", "#bits"},
    [BB_ANSWER_REGIONS] = {"FORMAT_REGIONS", "#regions"},
    [BB_ANSWER_PAIRS] = {"FORMAT_PAIRS", "#pairs"},
};

#define USES_SHOWN 6

static void add_uses(const struct bb_page *page, struct bb_tpl_dict *row, const struct set *set)
{
    static const char *const roles[] = {[SCORED] = "", [FITTING] = "fits the readout of ", [REDUCING] = "reduces layers for "};
    for (size_t i = 0; i < set->n_uses && i < USES_SHOWN; i++) {
        const struct bb_node *node = &page->site->results->tree.node[set->use[i].node];
        struct bb_tpl_dict *use = bb_tpl_section(row, "SET_USE");
        bb_tpl_set(use, "USE_ROLE", roles[set->use[i].role]);
        bb_tpl_set(use, "USE_ID", node->id);
        bb_tpl_set(use, "USE_TITLE", bb_page_node_title(node));
    }
    if (set->n_uses > USES_SHOWN) bb_tpl_set_number(bb_tpl_section(row, "SET_MORE"), "USES_MORE", set->n_uses - USES_SHOWN);
}

static void add_set(const struct bb_page *page, struct bb_tpl_dict *table, const struct set *set)
{
    struct bb_tpl_dict *row = bb_tpl_section(table, "SET");
    const char *anchor = bb_page_set_anchor(page->arena, set->name);
    bb_tpl_optional(row, "SET_ANCHOR", *anchor ? anchor + 1 : NULL);
    bb_tpl_set(row, "SET_NAME", set->name);
    bb_tpl_set(row, "SET_SIZE",
               set->n_stimuli > 0 ? bb_arena_printf(page->arena, set->in_parts ? "%ld each" : "%ld", set->n_stimuli) : "");
    bb_tpl_set(row, "SET_DEGREES", set->degrees_differ ? "differs" : bb_page_degrees(page->arena, set->degrees));
    for (size_t a = 0; a < BB_N_ANSWERS; a++) {
        if (!set->answers[a]) continue;
        struct bb_tpl_dict *answer = bb_tpl_section(row, "SET_ANSWER");
        bb_tpl_set(answer, "ANSWER_WORD", bb_answer_words[a]);
        bb_tpl_set(answer, "ANSWER_FORMAT", formats[a].anchor);
    }
    add_uses(page, row, set);
}

/* --- formats ---------------------------------------------------------------------------------------------------------- */

/* Vision or language: which program makes the activations. */
static bool in_domain(const struct bb_results *results, const struct set *set, const char *domain)
{
    for (size_t i = 0; i < set->n_uses; i++)
        if (bb_streq(bb_view_domain(results, set->use[i].node), domain)) return true;
    return false;
}

static const struct set *first_with(const struct bb_results *results, const struct sets *sets, enum bb_answer answer,
                                    const char *domain)
{
    for (size_t i = 0; i < sets->n; i++)
        if (sets->set[i].answers[answer] && (!domain || in_domain(results, &sets->set[i], domain))) return &sets->set[i];
    return NULL;
}

/* The program's text on the page, and the file itself to take away. */
static enum bb_code add_program(const struct bb_page *page, struct bb_tpl_dict *programs, const char *name, struct bb_err *err)
{
    const struct bb_site_options *options = page->site->options;
    const char *own = options->assets ? bb_path_join(page->arena, options->assets, name) : NULL;
    const char *path =
        own && bb_is_file(own) ? own : bb_path_join(page->arena, bb_path_join(page->arena, options->home, "data/export"), name);
    struct bb_buf text = BB_BUF_INIT;
    enum bb_code code = bb_file_read(path, 0, &text, err);
    if (code == BB_OK) {
        struct bb_tpl_dict *dict = bb_tpl_section(programs, "PROGRAM");
        bb_tpl_set(dict, "PROGRAM_NAME", name);
        bb_tpl_set(dict, "PROGRAM_PATH", bb_assets_path(&page->site->assets, name));
        bb_tpl_set(dict, "PROGRAM_TEXT", bb_buf_text(&text));
    }
    bb_buf_release(&text);
    return code;
}

/* How files of a format are written, for a set of pictures and for one of texts, where the board has them; and which programs do that. */
static void add_commands(const struct bb_page *page, const struct sets *sets, enum bb_answer answer, struct bb_tpl_dict *format,
                         struct bb_names *programs)
{
    static const char *const domain[] = {"vision", "language"};
    const struct set *of[2];
    for (size_t text = 0; text < 2; text++) of[text] = first_with(page->site->results, sets, answer, domain[text]);
    if (!of[0] && !of[1]) of[answer == BB_ANSWER_VALUES] = first_with(page->site->results, sets, answer, NULL); /* of neither */
    for (size_t text = 0; text < 2; text++) {
        const char *program = bb_answer_program(answer, text == 1);
        if (!of[text] || !program) continue;
        bb_names_add(programs, program);
        struct bb_tpl_dict *dict = bb_tpl_section(format, "FORMAT_WITH");
        bb_tpl_set(dict, "WITH_NAME", program);
        bb_tpl_set(dict, "WITH_COMMANDS", bb_answer_commands(page->arena, answer, text == 1, of[text]->stem));
    }
}

static enum bb_code add_formats(const struct bb_page *page, const struct sets *sets, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    struct bb_names programs;
    bb_names_init(&programs);
    for (size_t a = BB_ANSWER_NONE + 1; a < BB_N_ANSWERS; a++) {
        const struct set *set = first_with(page->site->results, sets, (enum bb_answer)a, NULL);
        if (!set) continue;
        struct bb_tpl_dict *format = bb_tpl_section(page->content, formats[a].section);
        bb_tpl_set(format, "FORMAT_SET", set->stem);
        add_commands(page, sets, (enum bb_answer)a, format, &programs);
    }
    struct bb_tpl_dict *dict = programs.n ? bb_tpl_section(page->content, "PROGRAMS") : NULL;
    for (size_t i = 0; i < programs.n && !code; i++) code = add_program(page, dict, programs.name[i], err);
    bb_names_release(&programs);
    return code;
}

/* --- the entry of a model --------------------------------------------------------------------------------------------- */

#define OUTPUTS_SHOWN 8

static void add_entry(const struct bb_page *page, const struct sets *sets)
{
    struct bb_json_writer w;
    struct bb_buf text = BB_BUF_INIT;
    bb_jw_init(&w, &text, 2);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "id", "mymodel");
    bb_jw_member_text(&w, "name", "My model");
    bb_jw_key(&w, "domains");
    bb_jw_array(&w);
    for (size_t i = 0; i < page->site->domains.n; i++) bb_jw_text(&w, page->site->domains.name[i]);
    bb_jw_array_end(&w);
    bb_jw_member_text(&w, "submitter", "Your name");
    bb_jw_member_text(&w, "url", "https://example.org/mymodel");
    bb_jw_key(&w, "outputs");
    bb_jw_object(&w);
    for (size_t i = 0; i < sets->n && i < OUTPUTS_SHOWN; i++) {
        const struct set *set = &sets->set[i];
        enum bb_answer answer = BB_ANSWER_NONE;
        while (!set->answers[answer]) answer++;
        bb_jw_key(&w, set->name);
        bb_answer_write(&w, answer, bb_answer_file(page->arena, answer, set->stem), set->degrees_differ ? (double)NAN : set->degrees);
    }
    bb_jw_object_end(&w);
    bb_jw_object_end(&w);
    bb_tpl_set(page->content, "ENTRY", bb_buf_text(&text));
    bb_buf_release(&text);
}

enum bb_code bb_pages_participate(const struct bb_site *site, struct bb_err *err)
{
    struct bb_page page;
    bb_page_begin(&page, site, "participate/index.html", "participate.tpl", "Participate");
    struct sets sets = find_sets(site->results, page.arena);
    struct bb_tpl_dict *table = sets.n ? bb_tpl_section(page.content, "SETS") : NULL;
    if (sets.n) bb_tpl_show(page.content, "SETS_LINK");
    for (size_t i = 0; i < sets.n; i++) add_set(&page, table, &sets.set[i]);
    bb_tpl_optional(page.content, "PARTICIPATE_CONTACT", site->results->board.contact);
    add_entry(&page, &sets);
    enum bb_code code = add_formats(&page, &sets, err);
    enum bb_code ended = bb_page_end(&page, code == BB_OK ? err : NULL);
    return code != BB_OK ? code : ended;
}
