# Pictures stand once, under names with their digest; what is no picture is left out, with a warning; what is simulated says so.
group=site/benchmarks/sketches/index.html leaf=site/benchmarks/sketch-error_consistency/index.html other=site/benchmarks/times-pearsonr/index.html
[ "$(ls site/data/samples | wc -l)" -eq 3 ] || fail "pictures: $(ls site/data/samples)"
for page in $group $leaf; do
    for src in $(grep -o 'src="[^"]*"' $page | sed 's/src="//; s/"//'); do
        [ -f "$(dirname $page)/$src" ] || fail "$page shows $src, which is not there"
    done
done
grep -q 'data/samples/[0-9a-f]\{12\}-a-shape_1.png" alt="a shape 1" width="12" height="8">' $group || fail "the picture: $(grep img $group)"
[ "$(grep -c '<img' $group)" -eq 3 ] || fail "the group shows $(grep -c '<img' $group) pictures"
[ "$(grep -c '<img' $leaf)" -eq 1 ] || fail "the benchmark shows $(grep -c '<img' $leaf) pictures"
for page in $group $leaf; do grep -q '<h1>.*simulated data' $page || fail "$page does not say that it is simulated"; done
grep -q 'simulated' $other && fail "$other says that it is simulated"
grep -q 'simulated data' site/index.html && fail "the whole board says that it is simulated"

"$BRAINBOARD" check manifest.json > out 2>&1 || fail "check: $(cat out)"
grep -q 'warning: .*script.svg: is no PNG or JPEG picture' out || fail "no warning of script.svg: $(cat out)"
grep -q 'warning: .*away.png' out || fail "no warning of away.png: $(cat out)"

# What was scored renders to the same pages, also from the site's own data.
"$BRAINBOARD" score manifest.json -o scored/scores.json -q
"$BRAINBOARD" render scored/scores.json -o again -q > /dev/null
diff -r site again > difference || fail "render differs: $(head -n 5 difference)"
"$BRAINBOARD" render site/data/scores.json -o third -q > /dev/null
diff -r site third > difference || fail "render of the site's data differs: $(head -n 5 difference)"

sed 's/"title"/"simulated": true, "title"/' manifest.json > whole.json
"$BRAINBOARD" build whole.json -o whole -q > /dev/null 2>&1
for page in $(find whole -name '*.html'); do
    grep -q '<span class="tag">simulated data</span>' $page || fail "$page does not say that the board is simulated"
done
