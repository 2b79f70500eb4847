#!/bin/sh
# Published numbers, from the raw files through the whole program: builds the board of each data set that this machine has (folders of
# BRAINBOARD_DATA) and compares
#   published.tsv   numbers that papers and test suites print, one test each, the value printed beside the published one
#   golden.csv      every cell that numpy computed from the same files (scripts/), one test per board, to 1e-9
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
BRAINBOARD=${BRAINBOARD:-$root/build/brainboard}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0

# The data folder that has a board's set, or nothing.
folder_with() {
    old=$IFS IFS=:
    for dir in ${BRAINBOARD_DATA:-}; do [ -e "$dir/$1" ] && echo "$dir" && break; done
    IFS=$old
}

compare_published() { # board: reads cells and aggregates of scores.csv and scores.json
    awk -F '\t' -v board="$1" -v start=$n '
        function show(x) { return sprintf("%.6f", x) }
        FILENAME ~ /scores.tsv$/ { if (FNR > 1) { k++; model[k] = $1; bench[k] = $2; v["raw", k] = $4; v["ceiling", k] = $5; v["score", k] = $6 } next }
        FILENAME ~ /aggregates.tsv$/ { aggregate[$1, $2] = $3; next }
        FNR == 1 || $1 != board { next }
        {
            sum = count = 0
            if ($6 == "aggregate") { if (($3, $4) in aggregate) { sum = aggregate[$3, $4]; count = 1 } }
            else for (i = 1; i <= k; i++) if (model[i] == $3 && bench[i] ~ $4 && v[$6, i] != "") { sum += v[$6, i]; count++ }
            value = count ? sum / count : "nothing"
            good = count == $5 && value - $7 <= $8 && $7 - value <= $8
            printf "%s %d - %s: %s of %s: %s, published %s (%s)\n", good ? "ok" : "not ok", ++start, board, $2, $3, count ? show(value) : "no value", $7, $9
            if (count != $5) printf "    %d benchmarks match %s, expected %d\n", count, $4, $5
        }' "$work/scores.tsv" "$work/aggregates.tsv" "$here/published.tsv" > "$work/out"
    cat "$work/out"
    n=$((n + $(grep -c . "$work/out") - $(grep -c '^    ' "$work/out")))
}

compare_golden() { # board
    awk -F, -v board="$1" '
        FILENAME ~ /scores.tsv$/ { split($0, f, "\t"); if (FNR > 1) { got[f[1], f[2], "raw"] = f[4]; got[f[1], f[2], "ceiling"] = f[5]; got[f[1], f[2], "score"] = f[6]; got[f[1], f[2], "n"] = f[7] } next }
        $1 != board { next }
        {
            k++
            value = got[$2, $3, $4]
            d = value - $5; if (d < 0) d = -d
            if (d > worst && value != "") worst = d
            if (value == "" || d > 1e-9) { if (bad++ < 10) problems = problems "    " $2 " on " $3 ": " $4 " is " (value == "" ? "missing" : value) ", numpy has " $5 "\n" }
        }
        END { printf "%s - %s: %d values of %d differ from numpy; largest difference of the others %.1e\n%s", bad || !k ? "not ok N" : "ok N", board, bad, k, worst, problems }
    ' "$work/scores.tsv" "$here/golden.csv" > "$work/out"
    n=$((n + 1))
    sed "s/ N - / $n - /" "$work/out"
}

board() { # board folder
    data=$(folder_with "$2")
    if [ -z "$data" ]; then
        n=$((n + 1))
        echo "ok $n - real/$1 # SKIP no $2 in BRAINBOARD_DATA (README.md says where it is had)"
        return
    fi
    if ! "$BRAINBOARD" build "$root/data/boards/$1/manifest.json" --quiet --strict --data "$data" -o "$work/$1" > "$work/log" 2>&1; then
        n=$((n + 1))
        echo "not ok $n - real/$1: the build failed"
        sed 's/^/    /' "$work/log" | head -20
        return
    fi
    sh "$here/cells.sh" "$work/$1/data/scores.json" > "$work/scores.tsv"
    sh "$here/cells.sh" "$work/$1/data/scores.json" aggregates > "$work/aggregates.tsv"
    compare_published "$1"
    if grep -q "^$1," "$here/golden.csv"; then compare_golden "$1"; fi
}

# Files of Brain-Score's packages, as `brainboard show` prints them: each fact that xarray found must stand on a line (blanks counted once).
netcdf() {
    data=$(folder_with netcdf/alexnet-rgb-1000.nc)
    n=$((n + 1))
    if [ -z "$data" ]; then
        echo "ok $n - real/netcdf # SKIP no netcdf/alexnet-rgb-1000.nc in BRAINBOARD_DATA"
        return
    fi
    for file in $(cut -f1 "$here/netcdf.tsv" | uniq); do
        "$BRAINBOARD" show "$data/netcdf/$file" 2>&1 | awk -v file="$file" 'NF { $1 = $1; print file "\t" $0 }'
    done > "$work/shown.tsv"
    awk 'FILENAME ~ /shown.tsv$/ { line[++k] = $0; next }
        { for (i = 1; i <= k; i++) if (index(line[i], $0) == 1) next; print "    not said: " $0 }' "$work/shown.tsv" "$here/netcdf.tsv" > "$work/out"
    [ -s "$work/out" ] && printf 'not '
    echo "ok $n - real/netcdf: $(grep -c . "$here/netcdf.tsv") facts that xarray found in the files, as show prints them"
    cat "$work/out"
}

board geirhos2021 geirhos2021
board natural_stories natural_stories
board kriegeskorte2008 kriegeskorte2008_92
board syntaxgym2020 syntaxgym2020
board published leaderboards
netcdf
echo "1..$n"
