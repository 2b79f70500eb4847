"$BRAINBOARD" diff 1.json 1.json > same.txt || fail "a board differs from itself"
grep -q 'Nothing changed' same.txt || fail "it does not say that nothing changed"
"$BRAINBOARD" diff 1.json 2.json --json > diff.json
[ $? -eq 1 ] || fail "exit status of a change"
grep -q '"schema":"brainboard/diff/1"' diff.json || fail "no JSON"
"$BRAINBOARD" diff 1.json 2.json --fail-on regress=0.1 > /dev/null
[ $? -eq 1 ] || fail "x fell from .5 to .3, and that is no regression"
"$BRAINBOARD" diff 1.json 2.json --fail-on regress=0.21,failed > /dev/null || fail "x did not fall by more than .21"
"$BRAINBOARD" diff 1.json 2.json --fail-on sometimes > /dev/null 2>&1
[ $? -eq 2 ] || fail "--fail-on sometimes"
"$BRAINBOARD" diff 1.json 2.json --json --markdown > /dev/null 2>&1
[ $? -eq 2 ] || fail "--json --markdown"
sed 's/"x":{/"q":{/' 1.json > wrong.json
"$BRAINBOARD" diff wrong.json 2.json > /dev/null 2> wrong.txt
[ $? -eq 3 ] || fail "a damaged record is no error"
grep -q '^wrong.json:[0-9]*:[0-9]*: error: "q" is not one of the models' wrong.txt || fail "the place of the damage"
