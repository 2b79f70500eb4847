# Each model fails alone: the sentence stands on its page and on the benchmark's, the others have their scores.
says() { # page, sentence
    grep -qF -- "$2" "site/$1/index.html" || fail "$1 does not say: $2"
}
says models/empty 'data/empty.csv: the file is empty'
says models/binary 'data/binary.csv: is not a text table'
says models/header 'no column &quot;imagename&quot;; the file has image, category'
says models/twice 'stimulus &quot;img03.png&quot; is answered 2 times'
says models/labels 'the choice &quot;zebra&quot; of the model&#39;s output is not a label of the recording; those are cat, dog, car'
says models/none 'the model answers none of the 30 stimuli'
says models/ragged 'data/ragged.csv:3: the row has 3 fields, the header 4'
says models/nowhere 'there is no file &quot;data/nowhere.csv&quot;'
says models/lm-text '&quot;high&quot; is not a number'
says models/lm-constant 'are all the same'
says models/exempt 'it has never seen a sketch'
says models/not-run 'not run'
says benchmarks/sketch-error_consistency 'data/empty.csv: the file is empty'
[ "$(grep -c '"status":"ok"' site/data/scores.json)" = 3 ] || fail "not three scores"
[ "$(grep -c '"status":"failed"' site/data/scores.json)" = 10 ] || fail "not ten failures"
here=$(pwd)
! grep -rqF "$here" site || fail "the site names a folder of this machine: $(grep -rlF "$here" site | head -n 3)"
# The same again without --strict is a success, and leaves every file as it was.
touch -d 2020-01-01 site/index.html
"$BRAINBOARD" build manifest.json -o site -q 2> err || fail "a second build fails: $(cat err)"
[ "$(stat -c %Y site/index.html)" = "$(date -d 2020-01-01 +%s)" ] || fail "an unchanged page was written anew"
# scores.json renders alone, to the same site.
"$BRAINBOARD" render site/data/scores.json -o again -q 2> err || fail "scores.json does not render: $(cat err)"
diff -r site again > difference || fail "rendered from scores.json the site differs: $(head -n 3 difference)"
