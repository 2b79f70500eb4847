# What was computed is kept by content: only what changed is computed again, damage is noticed, and an interrupted batch goes on where it was.
run() { # folder, options…
    folder=$1
    shift
    "$BRAINBOARD" score manifest.json -o "$folder/scores.json" -j2 --verbose "$@" > out 2> err || fail "score $* ends with status $?: $(tail -n 3 err)"
}
did() { # how many pieces, after what
    grep -q "^$1 pieces\? of work done" err || fail "$2: $(grep 'pieces\? of work' err), not $1"
}
same() {
    cmp first/scores.json "$1/scores.json" > difference 2>&1 && cmp first/units.h5 "$1/units.h5" >> difference 2>&1 || fail "$2: $(cat difference)"
}
cells() { sed -n '/^"cells"/,/^"aggregates"/{/^{/{s/,$//;p}}' "$1" | grep -v "$2"; }
others_same() { # folder, pattern of those that may differ, after what
    cells first/scores.json "$2" > before
    cells "$1/scores.json" "$2" > after
    cmp -s before after || fail "$3: other cells changed: $(diff before after | head -n 3)"
    cmp -s first/scores.json "$1/scores.json" && fail "$3: nothing changed"
}
all=$(sed -n 's/^\([0-9]*\) pieces of work done.*/\1/p' err)
find kept/cell -type f | sort > entries
begin=$(date +%s%N)
run second --cache kept
end=$(date +%s%N)
echo "# the second run took $(((end - begin) / 1000000)) ms" >&3
did 0 "a second run"
same second "a second run"

