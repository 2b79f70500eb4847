#!/bin/sh
# The speed of rendering against Hugo, side by side, as a table: a board of 1,000 models and 150 benchmarks, made by both from JSON on disk into the same folder of
# temporary files. Hugo's site (hugo.mjs, hugo/) has the same pages, tables, bars and data of each model and benchmark; its numbers are computed and its charts drawn
# before the clock starts. What only programs read (scores.json, scores.csv, values of tables for scripts) is on our account alone. Each runs three times, in turn; the
# best counts. Then what a run takes that has nothing to do, and the bytes that a visitor waits for.
# usage: tests/bench/site.sh PROGRAM     needs 2 GB in TMPDIR, hugo, node
set -u
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/brainboard-bench.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
export XDG_CACHE_HOME="$dir/cache" HUGO_CACHEDIR="$dir/hugo-cache"
missed=0

seconds() { # seconds COMMAND…: processor time of it and its children, and time on the clock
    perl -MTime::HiRes=time -e '
        my $start = time; open(STDOUT, ">/dev/null"); system(@ARGV) == 0 or exit 1;
        my (undef, undef, $user, $system) = times; printf STDERR "%.3f %.3f\n", $user + $system, time - $start' -- "$@" 2>> "$dir/log"
    tail -n 1 "$dir/log"
}
best() { # best FILE COLUMN
    sort -n -k "$2" "$1" | awk -v c="$2" 'NR == 1 {print $c}'
}
check() { # check WHAT VALUE LIMIT UNIT most|least
    awk -v what="$1" -v value="$2" -v limit="$3" -v unit="$4" -v kind="$5" 'BEGIN {
        good = kind == "most" ? value <= limit : value >= limit
        printf "%-70s %9.2f %-7s at %-5s %5g  %s\n", what, value, unit, kind, limit, good ? "met" : "MISSED"; exit !good }' || missed=$((missed + 1))
}

node "$here/board.mjs" > "$dir/scores.json" && "$program" render "$dir/scores.json" -o "$dir/ours" -q > /dev/null || exit 1
node "$here/hugo.mjs" "$dir/scores.json" "$dir/ours" "$dir/hugo" || exit 1
for i in 1 2 3; do
    rm -rf "$dir/ours" "$dir/theirs"
    seconds "$program" render "$dir/scores.json" -o "$dir/ours" -q --force >> "$dir/ours.times"
    seconds hugo --quiet -s "$dir/hugo" -d "$dir/theirs" >> "$dir/theirs.times"
done
for site in ours theirs; do
    printf '%-8s %6d pages, %4d MB of HTML, %4d MB in all; processor %6.2f s, clock %6.2f s\n' $site "$(find "$dir/$site" -name '*.html' | wc -l)" \
        "$(find "$dir/$site" -name '*.html' -exec cat {} + | wc -c | awk '{print int($1 / 1e6)}')" "$(du -sb "$dir/$site" | awk '{print int($1 / 1e6)}')" \
        "$(best "$dir/$site.times" 1)" "$(best "$dir/$site.times" 2)"
done
ratio() {
    awk -v a="$(best "$dir/ours.times" "$1")" -v b="$(best "$dir/theirs.times" "$1")" 'BEGIN {print b / a}'
}
check 'render, 1,000 models x 150 benchmarks: times faster than Hugo (processor)' "$(ratio 1)" 5 times least
printf '%-70s %9.2f times\n' '    by the clock, on as many processors as there are' "$(ratio 2)"
"$program" render "$dir/scores.json" -o "$dir/ours" -q > /dev/null
sleep 3
"$program" render "$dir/scores.json" -o "$dir/ours" -q > /dev/null # the clock of the file system has moved on: times decide from here on
for i in 1 2 3 4 5; do seconds "$program" render "$dir/scores.json" -o "$dir/ours" -q >> "$dir/again.times"; done
check '    nothing changed (clock)' "$(best "$dir/again.times" 2)" 0.1 s most
echo "$missed missed"
[ "$missed" -eq 0 ]
