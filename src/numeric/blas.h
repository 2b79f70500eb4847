/*
 * How the linear algebra library is run.
 */
#ifndef BB_NUMERIC_BLAS_H
#define BB_NUMERIC_BLAS_H

#include "base/err.h"

/*
 * One BLAS thread from the start (the library starts its threads before main, and forking a process with threads is asking
 * for trouble), and, where the processor has it, the kernel for Haswell, whose bits are the same on every processor since
 * 2013 and which costs nothing: the library looks at the environment when it is loaded, so the program starts itself anew,
 * once. What the environment says already stands.
 */
void bb_blas_settle(char **argv);

/* One BLAS thread in this process: sums are then made in one order, and their bits do not depend on the number of cores. */
void bb_blas_one_thread(void);

/* The library and its kernel, on which the last bits of a sum depend: "OpenBLAS 0.3.21, Haswell". The same text in every call. */
const char *bb_blas_kernel(void);

/* A small product, a rank-k update and a factorisation against plain loops: a library that takes the processor for another
   one computes wrong numbers without a word. BB_ENUMERIC with the name of its kernel. */
enum bb_code bb_blas_self_check(struct bb_err *err) BB_MUST_CHECK;

#endif
