/*
 * Data of a shape of their own: what the metrics of tests/unit/test_catalog_synthetic.c that are not recordings, trials or a list of stimuli compare.
 */
#include <check.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "metric/v1_properties.h"
#include "synthetic_case.h"

static const struct bb_node *current; /* whose files are written, for what has no other way to know */

static const char *scored(size_t i)
{
    return stimulus('s', i);
}
static const char *number_text(size_t i)
{
    return TEXT("%zu", i);
}

/* --- factor_dimensionality: each of 12 images in each of 4 textures ------------------------------------------------- */

static const char *cell_of_styles(const struct bb_source *source, const char *coord, size_t i)
{
    (void)source;
    if (strcmp(coord, "stimulus_id") == 0) return scored(i);
    if (strcmp(coord, "texture") == 0) return TEXT("texture%zu", i % N_KINDS);
    return strcmp(coord, "shape") == 0 ? kind(i / N_KINDS) : TEXT("image%02zu", i / N_KINDS);
}

static void write_styles(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    (void)node;
    write_table(source, name, N_STIMULI, cell_of_styles);
}

/* --- ks_similarity: gratings and textures, and units as V1 has them -------------------------------------------------- */

struct picture {
    double x, y, radius, sf, angle, phase;
    size_t family, sample;
    bool texture;
};

/* The number of a set's stimuli, and one of them; phase runs fastest, then orientation, then spatial frequency. */
static size_t n_pictures(const char *set)
{
    static const struct {
        const char *set;
        size_t n;
    } sizes[] = {{"blank", 1},  {"receptive_field", 70}, {"orientation", 288}, {"spatial_frequency", 192},
                 {"size", 224}, {"texture", 40}};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
        if (strcmp(set, sizes[s].set) == 0) return sizes[s].n;
    ck_abort_msg("no set %s", set);
}

static struct picture picture_of(const char *set, size_t i)
{
    static const double sf_orientation[] = {1, 2, 4}, sf_frequency[] = {.5, 1, 1.7, 2.8, 5.6, 8},
                        radii[] = {.1, .2, .3, .5, .75, 1, 1.5};
    double phase = 90 * (double)(i % 4);
    if (strcmp(set, "receptive_field") == 0)
        return (struct picture){.x = -.9 + .3 * (double)(i / 2 % 7),
                                .y = -.6 + .3 * (double)(i / 14),
                                .radius = 1. / 6,
                                .sf = 3,
                                .angle = 90 * (double)(i % 2)};
    if (strcmp(set, "orientation") == 0)
        return (struct picture){.radius = (double)(i / 144 + 1) / sf_orientation[i / 48 % 3],
                                .sf = sf_orientation[i / 48 % 3],
                                .angle = 15 * (double)(i / 4 % 12),
                                .phase = phase};
    if (strcmp(set, "spatial_frequency") == 0)
        return (struct picture){
            .radius = i / 96 ? .8 : .4, .sf = sf_frequency[i / 16 % 6], .angle = 45 * (double)(i / 4 % 4), .phase = phase};
    if (strcmp(set, "size") == 0)
        return (struct picture){
            .radius = radii[i / 32], .sf = i / 16 % 2 ? 4 : 2, .angle = 45 * (double)(i / 4 % 4), .phase = phase};
    return (struct picture){.texture = i / 20, .family = i / 4 % 5, .sample = i % 4};
}

static double number_of_picture(const struct picture *p, const char *coord)
{
    const struct {
        const char *coord;
        double value;
    } all[] = {{"position_x", p->x},
               {"position_y", p->y},
               {"radius", p->radius},
               {"spatial_frequency", p->sf},
               {"orientation", p->angle},
               {"phase", p->phase},
               {"family", (double)p->family + 1},
               {"sample", (double)p->sample + 1},
               {"type", p->texture ? 2 : 1}};
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
        if (strcmp(coord, all[k].coord) == 0) return all[k].value;
    ck_abort_msg("no coordinate %s", coord);
}

static const char *cell_of_pictures(const struct bb_source *source, const char *coord, size_t i)
{
    const struct picture p = picture_of(constant_of(source, "set"), i);
    return strcmp(coord, "stimulus_id") == 0 ? TEXT("%zu", i) : TEXT("%.17g", number_of_picture(&p, coord));
}

