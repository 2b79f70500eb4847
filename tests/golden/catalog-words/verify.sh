# What the catalog says of itself, and what `list` asks for.
says() { # status, sentence, command and options…
    status=$1 sentence=$2
    shift 2
    "$BRAINBOARD" "$@" > out 2>&1 < /dev/null
    got=$?
    [ $got = "$status" ] || fail "$*: status $got, not $status: $(cat out)"
    grep -qF -- "$sentence" out || fail "$*: does not say $sentence: $(tail -n 3 out)"
}
says 2 'the program brings no models of its own: name a manifest, as in `brainboard list models manifest.json`' list models
says 2 'expected benchmarks [MANIFEST] | models MANIFEST | metrics' list
says 0 'the program brings none of its own' list --help
says 0 '319 benchmarks: 67 verified on real data, 251 verified against an independent implementation, 1 defined' list benchmarks
says 0 '  on real data  ' list benchmarks --parent SyntaxGym
says 0 'independently' list benchmarks --metric ost
says 0 'Kar2019                             1318      8°       activations' needs Kar2019-ost
# What no model can be scored on is named, with the reason.
reason='the recording has 1 neuroid, and an RDM needs at least 2'
says 0 "Tuckute2024-rdm: no model can have a score on it: $reason" list benchmarks
says 0 'No score     No model can have a score on it: the recording has 1 neuroid, and an RDM' explain Tuckute2024-rdm
"$BRAINBOARD" list benchmarks --json > list.json || fail 'list --json'
[ "$(grep -c '"computable": false' list.json)" = 1 ] && grep -A1 '"computable": false' list.json | grep -qF "\"why_not\": \"$reason\"" ||
    fail 'list --json does not say what cannot be computed'
