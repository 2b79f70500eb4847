/*
 * The version of the program, as `brainboard --version` and the results say it.
 */
#ifndef BB_BASE_VERSION_H
#define BB_BASE_VERSION_H

extern const char bb_version[]; /* "0.2.0" */

#endif
