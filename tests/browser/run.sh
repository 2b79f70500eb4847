#!/bin/sh
# Pages in headless Chromium, and their HTML in tidy. The sites: the golden case with every kind of failure, and hostile texts in every field.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

for board in "$here/../golden/build-models-that-fail" "$here/hostile"; do
    name=$(basename "$board")
    if ! "$BRAINBOARD" build "$board/manifest.json" --quiet -o "$work/$name" > "$work/log" 2>&1; then
        echo "not ok 1 - browser: $name does not build: $(tail -n 1 "$work/log")"
        continue
    fi
    node "$here/pages.mjs" "$work/$name" > "$work/tap" || grep -q '^not ok' "$work/tap" || echo "not ok 99 - browser: the browser does not run" >> "$work/tap"
    sed "s/ - browser: / - browser: $name: /; /^1\.\./d" "$work/tap"
    find "$work/$name" -name '*.html' | sort | while read -r page; do
        tidy -q -e -utf8 --show-warnings yes --drop-empty-elements no "$page" 2>&1 | grep -E 'Error|Warning' | grep -v 'proprietary attribute "aria-current"' \
            | sed "s|^|${page#"$work"/}: |"
    done > "$work/tidy"
    if [ -s "$work/tidy" ]; then
        echo "not ok 100 - browser: $name: valid HTML"
        head -n 20 "$work/tidy" | sed 's/^/    /'
    else
        echo "ok 100 - browser: $name: valid HTML"
    fi
done
