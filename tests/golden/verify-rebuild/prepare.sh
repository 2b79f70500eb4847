# a scored board with values per unit, a model that is listed nowhere, a logo, a template of the lab, a history and a release
cp -R "$CASE"/../build-hides-private-models/*.json "$CASE/../build-hides-private-models/published.csv" .
. "$CASE/../build-hides-private-models/prepare.sh"
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>\n' > logo.svg
sed -i 's/"date"/"logo": "logo.svg", "release": "2026.10", &/' manifest.json
cp -R "$CASE/../verify-site/own" .
"$BRAINBOARD" build manifest.json -o site --templates own --history history --release 2026.10 -q
sed -i 's/2026\.10/2026.11-draft/' manifest.json # --release will say another name
