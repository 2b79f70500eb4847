# Files of the neural project, and damaged ones made of them. $CASE is this folder.
neural=$CASE/../../numeric/neural
mkdir -p data models
cp "$neural/data/shapes.nc" data/
for model in narrow-shapes slim giant stochastic wide-shapes holes incomplete; do cp "$neural/models/$model.nc" models/; done
size=$(wc -c < models/narrow-shapes.nc)
head -c $((size / 2)) models/narrow-shapes.nc > models/half.nc
head -c $((size - 1)) models/narrow-shapes.nc > models/one-byte-short.nc
head -c 100 models/narrow-shapes.nc > models/hundred-bytes.nc
head -c 30000 /dev/zero > models/zeros.nc
{ cat models/narrow-shapes.nc; head -c 5000 /dev/zero; } > models/longer.nc # bytes behind the end do no harm
cp models/narrow-shapes.nc models/zeroed.nc                                  # right up to the header, then zeros
dd if=/dev/zero of=models/zeroed.nc bs=1 seek=96 count=$((size - 96)) conv=notrunc 2> /dev/null
cp models/wide-shapes.nc models/flipped.nc # in the middle of packed values
dd if=/dev/zero of=models/flipped.nc bs=1 seek=40000 count=16 conv=notrunc 2> /dev/null
: > models/empty.nc
mkdir models/folder.nc
ln -s loop.nc models/loop.nc
ln -s no/such/place.nc models/dangling.nc
printf 'stimulus_id,choice\nshape_1,cat\nshape_2,dog\n' > models/table.csv
printf 'stimulus_id,choice\nshape_1,cat\nshape_2,dog\n' > models/table-named.nc
mkfifo models/pipe.nc
head -c $(($(wc -c < data/shapes.nc) / 2)) data/shapes.nc > data/half.nc