/* In (0, 1): parameter k of the unit. */
static double drawn(size_t unit, size_t k)
{
    return (synthetic_hash(unit, k, 31) + 1) / 2;
}

static double answer_to_picture(const char *set, size_t i, size_t unit)
{
    const struct picture p = picture_of(set, i);
    double pi = acos(-1), turn = 2 * pi / 180 * (p.angle - 180 * drawn(unit, 0)), gain = .5 + drawn(unit, 1),
           base = .1 * drawn(unit, 2), r = 0;
    if (strcmp(set, "receptive_field") == 0) {
        double dx = p.x - .1 * (drawn(unit, 3) - .5), dy = p.y - .1 * (drawn(unit, 4) - .5);
        r = exp(-(dx * dx + dy * dy) / .125) * (.6 + .4 * cos(turn));
    } else if (strcmp(set, "texture") == 0) {
        r = 1.5 * drawn(unit, 10 + p.family) * (p.texture ? 1.2 : .8) * (.5 + drawn(unit, 20 + i));
    } else if (strcmp(set, "blank") != 0) {
        double octaves = log2(p.sf) - 3 * drawn(unit, 5) + .5, size = p.radius / (.15 + .3 * drawn(unit, 6));
        r = exp(3 * drawn(unit, 7) * (cos(turn) - 1) - octaves * octaves / 2) * (1 - exp(-size * size)) *
            (1 - .8 * drawn(unit, 8) * (1 - exp(-size * size / 9))) * (drawn(unit, 9) < .5 ? 1 : 1 + cos(pi / 180 * p.phase));
    }
    return gain * r + base;
}

/* Stimuli of all sets, one after the other. */
static const char *set_at(size_t *i)
{
    for (size_t s = 0; s < current->data_stimuli.n; s++) {
        const char *set = constant_of(&current->data_stimuli.source[s], "set");
        if (*i < n_pictures(set)) return set;
        *i -= n_pictures(set);
    }
    ck_abort_msg("too many stimuli");
}
static const char *picture_id(size_t i)
{
    const char *set = set_at(&i);
    return TEXT("%s/%zu", set, i);
}
static double picture_value(size_t i, size_t unit, size_t bin)
{
    (void)bin;
    const char *set = set_at(&i);
    return answer_to_picture(set, i, unit);
}

static const char *picture_outputs(const struct bb_node *node)
{
    size_t n = 0;
    for (size_t s = 0; s < node->data_stimuli.n; s++) n += n_pictures(constant_of(&node->data_stimuli.source[s], "set"));
    const char *name = TEXT("pictures-%s.nc", node->stimuli);
    write_features(name, n, 0, picture_id, picture_value);
    return output_text(node->stimuli, name, "", node->visual_degrees);
}

/* The properties in the published files, as their packaging names them. */
static const struct {
    const char *file, *property[13];
} published_properties[] = {
    {"assy_movshon_Cavanaugh2002a.nc",
     {"surround_suppression_index", "strongly_suppressed", "grating_summation_field", "surround_diameter",
      "surround_grating_summation_field_ratio"}},
    {"assy_devalois_DeValois1982a.nc", {"preferred_orientation"}},
    {"assy_devalois_DeValois1982b.nc", {"peak_spatial_frequency"}},
    {"assy_movshon_FreemanZiemba2013_V1_properties.nc",
     {"texture_modulation_index", "absolute_texture_modulation_index", "texture_selectivity", "noise_selectivity",
      "texture_sparseness", "noise_sparseness", "variance_ratio", "sample_variance", "family_variance", "max_texture",
      "max_noise"}},
    {"assy_shapley_Ringach2002.nc",
     {"baseline", "max_dc", "min_dc", "max_ac", "modulation_ratio", "circular_variance", "bandwidth",
      "orthogonal_preferred_ratio", "orientation_selective", "circular_variance_bandwidth_ratio",
      "orthogonal_preferred_ratio_circular_variance_difference", "orthogonal_preferred_ratio_bandwidth_ratio"}},
    {"assy_schiller_Schiller1976c.nc", {"spatial_frequency_selective", "spatial_frequency_bandwidth"}},
};

