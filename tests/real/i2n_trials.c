/*
 * Trials of people who were never there, for the images of a file of probabilities of Brain-Score's: the truth of image i is object i mod 24 in sorted
 * order, distractors and answers come from a linear congruential generator. What scripts/i2n_golden.py computes with, as CSV.
 * usage: i2n-trials FILE.nc > trials.csv
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/array_file.h"

enum { TRIALS = 48000 };

static double next_uniform(void)
{
    static uint32_t x = 12345;
    x = 1664525u * x + 1013904223u;
    return (double)x / 4294967296.;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int main(int argc, char **argv)
{
    struct bb_assembly *assembly;
    struct bb_err err = {0};
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_array_source source = {.path = argc == 2 ? argv[1] : ""};
    if (bb_array_load(&source, 0, &assembly, &err) != BB_OK) {
        fprintf(stderr, "i2n-trials: %s\n", err.msg);
        return 1;
    }
    struct bb_groups image = bb_coord_groups(bb_assembly_coord(assembly, "stimulus_id"), arena);
    struct bb_groups object = bb_coord_groups(bb_assembly_coord(assembly, "choice"), arena);
    size_t k = object.n_groups;
    const char **name = BB_NEW_ARRAY(arena, k, const char *);
    memcpy(name, object.name, k * sizeof *name);
    qsort(name, k, sizeof *name, compare_texts);
    puts("stimulus_id,truth,dist_obj,choice");
    for (size_t t = 0; t < TRIALS; t++) {
        size_t i = t % image.n_groups, truth = i % k, other = (size_t)(next_uniform() * (double)(k - 1));
        other += other >= truth;
        double right = .7 + .25 * sin(.37 * (double)i + .91 * (double)other);
        printf("%s,%s,%s,%s\n", image.name[i], name[truth], name[other], name[next_uniform() < right ? truth : other]);
    }
    bb_assembly_free(assembly);
    bb_arena_free(arena);
    return 0;
}
