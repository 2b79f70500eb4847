cp "$CASE"/../neural-same-bytes/*.json .
. "$CASE/../neural-same-bytes/prepare.sh"
