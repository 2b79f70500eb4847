#include "render_board.h"

#include <math.h>
#include <string.h>

#define NAN_D ((double)NAN)

static const struct bb_metric consistency = {.name = "error_consistency",
                                             .version = 1,
                                             .title = "Error consistency",
                                             .formula = "mean over subjects and conditions of Cohen’s κ"};

struct plan {
    const char *id, *parent, *title;
    double ceiling; /* 0: a group */
};

/* Depth first, as bb_tree_link puts them. */
static const struct plan plans[] = {
    {"average_vision", NULL, "Average", 0},
    {"neural_vision", "average_vision", "Neural", 0},
    {"V1", "neural_vision", "V1", 0},
    {"FreemanZiemba2013.V1-pls", "V1", "Freeman, Ziemba et al. 2013", .87},
    {"Marques2020", "V1", HOSTILE, .9},
    {"IT", "neural_vision", "IT", 0},
    {"MajajHong2015public.IT-pls", "IT", "Majaj, Hong et al. 2015", .82},
    {"behavior_vision", "average_vision", "Behavior", 0},
    {"Rajalingham2018-i2n", "behavior_vision", "Rajalingham et al. 2018", .48},
    {"Geirhos2021", "behavior_vision", "Geirhos et al. 2021", 0},
    {"Geirhos2021colour", "Geirhos2021", "Colour", .41},
    {"Geirhos2021contrast", "Geirhos2021", "Contrast", .49},
    {"Geirhos2021cue-conflict", "Geirhos2021", "Cue conflict", .33},
    {"Geirhos2021edge", "Geirhos2021", "Edges", .31},
    {"Geirhos2021eidolonI", "Geirhos2021", "Eidolon I", .49},
    {"Geirhos2021eidolonII", "Geirhos2021", "Eidolon II", .51},
    {"Geirhos2021eidolonIII", "Geirhos2021", "Eidolon III", .47},
    {"Geirhos2021false-colour", "Geirhos2021", "False colour", .44},
    {"Geirhos2021high-pass", "Geirhos2021", "High pass", .48},
    {"Geirhos2021uniform-noise", "Geirhos2021", "Uniform noise", .46},
    {"Secret2026", "behavior_vision", "A private benchmark", .5},
    {"Absent2022", "behavior_vision", "Not on this machine", .5},
    {"engineering_vision", "average_vision", "Engineering", 0},
    {"ImageNet-top1", "engineering_vision", "ImageNet top-1", 1},
    {"average_language", NULL, "Average", 0},
    {"reading", "average_language", "Reading times", 0},
    {"Futrell2018-spr", "reading", "Self-paced reading", .8},
    {"Boyce2023-maze", "reading", "Maze", .9},
    {"syntax", "average_language", "Syntactic generalisation of subordinate clauses and agreement", 1},
};
#define N_NODES (sizeof plans / sizeof plans[0])

struct who {
    const char *id, *name, *family;
    double vision, language; /* how good it is; NaN: not of that domain */
};
static const struct who who[] = {
    {"alexnet", "AlexNet", "AlexNet", .42, NAN},
    {"clip-vit-b32", "CLIP ViT-B/32", "Vision transformer", .71, .44},
    {"convnext-large_mlp.clip_laion2b_soup_ft_in12k_in1k_384",
     "convnext_large_mlp:clip_laion2b_augreg_ft_in1k_384 (fine-tuned, 384 px)", "ConvNeXt", .7, NAN},
    {"gpt2-xl", "GPT-2 XL", "GPT-2", NAN, .63},
    {"grnn", "GRNN", "LSTM", NAN, .52},
    {"hostile", HOSTILE, "\xd7\xa2\xd7\x91\xd7\xa8\xd7\x99\xd7\xaa \xe2\x80\xae override", .31, .3},
    {"pythia-160m", "Pythia 160M", "Pythia", NAN, .66},
    {"resnet-50", "ResNet-50", "ResNet", .62, NAN},
    {"resnet-50-twin", "ResNet-50 twin", "ResNet", .62, NAN},
    {"secret", "A private model", "none", .9, .9},
    {"unlisted", "An unlisted model", "none", .8, NAN},
    {"voneresnet", "VOneResNet-50", "ResNet", .66, NAN},
    {"word-length", "Word length and log frequency", "Control", NAN, .64},
};
#define N_MODELS (sizeof who / sizeof who[0])

static size_t find(const char *id)
{
    for (size_t i = 0; i < N_NODES; i++)
        if (strcmp(plans[i].id, id) == 0) return i;
    return BB_NO_NODE;
}

static void make_nodes(struct bb_results *results)
{
    struct bb_node *node = BB_NEW_ARRAY(results->arena, N_NODES, struct bb_node);
    size_t *child = BB_NEW_ARRAY(results->arena, N_NODES, size_t), n = 0;
    static double unit_range[] = {0, 1};
    for (size_t i = 0; i < N_NODES; i++) {
        bool is_root = !plans[i].parent;
        node[i].id = plans[i].id;
        node[i].title = plans[i].title;
        node[i].parent = plans[i].parent;
        node[i].parent_index = is_root ? BB_NO_NODE : find(plans[i].parent);
        node[i].depth = is_root ? 0 : node[node[i].parent_index].depth + 1;
        node[i].root = is_root ? i : node[node[i].parent_index].root;
        node[i].ceiling_value = node[i].ceiling_error = node[i].ceiling_lower = node[i].chance = node[i].visual_degrees = NAN_D;
        if (is_root) node[i].domain = i == 0 ? "vision" : "language";
        if (plans[i].ceiling <= 0) continue;
        node[i].metric = &consistency;
        node[i].version = 2;
        node[i].normalise = BB_NORMALISE_EXPLAINED_VARIANCE;
        node[i].clip = (struct bb_numbers){unit_range, 2};
        node[i].description = "What was measured, and on whom.\n\nA second paragraph with " HOSTILE ".";
        node[i].bibtex = "@article{key,\n  title = {" HOSTILE "}\n}";
        node[i].url = "javascript:alert(1)";
    }
    for (size_t i = 0; i < N_NODES; i++) {
        node[i].first_child = n;
        for (size_t k = 0; k < N_NODES; k++)
            if (node[k].parent_index == i) child[n++] = k;
        node[i].n_children = n - node[i].first_child;
    }
    node[find("engineering_vision")].engineering = node[find("ImageNet-top1")].engineering = true;
    node[find("Secret2026")].publish = BB_PUBLISH_NONE;
    results->tree = (struct bb_tree){.node = node, .n = N_NODES, .child = child};
}

