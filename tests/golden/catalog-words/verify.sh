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
says 0 '319 benchmarks: 38 verified on real data, 280 verified against an independent implementation, 1 defined' list benchmarks
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
# What no model can be scored on is named, with the reason.
reason='the recording has 1 neuroid, and an RDM needs at least 2'
says 0 "Tuckute2024-rdm: no model can have a score on it: $reason" list benchmarks
says 0 'No score     No model can have a score on it: the recording has 1 neuroid, and an RDM' explain Tuckute2024-rdm
"$BRAINBOARD" list benchmarks --json > list.json || fail 'list --json'
[ "$(grep -c '"computable": false' list.json)" = 1 ] && grep -A1 '"computable": false' list.json | grep -qF "\"why_not\": \"$reason\"" ||
    fail 'list --json does not say what cannot be computed'
# A metric, a ceiling, a group and a domain are explained as well.
says 0 'Object solution times (ost), metric, version 1' explain ost
says 0 'Used by      1 benchmark: Kar2019-ost' explain ost
says 0 'Parameters   splits  integer  default 10  1 to 10000' explain ost
says 0 'Ceilings     i2n, or a value stated with the benchmark' explain i2n
says 0 'Halves of the trials (i2n), ceiling, version 1' explain i2n
says 0 'By default   ridge regression of each unit on the model’s features, penalty α = 1, 10 splits' explain ridge
says 0 'Metrics      accuracy_difference, accuracy_distance, error_consistency, observed_consistency' explain subject_pairs
says 0 'neural_vision (128 benchmarks), behavior_vision (84 benchmarks)' explain average_vision
says 0 'average_language (13 benchmarks)' explain language
says 0 '"below": [' explain vision --json
says 0 '"default": "10"' explain ost --json
says 3 'there is no benchmark, group, domain or metric "osst"; did you mean "ost"?' explain osst
# Formulas are those that are computed; where no ceiling is known, the example assumes one.
says 0 'Score        mean over subjects of r² / c, each by its own ceiling, cut to [0, 1]. For example, for' explain Hebart2023_fmri.IT-ridge
says 0 'one of them, r = 0.4000 and an assumed c = 0.8000: r² / c = 0.4000² / 0.8000 = 0.2000.' explain Hebart2023_fmri.IT-ridge
says 0 'Raw value    r = mean over subjects of the median over neuroids of Pearson’s r' explain Hebart2023_fmri.IT-ridge
says 0 'Split        shuffled over stimuli that each stand alone: it keeps apart all that goes together' explain Tuckute2024-ridge
says 0 '             Fedorenko2016-linear-grouped' explain Fedorenko2016-linear-shuffle
says 0 'Of people    a threshold for each subject' explain Malania2007.short2-threshold_elevation
says 0 'condition Malania2007_short-2, baseline:' explain Malania2007.short2-threshold_elevation
says 0 'penalties from 1e-10 to 1e+10' explain Zerbe2026_fmri.IT-tau-ridgecv
says 0 'whole pictures: whole, condition Frankenstein' explain Baker2022frankenstein-accuracy_delta
# A digest is whole on its line; what is listed has its files; what matches nothing is said.
"$BRAINBOARD" list benchmarks 2> /dev/null | sed 's/ .*//;1d' | awk 'NR % 16 == 1 || /Coggan/' | while read -r id; do "$BRAINBOARD" explain "$id"; done > all
grep -q 'SHA-1 *$' all && fail 'a SHA-1 stands on the next line'
[ "$(grep -c '"known_ceiling": {}' list.json)" = 0 ] || fail 'a known ceiling that is not known'
grep -q '"file": \[' list.json && ! grep -qF '"data": {}' list.json || fail 'list --json has no files of the data'
says 2 'no benchmark has all that is asked for: --domain language --region IT' list benchmarks --domain language --region IT
says 0 'Layout       The reference publishes no such file: its name and the names of its columns are ours.' explain Zerbe2026_fmri.IT-cka
says 0 'Hebart et al. 2023, fMRI, ridge, IT (Hebart2023_fmri.IT-ridge)' explain Hebart2023_fmri.IT-ridge
