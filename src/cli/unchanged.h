/*
 * Nothing changed: a run that would make the site that is already there ends before it reads anything.
 *
 * A build notes everything that it asked of the file system (base/trace.h): each file with its size, times, inode and digest, each path that
 * was looked for and absent, each pattern with its matches. It keeps that, with the state of every file of the site, in the cache
 * (site-<digest of the site's path>): not in the site, which is the same whoever builds it and names no path of a machine. The next run with
 * the same options compares. What stat(2) says decides for a file only when the file was last changed well before it was read, as in git's
 * index; else, and when stat differs, its digest does.
 *
 * Remembered is only what would come out the same again: not with --no-cache or --shard, nor when a cell failed for lack of memory or time.
 */
#ifndef BB_CLI_UNCHANGED_H
#define BB_CLI_UNCHANGED_H

#include "cli/cli.h"
#include "score/results.h"

struct bb_unchanged;

/* Runs a command that renders a site: `make`, whose run is noted, or, where nothing changed, nothing: what the last run said is said again and
   the page to open is printed. Returns the exit status. */
int bb_unchanged_run(const struct bb_args *args, int (*make)(const struct bb_args *args, struct bb_unchanged *run));

/* The site is there; `results` are what it shows. `keeps`: they would be the same if they were made again. */
void bb_unchanged_remember(struct bb_unchanged *run, const struct bb_results *results, bool keeps);

#endif
