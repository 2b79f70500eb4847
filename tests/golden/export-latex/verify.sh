# The tables of the board, with every hostile name, are documents that pdflatex sets, without a word that is too long for its line.
if ! command -v pdflatex > /dev/null; then
    echo "# skipped: whether LaTeX is set, as there is no pdflatex (apt-get install texlive-latex-recommended lmodern)" >&3
    exit 0
fi
set_it() { # NAME OPTION…
    name=$1
    shift
    "$BRAINBOARD" export scores.json --standalone "$@" -o "$name.tex" 2> /dev/null || fail "no table $name"
    pdflatex -interaction=nonstopmode -halt-on-error "$name.tex" > "$name.out" 2>&1 || fail "$name.tex: $(grep -A 3 '^!' "$name.out" | head -n 8)"
    grep -q 'Missing character' "$name.log" && fail "$name: $(grep -m 1 'Missing character' "$name.log")"
    wide=$(sed -n 's/^Overfull .hbox (\([0-9]*\).*/\1/p' "$name.log" | sort -n | tail -n 1)
    [ "${wide:-0}" -le 12 ] || fail "$name is $wide pt too wide"
}
set_it board
set_it benchmark --node IT --errors --ceilings --bold
set_it model --model m08
set_it columns --columns rank,model,family,training,parameters,IT.raw,naming,naming.layer,submitter
if command -v pdftotext > /dev/null; then
    pdftotext -layout board.pdf board.txt
    for text in 'alert(1)' 'input{/etc/passwd}' 'R2 of' 'Žižek' '[U+732B]' '100 % of 5 %' 'sha256:'; do
        tr -d '\n' < board.txt | grep -qF -- "$text" || fail "the PDF has no \"$text\""
    done
fi
