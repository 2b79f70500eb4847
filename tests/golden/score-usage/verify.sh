# A wrong option is status 2 and a sentence, before anything is done.
refuses() { # sentence, command and options…
    sentence=$1
    shift
    "$BRAINBOARD" "$@" > out 2> err < /dev/null
    status=$?
    [ $status = 2 ] || fail "$*: status $status, not 2: $(cat err)"
    grep -qF -- "$sentence" err || fail "$*: says $(cat err)"
    [ ! -s out ] || fail "$*: prints $(cat out)"
}
for command in score build; do
    [ $command = build ] || for jobs in -1 '' 5000 nan 3x; do refuses "--jobs must be a number from 0 to 4096, not \"$jobs\"" $command manifest.json --jobs "$jobs"; done
    refuses '--jobs must be a whole number, not "1.5"' $command manifest.json -j 1.5
    [ $command = build ] || for size in 5Q -1 '' nan inf 1e30 5GBx; do
        refuses "--memory must be a size as in 500M or 12G, not \"$size\"" $command manifest.json --memory "$size"
        refuses "--cache-size must be a size as in 500M or 12G, not \"$size\"" $command manifest.json --cache-size "$size"
    done
    [ $command = build ] || for shard in 4/3 0/3 1/0 -1/3 x 1 1/3x '1/3 ' ''; do
        refuses "--shard must be K/N with 1 ≤ K ≤ N, as in 3/16, not \"$shard\"" $command manifest.json --shard "$shard"
    done
    refuses '--shard leaves its results in the cache, and --no-cache has none' $command manifest.json --shard 1/3 --no-cache
    [ $command = build ] || for time in -1 x nan inf 1e400 ''; do refuses "--cell-timeout must be a number from 0 to 1e+09, not \"$time\"" $command manifest.json --cell-timeout "$time"; done
    refuses '--cache must name a folder' $command manifest.json --cache ''
    refuses 'unknown option --memroy' $command manifest.json --memroy 5G
    refuses 'unknown option --memroy (did you mean --memory?)' $command --memroy 5G manifest.json
    refuses 'unknown option -x' $command manifest.json -xj 2
    refuses 'unknown option -x' $command -qx manifest.json
    refuses 'unknown option --quiet=3' $command manifest.json --quiet=3
    refuses 'a value is missing after -j' $command manifest.json -j
    refuses 'a value is missing after --shard' $command manifest.json --shard
    refuses '--data nowhere: there is no such folder' $command manifest.json --data nowhere
done
refuses '--cache-size must be a size' cache --gc --cache-size 5Q
refuses '--cache must name a folder' cache --cache ''
refuses 'unknown option --jobs' cache --jobs 2
refuses 'one argument too many' cache manifest.json
refuses 'unknown option --jobs' check manifest.json --jobs 2
# A shard that has nowhere to leave its part is told so, not done for nothing.
"$BRAINBOARD" score manifest.json --shard 1/2 --cache manifest.json/cache > out 2> err
[ $? = 4 ] && grep -q 'error: --shard leaves its results in the cache, and there is none' err || fail "a shard without a cache: $(cat err)"
[ ! -e scores.json ] && [ ! -e site ] || fail "something was written"
for command in score build; do
    "$BRAINBOARD" $command --help > help || fail "$command --help fails"
    for option in --jobs --memory --cell-timeout --shard --cache --cache-size --no-cache --strict --data; do
        grep -q -- "^  .*$option " help || fail "$command --help does not list $option"
    done
done
"$BRAINBOARD" cache --help > help || fail "cache --help fails"
for option in --stat --gc --cache --cache-size; do grep -q -- "^  .*$option " help || fail "cache --help does not list $option"; done
