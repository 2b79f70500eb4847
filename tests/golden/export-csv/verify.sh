# What the command writes is what the site has beside its tables.
"$BRAINBOARD" render scores.json -o site > render.txt 2>&1 || fail "$(cat render.txt)"
for pair in csv:csv json:json latex:tex markdown:md; do
    for node in average_vision neural IT choices; do
        "$BRAINBOARD" export scores.json --node "$node" --format "${pair%:*}" > table 2> /dev/null || fail "no $pair of $node"
        cmp -s table "site/data/tables/$node.${pair#*:}" || fail "$node.${pair#*:} of the site is not what the command writes"
    done
    "$BRAINBOARD" export scores.json --model m09 -o "table.${pair#*:}" 2> /dev/null || fail "no $pair of a model"
    [ "$pair" = json:json ] || cmp -s "table.${pair#*:}" "site/data/tables/models/m09.${pair#*:}" || fail "m09.${pair#*:} of the site is another"
done
"$BRAINBOARD" export scores.json --node IT --format bibtex > table 2> /dev/null
cmp -s table site/data/tables/IT.bib || fail "IT.bib of the site is another"
# the same in any time zone and locale
TZ=Pacific/Apia LC_ALL=de_DE.UTF-8 "$BRAINBOARD" export scores.json --format latex > one 2> /dev/null
TZ=UTC LC_ALL=C "$BRAINBOARD" export scores.json --format latex > two 2> /dev/null
cmp -s one two || fail "the table depends on the locale or time zone"
