#include "example/language_catalog.h"

#include <math.h>
#include <stdlib.h>

#define REGION "language"

/* --- writing entries ------------------------------------------------------------------------------------------------- */

struct entry {
    struct bb_json_writer w;
    struct bb_buf text;
    struct bb_arena *arena;
};

static void begin(struct entry *e)
{
    *e = (struct entry){.text = BB_BUF_INIT, .arena = bb_arena_new(0)};
    bb_jw_init(&e->w, &e->text, 0);
    bb_jw_object(&e->w);
}

static void end(struct entry *e, struct bb_project *project, void (*add)(struct bb_project *project, const char *json))
{
    bb_jw_object_end(&e->w);
    add(project, bb_buf_text(&e->text));
    bb_buf_release(&e->text);
    bb_arena_free(e->arena);
}

static void open_member(struct bb_json_writer *w, const char *key)
{
    bb_jw_key(w, key);
    bb_jw_object(w);
}

static void put_list(struct bb_json_writer *w, const char *key, const char *const *text, size_t n)
{
    bb_jw_key(w, key);
    bb_jw_array(w);
    for (size_t i = 0; i < n; i++) bb_jw_text(w, text[i]);
    bb_jw_array_end(w);
}

/* --- groups ---------------------------------------------------------------------------------------------------------- */

static const struct group {
    const char *id, *parent, *title, *description;
    bool engineering;
} groups[] = {
    {"average_language", NULL, "Average", "All benchmarks of the simulated language experiment.", false},
    {"neural_language", "average_language", "Neural", "Simulated voxels and electrodes.", false},
    {"InSilico.fMRI", "neural_language", "fMRI",
     "Simulated voxels that follow what a mind that knows the grammar has in it while it reads passages, sentence by sentence.",
     false},
    {"InSilico.ECoG", "neural_language", "ECoG", "Simulated electrodes that follow the same word by word.", false},
    {"behavior_language", "average_language", "Behavior", "Simulated readers, and knowledge of the grammar.", false},
    {"InSilico.SPR", "behavior_language", "Self-paced reading",
     "Simulated readers, slower where a word is surprising to who knows the grammar, where the word before was, where it is long "
     "or rare.",
     false},
    {"InSilico.suites", "behavior_language", "Minimal pairs",
     "Does surprisal go up where the grammar of the simulated language says that it should? Suites in the format of SyntaxGym.",
     false},
    {"engineering_language", NULL, "Engineering", "Measures on other scales. They do not enter the average.", true},
};
enum { N_GROUPS = sizeof groups / sizeof groups[0] };

static void put_groups(struct bb_project *project)
{
    for (size_t i = 0; i < N_GROUPS; i++) {
        const struct group *g = &groups[i];
        struct entry e;
        begin(&e);
        bb_jw_member_text(&e.w, "id", g->id);
        bb_jw_member_text(&e.w, g->parent ? "parent" : "domain", g->parent ? g->parent : "language");
        bb_jw_member_text(&e.w, "title", g->title);
        bb_jw_member_text(&e.w, "description", g->description);
        if (g->engineering) {
            bb_jw_member_bool(&e.w, "engineering", true);
            bb_jw_member_text(&e.w, "aggregate", "none");
        }
        bb_jw_member_integer(&e.w, "order", (long)(20 + i));
        end(&e, project, bb_project_benchmark);
    }
}

/* --- neural ---------------------------------------------------------------------------------------------------------- */

