/*
 * All unit tests in one program: `unit-tests [SUITE…]`. Reports TAP on stdout.
 *
 * One suite runs without a process for each test, which costs ten times as much as most tests do: what leaks, shows when the suite ends.
 * More than one, and those that suites.def calls FORKED, have a process for each test. CK_FORK=yes or no decides it for all.
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef SUITES
#define SUITES "suites.def"
#endif

#define SUITE(name) Suite *suite_##name(void);
#define FORKED SUITE
#include SUITES
#undef FORKED
#undef SUITE

static const struct {
    const char *name;
    Suite *(*make)(void);
    bool forked;
} suites[] = {
#define SUITE(name) {#name, suite_##name, false},
#define FORKED(name) {#name, suite_##name, true},
#include SUITES
#undef FORKED
#undef SUITE
};

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0) return true;
    return argc < 2;
}

/*
 * Check writes each assertion that it passes into a file, and reads that back by moving all of it: half of the time of a suite with loops. Where a test
 * stopped, the message of its failure says, or the trace of its crash. (The linker puts this in Check's place: --wrap.)
 */
void __wrap__mark_point(const char *file, int line);
void __wrap__mark_point(const char *file, int line)
{
    (void)file, (void)line;
}

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    bool forked = argc != 2;
    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++)
        if (wanted(suites[i].name, argc, argv)) {
            srunner_add_suite(runner, suites[i].make());
            forked = forked || suites[i].forked;
        }
    if (!getenv("CK_FORK")) srunner_set_fork_status(runner, forked ? CK_FORK : CK_NOFORK);
    setvbuf(stdout, NULL, _IOLBF, 0); /* a crash leaves the results up to it */
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
