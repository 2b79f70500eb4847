/*
 * A convolutional net whose weights are random numbers: the architecture alone. Image standardised; three times convolution (7
 * × 7 in steps of 2, 3 × 3, 3 × 3), rectification and maximum over 2 × 2 places, each time with twice as many maps. Layers:
 * `conv1`, `conv2`, `conv3`, each as means on a grid that holds at most 4 × 4 places, and `pool` (means of the last maps over
 * all places).
 */
#ifndef BB_MODEL_CONVNET_H
#define BB_MODEL_CONVNET_H

#include <stdint.h>

#include "model/image.h"
#include "model/layers.h"

struct bb_convnet_spec {
    uint64_t seed;
    size_t width; /* maps after the first convolution: a multiple of 4 */
};

/* side of the images: a multiple of 32. */
void bb_convnet_run(const struct bb_convnet_spec *spec, const struct bb_images *images, struct bb_arena *arena,
                    struct bb_layers *out);

/* The same idea without places: `width` rectified random sums of 16 × 16 means of the image, one layer `random`. */
void bb_random_features_run(const struct bb_convnet_spec *spec, const struct bb_images *images, struct bb_arena *arena,
                            struct bb_layers *out);

#endif
