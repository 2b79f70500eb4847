# A row per score: the latest version, the best layer, regions as groups; published names become ids that differ in more than case.
has() { grep -qF "$2" "$1" || fail "$1 has no $2: $(cat "$1")"; }
"$BRAINBOARD" check project/manifest.json > out 2>&1 || fail "the project is not valid: $(cat out)"
has out "0 errors, 0 warnings"
"$BRAINBOARD" score project/manifest.json -q -o scores.json || fail "the project cannot be scored"
for expected in '"Net-One","node":"average_vision","score":0.5,' '"Net-One","node":"V1","score":0.4,' '"net-one-2","node":"average_vision","score":0.1,' \
    '"net-gr-er","node":"average_vision","score":0.1,' '"model":"net-one-2","benchmark":"B","status":"missing"' '"layer":"conv2"'; do
    has scores.json "$expected"
done
has project/models.json '"name": "Ünet, größer"'
[ "$(sed -n 2p project/attributes.csv)" = "Net-One,cnn" ] || fail "attributes: $(cat project/attributes.csv)"
[ "$(sed -n 2p project/scores.csv)" = "Net-One,A,2,conv1,,,0.3,0.01,list.csv" ] || fail "scores: $(cat project/scores.csv)"

# Without a score, it is raw / ceiling, not above 1.
"$BRAINBOARD" import raw.tsv -q -o raw > out && "$BRAINBOARD" score raw/manifest.json -q -o raw.json || fail "raw values cannot be imported"
has raw.json '"model":"a","node":"average_vision","score":0.5,'
has raw.json '"model":"b","node":"average_vision","score":1,'
[ ! -e raw/attributes.csv ] || fail "attributes out of nothing"

# The same again is the same; what is not wanted any more goes.
sums=$(cat project/*.* | sha256sum)
"$BRAINBOARD" import list.csv -q -o project --attributes family --title "A list" > out || fail "a second import fails"
[ "$sums" = "$(cat project/*.* | sha256sum)" ] || fail "a second import gives other files"
"$BRAINBOARD" import list.csv -q -o project > out || fail "an import without attributes fails"
[ ! -e project/attributes.csv ] || fail "the attributes of the import before are still there"