static const struct neural {
    const char *id, *parent, *title, *set, *metric, *words;
    const char *split, *by;          /* split NULL: none */
    const char *ceiling, *normalise; /* NULL: none */
    bool electrodes, language_dialect, per_subject, selects_layer;
} neural[] = {
    {"InSilico.fMRI-ridge", "InSilico.fMRI", "Voxels, ridge", "passages", "ridge",
     "ridge regression of voxels on activations, whole passages left out", "group_kfold", "story", "internal_consistency",
     "explained_variance", false, true, false, true},
    {"InSilico.fMRI-linear", "InSilico.fMRI", "Voxels, linear", "passages", "linear",
     "linear regression of voxels on activations, sentences left out", "shuffle", NULL, "internal_consistency",
     "explained_variance", false, true, false, false},
    {"InSilico.fMRI-rdm", "InSilico.fMRI", "Voxels, RDM", "passages", "rdm",
     "similarity of dissimilarities between sentences", NULL, NULL, "rsa", "ratio", false, false, true, false},
    {"InSilico.ECoG-ridge", "InSilico.ECoG", "Electrodes, ridge", "words", "ridge",
     "ridge regression of electrodes on activations, whole sentences left out", "group_kfold", "sentence_id",
     "internal_consistency", "explained_variance", true, true, false, false},
    {"InSilico.ECoG-cka", "InSilico.ECoG", "Electrodes, CKA", "words", "cka", "centred kernel alignment", NULL, NULL,
     NULL, NULL, true, false, false, false},
};
enum { N_NEURAL = sizeof neural / sizeof neural[0] };

static void put_split(struct bb_json_writer *w, const struct neural *b)
{
    if (!b->split) return;
    open_member(w, "split");
    bb_jw_member_text(w, "kind", b->split);
    bb_jw_member_text(w, "by", b->by);
    bb_jw_member_integer(w, "splits", b->by ? 8 : 10);
    if (!b->by) {
        bb_jw_member_number(w, "train", .9);
        bb_jw_member_integer(w, "seed", 1);
    }
    bb_jw_object_end(w);
}

static void put_neural_metric(struct bb_json_writer *w, const struct neural *b)
{
    open_member(w, "metric");
    bb_jw_member_text(w, "name", b->metric);
    if (b->language_dialect) bb_jw_member_text(w, "dialect", "language");
    if (b->per_subject) bb_jw_member_text(w, "per", "subject");
    put_split(w, b);
    bb_jw_object_end(w);
    if (!b->ceiling) return;
    open_member(w, "ceiling");
    bb_jw_member_text(w, "name", b->ceiling);
    bb_jw_object_end(w);
    bb_jw_member_text(w, "normalise", b->normalise);
}

static void put_neural(struct bb_project *project, const struct bb_language_world *world, size_t i)
{
    const struct neural *b = &neural[i];
    const struct bb_language_units *u = b->electrodes ? &world->electrodes : &world->voxels;
    struct entry e;
    begin(&e);
    bb_jw_member_text(&e.w, "id", b->id);
    bb_jw_member_text(&e.w, "parent", b->parent);
    bb_jw_member_text(&e.w, "title", b->title);
    bb_jw_member_text(&e.w, "description",
                      bb_arena_printf(e.arena,
                                      "%zu simulated %s in %zu subjects, %zu presentations of each of %zu %s; compared by %s. "
                                      "What the units follow: the word, "
                                      "what of the sentence is still to come, surprisal, and what is expected next.",
                                      u->n_units, b->electrodes ? "electrodes" : "voxels", world->options.size.n_subjects,
                                      u->n_repetitions, u->n, b->electrodes ? "words" : "sentences", b->words));
    bb_jw_member_integer(&e.w, "order", (long)(i + 1));
    bb_jw_member_text(&e.w, "region", REGION);
    bb_jw_member_text(&e.w, "species", "simulated");
    bb_jw_member_bool(&e.w, "simulated", true);
    bb_jw_member_text(&e.w, "publish", "units");
    bb_jw_member_integer(&e.w, "subjects", (long)world->options.size.n_subjects);
    bb_jw_member_integer(&e.w, "units", (long)u->n_units);
    bb_jw_member_integer(&e.w, "trials", (long)u->n_repetitions);
    bb_jw_member_integer(&e.w, "n_stimuli", (long)u->n);
    bb_jw_member_text(&e.w, "stimuli", bb_arena_printf(e.arena, "insilico-%s", b->set));
    open_member(&e.w, "data");
    bb_jw_member_text(&e.w, "file", bb_arena_printf(e.arena, "data/%s.nc", b->set));
    bb_jw_object_end(&e.w);
    put_neural_metric(&e.w, b);
    if (b->selects_layer) bb_jw_member_bool(&e.w, "selects_layer", true);
    end(&e, project, bb_project_benchmark);
}

