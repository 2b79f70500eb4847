for what in 'model "m02": an entry is left out: its braces do not close' 'm03": the entry "evil" is left out: it has the command \\input' \
    'm04": an entry is left out: a @preamble' 'left out: another one has its key'; do
    "$BRAINBOARD" export scores.json --format bibtex 2>&1 > /dev/null | grep -q "$what" || fail "it does not say: $what"
done
