#!/bin/sh
# The pages without charts of a report (title, contents, summary, leaderboard, methods) as poppler lays them out, against tests/pdf_golden.txt.
# BRAINBOARD_GOLDEN=1 writes it anew (`make golden-update`). Prints what differs.
# usage: tests/pdf_golden.sh     BRAINBOARD: the program
set -u
cd "$(dirname "$0")/.." || exit 1
program=${BRAINBOARD:-build/brainboard}
golden=tests/pdf_golden.txt
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT

# Digests and the version change with the program, leaders of the contents with the fonts.
pages() {
    pdftotext -layout -f "$1" -l "$2" "$dir/site/report.pdf" - |
        sed "s/[0-9a-f]\{64\}/DIGEST/g; s/sha256 [0-9a-f]\{12\}/sha256 DIGEST/g; s/brainboard [0-9]*\.[0-9.]*/brainboard VERSION/g; s/\( *\.\)\{4,\}/ …/; s/ *$//" | tr '\f' '\n'
}
node tests/bench/board.mjs 12 8 > "$dir/scores.json" && "$program" render "$dir/scores.json" -o "$dir/site" -q > /dev/null || { echo "the board cannot be rendered"; exit 1; }
last=$(pdfinfo "$dir/site/report.pdf" | awk '/^Pages/ {print $2}')
{ pages 1 4 && pages "$last" "$last"; } > "$dir/text"
[ -n "${BRAINBOARD_GOLDEN:-}" ] && cp "$dir/text" "$golden"
diff -u "$golden" "$dir/text"