/* --- reading times --------------------------------------------------------------------------------------------------- */

static const char *const story_zone[] = {"story", "zone"};

/* Which column holds what: how a word of the stories is known, in every table. */
static void put_word_columns(struct bb_json_writer *w, const char *value, double scale)
{
    open_member(w, "stimulus_id");
    put_list(w, "columns", story_zone, 2);
    bb_jw_member_text(w, "join", ".");
    bb_jw_object_end(w);
    bb_jw_member_text(w, "text", "story");
    open_member(w, "position");
    bb_jw_member_text(w, "column", "zone");
    bb_jw_member_text(w, "type", "number");
    bb_jw_object_end(w);
    open_member(w, "value");
    bb_jw_member_text(w, "column", value);
    bb_jw_member_text(w, "type", "number");
    if (scale != 1) bb_jw_member_number(w, "scale", scale);
    bb_jw_object_end(w);
}

static void put_number_column(struct bb_json_writer *w, const char *coordinate, const char *column)
{
    open_member(w, coordinate);
    bb_jw_member_text(w, "column", column);
    bb_jw_member_text(w, "type", "number");
    bb_jw_object_end(w);
}

static void put_reading_head(struct entry *e, const struct bb_language_world *world)
{
    bb_jw_member_text(&e->w, "species", "simulated");
    bb_jw_member_bool(&e->w, "simulated", true);
    bb_jw_member_text(&e->w, "publish", "units");
    bb_jw_member_integer(&e->w, "subjects", (long)world->options.size.n_readers);
    bb_jw_member_integer(&e->w, "n_stimuli", (long)world->stories->n);
    bb_jw_member_text(&e->w, "stimuli", "insilico-stories");
}

static void put_correlation(struct bb_project *project, const struct bb_language_world *world, const char *metric, size_t order)
{
    struct entry e;
    begin(&e);
    bb_jw_member_text(&e.w, "id", bb_arena_printf(e.arena, "InSilico.SPR-%s", metric));
    bb_jw_member_text(&e.w, "parent", "InSilico.SPR");
    bb_jw_member_text(&e.w, "title", bb_arena_printf(e.arena, "Reading times, %s", metric));
    bb_jw_member_text(&e.w, "description",
                      bb_arena_printf(e.arena,
                                      "Correlation of surprisal with the mean reading time of a word, over single trials of %zu "
                                      "simulated readers of %zu stories. The "
                                      "ceiling is the reliability of the mean, of which no prediction without noise can be over "
                                      "the square root. Word length and log "
                                      "frequency stand in the table as reference rows.",
                                      world->options.size.n_readers, world->stories->n_stories));
    bb_jw_member_integer(&e.w, "order", (long)order);
    put_reading_head(&e, world);
    open_member(&e.w, "data");
    bb_jw_member_text(&e.w, "file", "data/reading_trials.csv");
    open_member(&e.w, "columns");
    put_word_columns(&e.w, "ms", 1);
    bb_jw_member_text(&e.w, "subject", "subject");
    bb_jw_object_end(&e.w);
    bb_jw_object_end(&e.w);
    open_member(&e.w, "metric");
    bb_jw_member_text(&e.w, "name", metric);
    bb_jw_object_end(&e.w);
    open_member(&e.w, "ceiling");
    bb_jw_member_text(&e.w, "name", "split_half_subjects");
    bb_jw_object_end(&e.w);
    bb_jw_member_text(&e.w, "normalise", "ratio_sqrt");
    end(&e, project, bb_project_benchmark);
}

