#!/bin/sh
# What reports cost, as a table: a board of 1,000 models and 150 benchmarks, rendered with and without PDFs in turn, three times; the best counts.
# usage: tests/bench/reports.sh PROGRAM MEASURE     (`make bench` builds both)     needs 1 GB in TMPDIR, node
set -u
program=$(realpath "$1")
measure=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/brainboard-bench.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
export XDG_CACHE_HOME="$dir/cache"
missed=0

best() { # best NAME COLUMN
    sort -n -k "$2" "$dir/$1.times" | awk -v c="$2" 'NR == 1 {print $c}'
}
check() { # check WHAT VALUE MOST UNIT
    awk -v what="$1" -v value="$2" -v most="$3" -v unit="$4" 'BEGIN {
        good = value <= most
        printf "%-70s %9.2f %-7s at most %5g  %s\n", what, value, unit, most, good ? "met" : "MISSED"; exit !good }' || missed=$((missed + 1))
}

node "$here/board.mjs" > "$dir/scores.json" || exit 1
for i in 1 2 3; do
    "$measure" "$program" render "$dir/scores.json" -o "$dir/without" -q --force --no-pdf >> "$dir/without.times" || exit 1
    "$measure" "$program" render "$dir/scores.json" -o "$dir/with" -q --force >> "$dir/with.times" || exit 1
done
n=$(find "$dir/with/models" -name report.pdf | wc -l)
check 'a report of a model, of 1,000 on 150 benchmarks (processor)' \
    "$(awk -v a="$(best with 1)" -v b="$(best without 1)" -v n="$n" 'BEGIN {print 1000 * (a - b) / n}')" 5 ms
check '    memory of the largest process, more than without reports' \
    "$(awk -v a="$(best with 3)" -v b="$(best without 3)" 'BEGIN {print a - b}')" 32 MB
check '    size' "$(find "$dir/with/models" -name report.pdf -exec cat {} + | wc -c | awk -v n="$n" '{print $1 / n / 1e3}')" 45 kB
check 'report.pdf of that board: size' "$(wc -c < "$dir/with/report.pdf" | awk '{print $1 / 1e6}')" 4 MB
echo "$missed missed"
[ "$missed" -eq 0 ]
