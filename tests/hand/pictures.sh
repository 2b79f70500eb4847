#!/bin/sh
# Stimuli placed on a screen, classic models run on them, needs and kits: the commands, on pictures that need no data. TAP on stdout.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
part=hand/pictures
. "$here/../tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BRAINBOARD_DATA
export XDG_CACHE_HOME="$work/cache"
cd "$work" || exit 1
# on EXPECTED-STATUS COMMAND…: messages in log, what it prints in out
on() {
    expected=$1
    shift
    "$BRAINBOARD" "$@" -q > out 2> log
    status=$?
    [ $status -eq "$expected" ] || { echo "brainboard $*: exit status $status, expected $expected"; cat log; }
}
says() { grep -qF -e "$1" log || { echo "no word of \"$1\":"; cat log; }; }
prints() { grep -qF -e "$1" out || { echo "it does not print \"$1\":"; cat out; }; }

on 0 example board --size small
mkdir pictures
cp board/benchmarks/samples/textures-*.png pictures/

report "a set is placed, with the reference's identifier and its CSV" "$(on 0 stimuli pictures --source 4 --degrees 8 -o placed; prints '12 on a grey canvas'
    prints 'stimulus_pictures--target8.00--source4.00.csv'; head -n 2 placed/*.csv | tr '\n' ' ' | grep -qx 'stimulus_id,filename,degrees textures-01,textures-01.png,8 ' || cat placed/*.csv
    prints 'grey fraction 0.7')"
report "at its own angle nothing changes, to the byte" "$(on 0 stimuli pictures --source 8 -o same; cmp pictures/textures-01.png same/textures-01.png; ls same/stimulus_pictures.csv > /dev/null)"
report "what was enlarged and is cropped again is the picture that it was" "$(on 0 stimuli placed --degrees 4 -o back; prints '12 cropped'
    on 0 run pixels --stimuli back -o back.nc; on 0 run pixels --stimuli pictures -o first.nc; on 0 run pixels --gram --stimuli back -o back.h5; on 0 run pixels --gram --stimuli pictures -o first.h5
    cmp back.h5 first.h5)"
report "the same set gives the same bytes" "$(on 0 stimuli pictures --source 4 -o again; diff -r placed again)"
report "two angles, none, or one that is no angle are refused" "$(on 2 stimuli placed --source 4 -o x; says 'has a column "degrees"'; on 2 stimuli pictures -o x; says 'give it, as in --source 10'
    on 2 stimuli pictures --source wide -o x; says 'not "wide"'; on 2 stimuli pictures --source 4 -o pictures; says 'folder of the original pictures'; [ -e x ] && echo "something was written")"
report "a damaged picture is named" "$(mkdir bad; head -c 100 pictures/textures-01.png > bad/a.png; on 3 stimuli bad --source 4 -o y; says 'bad/a.png is a damaged PNG'; on 3 run gabor --stimuli bad -o y.nc; says 'bad/a.png')"

for model in pixels gabor hmax; do
    report "$model runs, the same bytes each time, features and Gram matrices" "$(on 0 run $model --stimuli placed -o a.nc; prints '"degrees":8'; on 0 run $model --stimuli placed -o b.nc; cmp a.nc b.nc
        on 0 run $model --stimuli placed --gram -o a.h5; on 0 run $model --stimuli placed --gram -o b.h5; cmp a.h5 b.h5; on 0 show a.nc; prints stimulus_id)"
done
report "layers can be chosen; an unknown layer or model has words" "$(on 0 run hmax --stimuli placed --layers C2 -o c.nc; on 2 run hmax --stimuli placed --layers C3 -o d.nc; says 'it has S1, C1, S2, C2'
    on 2 run hmaxx --stimuli placed -o d.nc; says 'did you mean hmax'; on 2 run pixels --seen placed --stimuli placed -o d.nc; says 'has seen no pictures'; [ -e d.nc ] && echo "something was written")"
report "another seed has other prototypes, other pictures too" "$(on 0 run hmax --stimuli placed --layers C2 --seed 2 -o e.nc; cmp -s c.nc e.nc && echo "the same"; on 0 run hmax --stimuli placed --layers C2 --seen pictures -o f.nc; cmp -s c.nc f.nc && echo "the same")"

report "needs lists every set, and what a model has of it" "$(on 0 needs board/manifest.json board/models/gabor.json; prints 'insilico-textures'; prints 'a number per item'; prints 'not answered yet'; prints ' answered'
    on 0 needs board/benchmarks/vision.json V1; [ "$(grep -c insilico out)" -eq 1 ] || cat out; on 3 needs board/manifest.json V9; says 'there is no benchmark "V9"')"
mkdir data
"$BRAINBOARD" stimuli pictures --source 8 -o data/insilico-textures -q > /dev/null
report "a kit has the stimuli placed, the task, the format, an entry and a manifest that check reads" "$(on 0 kit board/benchmarks/vision.json V1 --data data -o kit; prints '1 stimulus set, 0 of them not'
    cmp pictures/textures-03.png kit/insilico-textures/textures-03.png; grep -q 'netCDF-4' kit/README.md || echo "no format"; ls kit/brainboard_torch.py > /dev/null
    on 0 check kit/manifest.json; "$BRAINBOARD" check kit/manifest.json 2>&1 | grep -q 'no file "mymodel_insilico-textures.nc"' || echo "check does not say what is missing")"
report "a kit for another angle says that its answers would be refused" "$(on 0 kit board/benchmarks/vision.json V1 --data data --degrees 4 -o kit4; grep -q 'asks for 8°, and this kit was made for 4°' kit4/README.md || cat kit4/README.md)"
mkdir published
for set in short-2 vernier-only; do
    mkdir published/stimulus_Malania2007_$set
    printf 'stimulus_id,filename,image_label\n0,a.png,left\n1,b.png,right\n' > published/stimulus_Malania2007_$set.csv
    cp pictures/textures-01.png published/stimulus_Malania2007_$set/a.png
    cp pictures/textures-02.png published/stimulus_Malania2007_$set/b.png
done
report "published sets that are answered as one are one in a kit, each id as it is answered" "$(on 0 kit Malania2007.short2-threshold_elevation --data published -o kit2; prints '2 stimulus sets, 1 of them not'
    on 0 run pixels --stimuli kit2/Malania2007_short-2 -o kit2.nc; on 0 show kit2.nc; prints '4 different  "Malania2007_short-2/0"'
    grep -qx 'Malania2007_vernier-only/1,Malania2007_vernier-only/b.png,2.986667' kit2/Malania2007_short-2/*.csv || cat kit2/Malania2007_short-2/*.csv
    grep -q '4 pictures of several published sets' kit2/README.md || cat kit2/README.md
    on 0 kit Malania2007.vernieracuity-threshold --data published -o kit9; grep -q '9 of the 9 sets .* `brainboard fetch Malania2007.vernieracuity-threshold`' kit9/README.md || cat kit9/README.md
    on 0 needs Malania2007.vernieracuity-threshold; prints 'Malania2007_fit')"
report "a kit without its stimuli says how to get them" "$(on 0 kit board/benchmarks/vision.json V1 -o kit0; prints '1 of them not on this machine'; grep -q 'brainboard fetch insilico-textures' kit0/README.md || cat kit0/README.md)"

# The example's own model, at another angle, and at none.
angle() { # SED-SCRIPT: scores the gabor model of the example with its angles changed
    sed ':a;N;$!ba;'"$1" board/models/gabor.json > board/models/other.json
    printf '{"title": "t", "benchmarks": ["benchmarks/vision.json"], "models": ["models/other.json"]}' > board/other-manifest.json
    "$BRAINBOARD" score board/other-manifest.json -o other.json > out 2> log
}
report "a model shown at the wrong angle is refused with a sentence" "$(angle 's/"degrees": 8/"degrees": 4/g'; grep -q 'the stimuli were shown at 4°, and the benchmark asks for 8°' other.json || { cat log; grep -o '"reason":"[^"]*"' other.json | sort -u; })"
report "check says it, with its place" "$(on 3 check board/other-manifest.json; says 'models/other.json:'; says 'the stimuli were shown at 4°, and the benchmark asks for 8°')"
report "its page says it" "$("$BRAINBOARD" build board/other-manifest.json -o other-site -q > out 2>&1; grep -rq 'the stimuli were shown at 4°, and the benchmark asks for 8°' other-site/models/gabor || ls other-site/models)"
report "needs says it before anything is scored" "$(on 0 needs board/benchmarks/vision.json board/models/other.json; prints 'answered at 4°, which is refused')"
report "an unstated angle is a warning on the cell" "$(angle 's/,\n *"degrees": 8//g'; grep -q 'the visual angle of the stimuli is not stated; the benchmark asks for 8°' other.json || { cat log; head -c 600 board/models/other.json; })"
report "check warns of it, and its page has it beside the score" "$(on 0 check board/other-manifest.json; says 'warning: the visual angle of the stimuli is not stated; the benchmark asks for 8°'
    "$BRAINBOARD" build board/other-manifest.json -o other-site -q > out 2>&1; grep -rq 'the visual angle of the stimuli is not stated; the benchmark asks for 8°' other-site/models/gabor || ls other-site/models)"
finish
