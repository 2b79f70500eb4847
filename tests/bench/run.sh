#!/bin/sh
# The speed of the Gram engine against scikit-learn, one thread on both sides, as a table. Seconds are processor time; the ratio is what has a target.
# usage: tests/bench/run.sh BENCH_PROGRAM     (`make bench` builds it). Needs 3 GB in TMPDIR and some minutes.
set -u
bench=$1
here=$(dirname "$0")
dir=$(mktemp -d "${TMPDIR:-/tmp}/brainboard-bench.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
missed=0

python() { # Debian's, which has scikit-learn; another first in PATH may not
    /usr/bin/python3 "$here/reference.py" "$@"
}
value() { # value FILE KEY
    awk -v key="$2" '$1 == key {print $2}' "$1"
}
line() { # line WHAT OURS THEIRS UNIT TARGET OUR_MB THEIR_MB — UNIT: faster (THEIRS / OURS, at least TARGET) or times (OURS / THEIRS, at most)
    awk -v what="$1" -v ours="$2" -v theirs="$3" -v unit="$4" -v target="$5" -v mb="$6" -v mb2="$7" 'BEGIN {
        ratio = unit == "faster" ? theirs / ours : ours / theirs
        good = unit == "faster" ? ratio >= target : ratio <= target
        if (target == "") verdict = ""; else verdict = (good ? "met" : "MISSED")
        printf "%-58s %9.2f %9.2f %8.1f %-6s %8s %-6s %8.0f %8s\n", what, ours, theirs, ratio, unit, target, verdict, mb, mb2
        exit !(target == "" || good)
    }' || missed=$((missed + 1))
}
check() { # check WHAT VALUE LIMIT: value <= limit
    awk -v what="$1" -v value="$2" -v limit="$3" 'BEGIN {
        printf "    %-54s %9.3g   limit %g %s\n", what, value, limit, value <= limit ? "met" : "MISSED"; exit !(value <= limit) }' || missed=$((missed + 1))
}
run() { # run NAME REFERENCE_ROW BENCH_ROW: $dir/NAME.reference and $dir/NAME.ours
    mkdir -p "$dir/$1"
    python "$2" "$dir/$1" > "$dir/$1.reference" || exit 1
    "$bench" "$3" "$dir/$1" > "$dir/$1.ours" || exit 1
    rm -rf "${dir:?}/$1"
}

printf '%-58s %9s %9s %8s %-6s %8s %-6s %8s %8s\n' '' 'ours (s)' 'other (s)' ratio '' target '' 'our MB' 'their MB'
for data in white low-rank; do
    run $data pls-$data pls
    o=$dir/$data.ours t=$dir/$data.reference
    line "pls 25, 10 splits, 3200 x 1000 -> 168, $data: sklearn x 10" "$(value "$o" seconds)" "$(value "$t" seconds)" faster \
        "$([ $data = white ] && echo 150 || echo 60)" "$(value "$o" peak)" "$(printf %.0f "$(value "$t" peak)")"
    line "    the same: one dsyrk + one dgemm of the data" "$(value "$o" seconds)" "$(value "$o" floor)" times 10 "$(value "$o" peak)" -
    check "largest difference of r (split 1)" "$(value "$o" difference)" 1e-6
    check "components with another number of iterations" "$(value "$o" unequal)" 0
done
run ridgecv ridgecv ridgecv
o=$dir/ridgecv.ours t=$dir/ridgecv.reference
line "ridgecv, 99 alphas, 2880 x 4096 -> 168, from the Gram" "$(value "$o" fold)" "$(value "$t" seconds)" faster 10 "$(value "$o" peak)" \
    "$(printf %.0f "$(value "$t" peak)")"
line "    the same, with the Gram of 3200 stimuli made" "$(value "$o" seconds)" "$(value "$t" seconds)" faster "" "$(value "$o" peak)" -
line "    the same, against sklearn with 9 alphas" "$(value "$o" seconds)" "$(value "$t" few)" faster "" "$(value "$o" peak)" -
check "another alpha" "$(value "$o" unequal)" 0
check "largest difference of r" "$(value "$o" difference)" 1e-6
mkdir "$dir/stream"
python stream "$dir/stream" > /dev/null || exit 1
"$bench" stream "$dir/stream" > "$dir/stream.ours" || exit 1
"$bench" floor "$dir/stream" > "$dir/floor.ours" || exit 1
o=$dir/stream.ours
line "Gram of 3200 x 100,000 float32 in a file: one dsyrk" "$(value "$o" seconds)" "$(value "$dir/floor.ours" floor)" times 1.5 "$(value "$o" peak)" -
check "peak MB" "$(value "$o" peak)" 600
check "bytes read again for rdm and cka" "$(value "$o" again)" 0
echo
echo "$missed missed"
[ "$missed" -eq 0 ]
