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
says 0 'there is nothing to fetch' fetch syntaxgym-cleft -o data
says 0 'the stimuli are in its folder test_suites/json' fetch syntaxgym-cleft -o data
says 0 '((6;%np_mismatch%) - (6;%np_match%))' explain syntaxgym-cleft
says 0 '(suite, item, condition, region, value)' explain syntaxgym-cleft
says 0 'https://raw.githubusercontent.com/cpllab/syntactic-generalization/nextflow/test_suites/json/cleft.json' explain syntaxgym-cleft
says 0 'surprisal per region' needs syntaxgym-cleft
says 0 'kit: 1 stimulus set' kit syntaxgym-cleft -o kit
grep -qF 'regions MODEL syntaxgym-cleft.json' kit/README.md || fail "the kit does not say how a table of regions is written"
grep -qF 'test_suites/json/cleft.json (' kit/README.md || fail "the kit does not say where the suite is"
says 0 'Kar2019                             1318      8°       activations' needs Kar2019-ost
