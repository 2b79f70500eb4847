#include "metric/odd_one_out.h"

#include <math.h>
#include <stdlib.h>

#include "metric/align.h"

static const char *const image_coord[] = {"image_1", "image_2", "image_3"};

/* Triplets by numbers of images; odd: 0, 1, 2; −1: the row has no answer. */
struct triplets {
    struct bb_names *name;
    int32_t (*image)[3];
    int8_t *odd;
    size_t n;
};

static enum bb_code read_triplets(const struct bb_assembly *assembly, const char *whose, bool third, struct bb_names *names,
                                  struct bb_arena *arena, struct triplets *out, struct bb_err *err)
{
    struct bb_groups image[3], choice = {0};
    const struct bb_coord *coord;
    for (size_t k = 0; k < 3; k++) {
        enum bb_code rc = bb_need_coord(assembly, image_coord[k], whose, arena, &coord, err);
        if (rc) return rc;
        image[k] = bb_coord_groups(coord, arena);
    }
    coord = bb_assembly_coord(assembly, "choice");
    if (!coord && !third) return bb_need_coord(assembly, "choice", whose, arena, &coord, err);
    if (coord) choice = bb_coord_groups(coord, arena);
    size_t n = image[0].n;
    out->name = names;
    out->n = n;
    out->image = (int32_t(*)[3])bb_arena_alloc(arena, n, sizeof *out->image);
    out->odd = BB_NEW_ARRAY(arena, n, int8_t);
    for (size_t i = 0; i < n; i++) {
        out->odd[i] = coord ? -1 : 2;
        const char *answer = coord && choice.group[i] >= 0 ? choice.name[choice.group[i]] : NULL;
        for (size_t k = 0; k < 3; k++) {
            if (image[k].group[i] < 0)
                return bb_fail(err, BB_EINPUT, "row %zu of %s has no \"%s\"", i + 1, whose, image_coord[k]);
            const char *own = image[k].name[image[k].group[i]];
            out->image[i][k] = (int32_t)bb_names_add(names, own);
            if (bb_streq(own, answer)) out->odd[i] = (int8_t)k;
        }
        if (answer && out->odd[i] < 0)
            return bb_fail(err, BB_EINPUT, "in row %zu of %s the choice \"%s\" is none of the three images", i + 1, whose,
                           answer);
    }
    return BB_OK;
}

/* What became of the triplets that people answered. */
struct tally {
    size_t same, n, asked;
    const int32_t *first; /* images of the first that the model does not answer */
};

static void add_triplet(struct tally *t, const int32_t *image, bool answered, bool same)
{
    t->asked++;
    t->n += answered;
    t->same += answered && same;
    if (!answered && !t->first) t->first = image;
}

static enum bb_code finish(const struct bb_task *task, const struct tally *t, const struct bb_names *names,
                           struct bb_metric_result *result, struct bb_err *err)
{
    if (t->first && !task->partial)
        return bb_refuse_partial(t->n, t->asked, "triplets",
                                 bb_arena_printf(task->arena, "\"%s\", \"%s\", \"%s\"", names->name[t->first[0]],
                                                 names->name[t->first[1]], names->name[t->first[2]]),
                                 err);
    double p = (double)t->same / (double)t->n;
    result->raw = p;
    result->error = sqrt(p * (1 - p) / (double)t->n);
    result->error_kind = "trial_sem";
    result->n = t->n;
    result->warning = bb_missing_warning(t->asked - t->n, t->asked, "triplets have no answer", task->arena);
    return BB_OK;
}

/* --- choices ------------------------------------------------------------------------------------------------------------- */

/* A triplet without its order, and which image is odd. */
struct sorted {
    int32_t image[3], odd; /* odd −1: no answer */
};

static struct sorted sort_triplet(const int32_t image[3], int8_t odd)
{
    struct sorted s = {{image[0], image[1], image[2]}, odd < 0 ? -1 : image[odd]};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2 - i; j++)
            if (s.image[j] > s.image[j + 1]) {
                int32_t swap = s.image[j];
                s.image[j] = s.image[j + 1];
                s.image[j + 1] = swap;
            }
    return s;
}

static int compare_sorted(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    for (size_t k = 0; k < 3; k++)
        if (x->image[k] != y->image[k]) return x->image[k] < y->image[k] ? -1 : 1;
    return 0;
}

