# The site with a template and a style sheet of a lab in place of ours; then one digit of one page is another.
"$BRAINBOARD" build manifest.json --templates own --assets look -o site
"$BRAINBOARD" verify site > before.txt 2>&1 || true
sed 's/>0\.41</>0.42</' site/vision/index.html > changed.html
cmp -s changed.html site/vision/index.html && exit 1
mv changed.html site/vision/index.html