static void put_delta(struct bb_project *project, const struct bb_language_world *world)
{
    static const char *const baseline[] = {"length", "log_frequency", "sentence_position"};
    struct entry e;
    begin(&e);
    bb_jw_member_text(&e.w, "id", "InSilico.SPR-delta_loglik");
    bb_jw_member_text(&e.w, "parent", "engineering_language");
    bb_jw_member_text(&e.w, "title", "Reading times, Δ log-likelihood");
    bb_jw_member_text(&e.w, "description",
                      "What surprisal, of a word and of the one before, adds to a regression of simulated reading times on word "
                      "length, log frequency and position in the "
                      "sentence: nats per word.");
    bb_jw_member_integer(&e.w, "order", 1);
    put_reading_head(&e, world);
    open_member(&e.w, "data");
    bb_jw_member_text(&e.w, "file", "data/reading_words.csv");
    open_member(&e.w, "columns");
    put_word_columns(&e.w, "mean_ms", 1);
    put_number_column(&e.w, "length", "length");
    put_number_column(&e.w, "log_frequency", "log2_frequency");
    put_number_column(&e.w, "sentence_position", "sentence_position");
    bb_jw_object_end(&e.w);
    bb_jw_object_end(&e.w);
    open_member(&e.w, "metric");
    bb_jw_member_text(&e.w, "name", "delta_loglik");
    put_list(&e.w, "baseline", baseline, 3);
    bb_jw_member_integer(&e.w, "spill_over", 1);
    put_list(&e.w, "spill_over_baseline", baseline, 2);
    bb_jw_object_end(&e.w);
    end(&e, project, bb_project_benchmark);
}

/* --- suites ---------------------------------------------------------------------------------------------------------- */

static void put_suite(struct bb_project *project, const struct bb_language_suite *suite, size_t i)
{
    struct entry e;
    begin(&e);
    bb_jw_member_text(&e.w, "id", bb_arena_printf(e.arena, "InSilico.suite-%s", suite->name));
    bb_jw_member_text(&e.w, "parent", "InSilico.suites");
    bb_jw_member_text(&e.w, "title", bb_arena_printf(e.arena, "%s", suite->title));
    bb_jw_member_text(
        &e.w, "description",
        bb_arena_printf(e.arena,
                        "%s Share of %zu items of the simulated language whose prediction is met; by chance one in four.",
                        suite->description, suite->suite.n));
    bb_jw_member_integer(&e.w, "order", (long)(i + 1));
    bb_jw_member_integer(&e.w, "n_stimuli", (long)suite->suite.n);
    bb_jw_member_text(&e.w, "stimuli", "insilico-suites");
    bb_jw_member_text(&e.w, "publish", "units");
    open_member(&e.w, "metric");
    bb_jw_member_text(&e.w, "name", "item_accuracy");
    open_member(&e.w, "where");
    put_list(&e.w, "suite", &suite->name, 1);
    bb_jw_object_end(&e.w);
    put_list(&e.w, "predictions", &suite->formula, 1);
    bb_jw_member_integer(&e.w, "items", (long)suite->suite.n);
    bb_jw_object_end(&e.w);
    end(&e, project, bb_project_benchmark);
}

void bb_language_benchmarks(struct bb_project *project, const struct bb_language_experiment *experiment)
{
    put_groups(project);
    for (size_t i = 0; i < N_NEURAL; i++) put_neural(project, experiment->world, i);
    put_correlation(project, experiment->world, "pearsonr", 1);
    put_correlation(project, experiment->world, "spearmanr", 2);
    put_delta(project, experiment->world);
    for (size_t i = 0; i < experiment->n_suites; i++) put_suite(project, &experiment->suite[i], i);
}

/* --- models ---------------------------------------------------------------------------------------------------------- */

static void put_activations(struct entry *e, const char *set, const char *id)
{
    open_member(&e->w, bb_arena_printf(e->arena, "insilico-%s", set));
    bb_jw_member_text(&e->w, "file", bb_arena_printf(e->arena, "outputs/%s/%s.nc", id, set));
    bb_jw_member_text(&e->w, "context", "cumulative");
    bb_jw_object_end(&e->w);
}

static void put_stories_output(struct entry *e, const char *file, const char *column, double scale)
{
    open_member(&e->w, "insilico-stories");
    bb_jw_member_text(&e->w, "file", file);
    bb_jw_member_text(&e->w, "context", "cumulative");
    open_member(&e->w, "columns");
    put_word_columns(&e->w, column, scale);
    bb_jw_object_end(&e->w);
    bb_jw_object_end(&e->w);
}

