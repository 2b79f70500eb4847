#!/bin/sh
# A board that is released again and again: what a build takes does not grow with the releases before it, no later build touches one, and every link leads somewhere.
# usage: tests/bench/releases.sh PROGRAM [MODELS LEAVES RELEASES]     the table of `make bench`: processor time of each build with --release, with --history, with both; 5 GB in TMPDIR
#        tests/bench/releases.sh check PROGRAM                        ten releases of a small board, as TAP: digests and links, no times
set -u
here=$(cd "$(dirname "$0")" && pwd)
checks=
[ "$1" = check ] && checks=1 && shift
program=$(realpath "$1")
models=${2:-${checks:+6}} leaves=${3:-${checks:+20}} releases=${4:-${checks:+10}}
models=${models:-1000} leaves=${leaves:-150} releases=${releases:-11}
dir=$(mktemp -d "${TMPDIR:-/tmp}/brainboard-releases.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
export XDG_CACHE_HOME="$dir/cache"
part=releases
. "$here/../tap.sh"

node "$here/board.mjs" "$models" "$leaves" > "$dir/scores.json" || exit 1
# The board as of a release: other scores, a model more than in the one before.
release() {
    node -e 'const fs = require("fs"), [from, to, k, name] = process.argv.slice(1), board = JSON.parse(fs.readFileSync(from));
        const gone = new Set(board.models.slice(board.models.length - 12 + +k).map(model => model.id));
        board.release = name; board.date = `2026-${name.slice(5)}-01`; board.models = board.models.filter(model => !gone.has(model.id));
        board.cells = board.cells.filter(cell => !gone.has(cell.model));
        board.cells.forEach((cell, i) => { if (i % 97 == k && cell.score) { cell.score *= 0.99; cell.raw *= 0.99; } });
        fs.writeFileSync(to, JSON.stringify(board));' "$dir/scores.json" "$dir/board.json" "$1" "$2" || exit 1
}
spent() { # processor time of a command and its children, in seconds
    perl -e 'open(STDOUT, ">/dev/null"); system(@ARGV) == 0 or exit 1; my (undef, undef, $user, $system) = times; printf STDERR "%.2f\n", $user + $system' -- "$@" \
        2> "$dir/said"
    tail -n 1 "$dir/said"
}
digests() { (cd "$dir/site/v/$1" && find . -type f -exec sha256sum {} + | sort -k 2; find . -type f -printf '%p %T@ %i\n' | sort); }

run() { # run WORDS OPTION…: all releases; "@" in an option is the name of the release
    words=$1
    shift
    rm -rf "$dir/site" "$dir/history" "$dir/digests" && mkdir "$dir/digests"
    k=0 times=
    while [ $k -lt "$releases" ]; do
        k=$((k + 1))
        name=2026.$(printf '%02d' $k)
        release $k "$name"
        times="$times $(spent "$program" render "$dir/board.json" -o "$dir/site" -q --no-pdf $(echo "$@" | sed "s|@|$name|g"))"
        [ ! -d "$dir/site/v/$name" ] || digests "$name" > "$dir/digests/$name"
    done
    problems=$(for known in "$dir"/digests/*; do
        [ -f "$known" ] || continue
        digests "$(basename "$known")" | cmp -s - "$known" || echo "$(basename "$known") was touched"
    done)
    [ "$words" = history ] || [ "$(ls "$dir/digests" | wc -l)" -eq "$releases" ] || problems="$problems
there are $(ls "$dir/digests" | wc -l) releases"
    [ -n "$checks" ] || echo "$times" | awk -v words="$words" '{printf "%-20s %s s\n%-20s the last takes %.2f times what the 2nd takes\n", words, $0, "", $NF / $2}'
    report "$releases releases with $words: none is touched by later builds" "$problems"
    [ -z "$checks" ] || report "$releases releases with $words: every link, digest and number" "$("$program" verify "$dir/site" -q 2>&1)"
}
if [ -z "$checks" ]; then
    run release --release @ --base-url https://example.org/board/
    run history --history "$dir/history" --base-url https://example.org/board/
fi
run 'release and history' --release @ --history "$dir/history"
finish
