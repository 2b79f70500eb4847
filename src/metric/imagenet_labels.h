/*
 * Categories as sets of ImageNet classes (ILSVRC 2012, numbered from 0 in the order of their synsets): the 16 of Geirhos et al. (2018), which
 * follow WordNet, and those that later studies of behaviour added (Zhu et al. 2019, Baker et al. 2022, Scialom et al. 2024).
 */
#ifndef BB_METRIC_IMAGENET_LABELS_H
#define BB_METRIC_IMAGENET_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum { BB_IMAGENET_CLASSES = 1000 };

/* Ranges of classes, first and last; *n of them. NULL: no such category. */
struct bb_class_range {
    short first, last;
};
const struct bb_class_range *bb_imagenet_category(const char *label, size_t *n);

/* The classes themselves are called by their synsets, "n01440764". */
bool bb_is_imagenet_class(const char *label);
const char *const *bb_imagenet_classes(struct bb_arena *arena); /* all, in their order */

#endif
