#include "example/example.h"

#include "example/beside.h"
#include "example/flaws.h"
#include "example/language.h"
#include "example/readme.h"
#include "example/vision.h"

static const char TITLE[] = "Simulated brains, computed models";
static const char DESCRIPTION[] =
    "Everything on this board is simulated. The brains are programs whose inner workings are known, measured as an experimenter would measure "
    "them: some tens of trials, several subjects, noise, and units that cannot be relied on. The models are no more than they claim to be, and "
    "were really computed: pixels, Gabor filters, HMAX and small networks for vision; n-grams and small recurrent networks for language. So "
    "the scores say how well the metrics find what is known to be true, and nothing about any animal or person.";

/* --- the manifest ------------------------------------------------------------------------------------------------- */

static void write_list(struct bb_json_writer *w, const char *key, const char *const *text, size_t n)
{
    bb_jw_key(w, key);
    bb_jw_array(w);
    for (size_t i = 0; i < n; i++) bb_jw_text(w, text[i]);
    bb_jw_array_end(w);
}

static void write_attribute(struct bb_json_writer *w, const char *name, const char *title, const char *description)
{
    bb_jw_key(w, name);
    bb_jw_object(w);
    bb_jw_member_text(w, "title", title);
    bb_jw_member_text(w, "scale", "log");
    bb_jw_member_text(w, "better", "lower");
    bb_jw_member_text(w, "description", description);
    bb_jw_object_end(w);
}

static enum bb_code write_manifest(struct bb_project *project, struct bb_err *err)
{
    static const char *const benchmarks[] = {"benchmarks/*.json"}, *const models[] = {"models/*.json"};
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 2);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "title", TITLE);
    bb_jw_member_text(&w, "description", DESCRIPTION);
    bb_jw_member_bool(&w, "simulated", true);
    write_list(&w, "benchmarks", benchmarks, 1);
    write_list(&w, "models", models, 1);
    bb_jw_key(&w, "attribute_info");
    bb_jw_object(&w);
    write_attribute(&w, "perplexity", "Perplexity", "Of the next word, on sentences of the same grammar that no model was trained on.");
    bb_jw_object_end(&w);
    bb_jw_object_end(&w);
    bb_buf_putc(&text, '\n');
    enum bb_code code = bb_project_text(project, "manifest.json", text.data, text.len, err);
    bb_buf_release(&text);
    return code;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* Both at once; in the files vision comes first. */
static enum bb_code write_parts(struct bb_project *project, struct bb_err *err)
{
    struct bb_beside language = bb_beside_start(project, "language", bb_example_language);
    bb_project_part(project, "vision");
    enum bb_code code = bb_example_vision(project, err);
    enum bb_code joined = bb_beside_join(&language, project, code ? NULL : err);
    if (!code) code = joined;
    return code;
}

static enum bb_code write_all(struct bb_project *project, const struct bb_example_options *options, struct bb_err *err)
{
    enum bb_code code = write_parts(project, err);
    if (!code && options->flaws) code = bb_example_flaws(project, err);
    if (!code) code = write_manifest(project, err);
    if (!code) code = bb_example_readme(project, options->flaws, err);
    return code ? code : bb_project_finish(project, err);
}

enum bb_code bb_example_write(const struct bb_example_options *options, struct bb_arena *arena, struct bb_example_report *report,
                              struct bb_err *err)
{
    struct bb_project *project = NULL;
    const char *const *name;
    enum bb_code code = bb_project_open(options->dir, options->seed, options->size, &project, err);
    if (code) return code;
    code = write_all(project, options, err);
    if (!code)
        *report = (struct bb_example_report){bb_project_files(project, &name), bb_project_benchmarks(project)->n,
                                             bb_project_models(project)->n, bb_path_join(arena, options->dir, "manifest.json")};
    bb_project_free(project);
    return code;
}