/* Up to NULL. */
static const char *const *properties_of(const char *file)
{
    for (size_t i = 0; i < sizeof published_properties / sizeof published_properties[0]; i++)
        if (strcmp(file, published_properties[i].file) == 0) return published_properties[i].property;
    ck_abort_msg("no properties of %s", file);
}

/* In which bins a property is compared: an attribute of the values. */
static void write_bins(const char *name, const char *property)
{
    static const double edge[] = {-1000, -50, -1, -.3, 0, .1, .2, .3, .5, .7, 1, 2, 4, 8, 16, 30, 60, 100, 180, 1000};
    hsize_t n = sizeof edge / sizeof edge[0];
    hid_t file = H5Fopen(bb_path_join(fixture_arena, fixture_dir, name), H5F_ACC_RDWR, H5P_DEFAULT),
          data = H5Dopen2(file, "data", H5P_DEFAULT), space = H5Screate_simple(1, &n, NULL);
    hid_t attribute = H5Acreate2(data, TEXT("%s_bins", property), H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Awrite(attribute, H5T_NATIVE_DOUBLE, edge), 0);
    H5Aclose(attribute), H5Sclose(space), H5Dclose(data), H5Fclose(file);
}

static void write_properties(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    if (source->part == BB_PART_STIMULI) {
        write_table(source, name, n_pictures(constant_of(source, "set")), cell_of_pictures);
        return;
    }
    const char *property = bb_v1_property_find(bb_json_text(node->metric_json, "property"))->name;
    const char *const *all = properties_of(source->file.text[0]);
    size_t n = 0, column = 0;
    for (; all[n]; n++)
        if (strcmp(all[n], property) == 0) column = n + 1;
    ck_assert_msg(column, "%s has no %s", source->file.text[0], property);
    struct sheet sheet = {.array = {.dim = {"neuroid", "neuronal_property"}, .size = {N_NEUROIDS, n}, .n_dims = 2}};
    double *value = BB_NEW_ARRAY(fixture_arena, n * N_NEUROIDS, double);
    for (size_t i = 0; i < n * N_NEUROIDS; i++)
        value[i] = i % n == column - 1 ? exp(4 * synthetic_hash(i / n, 1, 41)) : (double)NAN;
    sheet.array.value = value;
    add_texts(&sheet, "neuroid_id", 0, number_text);
    add_same(&sheet, "region", 0, "V1");
    add_coord(&sheet, "neuronal_property_", 1, all, NULL);
    write_sheet(&sheet, name);
    write_bins(name, property);
}

/* --- thresholds: an offset to the left or to the right that is the harder to tell the smaller it is ----------------- */

enum { N_OFFSETS = 10, N_SHOWN = 10, N_OBSERVERS = 6 };
static const char *const sides[] = {"left", "right"};

static const char *baseline_of(const struct bb_node *node)
{
    return bb_json_text(node->metric_json, "baseline");
}

/* The condition that is compared with the baseline; NULL: people of several are, by their thresholds in the baseline, and the model is shown only that. */
static const char *raised_of(const struct bb_node *node)
{
    return bb_json_text(node->metric_json, "condition");
}

static const char *cell_of_offsets(const struct bb_source *source, const char *coord, size_t i)
{
    if (strcmp(coord, "truth") == 0) return sides[i % 2];
    if (strcmp(coord, "vernier_offset") == 0) return TEXT("%zu", 10 * (i / 2 + 1));
    return source->part == BB_PART_TRAIN ? stimulus('t', i) : TEXT("%zu", i);
}

static const char *observer(size_t i)
{
    return TEXT("observer%zu", i);
}

