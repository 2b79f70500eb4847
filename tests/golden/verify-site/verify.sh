grep -q 'Our own page' site/404.html || fail "the template of the lab was not taken"
cat site/assets/style-*.css > style.css
grep -q 'our own tables' style.css || fail "the style sheet of the lab was not taken"
grep -q -- '--ink' style.css || fail "the other parts of the style sheet are gone"
ls site/assets/lab-*.txt > /dev/null || fail "an asset that the lab added is not there"
grep -q '<strong>one</strong>' site/index.html || fail "the description is not read as Markdown"
grep -q '<script>' site/index.html && fail "raw HTML of a description reached the page"
grep -q 'vision/index.html' before.txt && fail "a good page was complained of: $(cat before.txt)"
"$BRAINBOARD" verify site 2>&1 | grep -q 'site/vision/index.html:[0-9]*: error: the score of a, .* is shown as 0.42, and is 0.4149 in the data' ||
    fail "the wrong digit was not found"
[ -z "$("$BRAINBOARD" verify --quiet site 2> /dev/null)" ] || fail "--quiet is not quiet"
"$BRAINBOARD" verify nowhere 2> /dev/null
[ $? -eq 4 ] || fail "a folder that is not there must end with 4"
