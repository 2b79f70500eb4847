# Options that are wrong are said before anything is written.
[ ! -e board ] || fail "a folder was made"
for seed in x -1 1.5 '' 18446744073709551616; do
    "$BRAINBOARD" example board --seed "$seed" 2> err; status=$?
    [ $status -eq 2 ] || fail "--seed \"$seed\": exit status $status, expected 2"
    grep -q 'seed must be a whole number' err || fail "--seed \"$seed\": $(cat err)"
done
[ ! -e board ] || fail "a folder was made"
