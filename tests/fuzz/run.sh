#!/bin/sh
# Fuzzes each reader with libFuzzer for SECONDS_EACH (60), from its corpus; new inputs stay in build/fuzz. Without clang the corpus is
# only replayed.
# usage: tests/fuzz/run.sh [TARGET…]     targets: json csv
set -eu
cd "$(dirname "$0")/../.."
seconds=${SECONDS_EACH:-60}
flags="-std=c17 -D_GNU_SOURCE -Isrc -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all"
libs="$(pkg-config --cflags --libs libcjson libcrypto) -lcsv -lm"
base="src/base/err.c src/base/mem.c src/base/text.c src/base/diag.c src/base/file.c src/base/json.c src/base/json_fields.c
    src/base/json_write.c src/base/csv.c"
clang=$(command -v clang-14 || command -v clang || true)
for target in ${*:-json csv}; do
    mkdir -p "build/fuzz/$target"
    if [ -n "$clang" ]; then
        # shellcheck disable=SC2086
        $clang $flags -fsanitize=fuzzer,address,undefined -o "build/fuzz/fuzz_$target" "tests/fuzz/fuzz_$target.c" $base $libs
        "build/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=4096 -artifact_prefix="build/fuzz/$target-" \
            "build/fuzz/$target" "tests/fuzz/corpus/$target"
    else
        # shellcheck disable=SC2086
        ${CC:-cc} $flags -fsanitize=address,undefined -o "build/fuzz/fuzz_$target" "tests/fuzz/fuzz_$target.c" tests/fuzz/replay.c $base $libs
        "build/fuzz/fuzz_$target" "tests/fuzz/corpus/$target"/*
    fi
done
