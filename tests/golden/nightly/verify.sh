# data/ci/nightly.sh, three nights in a row, each in a new clone, against a bare repository as the host of the pages.
nightly=$CASE/../../../data/ci/nightly.sh
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=init.defaultBranch GIT_CONFIG_VALUE_0=main
here=$PWD
git init --quiet --bare pages.git
git init --quiet --bare board.git

as_user() { git -c user.name=t -c user.email=t@localhost "$@"; }
served() { git -C pages.git rev-parse --verify --quiet gh-pages; }
page() { git -C pages.git show "gh-pages:$1"; }
# A new clone of the board, what the change does to it, a night. The cache is restored, as CI does it.
night() { # name, expected status, OPTIONS, change…
    name=$1 expected=$2 options=$3
    shift 3
    git clone --quiet board.git "$here/$name" 2> /dev/null && cd "$here/$name" || fail "no clone for $name"
    "$@"
    as_user add --all && as_user commit --quiet --allow-empty -m "$name" && git push --quiet origin HEAD:main || fail "$name: git"
    [ "$name" = night-1 ] && rm data/shapes.nc data/levels.nc
    PAGES=$here/pages.git CACHE=$here/cache HISTORY=history SUMMARY=$here/$name.md OPTIONS="-v $options" BRAINBOARD=$BRAINBOARD \
        sh "$nightly" > "$here/$name.out" 2> "$here/$name.err"
    status=$?
    [ $status -eq "$expected" ] || fail "$name ends with status $status, not $expected: $(tail -n 5 "$here/$name.err")"
    as_user add --all history && as_user commit --quiet --allow-empty -m "$name: history" && git push --quiet origin HEAD:main || fail "$name: git"
    cd "$here" || fail "$here"
}
did() { # how many pieces of work a night did
    grep -q "^$2 pieces\? of work done" "$1.err" || fail "$1: $(grep 'pieces\? of work' "$1.err"), not $2"
}

