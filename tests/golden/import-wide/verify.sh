# A column per benchmark; an empty cell is not run, and counts as zero; the other columns are attributes.
has() { grep -qF "$2" "$1" || fail "$1 has no $2: $(cat "$1")"; }
"$BRAINBOARD" check project/manifest.json > out 2>&1 || fail "the project is not valid: $(cat out)"
has out "0 errors, 0 warnings"
"$BRAINBOARD" score project/manifest.json -q -o scores.json || fail "the project cannot be scored"
for expected in '"CORnet-S","node":"average_vision","score":0.625,' '"DenseNet-169","node":"average_vision","score":0.33,' \
    '"alexnet","node":"average_vision","score":0.25,' '"model":"DenseNet-169","benchmark":"IT","status":"missing"' '"Top-1":0.731' '"Year":2019'; do
    has scores.json "$expected"
done
[ "$(sed -n 1p project/attributes.csv)" = "model,Top-1,Year,Paper" ] || fail "attributes: $(cat project/attributes.csv)"

# Without a word about columns, all numbers are benchmarks; with --benchmarks the others are attributes; with both, nothing else is kept.
"$BRAINBOARD" import table.csv -q -o all > out && [ "$(grep -c '"metric": "published"' all/benchmarks.json)" = 4 ] || fail "not all columns of numbers"
"$BRAINBOARD" import table.csv -q -o some --benchmarks "IT, v4" > out || fail "--benchmarks fails"
cmp -s some/benchmarks.json project/benchmarks.json || fail "--benchmarks: $(cat some/benchmarks.json)"
"$BRAINBOARD" import table.csv -q -o few --benchmarks it --attributes year > out || fail "both options fail"
[ "$(sed -n 1p few/attributes.csv)" = "model,Year" ] || fail "attributes: $(cat few/attributes.csv)"
