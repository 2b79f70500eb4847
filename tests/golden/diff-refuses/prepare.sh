cp "$CASE/../diff-text/1.json" "$CASE/../diff-text/2.json" .
