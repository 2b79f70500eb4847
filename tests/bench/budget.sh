#!/bin/sh
# What a visitor of a board of 1,000 models and 150 benchmarks waits for, gzip'd as a host sends it, and what a run costs that has nothing to do. TAP.
# usage: BRAINBOARD=PROGRAM tests/bench/budget.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
export XDG_CACHE_HOME="$dir/cache"
n=0 bad=0
within() { # within WHAT VALUE LIMIT UNIT
    n=$((n + 1))
    if [ -n "$2" ] && [ "$2" -le "$3" ]; then
        echo "ok $n - budget: $1: $2 of $3 $4"
    else
        bad=1
        echo "not ok $n - budget: $1: $2 $4, at most $3"
    fi
}
# A page with the style sheets, scripts and pictures that it names; not the values of its table, which are fetched after it stands.
wire() {
    page=$1
    {
        echo "$page"
        grep -oE '(src|href)="[^"]*\.(css|js|svg|png)"' "$page" | sed 's/^[a-z]*="//; s/"$//' | sort -u | while read -r file; do
            echo "$(dirname "$page")/$file"
        done
    } | while read -r file; do gzip -9c "$file" | wc -c; done | awk '{sum += $1} END {print int((sum + 999) / 1000)}'
}

node "$here/board.mjs" > "$dir/scores.json" && "$BRAINBOARD" render "$dir/scores.json" -o "$dir/site" -q > /dev/null || exit 1
within 'the front page, over the wire' "$(wire "$dir/site/index.html")" 300 kB
within 'the leaderboard, over the wire' "$(wire "$dir/site/vision/index.html")" 100 kB
within 'the values of the leaderboard, fetched behind it' "$(gzip -9c "$dir"/site/assets/board-average_vision-*.js | wc -c | awk '{print int($1 / 1000)}')" 2000 kB
within 'a model, over the wire' "$(wire "$dir/site/models/model0000/index.html")" 50 kB
within 'a benchmark, over the wire' "$(wire "$dir/site/benchmarks/benchmark0/index.html")" 75 kB

find "$dir/site" -type f -exec stat -c '%n %s %y %z' {} + | sort > "$dir/before"
spent=$(perl -e 'open(STDOUT, ">/dev/null"); system(@ARGV) == 0 or exit 1; my (undef, undef, $user, $system) = times;
    printf STDERR "%d\n", 1000 * ($user + $system)' -- "$BRAINBOARD" render "$dir/scores.json" -o "$dir/site" 2>&1)
within 'nothing changed' "$(echo "$spent" | tail -n 1)" 100 'ms of processor time'
find "$dir/site" -type f -exec stat -c '%n %s %y %z' {} + | sort | cmp -s "$dir/before" - && echo "$spent" | grep -q '^Nothing changed' || spent=
within 'nothing changed, and no file touched' "${spent:+0}" 0 files
echo "1..$n"
exit $bad
