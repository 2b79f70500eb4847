# A run after which the site would be the same ends at once and touches nothing; whatever may change the site makes it run.
set -u
n=0
state() {
    find site | sort | xargs stat -c '%n %s %y %z %i'
}
run() {
    "$BRAINBOARD" build manifest.json --data early --data late --templates over --assets style -o site "$@" > out 2> err
}
says_so() {
    grep -q '^Nothing changed since the last time' err
}
same() { # same WHAT [OPTION…]: nothing is done
    what=$1
    shift
    state > before
    run "$@"
    status=$?
    [ $status -eq "${expected:-0}" ] || fail "$what: exit status $status: $(cat err)"
    says_so || fail "$what: it is built again"
    state | cmp -s before - || fail "$what: the site is touched"
    [ "$(cat out)" = site/index.html ] || fail "$what: the page to open is not named: $(cat out)"
    n=$((n + 1))
}
changed() { # changed WHAT [OPTION…]: it is built, and then the same run has nothing to do
    what=$1
    shift
    run "$@" || fail "$what: $(cat err)"
    says_so && fail "$what: it is not noticed"
    n=$((n + 1))
    same "$what, for the second time" "$@"
}
with_times_of() { # with_times_of FILE COMMAND…: as if FILE had not been written to
    touch -r "$1" reference
    at=$1
    shift
    "$@"
    touch -r reference "$at"
}

same 'the first repetition'
stamp=$(ls "$XDG_CACHE_HOME"/brainboard/scores/site-*)
before=$(stat -c '%z %i' "$stamp")
run -q
[ -s err ] && fail "something is said quietly: $(cat err)"
[ "$before" = "$(stat -c '%z %i' "$stamp")" ] || fail 'a quiet run builds again'
same 'and aloud again'
grep -q 'nowhere on sketch-error_consistency failed' err || fail 'the failure is not said again'
with_times_of late/target.csv sed -i '2s/cat$/dog/' late/target.csv
changed 'a byte of an output, with its time restored'
with_times_of data/human_subject-1.csv sed -i '3s/cat$/dog/' data/human_subject-1.csv
changed 'a byte of a recording, with its time restored'
sed 's/subject-3/subject-4/' data/human_subject-3.csv > data/human_subject-4.csv
changed 'a file that a pattern matches'
rm data/human_subject-4.csv
changed 'a file less that a pattern matches'
sed 's/"good"/"other"/' models/good.json > models/other.json
changed 'a model that a pattern of the manifest matches'
cp late/fair.csv early/fair.csv
changed 'a file earlier on the data path'
cp late/fair.csv late/nowhere.csv
changed 'an output that was absent'
cp late/fair.csv late/second.csv && ln -sf second.csv late/good.csv
changed 'a link that leads elsewhere'
cp 'benchmarks/samples/a shape_1.png' benchmarks/samples/same.png
changed 'a picture'
cp benchmarks/samples/same.png benchmarks/samples/away.png
changed 'a picture that was absent'
sed -i 's/lost/gone/' over/lost.tpl && printf ' ' >> over/lost.tpl
changed 'a template of the user'
cp "$CASE/../../../templates/legend.tpl" over/
changed 'one template more of the user'
echo '/* mine */' > style/style-9-mine.css
changed 'a style sheet of the user'
sed -i 's/Sketches and/Drawings and/' manifest.json
changed 'the manifest'
changed 'an option' --parity
changed 'another address' --base-url https://example.org/
changed 'the option taken back'
export SOURCE_DATE_EPOCH=1000000000
changed 'a date'
unset SOURCE_DATE_EPOCH
changed 'no date'
with_times_of site/index.html sed -i 's/Drawings/drawings/' site/index.html
changed 'a page that was edited, with its time restored'
rm site/models/good/index.html
changed 'a page that was deleted'
touch -d 2001-02-03 site/models/fair/index.html
changed 'the time of a page'
"$BRAINBOARD" render site/data/scores.json -o site > out 2> err
says_so && fail 'render takes the run of build for its own'
changed 'another command that wrote to the site'
mkdir site.brainboard-new
changed 'a build that was interrupted'
for stamp in "$XDG_CACHE_HOME"/brainboard/scores/site-*; do
    [ -f "$stamp" ] || continue
    sed -i '$d' "$stamp"
done
changed 'a damaged record'
for stamp in "$XDG_CACHE_HOME"/brainboard/scores/site-*; do sed -i 's/^out [0-9]*/out 1/' "$stamp"; done
changed 'a record that somebody edited'

# What changes no output.
touch manifest.json late/fair.csv models/*.json benchmarks/all.json over/*
same 'files that were only touched'
mkdir copy && cp -R models copy/ && rm -r models && mv copy/models models
same 'files that were copied'
touch early/unrelated.csv benchmarks/samples/unrelated.png
same 'files that nobody asked for'
same 'what is said about failures' --strict

# Always built.
run --force || fail "--force: $(cat err)"
says_so && fail '--force is not heeded'
run --no-cache || fail "--no-cache: $(cat err)"
says_so && fail '--no-cache is not heeded'

# A file that changes while it is read is no state to remember: a record names what the run saw.
grep -rq "$(pwd)" site && fail 'the site names a folder of this machine'

# The program itself.
cp "$BRAINBOARD" program
BRAINBOARD_HOME=$(cd "$CASE/../../.." && pwd) && export BRAINBOARD_HOME && BRAINBOARD=./program
changed 'another place of the program'
printf ' ' >> program
changed 'another program'

# Failures are said again, and count as before.
printf 'broken\000' > late/nowhere.csv
run
says_so && fail 'a broken output: it is not noticed'
grep -q 'nowhere on sketch-error_consistency failed' err || fail "a broken output: $(cat err)"
same 'a failure'
grep -q 'nowhere on sketch-error_consistency failed' err || fail "the failure is not said again: $(cat err)"
grep -q 'warning: .*script.svg' err || fail "the warning is not said again: $(cat err)"
expected=1
same 'a failure, strictly' --strict
expected=0
same 'a failure, and without --strict again'
echo "# nothing changed: $n runs compared" >&3
