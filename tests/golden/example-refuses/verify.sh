# A folder with anybody's own files is left as it is; an example is replaced as long as nobody changed it.
[ ! -e manifest.json ] || fail "something was written"
"$BRAINBOARD" example board --size small -q > /dev/null || fail "example: exit status $?"
"$BRAINBOARD" example board --size small --seed 2 -q > /dev/null || fail "again: exit status $?"
echo >> board/manifest.json
before=$(find board -type f -exec sha256sum {} + | sort)
"$BRAINBOARD" example board --size small -q > /dev/null 2> err; status=$?
[ $status -eq 3 ] || fail "a changed file: exit status $status, expected 3"
grep -q 'manifest.json was changed' err || fail "a changed file: $(cat err)"
[ "$before" = "$(find board -type f -exec sha256sum {} + | sort)" ] || fail "the changed project was touched"
