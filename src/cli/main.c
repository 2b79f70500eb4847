#include "cli/cli.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "numeric/blas.h"

static const struct bb_command *const commands[] = {
    &bb_command_build, &bb_command_score,   &bb_command_render, &bb_command_check,  &bb_command_import, &bb_command_cache,
    &bb_command_show,  &bb_command_example, &bb_command_verify, &bb_command_export, &bb_command_diff,   &bb_command_stimuli,
    &bb_command_run,   &bb_command_fetch,   &bb_command_needs,  &bb_command_kit,    &bb_command_list,   &bb_command_explain};
#define N_COMMANDS (sizeof commands / sizeof commands[0])

enum { ALWAYS = 0 };

/* The options: letter or a number above the letters, which commands have them, and where the value goes. */
struct option_row {
    const char *name;
    int key;
    const char *argument; /* NULL: a flag */
    unsigned mask;        /* ALWAYS: every command */
    size_t offset; /* in struct bb_args, of a const char * (KEY_TEXT), a bool (KEY_FLAG); those without are handled one by one */
    const char *help;
};
enum {
    KEY_DATA = 256,
    KEY_STRICT,
    KEY_VERSION,
    KEY_NO_CACHE,
    KEY_STAT,
    KEY_GC,
    KEY_FLAWS,
    KEY_PARITY,
    KEY_ANONYMOUS,
    KEY_FORCE,
    KEY_TEXT,
    KEY_FLAG
};
#define TEXT_AT(member) offsetof(struct bb_args, member)

