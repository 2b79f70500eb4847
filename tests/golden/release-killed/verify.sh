# A build that is killed at any moment: a release is there whole or not at all, and who is named is there; the next build completes it.
cp -R site before
n=0
while [ $n -lt 12 ]; do
    n=$((n + 1))
    rm -rf site site.brainboard-new && cp -R before site
    "$BRAINBOARD" render 2.json -o site --release 2026.11 --no-pdf -q > /dev/null 2>&1 &
    batch=$!
    sleep 0.0$((n % 10))$(((n * 37) % 10))
    [ $n -gt 6 ] && sleep 0.$((n - 6)) # until after the end, on most machines
    kill -9 $batch 2> /dev/null
    wait $batch 2> /dev/null
    for name in 2026.10 2026.11; do
        if [ -e site/v/$name ]; then
            "$BRAINBOARD" verify site/v/$name > out 2>&1 || fail "killed (attempt $n), $name is not whole: $(grep -v Verifying out | head -n 3)"
        elif grep -q $name site/versions.js; then
            fail "killed (attempt $n): versions.js names $name, which is not there"
        fi
    done
    "$BRAINBOARD" render 2.json -o site --release 2026.11 --no-pdf -q > /dev/null 2> err || fail "the build after (attempt $n): $(cat err)"
    [ -e site.brainboard-new ] && fail "the build after (attempt $n) leaves site.brainboard-new"
    diff -r before/v/2026.10 site/v/2026.10 > difference || fail "attempt $n changed an old release: $(head -n 2 difference)"
done
"$BRAINBOARD" verify site > out 2>&1 || fail "verify: $(grep -v Verifying out | head -n 3)"
