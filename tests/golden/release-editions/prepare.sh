# three states of one board: a model comes, then a score changes
cp "$CASE/../export-csv/scores.json" 2.json
sed 's/"release":"2026.11","date":"2026-11-23"/"release":"2026.10","date":"2026-10-01"/; /^{"[a-z]*":"m05"/d' 2.json > 1.json
sed '/^{"model":"m00","benchmark":"V4"/s/"score":0.4747525/"score":0.9/; s/"date":"2026-11-23"/"date":"2026-12-01"/' 2.json > 3.json