static const struct option_row options[] = {
    {"output", 'o', "PATH", BB_OPT_OUT, TEXT_AT(out), "where the result goes"},
    {"data", KEY_DATA, "DIR", BB_OPT_DATA, 0,
     "a folder to look for data files in, after the one that names them (may be repeated;\n"
     "then the folders of BRAINBOARD_DATA, then ~/.cache/brainboard/data)"},
    {"strict", KEY_STRICT, NULL, BB_OPT_STRICT, 0, "exit with status 1 when a cell failed"},
    {"jobs", 'j', "N", BB_OPT_WORK, TEXT_AT(jobs), "workers at once (default: as many as there are cores)"},
    {"memory", KEY_TEXT, "SIZE", BB_OPT_WORK, TEXT_AT(memory),
     "what all workers together may use, as in 12G (default: 3/4 of the machine)"},
    {"cell-timeout", KEY_TEXT, "SEC", BB_OPT_WORK, TEXT_AT(cell_timeout),
     "a cell that takes more seconds fails (default: 3600; 0: never)"},
    {"shard", KEY_TEXT, "K/N", BB_OPT_SHARD, TEXT_AT(shard),
     "compute the K-th of N parts into the cache, and write nothing else;\n"
     "a run without it collects them"},
    {"cache", KEY_TEXT, "DIR", BB_OPT_WORK | BB_OPT_CACHE, TEXT_AT(cache),
     "where results are kept (default: ~/.cache/brainboard/scores)"},
    {"cache-size", KEY_TEXT, "SIZE", BB_OPT_WORK | BB_OPT_CACHE, TEXT_AT(cache_size),
     "how much is kept, oldest goes first (default: 20G)"},
    {"no-cache", KEY_NO_CACHE, NULL, BB_OPT_WORK, 0, "compute everything anew, and keep nothing"},
    {"stat", KEY_STAT, NULL, BB_OPT_CACHE, 0, "say what is in the cache"},
    {"gc", KEY_GC, NULL, BB_OPT_CACHE, 0, "remove what was not used for longest, down to --cache-size"},
    {"all", KEY_FLAG, NULL, BB_OPT_WORK, TEXT_AT(all),
     "benchmarks whose data is not on this machine count as missing (default: they are\n"
     "left out of averages, and listed)"},
    {"base-url", KEY_TEXT, "URL", BB_OPT_SITE, TEXT_AT(base_url), "where the site will be, for what must be absolute"},
    {"templates", KEY_TEXT, "DIR", BB_OPT_SITE | BB_OPT_TEMPLATES, TEXT_AT(templates),
     "templates that take the place of the program's own, file by file"},
    {"assets", KEY_TEXT, "DIR", BB_OPT_SITE, TEXT_AT(assets), "the same for style sheets and pictures"},
    {"palette", KEY_TEXT, "NAME", BB_OPT_SITE, TEXT_AT(palette),
     "colours of scores: default, or brainscore, the scale of brain-score.org"},
    {"parity", KEY_PARITY, NULL, BB_OPT_SITE | BB_OPT_EXPORT, 0,
     "look as on brain-score.org: its colours, its double rounding, the ranks by it"},
    {"anonymous", KEY_ANONYMOUS, NULL, BB_OPT_SITE | BB_OPT_EXPORT, 0,
     "for double-blind review: no submitter, author, address, BibTeX, logo or path"},
    {"no-pdf", KEY_FLAG, NULL, BB_OPT_SITE, TEXT_AT(no_pdf), "without report.pdf and the reports of models"},
    {"force", KEY_FORCE, NULL, BB_OPT_SITE, 0, "build although nothing changed since the last time"},
    {"history", KEY_TEXT, "DIR", BB_OPT_SITE, TEXT_AT(history),
     "a folder with a record of each release: pages show what changed since, and the\n"
     "release that is built joins it"},
    {"release", KEY_TEXT, "NAME", BB_OPT_SITE, TEXT_AT(release),
     "publish the board as a release too, complete and for good, in v/NAME/ of\n"
     "the site; the name takes the place of the manifest's"},
    {"rebuild", KEY_FLAG, NULL, BB_OPT_REBUILD, TEXT_AT(rebuild),
     "make the site again from its own data, elsewhere, and compare every file"},
    {"manifest", KEY_TEXT, "FILE", BB_OPT_REBUILD, TEXT_AT(manifest),
     "--rebuild: score this board and make the site of that"},
    {"history", KEY_TEXT, "DIR", BB_OPT_REBUILD, TEXT_AT(history), "--rebuild: where the records are that the site was made with"},
    {"templates", KEY_TEXT, "DIR", BB_OPT_REBUILD, TEXT_AT(templates), "--rebuild: where the templates are that the site was made with"},
    {"assets", KEY_TEXT, "DIR", BB_OPT_REBUILD, TEXT_AT(assets), "--rebuild: the same for style sheets and pictures"},
    {"json", KEY_FLAG, NULL, BB_OPT_DIFF, TEXT_AT(json), "everything, as JSON"},
    {"markdown", KEY_FLAG, NULL, BB_OPT_DIFF, TEXT_AT(markdown), "for a page or a CI summary"},
    {"all", KEY_FLAG, NULL, BB_OPT_DIFF, TEXT_AT(all), "every group, model and score, not the largest changes alone"},
    {"fail-on", KEY_TEXT, "WHAT", BB_OPT_DIFF, TEXT_AT(fail_on),
     "exit with 1 only for: change, failed (a score that failed and had not),\n"
     "regress=0.01 (a domain's average fell by more); several with commas"},
    {"layout", KEY_TEXT, "NAME", BB_OPT_IMPORT, TEXT_AT(layout),
     "long (a row per score), wide (a column per benchmark) or\n"
     "brainscore-web (a folder of its fixtures); found out when not given"},
    {"domain", KEY_TEXT, "NAME", BB_OPT_IMPORT, TEXT_AT(domain), "domain of the benchmarks (default: vision; fixtures: all)"},
    {"model-column", KEY_TEXT, "NAME", BB_OPT_IMPORT, TEXT_AT(model_column),
     "column with the models' names (default: model, or the first)"},
    {"columns", KEY_TEXT, "LIST", BB_OPT_IMPORT, TEXT_AT(columns),
     "what columns mean, as ROLE=COLUMN,…: model, benchmark, score, raw,\n"
     "ceiling, error, layer, version, region (a group); ROLE= is none"},
    {"benchmarks", KEY_TEXT, "LIST", BB_OPT_IMPORT, TEXT_AT(benchmarks),
     "wide: the columns that are benchmarks (default: all of numbers)"},
    {"attributes", KEY_TEXT, "LIST", BB_OPT_IMPORT, TEXT_AT(attributes),
     "the columns that are attributes of the models (default: wide, the others)"},
    {"title", KEY_TEXT, "TEXT", BB_OPT_IMPORT, TEXT_AT(title), "title of the board"},
    {"seed", KEY_TEXT, "N", BB_OPT_EXAMPLE, TEXT_AT(seed), "another world of the same kind (default: 1)"},
    {"size", KEY_TEXT, "NAME", BB_OPT_EXAMPLE, TEXT_AT(size),
     "small, default, or large (thousands of stimuli, hundreds of models)"},
    {"flaws", KEY_FLAWS, NULL, BB_OPT_EXAMPLE, 0,
     "with a model that lacks outputs, a damaged file, and a benchmark whose data is lost"},
    {"format", KEY_TEXT, "NAME", BB_OPT_EXPORT, TEXT_AT(format),
     "csv, json, latex, markdown, bibtex, svg or pdf (default: by the name of the output,\n"
     "else markdown)"},
    {"node", KEY_TEXT, "ID", BB_OPT_EXPORT, TEXT_AT(node),
     "the benchmark or group whose table it is (default: the first leaderboard)"},
    {"domain", KEY_TEXT, "NAME", BB_OPT_EXPORT, TEXT_AT(domain), "the leaderboard of a domain, instead of --node"},
    {"model", KEY_TEXT, "ID", BB_OPT_EXPORT, TEXT_AT(model),
     "the scores of one model, a row for each benchmark, instead of --node"},
    {"top", KEY_TEXT, "N", BB_OPT_EXPORT, TEXT_AT(top), "the first N models only"},
    {"models", KEY_TEXT, "LIST", BB_OPT_EXPORT, TEXT_AT(models),
     "these models only, as ID,ID,…; in a scatter plot they are named"},
    {"columns", KEY_TEXT, "LIST", BB_OPT_EXPORT, TEXT_AT(columns),
     "as NAME,NAME,…: fields (rank, model, score, error, raw, ceiling, n,\n"
     "layer, scored, family …), benchmarks and groups (IT), their fields\n"
     "(IT.raw), attributes"},
    {"errors", KEY_FLAG, NULL, BB_OPT_EXPORT, TEXT_AT(errors), "scores with their errors, where it is known what those are"},
    {"ceilings", KEY_FLAG, NULL, BB_OPT_EXPORT, TEXT_AT(ceilings), "the ceilings of benchmarks"},
    {"coverage", KEY_FLAG, NULL, BB_OPT_EXPORT, TEXT_AT(coverage), "how many of the benchmarks each model has a score on"},
    {"bold", KEY_FLAG, NULL, BB_OPT_EXPORT, TEXT_AT(bold), "the best of each column in bold"},
    {"precision", KEY_TEXT, "N", BB_OPT_EXPORT, TEXT_AT(precision), "decimals, 0 to 9 (default: as on pages; csv and json: all)"},
    {"standalone", KEY_FLAG, NULL, BB_OPT_EXPORT, TEXT_AT(standalone), "latex: a whole document"},
    {"width", KEY_TEXT, "LENGTH", BB_OPT_EXPORT, TEXT_AT(width), "svg, pdf: how wide, as 85mm (default: 85mm)"},
    {"sentence", KEY_FLAG, NULL, BB_OPT_EXPORT, TEXT_AT(sentence),
     "how X and Y go together, as a sentence: r, interval, n, release, digest"},
    {"degrees", KEY_TEXT, "DEG", BB_OPT_DEGREES, TEXT_AT(degrees), "visual angle that the model sees (default: 8)"},
    {"source", KEY_TEXT, "DEG", BB_OPT_DEGREES, TEXT_AT(source),
     "visual angle of the pictures as they are, where no column \"degrees\" says it"},
    {"lossless", KEY_FLAG, NULL, BB_OPT_DEGREES, TEXT_AT(lossless), "JPEG pictures that change become PNG, not JPEG again"},
    {"stimuli", KEY_TEXT, "DIR", BB_OPT_RUN, TEXT_AT(stimuli), "the pictures: a folder, or a CSV with its pictures beside it"},
    {"layers", KEY_TEXT, "LIST", BB_OPT_RUN, TEXT_AT(layers), "only these layers, as C1,C2 (default: all)"},
    {"gram", KEY_FLAG, NULL, BB_OPT_RUN, TEXT_AT(gram), "Gram matrices instead of features"},
    {"seed", KEY_TEXT, "N", BB_OPT_RUN, TEXT_AT(seed), "hmax: which prototypes (default: 1)"},
    {"seen", KEY_TEXT, "DIR", BB_OPT_RUN, TEXT_AT(seen), "hmax: pictures that the prototypes come from (default: dead leaves)"},
    {"public", KEY_FLAG, NULL, BB_OPT_FETCH, TEXT_AT(public_only), "only what is known to be public"},
    {"list", KEY_FLAG, NULL, BB_OPT_FETCH, TEXT_AT(list), "print what is published, and fetch nothing"},
    {"dry-run", KEY_FLAG, NULL, BB_OPT_FETCH, TEXT_AT(dry_run), "print the addresses, and fetch nothing"},
    {"at-once", KEY_TEXT, "N", BB_OPT_FETCH, TEXT_AT(at_once), "files at once (default: 4)"},
    {"stalled", KEY_TEXT, "SEC", BB_OPT_FETCH, TEXT_AT(stalled),
     "give a file up when nothing comes for so many seconds (default: 60)"},
    {"registry", KEY_TEXT, "FILE", BB_OPT_FETCH, TEXT_AT(registry),
     "another table of published files, of the columns of data/catalog/data.csv"},
    {"domain", KEY_TEXT, "NAME", BB_OPT_LIST, TEXT_AT(domain), "benchmarks and models of vision or language"},
    {"region", KEY_TEXT, "NAME", BB_OPT_LIST, TEXT_AT(region), "benchmarks of a region, as IT"},
    {"species", KEY_TEXT, "NAME", BB_OPT_LIST, TEXT_AT(species), "benchmarks on a species, as macaque"},
    {"metric", KEY_TEXT, "NAME", BB_OPT_LIST, TEXT_AT(metric), "benchmarks with a metric, as pls"},
    {"access", KEY_TEXT, "WORD", BB_OPT_LIST, TEXT_AT(access), "benchmarks whose data is public, private, or of unknown access"},
    {"parent", KEY_TEXT, "ID", BB_OPT_LIST, TEXT_AT(parent), "benchmarks below a group, as neural_vision"},
    {"json", KEY_FLAG, NULL, BB_OPT_JSON, TEXT_AT(json), "as JSON"},
    {"quiet", 'q', NULL, ALWAYS, 0, "errors only"},
    {"verbose", 'v', NULL, ALWAYS, 0, "more detail"},
    {"help", 'h', NULL, ALWAYS, 0, "this text"},
};
#define N_OPTIONS (sizeof options / sizeof options[0])

