#!/bin/sh
# Published numbers, from the raw files through the whole program: builds the board of each data set that this machine has (folders of
# BRAINBOARD_DATA) and compares
#   published.tsv   numbers that papers and test suites print, one test each, the value printed beside the published one
#   i2n.tsv         discrimination of objects by three models, against made-up trials, that numpy and scipy computed, to 1e-9; and the same of
#                   i2n_reference.json, which is no part of the project
#   golden.csv      every cell that numpy computed from the same files (scripts/), one test per board, to 1e-9
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
export BRAINBOARD="${BRAINBOARD:-$root/build/brainboard}"
I2N_TRIALS=${I2N_TRIALS:-$root/build/i2n-trials}
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

# Relations that papers print, as data/insights.csv has them (no field of the columns that are read has a comma).
compare_insights() { # board
    sed 's/"[^"]*"/text/g' "$work/$1/data/insights.csv" > "$work/insights.csv"
    awk -v board="$1" -v start=$n '
        FILENAME ~ /insights.csv$/ { k = split($0, f, ","); for (i = 1; i <= k; i++) { if (FNR == 1) name[i] = f[i]; else value[f[1], name[i]] = f[i] } next }
        FNR == 1 || $1 != board { next }
        {
            got = value[$2, $3]
            d = got - $4; if (d < 0) d = -d
            printf "%s %d - %s: %s: %s, expected %s\n", got != "" && d <= $5 ? "ok" : "not ok", ++start, board, $6, got == "" ? "no value" : sprintf("%.6g", got), $4
        }' "$work/insights.csv" FS='\t' "$here/insights.tsv" > "$work/out"
    cat "$work/out"
    n=$((n + $(grep -c . "$work/out")))
}

