# The same bytes in another folder, locale and time zone, on another day, with more workers, and with the models in another order: pages, PDFs, pictures, records.
mkdir -p elsewhere/a/b && cp -r data benchmarks.json models.json manifest.json elsewhere/a/b
find elsewhere -exec touch -d 2001-02-03 {} +
clock= # of another year, where there is such a library
for library in /usr/lib/*/faketime/libfaketime.so.1; do [ -f "$library" ] && clock=$library; done
[ -n "$clock" ] || echo "# the clock of the second build is that of the first: faketime is not installed" >&3
(cd elsewhere/a/b && TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 OPENBLAS_NUM_THREADS=2 XDG_CACHE_HOME=$PWD/cache \
    ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0 LD_PRELOAD=$clock FAKETIME='@2031-03-04 05:06:07' \
    "$BRAINBOARD" build manifest.json -o site -j 2 --release 2026.11 --history history -q > out 2>&1) || fail "the second build: $(cat elsewhere/a/b/out)"
[ -z "$clock" ] || [ "$(LD_PRELOAD=$clock FAKETIME='@2031-03-04 05:06:07' date +%Y)" -eq 2031 ] || fail "the clock is not another one"
diff -r site elsewhere/a/b/site > difference || fail "the sites differ: $(head -n 5 difference)"
diff -r history elsewhere/a/b/history > difference || fail "the records differ: $(head -n 5 difference)"
[ "$(find site -name '*.pdf' | wc -l)" -gt 20 ] && [ "$(find site -name '*.png' | wc -l)" -ge 1 ] || fail "there are few PDFs and pictures to compare"
sed 's/"good", "fair", "empty"/"empty", "fair", "good"/' models.json > turned.json && mv turned.json models.json
"$BRAINBOARD" build manifest.json -o turned --release 2026.11 --history history -q
diff -r site turned > difference || fail "the order of the models matters: $(head -n 5 difference)"
