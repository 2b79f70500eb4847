# Releases in v/: complete, never touched again, with links that lead to one another.
base=https://example.org/board/
make_site() { "$BRAINBOARD" render "$@" --base-url $base --no-pdf > out.txt 2> err.txt; }
digests() { (cd site/v/$1 && find . -type f -exec sha256sum {} + | sort -k 2; find . -type f -printf '%p %T@\n' | sort); }
whole() { "$BRAINBOARD" verify "$1" > verify.txt 2>&1 || fail "verify $1: $(grep -v Verifying verify.txt | head -n 5)"; }
whole site
digests 2026.10 > first
ls site/v/2026.10/assets/style* 2> /dev/null && fail "a style sheet of its own: $(ls site/v/2026.10/assets)"
for page in index.html models/m00/index.html vision/index.html data/scores.json; do
    [ -f site/v/2026.10/$page ] || fail "no $page in the release"
done
cmp -s site/data/scores.json site/v/2026.10/data/scores.json || fail "the release has other numbers than the site"

# the second, with a style sheet of its own, so that the first one's assets are no longer the site's
old=$(cd site && ls assets/style-*.css)
mkdir lab && printf '.lab { color: red; }\n' > lab/style-7-lab.css
make_site 2.json -o site --release 2026.11 --assets lab || fail "the second release: $(cat err.txt)"
grep -q 'the release 2026.11 is published in site/v/2026.11' err.txt || fail "nothing is said of the release: $(cat err.txt)"
grep -q '^2 releases in the site, [0-9.]* MB$' err.txt || fail "number and size: $(cat err.txt)"
digests 2026.10 > now
grep -q '^the site has [0-9.]* MB of the 1000 that GitHub Pages serves: room for [1-9][0-9]* more releases of this size$' err.txt || fail "room: $(cat err.txt)"
cmp -s first now || fail "the first release was touched: $(diff first now | head -n 3)"
[ -f "site/$old" ] || fail "the style sheet of the first release is gone"
[ "$(ls site/assets/style-*.css | wc -l)" -eq 2 ] || fail "style sheets: $(ls site/assets)"
whole site
whole site/v/2026.10
whole site/v/2026.11
digests 2026.11 > second

# what pages say: which release, where the latest is, which address is meant
page=site/v/2026.10/models/m00/index.html
grep -q 'This is release 2026.10 of <time datetime="2026-10-01">' $page || fail "the page does not say its release"
grep -q 'href="../../../../latest/index.html"' $page || fail "no link to the latest"
grep -q "<link rel=\"canonical\" href=\"${base}models/m00/\">" $page || fail "canonical: $(grep canonical $page)"
grep -q '<script src="../../../../versions.js" defer>' $page || fail "no versions"
grep -q 'http-equiv="refresh" content="0; url=../v/2026.11/index.html"' site/latest/index.html || fail "latest leads elsewhere"
grep -q 'href="../v/2026.11/index.html"' site/latest/index.html || fail "latest has no link"
grep -rl http-equiv=.refresh site --include='*.html' | grep -v '^site/latest/index.html$' && fail "another page leads elsewhere"
grep -q '/v/2026' site/sitemap.xml && fail "the sitemap lists releases"
grep -q "<loc>${base}v/</loc>" site/sitemap.xml || fail "the sitemap does not list the list of releases"
[ "$(find site -type l | wc -l)" -eq 0 ] || fail "symbolic links"
node -e '
const fs = require("fs"), list = JSON.parse(fs.readFileSync("site/versions.json", "utf8"));
const want = ["2026.11", "2026.10"].map((name, i) => ({name, version: name, title: name, url: `'$base'v/${name}/`, aliases: i ? [] : ["latest"],
    date: i ? "2026-10-01" : "2026-11-23", ...(i ? {} : {preferred: true})}));
