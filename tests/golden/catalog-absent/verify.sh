# What is not on this machine is in no average, and the results say why and where it is to be had; with --all it counts as missing.
has() { grep -q -- "$2" "$1" || fail "$1 has no $2"; }
has scores.json '"model":"m","node":"average_vision","score":0.75,"scored":1,"of":1'
has scores.json '"id":"own".*"present":true'
for file in assy_dicarlo_MajajHong2015_private.nc assy_brendel_Geirhos2021_sketch.nc assy_Malania2007_short-2.nc; do
    has scores.json "\"present\":false.*no file \\\\\"$file\\\\\".* to be had from https://brainscore-storage.s3.amazonaws.com/.*/$file (SHA-1 [0-9a-f]\{40\})"
done
has scores.json 'assy_dicarlo_MajajHong2015_private.nc.*it is not public; with access'
[ "$(grep -c '"status":' scores.json)" = 1 ] || fail 'a benchmark that is not here has a cell'
"$BRAINBOARD" score manifest.json -o all.json --all 2> err || fail "--all: $(cat err)"
has err '1 cells scored, 0 failed, 3 not run'
has all.json '"model":"m","node":"behavior_vision","score":0.25,"scored":1,"of":3'
has all.json '"model":"m","node":"neural_vision","scored":0,"of":1'
has all.json '"model":"m","node":"average_vision","score":0.125,"scored":1,"of":4'
[ "$(grep -c '"status":"missing"' all.json)" = 3 ] || fail 'not all of them are missing'
has err '3 benchmarks count as not run, as --all asks: the data is not on this machine'
has err 'of 3 benchmarks of the catalog: 1 verified on real data, 2 verified against an independent implementation, 0 defined'
# `check` says of a few where they are to be had, and of many how many there are.
"$BRAINBOARD" check manifest.json > out 2> err || fail "check: $(cat err)"
has err 'Malania2007.short2-threshold_elevation: there is no file .*; it is to be had from https://'
has out '0 errors, 3 warnings'
sed 's/"own.json"/"own.json", "Geirhos2021"/' manifest.json > many.json
"$BRAINBOARD" check many.json > out 2> err || fail "check: $(cat err)"
has err 'the data of [0-9]* benchmarks of the program.s catalog is not on this machine'
has out '0 errors, 1 warning$'
# Nothing scored: why, also with -q.
printf 'stimulus_id,choice\n' > answers.csv.none
sed 's/answers.csv/answers.csv.none/' manifest.json > none.json
"$BRAINBOARD" score none.json -q -o none.scores 2> err && fail 'nothing was scored, and that is no failure'
has err 'nothing could be scored: 1 cell failed, m on own: .*has a header and no rows'
sed 's/"own.json", //' manifest.json > absent.json
"$BRAINBOARD" score absent.json --all -o none.scores 2> err && fail 'nothing was scored, and that is no failure'
has err 'nothing could be scored, and a board needs a score, also with --all. Say where the data is'
[ ! -e none.scores ] || fail 'results without a score are written'
# A shuffled split names its grouped twin, and links it where the board has it; what cannot be scored says so.
sed 's/"own.json"/"own.json", "Fedorenko2016-linear-shuffle", "Fedorenko2016-linear-grouped", "Blank2014-linear-shuffle", "Tuckute2024-rdm"/' manifest.json > twin.json
"$BRAINBOARD" build twin.json -o twins --no-pdf 2> err || fail "build: $(cat err)"
has twins/benchmarks/Fedorenko2016-linear-shuffle/index.html '<dt>Grouped twin</dt><dd><a href="../Fedorenko2016-linear-grouped/index.html">'
has twins/benchmarks/Blank2014-linear-shuffle/index.html 'Blank2014-linear-grouped, which is not on this board'
has twins/benchmarks/Tuckute2024-rdm/index.html 'No model can have a score here: the recording has 1 neuroid'
has twins/benchmarks/Fedorenko2016-linear-shuffle/index.html '<strong>Not scored here:</strong> there is'
"$BRAINBOARD" verify twins > out 2>&1 || fail "verify: $(cat out)"
"$BRAINBOARD" build manifest.json -o site --no-pdf 2> err || fail "build: $(cat err)"
has site/about/index.html 'Of them, 3 could not be scored on the machine'
has site/about/index.html '1 were verified on real data'
has site/about/index.html '2 were verified against an independent implementation'
has site/about/index.html '0 are defined, and not checked'
has site/benchmarks/MajajHong2015.IT-pls/index.html 'it is not public; with access it is to be had from'
has site/benchmarks/MajajHong2015.IT-pls/index.html 'verified against an independent implementation'
has site/benchmarks/Geirhos2021sketch-error_consistency/index.html 'verified on real data'
has site/benchmarks/Geirhos2021sketch-error_consistency/index.html 'taken from the reference’s code, not from the files'
has site/benchmarks/MajajHong2015.IT-pls/index.html 'not computed, because the data is not here'
has site/benchmarks/index.html '<td class="num">not computed here</td>'
grep -q 'taken from the reference’s code' site/benchmarks/own/index.html && fail 'a benchmark of the manifest says something of the catalog'
true
