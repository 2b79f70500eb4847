cp -R "$CASE/../build-shows-samples/benchmarks" "$CASE/../build-shows-samples/data" .
mkdir early late over style models
mv data/fair.csv late/fair.csv
mv data/good.csv late/target.csv
ln -s target.csv late/good.csv
cp "$CASE/../../../templates/lost.tpl" over/
for model in good fair nowhere; do
    cat > models/$model.json << END
[{"id": "$model", "domains": ["vision"], "outputs": {"sketch": {"file": "$model.csv",
  "columns": {"stimulus_id": "imagename", "choice": "object_response", "condition": "condition"}}}}]
END
done
cat > models/words.json << 'END'
[{"id": "lm", "domains": ["language"], "outputs": {"times": {"file": "../data/surprisal.csv",
  "columns": {"stimulus_id": {"columns": ["story", "zone"]}, "value": {"column": "bits", "type": "number"}}}}}]
END
cat > manifest.json << 'END'
{"title": "Sketches and stories", "benchmarks": ["benchmarks/all.json"], "models": ["models/*.json"]}
END
