cp "$CASE/../export-csv/scores.json" .
