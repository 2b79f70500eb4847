#include "numeric/blas.h"

#include <cblas.h>

void bb_blas_one_thread(void)
{
    openblas_set_num_threads(1);
}