static void write_thresholds(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    if (source->columns.n_rules && source->part != BB_PART_TEST) {
        write_table(source, name, 2 * N_OFFSETS, cell_of_offsets);
        return;
    }
    struct sheet sheet = {.array = {.dim = {"subject"}, .size = {lonely ? 1 : N_OBSERVERS}, .n_dims = 1}};
    double *value = BB_NEW_ARRAY(fixture_arena, N_OBSERVERS, double);
    bool raised = baseline_of(node) && !bb_streq(constant_of(source, "condition"), baseline_of(node));
    for (size_t s = 0; s < N_OBSERVERS; s++) value[s] = (raised ? 55 : 30) + 4 * synthetic_hash(s, raised, 43);
    value[N_OBSERVERS - 1] = NAN; /* who was not measured is in the published files */
    if (raised && !lonely) value[strlen(constant_of(source, "condition")) % (N_OBSERVERS - 1)] = NAN; /* was not there for that */
    sheet.array.value = value;
    add_texts(&sheet, "subject_", 0, observer);
    write_sheet(&sheet, name);
}

static void add_answers(struct bb_buf *text, const char *prefix, double middle, size_t salt)
{
    for (size_t i = 0; i < 2 * N_OFFSETS; i++)
        for (size_t k = 0; k < N_SHOWN; k++) {
            double x = 10 * (double)(i / 2 + 1), p = .5 + .48 / (1 + exp(-(x - middle) / 6));
            bool right = (synthetic_hash(i * N_SHOWN + k, salt, 47) + 1) / 2 < p;
            bb_buf_printf(text, "%s%zu,%s\n", prefix, i, sides[right ? i % 2 : (i + 1) % 2]);
        }
}

static const char *threshold_outputs(const struct bb_node *node)
{
    static const char columns[] = ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"choice\": \"choice\"}";
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,choice\n");
    add_answers(&text, raised_of(node) ? TEXT("%s/", baseline_of(node)) : "", 35, 1);
    if (raised_of(node)) add_answers(&text, TEXT("%s/", raised_of(node)), 55, 2);
    const char *name = TEXT("offsets-%s.csv", node->stimuli);
    write_answers(name, bb_buf_text(&text));
    bb_buf_release(&text);
    return output_text(node->stimuli, name, columns, node->visual_degrees);
}

static const char *seen_offset(size_t i)
{
    if (!raised_of(current)) return TEXT("%zu", i);
    return TEXT("%s/%zu", i < 2 * N_OFFSETS ? baseline_of(current) : raised_of(current), i % (2 * N_OFFSETS));
}

/* Of each source one after the other, as its rule has them. */
static const char *fitted_offset(size_t i)
{
    const struct bb_columns *columns = &current->data_train.source[i / (2 * N_OFFSETS)].columns;
    const char *prefix = NULL;
    for (size_t r = 0; r < columns->n_rules; r++)
        if (strcmp(columns->rule[r].coord, "stimulus_id") == 0) prefix = columns->rule[r].prefix;
    return TEXT("%s%s", prefix ? prefix : "", stimulus('t', i % (2 * N_OFFSETS)));
}

static double value_of_offset(size_t i, size_t j, size_t bin)
{
    double offset = 10 * (double)(i % (2 * N_OFFSETS) / 2 + 1);
    return (i % 2 ? .01 : -.01) * offset * synthetic_hash(j, 0, 89) + synthetic_hash(i, j, 97 + bin);
}

static const char *seen_offsets(const struct bb_node *node)
{
    const char *name = TEXT("seen-%s.nc", node->stimuli);
    write_features(name, raised_of(node) ? 4 * N_OFFSETS : 2 * N_OFFSETS, 0, seen_offset, value_of_offset);
    return output_text(node->stimuli, name, "", node->visual_degrees);
}

static const char *fitted_offsets(const struct bb_node *node)
{
    const char *name = TEXT("fitted-%s.nc", node->fitting_stimuli);
    write_features(name, 2 * N_OFFSETS * node->data_train.n, 0, fitted_offset, value_of_offset);
    return output_text(node->fitting_stimuli, name, "", node->visual_degrees);
}

/* --- ost: objects that can be told the sooner the easier they are ---------------------------------------------------- */

static double ease(size_t i)
{
    return .55 + .45 * synthetic_hash(i, 5, 53);
}

static double growing_value(size_t i, size_t j, size_t bin)
{
    return ease(i) * (double)bin / 4 * synthetic_hash(i % N_KINDS, j, 59) + .5 * synthetic_hash(i, j, 61 + bin);
}

