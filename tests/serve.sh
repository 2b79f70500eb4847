# Sourced by tests that fetch, as tap.sh is: hand/server.py serves $work/served on $port until the test ends, and no proxy stands between. `work` is set before; it is removed
# with the server, which ends when its standard input does.
mkdir "$work/served"
mkfifo "$work/stop" "$work/port"
python3 "$here/../hand/server.py" "$work/served" < "$work/stop" > "$work/port" &
exec 9> "$work/stop"
trap 'exec 9>&-; wait; rm -rf "$work"' EXIT
read -r port < "$work/port"
unset http_proxy HTTP_PROXY https_proxy HTTPS_PROXY all_proxy ALL_PROXY
export no_proxy='*'
