cp "$CASE/../export-csv/scores.json" 2.json
sed 's/"release":"2026.11","date":"2026-11-23"/"release":"2026.10","date":"2026-10-01"/' 2.json > 1.json
