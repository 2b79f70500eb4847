# The reference's rule (Brain-Score.web, benchmarks/sql/mv.sql), worked out by hand: visible leaves in their latest version, the score of the highest raw value,
# clamped to [0, 1]; NaN and errors leave a row without a score, and count as zero like what was not run; engineering counts raw values and stays out of the average.
#   net a  neural (.5 + 0) / 2 = .25, behavior 1 (1.2 clamped), average .625, engineering .7
#   net-b  neural (.25 + 0) / 2 = .125, average (.125 + 0) / 2 = .0625
has() { grep -qF "$2" "$1" || fail "$1 has no $2: $(cat "$1")"; }
"$BRAINBOARD" check project/manifest.json > out 2>&1 || fail "the project is not valid: $(cat out)"
has out "0 errors, 0 warnings"
"$BRAINBOARD" score project/manifest.json -q -o scores.json || fail "the project cannot be scored"
for expected in '"net-a","node":"neural_vision","score":0.25,' '"net-a","node":"average_vision","score":0.625,' '"net-a","node":"engineering_vision","score":0.7,' \
    '"net-b","node":"neural_vision","score":0.125,' '"net-b","node":"average_vision","score":0.0625,' '"net-e","node":"average_language","score":0.5,' \
    '"model":"net-a","benchmark":"lab.Two2021-pls","status":"missing"' '"model":"net-b","benchmark":"lab.Two2021-pls","status":"missing"' \
    '"model":"net-b","benchmark":"Three2020-i2n","status":"missing"' '"raw":0.6,"ceiling":0.8,"score":0.5,'; do
    has scores.json "$expected"
done
for word in net-secret net-unscored Hidden2022 empty_vision; do
    grep -q "$word" scores.json && fail "scores.json speaks of $word"
done
has project/models.json '"visibility": "private"'
has project/models.json '"visual_degrees": 8'
has project/benchmarks.json '"bibtex": "@article{one2020,\n  title={One},\n  year={2020}\n}"'
has project/benchmarks.json '"title": "One2020-pls"'
has project/attributes.csv "net-a,open2022"

"$BRAINBOARD" import fixtures -q -o language --domain language > out || fail "--domain fails"
grep -q vision language/benchmarks.json && fail "--domain language keeps vision"

# A model that nobody describes, a type below itself, a name with a typing error.
broken() { # broken FILE OLD NEW MESSAGE
    rm -rf copy && cp -R fixtures copy && sed "s/$2/$3/" "fixtures/$1" > "copy/$1"
    "$BRAINBOARD" import copy -o broken > out 2> err && fail "$1 with $3 is taken"
    grep -qF "$4" err || fail "$1 with $3: $(cat err)"
}
broken fixture-models.json '"net-b"' '"net-bb"' 'there is no model "net-b" in fixture-models.json'
broken fixture-benchmarktypes.json '"average_vision", "domain"' '"average_visoin", "domain"' 'there is no benchmark type "average_vision"; did you mean "average_visoin"?'
broken fixture-benchmarktypes.json '"visible": "True", "order": 0' '"parent": "neural_vision"' 'is below itself'
broken fixture-scores.json '"score_raw": 0.7' '"score_raw": "0.7"' 'fixture-scores.json:6:'
rm -r copy && mkdir copy && cp fixtures/fixture-scores.json copy
"$BRAINBOARD" import copy -o broken > out 2> err && fail "a folder without models is taken"
has err "there is no file copy/fixture-models.json"
