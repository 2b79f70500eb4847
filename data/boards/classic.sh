#!/bin/sh
# The classic models on the 92 pictures (kriegeskorte2008_92/stimuli/01.png …), as Gram matrices; the boards' tables number the pictures from 0.
# With the table of these pictures beside them, by which `brainboard kit` finds the set.
# usage: classic.sh DATA OUT      ($BRAINBOARD: the program). DATA may be several folders, separated by ":"; OUT is then one more of them. Without the
# pictures nothing is done; what is there already, and no older than the program, is left.
set -u
data=$1
out=$2/kriegeskorte2008_92/classic
set=$2/stimulus_Kriegeskorte2008.csv
pictures=
old=$IFS IFS=:
for dir in $data; do [ -z "$pictures" ] && [ -e "$dir/kriegeskorte2008_92/stimuli/01.png" ] && pictures=$(cd "$dir/kriegeskorte2008_92/stimuli" && pwd); done
IFS=$old
[ -n "$pictures" ] || exit 0
mkdir -p "$out" || exit 4
{
    echo stimulus_id,filename
    for k in $(seq 0 91); do printf '%d,"%s/%02d.png"\n' "$k" "$pictures" $((k + 1)); done
} > "$set"
for model in pixels gabor hmax; do
    [ "$out/$model.gram.h5" -nt "$BRAINBOARD" ] && continue
    "$BRAINBOARD" run $model --gram --stimuli "$set" -o "$out/$model.gram.h5" --quiet > /dev/null || exit
done
