#!/bin/sh
# Every suite in a process of its own, as many at once as there are cores; TAP on stdout. usage: run.sh UNIT_TESTS [SUITES.DEF]
#
# A suite that fails, leaks, crashes or hangs has failed, and runs again with a process for each test, which names the test.
set -u
here=$(cd "$(dirname "$0")" && pwd)
UNIT_TESTS=$1
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
# A suite has ten minutes, and where each test has its process, a test four seconds: enough on a quiet machine; a busy one is given time.
export UNIT_TESTS out SUITE_SECONDS=${SUITE_SECONDS:-600} CK_TIMEOUT_MULTIPLIER=${CK_TIMEOUT_MULTIPLIER:-8}
# Suites that fork workers pay for each page of memory, and for each thread: freed memory is watched for a while, not for the whole of a suite, and BLAS
# has no threads, as in a worker.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=8" OPENBLAS_NUM_THREADS=1
# The plan is the last line that a suite writes: without it, some test ended the process.
sed -n 's/^[A-Z]*(\(.*\))$/\1/p' "${2:-$here/suites.def}" | xargs -P "$(nproc 2> /dev/null || echo 2)" -I{} sh -c '
    timeout --foreground -s KILL "$SUITE_SECONDS" "$UNIT_TESTS" {} > "$out/{}" 2> "$out/{}.err"
    status=$?
    [ $status -eq 0 ] && grep -q "^1\.\.[1-9]" "$out/{}" && exit
    CK_FORK=yes "$UNIT_TESTS" {} > "$out/{}.again" 2>> "$out/{}.err"
    if grep -q "^not ok" "$out/{}.again"; then mv "$out/{}.again" "$out/{}"; else rm "$out/{}.again"; fi
    grep -q "^not ok" "$out/{}" || echo "not ok 1 - unit: {} ended early or badly (status $status); each of its tests passes alone" >> "$out/{}"'
cat "$out"/*.err >&2
find "$out" -type f ! -name '*.err' | sort | xargs cat | sed '/^1\.\./d'