require("assert").deepStrictEqual(list, want);
const context = require("vm").createContext({});
require("vm").runInContext(fs.readFileSync("site/versions.js", "utf8"), context);
require("assert").strictEqual(JSON.stringify(context.brainboardVersions), JSON.stringify(want));
for (const name of ["2026.10", "2026.11"]) {
    let pages;
    new Function("brainboardPages", fs.readFileSync(`site/v/${name}/pages.js`, "utf8"))((said, paths) => { pages = paths; if (said !== name) throw new Error(said); });
    for (const page of pages) if (!fs.existsSync(`site/v/${name}/${page}`)) throw new Error(page);
    if (pages.includes("models/m05/index.html") !== (name === "2026.11")) throw new Error(`the pages of ${name}`);
}' 2> why || fail "versions: $(grep Error why)"

# again: nothing happens; under a taken name with other scores: a sentence, and the site as it was
make_site 2.json -o site --release 2026.11 --assets lab --force || fail "the same release again: $(cat err.txt)"
grep -q 'the release 2026.11 was published before, and is as it was' err.txt || fail "again: $(cat err.txt)"
grep -q '^0 files written, [0-9]* unchanged, 0 removed$' err.txt || fail "something was written: $(cat err.txt)"
cp site/index.html index.html
make_site 3.json -o site --release 2026.11
[ $? -eq 3 ] || fail "another content under the name of a release"
grep -q 'The release "2026.11" is published already, with other scores (site/v/2026.11), and a release is never changed' err.txt || fail "$(cat err.txt)"
cmp -s index.html site/index.html || fail "the site was changed all the same"
make_site 3.json -o site --release ../x
[ $? -eq 2 ] || fail "--release ../x"
make_site 3.json -o site --release index.html
[ $? -eq 2 ] || fail "--release index.html"
make_site 3.json -o site --anonymous
[ $? -eq 3 ] && grep -q 'says whose the board is' err.txt || fail "an anonymous site beside releases: $(cat err.txt)"

# a build that is no release: the site is the newest state, releases stay
make_site 3.json -o site || fail "a build without a release"
digests 2026.10 | cmp -s - first || fail "the first release was touched by a build"
digests 2026.11 | cmp -s - second || fail "the second release was touched by a build"
cmp -s site/data/scores.json site/v/2026.11/data/scores.json && fail "the site is not the newest state"
whole site

# the site elsewhere: nothing depends on where it lies
mkdir -p "elsewhere/a b" && cp -R site "elsewhere/a b/" && whole "elsewhere/a b/site"

# a release that is taken away is forgotten, and what only it needed goes
make_site 3.json -o site || fail "a build before"
mv site/v/2026.10 away
make_site 3.json -o site || fail "a build after"
grep -q '1 release in the site' err.txt || fail "the release that is gone was not noticed: $(cat err.txt)"
grep -q 2026.10 site/versions.json site/v/index.html && fail "the release that is gone is named"
whole site

# damaged, or something else under the name
mv away site/v/2026.10
printf '{"schema": "brainboard/release/1", "name": "2026.09"}' > site/v/2026.10/release.json
make_site 3.json -o site
[ $? -eq 3 ] && grep -q 'site/v/2026.10/release.json is damaged' err.txt || fail "a damaged release: $(cat err.txt)"
rm site/v/2026.10/release.json
make_site 3.json -o site --release 2026.10
[ $? -eq 3 ] && grep -q 'site/v/2026.10 is there already' err.txt || fail "a folder of that name: $(cat err.txt)"

# what verify finds
rm -r site/v/2026.10 && make_site 3.json -o site || fail "the last build"
sed -i 's/m00/m99/' site/v/2026.11/data/scores.csv
"$BRAINBOARD" verify site > verify.txt 2>&1 && fail "a release that was changed is not found"
grep -q 'site/v/2026.11/data/scores.csv' verify.txt || fail "what was changed is not named: $(grep -v Verifying verify.txt | head -n 3)"
rm site/latest/index.html site/versions.json
"$BRAINBOARD" verify site 2>&1 | grep -q 'versions.json: error: it does not name the release in v/2026.11/' || fail "versions.json that is gone"
sed -i 's/"bytes": [0-9]*/"bytes": 2000000000/' site/v/2026.11/release.json
make_site 3.json -o site --force || fail "a site that is too large for a host: $(cat err.txt)"
grep -q 'warning: The site has 2.0[0-9] GB, and GitHub Pages serves up to 1 GB. To withdraw a release, remove its folder' err.txt || fail "over the limit: $(cat err.txt)"