static bool takes(const struct bb_command *command, const struct option_row *row)
{
    return row->mask == ALWAYS || (row->mask & command->options);
}

/* --- help --------------------------------------------------------------------------------------------------------- */

static void print_indented(const char *text, int column)
{
    for (const char *line = text; *line;) {
        int len = (int)strcspn(line, "\n");
        if (line != text) printf("%*s", column, "");
        printf("%.*s\n", len, line);
        line += len + (line[len] == '\n');
    }
}

static void print_help(void)
{
    puts("brainboard scores every model of a manifest on every vision and language benchmark, and renders the result as a static "
         "site.\n");
    puts("usage: brainboard COMMAND [OPTION]… ARGUMENT…\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-7s %-14s %s\n", commands[i]->name, commands[i]->arguments, commands[i]->summary);
    puts("\n`brainboard COMMAND --help` tells more. Exit status: 0 done; 1 done, but with --strict a cell failed, or nothing "
         "could be scored;");
    puts("2 wrong usage; 3 invalid input; 4 input or output failed.");
}

static void print_command_help(const struct bb_command *command)
{
    printf("usage: brainboard %s [OPTION]… %s\n\n%s\n\n", command->name, command->arguments, command->help);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const struct option_row *row = &options[i];
        char name[64];
        if (!takes(command, row)) continue;
        int len = row->key < 256 ? snprintf(name, sizeof name, "-%c, --%s", row->key, row->name)
                                 : snprintf(name, sizeof name, "    --%s", row->name);
        if (row->argument) snprintf(name + len, sizeof name - (size_t)len, " %s", row->argument);
        printf("  %-24s ", name);
        print_indented(row->help, 27);
    }
}

