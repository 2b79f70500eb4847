for file in good fair human_subject-1 human_subject-2 human_subject-3; do cp "$CASE/../build-is-reproducible/data/$file.csv" .; done
