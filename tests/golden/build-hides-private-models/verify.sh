# A private model and one under embargo leave no trace: the site is, byte for byte, that of a manifest which does not know them. An unlisted one has
# a page, and stands in nothing that lists.
traces() { # traces FOLDER PATTERN…: files that have one of them, in bytes (HDF5 and PNG too), as a name or inside
    folder=$1
    shift
    for pattern; do
        grep -rlia -- "$pattern" "$folder"
        find "$folder" -iname "*$pattern*"
    done
}
found=$(traces site zanzibar wombat quokka 123454321)
[ -z "$found" ] || fail "traces of hidden models: $found"
[ -s site/data/units.h5 ] || fail "there is no units.h5 to look into"
grep -qa good site/data/units.h5 || fail "units.h5 does not have the public models"

sed 's/, "hidden.json"//' manifest.json > without.json
grep -v -e zanzibar -e wombat published.csv > short.csv && mv short.csv published.csv
sed 's/ "variant_of": "zanzibar-9",//' models.json > short.json && mv short.json models.json
"$BRAINBOARD" build without.json -o without -q || fail "the board without them does not build"
diff -r site without > difference || fail "the site betrays them: $(head -n 5 difference)"

[ -f site/models/by-link-only/index.html ] || fail "the unlisted model has no page"
grep -q '<meta name="robots" content="noindex">' site/models/by-link-only/index.html || fail "search engines would list the unlisted model"
grep -q noindex site/models/good/index.html && fail "search engines would not list a public model"
found=$(traces site by-link-only 'who has the link' \
    | grep -v -e '^site/models/by-link-only' -e '^site/data/models/by-link-only' || :)
[ -z "$found" ] || fail "the unlisted model is listed in $found"

# Results that come from elsewhere are held to the same: `render` of a file that has a private model, and units of it.
"$BRAINBOARD" score without.json -o scored/scores.json -q || fail "score"
sed 's/"id":"good","name":"good"/"id":"good","name":"good","visibility":"private"/; s/"id":"good",/"id":"good","visibility":"private",/' scored/scores.json \
    | sed 's/"visibility":"private","name":"good","visibility":"private"/"name":"good","visibility":"private"/' > scored/private.json
grep -q '"id":"good",.*"visibility":"private"' scored/private.json || fail "the test did not make good private: $(grep -m1 '"id":"good"' scored/private.json)"
mv scored/private.json scored/scores.json
"$BRAINBOARD" render scored/scores.json -o rendered -q || fail "render"
[ ! -e rendered/models/good ] || fail "render shows a private model"
grep -qa '"good"' rendered/data/scores.json && fail "render writes a private model"
strings -a rendered/data/units.h5 | grep -qx good && fail "render copies the units of a private model"
strings -a rendered/data/units.h5 | grep -qx fair || fail "render loses the units of a public model"
:
