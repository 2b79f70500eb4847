/*
 * How the linear algebra library is run.
 */
#ifndef BB_NUMERIC_BLAS_H
#define BB_NUMERIC_BLAS_H

/* One BLAS thread in this process: sums are then made in one order, and their bits do not depend on the number of cores. */
void bb_blas_one_thread(void);

#endif
