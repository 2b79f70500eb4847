#!/bin/sh
# Runs every part of the tests and closes with one line "N passed, N failed, N skipped". Each part prints TAP.
# usage: tests/run.sh [PART…]     parts: structure unit golden neural pdf example real pictures hand snippets budget browser
set -u
cd "$(dirname "$0")/.." || exit 1
log=build/tests
mkdir -p "$log"
passed=0 failed=0 skipped=0

# part NAME COMMAND…: runs it, keeps its output in build/tests/NAME.tap, shows what failed and what was skipped.
part() {
    name=$1
    shift
    case " ${parts:-$name} " in *" $name "*) ;; *) return ;; esac
    printf '== %s\n' "$name"
    "$@" > "$log/$name.tap" 2> "$log/$name.err"
    status=$?
    p=$(grep -c '^ok ' "$log/$name.tap")
    s=$(grep -c '^ok .*# SKIP' "$log/$name.tap")
    f=$(grep -c '^not ok ' "$log/$name.tap")
    if [ "$f" -gt 0 ]; then
        awk '/^not ok /{show=1} /^ok /{show=0} show' "$log/$name.tap" | head -n 200
    fi
    grep -h '# SKIP' "$log/$name.tap" | sed 's/^ok [0-9]* - /skipped: /; s/# SKIP/--/'
    if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then
        f=1
        echo "not ok - $name ended with status $status"
    fi
    [ "$f" -gt 0 ] && tail -n 40 "$log/$name.err"
    if [ "$p" -eq 0 ] && [ "$f" -eq 0 ]; then
        f=1
        echo "not ok - $name ran no test"
    fi
    grep -h '^# ' "$log/$name.tap"
    passed=$((passed + p - s)) skipped=$((skipped + s)) failed=$((failed + f))
    printf '   %d passed, %d failed, %d skipped\n' $((p - s)) "$f" "$s"
}

parts="$*"
export LC_ALL=C
# What an earlier run of the tests scored must not answer for this one.
rm -rf build/tests/cache
export XDG_CACHE_HOME="$PWD/build/tests/cache"
# What was freed is kept for a while, to catch who still uses it: 16 MB of it, because every worker that is forked gets a copy of the page tables.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:quarantine_size_mb=16 UBSAN_OPTIONS=print_stacktrace=1
part structure sh tests/structure.sh
part unit sh tests/unit/run.sh build/asan/unit-tests
part golden env BRAINBOARD="$PWD/build/asan/brainboard" sh tests/golden/run.sh
part neural env BRAINBOARD="$PWD/build/brainboard" COMPARE="$PWD/build/asan/compare-scores" sh tests/numeric/neural.sh
part pdf env BRAINBOARD="$PWD/build/brainboard" sh tests/pdf.sh
part example env BRAINBOARD="$PWD/build/brainboard" IDENTIFY="$PWD/build/identify" sh tests/example/run.sh
part real env BRAINBOARD="$PWD/build/brainboard" sh tests/real/run.sh
part pictures env BRAINBOARD="$PWD/build/brainboard" sh tests/real/pictures.sh
part hand sh -c 'bad=0; for t in tests/hand/*.sh; do BRAINBOARD="$PWD/build/brainboard" sh "$t" || bad=1; done; exit $bad'
part snippets env BRAINBOARD="$PWD/build/brainboard" sh tests/snippets/run.sh
part budget env BRAINBOARD="$PWD/build/brainboard" sh tests/bench/budget.sh
part browser env BRAINBOARD="$PWD/build/brainboard" sh tests/browser/run.sh
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
