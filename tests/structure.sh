#!/bin/sh
# The structure of the source, as tests: who may include whom, third-party libraries in one folder each, headers that stand alone, banned functions.
set -u
cd "$(dirname "$0")/.." || exit 1
part=structure
. tests/tap.sh

# folder: the folders that it may include besides its own ("may know" of the architecture)
allowed() {
    case $1 in
    base) echo "" ;;
    numeric) echo "base" ;;
    store) echo "base" ;;
    metric) echo "base numeric store" ;;
    catalog) echo "base metric" ;;
    score) echo "base numeric store metric catalog" ;;
    history) echo "base score" ;;
    insight) echo "base numeric catalog score" ;;
    pdf) echo "base" ;;
    chart) echo "base pdf" ;;
    render) echo "base score catalog insight chart pdf history" ;;
    stimuli) echo "base" ;;
    model) echo "base numeric store metric stimuli" ;;
    example) echo "base numeric store metric model" ;;
    fetch) echo "base catalog" ;;
    verify) echo "base score catalog" ;;
    cli) echo "base numeric store metric catalog score insight history pdf chart render stimuli model example fetch verify" ;;
    *) echo UNKNOWN ;;
    esac
}
problems=
for dir in src/*/; do
    folder=$(basename "$dir")
    may=$(allowed "$folder")
    [ "$may" = UNKNOWN ] && problems="$problems
src/$folder is not in the list of folders" && continue
    for other in $(grep -ho '^#include "[a-z0-9]*/' "$dir"* | sed 's/.*"//; s|/||' | sort -u); do
        [ "$other" = "$folder" ] && continue
        case " $may " in *" $other "*) ;; *) problems="$problems
src/$folder includes $other/: $(grep -l "^#include \"$other/" "$dir"* | tr '\n' ' ')" ;; esac
    done
done
report "each folder includes only what it may know" "$problems"

# third-party header: the folder that may include it
problems=$(while read -r header folder; do
    grep -ln "^#include [<\"]$header" src/*/* | grep -v "^src/$folder/" | sed "s|\$| includes <$header>, which belongs to src/$folder|"
done << 'LIST'
cjson/ base
cJSON base
csv.h base
pcre2 base
openssl/ base
Random123/ base
cblas numeric
lapacke numeric
hdf5 store
H5 store
libdeflate base
zip.h store
png.h stimuli
jpeglib.h stimuli
hpdf pdf
cairo chart
ctemplate/ render
cmark render
gumbo.h verify
expat.h verify
curl/ fetch
LIST
)
report "each library is included from one folder" "$problems"

problems=$(ls src/*/* | sed 's|.*/||' | sort | uniq -d)
report "file names are unique in the tree" "$problems"

problems=$(grep -nE '\b(strcpy|strcat|strncpy|strncat|strtok|sprintf|vsprintf|gets|atoi|atof|ctime|asctime|gmtime|localtime|mktemp|tmpnam|setlocale|system|popen)\(' src/*/*.[ch] \
    | grep -vE '^\S+:\s*(/\*|\*|//)')
report "no banned function" "$problems"

problems=$(for h in src/*/*.h; do
    want=BB_$(echo "$h" | sed 's|src/||; s|[/.]|_|g' | tr '[:lower:]' '[:upper:]')
    grep -q "^#ifndef $want\$" "$h" || echo "$h: the guard must be $want"
done)
report "guards are named after their files" "$problems"

problems=$(make -s --no-print-directory MODE=dev hdr-check 2>&1)
report "each header compiles alone" "$problems"

problems=$(awk 'length($0) > 150 {print FILENAME ":" FNR ": " length($0) " characters"}' src/*/*.[ch] src/*/*.cc 2>/dev/null)
report "no line over 150 characters" "$problems"

problems=$(for f in $(ls -A | grep -vE '^(Makefile|README\.md|LICENSE|src|templates|assets|data|site|tests|build|\..*)$'); do echo "$f"; done)
report "the top level has only what belongs there" "$problems"

problems=$(sh src/render/lint-readme.sh templates 2>&1)
report "templates/README.md names what the templates have" "$problems"

problems=$(grep -rnE '/work/|/home/|/root/|/tmp/[a-z]+/' src templates assets data Makefile README.md 2>/dev/null | grep -v '/home/you' | head)
report "no path of a machine in the project" "$problems"
finish
