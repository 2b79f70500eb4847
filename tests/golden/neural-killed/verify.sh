# A worker that is killed, or takes too long, fails its cell with the reason; all others are right, and the next run repairs it.
cells() { sed -n '/^"cells"/,/^"aggregates"/{/^{/{s/,$//;p}}' "$1" | sort; }
cells whole/scores.json > whole.cells
# What is scored is right, what is not says why.
check() { # folder, sentence
    cells "$1/scores.json" > some.cells
    comm -13 whole.cells some.cells > other.cells
    [ -s other.cells ] || fail "no cell of $1 failed"
    # a choice of layers whose optimism could not be had says so in a warning
    grep -vF -- "$2" other.cells && fail "a cell of $1 is another without saying why"
    grep -v '"status":"failed","kind":"resource"' other.cells | grep -v '"warning":"[^"]*the optimism of choosing its layer is unknown' && fail "a cell of $1 is another"
    sed 's/"optimism":[^,]*,//' whole.cells > plain.cells
    grep -v '"status":"failed"' other.cells | sed 's/,"warning":.*//' > warned.cells
    while read -r cell; do grep -qF "$cell" plain.cells || fail "the score in $1 is another: $cell"; done < warned.cells
}
repaired() { # folder, cache
    "$BRAINBOARD" score manifest.json -o "$1/scores.json" --cache "$2" -j2 --verbose 2> err || fail "the next run fails: $(tail -n 3 err)"
    grep -q '^0 pieces of work done' err && fail "the failure was kept in $2"
    cmp whole/scores.json "$1/scores.json" && cmp whole/units.h5 "$1/units.h5" || fail "the next run gives other results than one that was not disturbed"
}

# One worker, killed in the middle of the cells.
hit=
for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    rm -rf broken killed
    "$BRAINBOARD" score manifest.json -o killed/scores.json -j1 --cache broken -q --strict 2> /dev/null &
    batch=$!
    while kill -0 $batch 2> /dev/null && [ "$(find broken/cell -type f 2> /dev/null | wc -l)" -lt "$attempt" ]; do :; done
    kill -9 $(cat /proc/$batch/task/$batch/children 2> /dev/null) 2> /dev/null
    wait $batch
    status=$?
    if grep -qs SIGKILL killed/scores.json; then hit=$attempt; break; fi
done
[ "$hit" ] || fail "no worker could be hit"
grep -q '"status":"failed","kind":"resource"' killed/scores.json && [ $status -ne 1 ] && fail "with --strict the status is $status"
check killed 'the worker was killed (SIGKILL)'
repaired killed broken

# A time that nothing can be done in: whoever is waited for is stopped.
"$BRAINBOARD" score manifest.json -o slow/scores.json --cache timed -j2 --cell-timeout 0.000001 --verbose > out 2> err
status=$?
[ $status -le 1 ] || fail "with a tiny --cell-timeout the status is $status: $(tail -n 3 err)"
grep -q 'failed: .*it took longer than the 1e-06 seconds that a cell may take: give more with --cell-timeout' err || fail "nobody says that it took too long: $(cat err)"
[ ! -e slow/scores.json ] || check slow 'it took longer than the 1e-06 seconds that a cell may take'
repaired slow timed
