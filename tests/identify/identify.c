/*
 * `make identify`: runs the identification study (src/example/identify.h) and writes results.csv and results.json; seed-1.csv is the first
 * seed alone, which the tests run again, so that a change of the models shows that the stored study is out of date.
 * usage: identify FOLDER SEEDS WORKERS [FIRST_SEED]
 * Seeds are shared out among forked workers; the results do not depend on how many there are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "example/identify_rules.h"
#include "numeric/blas.h"

struct plan {
    uint64_t first_seed;
    size_t n_seeds, n_workers;
    struct bb_identify_scores *scores; /* shared by the workers, one for each seed */
};

/* A worker's exit status: 0, or 1 after saying what is wrong. */
static int work(const struct plan *plan, size_t worker)
{
    struct bb_err err = {0};
    for (size_t i = worker; i < plan->n_seeds; i += plan->n_workers) {
        if (bb_identify_run(plan->first_seed + i, &bb_identify_size, &plan->scores[i], &err)) {
            fprintf(stderr, "identify: %s\n", err.msg);
            return 1;
        }
        fprintf(stderr, "seed %llu\n", (unsigned long long)(plan->first_seed + i));
    }
    return 0;
}

static void run(const struct plan *plan)
{
    bool failed = false;
    for (size_t w = 0; w < plan->n_workers; w++) {
        pid_t pid = fork();
        if (pid < 0) bb_die("A worker cannot be started.");
        if (pid == 0) _exit(work(plan, w));
    }
    for (size_t w = 0; w < plan->n_workers; w++) {
        int status = 0;
        failed |= wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status);
    }
    if (failed) bb_die("The study is not complete, so nothing was written.");
}

static void write_file(struct bb_arena *arena, const char *folder, const char *name, const struct bb_buf *text)
{
    struct bb_err err = {0};
    if (bb_file_write(bb_path_join(arena, folder, name), bb_buf_text(text), text->len, &err)) bb_die("%s", err.msg);
}

static void write_csv(struct bb_arena *arena, const char *folder, const char *name, const struct plan *plan, size_t n_seeds)
{
    struct bb_buf csv = BB_BUF_INIT;
    struct bb_identify_summary *summary = BB_NEW(arena, struct bb_identify_summary);
    bb_identify_summarise(plan->scores, plan->first_seed, n_seeds, summary);
    bb_identify_csv(summary, &csv);
    write_file(arena, folder, name, &csv);
    bb_buf_release(&csv);
}

static void report(const struct plan *plan, const char *folder)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf json = BB_BUF_INIT;
    struct bb_identify_summary *summary = BB_NEW(arena, struct bb_identify_summary);
    bb_identify_summarise(plan->scores, plan->first_seed, plan->n_seeds, summary);
    bb_identify_json(summary, &bb_identify_size, &json);
    write_csv(arena, folder, "results.csv", plan, plan->n_seeds);
    write_csv(arena, folder, "seed-1.csv", plan, 1);
    write_file(arena, folder, "results.json", &json);
    for (size_t i = 0; i < bb_identify_n_rules; i++) {
        struct bb_buf found = BB_BUF_INIT;
        bool holds = bb_identify_rules[i].holds(summary, &found);
        printf("%2zu %s  %s\n             %s.\n", i + 1, holds ? "held    " : "NOT held", bb_identify_rules[i].text,
               bb_buf_text(&found));
        bb_buf_release(&found);
    }
    bb_buf_release(&json);
    bb_arena_free(arena);
}

static size_t number(const char *text)
{
    char *end = NULL;
    unsigned long value = strtoul(text, &end, 10);
    if (!*text || *end || !value || value > 1000000) bb_die("\"%s\" is not a number from 1 to 1000000.", text);
    return (size_t)value;
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc > 5) bb_die("usage: identify FOLDER SEEDS WORKERS [FIRST_SEED]");
    bb_blas_settle(argv);
    struct plan plan = {.first_seed = argc > 4 ? number(argv[4]) : 1, .n_seeds = number(argv[2]), .n_workers = number(argv[3])};
    plan.scores = mmap(NULL, plan.n_seeds * sizeof *plan.scores, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (plan.scores == MAP_FAILED) bb_die("No memory for the scores of %zu seeds.", plan.n_seeds);
    run(&plan);
    report(&plan, argv[1]);
    return 0;
}
