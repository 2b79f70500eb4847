# The same bytes in another folder, locale and time zone, on another day as far as files tell, and with the models in another order.
mkdir -p elsewhere/a/b && cp -r data benchmarks.json models.json manifest.json elsewhere/a/b
find elsewhere -exec touch -d 2001-02-03 {} +
(cd elsewhere/a/b && TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 OPENBLAS_NUM_THREADS=2 "$BRAINBOARD" build manifest.json -o site -q)
diff -r site elsewhere/a/b/site > difference || fail "the sites differ: $(head -n 5 difference)"
sed 's/"good", "fair", "empty"/"empty", "fair", "good"/' models.json > turned.json && mv turned.json models.json
"$BRAINBOARD" build manifest.json -o turned -q
diff -r site turned > difference || fail "the order of the models matters: $(head -n 5 difference)"
