#!/bin/sh
# Scores the golden project of neural benchmarks (neural.py) from its files, and compares every cell with what the reference's flow gave, to 1e-6. TAP.
# BRAINBOARD: the program; COMPARE: the comparer (compare.c).
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
COMPARE=${COMPARE:-$here/../../build/asan/compare-scores}
unset BRAINBOARD_DATA
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"
"$BRAINBOARD" score "$here/neural/manifest.json" -o "$work/scores.json" --quiet > "$work/out" 2> "$work/err" < /dev/null
status=$?
if [ ! -s "$work/scores.json" ]; then
    echo "not ok 1 - neural: brainboard score ended with status $status"
    tail -n 20 "$work/err" | sed 's/^/    /'
    echo 1..1
    exit 1
fi
"$COMPARE" "$work/scores.json" "$here/neural/expected.json" 1e-6
