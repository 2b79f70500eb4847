#include "base/version.h"

const char bb_version[] = "0.2.0";