static void make_models(struct bb_results *results)
{
    struct bb_model *model = BB_NEW_ARRAY(results->arena, N_MODELS, struct bb_model);
    static struct bb_attribute attributes[] = {{"parameters", NULL, 61100840}, {"training", "supervised", 0}};
    for (size_t m = 0; m < N_MODELS; m++) {
        model[m].id = who[m].id;
        model[m].name = who[m].name;
        model[m].family = who[m].family;
        model[m].visual_degrees = 8;
        model[m].url = "https://example.org/?a=1&b=2";
        model[m].attribute = attributes;
        model[m].n_attributes = 2;
        model[m].reference = strcmp(who[m].id, "word-length") == 0;
        if (strcmp(who[m].id, "secret") == 0) model[m].visibility = BB_PRIVATE;
        if (strcmp(who[m].id, "unlisted") == 0) model[m].visibility = BB_UNLISTED;
    }
    results->model = model;
    results->n_models = N_MODELS;
}

static void make_cell(struct bb_results *results, size_t m, size_t i)
{
    struct bb_cell *cell = bb_results_cell(results, m, i);
    bool is_vision = results->tree.node[i].root == 0;
    double good = is_vision ? who[m].vision : who[m].language, wobble = (double)((m * 7 + i * 13) % 11) / 55;
    cell->raw = cell->ceiling = cell->score = cell->raw_error = cell->error = cell->interval[0] = cell->interval[1] = NAN_D;
    if (plans[i].ceiling <= 0 || isnan(good) || !results->facts[i].present) return;
    if (strcmp(who[m].id, "resnet-50-twin") == 0) wobble = (double)((7 * 7 + i * 13) % 11) / 55; /* ties with resnet-50 */
    cell->status = BB_CELL_OK;
    cell->ceiling = plans[i].ceiling;
    cell->score = good + wobble - .1;
    cell->raw = sqrt(fabs(cell->score) * cell->ceiling);
    cell->error = .004 + wobble / 10;
    cell->error_kind = i % 3 ? "subject_sd" : NULL;
    cell->n = 480 + i;
    if (i % 9 == 4) cell->warning = "The visual angle of the output is not stated.";
    if ((m * 5 + i) % 17 == 3)
        *cell = (struct bb_cell){.status = BB_CELL_MISSING, .raw = NAN_D, .ceiling = NAN_D, .score = NAN_D, .error = NAN_D};
    if ((m * 3 + i) % 19 == 5)
        *cell = (struct bb_cell){.status = BB_CELL_FAILED,
                                 .raw = NAN_D,
                                 .ceiling = NAN_D,
                                 .score = NAN_D,
                                 .error = NAN_D,
                                 .kind = "input",
                                 .reason = "The file outputs/answers.csv has no column \"" HOSTILE
                                           "\"; it has imagename, response and category."};
    if (m == 1 && i == 26)
        *cell = (struct bb_cell){.status = BB_CELL_NOT_APPLICABLE,
                                 .raw = NAN_D,
                                 .ceiling = NAN_D,
                                 .score = NAN_D,
                                 .error = NAN_D,
                                 .reason = "The model reads whole sentences at once."};
}

struct bb_results *render_board_new(void)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_results *results = BB_NEW(arena, struct bb_results);
    results->arena = arena;
    results->board = (struct bb_board){.title = "Vision and language leaderboard",
                                       .release = "2026.11",
                                       .date = "2026-11-23",
                                       .description = "How closely do models see and read as people do?\n\nOne board for both.",
                                       .license = "CC-BY-4.0",
                                       .contact = HOSTILE,
                                       .citation = "@misc{board,\n  title = {A board}\n}"};
    make_nodes(results);
    make_models(results);
    results->facts = BB_NEW_ARRAY(arena, N_NODES, struct bb_facts);
    results->cell = BB_NEW_ARRAY(arena, N_NODES * N_MODELS, struct bb_cell);
    results->aggregate = BB_NEW_ARRAY(arena, N_NODES * N_MODELS, struct bb_aggregate);
    for (size_t i = 0; i < N_NODES; i++) {
        double ceiling = plans[i].ceiling > 0 ? plans[i].ceiling : NAN_D;
        results->facts[i] =
            (struct bb_facts){.present = strcmp(plans[i].id, "Absent2022") != 0,
                              .ceiling = {.value = ceiling, .error = .012, .lower = NAN_D, .error_kind = "split_sd", .n = 6},
                              .ceiling_how = "subject_pairs"};
        if (!results->facts[i].present)
            results->facts[i].absent_reason =
                "absent.csv is not in ./data nor in /data. Get it from https://example.org/absent and say --data DIR.";
        for (size_t m = 0; m < N_MODELS; m++) make_cell(results, m, i);
    }
    bb_results_aggregate_all(results);
    return results;
}
