#!/bin/sh
# The reference's own number, from its public data to a score: fetches the public part of Majaj, Hong et al. (2015), places its stimuli at 8°, runs the
# model `pixels` on them, scores it on MajajHong2015public.IT-pls, and compares with what the reference's test suite states (within .0005).
# usage: parity.sh FOLDER [TABLE [RAW SCORE]]     $BRAINBOARD: the program. FOLDER keeps what was fetched, so that a second run goes on from it; TABLE: of
# published data, as `fetch --registry` takes it; RAW, SCORE: other numbers to compare with. Exit status: 0 the same; 1 another number; 4 the data could
# not be had (no network, a server that refuses, a full disk: the messages say which), so that nothing was compared; else that of the command that failed.
set -u
here=$(dirname "$0")
folder=$1 table=${2:-$here/../catalog/data.csv} raw=${3:-.22545106} score=${4:-.06230475}
tolerance=.0005
set=stimulus_hvm-public

step() { # step WHAT COMMAND…
    echo "parity: $1" >&2
    shift
    "$BRAINBOARD" "$@" > "$folder/log" || { status=$?; cat "$folder/log" >&2; return $status; }
}
mkdir -p "$folder" || exit 4
if ! step "fetching the recording and the stimuli" fetch --registry "$table" -o "$folder/data" dicarlo.MajajHong2015.public hvm-public; then
    echo "parity: the public data of MajajHong2015 cannot be had on this machine, so nothing was compared." >&2
    exit 4
fi
# The pictures were shown at 8°: the set says so itself, or it is said for it.
source='--source 8'
head -n 1 "$folder/data/$set.csv" | tr -d '\r"' | tr ',' '\n' | grep -qix degrees && source=
rm -rf "$folder/placed"
step "placing the stimuli at 8°" stimuli "$folder/data/$set.csv" $source --degrees 8 -o "$folder/placed" &&
    step "running pixels" run pixels --layers pixels --gram --stimuli "$folder/placed" -o "$folder/data/pixels_hvm-public.gram.h5" &&
    step "scoring" score "$here/majajhong2015/manifest.json" --strict --data "$folder/data" -o "$folder/scores.json" &&
    step "reading the score" export "$folder/scores.json" --node MajajHong2015public.IT-pls --format csv --columns model,raw,score,ceiling -o "$folder/pixels.csv" ||
    exit
awk -F, -v raw="$raw" -v score="$score" -v tolerance=$tolerance '
    function compare(what, got, want) {
        off = got - want; if (off < 0) off = -off
        printf "parity: pixels on MajajHong2015public.IT-pls: %s %.8f, the reference has %.8f: %s\n", what, got, want, off <= tolerance ? "the same" : "another number"
        return off <= tolerance
    }
    FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["model"] == "pixels" { found = 1; same = compare("raw", $column["raw"], raw); same = compare("score", $column["score"], score) && same }
    END { if (!found) print "parity: there is no score of pixels"; exit !(found && same) }' "$folder/pixels.csv"
