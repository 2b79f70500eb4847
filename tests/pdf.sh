#!/bin/sh
# The reports as other programs read them: sound files, embedded fonts, names and numbers and Greek letters as text, links, an outline, the same
# bytes in another time zone and locale, and the same numbers as scores.csv.
# usage: tests/pdf.sh     BRAINBOARD: the program
set -u
cd "$(dirname "$0")/.." || exit 1
part=pdf
. tests/tap.sh
program=${BRAINBOARD:-build/brainboard}
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT

quiet() { "$@" > "$tmp/out" 2>&1 || cat "$tmp/out"; }
build() { "$program" build "$tmp/ex/manifest.json" --cache "$tmp/cache" -o "$1" --quiet --force; }
report "the example builds" "$(quiet "$program" example "$tmp/ex" --size small; quiet build "$tmp/site")"

problems=$(find "$tmp/site" -name '*.pdf' | while read -r f; do
    qpdf --check "$f" > "$tmp/out" 2>&1 || { echo "$f"; cat "$tmp/out"; }
    pdffonts "$f" 2> "$tmp/said" | tail -n +3 | awk -v f="$f" '$(NF-4) != "yes" || $(NF-2) != "yes" {print f ": " $0}'
    pdftotext "$f" /dev/null 2>> "$tmp/said"
    sed "s|^|$f: |" "$tmp/said"
done)
report "each report is sound, its fonts are embedded and have Unicode, and no reader complains" "$problems"

models=$(find "$tmp/site/models" -name index.html | wc -l) reports=$(find "$tmp/site/models" -name report.pdf | wc -l)
report "each model has a report" "$([ "$reports" -eq $((models - 1)) ] && [ "$reports" -gt 3 ] || echo "$reports of $((models - 1))")"

pdftotext -layout "$tmp/site/report.pdf" "$tmp/text"
problems=$(for word in Contents Summary Leaderboards Benchmarks 'Methods and definitions' Provenance 'page 1 of' 'ρ' '±' "$(sha256sum "$tmp/site/data/scores.json" | cut -c1-64)"; do
    grep -qF -- "$word" "$tmp/text" || echo "not there: $word"
done)
report "the report has its parts, Greek letters and the digest of the scores" "$problems"

# Scores of scores.csv with three decimals, as the tables of benchmarks show them: each stands in the text.
problems=$(node tests/pdf.mjs "$tmp/site/data/scores.json" "$tmp/text" 2>&1)
report "every score of scores.json stands in the tables, beside its model" "$problems"

problems=$(qpdf --json --json-key=outlines "$tmp/site/report.pdf" | grep -c '"title"' | awk '$1 < 8 {print $1 " entries"}')
report "there is an outline" "$problems"

(export TZ=Asia/Tokyo LC_ALL=C.UTF-8; quiet build "$tmp/again")
problems=$(cd "$tmp/site" && find . -name '*.pdf' | while read -r f; do cmp "$f" "../again/$f" 2>&1; done)
report "the same bytes in another time zone and locale" "$problems"

quiet "$program" render "$tmp/site/data/scores.json" -o "$tmp/without" --no-pdf --quiet > "$tmp/said"
problems=$(cat "$tmp/said"; find "$tmp/without" -name '*.pdf'; grep -rl 'report\.pdf' "$tmp/without")
report "--no-pdf leaves them out, and no page links to them" "$problems"
finish
