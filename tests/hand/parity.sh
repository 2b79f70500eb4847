#!/bin/sh
# The steps of `make parity`, with a server on loopback that plays the published one: a small simulated recording and pictures of noise, in the form of
# the published files. TAP on stdout.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
export BRAINBOARD
part=hand/parity
. "$here/../tap.sh"
if ! command -v python3 > /dev/null; then
    skip "parity from a server on loopback" "no python3 to play the server"
    finish
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"
unset BRAINBOARD_DATA
. "$here/../serve.sh"

"$BRAINBOARD" example "$work/world" --size small -q > /dev/null
cp "$work/world/data/objects.nc" "$work/served/assy_dicarlo_MajajHong2015_public.nc"
python3 - "$work/served" << 'PYTHON'
import random
import struct
import sys
import zipfile
import zlib
random.seed(1)
chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
side, names = 16, ["object-%04d" % k for k in range(1, 81)]
with zipfile.ZipFile(sys.argv[1] + "/stimulus_hvm-public.zip", "w") as archive, open(sys.argv[1] + "/stimulus_hvm-public.csv", "w") as table:
    table.write("image_id,filename,s\n")
    for name in names:
        rows = b"".join(b"\0" + bytes(random.randrange(256) for _ in range(3 * side)) for _ in range(side))
        header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        archive.writestr(name + ".png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
        table.write("%s,%s.png,1\n" % (name, name))
PYTHON
# The catalog with the digests of these files in place of the published ones, which it would refuse.
mkdir -p "$work/home/data" && cp -R "$here/../../data/catalog" "$work/home/data/" && ln -s "$here/../../templates" "$here/../../assets" "$work/home/"
for file in assy_dicarlo_MajajHong2015_public.nc stimulus_hvm-public.csv stimulus_hvm-public.zip; do
    was=$(awk -F, -v file=$file '$6 == file { print $7; exit }' "$here/../../data/catalog/data.csv")
    sed -i "s/$was/$(sha1sum "$work/served/$file" | cut -d' ' -f1)/" "$work/home/data/catalog/vision/majajhong2015.json"
done
export BRAINBOARD_HOME="$work/home"
table() { # table MANNER
    echo set,kind,domain,family,access,file,sha1,url,license
    for row in dicarlo.MajajHong2015.public,assembly,assy_dicarlo_MajajHong2015_public.nc hvm-public,stimuli,stimulus_hvm-public.csv hvm-public,pictures,stimulus_hvm-public.zip; do
        file=${row##*,}
        echo "${row%,*},vision,majajhong2015,public,$file,$(sha1sum "$work/served/$file" | cut -d' ' -f1),http://127.0.0.1:$port/$1/$file,"
    done
}
parity() { # parity EXPECTED-STATUS FOLDER [RAW SCORE]
    expected=$1 to=$work/$2
    shift 2
    timeout 300 sh "$here/../../data/boards/parity.sh" "$to" "$work/table.csv" "$@" > "$work/out" 2> "$work/log"
    status=$?
    [ $status -eq "$expected" ] || { echo "exit status $status, expected $expected"; cat "$work/out" "$work/log"; }
}

table whole > "$work/table.csv"
report "fetched, placed, run and scored; another number is another number" "$(parity 1 one
    grep -c 'pixels on MajajHong2015public.IT-pls: .* the reference has 0\.\(22545106\|06230475\): another number' "$work/out" | grep -qx 2 || cat "$work/out" "$work/log")"
got() { awk -F, -v name="$1" 'FNR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }' "$work/one/pixels.csv"; }
raw=$(got raw) score=$(got score)
: > "$work/served/requests.log"
report "the same number is the same; what was fetched is not fetched again" "$(parity 0 one "$raw" "$score"; grep -c ': the same' "$work/out" | grep -qx 2 || cat "$work/out"
    cat "$work/served/requests.log")"
report "the number is that of the features, by way of a manifest of one's own" "$(cd "$work/one" || exit
    "$BRAINBOARD" run pixels --layers pixels --stimuli placed -o features.nc -q > ../out 2>&1 || cat ../out
    echo '{"title": "t", "benchmarks": ["MajajHong2015public.IT-pls"], "models": [{"id": "p", "name": "P", "domains": ["vision"], "outputs": {"hvm-public": {"file": "features.nc", "degrees": 8}}}]}' > own.json
    "$BRAINBOARD" score own.json --data data -o own-scores.json -q > ../out 2>&1 || cat ../out
    "$BRAINBOARD" export own-scores.json --node MajajHong2015public.IT-pls --format csv --columns model,raw -q -o own.csv
    awk -F, -v raw="$raw" 'FNR == 2 { off = $3 - raw; if (off < 0) off = -off; if (!(off < 1e-9)) print "features give", $3, "Gram matrices", raw }' own.csv)"
report "halves of the tolerance apart is the same, twice of it is not" "$(parity 0 one "$(awk "BEGIN { print $raw + .00025 }")" "$score"
    parity 1 one "$(awk "BEGIN { print $raw + .001 }")" "$score"; parity 1 one "$raw" "$(awk "BEGIN { print $score - .001 }")")"
table forbidden > "$work/table.csv"
report "a server that refuses: a sentence, status 4" "$(parity 4 two; grep -q 'it is private.*403' "$work/log" && grep -q 'so nothing was compared' "$work/log" || cat "$work/log")"
table whole | sed 's|http://127.0.0.1:[0-9]*|http://nowhere.invalid|' > "$work/table.csv"
report "no network: a sentence, status 4" "$(parity 4 three; grep -q 'there is no network here, or no server of that name' "$work/log" && grep -q 'so nothing was compared' "$work/log" || cat "$work/log")"
finish