/* --- options ------------------------------------------------------------------------------------------------------ */

static int usage(const struct bb_command *command, const char *message, const char *what)
{
    bb_log_error("%s%s", message, what);
    fprintf(stderr, "See `brainboard %s%s--help`.\n", command ? command->name : "", command ? " " : "");
    return BB_EXIT_USAGE;
}

static void add_text(struct bb_arena *arena, const char ***list, size_t *n, const char *text)
{
    const char **more = BB_NEW_ARRAY(arena, *n + 1, const char *);
    if (*n) memcpy(more, *list, *n * sizeof *more);
    more[(*n)++] = text;
    *list = more;
}

/* What getopt did not know. It sorts what is no option behind, so only the option just read is sure to be at optind − 1; of letters
   it says which. */
static const char *unknown_option(const struct bb_command *command, char *const *argv, struct bb_arena *arena)
{
    const char *name[N_OPTIONS], *given = argv[optind - 1];
    size_t n = 0;
    bool letter = optopt > 0 && optopt < 256;
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (options[i].key == optopt) letter = false; /* known: a value that it does not take was given to its long name */
        if (takes(command, &options[i])) name[n++] = options[i].name;
    }
    if (letter) return bb_arena_printf(arena, "-%c", optopt);
    const char *near = bb_nearest(given + strspn(given, "-"), name, n);
    return near ? bb_arena_printf(arena, "%s (did you mean --%s?)", given, near) : given;
}

