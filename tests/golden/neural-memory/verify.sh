# What needs more memory than there may be says so before it starts, and costs nothing else; what lies about its size costs its worker.
cells() { sed -n '/^"cells"/,/^"aggregates"/{/^{/{s/,$//;p}}' "$1" | grep -v -e '"model":"large"' -e '"model":"bomb"' | sort; }
repaired() { # cache: what could not be had is not remembered
    "$BRAINBOARD" score manifest.json -o repaired/scores.json --cache "$1" -j2 -q 2> err || fail "the next run fails: $(tail -n 3 err)"
    cmp whole/scores.json repaired/scores.json && cmp whole/units.h5 repaired/units.h5 || fail "the next run gives other results than one that had the memory"
}
# One model is too large: the others are as ever.
"$BRAINBOARD" score more-manifest.json -o large/scores.json --cache kept -j2 --memory 200M --strict --verbose 2> err
[ $? = 1 ] || fail "with --strict the status is not 1: $(tail -n 3 err)"
for benchmark in IT-pls IT-ridgecv IT-rdm V4-units; do
    grep -q "large on $benchmark failed: it needs about 42[0-9] MB of memory, and all workers together may use 200 MB: give more with --memory" err ||
        fail "nobody says that large does not fit: $(cat err)"
done
grep -q '"model":"large","benchmark":"IT-pls","status":"failed","kind":"resource"' large/scores.json || fail "that is no failure of resources"
cells whole/scores.json > whole.cells
cells large/scores.json > large.cells
cmp -s whole.cells large.cells || fail "other cells changed: $(diff whole.cells large.cells | head -n 3)"
repaired kept

# Too little for any layer, then for anything.
"$BRAINBOARD" score manifest.json -o none/scores.json --cache little -j2 --memory 100M > out 2> err
[ $? = 1 ] && [ ! -e none/scores.json ] || fail "with 100 MB something is scored"
grep -q 'failed: it needs about 13[0-9] MB of memory, and all workers together may use 100 MB: give more with --memory' err || fail "100 MB: $(cat err)"
grep -q 'error: nothing could be scored: 32 cells failed' err || fail "100 MB: $(cat err)"
"$BRAINBOARD" score manifest.json -o none/scores.json --cache little -j2 --memory 1 > out 2> err
[ $? = 1 ] || fail "with a byte something is scored"
grep -q 'failed: it needs about 13[0-9] MB of memory, and all workers together may use 0 MB: give more with --memory' err || fail "1 byte: $(cat err)"
"$BRAINBOARD" score manifest.json -o none/scores.json --no-cache -j2 --memory 1 > out 2> err
[ $? = 1 ] || fail "with a byte and without a cache something is scored"
grep -q "failed: the benchmark's data cannot be read: it needs about 67 MB of memory" err || fail "1 byte: $(cat err)"
repaired little

# Ids of 90 MB in a file of 100 kB: the system's limit holds, which a program with AddressSanitizer cannot have.
program=$BRAINBOARD
if grep -q __asan_init "$program"; then program=$(dirname "$BRAINBOARD")/../brainboard; fi
if [ -x "$program" ]; then
    for memory in 70 140; do # the list of texts, or what HDF5 unpacks it from, is too large
        "$program" score more-manifest.json -o bomb/scores.json --cache bomb -j2 --memory ${memory}M --verbose > out 2> err
        grep -q "bomb on IT-pls failed: out of memory: all workers together may use $memory MB; give more with --memory" err || fail "the bomb goes off: $(cat err)"
    done
    cells bomb/scores.json > bomb.cells
    cmp -s whole.cells bomb.cells || fail "other cells changed: $(diff whole.cells bomb.cells | head -n 3)"
    "$program" score more-manifest.json -o bomb/scores.json --cache bomb -j2 --memory 400M --verbose > out 2> err
    grep -q "bomb on IT-pls failed: the layer has 2 features, too few for 4 components" err || fail "with enough memory: $(grep bomb err)"
else
    echo "# neural-memory: there is no release build; the system's limit of memory was not tested" >&3
fi