static void write_times(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    (void)node;
    (void)source;
    static const char *const decoders[] = {"svm", "logistic"};
    struct sheet sheet = {.array = {.dim = {"decoder", "presentation"}, .size = {2, N_STIMULI}, .n_dims = 2}};
    double *value = BB_NEW_ARRAY(fixture_arena, 2 * N_STIMULI, double), *i1 = BB_NEW_ARRAY(fixture_arena, N_STIMULI, double);
    for (size_t i = 0; i < N_STIMULI; i++) {
        value[i] = 220 - 120 * ease(i);
        value[N_STIMULI + i] = NAN;
        i1[i] = 1 + .2 * synthetic_hash(i, 0, 67);
    }
    sheet.array.value = value;
    add_texts(&sheet, "image_id", 1, scored);
    add_texts(&sheet, "image_label", 1, kind);
    add_coord(&sheet, "i1", 1, NULL, i1);
    add_coord(&sheet, "decoder_", 0, decoders, NULL);
    write_sheet(&sheet, name);
}

static const char *growing_outputs(const struct bb_node *node)
{
    write_features("growing.nc", N_STIMULI, node->n_time_bins, scored, growing_value);
    return output_text(node->stimuli, "growing.nc", "", node->visual_degrees);
}

/* --- rsm: similarities of people, and units that all respond ---------------------------------------------------------- */

static double raised_value(size_t i, size_t j, size_t bin)
{
    (void)bin;
    return 5 + feature('s', i, j);
}

static const char *region_of_person(size_t s)
{
    return s < N_SUBJECTS ? current->region : "another";
}

/* xarray writes one dimension twice, which this program does not: the second becomes the first. */
static void join_dimensions(const char *name)
{
    hid_t file = H5Fopen(bb_path_join(fixture_arena, fixture_dir, name), H5F_ACC_RDWR, H5P_DEFAULT),
          data = H5Dopen2(file, "data", H5P_DEFAULT);
    hid_t first = H5Dopen2(file, "presentation", H5P_DEFAULT), second = H5Dopen2(file, "twin", H5P_DEFAULT);
    ck_assert_int_ge(H5DSdetach_scale(data, second, 1), 0);
    ck_assert_int_ge(H5DSattach_scale(data, first, 1), 0);
    H5Dclose(second), H5Dclose(first), H5Dclose(data);
    ck_assert_int_ge(H5Ldelete(file, "twin", H5P_DEFAULT), 0);
    H5Fclose(file);
}

static void write_similarities(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    enum { N = N_STIMULI };
    size_t people = lonely ? 1 : 2 * N_SUBJECTS;
    (void)node;
    (void)source;
    struct sheet sheet = {.array = {.dim = {"presentation", "twin", "neuroid"}, .size = {N, N, people}, .n_dims = 3}};
    double *value = BB_NEW_ARRAY(fixture_arena, N * N * people, double);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            for (size_t s = 0; s < people; s++) {
                double sum = 0;
                for (size_t k = 0; k < N_FEATURES; k++) sum += feature('s', i, k) * feature('s', j, k);
                value[(i * N + j) * people + s] =
                    i == j ? 1 : sum / 10 + .1 * synthetic_hash(i < j ? i * N + j : j * N + i, s, 71);
            }
    sheet.array.value = value;
    add_texts(&sheet, "stimulus_id", 0, scored);
    add_texts(&sheet, "subject", 2, observer);
    add_texts(&sheet, "region", 2, region_of_person);
    write_sheet(&sheet, name);
    join_dimensions(name);
}

static const char *raised_outputs(const struct bb_node *node)
{
    write_features("raised.nc", N_STIMULI, 0, scored, raised_value);
    return output_text(node->stimuli, "raised.nc", "", node->visual_degrees);
}

/* --- ridge_classifier_readout: the same objects in three styles ------------------------------------------------------ */

enum { N_ORIGINAL = 40, N_STYLED = 30, N_STYLES = N_ORIGINAL + 2 * N_STYLED };