/* −1 to go on, else the exit status. */
static int take_option(const struct option_row *row, const struct bb_command *command, struct bb_args *args)
{
    switch (row->key) {
    case 'h':
        print_command_help(command);
        return BB_EXIT_OK;
    case 'q':
        bb_log_set_level(BB_LOG_QUIET);
        break;
    case 'v':
        bb_log_set_level(BB_LOG_VERBOSE);
        break;
    case KEY_STRICT:
        args->strict = true;
        break;
    case KEY_NO_CACHE:
        args->no_cache = true;
        break;
    case KEY_STAT:
        args->stat = true;
        break;
    case KEY_GC:
        args->gc = true;
        break;
    case KEY_FLAWS:
        args->flaws = true;
        break;
    case KEY_PARITY:
        args->parity = true;
        break;
    case KEY_ANONYMOUS:
        args->anonymous = true;
        break;
    case KEY_FORCE:
        args->force = true;
        break;
    case KEY_FLAG:
        memcpy((char *)args + row->offset, &(bool){true}, sizeof(bool));
        break;
    case KEY_DATA:
        add_text(args->arena, &args->data, &args->n_data, optarg);
        break;
    default:
        memcpy((char *)args + row->offset, &optarg, sizeof optarg);
        break;
    }
    return -1;
}

static int read_options(const struct bb_command *command, int argc, char **argv, struct bb_args *args)
{
    struct option longs[N_OPTIONS + 1];
    char letters[2 * N_OPTIONS + 2] = ":";
    size_t n = 0;
    int which[N_OPTIONS + 1];
    memset(longs, 0, sizeof longs);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (!takes(command, &options[i])) continue;
        longs[n] = (struct option){options[i].name, options[i].argument ? required_argument : no_argument, NULL, options[i].key};
        which[n++] = (int)i;
        if (options[i].key < 256) {
            size_t len = strlen(letters);
            snprintf(letters + len, sizeof letters - len, "%c%s", options[i].key, options[i].argument ? ":" : "");
        }
    }
    opterr = 0;
    optind = 1;
    for (;;) {
        int at = -1, key = getopt_long(argc, argv, letters, longs, &at);
        if (key == -1) break;
        if (key == ':') return usage(command, "a value is missing after ", argv[optind - 1]);
        if (key == '?') return usage(command, "unknown option ", unknown_option(command, argv, args->arena));
        for (size_t i = 0; at < 0 && i < n; i++)
            if (longs[i].val == key) at = (int)i;
        const struct option_row *row = &options[which[at]];
        int status = take_option(row, command, args);
        if (status >= 0) return status;
        if (row->key != KEY_STRICT && row->key != KEY_FORCE && row->key != 'q')
            args->given = bb_arena_printf(args->arena, "%s\n--%s=%s", args->given, row->name, row->argument ? optarg : "");
    }
    while (optind < argc) add_text(args->arena, &args->rest, &args->n_rest, argv[optind++]);
    for (size_t i = 0; i < args->n_rest; i++) args->given = bb_arena_printf(args->arena, "%s\n%s", args->given, args->rest[i]);
    if (args->n_rest < command->min_rest) return usage(command, "expected ", command->arguments);
    if (args->n_rest > command->max_rest) return usage(command, "one argument too many: ", args->rest[command->max_rest]);
    return -1;
}

/* --- shared by the commands --------------------------------------------------------------------------------------- */

static char *diags_text(struct bb_diags *diags, enum bb_severity least)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (!out) bb_die("out of memory for messages.");
    bb_diags_print(diags, least, out);
    if (fclose(out) != 0) bb_die("out of memory for messages.");
    return text;
}

bool bb_cli_report(struct bb_diags *diags, bool notes)
{
    static const enum bb_severity least[] = {[BB_LOG_QUIET] = BB_ERROR, [BB_LOG_NORMAL] = BB_WARNING, [BB_LOG_VERBOSE] = BB_NOTE};
    enum bb_log_level level = bb_log_get_level(), usual = level == BB_LOG_QUIET ? BB_LOG_NORMAL : level;
    char *shown = diags_text(diags, notes ? BB_NOTE : least[level]), *kept = diags_text(diags, notes ? BB_NOTE : least[usual]);
    bb_log_lines(shown, kept);
    free(shown);
    free(kept);
    return diags->n_errors == 0;
}