static void put_suites_output(struct entry *e, const char *id)
{
    open_member(&e->w, "insilico-suites");
    bb_jw_member_text(&e->w, "file", bb_arena_printf(e->arena, "outputs/%s/suites.csv", id));
    bb_jw_member_text(&e->w, "context", "sentence");
    open_member(&e->w, "columns");
    bb_jw_member_text(&e->w, "suite", "suite");
    bb_jw_member_text(&e->w, "bits", "correct_bits");
    bb_jw_object_end(&e->w);
    bb_jw_object_end(&e->w);
}

static void put_model_head(struct entry *e, const char *id, const struct bb_language_model *model)
{
    static const char *const domains[] = {"language"};
    bb_jw_member_text(&e->w, "id", id);
    bb_jw_member_text(&e->w, "name", model->name);
    put_list(&e->w, "domains", domains, 1);
    bb_jw_member_text(&e->w, "family", model->family);
    bb_jw_member_text(&e->w, "description", model->description);
    if (model->reference) bb_jw_member_bool(&e->w, "reference", true);
    if (model->layer) {
        open_member(&e->w, "layers");
        bb_jw_member_text(&e->w, REGION, model->layer);
        bb_jw_object_end(&e->w);
    }
}

static void put_exemptions(struct entry *e, const struct bb_language_model *model, const struct bb_language_answer *answer)
{
    open_member(&e->w, "not_applicable");
    if (!answer->sentences) bb_jw_member_text(&e->w, "neural_language", model->neural);
    if (!answer->reading) {
        bb_jw_member_text(&e->w, "InSilico.SPR", model->reading);
        bb_jw_member_text(&e->w, "engineering_language", model->reading);
    }
    if (!answer->bits) bb_jw_member_text(&e->w, "InSilico.suites", model->suites);
    bb_jw_object_end(&e->w);
}

void bb_language_model(struct bb_project *project, const struct bb_language_model *model, const struct bb_language_answer *answer)
{
    struct entry e;
    begin(&e);
    put_model_head(&e, answer->id, model);
    open_member(&e.w, "attributes");
    char perplexity[64];
    bb_format_fixed(perplexity, model->perplexity, 3);
    if (!isnan(model->perplexity)) bb_jw_member_number(&e.w, "perplexity", strtod(perplexity, NULL));
    bb_jw_object_end(&e.w);
    open_member(&e.w, "outputs");
    if (answer->sentences) put_activations(&e, "passages", answer->id);
    if (answer->words) put_activations(&e, "words", answer->id);
    if (answer->reading) put_stories_output(&e, bb_arena_printf(e.arena, "outputs/%s/stories.csv", answer->id), "surprisal", 1);
    if (answer->bits) put_suites_output(&e, answer->id);
    bb_jw_object_end(&e.w);
    put_exemptions(&e, model, answer);
    end(&e, project, bb_project_model);
}

static void put_baseline(struct bb_project *project, const char *id, const char *column, double scale,
                         const struct bb_language_model *model)
{
    struct entry e;
    static const double none[1];
    struct bb_language_answer answer = {.id = id, .reading = none};
    begin(&e);
    put_model_head(&e, id, model);
    open_member(&e.w, "outputs");
    put_stories_output(&e, "data/reading_words.csv", column, scale);
    bb_jw_object_end(&e.w);
    put_exemptions(&e, model, &answer);
    end(&e, project, bb_project_model);
}

void bb_language_baselines(struct bb_project *project)
{
    static const char why[] = "a property of words, for reading times only";
    struct bb_language_model model = {
        .name = "Word length",
        .family = "baseline",
        .description = "Number of characters of the word. Not a model: what any model should beat on reading times.",
        .neural = why,
        .suites = why,
        .reference = true};
    put_baseline(project, "word-length", "length", 1, &model);
    model.name = "Log frequency";
    model.description = "Log frequency of the word, sign turned: rarer words are read more slowly. Not a model: what any model "
                        "should beat on reading times.";
    put_baseline(project, "log-frequency", "log2_frequency", -1, &model);
}