static const char *source_of_style(size_t i)
{
    return i < N_ORIGINAL || i >= N_ORIGINAL + N_STYLED ? "Silhouette" : "Art";
}
static const char *style(size_t i)
{
    return i < N_ORIGINAL ? "original" : i < N_ORIGINAL + N_STYLED ? "cartoon" : "silhouette";
}
static const char *background(size_t i)
{
    return TEXT("background%zu", i % 10);
}
static const char *only_unit(size_t u)
{
    return TEXT("unit%zu", u);
}
static double styled_value(size_t i, size_t j, size_t bin)
{
    (void)bin;
    return synthetic_hash(i % N_KINDS, j, 73) + synthetic_hash(i, j, 79);
}

static void write_styled(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    (void)node;
    static const struct {
        const char *name;
        text_at *at;
    } coords[] = {{"stimulus_id", scored},
                  {"object_label", kind},
                  {"stimulus_source", source_of_style},
                  {"object_style", style},
                  {"background_id", background}};
    struct sheet sheet = {.array = {.dim = {"presentation", "neuroid"}, .size = {N_STYLES, 1}, .n_dims = 2}};
    sheet.array.value = BB_NEW_ARRAY(fixture_arena, N_STYLES, double);
    for (size_t i = 0; i < sizeof coords / sizeof coords[0]; i++) add_texts(&sheet, coords[i].name, 0, coords[i].at);
    add_texts(&sheet, "neuroid_id", 1, only_unit);
    add_filtered_bins(&sheet, source);
    write_sheet(&sheet, name);
}

static const char *styled_outputs(const struct bb_node *node)
{
    write_features("styled.nc", N_STYLES, 0, scored, styled_value);
    return output_text(node->stimuli, "styled.nc", "", node->visual_degrees);
}

/* --- odd_one_out: triplets of pictures by their numbers, the odd one last -------------------------------------------- */

enum { N_TRIPLETS = 12 * N_STIMULI };

static const char *triplet_name(size_t i)
{
    return TEXT("triplet_%zu", i);
}

static void write_triplets(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    static const char *const names[] = {"image_1", "image_2", "image_3"};
    (void)node;
    (void)source;
    struct sheet sheet = {.array = {.dim = {"presentation"}, .size = {N_TRIPLETS}, .n_dims = 1}};
    double *number = BB_NEW_ARRAY(fixture_arena, 4 * N_TRIPLETS, double);
    for (size_t i = 0; i < N_TRIPLETS; i++) {
        size_t image[] = {i, i + 7, i + 10 + i / N_STIMULI * 5};
        for (size_t k = 0; k < 3; k++) number[k * N_TRIPLETS + i] = (double)(image[k] % N_STIMULI);
    }
    sheet.array.value = number + 3 * N_TRIPLETS;
    add_integers(&sheet, "stimulus_id", 0, number + 2 * N_TRIPLETS);
    add_texts(&sheet, "triplet_id", 0, triplet_name);
    for (size_t k = 0; k < 3; k++) add_integers(&sheet, names[k], 0, number + k * N_TRIPLETS);
    write_sheet(&sheet, name);
}

static double pictured_value(size_t i, size_t j, size_t bin)
{
    (void)bin;
    return feature('s', i, j);
}

static const char *numbered_outputs(const struct bb_node *node)
{
    write_features("numbered.nc", N_STIMULI, 0, number_text, pictured_value);
    return output_text(node->stimuli, "numbered.nc", "", node->visual_degrees);
}

static const struct special specials[] = {{"factor_dimensionality", write_styles, NULL, NULL, NULL},
                                          {"ks_similarity", write_properties, picture_outputs, NULL, NULL},
                                          {"odd_one_out", write_triplets, numbered_outputs, NULL, NULL},
                                          {"ost", write_times, growing_outputs, NULL, NULL},
                                          {"ridge_classifier_readout", write_styled, styled_outputs, NULL, NULL},
                                          {"rsm", write_similarities, raised_outputs, NULL, NULL},
                                          {"threshold", write_thresholds, threshold_outputs, seen_offsets, fitted_offsets},
                                          {"threshold_elevation", write_thresholds, threshold_outputs, seen_offsets, fitted_offsets}};

const struct special *special_of(const struct bb_node *node)
{
    current = node;
    for (size_t i = 0; i < sizeof specials / sizeof specials[0]; i++)
        if (metric_is(node, specials[i].metric)) return &specials[i];
    return NULL;
}
