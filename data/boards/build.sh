#!/bin/sh
# Builds boards from the data on this machine. usage: build.sh main|real DATA OUT      ($BRAINBOARD: the program)
#   main  the board of all data sets into OUT; where none of their data is here, the published score lists; where those are not either,
#         the in-silico example, which needs no data; prints the page to open
#   real  the same, and each board into OUT/<board>/
set -u
here=$(dirname "$0")
data=$2
out=$3
ran=$(dirname "$BRAINBOARD")/ran # what the program's own models answered to the pictures of the data
where() {
    printf '%s\n' "README.md, \"Boards on real data\", says where each data set is had. Put them into one folder, then" \
        "    make DATA=that/folder        the board of all of them" "    make real DATA=that/folder   a board of each"
}
build() { # build BOARD FOLDER; DATA may be several folders, separated by ":" as in BRAINBOARD_DATA
    board=$1 folder=$2
    set --
    [ ! -d "$ran" ] || set -- --data "$ran"
    rest=$data:
    while [ -n "$rest" ]; do
        [ -z "${rest%%:*}" ] || set -- "$@" --data "${rest%%:*}"
        rest=${rest#*:}
    done
    "$BRAINBOARD" build "$here/$board/manifest.json" "$@" -o "$folder"
}
case $1 in
main)
    sh "$here/classic.sh" "$data" "$ran" || exit
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    for name in all published; do
        build $name "$out" 2> "$log"
        status=$?
        [ $status -eq 1 ] && continue # nothing of it is on this machine
        cat "$log" >&2
        exit $status
    done
    project=$(dirname "$BRAINBOARD")/example
    "$BRAINBOARD" example --quiet "$project" > "$log" && "$BRAINBOARD" build "$project/manifest.json" -o "$out" || exit $?
    echo
    echo "This board is simulated, because no published data is on this machine${data:+ in $data}; its project is $project/."
    where
    ;;
real)
    if [ -z "$data" ]; then
        echo "make real DATA=folder: which folder has the data sets?" >&2
        where >&2
        exit 2
    fi
    sh "$here/classic.sh" "$data" "$ran" || exit
    bad=0
    for name in all geirhos2021 natural_stories kriegeskorte2008 syntaxgym2020 published schrimpf2021 kubilius2019 gokce2025; do
        echo "== $name" >&2
        if [ $name = all ]; then build all "$out"; else build $name "$out/$name"; fi
        status=$?
        [ $status -gt $bad ] && bad=$status
    done
    exit $bad
    ;;
esac
