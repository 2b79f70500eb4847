# What hosts, searches, citations and programs read of a site; the lab's marks; and what is left out where the address is not known.
base=https://example.org/lab/board/
"$BRAINBOARD" verify site > out 2>&1 || fail "verify: $(grep -v Verifying out | head -n 5)"
(cd site/data && sha256sum -c --quiet SHA256SUMS) || fail "sha256sum"
[ "$(wc -l < site/data/SHA256SUMS)" -eq "$(find site/data -type f ! -name SHA256SUMS | wc -l)" ] || fail "not every file of data/ has a checksum"
for file in site/sitemap.xml site/assets/*.svg; do xmllint --noout $file || fail "$file is not well-formed"; done
[ "$(grep -c '<loc>' site/sitemap.xml)" -eq "$(find site -name index.html ! -path '*/hidden/*' | wc -l)" ] || fail "the sitemap: $(cat site/sitemap.xml)"
grep -q hidden site/sitemap.xml && fail "the sitemap has an unlisted model"
[ -e site/data/models/hidden.json ] && fail "the data have an unlisted model"
grep -rql hidden site/data site/CITATION.cff site/robots.txt site/_headers && fail "the data name an unlisted model"
xmllint --html --xpath 'string(//script[@type="application/ld+json"])' site/index.html 2> /dev/null > dataset.json
node -e '
const d = JSON.parse(require("fs").readFileSync("dataset.json", "utf8"));
const want = {name: "A board: \"quoted\" & <more>", url: process.argv[1], version: "2026.11", license: "https://spdx.org/licenses/CC-BY-4.0.html"};
for (const key in want) if (d[key] !== want[key]) throw new Error(`${key}: ${d[key]}`);
if (d.description.length < 50 || d.creator.length !== 2 || !d.identifier || !d.citation) throw new Error(JSON.stringify(d));
for (const file of d.distribution) if (!require("fs").existsSync("site/" + file.contentUrl.slice(process.argv[1].length))) throw new Error(file.contentUrl);
for (const file of ["models/a.json", "benchmarks/one.json", "benchmarks/average.json"]) JSON.parse(require("fs").readFileSync("site/data/" + file, "utf8"));
' $base 2> why || fail "the data set: $(grep Error why)"
grep -qF 'title: "A board: \"quoted\" \u0026 \u003cmore\u003e"' site/CITATION.cff || fail "CITATION.cff: $(cat site/CITATION.cff)"
card=$(grep -o "og:image\" content=\"[^\"]*" site/index.html | sed 's/.*"//')
case $card in $base*) ;; *) fail "the card: $card" ;; esac
[ "$(head -c 24 "site/${card#$base}" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a0000000d49484452000004b000000276 ] || fail "the card is no PNG of 1200 x 630"

# The same site from what was scored, and from its own data.
"$BRAINBOARD" score manifest.json -o scored/scores.json -q
"$BRAINBOARD" render scored/scores.json -o again --base-url $base -q > /dev/null || fail render
diff -r site again > difference || fail "render differs: $(head -n 5 difference)"
"$BRAINBOARD" render site/data/scores.json -o listed --base-url $base -q > /dev/null || fail "render of the data"
for file in index.html CITATION.cff sitemap.xml data/SHA256SUMS; do cmp site/$file listed/$file || fail "the site's own data give another $file"; done

# Without an address nothing is absolute; in review nothing says whose it is.
"$BRAINBOARD" build manifest.json -o here -q > /dev/null
[ -e here/sitemap.xml ] && fail "a sitemap without an address"
grep -rlqE 'rel="canonical"|og:|contentUrl' here --include='*.html' && fail "absolute addresses without an address"
"$BRAINBOARD" build manifest.json -o review --anonymous -q > /dev/null
ls review/assets | grep -q logo && fail "the logo in review"
[ -e review/CITATION.cff ] && fail "a citation in review"
grep -rqiE 'Lovelace|engines|ffd700|board@|zenodo' review && fail "review: $(grep -roiE 'Lovelace|engines|ffd700|board@|zenodo' review | head -n 3)"

# A logo that is none is a warning; an address that is none is refused.
echo '<svg onload="alert(1)"/>' > "img/lab mark.svg"
"$BRAINBOARD" build manifest.json -o plain > /dev/null 2> why || fail "a bad logo ends the build"
grep -q 'warning: The logo cannot be shown: .*an attribute that runs or links' why || fail "no warning of the logo: $(cat why)"
ls plain/assets | grep -q logo && fail "a bad logo is published"
grep -q '"logo"' plain/data/scores.json && fail "the data name a logo that is not there"
"$BRAINBOARD" build manifest.json -o plain --base-url 'javascript:alert(1)' > /dev/null 2> why
[ $? -eq 2 ] || fail "a base URL that is none: $(cat why)"
