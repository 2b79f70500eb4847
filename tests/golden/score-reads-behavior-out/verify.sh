# Accuracies of choices that were read out of activations are scikit-learn's (expected.tsv, by make.py); a table needs no fitting stimuli.
sh "$CASE/../../real/cells.sh" scores.json | awk -F '\t' 'NR > 1 { print $1 "\t" $4 }' | sort > got
sort expected.tsv > want
awk -F '\t' 'FILENAME == "want" { want[$1] = $2; n++; next } { d = $2 - want[$1]; if (!($1 in want) || d > 1e-12 || d < -1e-12 || ($2 == "") != (want[$1] == "")) bad = 1; k++ }
    END { exit bad || k != n }' want got || fail "accuracies are $(tr '\n\t' '; ' < got), expected $(tr '\n\t' '; ' < want)"
grep -q '"layer":"late","layer_choice":"last"' scores.json || fail "a model that states no layer is not read out of its last one"
grep -q '"layer":"early","layer_choice":"stated"' scores.json || fail "the layer that a model states for behaviour is not the one that is read out"
