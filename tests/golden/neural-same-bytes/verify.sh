# scores.json and units.h5 are the same bytes whatever the workers, the cache, the order of the models, the locale, the time zone, the folder, the shards.
same() { # folder, what
    cmp one/scores.json "$1/scores.json" > difference 2>&1 || fail "$2: scores.json is another: $(cat difference)"
    cmp one/units.h5 "$1/units.h5" > difference 2>&1 || fail "$2: units.h5 is another: $(cat difference)"
}
run() { # folder, options…
    folder=$1
    shift
    "$BRAINBOARD" score manifest.json -o "$folder/scores.json" "$@" --verbose > out 2> err || fail "score $* ends with status $?: $(tail -n 3 err)"
}
[ "$(grep -c '"status":"ok"' one/scores.json)" -ge 28 ] || fail "too few cells are scored: $(grep -c '"status":"ok"' one/scores.json)"
grep -q '"layer_choice":"same_data"' one/scores.json && grep -q '"layer_choice":"selection"' one/scores.json || fail "no layer is chosen"
run two -j2 --no-cache
same two "-j2"
run four -j4 --cache kept
same four "-j4, into the cache"
run again -j4 --cache kept
same again "from the cache"
grep -q '^0 pieces of work done' err || fail "work is done again: $(grep 'pieces of work' err)"

# Another order of the models, locale, time zone and folder; a setting of the library that would take more threads.
mkdir -p elsewhere/a/b
cp -r data models benchmarks.json models.json manifest.json elsewhere/a/b
awk '/^[{]/ { sub(/,$/, ""); line[++n] = $0 } END { print "["; for (i = n; i > 0; i--) print line[i] (i > 1 ? "," : ""); print "]" }' models.json > elsewhere/a/b/models.json
cmp -s models.json elsewhere/a/b/models.json && fail "the order is the same"
find elsewhere -exec touch -d 2001-02-03 {} +
(cd elsewhere/a/b && TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 OPENBLAS_NUM_THREADS=2 "$BRAINBOARD" score manifest.json -o scores.json -j2 --cache mine -q) ||
    fail "elsewhere it fails"
same elsewhere/a/b "elsewhere, in another order"
(cd elsewhere/a/b && LC_ALL=C.UTF-8 TZ=UTC "$BRAINBOARD" score manifest.json -o scores.json -j1 --no-cache -q) || fail "elsewhere it fails"
same elsewhere/a/b "elsewhere, in C.UTF-8"

# Three shards leave all in the cache; the run that collects does nothing.
for k in 1 2 3; do
    run shard -j2 --cache shards --shard $k/3
    [ ! -e shard/scores.json ] || fail "a shard writes scores.json"
done
run collected -j2 --cache shards
grep -q '^0 pieces of work done' err || fail "the run that collects shards does more: $(grep 'pieces of work' err)"
same collected "collected from shards"
# One that is missing is done by the run that collects.
for k in 3 1; do run shard -j1 --cache some --shard $k/3; done
run rest -j2 --cache some
grep -q '^0 pieces of work done' err && fail "nothing was left to do"
same rest "two of three shards"
