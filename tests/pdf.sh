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

problems=$(node tests/pdf.mjs "$tmp/site" "$tmp/text" 2>&1)
report "the numbers of scores.json, CSV, JSON, Markdown, LaTeX, pages and the report are the same" "$(echo "$problems" | grep -v '^#')"
echo "$problems" | grep '^#'

problems=$(for f in "$tmp/site/report.pdf" $(find "$tmp/site/models" -name report.pdf | sort | head -n 2); do node tests/pdf_places.mjs "$f" 2>&1; done)
report "outline, contents and links lead to what they name" "$(echo "$problems" | grep -v '^#')"
echo "$problems" | grep '^#'
problems=$(grep -rho 'report\.pdf#nameddest=[^"]*' "$tmp/site/benchmarks" | sed 's/.*=//' | sort -u > "$tmp/linked"
    pdfinfo -dests "$tmp/site/report.pdf" | sed -n 's/.*"\(bench-.*\)"$/\1/p' | sort -u > "$tmp/named"
    diff "$tmp/linked" "$tmp/named"; [ -s "$tmp/linked" ] || echo "no page links to the report")
report "pages of benchmarks lead to their section" "$problems"

# All references of the catalog, two of which are one publication under two keys.
node -e 'const fs = require("fs"), scores = JSON.parse(fs.readFileSync(process.argv[1]));
    scores.benchmarks.find(b => b.metric).bibtex = fs.readFileSync("data/catalog/references.bib", "utf8");
    process.stdout.write(JSON.stringify(scores))' "$tmp/site/data/scores.json" > "$tmp/cited.json"
problems=$(quiet "$program" render "$tmp/cited.json" -o "$tmp/cited" --quiet
    pdftotext -layout "$tmp/cited/report.pdf" - | tr -d ' \n\f' > "$tmp/flat"
    for doi in $(sed -n 's/^  doi = {\(.*\)},*$/\1/p' data/catalog/references.bib | sort -u); do
        n=$(grep -oF "doi:$doi" "$tmp/flat" | wc -l)
        [ "$n" -eq 1 ] || echo "$doi: $n times"
    done
    for part in BreedloveJL,PrinceJS,DowdleLT,NauM,CaronB,etal.\(2022\).A 'FergusonMEJr,NgoJ' OmmerB 'cortices.Underreview' 'publication(2024).'; do
        grep -qF "$part" "$tmp/flat" || echo "not there: $part"
    done)
report "a report lists each publication once, of many authors the first" "$problems"

# A panel for a column of 85 mm: 240.9 points; its date is the release's, or that of SOURCE_DATE_EPOCH.
scores=$tmp/site/data/scores.json
SOURCE_DATE_EPOCH=1700000000 "$program" export "$scores" --format pdf --width 85mm --top 8 -o "$tmp/panel.pdf" --quiet
quiet "$program" export "$scores" --format pdf --width 85mm --models hmax V1 IT -o "$tmp/pair.pdf" --quiet
pdftotext "$tmp/pair.pdf" "$tmp/pair.txt"
"$program" export "$scores" --sentence V1 IT > "$tmp/sentence"
"$program" export "$scores" --sentence V1 IT --format json > "$tmp/sentence.json"
problems=$(for f in panel pair; do
    qpdf --check "$tmp/$f.pdf" > "$tmp/out" 2>&1 || cat "$tmp/out"
    pdfinfo "$tmp/$f.pdf" | grep -qE '^Page size: *240\.9' || echo "$f: $(pdfinfo "$tmp/$f.pdf" | grep 'Page size')"
    pdfinfo "$tmp/$f.pdf" | grep -q "scores.json sha256:$(sha256sum "$scores" | cut -c1-64)" || echo "$f: no digest"
done
    pdfinfo -isodates "$tmp/panel.pdf" | grep -q '^CreationDate: *2023-11-14' || echo "SOURCE_DATE_EPOCH is not the date"
    pdfinfo "$tmp/pair.pdf" | grep -q '^CreationDate' && echo "a date that nobody said"
    grep -qF HMAX "$tmp/pair.txt" || echo "the model that was asked for has no name in the plot"
    node -e 'const {n, r, low, high, rho} = JSON.parse(require("fs").readFileSync(0)).models; console.log(`n = ${n}`); [r, low, high, rho].forEach(x => console.log(x.toFixed(2)))' \
        < "$tmp/sentence.json" | while read -r number; do sed 's/−/-/g' < "$tmp/sentence" | grep -qF -- "$number" || echo "the sentence does not have $number"; done
    grep -qF "$(sha256sum "$scores" | cut -c1-12)" "$tmp/sentence" || echo "the sentence has no digest")
report "export makes panels as wide as a column, and the sentence beside them" "$problems"

(export TZ=Asia/Tokyo LC_ALL=C.UTF-8; quiet build "$tmp/again")
problems=$(cd "$tmp/site" && find . -name '*.pdf' | while read -r f; do cmp "$f" "../again/$f" 2>&1; done)
report "the same bytes in another time zone and locale" "$problems"

