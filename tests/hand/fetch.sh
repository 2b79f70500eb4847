#!/bin/sh
# `brainboard fetch` from a server on loopback that plays the published one, in all the ways in which that goes wrong. TAP on stdout.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BRAINBOARD=${BRAINBOARD:-$here/../../build/brainboard}
part=hand/fetch
. "$here/../tap.sh"
if ! command -v python3 > /dev/null; then
    skip "fetching from a server on loopback" "no python3 to play the server"
    finish
fi
work=$(mktemp -d) || exit 1
. "$here/../serve.sh"

head -c 300000 /dev/urandom > "$work/served/a.nc"
head -c 200001 /dev/urandom > "$work/served/b.csv"
head -c 1000 /dev/urandom > "$work/served/small.bin"; cp "$work/served/small.bin" "$work/served/small.zip"
sum() { sha1sum "$work/served/$1" | cut -d' ' -f1; }
# A table with a row for each MANNER/FILE; the set is called by the manner.
table() {
    echo set,kind,domain,family,access,file,sha1,url,license
    for row in "$@"; do
        file=${row#*/}
        echo "${row%%/*},assembly,vision,paper,public,$file,$(sum "$file"),http://127.0.0.1:$port/$row,"
    done
}
# fetch FOLDER EXPECTED-STATUS OPTION…: its messages are in $work/log
fetch() {
    folder=$work/$1 expected=$2
    shift 2
    timeout 60 "$BRAINBOARD" fetch -q --registry "$work/table.csv" -o "$folder" "$@" > "$work/out" 2> "$work/log"
    status=$?
    [ $status -eq "$expected" ] || { echo "exit status $status, expected $expected"; cat "$work/log"; }
}
right() { # FOLDER FILE: it is there under its digest and by its name, and nothing is left of its way
    cmp "$work/served/$2" "$work/$1/$(sum "$2")/$2" && cmp "$work/served/$2" "$work/$1/$2"
    [ -e "$work/$1/$(sum "$2")/$2.part" ] && echo "a part is left of $2"
}
none() { find "$work/$1" \( -name "$2" -o -name "$2.part" \) | sed 's/^/is there: /'; }
says() { grep -q "$1" "$work/log" || { echo "no word of \"$1\":"; cat "$work/log"; }; }
asked() { grep -c "^$1 " "$work/served/requests.log"; }

table whole/a.nc whole/b.csv moved/small.bin > "$work/table.csv"
report "whole files come under their digests, several at once, through a redirect" "$(fetch whole 0 --public; for f in a.nc b.csv small.bin; do right whole $f; done)"
before=$(wc -l < "$work/served/requests.log")
report "what is there is not asked for again" "$(fetch whole 0 --public; grep -q '0 fetched, 3 there' "$work/out" || cat "$work/out"
    [ "$(wc -l < "$work/served/requests.log")" -eq "$before" ] || echo asked again)"

table cut/a.nc > "$work/table.csv"
report "a broken connection is resumed where it broke" "$(fetch cut 0 cut; right cut a.nc
    awk '$1 == "cut" && $3 > 0 { resumed = 1 } END { exit !resumed }' "$work/served/requests.log" || echo "it was not resumed")"
table again/a.nc > "$work/table.csv"
report "a server that cannot resume sends all of it again" "$(fetch again 0 again; right again a.nc; [ "$(asked again)" -le 3 ] || asked again)"
table busy/b.csv > "$work/table.csv"
report "a busy server is asked again" "$(fetch busy 0 busy; right busy b.csv)"

table bent/a.nc > "$work/table.csv"
report "a wrong digest leaves nothing, and says both digests" "$(fetch bent 4 bent; none bent a.nc; says "SHA-1 is .*, not $(sum a.nc)")"
table forbidden/a.nc gone/b.csv whole/small.bin > "$work/table.csv"
report "403 and 404 have words, leave nothing, and cost the others nothing" "$(fetch refused 4 --public; none refused a.nc; none refused b.csv
    says 'a.nc: it is private.*403'; says 'b.csv: it is gone.*404'; right refused small.bin)"
table stalled/a.nc > "$work/table.csv"
report "silence is given up, what came is kept" "$(fetch stalled 4 stalled --stalled 1; says 'nothing came for too long'
    [ -s "$work/stalled/$(sum a.nc)/a.nc.part" ] || echo "nothing was kept")"
table whole/a.nc > "$work/table.csv"
report "and a later run goes on from there" "$(: > "$work/served/requests.log"; fetch stalled 0 whole; right stalled a.nc
    awk '$3 > 0 { resumed = 1 } END { exit !resumed }' "$work/served/requests.log" || cat "$work/served/requests.log")"

table slow/a.nc > "$work/table.csv"
report "a run that is killed leaves a part, which the next one goes on with" "$(
    "$BRAINBOARD" fetch -q --registry "$work/table.csv" -o "$work/killed" slow > /dev/null 2>&1 & pid=$!
    sleep 0.8; kill -9 $pid; wait $pid 2> /dev/null
    [ -e "$work/killed/a.nc" ] && echo "it is there by its name"
    [ -s "$work/killed/$(sum a.nc)/a.nc.part" ] || echo "no part"
    : > "$work/served/requests.log"; fetch killed 0 slow; right killed a.nc
    awk '$3 > 0 { resumed = 1 } END { exit !resumed }' "$work/served/requests.log" || echo "from the start again")"
table slow/a.nc slow/b.csv > "$work/table.csv"
report "two runs at once share the work" "$(: > "$work/served/requests.log"
    timeout 60 "$BRAINBOARD" fetch -q --registry "$work/table.csv" -o "$work/two" slow > "$work/out2" 2>&1 & pid=$!
    fetch two 0 slow; wait $pid || cat "$work/out2"
    right two a.nc; right two b.csv; [ "$(asked slow)" -eq 2 ] || echo "$(asked slow) requests for two files")"

