#!/bin/sh
# Fuzzes each reader with libFuzzer for SECONDS_EACH (60), from its corpus; new inputs stay in build/fuzz. Without clang the corpus is
# only replayed.
# usage: tests/fuzz/run.sh [TARGET…]     targets: json csv h5 (only when it is named: HDF5 itself crashes on some files)
set -eu
cd "$(dirname "$0")/../.."
seconds=${SECONDS_EACH:-60}
flags="-std=c17 -D_GNU_SOURCE -Isrc -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all"
libs="$(pkg-config --cflags --libs libcjson libcrypto) -lcsv -lm"
base="src/base/err.c src/base/mem.c src/base/text.c src/base/diag.c src/base/file.c src/base/json.c src/base/json_fields.c
    src/base/json_write.c src/base/csv.c"
clang=$(command -v clang-14 || command -v clang || true)
h5_libs="$(pkg-config --cflags --libs hdf5-serial libdeflate libpcre2-8) -lhdf5_serial_hl -lpthread"
h5_sources="src/base/columns_apply.c src/base/columns_read.c src/base/columns_series.c src/base/pattern.c src/store/assembly.c src/store/element.c
    src/store/h5.c src/store/h5_set.c src/store/array_layout.c src/store/array_coords.c src/store/array_file.c src/store/array_show.c
    src/store/chunk.c src/store/reader.c src/store/gram_file.c"
for target in ${*:-json csv}; do
    more= options=-max_len=4096
    corpus="tests/fuzz/corpus/$target"
    mkdir -p "build/fuzz/$target"
    if [ "$target" = h5 ]; then # the files of the tests are the corpus
        more="$h5_sources $h5_libs" corpus=build/fuzz/h5-corpus
        # goes on after a crash; those whose stack begins outside of src/ are HDF5's
        options="-max_len=65536 -detect_leaks=0 -fork=2 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 -timeout=10"
        mkdir -p "$corpus"
        for file in tests/store_fixtures/*.gz; do gzip -dc "$file" > "$corpus/$(basename "$file" .gz)"; done
    fi
    if [ -n "$clang" ]; then
        # shellcheck disable=SC2086
        $clang $flags -fsanitize=fuzzer,address,undefined -o "build/fuzz/fuzz_$target" "tests/fuzz/fuzz_$target.c" $base $more $libs
        # shellcheck disable=SC2086
        "build/fuzz/fuzz_$target" -max_total_time="$seconds" $options -artifact_prefix="build/fuzz/$target-" \
            "build/fuzz/$target" "$corpus"
    else
        # shellcheck disable=SC2086
        ${CC:-cc} $flags -fsanitize=address,undefined -o "build/fuzz/fuzz_$target" "tests/fuzz/fuzz_$target.c" tests/fuzz/replay.c $base $more $libs
        "build/fuzz/fuzz_$target" "$corpus"/*
    fi
done
