#!/bin/sh
# The site in headless Chromium; see main.mjs. usage: run.sh [PICTURES]
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
[ -e "$build/npm/node_modules/axe-core" ] || { echo "not ok 1 - browser: axe-core is not installed: make test-deps"; exit 1; }
node "$here/main.mjs" "${BRAINBOARD:-$build/brainboard}" "$build/npm" "$work" "$@"
