#!/bin/sh
# Pictures: the reference's pair of one placed on a screen (folder place_on_screen of BRAINBOARD_DATA), and the classic models on the 92 images
# (kriegeskorte2008_92), whose dissimilarities are compared with the published ones of models of the same names. TAP on stdout, and the numbers.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
part=real/pictures
. "$here/../tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
folder_with() {
    old=$IFS IFS=:
    for dir in ${BRAINBOARD_DATA:-}; do [ -e "$dir/$1" ] && echo "$dir" && break; done
    IFS=$old
}

name="a picture placed from 10° to 12° is the published one, and from 8° to 10° has its grey"
data=$(folder_with place_on_screen/rgb1.jpg)
python=/usr/bin/python3
if [ -z "$data" ]; then
    skip "$name" "no place_on_screen/rgb1.jpg in BRAINBOARD_DATA"
elif ! $python -c 'import numpy, PIL' 2> /dev/null; then
    skip "$name" "python3 has no numpy or PIL to read pictures by another program"
else
    mkdir "$work/set" && cp "$data/place_on_screen/rgb1.jpg" "$work/set/"
    report "$name" "$(
        "$BRAINBOARD" stimuli "$work/set" --source 10 --degrees 12 -o "$work/12" -q > /dev/null || echo "placing failed"
        "$BRAINBOARD" stimuli "$work/set" --source 8 --degrees 10 -o "$work/10" -q > /dev/null || echo "placing failed"
        $python - "$data/place_on_screen/rgb1-10to12.png" "$work/12/rgb1.jpg" "$work/10/rgb1.jpg" << 'PYTHON'
import sys
import numpy as np
from PIL import Image
published, ours, larger = (np.array(Image.open(path).convert("RGB")).astype(int) for path in sys.argv[1:])
if published.shape != ours.shape or abs(published - ours).max() > 1:
    print("shape", ours.shape, "published", published.shape, "largest difference", published.shape == ours.shape and abs(published - ours).max())
grey = (larger == 128).all(axis=2).sum()
if abs(grey / larger.size - .11658) > 1e-4 or abs(grey / 1880000 - 1) > 5e-4:
    print("grey", grey, "fraction", grey / larger.size)
PYTHON
    )"
fi

data=$(folder_with kriegeskorte2008_92/stimuli/01.png)
if [ -z "$data" ]; then
    skip "the classic models on the 92 images" "no kriegeskorte2008_92/stimuli in BRAINBOARD_DATA"
    finish
fi
models='pixels gabor hmax'
for model in $models; do
    report "$model runs on the 92 images, the same bytes each time" "$(
        for k in 1 2; do "$BRAINBOARD" run $model --stimuli "$data/kriegeskorte2008_92/stimuli" -o "$work/$model$k.nc" -q > /dev/null || echo "exit status $?"; done
        cmp "$work/${model}1.nc" "$work/${model}2.nc")"
done
name="their dissimilarities are compared with the published ones of HMAX, V1 and monkey IT"
if ! $python -c 'import numpy, h5py' 2> /dev/null; then
    skip "$name" "python3 has no numpy or h5py"
    finish
fi
cd "$work" && $python - "$data/kriegeskorte2008_92/model_rdms.csv" $models << 'PYTHON' > "$work/numbers" 2> "$work/log"
import csv
import sys
import h5py
import numpy as np
rows = list(csv.DictReader(open(sys.argv[1])))
ranks = lambda x: np.argsort(np.argsort(x))
published = {name: ranks([float(row[name]) for row in rows]) for name in ("HMAX", "V1", "monkeyIT")}
for model in sys.argv[2:]:
    file = h5py.File(model + "1.nc")
    assert [name.decode() for name in file["stimulus_id"][:]] == ["%02d" % k for k in range(1, 93)]
    layer = np.array([name.decode() for name in file["layer"][:]])
    for name in dict.fromkeys(layer):
        rdm = 1 - np.corrcoef(file["data"][:][:, layer == name].astype(float))
        own = ranks([rdm[int(row["i"]), int(row["j"])] for row in rows])
        print("# real/pictures: Spearman correlation of the RDM of %s, %s with the published" % (model, name),
              ", ".join("%s %.3f" % (key, np.corrcoef(own, value)[0, 1]) for key, value in published.items()))
PYTHON
report "$name" "$([ "$(grep -c . "$work/numbers")" -eq 11 ] || { cat "$work/numbers" "$work/log"; })"
cat "$work/numbers"
finish
