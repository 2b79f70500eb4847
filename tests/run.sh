#!/bin/sh
# Runs every part of the tests, as many at once as there are cores, and closes with one line "N passed, N failed, N skipped". Each part prints TAP.
# usage: tests/run.sh [PART…]     parts: structure runner unit browser real example golden snippets pdf hand pictures neural diff
#                                         killed releases budget
set -u
cd "$(dirname "$0")/.." || exit 1
log=build/tests
mkdir -p "$log"
rm -f "$log/free"
passed=0 failed=0 skipped=0

# part NAME COMMAND…: starts it as soon as a core is free, its output goes to build/tests/NAME.tap; and tells of those that have ended.
part() {
    name=$1
    shift
    case " ${parts:-$name} " in *" $name "*) ;; *) return ;; esac
    started="$started $name"
    rm -f "$log/$name.end"
    read -r _ <&9
    (
        from=$(date +%s)
        "$@" > "$log/$name.tap" 2> "$log/$name.err" 9>&-
        echo "$? $(($(date +%s) - from))" > "$log/$name.end.tmp"
        mv "$log/$name.end.tmp" "$log/$name.end"
        echo >&9
    ) &
    tell
}

# Tells of the parts that have ended, in the order of their start: what failed and what was skipped.
tell() {
    for name in $started; do
        [ -e "$log/$name.end" ] || return
        started=${started#* "$name"}
        read -r status seconds < "$log/$name.end"
        printf '== %s\n' "$name"
        p=$(grep -c '^ok ' "$log/$name.tap")
        s=$(grep -c '^ok .*# SKIP' "$log/$name.tap")
        f=$(grep -c '^not ok ' "$log/$name.tap")
        if [ "$f" -gt 0 ]; then
            awk '/^not ok /{show=1} /^ok /{show=0} show' "$log/$name.tap" | head -n 200
        fi
        grep -h '# SKIP' "$log/$name.tap" | sed 's/^ok [0-9]* - /skipped: /; s/# SKIP/--/'
        if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
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
        printf '   %d passed, %d failed, %d skipped in %d s\n' $((p - s)) "$f" "$s" "$seconds"
    done
}

parts="$*" started=
trap 'trap - TERM; kill 0' INT
# One line for each part that may run.
mkfifo "$log/free" && exec 9<> "$log/free" && rm "$log/free"
for _ in $(seq "$(nproc 2> /dev/null || echo 2)"); do echo >&9; done
export LC_ALL=C
# What an earlier run of the tests scored must not answer for this one.
rm -rf build/tests/cache
export XDG_CACHE_HOME="$PWD/build/tests/cache"
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:quarantine_size_mb=8 UBSAN_OPTIONS=print_stacktrace=1
# Those that take long come first.
part browser env BRAINBOARD="$PWD/build/brainboard" sh tests/browser/run.sh
part unit sh tests/unit/run.sh build/asan/unit-tests
part structure sh tests/structure.sh
part runner sh tests/runner/run.sh
part golden env BRAINBOARD="$PWD/build/asan/brainboard" sh tests/golden/run.sh
part real env BRAINBOARD="$PWD/build/brainboard" sh tests/real/run.sh
part example env BRAINBOARD="$PWD/build/brainboard" IDENTIFY="$PWD/build/identify" sh tests/example/run.sh
part snippets env BRAINBOARD="$PWD/build/brainboard" sh tests/snippets/run.sh
part pdf env BRAINBOARD="$PWD/build/brainboard" sh tests/pdf.sh
part hand sh -c 'bad=0; for t in tests/hand/*.sh; do BRAINBOARD="$PWD/build/brainboard" sh "$t" || bad=1; done; exit $bad'
part pictures env BRAINBOARD="$PWD/build/brainboard" sh tests/real/pictures.sh
part neural env BRAINBOARD="$PWD/build/brainboard" COMPARE="$PWD/build/asan/compare-scores" sh tests/numeric/neural.sh
part diff env BRAINBOARD="$PWD/build/brainboard" sh tests/real/diff.sh
part killed sh tests/killed/run.sh "$PWD/build/brainboard"
part releases sh tests/bench/releases.sh check "$PWD/build/brainboard"
part budget env BRAINBOARD="$PWD/build/brainboard" sh tests/bench/budget.sh
wait
tell
for name in $started; do # it was killed, or had no place for its output
    failed=$((failed + 1))
    echo "not ok - $name did not end"
done
if [ $((passed + failed + skipped)) -eq 0 ]; then
    failed=1
    echo "not ok - there is no part \"$parts\""
fi
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