first() {
    cp -R "$here/models" "$here/data" "$here/manifest.json" "$here/benchmarks.json" "$here/models.json" .
    sed -i 's/"date": "2026-11-23"/"release": "2026.11", &/' manifest.json
    for file in data/shapes.nc data/levels.nc models/*.nc; do # files are pinned: whoever lacks one still knows which one it is
        sum=$(sha256sum "$file" | cut -d ' ' -f 1)
        sed -i "s|\"file\": \"$file\"|&, \"sha256\": \"$sum\"|" models.json benchmarks.json
    done
}
night night-0 0 '' first
[ -n "$(served)" ] || fail "nothing was published"
page index.html | grep -q 'The same bytes' || fail "the front page"
grep -q 'for the first time' night-0.md || fail "the first summary: $(cat night-0.md)"
before=$(served)

# Night 1: nothing changed, and the recordings are not here.
begin=$(date +%s%N)
times > times-before
night night-1 0 '' true
times > times-after
spent=$(tail -qn 1 times-before times-after | tr ms '  ' | awk '{t = 60 * ($1 + $3) + $2 + $4; if (NR == 2) printf "%d", 1000 * (t - was); was = t}')
echo "# a night with nothing to do took $((($(date +%s%N) - begin) / 1000000)) ms, $spent of them of the processor, clones included" >&3
case $BRAINBOARD in */asan/*) ;; *) [ "$spent" -lt 2000 ] || fail "a night with nothing to do took $spent ms of the processor" ;; esac
[ "$(served)" = "$before" ] || fail "something was published: $(git -C pages.git diff --stat "$before" gh-pages)"
grep -q 'Nothing changed' night-1.md || fail "the summary: $(cat night-1.md)"
did night-1 0

# The same elsewhere, where no site shows these scores as scored: they are marked as from the cache, on pages and in data; a site that is there stays as it is.
(cd night-1 && "$BRAINBOARD" build manifest.json -o elsewhere --cache "$here/cache" -q > /dev/null) || fail "night 1 elsewhere"
grep '"status":"ok"' night-1/elsewhere/data/scores.json | grep '"benchmark":"scenes-pls"' | grep -q cached && fail "files of scenes-pls are here, and its scores are marked"
grep '"status":"ok"' night-1/elsewhere/data/scores.json | grep -v '"benchmark":"scenes-pls"' | grep -qv '"cached":true' && fail "scores from the cache are not marked in scores.json"
for file in models/wide/index.html benchmarks/IT-pls/index.html; do
    grep -q 'From the cache: files that it was scored from were not at hand' night-1/elsewhere/$file || fail "$file does not say that scores are from the cache"
    page $file | grep -q 'From the cache' && fail "$file says that scores are from the cache, and they were scored here"
done
grep -q '"cached": true' night-1/elsewhere/data/models/wide.json || grep -q '"cached":true' night-1/elsewhere/data/models/wide.json || fail "the data of a model is not marked"
grep -A1 '"cached": {' night-1/elsewhere/provenance.json | grep -q '"IT-' || fail "provenance.json does not count them"
"$BRAINBOARD" verify night-1/elsewhere --rebuild > rebuilt 2>&1 || fail "marked scores: $(grep -v Verifying rebuilt | head -n 3)"
(cd night-1 && "$BRAINBOARD" build manifest.json -o elsewhere --cache "$here/cache" -q --force > /dev/null) || fail "night 1 elsewhere, again"
grep -q '"cached":true' night-1/elsewhere/data/scores.json || fail "marks go although the files are not back"
"$BRAINBOARD" build night-0/manifest.json -o night-1/elsewhere --cache "$here/cache" -q > /dev/null || fail "night 1 elsewhere, with the files"
grep -q '"cached"' night-1/elsewhere/data/scores.json && fail "marks stay although the files are back"

# Night 2: a model more.
newcomer() {
    for file in shapes levels; do
        cp "models/narrow-$file.nc" "models/newcomer-$file.nc"
        printf '\001' | dd of="models/newcomer-$file.nc" bs=1 seek=12000 conv=notrunc 2> /dev/null
    done
    line=$(grep '"id": "narrow"' models.json | sed 's/narrow/newcomer/g; s/, *"sha256": "[0-9a-f]*"//g; s/, "scenes": {[^}]*}//')
    sed -i "1a $line" models.json
    sed -i 's/2026\.11"/2026.12"/; s/2026-11-23/2026-12-01/' manifest.json
}
night night-2 0 '' newcomer
[ "$(served)" != "$before" ] || fail "the new model was not published"
page models/newcomer/index.html | grep -q newcomer || fail "the new model has no page"
grep -q newcomer night-2.md || fail "the summary does not name the new model: $(cat night-2.md)"
page data/scores.json | grep '"benchmark"' | grep -v '"model":"newcomer"' > after
git -C pages.git show "$before:data/scores.json" | grep '"benchmark"' > old
cmp -s old after || fail "other cells changed: $(diff old after | head -n 5)"
before=$(served)

# Night 3: a benchmark has a new version, and a file of a model is corrupt.
corrupt() {
    printf '\377\377\377' | dd of=models/wide-shapes.nc bs=1 seek=100 conv=notrunc 2> /dev/null
    sed -i 's/"id": "IT-ridgecv",/& "version": 2,/' benchmarks.json
    sed -i 's/2026\.12"/2027.01"/; s/2026-12-01/2027-01-01/' manifest.json
}
night night-3 1 --strict corrupt
[ "$(served)" != "$before" ] || fail "night 3 was not published"
page data/scores.json | grep '"model":"wide","benchmark":"IT-pls"' | grep -q '"status":"failed"' || fail "the corrupt model did not fail"
page models/wide/index.html | grep -q 'its sha256 is' || fail "the page does not say why"
page models/wide/index.html | grep -q 'Last scored <b[^>]*>0\.[0-9]*</b> in <a[^>]*>2026\.12</a>, 2026-12-01' || fail "the page does not say what the model had last: $(page models/wide/index.html | grep -o 'Last scored.\{80\}')"
grep -q 'IT-ridgecv\|IT by ridge' night-3.md || fail "the summary does not name the new version: $(cat night-3.md)"

# What cannot be built is not published.
before=$(served)
broken() { echo '{' > manifest.json; }
night night-4 3 '' broken
[ "$(served)" = "$before" ] || fail "a board that cannot be read was published"
