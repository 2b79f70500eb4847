# Each hostile file fails its own model's cells with a sentence; every other cell is what it would be without them.
# What HDF5 itself says behind "cannot be opened" is its own affair.
sed -n '/: warning: /s/^brainboard: warning: //p' err | sed 's/\(cannot be opened\): .*/\1/' > warnings
diff "$CASE/warnings.expected" warnings > difference || fail "the sentences are others: $(head -n 5 difference)"
cells() { sed -n '/^"cells"/,/^"aggregates"/{/^{/{s/,$//;p}}' "$1"; }
"$BRAINBOARD" score good-only.json -o alone/scores.json --no-cache -j1 -q 2> /dev/null || fail "the good ones alone cannot be scored"
cells alone/scores.json > alone.cells
cells site/data/scores.json > all.cells
[ "$(grep -c '"status":"ok"' alone.cells)" = 15 ] || fail "not all good models are scored"
grep -vxFf all.cells alone.cells > lost && fail "bad models change cells of good ones: $(head -n 3 lost)"
[ "$(grep -c '"status":"ok"' all.cells)" = 16 ] || fail "a bad model has a score" # wrong-degrees where the benchmark asks for none
[ "$(grep -c '"status":"not_applicable"' all.cells)" = 3 ] || fail "Gram files and metrics that need features"
grep -q '"model":"gram","benchmark":"shapes-n2n","status":"not_applicable","reason":"neuron_to_neuron needs the features' all.cells || fail "no reason why a Gram file has no score"
grep -q '"model":"unstated-degrees","benchmark":"shapes-pls","status":"ok".*"warning":"the visual angle' all.cells || fail "no warning of an unstated angle"
# A Gram file's score is that of its features.
raw() { grep "\"model\":\"$1\",\"benchmark\":\"shapes-pls\"" all.cells | sed 's/.*"raw":\([^,]*\),.*/\1/'; }
awk "BEGIN { d = $(raw gram) - $(raw narrow); exit !(d < 1e-9 && d > -1e-9) }" || fail "the Gram file gives $(raw gram), the features $(raw narrow)"
# Pages say it.
says() { grep -qF -- "$2" "site/$1/index.html" || fail "$1 does not say: $2"; }
says models/half 'models/half.nc: the end of the file is missing'
says models/claims 'claims 6000000000000 elements'
says models/link-passwd 'is a link to another file; links are not followed'
says models/loop 'is a link that leads in a circle'
says models/holes 'feature 23 of the stimulus &quot;shape_18&quot; is not a number'
says benchmarks/half-pls 'data/half.nc: the end of the file is missing'
# Nothing of this machine, nor of files that links lead to.
here=$(pwd)
! grep -rqF -e "$here" -e "$(dirname "$XDG_CACHE_HOME")" -e root: site alone || fail "something of this machine is in $(grep -rlF -e "$here" -e root: site alone | head -n 3)"
# The same from the cache, without --strict: a success, and the same site. Then what is wrong with the files is told before anything is scored.
"$BRAINBOARD" build manifest.json -o again -q 2> /dev/null || fail "without --strict the status is $?"
diff -r site again > difference || fail "from the cache the site is another: $(head -n 3 difference)"
"$BRAINBOARD" check manifest.json > check 2>&1 && fail "check finds nothing"
grep -q 'benchmarks.json:.*data/half.nc: the end of the file is missing' check || fail "check does not look at recordings"
grep -q 'bad.json:26:.*error: the stimuli were shown at 10°, and the benchmark asks for 8°' check && grep -q 'good.json:9:.*warning: the visual angle' check || fail "check does not look at angles"
[ "$(grep -c ': error: ' check)" = 26 ] && [ "$(grep -c ': warning: ' check)" = 3 ] || fail "check says something else: $(cat check)"
