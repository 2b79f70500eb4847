# A site is made again from its own data, from its manifest, and any other byte is found.
mkdir tmp && export TMPDIR="$PWD/tmp" # others use theirs at the same time
again() { "$BRAINBOARD" verify "$@" > out.txt 2> err.txt; }
same='all of them the same bytes'
again site --rebuild --history history --templates own || fail "from its data: $(grep -v Verifying err.txt | head -n 5)"
grep -q "site: made again from site/data/scores.json, [0-9]* files: $same" out.txt || fail "what is said: $(cat out.txt)"
grep -q 'files of unlisted models are not in the data' err.txt || fail "nothing is said of unlisted models: $(cat err.txt)"
again site --rebuild --manifest manifest.json --no-cache --history history --templates own || fail "from the manifest: $(grep -v Verifying err.txt | head -n 5)"
grep -q "made again from manifest.json, [0-9]* files: $same" out.txt || fail "what is said of the manifest: $(cat out.txt)"
grep -q unlisted err.txt && fail "the manifest has the unlisted model: $(cat err.txt)"
again site/v/2026.10 --rebuild --history history --templates own || fail "the release: $(grep -v Verifying err.txt | head -n 5)"
grep -q "site/v/2026.10: made again from site/v/2026.10/data/scores.json, [0-9]* files: $same" out.txt || fail "what is said of the release: $(cat out.txt)"
[ -z "$(ls -A tmp)" ] || fail "something is left in the folder of temporary files: $(ls -A tmp)"
ls history > records && [ "$(wc -l < records)" -eq 2 ] || fail "the history has $(cat records)"

# whatever provenance.json names must be at hand, and be what it was
again site --rebuild --templates own
[ $? -eq 2 ] && grep -q -e '--history DIR says where that is' err.txt || fail "without the history: $(cat err.txt)"
again site --rebuild --history history
[ $? -eq 2 ] && grep -q -e '--templates DIR says where they are' err.txt || fail "without the templates: $(cat err.txt)"
again site --history history
[ $? -eq 2 ] && grep -q 'they need --rebuild' err.txt || fail "--history without --rebuild: $(cat err.txt)"
mkdir other && sed 's/"score":0/"score":1/' history/2026.10.json > other/2026.10.json
again site --rebuild --history other --templates own
[ $? -eq 3 ] && grep -q 'other/2026.10.json is not the file that site was made with' err.txt || fail "another record: $(cat err.txt)"
cp -R site renamed
sed -i 's/"brainboard [0-9.]*"/"brainboard 0.0.0"/' renamed/provenance.json
again renamed --rebuild --history history --templates own && fail "the provenance of another program"
grep -q 'the site was made by brainboard 0.0.0, and this is brainboard' err.txt || fail "another program: $(cat err.txt)"

# another byte of a page, a page that is gone, a file more: even when provenance.json was changed with it, which is how a forger would do it
old=$(sha256sum site/about/index.html | cut -d ' ' -f 1)
sed -i 's/<h1>/<h1 >/' site/about/index.html
sed -i "s/$old/$(sha256sum site/about/index.html | cut -d ' ' -f 1)/" site/provenance.json
echo extra.txt >> site/.brainboard-files && echo extra > site/extra.txt
rm site/compare/index.html
again site --rebuild --history history --templates own
[ $? -eq 1 ] || fail "changed files: exit status $?"
for line in 'site/about/index.html: error: made again, the file has other bytes' 'site/extra.txt: error: the file is not made again' \
    'site/compare/index.html: error: the file is gone, and is made again' 'site/provenance.json: error: made again, the file has other bytes'; do
    grep -qF "$line" err.txt || fail "not found: $line ($(grep error err.txt | head -n 8))"
done
grep -q '[45] not the same$' out.txt || fail "how many: $(cat out.txt)"
