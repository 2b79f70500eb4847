# What is wrong is said with its line, and nothing is written; a folder with somebody's work in it is left alone.
has() { grep -qF "$1" err || fail "no message \"$1\": $(cat err)"; }
refused() { # refused STATUS ARGUMENT…
    expected=$1
    shift
    "$BRAINBOARD" import "$@" > out 2> err
    status=$?
    [ $status -eq "$expected" ] || fail "import $*: exit status $status, expected $expected: $(cat err)"
    [ ! -s out ] || fail "import $* prints $(cat out)"
    [ ! -e project ] || fail "import $* has written a project"
}
refused 3 none.csv; has "there is no file none.csv"
refused 3 table.csv --layout long
has 'table.csv:1: error: no column is the benchmark of a score; say which with --columns benchmark=NAME'
refused 3 table.csv --benchmarks IT,parms --attributes v5
has 'table.csv:1: error: --benchmarks: no column "parms"; did you mean "params"?'
has 'table.csv:1: error: --attributes: no column "v5"; the file has name, IT, V4, params'
refused 3 table.csv
has 'table.csv:3: error: V4 of the model "b" is "x", not a number'
has 'table.csv:4: error: the model "a" is on line 2 already'
refused 3 list.csv --columns scor=score; has '"scor=score" must be ROLE=COLUMN'; has 'did you mean "score"?'
refused 3 list.csv --model-column modl; has 'no column "modl"; did you mean "model"?'
refused 2 list.csv --layout lang; has 'did you mean "long"?'
refused 3 . ; has ". has no fixture-scores.json"
refused 3 list.csv --layout brainscore-web; has "list.csv is no folder"
printf 'model,x\na\n' > short.csv
refused 3 short.csv; has "short.csv: line 2: the row has 1 field, the header 2"
printf 'model,x,X\na,1,2\n' > twice.csv
refused 3 twice.csv; has 'two columns are called "X" (2 and 3)'
printf 'model,text\na,b\n' > texts.csv
refused 3 texts.csv; has "there is no score in it"

# Folders: with a stranger's file, with edited files, with a file in its place.
printf 'model,benchmark,score\na,X,0.5\n' > good.csv
mkdir mine && echo keep > mine/notes.txt
refused 3 good.csv -o mine; has "notes.txt is not from an import"; has "choose another folder with -o, or remove this one"
[ "$(ls -A mine)" = notes.txt ] || fail "a stranger's folder has changed: $(ls -A mine)"
"$BRAINBOARD" import good.csv -q -o board > out || fail "a good list is refused"
echo '[]' > board/models.json
refused 3 good.csv -o board; has "models.json was edited after it was imported"
[ "$(cat board/models.json)" = "[]" ] || fail "an edited file was overwritten"
echo > file
refused 4 good.csv -o file
