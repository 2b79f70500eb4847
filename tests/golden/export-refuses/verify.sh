try() { # STATUS SENTENCE ARGUMENT…
    status=$1 sentence=$2
    shift 2
    "$BRAINBOARD" export "$@" > out.txt 2> err.txt
    is=$?
    [ $is -eq "$status" ] || fail "export $*: exit status $is, not $status"
    grep -qF -- "$sentence" err.txt || fail "export $*: $(cat err.txt)"
    [ ! -s out.txt ] || fail "export $* wrote something"
}
try 2 'There is no benchmark or group "I"' scores.json --node I
try 2 'did you mean "naming"?' scores.json --node namin
try 2 'did you mean "m01"?' scores.json --models m01x
try 2 'did you mean "latex"?' scores.json --format latx
try 2 '--top "ten" must be a whole number' scores.json --top ten
try 2 '--precision "12" must be' scores.json --precision 12
try 2 '--width "85" is no length' scores.json --format svg --width 85
try 2 '--width is for figures' scores.json --width 85mm
try 2 'export SCORES.json --sentence X Y' scores.json --sentence IT
try 2 '--sentence, or --format svg or pdf?' scores.json IT V4
try 2 'exclude each other' scores.json --node IT --domain vision
try 2 'There is no domain with a leaderboard "visoin"; did you mean "vision"?' scores.json --domain visoin
try 2 'did you mean --errors?' scores.json --erors
try 3 'absent.json' absent.json
try 4 'cannot be made a folder' scores.json -o /dev/null/nowhere/table.csv