table whole/a.nc > "$work/table.csv"
report "nothing is written over: a file of that name stays, with a warning" "$(mkdir "$work/mine"; echo mine > "$work/mine/a.nc"
    timeout 60 "$BRAINBOARD" fetch --registry "$work/table.csv" -o "$work/mine" whole > "$work/out" 2> "$work/log" || cat "$work/log"
    [ "$(cat "$work/mine/a.nc")" = mine ] || echo "it was written over"; says 'is left as it is'; cmp "$work/served/a.nc" "$work/mine/$(sum a.nc)/a.nc")"
table whole/a.nc > "$work/table.csv"
report "a full disk has a word" "$(fetch_full() { (ulimit -f 100; trap '' XFSZ; fetch full 4 whole); }; fetch_full; says 'the disk is full'
    [ -e "$work/full/a.nc" ] && echo "half a file is there by its name"; fetch full 0 whole; right full a.nc)"
sed -i 's/127.0.0.1:[0-9]*/127.0.0.1:1/' "$work/table.csv"
report "a server that is not there has a word" "$(fetch none 4 whole; says "Couldn't connect")"

report "--list and --dry-run ask nobody" "$(: > "$work/served/requests.log"; table whole/a.nc > "$work/table.csv"
    fetch none 0 --list; grep -q a.nc "$work/out" || echo "--list has no a.nc"
    fetch none 0 whole --dry-run; grep -q "would fetch  http" "$work/out" || cat "$work/out"; cat "$work/served/requests.log")"
report "an unknown name has a suggestion" "$(fetch none 2 whol; says 'did you mean "whole"')"
for mistake in 's/set,/sot,/|no column "sot"' 's/,[0-9a-f]\{40\},/,12,/|is no SHA-1' 's|http:|ftp:||is no address' 's|,a.nc|,../a.nc||must be a file of the folder'; do
    table whole/a.nc | sed "${mistake%|*}" > "$work/table.csv"
    report "the table is checked: ${mistake##*|}" "$(fetch none 3 whole; says "table.csv:[12]: .*${mistake##*|}")"
done
table whole/a.nc | sed 's|,a.nc,|,tables/colour/a.nc,|' > "$work/table.csv"
report "a file in a folder of the set lies there as a link" "$(fetch folders 0 whole; cmp "$work/served/a.nc" "$work/folders/tables/colour/a.nc"; [ -L "$work/folders/tables/colour/a.nc" ] || echo "no link"
    cmp "$work/served/a.nc" "$work/folders/$(sum a.nc)/a.nc"; fetch folders 0 whole; grep -q '0 fetched, 1 there' "$work/out" || cat "$work/out")"
report "pictures are unpacked where the set's CSV looks for them" "$(
    python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], "w"); z.writestr("p.png", open(sys.argv[2], "rb").read(), zipfile.ZIP_DEFLATED); z.close()' \
        "$work/served/image_set.zip" "$here/p.png"
    printf 'image_id,filename\np,p.png\n' > "$work/served/image_set.csv"
    table whole/image_set.zip whole/image_set.csv > "$work/table.csv"; fetch set 0 whole; cmp "$here/p.png" "$work/set/image_set/p.png"
    "$BRAINBOARD" stimuli "$work/set/image_set.csv" --source 8 -o "$work/placed" -q > "$work/out" 2>&1 || cat "$work/out"
    [ -e "$work/placed/stimulus_set.csv" ] || ls "$work/placed"; cmp "$here/p.png" "$work/placed/p.png")"
report "an archive in the form of ZIP64, as those of more than 2 GiB are, is unpacked" "$(
    python3 - "$work/served" << 'PYTHON'
import sys
import zipfile
zipfile.ZIP64_LIMIT = 10  # what Python does from 2 GiB on, it does from here on
with zipfile.ZipFile(sys.argv[1] + "/large.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name in "one.txt", "two.txt":
        archive.writestr(name, name.encode() * 1000)
PYTHON
    grep -aq "$(printf 'PK\006\006')" "$work/served/large.zip" || echo "it is no ZIP64"
    table whole/large.zip > "$work/table.csv"; fetch large 0 whole
    for f in one two; do yes $f.txt | head -n 1000 | tr -d '\n' | cmp - "$work/large/large/$f.txt"; done)"
report "an archive with a damaged file says which, and leaves no folder" "$(
    head -c 20000 /dev/urandom > "$work/inside"; python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], "w"); z.write(sys.argv[2], "inside.bin"); z.close()' "$work/served/bent.zip" "$work/inside"
    printf x | dd of="$work/served/bent.zip" bs=1 seek=10000 conv=notrunc 2> /dev/null
    table whole/bent.zip > "$work/table.csv"; fetch bentzip 4 whole; says '"inside.bin" cannot be unpacked: CRC error'; find "$work/bentzip" -name bent -o -name 'bent.part*')"
report "an archive that would write elsewhere, or is damaged, is refused" "$(
    python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], "w"); z.writestr("../out.png", b"x"); z.close()' "$work/served/evil.zip"
    table whole/evil.zip > "$work/table.csv"; fetch evil 4 whole; says 'outside of its folder'; [ -e "$work/evil/out.png" ] && echo "it wrote elsewhere"
    table whole/small.zip > "$work/table.csv"; fetch bad 4 whole; says 'is no ZIP archive')"
report "the program's own table is sound, and knows the public data of a benchmark" "$(
    "$BRAINBOARD" fetch --dry-run MajajHong2015public.IT-pls 2>&1 | grep -c 'MajajHong2015_public.nc\|hvm-public.zip' | grep -qx 2 || echo "not both files")"
finish
