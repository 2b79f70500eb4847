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
says 0 '319 benchmarks: 38 verified on real data, 281 verified against an independent implementation, 0 defined' list benchmarks
says 0 '  on real data  ' list benchmarks --parent SyntaxGym
says 0 'independently' list benchmarks --metric ost
says 0 'Kar2019                             1318      8°       activations' needs Kar2019-ost