# A file that was touched is read again, and is what it was. A title is no definition.
touch models/*.nc data/*.nc
run touched --cache kept
did 0 "after touch"
same touched "after touch"
mv benchmarks.json b.json
sed 's/One to one/With another title/; s/V4 one to one/&/' b.json | sed 's/"title": "Levels"/"title": "Steps"/' > benchmarks.json
run title --cache kept
did 0 "after another title"

# A definition: its ceiling, its oracle, a cell of each of the seven models (two of which give the same layer of the same file).
sed '/"kind": "kfold"/s/"splits": 3/"splits": 4/' b.json > benchmarks.json
run definition --cache kept
did 8 "after another number of splits"
others_same definition '"IT-ridgecv"' "after another number of splits"
mv b.json benchmarks.json

# A byte of a model: a look, and its four cells on these stimuli.
cp models/narrow-shapes.nc n.nc
printf '\001' | dd of=models/narrow-shapes.nc bs=1 seek=12000 conv=notrunc 2> /dev/null
cmp -s n.nc models/narrow-shapes.nc && fail "the byte is the same"
run byte --cache kept
did 5 "after a changed byte"
others_same byte '"model":"narrow"' "after a changed byte"
mv n.nc models/narrow-shapes.nc
run back --cache kept
did 0 "after the byte was put back"
same back "after the byte was put back"

# Damage is noticed: a byte in a cell, an end that is missing, an entry without content; all Gram matrices; the list of known files.
damage() { printf '\377' | dd of="$1" bs=1 seek=$(($(wc -c < "$1") - 3)) conv=notrunc 2> /dev/null; }
set -- $(sed -n '3p;6p;9p' entries)
damage "$1"
head -c 50 "$2" > cut && cat cut > "$2"
: > "$3"
find kept/gram -type f | while read -r entry; do damage "$entry"; done
printf 'no list\n\377\000 1 2 3\n' > kept/files
run damaged --cache kept
did 3 "after damage"
grep -q 'this entry of the cache is damaged; it is computed anew' err || fail "no word about damage"
same damaged "after damage"
rm -r kept/cell
run grams --cache kept
same grams "after all Gram matrices were damaged"

# A cache that cannot be had costs time only.
run nowhere --cache manifest.json/cache
grep -q 'warning: the cache manifest.json/cache cannot be written to' err || fail "no warning of a cache that cannot be"
same nowhere "without a cache"

# Its size.
"$BRAINBOARD" cache --cache kept --stat > stat || fail "cache --stat fails"
grep -Eq '^ +cell +[0-9]+ ' stat && grep -Eq '^ +gram +[0-9]+ ' stat && grep -Eq '^ +look +[0-9]+ ' stat || fail "cache --stat says: $(cat stat)"
"$BRAINBOARD" cache --cache kept --gc --cache-size 0 --stat > stat || fail "cache --gc fails"
grep -Eq '^ +all +0 ' stat || fail "after cache --gc there is something left: $(cat stat)"
run empty --cache kept
did "$all" "with a cache that was emptied"
same empty "with a cache that was emptied"

# A pinned file may be absent where its cells are known; another file than the pinned one is none.
pin=$(sha256sum models/narrow-shapes.nc | cut -d ' ' -f 1)
sed "s|\"models/narrow-shapes.nc\"|&, \"sha256\": \"$pin\"|" models.json > pinned.json && mv pinned.json models.json
run pinned --cache kept
did 0 "with a pin"
mv models/narrow-shapes.nc away.nc
run absent --cache kept
did 0 "without the pinned file"
# … and are marked as standing by the cache, which is all that differs.
grep -q '"model":"narrow","benchmark":"IT-pls","status":"ok".*"cached":true' absent/scores.json || fail "no mark of the cache"
sed 's/,"cached":true//' absent/scores.json | cmp pinned/scores.json - > difference 2>&1 || fail "without the pinned file: $(cat difference)"
others_same pinned '^$' "with a pin" # the pin itself stands in the results
run unknown --no-cache
grep -q '"model":"narrow","benchmark":"IT-pls","status":"failed".*there is no file \\"models/narrow-shapes.nc\\"' unknown/scores.json || fail "no word about the absent file"
cp models/giant.nc models/narrow-shapes.nc
run other --cache kept
grep -q '"model":"narrow","benchmark":"IT-pls","status":"failed".*narrow-shapes.nc: its sha256 is .*as stated; it is another file' other/scores.json ||
    fail "another file than the pinned one is taken: $(grep '"model":"narrow","benchmark":"IT-pls"' other/scores.json)"
mv away.nc models/narrow-shapes.nc
# That a file is absent is not remembered.
pin=$(sha256sum data/shapes.nc | cut -d ' ' -f 1)
mv benchmarks.json b.json
sed "s|\"data/shapes.nc\"|&, \"sha256\": \"$pin\"|" b.json > benchmarks.json
mv data/shapes.nc away.nc
run data-absent --cache fresh
grep -q "\"benchmark\":\"IT-pls\",\"status\":\"failed\".*the benchmark's data cannot be read: there is no file" data-absent/scores.json || fail "no word about the absent recording"
mv away.nc data/shapes.nc
run data-back --cache fresh
cells pinned/scores.json '^$' > before
cells data-back/scores.json '^$' > after
cmp -s before after || fail "when the recording is back: $(diff before after | head -n 3)"
mv b.json benchmarks.json
cp "$CASE/../neural-same-bytes/models.json" .

# Killed in the middle: no worker stays behind, what was done is kept, the next run does the rest.
interrupted=
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf broken
    "$BRAINBOARD" score manifest.json -o broken.json -j2 --cache broken -q 2> /dev/null &
    batch=$!
    while kill -0 $batch 2> /dev/null && [ "$(find broken/cell -type f 2> /dev/null | wc -l)" -lt 3 ]; do :; done
    workers=$(cat /proc/$batch/task/$batch/children 2> /dev/null)
    kill -9 $batch 2> /dev/null
    wait $batch 2> /dev/null
    [ -z "$workers" ] || [ -e broken.json ] || interrupted=1
    [ -z "$interrupted" ] || break
done
[ "$interrupted" ] || fail "the batch was too fast to be interrupted"
for try in 1 2 3 4 5 6 7 8 9 10; do
    left=
    for worker in $workers; do grep -qs '^State:.[^ZX]' "/proc/$worker/status" && left="$left $worker"; done
    [ -n "$left" ] || break
    sleep 0.1
done
[ -z "$left" ] || fail "workers outlive the batch: $left"
run resumed --cache broken
some=$(sed -n 's/^\([0-9]*\) pieces of work done.*/\1/p' err)
[ "$some" -gt 0 ] && [ "$some" -lt "$all" ] || fail "after an interruption $some of $all pieces were done"
same resumed "after an interruption"
run finished --cache broken
did 0 "after the batch was finished"
