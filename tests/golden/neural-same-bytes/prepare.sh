# Files of the neural project. Other cases use this board, too.
neural=$CASE/../../numeric/neural
mkdir -p data models
cp "$neural"/data/shapes.nc "$neural"/data/levels.nc "$neural"/data/scenes_t*.nc data/
for model in wide-shapes wide-levels wide-scenes narrow-shapes narrow-levels narrow-scenes giant stochastic unstated-1 unstated-2 holes; do
    cp "$neural/models/$model.nc" models/
done
