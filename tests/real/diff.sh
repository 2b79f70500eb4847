#!/bin/sh
# What `brainboard diff` says of a real board from which a model was taken, to which a benchmark was added, whose ceiling was changed, against arithmetic by hand
# (diff.mjs). Needs kriegeskorte2008_92 in a folder of BRAINBOARD_DATA; node. TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
part=real
. "$here/../tap.sh"
old=$IFS IFS=: data=
for dir in ${BRAINBOARD_DATA:-}; do [ -e "$dir/kriegeskorte2008_92" ] && data=$dir; done
IFS=$old
changes='model benchmark ceiling'
if [ -z "$data" ]; then
    for change in $changes; do skip "difference by hand: $change" "no kriegeskorte2008_92 on this machine"; done
    finish
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" && node "$here/diff.mjs" make "$here/../../data/boards/kriegeskorte2008" m || exit 1
for state in whole $changes; do "$BRAINBOARD" score m/$state.json -o $state.json -q || exit 1; done
for change in $changes; do
    before=whole after=$change
    [ $change = benchmark ] && before=benchmark after=whole # it is added
    "$BRAINBOARD" diff $before.json $after.json --json > diff.json
    status=$?
    problem=$(node "$here/diff.mjs" check $change $before.json $after.json diff.json 2>&1) && { echo "$problem"; problem=; }
    [ $status -eq 1 ] || problem="$problem
diff ends with status $status"
    report "difference by hand: $change" "$problem"
done
finish