/* A triplet that the model's table has, without an odd image, is a trial without a right answer. */
static enum bb_code match(const struct triplets *human, const struct triplets *model, const struct bb_task *task,
                          struct bb_metric_result *result, struct bb_err *err)
{
    struct sorted *list = BB_NEW_ARRAY(task->arena, model->n, struct sorted);
    struct tally t = {0};
    for (size_t i = 0; i < model->n; i++) list[i] = sort_triplet(model->image[i], model->odd[i]);
    qsort(list, model->n, sizeof *list, compare_sorted);
    for (size_t i = 1; i < model->n; i++)
        if (compare_sorted(&list[i - 1], &list[i]) == 0 && list[i - 1].odd != list[i].odd)
            return bb_fail(err, BB_EINPUT, "the model answers the triplet \"%s\", \"%s\", \"%s\" twice, and not the same",
                           human->name->name[list[i].image[0]], human->name->name[list[i].image[1]],
                           human->name->name[list[i].image[2]]);
    for (size_t i = 0; i < human->n; i++) {
        if (human->odd[i] < 0) continue;
        struct sorted key = sort_triplet(human->image[i], human->odd[i]);
        const struct sorted *found = model->n ? bsearch(&key, list, model->n, sizeof key, compare_sorted) : NULL;
        add_triplet(&t, human->image[i], found != NULL, found && found->odd == key.odd);
    }
    if (!t.n) return bb_fail(err, BB_EINPUT, "the model answers none of the %zu triplets of the recording", t.asked);
    return finish(task, &t, human->name, result, err);
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_names names;
    struct triplets human, model;
    bb_names_init(&names);
    enum bb_code rc = read_triplets(task->data, BB_THE_RECORDING, true, &names, task->arena, &human, err);
    if (!rc) rc = read_triplets(task->model, BB_THE_MODEL, false, &names, task->arena, &model, err);
    if (!rc) rc = match(&human, &model, task, result, err);
    bb_names_release(&names);
    return rc;
}

/* --- features -------------------------------------------------------------------------------------------------------------- */

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct bb_features *f = task->features;
    struct bb_names names;
    struct triplets human;
    struct tally t = {0};
    bb_names_init(&names);
    enum bb_code rc = read_triplets(task->data, BB_THE_RECORDING, true, &names, task->arena, &human, err);
    if (!rc) {
        const int32_t *row = bb_match_names(names.name, names.n, f->stimulus, f->n, task->arena);
        size_t *all = BB_NEW_ARRAY(task->arena, f->n, size_t);
        double *K = BB_NEW_ARRAY(task->arena, f->n * f->n, double);
        for (size_t i = 0; i < f->n; i++) all[i] = i;
        bb_gram_uncentred(f->gram, all, f->n, K);
        for (size_t i = 0; i < human.n; i++) {
            const int32_t *image = human.image[i];
            int32_t a = row[image[0]], b = row[image[1]], c = row[image[2]];
            if (human.odd[i] < 0) continue;
            if (a < 0 || b < 0 || c < 0) {
                add_triplet(&t, image, false, false);
                continue;
            }
            const double s[] = {K[(size_t)a * f->n + (size_t)b], K[(size_t)a * f->n + (size_t)c],
                                K[(size_t)b * f->n + (size_t)c]};
            int8_t odd = 2;
            if (s[1] > s[0]) odd = 1;
            if (s[2] > s[0] && s[2] > s[1]) odd = 0;
            add_triplet(&t, image, true, odd == human.odd[i]);
        }
        if (!t.n)
            rc = bb_fail(err, BB_EINPUT,
                         "the model has activations of no whole triplet of the recording: its first image is \"%s\", the "
                         "recording's \"%s\"",
                         f->n ? f->stimulus[0] : "", names.n ? names.name[0] : "");
    }
    if (!rc) rc = finish(task, &t, &names, result, err);
    if (!rc) result->detail = "choices read out by dot products of features";
    bb_names_release(&names);
    return rc;
}

static const char *const model_coords[] = {"image_1", "image_2", "image_3", "choice", NULL};
static const char *const data_coords[] = {"image_1", "image_2", "image_3", NULL};

const struct bb_metric bb_odd_one_out = {
    .name = "odd_one_out",
    .version = 2, /* 2: a triplet with a missing choice is not right, where it did not count */
    .title = "Odd-one-out match",
    .formula = "share of triplets in which model and human find the same image odd",
    .model_coords = model_coords,
    .data_coords = data_coords,
    .score = score,
    .score_features = score_features,
    .behavior = BB_BEHAVIOR_CHOICES,
    .needs = "for each triplet of images the odd one, or activations to the images, whose dot products say it",
};
