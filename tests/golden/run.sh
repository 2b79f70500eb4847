#!/bin/sh
# Golden tests of the command line. A case is a folder:
#   cmd             arguments of brainboard, run with a copy of the case as the current folder
#   stdout.exact    what it must print (absent: not looked at)
#   stderr.exact    the same for stderr
#   status          exit status (absent: 0)
#   prepare.sh      makes, in the copy and before the command runs, what does not lie in the case (files of other tests, damaged ones)
#   verify.sh       looks at what it left behind; `fail "sentence"` in it fails the case; $BRAINBOARD and $CASE are set
#                   (a line "# …" that it writes to descriptor 3 is shown)
# usage: run.sh [--update] [CASE…]
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
export BRAINBOARD
unset BRAINBOARD_DATA
update=
[ "${1:-}" = --update ] && update=1 && shift
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 bad=0
exec 3>&1

run_case() {
    CASE=$1
    export CASE
    name=$(basename "$CASE")
    dir=$work/$name
    cp -R "$CASE" "$dir" && chmod -R u+w "$dir"
    export XDG_CACHE_HOME="$work/cache/$name" # every case starts with an empty cache
    if [ -f "$CASE/prepare.sh" ] && ! (cd "$dir" && sh -eu "$CASE/prepare.sh") > "$work/stderr" 2>&1; then
        bad=1 n=$((n + 1))
        echo "not ok $n - golden/$name: prepare.sh failed"
        sed 's/^/    /' "$work/stderr" | tail -n 20
        return
    fi
    (cd "$dir" && eval "\"$BRAINBOARD\" $(cat cmd)") > "$work/stdout" 2> "$work/stderr" < /dev/null
    status=$?
    sed -i 's/^[0-9]* files written/N files written/' "$work/stderr" # every new kind of page changes it
    expected=0
    [ -f "$CASE/status" ] && expected=$(cat "$CASE/status")
    why=
    [ "$status" -eq "$expected" ] || why="exit status $status, expected $expected"
    for stream in stdout stderr; do
        [ -f "$CASE/$stream.exact" ] || continue
        [ -n "$update" ] && cp "$work/$stream" "$CASE/$stream.exact"
        cmp -s "$work/$stream" "$CASE/$stream.exact" || why="${why:+$why; }$stream differs"
    done
    if [ -z "$why" ] && [ -f "$CASE/verify.sh" ]; then
        why=$(cd "$dir" && sh -c 'fail() { echo "$1"; exit 1; }; . "$CASE/verify.sh"' 2>&1) && why=
    fi
    n=$((n + 1))
    if [ -z "$why" ]; then
        echo "ok $n - golden/$name"
        return
    fi
    bad=1
    echo "not ok $n - golden/$name: $why"
    for stream in stdout stderr; do
        if [ -f "$CASE/$stream.exact" ]; then diff -u "$CASE/$stream.exact" "$work/$stream" | sed 's/^/    /'
        else sed "s/^/    $stream: /" "$work/$stream" | tail -n 20; fi
    done
}

if [ $# -eq 0 ]; then set -- "$here"/*/cmd; else
    cases=
    for c in "$@"; do cases="$cases $here/$c/cmd"; done
    set -- $cases
fi
for cmd in "$@"; do run_case "$(dirname "$cmd")"; done
echo "1..$n"
exit $bad
