# Nothing that says whose board or models these are is anywhere in the site; what is published of benchmarks stays, and so does the rest of a text.
found=$(grep -rli -- planted site; find site -iname '*planted*')
[ -z "$found" ] || fail "it is said in $(echo $found): $(grep -rhoi -m1 '.\{30\}planted.\{10\}' site | head -n 3)"
for kept in 'How well models see' 'A second paragraph' 'Published Author' 'published.example/sketches' '3.5 words/s and/or less' 'supervised, as in'; do
    grep -rqF -- "$kept" site || fail "\"$kept\" is gone"
done
# The same from results: `score` keeps everything, `render --anonymous` does not; and without the option the names are there.
"$BRAINBOARD" score manifest.json -o scored/scores.json -q
grep -q 'Planted Author' scored/scores.json || fail "score: the authors are gone"
"$BRAINBOARD" render scored/scores.json -o rendered --anonymous -q || fail render
diff -r site rendered > difference || fail "render differs: $(head -n 5 difference)"
"$BRAINBOARD" render scored/scores.json -o named -q || fail render
for name in 'Planted Submitter' 'Planted Laboratory' 'plantedlab.example/good'; do grep -rqF "$name" named || fail "\"$name\" is not even in the site with names"; done
# A published site's own data give the same site again.
mkdir again && cp -r site/data/scores.json again/ && cp site/data/units.h5 again/
"$BRAINBOARD" render again/scores.json -o again/site --anonymous -q || fail "render of what was published"
diff -r site again/site > difference || fail "the published data give another site: $(head -n 5 difference)"
