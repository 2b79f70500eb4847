#!/bin/sh
# Charts per second and their size on the wire, as a table; the large ones have a budget of bytes as a server sends them (gzip).
# usage: tests/bench/charts.sh CHARTS_PROGRAM     (`make bench` builds it)
set -u
dir=$(mktemp -d "${TMPDIR:-/tmp}/brainboard-charts.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
"$1" "$dir" > "$dir/lines" || exit 1
budget() { # budget KIND POINTS: of gzip'd bytes; nothing: none
    case $1-$2 in
    scatter-5000 | scatter_log-5000) echo 50000 ;;
    heatmap-75000) echo 150000 ;;
    esac
}
missed=0
printf '%-14s %8s %12s %10s %10s %10s\n' chart points per-second bytes "gzip'd" budget
while read -r kind points speed bytes; do
    small=$(gzip -9c "$dir/$kind-$points.svg" | wc -c)
    most=$(budget "$kind" "$points")
    verdict=
    [ -n "$most" ] && verdict=met
    [ -n "$most" ] && [ "$small" -gt "$most" ] && verdict=MISSED && missed=$((missed + 1))
    printf '%-14s %8d %12.1f %10d %10d %10s %s\n' "$kind" "$points" "$speed" "$bytes" "$small" "$most" "$verdict"
done < "$dir/lines"
[ "$missed" -eq 0 ]
