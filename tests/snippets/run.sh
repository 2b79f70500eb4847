#!/bin/sh
# The programs that the participate page shows: they compile; and where Debian's python3-torch, -torchvision, -xarray, -netcdf4, -scipy and -h5py are, the
# files that they write, named by the entry that the page shows, are scored on every benchmark of the example. An untrained network stands in for
# the model, and tests/snippets/standin for transformers, which Debian does not have. TAP on stdout.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
programs=$(cd "$here/../../data/export" && pwd)
python=/usr/bin/python3
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BRAINBOARD_DATA
export XDG_CACHE_HOME="$work/cache" PYTHONPATH="$here/standin" PYTHONDONTWRITEBYTECODE=1
part=snippets ends=yes
. "$here/../tap.sh"
run() { "$@" > "$work/log" 2>&1 || { cat "$work/log"; echo "$*: exit status $?"; }; }

if [ ! -x $python ]; then
    skip "they compile" "no $python"
else
    report "a suite becomes a row for each region, those without words with 0" "$($python "$here/regions.py" "$programs" 2>&1)"
    report "they compile" "$(for program in "$programs"/*.py; do
        $python -c 'import sys; compile(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1], "exec")' "$program" 2>&1
    done)"
fi

if [ ! -x $python ]; then
    skip "contexts of a text" "no $python"
else
    printf ' \n = Robert <unk> = \n\n Du Fu , a  well @-@ known poet \nend\n' > "$work/wiki.test.raw"
    cat > "$work/expected.csv" << 'CSV'
stimulus_id,context,next_word
0,=,Robert
1,= Robert,<unk>
2,Du,Fu
3,Du Fu,","
4,"Du Fu ,",a
5,"Du Fu , a",
6,"Du Fu , a ",well
7,"Du Fu , a  well",@-@
8,"Du Fu , a  well @-@",known
CSV
    report "contexts of a text" "$(
        run $python "$programs/wikitext_words.py" "$work/wiki.test.raw" "$work/words.csv"
        tr -d '\r' < "$work/words.csv" | diff "$work/expected.csv" -
    )"
fi

name="what they write, with the entry of the page, is scored on every benchmark"
missing=$(for module in torch torchvision xarray netCDF4 scipy h5py PIL; do $python -c "import $module" 2> /dev/null || echo $module; done)
if [ -n "$missing" ]; then
    skip "$name" "python3 has no $(echo $missing)"
else
    cd "$work" || exit 1
    report "$name" "$(
        run "$BRAINBOARD" example board --size small -q
        printf '{"title": "One", "benchmarks": ["benchmarks/*.json"], "models": ["models/pixels.json"]}' > board/one.json
        run "$BRAINBOARD" build board/one.json -o site -q
        run $python -W ignore "$here/answer.py" "$programs" board site/participate/index.html
        run "$BRAINBOARD" check board/mine.json
        run "$BRAINBOARD" score board/mine.json -o scores.json -q
        $python - << 'PYTHON'
import json
results = json.load(open("scores.json"))
cells = [cell for cell in results["cells"] if cell["model"] == "mymodel"]
bad = [cell for cell in cells if cell["status"] != "ok"]
leaves = sum("metric" in node for node in results["benchmarks"])
if bad or len(cells) != leaves or leaves < 20:
    print(len(cells), "cells of", leaves, "benchmarks", bad)
PYTHON
    )"
    report "features and Gram matrices of the same network get the same scores to 1e-6" "$($python - << 'PYTHON'
import json
score = {(cell["model"], cell["benchmark"]): cell["score"] for cell in json.load(open("scores.json"))["cells"] if cell["status"] == "ok"}
both = [(name, score["mymodel", name], value) for (model, name), value in score.items() if model == "mygram"]
bad = [row for row in both if abs(row[1] - row[2]) > 1e-6]
if bad or len(both) < 5:
    print(len(both), "benchmarks scored both ways", bad)
PYTHON
    )"
fi
finish
