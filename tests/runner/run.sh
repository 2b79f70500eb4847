#!/bin/sh
# The runner of the unit tests, on suites that end badly: what fails, leaks, crashes, hangs, ends the process or leans on another test has never passed.
# TAP on stdout.
set -u
here=$(cd "$(dirname "$0")" && pwd)
part=runner
. "$here/../tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export ASAN_OPTIONS=detect_leaks=1 CK_TIMEOUT_MULTIPLIER=4 SUITE_SECONDS=8

report "it is built" "$(${CC:-cc} -std=c17 -D_GNU_SOURCE -fsanitize=address -DSUITES="\"$here/suites.def\"" -Wl,--wrap=_mark_point $(pkg-config --cflags check) \
    -o "$work/bad" "$here/../unit/runner.c" "$here/bad.c" $(pkg-config --libs check) 2>&1)"
sh "$here/../unit/run.sh" "$work/bad" "$here/suites.def" 2> "$work/err" | sed 's/ok [0-9]* - .*:all:/ok /; s/ok [0-9]* - /ok /' > "$work/said"
report "each of them is told, with the test where that can be known" "$(diff "$here/expected" "$work/said")"
finish
