#!/bin/sh
# Builds that are killed, that find no room, or that may not write: what is served is whole at every moment, and the next build completes. TAP.
# A moment is drawn from a seed: anywhere in the run, or, every second one, after the moves into the site have begun, which is where a site could be torn.
# usage: tests/killed/run.sh PROGRAM [ATTEMPTS [SEED]]     ATTEMPTS for a plain build and as many for a release (default 5; `make killed`: 50)
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
attempts=${2:-5} seed=${3:-1}
dir=$(mktemp -d "${TMPDIR:-/tmp}/brainboard-killed.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
export XDG_CACHE_HOME="$dir/cache"
part=killed
. "$here/../tap.sh"
cd "$dir" || exit 1

# Two states of one board; the first is published as a release. The second has other scores everywhere, a benchmark and a model less and a new one.
cp "$here/../golden/export-csv/scores.json" 2.json
sed 's/"release":"2026.11","date":"2026-11-23"/"release":"2026.10","date":"2026-10-01"/; s/"score":0\.4/"score":0.5/; s/"m07"/"m07a"/; s/"title":"A board/"title":"An old board/' 2.json > 1.json
"$program" render 1.json -o before --release 2026.10 --history history-before --no-pdf -q > out 2>&1 || { cat out; exit 1; }

render() { # render SITE OPTION…: the second state into a site
    to=$1
    shift
    "$program" render 2.json -o "$to" --history history --no-pdf -q --force "$@"
}
reset() { rm -rf site site.brainboard-new history && cp -R before site && cp -R history-before history; }

# Runs a command and kills it and its children: after a share of $2 seconds, or, "moving", so long after the journal of the moves is there. `$3` seeds.
killed() {
    perl -MTime::HiRes=time,sleep -e '
        my ($moving, $seconds, $seed, @command) = @ARGV;
        srand($seed); my $wait = rand() * $seconds;
        my $pid = fork // die; if (!$pid) { setpgrp(0, 0); open(STDOUT, ">/dev/null"); open(STDERR, ">", "killed.err"); exec @command or die; }
        if ($moving) { my $end = time + 20 * $seconds + 5; 1 until -e "site.brainboard-new/journal" or time > $end or waitpid($pid, 1) > 0; }
        my $end = time + $wait; 1 while time < $end and $moving; sleep $wait unless $moving;
        kill "KILL", -$pid; waitpid $pid, 0; sleep 0.02;' -- "$@"
}

# kills WORDS OPTION…: attempts at one kind of build
kills() {
    words=$1
    shift
    reset && begin=$(date +%s%N) && render site "$@" > out 2>&1 || { report "$words: the build that is not killed" "$(cat out)"; return; }
    whole=$((($(date +%s%N) - begin) / 1000)) # microseconds
    rm -rf after history-after && mv site after && mv history history-after
    problems= i=0 torn=0 early=0
    while [ $i -lt "$attempts" ] && [ -z "$problems" ]; do
        i=$((i + 1))
        moving=$((i % 2)) seconds=$(awk "BEGIN {print $whole / 1e6 * ($i % 2 ? 0.05 : 1)}")
        reset
        killed $moving "$seconds" $((seed * 1000 + i)) "$program" render 2.json -o site --history history --no-pdf -q --force "$@"
        if [ -e site.brainboard-new/journal ]; then torn=$((torn + 1)); elif [ -e site.brainboard-new ]; then early=$((early + 1)); fi
        problems=$(node "$here/served.mjs" site | head -n 5)
        [ -z "$problems" ] && problems=$(diff -rq before/v/2026.10 site/v/2026.10 2>&1 | head -n 3)
        [ -z "$problems" ] && problems=$(render site "$@" 2>&1 > /dev/null)
        [ -z "$problems" ] && [ -e site.brainboard-new ] && problems="the next build leaves site.brainboard-new"
        [ -z "$problems" ] && problems=$(diff -rq after site 2>&1 | head -n 3; diff -rq history-after history 2>&1 | head -n 3)
        [ -z "$problems" ] || problems="attempt $i of seed $seed: $problems"
    done
    echo "# $words: $i kills, $early while pages were made, $torn in the midst of the moves"
    report "$words: killed at $attempts moments, what is served is whole, and the next build completes" "$problems"
}
kills 'a plain build'
kills 'a release' --release 2026.11

# A disk that has room for more and more: until it is enough, a sentence, status 4, and the site as it was. Then the same where nothing may be written.
disk() {
    mkdir -p disk && mount -t tmpfs -o size=64m tmpfs disk && cd disk || exit 77
    cp -R ../before site && cp -R ../history-before history && cp ../2.json .
    digests() { (cd site && find . -type f -exec sha256sum {} + | sort); }
    digests > ../whole
    used=$(df -Pk . | awk 'NR == 2 {print $3}')
    done= failed=0
    for more in 0 100 400 900 1500 2000 2300 2500 3000 4000 6000 9000 14000 20000 32000; do
        mount -o remount,size=$((used + more))k disk . 2> /dev/null || mount -o remount,size=$((used + more))k "$PWD"
        render site --release 2026.11 > ../said 2>&1
        status=$?
        if [ $status -eq 0 ]; then done=1; break; fi
        failed=$((failed + 1))
        [ $status -eq 4 ] || echo "$more kB: status $status, $(head -n 2 ../said)"
        grep -q 'No space left' ../said || echo "$more kB: no word of the disk: $(head -n 2 ../said)"
        digests | cmp -s - ../whole || echo "$more kB: the site is not as it was"
        node "$here/served.mjs" site | head -n 3
    done
    [ -n "$done" ] || echo "it never succeeded: $(head -n 2 ../said)"
    [ $failed -ge 3 ] || echo "only $failed builds found no room"
    diff -rq ../after site | head -n 3
    digests > ../whole
    cp ../1.json . && mount -o remount,ro "$PWD" || exit 77
    "$program" render 1.json -o site --no-pdf -q > ../said 2>&1
    status=$?
    [ $status -eq 4 ] && grep -q 'Read-only file system' ../said || echo "read-only: status $status, $(head -n 2 ../said)"
    digests | cmp -s - ../whole || echo "read-only: the site is not as it was"
}
if unshare -rm true 2> /dev/null; then
    export program here dir
    problems=$(unshare -rm sh -c "$(sed -n '/^render()/,/^}/p; /^disk()/,/^}/p' "$here/run.sh"); disk" 2>&1)
    if [ $? -eq 77 ]; then skip 'a full disk, and one that is read-only' 'no file system can be mounted here'; else
        report 'a full disk, and one that is read-only: a sentence, status 4, the site as it was' "$problems"; fi
else
    skip 'a full disk, and one that is read-only' 'no name space of its own can be had'
fi
finish
