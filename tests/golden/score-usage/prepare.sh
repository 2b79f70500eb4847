cp "$CASE"/../neural-same-bytes/*.json .
