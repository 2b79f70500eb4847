# the boards of two other cases, each in a folder
for board in hides-private-models anonymous; do
    mkdir $board && cp "$CASE/../build-$board"/* $board/
    (cd $board && CASE="$CASE/../build-$board" && . "$CASE/prepare.sh")
done
