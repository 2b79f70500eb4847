#include "metric/imagenet_labels.h"

#include <string.h>

/* Sorted. Where studies differ on a category, that of Geirhos et al. stands. */
static const struct bb_class_range aeroplane[] = {{404, 404}, {895, 895}};
static const struct bb_class_range airplane[] = {{404, 404}};
static const struct bb_class_range banana[] = {{954, 954}};
static const struct bb_class_range beanie[] = {{439, 439}, {452, 452}, {515, 515}, {808, 808}};
static const struct bb_class_range bear[] = {{294, 297}};
static const struct bb_class_range bicycle[] = {{444, 444}, {671, 671}};
static const struct bb_class_range binoculars[] = {{447, 447}};
static const struct bb_class_range bird[] = {{8, 8},   {10, 16},  {18, 20},   {22, 24},  {80, 83},
                                             {87, 96}, {98, 100}, {127, 133}, {135, 145}};
static const struct bb_class_range boat[] = {{472, 472}, {554, 554}, {625, 625}, {814, 814}, {914, 914}};
static const struct bb_class_range boot[] = {{514, 514}};
static const struct bb_class_range bottle[] = {{440, 440}, {720, 720}, {737, 737}, {898, 899}, {901, 901}, {907, 907}};
static const struct bb_class_range bowl[] = {{659, 659}, {809, 809}};
static const struct bb_class_range bunny[] = {{330, 332}};
static const struct bb_class_range bus[] = {{654, 654}, {779, 779}, {874, 874}};
static const struct bb_class_range car[] = {{436, 436}, {511, 511}, {817, 817}};
static const struct bb_class_range cat[] = {{281, 286}};
static const struct bb_class_range chair[] = {{423, 423}, {559, 559}, {765, 765}, {857, 857}};
static const struct bb_class_range clock[] = {{409, 409}, {530, 530}, {892, 892}};
static const struct bb_class_range cup[] = {{968, 968}};
static const struct bb_class_range dog[] = {{152, 191}, {193, 203}, {205, 226}, {228, 241}, {243, 250},
                                            {252, 257}, {259, 259}, {261, 263}, {265, 268}};
static const struct bb_class_range elephant[] = {{385, 386}};
static const struct bb_class_range frog[] = {{30, 32}};
static const struct bb_class_range glasses[] = {{837, 837}};
static const struct bb_class_range keyboard[] = {{508, 508}, {878, 878}};
static const struct bb_class_range knife[] = {{499, 499}};
static const struct bb_class_range lamp[] = {{470, 470}, {607, 607}, {818, 818}, {846, 846}};
static const struct bb_class_range lizard[] = {{38, 48}};
static const struct bb_class_range motorbike[] = {{665, 665}, {670, 670}};
static const struct bb_class_range oven[] = {{766, 766}};
static const struct bb_class_range pan[] = {{567, 567}};
static const struct bb_class_range sewingmachine[] = {{786, 786}};
static const struct bb_class_range shovel[] = {{792, 792}};
static const struct bb_class_range tiger[] = {{286, 293}};
static const struct bb_class_range truck[] = {{555, 555}, {569, 569}, {656, 656}, {675, 675},
                                              {717, 717}, {734, 734}, {864, 864}, {867, 867}};
static const struct bb_class_range turtle[] = {{33, 37}};
static const struct bb_class_range wolf[] = {{269, 275}};
#define CATEGORY(name)                                                                                                           \
    {                                                                                                                            \
#name, name, sizeof name / sizeof name[0]                                                                                \
    }
static const struct {
    const char *label;
    const struct bb_class_range *range;
    size_t n;
} categories[] = {
    CATEGORY(aeroplane),     CATEGORY(airplane), CATEGORY(banana),   CATEGORY(beanie),    CATEGORY(bear),    CATEGORY(bicycle),
    CATEGORY(binoculars),    CATEGORY(bird),     CATEGORY(boat),     CATEGORY(boot),      CATEGORY(bottle),  CATEGORY(bowl),
    CATEGORY(bunny),         CATEGORY(bus),      CATEGORY(car),      CATEGORY(cat),       CATEGORY(chair),   CATEGORY(clock),
    CATEGORY(cup),           CATEGORY(dog),      CATEGORY(elephant), CATEGORY(frog),      CATEGORY(glasses), CATEGORY(keyboard),
    CATEGORY(knife),         CATEGORY(lamp),     CATEGORY(lizard),   CATEGORY(motorbike), CATEGORY(oven),    CATEGORY(pan),
    CATEGORY(sewingmachine), CATEGORY(shovel),   CATEGORY(tiger),    CATEGORY(truck),     CATEGORY(turtle),  CATEGORY(wolf)};

const struct bb_class_range *bb_imagenet_category(const char *label, size_t *n)
{
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        if (strcmp(categories[i].label, label) != 0) continue;
        *n = categories[i].n;
        return categories[i].range;
    }
    return NULL;
}