# What is the lab's: a PNG or JPEG as the logo once in each report, the accent (made darker until it can be read), the footer on each page.
cp -R tests/golden/build-hosting "$tmp/lab"
mkdir "$tmp/pictures" && cp "tests/golden/build-shows-samples/benchmarks/samples/a shape_1.png" "$tmp/pictures/mark.jpg" # written as what its name says
quiet "$program" stimuli "$tmp/pictures" --source 8 --degrees 12 -o "$tmp/placed" > "$tmp/said"
cp "$tmp/placed/mark.jpg" "$tmp/lab/" && cp "$tmp/pictures/mark.jpg" "$tmp/lab/mark.png"
head -c 60 "$tmp/lab/mark.png" > "$tmp/lab/cut.png"
head -c 60 "$tmp/lab/mark.jpg" > "$tmp/lab/cut.jpg"
cp "$tmp/lab/manifest.json" "$tmp/lab/as-it-was"
with_logo() {
    sed "s|img/lab mark.svg|$1|" "$tmp/lab/as-it-was" > "$tmp/lab/manifest.json"
    "$program" build "$tmp/lab/manifest.json" --cache "$tmp/cache" -o "$tmp/lab-site" --force > "$tmp/said" 2>&1 || cat "$tmp/said"
}
pictures() { pdfimages -list "$tmp/lab-site/$1" | tail -n +3 | wc -l; }
problems=$(for logo in mark.png mark.jpg; do
    with_logo "$logo"
    grep -F 'without the logo' "$tmp/said"
    for f in report.pdf models/a/report.pdf; do
        [ "$(pictures $f)" -eq 1 ] || echo "$logo: $(pictures $f) pictures in $f"
        qpdf --check "$tmp/lab-site/$f" > "$tmp/out" 2>&1 || cat "$tmp/out"
        [ "$(pdftotext "$tmp/lab-site/$f" - | grep -c '^Kept by the lab')" -ge "$(($(pdfinfo "$tmp/lab-site/$f" | awk '/^Pages/ {print $2}') - 1))" ] || echo "$f: no footer"
        accent=$(sed -n 's/^@media screen { :root { --link: #\(......\).*/\1/p' "$tmp"/lab-site/assets/*.css)
        want=$(node -e 'console.log(process.argv[1].match(/../g).map(h => String(Math.round(parseInt(h, 16) / .255) / 1000).replace(/^0\./, ".")).join(" "))' "$accent")
        qpdf --stream-data=uncompress "$tmp/lab-site/$f" - | grep -qaF "$want rg" || echo "$f: the accent #$accent ($want) is not there"
    done
done
for logo in 'img/lab mark.svg' cut.png cut.jpg; do
    with_logo "$logo"
    grep -qF 'PDFs are without the logo' "$tmp/said" || echo "$logo: it is not said that PDFs have no logo"
    [ "$(pictures report.pdf)" -eq 0 ] || echo "$logo: there is a picture"
done)
report "the logo, the accent and the footer of the board are in each report" "$problems"

# All that a report says and has: its text, strings of its objects, its streams.
said_in() {
    find "$1" -name '*.pdf' | while read -r f; do
        pdftotext -raw "$f" -
        qpdf --json "$f"
        qpdf --stream-data=uncompress "$f" -
    done
}
sed 's|"models": \[|&{"id": "secretive", "name": "Undisclosed", "submitter": "Quiet lab", "visibility": "private"}, {"id": "a", "submitter": "Known lab"}, |; s|img/lab mark.svg|mark.png|' \
    "$tmp/lab/as-it-was" > "$tmp/lab/manifest.json"
printf 'secretive,one,0.95,,\nsecretive,two,0.95,,\n' >> "$tmp/lab/list.csv"
quiet "$program" build "$tmp/lab/manifest.json" --cache "$tmp/cache" -o "$tmp/lab-site" --force --quiet --base-url https://lab.example.org/ > "$tmp/said"
said_in "$tmp/lab-site" > "$tmp/lab-said"
quiet "$program" build "$tmp/lab/manifest.json" --cache "$tmp/cache" -o "$tmp/blind" --force --quiet --anonymous >> "$tmp/said"
said_in "$tmp/blind" > "$tmp/blind-said"
problems=$(cat "$tmp/said"
    for word in secretive Undisclosed 'Quiet lab' '0\.95'; do
        grep -qaE -- "$word" "$tmp/lab-said" "$tmp/blind-said" && echo "a report knows the private model: $word"
    done
    for word in 'Ada Lovelace' 'lab of engines' 'Known lab' board@example.org 10.5281 'Kept by the lab' '/Subtype /Image'; do
        grep -qaF -- "$word" "$tmp/lab-said" || echo "not even in the reports of a board that has a name: $word"
        grep -qaF -- "$word" "$tmp/blind-said" && echo "an anonymous report has: $word"
    done
    [ -s "$tmp/blind-said" ] || echo "there are no anonymous reports")
report "reports know nothing of private models, and anonymous ones nothing of who made them" "$problems"

report "pages of a report are as they were (make golden-update, where that is meant)" "$(sh tests/pdf_golden.sh 2>&1)"

quiet "$program" render "$tmp/site/data/scores.json" -o "$tmp/without" --no-pdf --quiet > "$tmp/said"
problems=$(cat "$tmp/said"; find "$tmp/without" -name '*.pdf'; grep -rl 'report\.pdf' "$tmp/without"; cmp "$tmp/site/data/scores.json" "$tmp/without/data/scores.json")
report "--no-pdf leaves them out, and no page links to them" "$problems"
finish