board() { # board folder
    data=$(folder_with "$2")
    if [ -z "$data" ]; then
        n=$((n + 1))
        echo "ok $n - real/$1 # SKIP no $2 in BRAINBOARD_DATA (README.md says where it is had)"
        return
    fi
    if ! "$BRAINBOARD" build "$root/data/boards/$1/manifest.json" --quiet --strict --data "$data" --data "$work/ran" -o "$work/$1" > "$work/log" 2>&1; then
        n=$((n + 1))
        echo "not ok $n - real/$1: the build failed"
        sed 's/^/    /' "$work/log" | head -20
        return
    fi
    sh "$here/cells.sh" "$work/$1/data/scores.json" > "$work/scores.tsv"
    sh "$here/cells.sh" "$work/$1/data/scores.json" aggregates > "$work/aggregates.tsv"
    compare_published "$1"
    if grep -q "^$1," "$here/golden.csv"; then compare_golden "$1"; fi
    if grep -q "^$1	" "$here/insights.tsv"; then compare_insights "$1"; fi
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

# Brain-Score.web's own test fixtures, imported as a score list: the averages, ranks and rounding of its vision leaderboard. A row of the expected
# table: model, average, rank by our rounding, score and rank with --parity ("-": not looked at).
fixtures() {
    data=$(folder_with web_fixtures/fixture-scores.json)
    n=$((n + 1))
    if [ -z "$data" ]; then
        echo "ok $n - real/web_fixtures # SKIP no web_fixtures in BRAINBOARD_DATA (README.md says where it is had)"
        return
    fi
    for site in own parity; do
        option=
        [ $site = parity ] && option=--parity
        { [ -d "$work/fixtures" ] || "$BRAINBOARD" import "$data/web_fixtures" -o "$work/fixtures" --domain vision -q; } > "$work/log" 2>&1 \
            && "$BRAINBOARD" build "$work/fixtures/manifest.json" --quiet -o "$work/$site" $option > "$work/log" 2>&1 \
            || { echo "not ok $n - real/web_fixtures: $(tail -n 1 "$work/log")"; return; }
        sh "$here/cells.sh" "$work/$site/data/scores.json" aggregates | awk -F '\t' '$2 == "average_vision" { print $1, $3 }' > "$work/$site.average"
        sed -n 's/^{"model":"\([^"]*\)","node":"average_vision","rank":\([0-9]*\)}.*/\1 \2/p' "$work/$site/data/scores.json" > "$work/$site.rank"
        # the score as the leaderboard prints it: the first number of its first row
        awk '/<tr/ { model = "" } match($0, /models\/[^\/"]*\/index/) { model = substr($0, RSTART + 7, RLENGTH - 13) }
            model != "" && /<td class="num own/ { gsub(/<[^>]*>/, ""); if (!seen[model]++) print model, $1; model = "" }' "$work/$site/vision/index.html" > "$work/$site.shown"
    done
    awk -v n=$n '
        FILENAME ~ /own.average$/ { average[$1] = $2; next }
        FILENAME ~ /(own|parity).rank$/ { rank[FILENAME ~ /\/own\./ ? "own" : "parity", $1] = $2; if (FILENAME ~ /\/own\./) ranked++; next }
        FILENAME ~ /shown$/ { shown[FILENAME ~ /\/own\./ ? "own" : "parity", $1] = $2; next }
        $4 != "-" { rows++ }
        {
            d = average[$1] - $2
            if (!($1 in average) || d > 5e-7 || d < -5e-7) bad = bad "    " $1 ": average " average[$1] ", expected " $2 "\n"
            if (rank["own", $1] != $3) bad = bad "    " $1 ": rank " rank["own", $1] ", expected " $3 "\n"
            if ($4 != "-" && shown["own", $1] == $4) bad = bad "    " $1 ": shown as " $4 " by our rounding too\n"
            if ($4 != "-" && shown["parity", $1] != $4) bad = bad "    " $1 ": shown as " shown["parity", $1] " with --parity, expected " $4 "\n"
            if (rank["parity", $1] != $5) bad = bad "    " $1 ": rank " rank["parity", $1] " with --parity, expected " $5 "\n"
        }
        END {
            for (model in average) if (shown["own", model] != shown["parity", model]) moved++
            if (moved != rows) bad = bad "    the double rounding moves " moved + 0 " models, expected " rows "\n"
            if (ranked != 78) bad = bad "    " ranked " models have a rank, expected 78\n"
            printf "%s %d - real/web_fixtures: averages, ranks and double rounding of the vision leaderboard\n%s", bad == "" ? "ok" : "not ok", n, bad
        }' "$work/own.average" "$work/own.rank" "$work/parity.rank" "$work/own.shown" "$work/parity.shown" - << 'LIST'
CORnet-S .390165 1 - 1
resnet-50_v2 .385147 1 - 1
resnet-101_v2 .384089 3 - 3
densenet-169 .383609 3 - 3
resnet-34 .364671 31 0.37 12
resnext101_32x8d_wsl .354922 48 0.36 32
mobilenet_v2_0.5_160 .354650 48 0.36 32
LIST
}

# Probabilities of three models that come with Brain-Score's packages, against trials that i2n-trials makes up for their images.
signatures() {
    data=$(folder_with netcdf/alexnet-probabilities.nc)
    n=$((n + 1))
    if [ -z "$data" ]; then
        echo "ok $n - real/signatures # SKIP no netcdf/alexnet-probabilities.nc in BRAINBOARD_DATA"
        return
    fi
    dir=$work/signatures sep=
    mkdir -p "$dir"
    "$I2N_TRIALS" "$data/netcdf/alexnet-probabilities.nc" > "$dir/trials.csv" || { echo "not ok $n - real/signatures: no trials"; return; }
    {
        echo '{"title": "Signatures", "models": ['
        for model in alexnet resnet18 resnet34; do
            echo "$sep{\"id\": \"$model\", \"outputs\": {\"images\": {\"file\": \"netcdf/$model-probabilities.nc\"}}}"
            sep=,
        done
        echo '], "benchmarks": [{"id": "average", "domain": "vision", "title": "Average"}'
        for metric in i1 i1n i2 i2n o1 o2; do
            echo ",{\"id\": \"$metric\", \"parent\": \"average\", \"title\": \"$metric\", \"stimuli\": \"images\", \"metric\": \"$metric\","
            echo "\"data\": {\"file\": \"trials.csv\", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"truth\": \"truth\", \"dist_obj\": \"dist_obj\", \"choice\": \"choice\"}},"
            echo "\"ceiling\": \"$metric\", \"normalise\": \"ratio_sqrt\", \"clip\": []}"
        done
        echo ']}'
    } > "$dir/manifest.json"
    if ! "$BRAINBOARD" score "$dir/manifest.json" --quiet --data "$data" -o "$dir/scores.json" > "$work/log" 2>&1; then
        echo "not ok $n - real/signatures: scoring failed"
        sed 's/^/    /' "$work/log" | head -20
        return
    fi
    sh "$here/cells.sh" "$dir/scores.json" | awk -F '\t' -v n=$n '
        FILENAME != "-" { if (FNR > 1) { want[$2, $1, "raw"] = $3; want[$2, $1, "ceiling"] = $5; want[$2, $1, "score"] = $6; k += 3 } next }
        FNR > 1 { got[$1, $2, "raw"] = $4; got[$1, $2, "ceiling"] = $5; got[$1, $2, "score"] = $6 }
        END {
            for (cell in want) {
                if (want[cell] == "nan") { if (got[cell] != "null" && got[cell] != "") bad++; continue } # a ceiling that is negative
                d = got[cell] - want[cell]; if (d < 0) d = -d
                split(cell, of, SUBSEP)
                if (got[cell] == "" || d > 1e-9) { bad++; why = why "    " of[2] " of " of[1] ", " of[3] ": " got[cell] ", scipy has " want[cell] "\n" }
                else if (d > worst) worst = d
            }
            printf "%s %d - real/signatures: %d of %d values of i1, i2, i2n, o1, o2 differ from scipy; largest difference of the others %.1e\n%s", \
                bad || !k ? "not ok" : "ok", n, bad, k, worst, why
        }' "$here/i2n.tsv" -
    n=$((n + 1))
    reference=$(folder_with i2n_reference.json)
    if [ -z "$reference" ]; then
        echo "ok $n - real/signatures: as when the reference was studied # SKIP no i2n_reference.json in BRAINBOARD_DATA"
        return
    fi
    node "$here/i2n.mjs" "$reference/i2n_reference.json" "$dir/trials.csv" "$dir/scores.json" > "$work/out" 2>&1 || printf 'not '
    echo "ok $n - real/signatures: as when the reference was studied: $(tail -n 1 "$work/out")"
    sed '$d' "$work/out"
}

# Choices of resnet50 where shape and texture are at odds: what the reference's test of Hermann2020 has for the same network.
cues() {
    data=$(folder_with geirhos2021/raw-data/cue-conflict)
    n=$((n + 1))
    if [ -z "$data" ]; then
        echo "ok $n - real/cues # SKIP no geirhos2021/raw-data/cue-conflict in BRAINBOARD_DATA"
        return
    fi
    cat > "$work/cues.json" << 'MANIFEST'
{"title": "Cues", "models": [{"id": "resnet50", "outputs": {"cues": {"file": "geirhos2021/raw-data/cue-conflict/cue-conflict_resnet50_session-1.csv", "columns": {
    "stimulus_id": "imagename", "choice": "object_response", "shape": {"column": "imagename", "match": "([a-z]+)[0-9]+-[a-z]+[0-9]+\\.png$"},
    "texture": {"column": "imagename", "match": "[a-z]+[0-9]+-([a-z]+)[0-9]+\\.png$"}}}}}],
 "benchmarks": [{"id": "average", "domain": "vision", "title": "Average"},
    {"id": "shape_bias", "parent": "average", "title": "Bias", "stimuli": "cues", "metric": "shape_bias"},
    {"id": "shape_match", "parent": "average", "title": "Match", "stimuli": "cues", "metric": "shape_match"}]}
MANIFEST
    "$BRAINBOARD" score "$work/cues.json" --quiet --data "$data" -o "$work/cues-scores.json" > "$work/log" 2>&1
    sh "$here/cells.sh" "$work/cues-scores.json" | awk -F '\t' -v n=$n '
        { raw[$2] = $4 }
        END {
            bias = raw["shape_bias"] - .21392405; match_ = raw["shape_match"] - .14083333
            good = bias * bias < 1e-6 && match_ * match_ < 1e-16
            printf "%s %d - real/cues: shape bias of resnet50 %.6f, published .21392405 (to .001), shape match %.8f, published .14083333\n", \
                good ? "ok" : "not ok", n, raw["shape_bias"], raw["shape_match"]
        }'
    sed 's/^/    /' "$work/log" | head -20
}

sh "$root/data/boards/classic.sh" "${BRAINBOARD_DATA:-}" "$work/ran"
board geirhos2021 geirhos2021
board natural_stories natural_stories
board kriegeskorte2008 kriegeskorte2008_92
if [ -d "$work/kriegeskorte2008" ]; then # it names groups that have no benchmarks, and so no page
    n=$((n + 1))
    "$BRAINBOARD" verify "$work/kriegeskorte2008" --quiet > "$work/log" 2>&1 || printf 'not '
    echo "ok $n - real/kriegeskorte2008: verify finds nothing wrong with its site"
    sed 's/^/    /' "$work/log" | head -20
fi
board syntaxgym2020 syntaxgym2020
board published leaderboards
board schrimpf2021 leaderboards
board kubilius2019 leaderboards
board gokce2025 leaderboards
netcdf
signatures
cues
fixtures
echo "1..$n"
