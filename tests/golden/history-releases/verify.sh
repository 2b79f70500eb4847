make_site() { "$BRAINBOARD" render "$@" -o site --history history --base-url https://example.org/board/ > out.txt 2> err.txt; }
[ -f history/2026.10.json ] || fail "no record of the first release"
cp history/2026.10.json first.json
make_site 2.json || fail "the second release"
make_site 3.json || fail "the third release"
cmp -s first.json history/2026.10.json || fail "the record of an old release was touched"
[ "$(ls history)" = "2026.10.json
2026.11.json
2026.12.json" ] || fail "the history has $(ls history)"
make_site 3.json || fail "the third release again"
grep -q 'Nothing changed' err.txt || fail "a run with nothing to do did something: $(cat err.txt)"

# what pages say
grep -q '1 model added' site/changes/2026.11/index.html || fail "the model that came"
grep -q 'first on the board' site/models/m05/index.html || fail "the model's first release"
[ "$(grep -c '<th scope="row"><a href="../../changes/' site/models/m05/index.html)" -eq 2 ] || fail "m05 was in two releases"
grep -q 'benchmarks whose version, definition or data changed (V4)' site/models/m00/index.html || fail "the reason of m00's change"
grep -q 'revised: version' site/benchmarks/V4/index.html || fail "the benchmark's version"
grep -q '<td>version</td>' site/changes/2026.12/index.html || fail "the cause of the score's change"
grep -q 'href="../../changes/feed.xml"' site/models/m00/index.html || fail "no link to the feed"
for id in 2026.10 2026.11 2026.12; do
    [ "$(grep -c "<id>https://example.org/board/changes/$id/</id>" site/changes/feed.xml)" -eq 1 ] || fail "the feed's entry of $id"
done
"$BRAINBOARD" verify site > verify.txt 2>&1 || fail "verify: $(cat verify.txt)"
if command -v xmllint > /dev/null; then xmllint --noout site/changes/feed.xml || fail "the feed is not well-formed"; fi

# the parts of each change of an average add up
"$BRAINBOARD" diff history/2026.10.json 3.json --json > diff.json
[ $? -eq 1 ] || fail "exit status of diff"
awk '/^{"model".*"node".*"terms"/ {
    n++; line = $0; sum = 0
    while (match(line, /"delta":[-0-9.e]+/)) { sum += substr(line, RSTART + 8, RLENGTH - 8); line = substr(line, RSTART + RLENGTH) }
    match($0, /"before":[-0-9.e]+/); before = substr($0, RSTART + 9, RLENGTH - 9)
    match($0, /"after":[-0-9.e]+/); after = substr($0, RSTART + 8, RLENGTH - 8)
    off = sum - (after - before); if (off < 0) off = -off; if (off > 1e-12) bad++ }
    END { exit !(n > 0 && !bad) }' diff.json || fail "terms do not add up"

# a release is never changed: with --release an error, with the manifest's name a warning and a site without it
sed 's/"score":0.9/"score":0.8/' 3.json > other.json
cp site/index.html index.html
make_site other.json --release 2026.12
[ $? -eq 3 ] || fail "another content under the name of a release"
cmp -s index.html site/index.html || fail "the site was changed all the same"
make_site other.json || fail "a board that goes on after its release"
grep -q 'warning: the release is in the history already' err.txt || fail "no warning"
grep -q 'This build' site/changes/index.html || fail "this build is not told from the release"
[ "$(ls history | wc -l)" -eq 3 ] || fail "it joined the history"
make_site other.json --release 2026.13 && [ -f history/2026.13.json ] || fail "the next name is free"

# wrong names, a damaged record
make_site other.json --release ../x
[ $? -eq 2 ] || fail "--release ../x"
make_site other.json --anonymous
[ $? -eq 2 ] || fail "--anonymous with a history"
cp history/2026.10.json history/2026.09.json
make_site other.json --release 2026.14
[ $? -eq 3 ] && grep -q '2026.09.json: error: this is the record of the release "2026.10"' err.txt || fail "a record under a wrong name: $(cat err.txt)"
