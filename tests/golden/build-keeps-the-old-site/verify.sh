# A build that fails, for whatever reason, leaves every byte of the site before.
before=$(find site -type f -exec sha256sum {} + | sort)
"$BRAINBOARD" build second.json -o site 2> err; status=$?
[ $status -eq 3 ] || fail "a manifest with a mistake: exit status $status, expected 3"
grep -q 'second.json:4:3: error: .*"modles".*did you mean "models"' err || fail "no suggestion: $(cat err)"
rm -r data
"$BRAINBOARD" build first.json -o site 2> err; status=$?
[ $status -eq 1 ] || fail "no data: exit status $status, expected 1"
[ "$before" = "$(find site -type f -exec sha256sum {} + | sort)" ] || fail "the site has changed"
grep -q 'The first' site/index.html || fail "the front page has lost its title"
[ -z "$(ls -d site.* .site* 2> /dev/null)" ] || fail "something is left beside the site: $(ls -a)"
