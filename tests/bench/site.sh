#!/bin/sh
# The speed of rendering against Hugo, side by side, as a table: a board of 1,000 models and 150 benchmarks, made by both from JSON on disk, into folders of their own
# on one file system. Hugo's site (hugo.mjs, hugo/) has the pages of models, benchmarks and the board with their tables, bars, charts and links, and beside each page
# the files that it offers: data as JSON, tables as CSV, JSON, LaTeX and Markdown, charts as SVG and as CSV.
#   on our account alone   all that is computed: averages, ranks, bootstraps, correlations, the texts of numbers, charts (Hugo gets them written and drawn, before the
#                          clock starts); scores.json and scores.csv, the scripts with the values of tables, the compare and insights pages; SHA-256 of every file
#   on Hugo's alone        parsing each page's head
# PDFs are left out (--no-pdf); what the site costs with them, as it ships, is said below without a limit. Each runs three times, in turn; the best counts. Then what
# a run takes that has nothing to do. Memory is that of the largest process.
# usage: tests/bench/site.sh PROGRAM     needs 3 GB in TMPDIR, hugo, node, python3
set -u
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/brainboard-bench.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
export XDG_CACHE_HOME="$dir/cache" HUGO_CACHEDIR="$dir/hugo-cache"
missed=0

seconds() { # seconds COMMAND…: processor time of it and its children, time on the clock, MB of the largest process
    python3 -c '
import resource, subprocess, sys, time
start = time.time()
if subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode != 0: sys.exit(1)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, time.time() - start, used.ru_maxrss / 1000)' "$@" || echo "nan nan nan"
}
best() { # best FILE COLUMN
    sort -n -k "$2" "$1" | awk -v c="$2" 'NR == 1 {print $c}'
}
check() { # check WHAT VALUE LIMIT UNIT most|least
    awk -v what="$1" -v value="$2" -v limit="$3" -v unit="$4" -v kind="$5" 'BEGIN {
        good = kind == "most" ? value <= limit : value >= limit
        printf "%-70s %9.2f %-7s at %-5s %5g  %s\n", what, value, unit, kind, limit, good ? "met" : "MISSED"; exit !good }' || missed=$((missed + 1))
}

node "$here/board.mjs" > "$dir/scores.json" && "$program" render "$dir/scores.json" -o "$dir/ours0" -q --no-pdf > /dev/null || exit 1
node "$here/hugo.mjs" "$dir/scores.json" "$dir/ours0" "$dir/hugo" || exit 1
for i in 1 2 3; do # no folder is removed between runs: a file system that has just let go of many files is slow to make others
    seconds "$program" render "$dir/scores.json" -o "$dir/ours$i" -q --no-pdf >> "$dir/ours.times"
    seconds hugo --quiet -s "$dir/hugo" -d "$dir/theirs$i" >> "$dir/theirs.times"
done
seconds "$program" render "$dir/scores.json" -o "$dir/whole1" -q >> "$dir/whole.times"
for site in ours theirs whole; do
    printf '%-8s %6d pages, %4d MB; %6d files in all, %4d MB; processor %6.2f s, clock %6.2f s, %5.0f MB of memory\n' $site \
        "$(find "$dir/${site}1" -name '*.html' | wc -l)" "$(find "$dir/${site}1" -name '*.html' -exec cat {} + | wc -c | awk '{print int($1 / 1e6)}')" \
        "$(find "$dir/${site}1" -type f | wc -l)" "$(find "$dir/${site}1" -type f -exec cat {} + | wc -c | awk '{print int($1 / 1e6)}')" \
        "$(best "$dir/$site.times" 1)" "$(best "$dir/$site.times" 2)" "$(best "$dir/$site.times" 3)"
done
ratio() { # ratio SITE COLUMN
    awk -v a="$(best "$dir/$1.times" "$2")" -v b="$(best "$dir/theirs.times" "$2")" 'BEGIN {print b / a}'
}
check 'render, 1,000 models x 150 benchmarks: times faster than Hugo (processor)' "$(ratio ours 1)" 5 times least
printf '%-70s %9.2f times\n' '    by the clock, on as many processors as there are' "$(ratio ours 2)"
printf '%-70s %9.2f times\n' '    the whole site with a PDF of each model (processor)' "$(ratio whole 1)"
"$program" render "$dir/scores.json" -o "$dir/ours1" -q --no-pdf > /dev/null
sleep 3
"$program" render "$dir/scores.json" -o "$dir/ours1" -q --no-pdf > /dev/null # the clock of the file system has moved on: times decide from here on
for i in 1 2 3 4 5; do seconds "$program" render "$dir/scores.json" -o "$dir/ours1" -q --no-pdf >> "$dir/again.times"; done
check '    nothing changed (clock)' "$(best "$dir/again.times" 2)" 0.1 s most
echo "$missed missed"
[ "$missed" -eq 0 ]
