# What may not be seen is in no release either: private models, who an anonymous board is of, where an unlisted model is.
found=$(grep -rliaE 'zanzibar|wombat|quokka|123454321' site; find site -iname '*zanzibar*' -o -iname '*wombat*')
[ -z "$found" ] || fail "traces of hidden models: $found"
[ -f site/v/2026.11/models/by-link-only/index.html ] || fail "the unlisted model has no page in the release"
found=$(grep -rli -e by-link-only -e 'who has the link' site/v site/versions.js* \
    | grep -v -e 'v/2026.11/models/by-link-only' -e '/data/models/by-link-only' || :)
[ -z "$found" ] || fail "the unlisted model is listed in $found"
"$BRAINBOARD" verify site > out 2>&1 || fail "verify: $(grep -v Verifying out | head -n 3)"

# who becomes private later is named, so that the release can be withdrawn; the release stays as it was
sed 's/"id": "good",/& "visibility": "private",/' hides-private-models/models.json > models.json
cmp -s models.json hides-private-models/models.json && fail "no model was made private"
mv models.json hides-private-models/
"$BRAINBOARD" build hides-private-models/manifest.json -o site --no-pdf > out 2> err || fail "the next build: $(cat err)"
grep -q 'The model "good" is private now, and the release 2026.11 shows it' err || fail "no warning: $(cat err)"
[ -e site/models/good ] && fail "the private model has a page"
[ -f site/v/2026.11/models/good/index.html ] || fail "the release was touched"

"$BRAINBOARD" build anonymous/manifest.json -o review --anonymous --release blind --no-pdf -q > out 2> err || fail "an anonymous release: $(cat err)"
found=$(grep -rli -- planted review; find review -iname '*planted*')
[ -z "$found" ] || fail "it is said in $(echo $found)"
[ -f review/v/blind/index.html ] || fail "there is no such release"
"$BRAINBOARD" build anonymous/manifest.json -o review --no-pdf -q > out 2> err || fail "the board with names beside it: $(cat err)"
find review/v -type f -exec grep -li -- planted {} + | grep -v '^review/v/index.html$' && fail "the release has names now"
