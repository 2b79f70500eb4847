#!/bin/sh
# Every suite in a process of its own, as many at once as there are cores; TAP on stdout. usage: run.sh UNIT_TESTS
set -u
here=$(cd "$(dirname "$0")" && pwd)
UNIT_TESTS=$1
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
export UNIT_TESTS out
# Four seconds are enough for any test on a quiet machine; a busy one is given time.
export CK_TIMEOUT_MULTIPLIER=${CK_TIMEOUT_MULTIPLIER:-8}
# A suite that ends badly without a word is a test that failed.
sed -n 's/^SUITE(\(.*\))$/\1/p' "$here/suites.def" | xargs -P "$(nproc 2> /dev/null || echo 2)" -I{} sh -c '
    "$UNIT_TESTS" {} > "$out/{}" 2> "$out/{}.err" || grep -q "^not ok" "$out/{}" || echo "not ok 1 - unit: {} ended with status $?" >> "$out/{}"
    grep -q "^ok\|^not ok" "$out/{}" || echo "not ok 1 - unit: {} ran no test" >> "$out/{}"'
cat "$out"/*.err >&2
find "$out" -type f ! -name '*.err' | sort | xargs cat | sed '/^1\.\./d'
