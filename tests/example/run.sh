#!/bin/sh
# The in-silico example: the same bytes for the same seed, no problem in its files, sizes, and scores that are calibrated. TAP on stdout.
# $BRAINBOARD is the program, $IDENTIFY the identification study; node reads scores.json.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
IDENTIFY=${IDENTIFY:-$here/../../build/identify}
unset BRAINBOARD_DATA
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"
cd "$work" || exit 1
part=example
. "$here/../tap.sh"
run() { "$BRAINBOARD" "$@" -q > log 2>&1 || { cat log; echo "brainboard $*: exit status $?"; }; }

report "it writes a project" "$(run example one --size small)"
report "the same seed gives the same bytes in another folder, locale and time zone, with more threads of BLAS" "$(
    mkdir -p deep/er
    TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 OPENBLAS_NUM_THREADS=2 run example deep/er/two --size small
    diff -r one deep/er/two | head -n 5)"
report "another seed gives another world" "$(run example other --size small --seed 2
    diff -rq one other > /dev/null && echo "the folders are the same"
    cmp -s one/manifest.json other/manifest.json || echo "the manifests differ")"
report "check finds nothing" "$("$BRAINBOARD" check one/manifest.json -q 2>&1 | grep -v ': 0 errors, 0 warnings$')"
report "its README names every file" "$(cd one && find . -type f ! -name .brainboard-example | sed 's|^\./||' | sort | while read -r f; do
    case $f in README.md | benchmarks/*.json) continue ;; esac
    grep -qF "\`$f\`" README.md || echo "$f"
done)"

run build one/manifest.json -o site > built
report "it builds" "$(cat built)"
report "its site can be made again from its own data" "$("$BRAINBOARD" verify site --rebuild -q 2>&1)"
report "its front page leads to the identification study" "$(
    page=insights/identification/index.html
    grep -q "href=\"$page\"" site/index.html || echo "index.html does not link to it"
    grep -q '<td class="num s9' site/$page || echo "$page has no rates")"
report "the stored identification study is of the models as they are (else: make identify)" "$(
    mkdir study
    "$IDENTIFY" study 1 1 > log 2>&1 || cat log
    diff study/seed-1.csv "$here/../../data/identify/seed-1.csv" | head -n 5)"
node "$here/calibration.mjs" site/data/scores.json > calibrated 2>&1 || echo "calibration.mjs ended with status $?" >> calibrated
while IFS='|' read -r name problem; do report "$name" "$problem"; done < calibrated

report "the page Participate says how suites are answered" "$(
    grep -q 'brainboard_transformers.py regions MODEL insilico-suites.json' site/participate/index.html || echo "no command"
    grep -q 'id="regions"' site/participate/index.html || echo "no format")"
report "suites are scored from surprisals of regions as from bits" "$(
    models='"id": "%s", "outputs": {"insilico-suites": {"file": "outputs/%s/%s.csv", "columns": {"suite": "suite", %s}}}'
    of_bits='"bits": "correct_bits"'
    of_regions='"item": "item", "condition": "condition", "region": "region", "value": {"column": "surprisal", "type": "number"}'
    for of in bits regions; do
        file=suites columns=$of_bits
        [ $of = regions ] && file=suite_regions columns=$of_regions
        for model in parser 5-gram uniform; do printf "{$models}\n" $model $model $file "$columns"; done > one/$of.list
        printf '{"title": "Suites", "benchmarks": ["benchmarks/language.json"], "models": [%s]}' "$(paste -sd, one/$of.list)" > one/$of.json
        run score one/$of.json -o $of-scores.json
        sh "$here/../real/cells.sh" $of-scores.json | grep InSilico.suite- > $of.tsv
    done
    [ "$(grep -c '	ok	' regions.tsv)" = 21 ] && grep -q '	1	' regions.tsv || cat regions.tsv
    diff bits.tsv regions.tsv)"

report "flaws show as what they are, and alone" "$(run example flawed --size small --flaws; run build flawed/manifest.json -o flawed-site
    node "$here/flaws.mjs" site/data/scores.json flawed-site/data/scores.json)"
report "a site with flaws can be made again from its own data" "$("$BRAINBOARD" verify flawed-site --rebuild -q 2>&1)"
for policy in skip require; do
    sed "s|\"options\": {|\"options\": {\"missing\": \"$policy\", |" flawed/manifest.json > flawed/$policy.json
    grep -q "$policy" flawed/$policy.json || sed "s|^{|{\"options\": {\"missing\": \"$policy\"},|" flawed/manifest.json > flawed/$policy.json
    report "it builds with missing = $policy" "$(run build flawed/$policy.json -o $policy-site)"
done
report "it renders with the rounding of the reference" "$(run render site/data/scores.json --parity --palette brainscore -o parity-site)"
node "$here/board.mjs" site flawed-site skip-site require-site parity-site > script 2>&1 || echo "board.mjs ended with status $?|see above" >> script
while IFS='|' read -r name problem; do report "$name" "$problem"; done < script
report "the default size is at most 30 MB" "$(run example default
    bytes=$(find default -type f -exec cat {} + | wc -c)
    [ "$bytes" -le 30000000 ] || echo "$bytes bytes")"
finish