int bb_cli_fail(const struct bb_err *err)
{
    bb_log_error("%s", err->msg);
    return bb_code_status(err->code);
}

enum bb_code bb_cli_size(const char *text, const char *option, uint64_t *out, struct bb_err *err)
{
    static const char units[] = "kMGT";
    char *end;
    double value = strtod(text, &end);
    const char *unit = *end ? strchr(units, *end == 'K'   ? 'k'
                                            : *end == 'm' ? 'M'
                                            : *end == 'g' ? 'G'
                                            : *end == 't' ? 'T'
                                                          : *end)
                            : NULL;
    double factor = 1;
    for (const char *u = units; unit && u <= unit; u++) factor *= 1000;
    if (unit) end++;
    if (*end == 'B') end++;
    if (end == text || *end || !(value >= 0) || value * factor > 1e18)
        return bb_fail(err, BB_EUSAGE, "%s must be a size as in 500M or 12G, not \"%s\"", option, text);
    *out = (uint64_t)(value * factor);
    return BB_OK;
}

enum bb_code bb_cli_check_cache(const struct bb_args *args, struct bb_err *err)
{
    return args->cache && !*args->cache ? bb_fail(err, BB_EUSAGE, "--cache must name a folder, not \"\"") : BB_OK;
}

static const char *find_home(struct bb_arena *arena)
{
    static const char *const beside[] = {"..", "../..", "../share/brainboard"};
    const char *given = getenv("BRAINBOARD_HOME");
    char exe[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
    exe[len > 0 ? len : 0] = '\0';
    for (size_t i = 0; i < 1 + sizeof beside / sizeof beside[0]; i++) {
        if (i == 0 && !given) continue;
        const char *home = i == 0 ? given : bb_path_join(arena, bb_path_dir(arena, exe), beside[i - 1]);
        if (bb_is_dir(bb_path_join(arena, home, "templates"))) return home;
    }
    return NULL;
}

const char *bb_catalog_home(struct bb_arena *arena)
{
    const char *home = find_home(arena), *dir = home ? bb_path_join(arena, home, "data/catalog") : NULL;
    return dir && bb_is_dir(dir) ? dir : NULL;
}

const char *bb_home(struct bb_arena *arena)
{
    const char *home = find_home(arena);
    if (home) return home;
    bb_log_error("the program's templates are not where they should be; set BRAINBOARD_HOME to the folder that has templates/ "
                 "and assets/");
    return NULL;
}

/* --- main --------------------------------------------------------------------------------------------------------- */

static const struct bb_command *find_command(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *known[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++) known[i] = commands[i]->name;
    const char *near = bb_nearest(name, known, N_COMMANDS);
    if (near)
        bb_log_error("unknown command \"%s\"; did you mean \"%s\"?", name, near);
    else
        bb_log_error("unknown command \"%s\"", name);
    fputs("See `brainboard --help`.\n", stderr);
    return BB_EXIT_USAGE;
}

static int run(int argc, char **argv)
{
    const char *first = argc > 1 ? argv[1] : "";
    if (argc < 2 || strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || (strcmp(first, "help") == 0 && argc == 2)) {
        print_help();
        return argc < 2 ? BB_EXIT_USAGE : BB_EXIT_OK;
    }
    if (strcmp(first, "--version") == 0 || strcmp(first, "version") == 0) {
        printf("brainboard %s\n", bb_version);
        return BB_EXIT_OK;
    }
    bool help = strcmp(first, "help") == 0;
    const struct bb_command *command = find_command(help ? argv[2] : first);
    if (!command) return unknown_command(help ? argv[2] : first);
    if (help) {
        print_command_help(command);
        return BB_EXIT_OK;
    }
    if (command->options & (BB_OPT_WORK | BB_OPT_EXAMPLE | BB_OPT_RUN)) bb_blas_settle(argv);
    struct bb_args args = {.arena = bb_arena_new(0), .given = command->name};
    int status = read_options(command, argc - 1, argv + 1, &args);
    if (status < 0) status = command->run(&args);
    bb_arena_free(args.arena);
    return status;
}

int main(int argc, char **argv)
{
    int status = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        bb_log_error("writing to standard output failed");
        return BB_EXIT_IO;
    }
    return status;
}
